/** The model of pymalloc and the free lists at a moment. */
import type { FreeLists } from '../heap/freelists';
import { ID_BASE } from '../heap/layout';
import type { Obmalloc } from '../heap/obmalloc';
import { type TimeMachine, positionOf } from './time-machine';
import { type AllocatorReading, type Moment, READING_LIMITS } from './trace-types';

const ARENA_BYTES = 1 << 20;
const POOL_BYTES = 1 << 14;
const POOL_HEADER = 48;

/** @param lengths of the free lists, in their order */
export function stateOf(
  obmalloc: Obmalloc,
  freelists: FreeLists,
  lengths: readonly number[],
): Omit<AllocatorReading, 'at'> {
  const { arenas, poolsInUse } = obmalloc.stats();
  return {
    arenas,
    arenaBytes: ARENA_BYTES,
    poolBytes: POOL_BYTES,
    classes: obmalloc.classStats().map(({ pools, used, free }, i) => {
      const size = (i + 1) * 16;
      return { size, pools, blocksPerPool: Math.floor((POOL_BYTES - POOL_HEADER) / size), used, free };
    }),
    ...poolsNow(obmalloc),
    large: largeNow(obmalloc),
    freePools: arenas * (ARENA_BYTES / POOL_BYTES) - poolsInUse,
    freeLists: [...freelists.all()].map(({ name, max }, i) => ({ name, length: lengths[i]!, limit: max })),
  };
}

function poolsNow(obmalloc: Obmalloc): Pick<AllocatorReading, 'pools' | 'poolsOmitted'> {
  const pools: AllocatorReading['pools'][number][] = [];
  let poolsOmitted = 0;
  for (const { address, arena, sizeClass, used } of obmalloc.allPools()) {
    if (pools.length >= READING_LIMITS.pools) {
      poolsOmitted++;
      continue;
    }
    pools.push({
      id: `0x${(ID_BASE + address * 16).toString(16)}`,
      arena,
      size: sizeClass < 0 ? null : (sizeClass + 1) * 16,
      used,
      stretches: sizeClass < 0 ? [] : obmalloc.stretches(address),
    });
  }
  return { pools, poolsOmitted };
}

function largeNow(obmalloc: Obmalloc): AllocatorReading['large'] {
  const { blocks, units } = obmalloc.large();
  return { blocks, bytes: units * 16 };
}

export function readAllocator(machine: TimeMachine, at: Moment): AllocatorReading | null {
  const run = machine.run(at.run);
  if (run === null || at.step < 0 || at.step > run.summary.steps) return null;
  const position = positionOf(run, at.step);
  const obmalloc = machine.allocatorOf(run).at(position);
  return { at, ...stateOf(obmalloc, run.recorder.ip.heap.freelists, run.trace.allocator.lengthsAt(position)) };
}
