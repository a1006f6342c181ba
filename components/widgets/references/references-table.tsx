'use client';

import { Fragment, type ReactNode, useId, useState } from 'react';
import type { Counted, MemoryState, NamedReference } from '../../../lib/engine/snapshot/snapshot';
import type { MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { getrefcountWords } from './getrefcount-words';
import { plural } from '../plural';
import { HoldersList } from './holders-list';

interface ReferencesTableProps {
  moment: MomentReading;
  profile: RunSummary['profile'];
  /** Serials of the objects whose count the last step changed. */
  changed: ReadonlySet<number>;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** More objects without a name than this are folded: a loop may leave hundreds. */
const MOST_UNNAMED = 6;

/** Name → object → count and its change, and on demand who holds each reference. */
export function ReferencesTable({ moment, profile, changed, letters, selected, onSelect }: ReferencesTableProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [showsAll, setShowsAll] = useState(false);
  const { state, getrefcount } = moment;
  const toggle = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
  };
  const rowProps = (key: string, counted: Counted) => ({
    counted,
    letters,
    selected,
    onSelect,
    isOpen: opened.has(key),
    isChanged: changed.has(counted.object.serial),
    onToggle: () => toggle(key),
  });
  const unnamed = showsAll ? state.unnamed : state.unnamed.slice(0, MOST_UNNAMED);
  const hidden = state.unnamed.length - unnamed.length;
  const isEmpty = state.references.length + state.unnamed.length === 0;

  return (
    <div className="relative overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">References</caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <HeadCell>Name</HeadCell>
            <HeadCell isWide>Object</HeadCell>
            <HeadCell isNumber>Count</HeadCell>
            <HeadCell isNumber>
              <span className="max-xs:sr-only">Change</span>
              <span aria-hidden="true" className="xs:hidden">
                ±
              </span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {state.references.map((row, at) => {
            const key = `${row.depth} ${row.frame ?? ''} ${row.name}`;
            const answer = getrefcountWords(row, getrefcount[at] ?? null, profile);
            return (
              <Row key={key} label={row.name} answer={answer} {...rowProps(key, row)}>
                <NameCell row={row} />
              </Row>
            );
          })}
          {unnamed.map((row) => {
            const key = `unnamed ${row.object.serial}`;
            return (
              <Row key={key} label={row.object.repr} answer={null} {...rowProps(key, row)}>
                <span className="text-ink-soft italic">no name</span>{' '}
                {row.lastNames[0] && (
                  <span className="block text-xs text-ink-faint">
                    was <code className="font-mono">{row.lastNames[0]}</code>
                  </span>
                )}
              </Row>
            );
          })}
          {hidden > 0 && (
            <tr>
              <td colSpan={4} className="border-b border-line px-0 py-2 text-ink-soft">
                <MoreButton onClick={() => setShowsAll(true)}>
                  Show {plural(hidden, 'more object', 'more objects')} without a name
                </MoreButton>
              </td>
            </tr>
          )}
          {isEmpty && (
            <tr>
              <td colSpan={4} className="border-b border-line px-0 py-3 text-ink-soft">
                No names at this moment. A name appears here as soon as a line binds it.
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {hasAliases(state) && <p className="mt-2 text-xs text-ink-faint">The same letter is the same object.</p>}
      {state.omitted > 0 && (
        <p className="mt-2 text-xs text-ink-faint">
          {state.omitted} more {state.omitted === 1 ? 'row is' : 'rows are'} not shown.
        </p>
      )}
    </div>
  );
}

function hasAliases({ references }: MemoryState): boolean {
  const counted = references.filter((row) => row.count !== null).map((row) => row.object.serial);
  return new Set(counted).size < counted.length;
}

interface HeadCellProps {
  isNumber?: boolean;
  isWide?: boolean;
  children: ReactNode;
}

function HeadCell({ isNumber = false, isWide = false, children }: HeadCellProps) {
  return (
    <th
      scope="col"
      className={`border-b border-line py-1.5 font-medium ${isWide ? 'xs:w-full' : ''} ${isNumber ? 'px-0 pl-2 text-right sm:pl-3' : 'pr-2 pl-0 text-left sm:pr-3'}`}
    >
      {children}
    </th>
  );
}

function NameCell({ row }: { row: NamedReference }) {
  return (
    <>
      <code className="block w-max max-w-18 font-mono text-[0.8125rem] font-semibold wrap-anywhere text-ink xs:max-w-36 sm:max-w-56">
        {row.name}
      </code>{' '}
      {row.frame !== null && (
        <span className="block text-xs text-ink-faint">
          {row.scope === 'closure' ? 'closure of' : 'local of'} <code className="font-mono">{row.frame}()</code>
        </span>
      )}
    </>
  );
}

interface RowProps {
  label: string;
  counted: Counted;
  /** What `sys.getrefcount` would say; null for an object that has no name to ask by. */
  answer: ReturnType<typeof getrefcountWords> | null;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
  isOpen: boolean;
  isChanged: boolean;
  onToggle(): void;
  children: ReactNode;
}

function Row(props: RowProps) {
  const { label, counted, answer, letters, selected, onSelect, isOpen, isChanged, onToggle, children } = props;
  const holdersId = useId();
  const { object, count, change } = counted;
  const edge = isOpen ? '' : 'border-b border-line';
  return (
    <Fragment>
      <tr
        className={isChanged ? 'row-changed bg-accent-soft/60' : ''}
        data-changed={isChanged || undefined}
        aria-current={object.serial === selected || undefined}
      >
        <th
          scope="row"
          className={`min-w-14 py-2 pr-2 pl-0 xs:min-w-20 sm:min-w-22 sm:pr-3 text-left align-baseline font-normal ${edge}`}
        >
          {children}
        </th>
        <td className={`min-w-22 py-2 pr-1 xs:w-full pl-0 align-baseline sm:pr-3 ${edge}`}>
          <ObjectButton object={object} letters={letters} selected={selected} onSelect={onSelect} isFull />
        </td>
        <td className={`py-2 pr-0 pl-1 text-right align-baseline whitespace-nowrap sm:pl-3 ${edge}`}>
          <span className="inline-flex items-center gap-0.5">
            {count === null ? (
              <span
                className="rounded-full bg-immortal-soft px-2 py-0.5 text-xs font-medium text-immortal"
                title="CPython never counts it and never frees it"
              >
                <span className="max-xs:sr-only">immortal</span>
                <span aria-hidden="true" className="xs:hidden">
                  ∞
                </span>
              </span>
            ) : (
              <span className="font-mono text-[0.9375rem] font-semibold tabular-nums text-ink">{count}</span>
            )}
            <button
              type="button"
              aria-label={`Holders of ${label}`}
              aria-expanded={isOpen}
              aria-controls={holdersId}
              title="Who holds it?"
              onClick={onToggle}
              className="-my-1 -mr-1.5 grid size-7 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink print:hidden"
            >
              <svg
                aria-hidden="true"
                viewBox="0 0 12 12"
                className={`size-3 fill-none stroke-current stroke-[1.75] motion-safe:transition-transform ${isOpen ? 'rotate-180' : ''}`}
              >
                <path d="M2.5 4.5L6 8l3.5-3.5" />
              </svg>
            </button>
          </span>
        </td>
        <td
          className={`py-2 pr-0 pl-2 text-right align-baseline font-mono text-[0.8125rem] whitespace-nowrap tabular-nums sm:pl-3 ${edge}`}
        >
          <Change change={change} />
        </td>
      </tr>
      <tr id={holdersId} hidden={!isOpen}>
        <td colSpan={4} className="border-b border-line px-0 pt-0.5 pb-3">
          <div className="border-l-2 border-accent/50 pl-3">
            {count !== null && (
              <HoldersList counted={counted} letters={letters} selected={selected} onSelect={onSelect} />
            )}
            {answer && (
              <p className="mt-1.5 text-xs text-pretty text-ink-soft">
                <code className="font-mono text-ink">{answer.call}</code> would say{' '}
                <strong className="font-mono font-semibold text-ink">{answer.answer}</strong> here, {answer.why}
              </p>
            )}
          </div>
        </td>
      </tr>
    </Fragment>
  );
}

/** The sign carries the meaning, the colour only repeats it. */
function Change({ change }: { change: number | null }) {
  if (change === null) return <span className="text-ink-faint">–</span>;
  if (change === 0) return <span className="text-ink-faint">0</span>;
  return change > 0 ? (
    <span className="font-semibold text-gained">+{change}</span>
  ) : (
    <span className="font-semibold text-lost">−{-change}</span>
  );
}
