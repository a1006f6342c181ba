/**
 * Reference counts (Include/refcount.h): the only code that writes `ob_refcnt`. An immortal object's count is negative
 * and never changes. At zero the object is deallocated at once, by counting, not by the collector.
 */
import { TRACE_USED, TraceWindow, type EventLog } from '../trace/events';
import { EngineError } from './engine-error';
import { IMMORTAL_REFCNT, type Handle } from './layout';

export abstract class Refcounts {
  readonly mem: Int32Array;
  /** Where changes are recorded; null when nobody watches. */
  readonly log: EventLog | null = null;
  /** Where events are written before they are the log's (trace/events.ts). */
  readonly trace = new TraceWindow();

  protected constructor(mem: Int32Array) {
    this.mem = mem;
  }

  startLog(log: EventLog): void {
    this.attach(log);
    log.attach(this.trace);
  }
  /** Ends recording. */
  stopLog(): void {
    this.attach(null);
  }
  private attach(log: EventLog | null): void {
    this.log?.detach();
    (this as { log: EventLog | null }).log = log;
  }
  /** Room in the window for so many words: where they begin. */
  nextTrace(words: number): number {
    if (this.log !== null) return this.log.nextChunk(words);
    this.trace.state[TRACE_USED] = 0;
    return 0;
  }

  /** `Py_INCREF`: the caller owns one more reference. */
  incref(h: Handle): void {
    const mem = this.mem;
    const count = mem[h]!;
    if (count < 0) return;
    mem[h] = count + 1;
    if (this.log !== null) this.log.increased(h);
  }

  /** `Py_NewRef`: increfs and returns its argument. */
  newRef(h: Handle): Handle {
    this.incref(h);
    return h;
  }

  /** `Py_DECREF`: gives up one reference; the object is deallocated when it was the last. */
  decref(h: Handle): void {
    const mem = this.mem;
    const count = mem[h]!;
    if (count <= 1) {
      if (count < 0) return;
      if (count === 0) throw new EngineError(`decref of a dead object at ${h}`);
      mem[h] = 0;
      this.dealloc(h);
      return;
    }
    mem[h] = count - 1;
    if (this.log !== null) this.log.decreased(h);
  }

  /** `Py_XDECREF`. */
  xdecref(h: Handle): void {
    if (h !== 0) this.decref(h);
  }

  refcnt(h: Handle): number {
    return this.mem[h]!;
  }

  isImmortal(h: Handle): boolean {
    return this.mem[h]! < 0;
  }

  /** Makes an object immortal: its count is never written again. */
  immortalize(h: Handle): void {
    this.setRefcnt(h, IMMORTAL_REFCNT);
  }

  /** `Py_SET_REFCNT`: for birth, and for the resurrection dance of `tp_finalize` (Objects/object.c). */
  setRefcnt(h: Handle, count: number): void {
    const before = this.mem[h]!;
    this.mem[h] = count;
    if (this.log !== null) this.log.count(h, before);
  }

  /** `_Py_Dealloc`. */
  protected abstract dealloc(h: Handle): void;
}
