/** `super` (Objects/typeobject.c, superobject). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSlots, type TypeSpec } from '../heap/object';
import { getOptionalAttr, isType, typeName } from './abstract';
import { dictGetKnown } from './dict';
import { canonicalName } from './dict-values';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { tupleItem, tupleItems, tupleSize } from './tuple';
import { TP_DICT, TP_MRO, isSubtype } from './type-lookup';

const TYPE = 2;
const OBJ = 3;
const OBJ_TYPE = 4;

/** `PyType_IsSubtype` to the letter: a class whose `mro()` left out the class itself is not even below itself. */
function isBelow(rt: Runtime, a: TypeSlots, b: TypeSlots): boolean {
  if (a !== b) return isSubtype(rt, a, b);
  const mro = rt.mem[a.handle + TP_MRO]!;
  return mro === 0 || tupleItem(rt, mro, 0) === a.handle || tupleItems(rt, mro).includes(a.handle);
}

/** `supercheck`: the type whose mro is searched, borrowed; 0 with TypeError. */
export function superCheck(rt: Runtime, type: Handle, obj: Handle): Handle {
  const t = rt.slotsOfType(type);
  if (isType(rt, obj) && isBelow(rt, rt.slotsOfType(obj), t)) return obj;
  if (isBelow(rt, rt.tp(obj), t)) return rt.mem[obj + 1]!;
  // A proxy says of what class it is.
  const said = getOptionalAttr(rt, obj, rt.id('__class__'));
  if (said === 0 && rt.currentException !== 0) return 0;
  if (said !== 0) {
    const fits = said !== rt.mem[obj + 1] && isType(rt, said) && isBelow(rt, rt.slotsOfType(said), t);
    rt.decref(said);
    if (fits) return said;
  }
  const what = isType(rt, obj) ? `type ${rt.slotsOfType(obj).name}` : `instance of ${typeName(rt, obj)}`;
  return rt.raise('TypeError', `super(type, obj): obj (${what}) is not an instance or subtype of type (${t.name}).`);
}

/**
 * What `super(type, obj).name` finds after `type` in the mro of `objType`: new and bound to obj; 0 without an
 * exception if nothing does. `unbound` gets the attribute itself instead, for a method call (LOAD_SUPER_METHOD).
 */
export function superLookup(
  rt: Runtime,
  type: Handle,
  obj: Handle,
  objType: Handle,
  name: Handle,
  onMethod?: (func: Handle) => void,
): Handle {
  const mro = rt.mem[objType + TP_MRO]!;
  const n = tupleSize(rt, mro);
  let i = 0;
  while (i < n && tupleItem(rt, mro, i) !== type) i++;
  const key = canonicalName(rt, name);
  for (i++; i < n; i++) {
    const dict = rt.mem[tupleItem(rt, mro, i) + TP_DICT]!;
    const found = dict === 0 ? 0 : dictGetKnown(rt, dict, key);
    if (found === 0) continue;
    rt.incref(found);
    const ft: TypeSlots = rt.tp(found);
    if (onMethod !== undefined && (ft.flags & TPFLAGS.METHOD_DESCRIPTOR) !== 0) {
      onMethod(found);
      return found;
    }
    if (ft.tp_descr_get === null) return found;
    const r = ft.tp_descr_get(rt, found, obj === objType ? 0 : obj, objType);
    rt.decref(found);
    return r;
  }
  return 0;
}

/** `super(type, type).__init_subclass__(**kwargs)`: 0 or -1. */
export function superInitSubclass(rt: Runtime, type: Handle, kwvalues: Handle[], kwnames: Handle[] | null): number {
  if (superCheck(rt, type, type) === 0) return -1;
  const f = superLookup(rt, type, type, type, rt.id('__init_subclass__'));
  if (f === 0) return rt.currentException !== 0 ? -1 : 0;
  const r = rt.call(f, kwvalues, kwnames);
  rt.decref(f);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

export const superSpecs: TypeSpec[] = [
  {
    name: 'super',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 3,
    basicsize: 40,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        for (const w of [OBJ, TYPE, OBJ_TYPE]) rt.heap.clearRef(h + w);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of [OBJ, TYPE, OBJ_TYPE]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      },
      tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
      tp_init(rt: Runtime, h, args, kwnames) {
        if (!noKeywords(rt, 'super', kwnames) || !checkPositional(rt, 'super', args.length, 0, 2)) return -1;
        let [type, obj] = args as [Handle | undefined, Handle | undefined];
        if (type === undefined) {
          const found = rt.superArguments();
          if (found === null) return -1;
          [type, obj] = found;
        } else if (!isType(rt, type)) {
          return rt.raiseInt('TypeError', `super() argument 1 must be a type, not ${typeName(rt, type)}`);
        }
        if (obj === rt.None) obj = undefined;
        if (obj !== undefined) {
          const objType = superCheck(rt, type, obj);
          if (objType === 0) return -1;
          rt.heap.setRef(h + OBJ, rt.newRef(obj));
          rt.heap.setRef(h + OBJ_TYPE, rt.newRef(objType));
        }
        rt.heap.setRef(h + TYPE, rt.newRef(type));
        return 0;
      },
      tp_getattro(rt: Runtime, h, name) {
        const objType = rt.mem[h + OBJ_TYPE]!;
        if (objType !== 0 && strValue(rt, name) !== '__class__') {
          const r = superLookup(rt, rt.mem[h + TYPE]!, rt.mem[h + OBJ]!, objType, name);
          if (r !== 0 || rt.currentException !== 0) return r;
        }
        return genericGetAttr(rt, h, name);
      },
      tp_descr_get(rt: Runtime, h, obj, _type) {
        if (obj === 0 || obj === rt.None || rt.mem[h + OBJ] !== 0) return rt.newRef(h);
        return rt.call(rt.mem[h + 1]!, [rt.mem[h + TYPE]!, obj]);
      },
      tp_repr(rt: Runtime, h) {
        const type = rt.slotsOfType(rt.mem[h + TYPE]!).name;
        const obj = rt.mem[h + OBJ_TYPE]!;
        return strFrom(
          rt,
          obj === 0
            ? `<super: <class '${type}'>, NULL>`
            : `<super: <class '${type}'>, <${rt.slotsOfType(obj).name} object>>`,
        );
      },
    },
    getset: {
      __thisclass__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TYPE]! || rt.None) },
      __self__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + OBJ]! || rt.None) },
      __self_class__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + OBJ_TYPE]! || rt.None) },
    },
  },
];
