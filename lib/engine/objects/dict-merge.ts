/**
 * Copies of dicts, and adding one mapping to another (Objects/dictobject.c, `PyDict_Copy`, `dict_merge`).
 */
import type { Handle } from '../heap/layout';
import { getAttrString, getItem, getIter, getOptionalAttr, isDict, iterNext, typeName } from './abstract';
import {
  DICT_EMBEDDED,
  DICT_KEYS,
  DICT_USED,
  dictContains,
  dictEntryCount,
  dictNext,
  dictSet,
  dictSetKnownHash,
  entryHash,
  entryKey,
  entryValue,
  newDict,
  raiseKeyError,
} from './dict';
import {
  DK_KIND,
  DK_LOG2_SIZE,
  DK_NENTRIES,
  FAILED,
  LOG2_MINSIZE,
  cloneKeys,
  log2ForEntries,
  lookup,
  releaseKeys,
  resizedKeys,
  usableFraction,
} from './dict-keys';
import { fastItems, listFromIterable, sequenceFast } from './list-extend';
import type { Runtime } from './runtime';

/** May the entries be read directly? Not if a subclass says how it is iterated. */
function isPlain(rt: Runtime, d: Handle): boolean {
  return isDict(rt, d) && rt.tp(d).tp_iter === rt.types.dict.tp_iter;
}

/** `PyDict_Copy`: new, an exact dict. */
export function dictCopy(rt: Runtime, d: Handle): Handle {
  const { heap, mem } = rt;
  const copy = newDict(rt);
  if (mem[d + DICT_USED] === 0) return copy;
  const keys = mem[d + DICT_KEYS]!;
  if (isPlain(rt, d) && copiesWhole(rt, d)) {
    heap.set(copy + DICT_KEYS, cloneKeys(rt, keys));
    heap.set(copy + DICT_USED, mem[d + DICT_USED]!);
    if (heap.isTracked(d) && !heap.isTracked(copy)) heap.gcTrack(copy);
    return copy;
  }
  if (dictMerge(rt, copy, d, true) < 0) {
    rt.decref(copy);
    return 0;
  }
  return copy;
}

/** Is the table good enough to be copied with its gaps? */
function copiesWhole(rt: Runtime, d: Handle): boolean {
  const used = rt.mem[d + DICT_USED]!;
  const n = dictEntryCount(rt, d);
  return used >= Math.floor((n * 2) / 3);
}

/** `PyDict_Merge`: adds what the mapping has; `override`: also over keys that are there. 0 or -1. */
export function dictMerge(rt: Runtime, d: Handle, mapping: Handle, override: boolean): number {
  return mergeWith(rt, d, mapping, override ? Override.Replace : Override.Keep);
}
/** `_PyDict_MergeEx(…, 2)`: a key that is there already raises KeyError(key), as DICT_MERGE wants it. */
export function dictMergeUnique(rt: Runtime, d: Handle, mapping: Handle): number {
  return mergeWith(rt, d, mapping, Override.Refuse);
}

enum Override {
  Keep,
  Replace,
  Refuse,
}

function mergeWith(rt: Runtime, d: Handle, mapping: Handle, override: Override): number {
  return isPlain(rt, mapping) ? mergeDict(rt, d, mapping, override) : mergeMapping(rt, d, mapping, override);
}

function mergeDict(rt: Runtime, d: Handle, other: Handle, override: Override): number {
  const { heap, mem } = rt;
  const otherUsed = mem[other + DICT_USED]!;
  if (other === d || otherUsed === 0) return 0;
  if (mem[d + DICT_USED] === 0) override = Override.Replace;
  const otherKeys = mem[other + DICT_KEYS]!;
  const n = mem[otherKeys + DK_NENTRIES]!;
  const log2 = mem[otherKeys + DK_LOG2_SIZE]!;
  if (
    mem[d + DICT_USED] === 0 &&
    otherUsed === n &&
    mem[other + DICT_EMBEDDED] === 0 &&
    (log2 === LOG2_MINSIZE || usableFraction((1 << log2) >> 1) < otherUsed)
  ) {
    const old = mem[d + DICT_KEYS]!;
    heap.set(d + DICT_KEYS, cloneKeys(rt, otherKeys));
    if (old !== 0) releaseKeys(rt, old);
    heap.set(d + DICT_USED, otherUsed);
    if (heap.isTracked(other) && !heap.isTracked(d)) heap.gcTrack(d);
    return 0;
  }
  const keys = mem[d + DICT_KEYS]!;
  if ((keys === 0 ? 0 : usableFraction(1 << mem[keys + DK_LOG2_SIZE]!)) < otherUsed) {
    const newLog2 = log2ForEntries(rt, mem[d + DICT_USED]! + otherUsed);
    heap.set(d + DICT_KEYS, resizedKeys(rt, keys, newLog2, mem[otherKeys + DK_KIND]!));
  }
  for (let pos = dictNext(rt, other, 0); pos > 0; pos = dictNext(rt, other, pos)) {
    const key = rt.newRef(entryKey(rt, other, pos));
    const value = rt.newRef(entryValue(rt, other, pos));
    const low = entryHash(rt, other, pos);
    const r = mergeOne(rt, d, key, low, rt.hashHigh, value, override);
    heap.decref(value);
    heap.decref(key);
    if (r < 0) return -1;
    if (dictEntryCount(rt, other) !== n) return rt.raiseInt('RuntimeError', 'dict mutated during update');
  }
  return 0;
}

function mergeOne(
  rt: Runtime,
  d: Handle,
  key: Handle,
  low: number,
  high: number,
  value: Handle,
  override: Override,
): number {
  if (override !== Override.Replace) {
    const ix = lookup(rt, d + DICT_KEYS, key, low, high);
    if (ix === FAILED) return -1;
    if (ix >= 0) {
      if (override === Override.Keep) return 0;
      raiseKeyError(rt, key);
      return -1;
    }
  }
  return dictSetKnownHash(rt, d, key, low, high, value);
}

function mergeMapping(rt: Runtime, d: Handle, mapping: Handle, override: Override): number {
  const keys = mappingKeys(rt, mapping);
  if (keys === 0) return -1;
  const it = getIter(rt, keys);
  rt.decref(keys);
  if (it === 0) return -1;
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    let r = override === Override.Replace ? 0 : dictContains(rt, d, key);
    if (r > 0 && override === Override.Keep) {
      rt.decref(key);
      continue;
    }
    if (r > 0) {
      raiseKeyError(rt, key);
      r = -1;
    }
    if (r === 0) {
      const value = getItem(rt, mapping, key);
      r = -1;
      if (value !== 0) {
        r = dictSet(rt, d, key, value);
        rt.decref(value);
      }
    }
    rt.decref(key);
    if (r < 0) {
      rt.decref(it);
      return -1;
    }
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

/** `PyMapping_Keys`: a new list. */
function mappingKeys(rt: Runtime, mapping: Handle): Handle {
  const method = getAttrString(rt, mapping, 'keys');
  if (method === 0) return 0;
  const keys = rt.call(method, []);
  rt.decref(method);
  if (keys === 0) return 0;
  const it = getIter(rt, keys);
  if (it === 0 && rt.errorMatches('TypeError')) {
    rt.clearError();
    rt.raise('TypeError', `${typeName(rt, mapping)}.keys() returned a non-iterable (type ${typeName(rt, keys)})`);
  }
  rt.decref(keys);
  if (it === 0) return 0;
  const list = listFromIterable(rt, it);
  rt.decref(it);
  return list;
}

/** `dict_update_arg`: a mapping if it has `keys`, else a sequence of pairs. 0 or -1. */
export function dictUpdate(rt: Runtime, d: Handle, arg: Handle): number {
  if (rt.is(arg, rt.types.dict)) return dictMerge(rt, d, arg, true);
  const keys = getOptionalAttr(rt, arg, rt.id('keys'));
  if (keys !== 0) {
    rt.decref(keys);
    return dictMerge(rt, d, arg, true);
  }
  if (rt.currentException !== 0) return -1;
  return mergeFromPairs(rt, d, arg);
}

/** `PyDict_MergeFromSeq2`. */
function mergeFromPairs(rt: Runtime, d: Handle, pairs: Handle): number {
  const it = getIter(rt, pairs);
  if (it === 0) return -1;
  let r = 0;
  for (let i = 0; r === 0; i++) {
    const item = iterNext(rt, it);
    if (item === 0) {
      if (rt.currentException !== 0) r = -1;
      break;
    }
    r = mergePair(rt, d, item, i);
    rt.decref(item);
  }
  rt.decref(it);
  return r;
}

function mergePair(rt: Runtime, d: Handle, item: Handle, i: number): number {
  const fast = pairSequence(rt, item, i);
  if (fast === 0) return -1;
  const items = fastItems(rt, fast);
  let r = -1;
  if (items.length !== 2) {
    rt.raise('ValueError', `dictionary update sequence element #${i} has length ${items.length}; 2 is required`);
  } else {
    const key = rt.newRef(items[0]!);
    const value = rt.newRef(items[1]!);
    r = dictSet(rt, d, key, value);
    rt.decref(key);
    rt.decref(value);
  }
  rt.decref(fast);
  return r;
}

function pairSequence(rt: Runtime, item: Handle, i: number): Handle {
  const message =
    rt.facts.name === '3.13'
      ? `cannot convert dictionary update sequence element #${i} to a sequence`
      : 'object is not iterable';
  const fast = sequenceFast(rt, item, message);
  if (fast === 0 && rt.facts.name !== '3.13' && rt.errorMatches('TypeError')) {
    rt.addNote(`Cannot convert dictionary update sequence element #${i} to a sequence`);
  }
  return fast;
}
