/**
 * Ints as text and back (Objects/longobject.c: `long_to_decimal_string`, `PyLong_FromUnicodeObject`), with the limit
 * of `sys.set_int_max_str_digits` for bases that are no power of two.
 */
import type { Handle } from '../heap/layout';
import { bitLength, intFromBigInt, intFromInt32, intValue } from './int';
import type { Runtime } from './runtime';
import { reprOfText } from './str-repr';
import { decimalValue, isSpace } from './unicode';

/** The decimal text of an int, or null with ValueError when it is too long. */
export function intToDecimal(rt: Runtime, h: Handle): string | null {
  const v = intValue(rt, h);
  return typeof v === 'number' ? String(v) : bigToDecimal(rt, v);
}

export function bigToDecimal(rt: Runtime, b: bigint): string | null {
  const limit = rt.intMaxStrDigits;
  // Far beyond the limit the digits are not even computed.
  if (limit > 0 && bitLength(b) > (limit + 2) * 3.33) return tooLong(rt, limit);
  const text = b.toString();
  if (limit > 0 && text.length - (b < 0n ? 1 : 0) > limit) return tooLong(rt, limit);
  return text;
}

function tooLong(rt: Runtime, limit: number): null {
  rt.raise(
    'ValueError',
    `Exceeds the limit (${limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
  );
  return null;
}

/** ASCII form of a number's text: digits and spaces beyond ASCII become ASCII ones, the rest '?'. */
export function decimalAndSpaceToAscii(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  let out = '';
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (code < 127) out += c;
    else if (isSpace(code)) out += ' ';
    else {
      const digit = decimalValue(code);
      out += digit < 0 ? '?' : String(digit);
    }
  }
  return out;
}

/**
 * `int(text, base)`: a new int, or 0 with ValueError.
 * @param shown how the message shows the argument, if not as the repr of `text`
 */
export function intFromText(rt: Runtime, text: string, base: number, shown: string | null = null): Handle {
  if (base === 10 && text.length > 0 && text.length <= 9) {
    let n = 0;
    let i = 0;
    for (; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 48;
      if (digit < 0 || digit > 9) break;
      n = n * 10 + digit;
    }
    if (i === text.length) return intFromInt32(rt, n);
  }
  const invalid = (): 0 => {
    const what = shown ?? reprOfText(text.length > 200 ? text.slice(0, 200) : text);
    return rt.raise('ValueError', `invalid literal for int() with base ${base}: ${what.slice(0, 200)}`);
  };
  const ascii = decimalAndSpaceToAscii(text);
  let start = 0;
  let end = ascii.length;
  while (start < end && isAsciiSpace(ascii.charCodeAt(start))) start++;
  while (end > start && isAsciiSpace(ascii.charCodeAt(end - 1))) end--;
  const negative = ascii[start] === '-';
  if (start < end && (negative || ascii[start] === '+')) start++;
  let digits = ascii.slice(start, end).toLowerCase();
  let radix = base;
  const prefix = /^0([xob])_?/.exec(digits);
  const prefixBase = prefix === null ? 0 : prefix[1] === 'x' ? 16 : prefix[1] === 'o' ? 8 : 2;
  if (prefixBase !== 0 && (base === 0 || base === prefixBase)) {
    digits = digits.slice(prefix![0].length);
    radix = prefixBase;
  } else if (base === 0) {
    radix = 10;
    // '0123' is refused, as in source text.
    if (/^0/.test(digits) && !/^0[0_]*$/.test(digits)) return invalid();
  }
  // Underscores stand between digits, each alone.
  if (digits === '' || /^_|__|_$|[^0-9a-z_]/.test(digits)) return invalid();
  digits = digits.replaceAll('_', '');
  if (radix === 10 ? !/^\d*$/.test(digits) : !fitsRadix(digits, radix)) return invalid();
  if (digits.length <= 9) {
    const n = parseInt(digits, radix);
    if (n <= 0x7fffffff) return intFromInt32(rt, negative ? -n : n);
  }
  const limit = rt.intMaxStrDigits;
  if ((radix & (radix - 1)) !== 0 && limit > 0 && digits.length > limit) {
    return rt.raise(
      'ValueError',
      `Exceeds the limit (${limit} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  const value = parseBig(digits, radix);
  return intFromBigInt(rt, negative ? -value : value);
}

const isAsciiSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

function fitsRadix(digits: string, radix: number): boolean {
  for (let i = 0; i < digits.length; i++) if (digitValue(digits.charCodeAt(i)) >= radix) return false;
  return true;
}

function digitValue(code: number): number {
  return code <= 57 ? code - 48 : code - 87;
}

function parseBig(digits: string, radix: number): bigint {
  switch (radix) {
    case 10:
      return BigInt(digits);
    case 16:
      return BigInt(`0x${digits}`);
    case 8:
      return BigInt(`0o${digits}`);
    case 2:
      return BigInt(`0b${digits}`);
  }
  if (digits.length <= 8) return BigInt(parseInt(digits, radix));
  const half = digits.length >> 1;
  return parseBig(digits.slice(0, -half), radix) * BigInt(radix) ** BigInt(half) + parseBig(digits.slice(-half), radix);
}
