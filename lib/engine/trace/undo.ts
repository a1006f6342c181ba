/** Reading the log from its end: undoing events on a copy of memory, and telling what they were (see trace/events.ts). */
import { KIND_BITS, KIND_RAW, PAGE_SHIFT, SIZE_SHIFT, flagsOfKind, headerOfKind } from '../heap/blocks';
import { BLOCK, BLOCK_FINALIZED, ID16 } from '../heap/layout';
import {
  DICT_KEYS,
  DICT_USED,
  DK_INDICES,
  DK_LOG2_SIZE,
  DK_NENTRIES,
  DK_USABLE,
  ENTRY_SHIFT,
  LIST_ITEMS,
  LIST_SIZE,
} from '../heap/shapes';
import {
  EventKind,
  FIRST_HANDLE,
  KIND_MASK,
  KIND_SHIFT,
  MarkCode,
  NUMBER_WORDS,
  payload,
  type EventLog,
} from './events';

/** Told of a mark, with the number of events before it. */
export type OnMark = (code: MarkCode, a: number, b: number, position: number) => void;

/** The events in [from, to), the newest first: head, the word before it, where the event begins and where it ends. */
export function forEachHeadBack(
  log: EventLog,
  from: number,
  to: number,
  visit: (head: number, last: number, position: number, end: number) => void,
): void {
  for (let c = log.chunkBefore(to); c >= 0 && to > from; c--) {
    const chunk = log.chunks[c]!;
    const start = log.starts[c]!;
    const first = Math.max(from - start, 0);
    let n = to - start;
    while (n > first) {
      const end = n;
      const head = chunk[n - 1]!;
      const last = n > 1 ? chunk[n - 2]! : 0;
      n -= 1 + payload(head, last);
      visit(head, last, start + n, start + end);
    }
    to = start;
  }
}

/**
 * The events in [from, to), the newest first: kind, operand, and the word before the head. The birth of a number and the
 * whole death of a plain object are told as a birth, and as a release with its beginning.
 */
export function forEachEventBack(
  log: EventLog,
  from: number,
  to: number,
  visit: (kind: EventKind, operand: number, last: number, position: number) => void,
): void {
  forEachHeadBack(log, from, to, (head, last, position) => {
    const kind: EventKind = head & KIND_MASK;
    const operand = head >>> KIND_SHIFT;
    if (kind === EventKind.Increased && (operand & 1) !== 0) visit(EventKind.BornOver, operand & ~1, last, position);
    else if (kind === EventKind.Decreased && (operand & 1) !== 0) {
      visit(EventKind.Freed, operand & ~1, last, position);
      visit(EventKind.Death, operand & ~1, last, position);
    } else visit(kind, operand, last, position);
  });
}

/** Births and deaths of objects among the events in [from, to), oldest first. */
export function forEachBirth(
  log: EventLog,
  from: number,
  to: number,
  visit: (code: MarkCode.Allocated | MarkCode.Freed, h: number, position: number, byCollector: boolean) => void,
): void {
  const found: number[] = [];
  forEachEventBack(log, from, to, (kind, operand, _last, position) => {
    if (kind === EventKind.Born || kind === EventKind.BornOver || kind === EventKind.BornLong) {
      if ((operand & 1) === 0) found.push(position, operand, MarkCode.Allocated);
    } else if (kind === EventKind.Freed) found.push(position, operand & ~1, MarkCode.Freed);
    else if (kind === EventKind.FreedByCollector) found.push(position, operand | 1, MarkCode.Freed);
  });
  for (let i = found.length - 3; i >= 0; i -= 3)
    visit(found[i + 2]!, found[i + 1]! & ~1, found[i]!, (found[i + 1]! & 1) !== 0);
}

/** Told of words that are about to be undone: how many from which on, by the event at `position`. */
export interface Saver {
  save(mem: Int32Array, start: number, count: number, position: number): void;
}

/**
 * Undoes the events in [to, from) on a memory that is as it was before event `from`. The page table lies in it too.
 * @param onMark told of each mark, newest first: of a birth before it is undone, of an end after
 * @param saver told of all that changes
 */
export function undoEvents(
  log: EventLog,
  mem: Int32Array,
  table: number,
  from: number,
  to: number,
  onMark: OnMark | null = null,
  saver: Saver | null = null,
): void {
  for (let c = log.chunkBefore(from); c >= 0 && from > to; c--) {
    const start = log.starts[c]!;
    undoInChunk(log.chunks[c]!, start, mem, table, from - start, Math.max(to - start, 0), onMark, saver);
    from = start;
  }
}

/** @param word the index word << 1 | it was a dummy */
function takeEntry(mem: Int32Array, d: number, word: number, saver: Saver | null, position: number): void {
  const keys = mem[d + DICT_KEYS]!;
  const n = mem[keys + DK_NENTRIES]! - 1;
  const e = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!) + (n << ENTRY_SHIFT);
  if (saver !== null) {
    saver.save(mem, word >>> 1, 1, position);
    saver.save(mem, e, 1 << ENTRY_SHIFT, position);
    saver.save(mem, keys + DK_USABLE, 1, position);
    saver.save(mem, keys + DK_NENTRIES, 1, position);
    saver.save(mem, d + DICT_USED, 1, position);
  }
  mem[word >>> 1] = -(word & 1);
  mem.fill(0, e, e + (1 << ENTRY_SHIFT));
  mem[keys + DK_USABLE] = mem[keys + DK_USABLE]! + 1;
  mem[keys + DK_NENTRIES] = n;
  mem[d + DICT_USED] = mem[d + DICT_USED]! - 1;
}

function takeItem(mem: Int32Array, list: number, saver: Saver | null, position: number): void {
  const n = mem[list + LIST_SIZE]! - 1;
  const at = mem[list + LIST_ITEMS]! + n;
  if (saver !== null) {
    saver.save(mem, at, 1, position);
    saver.save(mem, list + LIST_SIZE, 1, position);
  }
  mem[at] = 0;
  mem[list + LIST_SIZE] = n;
}

function undoInChunk(
  chunk: Int32Array,
  start: number,
  mem: Int32Array,
  table: number,
  from: number,
  to: number,
  onMark: OnMark | null,
  saver: Saver | null,
): void {
  let n = from;
  while (n > to) {
    const head = chunk[--n]!;
    const operand = head >>> KIND_SHIFT;
    switch ((head & KIND_MASK) as EventKind) {
      case EventKind.Appended:
        if ((operand & 1) === 0) {
          n--;
          takeEntry(mem, operand, chunk[n]!, saver, start + n);
        } else takeItem(mem, operand & ~1, saver, start + n);
        break;
      case EventKind.Increased:
        if ((operand & 1) === 0) {
          if (saver !== null) saver.save(mem, operand, 1, start + n);
          mem[operand] = mem[operand]! - 1;
        } else {
          const h = operand & ~1;
          n -= NUMBER_WORDS;
          if (onMark !== null) onMark(MarkCode.Allocated, h, 0, start + n);
          if (saver !== null) saver.save(mem, h + BLOCK, NUMBER_WORDS - BLOCK, start + n);
          mem[h + BLOCK] = 0;
          mem[h + ID16] = chunk[n]!;
          mem[h] = 0;
          for (let i = 1; i < NUMBER_WORDS; i++) mem[h + i] = chunk[n + i]!;
        }
        break;
      case EventKind.Decreased:
        if (saver !== null) saver.save(mem, operand & ~1, 1, start + n);
        if ((operand & 1) === 0) mem[operand] = mem[operand]! + 1;
        else {
          const h = operand & ~1;
          if (saver !== null) saver.save(mem, h + BLOCK, 1, start + n);
          mem[h + BLOCK] = flagsOfKind(mem[table + (h >> PAGE_SHIFT)]! & KIND_BITS);
          if (onMark !== null) {
            onMark(MarkCode.Freed, h, 0, start + n);
            onMark(MarkCode.Deallocating, h, 0, start + n);
          }
          mem[h] = 1;
        }
        break;
      case EventKind.Word:
      case EventKind.Count:
        n--;
        if (saver !== null) saver.save(mem, operand, 1, start + n);
        mem[operand] = chunk[n]!;
        break;
      case EventKind.Death:
        if (onMark !== null) onMark(MarkCode.Deallocating, operand & ~1, operand & 1, start + n);
        if (saver !== null) saver.save(mem, operand & ~1, 1, start + n);
        mem[operand & ~1] = 1;
        break;
      case EventKind.Born:
      case EventKind.BornOver:
      case EventKind.BornLong: {
        const h = operand & ~1;
        const kind: EventKind = head & KIND_MASK;
        const end = n;
        n -= payload(head, n > 0 ? chunk[n - 1]! : 0);
        if (onMark !== null && (operand & 1) === 0) onMark(MarkCode.Allocated, h, 0, start + n);
        const entry = mem[table + (h >> PAGE_SHIFT)]!;
        const b = h - headerOfKind(entry & KIND_BITS);
        if (saver !== null) saver.save(mem, b, entry >>> SIZE_SHIFT, start + n);
        mem.fill(0, b, b + (entry >>> SIZE_SHIFT));
        if (kind === EventKind.BornLong) mem.set(chunk.subarray(n, end - 1), b);
        else if (kind === EventKind.BornOver) {
          let from = n;
          for (let mask = chunk[end - 1]!; mask !== 0; mask &= mask - 1) {
            mem[b + (31 - Math.clz32(mask & -mask))] = chunk[from++]!;
          }
        }
        break;
      }
      case EventKind.Freed:
      case EventKind.FreedByCollector: {
        const h = operand & ~1;
        const flags = flagsOfKind(mem[table + (h >> PAGE_SHIFT)]! & KIND_BITS);
        if (saver !== null) saver.save(mem, h + BLOCK, 1, start + n);
        mem[h + BLOCK] = (operand & 1) !== 0 ? flags | BLOCK_FINALIZED : flags;
        const byCollector = (head & KIND_MASK) === (EventKind.FreedByCollector as number);
        if (onMark !== null) onMark(MarkCode.Freed, h, byCollector ? 1 : 0, start + n);
        break;
      }
      case EventKind.FreedRaw:
        if (saver !== null) saver.save(mem, operand + BLOCK, 1, start + n);
        mem[operand + BLOCK] = flagsOfKind(KIND_RAW);
        break;
      case EventKind.Cleared: {
        const count = chunk[--n]!;
        n -= count;
        if (saver !== null) saver.save(mem, operand, count, start + n);
        for (let i = 0; i < count; i++) mem[operand + i] = chunk[n + i]!;
        break;
      }
      case EventKind.Line:
        if (onMark !== null) onMark(MarkCode.Line, 0, operand, start + n);
        break;
      case EventKind.LineOf:
        n--;
        if (onMark !== null) onMark(MarkCode.Line, chunk[n]!, operand, start + n);
        break;
      case EventKind.Mark:
        if (onMark === null) break;
        if (operand < FIRST_HANDLE) onMark(MarkCode.Collection, operand >> 1, operand & 1, start + n);
        else onMark(MarkCode.Frame, operand & ~1, operand & 1, start + n);
        break;
    }
  }
}
