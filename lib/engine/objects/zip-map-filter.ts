/**
 * zip, map and filter (Python/bltinmodule.c).
 *
 *     zip     ob_refcnt ob_type | ittuple  result  strict
 *     map     ob_refcnt ob_type | iters  func  strict
 *     filter  ob_refcnt ob_type | func  it
 *
 * zip hands out one tuple again and again as long as nobody else holds it.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec, type Visit } from '../heap/object';
import { countItem, getIter, isTrue } from './abstract';
import { checkPositional, noKeywords } from './getargs';
import { selfIter } from './iter';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strValue } from './str';
import { newTupleTracked, tupleItem, tupleRecycle, tupleSize, tupleSwapItem } from './tuple';

const FIRST = 2;
const SECOND = 3;
const STRICT = 4;

/** The only keyword is `strict`: -1 with TypeError for another, else its truth. */
function strictArgument(rt: Runtime, name: string, args: Handle[], kwnames: Handle[] | null): number {
  if (kwnames === null) return 0;
  let strict = 0;
  for (let i = 0; i < kwnames.length; i++) {
    const key = strValue(rt, kwnames[i]!);
    if (key !== 'strict') return rt.raiseInt('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
    strict = isTrue(rt, args[args.length - kwnames.length + i]!);
    if (strict < 0) return -1;
  }
  return strict;
}

/** A subclass with an `__init__` of its own may be given keywords. */
function ownInit(rt: Runtime, type: Handle): boolean {
  return rt.slotsOfType(type).tp_init !== rt.types.object.tp_init;
}

/** An iterator for each iterable, in a new tuple; 0 with an exception. */
function iterators(rt: Runtime, iterables: Handle[]): Handle {
  const its: Handle[] = [];
  for (const x of iterables) {
    const it = getIter(rt, x);
    if (it === 0) {
      for (let i = its.length - 1; i >= 0; i--) rt.decref(its[i]!);
      return 0;
    }
    its.push(it);
  }
  return newTupleTracked(rt, its);
}

function dealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  rt.heap.clearRef(h + FIRST);
  rt.heap.clearRef(h + SECOND);
  freeObject(rt, h);
}
function traverse(rt: Runtime, h: Handle, visit: Visit): void {
  const mem = rt.mem;
  if (mem[h + FIRST] !== 0) visit(mem[h + FIRST]!, h + FIRST);
  if (mem[h + SECOND] !== 0) visit(mem[h + SECOND]!, h + SECOND);
}

// ---- zip ----------------------------------------------------------------------------------------------------------------

function zipNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const strict = strictArgument(rt, 'zip', args, kwnames);
  if (strict < 0) return 0;
  const iterables = args.slice(0, args.length - (kwnames?.length ?? 0));
  const its = iterators(rt, iterables);
  if (its === 0) return 0;
  const result = newTupleTracked(
    rt,
    iterables.map(() => rt.None),
  );
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.mem[h + FIRST] = its;
  rt.mem[h + SECOND] = result;
  rt.mem[h + STRICT] = strict;
  return h;
}

function zipNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const its = mem[h + FIRST]!;
  const n = tupleSize(rt, its);
  if (n === 0) return 0;
  const result = mem[h + SECOND]!;
  if (mem[result] === 1) {
    rt.incref(result);
    for (let i = 0; i < n; i++) {
      const it = tupleItem(rt, its, i);
      const item = rt.tp(it).tp_iternext!(rt, it);
      if (item === 0) {
        rt.decref(result);
        return zipEnd(rt, h, i);
      }
      rt.decref(tupleSwapItem(rt, result, i, item));
    }
    tupleRecycle(rt, result);
    return result;
  }
  const items: Handle[] = [];
  for (let i = 0; i < n; i++) {
    const it = tupleItem(rt, its, i);
    const item = rt.tp(it).tp_iternext!(rt, it);
    if (item === 0) {
      for (let k = i - 1; k >= 0; k--) rt.decref(items[k]!);
      return zipEnd(rt, h, i);
    }
    items.push(item);
  }
  return newTupleTracked(rt, items);
}

/** Iterator number i gave nothing. With strict, all must end at the same time. */
function zipEnd(rt: Runtime, h: Handle, i: number): 0 {
  return rt.mem[h + STRICT] === 0 ? 0 : strictEnd(rt, 'zip', rt.mem[h + FIRST]!, i);
}

function strictEnd(rt: Runtime, name: string, its: Handle, i: number): 0 {
  if (rt.currentException !== 0) {
    if (!rt.errorMatches('StopIteration')) return 0;
    rt.clearError();
  }
  const others = (k: number) => (k === 1 ? '' : 's 1-');
  if (i > 0)
    return rt.raise(
      'ValueError',
      `${name}() argument ${i + 1} is shorter than argument${i === 1 ? ' ' : others(i)}${i}`,
    );
  for (let k = 1; k < tupleSize(rt, its); k++) {
    const it = tupleItem(rt, its, k);
    const item = rt.tp(it).tp_iternext!(rt, it);
    if (item !== 0) {
      rt.decref(item);
      return rt.raise(
        'ValueError',
        `${name}() argument ${k + 1} is longer than argument${k === 1 ? ' ' : others(k)}${k}`,
      );
    }
    if (rt.currentException !== 0) {
      if (!rt.errorMatches('StopIteration')) return 0;
      rt.clearError();
    }
  }
  return 0;
}

// ---- map ----------------------------------------------------------------------------------------------------------------

function mapNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  let strict = 0;
  if (rt.facts.name !== '3.13') strict = strictArgument(rt, 'map', args, kwnames);
  else if (!ownInit(rt, type) && !noKeywords(rt, 'map', kwnames)) return 0;
  if (strict < 0) return 0;
  const n = args.length - (kwnames?.length ?? 0);
  if (n < 2) return rt.raise('TypeError', 'map() must have at least two arguments.');
  const its = iterators(rt, args.slice(1, n));
  if (its === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.mem[h + FIRST] = its;
  rt.mem[h + SECOND] = rt.newRef(args[0]!);
  rt.mem[h + STRICT] = strict;
  return h;
}

function mapNext(rt: Runtime, h: Handle): Handle {
  const mem = rt.mem;
  const its = mem[h + FIRST]!;
  const n = tupleSize(rt, its);
  const args: Handle[] = [];
  let r: Handle = 0;
  for (let i = 0; i < n; i++) {
    const it = tupleItem(rt, its, i);
    const item = rt.tp(it).tp_iternext!(rt, it);
    if (item === 0) {
      if (mem[h + STRICT] !== 0) strictEnd(rt, 'map', its, i);
      break;
    }
    args.push(item);
  }
  if (args.length === n) r = rt.call(mem[h + SECOND]!, args);
  for (const x of args) rt.decref(x);
  return r;
}

// ---- filter -------------------------------------------------------------------------------------------------------------

function filterNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (!ownInit(rt, type) && !noKeywords(rt, 'filter', kwnames)) return 0;
  if (!checkPositional(rt, 'filter', args.length - (kwnames?.length ?? 0), 2, 2)) return 0;
  const it = getIter(rt, args[1]!);
  if (it === 0) return 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  rt.mem[h + FIRST] = rt.newRef(args[0]!);
  rt.mem[h + SECOND] = it;
  return h;
}

function filterNext(rt: Runtime, h: Handle): Handle {
  const func = rt.mem[h + FIRST]!;
  const it = rt.mem[h + SECOND]!;
  const byTruth = func === rt.None || func === rt.types.bool.handle;
  for (;;) {
    countItem(rt);
    const item = rt.tp(it).tp_iternext!(rt, it);
    if (item === 0) return 0;
    let keep: number;
    if (byTruth) {
      keep = isTrue(rt, item);
    } else {
      const good = rt.call(func, [item]);
      keep = good === 0 ? -1 : isTrue(rt, good);
      rt.xdecref(good);
    }
    if (keep > 0) return item;
    rt.decref(item);
    if (keep < 0) return 0;
  }
}

function spec(name: string, words: number, basicsize: number, doc: string, slots: TypeSpec['slots']): TypeSpec {
  return {
    name,
    flags: TPFLAGS.BASETYPE,
    gc: true,
    words,
    basicsize,
    doc,
    slots: { tp_dealloc: dealloc, tp_traverse: traverse, tp_iter: selfIter, ...slots },
  };
}

export const zipMapFilterSpecs: TypeSpec[] = [
  spec('zip', 3, 48, 'Tuples of one item from each iterable.', { tp_iternext: zipNext, tp_new: zipNew }),
  spec('map', 3, 40, 'What a function gives for each item.', { tp_iternext: mapNext, tp_new: mapNew }),
  spec('filter', 2, 32, 'The items for which a function says yes.', { tp_iternext: filterNext, tp_new: filterNew }),
];
