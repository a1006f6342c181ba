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
  private shadow: Int32Array;
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
    return this.log.bytes + this.kept * 4 + this.shadow.byteLength;
  }

  /** Ends recording: the log may be detached. */
  stop(): void {
    // Of memory as it is now, a log that broke off knows nothing.
    if (!this.log.full) this.keyframe();
    this.log.onLine = null;
  }

  /** Memory before line number `line` (from 0) ran. A copy; the caller may do with it as it likes. */
  before(line: number, onMark: OnMark | null = null): Int32Array {
    return this.at(this.log.positionOfLine(line), onMark);
  }

  /** Memory before the event at `position`. */
  at(position: number, onMark: OnMark | null = null): Int32Array {
    const mem = this.shadow.slice();
    let from = this.shadowAt;
    for (let i = this.keyframes.length - 1; i >= 0 && this.keyframes[i]!.position >= position; i--) {
      const { pages, contents } = this.keyframes[i]!;
      pages.forEach((page, n) => {
        mem.set(contents.subarray(n << PAGE_SHIFT, (n + 1) << PAGE_SHIFT), page << PAGE_SHIFT);
      });
      from = this.keyframes[i]!.position;
    }
    undoEvents(this.log, mem, this.heap.pageTable, from, position, onMark);
    return mem;
  }

  /** The shadow becomes the present; what it was stays as far as it differs. */
  private keyframe(): void {
    const { mem, top } = this.heap;
    const { shadow } = this;
    const changed: number[] = [];
    for (let page = 0; page < shadow.length >> PAGE_SHIFT; page++) {
      const end = (page + 1) << PAGE_SHIFT;
      let i = page << PAGE_SHIFT;
      while (i < end && shadow[i] === mem[i]) i++;
      if (i < end) changed.push(page);
    }
    const contents = new Int32Array(changed.length << PAGE_SHIFT);
    changed.forEach((page, n) => {
      contents.set(shadow.subarray(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT), n << PAGE_SHIFT);
    });
    this.keyframes.push({ position: this.shadowAt, pages: new Int32Array(changed), contents });
    this.kept += contents.length + changed.length;
    if (top > shadow.length) {
      this.shadow = mem.slice(0, top);
      // Pages that were not there at the keyframe held zeros: undoing goes back to them by itself.
    } else
      for (const page of changed)
        shadow.set(mem.subarray(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT), page << PAGE_SHIFT);
    this.shadowAt = this.log.length;
    this.log.onLineAt = this.shadowAt + this.every;
    if (this.bytes > this.budget) this.log.close();
  }
}
