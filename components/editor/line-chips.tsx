'use client';

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CodeChip, CodeMarks, TextSpan } from './code-marks';
import { columnWidth, columnsOf } from './text-places';

interface LineChipsProps {
  code: string;
  marks: CodeMarks;
  /** The editor's text, by whose place the chips stand. */
  text: RefObject<HTMLElement | null>;
  /** Serial of the object that is selected on the page. */
  selected: number | null;
  onSelect(serial: number | null): void;
  /** The token of the chip that is pointed at or focused. */
  onMark(span: TextSpan | null): void;
}

const MOST_CHIPS = 3;
/** Below this width the chips always stand beneath the code: at a line's end there is no room on a phone. */
const NARROW = 448;
/** Between the end of the text and the first chip. */
const GAP = 28;

/**
 * The counts that a line changed, at the line's end; beneath the code where they do not fit there. A place beneath that
 * was needed once stays, so that the page does not jump from step to step.
 */
export function LineChips(props: LineChipsProps) {
  const { code, marks, text } = props;
  const row = useRef<HTMLDivElement>(null);
  const room = useRoom(text);
  const needed = useNaturalWidth(row);
  const [isKept, setIsKept] = useState(false);
  const { ran, error } = marks;
  const line = marks.chips.length > 0 ? (ran?.endLine ?? 1) : (error?.line ?? ran?.endLine ?? 1);
  const chips = <Chips key={`${line} ${marks.chips.map(chipText).join()}`} {...props} />;
  const has = marks.chips.length > 0 || marks.error?.text != null;
  const left = room === null ? 0 : room.start + columnsOf(code.split('\n')[line - 1] ?? '') * room.column + GAP;
  const isNarrow = room !== null && room.width < NARROW;
  const fits = room === null || (!isNarrow && left + needed + 12 <= room.width);
  if (!isKept && !fits && (has || isNarrow)) setIsKept(true);

  const isActive = ran !== null || marks.next !== null;
  return (
    <>
      <div
        style={{ top: `calc(0.75rem + ${line - 1} * var(--code-line))`, left: fits ? left : 0 }}
        className={`pointer-events-none absolute z-10 h-(--code-line) ${fits ? '' : 'invisible w-0 overflow-hidden'}`}
        aria-hidden={fits ? undefined : true}
        inert={!fits}
      >
        <div ref={row} className="flex h-full w-max items-center gap-1.5">
          {has && chips}
        </div>
      </div>
      {isKept && (isActive || has) && (
        <div className="flex min-h-8 flex-wrap items-center gap-1.5 px-3 pb-2">
          {!fits && has && (
            <>
              <span className="mr-0.5 text-xs text-ink-faint">line {line}</span>
              {chips}
            </>
          )}
        </div>
      )}
    </>
  );
}

interface Room {
  /** Where the text starts and how wide a column of it is. */
  readonly start: number;
  readonly column: number;
  /** Of the whole area. */
  readonly width: number;
}

/** Measured when sizes change, not at every step: to measure is to make the browser lay out the page at once. */
function useRoom(text: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const element = text.current;
    const area = element?.parentElement;
    if (!element || !area) return;
    const measure = () => setRoom({ start: element.offsetLeft, column: columnWidth(element), width: area.clientWidth });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(area);
    return () => observer.disconnect();
  }, [text]);
  return room;
}

/** The browser tells it after its own layout, before it paints. */
function useNaturalWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) flushSync(() => setWidth(Math.ceil(entry.contentRect.width)));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

const chipText = ({ label, before, after }: CodeChip) => `${label} ${before} ${after}`;

function Chips({ marks, selected, onSelect, onMark }: LineChipsProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? marks.chips : marks.chips.slice(0, MOST_CHIPS);
  const hidden = marks.chips.length - shown.length + marks.chipsOmitted;
  return (
    <>
      {shown.map((chip, at) => (
        <Chip
          // biome-ignore lint/suspicious/noArrayIndexKey: the same object may have two chips
          key={at}
          chip={chip}
          isSelected={chip.serial === selected}
          onSelect={onSelect}
          onMark={onMark}
        />
      ))}
      {hidden > 0 && (
        <button
          type="button"
          aria-disabled={showsAll}
          onClick={() => setShowsAll(true)}
          className="pointer-events-auto rounded-full px-1.5 text-xs leading-4.5 whitespace-nowrap text-ink-soft underline-offset-2 hover:underline aria-disabled:no-underline"
        >
          +{hidden} more
        </button>
      )}
      {marks.error?.text != null && (
        <span className="rounded-full border border-freed/40 bg-surface px-2 text-xs leading-4.5 font-medium whitespace-nowrap text-freed">
          {marks.error.text}
        </span>
      )}
    </>
  );
}

interface ChipProps {
  chip: CodeChip;
  isSelected: boolean;
  onSelect(serial: number | null): void;
  onMark(span: TextSpan | null): void;
}

function Chip({ chip, isSelected, onSelect, onMark }: ChipProps) {
  const { serial, label, before, by, after, isDead, span } = chip;
  const tone = isDead ? 'text-freed' : before !== null && after < before ? 'text-lost' : 'text-gained';
  const mark = () => onMark(span);
  const clear = () => onMark(null);
  const said =
    before === null
      ? `new, count ${after}`
      : `count from ${before}${by === null ? '' : ` to ${by}`} to ${after}${isDead ? ', freed' : ''}`;
  return (
    <button
      type="button"
      aria-label={`${label}: ${said}`}
      aria-pressed={isSelected}
      data-chip={label}
      onClick={() => onSelect(isSelected ? null : serial)}
      onPointerEnter={mark}
      onPointerLeave={clear}
      onFocus={mark}
      onBlur={clear}
      className={`pointer-events-auto inline-flex max-w-full items-baseline gap-1.5 rounded-full border bg-surface px-2 font-sans text-xs leading-4.5 font-medium whitespace-nowrap tabular-nums hover:border-accent ${isSelected ? 'border-accent outline-2 outline-accent' : 'border-line-strong/50'}`}
    >
      <span className="max-w-40 truncate font-mono text-[0.6875rem] text-ink">{label}</span>
      <span className={tone}>
        {before === null ? `new ${after}` : [before, ...(by === null ? [] : [by]), after].join(' → ')}
        {isDead && ' ✕'}
      </span>
    </button>
  );
}
