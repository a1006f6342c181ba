/**
 * `bytearray` (Objects/bytearrayobject.c).
 *
 *     ob_refcnt ob_type | leaf table alloc length exports
 *
 * The content is an array in the leaf table, which may have room to spare. It changes in place, also while somebody
 * records: no picture of memory shows these bytes, and to keep each state of a large one would take all memory there is.
 * `table` and `alloc` stand for CPython's buffer: its address and its size with the room to grow.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type BufferInfo, type CompareOp, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, getIter, isStr, iterNext, typeName } from './abstract';
import { simpleBuffer } from './buffer';
import { newBytes } from './bytes';
import { byteValues } from './bytes-convert';
import {
  fromLatin1,
  bytearrayFactory,
  bytesContains,
  bytesMaketrans,
  oneByte,
  parseHex,
  sharedMethods,
} from './bytes-methods';
import { compareBytes, encodeArgument, repeatData, takeSlice } from './bytes-ops';
import { params, parseArgs } from './getargs';
import { intFromInt32, intFromNumber, orderSatisfies } from './int';
import { bytesLike, latin1Text } from './number-convert';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { isSlice, sliceIndices } from './slice';
import { callSpecial } from './slotdefs';
import { strFrom } from './str';
import { percentBytes } from './str-percent';
import { reprOfBytes } from './str-repr';
import { newTuple } from './tuple';
import { isInstanceOf } from './type-lookup';

const LEAF = OB_FIELDS;
const TABLE = OB_FIELDS + 1;
const ALLOC = OB_FIELDS + 2;
const LENGTH = OB_FIELDS + 3;
/** Loans of its bytes: its size must not change meanwhile. */
const EXPORTS = OB_FIELDS + 4;

const EMPTY = new Uint8Array(0);

export function bytearrayValue(rt: Runtime, h: Handle): Uint8Array {
  const leaf = rt.mem[h + LEAF]!;
  if (leaf === 0) return EMPTY;
  const room = rt.heap.leaf[leaf] as Uint8Array;
  const size = rt.mem[h + LENGTH]!;
  return room.length === size ? room : room.subarray(0, size);
}
const length = (rt: Runtime, h: Handle): number => rt.mem[h + LENGTH]!;

/** A new bytearray; the array is taken over. */
export function newByteArray(rt: Runtime, data: Uint8Array): Handle {
  const h = newObject(rt, rt.types.bytearray);
  setContent(rt, h, data);
  return h;
}
bytearrayFactory.make = newByteArray;
bytearrayFactory.lend = (rt, h, by) => rt.heap.set(h + EXPORTS, rt.mem[h + EXPORTS]! + by);

function writeBytes(rt: Runtime, h: Handle, at: number, bytes: Uint8Array): void {
  bytearrayValue(rt, h).set(bytes, at);
}

/** `_canresize`. */
function canResize(rt: Runtime, h: Handle): boolean {
  if (rt.mem[h + EXPORTS] === 0) return true;
  rt.raise('BufferError', 'Existing exports of data: object cannot be re-sized');
  return false;
}

/** `PyByteArray_Resize` and the new content; false with BufferError. */
function setContent(rt: Runtime, h: Handle, data: Uint8Array): boolean {
  if (data.length !== rt.mem[h + LENGTH] && !canResize(rt, h)) return false;
  placeContent(rt, h, data);
  return true;
}

function placeContent(rt: Runtime, h: Handle, data: Uint8Array): void {
  const { heap, mem } = rt;
  const leaf = mem[h + LEAF]!;
  if (leaf === 0) heap.set(h + LEAF, heap.newLeaf(data));
  else heap.leaf[leaf] = data;
  placeSize(rt, h, data.length);
}

/** Some bytes more at the end; false with BufferError. */
function extendContent(rt: Runtime, h: Handle, more: Uint8Array): boolean {
  if (more.length === 0) return true;
  if (!canResize(rt, h)) return false;
  const size = length(rt, h);
  const wanted = size + more.length;
  const leaf = rt.mem[h + LEAF]!;
  let room = leaf === 0 ? EMPTY : (rt.heap.leaf[leaf] as Uint8Array);
  if (room.length < wanted) {
    room = new Uint8Array(Math.max(wanted + (wanted >> 1), 16));
    room.set(bytearrayValue(rt, h));
  }
  room.set(more, size);
  if (leaf === 0) rt.heap.set(h + LEAF, rt.heap.newLeaf(room));
  else rt.heap.leaf[leaf] = room;
  placeSize(rt, h, wanted);
  return true;
}

function placeSize(rt: Runtime, h: Handle, size: number): void {
  const { heap, mem } = rt;
  const alloc = mem[h + ALLOC]!;
  if (size === mem[h + LENGTH] && alloc > 0) return;
  heap.set(h + LENGTH, size);
  if (size + 1 <= alloc && size >= alloc >> 1) return;
  let wanted = size + 1;
  if (size + 1 > alloc && size <= alloc * 1.125) wanted = size + (size >> 3) + (size < 9 ? 3 : 6);
  if (alloc === 0 && size === 0) return;
  const table = mem[h + TABLE]!;
  heap.obmalloc.moving = table !== 0;
  heap.set(h + TABLE, heap.allocRaw(1, wanted));
  if (table !== 0) heap.freeRaw(table);
  heap.obmalloc.moving = false;
  heap.set(h + ALLOC, wanted);
}

function dealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  if (mem[h + TABLE] !== 0) {
    heap.freeRaw(mem[h + TABLE]!);
    heap.set(h + TABLE, 0);
  }
  heap.dropLeaf(mem[h + LEAF]!);
  freeObject(rt, h);
}

function lend(rt: Runtime, h: Handle): BufferInfo {
  rt.heap.set(h + EXPORTS, rt.mem[h + EXPORTS]! + 1);
  return simpleBuffer(
    length(rt, h),
    false,
    () => bytearrayValue(rt, h),
    (at, data) => writeBytes(rt, h, at, data),
  );
}

// ---- construction ------------------------------------------------------------------------------------------------------------

const INIT = params('bytearray', 'source=, encoding=, errors=');

function init(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const a = parseArgs(rt, INIT, args, kwnames);
  if (a === null) return -1;
  if (length(rt, self) !== 0 && !setContent(rt, self, EMPTY)) return -1;
  const data = initialContent(rt, a[0]!, a[1]!, a[2]!);
  if (data === null) return -1;
  if (data === 'iterable') return fillFrom(rt, self, a[0]!);
  return setContent(rt, self, data) ? 0 : -1;
}

/** Appends what an iterable gives, byte by byte: its code may look on. -1 with an exception. */
function fillFrom(rt: Runtime, self: Handle, iterable: Handle): number {
  const it = getIter(rt, iterable);
  if (it === 0) return -1;
  let room = new Uint8Array(16);
  let n = 0;
  for (;;) {
    const x = iterNext(rt, it);
    if (x === 0) break;
    const i = asIndex(rt, x);
    rt.decref(x);
    if (i === null) break;
    if (i < 0 || i > 255) {
      rt.raise('ValueError', 'byte must be in range(0, 256)');
      break;
    }
    if (n === room.length) {
      const more = new Uint8Array(2 * n);
      more.set(room);
      room = more;
    }
    room[n++] = i;
    if (!setContent(rt, self, room.subarray(0, n))) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

function initialContent(rt: Runtime, source: Handle, encoding: Handle, errors: Handle): Uint8Array | 'iterable' | null {
  const fail = (type: 'TypeError' | 'ValueError' | 'MemoryError', message: string): null => {
    rt.raise(type, message);
    return null;
  };
  if (source === 0) {
    if (encoding === 0 && errors === 0) return EMPTY;
    return fail(
      'TypeError',
      encoding !== 0 ? 'encoding without a string argument' : 'errors without a string argument',
    );
  }
  if (isStr(rt, source)) {
    if (encoding === 0) return fail('TypeError', 'string argument without an encoding');
    return encodeArgument(rt, 'bytearray', source, encoding, errors);
  }
  if (encoding !== 0 || errors !== 0) {
    return fail(
      'TypeError',
      encoding !== 0 ? 'encoding without a string argument' : 'errors without a string argument',
    );
  }
  if (rt.tp(source).nb_index !== null) {
    const n = asIndex(rt, source, 'OverflowError');
    // An object that is no int after all is tried as a buffer and as an iterable.
    if (n === null && !rt.errorMatches('TypeError')) return null;
    if (n === null) rt.clearError();
    else if (n < 0) return fail('ValueError', 'negative count');
    else return n > 1 << 28 ? fail('MemoryError', '') : new Uint8Array(n);
  }
  const data = bytesLike(rt, source);
  if (data !== null) return data.slice();
  const tp = rt.tp(source);
  if (tp.tp_iter === null && tp.sq_item === null)
    return fail('TypeError', `cannot convert '${tp.name}' object to bytearray`);
  const exact = rt.is(source, rt.types.list) || rt.is(source, rt.types.tuple);
  if (!exact) return 'iterable';
  const items = byteValues(rt, source, 'byte');
  return items === null ? null : Uint8Array.from(items);
}

// ---- slots -----------------------------------------------------------------------------------------------------------------

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  const x = bytesLike(rt, a);
  const y = bytesLike(rt, b);
  if (x === null || y === null) return rt.NotImplemented;
  return rt.bool(orderSatisfies(compareBytes(x, y), op));
}

function joined(x: Uint8Array, y: Uint8Array): Uint8Array {
  const data = new Uint8Array(x.length + y.length);
  data.set(x);
  data.set(y, x.length);
  return data;
}

function concat(rt: Runtime, a: Handle, b: Handle): Handle {
  const y = bytesLike(rt, b);
  if (y === null) return rt.raise('TypeError', `can't concat ${typeName(rt, b)} to ${typeName(rt, a)}`);
  return newByteArray(rt, joined(bytearrayValue(rt, a), y));
}
function inplaceConcat(rt: Runtime, a: Handle, b: Handle): Handle {
  const y = bytesLike(rt, b);
  if (y === null) return rt.raise('TypeError', `can't concat ${typeName(rt, b)} to ${typeName(rt, a)}`);
  return extendContent(rt, a, y) ? rt.newRef(a) : 0;
}
function repeat(rt: Runtime, h: Handle, n: number): Handle {
  const data = repeatData(rt, bytearrayValue(rt, h), n);
  return data === null ? 0 : newByteArray(rt, data);
}
function inplaceRepeat(rt: Runtime, h: Handle, n: number): Handle {
  const data = repeatData(rt, bytearrayValue(rt, h), n);
  if (data === null) return 0;
  return setContent(rt, h, data) ? rt.newRef(h) : 0;
}

function item(rt: Runtime, h: Handle, i: number): Handle {
  if (i < 0 || i >= length(rt, h)) return rt.raise('IndexError', 'bytearray index out of range');
  return intFromInt32(rt, bytearrayValue(rt, h)[i]!);
}

function subscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (isSlice(rt, key)) {
    const s = sliceIndices(rt, key, () => length(rt, h));
    return s === null ? 0 : newByteArray(rt, takeSlice(bytearrayValue(rt, h), s));
  }
  if (rt.tp(key).nb_index === null) {
    return rt.raise('TypeError', `bytearray indices must be integers or slices, not ${typeName(rt, key)}`);
  }
  const i = asIndex(rt, key, 'IndexError');
  return i === null ? 0 : item(rt, h, i < 0 ? i + length(rt, h) : i);
}

function assignItem(rt: Runtime, h: Handle, i: number, value: Handle): number {
  if (i < 0 || i >= length(rt, h)) return rt.raiseInt('IndexError', 'bytearray index out of range');
  if (value === 0) return splice(rt, h, i, i + 1, EMPTY);
  const c = oneByte(rt, value);
  if (c === null) return -1;
  // The value's own code may have made it shorter.
  if (i >= length(rt, h)) return rt.raiseInt('IndexError', 'bytearray index out of range');
  writeBytes(rt, h, i, Uint8Array.of(c.charCodeAt(0)));
  return 0;
}

/** Replaces the bytes from `low` to `high`. */
function splice(rt: Runtime, h: Handle, low: number, high: number, by: Uint8Array): number {
  const data = bytearrayValue(rt, h);
  if (high >= data.length && by.length === 0) {
    if (low < data.length && !canResize(rt, h)) return -1;
    placeSize(rt, h, low);
    return 0;
  }
  return setContent(rt, h, joined(joined(data.subarray(0, low), by), data.subarray(Math.max(low, high)))) ? 0 : -1;
}

function assignSubscript(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  if (!isSlice(rt, key)) {
    if (rt.tp(key).nb_index === null) {
      return rt.raiseInt('TypeError', `bytearray indices must be integers or slices, not ${typeName(rt, key)}`);
    }
    const i = asIndex(rt, key, 'IndexError');
    return i === null ? -1 : assignItem(rt, h, i < 0 ? i + length(rt, h) : i, value);
  }
  const by = value === 0 ? EMPTY : contentOf(rt, value);
  if (by === null) return -1;
  const s = sliceIndices(rt, key, () => length(rt, h));
  if (s === null) return -1;
  if (s.step === 1) return splice(rt, h, s.start, Math.max(s.start, s.stop), by);
  const data = bytearrayValue(rt, h);
  if (value === 0 || by.length === 0) {
    const gone = new Set(Array.from({ length: s.count }, (_, i) => s.start + i * s.step));
    const kept = data.filter((_, i) => !gone.has(i));
    return setContent(rt, h, kept) ? 0 : -1;
  }
  if (by.length !== s.count) {
    return rt.raiseInt(
      'ValueError',
      `attempt to assign bytes of size ${by.length} to extended slice of size ${s.count}`,
    );
  }
  const out = data.slice();
  for (let i = 0; i < s.count; i++) out[s.start + i * s.step] = by[i]!;
  setContent(rt, h, out);
  return 0;
}

/** The bytes of a buffer or of an iterable of ints; null with an exception. */
function contentOf(rt: Runtime, value: Handle): Uint8Array | null {
  const data = bytesLike(rt, value);
  if (data !== null) return data;
  const tp = rt.tp(value);
  if (isStr(rt, value) || tp.nb_index !== null || (tp.tp_iter === null && tp.sq_item === null)) {
    rt.raise('TypeError', 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
    return null;
  }
  const items = byteValues(rt, value, 'byte');
  return items === null ? null : Uint8Array.from(items);
}

/** `bytearray_mod`. */
function remainder(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!rt.is(a, rt.types.bytearray) && !isInstanceOf(rt, a, rt.types.bytearray)) return rt.NotImplemented;
  const text = percentBytes(rt, latin1Text(bytearrayValue(rt, a)), b);
  return text === null ? 0 : newByteArray(rt, fromLatin1(text));
}

function repr(rt: Runtime, h: Handle): Handle {
  return strFrom(rt, `${typeName(rt, h)}(b${reprOfBytes(bytearrayValue(rt, h), "'")})`);
}

// ---- methods -----------------------------------------------------------------------------------------------------------------

function append(rt: Runtime, self: Handle, value: Handle): Handle {
  const c = oneByte(rt, value);
  if (c === null) return 0;
  return extendContent(rt, self, Uint8Array.of(c.charCodeAt(0))) ? rt.None : 0;
}

function extend(rt: Runtime, self: Handle, iterable: Handle): Handle {
  const data = bytesLike(rt, iterable);
  if (data !== null) {
    return extendContent(rt, self, data) ? rt.None : 0;
  }
  const it = getIter(rt, iterable);
  if (it === 0) {
    if (rt.errorMatches('TypeError')) {
      rt.clearError();
      rt.raise('TypeError', `can't extend bytearray with ${typeName(rt, iterable)}`);
    }
    return 0;
  }
  const out: number[] = [];
  for (;;) {
    const x = iterNext(rt, it);
    if (x === 0) break;
    if (rt.tp(x).nb_index === null && isStr(rt, x)) {
      rt.decref(x);
      rt.raise('TypeError', "expected iterable of integers; got: 'str'");
      break;
    }
    const c = oneByte(rt, x);
    rt.decref(x);
    if (c === null) break;
    out.push(c.charCodeAt(0));
  }
  rt.decref(it);
  if (rt.currentException !== 0) return 0;
  return extendContent(rt, self, Uint8Array.from(out)) ? rt.None : 0;
}

function insert(rt: Runtime, self: Handle, args: Handle[]): Handle {
  const index = asIndex(rt, args[0]!, 'OverflowError');
  if (index === null) return 0;
  const c = oneByte(rt, args[1]!);
  if (c === null) return 0;
  const n = length(rt, self);
  const at = Math.min(n, index < 0 ? Math.max(0, index + n) : index);
  return splice(rt, self, at, at, Uint8Array.of(c.charCodeAt(0))) < 0 ? 0 : rt.None;
}

function pop(rt: Runtime, self: Handle, args: Handle[]): Handle {
  const index = args.length === 0 ? -1 : asIndex(rt, args[0]!, 'OverflowError');
  if (index === null) return 0;
  const n = length(rt, self);
  if (n === 0) return rt.raise('IndexError', 'pop from empty bytearray');
  const i = index < 0 ? index + n : index;
  if (i < 0 || i >= n) return rt.raise('IndexError', 'pop index out of range');
  const value = bytearrayValue(rt, self)[i]!;
  return splice(rt, self, i, i + 1, EMPTY) < 0 ? 0 : intFromInt32(rt, value);
}

function remove(rt: Runtime, self: Handle, value: Handle): Handle {
  const c = oneByte(rt, value);
  if (c === null) return 0;
  const at = bytearrayValue(rt, self).indexOf(c.charCodeAt(0));
  if (at < 0) return rt.raise('ValueError', 'value not found in bytearray');
  return splice(rt, self, at, at + 1, EMPTY) < 0 ? 0 : rt.None;
}

function fromHex(rt: Runtime, type: Handle, arg: Handle): Handle {
  const data = parseHex(rt, arg);
  if (data === null) return 0;
  const value = newByteArray(rt, data);
  if (type === rt.types.bytearray.handle) return value;
  const h = rt.call(type, [value]);
  rt.decref(value);
  return h;
}

/** `_common_reduce`. */
function reduce(rt: Runtime, self: Handle, protocol: number): Handle {
  const state = callSpecial(rt, self, '__getstate__', []);
  if (state === 0) return 0;
  const data = bytearrayValue(rt, self).slice();
  let args: Handle[] = [];
  if (protocol < 3) args = [data.length === 0 ? rt.emptyStr : strFrom(rt, latin1Text(data)), strFrom(rt, 'latin-1')];
  else if (data.length > 0) args = [newBytes(rt, data)];
  return newTuple(rt, [rt.newRef(rt.tp(self).handle), newTuple(rt, args), state]);
}

// ---- iterator ----------------------------------------------------------------------------------------------------------------

const IT_SEQ = OB_FIELDS;
const IT_INDEX = OB_FIELDS + 1;

function next(rt: Runtime, it: Handle): Handle {
  const seq = rt.mem[it + IT_SEQ]!;
  if (seq === 0) return 0;
  const i = rt.mem[it + IT_INDEX]!;
  if (i < length(rt, seq)) {
    rt.heap.set(it + IT_INDEX, i + 1);
    return intFromInt32(rt, bytearrayValue(rt, seq)[i]!);
  }
  rt.heap.clearRef(it + IT_SEQ);
  return 0;
}

export const bytearraySpecs: TypeSpec[] = [
  {
    name: 'bytearray',
    words: 5,
    basicsize: 56,
    flags: TPFLAGS.BASETYPE,
    doc: 'Construct a mutable bytearray object.',
    slots: {
      tp_new: (rt: Runtime, type: Handle) => allocInstance(rt, rt.slotsOfType(type)),
      tp_init: init,
      tp_dealloc: dealloc,
      bf_getbuffer: lend,
      bf_releasebuffer: (rt: Runtime, h: Handle) => rt.heap.set(h + EXPORTS, rt.mem[h + EXPORTS]! - 1),
      tp_repr: repr,
      tp_str: repr,
      tp_richcompare: richCompare,
      tp_iter: (rt: Runtime, h: Handle) => {
        const it = newObject(rt, rt.types.bytearray_iterator);
        rt.heap.set(it + IT_SEQ, rt.newRef(h));
        rt.heap.gcTrack(it);
        return it;
      },
      nb_remainder: remainder,
      sq_length: length,
      sq_concat: concat,
      sq_repeat: repeat,
      sq_item: item,
      sq_ass_item: assignItem,
      sq_contains: bytesContains,
      sq_inplace_concat: inplaceConcat,
      sq_inplace_repeat: inplaceRepeat,
      mp_length: length,
      mp_subscript: subscript,
      mp_ass_subscript: assignSubscript,
    },
    methods: {
      ...sharedMethods,
      append: { kind: 'o', fn: append },
      clear: {
        kind: 'noargs',
        fn: (rt: Runtime, self) => (setContent(rt, self, EMPTY) ? rt.None : 0),
      },
      copy: { kind: 'noargs', fn: (rt: Runtime, self) => newByteArray(rt, bytearrayValue(rt, self).slice()) },
      extend: { kind: 'o', fn: extend },
      insert: { kind: 'fast', min: 2, max: 2, fn: insert },
      pop: { kind: 'fast', min: 0, max: 1, fn: pop },
      remove: { kind: 'o', fn: remove },
      reverse: {
        kind: 'noargs',
        fn: (rt: Runtime, self) => {
          setContent(rt, self, bytearrayValue(rt, self).slice().reverse());
          return rt.None;
        },
      },
      __reduce__: { kind: 'noargs', fn: (rt: Runtime, self) => reduce(rt, self, 2) },
      __reduce_ex__: {
        kind: 'fast',
        min: 0,
        max: 1,
        fn: (rt: Runtime, self, [arg]) => {
          const protocol = arg === undefined ? 0 : asIndex(rt, arg, 'OverflowError');
          return protocol === null ? 0 : reduce(rt, self, protocol);
        },
      },
      __alloc__: { kind: 'noargs', fn: (rt: Runtime, self) => intFromNumber(rt, rt.mem[self + ALLOC]!) },
      __sizeof__: {
        kind: 'noargs',
        fn: (rt: Runtime, self) => intFromNumber(rt, bytearraySizeof(rt, self)),
      },
    },
    classmethods: { fromhex: { kind: 'o', fn: fromHex } },
    staticmethods: { maketrans: { kind: 'fast', min: 2, max: 2, fn: bytesMaketrans } },
  },
  {
    name: 'bytearray_iterator',
    gc: true,
    words: 2,
    basicsize: 32,
    slots: {
      tp_dealloc: (rt: Runtime, it: Handle) => {
        rt.heap.gcUntrack(it);
        rt.heap.clearRef(it + IT_SEQ);
        freeObject(rt, it);
      },
      tp_traverse: (rt: Runtime, it: Handle, visit: Visit) => {
        const seq = rt.mem[it + IT_SEQ]!;
        if (seq !== 0) visit(seq, it + IT_SEQ);
      },
      tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
      tp_iternext: next,
    },
    methods: {
      __length_hint__: {
        kind: 'noargs',
        fn: (rt: Runtime, it) => {
          const seq = rt.mem[it + IT_SEQ]!;
          return intFromNumber(rt, seq === 0 ? 0 : Math.max(0, length(rt, seq) - rt.mem[it + IT_INDEX]!));
        },
      },
    },
  },
];

/** `bytearray.__sizeof__`. */
export function bytearraySizeof(rt: Runtime, h: Handle): number {
  return rt.tp(h).basicsize + rt.mem[h + ALLOC]!;
}
