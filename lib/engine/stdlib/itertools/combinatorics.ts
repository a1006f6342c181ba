/** product, permutations, combinations, combinations_with_replacement (Modules/itertoolsmodule.c). */
import type { Handle } from '../../heap/layout';
import type { MethodDef } from '../../heap/object';
import { asIndex, isInt, isTuple } from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber, intToIndex } from '../../objects/int';
import { allocInstance } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strValue } from '../../objects/str';
import {
  newTuple,
  newTupleTracked,
  tupleFromIterable,
  tupleItem,
  tupleItems,
  tupleSize,
  tupleSwapItem,
} from '../../objects/tuple';
import { emptyResult, newTable, ownResult, replaceItem, type IteratorType } from './common';
import { reduced, warnPickling } from './pickling';

const POOL = 2;
const RESULT = 3;
const INDICES = 4;
const R = 5;
const STOPPED = 6;
const CYCLES = 7;
/** More than this is no memory for its tables. */
const TABLE_MAX = 1 << 26;

/** A result tuple with the items that `itemAt` names (borrowed), kept in the field; handed out: new. */
function firstResult(rt: Runtime, h: Handle, n: number, itemAt: (i: number) => Handle): Handle {
  const result = emptyResult(rt, n);
  rt.heap.set(h + RESULT, result);
  for (let i = 0; i < n; i++) tupleSwapItem(rt, result, i, rt.newRef(itemAt(i)));
  return rt.newRef(result);
}

function stop(rt: Runtime, h: Handle): 0 {
  rt.heap.set(h + STOPPED, 1);
  return 0;
}

const sizeofWith = (...tables: ((rt: Runtime, h: Handle) => number)[]): Record<string, MethodDef> => ({
  __sizeof__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) =>
      intFromNumber(
        rt,
        tables.reduce((sum, n) => sum + 8 * n(rt, h), rt.tp(h).basicsize),
      ),
    doc: 'Returns size in memory, in bytes.',
  },
});
const poolSize = (rt: Runtime, h: Handle) => tupleSize(rt, rt.mem[h + POOL]!);
const length = (rt: Runtime, h: Handle) => rt.mem[h + R]!;

// ---- pickling -------------------------------------------------------------------------------------------------------------

function numbers(rt: Runtime, table: number, n: number): Handle {
  return newTuple(
    rt,
    Array.from({ length: n }, (_, i) => intFromNumber(rt, rt.mem[table + i]!)),
  );
}

/** Fills the table from a tuple of ints, each clipped to its range; false with an exception. */
function setNumbers(
  rt: Runtime,
  table: number,
  n: number,
  state: Handle,
  clip: (value: number, i: number) => number,
): boolean {
  if (!isTuple(rt, state) || tupleSize(rt, state) !== n) {
    rt.raise('ValueError', 'invalid arguments');
    return false;
  }
  for (let i = 0; i < n; i++) {
    const value = asIndex(rt, tupleItem(rt, state, i), 'OverflowError');
    if (value === null) return false;
    rt.heap.set(table + i, clip(value, i));
  }
  return true;
}

// ---- product --------------------------------------------------------------------------------------------------------------

function productNew(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null): Handle {
  let times = 1;
  let n = args.length - (kw?.length ?? 0);
  if (kw !== null && kw.length > 0) {
    const other = kw.find((k) => strValue(rt, k) !== 'repeat');
    if (other !== undefined)
      return rt.raise('TypeError', `product() got an unexpected keyword argument '${strValue(rt, other)}'`);
    const given = asIndex(rt, args[n]!, 'OverflowError');
    if (given === null) return 0;
    times = given;
    if (times < 0) return rt.raise('ValueError', 'repeat argument cannot be negative');
  }
  if (times === 0) n = 0;
  if (n * times > TABLE_MAX) {
    if (n * times > 2 ** 60) return rt.raise('OverflowError', 'repeat argument too large');
    return rt.raiseObject('MemoryError', rt.emptyTuple);
  }
  const pools: Handle[] = [];
  for (let i = 0; i < n; i++) {
    const pool = tupleFromIterable(rt, args[i]!);
    if (pool === 0) {
      for (let k = pools.length - 1; k >= 0; k--) rt.decref(pools[k]!);
      return 0;
    }
    pools.push(pool);
  }
  for (let i = n; i < n * times; i++) pools.push(rt.newRef(pools[i - n]!));
  const tuple = newTupleTracked(rt, pools);
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + POOL, tuple);
  newTable(rt, h + INDICES, pools.length, () => 0);
  return h;
}

function productNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[h + STOPPED] !== 0) return 0;
  const pools = mem[h + POOL]!;
  const n = tupleSize(rt, pools);
  if (mem[h + RESULT] === 0) {
    for (let i = 0; i < n; i++) if (tupleSize(rt, tupleItem(rt, pools, i)) === 0) return stop(rt, h);
    return firstResult(rt, h, n, (i) => tupleItem(rt, tupleItem(rt, pools, i), 0));
  }
  const result = ownResult(rt, h + RESULT);
  const indices = mem[h + INDICES]!;
  let i = n - 1;
  for (; i >= 0; i--) {
    const pool = tupleItem(rt, pools, i);
    const next = mem[indices + i]! + 1;
    const rolled = next === tupleSize(rt, pool);
    heap.set(indices + i, rolled ? 0 : next);
    replaceItem(rt, result, i, tupleItem(rt, pool, rolled ? 0 : next));
    if (!rolled) break;
  }
  return i < 0 ? stop(rt, h) : rt.newRef(result);
}

export const product: IteratorType = {
  name: 'product',
  words: 5,
  basicsize: 48,
  refs: [POOL, RESULT],
  raws: [INDICES],
  slots: { tp_new: productNew, tp_iternext: productNext },
  methods: sizeofWith(poolSize),
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        if (mem[h + STOPPED] !== 0) return reduced(rt, mem[h + 1]!, newTuple(rt, [rt.emptyTuple]), 0);
        const pools = rt.newRef(mem[h + POOL]!);
        if (mem[h + RESULT] === 0) return reduced(rt, mem[h + 1]!, pools, 0);
        return reduced(rt, mem[h + 1]!, pools, numbers(rt, mem[h + INDICES]!, poolSize(rt, h)));
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const pools = tupleItems(rt, mem[h + POOL]!);
        const sizes = pools.map((p) => tupleSize(rt, p));
        if (sizes.includes(0)) {
          stop(rt, h);
          return rt.None;
        }
        const indices = mem[h + INDICES]!;
        if (!setNumbers(rt, indices, pools.length, state, (v, i) => Math.min(Math.max(v, 0), sizes[i]! - 1))) return 0;
        if (mem[h + RESULT] !== 0) rt.heap.clearRef(h + RESULT);
        rt.decref(firstResult(rt, h, pools.length, (i) => tupleItem(rt, pools[i]!, mem[indices + i]!)));
        return rt.None;
      },
    },
  },
  doc: 'All tuples with one item from each iterable.',
};

// ---- combinations -----------------------------------------------------------------------------------------------------------

const COMBINATIONS = params('combinations', 'iterable, r');
const WITH_REPLACEMENT = params('combinations_with_replacement', 'iterable, r');
const PERMUTATIONS = params('permutations', 'iterable, r=');

/** The common part of `tp_new`: `r` (already checked) items of a pool (stolen). */
function newOfPool(rt: Runtime, type: Handle, pool: Handle, r: number, indices: number, stopped: boolean): Handle {
  if (r > TABLE_MAX) {
    rt.decref(pool);
    return rt.raiseObject('MemoryError', rt.emptyTuple);
  }
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + POOL, pool);
  rt.heap.set(h + R, r);
  rt.heap.set(h + STOPPED, stopped ? 1 : 0);
  newTable(rt, h + INDICES, indices, (i) => i);
  return h;
}

function combinationsNew(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null): Handle {
  const a = parseArgs(rt, COMBINATIONS, args, kw);
  if (a === null) return 0;
  // Argument Clinic reads the number before the pool is made.
  const i = asIndex(rt, a[1]!, 'OverflowError');
  if (i === null) return 0;
  const pool = tupleFromIterable(rt, a[0]!);
  if (pool === 0) return 0;
  if (i < 0) {
    rt.decref(pool);
    return rt.raise('ValueError', 'r must be non-negative');
  }
  return newOfPool(rt, type, pool, i, i, i > tupleSize(rt, pool));
}

/** Items from position `from` on, as the indices say now. */
function refill(rt: Runtime, h: Handle, result: Handle, from: number, r: number): void {
  const { mem } = rt;
  const pool = mem[h + POOL]!;
  for (let k = from; k < r; k++) replaceItem(rt, result, k, tupleItem(rt, pool, mem[mem[h + INDICES]! + k]!));
}

function combinationsNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[h + STOPPED] !== 0) return 0;
  const pool = mem[h + POOL]!;
  const n = tupleSize(rt, pool);
  const r = mem[h + R]!;
  const indices = mem[h + INDICES]!;
  if (mem[h + RESULT] === 0) return firstResult(rt, h, r, (i) => tupleItem(rt, pool, mem[indices + i]!));
  const result = ownResult(rt, h + RESULT);
  let i = r - 1;
  while (i >= 0 && mem[indices + i] === i + n - r) i--;
  if (i < 0) return stop(rt, h);
  heap.set(indices + i, mem[indices + i]! + 1);
  for (let j = i + 1; j < r; j++) heap.set(indices + j, mem[indices + j - 1]! + 1);
  refill(rt, h, result, i, r);
  return rt.newRef(result);
}

/** `__reduce__` and `__setstate__`, which the three of one pool share but for the clipping. */
function poolPickling(
  clip: (rt: Runtime, h: Handle) => (value: number, i: number) => number,
): Record<string, MethodDef> {
  return {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const args = (pool: Handle) => newTuple(rt, [pool, intFromNumber(rt, mem[h + R]!)]);
        if (mem[h + RESULT] === 0) return reduced(rt, mem[h + 1]!, args(rt.newRef(mem[h + POOL]!)), 0);
        if (mem[h + STOPPED] !== 0) return reduced(rt, mem[h + 1]!, args(rt.emptyTuple), 0);
        return reduced(rt, mem[h + 1]!, args(rt.newRef(mem[h + POOL]!)), numbers(rt, mem[h + INDICES]!, mem[h + R]!));
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const indices = mem[h + INDICES]!;
        if (!setNumbers(rt, indices, mem[h + R]!, state, clip(rt, h))) return 0;
        if (mem[h + RESULT] !== 0) rt.heap.clearRef(h + RESULT);
        rt.decref(firstResult(rt, h, mem[h + R]!, (i) => tupleItem(rt, mem[h + POOL]!, mem[indices + i]!)));
        return rt.None;
      },
    },
  };
}

export const combinations: IteratorType = {
  name: 'combinations',
  words: 5,
  basicsize: 56,
  refs: [POOL, RESULT],
  raws: [INDICES],
  slots: { tp_new: combinationsNew, tp_iternext: combinationsNext },
  methods: sizeofWith(length),
  pickling: poolPickling((rt, h) => (value, i) => Math.max(0, Math.min(value, i + poolSize(rt, h) - length(rt, h)))),
  doc: 'All selections of r items, in order.',
};

// ---- combinations_with_replacement --------------------------------------------------------------------------------------------

function withReplacementNew(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null): Handle {
  const a = parseArgs(rt, WITH_REPLACEMENT, args, kw);
  if (a === null) return 0;
  const i = asIndex(rt, a[1]!, 'OverflowError');
  if (i === null) return 0;
  const pool = tupleFromIterable(rt, a[0]!);
  if (pool === 0) return 0;
  if (i < 0) {
    rt.decref(pool);
    return rt.raise('ValueError', 'r must be non-negative');
  }
  const h = newOfPool(rt, type, pool, i, i, tupleSize(rt, pool) === 0 && i > 0);
  if (h !== 0) for (let k = 0; k < i; k++) rt.heap.set(rt.mem[h + INDICES]! + k, 0);
  return h;
}

function withReplacementNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[h + STOPPED] !== 0) return 0;
  const pool = mem[h + POOL]!;
  const n = tupleSize(rt, pool);
  const r = mem[h + R]!;
  if (mem[h + RESULT] === 0) return firstResult(rt, h, r, () => tupleItem(rt, pool, 0));
  const result = ownResult(rt, h + RESULT);
  const indices = mem[h + INDICES]!;
  let i = r - 1;
  while (i >= 0 && mem[indices + i] === n - 1) i--;
  if (i < 0) return stop(rt, h);
  const index = mem[indices + i]! + 1;
  const item = tupleItem(rt, pool, index);
  for (; i < r; i++) {
    heap.set(indices + i, index);
    replaceItem(rt, result, i, item);
  }
  return rt.newRef(result);
}

export const combinationsWithReplacement: IteratorType = {
  name: 'combinations_with_replacement',
  words: 5,
  basicsize: 56,
  refs: [POOL, RESULT],
  raws: [INDICES],
  slots: { tp_new: withReplacementNew, tp_iternext: withReplacementNext },
  methods: sizeofWith(length),
  pickling: poolPickling((rt, h) => (value) => Math.max(0, Math.min(value, poolSize(rt, h) - 1))),
  doc: 'All selections of r items, in order; an item may be taken again.',
};

// ---- permutations -----------------------------------------------------------------------------------------------------------

function permutationsNew(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null): Handle {
  const a = parseArgs(rt, PERMUTATIONS, args, kw);
  if (a === null) return 0;
  const pool = tupleFromIterable(rt, a[0]!);
  if (pool === 0) return 0;
  const n = tupleSize(rt, pool);
  let r = n;
  if (a[1] !== 0 && a[1] !== rt.None) {
    if (!isInt(rt, a[1]!)) rt.raise('TypeError', 'Expected int as r');
    else {
      r = intToIndex(rt, a[1]!);
      if (Math.abs(r) === Infinity) rt.raise('OverflowError', 'Python int too large to convert to C ssize_t');
      else if (r < 0) rt.raise('ValueError', 'r must be non-negative');
    }
    if (rt.currentException !== 0) {
      rt.decref(pool);
      return 0;
    }
  }
  const h = newOfPool(rt, type, pool, r, n, r > n);
  if (h !== 0) newTable(rt, h + CYCLES, r, (i) => n - i);
  return h;
}

function permutationsNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[h + STOPPED] !== 0) return 0;
  const pool = mem[h + POOL]!;
  const n = tupleSize(rt, pool);
  const r = mem[h + R]!;
  const indices = mem[h + INDICES]!;
  const cycles = mem[h + CYCLES]!;
  if (mem[h + RESULT] === 0) return firstResult(rt, h, r, (i) => tupleItem(rt, pool, mem[indices + i]!));
  if (n === 0) return stop(rt, h);
  const result = ownResult(rt, h + RESULT);
  for (let i = r - 1; i >= 0; i--) {
    heap.set(cycles + i, mem[cycles + i]! - 1);
    if (mem[cycles + i] !== 0) {
      const j = mem[cycles + i]!;
      const swapped = mem[indices + i]!;
      heap.set(indices + i, mem[indices + n - j]!);
      heap.set(indices + n - j, swapped);
      refill(rt, h, result, i, r);
      return rt.newRef(result);
    }
    // Rotated once round: back to where it was.
    const index = mem[indices + i]!;
    for (let j = i; j < n - 1; j++) heap.set(indices + j, mem[indices + j + 1]!);
    heap.set(indices + n - 1, index);
    heap.set(cycles + i, n - i);
  }
  return stop(rt, h);
}

export const permutations: IteratorType = {
  name: 'permutations',
  words: 6,
  basicsize: 64,
  refs: [POOL, RESULT],
  raws: [INDICES, CYCLES],
  slots: { tp_new: permutationsNew, tp_iternext: permutationsNext },
  methods: sizeofWith(poolSize, length),
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const args = (pool: Handle) => newTuple(rt, [pool, intFromNumber(rt, mem[h + R]!)]);
        if (mem[h + RESULT] === 0) return reduced(rt, mem[h + 1]!, args(rt.newRef(mem[h + POOL]!)), 0);
        if (mem[h + STOPPED] !== 0) return reduced(rt, mem[h + 1]!, args(rt.emptyTuple), 0);
        const state = newTuple(rt, [
          numbers(rt, mem[h + INDICES]!, poolSize(rt, h)),
          numbers(rt, mem[h + CYCLES]!, mem[h + R]!),
        ]);
        return reduced(rt, mem[h + 1]!, args(rt.newRef(mem[h + POOL]!)), state);
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const n = poolSize(rt, h);
        const r = mem[h + R]!;
        if (!isTuple(rt, state)) return rt.raise('TypeError', 'state is not a tuple');
        if (tupleSize(rt, state) !== 2) return rt.raise('ValueError', 'invalid arguments');
        const [indices, cycles] = tupleItems(rt, state) as [Handle, Handle];
        if (!setNumbers(rt, mem[h + INDICES]!, n, indices, (v) => Math.max(0, Math.min(v, n - 1)))) return 0;
        if (!setNumbers(rt, mem[h + CYCLES]!, r, cycles, (v, i) => Math.max(1, Math.min(v, n - i)))) return 0;
        if (mem[h + RESULT] !== 0) rt.heap.clearRef(h + RESULT);
        rt.decref(firstResult(rt, h, r, (i) => tupleItem(rt, mem[h + POOL]!, mem[mem[h + INDICES]! + i]!)));
        return rt.None;
      },
    },
  },
  doc: 'All orders of r items.',
};
