/** Sizes at a past moment are those that `sys.getsizeof` said there; where it would run code, none is told. */
import { expect, test } from 'vitest';
import { createInterpreter } from '../../lib/engine';
import { TraceReader } from '../../lib/engine/snapshot/trace-readings';
import { runCell } from './run-cell';

const SOURCE = `
import sys
class Plain: pass
class Slotted:
    __slots__ = 'a', 'b'
class Own:
    def __sizeof__(self): return 1000
class Words(list): pass
class Table(dict): pass
class Pair(tuple): pass
class Big(int): pass
class Text(str): pass
class Error(Exception): pass
def count():
    x = y = 1
    yield x
async def later(): pass
plain, slotted, own, words, table, pair = Plain(), Slotted(), Own(), Words('abc'), Table(a=1), Pair((1, 2, 3))
big, text, error, gen, wait = Big(10 ** 40), Text('abc'), Error('no'), count(), later()
number, letters, wide = 2 ** 70, 'letters', 'w\\u0142ide'
items = [1, 2, 3]
items.append(4)
names, few, frozen, row, data, buffer = {'a': 1, 'b': 2}, {1, 2}, frozenset('abcdefghij'), (1, 2), b'bytes', bytearray(b'abc')
steps, cut, ratio, z, step = range(10), slice(1, 2), 1.5, 2j, iter([1, 2])
bound, view, link, many = items.append, memoryview(b'abc'), names.items(), enumerate('abc')
wait.close()
for name, value in list(globals().items()):
    if name[0] != '_' and name not in ('name', 'value', 'sys'):
        print(name, sys.getsizeof(value))
`;

test.each(['3.13', '3.14'] as const)('the sizes of all sorts of objects (%s)', (profile) => {
  const session = createInterpreter({ profile });
  const { stdout, result } = runCell(session, SOURCE);
  expect(result).toMatchObject({ status: 'ok' });
  const said = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  expect(said.size).toBeGreaterThan(40);
  const { run, steps } = session.traced()!;
  const moment = new TraceReader(session.machine).answer({
    what: 'moment',
    at: { run, step: steps },
    options: { graph: true, around: [] },
  })!;
  const sizes = new Map(moment.graph!.nodes.map(({ object, size }) => [object.serial, size]));
  const told: string[] = [];
  for (const { name, object } of moment.state.references) {
    const size = sizes.get(object.serial);
    if (!said.has(name) || size === undefined) continue;
    told.push(name);
    expect([name, size === null ? null : String(size)]).toEqual([name, name === 'own' ? null : said.get(name)]);
  }
  expect(told.length).toBeGreaterThan(35);
  expect(told).toContain('own');
});
