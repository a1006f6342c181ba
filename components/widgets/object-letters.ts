/**
 * A letter for every counted object of a report, in the order in which the learner meets them, so that a row, a holder,
 * a death and a collection can be seen to speak of the same object. The letter stays the object's own at every step.
 */
import type { Holder, MemoryReport, MemoryState, ObjectRef } from '../../lib/engine/snapshot/snapshot';

export type ObjectLetters = ReadonlyMap<number, string>;

export function objectLetters(report: MemoryReport): ObjectLetters {
  const letters = new Map<number, string>();
  const meet = (object: ObjectRef | null) => {
    if (object && !object.immortal && !letters.has(object.serial)) letters.set(object.serial, letterAt(letters.size));
  };
  const meetHolders = (holders: readonly Holder[]) => {
    for (const holder of holders) meet(holder.holder);
  };
  const meetState = (state: MemoryState) => {
    const rows = [...state.references, ...state.unnamed];
    for (const row of rows) meet(row.object);
    for (const row of rows) meetHolders(row.holders);
  };
  meetState(report.before);
  for (const step of report.steps) {
    meetState(step);
    for (const death of step.died) meet(death.object);
  }
  for (const collection of report.collections) {
    for (const object of collection.unreachable) meet(object);
  }
  return letters;
}

/** A … Z, AA, AB, … */
export function letterAt(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : letterAt(Math.floor(position / 26) - 1) + last;
}
