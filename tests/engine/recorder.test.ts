/** Traced cells that run the library: its lines are no steps, what it changes is undone all the same. */
import { expect, test } from 'vitest';
import { createInterpreter, type MemoryReport } from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';

const WORDS = 1 << 23;

function reportOf(source: string): MemoryReport {
  const session = createInterpreter({
    profile: '3.14',
    words: WORDS,
    modules: standardModules,
    library: nodeLibrary('3.14'),
  });
  session.begin(source, { filename: '<cell>', cellId: '1', trace: true, onStream: () => undefined });
  while (session.step(100_000) === 'running');
  expect(session.result().status).toBe('ok');
  return session.memory();
}

const countsOf = (report: MemoryReport, name: string) =>
  report.steps.map((step) => step.references.find((row) => row.name === name)?.count ?? null);

test('an import is one step, and counts before and after it are as they were', () => {
  const report = reportOf('data = [1]\nsame = data\nimport bisect, heapq, reprlib\ndel same');
  expect(report.steps.map((step) => step.line)).toEqual([1, 2, 3, 4]);
  expect(countsOf(report, 'data')).toEqual([1, 2, 2, 1]);
});

test('a function of the cell that the library calls has its lines, and its counts are right there', () => {
  const source = [
    'import bisect, functools',
    'data = [3]',
    'def key(x):',
    '    own = x',
    '    return own[0]',
    'def outer():',
    '    return functools.reduce(lambda a, b: key(b), [data, data])',
    'from copy import copy',
    'class Kept:',
    '    def __copy__(self):',
    '        return data',
    'twin = copy(Kept())',
    'outer()',
  ].join('\n');
  const report = reportOf(source);
  const lines = report.steps.map((step) => step.line);
  expect(lines).toContain(11);
  expect(lines).toContain(4);
  for (const state of report.steps)
    for (const { object, count, holders, holdersOmitted } of [...state.references, ...state.unnamed])
      if (count !== null)
        expect(
          holders.reduce((n, h) => n + h.references, holdersOmitted),
          object.repr,
        ).toBe(count);
  expect(countsOf(report, 'data').at(-1)).toBe(2);
});
