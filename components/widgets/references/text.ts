/** The table of references in words. */
import type { Counted } from '../../../lib/engine/snapshot/snapshot';
import type { Lifetime, MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { type CountsBefore, changeOf, changeWords } from './changes';
import { getrefcountWords } from './getrefcount-words';
import { holderText } from './holder-text';

interface ReferencesTextOptions {
  readonly moment: MomentReading;
  /** What the last step changed. */
  readonly changed: CountsBefore;
  /** What died in the run so far. */
  readonly deaths: readonly Lifetime[];
  /** Objects of the run that no list knows, dead or alive. */
  readonly omitted: number;
  readonly profile: RunSummary['profile'];
  readonly letters: ObjectLetters;
}

export function referencesText(options: ReferencesTextOptions): string {
  const { moment, changed, deaths, omitted, profile, letters } = options;
  const { state, getrefcount } = moment;
  const lines: string[] = [];
  const nameOf = (object: Counted['object']) => {
    const letter = letters.get(object.serial);
    return `${letter ? `${letter} ` : ''}${object.repr} (${object.type})`;
  };
  const say = (subject: string, counted: Counted) => {
    const { object, count } = counted;
    if (count === null) {
      lines.push(`${subject}: ${nameOf(object)}, immortal.`);
      return;
    }
    const change = changeWords(changeOf(count, changed.get(object.serial)));
    lines.push(`${subject}: ${nameOf(object)}, count ${count}${change && ` (${change} in the last step)`}.`);
    for (const holder of counted.holders) {
      const { what, slot, where } = holderText(holder);
      const parts = [what, slot, where, holder.holder && nameOf(holder.holder)].filter(Boolean);
      lines.push(`  ${holder.references} held by ${parts.join(' ')}`);
    }
    if (counted.holdersOmitted > 0) {
      lines.push(`  ${plural(counted.holdersOmitted, 'more reference', 'more references')}`);
    }
  };
  for (const [at, row] of state.references.entries()) {
    say(row.frame === null ? row.name : `${row.name} in ${row.frame}()`, row);
    const { call, answer, why } = getrefcountWords(row, getrefcount[at] ?? null, profile);
    lines.push(`  ${call} would say ${answer}: ${why}`);
  }
  for (const row of state.unnamed) {
    const was = row.lastNames[0];
    say(was ? `no name, was ${was}` : 'no name', row);
  }
  if (state.omitted > 0) lines.push(`${plural(state.omitted, 'more row', 'more rows')} not shown.`);
  if (lines.length === 0) lines.push('No names at this moment.');
  for (const { object, label, cause, diedIn } of deaths) {
    const was = label === null ? '' : `, last known as ${label}`;
    const why = cause === 'count reached zero' ? 'its count reached zero' : 'collected with its cycle';
    lines.push(`freed: ${nameOf(object)}${was}: ${why}${diedIn ? ` in line ${diedIn.line}` : ''}.`);
  }
  if (omitted > 0 && deaths.length > 0) lines.push(unlistedWords(omitted));
  return lines.join('\n');
}

/** Said under the list of what was freed, and in its text. */
export const unlistedWords = (omitted: number): string =>
  `Of ${plural(omitted, 'more object', 'more objects')} of the run, alive or freed, no list is kept.`;
