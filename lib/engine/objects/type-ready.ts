/**
 * Making types usable (Objects/typeobject.c, `PyType_Ready`): static types from their specs, with a descriptor for
 * each slot, method and attribute; inheritance of slots; and the slots of a class from the methods it defines.
 */
import { BLOCK_GC, BLOCK_LIVE, BLOCK_MANAGED, type Handle } from '../heap/layout';
import { TPFLAGS, TP_INDEX, TypeSlots, type TypeSpec } from '../heap/object';
import { hashNotImplemented } from './abstract';
import { newGetSet, newNativeMember, newSlotWrapper, slotWrapperOf, descriptorType } from './descr';
import { dictSet, newDict } from './dict';
import { NativeMethod, newMethodDescriptor, newNativeMethod, nativeMethod } from './method-object';
import { newObject } from './object';
import type { Runtime } from './runtime';
import { SLOTDEFS, slotNew, type SlotDef } from './slotdefs';
import { newStaticMethod } from './funcobject';
import { strFrom } from './str';
import { newTuple } from './tuple';
import type { TypeName } from './type-names';
import { addSubclass } from './type-subclasses';
import {
  HT_NAME,
  HT_QUALNAME,
  TP_BASE,
  TP_BASES,
  TP_DICT,
  TP_MRO,
  TYPE_WORDS,
  isSubtype,
  typeLookup,
} from './type-lookup';

/** Slots grouped, since several names can share one. */
const DEFS_BY_SLOT = new Map<keyof TypeSlots, SlotDef[]>();
for (const def of SLOTDEFS) {
  const list = DEFS_BY_SLOT.get(def.slot);
  if (list === undefined) DEFS_BY_SLOT.set(def.slot, [def]);
  else list.push(def);
}

/** The names that a slot makes, by their place in SLOTDEFS. */
const PLACES_OF_SLOT = new Map<string, number[]>();
for (const [slot, list] of DEFS_BY_SLOT)
  PLACES_OF_SLOT.set(
    slot,
    list.map((def) => SLOTDEFS.indexOf(def)),
  );

/** Slots a static type takes over from its base where it has none. tp_hash goes with tp_richcompare. */
const INHERITED: (keyof TypeSlots)[] = [
  ...new Set(SLOTDEFS.map((d) => d.slot)),
  'tp_dealloc',
  'tp_traverse',
  'tp_ledger',
  'tp_clear',
  'bf_getbuffer',
  'bf_releasebuffer',
].filter((s) => s !== 'tp_hash' && s !== 'tp_richcompare') as (keyof TypeSlots)[];

export function setBlockFlags(type: TypeSlots): void {
  type.isGc = (type.flags & TPFLAGS.HAVE_GC) !== 0;
  const managed = (type.isPythonClass || type.managedHeader) && type.isGc;
  type.blockFlags = BLOCK_LIVE | (type.isGc ? BLOCK_GC : 0) | (managed ? BLOCK_MANAGED : 0);
  const pre = managed && (type.flags & (TPFLAGS.MANAGED_DICT | TPFLAGS.MANAGED_WEAKREF)) !== 0;
  type.preheader = (type.isGc ? 1 : 0) + (pre ? 1 : 0);
}

/** Registers slots under an index and gives the type object its first words. */
export function bindType(rt: Runtime, type: TypeSlots, handle: Handle): void {
  const { heap } = rt;
  let index = heap.types.indexOf(null as unknown as TypeSlots);
  if (index < 0) index = heap.types.length;
  heap.types[index] = type;
  type.index = index;
  type.handle = handle;
  heap.set(handle + TP_INDEX, index);
}

/** Step 1 of boot: the type object's memory, before anything can be looked up. Immortal. */
export function allocStaticType(rt: Runtime, spec: TypeSpec): void {
  const base = spec.name === 'object' ? null : rt.types[(spec.base ?? 'object') as TypeName];
  allocStatic(rt, rt.types[spec.name as TypeName], spec, base);
}

function allocStatic(rt: Runtime, type: TypeSlots, spec: TypeSpec, base: TypeSlots | null): void {
  const metatype = rt.types.type;
  metatype.isGc = true;
  metatype.blockFlags = BLOCK_LIVE | BLOCK_GC;
  metatype.preheader = 1;
  metatype.words = TYPE_WORDS;
  const h = rt.heap.alloc(metatype, TYPE_WORDS, 16 + 416);
  rt.heap.immortalize(h);
  bindType(rt, type, h);
  describeType(type, spec, base);
}

/** Takes over what a spec says. */
function describeType(type: TypeSlots, spec: TypeSpec, base: TypeSlots | null): void {
  type.native = true;
  Object.assign(type, spec.slots);
  type.words = spec.words;
  type.basicsize = spec.basicsize;
  type.itemsize = spec.itemsize ?? 0;
  type.dictoffset = spec.dictoffset ?? 0;
  type.weaklistoffset = spec.weaklistoffset ?? 0;
  type.base = base;
  type.flags = (spec.flags ?? 0) | TPFLAGS.IMMUTABLETYPE | (spec.gc === true ? TPFLAGS.HAVE_GC : 0);
  // Instances of any type may be made while the types are readied.
  type.managedHeader = spec.managedHeader ?? false;
  setBlockFlags(type);
  if (spec.module !== undefined && spec.module !== 'builtins') type.name = `${spec.module}.${shortName(spec.name)}`;
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Step 2: bases, mro, inherited slots and the dicts of descriptors. Bases stand before the types that have them. */
export function readyStaticTypes(rt: Runtime, specs: readonly TypeSpec[]): void {
  const filled: FilledSlots = new Map();
  for (const spec of specs) readyStatic(rt, rt.types[spec.name as TypeName], spec, filled);
}

function readyStatic(rt: Runtime, type: TypeSlots, spec: TypeSpec, filled: FilledSlots): void {
  const { heap, mem } = rt;
  const h = type.handle;
  heap.set(h + 1, rt.types.type.handle);
  const base = type.base;
  if (base !== null) {
    heap.set(h + TP_BASE, base.handle);
    heap.set(h + TP_BASES, newTuple(rt, [base.handle]));
    const mro = [h];
    for (let t: TypeSlots | null = base; t !== null; t = t.base) mro.push(t.handle);
    heap.set(h + TP_MRO, newTuple(rt, mro));
    addSubclass(rt, base, type);
    inheritStatic(type, base, filled);
  } else {
    heap.set(h + TP_BASES, rt.emptyTuple);
    heap.set(h + TP_MRO, newTuple(rt, [h]));
  }
  setBlockFlags(type);
  const name = shortName(spec.name);
  heap.set(h + HT_NAME, rt.id(name));
  heap.set(h + HT_QUALNAME, rt.id(name));
  heap.set(h + TP_DICT, newDict(rt));
  fillDict(rt, type, spec);
  immortalizeType(rt, mem[h + TP_BASES]!, mem[h + TP_MRO]!);
}

/**
 * A type that a module brings with it when it is first imported. A static one (as in C: `PyTypeObject X = {…}`) is
 * immortal and no collectable object; a heap type (`PyType_FromModuleAndSpec`, most of the standard library's) is a
 * collectable object with a count: each instance owns a reference to it, which `newObject` takes and `freeObject`
 * gives back, and which its tp_traverse and tp_ledger tell of without the spec's saying so.
 * @param base defaults to `object`
 * @returns the slots; their `handle` is a new reference for a heap type, immortal for a static one
 */
export function newNativeType(rt: Runtime, spec: TypeSpec, kind: 'static' | 'heap', base = rt.types.object): TypeSlots {
  const type = new TypeSlots(spec.name);
  if (kind === 'static') {
    allocStatic(rt, type, spec, base);
    readyStatic(rt, type, spec, new Map());
    return type;
  }
  const { heap } = rt;
  const h = newObject(rt, rt.types.type);
  bindType(rt, type, h);
  describeType(type, spec, base);
  type.flags |= TPFLAGS.HEAPTYPE;
  inheritStatic(type, base, new Map());
  visitsItsType(type, base);
  setBlockFlags(type);
  const name = shortName(spec.name);
  heap.set(h + HT_NAME, rt.id(name));
  heap.set(h + HT_QUALNAME, rt.id(name));
  heap.set(h + TP_BASE, rt.newRef(base.handle));
  heap.set(h + TP_BASES, newTuple(rt, [rt.newRef(base.handle)]));
  const mro = [rt.newRef(h)];
  for (let t: TypeSlots | null = base; t !== null; t = t.base) mro.push(rt.newRef(t.handle));
  heap.set(h + TP_DICT, newDict(rt));
  heap.set(h + TP_MRO, newTuple(rt, mro));
  addSubclass(rt, base, type);
  fillDict(rt, type, spec);
  dictSet(rt, rt.mem[h + TP_DICT]!, rt.id('__module__'), rt.id(spec.module ?? 'builtins'));
  heap.gcTrack(h);
  return type;
}

/** Instances of a heap type show the collector and the ledger their reference to it. */
function visitsItsType(type: TypeSlots, base: TypeSlots): void {
  // A base that is a heap type does it already.
  const own = (fn: TypeSlots['tp_traverse'], inherited: TypeSlots['tp_traverse']): TypeSlots['tp_traverse'] =>
    fn !== null && fn === inherited && base.isHeapType
      ? fn
      : (rt, h, visit) => {
          visit((rt as Runtime).mem[h + 1]!, h + 1);
          fn?.call(null, rt, h, visit);
        };
  if (type.tp_ledger !== null) type.tp_ledger = own(type.tp_ledger, base.tp_ledger);
  type.tp_traverse = own(type.tp_traverse, base.tp_traverse);
}

function immortalizeType(rt: Runtime, ...tuples: Handle[]): void {
  for (const t of tuples) rt.heap.immortalize(t);
}

/** What there is to inherit from a base that many types have. */
type FilledSlots = Map<TypeSlots, (keyof TypeSlots)[]>;

function inheritStatic(type: TypeSlots, base: TypeSlots, filled: FilledSlots): void {
  const target = type as unknown as Record<string, unknown>;
  const source = base as unknown as Record<string, unknown>;
  let slots = filled.get(base);
  if (slots === undefined) {
    slots = INHERITED.filter((slot) => source[slot] !== null);
    filled.set(base, slots);
  }
  for (const slot of slots) target[slot] ??= source[slot];
  if (type.tp_hash === null) {
    if (type.tp_richcompare === null) {
      type.tp_richcompare = base.tp_richcompare;
      type.tp_hash = base.tp_hash;
    } else {
      type.tp_hash = hashNotImplemented as TypeSlots['tp_hash'];
    }
  } else type.tp_richcompare ??= base.tp_richcompare;
  if (base.base !== null) type.tp_new ??= base.tp_new;
  type.flags |= base.flags & SUBCLASS_FLAGS;
  type.dictoffset ||= base.dictoffset;
  type.weaklistoffset ||= base.weaklistoffset;
}

export const SUBCLASS_FLAGS =
  TPFLAGS.LONG_SUBCLASS |
  TPFLAGS.LIST_SUBCLASS |
  TPFLAGS.TUPLE_SUBCLASS |
  TPFLAGS.BYTES_SUBCLASS |
  TPFLAGS.UNICODE_SUBCLASS |
  TPFLAGS.DICT_SUBCLASS |
  TPFLAGS.BASE_EXC_SUBCLASS |
  TPFLAGS.TYPE_SUBCLASS;

function put(rt: Runtime, dict: Handle, name: string, value: Handle): void {
  putNew(rt, dict, rt.id(name), value);
}
/** `value` stolen. */
function putNew(rt: Runtime, dict: Handle, key: Handle, value: Handle): void {
  dictSet(rt, dict, key, value);
  rt.decref(value);
}

/** The places in SLOTDEFS of the slots that are filled, in their order. */
function placesOf(slots: Record<string, unknown>): number[] {
  const places: number[] = [];
  for (const slot in slots) {
    const own = slots[slot] == null ? undefined : PLACES_OF_SLOT.get(slot);
    if (own !== undefined) places.push(...own);
  }
  return places.sort((a, b) => a - b);
}

function fillDict(rt: Runtime, type: TypeSlots, spec: TypeSpec): void {
  const h = type.handle;
  const dict = rt.mem[h + TP_DICT]!;
  if (spec.slots.tp_new != null) {
    put(rt, dict, '__new__', newTypeNew(rt, h));
  }
  let hasHash = false;
  const own = spec.slots as Record<string, unknown>;
  const done: string[] = [];
  for (const place of placesOf(own)) {
    const def = SLOTDEFS[place]!;
    const { name } = def;
    if (done.includes(name) || name === '__getattr__') continue;
    done.push(name);
    const fn = own[def.slot];
    if (def.slot === 'tp_hash') hasHash = true;
    const key = rt.id(name);
    if (fn === hashNotImplemented) dictSet(rt, dict, key, rt.None);
    else putNew(rt, dict, key, newSlotWrapper(rt, h, key, { def, fn }));
  }
  if (type.tp_hash === (hashNotImplemented as unknown) && !hasHash) dictSet(rt, dict, rt.id('__hash__'), rt.None);
  for (const name in spec.methods) {
    const descr = newMethodDescriptor(rt, h, new NativeMethod(name, spec.methods[name]!));
    putNew(rt, dict, rt.id(name), descr);
  }
  for (const name in spec.classmethods) {
    const descr = newMethodDescriptor(rt, h, new NativeMethod(name, spec.classmethods[name]!, true));
    putNew(rt, dict, rt.id(name), descr);
  }
  for (const [name, def] of Object.entries(spec.staticmethods ?? {})) {
    const method = new NativeMethod(name, def);
    method.owner = shortName(spec.name);
    method.isStatic = true;
    const f = newNativeMethod(rt, method, 0, 0);
    put(rt, dict, name, newStaticMethod(rt, f));
    rt.decref(f);
  }
  for (const name in spec.getset) {
    const key = rt.id(name);
    putNew(rt, dict, key, newGetSet(rt, h, key, spec.getset[name]!));
  }
  for (const [name, def] of Object.entries(spec.members ?? {})) put(rt, dict, name, newNativeMember(rt, h, name, def));
  if (spec.doc !== undefined) put(rt, dict, '__doc__', strFrom(rt, spec.doc));
  else if (spec.getset?.__doc__ === undefined && spec.members?.__doc__ === undefined)
    dictSet(rt, dict, rt.id('__doc__'), rt.None);
}

/** The `__new__` in a static type's dict (`tp_new_wrapper`). Its self is the type. */
function newTypeNew(rt: Runtime, type: Handle): Handle {
  const method = new NativeMethod('__new__', {
    kind: 'keywords',
    fn: (rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null) => {
      const own = rt.slotsOfType(self);
      const sub = args[0];
      if (sub === undefined || args.length === (kwnames?.length ?? 0)) {
        return rt.raise('TypeError', `${own.name}.__new__(): not enough arguments`);
      }
      if (rt.tp(sub).flags >= 0) {
        return rt.raise('TypeError', `${own.name}.__new__(X): X is not a type object (${rt.tp(sub).name})`);
      }
      const subtype = rt.slotsOfType(sub);
      if (!isSubtype(rt, subtype, own)) {
        return rt.raise(
          'TypeError',
          `${own.name}.__new__(${subtype.name}): ${subtype.name} is not a subtype of ${own.name}`,
        );
      }
      let staticBase: TypeSlots | null = subtype;
      while (staticBase !== null && staticBase.tp_new === slotNew) staticBase = staticBase.base;
      if (staticBase !== null && staticBase.tp_new !== own.tp_new) {
        return rt.raise(
          'TypeError',
          `${own.name}.__new__(${subtype.name}) is not safe, use ${staticBase.name}.__new__()`,
        );
      }
      return own.tp_new!(rt, sub, args.slice(1), kwnames);
    },
  });
  return newNativeMethod(rt, method, type, 0);
}

// ---- classes ------------------------------------------------------------------------------------------------------------

/** `_PyObject_NextNotImplemented`: a class lost its `__next__` while something iterates. */
function nextNotImplemented(rt: Runtime, h: Handle): Handle {
  return rt.raise('TypeError', `'${rt.tp(h).name}' object is not iterable`);
}

/** `update_one_slot` for every slot of a class: native where nothing was overridden, generic otherwise. */
export function updateSlots(rt: Runtime, type: TypeSlots): void {
  const target = type as unknown as Record<string, unknown>;
  const wasIterator = type.tp_iternext !== null;
  for (const [slot, defs] of DEFS_BY_SLOT) target[slot] = slotFor(rt, type, defs);
  if (wasIterator && type.tp_iternext === null) type.tp_iternext = nextNotImplemented as TypeSlots['tp_iternext'];
  updateNew(rt, type);
}

function slotFor(rt: Runtime, type: TypeSlots, defs: SlotDef[]): unknown {
  let specific: unknown = null;
  let generic: unknown = null;
  let useGeneric = false;
  for (const def of defs) {
    const descr = typeLookup(rt, type, rt.id(def.name));
    if (descr === 0) continue;
    if (rt.is(descr, rt.types.wrapper_descriptor)) {
      const w = slotWrapperOf(rt, descr);
      if (w.def.name === def.name && isSubtype(rt, type, rt.slotsOfType(descriptorType(rt, descr)))) {
        if (w.def.slot !== def.slot) {
          // Of two slots with one name, the other is the same function, or calls the method.
          if (type.base?.[def.slot] != null && def.generic !== null) {
            if (w.def.wrap === def.wrap) specific ??= w.fn;
            else {
              useGeneric = true;
              generic = def.generic;
            }
          }
          continue;
        }
        if (specific === null || specific === w.fn) specific = w.fn;
        else useGeneric = true;
        generic ??= def.generic;
        continue;
      }
    } else if (descr === rt.None && def.slot === 'tp_hash') {
      specific = hashNotImplemented;
      continue;
    }
    useGeneric = true;
    generic = def.generic;
  }
  return specific !== null && !useGeneric ? specific : generic;
}

function updateNew(rt: Runtime, type: TypeSlots): void {
  const found = typeLookup(rt, type, rt.id('__new__'));
  if (found !== 0 && rt.is(found, rt.types.builtin_function_or_method) && nativeMethod(rt, found).name === '__new__') {
    // What the base has stays, also where that calls whatever `__new__` is found (the remark in `update_one_slot`).
    type.tp_new ??= type.base === null ? null : type.base.tp_new;
  } else {
    type.tp_new = slotNew as TypeSlots['tp_new'];
  }
}
