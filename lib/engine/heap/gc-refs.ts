/**
 * What a collection notes of each object it looks at (`_gc_prev` of a PyGC_Head while the collector runs): one byte in
 * an array of its own. The objects themselves lie far apart; the notes of a million are a megabyte, which a processor
 * keeps near, and a look at a random one of them seldom waits for memory.
 *
 * A note is the number of references from inside that were found << 2, with COLLECTING while it is open whether the
 * object is reachable; UNREACHABLE alone when it is not; 0 for one that is, and for all that are not looked at. Few
 * objects have MANY references (types, functions, namespaces): their number stands in `numbers`.
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
const MANY = 63;
/** Notes from here on are of objects whose number is in `numbers`; and from which on one more makes it so. */
export const FIRST_MANY = MANY << COUNT_SHIFT;
export const LAST_FEW = FIRST_MANY - ONE;

export class GcRefs {
  notes = new Uint8Array(0);
  /** The notes, four at a time. */
  private fours = new Int32Array(0);
  /** Read for the few with MANY alone: most of its pages never get memory. */
  numbers = new Int32Array(0);

  /** Before a collection: room for each object below `top`. */
  begin(top: number): void {
    const n = (top >> NOTE_SHIFT) + 1;
    if (n <= this.notes.length) return;
    const room = (Math.ceil(n * 1.25) + 3) & ~3;
    const buffer = new ArrayBuffer(5 * room);
    this.numbers = new Int32Array(buffer, 0, room);
    this.notes = new Uint8Array(buffer, 4 * room, room);
    this.fours = new Int32Array(buffer, 4 * room, room >> 2);
  }

  /** Whatever lies below `top` is looked at. */
  noteAll(top: number): void {
    this.notes.fill(COLLECTING, 0, (top >> NOTE_SHIFT) + 1);
    // NULL, where many fields point, is left alone.
    this.notes[0] = 0;
  }

  /** Afterwards: only the unreachable have notes. */
  keepUnreachable(top: number): void {
    const { fours } = this;
    const end = (top >> (NOTE_SHIFT + 2)) + 1;
    for (let i = 0; i < end; i++) fours[i]! &= UNREACHABLE * 0x01010101;
  }

  /** gc_refs of h, which is looked at. */
  of(h: Handle, refcnt: number): number {
    const i = h >> NOTE_SHIFT;
    const note = this.notes[i]!;
    return refcnt - (note >= FIRST_MANY ? this.numbers[i]! : note >> COUNT_SHIFT);
  }

  isUnreachable(h: Handle): boolean {
    return this.notes[h >> NOTE_SHIFT] === UNREACHABLE;
  }

  /** For an object that dies while a collection runs: the next one at its place is not meant. */
  forget(h: Handle): void {
    this.notes[h >> NOTE_SHIFT] = 0;
  }
}
