/**
 * dict (Objects/dictobject.c): a combined table that keeps the order of insertion; the table is in dict-keys.ts, the
 * methods in dict-methods.ts, copy and update in dict-merge.ts, the views and iterators in dict-views.ts.
 *
 *     ob_refcnt ob_type | ma_used  ma_keys (the table's first word, 0: none yet)  embedded
 *
 * Split tables are not modelled here: an instance's attributes are inline (dict-values.ts) until somebody asks for its
 * `__dict__`. Such a dict is *embedded*: the instance shows its values to the collector, the dict itself shows none.
 */
import { BLOCK, BLOCK_GC, type Handle } from '../heap/layout';
import { TPFLAGS, Traversal, type TypeSpec, type Visit } from '../heap/object';
import { getAttrString, hash, hashNotImplemented, strText } from './abstract';
import {
  DK_KIND,
  DK_LOG2_SIZE,
  DK_NENTRIES,
  DK_USABLE,
  ENTRY_HASH_HIGH,
  ENTRY_KEY,
  ENTRY_SHIFT,
  ENTRY_VALUE,
  FAILED,
  KIND_GENERAL,
  KIND_UNICODE,
  LOG2_MINSIZE,
  MISSING,
  appendEntry,
  dropIndex,
  entriesOf,
  keysBytes,
  log2ForEntries,
  log2KeySize,
  lookup,
  newKeys,
  releaseKeys,
  resizedKeys,
  usableFraction,
} from './dict-keys';
import {
  dictClassmethods,
  dictContainsSlot,
  dictInit,
  dictInplaceOr,
  dictMethods,
  dictOr,
  dictRepr,
  dictRichCompare,
  dictSubscript,
} from './dict-methods';
import { DICT_EMBEDDED, DICT_KEYS, DICT_USED } from '../heap/shapes';
import { dictIter, dictViewSpecs } from './dict-views';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strHash } from './str';
import { mayBeTracked, newTuple } from './tuple';

export { dictCopy, dictMerge, dictMergeUnique, dictUpdate } from './dict-merge';

export { DICT_EMBEDDED, DICT_KEYS, DICT_USED } from '../heap/shapes';

// ---- birth --------------------------------------------------------------------------------------------------------------

/** `PyDict_New`: new, from the free list if one waits there; tracked except in 3.13. */
export function newDict(rt: Runtime): Handle {
  const { heap } = rt;
  const d = newObject(rt, rt.types.dict, 0, 0, heap.freelists.dict);
  if (!rt.facts.lazyDictTracking) heap.gcTrack(d);
  return d;
}

/** `dict_new_presized`: room for n keys at once, as BUILD_MAP asks for. */
export function newDictPresized(rt: Runtime, n: number, unicode: boolean): Handle {
  const d = newDict(rt);
  if (n > usableFraction(1 << LOG2_MINSIZE)) {
    const log2 = Math.min(log2ForEntries(rt, n), 17);
    rt.heap.set(d + DICT_KEYS, newKeys(rt, log2, unicode ? KIND_UNICODE : KIND_GENERAL));
  }
  return d;
}

// ---- hashing and tracking -------------------------------------------------------------------------------------------------

/** The hash of a key: the low word, the high one in `rt.hashHigh`; see hashFailed. */
function hashKey(rt: Runtime, key: Handle): number {
  if (rt.mem[key + 1] === rt.types.str.handle) return strHash(rt, key);
  const low = hash(rt, key);
  if (hashFailed(rt, low)) unhashable(rt, key, 'dict key');
  return low;
}

/** -1 is the hash of nothing, but its low word may be: the exception decides. */
export function hashFailed(rt: Runtime, low: number): boolean {
  return low === -1 && rt.currentException !== 0;
}

/** 3.14 says what the unhashable object was meant to be. */
export function unhashable(rt: Runtime, key: Handle, role: 'dict key' | 'set element'): void {
  if (rt.facts.name === '3.13') return;
  const error = rt.takeError();
  if (!rt.is(error, rt.types.TypeError)) {
    rt.restoreError(error);
    return;
  }
  const text = strText(rt, error);
  if (text !== null) rt.raise('TypeError', `cannot use '${fullTypeName(rt, key)}' as a ${role} (${text})`);
  rt.decref(error);
}

/** `%T` of PyErr_Format: the type's qualified name, with its module unless that goes without saying. */
export function fullTypeName(rt: Runtime, h: Handle): string {
  const type = rt.tp(h);
  if (!type.isHeapType) return type.name;
  const saved = rt.takeError();
  const parts = ['__module__', '__qualname__'].map((name) => {
    const value = getAttrString(rt, type.handle, name);
    if (value === 0) {
      rt.clearError();
      return '';
    }
    const text = strText(rt, value) ?? '';
    rt.decref(value);
    return text;
  });
  rt.restoreError(saved);
  const [module, qualname] = parts as [string, string];
  if (qualname === '') return type.name;
  return module === '' || module === 'builtins' || module === '__main__' ? qualname : `${module}.${qualname}`;
}

/** `_PyErr_SetKeyError`: the key is the one argument, also when it is a tuple. */
export function raiseKeyError(rt: Runtime, key: Handle): 0 {
  const args = newTuple(rt, [rt.newRef(key)]);
  rt.raiseObject('KeyError', args);
  rt.decref(args);
  return 0;
}

/** `MAINTAIN_TRACKING` (3.13): a dict of atoms is tracked once something goes in that could be part of a cycle. */
function maintainTracking(rt: Runtime, d: Handle, key: Handle, value: Handle): void {
  if (!rt.facts.lazyDictTracking) return;
  const mem = rt.mem;
  if ((mem[key + BLOCK]! & BLOCK_GC) === 0 && (mem[value + BLOCK]! & BLOCK_GC) === 0) return;
  if (rt.heap.isTracked(d)) return;
  if (mayBeTracked(rt, key) || mayBeTracked(rt, value)) rt.heap.gcTrack(d);
}

/** `_PyDict_MaybeUntrack`: what a full collection of 3.13 does to the exact dicts that survive it. */
export function dictMaybeUntrack(rt: Runtime, d: Handle): void {
  const { heap, mem } = rt;
  if (!rt.is(d, rt.types.dict) || !heap.isTracked(d)) return;
  const unicode = mem[d + DICT_KEYS] !== 0 && mem[mem[d + DICT_KEYS]! + DK_KIND] === KIND_UNICODE;
  for (let pos = dictNext(rt, d, 0); pos > 0; pos = dictNext(rt, d, pos)) {
    if (mayBeTracked(rt, entryValue(rt, d, pos))) return;
    if (!unicode && mayBeTracked(rt, entryKey(rt, d, pos))) return;
  }
  heap.gcUntrack(d);
}

// ---- looking up -------------------------------------------------------------------------------------------------------------

function valueWord(rt: Runtime, d: Handle, ix: number): number {
  return entriesOf(rt, rt.mem[d + DICT_KEYS]!) + (ix << ENTRY_SHIFT) + ENTRY_VALUE;
}

/** The entry of a key: its number, MISSING, or FAILED with an exception. */
export function dictFind(rt: Runtime, d: Handle, key: Handle): number {
  const low = hashKey(rt, key);
  if (hashFailed(rt, low)) return FAILED;
  return lookup(rt, d + DICT_KEYS, key, low, rt.hashHigh);
}

/** `PyDict_GetItemWithError`: borrowed, or 0: missing, or an exception if one is set. */
export function dictGet(rt: Runtime, d: Handle, key: Handle): Handle {
  const low = hashKey(rt, key);
  if (hashFailed(rt, low)) return 0;
  const ix = lookup(rt, d + DICT_KEYS, key, low, rt.hashHigh);
  return ix < 0 ? 0 : rt.mem[valueWord(rt, d, ix)]!;
}

/** The same with the hash of the key known. */
export function dictGetKnownHash(rt: Runtime, d: Handle, key: Handle, low: number, high: number): Handle {
  const ix = lookup(rt, d + DICT_KEYS, key, low, high);
  return ix < 0 ? 0 : rt.mem[valueWord(rt, d, ix)]!;
}

/** Look-up of an exact str in a dict of names: borrowed, or 0. No exception. */
export function dictGetKnown(rt: Runtime, d: Handle, strKey: Handle): Handle {
  if (rt.mem[d + DICT_KEYS] === 0) return 0;
  const low = strHash(rt, strKey);
  const ix = lookup(rt, d + DICT_KEYS, strKey, low, rt.hashHigh);
  return ix < 0 ? 0 : rt.mem[valueWord(rt, d, ix)]!;
}

/** `PyDict_GetItemString`: borrowed, or 0. */
export function dictGetString(rt: Runtime, d: Handle, name: string): Handle {
  return dictGetKnown(rt, d, rt.id(name));
}

/** `PyDict_Contains`: 1, 0, -1. */
export function dictContains(rt: Runtime, d: Handle, key: Handle): number {
  const ix = dictFind(rt, d, key);
  return ix >= 0 ? 1 : ix === MISSING ? 0 : -1;
}

export function dictSize(rt: Runtime, d: Handle): number {
  return rt.mem[d + DICT_USED]!;
}

// ---- storing ----------------------------------------------------------------------------------------------------------------

/** `insertion_resize`: room for more, three slots for each key in use. */
function grow(rt: Runtime, d: Handle, kind: number): void {
  const { heap, mem } = rt;
  const log2 = log2KeySize(rt, mem[d + DICT_USED]! * 3);
  heap.set(d + DICT_KEYS, resizedKeys(rt, mem[d + DICT_KEYS]!, log2, kind));
}

/** A table that may take this key: there is one, and it is general if the key is not an exact str. */
function prepareTable(rt: Runtime, d: Handle, key: Handle): void {
  const { heap, mem } = rt;
  const keys = mem[d + DICT_KEYS]!;
  const isStr = mem[key + 1] === rt.types.str.handle;
  if (keys === 0) heap.set(d + DICT_KEYS, newKeys(rt, LOG2_MINSIZE, isStr ? KIND_UNICODE : KIND_GENERAL));
  else if (!isStr && mem[keys + DK_KIND] === KIND_UNICODE) grow(rt, d, KIND_GENERAL);
  // Shared keys are texts: with another key an instance's dict leaves the inline values.
  if (!isStr && mem[d + DICT_EMBEDDED] !== 0) heap.set(d + DICT_EMBEDDED, 0);
}

/** A dict on shared keys takes a key that is not among them: it gets keys of its own, with room to grow. */
export function dictUnshare(rt: Runtime, d: Handle): void {
  if (rt.mem[d + DICT_KEYS] !== 0) grow(rt, d, KIND_UNICODE);
}

/** Adds a key that is not there; key and value stolen. */
function insertNew(rt: Runtime, d: Handle, key: Handle, low: number, high: number, value: Handle): void {
  const { mem } = rt;
  if (mem[mem[d + DICT_KEYS]! + DK_USABLE]! <= 0) grow(rt, d, KIND_UNICODE);
  appendEntry(rt, d, low, high, key, value);
}

/** `insertdict`: key and value borrowed. */
export function dictSetKnownHash(
  rt: Runtime,
  d: Handle,
  key: Handle,
  low: number,
  high: number,
  value: Handle,
): number {
  const { heap, mem } = rt;
  heap.incref(key);
  heap.incref(value);
  const empty = mem[d + DICT_KEYS] === 0;
  prepareTable(rt, d, key);
  const ix = empty ? MISSING : lookup(rt, d + DICT_KEYS, key, low, high);
  if (ix === FAILED) {
    heap.decref(value);
    heap.decref(key);
    return -1;
  }
  maintainTracking(rt, d, key, value);
  if (ix === MISSING) {
    insertNew(rt, d, key, low, high, value);
    return 0;
  }
  const word = valueWord(rt, d, ix);
  const old = mem[word]!;
  if (old !== value) heap.set(word, value);
  heap.decref(old);
  heap.decref(key);
  return 0;
}

/** `insertdict` of a key with that hash that is known to be missing: key and value borrowed. */
export function dictInsertMissing(rt: Runtime, d: Handle, key: Handle, low: number, high: number, value: Handle): void {
  const { heap } = rt;
  heap.incref(key);
  heap.incref(value);
  prepareTable(rt, d, key);
  maintainTracking(rt, d, key, value);
  insertNew(rt, d, key, low, high, value);
}

/** `PyDict_SetItem`: key and value borrowed. 0 or -1. */
export function dictSet(rt: Runtime, d: Handle, key: Handle, value: Handle): number {
  if (rt.mem[key + 1] !== rt.types.str.handle && rt.tp(key).isHeapType) return dictSetHeld(rt, d, key, value);
  const low = hashKey(rt, key);
  if (hashFailed(rt, low)) return -1;
  return dictSetKnownHash(rt, d, key, low, rt.hashHigh, value);
}

/** `_PyDict_SetItem_Take2` has its references before it asks the key anything; here where the key can notice. */
function dictSetHeld(rt: Runtime, d: Handle, key: Handle, value: Handle): number {
  rt.incref(key);
  rt.incref(value);
  const low = hashKey(rt, key);
  const r = hashFailed(rt, low) ? -1 : dictSetKnownHash(rt, d, key, low, rt.hashHigh, value);
  rt.decref(value);
  rt.decref(key);
  return r;
}

/** `PyDict_SetItemString` with an identifier: value borrowed. */
export function dictSetString(rt: Runtime, d: Handle, name: string, value: Handle): number {
  return dictSet(rt, d, rt.id(name), value);
}

/** `PyDict_SetDefaultRef`: what the key has now, new; 0 with an exception. */
export function dictSetDefault(rt: Runtime, d: Handle, key: Handle, value: Handle): Handle {
  const { heap, mem } = rt;
  const low = hashKey(rt, key);
  if (hashFailed(rt, low)) return 0;
  const high = rt.hashHigh;
  prepareTable(rt, d, key);
  const ix = lookup(rt, d + DICT_KEYS, key, low, high);
  if (ix === FAILED) return 0;
  if (ix >= 0) return rt.newRef(mem[valueWord(rt, d, ix)]!);
  maintainTracking(rt, d, key, value);
  heap.incref(key);
  heap.incref(value);
  insertNew(rt, d, key, low, high, value);
  return rt.newRef(value);
}

// ---- removing ---------------------------------------------------------------------------------------------------------------

/** `delitem_common`: takes the entry out and releases its key; the value is the caller's. */
function takeEntry(rt: Runtime, d: Handle, ix: number): Handle {
  const { heap, mem } = rt;
  const keys = mem[d + DICT_KEYS]!;
  const e = entriesOf(rt, keys) + (ix << ENTRY_SHIFT);
  const key = mem[e + ENTRY_KEY]!;
  const value = mem[e + ENTRY_VALUE]!;
  heap.set(d + DICT_USED, mem[d + DICT_USED]! - 1);
  dropIndex(rt, keys, ix);
  heap.set(e + ENTRY_KEY, 0);
  heap.set(e + ENTRY_VALUE, 0);
  heap.decref(key);
  return value;
}

/** `PyDict_DelItem` without the KeyError: 0, 1 if the key is missing, -1 with an exception. Key, then value. */
export function dictDel(rt: Runtime, d: Handle, key: Handle): number {
  const ix = dictFind(rt, d, key);
  if (ix === FAILED) return -1;
  if (ix === MISSING) return 1;
  rt.decref(takeEntry(rt, d, ix));
  return 0;
}

/** `PyDict_Pop`: the value, new; 0 if the key is missing, or with an exception. An empty dict does not hash the key. */
export function dictPop(rt: Runtime, d: Handle, key: Handle): Handle {
  if (rt.mem[d + DICT_USED] === 0) return 0;
  const ix = dictFind(rt, d, key);
  return ix < 0 ? 0 : takeEntry(rt, d, ix);
}

/** `_PyDict_Pop_KnownHash`. */
export function dictPopKnownHash(rt: Runtime, d: Handle, key: Handle, low: number, high: number): Handle {
  if (rt.mem[d + DICT_USED] === 0) return 0;
  const ix = lookup(rt, d + DICT_KEYS, key, low, high);
  return ix < 0 ? 0 : takeEntry(rt, d, ix);
}

/** `popitem`: key and value of the last entry, both new; null if the dict is empty. */
export function dictPopItem(rt: Runtime, d: Handle): [Handle, Handle] | null {
  const { heap, mem } = rt;
  if (mem[d + DICT_USED] === 0) return null;
  const keys = mem[d + DICT_KEYS]!;
  const entries = entriesOf(rt, keys);
  let ix = mem[keys + DK_NENTRIES]! - 1;
  // Entries behind the new end are not in use any more: their hashes go.
  for (; mem[entries + (ix << ENTRY_SHIFT) + ENTRY_VALUE] === 0; ix--) clearHash(rt, entries + (ix << ENTRY_SHIFT));
  const e = entries + (ix << ENTRY_SHIFT);
  const pair: [Handle, Handle] = [mem[e + ENTRY_KEY]!, mem[e + ENTRY_VALUE]!];
  dropIndex(rt, keys, ix);
  heap.set(e + ENTRY_KEY, 0);
  heap.set(e + ENTRY_VALUE, 0);
  clearHash(rt, e);
  heap.set(keys + DK_NENTRIES, ix);
  heap.set(d + DICT_USED, mem[d + DICT_USED]! - 1);
  return pair;
}

function clearHash(rt: Runtime, e: number): void {
  rt.heap.set(e, 0);
  rt.heap.set(e + ENTRY_HASH_HIGH, 0);
}

/** `PyDict_Clear`: the dict is empty before the first entry is released. */
export function dictClear(rt: Runtime, d: Handle): void {
  const { heap, mem } = rt;
  const keys = mem[d + DICT_KEYS]!;
  if (keys === 0) return;
  heap.set(d + DICT_KEYS, 0);
  heap.set(d + DICT_USED, 0);
  releaseKeys(rt, keys);
}

// ---- walking ----------------------------------------------------------------------------------------------------------------

/** `PyDict_Next`: the position after `pos` (0 to start), or 0 at the end. See entryKey, entryValue. */
export function dictNext(rt: Runtime, d: Handle, pos: number): number {
  const mem = rt.mem;
  const keys = mem[d + DICT_KEYS]!;
  if (keys === 0) return 0;
  const n = mem[keys + DK_NENTRIES]!;
  const values = entriesOf(rt, keys) + ENTRY_VALUE;
  for (let ix = pos; ix < n; ix++) {
    if (mem[values + (ix << ENTRY_SHIFT)] !== 0) return ix + 1;
  }
  return 0;
}

/** The position before `pos` (-1 to start at the end), or 0. */
export function dictPrevious(rt: Runtime, d: Handle, pos: number): number {
  const mem = rt.mem;
  const keys = mem[d + DICT_KEYS]!;
  if (keys === 0) return 0;
  const values = entriesOf(rt, keys) + ENTRY_VALUE;
  for (let ix = pos < 0 ? mem[keys + DK_NENTRIES]! - 1 : pos - 2; ix >= 0; ix--) {
    if (mem[values + (ix << ENTRY_SHIFT)] !== 0) return ix + 1;
  }
  return 0;
}

function entry(rt: Runtime, d: Handle, pos: number): number {
  return entriesOf(rt, rt.mem[d + DICT_KEYS]!) + ((pos - 1) << ENTRY_SHIFT);
}
/** Borrowed key at a position of dictNext. */
export function entryKey(rt: Runtime, d: Handle, pos: number): Handle {
  return rt.mem[entry(rt, d, pos) + ENTRY_KEY]!;
}
export function entryValue(rt: Runtime, d: Handle, pos: number): Handle {
  return rt.mem[entry(rt, d, pos) + ENTRY_VALUE]!;
}
/** The low word of its key's hash; the high one in `rt.hashHigh`. */
export function entryHash(rt: Runtime, d: Handle, pos: number): number {
  const e = entry(rt, d, pos);
  rt.hashHigh = rt.mem[e + ENTRY_HASH_HIGH]!;
  return rt.mem[e]!;
}

/** The keys in order, borrowed. */
export function dictKeysArray(rt: Runtime, d: Handle): Handle[] {
  return dictItemsArray(rt, d).map(([key]) => key);
}

/** Keys and values, borrowed, in order. */
export function dictItemsArray(rt: Runtime, d: Handle): [Handle, Handle][] {
  const items: [Handle, Handle][] = [];
  for (let pos = dictNext(rt, d, 0); pos > 0; pos = dictNext(rt, d, pos)) {
    items.push([entryKey(rt, d, pos), entryValue(rt, d, pos)]);
  }
  return items;
}

/** `dk_nentries`: entries ever appended to the present table, deleted ones included. */
export function dictEntryCount(rt: Runtime, d: Handle): number {
  const keys = rt.mem[d + DICT_KEYS]!;
  return keys === 0 ? 0 : rt.mem[keys + DK_NENTRIES]!;
}

/** `_PyDict_SizeOf` of the table; 0 for a dict without one. */
export function dictKeysBytes(rt: Runtime, d: Handle): number {
  const mem = rt.mem;
  const keys = mem[d + DICT_KEYS]!;
  return keys === 0 ? 0 : keysBytes(mem[keys + DK_LOG2_SIZE]!, mem[keys + DK_KIND]!);
}

/** Makes room for n keys in an empty dict (`fromkeys` of a dict or set). */
export function dictReserve(rt: Runtime, d: Handle, n: number, unicode: boolean): void {
  const { heap, mem } = rt;
  const keys = mem[d + DICT_KEYS]!;
  heap.set(d + DICT_KEYS, resizedKeys(rt, keys, log2ForEntries(rt, n), unicode ? KIND_UNICODE : KIND_GENERAL));
}

/** Are all keys exact str, as the table knows it? */
export function dictIsUnicode(rt: Runtime, d: Handle): boolean {
  const keys = rt.mem[d + DICT_KEYS]!;
  return keys === 0 || rt.mem[keys + DK_KIND] === KIND_UNICODE;
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function dictDealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  heap.gcUntrack(h);
  const keys = mem[h + DICT_KEYS]!;
  if (keys !== 0) releaseKeys(rt, keys);
  freeObject(rt, h, rt.is(h, rt.types.dict) ? heap.freelists.dict : null);
}

/** What the collector is shown: nothing of an embedded dict; no keys where all of them are str. */
function dictTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  if (rt.mem[h + DICT_EMBEDDED] === 0) dictTraverseValues(rt, h, visit);
}

/** The references a dict shows the collector: for the owner of an embedded dict. */
export function dictTraverseValues(rt: Runtime, d: Handle, visit: Visit): void {
  visitEntries(rt, d, visit, !dictIsUnicode(rt, d));
}

function dictLedger(rt: Runtime, d: Handle, visit: Visit): void {
  visitEntries(rt, d, visit, true);
}

function visitEntries(rt: Runtime, d: Handle, visit: Visit, keysToo: boolean): void {
  const mem = rt.mem;
  const keys = mem[d + DICT_KEYS]!;
  if (keys === 0) return;
  const entries = entriesOf(rt, keys);
  for (let i = 0, n = mem[keys + DK_NENTRIES]!; i < n; i++) {
    const e = entries + (i << ENTRY_SHIFT);
    const value = mem[e + ENTRY_VALUE]!;
    const key = mem[e + ENTRY_KEY]!;
    if (value !== 0) visit(value, e + ENTRY_VALUE);
    if (keysToo && key !== 0) visit(key, e + ENTRY_KEY);
  }
}

function dictAssSubscript(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  if (value !== 0) return dictSet(rt, h, key, value);
  const r = dictDel(rt, h, key);
  if (r <= 0) return r;
  raiseKeyError(rt, key);
  return -1;
}

/** Through the type, not the free list, as in CPython. */
function dictNew(rt: Runtime, type: Handle, _args: Handle[], _kwnames: Handle[] | null): Handle {
  const d = allocInstance(rt, rt.slotsOfType(type));
  if (rt.facts.lazyDictTracking && rt.is(d, rt.types.dict)) rt.heap.gcUntrack(d);
  return d;
}

export const dictSpecs: TypeSpec[] = [
  {
    name: 'dict',
    flags: TPFLAGS.BASETYPE | TPFLAGS.DICT_SUBCLASS | TPFLAGS.MAPPING,
    gc: true,
    words: 3,
    basicsize: 48,
    doc: 'A mapping from keys to values that keeps the order in which the keys were added.',
    slots: {
      tp_dealloc: dictDealloc,
      tp_traverse: dictTraverse,
      traversal: Traversal.Dict,
      tp_ledger: dictLedger,
      tp_clear: dictClear,
      tp_repr: dictRepr,
      tp_hash: hashNotImplemented,
      tp_richcompare: dictRichCompare,
      tp_iter: dictIter,
      tp_init: dictInit,
      tp_new: dictNew,
      nb_or: dictOr,
      nb_inplace_or: dictInplaceOr,
      sq_contains: dictContainsSlot,
      mp_length: dictSize,
      mp_subscript: dictSubscript,
      mp_ass_subscript: dictAssSubscript,
    },
    methods: dictMethods(),
    classmethods: dictClassmethods(),
  },
  ...dictViewSpecs(),
];
