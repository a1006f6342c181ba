'use client';

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
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

/**
 * The counts that a line changed, at the line's end; beneath the code where they do not fit there. A place beneath that
 * was needed once stays, so that the page does not jump from step to step.
 */
export function LineChips(props: LineChipsProps) {
  const { code, marks, text } = props;
  const row = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<'line' | 'below'>('line');
  const [isKept, setIsKept] = useState(false);
  const [left, setLeft] = useState(0);
  const { ran, error } = marks;
  const line = marks.chips.length > 0 ? (ran?.endLine ?? 1) : (error?.line ?? ran?.endLine ?? 1);
  const chips = <Chips key={`${line} ${marks.chips.map(chipText).join()}`} {...props} />;
  const has = marks.chips.length > 0 || marks.error?.text != null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew whenever what is measured changes
  useLayoutEffect(() => {
    const element = text.current;
    if (!element) return;
    const measure = () => {
      const area = element.parentElement;
      if (!area) return;
      const start = element.offsetLeft + columnsOf(code.split('\n')[line - 1] ?? '') * columnWidth(element) + 28;
      const width = row.current?.scrollWidth ?? 0;
      const fits = area.clientWidth >= NARROW && start + width + 12 <= area.clientWidth;
      setLeft(start);
      setPlace(fits ? 'line' : 'below');
      if (!fits && (has || area.clientWidth < NARROW)) setIsKept(true);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [code, line, marks, has]);

  const isActive = ran !== null || marks.next !== null;
  return (
    <>
      <div
        ref={row}
        style={{ top: `calc(0.75rem + ${line - 1} * var(--code-line))`, left: place === 'line' ? left : 0 }}
        className={`pointer-events-none absolute z-10 flex h-(--code-line) items-center gap-1.5 ${place === 'line' ? 'w-max' : 'invisible max-w-full overflow-hidden'}`}
        aria-hidden={place === 'line' ? undefined : true}
        inert={place !== 'line'}
      >
        {has && chips}
      </div>
      {isKept && (isActive || has) && (
        <div className="flex min-h-8 flex-wrap items-center gap-1.5 px-3 pb-2">
          {place === 'below' && has && (
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
