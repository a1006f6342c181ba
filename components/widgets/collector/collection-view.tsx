'use client';

import { useState } from 'react';
import type { CollectionReport } from '../../../lib/engine/snapshot/snapshot';
import { MoreButton } from '../../ui/more-button';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { type Phase, phasesOf } from './phases';

interface CollectionViewProps {
  collection: CollectionReport;
  letters: ObjectLetters;
  isOpen: boolean;
}

export function CollectionView({ collection, letters, isOpen }: CollectionViewProps) {
  const { generation, reason, line, collected, countsBefore, countsAfter } = collection;
  return (
    <details open={isOpen} className="group/collection rounded-md border border-line bg-surface">
      <summary className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 px-3 py-2 text-sm hover:bg-sunken">
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className="size-2.5 shrink-0 fill-none stroke-current stroke-2 text-ink-faint group-open/collection:rotate-90"
        >
          <path d="M4 2l4 4-4 4" />
        </svg>
        <span className="font-semibold text-ink">
          {collected === 0
            ? 'Nothing collected'
            : `${collected.toLocaleString('en')} ${collected === 1 ? 'object' : 'objects'} collected`}
        </span>{' '}
        <span className="text-ink-soft">
          generation {generation}, line {line},{' '}
          {reason === 'threshold' ? 'a threshold was crossed' : <code className="font-mono text-xs">gc.collect()</code>}
        </span>
      </summary>
      <ol className="m-0 list-none border-t border-line p-0 px-3 py-3 text-sm">
        {phasesOf(collection).map((phase, at) => (
          <PhaseItem key={phase.name} phase={phase} number={at + 1} letters={letters} />
        ))}
      </ol>
      <p className="border-t border-line px-3 py-2 text-xs text-ink-faint">
        Counters before {countsBefore.join(', ')}; after {countsAfter.join(', ')}.
      </p>
    </details>
  );
}

interface PhaseItemProps {
  phase: Phase;
  number: number;
  letters: ObjectLetters;
}

/** More objects than this are folded. */
const MOST_OBJECTS = 6;

function PhaseItem({ phase, number, letters }: PhaseItemProps) {
  const [showsAll, setShowsAll] = useState(false);
  const objects = showsAll ? phase.objects : phase.objects.slice(0, MOST_OBJECTS);
  const hidden = phase.objects.length - objects.length;
  const isQuiet = phase.total === 0;
  const isDead = phase.name === 'Freed';
  return (
    <li className="relative m-0 flex gap-3 pb-3.5 last:pb-0">
      {/* The line that joins the phases. */}
      {number < 5 && <span aria-hidden="true" className="absolute top-6 bottom-0 left-[0.6875rem] w-px bg-line" />}
      <span
        aria-hidden="true"
        className={`z-1 grid size-[1.4375rem] shrink-0 place-items-center rounded-full border text-xs font-semibold ${
          isQuiet ? 'border-line bg-surface text-ink-faint' : 'border-cycle bg-cycle-soft text-cycle'
        }`}
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 leading-6">
          <span className={isQuiet ? 'text-ink-soft' : 'font-semibold text-ink'}>{phase.name}</span>{' '}
          <span className="font-mono text-[0.8125rem] font-semibold text-ink tabular-nums">
            {phase.total.toLocaleString('en')}
          </span>{' '}
          <span className="text-xs text-ink-soft">{phase.text}</span>
        </p>
        {phase.objects.length > 0 && (
          <ul className="mt-1 list-none grid gap-1.5 p-0">
            {objects.map(({ object, note }) => (
              <li key={object.serial} className="m-0 flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5">
                <ObjectChip object={object} letters={letters} isDead={isDead} />{' '}
                {note && <span className="text-xs text-ink-soft tabular-nums">{note}</span>}
              </li>
            ))}
          </ul>
        )}
        {hidden > 0 && (
          <p className="mt-1.5">
            <MoreButton onClick={() => setShowsAll(true)}>Show {hidden} more</MoreButton>
          </p>
        )}
        {hidden === 0 && phase.omitted > 0 && (
          <p className="mt-1 text-xs text-ink-faint">and {phase.omitted.toLocaleString('en')} more</p>
        )}
      </div>
    </li>
  );
}
