/**
 * Watches one cell run: the event log, a note at each line of what is called what and of the frames, and what the
 * collector did. Afterwards report.ts turns it into a MemoryReport. It takes notes in JavaScript only: no count, no
 * address and no order of anything in the heap changes (law 3).
 */
import type { CollectionObserver, Collector, Reason } from '../gc/collector';
import { CO_OPTIMIZED, type CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { dictNext, entryKey, entryValue } from '../objects/dict';
import {
  BORROWED,
  FLAG_BITS,
  F_CODE,
  F_FLAGS,
  F_LOCALS,
  F_LOCALSPLUS,
  F_PC,
  F_PREVIOUS,
} from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { EventLog } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';
import { copyFrame, copyRoots, type FrameCopy, type Roots } from './holders';
import { Births, type History } from './history';
import { type RawStep, Replay } from './replay';
import { SNAPSHOT_LIMITS, type CollectionReport, type ObjectRef, type Step } from './snapshot';
import { READING_LIMITS, TRACE_LIMITS } from './trace-types';
import { type Picture, type RawState, objectRef, readState } from './state';

/** Words of the log kept of one line; past that only its outcome is shown. */
const MAX_EVENTS = (TRACE_LIMITS.runBytes >> 2) + 4_000_000;
/** Words after which the log begins anew at the next line. */
const STRETCH_EVENTS = TRACE_LIMITS.runBytes >> 2;
/** Lines noted at the start and at the end of a long run; the middle is thinned. */
const HEAD_LINES = SNAPSHOT_LIMITS.steps / 2;
const TAIL_LINES = SNAPSHOT_LIMITS.steps / 2;

/** A line is about to run, or to go on after a call; or the cell is over and its code about to be released. */
export interface LineNote {
  readonly kind: 'line' | 'rest of line' | 'end';
  /** Events before it. */
  event: number;
  /** Events before the whole line. */
  readonly since: number;
  /** These four as in `Step`. */
  readonly line: number;
  readonly endLine: number;
  readonly frame: string | null;
  readonly elsewhere: Step['elsewhere'];
  readonly roots: Roots;
  /** Position among all executed lines, from 1. */
  readonly index: number;
  readonly collections: number;
}

/** Candidates of all collections of a cell that are kept one by one. */
const MOST_CANDIDATES = 1_000_000;

export interface CollectionNote {
  report: CollectionReport;
  event: number;
  phases: CollectionPhases;
}

/** What a collection did with each object, as far as the lists go; `totals` are whole. Serials, but for the refs. */
export interface CollectionPhases {
  /** Where in the log; -1 once the log was cut after it. */
  began: number;
  /** All candidates; null: more than are kept. */
  handles: Int32Array | null;
  /** The numbers of the 25 % rule, when it began. */
  readonly longLived: { readonly total: number; readonly pending: number };
  readonly candidates: { readonly object: ObjectRef; readonly refcount: number; readonly gcRefs: number }[];
  readonly tentative: number[];
  readonly movedBack: number[];
  readonly unreachable: number[];
  readonly weakrefs: { readonly serial: number; readonly callback: boolean }[];
  readonly finalized: number[];
  readonly resurrected: number[];
  readonly cleared: number[];
  readonly others: ObjectRef[];
  readonly totals: {
    candidates: number;
    own: number;
    tentative: number;
    movedBack: number;
    unreachable: number;
    weakrefs: number;
    finalized: number;
    resurrected: number;
    cleared: number;
  };
}

type SerialList = 'tentative' | 'movedBack' | 'unreachable' | 'finalized' | 'resurrected' | 'cleared';

/** What was read from a stretch of the log that is not kept. */
export interface Stretch {
  readonly steps: readonly RawStep[];
}

export class CellRecorder implements CollectionObserver {
  readonly log = new EventLog(MAX_EVENTS);
  /** The first lines, until the log was cut. */
  readonly head: LineNote[] = [];
  /** The latest lines. */
  tail: LineNote[] = [];
  /** What the head showed, once the log was cut. */
  opening: Stretch | null = null;
  /** The moment before the cell. */
  before: RawState | null = null;
  /** The latest note, until the step that begins with it is noted. */
  private unsettled: LineNote | null = null;
  lines = 0;
  readonly births: Births;
  readonly collections: CollectionNote[] = [];
  collectionsOmitted = 0;
  private candidatesKept = 0;
  private followed = 0;
  private current: { -readonly [K in keyof CollectionReport]: CollectionReport[K] } | null = null;
  private phases: CollectionPhases | null = null;
  private readonly told = new Set<number>();
  private readonly refcounts = new Map<Handle, [number, number]>();
  private readonly endLines = new Map<CodeUnit, Map<number, number>>();
  /** The log begins anew: what came before is not kept. */
  onCut: (() => void) | null = null;
  /** A line begins, or goes on after a call. */
  onBegin: (() => void) | null = null;
  /** The code objects of this cell's source. */
  readonly ownUnits = new Set<CodeUnit>();
  /** By frame: events before its present line. */
  private readonly lineStarts = new Map<number, number>();
  /** By frame: its copy as of that instruction of that line. A frame that waits for another does not change. */
  private readonly copies = new Map<number, { pc: number; since: number; copy: FrameCopy }>();
  /** By key of the namespace: what was noted last. */
  private readonly globalNotes = new Map<Handle, { name: string | null; value: Handle; serial: number }>();
  /** Serials of the cell's constants: greater than the first, up to the second. */
  constants: readonly [number, number] = [0, 0];
  deathsBefore = 0;
  /** Lines of the notebook's code that began. */
  linesRun = 0;
  /** Serials of what the interpreter made to run the cell. */
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
    /** The cell's own file. */
    readonly isOwnFile: (filename: string) => boolean = () => false,
  ) {
    history.open();
    this.births = new Births(history);
  }

  start(): void {
    const { ip, history } = this;
    const known = history.allocated;
    this.deathsBefore = history.deaths;
    history.stretch++;
    history.adopt(ip);
    this.births.clear();
    this.constants = [known, history.allocated];
    history.journal = [];
    this.noteGlobals();
    this.before = readState(this.present(copyRoots(ip, [])));
    ip.heap.startLog(this.log);
    this.collector.observer = this;
    ip.announcedFrame = 0;
    ip.onLine = (frame, line) => this.onLine(frame, line);
    ip.onResume = (frame, line) => {
      if (this.onBegin !== null) this.onBegin();
      this.note(frame, line, 'rest of line');
    };
  }

  /** The last line is done; what the cell's code object holds is still alive. */
  codeEnds(): void {
    const last = this.tail.at(-1) ?? this.head.at(-1);
    if (last === undefined) return;
    const { line, endLine } = last;
    this.add({
      ...this.moment(),
      kind: 'end',
      line,
      endLine,
      frame: null,
      elsewhere: null,
      roots: copyRoots(this.ip, []),
    });
  }

  stop(): void {
    this.ip.onLine = null;
    this.ip.onResume = null;
    this.collector.observer = null;
    this.follow();
    this.noteGlobals();
  }

  /** The heap as it is now, to be read. */
  present(roots: Roots): Picture {
    const { ip, history, globals, shows } = this;
    return {
      ip,
      globals,
      shows,
      roots,
      named: history.named.values(),
      inert: history.inert,
      serial: (h) => history.serialOf(h),
      allocated: history.allocated,
    };
  }

  /** Brings the serial numbers up to the present. */
  private follow(): void {
    const now = this.log.length;
    this.history.follow(this.log, this.followed, now);
    this.followed = now;
  }

  // ---- lines ----------------------------------------------------------------------------------------------------------

  private onLine(frame: number, line: number): void {
    const { unit } = codeRuntime(this.ip, this.ip.mem[frame + F_CODE]!);
    if (this.ownUnits.size === 0) this.addUnits(unit);
    // An import runs thousands of lines of the library: its changes are in the log, its lines are nobody's steps.
    if (!this.history.cellFiles.has(unit.filename)) {
      // Its place may have been another frame's.
      this.lineStarts.delete(frame);
      return;
    }
    this.lineStarts.set(frame, this.log.length);
    this.linesRun++;
    if (this.onBegin !== null) this.onBegin();
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
    const moment = this.moment();
    const frames = this.framesFrom(frame);
    const outermost = frames.at(-1);
    if (this.machinery.size === 0) for (const h of outermost?.owned ?? []) this.machinery.add(this.history.serialOf(h));
    const own = isOwn ? { line, endLine: this.endLine(unit, line) } : this.cellLine(frame);
    this.add({
      kind,
      event: moment.event,
      since: this.lineStarts.get(frame) ?? moment.event,
      line: own.line,
      endLine: own.endLine,
      frame: isFunction ? unit.qualname : null,
      elsewhere: isOwn ? null : { file: unit.filename, line },
      roots: copyRoots(ip, frames),
      index: moment.index,
      collections: moment.collections,
    });
  }

  private moment() {
    this.follow();
    this.noteGlobals();
    this.noteLocals(this.ip.frame);
    this.lines++;
    const event = this.log.length;
    return { event, since: event, index: this.lines, collections: this.collections.length };
  }

  /** What the frames have come to is in the log now: before that, a note's memory would be that of frames gone by. */
  settled(): void {
    if (this.unsettled !== null) this.unsettled.event = this.log.length;
    this.unsettled = null;
  }

  private add(latest: LineNote): void {
    const isLong = this.log.length > STRETCH_EVENTS || this.ip.heap.retainedBytes > TRACE_LIMITS.deadBytes;
    const note = isLong ? this.cut(latest) : latest;
    this.unsettled = note;
    if (this.opening === null && this.head.length <= HEAD_LINES) this.head.push(note);
    else {
      this.tail.push(note);
      if (this.tail.length >= 2 * TAIL_LINES) this.tail = this.tail.slice(-TAIL_LINES);
    }
  }

  /** Reads what the first lines showed, then begins the log anew: a long run costs no more memory than a short one. */
  private cut(note: LineNote): LineNote {
    const { ip, history } = this;
    this.opening ??= { steps: new Replay(this).steps(this.head, note) };
    this.log.clear();
    ip.heap.stopLog();
    ip.heap.startLog(this.log);
    this.followed = 0;
    history.stretch++;
    this.births.clear();
    history.journal = [];
    this.lineStarts.clear();
    this.copies.clear();
    this.tail = [];
    for (const { phases } of this.collections) phases.began = -1;
    if (this.onCut !== null) this.onCut();
    return { ...note, event: 0, since: 0 };
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
    const { mem } = this.ip;
    const frames: FrameCopy[] = [];
    for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
      const pc = mem[f + F_PC]!;
      const since = this.lineStarts.get(f) ?? -1;
      let known = this.copies.get(f);
      if (f === frame || known?.pc !== pc || known.since !== since || since < 0) {
        known = { pc, since, copy: this.copyFrame(f) };
        this.copies.set(f, known);
      }
      frames.push(known.copy);
    }
    const outermost = frames.length - 1;
    for (let i = outermost; i >= 0; i--) {
      const copy = frames[i]!;
      copy.depth = outermost - i;
      // In the library: what happens there is of the line that led there.
      if (!this.lineStarts.has(copy.at)) copy.since = frames[i + 1]?.since ?? 0;
    }
    return frames;
  }

  private copyFrame(f: number): FrameCopy {
    const { ip } = this;
    return copyFrame(ip, f, this.globals, (unit) => ({
      cellLine: this.ownUnits.has(unit) ? ip.mem[f + F_FLAGS]! >> FLAG_BITS : 0,
      since: this.lineStarts.get(f) ?? 0,
    }));
  }

  endLine(unit: CodeUnit, line: number): number {
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

  private noteGlobals(): void {
    const { ip, history, globals, globalNotes } = this;
    for (let pos = dictNext(ip, globals, 0); pos > 0; pos = dictNext(ip, globals, pos)) {
      const key = entryKey(ip, globals, pos);
      const value = entryValue(ip, globals, pos);
      const serial = history.serialOf(value);
      const noted = globalNotes.get(key);
      if (noted !== undefined && noted.value === value && noted.serial === serial) continue;
      const text = ip.is(key, ip.types.str) ? strValue(ip, key) : null;
      const name = text !== null && this.shows(text, value) ? text : null;
      globalNotes.set(key, { name, value, serial });
      if (name !== null) history.noteName(value, name, true, this.log.length);
    }
  }

  /** The locals of the innermost frame; those of the others were noted when these were. */
  private noteLocals(f: number): void {
    const { ip, history } = this;
    const { mem } = ip;
    if (f === 0) return;
    const { unit } = codeRuntime(ip, mem[f + F_CODE]!);
    if ((unit.flags & CO_OPTIMIZED) === 0) return;
    const { localsplusnames } = unit;
    for (let i = 0; i < localsplusnames.length; i++) {
      const h = mem[f + F_LOCALSPLUS + i]! & ~BORROWED;
      if (h !== 0 && !ip.is(h, ip.types.cell)) history.noteName(h, localsplusnames[i]!, false, this.log.length);
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
    this.phases = {
      began: this.log.length,
      handles: null,
      longLived: { total: this.collector.longLivedTotal, pending: this.collector.longLivedPending },
      candidates: [],
      tentative: [],
      movedBack: [],
      unreachable: [],
      weakrefs: [],
      finalized: [],
      resurrected: [],
      cleared: [],
      others: [],
      totals: {
        candidates: 0,
        own: 0,
        tentative: 0,
        movedBack: 0,
        unreachable: 0,
        weakrefs: 0,
        finalized: 0,
        resurrected: 0,
        cleared: 0,
      },
    };
    this.told.clear();
  }

  /**
   * The objects that are told of, in their order. What boot made is examined too, by a full collection: the program's own
   * are told of first, and of these the youngest, since what an import made is among them.
   */
  private listed(objects: readonly Handle[], limit: number): readonly Handle[] {
    const own = objects.filter((h) => this.history.isOwn(h));
    const all = own.length > 0 ? own : objects;
    if (all.length <= limit) return all;
    if (limit <= 0) return [];
    const serials = all.map((h) => this.history.serialOf(h)).sort((one, other) => other - one);
    const oldest = serials[limit - 1]!;
    return all.filter((h) => this.history.serialOf(h) >= oldest);
  }

  /** Notes objects in a list of the present collection; those that are no candidates with what they are. */
  private tell(list: SerialList, objects: readonly Handle[]): void {
    const { phases, told, history } = this;
    if (phases === null) return;
    this.follow();
    phases.totals[list] += objects.length;
    for (const h of this.listed(objects, READING_LIMITS.collected - phases[list].length)) {
      const serial = history.serialOf(h);
      phases[list].push(serial);
      if (told.has(serial)) continue;
      told.add(serial);
      phases.others.push(this.ref(h));
    }
  }
  candidates(objects: readonly Handle[], counts: readonly number[], gcRefs: readonly number[]): void {
    if (this.current === null) return;
    this.current.examined = objects.length;
    objects.forEach((h, i) => {
      this.refcounts.set(h, [counts[i]!, gcRefs[i]!]);
    });
    const { phases, told, history } = this;
    if (phases === null) return;
    this.follow();
    phases.totals.candidates = objects.length;
    if (this.candidatesKept + objects.length <= MOST_CANDIDATES) {
      phases.handles = Int32Array.from(objects);
      this.candidatesKept += objects.length;
    }
    phases.totals.own = objects.filter((h) => history.isOwn(h)).length;
    const listed = new Set(this.listed(objects, READING_LIMITS.collected));
    objects.forEach((h, i) => {
      if (!listed.has(h)) return;
      const object = this.ref(h);
      told.add(object.serial);
      phases.candidates.push({ object, refcount: counts[i]!, gcRefs: gcRefs[i]! });
    });
    this.tell(
      'tentative',
      objects.filter((_, i) => gcRefs[i] === 0),
    );
  }
  unreachable(objects: readonly Handle[]): void {
    if (this.current === null) return;
    this.tell('unreachable', objects);
    const found = new Set(objects);
    this.tell(
      'movedBack',
      [...this.refcounts].flatMap(([h, [, gcRefs]]) => (gcRefs === 0 && !found.has(h) ? [h] : [])),
    );
    this.current.totals = { ...this.current.totals, unreachable: objects.length };
    this.current.unreachable = this.refs(objects).map((ref, i) => {
      const [refcount, gcRefs] = this.refcounts.get(objects[i]!) ?? [0, 0];
      return { ...ref, refcount, gcRefs };
    });
  }
  weakrefCleared(ref: Handle, callback: boolean): void {
    const c = this.current;
    const { phases } = this;
    if (phases !== null) {
      phases.totals.weakrefs++;
      if (phases.weakrefs.length < READING_LIMITS.collected) {
        this.follow();
        const serial = this.history.serialOf(ref);
        phases.weakrefs.push({ serial, callback });
        if (!this.told.has(serial)) {
          this.told.add(serial);
          phases.others.push(this.ref(ref));
        }
      }
    }
    if (c !== null)
      c.weakrefs = { cleared: c.weakrefs.cleared + 1, callbacks: c.weakrefs.callbacks + (callback ? 1 : 0) };
  }
  finalized(h: Handle): void {
    const c = this.current;
    if (c === null) return;
    this.tell('finalized', [h]);
    c.totals = { ...c.totals, finalized: c.totals.finalized + 1 };
    if (c.finalized.length < SNAPSHOT_LIMITS.objects) c.finalized = [...c.finalized, ...this.refs([h])];
  }
  resurrected(objects: readonly Handle[]): void {
    const c = this.current;
    if (c === null) return;
    this.tell('resurrected', objects);
    c.resurrected = this.refs(objects);
    c.totals = { ...c.totals, resurrected: objects.length };
  }
  clearing(objects: readonly Handle[]): void {
    const c = this.current;
    if (c === null) return;
    this.tell('cleared', objects);
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
      this.collections.push({ report: c, event: this.log.length, phases: this.phases! });
    else this.collectionsOmitted++;
  }
}
