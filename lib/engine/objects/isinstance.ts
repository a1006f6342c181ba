/** `isinstance` and `issubclass` (Objects/abstract.c): with `__instancecheck__`, tuples and pretended classes. */
import type { Handle } from '../heap/layout';
import { getOptionalAttr, isTrue, isTuple, isType } from './abstract';
import type { Runtime } from './runtime';
import { callSpecialBound } from './slotdefs';
import { tupleItems } from './tuple';
import { isSubtype, typeLookup } from './type-lookup';

const INSTANCE_MESSAGE = 'isinstance() arg 2 must be a type, a tuple of types, or a union';
const SUBCLASS_MESSAGE = 'issubclass() arg 2 must be a class, a tuple of classes, or a union';

/** `PyObject_IsInstance`: 1, 0, -1. */
export function isInstance(rt: Runtime, inst: Handle, cls: Handle): number {
  if (rt.mem[inst + 1] === cls) return 1;
  if (rt.is(cls, rt.types.type)) return realIsInstance(rt, inst, cls);
  if (isTuple(rt, cls)) return anyOf(rt, cls, ' in __instancecheck__', (item) => isInstance(rt, inst, item));
  const checked = callCheck(rt, cls, '__instancecheck__', inst);
  return checked ?? realIsInstance(rt, inst, cls);
}

/** `PyObject_IsSubclass`: 1, 0, -1. */
export function isSubclass(rt: Runtime, derived: Handle, cls: Handle): number {
  if (rt.is(cls, rt.types.type)) return derived === cls ? 1 : realIsSubclass(rt, derived, cls);
  if (isTuple(rt, cls)) return anyOf(rt, cls, ' in __subclasscheck__', (item) => isSubclass(rt, derived, item));
  const checked = callCheck(rt, cls, '__subclasscheck__', derived);
  return checked ?? realIsSubclass(rt, derived, cls);
}

function anyOf(rt: Runtime, tuple: Handle, where: string, check: (item: Handle) => number): number {
  if (!rt.enterRecursive(where)) return -1;
  let r = 0;
  for (const item of tupleItems(rt, tuple)) {
    r = check(item);
    if (r !== 0) break;
  }
  rt.leaveRecursive();
  return r;
}

/** The class's own check, or null if it has none. */
function callCheck(rt: Runtime, cls: Handle, name: string, arg: Handle): number | null {
  if (typeLookup(rt, rt.tp(cls), rt.id(name)) === 0) return null;
  if (!rt.enterRecursive(` in ${name}`)) return -1;
  const r = callSpecialBound(rt, cls, name, [arg]);
  rt.leaveRecursive();
  if (r === 0) return -1;
  const truth = isTrue(rt, r);
  rt.decref(r);
  return truth;
}

/** `_PyObject_RealIsInstance`. */
export function realIsInstance(rt: Runtime, inst: Handle, cls: Handle): number {
  const name = rt.id('__class__');
  if (isType(rt, cls)) {
    if (isSubtype(rt, rt.tp(inst), rt.slotsOfType(cls))) return 1;
    const own = getOptionalAttr(rt, inst, name);
    if (own === 0) return rt.currentException !== 0 ? -1 : 0;
    const pretends =
      own !== rt.mem[inst + 1] && isType(rt, own) && isSubtype(rt, rt.slotsOfType(own), rt.slotsOfType(cls));
    rt.decref(own);
    return pretends ? 1 : 0;
  }
  if (!looksLikeClass(rt, cls, INSTANCE_MESSAGE)) return -1;
  const own = getOptionalAttr(rt, inst, name);
  if (own === 0) return rt.currentException !== 0 ? -1 : 0;
  const r = abstractIsSubclass(rt, own, cls);
  rt.decref(own);
  return r;
}

/** `_PyObject_RealIsSubclass`. */
export function realIsSubclass(rt: Runtime, derived: Handle, cls: Handle): number {
  if (isType(rt, cls) && isType(rt, derived))
    return isSubtype(rt, rt.slotsOfType(derived), rt.slotsOfType(cls)) ? 1 : 0;
  if (!looksLikeClass(rt, derived, 'issubclass() arg 1 must be a class')) return -1;
  if (!looksLikeClass(rt, cls, SUBCLASS_MESSAGE)) return -1;
  return abstractIsSubclass(rt, derived, cls);
}

/** `abstract_get_bases`: the tuple `__bases__`, new; 0 if there is none, perhaps with an exception. */
function basesOf(rt: Runtime, cls: Handle): Handle {
  const bases = getOptionalAttr(rt, cls, rt.id('__bases__'));
  if (bases !== 0 && !isTuple(rt, bases)) {
    rt.decref(bases);
    return 0;
  }
  return bases;
}

function looksLikeClass(rt: Runtime, cls: Handle, message: string): boolean {
  const bases = basesOf(rt, cls);
  if (bases !== 0) {
    rt.decref(bases);
    return true;
  }
  if (rt.currentException === 0) rt.raise('TypeError', message);
  return false;
}

/** `abstract_issubclass`: a single base is followed without nesting. */
function abstractIsSubclass(rt: Runtime, derived: Handle, cls: Handle): number {
  let bases = 0;
  for (;;) {
    if (derived === cls) {
      rt.xdecref(bases);
      return 1;
    }
    // What is looked at may live in the old bases alone.
    const next = basesOf(rt, derived);
    rt.xdecref(bases);
    bases = next;
    if (bases === 0) return rt.currentException !== 0 ? -1 : 0;
    const items = tupleItems(rt, bases);
    if (items.length !== 1) break;
    derived = items[0]!;
  }
  let r = 0;
  const items = tupleItems(rt, bases);
  if (items.length > 0) {
    if (!rt.enterRecursive(' in __issubclass__')) r = -1;
    else {
      for (const base of items) {
        r = abstractIsSubclass(rt, base, cls);
        if (r !== 0) break;
      }
      rt.leaveRecursive();
    }
  }
  rt.decref(bases);
  return r;
}
