/**
 * list (Objects/listobject.c): an object that points to a separate table of item references, with CPython's growth rule.
 *
 *     list   ob_refcnt ob_type | ob_size  ob_item (first word of the table, 0: none)  allocated
 *     table  [block][id16] | item 0 … item ob_size-1, unused …
 *
 * An unused slot holds 0. Only this file writes the fields; methods are in list-methods.ts, `extend` in
 * list-extend.ts, the sort in list-sort.ts.
 */
import { blockKey } from '../heap/blocks';
import { ID16, type Handle } from '../heap/layout';
import { LIST_ITEMS, LIST_SIZE } from '../heap/shapes';
import { TPFLAGS, CompareOp, Traversal, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, hashNotImplemented, isList, repr, richCompare, richCompareBool, typeName } from './abstract';
import { listIter } from './iter';
import { fastItems, fastSize, fastTable, listExtend, sequenceFast } from './list-extend';
import { listClassmethods, listMethods } from './list-methods';
import { allocInstance, freeObject, newObject } from './object';
import { checkPositional, noKeywords } from './getargs';
import type { Runtime } from './runtime';
import { isSlice, sliceIndices } from './slice';
import { strFrom, strValue } from './str';

export { LIST_ITEMS, LIST_SIZE } from '../heap/shapes';
export { fastItems, listExtend, listFromIterable, sequenceFast } from './list-extend';

export const LIST_ALLOCATED = 4;

// ---- the table ----------------------------------------------------------------------------------------------------------

/** Copies words inside the heap; the ranges may overlap. */
export function moveWords(rt: Runtime, to: number, from: number, n: number): void {
  const { heap, mem } = rt;
  if (heap.log === null) {
    mem.copyWithin(to, from, from + n);
  } else if (to <= from) {
    for (let i = 0; i < n; i++) heap.set(to + i, mem[from + i]!);
  } else {
    for (let i = n - 1; i >= 0; i--) heap.set(to + i, mem[from + i]!);
  }
}

/** Gives the list a table of exactly `allocated` slots, as realloc would. */
function reallocItems(rt: Runtime, list: Handle, allocated: number): void {
  const { heap, mem } = rt;
  const old = mem[list + LIST_ITEMS]!;
  const oldBytes = mem[list + LIST_ALLOCATED]! * 8;
  const bytes = allocated * 8;
  // pymalloc shrinks in place unless more than a quarter of the block would be lost.
  const inPlace = old !== 0 && bytes <= oldBytes && oldBytes <= 512 && 4 * bytes > 3 * ((oldBytes + 15) & ~15);
  if (!inPlace) {
    heap.obmalloc.moving = old !== 0;
    const table = heap.allocRaw(allocated, bytes);
    if (old !== 0) {
      // A newborn's first words need no event.
      mem.copyWithin(table, old, old + Math.min(mem[list + LIST_SIZE]!, allocated));
      heap.freeRaw(old);
      heap.obmalloc.moving = false;
    }
    heap.set(list + LIST_ITEMS, table);
  } else heap.obmalloc.resize(mem[old + ID16]!, bytes);
  heap.set(list + LIST_ALLOCATED, allocated);
}

/** `list_preallocate_exact`: the first table of an empty list, rounded up to an even number of slots. */
export function preallocateExact(rt: Runtime, list: Handle, size: number): void {
  const allocated = (size + 1) & ~1;
  rt.heap.set(list + LIST_ITEMS, rt.heap.allocRaw(allocated, allocated * 8));
  rt.heap.set(list + LIST_ALLOCATED, allocated);
}

/** `list_resize`: sets ob_size, and grows or shrinks the table in CPython's steps. Slots given up must be empty. */
export function listResize(rt: Runtime, list: Handle, newSize: number): void {
  const { heap, mem } = rt;
  const allocated = mem[list + LIST_ALLOCATED]!;
  if (allocated >= newSize && newSize >= allocated >> 1) {
    heap.set(list + LIST_SIZE, newSize);
    return;
  }
  let capacity = (newSize + (newSize >> 3) + 6) & ~3;
  if (newSize - mem[list + LIST_SIZE]! > capacity - newSize) capacity = (newSize + 3) & ~3;
  if (newSize === 0) capacity = 0;
  reallocItems(rt, list, capacity);
  heap.set(list + LIST_SIZE, newSize);
}

// ---- for the rest of the engine -------------------------------------------------------------------------------------------

/** An empty list, from the free list if one waits there; not tracked. */
function allocList(rt: Runtime): Handle {
  const { heap } = rt;
  const type = rt.types.list;
  if (type.blockKey === 0) type.blockKey = blockKey(type.blockFlags, type.words);
  const h = heap.allocWaiting(type, type.blockKey, heap.freelists.list);
  return h !== 0 ? h : newObject(rt, type, 0, 0, heap.freelists.list);
}

/** `PyList_New(n)` with its items (stolen): exact capacity, from the free list if one waits there. New, tracked. */
export function newList(rt: Runtime, items: Handle[]): Handle {
  const { heap } = rt;
  const list = allocList(rt);
  const n = items.length;
  if (n > 0) {
    const table = heap.allocRaw(n, n * 8);
    // A newborn's first words need no event.
    const { mem } = rt;
    for (let i = 0; i < n; i++) mem[table + i] = items[i]!;
    mem[list + LIST_SIZE] = n;
    mem[list + LIST_ITEMS] = table;
    mem[list + LIST_ALLOCATED] = n;
  }
  heap.gcTrack(list);
  return list;
}

/** `PyList_New(n)` that is filled by appending and may stay partly empty (`FIX_PREALLOC_SIZE`). New, tracked. */
export function newListWithRoom(rt: Runtime, slots: number): Handle {
  const { heap } = rt;
  const list = newList(rt, []);
  if (slots > 0) {
    rt.mem[list + LIST_ITEMS] = heap.allocRaw(slots, slots * 8);
    rt.mem[list + LIST_ALLOCATED] = slots;
  }
  return list;
}

/** `list_new_prealloc` and its size set: the caller fills all slots at once, before anybody sees them. */
export function newListOfSize(rt: Runtime, n: number): Handle {
  const { heap, mem } = rt;
  const list = allocList(rt);
  if (n > 0) {
    const table = heap.allocRaw(n, n * 8);
    mem[list + LIST_SIZE] = n;
    mem[list + LIST_ITEMS] = table;
    mem[list + LIST_ALLOCATED] = n;
  }
  heap.gcTrack(list);
  return list;
}

export function listSize(rt: Runtime, list: Handle): number {
  return rt.mem[list + LIST_SIZE]!;
}

/** `PyList_GET_ITEM`: borrowed, no check. */
export function listItem(rt: Runtime, list: Handle, i: number): Handle {
  const mem = rt.mem;
  return mem[mem[list + LIST_ITEMS]! + i]!;
}

/** A snapshot of the items, borrowed. */
export function listItems(rt: Runtime, list: Handle): Handle[] {
  const mem = rt.mem;
  const table = mem[list + LIST_ITEMS]!;
  const n = mem[list + LIST_SIZE]!;
  const items = new Array<Handle>(n);
  for (let i = 0; i < n; i++) items[i] = mem[table + i]!;
  return items;
}

/** Appends to a list that nobody has seen yet; `item` stolen. A newborn's first words need no event. */
export function newListAppend(rt: Runtime, list: Handle, item: Handle): void {
  const { mem } = rt;
  const n = mem[list + LIST_SIZE]!;
  if (mem[list + LIST_ALLOCATED]! > n) mem[list + LIST_SIZE] = n + 1;
  else listResize(rt, list, n + 1);
  mem[mem[list + LIST_ITEMS]! + n] = item;
}

/** `_PyList_AppendTakeRef`: the item is stolen. */
export function listAppendStolen(rt: Runtime, list: Handle, item: Handle): void {
  const { heap, mem } = rt;
  const n = mem[list + LIST_SIZE]!;
  if (mem[list + LIST_ALLOCATED]! > n) {
    if (heap.log !== null) heap.log.itemAppended(list);
    mem[list + LIST_SIZE] = n + 1;
    mem[mem[list + LIST_ITEMS]! + n] = item;
  } else {
    listResize(rt, list, n + 1);
    heap.set(mem[list + LIST_ITEMS]! + n, item);
  }
}

/** `PyList_Append`: the item is borrowed. */
export function listAppend(rt: Runtime, list: Handle, item: Handle): void {
  rt.heap.incref(item);
  listAppendStolen(rt, list, item);
}

/** `PyList_SET_ITEM` over an old item, which is released. The new one is stolen. */
export function listSetItemStolen(rt: Runtime, list: Handle, i: number, item: Handle): void {
  rt.heap.setRef(rt.mem[list + LIST_ITEMS]! + i, item);
}

/** `PyList_Insert`: the item is borrowed, the index clipped. */
export function listInsert(rt: Runtime, list: Handle, index: number, item: Handle): void {
  const mem = rt.mem;
  const n = mem[list + LIST_SIZE]!;
  if (index < 0) index = Math.max(0, index + n);
  if (index > n) index = n;
  listResize(rt, list, n + 1);
  const table = mem[list + LIST_ITEMS]!;
  moveWords(rt, table + index + 1, table + index, n - index);
  rt.incref(item);
  rt.heap.set(table + index, item);
}

/** `list_clear`: the list is empty before the first item is released; items go from the last to the first. */
export function listClear(rt: Runtime, list: Handle): void {
  const { heap, mem } = rt;
  const table = mem[list + LIST_ITEMS]!;
  if (table === 0) return;
  const n = mem[list + LIST_SIZE]!;
  heap.set(list + LIST_SIZE, 0);
  heap.set(list + LIST_ITEMS, 0);
  heap.set(list + LIST_ALLOCATED, 0);
  heap.releaseDown(table, n);
  heap.freeRaw(table);
}

/** `list_slice`: a new list of the items from `low` to `high`. */
export function listSlice(rt: Runtime, list: Handle, low: number, high: number): Handle {
  const mem = rt.mem;
  const n = Math.max(high - low, 0);
  const slice = newListOfSize(rt, n);
  rt.heap.copyRefs(mem[slice + LIST_ITEMS]!, mem[list + LIST_ITEMS]! + low, n);
  return slice;
}

const NOT_ITERABLE = 'must assign iterable to extended slice';

/** `list_ass_slice`: replaces the items from `low` to `high` by those of `value` (borrowed; 0: none). 0 or -1. */
export function listAssignSlice(rt: Runtime, list: Handle, low: number, high: number, value: Handle): number {
  const { heap, mem } = rt;
  let source: Handle = 0;
  let items: Handle[] = [];
  if (value !== 0) {
    source = value === list ? listSlice(rt, list, 0, listSize(rt, list)) : sequenceFast(rt, value, NOT_ITERABLE);
    if (source === 0) return -1;
    items = fastItems(rt, source);
  }
  const size = mem[list + LIST_SIZE]!;
  low = Math.min(Math.max(low, 0), size);
  high = Math.min(Math.max(high, low), size);
  const n = items.length;
  const replaced = high - low;
  const d = n - replaced;
  if (size + d === 0) {
    rt.xdecref(source);
    listClear(rt, list);
    return 0;
  }
  let table = mem[list + LIST_ITEMS]!;
  const recycle: Handle[] = [];
  for (let i = low; i < high; i++) recycle.push(mem[table + i]!);
  if (d < 0) {
    moveWords(rt, table + high + d, table + high, size - high);
    for (let i = size + d; i < size; i++) heap.set(table + i, 0);
    listResize(rt, list, size + d);
  } else if (d > 0) {
    listResize(rt, list, size + d);
    table = mem[list + LIST_ITEMS]!;
    moveWords(rt, table + high + d, table + high, size - high);
  }
  table = mem[list + LIST_ITEMS]!;
  for (let k = 0; k < n; k++) {
    rt.incref(items[k]!);
    heap.set(table + low + k, items[k]!);
  }
  for (let k = replaced - 1; k >= 0; k--) rt.decref(recycle[k]!);
  rt.xdecref(source);
  return 0;
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function listDealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  heap.gcUntrack(h);
  const table = mem[h + LIST_ITEMS]!;
  if (table !== 0) {
    heap.releaseDown(table, mem[h + LIST_SIZE]!);
    heap.freeRaw(table);
  }
  freeObject(rt, h, rt.is(h, rt.types.list) ? heap.freelists.list : null);
}

function listTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  const table = mem[h + LIST_ITEMS]!;
  for (let i = mem[h + LIST_SIZE]! - 1; i >= 0; i--) {
    const item = mem[table + i]!;
    if (item !== 0) visit(item, table + i);
  }
}

function listRepr(rt: Runtime, h: Handle): Handle {
  if (listSize(rt, h) === 0) return strFrom(rt, '[]');
  if (rt.reprEnter(h)) return strFrom(rt, '[...]');
  const parts: string[] = [];
  const borrows = rt.facts.name === '3.13';
  for (let i = 0; i < listSize(rt, h); i++) {
    const item = listItem(rt, h, i);
    // 3.13 borrows the item.
    if (!borrows) rt.incref(item);
    const r = repr(rt, item);
    if (!borrows) rt.decref(item);
    if (r === 0) {
      rt.reprLeave(h);
      return 0;
    }
    parts.push(strValue(rt, r));
    rt.decref(r);
  }
  rt.reprLeave(h);
  return strFrom(rt, `[${parts.join(', ')}]`);
}

function listRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isList(rt, a) || !isList(rt, b)) return rt.NotImplemented;
  if (listSize(rt, a) !== listSize(rt, b) && (op === CompareOp.EQ || op === CompareOp.NE)) {
    return rt.bool(op === CompareOp.NE);
  }
  let i = 0;
  for (; i < listSize(rt, a) && i < listSize(rt, b); i++) {
    const x = listItem(rt, a, i);
    const y = listItem(rt, b, i);
    if (x === y) continue;
    rt.incref(x);
    rt.incref(y);
    const same = richCompareBool(rt, x, y, CompareOp.EQ);
    rt.decref(x);
    rt.decref(y);
    if (same < 0) return 0;
    if (same === 0) break;
  }
  if (i >= listSize(rt, a) || i >= listSize(rt, b)) {
    return rt.bool(compareSizes(listSize(rt, a), listSize(rt, b), op));
  }
  if (op === CompareOp.EQ) return rt.False;
  if (op === CompareOp.NE) return rt.True;
  const x = rt.newRef(listItem(rt, a, i));
  const y = rt.newRef(listItem(rt, b, i));
  const r = richCompare(rt, x, y, op);
  rt.decref(x);
  rt.decref(y);
  return r;
}

/** `Py_RETURN_RICHCOMPARE` of two numbers. */
export function compareSizes(a: number, b: number, op: CompareOp): boolean {
  switch (op) {
    case CompareOp.LT:
      return a < b;
    case CompareOp.LE:
      return a <= b;
    case CompareOp.EQ:
      return a === b;
    case CompareOp.NE:
      return a !== b;
    case CompareOp.GT:
      return a > b;
    case CompareOp.GE:
      return a >= b;
  }
}

function listContains(rt: Runtime, h: Handle, item: Handle): number {
  for (let i = 0; i < listSize(rt, h); i++) {
    const x = rt.newRef(listItem(rt, h, i));
    const same = richCompareBool(rt, x, item, CompareOp.EQ);
    rt.decref(x);
    if (same !== 0) return same;
  }
  return 0;
}

function listConcat(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isList(rt, b)) {
    return rt.raise('TypeError', `can only concatenate list (not "${typeName(rt, b)}") to list`);
  }
  if (!roomFor(rt, listSize(rt, a) + listSize(rt, b))) return 0;
  const { heap, mem } = rt;
  const na = listSize(rt, a);
  const nb = listSize(rt, b);
  const list = newListOfSize(rt, na + nb);
  const table = mem[list + LIST_ITEMS]!;
  heap.copyRefs(table, mem[a + LIST_ITEMS]!, na);
  heap.copyRefs(table + na, mem[b + LIST_ITEMS]!, nb);
  return list;
}

/** False with MemoryError: a table of so many slots cannot be had. */
export function roomFor(rt: Runtime, slots: number): boolean {
  if (rt.heap.hasRoom(slots)) return true;
  rt.raise('MemoryError', '');
  return false;
}

/** The number of items that `n` copies have, or -1 with MemoryError. */
export function repeatedSize(rt: Runtime, size: number, n: number): number {
  const total = size * Math.max(n, 0);
  return roomFor(rt, total) ? total : -1;
}

function listRepeat(rt: Runtime, h: Handle, n: number): Handle {
  const size = listSize(rt, h);
  const total = repeatedSize(rt, size, n);
  if (total < 0) return 0;
  const list = newListOfSize(rt, total);
  const { heap, mem } = rt;
  const table = mem[list + LIST_ITEMS]!;
  const from = mem[h + LIST_ITEMS]!;
  if (size === 1 && total > 0) {
    heap.addRefs(mem[from]!, total);
    mem.fill(mem[from]!, table, table + total);
  } else for (let i = 0; i < total; i += size) heap.copyRefs(table + i, from, size);
  return list;
}

function listInplaceConcat(rt: Runtime, h: Handle, iterable: Handle): Handle {
  return listExtend(rt, h, iterable) < 0 ? 0 : rt.newRef(h);
}

function listInplaceRepeat(rt: Runtime, h: Handle, n: number): Handle {
  const size = listSize(rt, h);
  if (size === 0 || n === 1) return rt.newRef(h);
  if (n < 1) {
    listClear(rt, h);
    return rt.newRef(h);
  }
  const total = repeatedSize(rt, size, n);
  if (total < 0) return 0;
  listResize(rt, h, total);
  const table = rt.mem[h + LIST_ITEMS]!;
  for (let i = size; i < total; i++) {
    const item = rt.mem[table + (i % size)]!;
    rt.incref(item);
    rt.heap.set(table + i, item);
  }
  return rt.newRef(h);
}

function listGetItem(rt: Runtime, h: Handle, i: number): Handle {
  // The one message of them all that is kept (`_Py_STR(list_err)`).
  if (i < 0 || i >= listSize(rt, h)) return rt.raiseObject('IndexError', rt.id('list index out of range'));
  return rt.newRef(listItem(rt, h, i));
}

function listSetItem(rt: Runtime, h: Handle, i: number, value: Handle): number {
  if (i < 0 || i >= listSize(rt, h)) return rt.raiseInt('IndexError', 'list assignment index out of range');
  if (value === 0) {
    // Not by way of list_resize: the table keeps its size.
    const { heap, mem } = rt;
    const table = mem[h + LIST_ITEMS]!;
    const last = listSize(rt, h) - 1;
    const old = mem[table + i]!;
    moveWords(rt, table + i, table + i + 1, last - i);
    heap.set(table + last, 0);
    heap.set(h + LIST_SIZE, last);
    rt.decref(old);
    return 0;
  }
  rt.incref(value);
  listSetItemStolen(rt, h, i, value);
  return 0;
}

function badIndex(rt: Runtime, key: Handle): 0 {
  return rt.raise('TypeError', `list indices must be integers or slices, not ${typeName(rt, key)}`);
}

export function listSubscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    if (i === null) return 0;
    return listGetItem(rt, h, i < 0 ? i + listSize(rt, h) : i);
  }
  if (!isSlice(rt, key)) return badIndex(rt, key);
  const s = sliceIndices(rt, key, () => listSize(rt, h));
  if (s === null) return 0;
  const { heap, mem } = rt;
  const list = newListOfSize(rt, s.count);
  const to = mem[list + LIST_ITEMS]!;
  const from = mem[h + LIST_ITEMS]!;
  if (s.step === 1) heap.copyRefs(to, from + s.start, s.count);
  else for (let k = 0; k < s.count; k++) heap.copyRefs(to + k, from + s.start + k * s.step, 1);
  return list;
}

function listAssSubscript(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  if (rt.tp(key).nb_index !== null) {
    const i = asIndex(rt, key, 'IndexError');
    if (i === null) return -1;
    return listSetItem(rt, h, i < 0 ? i + listSize(rt, h) : i, value);
  }
  if (!isSlice(rt, key)) {
    badIndex(rt, key);
    return -1;
  }
  const s = sliceIndices(rt, key, () => listSize(rt, h));
  if (s === null) return -1;
  if (s.step === 1) return listAssignSlice(rt, h, s.start, s.stop, value);
  return value === 0 ? deleteExtended(rt, h, s) : assignExtended(rt, h, key, value);
}

type Indices = { start: number; stop: number; step: number; count: number };

/** `del a[i:j:k]`: the items go from the first to the last, after the list has closed the gaps. */
function deleteExtended(rt: Runtime, h: Handle, s: Indices): number {
  if (s.count <= 0) return 0;
  const { heap, mem } = rt;
  const step = Math.abs(s.step);
  const first = s.step > 0 ? s.start : s.start + s.step * (s.count - 1);
  const table = mem[h + LIST_ITEMS]!;
  const size = mem[h + LIST_SIZE]!;
  const garbage: Handle[] = [];
  let to = first;
  for (let i = first; i < size; i++) {
    if ((i - first) % step === 0 && garbage.length < s.count) garbage.push(mem[table + i]!);
    else heap.set(table + to++, mem[table + i]!);
  }
  for (let i = to; i < size; i++) heap.set(table + i, 0);
  listResize(rt, h, size - s.count);
  for (const x of garbage) rt.decref(x);
  return 0;
}

function assignExtended(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  const source = value === h ? listSlice(rt, h, 0, listSize(rt, h)) : sequenceFast(rt, value, NOT_ITERABLE);
  if (source === 0) return -1;
  // Walking the value may have changed the list.
  const s = sliceIndices(rt, key, () => listSize(rt, h));
  if (s === null) {
    rt.decref(source);
    return -1;
  }
  const n = fastSize(rt, source);
  if (n !== s.count) {
    rt.raise('ValueError', `attempt to assign sequence of size ${n} to extended slice of size ${s.count}`);
    rt.decref(source);
    return -1;
  }
  const { heap, mem } = rt;
  const from = fastTable(rt, source);
  const to = mem[h + LIST_ITEMS]!;
  const garbage: Handle[] = [];
  for (let k = 0, i = to + s.start; k < n; k++, i += s.step) {
    const item = mem[from + k]!;
    const old = mem[i]!;
    if (mem[item]! >= 0) heap.incref(item);
    if (mem[old]! >= 0) garbage.push(old);
    if (item === old) continue;
    if (heap.log !== null) heap.log.word(i, old);
    mem[i] = item;
  }
  for (const x of garbage) heap.decref(x);
  rt.decref(source);
  return 0;
}

function listInit(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  // A subclass with a `__new__` of its own may take keywords there.
  const plain = rt.tp(self).tp_new === rt.types.list.tp_new;
  if (plain && !noKeywords(rt, 'list', kwnames)) return -1;
  const npos = args.length - (kwnames?.length ?? 0);
  if (!checkPositional(rt, 'list', npos, 0, 1)) return -1;
  listClear(rt, self);
  return npos === 0 ? 0 : listExtend(rt, self, args[0]!);
}

/** Not from the free list: `list()` allocates through the type, as in CPython. */
function listNew(rt: Runtime, type: Handle, _args: Handle[], _kwnames: Handle[] | null): Handle {
  return allocInstance(rt, rt.slotsOfType(type));
}

export const listSpecs: TypeSpec[] = [
  {
    name: 'list',
    flags: TPFLAGS.BASETYPE | TPFLAGS.LIST_SUBCLASS | TPFLAGS.SEQUENCE,
    gc: true,
    words: 3,
    basicsize: 40,
    doc: 'A sequence of any objects that can grow and shrink.',
    slots: {
      tp_dealloc: listDealloc,
      tp_traverse: listTraverse,
      traversal: Traversal.List,
      tp_clear: listClear,
      tp_repr: listRepr,
      tp_hash: hashNotImplemented,
      tp_richcompare: listRichCompare,
      tp_iter: listIter,
      tp_init: listInit,
      tp_new: listNew,
      sq_length: listSize,
      sq_concat: listConcat,
      sq_repeat: listRepeat,
      sq_item: listGetItem,
      sq_ass_item: listSetItem,
      sq_contains: listContains,
      sq_inplace_concat: listInplaceConcat,
      sq_inplace_repeat: listInplaceRepeat,
      mp_length: listSize,
      mp_subscript: listSubscript,
      mp_ass_subscript: listAssSubscript,
    },
    methods: listMethods(),
    classmethods: listClassmethods(),
  },
];
