'use client';

import { memo, useState } from 'react';
import type { Lifetime, Moment } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { unlistedWords } from './text';

interface DeathsProps {
  /** What died in the run so far, the latest first. */
  deaths: readonly Lifetime[];
  /** Objects of the run that no list knows, dead or alive. */
  omitted: number;
  /** Where the last step began: what died since then died just now. */
  from: Moment;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
  onGoTo(at: Moment): void;
}

const MOST_SHOWN = 8;

const PLAIN_TYPES: ReadonlySet<string> = new Set(['int', 'float', 'complex', 'str', 'bytes']);
const isPlain = ({ object }: Lifetime) => PLAIN_TYPES.has(object.type);

function firstOf(deaths: readonly Lifetime[], most: number): Lifetime[] {
  const telling: Lifetime[] = [];
  const plain: Lifetime[] = [];
  for (const death of deaths) {
    if (telling.length === most) break;
    if (!isPlain(death)) telling.push(death);
    else if (plain.length < most) plain.push(death);
  }
  return [...telling, ...plain].slice(0, most);
}

/** What died during the run, up to the moment, and why. */
export function Deaths({ deaths, omitted, from, ...rest }: DeathsProps) {
  const [showsAll, setShowsAll] = useState(false);
  if (deaths.length === 0) return null;
  // A loop frees a number with every turn: what has a story of its own comes first.
  const shown = firstOf(deaths, showsAll ? 200 : MOST_SHOWN);
  const hidden = deaths.length - shown.length;
  return (
    <div className="mt-4">
      <p className="flex items-center gap-2 text-sm font-semibold text-ink">
        <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-none stroke-freed stroke-2">
          <path d="M1.5 1.5l9 9M10.5 1.5l-9 9" />
        </svg>
        Freed
      </p>
      <ul aria-label="Freed objects" className="mt-1.5 grid list-none gap-1.5 p-0 text-sm">
        {shown.map((death) => (
          <DeathLine
            key={death.serial}
            death={death}
            isNow={(death.died ?? -1) >= from.step}
            run={from.run}
            letter={rest.letters.get(death.serial)}
            {...rest}
          />
        ))}
      </ul>
      {omitted > 0 && <p className="mt-1.5 text-xs text-ink-faint">{unlistedWords(omitted)}</p>}
      {hidden > 0 && (
        <p className="mt-1.5 text-xs text-ink-faint">
          {showsAll ? (
            `and ${plural(hidden, 'more object', 'more objects')}: see the Timeline.`
          ) : (
            <MoreButton onClick={() => setShowsAll(true)}>Show {hidden.toLocaleString('en')} more</MoreButton>
          )}
        </p>
      )}
    </div>
  );
}

type DeathLineProps = Omit<DeathsProps, 'deaths' | 'from' | 'omitted'> & {
  death: Lifetime;
  isNow: boolean;
  run: number;
  /** As in `letters`: another one is to be drawn. */
  letter: string | undefined;
};

const DeathLine = memo(function DeathLine({ death, isNow, run, letters, selected, onSelect, onGoTo }: DeathLineProps) {
  const { object, label, cause, died, diedIn } = death;
  return (
    <li className={`m-0 flex flex-wrap items-baseline gap-x-2 gap-y-0.5 ${isNow ? '' : 'opacity-90'}`}>
      <ObjectButton object={object} letters={letters} selected={selected} onSelect={onSelect} isDead />{' '}
      <span className="text-xs text-ink-soft">
        {object.type}
        {label !== null && (
          <>
            , last known as <code className="font-mono">{label}</code>
          </>
        )}
        : {cause === 'count reached zero' ? 'its count reached zero' : 'collected with its cycle'}
        {diedIn && died !== null && (
          <>
            {' '}
            in{' '}
            <button
              type="button"
              onClick={() => onGoTo({ run, step: died + 1 })}
              className="rounded text-accent underline-offset-2 hover:underline"
              title="Go to that moment"
            >
              line {diedIn.line}
            </button>
          </>
        )}
        .{isNow && <span className="ml-1.5 font-medium text-freed">just now</span>}
      </span>
    </li>
  );
});
