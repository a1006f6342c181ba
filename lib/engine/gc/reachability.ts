/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): copy the counts, subtract the
 * references from inside, and what is left at zero and not reached from the rest is unreachable.
 *
 * Noted of each object (heap/gc-refs.ts): gc_refs << 2 | UNREACHABLE | COLLECTING.
 */
import { NOTE_SHIFT } from '../heap/gc-refs';
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

const COLLECTING = 1;
const UNREACHABLE = 2;
const SHIFT = 2;
const ONE = 1 << SHIFT;

export function gcRefs(heap: Heap, h: Handle): number {
  return heap.gcRefs.words[h >> NOTE_SHIFT]! >> SHIFT;
}
export function isCollecting(heap: Heap, h: Handle): boolean {
  return (heap.gcRefs.words[h >> NOTE_SHIFT]! & COLLECTING) !== 0;
}
export function clearCollecting(heap: Heap, h: Handle): void {
  heap.gcRefs.forget(h);
}

/** `update_refs`: each object's count is copied. An immortal object leaves the collector's sight. */
export function updateRefs(heap: Heap, list: Handle): void {
  const { mem } = heap;
  const { words } = heap.gcRefs;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const next = mem[h + GC_NEXT]!;
    const count = mem[h]!;
    if (count < 0) heap.gcUntrack(h);
    else words[h >> NOTE_SHIFT] = (count << SHIFT) | COLLECTING;
    h = next;
  }
}

/** `subtract_refs`: what remains are the references from outside the list. */
export function subtractRefs(thread: Thread, list: Handle): void {
  const { heap } = thread;
  const { mem, types } = heap;
  const { words } = heap.gcRefs;
  let type = types[0]!;
  const visitDecref = (child: Handle): void => subtractRef(words, child);
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
        for (let i = first; i < first + capacity; i++) subtractRef(words, mem[i]!);
        subtractRef(words, mem[h + OB_TYPE]!);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) subtractRef(words, mem[i]!);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) subtractRef(words, mem[i]!);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          subtractRef(words, mem[e + ENTRY_VALUE]!);
          if (keysToo) subtractRef(words, mem[e + ENTRY_KEY]!);
        }
        break;
      }
      case Traversal.Words: {
        const offsets = type.traversedWords;
        for (let i = 0; i < offsets.length; i++) subtractRef(words, mem[h + offsets[i]!]!);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitDecref);
        break;
    }
  }
}

/** `visit_decref`. What is not looked at has the note 0. */
function subtractRef(words: Int32Array, child: Handle): void {
  const i = child >> NOTE_SHIFT;
  const word = words[i]!;
  if ((word & COLLECTING) !== 0) words[i] = word - ONE;
}

/** `visit_reachable`. */
function markReachable(heap: Heap, words: Int32Array, child: Handle, list: Handle): void {
  const i = child >> NOTE_SHIFT;
  const word = words[i]!;
  // More than none, or no candidate: what most are.
  if (word >= ONE || (word & COLLECTING) === 0) return;
  words[i] = ONE | COLLECTING;
  if ((word & UNREACHABLE) !== 0) listMove(heap, child, list);
}

/**
 * `move_unreachable`: walks the list; what has references from outside is reachable and so is what it refers to; the
 * rest goes, for the time being, to `unreachable`, from where a later find brings it back to the tail.
 * @returns how many are reachable
 */
export function moveUnreachable(thread: Thread, list: Handle, unreachable: Handle): number {
  const { heap } = thread;
  const { mem, types } = heap;
  const { words } = heap.gcRefs;
  const visitReachable = (child: Handle): void => markReachable(heap, words, child, list);
  let reachable = 0;
  let type = types[0]!;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const i = h >> NOTE_SHIFT;
    if (words[i]! < ONE) {
      const next = mem[h + GC_NEXT]!;
      listMove(heap, h, unreachable);
      words[i] = UNREACHABLE | COLLECTING;
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
        for (let i = first; i < first + capacity; i++) markReachable(heap, words, mem[i]!, list);
        markReachable(heap, words, mem[h + OB_TYPE]!, list);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) markReachable(heap, words, mem[i]!, list);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) markReachable(heap, words, mem[i]!, list);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          markReachable(heap, words, mem[e + ENTRY_VALUE]!, list);
          if (keysToo) markReachable(heap, words, mem[e + ENTRY_KEY]!, list);
        }
        break;
      }
      case Traversal.Words: {
        const offsets = type.traversedWords;
        for (let i = 0; i < offsets.length; i++) markReachable(heap, words, mem[h + offsets[i]!]!, list);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitReachable);
        break;
    }
    words[i] = 0;
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
  const { words } = thread.heap.gcRefs;
  for (let h = mem[unreachable + GC_NEXT]!; h !== unreachable; h = mem[h + GC_NEXT]!) {
    words[h >> NOTE_SHIFT] = COLLECTING;
  }
  return reachable;
}
