'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
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
      {Array.from({ length: lines }, (_, at) => at + 1).map((line) => {
        const isStop = stops.has(line);
        return (
          <button
            key={line}
            type="button"
            data-stop={line}
            aria-label={`Stop at line ${line}`}
            aria-pressed={isStop}
            title={isStop ? 'Take the stop away' : 'Stop here (F9)'}
            tabIndex={line === reachable ? 0 : -1}
            onFocus={() => setCurrent(line)}
            onClick={() => onToggleStop(line)}
            className="group/stop flex h-(--code-line) w-full items-center justify-end -outline-offset-2"
          >
            <span
              aria-hidden="true"
              className={`ml-1.5 size-2.5 rounded-full border-5 border-freed forced-color-adjust-none forced-colors:border-[CanvasText] print:hidden ${isStop ? '' : 'opacity-0 group-hover/stop:opacity-35 group-focus-visible/stop:opacity-35'}`}
            />
            <span className={`flex-1 text-right ${isStop ? 'font-semibold text-ink' : ''}`}>{line}</span>
            <Arrow marks={marks} line={line} />
          </button>
        );
      })}
    </div>
  );
}

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

/** A tick where the last step ran, an arrow where the next one will. */
function Arrow({ marks: { ran, next, error }, line }: { marks: CodeMarks; line: number }) {
  const isNext = next?.line === line;
  const isRan = !isNext && ran !== null && ran.line === line;
  const isError = !isNext && error?.line === line;
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="mr-0.5 ml-1 size-3 shrink-0">
      {isNext ? (
        <path d="M2.5 1.5L10 6l-7.5 4.5z" className="fill-accent" data-arrow="next" />
      ) : isError ? (
        <path d="M6 1.5v6M6 9.5v1.2" className="fill-none stroke-freed stroke-2" data-arrow="error" />
      ) : isRan ? (
        <path d="M2 6.5l3 3 5-7" className="fill-none stroke-accent stroke-[1.75]" data-arrow="ran" />
      ) : null}
    </svg>
  );
}
