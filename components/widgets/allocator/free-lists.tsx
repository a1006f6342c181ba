'use client';

import { useState } from 'react';
import type { AllocatorReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { plural } from '../plural';

/** Freed objects that wait for the next of their kind. */
export function FreeLists({ freeLists }: Pick<AllocatorReading, 'freeLists'>) {
  const [showsEmpty, setShowsEmpty] = useState(false);
  const filled = freeLists.filter(({ length }) => length > 0);
  const shown = showsEmpty ? freeLists : filled;
  const empty = freeLists.length - filled.length;
  return (
    <div>
      <p className="text-sm font-semibold text-ink">Free lists</p>
      <p className="mt-0.5 mb-1.5 text-xs text-ink-faint">
        Freed objects of some types keep their block for the next of their kind. Such a block counts as in use. A full
        collection empties the lists.
      </p>
      {shown.length > 0 && (
        <ul aria-label="Free lists" className="m-0 grid list-none gap-y-1 p-0">
          {shown.map(({ name, length, limit }) => (
            <li
              key={name}
              className="m-0 grid grid-cols-[minmax(0,1fr)_3rem_5.5rem] items-center gap-3 xs:grid-cols-[minmax(0,1fr)_5rem_5.5rem] text-xs"
            >
              <code className="font-mono text-ink wrap-anywhere">{name}</code>
              <svg
                aria-hidden="true"
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                className="h-1.5 w-full rounded-full forced-colors:outline"
              >
                <rect width="100" height="6" className="fill-track" />
                <rect
                  width={limit === null || limit === 0 ? 0 : (length / limit) * 100}
                  height="6"
                  className="fill-accent"
                />
              </svg>
              <span className="text-right font-mono text-ink-soft tabular-nums">
                {length.toLocaleString('en')}
                {limit !== null && <span className="text-ink-faint"> / {limit.toLocaleString('en')}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {empty > 0 && !showsEmpty && (
        <p className="mt-1.5">
          <MoreButton onClick={() => setShowsEmpty(true)}>Show {plural(empty, 'empty list')}</MoreButton>
        </p>
      )}
    </div>
  );
}
