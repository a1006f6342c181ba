/**
 * The table of a combined dict (Objects/dictobject.c, PyDictKeysObject): a hash index into an array of entries that
 * keeps the order of insertion. Sizes are CPython's; the index is searched by CPython's probes, so that keys are
 * compared in the same order.
 *
 *     [log2 size] [kind] [usable] [nentries] [version] | index × size | (hash low, hash high, key, value) × usable
 *
 * An index word is 0: empty, -1: dummy, else the entry's number + 1. A deleted entry has no key and no value. Entries
 * that are not in use are all zero.
 */
import type { Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import {
  DICT_KEYS,
  DICT_USED,
  DK_LOG2_SIZE,
  DK_KIND,
  DK_USABLE,
  DK_NENTRIES,
  DK_INDICES,
  KIND_UNICODE,
  ENTRY_KEY,
  ENTRY_VALUE,
  ENTRY_SHIFT,
} from '../heap/shapes';
import { richCompareBool } from './abstract';
import type { Runtime } from './runtime';
import { strLength, strValue } from './str';

export {
  DK_LOG2_SIZE,
  DK_KIND,
  DK_USABLE,
  DK_NENTRIES,
  DK_INDICES,
  KIND_UNICODE,
  ENTRY_KEY,
  ENTRY_VALUE,
  ENTRY_SHIFT,
} from '../heap/shapes';
/**
 * A number that no other table has, or 0. It stays while no key joins or leaves: what an inline cache remembers of the
 * table holds as long (`dk_version`). Not a part of any picture of memory.
 */
export const DK_VERSION = 4;

/**
 * Keys may be anything; the hash is stored (24 bytes an entry). Of KIND_UNICODE all are exact str: CPython leaves out
 * the hash (16 bytes an entry). Here it matters for sizes only.
 */
export const KIND_GENERAL = 0;

export const ENTRY_HASH_LOW = 0;
export const ENTRY_HASH_HIGH = 1;

export const LOG2_MINSIZE = 3;
const PERTURB_SHIFT = 5;
const DUMMY = -1;

/** `unicode_eq`. */
export function strEqual(rt: Runtime, a: Handle, b: Handle): boolean {
  return strLength(rt, a) === strLength(rt, b) && strValue(rt, a) === strValue(rt, b);
}

/** Results of a look-up that are no entry's number. */
export const MISSING = -1;
export const FAILED = -2;

/** `USABLE_FRACTION`. */
export function usableFraction(size: number): number {
  return Math.floor((size * 2) / 3);
}

/**
 * `calculate_log2_keysize`: the smallest table of at least `minsize` slots. In 3.13 a bit trick gives more than that
 * for some sizes (16 slots for 1 to 7), so that a sparse small dict grows when it is rebuilt.
 */
export function log2KeySize(rt: Runtime, minsize: number): number {
  const low = (1 << LOG2_MINSIZE) - 1;
  const top = rt.facts.name === '3.13' ? (minsize | (low + 1)) - 1 : Math.max(minsize - 1, 0);
  return 32 - Math.clz32(top | low);
}

/** `estimate_log2_keysize`: a table that n keys fit without growth. */
export function log2ForEntries(rt: Runtime, n: number): number {
  return log2KeySize(rt, (n * 3 + 1) >> 1);
}

/** Simulated size of the table. */
export function keysBytes(log2: number, kind: number): number {
  const size = 1 << log2;
  const indexBytes = log2 < 8 ? 1 : log2 < 16 ? 2 : 4;
  return 32 + size * indexBytes + usableFraction(size) * (kind === KIND_UNICODE ? 16 : 24);
}

/** `new_keys_object`. */
export function newKeys(rt: Runtime, log2: number, kind: number): number {
  const { heap } = rt;
  const size = 1 << log2;
  const usable = usableFraction(size);
  const freelist = kind === KIND_UNICODE && log2 === LOG2_MINSIZE ? heap.freelists.dictkeys : null;
  const keys = heap.allocRaw(DK_INDICES + size + (usable << ENTRY_SHIFT), keysBytes(log2, kind), freelist);
  // A newborn's first words need no event.
  rt.mem[keys + DK_LOG2_SIZE] = log2;
  rt.mem[keys + DK_KIND] = kind;
  rt.mem[keys + DK_USABLE] = usable;
  return keys;
}

/** `free_keys_object` of a table whose references are gone. */
export function freeKeys(rt: Runtime, keys: number): void {
  const { heap, mem } = rt;
  const small = mem[keys + DK_KIND] === KIND_UNICODE && mem[keys + DK_LOG2_SIZE] === LOG2_MINSIZE;
  heap.freeRaw(keys, small ? heap.freelists.dictkeys : null);
}

/** `dictkeys_decref`: releases each key and then its value, from the first entry to the last, and the table. */
export function releaseKeys(rt: Runtime, keys: number): void {
  const { heap, mem } = rt;
  const entries = entriesOf(rt, keys);
  const end = entries + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
  // What is released is cleared only where a death may run code: see Heap.releaseDown.
  let start = entries;
  for (let e = entries; e < end; e += 1 << ENTRY_SHIFT) {
    for (let i = e + ENTRY_KEY; i <= e + ENTRY_VALUE; i++) {
      const h = mem[i]!;
      if (h === 0) continue;
      const count = mem[h]!;
      if (count < 0) continue;
      if (count > 1) {
        mem[h] = count - 1;
        if (heap.log !== null) heap.log.decreased(h);
        continue;
      }
      if (heap.diesLoudly(h)) {
        heap.wipe(start, i + 1 - start);
        start = i + 1;
      }
      heap.decref(h);
    }
  }
  freeKeys(rt, keys);
}

/** First word of the entries. */
export function entriesOf(rt: Runtime, keys: number): number {
  return keys + DK_INDICES + (1 << rt.mem[keys + DK_LOG2_SIZE]!);
}

/**
 * `_Py_dict_lookup`: the entry of a key in the dict whose table is in the word `keysWord`. MISSING, or FAILED with the
 * exception of an `__eq__`. Comparing may change the dict: then the search starts again.
 */
export function lookup(rt: Runtime, keysWord: number, key: Handle, low: number, high: number): number {
  const mem = rt.mem;
  const strType = rt.types.str.handle;
  const exactStr = mem[key + 1] === strType;
  restart: for (;;) {
    const keys = mem[keysWord]!;
    if (keys === 0) return MISSING;
    const size = 1 << mem[keys + DK_LOG2_SIZE]!;
    const mask = size - 1;
    const indices = keys + DK_INDICES;
    const entries = indices + size;
    let i = low & mask;
    let perturbLow = low;
    let perturbHigh = high;
    for (;;) {
      const ix = mem[indices + i]!;
      if (ix === 0) return MISSING;
      if (ix > 0) {
        const e = entries + ((ix - 1) << ENTRY_SHIFT);
        const k = mem[e + ENTRY_KEY]!;
        if (k === key) return ix - 1;
        if (mem[e] === low && mem[e + ENTRY_HASH_HIGH] === high) {
          if (exactStr && mem[k + 1] === strType) {
            if (strEqual(rt, k, key)) return ix - 1;
          } else {
            rt.incref(k);
            const same = richCompareBool(rt, k, key, CompareOp.EQ);
            rt.decref(k);
            if (same < 0) return FAILED;
            if (mem[keysWord] !== keys || mem[e + ENTRY_KEY] !== k) continue restart;
            if (same > 0) return ix - 1;
          }
        }
      }
      perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
      perturbHigh >>>= PERTURB_SHIFT;
      i = (i * 5 + perturbLow + 1) & mask;
    }
  }
}

/** `find_empty_slot`: where the index of a key that is not in the table goes; a dummy will do. */
function findEmptySlot(rt: Runtime, keys: number, low: number, high: number): number {
  const mem = rt.mem;
  const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
  let i = low & mask;
  let perturbLow = low;
  let perturbHigh = high;
  while (mem[keys + DK_INDICES + i]! > 0) {
    perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
    perturbHigh >>>= PERTURB_SHIFT;
    i = (i * 5 + perturbLow + 1) & mask;
  }
  return keys + DK_INDICES + i;
}

/** Appends an entry (key and value stolen) to a dict whose table has room and does not hold the key. */
export function appendEntry(rt: Runtime, d: Handle, low: number, high: number, key: Handle, value: Handle): void {
  const { heap, mem } = rt;
  const keys = mem[d + DICT_KEYS]!;
  const n = mem[keys + DK_NENTRIES]!;
  const index = findEmptySlot(rt, keys, low, high);
  if (heap.log !== null) heap.log.entryAppended(d, index, mem[index] === DUMMY);
  mem[index] = n + 1;
  const e = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!) + (n << ENTRY_SHIFT);
  mem[e] = low;
  mem[e + ENTRY_HASH_HIGH] = high;
  mem[e + ENTRY_KEY] = key;
  mem[e + ENTRY_VALUE] = value;
  mem[keys + DK_USABLE] = mem[keys + DK_USABLE]! - 1;
  mem[keys + DK_NENTRIES] = n + 1;
  mem[keys + DK_VERSION] = 0;
  mem[d + DICT_USED] = mem[d + DICT_USED]! + 1;
}

/** Turns the index word of an entry into a dummy (`lookdict_index`). */
export function dropIndex(rt: Runtime, keys: number, entry: number): void {
  const { heap, mem } = rt;
  mem[keys + DK_VERSION] = 0;
  const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
  const e = entriesOf(rt, keys) + (entry << ENTRY_SHIFT);
  let perturbLow = mem[e]!;
  let perturbHigh = mem[e + ENTRY_HASH_HIGH]!;
  let i = perturbLow & mask;
  while (mem[keys + DK_INDICES + i] !== entry + 1) {
    perturbLow = (perturbLow >>> PERTURB_SHIFT) | (perturbHigh << (32 - PERTURB_SHIFT));
    perturbHigh >>>= PERTURB_SHIFT;
    i = (i * 5 + perturbLow + 1) & mask;
  }
  heap.set(keys + DK_INDICES + i, DUMMY);
}

/** `dictresize`: a new table of the given size with the live entries moved over; frees the old one (0: none). */
export function resizedKeys(rt: Runtime, old: number, log2: number, kind: number): number {
  const mem = rt.mem;
  if (old !== 0 && mem[old + DK_KIND] === KIND_GENERAL) kind = KIND_GENERAL;
  const keys = newKeys(rt, log2, kind);
  if (old === 0) return keys;
  const entries = entriesOf(rt, old);
  const n = mem[old + DK_NENTRIES]!;
  // A newborn's first words need no event.
  let to = entriesOf(rt, keys);
  let moved = 0;
  const indices = keys + DK_INDICES;
  const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
  for (let i = 0; i < n; i++) {
    const e = entries + (i << ENTRY_SHIFT);
    if (mem[e + ENTRY_VALUE] === 0) continue;
    const low = mem[e]!;
    const high = mem[e + ENTRY_HASH_HIGH]!;
    let at = low & mask;
    if (mem[indices + at] !== 0) at = findEmptySlot(rt, keys, low, high) - indices;
    mem[indices + at] = ++moved;
    mem[to] = low;
    mem[to + ENTRY_HASH_HIGH] = high;
    mem[to + ENTRY_KEY] = mem[e + ENTRY_KEY]!;
    mem[to + ENTRY_VALUE] = mem[e + ENTRY_VALUE]!;
    to += 1 << ENTRY_SHIFT;
  }
  mem[keys + DK_USABLE] = mem[keys + DK_USABLE]! - moved;
  mem[keys + DK_NENTRIES] = moved;
  freeKeys(rt, old);
  return keys;
}

/** `clone_combined_dict_keys`: the same table again, gaps included; every reference is counted once more. */
export function cloneKeys(rt: Runtime, old: number): number {
  const { heap, mem } = rt;
  const log2 = mem[old + DK_LOG2_SIZE]!;
  const keys = newKeys(rt, log2, mem[old + DK_KIND]!);
  const entries = entriesOf(rt, old);
  const n = mem[old + DK_NENTRIES]!;
  const words = entries - old + (n << ENTRY_SHIFT);
  for (let i = 0; i < words; i++) heap.set(keys + i, mem[old + i]!);
  mem[keys + DK_VERSION] = 0;
  for (let i = 0; i < n; i++) {
    const e = entries + (i << ENTRY_SHIFT);
    if (mem[e + ENTRY_VALUE] === 0) continue;
    heap.incref(mem[e + ENTRY_VALUE]!);
    heap.incref(mem[e + ENTRY_KEY]!);
  }
  return keys;
}

/** The table's number, given to it when it is first asked for. */
export function keysVersion(rt: Runtime, keys: number): number {
  const { mem } = rt;
  if (mem[keys + DK_VERSION] === 0) mem[keys + DK_VERSION] = rt.nextVersion();
  return mem[keys + DK_VERSION]!;
}
