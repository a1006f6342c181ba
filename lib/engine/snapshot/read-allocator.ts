/** The model of pymalloc and of the free lists, as a run's end left it. */
import type { Heap } from '../heap/heap';
import type { TimeMachine } from './time-machine';
import type { AllocatorReading, Moment } from './trace-types';

const ARENA_BYTES = 1 << 20;
const POOL_BYTES = 1 << 14;
const POOL_HEADER = 48;

export function allocatorNow({ obmalloc, freelists }: Heap): Omit<AllocatorReading, 'at'> {
  const { arenas, poolsInUse } = obmalloc.stats();
  return {
    arenas,
    arenaBytes: ARENA_BYTES,
    poolBytes: POOL_BYTES,
    classes: obmalloc.classStats().map(({ pools, used, free }, i) => {
      const size = (i + 1) * 16;
      return { size, pools, blocksPerPool: Math.floor((POOL_BYTES - POOL_HEADER) / size), used, free };
    }),
    freePools: arenas * (ARENA_BYTES / POOL_BYTES) - poolsInUse,
    freeLists: [...freelists.all()].map(({ name, size, max }) => ({ name, length: size, limit: max })),
  };
}

export function readAllocator(machine: TimeMachine, at: Moment): AllocatorReading | null {
  const run = machine.run(at.run);
  return run === null || at.step !== run.summary.steps ? null : { at, ...run.allocator };
}
