/** [GC] The collector follows the common types by itself; what it sees there is what their tp_traverse shows. */
import { expect, test } from 'vitest';
import { bootInterpreter, runMain } from '../../lib/engine';
import { subtractRefs, updateRefs } from '../../lib/engine/gc/reachability';
import { listMerge, listToArray } from '../../lib/engine/gc/list';
import { GC_HEADS, type Handle } from '../../lib/engine/heap/layout';
import type { Traversal } from '../../lib/engine/heap/object';

const program = `
import _weakref
class Plain: pass
class Slotted: __slots__ = ('a', 'b')
class Both(Slotted): pass
class Items(list): pass
class Record(Slotted): __slots__ = ('c',)
def make(n):
    x, y, z, r = Plain(), Slotted(), Both(), Record()
    x.me, x.n = x, [n, x, (y, z)]
    y.a, r.a, r.c, z.b, z.extra = z, x, r, y, {n: r, 'k': [x]}
    def inner(a=x, *, b=y): return n, z, a, b
    g = (q for q in (x, y))
    next(g)
    return [x, y, z, r, inner, inner.__code__, x.__class__, _weakref.ref(x, print), make.__get__(x), Items([x]), {x, y}, g,
        {1: x, 'a': y}, {'only': x}, (x, (y,)), iter([x]), Plain.__dict__, x.n.append, range(3), slice(x, y)]
kept = [make(i) for i in range(5)]
kept[1][0].__dict__['late'] = kept
kept[2][0].__dict__
`;

test.each(['3.13', '3.14'] as const)('the references that are subtracted, %s', (profile) => {
  const { ip, main } = bootInterpreter({ profile, words: 1 << 24 });
  ip.stderr = (text) => {
    throw new Error(text);
  };
  expect(runMain(ip, main, program, 'program.py', null)).toBe(0);
  const { heap } = ip;
  const list = GC_HEADS[2]!;
  listMerge(heap, GC_HEADS[0]!, list);
  listMerge(heap, GC_HEADS[1]!, list);
  heap.gcRefs.begin(heap.top);
  updateRefs(heap, list);
  const objects = listToArray(heap, list);
  const expected = new Map<Handle, number>(objects.map((h) => [h, ip.mem[h]!]));
  const followed = new Set<Traversal>();
  for (const h of objects) {
    followed.add(heap.slots(h).traversal);
    heap.slots(h).tp_traverse?.(ip, h, (child) => {
      const count = expected.get(child);
      if (count !== undefined) expected.set(child, count - 1);
    });
  }
  subtractRefs(ip, list, 0, null);
  const differences = objects
    .filter((h) => heap.gcRefs.of(h, ip.mem[h]!) !== expected.get(h))
    .map((h) => heap.slots(h).name);
  for (const h of objects) heap.gcRefs.forget(h);
  expect(differences).toEqual([]);
  expect(objects.length).toBeGreaterThan(500);
  expect(followed.size).toBe(6);
  // Between collections every note is 0.
  expect(heap.gcRefs.notes.every((note) => note === 0)).toBe(true);
});
