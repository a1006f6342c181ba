/**
 * enumerate and reversed (Objects/enumobject.c).
 *
 *     enumerate  ob_refcnt ob_type | en_index  en_sit  en_result  en_longindex
 *     reversed   ob_refcnt ob_type | index  seq (0: exhausted)
 *
 * `en_longindex` is an int that takes over where 32 bits end (in CPython, where a C long does); 0 before that.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec, type Visit } from '../heap/object';
import { getIter, length, numberIndex, sequenceGetItem, typeName } from './abstract';
import { pairResult } from './dict-views';
import { genericAlias } from './dict-methods';
import { checkPositional, noKeywords, params, parseArgs } from './getargs';
import { intFromBigInt, intFromNumber, intToBigInt, isInt32 } from './int';
import { selfIter } from './iter';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strValue } from './str';
import { newTupleTracked } from './tuple';
import { typeLookup } from './type-lookup';

export const EN_INDEX = 2;
export const EN_SIT = 3;
export const EN_RESULT = 4;
export const EN_LONG = 5;

const REV_INDEX = 2;
const REV_SEQ = 3;

const LIMIT = 0x7fffffff;

/** `enumerate_vectorcall` has its own words for what is wrong. */
function enumerateArguments(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle[] | null {
  if (type === rt.types.enumerate.handle && args.length <= 2) {
    const unknown = (kwnames ?? []).map((k) => strValue(rt, k)).find((k) => k !== 'iterable' && k !== 'start');
    if (unknown !== undefined) rt.raise('TypeError', `'${unknown}' is an invalid keyword argument for enumerate()`);
    else if (args.length === 0) rt.raise('TypeError', "enumerate() missing required argument 'iterable'");
    if (rt.currentException !== 0) return null;
  }
  return parseArgs(rt, params('enumerate', 'iterable, start='), args, kwnames);
}

function enumerateNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = enumerateArguments(rt, type, args, kwnames);
  if (a === null) return 0;
  const { heap } = rt;
  let start: Handle = 0;
  if (a[1] !== 0) {
    start = numberIndex(rt, a[1]!);
    if (start === 0) return 0;
  }
  const h = allocInstance(rt, rt.slotsOfType(type));
  if (start !== 0) {
    const value = intToBigInt(rt, start);
    if (isInt32(rt, start)) {
      heap.set(h + EN_INDEX, Number(value));
      rt.decref(start);
    } else {
      heap.set(h + EN_INDEX, LIMIT);
      heap.set(h + EN_LONG, start);
    }
  }
  const it = getIter(rt, a[0]!);
  if (it === 0) {
    rt.decref(h);
    return 0;
  }
  rt.mem[h + EN_SIT] = it;
  rt.mem[h + EN_RESULT] = newTupleTracked(rt, [rt.None, rt.None]);
  return h;
}

function enumerateNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const it = mem[h + EN_SIT]!;
  const item = rt.tp(it).tp_iternext!(rt, it);
  if (item === 0) return 0;
  const i = mem[h + EN_INDEX]!;
  let index: Handle;
  if (i < LIMIT) {
    index = intFromNumber(rt, i);
    heap.set(h + EN_INDEX, i + 1);
  } else {
    index = mem[h + EN_LONG]!;
    if (index === 0) index = intFromNumber(rt, LIMIT);
    heap.set(h + EN_LONG, intFromBigInt(rt, intToBigInt(rt, index) + 1n));
  }
  return pairResult(rt, mem[h + EN_RESULT]!, index, item);
}

function enumerateDealloc(rt: Runtime, h: Handle): void {
  const { heap } = rt;
  heap.gcUntrack(h);
  for (const word of [EN_SIT, EN_RESULT, EN_LONG]) heap.clearRef(h + word);
  freeObject(rt, h);
}
function enumerateTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  for (const word of [EN_SIT, EN_RESULT, EN_LONG]) if (mem[h + word] !== 0) visit(mem[h + word]!, h + word);
}

// ---- reversed ---------------------------------------------------------------------------------------------------------------

function notReversible(rt: Runtime, seq: Handle): 0 {
  return rt.raise('TypeError', `'${typeName(rt, seq)}' object is not reversible`);
}

/** What `reversed(x)` gives: the answer of `__reversed__`, or an iterator that counts down. */
function reversedNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  if (slots === rt.types.reversed && !noKeywords(rt, 'reversed', kwnames)) return 0;
  if (!checkPositional(rt, 'reversed', args.length, 1, 1)) return 0;
  const seq = args[0]!;
  const method = typeLookup(rt, rt.tp(seq), rt.id('__reversed__'));
  if (method === rt.None) return notReversible(rt, seq);
  if (method !== 0) {
    rt.incref(method);
    const get = rt.tp(method).tp_descr_get;
    const bound = get === null ? rt.newRef(method) : get(rt, method, seq, rt.tp(seq).handle);
    rt.decref(method);
    if (bound === 0) return 0;
    const r = rt.call(bound, []);
    rt.decref(bound);
    return r;
  }
  const tp = rt.tp(seq);
  if (tp.sq_item === null || (tp.flags & TPFLAGS.DICT_SUBCLASS) !== 0) return notReversible(rt, seq);
  const n = length(rt, seq);
  if (n < 0) return 0;
  const h = allocInstance(rt, slots);
  rt.heap.set(h + REV_INDEX, n - 1);
  rt.heap.set(h + REV_SEQ, rt.newRef(seq));
  return h;
}

function reversedNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const i = mem[h + REV_INDEX]!;
  if (i >= 0) {
    const item = sequenceGetItem(rt, mem[h + REV_SEQ]!, i);
    if (item !== 0) {
      heap.set(h + REV_INDEX, i - 1);
      return item;
    }
    if (rt.errorMatches('IndexError') || rt.errorMatches('StopIteration')) rt.clearError();
  }
  heap.set(h + REV_INDEX, -1);
  heap.clearRef(h + REV_SEQ);
  return 0;
}

function reversedHint(rt: Runtime, h: Handle): Handle {
  const seq = rt.mem[h + REV_SEQ]!;
  if (seq === 0) return intFromNumber(rt, 0);
  const n = length(rt, seq);
  if (n < 0) return 0;
  const left = rt.mem[h + REV_INDEX]! + 1;
  return intFromNumber(rt, n < left ? 0 : left);
}

function reversedDealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.clearRef(h + REV_SEQ);
  freeObject(rt, h);
}
function reversedTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  if (rt.mem[h + REV_SEQ] !== 0) visit(rt.mem[h + REV_SEQ]!, h + REV_SEQ);
}

export const enumerateSpecs: TypeSpec[] = [
  {
    name: 'enumerate',
    flags: TPFLAGS.BASETYPE,
    gc: true,
    words: 4,
    basicsize: 56,
    doc: 'Pairs of a running number and an item.',
    slots: {
      tp_dealloc: enumerateDealloc,
      tp_traverse: enumerateTraverse,
      tp_iter: selfIter,
      tp_iternext: enumerateNext,
      tp_new: enumerateNew,
    },
    classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  },
  {
    name: 'reversed',
    flags: TPFLAGS.BASETYPE,
    gc: true,
    words: 2,
    basicsize: 32,
    doc: 'The items of a sequence from the last to the first.',
    slots: {
      tp_dealloc: reversedDealloc,
      tp_traverse: reversedTraverse,
      tp_iter: selfIter,
      tp_iternext: reversedNext,
      tp_new: reversedNew,
    },
    methods: { __length_hint__: { kind: 'noargs', fn: reversedHint } },
  },
];
