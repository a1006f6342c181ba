'use client';

import { useId, useState } from 'react';
import type { BiographyReading, Moment, RunSummary, WhyAliveReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { EventList } from './event-list';
import { lifeItems, standingAt } from './life';
import { biographyText, hiddenText, nameOf, standingText, type Telling } from './text';
import { WhyAlive } from './why-alive';

export interface BiographyViewProps {
  readonly reading: BiographyReading;
  /** Null where the object does not live at the moment, or while the answer is on its way. */
  readonly why: WhyAliveReading | null;
  readonly at: Moment;
  readonly runs: readonly RunSummary[];
  readonly letters: ObjectLetters;
  readonly selected: number | null;
  readonly isStale?: boolean;
  onGoTo(at: Moment): void;
  onSelect(serial: number | null): void;
}

/** Entries drawn at first: what one reads. */
const MOST = 24;

/** The selected object's life: how it stands with it, why it is alive, and all that happened to it. */
export function BiographyView(props: BiographyViewProps) {
  const { reading, why, at, runs, letters, selected, isStale = false, onGoTo, onSelect } = props;
  const [showsPassing, setShowsPassing] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const headId = useId();
  const telling: Telling = { at, runs, letters };
  const { object, names } = reading;
  const { items, hidden } = lifeItems(reading, at, showsPassing);
  const hasPassing = hidden > 0 || showsPassing;
  const here = items.findIndex(({ kind }) => kind === 'here');
  // Around where the learner stands, when not all are drawn.
  const first = showsAll ? 0 : Math.max(0, Math.min(here - MOST / 2, items.length - MOST));
  const shown = showsAll ? items : items.slice(first, first + MOST);
  const isDead = standingAt(reading, at) === 'dead';
  return (
    <div
      aria-busy={isStale}
      className={isStale ? 'opacity-70 motion-safe:transition-opacity motion-safe:delay-200' : ''}
    >
      <Picture
        name={`Biography of ${nameOf(object, letters)}`}
        text={() => biographyText(reading, why, showsPassing, telling)}
      >
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <ObjectChip object={object} letters={letters} isFull isDead={isDead} />
          {names.length > 0 && (
            <span className="text-sm text-ink-soft">
              {names.length === 1 ? 'name' : 'names'}{' '}
              {names.map((name, i) => (
                <span key={name}>
                  {i > 0 && ', '}
                  <code className="font-mono text-[0.8125rem] text-ink">{name}</code>
                </span>
              ))}
            </span>
          )}
          <button
            type="button"
            onClick={() => onSelect(null)}
            className="ml-auto rounded px-1 text-xs text-ink-faint underline-offset-2 hover:text-ink hover:underline print:hidden"
          >
            Choose another
          </button>
        </div>
        <p className="mt-2 text-[0.9375rem] text-ink">{standingText(reading, why?.counted.count ?? null, telling)}</p>
        {why !== null && !object.immortal && !isDead && (
          <section aria-labelledby={`${headId}-why`} className="mt-3">
            <p id={`${headId}-why`} className="text-xs font-semibold text-ink-faint">
              Why is it alive?
            </p>
            <WhyAlive why={why} telling={telling} selected={selected} onSelect={onSelect} />
          </section>
        )}
        <section aria-labelledby={`${headId}-life`} className="mt-4">
          <div className="mb-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <p id={`${headId}-life`} className="text-xs font-semibold text-ink-faint">
              Its life
            </p>
            {hasPassing && (
              <label className="inline-flex items-center gap-1.5 text-xs text-ink-soft print:hidden">
                <input
                  type="checkbox"
                  checked={showsPassing}
                  onChange={(event) => setShowsPassing(event.currentTarget.checked)}
                  className="size-3.5 accent-accent"
                />
                with the value stack
              </label>
            )}
          </div>
          <div className="pl-2">
            {first > 0 && (
              <p className="pb-1 text-xs text-ink-faint">
                {items.slice(0, first).filter(({ kind }) => kind === 'entry').length} earlier entries are folded.
              </p>
            )}
            <EventList
              items={shown}
              showsPassing={showsPassing}
              telling={telling}
              selected={selected}
              onGoTo={onGoTo}
              onSelect={onSelect}
            />
          </div>
          {shown.length < items.length && (
            <p className="mt-2">
              <MoreButton onClick={() => setShowsAll(true)}>
                Show all {items.filter(({ kind }) => kind === 'entry').length} entries
              </MoreButton>
            </p>
          )}
          {hidden > 0 && <p className="mt-1.5 text-xs text-ink-faint">{hiddenText(hidden)}</p>}
        </section>
      </Picture>
    </div>
  );
}
