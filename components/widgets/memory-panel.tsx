'use client';

import { useMemo } from 'react';
import type { MemoryReport } from '../../lib/engine/snapshot/snapshot';
import { Collector } from './collector/collector';
import { type Cursor, lastCursor } from './cursor';
import { objectLetters } from './object-letters';
import { Deaths } from './references/deaths';
import { ReferencesTable } from './references/references-table';
import { Stepper } from './stepper';
import { WidgetBoundary } from './widget-boundary';

export type MemoryView = 'references' | 'collector';

interface MemoryPanelProps {
  report: MemoryReport;
  cursor: Cursor;
  onCursorChange(cursor: Cursor): void;
  views: ReadonlySet<MemoryView>;
  /** The cell's number. */
  number: number;
  /** The report is of the run before the one under way. */
  isOld: boolean;
}

/** The memory views of one cell, driven by one cursor. */
export function MemoryPanel({ report, cursor, onCursorChange, views, number, isOld }: MemoryPanelProps) {
  const letters = useMemo(() => objectLetters(report), [report]);
  const view = { report, cursor, letters };
  return (
    <div
      aria-busy={isOld}
      className={`flex flex-col gap-5 motion-safe:transition-opacity ${isOld ? 'opacity-60' : ''}`}
    >
      {lastCursor(report) > 0 && (
        <WidgetBoundary name="Lines of the run" resetKey={report}>
          <Stepper report={report} cursor={cursor} onCursorChange={onCursorChange} />
        </WidgetBoundary>
      )}
      {views.has('references') && (
        <WidgetBoundary name="References" resetKey={report}>
          <ReferencesTable {...view} />
          <Deaths {...view} />
        </WidgetBoundary>
      )}
      {views.has('collector') && (
        <WidgetBoundary name="Collector" resetKey={report}>
          <Collector {...view} number={number} />
        </WidgetBoundary>
      )}
    </div>
  );
}
