/**
 * One plain sentence for each step, by line and by instruction: the text twin of the step. It names no count that the
 * step does not have.
 */
import type { MemoryState } from '../../lib/engine/snapshot/snapshot';
import type { TraceStep } from '../../lib/engine/snapshot/trace-types';
import {
  collectionClauses,
  countClauses,
  deathClauses,
  flowClauses,
  reboundClauses,
  type Story,
  storyOf,
} from './words/clauses';
import { constantsLetGo, countWords } from './words/changes';
import { plural } from './plural';
import { instructionWords } from './words/instruction-words';
import { joined, type Sentence } from './words/sentence';

/** More clauses than this are summed up: a sentence is for reading. */
const MOST_CLAUSES = 3;

/**
 * @param step what led to the moment; null: it is the run's beginning
 * @param after the names at the moment; null while they are not known
 */
export function traceSentence(step: TraceStep | null, after: MemoryState | null): Sentence {
  if (!step) return beginning(after);
  return step.kind === 'instruction' && step.opcode !== null ? ofInstruction(step) : ofLine(step);
}

function beginning(state: MemoryState | null): Sentence {
  if (state === null) return ['Before the first line.'];
  const names = state.references.length + state.omitted;
  if (names === 0) return ['Before the first line there are no names yet.'];
  return [`Before the first line: ${plural(names, 'name')} from earlier cells.`];
}

function ofLine(step: TraceStep): Sentence {
  const story = storyOf(step);
  const clauses = [...flowClauses(step), ...reboundClauses(story), ...collectionClauses(story), ...countClauses(story)];
  clauses.push(...deathClauses(story, clauses.length === 0));
  const opening: Sentence[] = step.flow === 'raise' ? [['The line raised an exception.']] : [];
  const isLast = step.flow === 'return' && step.depth === 0 && constantsLetGo(step).size > 0;
  const all = [...opening, ...summedUp(clauses, step), ...(isLast ? [cellIsOver(step)] : [])];
  return all.length === 0 ? ['No name and no count changed.'] : joined(all);
}

function ofInstruction(step: TraceStep): Sentence {
  const story = storyOf(step);
  if (step.depth === 0 && constantsLetGo(step).size > 0) return cellIsOver(step);
  const flows = flowClauses(step);
  const words = flows.length > 0 ? null : instructionWords(step);
  const merged = words === null ? null : withItsCount(words, story);
  const changes = [
    ...reboundClauses(story),
    ...countClauses(story),
    ...collectionClauses(story),
    ...bornClauses(story),
  ];
  changes.push(...deathClauses(story, changes.length === 0));
  const raised: Sentence[] = step.flow === 'raise' ? [['An exception ends it.']] : [];
  const all = [...flows, ...(merged === null ? [] : [merged]), ...raised, ...summedUp(changes, step)];
  if (all.length === 0) return ['No name and no count changed.'];
  if (words === null || merged === null) return joined(all);
  if (story.told.size > 0 || changes.length + raised.length > 0) return joined(all);
  const isLent = step.opcode?.name.includes('BORROW');
  return [...words, isLent ? ': no count changes.' : ': no count in the table changes.'];
}

/** What is pushed or built is what the one count speaks of: one clause says both. */
function withItsCount(words: Sentence, { step, changes, told }: Story): Sentence {
  const [only, ...others] = changes.values();
  const [born, ...twins] = step.born;
  if (only && others.length === 0 && only.after > only.before && /^LOAD_/.test(step.opcode?.name ?? '')) {
    told.add(only.serial);
    const [first] = words;
    const isIt = typeof first === 'object' && first.code === only.label;
    return [
      ...words,
      ': ',
      ...(isIt ? ['its count'] : ['the count of ', { code: only.label }]),
      ` ${countWords(only)}.`,
    ];
  }
  const isMade = /^(BUILD|MAKE|GET_ITER)/.test(step.opcode?.name ?? '');
  if (isMade && born?.count && twins.length === 0 && !changes.has(born.object.serial)) {
    told.add(born.object.serial);
    return [...words, `: its count is ${born.count}.`];
  }
  return [...words, '.'];
}

/** New objects that no name and no change has spoken of. */
function bornClauses({ step, told }: Story): Sentence[] {
  const silent = step.born.filter(({ object, count }) => count !== null && !told.has(object.serial));
  return silent.map(({ object, count }) => ['A new ', object.type, ` is made; its count is ${count}.`]);
}

const cellIsOver = ({ flow }: TraceStep): Sentence => [
  flow === 'raise'
    ? 'The exception ends the cell, and what the cell held was let go.'
    : 'The cell is over, and its constants were let go.',
];

function summedUp(clauses: readonly Sentence[], { countsOmitted }: TraceStep): readonly Sentence[] {
  const more = clauses.length - MOST_CLAUSES + countsOmitted;
  // To say of one change that there is one is no shorter than to tell it.
  if (clauses.length <= MOST_CLAUSES + 1 && countsOmitted === 0) return clauses;
  return [...clauses.slice(0, MOST_CLAUSES), [`${plural(more, 'more change')}: see the views.`]];
}
