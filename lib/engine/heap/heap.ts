/**
 * The heap: one fixed array of 32-bit words that holds every object, and the one door for each effect on it:
 * `alloc` / `free` for objects, `allocRaw` / `freeRaw` for their separate tables (list items, dict keys), `set` for
 * every field that can hold a reference or that a picture of memory shows (Objects/obmalloc.c, pycore_object.h).
 *
 * Immutable leaf data (text, big integers, code, native functions) lies in `leaf`, a table of JavaScript values named
 * by index. The array never moves: it is reserved whole, and the operating system commits pages as they are touched.
 */
import { PROFILES, type Profile, type ProfileFacts } from '../version';
import {
  Blocks,
  KIND_RAW,
  LARGEST_SLAB_BLOCK,
  ONE_PAGE_SLAB,
  PAGE_WORDS,
  SIZE_SHIFT,
  blockKey,
  blockStart,
  forEachLiveObject,
  kindOf,
  roundBlock,
} from './blocks';
import { EngineError } from './engine-error';
import { FreeLists, type FreeList } from './freelists';
import { GcRefs } from './gc-refs';
import { leafBytes } from './leaf-bytes';
import {
  BLOCK,
  BLOCK_FINALIZED,
  BLOCK_GC,
  BLOCK_LIVE,
  BLOCK_RAW,
  GC_HEADS,
  GC_HEAD_PERMANENT,
  GC_NEXT,
  GC_PREV,
  ID16,
  ID_BASE,
  OB_FIELDS,
  PLAIN_HEADER,
  RESERVED_WORDS,
  headerOf,
  type Handle,
} from './layout';
import { Obmalloc } from './obmalloc';
import { PlainDeath, type Thread, type TypeSlots } from './object';
import { Refcounts } from './refcount';
import { Room } from './room';
import { VALUES_ORDER, VALUES_USED, orderWords } from './shapes';

/** Words reserved for the frames of the one thread (Python/pystate.c, the data stack). */
const DATA_STACK_WORDS = 1 << 20;
/** For the tables of fixed length beside the words. */
const ROOM_BYTES = 1 << 20;
/** Ints of one digit are smaller than this. */
const ONE_DIGIT = 1 << 30;
/** STR_INTERNED, the flag of a str that the table of interned ones must forget. */
const TEXT_INTERNED = 8;
/** So many deallocations are one inside the other before the next ones wait. */
export const TRASHCAN_DEPTH = 400;
/** Above this a table is cleared by one call. */
const LONG_FILL = 64;

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
  retainedLeaves: number[] = [];
  retainedTypes: number[] = [];
  /** Slots by type index: `types[mem[type + TP_INDEX]]`. */
  readonly types: TypeSlots[] = [];
  readonly facts: ProfileFacts;
  readonly obmalloc: Obmalloc;
  readonly freelists: FreeLists;

  readonly dataStackBase = RESERVED_WORDS;
  readonly dataStackEnd = RESERVED_WORDS + DATA_STACK_WORDS;
  /** Blocks lie in [firstBlock, top). */
  readonly firstBlock: number;
  private readonly blocks: Blocks;
  /** The free blocks, by size and kind. Generated code takes those of ints and floats itself. */
  readonly heads: Int32Array;

  /** Net collectable allocations since the last young collection: `generations[0].count`. */
  gcCount0 = 0;
  gcThreshold0 = 2000;
  gcEnabled = true;
  /** Set when an allocation passed the threshold; the loop serves it at its next eval-breaker check. */
  gcRequested = false;
  isCollecting = false;
  /** Set when little memory is left: the loop raises MemoryError at its next eval-breaker check, while it still can. */
  memoryShort = false;
  /** Items that native code has taken from iterators, modulo NATIVE_ROUND (objects/abstract.ts). */
  itemsTaken = 0;
  /** The collector's notes. */
  readonly gcRefs = new GcRefs();

  /** Set by the runtime once it exists: what deallocators are handed. */
  thread: Thread | null = null;
  /** Deallocations that are going on, one inside the other. */
  deallocDepth = 0;
  private readonly trashcan: Handle[] = [];
  /** True while the collector clears a cycle: a death now is "collected", not "count reached zero". */
  clearingCycle = false;

  constructor(profile: Profile, words = 1 << 27) {
    const buffer = reserve(words);
    const n = (buffer.byteLength - ROOM_BYTES) >> 2;
    super(new Int32Array(buffer, 0, n));
    this.f64 = new Float64Array(buffer, 0, n >> 1);
    const room = new Room(buffer, 4 * n);
    this.obmalloc = new Obmalloc(room);
    this.facts = PROFILES[profile];
    this.freelists = new FreeLists(this.facts, room);
    const pageTable = this.dataStackEnd;
    this.firstBlock = (pageTable + this.mem.length / PAGE_WORDS + PAGE_WORDS - 1) & ~(PAGE_WORDS - 1);
    this.blocks = new Blocks(this.mem, pageTable, this.firstBlock, room);
    this.heads = this.blocks.heads;
    this.obmalloc.onShort = () => this.warnOfMemory();
    for (const head of [...GC_HEADS, GC_HEAD_PERMANENT]) this.gcInitList(head);
  }

  // ---- blocks ---------------------------------------------------------------------------------------------------

  /** End of the memory that was ever used. */
  get top(): number {
    return this.blocks.top;
  }
  get pageTable(): number {
    return this.blocks.table;
  }

  /** A block of zeros of that kind: its first word. */
  private takeBlock(words: number, kind: number, header: number): number {
    const { mem, heads } = this;
    const size = words <= ONE_PAGE_SLAB ? (words + 1) & ~1 : roundBlock(words);
    const key = (size << (SIZE_SHIFT - 1)) | kind;
    const f = size <= LARGEST_SLAB_BLOCK ? heads[key]! : 0;
    if (f === 0) return this.carve(size, kind, header);
    heads[key] = mem[f]!;
    const b = f - BLOCK - header;
    if (this.log !== null) this.log.bornAgain(mem, b, size, header, kind === KIND_RAW);
    else if (size > LONG_FILL) mem.fill(0, b, b + size);
    // A loop: most blocks are small, and fill() costs more than they do.
    else for (let i = b; i < b + size; i++) mem[i] = 0;
    return b;
  }

  private carve(size: number, kind: number, header: number): number {
    const b = this.blocks.carve(size, kind, this.log);
    if (b === 0) throw new HeapFull();
    if (this.blocks.isShort) {
      this.blocks.isShort = false;
      this.warnOfMemory();
    }
    if (this.log !== null) this.log.born(b + header, kind === KIND_RAW, header);
    return b;
  }

  /** Can a table of so many words be had? Asked before one that a program chose the size of. */
  hasRoom(words: number): boolean {
    return words < LONG_FILL || this.blocks.hasRoom(words + PLAIN_HEADER);
  }

  private warnOfMemory(): void {
    this.memoryShort = true;
    this.gcRequested = true;
  }

  /** @param f the block's flags word */
  private giveBlock(f: number, kind: number): void {
    const { mem, blocks, heads } = this;
    const size = blocks.sizeAt(f);
    const key = (size << (SIZE_SHIFT - 1)) | kind;
    if (size <= LARGEST_SLAB_BLOCK) {
      mem[f] = heads[key]!;
      heads[key] = f;
    } else {
      mem[f] = 0;
      blocks.giveRun(blockStart(f - BLOCK, kind), this.log);
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
    const flags = type.blockFlags;
    const header = headerOf(flags);
    let n = header + 2 + words;
    // Eight words at least: the collector's notes rely on it.
    if (n < 8 && header !== PLAIN_HEADER) n = 8;
    const h = this.takeBlock(n, kindOf(flags), header) + header;
    let id: number;
    if (freelist !== null && freelist.size !== 0) id = freelist.addresses[--freelist.size]!;
    else {
      id = this.obmalloc.malloc(nbytes) + type.preheader;
      if (type.isGc) this.countAllocation();
    }
    mem[h + BLOCK] = flags;
    mem[h + ID16] = id;
    mem[h] = 1;
    mem[h + 1] = type.handle;
    return h;
  }

  /**
   * `alloc` for types without a collector's header whose instances all have `type.words` words. The fields are the
   * caller's to fill, all of them: they hold what lay there before.
   */
  allocPlain(type: TypeSlots, nbytes: number, freelist: FreeList): Handle {
    const { mem, heads } = this;
    const key = type.blockKey;
    const f = heads[key]!;
    if (f === 0) return this.allocPlainSlow(type, nbytes, freelist);
    heads[key] = mem[f]!;
    if (this.log !== null) this.log.bornNumber(mem, f);
    const n = freelist.size - 1;
    if (n >= 0) {
      mem[f + 1] = freelist.addresses[n]!;
      freelist.size = n;
    } else mem[f + 1] = this.obmalloc.malloc(nbytes);
    mem[f] = BLOCK_LIVE;
    mem[f + 2] = 1;
    mem[f + 3] = type.handle;
    return f + 2;
  }

  private allocPlainSlow(type: TypeSlots, nbytes: number, freelist: FreeList): Handle {
    type.blockKey = blockKey(type.blockFlags, type.words);
    return this.alloc(type, type.words, nbytes, freelist);
  }

  /** `alloc` for the same types without a free list; the fields are zero. */
  allocText(type: TypeSlots, nbytes: number): Handle {
    const { mem, heads } = this;
    const key = type.blockKey;
    const f = heads[key]!;
    if (f === 0) {
      if (type.blockFlags === BLOCK_LIVE) type.blockKey = blockKey(type.blockFlags, type.words);
      return this.alloc(type, type.words, nbytes);
    }
    heads[key] = mem[f]!;
    const end = f + ((key >> SIZE_SHIFT) << 1);
    if (this.log !== null) this.log.bornAgain(mem, f, end - f, PLAIN_HEADER, false);
    else for (let i = f + 4; i < end; i++) mem[i] = 0;
    mem[f] = BLOCK_LIVE;
    mem[f + 1] = this.obmalloc.malloc(nbytes);
    mem[f + 2] = 1;
    mem[f + 3] = type.handle;
    return f + 2;
  }

  /**
   * `alloc` for collectable objects when the caller knows the type's `blockKey` to be right for this one; no free list.
   * Most instances of classes are born here.
   */
  allocKeyed(type: TypeSlots, nbytes: number): Handle {
    const { mem, heads } = this;
    const key = type.blockKey;
    const f = heads[key]!;
    const size = (key >> SIZE_SHIFT) << 1;
    const flags = type.blockFlags;
    const header = headerOf(flags);
    if (f === 0) return this.alloc(type, size - header - 2, nbytes);
    heads[key] = mem[f]!;
    const b = f - BLOCK - header;
    if (this.log !== null) this.log.bornAgain(mem, b, size, header, false);
    else for (let i = b; i < b + size; i++) mem[i] = 0;
    mem[f] = flags;
    mem[f + 1] = this.obmalloc.malloc(nbytes) + type.preheader;
    mem[f + 2] = 1;
    mem[f + 3] = type.handle;
    this.countAllocation();
    return f - BLOCK;
  }

  /** `alloc` for collectable types whose instances all have `type.words` words, without a free list; tracked. */
  allocTracked(type: TypeSlots): Handle {
    const nbytes = type.preheader * 16 + type.basicsize;
    let h: Handle;
    if (this.heads[type.blockKey] === 0) {
      type.blockKey = blockKey(type.blockFlags, type.words);
      h = this.alloc(type, type.words, nbytes);
    } else h = this.allocKeyed(type, nbytes);
    this.gcTrack(h);
    return h;
  }

  /**
   * `alloc` for collectable objects of one size, whose `blockKey` the caller knows, from the free list of their kind; 0:
   * no such one waits there.
   */
  allocWaiting(type: TypeSlots, key: number, freelist: FreeList): Handle {
    const { mem, heads } = this;
    const f = heads[key]!;
    if (f === 0 || freelist.size === 0) return 0;
    heads[key] = mem[f]!;
    const size = (key >> SIZE_SHIFT) << 1;
    const flags = type.blockFlags;
    const header = headerOf(flags);
    const b = f - BLOCK - header;
    if (this.log !== null) this.log.bornAgain(mem, b, size, header, false);
    else for (let i = b; i < b + size; i++) mem[i] = 0;
    mem[f] = flags;
    mem[f + 1] = freelist.addresses[--freelist.size]!;
    mem[f + 2] = 1;
    mem[f + 3] = type.handle;
    return f - BLOCK;
  }

  /** Releases an object's memory. Its fields must have been released; its type's count is the caller's business. */
  free(h: Handle, type: TypeSlots, freelist: FreeList | null = null): void {
    const mem = this.mem;
    const id = mem[h + ID16]!;
    if (this.log !== null) this.log.freed(h, this.clearingCycle, (mem[h + BLOCK]! & BLOCK_FINALIZED) !== 0);
    if (freelist !== null && freelist.size < freelist.max) {
      freelist.addresses[freelist.size++] = id;
      freelist.preheader = type.preheader;
    } else {
      this.obmalloc.free(id - type.preheader);
      if (type.isGc && this.gcCount0 > 0) this.gcCount0--;
    }
    if (this.isCollecting) this.gcRefs.forget(h);
    this.giveBlock(h + BLOCK, kindOf(type.blockFlags));
  }

  /** A table of `words` zero words that belongs to an object. Returns the index of its first data word. */
  allocRaw(words: number, nbytes: number, freelist: FreeList | null = null): number {
    const b = this.takeBlock(PLAIN_HEADER + words, KIND_RAW, PLAIN_HEADER);
    this.mem[b] = BLOCK_LIVE | BLOCK_RAW;
    const waits = freelist !== null && freelist.size !== 0;
    this.mem[b + 1] = waits ? freelist.addresses[--freelist.size]! : this.obmalloc.malloc(nbytes);
    return b + PLAIN_HEADER;
  }

  freeRaw(data: number, freelist: FreeList | null = null): void {
    const id = this.mem[data + ID16]!;
    if (this.log !== null) this.log.freedRaw(data);
    if (freelist !== null && freelist.size < freelist.max) freelist.addresses[freelist.size++] = id;
    else this.obmalloc.free(id);
    this.giveBlock(data + BLOCK, KIND_RAW);
  }

  /** Data words that fit a raw block (it may be larger than was asked for). */
  rawWords(data: number): number {
    return this.blocks.sizeAt(data) - PLAIN_HEADER;
  }

  /** Every live object, in memory order. */
  forEachObject(visit: (h: Handle) => void): void {
    forEachLiveObject(this.mem, this.pageTable, this.firstBlock, this.top, visit);
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

  /**
   * `Py_XDECREF` of n words, the last one first, in a block that is about to be freed: what it holds is of no use to
   * anybody then. Only where a death may run code, which would look around, the words up to there are cleared before.
   */
  releaseDown(first: number, n: number): void {
    const { mem } = this;
    let end = first + n;
    for (let i = end - 1; i >= first; i--) {
      const h = mem[i]!;
      if (h === 0) continue;
      const count = mem[h]!;
      if (count < 0) continue;
      if (count > 1) {
        mem[h] = count - 1;
        if (this.log !== null) this.log.decreased(h);
        continue;
      }
      if (this.diesLoudly(h)) {
        this.wipe(i, end - i);
        end = i;
      }
      this.decref(h);
    }
  }

  /** The death of an object may run code: it is no number and no text. */
  diesLoudly(h: Handle): boolean {
    return this.slots(h).plainDeath === PlainDeath.Never;
  }

  /** Clears n words. */
  wipe(start: number, n: number): void {
    if (n === 1) {
      this.set(start, 0);
      return;
    }
    if (this.log !== null) this.log.content(this.mem, start, n);
    this.mem.fill(0, start, start + n);
  }

  /**
   * `Py_XDECREF` of a field of an object that is dying: nobody looks at what a dead object holds, so the word stays, and
   * the log need not tell of it.
   */
  release(index: number): void {
    const { mem } = this;
    const h = mem[index]!;
    if (h === 0) return;
    const count = mem[h]!;
    if (count > 1) {
      mem[h] = count - 1;
      if (this.log !== null) this.log.decreased(h);
    } else if (count >= 0) this.decref(h);
  }

  /** The same for n words, the first one first. */
  releaseUp(first: number, n: number): void {
    for (let i = first; i < first + n; i++) this.release(i);
  }

  /** The same for words of the object. */
  releaseWords(h: Handle, offsets: readonly number[]): void {
    for (let i = 0; i < offsets.length; i++) this.release(h + offsets[i]!);
  }

  /** `Py_CLEAR` of n words, the first one first. */
  clearUp(first: number, n: number): void {
    const { mem } = this;
    const end = first + n;
    for (let i = first; i < end; i++) {
      const h = mem[i]!;
      if (h === 0) continue;
      if (this.log !== null) this.log.word(i, h);
      mem[i] = 0;
      const count = mem[h]!;
      if (count > 1 && this.log === null) mem[h] = count - 1;
      else if (count >= 0) this.decref(h);
    }
  }

  /** `_Py_RefcntAdd`: n more references. */
  addRefs(h: Handle, n: number): void {
    const count = this.mem[h]!;
    if (count < 0 || n === 0) return;
    if (this.log !== null) this.log.count(h, count);
    this.mem[h] = count + n;
  }

  /** `Py_CLEAR` of an object's fields, in that order. */
  clearWords(h: Handle, offsets: readonly number[]): void {
    const { mem } = this;
    for (let i = 0; i < offsets.length; i++) {
      const word = h + offsets[i]!;
      const child = mem[word]!;
      if (child === 0) continue;
      if (this.log !== null) this.log.word(word, child);
      mem[word] = 0;
      const count = mem[child]!;
      if (count > 1 && this.log === null) mem[child] = count - 1;
      else if (count >= 0) this.decref(child);
    }
  }

  /** New references to n words, in a place that is new-born: its first words need no event. */
  copyRefs(to: number, from: number, n: number): void {
    const { mem } = this;
    for (let i = 0; i < n; i++) {
      const h = mem[from + i]!;
      mem[to + i] = h;
      const count = mem[h]!;
      if (count < 0) continue;
      mem[h] = count + 1;
      if (this.log !== null) this.log.increased(h);
    }
  }

  /** Files a JavaScript value; returns its index. */
  newLeaf(value: unknown): number {
    const i = this.freeLeaves.pop();
    if (i === undefined) return this.leaf.push(value) - 1;
    this.leaf[i] = value;
    return i;
  }

  /** What dies is still shown after the log is detached: the log is kept. */
  keepsDead = false;
  /** What the long values among the dead take, in bytes. */
  retainedBytes = 0;

  dropLeaf(index: number): void {
    if (index === 0) return;
    if (this.log !== null || this.keepsDead) {
      this.retainedLeaves.push(index);
      this.retainedBytes += leafBytes(this.leaf[index]);
      return;
    }
    this.leaf[index] = undefined;
    this.freeLeaves.push(index);
  }

  /** Frees a dead type's index for another; not before the log has let go of its instances. */
  retireType(index: number): void {
    if (this.log !== null || this.keepsDead) this.retainedTypes.push(index);
    else this.types[index] = null as unknown as TypeSlots;
  }

  /** Nothing shows the dead objects any more. */
  override stopLog(): void {
    super.stopLog();
    if (this.keepsDead) return;
    this.retainedBytes = 0;
    for (const i of this.retainedLeaves) this.dropLeaf(i);
    for (const i of this.retainedTypes) this.retireType(i);
    this.retainedLeaves = [];
    this.retainedTypes = [];
  }

  /** What died first is shown no more: so many of each sort. */
  releaseRetained(leaves: number, types: number): void {
    for (const i of this.retainedLeaves.splice(0, leaves)) {
      this.retainedBytes -= leafBytes(this.leaf[i]);
      this.leaf[i] = undefined;
      this.freeLeaves.push(i);
    }
    for (const i of this.retainedTypes.splice(0, types)) this.types[i] = null as unknown as TypeSlots;
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
    if (this.log !== null) this.log.tracked(h);
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
    // That a dying object is not tracked goes without saying.
    if (this.log !== null && mem[h] !== 0) this.log.untracked(h);
  }

  /** One more collectable object that did not come from a free list. */
  countAllocation(): void {
    this.gcCount0++;
    if (this.gcCount0 > this.gcThreshold0 && this.gcEnabled && this.gcThreshold0 !== 0 && !this.isCollecting) {
      this.gcRequested = true;
    }
  }

  /** `_PyObject_ClearFreeLists`: what a full collection does. */
  clearFreelists(): void {
    for (const list of this.freelists.all()) {
      while (list.size > 0) this.obmalloc.free(list.addresses[--list.size]! - list.preheader);
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
    if (type.plainDeath !== PlainDeath.Never && this.freePlain(h, type)) return;
    if (this.log !== null) this.log.death(h, this.clearingCycle);
    if (this.deallocDepth >= TRASHCAN_DEPTH && type.isGc) {
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
    this.emptyTrash();
  }

  /** The outermost deallocation has ended: those that waited have their turn. */
  emptyTrash(): void {
    if (this.deallocDepth === 0 && this.trashcan.length > 0) this.emptyTrashcan(this.thread!);
  }

  /** The release of an object that owns nothing; false: it does. */
  private freePlain(h: Handle, type: TypeSlots): boolean {
    const { mem, heads } = this;
    let freelist = type.plainFreelist;
    if (type.plainDeath === PlainDeath.OwnWords) {
      const value = mem[h + OB_FIELDS]!;
      const leaf = mem[h + OB_FIELDS + 1]!;
      if (leaf > 0) return false;
      if (leaf < 0 || value >= ONE_DIGIT || value <= -ONE_DIGIT) freelist = null;
    } else if (type.plainDeath === PlainDeath.Text) {
      if ((mem[h + OB_FIELDS + 2]! & TEXT_INTERNED) !== 0) return false;
      this.dropLeaf(mem[h + OB_FIELDS]!);
    }
    if (this.log !== null) {
      if (this.clearingCycle) {
        this.log.death(h, true);
        this.log.freed(h, true, false);
      } else this.log.died(h);
    }
    if (freelist !== null && freelist.size < freelist.max) freelist.addresses[freelist.size++] = mem[h + ID16]!;
    else this.obmalloc.free(mem[h + ID16]!);
    mem[h + BLOCK] = heads[type.blockKey]!;
    heads[type.blockKey] = h + BLOCK;
    return true;
  }

  /**
   * What the collector does to an instance of a class made by Python code that owns only its fields: a reference is
   * taken, tp_clear, the reference is given up. True: that was the last one, and the instance is gone. False: the caller
   * has the reference to give up.
   *
   * In one piece, for most garbage is of this kind. If the fields' objects live on, no code has run meanwhile, and
   * nothing is left in the instance when it dies. Not while a log is attached.
   */
  clearInstance(h: Handle, type: TypeSlots): boolean {
    const { mem } = this;
    mem[h] = mem[h]! + 1;
    let deaths = 0;
    if (type.ownsOnlySlots) {
      const offsets = type.traversedWords;
      for (let i = 0; i < offsets.length; i++) deaths += this.clearQuietly(h + offsets[i]!);
    } else {
      const base = h + type.valuesoffset;
      mem[base + VALUES_USED] = 0;
      const first = base + VALUES_ORDER + orderWords(mem[base]!);
      const end = first + mem[base]!;
      for (let i = first; i < end; i++) deaths += this.clearQuietly(i);
    }
    if (deaths !== 0 || mem[h] !== 1) return false;
    if (type.weaklistoffset !== 0 && mem[h + type.weaklistoffset] !== 0) return false;
    mem[h] = 0;
    this.gcUntrack(h);
    this.free(h, type);
    this.decref(type.handle);
    return true;
  }

  /** `Py_CLEAR`; 1: its object died. */
  private clearQuietly(word: number): number {
    const { mem } = this;
    const child = mem[word]!;
    if (child === 0) return 0;
    mem[word] = 0;
    const count = mem[child]!;
    if (count > 1) mem[child] = count - 1;
    else if (count >= 0) {
      this.decref(child);
      return 1;
    }
    return 0;
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

function reserve(words: number): ArrayBuffer {
  for (let n = words; ; n >>= 1) {
    try {
      return new ArrayBuffer(n * 4 + ROOM_BYTES);
    } catch (error) {
      if (n <= 1 << 22) throw error;
    }
  }
}
