/**
 * A letter for every counted object that a learner meets on a page, in the order of meeting, so that a row, a holder, a
 * death and a collection can be seen to speak of the same object, in whichever cell. The letter stays its own for good.
 */
import type { ObjectRef } from '../../lib/engine/snapshot/snapshot';
import type { HeapGraph } from '../../lib/engine/snapshot/trace-types';
import type { Answer } from './trace/trace-source';

/** By serial. */
export type ObjectLetters = ReadonlyMap<number, string>;

/** Of a large graph only so many new objects are given letters: nobody follows more by eye. */
const MOST_OF_A_GRAPH = 60;

/** Gives letters to the objects of an answer that have none yet. */
export function meetObjects(letters: Map<number, string>, answer: Answer): void {
  const meet = (object: ObjectRef) => {
    if (!object.immortal && !letters.has(object.serial)) letters.set(object.serial, letterAt(letters.size));
  };
  const meetDrawn = ({ nodes }: HeapGraph) => {
    const drawn = nodes.filter(({ leaf, object }) => !leaf && !letters.has(object.serial));
    for (const { object } of drawn.slice(0, MOST_OF_A_GRAPH)) meet(object);
  };
  if ('state' in answer) {
    // An object that is only ever a holder needs none: nothing else on the page speaks of it.
    for (const { object } of answer.state.references) meet(object);
    for (const { object } of answer.state.unnamed) meet(object);
    if (answer.graph) meetDrawn(answer.graph);
  } else if ('graph' in answer) {
    meetDrawn(answer.graph);
  } else if ('granularity' in answer) {
    for (const { died } of answer.steps) for (const { object, isName } of died) if (isName) meet(object);
  } else if ('collections' in answer && !('lifetimes' in answer)) {
    const found = answer.collections.flatMap(({ candidates, unreachable }) => {
      const garbage = new Set(unreachable);
      return candidates.filter(({ object }) => garbage.has(object.serial));
    });
    for (const { object } of found.slice(0, MOST_OF_A_GRAPH)) meet(object);
  } else if ('path' in answer) {
    meet(answer.object);
  }
}

/** A … Z, AA, AB, … */
export function letterAt(position: number): string {
  const last = String.fromCharCode(65 + (position % 26));
  return position < 26 ? last : letterAt(Math.floor(position / 26) - 1) + last;
}
