/**
 * Watches one cell run: the event log, a note at each line of what is called what and of the frames, and what the
 * collector did. Afterwards report.ts turns it into a MemoryReport. It takes notes in JavaScript only: no count, no
 * address and no order of anything in the heap changes (law 3).
 */
import type { CollectionObserver, Collector, Reason } from '../gc/collector';
import type { Handle } from '../heap/layout';
import { codeName, codeQualname, codeRuntime } from '../objects/code';
import { dictItemsArray } from '../objects/dict';
import {
  BORROWED, F_CODE, F_FRAMEOBJ, F_FUNC, F_LOCALS, F_LOCALSPLUS, F_PREVIOUS, F_SP,
} from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { EventLog } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';
import { abbreviate } from './abbreviate';
import type { FrameCopy } from './holders';
import type { Birth, History, Named } from './history';
import { SNAPSHOT_LIMITS, type CollectionReport, type ObjectRef } from './snapshot';

/** Events kept for one cell; past that only its end is shown. */
const MAX_EVENTS = 4_000_000;
/** Lines noted at the start and at the end of a long run; the middle is thinned. */
const HEAD_LINES = SNAPSHOT_LIMITS.steps / 2;
const TAIL_LINES = SNAPSHOT_LIMITS.steps / 2;

/** A line is about to run. */
export interface LineNote {
  /** Events before it. */
  readonly event: number;
  readonly line: number;
  readonly endLine: number;
  /** The function the line belongs to; null for the cell itself. */
  readonly frame: string | null;
  readonly frames: readonly FrameCopy[];
  /** Position among all executed lines, from 1. */
  readonly index: number;
  /** Everything that has or had a name, as known then. */
  readonly named: readonly Named[];
  readonly collections: number;
}

export interface CollectionNote {
  report: CollectionReport;
  event: number;
}

export class CellRecorder implements CollectionObserver {
  readonly log = new EventLog(MAX_EVENTS);
  readonly head: LineNote[] = [];
  readonly tail: LineNote[] = [];
  lines = 0;
  readonly births: Birth[] = [];
  readonly collections: CollectionNote[] = [];
  collectionsOmitted = 0;
  private followed = 0;
  private current: { -readonly [K in keyof CollectionReport]: CollectionReport[K] } | null = null;
  private readonly refcounts = new Map<Handle, [number, number]>();
  private readonly endLines = new Map<Handle, Map<number, number>>();

  /**
   * @param globals the program's namespace, borrowed
   */
  constructor(
    readonly ip: Interpreter, readonly collector: Collector, readonly history: History, readonly globals: Handle,
    /** Tells the program's own names from those of the interpreter. */
    readonly shows: (name: string, value: Handle) => boolean,
  ) {}

  start(): void {
    this.noteNames();
    this.ip.heap.log = this.log;
    this.collector.observer = this;
    this.ip.onLine = (frame, line) => this.onLine(frame, line);
  }

  stop(): void {
    this.ip.onLine = null;
    this.collector.observer = null;
    this.follow();
    this.noteNames();
  }

  /** Brings the serial numbers up to the present. */
  private follow(): void {
    const now = this.log.eventCount;
    this.history.follow(this.log, this.followed, now, this.births);
    this.followed = now;
  }

  // ---- lines ----------------------------------------------------------------------------------------------------------

  private onLine(frame: number, line: number): void {
    this.lines++;
    this.follow();
    this.noteNames();
    const note = this.makeNote(frame, line);
    if (this.head.length <= HEAD_LINES) this.head.push(note);
    else {
      this.tail.push(note);
      if (this.tail.length > TAIL_LINES) this.tail.shift();
    }
  }

  private makeNote(frame: number, line: number): LineNote {
    const { ip } = this;
    const code = ip.mem[frame + F_CODE]!;
    const isModule = ip.mem[frame + F_LOCALS] === this.globals;
    return {
      event: this.log.eventCount,
      line,
      endLine: this.endLine(code, line),
      frame: isModule ? null : strValue(ip, codeQualname(ip, code)),
      frames: copyFrames(ip, frame, this.globals),
      index: this.lines,
      named: [...this.history.named.values()],
      collections: this.collections.length,
    };
  }

  private endLine(code: Handle, line: number): number {
    let byLine = this.endLines.get(code);
    if (byLine === undefined) {
      byLine = new Map();
      const { positions } = codeRuntime(this.ip, code).unit;
      for (let i = 0; i < positions.length; i += 4) {
        const start = positions[i]!;
        if (start > 0) byLine.set(start, Math.max(byLine.get(start) ?? start, positions[i + 1]!));
      }
      this.endLines.set(code, byLine);
    }
    return byLine.get(line) ?? line;
  }

  /** The names of the module, and of the frames' locals. */
  private noteNames(): void {
    const { ip, history } = this;
    for (const [key, value] of dictItemsArray(ip, this.globals)) {
      if (!ip.is(key, ip.types.str)) continue;
      const name = strValue(ip, key);
      if (this.shows(name, value)) history.noteName(value, name);
    }
    for (const frame of copyFrames(ip, ip.frame, this.globals)) {
      if (frame.isModule) continue;
      const { unit } = codeRuntime(ip, frame.code);
      unit.localsplusnames.forEach((name, i) => {
        const h = frame.slots[i]! & ~BORROWED;
        if (h !== 0 && !ip.is(h, ip.types.cell)) history.noteName(h, name);
      });
    }
  }

  // ---- the collector ----------------------------------------------------------------------------------------------------

  ref(h: Handle): ObjectRef {
    return objectRef(this.ip, h, this.history.serialOf(h));
  }
  private refs(objects: readonly Handle[]): ObjectRef[] {
    this.follow();
    return objects.slice(0, SNAPSHOT_LIMITS.objects).map((h) => this.ref(h));
  }

  begin(generation: number, reason: Reason, counts: readonly number[], thresholds: readonly number[]): void {
    const triple = (v: readonly number[]) => [v[0]!, v[1]!, v[2]!] as const;
    this.current = {
      generation: generation as 0 | 1 | 2,
      reason: reason === 'threshold' ? 'threshold' : 'gc.collect()',
      line: currentLine(this.ip),
      examined: 0, unreachable: [], finalized: [], resurrected: [], freed: [], uncollectable: [],
      totals: { unreachable: 0, finalized: 0, resurrected: 0, freed: 0, uncollectable: 0 },
      weakrefs: { cleared: 0, callbacks: 0 },
      collected: 0, countsBefore: triple(counts), countsAfter: triple(counts), thresholds: triple(thresholds),
    };
    this.refcounts.clear();
  }
  candidates(objects: readonly Handle[], counts: readonly number[], gcRefs: readonly number[]): void {
    if (this.current === null) return;
    this.current.examined = objects.length;
    objects.forEach((h, i) => this.refcounts.set(h, [counts[i]!, gcRefs[i]!]));
  }
  unreachable(objects: readonly Handle[]): void {
    if (this.current === null) return;
    this.current.totals = { ...this.current.totals, unreachable: objects.length };
    this.current.unreachable = this.refs(objects).map((ref, i) => {
      const [refcount, gcRefs] = this.refcounts.get(objects[i]!) ?? [0, 0];
      return { ...ref, refcount, gcRefs };
    });
  }
  weakrefCleared(_ref: Handle, callback: boolean): void {
    const c = this.current;
    if (c !== null) c.weakrefs = { cleared: c.weakrefs.cleared + 1, callbacks: c.weakrefs.callbacks + (callback ? 1 : 0) };
  }
  finalized(h: Handle): void {
    const c = this.current;
    if (c === null) return;
    c.totals = { ...c.totals, finalized: c.totals.finalized + 1 };
    if (c.finalized.length < SNAPSHOT_LIMITS.objects) c.finalized = [...c.finalized, ...this.refs([h])];
  }
  resurrected(objects: readonly Handle[]): void {
    const c = this.current;
    if (c === null) return;
    c.resurrected = this.refs(objects);
    c.totals = { ...c.totals, resurrected: objects.length };
  }
  clearing(objects: readonly Handle[]): void {
    const c = this.current;
    if (c === null) return;
    c.freed = this.refs(objects);
    c.totals = { ...c.totals, freed: objects.length };
  }
  end(collected: number, _uncollectable: number, counts: readonly number[]): void {
    const c = this.current;
    if (c === null) return;
    c.collected = collected;
    c.countsAfter = [counts[0]!, counts[1]!, counts[2]!];
    this.current = null;
    if (this.collections.length < SNAPSHOT_LIMITS.objects) this.collections.push({ report: c, event: this.log.eventCount });
    else this.collectionsOmitted++;
  }
}

export function objectRef(ip: Interpreter, h: Handle, serial: number): ObjectRef {
  return {
    id: `0x${ip.heap.id(h).toString(16)}`,
    serial,
    type: ip.tp(h).name,
    repr: abbreviate(ip, h),
    immortal: ip.mem[h]! < 0,
  };
}

/** The line that runs now. */
function currentLine(ip: Interpreter): number {
  const f = ip.frame;
  if (f === 0) return 0;
  const { positions } = codeRuntime(ip, ip.mem[f + F_CODE]!).unit;
  return positions[Math.max(0, ip.mem[f + 7]! - 1) * 4] ?? 0;
}

/** The frames of the thread from `frame` outwards; generators' running frames included. */
export function copyFrames(ip: Interpreter, frame: number, globals: Handle): FrameCopy[] {
  const { mem } = ip;
  const frames: FrameCopy[] = [];
  for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
    const code = mem[f + F_CODE]!;
    const inHeap = f >= ip.heap.dataStackEnd;
    frames.push({
      code,
      name: strValue(ip, codeName(ip, code)),
      isModule: mem[f + F_LOCALS] === globals,
      // What a generator owns is found in the generator.
      slots: inHeap ? new Int32Array(0) : mem.slice(f + F_LOCALSPLUS, Math.max(f + F_LOCALSPLUS, mem[f + F_SP]!)),
      owned: inHeap ? [] : [F_CODE, F_FUNC, F_LOCALS, F_FRAMEOBJ].map((w) => mem[f + w]!).filter((h) => h !== 0),
      depth: 0,
    });
  }
  return frames.map((copy, i) => ({ ...copy, depth: frames.length - 1 - i }));
}
