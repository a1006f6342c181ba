/**
 * Filling a list from an iterable (Objects/listobject.c, `list_extend`): `list(x)`, `extend`, `+=`, `[*x]`, sorted. What
 * the iterable is decides how much room is made first, which `sys.getsizeof` shows.
 */
import type { Handle } from '../heap/layout';
import { getIter, isList, iterNext, lengthHint } from './abstract';
import { dictNext, dictSize, entryKey, entryValue } from './dict';
import { dictViewSource } from './dict-views';
import { intFromInt32 } from './int';
import {
  LIST_ALLOCATED,
  LIST_ITEMS,
  LIST_SIZE,
  listAppendStolen,
  listItems,
  listResize,
  newList,
  preallocateExact,
  roomFor,
} from './list';
import { RI_LEAF, RI_LEFT, RI_NEXT, RI_STEP } from './range';
import type { Runtime } from './runtime';
import { setEntryKey, setNext, setSize } from './set';
import { TUPLE_ITEMS, TUPLE_SIZE, newTuple, tupleItem, tupleSize } from './tuple';

/** `PySequence_Fast`: a list or tuple itself, or a new list of what the iterable gives. New. */
export function sequenceFast(rt: Runtime, iterable: Handle, message: string): Handle {
  if (rt.is(iterable, rt.types.list) || rt.is(iterable, rt.types.tuple)) return rt.newRef(iterable);
  const it = getIter(rt, iterable);
  if (it === 0) {
    if (rt.errorMatches('TypeError')) {
      rt.clearError();
      rt.raise('TypeError', message);
    }
    return 0;
  }
  const list = newList(rt, []);
  const failed = extendFromIterator(rt, list, it, iterable) < 0;
  if (failed) {
    rt.decref(list);
    return 0;
  }
  return list;
}

/** The items of a list or tuple, borrowed. */
export function fastItems(rt: Runtime, sequence: Handle): Handle[] {
  if (isList(rt, sequence)) return listItems(rt, sequence);
  const items: Handle[] = [];
  for (let i = 0, n = tupleSize(rt, sequence); i < n; i++) items.push(tupleItem(rt, sequence, i));
  return items;
}

/** How many they are, and the first one's word. */
export function fastSize(rt: Runtime, sequence: Handle): number {
  return rt.mem[sequence + (isList(rt, sequence) ? LIST_SIZE : TUPLE_SIZE)]!;
}
export function fastTable(rt: Runtime, sequence: Handle): number {
  return isList(rt, sequence) ? rt.mem[sequence + LIST_ITEMS]! : sequence + TUPLE_ITEMS;
}

/** `PySequence_List`: a new list of what the iterable gives, with the capacity `list(iterable)` has. */
export function listFromIterable(rt: Runtime, iterable: Handle): Handle {
  const list = newList(rt, []);
  if (listExtend(rt, list, iterable) < 0) {
    rt.decref(list);
    return 0;
  }
  return list;
}

/** `list_extend`: appends what the iterable (borrowed) gives. 0, or -1 with an exception. */
export function listExtend(rt: Runtime, list: Handle, iterable: Handle): number {
  const t = rt.types;
  const type = rt.mem[iterable + 1]!;
  if (type === t.list.handle || type === t.tuple.handle || iterable === list) {
    return extendWith(rt, list, fastItems(rt, iterable));
  }
  if (type === t.set.handle || type === t.frozenset.handle) {
    extendGrowing(rt, list, setItems(rt, iterable));
    return 0;
  }
  if (type === t.dict.handle) {
    extendGrowing(rt, list, dictColumn(rt, iterable, false));
    return 0;
  }
  if (type === t.dict_keys.handle || type === t.dict_values.handle) {
    extendGrowing(rt, list, dictColumn(rt, dictViewSource(rt, iterable), type === t.dict_values.handle));
    return 0;
  }
  if (type === t.dict_items.handle) {
    extendWithItems(rt, list, dictViewSource(rt, iterable));
    return 0;
  }
  const it = getIter(rt, iterable);
  if (it === 0) return -1;
  return extendFromIterator(rt, list, it, iterable);
}

/** Room for n more: the first table is exact, later ones grow by the rule. The size is not changed. False: MemoryError. */
function reserve(rt: Runtime, list: Handle, n: number): boolean {
  const m = rt.mem[list + LIST_SIZE]!;
  if (!roomFor(rt, (m + n) * 1.125)) return false;
  if (rt.mem[list + LIST_ITEMS] === 0) {
    preallocateExact(rt, list, n);
  } else {
    listResize(rt, list, m + n);
    rt.heap.set(list + LIST_SIZE, m);
  }
  return true;
}

/** Appends items (borrowed): a list's or tuple's. */
function extendWith(rt: Runtime, list: Handle, items: Handle[]): number {
  if (items.length === 0) return 0;
  if (!reserve(rt, list, items.length)) return -1;
  fill(rt, list, items);
  return 0;
}

/** The same for those of sets and dicts, for which even the first table follows the rule of growth. */
function extendGrowing(rt: Runtime, list: Handle, items: Handle[]): void {
  if (items.length === 0) return;
  const m = rt.mem[list + LIST_SIZE]!;
  listResize(rt, list, m + items.length);
  rt.heap.set(list + LIST_SIZE, m);
  fill(rt, list, items);
}

function fill(rt: Runtime, list: Handle, items: Handle[]): void {
  const { heap, mem } = rt;
  const m = mem[list + LIST_SIZE]!;
  const table = mem[list + LIST_ITEMS]!;
  for (let i = 0; i < items.length; i++) {
    heap.incref(items[i]!);
    if (heap.log !== null) heap.log.itemAppended(list);
    mem[table + m + i] = items[i]!;
  }
  mem[list + LIST_SIZE] = m + items.length;
}

/** What is left of a range of 32-bit ints, in a list that has room for it: no code runs, and nothing fails. */
function fillFromRange(rt: Runtime, list: Handle, it: Handle): void {
  const { heap, mem } = rt;
  const left = mem[it + RI_LEFT]!;
  const size = mem[list + LIST_SIZE]!;
  if (mem[it + RI_LEAF] !== 0 || left <= 0 || mem[list + LIST_ALLOCATED]! - size < left) return;
  const step = mem[it + RI_STEP]!;
  const to = mem[list + LIST_ITEMS]! + size;
  let value = mem[it + RI_NEXT]!;
  for (let i = 0; i < left; i++, value += step) {
    const item = intFromInt32(rt, value);
    if (heap.log !== null) heap.log.itemAppended(list);
    mem[to + i] = item;
    mem[list + LIST_SIZE] = size + i + 1;
  }
  heap.set(it + RI_NEXT, value | 0);
  heap.set(it + RI_LEFT, 0);
}

function setItems(rt: Runtime, set: Handle): Handle[] {
  const items: Handle[] = new Array<Handle>(setSize(rt, set));
  let n = 0;
  for (let pos = setNext(rt, set, 0); pos > 0; pos = setNext(rt, set, pos)) items[n++] = setEntryKey(rt, set, pos);
  return items;
}

function dictColumn(rt: Runtime, dict: Handle, values: boolean): Handle[] {
  const items: Handle[] = [];
  for (let pos = dictNext(rt, dict, 0); pos > 0; pos = dictNext(rt, dict, pos)) {
    items.push(values ? entryValue(rt, dict, pos) : entryKey(rt, dict, pos));
  }
  return items;
}

function extendWithItems(rt: Runtime, list: Handle, dict: Handle): void {
  const n = dictSize(rt, dict);
  if (n === 0) return;
  const m = rt.mem[list + LIST_SIZE]!;
  listResize(rt, list, m + n);
  rt.heap.set(list + LIST_SIZE, m);
  for (let pos = dictNext(rt, dict, 0); pos > 0; pos = dictNext(rt, dict, pos)) {
    const pair = newTuple(rt, [rt.newRef(entryKey(rt, dict, pos)), rt.newRef(entryValue(rt, dict, pos))]);
    listAppendStolen(rt, list, pair);
  }
}

/** `list_extend_iter`: the iterator is stolen; `iterable` is asked how long it may be. */
function extendFromIterator(rt: Runtime, list: Handle, it: Handle, iterable: Handle): number {
  const hint = lengthHint(rt, iterable, 8);
  if (hint < 0) {
    rt.decref(it);
    return -1;
  }
  // A hint beyond what an index can count is a lie.
  const isLie = rt.mem[list + LIST_SIZE]! + hint > Number.MAX_SAFE_INTEGER * 512;
  if (!isLie && (rt.mem[list + LIST_ITEMS] !== 0 || hint > 0) && !reserve(rt, list, hint)) {
    rt.decref(it);
    return -1;
  }
  if (rt.is(it, rt.types.range_iterator)) fillFromRange(rt, list, it);
  for (;;) {
    const item = iterNext(rt, it);
    if (item === 0) {
      if (rt.currentException !== 0) {
        rt.decref(it);
        return -1;
      }
      break;
    }
    listAppendStolen(rt, list, item);
  }
  // The guess may have been too large.
  const size = rt.mem[list + LIST_SIZE]!;
  if (size < rt.mem[list + LIST_ALLOCATED]!) listResize(rt, list, size);
  rt.decref(it);
  return 0;
}
