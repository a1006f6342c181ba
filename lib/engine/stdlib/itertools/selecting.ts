/** takewhile, dropwhile, filterfalse, compress and islice (Modules/itertoolsmodule.c). */
import type { Handle } from '../../heap/layout';
import { asIndex, getIter, isTrue } from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { allocInstance } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple, tuplePack } from '../../objects/tuple';
import { getWide, positional, rawNext, setNewRef, setWide, type IteratorType } from './common';
import { reduceToCall, reduced, warnPickling } from './pickling';

const FUNC = 2;
const IT = 3;
const FLAG = 4;

/** A new iterator with a function (borrowed) and the iterator of an iterable. */
function newWithFunction(rt: Runtime, name: string, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = positional(rt, name, type, args, kwnames, 2, 2);
  if (a === null) return 0;
  const it = getIter(rt, a[1]!);
  if (it === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  setNewRef(rt, h + FUNC, a[0]!);
  rt.heap.set(h + IT, it);
  return h;
}

/** The truth of `func(item)`: 1, 0, -1. */
function ask(rt: Runtime, func: Handle, item: Handle): number {
  const good = rt.call(func, [item]);
  if (good === 0) return -1;
  const ok = isTrue(rt, good);
  rt.decref(good);
  return ok;
}

const flagState: NonNullable<IteratorType['pickling']> = {
  __reduce__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      if (!warnPickling(rt)) return 0;
      const m = rt.mem;
      return reduced(rt, m[h + 1]!, tuplePack(rt, m[h + FUNC]!, m[h + IT]!), intFromNumber(rt, m[h + FLAG]!));
    },
  },
  __setstate__: {
    kind: 'o',
    fn: (rt: Runtime, h, state) => {
      if (!warnPickling(rt)) return 0;
      const flag = isTrue(rt, state);
      if (flag < 0) return 0;
      rt.heap.set(h + FLAG, flag);
      return rt.None;
    },
  },
};

export const dropwhile: IteratorType = {
  name: 'dropwhile',
  words: 3,
  basicsize: 40,
  refs: [FUNC, IT],
  visits: [IT, FUNC],
  slots: {
    tp_new: (rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) =>
      newWithFunction(rt, 'dropwhile', type, args, kw),
    tp_iternext(rt: Runtime, h: Handle) {
      const it = rt.mem[h + IT]!;
      for (;;) {
        const item = rawNext(rt, it);
        if (item === 0 || rt.mem[h + FLAG] === 1) return item;
        const ok = ask(rt, rt.mem[h + FUNC]!, item);
        if (ok === 0) {
          rt.heap.set(h + FLAG, 1);
          return item;
        }
        rt.decref(item);
        if (ok < 0) return 0;
      }
    },
  },
  pickling: flagState,
  doc: 'The items from the first on for which a function says no.',
};

export const takewhile: IteratorType = {
  name: 'takewhile',
  words: 3,
  basicsize: 40,
  refs: [FUNC, IT],
  visits: [IT, FUNC],
  slots: {
    tp_new: (rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) =>
      newWithFunction(rt, 'takewhile', type, args, kw),
    tp_iternext(rt: Runtime, h: Handle) {
      if (rt.mem[h + FLAG] !== 0) return 0;
      const item = rawNext(rt, rt.mem[h + IT]!);
      if (item === 0) return 0;
      const ok = ask(rt, rt.mem[h + FUNC]!, item);
      if (ok === 1) return item;
      rt.decref(item);
      if (ok === 0) rt.heap.set(h + FLAG, 1);
      return 0;
    },
  },
  pickling: flagState,
  doc: 'The items before the first for which a function says no.',
};

export const filterfalse: IteratorType = {
  name: 'filterfalse',
  words: 2,
  basicsize: 32,
  refs: [FUNC, IT],
  visits: [IT, FUNC],
  slots: {
    tp_new: (rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) =>
      newWithFunction(rt, 'filterfalse', type, args, kw),
    tp_iternext(rt: Runtime, h: Handle) {
      const it = rt.mem[h + IT]!;
      const func = rt.mem[h + FUNC]!;
      const byTruth = func === rt.None || func === rt.types.bool.handle;
      for (;;) {
        const item = rawNext(rt, it);
        if (item === 0) return 0;
        const ok = byTruth ? isTrue(rt, item) : ask(rt, func, item);
        if (ok === 0) return item;
        rt.decref(item);
        if (ok < 0) return 0;
      }
    },
  },
  pickling: {
    __reduce__: reduceToCall(FUNC, IT),
  },
  doc: 'The items for which a function says no.',
};

// ---- compress -------------------------------------------------------------------------------------------------------------

const DATA = 2;
const SELECTORS = 3;
const COMPRESS = params('compress', 'data, selectors');

export const compress: IteratorType = {
  name: 'compress',
  words: 2,
  basicsize: 32,
  refs: [DATA, SELECTORS],
  slots: {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kw: Handle[] | null) {
      const a = parseArgs(rt, COMPRESS, args, kw);
      if (a === null) return 0;
      const data = getIter(rt, a[0]!);
      if (data === 0) return 0;
      const selectors = getIter(rt, a[1]!);
      if (selectors === 0) {
        rt.decref(data);
        return 0;
      }
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + DATA, data);
      rt.heap.set(h + SELECTORS, selectors);
      return h;
    },
    tp_iternext(rt: Runtime, h: Handle) {
      const data = rt.mem[h + DATA]!;
      const selectors = rt.mem[h + SELECTORS]!;
      for (;;) {
        const datum = rawNext(rt, data);
        if (datum === 0) return 0;
        const selector = rawNext(rt, selectors);
        if (selector === 0) {
          rt.decref(datum);
          return 0;
        }
        const ok = isTrue(rt, selector);
        rt.decref(selector);
        if (ok > 0) return datum;
        rt.decref(datum);
        if (ok < 0) return 0;
      }
    },
  },
  pickling: {
    __reduce__: reduceToCall(DATA, SELECTORS),
  },
  doc: 'The items whose selector is true.',
};

// ---- islice ---------------------------------------------------------------------------------------------------------------

const S_IT = 2;
const S_NEXT = 3;
const S_STOP = 5;
const S_STEP = 7;
const S_CNT = 9;

/** An index of islice: null where it cannot be one (the caller says how). */
function sliceIndex(rt: Runtime, h: Handle, missing: number): number | null {
  if (h === rt.None) return missing;
  const i = asIndex(rt, h, 'OverflowError');
  if (i === null) rt.clearError();
  return i;
}

function isliceNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = positional(rt, 'islice', type, args, kwnames, 2, 4);
  if (a === null) return 0;
  const bad = (what: string) => rt.raise('ValueError', what);
  let start: number | null = 0;
  let stop: number | null;
  const stopError = 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.';
  if (a.length === 2) {
    stop = sliceIndex(rt, a[1]!, -1);
    if (stop === null || (stop === -1 && a[1] !== rt.None)) return bad(stopError);
  } else {
    start = sliceIndex(rt, a[1]!, 0) ?? -1;
    stop = sliceIndex(rt, a[2]!, -1);
    if (stop === null || (stop === -1 && a[2] !== rt.None)) return bad(stopError);
  }
  if (start < 0 || stop < -1) return bad('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  const step = a.length === 4 ? (sliceIndex(rt, a[3]!, 1) ?? -1) : 1;
  if (step < 1) return bad('Step for islice() must be a positive integer or None.');
  const it = getIter(rt, a[0]!);
  if (it === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.heap.set(h + S_IT, it);
  setWide(rt, h + S_NEXT, start);
  setWide(rt, h + S_STOP, stop);
  setWide(rt, h + S_STEP, step);
  return h;
}

function isliceNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const it = mem[h + S_IT]!;
  if (it === 0) return 0;
  const end = (): 0 => {
    heap.clearRef(h + S_IT);
    return 0;
  };
  const stop = getWide(rt, h + S_STOP);
  const next = getWide(rt, h + S_NEXT);
  for (let cnt = getWide(rt, h + S_CNT); cnt < next; ) {
    const item = rawNext(rt, it);
    if (item === 0) return end();
    rt.decref(item);
    setWide(rt, h + S_CNT, ++cnt);
  }
  const cnt = getWide(rt, h + S_CNT);
  if (stop !== -1 && cnt >= stop) return end();
  const item = rawNext(rt, it);
  if (item === 0) return end();
  setWide(rt, h + S_CNT, cnt + 1);
  const after = getWide(rt, h + S_NEXT) + getWide(rt, h + S_STEP);
  setWide(rt, h + S_NEXT, after > Number.MAX_SAFE_INTEGER || (stop !== -1 && after > stop) ? stop : after);
  return item;
}

export const islice: IteratorType = {
  name: 'islice',
  words: 9,
  basicsize: 56,
  refs: [S_IT],
  slots: { tp_new: isliceNew, tp_iternext: isliceNext },
  pickling: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        if (!warnPickling(rt)) return 0;
        const m = rt.mem;
        const number = (word: number) => intFromNumber(rt, getWide(rt, h + word));
        if (m[h + S_IT] === 0) {
          const empty = rt.call(rt.types.list.handle, []);
          const it = getIter(rt, empty);
          rt.decref(empty);
          return reduced(rt, m[h + 1]!, newTuple(rt, [it, intFromNumber(rt, 0)]), intFromNumber(rt, 0));
        }
        const stop = getWide(rt, h + S_STOP);
        const args = [rt.newRef(m[h + S_IT]!), number(S_NEXT), stop === -1 ? rt.None : number(S_STOP), number(S_STEP)];
        return reduced(rt, m[h + 1]!, newTuple(rt, args), number(S_CNT));
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        if (!warnPickling(rt)) return 0;
        const cnt = asIndex(rt, state, 'OverflowError');
        if (cnt === null) return 0;
        setWide(rt, h + S_CNT, cnt);
        return rt.None;
      },
    },
  },
  doc: 'Selected items, as slicing would select them.',
};
