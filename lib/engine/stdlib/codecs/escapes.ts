/** Escape sequences as codecs (Objects/unicodeobject.c, bytesobject.c): what `pickle` writes and `unicode_escape` reads. */
import type { Handle } from '../../heap/layout';
import { getAttrString, isStr, typeName } from '../../objects/abstract';
import { newBytes } from '../../objects/bytes';
import { callErrorHandler, codePoints } from '../../objects/codecs';
import { intFromNumber } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strKind, strLength, strValue } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import type { Interpreter } from '../../vm/interpreter';
import { copyBytes } from '../io/support';
import { utf8Encode } from '../utf8';

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0');
const result = (rt: Runtime, value: Handle, n: number): Handle =>
  value === 0 ? 0 : newTuple(rt, [value, intFromNumber(rt, n)]);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const SHORT: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

export const unicodeEscapeEncode =
  (raw: boolean) =>
  (rt: Runtime, _m: Handle, [source]: Handle[]): Handle => {
    if (!isStr(rt, source!)) return rt.raise('TypeError', `argument 1 must be str, not ${typeName(rt, source!)}`);
    let out = '';
    for (const c of codePoints(strValue(rt, source!), strKind(rt, source!))) {
      if (c >= 0x10000) out += `\\U${hex(c, 8)}`;
      else if (c >= 0x100) out += `\\u${hex(c, 4)}`;
      else if (raw) out += String.fromCharCode(c);
      else if (SHORT[c] !== undefined) out += SHORT[c];
      else out += c >= 0x20 && c < 0x7f ? String.fromCharCode(c) : `\\x${hex(c, 2)}`;
    }
    return result(rt, newBytes(rt, latin1(out)), strLength(rt, source!));
  };

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function characterByName(rt: Runtime, name: string): string | null {
  const ip = rt as Interpreter;
  const module = ip.importModule(ip.id('unicodedata'), 0, 0, 0);
  const f = module === 0 ? 0 : getAttrString(ip, module, 'lookup');
  ip.xdecref(module);
  const text = strFrom(ip, name);
  const r = f === 0 ? 0 : ip.call(f, [text]);
  ip.xdecref(f);
  ip.decref(text);
  if (r === 0) {
    ip.clearError();
    return null;
  }
  const c = strValue(ip, r);
  ip.decref(r);
  return c;
}

export const unicodeEscapeDecode =
  (raw: boolean) =>
  (rt: Runtime, _m: Handle, [source, errorsArg]: Handle[]): Handle => {
    const data = isStr(rt, source!) ? utf8Encode(strValue(rt, source!)) : copyBytes(rt, source!);
    if (data === null) return 0;
    const errors = errorsArg === undefined || errorsArg === rt.None ? 'strict' : strValue(rt, errorsArg);
    const text = String.fromCharCode(...(data.length < 50_000 ? data : []));
    const s = text.length === data.length ? text : Array.from(data, (b) => String.fromCharCode(b)).join('');
    let out = '';
    for (let i = 0; i < s.length; ) {
      if (s[i] !== '\\') {
        out += s[i++];
        continue;
      }
      const bad = (end: number, reason: string): number => {
        const bytes = newBytes(rt, data.slice());
        const codec = raw ? 'rawunicodeescape' : 'unicodeescape';
        const r = callErrorHandler(rt, errors, 'UnicodeDecodeError', codec, bytes, i, end, reason, data.length);
        if (r === null) return -1;
        for (const c of r.points) out += String.fromCodePoint(c);
        return r.next;
      };
      const c = s[i + 1];
      const digits = c === 'x' ? 2 : c === 'u' ? 4 : c === 'U' ? 8 : 0;
      if (c !== undefined && digits > (raw ? 2 : 0)) {
        const m = /^[0-9a-fA-F]*/.exec(s.slice(i + 2, i + 2 + digits))![0];
        const code = Number.parseInt(m, 16);
        if (m.length < digits) i = bad(i + 2 + m.length, `truncated \\${c}${'X'.repeat(digits)} escape`);
        else if (code > 0x10ffff)
          i = bad(i + 2 + digits, raw ? '\\Uxxxxxxxx out of range' : 'illegal Unicode character');
        else {
          out += String.fromCodePoint(code);
          i += 2 + digits;
        }
        if (i < 0) return 0;
        continue;
      }
      if (raw) {
        out += s[i++];
        if (i < s.length && s[i] === '\\') out += s[i++];
        continue;
      }
      if (c === undefined) i = bad(s.length, '\\ at end of string');
      else if (SIMPLE[c] !== undefined) {
        out += SIMPLE[c];
        i += 2;
      } else if (c >= '0' && c <= '7') {
        const m = /^[0-7]{1,3}/.exec(s.slice(i + 1))![0];
        out += String.fromCharCode(Number.parseInt(m, 8));
        i += 1 + m.length;
      } else if (c === 'N') {
        const m = /^\{([^}]+)\}/.exec(s.slice(i + 2));
        if (m === null) i = bad(i + 2, 'malformed \\N character escape');
        else {
          const named = characterByName(rt, m[1]!);
          if (named === null) i = bad(i + 2 + m[0].length, 'unknown Unicode character name');
          else {
            out += named;
            i += 2 + m[0].length;
          }
        }
      } else {
        out += `\\${c}`;
        i += 2;
      }
      if (i < 0) return 0;
    }
    return result(rt, strFrom(rt, out), data.length);
  };

export function escapeEncode(rt: Runtime, _m: Handle, [source]: Handle[]): Handle {
  const data = copyBytes(rt, source!);
  if (data === null) return 0;
  let out = '';
  for (const b of data) {
    if (b === 39) out += "\\'";
    else if (SHORT[b] !== undefined) out += SHORT[b];
    else out += b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : `\\x${hex(b, 2)}`;
  }
  return result(rt, newBytes(rt, latin1(out)), data.length);
}

export function escapeDecode(rt: Runtime, _m: Handle, [source, errorsArg]: Handle[]): Handle {
  const data = isStr(rt, source!) ? utf8Encode(strValue(rt, source!)) : copyBytes(rt, source!);
  if (data === null) return 0;
  const errors = errorsArg === undefined || errorsArg === rt.None ? 'strict' : strValue(rt, errorsArg);
  const s = Array.from(data, (b) => String.fromCharCode(b)).join('');
  let out = '';
  for (let i = 0; i < s.length; ) {
    const c = s[i + 1];
    if (s[i] !== '\\') out += s[i++];
    else if (c === undefined) return rt.raise('ValueError', 'Trailing \\ in string');
    else if (SIMPLE[c] !== undefined) {
      out += SIMPLE[c];
      i += 2;
    } else if (c >= '0' && c <= '7') {
      const m = /^[0-7]{1,3}/.exec(s.slice(i + 1))![0];
      out += String.fromCharCode(Number.parseInt(m, 8) & 255);
      i += 1 + m.length;
    } else if (c === 'x') {
      const m = /^[0-9a-fA-F]{2}/.exec(s.slice(i + 2));
      if (m !== null) {
        out += String.fromCharCode(Number.parseInt(m[0], 16));
        i += 4;
        continue;
      }
      if (errors === 'strict') return rt.raise('ValueError', `invalid \\x escape at position ${i}`);
      if (errors === 'replace') out += '?';
      else if (errors !== 'ignore')
        return rt.raise('ValueError', `decoding error; unknown error handling code: ${errors}`);
      i += 2 + /^[0-9a-fA-F]?/.exec(s.slice(i + 2))![0].length;
    } else {
      out += `\\${c}`;
      i += 2;
    }
  }
  return result(rt, newBytes(rt, latin1(out)), data.length);
}
