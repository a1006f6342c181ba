/**
 * Methods and operators of dict (Objects/dictobject.c): get, pop, update, fromkeys, `|`, `==`, repr.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef } from '../heap/object';
import { getIter, isDict, iterNext, repr, richCompareBool, setItem } from './abstract';
import {
  DICT_EMBEDDED,
  dictClear,
  dictContains,
  dictCopy,
  dictGet,
  dictGetKnownHash,
  dictIsUnicode,
  dictKeysBytes,
  dictNext,
  dictPop,
  dictPopItem,
  dictReserve,
  dictSet,
  dictSetDefault,
  dictSize,
  dictUpdate,
  dictSetKnownHash,
  entryHash,
  entryKey,
  entryValue,
  raiseKeyError,
} from './dict';
import { dictItems, dictKeys, dictReversed, dictValues } from './dict-views';
import { checkPositional } from './getargs';
import { intFromNumber } from './int';
import type { Runtime } from './runtime';
import { setEntryHash, setEntryKey, setNext, setSize } from './set';
import { strFrom, strValue } from './str';
import { newTupleTracked } from './tuple';
import { typeLookup } from './type-lookup';

// ---- operators --------------------------------------------------------------------------------------------------------------

export function dictRepr(rt: Runtime, d: Handle): Handle {
  if (rt.reprEnter(d)) return strFrom(rt, '{...}');
  const parts: string[] = [];
  let failed = false;
  for (let pos = dictNext(rt, d, 0); pos > 0 && !failed; pos = dictNext(rt, d, pos)) {
    const key = rt.newRef(entryKey(rt, d, pos));
    const value = rt.newRef(entryValue(rt, d, pos));
    const k = repr(rt, key);
    const v = k === 0 ? 0 : repr(rt, value);
    if (k === 0 || v === 0) failed = true;
    else parts.push(`${strValue(rt, k)}: ${strValue(rt, v)}`);
    rt.xdecref(k);
    rt.xdecref(v);
    rt.decref(key);
    rt.decref(value);
  }
  rt.reprLeave(d);
  return failed ? 0 : strFrom(rt, `{${parts.join(', ')}}`);
}

export function dictRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isDict(rt, a) || !isDict(rt, b) || (op !== CompareOp.EQ && op !== CompareOp.NE)) return rt.NotImplemented;
  const same = dictEqual(rt, a, b);
  return same < 0 ? 0 : rt.bool((same === 1) === (op === CompareOp.EQ));
}

/** 1, 0, -1. The values of `b` are asked, by the keys of `a`. */
function dictEqual(rt: Runtime, a: Handle, b: Handle): number {
  if (dictSize(rt, a) !== dictSize(rt, b)) return 0;
  for (let pos = dictNext(rt, a, 0); pos > 0; pos = dictNext(rt, a, pos)) {
    const value = rt.newRef(entryValue(rt, a, pos));
    const key = rt.newRef(entryKey(rt, a, pos));
    const low = entryHash(rt, a, pos);
    const other = dictGetKnownHash(rt, b, key, low, rt.hashHigh);
    let same = 0;
    if (other === 0) {
      if (rt.currentException !== 0) same = -1;
    } else {
      rt.incref(other);
      same = richCompareBool(rt, other, value, CompareOp.EQ);
      rt.decref(other);
    }
    rt.decref(key);
    rt.decref(value);
    if (same <= 0) return same;
  }
  return 1;
}

export function dictOr(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isDict(rt, a) || !isDict(rt, b)) return rt.NotImplemented;
  const d = dictCopy(rt, a);
  if (d === 0) return 0;
  if (dictUpdate(rt, d, b) < 0) {
    rt.decref(d);
    return 0;
  }
  return d;
}

export function dictInplaceOr(rt: Runtime, a: Handle, b: Handle): Handle {
  return dictUpdate(rt, a, b) < 0 ? 0 : rt.newRef(a);
}

export function dictContainsSlot(rt: Runtime, d: Handle, key: Handle): number {
  return dictContains(rt, d, key);
}

/** `dict_subscript`: a subclass may answer for a missing key. */
export function dictSubscript(rt: Runtime, d: Handle, key: Handle): Handle {
  const value = dictGet(rt, d, key);
  if (value !== 0) return rt.newRef(value);
  if (rt.currentException !== 0) return 0;
  if (!rt.is(d, rt.types.dict)) {
    const missing = lookupSpecial(rt, d, '__missing__');
    if (missing !== 0) {
      const r = rt.call(missing, [key]);
      rt.decref(missing);
      return r;
    }
    if (rt.currentException !== 0) return 0;
  }
  return raiseKeyError(rt, key);
}

/** `_PyObject_LookupSpecial`: the type's attribute, bound; new, or 0. */
function lookupSpecial(rt: Runtime, h: Handle, name: string): Handle {
  const type = rt.tp(h);
  const found = typeLookup(rt, type, rt.id(name));
  if (found === 0) return 0;
  rt.incref(found);
  const get = rt.tp(found).tp_descr_get;
  if (get === null) return found;
  const bound = get(rt, found, h, type.handle);
  rt.decref(found);
  return bound;
}

/** `dict_update_common`: `dict(…)` and `update(…)`. 0 or -1. */
function updateCommon(rt: Runtime, d: Handle, args: Handle[], kwnames: Handle[] | null, name: string): number {
  const npos = args.length - (kwnames?.length ?? 0);
  if (!checkPositional(rt, name, npos, 0, 1)) return -1;
  if (npos === 1 && dictUpdate(rt, d, args[0]!) < 0) return -1;
  if (kwnames === null) return 0;
  for (let i = 0; i < kwnames.length; i++) {
    if (dictSet(rt, d, kwnames[i]!, args[npos + i]!) < 0) return -1;
  }
  return 0;
}

export function dictInit(rt: Runtime, d: Handle, args: Handle[], kwnames: Handle[] | null): number {
  return updateCommon(rt, d, args, kwnames, 'dict');
}

// ---- methods ----------------------------------------------------------------------------------------------------------------

function get(rt: Runtime, d: Handle, args: Handle[]): Handle {
  const value = dictGet(rt, d, args[0]!);
  if (value !== 0) return rt.newRef(value);
  if (rt.currentException !== 0) return 0;
  return rt.newRef(args[1] ?? rt.None);
}

function setdefault(rt: Runtime, d: Handle, args: Handle[]): Handle {
  return dictSetDefault(rt, d, args[0]!, args[1] ?? rt.None);
}

function pop(rt: Runtime, d: Handle, args: Handle[]): Handle {
  const value = dictPop(rt, d, args[0]!);
  if (value !== 0 || rt.currentException !== 0) return value;
  return args[1] === undefined ? raiseKeyError(rt, args[0]!) : rt.newRef(args[1]);
}

function popitem(rt: Runtime, d: Handle): Handle {
  const pair = dictPopItem(rt, d);
  if (pair !== null) return newTupleTracked(rt, pair);
  return rt.raise('KeyError', 'popitem(): dictionary is empty');
}

function clear(rt: Runtime, d: Handle): Handle {
  dictClear(rt, d);
  return rt.None;
}

function update(rt: Runtime, d: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  return updateCommon(rt, d, args, kwnames, 'update') < 0 ? 0 : rt.None;
}

function contains(rt: Runtime, d: Handle, key: Handle): Handle {
  const r = dictContains(rt, d, key);
  return r < 0 ? 0 : rt.bool(r === 1);
}

/**
 * `_PyDict_SizeOf`. The `__dict__` of an instance shares its keys with the class: it has a slot for each of them.
 * DIFFERS: only while the instance lives; then CPython's dict still shares, ours is an ordinary one.
 */
export function dictSizeof(rt: Runtime, d: Handle): number {
  const { basicsize } = rt.tp(d);
  const owner = rt.mem[d + DICT_EMBEDDED]!;
  const shared = owner !== 0 && dictIsUnicode(rt, d) ? rt.tp(owner) : null;
  if (shared?.cachedKeys) return basicsize + 8 * (shared.cachedKeys.length + shared.sharedUsable);
  return basicsize + dictKeysBytes(rt, d);
}

function sizeof(rt: Runtime, d: Handle): Handle {
  return intFromNumber(rt, dictSizeof(rt, d));
}

/** `_PyDict_FromKeys`: an exact dict is filled directly, and at once gets the room that a dict or set asks for. */
function fromkeys(rt: Runtime, cls: Handle, args: Handle[]): Handle {
  const iterable = args[0]!;
  const value = args[1] ?? rt.None;
  const d = rt.call(cls, []);
  if (d === 0) return 0;
  const exact = rt.is(d, rt.types.dict);
  const fail = (): 0 => {
    rt.decref(d);
    return 0;
  };
  if (exact && dictSize(rt, d) === 0) {
    if (rt.is(iterable, rt.types.dict)) {
      dictReserve(rt, d, dictSize(rt, iterable), dictIsUnicode(rt, iterable));
      for (let pos = dictNext(rt, iterable, 0); pos > 0; pos = dictNext(rt, iterable, pos)) {
        const low = entryHash(rt, iterable, pos);
        if (dictSetKnownHash(rt, d, entryKey(rt, iterable, pos), low, rt.hashHigh, value) < 0) return fail();
      }
      return d;
    }
    if (rt.is(iterable, rt.types.set) || rt.is(iterable, rt.types.frozenset)) {
      dictReserve(rt, d, setSize(rt, iterable), false);
      for (let pos = setNext(rt, iterable, 0); pos > 0; pos = setNext(rt, iterable, pos)) {
        const low = setEntryHash(rt, iterable, pos);
        if (dictSetKnownHash(rt, d, setEntryKey(rt, iterable, pos), low, rt.hashHigh, value) < 0) return fail();
      }
      return d;
    }
  }
  const it = getIter(rt, iterable);
  if (it === 0) return fail();
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    const r = exact ? dictSet(rt, d, key, value) : setItem(rt, d, key, value);
    rt.decref(key);
    if (r < 0) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? fail() : d;
}

function classGetitem(rt: Runtime, cls: Handle, item: Handle): Handle {
  return genericAlias(rt, cls, item);
}

/** `__class_getitem__` of the built-in containers: `types.GenericAlias(cls, item)`. */
export function genericAlias(rt: Runtime, cls: Handle, item: Handle): Handle {
  return rt.call(rt.types['types.GenericAlias'].handle, [cls, item]);
}

export function dictMethods(): Record<string, MethodDef> {
  return {
    __contains__: { kind: 'o', fn: contains, doc: 'True if the dictionary has the key.' },
    __getitem__: { kind: 'o', fn: dictSubscript, doc: 'self[key]' },
    __sizeof__: { kind: 'noargs', fn: sizeof, doc: 'Size of the dict in memory, in bytes.' },
    __reversed__: { kind: 'noargs', fn: dictReversed, doc: 'An iterator over the keys, newest first.' },
    get: { kind: 'fast', min: 1, max: 2, fn: get, doc: 'The value of key, or default.' },
    setdefault: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: setdefault,
      doc: 'The value of key; default is stored if it has none.',
    },
    pop: { kind: 'fast', min: 1, max: 2, fn: pop, doc: 'Removes key and gives its value, or default.' },
    popitem: { kind: 'noargs', fn: popitem, doc: 'Removes and gives the newest (key, value) pair.' },
    keys: { kind: 'noargs', fn: dictKeys, doc: 'A view of the keys.' },
    items: { kind: 'noargs', fn: dictItems, doc: 'A view of the (key, value) pairs.' },
    values: { kind: 'noargs', fn: dictValues, doc: 'A view of the values.' },
    update: {
      kind: 'keywords',
      varargs: 'always',
      fn: update,
      doc: 'Adds the keys of a mapping, of pairs, and of keyword arguments.',
    },
    clear: { kind: 'noargs', fn: clear, doc: 'Removes everything.' },
    copy: { kind: 'noargs', fn: dictCopy, doc: 'A shallow copy.' },
  };
}

export function dictClassmethods(): Record<string, MethodDef> {
  return {
    fromkeys: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: fromkeys,
      doc: 'A new dictionary with these keys, all with one value.',
    },
    __class_getitem__: { kind: 'o', fn: classGetitem },
  };
}
