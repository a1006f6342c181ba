'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Moment, RunSummary, TraceQuestion, TraceStep } from '../../../lib/engine/snapshot/trace-types';
import type { Granularity } from '../widget';
import { LineIndex } from './line-index';
import { useReading, useTraceSource } from './use-reading';

/** Where a cell's reader stands in the recorded past, and the ways to move. */
export interface Timeline {
  /** The run looked at: the cell's last one, unless the reader went to another. */
  readonly run: RunSummary;
  /** All runs of the session, oldest first. */
  readonly runs: readonly RunSummary[];
  readonly at: Moment;
  /** Where the last step began. */
  readonly from: Moment;
  /** Where the next step ends. */
  readonly next: Moment;
  readonly granularity: Granularity;
  /** What led here; null at the beginning, and while it is being fetched. */
  readonly step: TraceStep | null;
  /** Line of the run's own file that comes next; null: none does, it is in other code, or it is not known yet. */
  readonly nextLine: number | null;
  /** Place on the slider and its end: in lines or instructions. */
  readonly position: number;
  readonly length: number;
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  goTo(at: Moment): void;
  moveTo(position: number): void;
  move(by: -1 | 1, granularity?: Granularity): void;
  /** Goes on, or back, until a line of the set is about to run, else to the end of the way. */
  moveToStop(by: -1 | 1, stops: ReadonlySet<number>): void;
  setGranularity(granularity: Granularity): void;
  /** Back to the cell's own last run. */
  leaveRun(): void;
}

/** Steps asked for at once. */
const CHUNK = 20;
const NO_RUNS: readonly RunSummary[] = [];

/** @param own the cell's last run; null: none is recorded, and there is no timeline */
export function useTimeline(own: RunSummary | null): Timeline | null {
  const source = useTraceSource();
  const [chosen, choose] = useState<{ own: number; at: Moment } | null>(null);
  const [granularity, setGranularity] = useState<Granularity>('line');
  const listed = useReading(own === null ? null : { what: 'runs' }).value?.runs ?? NO_RUNS;
  const runs = useMemo(
    () => (own === null || listed.some(({ run }) => run === own.run) ? listed : [...listed, own]),
    [listed, own],
  );

  const asked = chosen !== null && chosen.own === own?.run ? chosen.at : null;
  const visited = asked && runs.find((each) => each.run === asked.run && each.detail !== 'dropped');
  const run = visited ?? own;
  const at = useMemo<Moment>(
    () => (visited && asked ? asked : { run: run?.run ?? 0, step: run?.steps ?? 0 }),
    [visited, asked, run?.run, run?.steps],
  );

  const lines = useLines(run, at.step);
  const ownNumber = own?.run ?? 0;
  const goTo = useCallback((to: Moment) => choose({ own: ownNumber, at: to }), [ownNumber]);

  const { index, position, isBoundary } = lines;
  const stepQuestion = run && stepsQuestion(run, at.step, granularity === 'line' && isBoundary ? lines : null);
  const chunk = useReading(stepQuestion);
  // An older answer serves too, if it is of this run and this sort.
  const isOfThis = chunk.value?.run === run?.run && chunk.value?.granularity === stepQuestion?.granularity;
  const step = (isOfThis && chunk.value?.steps.find(({ to }) => to === at.step)) || null;

  const total = lines.index.total;
  return useMemo(() => {
    if (run === null) return null;
    const isByLine = granularity === 'line';
    const last = run.steps;
    const clamp = (to: number) => Math.max(0, Math.min(last, to));
    const go = (to: number | null) => {
      if (to !== null) goTo({ run: run.run, step: clamp(to) });
    };
    const goToLine = (line: number) => {
      const start = index.start(line);
      if (start !== null) return go(start);
      // Far from here: the piece of the list has to come first.
      void source.load({ what: 'lines', run: run.run, index: line, step: null }).then((piece) => {
        if (piece === null) return;
        index.add(piece);
        go(index.start(line));
      });
    };
    const lineBefore = index.start(Math.max(0, (position ?? 0) - 1));
    const lineAfter = position === null ? null : index.start(isBoundary ? position + 1 : position);
    return {
      run,
      runs,
      at,
      from: { run: run.run, step: isByLine && lineBefore !== null ? lineBefore : clamp(at.step - 1) },
      next: { run: run.run, step: isByLine && lineAfter !== null ? lineAfter : clamp(at.step + 1) },
      granularity,
      step,
      nextLine: index.lineAt(at.step),
      position: isByLine ? (position ?? 0) : at.step,
      length: isByLine ? (total ?? 0) : last,
      isAtStart: at.step === 0,
      isAtEnd: at.step >= last,
      goTo,
      moveTo: (to) => (isByLine ? goToLine(Math.max(0, Math.round(to))) : go(Math.round(to))),
      move: (by, unit = granularity) => {
        if (unit === 'instruction') return go(at.step + by);
        if (position !== null) goToLine(Math.max(0, by < 0 ? position - 1 : isBoundary ? position + 1 : position));
      },
      moveToStop: (by, stops) => {
        // While the lines are on their way nobody knows where a stop is.
        if (index.position(at.step) !== null) go(index.nextStop(at.step, by, stops) ?? (by < 0 ? 0 : last));
      },
      setGranularity,
      leaveRun: () => choose(null),
    };
  }, [run, runs, at, granularity, step, position, isBoundary, total, index, source, goTo]);
}

interface Lines {
  readonly index: LineIndex;
  readonly position: number | null;
  readonly isBoundary: boolean;
}

/** The lines of a run, at least those about the moment. */
function useLines(run: RunSummary | null, step: number): Lines {
  const number = run?.run ?? null;
  const steps = run?.steps ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has another index
  const index = useMemo(() => new LineIndex(steps), [number, steps]);
  const isAbsent = number === null;
  const first = useReading(isAbsent ? null : { what: 'lines', run: number, index: 0, step: null });
  if (first.isCurrent && first.value) index.add(first.value);
  const isFar = !isAbsent && index.total !== null && index.position(step) === null;
  const near = useReading(isFar ? { what: 'lines', run: number, index: null, step } : null);
  if (isFar && near.isCurrent && near.value) index.add(near.value);
  return { index, position: index.position(step), isBoundary: index.isBoundary(step) };
}

/** The question for the steps about a moment. By line only from one line's beginning to another's. */
function stepsQuestion(
  { run, steps }: RunSummary,
  step: number,
  lines: Lines | null,
): Extract<TraceQuestion, { what: 'steps' }> | null {
  if (step === 0) return null;
  if (lines === null) {
    const from = Math.floor((step - 1) / CHUNK) * CHUNK;
    return { what: 'steps', run, from, to: Math.min(steps, from + CHUNK), granularity: 'instruction' };
  }
  const line = Math.floor(((lines.position ?? 1) - 1) / CHUNK) * CHUNK;
  const from = lines.index.start(line);
  const to = lines.index.start(Math.min(lines.index.total ?? 0, line + CHUNK));
  return from === null || to === null ? null : { what: 'steps', run, from, to, granularity: 'line' };
}

/** Asks ahead for what the next step back and forth will need, once the page has nothing else to do. */
export function usePrefetch(questions: readonly TraceQuestion[]): void {
  const source = useTraceSource();
  const key = JSON.stringify(questions);
  useEffect(() => {
    const timer = setTimeout(async () => {
      for (const question of JSON.parse(key) as TraceQuestion[]) await source.load(question).catch(() => null);
    }, 120);
    return () => clearTimeout(timer);
  }, [source, key]);
}
