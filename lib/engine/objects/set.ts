/**
 * set and frozenset (Objects/setobject.c); the table is in set-table.ts, the methods in set-methods.ts.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type TypeSlots, type TypeSpec, type Visit } from '../heap/object';
import { getIter, hash, hashNotImplemented, iterNext, repr } from './abstract';
import { dictGetKnownHash, dictNext, dictSize, entryHash, entryKey, hashFailed, unhashable } from './dict';
import { genericAlias } from './dict-methods';
import { checkPositional, noKeywords } from './getargs';
import { FrozensetHash } from './hash';
import { setIter } from './iter';
import { listFromIterable } from './list';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { frozensetMethods, setMethods } from './set-methods';
import {
  ENTRY_WORDS,
  SET_FILL,
  SET_HASHED,
  SET_HASH_HIGH,
  SET_HASH_LOW,
  SET_MASK,
  SET_SMALL,
  SET_TABLE,
  SET_USED,
  SET_WEAKLIST,
  SET_WORDS,
  SE_KEY,
  addEntry,
  clearTable,
  emptyToMinsize,
  findEntry,
  mergeTable,
  resizeTable,
  swapTables,
  takeEntry,
} from './set-table';
import { strFrom, strHash, strValue } from './str';
import { isSubtype } from './type-lookup';
import { clearWeakrefs } from './weakref-list';

// ---- birth --------------------------------------------------------------------------------------------------------------

function allocSet(rt: Runtime, type: TypeSlots): Handle {
  const so = allocInstance(rt, type);
  emptyToMinsize(rt, so);
  return so;
}

/** `PySet_New(NULL)`: a new empty set, tracked. */
export function newSet(rt: Runtime): Handle {
  return allocSet(rt, rt.types.set);
}

/** `make_new_set`: new, with what the iterable gives (0: nothing). */
export function makeNewSet(rt: Runtime, type: TypeSlots, iterable: Handle): Handle {
  const so = allocSet(rt, type);
  if (iterable !== 0 && setUpdate(rt, so, iterable) < 0) {
    rt.decref(so);
    return 0;
  }
  return so;
}

/** `PySet_New`: a new set of what the iterable gives. */
export function setFromIterable(rt: Runtime, iterable: Handle): Handle {
  return makeNewSet(rt, rt.types.set, iterable);
}

/** `PyFrozenSet_New`. */
export function frozensetFromIterable(rt: Runtime, iterable: Handle): Handle {
  return makeNewSet(rt, rt.types.frozenset, iterable);
}

/** set or frozenset, whichever a type derives from. */
export function baseSetType(rt: Runtime, so: Handle): TypeSlots {
  return isSubtype(rt, rt.tp(so), rt.types.set) ? rt.types.set : rt.types.frozenset;
}

/** `PyAnySet_Check`. */
export function isAnySet(rt: Runtime, h: Handle): boolean {
  const type = rt.tp(h);
  const { set, frozenset } = rt.types;
  return type === set || type === frozenset || isSubtype(rt, type, set) || isSubtype(rt, type, frozenset);
}
export function isMutableSet(rt: Runtime, h: Handle): boolean {
  return isSubtype(rt, rt.tp(h), rt.types.set);
}

// ---- reading ------------------------------------------------------------------------------------------------------------

export function setSize(rt: Runtime, so: Handle): number {
  return rt.mem[so + SET_USED]!;
}

/** `set_next`: the position after `pos` (0 to start), or 0 at the end. */
export function setNext(rt: Runtime, so: Handle, pos: number): number {
  const mem = rt.mem;
  const keys = mem[so + SET_TABLE]! + SE_KEY;
  const mask = mem[so + SET_MASK]!;
  for (let i = pos; i <= mask; i++) if (mem[keys + i * ENTRY_WORDS]! > 0) return i + 1;
  return 0;
}
/** Borrowed key at a position of setNext. */
export function setEntryKey(rt: Runtime, so: Handle, pos: number): Handle {
  return rt.mem[rt.mem[so + SET_TABLE]! + (pos - 1) * ENTRY_WORDS + SE_KEY]!;
}
/** The low word of its hash; the high one in `rt.hashHigh`. */
export function setEntryHash(rt: Runtime, so: Handle, pos: number): number {
  const e = rt.mem[so + SET_TABLE]! + (pos - 1) * ENTRY_WORDS;
  rt.hashHigh = rt.mem[e + 1]!;
  return rt.mem[e]!;
}

/** The hash of a key: the low word, the high one in `rt.hashHigh`; see hashFailed. */
function hashKey(rt: Runtime, key: Handle): number {
  if (rt.mem[key + 1] === rt.types.str.handle) return strHash(rt, key);
  const low = hash(rt, key);
  if (hashFailed(rt, low)) unhashable(rt, key, 'set element');
  return low;
}

/** The same, but a set stands for the frozenset of its items: what `in`, `remove` and `discard` accept. */
function hashKeyOrSet(rt: Runtime, key: Handle): number {
  const low = hashKey(rt, key);
  if (!hashFailed(rt, low) || !isMutableSet(rt, key) || !rt.errorMatches('TypeError')) return low;
  rt.clearError();
  return hashItems(rt, key);
}

/** With the hash known: 1, 0, -1. */
export function containsHash(rt: Runtime, so: Handle, key: Handle, low: number, high: number): number {
  const e = findEntry(rt, so, key, low, high);
  return e === 0 ? -1 : rt.mem[e + SE_KEY]! > 0 ? 1 : 0;
}

/** `set_contains_key`: 1, 0, -1. */
export function setContainsKey(rt: Runtime, so: Handle, key: Handle): number {
  const low = hashKey(rt, key);
  return hashFailed(rt, low) ? -1 : containsHash(rt, so, key, low, rt.hashHigh);
}

/** `PySet_Contains`, and `in`: 1, 0, -1. */
export function setContains(rt: Runtime, so: Handle, key: Handle): number {
  const low = hashKeyOrSet(rt, key);
  return hashFailed(rt, low) ? -1 : containsHash(rt, so, key, low, rt.hashHigh);
}

// ---- changing -----------------------------------------------------------------------------------------------------------

/** `set_add_key`: key borrowed. 0 or -1. */
export function setAdd(rt: Runtime, so: Handle, key: Handle): number {
  const low = hashKey(rt, key);
  if (hashFailed(rt, low)) return -1;
  return addEntry(rt, so, key, low, rt.hashHigh) < 0 ? -1 : 0;
}

function discardHash(rt: Runtime, so: Handle, key: Handle, low: number, high: number): number {
  const e = findEntry(rt, so, key, low, high);
  if (e === 0) return -1;
  if (rt.mem[e + SE_KEY] === 0) return 0;
  rt.decref(takeEntry(rt, so, e));
  return 1;
}

/** Removes a key: 1 done, 0 was not there, -1 with an exception. */
export function setDiscard(rt: Runtime, so: Handle, key: Handle): number {
  const low = hashKeyOrSet(rt, key);
  return hashFailed(rt, low) ? -1 : discardHash(rt, so, key, low, rt.hashHigh);
}

export function setClear(rt: Runtime, so: Handle): void {
  clearTable(rt, so);
}

/** `set_update_internal`: adds what the iterable gives. 0 or -1. */
export function setUpdate(rt: Runtime, so: Handle, iterable: Handle): number {
  if (isAnySet(rt, iterable)) return mergeTable(rt, so, iterable);
  const mem = rt.mem;
  if (rt.is(iterable, rt.types.dict)) {
    const n = dictSize(rt, iterable);
    if ((mem[so + SET_FILL]! + n) * 5 >= mem[so + SET_MASK]! * 3) resizeTable(rt, so, (mem[so + SET_USED]! + n) * 2);
    for (let pos = dictNext(rt, iterable, 0); pos > 0; pos = dictNext(rt, iterable, pos)) {
      const low = entryHash(rt, iterable, pos);
      if (addEntry(rt, so, entryKey(rt, iterable, pos), low, rt.hashHigh) < 0) return -1;
    }
    return 0;
  }
  return forEachOf(rt, iterable, (key) => setAdd(rt, so, key));
}

/** Walks any iterable: stops when `visit` (item borrowed) gives -1. 0 or -1. */
export function forEachOf(rt: Runtime, iterable: Handle, visit: (item: Handle) => number): number {
  const it = getIter(rt, iterable);
  if (it === 0) return -1;
  let r = 0;
  for (let x = iterNext(rt, it); x !== 0; x = r < 0 ? 0 : iterNext(rt, it)) {
    r = visit(x);
    rt.decref(x);
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

/** Walks the keys of a set, each held while it is looked at. */
function forEachKey(rt: Runtime, so: Handle, visit: (key: Handle, low: number, high: number) => number): number {
  for (let pos = setNext(rt, so, 0); pos > 0; pos = setNext(rt, so, pos)) {
    const key = rt.newRef(setEntryKey(rt, so, pos));
    const low = setEntryHash(rt, so, pos);
    const r = visit(key, low, rt.hashHigh);
    rt.decref(key);
    if (r < 0) return -1;
  }
  return 0;
}

/** A new set of the base type, filled by `fill`. */
function build(rt: Runtime, like: Handle, fill: (result: Handle) => number): Handle {
  const result = allocSet(rt, baseSetType(rt, like));
  if (fill(result) < 0) {
    rt.decref(result);
    return 0;
  }
  return result;
}

/** `set_intersection`: new. The smaller of two sets is walked. */
export function setIntersection(rt: Runtime, so: Handle, other: Handle): Handle {
  if (so === other) return setCopy(rt, so);
  return build(rt, so, (result) => {
    if (isAnySet(rt, other)) {
      let [big, small] = [so, other];
      if (setSize(rt, small) > setSize(rt, big)) [big, small] = [small, big];
      return forEachKey(rt, small, (key, low, high) => {
        const found = containsHash(rt, big, key, low, high);
        return found > 0 ? addEntry(rt, result, key, low, high) : found;
      });
    }
    return intersectWith(rt, result, so, other);
  });
}

/**
 * Adds to `result` what an iterable gives and `so` has; no further than until it has all of it. 0 or -1.
 * An unhashable item is told of in plain words here, also by 3.14.
 */
function intersectWith(rt: Runtime, result: Handle, so: Handle, iterable: Handle): number {
  const it = getIter(rt, iterable);
  if (it === 0) return -1;
  let r = 0;
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    const low = hash(rt, key);
    const high = rt.hashHigh;
    r = hashFailed(rt, low) ? -1 : containsHash(rt, so, key, low, high);
    if (r > 0) r = addEntry(rt, result, key, low, high);
    rt.decref(key);
    if (r < 0 || (r > 0 && setSize(rt, result) >= setSize(rt, so))) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

/** `set_copy`: new; a set or frozenset also when it is a subclass that is copied. */
export function setCopy(rt: Runtime, so: Handle): Handle {
  return makeNewSet(rt, baseSetType(rt, so), so);
}

/** `set_difference`: new. */
export function setDifference(rt: Runtime, so: Handle, other: Handle): Handle {
  const isDict = rt.is(other, rt.types.dict);
  const n = isAnySet(rt, other) ? setSize(rt, other) : isDict ? dictSize(rt, other) : -1;
  if (n < 0 || setSize(rt, so) >> 2 > n) {
    const result = setCopy(rt, so);
    if (result === 0 || setDifferenceUpdate(rt, result, other) === 0) return result;
    rt.decref(result);
    return 0;
  }
  return build(rt, so, (result) =>
    forEachKey(rt, so, (key, low, high) => {
      const found = isDict ? dictContainsHash(rt, other, key, low, high) : containsHash(rt, other, key, low, high);
      return found === 0 ? addEntry(rt, result, key, low, high) : Math.min(found, 0);
    }),
  );
}

function dictContainsHash(rt: Runtime, d: Handle, key: Handle, low: number, high: number): number {
  const value = dictGetKnownHash(rt, d, key, low, high);
  return value !== 0 ? 1 : rt.currentException !== 0 ? -1 : 0;
}

/** `set_difference_update_internal`: 0 or -1. */
export function setDifferenceUpdate(rt: Runtime, so: Handle, other: Handle): number {
  if (so === other) {
    setClear(rt, so);
    return 0;
  }
  if (isAnySet(rt, other)) {
    let source = rt.newRef(other);
    // Much the larger: only what both have is worth walking.
    if (setSize(rt, other) >> 3 > setSize(rt, so)) {
      rt.decref(source);
      source = setIntersection(rt, so, other);
      if (source === 0) return -1;
    }
    const r = forEachKey(rt, source, (key, low, high) => discardHash(rt, so, key, low, high));
    rt.decref(source);
    if (r < 0) return -1;
  } else {
    const discard = (key: Handle) => {
      const low = hashKey(rt, key);
      return hashFailed(rt, low) ? -1 : discardHash(rt, so, key, low, rt.hashHigh);
    };
    if (forEachOf(rt, other, discard) < 0) return -1;
  }
  const mem = rt.mem;
  const used = mem[so + SET_USED]!;
  // More than a quarter of the slots are dummies: a new table is rid of them.
  if (mem[so + SET_FILL]! - used > Math.floor(mem[so + SET_MASK]! / 4)) {
    resizeTable(rt, so, used > 50000 ? used * 2 : used * 4);
  }
  return 0;
}

/** `set_symmetric_difference_update`: 0 or -1. */
export function setSymmetricDifferenceUpdate(rt: Runtime, so: Handle, other: Handle): number {
  if (so === other) {
    setClear(rt, so);
    return 0;
  }
  const toggle = (key: Handle, low: number, high: number) => {
    const found = discardHash(rt, so, key, low, high);
    return found === 0 ? addEntry(rt, so, key, low, high) : found;
  };
  if (rt.is(other, rt.types.dict)) {
    for (let pos = dictNext(rt, other, 0); pos > 0; pos = dictNext(rt, other, pos)) {
      const key = rt.newRef(entryKey(rt, other, pos));
      const low = entryHash(rt, other, pos);
      const r = toggle(key, low, rt.hashHigh);
      rt.decref(key);
      if (r < 0) return -1;
    }
    return 0;
  }
  const source = isAnySet(rt, other) ? rt.newRef(other) : makeNewSet(rt, baseSetType(rt, so), other);
  if (source === 0) return -1;
  const r = forEachKey(rt, source, toggle);
  rt.decref(source);
  return r;
}

/** `set_symmetric_difference`: new. */
export function setSymmetricDifference(rt: Runtime, so: Handle, other: Handle): Handle {
  return build(rt, so, (result) => {
    if (setUpdate(rt, result, other) < 0) return -1;
    return forEachKey(rt, so, (key, low, high) => {
      const found = discardHash(rt, result, key, low, high);
      return found === 0 ? addEntry(rt, result, key, low, high) : found;
    });
  });
}

/** `set_intersection_update`: 0 or -1. The old items die after the set has its new ones. */
export function setIntersectionUpdate(rt: Runtime, so: Handle, other: Handle): number {
  const tmp = setIntersection(rt, so, other);
  if (tmp === 0) return -1;
  swapTables(rt, so, tmp);
  rt.decref(tmp);
  return 0;
}

/** `set_issubset` of two sets: 1, 0, -1. */
export function isSubset(rt: Runtime, a: Handle, b: Handle): number {
  if (setSize(rt, a) > setSize(rt, b)) return 0;
  let missing = false;
  const r = forEachKey(rt, a, (key, low, high) => {
    const found = containsHash(rt, b, key, low, high);
    if (found === 0) missing = true;
    return found === 1 ? 0 : -1;
  });
  return r === 0 ? 1 : missing ? 0 : -1;
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function setDealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  heap.gcUntrack(h);
  if (mem[h + SET_WEAKLIST] !== 0) clearWeakrefs(rt, h);
  const table = mem[h + SET_TABLE]!;
  if (table !== 0) {
    const mask = mem[h + SET_MASK]!;
    for (let i = 0, left = mem[h + SET_USED]!; i <= mask && left > 0; i++) {
      const word = table + i * ENTRY_WORDS + SE_KEY;
      if (mem[word]! <= 0) continue;
      left--;
      heap.clearRef(word);
    }
    if (table !== h + SET_SMALL) heap.freeRaw(table);
  }
  freeObject(rt, h);
}

function setTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  const keys = mem[h + SET_TABLE]! + SE_KEY;
  if (keys === SE_KEY) return;
  for (let i = 0, mask = mem[h + SET_MASK]!; i <= mask; i++) {
    const word = keys + i * ENTRY_WORDS;
    if (mem[word]! > 0) visit(mem[word]!, word);
  }
}

function setRepr(rt: Runtime, h: Handle): Handle {
  const name = rt.tp(h).name;
  if (rt.reprEnter(h)) return strFrom(rt, `${name}(...)`);
  const text = setReprText(rt, h, name);
  rt.reprLeave(h);
  return text === null ? 0 : strFrom(rt, text);
}

function setReprText(rt: Runtime, h: Handle, name: string): string | null {
  if (setSize(rt, h) === 0) return `${name}()`;
  const list = listFromIterable(rt, h);
  if (list === 0) return null;
  const r = repr(rt, list);
  rt.decref(list);
  if (r === 0) return null;
  const items = strValue(rt, r).slice(1, -1);
  rt.decref(r);
  return rt.is(h, rt.types.set) ? `{${items}}` : `${name}({${items}})`;
}

/** The hash of the items, in any order; for sets too, which have no hash of their own. */
function hashItems(rt: Runtime, h: Handle): number {
  const acc = new FrozensetHash();
  for (let pos = setNext(rt, h, 0); pos > 0; pos = setNext(rt, h, pos)) {
    const low = setEntryHash(rt, h, pos);
    acc.add(low, rt.hashHigh);
  }
  return acc.finish(rt);
}

function frozensetHash(rt: Runtime, h: Handle): number {
  const { heap, mem } = rt;
  if (mem[h + SET_HASHED] !== 0) {
    rt.hashHigh = mem[h + SET_HASH_HIGH]!;
    return mem[h + SET_HASH_LOW]!;
  }
  const low = hashItems(rt, h);
  heap.set(h + SET_HASH_LOW, low);
  heap.set(h + SET_HASH_HIGH, rt.hashHigh);
  heap.set(h + SET_HASHED, 1);
  return low;
}

function setRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isAnySet(rt, b)) return rt.NotImplemented;
  const r = compareSets(rt, a, b, op);
  return r < 0 ? 0 : rt.bool(r === 1);
}

function compareSets(rt: Runtime, a: Handle, b: Handle, op: CompareOp): number {
  const na = setSize(rt, a);
  const nb = setSize(rt, b);
  switch (op) {
    case CompareOp.EQ:
      return setsEqual(rt, a, b);
    case CompareOp.NE: {
      const same = setsEqual(rt, a, b);
      return same < 0 ? -1 : 1 - same;
    }
    case CompareOp.LE:
      return isSubset(rt, a, b);
    case CompareOp.GE:
      return isSubset(rt, b, a);
    case CompareOp.LT:
      return na >= nb ? 0 : isSubset(rt, a, b);
    case CompareOp.GT:
      return na <= nb ? 0 : isSubset(rt, b, a);
  }
}

function setsEqual(rt: Runtime, a: Handle, b: Handle): number {
  const mem = rt.mem;
  if (setSize(rt, a) !== setSize(rt, b)) return 0;
  const bothHashed = mem[a + SET_HASHED] !== 0 && mem[b + SET_HASHED] !== 0;
  if (
    bothHashed &&
    (mem[a + SET_HASH_LOW] !== mem[b + SET_HASH_LOW] || mem[a + SET_HASH_HIGH] !== mem[b + SET_HASH_HIGH])
  ) {
    return 0;
  }
  return isSubset(rt, a, b);
}

type SetOperation = (rt: Runtime, a: Handle, b: Handle) => Handle;

function binary(operation: SetOperation): SetOperation {
  return (rt, a, b) => (isAnySet(rt, a) && isAnySet(rt, b) ? operation(rt, a, b) : rt.NotImplemented);
}

/** `set_or`: a copy of the left side with the right one merged in. */
function setOr(rt: Runtime, a: Handle, b: Handle): Handle {
  const result = setCopy(rt, a);
  if (result === 0 || a === b || setUpdate(rt, result, b) === 0) return result;
  rt.decref(result);
  return 0;
}

function inplace(change: (rt: Runtime, set: Handle, other: Handle) => number): SetOperation {
  return (rt, a, b) => {
    if (!isAnySet(rt, b)) return rt.NotImplemented;
    return change(rt, a, b) < 0 ? 0 : rt.newRef(a);
  };
}

function setInit(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  if (!noKeywords(rt, 'set', kwnames) || !checkPositional(rt, rt.tp(self).name, args.length, 0, 1)) return -1;
  setClear(rt, self);
  return args.length === 0 ? 0 : setUpdate(rt, self, args[0]!);
}

function setNew(rt: Runtime, type: Handle, _args: Handle[], _kwnames: Handle[] | null): Handle {
  return allocSet(rt, rt.slotsOfType(type));
}

function frozensetNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  const exact = slots === rt.types.frozenset;
  if ((exact || slots.tp_init === rt.types.object.tp_init) && !noKeywords(rt, 'frozenset', kwnames)) return 0;
  const npos = args.length - (kwnames?.length ?? 0);
  if (!checkPositional(rt, 'frozenset', npos, 0, 1)) return 0;
  if (npos === 1 && exact && rt.is(args[0]!, rt.types.frozenset)) return rt.newRef(args[0]!);
  return makeNewSet(rt, slots, npos === 0 ? 0 : args[0]!);
}

function setSpec(name: 'set' | 'frozenset', slots: Partial<TypeSlots>): TypeSpec {
  return {
    name,
    flags: TPFLAGS.BASETYPE,
    gc: true,
    words: SET_WORDS,
    basicsize: 200,
    weaklistoffset: SET_WEAKLIST,
    doc: name === 'set' ? 'Distinct hashable objects, in no order.' : 'A set that never changes and can be hashed.',
    slots: {
      tp_dealloc: setDealloc,
      tp_traverse: setTraverse,
      tp_clear: setClear,
      tp_repr: setRepr,
      tp_richcompare: setRichCompare,
      tp_iter: setIter,
      nb_subtract: binary(setDifference),
      nb_and: binary(setIntersection),
      nb_xor: binary(setSymmetricDifference),
      nb_or: binary(setOr),
      sq_length: setSize,
      sq_contains: setContains,
      ...slots,
    },
    methods: name === 'set' ? setMethods() : frozensetMethods(),
    classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  };
}

export const setSpecs: TypeSpec[] = [
  setSpec('set', {
    tp_hash: hashNotImplemented,
    tp_init: setInit,
    tp_new: setNew,
    nb_inplace_subtract: inplace(setDifferenceUpdate),
    nb_inplace_and: inplace(setIntersectionUpdate),
    nb_inplace_xor: inplace(setSymmetricDifferenceUpdate),
    nb_inplace_or: inplace(setUpdate),
  }),
  setSpec('frozenset', { tp_hash: frozensetHash, tp_new: frozensetNew }),
];
