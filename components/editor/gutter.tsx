'use client';

import { type KeyboardEvent, memo, useRef, useState } from 'react';
import type { CodeMarks } from './code-marks';

interface GutterProps {
  lines: number;
  marks: CodeMarks;
  stops: ReadonlySet<number>;
  onToggleStop(line: number): void;
}

/** Numbers of the lines. Each is a button that sets a stop there; the arrow keys go from one to the next. */
export function Gutter({ lines, marks, stops, onToggleStop }: GutterProps) {
  const [current, setCurrent] = useState(1);
  const group = useRef<HTMLDivElement>(null);
  const reachable = Math.min(current, lines);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, reachable, lines);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    setCurrent(to);
    group.current?.querySelector<HTMLElement>(`[data-stop="${to}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out line by line
    <div
      ref={group}
      role="group"
      aria-label="Stops"
      onKeyDown={onKeyDown}
      className="relative z-10 w-14 shrink-0 text-ink-faint tabular-nums select-none"
    >
      {Array.from({ length: lines }, (_, at) => at + 1).map((line) => (
        <GutterLine
          key={line}
          line={line}
          isStop={stops.has(line)}
          isReachable={line === reachable}
          arrow={arrowAt(marks, line)}
          onReach={setCurrent}
          onToggleStop={onToggleStop}
        />
      ))}
    </div>
  );
}

interface GutterLineProps {
  line: number;
  isStop: boolean;
  /** The tab key comes to it. */
  isReachable: boolean;
  arrow: ArrowKind | null;
  onReach(line: number): void;
  onToggleStop(line: number): void;
}

/** Drawn again only if its own marks changed. */
const GutterLine = memo(function GutterLine(props: GutterLineProps) {
  const { line, isStop, isReachable, arrow, onReach, onToggleStop } = props;
  return (
    <button
      type="button"
      data-stop={line}
      aria-label={`Stop at line ${line}`}
      aria-pressed={isStop}
      title={isStop ? 'Take the stop away' : 'Stop here (F9)'}
      tabIndex={isReachable ? 0 : -1}
      onFocus={() => onReach(line)}
      onClick={() => onToggleStop(line)}
      className="group/stop flex h-(--code-line) w-full items-center justify-end -outline-offset-2"
    >
      <span
        aria-hidden="true"
        className={`ml-1.5 size-2.5 rounded-full border-5 border-freed forced-color-adjust-none forced-colors:border-[CanvasText] print:hidden ${isStop ? '' : 'opacity-0 group-hover/stop:opacity-35 group-focus-visible/stop:opacity-35'}`}
      />
      <span className={`flex-1 text-right ${isStop ? 'font-semibold text-ink' : ''}`}>{line}</span>
      <Arrow kind={arrow} />
    </button>
  );
});

function target(key: string, line: number, lines: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return Math.max(1, line - 1);
    case 'ArrowDown':
      return Math.min(lines, line + 1);
    case 'Home':
      return 1;
    case 'End':
      return lines;
    default:
      return null;
  }
}

type ArrowKind = 'next' | 'error' | 'ran';

function arrowAt({ ran, next, error }: CodeMarks, line: number): ArrowKind | null {
  if (next?.line === line) return 'next';
  if (error?.line === line) return 'error';
  return ran?.line === line ? 'ran' : null;
}

const ARROWS = {
  next: { d: 'M2.5 1.5L10 6l-7.5 4.5z', look: 'fill-accent' },
  error: { d: 'M6 1.5v6M6 9.5v1.2', look: 'fill-none stroke-freed stroke-2' },
  ran: { d: 'M2 6.5l3 3 5-7', look: 'fill-none stroke-accent stroke-[1.75]' },
} as const;

/** A tick where the last step ran, an arrow where the next one will. */
function Arrow({ kind }: { kind: ArrowKind | null }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="mr-0.5 ml-1 size-3 shrink-0">
      {kind && <path d={ARROWS[kind].d} className={ARROWS[kind].look} data-arrow={kind} />}
    </svg>
  );
}
