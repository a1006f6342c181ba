/** Attributes for calls and `super` (Objects/object.c, `_PyObject_GetMethod`; LOAD_SUPER_ATTR; LOAD_SPECIAL). */
import type { Handle } from '../../heap/layout';
import { TPFLAGS } from '../../heap/object';
import { typeName } from '../../objects/abstract';
import { canonicalName, instanceGet } from '../../objects/dict-values';
import { genericGetAttr, raiseNoAttribute } from '../../objects/generic-attr';
import { superCheck, superLookup } from '../../objects/super';
import { typeLookup } from '../../objects/type-lookup';
import type { Interpreter } from '../interpreter';

/**
 * Looks a method up without binding it. Result new, or 0 with an exception; `ip.methodFound`: it wants the object
 * as its first argument.
 */
export function getMethod(ip: Interpreter, obj: Handle, name: Handle): Handle {
  const method = findMethod(ip, obj, name);
  // Looking may have run Python code, which looks methods up itself.
  ip.methodFound = method < 0;
  return Math.abs(method);
}

/** Negative: the method wants the object. */
function findMethod(ip: Interpreter, obj: Handle, name: Handle): number {
  const tp = ip.tp(obj);
  if (tp.tp_getattro !== (genericGetAttr as typeof tp.tp_getattro)) return tp.tp_getattro!(ip, obj, name);
  const descr = typeLookup(ip, tp, name);
  let isMethod = false;
  if (descr !== 0) {
    const dt = ip.tp(descr);
    ip.incref(descr);
    if ((dt.flags & TPFLAGS.METHOD_DESCRIPTOR) !== 0) isMethod = true;
    else if (dt.tp_descr_get !== null && dt.tp_descr_set !== null) {
      const r = dt.tp_descr_get(ip, descr, obj, tp.handle);
      ip.decref(descr);
      return r;
    }
  }
  if (tp.dictoffset !== 0) {
    const own = instanceGet(ip, obj, tp, canonicalName(ip, name));
    if (own !== 0) {
      ip.incref(own);
      ip.xdecref(descr);
      return own;
    }
  }
  if (isMethod) return -descr;
  if (descr !== 0) {
    const get = ip.tp(descr).tp_descr_get;
    if (get === null) return descr;
    const r = get(ip, descr, obj, tp.handle);
    ip.decref(descr);
    return r;
  }
  raiseNoAttribute(ip, obj, name);
  return 0;
}

/** LOAD_SUPER_ATTR with the real `super`. `method`: as for a call; see `ip.methodFound`. */
export function loadSuperAttr(ip: Interpreter, type: Handle, self: Handle, name: Handle, method: boolean): Handle {
  ip.methodFound = false;
  if (ip.tp(type).flags >= 0)
    return ip.raise('TypeError', `super() argument 1 must be a type, not ${typeName(ip, type)}`);
  const objType = superCheck(ip, type, self);
  if (objType === 0) return 0;
  let found = false;
  const r = superLookup(
    ip,
    type,
    self,
    objType,
    name,
    // Not of what has an attribute look-up of its own: a class is no instance to its methods.
    method && ip.tp(self).tp_getattro === (genericGetAttr as ReturnType<typeof ip.tp>['tp_getattro'])
      ? () => {
          found = true;
        }
      : undefined,
  );
  ip.methodFound = found;
  if (r !== 0 || ip.currentException !== 0) return r;
  // What the super object itself has, as super.__getattribute__ falls back to.
  const s = ip.call(ip.types.super.handle, [type, self]);
  if (s === 0) return 0;
  const v = genericGetAttr(ip, s, name);
  ip.decref(s);
  return v;
}

/** LOAD_SPECIAL / BEFORE_WITH: a special method of the type, unbound if `ip.methodFound`. 0 with TypeError. */
export function loadSpecial(ip: Interpreter, owner: Handle, name: string, message: () => string): Handle {
  ip.methodFound = false;
  const tp = ip.tp(owner);
  const descr = typeLookup(ip, tp, ip.id(name));
  if (descr === 0) return ip.raise('TypeError', message());
  const dt = ip.tp(descr);
  ip.incref(descr);
  if ((dt.flags & TPFLAGS.METHOD_DESCRIPTOR) !== 0) {
    ip.methodFound = true;
    return descr;
  }
  if (dt.tp_descr_get === null) return descr;
  const r = dt.tp_descr_get(ip, descr, owner, tp.handle);
  ip.methodFound = false;
  ip.decref(descr);
  return r;
}

/** `_PyObject_LookupSpecial`: the method bound to the object, as 3.13 calls it. */
export function loadSpecialBound(ip: Interpreter, owner: Handle, name: string, message: () => string): Handle {
  const method = loadSpecial(ip, owner, name, message);
  if (method === 0 || !ip.methodFound) return method;
  const bound = ip.tp(method).tp_descr_get!(ip, method, owner, ip.mem[owner + 1]!);
  ip.decref(method);
  return bound;
}

/** Indexed by SpecialMethod. */
export const SPECIAL = ['__enter__', '__exit__', '__aenter__', '__aexit__'] as const;

export function specialError(ip: Interpreter, obj: Handle, which: number): string {
  const protocol = which < 2 ? 'context manager' : 'asynchronous context manager';
  const missed = which % 2 === 1 ? ` (missed ${SPECIAL[which]} method)` : '';
  const isOther = which < 2 && typeLookup(ip, ip.tp(obj), ip.id('__aenter__')) !== 0;
  const hint = isOther
    ? " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?"
    : '';
  return `'${typeName(ip, obj)}' object does not support the ${protocol} protocol${missed}${hint}`;
}
