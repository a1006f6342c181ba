import type { RunSummary } from '../../lib/engine/snapshot/trace-types';
import { plural } from './plural';

/** What the budget of the recording left out of a run, a sentence each. */
export function detailNotes({ linesDropped, linesLost, detail }: RunSummary): string[] {
  const notes: string[] = [];
  const are = (n: number) => (n === 1 ? 'is' : 'are');
  if (linesDropped > 0) {
    notes.push(
      `The first ${plural(linesDropped, 'line')} ${are(linesDropped)} not kept: the record of this run was full.`,
    );
  }
  if (linesLost > 0)
    notes.push(
      `The last ${plural(linesLost, 'line')} ${are(linesLost)} part of its last step: this run has too many to keep each.`,
    );
  if (detail === 'lines') notes.push('This run is kept line by line: its single instructions were let go.');
  if (detail === 'mixed') {
    notes.push('The end of this run is kept line by line: there were too many instructions to keep each.');
  }
  return notes;
}
