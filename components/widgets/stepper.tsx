'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import type { MemoryReport, Step } from '../../lib/engine/snapshot/snapshot';
import { type Cursor, lastCursor, stepAt } from './cursor';
import { SentenceText } from './sentence-text';
import { stepSentence } from './step-sentence';
import './stepper.css';

interface StepperProps {
  report: MemoryReport;
  cursor: Cursor;
  onCursorChange(cursor: Cursor): void;
}

/** More marks than this would touch each other on a phone. */
const MOST_MARKS = 40;

/** Walks through a run line by line; the slider answers to the arrow keys, Home and End. */
export function Stepper({ report, cursor, onCursorChange }: StepperProps) {
  const last = lastCursor(report);
  const move = (to: Cursor) => onCursorChange(Math.max(0, Math.min(last, to)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    move(cursor + by);
  };
  const where = placeOf(report, cursor);

  return (
    <fieldset aria-label="Lines of the run" onKeyDown={onKeyDown} className="m-0 min-w-0 border-0 p-0">
      <div className="flex items-center gap-2">
        <StepButton label="Previous line" isOff={cursor === 0} onClick={() => move(cursor - 1)}>
          <path d="M10 3.5L5.5 8l4.5 4.5" />
        </StepButton>
        <div className="relative flex h-9 flex-1 items-center">
          <input
            type="range"
            min={0}
            max={last}
            step={1}
            value={cursor}
            aria-label="Line of the run"
            aria-valuetext={where}
            onChange={(event) => move(event.currentTarget.valueAsNumber)}
            className="step-slider relative w-full"
          />
          <Marks report={report} cursor={cursor} />
        </div>
        <StepButton label="Next line" isOff={cursor === last} onClick={() => move(cursor + 1)}>
          <path d="M6 3.5L10.5 8 6 12.5" />
        </StepButton>
      </div>
      <div className="mt-1.5 text-[0.9375rem] leading-6" aria-live="polite">
        <p>
          <span className="mr-1 text-xs font-semibold whitespace-nowrap text-accent-strong">{where}</span>{' '}
          <SentenceText sentence={stepSentence(report, cursor)} />
        </p>
      </div>
      {report.stepsExecuted > last && (
        <p className="mt-1 text-xs text-ink-faint">
          {report.stepsExecuted.toLocaleString('en')} lines were executed; {last} of these moments are kept.
        </p>
      )}
    </fieldset>
  );
}

function placeOf(report: MemoryReport, cursor: Cursor): string {
  const step = stepAt(report, cursor);
  if (!step) return 'Before line 1';
  if (step.kind === 'end') return 'After the cell';
  const where = step.frame === null ? '' : `, in ${step.frame}()`;
  return `${step.calls !== null ? 'In' : 'After'} ${linesOf(step)}${where}`;
}

function linesOf({ line, endLine, elsewhere }: Step): string {
  if (elsewhere === null) return endLine > line ? `lines ${line} to ${endLine}` : `line ${line}`;
  const cell = /^<cell (\d+)>$/.exec(elsewhere.file);
  return `line ${elsewhere.line} of ${cell ? `cell ${cell[1]}` : elsewhere.file}`;
}

interface StepButtonProps {
  label: string;
  isOff: boolean;
  onClick(): void;
  children: ReactNode;
}

/** `aria-disabled`, so that the button keeps the focus at either end. */
function StepButton({ label, isOff, onClick, children }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={onClick}
      className="grid size-9 shrink-0 place-items-center rounded-md border border-line bg-surface text-ink-soft hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint/60"
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 fill-none stroke-current stroke-2">
        {children}
      </svg>
    </button>
  );
}

/** A mark per step; where something died a cross, where the collector ran a diamond. */
function Marks({ report, cursor }: { report: MemoryReport; cursor: Cursor }) {
  const last = lastCursor(report);
  if (last > MOST_MARKS) return null;
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible">
      {[...Array(last + 1).keys()].map((at) => {
        if (at === cursor) return null;
        const step = stepAt(report, at);
        const x = `calc(0.5625rem + ${at / last} * (100% - 1.125rem))`;
        const tone = at <= cursor ? 'stroke-surface fill-accent' : 'stroke-surface fill-line-strong';
        const shape =
          step && step.collections.length > 0 ? (
            <path d="M0 -5L5 0 0 5 -5 0z" className="stroke-cycle fill-surface" strokeWidth="1.5" />
          ) : step && step.died.length + step.diedOmitted > 0 ? (
            <path d="M-3.5 -3.5l7 7M3.5 -3.5l-7 7" className="stroke-freed" strokeWidth="1.75" />
          ) : (
            <circle r="2.75" className={tone} />
          );
        return (
          <g key={at} style={{ transform: `translate(${x}, 1.125rem)` }}>
            {shape}
          </g>
        );
      })}
    </svg>
  );
}
