/**
 * What a collection made of each of its candidates, phase by phase, under the names of gc.c: pure functions of the
 * reading, so that the picture and the words are made from the same facts.
 */
import type {
  CandidateHolder,
  CollectionHoldersReading,
  CollectionReading,
} from '../../../lib/engine/snapshot/trace-types';
import type { ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import { isCode, isHeldByCode } from '../parts';

export const PHASES = [
  { id: 'update_refs', name: 'Counts copied' },
  { id: 'subtract_refs', name: 'Inside subtracted' },
  { id: 'move_unreachable', name: 'Set aside' },
  { id: 'visit_reachable', name: 'Moved back' },
  { id: 'handle_weakrefs', name: 'Weak references' },
  { id: 'finalize_garbage', name: 'Finalizers' },
  { id: 'handle_resurrected_objects', name: 'Resurrection check' },
  { id: 'delete_garbage', name: 'Cleared' },
] as const;
export type PhaseId = (typeof PHASES)[number]['id'];

export type Group = 'candidate' | 'reachable' | 'tentatively unreachable' | 'unreachable' | 'resurrected' | 'cleared';

export interface Row {
  readonly object: ObjectRef;
  readonly refcount: number;
  readonly gcRefs: number;
  readonly isTentative: boolean;
  readonly isUnreachable: boolean;
  readonly isFinalized: boolean;
  readonly isResurrected: boolean;
  readonly isCleared: boolean;
  /** Null: not known, or not yet. */
  readonly holders: readonly CandidateHolder[] | null;
  readonly holdersOmitted: { readonly inside: number; readonly outside: number };
  /** Of those moved back: the reference by which a reachable object led to it. */
  readonly reachedBy: CandidateHolder | null;
  /** It belongs to a class or a function: shown when asked for. */
  readonly isPart: boolean;
}

const NONE = { inside: 0, outside: 0 };

/**
 * The candidates that are listed: those that turned out unreachable, in the generation's order; then the others, the
 * youngest first, as what an import made is older than what the program did with it.
 */
export function rowsOf(collection: CollectionReading, reading: CollectionHoldersReading | null): readonly Row[] {
  const { candidates } = collection;
  const held = new Map(reading?.candidates?.map((each) => [each.serial, each]));
  const unreachable = new Set(collection.unreachable);
  const finalized = new Set(collection.finalized);
  const resurrected = new Set(collection.resurrected);
  const cleared = new Set(collection.cleared);
  const holdersOf = (serial: number) => held.get(serial)?.holders ?? [];
  const reached = reachedFrom(collection, unreachable, holdersOf);
  const parts = partsOf(collection, unreachable, holdersOf);
  const rows = candidates.map(({ object, refcount, gcRefs }): Row => {
    const { serial } = object;
    return {
      object,
      refcount,
      gcRefs,
      isTentative: gcRefs === 0,
      isUnreachable: unreachable.has(serial),
      isFinalized: finalized.has(serial),
      isResurrected: resurrected.has(serial),
      isCleared: cleared.has(serial),
      holders: held.get(serial)?.holders ?? null,
      holdersOmitted: held.get(serial)?.omitted ?? NONE,
      reachedBy: reached.get(serial) ?? null,
      isPart: parts.has(serial),
    };
  });
  const others = rows.filter((row) => !row.isUnreachable);
  others.sort((one, other) => other.object.serial - one.object.serial);
  return [...rows.filter((row) => row.isUnreachable), ...others];
}

/** The group that an object is in when a phase is over. */
export function groupOf(row: Row, phase: PhaseId): Group {
  const at = PHASES.findIndex(({ id }) => id === phase);
  if (at < 2) return 'candidate';
  if (!row.isTentative) return 'reachable';
  if (at === 2) return 'tentatively unreachable';
  if (!row.isUnreachable) return 'reachable';
  if (at >= 6 && row.isResurrected) return 'resurrected';
  return at === 7 && row.isCleared ? 'cleared' : 'unreachable';
}

/** What its gc_refs says when a phase is over; null where gc.c does not look at it any more. */
export function gcRefsIn(row: Row, phase: PhaseId): number | null {
  if (phase === 'update_refs') return row.refcount;
  return phase === 'subtract_refs' || phase === 'move_unreachable' ? row.gcRefs : null;
}

/** The way by which the objects that were moved back were reached: from outside inwards, so that no two explain each other. */
function reachedFrom(
  { candidates }: CollectionReading,
  unreachable: ReadonlySet<number>,
  holdersOf: (serial: number) => readonly CandidateHolder[],
): Map<number, CandidateHolder> {
  const reached = new Map<number, CandidateHolder>();
  const listed = new Set(candidates.map(({ object }) => object.serial));
  const tentative = candidates.filter((each) => each.gcRefs === 0 && !unreachable.has(each.object.serial));
  // Objects that are not listed, a module's namespace say, are reachable for sure.
  const isReached = new Set(candidates.filter(({ gcRefs }) => gcRefs > 0).map(({ object }) => object.serial));
  for (let isMore = true; isMore; ) {
    isMore = false;
    for (const { object } of tentative) {
      if (reached.has(object.serial)) continue;
      const by = holdersOf(object.serial).find(
        ({ inside, from }) => inside && (from === null || !listed.has(from.serial) || isReached.has(from.serial)),
      );
      if (by === undefined) continue;
      reached.set(object.serial, by);
      isReached.add(object.serial);
      isMore = true;
    }
  }
  return reached;
}

/** Classes, functions and what only these hold: a learner looks for them last. */
function partsOf(
  { candidates }: CollectionReading,
  unreachable: ReadonlySet<number>,
  holdersOf: (serial: number) => readonly CandidateHolder[],
): Set<number> {
  const parts = new Set<number>();
  for (const { object } of candidates) {
    if (unreachable.has(object.serial)) continue;
    const holders = holdersOf(object.serial);
    if (isCode(object) || isHeldByCode(holders.map(({ from }) => from))) parts.add(object.serial);
  }
  return parts;
}
