/**
 * What the str protocols do (Objects/unicodeobject.c): concatenation, repetition, indexing, comparison, `in`, and the
 * helpers that turn JavaScript text back into str objects.
 */
import { ID16, type Handle } from '../heap/layout';
import type { CompareOp } from '../heap/object';
import { asIndex, isStr, typeName } from './abstract';
import { orderSatisfies } from './int';
import type { Runtime } from './runtime';
import { findText } from './stringlib';
import { isSlice, sliceIndices } from './slice';
import {
  compactSize,
  kindOf,
  kindOfUnits,
  STR_FLAGS,
  STR_LEAF,
  STR_LENGTH,
  strFrom,
  strKind,
  StrKind,
  strLength,
  strOfKind,
  strValue,
  type StrKind as Kind,
} from './str';

/** Longer text raises MemoryError: JavaScript's strings end at 2^29. */
export const MAX_TEXT = 1 << 28;

/** A new str of text that was made from parts of text of kind `kind`. */
export function strFromParts(rt: Runtime, text: string, kind: Kind): Handle {
  if (kind === StrKind.Ascii) return strOfKind(rt, text, kind);
  return strOfKind(rt, text, kind === StrKind.Astral ? kindOf(text) : kindOfUnits(text));
}

/** `unicode_result_unchanged`: the object itself, or an exact copy of an instance of a subclass. New reference. */
export function unchanged(rt: Runtime, h: Handle): Handle {
  return rt.is(h, rt.types.str) ? rt.newRef(h) : strOfKind(rt, strValue(rt, h), strKind(rt, h));
}

/** The wider of two kinds. */
export const widest = (a: Kind, b: Kind): Kind => (a > b ? a : b);

// ---- positions: code points outside, UTF-16 units inside --------------------------------------------------------------------

/** Code points one by one. */
export function chars(rt: Runtime, h: Handle): string[] {
  const text = strValue(rt, h);
  return strKind(rt, h) === StrKind.Astral ? Array.from(text) : text.split('');
}

/** The unit at which a code point begins. */
export function unitOf(rt: Runtime, h: Handle, index: number): number {
  if (strKind(rt, h) !== StrKind.Astral) return index;
  const text = strValue(rt, h);
  let unit = 0;
  for (let i = 0; i < index && unit < text.length; i++) unit += pairAt(text, unit) ? 2 : 1;
  return unit;
}

/** Code points before a unit. */
export function indexOfUnit(rt: Runtime, h: Handle, unit: number): number {
  if (strKind(rt, h) !== StrKind.Astral) return unit;
  const text = strValue(rt, h);
  let index = 0;
  for (let u = 0; u < unit; index++) u += pairAt(text, u) ? 2 : 1;
  return index;
}

export function pairAt(text: string, unit: number): boolean {
  return (text.charCodeAt(unit) & 0xfc00) === 0xd800 && (text.charCodeAt(unit + 1) & 0xfc00) === 0xdc00;
}

/** A new str: the character at an index that is in range. */
export function charAt(rt: Runtime, h: Handle, index: number): Handle {
  const text = strValue(rt, h);
  if (strKind(rt, h) !== StrKind.Astral) return charFromCode(rt, text.charCodeAt(index));
  const unit = unitOf(rt, h, index);
  return strFrom(rt, pairAt(text, unit) ? text.slice(unit, unit + 2) : text[unit]!);
}

/** A new str of one code point. */
export function charFromCode(rt: Runtime, code: number): Handle {
  if (code < 256) return rt.latin1Chars[code]!;
  if (code < 0x10000) return strOfKind(rt, String.fromCharCode(code), StrKind.Ucs2);
  return strOfKind(rt, String.fromCodePoint(code), StrKind.Astral);
}

/** `PyUnicode_Substring`: a new str of the code points from `start` to `end` (in range); the whole is the object itself. */
export function substring(rt: Runtime, h: Handle, start: number, end: number): Handle {
  if (start >= end) return rt.emptyStr;
  if (start === 0 && end === strLength(rt, h)) return unchanged(rt, h);
  const text = strValue(rt, h);
  return strFromParts(rt, text.slice(unitOf(rt, h, start), unitOf(rt, h, end)), strKind(rt, h));
}

// ---- sequence ---------------------------------------------------------------------------------------------------------------

/** `PyUnicode_Concat`. An empty side leaves the other as it is. */
export function strConcat(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isStr(rt, a)) return rt.raise('TypeError', `must be str, not ${typeName(rt, a)}`);
  if (!isStr(rt, b)) return rt.raise('TypeError', `can only concatenate str (not "${typeName(rt, b)}") to str`);
  if (strLength(rt, a) === 0) return unchanged(rt, b);
  if (strLength(rt, b) === 0) return unchanged(rt, a);
  const left = strValue(rt, a);
  const right = strValue(rt, b);
  if (left.length + right.length > MAX_TEXT) return rt.raise('MemoryError', '');
  return strOfKind(rt, left + right, widest(strKind(rt, a), strKind(rt, b)));
}

/**
 * `PyUnicode_Append`: steals `a`, an exact str; new, which may be the same object, grown where it lies: nobody else has
 * it, nobody knows its hash, and it is wide enough. 0 with an exception.
 */
export function strAppend(rt: Runtime, a: Handle, b: Handle): Handle {
  const { heap, mem } = rt;
  const length = mem[a + STR_LENGTH]!;
  const kind = mem[a + STR_FLAGS]!;
  if (mem[b + STR_LENGTH] === 0) return a;
  if (
    length === 0 ||
    mem[a] !== 1 ||
    kind > StrKind.Astral ||
    strKind(rt, b) > kind ||
    // A character may be two units.
    2 * (length + mem[b + STR_LENGTH]!) > MAX_TEXT ||
    (kind === StrKind.Astral && (strValue(rt, b).charCodeAt(0) & 0xfc00) === 0xdc00)
  ) {
    const r = strConcat(rt, a, b);
    heap.decref(a);
    return r;
  }
  growText(rt, a, b, kind);
  return a;
}

/** `unicode_resize`, and the characters of `b` behind those of `a`, which are of this kind. */
function growText(rt: Runtime, a: Handle, b: Handle, kind: StrKind): void {
  const { heap, mem } = rt;
  const text = strValue(rt, a) + strValue(rt, b);
  const length = mem[a + STR_LENGTH]! + mem[b + STR_LENGTH]!;
  const old = mem[a + ID16]!;
  const address = heap.obmalloc.realloc(old, compactSize(kind, length));
  if (address !== old) heap.set(a + ID16, address);
  const leaf = mem[a + STR_LEAF]!;
  if (heap.log === null && !heap.keepsDead) heap.leaf[leaf] = text;
  else {
    heap.set(a + STR_LEAF, heap.newLeaf(text));
    heap.dropLeaf(leaf);
  }
  heap.set(a + STR_LENGTH, length);
}

export function strRepeat(rt: Runtime, h: Handle, n: number): Handle {
  if (n < 1) return rt.emptyStr;
  const length = strLength(rt, h);
  if (n === 1 || length === 0) return unchanged(rt, h);
  if (length * n > 2 ** 63) return rt.raise('OverflowError', 'repeated string is too long');
  if (length * n > MAX_TEXT) return rt.raise('MemoryError', '');
  return strOfKind(rt, strValue(rt, h).repeat(n), strKind(rt, h));
}

export function strItem(rt: Runtime, h: Handle, index: number): Handle {
  if (index < 0 || index >= strLength(rt, h)) return rt.raise('IndexError', 'string index out of range');
  return charAt(rt, h, index);
}

export function strSubscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (isSlice(rt, key)) return strSlice(rt, h, key);
  if (rt.tp(key).nb_index === null) {
    return rt.raise('TypeError', `string indices must be integers, not '${typeName(rt, key)}'`);
  }
  const i = asIndex(rt, key, 'IndexError');
  if (i === null) return 0;
  return strItem(rt, h, i < 0 ? i + strLength(rt, h) : i);
}

function strSlice(rt: Runtime, h: Handle, key: Handle): Handle {
  const s = sliceIndices(rt, key, strLength(rt, h));
  if (s === null) return 0;
  if (s.count <= 0) return rt.emptyStr;
  if (s.step === 1) return substring(rt, h, s.start, s.start + s.count);
  const source = strKind(rt, h) === StrKind.Astral ? chars(rt, h) : strValue(rt, h);
  let out = '';
  for (let i = 0, at = s.start; i < s.count; i++, at += s.step) out += source[at];
  return strFromParts(rt, out, strKind(rt, h));
}

export function strContains(rt: Runtime, h: Handle, item: Handle): number {
  if (!isStr(rt, item)) {
    return rt.raiseInt('TypeError', `'in <string>' requires string as left operand, not ${typeName(rt, item)}`);
  }
  return findText(strValue(rt, h), strValue(rt, item)) >= 0 ? 1 : 0;
}

// ---- comparison ---------------------------------------------------------------------------------------------------------------

/** The same text; both are str or of a subclass. */
export function strEquals(rt: Runtime, a: Handle, b: Handle): boolean {
  return a === b || (strLength(rt, a) === strLength(rt, b) && strValue(rt, a) === strValue(rt, b));
}

export function strRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isStr(rt, a) || !isStr(rt, b)) return rt.NotImplemented;
  if (a === b) return rt.bool(orderSatisfies(0, op));
  return rt.bool(orderSatisfies(compareText(rt, a, b), op));
}

/** By code points: UTF-16 puts pairs before U+E000 … U+FFFF. */
export function compareText(rt: Runtime, a: Handle, b: Handle): number {
  const x = strValue(rt, a);
  const y = strValue(rt, b);
  if (strKind(rt, a) !== StrKind.Astral && strKind(rt, b) !== StrKind.Astral) {
    // The first characters decide most.
    const first = x.charCodeAt(0) - y.charCodeAt(0);
    if (first < 0 || first > 0) return first;
    return x === y ? 0 : x < y ? -1 : 1;
  }
  if (x === y) return strLength(rt, a) - strLength(rt, b);
  const n = Math.min(x.length, y.length);
  let i = 0;
  while (i < n && x.charCodeAt(i) === y.charCodeAt(i)) i++;
  if (i === n) return x.length - y.length;
  const rank = (c: number): number => (c >= 0xe000 ? c - 0x2000 : c >= 0xd800 ? c + 0x2000 : c);
  return rank(x.charCodeAt(i)) - rank(y.charCodeAt(i));
}
