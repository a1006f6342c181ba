/** Where objects lie: pools, blocks, and what else the allocator's reading tells of them. */
import type { ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import type { AllocatorReading, GraphNode, HeapGraph } from '../../../lib/engine/snapshot/trace-types';
import { isCode, isHeldByCode } from '../parts';

/** `pool_header` of obmalloc.c takes the first bytes of a pool. */
const POOL_HEADER = 48;

export type Pool = AllocatorReading['pools'][number];

export interface Place {
  readonly pool: Pool;
  /** Index among the reading's pools, and of the block in the pool. */
  readonly index: number;
  readonly block: number;
}

/** The block that an object lies in; null: not in a pool that is listed. */
export function placeOf(id: string, { pools, poolBytes }: AllocatorReading): Place | null {
  const address = Number(id);
  const index = pools.findIndex((pool) => address >= Number(pool.id) && address < Number(pool.id) + poolBytes);
  const pool = pools[index];
  if (pool === undefined || pool.size === null) return null;
  return { pool, index, block: Math.floor((address - Number(pool.id) - POOL_HEADER) / pool.size) };
}

export const blocksIn = (pool: Pool, { poolBytes }: AllocatorReading): number =>
  pool.size === null ? 0 : Math.floor((poolBytes - POOL_HEADER) / pool.size);

export type BlockState = 'in use' | 'freed' | 'never used';

export interface Stretch {
  readonly state: BlockState;
  readonly from: number;
  readonly length: number;
}

/** A pool's blocks from first to last, equal neighbours together. */
export function stretchesOf(pool: Pool, reading: AllocatorReading): readonly Stretch[] {
  const out: Stretch[] = [];
  let from = 0;
  pool.stretches.forEach((length, i) => {
    if (length > 0) out.push({ state: i % 2 === 0 ? 'in use' : 'freed', from, length });
    from += length;
  });
  const rest = blocksIn(pool, reading) - from;
  if (rest > 0) out.push({ state: 'never used', from, length: rest });
  return out;
}

export interface Totals {
  readonly poolsInUse: number;
  readonly pools: number;
  readonly used: number;
  readonly usedBytes: number;
  readonly free: number;
}

export function totalsOf({ classes, freePools }: AllocatorReading): Totals {
  const sum = (of: (each: AllocatorReading['classes'][number]) => number) =>
    classes.reduce((n, each) => n + of(each), 0);
  const poolsInUse = sum(({ pools }) => pools);
  return {
    poolsInUse,
    pools: poolsInUse + freePools,
    used: sum(({ used }) => used),
    usedBytes: sum(({ used, size }) => used * size),
    free: sum(({ free }) => free),
  };
}

export interface SizedObject {
  readonly node: GraphNode;
  readonly place: Place | null;
  /** It belongs to a class or a function and has no name: shown after the others. */
  readonly isPart: boolean;
}

/** The program's counted objects with their sizes, the largest first. */
export function sizedObjects(graph: HeapGraph | null, reading: AllocatorReading): readonly SizedObject[] {
  if (graph === null) return [];
  const refs = new Map(graph.nodes.map(({ object }) => [object.serial, object]));
  const holders = new Map<number, (ObjectRef | null)[]>();
  for (const { from, to, weak } of graph.edges) {
    if (!weak) holders.set(to, [...(holders.get(to) ?? []), refs.get(from) ?? null]);
  }
  return graph.nodes
    .filter(({ object, dying }) => !object.immortal && !dying)
    .map((node): SizedObject => {
      const { object, names } = node;
      const isPart = names.length === 0 && (isCode(object) || isHeldByCode(holders.get(object.serial) ?? []));
      return { node, place: placeOf(object.id, reading), isPart };
    })
    .sort((a, b) => Number(a.isPart) - Number(b.isPart) || (b.node.size ?? 0) - (a.node.size ?? 0));
}

/** `1,024 bytes`, `16 KiB`, `1.5 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1 << 10) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [unit, size] = bytes < 1 << 20 ? (['KiB', 1 << 10] as const) : (['MiB', 1 << 20] as const);
  return `${(bytes / size).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}

/** `pool 3 of arena 1`. */
export function poolName(index: number, { pools, arenaBytes, poolBytes }: AllocatorReading): string {
  const { arena } = pools[index]!;
  const perArena = arenaBytes / poolBytes;
  return `pool ${(index % perArena) + 1} of arena ${arena}`;
}
