/**
 * Models Parser/string_parser.c and the number half of Parser/pegen.c: the values of literals. What cannot be decoded
 * throws LiteralError; the parser that asked knows where to point.
 */

import type { ConstantValue } from './ast';

/** A literal whose text has no value. `known` errors name the literal's own token, the rest the last token read. */
export class LiteralError extends Error {}

/** A bad escape in a literal: what stands behind the backslash, how many lines into the literal. */
export type LiteralWarn = (escaped: string, line: number) => void;

/** How many newlines stand before `end`. */
function linesBefore(s: string, end: number): number {
  let lines = 0;
  for (let i = s.indexOf('\n'); i >= 0 && i < end; i = s.indexOf('\n', i + 1)) lines++;
  return lines;
}

/** `\N{...}`: names to characters. None by default; the engine hands one in when it has the name table. */
export type NameLookup = (name: string) => string | undefined;
let lookupName: NameLookup | null = null;
export function setUnicodeNames(lookup: NameLookup | null): void {
  lookupName = lookup;
}

const MAX_INT_DIGITS = 4300;

/** The value of a NUMBER token. */
export function parseNumber(text: string): ConstantValue {
  const s = text.includes('_') ? text.replaceAll('_', '') : text;
  const last = s.charCodeAt(s.length - 1) | 32;
  if (s.charCodeAt(0) === 48 && s.length > 1) {
    const radix = s.charCodeAt(1) | 32;
    if (radix === 120 || radix === 111 || radix === 98) return { kind: 'int', value: BigInt(s.toLowerCase()) };
  }
  if (last === 106) return { kind: 'complex', real: 0, imag: Number(s.slice(0, -1)) };
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c === 46 || c === 101 || c === 69) return { kind: 'float', value: Number(s) };
  }
  if (s.length > MAX_INT_DIGITS) {
    throw new LiteralError(
      `Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion: value has ${s.length} digits; ` +
        'use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to ' +
        'avoid decimal conversion limits.',
    );
  }
  return { kind: 'int', value: BigInt(s) };
}

const isOctal = (c: number): boolean => c >= 48 && c < 56;
const hexValue = (c: number): number =>
  c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : c >= 65 && c <= 70 ? c - 55 : -1;

const SIMPLE_ESCAPES: ReadonlyMap<number, number> = new Map([
  [92, 92],
  [39, 39],
  [34, 34],
  [97, 7],
  [98, 8],
  [102, 12],
  [110, 10],
  [114, 13],
  [116, 9],
  [118, 11],
]);

/** What CPython warns of a bad escape; of several digits only the octal are too large. */
export function invalidEscape(escaped: string, version: number): string {
  const kind = escaped.length > 1 ? 'invalid octal escape sequence' : 'invalid escape sequence';
  if (version < 14) return `${kind} '\\${escaped}'`;
  return (
    `"\\${escaped}" is an ${kind}. Such sequences will not work in the future. ` +
    `Did you mean "\\\\${escaped}"? A raw string is also an option.`
  );
}

function unicodeError(start: number, end: number, what: string): never {
  const where = end - start === 1 ? `byte 0x5c in position ${start}` : `bytes in position ${start}-${end - 1}`;
  throw new LiteralError(`(unicode error) 'unicodeescape' codec can't decode ${where}: ${what}`);
}

/** The text of a str literal's body with its escapes replaced. */
export function decodeUnicodeEscapes(s: string, warn: LiteralWarn): string {
  let backslash = s.indexOf('\\');
  if (backslash < 0) return s;
  let out = '';
  let i = 0;
  let warned = false;
  // CPython decodes a copy in which every non-ASCII character takes ten bytes; its positions count those.
  let counted = 0;
  let countedTo = 0;
  const position = (to: number): number => {
    for (; countedTo < to; countedTo++) {
      const c = s.charCodeAt(countedTo);
      if (c < 128) counted++;
      else if (c >= 0xdc00 && c < 0xe000 && countedTo > 0) {
        const before = s.charCodeAt(countedTo - 1);
        if (!(before >= 0xd800 && before < 0xdc00)) counted += 10;
      } else counted += 10;
      if (c === 92 && !(s.charCodeAt(countedTo + 1) < 128)) counted += 5;
    }
    return counted;
  };
  while (backslash >= 0) {
    out += s.slice(i, backslash);
    i = backslash + 1;
    const c = s.charCodeAt(i);
    i++;
    if (c === 10) {
      // A backslash before a newline: both vanish.
    } else if (c === 120 || c === 117 || c === 85) {
      const want = c === 120 ? 2 : c === 117 ? 4 : 8;
      let value = 0;
      let n = 0;
      for (; n < want; n++) {
        const digit = i + n < s.length ? hexValue(s.charCodeAt(i + n)) : -1;
        if (digit < 0) break;
        value = value * 16 + digit;
      }
      const at = position(backslash);
      if (n < want) {
        const shape = c === 120 ? '\\xXX' : c === 117 ? '\\uXXXX' : '\\UXXXXXXXX';
        unicodeError(at, at + 2 + n, `truncated ${shape} escape`);
      }
      if (value > 0x10ffff) unicodeError(at, at + 2 + n, 'illegal Unicode character');
      out += String.fromCodePoint(value);
      i += want;
    } else if (isOctal(c)) {
      let value = c - 48;
      let text = String.fromCharCode(c);
      for (let n = 1; n < 3 && isOctal(s.charCodeAt(i)); n++, i++) {
        value = value * 8 + s.charCodeAt(i) - 48;
        text += s.charAt(i);
      }
      if (value > 0o377 && !warned) {
        warned = true;
        warn(text, linesBefore(s, backslash));
      }
      out += String.fromCharCode(value);
    } else if (c === 78) {
      const at = position(backslash);
      const close = s.charCodeAt(i) === 123 ? s.indexOf('}', i) : -1;
      if (s.charCodeAt(i) !== 123) unicodeError(at, at + 2, 'malformed \\N character escape');
      if (close < 0) unicodeError(at, position(s.length), 'malformed \\N character escape');
      if (close === i + 1) unicodeError(at, at + 3, 'malformed \\N character escape');
      const name = s.slice(i + 1, close);
      const found = lookupName?.(name);
      if (found === undefined) {
        if (lookupName === null) throw new LiteralError(`\\N{${name}}: character names are not supported`);
        unicodeError(at, position(close) + 1, 'unknown Unicode character name');
      }
      out += found;
      i = close + 1;
    } else {
      const simple = SIMPLE_ESCAPES.get(c);
      if (simple !== undefined) out += String.fromCharCode(simple);
      else {
        // Before a non-ASCII character, and at the end, a backslash simply stands for itself.
        if (c < 128 && !warned) {
          warned = true;
          warn(String.fromCharCode(c), linesBefore(s, backslash));
        }
        out += '\\';
        i--;
      }
    }
    backslash = s.indexOf('\\', i);
  }
  return out + s.slice(i);
}

/** The bytes of a bytes literal's body; the text is known to be ASCII. */
export function decodeBytesEscapes(s: string, raw: boolean, warn: LiteralWarn): Uint8Array {
  const out = new Uint8Array(s.length);
  let length = 0;
  let warned = false;
  for (let i = 0; i < s.length; i++) {
    let c = s.charCodeAt(i);
    if (c !== 92 || raw) {
      out[length++] = c;
      continue;
    }
    const at = i;
    c = s.charCodeAt(++i);
    if (c === 10) continue;
    if (c === 120) {
      const high = hexValue(s.charCodeAt(i + 1));
      const low = hexValue(s.charCodeAt(i + 2));
      if (!(high >= 0 && low >= 0)) throw new LiteralError(`(value error) invalid \\x escape at position ${at}`);
      out[length++] = high * 16 + low;
      i += 2;
    } else if (isOctal(c)) {
      let value = c - 48;
      let text = String.fromCharCode(c);
      for (let n = 1; n < 3 && isOctal(s.charCodeAt(i + 1)); n++) {
        i++;
        value = value * 8 + s.charCodeAt(i) - 48;
        text += s.charAt(i);
      }
      if (value > 0o377 && !warned) {
        warned = true;
        warn(text, linesBefore(s, at));
      }
      out[length++] = value & 0xff;
    } else {
      const simple = SIMPLE_ESCAPES.get(c);
      if (simple !== undefined) out[length++] = simple;
      else {
        if (!warned) {
          warned = true;
          warn(String.fromCharCode(c), linesBefore(s, at));
        }
        out[length++] = 92;
        i--;
      }
    }
  }
  return out.slice(0, length);
}

/** The value of a STRING token, from its whole text with prefix and quotes. */
export function parseString(text: string, warn: LiteralWarn): ConstantValue {
  let pos = 0;
  let raw = false;
  let bytes = false;
  for (; ; pos++) {
    const c = text.charCodeAt(pos);
    if (c === 34 || c === 39) break;
    const lower = c | 32;
    if (lower === 98) bytes = true;
    else if (lower === 114) raw = true;
  }
  const quote = text.charCodeAt(pos);
  const triple = text.length - pos >= 6 && text.charCodeAt(pos + 1) === quote && text.charCodeAt(pos + 2) === quote;
  const size = triple ? 3 : 1;
  const body = text.slice(pos + size, text.length - size);
  if (bytes) {
    for (let i = 0; i < body.length; i++) {
      if (body.charCodeAt(i) >= 128) throw new LiteralError('bytes can only contain ASCII literal characters');
    }
    return { kind: 'bytes', value: decodeBytesEscapes(body, raw, warn) };
  }
  return { kind: 'str', value: raw ? body : decodeUnicodeEscapes(body, warn) };
}

/** A piece of literal text in an f- or t-string (`_PyPegen_decode_fstring_part`). */
export function decodeMiddle(text: string, raw: boolean, warn: LiteralWarn): string {
  const part = text === '{{' || text === '}}' ? text.charAt(0) : text;
  return raw ? part : decodeUnicodeEscapes(part, warn);
}
