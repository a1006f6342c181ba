/**
 * The log of everything that changes memory, the bottom layer of time travel: 32-bit words, one to three for most
 * events. Any earlier state of memory is the present one with the events undone from the newest (trace/undo.ts).
 *
 * An event's last word is its head, `operand << 4 | kind`; the words before it are what undoing it needs, so that the
 * log is read from its end:
 *
 *     Appended  [its index word << 1 | it was a dummy]  dict      an entry, in a place that was all zero
 *     Appended                  list | 1                 an item, in a place that was 0
 *     Increased, Decreased      h                        a count by one: of references, or an even word that counts
 *     Increased [its words]     h | 1                    a freed block of six words is a new int or float
 *     Decreased                 h | 1                    the last reference to an int, float or str went, and it is freed
 *     Death                     h | collecting           the count fell from 1 to 0, its release begins
 *     Count     [before]        h                        any other change of a count
 *     Word      [before]        index                    a field, or a word of the page table
 *     Born                      h | raw                  a block that was never used
 *     BornOver  [words ≠ 0] [their places, as bits]  h | raw      a freed block of at most 32 words is used again
 *     BornLong  [words] [how many]                   h | raw      a longer one
 *     Freed, FreedByCollector   h | finalized            an object's memory is given back
 *     FreedRaw                  first data word
 *     Cleared   [words] [how many]                   index        some words change at once; often they are cleared
 *     Line                      line number              in the code object of the last LineOf
 *     LineOf    [code object]   line number
 *     Mark                      code object | leaves; below FIRST_HANDLE: generation << 1 | ends, of a collection
 *
 * A newborn's first words need no events: undoing its birth brings back what lay there.
 *
 * Events are written into a window, which belongs to the heap and stays the same for all its logs, so that generated
 * code knows it as a constant. When an event has no room there any more, the
 * window becomes a chunk of the log. So an event lies in one chunk.
 */
import { type GcChange, GcLog, Joined } from './gc-log';

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

/** Words of a full window: more than a cell's recorder keeps at once, so that its events are never copied. */
export const TRACE_ROOM = 1 << 21;
/** Words of the window's state: words in use; lines so far; from which word on a line needs a look; code of the last. */
export const TRACE_USED = 0;
export const TRACE_LINES = 1;
export const TRACE_LINE_END = 2;
export const TRACE_CODE = 3;
const TRACE_STATE_WORDS = 4;
/** Words after which a line's position is kept. */
const MARK_WORDS = 1 << 15;
/** What a line may need. */
const LINE_WORDS = 2;
/** Blocks up to this long tell by the bits of one word where they are not 0. */
const LONGEST_MASK = 32;
/** Words of an int or float that its birth keeps. */
export const NUMBER_WORDS = 4;

const newState = (): Int32Array => new Int32Array(TRACE_STATE_WORDS);

/** Where a heap's events are written, and how far it is filled. */
export class TraceWindow {
  readonly words = new Int32Array(TRACE_ROOM);
  readonly state = newState();
}

/** Words before the head that belong to the event, given the head and the word before it. */
export function payload(head: number, last: number): number {
  switch ((head & KIND_MASK) as EventKind) {
    case EventKind.Appended:
      return (head & (1 << KIND_SHIFT)) === 0 ? 1 : 0;
    case EventKind.Increased:
      return (head & (1 << KIND_SHIFT)) === 0 ? 0 : NUMBER_WORDS;
    case EventKind.Count:
    case EventKind.Word:
    case EventKind.LineOf:
      return 1;
    case EventKind.BornOver:
      return 1 + bitCount(last);
    case EventKind.BornLong:
    case EventKind.Cleared:
      return 1 + last;
    default:
      return 0;
  }
}

function bitCount(n: number): number {
  n -= (n >>> 1) & 0x55555555;
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The last index of a number that is not above `n`, in an ascending list; 0 if there is none. */
function lastUpTo(list: readonly number[], n: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle]! <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Words in front of a block that the collector does not look at. */
const PLAIN_HEADER = 2;
const NO_WORDS = new Int32Array(0);

export class EventLog {
  /** The last one is the window while the log is attached. */
  readonly chunks: Int32Array[] = [];
  /** Words before each chunk. */
  readonly starts: number[] = [];
  /** The collector's book-keeping, which is no word's business. */
  readonly gc = new GcLog();
  /** Some positions, each chunk's first among them, and the lines before each. */
  private readonly marks: number[] = [];
  private readonly marked: number[] = [];
  /** The heap's while the log is attached, else empty. */
  private window = NO_WORDS;
  private state: Int32Array;
  private isAttached = false;
  private readonly own = newState();
  /** Words before the window. */
  private base = 0;
  /** Past this many words nothing more is recorded, and `full` says so. */
  readonly limit: number;
  full = false;
  /** Called before the next line once the log is this long (trace/timeline.ts). */
  onLine: (() => void) | null = null;
  /** Called after a word on the data stack has changed in a frame that waits for another. */
  onStack: ((index: number) => void) | null = null;
  /** Called before the words of a generator's frame, at that place, are noted as they are, to be resumed or cleared. */
  onFrame: ((frame: number, isOver: boolean) => void) | null = null;
  private onLineFrom = Infinity;
  /** Positions of the lines from a mark to the next that were asked for, and where that was then. */
  private readonly linePositions: ({ end: number; positions: number[] } | undefined)[] = [];

  constructor(limitWords = 60_000_000) {
    this.limit = limitWords;
    this.state = this.own;
  }

  /** Words so far. A moment is named by this number: "before event n" is before the word n. */
  get length(): number {
    return this.isOpen ? this.base + this.state[TRACE_USED]! : this.base;
  }

  /** Lines so far. */
  get lineCount(): number {
    return this.state[TRACE_LINES]!;
  }

  get onLineAt(): number {
    return this.onLineFrom;
  }
  set onLineAt(position: number) {
    this.onLineFrom = position;
    this.setLineEnd();
  }

  private get isOpen(): boolean {
    return this.isAttached && !this.full;
  }

  // ---- the window -----------------------------------------------------------------------------------------------------

  /** From now on the heap writes here, by its window. */
  attach({ words, state }: TraceWindow): void {
    state[TRACE_USED] = 0;
    state[TRACE_LINES] = this.state[TRACE_LINES]!;
    state[TRACE_CODE] = this.state[TRACE_CODE]!;
    this.window = words;
    this.state = state;
    this.isAttached = true;
    if (!this.full) this.addWindow();
    this.setLineEnd();
  }

  /** What the window holds is the log's own from now on. */
  detach(): void {
    if (!this.isAttached) return;
    if (!this.full) this.keepWindow();
    this.state[TRACE_LINE_END] = 0;
    const { own } = this;
    own[TRACE_LINES] = this.state[TRACE_LINES]!;
    own[TRACE_CODE] = this.state[TRACE_CODE]!;
    this.window = NO_WORDS;
    this.state = own;
    this.isAttached = false;
  }

  private addWindow(): void {
    this.chunks.push(this.window);
    this.starts.push(this.base);
    this.markLines();
  }

  /** Lines are found from here. */
  private markLines(): void {
    this.marks.push(this.length);
    this.marked.push(this.lineCount);
  }

  /** The last chunk, which is the window, becomes a copy of it. */
  private keepWindow(): void {
    const used = this.state[TRACE_USED]!;
    this.chunks[this.chunks.length - 1] = this.window.slice(0, used);
    this.base += used;
    this.state[TRACE_USED] = 0;
  }

  /**
   * Room for so many words, TRACE_ROOM at most: where they begin. A full log writes as well, but keeps nothing: one
   * with a hole could not be undone.
   */
  nextChunk(words: number): number {
    if (this.isOpen) {
      if (this.length + words > this.limit) this.close();
      else {
        this.keepWindow();
        this.addWindow();
      }
    }
    this.state[TRACE_USED] = 0;
    this.setLineEnd();
    return 0;
  }

  private setLineEnd(): void {
    const mark = (this.marks.at(-1) ?? 0) + MARK_WORDS;
    const end = Math.min(this.onLineFrom, this.limit, mark) - this.base;
    this.state[TRACE_LINE_END] = this.full ? 0 : Math.max(0, Math.min(TRACE_ROOM - LINE_WORDS, end));
  }

  /** Nothing is recorded any more: `full`. */
  close(): void {
    if (this.full) return;
    if (this.isAttached) this.keepWindow();
    this.full = true;
    this.setLineEnd();
  }

  /** Begins anew. */
  clear(): void {
    this.chunks.length = 0;
    this.starts.length = 0;
    this.gc.clear();
    this.newest = 0;
    this.marks.length = 0;
    this.marked.length = 0;
    this.linePositions.length = 0;
    this.base = 0;
    this.full = false;
    this.state[TRACE_USED] = 0;
    this.state[TRACE_LINES] = 0;
    this.state[TRACE_CODE] = 0;
    if (this.isAttached) this.addWindow();
    this.setLineEnd();
  }

  // ---- events ---------------------------------------------------------------------------------------------------------

  increased(h: number): void {
    this.one((h << KIND_SHIFT) | EventKind.Increased);
  }

  decreased(h: number): void {
    this.one((h << KIND_SHIFT) | EventKind.Decreased);
  }

  /** The last reference to what owns nothing went, and it is freed. */
  died(h: number): void {
    this.one(((h | 1) << KIND_SHIFT) | EventKind.Decreased);
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
    this.two(before, (index << KIND_SHIFT) | EventKind.Word);
  }

  /** A dict is about to get an entry behind its last one, found by the index word at `index`. */
  entryAppended(d: number, index: number, isDummy: boolean): void {
    this.two(isDummy ? (index << 1) | 1 : index << 1, (d << KIND_SHIFT) | EventKind.Appended);
  }

  /** A list is about to get an item behind its last one, in room that it has. */
  itemAppended(list: number): void {
    this.one(((list | 1) << KIND_SHIFT) | EventKind.Appended);
  }

  born(h: number, isRaw: boolean, header: number): void {
    if (header !== PLAIN_HEADER) this.made(h);
    this.one(((isRaw ? h | 1 : h) << KIND_SHIFT) | EventKind.Born);
  }

  /** The block of `size` words from `b` is used again: it is cleared. */
  bornAgain(mem: Int32Array, b: number, size: number, header: number, isRaw: boolean): void {
    const operand = (isRaw ? (b + header) | 1 : b + header) << KIND_SHIFT;
    if (header !== PLAIN_HEADER) this.made(b + header);
    if (size > LONGEST_MASK) {
      this.content(mem, b, size, operand | EventKind.BornLong);
      mem.fill(0, b, b + size);
      return;
    }
    const { window, state } = this;
    let n = state[TRACE_USED]!;
    if (n + size + 2 > TRACE_ROOM) n = this.nextChunk(size + 2);
    let mask = 0;
    // Where the flags lie there is a link of the free blocks now: it is of no use to anybody.
    const flags = header - 2;
    mem[b + flags] = 0;
    for (let i = 0; i < size; i++) {
      const word = mem[b + i]!;
      if (word === 0) continue;
      mem[b + i] = 0;
      window[n++] = word;
      mask |= 1 << i;
    }
    window[n] = mask;
    window[n + 1] = operand | EventKind.BornOver;
    state[TRACE_USED] = n + 2;
  }

  /** `bornAgain` for the block of an int or float: six words, the first of them the flags. */
  bornNumber(mem: Int32Array, b: number): void {
    const h = b + PLAIN_HEADER;
    if (mem[h] !== 0) {
      this.bornAgain(mem, b, NUMBER_WORDS + PLAIN_HEADER, PLAIN_HEADER, false);
      return;
    }
    const { window, state } = this;
    let n = state[TRACE_USED]!;
    if (n + NUMBER_WORDS + 1 > TRACE_ROOM) n = this.nextChunk(NUMBER_WORDS + 1);
    window[n] = mem[b + 1]!;
    window[n + 1] = mem[b + 3]!;
    window[n + 2] = mem[b + 4]!;
    window[n + 3] = mem[b + 5]!;
    window[n + 4] = ((h | 1) << KIND_SHIFT) | EventKind.Increased;
    state[TRACE_USED] = n + NUMBER_WORDS + 1;
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
    if (n + 2 > TRACE_ROOM) {
      this.longContent(mem.subarray(start, start + n), head);
      return;
    }
    const { window, state } = this;
    let at = state[TRACE_USED]!;
    if (at + n + 2 > TRACE_ROOM) at = this.nextChunk(n + 2);
    if (n > LONGEST_MASK) window.set(mem.subarray(start, start + n), at);
    else for (let i = 0; i < n; i++) window[at + i] = mem[start + i]!;
    window[at + n] = n;
    window[at + n + 1] = head;
    state[TRACE_USED] = at + n + 2;
  }

  /** `n` words from `start` are about to change; few. */
  span(mem: Int32Array, start: number, n: number): void {
    const { window, state } = this;
    let at = state[TRACE_USED]!;
    if (at + n + 2 > TRACE_ROOM) at = this.nextChunk(n + 2);
    for (let i = 0; i < n; i++) window[at + i] = mem[start + i]!;
    window[at + n] = n;
    window[at + n + 1] = (start << KIND_SHIFT) | EventKind.Cleared;
    state[TRACE_USED] = at + n + 2;
  }

  /** A chunk of its own. */
  private longContent(words: Int32Array, head: number): void {
    const n = words.length;
    if (!this.isOpen) return;
    if (this.length + n + 2 > this.limit) {
      this.close();
      return;
    }
    this.keepWindow();
    const chunk = new Int32Array(n + 2);
    chunk.set(words);
    chunk[n] = n;
    chunk[n + 1] = head;
    this.chunks.push(chunk);
    this.starts.push(this.base);
    this.marks.push(this.base);
    this.marked.push(this.lineCount);
    this.base += n + 2;
    this.addWindow();
    this.setLineEnd();
  }

  mark(code: MarkCode.Line | MarkCode.Frame | MarkCode.Collection, a: number, b: number): void {
    if (code === MarkCode.Line) this.line(a, b);
    else this.one((((code === MarkCode.Frame ? a : a << 1) | b) << KIND_SHIFT) | EventKind.Mark);
  }

  /** Memory is as the log says: nothing is half done when a line begins. */
  line(code: number, line: number): void {
    if (this.onLine !== null && !this.full && this.length >= this.onLineFrom) this.onLine();
    if (!this.full && this.length >= this.limit) this.close();
    if (this.isOpen && this.length >= this.marks.at(-1)! + MARK_WORDS) {
      this.markLines();
      this.setLineEnd();
    }
    const { state } = this;
    state[TRACE_LINES] = state[TRACE_LINES]! + (this.full ? 0 : 1);
    if (code === state[TRACE_CODE]) this.one((line << KIND_SHIFT) | EventKind.Line);
    else {
      state[TRACE_CODE] = code;
      this.two(code, (line << KIND_SHIFT) | EventKind.LineOf);
    }
  }

  /** Words before the event of line number `n`, counted from 0; before the end for the line after the last. */
  positionOfLine(n: number): number {
    if (n >= this.lineCount) return this.length;
    const mark = lastUpTo(this.marked, n);
    return this.linesFrom(mark)[n - this.marked[mark]!]!;
  }

  /** Lines that begin before a position. */
  linesBefore(position: number): number {
    if (this.marks.length === 0) return 0;
    const mark = lastUpTo(this.marks, position);
    let n = this.marked[mark]!;
    for (const line of this.linesFrom(mark)) if (line < position) n++;
    return n;
  }

  /** Where the lines from a mark to the next are. */
  private linesFrom(mark: number): number[] {
    const end = this.marks[mark + 1] ?? this.length;
    const known = this.linePositions[mark];
    if (known?.end === end) return known.positions;
    const c = this.chunkBefore(end);
    const chunk = this.chunks[c]!;
    const start = this.starts[c]!;
    const positions: number[] = [];
    const first = this.marks[mark]! - start;
    for (let n = end - start; n > first; ) {
      const head = chunk[n - 1]!;
      const kind: EventKind = head & KIND_MASK;
      n -= 1 + payload(head, n > 1 ? chunk[n - 2]! : 0);
      if (kind === EventKind.Line || kind === EventKind.LineOf) positions.push(start + n);
    }
    positions.reverse();
    this.linePositions[mark] = { end, positions };
    return positions;
  }

  get bytes(): number {
    return this.length * 4 + this.gc.bytes;
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

  // ---- the collector's lists ------------------------------------------------------------------------------------------

  /** Where an event would begin now. */
  private get place(): number {
    return this.base + this.state[TRACE_USED]!;
  }

  /** The latest collectable object, as long as it is not tracked. */
  private newest = 0;

  /** A collectable object was made. That it will be tracked before another one is made is not noted. */
  private made(h: number): void {
    if (this.newest !== 0) this.untracked(this.newest);
    this.newest = h;
  }

  /** Whoever looks at memory now must know what is tracked. */
  settleNewest(): void {
    if (this.newest !== 0) this.made(0);
  }

  /** An object comes into the youngest generation. */
  tracked(h: number): void {
    if (this.newest === h) this.newest = 0;
    else if (!this.full) this.gc.joined(this.place, h, Joined.Young);
  }

  untracked(h: number): void {
    if (!this.full) this.gc.joined(this.place, h, Joined.Untracked);
  }

  setAside(h: number): void {
    if (!this.full) this.gc.joined(this.place, h, Joined.Aside);
  }

  joins(h: number, generation: number): void {
    if (!this.full) this.gc.joined(this.place, h, Joined.Young + generation);
  }

  generations(change: GcChange): void {
    if (!this.full) this.gc.add(this.place, change);
  }

  private one(head: number): void {
    const { window, state } = this;
    let n = state[TRACE_USED]!;
    if (n === TRACE_ROOM) n = this.nextChunk(1);
    window[n] = head;
    state[TRACE_USED] = n + 1;
  }

  private two(word: number, head: number): void {
    const { window, state } = this;
    let n = state[TRACE_USED]!;
    if (n + 2 > TRACE_ROOM) n = this.nextChunk(2);
    window[n] = word;
    window[n + 1] = head;
    state[TRACE_USED] = n + 2;
  }
}
