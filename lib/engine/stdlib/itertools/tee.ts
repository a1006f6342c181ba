/**
 * tee (Modules/itertoolsmodule.c): the branches read one chain of data nodes of 57 values each. A node dies when the
 * last branch has left it.
 *
 *     _tee            dataobj  index  weakreflist
 *     _tee_dataobject it  numread  running  nextlink  values…
 */
import type { Handle } from '../../heap/layout';
import { asIndex, getAttr, getIter, getOptionalAttr, isList, isTuple, iterNext } from '../../objects/abstract';
import { checkPositional } from '../../objects/getargs';
import { intFromNumber, intToIndex } from '../../objects/int';
import { listItem, listSize, newList } from '../../objects/list';
import { freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple, newTupleTracked, tupleItems, tupleSize } from '../../objects/tuple';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import type { TypeSpec } from '../../heap/object';
import type { Interpreter } from '../../vm/interpreter';
import { iteratorSpec, positional, setNewRef } from './common';
import { reduced, warnPickling } from './pickling';

const LINKCELLS = 57;
const D_IT = 2;
const D_NUMREAD = 3;
const D_RUNNING = 4;
const D_NEXTLINK = 5;
const D_VALUES = 6;
const T_DATAOBJ = 2;
const T_INDEX = 3;
const T_WEAKLIST = 4;

// ---- data nodes -----------------------------------------------------------------------------------------------------------

/** `teedataobject_newinternal`: `it` borrowed. */
function newNode(ip: Interpreter, it: Handle): Handle {
  const node = newObject(ip, typeOfModule(ip, 'itertools._tee_dataobject'));
  setNewRef(ip, node + D_IT, it);
  ip.heap.gcTrack(node);
  return node;
}

/** `teedataobject_jumplink`: the next node, made when the first branch gets there. New. */
function nextNode(ip: Interpreter, node: Handle): Handle {
  const { mem } = ip;
  if (mem[node + D_NEXTLINK] === 0) ip.heap.set(node + D_NEXTLINK, newNode(ip, mem[node + D_IT]!));
  return ip.newRef(mem[node + D_NEXTLINK]!);
}

/** `teedataobject_getitem`: new, or 0 at the end. */
function nodeItem(rt: Runtime, node: Handle, i: number): Handle {
  const { heap, mem } = rt;
  const read = mem[node + D_NUMREAD]!;
  if (i < read) return rt.newRef(mem[node + D_VALUES + i]!);
  if (mem[node + D_RUNNING] !== 0) return rt.raise('RuntimeError', 'cannot re-enter the tee iterator');
  heap.set(node + D_RUNNING, 1);
  const value = iterNext(rt, mem[node + D_IT]!);
  heap.set(node + D_RUNNING, 0);
  if (value === 0) return 0;
  heap.set(node + D_NUMREAD, mem[node + D_NUMREAD]! + 1);
  heap.set(node + D_VALUES + i, value);
  return rt.newRef(value);
}

/** `teedataobject_clear`; a long chain is taken down node by node, not by recursion. */
function clearNode(rt: Runtime, node: Handle): void {
  const { heap, mem } = rt;
  heap.clearRef(node + D_IT);
  for (let i = 0; i < mem[node + D_NUMREAD]!; i++) heap.clearRef(node + D_VALUES + i);
  let next = mem[node + D_NEXTLINK]!;
  heap.set(node + D_NEXTLINK, 0);
  while (next !== 0 && mem[next] === 1 && mem[next + 1] === mem[node + 1]) {
    const after = mem[next + D_NEXTLINK]!;
    heap.set(next + D_NEXTLINK, 0);
    rt.decref(next);
    next = after;
  }
  rt.xdecref(next);
}

function nodeNew(ip: Interpreter, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = positional(ip, 'teedataobject', _type, args, kwnames, 3, 3);
  if (a === null) return 0;
  const [it, values, next] = a as [Handle, Handle, Handle];
  if (!isList(ip, values))
    return ip.raise('TypeError', `teedataobject() argument 2 must be list, not ${ip.tp(values).name}`);
  const { heap, mem } = ip;
  const node = newNode(ip, it);
  const n = listSize(ip, values);
  const type = typeOfModule(ip, 'itertools._tee_dataobject');
  if (n <= LINKCELLS) {
    for (let i = 0; i < n; i++) setNewRef(ip, node + D_VALUES + i, listItem(ip, values, i));
    heap.set(node + D_NUMREAD, n);
    if (n < LINKCELLS ? next === ip.None : next === ip.None || ip.is(next, type)) {
      if (next !== ip.None) setNewRef(ip, node + D_NEXTLINK, next);
      return node;
    }
    if (mem[node + D_NEXTLINK] !== 0) heap.clearRef(node + D_NEXTLINK);
  }
  ip.decref(node);
  return ip.raise('ValueError', 'Invalid arguments');
}

export function teeNodeSpec(rt: Runtime): TypeSpec {
  const spec = iteratorSpec(rt, {
    name: '_tee_dataobject',
    words: 4 + LINKCELLS,
    basicsize: 496,
    refs: [],
    final: true,
    slots: {
      tp_new: nodeNew,
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        clearNode(rt, h);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        const { mem } = rt;
        if (mem[h + D_IT] !== 0) visit(mem[h + D_IT]!, h + D_IT);
        for (let i = 0; i < mem[h + D_NUMREAD]!; i++) {
          const value = mem[h + D_VALUES + i]!;
          if (value !== 0) visit(value, h + D_VALUES + i);
        }
        if (mem[h + D_NEXTLINK] !== 0) visit(mem[h + D_NEXTLINK]!, h + D_NEXTLINK);
      },
      tp_clear: clearNode,
    },
    pickling: {
      __reduce__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          if (!warnPickling(rt)) return 0;
          const { mem } = rt;
          const values: Handle[] = [];
          for (let i = 0; i < mem[h + D_NUMREAD]!; i++) values.push(rt.newRef(mem[h + D_VALUES + i]!));
          const args = newTuple(rt, [
            rt.newRef(mem[h + D_IT]!),
            newList(rt, values),
            rt.newRef(mem[h + D_NEXTLINK]! || rt.None),
          ]);
          return reduced(rt, mem[h + 1]!, args, 0);
        },
      },
    },
  });
  // Not an iterator: only the branches are.
  delete spec.slots.tp_iter;
  return spec;
}

// ---- branches -------------------------------------------------------------------------------------------------------------

function newBranch(ip: Interpreter, node: Handle, index: number): Handle {
  const h = newObject(ip, typeOfModule(ip, 'itertools._tee'));
  setNewRef(ip, h + T_DATAOBJ, node);
  ip.heap.set(h + T_INDEX, index);
  ip.heap.gcTrack(h);
  return h;
}

/** `tee_fromiterable`: a copy of a branch, or the first branch of a new chain. */
function fromIterable(ip: Interpreter, iterable: Handle): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  let h: Handle;
  if (ip.is(it, typeOfModule(ip, 'itertools._tee'))) h = copyBranch(ip, it);
  else {
    const node = newNode(ip, it);
    h = newBranch(ip, node, 0);
    ip.decref(node);
  }
  ip.decref(it);
  return h;
}

function copyBranch(ip: Interpreter, h: Handle): Handle {
  return newBranch(ip, ip.mem[h + T_DATAOBJ]!, ip.mem[h + T_INDEX]!);
}

function teeNext(ip: Interpreter, h: Handle): Handle {
  const { heap, mem } = ip;
  if (mem[h + T_INDEX]! >= LINKCELLS) {
    const link = nextNode(ip, mem[h + T_DATAOBJ]!);
    heap.set(h + T_INDEX, 0);
    heap.setRef(h + T_DATAOBJ, link);
  }
  const value = nodeItem(ip, mem[h + T_DATAOBJ]!, mem[h + T_INDEX]!);
  if (value === 0) return 0;
  heap.set(h + T_INDEX, mem[h + T_INDEX]! + 1);
  return value;
}

export function teeBranchSpec(rt: Runtime): TypeSpec {
  const spec = iteratorSpec(rt, {
    name: '_tee',
    words: 3,
    basicsize: 48,
    refs: [T_DATAOBJ],
    final: true,
    slots: {
      tp_new: (ip: Interpreter, type: Handle, args: Handle[], kwnames: Handle[] | null) => {
        const a = positional(ip, '_tee', type, args, kwnames, 1, 1);
        return a === null ? 0 : fromIterable(ip, a[0]!);
      },
      tp_iternext: teeNext,
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + T_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.clearRef(h + T_DATAOBJ);
        freeObject(rt, h);
      },
      tp_clear(rt: Runtime, h) {
        if (rt.mem[h + T_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.clearRef(h + T_DATAOBJ);
      },
    },
    methods: { __copy__: { kind: 'noargs', fn: copyBranch, doc: 'An independent iterator over what is left.' } },
    pickling: {
      __reduce__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          if (!warnPickling(rt)) return 0;
          const index = intFromNumber(rt, rt.mem[h + T_INDEX]!);
          const state = newTuple(rt, [rt.newRef(rt.mem[h + T_DATAOBJ]!), index]);
          return reduced(rt, rt.mem[h + 1]!, newTuple(rt, [rt.emptyTuple]), state);
        },
      },
      __setstate__: {
        kind: 'o',
        fn: (ip: Interpreter, h, state) => {
          if (!warnPickling(ip)) return 0;
          if (!isTuple(ip, state)) return ip.raise('TypeError', 'state is not a tuple');
          const [node, number] = tupleItems(ip, state);
          if (tupleSize(ip, state) !== 2)
            return ip.raise('TypeError', `function takes exactly 2 arguments (${tupleSize(ip, state)} given)`);
          if (!ip.is(node!, typeOfModule(ip, 'itertools._tee_dataobject')))
            return ip.raise('TypeError', `argument 1 must be itertools._tee_dataobject, not ${ip.tp(node!).name}`);
          const index = intToIndex(ip, number!);
          if (index < 0 || index > LINKCELLS) return ip.raise('ValueError', 'Index out of range');
          ip.heap.setRef(h + T_DATAOBJ, ip.newRef(node!));
          ip.heap.set(h + T_INDEX, index);
          return ip.None;
        },
      },
    },
  });
  delete spec.slots.tp_getattro;
  return { ...spec, weaklistoffset: T_WEAKLIST };
}

/** `itertools.tee(iterable, n=2)`. */
export function tee(ip: Interpreter, _module: Handle, args: Handle[]): Handle {
  if (!checkPositional(ip, 'tee', args.length, 1, 2)) return 0;
  let n = 2;
  if (args.length === 2) {
    const i = asIndex(ip, args[1]!, 'OverflowError');
    if (i === null) return 0;
    n = i;
  }
  if (n < 0) return ip.raise('ValueError', 'n must be >= 0');
  if (n === 0) return ip.emptyTuple;
  if (n > 0x7ffffff) return ip.raiseObject('MemoryError', ip.emptyTuple);
  return ip.facts.name === '3.13' ? teeByCopy(ip, args[0]!, n) : teeFlat(ip, args[0]!, n);
}

/** 3.13: the first branch, or the iterator itself where it can be copied, and copies of it. */
function teeByCopy(ip: Interpreter, iterable: Handle, n: number): Handle {
  let it = getIter(ip, iterable);
  if (it === 0) return 0;
  let copy = getOptionalAttr(ip, it, ip.id('__copy__'));
  if (copy === 0) {
    if (ip.currentException !== 0) {
      ip.decref(it);
      return 0;
    }
    const branch = fromIterable(ip, it);
    ip.decref(it);
    it = branch;
    if (it === 0) return 0;
    copy = getAttr(ip, it, ip.id('__copy__'));
    if (copy === 0) {
      ip.decref(it);
      return 0;
    }
  }
  return branches(ip, it, n, () => ip.call(copy, []), copy);
}

function teeFlat(ip: Interpreter, iterable: Handle, n: number): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  let copy = getOptionalAttr(ip, it, ip.id('__copy__'));
  let first = it;
  if (copy === 0) {
    if (ip.currentException !== 0) {
      ip.decref(it);
      return 0;
    }
    first = fromIterable(ip, it);
    ip.decref(it);
    if (first === 0) return 0;
    copy = getAttr(ip, first, ip.id('__copy__'));
  } else {
    first = ip.call(copy, []);
    ip.decref(it);
  }
  if (first === 0 || copy === 0) {
    ip.xdecref(first);
    ip.xdecref(copy);
    return 0;
  }
  return branches(ip, first, n, () => ip.call(copy, []), copy);
}

/** The tuple of `first` (stolen) and n - 1 copies; `copy` is given up. */
function branches(ip: Interpreter, first: Handle, n: number, next: () => Handle, copy: Handle): Handle {
  const items = [first];
  while (items.length < n) {
    const h = next();
    if (h === 0) break;
    items.push(h);
  }
  ip.decref(copy);
  if (items.length === n) return newTupleTracked(ip, items);
  for (const h of items.reverse()) ip.decref(h);
  return 0;
}
