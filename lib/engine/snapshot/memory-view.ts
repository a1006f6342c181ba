/**
 * The heap as it was at an earlier moment: a copy of its words with the newest events undone, under the interpreter's
 * own reading functions. Nothing here writes to the live heap (law 3).
 */
import type { EventLog } from '../trace/events';
import { type SingleEvent, undoSingly } from '../trace/single-event';
import { type OnMark, undoEvents } from '../trace/undo';
import type { Interpreter } from '../vm/interpreter';

export class MemoryView {
  /** Reads like the interpreter, from the copied words. Never call Python code through it. */
  readonly ip: Interpreter;
  private readonly mem: Int32Array;
  /** The moment: the log's words before it. */
  position: number;

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
  }

  /** Words that are read as something else at this moment: what they were, latest last. */
  private readonly covered: number[] = [];

  /** What no event tells of this moment, until the next one. */
  cover(index: number, word: number): void {
    this.covered.push(index, this.mem[index]!);
    this.mem[index] = word;
  }

  private uncover(): void {
    const { covered, mem } = this;
    for (let i = covered.length - 2; i >= 0; i -= 2) mem[covered[i]!] = covered[i + 1]!;
    covered.length = 0;
  }

  /** Undoes events back to an earlier position. `onMark`, if given, is told of each mark, newest first. */
  rewind(position: number, onMark: OnMark | null = null): void {
    this.uncover();
    undoEvents(this.log, this.mem, this.ip.heap.pageTable, this.position, position, onMark);
    this.position = position;
  }

  /** The same event by event: each is told when it is undone. */
  rewindSingly(position: number, visit: (event: SingleEvent) => void): void {
    this.uncover();
    undoSingly(this.log, this.mem, this.ip.heap.pageTable, this.position, position, visit);
    this.position = position;
  }
}
