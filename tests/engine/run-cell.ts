/** Runs one cell of a session to its end, and gathers what it said. */
import type { ExecutionResult, MemoryReport, Session } from '../../lib/engine';

export interface CellRun {
  stdout: string;
  stderr: string;
  result: ExecutionResult;
  /** Null for a cell that was not traced. */
  report: MemoryReport | null;
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
  const ranAtAll = trace && result.status !== 'engine_error' && result.status !== 'limit';
  return { ...said, result, report: ranAtAll ? session.memory() : null, slices };
}
