'use client';

import { useState } from 'react';
import type { AllocatorReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { plural } from '../plural';

/** Classes shown at first. */
const FIRST = 8;

/** The sizes that blocks come in: how many pools serve each, and how full these are. */
export function SizeClasses({ classes }: Pick<AllocatorReading, 'classes'>) {
  const [showsAll, setShowsAll] = useState(false);
  const inUse = classes.filter(({ pools }) => pools > 0);
  const shown = showsAll ? inUse : inUse.slice(0, FIRST);
  return (
    <div>
      <table className="w-full border-collapse text-sm">
        <caption className="pb-1 text-left text-sm font-semibold text-ink">Size classes</caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="pb-1 text-right font-normal">
              Bytes
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              Pools
            </th>
            <th scope="col" className="pb-1 pl-2 text-left font-normal xs:pl-4">
              Blocks in use
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              Free
            </th>
          </tr>
        </thead>
        <tbody className="font-mono text-[0.8125rem] tabular-nums">
          {shown.map(({ size, pools, used, free }) => (
            <tr key={size} className="border-t border-line">
              <th scope="row" className="py-1 text-right font-normal text-ink">
                {size}
              </th>
              <td className="py-1 pl-3 text-right text-ink-soft">{pools.toLocaleString('en')}</td>
              <td className="py-1 pl-2 xs:pl-4">
                <span className="flex items-center gap-2">
                  <span className="w-[6ch] text-right text-ink-soft">{used.toLocaleString('en')}</span>
                  <svg
                    aria-hidden="true"
                    viewBox="0 0 100 6"
                    preserveAspectRatio="none"
                    className="h-1.5 w-0 min-w-6 flex-1 xs:min-w-10 forced-colors:outline rounded-full"
                  >
                    <rect width="100" height="6" className="fill-track" />
                    <rect width={(used / (used + free)) * 100} height="6" className="fill-accent" />
                  </svg>
                </span>
              </td>
              <td className="py-1 pl-3 text-right text-ink-soft">{free.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < inUse.length && (
        <p className="mt-1.5">
          <MoreButton onClick={() => setShowsAll(true)}>
            Show {plural(inUse.length - shown.length, 'class', 'classes')} more
          </MoreButton>
        </p>
      )}
    </div>
  );
}
