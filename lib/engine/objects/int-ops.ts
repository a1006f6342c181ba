/**
 * Arithmetic of `int` (Objects/longobject.c, `long_as_number`): division and remainder towards minus infinity, true
 * division and conversion to float correctly rounded, shifts, bits, powers. Each function returns NotImplemented when
 * an operand is no int.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type CompareOp } from '../heap/object';
import { newFloat } from './float';
import { hashBigInt, hashInteger } from './hash';
import {
  bitLength,
  INT_VALUE,
  intAdd,
  intCompare,
  intFromBigInt,
  intFromInt32,
  intFromNumber,
  intMultiply,
  intSign,
  intSubtract,
  intToBigInt,
  intToNumber,
  intValue,
  isInt32,
  wideLow31,
  MAX_BITS,
  orderSatisfies,
} from './int';
import { correctPow } from '../../utils/correct-pow';
import type { Runtime } from './runtime';
import { tuplePack } from './tuple';

function areInts(rt: Runtime, a: Handle, b: Handle): boolean {
  return (rt.tp(a).flags & rt.tp(b).flags & TPFLAGS.LONG_SUBCLASS) !== 0;
}
// ---- + - * -------------------------------------------------------------------------------------------------------------

export function intAddSlot(rt: Runtime, a: Handle, b: Handle): Handle {
  return areInts(rt, a, b) ? intAdd(rt, a, b) : rt.NotImplemented;
}
export function intSubtractSlot(rt: Runtime, a: Handle, b: Handle): Handle {
  return areInts(rt, a, b) ? intSubtract(rt, a, b) : rt.NotImplemented;
}
export function intMultiplySlot(rt: Runtime, a: Handle, b: Handle): Handle {
  return areInts(rt, a, b) ? intMultiply(rt, a, b) : rt.NotImplemented;
}

// ---- // % divmod / --------------------------------------------------------------------------------------------------------

/** The messages changed in 3.14. */
function zeroDivision(rt: Runtime, in313: string): 0 {
  return rt.raise('ZeroDivisionError', rt.facts.name === '3.13' ? in313 : 'division by zero');
}

export function floorDivideBig(x: bigint, y: bigint): bigint {
  const q = x / y;
  return x < 0n !== y < 0n && q * y !== x ? q - 1n : q;
}
export function moduloBig(x: bigint, y: bigint): bigint {
  const r = x % y;
  return r !== 0n && r < 0n !== y < 0n ? r + y : r;
}
export function intFloorDivide(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  if (y === 0) return zeroDivision(rt, 'integer division or modulo by zero');
  if (typeof x === 'bigint' || typeof y === 'bigint') return intFromBigInt(rt, floorDivideBig(BigInt(x), BigInt(y)));
  // x - r is a multiple of y, so the division is exact where x / y might round.
  const r = x % y;
  const q = (x - r) / y - (r !== 0 && r < 0 !== y < 0 ? 1 : 0);
  return intFromNumber(rt, q === 0 ? 0 : q);
}

export function intRemainder(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  if (y === 0) return zeroDivision(rt, 'integer modulo by zero');
  if (typeof x === 'bigint' || typeof y === 'bigint') return intFromBigInt(rt, moduloBig(BigInt(x), BigInt(y)));
  const r = x % y;
  if (r === 0) return intFromInt32(rt, 0);
  return intFromNumber(rt, r < 0 !== y < 0 ? r + y : r);
}

export function intDivmod(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (intSign(rt, b) === 0) return zeroDivision(rt, 'integer division or modulo by zero');
  const q = intFloorDivide(rt, a, b);
  const r = intRemainder(rt, a, b);
  const pair = tuplePack(rt, q, r);
  rt.decref(q);
  rt.decref(r);
  return pair;
}

export function intTrueDivide(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  if (y === 0) return zeroDivision(rt, 'division by zero');
  if (typeof x === 'number' && typeof y === 'number') return newFloat(rt, x / y);
  const q = divideToDouble(BigInt(x), BigInt(y));
  if (Math.abs(q) === Infinity) return rt.raise('OverflowError', 'integer division result too large for a float');
  return newFloat(rt, q);
}

const MAX_EXACT = 1n << 53n;

/** x / y (y not 0) as the nearest double, halves to even; ±Infinity on overflow. */
export function divideToDouble(x: bigint, y: bigint): number {
  const negative = x < 0n !== y < 0n;
  const n = x < 0n ? -x : x;
  const d = y < 0n ? -y : y;
  if (n === 0n) return negative ? -0 : 0;
  let q: number;
  if (n <= MAX_EXACT && d <= MAX_EXACT) {
    q = Number(n) / Number(d);
  } else {
    // Enough quotient bits for one rounding, fewer where the result is subnormal; a lost remainder sets the last bit.
    const scale = bitLength(n) - bitLength(d);
    if (scale > 1025) return negative ? -Infinity : Infinity;
    if (scale < -1080) return negative ? -0 : 0;
    const shift = Math.max(scale - 66, -1074 - 2);
    const num = shift < 0 ? n << BigInt(-shift) : n;
    const den = shift > 0 ? d << BigInt(shift) : d;
    let bits = num / den;
    if (bits * den !== num) bits |= 1n;
    q = roundedDouble(bits, shift);
  }
  return negative ? -q : q;
}

/** bits × 2^shift as the nearest double; the last bit may be sticky. */
export function roundedDouble(bits: bigint, shift: number): number {
  const length = bitLength(bits);
  const drop = Math.max(length - 53, -1074 - shift);
  if (drop > 0) {
    const unit = 1n << BigInt(drop);
    const rest = bits & (unit - 1n);
    const half = unit >> 1n;
    bits >>= BigInt(drop);
    if (rest > half || (rest === half && (bits & 1n) === 1n)) bits += 1n;
    shift += drop;
  }
  return scaleDouble(Number(bits), shift);
}

/** x × 2^exponent without rounding twice (x has at most 53 bits and the result is exact or overflows). */
export function scaleDouble(x: number, exponent: number): number {
  while (exponent > 1000) {
    x *= 2 ** 1000;
    exponent -= 1000;
  }
  while (exponent < -1000) {
    x *= 2 ** -1000;
    exponent += 1000;
  }
  return x * 2 ** exponent;
}

/** As a float; NaN with OverflowError. */
export function intAsDouble(rt: Runtime, h: Handle): number | null {
  const x = intToNumber(rt, h);
  if (Math.abs(x) !== Infinity) return x;
  rt.raise('OverflowError', 'int too large to convert to float');
  return null;
}

// ---- ** ----------------------------------------------------------------------------------------------------------------

export function intPower(rt: Runtime, a: Handle, b: Handle, c: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (c !== rt.None) {
    if ((rt.tp(c).flags & TPFLAGS.LONG_SUBCLASS) === 0) return rt.NotImplemented;
    return intPowerModulo(rt, intToBigInt(rt, a), intToBigInt(rt, b), intToBigInt(rt, c));
  }
  if (intSign(rt, b) < 0) {
    const x = intAsDouble(rt, a);
    if (x === null) return 0;
    const y = intAsDouble(rt, b);
    if (y === null) return 0;
    if (x === 0) return rt.raise('ZeroDivisionError', zeroPowerMessage(rt));
    return newFloat(rt, correctPow(x, y));
  }
  const base = intToBigInt(rt, a);
  const exponent = intToBigInt(rt, b);
  if (base >= -1n && base <= 1n) {
    if (exponent === 0n || base === 1n) return intFromInt32(rt, 1);
    if (base === 0n) return intFromInt32(rt, 0);
    return intFromInt32(rt, (exponent & 1n) === 0n ? 1 : -1);
  }
  if (Number(exponent) * (bitLength(base) - 1) > MAX_BITS) return rt.raise('MemoryError', '');
  return intFromBigInt(rt, base ** exponent);
}

export function zeroPowerMessage(rt: Runtime): string {
  return rt.facts.name === '3.13' ? '0.0 cannot be raised to a negative power' : 'zero to a negative power';
}

/** About ten seconds' work: for each bit of the exponent a square of that many bits, divided. */
const MOST_WORK = 5e11;

function intPowerModulo(rt: Runtime, base: bigint, exponent: bigint, modulus: bigint): Handle {
  if (modulus === 0n) return rt.raise('ValueError', 'pow() 3rd argument cannot be 0');
  const m = modulus < 0n ? -modulus : modulus;
  if (m === 1n) return intFromInt32(rt, 0);
  if (exponent < 0n) {
    const inverse = invertModulo(moduloBig(base, m), m);
    if (inverse === null) return rt.raise('ValueError', 'base is not invertible for the given modulus');
    base = inverse;
    exponent = -exponent;
  }
  if (bitLength(exponent) * bitLength(m) ** 1.6 > MOST_WORK)
    return rt.raise('RuntimeError', 'limit reached: pow() of numbers this long takes too much time');
  let result = 1n;
  let square = moduloBig(base, m);
  const bits = exponent.toString(2);
  for (let i = bits.length - 1; i >= 0; i--) {
    if (bits[i] === '1') result = (result * square) % m;
    if (i > 0) square = (square * square) % m;
  }
  return intFromBigInt(rt, modulus < 0n && result !== 0n ? result + modulus : result);
}

function invertModulo(a: bigint, m: bigint): bigint | null {
  let [r0, r1] = [m, a];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  if (r0 !== 1n) return null;
  return t0 < 0n ? t0 + m : t0;
}

// ---- unary -------------------------------------------------------------------------------------------------------------

export function intNegative(rt: Runtime, h: Handle): Handle {
  const v = intValue(rt, h);
  return typeof v === 'number' ? intFromNumber(rt, v === 0 ? 0 : -v) : intFromBigInt(rt, -v);
}
/** `long_long`: an exact int is its own positive, `int()`, floor…; a subclass gives an exact copy. */
export function intPositive(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.int)) return rt.newRef(h);
  const v = intValue(rt, h);
  return typeof v === 'number' ? intFromNumber(rt, v) : intFromBigInt(rt, v);
}
export function intAbsolute(rt: Runtime, h: Handle): Handle {
  return intSign(rt, h) < 0 ? intNegative(rt, h) : intPositive(rt, h);
}
export function intInvert(rt: Runtime, h: Handle): Handle {
  const v = intValue(rt, h);
  return typeof v === 'number' ? intFromNumber(rt, -1 - v) : intFromBigInt(rt, ~v);
}
export function intBool(rt: Runtime, h: Handle): number {
  return intSign(rt, h) === 0 ? 0 : 1;
}
export function intToFloat(rt: Runtime, h: Handle): Handle {
  const x = intAsDouble(rt, h);
  return x === null ? 0 : newFloat(rt, x);
}

// ---- shifts and bits -------------------------------------------------------------------------------------------------------

export function intLshift(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (intSign(rt, b) < 0) return rt.raise('ValueError', 'negative shift count');
  if (intSign(rt, a) === 0) return intFromInt32(rt, 0);
  const v = intValue(rt, a);
  const n = intValue(rt, b);
  if (typeof v === 'number' && n < 1000) {
    const shifted = v * 2 ** Number(n);
    if (Number.isSafeInteger(shifted)) return intFromNumber(rt, shifted);
  }
  const shift = intToBigInt(rt, b);
  if (shift >= 1n << 63n) return rt.raise('OverflowError', 'too many digits in integer');
  const x = intToBigInt(rt, a);
  if (Number(shift) + bitLength(x) > MAX_BITS) return rt.raise('MemoryError', '');
  return intFromBigInt(rt, x << shift);
}

export function intRshift(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (intSign(rt, b) < 0) return rt.raise('ValueError', 'negative shift count');
  if (isInt32(rt, a) && isInt32(rt, b)) {
    return intFromInt32(rt, rt.mem[a + INT_VALUE]! >> Math.min(rt.mem[b + INT_VALUE]!, 31));
  }
  const x = intToBigInt(rt, a);
  const shift = intToBigInt(rt, b);
  if (shift > BigInt(MAX_BITS)) return intFromInt32(rt, x < 0n ? -1 : 0);
  return intFromBigInt(rt, x >> shift);
}

export function intAnd(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (isInt32(rt, a) && isInt32(rt, b)) return intFromInt32(rt, rt.mem[a + INT_VALUE]! & rt.mem[b + INT_VALUE]!);
  const low = isInt32(rt, b) && rt.mem[b + INT_VALUE]! >= 0 ? wideLow31(rt, a) : -1;
  if (low >= 0) return intFromInt32(rt, low & rt.mem[b + INT_VALUE]!);
  const x = intValue(rt, a);
  const y = intValue(rt, b);
  // A large one under a mask of up to 31 bits, as the generators of random numbers do.
  if (typeof y === 'number' && y >= 0 && y <= MASK_31) return intFromInt32(rt, low32(x) & y);
  if (typeof x === 'number' && x >= 0 && x <= MASK_31) return intFromInt32(rt, low32(y) & x);
  return intFromBigInt(rt, BigInt(x) & BigInt(y));
}
const MASK_31 = 0x7fffffff;

/** The lowest 32 bits in two's complement. */
function low32(v: number | bigint): number {
  return typeof v === 'bigint' ? Number(BigInt.asIntN(32, v)) : v | 0;
}

export function intOr(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (isInt32(rt, a) && isInt32(rt, b)) return intFromInt32(rt, rt.mem[a + INT_VALUE]! | rt.mem[b + INT_VALUE]!);
  return intFromBigInt(rt, intToBigInt(rt, a) | intToBigInt(rt, b));
}
export function intXor(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  if (isInt32(rt, a) && isInt32(rt, b)) return intFromInt32(rt, rt.mem[a + INT_VALUE]! ^ rt.mem[b + INT_VALUE]!);
  return intFromBigInt(rt, intToBigInt(rt, a) ^ intToBigInt(rt, b));
}

// ---- comparison and hash -----------------------------------------------------------------------------------------------

export function intRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!areInts(rt, a, b)) return rt.NotImplemented;
  return rt.bool(orderSatisfies(intCompare(rt, a, b), op));
}

export function intHash(rt: Runtime, h: Handle): number {
  const v = intValue(rt, h);
  return typeof v === 'number' ? hashInteger(rt, v) : hashBigInt(rt, v);
}
