/**
 * The heap: one fixed array of 32-bit words that holds every object, and the one door for each effect on it:
 * `alloc` / `free` for objects, `allocRaw` / `freeRaw` for their separate tables (list items, dict keys), `set` for
 * every field that can hold a reference or that a picture of memory shows (Objects/obmalloc.c, pycore_object.h).
 *
 * Immutable leaf data (text, big integers, code, native functions) lies in `leaf`, a table of JavaScript values named
 * by index. The array never moves: it is reserved whole, and the operating system commits pages as they are touched.
 */
import { MarkCode } from '../trace/events';
import { PROFILES, type Profile, type ProfileFacts } from '../version';
import { EngineError } from './engine-error';
import { FreeLists, type FreeList } from './freelists';
import {
  BLOCK,
  BLOCK_GC,
  BLOCK_LIVE,
  BLOCK_RAW,
  BLOCK_SHIFT,
  GC_HEADS,
  GC_HEAD_PERMANENT,
  GC_NEXT,
  GC_PREV,
  GC_REFS,
  ID16,
  ID_BASE,
  MANAGED_DICT,
  MANAGED_HEADER,
  MANAGED_WEAKLIST,
  PLAIN_HEADER,
  RESERVED_WORDS,
  headerOf,
  type Handle,
} from './layout';
import { Obmalloc } from './obmalloc';
import type { Thread, TypeSlots } from './object';
import { Refcounts } from './refcount';

/** Words reserved for the frames of the one thread (Python/pystate.c, the data stack). */
const DATA_STACK_WORDS = 1 << 20;
const EXACT_SIZES = 256;

/** A limit of ours, not a MemoryError of Python's: the reserved memory is used up. */
export class HeapFull extends Error {
  override name = 'HeapFull';
  constructor() {
    super('limit reached: the program needs more memory than the interpreter has reserved');
  }
}

export class Heap extends Refcounts {
  /** The same memory as doubles, for floats: index is word index / 2. */
  readonly f64: Float64Array;
  readonly leaf: unknown[] = [undefined];
  private readonly freeLeaves: number[] = [];
  /** Leaf indexes that must outlive their object because the log still shows it. */
  private retainedLeaves: number[] = [];
  private retainedTypes: number[] = [];
  /** Slots by type index: `types[mem[type + TP_INDEX]]`. */
  readonly types: TypeSlots[] = [];
  readonly facts: ProfileFacts;
  readonly obmalloc = new Obmalloc();
  readonly freelists: FreeLists;

  readonly dataStackBase = RESERVED_WORDS;
  readonly dataStackEnd = RESERVED_WORDS + DATA_STACK_WORDS;
  /** Blocks lie in [firstBlock, top). */
  readonly firstBlock = RESERVED_WORDS + DATA_STACK_WORDS;
  top = RESERVED_WORDS + DATA_STACK_WORDS;
  private readonly freeBlocks = new Int32Array(EXACT_SIZES);
  private readonly freeLarge = new Map<number, number[]>();

  /** Net collectable allocations since the last young collection: `generations[0].count`. */
  gcCount0 = 0;
  gcThreshold0 = 2000;
  gcEnabled = true;
  /** Set when an allocation passed the threshold; the loop serves it at its next eval-breaker check. */
  gcRequested = false;
  isCollecting = false;

  /** Set by the runtime once it exists: what deallocators are handed. */
  thread: Thread | null = null;
  private deallocDepth = 0;
  private readonly trashcan: Handle[] = [];
  /** True while the collector clears a cycle: a death now is "collected", not "count reached zero". */
  clearingCycle = false;

  constructor(profile: Profile, words = 1 << 26) {
    const buffer = reserve(words);
    super(new Int32Array(buffer));
    this.f64 = new Float64Array(buffer);
    this.facts = PROFILES[profile];
    this.freelists = new FreeLists(this.facts);
    for (const head of [...GC_HEADS, GC_HEAD_PERMANENT]) this.gcInitList(head);
  }

  // ---- blocks ---------------------------------------------------------------------------------------------------

  /** A block of at least `words` words, from the free blocks of that size or from the end. */
  private takeBlock(words: number): number {
    const size = roundBlock(words);
    if (size < EXACT_SIZES) {
      const b = this.freeBlocks[size]!;
      if (b !== 0) {
        this.freeBlocks[size] = this.mem[b + 1]!;
        return b;
      }
    } else {
      const b = this.freeLarge.get(size)?.pop();
      if (b !== undefined) return b;
    }
    const b = this.top;
    if (b + size > this.mem.length) throw new HeapFull();
    this.top = b + size;
    this.mem[b] = size << BLOCK_SHIFT;
    return b;
  }

  private giveBlock(b: number): void {
    const size = this.mem[b]! >>> BLOCK_SHIFT;
    this.set(b, size << BLOCK_SHIFT);
    // The log may still show what lay here: it must not be overwritten unseen, so the link goes through the door.
    if (size < EXACT_SIZES) {
      this.set(b + 1, this.freeBlocks[size]!);
      this.freeBlocks[size] = b;
    } else {
      const list = this.freeLarge.get(size);
      if (list === undefined) this.freeLarge.set(size, [b]);
      else list.push(b);
    }
  }

  /**
   * A new object with one reference, owned by the caller. Its fields are zero.
   * @param words fields after ob_refcnt and ob_type
   * @param nbytes size of the simulated block, headers included
   * @param freelist where a freed one of its kind may wait
   * The type's count is the caller's business (`newObject` in objects/object.ts).
   */
  alloc(type: TypeSlots, words: number, nbytes: number, freelist: FreeList | null = null): Handle {
    const mem = this.mem;
    const header = headerOf(type.blockFlags);
    const b = this.takeBlock(header + 2 + words);
    const size = mem[b]! >>> BLOCK_SHIFT;
    const h = b + header;
    let id = freelist === null ? undefined : freelist.addresses.pop();
    if (id === undefined) {
      id = this.obmalloc.malloc(nbytes) + type.preheader;
      if (type.isGc) this.countAllocation();
    }
    if (this.log !== null) return this.allocLogged(type, b, size, h, id);
    // A loop: blocks are small, and fill() costs more than they do.
    for (let i = h + 2; i < b + size; i++) mem[i] = 0;
    if (type.isGc) {
      mem[b] = (size << BLOCK_SHIFT) | type.blockFlags;
      mem[h + GC_REFS] = 0;
      mem[h + GC_NEXT] = 0;
      mem[h + GC_PREV] = 0;
      mem[h + BLOCK] = (size << BLOCK_SHIFT) | type.blockFlags;
      if (header === MANAGED_HEADER) {
        mem[h + MANAGED_DICT] = 0;
        mem[h + MANAGED_WEAKLIST] = 0;
      }
    } else {
      mem[b] = (size << BLOCK_SHIFT) | type.blockFlags;
    }
    mem[h + ID16] = id;
    mem[h] = 1;
    mem[h + 1] = type.handle;
    return h;
  }

  private allocLogged(type: TypeSlots, b: number, size: number, h: Handle, id: number): Handle {
    const flags = (size << BLOCK_SHIFT) | type.blockFlags;
    this.set(b, flags);
    for (let i = b + 1; i < b + size; i++) this.set(i, 0);
    if (type.isGc) this.set(h + BLOCK, flags);
    this.set(h + ID16, id);
    this.setRefcnt(h, 1);
    this.set(h + 1, type.handle);
    this.log!.mark(MarkCode.Allocated, h, 0);
    return h;
  }

  /** Releases an object's memory. Its fields must have been released; its type's count is the caller's business. */
  free(h: Handle, type: TypeSlots, freelist: FreeList | null = null): void {
    if (this.log !== null) this.log.mark(MarkCode.Freed, h, this.clearingCycle ? 1 : 0);
    const id = this.mem[h + ID16]!;
    if (freelist !== null && freelist.addresses.length < freelist.max) {
      freelist.addresses.push(id);
      freelist.preheader = type.preheader;
    } else {
      this.obmalloc.free(id - type.preheader);
      if (type.isGc && this.gcCount0 > 0) this.gcCount0--;
    }
    this.giveBlock(h - headerOf(type.blockFlags));
  }

  /** A table of `words` zero words that belongs to an object. Returns the index of its first data word. */
  allocRaw(words: number, nbytes: number, freelist: FreeList | null = null): number {
    const b = this.takeBlock(PLAIN_HEADER + words);
    const size = this.mem[b]! >>> BLOCK_SHIFT;
    if (this.log !== null) for (let i = b + 1; i < b + size; i++) this.set(i, 0);
    else if (size > 64) this.mem.fill(0, b + 1, b + size);
    else for (let i = b + 1; i < b + size; i++) this.mem[i] = 0;
    this.set(b, (size << BLOCK_SHIFT) | BLOCK_LIVE | BLOCK_RAW);
    const reused = freelist === null ? undefined : freelist.addresses.pop();
    this.set(b + 1, reused ?? this.obmalloc.malloc(nbytes));
    return b + PLAIN_HEADER;
  }

  freeRaw(data: number, freelist: FreeList | null = null): void {
    const id = this.mem[data - 1]!;
    if (freelist !== null && freelist.addresses.length < freelist.max) freelist.addresses.push(id);
    else this.obmalloc.free(id);
    this.giveBlock(data - PLAIN_HEADER);
  }

  /** Data words that fit a raw block (it may be larger than was asked for). */
  rawWords(data: number): number {
    return (this.mem[data - PLAIN_HEADER]! >>> BLOCK_SHIFT) - PLAIN_HEADER;
  }

  /** Every live object, in memory order. */
  forEachObject(visit: (h: Handle) => void): void {
    const mem = this.mem;
    for (let b = this.firstBlock; b < this.top; ) {
      const block = mem[b]!;
      const flags = block & 31;
      if ((flags & BLOCK_LIVE) !== 0 && (flags & BLOCK_RAW) === 0) {
        visit(b + headerOf(flags));
      }
      b += block >>> BLOCK_SHIFT;
    }
  }

  isLive(h: Handle): boolean {
    return (this.mem[h + BLOCK]! & BLOCK_LIVE) !== 0 && this.mem[h]! !== 0;
  }

  // ---- fields ---------------------------------------------------------------------------------------------------

  /** Writes a field of an object or of its table: the choke point that makes every change an event. */
  set(index: number, value: number): void {
    const mem = this.mem;
    if (this.log !== null) this.log.word(index, mem[index]!, value);
    mem[index] = value;
  }

  /** `Py_XSETREF`: stores an owned reference (stolen) and then releases the old one. */
  setRef(index: number, value: Handle): void {
    const old = this.mem[index]!;
    this.set(index, value);
    if (old !== 0) this.decref(old);
  }

  /** `Py_CLEAR`. */
  clearRef(index: number): void {
    const old = this.mem[index]!;
    if (old === 0) return;
    this.set(index, 0);
    this.decref(old);
  }

  /** Files a JavaScript value; returns its index. */
  newLeaf(value: unknown): number {
    const i = this.freeLeaves.pop();
    if (i === undefined) return this.leaf.push(value) - 1;
    this.leaf[i] = value;
    return i;
  }

  dropLeaf(index: number): void {
    if (index === 0) return;
    if (this.log !== null) {
      this.retainedLeaves.push(index);
      return;
    }
    this.leaf[index] = undefined;
    this.freeLeaves.push(index);
  }

  /** Frees a dead type's index for another; not before the log has let go of its instances. */
  retireType(index: number): void {
    if (this.log !== null) this.retainedTypes.push(index);
    else this.types[index] = null as unknown as TypeSlots;
  }

  /** Ends recording: nothing shows the dead objects any more. */
  stopLog(): void {
    this.log = null;
    for (const i of this.retainedLeaves) this.dropLeaf(i);
    for (const i of this.retainedTypes) this.retireType(i);
    this.retainedLeaves = [];
    this.retainedTypes = [];
  }

  /** `id(x)`: the simulated address. */
  id(h: Handle): number {
    return ID_BASE + this.mem[h + ID16]! * 16;
  }

  slots(h: Handle): TypeSlots {
    return this.types[this.mem[this.mem[h + 1]! + 2]!]!;
  }

  // ---- the collector's lists (pycore_gc.h) ------------------------------------------------------------------------

  gcInitList(head: number): void {
    this.mem[head + GC_NEXT] = head;
    this.mem[head + GC_PREV] = head;
  }

  isTracked(h: Handle): boolean {
    return (this.mem[h + BLOCK]! & BLOCK_GC) !== 0 && this.mem[h + GC_NEXT]! !== 0;
  }

  /** `PyObject_GC_Track`: from now on the collector looks at this object. */
  gcTrack(h: Handle): void {
    const mem = this.mem;
    const head = GC_HEADS[0]!;
    const last = mem[head + GC_PREV]!;
    mem[last + GC_NEXT] = h;
    mem[h + GC_PREV] = last;
    mem[h + GC_NEXT] = head;
    mem[head + GC_PREV] = h;
  }

  /** `PyObject_GC_UnTrack`; does nothing to an untracked object. */
  gcUntrack(h: Handle): void {
    const mem = this.mem;
    const next = mem[h + GC_NEXT]!;
    if (next === 0) return;
    const prev = mem[h + GC_PREV]!;
    mem[prev + GC_NEXT] = next;
    mem[next + GC_PREV] = prev;
    mem[h + GC_NEXT] = 0;
    mem[h + GC_PREV] = 0;
  }

  private countAllocation(): void {
    this.gcCount0++;
    if (this.gcCount0 > this.gcThreshold0 && this.gcEnabled && this.gcThreshold0 !== 0 && !this.isCollecting) {
      this.gcRequested = true;
    }
  }

  /** `_PyObject_ClearFreeLists`: what a full collection does. */
  clearFreelists(): void {
    for (const list of this.freelists.all()) {
      for (let a = list.addresses.pop(); a !== undefined; a = list.addresses.pop())
        this.obmalloc.free(a - list.preheader);
    }
  }

  // ---- death ------------------------------------------------------------------------------------------------------

  /**
   * `_Py_Dealloc` with the trashcan (Objects/object.c): a chain of containers deeper than JavaScript's stack allows is
   * put aside and released when the outermost deallocation returns.
   * DIFFERS: CPython's limit depends on the C stack; ours is a fixed depth.
   */
  protected dealloc(h: Handle): void {
    const type = this.slots(h);
    if (this.log !== null) this.log.mark(MarkCode.Deallocating, h, this.clearingCycle ? 1 : 0);
    if (this.deallocDepth >= 400 && type.isGc) {
      this.trashcan.push(h);
      return;
    }
    const thread = this.thread;
    if (thread === null || type.tp_dealloc === null) throw new EngineError(`no deallocator for ${type.name}`);
    this.deallocDepth++;
    try {
      type.tp_dealloc(thread, h);
    } finally {
      this.deallocDepth--;
    }
    if (this.deallocDepth === 0 && this.trashcan.length > 0) this.emptyTrashcan(thread);
  }

  private emptyTrashcan(thread: Thread): void {
    this.deallocDepth++;
    try {
      for (let h = this.trashcan.pop(); h !== undefined; h = this.trashcan.pop()) this.slots(h).tp_dealloc!(thread, h);
    } finally {
      this.deallocDepth--;
    }
  }
}

/** Block sizes are even; large ones are rounded up by at most an eighth, so that freed blocks find takers. */
function roundBlock(words: number): number {
  if (words < EXACT_SIZES) return (words + 1) & ~1;
  const step = 1 << (31 - Math.clz32(words) - 3);
  return (words + step - 1) & ~(step - 1);
}

function reserve(words: number): ArrayBuffer {
  for (let n = words; ; n >>= 1) {
    try {
      return new ArrayBuffer(n * 4);
    } catch (error) {
      if (n <= 1 << 22) throw error;
    }
  }
}
