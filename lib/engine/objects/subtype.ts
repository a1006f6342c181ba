/**
 * Instances of classes made by Python code (Objects/typeobject.c, subtype_dealloc, subtype_traverse, subtype_clear).
 *
 * Death, in this order: `__del__` once, weak references, `__slots__` of the class and its bases, attributes, what the
 * built-in base holds, the memory, the reference to the class.
 */
import { BLOCK, BLOCK_FINALIZED, type Handle } from '../heap/layout';
import type { TypeSlots, Visit } from '../heap/object';
import { clearAttributes, clearInline, releaseInline, ledgerAttributes, traverseAttributes } from './dict-values';
import { freeObject } from './object';
import type { Runtime } from './runtime';
import { clearWeakrefs } from './weakref-list';

/** The nearest base that is not made by Python code. */
export function nativeBase(type: TypeSlots): TypeSlots {
  let base: TypeSlots = type;
  while (base.isPythonClass) base = base.base!;
  return base;
}

/** `PyObject_CallFinalizerFromDealloc`: -1 if the finalizer brought the object back to life. */
export function callFinalizerFromDealloc(rt: Runtime, h: Handle): number {
  const { heap } = rt;
  heap.setRefcnt(h, 1);
  callFinalizer(rt, h);
  const count = heap.refcnt(h) - 1;
  if (count === 0) {
    heap.setRefcnt(h, 0);
    return 0;
  }
  heap.setRefcnt(h, count);
  return -1;
}

/** `PyObject_CallFinalizer`: `__del__` runs once in an object's life; the mark is set before it runs. */
export function callFinalizer(rt: Runtime, h: Handle): void {
  const finalize = rt.tp(h).tp_finalize;
  if (finalize === null) return;
  const flags = rt.mem[h + BLOCK]!;
  if ((flags & BLOCK_FINALIZED) !== 0) return;
  rt.heap.set(h + BLOCK, flags | BLOCK_FINALIZED);
  rt.onFinalize?.(h);
  finalize(rt, h);
}

export function subtypeDealloc(rt: Runtime, h: Handle): void {
  const type = rt.tp(h);
  const { heap, mem } = rt;
  heap.gcUntrack(h);
  if (type.ownsOnlyAttributes && type.tp_finalize === null) {
    // Nothing but attributes: what most instances are.
    if (type.weaklistoffset !== 0 && mem[h + type.weaklistoffset] !== 0) clearWeakrefs(rt, h);
    if (mem[h + type.dictoffset] === 0) releaseInline(rt, h + type.valuesoffset);
    else clearAttributes(rt, h, type);
    heap.free(h, type);
    heap.decref(type.handle);
    return;
  }
  if (type.ownsOnlySlots && type.tp_finalize === null) {
    if (type.weaklistoffset !== 0 && mem[h + type.weaklistoffset] !== 0) clearWeakrefs(rt, h);
    heap.releaseWords(h, type.traversedWords);
    heap.free(h, type);
    heap.decref(type.handle);
    return;
  }
  if (type.tp_finalize !== null) {
    heap.gcTrack(h);
    if (callFinalizerFromDealloc(rt, h) < 0) return;
    heap.gcUntrack(h);
  }
  const base = nativeBase(type);
  if (type.weaklistoffset !== 0 && base.weaklistoffset === 0 && mem[h + type.weaklistoffset] !== 0) {
    clearWeakrefs(rt, h);
  }
  for (let t = type; t.isPythonClass; t = t.base!) {
    for (const member of t.slotMembers) heap.clearRef(h + member.word);
  }
  if (type.dictoffset !== 0 && base.dictoffset === 0) clearAttributes(rt, h, type);
  if (base.base === null) freeObject(rt, h);
  else base.tp_dealloc!(rt, h);
}

/** Members, attributes, what the built-in base refers to, the class. */
export function subtypeTraverse(rt: Runtime, h: Handle, visit: Visit): void {
  visitInstance(rt, h, visit, traverseAttributes, (base) => base.tp_traverse);
}

export function subtypeLedger(rt: Runtime, h: Handle, visit: Visit): void {
  visitInstance(rt, h, visit, ledgerAttributes, (base) => base.tp_ledger ?? base.tp_traverse);
}

function visitInstance(
  rt: Runtime,
  h: Handle,
  visit: Visit,
  attributes: typeof traverseAttributes,
  ofBase: (base: TypeSlots) => TypeSlots['tp_traverse'],
): void {
  const type = rt.tp(h);
  const { mem } = rt;
  const base = nativeBase(type);
  for (let t = type; t.isPythonClass; t = t.base!) {
    for (const member of t.slotMembers) {
      const value = mem[h + member.word]!;
      if (value !== 0) visit(value, h + member.word);
    }
  }
  if (base.dictoffset === 0) attributes(rt, h, type, visit);
  // A native heap type's own traverse tells of the class (type-ready.ts).
  if (!base.isHeapType) visit(type.handle, h + 1);
  ofBase(base)?.(rt, h, visit);
}

export function subtypeClear(rt: Runtime, h: Handle): void {
  const type = rt.tp(h);
  if (type.ownsOnlyAttributes) {
    if (rt.mem[h + type.dictoffset] === 0) clearInline(rt, h + type.valuesoffset);
    else clearAttributes(rt, h, type);
    return;
  }
  if (type.ownsOnlySlots) {
    rt.heap.clearWords(h, type.traversedWords);
    return;
  }
  const base = nativeBase(type);
  for (let t = type; t.isPythonClass; t = t.base!) {
    for (const member of t.slotMembers) rt.heap.clearRef(h + member.word);
  }
  if (base.dictoffset === 0) clearAttributes(rt, h, type);
  base.tp_clear?.(rt, h);
}
