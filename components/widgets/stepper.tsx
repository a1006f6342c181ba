'use client';

import { type KeyboardEvent, memo, useId, useMemo } from 'react';
import type { RunSummary, TraceStep } from '../../lib/engine/snapshot/trace-types';
import { IconButton } from '../ui/icon-button';
import { SentenceText } from './sentence-text';
import { SliderMarks } from './slider-marks';
import { useReading } from './trace/use-reading';
import { usePaced } from './trace/use-paced';
import type { Timeline } from './trace/use-timeline';
import { traceSentence } from './trace-sentence';
import { runName } from './run-name';
import './stepper.css';
import { detailNotes } from './detail-notes';

interface StepperProps {
  timeline: Timeline;
  /** Lines at which the reader wants to stop; with none there are no buttons for it. */
  stops: ReadonlySet<number>;
  /** Id of the cell it stands under: its own runs are named shorter. */
  cellId: string;
}

/** Walks through a run, by line or by instruction, back and forth; the slider answers to the arrow keys, Home and End. */
export function Stepper({ timeline, stops, cellId }: StepperProps) {
  const { position, length, granularity, isAtStart, isAtEnd, isHurried, move, moveTo, moveToStop } = timeline;
  const unit = granularity === 'line' ? 'line' : 'instruction';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    move(by);
  };

  return (
    <fieldset aria-label="Lines of the run" onKeyDown={onKeyDown} className="isolate m-0 min-w-0 border-0 p-0">
      <div className="flex items-center gap-2 print:hidden">
        <StepButtons by={-1} {...{ unit, stops, move, moveToStop }} isOff={isAtStart} />
        <div className="relative flex h-9 flex-1 items-center">
          <input
            type="range"
            min={0}
            max={length}
            step={1}
            value={position}
            aria-label={`${granularity === 'line' ? 'Line' : 'Instruction'} of the run`}
            aria-valuetext={placeOf(timeline)}
            onChange={({ currentTarget }) => moveTo(currentTarget.valueAsNumber, currentTarget.matches(':active'))}
            className="step-slider relative w-full"
          />
          <SliderMarks timeline={timeline} />
        </div>
        <StepButtons by={1} {...{ unit, stops, move, moveToStop }} isOff={isAtEnd} />
      </div>
      {/* Announced is where one has come to, not what was passed on the way: at rest the paragraph is a new one. */}
      <div
        className="mt-1.5 min-h-12 text-[0.9375rem] leading-6 print:min-h-0"
        aria-live={isHurried ? 'off' : 'polite'}
      >
        <StepStory key={isHurried ? 'passing' : 'at rest'} timeline={timeline} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs text-ink-faint">
        <GranularitySwitch run={timeline.run} granularity={granularity} setGranularity={timeline.setGranularity} />
        <RunChooser run={timeline.run} runs={timeline.runs} goTo={timeline.goTo} cellId={cellId} />
        <span className="ml-auto tabular-nums">
          {position.toLocaleString('en')} of {length.toLocaleString('en')} {unit}
          {length === 1 ? '' : 's'}
        </span>
      </div>
      <DetailNote run={timeline.run} />
    </fieldset>
  );
}

interface StepButtonsProps extends Pick<Timeline, 'move' | 'moveToStop'> {
  by: -1 | 1;
  unit: 'line' | 'instruction';
  stops: ReadonlySet<number>;
  isOff: boolean;
}

/** On one side of the slider: to the next stop, if there are any, and by one step. */
const StepButtons = memo(function StepButtons({ by, unit, stops, isOff, move, moveToStop }: StepButtonsProps) {
  const toStop = stops.size > 0 && (
    <IconButton
      size="large"
      label={by < 0 ? 'Back to the previous stop' : 'On to the next stop'}
      isOff={isOff}
      onClick={() => moveToStop(by, stops)}
    >
      <path d={by < 0 ? 'M12 4L7.5 8l4.5 4M4 5.5v5' : 'M4 4l4.5 4L4 12M12 5.5v5'} />
    </IconButton>
  );
  return (
    <>
      {by < 0 && toStop}
      <IconButton
        size="large"
        label={`${by < 0 ? 'Previous' : 'Next'} ${unit}`}
        keys={by < 0 ? ',' : '.'}
        isOff={isOff}
        onClick={() => move(by)}
      >
        <path d={by < 0 ? 'M10 3.5L5.5 8l4.5 4.5' : 'M6 3.5L10.5 8 6 12.5'} />
      </IconButton>
      {by > 0 && toStop}
    </>
  );
});

/** Where the reader stands, and what the step did. While the slider is dragged it follows in its turn, both together. */
function StepStory({ timeline }: { timeline: Timeline }) {
  const shown = usePaced(timeline, timeline.isHurried);
  const { at, step, isAtStart } = shown;
  const names = useReading(isAtStart ? { what: 'moment', at, options: { graph: false, around: [] } } : null);
  return useMemo(() => {
    const after = names.isCurrent ? (names.value?.state ?? null) : null;
    return (
      <p>
        <span className="mr-1 text-xs font-semibold whitespace-nowrap text-accent-strong">{placeOf(shown)}</span>{' '}
        {(step || isAtStart) && <SentenceText sentence={traceSentence(step, after)} />}
      </p>
    );
  }, [shown, step, isAtStart, names.isCurrent, names.value]);
}

function placeOf({ run, isAtStart, isAtEnd, step, granularity, position, length }: Timeline): string {
  if (isAtStart) return 'Before line 1';
  if (!step) return isAtEnd ? 'After the cell' : `After ${granularity} ${position} of ${length}`;
  if (step.line < 1) return isAtEnd ? 'After the cell' : `After ${granularity} ${position} of ${length}`;
  return `${step.calls !== null ? 'In' : 'After'} ${linesOf(step, run)}`;
}

function linesOf({ line, endLine, filename, frame, depth, kind, opcode }: TraceStep, run: RunSummary): string {
  const lines = endLine > line && kind === 'line' ? `lines ${line} to ${endLine}` : `line ${line}`;
  const file = filename === run.filename ? '' : ` of ${filename.replace(/^<(.*)>$/, '$1')}`;
  const where = depth > 0 ? `, in ${frame}()` : '';
  const what = kind === 'instruction' && opcode ? `${opcode.name}, ` : '';
  return `${what}${lines}${file}${where}`;
}

type GranularityProps = Pick<Timeline, 'run' | 'granularity' | 'setGranularity'>;

const GranularitySwitch = memo(function GranularitySwitch({ run, granularity, setGranularity }: GranularityProps) {
  const name = useId();
  if (run.detail === 'lines') return null;
  return (
    <span
      role="radiogroup"
      aria-label="Step by"
      className="inline-flex overflow-hidden rounded-md border border-line print:hidden"
    >
      {(['line', 'instruction'] as const).map((unit) => (
        <label
          key={unit}
          className="cursor-pointer px-2 py-1 forced-colors:has-checked:bg-[Highlight] forced-colors:has-checked:text-[HighlightText] forced-colors:forced-color-adjust-none has-checked:bg-accent-soft has-checked:font-semibold has-checked:text-accent-strong has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={granularity === unit}
            onChange={() => setGranularity(unit)}
          />
          {unit === 'line' ? 'by line' : 'by instruction'}
        </label>
      ))}
    </span>
  );
});

type RunChooserProps = Pick<Timeline, 'runs' | 'run' | 'goTo'> & { cellId: string };

/** One log over the whole session: any run of any cell can be gone to. */
const RunChooser = memo(function RunChooser({ runs, run, goTo, cellId }: RunChooserProps) {
  if (runs.length < 2) return null;
  const choose = (number: number) => {
    const chosen = runs.find((each) => each.run === number);
    if (chosen) goTo({ run: number, step: chosen.steps });
  };
  return (
    <label className="inline-flex items-center gap-1.5 print:hidden">
      Run
      <select
        aria-label="Run"
        value={run.run}
        onChange={(event) => choose(Number(event.currentTarget.value))}
        className="max-w-44 rounded-md border border-line bg-surface px-1.5 py-1 text-ink-soft"
      >
        {runs.map((each) => (
          <option key={each.run} value={each.run} disabled={each.detail === 'dropped'}>
            {runName(each, runs, cellId)}
          </option>
        ))}
      </select>
    </label>
  );
});

/** What the budget of the recording left out. */
const DetailNote = memo(function DetailNote({ run }: { run: RunSummary }) {
  const notes = detailNotes(run);
  if (notes.length === 0) return null;
  return <p className="mt-1 text-xs text-ink-faint">{notes.join(' ')}</p>;
});
