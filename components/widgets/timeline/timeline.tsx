'use client';

import { useEffect, useRef } from 'react';
import type { LifetimesReading, LinesReading } from '../../../lib/engine/snapshot/trace-types';
import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { TimelineView } from './timeline-view';

/** Lines that come in one answer (READING_LIMITS.lines); a run with more goes by steps. */
const MOST_LINES = 10_000;

export function Timeline({ run, runs, at, selected, letters, onGoTo, onSelect }: WidgetProps) {
  const lifetimes = useReading({ what: 'lifetimes', run: run.run });
  const byLine = run.lines > 0 && run.lines <= MOST_LINES;
  const lines = useReading(byLine ? { what: 'lines', run: run.run, index: 0, step: null } : null);
  const isReady = lifetimes.isCurrent && lifetimes.value !== null && (!byLine || lines.isCurrent || lines.isMissing);
  const last = useRef<{ reading: LifetimesReading; lines: LinesReading | null } | null>(null);
  const shown = isReady ? { reading: lifetimes.value!, lines: byLine ? lines.value : null } : last.current;
  useEffect(() => {
    if (isReady) last.current = shown;
  });
  if (lifetimes.isMissing) return <WidgetNote>This run is not recorded any more.</WidgetNote>;
  if (shown === null) return <WidgetNote error={lifetimes.error}>Reading the lifetimes of this run …</WidgetNote>;
  const shownRun = runs.find((each) => each.run === shown.reading.run) ?? run;
  return (
    <TimelineView
      key={shown.reading.run}
      reading={shown.reading}
      lines={shown.lines?.run === shown.reading.run ? shown.lines : null}
      run={shownRun}
      at={at}
      selected={selected}
      letters={letters}
      isStale={!isReady}
      onGoTo={onGoTo}
      onSelect={onSelect}
    />
  );
}
