/**
 * The hash table of a set (Objects/setobject.c): open addressing with up to nine linear probes before each jump, so
 * that the order in which a set is iterated is CPython's. The first eight entries lie in the set itself.
 *
 *     set    ob_refcnt ob_type | fill used mask table | hash (low, high) hashed | finger weakreflist | 8 entries
 *     entry  hash (low, high)  key         key 0: never used; -1: dummy, a removed key (its hash reads -1)
 *
 * `fill` counts dummies, `used` does not. `table` is the first word of the entries, here or in a block of their own.
 */
import type { Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import { richCompareBool } from './abstract';
import { strEqual } from './dict-keys';
import type { Runtime } from './runtime';

export const SET_FILL = 2;
export const SET_USED = 3;
export const SET_MASK = 4;
export const SET_TABLE = 5;
export const SET_HASH_LOW = 6;
export const SET_HASH_HIGH = 7;
export const SET_HASHED = 8;
export const SET_FINGER = 9;
export const SET_WEAKLIST = 10;
export const SET_SMALL = 11;
export const SET_WORDS = 33;

export const ENTRY_WORDS = 3;
export const SE_KEY = 2;
export const DUMMY = -1;
const MINSIZE = 8;
const ENTRY_BYTES = 16;
const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5;

/**
 * Where a search ended: the entry's first word, 0 with the exception of an `__eq__`. Its key is 0 if there is none.
 * `forAdding`: then rather the last dummy that was passed, for the key to be put there.
 */
export function findEntry(rt: Runtime, so: Handle, key: Handle, low: number, high: number, forAdding = false): number {
  const mem = rt.mem;
  const strType = rt.types.str.handle;
  const exactStr = mem[key + 1] === strType;
  restart: for (;;) {
    const table = mem[so + SET_TABLE]!;
    let mask = mem[so + SET_MASK]!;
    let i = low & mask;
    let perturbLow = low;
    let perturbHigh = high;
    let free = 0;
    for (;;) {
      let probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
      let e = table + i * ENTRY_WORDS;
      do {
        const k = mem[e + SE_KEY]!;
        if (k === 0) return forAdding && free !== 0 ? free : e;
        if (k === DUMMY) {
          free = e;
        } else if (mem[e] === low && mem[e + 1] === high) {
          if (k === key) return e;
          if (exactStr && mem[k + 1] === strType) {
            if (strEqual(rt, k, key)) return e;
          } else {
            rt.incref(k);
            const same = richCompareBool(rt, k, key, CompareOp.EQ);
            rt.decref(k);
            if (same < 0) return 0;
            if (mem[so + SET_TABLE] !== table || mem[e + SE_KEY] !== k) continue restart;
            if (same > 0) return e;
            mask = mem[so + SET_MASK]!;
          }
        }
        e += ENTRY_WORDS;
      } while (probes-- > 0);
      perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
      perturbHigh >>>= PERTURB_SHIFT;
      i = (i * 5 + 1 + perturbLow) & mask;
    }
  }
}

/** `set_add_entry`: key borrowed. 1 added, 0 was there, -1 with an exception. */
export function addEntry(rt: Runtime, so: Handle, key: Handle, low: number, high: number): number {
  const { heap, mem } = rt;
  heap.incref(key);
  const e = findEntry(rt, so, key, low, high, true);
  if (e === 0 || mem[e + SE_KEY]! > 0) {
    heap.decref(key);
    return e === 0 ? -1 : 0;
  }
  const reused = mem[e + SE_KEY] === DUMMY;
  const fill = mem[so + SET_FILL]! + (reused ? 0 : 1);
  const used = mem[so + SET_USED]! + 1;
  heap.set(so + SET_FILL, fill);
  heap.set(so + SET_USED, used);
  heap.set(e, low);
  heap.set(e + 1, high);
  heap.set(e + SE_KEY, key);
  if (!reused && fill * 5 >= mem[so + SET_MASK]! * 3) resizeTable(rt, so, used > 50000 ? used * 2 : used * 4);
  return 1;
}

/** `set_insert_clean`: a key (stolen) that is not in the table, into a table without dummies. */
function insertClean(rt: Runtime, table: number, mask: number, key: Handle, low: number, high: number): void {
  const { heap, mem } = rt;
  let i = low & mask;
  let perturbLow = low;
  let perturbHigh = high;
  for (;;) {
    let probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    let e = table + i * ENTRY_WORDS;
    do {
      if (mem[e + SE_KEY] === 0) {
        heap.set(e, low);
        heap.set(e + 1, high);
        heap.set(e + SE_KEY, key);
        return;
      }
      e += ENTRY_WORDS;
    } while (probes-- > 0);
    perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
    perturbHigh >>>= PERTURB_SHIFT;
    i = (i * 5 + 1 + perturbLow) & mask;
  }
}

/** `set_table_resize`: a table of more than `minused` slots, without dummies. */
export function resizeTable(rt: Runtime, so: Handle, minused: number): void {
  const { heap, mem } = rt;
  let size = MINSIZE;
  while (size <= minused) size *= 2;
  const small = so + SET_SMALL;
  const oldTable = mem[so + SET_TABLE]!;
  const oldMask = mem[so + SET_MASK]!;
  let from = oldTable;
  let copied: Int32Array | null = null;
  let table = small;
  if (size > MINSIZE) {
    table = heap.allocRaw(size * ENTRY_WORDS, size * ENTRY_BYTES);
  } else {
    if (oldTable === small) {
      if (mem[so + SET_FILL] === mem[so + SET_USED]) return;
      copied = mem.slice(small, small + MINSIZE * ENTRY_WORDS);
      from = 0;
    }
    for (let i = 0; i < MINSIZE * ENTRY_WORDS; i++) heap.set(small + i, 0);
  }
  heap.set(so + SET_MASK, size - 1);
  heap.set(so + SET_TABLE, table);
  heap.set(so + SET_FILL, mem[so + SET_USED]!);
  const source = copied ?? mem;
  for (let i = 0; i <= oldMask; i++) {
    const e = from + i * ENTRY_WORDS;
    const key = source[e + SE_KEY]!;
    if (key > 0) insertClean(rt, table, size - 1, key, source[e]!, source[e + 1]!);
  }
  if (oldTable !== small) heap.freeRaw(oldTable);
}

/** `set_merge`: adds the keys of another set. 0 or -1. */
export function mergeTable(rt: Runtime, so: Handle, other: Handle): number {
  const { heap, mem } = rt;
  const otherUsed = mem[other + SET_USED]!;
  if (other === so || otherUsed === 0) return 0;
  if ((mem[so + SET_FILL]! + otherUsed) * 5 >= mem[so + SET_MASK]! * 3) {
    resizeTable(rt, so, (mem[so + SET_USED]! + otherUsed) * 2);
  }
  const table = mem[so + SET_TABLE]!;
  const from = mem[other + SET_TABLE]!;
  const otherMask = mem[other + SET_MASK]!;
  const mask = mem[so + SET_MASK]!;
  if (mem[so + SET_FILL] !== 0) {
    for (let i = 0; i <= mem[other + SET_MASK]!; i++) {
      const e = mem[other + SET_TABLE]! + i * ENTRY_WORDS;
      const key = mem[e + SE_KEY]!;
      if (key > 0 && addEntry(rt, so, key, mem[e]!, mem[e + 1]!) < 0) return -1;
    }
    return 0;
  }
  const sameShape = mask === otherMask && mem[other + SET_FILL] === otherUsed;
  for (let i = 0; i <= otherMask; i++) {
    const e = from + i * ENTRY_WORDS;
    const key = mem[e + SE_KEY]!;
    if (key <= 0) continue;
    heap.incref(key);
    if (sameShape) {
      const to = table + i * ENTRY_WORDS;
      heap.set(to, mem[e]!);
      heap.set(to + 1, mem[e + 1]!);
      heap.set(to + SE_KEY, key);
    } else {
      insertClean(rt, table, mask, key, mem[e]!, mem[e + 1]!);
    }
  }
  heap.set(so + SET_FILL, otherUsed);
  heap.set(so + SET_USED, otherUsed);
  return 0;
}

/** Turns an entry into a dummy; the reference to its key is the caller's. */
export function takeEntry(rt: Runtime, so: Handle, e: number): Handle {
  const { heap, mem } = rt;
  const key = mem[e + SE_KEY]!;
  heap.set(e + SE_KEY, DUMMY);
  heap.set(e, -1);
  heap.set(e + 1, -1);
  heap.set(so + SET_USED, mem[so + SET_USED]! - 1);
  return key;
}

/** `set_clear_internal`: the set is empty before the first key is released; keys go in table order. */
export function clearTable(rt: Runtime, so: Handle): void {
  const { heap, mem } = rt;
  const small = so + SET_SMALL;
  const table = mem[so + SET_TABLE]!;
  const keys: Handle[] = [];
  if (mem[so + SET_FILL]! === 0 && table === small) return;
  for (let i = 0; i <= mem[so + SET_MASK]!; i++) {
    const key = mem[table + i * ENTRY_WORDS + SE_KEY]!;
    if (key > 0) keys.push(key);
  }
  emptyToMinsize(rt, so);
  for (const key of keys) rt.decref(key);
  if (table !== small) heap.freeRaw(table);
}

/** `set_empty_to_minsize`; also what makes zero words an empty set. */
export function emptyToMinsize(rt: Runtime, so: Handle): void {
  const { heap } = rt;
  const small = so + SET_SMALL;
  for (let i = 0; i < MINSIZE * ENTRY_WORDS; i++) if (rt.mem[small + i] !== 0) heap.set(small + i, 0);
  heap.set(so + SET_FILL, 0);
  heap.set(so + SET_USED, 0);
  heap.set(so + SET_MASK, MINSIZE - 1);
  heap.set(so + SET_TABLE, small);
  heap.set(so + SET_HASHED, 0);
}

/** `set_swap_bodies`: each set gets the keys of the other. */
export function swapTables(rt: Runtime, a: Handle, b: Handle): void {
  const { heap, mem } = rt;
  const smallA = a + SET_SMALL;
  const smallB = b + SET_SMALL;
  for (const word of [SET_FILL, SET_USED, SET_MASK]) swapWords(rt, a + word, b + word);
  const tableA = mem[a + SET_TABLE]!;
  const tableB = mem[b + SET_TABLE]!;
  heap.set(a + SET_TABLE, tableB === smallB ? smallA : tableB);
  heap.set(b + SET_TABLE, tableA === smallA ? smallB : tableA);
  if (tableA === smallA || tableB === smallB) {
    for (let i = 0; i < MINSIZE * ENTRY_WORDS; i++) swapWords(rt, smallA + i, smallB + i);
  }
  heap.set(a + SET_HASHED, 0);
  heap.set(b + SET_HASHED, 0);
}

function swapWords(rt: Runtime, a: number, b: number): void {
  const x = rt.mem[a]!;
  rt.heap.set(a, rt.mem[b]!);
  rt.heap.set(b, x);
}

/** Simulated bytes of a table outside the set. */
export function tableBytes(rt: Runtime, so: Handle): number {
  return rt.mem[so + SET_TABLE] === so + SET_SMALL ? 0 : (rt.mem[so + SET_MASK]! + 1) * ENTRY_BYTES;
}
