/**
 * Which words of the heap a block gets. Memory is cut into pages of 4,096 words; a slab of one to eight pages holds
 * blocks of one size and one kind, so that a block needs no word for its own length: its page's word in the page table
 * tells. What is longer than a page has a run of pages to itself, and free runs grow together again.
 *
 *     page table   [size in words << 3 | kind], 0 for a free page and inside a run
 *
 * A freed block is the next of its size and kind (last in, first out); the links lie in the flags words.
 */
import { BLOCK, BLOCK_GC, BLOCK_LIVE, BLOCK_MANAGED, BLOCK_RAW, PLAIN_HEADER, headerOf } from './layout';
import type { Room } from './room';

export const PAGE_SHIFT = 12;
export const PAGE_WORDS = 1 << PAGE_SHIFT;
export const ONE_PAGE_SLAB = 512;
/** Longest block that shares its pages with others. */
export const LARGEST_SLAB_BLOCK = 4096;
const LARGE_SLAB_PAGES = 8;
/** Sizes and kinds of blocks that share pages. */
const KEYS = ((LARGEST_SLAB_BLOCK >> 1) + 1) << 3;

/** Kinds: what the flags of a block say of its header, in three bits. */
export const KIND_RAW = 4;
export const KIND_BITS = 7;
export const SIZE_SHIFT = 3;

export function kindOf(flags: number): number {
  return ((flags & BLOCK_GC) >> 1) | ((flags & BLOCK_MANAGED) >> 3) | (flags & BLOCK_RAW);
}
/** The flags of a live block of that kind. */
export function flagsOfKind(kind: number): number {
  return BLOCK_LIVE | ((kind & 1) << 1) | ((kind & 2) << 3) | (kind & KIND_RAW);
}
export function headerOfKind(kind: number): number {
  return headerOf(flagsOfKind(kind));
}

/** Even; a long one is rounded up by at most an eighth, so that freed blocks find takers; the longest fill pages. */
export function roundBlock(words: number): number {
  if (words <= ONE_PAGE_SLAB) return (words + 1) & ~1;
  const step = 1 << (31 - Math.clz32(words) - 3);
  const size = (words + step - 1) & ~(step - 1);
  return size <= LARGEST_SLAB_BLOCK ? size : (words + PAGE_WORDS - 1) & ~(PAGE_WORDS - 1);
}
/** Pages that blocks of a size share. Three are filled without a rest by six words, an int's, and by twelve. */
export function pagesOfSlab(size: number): number {
  if (size > ONE_PAGE_SLAB) return LARGE_SLAB_PAGES;
  return size % 3 === 0 && size <= 12 ? 3 : 1;
}
function isRun(size: number): boolean {
  return size > LARGEST_SLAB_BLOCK;
}

/** Where free blocks of instances with so many words after ob_type wait, in `heads`; of one page's slab. */
export function blockKey(flags: number, words: number): number {
  return (roundBlock(headerOf(flags) + 2 + words) << (SIZE_SHIFT - 1)) | kindOf(flags);
}

/** Told of what changes outside of blocks, so that it can be undone. */
export interface PageLog {
  word(index: number, before: number, after: number): void;
  /** `n` words from `start` are about to be cleared. */
  content(mem: Int32Array, start: number, n: number): void;
}

/** Words of a table that is looked after. */
const LARGE_TABLE = 1 << 14;

/** 32 MB: enough to handle a MemoryError. */
const MOST_RESERVED = 2048;

export class Blocks {
  /** By size and kind: the flags word of the block that was freed last, or 0. */
  readonly heads: Int32Array;
  /** By size and kind: the next block that was never used, and the end of the slab. */
  private readonly fresh: Int32Array;
  private readonly freshEnd: Int32Array;
  private readonly firstPage: number;
  private readonly endPage: number;
  /** Pages from here on have never been used. */
  topPage: number;
  /** Free runs: first page → pages; and the page after a run → its first page. */
  private readonly runs = new Map<number, number>();
  private readonly runEnds = new Map<number, number>();
  /** Little is left; whoever reads it sets it back. */
  isShort = false;
  /** Pages that a program does not get without a warning, and how few must be left for the next one. */
  private readonly reserve: number;
  private alarm: number;

  /**
   * @param table where the page table lies
   * @param first the first word for blocks, at the start of a page
   * @param room for the tables by size and kind
   */
  constructor(
    private readonly mem: Int32Array,
    readonly table: number,
    first: number,
    room: Room,
  ) {
    this.heads = room.int32(KEYS);
    this.fresh = room.int32(KEYS);
    this.freshEnd = room.int32(KEYS);
    this.firstPage = first >> PAGE_SHIFT;
    this.endPage = mem.length >> PAGE_SHIFT;
    this.topPage = this.firstPage;
    this.reserve = Math.min((this.endPage - this.firstPage) >> 3, MOST_RESERVED);
    this.alarm = this.reserve;
  }

  get top(): number {
    return this.topPage << PAGE_SHIFT;
  }

  /**
   * A block that no free one is at hand for: its first word, or 0 if memory is full. Its words are 0.
   * @param size rounded
   */
  carve(size: number, kind: number, log: PageLog | null): number {
    if (isRun(size)) return this.takeRun(size, kind, log);
    const key = (size << (SIZE_SHIFT - 1)) | kind;
    let b = this.fresh[key]!;
    if (b === 0 || b + size > this.freshEnd[key]!) {
      const n = pagesOfSlab(size);
      const page = this.takePages(n, log);
      if (page === 0) return 0;
      for (let p = page; p < page + n; p++) this.setPage(p, (size << SIZE_SHIFT) | kind, log);
      b = page << PAGE_SHIFT;
      this.freshEnd[key] = b + (n << PAGE_SHIFT);
    }
    this.fresh[key] = b + size;
    return b;
  }

  /** Pages are few: true once, and again each time when only half of them are left. */
  private watch(log: PageLog | null): void {
    let free = this.freePages();
    if (free < this.alarm && this.reclaim(log)) free = this.freePages();
    if (free >= this.alarm) return;
    this.alarm = free >> 1;
    this.isShort = true;
  }

  /** Is there a free run of that many words, beside what is reserved? */
  hasRoom(words: number): boolean {
    const pages = Math.floor(words / PAGE_WORDS) + 1;
    if (this.topPage + pages + this.reserve <= this.endPage) return true;
    for (const n of this.runs.values()) if (n >= pages) return true;
    return false;
  }

  private freePages(): number {
    let free = this.endPage - this.topPage;
    for (const n of this.runs.values()) free += n;
    if (free >= this.reserve) this.alarm = this.reserve;
    return free;
  }

  private takeRun(size: number, kind: number, log: PageLog | null): number {
    const page = this.takePages(size >> PAGE_SHIFT, log);
    if (page === 0) return 0;
    this.setPage(page, (size << SIZE_SHIFT) | kind, log);
    // A table that grows needs the next one beside it: say so while this one can be had and that one cannot.
    if (size > LARGE_TABLE && !this.hasRoom(2 * size)) this.isShort = true;
    return page << PAGE_SHIFT;
  }

  /** Takes back a block that has pages to itself. */
  giveRun(b: number, log: PageLog | null): void {
    this.givePages(b >> PAGE_SHIFT, this.sizeAt(b) >> PAGE_SHIFT, log);
  }

  private givePages(first: number, count: number, log: PageLog | null): void {
    let page = first;
    let n = count;
    for (let p = page; p < page + n; p++) if (this.mem[this.table + p] !== 0) this.setPage(p, 0, log);
    const after = this.runs.get(page + n);
    if (after !== undefined) {
      this.runs.delete(page + n);
      n += after;
    }
    const before = this.runEnds.get(page);
    if (before !== undefined) {
      this.runEnds.delete(page);
      n += page - before;
      page = before;
    }
    this.runs.set(page, n);
    this.runEnds.set(page + n, page);
  }

  /** Pages of zeros: from the smallest free run that is long enough, else from the end. */
  private takePages(n: number, log: PageLog | null, mayReclaim = true): number {
    if (mayReclaim && this.endPage - this.topPage - n < this.reserve) this.watch(log);
    let best = 0;
    let bestLength = Infinity;
    for (const [page, length] of this.runs) {
      if (length < n || length >= bestLength) continue;
      best = page;
      bestLength = length;
      if (length === n) break;
    }
    if (best === 0) {
      if (this.topPage + n > this.endPage) return mayReclaim && this.reclaim(log) ? this.takePages(n, log, false) : 0;
      const page = this.topPage;
      this.topPage += n;
      return page;
    }
    this.runs.delete(best);
    this.runEnds.delete(best + bestLength);
    if (bestLength > n) {
      this.runs.set(best + n, bestLength - n);
      this.runEnds.set(best + bestLength, best + n);
    }
    const start = best << PAGE_SHIFT;
    if (log !== null) log.content(this.mem, start, n << PAGE_SHIFT);
    this.mem.fill(0, start, start + (n << PAGE_SHIFT));
    return best;
  }

  /** When memory runs out: slabs without a live block give their pages back. True if there are any. */
  private reclaim(log: PageLog | null): boolean {
    const { mem, heads, fresh } = this;
    /** By page, 1: of an empty slab. */
    const empty = new Uint8Array(this.topPage);
    const keys = new Set<number>();
    for (let page = this.firstPage; page < this.topPage; ) {
      const entry = mem[this.table + page]!;
      const size = entry >>> SIZE_SHIFT;
      const pages = entry === 0 ? 1 : isRun(size) ? size >> PAGE_SHIFT : pagesOfSlab(size);
      if (entry !== 0 && !isRun(size) && this.isEmptySlab(page, size, entry & KIND_BITS)) {
        empty.fill(1, page, page + pages);
        keys.add((size << (SIZE_SHIFT - 1)) | (entry & KIND_BITS));
      }
      page += pages;
    }
    for (const key of keys) {
      // The blocks of those slabs leave the list of free blocks; the others keep their order.
      let kept = 0;
      for (let f = heads[key]!, next = 0; f !== 0; f = next) {
        next = mem[f]!;
        if (empty[f >> PAGE_SHIFT] === 1) continue;
        if (kept === 0) heads[key] = f;
        else mem[kept] = f;
        kept = f;
      }
      if (kept === 0) heads[key] = 0;
      else mem[kept] = 0;
      if (fresh[key] !== 0 && empty[(fresh[key]! - 1) >> PAGE_SHIFT] === 1) fresh[key] = 0;
    }
    for (let page = 0; page < empty.length; page++) if (empty[page] === 1) this.givePages(page, 1, log);
    return keys.size > 0;
  }

  private isEmptySlab(page: number, size: number, kind: number): boolean {
    const start = (page << PAGE_SHIFT) + (kind === KIND_RAW ? PLAIN_HEADER : headerOfKind(kind)) + BLOCK;
    const end = (page + pagesOfSlab(size)) << PAGE_SHIFT;
    for (let f = start; f < end; f += size) if ((this.mem[f]! & BLOCK_LIVE) !== 0) return false;
    return true;
  }

  private setPage(page: number, value: number, log: PageLog | null): void {
    const i = this.table + page;
    if (log !== null) log.word(i, this.mem[i]!, value);
    this.mem[i] = value;
  }

  /** Words of the block that the word `i` lies in, which is none of the inner pages of a run. */
  sizeAt(i: number): number {
    return this.mem[this.table + (i >> PAGE_SHIFT)]! >>> SIZE_SHIFT;
  }

  isRunAt(i: number): boolean {
    return isRun(this.sizeAt(i));
  }
}

/** Calls `visit` with the handle of every live object in memory order. The heap and pictures of its past share this. */
export function forEachLiveObject(
  mem: Int32Array,
  table: number,
  first: number,
  top: number,
  visit: (h: number) => void,
): void {
  for (let page = first >> PAGE_SHIFT; page < top >> PAGE_SHIFT; ) {
    const entry = mem[table + page]!;
    if (entry === 0) {
      page++;
      continue;
    }
    const size = entry >>> SIZE_SHIFT;
    const kind = entry & KIND_BITS;
    const start = page << PAGE_SHIFT;
    page += isRun(size) ? size >> PAGE_SHIFT : pagesOfSlab(size);
    if (kind === KIND_RAW) continue;
    const header = headerOfKind(kind);
    const end = (page << PAGE_SHIFT) - size + header;
    for (let h = start + header; h <= end; h += size) if ((mem[h + BLOCK]! & BLOCK_LIVE) !== 0) visit(h);
  }
}

/** First word of the block whose handle or first data word is h. */
export function blockStart(h: number, kind: number): number {
  return h - (kind === KIND_RAW ? PLAIN_HEADER : headerOfKind(kind));
}
