/** Case and classes of characters as the matcher asks for them (the head of Modules/_sre/sre.c), by code point. */
import { isAlnum, isDecimal, isLineBreak, isSpace } from '../../objects/unicode';
import { Category } from './opcodes';

export function lowerAscii(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}
function upperAscii(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}

/** What is asked again and again is kept: -1 until it is known. */
const lowerCache = new Int32Array(0x10000).fill(-1);
const upperCache = new Int32Array(0x10000).fill(-1);
const wordCache = new Int8Array(0x10000).fill(-1);

function firstOf(mapped: string, c: number): number {
  return mapped.codePointAt(0) ?? c;
}

export function lowerUnicode(c: number): number {
  if (c >= 0x10000) return firstOf(String.fromCodePoint(c).toLowerCase(), c);
  let r = lowerCache[c]!;
  if (r < 0) {
    r = firstOf(String.fromCharCode(c).toLowerCase(), c);
    lowerCache[c] = r;
  }
  return r;
}

export function upperUnicode(c: number): number {
  if (c >= 0x10000) return firstOf(String.fromCodePoint(c).toUpperCase(), c);
  let r = upperCache[c]!;
  if (r < 0) {
    r = firstOf(String.fromCharCode(c).toUpperCase(), c);
    upperCache[c] = r;
  }
  return r;
}

/** The C locale: only ASCII has case. */
export const lowerLocale = lowerAscii;
export const upperLocale = upperAscii;

/** `char_loc_ignore`: `pattern` in either case. */
export function sameInLocale(pattern: number, c: number): boolean {
  return c === pattern || lowerAscii(c) === pattern || upperAscii(c) === pattern;
}

export function isWordAscii(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}

export function isWordUnicode(c: number): boolean {
  if (c < 128) return isWordAscii(c);
  if (c >= 0x10000) return isAlnum(String.fromCodePoint(c));
  let r = wordCache[c]!;
  if (r < 0) {
    r = isAlnum(String.fromCharCode(c)) ? 1 : 0;
    wordCache[c] = r;
  }
  return r === 1;
}

function isDigitAscii(c: number): boolean {
  return c >= 48 && c <= 57;
}
function isSpaceAscii(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
function isDigitUnicode(c: number): boolean {
  return c < 128 ? isDigitAscii(c) : isDecimal(String.fromCodePoint(c));
}

export function inCategory(category: number, c: number): boolean {
  switch (category) {
    case Category.DIGIT:
      return isDigitAscii(c);
    case Category.NOT_DIGIT:
      return !isDigitAscii(c);
    case Category.SPACE:
      return isSpaceAscii(c);
    case Category.NOT_SPACE:
      return !isSpaceAscii(c);
    case Category.WORD:
    case Category.LOC_WORD:
      return isWordAscii(c);
    case Category.NOT_WORD:
    case Category.LOC_NOT_WORD:
      return !isWordAscii(c);
    case Category.LINEBREAK:
      return c === 10;
    case Category.NOT_LINEBREAK:
      return c !== 10;
    case Category.UNI_DIGIT:
      return isDigitUnicode(c);
    case Category.UNI_NOT_DIGIT:
      return !isDigitUnicode(c);
    case Category.UNI_SPACE:
      return isSpace(c);
    case Category.UNI_NOT_SPACE:
      return !isSpace(c);
    case Category.UNI_WORD:
      return isWordUnicode(c);
    case Category.UNI_NOT_WORD:
      return !isWordUnicode(c);
    case Category.UNI_LINEBREAK:
      return isLineBreak(c);
    case Category.UNI_NOT_LINEBREAK:
      return !isLineBreak(c);
  }
  return false;
}
