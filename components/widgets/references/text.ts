/** The table of references in words. */
import type { Counted } from '../../../lib/engine/snapshot/snapshot';
import type { Lifetime, MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { getrefcountWords } from './getrefcount-words';
import { holderText } from './holder-text';

export function referencesText(
  moment: MomentReading,
  deaths: readonly Lifetime[],
  profile: RunSummary['profile'],
  letters: ObjectLetters,
): string {
  const { state, getrefcount } = moment;
  const lines: string[] = [];
  const nameOf = (object: Counted['object']) => {
    const letter = letters.get(object.serial);
    return `${letter ? `${letter} ` : ''}${object.repr} (${object.type})`;
  };
  const say = (subject: string, counted: Counted) => {
    const { object, count, change } = counted;
    if (count === null) {
      lines.push(`${subject}: ${nameOf(object)}, immortal.`);
      return;
    }
    const changed = change ? ` (${change > 0 ? '+' : '−'}${Math.abs(change)} in this run)` : '';
    lines.push(`${subject}: ${nameOf(object)}, count ${count}${changed}.`);
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
  return lines.join('\n');
}
