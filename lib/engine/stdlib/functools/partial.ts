/**
 * functools.partial and, since 3.14, Placeholder (Modules/_functoolsmodule.c).
 *
 *     fn  args  kw  dict  weakreflist  phcount
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec } from '../../heap/object';
import { countWork, getAttrString, isDict, isStr, isTuple, repr, strText } from '../../objects/abstract';
import { newMethod } from '../../objects/classobject';
import {
  dictCopy,
  dictNext,
  entryKey,
  entryValue,
  dictItemsArray,
  dictMerge,
  dictSet,
  dictSize,
  newDict,
} from '../../objects/dict';
import { genericAlias } from '../../objects/dict-methods';
import { materializeDict, replaceDict } from '../../objects/dict-values';
import { genericGetAttr, genericSetAttr } from '../../objects/generic-attr';
import { allocInstance, freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple, newTupleTracked, tupleFromIterable, tupleItem, tupleItems, tupleSize } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import { warn } from '../../modules/warn';
import type { Interpreter } from '../../vm/interpreter';
import { argumentsTuple, objectCall } from '../arguments';

const FN = 2;
const ARGS = 3;
const KW = 4;
const DICT = 5;
const WEAKLIST = 6;
/** Placeholders among the arguments. */
const PHCOUNT = 7;

// ---- Placeholder ------------------------------------------------------------------------------------------------------------

const PLACEHOLDER_KEY = 'functools.Placeholder';

/** The one instance, borrowed; 0 in 3.13. */
function placeholder(ip: Interpreter): Handle {
  return (ip.moduleState.get(PLACEHOLDER_KEY) as Handle | undefined) ?? 0;
}

export const placeholderSpec: TypeSpec = {
  name: '_PlaceholderType',
  module: 'functools',
  gc: true,
  words: 0,
  basicsize: 16,
  doc: 'The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.',
  slots: {
    tp_new(ip: Interpreter, type: Handle, args: Handle[]) {
      if (args.length > 0) return ip.raise('TypeError', 'PlaceholderType takes no arguments');
      const known = placeholder(ip);
      if (known !== 0) return ip.newRef(known);
      const h = allocInstance(ip, ip.slotsOfType(type));
      ip.moduleState.set(PLACEHOLDER_KEY, h);
      ip.heap.immortalize(h);
      return h;
    },
    tp_repr: (rt: Runtime) => strFrom(rt, 'Placeholder'),
  },
  methods: { __reduce__: { kind: 'noargs', fn: (rt: Runtime) => strFrom(rt, 'Placeholder') } },
};

function countPlaceholders(ip: Interpreter, args: readonly Handle[]): number {
  const mark = placeholder(ip);
  return mark === 0 ? 0 : args.filter((x) => x === mark).length;
}

// ---- making one -------------------------------------------------------------------------------------------------------------

/** The partial whose parts a partial of it takes over; 0: it is called like any function. */
function mergeable(ip: Interpreter, func: Handle): boolean {
  const type = typeOfModule(ip, 'functools.partial');
  const same = ip.facts.name === '3.13' ? ip.tp(func).tp_call === type.tp_call : isInstanceOf(ip, func, type);
  return same && ip.mem[func + DICT] === 0;
}

function partialNew(ip: Interpreter, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const { heap, mem } = ip;
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos < 1) return ip.raise('TypeError', "type 'partial' takes at least one argument");
  let func = args[0]!;
  if (ip.tp(func).tp_call === null) return ip.raise('TypeError', 'the first argument must be callable');
  const mark = placeholder(ip);
  if (mark !== 0) {
    if (npos > 1 && args[npos - 1] === mark) return ip.raise('TypeError', 'trailing Placeholders are not allowed');
    if (args.slice(npos).includes(mark))
      return ip.raise('TypeError', 'Placeholder cannot be passed as a keyword argument');
  }
  const inner = mergeable(ip, func) ? func : 0;
  if (inner !== 0) func = mem[inner + FN]!;
  const h = allocInstance(ip, ip.slotsOfType(type));
  heap.set(h + FN, ip.newRef(func));
  const given = args.slice(1, npos);
  heap.set(h + ARGS, mergeArguments(ip, inner, given));
  heap.set(h + PHCOUNT, countPlaceholders(ip, tupleItems(ip, mem[h + ARGS]!)));
  heap.set(h + KW, inner !== 0 && dictSize(ip, mem[inner + KW]!) > 0 ? dictCopy(ip, mem[inner + KW]!) : newDict(ip));
  for (let i = npos; i < args.length; i++) dictSet(ip, mem[h + KW]!, kwnames![i - npos]!, args[i]!);
  return h;
}

/** The tuple of positional arguments: new. Those of an inner partial first, its placeholders filled. */
function mergeArguments(ip: Interpreter, inner: Handle, given: Handle[]): Handle {
  const fresh = () =>
    newTuple(
      ip,
      given.map((x) => ip.newRef(x)),
    );
  if (inner === 0) return fresh();
  const before = ip.mem[inner + ARGS]!;
  const mark = placeholder(ip);
  const items = [...tupleItems(ip, before)];
  countWork(ip, items.length);
  if (given.length === 0 && ip.is(before, ip.types.tuple)) return ip.newRef(before);
  let next = 0;
  if (mark !== 0) {
    for (let i = 0; i < items.length && next < given.length; i++) if (items[i] === mark) items[i] = given[next++]!;
  }
  items.push(...given.slice(next));
  if (before === ip.emptyTuple) return fresh();
  for (const x of items) ip.incref(x);
  return newTupleTracked(ip, items);
}

// ---- calling ----------------------------------------------------------------------------------------------------------------

/** The stored arguments with the placeholders filled from the given ones, then the rest; null with TypeError. */
function allArguments(ip: Interpreter, h: Handle, given: Handle[]): Handle[] | null {
  const stored = tupleItems(ip, ip.mem[h + ARGS]!);
  const holes = ip.mem[h + PHCOUNT]!;
  if (holes === 0) return stored.length === 0 ? given : [...stored, ...given];
  if (given.length < holes) {
    ip.raise(
      'TypeError',
      `missing positional arguments in 'partial' call; expected at least ${holes}, got ${given.length}`,
    );
    return null;
  }
  const mark = placeholder(ip);
  let next = 0;
  const filled = stored.map((x) => (x === mark ? given[next++]! : x));
  return [...filled, ...given.slice(next)];
}

function partialCall(ip: Interpreter, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const { mem } = ip;
  const fn = mem[h + FN]!;
  const npos = args.length - (kwnames?.length ?? 0);
  const given = args.slice(0, npos);
  const all = allArguments(ip, h, given);
  if (all === null) return 0;
  if (dictSize(ip, mem[h + KW]!) === 0) return ip.call(fn, [...all, ...args.slice(npos)], kwnames);
  // `partial_call`: a dict and a tuple of everything, while it runs.
  const kwargs = dictCopy(ip, mem[h + KW]!);
  if (kwargs === 0) return 0;
  for (let i = npos; i < args.length; i++) {
    if (dictSet(ip, kwargs, kwnames![i - npos]!, args[i]!) < 0) {
      ip.decref(kwargs);
      return 0;
    }
  }
  const tuple = concatenated(ip, mem[h + ARGS]!, given, all);
  const pairs = dictItemsArray(ip, kwargs);
  const bad = pairs.some(([key]) => !isStr(ip, key));
  const r = bad
    ? ip.raise('TypeError', 'keywords must be strings')
    : objectCall(
        ip,
        fn,
        [...all, ...pairs.map(([, value]) => value)],
        pairs.map(([key]) => key),
      );
  ip.decref(tuple);
  ip.decref(kwargs);
  return r;
}

/** `PySequence_Concat` of the stored and the given arguments: one of them itself where the other is empty. */
function concatenated(ip: Interpreter, stored: Handle, given: Handle[], all: Handle[]): Handle {
  if (given.length === 0 && all.length === tupleSize(ip, stored)) return ip.newRef(stored);
  if (tupleSize(ip, stored) === 0) return argumentsTuple(ip, given);
  for (const x of all) ip.incref(x);
  return newTupleTracked(ip, [...all]);
}

// ---- the rest ---------------------------------------------------------------------------------------------------------------

function partialRepr(ip: Interpreter, h: Handle): Handle {
  if (ip.reprEnter(h)) return strFrom(ip, '...');
  const text = reprParts(ip, h);
  ip.reprLeave(h);
  return text === null ? 0 : strFrom(ip, text);
}

function reprParts(ip: Interpreter, h: Handle): string | null {
  const { mem } = ip;
  const text = (r: Handle): string | null => {
    if (r === 0) return null;
    const s = strValue(ip, r);
    ip.decref(r);
    return s;
  };
  const attribute = (name: string): string | null => text(getAttrString(ip, mem[h + 1]!, name));
  const module = attribute('__module__');
  const name = module === null ? null : attribute('__qualname__');
  // Held, as a repr may set a new state.
  const fn = ip.newRef(mem[h + FN]!);
  const args = ip.newRef(mem[h + ARGS]!);
  const kw = ip.newRef(mem[h + KW]!);
  const parts: (string | null)[] = [];
  for (const x of tupleItems(ip, args)) if (!parts.includes(null)) parts.push(text(repr(ip, x)));
  for (let pos = dictNext(ip, kw, 0); pos > 0 && !parts.includes(null); pos = dictNext(ip, kw, pos)) {
    // The text of a key may take the value away.
    const key = ip.newRef(entryKey(ip, kw, pos));
    const value = ip.newRef(entryValue(ip, kw, pos));
    const k = strText(ip, key);
    const v = k === null ? null : text(repr(ip, value));
    parts.push(v === null ? null : `${k}=${v}`);
    ip.decref(key);
    ip.decref(value);
  }
  const of = name === null || parts.includes(null) ? null : text(repr(ip, fn));
  ip.decref(fn);
  ip.decref(args);
  ip.decref(kw);
  return of === null ? null : `${module}.${name}(${[of, ...parts].join(', ')})`;
}

function setstate(ip: Interpreter, h: Handle, state: Handle): Handle {
  const { heap } = ip;
  const bad = () => ip.raise('TypeError', 'invalid partial state');
  if (!isTuple(ip, state) || tupleSize(ip, state) !== 4) return bad();
  const [fn, args, kw, dict] = tupleItems(ip, state) as [Handle, Handle, Handle, Handle];
  if (ip.tp(fn).tp_call === null || !isTuple(ip, args) || (kw !== ip.None && !isDict(ip, kw))) return bad();
  const mark = placeholder(ip);
  const n = tupleSize(ip, args);
  if (mark !== 0 && n > 0 && tupleItem(ip, args, n - 1) === mark)
    return ip.raise('TypeError', 'trailing Placeholders are not allowed');
  const newArgs = tupleFromIterable(ip, args);
  if (newArgs === 0) return 0;
  let newKw: Handle;
  if (kw === ip.None) newKw = newDict(ip);
  else if (ip.is(kw, ip.types.dict)) newKw = ip.newRef(kw);
  else {
    newKw = newDict(ip);
    dictMerge(ip, newKw, kw, true);
  }
  heap.set(h + PHCOUNT, countPlaceholders(ip, tupleItems(ip, newArgs)));
  heap.setRef(h + FN, ip.newRef(fn));
  heap.setRef(h + ARGS, newArgs);
  heap.setRef(h + KW, newKw);
  heap.setRef(h + DICT, dict === ip.None ? 0 : ip.newRef(dict));
  return ip.None;
}

const methods: Record<string, MethodDef> = {
  __reduce__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const m = rt.mem;
      const state = [m[h + FN]!, m[h + ARGS]!, m[h + KW]!, m[h + DICT]! || rt.None].map((x) => rt.newRef(x));
      return newTuple(rt, [rt.newRef(m[h + 1]!), newTuple(rt, [rt.newRef(m[h + FN]!)]), newTuple(rt, state)]);
    },
  },
  __setstate__: { kind: 'o', fn: setstate },
};

/** `__dict__` of an object with a field for it. */
export const instanceDict: NonNullable<TypeSpec['getset']>[string] = {
  get: (rt: Runtime, h) => rt.newRef(materializeDict(rt, h, rt.tp(h))),
  set: (rt: Runtime, h, value) => {
    if (value === 0) return rt.raiseInt('TypeError', 'cannot delete __dict__');
    if (!isDict(rt, value))
      return rt.raiseInt('TypeError', `__dict__ must be set to a dictionary, not a '${rt.tp(value).name}'`);
    replaceDict(rt, h, rt.tp(h), value);
    return 0;
  },
};

export function partialSpec(rt: Runtime): TypeSpec {
  const fields = [FN, ARGS, KW, DICT];
  return {
    name: 'partial',
    module: 'functools',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 6,
    basicsize: rt.facts.name === '3.13' ? 64 : 80,
    dictoffset: DICT,
    weaklistoffset: WEAKLIST,
    doc: 'A callable with some arguments given already.',
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
        for (const word of fields) rt.heap.clearRef(h + word);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const word of fields) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
      },
      tp_clear(rt: Runtime, h) {
        for (const word of fields) rt.heap.clearRef(h + word);
      },
      tp_new: partialNew,
      tp_call: partialCall,
      tp_vectorcall: (rt: Runtime, h, lacks) => dictSize(rt, rt.mem[h + KW]!) === 0 && !lacks(rt.mem[h + FN]!),
      tp_repr: partialRepr,
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
      tp_descr_get(ip: Interpreter, h: Handle, obj: Handle) {
        if (obj === 0 || obj === ip.None) return ip.newRef(h);
        if (ip.facts.name !== '3.13') return newMethod(ip, h, obj);
        const warning =
          'functools.partial will be a method descriptor in future Python versions; ' +
          'wrap it in staticmethod() if you want to preserve the old behavior';
        return warn(ip, 'FutureWarning', warning, 1) ? ip.newRef(h) : 0;
      },
    },
    methods,
    classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias, doc: 'See PEP 585' } },
    getset: { __dict__: instanceDict },
    members: {
      func: { word: FN, readonly: true, doc: 'function object to use in future partial calls' },
      args: { word: ARGS, readonly: true, doc: 'tuple of arguments to future partial calls' },
      keywords: { word: KW, readonly: true, doc: 'dictionary of keyword arguments to future partial calls' },
    },
  };
}
