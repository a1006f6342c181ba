/**
 * keys(), values() and items() of a dict, and the iterators over them, forwards and backwards (Objects/dictobject.c).
 *
 *     view      ob_refcnt ob_type | dv_dict
 *     iterator  ob_refcnt ob_type | di_dict (0: exhausted)  di_used (-1: broken)  di_pos  di_result  len
 *
 * An iterator over items hands out one tuple again and again as long as nobody else holds it.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef, type TypeSlots, type TypeSpec, type Visit } from '../heap/object';
import { contains, getIter, iterNext, length, repr, richCompareBool } from './abstract';
import { dictContains, dictEntryCount, dictGet, dictNext, dictPrevious, dictSize, entryKey, entryValue } from './dict';
import { intFromNumber } from './int';
import { compareSizes, listFromIterable } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import {
  isAnySet,
  newSet,
  setAdd,
  setDifferenceUpdate,
  setFromIterable,
  setIntersection,
  setSymmetricDifferenceUpdate,
  setUpdate,
} from './set';
import { strFrom, strValue } from './str';
import { newTupleTracked, tupleItem, tupleRecycle, tupleSize, tupleSwapItem } from './tuple';
import { isInstanceOf } from './type-lookup';

const DV_DICT = 2;

export const DI_DICT = 2;
export const DI_USED = 3;
export const DI_POS = 4;
export const DI_RESULT = 5;
export const DI_LEN = 6;

type What = 'key' | 'value' | 'item';

// ---- views --------------------------------------------------------------------------------------------------------------

export function newView(rt: Runtime, type: TypeSlots, d: Handle): Handle {
  const view = newObject(rt, type);
  rt.mem[view + DV_DICT] = rt.newRef(d);
  rt.heap.gcTrack(view);
  return view;
}
export function dictKeys(rt: Runtime, d: Handle): Handle {
  return newView(rt, rt.types.dict_keys, d);
}
export function dictValues(rt: Runtime, d: Handle): Handle {
  return newView(rt, rt.types.dict_values, d);
}
export function dictItems(rt: Runtime, d: Handle): Handle {
  return newView(rt, rt.types.dict_items, d);
}

/** The dict that a view looks at: borrowed. */
export function dictViewSource(rt: Runtime, view: Handle): Handle {
  return rt.mem[view + DV_DICT]!;
}

function viewDealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.clearRef(h + DV_DICT);
  freeObject(rt, h);
}
function viewTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  if (rt.mem[h + DV_DICT] !== 0) visit(rt.mem[h + DV_DICT]!, h + DV_DICT);
}
function viewLength(rt: Runtime, h: Handle): number {
  return dictSize(rt, dictViewSource(rt, h));
}

function viewRepr(rt: Runtime, h: Handle): Handle {
  if (rt.reprEnter(h)) return strFrom(rt, '...');
  const list = listFromIterable(rt, h);
  const r = list === 0 ? 0 : repr(rt, list);
  rt.xdecref(list);
  rt.reprLeave(h);
  if (r === 0) return 0;
  const text = strValue(rt, r);
  rt.decref(r);
  return strFrom(rt, `${rt.tp(h).name}(${text})`);
}

function keysContains(rt: Runtime, h: Handle, key: Handle): number {
  return dictContains(rt, dictViewSource(rt, h), key);
}

function itemsContains(rt: Runtime, h: Handle, item: Handle): number {
  if (!rt.is(item, rt.types.tuple) || tupleSize(rt, item) !== 2) return 0;
  const value = dictGet(rt, dictViewSource(rt, h), tupleItem(rt, item, 0));
  if (value === 0) return rt.currentException !== 0 ? -1 : 0;
  rt.incref(value);
  const same = richCompareBool(rt, value, tupleItem(rt, item, 1), CompareOp.EQ);
  rt.decref(value);
  return same;
}

/** A view that behaves as a set: keys or items. */
function isSetView(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, rt.types.dict_keys) || isInstanceOf(rt, h, rt.types.dict_items);
}
function viewContains(rt: Runtime, view: Handle, item: Handle): number {
  return isInstanceOf(rt, view, rt.types.dict_keys) ? keysContains(rt, view, item) : itemsContains(rt, view, item);
}

/** `all_contained_in`: 1, 0, -1. */
function allContainedIn(rt: Runtime, a: Handle, b: Handle): number {
  const it = getIter(rt, a);
  if (it === 0) return -1;
  let r = 1;
  for (let x = iterNext(rt, it); x !== 0 && r === 1; x = r === 1 ? iterNext(rt, it) : 0) {
    r = contains(rt, b, x);
    rt.decref(x);
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : r;
}

function viewRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isAnySet(rt, b) && !isSetView(rt, b)) return rt.NotImplemented;
  const na = length(rt, a);
  const nb = length(rt, b);
  if (na < 0 || nb < 0) return 0;
  const bySize = op === CompareOp.NE ? na === nb : compareSizes(na, nb, op);
  let r = bySize ? 1 : 0;
  if (bySize) r = op === CompareOp.GT || op === CompareOp.GE ? allContainedIn(rt, b, a) : allContainedIn(rt, a, b);
  if (r < 0) return 0;
  return rt.bool(op === CompareOp.NE ? r === 0 : r === 1);
}

/** `dictviews_to_set`: a new set; of a keys view the dict itself is read. */
function viewToSet(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.dict_keys) && rt.is(dictViewSource(rt, h), rt.types.dict)) {
    return setFromIterable(rt, dictViewSource(rt, h));
  }
  return setFromIterable(rt, h);
}

function viaSet(
  rt: Runtime,
  a: Handle,
  b: Handle,
  change: (rt: Runtime, set: Handle, other: Handle) => number,
): Handle {
  const set = viewToSet(rt, a);
  if (set === 0) return 0;
  if (change(rt, set, b) < 0) {
    rt.decref(set);
    return 0;
  }
  return set;
}
function viewSubtract(rt: Runtime, a: Handle, b: Handle): Handle {
  return viaSet(rt, a, b, setDifferenceUpdate);
}
function viewOr(rt: Runtime, a: Handle, b: Handle): Handle {
  return viaSet(rt, a, b, setUpdate);
}
function viewXor(rt: Runtime, a: Handle, b: Handle): Handle {
  return viaSet(rt, a, b, setSymmetricDifferenceUpdate);
}

/** `_PyDictView_Intersect`: the smaller side is walked. */
function viewAnd(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isSetView(rt, a)) [a, b] = [b, a];
  const n = viewLength(rt, a);
  if (rt.is(b, rt.types.set) && n <= length(rt, b)) return setIntersection(rt, b, a);
  if (isSetView(rt, b) && viewLength(rt, b) > n) [a, b] = [b, a];
  const result = newSet(rt);
  const it = getIter(rt, b);
  if (it === 0) {
    rt.decref(result);
    return 0;
  }
  let r = 0;
  for (let x = iterNext(rt, it); x !== 0; x = r < 0 ? 0 : iterNext(rt, it)) {
    r = viewContains(rt, a, x);
    if (r > 0) r = setAdd(rt, result, x);
    rt.decref(x);
  }
  rt.decref(it);
  if (rt.currentException === 0) return result;
  rt.decref(result);
  return 0;
}

function viewIsdisjoint(rt: Runtime, a: Handle, b: Handle): Handle {
  if (a === b) return rt.bool(viewLength(rt, a) === 0);
  if (isAnySet(rt, b) || isSetView(rt, b)) {
    if (length(rt, b) > viewLength(rt, a)) [a, b] = [b, a];
  }
  const it = getIter(rt, b);
  if (it === 0) return 0;
  let r = 0;
  for (let x = iterNext(rt, it); x !== 0; x = r !== 0 ? 0 : iterNext(rt, it)) {
    r = contains(rt, a, x);
    rt.decref(x);
  }
  rt.decref(it);
  return rt.currentException !== 0 ? 0 : rt.bool(r === 0);
}

function viewMapping(rt: Runtime, h: Handle): Handle {
  return rt.call(rt.types.mappingproxy.handle, [dictViewSource(rt, h)]);
}

// ---- iterators ------------------------------------------------------------------------------------------------------------

function newIterator(rt: Runtime, type: TypeSlots, d: Handle, reverse: boolean, items: boolean): Handle {
  const { heap } = rt;
  const it = newObject(rt, type);
  rt.mem[it + DI_DICT] = rt.newRef(d);
  rt.mem[it + DI_USED] = dictSize(rt, d);
  rt.mem[it + DI_LEN] = dictSize(rt, d);
  rt.mem[it + DI_POS] = reverse ? dictEntryCount(rt, d) + 1 : 0;
  if (items) rt.mem[it + DI_RESULT] = newTupleTracked(rt, [rt.None, rt.None]);
  heap.gcTrack(it);
  return it;
}

/** `iter(d)`: over the keys. */
export function dictIter(rt: Runtime, d: Handle): Handle {
  return newIterator(rt, rt.types.dict_keyiterator, d, false, false);
}
export function dictReversed(rt: Runtime, d: Handle): Handle {
  return newIterator(rt, rt.types.dict_reversekeyiterator, d, true, false);
}

function iterDealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.clearRef(h + DI_DICT);
  rt.heap.clearRef(h + DI_RESULT);
  freeObject(rt, h);
}
function iterTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  if (mem[h + DI_DICT] !== 0) visit(mem[h + DI_DICT]!, h + DI_DICT);
  if (mem[h + DI_RESULT] !== 0) visit(mem[h + DI_RESULT]!, h + DI_RESULT);
}

/** The next position, or 0 with the dict let go (exhausted) or an exception. */
function advance(rt: Runtime, h: Handle, reverse: boolean): number {
  const { heap, mem } = rt;
  const d = mem[h + DI_DICT]!;
  if (d === 0) return 0;
  if (mem[h + DI_USED] !== dictSize(rt, d)) {
    heap.set(h + DI_USED, -1);
    return rt.raise('RuntimeError', 'dictionary changed size during iteration');
  }
  const at = mem[h + DI_POS]!;
  let pos = 0;
  if (!reverse) pos = dictNext(rt, d, at);
  else if (at > 0) pos = dictPrevious(rt, d, at);
  if (pos > 0 && mem[h + DI_LEN] === 0 && !reverse) {
    rt.raise('RuntimeError', 'dictionary keys changed during iteration');
    pos = 0;
  }
  if (pos === 0) {
    heap.set(h + DI_DICT, 0);
    rt.decref(d);
    return 0;
  }
  heap.set(h + DI_POS, pos);
  heap.set(h + DI_LEN, mem[h + DI_LEN]! - 1);
  return pos;
}

function nextKey(rt: Runtime, h: Handle, reverse: boolean): Handle {
  const pos = advance(rt, h, reverse);
  return pos === 0 ? 0 : rt.newRef(entryKey(rt, rt.mem[h + DI_DICT]!, pos));
}
function nextValue(rt: Runtime, h: Handle, reverse: boolean): Handle {
  const pos = advance(rt, h, reverse);
  return pos === 0 ? 0 : rt.newRef(entryValue(rt, rt.mem[h + DI_DICT]!, pos));
}
function nextItem(rt: Runtime, h: Handle, reverse: boolean): Handle {
  const pos = advance(rt, h, reverse);
  if (pos === 0) return 0;
  const d = rt.mem[h + DI_DICT]!;
  const key = rt.newRef(entryKey(rt, d, pos));
  const value = rt.newRef(entryValue(rt, d, pos));
  return pairResult(rt, rt.mem[h + DI_RESULT]!, key, value);
}

/** Fills the result tuple of an iterator (stolen values) if only the iterator holds it, or makes another. New. */
export function pairResult(rt: Runtime, result: Handle, first: Handle, second: Handle): Handle {
  if (rt.mem[result] !== 1) return newTupleTracked(rt, [first, second]);
  rt.incref(result);
  const old0 = tupleSwapItem(rt, result, 0, first);
  const old1 = tupleSwapItem(rt, result, 1, second);
  rt.decref(old0);
  rt.decref(old1);
  tupleRecycle(rt, result);
  return result;
}

function iterLengthHint(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const d = mem[h + DI_DICT]!;
  const known = d !== 0 && mem[h + DI_USED] === dictSize(rt, d);
  return intFromNumber(rt, known ? mem[h + DI_LEN]! : 0);
}

function selfIter(rt: Runtime, h: Handle): Handle {
  return rt.newRef(h);
}

// ---- types ------------------------------------------------------------------------------------------------------------------

function viewSpec(what: What): TypeSpec {
  const asSet = what !== 'value';
  const methods: Record<string, MethodDef> = {
    __reversed__: {
      kind: 'noargs',
      fn: (rt: Runtime, h: Handle) =>
        newIterator(rt, iteratorType(rt, what, true), dictViewSource(rt, h), true, what === 'item'),
    },
  };
  if (asSet) methods.isdisjoint = { kind: 'o', fn: viewIsdisjoint, doc: 'True if the view and other share nothing.' };
  return {
    name: what === 'key' ? 'dict_keys' : what === 'value' ? 'dict_values' : 'dict_items',
    gc: true,
    words: 1,
    basicsize: 24,
    slots: {
      tp_dealloc: viewDealloc,
      tp_traverse: viewTraverse,
      tp_repr: viewRepr,
      tp_iter: (rt: Runtime, h: Handle) =>
        newIterator(rt, iteratorType(rt, what, false), dictViewSource(rt, h), false, what === 'item'),
      sq_length: viewLength,
      ...(asSet && {
        tp_richcompare: viewRichCompare,
        sq_contains: what === 'key' ? keysContains : itemsContains,
        nb_subtract: viewSubtract,
        nb_and: viewAnd,
        nb_xor: viewXor,
        nb_or: viewOr,
      }),
    },
    methods,
    getset: { mapping: { get: viewMapping, doc: 'The dictionary behind this view, read-only.' } },
  };
}

function iteratorType(rt: Runtime, what: What, reverse: boolean): TypeSlots {
  const t = rt.types;
  switch (what) {
    case 'key':
      return reverse ? t.dict_reversekeyiterator : t.dict_keyiterator;
    case 'value':
      return reverse ? t.dict_reversevalueiterator : t.dict_valueiterator;
    case 'item':
      return reverse ? t.dict_reverseitemiterator : t.dict_itemiterator;
  }
}

function iteratorSpec(what: What, reverse: boolean): TypeSpec {
  const next = what === 'key' ? nextKey : what === 'value' ? nextValue : nextItem;
  return {
    name: `dict_${reverse ? 'reverse' : ''}${what}iterator`,
    gc: true,
    words: 5,
    basicsize: 56,
    slots: {
      tp_dealloc: iterDealloc,
      tp_traverse: iterTraverse,
      tp_iter: selfIter,
      tp_iternext: (rt: Runtime, h: Handle) => next(rt, h, reverse),
    },
    methods: { __length_hint__: { kind: 'noargs', fn: iterLengthHint } },
  };
}

export function dictViewSpecs(): TypeSpec[] {
  const kinds: What[] = ['key', 'value', 'item'];
  return [
    ...kinds.map(viewSpec),
    ...kinds.map((what) => iteratorSpec(what, false)),
    ...kinds.map((what) => iteratorSpec(what, true)),
  ];
}
