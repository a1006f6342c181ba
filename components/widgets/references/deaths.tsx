'use client';

import { useState } from 'react';
import type { MemoryReport } from '../../../lib/engine/snapshot/snapshot';
import { MoreButton } from '../../ui/more-button';
import { type Cursor, deathsUntil, type TimedDeath } from '../cursor';
import { ObjectChip, ObjectLetter } from '../object-chip';
import type { ObjectLetters } from '../object-letters';

interface DeathsProps {
  report: MemoryReport;
  cursor: Cursor;
  letters: ObjectLetters;
}

const MOST_SHOWN = 8;

const PLAIN_TYPES: ReadonlySet<string> = new Set(['int', 'float', 'complex', 'str', 'bytes']);
const isPlain = ({ object }: TimedDeath) => PLAIN_TYPES.has(object.type);

/** What died during the cell, up to the cursor, and why. */
export function Deaths({ report, cursor, letters }: DeathsProps) {
  const [showsAll, setShowsAll] = useState(false);
  const { deaths, omitted } = deathsUntil(report, cursor);
  if (deaths.length === 0) return null;
  // A loop frees a number with every turn: what has a story of its own comes first.
  const ordered = [...deaths.filter((death) => !isPlain(death)), ...deaths.filter(isPlain)];
  const shown = showsAll ? ordered : ordered.slice(0, MOST_SHOWN);
  const hidden = deaths.length - shown.length;
  return (
    <div className="mt-4">
      <p className="flex items-center gap-2 text-sm font-semibold text-ink">
        <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-none stroke-freed stroke-2">
          <path d="M1.5 1.5l9 9M10.5 1.5l-9 9" />
        </svg>
        Freed
      </p>
      <ul aria-label="Freed objects" className="mt-1.5 list-none grid gap-1.5 p-0 text-sm">
        {shown.map((death) => (
          <DeathLine key={death.object.serial} death={death} letters={letters} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className="mt-1.5">
          <MoreButton onClick={() => setShowsAll(true)}>Show {hidden.toLocaleString('en')} more</MoreButton>
        </p>
      )}
      {hidden === 0 && omitted > 0 && (
        <p className="mt-1.5 text-xs text-ink-faint">and {omitted.toLocaleString('en')} more</p>
      )}
    </div>
  );
}

function DeathLine({ death, letters }: { death: TimedDeath; letters: ObjectLetters }) {
  const { object, cause, line, names, because, isNow } = death;
  // Every method calls its object `self`: that tells nobody which one it was.
  const name = names.find((each) => each !== 'self');
  const holderLetter = because && letters.get(because.serial);
  return (
    <li className={`m-0 flex flex-wrap items-baseline gap-x-2 gap-y-0.5 ${isNow ? '' : 'opacity-90'}`}>
      <ObjectChip object={object} letters={letters} isDead />{' '}
      <span className="text-xs text-ink-soft">
        {object.type}
        {name && (
          <>
            , last known as <code className="font-mono">{name}</code>
          </>
        )}
        : {cause === 'count reached zero' ? 'its count reached zero' : 'collected with its cycle'} in line {line}
        {because && cause === 'count reached zero' && (
          <>
            {' '}
            when {holderLetter && <ObjectLetter letter={holderLetter} isInline />}{' '}
            <code className="font-mono">{because.repr}</code>, which held it, was freed
          </>
        )}
        .{isNow && <span className="ml-1.5 font-medium text-freed">just now</span>}
      </span>
    </li>
  );
}
