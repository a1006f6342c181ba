/**
 * `array` (Modules/arraymodule.c): numbers of one C type, one behind the other.
 *
 *     array  ob_refcnt ob_type | leaf table size allocated letter weaklist exports
 *
 * As for bytearray, the content is an array in the leaf table with room to spare, changed in place; `table` stands for
 * the block that CPython allocates.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type BufferInfo, type MethodDef, type TypeSpec, type Visit } from '../heap/object';
import {
  asIndex,
  getAttrString,
  getIter,
  getOptionalAttr,
  isInt,
  isList,
  isStr,
  isTuple,
  iterNext,
  numberIndex,
  richCompareBool,
  typeName,
} from '../objects/abstract';
import { bytesOf, getBuffer, isContiguous, releaseBuffer } from '../objects/buffer';
import { bytesValue, newBytes } from '../objects/bytes';
import { codePoints } from '../objects/codecs';
import { genericAlias } from '../objects/dict-methods';
import { noKeywords } from '../objects/getargs';
import { intFromNumber, intToBigInt } from '../objects/int';
import { compareSizes, listItem, listSize, newList } from '../objects/list';
import { asDouble } from '../objects/number-convert';
import { allocInstance, freeObject, newObject } from '../objects/object';
import { builtin } from '../objects/iter-pickling';
import type { Runtime } from '../objects/runtime';
import { adjustIndices, isSlice, sliceUnpack } from '../objects/slice';
import { strFrom, strKind, strLength, strValue } from '../objects/str';
import { charFromCode } from '../objects/str-ops';
import { reprOfText } from '../objects/str-repr';
import {
  NATIVE_CODES,
  readInteger,
  unpackItem,
  writeDouble,
  writeInteger,
  type ItemCode,
} from '../objects/struct-codes';
import { newTupleTracked, tupleItem, tupleSize } from '../objects/tuple';
import { isInstanceOf } from '../objects/type-lookup';
import { clearWeakrefs } from '../objects/weakref-list';
import { moduleTypeRef, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const LEAF = OB_FIELDS;
const TABLE = OB_FIELDS + 1;
const SIZE = OB_FIELDS + 2;
const ALLOCATED = OB_FIELDS + 3;
const LETTER = OB_FIELDS + 4;
const WEAKLIST = OB_FIELDS + 5;
const EXPORTS = OB_FIELDS + 6;

const EMPTY = new Uint8Array(0);
/** A longer one ends as a MemoryError. */
const MAX_BYTES = 1 << 29;

const CODES: Readonly<Record<string, ItemCode>> = {
  ...Object.fromEntries(Array.from('bBhHiIlLqQfd', (c) => [c, NATIVE_CODES[c]!])),
  u: { size: 4, kind: 'char' },
  w: { size: 4, kind: 'char' },
};
const TYPECODES = 'bBuwhHiIlLqQfd';

const letterOf = (rt: Runtime, h: Handle): string => String.fromCharCode(rt.mem[h + LETTER]!);
const codeOf = (rt: Runtime, h: Handle): ItemCode => CODES[letterOf(rt, h)]!;
const length = (rt: Runtime, h: Handle): number => rt.mem[h + SIZE]!;
/** At least the bytes of the items; there may be more room. */
function content(rt: Runtime, h: Handle): Uint8Array {
  const leaf = rt.mem[h + LEAF]!;
  return leaf === 0 ? EMPTY : (rt.heap.leaf[leaf] as Uint8Array);
}
const used = (rt: Runtime, h: Handle): Uint8Array => content(rt, h).subarray(0, length(rt, h) * codeOf(rt, h).size);
const arrayType = (rt: Runtime) => typeOfModule(rt as Interpreter, 'array.array');
const isArray = (rt: Runtime, h: Handle): boolean => rt.tp(h) === arrayType(rt) || isInstanceOf(rt, h, arrayType(rt));

// ---- changing ------------------------------------------------------------------------------------------------------------------

function replaceContent(rt: Runtime, h: Handle, data: Uint8Array): void {
  const leaf = rt.mem[h + LEAF]!;
  if (leaf !== 0) rt.heap.leaf[leaf] = data;
  else if (data.length > 0) rt.heap.set(h + LEAF, rt.heap.newLeaf(data));
}

/** `array_resize`: false with an exception. New items are zero. */
function resize(rt: Runtime, h: Handle, size: number): boolean {
  const { heap, mem } = rt;
  const now = length(rt, h);
  if (mem[h + EXPORTS]! > 0 && size !== now) {
    rt.raise('BufferError', 'cannot resize an array that is exporting buffers');
    return false;
  }
  const itemsize = codeOf(rt, h).size;
  if (size * itemsize > MAX_BYTES) {
    rt.raise('MemoryError', '');
    return false;
  }
  if (mem[h + ALLOCATED]! >= size && now < size + 16 && mem[h + TABLE] !== 0) {
    const data = content(rt, h);
    if (data.length < size * itemsize) grow(rt, h, size * itemsize);
    heap.set(h + SIZE, size);
    return true;
  }
  const allocated = size === 0 ? 0 : (size >> 4) + (now < 8 ? 3 : 7) + size;
  setTable(rt, h, allocated);
  if (size === 0) replaceContent(rt, h, EMPTY);
  else grow(rt, h, size * itemsize);
  heap.set(h + SIZE, size);
  return true;
}

function setTable(rt: Runtime, h: Handle, allocated: number): void {
  const { heap, mem } = rt;
  const table = mem[h + TABLE]!;
  heap.set(h + TABLE, allocated === 0 ? 0 : heap.allocRaw(1, allocated * codeOf(rt, h).size));
  if (table !== 0) heap.freeRaw(table);
  heap.set(h + ALLOCATED, allocated);
}

/** Makes room, with some to spare, so that a run of appends does not copy each time. */
function grow(rt: Runtime, h: Handle, bytes: number): void {
  const old = used(rt, h);
  const data = new Uint8Array(bytes + (bytes >> 1));
  data.set(old.subarray(0, Math.min(old.length, data.length)));
  replaceContent(rt, h, data);
}

/** `newarrayobject`: exactly so large. */
function newArray(rt: Runtime, letter: string, size: number, type = arrayType(rt)): Handle {
  const h = type.isPythonClass ? allocInstance(rt, type) : newObject(rt, type);
  if (!type.isPythonClass) rt.heap.gcTrack(h);
  rt.heap.set(h + LETTER, letter.charCodeAt(0));
  if (size > 0) {
    setTable(rt, h, size);
    replaceContent(rt, h, new Uint8Array(size * CODES[letter]!.size));
    rt.heap.set(h + SIZE, size);
  }
  return h;
}

function arrayOf(rt: Runtime, letter: string, data: Uint8Array): Handle {
  const h = newArray(rt, letter, data.length / CODES[letter]!.size);
  content(rt, h).set(data);
  return h;
}

/** Cuts out [low, high) and puts `by` there; -1 with an exception. */
function splice(rt: Runtime, h: Handle, low: number, high: number, by: Uint8Array): number {
  const { size } = codeOf(rt, h);
  const tail = used(rt, h).slice(high * size);
  if (!resize(rt, h, low + (by.length + tail.length) / size)) return -1;
  const data = content(rt, h);
  data.set(by, low * size);
  data.set(tail, low * size + by.length);
  return 0;
}

// ---- items ---------------------------------------------------------------------------------------------------------------------

function getItem(rt: Runtime, h: Handle, i: number): Handle {
  const code = codeOf(rt, h);
  const data = content(rt, h);
  if (code.kind !== 'char') return unpackItem(rt, data, i * code.size, code);
  const point = readInteger(data, i * 4, 4, false) as number;
  if (point > 0x10ffff) {
    return rt.raise('ValueError', `character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
  }
  return charFromCode(rt, point);
}

const LONG_MAX = 2n ** 63n - 1n;
const NAMES: Readonly<Record<string, string>> = {
  b: 'signed char',
  B: 'unsigned byte integer',
  h: 'signed short integer',
  H: 'unsigned short',
  i: 'signed integer',
};

/** The value as an item of such an array, in 8 bytes of which the first are it; null with an exception. */
function packValue(rt: Runtime, letter: string, v: Handle): Uint8Array | null {
  const code = CODES[letter]!;
  const out = new Uint8Array(8);
  if (code.kind === 'char') {
    if (!isStr(rt, v) || strLength(rt, v) !== 1) {
      const what = isStr(rt, v) ? `a string of length ${strLength(rt, v)}` : typeName(rt, v);
      const is313 = rt.facts.name === '3.13';
      rt.raise(
        'TypeError',
        is313 ? 'array item must be unicode character' : `array item must be a unicode character, not ${what}`,
      );
      return null;
    }
    writeInteger(out, 0, 4, BigInt(strValue(rt, v).codePointAt(0)!));
    return out;
  }
  if (code.kind === 'float') {
    const x = asDouble(rt, v);
    if (x === null) return null;
    if (!writeDouble(out, 0, code.size, x)) writeDouble(out, 0, code.size, x > 0 ? Infinity : -Infinity);
    return out;
  }
  const i = numberIndex(rt, v);
  if (i === 0) return null;
  const n = intToBigInt(rt, i);
  rt.decref(i);
  const wrong = outOfRange(letter, n, code.size);
  if (wrong !== null) {
    rt.raise('OverflowError', wrong);
    return null;
  }
  writeInteger(out, 0, code.size, n);
  return out;
}

function outOfRange(letter: string, n: bigint, size: number): string | null {
  const name = NAMES[letter];
  if (name !== undefined) {
    if (n > LONG_MAX || n < -LONG_MAX - 1n) return 'Python int too large to convert to C long';
    const bits = BigInt(size * 8);
    const isUnsigned = letter === 'B' || letter === 'H';
    if (n > (isUnsigned ? (1n << bits) - 1n : (1n << (bits - 1n)) - 1n)) return `${name} is greater than maximum`;
    if (n < (isUnsigned ? 0n : -(1n << (bits - 1n)))) return `${name} is less than minimum`;
    return null;
  }
  switch (letter) {
    case 'l':
      return BigInt.asIntN(64, n) === n ? null : 'Python int too large to convert to C long';
    case 'q':
      return BigInt.asIntN(64, n) === n ? null : 'int too big to convert';
    case 'Q':
      return n < 0n ? "can't convert negative int to unsigned" : n < 1n << 64n ? null : 'int too big to convert';
    default:
      if (n < 0n) return "can't convert negative value to unsigned int";
      if (n >= 1n << 64n) return 'Python int too large to convert to C unsigned long';
      return letter === 'I' && n >= 1n << 32n ? 'unsigned int is greater than maximum' : null;
  }
}

function setItem(rt: Runtime, h: Handle, i: number, v: Handle): number {
  const item = packValue(rt, letterOf(rt, h), v);
  if (item === null) return -1;
  // The value's own code may have made the array shorter.
  if (i >= length(rt, h)) return rt.raiseInt('IndexError', 'array assignment index out of range');
  const { size } = codeOf(rt, h);
  content(rt, h).set(item.subarray(0, size), i * size);
  return 0;
}

/** `ins1`. */
function insertAt(rt: Runtime, h: Handle, where: number, v: Handle): boolean {
  const n = length(rt, h);
  const item = packValue(rt, letterOf(rt, h), v);
  if (item === null) return false;
  const { size } = codeOf(rt, h);
  if (!resize(rt, h, n + 1)) return false;
  const at = Math.max(0, Math.min(n, where < 0 ? where + n : where));
  const data = content(rt, h);
  data.copyWithin((at + 1) * size, at * size, n * size);
  data.set(item.subarray(0, size), at * size);
  return true;
}

// ---- construction ------------------------------------------------------------------------------------------------------------------

function arrayNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  if (!slots.isPythonClass && !noKeywords(rt, 'array.array', kwnames)) return 0;
  const n = args.length - (kwnames?.length ?? 0);
  if (n < 1 || n > 2) {
    return rt.raise(
      'TypeError',
      n < 1 ? 'array() takes at least 1 argument (0 given)' : `array() takes at most 2 arguments (${n} given)`,
    );
  }
  const [codeArg, initial] = args as [Handle, Handle | undefined];
  if (!isStr(rt, codeArg) || strLength(rt, codeArg) !== 1) {
    return rt.raise('TypeError', `array() argument 1 must be a unicode character, not ${typeName(rt, codeArg)}`);
  }
  const letter = strValue(rt, codeArg);
  const isText = letter === 'u' || letter === 'w';
  if (n === 2 && !isText) {
    if (isStr(rt, initial!)) {
      return rt.raise('TypeError', `cannot use a str to initialize an array with typecode '${letter}'`);
    }
    if (isArray(rt, initial!) && 'uw'.includes(letterOf(rt, initial!))) {
      return rt.raise('TypeError', `cannot use a unicode array to initialize an array with typecode '${letter}'`);
    }
  }
  if (!TYPECODES.includes(letter)) {
    const known =
      rt.facts.name === '3.13'
        ? 'b, B, u, h, H, i, I, l, L, q, Q, f or d'
        : 'b, B, u, w, h, H, i, I, l, L, q, Q, f or d';
    return rt.raise('ValueError', `bad typecode (must be ${known})`);
  }
  if (
    letter === 'u' &&
    !rt.warn('DeprecationWarning', "The 'u' type code is deprecated and will be removed in Python 3.16")
  ) {
    return 0;
  }
  const items = n === 2 && (isList(rt, initial!) || isTuple(rt, initial!)) ? initial! : 0;
  const h = newArray(rt, letter, 0, slots);
  if (n < 2) return h;
  const ok =
    items !== 0
      ? fromSequence(rt, h, items)
      : isStr(rt, initial!)
        ? fromUnicode(rt, h, initial!)
        : isArray(rt, initial!) && letterOf(rt, initial!) === letter
          ? splice(rt, h, 0, 0, used(rt, initial!).slice()) === 0
          : rt.tp(initial!).bf_getbuffer !== null && !isArray(rt, initial!) && isBytesOrBytearray(rt, initial!)
            ? fromBytes(rt, h, initial!)
            : fromIterable(rt, h, initial!);
  if (ok) return h;
  rt.decref(h);
  return 0;
}

function isBytesOrBytearray(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, rt.types.bytes) || isInstanceOf(rt, h, rt.types.bytearray);
}

function fromSequence(rt: Runtime, h: Handle, items: Handle): boolean {
  const isInList = isList(rt, items);
  const n = isInList ? listSize(rt, items) : tupleSize(rt, items);
  if (n > 0) {
    setTable(rt, h, n);
    replaceContent(rt, h, new Uint8Array(n * codeOf(rt, h).size));
    rt.heap.set(h + SIZE, n);
  }
  for (let i = 0; i < n; i++) {
    // The values' own code may change the list.
    if (isInList && i >= listSize(rt, items)) {
      rt.raise('RuntimeError', 'list changed size during iteration');
      return false;
    }
    const v = isInList ? listItem(rt, items, i) : tupleItem(rt, items, i);
    rt.incref(v);
    const r = setItem(rt, h, i, v);
    rt.decref(v);
    if (r < 0) return false;
  }
  return true;
}

function fromIterable(rt: Runtime, h: Handle, iterable: Handle): boolean {
  const it = getIter(rt, iterable);
  if (it === 0) return false;
  let ok = true;
  while (ok) {
    const v = iterNext(rt, it);
    if (v === 0) break;
    ok = insertAt(rt, h, length(rt, h), v);
    rt.decref(v);
  }
  rt.decref(it);
  return ok && rt.currentException === 0;
}

function fromUnicode(rt: Runtime, h: Handle, text: Handle): boolean {
  const points = codePoints(strValue(rt, text), strKind(rt, text));
  const data = new Uint8Array(4 * points.length);
  for (const [i, p] of points.entries()) writeInteger(data, 4 * i, 4, BigInt(p));
  return splice(rt, h, length(rt, h), length(rt, h), data) === 0;
}

function fromBytes(rt: Runtime, h: Handle, source: Handle): boolean {
  if (rt.tp(source).bf_getbuffer === null) {
    rt.raise('TypeError', `a bytes-like object is required, not '${typeName(rt, source)}'`);
    return false;
  }
  const buffer = getBuffer(rt, source);
  if (buffer === null) return false;
  if (buffer.itemsize !== 1) {
    releaseBuffer(rt, buffer);
    rt.raise('TypeError', 'a bytes-like object is required');
    return false;
  }
  const data = isContiguous(buffer) ? bytesOf(buffer).slice() : bytesOf(buffer);
  releaseBuffer(rt, buffer);
  const { size } = codeOf(rt, h);
  if (data.length % size !== 0) {
    rt.raise('ValueError', 'bytes length not a multiple of item size');
    return false;
  }
  const n = length(rt, h);
  return data.length === 0 || splice(rt, h, n, n, data) === 0;
}

// ---- slots ---------------------------------------------------------------------------------------------------------------------

function item(rt: Runtime, h: Handle, i: number): Handle {
  if (i < 0 || i >= length(rt, h)) return rt.raise('IndexError', 'array index out of range');
  return getItem(rt, h, i);
}

function subscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    return i === null ? 0 : item(rt, h, i < 0 ? i + length(rt, h) : i);
  }
  if (!isSlice(rt, key)) return rt.raise('TypeError', 'array indices must be integers');
  const parts = sliceUnpack(rt, key);
  if (parts === null) return 0;
  const s = adjustIndices(parts, length(rt, h));
  const { size } = codeOf(rt, h);
  const data = used(rt, h);
  if (s.step === 1) return arrayOf(rt, letterOf(rt, h), data.slice(s.start * size, (s.start + s.count) * size));
  const out = new Uint8Array(s.count * size);
  for (let i = 0; i < s.count; i++) {
    const at = (s.start + i * s.step) * size;
    out.set(data.subarray(at, at + size), i * size);
  }
  return arrayOf(rt, letterOf(rt, h), out);
}

function assignItem(rt: Runtime, h: Handle, i: number, v: Handle): number {
  if (i < 0 || i >= length(rt, h)) return rt.raiseInt('IndexError', 'array assignment index out of range');
  return v === 0 ? splice(rt, h, i, i + 1, EMPTY) : setItem(rt, h, i, v);
}

function assignSubscript(rt: Runtime, h: Handle, key: Handle, v: Handle): number {
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    return i === null ? -1 : assignItem(rt, h, i < 0 ? i + length(rt, h) : i, v);
  }
  if (!isSlice(rt, key)) return rt.raiseInt('TypeError', 'array indices must be integers');
  const parts = sliceUnpack(rt, key);
  if (parts === null) return -1;
  const s = adjustIndices(parts, length(rt, h));
  let by = EMPTY;
  const { size } = codeOf(rt, h);
  if (v !== 0) {
    if (!isArray(rt, v)) {
      return rt.raiseInt('TypeError', `can only assign array (not "${typeName(rt, v)}") to array slice`);
    }
    if (letterOf(rt, v) !== letterOf(rt, h))
      return rt.raiseInt('TypeError', 'bad argument type for built-in operation');
    by = used(rt, v).slice();
  }
  const needed = by.length / size;
  if (rt.mem[h + EXPORTS]! > 0 && needed !== s.count) {
    return rt.raiseInt('BufferError', 'cannot resize an array that is exporting buffers');
  }
  if (s.step === 1) return splice(rt, h, s.start, s.start + s.count, by);
  if (v === 0) {
    const gone = new Set(Array.from({ length: s.count }, (_, i) => s.start + i * s.step));
    const data = used(rt, h);
    const kept: Uint8Array[] = [];
    for (let i = 0; i < length(rt, h); i++) if (!gone.has(i)) kept.push(data.slice(i * size, (i + 1) * size));
    const out = new Uint8Array(kept.length * size);
    for (const [i, k] of kept.entries()) out.set(k, i * size);
    return splice(rt, h, 0, length(rt, h), out);
  }
  if (needed !== s.count) {
    return rt.raiseInt('ValueError', `attempt to assign array of size ${needed} to extended slice of size ${s.count}`);
  }
  const data = content(rt, h);
  for (let i = 0; i < s.count; i++) data.set(by.subarray(i * size, (i + 1) * size), (s.start + i * s.step) * size);
  return 0;
}

function concat(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isArray(rt, b)) return rt.raise('TypeError', `can only append array (not "${typeName(rt, b)}") to array`);
  if (letterOf(rt, a) !== letterOf(rt, b)) return rt.raise('TypeError', 'bad argument type for built-in operation');
  const x = used(rt, a);
  const y = used(rt, b);
  const data = new Uint8Array(x.length + y.length);
  data.set(x);
  data.set(y, x.length);
  return arrayOf(rt, letterOf(rt, a), data);
}

function repeated(rt: Runtime, h: Handle, n: number): Uint8Array | null {
  const data = used(rt, h);
  const times = Math.max(0, n);
  if (data.length * times > MAX_BYTES) {
    rt.raise('MemoryError', '');
    return null;
  }
  const out = new Uint8Array(data.length * times);
  for (let i = 0; i < times && data.length > 0; i++) out.set(data, i * data.length);
  return out;
}

/** `array_do_extend`: -1 with an exception. */
function extendByArray(rt: Runtime, h: Handle, other: Handle): number {
  if (letterOf(rt, h) !== letterOf(rt, other)) {
    return rt.raiseInt('TypeError', 'can only extend with array of same kind');
  }
  const n = length(rt, h);
  return splice(rt, h, n, n, used(rt, other).slice());
}

function extend(rt: Runtime, h: Handle, x: Handle): boolean {
  return isArray(rt, x) ? extendByArray(rt, h, x) === 0 : fromIterable(rt, h, x);
}

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isArray(rt, a) || !isArray(rt, b)) return rt.NotImplemented;
  const n = length(rt, a);
  const m = length(rt, b);
  if (n !== m && (op === CompareOp.EQ || op === CompareOp.NE)) return rt.bool(op === CompareOp.NE);
  for (let i = 0; i < n && i < m; i++) {
    const x = getItem(rt, a, i);
    if (x === 0) return 0;
    const y = getItem(rt, b, i);
    const same = y === 0 ? -1 : richCompareBool(rt, x, y, CompareOp.EQ);
    let result = -2;
    if (same === 0) {
      if (op === CompareOp.EQ) result = 0;
      else if (op === CompareOp.NE) result = 1;
      else result = richCompareBool(rt, x, y, op);
    } else if (same < 0) result = -1;
    rt.decref(x);
    rt.xdecref(y);
    if (result === -1) return 0;
    if (result !== -2) return rt.bool(result === 1);
  }
  return rt.bool(compareSizes(n, m, op));
}

/** The index of the first equal item in [start, stop); -1: none, -2: an exception. */
function find(rt: Runtime, h: Handle, v: Handle, start: number, stop: number): number {
  for (let i = start; i < stop && i < length(rt, h); i++) {
    const x = getItem(rt, h, i);
    if (x === 0) return -2;
    const same = richCompareBool(rt, x, v, CompareOp.EQ);
    rt.decref(x);
    if (same !== 0) return same < 0 ? -2 : i;
  }
  return -1;
}

function repr(rt: Runtime, h: Handle): Handle {
  const name = rt.tp(h).name;
  const short = name.slice(name.lastIndexOf('.') + 1);
  const letter = letterOf(rt, h);
  const n = length(rt, h);
  if (n === 0) return strFrom(rt, `${short}('${letter}')`);
  if (letter === 'u' || letter === 'w') {
    const text = toUnicode(rt, h);
    return text === null ? 0 : strFrom(rt, `${short}('${letter}', ${reprOfText(text)})`);
  }
  const list = toList(rt, h);
  if (list === 0) return 0;
  const r = rt.tp(list).tp_repr!(rt, list);
  rt.decref(list);
  if (r === 0) return 0;
  const text = strValue(rt, r);
  rt.decref(r);
  return strFrom(rt, `${short}('${letter}', ${text})`);
}

function toList(rt: Runtime, h: Handle): Handle {
  const items: Handle[] = [];
  for (let i = 0; i < length(rt, h); i++) items.push(getItem(rt, h, i));
  return newList(rt, items);
}

function toUnicode(rt: Runtime, h: Handle): string | null {
  const data = used(rt, h);
  let text = '';
  for (let i = 0; i < data.length; i += 4) {
    const point = readInteger(data, i, 4, false) as number;
    if (point > 0x10ffff) {
      rt.raise('ValueError', `character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
      return null;
    }
    text += String.fromCodePoint(point);
  }
  return text;
}

function lend(rt: Runtime, h: Handle): BufferInfo {
  rt.heap.set(h + EXPORTS, rt.mem[h + EXPORTS]! + 1);
  const { size } = codeOf(rt, h);
  const letter = letterOf(rt, h);
  return {
    readonly: false,
    format: letter === 'u' ? 'w' : letter,
    itemsize: size,
    shape: [length(rt, h)],
    strides: [size],
    offset: 0,
    read: () => used(rt, h),
    write: (at, data) => content(rt, h).set(data, at),
  };
}

// ---- methods --------------------------------------------------------------------------------------------------------------------

const done = (rt: Runtime, ok: boolean): Handle => (ok ? rt.None : 0);

/** The position of `start` and `stop` in `index`. */
function bound(rt: Runtime, h: Handle, arg: Handle | undefined, otherwise: number): number | null {
  if (arg === undefined) return otherwise;
  const i = asIndex(rt, arg);
  return i === null ? null : i < 0 ? Math.max(0, i + length(rt, h)) : i;
}

const methods: Record<string, MethodDef> = {
  append: { kind: 'o', fn: (rt: Runtime, h, v) => done(rt, insertAt(rt, h, length(rt, h), v)) },
  insert: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (rt: Runtime, h, [where, v]) => {
      const i = asIndex(rt, where!, 'OverflowError');
      return i === null ? 0 : done(rt, insertAt(rt, h, i, v!));
    },
  },
  pop: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (rt: Runtime, h, [arg]) => {
      const given = arg === undefined ? -1 : asIndex(rt, arg, 'OverflowError');
      if (given === null) return 0;
      const n = length(rt, h);
      if (n === 0) return rt.raise('IndexError', 'pop from empty array');
      const i = given < 0 ? given + n : given;
      if (i < 0 || i >= n) return rt.raise('IndexError', 'pop index out of range');
      const v = getItem(rt, h, i);
      if (v === 0) return 0;
      if (splice(rt, h, i, i + 1, EMPTY) === 0) return v;
      rt.decref(v);
      return 0;
    },
  },
  remove: {
    kind: 'o',
    fn: (rt: Runtime, h, v) => {
      const i = find(rt, h, v, 0, Infinity);
      if (i === -2) return 0;
      if (i < 0) return rt.raise('ValueError', 'array.remove(x): x not in array');
      return done(rt, splice(rt, h, i, i + 1, EMPTY) === 0);
    },
  },
  index: {
    kind: 'fast',
    min: 1,
    max: 3,
    fn: (rt: Runtime, h, args) => {
      const start = bound(rt, h, args[1], 0);
      const stop = start === null ? null : bound(rt, h, args[2], Infinity);
      if (start === null || stop === null) return 0;
      const i = find(rt, h, args[0]!, start, stop);
      if (i === -2) return 0;
      return i < 0 ? rt.raise('ValueError', 'array.index(x): x not in array') : intFromNumber(rt, i);
    },
  },
  count: {
    kind: 'o',
    fn: (rt: Runtime, h, v) => {
      let n = 0;
      for (let i = find(rt, h, v, 0, Infinity); i !== -1; i = find(rt, h, v, i + 1, Infinity)) {
        if (i === -2) return 0;
        n++;
      }
      return intFromNumber(rt, n);
    },
  },
  extend: { kind: 'o', fn: (rt: Runtime, h, x) => done(rt, extend(rt, h, x)) },
  reverse: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const { size } = codeOf(rt, h);
      const n = length(rt, h);
      if (n < 2) return rt.None;
      const old = used(rt, h).slice();
      const data = content(rt, h);
      for (let i = 0; i < n; i++) data.set(old.subarray(i * size, (i + 1) * size), (n - 1 - i) * size);
      return rt.None;
    },
  },
  byteswap: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const { size } = codeOf(rt, h);
      if (length(rt, h) === 0) return rt.None;
      const data = content(rt, h).subarray(0, length(rt, h) * size);
      for (let i = 0; i < data.length; i += size) data.subarray(i, i + size).reverse();
      return rt.None;
    },
  },
  buffer_info: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const table = rt.mem[h + TABLE]!;
      const address = table === 0 ? 0 : 0x7f3a_0000_0000 + rt.mem[table - 1]! * 16;
      return newTupleTracked(rt, [intFromNumber(rt, address), intFromNumber(rt, length(rt, h))]);
    },
  },
  clear: { kind: 'noargs', fn: (rt: Runtime, h) => done(rt, resize(rt, h, 0)) },
  tolist: { kind: 'noargs', fn: toList },
  fromlist: {
    kind: 'o',
    fn: (rt: Runtime, h, list) => {
      if (!isList(rt, list)) return rt.raise('TypeError', 'arg must be list');
      const old = length(rt, h);
      const n = listSize(rt, list);
      if (n === 0) return rt.None;
      if (!resize(rt, h, old + n)) return 0;
      for (let i = 0; i < n; i++) {
        const isSet = setItem(rt, h, old + i, listItem(rt, list, i)) === 0;
        if (!isSet || listSize(rt, list) !== n) {
          if (isSet) rt.raise('RuntimeError', 'list changed size during iteration');
          const error = rt.takeError();
          resize(rt, h, old);
          rt.restoreError(error);
          return 0;
        }
      }
      return rt.None;
    },
  },
  tobytes: { kind: 'noargs', fn: (rt: Runtime, h) => newBytes(rt, used(rt, h).slice()) },
  frombytes: { kind: 'o', fn: (rt: Runtime, h, x) => done(rt, fromBytes(rt, h, x)) },
  tounicode: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      if (codeOf(rt, h).kind !== 'char') {
        return rt.raise('ValueError', "tounicode() may only be called on unicode type arrays ('u' or 'w')");
      }
      const text = toUnicode(rt, h);
      return text === null ? 0 : strFrom(rt, text);
    },
  },
  fromunicode: {
    kind: 'o',
    fn: (rt: Runtime, h, x) => {
      if (!isStr(rt, x)) return rt.raise('TypeError', `fromunicode() argument must be str, not ${typeName(rt, x)}`);
      if (codeOf(rt, h).kind !== 'char') {
        return rt.raise('ValueError', "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
      }
      return done(rt, fromUnicode(rt, h, x));
    },
  },
  tofile: {
    kind: 'o',
    fn: (rt: Runtime, h, file) => {
      const data = newBytes(rt, used(rt, h).slice());
      const write = getAttrString(rt, file, 'write');
      const r = write === 0 ? 0 : rt.call(write, [data]);
      rt.xdecref(write);
      rt.decref(data);
      if (r === 0) return 0;
      rt.decref(r);
      return rt.None;
    },
  },
  fromfile: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (rt: Runtime, h, [file, count]) => {
      const n = asIndex(rt, count!, 'OverflowError');
      if (n === null) return 0;
      if (n < 0) return rt.raise('ValueError', 'negative count');
      const bytes = n * codeOf(rt, h).size;
      const read = getAttrString(rt, file!, 'read');
      if (read === 0) return 0;
      const size = intFromNumber(rt, bytes);
      const data = rt.call(read, [size]);
      rt.decref(size);
      rt.decref(read);
      if (data === 0) return 0;
      if (!isInstanceOf(rt, data, rt.types.bytes)) {
        rt.decref(data);
        return rt.raise('TypeError', "read() didn't return bytes");
      }
      const short = bytesValue(rt, data).length !== bytes;
      const ok = fromBytes(rt, h, data);
      rt.decref(data);
      if (!ok) return 0;
      return short ? rt.raise('EOFError', 'read() returned not enough data') : rt.None;
    },
  },
  __copy__: { kind: 'noargs', fn: (rt: Runtime, h) => arrayOf(rt, letterOf(rt, h), used(rt, h).slice()) },
  __deepcopy__: { kind: 'o', fn: (rt: Runtime, h) => arrayOf(rt, letterOf(rt, h), used(rt, h).slice()) },
  __sizeof__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => intFromNumber(rt, rt.tp(h).basicsize + rt.mem[h + ALLOCATED]! * codeOf(rt, h).size),
  },
  __reduce_ex__: { kind: 'o', fn: reduce },
};

/** Numbers of `_array_reconstructor`'s machine formats. */
const MACHINE_FORMATS: Readonly<Record<string, number>> = {
  B: 0,
  b: 1,
  H: 2,
  h: 4,
  I: 6,
  i: 8,
  L: 10,
  l: 12,
  Q: 10,
  q: 12,
  f: 14,
  d: 16,
  u: 20,
  w: 20,
};

function reduce(rt: Runtime, h: Handle, protocol: Handle): Handle {
  if (!isInt(rt, protocol)) return rt.raise('TypeError', '__reduce_ex__ argument should be an integer');
  const version = asIndex(rt, protocol);
  if (version === null) return 0;
  const dict = getOptionalAttr(rt, h, rt.id('__dict__'));
  if (dict === 0 && rt.currentException !== 0) return 0;
  const state = dict === 0 ? rt.None : dict;
  const type = rt.newRef(rt.tp(h).handle);
  const letter = strFrom(rt, letterOf(rt, h));
  if (version < 3) {
    const args = newTupleTracked(rt, [letter, toList(rt, h)]);
    return newTupleTracked(rt, [type, args, state]);
  }
  const ip = rt as Interpreter;
  const name = strFrom(ip, 'array');
  const module = ip.importModule(name, 0, 0, 0);
  ip.decref(name);
  const f = module === 0 ? 0 : getAttrString(ip, module, '_array_reconstructor');
  ip.xdecref(module);
  if (f === 0) return 0;
  const data = newBytes(rt, used(rt, h).slice());
  const format = intFromNumber(rt, MACHINE_FORMATS[letterOf(rt, h)]!);
  return newTupleTracked(rt, [f, newTupleTracked(rt, [type, letter, format, data]), state]);
}

/** `_array_reconstructor(type, typecode, format, bytes)`. */
function reconstruct(ip: Interpreter, _m: Handle, [type, codeArg, formatArg, data]: Handle[]): Handle {
  if (ip.tp(type!) !== ip.types.type && !isInstanceOf(ip, type!, ip.types.type)) {
    return ip.raise('TypeError', `first argument must be a type object, not ${typeName(ip, type!)}`);
  }
  if (!isStr(ip, codeArg!) || strLength(ip, codeArg!) !== 1) {
    return ip.raise(
      'TypeError',
      `_array_reconstructor() argument 2 must be a unicode character, not ${typeName(ip, codeArg!)}`,
    );
  }
  const letter = strValue(ip, codeArg!);
  if (!TYPECODES.includes(letter)) return ip.raise('ValueError', 'second argument must be a valid type code');
  const format = asIndex(ip, formatArg!, 'OverflowError');
  if (format === null) return 0;
  if (format < 0 || format > 21) return ip.raise('ValueError', 'third argument must be a valid machine format code.');
  if (!isInstanceOf(ip, data!, ip.types.bytes)) {
    return ip.raise('TypeError', `fourth argument should be bytes, not ${typeName(ip, data!)}`);
  }
  const bytes = bytesValue(ip, data!);
  const source = MACHINE_ITEMS[format]!;
  if (bytes.length % source.size !== 0) return ip.raise('ValueError', 'bytes length not a multiple of item size');
  const items: Handle[] = [];
  const fail = (): 0 => {
    for (const x of items) ip.xdecref(x);
    return 0;
  };
  for (let at = 0; at < bytes.length; at += source.size) {
    if (source.text) {
      let unit = readInteger(bytes, at, source.size, false, source.little) as number;
      if (source.size === 2 && (unit & 0xfc00) === 0xd800 && at + 2 < bytes.length) {
        const low = readInteger(bytes, at + 2, 2, false, source.little) as number;
        if ((low & 0xfc00) === 0xdc00) {
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
          at += 2;
        }
      }
      if (unit > 0x10ffff) {
        ip.raise('ValueError', 'character is not in range [U+0000; U+10ffff]');
        return fail();
      }
      items.push(charFromCode(ip, unit));
    } else {
      items.push(unpackItem(ip, bytes, at, { size: source.size, kind: source.kind }, source.little));
    }
  }
  const list = newList(ip, items);
  const h = ip.call(type!, [codeArg!, list]);
  ip.decref(list);
  return h;
}

interface MachineItem {
  readonly size: number;
  readonly kind: ItemCode['kind'];
  readonly little: boolean;
  readonly text: boolean;
}
const MACHINE_ITEMS: readonly MachineItem[] = [
  { size: 1, kind: 'unsigned', little: true, text: false },
  { size: 1, kind: 'signed', little: true, text: false },
  ...[2, 4, 8].flatMap((size) =>
    (['unsigned', 'signed'] as const).flatMap((kind) =>
      [true, false].map((little) => ({ size, kind, little, text: false })),
    ),
  ),
  ...[4, 8].flatMap((size) => [true, false].map((little) => ({ size, kind: 'float' as const, little, text: false }))),
  ...[2, 4].flatMap((size) => [true, false].map((little) => ({ size, kind: 'unsigned' as const, little, text: true }))),
];

// ---- the iterator -------------------------------------------------------------------------------------------------------------

const IT_INDEX = OB_FIELDS;
const IT_ARRAY = OB_FIELDS + 1;

const iteratorSpec: TypeSpec = {
  name: 'arrayiterator',
  module: 'array',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 2,
  basicsize: 40,
  slots: {
    tp_dealloc(rt: Runtime, it: Handle) {
      rt.heap.gcUntrack(it);
      rt.heap.clearRef(it + IT_ARRAY);
      freeObject(rt, it);
    },
    tp_traverse(rt: Runtime, it: Handle, visit: Visit) {
      if (rt.mem[it + IT_ARRAY] !== 0) visit(rt.mem[it + IT_ARRAY]!, it + IT_ARRAY);
    },
    tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
    tp_iternext(rt: Runtime, it: Handle) {
      const h = rt.mem[it + IT_ARRAY]!;
      if (h === 0) return 0;
      const i = rt.mem[it + IT_INDEX]!;
      if (i < length(rt, h)) {
        rt.heap.set(it + IT_INDEX, i + 1);
        return getItem(rt, h, i);
      }
      rt.heap.clearRef(it + IT_ARRAY);
      return 0;
    },
  },
  methods: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, it) => {
        const f = builtin(rt, 'iter');
        if (f === 0) return 0;
        const h = rt.mem[it + IT_ARRAY]!;
        if (h === 0) return newTupleTracked(rt, [f, newTupleTracked(rt, [rt.emptyTuple])]);
        return newTupleTracked(rt, [f, newTupleTracked(rt, [rt.newRef(h)]), intFromNumber(rt, rt.mem[it + IT_INDEX]!)]);
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, it, state) => {
        const i = asIndex(rt, state);
        if (i === null) return 0;
        const h = rt.mem[it + IT_ARRAY]!;
        if (h !== 0) rt.heap.set(it + IT_INDEX, Math.max(0, Math.min(i, length(rt, h))));
        return rt.None;
      },
    },
  },
};

const arraySpec: TypeSpec = {
  name: 'array',
  module: 'array',
  gc: true,
  flags: TPFLAGS.BASETYPE | TPFLAGS.SEQUENCE,
  words: 7,
  basicsize: 64,
  weaklistoffset: WEAKLIST,
  doc: 'array(typecode [, initializer]) -> array',
  slots: {
    tp_new: arrayNew,
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
      if (rt.mem[h + TABLE] !== 0) {
        rt.heap.freeRaw(rt.mem[h + TABLE]!);
        rt.heap.set(h + TABLE, 0);
      }
      rt.heap.dropLeaf(rt.mem[h + LEAF]!);
      freeObject(rt, h);
    },
    bf_getbuffer: lend,
    bf_releasebuffer: (rt: Runtime, h: Handle) => rt.heap.set(h + EXPORTS, rt.mem[h + EXPORTS]! - 1),
    tp_repr: repr,
    tp_richcompare: richCompare,
    tp_iter: (rt: Runtime, h: Handle) => {
      const it = newObject(rt, typeOfModule(rt as Interpreter, 'array.arrayiterator'));
      rt.heap.set(it + IT_ARRAY, rt.newRef(h));
      rt.heap.gcTrack(it);
      return it;
    },
    sq_length: length,
    sq_concat: concat,
    sq_repeat: (rt: Runtime, h: Handle, n: number) => {
      const data = repeated(rt, h, n);
      return data === null ? 0 : arrayOf(rt, letterOf(rt, h), data);
    },
    sq_item: item,
    sq_ass_item: assignItem,
    sq_contains: (rt: Runtime, h: Handle, v: Handle) => {
      const i = find(rt, h, v, 0, Infinity);
      return i === -2 ? -1 : i >= 0 ? 1 : 0;
    },
    sq_inplace_concat: (rt: Runtime, h: Handle, other: Handle) => {
      if (!isArray(rt, other)) {
        return rt.raise('TypeError', `can only extend with array (not "${typeName(rt, other)}")`);
      }
      return extendByArray(rt, h, other) < 0 ? 0 : rt.newRef(h);
    },
    sq_inplace_repeat: (rt: Runtime, h: Handle, n: number) => {
      const data = repeated(rt, h, n);
      if (data === null) return 0;
      return splice(rt, h, 0, length(rt, h), data) < 0 ? 0 : rt.newRef(h);
    },
    mp_length: length,
    mp_subscript: subscript,
    mp_ass_subscript: assignSubscript,
  },
  methods,
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: {
    typecode: { get: (rt: Runtime, h) => strFrom(rt, letterOf(rt, h)) },
    itemsize: { get: (rt: Runtime, h) => intFromNumber(rt, codeOf(rt, h).size) },
  },
};

/** `collections.abc.MutableSequence.register(array)`: false with an exception. */
function registerSequence(ip: Interpreter, array: Handle): boolean {
  const name = strFrom(ip, 'collections.abc');
  const names = newList(ip, [ip.newRef(ip.id('MutableSequence'))]);
  const module = ip.importModule(name, 0, names, 0);
  ip.decref(names);
  ip.decref(name);
  if (module === 0) return false;
  const abc = getAttrString(ip, module, 'MutableSequence');
  ip.decref(module);
  if (abc === 0) return false;
  const register = getAttrString(ip, abc, 'register');
  ip.decref(abc);
  const r = register === 0 ? 0 : ip.call(register, [array]);
  ip.xdecref(register);
  ip.xdecref(r);
  return r !== 0;
}

export const arrayModule: NativeModule = {
  name: 'array',
  methods: { _array_reconstructor: { kind: 'fast', min: 4, max: 4, fn: reconstruct } },
  values: (ip) => {
    ip.decref(moduleTypeRef(ip, iteratorSpec));
    const array = moduleTypeRef(ip, arraySpec);
    if (!registerSequence(ip, array)) return null;
    return { ArrayType: ip.newRef(array), array, typecodes: strFrom(ip, TYPECODES) };
  },
};
