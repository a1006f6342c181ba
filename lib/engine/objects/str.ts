/**
 * `str` (Objects/unicodeobject.c): layout, making one, reading one, interning.
 *
 *     ob_refcnt ob_type | leaf length flags hashLow hashHigh
 *
 * The text is a JavaScript string in the leaf table; `length` counts code points. The widest code point gives the kind,
 * as in CPython, and with it the simulated size. Only text of kind ASTRAL has surrogate pairs: in any other kind a
 * UTF-16 unit is a code point, so lone surrogates stay apart. '' and the strings of one Latin-1 character are immortal
 * singletons.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { PlainDeath } from '../heap/object';
import { hashBytes, hashShort } from './hash';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';

export const STR_LEAF = OB_FIELDS;
/** Code points. */
export const STR_LENGTH = OB_FIELDS + 1;
/** A StrKind, STR_HASH_KNOWN, STR_INTERNED. */
export const STR_FLAGS = OB_FIELDS + 2;
export const STR_HASH_LO = OB_FIELDS + 3;
export const STR_HASH_HI = OB_FIELDS + 4;
export const STR_WORDS = 5;

export enum StrKind {
  Ascii = 0,
  Latin1 = 1,
  Ucs2 = 2,
  Astral = 3,
}
export const STR_KIND_MASK = 3;
/** STR_HASH_LO and STR_HASH_HI hold the hash. */
export const STR_HASH_KNOWN = 4;
/** In `rt.interned`; if mortal, its death takes it out. */
export const STR_INTERNED = 8;

// ---- making ---------------------------------------------------------------------------------------------------------

/** A new str from JavaScript text; surrogate pairs are one character. */
export function strFrom(rt: Runtime, text: string): Handle {
  return strOfKind(rt, text, kindOf(text));
}

/** The same when the kind is known (it must be the narrowest that holds the text). */
export function strOfKind(rt: Runtime, text: string, kind: StrKind): Handle {
  const n = text.length;
  if (n <= 1) {
    if (n === 0) return rt.emptyStr;
    const code = text.charCodeAt(0);
    if (code < 256) return rt.latin1Chars[code]!;
  }
  return makeStr(rt, text, kind);
}

/** A text that CPython writes into a new object without asking whether one of one character exists. New. */
export function freshStr(rt: Runtime, text: string): Handle {
  return text === '' ? rt.emptyStr : makeStr(rt, text, kindOf(text));
}

/** The same for ASCII text. */
export function freshAscii(rt: Runtime, text: string): Handle {
  return text === '' ? rt.emptyStr : makeStr(rt, text, StrKind.Ascii);
}

function makeStr(rt: Runtime, text: string, kind: StrKind): Handle {
  const length = kind === StrKind.Astral ? codePointLength(text) : text.length;
  const h = rt.heap.allocText(rt.types.str, compactSize(kind, length));
  fill(rt, h, text, kind, length);
  return h;
}

function fill(rt: Runtime, h: Handle, text: string, kind: StrKind, length: number): void {
  const { heap, mem } = rt;
  // A newborn's first words need no event.
  mem[h + STR_LEAF] = heap.newLeaf(text);
  mem[h + STR_LENGTH] = length;
  mem[h + STR_FLAGS] = kind;
}

/** An instance of a subclass with the text of `source` (`unicode_subtype_new`). */
export function newStrOfType(rt: Runtime, type: Handle, source: Handle): Handle {
  const h = allocInstance(rt, rt.slotsOfType(type));
  fill(rt, h, strValue(rt, source), strKind(rt, source), strLength(rt, source));
  return h;
}

/** Size of a compact string: the header (40 bytes, 56 unless ASCII), the characters and the closing zero. */
export function compactSize(kind: StrKind, length: number): number {
  switch (kind) {
    case StrKind.Ascii:
      return 40 + length + 1;
    case StrKind.Latin1:
      return 56 + length + 1;
    case StrKind.Ucs2:
      return 56 + 2 * (length + 1);
    case StrKind.Astral:
      return 56 + 4 * (length + 1);
  }
}

/** `str.__sizeof__`; subclasses keep their characters in a second block. */
export function strSizeof(rt: Runtime, h: Handle): number {
  const kind = strKind(rt, h);
  const size = compactSize(kind, strLength(rt, h));
  // The Latin-1 singletons carry their UTF-8 form (two bytes and a zero).
  if (rt.is(h, rt.types.str)) return kind === StrKind.Latin1 && strLength(rt, h) === 1 ? size + 3 : size;
  return rt.tp(h).basicsize + size - (kind === StrKind.Ascii ? 40 : 56);
}

export function strDealloc(rt: Runtime, h: Handle): void {
  const mem = rt.mem;
  if ((mem[h + STR_FLAGS]! & STR_INTERNED) !== 0) rt.interned.delete(strValue(rt, h));
  rt.heap.dropLeaf(mem[h + STR_LEAF]!);
  freeObject(rt, h);
}

// ---- reading (h: a str or an instance of a subclass) -----------------------------------------------------------------

export function strValue(rt: Runtime, h: Handle): string {
  return rt.heap.leaf[rt.mem[h + STR_LEAF]!] as string;
}
/** Code points. */
export function strLength(rt: Runtime, h: Handle): number {
  return rt.mem[h + STR_LENGTH]!;
}
export function strKind(rt: Runtime, h: Handle): StrKind {
  return rt.mem[h + STR_FLAGS]! & STR_KIND_MASK;
}

/** The narrowest kind that holds text in which surrogate pairs are characters. */
export function kindOf(text: string): StrKind {
  let bits = 0;
  const n = text.length;
  for (let i = 0; i < n; i++) {
    const c = text.charCodeAt(i);
    bits |= c;
    if ((c & 0xfc00) === 0xd800 && i + 1 < n && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) return StrKind.Astral;
  }
  return bits < 0x80 ? StrKind.Ascii : bits < 0x100 ? StrKind.Latin1 : StrKind.Ucs2;
}

/** The narrowest kind of text whose UTF-16 units are code points, as a part of text of such a kind is. */
export function kindOfUnits(text: string): StrKind {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= text.charCodeAt(i);
  return bits < 0x80 ? StrKind.Ascii : bits < 0x100 ? StrKind.Latin1 : StrKind.Ucs2;
}

export function codePointLength(text: string): number {
  let n = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n--;
      i++;
    }
  }
  return n;
}

// ---- interning ------------------------------------------------------------------------------------------------------

/** The immortal interned str of a text (borrowed: it never dies). What `Runtime.id` gives. */
export function internImmortal(rt: Runtime, text: string): Handle {
  let h = rt.interned.get(text);
  if (h === undefined) {
    h = makeStr(rt, text, kindOf(text));
    addInterned(rt, text, h);
  }
  if (!rt.heap.isImmortal(h)) rt.heap.immortalize(h);
  return h;
}

/** A new reference to the interned str of a text, as for constants that look like identifiers. It may die. */
export function internMortal(rt: Runtime, text: string): Handle {
  const known = rt.interned.get(text);
  if (known !== undefined) return rt.newRef(known);
  const h = strFrom(rt, text);
  addInterned(rt, text, h);
  return h;
}

/** `PyUnicode_InternInPlace` for an exact str: a new reference to the interned one, which may be `h` itself. */
export function internObject(rt: Runtime, h: Handle): Handle {
  const text = strValue(rt, h);
  const known = rt.interned.get(text);
  if (known !== undefined) return rt.newRef(known);
  addInterned(rt, text, h);
  return rt.newRef(h);
}

/** The table's own reference is not counted. */
function addInterned(rt: Runtime, text: string, h: Handle): void {
  rt.interned.set(text, h);
  rt.heap.set(h + STR_FLAGS, rt.mem[h + STR_FLAGS]! | STR_INTERNED);
}

export function isInterned(rt: Runtime, h: Handle): boolean {
  return (rt.mem[h + STR_FLAGS]! & STR_INTERNED) !== 0;
}

/** Constants of ASCII letters, digits and underscores only are interned (Objects/codeobject.c). */
export function isIdentifierLike(text: string): boolean {
  return /^[A-Za-z0-9_]*$/.test(text);
}

/** '' and the Latin-1 singletons: interned and immortal. */
export function initStrings(rt: Runtime): void {
  rt.types.str.plainDeath = PlainDeath.Text;
  rt.emptyStr = internImmortal(rt, '');
  for (let i = 0; i < 256; i++) rt.latin1Chars.push(internImmortal(rt, String.fromCharCode(i)));
}

// ---- hashing (unicode_hash) -------------------------------------------------------------------------------------------

/** The low word; the high one in `rt.hashHigh`. Computed once, from the characters in the width CPython stores. */
export function strHash(rt: Runtime, h: Handle): number {
  const mem = rt.mem;
  const flags = mem[h + STR_FLAGS]!;
  if ((flags & STR_HASH_KNOWN) !== 0) {
    rt.hashHigh = mem[h + STR_HASH_HI]!;
    return mem[h + STR_HASH_LO]!;
  }
  const text = strValue(rt, h);
  const kind: StrKind = flags & STR_KIND_MASK;
  let low: number;
  if (kind <= StrKind.Latin1 && text.length < 8 && text !== '') low = hashShort(rt, text);
  else if (kind <= StrKind.Latin1 && text.length <= short.length) {
    for (let i = 0; i < text.length; i++) short[i] = text.charCodeAt(i);
    low = hashBytes(rt, short, text.length);
  } else low = hashBytes(rt, storedBytes(text, kind));
  const heap = rt.heap;
  heap.set(h + STR_HASH_LO, low);
  heap.set(h + STR_HASH_HI, rt.hashHigh);
  heap.set(h + STR_FLAGS, flags | STR_HASH_KNOWN);
  return low;
}

/** The bytes of a short text, for as long as its hash takes. */
const short = new Uint8Array(64);

function storedBytes(text: string, kind: StrKind): Uint8Array {
  const n = text.length;
  if (kind <= StrKind.Latin1) {
    const data = new Uint8Array(n);
    for (let i = 0; i < n; i++) data[i] = text.charCodeAt(i);
    return data;
  }
  if (kind === StrKind.Ucs2) {
    const data = new Uint8Array(2 * n);
    for (let i = 0; i < n; i++) {
      const c = text.charCodeAt(i);
      data[2 * i] = c;
      data[2 * i + 1] = c >> 8;
    }
    return data;
  }
  const points = Array.from(text, (c) => c.codePointAt(0)!);
  return new Uint8Array(Uint32Array.from(points).buffer);
}
