/**
 * `int(x)`, `float(x)` and the double behind any real number (Objects/abstract.c: `PyNumber_Long`, `PyNumber_Float`;
 * Objects/floatobject.c: `PyFloat_AsDouble`).
 */
import type { Handle } from '../heap/layout';
import { isBytes, isInt, isStr, numberIndex, typeName } from './abstract';
import { bytesLent } from './buffer';
import { bytesValue } from './bytes';
import { floatValue, newFloat, newNan } from './float';
import { parseDouble } from './float-repr';
import { intFromBigInt, intFromNumber } from './int';
import { intAsDouble, intPositive } from './int-ops';
import { decimalAndSpaceToAscii, intFromText } from './int-text';
import type { Runtime } from './runtime';
import { reprOfBytes, reprOfText } from './str-repr';
import { strValue } from './str';
import { isInstanceOf, typeLookup } from './type-lookup';

export const isFloat = (rt: Runtime, h: Handle): boolean =>
  rt.is(h, rt.types.float) || isInstanceOf(rt, h, rt.types.float);

/** The bytes as text, one character each. */
export function latin1Text(data: Uint8Array): string {
  let out = '';
  for (let i = 0; i < data.length; i += 8192) out += String.fromCharCode(...data.subarray(i, i + 8192));
  return out;
}

/** The content of an object that lends its bytes (not to be written or kept), or null without an exception. */
export function bytesLike(rt: Runtime, h: Handle): Uint8Array | null {
  return isBytes(rt, h) ? bytesValue(rt, h) : bytesLent(rt, h);
}

/** A new exact int of whatever `int(x)` accepts. */
export function numberLong(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.int)) return rt.newRef(h);
  const tp = rt.tp(h);
  if (tp.nb_int !== null) {
    const r = tp.nb_int(rt, h);
    return r === 0 ? 0 : exactInt(rt, r, '__int__');
  }
  if (tp.nb_index !== null) {
    const r = numberIndex(rt, h);
    return r === 0 ? 0 : exactInt(rt, r, '__index__');
  }
  if (rt.facts.name === '3.13') {
    const truncated = callTrunc(rt, h);
    if (truncated !== null) return truncated;
  }
  if (isStr(rt, h)) return intFromText(rt, strValue(rt, h), 10);
  const data = bytesLike(rt, h);
  if (data !== null) return intFromBytes(rt, data, 10);
  return rt.raise(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${tp.name}'`,
  );
}

/** `__trunc__`, which 3.14 asks no more: a new int, 0 with an exception, or null: there is none. */
function callTrunc(rt: Runtime, h: Handle): Handle | null {
  const method = typeLookup(rt, rt.tp(h), rt.id('__trunc__'));
  if (method === 0) return null;
  if (!rt.warn('DeprecationWarning', 'The delegation of int() to __trunc__ is deprecated.')) return 0;
  const r = rt.call(method, [h]);
  if (r === 0) return 0;
  if (isInt(rt, r)) return exactInt(rt, r, '__trunc__');
  if (rt.tp(r).nb_index === null) {
    rt.raise('TypeError', `__trunc__ returned non-Integral (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  const i = numberIndex(rt, r);
  rt.decref(r);
  return i === 0 ? 0 : exactInt(rt, i, '__index__');
}

export function intFromBytes(rt: Runtime, data: Uint8Array, base: number): Handle {
  return intFromText(rt, latin1Text(data), base, `b${reprOfBytes(data)}`);
}

/** Takes `r` over; an int of a subclass becomes an exact one. */
function exactInt(rt: Runtime, r: Handle, method: string): Handle {
  if (rt.is(r, rt.types.int)) return r;
  if (!isInt(rt, r)) {
    rt.raise('TypeError', `${method} returned non-int (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  if (!subclassWarned(rt, r, method, 'int', typeName(rt, r))) return 0;
  const exact = intPositive(rt, r);
  rt.decref(r);
  return exact;
}

/** A number of a strict subclass will do, with a warning; false with an exception, `r` released. */
function subclassWarned(rt: Runtime, r: Handle, method: string, kind: 'int' | 'float', shown: string): boolean {
  const message =
    `${method} returned non-${kind} (type ${shown}).  The ability to return an instance of a strict subclass of ` +
    `${kind} is deprecated, and may not be allowed in a future version of Python.`;
  if (rt.warn('DeprecationWarning', message)) return true;
  rt.decref(r);
  return false;
}

/** `PyFloat_AsDouble`: null with an exception. */
export function asDouble(rt: Runtime, h: Handle): number | null {
  if (rt.is(h, rt.types.float)) return floatValue(rt, h);
  if (isFloat(rt, h)) return floatValue(rt, h);
  const tp = rt.tp(h);
  if (tp.nb_float === null) {
    if (tp.nb_index === null) {
      rt.raise('TypeError', `must be real number, not ${tp.name}`);
      return null;
    }
    const i = numberIndex(rt, h);
    if (i === 0) return null;
    const x = intAsDouble(rt, i);
    rt.decref(i);
    return x;
  }
  const r = tp.nb_float(rt, h);
  if (r === 0) return null;
  if (!isFloat(rt, r)) {
    nonFloat(rt, h, r);
    return null;
  }
  if (!rt.is(r, rt.types.float) && !subclassWarned(rt, r, `${typeName(rt, h)}.__float__`, 'float', typeName(rt, r))) {
    return null;
  }
  const x = floatValue(rt, r);
  rt.decref(r);
  return x;
}

function nonFloat(rt: Runtime, h: Handle, r: Handle): 0 {
  rt.raise('TypeError', `${typeName(rt, h)}.__float__ returned non-float (type ${typeName(rt, r)})`);
  rt.decref(r);
  return 0;
}

/** A new exact float of whatever `float(x)` accepts. */
export function numberFloat(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.float)) return rt.newRef(h);
  const tp = rt.tp(h);
  if (tp.nb_float !== null) {
    const r = tp.nb_float(rt, h);
    if (r === 0 || rt.is(r, rt.types.float)) return r;
    if (!isFloat(rt, r)) return nonFloat(rt, h, r);
    if (!subclassWarned(rt, r, `${tp.name}.__float__`, 'float', typeName(rt, r))) return 0;
    const exact = newFloat(rt, floatValue(rt, r));
    rt.decref(r);
    return exact;
  }
  if (tp.nb_index !== null) {
    const x = asDouble(rt, h);
    return x === null ? 0 : newFloat(rt, x);
  }
  if (isStr(rt, h)) {
    const text = strValue(rt, h);
    return floatFromText(rt, decimalAndSpaceToAscii(text), reprOfText(text));
  }
  const data = bytesLike(rt, h);
  if (data !== null) return floatFromText(rt, latin1Text(data), `b${reprOfBytes(data)}`);
  return rt.raise('TypeError', `float() argument must be a string or a real number, not '${tp.name}'`);
}

function floatFromText(rt: Runtime, text: string, shown: string): Handle {
  let t = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
  // An underscore stands between digits or the text is no number.
  if (t.includes('_')) t = /(^|[^0-9])_|_([^0-9]|$)/.test(t) ? '' : t.replaceAll('_', '');
  const x = parseDouble(t);
  if (x !== null && Number.isNaN(x)) return newNan(rt, t.startsWith('-'));
  if (x === null) return rt.raise('ValueError', `could not convert string to float: ${shown}`);
  return newFloat(rt, x);
}

/** `PyLong_FromDouble`: truncates; OverflowError or ValueError for inf and nan. */
export function intFromDouble(rt: Runtime, x: number): Handle {
  if (Number.isNaN(x)) return rt.raise('ValueError', 'cannot convert float NaN to integer');
  if (Math.abs(x) === Infinity) return rt.raise('OverflowError', 'cannot convert float infinity to integer');
  const t = Math.trunc(x);
  return Number.isSafeInteger(t) ? intFromNumber(rt, t === 0 ? 0 : t) : intFromBigInt(rt, BigInt(t));
}
