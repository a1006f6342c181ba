/** The single events of a step: what each changed, where, and which instruction did it. */
import { KIND_BITS, KIND_RAW, PAGE_SHIFT, SIZE_SHIFT, headerOfKind } from '../heap/blocks';
import { OB_FIELDS, PLAIN_HEADER, type Handle } from '../heap/layout';
import { DICT_KEYS, DICT_USED, LIST_ITEMS, LIST_SIZE } from '../heap/shapes';
import { LIST_ALLOCATED } from '../objects/list';
import { BORROWED, F_LOCALSPLUS } from '../objects/interpreter-frame';
import { codeRuntime } from '../objects/code';
import { visitOwned } from '../objects/ledger';
import { type SingleEvent, apply, reverse } from '../trace/single-event';
import { forEachHeadBack } from '../trace/undo';
import type { Interpreter } from '../vm/interpreter';
import { describeSlot } from './holders';
import { blockOf, isObjectAt } from './block-of';
import { rowAt, spanAt } from './read-steps';
import type { ObjectRef } from './snapshot';
import { objectRef } from './state';
import { type Past, type Run, type TimeMachine, positionOf } from './time-machine';
import { READING_LIMITS, type EventValue, type EventsReading, type TraceEvent } from './trace-types';

export function readEvents(machine: TimeMachine, run: Run, step: number): EventsReading | null {
  const number = run.summary.run;
  const { log } = run.recorder;
  if (step >= run.trace.steps.length) return null;
  const past = machine.past({ run: number, step: step + 1 });
  if (past === null) return null;
  const from = positionOf(run, step);
  const ends: number[] = [];
  forEachHeadBack(log, from, past.position, (_head, _last, _position, end) => ends.push(end));
  const omitted = Math.max(0, ends.length - READING_LIMITS.events);
  // The first ones are told.
  if (omitted > 0) past.view.rewind(ends[omitted]!);
  const reader = new EventReader(machine, past, step);
  const events: TraceEvent[] = [];
  past.view.rewindSingly(from, (event) => events.push(reader.read(event)));
  return { run: number, step, events: events.reverse(), omitted };
}

class EventReader {
  private readonly cause: TraceEvent['cause'];
  /** By table: the object that it was last found to be of. */
  private readonly owners = new Map<number, Handle>();

  constructor(
    private readonly machine: TimeMachine,
    private readonly past: Past,
    step: number,
  ) {
    const { run } = past;
    const { steps, activations, linesFrom } = run.trace;
    const { unit } = activations[steps.activation(step)]!;
    const isLine = linesFrom >= 0 && step >= linesFrom;
    const row = isLine ? null : rowAt(unit, steps.pc(step), run.summary.profile);
    this.cause = {
      offset: row?.offset ?? null,
      opcode: row?.opname ?? null,
      line: steps.line(step),
      span: spanAt(machine, unit, steps.pc(step)),
      frame: unit.qualname,
      filename: unit.filename,
    };
  }

  /** Memory is as it was before the event. */
  read(event: SingleEvent): TraceEvent {
    const { kind, position, end, changes } = event;
    const told = { position, kind, cause: this.cause, words: changes.length };
    const { mem } = this.past.ip;
    const after = <T>(read: () => T): T => {
      apply(mem, event);
      const answer = read();
      apply(mem, reverse(event));
      return answer;
    };
    const nothing = { object: null, slot: null, before: null, after: null };
    switch (kind) {
      case 'line':
      case 'frame':
      case 'collection':
        return { ...told, ...nothing };
      case 'born':
        return { ...told, ...nothing, object: event.isRaw ? null : after(() => this.ref(event.subject, end)) };
      case 'freed':
        return { ...told, ...nothing, object: event.isRaw ? null : this.ref(event.subject, position) };
      case 'count':
      case 'dying': {
        const [change] = changes;
        const number = (value: number): EventValue => ({ object: null, number: value });
        return {
          ...told,
          object: this.ref(event.subject, position),
          slot: 'reference count',
          before: number(change?.before ?? mem[event.subject]!),
          after: number(change?.after ?? mem[event.subject]!),
        };
      }
      case 'write':
      case 'append':
        return { ...told, ...this.written(event, after) };
    }
  }

  private written(
    event: SingleEvent,
    inAfter: <T>(read: () => T) => T,
  ): Pick<TraceEvent, 'object' | 'slot' | 'before' | 'after'> {
    const { changes, position, end } = event;
    // Of several words the first that holds a reference before or after.
    let place: { h: Handle; label: string } | null = null;
    let owner: Handle = 0;
    for (const { index } of changes) {
      const h = this.ownerOf(index) || inAfter(() => this.ownerOf(index));
      owner ||= h;
      if (h === 0) continue;
      const label = this.reference(h, index) ?? inAfter(() => this.reference(h, index));
      if (label === null) continue;
      place = { h, label };
      const change = changes.find((each) => each.index === index)!;
      return {
        object: this.ref(h, position),
        slot: place.label,
        before: this.value(change.before, position),
        after: inAfter(() => this.value(change.after, end)),
      };
    }
    const [first] = changes;
    if (first === undefined) return { object: null, slot: null, before: null, after: null };
    const local = owner === 0 ? this.local(first.index) : null;
    const number = (value: number): EventValue => ({ object: null, number: value });
    return {
      object: owner === 0 ? null : this.ref(owner, position),
      slot: local ?? (owner === 0 ? 'frame' : this.wordOf(owner, first.index)),
      before: local === null ? number(first.before) : this.value(first.before & ~BORROWED, position),
      after: local === null ? number(first.after) : inAfter(() => this.value(first.after & ~BORROWED, end)),
    };
  }

  /** The object that a word belongs to, its own or its table's; 0: none. */
  private ownerOf(index: number): Handle {
    const { ip } = this.past;
    const block = blockOf(ip, index);
    if (block === null) return 0;
    if (block.kind !== KIND_RAW) return block.start + headerOfKind(block.kind);
    const table = block.start + PLAIN_HEADER;
    const known = this.owners.get(table) ?? 0;
    if (known !== 0 && isObjectAt(ip, known) && hasTable(ip, known, table)) return known;
    let owner = 0;
    ip.heap.forEachObject((h) => {
      if (owner === 0 && ip.mem[h] !== 0 && hasTable(ip, h, table)) owner = h;
    });
    if (owner !== 0) this.owners.set(table, owner);
    return owner;
  }

  private wordOf(h: Handle, index: number): string {
    const { ip } = this.past;
    const words = ip.is(h, ip.types.list) ? LIST_WORDS : ip.is(h, ip.types.dict) ? DICT_WORDS : {};
    return words[index - h] ?? 'part of its memory';
  }

  /** The label of a word by which h refers to something now; null: it does not. */
  private reference(h: Handle, index: number): string | null {
    const { ip, run } = this.past;
    let found = false;
    if (!ip.heap.isLive(h)) return null;
    visitOwned(ip, h, (_child, word) => {
      if (word === index) found = true;
    });
    return found ? describeSlot(ip, h, index, run.recorder.globals).label : null;
  }

  /** The name of a local, or the value stack, of a frame that the word belongs to. */
  private local(index: number): string | null {
    const { ip, roots } = this.past;
    for (const { at, code } of roots.frames) {
      const { unit, frameWords } = codeRuntime(ip, code);
      const slot = index - at - F_LOCALSPLUS;
      if (slot < 0 || index >= at + frameWords) continue;
      return unit.localsplusnames[slot] ?? 'value stack';
    }
    return null;
  }

  private value(word: number, position: number): EventValue {
    const { ip } = this.past;
    const isObject = word > 0 && (word & 1) === 0 && isObjectAt(ip, word);
    return { object: isObject ? this.ref(word, position) : null, number: word };
  }

  private ref(h: Handle, position: number): ObjectRef | null {
    const { ip, run } = this.past;
    return isObjectAt(ip, h) ? objectRef(ip, h, this.machine.serialAt(h, run, position)) : null;
  }
}

/** The object's own words refer to the table. */
function hasTable(ip: Interpreter, h: Handle, table: number): boolean {
  const entry = ip.mem[ip.heap.pageTable + (h >> PAGE_SHIFT)]!;
  const end = h - headerOfKind(entry & KIND_BITS) + (entry >>> SIZE_SHIFT);
  for (let i = h + OB_FIELDS; i < end; i++) if (ip.mem[i] === table) return true;
  return false;
}

/** What the words of containers are that hold no reference, from the handle. */
const LIST_WORDS: Readonly<Record<number, string>> = {
  [LIST_SIZE]: 'number of items',
  [LIST_ITEMS]: 'place of the items',
  [LIST_ALLOCATED]: 'room for items',
};
const DICT_WORDS: Readonly<Record<number, string>> = {
  [DICT_USED]: 'number of entries',
  [DICT_KEYS]: 'place of the entries',
};
