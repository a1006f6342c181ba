/** The metatype `type` (Objects/typeobject.c): calling a class, its attributes, its life and death. */
import type { Handle } from '../heap/layout';
import { typeAnnotationGetset } from './annotations';
import { TPFLAGS, type GetSetDef, type TypeSlots, type TypeSpec } from '../heap/object';
import { isStr, isTrue, typeName } from './abstract';
import { newMappingProxy } from './descr';
import { dictDel, dictGetKnown, dictKeysArray, dictSet, newDict, dictUpdate } from './dict';
import { realIsInstance, realIsSubclass } from './isinstance';
import { newList } from './list';
import { computeMro } from './mro';
import { freeObject } from './object';
import type { Runtime } from './runtime';
import { SLOT_NAMES } from './slotdefs';
import { strFrom, strValue } from './str';
import { tupleItems } from './tuple';
import { intFromNumber } from './int';
import { setBases } from './type-bases';
import { typeSignature } from './text-signatures';
import {
  HT_NAME,
  HT_QUALNAME,
  HT_SLOTS,
  TP_BASE,
  TP_BASES,
  TP_DICT,
  TP_MRO,
  TP_SUBCLASSES,
  TP_WEAKLIST,
  TYPE_WORDS,
  isSubtype,
  typeLookup,
  typeModified,
} from './type-lookup';
import { encodable, typeNew } from './type-new';
import { updateSlots } from './type-ready';
import { removeFromBases, subclassesOf } from './type-subclasses';
import { clearWeakrefs } from './weakref-list';

/** `type_call`: `C(…)` is `C.__new__(C, …)` and then `__init__` if that made a C. `type(x)` answers x's type. */
export function typeCall(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const slots = rt.slotsOfType(type);
  if (slots === rt.types.type) {
    const npos = args.length - (kwnames?.length ?? 0);
    if (npos === 1 && args.length === 1) return rt.newRef(rt.mem[args[0]! + 1]!);
    if (npos !== 3) return rt.raise('TypeError', 'type() takes 1 or 3 arguments');
  }
  if (slots.tp_new === null) return rt.raise('TypeError', `cannot create '${slots.name}' instances`);
  const obj = slots.tp_new(rt, type, args, kwnames);
  if (obj === 0) return 0;
  const t = rt.tp(obj);
  if (t !== slots && !isSubtype(rt, t, slots)) return obj;
  if (t.tp_init !== null && t.tp_init(rt, obj, args, kwnames) < 0) {
    rt.decref(obj);
    return 0;
  }
  return obj;
}

/** `type_getattro`: data descriptor of the metatype, then the type's own mro, then the metatype. */
export function typeGetAttr(rt: Runtime, type: Handle, name: Handle): Handle {
  if (!isStr(rt, name)) return rt.raise('TypeError', `attribute name must be string, not '${typeName(rt, name)}'`);
  const meta = rt.tp(type);
  const metaAttr = typeLookup(rt, meta, name);
  if (metaAttr !== 0) {
    const mt = rt.tp(metaAttr);
    if (mt.tp_descr_get !== null && mt.tp_descr_set !== null) return mt.tp_descr_get(rt, metaAttr, type, meta.handle);
  }
  const attr = typeLookup(rt, rt.slotsOfType(type), name);
  if (attr !== 0) {
    const get = rt.tp(attr).tp_descr_get;
    rt.incref(attr);
    if (get === null) return attr;
    const r = get(rt, attr, 0, type);
    rt.decref(attr);
    return r;
  }
  if (metaAttr !== 0) {
    const get = rt.tp(metaAttr).tp_descr_get;
    return get === null ? rt.newRef(metaAttr) : get(rt, metaAttr, type, meta.handle);
  }
  return rt.raiseAttributeError(
    `type object '${rt.slotsOfType(type).name}' has no attribute '${strValue(rt, name)}'`,
    type,
    name,
  );
}

function typeSetAttr(rt: Runtime, type: Handle, name: Handle, value: Handle): number {
  const slots = rt.slotsOfType(type);
  const text = strValue(rt, name);
  if ((slots.flags & TPFLAGS.IMMUTABLETYPE) !== 0) {
    return rt.raiseInt('TypeError', `cannot set '${text}' attribute of immutable type '${slots.name}'`);
  }
  const descr = typeLookup(rt, rt.tp(type), name);
  const set = descr === 0 ? null : rt.tp(descr).tp_descr_set;
  if (set !== null) return set(rt, descr, type, value);
  const key = rt.internName(name);
  const dict = rt.mem[type + TP_DICT]!;
  // The old value must not die while caches still point to it.
  const old = dictGetKnown(rt, dict, key);
  if (old !== 0) rt.incref(old);
  const r = value === 0 ? dictDel(rt, dict, key) : dictSet(rt, dict, key, value);
  if (r === 1) {
    rt.raiseAttributeError(`type object '${slots.name}' has no attribute '${text}'`, type, name);
    return -1;
  }
  typeModified(rt, slots);
  if (SLOT_NAMES.has(text)) updateWithSubclasses(rt, slots);
  if (old !== 0) rt.decref(old);
  return r;
}

function updateWithSubclasses(rt: Runtime, slots: TypeSlots): void {
  updateSlots(rt, slots);
  for (const index of slots.subclasses) updateWithSubclasses(rt, rt.heap.types[index]!);
}

/** In the order in which `type_dealloc` lets go of them. */
const REFERENCES = [TP_BASE, TP_DICT, TP_BASES, TP_MRO, TP_SUBCLASSES, HT_NAME, HT_QUALNAME, HT_SLOTS];

function traverse(rt: Runtime, h: Handle, visit: (child: Handle, word: number) => void): void {
  if (!rt.slotsOfType(h).isHeapType) return;
  for (const w of [TP_DICT, TP_MRO, TP_BASES, TP_BASE]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
}

function dealloc(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  const slots = rt.slotsOfType(h);
  heap.gcUntrack(h);
  if (mem[h + TP_BASES] !== 0) removeFromBases(rt, mem[h + TP_BASES]!, slots);
  if (mem[h + TP_WEAKLIST] !== 0) clearWeakrefs(rt, h);
  slots.mroCache.clear();
  for (const w of REFERENCES) heap.clearRef(h + w);
  for (const name of slots.cachedKeys ?? []) rt.decref(name);
  freeObject(rt, h);
  heap.retireType(slots.index);
}

function clear(rt: Runtime, h: Handle): void {
  const slots = rt.slotsOfType(h);
  if (!slots.isHeapType) return;
  typeModified(rt, slots);
  const dict = rt.mem[h + TP_DICT]!;
  if (dict !== 0) rt.tp(dict).tp_clear!(rt, dict);
  rt.heap.clearRef(h + TP_MRO);
}

function moduleOf(rt: Runtime, h: Handle): Handle {
  const slots = rt.slotsOfType(h);
  if (slots.isHeapType) {
    const m = dictGetKnown(rt, rt.mem[h + TP_DICT]!, rt.id('__module__'));
    return m === 0 ? rt.raise('AttributeError', '__module__') : rt.newRef(m);
  }
  const dot = slots.name.lastIndexOf('.');
  return rt.id(dot < 0 ? 'builtins' : slots.name.slice(0, dot));
}

/** `check_set_special_type_attr`: false with TypeError. */
function maySet(rt: Runtime, h: Handle, value: Handle, name: string): boolean {
  const slots = rt.slotsOfType(h);
  if ((slots.flags & TPFLAGS.IMMUTABLETYPE) === 0 && value !== 0) return true;
  const verb = (slots.flags & TPFLAGS.IMMUTABLETYPE) !== 0 ? 'set' : 'delete';
  rt.raise('TypeError', `cannot ${verb} '${name}' attribute of immutable type '${slots.name}'`);
  return false;
}

function setString(word: number, what: string) {
  return (rt: Runtime, h: Handle, value: Handle): number => {
    const slots = rt.slotsOfType(h);
    if (!slots.isHeapType)
      return rt.raiseInt('TypeError', `cannot set '${what}' attribute of immutable type '${slots.name}'`);
    if (value === 0) return rt.raiseInt('TypeError', `cannot delete '${what}' attribute of type '${slots.name}'`);
    if (!isStr(rt, value)) {
      return rt.raiseInt('TypeError', `can only assign string to ${slots.name}.${what}, not '${typeName(rt, value)}'`);
    }
    if (word === HT_NAME) {
      const text = strValue(rt, value);
      if (text.includes('\0')) return rt.raiseInt('ValueError', 'type name must not contain null characters');
      if (!encodable(rt, value)) return -1;
      slots.name = text;
    }
    rt.heap.setRef(h + word, rt.newRef(value));
    return 0;
  };
}

function qualifiedName(rt: Runtime, h: Handle): string | null {
  const m = moduleOf(rt, h);
  if (m === 0) rt.clearError();
  const module = m === 0 || !isStr(rt, m) ? '' : strValue(rt, m);
  rt.xdecref(m);
  const q = strValue(rt, rt.mem[h + HT_QUALNAME]!);
  return module === '' || module === 'builtins' ? q : `${module}.${q}`;
}

/** `sizeof(PyTypeObject)`; a class is a PyHeapTypeObject. */
const STATIC_TYPE_SIZE = 416;
/** `_PyDict_KeysSize` of the shared keys: 32 and 64 index bytes, 42 entries of 16. */
const SHARED_KEYS_SIZE = 768;

const answer = (rt: Runtime, r: number): Handle => (r < 0 ? 0 : rt.bool(r !== 0));

/** `type_abstractmethods`: what ABCMeta found; a class with such may not be instantiated. */
const abstractMethods: GetSetDef = {
  get: (rt: Runtime, h) => {
    const name = rt.id('__abstractmethods__');
    const value = h === rt.types.type.handle ? 0 : dictGetKnown(rt, rt.mem[h + TP_DICT]!, name);
    return value !== 0 ? rt.newRef(value) : rt.raiseAttributeError('__abstractmethods__', h, name);
  },
  set: (rt: Runtime, h, value) => {
    const name = rt.id('__abstractmethods__');
    const slots = rt.slotsOfType(h);
    const abstract = value === 0 ? 0 : isTrue(rt, value);
    if (abstract < 0) return -1;
    const dict = rt.mem[h + TP_DICT]!;
    const r = value === 0 ? dictDel(rt, dict, name) : dictSet(rt, dict, name, value);
    if (r === 1) {
      rt.raiseAttributeError('__abstractmethods__', h, name);
      return -1;
    }
    if (r < 0) return -1;
    typeModified(rt, slots);
    if (abstract === 1) slots.flags |= TPFLAGS.IS_ABSTRACT;
    else slots.flags &= ~TPFLAGS.IS_ABSTRACT;
    return 0;
  },
};

/** In bytes: 8 for each word of ours, which is right where all fields are as wide as in C. */
function offsetOf(word: number, managed: number): number {
  return word < 0 ? managed : word * 8;
}

const typeSpec: TypeSpec = {
  name: 'type',
  gc: true,
  flags: TPFLAGS.BASETYPE | TPFLAGS.TYPE_SUBCLASS,
  words: TYPE_WORDS,
  basicsize: 936,
  itemsize: 40,
  dictoffset: TP_DICT,
  weaklistoffset: TP_WEAKLIST,
  slots: {
    tp_dealloc: dealloc,
    tp_traverse: traverse,
    tp_ledger(rt: Runtime, h, visit) {
      for (const w of REFERENCES) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      for (const name of rt.slotsOfType(h).cachedKeys ?? []) visit(name, 0);
    },
    tp_clear: clear,
    tp_call: typeCall,
    tp_getattro: typeGetAttr,
    tp_setattro: typeSetAttr,
    tp_new: typeNew,
    tp_init: (rt: Runtime, _self, args, kwnames) => {
      const npos = args.length - (kwnames?.length ?? 0);
      if (npos !== 1 && npos !== 3) return rt.raiseInt('TypeError', 'type.__init__() takes 1 or 3 arguments');
      return 0;
    },
    tp_repr: (rt: Runtime, h) => strFrom(rt, `<class '${qualifiedName(rt, h)}'>`),
    nb_or: (rt: Runtime, a, b) => rt.unionOf(a, b),
  },
  methods: {
    mro: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const mro = computeMro(rt, h, tupleItems(rt, rt.mem[h + TP_BASES]!));
        return mro === null
          ? 0
          : newList(
              rt,
              mro.map((t) => rt.newRef(t)),
            );
      },
    },
    __subclasses__: {
      kind: 'noargs',
      fn: subclassesOf,
    },
    __instancecheck__: { kind: 'o', fn: (rt: Runtime, h, x) => answer(rt, realIsInstance(rt, x, h)) },
    __subclasscheck__: {
      kind: 'o',
      fn: (rt: Runtime, h, x) => answer(rt, realIsSubclass(rt, x, h)),
    },
    __dir__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const names = newDict(rt);
        const mro = tupleItems(rt, rt.mem[h + TP_MRO]!);
        for (let i = mro.length - 1; i >= 0; i--) dictUpdate(rt, names, rt.mem[mro[i]! + TP_DICT]!);
        const list = newList(
          rt,
          dictKeysArray(rt, names).map((k) => rt.newRef(k)),
        );
        rt.decref(names);
        return list;
      },
    },
    __sizeof__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => intFromNumber(rt, typeSizeof(rt, h)),
    },
  },
  classmethods: {
    __prepare__: { kind: 'keywords', fn: (rt: Runtime) => newDict(rt) },
  },
  getset: {
    __name__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + HT_NAME]!), set: setString(HT_NAME, '__name__') },
    __abstractmethods__: abstractMethods,
    __qualname__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + HT_QUALNAME]!),
      set: setString(HT_QUALNAME, '__qualname__'),
    },
    __module__: {
      get: moduleOf,
      set(rt: Runtime, h, value) {
        if (!maySet(rt, h, value, '__module__')) return -1;
        const dict = rt.mem[h + TP_DICT]!;
        if (dictSet(rt, dict, rt.id('__module__'), value) < 0) return -1;
        // Where it stood holds no more.
        if (dictDel(rt, dict, rt.id('__firstlineno__')) < 0) return -1;
        typeModified(rt, rt.slotsOfType(h));
        return 0;
      },
    },
    __bases__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TP_BASES]!),
      set: (rt: Runtime, h, value) => setBases(rt, h, value),
    },
    __base__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TP_BASE]! || rt.None) },
    __mro__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TP_MRO]! || rt.None) },
    __dict__: { get: (rt: Runtime, h) => newMappingProxy(rt, rt.mem[h + TP_DICT]!) },
    __text_signature__: {
      get(rt: Runtime, h) {
        const type = rt.slotsOfType(h);
        const text = type.native ? typeSignature(rt.facts.name, type.name) : null;
        return text === null ? rt.None : strFrom(rt, text);
      },
    },
    __doc__: {
      get: (rt: Runtime, h) => {
        const doc = dictGetKnown(rt, rt.mem[h + TP_DICT]!, rt.id('__doc__'));
        if (doc === 0) return rt.None;
        const get = rt.tp(doc).tp_descr_get;
        return get === null ? rt.newRef(doc) : get(rt, doc, 0, h);
      },
      set(rt: Runtime, h, value) {
        if (!maySet(rt, h, value, '__doc__')) return -1;
        const r = dictSet(rt, rt.mem[h + TP_DICT]!, rt.id('__doc__'), value);
        typeModified(rt, rt.slotsOfType(h));
        return r;
      },
    },
    __flags__: { get: (rt: Runtime, h) => intFromNumber(rt, rt.slotsOfType(h).flags >>> 0) },
    // Where instances have their dict and the head of their weak references: below the object, for a class.
    __dictoffset__: { get: (rt: Runtime, h) => intFromNumber(rt, offsetOf(rt.slotsOfType(h).dictoffset, -1)) },
    __weakrefoffset__: { get: (rt: Runtime, h) => intFromNumber(rt, offsetOf(rt.slotsOfType(h).weaklistoffset, -32)) },
    __basicsize__: { get: (rt: Runtime, h) => intFromNumber(rt, rt.slotsOfType(h).basicsize) },
    __itemsize__: { get: (rt: Runtime, h) => intFromNumber(rt, rt.slotsOfType(h).itemsize) },
    ...typeAnnotationGetset,
  },
};

export const typeSpecs: TypeSpec[] = [typeSpec];

/** `type.__sizeof__`. */
export function typeSizeof(rt: Runtime, type: Handle): number {
  const slots = rt.slotsOfType(type);
  if (!slots.isHeapType) return STATIC_TYPE_SIZE;
  // A table of 64 slots for the names of the instances' attributes.
  return rt.types.type.basicsize + (slots.cachedKeys === null ? 0 : SHARED_KEYS_SIZE);
}
