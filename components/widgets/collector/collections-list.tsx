'use client';

import { type ReactNode, useId, useState } from 'react';
import type { CollectionReading, Moment } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { plural } from '../plural';
import { entriesOf, hasRun, lineText, linesText, quietText } from './choose-collection';
import { reasonOf, titleOf } from './words';

interface CollectionsListProps {
  collections: readonly CollectionReading[];
  /** Collections that are not kept. */
  omitted: number;
  at: Moment;
  /** The one that is open. */
  open: number | null;
  onOpen(collection: CollectionReading): void;
  /** The open one, phase by phase. */
  children: ReactNode;
}

/** Entries at first, and how many more at a time. */
const FIRST_ENTRIES = 8;
const MORE_ENTRIES = 40;

/** The run's collections in order; quiet neighbours together when there are many. */
export function CollectionsList({ collections, omitted, at, open, onOpen, children }: CollectionsListProps) {
  const [most, setMost] = useState(FIRST_ENTRIES);
  const entries = entriesOf(collections, open);
  const place = entries.findIndex((entry) => entry.kind === 'one' && entry.collection.number === open);
  // The window ends with the open one, or begins at the beginning.
  const from = Math.max(0, Math.min(place - most + 1, entries.length - most));
  const shown = entries.slice(from, from + most);
  const hidden = entries.length - shown.length;
  const row = (collection: CollectionReading) => (
    <Row
      key={collection.number}
      collection={collection}
      isOpen={collection.number === open}
      isLater={!hasRun(collection, at)}
      onOpen={() => onOpen(collection)}
    >
      {children}
    </Row>
  );
  return (
    <div>
      <ol
        aria-label="Collections"
        className="m-0 list-none divide-y divide-line overflow-clip rounded-md border border-line bg-surface p-0"
      >
        {shown.map((entry) =>
          entry.kind === 'one' ? (
            row(entry.collection)
          ) : (
            <Quiet key={`quiet ${entry.collections[0]!.number}`} collections={entry.collections} row={row} />
          ),
        )}
      </ol>
      {(hidden > 0 || omitted > 0) && (
        <p className="mt-1.5 flex flex-wrap items-center gap-3 text-xs text-ink-faint">
          {hidden > 0 && (
            <MoreButton onClick={() => setMost(most + MORE_ENTRIES)}>
              Show {Math.min(hidden, MORE_ENTRIES)} more
            </MoreButton>
          )}
          {omitted > 0 && `and ${plural(omitted, 'later collection')} that ${omitted === 1 ? 'is' : 'are'} not kept.`}
        </p>
      )}
    </div>
  );
}

interface RowProps {
  collection: CollectionReading;
  isOpen: boolean;
  /** It has not run yet at the moment looked at. */
  isLater: boolean;
  onOpen(): void;
  children: ReactNode;
}

function Row({ collection, isOpen, isLater, onOpen, children }: RowProps) {
  const id = useId();
  const { generation, totals } = collection;
  return (
    <li className="m-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-current={isOpen || undefined}
        onClick={onOpen}
        className={`flex w-full items-baseline gap-2 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-sunken ${isOpen ? 'bg-sunken' : ''}`}
      >
        <Marker isOpen={isOpen} hasFound={totals.unreachable > 0} />
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
          <span className={isLater ? 'text-ink-soft' : 'font-semibold text-ink'}>{titleOf(collection)}</span>{' '}
          <span className="min-w-0 text-xs text-ink-soft">
            generation {generation}, {lineText(collection)}: {reasonOf(collection)}
          </span>
        </span>
        {isLater && <span className="shrink-0 text-xs text-ink-faint">later</span>}
      </button>
      {isOpen && (
        <div id={id} className="border-t border-line px-3 py-3">
          {children}
        </div>
      )}
    </li>
  );
}

function Marker({ isOpen, hasFound }: { isOpen: boolean; hasFound: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="-6 -6 12 12" className="size-3 shrink-0 self-center overflow-visible">
      <path
        d="M0 -5L5 0 0 5 -5 0z"
        strokeWidth="1.5"
        className={`${hasFound ? 'stroke-cycle' : 'stroke-line-strong'} ${isOpen ? (hasFound ? 'fill-cycle' : 'fill-line-strong') : 'fill-surface'}`}
      />
    </svg>
  );
}

interface QuietProps {
  collections: readonly CollectionReading[];
  row(collection: CollectionReading): ReactNode;
}

/** Many that found nothing, as one row. */
function Quiet({ collections, row }: QuietProps) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <li className="m-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
        className="flex w-full items-baseline gap-2 px-3 py-1.5 text-left text-xs text-ink-soft -outline-offset-2 hover:bg-sunken"
      >
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className={`size-3 shrink-0 self-center fill-none stroke-current stroke-2 text-ink-faint motion-safe:transition-transform ${isOpen ? 'rotate-90' : ''}`}
        >
          <path d="M4 2l4 4-4 4" />
        </svg>
        <span>
          {plural(collections.length, 'collection')} that found nothing: {quietText(collections)},{' '}
          {linesText(collections)}
        </span>
      </button>
      {isOpen && (
        <ol id={id} className="m-0 list-none divide-y divide-line border-t border-line p-0 pl-4">
          {collections.map(row)}
        </ol>
      )}
    </li>
  );
}
