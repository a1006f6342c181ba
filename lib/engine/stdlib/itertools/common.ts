/**
 * What the iterators of Modules/itertoolsmodule.c have in common: fields that are references, given up in the order of
 * each C deallocator; arguments; and the result tuple that is handed out again while nobody else holds it.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSlots, type TypeSpec } from '../../heap/object';
import { countItem } from '../../objects/abstract';
import { checkPositional, noKeywords } from '../../objects/getargs';
import { genericGetAttr } from '../../objects/generic-attr';
import { selfIter } from '../../objects/iter';
import { freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple, newTupleTracked, tupleItems, tupleRecycle, tupleSwapItem } from '../../objects/tuple';

/** A new reference in a word, or 0. */
export function setNewRef(rt: Runtime, word: number, value: Handle): void {
  rt.heap.set(word, value === 0 ? 0 : rt.newRef(value));
}

export interface IteratorType {
  readonly name: string;
  readonly words: number;
  readonly basicsize: number;
  /** Words of the fields that are references, in the order in which the deallocator gives them up. */
  readonly refs: readonly number[];
  /** The same in the order of traversal, where it is another. */
  readonly visits?: readonly number[];
  /** Words of tables of numbers (0: none) that the object owns. */
  readonly raws?: readonly number[];
  readonly final?: boolean;
  readonly slots: Partial<TypeSlots>;
  readonly methods?: Record<string, MethodDef>;
  /** 3.13 can pickle it; 3.14 no longer. */
  readonly pickling?: Record<string, MethodDef>;
  readonly classmethods?: Record<string, MethodDef>;
  readonly doc?: string;
}

/** The spec of an iterator type, as the profile's itertools has it. */
export function iteratorSpec(rt: Runtime, type: IteratorType): TypeSpec {
  const visits = type.visits ?? type.refs;
  const pickling = rt.facts.name === '3.13' ? type.pickling : undefined;
  return {
    name: type.name,
    module: 'itertools',
    gc: true,
    flags: type.final === true ? 0 : TPFLAGS.BASETYPE,
    words: type.words,
    basicsize: type.basicsize,
    ...(type.doc === undefined ? {} : { doc: type.doc }),
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        for (const word of type.refs) rt.heap.clearRef(h + word);
        for (const word of type.raws ?? []) freeTable(rt, h + word);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const word of visits) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
      },
      tp_iter: selfIter,
      tp_getattro: genericGetAttr,
      ...type.slots,
    },
    methods: { ...type.methods, ...pickling },
    ...(type.classmethods === undefined ? {} : { classmethods: type.classmethods }),
  };
}

// ---- arguments ------------------------------------------------------------------------------------------------------------

/**
 * Positional arguments alone (`_PyArg_NoKeywords`, `_PyArg_CheckPositional`); a subclass with an `__init__` of its own
 * may be given keywords.
 * @returns the positional ones, borrowed; null with TypeError
 */
export function positional(
  rt: Runtime,
  name: string,
  type: Handle,
  args: Handle[],
  kwnames: Handle[] | null,
  min: number,
  max: number,
): Handle[] | null {
  if (!keywordsAllowed(rt, type) && !noKeywords(rt, name, kwnames)) return null;
  const given = kwnames === null ? args : args.slice(0, args.length - kwnames.length);
  return checkPositional(rt, name, given.length, min, max) ? given : null;
}

/** A class with an `__init__` of its own: its keywords are not our business. */
export function keywordsAllowed(rt: Runtime, type: Handle): boolean {
  const slots = rt.slotsOfType(type);
  return slots.isPythonClass && slots.tp_init !== rt.types.object.tp_init;
}

// ---- numbers of 64 bits ---------------------------------------------------------------------------------------------------

/** A Py_ssize_t in two words; exact up to 2**53. */
export function getWide(rt: Runtime, word: number): number {
  return rt.mem[word + 1]! * 0x1_0000_0000 + (rt.mem[word]! >>> 0);
}
export function setWide(rt: Runtime, word: number, exact: number): void {
  const value = Math.min(exact, Number.MAX_SAFE_INTEGER);
  const high = Math.floor(value / 0x1_0000_0000);
  rt.heap.set(word, (value - high * 0x1_0000_0000) | 0);
  if (rt.mem[word + 1] !== high) rt.heap.set(word + 1, high);
}

// ---- tables of numbers (PyMem_New) ----------------------------------------------------------------------------------------

/** A table of n numbers in a field. */
export function newTable(rt: Runtime, word: number, n: number, at: (i: number) => number): void {
  const table = rt.heap.allocRaw(Math.max(1, n), Math.max(1, n * 8));
  for (let i = 0; i < n; i++) rt.heap.set(table + i, at(i));
  rt.heap.set(word, table);
}

function freeTable(rt: Runtime, word: number): void {
  const table = rt.mem[word]!;
  if (table === 0) return;
  rt.heap.set(word, 0);
  rt.heap.freeRaw(table);
}

// ---- result tuples --------------------------------------------------------------------------------------------------------

/** `PyTuple_New(n)`: a tracked tuple to be filled; None stands where C has NULL. */
export function emptyResult(rt: Runtime, n: number): Handle {
  return newTupleTracked(rt, new Array<Handle>(n).fill(rt.None));
}

/**
 * The result tuple in a field, made ready to be changed: the same one while only the iterator holds it, otherwise a
 * copy (`_PyTuple_FromArray`).
 * @returns borrowed
 */
export function ownResult(rt: Runtime, word: number): Handle {
  const result = rt.mem[word]!;
  if (rt.mem[result]! <= 1) {
    if (rt.mem[result] === 1) tupleRecycle(rt, result);
    return result;
  }
  const items = tupleItems(rt, result);
  for (const x of items) rt.incref(x);
  rt.heap.setRef(word, newTuple(rt, items));
  return rt.mem[word]!;
}

/** Stores an item (borrowed) in a result tuple and gives up the old one. */
export function replaceItem(rt: Runtime, result: Handle, i: number, item: Handle): void {
  rt.decref(tupleSwapItem(rt, result, i, rt.newRef(item)));
}

/** The next item, or 0; at a plain end no exception is left (a StopIteration is cleared). */
export function isError(rt: Runtime): boolean {
  if (rt.currentException === 0) return false;
  if (!rt.errorMatches('StopIteration')) return true;
  rt.clearError();
  return false;
}

/** `Py_TYPE(it)->tp_iternext(it)`: a StopIteration is left as it is. */
export function rawNext(rt: Runtime, it: Handle): Handle {
  countItem(rt);
  return rt.tp(it).tp_iternext!(rt, it);
}
