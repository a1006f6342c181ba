/** A traced run of a session line by line, as the page asks for it: what each line did, and the names and counts after. */
import type { CollectionReading, MemoryState, RunSummary, Session, TraceStep } from '../../lib/engine';
import { TraceReader } from '../../lib/engine/snapshot/trace-readings';

/** Lines that are read at the start and at the end of a long run. */
const MOST = 100;

export interface PastLine extends TraceStep {
  readonly state: MemoryState;
}

export interface CellPast {
  readonly run: RunSummary;
  readonly before: MemoryState;
  readonly lines: readonly PastLine[];
  readonly collections: readonly CollectionReading[];
}

/** @throws if the run cannot be visited */
export function cellPast(session: Session, { run }: RunSummary): CellPast {
  const reader = new TraceReader(session.machine);
  const summary = reader.answer({ what: 'runs' })!.runs.find((each) => each.run === run)!;
  const stateAt = (step: number) =>
    reader.answer({ what: 'moment', at: { run, step }, options: { graph: false, around: [] } })!.state;
  const stepsFrom = (from: number) =>
    reader.answer({ what: 'steps', run, from, to: summary.steps, granularity: 'line' })!;
  const { total } = reader.answer({ what: 'lines', run, index: 0, step: null })!;
  const steps: TraceStep[] = stepsFrom(0).steps.slice(0, total > 2 * MOST ? MOST : undefined);
  if (total > 2 * MOST) {
    const index = total - MOST;
    const { starts, from } = reader.answer({ what: 'lines', run, index, step: null })!;
    steps.push(...stepsFrom(starts[index - from]!).steps);
  }
  return {
    run: summary,
    before: stateAt(0),
    lines: steps.map((step) => ({ ...step, state: stateAt(step.to) })),
    collections: reader.answer({ what: 'collections', run })!.collections,
  };
}

/** Names and counts. */
export const countsOf = ({ references }: MemoryState) =>
  Object.fromEntries(references.map(({ name, count }) => [name, count]));

export const countOf = (state: MemoryState | undefined, name: string): number | null | undefined =>
  state?.references.find((row) => row.name === name)?.count;

export const statesOf = ({ before, lines }: CellPast): MemoryState[] => [before, ...lines.map(({ state }) => state)];

/** One line for each counted object whose holders do not add up. */
export function unbalanced(past: CellPast): string[] {
  const out: string[] = [];
  statesOf(past).forEach(({ references, unnamed }, at) => {
    const where = at === 0 ? 'before' : `line ${past.lines[at - 1]!.line} (the ${at}th)`;
    for (const { object, count, holders, holdersOmitted } of [...references, ...unnamed]) {
      const sum = holders.reduce((n, h) => n + h.references, holdersOmitted);
      if (count === null || sum === count) continue;
      const named = holders.map((h) => `${h.kind} ${h.label} ×${h.references}`).join(', ');
      out.push(`${where}: ${object.type} ${object.repr}: count ${count}, holders ${sum}: ${named}`);
    }
  });
  return out;
}
