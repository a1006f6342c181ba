/** The timeline in words: each bar a sentence, with all that the picture shows of it. */
import type { Lifetime, LifetimesReading, Moment, Place, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { placeText, stepText } from '../places';
import { countAt, countSteps, livesAt, type Row } from './rows';

export interface Telling {
  readonly run: RunSummary;
  readonly letters: ObjectLetters;
}

/** `list A (my_list)`; without a letter or a name, what it looks like. */
export function objectName({ object, label }: Lifetime, letters: ObjectLetters): string {
  const letter = letters.get(object.serial);
  return `${object.type}${letter ? ` ${letter}` : ''} (${label ?? object.repr})`;
}

/** `list A (my_list): born in step 3 (line 1), count 1 → 2 → 1, freed in step 9 (line 4) because its count …`. */
export function lifetimeText(lifetime: Lifetime, telling: Telling): string {
  return `${objectName(lifetime, telling.letters)}: ${birthText(lifetime, telling)}, ${countsText(lifetime)}, ${endText(lifetime, telling)}`;
}

function birthText({ born, bornIn }: Lifetime, { run }: Telling): string {
  const older = run.linesDropped > 0 ? 'older than what is kept of this run' : 'older than this run';
  return born === null ? older : `born ${whereText(born, bornIn, run)}`;
}

export function countsText(lifetime: Lifetime): string {
  if (lifetime.object.immortal) return 'immortal: never counted';
  const counts = countSteps(lifetime).map(([, count]) => count);
  if (lifetime.died !== null && counts.at(-1) === 0) counts.pop();
  const omitted = lifetime.countsThinned;
  const more = omitted === 0 ? '' : ` (${omitted} more ${omitted === 1 ? 'change is' : 'changes are'} not drawn)`;
  return counts.length === 0 ? 'count not recorded' : `count ${counts.join(' → ')}${more}`;
}

function endText({ died, diedIn, cause }: Lifetime, { run }: Telling): string {
  if (died === null) return 'alive at the end of the run';
  const where = whereText(died, diedIn, run);
  return cause === 'cycle collected'
    ? `freed ${where} by the collector, with its cycle`
    : `freed ${where} because its count reached zero`;
}

function whereText(step: number, place: Place | null, run: RunSummary): string {
  const line = placeText(place, run.filename);
  return `in ${stepText(step)}${line === '' ? '' : ` (${line})`}`;
}

export function groupText({ type, lifetimes }: Extract<Row, { kind: 'group' }>): string {
  const alive = lifetimes.filter(({ died }) => died === null).length;
  const many = lifetimes.length === 1 ? '1 object' : `${lifetimes.length} objects`;
  return `${type}: ${many}, ${alive} alive at the end of the run`;
}

export function rowText(row: Row, telling: Telling): string {
  return row.kind === 'group' ? groupText(row) : lifetimeText(row.lifetime, telling);
}

/** All bars, and what else the picture shows. */
export function timelineText(reading: LifetimesReading, rows: readonly Row[], at: Moment, telling: Telling): string {
  const { run } = telling;
  return [
    `Lifetimes in run ${run.run}, ${run.steps} steps; you are at moment ${at.step}.`,
    ...rows.map((row) => `${row.kind === 'bar' && row.level === 2 ? '    ' : '  '}${rowText(row, telling)}`),
    ...collectionTexts(reading, run),
    ...(reading.omitted > 0 ? [omittedText(reading.omitted)] : []),
  ].join('\n');
}

export function collectionTexts({ collections }: LifetimesReading, run: RunSummary): string[] {
  return collections.map(
    ({ generation, step, place }) =>
      `The collector ran ${whereText(step, place, run)}, over generation ${generation}${generation > 0 ? ' and the younger' : ''}.`,
  );
}

export function omittedText(omitted: number): string {
  return `${omitted.toLocaleString('en')} more ${omitted === 1 ? 'object is' : 'objects are'} not shown.`;
}

/** What a bar says at one moment. */
export function pointText(lifetime: Lifetime, moment: number, place: Place | null, letters: ObjectLetters): string {
  const line = placeText(place, place?.filename ?? null);
  const when = `At moment ${moment}${line === '' ? '' : `, ${line}`}`;
  const name = objectName(lifetime, letters);
  if (!livesAt(lifetime, moment)) {
    const isOver = lifetime.died !== null && moment > lifetime.died;
    return `${when}: ${name} ${isOver ? 'is dead' : 'is not born yet'}.`;
  }
  if (lifetime.object.immortal) return `${when}: ${name} is immortal.`;
  const count = countAt(lifetime, moment);
  return `${when}: ${name} ${count === null ? 'lives' : `has count ${count}`}.`;
}
