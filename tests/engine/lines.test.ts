/** What a cell's past says line by line: steps, calls, deaths, collections and counts, with the holders of each. */
import { expect, it } from 'vitest';
import { type CollectionReading, createInterpreter } from '../../lib/engine';
import { type CellPast, countsOf, type PastLine, unbalanced } from './cell-past';
import { runCell } from './run-cell';

/** The pasts of cells that run one after the other. */
function pastsOf(...cells: readonly string[]): CellPast[] {
  const session = createInterpreter({ profile: '3.14' });
  return cells.map((source, at) => runCell(session, source, { cellId: String(at + 1) }).past!);
}

/** What died in a line, without what the interpreter makes to run it. */
const deathsIn = ({ died }: PastLine) =>
  died.filter(({ object }) => !['code', 'tuple', 'str', 'dict', 'function', 'cell'].includes(object.type));

/** Where a line was, what it called, what died in it. */
const outline = ({ lines }: CellPast) =>
  lines.map((line) => [
    line.line,
    line.depth === 0 ? null : line.frame,
    line.calls,
    deathsIn(line).map(({ object }) => object.repr),
  ]);

/** After the last step of a line. */
const after = ({ lines }: CellPast, line: number) => lines.findLast((each) => each.line === line)!.state;

it('counts the classic example line by line, with the holders named', () => {
  const [past] = pastsOf('my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list');
  expect(past!.lines.map(({ state }) => countsOf(state))).toEqual([
    { my_list: 1 },
    { my_list: 2, your_list: 2 },
    { your_list: 1 },
  ]);
  expect(past!.lines[1]!.state.references[0]!.holders.map(({ kind, label }) => [kind, label])).toEqual([
    ['name', 'my_list'],
    ['name', 'your_list'],
  ]);
  expect(past!.lines.flatMap(deathsIn)).toEqual([]);
  expect(unbalanced(past!)).toEqual([]);
});

it('shows a call as its line, the lines of the function, and the rest of its line', () => {
  const [past] = pastsOf('def make():\n    data = []\n    return data\n\nkept = make()');
  expect(outline(past!)).toEqual([
    [1, null, null, []],
    [5, null, 'make', []],
    [2, 'make', null, []],
    [3, 'make', null, []],
    [5, null, null, []],
  ]);
  expect(countsOf(past!.lines.at(-1)!.state)).toEqual({ make: 1, kept: 1 });
  expect(past!.lines[3]!.state.unnamed).toMatchObject([
    { lastNames: ['data'], count: 1, holders: [{ kind: 'stack' }] },
  ]);
  expect(unbalanced(past!)).toEqual([]);
});

it('tells a death after its finalizer has run, at the line that caused it, in code of another cell too', () => {
  const [, past] = pastsOf('class Noisy:\n    def __del__(self):\n        pass', 'thing = Noisy()\ndel thing\nprint()');
  expect(outline(past!)).toEqual([
    [1, null, null, []],
    [2, null, 'Noisy.__del__', []],
    [3, 'Noisy.__del__', null, ['<Noisy object>']],
    [3, null, null, []],
  ]);
  expect(past!.lines[2]).toMatchObject({
    filename: '<cell 1>',
    died: [{ label: 'self', isName: true, cause: 'count reached zero' }],
  });
  expect(unbalanced(past!)).toEqual([]);
});

it('does not tell of a death that a finalizer prevented', () => {
  const [past] = pastsOf('kept = []\nclass Phoenix:\n    def __del__(self):\n        kept.append(self)\nPhoenix()');
  expect(past!.lines.flatMap(deathsIn)).toEqual([]);
  expect(unbalanced(past!)).toEqual([]);
});

it('says which objects the collector found, with the sum that convicts them', () => {
  const source =
    'import gc\nclass Node: pass\na = Node()\nb = Node()\na.other = b\nb.other = a\ndel a, b\ngc.collect()';
  const [past] = pastsOf(source);
  expect(after(past!, 7).unnamed.map(({ lastNames, count }) => [lastNames[0], count])).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  expect(past!.collections).toMatchObject([
    {
      line: 8,
      reason: 'gc.collect()',
      collected: 2,
      totals: { unreachable: 2, cleared: 2 },
    },
  ]);
  const [{ candidates, unreachable }] = past!.collections as [CollectionReading];
  const found = candidates.filter(({ object }) => unreachable.includes(object.serial));
  expect(found.map(({ refcount, gcRefs }) => [refcount, gcRefs])).toEqual([
    [1, 0],
    [1, 0],
  ]);
  expect(deathsIn(past!.lines.at(-1)!).map(({ cause }) => cause)).toEqual(['cycle collected', 'cycle collected']);
  expect(unbalanced(past!)).toEqual([]);
});

it('numbers every object, and none twice', () => {
  const pasts = pastsOf("x = ('a', 1000)\ny = [x]", 'del x\ny = [1.5]\nz = (2, 3)', 'y = z = None');
  const born = new Map<number, string>();
  for (const { lines } of pasts) {
    for (const { object } of lines.flatMap(({ state }) => [...state.references, ...state.unnamed])) {
      expect(object.serial).toBeGreaterThan(0);
      expect(born.get(object.serial) ?? object.type).toBe(object.type);
      born.set(object.serial, object.type);
    }
  }
});

it('has the first and the last lines of a long run, and the moment before it', () => {
  const [, past] = pastsOf('names = [[]]', 'for i in range(50_000):\n    names[0] = [i]\ndel names');
  expect(countsOf(past!.before)).toEqual({ names: 1 });
  expect(past!.run.lines).toBeGreaterThan(100_000);
  expect(past!.lines[0]!.line).toBe(1);
  const last = past!.lines.at(-1)!;
  expect([last.line, last.to]).toEqual([3, past!.run.steps]);
  expect(deathsIn(last).map(({ label, object }) => [label, object.repr])).toEqual([
    ['[49999]', '[49999]'],
    ['names', '[[49999]]'],
    ['50000', '50000'],
  ]);
  expect(unbalanced(past!)).toEqual([]);
});
