/**
 * [TT7] The allocator and the free lists at any step of a run are what they were when that step began: pools, their
 * blocks in use, freed and never used, large blocks, lengths. They are read from the live ones while the program runs.
 */
import { describe, expect, test } from 'vitest';
import { readAllocator, stateOf } from '../../lib/engine/snapshot/read-allocator';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import { samplePrograms, seed } from './sample';
import { type Case, watchedRun } from './watched-run';

function live({ heap: { obmalloc, freelists } }: Interpreter): string {
  const lengths = Array.from(freelists.all(), ({ size }) => size);
  return JSON.stringify(stateOf(obmalloc, freelists, lengths));
}

/** Steps at which the past is told otherwise than it was, and how many different states there were. */
function compare(program: Case): { wrong: number[]; states: number } {
  const watched = watchedRun(program, live);
  if (watched === null) return { wrong: [], states: 0 };
  const { session, run, then } = watched;
  const wrong: number[] = [];
  // Back from the end, and forward again.
  for (const { step, seen } of [...then.toReversed(), ...then.slice(0, 40)]) {
    const { at, ...told } = readAllocator(session.machine, { run: run.summary.run, step })!;
    if (JSON.stringify(told) !== seen) wrong.push(at.step);
  }
  return { wrong, states: new Set(then.map(({ seen }) => seen)).size };
}

const HARD = `
import gc
kept = []
text = ''
for i in range(400):
    kept.append((i, [i], {i: i}, float(i)))
    text += 'some letters that make it longer and longer'
    if i % 3 == 0:
        kept[i // 2] = None
big = [bytes(n) for n in range(400, 700, 7)]
wide = bytearray()
for i in range(200):
    wide.extend(b'more and more of it')
del big[::2], kept[::2]
gc.collect()
whole = list(range(100_000))
whole.extend(range(1000))
del whole, kept
many = [object() for i in range(3000)]
del many[10:]
gc.collect()
again = [object() for i in range(500)]
`;

describe(`[TT7] the allocator at any step (seed ${seed})`, () => {
  test.each(['3.13', '3.14'] as const)('all that can happen to it, %s', (profile) => {
    const { wrong, states } = compare({ profile, source: HARD });
    expect(wrong).toEqual([]);
    expect(states).toBeGreaterThan(100);
  });

  for (const { program, profile } of samplePrograms(16)) {
    test(`${program.id}@${profile}`, () => {
      expect(compare({ profile, source: program.source, files: program.files }).wrong).toEqual([]);
    });
  }
});
