/** What a collection did, in sentences: one for each phase, and one for each object in it. */
import type { CandidateHolder, CollectionReading } from '../../../lib/engine/snapshot/trace-types';
import { plural } from '../plural';
import { holderText } from '../references/holder-text';
import type { PhaseId, Row } from './groups';

export function titleOf({ collected }: CollectionReading): string {
  return collected === 0 ? 'Nothing collected' : `${plural(collected, 'object')} collected`;
}

/** Why it started, as a phrase. */
export function reasonOf({ reason, generation, countsBefore, thresholds }: CollectionReading): string {
  if (reason === 'gc.collect()') return 'gc.collect() was called';
  const [count, threshold] = [
    countsBefore[generation].toLocaleString('en'),
    thresholds[generation].toLocaleString('en'),
  ];
  return `counter of generation ${generation} over its threshold, ${count} > ${threshold}`;
}

export function generationsIn(generation: 0 | 1 | 2): string {
  return (['generation 0', 'generations 0 and 1', 'all generations'] as const)[generation];
}

export function phaseSentence(collection: CollectionReading, phase: PhaseId): string {
  const { totals, generation, weakrefs } = collection;
  switch (phase) {
    case 'update_refs':
      return `${plural(totals.candidates, 'tracked object')} in ${generationsIn(generation)} are looked at: each count is copied into a field of its own, gc_refs.`;
    case 'subtract_refs':
      return 'For each reference from one of these objects to another, gc_refs of the one it leads to goes down by 1. What is left counts the references from outside.';
    case 'move_unreachable':
      return `Nothing is left for ${plural(totals.tentative, 'object')}: set aside as tentatively unreachable. The rest is held from outside, so it is reachable.`;
    case 'visit_reachable':
      return `What a reachable object refers to is reachable too: ${plural(totals.movedBack, 'object moves', 'objects move')} back. ${
        totals.unreachable === 0
          ? 'Nothing stays behind: there is no garbage.'
          : `${plural(totals.unreachable, 'object stays', 'objects stay')} behind, held only by each other: unreachable.`
      }`;
    case 'handle_weakrefs': {
      if (totals.weakrefs === 0) return 'No weak reference leads to them.';
      const called = weakrefs.filter((each) => isCalled(collection, each)).length;
      return `${plural(totals.weakrefs, 'weak reference')} to them ${totals.weakrefs === 1 ? 'is' : 'are'} cleared before any code of the program runs; ${
        called === 0 ? 'no callback is called' : `${plural(called, 'callback is', 'callbacks are')} called`
      }.`;
    }
    case 'finalize_garbage':
      return totals.finalized === 0
        ? 'None of them has a finalizer to call.'
        : `The finalizer (__del__) of ${plural(totals.finalized, 'object')} is called: once in its life, with all it refers to still intact.`;
    case 'handle_resurrected_objects':
      if (totals.resurrected > 0)
        return `References are counted once more among the unreachable: ${plural(totals.resurrected, 'object is', 'objects are')} reachable again and ${totals.resurrected === 1 ? 'lives' : 'live'} on.`;
      return totals.finalized + totals.weakrefs === 0
        ? 'No code of the program ran in between, so nothing can have come back.'
        : 'References are counted once more among the unreachable: none of them came back.';
    case 'delete_garbage':
      return totals.cleared === 0
        ? 'There is nothing to clear.'
        : `${plural(totals.cleared, 'object is', 'objects are')} told to drop what ${totals.cleared === 1 ? 'it refers' : 'they refer'} to. That breaks the cycles: counts fall to 0, and counting frees them.`;
  }
}

/** Candidates that are not among the rows; empty: there are none. */
export function unlistedText({ totals }: CollectionReading, rows: number): string {
  const own = Math.max(0, totals.own - rows);
  const others = totals.candidates - rows - own;
  const parts = [
    ...(own > 0 ? [`${plural(own, 'object')} of the program`] : []),
    ...(others > 0 ? [`${plural(others, 'object')} of Python’s own`] : []),
  ];
  return parts.length === 0 ? '' : `and ${parts.join(' and ')} that are not listed`;
}

/** A dead reference's own callback is called unless the reference is garbage itself. */
export function isCalled({ unreachable }: CollectionReading, weakref: CollectionReading['weakrefs'][number]): boolean {
  return weakref.callback && !unreachable.includes(weakref.serial);
}

/** A name counts as inside when the namespace that it stands in is a candidate itself. */
export function whereOf({ kind, inside }: CandidateHolder, where: string): string {
  return kind === 'name' && inside ? 'in the module’s namespace' : where;
}

/** `the attribute .other of <Node object>`; `name` gives an object its name in the words around. */
export function holderPhrase(holder: CandidateHolder, name: (serial: number, repr: string) => string): string {
  const { what, slot, where } = holderText({ ...holder, holder: holder.from });
  const of = holder.from === null ? whereOf(holder, where) : `${where} ${name(holder.from.serial, holder.from.repr)}`;
  const times = holder.references > 1 ? `, ${holder.references} times` : '';
  return [what, slot, of].filter(Boolean).join(' ') + times;
}

/** What the phase has to say about one object; empty: nothing. */
export function rowNote(row: Row, phase: PhaseId): string {
  switch (phase) {
    case 'update_refs':
    case 'handle_weakrefs':
      return '';
    case 'subtract_refs':
      return `${row.refcount - row.gcRefs} from inside, ${row.gcRefs} from outside`;
    case 'move_unreachable':
      return row.isTentative ? 'nothing from outside' : 'held from outside';
    case 'visit_reachable':
      if (!row.isTentative) return 'held from outside';
      return row.isUnreachable ? 'nothing reachable refers to it' : 'moved back';
    case 'finalize_garbage':
      return row.isFinalized ? 'its finalizer is called' : '';
    case 'handle_resurrected_objects':
      return row.isResurrected ? 'reachable again' : '';
    case 'delete_garbage':
      return row.isCleared ? 'drops what it refers to' : '';
  }
}

/** What a phase makes of one reference: taken off, what is left, what reached the object; null: nothing. */
export function holderRole(
  holder: CandidateHolder,
  row: Row,
  phase: PhaseId,
): 'taken off' | 'from outside' | 'reached it' | null {
  if (phase === 'subtract_refs') return holder.inside ? 'taken off' : 'from outside';
  if (phase === 'move_unreachable') return holder.inside ? null : 'from outside';
  if (phase === 'visit_reachable' && holder === row.reachedBy) return 'reached it';
  return null;
}
