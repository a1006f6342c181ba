/**
 * Methods of list (Objects/listobject.c).
 */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef } from '../heap/object';
import { asIndex, countWork, isTrue, reprText, richCompareBool } from './abstract';
import { genericAlias } from './dict-methods';
import { INT_VALUE, intFromNumber, isInt32 } from './int';
import { listReversed } from './iter';
import {
  LIST_ALLOCATED,
  LIST_ITEMS,
  listAppend,
  listAssignSlice,
  listClear,
  listExtend,
  listInsert,
  listItem,
  listResize,
  listSize,
  listSlice,
  listSubscript,
  moveWords,
} from './list';
import { listSort } from './list-sort';
import type { Runtime } from './runtime';
import { searchRange } from './tuple';

function append(rt: Runtime, list: Handle, item: Handle): Handle {
  listAppend(rt, list, item);
  return rt.None;
}

function insert(rt: Runtime, list: Handle, args: Handle[]): Handle {
  const index = asIndex(rt, args[0]!, 'OverflowError');
  if (index === null) return 0;
  listInsert(rt, list, index, args[1]!);
  return rt.None;
}

function extend(rt: Runtime, list: Handle, iterable: Handle): Handle {
  return listExtend(rt, list, iterable) < 0 ? 0 : rt.None;
}

/** The item's reference goes from the list to the caller. */
function pop(rt: Runtime, list: Handle, args: Handle[]): Handle {
  const { heap, mem } = rt;
  let index: number | null = -1;
  if (args.length === 1) index = asIndex(rt, args[0]!, 'OverflowError');
  if (index === null) return 0;
  const size = listSize(rt, list);
  if (size === 0) return rt.raise('IndexError', 'pop from empty list');
  if (index < 0) index += size;
  if (index < 0 || index >= size) return rt.raise('IndexError', 'pop index out of range');
  const item = listItem(rt, list, index);
  if (size === 1) {
    rt.incref(item);
    listClear(rt, list);
    return item;
  }
  const table = mem[list + LIST_ITEMS]!;
  moveWords(rt, table + index, table + index + 1, size - 1 - index);
  heap.set(table + size - 1, 0);
  listResize(rt, list, size - 1);
  return item;
}

/** Of two ints of one word, or of the same object: 1 equal, 0 not. -1: they must be asked. */
function plainEqual(rt: Runtime, a: Handle, b: Handle): number {
  if (a === b) return 1;
  const { mem } = rt;
  const int = rt.types.int.handle;
  if (mem[a + 1] !== int || mem[b + 1] !== int || !isInt32(rt, a) || !isInt32(rt, b)) return -1;
  return +(mem[a + INT_VALUE] === mem[b + INT_VALUE]);
}

/** Position of the first equal item from `start`: -1 none, -2 with an exception. */
function find(rt: Runtime, list: Handle, value: Handle, start: number, stop: number): number {
  const i = search(rt, list, value, start, stop);
  countWork(rt, Math.max(0, (i >= 0 ? i : Math.min(stop, listSize(rt, list))) - start));
  return i;
}
function search(rt: Runtime, list: Handle, value: Handle, start: number, stop: number): number {
  for (let i = start; i < stop && i < listSize(rt, list); i++) {
    const item = listItem(rt, list, i);
    const plain = plainEqual(rt, item, value);
    if (plain === 0) continue;
    if (plain === 1) return i;
    const x = rt.newRef(item);
    const same = richCompareBool(rt, x, value, CompareOp.EQ);
    rt.decref(x);
    if (same !== 0) return same < 0 ? -2 : i;
  }
  return -1;
}

function remove(rt: Runtime, list: Handle, value: Handle): Handle {
  const i = find(rt, list, value, 0, Infinity);
  if (i === -2) return 0;
  if (i === -1) return rt.raise('ValueError', 'list.remove(x): x not in list');
  listAssignSlice(rt, list, i, i + 1, 0);
  return rt.None;
}

function index(rt: Runtime, list: Handle, args: Handle[]): Handle {
  const range = searchRange(rt, args, () => listSize(rt, list));
  if (range === null) return 0;
  const i = find(rt, list, args[0]!, range[0], range[1]);
  if (i === -2) return 0;
  return i >= 0 ? intFromNumber(rt, i) : notInList(rt, args[0]!);
}

function notInList(rt: Runtime, value: Handle): 0 {
  if (rt.facts.name !== '3.13') return rt.raise('ValueError', 'list.index(x): x not in list');
  const text = reprText(rt, value);
  return text === null ? 0 : rt.raise('ValueError', `${text} is not in list`);
}

function count(rt: Runtime, list: Handle, value: Handle): Handle {
  let n = 0;
  for (let i = 0; i < listSize(rt, list); i++) {
    const x = rt.newRef(listItem(rt, list, i));
    const same = richCompareBool(rt, x, value, CompareOp.EQ);
    rt.decref(x);
    if (same < 0) return 0;
    n += same;
  }
  return intFromNumber(rt, n);
}

function reverse(rt: Runtime, list: Handle): Handle {
  const { heap, mem } = rt;
  const table = mem[list + LIST_ITEMS]!;
  for (let i = 0, k = listSize(rt, list) - 1; i < k; i++, k--) {
    const x = mem[table + i]!;
    heap.set(table + i, mem[table + k]!);
    heap.set(table + k, x);
  }
  return rt.None;
}

function sort(rt: Runtime, list: Handle, args: Handle[]): Handle {
  const key = args[0]!;
  const descending = args[1] === 0 ? 0 : isTrue(rt, args[1]!);
  if (descending < 0) return 0;
  return listSort(rt, list, key === rt.None ? 0 : key, descending === 1) < 0 ? 0 : rt.None;
}

function copy(rt: Runtime, list: Handle): Handle {
  return listSlice(rt, list, 0, listSize(rt, list));
}

function clear(rt: Runtime, list: Handle): Handle {
  listClear(rt, list);
  return rt.None;
}

export function listSizeof(rt: Runtime, list: Handle): number {
  return rt.tp(list).basicsize + Math.max(rt.mem[list + LIST_ALLOCATED]!, 0) * 8;
}

function sizeof(rt: Runtime, list: Handle): Handle {
  return intFromNumber(rt, listSizeof(rt, list));
}

export function listMethods(): Record<string, MethodDef> {
  return {
    __getitem__: { kind: 'o', fn: listSubscript, doc: 'self[index]' },
    __reversed__: { kind: 'noargs', fn: listReversed, doc: 'An iterator from the last item to the first.' },
    __sizeof__: { kind: 'noargs', fn: sizeof, doc: 'Size of the list in memory, in bytes.' },
    clear: { kind: 'noargs', fn: clear, doc: 'Removes everything.' },
    copy: { kind: 'noargs', fn: copy, doc: 'A shallow copy.' },
    append: { kind: 'o', fn: append, doc: 'Adds an item at the end.' },
    insert: { kind: 'fast', min: 2, max: 2, fn: insert, doc: 'Adds an item before index.' },
    extend: { kind: 'o', fn: extend, doc: 'Adds the items of an iterable at the end.' },
    pop: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: pop,
      doc: 'Removes and gives the item at index, the last one by default.',
    },
    remove: { kind: 'o', fn: remove, doc: 'Removes the first item equal to value.' },
    index: { kind: 'fast', min: 1, max: 3, fn: index, doc: 'Position of the first item equal to value.' },
    count: { kind: 'o', fn: count, doc: 'How many items are equal to value.' },
    reverse: { kind: 'noargs', fn: reverse, doc: 'Turns the list round.' },
    sort: {
      kind: 'clinic',
      params: '*, key=, reverse=',
      fn: sort,
      doc: 'Sorts the list in place; the order of equal items stays.',
    },
  };
}

export function listClassmethods(): Record<string, MethodDef> {
  return { __class_getitem__: { kind: 'o', fn: genericAlias } };
}
