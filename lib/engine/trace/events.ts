/**
 * The log of everything that changes memory, the bottom layer of time travel: 32-bit words, one to three for most
 * events. Any earlier state of memory is the present one with the events undone from the newest (trace/undo.ts).
 *
 * An event's last word is its head, `operand << 4 | kind`; the words before it are what undoing it needs, so that the
 * log is read from its end:
 *
 *     Appended  [its index word << 1 | it was a dummy]  dict      an entry, in a place that was all zero
 *     Appended                  list | 1                 an item, in a place that was 0
 *     Increased, Decreased      h                        a count by one
 *     Death                     h | collecting           the count fell from 1 to 0, its release begins
 *     Count     [before]        h                        any other change of a count
 *     Word      [before]        index                    a field, or a word of the page table
 *     Born                      h | raw                  a block that was never used
 *     BornOver  [words ≠ 0] [their places, as bits]  h | raw      a freed block of at most 32 words is used again
 *     BornLong  [words] [how many]                   h | raw      a longer one
 *     Freed, FreedByCollector   h | finalized            an object's memory is given back
 *     FreedRaw                  first data word
 *     Cleared   [words] [how many]                   index        free pages are cleared
 *     Line                      line number              in the code object of the last LineOf
 *     LineOf    [code object]   line number
 *     Mark                      code object | leaves; below FIRST_HANDLE: generation << 1 | ends, of a collection
 *
 * A newborn's first words need no events: undoing its birth brings back what lay there. A log in use costs one test and
 * one store an event. It grows by chunks, so that growing copies nothing; an event lies in one chunk.
 */
/** A number and not an enum of objects: heads are made in the hottest code there is. */
export enum EventKind {
  Appended = 0,
  Increased = 1,
  Decreased = 2,
  Death = 3,
  Count = 4,
  Word = 5,
  Born = 6,
  BornOver = 7,
  BornLong = 8,
  Freed = 9,
  FreedByCollector = 10,
  FreedRaw = 11,
  Cleared = 12,
  Line = 13,
  LineOf = 14,
  Mark = 15,
}
export const KIND_SHIFT = 4;
export const KIND_MASK = 15;

/** What a reader of the log is told of, besides the changes: its two operands are named here. */
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
/** Operands of a Mark below this are no handles. */
export const FIRST_HANDLE = 64;

const CHUNK_WORDS = 1 << 16;
/** Chunks that wait to be used again: 16 MB. */
const MAX_SPARE = 64;
/** Blocks up to this long tell by the bits of one word where they are not 0. */
const LONGEST_MASK = 32;

export class EventLog {
  readonly chunks: Int32Array[] = [new Int32Array(CHUNK_WORDS)];
  /** Words before each chunk. */
  readonly starts: number[] = [0];
  private current: Int32Array = this.chunks[0]!;
  /** Chunks of before the last `clear`. */
  private readonly spare: Int32Array[] = [];
  /** Words in use of the current chunk, and its length. */
  private used = 0;
  private room = CHUNK_WORDS;
  /** Words before the current chunk. */
  private base = 0;
  /** Past this many words nothing more is recorded, and `full` says so. */
  readonly limit: number;
  full = false;
  /** Lines so far, and the position of each. */
  lineCount = 0;
  private lineStarts = new Int32Array(1024);
  /** Called before the next line once the log is this long (trace/timeline.ts). */
  onLine: (() => void) | null = null;
  onLineAt = Infinity;
  /** The code object of the last LineOf. */
  private lineCode = 0;

  constructor(limitWords = 60_000_000) {
    this.limit = limitWords;
  }

  /** Words so far. A moment is named by this number: "before event n" is before the word n. */
  get length(): number {
    return this.base + this.used;
  }

  increased(h: number): void {
    if (this.used === this.room && !this.nextChunk()) return;
    this.current[this.used++] = (h << KIND_SHIFT) | EventKind.Increased;
  }

  decreased(h: number): void {
    if (this.used === this.room && !this.nextChunk()) return;
    this.current[this.used++] = (h << KIND_SHIFT) | EventKind.Decreased;
  }

  death(h: number, collecting: boolean): void {
    this.one(((collecting ? h | 1 : h) << KIND_SHIFT) | EventKind.Death);
  }

  /** A count changed, in any way. */
  refcount(h: number, before: number, after: number): void {
    if (after === before + 1) this.increased(h);
    else if (after === before - 1 && after > 0) this.decreased(h);
    else this.count(h, before);
  }

  count(h: number, before: number): void {
    this.two(before, (h << KIND_SHIFT) | EventKind.Count);
  }

  /** A word other than a count is about to become `after`. */
  word(index: number, before: number, _after?: number): void {
    if (this.used + 2 > this.room && !this.nextChunk()) return;
    const n = this.used;
    this.current[n] = before;
    this.current[n + 1] = (index << KIND_SHIFT) | EventKind.Word;
    this.used = n + 2;
  }

  /** A dict is about to get an entry behind its last one, found by the index word at `index`. */
  entryAppended(d: number, index: number, isDummy: boolean): void {
    if (this.used + 2 > this.room && !this.nextChunk()) return;
    const n = this.used;
    this.current[n] = isDummy ? (index << 1) | 1 : index << 1;
    this.current[n + 1] = (d << KIND_SHIFT) | EventKind.Appended;
    this.used = n + 2;
  }

  /** A list is about to get an item behind its last one, in room that it has. */
  itemAppended(list: number): void {
    if (this.used === this.room && !this.nextChunk()) return;
    this.current[this.used++] = ((list | 1) << KIND_SHIFT) | EventKind.Appended;
  }

  born(h: number, isRaw: boolean): void {
    this.one(((isRaw ? h | 1 : h) << KIND_SHIFT) | EventKind.Born);
  }

  /** The block of `size` words from `b` is about to be used again. */
  bornAgain(mem: Int32Array, b: number, size: number, header: number, isRaw: boolean): void {
    const operand = (isRaw ? (b + header) | 1 : b + header) << KIND_SHIFT;
    if (size > LONGEST_MASK) {
      this.content(mem, b, size, operand | EventKind.BornLong);
      return;
    }
    if (this.used + size + 2 > this.room && !this.nextChunk(size + 2)) return;
    const { current } = this;
    let n = this.used;
    let mask = 0;
    // Where the flags lie there is a link of the free blocks now: it is of no use to anybody.
    const flags = header - 2;
    for (let i = 0; i < size; i++) {
      const word = mem[b + i]!;
      if (word === 0 || i === flags) continue;
      current[n++] = word;
      mask |= 1 << i;
    }
    current[n] = mask;
    current[n + 1] = operand | EventKind.BornOver;
    this.used = n + 2;
  }

  /** `bornAgain` for the block of an int or float: six words, the first of them the flags. */
  bornNumber(mem: Int32Array, b: number): void {
    if (this.used + 8 > this.room && !this.nextChunk(8)) return;
    const { current } = this;
    let n = this.used;
    let mask = 0;
    for (let i = 1; i < 6; i++) {
      const word = mem[b + i]!;
      if (word === 0) continue;
      current[n++] = word;
      mask |= 1 << i;
    }
    current[n] = mask;
    current[n + 1] = ((b + 2) << KIND_SHIFT) | EventKind.BornOver;
    this.used = n + 2;
  }

  freed(h: number, byCollector: boolean, isFinalized: boolean): void {
    const operand = (isFinalized ? h | 1 : h) << KIND_SHIFT;
    this.one(operand | (byCollector ? EventKind.FreedByCollector : EventKind.Freed));
  }

  freedRaw(data: number): void {
    this.one((data << KIND_SHIFT) | EventKind.FreedRaw);
  }

  /** `n` words from `start` are about to be cleared; zeros at their end are not kept. */
  content(mem: Int32Array, start: number, n: number, head = (start << KIND_SHIFT) | EventKind.Cleared): void {
    while (n > 0 && mem[start + n - 1] === 0) n--;
    if (this.used + n + 2 > this.room && !this.nextChunk(n + 2)) return;
    this.current.set(mem.subarray(start, start + n), this.used);
    this.current[this.used + n] = n;
    this.current[this.used + n + 1] = head;
    this.used += n + 2;
  }

  mark(code: MarkCode.Line | MarkCode.Frame | MarkCode.Collection, a: number, b: number): void {
    if (code === MarkCode.Line) this.line(a, b);
    else this.one((((code === MarkCode.Frame ? a : a << 1) | b) << KIND_SHIFT) | EventKind.Mark);
  }

  /** Memory is as the log says: nothing is half done when a line begins. */
  line(code: number, line: number): void {
    if (this.base + this.used >= this.onLineAt && this.onLine !== null) this.onLine();
    if (this.full) return;
    if (this.lineCount === this.lineStarts.length) this.growLines();
    this.lineStarts[this.lineCount++] = this.base + this.used;
    if (code === this.lineCode) this.one((line << KIND_SHIFT) | EventKind.Line);
    else {
      this.lineCode = code;
      this.two(code, (line << KIND_SHIFT) | EventKind.LineOf);
    }
  }

  /** Words before the event of line number `n`, counted from 0; before the end for the line after the last. */
  positionOfLine(n: number): number {
    return n < this.lineCount ? this.lineStarts[n]! : this.length;
  }

  /** Lines that begin before a position. */
  linesBefore(position: number): number {
    let low = 0;
    let high = this.lineCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lineStarts[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get bytes(): number {
    return (this.base + this.room + this.lineStarts.length) * 4;
  }

  /** Nothing is recorded any more: `full`. */
  close(): void {
    this.full = true;
    this.room = this.used;
  }

  private growLines(): void {
    const bigger = new Int32Array(this.lineStarts.length * 2);
    bigger.set(this.lineStarts);
    this.lineStarts = bigger;
  }

  /** Begins anew. */
  clear(): void {
    for (let i = 1; i < this.chunks.length && this.spare.length < MAX_SPARE; i++)
      if (this.chunks[i]!.length === CHUNK_WORDS) this.spare.push(this.chunks[i]!);
    this.chunks.length = 1;
    this.starts.length = 1;
    this.current = this.chunks[0]!;
    this.used = 0;
    this.room = this.current.length;
    this.base = 0;
    this.full = false;
    this.lineCode = 0;
    this.lineCount = 0;
  }

  /** The chunk that the word before `position` lies in. */
  chunkBefore(position: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! < position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private one(head: number): void {
    if (this.used === this.room && !this.nextChunk()) return;
    this.current[this.used++] = head;
  }

  private two(word: number, head: number): void {
    if (this.used + 2 > this.room && !this.nextChunk()) return;
    this.current[this.used++] = word;
    this.current[this.used++] = head;
  }

  /** False: the log is full. Nothing at all is written from then on: a log with a hole could not be undone. */
  private nextChunk(words = 2): boolean {
    if (this.full || this.length + words > this.limit) {
      this.close();
      return false;
    }
    this.base += this.used;
    this.used = 0;
    this.room = Math.max(words, CHUNK_WORDS);
    const spare = this.room === CHUNK_WORDS ? this.spare.pop() : undefined;
    this.current = spare ?? new Int32Array(this.room);
    this.chunks.push(this.current);
    this.starts.push(this.base);
    return true;
  }
}
