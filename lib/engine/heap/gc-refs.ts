/**
 * What a collection notes of each object it looks at (`_gc_prev` of a PyGC_Head while the collector runs): one byte in
 * an array of its own. The objects themselves lie far apart; the notes of a million are a megabyte, which a processor
 * keeps near, and a look at a random one of them seldom waits for memory.
 *
 * A note is gc_refs << 2 | UNREACHABLE | COLLECTING. Few objects have more than MANY references (types, functions,
 * namespaces): the note of such a one says MANY until none is left, and their number stands in `numbers`.
 *
 * No two collectable objects begin within eight words, and other kinds of blocks lie on other pages: the note of h is
 * number h >> 3. Between collections every note is 0.
 */
import type { Handle } from './layout';

export const NOTE_SHIFT = 3;
export const COLLECTING = 1;
export const UNREACHABLE = 2;
export const COUNT_SHIFT = 2;
export const ONE = 1 << COUNT_SHIFT;
export const MANY = 63;
/** Notes from here on are of objects whose number is in `numbers`. */
export const FIRST_MANY = MANY << COUNT_SHIFT;

export class GcRefs {
  notes = new Uint8Array(0);
  /** Read for the few with MANY alone: most of its pages never get memory. */
  numbers = new Int32Array(0);

  /** Before a collection: room for each object below `top`. */
  begin(top: number): void {
    const n = (top >> NOTE_SHIFT) + 1;
    if (n <= this.notes.length) return;
    const room = Math.ceil(n * 1.25);
    const buffer = new ArrayBuffer(5 * room);
    this.numbers = new Int32Array(buffer, 0, room);
    this.notes = new Uint8Array(buffer, 4 * room, room);
  }

  /** gc_refs of h. */
  of(h: Handle): number {
    const note = this.notes[h >> NOTE_SHIFT]!;
    return note >= FIRST_MANY ? this.numbers[h >> NOTE_SHIFT]! : note >> COUNT_SHIFT;
  }

  isCollecting(h: Handle): boolean {
    return (this.notes[h >> NOTE_SHIFT]! & COLLECTING) !== 0;
  }

  /** For an object that dies while a collection runs: the next one at its place is not meant. */
  forget(h: Handle): void {
    this.notes[h >> NOTE_SHIFT] = 0;
  }
}
