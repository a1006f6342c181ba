/** The ways to move along a timeline. */
import type { Moment, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import type { Granularity } from '../widget';
import type { LineIndex } from './line-index';
import type { TraceSource } from './trace-source';

export interface Moves {
  goTo(at: Moment): void;
  /** @param isDragged more will follow at once */
  moveTo(position: number, isDragged?: boolean): void;
  move(by: -1 | 1, granularity?: Granularity): void;
  /** Goes on, or back, until a line of the set is about to run, else to the end of the way. */
  moveToStop(by: -1 | 1, stops: ReadonlySet<number>): void;
}

/** Where the reader stands. */
export interface Standing {
  readonly run: RunSummary | null;
  readonly at: Moment;
  readonly granularity: Granularity;
  readonly index: LineIndex;
  readonly position: number | null;
  readonly isBoundary: boolean;
  readonly source: TraceSource;
  goTo(at: Moment, isDragged: boolean): void;
}

/** The same functions for good; each call asks where the reader stands by then. */
export function movesFrom(standing: () => Standing): Moves {
  const go = (to: number | null, isDragged = false) => {
    const { run, goTo } = standing();
    if (to !== null && run !== null) goTo({ run: run.run, step: Math.max(0, Math.min(run.steps, to)) }, isDragged);
  };
  const goToLine = (line: number, isDragged = false) => {
    const { run, index, source } = standing();
    const start = index.start(line);
    if (start !== null || run === null) return go(start, isDragged);
    // Far from here: the piece of the list has to come first.
    void source.load({ what: 'lines', run: run.run, index: line, step: null }).then((piece) => {
      if (piece === null) return;
      index.add(piece);
      go(index.start(line), isDragged);
    });
  };
  return {
    goTo: (at) => standing().goTo(at, false),
    moveTo: (to, isDragged) => {
      if (standing().granularity === 'line') goToLine(Math.max(0, Math.round(to)), isDragged);
      else go(Math.round(to), isDragged);
    },
    move: (by, unit) => {
      const { granularity, at, position, isBoundary } = standing();
      if ((unit ?? granularity) === 'instruction') return go(at.step + by);
      if (position !== null) goToLine(Math.max(0, by < 0 ? position - 1 : isBoundary ? position + 1 : position));
    },
    moveToStop: (by, stops) => {
      const { run, index, at } = standing();
      // While the lines are on their way nobody knows where a stop is.
      if (run === null || index.position(at.step) === null) return;
      go(index.nextStop(at.step, by, stops) ?? (by < 0 ? 0 : run.steps));
    },
  };
}
