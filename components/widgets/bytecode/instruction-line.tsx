import { memo } from 'react';
import type { InstructionRow } from '../../../lib/engine/snapshot/trace-types';
import { rowText } from './text';

interface InstructionLineProps {
  id: string;
  row: InstructionRow;
  index: number;
  isNext: boolean;
  isLast: boolean;
  isSelected: boolean;
  onPick(index: number): void;
  onHover(index: number | null): void;
}

/** Changes of counts in the row; all are told where the instruction is explained. */
const MOST_COUNTS = 6;

/** One instruction: offset, name, argument, what it did to the stack and to counts. */
export const InstructionLine = memo(function InstructionLine(props: InstructionLineProps) {
  const { id, row, index, isNext, isLast, isSelected, onPick, onHover } = props;
  const { label, offset, name, argument, step, stackBefore, stackAfter, counts } = row;
  const look = isSelected
    ? 'bg-accent-soft forced-colors:outline forced-colors:-outline-offset-1'
    : isNext
      ? 'bg-marker/40'
      : 'hover:bg-sunken';
  const words = isNext ? 'runs next: ' : isLast ? 'ran last: ' : '';
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-current={isNext ? 'step' : undefined}
      aria-label={`${words}${rowText(row)}`}
      title={step === null ? undefined : `Go to the moment before it last ran (step ${step + 1})`}
      onPointerUp={(event) => event.button === 0 && onPick(index)}
      onPointerEnter={() => onHover(index)}
      onPointerLeave={() => onHover(null)}
      className={`grid cursor-pointer grid-cols-[1.25rem_2rem_minmax(0,1fr)] items-baseline gap-x-1.5 rounded-sm py-[3px] pr-1.5 text-xs sm:grid-cols-[1.25rem_1.75rem_2rem_minmax(0,1fr)] ${look} ${isSelected ? 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-1 group-focus-visible:outline-accent' : ''}`}
    >
      <span className="text-center text-accent-strong">{isNext ? <NextMark /> : isLast ? <LastMark /> : null}</span>
      <span className="hidden font-mono text-ink-faint sm:inline">{label === null ? '' : `L${label}:`}</span>
      <span className="text-right font-mono tabular-nums text-ink-faint">{offset}</span>
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-mono">
          <span
            className={`wrap-anywhere ${step === null && !isNext ? 'text-ink-faint' : 'text-ink'} ${isNext ? 'font-semibold' : ''}`}
          >
            {label !== null && <span className="text-ink-faint sm:hidden">L{label}: </span>}
            {name}
          </span>
          {argument !== '' && <span className="min-w-0 wrap-anywhere text-accent-strong">{argument}</span>}
        </span>
        <span className="ml-auto flex flex-wrap items-baseline justify-end gap-x-2 text-[0.6875rem] text-ink-faint">
          {counts.slice(0, MOST_COUNTS).map((change, i) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: an object's count may change twice, in order
              key={i}
              className={`font-mono whitespace-nowrap ${change.after > change.before ? 'text-gained' : 'text-lost'}`}
            >
              <span className="inline-block max-w-32 truncate align-bottom">{change.label}</span> {change.before} →{' '}
              {change.after}
            </span>
          ))}
          {counts.length > MOST_COUNTS && <span>and {counts.length - MOST_COUNTS} more</span>}
          {stackBefore !== null && (
            <span
              className="min-w-11 text-right font-mono whitespace-nowrap tabular-nums"
              title="Items on the value stack, before and after"
            >
              {stackBefore} → {stackAfter ?? '×'}
            </span>
          )}
        </span>
      </span>
    </div>
  );
});

export function NextMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="inline-block size-3 fill-current">
      <path d="M2 1.5L10.5 6 2 10.5z" />
    </svg>
  );
}

export function LastMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="inline-block size-3 fill-none stroke-current stroke-2">
      <circle cx="6" cy="6" r="2.5" />
    </svg>
  );
}
