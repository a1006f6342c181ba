/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): copy the counts, subtract the
 * references from inside, and what is left at zero and not reached from the rest is unreachable.
 * What is noted of each object meanwhile: heap/gc-refs.ts.
 */
import { COLLECTING, COUNT_SHIFT, FIRST_MANY, MANY, NOTE_SHIFT, ONE, UNREACHABLE } from '../heap/gc-refs';
import type { Heap } from '../heap/heap';
import { GC_NEXT, MANAGED_DICT, OB_TYPE, type Handle } from '../heap/layout';
import { TP_INDEX, Traversal, type Thread } from '../heap/object';
import {
  DICT_EMBEDDED,
  DICT_KEYS,
  DK_INDICES,
  DK_KIND,
  DK_LOG2_SIZE,
  DK_NENTRIES,
  ENTRY_KEY,
  ENTRY_SHIFT,
  ENTRY_VALUE,
  KIND_UNICODE,
  LIST_ITEMS,
  LIST_SIZE,
  TUPLE_ITEMS,
  TUPLE_SIZE,
  VALUES_ORDER,
  orderWords,
} from '../heap/shapes';
import { listMove } from './list';

/** `update_refs`: each object's count is copied. An immortal object leaves the collector's sight. */
export function updateRefs(heap: Heap, list: Handle): void {
  const { mem } = heap;
  const { notes, numbers } = heap.gcRefs;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const next = mem[h + GC_NEXT]!;
    const count = mem[h]!;
    if (count < 0) heap.gcUntrack(h);
    else if (count < MANY) notes[h >> NOTE_SHIFT] = (count << COUNT_SHIFT) | COLLECTING;
    else {
      notes[h >> NOTE_SHIFT] = FIRST_MANY | COLLECTING;
      numbers[h >> NOTE_SHIFT] = count;
    }
    h = next;
  }
}

/** `subtract_refs`: what remains are the references from outside the list. */
export function subtractRefs(thread: Thread, list: Handle): void {
  const { heap } = thread;
  const { mem, types } = heap;
  const { notes, numbers } = heap.gcRefs;
  let type = types[0]!;
  const visitDecref = (child: Handle): void => subtractRef(notes, numbers, child);
  for (let h = mem[list + GC_NEXT]!; h !== list; h = mem[h + GC_NEXT]!) {
    // Neighbours are often of one type.
    if (mem[h + OB_TYPE] !== type.handle) type = types[mem[mem[h + OB_TYPE]! + TP_INDEX]!]!;
    switch (type.traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitDecref);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        for (let i = first; i < first + capacity; i++) subtractRef(notes, numbers, mem[i]!);
        subtractRef(notes, numbers, mem[h + OB_TYPE]!);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) subtractRef(notes, numbers, mem[i]!);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) subtractRef(notes, numbers, mem[i]!);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          subtractRef(notes, numbers, mem[e + ENTRY_VALUE]!);
          if (keysToo) subtractRef(notes, numbers, mem[e + ENTRY_KEY]!);
        }
        break;
      }
      case Traversal.Words: {
        const offsets = type.traversedWords;
        for (let i = 0; i < offsets.length; i++) subtractRef(notes, numbers, mem[h + offsets[i]!]!);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitDecref);
        break;
    }
  }
}

/** `visit_decref`. What is not looked at has the note 0. */
function subtractRef(notes: Uint8Array, numbers: Int32Array, child: Handle): void {
  const i = child >> NOTE_SHIFT;
  const note = notes[i]!;
  if ((note & COLLECTING) === 0) return;
  if (note < FIRST_MANY) notes[i] = note - ONE;
  else if (--numbers[i]! === 0) notes[i] = COLLECTING;
}

/** `visit_reachable`. */
function markReachable(heap: Heap, notes: Uint8Array, child: Handle, list: Handle): void {
  const i = child >> NOTE_SHIFT;
  const note = notes[i]!;
  // More than none, or no candidate: what most are.
  if (note >= ONE || (note & COLLECTING) === 0) return;
  notes[i] = ONE | COLLECTING;
  if ((note & UNREACHABLE) !== 0) listMove(heap, child, list);
}

/**
 * `move_unreachable`: walks the list; what has references from outside is reachable and so is what it refers to; the
 * rest goes, for the time being, to `unreachable`, from where a later find brings it back to the tail.
 * @returns how many are reachable
 */
export function moveUnreachable(thread: Thread, list: Handle, unreachable: Handle): number {
  const { heap } = thread;
  const { mem, types } = heap;
  const { notes } = heap.gcRefs;
  const visitReachable = (child: Handle): void => markReachable(heap, notes, child, list);
  let reachable = 0;
  let type = types[0]!;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const i = h >> NOTE_SHIFT;
    if (notes[i]! < ONE) {
      const next = mem[h + GC_NEXT]!;
      listMove(heap, h, unreachable);
      notes[i] = UNREACHABLE | COLLECTING;
      h = next;
      continue;
    }
    reachable++;
    // Neighbours are often of one type.
    if (mem[h + OB_TYPE] !== type.handle) type = types[mem[mem[h + OB_TYPE]! + TP_INDEX]!]!;
    switch (type.traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitReachable);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        for (let i = first; i < first + capacity; i++) markReachable(heap, notes, mem[i]!, list);
        markReachable(heap, notes, mem[h + OB_TYPE]!, list);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) markReachable(heap, notes, mem[i]!, list);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) markReachable(heap, notes, mem[i]!, list);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          markReachable(heap, notes, mem[e + ENTRY_VALUE]!, list);
          if (keysToo) markReachable(heap, notes, mem[e + ENTRY_KEY]!, list);
        }
        break;
      }
      case Traversal.Words: {
        const offsets = type.traversedWords;
        for (let i = 0; i < offsets.length; i++) markReachable(heap, notes, mem[h + offsets[i]!]!, list);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitReachable);
        break;
    }
    notes[i] = 0;
    h = mem[h + GC_NEXT]!;
  }
  return reachable;
}

/** `deduce_unreachable`: afterwards `list` holds the reachable objects. Answers how many these are. */
export function deduceUnreachable(thread: Thread, list: Handle, unreachable: Handle): number {
  updateRefs(thread.heap, list);
  subtractRefs(thread, list);
  const reachable = moveUnreachable(thread, list, unreachable);
  // From here on "unreachable" is a fact, and only COLLECTING tells who is meant.
  const { mem } = thread.heap;
  const { notes } = thread.heap.gcRefs;
  for (let h = mem[unreachable + GC_NEXT]!; h !== unreachable; h = mem[h + GC_NEXT]!) {
    notes[h >> NOTE_SHIFT] = COLLECTING;
  }
  return reachable;
}
