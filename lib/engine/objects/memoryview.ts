/**
 * `memoryview` (Objects/memoryobject.c): a window on the bytes of another object.
 *
 *     managedbuffer  ob_refcnt ob_type | obj exports released info(leaf)
 *     memoryview     ob_refcnt ob_type | mbuf flags exports weaklist hashKnown hashLow hashHigh info(leaf)
 *
 * The managed buffer is the one loan that all views made from each other share. `info` describes items; the bytes are
 * the exporter's.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type BufferInfo, type MethodDef, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, hash as objectHash, isInt, isList, isStr, isTuple, richCompareBool, typeName } from './abstract';
import {
  bytesOf,
  byteLength,
  forEachItem,
  getBuffer,
  isContiguous,
  isFortranContiguous,
  itemCount,
  memoryviewFactory,
  releaseBuffer,
  type Buffer,
} from './buffer';
import { newBytes } from './bytes';
import { hexOf } from './bytes-methods';
import { hashFailed } from './dict';
import { genericAlias } from './dict-methods';
import { params, parseArgs } from './getargs';
import { hashBytes } from './hash';
import { intFromNumber } from './int';
import { listItems, newList } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { adjustIndices, isSlice, sliceUnpack } from './slice';
import { strFrom, strValue } from './str';
import { NATIVE_CODES, nativeLetter, packItem, readDouble, readInteger, unpackItem } from './struct-codes';
import { newTupleTracked, tupleItems } from './tuple';
import { clearWeakrefs } from './weakref-list';

const MB_OBJ = OB_FIELDS;
const MB_EXPORTS = OB_FIELDS + 1;
const MB_RELEASED = OB_FIELDS + 2;
const MB_INFO = OB_FIELDS + 3;

const MV_MBUF = OB_FIELDS;
const MV_RELEASED = OB_FIELDS + 1;
const MV_EXPORTS = OB_FIELDS + 2;
const MV_WEAKLIST = OB_FIELDS + 3;
const MV_HASH_KNOWN = OB_FIELDS + 4;
const MV_HASH_LO = OB_FIELDS + 5;
const MV_HASH_HI = OB_FIELDS + 6;
const MV_INFO = OB_FIELDS + 7;

const MAX_DIMENSIONS = 64;

const infoOf = (rt: Runtime, mv: Handle): BufferInfo => rt.heap.leaf[rt.mem[mv + MV_INFO]!] as BufferInfo;
export const isMemoryView = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types.memoryview);

function isReleased(rt: Runtime, mv: Handle): boolean {
  if (rt.mem[mv + MV_RELEASED] === 0 && rt.mem[rt.mem[mv + MV_MBUF]! + MB_RELEASED] === 0) return false;
  rt.raise('ValueError', 'operation forbidden on released memoryview object');
  return true;
}

// ---- making ---------------------------------------------------------------------------------------------------------------

/** `mbuf_add_view`: a new view of the items that `info` describes. `mbuf` borrowed. */
function addView(rt: Runtime, mbuf: Handle, info: BufferInfo): Handle {
  const { heap } = rt;
  const mv = newObject(rt, rt.types.memoryview, 0, 24 * info.shape.length);
  heap.set(mv + MV_INFO, heap.newLeaf(info));
  heap.set(mv + MV_MBUF, rt.newRef(mbuf));
  heap.set(mbuf + MB_EXPORTS, rt.mem[mbuf + MB_EXPORTS]! + 1);
  heap.gcTrack(mv);
  return mv;
}

/** `PyMemoryView_FromObject`: new, or 0 with an exception. */
export function memoryviewOf(rt: Runtime, h: Handle, writable = false): Handle {
  if (isMemoryView(rt, h)) {
    if (isReleased(rt, h)) return 0;
    return addView(rt, rt.mem[h + MV_MBUF]!, infoOf(rt, h));
  }
  if (rt.tp(h).bf_getbuffer === null) {
    return rt.raise('TypeError', `memoryview: a bytes-like object is required, not '${typeName(rt, h)}'`);
  }
  const buffer = getBuffer(rt, h, writable);
  if (buffer === null) return 0;
  const { heap } = rt;
  const mbuf = newObject(rt, rt.types.managedbuffer);
  heap.set(mbuf + MB_INFO, heap.newLeaf(buffer));
  heap.set(mbuf + MB_OBJ, buffer.obj);
  heap.gcTrack(mbuf);
  const mv = addView(rt, mbuf, { ...buffer, owner: undefined });
  rt.decref(mbuf);
  return mv;
}
memoryviewFactory.make = memoryviewOf;

function releaseManaged(rt: Runtime, mbuf: Handle): void {
  if (rt.mem[mbuf + MB_RELEASED] !== 0) return;
  const { heap } = rt;
  heap.set(mbuf + MB_RELEASED, 1);
  const buffer = heap.leaf[rt.mem[mbuf + MB_INFO]!] as Buffer;
  heap.set(mbuf + MB_OBJ, 0);
  releaseBuffer(rt, buffer);
}

/** `_memory_release`: -1 with BufferError. */
function releaseView(rt: Runtime, mv: Handle): number {
  const { heap, mem } = rt;
  if (mem[mv + MV_RELEASED] !== 0) return 0;
  const lent = mem[mv + MV_EXPORTS]!;
  if (lent > 0) {
    return rt.raiseInt('BufferError', `memoryview has ${lent} exported buffer${lent === 1 ? '' : 's'}`);
  }
  heap.set(mv + MV_RELEASED, 1);
  const mbuf = mem[mv + MV_MBUF]!;
  heap.set(mbuf + MB_EXPORTS, mem[mbuf + MB_EXPORTS]! - 1);
  if (mem[mbuf + MB_EXPORTS] === 0) releaseManaged(rt, mbuf);
  return 0;
}

const NEW = params('memoryview', 'object');
function memoryNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, NEW, args, kwnames);
  return a === null ? 0 : memoryviewOf(rt, a[0]!);
}

/** `memory_getbuf`: a view lends on what it was lent. */
function lend(rt: Runtime, mv: Handle, writable: boolean): BufferInfo | null {
  if (isReleased(rt, mv)) return null;
  const info = infoOf(rt, mv);
  if (writable && info.readonly) {
    rt.raise('BufferError', 'memoryview: underlying buffer is not writable');
    return null;
  }
  rt.heap.set(mv + MV_EXPORTS, rt.mem[mv + MV_EXPORTS]! + 1);
  return info;
}

// ---- items -----------------------------------------------------------------------------------------------------------------

function letterOf(rt: Runtime, info: BufferInfo): string | null {
  const letter = nativeLetter(info.format);
  if (letter === null) rt.raise('NotImplementedError', `memoryview: format ${info.format} not supported`);
  return letter;
}

function unpack(rt: Runtime, info: BufferInfo, at: number): Handle {
  const letter = letterOf(rt, info);
  return letter === null ? 0 : unpackItem(rt, info.read(), at, NATIVE_CODES[letter]!);
}

function pack(rt: Runtime, info: BufferInfo, at: number, value: Handle): number {
  const letter = letterOf(rt, info);
  if (letter === null) return -1;
  const item = new Uint8Array(info.itemsize);
  const failure = packItem(rt, item, 0, NATIVE_CODES[letter]!, value);
  if (failure === 'type') return rt.raiseInt('TypeError', `memoryview: invalid type for format '${letter}'`);
  if (failure === 'value') return rt.raiseInt('ValueError', `memoryview: invalid value for format '${letter}'`);
  if (failure !== null) return -1;
  info.write(at, item);
  return 0;
}

/** Where item `i` of a dimension begins; -1 with IndexError. */
function lookup(rt: Runtime, info: BufferInfo, at: number, dim: number, i: number): number {
  const n = info.shape[dim]!;
  const index = i < 0 ? i + n : i;
  if (index < 0 || index >= n) return rt.raiseInt('IndexError', `index out of bounds on dimension ${dim + 1}`);
  return at + index * info.strides[dim]!;
}

/** The place that a tuple of indexes names; -1 with an exception. */
function placeOfTuple(rt: Runtime, info: BufferInfo, keys: Handle[]): number {
  if (keys.length > info.shape.length) {
    return rt.raiseInt(
      'TypeError',
      `cannot index ${info.shape.length}-dimension view with ${keys.length}-element tuple`,
    );
  }
  let at = info.offset;
  for (const [dim, key] of keys.entries()) {
    const i = asIndex(rt, key, 'IndexError');
    if (i === null) return -1;
    at = lookup(rt, info, at, dim, i);
    if (at < 0) return -1;
  }
  return at;
}

function isIndexTuple(rt: Runtime, key: Handle): boolean {
  return isTuple(rt, key) && tupleItems(rt, key).every((k) => rt.tp(k).nb_index !== null);
}
function isSliceTuple(rt: Runtime, key: Handle): boolean {
  return isTuple(rt, key) && tupleItems(rt, key).length > 0 && tupleItems(rt, key).every((k) => isSlice(rt, k));
}

/** The part of a one-dimensional view that a slice names; null with an exception. */
function sliced(rt: Runtime, info: BufferInfo, key: Handle): BufferInfo | null {
  const parts = sliceUnpack(rt, key);
  if (parts === null) return null;
  const s = adjustIndices(parts, info.shape[0]!);
  const stride = info.strides[0]!;
  return {
    ...info,
    offset: info.offset + s.start * stride,
    shape: [s.count, ...info.shape.slice(1)],
    strides: [stride * s.step, ...info.strides.slice(1)],
  };
}

function subscript(rt: Runtime, mv: Handle, key: Handle): Handle {
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  const ndim = info.shape.length;
  if (ndim === 0) {
    if (isTuple(rt, key) && tupleItems(rt, key).length === 0) return unpack(rt, info, info.offset);
    if (key === rt.Ellipsis) return rt.newRef(mv);
    return rt.raise('TypeError', 'invalid indexing of 0-dim memory');
  }
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    return i === null ? 0 : item(rt, mv, i);
  }
  if (isSlice(rt, key)) {
    // The new view holds the buffer before the slice's own code may release this one.
    const view = addView(rt, rt.mem[mv + MV_MBUF]!, info);
    const part = sliced(rt, info, key);
    if (part === null) {
      rt.decref(view);
      return 0;
    }
    const leaf = rt.mem[view + MV_INFO]!;
    rt.heap.set(view + MV_INFO, rt.heap.newLeaf(part));
    rt.heap.dropLeaf(leaf);
    return view;
  }
  if (isIndexTuple(rt, key)) {
    const keys = tupleItems(rt, key);
    if (keys.length < ndim) return rt.raise('NotImplementedError', 'sub-views are not implemented');
    const at = placeOfTuple(rt, info, keys);
    return at < 0 ? 0 : isReleased(rt, mv) ? 0 : unpack(rt, info, at);
  }
  if (isSliceTuple(rt, key)) return rt.raise('NotImplementedError', 'multi-dimensional slicing is not implemented');
  return rt.raise('TypeError', 'memoryview: invalid slice key');
}

/** `memory_item`: the index may be negative. */
function item(rt: Runtime, mv: Handle, i: number): Handle {
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  if (letterOf(rt, info) === null) return 0;
  if (info.shape.length === 0) return rt.raise('TypeError', 'invalid indexing of 0-dim memory');
  if (info.shape.length > 1) return rt.raise('NotImplementedError', 'multi-dimensional sub-views are not implemented');
  const at = lookup(rt, info, info.offset, 0, i);
  return at < 0 ? 0 : unpack(rt, info, at);
}

function assignSubscript(rt: Runtime, mv: Handle, key: Handle, value: Handle): number {
  if (isReleased(rt, mv)) return -1;
  const info = infoOf(rt, mv);
  if (letterOf(rt, info) === null) return -1;
  if (info.readonly) return rt.raiseInt('TypeError', 'cannot modify read-only memory');
  if (value === 0) return rt.raiseInt('TypeError', 'cannot delete memory');
  const ndim = info.shape.length;
  if (ndim === 0) {
    if (key === rt.Ellipsis || (isTuple(rt, key) && tupleItems(rt, key).length === 0)) {
      return pack(rt, info, info.offset, value);
    }
    return rt.raiseInt('TypeError', 'invalid indexing of 0-dim memory');
  }
  if (rt.tp(key).nb_index !== null) {
    if (ndim > 1) return rt.raiseInt('NotImplementedError', 'sub-views are not implemented');
    const i = asIndex(rt, key, 'IndexError');
    if (i === null) return -1;
    const at = lookup(rt, info, info.offset, 0, i);
    return at < 0 ? -1 : packAlive(rt, mv, info, at, value);
  }
  if (isSlice(rt, key) && ndim === 1) return assignSlice(rt, mv, key, value);
  if (isIndexTuple(rt, key)) {
    const keys = tupleItems(rt, key);
    if (keys.length < ndim) return rt.raiseInt('NotImplementedError', 'sub-views are not implemented');
    const at = placeOfTuple(rt, info, keys);
    return at < 0 ? -1 : packAlive(rt, mv, info, at, value);
  }
  if (isSlice(rt, key) || isSliceTuple(rt, key)) {
    return rt.raiseInt('NotImplementedError', 'memoryview slice assignments are currently restricted to ndim = 1');
  }
  return rt.raiseInt('TypeError', 'memoryview: invalid slice key');
}

/** The value's own code may have released the view. */
function packAlive(rt: Runtime, mv: Handle, info: BufferInfo, at: number, value: Handle): number {
  const guarded: BufferInfo = {
    ...info,
    write: (to, data) => {
      if (!isReleased(rt, mv)) info.write(to, data);
    },
  };
  const r = pack(rt, guarded, at, value);
  return rt.currentException !== 0 ? -1 : r;
}

function assignSlice(rt: Runtime, mv: Handle, key: Handle, value: Handle): number {
  if (rt.tp(value).bf_getbuffer === null) {
    return rt.raiseInt('TypeError', `a bytes-like object is required, not '${typeName(rt, value)}'`);
  }
  const source = getBuffer(rt, value);
  if (source === null) return -1;
  const part = sliced(rt, infoOf(rt, mv), key);
  let r = -1;
  // The slice's own code may have released the view.
  if (part !== null && !isReleased(rt, mv)) {
    const same =
      (nativeLetter(source.format) ?? source.format) === (nativeLetter(part.format) ?? part.format) &&
      source.itemsize === part.itemsize &&
      source.shape.length === 1 &&
      source.shape[0] === part.shape[0];
    if (!same) {
      rt.raise('ValueError', 'memoryview assignment: lvalue and rvalue have different structures');
    } else {
      const data = bytesOf(source).slice();
      let from = 0;
      forEachItem(part, (at) => {
        part.write(at, data.subarray(from, from + part.itemsize));
        from += part.itemsize;
      });
      r = 0;
    }
  }
  releaseBuffer(rt, source);
  return r;
}

function length(rt: Runtime, mv: Handle): number {
  if (isReleased(rt, mv)) return -1;
  const { shape } = infoOf(rt, mv);
  if (shape.length === 0) return rt.raiseInt('TypeError', '0-dim memory has no length');
  return shape[0]!;
}

// ---- comparing and hashing --------------------------------------------------------------------------------------------------

/** The value of an item as JavaScript compares it. */
function plainValue(data: Uint8Array, at: number, letter: string): number | bigint | string {
  const code = NATIVE_CODES[letter]!;
  if (code.kind === 'char') return String.fromCharCode(data[at]!);
  if (code.kind === 'bool') return data[at] !== 0 ? 1 : 0;
  if (code.kind === 'float') return readDouble(data, at, code.size);
  return readInteger(data, at, code.size, code.kind === 'signed');
}

function sameItems(x: BufferInfo, y: BufferInfo): boolean {
  if (x.shape.length !== y.shape.length || x.shape.some((n, i) => n !== y.shape[i])) return false;
  const a = nativeLetter(x.format);
  const b = nativeLetter(y.format);
  if (a === null || b === null) {
    if (x.format !== y.format) return false;
    const p = bytesOf(x);
    const q = bytesOf(y);
    return p.length === q.length && p.every((c, i) => c === q[i]);
  }
  const places: number[] = [];
  forEachItem(y, (at) => places.push(at));
  const p = x.read();
  const q = y.read();
  let i = 0;
  let equal = true;
  forEachItem(x, (at) => {
    const to = places[i++]!;
    // biome-ignore lint/suspicious/noDoubleEquals: 1 and 1n are the same number here.
    if (equal && plainValue(p, at, a) != plainValue(q, to, b)) equal = false;
  });
  return equal;
}

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (op !== CompareOp.EQ && op !== CompareOp.NE) return rt.NotImplemented;
  const released = (h: Handle) => rt.mem[h + MV_RELEASED] !== 0 || rt.mem[rt.mem[h + MV_MBUF]! + MB_RELEASED] !== 0;
  let equal: boolean;
  if (!isMemoryView(rt, a) || released(a)) equal = a === b;
  else if (isMemoryView(rt, b)) equal = released(b) ? a === b : sameItems(infoOf(rt, a), infoOf(rt, b));
  else {
    const other = rt.tp(b).bf_getbuffer === null ? null : getBuffer(rt, b);
    if (other === null) {
      rt.clearError();
      return rt.NotImplemented;
    }
    equal = sameItems(infoOf(rt, a), other);
    releaseBuffer(rt, other);
  }
  return rt.bool(equal === (op === CompareOp.EQ));
}

function hash(rt: Runtime, mv: Handle): number {
  const { mem, heap } = rt;
  if (mem[mv + MV_HASH_KNOWN] !== 0) {
    rt.hashHigh = mem[mv + MV_HASH_HI]!;
    return mem[mv + MV_HASH_LO]!;
  }
  if (isReleased(rt, mv)) return -1;
  const info = infoOf(rt, mv);
  if (!info.readonly) return rt.raiseInt('ValueError', 'cannot hash writable memoryview object');
  const letter = nativeLetter(info.format);
  if (letter === null || !'Bbc'.includes(letter)) {
    return rt.raiseInt('ValueError', "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  }
  const low0 = objectHash(rt, mem[mem[mv + MV_MBUF]! + MB_OBJ]!);
  if (hashFailed(rt, low0)) return -1;
  const low = hashBytes(rt, bytesOf(info));
  heap.set(mv + MV_HASH_LO, low);
  heap.set(mv + MV_HASH_HI, rt.hashHigh);
  heap.set(mv + MV_HASH_KNOWN, 1);
  return low;
}

// ---- methods ----------------------------------------------------------------------------------------------------------------

function tolist(rt: Runtime, mv: Handle): Handle {
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  if (letterOf(rt, info) === null) return 0;
  const build = (dim: number, at: number): Handle => {
    if (dim === info.shape.length) return unpack(rt, info, at);
    const items: Handle[] = [];
    for (let i = 0; i < info.shape[dim]!; i++) items.push(build(dim + 1, at + i * info.strides[dim]!));
    return newList(rt, items);
  };
  return build(0, info.offset);
}

function tobytes(rt: Runtime, mv: Handle, [order]: Handle[]): Handle {
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  let how = 'C';
  if (order !== 0 && order !== rt.None) {
    if (!isStr(rt, order!)) {
      return rt.raise('TypeError', `tobytes() argument 'order' must be str or None, not ${typeName(rt, order!)}`);
    }
    how = strValue(rt, order!);
    if (how !== 'C' && how !== 'F' && how !== 'A') return rt.raise('ValueError', "order must be 'C', 'F' or 'A'");
  }
  const fortran = how === 'F' || (how === 'A' && isFortranContiguous(info) && !isContiguous(info));
  return newBytes(rt, bytesOf(fortran ? transposed(info) : info).slice());
}

function transposed(info: BufferInfo): BufferInfo {
  return { ...info, shape: [...info.shape].reverse(), strides: [...info.strides].reverse() };
}

function cContiguousStrides(shape: readonly number[], itemsize: number): number[] {
  const strides: number[] = [];
  let step = itemsize;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

function readShape(rt: Runtime, h: Handle): number[] | null {
  if (!isList(rt, h) && !isTuple(rt, h)) {
    rt.raise('TypeError', 'shape must be a list or a tuple');
    return null;
  }
  const shape: number[] = [];
  for (const x of isList(rt, h) ? listItems(rt, h) : tupleItems(rt, h)) {
    if (!isInt(rt, x)) {
      rt.raise('TypeError', 'memoryview.cast(): elements of shape must be integers');
      return null;
    }
    const n = asIndex(rt, x, 'OverflowError');
    if (n === null) return null;
    if (n <= 0) {
      rt.raise('ValueError', 'memoryview.cast(): elements of shape must be integers > 0');
      return null;
    }
    shape.push(n);
  }
  return shape;
}

function cast(rt: Runtime, mv: Handle, [formatArg, shapeArg]: Handle[]): Handle {
  if (!isStr(rt, formatArg!)) {
    return rt.raise('TypeError', `cast() argument 'format' must be str, not ${typeName(rt, formatArg!)}`);
  }
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  if (!isContiguous(info)) return rt.raise('TypeError', 'memoryview: casts are restricted to C-contiguous views');
  if ((shapeArg !== 0 || info.shape.length !== 1) && info.shape.some((n, i) => n === 0 || info.strides[i] === 0)) {
    return rt.raise('TypeError', 'memoryview: cannot cast view with zeros in shape or strides');
  }
  let shape: number[] | null = null;
  if (shapeArg !== 0) {
    if (!isList(rt, shapeArg!) && !isTuple(rt, shapeArg!)) {
      return rt.raise('TypeError', 'shape must be a list or a tuple');
    }
    const ndim = (isList(rt, shapeArg!) ? listItems(rt, shapeArg!) : tupleItems(rt, shapeArg!)).length;
    if (ndim > MAX_DIMENSIONS) {
      return rt.raise('ValueError', `memoryview: number of dimensions must not exceed ${MAX_DIMENSIONS}`);
    }
    if (info.shape.length !== 1 && ndim !== 1) {
      return rt.raise('TypeError', 'memoryview: cast must be 1D -> ND or ND -> 1D');
    }
  }
  const format = strValue(rt, formatArg!);
  const source = nativeLetter(info.format);
  if (source === null) {
    return rt.raise(
      'ValueError',
      "memoryview: source format must be a native single character format prefixed with an optional '@'",
    );
  }
  const letter = nativeLetter(format);
  if (letter === null) {
    return rt.raise(
      'ValueError',
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  const isByte = (c: string) => 'Bbc'.includes(c);
  if (!isByte(source) && !isByte(letter)) {
    return rt.raise('TypeError', 'memoryview: cannot cast between two non-byte formats');
  }
  const total = byteLength(info);
  const { size } = NATIVE_CODES[letter]!;
  if (total % size !== 0) return rt.raise('TypeError', 'memoryview: length is not a multiple of itemsize');
  if (shapeArg !== 0) {
    shape = readShape(rt, shapeArg!);
    if (shape === null) return 0;
    if (shape.reduce((a, b) => a * b, 1) * size !== total) {
      return rt.raise('TypeError', 'memoryview: product(shape) * itemsize != buffer size');
    }
  }
  shape ??= [total / size];
  return addView(rt, rt.mem[mv + MV_MBUF]!, {
    ...info,
    format,
    itemsize: size,
    shape,
    strides: cContiguousStrides(shape, size),
  });
}

/** 3.14's `count` and `index`: item by item, as an iteration finds them. */
function search(rt: Runtime, mv: Handle, value: Handle, start: number, stop: number, all: boolean): number {
  let found = all ? 0 : -1;
  for (let i = start; i < stop; i++) {
    const x = item(rt, mv, i);
    if (x === 0) return -2;
    const same = x === value ? 1 : richCompareBool(rt, x, value, CompareOp.EQ);
    rt.decref(x);
    if (same < 0) return -2;
    if (same === 0) continue;
    if (!all) return i;
    found++;
  }
  return found;
}

function index(rt: Runtime, mv: Handle, args: Handle[]): Handle {
  const n = length(rt, mv);
  if (n < 0) {
    rt.clearError();
    return rt.raise('TypeError', 'invalid lookup on 0-dim memory');
  }
  const bound = (arg: Handle | undefined, otherwise: number): number | null => {
    if (arg === undefined) return otherwise;
    const i = asIndex(rt, arg);
    return i === null ? null : Math.min(n, Math.max(0, i < 0 ? i + n : i));
  };
  const start = bound(args[1], 0);
  const stop = start === null ? null : bound(args[2], n);
  if (start === null || stop === null) return 0;
  const i = search(rt, mv, args[0]!, start, stop, false);
  if (i === -2) return 0;
  return i < 0 ? rt.raise('ValueError', 'memoryview.index(x): x not found') : intFromNumber(rt, i);
}

function numbers(rt: Runtime, values: readonly number[]): Handle {
  return newTupleTracked(
    rt,
    values.map((n) => intFromNumber(rt, n)),
  );
}

const attribute = (get: (rt: Runtime, info: BufferInfo, mv: Handle) => Handle) => ({
  get: (rt: Runtime, mv: Handle) => (isReleased(rt, mv) ? 0 : get(rt, infoOf(rt, mv), mv)),
});

const newer: Record<string, MethodDef> = {
  count: {
    kind: 'o',
    fn: (rt: Runtime, mv, value) => {
      const n = length(rt, mv);
      if (n < 0) return 0;
      const found = search(rt, mv, value, 0, n, true);
      return found === -2 ? 0 : intFromNumber(rt, found);
    },
  },
  index: { kind: 'fast', min: 1, max: 3, fn: index },
};

// ---- the iterator ------------------------------------------------------------------------------------------------------------

const IT_INDEX = OB_FIELDS;
const IT_SEQ = OB_FIELDS + 1;
const IT_LENGTH = OB_FIELDS + 2;

function iter(rt: Runtime, mv: Handle): Handle {
  if (isReleased(rt, mv)) return 0;
  const info = infoOf(rt, mv);
  if (info.shape.length === 0) return rt.raise('TypeError', 'invalid indexing of 0-dim memory');
  if (info.shape.length > 1) return rt.raise('NotImplementedError', 'multi-dimensional sub-views are not implemented');
  if (letterOf(rt, info) === null) return 0;
  const it = newObject(rt, rt.types.memory_iterator);
  rt.heap.set(it + IT_LENGTH, info.shape[0]!);
  rt.heap.set(it + IT_SEQ, rt.newRef(mv));
  rt.heap.gcTrack(it);
  return it;
}

function next(rt: Runtime, it: Handle): Handle {
  const { mem, heap } = rt;
  const mv = mem[it + IT_SEQ]!;
  if (mv === 0) return 0;
  if (mem[it + IT_INDEX]! < mem[it + IT_LENGTH]!) {
    if (isReleased(rt, mv)) return 0;
    const i = mem[it + IT_INDEX]!;
    heap.set(it + IT_INDEX, i + 1);
    return item(rt, mv, i);
  }
  heap.clearRef(it + IT_SEQ);
  return 0;
}

export function memoryviewSpecs(is314: boolean): TypeSpec[] {
  return [
    {
      name: 'managedbuffer',
      gc: true,
      words: 4,
      basicsize: 112,
      flags: TPFLAGS.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc(rt: Runtime, h: Handle) {
          rt.heap.gcUntrack(h);
          releaseManaged(rt, h);
          rt.heap.dropLeaf(rt.mem[h + MB_INFO]!);
          freeObject(rt, h);
        },
        tp_traverse(rt: Runtime, h: Handle, visit: Visit) {
          if (rt.mem[h + MB_OBJ] !== 0) visit(rt.mem[h + MB_OBJ]!, h + MB_OBJ);
        },
        tp_clear: (rt: Runtime, h: Handle) => releaseManaged(rt, h),
      },
    },
    {
      name: 'memoryview',
      gc: true,
      words: 8,
      basicsize: 144,
      itemsize: 8,
      flags: TPFLAGS.SEQUENCE,
      weaklistoffset: MV_WEAKLIST,
      doc: 'Create a new memoryview object which references the given object.',
      slots: {
        tp_new: memoryNew,
        tp_dealloc(rt: Runtime, mv: Handle) {
          rt.heap.gcUntrack(mv);
          releaseView(rt, mv);
          rt.heap.clearRef(mv + MV_MBUF);
          if (rt.mem[mv + MV_WEAKLIST] !== 0) clearWeakrefs(rt, mv);
          rt.heap.dropLeaf(rt.mem[mv + MV_INFO]!);
          freeObject(rt, mv);
        },
        tp_traverse(rt: Runtime, mv: Handle, visit: Visit) {
          if (rt.mem[mv + MV_MBUF] !== 0) visit(rt.mem[mv + MV_MBUF]!, mv + MV_MBUF);
        },
        tp_clear(rt: Runtime, mv: Handle) {
          if (releaseView(rt, mv) < 0) rt.clearError();
          rt.heap.clearRef(mv + MV_MBUF);
        },
        ob_size: (rt: Runtime, mv: Handle) => 3 * infoOf(rt, mv).shape.length,
        bf_getbuffer: lend,
        bf_releasebuffer: (rt: Runtime, mv: Handle) => rt.heap.set(mv + MV_EXPORTS, rt.mem[mv + MV_EXPORTS]! - 1),
        tp_repr: (rt: Runtime, mv: Handle) => {
          const dead = rt.mem[mv + MV_RELEASED] !== 0;
          const at = `0x${rt.heap.id(mv).toString(16).padStart(12, '0')}`;
          return strFrom(rt, dead ? `<released memory at ${at}>` : `<memory at ${at}>`);
        },
        tp_hash: hash,
        tp_richcompare: richCompare,
        tp_iter: iter,
        sq_length: length,
        sq_item: item,
        mp_length: length,
        mp_subscript: subscript,
        mp_ass_subscript: assignSubscript,
      },
      methods: {
        release: { kind: 'noargs', fn: (rt: Runtime, mv) => (releaseView(rt, mv) < 0 ? 0 : rt.None) },
        tobytes: { kind: 'clinic', params: 'order=', fn: tobytes },
        hex: {
          kind: 'clinic',
          params: 'sep=, bytes_per_sep=',
          fn: (rt: Runtime, mv, args) =>
            isReleased(rt, mv) ? 0 : hexOf(rt, bytesOf(infoOf(rt, mv)), args[0]!, args[1]!),
        },
        tolist: { kind: 'noargs', fn: tolist },
        cast: { kind: 'clinic', params: 'format, shape=', fn: cast },
        toreadonly: {
          kind: 'noargs',
          fn: (rt: Runtime, mv) =>
            isReleased(rt, mv) ? 0 : addView(rt, rt.mem[mv + MV_MBUF]!, { ...infoOf(rt, mv), readonly: true }),
        },
        __enter__: { kind: 'noargs', fn: (rt: Runtime, mv) => (isReleased(rt, mv) ? 0 : rt.newRef(mv)) },
        __exit__: {
          kind: 'fast',
          min: 0,
          max: -1,
          varargs: 'always',
          fn: (rt: Runtime, mv) => (releaseView(rt, mv) < 0 ? 0 : rt.None),
        },
        ...(is314 ? newer : {}),
      },
      classmethods: {
        _from_flags: {
          kind: 'fast',
          min: 2,
          max: 2,
          fn: (rt: Runtime, _type, [object, flags]) => {
            const f = asIndex(rt, flags!, 'OverflowError');
            return f === null ? 0 : memoryviewOf(rt, object!, (f & 1) !== 0);
          },
        },
        ...(is314 ? { __class_getitem__: { kind: 'o', fn: genericAlias } as MethodDef } : {}),
      },
      getset: {
        obj: attribute((rt, _info, mv) => rt.newRef(rt.mem[rt.mem[mv + MV_MBUF]! + MB_OBJ]! || rt.None)),
        nbytes: attribute((rt, info) => intFromNumber(rt, byteLength(info))),
        readonly: attribute((rt, info) => rt.bool(info.readonly)),
        itemsize: attribute((rt, info) => intFromNumber(rt, info.itemsize)),
        format: attribute((rt, info) => strFrom(rt, info.format)),
        ndim: attribute((rt, info) => intFromNumber(rt, info.shape.length)),
        shape: attribute((rt, info) => numbers(rt, info.shape)),
        strides: attribute((rt, info) => numbers(rt, info.strides)),
        suboffsets: attribute((rt) => rt.emptyTuple),
        c_contiguous: attribute((rt, info) => rt.bool(isContiguous(info) || itemCount(info) === 0)),
        f_contiguous: attribute((rt, info) => rt.bool(isFortranContiguous(info) || itemCount(info) === 0)),
        contiguous: attribute((rt, info) => rt.bool(isContiguous(info) || isFortranContiguous(info))),
      },
    },
    {
      name: 'memory_iterator',
      gc: true,
      words: 3,
      basicsize: 48,
      flags: TPFLAGS.DISALLOW_INSTANTIATION,
      slots: {
        tp_dealloc(rt: Runtime, it: Handle) {
          rt.heap.gcUntrack(it);
          rt.heap.clearRef(it + IT_SEQ);
          freeObject(rt, it);
        },
        tp_traverse(rt: Runtime, it: Handle, visit: Visit) {
          if (rt.mem[it + IT_SEQ] !== 0) visit(rt.mem[it + IT_SEQ]!, it + IT_SEQ);
        },
        tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
        tp_iternext: next,
      },
    },
  ];
}
