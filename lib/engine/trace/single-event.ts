/**
 * One event of the log by itself: the words that it changed, before and after. What it takes to undo it, and to do it,
 * is all in it; the log's own form (events.ts) keeps only what the present does not tell.
 */
import { FIRST_HANDLE, EventKind, KIND_MASK, KIND_SHIFT, type EventLog } from './events';
import { type Saver, forEachHeadBack, undoEvents } from './undo';

export interface WordChange {
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

/**
 * `count`: a reference count. `write`: fields, or the words of a frame. `append`: an item or an entry behind the last.
 * `born`: a block of memory comes to be used, `raw` for a table. `dying`: a count fell to 0, the release begins. `freed`:
 * a block is given back. The rest change nothing: a line, a frame's end, a collection's beginning and end.
 */
export type SingleKind = 'count' | 'write' | 'append' | 'born' | 'dying' | 'freed' | 'line' | 'frame' | 'collection';

export interface SingleEvent {
  readonly kind: SingleKind;
  /** Words of the log before it, and with it. */
  readonly position: number;
  readonly end: number;
  /** The handle, the first word, the table's first data word; of a line, its number; of a mark, its operand. */
  readonly subject: number;
  /** Of `born` and `freed`: a table of an object. */
  readonly isRaw: boolean;
  /** Of `dying` and `freed`: by the collector, as part of a cycle. */
  readonly byCollector: boolean;
  readonly changes: readonly WordChange[];
}

/** The event that takes back what this one does. */
export function reverse(event: SingleEvent): SingleEvent {
  return {
    ...event,
    changes: event.changes.map(({ index, before, after }) => ({ index, before: after, after: before })).reverse(),
  };
}

/** Does what the event says. */
export function apply(mem: Int32Array, event: SingleEvent): void {
  for (const { index, after } of event.changes) mem[index] = after;
}

/** The words of one event, once each, as they are before it is undone. */
class Touched implements Saver {
  readonly words = new Map<number, number>();

  save(mem: Int32Array, start: number, count: number): void {
    for (let i = start; i < start + count; i++) if (!this.words.has(i)) this.words.set(i, mem[i]!);
  }
}

/** Undoes the events in [to, from) one by one, the newest first, and tells each, once it is undone. */
export function undoSingly(
  log: EventLog,
  mem: Int32Array,
  table: number,
  from: number,
  to: number,
  visit: (event: SingleEvent) => void,
): void {
  forEachHeadBack(log, to, from, (head, _last, position, end) => {
    const touched = new Touched();
    undoEvents(log, mem, table, end, position, null, touched);
    const changes: WordChange[] = [];
    for (const [index, after] of touched.words) {
      const before = mem[index]!;
      if (before !== after) changes.push({ index, before, after });
    }
    visit({ ...meaning(head), position, end, changes });
  });
}

function meaning(head: number): Pick<SingleEvent, 'kind' | 'subject' | 'isRaw' | 'byCollector'> {
  const operand = head >>> KIND_SHIFT;
  const even = operand & ~1;
  const flag = (operand & 1) !== 0;
  const told = (kind: SingleKind, subject: number, isRaw = false, byCollector = false) => ({
    kind,
    subject,
    isRaw,
    byCollector,
  });
  switch ((head & KIND_MASK) as EventKind) {
    case EventKind.Appended:
      return told('append', even);
    case EventKind.Increased:
      return flag ? told('born', even) : told('count', operand);
    case EventKind.Decreased:
      return flag ? told('freed', even) : told('count', operand);
    case EventKind.Count:
      return told('count', operand);
    case EventKind.Death:
      return told('dying', even, false, flag);
    case EventKind.Word:
    case EventKind.Cleared:
      return told('write', operand);
    case EventKind.Born:
    case EventKind.BornOver:
    case EventKind.BornLong:
      return told('born', even, flag);
    case EventKind.Freed:
      return told('freed', even);
    case EventKind.FreedByCollector:
      return told('freed', even, false, true);
    case EventKind.FreedRaw:
      return told('freed', operand, true);
    case EventKind.Line:
    case EventKind.LineOf:
      return told('line', operand);
    case EventKind.Mark:
      return operand < FIRST_HANDLE ? told('collection', operand) : told('frame', even);
  }
}
