/** Three cells that the lessons know, as reports: the classic example, a call, and a cycle that is collected. */
import type { MemoryReport } from '../../../lib/engine/snapshot/snapshot';
import {
  aCollection,
  aDeath,
  aReference,
  aReport,
  aState,
  aStep,
  anObject,
  heldBy,
  immortal,
  unnamed,
} from './report-builder';

/** my_list = [1, 2, 3]; your_list = my_list; del my_list */
export function classicReport(): MemoryReport {
  const list = anObject(11, 'list', '[1, 2, 3]');
  const mine = heldBy('name', 'my_list');
  const yours = heldBy('name', 'your_list');
  return aReport([
    aStep(1, [aReference('my_list', list, [mine])], { allocated: 11 }),
    aStep(2, [aReference('my_list', list, [mine, yours]), aReference('your_list', list, [mine, yours])], {
      allocated: 11,
    }),
    aStep(3, [aReference('your_list', list, [yours])], { allocated: 11 }),
  ]);
}

/** def total(data): n = len(data); return n ⏎ numbers = [10, 20] ⏎ total(numbers) ⏎ numbers = None */
export function callReport(): MemoryReport {
  const total = anObject(11, 'function', '<function total>');
  const list = anObject(12, 'list', '[10, 20]');
  const fn = aReference('total', total, [heldBy('name', 'total')]);
  const global = heldBy('name', 'numbers');
  const local = heldBy('local', 'data', null, 'total');
  const argument = heldBy('stack', 'argument of total()', null, null);
  const inCall = [global, local, argument];
  const data = aReference('data', list, inCall, { frame: 'total', depth: 1 });
  const n = aReference('n', immortal('2'), [], { frame: 'total', depth: 1 });
  const numbers = aReference('numbers', list, [global]);
  return aReport([
    aStep(1, [fn], { endLine: 3, allocated: 11 }),
    aStep(4, [fn, numbers], { allocated: 12 }),
    aStep(2, [fn, aReference('numbers', list, inCall), data, n], { allocated: 13, frame: 'total' }),
    aStep(3, [fn, aReference('numbers', list, inCall), data, n], { allocated: 13, frame: 'total' }),
    aStep(5, [fn, numbers], { allocated: 13 }),
    aStep(6, [fn, aReference('numbers', immortal('None', 'NoneType'), [])], {
      allocated: 13,
      died: [aDeath(list, 6, ['numbers'])],
    }),
  ]);
}

/** a.other = b; b.other = a; del a; del b; gc.collect(), with a and b from an earlier cell. */
export function cycleReport(): MemoryReport {
  const a = anObject(21, 'Node', '<Node object>');
  const b = anObject(22, 'Node', '<Node object>');
  const node = anObject(20, 'type', "<class '__main__.Node'>");
  const nameA = heldBy('name', 'a');
  const nameB = heldBy('name', 'b');
  const fromA = heldBy('attribute', '.other', a);
  const fromB = heldBy('attribute', '.other', b);
  const classRow = aReference(
    'Node',
    node,
    [heldBy('name', 'Node'), heldBy('internal', 'its own method resolution order')],
    {
      before: 2,
    },
  );
  const was = { before: 1 };
  const unreachable = [
    { ...a, refcount: 1, gcRefs: 0 },
    { ...b, refcount: 1, gcRefs: 0 },
  ];
  const collection = aCollection({
    line: 5,
    examined: 6127,
    unreachable,
    finalized: [a, b],
    freed: [a, b],
    collected: 2,
    countsBefore: [431, 3, 0],
    countsAfter: [0, 0, 0],
  });
  const before = aState([classRow, aReference('a', a, [nameA], was), aReference('b', b, [nameB], was)], 22);
  return aReport(
    [
      aStep(1, [classRow, aReference('a', a, [nameA], was), aReference('b', b, [nameB, fromA], was)], {
        allocated: 23,
      }),
      aStep(2, [classRow, aReference('a', a, [nameA, fromB], was), aReference('b', b, [nameB, fromA], was)], {
        allocated: 24,
      }),
      aStep(3, [classRow, aReference('b', b, [nameB, fromA], was)], {
        allocated: 24,
        unnamed: [{ ...unnamed(a, ['a'], [fromB]), change: 0 }],
      }),
      aStep(4, [classRow], {
        allocated: 24,
        unnamed: [
          { ...unnamed(a, ['a'], [fromB]), change: 0 },
          { ...unnamed(b, ['b'], [fromA]), change: 0 },
        ],
      }),
      aStep(5, [classRow], {
        allocated: 26,
        collections: [0],
        died: [
          aDeath(a, 5, ['a'], { cause: 'cycle collected' }),
          aDeath(b, 5, ['b'], { cause: 'cycle collected', because: a }),
        ],
      }),
    ],
    before,
    [collection],
  );
}
