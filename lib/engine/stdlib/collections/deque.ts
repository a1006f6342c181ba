/** collections.deque (Modules/_collectionsmodule.c). */
import type { Handle } from '../../heap/layout';
import { CompareOp, TPFLAGS, type MethodDef, type TypeSpec } from '../../heap/object';
import {
  asIndex,
  getAttrString,
  getIter,
  isInt,
  iterNext,
  repr,
  reprText,
  richCompareBool,
  sequenceList,
  typeName,
} from '../../objects/abstract';
import { genericAlias } from '../../objects/dict-methods';
import { genericGetAttr } from '../../objects/generic-attr';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber, intToIndex } from '../../objects/int';
import { allocInstance, freeObject } from '../../objects/object';
import { hashNotImplemented } from '../../objects/abstract';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple, searchRange } from '../../objects/tuple';
import { HT_NAME, isInstanceOf } from '../../objects/type-lookup';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import {
  BLOCKLEN,
  BLOCK_BYTES,
  DATA,
  DQ_LEFTBLOCK,
  DQ_LEFTINDEX,
  DQ_MAXLEN,
  DQ_RIGHTBLOCK,
  DQ_RIGHTINDEX,
  DQ_SIZE,
  DQ_STATE,
  DQ_WEAKLIST,
  DQ_WORDS,
  RIGHTLINK,
  append,
  appendLeft,
  clear,
  freeBlocks,
  initBlocks,
  itemPlace,
  itemWord,
  popLeft,
  popRight,
  pushRight,
  reverse,
  rotate,
  size,
  startAt,
  touch,
} from './deque-blocks';
import { newDequeIterator } from './deque-iterator';

/** More items than this are more memory than there is. */
const ITEMS_MAX = 1 << 25;

function dequeType(ip: Runtime) {
  return typeOfModule(ip as Interpreter, 'collections.deque');
}
function isDeque(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, dequeType(rt));
}
/** `_PyType_Name`. */
export function typeShortName(rt: Runtime, h: Handle): string {
  return strValue(rt, rt.mem[rt.mem[h + 1]! + HT_NAME]!);
}

function newOfType(rt: Runtime, type: Handle): Handle {
  const h = allocInstance(rt, rt.slotsOfType(type));
  initBlocks(rt, h);
  rt.heap.set(h + DQ_MAXLEN, -1);
  return h;
}

// ---- filling --------------------------------------------------------------------------------------------------------------

/** `deque_extend` and `deque_extendleft`: 0, or -1 with an exception. */
function extendWith(rt: Runtime, h: Handle, iterable: Handle, left: boolean): number {
  if (iterable === h) {
    const list = sequenceList(rt, iterable);
    if (list === 0) return -1;
    const r = extendWith(rt, h, list, left);
    rt.decref(list);
    return r;
  }
  const it = getIter(rt, iterable);
  if (it === 0) return -1;
  const keep = rt.mem[h + DQ_MAXLEN] !== 0;
  if (keep && size(rt, h) === 0) startAt(rt, h, left ? BLOCKLEN - 1 : 1);
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it)) {
    if (!keep) rt.decref(item);
    else if (left) appendLeft(rt, h, item);
    else append(rt, h, item);
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

const INIT = params('deque', 'iterable=, maxlen=');

function init(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const a = parseArgs(rt, INIT, args, kwnames);
  if (a === null) return -1;
  let maxlen = -1;
  if (a[1] !== 0 && a[1] !== rt.None) {
    if (!isInt(rt, a[1]!)) return rt.raiseInt('TypeError', 'an integer is required');
    maxlen = intToIndex(rt, a[1]!);
    if (Math.abs(maxlen) === Infinity)
      return rt.raiseInt('OverflowError', 'Python int too large to convert to C ssize_t');
    if (maxlen < 0) return rt.raiseInt('ValueError', 'maxlen must be non-negative');
  }
  rt.heap.set(h + DQ_MAXLEN, Math.min(maxlen, 0x7fffffff));
  if (size(rt, h) > 0) clear(rt, h);
  return a[0] === 0 ? 0 : extendWith(rt, h, a[0]!, false);
}

/** `deque_copy`. */
function copy(ip: Interpreter, h: Handle): Handle {
  const type = dequeType(ip);
  const maxlen = ip.mem[h + DQ_MAXLEN]!;
  if (ip.is(h, type)) {
    const d = newOfType(ip, type.handle);
    ip.heap.set(d + DQ_MAXLEN, maxlen);
    if (size(ip, h) === 1) append(ip, d, ip.newRef(ip.mem[itemWord(ip, h, 0)]!));
    else if (extendWith(ip, d, h, false) < 0) {
      ip.decref(d);
      return 0;
    }
    return d;
  }
  const args = [h];
  if (maxlen >= 0) args.push(intFromNumber(ip, maxlen));
  const d = ip.call(ip.mem[h + 1]!, args);
  if (maxlen >= 0) ip.decref(args[1]!);
  if (d !== 0 && !isDeque(ip, d)) {
    ip.raise('TypeError', `${ip.tp(h).name}() must return a deque, not ${typeName(ip, d)}`);
    ip.decref(d);
    return 0;
  }
  return d;
}

function concat(ip: Interpreter, a: Handle, b: Handle): Handle {
  if (!isDeque(ip, b)) return ip.raise('TypeError', `can only concatenate deque (not "${typeName(ip, b)}") to deque`);
  const d = copy(ip, a);
  if (d === 0) return 0;
  if (extendWith(ip, d, b, false) < 0) {
    ip.decref(d);
    return 0;
  }
  return d;
}

function inplaceConcat(rt: Runtime, h: Handle, other: Handle): Handle {
  return extendWith(rt, h, other, false) < 0 ? 0 : rt.newRef(h);
}

function inplaceRepeat(rt: Runtime, h: Handle, n: number): Handle {
  const len = size(rt, h);
  if (len === 0 || n === 1) return rt.newRef(h);
  if (n <= 0) {
    clear(rt, h);
    return rt.newRef(h);
  }
  const maxlen = rt.mem[h + DQ_MAXLEN]!;
  if (len === 1) {
    if (maxlen >= 0 && n > maxlen) n = maxlen;
    if (n > ITEMS_MAX) return rt.raiseObject('MemoryError', rt.emptyTuple);
    const item = rt.mem[itemWord(rt, h, 0)]!;
    touch(rt, h);
    for (let i = 1; i < n; i++) pushRight(rt, h, rt.newRef(item));
    return rt.newRef(h);
  }
  if (maxlen >= 0 && n * len > maxlen) n = Math.floor((maxlen + len - 1) / len);
  if (n * len > ITEMS_MAX) return rt.raiseObject('MemoryError', rt.emptyTuple);
  const list = sequenceList(rt, h);
  if (list === 0) return 0;
  for (let i = 0; i < n - 1; i++) {
    if (extendWith(rt, h, list, false) < 0) {
      rt.decref(list);
      return 0;
    }
  }
  rt.decref(list);
  return rt.newRef(h);
}

function repeat(ip: Interpreter, h: Handle, n: number): Handle {
  const d = copy(ip, h);
  if (d === 0) return 0;
  const r = inplaceRepeat(ip, d, n);
  ip.decref(d);
  return r;
}

// ---- items ----------------------------------------------------------------------------------------------------------------

function item(rt: Runtime, h: Handle, i: number): Handle {
  if (i < 0 || i >= size(rt, h)) return rt.raise('IndexError', 'deque index out of range');
  return rt.newRef(rt.mem[itemWord(rt, h, i)]!);
}

/** `deque_del_item`: brings it to the left end, and the others back. */
function deleteItem(rt: Runtime, h: Handle, i: number): void {
  rotate(rt, h, -i);
  const gone = popLeft(rt, h);
  rotate(rt, h, i);
  rt.decref(gone);
}

function assignItem(rt: Runtime, h: Handle, i: number, value: Handle): number {
  if (i < 0 || i >= size(rt, h)) return rt.raiseInt('IndexError', 'deque index out of range');
  if (value === 0) deleteItem(rt, h, i);
  else rt.heap.setRef(itemWord(rt, h, i), rt.newRef(value));
  return 0;
}

/**
 * Asks each item from `start` to `stop` whether it is equal to value; `found` stops the search with its answer.
 * @returns the position, -1 if there is none, -2 with an exception (of `mutation` if the deque changed meanwhile)
 */
function search(
  rt: Runtime,
  h: Handle,
  value: Handle,
  mutation: 'RuntimeError' | 'IndexError',
  found: (i: number) => boolean,
  start = 0,
  stop = size(rt, h),
): number {
  const state = rt.mem[h + DQ_STATE];
  if (start >= stop) return -1;
  let { block, index } = itemPlace(rt, h, start);
  for (let i = start; i < stop; i++) {
    const x = rt.newRef(rt.mem[block + DATA + index]!);
    const same = richCompareBool(rt, x, value, CompareOp.EQ);
    rt.decref(x);
    if (same < 0) return -2;
    if (mutation === 'RuntimeError' && same > 0 && found(i)) return i;
    if (rt.mem[h + DQ_STATE] !== state) {
      rt.raise(mutation, 'deque mutated during iteration');
      return -2;
    }
    if (mutation === 'IndexError' && same > 0) return i;
    if (++index === BLOCKLEN) {
      block = rt.mem[block + RIGHTLINK]!;
      index = 0;
    }
  }
  return -1;
}

function contains(rt: Runtime, h: Handle, value: Handle): number {
  const i = search(rt, h, value, 'RuntimeError', () => true);
  return i === -2 ? -1 : i >= 0 ? 1 : 0;
}

function count(rt: Runtime, h: Handle, value: Handle): Handle {
  let n = 0;
  const end = search(rt, h, value, 'RuntimeError', () => {
    n++;
    return false;
  });
  return end === -2 ? 0 : intFromNumber(rt, n);
}

function index(rt: Runtime, h: Handle, args: Handle[]): Handle {
  const n = size(rt, h);
  const range = searchRange(rt, args, () => n);
  if (range === null) return 0;
  const i = search(rt, h, args[0]!, 'RuntimeError', () => true, range[0], Math.min(range[1], n));
  if (i >= 0) return intFromNumber(rt, i);
  if (i === -2) return 0;
  return rt.facts.name === '3.13' ? notInDeque(rt, args[0]!) : rt.raise('ValueError', 'deque.index(x): x not in deque');
}

function notInDeque(rt: Runtime, value: Handle): 0 {
  const text = reprText(rt, value);
  return text === null ? 0 : rt.raise('ValueError', `${text} is not in deque`);
}

function remove(rt: Runtime, h: Handle, value: Handle): Handle {
  const i = search(rt, h, value, 'IndexError', () => true);
  if (i === -2) return 0;
  if (i === -1)
    return rt.facts.name === '3.13' ? notInDeque(rt, value) : rt.raise('ValueError', 'deque.remove(x): x not in deque');
  deleteItem(rt, h, i);
  return rt.None;
}

function insert(rt: Runtime, h: Handle, args: Handle[]): Handle {
  const i = asIndex(rt, args[0]!, 'OverflowError');
  if (i === null) return 0;
  const n = size(rt, h);
  if (rt.mem[h + DQ_MAXLEN] === n) return rt.raise('IndexError', 'deque already at its maximum size');
  const value = rt.newRef(args[1]!);
  if (i >= n) append(rt, h, value);
  else if (i <= -n || i === 0) appendLeft(rt, h, value);
  else {
    rotate(rt, h, -i);
    if (i < 0) append(rt, h, value);
    else appendLeft(rt, h, value);
    rotate(rt, h, i);
  }
  return rt.None;
}

// ---- comparison and text ------------------------------------------------------------------------------------------------------

function richCompare(ip: Interpreter, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isDeque(ip, a) || !isDeque(ip, b)) return ip.NotImplemented;
  if (op === CompareOp.EQ || op === CompareOp.NE) {
    if (a === b) return ip.bool(op === CompareOp.EQ);
    if (size(ip, a) !== size(ip, b)) return ip.bool(op === CompareOp.NE);
  }
  const ia = getIter(ip, a);
  if (ia === 0) return 0;
  const ib = getIter(ip, b);
  const r = ib === 0 ? -1 : compareItems(ip, ia, ib, op);
  ip.decref(ia);
  ip.xdecref(ib);
  return r < 0 ? 0 : ip.bool(r === 1);
}

function compareItems(rt: Runtime, ia: Handle, ib: Handle, op: CompareOp): number {
  for (;;) {
    const x = iterNext(rt, ia);
    if (x === 0 && rt.currentException !== 0) return -1;
    const y = iterNext(rt, ib);
    if (x === 0 || y === 0) {
      rt.xdecref(x);
      rt.xdecref(y);
      if (rt.currentException !== 0) return -1;
      const answers = [y !== 0, x === 0, x === y, x !== y, x !== 0, y === 0];
      return answers[op]! ? 1 : 0;
    }
    let r = richCompareBool(rt, x, y, CompareOp.EQ);
    const decided = r <= 0;
    if (r === 0) r = richCompareBool(rt, x, y, op);
    rt.decref(x);
    rt.decref(y);
    if (decided) return r;
  }
}

function dequeRepr(rt: Runtime, h: Handle): Handle {
  if (rt.reprEnter(h)) return strFrom(rt, '[...]');
  const list = sequenceList(rt, h);
  const r = list === 0 ? 0 : repr(rt, list);
  rt.xdecref(list);
  rt.reprLeave(h);
  if (r === 0) return 0;
  const maxlen = rt.mem[h + DQ_MAXLEN]!;
  const text = `${typeShortName(rt, h)}(${strValue(rt, r)}${maxlen >= 0 ? `, maxlen=${maxlen}` : ''})`;
  rt.decref(r);
  return strFrom(rt, text);
}

function reduce(rt: Runtime, h: Handle): Handle {
  const getstate = getAttrString(rt, h, '__getstate__');
  const state = getstate === 0 ? 0 : rt.call(getstate, []);
  rt.xdecref(getstate);
  if (state === 0) return 0;
  const it = getIter(rt, h);
  if (it === 0) {
    rt.decref(state);
    return 0;
  }
  const maxlen = rt.mem[h + DQ_MAXLEN]!;
  const args = maxlen < 0 ? rt.emptyTuple : newTuple(rt, [rt.emptyTuple, intFromNumber(rt, maxlen)]);
  return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), args, state, it]);
}

const nothing = (f: (rt: Runtime, h: Handle, x: Handle) => void) => (rt: Runtime, h: Handle, x: Handle) => {
  f(rt, h, x);
  return rt.None;
};

const methods: Record<string, MethodDef> = {
  append: { kind: 'o', fn: nothing((rt, h, x) => append(rt, h, rt.newRef(x))), doc: 'Adds an item on the right.' },
  appendleft: {
    kind: 'o',
    fn: nothing((rt, h, x) => appendLeft(rt, h, rt.newRef(x))),
    doc: 'Adds an item on the left.',
  },
  clear: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      clear(rt, h);
      return rt.None;
    },
    doc: 'Removes all items.',
  },
  __copy__: { kind: 'noargs', fn: copy, doc: 'A shallow copy.' },
  copy: { kind: 'noargs', fn: copy, doc: 'A shallow copy.' },
  count: { kind: 'o', fn: count, doc: 'How many items are equal to value.' },
  extend: {
    kind: 'o',
    fn: (rt: Runtime, h, x) => (extendWith(rt, h, x, false) < 0 ? 0 : rt.None),
    doc: 'Adds items on the right.',
  },
  extendleft: {
    kind: 'o',
    fn: (rt: Runtime, h, x) => (extendWith(rt, h, x, true) < 0 ? 0 : rt.None),
    doc: 'Adds items on the left, one after the other.',
  },
  index: { kind: 'fast', min: 1, max: 3, fn: index, doc: 'Position of the first item equal to value.' },
  insert: { kind: 'fast', min: 2, max: 2, fn: insert, doc: 'Puts an item before a position.' },
  pop: { kind: 'noargs', fn: popRight, doc: 'Removes and gives the rightmost item.' },
  popleft: { kind: 'noargs', fn: popLeft, doc: 'Removes and gives the leftmost item.' },
  __reduce__: { kind: 'noargs', fn: reduce },
  remove: { kind: 'o', fn: remove, doc: 'Removes the first item equal to value.' },
  __reversed__: {
    kind: 'noargs',
    fn: (ip: Interpreter, h) => newDequeIterator(ip, '_deque_reverse_iterator', h),
    doc: 'An iterator from right to left.',
  },
  reverse: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      reverse(rt, h);
      return rt.None;
    },
    doc: 'Turns the order round.',
  },
  rotate: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (rt: Runtime, h, args) => {
      const n = args.length === 0 ? 1 : asIndex(rt, args[0]!, 'OverflowError');
      if (n === null) return 0;
      rotate(rt, h, n);
      return rt.None;
    },
    doc: 'Moves n items from the right end to the left.',
  },
  __sizeof__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const blocks = Math.floor((rt.mem[h + DQ_LEFTINDEX]! + size(rt, h) + BLOCKLEN - 1) / BLOCKLEN);
      return intFromNumber(rt, rt.tp(h).basicsize + blocks * BLOCK_BYTES);
    },
    doc: 'Size in memory, in bytes.',
  },
};

export const dequeSpec: TypeSpec = {
  name: 'deque',
  module: 'collections',
  gc: true,
  flags: TPFLAGS.BASETYPE | TPFLAGS.SEQUENCE,
  words: DQ_WORDS,
  basicsize: 216,
  weaklistoffset: DQ_WEAKLIST,
  doc: 'A list that grows and shrinks at both ends.',
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      if (rt.mem[h + DQ_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      if (rt.mem[h + DQ_LEFTBLOCK] !== 0) {
        clear(rt, h);
        freeBlocks(rt, h);
      }
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      const { mem } = rt;
      let block = mem[h + DQ_LEFTBLOCK]!;
      if (block === 0 || mem[h + DQ_SIZE] === 0) return;
      let i = mem[h + DQ_LEFTINDEX]!;
      for (; block !== mem[h + DQ_RIGHTBLOCK]; block = mem[block + RIGHTLINK]!, i = 0)
        for (; i < BLOCKLEN; i++) visit(mem[block + DATA + i]!, block + DATA + i);
      for (; i <= mem[h + DQ_RIGHTINDEX]!; i++) visit(mem[block + DATA + i]!, block + DATA + i);
    },
    tp_clear: clear,
    tp_new: (rt: Runtime, type: Handle) => newOfType(rt, type),
    tp_init: init,
    tp_repr: dequeRepr,
    tp_hash: hashNotImplemented,
    tp_richcompare: richCompare,
    tp_getattro: genericGetAttr,
    tp_iter: (ip: Interpreter, h: Handle) => newDequeIterator(ip, '_deque_iterator', h),
    sq_length: size,
    sq_concat: concat,
    sq_repeat: repeat,
    sq_item: item,
    sq_ass_item: assignItem,
    sq_contains: contains,
    sq_inplace_concat: inplaceConcat,
    sq_inplace_repeat: inplaceRepeat,
  },
  methods,
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias, doc: 'See PEP 585' } },
  getset: {
    maxlen: {
      get: (rt: Runtime, h) => {
        const maxlen = rt.mem[h + DQ_MAXLEN]!;
        return maxlen < 0 ? rt.None : intFromNumber(rt, maxlen);
      },
      doc: 'maximum size of a deque or None if unbounded',
    },
  },
};
