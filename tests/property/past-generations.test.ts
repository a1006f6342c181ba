/**
 * [TT11] What the collector tracks and in which generation, at any step of a run, is what its lists said when that step
 * began: they are read while the program runs, and compared with what is told of the past afterwards.
 */
import { describe, expect, test } from 'vitest';
import { BLOCK, BLOCK_GC, GC_HEADS, GC_NEXT } from '../../lib/engine/heap/layout';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import { samplePrograms, seed } from './sample';
import { type Case, watchedRun } from './watched-run';

/** By handle: the generation, 3 for frozen, -1 for one in none of these lists; untracked objects are not in it. */
function listsOf({ mem, heap }: Interpreter): Map<number, number> {
  const lists = new Map<number, number>();
  heap.forEachObject((h) => {
    if (mem[h] !== 0 && (mem[h + BLOCK]! & BLOCK_GC) !== 0 && mem[h + GC_NEXT] !== 0) lists.set(h, -1);
  });
  GC_HEADS.forEach((head, generation) => {
    for (let h = mem[head + GC_NEXT]!; h !== head; h = mem[h + GC_NEXT]!) if (mem[h] !== 0) lists.set(h, generation);
  });
  return lists;
}

function compare(program: Case): { wrong: string[]; moments: number; collections: number } {
  const watched = watchedRun(program, listsOf);
  if (watched === null) return { wrong: [], moments: 0, collections: 0 };
  const { session, run, then } = watched;
  const { summary } = run;
  const wrong: string[] = [];
  // Back from the end, and forward again.
  for (const { step, seen: lists } of [...then.toReversed(), ...then.slice(0, 40)]) {
    const past = session.machine.past({ run: summary.run, step })!;
    const of = session.machine.generationsOf(run).at(past);
    const { mem, heap } = past.ip;
    heap.forEachObject((h) => {
      if (mem[h] === 0) return;
      const { tracked, generation } = of(h, past.serial(h));
      const found = tracked ? (generation ?? 'none') : 'untracked';
      const list = lists.get(h);
      const expected = list === undefined ? 'untracked' : list < 0 || list > 2 ? 'none' : list;
      if (found !== expected && wrong.length < 10)
        wrong.push(`step ${step}: ${past.ip.tp(h).name} at ${h}: ${found}, not ${expected}`);
    });
    const counts = [0, 1, 2].map((g) => [...lists.values()].filter((each) => each === g).length);
    const told = session.machine.generationsOf(run).counts(past);
    if (String(counts) !== String(told)) wrong.push(`step ${step}: ${told} objects, not ${counts}`);
  }
  return { wrong, moments: then.length, collections: summary.collections };
}

const HARD = `import gc
from _weakref import ref
gc.set_threshold(20, 2, 2)
class Node:
    def __init__(self): self.other = self
class Phoenix(Node):
    def __del__(self):
        global kept
        kept = [self]
        made = {'in': self}
def seen(dead):
    names = [dead, {}]
keep = []
refs = []
for i in range(120):
    n = Phoenix() if i % 40 == 3 else Node()
    refs.append(ref(n, seen))
    keep.append({'i': i, 'n': (n, i)} if i % 5 == 0 else {'i': i})
    t = (i, 'text', (i, i))
    d = {}
    d['a'] = i
    d['b'] = []
del keep[::2], n
gc.collect(0); gc.collect(1)
a = [(1, 2), (1, [])]
gc.collect()
gc.freeze()
b = [1]
gc.collect()
gc.unfreeze()
gc.callbacks.append(lambda phase, info: keep.append([phase]))
del a, keep[::3]
gc.collect()
`;

describe(`[TT11] the collector's lists at any step (seed ${seed})`, () => {
  test.each(['3.13', '3.14'] as const)('all that can happen to them, %s', (profile) => {
    const { wrong, moments, collections } = compare({ profile, source: HARD });
    expect(wrong).toEqual([]);
    expect(moments).toBeGreaterThan(80);
    expect(collections).toBeGreaterThan(20);
  });

  for (const { program, profile } of samplePrograms(16)) {
    test(`${program.id}@${profile}`, () => {
      expect(compare({ profile, source: program.source, files: program.files }).wrong).toEqual([]);
    });
  }
});
