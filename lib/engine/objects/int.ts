/**
 * `int` (Objects/longobject.c): the object's layout, making one, reading one, and the arithmetic that stays in 32 bits.
 *
 *     ob_refcnt ob_type | value leaf
 *
 * A value of 32 bits lies in `value` and `leaf` is 0; a larger one is a bigint in the leaf table. (CPython keeps
 * digits of 30 bits; only the simulated size shows them.) The interpreter's small ints, -5 … facts.smallIntMax, are
 * immortal and every way of making an int returns them.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';

export const INT_VALUE = OB_FIELDS;
/** 0: the value fits 32 bits. Otherwise the index of a bigint that does not. */
export const INT_LEAF = OB_FIELDS + 1;
export const INT_WORDS = 2;

const SMALL_MIN = -5;
/** Ints of one 30-bit digit, `_PyLong_IsCompact`: the ones that wait in the free list. */
const ONE_DIGIT = 1 << 30;
const DIGIT_BITS = 30;
const MIN32 = -2147483648n;
const MAX32 = 2147483647n;

// ---- making ---------------------------------------------------------------------------------------------------------

/** A new int from a JavaScript integer (a finite one). */
export function intFromNumber(rt: Runtime, n: number): Handle {
  if (n === (n | 0)) return intFromInt32(rt, n | 0);
  return newBig(rt, BigInt(n));
}

/** The same when it is known to fit 32 bits. */
export function intFromInt32(rt: Runtime, n: number): Handle {
  if (n >= SMALL_MIN && n <= rt.facts.smallIntMax) return rt.smallInts[n - SMALL_MIN]!;
  const heap = rt.heap;
  const type = rt.types.int;
  const h = isOneDigit(n) ? heap.alloc(type, INT_WORDS, 28, heap.freelists.int) : heap.alloc(type, INT_WORDS, 32);
  if (heap.log === null) rt.mem[h + INT_VALUE] = n;
  else heap.set(h + INT_VALUE, n);
  return h;
}

export function intFromBigInt(rt: Runtime, b: bigint): Handle {
  if (b >= MIN32 && b <= MAX32) return intFromInt32(rt, Number(b));
  return newBig(rt, b);
}

function isOneDigit(n: number): boolean {
  return n < ONE_DIGIT && n > -ONE_DIGIT;
}

function newBig(rt: Runtime, b: bigint): Handle {
  const h = newObject(rt, rt.types.int, 0, 4 * digitCount(b));
  rt.heap.set(h + INT_LEAF, rt.heap.newLeaf(b));
  return h;
}

/** An instance of a subclass of int with the value of `value` (`long_subtype_new`). */
export function newIntOfType(rt: Runtime, type: Handle, value: Handle): Handle {
  const slots = rt.slotsOfType(type);
  const h = allocInstance(rt, slots, 0, 4 * digitsOf(rt, value));
  const leaf = rt.mem[value + INT_LEAF]!;
  if (leaf === 0) rt.heap.set(h + INT_VALUE, rt.mem[value + INT_VALUE]!);
  else rt.heap.set(h + INT_LEAF, rt.heap.newLeaf(rt.heap.leaf[leaf]));
  return h;
}

/** `long_dealloc`. */
export function intDealloc(rt: Runtime, h: Handle): void {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf !== 0) rt.heap.dropLeaf(leaf);
  const compact = leaf === 0 && isOneDigit(rt.mem[h + INT_VALUE]!) && rt.is(h, rt.types.int);
  freeObject(rt, h, compact ? rt.heap.freelists.int : null);
}

/** The small ints, True and False: made once, immortal, never seen by the allocator's counters of a program. */
export function initInts(rt: Runtime): void {
  const heap = rt.heap;
  for (let n = SMALL_MIN; n <= rt.facts.smallIntMax; n++) {
    const h = heap.alloc(rt.types.int, INT_WORDS, 28);
    rt.mem[h + INT_VALUE] = n;
    heap.immortalize(h);
    rt.smallInts.push(h);
  }
  rt.False = heap.alloc(rt.types.bool, INT_WORDS, 28);
  rt.True = heap.alloc(rt.types.bool, INT_WORDS, 28);
  rt.mem[rt.True + INT_VALUE] = 1;
  heap.immortalize(rt.False);
  heap.immortalize(rt.True);
}

// ---- reading (h: an int or an instance of a subclass) -----------------------------------------------------------------

/** The value fits 32 bits and lies in INT_VALUE. */
export function isInt32(rt: Runtime, h: Handle): boolean {
  return rt.mem[h + INT_LEAF] === 0;
}

export function intToBigInt(rt: Runtime, h: Handle): bigint {
  const leaf = rt.mem[h + INT_LEAF]!;
  return leaf === 0 ? BigInt(rt.mem[h + INT_VALUE]!) : (rt.heap.leaf[leaf] as bigint);
}

/** As a float64, rounded half to even; ±Infinity if it is too large. */
export function intToNumber(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  return leaf === 0 ? rt.mem[h + INT_VALUE]! : Number(rt.heap.leaf[leaf] as bigint);
}

/** `PyLong_AsSsize_t`: exact if |value| < 2^53, rounded up to 64 bits, beyond them ±Infinity. */
export function intToIndex(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf === 0) return rt.mem[h + INT_VALUE]!;
  const b = rt.heap.leaf[leaf] as bigint;
  if (BigInt.asIntN(64, b) === b) return Number(b);
  return b > 0n ? Infinity : -Infinity;
}

/** -1, 0 or 1. */
export function intSign(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf === 0) return Math.sign(rt.mem[h + INT_VALUE]!);
  return (rt.heap.leaf[leaf] as bigint) < 0n ? -1 : 1;
}

/** Length in bits of |b|. */
export function bitLength(b: bigint): number {
  const n = b < 0n ? -b : b;
  if (n <= 0xffffffffn) return 32 - Math.clz32(Number(n));
  const hex = n.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0]!, 16)));
}

/** CPython's digits of 30 bits; 0 has one. */
function digitCount(b: bigint): number {
  return Math.max(1, Math.ceil(bitLength(b) / DIGIT_BITS));
}
function digitsOf(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf !== 0) return digitCount(rt.heap.leaf[leaf] as bigint);
  return isOneDigit(rt.mem[h + INT_VALUE]!) ? 1 : 2;
}

/** `int.__sizeof__`: 24 and 4 for each digit. */
export function intSizeof(rt: Runtime, h: Handle): number {
  return rt.tp(h).basicsize + 4 * digitsOf(rt, h);
}

// ---- arithmetic of exact ints (new references; no errors but MemoryError) -------------------------------------------

export function intAdd(rt: Runtime, a: Handle, b: Handle): Handle {
  const mem = rt.mem;
  if (mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0)
    return intFromNumber(rt, mem[a + INT_VALUE]! + mem[b + INT_VALUE]!);
  return intFromBigInt(rt, intToBigInt(rt, a) + intToBigInt(rt, b));
}

export function intSubtract(rt: Runtime, a: Handle, b: Handle): Handle {
  const mem = rt.mem;
  if (mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0)
    return intFromNumber(rt, mem[a + INT_VALUE]! - mem[b + INT_VALUE]!);
  return intFromBigInt(rt, intToBigInt(rt, a) - intToBigInt(rt, b));
}

/** Numbers of more bits than this raise MemoryError: JavaScript's bigints end at 2^30, and none should take minutes. */
export const MAX_BITS = 1 << 28;

export function intMultiply(rt: Runtime, a: Handle, b: Handle): Handle {
  const mem = rt.mem;
  if (mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0) {
    const product = mem[a + INT_VALUE]! * mem[b + INT_VALUE]!;
    if (Number.isSafeInteger(product)) return intFromNumber(rt, product === 0 ? 0 : product);
  }
  const x = intToBigInt(rt, a);
  const y = intToBigInt(rt, b);
  if (mem[a + INT_LEAF] !== 0 && mem[b + INT_LEAF] !== 0 && bitLength(x) + bitLength(y) > MAX_BITS)
    return rt.raise('MemoryError', '');
  return intFromBigInt(rt, x * y);
}

/** The order of two ints: negative, 0 or positive. */
export function intCompare(rt: Runtime, a: Handle, b: Handle): number {
  const mem = rt.mem;
  if (mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0) {
    const x = mem[a + INT_VALUE]!;
    const y = mem[b + INT_VALUE]!;
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const x = intToBigInt(rt, a);
  const y = intToBigInt(rt, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What a comparison says, given the order of its operands. */
export function orderSatisfies(order: number, op: CompareOp): boolean {
  switch (op) {
    case CompareOp.LT:
      return order < 0;
    case CompareOp.LE:
      return order <= 0;
    case CompareOp.EQ:
      return order === 0;
    case CompareOp.NE:
      return order !== 0;
    case CompareOp.GT:
      return order > 0;
    case CompareOp.GE:
      return order >= 0;
  }
}
