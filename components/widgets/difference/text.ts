/** The difference of two moments in words. */
import type { Counted, Holder } from '../../../lib/engine/snapshot/snapshot';
import type { DifferenceReading } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { holderText } from '../references/holder-text';
import { type NameRow, type NumberRow, signed } from './names';
import { type SlotSide, isChanged, slotRows } from './slots';

/** `the item [0] of B [1, 2]`. */
export function holderPhrase(holder: Holder, letters: ObjectLetters): string {
  const { what, slot, where } = holderText(holder);
  const of = holder.holder === null ? '' : objectPhrase(holder.holder, letters);
  return [what, slot, where, of].filter(Boolean).join(' ');
}

function objectPhrase({ serial, repr }: { serial: number; repr: string }, letters: ObjectLetters): string {
  const letter = letters.get(serial);
  return letter === undefined ? repr : `${letter} ${repr}`;
}

const countOf = (counted: Counted | null) => (counted === null ? '–' : (counted.count ?? 'immortal'));

function slotsText(before: Counted | null, after: Counted | null, letters: ObjectLetters): string[] {
  const told = (word: string, { holder, references }: SlotSide) =>
    `    ${word} ${holderPhrase(holder, letters)}${references > 1 ? `, ${references} times` : ''}`;
  const lines = slotRows(before, after).flatMap((row) => {
    if (!isChanged(row)) return row.after === null ? [] : [told('held by', row.after)];
    const had = row.before === null ? [] : [told(row.before.isChange ? 'lost' : 'held before by', row.before)];
    const has = row.after === null ? [] : [told(row.after.isChange ? 'gained' : 'held after by', row.after)];
    return [...had, ...has];
  });
  const more = [before?.holdersOmitted ?? 0, after?.holdersOmitted ?? 0];
  if (more[0]! + more[1]! > 0) lines.push(`    and ${more[0]} references more before, ${more[1]} after`);
  return lines;
}

export function differenceText(
  reading: DifferenceReading,
  names: { readonly before: string; readonly after: string },
  letters: ObjectLetters,
): string {
  const { born, died, changed, omitted } = reading;
  const lines = [`From ${names.before} to ${names.after}.`];
  const section = (title: string, listed: number, left: number) => {
    lines.push('', `${title}: ${(listed + left).toLocaleString('en')}`);
  };
  const rest = (left: number) => left > 0 && lines.push(`  and ${plural(left, 'object')} more`);
  section('Born', born.length, omitted.born);
  for (const { object, counted } of born) {
    lines.push(`  ${objectPhrase(object, letters)}, count ${countOf(counted)}`, ...slotsText(null, counted, letters));
  }
  rest(omitted.born);
  section('Died', died.length, omitted.died);
  for (const { object, counted, cause } of died) {
    lines.push(`  ${objectPhrase(object, letters)}, count was ${countOf(counted)}; ${cause}`);
    lines.push(...slotsText(counted, null, letters));
  }
  rest(omitted.died);
  section('Changed hands', changed.length, omitted.changed);
  for (const { before, after } of changed) {
    lines.push(`  ${objectPhrase(after.object, letters)}, count ${countOf(before)} → ${countOf(after)}`);
    lines.push(...slotsText(before, after, letters));
  }
  rest(omitted.changed);
  return lines.join('\n');
}

export interface VersionsTextOptions {
  readonly names: { readonly before: string; readonly after: string };
  readonly rows: readonly NameRow[];
  readonly totals: readonly NumberRow[];
  readonly types: readonly NumberRow[];
}

export function versionsText({ names, rows, totals, types }: VersionsTextOptions): string {
  const side = (row: NameRow['before']) =>
    row === null ? 'no such name' : `${row.object.repr} (${row.object.type}), count ${countOf(row)}`;
  const numbers = ({ name, before, after }: NumberRow) => `  ${name}: ${before} → ${after} (${signed(after - before)})`;
  return [
    `${names.before} beside ${names.after}, by name.`,
    '',
    'Names:',
    ...rows.map((row) => `  ${row.name}: ${side(row.before)} → ${side(row.after)}; ${row.status}`),
    '',
    'The runs:',
    ...totals.map(numbers),
    '',
    'Objects alive at their ends, by type:',
    ...types.map(numbers),
  ].join('\n');
}
