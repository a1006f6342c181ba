'use client';

import { useState } from 'react';
import type { CollectionReading } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { GroupBadge } from './group-badge';
import { type PhaseId, type Row, gcRefsIn, groupOf } from './groups';
import { ReferencePips } from './reference-pips';
import { RowHolders } from './row-holders';
import { rowNote, unlistedText } from './words';

interface CandidatesTableProps {
  collection: CollectionReading;
  rows: readonly Row[];
  phase: PhaseId;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Rows at first, and how many more at a time. */
const FIRST_ROWS = 10;
const MORE_ROWS = 50;

/** The objects of a collection: each keeps its row from the first phase to the last. */
export function CandidatesTable(props: CandidatesTableProps) {
  const { collection, rows, phase, letters, selected, onSelect } = props;
  const [most, setMost] = useState(FIRST_ROWS);
  const [showsParts, setShowsParts] = useState(false);
  const whole = rows.filter((row) => !row.isPart);
  const parts = rows.length - whole.length;
  // Where there is nothing but classes and functions, these are what there is to see.
  const all = showsParts || whole.length === 0 ? [...whole, ...rows.filter((row) => row.isPart)] : whole;
  const shown = all.slice(0, most);
  const hidden = all.length - shown.length;
  const unlisted = unlistedText(collection, rows.length);
  const showParts = () => {
    setShowsParts(true);
    setMost(most + MORE_ROWS);
  };
  return (
    <>
      <table className="w-full table-fixed border-collapse text-sm">
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="pb-1 text-left font-normal">
              Object
            </th>
            <th scope="col" className="w-9 pb-1 text-right font-normal xs:w-12 sm:w-16">
              Count
            </th>
            <th scope="col" className="w-15 pb-1 pl-2.5 text-left font-normal xs:w-24 xs:pl-4 sm:w-36">
              <code className="font-mono">gc_refs</code>
            </th>
            <th scope="col" className="w-48 pb-1 text-left font-normal max-sm:hidden">
              Group
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <CandidateRow
              key={row.object.serial}
              row={row}
              phase={phase}
              letters={letters}
              selected={selected}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-faint">
        {hidden > 0 && (
          <MoreButton onClick={() => setMost(most + MORE_ROWS)}>Show {Math.min(hidden, MORE_ROWS)} more</MoreButton>
        )}
        {hidden > MORE_ROWS && <span>{plural(hidden, 'object')} are not shown yet.</span>}
        {hidden === 0 && !showsParts && parts > 0 && whole.length > 0 && (
          <MoreButton onClick={showParts}>Show {plural(parts, 'part')} of classes, functions and modules</MoreButton>
        )}
        {unlisted !== '' && <span>{unlisted}</span>}
      </p>
    </>
  );
}

interface CandidateRowProps extends Omit<CandidatesTableProps, 'collection' | 'rows'> {
  row: Row;
}

function CandidateRow({ row, phase, letters, selected, onSelect }: CandidateRowProps) {
  const { object, refcount } = row;
  const group = groupOf(row, phase);
  const refs = gcRefsIn(row, phase);
  const isSelected = object.serial === selected;
  const look = isSelected ? 'bg-accent-soft' : '';
  return (
    <>
      <tr aria-current={isSelected || undefined} className={`border-t border-line align-top ${look}`}>
        <th scope="row" className="pt-1.5 pl-1 text-left font-normal">
          <ObjectButton
            object={object}
            letters={letters}
            selected={selected}
            onSelect={onSelect}
            isDead={group === 'cleared'}
          />
        </th>
        <td className="pt-1.5 text-right font-mono text-[0.8125rem] leading-6 text-ink tabular-nums">{refcount}</td>
        <td className="pt-1.5 pl-2.5 xs:pl-4">
          <span className="flex min-h-6 flex-wrap items-center gap-x-2">
            <span
              className={`min-w-[1ch] font-mono text-[0.8125rem] leading-6 tabular-nums ${refs === null ? 'text-ink-faint' : 'font-semibold text-ink'}`}
            >
              {refs ?? '–'}
            </span>
            {refs !== null && (
              <ReferencePips count={refcount} inside={refcount - row.gcRefs} isSubtracted={phase !== 'update_refs'} />
            )}
          </span>
        </td>
        <td rowSpan={2} className="py-1.5 leading-6 max-sm:hidden">
          <GroupBadge group={group} />
          <span className="block">
            <Note row={row} phase={phase} />
          </span>
        </td>
      </tr>
      {/* The whole width, so that it can be read on a phone. */}
      <tr className={`align-top ${look}`}>
        <td colSpan={3} className="pb-1.5 pl-1">
          <span className="mt-0.5 block sm:hidden">
            <GroupBadge group={group} /> <Note row={row} phase={phase} />
          </span>
          <RowHolders row={row} phase={phase} letters={letters} />
        </td>
      </tr>
    </>
  );
}

function Note({ row, phase }: { row: Row; phase: PhaseId }) {
  const { refcount, gcRefs } = row;
  const note = phase === 'subtract_refs' ? `${refcount} − ${refcount - gcRefs} = ${gcRefs}` : rowNote(row, phase);
  return <span className="text-xs leading-5 text-ink-soft tabular-nums">{note}</span>;
}
