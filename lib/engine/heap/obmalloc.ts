/**
 * A model of pymalloc (Objects/obmalloc.c, 64-bit): which simulated address an allocation of so many bytes gets, so
 * that `id()` values are reused as CPython reuses them. It holds no memory, only the book-keeping: arenas of 1 MiB,
 * pools of 16 KiB with a 48-byte header, 32 size classes of 16 bytes. Addresses are counted in units of 16 bytes.
 *
 * The book-keeping is one array of numbers, eight to a pool: an allocation and a release are a few loads each. A pool's
 * freed blocks are a stack of 16-bit offsets in `stacks`, which has room for all blocks of the pool.
 *
 * DIFFERS: requests over 512 bytes go to the system's allocator in CPython; here to a bump allocator with a
 * last-in-first-out list for each rounded size.
 */
import { EngineError, LimitReached } from './engine-error';
import { Room } from './room';

const SMALL_REQUEST_LIMIT = 512;
const POOL_SHIFT = 10;
const POOL_UNITS = 1 << POOL_SHIFT;
const POOL_HEADER_UNITS = 3;
const POOLS_PER_ARENA = 64;
const ARENA_SHIFT = 6;
const SIZE_CLASSES = 32;
const POOLS_AT_FIRST = 1024;
/** Blocks that are in use from the start, one of each size, and their units. */
const START_BLOCKS = SIZE_CLASSES;
const START_UNITS = (SIZE_CLASSES * (SIZE_CLASSES + 1)) / 2;
/** Large blocks live above all arenas. */
const LARGE_BASE = 0x4000_0000;
const LARGE_END = 0x7fff_ffff;
/** Bytes that the system keeps in front of a large block. */
const LARGE_HEADER = 8;
/** Simulated bytes, in units of 16, that a program may have before MemoryError is raised (2 GB), and before it is stopped. */
const MEMORY_UNITS = 1 << 27;
const MOST_UNITS = 3 * MEMORY_UNITS;

/** The words of a pool, `pool << RECORD` being the first. The fronts of the size classes lie where pool 0 would be. */
const RECORD = 3;
const SIZE_CLASS = 0;
const USED = 1;
/** Next block that was never used, in units from the pool's start. */
const NEXT = 2;
/** Where the stack of freed blocks begins in `stacks`, where it ends, and where its room does. */
const STACK = 3;
const STACK_TOP = 4;
const STACK_END = 5;
/** Neighbours among the pools of the size class that have room. */
const NEXT_USED = 6;
const PREV_USED = 7;
const FIRST_POOL = POOLS_PER_ARENA << RECORD;

export interface AllocatorStats {
  arenas: number;
  poolsInUse: number;
  blocksInUse: number;
  bytesInUse: number;
}

/** Is told of every block, in order: with that another allocator in the same state can do the same (`copy`). */
export interface BlockJournal {
  /** A block of so many units of 16 bytes was given out; a large one's are those it takes of the system. */
  took(units: number): void;
  gaveBack(address: number): void;
  /** A large block has another size in its place. */
  resized(address: number, units: number): void;
}

/** What `malloc` makes so many units of. */
export function bytesOfUnits(units: number): number {
  return units <= SIZE_CLASSES ? units * 16 : units * 16 - LARGE_HEADER;
}

function largeUnitsOf(nbytes: number): number {
  return (nbytes + LARGE_HEADER + 15) >> 4;
}

function blocksInPool(sizeClass: number): number {
  return Math.floor((POOL_UNITS - POOL_HEADER_UNITS) / (sizeClass + 1));
}

export class Obmalloc {
  /**
   * The records of the pools; a pool goes by where its record is, 0 stands for none. An arena's pools have consecutive
   * numbers, and the first arena is number 1. The first words are `usedpools`: by size class, the pool that serves next.
   */
  private pools: Int32Array;
  private stacks: Uint16Array;
  private stacksTop = 0;

  // By arena, from 1.
  private readonly freePools: number[][] = [[]];
  /** Pools of the arena that were never used. */
  private readonly fresh: number[] = [0];
  private readonly nfree: number[] = [0];
  /** The arenas that have free pools, oldest first. */
  private usable: number[] = [];

  /** The next block takes over from one that is freed at once (`realloc`): for those who count bytes. */
  moving = false;
  private largeTop = LARGE_BASE;
  private readonly largeFree = new Map<number, number[]>();
  private readonly largeSize = new Map<number, number>();
  /** Units in use, pools counted whole, at which the next warning comes; set by the heap: who is warned. */
  private alarm = MEMORY_UNITS;
  onShort: () => void = () => {};
  journal: BlockJournal | null = null;
  /** Units of the large blocks, and of the pools that serve a size. */
  private largeUnits = 0;
  private poolUnits = 0;

  constructor(room = new Room(new ArrayBuffer(1 << 16))) {
    this.pools = room.int32(POOLS_AT_FIRST << RECORD);
    this.stacks = room.uint16(1 << 14);
    // As after CPython's start, some block of every size stays in use: else a size's only pool would empty with each
    // object, and the next size would take it over and give two sizes the same address.
    for (let sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) this.malloc((sizeClass + 1) * 16);
  }

  /** Another one in the same state, of which nobody is told and that warns nobody. */
  copy(): Obmalloc {
    const other = new Obmalloc();
    other.pools = this.pools.slice(0, this.end);
    other.stacks = this.stacks.slice(0, Math.max(this.stacksTop, 1 << 10));
    other.stacksTop = this.stacksTop;
    const lists = (from: number[][]) => from.map((list) => [...list]);
    other.freePools.splice(0, Infinity, ...lists(this.freePools));
    other.fresh.splice(0, Infinity, ...this.fresh);
    other.nfree.splice(0, Infinity, ...this.nfree);
    other.usable = [...this.usable];
    other.largeTop = this.largeTop;
    for (const [size, free] of this.largeFree) other.largeFree.set(size, [...free]);
    for (const [address, size] of this.largeSize) other.largeSize.set(address, size);
    other.alarm = this.alarm;
    other.largeUnits = this.largeUnits;
    other.poolUnits = this.poolUnits;
    return other;
  }

  /** Address, in units of 16 bytes, of a new block of `nbytes`. */
  malloc(nbytes: number): number {
    if (nbytes > SMALL_REQUEST_LIMIT) return this.mallocLarge(nbytes);
    const sizeClass = nbytes === 0 ? 0 : (nbytes - 1) >> 4;
    const p = this.pools[sizeClass]! || this.newPool(sizeClass);
    const { pools } = this;
    pools[p + USED] = pools[p + USED]! + 1;
    const top = pools[p + STACK_TOP]!;
    let offset: number;
    if (top !== pools[p + STACK]!) {
      offset = this.stacks[top - 1]!;
      pools[p + STACK_TOP] = top - 1;
      if (top - 1 === pools[p + STACK]! && pools[p + NEXT]! + sizeClass >= POOL_UNITS) this.unlink(p, sizeClass);
    } else {
      offset = pools[p + NEXT]!;
      const next = offset + sizeClass + 1;
      pools[p + NEXT] = next;
      if (next + sizeClass >= POOL_UNITS) this.unlink(p, sizeClass);
    }
    if (this.journal !== null) this.journal.took(sizeClass + 1);
    return (p << (POOL_SHIFT - RECORD)) + offset;
  }

  /** A block keeps its place with another size; the model need not know, who counts bytes does. */
  resize(_address: number, _nbytes: number): void {}

  /**
   * Another size for a block: its address. pymalloc keeps the place where the block is large enough and not much more
   * than a quarter of it would be lost; the system's allocator within the rounded size, and where nothing lies behind.
   */
  realloc(address: number, nbytes: number): number {
    if (address < LARGE_BASE) {
      const size = (this.pools[((address >> POOL_SHIFT) << RECORD) + SIZE_CLASS]! + 1) * 16;
      if (nbytes <= size && 4 * nbytes > 3 * size) {
        this.resize(address, nbytes);
        return address;
      }
    } else if (nbytes > SMALL_REQUEST_LIMIT && this.resizeLarge(address, nbytes)) {
      this.resize(address, nbytes);
      return address;
    }
    this.moving = true;
    const moved = this.malloc(nbytes);
    this.free(address);
    this.moving = false;
    return moved;
  }

  free(address: number): void {
    if (this.journal !== null) this.journal.gaveBack(address);
    if (address >= LARGE_BASE) {
      this.freeLarge(address);
      return;
    }
    const { pools } = this;
    const p = (address >> POOL_SHIFT) << RECORD;
    const used = pools[p + USED];
    if (p < FIRST_POOL || used === undefined || used === 0)
      throw new EngineError(`free of an unknown address ${address}`);
    let top = pools[p + STACK_TOP]!;
    if (top === pools[p + STACK]!) {
      const sizeClass = pools[p + SIZE_CLASS]!;
      if (pools[p + NEXT]! + sizeClass >= POOL_UNITS) this.link(p, sizeClass);
    }
    if (top >= pools[p + STACK_END]!) top = this.makeStack(p);
    this.stacks[top] = address & (POOL_UNITS - 1);
    pools[p + STACK_TOP] = top + 1;
    pools[p + USED] = used - 1;
    if (used === 1) this.giveBack(p);
  }

  stats(): AllocatorStats {
    let poolsInUse = 0;
    for (let arena = 1; arena < this.nfree.length; arena++) poolsInUse += POOLS_PER_ARENA - this.nfree[arena]!;
    let { blocks, units } = this.large();
    this.classStats().forEach(({ used }, sizeClass) => {
      blocks += used;
      units += used * (sizeClass + 1);
    });
    return {
      arenas: this.nfree.length - 1,
      poolsInUse,
      blocksInUse: blocks - START_BLOCKS,
      bytesInUse: (units - START_UNITS) * 16,
    };
  }

  /** For each size class: its pools that hold blocks, the blocks in use and the free ones in these pools. */
  classStats(): { pools: number; used: number; free: number }[] {
    const classes = Array.from({ length: SIZE_CLASSES }, () => ({ pools: 0, used: 0, free: 0 }));
    for (let p = FIRST_POOL; p < this.end; p += 1 << RECORD) {
      const used = this.pools[p + USED]!;
      if (used === 0) continue;
      const sizeClass = this.pools[p + SIZE_CLASS]!;
      const c = classes[sizeClass]!;
      c.pools++;
      c.used += used;
      c.free += blocksInPool(sizeClass) - used;
    }
    return classes;
  }

  /** Behind the record of the last arena's last pool. */
  private get end(): number {
    return this.nfree.length << (ARENA_SHIFT + RECORD);
  }

  /** Every pool of every arena by address, `address` in units; `sizeClass` is -1 for one that holds no block. */
  *allPools(): Generator<{ address: number; arena: number; sizeClass: number; used: number }> {
    for (let p = FIRST_POOL; p < this.end; p += 1 << RECORD) {
      const used = this.pools[p + USED]!;
      const sizeClass = used === 0 ? -1 : this.pools[p + SIZE_CLASS]!;
      yield { address: p << (POOL_SHIFT - RECORD), arena: p >> (ARENA_SHIFT + RECORD), sizeClass, used };
    }
  }

  /** A pool's blocks by address: lengths of stretches in use and freed in turn; the rest was never used. */
  stretches(address: number): number[] {
    const { pools } = this;
    const p = (address >> POOL_SHIFT) << RECORD;
    const units = pools[p + SIZE_CLASS]! + 1;
    const begun = (pools[p + NEXT]! - POOL_HEADER_UNITS) / units;
    const freed = Array.from(this.stacks.subarray(pools[p + STACK]!, pools[p + STACK_TOP]!));
    const free = new Set(freed.map((offset) => (offset - POOL_HEADER_UNITS) / units));
    const lengths = [0];
    for (let block = 0; block < begun; block++) {
      if (free.has(block) !== (lengths.length % 2 === 0)) lengths.push(0);
      lengths[lengths.length - 1]!++;
    }
    return lengths;
  }

  /** Requests of more than 512 bytes that are in use. */
  large(): { blocks: number; units: number } {
    let blocks = this.largeSize.size;
    let units = 0;
    for (const size of this.largeSize.values()) units += size;
    for (const [size, free] of this.largeFree) {
      blocks -= free.length;
      units -= size * free.length;
    }
    return { blocks, units };
  }

  // ---- pools ------------------------------------------------------------------------------------------------------

  /** To the front of the pools with room. */
  private link(p: number, sizeClass: number): void {
    const { pools } = this;
    const next = pools[sizeClass]!;
    pools[p + NEXT_USED] = next;
    pools[p + PREV_USED] = 0;
    if (next !== 0) pools[next + PREV_USED] = p;
    pools[sizeClass] = p;
  }

  private unlink(p: number, sizeClass: number): void {
    const { pools } = this;
    const next = pools[p + NEXT_USED]!;
    const prev = pools[p + PREV_USED]!;
    if (prev !== 0) pools[prev + NEXT_USED] = next;
    else pools[sizeClass] = next;
    if (next !== 0) pools[next + PREV_USED] = prev;
  }

  /** An empty pool goes back to its arena, for any size. */
  private giveBack(p: number): void {
    this.unlink(p, this.pools[p + SIZE_CLASS]!);
    this.poolUnits -= POOL_UNITS;
    const arena = p >> (ARENA_SHIFT + RECORD);
    this.freePools[arena]!.push(p);
    if (this.nfree[arena]!++ === 0) {
      this.usable.push(arena);
      this.usable.sort((a, b) => a - b);
    }
  }

  private newPool(sizeClass: number): number {
    // The arena with the fewest free pools goes first, so that others can empty and be given back.
    let arena = 0;
    for (const a of this.usable) if (arena === 0 || this.nfree[a]! < this.nfree[arena]!) arena = a;
    if (arena === 0) arena = this.newArena();
    const { pools } = this;
    this.poolUnits += POOL_UNITS;
    this.nfree[arena] = this.nfree[arena]! - 1;
    if (this.nfree[arena] === 0) this.usable = this.usable.filter((a) => a !== arena);
    let p = this.freePools[arena]!.pop();
    if (p === undefined) {
      p = ((arena << ARENA_SHIFT) + this.fresh[arena]!) << RECORD;
      this.fresh[arena] = this.fresh[arena]! + 1;
      pools[p + SIZE_CLASS] = -1;
    }
    // A pool that served this size before keeps its list of freed blocks.
    if (pools[p + SIZE_CLASS] !== sizeClass) {
      pools[p + SIZE_CLASS] = sizeClass;
      pools[p + STACK_TOP] = pools[p + STACK]!;
      pools[p + NEXT] = POOL_HEADER_UNITS;
    }
    this.link(p, sizeClass);
    return p;
  }

  /** Room for all blocks of the pool, when the first is freed or it was made for a size with fewer: the stack's end. */
  private makeStack(p: number): number {
    const { pools } = this;
    const room = blocksInPool(pools[p + SIZE_CLASS]!);
    while (this.stacksTop + room > this.stacks.length) {
      const bigger = new Uint16Array(this.stacks.length * 2);
      bigger.set(this.stacks);
      this.stacks = bigger;
    }
    const start = this.stacksTop;
    const old = pools[p + STACK]!;
    const top = pools[p + STACK_TOP]!;
    this.stacks.copyWithin(start, old, top);
    this.stacksTop += room;
    pools[p + STACK] = start;
    pools[p + STACK_END] = start + room;
    pools[p + STACK_TOP] = start + top - old;
    return start + top - old;
  }

  private newArena(): number {
    const arena = this.nfree.length;
    this.nfree.push(POOLS_PER_ARENA);
    this.fresh.push(0);
    this.freePools.push([]);
    this.usable.push(arena);
    if (this.end > this.pools.length) {
      const bigger = new Int32Array(this.pools.length * 2);
      bigger.set(this.pools);
      this.pools = bigger;
    }
    return arena;
  }

  // ---- large requests -----------------------------------------------------------------------------------------------

  private mallocLarge(nbytes: number): number {
    const units = largeUnitsOf(nbytes);
    this.largeUnits += units;
    if (this.largeUnits + this.poolUnits > this.alarm) this.warn();
    if (this.journal !== null) this.journal.took(units);
    const reused = this.largeFree.get(units)?.pop();
    if (reused !== undefined) return reused;
    const address = this.largeTop;
    if (address + units > LARGE_END) return this.largerBlock(units);
    this.largeTop += units;
    this.largeSize.set(address, units);
    return address;
  }

  /** Whether the block could take that size where it lies. */
  resizeLarge(address: number, nbytes: number): boolean {
    const units = largeUnitsOf(nbytes);
    const old = this.largeSize.get(address)!;
    if (units === old) return true;
    if (address + old !== this.largeTop || address + units > LARGE_END) return false;
    this.largeTop = address + units;
    this.largeSize.set(address, units);
    this.largeUnits += units - old;
    if (this.journal !== null) this.journal.resized(address, units);
    if (this.largeUnits + this.poolUnits > this.alarm) this.warn();
    return true;
  }

  private warn(): void {
    const units = this.largeUnits + this.poolUnits;
    if (units > MOST_UNITS) throw new LimitReached('memory', 'the program needs more memory than it may have');
    this.alarm = units + (units >> 3);
    this.onShort();
  }

  /** All addresses were used once: a free block that is larger than it need be. */
  private largerBlock(units: number): number {
    for (const [size, free] of this.largeFree) if (size > units && free.length > 0) return free.pop()!;
    throw new LimitReached('memory', 'no addresses are left for a large block');
  }

  private freeLarge(address: number): void {
    const units = this.largeSize.get(address);
    if (units === undefined) throw new EngineError(`free of an unknown large address ${address}`);
    this.largeUnits -= units;
    if (this.largeUnits + this.poolUnits < MEMORY_UNITS) this.alarm = MEMORY_UNITS;
    let list = this.largeFree.get(units);
    if (list === undefined) {
      list = [];
      this.largeFree.set(units, list);
    }
    list.push(address);
  }
}
