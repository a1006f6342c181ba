/** The collector's doubly linked lists of objects (Python/gc.c, `gc_list_*`). A head is a pseudo-handle. */
import type { Heap } from '../heap/heap';
import { GC_NEXT, GC_PREV, type Handle } from '../heap/layout';

export function listIsEmpty(heap: Heap, head: Handle): boolean {
  return heap.mem[head + GC_NEXT] === head;
}
export function listFirst(heap: Heap, head: Handle): Handle {
  return heap.mem[head + GC_NEXT]!;
}
export function listNext(heap: Heap, h: Handle): Handle {
  return heap.mem[h + GC_NEXT]!;
}

/** `gc_list_move`: to the tail of another list. */
export function listMove(heap: Heap, h: Handle, head: Handle): void {
  const { mem } = heap;
  const next = mem[h + GC_NEXT]!;
  const prev = mem[h + GC_PREV]!;
  mem[prev + GC_NEXT] = next;
  mem[next + GC_PREV] = prev;
  const last = mem[head + GC_PREV]!;
  mem[last + GC_NEXT] = h;
  mem[h + GC_PREV] = last;
  mem[h + GC_NEXT] = head;
  mem[head + GC_PREV] = h;
}

/** The same for several that follow one another. */
export function listMoveRun(mem: Int32Array, first: Handle, last: Handle, head: Handle): void {
  const next = mem[last + GC_NEXT]!;
  const prev = mem[first + GC_PREV]!;
  mem[prev + GC_NEXT] = next;
  mem[next + GC_PREV] = prev;
  const tail = mem[head + GC_PREV]!;
  mem[tail + GC_NEXT] = first;
  mem[first + GC_PREV] = tail;
  mem[last + GC_NEXT] = head;
  mem[head + GC_PREV] = last;
}

/** `gc_list_merge`: all of `from` to the tail of `to`. */
export function listMerge(heap: Heap, from: Handle, to: Handle): void {
  if (from === to || listIsEmpty(heap, from)) return;
  const { mem } = heap;
  const first = mem[from + GC_NEXT]!;
  const last = mem[from + GC_PREV]!;
  const tail = mem[to + GC_PREV]!;
  mem[tail + GC_NEXT] = first;
  mem[first + GC_PREV] = tail;
  mem[last + GC_NEXT] = to;
  mem[to + GC_PREV] = last;
  heap.gcInitList(from);
}

export function listSize(heap: Heap, head: Handle): number {
  let n = 0;
  for (let h = listFirst(heap, head); h !== head; h = listNext(heap, h)) n++;
  return n;
}

/** A snapshot of the list's objects. */
export function listToArray(heap: Heap, head: Handle): Handle[] {
  const out: Handle[] = [];
  for (let h = listFirst(heap, head); h !== head; h = listNext(heap, h)) out.push(h);
  return out;
}
