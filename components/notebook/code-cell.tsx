'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { CodeArea, type CodeAreaHandle } from '../editor/code-area';
import { MemoryPanel } from '../widgets/memory-panel';
import { usePaced } from '../widgets/trace/use-paced';
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
  // Not `:has(:focus)`: with that the browser restyles the whole cell whenever anything in it comes or goes.
  const [isCoding, setCoding] = useState(false);
  const area = useRef<CodeAreaHandle>(null);
  const runButton = useRef<HTMLButtonElement>(null);
  const { letters, selected, select } = useMemorySession();
  const timeline = useTimeline(cell.run.trace);
  const [openViews, toggleView] = useOpenViews(index, show, cell.run.trace);
  const [stops, toggleStop] = useStops(cell.code);
  const looked = usePaced(openViews.size > 0 ? timeline : null, timeline?.isHurried ?? false);
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

  const run = useCallback(
    (advance: boolean) => {
      store.runCell(id);
      if (!advance) return;
      for (let next = store.nextCell(id); next; next = store.nextCell(next.id)) {
        const handle = handles.get(next.id);
        if (!handle?.isVisible()) continue;
        handle.focusCode();
        return;
      }
    },
    [store, handles, id],
  );
  const change = useCallback((text: string) => store.setCode(id, text), [store, id]);
  const leave = useCallback(() => runButton.current?.focus(), []);
  const stay = useCallback(() => run(false), [run]);
  const interrupt = useCallback(() => {
    // The button goes away with the run; the focus must not go with it.
    runButton.current?.focus();
    store.interrupt();
  }, [store]);
  const reset = useCallback(() => store.resetCode(id), [store, id]);
  const undoReset = useCallback(() => store.undoReset(id), [store, id]);

  return (
    <section
      ref={region}
      onFocus={({ target }) => setCoding(isInCode(target))}
      onBlur={({ relatedTarget }) => setCoding(isInCode(relatedTarget))}
      onKeyDown={(event) => timeline && timelineKeys(event, timeline)}
      aria-label={`Cell ${index}`}
      aria-busy={cell.run.status === 'running'}
      data-coding={isCoding || undefined}
      className="notebook-cell group/cell rounded-lg border border-line bg-surface text-base leading-normal shadow-lift data-coding:border-accent"
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
        onChange={change}
        onRun={run}
        onLeave={leave}
      />
      <CellBar
        cell={cell}
        runButton={runButton}
        onRun={stay}
        onInterrupt={interrupt}
        onReset={reset}
        onUndoReset={undoReset}
      />
      <OutputArea index={index} outputs={cell.run.outputs} />
      {timeline && (
        <div className="border-t border-line bg-paper/60 px-4 pt-3 pb-4 not-last:rounded-b-none last:rounded-b-lg print:bg-surface">
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

const isInCode = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.code-area') !== null;
