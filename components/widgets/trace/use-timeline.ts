'use client';

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Moment, RunSummary, TraceQuestion, TraceStep } from '../../../lib/engine/snapshot/trace-types';
import type { Granularity } from '../widget';
import { LineIndex } from './line-index';
import { type Moves, movesFrom, type Standing } from './moves';
import { HURRY_MS, pacer } from './pacer';
import { useReading, useTraceSource } from './use-reading';

/** Where a cell's reader stands in the recorded past, and the ways to move. */
export interface Timeline extends Moves {
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
  /** The reader is on the way, as when a slider is dragged: the views follow in their turns (pacer.ts). */
  readonly isHurried: boolean;
  setGranularity(granularity: Granularity): void;
  /** Back to the cell's own last run. */
  leaveRun(): void;
}

/** Steps asked for at once. */
const CHUNK = 20;
const NO_RUNS: readonly RunSummary[] = [];

interface Chosen {
  /** The cell's last run then. */
  readonly own: number;
  readonly at: Moment;
  readonly isHurried: boolean;
}

/** @param own the cell's last run; null: none is recorded, and there is no timeline */
export function useTimeline(own: RunSummary | null): Timeline | null {
  const source = useTraceSource();
  const [chosen, choose] = useState<Chosen | null>(null);
  const [granularity, setGranularity] = useState<Granularity>('line');
  const leaveRun = useCallback(() => choose(null), []);
  const listed = useReading(own === null ? null : { what: 'runs' }).value?.runs ?? NO_RUNS;
  const runs = useMemo(
    () => (own === null || listed.some(({ run }) => run === own.run) ? listed : [...listed, own]),
    [listed, own],
  );

  const isOfOwn = chosen !== null && chosen.own === own?.run;
  const asked = isOfOwn ? chosen.at : null;
  const isHurried = isOfOwn && chosen.isHurried;
  const visited = asked && runs.find((each) => each.run === asked.run && each.detail !== 'dropped');
  const run = visited ?? own;
  const at = useMemo<Moment>(
    () => (visited && asked ? asked : { run: run?.run ?? 0, step: run?.steps ?? 0 }),
    [visited, asked, run?.run, run?.steps],
  );

  const lines = useLines(run, at.step);
  const ownNumber = own?.run ?? 0;
  const goTo = useCallback(
    (to: Moment, isDragged: boolean) => choose({ own: ownNumber, at: to, isHurried: pacer.move(isDragged) }),
    [ownNumber],
  );
  useEffect(() => {
    if (!chosen?.isHurried) return;
    const timer = setTimeout(() => choose((now) => now && { ...now, isHurried: false }), HURRY_MS);
    return () => clearTimeout(timer);
  }, [chosen]);

  const { index, position, isBoundary } = lines;
  const stepQuestion = run && stepsQuestion(run, at.step, granularity === 'line' && isBoundary ? lines : null);
  const chunk = useReading(stepQuestion);
  // An older answer serves too, if it is of this run and this sort.
  const isOfThis = chunk.value?.run === run?.run && chunk.value?.granularity === stepQuestion?.granularity;
  const step = (isOfThis && chunk.value?.steps.find(({ to }) => to === at.step)) || null;

  const total = lines.index.total;
  const standing: Standing = { run, at, granularity, index, position, isBoundary, source, goTo };
  const latest = useRef(standing);
  useLayoutEffect(() => {
    latest.current = standing;
  });
  const moves = useMemo(() => movesFrom(() => latest.current), []);
  const from = useStepOf(run, neighbour(standing, -1));
  const next = useStepOf(run, neighbour(standing, 1));
  return useMemo(() => {
    if (run === null) return null;
    const isByLine = granularity === 'line';
    const last = run.steps;
    return {
      run,
      runs,
      at,
      from,
      next,
      granularity,
      step,
      nextLine: index.lineAt(at.step),
      position: isByLine ? (position ?? 0) : at.step,
      length: isByLine ? (total ?? 0) : last,
      isAtStart: at.step === 0,
      isAtEnd: at.step >= last,
      isHurried,
      ...moves,
      setGranularity,
      leaveRun,
    };
  }, [run, runs, at, from, next, granularity, step, position, total, index, isHurried, moves, leaveRun]);
}

/** The moment a line, or an instruction, before or after. */
function neighbour({ run, at, granularity, index, position, isBoundary }: Standing, by: -1 | 1): number {
  const line = by < 0 ? Math.max(0, (position ?? 0) - 1) : (position ?? 0) + (isBoundary ? 1 : 0);
  const isKnown = granularity === 'line' && (by < 0 || position !== null);
  const start = isKnown ? index.start(line) : null;
  return start ?? Math.max(0, Math.min(run?.steps ?? 0, at.step + by));
}

/** The same object as long as it is the same moment. */
function useStepOf(run: RunSummary | null, step: number): Moment {
  const number = run?.run ?? 0;
  return useMemo(() => ({ run: number, step }), [number, step]);
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
