/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): copy the counts, subtract the
 * references from inside, and what is left at zero and not reached from the rest is unreachable.
 *
 * In an object's GC_REFS word during a collection: gc_refs << 2 | UNREACHABLE | COLLECTING.
 */
import type { Heap } from '../heap/heap';
import { BLOCK, BLOCK_GC, GC_REFS, type Handle } from '../heap/layout';
import type { Thread } from '../heap/object';
import { listFirst, listMove, listNext } from './list';

export const COLLECTING = 1;
const UNREACHABLE = 2;
const SHIFT = 2;

export function gcRefs(heap: Heap, h: Handle): number {
  return heap.mem[h + GC_REFS]! >> SHIFT;
}
export function isCollecting(heap: Heap, h: Handle): boolean {
  return (heap.mem[h + BLOCK]! & BLOCK_GC) !== 0 && (heap.mem[h + GC_REFS]! & COLLECTING) !== 0;
}
export function clearCollecting(heap: Heap, h: Handle): void {
  heap.mem[h + GC_REFS] = 0;
}

/** `update_refs`: each object's count is copied. An immortal object leaves the collector's sight. */
export function updateRefs(heap: Heap, list: Handle): void {
  const { mem } = heap;
  for (let h = listFirst(heap, list); h !== list; ) {
    const next = listNext(heap, h);
    if (mem[h]! < 0) heap.gcUntrack(h);
    else mem[h + GC_REFS] = (mem[h]! << SHIFT) | COLLECTING;
    h = next;
  }
}

/** `subtract_refs`: what remains are the references from outside the list. */
export function subtractRefs(thread: Thread, list: Handle): void {
  const { heap } = thread;
  const { mem } = heap;
  const visitDecref = (child: Handle): void => {
    if ((mem[child + BLOCK]! & BLOCK_GC) !== 0 && (mem[child + GC_REFS]! & COLLECTING) !== 0) {
      mem[child + GC_REFS] = mem[child + GC_REFS]! - (1 << SHIFT);
    }
  };
  for (let h = listFirst(heap, list); h !== list; h = listNext(heap, h)) {
    heap.slots(h).tp_traverse?.(thread, h, visitDecref);
  }
}

/**
 * `move_unreachable`: walks the list; what has references from outside is reachable and so is what it refers to; the
 * rest goes, for the time being, to `unreachable`, from where a later find brings it back to the tail.
 */
export function moveUnreachable(thread: Thread, list: Handle, unreachable: Handle): void {
  const { heap } = thread;
  const { mem } = heap;
  const visitReachable = (child: Handle): void => {
    if ((mem[child + BLOCK]! & BLOCK_GC) === 0) return;
    const word = mem[child + GC_REFS]!;
    if ((word & COLLECTING) === 0) return;
    if ((word & UNREACHABLE) !== 0) {
      mem[child + GC_REFS] = (1 << SHIFT) | COLLECTING;
      listMove(heap, child, list);
    } else if (word >> SHIFT === 0) {
      mem[child + GC_REFS] = (1 << SHIFT) | COLLECTING;
    }
  };
  for (let h = listFirst(heap, list); h !== list; ) {
    if (gcRefs(heap, h) !== 0) {
      heap.slots(h).tp_traverse?.(thread, h, visitReachable);
      clearCollecting(heap, h);
      h = listNext(heap, h);
    } else {
      const next = listNext(heap, h);
      listMove(heap, h, unreachable);
      mem[h + GC_REFS] = COLLECTING | UNREACHABLE;
      h = next;
    }
  }
}

/** `deduce_unreachable`: afterwards `list` holds the reachable objects. */
export function deduceUnreachable(thread: Thread, list: Handle, unreachable: Handle): void {
  updateRefs(thread.heap, list);
  subtractRefs(thread, list);
  moveUnreachable(thread, list, unreachable);
  // From here on "unreachable" is a fact, and only COLLECTING tells who is meant.
  for (let h = listFirst(thread.heap, unreachable); h !== unreachable; h = listNext(thread.heap, h)) {
    thread.heap.mem[h + GC_REFS] = COLLECTING;
  }
}
