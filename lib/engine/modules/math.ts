/** The module `math` (Modules/mathmodule.c). DIFFERS: some functions differ from some C libraries' in the last bit (libm.ts). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import {
  asIndex,
  getIter,
  isInt,
  iterNext,
  numberAdd,
  numberIndex,
  numberMultiply,
  typeName,
} from '../objects/abstract';
import { floatSignBit, newFloat, newNan } from '../objects/float';
import { correctPow } from '../../utils/correct-pow';
import { asDouble, intFromDouble, isFloat } from '../objects/number-convert';
import { reprDouble } from '../objects/float-repr';
import { MAX_BITS, bitLength, intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { callSpecial } from '../objects/slotdefs';
import { newTuple, tupleFromIterable, tupleItems, tupleSize } from '../objects/tuple';
import { typeLookup } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';
import type { NativeModule } from './define';
import * as libm from './libm';

const domain = (ip: Interpreter, x?: number, wanted?: string): 0 =>
  ip.raise(
    'ValueError',
    wanted === undefined || ip.facts.name === '3.13'
      ? 'math domain error'
      : `expected ${wanted}, got ${reprDouble(x!)}`,
  );

/** `math_1`: NaN out of a number is a domain error, infinity out of a finite number an overflow. `wanted`: 3.14's words. */
function unary(f: (x: number) => number, canOverflow = false, wanted?: string): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, arg) => {
      const x = asDouble(ip, arg);
      if (x === null) return 0;
      const r = f(x);
      if (Number.isNaN(r) && !Number.isNaN(x)) return domain(ip, x, wanted);
      if (!Number.isFinite(r) && !Number.isNaN(r) && Number.isFinite(x)) {
        return canOverflow ? ip.raise('OverflowError', 'math range error') : domain(ip, x, wanted);
      }
      return newFloat(ip, r);
    },
  };
}

/** Whatever comes out is right. */
function plain(f: (x: number) => number): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, arg) => {
      const x = asDouble(ip, arg);
      return x === null ? 0 : newFloat(ip, f(x));
    },
  };
}

/** gamma and lgamma say themselves where they have no value. */
function gammaLike(f: (x: number) => number, isPole: (x: number) => boolean): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, arg) => {
      const x = asDouble(ip, arg);
      if (x === null) return 0;
      if (isPole(x)) return domain(ip, x, 'a noninteger or positive integer');
      const r = f(x);
      return Number.isFinite(x) && (r === Infinity || r === -Infinity)
        ? ip.raise('OverflowError', 'math range error')
        : newFloat(ip, r);
    },
  };
}
const isWholeUpToZero = (x: number): boolean => x <= 0 && x === Math.floor(x) && Number.isFinite(x);

function binary(f: (x: number, y: number) => number): MethodDef {
  return {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const x = asDouble(ip, args[0]!);
      const y = x === null ? null : asDouble(ip, args[1]!);
      if (x === null || y === null) return 0;
      const r = f(x, y);
      if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) return domain(ip);
      if (!Number.isFinite(r) && !Number.isNaN(r) && Number.isFinite(x) && Number.isFinite(y)) {
        return ip.raise('OverflowError', 'math range error');
      }
      return newFloat(ip, r);
    },
  };
}

/** floor, ceil, trunc: the type's own method first. */
function rounding(name: string, f: (x: number) => number): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      if (!ip.is(x, ip.types.float) && typeLookup(ip, ip.tp(x), ip.id(name)) !== 0) return callSpecial(ip, x, name, []);
      if (name === '__trunc__' && !isFloat(ip, x))
        return ip.raise('TypeError', `type ${typeName(ip, x)} doesn't define __trunc__ method`);
      const d = asDouble(ip, x);
      return d === null ? 0 : intFromDouble(ip, Number.isFinite(d) ? f(d) : d);
    },
  };
}

function predicate(f: (x: number) => boolean): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const d = asDouble(ip, x);
      return d === null ? 0 : ip.bool(f(d));
    },
  };
}

/** `loghelper`: integers of any size. */
function log(ip: Interpreter, arg: Handle, f: (x: number) => number): number | null {
  if (isInt(ip, arg)) {
    const b = intToBigInt(ip, arg);
    if (b <= 0n) {
      ip.raise('ValueError', ip.facts.name === '3.13' ? 'math domain error' : 'expected a positive input');
      return null;
    }
    const x = Number(b);
    if (Number.isFinite(x)) return f(x);
    const bits = b.toString(2).length;
    // As a fraction from 0.5 to 1 and a power of two.
    return f(Number(b >> BigInt(bits - 64)) / 2 ** 64) + f(2) * bits;
  }
  const x = asDouble(ip, arg);
  if (x === null) return null;
  if (x <= 0) {
    const shown = ip.facts.name === '3.13' ? 'math domain error' : `expected a positive input, got ${reprDouble(x)}`;
    ip.raise('ValueError', shown);
    return null;
  }
  return f(x);
}

const logarithm = (f: (x: number) => number): MethodDef => ({
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const r = log(ip, x, f);
    return r === null ? 0 : newFloat(ip, r);
  },
});

const gcdOf = (a: bigint, b: bigint): bigint => {
  a = a < 0n ? -a : a;
  b = b < 0n ? -b : b;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
};

/** Integer arguments folded. */
function integers(start: bigint, f: (a: bigint, b: bigint) => bigint): MethodDef {
  return {
    kind: 'fast',
    min: 0,
    max: -1,
    fn: (ip: Interpreter, _m, args) => {
      let r = start;
      for (const arg of args) {
        const i = numberIndex(ip, arg);
        if (i === 0) return 0;
        r = f(r, intToBigInt(ip, i));
        ip.decref(i);
      }
      return intFromBigInt(ip, r);
    },
  };
}

/** A non-negative integer argument; null with an exception. */
function nonNegative(ip: Interpreter, h: Handle, message: string): bigint | null {
  const i = numberIndex(ip, h);
  if (i === 0) return null;
  const b = intToBigInt(ip, i);
  ip.decref(i);
  if (b >= 0n) return b;
  ip.raise('ValueError', message);
  return null;
}

function isqrt(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** low … high multiplied, halves first: the factors stay of one size. */
function range(low: bigint, high: bigint): bigint {
  if (high - low < 8n) {
    let r = low;
    for (let i = low + 1n; i <= high; i++) r *= i;
    return r;
  }
  const middle = (low + high) >> 1n;
  return range(low, middle) * range(middle + 1n, high);
}

/** Some four seconds' work. */
const MOST_PRODUCT_BITS = 1 << 26;

/** `n (n-1) … (n-k+1)`; null with an exception. */
function falling(ip: Interpreter, n: bigint, k: bigint): bigint | null {
  if (k === 0n) return 1n;
  if (k * BigInt(bitLength(n)) > BigInt(MAX_BITS)) {
    ip.raise('MemoryError', '');
    return null;
  }
  if (k * BigInt(bitLength(n)) > BigInt(MOST_PRODUCT_BITS)) {
    ip.raise('RuntimeError', 'limit reached: a product of this many digits takes too much time');
    return null;
  }
  return range(n - k + 1n, n);
}

/** Shewchuk's exact partial sums, rounded once. */
function fsum(ip: Interpreter, iterable: Handle): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  let partials: number[] = [];
  let special = 0;
  let infinities = 0;
  for (let item = iterNext(ip, it); item !== 0; item = iterNext(ip, it)) {
    const given = asDouble(ip, item);
    ip.decref(item);
    if (given === null) break;
    let x = given;
    const next: number[] = [];
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) next.push(low);
      x = high;
    }
    if (Number.isFinite(x)) {
      partials = x === 0 ? next : [...next, x];
      continue;
    }
    if (Number.isFinite(given)) {
      ip.raise('OverflowError', 'intermediate overflow in fsum');
      break;
    }
    if (!Number.isNaN(given)) infinities += given;
    special += given;
    partials = [];
  }
  ip.decref(it);
  if (ip.currentException !== 0) return 0;
  if (special !== 0) {
    return Number.isNaN(infinities) ? ip.raise('ValueError', '-inf + inf in fsum') : newFloat(ip, special);
  }
  return newFloat(ip, roundPartials(partials));
}

function roundPartials(partials: number[]): number {
  let n = partials.length;
  if (n === 0) return 0;
  let high = partials[--n]!;
  let low = 0;
  while (n > 0) {
    const x = high;
    const y = partials[--n]!;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  if (n > 0 && ((low < 0 && partials[n - 1]! < 0) || (low > 0 && partials[n - 1]! > 0))) {
    const y = low * 2;
    const x = high + y;
    if (y === x - high) high = x;
  }
  return high;
}

function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let e = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let m = x * 2 ** -e;
  while (Math.abs(m) < 0.5) {
    m *= 2;
    e--;
  }
  while (Math.abs(m) >= 1) {
    m /= 2;
    e++;
  }
  return [m, e];
}

/** x × 2^e of a finite x, rounded once. */
function ldexp(x: number, e: number): number {
  const { mantissa, exponent } = libm.decompose(x);
  const to = exponent + e;
  if (to > 1100) return x < 0 ? -Infinity : Infinity;
  if (to < -1200) return x < 0 ? -0 : 0;
  const r = to >= 0 ? libm.ratioToDouble(mantissa << BigInt(to), 0n) : libm.ratioToDouble(mantissa, BigInt(-to));
  return r === 0 && x < 0 ? -0 : r;
}

const remainder = (x: number, y: number): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (!Number.isFinite(x) || y === 0) return NaN;
  if (!Number.isFinite(y)) return x;
  const a = Math.abs(x);
  const b = Math.abs(y);
  const m = a % b;
  const c = b - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (a - m)) % b);
  return Math.sign(x) * r;
};

const bitsView = new DataView(new ArrayBuffer(8));
/** A double's place in the order of all doubles. */
function ordinal(x: number): bigint {
  bitsView.setFloat64(0, x);
  const bits = bitsView.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}
function fromOrdinal(n: bigint): number {
  bitsView.setBigInt64(0, n < 0n ? -n : n);
  const x = bitsView.getFloat64(0);
  return n < 0n ? -x : x;
}

/** `steps` doubles from x towards y. */
function nextAfter(x: number, y: number, steps: bigint): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  if (steps === 0n) return x;
  if (x === y) return y;
  const from = ordinal(x);
  const to = ordinal(y);
  const distance = to > from ? to - from : from - to;
  if (steps >= distance && steps !== 1n) return y;
  const r = fromOrdinal(to > from ? from + steps : from - steps);
  return r === 0 && x < 0 ? -0 : r;
}

function ulp(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a === Infinity) return a;
  const above = nextAfter(a, Infinity, 1n);
  return above === Infinity ? a - nextAfter(a, -Infinity, 1n) : above - a;
}

/** `vector_norm`: the root of the sum of squares, rounded once. */
function vectorNorm(xs: readonly number[]): number {
  if (xs.some((x) => x === Infinity || x === -Infinity)) return Infinity;
  if (xs.some(Number.isNaN)) return NaN;
  const max = Math.max(0, ...xs.map(Math.abs));
  if (max === 0 || xs.length === 1) return max;
  let least = Infinity;
  const parts = xs.filter((x) => x !== 0).map((x) => libm.decompose(x));
  for (const p of parts) least = Math.min(least, p.exponent);
  // Far smaller ones only tell that something is there.
  const top = Math.max(...parts.map((p) => p.exponent));
  least = Math.max(least, top - 200);
  let total = 0n;
  for (const p of parts) {
    const m = p.exponent >= least ? p.mantissa << BigInt(p.exponent - least) : 1n;
    total += m * m;
  }
  // 128 more bits under the root, and a last one for what the root leaves.
  const scaled = total << 256n;
  const root = isqrt(scaled);
  const sticky = root * root === scaled ? 0n : 1n;
  const bits = 128 + 1 - least;
  const n = (root << 1n) | sticky;
  return bits >= 0 ? libm.ratioToDouble(n, BigInt(bits)) : libm.ratioToDouble(n << BigInt(-bits), 0n);
}

/** x·y + z, rounded once (C's fma). */
function fma(x: number, y: number, z: number): number {
  const plain = x * y + z;
  if (!Number.isFinite(z) && Number.isFinite(x) && Number.isFinite(y)) return z;
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z) || x === 0 || y === 0) return plain;
  const a = libm.decompose(x);
  const b = libm.decompose(y);
  const c = libm.decompose(z);
  const e = a.exponent + b.exponent;
  const low = z === 0 ? e : Math.min(e, c.exponent);
  const n = ((a.mantissa * b.mantissa) << BigInt(e - low)) + (z === 0 ? 0n : c.mantissa << BigInt(c.exponent - low));
  if (n === 0n) return z === 0 ? x * y : 0;
  return low >= 0 ? libm.ratioToDouble(n << BigInt(low), 0n) : libm.ratioToDouble(n, BigInt(-low));
}

/** The exact sum of products of doubles, as a multiple of 2^-2148. */
const SUM_BITS = 2148;

const isLong = (n: bigint): boolean => BigInt.asIntN(64, n) === n;

/** `math_sumprod`: ints stay ints, floats are added exactly and rounded once; anything else by `*` and `+`. */
function sumprod(ip: Interpreter, p: Handle, q: Handle): Handle {
  const a = getIter(ip, p);
  if (a === 0) return 0;
  const b = getIter(ip, q);
  if (b === 0) {
    ip.decref(a);
    return 0;
  }
  let total = intFromNumber(ip, 0);
  let ints = 0n;
  let hasInts = false;
  let floats = 0n;
  let special = 0;
  let hasFloats = false;
  let mode: 'int' | 'float' | 'any' = 'int';
  const flush = (): boolean => {
    let part = 0;
    if (hasFloats) part = newFloat(ip, special !== 0 ? special : libm.ratioToDouble(floats, BigInt(SUM_BITS)));
    else if (hasInts) part = intFromBigInt(ip, ints);
    hasInts = hasFloats = false;
    ints = floats = 0n;
    if (part === 0) return true;
    const sum = numberAdd(ip, total, part);
    ip.decref(total);
    ip.decref(part);
    total = sum;
    return sum !== 0;
  };
  const exactInt = (h: Handle) => ip.is(h, ip.types.int);
  const exactFloat = (h: Handle) => ip.is(h, ip.types.float);
  let ok = true;
  while (ok) {
    const x = iterNext(ip, a);
    if (x === 0 && ip.currentException !== 0) ok = false;
    const y = ok ? iterNext(ip, b) : 0;
    if (ok && y === 0 && ip.currentException !== 0) ok = false;
    if (ok && (x === 0) !== (y === 0)) {
      ip.raise('ValueError', 'Inputs are not the same length');
      ok = false;
    }
    if (!ok || x === 0) {
      ip.xdecref(x);
      ip.xdecref(y);
      break;
    }
    let product = 0n;
    if (mode === 'int' && exactInt(x) && exactInt(y)) product = intToBigInt(ip, x) * intToBigInt(ip, y);
    // Beyond a C long, too, the way of ints is left for good.
    if (mode === 'int' && !(exactInt(x) && exactInt(y) && isLong(product) && isLong(ints + product))) {
      ok = flush();
      mode = 'float';
    }
    const plain = (h: Handle) => exactFloat(h) || exactInt(h) || isInt(ip, h);
    if (ok && mode === 'float' && !((exactFloat(x) && plain(y)) || (exactFloat(y) && plain(x)))) {
      ok = flush();
      mode = 'any';
    }
    if (ok && mode === 'int') {
      ints += product;
      hasInts = true;
    } else if (ok && mode === 'float') {
      const u = asDouble(ip, x);
      const v = u === null ? null : asDouble(ip, y);
      if (u === null || v === null) ok = false;
      else {
        hasFloats = true;
        if (!Number.isFinite(u * v)) special += u * v;
        else if (u !== 0 && v !== 0) {
          const m = libm.decompose(u);
          const n = libm.decompose(v);
          floats += (m.mantissa * n.mantissa) << BigInt(m.exponent + n.exponent + SUM_BITS);
        }
      }
    } else if (ok) {
      const part = numberMultiply(ip, x, y);
      const sum = part === 0 ? 0 : numberAdd(ip, total, part);
      ip.xdecref(part);
      if (sum === 0) ok = false;
      else {
        ip.decref(total);
        total = sum;
      }
    }
    ip.decref(x);
    ip.decref(y);
  }
  if (ok) ok = flush();
  ip.decref(a);
  ip.decref(b);
  if (ok) return total;
  ip.xdecref(total);
  return 0;
}

function doubles(ip: Interpreter, items: readonly Handle[]): number[] | null {
  const out: number[] = [];
  for (const item of items) {
    const x = asDouble(ip, item);
    if (x === null) return null;
    out.push(x);
  }
  return out;
}

const METHODS: Record<string, MethodDef> = {
  nextafter: {
    kind: 'clinic',
    params: 'x, y, /, *, steps=',
    fn: (ip: Interpreter, _m, [xArg, yArg, stepsArg]) => {
      const x = asDouble(ip, xArg!);
      const y = x === null ? null : asDouble(ip, yArg!);
      if (x === null || y === null) return 0;
      let steps = 1n;
      if (stepsArg !== 0 && stepsArg !== ip.None) {
        const i = numberIndex(ip, stepsArg!);
        if (i === 0) return 0;
        steps = intToBigInt(ip, i);
        ip.decref(i);
        if (steps < 0n) return ip.raise('ValueError', 'steps must be a non-negative integer');
      }
      return newFloat(ip, nextAfter(x, y, steps));
    },
  },
  ulp: plain(ulp),
  fma: {
    kind: 'fast',
    min: 3,
    max: 3,
    fn: (ip: Interpreter, _m, args) => {
      const xs = doubles(ip, args);
      if (xs === null) return 0;
      const [x, y, z] = xs as [number, number, number];
      const r = fma(x, y, z);
      if (Number.isFinite(r)) return newFloat(ip, r);
      if (Number.isNaN(r)) {
        if (!xs.some(Number.isNaN)) return ip.raise('ValueError', 'invalid operation in fma');
      } else if (xs.every(Number.isFinite)) return ip.raise('OverflowError', 'overflow in fma');
      return newFloat(ip, r);
    },
  },
  dist: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [p, q]) => {
      const a = tupleFromIterable(ip, p!);
      if (a === 0) return 0;
      const b = tupleFromIterable(ip, q!);
      if (b === 0) {
        ip.decref(a);
        return 0;
      }
      let r = 0;
      if (tupleSize(ip, a) !== tupleSize(ip, b)) {
        ip.raise('ValueError', 'both points must have the same number of dimensions');
      } else {
        const xs = doubles(ip, tupleItems(ip, a));
        const ys = xs === null ? null : doubles(ip, tupleItems(ip, b));
        if (xs !== null && ys !== null) r = newFloat(ip, vectorNorm(xs.map((x, i) => Math.abs(x - ys[i]!))));
      }
      ip.decref(a);
      ip.decref(b);
      return r;
    },
  },
  sumprod: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter, _m, [p, q]) => sumprod(ip, p!, q!) },
  sqrt: unary(Math.sqrt, false, 'a nonnegative input'),
  cbrt: unary(Math.cbrt),
  exp: unary(libm.exp, true),
  exp2: unary(libm.exp2, true),
  expm1: unary(Math.expm1, true),
  log1p: unary(Math.log1p, false, 'argument value > -1'),
  sin: unary(libm.sin, false, 'a finite input'),
  cos: unary(libm.cos, false, 'a finite input'),
  tan: unary(Math.tan, false, 'a finite input'),
  asin: unary(Math.asin, false, 'a number in range from -1 up to 1'),
  acos: unary(Math.acos, false, 'a number in range from -1 up to 1'),
  atan: unary(Math.atan),
  sinh: unary(libm.sinh, true),
  cosh: unary(libm.cosh, true),
  tanh: unary(libm.tanh),
  asinh: unary(libm.asinh),
  acosh: unary(libm.acosh, false, 'argument value not less than 1'),
  atanh: unary(libm.atanh, false, 'a number between -1 and 1'),
  gamma: gammaLike(
    (x) => libm.gamma(x, correctPow),
    (x) => isWholeUpToZero(x) || x === -Infinity,
  ),
  lgamma: gammaLike(libm.lgamma, isWholeUpToZero),
  erf: unary(libm.erf),
  erfc: unary(libm.erfc),
  fabs: unary(Math.abs),
  degrees: plain((x) => x * (180 / Math.PI)),
  radians: plain((x) => x * (Math.PI / 180)),
  floor: rounding('__floor__', Math.floor),
  ceil: rounding('__ceil__', Math.ceil),
  trunc: rounding('__trunc__', Math.trunc),
  isnan: predicate(Number.isNaN),
  isfinite: predicate(Number.isFinite),
  isinf: predicate((x) => x === Infinity || x === -Infinity),
  pow: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const xs = doubles(ip, args);
      if (xs === null) return 0;
      const [x, y] = xs as [number, number];
      if (x === 1 || y === 0) return newFloat(ip, 1);
      // C says that the powers of -1 at infinity are 1; JavaScript does not.
      if (x === -1 && (y === Infinity || y === -Infinity)) return newFloat(ip, 1);
      const r = correctPow(x, y);
      if (Number.isFinite(x) && Number.isFinite(y) && !Number.isFinite(r)) {
        if (Number.isNaN(r) || x === 0) return ip.raise('ValueError', 'math domain error');
        return ip.raise('OverflowError', 'math range error');
      }
      return newFloat(ip, r);
    },
  },
  fmod: binary((x, y) => x % y),
  atan2: binary(Math.atan2),
  remainder: binary(remainder),
  copysign: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const xs = doubles(ip, args);
      if (xs === null) return 0;
      const [x, y] = xs as [number, number];
      const negative = Number.isNaN(y)
        ? isFloat(ip, args[1]!) && floatSignBit(ip, args[1]!)
        : y < 0 || Object.is(y, -0);
      if (Number.isNaN(x)) return newNan(ip, negative);
      return newFloat(ip, negative ? -Math.abs(x) : Math.abs(x));
    },
  },
  log2: logarithm(libm.log2),
  log10: logarithm(libm.log10),
  log: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [x, base]) => {
      const a = log(ip, x!, libm.log);
      if (a === null) return 0;
      if (base === undefined) return newFloat(ip, a);
      const b = log(ip, base, libm.log);
      if (b === null) return 0;
      return b === 0
        ? ip.raise('ZeroDivisionError', ip.facts.name === '3.13' ? 'float division by zero' : 'division by zero')
        : newFloat(ip, a / b);
    },
  },
  hypot: {
    kind: 'fast',
    min: 0,
    max: -1,
    fn: (ip: Interpreter, _m, args) => {
      const xs: number[] = [];
      for (const arg of args) {
        const x = asDouble(ip, arg);
        if (x === null) return 0;
        xs.push(x);
      }
      return newFloat(ip, vectorNorm(xs));
    },
  },
  gcd: integers(0n, gcdOf),
  lcm: integers(1n, (a, b) => (a === 0n || b === 0n ? 0n : (a / gcdOf(a, b)) * (b < 0n ? -b : b))),
  factorial: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = nonNegative(ip, x, 'factorial() not defined for negative values');
      if (n === null) return 0;
      if (BigInt.asIntN(64, n) !== n) {
        return ip.raise('OverflowError', `factorial() argument should not exceed ${2n ** 63n - 1n}`);
      }
      const r = falling(ip, n, n);
      return r === null ? 0 : intFromBigInt(ip, r);
    },
  },
  isqrt: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = nonNegative(ip, x, 'isqrt() argument must be nonnegative');
      return n === null ? 0 : intFromBigInt(ip, isqrt(n));
    },
  },
  comb: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const n = nonNegative(ip, args[0]!, 'n must be a non-negative integer');
      let k = n === null ? null : nonNegative(ip, args[1]!, 'k must be a non-negative integer');
      if (n === null || k === null) return 0;
      if (k > n) return intFromNumber(ip, 0);
      if (n - k < k) k = n - k;
      if (BigInt.asIntN(64, k) !== k) {
        return ip.raise('OverflowError', `min(n - k, k) must not exceed ${2n ** 63n - 1n}`);
      }
      const above = falling(ip, n, k);
      const below = above === null ? null : falling(ip, k, k);
      return above === null || below === null ? 0 : intFromBigInt(ip, above / below);
    },
  },
  perm: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const n = nonNegative(ip, args[0]!, 'n must be a non-negative integer');
      const k =
        n === null || args[1] === undefined || args[1] === ip.None
          ? n
          : nonNegative(ip, args[1], 'k must be a non-negative integer');
      if (n === null || k === null) return 0;
      if (k > n) return intFromNumber(ip, 0);
      if (BigInt.asIntN(64, k) !== k) return ip.raise('OverflowError', `k must not exceed ${2n ** 63n - 1n}`);
      const r = falling(ip, n, k);
      return r === null ? 0 : intFromBigInt(ip, r);
    },
  },
  prod: {
    kind: 'clinic',
    params: 'iterable, /, *, start=',
    fn: (ip: Interpreter, _m, [iterable, start]) => {
      const it = getIter(ip, iterable!);
      if (it === 0) return 0;
      let r = start === 0 ? intFromNumber(ip, 1) : ip.newRef(start!);
      for (let item = iterNext(ip, it); item !== 0 && r !== 0; item = iterNext(ip, it)) {
        const next = numberMultiply(ip, r, item);
        ip.decref(r);
        ip.decref(item);
        r = next;
        if (r === 0) break;
      }
      ip.decref(it);
      if (ip.currentException === 0) return r;
      ip.xdecref(r);
      return 0;
    },
  },
  fsum: { kind: 'o', fn: (ip: Interpreter, _m, x) => fsum(ip, x) },
  frexp: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const d = asDouble(ip, x);
      if (d === null) return 0;
      const [m, e] = frexp(d);
      return newTuple(ip, [newFloat(ip, m), intFromNumber(ip, e)]);
    },
  },
  ldexp: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const x = asDouble(ip, args[0]!);
      const e = x === null ? null : asIndex(ip, args[1]!);
      if (x === null || e === null) return 0;
      if (x === 0 || !Number.isFinite(x)) return newFloat(ip, x);
      const r = ldexp(x, e);
      return !Number.isFinite(r) ? ip.raise('OverflowError', 'math range error') : newFloat(ip, r);
    },
  },
  modf: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const d = asDouble(ip, x);
      if (d === null) return 0;
      const whole = Math.trunc(d);
      const part = Number.isFinite(d) ? d - whole : Number.isNaN(d) ? d : 0;
      return newTuple(ip, [newFloat(ip, Object.is(d, -0) || d < 0 ? -Math.abs(part) : part), newFloat(ip, whole)]);
    },
  },
  isclose: {
    kind: 'clinic',
    params: 'a, b, *, rel_tol=, abs_tol=',
    fn: (ip: Interpreter, _m, args) => {
      const [a, b, rel, abs] = args.map((h, i) => (h === 0 ? (i === 2 ? 1e-9 : 0) : asDouble(ip, h)));
      if (ip.currentException !== 0) return 0;
      if (rel! < 0 || abs! < 0) return ip.raise('ValueError', 'tolerances must be non-negative');
      if (a === b) return ip.True;
      if (!Number.isFinite(a!) || !Number.isFinite(b!)) return ip.False;
      const difference = Math.abs(b! - a!);
      return ip.bool(difference <= Math.abs(rel! * b!) || difference <= Math.abs(rel! * a!) || difference <= abs!);
    },
  },
};

export const mathModule: NativeModule = {
  name: 'math',
  methods: METHODS,
  values: (ip) => ({
    pi: newFloat(ip, Math.PI),
    e: newFloat(ip, Math.E),
    tau: newFloat(ip, 2 * Math.PI),
    inf: newFloat(ip, Infinity),
    nan: newFloat(ip, NaN),
  }),
};
