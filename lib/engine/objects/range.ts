/**
 * range and its iterators (Objects/rangeobject.c). Neither is a collectable object.
 *
 *     range           ob_refcnt ob_type | start  stop  step  length         four ints
 *     range_iterator  ob_refcnt ob_type | next  step  left  leaf  index     numbers, as long as all fit 32 bits
 *
 * Where the numbers do not fit, `leaf` names { start, step, length } as bigints and `index` counts up; `left` is then
 * unused. DIFFERS: none that a program sees; CPython switches from range_iterator to longrange_iterator at 64 bits,
 * and so do we, by type.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type TypeSpec, type Visit } from '../heap/object';
import { getIter, hash, iterNext, numberIndex, reprText, richCompareBool, typeName } from './abstract';
import { checkPositional, noKeywords } from './getargs';
import { TupleHash } from './hash';
import { INT_VALUE, intFromBigInt, intFromNumber, intToBigInt, isInt32 } from './int';
import { selfIter } from './iter';
import { intPositive } from './int-ops';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { isSlice, sliceParts } from './slice';
import { strFrom } from './str';
import { newTuple } from './tuple';

const START = 2;
const STOP = 3;
const STEP = 4;
const LENGTH = 5;

export const RI_NEXT = 2;
export const RI_STEP = 3;
export const RI_LEFT = 4;
export const RI_LEAF = 5;
const RI_INDEX = 6;

interface BigRange {
  start: bigint;
  step: bigint;
  length: bigint;
}

const MIN64 = -(1n << 63n);
const MAX64 = (1n << 63n) - 1n;
const fits32 = (n: number) => n === (n | 0);
const fits64 = (b: bigint) => b >= MIN64 && b <= MAX64;

// ---- birth --------------------------------------------------------------------------------------------------------------

/** A new range of three ints (stolen); the step is not 0. */
function makeRange(rt: Runtime, start: Handle, stop: Handle, step: Handle): Handle {
  const { heap } = rt;
  const length = rangeLength(rt, start, stop, step);
  const h = newObject(rt, rt.types.range, 0, 0, heap.freelists.range);
  rt.mem[h + START] = start;
  rt.mem[h + STOP] = stop;
  rt.mem[h + STEP] = step;
  rt.mem[h + LENGTH] = length;
  return h;
}

/** `range(start, stop, step)` of JavaScript integers: new. */
export function newRange(rt: Runtime, start: number, stop: number, step = 1): Handle {
  return makeRange(rt, intFromNumber(rt, start), intFromNumber(rt, stop), intFromNumber(rt, step));
}

function rangeLength(rt: Runtime, start: Handle, stop: Handle, step: Handle): Handle {
  const mem = rt.mem;
  if (isInt32(rt, start) && isInt32(rt, stop) && isInt32(rt, step)) {
    const from = mem[start + INT_VALUE]!;
    const to = mem[stop + INT_VALUE]!;
    const by = mem[step + INT_VALUE]!;
    const span = by > 0 ? to - from : from - to;
    return intFromNumber(rt, span <= 0 ? 0 : Math.floor((span - 1) / Math.abs(by)) + 1);
  }
  return intFromBigInt(rt, bigLength(intToBigInt(rt, start), intToBigInt(rt, stop), intToBigInt(rt, step)));
}

function bigLength(start: bigint, stop: bigint, step: bigint): bigint {
  const span = step > 0n ? stop - start : start - stop;
  return span <= 0n ? 0n : (span - 1n) / (step > 0n ? step : -step) + 1n;
}

/** `PyNumber_Index`: an exact int. */
function exactIndex(rt: Runtime, h: Handle): Handle {
  const i = numberIndex(rt, h);
  if (i === 0 || rt.is(i, rt.types.int)) return i;
  const exact = intPositive(rt, i);
  rt.decref(i);
  return exact;
}

/** `len`, exactly: lengths up to 2^63 - 1 are no doubles. Borrowed. */
export function rangeLengthObject(rt: Runtime, h: Handle): Handle {
  return rt.mem[h + LENGTH]!;
}

function rangeNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (!noKeywords(rt, 'range', kwnames) || !checkPositional(rt, 'range', args.length, 1, 3)) return 0;
  if (args.length === 1) {
    const stop = exactIndex(rt, args[0]!);
    return stop === 0 ? 0 : makeRange(rt, intFromNumber(rt, 0), stop, intFromNumber(rt, 1));
  }
  const start = exactIndex(rt, args[0]!);
  if (start === 0) return 0;
  const stop = exactIndex(rt, args[1]!);
  const step = stop === 0 ? 0 : args.length === 3 ? exactIndex(rt, args[2]!) : intFromNumber(rt, 1);
  if (step !== 0 && intToBigInt(rt, step) !== 0n) return makeRange(rt, start, stop, step);
  if (step !== 0) rt.raise('ValueError', 'range() arg 3 must not be zero');
  rt.decref(start);
  rt.xdecref(stop);
  rt.xdecref(step);
  return 0;
}

function big(rt: Runtime, h: Handle): { start: bigint; stop: bigint; step: bigint; length: bigint } {
  const mem = rt.mem;
  const read = (word: number) => intToBigInt(rt, mem[h + word]!);
  return { start: read(START), stop: read(STOP), step: read(STEP), length: read(LENGTH) };
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function rangeDealloc(rt: Runtime, h: Handle): void {
  for (const word of [START, STOP, STEP, LENGTH]) rt.heap.clearRef(h + word);
  freeObject(rt, h, rt.heap.freelists.range);
}
function rangeLedger(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  for (const word of [START, STOP, STEP, LENGTH]) if (mem[h + word] !== 0) visit(mem[h + word]!, h + word);
}

function rangeRepr(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const texts: string[] = [];
  const one = intToBigInt(rt, mem[h + STEP]!) === 1n;
  for (const word of one ? [START, STOP] : [START, STOP, STEP]) {
    const text = reprText(rt, mem[h + word]!);
    if (text === null) return 0;
    texts.push(text);
  }
  return strFrom(rt, `range(${texts.join(', ')})`);
}

function rangeLen(rt: Runtime, h: Handle): number {
  const n = intToBigInt(rt, rt.mem[h + LENGTH]!);
  if (n > MAX64) return rt.raiseInt('OverflowError', 'Python int too large to convert to C ssize_t');
  return Number(n);
}
function rangeBool(rt: Runtime, h: Handle): number {
  return intToBigInt(rt, rt.mem[h + LENGTH]!) === 0n ? 0 : 1;
}

/** What tells ranges apart: the length, and what of start and step matters for it. */
function rangeKey(rt: Runtime, h: Handle): bigint[] {
  const { start, step, length } = big(rt, h);
  return length === 0n ? [0n] : length === 1n ? [1n, start] : [length, start, step];
}

function rangeRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!rt.is(b, rt.types.range) || (op !== CompareOp.EQ && op !== CompareOp.NE)) return rt.NotImplemented;
  const ka = rangeKey(rt, a);
  const kb = rangeKey(rt, b);
  const same = ka.length === kb.length && ka.every((x, i) => x === kb[i]);
  return rt.bool(same === (op === CompareOp.EQ));
}

/** The hash of the tuple (length, start, step) with None for what does not matter. */
function rangeHash(rt: Runtime, h: Handle): number {
  const mem = rt.mem;
  const acc = new TupleHash();
  const n = rangeKey(rt, h).length;
  [LENGTH, START, STEP].forEach((word, i) => {
    const low = hash(rt, i < n ? mem[h + word]! : rt.None);
    acc.add(low, rt.hashHigh);
  });
  return acc.finish(rt);
}

/** The position of an int in the range, or -1n. */
function position(rt: Runtime, h: Handle, value: bigint): bigint {
  const { start, step, length } = big(rt, h);
  const away = value - start;
  if (away % step !== 0n) return -1n;
  const i = away / step;
  return i >= 0n && i < length ? i : -1n;
}

function isExactInt(rt: Runtime, h: Handle): boolean {
  return rt.is(h, rt.types.int) || rt.is(h, rt.types.bool);
}

/** `_PySequence_IterSearch`: how many equal ones (`count`), or the position of the first, or -2 with an exception. */
function iterSearch(rt: Runtime, h: Handle, value: Handle, count: boolean): number {
  const it = getIter(rt, h);
  if (it === 0) return -2;
  let n = 0;
  for (let x = iterNext(rt, it); x !== 0; x = iterNext(rt, it)) {
    const same = richCompareBool(rt, x, value, CompareOp.EQ);
    rt.decref(x);
    if (same < 0 || (same > 0 && !count)) {
      rt.decref(it);
      return same < 0 ? -2 : n;
    }
    n += count ? same : 1;
  }
  rt.decref(it);
  if (rt.currentException !== 0) return -2;
  return count ? n : -1;
}

function rangeContains(rt: Runtime, h: Handle, value: Handle): number {
  if (isExactInt(rt, value)) return position(rt, h, intToBigInt(rt, value)) >= 0n ? 1 : 0;
  const i = iterSearch(rt, h, value, false);
  return i === -2 ? -1 : i >= 0 ? 1 : 0;
}

function rangeItem(rt: Runtime, h: Handle, i: number): Handle {
  return itemAt(rt, h, BigInt(i));
}

function itemAt(rt: Runtime, h: Handle, i: bigint): Handle {
  const { start, step, length } = big(rt, h);
  if (i < 0n) i += length;
  if (i < 0n || i >= length) return rt.raise('IndexError', 'range object index out of range');
  return intFromBigInt(rt, start + i * step);
}

function rangeSubscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (rt.tp(key).nb_index !== null) {
    const index = numberIndex(rt, key);
    if (index === 0) return 0;
    const i = intToBigInt(rt, index);
    rt.decref(index);
    return itemAt(rt, h, i);
  }
  if (isSlice(rt, key)) return rangeSlice(rt, h, key);
  return rt.raise('TypeError', `range indices must be integers or slices, not ${typeName(rt, key)}`);
}

function slicePart(rt: Runtime, h: Handle, none: bigint): bigint | null {
  if (h === rt.None) return none;
  if (rt.tp(h).nb_index === null) {
    rt.raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
    return null;
  }
  const i = numberIndex(rt, h);
  if (i === 0) return null;
  const value = intToBigInt(rt, i);
  rt.decref(i);
  return value;
}

function rangeSlice(rt: Runtime, h: Handle, key: Handle): Handle {
  const parts = sliceParts(rt, key);
  const by = slicePart(rt, parts.step, 1n);
  if (by === null) return 0;
  if (by === 0n) return rt.raise('ValueError', 'slice step cannot be zero');
  const { start, step, length } = big(rt, h);
  const low = by < 0n ? -1n : 0n;
  const high = by < 0n ? length - 1n : length;
  const clip = (i: bigint) => {
    if (i < 0n) return i + length < low ? low : i + length;
    return i > high ? high : i;
  };
  const from = slicePart(rt, parts.start, by < 0n ? length : 0n);
  if (from === null) return 0;
  const to = slicePart(rt, parts.stop, by < 0n ? -length - 1n : length);
  if (to === null) return 0;
  const at = (i: bigint) => intFromBigInt(rt, start + clip(i) * step);
  const newStep = intFromBigInt(rt, step * by);
  const newStart = at(from);
  return makeRange(rt, newStart, at(to), newStep);
}

// ---- iterators ------------------------------------------------------------------------------------------------------------

/** An iterator from `start` by `step`, `length` times. */
function makeIterator(rt: Runtime, r: BigRange): Handle {
  const { heap } = rt;
  const last = r.start + r.step * r.length;
  const fast = fits64(r.start) && fits64(r.step) && fits64(last);
  const type = fast ? rt.types.range_iterator : rt.types.longrange_iterator;
  const it = newObject(rt, type, 0, 0, fast ? heap.freelists.rangeIterator : null);
  const [start, step, length] = [Number(r.start), Number(r.step), Number(r.length)];
  if (fast && fits32(start) && fits32(step) && fits32(length) && fits32(Number(last))) {
    rt.mem[it + RI_NEXT] = start;
    rt.mem[it + RI_STEP] = step;
    rt.mem[it + RI_LEFT] = length;
  } else {
    rt.mem[it + RI_LEAF] = heap.newLeaf(r);
  }
  return it;
}

function rangeIter(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const start = mem[h + START]!;
  const stop = mem[h + STOP]!;
  const step = mem[h + STEP]!;
  const length = mem[h + LENGTH]!;
  if (isInt32(rt, start) && isInt32(rt, stop) && isInt32(rt, step) && isInt32(rt, length)) {
    const it = newObject(rt, rt.types.range_iterator, 0, 0, heap.freelists.rangeIterator);
    rt.mem[it + RI_NEXT] = mem[start + INT_VALUE]!;
    rt.mem[it + RI_STEP] = mem[step + INT_VALUE]!;
    rt.mem[it + RI_LEFT] = mem[length + INT_VALUE]!;
    return it;
  }
  return makeIterator(rt, big(rt, h));
}

function rangeReversed(rt: Runtime, h: Handle): Handle {
  const { start, step, length } = big(rt, h);
  return makeIterator(rt, { start: start + (length - 1n) * step, step: -step, length });
}

/** The step of a `for` over a range: new, or 0 at the end. Never an exception. */
export function rangeIterNext(rt: Runtime, it: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[it + RI_LEAF] !== 0) return bigNext(rt, it);
  const left = mem[it + RI_LEFT]!;
  if (left <= 0) return 0;
  const value = mem[it + RI_NEXT]!;
  heap.set(it + RI_NEXT, value + mem[it + RI_STEP]!);
  heap.set(it + RI_LEFT, left - 1);
  return intFromNumber(rt, value);
}

export function isRangeIterator(rt: Runtime, h: Handle): boolean {
  return rt.mem[h + 1] === rt.types.range_iterator.handle;
}

function bigNext(rt: Runtime, it: Handle): Handle {
  const { heap, mem } = rt;
  const r = heap.leaf[mem[it + RI_LEAF]!] as BigRange;
  const i = mem[it + RI_INDEX]!;
  if (BigInt(i) >= r.length) return 0;
  heap.set(it + RI_INDEX, i + 1);
  return intFromBigInt(rt, r.start + r.step * BigInt(i));
}

function iteratorHint(rt: Runtime, it: Handle): Handle {
  const mem = rt.mem;
  if (mem[it + RI_LEAF] === 0) return intFromNumber(rt, mem[it + RI_LEFT]!);
  const r = rt.heap.leaf[mem[it + RI_LEAF]!] as BigRange;
  return intFromBigInt(rt, r.length - BigInt(mem[it + RI_INDEX]!));
}

/** What is left of a range iterator. */
export function rangeIteratorState(rt: Runtime, it: Handle): BigRange {
  const mem = rt.mem;
  if (mem[it + RI_LEAF] === 0) {
    const [start, step, length] = [mem[it + RI_NEXT]!, mem[it + RI_STEP]!, mem[it + RI_LEFT]!];
    return { start: BigInt(start), step: BigInt(step), length: BigInt(length) };
  }
  const r = rt.heap.leaf[mem[it + RI_LEAF]!] as BigRange;
  const at = BigInt(mem[it + RI_INDEX]!);
  return { start: r.start + r.step * at, step: r.step, length: r.length - at };
}

/** Skips `n` items, as `__setstate__` does. */
export function rangeIteratorAdvance(rt: Runtime, it: Handle, by: bigint): void {
  const { mem, heap } = rt;
  if (mem[it + RI_LEAF] !== 0) {
    const r = heap.leaf[mem[it + RI_LEAF]!] as BigRange;
    const skipped = by < 0n ? 0n : by > r.length ? r.length : by;
    const leaf = mem[it + RI_LEAF]!;
    heap.set(
      it + RI_LEAF,
      heap.newLeaf({ start: r.start + r.step * skipped, step: r.step, length: r.length - skipped }),
    );
    heap.dropLeaf(leaf);
    heap.set(it + RI_INDEX, 0);
    return;
  }
  const n = by > 0x7fffffffn ? 0x7fffffff : Number(by);
  const skip = Math.max(0, Math.min(n, mem[it + RI_LEFT]!));
  heap.set(it + RI_NEXT, mem[it + RI_NEXT]! + skip * mem[it + RI_STEP]!);
  heap.set(it + RI_LEFT, mem[it + RI_LEFT]! - skip);
}

export function rangeFromBigInts(rt: Runtime, start: bigint, stop: bigint, step: bigint): Handle {
  return makeRange(rt, intFromBigInt(rt, start), intFromBigInt(rt, stop), intFromBigInt(rt, step));
}

function iteratorDealloc(rt: Runtime, it: Handle): void {
  const { heap } = rt;
  heap.dropLeaf(rt.mem[it + RI_LEAF]!);
  freeObject(rt, it, isRangeIterator(rt, it) ? heap.freelists.rangeIterator : null);
}

// ---- methods --------------------------------------------------------------------------------------------------------------

function rangeCount(rt: Runtime, h: Handle, value: Handle): Handle {
  if (isExactInt(rt, value)) return intFromNumber(rt, rangeContains(rt, h, value));
  const n = iterSearch(rt, h, value, true);
  return n < 0 ? 0 : intFromNumber(rt, n);
}

function rangeIndex(rt: Runtime, h: Handle, value: Handle): Handle {
  if (!isExactInt(rt, value)) {
    const i = iterSearch(rt, h, value, false);
    if (i === -2) return 0;
    return i >= 0 ? intFromNumber(rt, i) : rt.raise('ValueError', 'sequence.index(x): x not in sequence');
  }
  const i = position(rt, h, intToBigInt(rt, value));
  if (i >= 0n) return intFromBigInt(rt, i);
  if (rt.facts.name !== '3.13') return rt.raise('ValueError', 'range.index(x): x not in range');
  const text = reprText(rt, value);
  return text === null ? 0 : rt.raise('ValueError', `${text} is not in range`);
}

function rangeReduce(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const args = [START, STOP, STEP].map((word) => rt.newRef(mem[h + word]!));
  return newTuple(rt, [rt.newRef(rt.types.range.handle), newTuple(rt, args)]);
}

function member(word: number) {
  return { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]!) };
}

function iteratorSpec(name: string): TypeSpec {
  return {
    name,
    words: 5,
    basicsize: 40,
    slots: { tp_dealloc: iteratorDealloc, tp_iter: selfIter, tp_iternext: rangeIterNext },
    methods: { __length_hint__: { kind: 'noargs', fn: iteratorHint } },
  };
}

export const rangeSpecs: TypeSpec[] = [
  {
    name: 'range',
    flags: TPFLAGS.SEQUENCE,
    words: 4,
    basicsize: 48,
    doc: 'The integers from start to stop by step.',
    slots: {
      tp_dealloc: rangeDealloc,
      tp_ledger: rangeLedger,
      tp_repr: rangeRepr,
      tp_hash: rangeHash,
      tp_richcompare: rangeRichCompare,
      tp_iter: rangeIter,
      tp_new: rangeNew,
      nb_bool: rangeBool,
      sq_length: rangeLen,
      sq_item: rangeItem,
      sq_contains: rangeContains,
      mp_length: rangeLen,
      mp_subscript: rangeSubscript,
    },
    methods: {
      __reversed__: { kind: 'noargs', fn: rangeReversed, doc: 'An iterator from the last to the first.' },
      __reduce__: { kind: 'noargs', fn: rangeReduce },
      count: { kind: 'o', fn: rangeCount, doc: 'How many items are equal to value.' },
      index: { kind: 'o', fn: rangeIndex, doc: 'Position of value.' },
    },
    getset: { start: member(START), stop: member(STOP), step: member(STEP) },
  },
  iteratorSpec('range_iterator'),
  iteratorSpec('longrange_iterator'),
];
