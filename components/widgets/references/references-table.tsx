'use client';

import { Fragment, memo, type ReactNode, useCallback, useId, useState } from 'react';
import type { Counted, MemoryState, NamedReference } from '../../../lib/engine/snapshot/snapshot';
import type { MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { getrefcountWords } from './getrefcount-words';
import { plural } from '../plural';
import { type CountsBefore, changeOf, changeWords } from './changes';
import { HoldersList } from './holders-list';

interface ReferencesTableProps {
  moment: MomentReading;
  profile: RunSummary['profile'];
  /** What the last step changed. */
  changed: CountsBefore;
  letters: ObjectLetters;
  selected: number | null;
  /** Every row shows its holders. */
  isOpened?: boolean;
  onSelect(serial: number | null): void;
}

/** More objects without a name than this are folded: a loop may leave hundreds. */
const MOST_UNNAMED = 6;

/** Name → object → count and its change, and on demand who holds each reference. */
export function ReferencesTable(props: ReferencesTableProps) {
  const { moment, profile, changed, letters, selected, isOpened = false, onSelect } = props;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [showsAll, setShowsAll] = useState(false);
  const { state, getrefcount } = moment;
  const toggle = useCallback(
    (key: string) =>
      setOpened((before) => {
        const next = new Set(before);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const rowProps = (key: string, counted: Counted) => {
    const isOpen = isOpened || opened.has(key);
    const { serial } = counted.object;
    return {
      id: key,
      counted,
      letters,
      seen: isOpen ? letters.size : letters.get(serial),
      selected: isOpen || serial === selected ? selected : null,
      onSelect,
      isOpen,
      change: changeOf(counted.count, changed.get(serial)),
      onToggle: toggle,
    };
  };
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
            <HeadCell isNumber title="What the last step did to the count">
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
            return (
              <Row
                key={key}
                named={row}
                lastName={null}
                answer={getrefcount[at] ?? null}
                profile={profile}
                {...rowProps(key, row)}
              />
            );
          })}
          {unnamed.map((row) => {
            const key = `unnamed ${row.object.serial}`;
            return (
              <Row
                key={key}
                named={null}
                lastName={row.lastNames[0] ?? null}
                answer={null}
                profile={profile}
                {...rowProps(key, row)}
              />
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
  title?: string;
  children: ReactNode;
}

function HeadCell({ isNumber = false, isWide = false, title, children }: HeadCellProps) {
  return (
    <th
      scope="col"
      title={title}
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

function NoName({ lastName }: { lastName: string | null }) {
  return (
    <>
      <span className="text-ink-soft italic">no name</span>{' '}
      {lastName && (
        <span className="block text-xs text-ink-faint">
          was <code className="font-mono">{lastName}</code>
        </span>
      )}
    </>
  );
}

interface RowProps {
  id: string;
  counted: Counted;
  /** Null: the object has no name. */
  named: NamedReference | null;
  /** The last name of one that has none. */
  lastName: string | null;
  /** What `sys.getrefcount` would say of a name; null: nothing. */
  answer: number | null;
  profile: RunSummary['profile'];
  letters: ObjectLetters;
  /** Another one where the row has other letters to show. */
  seen: number | string | undefined;
  selected: number | null;
  onSelect(serial: number | null): void;
  isOpen: boolean;
  /** What the last step did to the count. */
  change: number | 'new' | null;
  onToggle(id: string): void;
}

/** Drawn again only if something of it changed: what two readings share is the same object in both. */
const Row = memo(function Row(props: RowProps) {
  const { id, counted, named, lastName, letters, selected, onSelect, isOpen, change, onToggle } = props;
  const holdersId = useId();
  const { object, count } = counted;
  const isChanged = change !== null;
  const label = named?.name ?? object.repr;
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
          {named ? <NameCell row={named} /> : <NoName lastName={lastName} />}
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
              onClick={() => onToggle(id)}
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
          {isOpen && <Holders {...props} />}
        </td>
      </tr>
    </Fragment>
  );
});

function Holders({ counted, named, answer, profile, letters, selected, onSelect }: RowProps) {
  const words = named && getrefcountWords(named, answer, profile);
  return (
    <div className="border-l-2 border-accent/50 pl-3">
      {counted.count !== null && (
        <HoldersList counted={counted} letters={letters} selected={selected} onSelect={onSelect} />
      )}
      {words && (
        <p className="mt-1.5 text-xs text-pretty text-ink-soft">
          <code className="font-mono text-ink">{words.call}</code> would say{' '}
          <strong className="font-mono font-semibold text-ink">{words.answer}</strong> here, {words.why}
        </p>
      )}
    </div>
  );
}

/** The sign carries the meaning, the colour only repeats it. */
function Change({ change }: { change: number | 'new' | null }) {
  if (change === null) return null;
  const tone = change === 'new' || change > 0 ? 'text-gained' : 'text-lost';
  return <span className={`font-semibold ${tone}`}>{changeWords(change)}</span>;
}
