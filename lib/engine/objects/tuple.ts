/**
 * tuple (Objects/tupleobject.c): the items lie in the object itself.
 *
 *     ob_refcnt ob_type | ob_size | item 0 … item ob_size-1 | ob_hash (low, high)  hashed
 *
 * The hash is remembered since 3.14 only (CPython keeps it before the items). A tuple that can take no part in a cycle need not be tracked: 3.14 looks at
 * birth, and every collection looks again (`tupleMaybeUntrack`).
 */
import { BLOCK, BLOCK_GC, type Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, Traversal, type MethodDef, type TypeSpec, type Visit } from '../heap/object';
import { TUPLE_ITEMS, TUPLE_SIZE } from '../heap/shapes';
import {
  asIndex,
  countWork,
  getIter,
  hash,
  isTuple,
  iterNext,
  lengthHint,
  repr,
  richCompare,
  richCompareBool,
  typeName,
} from './abstract';
import { genericAlias } from './dict-methods';
import { checkPositional, noKeywords } from './getargs';
import { TupleHash } from './hash';
import { intFromNumber } from './int';
import { installSequenceIterator, tupleIter } from './iter';
import { compareSizes, listItems, repeatedSize, roomFor } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { isSlice, sliceIndices } from './slice';
import { strFrom, strValue } from './str';

export { TUPLE_ITEMS, TUPLE_SIZE } from '../heap/shapes';
/** From the end of the items. */
const HASH_LOW = 0;
const HASH_HIGH = 1;
export const HASHED = 2;
const MAX_FREELIST_SIZE = 20;

// ---- for the rest of the engine -------------------------------------------------------------------------------------------

/** Makes the empty tuple, immortal. Call once the type `tuple` is ready. */
export function initTuples(rt: Runtime): void {
  installSequenceIterator();
  if (rt.facts.name === '3.13') {
    // Without the remembered hash, and map without its `strict`.
    rt.types.tuple.basicsize = 24;
    rt.types.map.basicsize = 32;
  }
  rt.emptyTuple = newObject(rt, rt.types.tuple);
  rt.heap.immortalize(rt.emptyTuple);
}

function tupleAlloc(rt: Runtime, n: number): Handle {
  const freelist = n <= MAX_FREELIST_SIZE ? rt.heap.freelists.tuples[n]! : null;
  const h = newObject(rt, rt.types.tuple, n, n * 8, freelist);
  // A newborn's first words need no event.
  rt.mem[h + TUPLE_SIZE] = n;
  return h;
}

/** `PyTuple_FromArraySteal`: a display, arguments, `tuple(x)`. Items stolen. 3.14 does not track a tuple of atoms. */
export function newTuple(rt: Runtime, items: Handle[]): Handle {
  const n = items.length;
  if (n === 0) return rt.emptyTuple;
  const { heap, mem } = rt;
  const h = tupleAlloc(rt, n);
  let track = !rt.facts.atomTuplesUntracked;
  for (let i = 0; i < n; i++) {
    const item = items[i]!;
    mem[h + TUPLE_ITEMS + i] = item;
    if (!track && (mem[item + BLOCK]! & BLOCK_GC) !== 0) track = true;
  }
  if (track) heap.gcTrack(h);
  return h;
}

/** `_PyTuple_FromStackRefStealOnSuccess` without the stealing: the items are n words of a frame's stack. */
export function tupleFromStack(rt: Runtime, first: number, n: number): Handle {
  if (n === 0) return rt.emptyTuple;
  const { heap, mem } = rt;
  const h = tupleAlloc(rt, n);
  let track = !rt.facts.atomTuplesUntracked;
  for (let i = 0; i < n; i++) {
    const item = mem[first + i]! & ~1;
    heap.incref(item);
    mem[h + TUPLE_ITEMS + i] = item;
    if (!track && (mem[item + BLOCK]! & BLOCK_GC) !== 0) track = true;
  }
  if (track) heap.gcTrack(h);
  return h;
}

/** `PyTuple_New` filled (items stolen): tracked from birth whatever is in it. zip, enumerate, dict.items, slices, `+`. */
export function newTupleTracked(rt: Runtime, items: Handle[]): Handle {
  const n = items.length;
  if (n === 0) return rt.emptyTuple;
  const h = tupleAlloc(rt, n);
  for (let i = 0; i < n; i++) rt.mem[h + TUPLE_ITEMS + i] = items[i]!;
  rt.heap.gcTrack(h);
  return h;
}

/** `PyTuple_Pack`: items borrowed; tracked. */
export function tuplePack(rt: Runtime, ...items: Handle[]): Handle {
  for (const x of items) rt.incref(x);
  return newTupleTracked(rt, items);
}

export function tupleSize(rt: Runtime, h: Handle): number {
  return rt.mem[h + TUPLE_SIZE]!;
}

/** `PyTuple_GET_ITEM`: borrowed, no check. */
export function tupleItem(rt: Runtime, h: Handle, i: number): Handle {
  return rt.mem[h + TUPLE_ITEMS + i]!;
}

function itemsEnd(rt: Runtime, h: Handle): number {
  return h + TUPLE_ITEMS + rt.mem[h + TUPLE_SIZE]!;
}

/** The items, borrowed. */
export function tupleItems(rt: Runtime, h: Handle): Handle[] {
  const n = rt.mem[h + TUPLE_SIZE]!;
  const items = new Array<Handle>(n);
  for (let i = 0; i < n; i++) items[i] = rt.mem[h + TUPLE_ITEMS + i]!;
  return items;
}

/** Stores an item (stolen) in a tuple nobody else has seen; the old one is the caller's. For result tuples. */
export function tupleSwapItem(rt: Runtime, h: Handle, i: number, item: Handle): Handle {
  const old = rt.mem[h + TUPLE_ITEMS + i]!;
  rt.heap.set(h + TUPLE_ITEMS + i, item);
  return old;
}

/** A reused result tuple is as good as new: tracked (a collection may have untracked it), without a hash. */
export function tupleRecycle(rt: Runtime, h: Handle): void {
  if (!rt.heap.isTracked(h)) rt.heap.gcTrack(h);
  const end = itemsEnd(rt, h);
  if (rt.mem[end + HASHED] !== 0) rt.heap.set(end + HASHED, 0);
}

/** `PySequence_Tuple`: new. */
export function tupleFromIterable(rt: Runtime, iterable: Handle): Handle {
  if (rt.is(iterable, rt.types.tuple)) return rt.newRef(iterable);
  if (rt.is(iterable, rt.types.list)) {
    const items = listItems(rt, iterable);
    for (const x of items) rt.incref(x);
    return newTuple(rt, items);
  }
  const it = getIter(rt, iterable);
  if (it === 0) return 0;
  // 3.13 asks how long it may be, to make room; 3.14 does not.
  if (rt.facts.name === '3.13' && lengthHint(rt, iterable, 10) < 0) {
    rt.decref(it);
    return 0;
  }
  const items: Handle[] = [];
  for (let x = iterNext(rt, it); x !== 0; x = iterNext(rt, it)) items.push(x);
  rt.decref(it);
  if (rt.currentException !== 0) {
    for (let i = items.length - 1; i >= 0; i--) rt.decref(items[i]!);
    return 0;
  }
  return newTupleTracked(rt, items);
}

/** `_PyObject_GC_MAY_BE_TRACKED`: could h be part of a cycle? An untracked exact tuple and a static type cannot. */
export function mayBeTracked(rt: Runtime, h: Handle): boolean {
  const { mem, heap } = rt;
  if ((mem[h + BLOCK]! & BLOCK_GC) === 0) return false;
  if (mem[h + 1] === rt.types.tuple.handle) return heap.isTracked(h);
  if ((rt.tp(h).flags & TPFLAGS.TYPE_SUBCLASS) !== 0) return rt.slotsOfType(h).isHeapType;
  return true;
}

/** `_PyTuple_MaybeUntrack`: what each collection does to the exact tuples that survive it. */
export function tupleMaybeUntrack(rt: Runtime, h: Handle): void {
  if (!rt.is(h, rt.types.tuple) || !rt.heap.isTracked(h)) return;
  for (let i = tupleSize(rt, h) - 1; i >= 0; i--) {
    const item = tupleItem(rt, h, i);
    if (item === 0 || mayBeTracked(rt, item)) return;
  }
  rt.heap.gcUntrack(h);
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function tupleDealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  heap.gcUntrack(h);
  const n = mem[h + TUPLE_SIZE]!;
  heap.releaseDown(h + TUPLE_ITEMS, n);
  const exact = rt.is(h, rt.types.tuple) && n > 0 && n <= MAX_FREELIST_SIZE;
  freeObject(rt, h, exact ? heap.freelists.tuples[n]! : null);
}

function tupleTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  for (let i = mem[h + TUPLE_SIZE]! - 1; i >= 0; i--) {
    const item = mem[h + TUPLE_ITEMS + i]!;
    if (item !== 0) visit(item, h + TUPLE_ITEMS + i);
  }
}

function tupleRepr(rt: Runtime, h: Handle): Handle {
  const n = tupleSize(rt, h);
  if (n === 0) return strFrom(rt, '()');
  if (rt.reprEnter(h)) return strFrom(rt, '(...)');
  const parts: string[] = [];
  for (let i = 0; i < n; i++) {
    const r = repr(rt, tupleItem(rt, h, i));
    if (r === 0) {
      rt.reprLeave(h);
      return 0;
    }
    parts.push(strValue(rt, r));
    rt.decref(r);
  }
  rt.reprLeave(h);
  return strFrom(rt, n === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`);
}

/** `tuplehash`; 3.14 remembers it. */
function tupleHash(rt: Runtime, h: Handle): number {
  const { heap, mem } = rt;
  const end = itemsEnd(rt, h);
  if (mem[end + HASHED] !== 0) {
    rt.hashHigh = mem[end + HASH_HIGH]!;
    return mem[end + HASH_LOW]!;
  }
  const acc = new TupleHash();
  // CPython does not count here and its stack ends some day; ours ends sooner.
  if (!rt.enterRecursive('')) return -1;
  countWork(rt, 8 + tupleSize(rt, h));
  for (let i = 0, n = tupleSize(rt, h); i < n; i++) {
    const low = hash(rt, tupleItem(rt, h, i));
    if (low === -1 && rt.currentException !== 0) {
      rt.leaveRecursive();
      return -1;
    }
    acc.add(low, rt.hashHigh);
  }
  rt.leaveRecursive();
  const low = acc.finish(rt);
  if (rt.facts.name !== '3.13') {
    heap.set(end + HASH_LOW, low);
    heap.set(end + HASH_HIGH, rt.hashHigh);
    heap.set(end + HASHED, 1);
  }
  return low;
}

function tupleRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isTuple(rt, a) || !isTuple(rt, b)) return rt.NotImplemented;
  const na = tupleSize(rt, a);
  const nb = tupleSize(rt, b);
  let i = 0;
  for (; i < na && i < nb; i++) {
    const same = richCompareBool(rt, tupleItem(rt, a, i), tupleItem(rt, b, i), CompareOp.EQ);
    if (same < 0) return 0;
    if (same === 0) break;
  }
  if (i >= na || i >= nb) return rt.bool(compareSizes(na, nb, op));
  if (op === CompareOp.EQ) return rt.False;
  if (op === CompareOp.NE) return rt.True;
  return richCompare(rt, tupleItem(rt, a, i), tupleItem(rt, b, i), op);
}

function tupleContains(rt: Runtime, h: Handle, item: Handle): number {
  for (let i = 0, n = tupleSize(rt, h); i < n; i++) {
    const same = richCompareBool(rt, tupleItem(rt, h, i), item, CompareOp.EQ);
    if (same !== 0) return same;
  }
  return 0;
}

function tupleConcat(rt: Runtime, a: Handle, b: Handle): Handle {
  if (tupleSize(rt, a) === 0 && rt.is(b, rt.types.tuple)) return rt.newRef(b);
  if (!isTuple(rt, b)) {
    return rt.raise('TypeError', `can only concatenate tuple (not "${typeName(rt, b)}") to tuple`);
  }
  if (tupleSize(rt, b) === 0 && rt.is(a, rt.types.tuple)) return rt.newRef(a);
  if (!roomFor(rt, tupleSize(rt, a) + tupleSize(rt, b))) return 0;
  const items = tupleItems(rt, a).concat(tupleItems(rt, b));
  for (const x of items) rt.incref(x);
  return newTupleTracked(rt, items);
}

/** Items of a tuple made by `*`; they lie in a JavaScript array first. */
const LARGEST = 1 << 25;

function tupleRepeat(rt: Runtime, h: Handle, n: number): Handle {
  const items = tupleItems(rt, h);
  if ((items.length === 0 || n === 1) && rt.is(h, rt.types.tuple)) return rt.newRef(h);
  const total = repeatedSize(rt, items.length, n);
  if (total < 0 || (total > LARGEST && !roomFor(rt, Infinity))) return 0;
  const out = new Array<Handle>(total);
  for (let i = 0; i < total; i++) out[i] = rt.newRef(items[i % items.length]!);
  return newTupleTracked(rt, out);
}

function tupleGetItem(rt: Runtime, h: Handle, i: number): Handle {
  if (i < 0 || i >= tupleSize(rt, h)) return rt.raise('IndexError', 'tuple index out of range');
  return rt.newRef(tupleItem(rt, h, i));
}

function tupleSubscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    if (i === null) return 0;
    return tupleGetItem(rt, h, i < 0 ? i + tupleSize(rt, h) : i);
  }
  if (!isSlice(rt, key)) {
    return rt.raise('TypeError', `tuple indices must be integers or slices, not ${typeName(rt, key)}`);
  }
  const s = sliceIndices(rt, key, tupleSize(rt, h));
  if (s === null) return 0;
  if (s.start === 0 && s.step === 1 && s.count === tupleSize(rt, h) && rt.is(h, rt.types.tuple)) return rt.newRef(h);
  const items: Handle[] = [];
  for (let k = 0, i = s.start; k < s.count; k++, i += s.step) items.push(rt.newRef(tupleItem(rt, h, i)));
  return newTupleTracked(rt, items);
}

/** `tuple.__new__`; a subclass gets an object of its own with the items of an ordinary tuple. */
function tupleNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  const exact = slots === rt.types.tuple;
  if (exact && !noKeywords(rt, 'tuple', kwnames)) return 0;
  const npos = args.length - (kwnames?.length ?? 0);
  if (!exact && slots.tp_init === rt.types.object.tp_init && !noKeywords(rt, 'tuple', kwnames)) return 0;
  if (!checkPositional(rt, 'tuple', npos, 0, 1)) return 0;
  const plain = npos === 0 ? rt.emptyTuple : tupleFromIterable(rt, args[0]!);
  if (plain === 0 || exact) return plain;
  const n = tupleSize(rt, plain);
  const h = newObject(rt, slots, n, n * 8);
  rt.heap.set(h + TUPLE_SIZE, n);
  for (let i = 0; i < n; i++) rt.heap.set(h + TUPLE_ITEMS + i, rt.newRef(tupleItem(rt, plain, i)));
  rt.decref(plain);
  rt.heap.gcTrack(h);
  return h;
}

// ---- methods ------------------------------------------------------------------------------------------------------------

function tupleIndex(rt: Runtime, h: Handle, args: Handle[]): Handle {
  const n = tupleSize(rt, h);
  const range = searchRange(rt, args, () => n);
  if (range === null) return 0;
  for (let i = range[0]; i < range[1] && i < n; i++) {
    const same = richCompareBool(rt, tupleItem(rt, h, i), args[0]!, CompareOp.EQ);
    if (same < 0) return 0;
    if (same > 0) return intFromNumber(rt, i);
  }
  return rt.raise('ValueError', 'tuple.index(x): x not in tuple');
}

/** The `start` and `stop` of `index(value, start, stop)`: clipped as slices are, null with an exception. */
export function searchRange(rt: Runtime, args: Handle[], size: () => number): [number, number] | null {
  const bounds: [number, number] = [0, Number.MAX_SAFE_INTEGER];
  for (let k = 1; k < args.length && k <= 2; k++) {
    if (rt.tp(args[k]!).nb_index === null) {
      rt.raise('TypeError', 'slice indices must be integers or have an __index__ method');
      return null;
    }
    const i = asIndex(rt, args[k]!);
    if (i === null) return null;
    bounds[k - 1] = i < 0 ? Math.max(0, i + size()) : i;
  }
  return bounds;
}

function tupleCount(rt: Runtime, h: Handle, value: Handle): Handle {
  let count = 0;
  for (let i = 0, n = tupleSize(rt, h); i < n; i++) {
    const same = richCompareBool(rt, tupleItem(rt, h, i), value, CompareOp.EQ);
    if (same < 0) return 0;
    count += same;
  }
  return intFromNumber(rt, count);
}

function tupleGetnewargs(rt: Runtime, h: Handle): Handle {
  const items = tupleItems(rt, h);
  for (const x of items) rt.incref(x);
  return newTuple(rt, [newTupleTracked(rt, items)]);
}

const tupleMethods: Record<string, MethodDef> = {
  __getnewargs__: { kind: 'noargs', fn: tupleGetnewargs },
  index: { kind: 'fast', min: 1, max: 3, fn: tupleIndex, doc: 'Position of the first item equal to value.' },
  count: { kind: 'o', fn: tupleCount, doc: 'How many items are equal to value.' },
};

export const tupleSpecs: TypeSpec[] = [
  {
    name: 'tuple',
    flags: TPFLAGS.BASETYPE | TPFLAGS.TUPLE_SUBCLASS | TPFLAGS.SEQUENCE,
    gc: true,
    words: 4,
    basicsize: 32,
    itemsize: 8,
    doc: 'A sequence of objects that never changes.',
    slots: {
      tp_dealloc: tupleDealloc,
      tp_traverse: tupleTraverse,
      traversal: Traversal.Tuple,
      tp_repr: tupleRepr,
      tp_hash: tupleHash,
      tp_richcompare: tupleRichCompare,
      tp_iter: tupleIter,
      tp_new: tupleNew,
      sq_length: tupleSize,
      sq_concat: tupleConcat,
      sq_repeat: tupleRepeat,
      sq_item: tupleGetItem,
      sq_contains: tupleContains,
      mp_length: tupleSize,
      mp_subscript: tupleSubscript,
    },
    methods: tupleMethods,
    classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  },
];
