/** Runs one cell of a session to its end, and gathers what it said. */
import type { ExecutionResult, Session } from '../../lib/engine';
import { type CellPast, cellPast } from './cell-past';

export interface CellRun {
  stdout: string;
  stderr: string;
  result: ExecutionResult;
  /** Read when it is asked for; null for a cell that was not traced or did not run. */
  readonly past: CellPast | null;
  /** Slices it took. */
  slices: number;
}

export interface CellOptions {
  cellId?: string;
  trace?: boolean;
  /** Back edges and calls a slice. */
  budget?: number;
  /** Called before each slice. */
  beforeSlice?: (slice: number) => void;
}

export function runCell(session: Session, source: string, options: CellOptions = {}): CellRun {
  const { cellId = '1', trace = true, budget = 10_000, beforeSlice } = options;
  const said = { stdout: '', stderr: '' };
  session.begin(source, {
    filename: `<cell ${cellId}>`,
    cellId,
    trace,
    onStream: (name, text) => {
      said[name] += text;
    },
  });
  let slices = 0;
  do {
    if (++slices > 100_000) throw new Error('the cell does not end');
    beforeSlice?.(slices);
  } while (session.step(budget) === 'running');
  const result = session.result();
  const summary = session.traced();
  let past: CellPast | null = null;
  return {
    ...said,
    result,
    slices,
    get past() {
      if (summary !== null) past ??= cellPast(session, summary);
      return past;
    },
  };
}
