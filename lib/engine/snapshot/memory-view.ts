/**
 * The heap as it was at an earlier moment: a copy of its words with the newest events undone, under the interpreter's
 * own reading functions. Nothing here writes to the live heap (law 3).
 */
import { PAGE_SHIFT } from '../heap/blocks';
import type { EventLog } from '../trace/events';
import { Redo } from '../trace/redo';
import { type SingleEvent, undoSingly } from '../trace/single-event';
import { type OnMark, type Saver, undoEvents } from '../trace/undo';
import type { Interpreter } from '../vm/interpreter';
import { type OwnedIndex, keepOwned } from './owned';

/** Words kept of the way forward. */
const MOST_REDO = 6_000_000;

export class MemoryView implements Saver {
  /** Reads like the interpreter, from the copied words. Never call Python code through it. */
  readonly ip: Interpreter;
  private readonly mem: Int32Array;
  /** The moment: the log's words before it. */
  position: number;
  /** Where the way forward that is kept leads to; nothing is kept before `travels`. */
  private known: number;
  private redo: Redo | null = null;
  private owned: OwnedIndex | null = null;

  /**
   * @param mem the memory before the event at `position`, the view's own from now on; as it is now if not given
   */
  constructor(
    live: Interpreter,
    private readonly log: EventLog,
    mem: Int32Array | null = null,
    position = log.length,
  ) {
    const { heap } = live;
    this.mem = mem ?? heap.mem.slice(0, heap.top);
    const f64 = new Float64Array(this.mem.buffer, this.mem.byteOffset, this.mem.length >> 1);
    const viewHeap = Object.create(heap, {
      mem: { value: this.mem },
      f64: { value: f64 },
      log: { value: null, writable: true },
      top: { value: this.mem.length, writable: true },
    }) as Interpreter['heap'];
    this.ip = Object.create(live, { mem: { value: this.mem }, heap: { value: viewHeap } }) as Interpreter;
    this.position = position;
    this.known = position;
  }

  /** It will be moved back and forth, and read at each stop: what that takes is kept. */
  travels(): void {
    this.redo = new Redo();
    this.owned = keepOwned(this.ip);
    this.known = this.position;
  }

  /** Words that are read as something else at this moment: what they were, latest last. */
  private readonly covered: number[] = [];

  /** What no event tells of this moment, until the next one. */
  cover(index: number, word: number): void {
    this.covered.push(index, this.mem[index]!);
    this.mem[index] = word;
    this.owned?.touch(index, 1);
  }

  private leave(): void {
    const { covered, mem, owned } = this;
    owned?.move();
    for (let i = covered.length - 2; i >= 0; i -= 2) {
      mem[covered[i]!] = covered[i + 1]!;
      owned?.touch(covered[i]!, 1);
    }
    covered.length = 0;
    owned?.move();
  }

  /** Undone words are on their way to be overwritten. */
  save(mem: Int32Array, start: number, count: number, position: number): void {
    this.redo!.save(mem, start, count, position);
    this.owned!.touch(start, count);
  }

  /** Undoes events back to an earlier position. `onMark`, if given, is told of each mark, newest first. */
  rewind(position: number, onMark: OnMark | null = null): void {
    this.leave();
    const saver = this.redo === null ? null : this;
    undoEvents(this.log, this.mem, this.ip.heap.pageTable, this.position, position, onMark, saver);
    this.position = position;
    this.trim();
  }

  /** Too long a way is forgotten. */
  private trim(): void {
    if (this.redo === null || this.redo.length <= MOST_REDO) return;
    this.redo.clear();
    this.known = this.position;
  }

  /** The way forward to that position is kept. */
  knows(position: number): boolean {
    return this.redo !== null && position >= this.position && position <= this.known;
  }

  /** Does again what was undone. */
  forward(position: number): void {
    this.leave();
    this.redo!.forward(this.mem, position, (start, count) => this.owned!.touch(start, count));
    this.position = position;
  }

  /** Takes over the memory of another moment of the same run. */
  jump(mem: Int32Array, position: number): void {
    this.leave();
    this.redo?.clear();
    const { owned } = this;
    if (owned !== null) {
      const own = this.mem;
      for (let start = 0; start < own.length; start += 1 << PAGE_SHIFT) {
        const end = Math.min(own.length, start + (1 << PAGE_SHIFT));
        let i = start;
        while (i < end && own[i] === mem[i]) i++;
        if (i < end) owned.touch(i, 1);
      }
    }
    this.mem.set(mem);
    this.position = position;
    this.known = position;
  }

  get length(): number {
    return this.mem.length;
  }

  /** The same event by event: each is told when it is undone. */
  rewindSingly(position: number, visit: (event: SingleEvent) => void): void {
    this.leave();
    undoSingly(this.log, this.mem, this.ip.heap.pageTable, this.position, position, (event) => {
      for (const { index, after } of event.changes) {
        this.redo?.note(index, after, event.position);
        this.owned?.touch(index, 1);
      }
      visit(event);
    });
    this.position = position;
    this.trim();
  }
}
