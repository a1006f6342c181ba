/**
 * What a step did, in words: the text twin of every picture. A sentence is a list of parts so that names can be set as
 * code; `plain` joins them for screen readers and tests.
 */
import type { Counted, MemoryReport, MemoryState, NamedReference, Step } from '../../lib/engine/snapshot/snapshot';
import { type Cursor, stateAt } from './cursor';

export type Part = string | { readonly code: string };
export type Sentence = readonly Part[];

/** More clauses than this are summed up: a sentence is for reading. */
const MOST_CLAUSES = 3;

export const plain = (sentence: Sentence): string =>
  sentence.map((part) => (typeof part === 'string' ? part : part.code)).join('');

export function stepSentence(report: MemoryReport, cursor: Cursor): Sentence {
  const step = report.steps[cursor - 1];
  if (!step) return beforeSentence(report.before);
  const clauses = [...callOf(step), ...clausesOf(stateAt(report, cursor - 1), step, report, report.steps[cursor])];
  const shown = clauses.slice(0, MOST_CLAUSES);
  const more = clauses.length - shown.length;
  const opening: Sentence[] = step.raised ? [['The line raised an exception.']] : [];
  const rest: Sentence[] = more > 0 ? [[`${more} more ${more === 1 ? 'change' : 'changes'}: see the table.`]] : [];
  const all = [...opening, ...shown, ...rest];
  if (all.length === 0) return ['No name and no count changed.'];
  return all.flatMap((clause, at) => (at === 0 ? clause : [' ', ...clause]));
}

const callOf = ({ calls }: Step): Sentence[] => (calls === null ? [] : [[{ code: `${calls}()` }, ' is called.']]);

/** A count that a step changed, for the chips beside the line. */
export interface CountChange {
  readonly serial: number;
  /** The names that lead to the object after the step, or led to it before if none does now. */
  readonly names: readonly string[];
  readonly from: number;
  /** 0 if the object died. */
  readonly to: number;
}

export function countChanges(report: MemoryReport, cursor: Cursor): CountChange[] {
  const step = report.steps[cursor - 1];
  if (!step) return [];
  const previous = stateAt(report, cursor - 1);
  const before = countsOf(previous);
  const after = countsOf(step);
  for (const { object } of step.died) if (before.has(object.serial)) after.set(object.serial, 0);
  const changes: CountChange[] = [];
  for (const [serial, to] of after) {
    const from = before.get(serial) ?? (serial > previous.allocated ? 0 : to);
    if (from === to) continue;
    const names = namesOf(step, serial);
    changes.push({ serial, names: names.length > 0 ? names : namesOf(previous, serial), from, to });
  }
  return changes;
}

function namesOf({ references, unnamed }: MemoryState, serial: number): readonly string[] {
  const names = references.filter((row) => row.object.serial === serial).map((row) => row.name);
  return names.length > 0 ? names : (unnamed.find((row) => row.object.serial === serial)?.lastNames ?? []);
}

function beforeSentence(before: MemoryState): Sentence {
  const count = before.references.length;
  if (count === 0) return ['Before the first line there are no names yet.'];
  return [`Before the first line: ${count === 1 ? '1 name' : `${count} names`} from earlier cells.`];
}

function clausesOf(previous: MemoryState, step: Step, report: MemoryReport, next: Step | undefined): Sentence[] {
  const before = countsOf(previous);
  const told = new Set<number>();
  const context = { previous, step, before, told };
  const old = new Map(previous.references.map((row) => [keyOf(row), row]));
  const now = new Set(step.references.map(keyOf));
  const bound = step.references.filter(
    (row) => old.get(keyOf(row))?.object.serial !== row.object.serial || !old.has(keyOf(row)),
  );
  const gone = previous.references.filter((row) => !now.has(keyOf(row)));

  const clauses: Sentence[] = [];
  const isAlive = (row: NamedReference) => isFrameAlive(row, step, next);
  clauses.push(...endedFrames(gone.filter((row) => !isAlive(row))));
  for (const row of bound) clauses.push(boundClause(row, old.get(keyOf(row)) ?? null, context));
  for (const row of gone) if (row.frame === null || isAlive(row)) clauses.push(goneClause(row, context));
  clauses.push(...changedCounts(context));
  for (const position of step.collections) {
    const collection = report.collections[position];
    if (!collection) continue;
    for (const object of collection.freed) told.add(object.serial);
    const objects = collection.collected === 1 ? '1 object' : `${collection.collected} objects`;
    const by = collection.reason === 'threshold' ? ' on its own, because a threshold was crossed,' : '';
    clauses.push([`The collector ran${by} and collected ${collection.collected === 0 ? 'nothing' : objects}.`]);
  }
  const silent = step.died.filter((death) => !told.has(death.object.serial));
  const deaths = silent.length + step.diedOmitted;
  if (deaths === 1 && silent[0]) {
    const { object, cause } = silent[0];
    clauses.push(['The ', object.type, ' ', { code: object.repr }, ` died: ${causeText(cause)}.`]);
  } else if (deaths > 1) {
    clauses.push([`${deaths} ${clauses.length > 0 ? 'more ' : ''}objects died.`]);
  }
  if (step.kind === 'end') {
    const raised = report.steps.some((each) => each.raised);
    const letGo = raised ? 'the exception and the calls that it had ended' : 'its constants';
    clauses.unshift([`The cell is over, and ${letGo} were let go.`]);
  }
  return clauses;
}

interface Context {
  readonly previous: MemoryState;
  readonly step: Step;
  /** Counts before the step, by serial. */
  readonly before: ReadonlyMap<number, number>;
  /** Objects that a clause has spoken of already. */
  readonly told: Set<number>;
}

function boundClause(row: NamedReference, old: NamedReference | null, context: Context): Sentence {
  const { previous, step, before, told } = context;
  const { object, count } = row;
  const subject: Part[] = [{ code: row.name }, ...(row.frame === null ? [] : [' in ', { code: `${row.frame}()` }])];
  const verb = old ? ' now refers to ' : ' refers to ';
  const tail = old ? leftBehind(old, context) : [];
  if (count === null) {
    return [...subject, verb, { code: object.repr }, ', which is immortal: it is never counted.', ...tail];
  }
  const isNew = object.serial > previous.allocated;
  const alias = previous.references.find((other) => other.object.serial === object.serial);
  if (told.has(object.serial)) {
    const twin = step.references.find((other) => other !== row && other.object.serial === object.serial);
    return [...subject, verb, 'the same ', object.type, ...(twin ? [' as ', { code: twin.name }] : []), '.', ...tail];
  }
  told.add(object.serial);
  if (isNew) return [...subject, verb, 'a new ', object.type, `; its count is ${count}.`, ...tail];
  const which: Part[] = alias
    ? ['the same ', object.type, ' as ', { code: alias.name }]
    : ['the ', object.type, ' ', { code: object.repr }];
  return [
    ...subject,
    alias ? ' now refers to ' : verb,
    ...which,
    `; ${countText(before.get(object.serial), count)}.`,
    ...tail,
  ];
}

/** What became of the object a name referred to before. */
function leftBehind(old: NamedReference, { step, before, told }: Context): Part[] {
  const { object } = old;
  if (object.immortal || told.has(object.serial)) return [];
  told.add(object.serial);
  const the: Part[] = [' The ', object.type, ' it referred to before'];
  if (step.died.some((death) => death.object.serial === object.serial)) {
    return [...the, ' died: its count reached zero.'];
  }
  const left = findCounted(step, object.serial);
  if (!left || left.count === null) return [];
  return [...the, ` lives on; ${countText(before.get(object.serial), left.count)}.`];
}

function goneClause(row: NamedReference, { step, before, told }: Context): Sentence {
  const { object } = row;
  const subject: Part[] = [{ code: row.name }, ' is gone'];
  if (object.immortal || told.has(object.serial)) return [...subject, '.'];
  told.add(object.serial);
  const death = step.died.find((each) => each.object.serial === object.serial);
  if (death) return [...subject, ', and the ', object.type, ` died with it: ${causeText(death.cause)}.`];
  const left = findCounted(step, object.serial);
  // A number or a text is listed only while it has a name: what becomes of it, the table does not say.
  if (!left || left.count === null) return [...subject, '.'];
  const other = step.references.find((each) => each.object.serial === object.serial);
  const counted = countText(before.get(object.serial), left.count);
  if (other) {
    const whose = counted.replace('its ', '’s ');
    return [...subject, ', not the object: the ', object.type, `${whose}, held by `, { code: other.name }, '.'];
  }
  return [...subject, ', but the ', object.type, ` lives on without a name: ${counted}.`];
}

/** A call that returned takes all its local names along: one clause, not one for each name. */
function endedFrames(gone: readonly NamedReference[]): Sentence[] {
  const frames = new Map<string, NamedReference>();
  for (const row of gone) if (row.frame !== null) frames.set(`${row.depth} ${row.frame}`, row);
  return [...frames.values()].map((row) => [{ code: `${row.frame}()` }, ' is over: its local names are gone.']);
}

/** Without a call, the way from a function's line to a line that is not the function's is the way out of it. */
function isFrameAlive(row: NamedReference, step: Step, next: Step | undefined): boolean {
  if (step.references.some((other) => other.frame === row.frame && other.depth === row.depth)) return true;
  return row.frame !== null && step.frame === row.frame && (step.calls !== null || next?.frame === row.frame);
}

/** Objects whose names stayed while their count changed. */
function changedCounts({ step, before, told }: Context): Sentence[] {
  const clauses: Sentence[] = [];
  for (const row of [...step.references, ...step.unnamed]) {
    const from = before.get(row.object.serial);
    if (told.has(row.object.serial) || from === undefined || row.count === null || row.count === from) continue;
    told.add(row.object.serial);
    const whose: Part = 'name' in row ? { code: row.name } : { code: row.object.repr };
    clauses.push(['The count of ', whose, ` goes from ${from} to ${row.count}.`]);
  }
  return clauses;
}

function countText(from: number | undefined, to: number): string {
  if (from === undefined) return `its count is ${to}`;
  return from === to ? `its count stays ${to}` : `its count goes from ${from} to ${to}`;
}

const causeText = (cause: string) =>
  cause === 'count reached zero' ? 'its count reached zero' : 'the collector found its cycle';

const keyOf = (row: NamedReference) => `${row.depth} ${row.frame ?? ''} ${row.name}`;

function findCounted(state: MemoryState, serial: number): Counted | undefined {
  return [...state.references, ...state.unnamed].find((row) => row.object.serial === serial);
}

function countsOf(state: MemoryState): Map<number, number> {
  return new Map(
    [...state.references, ...state.unnamed].flatMap(({ object, count }) =>
      count === null ? [] : [[object.serial, count]],
    ),
  );
}
