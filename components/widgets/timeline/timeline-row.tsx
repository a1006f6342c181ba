import { memo, type PointerEvent } from 'react';
import type { Lifetime } from '../../../lib/engine/snapshot/trace-types';
import { ObjectLetter } from '../object-chip';
import { Bar, ROW_HEIGHT } from './bar';
import { GroupBar } from './group-bar';
import { type Plot, perPixel, placeOf } from './plot';
import { type Row, turns } from './rows';
import { HALF } from './scale';

export const COLUMNS = 'grid grid-cols-[6.75rem_minmax(0,1fr)] sm:grid-cols-[11rem_minmax(0,1fr)]';

/** A click this near to a change means it. */
const SNAP = 6;

interface TimelineRowProps {
  id: string;
  row: Row;
  index: number;
  count: number;
  text: string;
  letter: string | undefined;
  plot: Plot;
  steps: number;
  point: number | null;
  isActive: boolean;
  isSelected: boolean;
  /** At the moment looked at. */
  isDead: boolean;
  onPoint(index: number, moment: number | null): void;
  onPick(index: number, moment: number | null): void;
}

/** One bar, or the head of a type's bars. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { id, row, index, count, text, letter, plot, steps, point, isActive, isSelected, isDead, onPoint, onPick } =
    props;
  const momentOf = (event: PointerEvent<HTMLElement>): number | null => {
    const box = event.currentTarget.querySelector('svg[data-plot]')?.getBoundingClientRect();
    if (!box || event.clientX < box.left || row.kind === 'group') return null;
    return momentNear(row.lifetime, plot, event.clientX - box.left);
  };
  const isGroup = row.kind === 'group';
  const look = isSelected ? 'bg-accent-soft/60' : isActive ? 'bg-sunken' : 'hover:bg-sunken/60';
  return (
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-label={text}
      aria-level={isGroup ? 1 : row.level}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-selected={isSelected}
      aria-current={isSelected || undefined}
      aria-expanded={isGroup ? row.isOpen : undefined}
      data-active={isActive || undefined}
      className={`${COLUMNS} absolute inset-x-0 cursor-pointer items-center rounded-sm ${look} ${isSelected ? 'inset-ring-[1.5px] inset-ring-accent forced-colors:outline-2 forced-colors:-outline-offset-2' : ''} ${isActive ? 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-accent' : ''}`}
      style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT }}
      onPointerMove={(event) => onPoint(index, momentOf(event))}
      onPointerLeave={() => onPoint(index, null)}
      onPointerUp={(event) => event.button === 0 && onPick(index, momentOf(event))}
    >
      {isGroup ? (
        <GroupLabel row={row} />
      ) : (
        <BarLabel row={row} letter={letter} isSelected={isSelected} isDead={isDead} />
      )}
      <svg aria-hidden="true" data-plot="" width={plot.width} height={ROW_HEIGHT} className="block overflow-hidden">
        {isGroup ? (
          <GroupBar lifetimes={row.lifetimes} plot={plot} steps={steps} />
        ) : (
          <Bar lifetime={row.lifetime} plot={plot} steps={steps} point={point} />
        )}
      </svg>
    </div>
  );
});

interface BarLabelProps {
  row: Extract<Row, { kind: 'bar' }>;
  letter: string | undefined;
  isSelected: boolean;
  isDead: boolean;
}

function BarLabel({ row, letter, isSelected, isDead }: BarLabelProps) {
  const { object, label } = row.lifetime;
  return (
    <span
      className={`flex min-w-0 items-center gap-1.5 pr-2 ${row.level === 2 ? 'pl-5' : 'pl-1.5'}`}
      title={`${object.type} ${object.repr}`}
    >
      {letter !== undefined && (
        <span className="-translate-y-0.5">
          <ObjectLetter letter={letter} isDead={isDead} />
        </span>
      )}
      <span className="flex min-w-0 items-baseline gap-1.5">
        <span
          className={`max-w-full truncate font-mono text-xs ${label === null ? '' : 'shrink-0'} ${isSelected || label !== null ? 'font-semibold text-ink' : 'text-ink-soft'}`}
        >
          {label ?? object.repr}
        </span>
        {label !== null && (
          <span className="truncate text-[0.6875rem] text-ink-faint max-sm:hidden">{object.type}</span>
        )}
      </span>
    </span>
  );
}

function GroupLabel({ row }: { row: Extract<Row, { kind: 'group' }> }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 pr-2 pl-1.5">
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className={`size-2.5 shrink-0 fill-none stroke-current stroke-2 text-ink-faint motion-safe:transition-transform ${row.isOpen ? 'rotate-90' : ''}`}
      >
        <path d="M4 2l4 4-4 4" />
      </svg>
      <span className="flex min-w-0 items-baseline gap-1.5">
        <span className="truncate text-xs font-semibold text-ink">{row.type}</span>
        <span className="text-[0.6875rem] text-ink-faint tabular-nums">{row.lifetimes.length}</span>
      </span>
    </span>
  );
}

/** The moment at a pixel; one at which something about the object is new, if that is near. */
function momentNear(lifetime: Lifetime, plot: Plot, x: number): number {
  const { axis } = plot;
  const place = placeOf(plot, x);
  const scale = perPixel(plot);
  const distance = (moment: number) => Math.abs(axis.of(moment - HALF) - place) / scale;
  const near = turns(lifetime).filter((moment) => distance(moment) <= SNAP);
  const nearest = near.sort((a, b) => distance(a) - distance(b))[0];
  // Where moments are wide enough to be pointed at, each is meant by itself.
  return nearest !== undefined && scale > 1 / SNAP ? nearest : axis.momentAt(place);
}
