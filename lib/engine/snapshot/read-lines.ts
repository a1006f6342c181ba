/** Where the lines of a run begin among its steps: what a slider over lines goes by. */
import type { Run } from './time-machine';
import { READING_LIMITS, type LinesReading, type TraceQuestion } from './trace-types';

/**
 * Numbers of the steps that begin a line of execution, ascending; the first is 0 for a run that has steps. What a
 * function does before its first line belongs to that line.
 */
export function lineStarts(run: Run): Int32Array {
  const { steps } = run.trace;
  const known = cache.get(run);
  if (known !== undefined && known.steps === steps.length) return known.starts;
  const starts: number[] = [];
  let hasLine = false;
  for (let step = 0; step < steps.length; step++) {
    const isOther = step === 0 || steps.activation(step) !== steps.activation(step - 1);
    const startsLine = steps.startsLine(step);
    if (isOther || (startsLine && hasLine)) {
      starts.push(step);
      hasLine = startsLine;
    } else hasLine ||= startsLine;
  }
  const made = Int32Array.from(starts);
  cache.set(run, { steps: steps.length, starts: made });
  return made;
}

const cache = new WeakMap<Run, { steps: number; starts: Int32Array }>();

/** The piece of a run's lines that holds the asked place: pieces begin at multiples of READING_LIMITS.lines. */
export function readLines(run: Run, question: Extract<TraceQuestion, { what: 'lines' }>): LinesReading {
  const starts = lineStarts(run);
  const { index } = question;
  const wanted = index ?? lineOf(starts, question.step ?? 0);
  const size = READING_LIMITS.lines;
  const from = Math.max(0, Math.floor(Math.min(wanted, starts.length - 1) / size) * size);
  const piece = [...starts.subarray(from, from + size)];
  return {
    run: run.summary.run,
    from,
    starts: piece,
    lines: piece.map((step) => sourceLine(run, step)),
    total: starts.length,
  };
}

/** Line of the run's own file that the step begins; 0 in code of another file. */
function sourceLine({ trace, summary }: Run, step: number): number {
  const { steps, activations } = trace;
  if (activations[steps.activation(step)]!.unit.filename !== summary.filename) return 0;
  let at = step;
  while (at + 1 < steps.length && !steps.startsLine(at) && steps.activation(at + 1) === steps.activation(step)) at++;
  return steps.line(at);
}

/** Index of the last line that begins at the step or before it. */
function lineOf(starts: Int32Array, step: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
