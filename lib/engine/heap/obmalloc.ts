/**
 * A model of pymalloc (Objects/obmalloc.c, 64-bit): which simulated address an allocation of so many bytes gets, so
 * that `id()` values are reused as CPython reuses them. It holds no memory, only the book-keeping: arenas of 1 MiB,
 * pools of 16 KiB with a 48-byte header, 32 size classes of 16 bytes. Addresses are counted in units of 16 bytes.
 *
 * The book-keeping is arrays of numbers, by pool: an allocation and a release are a few loads each. A pool's freed
 * blocks are a stack of 16-bit offsets in `stacks`, which has room for all blocks of the pool.
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
/** Large blocks live above all arenas. */
const LARGE_BASE = 0x4000_0000;
const LARGE_END = 0x7fff_ffff;
/** Simulated bytes, in units of 16, that a program may have before MemoryError is raised (2 GB), and before it is stopped. */
const MEMORY_UNITS = 1 << 27;
const MOST_UNITS = 3 * MEMORY_UNITS;

export interface AllocatorStats {
  arenas: number;
  poolsInUse: number;
  blocksInUse: number;
  bytesInUse: number;
}

function blocksInPool(sizeClass: number): number {
  return Math.floor((POOL_UNITS - POOL_HEADER_UNITS) / (sizeClass + 1));
}

export class Obmalloc {
  // By pool; pool 0 stands for none. An arena's pools have consecutive numbers, and the first arena is number 1.
  private sizeClass: Int8Array;
  private used: Int16Array;
  /** Next block that was never used, in units from the pool's start. */
  private next: Int16Array;
  /** Where the stack of freed blocks begins in `stacks`, its height, and for how many blocks there is room. */
  private stackStart: Int32Array;
  private stackSize: Int16Array;
  private stackRoom: Int16Array;
  /** Neighbours among the pools of the size class that have room. */
  private nextUsed: Int32Array;
  private prevUsed: Int32Array;
  private stacks: Uint16Array;
  private stacksTop = 0;
  /** `usedpools`: by size class, the pool that serves next. */
  private readonly front: Int32Array;

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
  /** Units in use at which the next warning comes; set by the heap: who is warned. */
  private alarm = MEMORY_UNITS;
  onShort: () => void = () => {};
  private blocks = 0;
  private units = 0;

  constructor(room = new Room(new ArrayBuffer(1 << 16))) {
    this.sizeClass = room.int8(POOLS_AT_FIRST);
    this.used = room.int16(POOLS_AT_FIRST);
    this.next = room.int16(POOLS_AT_FIRST);
    this.stackStart = room.int32(POOLS_AT_FIRST);
    this.stackSize = room.int16(POOLS_AT_FIRST);
    this.stackRoom = room.int16(POOLS_AT_FIRST);
    this.nextUsed = room.int32(POOLS_AT_FIRST);
    this.prevUsed = room.int32(POOLS_AT_FIRST);
    this.stacks = room.uint16(1 << 14);
    this.front = room.int32(SIZE_CLASSES);
    // As after CPython's start, some block of every size stays in use: else a size's only pool would empty with each
    // object, and the next size would take it over and give two sizes the same address.
    for (let sizeClass = 0; sizeClass < SIZE_CLASSES; sizeClass++) this.malloc((sizeClass + 1) * 16);
    this.blocks = 0;
    this.units = 0;
  }

  /** Address, in units of 16 bytes, of a new block of `nbytes`. */
  malloc(nbytes: number): number {
    this.blocks++;
    if (nbytes > SMALL_REQUEST_LIMIT) return this.mallocLarge(nbytes);
    const sizeClass = nbytes === 0 ? 0 : (nbytes - 1) >> 4;
    this.units += sizeClass + 1;
    let pool = this.front[sizeClass]!;
    if (pool === 0) pool = this.newPool(sizeClass);
    this.used[pool] = this.used[pool]! + 1;
    const n = this.stackSize[pool]!;
    let offset: number;
    if (n !== 0) {
      offset = this.stacks[this.stackStart[pool]! + n - 1]!;
      this.stackSize[pool] = n - 1;
      if (n === 1 && this.next[pool]! + sizeClass >= POOL_UNITS) this.unlink(pool, sizeClass);
    } else {
      offset = this.next[pool]!;
      const next = offset + sizeClass + 1;
      this.next[pool] = next;
      if (next + sizeClass >= POOL_UNITS) this.unlink(pool, sizeClass);
    }
    return (pool << POOL_SHIFT) + offset;
  }

  /** A block keeps its place with another size; the model need not know, who counts bytes does. */
  resize(_address: number, _nbytes: number): void {}

  free(address: number): void {
    this.blocks--;
    if (address >= LARGE_BASE) {
      this.freeLarge(address);
      return;
    }
    const pool = address >> POOL_SHIFT;
    const used = this.used[pool];
    if (used === undefined || used === 0) throw new EngineError(`free of an unknown address ${address}`);
    const sizeClass = this.sizeClass[pool]!;
    this.units -= sizeClass + 1;
    const n = this.stackSize[pool]!;
    if (n === 0 && this.next[pool]! + sizeClass >= POOL_UNITS) this.link(pool, sizeClass);
    if (n >= this.stackRoom[pool]!) this.makeStack(pool, blocksInPool(sizeClass));
    this.stacks[this.stackStart[pool]! + n] = address & (POOL_UNITS - 1);
    this.stackSize[pool] = n + 1;
    this.used[pool] = used - 1;
    if (used === 1) this.giveBack(pool, sizeClass);
  }

  stats(): AllocatorStats {
    let poolsInUse = 0;
    for (let arena = 1; arena < this.nfree.length; arena++) poolsInUse += POOLS_PER_ARENA - this.nfree[arena]!;
    return {
      arenas: this.nfree.length - 1,
      poolsInUse,
      blocksInUse: this.blocks,
      bytesInUse: this.units * 16,
    };
  }

  /** For each size class: its pools that hold blocks, the blocks in use and the free ones in these pools. */
  classStats(): { pools: number; used: number; free: number }[] {
    const classes = Array.from({ length: SIZE_CLASSES }, () => ({ pools: 0, used: 0, free: 0 }));
    const end = this.nfree.length << ARENA_SHIFT;
    for (let pool = 1 << ARENA_SHIFT; pool < end; pool++) {
      const used = this.used[pool]!;
      if (used === 0) continue;
      const c = classes[this.sizeClass[pool]!]!;
      c.pools++;
      c.used += used;
      c.free += blocksInPool(this.sizeClass[pool]!) - used;
    }
    return classes;
  }

  /** Every pool of every arena by address, `address` in units; `sizeClass` is -1 for one that holds no block. */
  *pools(): Generator<{ address: number; arena: number; sizeClass: number; used: number }> {
    const end = this.nfree.length << ARENA_SHIFT;
    for (let pool = 1 << ARENA_SHIFT; pool < end; pool++) {
      const used = this.used[pool]!;
      const sizeClass = used === 0 ? -1 : this.sizeClass[pool]!;
      yield { address: pool << POOL_SHIFT, arena: pool >> ARENA_SHIFT, sizeClass, used };
    }
  }

  /** A pool's blocks by address: lengths of stretches in use and freed in turn; the rest was never used. */
  stretches(address: number): number[] {
    const pool = address >> POOL_SHIFT;
    const units = this.sizeClass[pool]! + 1;
    const begun = (this.next[pool]! - POOL_HEADER_UNITS) / units;
    const start = this.stackStart[pool]!;
    const freed = Array.from(this.stacks.subarray(start, start + this.stackSize[pool]!));
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
  private link(pool: number, sizeClass: number): void {
    const next = this.front[sizeClass]!;
    this.nextUsed[pool] = next;
    this.prevUsed[pool] = 0;
    if (next !== 0) this.prevUsed[next] = pool;
    this.front[sizeClass] = pool;
  }

  private unlink(pool: number, sizeClass: number): void {
    const next = this.nextUsed[pool]!;
    const prev = this.prevUsed[pool]!;
    if (prev !== 0) this.nextUsed[prev] = next;
    else this.front[sizeClass] = next;
    if (next !== 0) this.prevUsed[next] = prev;
  }

  /** An empty pool goes back to its arena, for any size. */
  private giveBack(pool: number, sizeClass: number): void {
    this.unlink(pool, sizeClass);
    const arena = pool >> ARENA_SHIFT;
    this.freePools[arena]!.push(pool);
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
    this.nfree[arena] = this.nfree[arena]! - 1;
    if (this.nfree[arena] === 0) this.usable = this.usable.filter((a) => a !== arena);
    let pool = this.freePools[arena]!.pop();
    if (pool === undefined) {
      pool = (arena << ARENA_SHIFT) + this.fresh[arena]!;
      this.fresh[arena] = this.fresh[arena]! + 1;
      this.sizeClass[pool] = -1;
    }
    // A pool that served this size before keeps its list of freed blocks.
    if (this.sizeClass[pool] !== sizeClass) {
      this.sizeClass[pool] = sizeClass;
      this.stackSize[pool] = 0;
      this.next[pool] = POOL_HEADER_UNITS;
    }
    this.link(pool, sizeClass);
    return pool;
  }

  /** Room for all blocks of the pool: when the first is freed, or when it was made for a size with fewer. */
  private makeStack(pool: number, room: number): void {
    while (this.stacksTop + room > this.stacks.length) {
      const bigger = new Uint16Array(this.stacks.length * 2);
      bigger.set(this.stacks);
      this.stacks = bigger;
    }
    const old = this.stackStart[pool]!;
    this.stacks.copyWithin(this.stacksTop, old, old + this.stackSize[pool]!);
    this.stackStart[pool] = this.stacksTop;
    this.stackRoom[pool] = room;
    this.stacksTop += room;
  }

  private newArena(): number {
    const arena = this.nfree.length;
    this.nfree.push(POOLS_PER_ARENA);
    this.fresh.push(0);
    this.freePools.push([]);
    this.usable.push(arena);
    const pools = (arena + 1) << ARENA_SHIFT;
    if (pools > this.used.length) this.growPools(this.used.length * 2);
    return arena;
  }

  private growPools(n: number): void {
    const int32 = (old: Int32Array) => {
      const bigger = new Int32Array(n);
      bigger.set(old);
      return bigger;
    };
    const int16 = (old: Int16Array) => {
      const bigger = new Int16Array(n);
      bigger.set(old);
      return bigger;
    };
    const classes = new Int8Array(n);
    classes.set(this.sizeClass);
    this.sizeClass = classes;
    this.used = int16(this.used);
    this.next = int16(this.next);
    this.stackSize = int16(this.stackSize);
    this.stackRoom = int16(this.stackRoom);
    this.stackStart = int32(this.stackStart);
    this.nextUsed = int32(this.nextUsed);
    this.prevUsed = int32(this.prevUsed);
  }

  // ---- large requests -----------------------------------------------------------------------------------------------

  private mallocLarge(nbytes: number): number {
    const units = (nbytes + 8 + 15) >> 4;
    this.units += units;
    if (this.units > this.alarm) this.warn();
    const reused = this.largeFree.get(units)?.pop();
    if (reused !== undefined) return reused;
    const address = this.largeTop;
    if (address + units > LARGE_END) return this.largerBlock(units);
    this.largeTop += units;
    this.largeSize.set(address, units);
    return address;
  }

  private warn(): void {
    if (this.units > MOST_UNITS) throw new LimitReached('memory', 'the program needs more memory than it may have');
    this.alarm = this.units + (this.units >> 3);
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
    this.units -= units;
    if (this.units < MEMORY_UNITS) this.alarm = MEMORY_UNITS;
    let list = this.largeFree.get(units);
    if (list === undefined) {
      list = [];
      this.largeFree.set(units, list);
    }
    list.push(address);
  }
}
