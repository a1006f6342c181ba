/** What lies where in a memory of the past: blocks by the page table (heap/blocks.ts), and whether one is an object. */
import { KIND_BITS, KIND_RAW, PAGE_SHIFT, PAGE_WORDS, SIZE_SHIFT, headerOfKind, pagesOfSlab } from '../heap/blocks';
import { BLOCK, BLOCK_LIVE, OB_TYPE, type Handle } from '../heap/layout';
import type { Interpreter } from '../vm/interpreter';

/** An object lies there whose release is not over, and not a table's or the allocator's word. */
export function isObjectAt(ip: Interpreter, h: Handle): boolean {
  const block = blockOf(ip, h);
  if (block === null || block.kind === KIND_RAW || block.start + headerOfKind(block.kind) !== h) return false;
  return (ip.mem[h + BLOCK]! & BLOCK_LIVE) !== 0 && ip.mem[h + OB_TYPE] !== 0;
}

/** The block that a word lies in; null: it is no block's. */
export function blockOf(ip: Interpreter, index: number): { start: number; kind: number } | null {
  const { mem, heap } = ip;
  if (index < heap.firstBlock || index >= heap.top) return null;
  const at = (page: number) => mem[heap.pageTable + page]!;
  let page = index >> PAGE_SHIFT;
  const lowest = heap.firstBlock >> PAGE_SHIFT;
  while (page > lowest && at(page) === 0) page--;
  const entry = at(page);
  if (entry === 0) return null;
  const size = entry >>> SIZE_SHIFT;
  const kind = entry & KIND_BITS;
  if (size > PAGE_WORDS) {
    const start = page << PAGE_SHIFT;
    return index < start + size ? { start, kind } : null;
  }
  if (page !== index >> PAGE_SHIFT) return null;
  // Slabs of one size lie side by side, each whole.
  const pages = pagesOfSlab(size);
  let first = page;
  while (pages > 1 && first > lowest && at(first - 1) === entry) first--;
  const slab = first + Math.floor((page - first) / pages) * pages;
  const base = slab << PAGE_SHIFT;
  return { start: base + Math.floor((index - base) / size) * size, kind };
}
