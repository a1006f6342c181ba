'use client';

import { useMemo, useState } from 'react';
import type { AllocatorReading, HeapGraph, WhyAliveReading } from '../../../lib/engine/snapshot/trace-types';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { ArenaPicture } from './arena-picture';
import { FreeLists } from './free-lists';
import { placeOf, sizedObjects } from './places';
import { PoolPicture } from './pool-picture';
import { SizeClasses } from './size-classes';
import { SizesTable } from './sizes-table';
import { allocatorText, blockText, overviewText, retainedText } from './text';
import { UNKNOWN_SIZE } from '../unknown-size';

interface AllocatorViewProps {
  reading: AllocatorReading;
  /** The objects at the moment that `reading` shows; null: on their way. */
  graph: HeapGraph | null;
  /** Why the selected object is alive at that moment; null: nothing is selected, or it does not live then. */
  why: WhyAliveReading | null;
  /** Which moment it shows: `at this moment`. */
  asOf: string;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Arenas, pools and blocks, the program's objects in them, and the free lists. */
export function AllocatorView({ reading, graph, why, asOf, letters, selected, onSelect }: AllocatorViewProps) {
  const objects = useMemo(() => sizedObjects(graph, reading), [graph, reading]);
  const marked = useMemo(() => new Set(objects.flatMap(({ place }) => place?.index ?? [])), [objects]);
  const [wanted, want] = useState<{ pool: number; selected: number | null } | null>(null);
  const chosen = objects.find(({ node }) => node.object.serial === selected) ?? null;
  const size = chosen?.node.size ?? null;
  // What was selected last goes before what was opened before it.
  const byHand = wanted !== null && wanted.selected === selected ? wanted.pool : null;
  const open = byHand ?? chosen?.place?.index ?? wanted?.pool ?? objects.find(({ place }) => place)?.place?.index ?? 0;
  return (
    <Picture name="Allocator" text={() => allocatorText(reading, objects, asOf, letters)}>
      <p className="mb-3 max-w-prose text-sm leading-relaxed text-pretty text-ink-soft">
        <span className="font-semibold text-ink">{asOf[0]?.toUpperCase() + asOf.slice(1)}:</span>{' '}
        {overviewText(reading)}
      </p>
      <ArenaPicture
        reading={reading}
        open={Math.min(open, reading.pools.length - 1)}
        marked={marked}
        onOpen={(pool) => want({ pool, selected })}
      />
      {reading.poolsOmitted > 0 && (
        <p className="mt-1 text-xs text-ink-faint">and {reading.poolsOmitted.toLocaleString('en')} more pools</p>
      )}
      <p className="mt-1.5 text-xs text-ink-faint">
        A number is the size of a pool’s blocks in bytes, the filling how many are in use
        {marked.size > 0 && (
          <>
            ,{' '}
            <span
              aria-hidden="true"
              className="inline-block size-1.5 rounded-full bg-gained align-middle forced-colors:bg-[CanvasText]"
            />{' '}
            that objects of the program lie in it
          </>
        )}
        .
      </p>
      <div className="mt-4">
        <PoolPicture
          reading={reading}
          index={open}
          objects={objects}
          selected={selected}
          letters={letters}
          onSelect={onSelect}
        />
      </div>
      {why !== null && why.object.serial === selected && (
        <div className="mt-4 rounded-md border border-accent/50 bg-accent-soft px-3 py-2 text-sm leading-relaxed text-ink">
          <ObjectChip object={why.object} letters={letters} isFull />
          <p className="mt-1 text-ink-soft">
            {size !== null ? (
              <>
                <code className="font-mono text-[0.8125rem]">sys.getsizeof</code> {size.toLocaleString('en')} bytes;{' '}
              </>
            ) : (
              chosen !== null && `${UNKNOWN_SIZE}; `
            )}
            {blockText(placeOf(why.object.id, reading), reading)}. {retainedText(why)}
          </p>
        </div>
      )}
      <div className="mt-5">
        <SizesTable
          reading={reading}
          objects={objects}
          omitted={graph?.nodesOmitted ?? 0}
          letters={letters}
          selected={selected}
          onSelect={onSelect}
        />
      </div>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-5 sm:grid-cols-2">
        <SizeClasses classes={reading.classes} />
        <FreeLists freeLists={reading.freeLists} />
      </div>
      <p className="mt-4 max-w-prose text-xs leading-relaxed text-pretty text-ink-faint">
        Blocks and addresses are given out and used again as CPython’s pymalloc does on a 64-bit machine. What CPython
        itself has loaded at its start takes more pools than it does here.
      </p>
    </Picture>
  );
}
