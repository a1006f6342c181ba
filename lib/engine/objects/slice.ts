/**
 * slice (Objects/sliceobject.c): start, stop and step as they were written, and what they mean for a length.
 *
 *     ob_refcnt ob_type | start  stop  step
 */
import type { Handle } from '../heap/layout';
import { CompareOp, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, hash, numberIndex, reprText, richCompare } from './abstract';
import { checkPositional, noKeywords } from './getargs';
import { hashToBigInt } from './hash';
import { intFromBigInt, intToBigInt } from './int';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom } from './str';
import { newTuple, newTupleTracked } from './tuple';

export const SLICE_START = 2;
export const SLICE_STOP = 3;
export const SLICE_STEP = 4;

/** Primes of xxHash. */
const PRIME1 = 11400714785074694791n;
const PRIME2 = 14029467366897019727n;
const PRIME5 = 2870177450012600261n;

/** `PY_SSIZE_T_MAX`: what an open end stands for before a length is known. */
const MAX = Number.MAX_SAFE_INTEGER;

export interface SliceIndices {
  start: number;
  stop: number;
  step: number;
  /** Items the slice selects. */
  count: number;
}

/** `PySlice_New`: parts borrowed; 0 is None. New, tracked. */
export function newSlice(rt: Runtime, start: Handle, stop: Handle, step: Handle): Handle {
  const { heap } = rt;
  const h = newObject(rt, rt.types.slice, 0, 0, heap.freelists.slice);
  rt.mem[h + SLICE_START] = rt.newRef(start === 0 ? rt.None : start);
  rt.mem[h + SLICE_STOP] = rt.newRef(stop === 0 ? rt.None : stop);
  rt.mem[h + SLICE_STEP] = rt.newRef(step === 0 ? rt.None : step);
  heap.gcTrack(h);
  return h;
}

export function isSlice(rt: Runtime, h: Handle): boolean {
  return rt.is(h, rt.types.slice);
}

/** Borrowed parts. */
export function sliceParts(rt: Runtime, h: Handle): { start: Handle; stop: Handle; step: Handle } {
  const mem = rt.mem;
  return { start: mem[h + SLICE_START]!, stop: mem[h + SLICE_STOP]!, step: mem[h + SLICE_STEP]! };
}

/** `_PyEval_SliceIndex`: a clipped number, or null with an exception. */
export function evalSliceIndex(rt: Runtime, h: Handle): number | null {
  if (rt.tp(h).nb_index === null) {
    rt.raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return null;
  }
  return asIndex(rt, h);
}

/** `PySlice_Unpack`: null with an exception. */
export function sliceUnpack(rt: Runtime, h: Handle): Omit<SliceIndices, 'count'> | null {
  const mem = rt.mem;
  let step: number | null = 1;
  if (mem[h + SLICE_STEP] !== rt.None) {
    step = evalSliceIndex(rt, mem[h + SLICE_STEP]!);
    if (step === null) return null;
    if (step === 0) {
      rt.raise('ValueError', 'slice step cannot be zero');
      return null;
    }
  }
  let start: number | null = step < 0 ? MAX : 0;
  if (mem[h + SLICE_START] !== rt.None) start = evalSliceIndex(rt, mem[h + SLICE_START]!);
  if (start === null) return null;
  let stop: number | null = step < 0 ? -MAX : MAX;
  if (mem[h + SLICE_STOP] !== rt.None) stop = evalSliceIndex(rt, mem[h + SLICE_STOP]!);
  if (stop === null) return null;
  return { start, stop, step };
}

/** `PySlice_AdjustIndices`. */
export function adjustIndices(s: Omit<SliceIndices, 'count'>, length: number): SliceIndices {
  const { step } = s;
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? length - 1 : length;
  const clip = (i: number) => {
    if (i < 0) return Math.max(i + length, low);
    return Math.min(i, high);
  };
  const start = clip(s.start);
  const stop = clip(s.stop);
  let count = 0;
  if (step < 0) {
    if (stop < start) count = Math.floor((start - stop - 1) / -step) + 1;
  } else if (start < stop) count = Math.floor((stop - start - 1) / step) + 1;
  return { start, stop, step, count };
}

/**
 * What a slice selects of a sequence; null with an exception. The parts may run Python code that changes the length,
 * so mutable sequences pass a function.
 */
export function sliceIndices(rt: Runtime, h: Handle, length: number | (() => number)): SliceIndices | null {
  const s = sliceUnpack(rt, h);
  return s === null ? null : adjustIndices(s, typeof length === 'number' ? length : length());
}

// ---- slots --------------------------------------------------------------------------------------------------------------

/** The step goes first, then start, then stop. */
function sliceDealloc(rt: Runtime, h: Handle): void {
  const { heap } = rt;
  heap.gcUntrack(h);
  heap.clearRef(h + SLICE_STEP);
  heap.clearRef(h + SLICE_START);
  heap.clearRef(h + SLICE_STOP);
  freeObject(rt, h, heap.freelists.slice);
}

function sliceTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  for (const word of [SLICE_START, SLICE_STOP, SLICE_STEP]) if (mem[h + word] !== 0) visit(mem[h + word]!, h + word);
}

function sliceRepr(rt: Runtime, h: Handle): Handle {
  const parts: string[] = [];
  for (const word of [SLICE_START, SLICE_STOP, SLICE_STEP]) {
    const text = reprText(rt, rt.mem[h + word]!);
    if (text === null) return 0;
    parts.push(text);
  }
  return strFrom(rt, `slice(${parts.join(', ')})`);
}

/** The rounds of tuplehash over the three parts, without its last step (`slicehash`). */
function sliceHash(rt: Runtime, h: Handle): number {
  let acc = PRIME5;
  for (const word of [SLICE_START, SLICE_STOP, SLICE_STEP]) {
    const low = hash(rt, rt.mem[h + word]!);
    if (low === -1 && rt.currentException !== 0) return -1;
    acc = BigInt.asUintN(64, acc + hashToBigInt(low, rt.hashHigh) * PRIME2);
    acc = BigInt.asUintN(64, ((acc << 31n) | (acc >> 33n)) * PRIME1);
  }
  const value = BigInt.asIntN(64, acc);
  const result = value === -1n ? 1546275796n : value;
  rt.hashHigh = Number(BigInt.asIntN(32, result >> 32n));
  return Number(BigInt.asIntN(32, result));
}

function sliceRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isSlice(rt, a) || !isSlice(rt, b)) return rt.NotImplemented;
  if (a === b) {
    const same = op === CompareOp.EQ || op === CompareOp.LE || op === CompareOp.GE;
    return rt.bool(same);
  }
  const ta = partsTuple(rt, a);
  const tb = partsTuple(rt, b);
  const r = richCompare(rt, ta, tb, op);
  rt.decref(ta);
  rt.decref(tb);
  return r;
}

function partsTuple(rt: Runtime, h: Handle): Handle {
  const { start, stop, step } = sliceParts(rt, h);
  return newTuple(rt, [rt.newRef(start), rt.newRef(stop), rt.newRef(step)]);
}

function sliceNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (!noKeywords(rt, 'slice', kwnames) || !checkPositional(rt, 'slice', args.length, 1, 3)) return 0;
  if (args.length === 1) return newSlice(rt, 0, args[0]!, 0);
  return newSlice(rt, args[0]!, args[1]!, args[2] ?? 0);
}

/** `slice.indices(length)`: in integers of any size. */
function sliceIndicesMethod(rt: Runtime, h: Handle, lengthObject: Handle): Handle {
  const n = indexBigInt(rt, lengthObject, null);
  if (n === null) return 0;
  if (n < 0n) return rt.raise('ValueError', 'length should not be negative');
  const { start, stop, step } = sliceParts(rt, h);
  const by = indexBigInt(rt, step, 1n);
  if (by === null) return 0;
  if (by === 0n) return rt.raise('ValueError', 'slice step cannot be zero');
  const low = by < 0n ? -1n : 0n;
  const high = by < 0n ? n - 1n : n;
  const clip = (i: bigint) => (i < 0n ? max(i + n, low) : min(i, high));
  const from = indexBigInt(rt, start, by < 0n ? n : 0n);
  if (from === null) return 0;
  const to = indexBigInt(rt, stop, by < 0n ? -n - 1n : n);
  if (to === null) return 0;
  return newTupleTracked(rt, [intFromBigInt(rt, clip(from)), intFromBigInt(rt, clip(to)), intFromBigInt(rt, by)]);
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);
const min = (a: bigint, b: bigint) => (a < b ? a : b);

/** A part as an integer; `none` is what None means, null: None is no integer. */
function indexBigInt(rt: Runtime, h: Handle, none: bigint | null): bigint | null {
  if (h === rt.None && none !== null) return none;
  if (rt.tp(h).nb_index === null && none !== null) {
    rt.raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return null;
  }
  const i = numberIndex(rt, h);
  if (i === 0) return null;
  const value = intToBigInt(rt, i);
  rt.decref(i);
  return value;
}

function sliceReduce(rt: Runtime, h: Handle): Handle {
  return newTuple(rt, [rt.newRef(rt.types.slice.handle), partsTuple(rt, h)]);
}

export const sliceSpecs: TypeSpec[] = [
  {
    name: 'slice',
    gc: true,
    words: 3,
    basicsize: 40,
    doc: 'What stands between the brackets of a[start:stop:step].',
    slots: {
      tp_dealloc: sliceDealloc,
      tp_traverse: sliceTraverse,
      tp_repr: sliceRepr,
      tp_hash: sliceHash,
      tp_richcompare: sliceRichCompare,
      tp_new: sliceNew,
    },
    methods: {
      indices: { kind: 'o', fn: sliceIndicesMethod, doc: 'start, stop and step for a sequence of this length.' },
      __reduce__: { kind: 'noargs', fn: sliceReduce },
    },
    getset: {
      start: { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + SLICE_START]!) },
      stop: { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + SLICE_STOP]!) },
      step: { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + SLICE_STEP]!) },
    },
  },
];
