'use client';

import { useId, useMemo, useState } from 'react';
import type { CollectionHoldersReading, CollectionReading } from '../../../lib/engine/snapshot/trace-types';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { CandidatesTable } from './candidates-table';
import { PHASES, rowsOf } from './groups';
import { PhaseTabs, panelId, tabId } from './phase-tabs';
import { callbackText, collectionText, objectOf } from './text';
import { phaseSentence } from './words';

interface CollectionDetailProps {
  collection: CollectionReading;
  /** Null: on its way. */
  holders: CollectionHoldersReading | null;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
  /** Phase shown at first. */
  phase?: number;
}

/** One collection, phase by phase, on its objects. */
export function CollectionDetail(props: CollectionDetailProps) {
  const { collection, holders, letters, selected, onSelect } = props;
  const [at, setAt] = useState(props.phase ?? 0);
  const id = useId();
  const rows = useMemo(() => rowsOf(collection, holders), [collection, holders]);
  const { totals } = collection;
  const { id: phase } = PHASES[at]!;
  const perPhase = [
    totals.candidates,
    totals.candidates,
    totals.tentative,
    totals.movedBack,
    totals.weakrefs,
    totals.finalized,
    totals.resurrected,
    totals.cleared,
  ];
  return (
    <Picture name={`Collection ${collection.number + 1}`} text={() => collectionText(collection, rows, letters)}>
      <Outcome totals={totals} />
      <div className="mt-3">
        <PhaseTabs id={id} at={at} totals={perPhase} onChange={setAt} />
      </div>
      <div id={panelId(id)} role="tabpanel" aria-labelledby={tabId(id, at)} className="mt-3">
        <p
          aria-live="polite"
          className="mb-3 min-h-[3lh] max-w-prose text-sm leading-relaxed text-pretty text-ink-soft sm:min-h-[2lh]"
        >
          {phaseSentence(collection, phase)}
          {phase === 'subtract_refs' &&
            holders?.candidates === null &&
            ' Which references these were is not recorded for this collection.'}
        </p>
        {phase === 'handle_weakrefs' && collection.weakrefs.length > 0 && (
          <Weakrefs collection={collection} letters={letters} selected={selected} onSelect={onSelect} />
        )}
        <CandidatesTable
          collection={collection}
          rows={rows}
          phase={phase}
          letters={letters}
          selected={selected}
          onSelect={onSelect}
        />
      </div>
    </Picture>
  );
}

/** What came out, before how. */
function Outcome({ totals }: Pick<CollectionReading, 'totals'>) {
  const facts = [
    ['Examined', totals.candidates],
    ['Found unreachable', totals.unreachable],
    ['Finalized', totals.finalized],
    ['Resurrected', totals.resurrected],
    ['Cleared', totals.cleared],
  ] as const;
  return (
    <dl className="m-0 flex flex-wrap gap-x-6 gap-y-1">
      {facts.map(([name, n]) => (
        <div key={name} className="flex items-baseline gap-1.5 text-xs text-ink-soft">
          <dt>{name}</dt>
          <dd
            className={`m-0 font-mono text-[0.8125rem] tabular-nums ${n > 0 ? 'font-semibold text-ink' : 'text-ink-faint'}`}
          >
            {n.toLocaleString('en')}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type WeakrefsProps = Pick<CollectionDetailProps, 'collection' | 'letters' | 'selected' | 'onSelect'>;

/** So many are named. */
const MOST_WEAKREFS = 20;

function Weakrefs({ collection, letters, selected, onSelect }: WeakrefsProps) {
  const { weakrefs, totals } = collection;
  const shown = weakrefs.slice(0, MOST_WEAKREFS);
  const more = totals.weakrefs - shown.length;
  return (
    <ul
      aria-label="Weak references cleared"
      className="m-0 mb-3 grid list-none gap-1 rounded-md border border-dashed border-weak/60 p-2"
    >
      {shown.map((weakref) => {
        const object = objectOf(collection, weakref.serial);
        return (
          <li key={weakref.serial} className="m-0 flex flex-wrap items-baseline gap-x-2 px-1 text-xs text-ink-soft">
            <span aria-hidden="true" className="font-mono text-weak">
              ⇢
            </span>
            {object && <ObjectButton object={object} letters={letters} selected={selected} onSelect={onSelect} />}
            {callbackText(collection, weakref)}
          </li>
        );
      })}
      {more > 0 && <li className="m-0 px-1 text-xs text-ink-faint">and {more.toLocaleString('en')} more</li>}
    </ul>
  );
}
