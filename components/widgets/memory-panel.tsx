'use client';

import { memo } from 'react';
import type { MemoryReport } from '../../lib/engine/snapshot/snapshot';
import { Collector } from './collector/collector';
import { collectorSummary } from './collector/collector-summary';
import { type Cursor, lastCursor, stateAt } from './cursor';
import type { ObjectLetters } from './object-letters';
import { Deaths } from './references/deaths';
import { ReferencesTable } from './references/references-table';
import { Stepper } from './stepper';
import { ViewFold } from './view-fold';
import { WidgetBoundary } from './widget-boundary';

export type MemoryView = 'references' | 'collector';

interface MemoryPanelProps {
  report: MemoryReport;
  letters: ObjectLetters;
  cursor: Cursor;
  onCursorChange(cursor: Cursor): void;
  openViews: ReadonlySet<MemoryView>;
  onToggleView(view: MemoryView): void;
  /** The cell's number. */
  number: number;
  /** The report is of the run before the one under way. */
  isOld: boolean;
}

/** The memory views of one cell, driven by one cursor; not drawn again for every key typed in the code above. */
export const MemoryPanel = memo(function MemoryPanel(props: MemoryPanelProps) {
  const { report, letters, cursor, onCursorChange, openViews, onToggleView, number, isOld } = props;
  const view = { report, cursor, letters };
  const names = stateAt(report, cursor).references.length;
  return (
    <div
      aria-busy={isOld}
      className={`flex flex-col gap-4 motion-safe:transition-opacity ${isOld ? 'opacity-60' : ''}`}
    >
      {openViews.size > 0 && lastCursor(report) > 0 && (
        <WidgetBoundary name="Lines of the run" resetKey={report}>
          <Stepper report={report} cursor={cursor} onCursorChange={onCursorChange} />
        </WidgetBoundary>
      )}
      <WidgetBoundary name="References" resetKey={report}>
        <ViewFold
          title="References"
          summary={names === 1 ? '1 name' : `${names} names`}
          isOpen={openViews.has('references')}
          onToggle={() => onToggleView('references')}
        >
          <ReferencesTable {...view} />
          <Deaths {...view} />
        </ViewFold>
      </WidgetBoundary>
      <WidgetBoundary name="Collector" resetKey={report}>
        <section aria-label={collectorName(number)}>
          <ViewFold
            title="Collector"
            summary={collectorSummary(report, cursor)}
            isOpen={openViews.has('collector')}
            onToggle={() => onToggleView('collector')}
          >
            <Collector {...view} />
          </ViewFold>
        </section>
      </WidgetBoundary>
    </div>
  );
});

/**
 * Spoken and searched for, this is "Collector": the region it lies in, "Cell 3", says which one. The zero-width spaces
 * only keep one page's landmarks apart for software that compares their names character by character.
 */
function collectorName(number: number): string {
  return `Collector${'\u200b'.repeat(number)}`;
}
