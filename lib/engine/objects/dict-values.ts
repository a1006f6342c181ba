/**
 * Attributes of instances: inline values under keys that the instances of a class share, and the `__dict__` that is
 * made of them when somebody asks (Objects/dictobject.c, PyDictValues; Objects/object_layout.md).
 *
 *     h + valuesoffset:  [capacity] [used] [order, 4 positions a word…] [value × capacity]
 *
 * The capacity is what the class's shared keys allowed when the instance was made. After the values have moved into a
 * dict the capacity reads 0. DIFFERS: CPython lets the dict share the inline values; we move them and mark the dict
 * as embedded (DICT_EMBEDDED), so that the collector and the counts see the same references.
 */
import type { Handle } from '../heap/layout';
import { VALUES_ORDER, VALUES_USED, orderWords } from '../heap/shapes';
import type { TypeSlots, Visit } from '../heap/object';
import { DICT_EMBEDDED, dictDel, dictGetKnown, dictSet, dictTraverseValues, dictUnshare, newDict } from './dict';
import type { Runtime } from './runtime';
import { strValue } from './str';
import { TP_VERSION } from './type-lookup';

/** `SHARED_KEYS_MAX_SIZE`. */
export const SHARED_KEYS_MAX = 30;

const CAPACITY = 0;
const USED = VALUES_USED;
const ORDER = VALUES_ORDER;

export { VALUES_ORDER } from '../heap/shapes';

export function nextCapacity(type: TypeSlots): number {
  return type.cachedKeys!.length + type.sharedUsable;
}

export function inlineValuesWords(type: TypeSlots): number {
  const n = nextCapacity(type);
  return ORDER + orderWords(n) + n;
}

/** Simulated size: a prefix word, n values and n bytes of order, rounded. */
export function inlineValuesBytes(type: TypeSlots): number {
  const n = nextCapacity(type);
  return 8 + 8 * n + ((n + 7) & ~7);
}

/** `_PyObject_InlineValues(obj)->valid`: attributes lie in the instance, or in a dict that still stands for them. */
export function hasInlineValues(rt: Runtime, h: Handle): boolean {
  const type = rt.tp(h);
  if (type.valuesoffset === 0) return false;
  const dict = rt.mem[h + type.dictoffset]!;
  return dict === 0 ? rt.mem[h + type.valuesoffset + CAPACITY] !== 0 : rt.mem[dict + DICT_EMBEDDED] === h;
}

/** `_PyObject_InitInlineValues`. */
export function initInlineValues(rt: Runtime, type: TypeSlots, h: Handle): void {
  // A newborn's first words need no event.
  rt.mem[h + type.valuesoffset + CAPACITY] = nextCapacity(type);
  if (type.sharedUsable > 1) type.sharedUsable--;
}

/** The handle under which a name is known to caches: identifiers are immortal, others count if interned. */
export function canonicalName(rt: Runtime, name: Handle): Handle {
  if (rt.mem[name]! < 0) return name;
  return rt.interned.get(strValue(rt, name)) ?? name;
}

function valueWord(base: number, capacity: number, i: number): number {
  return base + ORDER + orderWords(capacity) + i;
}

/** The instance's own attribute: borrowed, or 0 without an exception. `name` canonical. */
export function instanceGet(rt: Runtime, h: Handle, type: TypeSlots, name: Handle): Handle {
  if (type.dictoffset === 0) return 0;
  const mem = rt.mem;
  const dict = mem[h + type.dictoffset]!;
  if (dict !== 0) return dictGetKnown(rt, dict, name);
  if (type.valuesoffset === 0) return 0;
  const i = type.cachedIndex.get(name);
  if (i === undefined) return 0;
  const base = h + type.valuesoffset;
  const capacity = mem[base]!;
  return i < capacity ? mem[valueWord(base, capacity, i)]! : 0;
}

/** Stores or deletes (value 0) the instance's own attribute. 0; 1: there was none to delete; -1 with an exception. */
export function instanceSet(rt: Runtime, h: Handle, type: TypeSlots, name: Handle, value: Handle): number {
  const heap = rt.heap;
  let dict = rt.mem[h + type.dictoffset]!;
  if (dict === 0 && type.valuesoffset !== 0) {
    const done = setInline(rt, h, type, name, value);
    if (done >= 0) return done;
    dict = materializeDict(rt, h, type);
    detach(rt, dict);
    if (value !== 0) dictUnshare(rt, dict);
  } else if (dict === 0) {
    if (value === 0) return 1;
    dict = newDict(rt);
    heap.set(h + type.dictoffset, dict);
  }
  if (value !== 0 && rt.mem[dict + DICT_EMBEDDED] !== 0 && sharedIndex(rt, type, name) < 0) {
    detach(rt, dict);
    if (dictGetKnown(rt, dict, name) === 0) dictUnshare(rt, dict);
  }
  const untracked = rt.mem[dict + DICT_EMBEDDED] !== 0 && !heap.isTracked(dict);
  rt.incref(dict);
  const r = value === 0 ? dictDel(rt, dict, name) : dictSet(rt, dict, name, value);
  // 3.13: what goes into the inline values behind a dict does not track the dict.
  if (untracked) heap.gcUntrack(dict);
  rt.decref(dict);
  return r;
}

/** Position of a name among the shared keys, to which it is added if there is room; -1 if it cannot be there. */
function sharedIndex(rt: Runtime, type: TypeSlots, name: Handle): number {
  const known = type.cachedIndex.get(name);
  if (known !== undefined) return known;
  if (type.sharedUsable === 0 || (rt.mem[name]! >= 0 && rt.interned.get(strValue(rt, name)) !== name)) return -1;
  const i = type.cachedKeys!.length;
  rt.mem[type.handle + TP_VERSION] = 0;
  type.cachedKeys!.push(rt.newRef(name));
  type.cachedIndex.set(name, i);
  type.sharedUsable--;
  return i;
}

/** 0 done, 1 nothing to delete, -1: does not fit. */
function setInline(rt: Runtime, h: Handle, type: TypeSlots, name: Handle, value: Handle): number {
  const { heap, mem } = rt;
  const base = h + type.valuesoffset;
  const capacity = mem[base]!;
  if (value === 0 && !type.cachedIndex.has(name)) return 1;
  const i = sharedIndex(rt, type, name);
  if (i < 0 || i >= capacity) return value === 0 ? 1 : -1;
  const word = valueWord(base, capacity, i);
  const old = mem[word]!;
  if (value === 0) {
    if (old === 0) return 1;
    removeOrder(rt, base, i);
    heap.set(word, 0);
    rt.decref(old);
    return 0;
  }
  if (old === 0) inlineAdded(rt, base, i);
  rt.incref(value);
  heap.setRef(word, value);
  return 0;
}

/** The value at a position is about to be set for the first time. */
export function inlineAdded(rt: Runtime, base: number, i: number): void {
  const used = rt.mem[base + USED]!;
  setOrder(rt, base, used, i);
  rt.heap.set(base + USED, used + 1);
}

/** The position of the value that was set as number k. What lies there is i ^ k: most are set in order, so it is 0. */
function getOrder(rt: Runtime, base: number, k: number): number {
  return (((rt.mem[base + ORDER + (k >> 2)]! >>> ((k & 3) * 8)) & 255) ^ k) & 255;
}
function setOrder(rt: Runtime, base: number, k: number, i: number): void {
  const word = base + ORDER + (k >> 2);
  const shift = (k & 3) * 8;
  const before = rt.mem[word]!;
  const after = (before & ~(255 << shift)) | (((i ^ k) & 255) << shift);
  if (after !== before) rt.heap.set(word, after);
}
function removeOrder(rt: Runtime, base: number, i: number): void {
  const used = rt.mem[base + USED]!;
  let k = 0;
  while (getOrder(rt, base, k) !== i) k++;
  for (; k + 1 < used; k++) setOrder(rt, base, k, getOrder(rt, base, k + 1));
  rt.heap.set(base + USED, used - 1);
}

/**
 * `_PyObject_MaterializeManagedDict`: the instance's `__dict__`, made on first demand. Borrowed; never fails.
 */
export function materializeDict(rt: Runtime, h: Handle, type: TypeSlots): Handle {
  const { heap, mem } = rt;
  const existing = mem[h + type.dictoffset]!;
  if (existing !== 0) return existing;
  const dict = newDict(rt);
  if (type.valuesoffset !== 0) {
    const base = h + type.valuesoffset;
    const capacity = mem[base]!;
    const used = mem[base + USED]!;
    for (let k = 0; k < used; k++) {
      const i = getOrder(rt, base, k);
      const word = valueWord(base, capacity, i);
      const value = mem[word]!;
      dictSet(rt, dict, type.cachedKeys![i]!, value);
      heap.set(word, 0);
      rt.decref(value);
    }
    heap.set(base + USED, 0);
    heap.set(base, 0);
    heap.set(dict + DICT_EMBEDDED, h);
  }
  heap.set(h + type.dictoffset, dict);
  return dict;
}

/** Replaces the instance's `__dict__` (borrowed; 0 deletes: a new empty one comes on demand). */
export function replaceDict(rt: Runtime, h: Handle, type: TypeSlots, dict: Handle): void {
  const old = materializeDict(rt, h, type);
  detach(rt, old);
  if (dict !== 0) rt.incref(dict);
  rt.heap.set(h + type.dictoffset, dict);
  rt.decref(old);
}

/**
 * The dict outlives the instance, or belongs to it no longer: the collector sees its values in it from now on, if it
 * is tracked (in 3.13 it need not be).
 */
function detach(rt: Runtime, dict: Handle): void {
  if (rt.mem[dict + DICT_EMBEDDED] === 0) return;
  rt.heap.set(dict + DICT_EMBEDDED, 0);
}

/** What the collector sees of an instance's attributes (`PyObject_VisitManagedDict`). */
export function traverseAttributes(rt: Runtime, h: Handle, type: TypeSlots, visit: Visit): void {
  if (type.dictoffset === 0) return;
  const mem = rt.mem;
  const dict = mem[h + type.dictoffset]!;
  if (dict !== 0) {
    if (mem[dict + DICT_EMBEDDED] !== 0) dictTraverseValues(rt, dict, visit);
    else visit(dict, h + type.dictoffset);
    return;
  }
  forEachInline(rt, h, type, visit);
}

/** What the ledger sees: the dict itself, or the inline values. */
export function ledgerAttributes(rt: Runtime, h: Handle, type: TypeSlots, visit: Visit): void {
  if (type.dictoffset === 0) return;
  const dict = rt.mem[h + type.dictoffset]!;
  if (dict !== 0) visit(dict, h + type.dictoffset);
  else forEachInline(rt, h, type, visit);
}

function forEachInline(rt: Runtime, h: Handle, type: TypeSlots, visit: Visit): void {
  if (type.valuesoffset === 0) return;
  const mem = rt.mem;
  const base = h + type.valuesoffset;
  const capacity = mem[base]!;
  for (let i = 0; i < capacity; i++) {
    const word = valueWord(base, capacity, i);
    if (mem[word] !== 0) visit(mem[word]!, word);
  }
}

/** Name of the attribute that a value word holds, for pictures of memory; 0 if the word is not one. */
export function inlineNameOf(rt: Runtime, h: Handle, type: TypeSlots, word: number): Handle {
  if (type.valuesoffset === 0 || type.cachedKeys === null) return 0;
  const base = h + type.valuesoffset;
  const capacity = rt.mem[base]!;
  return type.cachedKeys[word - valueWord(base, capacity, 0)] ?? 0;
}

/** `PyObject_ClearManagedDict`: gives up all attributes, in the order of the shared keys. */
export function clearAttributes(rt: Runtime, h: Handle, type: TypeSlots): void {
  if (type.dictoffset === 0) return;
  const { heap, mem } = rt;
  const dict = mem[h + type.dictoffset]!;
  if (dict !== 0) {
    heap.set(h + type.dictoffset, 0);
    if (mem[dict] !== 1) detach(rt, dict);
    rt.decref(dict);
    return;
  }
  if (type.valuesoffset === 0) return;
  clearInline(rt, h + type.valuesoffset);
}

/** The attributes of an instance without a dict die, in the order of the shared keys. */
export function clearInline(rt: Runtime, base: number): void {
  const { heap, mem } = rt;
  if (mem[base + USED] === 0) return;
  const capacity = mem[base]!;
  heap.set(base + USED, 0);
  const first = valueWord(base, capacity, 0);
  heap.clearUp(first, capacity);
}

/** The same for an object that is dying. */
export function releaseInline(rt: Runtime, base: number): void {
  const { heap, mem } = rt;
  if (mem[base + USED] === 0) return;
  const capacity = mem[base]!;
  heap.releaseUp(valueWord(base, capacity, 0), capacity);
}
