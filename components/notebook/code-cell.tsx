'use client';

import { useEffect, useRef, useState } from 'react';
import type { MemoryReport } from '../../lib/engine/snapshot/snapshot';
import type { CellState } from '../../lib/notebook/store';
import { CodeArea, type CodeAreaHandle } from '../editor/code-area';
import type { LineMark } from '../editor/line-marks';
import { type Cursor, lastCursor, stepAt } from '../widgets/cursor';
import { MemoryPanel, type MemoryView } from '../widgets/memory-panel';
import { countChanges } from '../widgets/step-sentence';
import { CellBar } from './cell-bar';
import { useCell, useNotebook } from './notebook-context';
import { OutputArea } from './output-area';
import './code-cell.css';

interface CodeCellProps {
  /** Position among the page's cells, from 1. */
  index: number;
  /** The author's code. */
  code: string;
  /** The same, coloured at build time. */
  html: string;
  /** The memory views, by name with spaces between; all if left out. */
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
        marks={marksOf(cell, cursor)}
        onChange={(code) => store.setCode(id, code)}
        onRun={run}
        onLeave={() => runButton.current?.focus()}
      />
      <CellBar
        cell={cell}
        runButton={runButton}
        onRun={() => run(false)}
        onInterrupt={() => store.interrupt()}
        onReset={() => store.resetCode(id)}
        onUndoReset={() => store.undoReset(id)}
      />
      <OutputArea index={index} outputs={outputs} />
      {memory && (
        <div className="border-t border-line bg-paper/60 px-4 pt-3 pb-4 not-last:rounded-b-none last:rounded-b-lg">
          <MemoryPanel
            report={memory}
            cursor={cursor}
            onCursorChange={setCursor}
            views={viewsOf(show)}
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
  if (!memory) return [0, () => undefined];
  const cursor = chosen?.report === memory ? chosen.cursor : lastCursor(memory);
  return [cursor, (to) => choose({ report: memory, cursor: to })];
}

/** Lines are marked only while the text is the one that was run: in any other they would be other lines. */
function marksOf({ run, code }: CellState, cursor: Cursor): LineMark[] {
  if (run.code !== code) return [];
  const marks: LineMark[] = [];
  if (run.failingLine !== null) {
    const chips = run.memory && cursor < lastCursor(run.memory) ? [] : [errorName(run)];
    marks.push({ line: run.failingLine, endLine: run.failingLine, kind: 'error', chips });
  }
  const step = run.memory && stepAt(run.memory, cursor);
  if (run.memory && step?.kind === 'line' && !(step.raised && run.failingLine !== null)) {
    const chips = countChanges(run.memory, cursor).map(({ names, from, to }) => `${names.join(', ')} ${from} → ${to}`);
    marks.push({ line: step.line, endLine: step.endLine, kind: 'step', chips: chips.slice(0, 3) });
  }
  return marks;
}

function errorName(run: CellState['run']): string {
  return run.outputs.find((output) => output.output_type === 'error')?.ename ?? 'error';
}

function viewsOf(show: string | undefined): ReadonlySet<MemoryView> {
  const known: readonly MemoryView[] = ['references', 'collector'];
  if (show === undefined) return new Set(known);
  const asked = show.split(/\s+/);
  return new Set(known.filter((view) => asked.includes(view)));
}
