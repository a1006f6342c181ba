'use client';

import { memo, type ReactNode, type Ref } from 'react';
import type { CellState } from '../../lib/notebook/store';
import { useHydrated } from './use-hydrated';

interface CellBarProps {
  cell: CellState;
  runButton: Ref<HTMLButtonElement>;
  onRun(): void;
  onInterrupt(): void;
  onReset(): void;
  onUndoReset(): void;
}

/** Prompt and buttons of a cell. The run button stays in place and keeps the focus while the cell runs. */
export const CellBar = memo(function CellBar({
  cell,
  runButton,
  onRun,
  onInterrupt,
  onReset,
  onUndoReset,
}: CellBarProps) {
  const { index, run, code, author, replaced, isOutdated } = cell;
  const isHydrated = useHydrated();
  const isBusy = run.status !== 'idle';
  const isEdited = code !== author;
  const isNewer = run.code !== null && run.code !== code;
  return (
    <div className="border-t border-line px-3 py-2 print:py-1.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <Prompt run={run} isNewer={isNewer} />
        <button
          ref={runButton}
          type="button"
          aria-label="Run cell"
          title="Run cell (Shift+Enter)"
          aria-disabled={isBusy || !isHydrated}
          data-busy={isBusy || undefined}
          onClick={() => isBusy || onRun()}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-transparent bg-accent px-3 text-sm font-semibold text-on-accent hover:bg-accent-strong data-busy:cursor-default data-busy:bg-accent-soft data-busy:text-accent-strong forced-colors:forced-color-adjust-none print:hidden"
        >
          <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 fill-current">
            <path d="M2.5 1.2L10.5 6l-8 4.8z" />
          </svg>
          {run.status === 'running' ? 'Running' : run.status === 'queued' ? 'Waiting' : 'Run'}
        </button>
        {isBusy && (
          <PlainButton label="Interrupt" onClick={onInterrupt}>
            <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-current">
              <rect x="1" y="1" width="10" height="10" rx="1.5" />
            </svg>
            Interrupt
          </PlainButton>
        )}
        <PlainButton label="Reset cell" isOff={!isEdited && !isOutdated} onClick={onReset}>
          Reset
        </PlainButton>
        {replaced !== null && (
          <PlainButton label="Undo reset" onClick={onUndoReset}>
            Undo reset
          </PlainButton>
        )}
        <span className="ml-auto flex items-center gap-3 text-xs text-ink-faint">
          <span aria-hidden="true" className="hidden group-data-coding/cell:md:inline print:hidden!">
            <Key>Shift</Key> <Key>Enter</Key> runs, then the next cell · <Key>Esc</Key> leaves
          </span>
          {isEdited && <span>edited</span>}
          <span aria-hidden="true">Cell {index}</span>
        </span>
      </div>
      {isOutdated && (
        <p className="pt-1.5 text-sm text-ink-soft">
          The lesson’s code for this cell has changed since you edited it. Yours is kept; Reset shows the new one.
        </p>
      )}
    </div>
  );
});

function Prompt({ run, isNewer }: { run: CellState['run']; isNewer: boolean }) {
  const mark = run.status === 'idle' ? (run.executionCount ?? ' ') : '*';
  const meaning =
    run.status === 'idle'
      ? run.executionCount === null
        ? 'Not run yet'
        : `Execution ${run.executionCount}${isNewer ? ', the code was changed since' : ''}`
      : 'Running';
  return (
    <span className="min-w-9 font-mono text-sm whitespace-pre text-ink-faint tabular-nums" title={meaning}>
      <span aria-hidden="true">
        [{mark}]{isNewer && '*'}
      </span>
      <span className="sr-only">{meaning}</span>
    </span>
  );
}

interface PlainButtonProps {
  label: string;
  isOff?: boolean;
  onClick(): void;
  children: ReactNode;
}

function PlainButton({ label, isOff = false, onClick, children }: PlainButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff}
      onClick={() => isOff || onClick()}
      className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-3 text-sm font-medium text-ink-soft hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint print:hidden"
    >
      {children}
    </button>
  );
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-line bg-sunken px-1 font-sans text-[0.6875rem] text-ink-soft">{children}</kbd>
  );
}
