/**
 * Types as objects in the heap, and looking names up through a type's mro (Objects/typeobject.c, `_PyType_Lookup`).
 * What a type owns: its dict, base, bases, mro, names, the dict of its subclasses and the names of its shared keys.
 */
import type { Handle } from '../heap/layout';
import type { TypeSlots } from '../heap/object';
import { dictGetKnown, dictIsUnicode } from './dict';
import { canonicalName } from './dict-values';
import type { Runtime } from './runtime';
import { tupleItem, tupleSize } from './tuple';

// Words of a type object.
export const TP_DICT = 3;
export const TP_BASE = 4;
export const TP_BASES = 5;
export const TP_MRO = 6;
export const TP_WEAKLIST = 7;
export const HT_NAME = 8;
export const HT_QUALNAME = 9;
export const HT_SLOTS = 10;
/**
 * `tp_version_tag`: a number that no other type has, or 0. It stays while the type, its bases and the shared keys of its
 * instances do. Not a part of any picture of memory.
 */
export const TP_VERSION = 11;
/** A dict, or 0: no class is below (type-subclasses.ts). */
export const TP_SUBCLASSES = 12;
/** Field words of a type object. */
export const TYPE_WORDS = 11;

/** `PyType_IsSubtype`. */
export function isSubtype(rt: Runtime, a: TypeSlots, b: TypeSlots): boolean {
  if (a === b) return true;
  const mro = rt.mem[a.handle + TP_MRO]!;
  if (mro === 0) {
    for (let t: TypeSlots | null = a; t !== null; t = t.base) if (t === b) return true;
    return false;
  }
  const n = tupleSize(rt, mro);
  for (let i = 0; i < n; i++) if (tupleItem(rt, mro, i) === b.handle) return true;
  return false;
}

/** `PyObject_TypeCheck`: h is an instance of the type or of a subtype. */
export function isInstanceOf(rt: Runtime, h: Handle, type: TypeSlots): boolean {
  const t = rt.tp(h);
  return t === type || isSubtype(rt, t, type);
}

/** `_PyType_Lookup`: borrowed, or 0 without an exception. */
export function typeLookup(rt: Runtime, type: TypeSlots, name: Handle): Handle {
  const key = canonicalName(rt, name);
  const cached = type.mroCache.get(key);
  if (cached !== undefined) return cached;
  const mro = rt.mem[type.handle + TP_MRO]!;
  if (mro === 0) return 0;
  let found = 0;
  const n = tupleSize(rt, mro);
  for (let i = 0; i < n && found === 0; i++) {
    const dict = rt.mem[tupleItem(rt, mro, i) + TP_DICT]!;
    if (dict === 0) continue;
    if (!dictIsUnicode(rt, dict)) return lookupAnyKeys(rt, mro, i, key);
    found = dictGetKnown(rt, dict, key);
  }
  // Only immortal names: a dead name's handle would come to stand for another.
  if (rt.mem[key]! < 0) type.mroCache.set(key, found);
  return found;
}

/** Looking a name up through the type runs no code of the program. */
export function hasOnlyNames(rt: Runtime, type: TypeSlots): boolean {
  const mro = rt.mem[type.handle + TP_MRO]!;
  for (let i = mro === 0 ? -1 : tupleSize(rt, mro) - 1; i >= 0; i--) {
    const dict = rt.mem[tupleItem(rt, mro, i) + TP_DICT]!;
    if (dict !== 0 && !dictIsUnicode(rt, dict)) return false;
  }
  return true;
}

/** The rest of it where a key's own `__eq__` may run, change the bases, and fail unheard. */
function lookupAnyKeys(rt: Runtime, mro: Handle, from: number, key: Handle): Handle {
  const error = rt.takeError();
  rt.incref(mro);
  let found = 0;
  const n = tupleSize(rt, mro);
  for (let i = from; i < n && found === 0 && rt.currentException === 0; i++) {
    const dict = rt.mem[tupleItem(rt, mro, i) + TP_DICT]!;
    if (dict !== 0) found = dictGetKnown(rt, dict, key);
  }
  rt.decref(mro);
  rt.clearError();
  rt.restoreError(error);
  return found;
}

/** `PyType_Modified`: what was looked up through this type or a subclass may be stale. */
export function typeModified(rt: Runtime, type: TypeSlots): void {
  type.mroCache.clear();
  rt.mem[type.handle + TP_VERSION] = 0;
  for (const index of type.subclasses) typeModified(rt, rt.heap.types[index]!);
}

/** The type's number, given to it when it is first asked for. */
export function typeVersion(rt: Runtime, type: TypeSlots): number {
  const word = type.handle + TP_VERSION;
  if (rt.mem[word] === 0) rt.mem[word] = rt.nextVersion();
  return rt.mem[word]!;
}
