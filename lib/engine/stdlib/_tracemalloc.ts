/**
 * `_tracemalloc` (Modules/_tracemalloc.c, Python/tracemalloc.c) over the model of the allocator: while it traces, each
 * block that pymalloc's model hands out is remembered with its size and the lines that asked for it.
 *
 * The hooks are put before the allocator's methods only while somebody traces. Generated code does not say which line
 * it is at, so the plain loop runs meanwhile. DIFFERS: a function of which generated code was running when tracing
 * began goes on in it until it returns, with the line of its last call.
 */
import { Op } from '../compiler/opcodes';
import { type CodeRuntime, codeRuntime, lineOf } from '../objects/code';
import { F_CODE, F_PC, F_PREVIOUS } from '../objects/interpreter-frame';
import type { Heap } from '../heap/heap';
import type { Handle } from '../heap/layout';
import { ID16 } from '../heap/layout';
import type { MethodDef, TypeSlots } from '../heap/object';
import type { FreeList } from '../heap/freelists';
import { asIndex } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { strFrom } from '../objects/str';
import { newTuple } from '../objects/tuple';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const MAX_NFRAME = 65535;

interface Frames {
  /** The newest first; at most as many as asked for. */
  readonly lines: readonly (readonly [filename: string, line: number])[];
  /** How many there were. */
  readonly total: number;
}

interface Trace {
  readonly size: number;
  frames: Frames;
}

const UNKNOWN: Frames = { lines: [['<unknown>', 0]], total: 1 };
/** Bytes of CPython's hash tables for one entry, beside the buckets. */
const ENTRY_BYTES = 48;

const resumes = new WeakMap<CodeRuntime, number>();

/** Index of the first RESUME. */
function firstTraceable(code: CodeRuntime): number {
  let i = resumes.get(code);
  if (i === undefined) {
    i = Math.max(0, code.ops.indexOf(Op.RESUME));
    resumes.set(code, i);
  }
  return i;
}

class Tracer {
  readonly traces = new Map<number, Trace>();
  private readonly known = new Map<string, Frames>();
  current = 0;
  peak = 0;
  /** Our own objects are not traced. */
  paused = false;
  /** A block came from pymalloc, not from a free list. */
  private fresh = false;
  private readonly watch = (): void => {};

  constructor(
    private readonly ip: Interpreter,
    readonly limit: number,
  ) {}

  private frames(): Frames {
    const { ip, limit } = this;
    const { mem } = ip;
    const lines: [string, number][] = [];
    let total = 0;
    let key = '';
    for (let f = ip.frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
      const code = codeRuntime(ip, mem[f + F_CODE]!);
      // `_PyFrame_IsIncomplete`: a frame that has not come to its RESUME is not there yet.
      if (mem[f + F_PC]! <= firstTraceable(code)) continue;
      if (total < limit) {
        const line = Math.max(0, lineOf(code, Math.max(0, mem[f + F_PC]! - 1)));
        lines.push([code.unit.filename, line]);
        key += `${code.unit.filename}:${line}\n`;
      }
      total++;
    }
    if (total === 0) return UNKNOWN;
    key += total;
    let frames = this.known.get(key);
    if (frames === undefined) {
      frames = { lines, total };
      this.known.set(key, frames);
    }
    return frames;
  }

  private add(address: number, size: number): void {
    this.fresh = true;
    if (this.paused) return;
    this.traces.set(address, { size, frames: this.frames() });
    this.current += size;
    if (!this.ip.heap.obmalloc.moving) this.note();
  }

  private note(): void {
    if (this.current > this.peak) this.peak = this.current;
  }

  private resize(address: number, size: number): void {
    const trace = this.traces.get(address);
    if (trace === undefined || this.paused) return;
    this.current += size - trace.size;
    this.note();
    this.traces.set(address, { size, frames: this.frames() });
  }

  private remove(address: number): void {
    const trace = this.traces.get(address);
    if (trace === undefined) return;
    this.traces.delete(address);
    this.current -= trace.size;
    if (this.ip.heap.obmalloc.moving) this.note();
  }

  /** `_PyTraceMalloc_TraceRef`: a block that waited in a free list belongs to a new object now. */
  private renew(address: number): void {
    if (this.fresh || this.paused) return;
    const trace = this.traces.get(address);
    if (trace !== undefined) trace.frames = this.frames();
  }

  attach(heap: Heap): void {
    const { obmalloc } = heap;
    const { malloc, free } = obmalloc;
    obmalloc.malloc = (nbytes) => {
      const address = malloc.call(obmalloc, nbytes);
      this.add(address, Math.max(1, nbytes));
      return address;
    };
    obmalloc.free = (address) => {
      this.remove(address);
      free.call(obmalloc, address);
    };
    obmalloc.resize = (address, nbytes) => this.resize(address, nbytes);
    const { alloc, allocPlain } = heap;
    heap.alloc = (type: TypeSlots, words: number, nbytes: number, freelist: FreeList | null = null) => {
      this.fresh = false;
      const h = alloc.call(heap, type, words, nbytes, freelist);
      this.renew(heap.mem[h + ID16]! - type.preheader);
      return h;
    };
    heap.allocPlain = (type: TypeSlots, nbytes: number, freelist: FreeList) => {
      this.fresh = false;
      const h = allocPlain.call(heap, type, nbytes, freelist);
      this.renew(heap.mem[h + ID16]! - type.preheader);
      return h;
    };
    this.ip.onLine ??= this.watch;
  }

  detach(heap: Heap): void {
    const own = (object: object, ...names: string[]): void => {
      for (const name of names) delete (object as Record<string, unknown>)[name];
    };
    own(heap.obmalloc, 'malloc', 'free', 'resize');
    own(heap, 'alloc', 'allocPlain');
    if (this.ip.onLine === this.watch) this.ip.onLine = null;
  }

  clear(): void {
    this.traces.clear();
    this.known.clear();
    this.current = 0;
    this.peak = 0;
  }

  /** New. */
  framesTuple({ lines }: Frames): Handle {
    const { ip } = this;
    return newTuple(
      ip,
      lines.map(([filename, line]) => newTuple(ip, [strFrom(ip, filename), intFromNumber(ip, line)])),
    );
  }

  /** `get_tracemalloc_memory`: what CPython's tables would take. */
  ownMemory(): number {
    const table = (n: number): number => {
      let buckets = 16;
      while (n > buckets / 2) buckets *= 2;
      return n * ENTRY_BYTES + buckets * 8;
    };
    return table(this.traces.size) + table(this.known.size);
  }
}

const tracerOf = (ip: Interpreter): Tracer | null => (ip.moduleState.get('_tracemalloc') as Tracer | undefined) ?? null;

function start(ip: Interpreter, nframe: Handle): Handle {
  const n = nframe === 0 ? 1 : asIndex(ip, nframe, 'OverflowError');
  if (n === null) return 0;
  if (n < 1 || n > MAX_NFRAME)
    return ip.raise('ValueError', `the number of frames must be in range [1; ${MAX_NFRAME}]`);
  if (tracerOf(ip) !== null) return ip.None;
  const tracer = new Tracer(ip, n);
  ip.moduleState.set('_tracemalloc', tracer);
  ip.moduleState.set('_tracemalloc.limit', n);
  tracer.attach(ip.heap);
  return ip.None;
}

function getTraces(ip: Interpreter): Handle {
  const tracer = tracerOf(ip);
  if (tracer === null) return newList(ip, []);
  tracer.paused = true;
  const zero = intFromNumber(ip, 0);
  const tuples = new Map<Frames, Handle>();
  const items: Handle[] = [];
  for (const { size, frames } of [...tracer.traces.values()]) {
    let lines = tuples.get(frames);
    if (lines === undefined) {
      lines = tracer.framesTuple(frames);
      tuples.set(frames, lines);
    }
    items.push(
      newTuple(ip, [ip.newRef(zero), intFromNumber(ip, size), ip.newRef(lines), intFromNumber(ip, frames.total)]),
    );
  }
  for (const h of tuples.values()) ip.decref(h);
  const list = newList(ip, items);
  tracer.paused = false;
  return list;
}

function objectTraceback(ip: Interpreter, h: Handle): Handle {
  const tracer = tracerOf(ip);
  const trace = tracer?.traces.get(ip.mem[h + ID16]! - ip.tp(h).preheader);
  if (tracer === null || trace === undefined) return ip.None;
  tracer.paused = true;
  const tuple = tracer.framesTuple(trace.frames);
  tracer.paused = false;
  return tuple;
}

const METHODS: Record<string, MethodDef> = {
  is_tracing: { kind: 'noargs', fn: (ip: Interpreter) => ip.bool(tracerOf(ip) !== null) },
  start: { kind: 'fast', min: 0, max: 1, fn: (ip: Interpreter, _m, [nframe]) => start(ip, nframe ?? 0) },
  stop: {
    kind: 'noargs',
    fn(ip: Interpreter) {
      const tracer = tracerOf(ip);
      if (tracer === null) return ip.None;
      tracer.detach(ip.heap);
      ip.moduleState.delete('_tracemalloc');
      return ip.None;
    },
  },
  clear_traces: {
    kind: 'noargs',
    fn(ip: Interpreter) {
      tracerOf(ip)?.clear();
      return ip.None;
    },
  },
  get_traceback_limit: {
    kind: 'noargs',
    fn: (ip: Interpreter) => intFromNumber(ip, (ip.moduleState.get('_tracemalloc.limit') as number | undefined) ?? 1),
  },
  get_tracemalloc_memory: {
    kind: 'noargs',
    fn: (ip: Interpreter) => intFromNumber(ip, tracerOf(ip)?.ownMemory() ?? 0),
  },
  get_traced_memory: {
    kind: 'noargs',
    fn(ip: Interpreter) {
      const tracer = tracerOf(ip);
      // Read before the tuple itself counts.
      const [current, peak] = [tracer?.current ?? 0, tracer?.peak ?? 0];
      return newTuple(ip, [intFromNumber(ip, current), intFromNumber(ip, peak)]);
    },
  },
  reset_peak: {
    kind: 'noargs',
    fn(ip: Interpreter) {
      const tracer = tracerOf(ip);
      if (tracer !== null) tracer.peak = tracer.current;
      return ip.None;
    },
  },
  _get_traces: { kind: 'noargs', fn: (ip: Interpreter) => getTraces(ip) },
  _get_object_traceback: { kind: 'o', fn: (ip: Interpreter, _m, h) => objectTraceback(ip, h) },
};

export const tracemallocModule: NativeModule = { name: '_tracemalloc', methods: METHODS };
