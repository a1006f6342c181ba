/** The methods of `str` that search, split and change text (Objects/unicodeobject.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getItem, isInt, isStr, isTrue, isTuple, typeName } from './abstract';
import { newBytes } from './bytes';
import { encodeText } from './codecs';
import { dictItemsArray, dictSet, newDict } from './dict';
import { intFromNumber, intToIndex } from './int';
import { LIST_ITEMS, listSize, newList, newListAppend, newListWithRoom, sequenceFast } from './list';
import type { Runtime } from './runtime';
import { evalSliceIndex } from './slice';
import {
  freshAscii,
  freshStr,
  strFrom,
  strKind,
  StrKind,
  strLength,
  strOfKind,
  strSizeof,
  strValue,
  type StrKind as Kind,
} from './str';
import { chars, indexOfUnit, MAX_TEXT, strFromParts, substring, unchanged, unitOf, widest } from './str-ops';
import { formatMapMethod, formatMethod, strFormatDunder } from './str-format';
import * as lib from './stringlib';
import { newTuple, TUPLE_ITEMS, tupleItems, tupleSize } from './tuple';
import * as unicode from './unicode';

type Method = (rt: Runtime, self: Handle, args: Handle[]) => Handle;

function badArgument(rt: Runtime, fname: string, n: number, h: Handle): 0 {
  const which = n === 0 ? 'argument' : `argument ${n}`;
  return rt.raise('TypeError', `${fname}() ${which} must be str, not ${typeName(rt, h)}`);
}

/** The optional `start` and `end` of a search, as code points in 0 … length; null with an exception. */
export function searchBounds(rt: Runtime, length: number, start: Handle, end: Handle): [number, number] | null {
  let from = 0;
  let to = length;
  if (start !== 0 && start !== rt.None) {
    const i = evalSliceIndex(rt, start);
    if (i === null) return null;
    from = i < 0 ? Math.max(0, i + length) : i;
  }
  if (end !== 0 && end !== rt.None) {
    const i = evalSliceIndex(rt, end);
    if (i === null) return null;
    to = i < 0 ? Math.max(0, i + length) : Math.min(i, length);
  }
  return [from, to];
}

// ---- searching -----------------------------------------------------------------------------------------------------------

/** The index at which args[0] is found in the range args[1]:args[2], or -1; null with an exception. */
function search(rt: Runtime, self: Handle, args: Handle[], fname: string, reverse: boolean): number | null {
  if (!isStr(rt, args[0]!)) {
    badArgument(rt, fname, 1, args[0]!);
    return null;
  }
  const sub = strValue(rt, args[0]!);
  if (args.length === 1 && strKind(rt, self) !== StrKind.Astral) {
    const text = strValue(rt, self);
    return reverse ? text.lastIndexOf(sub) : lib.findText(text, sub);
  }
  const bounds = searchBounds(rt, strLength(rt, self), args[1] ?? 0, args[2] ?? 0);
  if (bounds === null) return null;
  if (bounds[1] - bounds[0] < strLength(rt, args[0]!)) return -1;
  const from = unitOf(rt, self, bounds[0]);
  const to = unitOf(rt, self, bounds[1]);
  const text = strValue(rt, self);
  const at = reverse ? text.lastIndexOf(sub, to - sub.length) : lib.findText(text, sub, from);
  if (at < from || at + sub.length > to) return -1;
  return indexOfUnit(rt, self, at);
}

function finder(fname: string, reverse: boolean, raises: boolean): Method {
  return (rt, self, args) => {
    const at = search(rt, self, args, fname, reverse);
    if (at === null) return 0;
    if (at < 0 && raises) return rt.raise('ValueError', 'substring not found');
    return intFromNumber(rt, at);
  };
}

const count: Method = (rt, self, args) => {
  if (!isStr(rt, args[0]!)) return badArgument(rt, 'count', 1, args[0]!);
  const bounds = searchBounds(rt, strLength(rt, self), args[1] ?? 0, args[2] ?? 0);
  if (bounds === null) return 0;
  const [from, to] = bounds;
  if (to < from) return intFromNumber(rt, 0);
  const sub = strValue(rt, args[0]!);
  if (sub === '') return intFromNumber(rt, to - from + 1);
  return intFromNumber(rt, lib.countText(strValue(rt, self).slice(unitOf(rt, self, from), unitOf(rt, self, to)), sub));
};

function affix(fname: 'startswith' | 'endswith'): Method {
  const isStart = fname === 'startswith';
  return (rt, self, args) => {
    if (args.length === 1 && rt.is(args[0]!, rt.types.str)) {
      const [text, sub] = [strValue(rt, self), strValue(rt, args[0]!)];
      return rt.bool(isStart ? text.startsWith(sub) : text.endsWith(sub));
    }
    const bounds = searchBounds(rt, strLength(rt, self), args[1] ?? 0, args[2] ?? 0);
    if (bounds === null) return 0;
    const [from, to] = bounds;
    const text = from <= to ? strValue(rt, self).slice(unitOf(rt, self, from), unitOf(rt, self, to)) : null;
    const matches = (h: Handle): boolean => text?.[isStart ? 'startsWith' : 'endsWith'](strValue(rt, h)) === true;
    const sub = args[0]!;
    if (isTuple(rt, sub)) {
      for (const item of tupleItems(rt, sub)) {
        if (!isStr(rt, item))
          return rt.raise('TypeError', `tuple for ${fname} must only contain str, not ${typeName(rt, item)}`);
        if (matches(item)) return rt.True;
      }
      return rt.False;
    }
    if (!isStr(rt, sub))
      return rt.raise('TypeError', `${fname} first arg must be str or a tuple of str, not ${typeName(rt, sub)}`);
    return rt.bool(matches(sub));
  };
}

// ---- splitting and joining -------------------------------------------------------------------------------------------------

/**
 * A new list of parts; a single part that is the whole text is the object itself.
 * @param slots the list's first table
 */
function listOfParts(rt: Runtime, self: Handle, parts: string[], slots: number): Handle {
  const list = newListWithRoom(rt, slots);
  if (parts.length === 1 && parts[0] === strValue(rt, self)) {
    newListAppend(rt, list, unchanged(rt, self));
    return list;
  }
  const kind = strKind(rt, self);
  for (let i = 0; i < parts.length; i++) newListAppend(rt, list, strFromParts(rt, parts[i]!, kind));
  return list;
}

/** `PREALLOC_SIZE` for the splits that are wanted, or possible. */
function splitSlots(max: number, possible: number): number {
  return Math.min(12, (max < 0 ? possible : max) + 1);
}

function splitter(reverse: boolean): Method {
  return (rt, self, args) => {
    const [sep, maxArg] = args as [Handle, Handle];
    const max = maxArg === 0 ? -1 : asIndex(rt, maxArg, 'OverflowError');
    if (max === null) return 0;
    const text = strValue(rt, self);
    if (sep === 0 || sep === rt.None) {
      const parts = (reverse ? lib.rsplitSpace : lib.splitSpace)(text, max, unicode.isSpace);
      // With maxsplit 0 the rest is cut off as a new object even if it is the whole.
      if (max === 0 && parts.length === 1) return newList(rt, [strFromParts(rt, parts[0]!, strKind(rt, self))]);
      return listOfParts(rt, self, parts, splitSlots(max, Math.trunc((strLength(rt, self) - 1) / 2) + 1));
    }
    if (!isStr(rt, sep)) return rt.raise('TypeError', `must be str or None, not ${typeName(rt, sep)}`);
    if (strLength(rt, sep) === 0) return rt.raise('ValueError', 'empty separator');
    const [length, sepLength] = [strLength(rt, self), strLength(rt, sep)];
    // Where the separator cannot be, CPython does not look.
    const slots = sepLength > length ? 1 : splitSlots(max, Math.floor(length / sepLength) + 1);
    return listOfParts(rt, self, (reverse ? lib.rsplitText : lib.splitText)(text, strValue(rt, sep), max), slots);
  };
}

/** `unicode.isLineBreak` for text that is ASCII: most characters take one test. */
function isAsciiTextBreak(code: number): boolean {
  return code < 0x20 && unicode.isLineBreak(code);
}
const splitlines: Method = (rt, self, args) => {
  const keep = args[0] === 0 ? 0 : isTrue(rt, args[0]!);
  if (keep < 0) return 0;
  const isBreak = strKind(rt, self) === StrKind.Ascii ? isAsciiTextBreak : unicode.isLineBreak;
  return listOfParts(rt, self, lib.splitLines(strValue(rt, self), keep === 1, isBreak), 0);
};

function partition(reverse: boolean) {
  return (rt: Runtime, self: Handle, sep: Handle): Handle => {
    if (!isStr(rt, sep)) return rt.raise('TypeError', `must be str, not ${typeName(rt, sep)}`);
    const s = strValue(rt, sep);
    if (s === '') return rt.raise('ValueError', 'empty separator');
    const text = strValue(rt, self);
    const at = reverse ? text.lastIndexOf(s) : lib.findText(text, s);
    if (at < 0) {
      const whole = unchanged(rt, self);
      return newTuple(rt, reverse ? [rt.emptyStr, rt.emptyStr, whole] : [whole, rt.emptyStr, rt.emptyStr]);
    }
    const kind = strKind(rt, self);
    const before = strFromParts(rt, text.slice(0, at), kind);
    return newTuple(rt, [before, rt.newRef(sep), strFromParts(rt, text.slice(at + s.length), kind)]);
  };
}

/** `PyUnicode_Join`. */
export function strJoin(rt: Runtime, separator: Handle, iterable: Handle): Handle {
  const sequence = sequenceFast(rt, iterable, 'can only join an iterable');
  if (sequence === 0) return 0;
  const isTupled = isTuple(rt, sequence);
  const first = isTupled ? sequence + TUPLE_ITEMS : rt.mem[sequence + LIST_ITEMS]!;
  const r = joinItems(rt, separator, rt.mem, first, isTupled ? tupleSize(rt, sequence) : listSize(rt, sequence));
  rt.decref(sequence);
  return r;
}

/** `_PyUnicode_JoinArray`: items borrowed, the n of an array or of the heap's words from `first` on. */
export function joinItems(
  rt: Runtime,
  separator: Handle,
  items: ArrayLike<Handle>,
  first = 0,
  n = items.length,
): Handle {
  const { mem } = rt;
  if (n === 0) return rt.emptyStr;
  const strType = rt.types.str.handle;
  if (n === 1 && mem[items[first]! + 1] === strType) return rt.newRef(items[first]!);
  let kind: Kind = n > 1 ? strKind(rt, separator) : StrKind.Ascii;
  const parts = new Array<string>(n);
  let size = 0;
  for (let i = 0; i < n; i++) {
    const item = items[first + i]!;
    if (mem[item + 1] !== strType && !isStr(rt, item))
      return rt.raise('TypeError', `sequence item ${i}: expected str instance, ${typeName(rt, item)} found`);
    const own = strKind(rt, item);
    if (own > kind) kind = own;
    const text = strValue(rt, item);
    size += text.length;
    parts[i] = text;
  }
  const sep = strValue(rt, separator);
  if (size + sep.length * (n - 1) > MAX_TEXT) return rt.raise('MemoryError', '');
  return strOfKind(rt, parts.join(sep), kind);
}

// ---- changing ------------------------------------------------------------------------------------------------------------

const replace: Method = (rt, self, args) => {
  const [old, by, countArg] = args as [Handle, Handle, Handle];
  if (!isStr(rt, old)) return badArgument(rt, 'replace', 1, old);
  if (!isStr(rt, by)) return badArgument(rt, 'replace', 2, by);
  const max = countArg === 0 ? -1 : asIndex(rt, countArg, 'OverflowError');
  if (max === null) return 0;
  const text = strValue(rt, self);
  const from = strValue(rt, old);
  const to = strValue(rt, by);
  if (max === 0 || from === to || (from !== '' && lib.findText(text, from) < 0)) return unchanged(rt, self);
  const result = from === '' ? interleave(chars(rt, self), to, max) : lib.replaceText(text, from, to, max);
  if (result.length > MAX_TEXT) return rt.raise('MemoryError', '');
  return strFromParts(rt, result, widest(strKind(rt, self), strKind(rt, by)));
};

/** Replacing '' puts the text before each character and at the end. */
function interleave(units: string[], text: string, max: number): string {
  let left = max < 0 ? units.length + 1 : max;
  let out = '';
  for (const c of units) {
    if (left > 0) out += text;
    left--;
    out += c;
  }
  return left > 0 ? out + text : out;
}

function stripper(fname: string, left: boolean, right: boolean): Method {
  return (rt, self, args) => {
    const set = args[0] ?? 0;
    const text = strValue(rt, self);
    if (set === 0 || set === rt.None) {
      // Most have nothing to strip.
      const n = text.length;
      const bare = n > 0 && !unicode.isSpace(text.charCodeAt(0)) && !unicode.isSpace(text.charCodeAt(n - 1));
      if (bare) return unchanged(rt, self);
      const [start, end] = lib.stripBounds(text, unicode.isSpace, left, right);
      if (end - start === text.length) return unchanged(rt, self);
      return strFromParts(rt, text.slice(start, end), strKind(rt, self));
    }
    if (!isStr(rt, set)) return rt.raise('TypeError', `${fname} arg must be None or str`);
    const members = new Set(chars(rt, set));
    const all = chars(rt, self);
    let start = 0;
    let end = all.length;
    if (left) while (start < end && members.has(all[start]!)) start++;
    if (right) while (end > start && members.has(all[end - 1]!)) end--;
    return substring(rt, self, start, end);
  };
}

function removeAffix(fname: 'removeprefix' | 'removesuffix') {
  return (rt: Runtime, self: Handle, arg: Handle): Handle => {
    if (!isStr(rt, arg)) return badArgument(rt, fname, 0, arg);
    const text = strValue(rt, self);
    const sub = strValue(rt, arg);
    const n = strLength(rt, self);
    const m = strLength(rt, arg);
    if (m === 0) return unchanged(rt, self);
    if (fname === 'removeprefix') return text.startsWith(sub) ? substring(rt, self, m, n) : unchanged(rt, self);
    return text.endsWith(sub) ? substring(rt, self, 0, n - m) : unchanged(rt, self);
  };
}

function padder(side: 'center' | 'ljust' | 'rjust'): Method {
  return (rt, self, args) => {
    const width = asIndex(rt, args[0]!, 'OverflowError');
    if (width === null) return 0;
    let fill = ' ';
    let kind: Kind = StrKind.Ascii;
    if (args.length > 1) {
      if (!isStr(rt, args[1]!)) {
        return rt.raise('TypeError', `The fill character must be a unicode character, not ${typeName(rt, args[1]!)}`);
      }
      if (strLength(rt, args[1]!) !== 1)
        return rt.raise('TypeError', 'The fill character must be exactly one character long');
      fill = strValue(rt, args[1]!);
      kind = strKind(rt, args[1]!);
    }
    const missing = width - strLength(rt, self);
    if (missing <= 0) return unchanged(rt, self);
    if (missing > MAX_TEXT) return rt.raise('MemoryError', '');
    const [left, right] =
      side === 'center' ? lib.centerPadding(missing, width) : side === 'ljust' ? [0, missing] : [missing, 0];
    return strOfKind(rt, fill.repeat(left) + strValue(rt, self) + fill.repeat(right), widest(strKind(rt, self), kind));
  };
}

function zfill(rt: Runtime, self: Handle, arg: Handle): Handle {
  const width = asIndex(rt, arg, 'OverflowError');
  if (width === null) return 0;
  const missing = width - strLength(rt, self);
  if (missing <= 0) return unchanged(rt, self);
  if (missing > MAX_TEXT) return rt.raise('MemoryError', '');
  return strOfKind(rt, lib.zeroFill(strValue(rt, self), missing), strKind(rt, self));
}

const expandtabs: Method = (rt, self, args) => {
  const size = args[0] === 0 ? 8 : asIndex(rt, args[0]!, 'OverflowError');
  if (size === null) return 0;
  if (!strValue(rt, self).includes('\t')) return unchanged(rt, self);
  const text = lib.expandTabs(chars(rt, self), size);
  return text === null ? rt.raise('MemoryError', '') : strFromParts(rt, text, strKind(rt, self));
};

// ---- case ------------------------------------------------------------------------------------------------------------------

function mapper(f: (text: string) => string) {
  return (rt: Runtime, self: Handle): Handle => {
    const text = f(strValue(rt, self));
    return strKind(rt, self) === StrKind.Ascii ? freshAscii(rt, text) : freshStr(rt, text);
  };
}

/** First letter in title case, the rest lower, as a whole: a final sigma looks at what is before it. */
function capitalize(text: string): string {
  const first = text.slice(0, /^[\ud800-\udbff][\udc00-\udfff]/.test(text) ? 2 : 1);
  if (first === '') return '';
  return unicode.toTitle(first) + text.toLowerCase().slice(first.toLowerCase().length);
}

function title(text: string): string {
  const lower = lowerInContext(text);
  let out = '';
  let previousCased = false;
  let unit = 0;
  for (const c of text) {
    out += previousCased ? lower(unit, c) : unicode.toTitle(c);
    previousCased = unicode.isCased(c);
    unit += c.length;
  }
  return out;
}

function swapcase(text: string): string {
  const lower = lowerInContext(text);
  let out = '';
  let unit = 0;
  for (const c of text) {
    out += unicode.isUpper(c) ? lower(unit, c) : unicode.isLower(c) ? c.toUpperCase() : c;
    unit += c.length;
  }
  return out;
}

/** Lower case of the character at a unit: a capital sigma at the end of a word becomes the final one. */
function lowerInContext(text: string): (unit: number, c: string) => string {
  return (unit, c) => {
    if (c !== 'Σ') return c.toLowerCase();
    const before = /(?!\p{Case_Ignorable})\p{Cased}\p{Case_Ignorable}*$/u.test(text.slice(0, unit));
    const after = /^\p{Case_Ignorable}*(?!\p{Case_Ignorable})\p{Cased}/u.test(text.slice(unit + 1));
    return before && !after ? 'ς' : 'σ';
  };
}

// ---- tests ---------------------------------------------------------------------------------------------------------------

/** True if there are characters and all pass. */
function allChars(test: (c: string) => boolean) {
  return (rt: Runtime, self: Handle): Handle => {
    const text = strValue(rt, self);
    if (text === '') return rt.False;
    for (const c of text) if (!test(c)) return rt.False;
    return rt.True;
  };
}

/** All cased characters are of one case, and there is one. */
function isCase(wanted: (c: string) => boolean, other: (c: string) => boolean) {
  return (rt: Runtime, self: Handle): Handle => {
    let found = false;
    for (const c of strValue(rt, self)) {
      if (other(c) || unicode.isTitle(c)) return rt.False;
      if (wanted(c)) found = true;
    }
    return rt.bool(found);
  };
}

function istitle(rt: Runtime, self: Handle): Handle {
  let cased = false;
  let previousCased = false;
  for (const c of strValue(rt, self)) {
    if (unicode.isUpper(c) || unicode.isTitle(c)) {
      if (previousCased) return rt.False;
      previousCased = true;
      cased = true;
    } else if (unicode.isLower(c)) {
      if (!previousCased) return rt.False;
      cased = true;
    } else {
      previousCased = false;
    }
  }
  return rt.bool(cased);
}

function isprintable(rt: Runtime, self: Handle): Handle {
  for (const c of strValue(rt, self)) if (!unicode.isPrintable(c)) return rt.False;
  return rt.True;
}

// ---- translation and encoding ------------------------------------------------------------------------------------------------

function translate(rt: Runtime, self: Handle, table: Handle): Handle {
  let out = '';
  for (const c of chars(rt, self)) {
    const key = intFromNumber(rt, c.codePointAt(0)!);
    const x = getItem(rt, table, key);
    rt.decref(key);
    if (x === 0) {
      if (!rt.errorMatches('LookupError')) return 0;
      rt.clearError();
      out += c;
      continue;
    }
    if (x !== rt.None) {
      if (isInt(rt, x)) {
        const code = intToIndex(rt, x);
        if (code < 0 || code > 0x10ffff) {
          rt.decref(x);
          return rt.raise('ValueError', 'character mapping must be in range(0x110000)');
        }
        out += String.fromCodePoint(code);
      } else if (isStr(rt, x)) {
        out += strValue(rt, x);
      } else {
        rt.decref(x);
        return rt.raise('TypeError', 'character mapping must return integer, None or str');
      }
    }
    rt.decref(x);
  }
  return strFrom(rt, out);
}

const maketrans = (rt: Runtime, _type: Handle, args: Handle[]): Handle => {
  const [x, y, z] = args as [Handle, Handle?, Handle?];
  const dict = newDict(rt);
  const put = (code: number, value: Handle): boolean => {
    const key = intFromNumber(rt, code);
    const ok = dictSet(rt, dict, key, value) === 0;
    rt.decref(key);
    return ok;
  };
  const fail = (type: 'TypeError' | 'ValueError', message: string): 0 => {
    rt.decref(dict);
    return rt.raise(type, message);
  };
  if (y === undefined) {
    if (!rt.is(x, rt.types.dict))
      return fail('TypeError', 'if you give only one argument to maketrans it must be a dict');
    for (const [k, v] of dictItemsArray(rt, x)) {
      if (isStr(rt, k)) {
        if (strLength(rt, k) !== 1) return fail('ValueError', 'string keys in translate table must be of length 1');
        put(strValue(rt, k).codePointAt(0)!, v);
      } else if (isInt(rt, k)) {
        dictSet(rt, dict, k, v);
      } else {
        return fail('TypeError', 'keys in translate table must be strings or integers');
      }
    }
    return dict;
  }
  if (!isStr(rt, x))
    return fail('TypeError', 'first maketrans argument must be a string if there is a second argument');
  if (!isStr(rt, y)) return fail('TypeError', `maketrans() argument 2 must be str, not ${typeName(rt, y)}`);
  if (z !== undefined && !isStr(rt, z))
    return fail('TypeError', `maketrans() argument 3 must be str, not ${typeName(rt, z)}`);
  if (strLength(rt, x) !== strLength(rt, y))
    return fail('ValueError', 'the first two maketrans arguments must have equal length');
  const to = chars(rt, y);
  for (const [i, c] of chars(rt, x).entries()) {
    const value = intFromNumber(rt, to[i]!.codePointAt(0)!);
    put(c.codePointAt(0)!, value);
    rt.decref(value);
  }
  if (z !== undefined) for (const c of chars(rt, z)) put(c.codePointAt(0)!, rt.None);
  return dict;
};

/** The text of an optional str parameter; null with TypeError. */
export function textArgument(rt: Runtime, h: Handle, fname: string, name: string, otherwise: string): string | null {
  if (h === 0) return otherwise;
  if (isStr(rt, h)) return strValue(rt, h);
  rt.raise('TypeError', `${fname}() argument '${name}' must be str, not ${typeName(rt, h)}`);
  return null;
}

const encode: Method = (rt, self, args) => {
  const encoding = textArgument(rt, args[0]!, 'encode', 'encoding', 'utf-8');
  if (encoding === null) return 0;
  const errors = textArgument(rt, args[1]!, 'encode', 'errors', 'strict');
  if (errors === null) return 0;
  const data = encodeText(rt, self, strValue(rt, self), strKind(rt, self), encoding, errors);
  return data === null ? 0 : newBytes(rt, data);
};

function getNewArgs(rt: Runtime, self: Handle): Handle {
  const text = strValue(rt, self);
  return newTuple(rt, [strOfKind(rt, text, strKind(rt, self))]);
}

const noargs = (fn: (rt: Runtime, self: Handle) => Handle): MethodDef => ({ kind: 'noargs', fn });
const one = (fn: (rt: Runtime, self: Handle, arg: Handle) => Handle): MethodDef => ({ kind: 'o', fn });
const fast = (min: number, max: number, fn: Method): MethodDef => ({ kind: 'fast', min, max, fn });
const clinic = (params: string, fn: Method): MethodDef => ({ kind: 'clinic', params, fn });

export const strMethods: Record<string, MethodDef> = {
  encode: clinic('encoding=, errors=', encode),
  replace: clinic('old, new, /, count=', replace),
  split: clinic('sep=, maxsplit=', splitter(false)),
  rsplit: clinic('sep=, maxsplit=', splitter(true)),
  join: one(strJoin),
  capitalize: noargs(mapper(capitalize)),
  casefold: noargs(mapper(unicode.caseFold)),
  title: noargs(mapper(title)),
  center: fast(1, 2, padder('center')),
  count: fast(1, 3, count),
  expandtabs: clinic('tabsize=', expandtabs),
  find: fast(1, 3, finder('find', false, false)),
  partition: one(partition(false)),
  index: fast(1, 3, finder('index', false, true)),
  ljust: fast(1, 2, padder('ljust')),
  lower: noargs(mapper((s) => s.toLowerCase())),
  lstrip: fast(0, 1, stripper('lstrip', true, false)),
  rfind: fast(1, 3, finder('rfind', true, false)),
  rindex: fast(1, 3, finder('rindex', true, true)),
  rjust: fast(1, 2, padder('rjust')),
  rstrip: fast(0, 1, stripper('rstrip', false, true)),
  rpartition: one(partition(true)),
  splitlines: clinic('keepends=', splitlines),
  strip: fast(0, 1, stripper('strip', true, true)),
  swapcase: noargs(mapper(swapcase)),
  translate: one(translate),
  upper: noargs(mapper((s) => s.toUpperCase())),
  startswith: fast(1, 3, affix('startswith')),
  endswith: fast(1, 3, affix('endswith')),
  removeprefix: one(removeAffix('removeprefix')),
  removesuffix: one(removeAffix('removesuffix')),
  isascii: noargs((rt, self) => rt.bool(strKind(rt, self) === StrKind.Ascii)),
  islower: noargs(isCase(unicode.isLower, unicode.isUpper)),
  isupper: noargs(isCase(unicode.isUpper, unicode.isLower)),
  istitle: noargs(istitle),
  isspace: noargs(allChars((c) => unicode.isSpace(c.codePointAt(0)!))),
  isdecimal: noargs(allChars(unicode.isDecimal)),
  isdigit: noargs(allChars(unicode.isDigit)),
  isnumeric: noargs(allChars(unicode.isNumeric)),
  isalpha: noargs(allChars(unicode.isAlpha)),
  isalnum: noargs(allChars(unicode.isAlnum)),
  isidentifier: noargs((rt, self) => rt.bool(unicode.isIdentifier(strValue(rt, self)))),
  isprintable: noargs(isprintable),
  zfill: one(zfill),
  format: { kind: 'keywords', varargs: 'always', fn: formatMethod },
  format_map: one(formatMapMethod),
  __format__: one(strFormatDunder),
  __sizeof__: noargs((rt, self) => intFromNumber(rt, strSizeof(rt, self))),
  __getnewargs__: noargs(getNewArgs),
};

export const strStaticMethods: Record<string, MethodDef> = {
  maketrans: { kind: 'fast', min: 1, max: 3, fn: maketrans },
};
