import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Blocks, PAGE_WORDS, blockStart, flagsOfKind, headerOfKind, kindOf, roundBlock } from './blocks';
import { BLOCK, BLOCK_GC, BLOCK_LIVE, BLOCK_MANAGED, BLOCK_RAW, headerOf } from './layout';
import { Room } from './room';

const TABLE = 64;
const FIRST = PAGE_WORDS;

/** Blocks as the heap takes and gives them. */
class Memory {
  readonly mem: Int32Array;
  readonly blocks: Blocks;
  constructor(pages: number) {
    this.mem = new Int32Array(pages * PAGE_WORDS);
    this.blocks = new Blocks(this.mem, TABLE, FIRST, new Room(new ArrayBuffer(1 << 18)));
  }
  /** The handle, or 0 if memory is full. */
  take(words: number, kind: number): number {
    const size = roundBlock(words);
    const key = (size << 2) | kind;
    const header = headerOfKind(kind);
    const f = size <= PAGE_WORDS ? this.blocks.heads[key]! : 0;
    let h = 0;
    if (f === 0) {
      const b = this.blocks.carve(size, kind, null);
      if (b === 0) return 0;
      h = b + header;
      expect(this.mem.subarray(b, b + size).every((word) => word === 0)).toBe(true);
    } else {
      this.blocks.heads[key] = this.mem[f]!;
      h = f - BLOCK;
    }
    this.mem[h + BLOCK] = flagsOfKind(kind);
    return h;
  }
  give(h: number, kind: number): void {
    const size = this.blocks.sizeAt(h);
    const f = h + BLOCK;
    this.mem[f] = 0;
    if (size > PAGE_WORDS) {
      this.blocks.giveRun(blockStart(h, kind), null);
      return;
    }
    const key = (size << 2) | kind;
    this.mem[f] = this.blocks.heads[key]!;
    this.blocks.heads[key] = f;
  }
}

const KINDS = [BLOCK_LIVE, BLOCK_LIVE | BLOCK_GC, BLOCK_LIVE | BLOCK_GC | BLOCK_MANAGED, BLOCK_LIVE | BLOCK_RAW].map(
  kindOf,
);

describe('blocks', () => {
  test('flags, kinds and headers agree', () => {
    for (const kind of KINDS) {
      expect(kindOf(flagsOfKind(kind))).toBe(kind);
      expect(headerOfKind(kind)).toBe(headerOf(flagsOfKind(kind)));
    }
  });

  test('live blocks never overlap, new ones are clear, and each is as long as was asked for', () => {
    const words = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 8, max: 60 }) },
      { weight: 2, arbitrary: fc.integer({ min: 61, max: 5000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 5001, max: 60_000 }) },
    );
    const step = fc.record({ words, kind: fc.constantFrom(...KINDS), release: fc.boolean(), which: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        const memory = new Memory(200);
        const live: { h: number; kind: number; mark: number }[] = [];
        for (const [mark, { words: n, kind, release, which }] of steps.entries()) {
          if (release && live.length > 0) {
            const [old] = live.splice(which % live.length, 1);
            memory.give(old!.h, old!.kind);
            continue;
          }
          const h = memory.take(n, kind);
          if (h === 0) continue;
          const b = blockStart(h, kind);
          const size = memory.blocks.sizeAt(h);
          expect(size).toBeGreaterThanOrEqual(n);
          expect(h % 2).toBe(0);
          // Each fills its block with a number of its own; none may lose it.
          memory.mem.fill(2 * mark + 2, b, b + size);
          memory.mem[h + BLOCK] = flagsOfKind(kind);
          live.push({ h, kind, mark });
          for (const other of live) {
            const at = blockStart(other.h, other.kind);
            const last = at + memory.blocks.sizeAt(other.h) - 1;
            const expected = last === other.h + BLOCK ? flagsOfKind(other.kind) : 2 * other.mark + 2;
            expect(memory.mem[last]).toBe(expected);
          }
        }
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });

  test('a table that grows step by step uses again what it left', () => {
    const memory = new Memory(1000);
    let h = 0;
    let all = 0;
    for (let n = 5000; n < 40 * PAGE_WORDS; n = (n * 9) >> 3) {
      const bigger = memory.take(n, KINDS[3]!);
      expect(bigger).not.toBe(0);
      if (h !== 0) memory.give(h, KINDS[3]!);
      h = bigger;
      all += memory.blocks.sizeAt(h);
    }
    expect(memory.blocks.top).toBeLessThan(0.6 * all);
  });

  test('when memory is full, empty slabs serve another size', () => {
    const memory = new Memory(64);
    const fill = (words: number): number[] => {
      const handles: number[] = [];
      for (let h = memory.take(words, 0); h !== 0; h = memory.take(words, 0)) handles.push(h);
      return handles;
    };
    const small = fill(8);
    const kept = small[1000]!;
    for (const h of small) if (h !== kept) memory.give(h, 0);
    const larger = fill(16);
    // All but the page of the one that is still alive.
    expect(larger.length).toBeGreaterThanOrEqual((small.length / 2) * (61 / 63) - 1);
    expect(larger.some((h) => h >> 12 === kept >> 12)).toBe(false);
  });
});
