/**
 * Iterators over sequences, lists, tuples and sets, and `iter(callable, sentinel)` (Objects/iterobject.c,
 * listobject.c, tupleobject.c, setobject.c). An exhausted iterator lets its iterable go at once
 * (but see listReverseNext).
 *
 *     ob_refcnt ob_type | it_index  it_seq (0: exhausted)
 *     callable_iterator: it_callable  it_sentinel      set_iterator: si_pos  si_set  si_used (-1: broken)  len
 */
import type { FreeList } from '../heap/freelists';
import type { Handle } from '../heap/layout';
import { CompareOp, type TypeSlots, type TypeSpec, type Visit } from '../heap/object';
import { length, richCompareBool, sequenceGetItem, sequenceIterator } from './abstract';
import { intFromNumber } from './int';
import { listItem, listSize } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { setEntryKey, setNext, setSize } from './set';
import { tupleItem, tupleSize } from './tuple';

export const IT_INDEX = 2;
export const IT_SEQ = 3;
const SI_USED = 4;
const SI_LEN = 5;
const IT_CALLABLE = 2;
const IT_SENTINEL = 3;

/** Gives the object protocols their iterator for objects with `__getitem__` only. */
export function installSequenceIterator(): void {
  sequenceIterator.make = (rt, seq) => newSeqIter(rt, rt.types.iterator, seq, 0);
}

function freelistOf(rt: Runtime, type: TypeSlots): FreeList | null {
  if (type === rt.types.list_iterator) return rt.heap.freelists.listIterator;
  return type === rt.types.tuple_iterator ? rt.heap.freelists.tupleIterator : null;
}

/** New, tracked; `seq` borrowed. */
function newSeqIter(rt: Runtime, type: TypeSlots, seq: Handle, index: number): Handle {
  const { heap } = rt;
  const it = newObject(rt, type, 0, 0, freelistOf(rt, type));
  // A newborn's first words need no event.
  rt.mem[it + IT_INDEX] = index;
  rt.mem[it + IT_SEQ] = seq;
  heap.incref(seq);
  heap.gcTrack(it);
  return it;
}

export function listIter(rt: Runtime, list: Handle): Handle {
  return newSeqIter(rt, rt.types.list_iterator, list, 0);
}
export function listReversed(rt: Runtime, list: Handle): Handle {
  return newSeqIter(rt, rt.types.list_reverseiterator, list, listSize(rt, list) - 1);
}
export function tupleIter(rt: Runtime, tuple: Handle): Handle {
  return newSeqIter(rt, rt.types.tuple_iterator, tuple, 0);
}
export function setIter(rt: Runtime, set: Handle): Handle {
  const it = newSeqIter(rt, rt.types.set_iterator, set, 0);
  rt.mem[it + SI_USED] = setSize(rt, set);
  rt.mem[it + SI_LEN] = setSize(rt, set);
  return it;
}

/** `PyCallIter_New`: calls until the answer equals the sentinel. Arguments borrowed. */
export function newCallIter(rt: Runtime, callable: Handle, sentinel: Handle): Handle {
  const { heap } = rt;
  const it = newObject(rt, rt.types.callable_iterator);
  rt.mem[it + IT_CALLABLE] = rt.newRef(callable);
  rt.mem[it + IT_SENTINEL] = rt.newRef(sentinel);
  heap.gcTrack(it);
  return it;
}

// ---- slots --------------------------------------------------------------------------------------------------------------

function seqDealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.release(h + IT_SEQ);
  freeObject(rt, h, freelistOf(rt, rt.tp(h)));
}
function seqTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  if (rt.mem[h + IT_SEQ] !== 0) visit(rt.mem[h + IT_SEQ]!, h + IT_SEQ);
}
export function selfIter(rt: Runtime, h: Handle): Handle {
  return rt.newRef(h);
}

/** The iterable is let go. Returns 0, the end of the iteration. */
function exhausted(rt: Runtime, h: Handle): 0 {
  rt.heap.clearRef(h + IT_SEQ);
  return 0;
}

export function listIterNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const list = mem[h + IT_SEQ]!;
  if (list === 0) return 0;
  const i = mem[h + IT_INDEX]!;
  if (i >= listSize(rt, list)) return exhausted(rt, h);
  rt.heap.set(h + IT_INDEX, i + 1);
  return rt.newRef(listItem(rt, list, i));
}

function listReverseNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const list = mem[h + IT_SEQ]!;
  const i = mem[h + IT_INDEX]!;
  // Having given the first item it keeps the list: only a list that became too short meanwhile is let go.
  if (i < 0) return 0;
  if (i < listSize(rt, list)) {
    rt.heap.set(h + IT_INDEX, i - 1);
    return rt.newRef(listItem(rt, list, i));
  }
  rt.heap.set(h + IT_INDEX, -1);
  return exhausted(rt, h);
}

export function tupleIterNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const tuple = mem[h + IT_SEQ]!;
  if (tuple === 0) return 0;
  const i = mem[h + IT_INDEX]!;
  if (i >= tupleSize(rt, tuple)) return exhausted(rt, h);
  rt.heap.set(h + IT_INDEX, i + 1);
  return rt.newRef(tupleItem(rt, tuple, i));
}

function sequenceNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const seq = mem[h + IT_SEQ]!;
  if (seq === 0) return 0;
  const i = mem[h + IT_INDEX]!;
  const item = sequenceGetItem(rt, seq, i);
  if (item !== 0) {
    rt.heap.set(h + IT_INDEX, i + 1);
    return item;
  }
  if (rt.errorMatches('IndexError') || rt.errorMatches('StopIteration')) {
    rt.clearError();
    return exhausted(rt, h);
  }
  return 0;
}

function setIterNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const set = mem[h + IT_SEQ]!;
  if (set === 0) return 0;
  if (mem[h + SI_USED] !== setSize(rt, set)) {
    heap.set(h + SI_USED, -1);
    return rt.raise('RuntimeError', 'Set changed size during iteration');
  }
  const pos = setNext(rt, set, mem[h + IT_INDEX]!);
  if (pos === 0) return exhausted(rt, h);
  heap.set(h + IT_INDEX, pos);
  heap.set(h + SI_LEN, mem[h + SI_LEN]! - 1);
  return rt.newRef(setEntryKey(rt, set, pos));
}

function callDealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.clearRef(h + IT_CALLABLE);
  rt.heap.clearRef(h + IT_SENTINEL);
  freeObject(rt, h);
}
function callTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  if (mem[h + IT_CALLABLE] !== 0) visit(mem[h + IT_CALLABLE]!, h + IT_CALLABLE);
  if (mem[h + IT_SENTINEL] !== 0) visit(mem[h + IT_SENTINEL]!, h + IT_SENTINEL);
}
function callNext(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (mem[h + IT_CALLABLE] === 0) return 0;
  const result = rt.call(mem[h + IT_CALLABLE]!, []);
  let done = false;
  // The call may have exhausted this very iterator.
  if (result !== 0 && mem[h + IT_SENTINEL] !== 0) {
    const sentinel = rt.newRef(mem[h + IT_SENTINEL]!);
    const same = richCompareBool(rt, sentinel, result, CompareOp.EQ);
    rt.decref(sentinel);
    if (same === 0) return result;
    done = same > 0;
  } else if (result === 0 && rt.errorMatches('StopIteration')) {
    rt.clearError();
    done = true;
  }
  if (done) {
    heap.clearRef(h + IT_CALLABLE);
    heap.clearRef(h + IT_SENTINEL);
  }
  rt.xdecref(result);
  return 0;
}

// ---- how many are left ------------------------------------------------------------------------------------------------------

type Left = (rt: Runtime, h: Handle, seq: Handle) => number;

function hint(left: Left) {
  return (rt: Runtime, h: Handle): Handle => {
    const seq = rt.mem[h + IT_SEQ]!;
    const n = seq === 0 ? 0 : left(rt, h, seq);
    return intFromNumber(rt, Math.max(n, 0));
  };
}

function sequenceHint(rt: Runtime, h: Handle): Handle {
  const seq = rt.mem[h + IT_SEQ]!;
  if (seq === 0) return intFromNumber(rt, 0);
  const tp = rt.tp(seq);
  if (tp.sq_length === null && tp.mp_length === null) return rt.NotImplemented;
  const n = length(rt, seq);
  if (n < 0) return 0;
  return intFromNumber(rt, Math.max(n - rt.mem[h + IT_INDEX]!, 0));
}

// ---- types ------------------------------------------------------------------------------------------------------------------

function seqSpec(
  name: string,
  next: (rt: Runtime, h: Handle) => Handle,
  lengthHint: (rt: Runtime, h: Handle) => Handle,
  extraWords = 0,
): TypeSpec {
  return {
    name,
    gc: true,
    words: 2 + extraWords,
    basicsize: 32 + extraWords * 8,
    slots: {
      tp_dealloc: seqDealloc,
      tp_traverse: seqTraverse,
      tp_iter: selfIter,
      tp_iternext: next,
    },
    methods: { __length_hint__: { kind: 'noargs', fn: lengthHint, doc: 'How many items are left, perhaps.' } },
  };
}

export const iterSpecs: TypeSpec[] = [
  seqSpec('iterator', sequenceNext, sequenceHint),
  seqSpec(
    'list_iterator',
    listIterNext,
    hint((rt, h, seq) => listSize(rt, seq) - rt.mem[h + IT_INDEX]!),
  ),
  seqSpec(
    'list_reverseiterator',
    listReverseNext,
    hint((rt, h, seq) => {
      const n = rt.mem[h + IT_INDEX]! + 1;
      return listSize(rt, seq) < n ? 0 : n;
    }),
  ),
  seqSpec(
    'tuple_iterator',
    tupleIterNext,
    hint((rt, h, seq) => tupleSize(rt, seq) - rt.mem[h + IT_INDEX]!),
  ),
  seqSpec(
    'set_iterator',
    setIterNext,
    hint((rt, h, seq) => (rt.mem[h + SI_USED] === setSize(rt, seq) ? rt.mem[h + SI_LEN]! : 0)),
    2,
  ),
  {
    name: 'callable_iterator',
    gc: true,
    words: 2,
    basicsize: 32,
    slots: {
      tp_dealloc: callDealloc,
      tp_traverse: callTraverse,
      tp_iter: selfIter,
      tp_iternext: callNext,
    },
  },
];
