/** `object` itself (Objects/typeobject.c, `object_*`). */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, type TypeSpec, type TypeSlots } from '../heap/object';
import { isTuple, getOptionalAttr, isDict, isStr, isType, repr, strText, isTrue, typeName } from './abstract';
import { dictKeysArray, dictUpdate, newDict } from './dict';
import { materializeDict } from './dict-values';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { intFromNumber } from './int';
import { listFromIterable, listItems, newList } from './list';
import { hex } from './method-object';
import { allocInstance, freeObject } from './object';
import { reduceMethods } from './object-reduce';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { HT_QUALNAME, TP_DICT, TP_MRO, isSubtype } from './type-lookup';
import { tupleItems, tupleSize } from './tuple';

/** `object_new` / `object_init`: extra arguments are an error unless the other one is overridden. */
function excessArgs(args: Handle[], kwnames: Handle[] | null): boolean {
  return args.length > 0 || (kwnames !== null && kwnames.length > 0);
}

/** Names the methods that are missing, in order; 0 with TypeError (or what went wrong on the way). */
function abstractError(rt: Runtime, type: Handle): 0 {
  const names = getOptionalAttr(rt, type, rt.id('__abstractmethods__'));
  const sorted = names === 0 ? 0 : listFromIterable(rt, names);
  rt.xdecref(names);
  if (sorted === 0) return 0;
  const items = listItems(rt, sorted);
  const texts = items.every((x) => isStr(rt, x)) ? items.map((x) => strValue(rt, x)) : null;
  rt.decref(sorted);
  if (texts === null) return rt.raise('TypeError', 'sequence item 0: expected str instance');
  texts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return rt.raise(
    'TypeError',
    `Can't instantiate abstract class ${rt.slotsOfType(type).name} without an implementation for abstract ` +
      `method${texts.length > 1 ? 's' : ''} '${texts.join("', '")}'`,
  );
}

function objectNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  if (excessArgs(args, kwnames)) {
    if (slots.tp_new !== objectNew)
      return rt.raise('TypeError', 'object.__new__() takes exactly one argument (the type to instantiate)');
    if (slots.tp_init === objectInit) return rt.raise('TypeError', `${slots.name}() takes no arguments`);
  }
  if ((slots.flags & TPFLAGS.IS_ABSTRACT) !== 0) return abstractError(rt, type);
  return allocInstance(rt, slots);
}

function objectInit(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  if (!excessArgs(args, kwnames)) return 0;
  const slots = rt.tp(self);
  if (slots.tp_init !== objectInit) {
    return rt.raiseInt('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)');
  }
  if (slots.tp_new === objectNew)
    return rt.raiseInt('TypeError', `${slots.name}.__init__() takes exactly one argument (the instance to initialize)`);
  return 0;
}

/** `object_repr`. */
export function objectRepr(rt: Runtime, h: Handle): Handle {
  const type = rt.mem[h + 1]!;
  const slots = rt.slotsOfType(type);
  const module = getOptionalAttr(rt, type, rt.id('__module__'));
  if (module === 0) rt.clearError();
  const q = strValue(rt, rt.mem[type + HT_QUALNAME]!);
  const m = module !== 0 && isStr(rt, module) ? strValue(rt, module) : '';
  rt.xdecref(module);
  const name = m === '' || m === 'builtins' ? (slots.isHeapType ? q : slots.name) : `${m}.${q}`;
  return strFrom(rt, `<${name} object at ${hex(rt, h)}>`);
}

/** `_Py_HashPointer`: the address, rotated by four bits. */
export function hashPointer(rt: Runtime, h: Handle): number {
  const id = rt.heap.id(h);
  rt.hashHigh = Math.floor(id / 2 ** 36);
  return Math.floor(id / 16) | 0;
}

function objectRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (op === CompareOp.EQ) return a === b ? rt.True : rt.NotImplemented;
  if (op !== CompareOp.NE) return rt.NotImplemented;
  const f = rt.tp(a).tp_richcompare;
  if (f === null) return rt.NotImplemented;
  const r = f(rt, a, b, CompareOp.EQ);
  if (r === 0 || r === rt.NotImplemented) return r;
  const truth = r === rt.True ? 1 : r === rt.False ? 0 : isTrue(rt, r);
  rt.decref(r);
  return truth < 0 ? 0 : rt.bool(truth === 0);
}

/** Names of an instance: its own, its class's and the bases'. New dict. */
function namesOf(rt: Runtime, h: Handle): Handle {
  const names = newDict(rt);
  const own = getOptionalAttr(rt, h, rt.id('__dict__'));
  if (own === 0) rt.clearError();
  else {
    if (isDict(rt, own)) dictUpdate(rt, names, own);
    rt.decref(own);
  }
  // An object may say that it is of another class, or of none.
  const cls = getOptionalAttr(rt, h, rt.id('__class__'));
  if (cls === 0) rt.clearError();
  const mro = cls !== 0 && isType(rt, cls) ? tupleItems(rt, rt.mem[cls + TP_MRO]!) : [];
  rt.xdecref(cls);
  for (let i = mro.length - 1; i >= 0; i--) dictUpdate(rt, names, rt.mem[mro[i]! + TP_DICT]!);
  return names;
}

/** `compatible_with_tp_base`: the class adds nothing to its base's instances. */
function addsNothing(type: TypeSlots): boolean {
  const base = type.base!;
  return (
    type.isPythonClass &&
    base.base !== null &&
    type.words === base.words &&
    type.dictoffset === base.dictoffset &&
    type.weaklistoffset === base.weaklistoffset
  );
}

/** `compatible_for_assignment`: the same instances, or the same slots added to the same base. */
function sameLayout(a: TypeSlots, b: TypeSlots): boolean {
  if (a.words !== b.words || a.blockFlags !== b.blockFlags) return false;
  if (a.dictoffset !== b.dictoffset || a.weaklistoffset !== b.weaklistoffset) return false;
  let x = a;
  let y = b;
  while (addsNothing(x)) x = x.base!;
  while (addsNothing(y)) y = y.base!;
  if (x === y) return true;
  const slots = (t: TypeSlots): string => t.slotMembers.map((m) => m.name).join();
  return x.base === y.base && slots(x) === slots(y);
}

/** `object_set_class`: only between classes of the same layout. */
function setClass(rt: Runtime, h: Handle, value: Handle): number {
  if (value === 0) return rt.raiseInt('TypeError', "can't delete __class__ attribute");
  if (!isType(rt, value))
    return rt.raiseInt('TypeError', `__class__ must be set to a class, not '${typeName(rt, value)}' object`);
  const from = rt.tp(h);
  const to = rt.slotsOfType(value);
  const modules = isSubtype(rt, from, rt.types.module) && isSubtype(rt, to, rt.types.module);
  if (!modules && (!from.isHeapType || !to.isHeapType)) {
    return rt.raiseInt('TypeError', '__class__ assignment only supported for mutable types or ModuleType subclasses');
  }
  if (!sameLayout(from, to)) {
    return rt.raiseInt('TypeError', `__class__ assignment: '${to.name}' object layout differs from '${from.name}'`);
  }
  if (from.valuesoffset !== 0) materializeDict(rt, h, from);
  if (to.isHeapType) rt.incref(value);
  rt.heap.set(h + 1, value);
  if (from.isHeapType) rt.decref(from.handle);
  return 0;
}

export const objectSpecs: TypeSpec[] = [
  {
    name: 'object',
    flags: TPFLAGS.BASETYPE,
    words: 0,
    basicsize: 16,
    slots: {
      tp_dealloc: (rt: Runtime, h) => freeObject(rt, h),
      tp_repr: objectRepr,
      tp_str: (rt: Runtime, h) => repr(rt, h),
      tp_hash: hashPointer,
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
      tp_richcompare: objectRichCompare,
      tp_init: objectInit,
      tp_new: objectNew,
    },
    methods: {
      __format__: {
        kind: 'o',
        fn: (rt: Runtime, self, spec) => {
          if (!isStr(rt, spec))
            return rt.raise('TypeError', `__format__() argument must be str, not ${typeName(rt, spec)}`);
          if (strValue(rt, spec) !== '')
            return rt.raise('TypeError', `unsupported format string passed to ${typeName(rt, self)}.__format__`);
          const text = strText(rt, self);
          return text === null ? 0 : strFrom(rt, text);
        },
      },
      __sizeof__: {
        kind: 'noargs',
        // Other objects of varying size have a method of their own.
        fn: (rt: Runtime, h) => intFromNumber(rt, objectSizeof(rt, h)),
      },
      __dir__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          const names = namesOf(rt, h);
          const list = newList(
            rt,
            dictKeysArray(rt, names).map((k) => rt.newRef(k)),
          );
          rt.decref(names);
          return list;
        },
      },
      ...reduceMethods,
    },
    classmethods: {
      __init_subclass__: {
        kind: 'keywords',
        fn: (rt: Runtime, cls, args, kwnames) => {
          if (kwnames !== null && kwnames.length > 0)
            return rt.raise('TypeError', `${rt.slotsOfType(cls).name}.__init_subclass__() takes no keyword arguments`);
          return args.length > 0
            ? rt.raise('TypeError', `object.__init_subclass__() takes no arguments (${args.length} given)`)
            : rt.None;
        },
      },
      __subclasshook__: { kind: 'keywords', fn: (rt: Runtime) => rt.NotImplemented },
    },
    getset: {
      __class__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + 1]!), set: setClass },
    },
  },
];

/** `object.__sizeof__`. */
export function objectSizeof(rt: Runtime, h: Handle): number {
  const tp = rt.tp(h);
  const items = isTuple(rt, h) ? 8 * tupleSize(rt, h) : tp.ob_size === null ? 0 : tp.itemsize * tp.ob_size(rt, h);
  return tp.basicsize + items;
}
