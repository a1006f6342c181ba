/**
 * Birth and death of an object's memory (Objects/object.c, `PyType_GenericAlloc`, `tp_free`). An instance of a heap
 * type owns a reference to its type; static types are immortal.
 */
import { blockKey } from '../heap/blocks';
import type { FreeList } from '../heap/freelists';
import type { TypeSlots } from '../heap/object';
import type { Handle } from '../heap/layout';
import { inlineValuesWords, inlineValuesBytes, initInlineValues, nextCapacity } from './dict-values';
import type { Runtime } from './runtime';

/**
 * A new object of a type without inline values: one reference, fields zero, not tracked.
 * @param extraWords variable part, in words, after the type's own
 * @param extraBytes its simulated size
 */
export function newObject(
  rt: Runtime,
  type: TypeSlots,
  extraWords = 0,
  extraBytes = 0,
  freelist: FreeList | null = null,
): Handle {
  const headerBytes = type.preheader * 16;
  if (type.isGc && extraWords === 0 && freelist === null && type.valuesoffset === 0) {
    if (type.blockKey === 0) type.blockKey = blockKey(type.blockFlags, Math.max(type.words, 2));
    const h = rt.heap.allocKeyed(type, headerBytes + type.basicsize + extraBytes);
    if (type.isHeapType) rt.incref(type.handle);
    return h;
  }
  const h = rt.heap.alloc(type, type.words + extraWords, headerBytes + type.basicsize + extraBytes, freelist);
  if (type.isHeapType) rt.incref(type.handle);
  return h;
}

/**
 * `PyType_GenericAlloc`: an instance of any type, with inline values if its class has them; tracked if collectable.
 * What every `tp_new` uses, so that subclasses get their room.
 */
export function allocInstance(rt: Runtime, type: TypeSlots, extraWords = 0, extraBytes = 0): Handle {
  if (type.valuesoffset !== 0) return allocWithValues(rt, type);
  const h = newObject(rt, type, extraWords, extraBytes);
  if (type.isGc) rt.heap.gcTrack(h);
  return h;
}

/** The same for a class with inline values: the most common birth of all. */
function allocWithValues(rt: Runtime, type: TypeSlots): Handle {
  const { heap } = rt;
  if (nextCapacity(type) !== type.keyedCapacity) {
    type.keyedCapacity = nextCapacity(type);
    type.keyedBytes = type.preheader * 16 + type.basicsize + inlineValuesBytes(type);
    type.blockKey = blockKey(type.blockFlags, type.words + inlineValuesWords(type));
  }
  const h = heap.allocKeyed(type, type.keyedBytes);
  heap.incref(type.handle);
  initInlineValues(rt, type, h);
  heap.gcTrack(h);
  return h;
}

/** `tp_free` and the end of the reference to a heap type. The object's own references must be gone. */
export function freeObject(rt: Runtime, h: Handle, freelist: FreeList | null = null): void {
  const type = rt.tp(h);
  rt.heap.free(h, type, freelist);
  if (type.isHeapType) rt.decref(type.handle);
}
