/**
 * A letter for every counted object that a learner meets on a page, in the order of meeting, so that a row, a holder, a
 * death and a collection can be seen to speak of the same object, in whichever cell. The letter stays its own for good.
 */
import type { MemoryReport, MemoryState, ObjectRef } from '../../lib/engine/snapshot/snapshot';

/** By serial. */
export type ObjectLetters = ReadonlyMap<number, string>;

/** Gives letters to the objects of a report that have none yet. */
export function addLetters(letters: Map<number, string>, report: MemoryReport): ObjectLetters {
  const meet = (object: ObjectRef) => {
    if (!object.immortal && !letters.has(object.serial)) letters.set(object.serial, letterAt(letters.size));
  };
  // An object that is only ever a holder needs none: nothing else on the page speaks of it.
  const meetState = (state: MemoryState) => {
    for (const { object } of state.references) meet(object);
    for (const { object } of state.unnamed) meet(object);
  };
  meetState(report.before);
  for (const step of report.steps) {
    meetState(step);
    for (const { object } of step.died) meet(object);
  }
  for (const { unreachable } of report.collections) unreachable.forEach(meet);
  return letters;
}

/** A … Z, AA, AB, … */
export function letterAt(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : letterAt(Math.floor(position / 26) - 1) + last;
}
