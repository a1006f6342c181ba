/** The collector's pictures in words, for those who listen or copy. */
import type { ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import type { CollectionReading } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { PHASES, type PhaseId, type Row, gcRefsIn, groupOf } from './groups';
import { lineText } from './choose-collection';
import { type CollectorState, counterSentence } from './generation-words';
import { holderPhrase, holderRole, isCalled, phaseSentence, reasonOf, rowNote, titleOf, unlistedText } from './words';

const nameWith =
  (letters: ObjectLetters) =>
  (serial: number, repr: string): string => {
    const letter = letters.get(serial);
    return letter === undefined ? repr : `${letter} ${repr}`;
  };

export function collectionText(collection: CollectionReading, rows: readonly Row[], letters: ObjectLetters): string {
  const { generation, countsBefore, countsAfter, thresholds } = collection;
  const name = nameWith(letters);
  const called = (object: ObjectRef) => name(object.serial, object.repr);
  const lines = [
    `${titleOf(collection)}: generation ${generation}, ${lineText(collection)}; ${reasonOf(collection)}.`,
    `Counters before ${countsBefore.join(', ')}; after ${countsAfter.join(', ')}; thresholds ${thresholds.join(', ')}.`,
  ];
  PHASES.forEach(({ id, name: phase }, at) => {
    lines.push('', `${at + 1}. ${phase} (${id}). ${phaseSentence(collection, id)}`);
    for (const row of rows) {
      const refs = gcRefsIn(row, id);
      const note = [rowNote(row, id), ...holderNotes(row, id, name)].filter(Boolean);
      const counts = refs === null ? `count ${row.refcount}` : `count ${row.refcount}, gc_refs ${refs}`;
      lines.push(
        `   ${called(row.object)}: ${counts}, ${groupOf(row, id)}${note.length > 0 ? `; ${note.join('; ')}` : ''}`,
      );
    }
    const unlisted = unlistedText(collection, rows.length);
    if (unlisted !== '') lines.push(`   ${unlisted}`);
    if (id === 'handle_weakrefs') lines.push(...weakrefLines(collection, called));
  });
  return lines.join('\n');
}

/** The references to an object that a phase has something to say about; all of them in the first. */
function holderNotes(row: Row, phase: PhaseId, name: (serial: number, repr: string) => string): string[] {
  const told = (row.holders ?? []).flatMap((holder) => {
    const role = holderRole(holder, row, phase);
    if (role === null && phase !== 'update_refs') return [];
    return `${role ?? 'held by'}: ${holderPhrase(holder, name)}`;
  });
  const { inside, outside } = row.holdersOmitted;
  const more = inside + outside;
  return phase === 'update_refs' && more > 0 ? [...told, `and ${plural(more, 'reference')} more`] : told;
}

function weakrefLines(collection: CollectionReading, called: (object: ObjectRef) => string): string[] {
  const { weakrefs, totals } = collection;
  const lines = weakrefs.map((weakref) => {
    const object = objectOf(collection, weakref.serial);
    return `   weak reference ${object === null ? '' : `${called(object)} `}cleared: ${callbackText(collection, weakref)}`;
  });
  const more = totals.weakrefs - weakrefs.length;
  return more > 0 ? [...lines, `   and ${plural(more, 'weak reference')} more`] : lines;
}

export function callbackText(collection: CollectionReading, weakref: CollectionReading['weakrefs'][number]): string {
  if (!weakref.callback) return 'it has no callback';
  return isCalled(collection, weakref) ? 'its callback is called' : 'its callback is not called: it is garbage itself';
}

export function objectOf({ candidates, others }: CollectionReading, serial: number): ObjectRef | null {
  return (
    candidates.find(({ object }) => object.serial === serial)?.object ??
    others.find((object) => object.serial === serial) ??
    null
  );
}

export function generationsText(state: CollectorState): string {
  const lines = ['The generations at this moment:'];
  for (const each of state.generations) {
    const objects = `, ${plural(each.objects, 'object')}`;
    const past = `, ${plural(each.runs, 'run')}, ${plural(each.collected, 'object')} collected`;
    lines.push(
      `  generation ${each.number}: counter ${each.count} of ${each.threshold}${objects}${past}. ${counterSentence(state, each.number)}`,
    );
  }
  return lines.join('\n');
}
