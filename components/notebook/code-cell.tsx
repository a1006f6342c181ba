'use client';

import { useEffect, useMemo, useRef } from 'react';
import { CodeArea, type CodeAreaHandle } from '../editor/code-area';
import { MemoryPanel } from '../widgets/memory-panel';
import { useTimeline } from '../widgets/trace/use-timeline';
import { CellBar } from './cell-bar';
import { cellMarks } from './cell-marks';
import { useMemorySession } from './memory-session';
import { useCell, useNotebook } from './notebook-context';
import { OutputArea } from './output-area';
import { timelineKeys } from './timeline-keys';
import { useAskName } from './use-ask-name';
import { useOpenViews } from './use-open-views';
import { useStops } from './use-stops';
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
  const { letters, selected, select } = useMemorySession();
  const timeline = useTimeline(cell.run.trace);
  const [openViews, toggleView] = useOpenViews(index, show, cell.run.trace);
  const [stops, toggleStop] = useStops(cell.code);
  const looked = openViews.size > 0 ? timeline : null;
  const marks = useMemo(() => cellMarks(cell, looked), [cell, looked]);
  const isOfRun = looked !== null && looked.run.run === cell.run.trace?.run && cell.run.code === cell.code;
  const askName = useAskName(looked, isOfRun, letters);

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

  return (
    <section
      ref={region}
      onKeyDown={(event) => timeline && timelineKeys(event, timeline)}
      aria-label={`Cell ${index}`}
      aria-busy={cell.run.status === 'running'}
      className="notebook-cell group/cell rounded-lg border border-line bg-surface text-base leading-normal shadow-lift has-[.code-area_:focus]:border-accent"
    >
      <CodeArea
        ref={area}
        code={cell.code}
        html={cell.code === author ? html : null}
        label={`Code of cell ${index}`}
        marks={marks}
        stops={stops}
        selected={selected}
        askName={askName}
        onSelect={select}
        onToggleStop={toggleStop}
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
      <OutputArea index={index} outputs={cell.run.outputs} />
      {timeline && (
        <div className="border-t border-line bg-paper/60 px-4 pt-3 pb-4 not-last:rounded-b-none last:rounded-b-lg">
          <MemoryPanel
            timeline={timeline}
            letters={letters}
            selected={selected}
            onSelect={select}
            stops={stops}
            openViews={openViews}
            onToggleView={toggleView}
            number={index}
            cellId={id}
            isOld={cell.run.isTraceOld}
          />
        </div>
      )}
    </section>
  );
}
