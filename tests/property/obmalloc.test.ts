/** [OM] The allocator's model under random use: no address is handed out twice, the totals add up, LIFO per size. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Obmalloc } from '../../lib/engine/heap/obmalloc';
import { seed } from './sample';

const options = { seed, numRuns: 60 };
/** Sizes of small requests, of the largest small one and of large ones. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 512 }) },
  { weight: 3, arbitrary: fc.constantFrom(16, 48, 56, 64, 512, 513) },
  { weight: 1, arbitrary: fc.integer({ min: 513, max: 20_000 }) },
);
/** An allocation, or the release of one of the live blocks (by a number that is taken modulo how many there are). */
const step = fc.oneof(
  { weight: 5, arbitrary: size.map((nbytes) => ({ nbytes, release: -1 })) },
  { weight: 4, arbitrary: fc.nat().map((release) => ({ nbytes: 0, release })) },
);
const units = (nbytes: number) => (nbytes > 512 ? (nbytes + 8 + 15) >> 4 : Math.max(1, (nbytes + 15) >> 4));

describe(`the allocator (seed ${seed})`, () => {
  test('[OM1] live blocks never overlap, and the totals are those of the live blocks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), (steps) => {
        const allocator = new Obmalloc();
        const live: { address: number; nbytes: number }[] = [];
        /** Every unit of 16 bytes that belongs to a live block. */
        const taken = new Set<number>();
        for (const { nbytes, release } of steps) {
          if (release >= 0) {
            if (live.length === 0) continue;
            const [block] = live.splice(release % live.length, 1);
            allocator.free(block!.address);
            for (let u = 0; u < units(block!.nbytes); u++) taken.delete(block!.address + u);
            continue;
          }
          const address = allocator.malloc(nbytes);
          for (let u = 0; u < units(nbytes); u++) {
            if (taken.has(address + u)) throw new Error(`${address} overlaps a live block`);
            taken.add(address + u);
          }
          live.push({ address, nbytes });
        }
        const stats = allocator.stats();
        expect(stats.blocksInUse).toBe(live.length);
        expect(stats.bytesInUse).toBe(16 * taken.size);
        for (const { address } of live) allocator.free(address);
        const { poolsInUse } = new Obmalloc().stats();
        expect(allocator.stats()).toMatchObject({ blocksInUse: 0, bytesInUse: 0, poolsInUse });
      }),
      options,
    );
  });

  test('[OM2] the block freed last is the next one of its size', () => {
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
        (nbytes, n, picks) => {
          const allocator = new Obmalloc();
          const blocks = Array.from({ length: n }, () => allocator.malloc(nbytes));
          for (const pick of picks) {
            const i = pick % n;
            allocator.free(blocks[i]!);
            // Another size in between takes nothing from it.
            const other = allocator.malloc(nbytes + 32);
            expect(allocator.malloc(nbytes)).toBe(blocks[i]);
            allocator.free(other);
          }
          // Within one pool: last in, first out.
          const few = blocks.slice(0, Math.min(n, 8));
          for (const address of few) allocator.free(address);
          expect(few.map(() => allocator.malloc(nbytes))).toEqual(few.toReversed());
        },
      ),
      options,
    );
  });
});
