/**
 * `int` (Objects/longobject.c): the object's layout, making one, reading one, and the arithmetic that stays in 32 bits.
 *
 *     ob_refcnt ob_type | value leaf
 *
 * A value of 32 bits lies in `value` and `leaf` is 0. One of at most 63 lies in both: its low half in `value`, its high
 * one in `leaf`, which is negative then (a *wide* int). A larger one is a bigint of the leaf table. (CPython keeps digits of 30 bits; only the simulated size shows them.) The interpreter's small ints, -5 … facts.smallIntMax, are
 * immortal and every way of making an int returns them.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { CompareOp, PlainDeath } from '../heap/object';
import { countWork } from './abstract';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';

export const INT_VALUE = OB_FIELDS;
/** 0: the value fits 32 bits. Negative: the upper half of a wide one. Otherwise the index of a bigint. */
export const INT_LEAF = OB_FIELDS + 1;
export const INT_WORDS = 2;

const SMALL_MIN = -5;
/** Ints of one 30-bit digit, `_PyLong_IsCompact`: the ones that wait in the free list. */
const ONE_DIGIT = 1 << 30;
const DIGIT_BITS = 30;
/** An int without its digits. */
const INT_BYTES = 24;
/** A little less than the numbers of two and of three digits go to. */
const TWO_DIGITS_END = 2 ** 60 * 0.999999;
const THREE_DIGITS_END = 2 ** 90 * 0.999999;

/** A wide int is `high` × 2^32 + `low`, with -2^30 ≤ high < 2^30 and 0 ≤ low < 2^32. */
const WIDE_HIGH = 2 ** 30;
const WIDE_BITS = 63;
const WIDE_MARK = 1 << 31;
function highOf(leaf: number): number {
  return (leaf << 1) >> 1;
}
const TWO32 = 0x1_0000_0000;

// ---- making ---------------------------------------------------------------------------------------------------------

/** A new int from a JavaScript integer (a finite one). */
export function intFromNumber(rt: Runtime, n: number): Handle {
  if (n === (n | 0)) return intFromInt32(rt, n | 0);
  if (Number.isSafeInteger(n)) return newWide(rt, Math.floor(n / TWO32), n >>> 0);
  return intFromBigInt(rt, BigInt(n));
}

/** The same when it is known to fit 32 bits. */
export function intFromInt32(rt: Runtime, n: number): Handle {
  if (n >= SMALL_MIN && n <= rt.facts.smallIntMax) return rt.smallInts[n - SMALL_MIN]!;
  const heap = rt.heap;
  const type = rt.types.int;
  const h = isOneDigit(n) ? heap.allocPlain(type, 32, heap.freelists.int) : heap.alloc(type, INT_WORDS, 32);
  // A newborn's first words need no event.
  rt.mem[h + INT_VALUE] = n;
  rt.mem[h + INT_LEAF] = 0;
  return h;
}

export function intFromBigInt(rt: Runtime, b: bigint): Handle {
  // Rounding brings nothing from outside into the safe range.
  const n = Number(b);
  if (n <= Number.MAX_SAFE_INTEGER && n >= -Number.MAX_SAFE_INTEGER) return intFromNumber(rt, n);
  if (BigInt.asIntN(WIDE_BITS, b) === b) return newWide(rt, Number(b >> 32n), Number(BigInt.asUintN(32, b)));
  return newBig(rt, b, digitCount(b));
}

/** A value that does not fit 32 bits. */
function newWide(rt: Runtime, high: number, low: number): Handle {
  const h = rt.heap.allocText(rt.types.int, INT_BYTES + 4 * wideDigits(high, low));
  // A newborn's first words need no event.
  rt.mem[h + INT_VALUE] = low;
  rt.mem[h + INT_LEAF] = high | WIDE_MARK;
  return h;
}
/** CPython's digits: two up to 2^60. */
function wideDigits(high: number, low: number): number {
  const border = 1 << 28;
  return high >= border || high < -border || (high === -border && low === 0) ? 3 : 2;
}

/** `high` × 2^32 + `low` in the shortest form; 0: it is no wide int. */
function intFromHalves(rt: Runtime, high: number, low: number): Handle {
  if (high >= WIDE_HIGH || high < -WIDE_HIGH) return 0;
  const n = high * TWO32 + low;
  return n === (n | 0) ? intFromInt32(rt, n) : newWide(rt, high, low);
}

/** The product of two numbers in [0, 2^32). New; 0: it is no wide int. */
function wideProduct(rt: Runtime, x: number, y: number): Handle {
  const low = x * (y & 0xffff);
  const high = x * (y >>> 16);
  const t = (high % 0x10000) * 0x10000 + low;
  return intFromHalves(rt, Math.floor(high / 0x10000) + Math.floor(t / TWO32), t >>> 0);
}

/** The low 31 bits of a wide int; -1: it is none. */
export function wideLow31(rt: Runtime, h: Handle): number {
  return rt.mem[h + INT_LEAF]! < 0 ? rt.mem[h + INT_VALUE]! & 0x7fffffff : -1;
}

/** The halves of an int of at most 63 bits. */
function highHalf(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  return leaf === 0 ? rt.mem[h + INT_VALUE]! >> 31 : highOf(leaf);
}
function lowHalf(rt: Runtime, h: Handle): number {
  return rt.mem[h + INT_VALUE]! >>> 0;
}

function isOneDigit(n: number): boolean {
  return n < ONE_DIGIT && n > -ONE_DIGIT;
}

function newBig(rt: Runtime, value: bigint, digits: number): Handle {
  const h = newObject(rt, rt.types.int, 0, 4 * digits);
  // A newborn's first words need no event.
  rt.mem[h + INT_LEAF] = rt.heap.newLeaf(value);
  return h;
}

/** An instance of a subclass of int with the value of `value` (`long_subtype_new`). */
export function newIntOfType(rt: Runtime, type: Handle, value: Handle): Handle {
  const slots = rt.slotsOfType(type);
  const h = allocInstance(rt, slots, 0, 4 * digitsOf(rt, value));
  const leaf = rt.mem[value + INT_LEAF]!;
  if (leaf <= 0) {
    rt.heap.set(h + INT_VALUE, rt.mem[value + INT_VALUE]!);
    rt.heap.set(h + INT_LEAF, leaf);
  } else rt.heap.set(h + INT_LEAF, rt.heap.newLeaf(rt.heap.leaf[leaf]));
  return h;
}

/** `long_dealloc`. */
export function intDealloc(rt: Runtime, h: Handle): void {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf > 0) rt.heap.dropLeaf(leaf);
  const compact = leaf === 0 && isOneDigit(rt.mem[h + INT_VALUE]!) && rt.is(h, rt.types.int);
  freeObject(rt, h, compact ? rt.heap.freelists.int : null);
}

/** The small ints, True and False: made once, immortal, never seen by the allocator's counters of a program. */
export function initInts(rt: Runtime): void {
  const heap = rt.heap;
  rt.types.int.plainDeath = PlainDeath.OwnWords;
  rt.types.int.plainFreelist = heap.freelists.int;
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
  return BigInt(intValue(rt, h));
}

/** A number if |value| < 2^53, else a bigint. The two compare with each other by value. */
export function intValue(rt: Runtime, h: Handle): number | bigint {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf === 0) return rt.mem[h + INT_VALUE]!;
  if (leaf > 0) return rt.heap.leaf[leaf] as bigint;
  const high = highOf(leaf);
  const low = rt.mem[h + INT_VALUE]! >>> 0;
  const n = high * TWO32 + low;
  return Number.isSafeInteger(n) ? n : BigInt(high) * BigInt(TWO32) + BigInt(low);
}

/** As a float64, rounded half to even; ±Infinity if it is too large. */
export function intToNumber(rt: Runtime, h: Handle): number {
  return Number(intValue(rt, h));
}

/** `PyLong_AsSsize_t`: exact if |value| < 2^53, rounded up to 64 bits, beyond them ±Infinity. */
export function intToIndex(rt: Runtime, h: Handle): number {
  const v = intValue(rt, h);
  if (typeof v === 'number') return v;
  if (BigInt.asIntN(64, v) === v) return Number(v);
  return v > 0n ? Infinity : -Infinity;
}

/** -1, 0 or 1. */
export function intSign(rt: Runtime, h: Handle): number {
  const v = intValue(rt, h);
  return v > 0 ? 1 : v < 0 ? -1 : 0;
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
  // By far most have two or three; not where rounding might have passed a border.
  const n = Math.abs(Number(b));
  if (n >= ONE_DIGIT && n < TWO_DIGITS_END) return 2;
  if (n > TWO_DIGITS_END * 1.00001 && n < THREE_DIGITS_END) return 3;
  if (b === measured) return measuredDigits;
  const digits = Math.max(1, Math.ceil(bitLength(b) / DIGIT_BITS));
  measured = b;
  measuredDigits = digits;
  return digits;
}
/** The long int that was measured last: the longer it is, the longer that takes, and a product goes on from its last. */
let measured = 0n;
let measuredDigits = 1;
function digitsOf(rt: Runtime, h: Handle): number {
  const leaf = rt.mem[h + INT_LEAF]!;
  if (leaf > 0) return digitCount(rt.heap.leaf[leaf] as bigint);
  if (leaf < 0) return wideDigits(highOf(leaf), lowHalf(rt, h));
  return isOneDigit(rt.mem[h + INT_VALUE]!) ? 1 : 2;
}

/** `int.__sizeof__`: 24 and 4 for each digit. */
export function intSizeof(rt: Runtime, h: Handle): number {
  return rt.tp(h).basicsize + 4 * digitsOf(rt, h);
}

// ---- arithmetic of exact ints (new references; no errors but MemoryError) -------------------------------------------

export function intAdd(rt: Runtime, a: Handle, b: Handle): Handle {
  if (rt.mem[a + INT_LEAF]! <= 0 && rt.mem[b + INT_LEAF]! <= 0) {
    const low = lowHalf(rt, a) + lowHalf(rt, b);
    const high = highHalf(rt, a) + highHalf(rt, b);
    const h = intFromHalves(rt, low < TWO32 ? high : high + 1, low >>> 0);
    if (h !== 0) return h;
  }
  return intFromBigInt(rt, intToBigInt(rt, a) + intToBigInt(rt, b));
}

export function intSubtract(rt: Runtime, a: Handle, b: Handle): Handle {
  if (rt.mem[a + INT_LEAF]! <= 0 && rt.mem[b + INT_LEAF]! <= 0) {
    const low = lowHalf(rt, a) - lowHalf(rt, b);
    const high = highHalf(rt, a) - highHalf(rt, b);
    const h = intFromHalves(rt, low >= 0 ? high : high - 1, low >>> 0);
    if (h !== 0) return h;
  }
  return intFromBigInt(rt, intToBigInt(rt, a) - intToBigInt(rt, b));
}

/** Numbers of more bits than this raise MemoryError: JavaScript's bigints end at 2^30, and none should take minutes. */
export const MAX_BITS = 1 << 28;

export function intMultiply(rt: Runtime, a: Handle, b: Handle): Handle {
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  if (typeof x === 'number' && typeof y === 'number') {
    const product = x * y;
    if (Number.isSafeInteger(product)) return intFromNumber(rt, product === 0 ? 0 : product);
    if (x >= 0 && y >= 0 && x < TWO32 && y < TWO32) {
      const h = wideProduct(rt, x, y);
      if (h !== 0) return h;
    }
  }
  return Number.isFinite(Number(x) * Number(y)) ? intFromBigInt(rt, BigInt(x) * BigInt(y)) : longProduct(rt, a, b);
}

/** Digits that are multiplied by one in the time of an item. */
const DIGITS_PER_ITEM = 4;

/** A product of more than a thousand bits: it is measured by its factors. */
function longProduct(rt: Runtime, a: Handle, b: Handle): Handle {
  const m = digitsOf(rt, a);
  const n = digitsOf(rt, b);
  if (Math.min(m, n) > 2 && (m + n) * DIGIT_BITS > MAX_BITS) return rt.raise('MemoryError', '');
  // The long one once for each digit of the short one; less where there are many, as Karatsuba found.
  countWork(rt, Math.ceil((Math.max(m, n) * Math.min(32, Math.min(m, n) ** 0.6)) / DIGITS_PER_ITEM));
  const product = intToBigInt(rt, a) * intToBigInt(rt, b);
  if (product === 0n) return intFromInt32(rt, 0);
  const size = product < 0n ? -product : product;
  measured = product;
  measuredDigits = m + n - (size >> BigInt(DIGIT_BITS * (m + n - 1)) === 0n ? 1 : 0);
  return newBig(rt, product, measuredDigits);
}

/** The order of two ints: negative, 0 or positive. */
export function intCompare(rt: Runtime, a: Handle, b: Handle): number {
  const x = intValue(rt, a);
  const y = intValue(rt, b);
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
