/**
 * What every object owns at a moment, kept from one moment to the next: only slabs of memory in which something has
 * changed are looked at again. A slab's answer also rests on the pages where its objects have their tables.
 */
import {
  KIND_BITS,
  KIND_RAW,
  LARGEST_SLAB_BLOCK,
  PAGE_SHIFT,
  SIZE_SHIFT,
  headerOfKind,
  pagesOfSlab,
} from '../heap/blocks';
import { BLOCK, BLOCK_LIVE, type Handle } from '../heap/layout';
import { visitOwned } from '../objects/ledger';
import { GEN_FRAME } from '../objects/generator';
import { frameSize } from '../objects/interpreter-frame';
import type { Interpreter } from '../vm/interpreter';
import type { Roots } from './holders';

export interface OwnedReference {
  readonly from: Handle;
  readonly to: Handle;
  /** The word that it lies in. */
  readonly word: number;
}

interface Slab {
  /** Its page's word in the page table. */
  readonly entry: number;
  readonly readAt: number;
  /** All that live, also with a count of 0 while they die. */
  readonly objects: readonly Handle[];
  readonly references: readonly (readonly OwnedReference[])[];
  /** Pages outside of it that its tables lie in. */
  readonly tables: readonly number[];
}

const NONE: readonly OwnedReference[] = [];

export class OwnedIndex {
  private readonly slabs = new Map<number, Slab>();
  /** By page: the move that changed it last. */
  private readonly changed: Int32Array;
  private moves = 1;

  constructor(private readonly ip: Interpreter) {
    this.changed = new Int32Array((ip.mem.length >> PAGE_SHIFT) + 1);
  }

  /** Another moment is being gone to. */
  move(): void {
    this.moves++;
  }

  /** Words change by the present move. */
  touch(start: number, count: number): void {
    const { changed, moves } = this;
    const last = (start + count - 1) >> PAGE_SHIFT;
    for (let page = start >> PAGE_SHIFT; page <= last; page++) changed[page] = moves;
  }

  /** Each object with what it owns, in the order in which they lie in memory. */
  forEach(visit: (h: Handle, references: readonly OwnedReference[]) => void): void {
    const { mem, heap } = this.ip;
    const end = heap.top >> PAGE_SHIFT;
    for (let page = heap.firstBlock >> PAGE_SHIFT; page < end; ) {
      const entry = mem[heap.pageTable + page]!;
      if (entry === 0) {
        page++;
        continue;
      }
      const size = entry >>> SIZE_SHIFT;
      const first = page;
      const pages = size > LARGEST_SLAB_BLOCK ? size >> PAGE_SHIFT : pagesOfSlab(size);
      page += pages;
      if ((entry & KIND_BITS) === KIND_RAW) continue;
      let slab = this.slabs.get(first);
      if (slab === undefined || slab.entry !== entry || !this.isFresh(slab, first, pages)) {
        slab = this.read(entry, first, pages);
        this.slabs.set(first, slab);
      }
      const { objects, references } = slab;
      for (let i = 0; i < objects.length; i++) visit(objects[i]!, references[i]!);
    }
  }

  private isFresh({ readAt, tables }: Slab, first: number, pages: number): boolean {
    const { changed } = this;
    for (let page = first; page < first + pages; page++) if (changed[page]! > readAt) return false;
    for (const page of tables) if (changed[page]! > readAt) return false;
    return true;
  }

  private read(entry: number, first: number, pages: number): Slab {
    const { ip } = this;
    const { mem } = ip;
    const size = entry >>> SIZE_SHIFT;
    const header = headerOfKind(entry & KIND_BITS);
    const objects: Handle[] = [];
    const references: (readonly OwnedReference[])[] = [];
    const tables = new Set<number>();
    const start = first << PAGE_SHIFT;
    const end = (first + pages) << PAGE_SHIFT;
    for (let h = start + header; h <= end - size + header; h += size) {
      if ((mem[h + BLOCK]! & BLOCK_LIVE) === 0) continue;
      objects.push(h);
      let list: OwnedReference[] | null = null;
      if (mem[h] !== 0)
        visitOwned(ip, h, (to, word) => {
          list ??= [];
          list.push({ from: h, to, word });
          const page = word >> PAGE_SHIFT;
          if (page < first || page >= first + pages) tables.add(page);
        });
      references.push(list ?? NONE);
    }
    return { entry, readAt: this.moves, objects, references, tables: [...tables] };
  }
}

const indexes = new WeakMap<Interpreter, OwnedIndex>();

/** From now on what is read of this memory is kept; it is told where memory changes. */
export function keepOwned(ip: Interpreter): OwnedIndex {
  const index = new OwnedIndex(ip);
  indexes.set(ip, index);
  return index;
}

/**
 * Every living object, and what it owns outside of frames that run: those are among the roots.
 * @param skip objects whose references are not asked for
 */
export function forEachOwned(
  ip: Interpreter,
  roots: Roots,
  skip: ReadonlySet<Handle>,
  visit: (h: Handle, references: readonly OwnedReference[]) => void,
): void {
  const running = new Map(roots.frames.map((frame) => [frame.at, frame.at + frameSize(ip, frame.code)]));
  const { generator, coroutine, async_generator } = ip.types;
  const look = (h: Handle, references: readonly OwnedReference[]) => {
    if (ip.mem[h] === 0) return;
    if (skip.has(h)) {
      visit(h, NONE);
      return;
    }
    if (references.length > 0 && (ip.is(h, generator) || ip.is(h, coroutine) || ip.is(h, async_generator))) {
      const frame = ip.mem[h + GEN_FRAME]!;
      const end = running.get(frame) ?? 0;
      if (end > 0) references = references.filter(({ word }) => word < frame || word >= end);
    }
    visit(h, references);
  };
  const index = indexes.get(ip);
  if (index !== undefined) {
    index.forEach(look);
    return;
  }
  ip.heap.forEachObject((h) => {
    if (ip.mem[h] === 0) return;
    let list: OwnedReference[] | null = null;
    if (!skip.has(h))
      visitOwned(ip, h, (to, word) => {
        list ??= [];
        list.push({ from: h, to, word });
      });
    look(h, list ?? NONE);
  });
}
