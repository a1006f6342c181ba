/**
 * Watches one cell run: the event log, a note at each line of what is called what and of the frames, and what the
 * collector did. Afterwards report.ts turns it into a MemoryReport. It takes notes in JavaScript only: no count, no
 * address and no order of anything in the heap changes (law 3).
 */
import type { CollectionObserver, Collector, Reason } from '../gc/collector';
import { CO_OPTIMIZED, type CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { dictItemsArray } from '../objects/dict';
import {
  BORROWED,
  FLAG_BITS,
  F_CODE,
  F_FLAGS,
  F_FRAMEOBJ,
  F_FUNC,
  F_LOCALS,
  F_LOCALSPLUS,
  F_PREVIOUS,
  F_SP,
} from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { EventLog } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';
import { abbreviate } from './abbreviate';
import type { FrameCopy } from './holders';
import type { Birth, History, Named } from './history';
import { SNAPSHOT_LIMITS, type CollectionReport, type ObjectRef, type Step } from './snapshot';

/** Events kept for one cell; past that only its end is shown. */
const MAX_EVENTS = 4_000_000;
/** Lines noted at the start and at the end of a long run; the middle is thinned. */
const HEAD_LINES = SNAPSHOT_LIMITS.steps / 2;
const TAIL_LINES = SNAPSHOT_LIMITS.steps / 2;
const NO_SLOTS = new Int32Array(0);

/** A line is about to run, or to go on after a call; or the cell is over and its code about to be released. */
export interface LineNote {
  readonly kind: 'line' | 'rest of line' | 'end';
  /** Events before it. */
  readonly event: number;
  /** Events before the whole line. */
  readonly since: number;
  /** These four as in `Step`. */
  readonly line: number;
  readonly endLine: number;
  readonly frame: string | null;
  readonly elsewhere: Step['elsewhere'];
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
  private readonly endLines = new Map<CodeUnit, Map<number, number>>();
  /** The code objects of this cell's source. */
  private readonly ownUnits = new Set<CodeUnit>();
  /** By frame: events before its present line. */
  private readonly lineStarts = new Map<number, number>();
  /** Serials of the cell's constants: greater than the first, up to the second. */
  constants: readonly [number, number] = [0, 0];
  /** Serials of what the interpreter made to run the cell: its function, the namespaces of class bodies. */
  readonly machinery = new Set<number>();

  /**
   * @param globals the program's namespace, borrowed
   */
  constructor(
    readonly ip: Interpreter,
    readonly collector: Collector,
    readonly history: History,
    readonly globals: Handle,
    /** Tells the program's own names from those of the interpreter. */
    readonly shows: (name: string, value: Handle) => boolean,
  ) {}

  start(): void {
    const { ip, history } = this;
    const known = history.allocated;
    history.adopt(ip);
    this.constants = [known, history.allocated];
    this.noteNames();
    ip.heap.log = this.log;
    this.collector.observer = this;
    ip.announcedFrame = 0;
    ip.onLine = (frame, line) => this.onLine(frame, line);
    ip.onResume = (frame, line) => this.note(frame, line, 'rest of line');
  }

  /** The last line is done; what the cell's code object holds is still alive. */
  codeEnds(): void {
    const last = this.tail.at(-1) ?? this.head.at(-1);
    if (last === undefined) return;
    this.add({
      ...this.moment(),
      kind: 'end',
      line: last.line,
      endLine: last.endLine,
      frame: null,
      elsewhere: null,
      frames: [],
    });
  }

  stop(): void {
    this.ip.onLine = null;
    this.ip.onResume = null;
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
    if (this.ownUnits.size === 0) this.addUnits(codeRuntime(this.ip, this.ip.mem[frame + F_CODE]!).unit);
    this.lineStarts.set(frame, this.log.eventCount);
    this.note(frame, line, 'line');
  }

  private addUnits(unit: CodeUnit): void {
    this.ownUnits.add(unit);
    this.history.cellFiles.add(unit.filename);
    for (const value of unit.consts) if (value.kind === 'code') this.addUnits(value.value);
  }

  /** Notes a line of the notebook's code; lines of modules, class bodies and `exec` belong to what led to them. */
  private note(frame: number, line: number, kind: 'line' | 'rest of line'): void {
    const { ip } = this;
    const { unit } = codeRuntime(ip, ip.mem[frame + F_CODE]!);
    const isOwn = this.ownUnits.has(unit);
    if (!isOwn && !this.history.cellFiles.has(unit.filename)) return;
    const isFunction = (unit.flags & CO_OPTIMIZED) !== 0;
    if (!isFunction && (!isOwn || ip.mem[frame + F_LOCALS] !== this.globals)) return;
    const since = this.lineStarts.get(frame) ?? this.log.eventCount;
    const moment = {
      ...this.moment(),
      since,
      kind,
      frame: isFunction ? unit.qualname : null,
      frames: this.framesFrom(frame),
    };
    for (const { owned, isFunction: isCall } of moment.frames) {
      if (!isCall) for (const h of owned) this.machinery.add(this.history.serialOf(h));
    }
    if (isOwn) this.add({ ...moment, line, endLine: this.endLine(unit, line), elsewhere: null });
    else this.add({ ...moment, ...this.cellLine(frame), elsewhere: { file: unit.filename, line } });
  }

  private moment() {
    this.follow();
    this.noteNames();
    const event = this.log.eventCount;
    this.lines++;
    return {
      event,
      since: event,
      index: this.lines,
      named: [...this.history.named.values()],
      collections: this.collections.length,
    };
  }

  private add(note: LineNote): void {
    if (this.head.length <= HEAD_LINES) this.head.push(note);
    else {
      this.tail.push(note);
      if (this.tail.length > TAIL_LINES) this.tail.shift();
    }
  }

  /** The line of the cell that is being executed, from `frame` or by a function that it called. */
  cellLine(frame: number): { line: number; endLine: number } {
    const { mem } = this.ip;
    for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
      const { unit } = codeRuntime(this.ip, mem[f + F_CODE]!);
      const line = mem[f + F_FLAGS]! >> FLAG_BITS;
      if (this.ownUnits.has(unit) && line > 0) return { line, endLine: this.endLine(unit, line) };
    }
    return { line: 1, endLine: 1 };
  }

  /** The frames of the thread from `frame` outwards; generators' running frames included. */
  framesFrom(frame: number): FrameCopy[] {
    const { ip } = this;
    const { mem } = ip;
    const frames: FrameCopy[] = [];
    for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
      const code = mem[f + F_CODE]!;
      const { unit } = codeRuntime(ip, code);
      const inHeap = f >= ip.heap.dataStackEnd;
      frames.push({
        code,
        name: unit.qualname,
        isModule: mem[f + F_LOCALS] === this.globals,
        isFunction: (unit.flags & CO_OPTIMIZED) !== 0,
        cellLine: this.ownUnits.has(unit) ? mem[f + F_FLAGS]! >> FLAG_BITS : 0,
        // What a generator owns is found in the generator.
        slots: inHeap ? NO_SLOTS : mem.slice(f + F_LOCALSPLUS, Math.max(f + F_LOCALSPLUS, mem[f + F_SP]!)),
        owned: inHeap ? [] : [F_CODE, F_FUNC, F_LOCALS, F_FRAMEOBJ].map((w) => mem[f + w]!).filter((h) => h !== 0),
        depth: 0,
      });
    }
    frames.forEach((copy, i) => {
      copy.depth = frames.length - 1 - i;
    });
    return frames;
  }

  private endLine(unit: CodeUnit, line: number): number {
    let byLine = this.endLines.get(unit);
    if (byLine === undefined) {
      byLine = new Map();
      const { positions } = unit;
      for (let i = 0; i < positions.length; i += 4) {
        const start = positions[i]!;
        if (start > 0) byLine.set(start, Math.max(byLine.get(start) ?? start, positions[i + 1]!));
      }
      this.endLines.set(unit, byLine);
    }
    return byLine.get(line) ?? line;
  }

  /** The names of the module, and of the frames' locals. */
  private noteNames(): void {
    const { ip, history } = this;
    for (const [key, value] of dictItemsArray(ip, this.globals)) {
      if (!ip.is(key, ip.types.str)) continue;
      const name = strValue(ip, key);
      if (this.shows(name, value)) history.noteName(value, name, true);
    }
    for (const frame of this.framesFrom(ip.frame)) {
      if (frame.isModule) continue;
      const { unit } = codeRuntime(ip, frame.code);
      unit.localsplusnames.forEach((name, i) => {
        const h = frame.slots[i]! & ~BORROWED;
        if (h !== 0 && !ip.is(h, ip.types.cell)) history.noteName(h, name, false);
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
      line: this.cellLine(this.ip.frame).line,
      examined: 0,
      unreachable: [],
      finalized: [],
      resurrected: [],
      freed: [],
      uncollectable: [],
      totals: { unreachable: 0, finalized: 0, resurrected: 0, freed: 0, uncollectable: 0 },
      weakrefs: { cleared: 0, callbacks: 0 },
      collected: 0,
      countsBefore: triple(counts),
      countsAfter: triple(counts),
      thresholds: triple(thresholds),
    };
    this.refcounts.clear();
  }
  candidates(objects: readonly Handle[], counts: readonly number[], gcRefs: readonly number[]): void {
    if (this.current === null) return;
    this.current.examined = objects.length;
    objects.forEach((h, i) => {
      this.refcounts.set(h, [counts[i]!, gcRefs[i]!]);
    });
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
    if (c !== null)
      c.weakrefs = { cleared: c.weakrefs.cleared + 1, callbacks: c.weakrefs.callbacks + (callback ? 1 : 0) };
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
    if (this.collections.length < SNAPSHOT_LIMITS.objects)
      this.collections.push({ report: c, event: this.log.eventCount });
    else this.collectionsOmitted++;
  }
}

export function objectRef(ip: Interpreter, h: Handle, serial: number): ObjectRef {
  return {
    id: `0x${ip.heap.id(h).toString(16)}`,
    serial,
    type: ip.tp(h).name.replace(/^.*\./, ''),
    repr: abbreviate(ip, h),
    immortal: ip.mem[h]! < 0,
  };
}
