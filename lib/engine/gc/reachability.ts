/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): whoever has no more references
 * than come from inside, and is not reached from the rest, is unreachable. CPython copies the counts and subtracts; we
 * count up from nothing and compare with ob_refcnt, which saves the copy.
 * What is noted of each object meanwhile: heap/gc-refs.ts.
 */
import { COLLECTING, COUNT_SHIFT, FIRST_MANY, LAST_FEW, NOTE_SHIFT, ONE, UNREACHABLE } from '../heap/gc-refs';
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
import { listMove, listMoveRun } from './list';

/** `update_refs`: each object of the list is looked at. An immortal one leaves the collector's sight. */
export function updateRefs(heap: Heap, list: Handle): void {
  const { mem } = heap;
  const { notes } = heap.gcRefs;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const next = mem[h + GC_NEXT]!;
    if (mem[h]! < 0) heap.gcUntrack(h);
    else notes[h >> NOTE_SHIFT] = COLLECTING;
    h = next;
  }
}

/**
 * `subtract_refs`: the references from inside the list are counted; gc_refs is what ob_refcnt has beside these.
 * @param untrackTuple 3.14, `untrack_tuples`: has a tuple leave the list before, if it can take part in no cycle
 */
export function subtractRefs(
  thread: Thread,
  list: Handle,
  tupleType: Handle,
  untrackTuple: ((h: Handle) => void) | null,
): void {
  const { heap } = thread;
  const { mem, types } = heap;
  const { notes, numbers } = heap.gcRefs;
  const visitDecref = (child: Handle): void => subtractRef(notes, numbers, child);
  let typeHandle = 0;
  let type = types[0]!;
  let traversal = Traversal.Call;
  let offsets: readonly number[] = [];
  let known = 0;
  /** References to that type by its instances that come one after another: neighbours are often of one type. */
  let toType = 0;
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    const next = mem[h + GC_NEXT]!;
    if (mem[h + OB_TYPE] !== typeHandle) {
      if (toType !== 0) subtractMany(notes, numbers, typeHandle, toType);
      toType = 0;
      typeHandle = mem[h + OB_TYPE]!;
      type = types[mem[typeHandle + TP_INDEX]!]!;
      traversal = type.traversal;
      offsets = type.traversedWords;
      known = type.traversesType ? 1 : 0;
    }
    if (mem[h]! < 0) {
      heap.gcUntrack(h);
      h = next;
      continue;
    }
    switch (traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitDecref);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        // They are given out in order; the first free one is mostly the end.
        for (let i = first; i < first + capacity; i++) {
          const child = mem[i]!;
          if (child !== 0) subtractRef(notes, numbers, child);
        }
        toType++;
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let i = table + mem[h + LIST_SIZE]! - 1; i >= table; i--) subtractRef(notes, numbers, mem[i]!);
        break;
      }
      case Traversal.Tuple: {
        if (untrackTuple !== null && typeHandle === tupleType) {
          untrackTuple(h);
          if (mem[h + GC_NEXT] === 0) {
            notes[h >> NOTE_SHIFT] = 0;
            break;
          }
        }
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
        for (let i = 0; i < offsets.length; i++) subtractRef(notes, numbers, mem[h + offsets[i]!]!);
        toType += known;
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitDecref);
        break;
    }
    h = next;
  }
  if (toType !== 0) subtractMany(notes, numbers, typeHandle, toType);
}

/** `visit_decref`. What is not looked at has the note 0. */
function subtractRef(notes: Uint8Array, numbers: Int32Array, child: Handle): void {
  const i = child >> NOTE_SHIFT;
  const note = notes[i]!;
  if (note === 0) return;
  if (note < LAST_FEW) notes[i] = note + ONE;
  else subtractMany(notes, numbers, child, 1);
}

function subtractMany(notes: Uint8Array, numbers: Int32Array, child: Handle, n: number): void {
  const i = child >> NOTE_SHIFT;
  const note = notes[i]!;
  if (note === 0) return;
  if (note >= FIRST_MANY) numbers[i]! += n;
  else if (note + (n << COUNT_SHIFT) < FIRST_MANY) notes[i] = note + (n << COUNT_SHIFT);
  else {
    notes[i] = FIRST_MANY | COLLECTING;
    numbers[i] = (note >> COUNT_SHIFT) + n;
  }
}

/** `visit_reachable`. */
function markReachable(heap: Heap, notes: Uint8Array, child: Handle, list: Handle): void {
  const i = child >> NOTE_SHIFT;
  const note = notes[i]!;
  // Known to be reachable, or no candidate: what most are.
  if (note === 0) return;
  notes[i] = 0;
  if (note === UNREACHABLE) listMove(heap, child, list);
}

/**
 * `move_unreachable`: walks the list; what has references from outside is reachable and so is what it refers to; the
 * rest goes, for the time being, to `unreachable`, from where a later find brings it back to the tail.
 * @param tuples gets the reachable tuples, in the list's order
 * @returns how many are reachable
 */
export function moveUnreachable(
  thread: Thread,
  list: Handle,
  unreachable: Handle,
  tupleType: Handle,
  tuples: Handle[],
): number {
  const { heap } = thread;
  const { mem, types } = heap;
  const { notes, numbers } = heap.gcRefs;
  const visitReachable = (child: Handle): void => markReachable(heap, notes, child, list);
  let reachable = 0;
  let typeHandle = 0;
  let type = types[0]!;
  let traversal = Traversal.Call;
  let offsets: readonly number[] = [];
  for (let h = mem[list + GC_NEXT]!; h !== list; ) {
    let i = h >> NOTE_SHIFT;
    let note = notes[i]!;
    if (note !== 0 && mem[h]! === (note < FIRST_MANY ? note >> COUNT_SHIFT : numbers[i]!)) {
      // Those that follow one another go at once: their links are right already.
      const first = h;
      let last = h;
      do {
        notes[i] = UNREACHABLE;
        last = h;
        h = mem[h + GC_NEXT]!;
        i = h >> NOTE_SHIFT;
        note = notes[i]!;
      } while (note !== 0 && h !== list && mem[h]! === (note < FIRST_MANY ? note >> COUNT_SHIFT : numbers[i]!));
      listMoveRun(mem, first, last, unreachable);
      continue;
    }
    reachable++;
    notes[i] = 0;
    if (mem[h + OB_TYPE] !== typeHandle) {
      typeHandle = mem[h + OB_TYPE]!;
      type = types[mem[typeHandle + TP_INDEX]!]!;
      traversal = type.traversal;
      offsets = type.traversedWords;
    }
    switch (traversal) {
      case Traversal.Attributes: {
        if (mem[h + MANAGED_DICT] !== 0) {
          type.tp_traverse!(thread, h, visitReachable);
          break;
        }
        const base = h + type.valuesoffset;
        const capacity = mem[base]!;
        const first = base + VALUES_ORDER + orderWords(capacity);
        for (let w = first; w < first + capacity; w++) markReachable(heap, notes, mem[w]!, list);
        markReachable(heap, notes, typeHandle, list);
        break;
      }
      case Traversal.List: {
        const table = mem[h + LIST_ITEMS]!;
        for (let w = table + mem[h + LIST_SIZE]! - 1; w >= table; w--) markReachable(heap, notes, mem[w]!, list);
        break;
      }
      case Traversal.Tuple: {
        if (typeHandle === tupleType) tuples.push(h);
        const first = h + TUPLE_ITEMS;
        for (let w = first + mem[h + TUPLE_SIZE]! - 1; w >= first; w--) markReachable(heap, notes, mem[w]!, list);
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
        for (let k = 0; k < offsets.length; k++) markReachable(heap, notes, mem[h + offsets[k]!]!, list);
        if (type.traversesType) markReachable(heap, notes, typeHandle, list);
        break;
      }
      case Traversal.Call:
        if (type.tp_traverse !== null) type.tp_traverse(thread, h, visitReachable);
        break;
    }
    h = mem[h + GC_NEXT]!;
  }
  return reachable;
}

/**
 * `deduce_unreachable`: afterwards `list` holds the reachable objects. Answers how many these are. From then on
 * "unreachable" is a fact.
 * @param all every tracked object is in the list: whatever else is counted too harms nobody
 */
export function deduceUnreachable(
  thread: Thread,
  list: Handle,
  unreachable: Handle,
  all = false,
  tupleType: Handle = 0,
  tuples: Handle[] = [],
  untrackFirst: ((h: Handle) => void) | null = null,
): number {
  const { heap } = thread;
  if (all) heap.gcRefs.noteAll(heap.top);
  else updateRefs(heap, list);
  subtractRefs(thread, list, tupleType, untrackFirst);
  const reachable = moveUnreachable(thread, list, unreachable, tupleType, tuples);
  if (all) heap.gcRefs.keepUnreachable(heap.top);
  return reachable;
}
