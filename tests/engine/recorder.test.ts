/** Traced cells that run the library: its lines are no steps, what it changes is undone all the same. */
import { expect, test } from 'vitest';
import { createInterpreter } from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';
import { type CellPast, cellPast, countOf, unbalanced } from './cell-past';

const WORDS = 1 << 23;

function pastOf(source: string): CellPast {
  const session = createInterpreter({
    profile: '3.14',
    words: WORDS,
    modules: standardModules,
    library: nodeLibrary('3.14'),
  });
  session.begin(source, { filename: '<cell>', cellId: '1', trace: true, onStream: () => undefined });
  while (session.step(100_000) === 'running');
  expect(session.result().status).toBe('ok');
  return cellPast(session, session.traced()!);
}

test('the lines of an import are no steps, and counts before and after it are as they were', () => {
  const { lines } = pastOf('data = [1]\nsame = data\nimport bisect, heapq, reprlib\ndel same');
  expect([...new Set(lines.map(({ line, frame }) => `${frame} ${line}`))]).toHaveLength(4);
  const counts = new Map(lines.map(({ line, state }) => [line, countOf(state, 'data')]));
  expect([...counts]).toEqual([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 1],
  ]);
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
  const past = pastOf(source);
  const lines = past.lines.map(({ line }) => line);
  expect(lines).toContain(11);
  expect(lines).toContain(4);
  expect(unbalanced(past)).toEqual([]);
  expect(countOf(past.lines.at(-1)?.state, 'data')).toBe(2);
});
