/**
 * Any line of a long run, at once. While the log is written, every million words the pages of memory that have
 * changed since the last time are kept as they were then (a keyframe); the state before a line is the nearest later
 * keyframe with the log undone from there. Undoing a million words takes a few milliseconds.
 *
 * What this costs is bounded by `budget`: past it the log counts as full (`EventLog.full`), and the lines until then
 * can be seen.
 */
import { PAGE_SHIFT } from '../heap/blocks';
import type { EventLog } from './events';
import { type OnMark, undoEvents } from './undo';

const KEYFRAME_WORDS = 1_000_000;

/** What a timeline reads of the heap. */
export interface Memory {
  readonly mem: Int32Array;
  readonly pageTable: number;
  readonly top: number;
}

/** Memory before the event at `position`, as far as the next keyframe, or the end, differs. */
interface Keyframe {
  readonly position: number;
  readonly pages: Int32Array;
  /** Their contents, one after the other. */
  readonly contents: Int32Array;
}

export class Timeline {
  private readonly keyframes: Keyframe[] = [];
  /** Memory as it was at `shadowAt`. */
  private shadow: Int32Array | null;
  /** Its length in the end. */
  private extent = 0;
  /** Once another one follows: where `shadow` differed from the memory that it began with. */
  private next: { readonly timeline: Timeline; readonly pages: Int32Array; readonly contents: Int32Array } | null =
    null;
  private shadowAt: number;
  private kept = 0;

  /**
   * Begins to record. Attach `log` to the heap at this moment.
   * @param budget bytes for the log and the keyframes
   * @param every words of the log from one keyframe to the next
   */
  constructor(
    private readonly heap: Memory,
    readonly log: EventLog,
    private readonly budget = 256 << 20,
    private readonly every = KEYFRAME_WORDS,
  ) {
    this.shadow = heap.mem.slice(0, heap.top);
    this.shadowAt = log.length;
    log.onLine = () => this.keyframe();
    log.onLineAt = this.shadowAt + this.every;
  }

  /** Lines that can be shown: all, or those up to the last keyframe before the log was full. */
  get lines(): number {
    return this.log.full ? this.log.linesBefore(this.shadowAt) : this.log.lineCount;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.log.bytes + this.kept * 4 + (this.shadow?.byteLength ?? 0);
  }

  /** Ends recording: the log may be detached. */
  stop(): void {
    // Of memory as it is now, a log that broke off knows nothing.
    if (!this.log.full) this.keyframe();
    this.log.onLine = null;
  }

  /**
   * Another one takes over, at its beginning: from then on the end of this one is kept only as far as it differs from
   * that.
   */
  handOver(timeline: Timeline): void {
    const { shadow } = this;
    const begin = timeline.shadow;
    if (shadow === null || begin === null) return;
    this.extent = shadow.length;
    const pages = changedPages(shadow, begin);
    this.next = { timeline, pages: new Int32Array(pages), contents: contentsOf(shadow, pages) };
    this.kept += pages.length + this.next.contents.length;
    this.shadow = null;
  }

  /** Memory at `shadowAt`; the caller's own. */
  private latest(): Int32Array {
    if (this.shadow !== null || this.next === null) return this.shadow!.slice();
    const { timeline, pages, contents } = this.next;
    const mem = timeline.at(0).slice(0, this.extent);
    restore(mem, pages, contents);
    return mem;
  }

  /** A keyframe is due. */
  get isDue(): boolean {
    return this.log.length >= this.shadowAt + this.every;
  }

  /** Memory before line number `line` (from 0) ran. A copy; the caller may do with it as it likes. */
  before(line: number, onMark: OnMark | null = null): Int32Array {
    return this.at(this.log.positionOfLine(line), onMark);
  }

  /** Memory before the event at `position`. */
  at(position: number, onMark: OnMark | null = null): Int32Array {
    const mem = this.latest();
    let from = this.shadowAt;
    for (let i = this.keyframes.length - 1; i >= 0 && this.keyframes[i]!.position >= position; i--) {
      restore(mem, this.keyframes[i]!.pages, this.keyframes[i]!.contents);
      from = this.keyframes[i]!.position;
    }
    undoEvents(this.log, mem, this.heap.pageTable, from, position, onMark);
    return mem;
  }

  /** The shadow becomes the present; what it was stays as far as it differs. */
  keyframe(): void {
    const { mem, top } = this.heap;
    const { shadow } = this;
    if (shadow === null) return;
    const pages = changedPages(shadow, mem);
    const contents = contentsOf(shadow, pages);
    this.keyframes.push({ position: this.shadowAt, pages: new Int32Array(pages), contents });
    this.kept += contents.length + pages.length;
    if (top > shadow.length) {
      this.shadow = mem.slice(0, top);
      // Pages that were not there at the keyframe held zeros: undoing goes back to them by itself.
    } else
      for (const page of pages)
        shadow.set(mem.subarray(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT), page << PAGE_SHIFT);
    this.shadowAt = this.log.length;
    this.log.onLineAt = this.shadowAt + this.every;
    if (this.bytes > this.budget) this.log.close();
  }
}

function changedPages(shadow: Int32Array, mem: Int32Array): number[] {
  const changed: number[] = [];
  for (let page = 0; page < shadow.length >> PAGE_SHIFT; page++) {
    const end = (page + 1) << PAGE_SHIFT;
    let i = page << PAGE_SHIFT;
    while (i < end && shadow[i] === mem[i]) i++;
    if (i < end) changed.push(page);
  }
  return changed;
}

function contentsOf(mem: Int32Array, pages: readonly number[]): Int32Array {
  const contents = new Int32Array(pages.length << PAGE_SHIFT);
  pages.forEach((page, n) => {
    contents.set(mem.subarray(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT), n << PAGE_SHIFT);
  });
  return contents;
}

function restore(mem: Int32Array, pages: Int32Array, contents: Int32Array): void {
  pages.forEach((page, n) => {
    mem.set(contents.subarray(n << PAGE_SHIFT, (n + 1) << PAGE_SHIFT), page << PAGE_SHIFT);
  });
}
