'use client';

import { useState } from 'react';
import type { MomentReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { namedObjects } from './named-objects';

/** More than this are folded: enough for a lesson. */
const MOST = 12;

interface ChooseObjectProps {
  reading: MomentReading | null;
  letters: ObjectLetters;
  onSelect(serial: number | null): void;
}

/** Nothing is selected: what this view is for, and the objects of this moment to begin with. */
export function ChooseObject({ reading, letters, onSelect }: ChooseObjectProps) {
  const [showsAll, setShowsAll] = useState(false);
  const objects = reading ? namedObjects(reading) : [];
  const shown = showsAll ? objects : objects.slice(0, MOST);
  return (
    <div className="py-1 text-sm text-ink-soft">
      <p>
        Select an object, here or anywhere on the page, to read its life: who held it when, why it is alive, or how it
        died.
      </p>
      {reading !== null && objects.length === 0 && <p className="mt-2">No name refers to an object at this moment.</p>}
      {shown.length > 0 && (
        <ul
          aria-label="Objects with a name at this moment"
          className="m-0 mt-2 grid list-none gap-x-6 gap-y-1 p-0 sm:grid-cols-2"
        >
          {shown.map(({ object, names }) => (
            <li key={object.serial} className="m-0 grid min-w-0 grid-cols-[7rem_minmax(0,1fr)] items-baseline gap-2">
              <code className="truncate font-mono text-[0.8125rem] font-semibold text-ink">{names.join(', ')}</code>
              <span className="min-w-0 px-1 py-0.5 [&_code]:block [&_code]:truncate">
                <ObjectButton object={object} letters={letters} selected={null} onSelect={onSelect} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown.length < objects.length && (
        <p className="mt-2">
          <MoreButton onClick={() => setShowsAll(true)}>Show {objects.length - shown.length} more objects</MoreButton>
        </p>
      )}
      {reading !== null && reading.state.omitted > 0 && (
        <p className="mt-2 text-xs text-ink-faint">and {reading.state.omitted.toLocaleString('en')} more</p>
      )}
    </div>
  );
}
