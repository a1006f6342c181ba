/** Codecs by tables (Objects/unicodeobject.c, `PyUnicode_DecodeCharmap`): cp1252 and its like. */
import type { Handle } from '../../heap/layout';
import { asIndex, getItem, isBytes, isInt, isStr } from '../../objects/abstract';
import { bytesValue, newBytes } from '../../objects/bytes';
import { callErrorHandler, codePoints } from '../../objects/codecs';
import { dictSet, newDict } from '../../objects/dict';
import { intFromNumber } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strKind, strLength, strValue } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import { copyBytes } from '../io/support';

/** A table of 256 characters as a dict from characters to bytes. */
export function charmapBuild(rt: Runtime, _m: Handle, map: Handle): Handle {
  const dict = newDict(rt);
  for (const [i, c] of codePoints(strValue(rt, map), strKind(rt, map)).entries()) {
    const [key, value] = [intFromNumber(rt, c), intFromNumber(rt, i)];
    dictSet(rt, dict, key, value);
    rt.decref(key);
    rt.decref(value);
  }
  return dict;
}

const errorsOf = (rt: Runtime, h: Handle | undefined): string =>
  h === undefined || h === rt.None || !isStr(rt, h) ? 'strict' : strValue(rt, h);

const result = (rt: Runtime, value: Handle, n: number): Handle => newTuple(rt, [value, intFromNumber(rt, n)]);

/** The bytes for a character: null if the map has none, undefined with an exception. */
function mapped(rt: Runtime, map: Handle, c: number): Uint8Array | null | undefined {
  const key = intFromNumber(rt, c);
  const value = getItem(rt, map, key);
  rt.decref(key);
  if (value === 0) {
    if (!rt.errorMatches('LookupError')) return undefined;
    rt.clearError();
    return null;
  }
  let out: Uint8Array | null | undefined = null;
  if (isInt(rt, value)) {
    const n = asIndex(rt, value);
    if (n === null) out = undefined;
    else if (n < 0 || n > 255) {
      rt.raise('TypeError', 'character mapping must be in range(256)');
      out = undefined;
    } else out = Uint8Array.of(n);
  } else if (isBytes(rt, value)) out = bytesValue(rt, value);
  else if (value !== rt.None) {
    rt.raise('TypeError', `character mapping must return integer, bytes or None, not ${rt.tp(value).name}`);
    out = undefined;
  }
  rt.decref(value);
  return out;
}

export function charmapEncode(rt: Runtime, _m: Handle, [source, errorsArg, map]: Handle[]): Handle {
  const errors = errorsOf(rt, errorsArg);
  const points = codePoints(strValue(rt, source!), strKind(rt, source!));
  const out: number[] = [];
  const put = (c: number): boolean | undefined => {
    if (map === undefined || map === rt.None) {
      if (c > 255) return false;
      out.push(c);
      return true;
    }
    const data = mapped(rt, map, c);
    if (data === undefined) return undefined;
    if (data === null) return false;
    out.push(...data);
    return true;
  };
  for (let i = 0; i < points.length; ) {
    const ok = put(points[i]!);
    if (ok === undefined) return 0;
    if (ok) {
      i++;
      continue;
    }
    const r = callErrorHandler(
      rt,
      errors,
      'UnicodeEncodeError',
      'charmap',
      rt.newRef(source!),
      i,
      i + 1,
      'character maps to <undefined>',
      points.length,
    );
    if (r === null) return 0;
    if (r.bytes !== null) out.push(...r.bytes);
    for (const c of r.points) {
      const fits = put(c);
      if (fits === undefined) return 0;
      if (!fits) {
        callErrorHandler(
          rt,
          'strict',
          'UnicodeEncodeError',
          'charmap',
          rt.newRef(source!),
          i,
          i + 1,
          'character maps to <undefined>',
          points.length,
        );
        return 0;
      }
    }
    i = r.next;
  }
  return result(rt, newBytes(rt, Uint8Array.from(out)), strLength(rt, source!));
}

export function charmapDecode(rt: Runtime, _m: Handle, [source, errorsArg, map]: Handle[]): Handle {
  const data = copyBytes(rt, source!);
  if (data === null) return 0;
  const errors = errorsOf(rt, errorsArg);
  const table = map !== undefined && isStr(rt, map) ? codePoints(strValue(rt, map), strKind(rt, map)) : null;
  let out = '';
  for (let i = 0; i < data.length; ) {
    const piece = table !== null ? tableText(table, data[i]!) : mappedText(rt, map, data[i]!);
    if (piece === undefined) return 0;
    if (piece !== null) {
      out += piece;
      i++;
      continue;
    }
    const bytes = newBytes(rt, data.slice());
    const r = callErrorHandler(
      rt,
      errors,
      'UnicodeDecodeError',
      'charmap',
      bytes,
      i,
      i + 1,
      'character maps to <undefined>',
      data.length,
    );
    if (r === null) return 0;
    for (const c of r.points) out += String.fromCodePoint(c);
    i = r.next;
  }
  return result(rt, strFrom(rt, out), data.length);
}

function tableText(table: readonly number[], b: number): string | null {
  const c = table[b];
  return c === undefined || c === 0xfffe ? null : String.fromCodePoint(c);
}

function mappedText(rt: Runtime, map: Handle | undefined, b: number): string | null | undefined {
  if (map === undefined || map === rt.None) return String.fromCharCode(b);
  const key = intFromNumber(rt, b);
  const value = getItem(rt, map, key);
  rt.decref(key);
  if (value === 0) {
    if (!rt.errorMatches('LookupError')) return undefined;
    rt.clearError();
    return null;
  }
  let out: string | null | undefined = null;
  if (isInt(rt, value)) {
    const n = asIndex(rt, value);
    if (n === null) out = undefined;
    else if (n < 0 || n > 0x10ffff) {
      rt.raise('TypeError', 'character mapping must be in range(0x110000)');
      out = undefined;
    } else out = n === 0xfffe ? null : String.fromCodePoint(n);
  } else if (isStr(rt, value)) out = strValue(rt, value) === '\ufffe' ? null : strValue(rt, value);
  else if (value !== rt.None) {
    rt.raise('TypeError', `character mapping must return integer, None or str`);
    out = undefined;
  }
  rt.decref(value);
  return out;
}
