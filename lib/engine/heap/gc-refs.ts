/**
 * What a collection notes of each object it looks at (`_gc_prev` of a PyGC_Head while the collector runs): one word in
 * an array of its own. The objects themselves lie far apart; their notes lie close together, and a look at a random
 * one of a million seldom waits for memory.
 *
 * No two collectable objects begin within eight words, and other kinds of blocks lie on other pages: the note of h is
 * word h >> 3. Between collections every word is 0.
 */
import type { Handle } from './layout';

export const NOTE_SHIFT = 3;

export class GcRefs {
  words = new Int32Array(1 << 12);

  /** Before a collection: room for each object below `top`. */
  begin(top: number): void {
    const n = (top >> NOTE_SHIFT) + 1;
    if (n > this.words.length) this.words = new Int32Array(Math.ceil(n * 1.25));
  }

  /** For an object that dies while a collection runs: the next one at its place is not meant. */
  forget(h: Handle): void {
    this.words[h >> NOTE_SHIFT] = 0;
  }
}
