/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): copy the counts, subtract the
 * references from inside, and what is left at zero and not reached from the rest is unreachable.
 *
 * During a collection, in the word of an object's flags: gc_refs << 7 | UNREACHABLE | COLLECTING | flags.
 */
import type { Heap } from '../heap/heap';
import { BLOCK, BLOCK_GC, GC_NEXT, MANAGED_DICT, type Handle } from '../heap/layout';
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

const COLLECTING = 32;
const UNREACHABLE = 64;
const SHIFT = 7;
const ONE = 1 << SHIFT;
const FLAGS = COLLECTING - 1;
/** An object with more references than fit is held to be reachable. */
const MOST_REFS = (1 << (32 - SHIFT)) - 1;
const CANDIDATE = BLOCK_GC | COLLECTING;

export function gcRefs(heap: Heap, h: Handle): number {
  return heap.mem[h + BLOCK]! >>> SHIFT;
}
export function isCollecting(heap: Heap, h: Handle): boolean {
  return (heap.mem[h + BLOCK]! & CANDIDATE) === CANDIDATE;
}
export function clearCollecting(heap: Heap, h: Handle): void {
  heap.mem[h + BLOCK] = heap.mem[h + BLOCK]! & FLAGS;
}

/** `update_refs`: each object's count is copied. An immortal object leaves the collector's sight. */
export function updateRefs(heap: Heap, list: Handle): void {
  const { mem } = heap;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const next = mem[h + GC_NEXT]!;
    const count = mem[h]!;
    if (count < 0) heap.gcUntrack(h);
    else if (count <= MOST_REFS) mem[h + BLOCK] = (mem[h + BLOCK]! & FLAGS) | COLLECTING | (count << SHIFT);
    h = next;
  }
}

/** `subtract_refs`: what remains are the references from outside the list. */
export function subtractRefs(thread: Thread, list: Handle): void {
  const { heap } = thread;
  const { mem, types } = heap;
  const visitDecref = (child: Handle): void => subtractRef(mem, child);
  for (let h = mem[list + GC_NEXT]!; h !== list; h = mem[h + GC_NEXT]!) {
    const type = types[mem[mem[h + 1]! + TP_INDEX]!]!;
    switch (type.traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitDecref);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        for (let i = first; i < first + capacity; i++) subtractRef(mem, mem[i]!);
        subtractRef(mem, mem[h + 1]!);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) subtractRef(mem, mem[i]!);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) subtractRef(mem, mem[i]!);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          subtractRef(mem, mem[e + ENTRY_VALUE]!);
          if (keysToo) subtractRef(mem, mem[e + ENTRY_KEY]!);
        }
        break;
      }
      case Traversal.Words: {
        const words = type.traversedWords;
        for (let i = 0; i < words.length; i++) subtractRef(mem, mem[h + words[i]!]!);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitDecref);
        break;
    }
  }
}

/** `visit_decref`. NULL's words are 0: no candidate. */
function subtractRef(mem: Int32Array, child: Handle): void {
  const at = child === 0 ? 0 : child + BLOCK;
  const word = mem[at]!;
  if ((word & CANDIDATE) === CANDIDATE) mem[at] = word - ONE;
}

/** `visit_reachable`. */
function markReachable(heap: Heap, mem: Int32Array, child: Handle, list: Handle): void {
  const at = child === 0 ? 0 : child + BLOCK;
  const word = mem[at]!;
  if ((word & CANDIDATE) !== CANDIDATE) return;
  if ((word & UNREACHABLE) !== 0) {
    mem[at] = ONE | (word & ~UNREACHABLE);
    listMove(heap, child, list);
  } else if (word >>> SHIFT === 0) mem[at] = ONE | word;
}

/**
 * `move_unreachable`: walks the list; what has references from outside is reachable and so is what it refers to; the
 * rest goes, for the time being, to `unreachable`, from where a later find brings it back to the tail.
 * @returns how many are reachable
 */
export function moveUnreachable(thread: Thread, list: Handle, unreachable: Handle): number {
  const { heap } = thread;
  const { mem, types } = heap;
  const visitReachable = (child: Handle): void => markReachable(heap, mem, child, list);
  let reachable = 0;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const word = mem[h + BLOCK]!;
    if (word >>> SHIFT === 0 && (word & COLLECTING) !== 0) {
      const next = mem[h + GC_NEXT]!;
      listMove(heap, h, unreachable);
      mem[h + BLOCK] = word | UNREACHABLE;
      h = next;
      continue;
    }
    reachable++;
    const type = types[mem[mem[h + 1]! + TP_INDEX]!]!;
    switch (type.traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitReachable);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        for (let i = first; i < first + capacity; i++) markReachable(heap, mem, mem[i]!, list);
        markReachable(heap, mem, mem[h + 1]!, list);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) markReachable(heap, mem, mem[i]!, list);
        break;
      }
      case Traversal.Tuple: {
        const first = h + TUPLE_ITEMS;
        for (let i = first + mem[h + TUPLE_SIZE]! - 1; i >= first; i--) markReachable(heap, mem, mem[i]!, list);
        break;
      }
      case Traversal.Dict: {
        const keys = mem[h + DICT_KEYS]!;
        if (keys === 0 || mem[h + DICT_EMBEDDED] !== 0) break;
        const keysToo = mem[keys + DK_KIND] !== KIND_UNICODE;
        const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
        const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
        for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
          markReachable(heap, mem, mem[e + ENTRY_VALUE]!, list);
          if (keysToo) markReachable(heap, mem, mem[e + ENTRY_KEY]!, list);
        }
        break;
      }
      case Traversal.Words: {
        const words = type.traversedWords;
        for (let i = 0; i < words.length; i++) markReachable(heap, mem, mem[h + words[i]!]!, list);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitReachable);
        break;
    }
    mem[h + BLOCK] = mem[h + BLOCK]! & FLAGS;
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
  for (let h = mem[unreachable + GC_NEXT]!; h !== unreachable; h = mem[h + GC_NEXT]!) {
    mem[h + BLOCK] = mem[h + BLOCK]! & (FLAGS | COLLECTING);
  }
  return reachable;
}
