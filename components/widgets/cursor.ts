/**
 * Where the learner stands in a cell's run: 0 is the moment before the first line, n the moment after the n-th step
 * that was kept. One cursor drives all widgets of a cell.
 */
import type { CollectionReport, Death, MemoryReport, MemoryState, Step } from '../../lib/engine/snapshot/snapshot';

export type Cursor = number;

export const lastCursor = (report: MemoryReport): Cursor => report.steps.length;

export function stateAt(report: MemoryReport, cursor: Cursor): MemoryState {
  return report.steps[cursor - 1] ?? report.before;
}

export function stepAt(report: MemoryReport, cursor: Cursor): Step | null {
  return report.steps[cursor - 1] ?? null;
}

export interface TimedDeath extends Death {
  /** True if it happened in the step the learner is looking at. */
  readonly isNow: boolean;
}

/** Everything that died up to the cursor: the latest step first, in each step in the order of death. */
export function deathsUntil(report: MemoryReport, cursor: Cursor): { deaths: TimedDeath[]; omitted: number } {
  const steps = report.steps.slice(0, cursor);
  const byStep = steps.map((step, at) => step.died.map((death) => ({ ...death, isNow: at === cursor - 1 })));
  return { deaths: byStep.reverse().flat(), omitted: steps.reduce((sum, step) => sum + step.diedOmitted, 0) };
}

/** The collections that had run at the cursor; at the end of the cell these are all there were. */
export function collectionsUntil(report: MemoryReport, cursor: Cursor): readonly CollectionReport[] {
  if (cursor >= lastCursor(report)) return report.collections;
  const seen = report.steps.slice(0, cursor).flatMap((step) => step.collections);
  return report.collections.slice(0, Math.max(-1, ...seen) + 1);
}
