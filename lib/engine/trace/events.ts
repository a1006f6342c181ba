/**
 * The log of everything that changes memory, the bottom layer of time travel. Three 32-bit words an event:
 *
 *     [ index << 2 | kind ] [ before ] [ after ]
 *
 * WORD and REFCOUNT name the word that changed, so that any earlier state of memory is the present one with the
 * events undone from the newest. MARK carries no change: it says what the program was doing (see MarkCode).
 */
export const EVENT_WORD = 0;
export const EVENT_REFCOUNT = 1;
export const EVENT_MARK = 2;

/** What a MARK stands for: its `index` is one of these, `before` and `after` are its two operands. */
export enum MarkCode {
  /** A line starts: the code object's handle, the line number. */
  Line = 1,
  /** An object was born: its handle. */
  Allocated = 2,
  /** An object is about to be released, unless its finalizer saves it: its handle; 1 if the collector is clearing a cycle. */
  Deallocating = 3,
  /** A collection begins or ends: generation; 0 begin, 1 end. */
  Collection = 4,
  /** A Python frame starts or ends: the code object's handle; 0 enter, 1 leave. */
  Frame = 5,
  /** An object's memory is given back: its handle; 1 if the collector is clearing a cycle. */
  Freed = 6,
}

const INITIAL_WORDS = 3 * 4096;

export class EventLog {
  words = new Int32Array(INITIAL_WORDS);
  /** Words in use: three an event. */
  length = 0;
  /** Past this many words nothing more is recorded, and `full` says so. */
  readonly limit: number;
  full = false;

  constructor(limitEvents = 20_000_000) {
    this.limit = limitEvents * 3;
  }

  get eventCount(): number {
    return this.length / 3;
  }

  word(index: number, before: number, after: number): void {
    this.push((index << 2) | EVENT_WORD, before, after);
  }

  refcount(handle: number, before: number, after: number): void {
    this.push((handle << 2) | EVENT_REFCOUNT, before, after);
  }

  mark(code: MarkCode, a: number, b: number): void {
    this.push((code << 2) | EVENT_MARK, a, b);
  }

  /** Begins anew. */
  clear(): void {
    this.length = 0;
    this.full = false;
  }

  private push(head: number, before: number, after: number): void {
    let n = this.length;
    if (n + 3 > this.words.length && !this.grow()) return;
    const w = this.words;
    w[n++] = head;
    w[n++] = before;
    w[n++] = after;
    this.length = n;
  }

  private grow(): boolean {
    if (this.words.length >= this.limit) {
      this.full = true;
      return false;
    }
    const bigger = new Int32Array(Math.min(this.words.length * 2, this.limit));
    bigger.set(this.words);
    this.words = bigger;
    return true;
  }
}
