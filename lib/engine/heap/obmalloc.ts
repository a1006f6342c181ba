/**
 * A model of pymalloc (Objects/obmalloc.c, 64-bit): which simulated address an allocation of so many bytes gets, so
 * that `id()` values are reused as CPython reuses them. It holds no memory, only the book-keeping: arenas of 1 MiB,
 * pools of 16 KiB with a 48-byte header, 32 size classes of 16 bytes. Addresses are counted in units of 16 bytes.
 *
 * DIFFERS: requests over 512 bytes go to the system's allocator in CPython; here to a bump allocator with a
 * last-in-first-out list for each rounded size.
 */
import { EngineError } from './engine-error';

const SMALL_REQUEST_LIMIT = 512;
const POOL_UNITS = 16384 / 16;
const POOL_HEADER_UNITS = 3;
const POOLS_PER_ARENA = 64;
const ARENA_UNITS = POOLS_PER_ARENA * POOL_UNITS;
/** Large blocks live above all arenas. */
const LARGE_BASE = 0x4000_0000;

class Pool {
  sizeClass = -1;
  used = 0;
  /** Freed blocks, newest last. */
  readonly free: number[] = [];
  /** Next block that was never used, in units from the pool's start. */
  next = POOL_HEADER_UNITS;
  constructor(
    readonly base: number,
    readonly arena: Arena,
  ) {}
}

class Arena {
  readonly freePools: Pool[] = [];
  fresh = 0;
  nfree = POOLS_PER_ARENA;
  constructor(readonly base: number) {}
}

export interface AllocatorStats {
  arenas: number;
  poolsInUse: number;
  blocksInUse: number;
  bytesInUse: number;
}

export class Obmalloc {
  private readonly pools = new Map<number, Pool>();
  /** Per size class, the pools with room; the last one is the front of CPython's list. */
  private readonly usedPools: Pool[][] = Array.from({ length: 32 }, () => []);
  private readonly arenas: Arena[] = [];
  private largeTop = LARGE_BASE;
  private readonly largeFree = new Map<number, number[]>();
  private readonly largeSize = new Map<number, number>();
  private blocks = 0;
  private bytes = 0;

  constructor() {
    // As after CPython's start, some block of every size stays in use: else a size's only pool would empty with each
    // object, and the next size would take it over and give two sizes the same address.
    for (let sizeClass = 0; sizeClass < 32; sizeClass++) this.malloc((sizeClass + 1) * 16);
    this.blocks = 0;
    this.bytes = 0;
  }

  /** Address, in units of 16 bytes, of a new block of `nbytes`. */
  malloc(nbytes: number): number {
    this.blocks++;
    if (nbytes > SMALL_REQUEST_LIMIT) return this.mallocLarge(nbytes);
    const sizeClass = nbytes === 0 ? 0 : (nbytes - 1) >> 4;
    const units = sizeClass + 1;
    this.bytes += units * 16;
    const list = this.usedPools[sizeClass]!;
    let pool = list[list.length - 1];
    if (pool === undefined) {
      pool = this.newPool(sizeClass);
      list.push(pool);
    }
    pool.used++;
    let address = pool.free.pop();
    if (address === undefined) {
      address = pool.base + pool.next;
      pool.next += units;
    }
    if (pool.free.length === 0 && pool.next + units > POOL_UNITS) list.pop();
    return address;
  }

  free(address: number): void {
    this.blocks--;
    if (address >= LARGE_BASE) {
      this.freeLarge(address);
      return;
    }
    const pool = this.pools.get(Math.floor(address / POOL_UNITS));
    if (pool === undefined || pool.used === 0) throw new EngineError(`free of an unknown address ${address}`);
    const units = pool.sizeClass + 1;
    this.bytes -= units * 16;
    const list = this.usedPools[pool.sizeClass]!;
    const wasFull = pool.free.length === 0 && pool.next + units > POOL_UNITS;
    pool.free.push(address);
    pool.used--;
    if (wasFull) list.push(pool);
    if (pool.used === 0) {
      list.splice(list.indexOf(pool), 1);
      pool.arena.freePools.push(pool);
      pool.arena.nfree++;
    }
  }

  stats(): AllocatorStats {
    let poolsInUse = 0;
    for (const arena of this.arenas) poolsInUse += POOLS_PER_ARENA - arena.nfree;
    return { arenas: this.arenas.length, poolsInUse, blocksInUse: this.blocks, bytesInUse: this.bytes };
  }

  private newPool(sizeClass: number): Pool {
    // The arena with the fewest free pools goes first, so that others can empty and be given back.
    let arena: Arena | undefined;
    for (const a of this.arenas) if (a.nfree > 0 && (arena === undefined || a.nfree < arena.nfree)) arena = a;
    if (arena === undefined) {
      arena = new Arena((this.arenas.length + 1) * ARENA_UNITS);
      this.arenas.push(arena);
    }
    arena.nfree--;
    let pool = arena.freePools.pop();
    if (pool === undefined) {
      pool = new Pool(arena.base + arena.fresh++ * POOL_UNITS, arena);
      this.pools.set(pool.base / POOL_UNITS, pool);
    }
    // A pool that served this size before keeps its list of freed blocks.
    if (pool.sizeClass !== sizeClass) {
      pool.sizeClass = sizeClass;
      pool.free.length = 0;
      pool.next = POOL_HEADER_UNITS;
    }
    return pool;
  }

  private mallocLarge(nbytes: number): number {
    const units = (nbytes + 8 + 15) >> 4;
    this.bytes += units * 16;
    const reused = this.largeFree.get(units)?.pop();
    if (reused !== undefined) return reused;
    const address = this.largeTop;
    this.largeTop += units;
    this.largeSize.set(address, units);
    return address;
  }

  private freeLarge(address: number): void {
    const units = this.largeSize.get(address);
    if (units === undefined) throw new EngineError(`free of an unknown large address ${address}`);
    this.bytes -= units * 16;
    let list = this.largeFree.get(units);
    if (list === undefined) {
      list = [];
      this.largeFree.set(units, list);
    }
    list.push(address);
  }
}
