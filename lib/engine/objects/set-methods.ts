/**
 * Methods of set and frozenset (Objects/setobject.c).
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getAttrString } from './abstract';
import { raiseKeyError } from './dict';
import { intFromNumber } from './int';
import { listFromIterable } from './list';
import type { Runtime } from './runtime';
import {
  containsHash,
  forEachOf,
  isAnySet,
  isSubset,
  setAdd,
  setClear,
  setContains,
  setContainsKey,
  setCopy,
  setDifference,
  setDifferenceUpdate,
  setDiscard,
  setEntryHash,
  setEntryKey,
  setIntersection,
  setNext,
  setSize,
  setSymmetricDifference,
  setSymmetricDifferenceUpdate,
  setUpdate,
} from './set';
import {
  ENTRY_WORDS,
  SET_FINGER,
  SET_MASK,
  SET_TABLE,
  SET_USED,
  SE_KEY,
  swapTables,
  tableBytes,
  takeEntry,
} from './set-table';
import { newTuple } from './tuple';

function add(rt: Runtime, so: Handle, key: Handle): Handle {
  return setAdd(rt, so, key) < 0 ? 0 : rt.None;
}

function remove(rt: Runtime, so: Handle, key: Handle): Handle {
  const r = setDiscard(rt, so, key);
  if (r < 0) return 0;
  return r === 0 ? raiseKeyError(rt, key) : rt.None;
}

function discard(rt: Runtime, so: Handle, key: Handle): Handle {
  return setDiscard(rt, so, key) < 0 ? 0 : rt.None;
}

/** Searches on from where the last pop ended, so that popping everything is not quadratic. */
function pop(rt: Runtime, so: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[so + SET_USED] === 0) return rt.raise('KeyError', 'pop from an empty set');
  const table = mem[so + SET_TABLE]!;
  const mask = mem[so + SET_MASK]!;
  let i = mem[so + SET_FINGER]! & mask;
  while (mem[table + i * ENTRY_WORDS + SE_KEY]! <= 0) i = i === mask ? 0 : i + 1;
  const key = takeEntry(rt, so, table + i * ENTRY_WORDS);
  heap.set(so + SET_FINGER, i + 1);
  return key;
}

function clear(rt: Runtime, so: Handle): Handle {
  setClear(rt, so);
  return rt.None;
}

function copy(rt: Runtime, so: Handle): Handle {
  return rt.is(so, rt.types.frozenset) ? rt.newRef(so) : setCopy(rt, so);
}

type Change = (rt: Runtime, set: Handle, other: Handle) => number;
type Make = (rt: Runtime, set: Handle, other: Handle) => Handle;

/** A method that changes the set by each argument in turn. */
function changing(change: Change) {
  return (rt: Runtime, so: Handle, args: Handle[]): Handle => {
    for (const other of args) if (change(rt, so, other) < 0) return 0;
    return rt.None;
  };
}

/** A method that makes a new set, by each argument in turn; without arguments a copy. */
function making(make: Make) {
  return (rt: Runtime, so: Handle, args: Handle[]): Handle => {
    if (args.length === 0) return setCopy(rt, so);
    let result = rt.newRef(so);
    for (const other of args) {
      const next = make(rt, result, other);
      rt.decref(result);
      if (next === 0) return 0;
      result = next;
    }
    return result;
  };
}

function union(rt: Runtime, so: Handle, args: Handle[]): Handle {
  const result = setCopy(rt, so);
  if (result === 0) return 0;
  for (const other of args) {
    if (other === so || setUpdate(rt, result, other) === 0) continue;
    rt.decref(result);
    return 0;
  }
  return result;
}

/** The first argument decides how the copy is made, the others are taken from it. */
function difference(rt: Runtime, so: Handle, args: Handle[]): Handle {
  if (args.length === 0) return setCopy(rt, so);
  const result = setDifference(rt, so, args[0]!);
  if (result === 0) return 0;
  for (const other of args.slice(1)) {
    if (setDifferenceUpdate(rt, result, other) === 0) continue;
    rt.decref(result);
    return 0;
  }
  return result;
}

function intersectionUpdate(rt: Runtime, so: Handle, args: Handle[]): Handle {
  const tmp = making(setIntersection)(rt, so, args);
  if (tmp === 0) return 0;
  swapTables(rt, so, tmp);
  rt.decref(tmp);
  return rt.None;
}

function symmetricDifferenceUpdate(rt: Runtime, so: Handle, other: Handle): Handle {
  return setSymmetricDifferenceUpdate(rt, so, other) < 0 ? 0 : rt.None;
}

function issubset(rt: Runtime, so: Handle, other: Handle): Handle {
  if (isAnySet(rt, other)) {
    const r = isSubset(rt, so, other);
    return r < 0 ? 0 : rt.bool(r === 1);
  }
  const common = setIntersection(rt, so, other);
  if (common === 0) return 0;
  const r = setSize(rt, common) === setSize(rt, so);
  rt.decref(common);
  return rt.bool(r);
}

function issuperset(rt: Runtime, so: Handle, other: Handle): Handle {
  if (isAnySet(rt, other)) return issubset(rt, other, so);
  let all = true;
  const r = forEachOf(rt, other, (key) => {
    const found = setContainsKey(rt, so, key);
    if (found === 0) all = false;
    return found === 1 ? 0 : -1;
  });
  return r < 0 && all ? 0 : rt.bool(all);
}

function isdisjoint(rt: Runtime, so: Handle, other: Handle): Handle {
  if (so === other) return rt.bool(setSize(rt, so) === 0);
  if (rt.is(other, rt.types.set) || rt.is(other, rt.types.frozenset)) {
    let [big, small] = [so, other];
    if (setSize(rt, small) > setSize(rt, big)) [big, small] = [small, big];
    for (let pos = setNext(rt, small, 0); pos > 0; pos = setNext(rt, small, pos)) {
      const key = rt.newRef(setEntryKey(rt, small, pos));
      const low = setEntryHash(rt, small, pos);
      const found = containsHash(rt, big, key, low, rt.hashHigh);
      rt.decref(key);
      if (found !== 0) return found < 0 ? 0 : rt.False;
    }
    return rt.True;
  }
  let common = false;
  const r = forEachOf(rt, other, (key) => {
    const found = setContainsKey(rt, so, key);
    if (found > 0) common = true;
    return found === 0 ? 0 : -1;
  });
  return r < 0 && !common ? 0 : rt.bool(!common);
}

function containsMethod(rt: Runtime, so: Handle, key: Handle): Handle {
  const r = setContains(rt, so, key);
  return r < 0 ? 0 : rt.bool(r === 1);
}

export function setSizeof(rt: Runtime, so: Handle): number {
  return rt.tp(so).basicsize + tableBytes(rt, so);
}

function sizeof(rt: Runtime, so: Handle): Handle {
  return intFromNumber(rt, setSizeof(rt, so));
}

/** `(type, ([items],), state)`. */
function reduce(rt: Runtime, so: Handle): Handle {
  const list = listFromIterable(rt, so);
  if (list === 0) return 0;
  const state = getAttrString(rt, so, '__getstate__');
  const value = state === 0 ? 0 : rt.call(state, []);
  rt.xdecref(state);
  if (value === 0) {
    rt.decref(list);
    return 0;
  }
  return newTuple(rt, [rt.newRef(rt.tp(so).handle), newTuple(rt, [list]), value]);
}

function sharedMethods(): Record<string, MethodDef> {
  return {
    copy: { kind: 'noargs', fn: copy, doc: 'A shallow copy.' },
    difference: { kind: 'fast', min: 0, max: -1, fn: difference, doc: 'What is in the set and in none of the others.' },
    intersection: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: making(setIntersection),
      doc: 'What is in the set and in all the others.',
    },
    isdisjoint: { kind: 'o', fn: isdisjoint, doc: 'True if nothing is in both.' },
    issubset: { kind: 'o', fn: issubset, doc: 'True if other has every item of the set.' },
    issuperset: { kind: 'o', fn: issuperset, doc: 'True if the set has every item of other.' },
    symmetric_difference: { kind: 'o', fn: setSymmetricDifference, doc: 'What is in exactly one of the two.' },
    union: { kind: 'fast', min: 0, max: -1, fn: union, doc: 'What is in any of them.' },
    __contains__: { kind: 'o', fn: containsMethod },
    __reduce__: { kind: 'noargs', fn: reduce },
    __sizeof__: { kind: 'noargs', fn: sizeof, doc: 'Size of the set in memory, in bytes.' },
  };
}

export function setMethods(): Record<string, MethodDef> {
  return {
    ...sharedMethods(),
    add: { kind: 'o', fn: add, doc: 'Adds an item if it is not there.' },
    clear: { kind: 'noargs', fn: clear, doc: 'Removes everything.' },
    difference_update: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: changing(setDifferenceUpdate),
      doc: 'Removes what the others have.',
    },
    discard: { kind: 'o', fn: discard, doc: 'Removes an item if it is there.' },
    intersection_update: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: intersectionUpdate,
      doc: 'Keeps only what all the others have.',
    },
    pop: { kind: 'noargs', fn: pop, doc: 'Removes and gives some item.' },
    remove: { kind: 'o', fn: remove, doc: 'Removes an item; KeyError if it is not there.' },
    symmetric_difference_update: {
      kind: 'o',
      fn: symmetricDifferenceUpdate,
      doc: 'Keeps what is in exactly one of the two.',
    },
    update: {
      kind: 'fast',
      varargs: '3.13',
      min: 0,
      max: -1,
      fn: changing(setUpdate),
      doc: 'Adds what the others have.',
    },
  };
}

export function frozensetMethods(): Record<string, MethodDef> {
  return sharedMethods();
}
