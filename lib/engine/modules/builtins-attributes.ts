/** Builtins about attributes and namespaces (Python/bltinmodule.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getAttr, getOptionalAttr, isStr, sequenceList, setAttr, typeName } from '../objects/abstract';
import { localsDict } from '../objects/frame';
import { listSort } from '../objects/list-sort';
import { callSpecialBound } from '../objects/slotdefs';
import { typeLookup } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';

function checkName(ip: Interpreter, name: Handle): boolean {
  if (isStr(ip, name)) return true;
  ip.raise('TypeError', `attribute name must be string, not '${typeName(ip, name)}'`);
  return false;
}

/** `_PyEval_GetFrameLocals`: new, or 0 with SystemError. */
export function frameLocals(ip: Interpreter): Handle {
  const f = ip.frame;
  if (f === 0) return ip.raise('SystemError', 'frame does not exist');
  return localsDict(ip, f);
}

export function frameGlobals(ip: Interpreter): Handle {
  const globals = ip.currentGlobals();
  return globals === 0 ? ip.raise('SystemError', 'globals and locals cannot be NULL') : ip.newRef(globals);
}

/** `PyObject_Dir`: a sorted list; of the running frame's names if `object` is 0. */
export function dir(ip: Interpreter, object: Handle): Handle {
  let names: Handle;
  if (object === 0) {
    const locals = frameLocals(ip);
    if (locals === 0) return 0;
    const keys = getAttr(ip, locals, ip.id('keys'));
    names = keys === 0 ? 0 : ip.call(keys, []);
    ip.xdecref(keys);
    ip.decref(locals);
  } else {
    if (typeLookup(ip, ip.tp(object), ip.id('__dir__')) === 0)
      return ip.raise('TypeError', 'object does not provide __dir__');
    names = callSpecialBound(ip, object, '__dir__', []);
  }
  if (names === 0) return 0;
  const list = sequenceList(ip, names);
  ip.decref(names);
  if (list === 0) return 0;
  if (listSort(ip, list, 0, false) < 0) {
    ip.decref(list);
    return 0;
  }
  return list;
}

export const attributeBuiltins: Record<string, MethodDef> = {
  getattr: {
    kind: 'fast',
    min: 2,
    max: 3,
    fn: (ip: Interpreter, _m, [object, name, fallback]) => {
      if (!checkName(ip, name!)) return 0;
      if (fallback === undefined) return getAttr(ip, object!, name!);
      const value = getOptionalAttr(ip, object!, name!);
      return value !== 0 || ip.currentException !== 0 ? value : ip.newRef(fallback);
    },
  },
  hasattr: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [object, name]) => {
      if (!checkName(ip, name!)) return 0;
      const value = getOptionalAttr(ip, object!, name!);
      if (value === 0) return ip.currentException !== 0 ? 0 : ip.False;
      ip.decref(value);
      return ip.True;
    },
  },
  setattr: {
    kind: 'fast',
    min: 3,
    max: 3,
    fn: (ip: Interpreter, _m, [object, name, value]) =>
      checkName(ip, name!) && setAttr(ip, object!, name!, value!) === 0 ? ip.None : 0,
  },
  delattr: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [object, name]) =>
      checkName(ip, name!) && setAttr(ip, object!, name!, 0) === 0 ? ip.None : 0,
  },
  dir: { kind: 'fast', varargs: 'always', min: 0, max: 1, fn: (ip: Interpreter, _m, args) => dir(ip, args[0] ?? 0) },
  vars: {
    kind: 'fast',
    varargs: 'always',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, _m, args) => {
      if (args[0] === undefined) return frameLocals(ip);
      const dict = getOptionalAttr(ip, args[0], ip.id('__dict__'));
      if (dict !== 0 || ip.currentException !== 0) return dict;
      return ip.raise('TypeError', 'vars() argument must have __dict__ attribute');
    },
  },
  globals: { kind: 'noargs', fn: (ip: Interpreter) => frameGlobals(ip) },
  locals: { kind: 'noargs', fn: (ip: Interpreter) => frameLocals(ip) },
};
