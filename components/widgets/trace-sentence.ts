/**
 * What a step did, in words: the text twin of the editor's marks and of every picture's last change. A sentence is a
 * list of parts so that names can be set as code; `plain` joins them for screen readers and tests. Every number in it
 * is one of the step's, or of the moment after it.
 */
import type { MemoryState, ObjectRef } from '../../lib/engine/snapshot/snapshot';
import type { CountChange, Rebinding, StepDeath, TraceStep } from '../../lib/engine/snapshot/trace-types';
import { plural } from './plural';

export type Part = string | { readonly code: string };
export type Sentence = readonly Part[];

/** More clauses than this are summed up: a sentence is for reading. */
const MOST_CLAUSES = 3;

export const plain = (sentence: Sentence): string =>
  sentence.map((part) => (typeof part === 'string' ? part : part.code)).join('');

/**
 * @param step what led to the moment; null: it is the run's beginning
 * @param after the names and counts at the moment, for the counts of what is new; null while they are not known
 */
export function traceSentence(step: TraceStep | null, after: MemoryState | null): Sentence {
  if (step === null) return beginning(after);
  const teller = new Teller(step, after);
  const clauses = teller.clauses();
  const shown = clauses.slice(0, MOST_CLAUSES);
  const more = clauses.length - shown.length;
  if (more > 0) shown.push([`${plural(more, 'more change', 'more changes')}: see the views.`]);
  if (shown.length === 0) shown.push(['No name and no count changed.']);
  return shown.flatMap((clause, at) => (at === 0 ? clause : [' ', ...clause]));
}

function beginning(state: MemoryState | null): Sentence {
  const count = state?.references.length ?? null;
  if (count === null) return ['Before the first line.'];
  if (count === 0) return ['Before the first line there are no names yet.'];
  return [`Before the first line: ${plural(count, 'name')} from earlier cells.`];
}

/** Parts of the interpreter that come and go with every call and class: they have no story of their own. */
const INNER_TYPES: ReadonlySet<string> = new Set([
  'code',
  'function',
  'tuple',
  'dict',
  'cell',
  'type',
  'frame',
  'method',
  'builtin_function_or_method',
  'getset_descriptor',
  'ReferenceType',
]);

class Teller {
  /** Objects that a clause has spoken of already. */
  private readonly told = new Set<number>();

  constructor(
    private readonly step: TraceStep,
    private readonly after: MemoryState | null,
  ) {}

  clauses(): Sentence[] {
    const { step } = this;
    return [
      ...this.opening(),
      ...this.lending(),
      ...step.rebound.map((each) => this.rebinding(each)),
      ...this.collections(),
      ...this.changes(),
      ...this.births(),
      ...this.deaths(),
      ...this.ending(),
    ];
  }

  /** How the step ended, where that is not simply the next line. */
  private opening(): Sentence[] {
    const { flow, calls, frame, depth, kind } = this.step;
    if (flow === 'call' && calls !== null) return [[{ code: `${calls}()` }, ' is called.']];
    if (flow === 'raise') return [[kind === 'line' ? 'The line raised an exception.' : 'An exception is on its way.']];
    if (flow === 'yield') return [[{ code: `${frame}()` }, ' hands a value out and waits.']];
    if (flow !== 'return') return [];
    return depth > 0 ? [[{ code: `${frame}()` }, ' is over: its local names are gone.']] : [];
  }

  private ending(): Sentence[] {
    const isLast = this.step.flow === 'return' && this.step.depth === 0;
    return isLast ? [['The cell is over, and its constants were let go.']] : [];
  }

  /** A local that 3.14 lends to the stack: nothing is counted. */
  private lending(): Sentence[] {
    const { opcode, kind } = this.step;
    if (kind !== 'instruction' || !opcode?.name.includes('BORROW')) return [];
    const names = opcode.argument.split(', ').flatMap((name, at): Part[] => [at > 0 ? ' and ' : '', { code: name }]);
    const isOne = !opcode.argument.includes(', ');
    return [[...names, ` ${isOne ? 'is' : 'are'} lent to the stack: nothing is counted for ${isOne ? 'it' : 'them'}.`]];
  }

  private rebinding({ name, frame, before, after }: Rebinding): Sentence {
    const subject: Part[] = [{ code: name }, ...(frame === null ? [] : [' in ', { code: `${frame}()` }])];
    if (after === null) return this.unbound(subject, before);
    const verb = before === null ? ' refers to ' : ' now refers to ';
    const tail = before === null ? [] : this.leftBehind(before);
    if (after.immortal) {
      return [...subject, verb, { code: after.repr }, ', which is immortal: it is never counted.', ...tail];
    }
    if (this.told.has(after.serial)) {
      return [...subject, verb, 'the same ', after.type, '.', ...tail];
    }
    const net = this.net(after.serial);
    const isNew = this.step.born.some(({ object }) => object.serial === after.serial);
    this.told.add(after.serial);
    const count = this.countOf(after.serial);
    if (isNew || net === null) {
      const which = isNew ? ['a new ', after.type] : ['the ', after.type, ' ', { code: after.repr }];
      return [...subject, verb, ...which, count === null ? '.' : `; its count is ${count}.`, ...tail];
    }
    const alias = net.isName && net.label !== name ? net.label : null;
    const which: Part[] =
      alias === null
        ? ['the ', after.type, ' ', { code: after.repr }]
        : ['the same ', after.type, ' as ', { code: alias }];
    return [...subject, alias === null ? verb : ' now refers to ', ...which, `; its count ${goes(net)}.`, ...tail];
  }

  private unbound(subject: Part[], object: ObjectRef | null): Sentence {
    if (object === null || object.immortal || this.told.has(object.serial)) return [...subject, ' is gone.'];
    this.told.add(object.serial);
    const death = this.deathOf(object.serial);
    if (death) return [...subject, ' is gone, and the ', object.type, ` died with it: ${causeText(death)}.`];
    const net = this.net(object.serial);
    if (net === null) return [...subject, ' is gone.'];
    if (net.isName) {
      const whose = `’s count ${goes(net)}, held by `;
      return [...subject, ' is gone, not the object: the ', object.type, whose, { code: net.label }, '.'];
    }
    return [...subject, ' is gone, but the ', object.type, ` lives on without a name: its count ${goes(net)}.`];
  }

  /** What became of the object that a name referred to before. */
  private leftBehind(object: ObjectRef): Part[] {
    if (object.immortal || this.told.has(object.serial)) return [];
    this.told.add(object.serial);
    const the: Part[] = [' The ', object.type, ' it referred to before'];
    const death = this.deathOf(object.serial);
    if (death) return [...the, ` died: ${causeText(death)}.`];
    const net = this.net(object.serial);
    return net === null ? [] : [...the, ` lives on; its count ${goes(net)}.`];
  }

  private collections(): Sentence[] {
    const { collections, died } = this.step;
    if (collections.length === 0) return [];
    const freed = died.filter(({ cause }) => cause === 'cycle collected');
    for (const { object } of freed) this.told.add(object.serial);
    const times = collections.length === 1 ? '' : ` ${collections.length} times`;
    if (freed.length === 0) return [[`The collector ran${times} and freed nothing.`]];
    return [[`The collector ran${times} and freed ${plural(freed.length, 'object')} in a cycle.`]];
  }

  /** Counts of objects that the clauses so far do not speak of. */
  private changes(): Sentence[] {
    const { step } = this;
    const clauses: Sentence[] = [];
    for (const serial of new Set(step.counts.map((change) => change.serial))) {
      if (this.told.has(serial) || this.deathOf(serial)) continue;
      const net = this.net(serial);
      if (net === null || this.isInner(net)) continue;
      this.told.add(serial);
      const changes = step.counts.filter((change) => change.serial === serial);
      const what: Part[] = net.isName ? [{ code: net.label }] : ['the ', net.type, ' ', { code: net.label }];
      clauses.push(this.changeClause(what, net, changes));
    }
    return clauses;
  }

  private changeClause(what: Part[], net: CountChange, changes: readonly CountChange[]): Sentence {
    const { opcode, kind } = this.step;
    const isLoad =
      kind === 'instruction' && opcode !== null && opcode.name.startsWith('LOAD_') && net.after > net.before;
    if (isLoad) return [...capital(what), ` goes on the stack: its count ${goes(net)}.`];
    if (net.before === net.after) {
      const [first] = changes;
      return ['The count of ', ...what, ` goes from ${first?.before} to ${first?.after} and back to ${net.after}.`];
    }
    return ['The count of ', ...what, ` ${goes(net)}.`];
  }

  /** Of a single instruction, what it made and no name holds yet. */
  private births(): Sentence[] {
    const { step } = this;
    if (step.kind !== 'instruction') return [];
    const born = step.born.filter(({ object }) => !this.told.has(object.serial) && object.type !== 'code');
    for (const { object } of born) this.told.add(object.serial);
    const [only] = born;
    if (born.length === 1 && only) return [['A new ', only.object.type, ' is born: ', { code: only.object.repr }, '.']];
    return born.length === 0 ? [] : [[`${plural(born.length, 'object')} are born.`]];
  }

  private deaths(): Sentence[] {
    const { died, diedOmitted, flow, depth } = this.step;
    const silent = died.filter(
      (death) => !this.told.has(death.object.serial) && (death.isName || !INNER_TYPES.has(death.object.type)),
    );
    // With the cell go its code and its constants: that was said.
    const shown = flow === 'return' && depth === 0 ? silent.filter(({ isName }) => isName) : silent;
    const [only] = shown;
    if (shown.length + diedOmitted === 1 && only) {
      const what: Part[] = only.isName
        ? [{ code: only.label }]
        : ['The ', only.object.type, ' ', { code: only.object.repr }];
      return [[...what, ` died: ${causeText(only)}.`]];
    }
    const deaths = shown.length + diedOmitted;
    return deaths > 0 ? [[`${plural(deaths, 'object')} died.`]] : [];
  }

  private isInner({ isName, type }: CountChange): boolean {
    return !isName && (INNER_TYPES.has(type) || this.step.kind === 'line');
  }

  /** All changes of an object's count in this step as one; null: its count did not change. */
  private net(serial: number): CountChange | null {
    const changes = this.step.counts.filter((change) => change.serial === serial);
    const [first] = changes;
    const last = changes.at(-1);
    return first && last ? { ...last, before: first.before } : null;
  }

  private deathOf(serial: number): StepDeath | undefined {
    return this.step.died.find(({ object }) => object.serial === serial);
  }

  private countOf(serial: number): number | null {
    const state = this.after;
    if (state === null) return null;
    return [...state.references, ...state.unnamed].find(({ object }) => object.serial === serial)?.count ?? null;
  }
}

const goes = ({ before, after }: CountChange) =>
  before === after ? `stays ${after}` : `goes from ${before} to ${after}`;

const causeText = ({ cause }: StepDeath) =>
  cause === 'count reached zero' ? 'its count reached zero' : 'the collector found its cycle';

function capital([first, ...rest]: Part[]): Part[] {
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : [first ?? '', ...rest];
}
