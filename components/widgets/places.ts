/** How steps and lines are spoken of, the same in every widget. */
import type { LinesReading, Moment, Place, RunSummary } from '../../lib/engine/snapshot/trace-types';

/** Steps count from 1 for a reader: step 3 leads to moment 3. */
export const stepText = (step: number): string => `step ${step + 1}`;

/** `line 4`, or `line 4 of cell 1` where other code than `filename` ran; empty where an instruction has no line. */
export function placeText(place: Place | null, filename: string | null): string {
  if (place === null || place.line < 1) return '';
  if (place.filename === filename) return `line ${place.line}`;
  const cell = /^<cell (\d+)>$/.exec(place.filename);
  return `line ${place.line} of ${cell ? `cell ${cell[1]}` : place.filename}`;
}

/** `cell 2`, or `the 3rd run of cell 2`. */
export function runText({ filename, nth }: RunSummary): string {
  const cell = /^<cell (\d+)>$/.exec(filename);
  const name = cell ? `cell ${cell[1]}` : filename;
  return nth === 1 ? name : `run ${nth} of ${name}`;
}

export const isSameMoment = (a: Moment, b: Moment): boolean => a.run === b.run && a.step === b.step;

/** The line that is at a moment, of the run's own file; null where that is not known. */
export function placeAt(lines: LinesReading | null, step: number, run: RunSummary): Place | null {
  if (lines === null) return null;
  const index = lines.starts.findLastIndex((start) => start <= step);
  const line = lines.lines[index] ?? 0;
  return line > 0 ? { line, filename: run.filename } : null;
}
