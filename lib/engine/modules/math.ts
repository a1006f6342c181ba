/** The module `math` (Modules/mathmodule.c). DIFFERS: JavaScript's functions may differ from the C library's in the last bit. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getIter, isInt, iterNext, numberIndex, numberMultiply, typeName } from '../objects/abstract';
import { newFloat } from '../objects/float';
import { correctPow } from '../../utils/correct-pow';
import { asDouble, intFromDouble, isFloat } from '../objects/number-convert';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { callSpecial } from '../objects/slotdefs';
import { newTuple } from '../objects/tuple';
import { typeLookup } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';
import type { NativeModule } from './define';

const domain = (ip: Interpreter): 0 => ip.raise('ValueError', 'math domain error');

/** `math_1`: NaN out of a number is a domain error, infinity out of a finite number an overflow. */
function unary(f: (x: number) => number, canOverflow = false): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, arg) => {
      const x = asDouble(ip, arg);
      if (x === null) return 0;
      const r = f(x);
      if (Number.isNaN(r) && !Number.isNaN(x)) return domain(ip);
      if (!Number.isFinite(r) && !Number.isNaN(r) && Number.isFinite(x)) {
        return canOverflow ? ip.raise('OverflowError', 'math range error') : domain(ip);
      }
      return newFloat(ip, r);
    },
  };
}

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
function log(ip: Interpreter, arg: Handle, f: (x: number) => number, base2: number): number | null {
  if (isInt(ip, arg)) {
    const b = intToBigInt(ip, arg);
    if (b <= 0n) {
      ip.raise('ValueError', ip.facts.name === '3.13' ? 'math domain error' : 'expected a positive input');
      return null;
    }
    const x = Number(b);
    if (Number.isFinite(x)) return f(x);
    const bits = b.toString(2).length;
    return f(Number(b >> BigInt(bits - 64))) + base2 * (bits - 64);
  }
  const x = asDouble(ip, arg);
  if (x === null) return null;
  if (x <= 0) {
    const shown =
      ip.facts.name === '3.13'
        ? 'math domain error'
        : `expected a positive input, got ${Object.is(x, -0) ? '-0.0' : Number.isInteger(x) ? x.toFixed(1) : x}`;
    ip.raise('ValueError', shown);
    return null;
  }
  return f(x);
}

const logarithm = (f: (x: number) => number, base2: number): MethodDef => ({
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const r = log(ip, x, f, base2);
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

/** `n (n-1) … (n-k+1)`. */
function falling(n: bigint, k: bigint): bigint {
  let r = 1n;
  for (let i = 0n; i < k; i++) r *= n - i;
  return r;
}

/** Shewchuk's exact partial sums, rounded once. */
function fsum(ip: Interpreter, iterable: Handle): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  let partials: number[] = [];
  let special = 0;
  for (let item = iterNext(ip, it); item !== 0; item = iterNext(ip, it)) {
    let x = asDouble(ip, item) ?? 0;
    ip.decref(item);
    if (ip.currentException !== 0) break;
    if (!Number.isFinite(x)) special += x;
    const next: number[] = [];
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) next.push(low);
      x = high;
    }
    partials = [...next, x];
  }
  ip.decref(it);
  if (ip.currentException !== 0) return 0;
  if (special !== 0) return newFloat(ip, special);
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

const remainder = (x: number, y: number): number => {
  if (!Number.isFinite(x) || y === 0) return NaN;
  if (!Number.isFinite(y)) return x;
  const a = Math.abs(x);
  const b = Math.abs(y);
  const m = a % b;
  const c = b - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (a - m)) % b);
  return Math.sign(x) * r;
};

const METHODS: Record<string, MethodDef> = {
  sqrt: unary(Math.sqrt),
  cbrt: unary(Math.cbrt),
  exp: unary(Math.exp, true),
  exp2: unary((x) => 2 ** x, true),
  expm1: unary(Math.expm1, true),
  log1p: unary(Math.log1p),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  asin: unary(Math.asin),
  acos: unary(Math.acos),
  atan: unary(Math.atan),
  sinh: unary(Math.sinh, true),
  cosh: unary(Math.cosh, true),
  tanh: unary(Math.tanh),
  asinh: unary(Math.asinh),
  acosh: unary(Math.acosh),
  atanh: unary(Math.atanh),
  fabs: unary(Math.abs),
  degrees: unary((x) => x * (180 / Math.PI)),
  radians: unary((x) => x * (Math.PI / 180)),
  floor: rounding('__floor__', Math.floor),
  ceil: rounding('__ceil__', Math.ceil),
  trunc: rounding('__trunc__', Math.trunc),
  isnan: predicate(Number.isNaN),
  isfinite: predicate(Number.isFinite),
  isinf: predicate((x) => x === Infinity || x === -Infinity),
  pow: binary(correctPow),
  fmod: binary((x, y) => x % y),
  atan2: binary(Math.atan2),
  remainder: binary(remainder),
  copysign: binary((x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  log2: logarithm(Math.log2, 1),
  log10: logarithm(Math.log10, Math.log10(2)),
  log: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [x, base]) => {
      const a = log(ip, x!, Math.log, Math.LN2);
      if (a === null) return 0;
      if (base === undefined) return newFloat(ip, a);
      const b = log(ip, base, Math.log, Math.LN2);
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
      return newFloat(ip, Math.hypot(...xs));
    },
  },
  gcd: integers(0n, gcdOf),
  lcm: integers(1n, (a, b) => (a === 0n || b === 0n ? 0n : (a / gcdOf(a, b)) * (b < 0n ? -b : b))),
  factorial: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = nonNegative(ip, x, 'factorial() not defined for negative values');
      return n === null ? 0 : intFromBigInt(ip, falling(n, n));
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
      return intFromBigInt(ip, falling(n, k) / falling(k, k));
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
      return intFromBigInt(ip, k > n ? 0n : falling(n, k));
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
      const half = Math.trunc(Math.max(-2200, Math.min(2200, e)) / 2);
      const r = x * 2 ** half * 2 ** (Math.max(-2200, Math.min(2200, e)) - half);
      return Number.isFinite(x) && !Number.isFinite(r)
        ? ip.raise('OverflowError', 'math range error')
        : newFloat(ip, r);
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
