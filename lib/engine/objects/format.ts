/**
 * `format(value, spec)` (Objects/abstract.c, `PyObject_Format`) and what `__format__` of int, float, complex and str
 * does (Python/formatter_unicode.c). The text functions return null with an exception.
 */
import type { Handle } from '../heap/layout';
import { isStr, str, strText, typeName } from './abstract';
import { formatDouble, isNegative } from './float-repr';
import { type FormatSpec, layoutNumber, pad, parseFormatSpec, unknownCode } from './format-spec';
import { INT_LEAF, INT_VALUE, intToIndex, intValue } from './int';
import { intAsDouble } from './int-ops';
import { bigToDecimal, intToDecimal } from './int-text';
import type { Runtime } from './runtime';
import { strFrom, strKind, strLength, StrKind, strOfKind, strValue } from './str';
import { typeLookup } from './type-lookup';
import { floatValue } from './float';

// ---- PyObject_Format -----------------------------------------------------------------------------------------------------

/** A new str; `spec` is a str or 0. */
export function formatObject(rt: Runtime, h: Handle, spec: Handle): Handle {
  if (spec !== 0 && !isStr(rt, spec)) {
    return rt.raise('SystemError', `Format specifier must be a string, not ${typeName(rt, spec)}`);
  }
  const specText = spec === 0 ? '' : strValue(rt, spec);
  if (rt.is(h, rt.types.str)) return formatStr(rt, h, specText);
  if (rt.is(h, rt.types.int)) return formatExactInt(rt, h, specText);
  if (rt.is(h, rt.types.float)) return newText(rt, formatFloatSpec(rt, h, specText));
  const type = rt.tp(h);
  const method = typeLookup(rt, type, rt.id('__format__'));
  if (method === 0) return rt.raise('TypeError', `Type ${type.name} doesn't define __format__`);
  rt.incref(method);
  const get = rt.tp(method).tp_descr_get;
  let bound = method;
  if (get !== null) {
    bound = get(rt, method, h, rt.mem[h + 1]!);
    rt.decref(method);
    if (bound === 0) return 0;
  }
  const result = rt.call(bound, [spec === 0 ? rt.emptyStr : spec]);
  rt.decref(bound);
  if (result !== 0 && !isStr(rt, result)) {
    rt.raise('TypeError', `__format__ must return a str, not ${typeName(rt, result)}`);
    rt.decref(result);
    return 0;
  }
  return result;
}

function newText(rt: Runtime, text: string | null): Handle {
  return text === null ? 0 : strFrom(rt, text);
}

// ---- str -----------------------------------------------------------------------------------------------------------------

/** `str.__format__`: a new reference. */
export function formatStr(rt: Runtime, h: Handle, specText: string): Handle {
  if (specText === '') return rt.is(h, rt.types.str) ? rt.newRef(h) : str(rt, h);
  const spec = parseFormatSpec(rt, specText, typeName(rt, h), 's', '<');
  if (spec === null) return 0;
  if (spec.type !== 's') return unknownCode(rt, spec.type, typeName(rt, h)) ?? 0;
  if (spec.sign !== '') {
    return rt.raise('ValueError', `${spec.sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`);
  }
  if (spec.noNegativeZero)
    return rt.raise('ValueError', 'Negative zero coercion (z) not allowed in string format specifier');
  if (spec.alternate) return rt.raise('ValueError', 'Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') return rt.raise('ValueError', "'=' alignment not allowed in string format specifier");
  let text = strValue(rt, h);
  let length = strLength(rt, h);
  const exact = rt.is(h, rt.types.str);
  if (spec.precision >= 0 && spec.precision < length) {
    length = spec.precision;
    text = strKind(rt, h) === StrKind.Astral ? Array.from(text).slice(0, length).join('') : text.slice(0, length);
  } else if (exact && spec.width <= length) {
    return rt.newRef(h);
  }
  if (tooWide(rt, spec)) return 0;
  const padded = pad(text, length, spec);
  const isAscii = strKind(rt, h) === StrKind.Ascii && spec.fill.charCodeAt(0) < 0x80;
  return isAscii ? strOfKind(rt, padded, StrKind.Ascii) : strFrom(rt, padded);
}

const MAX_TEXT = 1 << 28;
function tooWide(rt: Runtime, spec: FormatSpec): boolean {
  if (spec.width <= MAX_TEXT) return false;
  rt.raise('MemoryError', '');
  return true;
}

// ---- int -----------------------------------------------------------------------------------------------------------------

/** An exact int's `__format__`: a new str. */
export function formatExactInt(rt: Runtime, h: Handle, specText: string): Handle {
  if (specText !== '' && rt.mem[h + INT_LEAF] === 0) {
    const spec = parseFormatSpec(rt, specText, 'int', 'd', '>');
    if (spec === null) return 0;
    if (isDecimal(spec) && spec.fill.charCodeAt(0) < 0x80) {
      const value = rt.mem[h + INT_VALUE]!;
      return strOfKind(rt, layoutNumber(value < 0, '', String(Math.abs(value)), spec), StrKind.Ascii);
    }
  }
  return newText(rt, formatIntSpec(rt, h, specText));
}
function isDecimal(spec: FormatSpec): boolean {
  return spec.type === 'd' && spec.precision === -1 && !spec.noNegativeZero && spec.width <= MAX_TEXT;
}

export function formatIntSpec(rt: Runtime, h: Handle, specText: string): string | null {
  if (specText === '') return rt.is(h, rt.types.int) ? intToDecimal(rt, h) : strText(rt, h);
  const spec = parseFormatSpec(rt, specText, typeName(rt, h), 'd', '>');
  if (spec === null) return null;
  if ('bcdoxXn'.includes(spec.type)) return formatInt(rt, h, spec);
  if ('eEfFgG%'.includes(spec.type)) {
    const x = intAsDouble(rt, h);
    return x === null ? null : formatFloat(rt, x, spec, typeName(rt, h));
  }
  return unknownCode(rt, spec.type, typeName(rt, h));
}

function formatInt(rt: Runtime, h: Handle, spec: FormatSpec): string | null {
  const fail = (message: string): null => {
    rt.raise('ValueError', message);
    return null;
  };
  if (spec.precision !== -1) return fail('Precision not allowed in integer format specifier');
  if (spec.noNegativeZero) {
    return fail('Negative zero coercion (z) not allowed in integer format specifier');
  }
  if (tooWide(rt, spec)) return null;
  if (spec.type === 'c') {
    if (spec.sign !== '') return fail("Sign not allowed with integer format specifier 'c'");
    if (spec.alternate) return fail("Alternate form (#) not allowed with integer format specifier 'c'");
    const code = rt.mem[h + INT_LEAF] === 0 ? rt.mem[h + INT_VALUE]! : -1;
    if (Math.abs(intToIndex(rt, h)) === Infinity) {
      rt.raise('OverflowError', 'Python int too large to convert to C long');
      return null;
    }
    if (code < 0 || code > 0x10ffff) {
      rt.raise('OverflowError', '%c arg not in range(0x110000)');
      return null;
    }
    return pad(String.fromCodePoint(code), 1, spec.align === '=' ? { ...spec, align: '>' } : spec);
  }
  const small = intValue(rt, h);
  if (spec.type === 'd' && typeof small === 'number') return layoutNumber(small < 0, '', String(Math.abs(small)), spec);
  const value = BigInt(small);
  const magnitude = value < 0n ? -value : value;
  const radix = spec.type === 'b' ? 2 : spec.type === 'o' ? 8 : spec.type === 'x' || spec.type === 'X' ? 16 : 10;
  let digits = radix === 10 ? bigToDecimal(rt, magnitude) : magnitude.toString(radix);
  if (digits === null) return null;
  let prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : '';
  if (spec.type === 'X') {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return layoutNumber(value < 0n, prefix, digits, spec);
}

// ---- float ---------------------------------------------------------------------------------------------------------------

export function formatFloatSpec(rt: Runtime, h: Handle, specText: string): string | null {
  if (specText === '') return strText(rt, h);
  const spec = parseFormatSpec(rt, specText, typeName(rt, h), '', '>');
  return spec === null ? null : formatFloat(rt, floatValue(rt, h), spec, typeName(rt, h));
}

const MAX_PRECISION = 2147483647;

function formatFloat(rt: Runtime, x: number, spec: FormatSpec, objectType: string): string | null {
  if (spec.precision > MAX_PRECISION) {
    rt.raise('ValueError', 'precision too big');
    return null;
  }
  if (tooWide(rt, spec)) return null;
  if (spec.precision > MAX_TEXT) {
    rt.raise('MemoryError', '');
    return null;
  }
  let code = spec.type;
  let precision = spec.precision;
  let addDotZero = false;
  let suffix = '';
  if (code === '') {
    addDotZero = true;
    code = precision === -1 ? 'r' : 'g';
  } else if (code === 'n') {
    code = 'g';
  } else if (code === '%') {
    code = 'f';
    x *= 100;
    suffix = '%';
  } else if (!'eEfFgG'.includes(code)) {
    return unknownCode(rt, code, objectType);
  }
  if (precision < 0) precision = 6;
  const text = formatDouble(x, code, precision, spec.alternate, addDotZero);
  const negative = isNegative(x) && !(spec.noNegativeZero && isZeroText(text));
  return layoutNumber(negative, '', text + suffix, spec);
}

/** The digits came out as zero. */
function isZeroText(text: string): boolean {
  return /^[0.]*(?:e.*)?$/i.test(text);
}

// ---- complex -------------------------------------------------------------------------------------------------------------

export function formatComplexSpec(
  rt: Runtime,
  real: number,
  imag: number,
  objectType: string,
  specText: string,
): string | null {
  const spec = parseFormatSpec(rt, specText, objectType, '', '>');
  if (spec === null) return null;
  if (spec.fill === '0') {
    rt.raise('ValueError', 'Zero padding is not allowed in complex format specifier');
    return null;
  }
  if (spec.align === '=') {
    rt.raise('ValueError', "'=' alignment flag is not allowed in complex format specifier");
    return null;
  }
  if (tooWide(rt, spec)) return null;
  let code = spec.type;
  let skipReal = false;
  let parens = false;
  if (code === '') {
    code = 'r';
    if (real === 0 && !isNegative(real)) skipReal = true;
    else parens = true;
    if (spec.precision !== -1) code = 'g';
  } else if (code === 'n') {
    code = 'g';
  } else if (!'eEfFgG'.includes(code)) {
    return unknownCode(rt, code, objectType);
  }
  const precision = spec.precision < 0 ? 6 : spec.precision;
  const part = (x: number, sign: string): string => {
    const text = formatDouble(x, code, precision, spec.alternate);
    const negative = isNegative(x) && !(spec.noNegativeZero && isZeroText(text));
    return layoutNumber(negative, '', text, { ...spec, sign, width: -1, fill: ' ', align: '<' });
  };
  const text = `${skipReal ? '' : part(real, spec.sign)}${part(imag, skipReal ? spec.sign : '+')}j`;
  const whole = parens ? `(${text})` : text;
  return pad(whole, whole.length, spec);
}
