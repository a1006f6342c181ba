/**
 * Single items of binary data: the letters of formats that `struct`, `array` and `memoryview` share, in native size and
 * order (x86-64), read from bytes and written to them (Modules/_struct.c, native_table; Objects/floatobject.c, PyFloat_Pack).
 */
import type { Handle } from '../heap/layout';
import { isBytes, isTrue, numberIndex } from './abstract';
import { bytesValue, newBytes } from './bytes';
import { newFloat } from './float';
import { intFromBigInt, intFromInt32, intFromNumber, intToBigInt } from './int';
import { asDouble } from './number-convert';
import type { Runtime } from './runtime';

export type CodeKind = 'signed' | 'unsigned' | 'float' | 'bool' | 'char';
export interface ItemCode {
  readonly size: number;
  readonly kind: CodeKind;
}

const signed = (size: number): ItemCode => ({ size, kind: 'signed' });
const unsigned = (size: number): ItemCode => ({ size, kind: 'unsigned' });
const float = (size: number): ItemCode => ({ size, kind: 'float' });

/** Native formats of one item. */
export const NATIVE_CODES: Readonly<Record<string, ItemCode>> = {
  c: { size: 1, kind: 'char' },
  b: signed(1),
  B: unsigned(1),
  '?': { size: 1, kind: 'bool' },
  h: signed(2),
  H: unsigned(2),
  i: signed(4),
  I: unsigned(4),
  l: signed(8),
  L: unsigned(8),
  q: signed(8),
  Q: unsigned(8),
  n: signed(8),
  N: unsigned(8),
  P: unsigned(8),
  e: float(2),
  f: float(4),
  d: float(8),
};

/** The letter of a native format with an optional '@'; null for any other format. */
export function nativeLetter(format: string): string | null {
  const letter = format.startsWith('@') ? format.slice(1) : format;
  return letter.length === 1 && letter in NATIVE_CODES ? letter : null;
}

const view = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.byteLength);

/** The value as JavaScript has it: numbers up to 48 bits, bigints beyond. */
export function readInteger(
  data: Uint8Array,
  at: number,
  size: number,
  isSigned: boolean,
  little = true,
): number | bigint {
  const v = view(data);
  switch (size) {
    case 1:
      return isSigned ? v.getInt8(at) : v.getUint8(at);
    case 2:
      return isSigned ? v.getInt16(at, little) : v.getUint16(at, little);
    case 4:
      return isSigned ? v.getInt32(at, little) : v.getUint32(at, little);
    default:
      return isSigned ? v.getBigInt64(at, little) : v.getBigUint64(at, little);
  }
}

export function writeInteger(data: Uint8Array, at: number, size: number, value: bigint, little = true): void {
  const v = view(data);
  switch (size) {
    case 1:
      v.setUint8(at, Number(value & 255n));
      break;
    case 2:
      v.setUint16(at, Number(value & 0xffffn), little);
      break;
    case 4:
      v.setUint32(at, Number(value & 0xffffffffn), little);
      break;
    default:
      v.setBigUint64(at, BigInt.asUintN(64, value), little);
  }
}

export function integerFits(value: bigint, size: number, isSigned: boolean): boolean {
  const bits = size * 8;
  return (isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) === value;
}

/** A double from the 16 bits of a half. */
function halfToDouble(h: number): number {
  const sign = (h & 0x8000) !== 0 ? -1 : 1;
  const exponent = (h >> 10) & 31;
  const fraction = h & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The 16 bits of a half, rounded half to even; null: too large. */
function doubleToHalf(x: number): number | null {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  if (Number.isNaN(x)) return sign | 0x7e00;
  const a = Math.abs(x);
  if (a === Infinity) return sign | 0x7c00;
  const even = (y: number): number => {
    const f = Math.floor(y);
    const rest = y - f;
    return rest > 0.5 || (rest === 0.5 && f % 2 === 1) ? f + 1 : f;
  };
  if (a < 2 ** -14) return sign | even(a * 2 ** 24);
  let e = Math.floor(Math.log2(a));
  if (2 ** e > a) e--;
  if (2 ** (e + 1) <= a) e++;
  const bits = even((a / 2 ** e) * 1024 - 1024) + ((e + 15) << 10);
  return bits >= 0x7c00 ? null : sign | bits;
}

export function readDouble(data: Uint8Array, at: number, size: number, little = true): number {
  const v = view(data);
  if (size === 2) return halfToDouble(v.getUint16(at, little));
  return size === 4 ? v.getFloat32(at, little) : v.getFloat64(at, little);
}

/** False: the number is too large for the format. */
export function writeDouble(data: Uint8Array, at: number, size: number, x: number, little = true): boolean {
  const v = view(data);
  if (size === 2) {
    const half = doubleToHalf(x);
    if (half === null) return false;
    v.setUint16(at, half, little);
  } else if (size === 4) {
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) return false;
    v.setFloat32(at, x, little);
  } else v.setFloat64(at, x, little);
  return true;
}

/** A new object of the item at `at`. */
export function unpackItem(rt: Runtime, data: Uint8Array, at: number, code: ItemCode, little = true): Handle {
  switch (code.kind) {
    case 'char':
      return newBytes(rt, data.slice(at, at + 1));
    case 'bool':
      return rt.bool(data[at] !== 0);
    case 'float':
      return newFloat(rt, readDouble(data, at, code.size, little));
    default: {
      const n = readInteger(data, at, code.size, code.kind === 'signed', little);
      if (typeof n === 'bigint') return intFromBigInt(rt, n);
      return n === (n | 0) ? intFromInt32(rt, n) : intFromNumber(rt, n);
    }
  }
}

/** Why a value could not be packed; 'raised': an exception of the value's own code is set. */
export type PackFailure = 'type' | 'value' | 'raised';

/** Packs a value as `memoryview` does; null: done. */
export function packItem(rt: Runtime, data: Uint8Array, at: number, code: ItemCode, value: Handle): PackFailure | null {
  switch (code.kind) {
    case 'char': {
      if (!isBytes(rt, value)) return 'type';
      const bytes = bytesValue(rt, value);
      if (bytes.length !== 1) return 'value';
      data[at] = bytes[0]!;
      return null;
    }
    case 'bool': {
      const truth = isTrue(rt, value);
      if (truth < 0) return 'raised';
      data[at] = truth;
      return null;
    }
    case 'float': {
      const x = asDouble(rt, value);
      if (x === null) return failureOf(rt);
      return writeDouble(data, at, code.size, x) ? null : 'value';
    }
    default: {
      const i = numberIndex(rt, value);
      if (i === 0) return failureOf(rt);
      const n = intToBigInt(rt, i);
      rt.decref(i);
      if (!integerFits(n, code.size, code.kind === 'signed')) return 'value';
      writeInteger(data, at, code.size, n);
      return null;
    }
  }
}

/** `fix_error_int`: errors of a value's own code stay unless they are about its type or size. */
function failureOf(rt: Runtime): PackFailure {
  if (rt.errorMatches('TypeError')) {
    rt.clearError();
    return 'type';
  }
  if (rt.errorMatches('OverflowError') || rt.errorMatches('ValueError')) {
    rt.clearError();
    return 'value';
  }
  return 'raised';
}
