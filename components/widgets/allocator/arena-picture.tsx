'use client';

import { type KeyboardEvent, useRef } from 'react';
import type { AllocatorReading } from '../../../lib/engine/snapshot/trace-types';
import { type Pool, blocksIn } from './places';
import { poolText } from './text';

interface ArenaPictureProps {
  reading: AllocatorReading;
  /** Index of the pool that is open. */
  open: number;
  /** Pools with objects of the program in them. */
  marked: ReadonlySet<number>;
  onOpen(index: number): void;
}

/** Every pool as a cell that fills up; arrow keys go from pool to pool. */
export function ArenaPicture({ reading, open, marked, onOpen }: ArenaPictureProps) {
  const body = useRef<HTMLDivElement>(null);
  const { pools, arenaBytes, poolBytes } = reading;
  const perArena = arenaBytes / poolBytes;
  const arenas = Math.ceil(pools.length / perArena);
  /** Fewer on a narrow page. */
  const columns = () => {
    const row = body.current?.querySelector('[data-row]');
    return row ? getComputedStyle(row).gridTemplateColumns.split(' ').length : 1;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: open + 1,
      ArrowLeft: open - 1,
      ArrowDown: open + columns(),
      ArrowUp: open - columns(),
      Home: 0,
      End: pools.length - 1,
    }[event.key];
    if (to === undefined || to < 0 || to >= pools.length || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onOpen(to);
    body.current?.querySelector<HTMLElement>(`[data-pool="${to}"]`)?.focus();
  };
  return (
    <div ref={body} role="listbox" aria-label="Pools" aria-orientation="horizontal" onKeyDown={onKeyDown} tabIndex={-1}>
      {Array.from({ length: arenas }, (_, arena) => {
        const first = arena * perArena;
        const own = pools.slice(first, first + perArena);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an arena is its number
          <div key={arena} className="mt-2 first:mt-0">
            <p aria-hidden="true" className="mb-1 text-xs text-ink-faint">
              Arena {arena + 1}
            </p>
            <div data-row="" className="grid grid-cols-8 gap-px sm:grid-cols-16 sm:gap-1">
              {own.map((pool, i) => (
                <PoolCell
                  key={pool.id}
                  pool={pool}
                  index={first + i}
                  reading={reading}
                  isOpen={first + i === open}
                  isMarked={marked.has(first + i)}
                  onOpen={() => onOpen(first + i)}
                />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

interface PoolCellProps {
  pool: Pool;
  index: number;
  reading: AllocatorReading;
  isOpen: boolean;
  isMarked: boolean;
  onOpen(): void;
}

function PoolCell({ pool, index, reading, isOpen, isMarked, onOpen }: PoolCellProps) {
  const blocks = blocksIn(pool, reading);
  const share = blocks === 0 ? 0 : pool.used / blocks;
  const text = poolText(index, reading);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    <div
      role="option"
      aria-selected={isOpen}
      aria-label={text}
      title={text}
      data-pool={index}
      tabIndex={isOpen ? 0 : -1}
      onClick={onOpen}
      className={`relative h-9 cursor-pointer overflow-hidden rounded-sm border text-center ${
        pool.size === null ? 'border-dashed border-line bg-surface' : 'border-line-strong/50 bg-sunken'
      } ${isOpen ? 'outline-2 outline-offset-1 outline-accent' : 'hover:border-line-strong'}`}
    >
      <span
        aria-hidden="true"
        style={{ height: `${share * 100}%` }}
        className="absolute inset-x-0 bottom-0 bg-accent/25 forced-colors:bg-[CanvasText] forced-colors:opacity-30"
      />
      <span aria-hidden="true" className="relative font-mono text-[0.6875rem] leading-9 text-ink tabular-nums">
        {pool.size ?? ''}
      </span>
      {isMarked && (
        <span
          aria-hidden="true"
          className="absolute top-0.5 right-0.5 size-1.5 rounded-full bg-gained forced-colors:bg-[CanvasText]"
        />
      )}
    </div>
  );
}
