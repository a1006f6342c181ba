'use client';

import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { LifetimesReading, LinesReading, Moment, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { placeAt } from '../places';
import { AxisHeader, HEAD } from './axis-header';
import { ROW_HEIGHT } from './bar';
import { Legend } from './legend';
import { type Plot, pixel } from './plot';
import { filtered, keyOf, type Row, rowsOf, sorted, typesOf } from './rows';
import { HALF, isWhole, lineAxis, stepAxis, whole } from './scale';
import { omittedText, pointText, rowText, timelineText } from './text';
import { COLUMNS, TimelineRow } from './timeline-row';
import { type Options, Toolbar } from './toolbar';
import { usePrinting } from '../use-printing';
import { useRange, useWheel } from './use-range';
import { useRowKeys } from './use-row-keys';
import { useWidth } from './use-width';
import { useWindow } from './use-window';
import './timeline.css';

export interface TimelineViewProps {
  readonly reading: LifetimesReading;
  /** All lines of the run; null: too many to go by. */
  readonly lines: LinesReading | null;
  readonly run: RunSummary;
  readonly at: Moment;
  readonly selected: number | null;
  readonly letters: ObjectLetters;
  readonly isStale?: boolean;
  onGoTo(at: Moment): void;
  onSelect(serial: number | null): void;
}

/** Rows for one sheet. */
const MOST_ON_PAPER = 24;

/** Lives as bars over the run, each with its count; a click on one goes there and selects its object. */
export function TimelineView(props: TimelineViewProps) {
  const { reading, lines, run, at, selected, letters, isStale = false, onGoTo, onSelect } = props;
  const named = useMemo(() => filtered(reading.lifetimes, { by: 'named' }).length, [reading]);
  const types = useMemo(() => typesOf(reading.lifetimes), [reading]);
  const [chosen, choose] = useState<Options>({
    sort: 'birth',
    filter: { by: named > 0 ? 'named' : 'all' },
    isGrouped: false,
    axis: 'lines',
  });
  const options: Options = lines === null ? { ...chosen, axis: 'steps' } : chosen;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(
    () =>
      rowsOf(
        sorted(filtered(reading.lifetimes, options.filter), options.sort, run.steps),
        options.isGrouped ? opened : null,
      ),
    [reading, options.filter, options.sort, options.isGrouped, opened, run.steps],
  );
  const axis = useMemo(
    () => (options.axis === 'lines' && lines ? lineAxis(lines, run.steps) : stepAxis(run.steps)),
    [options.axis, lines, run.steps],
  );

  const box = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const width = useWidth(head);
  const ranged = useRange(axis, at.step);
  useWheel(box, head, ranged);
  const { from, to } = ranged.range;
  const plot: Plot = useMemo(() => ({ axis, range: { from, to }, width }), [axis, from, to, width]);
  const isPrinting = usePrinting();
  const inView = useWindow(box, rows.length, ROW_HEIGHT);
  const seen = isPrinting ? { start: 0, end: MOST_ON_PAPER } : inView;
  const drawn = isPrinting ? Math.min(rows.length, MOST_ON_PAPER) : rows.length;

  const goTo = (moment: number) => onGoTo({ run: run.run, step: moment });
  const toggle = (type: string) => {
    const next = new Set(opened);
    if (!next.delete(type)) next.add(type);
    setOpened(next);
  };
  const pick = (row: Row, moment: number | null) => {
    if (row.kind === 'group') return toggle(row.type);
    onSelect(row.lifetime.serial);
    if (moment !== null) goTo(moment);
  };
  const keys = useRowKeys({ rows, at: at.step, steps: run.steps, box, ranged, axis, pick, toggle, onSelect });
  const [hover, setHover] = useState<{ key: string; moment: number | null } | null>(null);
  const latest = useRef({ rows, pick, keys });
  useEffect(() => {
    latest.current = { rows, pick, keys };
  });
  const onPoint = useCallback((index: number, moment: number | null) => {
    const row = latest.current.rows[index];
    setHover(row && moment !== null ? { key: keyOf(row), moment } : null);
  }, []);
  const onPick = useCallback((index: number, moment: number | null) => {
    const row = latest.current.rows[index];
    if (!row) return;
    latest.current.keys.setActive(keyOf(row), moment);
    latest.current.pick(row, moment);
  }, []);

  const id = useId();
  const telling = { run, letters };
  const idOf = (row: Row) => `${id}-${keyOf(row).replaceAll(' ', '_')}`;
  const shown = hover ?? keys.active;
  const pointed = shown && rows.find((row) => keyOf(row) === shown.key);
  const status =
    pointed?.kind === 'bar' && shown?.moment != null
      ? pointText(pointed.lifetime, shown.moment, placeAt(lines, shown.moment, run), letters)
      : null;
  const cursor = pixel(plot, at.step);

  return (
    <div
      aria-busy={isStale}
      className={`timeline ${isStale ? 'opacity-70 motion-safe:transition-opacity motion-safe:delay-200' : ''}`}
    >
      <Toolbar
        options={options}
        onChange={choose}
        all={reading.lifetimes.length}
        named={named}
        types={types}
        hasLines={lines !== null}
        isWhole={isWhole(ranged.range, axis)}
        onZoom={(factor) => ranged.zoom(factor, Math.min(to, Math.max(from, axis.of(at.step))))}
        onFit={() => ranged.setRange(whole(axis))}
      />
      <Picture name={`Timeline of run ${run.run}`} text={() => timelineText(reading, rows, at, telling)}>
        <div
          ref={box}
          className="relative mt-2 max-h-96 overflow-x-hidden overflow-y-auto rounded-md border border-line bg-surface print:max-h-none print:overflow-hidden"
        >
          <div className={`${COLUMNS} sticky top-0 z-10 border-b border-line bg-surface`}>
            <span className="self-end px-1.5 pb-1 text-right text-[0.6875rem] text-ink-faint">
              {axis.kind === 'lines' ? 'line' : 'moment'}
            </span>
            <div ref={head} className="min-w-0">
              <AxisHeader
                plot={plot}
                lines={lines}
                at={at.step}
                collections={reading.collections}
                onGoTo={goTo}
                onRange={ranged.setRange}
              />
            </div>
          </div>
          {rows.length === 0 ? (
            <p className="px-3 py-6 text-sm text-ink-soft">No object of this sort lived in this run.</p>
          ) : (
            <div
              role="tree"
              aria-label="Lifetimes of objects"
              aria-activedescendant={keys.row ? idOf(keys.row) : undefined}
              tabIndex={0}
              onKeyDown={keys.onKeyDown}
              onFocus={keys.onFocus}
              className="group relative focus-visible:outline-none"
              style={{ height: drawn * ROW_HEIGHT }}
            >
              {rows.map((row, index) => {
                const isActive = row === keys.row;
                if ((!isActive || index >= drawn) && (index < seen.start || index >= seen.end)) return null;
                const key = keyOf(row);
                return (
                  <TimelineRow
                    key={key}
                    id={idOf(row)}
                    row={row}
                    index={index}
                    count={rows.length}
                    text={rowText(row, telling)}
                    letter={row.kind === 'bar' ? letters.get(row.lifetime.serial) : undefined}
                    plot={plot}
                    steps={run.steps}
                    point={isActive && keys.active ? keys.active.moment : null}
                    isActive={isActive}
                    isSelected={row.kind === 'bar' && row.lifetime.serial === selected}
                    isDead={row.kind === 'bar' && row.lifetime.died !== null && at.step > row.lifetime.died}
                    onPoint={onPoint}
                    onPick={onPick}
                  />
                );
              })}
            </div>
          )}
          <div
            aria-hidden="true"
            className={`${COLUMNS} pointer-events-none absolute inset-x-0 top-0`}
            style={{ height: HEAD + drawn * ROW_HEIGHT }}
          >
            <span />
            <svg aria-hidden="true" width={width} height="100%" className="block overflow-hidden">
              {reading.collections.map(({ number, step }) => {
                const x = pixel(plot, step + HALF);
                return (
                  <line key={number} x1={x} x2={x} y1={HEAD} y2="100%" className="stroke-cycle" strokeDasharray="3 3" />
                );
              })}
              <line x1={cursor} x2={cursor} y1={HEAD} y2="100%" className="stroke-accent" strokeWidth="1.5" />
            </svg>
          </div>
        </div>
        <p
          className={`mt-1.5 line-clamp-2 min-h-8 text-xs sm:min-h-4 text-ink-soft ${status === null ? 'print:hidden' : ''}`}
          aria-live={hover ? 'off' : 'polite'}
        >
          {status ?? 'Click a bar to go to that moment and select its object; drag along the axis to look closer.'}
        </p>
        {drawn < rows.length && (
          <p className="text-xs text-ink-faint">
            The other {(rows.length - drawn).toLocaleString('en')} are on the screen.
          </p>
        )}
        <Legend collections={reading.collections.length} />
        {reading.omitted > 0 && <p className="text-xs text-ink-faint">{omittedText(reading.omitted)}</p>}
      </Picture>
    </div>
  );
}
