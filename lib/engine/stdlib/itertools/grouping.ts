/** batched, pairwise and groupby (Modules/itertoolsmodule.c). */
import type { Handle } from '../../heap/layout';
import { CompareOp } from '../../heap/object';
import { asIndex, getIter, isTrue, isTuple, iterNext, richCompareBool } from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { allocInstance, newObject } from '../../objects/object';
import { builtin } from '../../objects/iter-pickling';
import type { Runtime } from '../../objects/runtime';
import { newTupleTracked, tupleItems, tuplePack, tupleRecycle, tupleSize, tupleSwapItem } from '../../objects/tuple';
import type { Interpreter } from '../../vm/interpreter';
import { typeOfModule } from '../../modules/define';
import { reduced, warnPickling } from './pickling';
import { emptyResult, getWide, isError, positional, rawNext, setNewRef, setWide, type IteratorType } from './common';

// ---- batched --------------------------------------------------------------------------------------------------------------

const B_IT = 2;
const B_SIZE = 3;
const B_STRICT = 5;
const BATCHED = params('batched', 'iterable, n, *, strict=');
/** Above this the items are gathered before their tuple is made: nobody means so large a batch. */
const PRESIZED = 1 << 20;

function batchedNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, BATCHED, args, kwnames);
  if (a === null) return 0;
  const n = asIndex(rt, a[1]!, 'OverflowError');
  if (n === null) return 0;
  const strict = a[2] === 0 ? 0 : isTrue(rt, a[2]!);
  if (strict < 0) return 0;
  if (n < 1) return rt.raise('ValueError', 'n must be at least one');
  const it = getIter(rt, a[0]!);
  if (it === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  setWide(rt, h + B_SIZE, n);
  rt.heap.set(h + B_IT, it);
  rt.heap.set(h + B_STRICT, strict);
  return h;
}

function batchedNext(rt: Runtime, h: Handle): Handle {
  const it = rt.mem[h + B_IT]!;
  if (it === 0) return 0;
  const n = getWide(rt, h + B_SIZE);
  const presized = n <= PRESIZED ? emptyResult(rt, n) : 0;
  const items: Handle[] = [];
  while (items.length < n) {
    const item = rawNext(rt, it);
    if (item === 0) return batchedEnd(rt, h, presized, items);
    if (presized !== 0) tupleSwapItem(rt, presized, items.length, item);
    items.push(item);
  }
  return presized !== 0 ? presized : newTupleTracked(rt, items);
}

/** The input ended after some items: a shorter batch, or none. */
function batchedEnd(rt: Runtime, h: Handle, presized: Handle, items: Handle[]): Handle {
  const failed = isError(rt);
  const short = items.length;
  const drop = (): 0 => {
    if (presized !== 0) rt.decref(presized);
    else for (let i = short - 1; i >= 0; i--) rt.decref(items[i]!);
    return 0;
  };
  if (failed || short === 0) {
    rt.heap.clearRef(h + B_IT);
    return drop();
  }
  if (rt.mem[h + B_STRICT] !== 0) {
    rt.heap.clearRef(h + B_IT);
    drop();
    return rt.raise('ValueError', 'batched(): incomplete batch');
  }
  if (presized === 0) return newTupleTracked(rt, items);
  // `_PyTuple_Resize`: the items move.
  for (let i = 0; i < short; i++) tupleSwapItem(rt, presized, i, rt.None);
  const result = newTupleTracked(rt, items);
  rt.decref(presized);
  return result;
}

export const batched: IteratorType = {
  name: 'batched',
  words: 4,
  basicsize: 40,
  refs: [B_IT],
  slots: { tp_new: batchedNew, tp_iternext: batchedNext },
  doc: 'Tuples of n items each; the last may be shorter.',
};

// ---- pairwise -------------------------------------------------------------------------------------------------------------

const P_IT = 2;
const P_OLD = 3;
const P_RESULT = 4;

function pairwiseNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = positional(rt, 'pairwise', type, args, kwnames, 1, 1);
  if (a === null) return 0;
  const it = getIter(rt, a[0]!);
  if (it === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + P_IT, it);
  rt.heap.set(h + P_RESULT, tuplePack(rt, rt.None, rt.None));
  return h;
}

function pairwiseNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  let it = mem[h + P_IT]!;
  if (it === 0) return 0;
  let old = mem[h + P_OLD]!;
  if (old === 0) {
    old = rawNext(rt, it);
    heap.setRef(h + P_OLD, old);
    if (old === 0) {
      heap.clearRef(h + P_IT);
      return 0;
    }
    // The iterable may have run this iterator to its end.
    it = mem[h + P_IT]!;
    if (it === 0) {
      heap.clearRef(h + P_OLD);
      return 0;
    }
  }
  rt.incref(old);
  const item = rawNext(rt, it);
  if (item === 0) {
    heap.clearRef(h + P_IT);
    heap.clearRef(h + P_OLD);
    rt.decref(old);
    return 0;
  }
  let result = mem[h + P_RESULT]!;
  if (mem[result] === 1) {
    rt.incref(result);
    const lastOld = tupleSwapItem(rt, result, 0, rt.newRef(old));
    const lastNew = tupleSwapItem(rt, result, 1, rt.newRef(item));
    rt.decref(lastOld);
    rt.decref(lastNew);
    tupleRecycle(rt, result);
  } else {
    result = tuplePack(rt, old, item);
  }
  heap.setRef(h + P_OLD, item);
  rt.decref(old);
  return result;
}

export const pairwise: IteratorType = {
  name: 'pairwise',
  words: 3,
  basicsize: 40,
  refs: [P_IT, P_OLD, P_RESULT],
  slots: { tp_new: pairwiseNew, tp_iternext: pairwiseNext },
  doc: 'Overlapping pairs of neighbours.',
};

// ---- groupby --------------------------------------------------------------------------------------------------------------

const G_IT = 2;
const G_KEYFUNC = 3;
const G_TGTKEY = 4;
const G_CURRKEY = 5;
const G_CURRVALUE = 6;
/** The group handed out last, not counted. */
const G_CURRGROUPER = 7;
const GR_PARENT = 2;
const GR_TGTKEY = 3;
const GROUPBY = params('groupby', 'iterable, key=');

function groupbyNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, GROUPBY, args, kwnames);
  if (a === null) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  setNewRef(rt, h + G_KEYFUNC, a[1] === 0 ? rt.None : a[1]!);
  const it = getIter(rt, a[0]!);
  if (it === 0) {
    rt.decref(h);
    return 0;
  }
  rt.heap.set(h + G_IT, it);
  return h;
}

/** `groupby_step`: takes the next value and its key; -1 at the end or with an exception. */
function groupbyStep(rt: Runtime, h: Handle): number {
  const { heap, mem } = rt;
  const value = iterNext(rt, mem[h + G_IT]!);
  if (value === 0) return -1;
  const keyfunc = mem[h + G_KEYFUNC]!;
  const key = keyfunc === rt.None ? rt.newRef(value) : rt.call(keyfunc, [value]);
  if (key === 0) {
    rt.decref(value);
    return -1;
  }
  const oldValue = mem[h + G_CURRVALUE]!;
  heap.set(h + G_CURRVALUE, value);
  heap.setRef(h + G_CURRKEY, key);
  rt.xdecref(oldValue);
  return 0;
}

/** `tgtkey == currkey`, both held meanwhile: the comparison may advance the groupby. */
function sameKey(rt: Runtime, target: Handle, current: Handle): number {
  rt.incref(target);
  rt.incref(current);
  const same = richCompareBool(rt, target, current, CompareOp.EQ);
  rt.decref(target);
  rt.decref(current);
  return same;
}

function groupbyNext(ip: Interpreter, h: Handle): Handle {
  const { heap, mem } = ip;
  heap.set(h + G_CURRGROUPER, 0);
  for (;;) {
    if (mem[h + G_CURRKEY] !== 0) {
      if (mem[h + G_TGTKEY] === 0) break;
      const same = sameKey(ip, mem[h + G_TGTKEY]!, mem[h + G_CURRKEY]!);
      if (same < 0) return 0;
      if (same === 0) break;
    }
    if (groupbyStep(ip, h) < 0) return 0;
  }
  heap.setRef(h + G_TGTKEY, ip.newRef(mem[h + G_CURRKEY]!));
  const group = newGrouper(ip, h, mem[h + G_TGTKEY]!);
  const r = tuplePack(ip, mem[h + G_CURRKEY]!, group);
  ip.decref(group);
  return r;
}

function newGrouper(ip: Interpreter, parent: Handle, key: Handle): Handle {
  const g = newObject(ip, typeOfModule(ip, 'itertools._grouper'));
  setNewRef(ip, g + GR_PARENT, parent);
  setNewRef(ip, g + GR_TGTKEY, key);
  ip.heap.set(parent + G_CURRGROUPER, g);
  ip.heap.gcTrack(g);
  return g;
}

function grouperNew(ip: Interpreter, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = positional(ip, '_grouper', _type, args, kwnames, 2, 2);
  if (a === null) return 0;
  const groupby = typeOfModule(ip, 'itertools.groupby');
  if (!ip.is(a[0]!, groupby))
    return ip.raise('TypeError', `_grouper() argument 1 must be itertools.groupby, not ${ip.tp(a[0]!).name}`);
  return newGrouper(ip, a[0]!, a[1]!);
}

function grouperNext(rt: Runtime, g: Handle): Handle {
  const { heap, mem } = rt;
  const h = mem[g + GR_PARENT]!;
  if (mem[h + G_CURRGROUPER] !== g) return 0;
  if (mem[h + G_CURRVALUE] === 0 && groupbyStep(rt, h) < 0) return 0;
  if (sameKey(rt, mem[g + GR_TGTKEY]!, mem[h + G_CURRKEY]!) <= 0) return 0;
  const value = mem[h + G_CURRVALUE]!;
  heap.set(h + G_CURRVALUE, 0);
  heap.clearRef(h + G_CURRKEY);
  return value;
}

export const groupby: IteratorType = {
  name: 'groupby',
  words: 6,
  basicsize: 72,
  refs: [G_IT, G_KEYFUNC, G_TGTKEY, G_CURRKEY, G_CURRVALUE],
  slots: { tp_new: groupbyNew, tp_iternext: groupbyNext },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const m = rt.mem;
        const args = tuplePack(rt, m[h + G_IT]!, m[h + G_KEYFUNC]!);
        const started = m[h + G_TGTKEY] !== 0 && m[h + G_CURRKEY] !== 0 && m[h + G_CURRVALUE] !== 0;
        return reduced(
          rt,
          m[h + 1]!,
          args,
          started ? tuplePack(rt, m[h + G_CURRKEY]!, m[h + G_CURRVALUE]!, m[h + G_TGTKEY]!) : 0,
        );
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        if (!isTuple(rt, state)) return rt.raise('TypeError', 'state is not a tuple');
        if (tupleSize(rt, state) !== 3)
          return rt.raise('TypeError', `function takes exactly 3 arguments (${tupleSize(rt, state)} given)`);
        const [key, value, target] = tupleItems(rt, state) as [Handle, Handle, Handle];
        rt.heap.setRef(h + G_CURRKEY, rt.newRef(key));
        rt.heap.setRef(h + G_CURRVALUE, rt.newRef(value));
        rt.heap.setRef(h + G_TGTKEY, rt.newRef(target));
        return rt.None;
      },
    },
  },
  doc: 'Runs of neighbours with the same key, as (key, group) pairs.',
};

export const grouper: IteratorType = {
  name: '_grouper',
  words: 2,
  basicsize: 32,
  refs: [GR_PARENT, GR_TGTKEY],
  final: true,
  slots: { tp_new: grouperNew, tp_iternext: grouperNext },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, g) => {
        if (!warnPickling(rt)) return 0;
        const parent = rt.mem[g + GR_PARENT]!;
        if (rt.mem[parent + G_CURRGROUPER] !== g) {
          const iter = builtin(rt, 'iter');
          if (iter === 0) return 0;
          const r = reduced(rt, iter, newTupleTracked(rt, [rt.emptyTuple]), 0);
          rt.decref(iter);
          return r;
        }
        return reduced(rt, rt.mem[g + 1]!, tuplePack(rt, parent, rt.mem[g + GR_TGTKEY]!), 0);
      },
    },
  },
};
