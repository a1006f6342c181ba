/** The collector's counters and generations at a moment. To count the objects of each takes a look at all. */
import type { Run, TimeMachine } from './time-machine';
import type { CollectorReading, Moment } from './trace-types';

export function readCollector(machine: TimeMachine, at: Moment): CollectorReading | null {
  const past = machine.past(at);
  if (past === null) return null;
  return { at, ...collectorAt(past.run, at.step), objects: machine.generationsOf(past.run).counts(past) };
}

function collectorAt({ trace, collectorAtEnd }: Run, step: number): Run['collectorAtEnd'] {
  const { steps, collectors } = trace;
  const note = step < steps.length ? collectors.findLast((each) => each.step <= step) : undefined;
  if (note === undefined) return collectorAtEnd;
  const { enabled, older, thresholds, longLived, stats } = note;
  return { enabled, counts: [steps.young(step), ...older], thresholds, longLived, stats };
}
