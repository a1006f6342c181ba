'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MemoryReport } from '../../lib/kernel/engine-port';
import type { CellState } from '../../lib/notebook/store';
import { CodeArea, type CodeAreaHandle } from '../editor/code-area';
import type { LineMark } from '../editor/line-marks';
import { type Cursor, lastCursor, stepAt } from '../widgets/cursor';
import { MemoryPanel, type MemoryView } from '../widgets/memory-panel';
import { countChanges } from '../widgets/step-sentence';
import { CellBar } from './cell-bar';
import { useCell, useLetters, useNotebook } from './notebook-context';
import { OutputArea } from './output-area';
import './code-cell.css';

interface CodeCellProps {
  /** Position among the page's cells, from 1. */
  index: number;
  /** The author's code. */
  code: string;
  /** The same, coloured at build time. */
  html: string;
  /** The memory views that start open, by name with spaces between. */
  show?: string;
  lessonId: string;
}

export function CodeCell({ index, code: author, html, show }: CodeCellProps) {
  const { store, handles } = useNotebook();
  const id = store.ensureCell(index, author);
  const cell = useCell(id);
  const region = useRef<HTMLElement>(null);
  const area = useRef<CodeAreaHandle>(null);
  const runButton = useRef<HTMLButtonElement>(null);
  const [cursor, setCursor] = useCursor(cell.run.memory);
  const letters = useLetters(cell.run.memory);
  const [openViews, toggleView] = useOpenViews(show, cell.run.memory);

  useEffect(() => {
    handles.set(id, {
      focusCode: () => area.current?.focus(),
      isVisible: () => region.current?.checkVisibility() ?? false,
    });
    return () => {
      handles.delete(id);
    };
  }, [handles, id]);

  const run = (advance: boolean) => {
    store.runCell(id);
    if (!advance) return;
    for (let next = store.nextCell(id); next; next = store.nextCell(next.id)) {
      const handle = handles.get(next.id);
      if (!handle?.isVisible()) continue;
      handle.focusCode();
      return;
    }
  };

  const { memory, outputs } = cell.run;
  return (
    <section
      ref={region}
      aria-label={`Cell ${index}`}
      aria-busy={cell.run.status === 'running'}
      className="notebook-cell group/cell rounded-lg border border-line bg-surface text-base leading-normal shadow-lift has-[.code-area_:focus]:border-accent"
    >
      <CodeArea
        ref={area}
        code={cell.code}
        html={cell.code === author ? html : null}
        label={`Code of cell ${index}`}
        marks={marksOf(cell, openViews.size > 0 ? cursor : null)}
        onChange={(code) => store.setCode(id, code)}
        onRun={run}
        onLeave={() => runButton.current?.focus()}
      />
      <CellBar
        cell={cell}
        runButton={runButton}
        onRun={() => run(false)}
        onInterrupt={() => {
          // The button goes away with the run; the focus must not go with it.
          runButton.current?.focus();
          store.interrupt();
        }}
        onReset={() => store.resetCode(id)}
        onUndoReset={() => store.undoReset(id)}
      />
      <OutputArea index={index} outputs={outputs} />
      {memory && letters && (
        <div className="border-t border-line bg-paper/60 px-4 pt-3 pb-4 not-last:rounded-b-none last:rounded-b-lg">
          <MemoryPanel
            report={memory}
            letters={letters}
            cursor={cursor}
            onCursorChange={setCursor}
            openViews={openViews}
            onToggleView={toggleView}
            number={index}
            isOld={cell.run.isMemoryOld}
          />
        </div>
      )}
    </section>
  );
}

/** Starts at the last step of each new report. */
function useCursor(memory: MemoryReport | null): [Cursor, (cursor: Cursor) => void] {
  const [chosen, choose] = useState<{ report: MemoryReport; cursor: Cursor } | null>(null);
  const move = useCallback((cursor: Cursor) => memory && choose({ report: memory, cursor }), [memory]);
  if (!memory) return [0, move];
  return [chosen?.report === memory ? chosen.cursor : lastCursor(memory), move];
}

/** Lines are marked only while the text is the one that was run: in any other they would be other lines. */
function marksOf({ run, code }: CellState, cursor: Cursor | null): LineMark[] {
  if (run.code !== code) return [];
  const marks: LineMark[] = [];
  if (run.failingLine !== null) {
    const isEarlier = run.memory && cursor !== null && cursor < lastCursor(run.memory);
    const chips = isEarlier ? [] : [errorName(run)];
    marks.push({ line: run.failingLine, endLine: run.failingLine, kind: 'error', chips });
  }
  const step = run.memory && cursor !== null ? stepAt(run.memory, cursor) : null;
  if (run.memory && cursor !== null && step?.kind === 'line' && !(step.raised && run.failingLine !== null)) {
    const chips = countChanges(run.memory, cursor).map(({ names, from, to }) => `${names.join(', ')} ${from} → ${to}`);
    marks.push({ line: step.line, endLine: step.endLine, kind: 'step', chips: chips.slice(0, 3) });
  }
  return marks;
}

function errorName(run: CellState['run']): string {
  return run.outputs.find((output) => output.output_type === 'error')?.ename ?? 'error';
}

const VIEWS: readonly MemoryView[] = ['references', 'collector'];

/** The author says which views start open; a collector that ran speaks up by itself; the learner has the last word. */
function useOpenViews(show: string | undefined, memory: MemoryReport | null) {
  const [chosen, choose] = useState<Partial<Record<MemoryView, boolean>>>({});
  const hasCollected = (memory?.collections.length ?? 0) > 0;
  const open = useMemo(() => {
    const asked = show?.split(/\s+/) ?? [];
    const isOpen = (view: MemoryView) =>
      chosen[view] ?? (asked.includes(view) || (view === 'collector' && hasCollected));
    return new Set(VIEWS.filter(isOpen));
  }, [show, chosen, hasCollected]);
  const toggle = useCallback(
    (view: MemoryView) => choose((before) => ({ ...before, [view]: !open.has(view) })),
    [open],
  );
  return [open, toggle] as const;
}
