import { expect, it } from 'vitest';
import { createInterpreter } from '../index';
import type { MemoryReport, MemoryState } from './snapshot';

/** The reports of cells that run one after the other. */
function reportsOf(...cells: readonly string[]): MemoryReport[] {
  const interpreter = createInterpreter({ profile: '3.14' });
  return cells.map((source, at) => {
    const filename = `<cell ${at + 1}>`;
    interpreter.begin(source, { filename, cellId: filename, trace: true, onStream: () => undefined });
    while (interpreter.step(10_000) === 'running');
    return interpreter.memory();
  });
}

const counts = ({ references }: MemoryState) => Object.fromEntries(references.map((row) => [row.name, row.count]));

/** Where a step was, what it called, who died in it. */
const outline = ({ steps }: MemoryReport) =>
  steps.map(({ line, frame, calls, died }) => [line, frame, calls, died.map(({ object }) => object.repr)]);

function expectBalanced(report: MemoryReport): void {
  for (const state of [report.before, ...report.steps]) {
    for (const { object, count, holders, holdersOmitted } of [...state.references, ...state.unnamed]) {
      const held = holders.reduce((sum, holder) => sum + holder.references, holdersOmitted);
      expect(count === null ? null : held, object.repr).toBe(count);
    }
  }
}

it('counts the classic example line by line, with the holders named', () => {
  const [report] = reportsOf('my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list');
  expect(report!.steps.map(counts)).toEqual([{ my_list: 1 }, { my_list: 2, your_list: 2 }, { your_list: 1 }]);
  expect(report!.steps[1]!.references[0]!.holders.map(({ kind, label }) => [kind, label])).toEqual([
    ['name', 'my_list'],
    ['name', 'your_list'],
  ]);
  expect(report!.steps.flatMap(({ died }) => died)).toEqual([]);
  expectBalanced(report!);
});

it('shows a call as its line, the lines of the function, and the rest of its line', () => {
  const [report] = reportsOf('def make():\n    data = []\n    return data\n\nkept = make()');
  expect(outline(report!)).toEqual([
    [1, null, null, []],
    [5, null, 'make', []],
    [2, 'make', null, []],
    [3, 'make', null, []],
    [5, null, null, []],
  ]);
  expect(counts(report!.steps.at(-1)!)).toEqual({ make: 1, kept: 1 });
  expect(report!.steps[3]!.unnamed).toMatchObject([{ lastNames: ['data'], count: 1, holders: [{ kind: 'stack' }] }]);
  expectBalanced(report!);
});

it('tells a death after its finalizer has run, at the line that caused it, in code of another cell too', () => {
  const [, report] = reportsOf(
    'class Noisy:\n    def __del__(self):\n        pass',
    'thing = Noisy()\ndel thing\nprint()',
  );
  expect(outline(report!)).toEqual([
    [1, null, null, []],
    [2, null, 'Noisy.__del__', []],
    [2, 'Noisy.__del__', null, ['<Noisy object>']],
    [3, null, null, []],
  ]);
  expect(report!.steps[2]).toMatchObject({
    elsewhere: { file: '<cell 1>', line: 3 },
    died: [{ line: 2, names: ['thing', 'self'], cause: 'count reached zero' }],
  });
  expectBalanced(report!);
});

it('does not tell of a death that a finalizer prevented', () => {
  const [report] = reportsOf('kept = []\nclass Phoenix:\n    def __del__(self):\n        kept.append(self)\nPhoenix()');
  expect(report!.steps.flatMap(({ died }) => died)).toEqual([]);
  expectBalanced(report!);
});

it('says which objects the collector found, with the sum that convicts them', () => {
  const source =
    'import gc\nclass Node: pass\na = Node()\nb = Node()\na.other = b\nb.other = a\ndel a, b\ngc.collect()';
  const [report] = reportsOf(source);
  expect(report!.steps[6]!.unnamed.map(({ lastNames, count }) => [lastNames[0], count])).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  expect(report!.collections).toMatchObject([
    {
      line: 8,
      reason: 'gc.collect()',
      collected: 2,
      unreachable: [
        { refcount: 1, gcRefs: 0 },
        { refcount: 1, gcRefs: 0 },
      ],
    },
  ]);
  expect(report!.steps.at(-1)!.died.map(({ cause }) => cause)).toEqual(['cycle collected', 'cycle collected']);
  expectBalanced(report!);
});

it('numbers every object, and none twice', () => {
  const reports = reportsOf("x = ('a', 1000)\ny = [x]", 'del x\ny = [1.5]\nz = (2, 3)', 'y = z = None');
  const born = new Map<number, string>();
  for (const { steps } of reports) {
    for (const { object } of steps.flatMap((step) => [...step.references, ...step.unnamed])) {
      expect(object.serial).toBeGreaterThan(0);
      expect(born.get(object.serial) ?? object.type).toBe(object.type);
      born.set(object.serial, object.type);
    }
  }
});

it('keeps the first and the last lines of a long run, and the moment before it', () => {
  const [, report] = reportsOf('names = [[]]', 'for i in range(100_000):\n    names[0] = [i]\ndel names');
  expect(counts(report!.before)).toEqual({ names: 1 });
  expect(report!.stepsExecuted).toBeGreaterThan(200_000);
  expect(report!.steps.length).toBeLessThanOrEqual(200);
  expect(report!.steps[0]).toMatchObject({ line: 1, index: 1 });
  expect(report!.steps.at(-1)).toMatchObject({
    line: 3,
    died: [{ names: ['names'] }, { object: { repr: '[99999]' } }],
  });
  expectBalanced(report!);
});
