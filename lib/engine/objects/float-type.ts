/** The type `float` (Objects/floatobject.c): its constructor, methods and slots. */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { isStr, numberIndex, typeName } from './abstract';
import { FLOAT_BYTES, FLOAT_WORDS, floatDealloc, floatValue, newFloat, newFloatOfType } from './float';
import * as ops from './float-ops';
import { fixedDigits, isNegative, reprDouble, scaledInteger } from './float-repr';
import { formatFloatSpec } from './format';
import { decomposeDouble } from './hash';
import { intFromBigInt, intToIndex } from './int';
import { intFromDouble, asDouble, numberFloat } from './number-convert';
import { roundedDouble } from './int-ops';
import type { Runtime } from './runtime';
import { strFrom, strOfKind, StrKind, strValue } from './str';
import { tuplePack } from './tuple';

function floatNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const plain = rt.slotsOfType(type).tp_init === rt.types.float.tp_init;
  if (plain && kwnames !== null && kwnames.length > 0)
    return rt.raise('TypeError', 'float() takes no keyword arguments');
  if (kwnames !== null) args = args.slice(0, args.length - kwnames.length);
  if (args.length > 1) return rt.raise('TypeError', `float expected at most 1 argument, got ${args.length}`);
  const value = args.length === 0 ? newFloat(rt, 0) : numberFloat(rt, args[0]!);
  if (value === 0 || type === rt.types.float.handle) return value;
  const h = newFloatOfType(rt, type, floatValue(rt, value));
  rt.decref(value);
  return h;
}

function floatRepr(rt: Runtime, h: Handle): Handle {
  return strOfKind(rt, reprDouble(floatValue(rt, h)), StrKind.Ascii);
}

// ---- rounding ------------------------------------------------------------------------------------------------------------

/** Half to even. */
function roundHalfEven(x: number): number {
  const r = Math.round(x);
  return Math.abs(x - Math.trunc(x)) === 0.5 ? 2 * Math.round(x / 2) : r;
}

function round(rt: Runtime, self: Handle, args: Handle[]): Handle {
  const x = floatValue(rt, self);
  if (args.length === 0 || args[0] === rt.None) return intFromDouble(rt, roundHalfEven(x));
  const index = numberIndex(rt, args[0]!);
  if (index === 0) return 0;
  const places = intToIndex(rt, index);
  rt.decref(index);
  if (!Number.isFinite(x) || places > 323) return newFloat(rt, x);
  if (places < -308) return newFloat(rt, isNegative(x) ? -0 : 0);
  const magnitude = Math.abs(x);
  const text = places >= 0 ? fixedDigits(magnitude, places) : `${scaledInteger(magnitude, places)}e${-places}`;
  const rounded = Number(text);
  if (rounded === Infinity) return rt.raise('OverflowError', 'rounded value too large to represent');
  return newFloat(rt, isNegative(x) ? -rounded : rounded);
}

// ---- exact forms ---------------------------------------------------------------------------------------------------------

function asIntegerRatio(rt: Runtime, self: Handle): Handle {
  const x = floatValue(rt, self);
  if (Number.isNaN(x)) return rt.raise('ValueError', 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(x)) return rt.raise('OverflowError', 'cannot convert Infinity to integer ratio');
  let { mantissa, exponent } = decomposeDouble(Math.abs(x));
  while (mantissa !== 0n && (mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  if (mantissa === 0n) exponent = 0;
  const numerator = exponent > 0 ? mantissa << BigInt(exponent) : mantissa;
  const n = intFromBigInt(rt, x < 0 ? -numerator : numerator);
  const d = intFromBigInt(rt, exponent < 0 ? 1n << BigInt(-exponent) : 1n);
  const pair = tuplePack(rt, n, d);
  rt.decref(n);
  rt.decref(d);
  return pair;
}

function hex(rt: Runtime, self: Handle): Handle {
  const x = floatValue(rt, self);
  if (!Number.isFinite(x)) return floatRepr(rt, self);
  const sign = isNegative(x) ? '-' : '';
  if (x === 0) return strFrom(rt, `${sign}0x0.0p+0`);
  let { mantissa, exponent } = decomposeDouble(Math.abs(x));
  exponent += 52;
  // Subnormal numbers keep a leading 0.
  const digits = mantissa.toString(16).padStart(14, '0');
  return strFrom(rt, `${sign}0x${digits[0]}.${digits.slice(1)}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`);
}

const HEX_FLOAT = /^([+-]?)(?:(inf|infinity|nan)|(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?)$/i;

function fromHex(rt: Runtime, type: Handle, arg: Handle): Handle {
  if (!isStr(rt, arg)) return rt.raise('TypeError', `fromhex() argument must be str, not ${typeName(rt, arg)}`);
  const m = HEX_FLOAT.exec(strValue(rt, arg).replace(/^[ \t-\r]+|[ \t-\r]+$/g, ''));
  const fraction = m?.[4] ?? '';
  if (m === null || (m[2] === undefined && (m[3] ?? '') + fraction === '')) {
    return rt.raise('ValueError', 'invalid hexadecimal floating-point string');
  }
  let x: number;
  if (m[2] !== undefined) {
    x = m[2].toLowerCase() === 'nan' ? NaN : Infinity;
  } else {
    const exponent = Number(m[5] ?? '0') - 4 * fraction.length;
    const digits = BigInt(`0x${m[3]}${fraction}`);
    x = digits === 0n ? 0 : roundedDouble(digits, Math.max(-100000, Math.min(100000, exponent)));
    if (x === Infinity) return rt.raise('OverflowError', 'hexadecimal value too large to represent as a float');
  }
  return ofClass(rt, type, newFloat(rt, m[1] === '-' ? -x : x));
}

/** The float itself (stolen), or what the subclass makes of it. */
function ofClass(rt: Runtime, type: Handle, value: Handle): Handle {
  if (value === 0 || type === rt.types.float.handle) return value;
  const h = rt.call(type, [value]);
  rt.decref(value);
  return h;
}

function fromNumber(rt: Runtime, type: Handle, arg: Handle): Handle {
  if (rt.is(arg, rt.types.float) && type === rt.types.float.handle) return rt.newRef(arg);
  const x = asDouble(rt, arg);
  return x === null ? 0 : ofClass(rt, type, newFloat(rt, x));
}

function getFormat(rt: Runtime, _type: Handle, arg: Handle): Handle {
  if (!isStr(rt, arg)) return rt.raise('TypeError', `__getformat__() argument must be str, not ${typeName(rt, arg)}`);
  const text = strValue(rt, arg);
  if (text !== 'double' && text !== 'float')
    return rt.raise('ValueError', "__getformat__() argument 1 must be 'double' or 'float'");
  return strFrom(rt, 'IEEE, little-endian');
}

function format(rt: Runtime, self: Handle, spec: Handle): Handle {
  if (!isStr(rt, spec)) return rt.raise('TypeError', `__format__() argument must be str, not ${typeName(rt, spec)}`);
  const text = formatFloatSpec(rt, self, strValue(rt, spec));
  return text === null ? 0 : strFrom(rt, text);
}

function getNewArgs(rt: Runtime, self: Handle): Handle {
  const x = newFloat(rt, floatValue(rt, self));
  const tuple = tuplePack(rt, x);
  rt.decref(x);
  return tuple;
}

const toFloat = (rt: Runtime, self: Handle): Handle => ops.floatPositive(rt, self);

export const floatSpec: TypeSpec = {
  name: 'float',
  words: FLOAT_WORDS,
  basicsize: FLOAT_BYTES,
  flags: TPFLAGS.BASETYPE,
  doc: 'Convert a string or number to a floating-point number, if possible.',
  slots: {
    tp_new: floatNew,
    tp_dealloc: floatDealloc,
    tp_repr: floatRepr,
    tp_hash: ops.floatHash,
    tp_richcompare: ops.floatRichCompare,
    nb_add: ops.floatAdd,
    nb_subtract: ops.floatSubtract,
    nb_multiply: ops.floatMultiply,
    nb_remainder: ops.floatRemainder,
    nb_divmod: ops.floatDivmod,
    nb_power: ops.floatPower,
    nb_negative: ops.floatNegative,
    nb_positive: ops.floatPositive,
    nb_absolute: ops.floatAbsolute,
    nb_bool: ops.floatBool,
    nb_int: ops.floatToInt,
    nb_float: ops.floatPositive,
    nb_floor_divide: ops.floatFloorDivide,
    nb_true_divide: ops.floatTrueDivide,
  },
  methods: {
    conjugate: { kind: 'noargs', fn: toFloat },
    __trunc__: { kind: 'noargs', fn: ops.floatToInt },
    __floor__: { kind: 'noargs', fn: (r: Runtime, self) => intFromDouble(r, Math.floor(floatValue(r, self))) },
    __ceil__: { kind: 'noargs', fn: (r: Runtime, self) => intFromDouble(r, Math.ceil(floatValue(r, self))) },
    __round__: { kind: 'fast', min: 0, max: 1, fn: round },
    as_integer_ratio: { kind: 'noargs', fn: asIntegerRatio },
    hex: { kind: 'noargs', fn: hex },
    is_integer: { kind: 'noargs', fn: (r: Runtime, self) => r.bool(Number.isInteger(floatValue(r, self))) },
    __getnewargs__: { kind: 'noargs', fn: getNewArgs },
    __format__: { kind: 'o', fn: format },
  },
  classmethods: {
    fromhex: { kind: 'o', fn: fromHex },
    __getformat__: { kind: 'o', fn: getFormat },
    // DIFFERS: 3.13 has no from_number.
    from_number: { kind: 'o', fn: fromNumber },
  },
  getset: {
    real: { get: toFloat, doc: 'the real part of a complex number' },
    imag: { get: (r: Runtime) => newFloat(r, 0), doc: 'the imaginary part of a complex number' },
  },
};
