'use client';

import { type KeyboardEvent, useRef } from 'react';
import { PHASES } from './groups';
import { IconButton } from '../../ui/icon-button';

interface PhaseTabsProps {
  /** Before the ids of the tabs and their panel. */
  id: string;
  /** Index of the phase shown. */
  at: number;
  /** Objects that each phase dealt with; 0 makes it quiet. */
  totals: readonly number[];
  onChange(at: number): void;
}

export const tabId = (id: string, at: number) => `${id}-tab-${at}`;
export const panelId = (id: string) => `${id}-panel`;

/** The phases in a row, as tabs: arrow keys, Home and End; buttons for the step back and forth. */
export function PhaseTabs({ id, at, totals, onChange }: PhaseTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const go = (to: number) => {
    if (to < 0 || to >= PHASES.length) return;
    onChange(to);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(id, to))}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: PHASES.length - 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };
  const phase = PHASES[at]!;
  return (
    <div>
      <div className="flex items-center gap-2">
        <IconButton label="Previous phase" isOff={at === 0} onClick={() => at > 0 && onChange(at - 1)}>
          <path d="M10 3L5 8l5 5" />
        </IconButton>
        <IconButton
          label="Next phase"
          isOff={at === PHASES.length - 1}
          onClick={() => at < PHASES.length - 1 && onChange(at + 1)}
        >
          <path d="M6 3l5 5-5 5" />
        </IconButton>
        <p className="min-w-0 text-sm leading-5">
          <span className="text-ink-faint tabular-nums">
            {at + 1} of {PHASES.length}
          </span>{' '}
          <span className="font-semibold text-ink">{phase.name}</span>{' '}
          <code className="font-mono text-xs wrap-anywhere text-ink-faint">{phase.id}</code>
        </p>
      </div>
      <div
        ref={list}
        role="tablist"
        aria-label="Phases of the collection"
        onKeyDown={onKeyDown}
        className="mt-2 grid grid-cols-8 gap-1"
      >
        {PHASES.map(({ name }, i) => {
          const isDone = i <= at;
          const isQuiet = totals[i] === 0;
          return (
            <button
              key={name}
              id={tabId(id, i)}
              type="button"
              role="tab"
              aria-selected={i === at}
              aria-controls={panelId(id)}
              aria-label={name}
              tabIndex={i === at ? 0 : -1}
              onClick={() => onChange(i)}
              title={name}
              className={`group/tab flex min-w-0 flex-col gap-1 rounded-sm pt-1 pb-1 text-left text-xs leading-4 ${i === at ? 'font-semibold text-ink' : 'text-ink-faint hover:text-ink'}`}
            >
              <span
                aria-hidden="true"
                className={`block h-1.5 rounded-full border motion-safe:transition-colors ${
                  isDone
                    ? isQuiet && i !== at
                      ? 'border-cycle bg-cycle-soft'
                      : 'border-cycle bg-cycle forced-colors:bg-[CanvasText]'
                    : 'border-line bg-sunken group-hover/tab:border-line-strong'
                }`}
              />
              <span aria-hidden="true" className="hidden hyphens-auto sm:block">
                {name}
              </span>
              <span aria-hidden="true" className="text-center tabular-nums sm:hidden">
                {i + 1}
              </span>
            </button>
          );
        })}
      </div>
    </div>
  );
}
