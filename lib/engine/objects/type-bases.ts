/** `cls.__bases__ = …` (Objects/typeobject.c, `type_set_bases`, `mro_hierarchy`). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSlots } from '../heap/object';
import { isTuple, isType, typeName } from './abstract';
import { listAppend, listItems, newList } from './list';
import type { Runtime } from './runtime';
import { newTuple, tupleItems, tupleSize } from './tuple';
import { TP_BASE, TP_BASES, TP_MRO, isSubtype, typeModified } from './type-lookup';
import { bestBase, mroOf } from './type-new';
import { updateSlots } from './type-ready';
import { addSubclass, removeFromBases } from './type-subclasses';

/** `compatible_for_assignment`: instances of the one can be instances of the other. */
function sameLayout(a: TypeSlots, b: TypeSlots): boolean {
  return (
    a.words === b.words &&
    a.basicsize === b.basicsize &&
    a.itemsize === b.itemsize &&
    a.dictoffset === b.dictoffset &&
    a.weaklistoffset === b.weaklistoffset &&
    a.isGc === b.isGc &&
    nativeBase(a) === nativeBase(b)
  );
}

function nativeBase(type: TypeSlots): TypeSlots {
  let t = type;
  while (t.isPythonClass) t = t.base!;
  return t;
}

/** A class cannot come to be below itself, by its mro or, where that is being made, by its chain of bases. */
function isBelow(rt: Runtime, type: TypeSlots, top: TypeSlots): boolean {
  if (isSubtype(rt, type, top)) return true;
  for (let t: TypeSlots | null = type; t !== null; t = t.base) if (t === top) return true;
  return false;
}

/**
 * New orders for the class and all below it; false with an exception. What was done goes into the list `changed`: tuples
 * of class, new order, old order.
 */
function mroHierarchy(rt: Runtime, type: TypeSlots, changed: Handle): boolean {
  const h = type.handle;
  const before = rt.mem[h + TP_MRO]!;
  const mro = mroOf(rt, h, [...tupleItems(rt, rt.mem[h + TP_BASES]!)]);
  if (mro === null) return false;
  // A custom mro() may have set the bases itself, and with them the order.
  if (rt.mem[h + TP_MRO] !== before) return true;
  const newMro = newTuple(
    rt,
    mro.map((t) => rt.newRef(t)),
  );
  rt.heap.set(h + TP_MRO, newMro);
  const done = newTuple(
    rt,
    before === 0 ? [rt.newRef(h), rt.newRef(newMro)] : [rt.newRef(h), rt.newRef(newMro), before],
  );
  listAppend(rt, changed, done);
  rt.decref(done);
  typeModified(rt, type);
  for (const index of [...type.subclasses]) {
    const sub = rt.heap.types[index];
    if (sub != null && !mroHierarchy(rt, sub, changed)) return false;
  }
  return true;
}

function updateAll(rt: Runtime, type: TypeSlots): void {
  updateSlots(rt, type);
  for (const index of type.subclasses) updateAll(rt, rt.heap.types[index]!);
}

/** `type_set_bases`: 0, or -1 with an exception. */
export function setBases(rt: Runtime, h: Handle, value: Handle): number {
  const { heap, mem } = rt;
  const type = rt.slotsOfType(h);
  const what = `attribute of immutable type '${type.name}'`;
  if ((type.flags & TPFLAGS.IMMUTABLETYPE) !== 0) return rt.raiseInt('TypeError', `cannot set '__bases__' ${what}`);
  if (value === 0) return rt.raiseInt('TypeError', `cannot delete '__bases__' ${what}`);
  if (!isTuple(rt, value))
    return rt.raiseInt('TypeError', `can only assign tuple to ${type.name}.__bases__, not ${typeName(rt, value)}`);
  if (tupleSize(rt, value) === 0)
    return rt.raiseInt('TypeError', `can only assign non-empty tuple to ${type.name}.__bases__, not ()`);
  const bases = [...tupleItems(rt, value)];
  for (const b of bases) {
    if (!isType(rt, b))
      return rt.raiseInt('TypeError', `${type.name}.__bases__ must be tuple of classes, not '${typeName(rt, b)}'`);
    if (isBelow(rt, rt.slotsOfType(b), type))
      return rt.raiseInt('TypeError', 'a __bases__ item causes an inheritance cycle');
  }
  const base = bestBase(rt, bases);
  if (base === null) return -1;
  const oldBase = type.base!;
  if (oldBase.isGc !== base.isGc)
    return rt.raiseInt('TypeError', `__bases__ assignment: '${base.name}' deallocator differs from '${oldBase.name}'`);
  if (!sameLayout(oldBase, base)) {
    return rt.raiseInt(
      'TypeError',
      `__bases__ assignment: '${base.name}' object layout differs from '${oldBase.name}'`,
    );
  }
  const oldBases = mem[h + TP_BASES]!;
  heap.set(h + TP_BASES, rt.newRef(value));
  heap.set(h + TP_BASE, rt.newRef(base.handle));
  type.base = base;
  const changed = newList(rt, []);
  if (!mroHierarchy(rt, type, changed)) {
    for (const done of [...listItems(rt, changed)].reverse()) {
      const [cls, newMro, oldMro = 0] = tupleItems(rt, done) as [Handle, Handle, Handle?];
      if (mem[cls + TP_MRO] === newMro) heap.setRef(cls + TP_MRO, oldMro === 0 ? 0 : rt.newRef(oldMro));
      typeModified(rt, rt.slotsOfType(cls));
    }
    rt.decref(changed);
    if (mem[h + TP_BASES] === value) {
      heap.setRef(h + TP_BASES, oldBases);
      heap.setRef(h + TP_BASE, oldBase.handle);
      type.base = oldBase;
    } else {
      rt.decref(oldBases);
      rt.decref(oldBase.handle);
    }
    return -1;
  }
  rt.decref(changed);
  // Unless a custom mro() has set others meanwhile.
  if (mem[h + TP_BASES] === value) {
    removeFromBases(rt, oldBases, type);
    for (const b of bases) addSubclass(rt, rt.slotsOfType(b), type);
    typeModified(rt, type);
    updateAll(rt, type);
  }
  rt.decref(oldBases);
  rt.decref(oldBase.handle);
  return 0;
}
