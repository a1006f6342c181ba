/**
 * Methods that bytes and bytearray share (Objects/bytes_methods.c, Objects/stringlib/). The bytes are handled as text
 * of one character each; results are of the receiver's type.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isStr, isTrue, isTuple, numberIndex, typeName } from './abstract';
import { newBytes } from './bytes';
import { decodeBytes } from './codecs';
import { intFromNumber, intToIndex } from './int';
import { fastItems, listAppendStolen, newListWithRoom, sequenceFast } from './list';
import { bytesLike, latin1Text } from './number-convert';
import type { Runtime } from './runtime';
import { strFrom, strLength, strOfKind, StrKind, strValue } from './str';
import { searchBounds, textArgument } from './str-methods';
import * as lib from './stringlib';
import { isInstanceOf } from './type-lookup';
import { newTuple, tupleItems } from './tuple';

/** What bytearray.ts gives for its own: a new one, and a change of the number of borrowers. */
export const bytearrayFactory: {
  make: (rt: Runtime, data: Uint8Array) => Handle;
  lend: (rt: Runtime, h: Handle, by: number) => void;
} = { make: () => 0, lend: () => {} };

type Method = (rt: Runtime, self: Handle, args: Handle[]) => Handle;

export function fromLatin1(text: string): Uint8Array {
  const data = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) data[i] = text.charCodeAt(i);
  return data;
}

const isBytearray = (rt: Runtime, h: Handle): boolean => isInstanceOf(rt, h, rt.types.bytearray);
const textOf = (rt: Runtime, self: Handle): string => latin1Text(bytesLike(rt, self)!);

function make(rt: Runtime, self: Handle, text: string): Handle {
  const data = fromLatin1(text);
  return isBytearray(rt, self) ? bytearrayFactory.make(rt, data) : newBytes(rt, data);
}
/** The same for a result that may be the receiver itself, as exact bytes are when nothing changes. */
function makeUnlessSame(rt: Runtime, self: Handle, text: string): Handle {
  if (rt.is(self, rt.types.bytes) && text.length === bytesLike(rt, self)!.length) return rt.newRef(self);
  return make(rt, self, text);
}

/** A bytes-like argument as text; null with TypeError. */
function argText(rt: Runtime, h: Handle): string | null {
  const data = bytesLike(rt, h);
  if (data !== null) return latin1Text(data);
  rt.raise('TypeError', `a bytes-like object is required, not '${typeName(rt, h)}'`);
  return null;
}

/** What to search for: bytes, or an int for one byte. */
function needle(rt: Runtime, h: Handle): string | null {
  const data = bytesLike(rt, h);
  if (data !== null) return latin1Text(data);
  if (rt.tp(h).nb_index === null) {
    rt.raise('TypeError', `argument should be integer or bytes-like object, not '${typeName(rt, h)}'`);
    return null;
  }
  return oneByte(rt, h);
}
export function oneByte(rt: Runtime, h: Handle): string | null {
  const i = numberIndex(rt, h);
  if (i === 0) return null;
  const n = intToIndex(rt, i);
  rt.decref(i);
  if (n >= 0 && n <= 255) return String.fromCharCode(n);
  rt.raise('ValueError', 'byte must be in range(0, 256)');
  return null;
}

// ---- searching ---------------------------------------------------------------------------------------------------------------

function finder(reverse: boolean, raises: boolean): Method {
  return (rt, self, args) => {
    const sub = needle(rt, args[0]!);
    if (sub === null) return 0;
    const text = textOf(rt, self);
    const bounds = searchBounds(rt, text.length, args[1] ?? 0, args[2] ?? 0);
    if (bounds === null) return 0;
    const [from, to] = bounds;
    let at = -1;
    if (to - from >= sub.length) at = reverse ? text.lastIndexOf(sub, to - sub.length) : lib.findText(text, sub, from);
    if (at < from || at + sub.length > to) at = -1;
    if (at < 0 && raises) return rt.raise('ValueError', 'subsection not found');
    return intFromNumber(rt, at);
  };
}

const count: Method = (rt, self, args) => {
  const sub = needle(rt, args[0]!);
  if (sub === null) return 0;
  const text = textOf(rt, self);
  const bounds = searchBounds(rt, text.length, args[1] ?? 0, args[2] ?? 0);
  if (bounds === null) return 0;
  const [from, to] = bounds;
  if (to < from) return intFromNumber(rt, 0);
  if (sub === '') return intFromNumber(rt, to - from + 1);
  return intFromNumber(rt, lib.countText(text.slice(from, to), sub));
};

export function bytesContains(rt: Runtime, self: Handle, item: Handle): number {
  const data = bytesLike(rt, item);
  if (data === null && rt.tp(item).nb_index === null) {
    return rt.raiseInt('TypeError', `a bytes-like object is required, not '${typeName(rt, item)}'`);
  }
  const sub = data === null ? oneByte(rt, item) : latin1Text(data);
  return sub === null ? -1 : lib.findText(textOf(rt, self), sub) >= 0 ? 1 : 0;
}

function affix(fname: 'startswith' | 'endswith'): Method {
  return (rt, self, args) => {
    const text = textOf(rt, self);
    const bounds = searchBounds(rt, text.length, args[1] ?? 0, args[2] ?? 0);
    if (bounds === null) return 0;
    const [from, to] = bounds;
    const part = from <= to ? text.slice(from, to) : null;
    const matches = (sub: string): boolean => part?.[fname === 'startswith' ? 'startsWith' : 'endsWith'](sub) === true;
    if (isTuple(rt, args[0]!)) {
      for (const item of tupleItems(rt, args[0]!)) {
        const sub = argText(rt, item);
        if (sub === null) return 0;
        if (matches(sub)) return rt.True;
      }
      return rt.False;
    }
    const data = bytesLike(rt, args[0]!);
    if (data === null)
      return rt.raise(
        'TypeError',
        `${fname} first arg must be bytes or a tuple of bytes, not ${typeName(rt, args[0]!)}`,
      );
    return rt.bool(matches(latin1Text(data)));
  };
}

// ---- splitting and joining ---------------------------------------------------------------------------------------------------

/** @param slots the list's first table */
function parts(rt: Runtime, self: Handle, texts: string[], slots: number): Handle {
  const list = newListWithRoom(rt, slots);
  for (const t of texts) listAppendStolen(rt, list, makeUnlessSame(rt, self, t));
  return list;
}

function splitter(reverse: boolean): Method {
  return (rt, self, args) => {
    const max = args[1] === 0 ? -1 : asIndex(rt, args[1]!, 'OverflowError');
    if (max === null) return 0;
    const text = textOf(rt, self);
    // `PREALLOC_SIZE`.
    const slots = max < 0 ? 12 : Math.min(12, max + 1);
    if (args[0] === 0 || args[0] === rt.None) {
      return parts(rt, self, (reverse ? lib.rsplitSpace : lib.splitSpace)(text, max, lib.isAsciiSpace), slots);
    }
    const sep = argText(rt, args[0]!);
    if (sep === null) return 0;
    if (sep === '') return rt.raise('ValueError', 'empty separator');
    return parts(rt, self, (reverse ? lib.rsplitText : lib.splitText)(text, sep, max), slots);
  };
}

const splitlines: Method = (rt, self, args) => {
  const keep = args[0] === 0 ? 0 : isTrue(rt, args[0]!);
  return keep < 0 ? 0 : parts(rt, self, lib.splitLines(textOf(rt, self), keep === 1, lib.isAsciiLineBreak), 0);
};

function partition(reverse: boolean) {
  return (rt: Runtime, self: Handle, arg: Handle): Handle => {
    const sep = argText(rt, arg);
    if (sep === null) return 0;
    if (sep === '') return rt.raise('ValueError', 'empty separator');
    const text = textOf(rt, self);
    const at = reverse ? text.lastIndexOf(sep) : lib.findText(text, sep);
    if (at < 0) {
      const whole = makeUnlessSame(rt, self, text);
      const a = make(rt, self, '');
      const b = make(rt, self, '');
      return newTuple(rt, reverse ? [a, b, whole] : [whole, a, b]);
    }
    const middle = isBytearray(rt, self) ? make(rt, self, sep) : rt.newRef(arg);
    return newTuple(rt, [make(rt, self, text.slice(0, at)), middle, make(rt, self, text.slice(at + sep.length))]);
  };
}

/** The separator of a `bytearray` is lent while the iterable's own code runs, and cannot be resized. */
function join(rt: Runtime, self: Handle, iterable: Handle): Handle {
  if (!isBytearray(rt, self)) return joinItems(rt, self, iterable);
  bytearrayFactory.lend(rt, self, 1);
  const result = joinItems(rt, self, iterable);
  bytearrayFactory.lend(rt, self, -1);
  return result;
}

/** `stringlib_bytes_join`. */
function joinItems(rt: Runtime, self: Handle, iterable: Handle): Handle {
  const sequence = sequenceFast(rt, iterable, 'can only join an iterable');
  if (sequence === 0) return 0;
  const items = fastItems(rt, sequence);
  let result = 0;
  if (items.length === 1 && rt.is(items[0]!, rt.types.bytes) && !isBytearray(rt, self)) {
    result = rt.newRef(items[0]!);
  } else {
    const texts: string[] = [];
    const bad = items.findIndex((item) => {
      const data = bytesLike(rt, item);
      if (data !== null) texts.push(latin1Text(data));
      return data === null;
    });
    if (bad >= 0)
      rt.raise('TypeError', `sequence item ${bad}: expected a bytes-like object, ${typeName(rt, items[bad]!)} found`);
    else result = make(rt, self, texts.join(textOf(rt, self)));
  }
  rt.decref(sequence);
  return result;
}

// ---- changing --------------------------------------------------------------------------------------------------------------

const replace: Method = (rt, self, args) => {
  const from = argText(rt, args[0]!);
  if (from === null) return 0;
  const to = argText(rt, args[1]!);
  if (to === null) return 0;
  const max = args.length < 3 ? -1 : asIndex(rt, args[2]!, 'OverflowError');
  if (max === null) return 0;
  const text = textOf(rt, self);
  if (max === 0 || (from !== '' && lib.findText(text, from) < 0)) return makeUnlessSame(rt, self, text);
  if (from !== '') return make(rt, self, lib.replaceText(text, from, to, max));
  let left = max < 0 ? text.length + 1 : max;
  let out = '';
  for (const c of text) out += (left-- > 0 ? to : '') + c;
  return make(rt, self, left > 0 ? out + to : out);
};

function stripper(left: boolean, right: boolean): Method {
  return (rt, self, args) => {
    let test = lib.isAsciiSpace;
    if (args.length > 0 && args[0] !== rt.None) {
      const set = argText(rt, args[0]!);
      if (set === null) return 0;
      test = (code) => set.includes(String.fromCharCode(code));
    }
    const text = textOf(rt, self);
    const [start, end] = lib.stripBounds(text, test, left, right);
    return makeUnlessSame(rt, self, text.slice(start, end));
  };
}

function removeAffix(prefix: boolean) {
  return (rt: Runtime, self: Handle, arg: Handle): Handle => {
    const sub = argText(rt, arg);
    if (sub === null) return 0;
    const text = textOf(rt, self);
    if (sub === '' || !(prefix ? text.startsWith(sub) : text.endsWith(sub))) return makeUnlessSame(rt, self, text);
    return make(rt, self, prefix ? text.slice(sub.length) : text.slice(0, -sub.length));
  };
}

function padder(side: 'center' | 'ljust' | 'rjust'): Method {
  return (rt, self, args) => {
    const width = asIndex(rt, args[0]!, 'OverflowError');
    if (width === null) return 0;
    let fill = ' ';
    if (args.length > 1) {
      const data = bytesLike(rt, args[1]!);
      if (data === null || data.length !== 1) {
        const type = typeName(rt, args[1]!);
        const length = rt.facts.name === '3.13' ? null : data?.length;
        return rt.raise(
          'TypeError',
          length == null
            ? `${side}() argument 2 must be a byte string of length 1, not ${type}`
            : `${side}(): argument 2 must be a byte string of length 1, not a ${type} object of length ${length}`,
        );
      }
      fill = latin1Text(data);
    }
    const text = textOf(rt, self);
    const missing = width - text.length;
    if (missing <= 0) return makeUnlessSame(rt, self, text);
    if (missing > 1 << 28) return rt.raise('MemoryError', '');
    const [left, right] =
      side === 'center' ? lib.centerPadding(missing, width) : side === 'ljust' ? [0, missing] : [missing, 0];
    return make(rt, self, fill.repeat(left) + text + fill.repeat(right));
  };
}

function zfill(rt: Runtime, self: Handle, arg: Handle): Handle {
  const width = asIndex(rt, arg, 'OverflowError');
  if (width === null) return 0;
  const text = textOf(rt, self);
  if (width <= text.length) return makeUnlessSame(rt, self, text);
  if (width > 1 << 28) return rt.raise('MemoryError', '');
  return make(rt, self, lib.zeroFill(text, width - text.length));
}

const expandtabs: Method = (rt, self, args) => {
  const size = args[0] === 0 ? 8 : asIndex(rt, args[0]!, 'OverflowError');
  if (size === null) return 0;
  const text = lib.expandTabs(textOf(rt, self), size);
  return text === null ? rt.raise('MemoryError', '') : make(rt, self, text);
};

/** Only ASCII letters have case. */
const upper = (s: string): string => s.replace(/[a-z]+/g, (m) => m.toUpperCase());
const lower = (s: string): string => s.replace(/[A-Z]+/g, (m) => m.toLowerCase());

function mapper(f: (text: string) => string) {
  return (rt: Runtime, self: Handle): Handle => make(rt, self, f(textOf(rt, self)));
}

function test(pattern: RegExp) {
  return (rt: Runtime, self: Handle): Handle => rt.bool(pattern.test(textOf(rt, self)));
}

const translate: Method = (rt, self, args) => {
  const table = args[0] === rt.None ? null : argText(rt, args[0]!);
  if (table === null && args[0] !== rt.None) return 0;
  if (table !== null && table.length !== 256)
    return rt.raise('ValueError', 'translation table must be 256 characters long');
  const deleted = args[1] === 0 ? '' : argText(rt, args[1]!);
  if (deleted === null) return 0;
  let out = '';
  for (const c of textOf(rt, self)) if (!deleted.includes(c)) out += table === null ? c : table[c.charCodeAt(0)]!;
  return make(rt, self, out);
};

export function bytesMaketrans(rt: Runtime, _type: Handle, args: Handle[]): Handle {
  const from = argText(rt, args[0]!);
  if (from === null) return 0;
  const to = argText(rt, args[1]!);
  if (to === null) return 0;
  if (from.length !== to.length) return rt.raise('ValueError', 'maketrans arguments must have same length');
  const table = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) table[from.charCodeAt(i)] = to.charCodeAt(i);
  return newBytes(rt, table);
}

// ---- text ----------------------------------------------------------------------------------------------------------------

const decode: Method = (rt, self, args) => {
  const encoding = textArgument(rt, args[0]!, 'decode', 'encoding', 'utf-8');
  if (encoding === null) return 0;
  const errors = textArgument(rt, args[1]!, 'decode', 'errors', 'strict');
  return errors === null ? 0 : decodeBytes(rt, bytesLike(rt, self)!, encoding, errors);
};

/** `hex([sep[, bytes_per_sep]])`: groups are counted from the right, or from the left if negative. */
const hex: Method = (rt, self, args) => hexOf(rt, bytesLike(rt, self)!, args[0]!, args[1]!);

const HEX_PAIRS = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'));

/** `_Py_strhex_with_sep`; the last two are arguments or 0. */
export function hexOf(rt: Runtime, bytes: Uint8Array, sepHandle: Handle, sizeHandle: Handle): Handle {
  if (sepHandle === 0) return strOfKind(rt, hexText(bytes), StrKind.Ascii);
  let sep: string;
  const data = bytesLike(rt, sepHandle);
  if (isStr(rt, sepHandle)) sep = strValue(rt, sepHandle);
  else if (data !== null) sep = latin1Text(data);
  else if (rt.tp(sepHandle).sq_length === null)
    return rt.raise('TypeError', `object of type '${typeName(rt, sepHandle)}' has no len()`);
  else return rt.raise('TypeError', 'sep must be str or bytes.');
  if ((isStr(rt, sepHandle) ? strLength(rt, sepHandle) : sep.length) !== 1)
    return rt.raise('ValueError', 'sep must be length 1.');
  if (sep.charCodeAt(0) > 127) return rt.raise('ValueError', 'sep must be ASCII.');
  const size = sizeHandle === 0 ? 1 : asIndex(rt, sizeHandle, 'OverflowError');
  if (size === null) return 0;
  const digits = hexText(bytes);
  if (size === 0) return strOfKind(rt, digits, StrKind.Ascii);
  const step = 2 * Math.abs(size);
  const first = size > 0 ? digits.length % step : 0;
  const groups: string[] = [];
  if (first > 0) groups.push(digits.slice(0, first));
  for (let i = first; i < digits.length; i += step) groups.push(digits.slice(i, i + step));
  return strFrom(rt, groups.join(sep));
}

function hexText(bytes: Uint8Array): string {
  return lib.inPieces(latin1Text(bytes), (piece) => {
    let out = '';
    for (let i = 0; i < piece.length; i++) out += HEX_PAIRS[piece.charCodeAt(i)]!;
    return out;
  });
}

/** The bytes that hexadecimal text spells, spaces between them allowed; null with an exception. */
export function parseHex(rt: Runtime, arg: Handle): Uint8Array | null {
  let text: string;
  const data = bytesLike(rt, arg);
  if (isStr(rt, arg)) text = strValue(rt, arg);
  else if (data !== null && rt.facts.name !== '3.13') text = latin1Text(data);
  else {
    rt.raise(
      'TypeError',
      `fromhex() argument must be str${rt.facts.name === '3.13' ? '' : ' or bytes-like'}, not ${typeName(rt, arg)}`,
    );
    return null;
  }
  const out: number[] = [];
  const digit = (at: number): number => (/^[0-9a-fA-F]$/.test(text[at] ?? '') ? parseInt(text[at]!, 16) : -1);
  for (let i = 0; i < text.length; ) {
    if (lib.isAsciiSpace(text.charCodeAt(i))) {
      i++;
      continue;
    }
    const high = digit(i);
    const low = high < 0 ? -1 : digit(i + 1);
    if (high < 0 || low < 0) {
      const at = high < 0 ? i : i + 1;
      rt.raise(
        'ValueError',
        at >= text.length && rt.facts.name !== '3.13'
          ? 'fromhex() arg must contain an even number of hexadecimal digits'
          : `non-hexadecimal number found in fromhex() arg at position ${at}`,
      );
      return null;
    }
    out.push(high * 16 + low);
    i += 2;
  }
  return Uint8Array.from(out);
}

const noargs = (fn: (rt: Runtime, self: Handle) => Handle): MethodDef => ({ kind: 'noargs', fn });
const one = (fn: (rt: Runtime, self: Handle, arg: Handle) => Handle): MethodDef => ({ kind: 'o', fn });
const fast = (min: number, max: number, fn: Method): MethodDef => ({ kind: 'fast', min, max, fn });
const clinic = (params: string, fn: Method): MethodDef => ({ kind: 'clinic', params, fn });

export const sharedMethods: Record<string, MethodDef> = {
  capitalize: noargs(mapper((s) => upper(s.slice(0, 1)) + lower(s.slice(1)))),
  center: fast(1, 2, padder('center')),
  count: fast(1, 3, count),
  decode: clinic('encoding=, errors=', decode),
  endswith: fast(1, 3, affix('endswith')),
  expandtabs: clinic('tabsize=', expandtabs),
  find: fast(1, 3, finder(false, false)),
  hex: clinic('sep=, bytes_per_sep=', hex),
  index: fast(1, 3, finder(false, true)),
  isalnum: noargs(test(/^[A-Za-z0-9]+$/)),
  isalpha: noargs(test(/^[A-Za-z]+$/)),
  isascii: noargs(test(/^\p{ASCII}*$/u)),
  isdigit: noargs(test(/^[0-9]+$/)),
  islower: noargs(test(/^[^A-Z]*[a-z][^A-Z]*$/)),
  isspace: noargs(test(/^[\t-\r ]+$/)),
  istitle: noargs(test(/^(?=.*[A-Za-z])(?:[^A-Za-z]|[A-Z](?![A-Z])[a-z]*)*$/s)),
  isupper: noargs(test(/^[^a-z]*[A-Z][^a-z]*$/)),
  join: one(join),
  ljust: fast(1, 2, padder('ljust')),
  lower: noargs(mapper(lower)),
  lstrip: fast(0, 1, stripper(true, false)),
  partition: one(partition(false)),
  replace: fast(2, 3, replace),
  removeprefix: one(removeAffix(true)),
  removesuffix: one(removeAffix(false)),
  rfind: fast(1, 3, finder(true, false)),
  rindex: fast(1, 3, finder(true, true)),
  rjust: fast(1, 2, padder('rjust')),
  rpartition: one(partition(true)),
  rsplit: clinic('sep=, maxsplit=', splitter(true)),
  rstrip: fast(0, 1, stripper(false, true)),
  split: clinic('sep=, maxsplit=', splitter(false)),
  splitlines: clinic('keepends=', splitlines),
  startswith: fast(1, 3, affix('startswith')),
  strip: fast(0, 1, stripper(true, true)),
  swapcase: noargs(mapper((s) => s.replace(/[A-Za-z]/g, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase())))),
  title: noargs(mapper((s) => s.replace(/[A-Za-z]+/g, (m) => m[0]!.toUpperCase() + m.slice(1).toLowerCase()))),
  translate: clinic('table, /, delete=', translate),
  upper: noargs(mapper(upper)),
  zfill: one(zfill),
};
