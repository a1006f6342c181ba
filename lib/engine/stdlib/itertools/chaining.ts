/** chain, starmap, cycle, repeat, count, accumulate and zip_longest (Modules/itertoolsmodule.c). */
import type { Handle } from '../../heap/layout';
import {
  asIndex,
  getAttrString,
  getIter,
  isInt,
  isTrue,
  isTuple,
  iterNext,
  numberAdd,
  reprText,
} from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber, intToIndex, intToNumber } from '../../objects/int';
import { listAppend, listItem, listSize, newList } from '../../objects/list';
import { allocInstance } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import {
  newTuple,
  newTupleTracked,
  tupleFromIterable,
  tupleItem,
  tupleItems,
  tuplePack,
  tupleRecycle,
  tupleSize,
  tupleSwapItem,
} from '../../objects/tuple';
import { HT_NAME } from '../../objects/type-lookup';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { emptyResult, getWide, isError, positional, rawNext, setNewRef, setWide, type IteratorType } from './common';
import { reduceToCall, reduced, warnPickling } from './pickling';

/** `_PyType_Name(Py_TYPE(h))`. */
function shortTypeName(rt: Runtime, h: Handle): string {
  return strValue(rt, rt.mem[rt.mem[h + 1]! + HT_NAME]!);
}

// ---- chain ----------------------------------------------------------------------------------------------------------------

const C_SOURCE = 2;
const C_ACTIVE = 3;

/** `source` stolen. */
function newChain(rt: Runtime, type: Handle, source: Handle): Handle {
  if (source === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + C_SOURCE, source);
  return h;
}

function chainNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  while (mem[h + C_SOURCE] !== 0) {
    if (mem[h + C_ACTIVE] === 0) {
      const iterable = iterNext(rt, mem[h + C_SOURCE]!);
      if (iterable === 0) {
        heap.clearRef(h + C_SOURCE);
        return 0;
      }
      const active = getIter(rt, iterable);
      heap.set(h + C_ACTIVE, active);
      rt.decref(iterable);
      if (active === 0) {
        heap.clearRef(h + C_SOURCE);
        return 0;
      }
    }
    const item = rawNext(rt, mem[h + C_ACTIVE]!);
    if (item !== 0) return item;
    if (isError(rt)) return 0;
    heap.clearRef(h + C_ACTIVE);
  }
  return 0;
}

export const chain: IteratorType = {
  name: 'chain',
  words: 2,
  basicsize: 32,
  refs: [C_ACTIVE, C_SOURCE],
  visits: [C_SOURCE, C_ACTIVE],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = positional(rt, 'chain', type, args, kw, 0, -1);
      if (a === null) return 0;
      const tuple = newTuple(
        rt,
        a.map((x) => rt.newRef(x)),
      );
      const source = getIter(rt, tuple);
      const h = newChain(rt, type, source);
      rt.decref(tuple);
      return h;
    },
    tp_iternext: chainNext,
  },
  classmethods: {
    from_iterable: {
      kind: 'o',
      fn: (rt: Runtime, type, iterable) => newChain(rt, type, getIter(rt, iterable)),
      doc: 'A chain of the iterables that one iterable gives.',
    },
    __class_getitem__: {
      kind: 'o',
      fn: (rt: Runtime, cls, item) => rt.call(rt.types['types.GenericAlias'].handle, [cls, item]),
      doc: 'See PEP 585',
    },
  },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const m = rt.mem;
        if (m[h + C_SOURCE] === 0) return reduced(rt, m[h + 1]!, rt.emptyTuple, 0);
        const state =
          m[h + C_ACTIVE] === 0
            ? newTuple(rt, [rt.newRef(m[h + C_SOURCE]!)])
            : tuplePack(rt, m[h + C_SOURCE]!, m[h + C_ACTIVE]!);
        return reduced(rt, m[h + 1]!, rt.emptyTuple, state);
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        if (!isTuple(rt, state)) return rt.raise('TypeError', 'state is not a tuple');
        const items = tupleItems(rt, state);
        if (items.length < 1 || items.length > 2)
          return rt.raise(
            'TypeError',
            `function takes at ${items.length < 1 ? 'least 1 argument' : 'most 2 arguments'} (${items.length} given)`,
          );
        if (items.some((x) => rt.tp(x).tp_iternext === null))
          return rt.raise('TypeError', 'Arguments must be iterators.');
        rt.heap.setRef(h + C_SOURCE, rt.newRef(items[0]!));
        rt.heap.setRef(h + C_ACTIVE, items[1] === undefined ? 0 : rt.newRef(items[1]));
        return rt.None;
      },
    },
  },
  doc: 'The items of one iterable after the other.',
};

// ---- starmap --------------------------------------------------------------------------------------------------------------

const M_FUNC = 2;
const M_IT = 3;

export const starmap: IteratorType = {
  name: 'starmap',
  words: 2,
  basicsize: 32,
  refs: [M_FUNC, M_IT],
  visits: [M_IT, M_FUNC],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = positional(rt, 'starmap', type, args, kw, 2, 2);
      if (a === null) return 0;
      const it = getIter(rt, a[1]!);
      if (it === 0) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      setNewRef(rt, h + M_FUNC, a[0]!);
      rt.heap.set(h + M_IT, it);
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      let args = rawNext(rt, rt.mem[h + M_IT]!);
      if (args === 0) return 0;
      if (!rt.is(args, rt.types.tuple)) {
        const tuple = tupleFromIterable(rt, args);
        rt.decref(args);
        if (tuple === 0) return 0;
        args = tuple;
      }
      const r = rt.call(rt.mem[h + M_FUNC]!, tupleItems(rt, args));
      rt.decref(args);
      return r;
    },
  },
  pickling: {
    __reduce__: reduceToCall(M_FUNC, M_IT),
  },
  doc: 'What a function gives for the arguments in each tuple.',
};

// ---- cycle ----------------------------------------------------------------------------------------------------------------

const Y_IT = 2;
const Y_SAVED = 3;
const Y_INDEX = 4;
const Y_FIRSTPASS = 5;

export const cycle: IteratorType = {
  name: 'cycle',
  words: 4,
  basicsize: 48,
  refs: [Y_IT, Y_SAVED],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = positional(rt, 'cycle', type, args, kw, 1, 1);
      if (a === null) return 0;
      const it = getIter(rt, a[0]!);
      if (it === 0) return 0;
      const saved = newList(rt, []);
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + Y_IT, it);
      rt.heap.set(h + Y_SAVED, saved);
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      const { heap, mem } = rt;
      if (mem[h + Y_IT] !== 0) {
        const item = iterNext(rt, mem[h + Y_IT]!);
        if (item !== 0) {
          if (mem[h + Y_FIRSTPASS] === 0) listAppend(rt, mem[h + Y_SAVED]!, item);
          return item;
        }
        if (rt.currentException !== 0) return 0;
        heap.clearRef(h + Y_IT);
      }
      const saved = mem[h + Y_SAVED]!;
      if (listSize(rt, saved) === 0) return 0;
      const i = mem[h + Y_INDEX]!;
      const item = listItem(rt, saved, i);
      heap.set(h + Y_INDEX, i + 1 >= listSize(rt, saved) ? 0 : i + 1);
      return rt.newRef(item);
    },
  },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const m = rt.mem;
        const saved = m[h + Y_SAVED]!;
        const state = (pass: boolean) => tuplePack(rt, saved, rt.bool(pass));
        if (m[h + Y_IT] !== 0)
          return reduced(rt, m[h + 1]!, newTuple(rt, [rt.newRef(m[h + Y_IT]!)]), state(m[h + Y_FIRSTPASS] !== 0));
        const it = getIter(rt, saved);
        if (m[h + Y_INDEX] !== 0) {
          const set = getAttrString(rt, it, '__setstate__');
          const index = intFromNumber(rt, m[h + Y_INDEX]!);
          const r = set === 0 ? 0 : rt.call(set, [index]);
          rt.decref(index);
          rt.xdecref(set);
          if (r === 0) {
            rt.decref(it);
            return 0;
          }
          rt.decref(r);
        }
        return reduced(rt, m[h + 1]!, newTuple(rt, [it]), state(true));
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        if (!isTuple(rt, state)) return rt.raise('TypeError', 'state is not a tuple');
        if (
          tupleSize(rt, state) !== 2 ||
          !rt.is(tupleItem(rt, state, 0), rt.types.list) ||
          !isInt(rt, tupleItem(rt, state, 1))
        )
          return rt.raise('TypeError', 'state must be a 2-tuple of a list and an int');
        const pass = isTrue(rt, tupleItem(rt, state, 1));
        if (pass < 0) return 0;
        rt.heap.setRef(h + Y_SAVED, rt.newRef(tupleItem(rt, state, 0)));
        rt.heap.set(h + Y_FIRSTPASS, pass);
        rt.heap.set(h + Y_INDEX, 0);
        return rt.None;
      },
    },
  },
  doc: 'The items of an iterable, over and over.',
};

// ---- repeat ---------------------------------------------------------------------------------------------------------------

const R_ELEMENT = 2;
const R_CNT = 3;
const REPEAT = params('repeat', 'object, times=');

export const repeat: IteratorType = {
  name: 'repeat',
  words: 3,
  basicsize: 32,
  refs: [R_ELEMENT],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = parseArgs(rt, REPEAT, args, kw);
      if (a === null) return 0;
      const times = a[1] === 0 ? -1 : asIndex(rt, a[1]!, 'OverflowError');
      if (times === null) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      setNewRef(rt, h + R_ELEMENT, a[0]!);
      setWide(rt, h + R_CNT, a[1] === 0 ? -1 : Math.max(0, times));
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      const cnt = getWide(rt, h + R_CNT);
      if (cnt === 0) return 0;
      if (cnt > 0) setWide(rt, h + R_CNT, cnt - 1);
      return rt.newRef(rt.mem[h + R_ELEMENT]!);
    },
    tp_repr(rt: Runtime, h: Handle) {
      const text = reprText(rt, rt.mem[h + R_ELEMENT]!);
      if (text === null) return 0;
      const cnt = getWide(rt, h + R_CNT);
      return strFrom(rt, `${shortTypeName(rt, h)}(${text}${cnt === -1 ? '' : `, ${cnt}`})`);
    },
  },
  methods: {
    __length_hint__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const cnt = getWide(rt, h + R_CNT);
        return cnt === -1 ? rt.raise('TypeError', 'len() of unsized object') : intFromNumber(rt, cnt);
      },
      doc: 'Private method returning an estimate of len(list(it)).',
    },
  },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const cnt = getWide(rt, h + R_CNT);
        const args = [rt.newRef(rt.mem[h + R_ELEMENT]!)];
        if (cnt >= 0) args.push(intFromNumber(rt, cnt));
        return reduced(rt, rt.mem[h + 1]!, newTuple(rt, args), 0);
      },
    },
  },
  doc: 'One object again and again.',
};

// ---- count ----------------------------------------------------------------------------------------------------------------

const N_CNT = 2;
const N_LONG_CNT = 4;
const N_LONG_STEP = 5;
const COUNT = params('count', 'start=, step=');
/** Beyond this it counts in ints: a field of ours is exact so far. C's limit is 2**63 - 1. */
const FAST_LIMIT = Number.MAX_SAFE_INTEGER;

function isNumber(rt: Runtime, h: Handle): boolean {
  const t = rt.tp(h);
  return t.nb_index !== null || t.nb_int !== null || t.nb_float !== null || rt.is(h, rt.types.complex);
}

function isOne(rt: Runtime, h: Handle): boolean {
  return isInt(rt, h) && intToNumber(rt, h) === 1;
}

export const count: IteratorType = {
  name: 'count',
  words: 4,
  basicsize: 40,
  refs: [N_LONG_CNT, N_LONG_STEP],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = parseArgs(rt, COUNT, args, kw);
      if (a === null) return 0;
      if ((a[0] !== 0 && !isNumber(rt, a[0]!)) || (a[1] !== 0 && !isNumber(rt, a[1]!)))
        return rt.raise('TypeError', 'a number is required');
      let fast = (a[0] === 0 || isInt(rt, a[0]!)) && (a[1] === 0 || isOne(rt, a[1]!));
      let cnt = 0;
      if (fast && a[0] !== 0) {
        cnt = intToIndex(rt, a[0]!);
        if (Math.abs(cnt) >= FAST_LIMIT) fast = false;
      }
      const long = a[0] === 0 ? intFromNumber(rt, 0) : rt.newRef(a[0]!);
      const step = a[1] === 0 ? intFromNumber(rt, 1) : rt.newRef(a[1]!);
      if (fast) rt.decref(long);
      const h = allocInstance(rt, rt.slotsOfType(type));
      setWide(rt, h + N_CNT, fast ? cnt : FAST_LIMIT);
      rt.heap.set(h + N_LONG_CNT, fast ? 0 : long);
      rt.heap.set(h + N_LONG_STEP, step);
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      const { heap, mem } = rt;
      const cnt = getWide(rt, h + N_CNT);
      if (cnt < FAST_LIMIT) {
        setWide(rt, h + N_CNT, cnt + 1);
        return intFromNumber(rt, cnt);
      }
      if (mem[h + N_LONG_CNT] === 0) heap.set(h + N_LONG_CNT, intFromNumber(rt, FAST_LIMIT));
      const now = mem[h + N_LONG_CNT]!;
      const stepped = numberAdd(rt, now, mem[h + N_LONG_STEP]!);
      if (stepped === 0) return 0;
      heap.set(h + N_LONG_CNT, stepped);
      return now;
    },
    tp_repr(rt: Runtime, h: Handle) {
      const { mem } = rt;
      const cnt = getWide(rt, h + N_CNT);
      const name = shortTypeName(rt, h);
      if (cnt < FAST_LIMIT || mem[h + N_LONG_CNT] === 0) return strFrom(rt, `${name}(${cnt})`);
      const text = reprText(rt, mem[h + N_LONG_CNT]!);
      if (text === null) return 0;
      if (isOne(rt, mem[h + N_LONG_STEP]!)) return strFrom(rt, `${name}(${text})`);
      const step = reprText(rt, mem[h + N_LONG_STEP]!);
      return step === null ? 0 : strFrom(rt, `${name}(${text}, ${step})`);
    },
  },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const cnt = getWide(rt, h + N_CNT);
        const args =
          cnt < FAST_LIMIT
            ? [intFromNumber(rt, cnt)]
            : [rt.newRef(mem[h + N_LONG_CNT]!), rt.newRef(mem[h + N_LONG_STEP]!)];
        return reduced(rt, mem[h + 1]!, newTuple(rt, args), 0);
      },
    },
  },
  doc: 'Numbers from start on, step apart.',
};

// ---- accumulate -----------------------------------------------------------------------------------------------------------

const A_TOTAL = 2;
const A_IT = 3;
const A_BINOP = 4;
const A_INITIAL = 5;
const ACCUMULATE = params('accumulate', 'iterable, func=, *, initial=');

/** A total of None cannot be a state: it is put before the rest, and its sum skipped. `binop` stolen. */
function reduceWithNone(ip: Interpreter, h: Handle, binop: Handle): Handle {
  const type = (name: string) => typeOfModule(ip, `itertools.${name}`).handle;
  const first = newTuple(ip, [ip.None]);
  const chained = ip.call(type('chain'), [first, ip.mem[h + A_IT]!]);
  ip.decref(first);
  const again = chained === 0 ? 0 : ip.call(ip.mem[h + 1]!, [chained, binop]);
  ip.xdecref(chained);
  ip.decref(binop);
  if (again === 0) return 0;
  return reduced(ip, type('islice'), newTuple(ip, [again, intFromNumber(ip, 1), ip.None]), 0);
}

export const accumulate: IteratorType = {
  name: 'accumulate',
  words: 4,
  basicsize: 56,
  refs: [A_BINOP, A_TOTAL, A_IT, A_INITIAL],
  visits: [A_BINOP, A_IT, A_TOTAL, A_INITIAL],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = parseArgs(rt, ACCUMULATE, args, kw);
      if (a === null) return 0;
      const it = getIter(rt, a[0]!);
      if (it === 0) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      if (a[1] !== 0 && a[1] !== rt.None) setNewRef(rt, h + A_BINOP, a[1]!);
      rt.heap.set(h + A_IT, it);
      setNewRef(rt, h + A_INITIAL, a[2] === 0 ? rt.None : a[2]!);
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      const { heap, mem } = rt;
      if (mem[h + A_INITIAL] !== rt.None) {
        const initial = mem[h + A_INITIAL]!;
        heap.set(h + A_TOTAL, initial);
        heap.set(h + A_INITIAL, rt.None);
        return rt.newRef(initial);
      }
      const value = rawNext(rt, mem[h + A_IT]!);
      if (value === 0) return 0;
      const total = mem[h + A_TOTAL]!;
      if (total === 0) {
        heap.set(h + A_TOTAL, rt.newRef(value));
        return value;
      }
      const binop = mem[h + A_BINOP]!;
      const next = binop === 0 ? numberAdd(rt, total, value) : rt.call(binop, [total, value]);
      rt.decref(value);
      if (next === 0) return 0;
      rt.incref(next);
      heap.setRef(h + A_TOTAL, next);
      return next;
    },
  },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const binop = rt.newRef(mem[h + A_BINOP]! || rt.None);
        if (mem[h + A_INITIAL] !== rt.None) {
          const first = newTuple(rt, [rt.newRef(mem[h + A_INITIAL]!)]);
          const chained = rt.call(typeOfModule(rt as Interpreter, 'itertools.chain').handle, [first, mem[h + A_IT]!]);
          rt.decref(first);
          if (chained === 0) return 0;
          return reduced(rt, mem[h + 1]!, newTuple(rt, [chained, binop]), rt.None);
        }
        if (mem[h + A_TOTAL] === rt.None) return reduceWithNone(rt as Interpreter, h, binop);
        return reduced(
          rt,
          mem[h + 1]!,
          newTuple(rt, [rt.newRef(mem[h + A_IT]!), binop]),
          mem[h + A_TOTAL] === 0 ? 0 : rt.newRef(mem[h + A_TOTAL]!),
        );
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        rt.heap.setRef(h + A_TOTAL, rt.newRef(state));
        return rt.None;
      },
    },
  },
  doc: 'Running totals.',
};

// ---- zip_longest ----------------------------------------------------------------------------------------------------------

const Z_NUMACTIVE = 2;
const Z_ITTUPLE = 3;
const Z_RESULT = 4;
const Z_FILLVALUE = 5;

function zipLongestNew(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null): Handle {
  let fillvalue = rt.None;
  const n = args.length - (kw?.length ?? 0);
  if (kw !== null && kw.length > 0) {
    if (kw.length !== 1 || strValue(rt, kw[0]!) !== 'fillvalue')
      return rt.raise('TypeError', 'zip_longest() got an unexpected keyword argument');
    fillvalue = args[n]!;
  }
  const its: Handle[] = [];
  for (let i = 0; i < n; i++) {
    const it = getIter(rt, args[i]!);
    if (it === 0) {
      for (let k = its.length - 1; k >= 0; k--) rt.decref(its[k]!);
      return 0;
    }
    its.push(it);
  }
  const ittuple = newTupleTracked(rt, its);
  const result = emptyResult(rt, n);
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + Z_NUMACTIVE, n);
  rt.heap.set(h + Z_ITTUPLE, ittuple);
  rt.heap.set(h + Z_RESULT, result);
  setNewRef(rt, h + Z_FILLVALUE, fillvalue);
  return h;
}

/** The next item of iterator i, or the filler once it has ended; 0 when all have, or with an exception. */
function zipLongestItem(rt: Runtime, h: Handle, i: number): Handle {
  const { heap, mem } = rt;
  const its = mem[h + Z_ITTUPLE]!;
  const it = tupleItem(rt, its, i);
  if (it === 0) return rt.newRef(mem[h + Z_FILLVALUE]!);
  const item = iterNext(rt, it);
  if (item !== 0) return item;
  heap.set(h + Z_NUMACTIVE, mem[h + Z_NUMACTIVE]! - 1);
  if (mem[h + Z_NUMACTIVE] === 0 || rt.currentException !== 0) {
    heap.set(h + Z_NUMACTIVE, 0);
    return 0;
  }
  rt.incref(mem[h + Z_FILLVALUE]!);
  tupleSwapItem(rt, its, i, 0);
  rt.decref(it);
  return mem[h + Z_FILLVALUE]!;
}

function zipLongestNext(rt: Runtime, h: Handle): Handle {
  const { mem } = rt;
  const n = tupleSize(rt, mem[h + Z_ITTUPLE]!);
  if (n === 0 || mem[h + Z_NUMACTIVE] === 0) return 0;
  let result = mem[h + Z_RESULT]!;
  const reuse = mem[result] === 1;
  if (reuse) rt.incref(result);
  else result = emptyResult(rt, n);
  for (let i = 0; i < n; i++) {
    const item = zipLongestItem(rt, h, i);
    if (item === 0) {
      rt.decref(result);
      return 0;
    }
    const old = tupleSwapItem(rt, result, i, item);
    if (reuse) rt.decref(old);
  }
  if (reuse) tupleRecycle(rt, result);
  return result;
}

export const zipLongest: IteratorType = {
  name: 'zip_longest',
  words: 4,
  basicsize: 56,
  refs: [Z_ITTUPLE, Z_RESULT, Z_FILLVALUE],
  slots: { tp_new: zipLongestNew, tp_iternext: zipLongestNext },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const { mem } = rt;
        const args = tupleItems(rt, mem[h + Z_ITTUPLE]!).map((it) => (it === 0 ? rt.emptyTuple : rt.newRef(it)));
        return reduced(rt, mem[h + 1]!, newTuple(rt, args), rt.newRef(mem[h + Z_FILLVALUE]!));
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        rt.heap.setRef(h + Z_FILLVALUE, rt.newRef(state));
        return rt.None;
      },
    },
  },
  doc: 'Tuples of one item from each iterable, until the longest ends.',
};
