/** The type `int` (Objects/longobject.c): its constructor, methods and slots. */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { asIndex, isBytes, isStr, isTrue, numberIndex, typeName } from './abstract';
import { bytesValue, newBytes } from './bytes';
import { bytesLike, intFromBytes, numberLong } from './number-convert';
import { divideHalfEven } from './float-repr';
import { formatIntSpec } from './format';
import { params, parseArgs } from './getargs';
import { isInstanceOf } from './type-lookup';
import {
  bitLength,
  INT_WORDS,
  intDealloc,
  intFromBigInt,
  intFromInt32,
  intFromNumber,
  intSizeof,
  intToBigInt,
  newIntOfType,
} from './int';
import * as ops from './int-ops';
import { intFromText, intToDecimal } from './int-text';
import type { Runtime } from './runtime';
import { freshStr, strFrom, strValue } from './str';
import { tuplePack } from './tuple';
import { objectBytes } from './bytes-convert';

const NEW = params('int', 'x=, /, base=');

function intNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (args.length - (kwnames?.length ?? 0) > 2) {
    return rt.raise('TypeError', `int expected at most 2 arguments, got ${args.length}`);
  }
  const a = parseArgs(rt, NEW, args, kwnames);
  if (a === null) return 0;
  const value = intNewExact(rt, a[0]!, a[1]!);
  if (value === 0 || type === rt.types.int.handle) return value;
  const h = newIntOfType(rt, type, value);
  rt.decref(value);
  return h;
}

function intNewExact(rt: Runtime, x: Handle, baseArg: Handle): Handle {
  if (x === 0) return baseArg === 0 ? intFromInt32(rt, 0) : rt.raise('TypeError', 'int() missing string argument');
  if (baseArg === 0) return numberLong(rt, x);
  const base = asIndex(rt, baseArg);
  if (base === null) return 0;
  if (base !== 0 && (base < 2 || base > 36)) return rt.raise('ValueError', 'int() base must be >= 2 and <= 36, or 0');
  if (isStr(rt, x)) return intFromText(rt, strValue(rt, x), base);
  const data = isBytes(rt, x) || isInstanceOf(rt, x, rt.types.bytearray) ? bytesLike(rt, x) : null;
  if (data !== null) return intFromBytes(rt, data, base);
  return rt.raise('TypeError', "int() can't convert non-string with explicit base");
}

function intRepr(rt: Runtime, h: Handle): Handle {
  const text = intToDecimal(rt, h);
  return text === null ? 0 : freshStr(rt, text);
}

// ---- bytes -------------------------------------------------------------------------------------------------------------

/** True for 'little'; null with ValueError. */
function isLittle(rt: Runtime, h: Handle): boolean | null {
  if (h === 0) return false;
  const text = isStr(rt, h) ? strValue(rt, h) : '';
  if (text === 'little') return true;
  if (text === 'big') return false;
  rt.raise('ValueError', "byteorder must be either 'little' or 'big'");
  return null;
}

function toBytes(rt: Runtime, self: Handle, args: Handle[]): Handle {
  const length = args[0] === 0 ? 1 : asIndex(rt, args[0]!, 'OverflowError');
  if (length === null) return 0;
  if (args[1] !== 0 && !isStr(rt, args[1]!)) {
    return rt.raise('TypeError', `to_bytes() argument 'byteorder' must be str, not ${typeName(rt, args[1]!)}`);
  }
  const signed = args[2] === 0 ? 0 : isTrue(rt, args[2]!);
  if (signed < 0) return 0;
  const little = isLittle(rt, args[1]!);
  if (little === null) return 0;
  if (length < 0) return rt.raise('ValueError', 'length argument must be non-negative');
  if (length > 1 << 26) return rt.raise('MemoryError', '');
  const value = intToBigInt(rt, self);
  if (value < 0n && !signed) return rt.raise('OverflowError', "can't convert negative int to unsigned");
  const bits = BigInt(length) * 8n;
  const tooBig =
    signed && length > 0
      ? value >= 1n << (bits - 1n) || value < -(1n << (bits - 1n))
      : value >= 1n << bits || value < 0n;
  if (tooBig) return rt.raise('OverflowError', 'int too big to convert');
  const hex = BigInt.asUintN(length * 8, value)
    .toString(16)
    .padStart(length * 2, '0');
  const data = new Uint8Array(length);
  for (let i = 0; i < length; i++) data[little ? length - 1 - i : i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return newBytes(rt, data);
}

function fromBytes(rt: Runtime, type: Handle, args: Handle[]): Handle {
  const signed = args[2] === 0 ? 0 : isTrue(rt, args[2]!);
  if (signed < 0) return 0;
  if (args[1] !== 0 && !isStr(rt, args[1]!)) {
    return rt.raise('TypeError', `from_bytes() argument 'byteorder' must be str, not ${typeName(rt, args[1]!)}`);
  }
  const little = isLittle(rt, args[1]!);
  if (little === null) return 0;
  const bytes = objectBytes(rt, args[0]!);
  if (bytes === 0) return 0;
  const data = bytesValue(rt, bytes);
  let hex = '';
  for (let i = 0; i < data.length; i++) hex += data[little ? data.length - 1 - i : i]!.toString(16).padStart(2, '0');
  let value = hex === '' ? 0n : BigInt(`0x${hex}`);
  if (signed) value = BigInt.asIntN(data.length * 8, value);
  rt.decref(bytes);
  const result = intFromBigInt(rt, value);
  if (type === rt.types.int.handle) return result;
  const h = rt.call(type, [result]);
  rt.decref(result);
  return h;
}

// ---- other methods -------------------------------------------------------------------------------------------------------

function round(rt: Runtime, self: Handle, args: Handle[]): Handle {
  if (args.length === 0 || args[0] === rt.None) return ops.intPositive(rt, self);
  const n = numberIndex(rt, args[0]!);
  if (n === 0) return 0;
  const places = intToBigInt(rt, n);
  rt.decref(n);
  if (places >= 0n) return ops.intPositive(rt, self);
  const value = intToBigInt(rt, self);
  const magnitude = value < 0n ? -value : value;
  // Rounded to more digits than the number has: nothing is left.
  if (-places > BigInt(bitLength(magnitude))) return intFromInt32(rt, 0);
  const unit = 10n ** -places;
  const rounded = divideHalfEven(magnitude, unit) * unit;
  return intFromBigInt(rt, value < 0n ? -rounded : rounded);
}

function bitCount(rt: Runtime, self: Handle): Handle {
  const value = intToBigInt(rt, self);
  let n = 0;
  for (const c of (value < 0n ? -value : value).toString(16)) n += '0112122312232334'.charCodeAt(parseInt(c, 16)) - 48;
  return intFromNumber(rt, n);
}

function asIntegerRatio(rt: Runtime, self: Handle): Handle {
  const numerator = ops.intPositive(rt, self);
  const pair = tuplePack(rt, numerator, intFromInt32(rt, 1));
  rt.decref(numerator);
  return pair;
}

function getNewArgs(rt: Runtime, self: Handle): Handle {
  const exact = rt.is(self, rt.types.int) ? intFromBigInt(rt, intToBigInt(rt, self)) : ops.intPositive(rt, self);
  const tuple = tuplePack(rt, exact);
  rt.decref(exact);
  return tuple;
}

const toInt = { kind: 'noargs', fn: (rt: Runtime, self: Handle) => ops.intPositive(rt, self) } as const;

export const intSpec: TypeSpec = {
  name: 'int',
  words: INT_WORDS,
  basicsize: 24,
  itemsize: 4,
  flags: TPFLAGS.BASETYPE | TPFLAGS.LONG_SUBCLASS,
  doc: 'Convert a number or string to an integer, or return 0 if no arguments are given.',
  slots: {
    tp_new: intNew,
    tp_dealloc: intDealloc,
    tp_repr: intRepr,
    tp_hash: ops.intHash,
    tp_richcompare: ops.intRichCompare,
    nb_add: ops.intAddSlot,
    nb_subtract: ops.intSubtractSlot,
    nb_multiply: ops.intMultiplySlot,
    nb_remainder: ops.intRemainder,
    nb_divmod: ops.intDivmod,
    nb_power: ops.intPower,
    nb_negative: ops.intNegative,
    nb_positive: ops.intPositive,
    nb_absolute: ops.intAbsolute,
    nb_bool: ops.intBool,
    nb_invert: ops.intInvert,
    nb_lshift: ops.intLshift,
    nb_rshift: ops.intRshift,
    nb_and: ops.intAnd,
    nb_xor: ops.intXor,
    nb_or: ops.intOr,
    nb_int: ops.intPositive,
    nb_float: ops.intToFloat,
    nb_floor_divide: ops.intFloorDivide,
    nb_true_divide: ops.intTrueDivide,
    nb_index: ops.intPositive,
  },
  methods: {
    conjugate: toInt,
    bit_length: { kind: 'noargs', fn: (rt: Runtime, self) => intFromNumber(rt, bitLength(intToBigInt(rt, self))) },
    bit_count: { kind: 'noargs', fn: bitCount },
    to_bytes: { kind: 'clinic', params: 'length=, byteorder=, *, signed=', fn: toBytes },
    as_integer_ratio: { kind: 'noargs', fn: asIntegerRatio },
    is_integer: { kind: 'noargs', fn: (rt: Runtime) => rt.True },
    __trunc__: toInt,
    __floor__: toInt,
    __ceil__: toInt,
    __round__: { kind: 'fast', min: 0, max: 1, fn: round },
    __getnewargs__: { kind: 'noargs', fn: getNewArgs },
    __format__: { kind: 'o', fn: formatIntMethod },
    __sizeof__: { kind: 'noargs', fn: (rt: Runtime, self) => intFromNumber(rt, intSizeof(rt, self)) },
  },
  classmethods: {
    from_bytes: { kind: 'clinic', params: 'bytes, byteorder=, *, signed=', fn: fromBytes },
  },
  getset: {
    real: { get: (rt: Runtime, self) => ops.intPositive(rt, self), doc: 'the real part of a complex number' },
    imag: { get: (rt: Runtime) => intFromInt32(rt, 0), doc: 'the imaginary part of a complex number' },
    numerator: {
      get: (rt: Runtime, self) => ops.intPositive(rt, self),
      doc: 'the numerator of a rational number in lowest terms',
    },
    denominator: {
      get: (rt: Runtime) => intFromInt32(rt, 1),
      doc: 'the denominator of a rational number in lowest terms',
    },
  },
};

function formatIntMethod(rt: Runtime, self: Handle, spec: Handle): Handle {
  if (!isStr(rt, spec)) return rt.raise('TypeError', `__format__() argument must be str, not ${typeName(rt, spec)}`);
  const text = formatIntSpec(rt, self, strValue(rt, spec));
  return text === null ? 0 : strFrom(rt, text);
}
