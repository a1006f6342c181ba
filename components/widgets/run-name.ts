import type { RunSummary } from '../../lib/engine/snapshot/trace-types';

/** `cell 3, second run`; `this cell, last run` under the cell itself. */
export function runName(run: RunSummary, runs: readonly RunSummary[], cellId: string): string {
  const cell = run.cellId === cellId ? 'this cell' : fileWords(run.filename);
  const ofCell = runs.filter((each) => each.cellId === run.cellId);
  const isLast = ofCell.at(-1)?.run === run.run;
  const which = ofCell.length === 1 ? '' : isLast ? ', last run' : `, ${ordinal(run.nth)} run`;
  return `${cell}${which}${run.detail === 'dropped' ? ' (not kept)' : ''}`;
}

const fileWords = (filename: string) => filename.replace(/^<(.*)>$/, '$1');

const WORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ordinal(number: number): string {
  const word = WORDS[number - 1];
  if (word) return word;
  const isTeen = number % 100 > 10 && number % 100 < 14;
  return `${number}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}
