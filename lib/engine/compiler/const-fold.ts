/**
 * Arithmetic on constants at compile time (eval_const_binop and eval_const_unaryop in Python/flowgraph.c, fold_binop in
 * Python/ast_opt.c of 3.13). Null means: leave it to run time, because it raises or the result would be too big.
 */
import type { ConstValue, Profile } from './code-unit';
import { bool, float, int, isTrue, str, tuple } from './const-value';
import { NB } from './opcodes';
import { correctPow } from '../../utils/correct-pow';

const MAX_INT_BITS = 128;
const MAX_COLLECTION_SIZE = 256;
const MAX_STR_SIZE = 4096;
const MAX_TOTAL_ITEMS = 1024;

type Folded = ConstValue | null;

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const bits = (n: bigint): number => (n === 0n ? 0 : abs(n).toString(2).length);

/** An int's value; bool is one. */
function asInt(v: ConstValue): bigint | null {
  return v.kind === 'int' ? v.value : v.kind === 'bool' ? BigInt(v.value) : null;
}

function asFloat(v: ConstValue): number | null {
  if (v.kind === 'float') return v.value;
  const n = asInt(v);
  if (n === null) return null;
  const f = Number(n);
  return Number.isFinite(f) ? f : null;
}

interface Complex {
  re: number;
  im: number;
  isReal: boolean;
}

function asComplex(v: ConstValue): Complex | null {
  if (v.kind === 'complex') return { re: v.real, im: v.imag, isReal: false };
  const f = asFloat(v);
  return f === null ? null : { re: f, im: 0, isReal: true };
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

/** The float nearest to a / b, ties to even. */
function trueDivide(a: bigint, b: bigint): number | null {
  const negative = a < 0n !== b < 0n;
  const x = abs(a);
  const y = abs(b);
  if (x <= 0x1fffffffffffffn && y <= 0x1fffffffffffffn) return Number(a) / Number(b);
  // Scale so that the quotient has 66 bits or more, and let a sticky bit stand for the remainder.
  const shift = Math.max(0, 66 - (bits(x) - bits(y)));
  const scaled = x << BigInt(shift);
  let q = (scaled / y) << 1n;
  if (scaled % y !== 0n) q |= 1n;
  let exponent = -(shift + 1);
  const drop = Math.max(0, bits(q) - 64);
  if (drop > 0) {
    const sticky = (q & ((1n << BigInt(drop)) - 1n)) !== 0n ? 1n : 0n;
    q = (q >> BigInt(drop)) | sticky;
    exponent += drop;
  }
  let result = Number(q);
  while (exponent < 0) {
    const step = Math.max(exponent, -1000);
    result *= 2 ** step;
    exponent -= step;
  }
  while (exponent > 0 && Number.isFinite(result)) {
    const step = Math.min(exponent, 1000);
    result *= 2 ** step;
    exponent -= step;
  }
  if (!Number.isFinite(result)) return null;
  return negative ? -result : result;
}

function floatMod(x: number, y: number): number {
  let mod = x % y;
  if (mod !== 0) {
    if (y < 0 !== mod < 0) mod += y;
  } else mod = y < 0 ? -0 : 0;
  return mod;
}

function floatFloorDiv(x: number, y: number): number {
  let mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0 && y < 0 !== mod < 0) {
    mod += y;
    div -= 1;
  }
  if (div === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/** Items of a tuple, nested ones included, against a limit; negative when there are too many. */
function complexity(v: ConstValue, limit: number): number {
  if (v.kind !== 'tuple') return limit;
  let left = limit - v.items.length;
  for (const item of v.items) {
    if (left < 0) return left;
    left = complexity(item, left);
  }
  return left;
}

const codePoints = (s: string): string[] => Array.from(s);

function repeat(n: bigint, v: ConstValue): Folded {
  if (v.kind === 'tuple') {
    const size = v.items.length;
    if (size > 0) {
      if (n < 0n || n > BigInt(Math.floor(MAX_COLLECTION_SIZE / size))) return null;
      if (n > 0n && complexity(v, Math.floor(MAX_TOTAL_ITEMS / Number(n))) < 0) return null;
    }
    return tuple(size === 0 ? [] : Array.from({ length: Number(n) }, () => v.items).flat());
  }
  if (v.kind !== 'str' && v.kind !== 'bytes') return null;
  const size = v.kind === 'str' ? codePoints(v.value).length : v.value.length;
  if (size > 0 && (n < 0n || n > BigInt(Math.floor(MAX_STR_SIZE / size)))) return null;
  const times = size === 0 ? 0 : Number(n);
  if (v.kind === 'str') return str(v.value.repeat(times));
  const out = new Uint8Array(size * times);
  for (let i = 0; i < times; i++) out.set(v.value, i * size);
  return { kind: 'bytes', value: out };
}

function multiply(a: ConstValue, b: ConstValue, profile: Profile): Folded {
  const x = asInt(a);
  const y = asInt(b);
  if (x !== null && y !== null) {
    if (x !== 0n && y !== 0n && bits(x) + bits(y) > MAX_INT_BITS) return null;
    return int(x * y);
  }
  const isSequence = (v: ConstValue): boolean => v.kind === 'tuple' || v.kind === 'str' || v.kind === 'bytes';
  if (x !== null && isSequence(b)) return repeat(x, b);
  if (y !== null && isSequence(a)) return repeat(y, a);
  return numeric(a, b, NB.MULTIPLY, profile);
}

function intPower(x: bigint, y: bigint): Folded {
  if (y < 0n) {
    if (x === 0n) return null;
    return floatPower(Number(x), Number(y));
  }
  if (x !== 0n && y > 0n && bits(x) > MAX_INT_BITS / Number(y)) return null;
  return int(x ** y);
}

function floatPower(x: number, y: number): Folded {
  if (x === 0 && y < 0) return null;
  if (x === 1 || y === 0) return float(1);
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    return complexPower({ re: x, im: 0, isReal: true }, { re: y, im: 0, isReal: true });
  }
  if (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) return float(1);
  const r = correctPow(x, y);
  if (!Number.isFinite(r) && Number.isFinite(x) && Number.isFinite(y)) return null;
  return float(r);
}

function complexQuotient(a: Complex, b: Complex): Complex | null {
  const absRe = Math.abs(b.re);
  const absIm = Math.abs(b.im);
  if (absRe >= absIm) {
    if (absRe === 0) return null;
    const ratio = b.im / b.re;
    const denom = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / denom, im: (a.im - a.re * ratio) / denom, isReal: false };
  }
  const ratio = b.re / b.im;
  const denom = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / denom, im: (a.im * ratio - a.re) / denom, isReal: false };
}

const complexProduct = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
  isReal: false,
});

function complexPower(a: Complex, b: Complex): Folded {
  const finish = (z: Complex | null): Folded =>
    z === null || !Number.isFinite(z.re) || !Number.isFinite(z.im) ? null : { kind: 'complex', real: z.re, imag: z.im };
  if (b.im === 0 && Number.isInteger(b.re) && Math.abs(b.re) <= 100) {
    const one: Complex = { re: 1, im: 0, isReal: false };
    let r = one;
    let p = a;
    const n = Math.abs(b.re);
    for (let mask = 1; mask > 0 && n >= mask; mask <<= 1) {
      if ((n & mask) !== 0) r = complexProduct(r, p);
      p = complexProduct(p, p);
    }
    return finish(b.re > 0 ? r : complexQuotient(one, r));
  }
  if (b.re === 0 && b.im === 0) return finish({ re: 1, im: 0, isReal: false });
  if (a.re === 0 && a.im === 0) {
    return b.im !== 0 || b.re < 0 ? null : finish({ re: 0, im: 0, isReal: false });
  }
  const vabs = Math.hypot(a.re, a.im);
  let len = correctPow(vabs, b.re);
  const at = Math.atan2(a.im, a.re);
  let phase = at * b.re;
  if (b.im !== 0) {
    len *= Math.exp(-at * b.im);
    phase += b.im * Math.log(vabs);
  }
  return finish({ re: len * Math.cos(phase), im: len * Math.sin(phase), isReal: false });
}

/** Complex arithmetic; from 3.14 on a real operand stays real, which shows in signs of zeros. */
function complexArithmetic(a: Complex, b: Complex, op: NB, profile: Profile): Folded {
  const mixed = profile !== '3.13';
  const make = (re: number, im: number): Folded => ({ kind: 'complex', real: re, imag: im });
  switch (op) {
    case NB.ADD:
      if (mixed && b.isReal) return make(a.re + b.re, a.im);
      if (mixed && a.isReal) return make(a.re + b.re, b.im);
      return make(a.re + b.re, a.im + b.im);
    case NB.SUBTRACT:
      if (mixed && b.isReal) return make(a.re - b.re, a.im);
      if (mixed && a.isReal) return make(a.re - b.re, -b.im);
      return make(a.re - b.re, a.im - b.im);
    case NB.MULTIPLY: {
      if (mixed && b.isReal) return make(a.re * b.re, a.im * b.re);
      if (mixed && a.isReal) return make(a.re * b.re, a.re * b.im);
      const z = complexProduct(a, b);
      return make(z.re, z.im);
    }
    case NB.TRUE_DIVIDE: {
      if (mixed && b.isReal) return b.re === 0 ? null : make(a.re / b.re, a.im / b.re);
      const z = complexQuotient(a, b);
      return z === null ? null : make(z.re, z.im);
    }
    case NB.POWER:
      return complexPower(a, b);
    default:
      return null;
  }
}

function numeric(a: ConstValue, b: ConstValue, op: NB, profile: Profile): Folded {
  const x = asInt(a);
  const y = asInt(b);
  if (x !== null && y !== null) {
    switch (op) {
      case NB.ADD:
        return int(x + y);
      case NB.SUBTRACT:
        return int(x - y);
      case NB.TRUE_DIVIDE: {
        if (y === 0n) return null;
        const r = trueDivide(x, y);
        return r === null ? null : float(r);
      }
      case NB.FLOOR_DIVIDE:
        return y === 0n ? null : int(floorDiv(x, y));
      case NB.REMAINDER:
        return y === 0n ? null : int(x - floorDiv(x, y) * y);
      case NB.POWER:
        return intPower(x, y);
      case NB.LSHIFT:
        if (y < 0n || (x !== 0n && y > BigInt(Math.max(0, MAX_INT_BITS - bits(x))))) return null;
        return int(x === 0n ? 0n : x << y);
      case NB.RSHIFT:
        return y < 0n ? null : int(x >> y);
      case NB.OR:
      case NB.XOR:
      case NB.AND: {
        const r = op === NB.OR ? x | y : op === NB.XOR ? x ^ y : x & y;
        return a.kind === 'bool' && b.kind === 'bool' ? bool(r !== 0n) : int(r);
      }
      default:
        return null;
    }
  }
  if (a.kind === 'complex' || b.kind === 'complex') {
    const z = asComplex(a);
    const w = asComplex(b);
    return z === null || w === null ? null : complexArithmetic(z, w, op, profile);
  }
  const f = asFloat(a);
  const g = asFloat(b);
  if (f === null || g === null) return null;
  switch (op) {
    case NB.ADD:
      return float(f + g);
    case NB.SUBTRACT:
      return float(f - g);
    case NB.MULTIPLY:
      return float(f * g);
    case NB.TRUE_DIVIDE:
      return g === 0 ? null : float(f / g);
    case NB.FLOOR_DIVIDE:
      return g === 0 ? null : float(floatFloorDiv(f, g));
    case NB.REMAINDER:
      return g === 0 ? null : float(floatMod(f, g));
    case NB.POWER:
      return floatPower(f, g);
    default:
      return null;
  }
}

function concat(a: ConstValue, b: ConstValue): Folded | undefined {
  if (a.kind === 'str' && b.kind === 'str') return str(a.value + b.value);
  if (a.kind === 'tuple' && b.kind === 'tuple') return tuple([...a.items, ...b.items]);
  if (a.kind === 'bytes' && b.kind === 'bytes') {
    const out = new Uint8Array(a.value.length + b.value.length);
    out.set(a.value);
    out.set(b.value, a.value.length);
    return { kind: 'bytes', value: out };
  }
  return undefined;
}

/** `slice.indices`, or null where a bound is no int. */
function sliceIndices(s: Extract<ConstValue, { kind: 'slice' }>, length: number): number[] | null {
  const whole = (v: ConstValue): bigint | null | undefined => (v.kind === 'none' ? undefined : asInt(v));
  const start = whole(s.start);
  const stop = whole(s.stop);
  const step = whole(s.step) ?? (s.step.kind === 'none' ? 1n : null);
  if (start === null || stop === null || step === null || step === 0n) return null;
  const n = BigInt(length);
  const low = step < 0n ? -1n : 0n;
  const high = step < 0n ? n - 1n : n;
  const clamp = (v: bigint): bigint => {
    const w = v < 0n ? v + n : v;
    return w < low ? low : w > high ? high : w;
  };
  const from = start === undefined ? (step < 0n ? high : low) : clamp(start);
  const to = stop === undefined ? (step < 0n ? low : high) : clamp(stop);
  const out: number[] = [];
  for (let i = from; step > 0n ? i < to : i > to; i += step) out.push(Number(i));
  return out;
}

function subscript(v: ConstValue, key: ConstValue): Folded {
  if (v.kind !== 'str' && v.kind !== 'bytes' && v.kind !== 'tuple') return null;
  const chars = v.kind === 'str' ? codePoints(v.value) : null;
  const length = v.kind === 'tuple' ? v.items.length : chars !== null ? chars.length : v.value.length;
  if (key.kind === 'slice') {
    const indices = sliceIndices(key, length);
    if (indices === null) return null;
    if (v.kind === 'tuple') return tuple(indices.map((i) => v.items[i]!));
    if (v.kind === 'bytes') return { kind: 'bytes', value: Uint8Array.from(indices, (i) => v.value[i]!) };
    return str(indices.map((i) => chars![i]!).join(''));
  }
  const n = asInt(key);
  if (n === null) return null;
  const i = Number(n < 0n ? n + BigInt(length) : n);
  if (!(i >= 0 && i < length)) return null;
  if (v.kind === 'tuple') return v.items[i]!;
  if (v.kind === 'bytes') return int(v.value[i]!);
  return str(chars![i]!);
}

export function foldBinary(a: ConstValue, op: NB, b: ConstValue, profile: Profile): Folded {
  switch (op) {
    case NB.ADD:
      return concat(a, b) ?? numeric(a, b, op, profile);
    case NB.MULTIPLY:
      return multiply(a, b, profile);
    case NB.REMAINDER:
      return a.kind === 'str' || a.kind === 'bytes' ? null : numeric(a, b, op, profile);
    case NB.SUBSCR:
      return subscript(a, b);
    default:
      return numeric(a, b, op, profile);
  }
}

export function foldUnary(v: ConstValue, op: 'UAdd' | 'USub' | 'Invert' | 'Not'): Folded {
  if (op === 'Not') return bool(!isTrue(v));
  // It warns, when it runs.
  if (op === 'Invert' && v.kind === 'bool') return null;
  const n = asInt(v);
  if (n !== null) return int(op === 'UAdd' ? n : op === 'USub' ? -n : ~n);
  if (op === 'Invert') return null;
  if (v.kind === 'float') return float(op === 'UAdd' ? v.value : -v.value);
  if (v.kind === 'complex') return op === 'UAdd' ? v : { kind: 'complex', real: -v.real, imag: -v.imag };
  return null;
}
