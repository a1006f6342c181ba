/**
 * What the allocator did in a run, and how long the free lists were, so that both can be told of any step. None of it is
 * memory's own words: the log of events knows the address that an object got, not which pool was chosen and why.
 *
 * Each block that was given out or taken back is a word or two, in order; a step keeps how many there were before it. The
 * state at a step is the one at the beginning with these done again, by the allocator's own code. The lengths of the free
 * lists are compared at each step.
 *
 *     units << 1                        a block was given out
 *     address << 1 | 1                  it was given back
 *     (RESIZED | units) << 1, address   a large one has another size in its place
 */
import type { FreeLists } from '../heap/freelists';
import { type BlockJournal, type Obmalloc, bytesOfUnits } from '../heap/obmalloc';
import { SideLog } from './side-log';

/** No block has so many units: they are 2 GB at most. */
const RESIZED = 1 << 29;
const LENGTH_BITS = 16;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/** What is watched. */
export interface Allocating {
  readonly obmalloc: Obmalloc;
  readonly freelists: FreeLists;
}

export class AllocatorLog implements BlockJournal {
  /** As it all was at the beginning. */
  readonly begin: { readonly obmalloc: Obmalloc; readonly lengths: readonly number[] };
  private words = new Int32Array(1 << 8);
  private used = 0;
  /** Words so far, by step. */
  private readonly steps = new SideLog();
  private marked = 0;
  /** Length of a free list (its number, its length), by step. */
  private readonly changes = new SideLog();
  private readonly lists;
  private readonly lengths: Int32Array;

  constructor(private readonly watched: Allocating) {
    this.lists = [...watched.freelists.all()];
    this.lengths = Int32Array.from(this.lists, ({ size }) => size);
    this.begin = { obmalloc: watched.obmalloc.copy(), lengths: [...this.lengths] };
    watched.obmalloc.journal = this;
  }

  took(units: number): void {
    this.add(units << 1);
  }
  gaveBack(address: number): void {
    this.add((address << 1) | 1);
  }
  resized(address: number, units: number): void {
    this.add((RESIZED | units) << 1);
    this.add(address);
  }

  /** A step begins, before the event at `position`. */
  step(position: number): void {
    if (this.used !== this.marked) {
      this.steps.add(position, this.used);
      this.marked = this.used;
    }
    const { lists, lengths, changes } = this;
    for (let i = 0; i < lists.length; i++) {
      const { size } = lists[i]!;
      if (size === lengths[i]) continue;
      changes.add(position, (i << LENGTH_BITS) | size);
      lengths[i] = size;
    }
  }

  /** Nothing more is noted, and what was takes no more room than it needs. */
  stop(): void {
    const { obmalloc } = this.watched;
    if (obmalloc.journal === this) obmalloc.journal = null;
    this.words = this.words.slice(0, this.used);
  }

  get bytes(): number {
    return this.words.byteLength + this.steps.bytes + this.changes.bytes;
  }

  // ---- reading ----------------------------------------------------------------------------------------------------------

  /** Words before the step at `position`. */
  wordsAt(position: number): number {
    const n = this.steps.upTo(position);
    return n === 0 ? 0 : this.steps.word(n - 1);
  }

  /** Words before the first step that has at least so many before it, or all. */
  stepFrom(words: number): number {
    const { steps } = this;
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps.word(middle) < words) low = middle + 1;
      else high = middle;
    }
    return low < steps.length ? steps.word(low) : this.used;
  }

  /** An allocator that is in the state of the word `from` gets into the one of the word `to`. */
  redo(obmalloc: Obmalloc, from: number, to: number): void {
    const { words } = this;
    for (let i = from; i < to; i++) {
      const word = words[i]!;
      if ((word & 1) !== 0) obmalloc.free(word >>> 1);
      else if ((word & (RESIZED << 1)) === 0) obmalloc.malloc(bytesOfUnits(word >> 1));
      else obmalloc.resizeLarge(words[++i]!, bytesOfUnits((word >> 1) & ~RESIZED));
    }
  }

  /** Of each free list, in their order. */
  lengthsAt(position: number): number[] {
    const { begin, changes } = this;
    const lengths = [...begin.lengths];
    const n = changes.upTo(position);
    for (let i = 0; i < n; i++) {
      const word = changes.word(i);
      lengths[word >> LENGTH_BITS] = word & LENGTH_MASK;
    }
    return lengths;
  }

  private add(word: number): void {
    if (this.used === this.words.length) {
      const bigger = new Int32Array(this.used * 2);
      bigger.set(this.words);
      this.words = bigger;
    }
    this.words[this.used++] = word;
  }
}
