/**
 * How an object tells `copy` and `pickle` how to make another like it (Objects/typeobject.c, `object___reduce_ex__`,
 * `reduce_newobj`, `object_getstate_default`).
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef } from '../heap/object';
import {
  asIndex,
  getAttr,
  getAttrString,
  getIter,
  getOptionalAttr,
  isDict,
  isList,
  isTuple,
  typeName,
} from './abstract';
import { dictGetKnown, dictSet, dictSize, newDict } from './dict';
import { intFromNumber } from './int';
import { listItems } from './list';
import { nativeMethod } from './method-object';
import type { Runtime } from './runtime';
import { callSpecial } from './slotdefs';
import { newTuple, tupleItems, tupleSize } from './tuple';
import { TP_DICT, typeLookup } from './type-lookup';

/** `copyreg.NAME`: new, or 0. */
function copyreg(rt: Runtime, name: string): Handle {
  const module = rt.importModule(rt.id('copyreg'), 0, 0, 0);
  if (module === 0) return 0;
  const value = getAttrString(rt, module, name);
  rt.decref(module);
  return value;
}

function callCopyreg(rt: Runtime, name: string, args: Handle[]): Handle {
  const f = copyreg(rt, name);
  if (f === 0) return 0;
  const r = rt.call(f, args);
  rt.decref(f);
  return r;
}

/** `_PyType_GetSlotNames`: a list or None, new; 0 with an exception. */
function slotNames(rt: Runtime, cls: Handle): Handle {
  const known = dictGetKnown(rt, rt.mem[cls + TP_DICT]!, rt.id('__slotnames__'));
  if (known !== 0) return rt.newRef(known);
  const names = callCopyreg(rt, '_slotnames', [cls]);
  if (names !== 0 && names !== rt.None && !isList(rt, names)) {
    rt.decref(names);
    return rt.raise('TypeError', "copyreg._slotnames didn't return a list or None");
  }
  return names;
}

/**
 * `object_getstate_default`: the `__dict__`, with the values of slots a pair of dicts. New or 0.
 * @param required a state that Python code cannot see makes it a TypeError
 */
function defaultState(rt: Runtime, h: Handle, required: boolean): Handle {
  const tp = rt.tp(h);
  if (required && tp.itemsize !== 0) return rt.raise('TypeError', `cannot pickle ${tp.name} objects`);
  let state = rt.None;
  if (tp.dictoffset !== 0) {
    const dict = getOptionalAttr(rt, h, rt.id('__dict__'));
    if (rt.currentException !== 0) return 0;
    if (dict !== 0 && isDict(rt, dict) && dictSize(rt, dict) > 0) state = dict;
    else rt.xdecref(dict);
  }
  const names = slotNames(rt, tp.handle);
  if (names === 0) {
    rt.decref(state);
    return 0;
  }
  const slots = names === rt.None ? [] : listItems(rt, names);
  if (required) {
    let size = 16 + 8 * slots.length;
    if (tp.dictoffset !== 0 && (tp.flags & TPFLAGS.MANAGED_DICT) === 0) size += 8;
    if (tp.weaklistoffset !== 0 && (tp.flags & TPFLAGS.MANAGED_WEAKREF) === 0) size += 8;
    if (tp.basicsize > size) {
      rt.decref(state);
      rt.decref(names);
      return rt.raise('TypeError', `cannot pickle '${tp.name}' object`);
    }
  }
  if (slots.length > 0) {
    const values = newDict(rt);
    // Looking may change the list.
    for (const name of slots) rt.incref(name);
    for (const name of slots) {
      const value = getOptionalAttr(rt, h, name);
      if (value !== 0) {
        dictSet(rt, values, name, value);
        rt.decref(value);
      } else if (rt.currentException !== 0) break;
    }
    for (const name of slots) rt.decref(name);
    if (rt.currentException !== 0) {
      for (const x of [values, state, names]) rt.decref(x);
      return 0;
    }
    if (dictSize(rt, values) > 0) state = newTuple(rt, [state, values]);
    else rt.decref(values);
  }
  rt.decref(names);
  return state;
}

const getstateMethod: MethodDef = {
  kind: 'noargs',
  fn: (rt: Runtime, h) => defaultState(rt, h, false),
};

/** `object_getstate`. */
function getState(rt: Runtime, h: Handle, required: boolean): Handle {
  const method = getAttrString(rt, h, '__getstate__');
  if (method === 0) return 0;
  const isDefault =
    rt.is(method, rt.types.builtin_function_or_method) && nativeMethod(rt, method).def === getstateMethod;
  const r = isDefault ? defaultState(rt, h, required) : rt.call(method, []);
  rt.decref(method);
  return r;
}

interface NewArguments {
  /** Owned; 0: none. */
  args: Handle;
  kwargs: Handle;
}

/** `_PyObject_GetNewArguments`: null with an exception. */
function newArguments(rt: Runtime, h: Handle): NewArguments | null {
  const fail = (message: string, ...owned: Handle[]): null => {
    rt.raise('TypeError', message);
    for (const x of owned) rt.decref(x);
    return null;
  };
  if (typeLookup(rt, rt.tp(h), rt.id('__getnewargs_ex__')) !== 0) {
    const r = callSpecial(rt, h, '__getnewargs_ex__', []);
    if (r === 0) return null;
    if (!isTuple(rt, r)) return fail(`__getnewargs_ex__ should return a tuple, not '${typeName(rt, r)}'`, r);
    if (tupleSize(rt, r) !== 2)
      return fail(`__getnewargs_ex__ should return a tuple of length 2, not ${tupleSize(rt, r)}`, r);
    const [args, kwargs] = tupleItems(rt, r) as [Handle, Handle];
    const what = (which: string, kind: string, x: Handle): string =>
      `${which} item of the tuple returned by __getnewargs_ex__ must be a ${kind}, not '${typeName(rt, x)}'`;
    if (!isTuple(rt, args)) return fail(what('first', 'tuple', args), r);
    if (!isDict(rt, kwargs)) return fail(what('second', 'dict', kwargs), r);
    rt.incref(args);
    rt.incref(kwargs);
    rt.decref(r);
    return { args, kwargs };
  }
  if (typeLookup(rt, rt.tp(h), rt.id('__getnewargs__')) === 0) return { args: 0, kwargs: 0 };
  const args = callSpecial(rt, h, '__getnewargs__', []);
  if (args === 0) return null;
  if (!isTuple(rt, args)) return fail(`__getnewargs__ should return a tuple, not '${typeName(rt, args)}'`, args);
  return { args, kwargs: 0 };
}

/** `_PyObject_GetItemsIter`: what a list or dict has beside its state. Both new; null with an exception. */
function itemIterators(rt: Runtime, h: Handle): [list: Handle, dict: Handle] | null {
  let list = rt.None;
  let dict = rt.None;
  if (isList(rt, h)) list = getIter(rt, h);
  else if (isDict(rt, h)) {
    const method = getAttrString(rt, h, 'items');
    const items = method === 0 ? 0 : rt.call(method, []);
    rt.xdecref(method);
    dict = items === 0 ? 0 : getIter(rt, items);
    rt.xdecref(items);
  }
  return list === 0 || dict === 0 ? null : [list, dict];
}

/** `reduce_newobj`: protocol 2 and later. */
function reduceNewObject(rt: Runtime, h: Handle): Handle {
  const tp = rt.tp(h);
  if (tp.tp_new === null) return rt.raise('TypeError', `cannot pickle '${tp.name}' object`);
  const given = newArguments(rt, h);
  if (given === null) return 0;
  const { args, kwargs } = given;
  const hasKeywords = kwargs !== 0 && dictSize(rt, kwargs) > 0;
  const newobj = copyreg(rt, hasKeywords ? '__newobj_ex__' : '__newobj__');
  const state = newobj === 0 ? 0 : getState(rt, h, !(args !== 0 || isList(rt, h) || isDict(rt, h)));
  const items = state === 0 ? null : itemIterators(rt, h);
  let result = 0;
  if (items !== null) {
    const callArgs = hasKeywords
      ? newTuple(rt, [rt.newRef(tp.handle), rt.newRef(args), rt.newRef(kwargs)])
      : newTuple(rt, [rt.newRef(tp.handle), ...(args === 0 ? [] : tupleItems(rt, args).map((x) => rt.newRef(x)))]);
    result = newTuple(rt, [rt.newRef(newobj), callArgs, rt.newRef(state), ...items]);
  }
  for (const x of [args, kwargs, newobj, state]) rt.xdecref(x);
  return result;
}

/** `_common_reduce`. */
function commonReduce(rt: Runtime, h: Handle, protocol: number): Handle {
  return protocol >= 2 ? reduceNewObject(rt, h) : callCopyreg(rt, '_reduce_ex', [h, intFromNumber(rt, protocol)]);
}

export const reduceMethods: Record<string, MethodDef> = {
  __getstate__: getstateMethod,
  __reduce__: { kind: 'noargs', fn: (rt: Runtime, h) => commonReduce(rt, h, 0) },
  __reduce_ex__: {
    kind: 'o',
    fn: (rt: Runtime, h, version) => {
      const protocol = asIndex(rt, version, 'OverflowError');
      if (protocol === null) return 0;
      const name = rt.id('__reduce__');
      const reduce = getOptionalAttr(rt, h, name);
      if (reduce === 0) return rt.currentException !== 0 ? 0 : commonReduce(rt, h, protocol);
      const own = getAttr(rt, rt.mem[h + 1]!, name);
      if (own === 0) {
        rt.decref(reduce);
        return 0;
      }
      const overridden = own !== dictGetKnown(rt, rt.mem[rt.types.object.handle + TP_DICT]!, name);
      rt.decref(own);
      const r = overridden ? rt.call(reduce, []) : commonReduce(rt, h, protocol);
      rt.decref(reduce);
      return r;
    },
  },
};
