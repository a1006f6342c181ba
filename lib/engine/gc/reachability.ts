/**
 * Which objects of a list only refer to each other (Python/gc.c, `deduce_unreachable`): copy the counts, subtract the
 * references from inside, and what is left at zero and not reached from the rest is unreachable.
 *
 * During a collection, in the word of an object's flags: gc_refs << 7 | UNREACHABLE | COLLECTING | flags.
 */
import type { Heap } from '../heap/heap';
import { BLOCK, BLOCK_GC, type Handle } from '../heap/layout';
import type { Thread } from '../heap/object';
import { listFirst, listMove, listNext } from './list';

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
  for (let h = listFirst(heap, list); h !== list; ) {
    const next = listNext(heap, h);
    const count = mem[h]!;
    if (count < 0) heap.gcUntrack(h);
    else if (count <= MOST_REFS) mem[h + BLOCK] = (mem[h + BLOCK]! & FLAGS) | COLLECTING | (count << SHIFT);
    h = next;
  }
}

/** `subtract_refs`: what remains are the references from outside the list. */
export function subtractRefs(thread: Thread, list: Handle): void {
  const { heap } = thread;
  const { mem } = heap;
  const visitDecref = (child: Handle): void => {
    const word = mem[child + BLOCK]!;
    if ((word & CANDIDATE) === CANDIDATE) mem[child + BLOCK] = word - ONE;
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
    const word = mem[child + BLOCK]!;
    if ((word & CANDIDATE) !== CANDIDATE) return;
    if ((word & UNREACHABLE) !== 0) {
      mem[child + BLOCK] = ONE | (word & ~UNREACHABLE);
      listMove(heap, child, list);
    } else if (word >>> SHIFT === 0) mem[child + BLOCK] = ONE | word;
  };
  for (let h = listFirst(heap, list); h !== list; ) {
    const word = mem[h + BLOCK]!;
    if (word >>> SHIFT !== 0 || (word & COLLECTING) === 0) {
      heap.slots(h).tp_traverse?.(thread, h, visitReachable);
      clearCollecting(heap, h);
      h = listNext(heap, h);
    } else {
      const next = listNext(heap, h);
      listMove(heap, h, unreachable);
      mem[h + BLOCK] = word | UNREACHABLE;
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
    thread.heap.mem[h + BLOCK] = thread.heap.mem[h + BLOCK]! & (FLAGS | COLLECTING);
  }
}
