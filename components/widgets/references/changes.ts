/** What the last step did to the counts of the objects in the table. */
import type { TraceStep } from '../../../lib/engine/snapshot/trace-types';

/** By serial: the count before the step; null: the object was not born yet. Absent: the step left it as it was. */
export type CountsBefore = ReadonlyMap<number, number | null>;

/** @param steps those that led to the moment; null: they are not known (yet) */
export function countsBefore(steps: readonly TraceStep[] | null): CountsBefore {
  const found = new Map<number, number | null>();
  for (const { counts, born } of steps ?? []) {
    // What was born had no count before, whatever the step did with it afterwards.
    for (const { object } of born) if (!found.has(object.serial)) found.set(object.serial, null);
    for (const { serial, before } of counts) if (!found.has(serial)) found.set(serial, before);
  }
  return found;
}

/** How a count changed; null: it did not, or none is kept of an immortal object. */
export function changeOf(count: number | null, before: number | null | undefined): number | 'new' | null {
  if (count === null || before === undefined) return null;
  if (before === null) return 'new';
  return count === before ? null : count - before;
}

export const changeWords = (change: number | 'new' | null): string =>
  change === null ? '' : change === 'new' ? 'new' : change > 0 ? `+${change}` : `−${-change}`;
