'use client';

import { useState } from 'react';
import type { CensusReading, MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { MoreButton } from '../../ui/more-button';
import { ObjectButton } from '../object-button';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { plural } from '../plural';
import { type NameRow, type NumberRow, nameRows, signed, totalRows, typeRows } from './names';
import { versionsText } from './text';

interface VersionsViewProps {
  runs: readonly [RunSummary, RunSummary];
  moments: readonly [MomentReading, MomentReading];
  census: readonly [CensusReading, CensusReading];
  names: { readonly before: string; readonly after: string };
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
}

/** Two runs of one cell, before and after an edit: their objects differ, so their names are put side by side. */
export function VersionsView({ runs, moments, census, names, letters, selected, onSelect }: VersionsViewProps) {
  const rows = nameRows(...moments);
  const totals = totalRows(runs, census);
  const types = typeRows(...census);
  const text = () => versionsText({ names, rows, totals, types });
  return (
    <Picture name="Difference of two versions" text={text}>
      <NamesTable rows={rows} names={names} letters={letters} selected={selected} onSelect={onSelect} />
      <div className="mt-5 grid items-start gap-x-8 gap-y-5 sm:grid-cols-2">
        <NumbersTable title="The runs" rows={totals} names={names} />
        <NumbersTable title="Objects alive at their ends" rows={types} names={names} first={8} />
      </div>
    </Picture>
  );
}

interface NamesTableProps extends Pick<VersionsViewProps, 'names' | 'letters' | 'selected' | 'onSelect'> {
  rows: readonly NameRow[];
}

const SIGNS = { new: '+', gone: '−', 'other object': '≠', 'other count': '±', same: '=' } as const;
const TONES = {
  new: 'text-gained',
  gone: 'text-freed',
  'other object': 'text-accent',
  'other count': 'text-accent',
  same: 'text-ink-faint',
} as const;

function NamesTable({ rows, names, letters, selected, onSelect }: NamesTableProps) {
  const [showsSame, setShowsSame] = useState(false);
  const same = rows.filter(({ status }) => status === 'same').length;
  const shown = showsSame ? rows : rows.filter(({ status }) => status !== 'same');
  const object = (row: NameRow['before']) =>
    row === null ? (
      <span className="text-xs text-ink-faint">no such name</span>
    ) : (
      <>
        <ObjectButton object={row.object} letters={letters} selected={selected} onSelect={onSelect} />
        <span className="block text-xs text-ink-soft tabular-nums">
          {row.object.type}, {row.count === null ? 'immortal' : `count ${row.count}`}
        </span>
      </>
    );
  return (
    <>
      <table className="w-full table-fixed border-collapse text-sm">
        <caption className="pb-1 text-left text-sm font-semibold text-ink">Names</caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <th scope="col" className="w-[28%] pb-1 text-left font-normal">
              Name
            </th>
            <th scope="col" className="pr-3 pb-1 text-left font-normal">
              {names.before}
            </th>
            <th scope="col" className="pb-1 text-left font-normal">
              {names.after}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.name} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                <code className="font-mono text-[0.8125rem] wrap-anywhere text-ink">{row.name}</code>
                <span className={`block text-xs ${TONES[row.status]}`}>
                  <span aria-hidden="true" className="font-mono font-semibold">
                    {SIGNS[row.status]}
                  </span>{' '}
                  {row.status}
                </span>
              </th>
              <td className="py-1.5 pr-3 pl-1">{object(row.before)}</td>
              <td className="py-1.5 pl-1">{object(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && (
        <p className="border-t border-line pt-1.5 text-sm text-ink-soft">Every name is the same in both.</p>
      )}
      {same > 0 && !showsSame && (
        <p className="mt-1.5">
          <MoreButton onClick={() => setShowsSame(true)}>Show {plural(same, 'name')} that did not change</MoreButton>
        </p>
      )}
    </>
  );
}

interface NumbersTableProps extends Pick<VersionsViewProps, 'names'> {
  title: string;
  rows: readonly NumberRow[];
  /** So many at first. */
  first?: number;
}

function NumbersTable({ title, rows, names, first = 20 }: NumbersTableProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? rows : rows.slice(0, first);
  const hidden = rows.length - shown.length;
  return (
    <div>
      <table className="w-full border-collapse text-sm">
        <caption className="pb-1 text-left text-sm font-semibold text-ink">{title}</caption>
        <thead>
          <tr className="text-xs text-ink-faint">
            <td className="pb-1" />
            <th scope="col" className="pb-1 pl-3 text-right align-bottom font-normal">
              {names.before}
            </th>
            <th scope="col" className="pb-1 pl-3 text-right align-bottom font-normal">
              {names.after}
            </th>
            <th scope="col" className="pb-1 pl-3 text-right align-bottom font-normal">
              <span className="sr-only">Difference</span>
              <span aria-hidden="true">±</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, before, after }) => {
            const change = after - before;
            return (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="py-1 text-left text-[0.8125rem] font-normal wrap-anywhere text-ink-soft">
                  {name}
                </th>
                <td className="py-1 pl-3 text-right font-mono text-[0.8125rem] tabular-nums">
                  {before.toLocaleString('en')}
                </td>
                <td className="py-1 pl-3 text-right font-mono text-[0.8125rem] tabular-nums">
                  {after.toLocaleString('en')}
                </td>
                <td
                  className={`py-1 pl-3 text-right font-mono text-[0.8125rem] tabular-nums ${change > 0 ? 'text-gained' : change < 0 ? 'text-lost' : 'text-ink-faint'}`}
                >
                  {signed(change)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hidden > 0 && (
        <p className="mt-1.5">
          <MoreButton onClick={() => setShowsAll(true)}>Show {plural(hidden, 'type')} more</MoreButton>
        </p>
      )}
    </div>
  );
}
