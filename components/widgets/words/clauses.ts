/** The clauses that lines and single instructions have in common: names, counts, deaths, collections. */
import type { Rebinding, StepDeath, TraceStep } from '../../../lib/engine/snapshot/trace-types';
import { plural } from '../plural';
import { constantsLetGo, countWords, type NetChange, netChanges } from './changes';
import { capital, frameWords, objectWords, type Part, type Sentence, typeWord } from './sentence';

/** A step and what has been said of it. */
export interface Story {
  readonly step: TraceStep;
  readonly changes: ReadonlyMap<number, NetChange>;
  /** Objects that a clause has spoken of already. */
  readonly told: Set<number>;
}

export function storyOf(step: TraceStep): Story {
  return { step, changes: new Map(netChanges(step).map((each) => [each.serial, each])), told: new Set() };
}

/** A call, a return, a yield. */
export function flowClauses({ flow, calls, callsClassBody, frame, depth, isClassBody, born }: TraceStep): Sentence[] {
  const own = capital(frameWords(frame, isClassBody));
  switch (flow) {
    case 'call':
      if (callsClassBody) return [[...capital(frameWords(calls ?? '', true)), ' runs.']];
      return [[...capital(frameWords(calls ?? '')), ' is called.']];
    case 'resume':
      return [[...capital(frameWords(calls ?? '')), ' goes on where it had stopped.']];
    case 'return':
      if (depth === 0) return [];
      if (isClassBody) return [[...own, ' is over, and the class is made.']];
      return [[...own, ' returns: its local names are gone.']];
    case 'yield': {
      const made = born.find(({ object }) => /generator|coroutine/.test(object.type));
      if (made) return [[...own, ` gives back a new ${made.object.type}, which has not begun.`]];
      return [[...own, ' is suspended: its local names stay.']];
    }
    default:
      return [];
  }
}

export function reboundClauses(story: Story): Sentence[] {
  const bound = story.step.rebound.filter(({ after }) => after !== null);
  const gone = story.step.rebound.filter(({ after }) => after === null);
  return [...bound.map((each) => boundClause(each, story)), ...gone.map((each) => goneClause(each, story))];
}

function boundClause(rebinding: Rebinding, story: Story): Sentence {
  const { name, frame, before, after, count } = rebinding;
  const { step, changes, told } = story;
  if (after === null) return [];
  const subject: Part[] = [{ code: name }, ...(frame === null ? [] : [' in ', ...frameWords(frame)])];
  const verb = before ? ' now refers to ' : ' refers to ';
  if (after.immortal) {
    const tail = before ? leftBehind(before, story) : [];
    return [...subject, verb, { code: after.repr }, ', which is immortal: it is never counted.', ...tail];
  }
  const change = changes.get(after.serial);
  const born = step.born.find(({ object }) => object.serial === after.serial);
  const alias = aliasOf(rebinding, change);
  const isTold = told.has(after.serial);
  told.add(after.serial);
  const tail = before ? leftBehind(before, story) : [];
  if (isTold)
    return [...subject, verb, 'the same ', typeWord(after.type), alias ? ' as ' : '', alias ?? '', '.', ...tail];
  if (born?.count) return [...subject, verb, 'a new ', typeWord(after.type), `; its count is ${born.count}.`, ...tail];
  const which: Part[] = alias ? ['the same ', typeWord(after.type), ' as ', alias] : objectWords(after);
  const counted = change ? `its count ${countWords(change)}` : `its count stays ${count}${moved(step)}`;
  return [...subject, alias ? ' now refers to ' : verb, ...which, `; ${counted}.`, ...tail];
}

const moved = ({ kind, opcode }: TraceStep) =>
  kind === 'instruction' && opcode?.name.startsWith('STORE_')
    ? ', as the name takes over the reference of the stack'
    : '';

/** Another name of the object, which had it before. */
function aliasOf({ name }: Rebinding, change: NetChange | undefined): Part | null {
  return change?.isName && change.label !== name ? { code: change.label } : null;
}

/** What became of the object a name referred to before. */
function leftBehind(object: NonNullable<Rebinding['before']>, { step, changes, told }: Story): Part[] {
  if (object.immortal || told.has(object.serial)) return [];
  const death = deathOf(step, object.serial);
  const change = changes.get(object.serial);
  if (!death && !change) return [];
  told.add(object.serial);
  const the: Part[] = [' The ', typeWord(object.type), ' it referred to before'];
  if (death) return [...the, ` died: ${causeWords(death)}.`];
  return change ? [...the, ` lives on; its count ${countWords(change)}.`] : [];
}

function goneClause({ name, frame, before }: Rebinding, { step, changes, told }: Story): Sentence {
  const subject: Part[] = [{ code: name }, ...(frame === null ? [] : [' in ', ...frameWords(frame)]), ' is gone'];
  if (before === null || before.immortal || told.has(before.serial)) return [...subject, '.'];
  told.add(before.serial);
  const death = deathOf(step, before.serial);
  if (death) return [...subject, ', and the ', typeWord(before.type), ` died with it: ${causeWords(death)}.`];
  const change = changes.get(before.serial);
  if (!change) return [...subject, '.'];
  const counted = countWords(change);
  if (change.isName && change.label !== name) {
    return [
      ...subject,
      ', not the object: the ',
      before.type,
      `’s count ${counted}, held by `,
      { code: change.label },
      '.',
    ];
  }
  return [...subject, ', but the ', typeWord(before.type), ` lives on: its count ${counted}.`];
}

/** Objects whose names stayed while their count changed; those with a name first. */
export function countClauses({ step, changes, told }: Story): Sentence[] {
  const left = [...changes.values()].filter(
    ({ serial, before, after, by }) => !told.has(serial) && !deathOf(step, serial) && (before !== after || by !== null),
  );
  for (const { serial } of left) told.add(serial);
  const named = left.filter(({ isName }) => isName);
  const others = left.filter(({ isName }) => !isName);
  return [...named, ...others].map((each) => ['The count of ', { code: each.label }, ` ${countWords(each)}.`]);
}

export function collectionClauses({ step, told }: Story): Sentence[] {
  if (step.collections.length === 0) return [];
  const collected = step.died.filter(({ cause }) => cause === 'cycle collected');
  for (const { object } of collected) told.add(object.serial);
  const times = step.collections.length === 1 ? '' : ` ${step.collections.length} times`;
  const least = step.diedOmitted > 0 ? 'at least ' : '';
  const freed = collected.length === 0 && least === '' ? 'nothing' : `${least}${plural(collected.length, 'object')}`;
  return [[`The collector ran${times} and freed ${freed}.`]];
}

/** What died and was not spoken of yet. */
export function deathClauses({ step, told }: Story, isFirst: boolean): Sentence[] {
  const constants = constantsLetGo(step);
  const silent = step.died.filter(({ object }) => !told.has(object.serial) && !constants.has(object.serial));
  const number = silent.length + step.diedOmitted;
  const [only] = silent;
  if (number === 1 && only) {
    return [[...capital(diedWords(only)), ` died: ${causeWords(only)}.`]];
  }
  return number > 1 ? [[`${number.toLocaleString('en')} ${isFirst ? '' : 'more '}objects died.`]] : [];
}

const diedWords = ({ object, label, isName }: StepDeath): Part[] =>
  isName ? ['the ', typeWord(object.type), ' ', { code: label }, ' referred to'] : objectWords(object);

const deathOf = ({ died }: TraceStep, serial: number) => died.find(({ object }) => object.serial === serial);

export const causeWords = ({ cause }: StepDeath): string =>
  cause === 'count reached zero' ? 'its count reached zero' : 'the collector found its cycle';
