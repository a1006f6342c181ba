'use client';

import { memo } from 'react';
import type { TraceQuestion } from '../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from './object-letters';
import { WIDGETS } from './registry';
import { Stepper } from './stepper';
import { usePaced } from './trace/use-paced';
import { type Timeline, usePrefetch } from './trace/use-timeline';
import { ViewSwitches } from './view-switches';
import type { WidgetEntry, WidgetId, WidgetProps } from './widget';
import { WidgetBoundary } from './widget-boundary';

interface MemoryPanelProps {
  timeline: Timeline;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
  stops: ReadonlySet<number>;
  openViews: ReadonlySet<WidgetId>;
  onToggleView(view: WidgetId): void;
  /** The cell's number, and its id among the runs. */
  number: number;
  cellId: string;
  /** The record is of the run before the one under way. */
  isOld: boolean;
}

/** The memory views of one cell, driven by one timeline and one selection. */
export const MemoryPanel = memo(function MemoryPanel(props: MemoryPanelProps) {
  const { timeline, openViews, onToggleView, number, isOld } = props;
  const { run, runs } = timeline;
  const isElsewhere = runs.findLast((each) => each.cellId === props.cellId)?.run !== run.run;
  usePrefetch(neighbours(timeline, openViews));
  return (
    <div aria-busy={isOld} className={`motion-safe:transition-opacity ${isOld ? 'opacity-60' : ''}`}>
      {openViews.size > 0 && (
        <WidgetBoundary name="Lines of the run" resetKey={run}>
          {isElsewhere && (
            <p className="mb-2 flex flex-wrap items-baseline gap-x-2 rounded-md border border-accent/40 bg-accent-soft px-3 py-1.5 text-sm">
              You are looking at an earlier run or another cell.{' '}
              <button type="button" onClick={timeline.leaveRun} className="font-medium text-accent-strong underline">
                Back to this cell’s last run
              </button>
            </p>
          )}
          <Stepper timeline={timeline} stops={props.stops} cellId={props.cellId} />
        </WidgetBoundary>
      )}
      <ViewSwitches openViews={openViews} onToggle={onToggleView} />
      {WIDGETS.map((entry) =>
        openViews.has(entry.id) ? (
          <OpenView
            key={entry.id}
            entry={entry}
            timeline={timeline}
            letters={props.letters}
            selected={props.selected}
            onSelect={props.onSelect}
            onToggleView={onToggleView}
            number={number}
          />
        ) : null,
      )}
    </div>
  );
});

type OpenViewProps = Pick<
  MemoryPanelProps,
  'timeline' | 'letters' | 'selected' | 'onSelect' | 'onToggleView' | 'number'
> & { entry: WidgetEntry };

/** One view, at the reader's moment; while the slider is dragged it comes there in its turn. */
const OpenView = memo(function OpenView({ timeline, entry, onToggleView, number, ...selection }: OpenViewProps) {
  const shown = usePaced(timeline, timeline.isHurried);
  const { run, runs, at, from, granularity, goTo } = shown;
  return (
    <section
      aria-label={sectionName(entry.title, number)}
      data-view={entry.id}
      className="isolate mt-4 border-t border-line pt-3"
    >
      <WidgetHeading entry={entry} onToggleView={onToggleView} />
      <WidgetBoundary name={entry.title} resetKey={at}>
        <Body entry={entry} {...{ run, runs, at, from, granularity }} onGoTo={goTo} {...selection} />
      </WidgetBoundary>
    </section>
  );
});

const Body = memo(function Body({ entry, ...props }: WidgetProps & { entry: WidgetEntry }) {
  return <entry.Widget {...props} />;
});

/** What the open views will ask when the reader makes one step more, back or forth. */
function neighbours({ from, next, at }: Timeline, openViews: ReadonlySet<WidgetId>): TraceQuestion[] {
  const moments = [from, next].filter(({ step }) => step !== at.step);
  const questions: TraceQuestion[] = [];
  for (const each of moments) {
    if (openViews.has('references'))
      questions.push({ what: 'moment', at: each, options: { graph: false, around: [] } });
    if (openViews.has('collector')) questions.push({ what: 'collector', at: each });
    if (openViews.has('heap')) questions.push({ what: 'graph', at: each, around: [] });
  }
  return questions;
}

type WidgetHeadingProps = Pick<OpenViewProps, 'entry' | 'onToggleView'>;

const WidgetHeading = memo(function WidgetHeading({ entry, onToggleView }: WidgetHeadingProps) {
  return (
    <div className="mb-1.5 flex items-start gap-2">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="text-sm font-semibold text-ink">{entry.title}</span>{' '}
        <span className="text-xs text-pretty text-ink-faint">{entry.about}</span>
      </p>
      <button
        type="button"
        aria-label={`Close ${entry.title}`}
        title={`Close ${entry.title}`}
        onClick={() => onToggleView(entry.id)}
        className="ml-auto grid size-6 -mr-1.5 shrink-0 place-items-center rounded text-ink-faint hover:bg-sunken hover:text-ink print:hidden"
      >
        <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5 fill-none stroke-current stroke-[1.75]">
          <path d="M2 2l8 8M10 2l-8 8" />
        </svg>
      </button>
    </div>
  );
});

/**
 * Spoken and searched for, this is "Collector": the region it lies in, "Cell 3", says which one. The zero-width spaces
 * only keep one page's landmarks apart for software that compares their names character by character.
 */
function sectionName(title: string, number: number): string {
  return `${title}${'\u200b'.repeat(number)}`;
}
