/**
 * `frame.f_locals` of a function (Objects/frameobject.c, PEP 667): a mapping that reads and writes the frame itself.
 * Names that the function does not have are kept beside it, in the frame object.
 *
 *     ob_refcnt ob_type | frame
 */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type MethodDef, type TypeSpec } from '../heap/object';
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_HIDDEN } from '../compiler/code-unit';
import { hash, isDict, repr, reprText, richCompare, richCompareBool, typeName } from './abstract';
import { cellValue, setCell } from './cell';
import { codeRuntime } from './code';
import {
  dictDel,
  dictGet,
  dictItemsArray,
  dictPop,
  dictSet,
  dictUpdate,
  hashFailed,
  newDict,
  raiseKeyError,
} from './dict';
import { FO_EXTRA_LOCALS, FO_OVERWRITTEN, frameOf } from './frame';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { BORROWED, F_CODE, F_LOCALSPLUS } from './interpreter-frame';
import { listIter } from './iter';
import { listAppend, newList } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { newTuple } from './tuple';

const PROXY_FRAME = 2;

/** `_PyFrameLocalsProxy_New`: new; `frame` borrowed. */
export function newFrameLocalsProxy(rt: Runtime, frame: Handle): Handle {
  const h = newObject(rt, rt.types.FrameLocalsProxy);
  rt.heap.set(h + PROXY_FRAME, rt.newRef(frame));
  rt.heap.gcTrack(h);
  return h;
}

const isProxy = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types.FrameLocalsProxy);

/** The cell that a slot holds, or 0. */
function cellOf(rt: Runtime, kind: number, value: Handle): Handle {
  return value !== 0 && (kind & (CO_FAST_CELL | CO_FAST_FREE)) !== 0 && rt.is(value, rt.types.cell) ? value : 0;
}

/** A module or class body is inside a comprehension: its variables are the frame's, and hide the namespace. */
export function hasHiddenLocals(rt: Runtime, f: number): boolean {
  const { localspluskinds } = codeRuntime(rt, rt.mem[f + F_CODE]!).unit;
  for (let i = 0; i < localspluskinds.length; i++)
    if ((localspluskinds[i]! & CO_FAST_HIDDEN) !== 0 && rt.mem[f + F_LOCALSPLUS + i] !== 0) return true;
  return false;
}

/** A variable's value, borrowed; 0 if it has none. */
export function slotValue(rt: Runtime, f: number, slot: number): Handle {
  const kind = codeRuntime(rt, rt.mem[f + F_CODE]!).unit.localspluskinds[slot]!;
  const value = rt.mem[f + F_LOCALSPLUS + slot]! & ~BORROWED;
  const cell = cellOf(rt, kind, value);
  return cell !== 0 ? cellValue(rt, cell) : value;
}

/**
 * The slot of a name; -1 if there is none; -2 with an exception (the key cannot be hashed). A comprehension's variables
 * can be read only.
 */
function slotOf(rt: Runtime, h: Handle, key: Handle, reads: boolean): number {
  const { localsplusnames, localspluskinds } = unitOf(rt, h);
  const fits = (i: number): boolean => reads || (localspluskinds[i]! & CO_FAST_HIDDEN) === 0;
  if (rt.is(key, rt.types.str)) {
    const name = strValue(rt, key);
    return localsplusnames.findIndex((n, i) => n === name && fits(i));
  }
  // Anything else may be equal to a name.
  const low = hash(rt, key);
  if (hashFailed(rt, low)) return -2;
  const high = rt.hashHigh;
  for (const [i, n] of localsplusnames.entries()) {
    const name = rt.id(n);
    if (!fits(i) || hash(rt, name) !== low || rt.hashHigh !== high) continue;
    const same = richCompareBool(rt, name, key, CompareOp.EQ);
    if (same !== 0) return same < 0 ? -2 : i;
  }
  return -1;
}

const frameHandle = (rt: Runtime, h: Handle): Handle => rt.mem[h + PROXY_FRAME]!;
const frameWords = (rt: Runtime, h: Handle): number => frameOf(rt, frameHandle(rt, h));
const unitOf = (rt: Runtime, h: Handle) => codeRuntime(rt, rt.mem[frameWords(rt, h) + F_CODE]!).unit;
const extra = (rt: Runtime, h: Handle): Handle => rt.mem[frameHandle(rt, h) + FO_EXTRA_LOCALS]!;

/** Names and values, borrowed, in CPython's order. */
function entries(rt: Runtime, h: Handle): [Handle, Handle][] {
  const f = frameWords(rt, h);
  const out: [Handle, Handle][] = [];
  for (const [i, name] of unitOf(rt, h).localsplusnames.entries()) {
    const value = slotValue(rt, f, i);
    if (value !== 0) out.push([rt.id(name), value]);
  }
  if (extra(rt, h) !== 0) out.push(...dictItemsArray(rt, extra(rt, h)));
  return out;
}

/** A dict of what is there: new. */
function asDict(rt: Runtime, h: Handle): Handle {
  const dict = newDict(rt);
  for (const [key, value] of entries(rt, h)) dictSet(rt, dict, key, value);
  return dict;
}

/** Borrowed; 0 if there is none, or with an exception. */
function lookup(rt: Runtime, h: Handle, key: Handle): Handle {
  const slot = slotOf(rt, h, key, true);
  if (slot === -2) return 0;
  if (slot >= 0) {
    const value = slotValue(rt, frameWords(rt, h), slot);
    if (value !== 0) return value;
  }
  const more = extra(rt, h);
  return more === 0 ? 0 : dictGet(rt, more, key);
}

function getItem(rt: Runtime, h: Handle, key: Handle): Handle {
  const value = lookup(rt, h, key);
  if (value !== 0) return rt.newRef(value);
  if (rt.currentException !== 0) return 0;
  const text = reprText(rt, key);
  if (text === null) return 0;
  return rt.raise('KeyError', `local variable '${text}' is not defined`);
}

/** Puts a value into a slot. 3.14 keeps the old one alive, since the frame's stack may have borrowed it. */
function setSlot(rt: Runtime, h: Handle, slot: number, value: Handle): void {
  const f = frameWords(rt, h);
  const word = f + F_LOCALSPLUS + slot;
  const old = rt.mem[word]!;
  const cell = cellOf(rt, unitOf(rt, h).localspluskinds[slot]!, old & ~BORROWED);
  if (cell !== 0) {
    if (cellValue(rt, cell) !== value) setCell(rt, cell, rt.newRef(value));
    return;
  }
  if ((old & ~BORROWED) === value) return;
  rt.heap.set(word, rt.newRef(value));
  if (old === 0 || (old & BORROWED) !== 0) return;
  if (rt.facts.name === '3.13') rt.decref(old);
  else {
    const kept = frameHandle(rt, h) + FO_OVERWRITTEN;
    if (rt.mem[kept] === 0) rt.heap.set(kept, newList(rt, []));
    listAppend(rt, rt.mem[kept]!, old);
    rt.decref(old);
  }
}

const CANNOT_REMOVE = 'cannot remove local variables from FrameLocalsProxy';

/** `value` 0 removes. 0 or -1. */
function setItem(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  const slot = slotOf(rt, h, key, false);
  if (slot === -2) return -1;
  if (slot >= 0) {
    if (value === 0) return rt.raiseInt('ValueError', CANNOT_REMOVE);
    setSlot(rt, h, slot, value);
    return 0;
  }
  const word = frameHandle(rt, h) + FO_EXTRA_LOCALS;
  if (rt.mem[word] === 0) {
    if (value === 0) {
      raiseKeyError(rt, key);
      return -1;
    }
    rt.heap.set(word, newDict(rt));
  }
  return value === 0 ? dictDel(rt, rt.mem[word]!, key) : dictSet(rt, rt.mem[word]!, key, value);
}

/** `framelocalsproxy_merge`: 0; -1 with an exception, which is absent if `other` is neither dict nor proxy. */
function merge(rt: Runtime, h: Handle, other: Handle): number {
  if (!isDict(rt, other) && !isProxy(rt, other)) return -1;
  const pairs = isProxy(rt, other) ? entries(rt, other) : dictItemsArray(rt, other);
  for (const [key, value] of pairs) if (setItem(rt, h, key, value) < 0) return -1;
  return 0;
}

const size = (rt: Runtime, h: Handle): number => entries(rt, h).length;

function list(rt: Runtime, h: Handle, pick: (key: Handle, value: Handle) => Handle): Handle {
  return newList(
    rt,
    entries(rt, h).map(([key, value]) => pick(key, value)),
  );
}
const keys = (rt: Runtime, h: Handle): Handle => list(rt, h, (key) => rt.newRef(key));

function iterate(rt: Runtime, h: Handle, make: (rt: Runtime, list: Handle) => Handle): Handle {
  const names = keys(rt, h);
  const it = make(rt, names);
  rt.decref(names);
  return it;
}

function or(rt: Runtime, a: Handle, b: Handle): Handle {
  const fits = (x: Handle): boolean => isDict(rt, x) || isProxy(rt, x);
  if (!fits(a) || !fits(b)) return rt.NotImplemented;
  const result = newDict(rt);
  for (const part of [a, b]) {
    if (isDict(rt, part)) dictUpdate(rt, result, part);
    else for (const [key, value] of entries(rt, part)) dictSet(rt, result, key, value);
  }
  return result;
}

const methods: Record<string, MethodDef> = {
  get: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (rt: Runtime, h, [key, fallback]) => {
      const value = lookup(rt, h, key!);
      if (value === 0 && rt.currentException !== 0) return 0;
      return rt.newRef(value || (fallback ?? rt.None));
    },
  },
  setdefault: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (rt: Runtime, h, [key, fallback]) => {
      const value = lookup(rt, h, key!);
      if (value !== 0) return rt.newRef(value);
      if (rt.currentException !== 0 || setItem(rt, h, key!, fallback ?? rt.None) < 0) return 0;
      return rt.newRef(fallback ?? rt.None);
    },
  },
  pop: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (rt: Runtime, h, [key, fallback]) => {
      const slot = slotOf(rt, h, key!, false);
      if (slot === -2) return 0;
      if (slot >= 0) return rt.raise('ValueError', CANNOT_REMOVE);
      const value = extra(rt, h) === 0 ? 0 : dictPop(rt, extra(rt, h), key!);
      if (value !== 0) return value;
      if (rt.currentException !== 0 && (fallback === undefined || !rt.errorMatches('KeyError'))) return 0;
      rt.clearError();
      if (fallback !== undefined) return rt.newRef(fallback);
      return raiseKeyError(rt, key!);
    },
  },
  update: {
    kind: 'o',
    fn: (rt: Runtime, h, other) => {
      if (merge(rt, h, other) === 0) return rt.None;
      return rt.currentException !== 0
        ? 0
        : rt.raise('TypeError', 'update() argument must be dict or another FrameLocalsProxy');
    },
  },
  keys: { kind: 'noargs', fn: keys as never },
  values: { kind: 'noargs', fn: (rt: Runtime, h) => list(rt, h, (_, value) => rt.newRef(value)) },
  items: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => list(rt, h, (key, value) => newTuple(rt, [rt.newRef(key), rt.newRef(value)])),
  },
  copy: { kind: 'noargs', fn: asDict as never },
  __reversed__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) =>
      newList(
        rt,
        entries(rt, h)
          .reverse()
          .map(([key]) => rt.newRef(key)),
      ),
  },
};

export const frameLocalsSpecs: TypeSpec[] = [
  {
    name: 'FrameLocalsProxy',
    gc: true,
    flags: TPFLAGS.MAPPING,
    words: 1,
    basicsize: 24,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + PROXY_FRAME);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + PROXY_FRAME] !== 0) visit(rt.mem[h + PROXY_FRAME]!, h + PROXY_FRAME);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + PROXY_FRAME),
      tp_new(rt: Runtime, _type, args, kwnames) {
        const n = args.length - (kwnames?.length ?? 0);
        if (n !== 1) return rt.raise('TypeError', `FrameLocalsProxy expected 1 argument, got ${n}`);
        if (!noKeywords(rt, 'FrameLocalsProxy', kwnames) || !checkPositional(rt, 'FrameLocalsProxy', n, 1, 1)) return 0;
        if (!rt.is(args[0]!, rt.types.frame))
          return rt.raise('TypeError', `expect frame, not ${typeName(rt, args[0]!)}`);
        return newFrameLocalsProxy(rt, args[0]!);
      },
      tp_repr(rt: Runtime, h) {
        if (rt.reprEnter(h)) return strFrom(rt, '{...}');
        const dict = asDict(rt, h);
        const r = repr(rt, dict);
        rt.decref(dict);
        rt.reprLeave(h);
        return r;
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if (op !== CompareOp.EQ && op !== CompareOp.NE) return rt.NotImplemented;
        if (isProxy(rt, b)) return rt.bool((frameHandle(rt, a) === frameHandle(rt, b)) === (op === CompareOp.EQ));
        if (!isDict(rt, b)) return rt.NotImplemented;
        const dict = asDict(rt, a);
        const r = richCompare(rt, dict, b, op);
        rt.decref(dict);
        return r;
      },
      tp_iter: (rt: Runtime, h) => iterate(rt, h, listIter),
      tp_getattro: genericGetAttr,
      sq_contains(rt: Runtime, h, key) {
        const value = lookup(rt, h, key);
        return value !== 0 ? 1 : rt.currentException !== 0 ? -1 : 0;
      },
      mp_length: size as never,
      mp_subscript: getItem as never,
      mp_ass_subscript: setItem as never,
      nb_or: or as never,
      nb_inplace_or(rt: Runtime, h, other) {
        if (merge(rt, h, other) === 0) return rt.newRef(h);
        return rt.currentException !== 0 ? 0 : rt.NotImplemented;
      },
    },
    methods,
  },
];
