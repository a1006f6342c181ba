/**
 * What a class knows of those below it (Objects/typeobject.c, `add_subclass`, `remove_subclass`): `tp_subclasses`, a
 * dict from a subclass's address to a weak reference to it. It comes with the first one and goes with the last.
 *
 * `TypeSlots.subclasses` has the same by index, for what walks down the classes often.
 */
import type { Handle } from '../heap/layout';
import type { TypeSlots } from '../heap/object';
import { dictDel, dictItemsArray, dictSet, dictSize, newDict } from './dict';
import { intFromNumber } from './int';
import { newList } from './list';
import type { Runtime } from './runtime';
import { tupleItems } from './tuple';
import { TP_SUBCLASSES } from './type-lookup';
import { newWeakref, weakrefTarget } from './weakref';

export function addSubclass(rt: Runtime, base: TypeSlots, type: TypeSlots): void {
  const word = base.handle + TP_SUBCLASSES;
  base.subclasses.add(type.index);
  const key = intFromNumber(rt, rt.heap.id(type.handle));
  const ref = newWeakref(rt, rt.types['weakref.ReferenceType'], type.handle, 0);
  if (rt.mem[word] === 0) rt.heap.set(word, newDict(rt));
  dictSet(rt, rt.mem[word]!, key, ref);
  rt.decref(ref);
  rt.decref(key);
}

function removeSubclass(rt: Runtime, base: TypeSlots, type: TypeSlots): void {
  const word = base.handle + TP_SUBCLASSES;
  base.subclasses.delete(type.index);
  const dict = rt.mem[word]!;
  if (dict === 0) return;
  const key = intFromNumber(rt, rt.heap.id(type.handle));
  dictDel(rt, dict, key);
  rt.decref(key);
  if (dictSize(rt, dict) === 0) rt.heap.clearRef(word);
}

/** `remove_all_subclasses`; `bases` is a tuple. */
export function removeFromBases(rt: Runtime, bases: Handle, type: TypeSlots): void {
  for (const base of tupleItems(rt, bases)) removeSubclass(rt, rt.slotsOfType(base), type);
}

/** `_PyType_GetSubclasses`: a new list of those that live. */
export function subclassesOf(rt: Runtime, type: Handle): Handle {
  const dict = rt.mem[type + TP_SUBCLASSES]!;
  const refs = dict === 0 ? [] : dictItemsArray(rt, dict);
  const classes = refs.map(([, ref]) => weakrefTarget(rt, ref)).filter((c) => c !== 0);
  return newList(
    rt,
    classes.map((c) => rt.newRef(c)),
  );
}
