/** `complex` (Objects/complexobject.c): two doubles in the object's own words. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type TypeSpec } from '../heap/object';
import { isInt, isStr, str, typeName } from './abstract';
import { newFloat, floatValue, storeDouble } from './float';
import { formatDouble, isNegative, parseDouble } from './float-repr';
import { formatComplexSpec } from './format';
import { params, parseArgs } from './getargs';
import { hashDouble, hashToBigInt, hashFromBigInt } from './hash';
import { intToBigInt } from './int';
import { intAsDouble } from './int-ops';
import { decimalAndSpaceToAscii } from './int-text';
import { asDouble, isFloat } from './number-convert';
import { allocInstance, freeObject, newObject } from './object';
import { correctPow } from '../../utils/correct-pow';
import type { Runtime } from './runtime';
import { callSpecialBound } from './slotdefs';
import { strFrom, strValue } from './str';
import { tuplePack } from './tuple';
import { isInstanceOf, typeLookup } from './type-lookup';

export const COMPLEX_REAL = OB_FIELDS;
export const COMPLEX_IMAG = OB_FIELDS + 2;
export const COMPLEX_WORDS = 4;

export interface Complex {
  real: number;
  imag: number;
}

/** A new complex. */
export function newComplex(rt: Runtime, real: number, imag: number): Handle {
  return fill(rt, newObject(rt, rt.types.complex), real, imag);
}
function newComplexOfType(rt: Runtime, type: Handle, z: Complex): Handle {
  return fill(rt, allocInstance(rt, rt.slotsOfType(type)), z.real, z.imag);
}
function fill(rt: Runtime, h: Handle, real: number, imag: number): Handle {
  storeDouble(rt, h + COMPLEX_REAL, real);
  storeDouble(rt, h + COMPLEX_IMAG, imag);
  return h;
}
export function complexValue(rt: Runtime, h: Handle): Complex {
  return { real: rt.heap.f64[(h + COMPLEX_REAL) >> 1]!, imag: rt.heap.f64[(h + COMPLEX_IMAG) >> 1]! };
}
export const isComplex = (rt: Runtime, h: Handle): boolean =>
  rt.is(h, rt.types.complex) || isInstanceOf(rt, h, rt.types.complex);

// ---- arithmetic ------------------------------------------------------------------------------------------------------------

/** The number and whether it came from a real one; null: another type (or an exception). */
function operand(rt: Runtime, h: Handle): (Complex & { isReal: boolean }) | null {
  if (isComplex(rt, h)) return { ...complexValue(rt, h), isReal: false };
  if (isFloat(rt, h)) return { real: floatValue(rt, h), imag: 0, isReal: true };
  if (!isInt(rt, h)) return null;
  const x = intAsDouble(rt, h);
  return x === null ? null : { real: x, imag: 0, isReal: true };
}

type Operand = NonNullable<ReturnType<typeof operand>>;

function slot(op: (rt: Runtime, x: Operand, y: Operand, mixed: boolean) => Complex | null) {
  return (rt: Runtime, a: Handle, b: Handle): Handle => {
    const x = operand(rt, a);
    if (x === null) return rt.currentException !== 0 ? 0 : rt.NotImplemented;
    const y = operand(rt, b);
    if (y === null) return rt.currentException !== 0 ? 0 : rt.NotImplemented;
    // Since 3.14 a real operand is not made complex first: its imaginary part does not take part.
    const z = op(rt, x, y, rt.facts.name !== '3.13');
    return z === null ? 0 : newComplex(rt, z.real, z.imag);
  };
}

const add = slot((_rt, x, y, mixed) => ({
  real: x.real + y.real,
  imag: mixed && y.isReal ? x.imag : mixed && x.isReal ? y.imag : x.imag + y.imag,
}));
const subtract = slot((_rt, x, y, mixed) => ({
  real: x.real - y.real,
  imag: mixed && y.isReal ? x.imag : mixed && x.isReal ? -y.imag : x.imag - y.imag,
}));

export function complexProduct(x: Complex, y: Complex): Complex {
  return { real: x.real * y.real - x.imag * y.imag, imag: x.real * y.imag + x.imag * y.real };
}
const multiply = slot((_rt, x, y, mixed) => {
  if (mixed && y.isReal) return { real: x.real * y.real, imag: x.imag * y.real };
  if (mixed && x.isReal) return { real: x.real * y.real, imag: x.real * y.imag };
  return complexProduct(x, y);
});

/** Smith's method: divides by the larger part first, so that nothing overflows early. null: division by zero. */
export function complexQuotient(x: Complex, y: Complex): Complex | null {
  if (Math.abs(y.real) >= Math.abs(y.imag)) {
    if (y.real === 0) return null;
    const ratio = y.imag / y.real;
    const d = y.real + y.imag * ratio;
    return { real: (x.real + x.imag * ratio) / d, imag: (x.imag - x.real * ratio) / d };
  }
  if (Math.abs(y.imag) >= Math.abs(y.real)) {
    const ratio = y.real / y.imag;
    const d = y.real * ratio + y.imag;
    return { real: (x.real * ratio + x.imag) / d, imag: (x.imag * ratio - x.real) / d };
  }
  return { real: NaN, imag: NaN };
}
const divide = slot((rt, x, y, mixed) => {
  const q =
    mixed && y.isReal
      ? y.real === 0
        ? null
        : { real: x.real / y.real, imag: x.imag / y.real }
      : complexQuotient(x, y);
  if (q === null)
    rt.raise('ZeroDivisionError', rt.facts.name === '3.13' ? 'complex division by zero' : 'division by zero');
  return q;
});

function wholePower(z: Complex, n: number): Complex | null {
  let r: Complex = { real: 1, imag: 0 };
  let p = z;
  for (let mask = 1, e = Math.abs(n); mask <= e; mask <<= 1) {
    if ((e & mask) !== 0) r = complexProduct(r, p);
    p = complexProduct(p, p);
  }
  return n >= 0 ? r : complexQuotient({ real: 1, imag: 0 }, r);
}

const power2 = slot((rt, x, y) => {
  const zero = (): null => {
    rt.raise(
      'ZeroDivisionError',
      rt.facts.name === '3.13' ? '0.0 to a negative or complex power' : 'zero to a negative or complex power',
    );
    return null;
  };
  let r: Complex;
  if (y.imag === 0 && y.real === Math.floor(y.real) && Math.abs(y.real) <= 100) {
    const z = wholePower(x, y.real);
    if (z === null) return zero();
    r = z;
  } else if (x.real === 0 && x.imag === 0) {
    if (y.imag !== 0 || y.real < 0) return zero();
    r = { real: 0, imag: 0 };
  } else {
    const abs = Math.hypot(x.real, x.imag);
    let length = correctPow(abs, y.real);
    const angle = Math.atan2(x.imag, x.real);
    let phase = angle * y.real;
    if (y.imag !== 0) {
      length *= Math.exp(-angle * y.imag);
      phase += y.imag * Math.log(abs);
    }
    r = { real: length * Math.cos(phase), imag: length * Math.sin(phase) };
  }
  const finite =
    Number.isFinite(x.real) && Number.isFinite(x.imag) && Number.isFinite(y.real) && Number.isFinite(y.imag);
  if (finite && (Math.abs(r.real) === Infinity || Math.abs(r.imag) === Infinity)) {
    rt.raise('OverflowError', 'complex exponentiation');
    return null;
  }
  return r;
});

function power(rt: Runtime, a: Handle, b: Handle, c: Handle): Handle {
  return c === rt.None ? power2(rt, a, b) : rt.raise('ValueError', 'complex modulo');
}

function absolute(rt: Runtime, h: Handle): Handle {
  const z = complexValue(rt, h);
  const r = Math.hypot(z.real, z.imag);
  if (r === Infinity && Number.isFinite(z.real) && Number.isFinite(z.imag)) {
    return rt.raise('OverflowError', 'absolute value too large');
  }
  return newFloat(rt, r);
}

// ---- text, comparison, hash ------------------------------------------------------------------------------------------------

function signed(x: number, plus: string): string {
  return (isNegative(x) ? '-' : plus) + formatDouble(x, 'r', 0);
}
export function reprComplex(z: Complex): string {
  if (z.real === 0 && !isNegative(z.real)) return `${signed(z.imag, '')}j`;
  return `(${signed(z.real, '')}${signed(z.imag, '+')}j)`;
}

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (op !== CompareOp.EQ && op !== CompareOp.NE) return rt.NotImplemented;
  const x = complexValue(rt, a);
  let equal: boolean;
  if (isInt(rt, b)) {
    const y = intToBigInt(rt, b);
    equal = x.imag === 0 && x.real <= y && x.real >= y;
  } else if (isFloat(rt, b)) {
    equal = x.imag === 0 && x.real === floatValue(rt, b);
  } else if (isComplex(rt, b)) {
    const y = complexValue(rt, b);
    equal = x.real === y.real && x.imag === y.imag;
  } else {
    return rt.NotImplemented;
  }
  return rt.bool(equal === (op === CompareOp.EQ));
}

function hash(rt: Runtime, h: Handle): number {
  const z = complexValue(rt, h);
  const real = hashToBigInt(hashDouble(rt, h, z.real), rt.hashHigh);
  const imag = hashToBigInt(hashDouble(rt, h, z.imag), rt.hashHigh);
  return hashFromBigInt(rt, BigInt.asIntN(64, real + imag * 1000003n));
}

// ---- construction ------------------------------------------------------------------------------------------------------------

const NUMBER = '(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?|inf(?:inity)?|nan';
const COMPLEX = new RegExp(`^([+-]?(?:${NUMBER}))?(?:([+-]?(?:${NUMBER})?)(j))?$`, 'i');

function parseComplex(rt: Runtime, text: string): Complex | null {
  const fail = (): null => {
    rt.raise('ValueError', 'complex() arg is a malformed string');
    return null;
  };
  const trim = (s: string): string => s.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
  let t = trim(decimalAndSpaceToAscii(text));
  if (t.startsWith('(') && t.endsWith(')')) t = trim(t.slice(1, -1));
  if (t.includes('_')) {
    if (/(^|[^0-9])_|_([^0-9]|$)/.test(t)) return fail();
    t = t.replaceAll('_', '');
  }
  const only = /^([+-]?(?:[^+-]|(?<=e)[+-])*)j$/i.exec(t);
  const imagOf = (s: string): number | null => (s === '' || s === '+' ? 1 : s === '-' ? -1 : parseDouble(s));
  if (only !== null) {
    const imag = imagOf(only[1]!);
    if (imag !== null) return { real: 0, imag };
  }
  const m = COMPLEX.exec(t);
  if (t === '' || m === null) return fail();
  const real = m[1] === undefined ? 0 : parseDouble(m[1])!;
  if (m[3] === undefined) return m[1] === undefined ? fail() : { real, imag: 0 };
  if (!/^[+-]/.test(m[2]!)) return fail();
  return { real, imag: imagOf(m[2]!)! };
}

/** False with an exception: the warning was made one. */
function warnOfSubclass(rt: Runtime, type: string): boolean {
  const what = 'The ability to return an instance of a strict subclass of complex is deprecated';
  const text = `__complex__ returned non-complex (type ${type}).  ${what}, and may be removed in a future version of Python.`;
  return rt.warn('DeprecationWarning', text);
}

/** `__complex__`, or what a real number gives: null with an exception. */
function complexOf(rt: Runtime, h: Handle, argument: string): Complex | null {
  // The second argument of complex() is a number or nothing; the first may be of a class with a __complex__ of its own.
  const isSecond = argument === "complex() argument 'imag'";
  const isFirst = !isSecond && argument.startsWith('complex() argument');
  if (isFirst ? rt.is(h, rt.types.complex) : isComplex(rt, h)) return complexValue(rt, h);
  const method = isSecond ? 0 : typeLookup(rt, rt.tp(h), rt.id('__complex__'));
  if (method !== 0) {
    const r = callSpecialBound(rt, h, '__complex__', []);
    if (r === 0) return null;
    const z = isComplex(rt, r) ? complexValue(rt, r) : null;
    if (z === null) {
      rt.raise('TypeError', `__complex__ returned non-complex (type ${typeName(rt, r)})`);
    }
    const fits = z !== null && (rt.is(r, rt.types.complex) || warnOfSubclass(rt, typeName(rt, r)));
    rt.decref(r);
    return fits ? z : null;
  }
  const tp = rt.tp(h);
  if (tp.nb_float === null && tp.nb_index === null) {
    rt.raise(
      'TypeError',
      rt.facts.name === '3.13' && isSecond
        ? `complex() second argument must be a number, not '${tp.name}'`
        : rt.facts.name === '3.13'
          ? `complex() first argument must be a string or a number, not '${tp.name}'`
          : argument === 'complex() argument'
            ? `complex() argument must be a string or a number, not ${tp.name}`
            : `${argument} must be a real number, not ${tp.name}`,
    );
    return null;
  }
  const x = asDouble(rt, h);
  return x === null ? null : { real: x, imag: 0 };
}

const NEW = params('complex', 'real=, imag=');

function complexNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, NEW, args, kwnames);
  if (a === null) return 0;
  const z = newValue(rt, a[0]!, a[1]!);
  if (z === null) return 0;
  if (a[1] === 0 && a[0] !== 0 && rt.is(a[0]!, rt.types.complex) && type === rt.types.complex.handle)
    return rt.newRef(a[0]!);
  return newComplexOfType(rt, type, z);
}

function newValue(rt: Runtime, real: Handle, imag: Handle): Complex | null {
  if (real !== 0 && isStr(rt, real)) {
    if (imag === 0) return parseComplex(rt, strValue(rt, real));
    rt.raise(
      'TypeError',
      rt.facts.name === '3.13'
        ? "complex() can't take second arg if first is a string"
        : "complex() argument 'real' must be a real number, not str",
    );
    return null;
  }
  if (imag !== 0 && isStr(rt, imag)) {
    rt.raise(
      'TypeError',
      rt.facts.name === '3.13'
        ? "complex() second arg can't be a string"
        : "complex() argument 'imag' must be a real number, not str",
    );
    return null;
  }
  if (imag === 0) return real === 0 ? { real: 0, imag: 0 } : complexOf(rt, real, 'complex() argument');
  const x = real === 0 ? { real: 0, imag: 0 } : complexOf(rt, real, "complex() argument 'real'");
  if (x === null) return null;
  const y = complexOf(rt, imag, "complex() argument 'imag'");
  if (y === null) return null;
  return {
    real: isComplex(rt, imag) ? x.real - y.imag : x.real,
    imag: real !== 0 && isComplex(rt, real) ? x.imag + y.real : y.real,
  };
}

function format(rt: Runtime, self: Handle, spec: Handle): Handle {
  if (!isStr(rt, spec)) return rt.raise('TypeError', `__format__() argument must be str, not ${typeName(rt, spec)}`);
  const text = strValue(rt, spec);
  if (text === '') return str(rt, self);
  const z = complexValue(rt, self);
  const out = formatComplexSpec(rt, z.real, z.imag, typeName(rt, self), text);
  return out === null ? 0 : strFrom(rt, out);
}

function getNewArgs(rt: Runtime, self: Handle): Handle {
  const z = complexValue(rt, self);
  const real = newFloat(rt, z.real);
  const imag = newFloat(rt, z.imag);
  const t = tuplePack(rt, real, imag);
  rt.decref(real);
  rt.decref(imag);
  return t;
}

function positive(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.complex)) return rt.newRef(h);
  const z = complexValue(rt, h);
  return newComplex(rt, z.real, z.imag);
}

export const complexSpec: TypeSpec = {
  name: 'complex',
  words: COMPLEX_WORDS,
  basicsize: 32,
  flags: TPFLAGS.BASETYPE,
  doc: 'Create a complex number from a string or numbers.',
  slots: {
    tp_new: complexNew,
    tp_dealloc: (rt: Runtime, h: Handle) => freeObject(rt, h),
    tp_repr: (rt: Runtime, h: Handle) => strFrom(rt, reprComplex(complexValue(rt, h))),
    tp_hash: hash,
    tp_richcompare: richCompare,
    nb_add: add,
    nb_subtract: subtract,
    nb_multiply: multiply,
    nb_true_divide: divide,
    nb_power: power,
    nb_negative: (rt: Runtime, h: Handle) => {
      const z = complexValue(rt, h);
      return newComplex(rt, -z.real, -z.imag);
    },
    nb_positive: positive,
    nb_absolute: absolute,
    nb_bool: (rt: Runtime, h: Handle) => {
      const z = complexValue(rt, h);
      return z.real !== 0 || z.imag !== 0 ? 1 : 0;
    },
  },
  methods: {
    conjugate: {
      kind: 'noargs',
      fn: (rt: Runtime, self) => {
        const z = complexValue(rt, self);
        return newComplex(rt, z.real, -z.imag);
      },
    },
    __complex__: { kind: 'noargs', fn: positive },
    __getnewargs__: { kind: 'noargs', fn: getNewArgs },
    __format__: { kind: 'o', fn: format },
  },
  members: {
    real: {
      word: COMPLEX_REAL,
      readonly: true,
      get: (rt: Runtime, self: Handle) => newFloat(rt, complexValue(rt, self).real),
      doc: 'the real part of a complex number',
    },
    imag: {
      word: COMPLEX_IMAG,
      readonly: true,
      get: (rt: Runtime, self: Handle) => newFloat(rt, complexValue(rt, self).imag),
      doc: 'the imaginary part of a complex number',
    },
  },
};
