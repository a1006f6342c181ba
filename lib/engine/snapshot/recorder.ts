/**
 * Watches one cell run: the event log, at each line of the notebook's code what is called what, and what the collector
 * did. What is asked of the run afterwards is read from that (time-machine.ts). It takes notes in JavaScript only: no
 * count, no address and no order of anything in the heap changes (law 3).
 */
import type { CollectionObserver, Collector, Reason } from '../gc/collector';
import { CO_OPTIMIZED, type CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { dictNext, entryKey, entryValue } from '../objects/dict';
import { BORROWED, FLAG_BITS, F_CODE, F_FLAGS, F_LOCALS, F_LOCALSPLUS, F_PREVIOUS } from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { EventLog } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';
import { ownedByFrame } from './holders';
import type { History } from './history';
import { SNAPSHOT_LIMITS, type ObjectRef } from './snapshot';
import { READING_LIMITS, TRACE_LIMITS, type TraceLimits } from './trace-types';
import { objectRef } from './state';

/** Room of a log, in words, past the length at which it begins anew: what one line may do. */
const MOST_OF_A_LINE = 4_000_000;

/** Candidates of all collections of a cell that are kept one by one. */
const MOST_CANDIDATES = 1_000_000;

/** What a collection came to. */
interface CollectionOutcome {
  generation: 0 | 1 | 2;
  reason: 'gc.collect()' | 'threshold';
  /** The cell's line during which it ran. */
  line: number;
  /** The number `gc.collect()` returns, and the one added to the statistics. */
  collected: number;
  /** `gc.get_count()` before and after, `gc.get_threshold()`. */
  countsBefore: readonly [number, number, number];
  countsAfter: readonly [number, number, number];
  thresholds: readonly [number, number, number];
}

export interface CollectionNote {
  readonly report: Readonly<CollectionOutcome>;
  /** Events before its end. */
  readonly event: number;
  readonly phases: CollectionPhases;
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

export class CellRecorder implements CollectionObserver {
  readonly log: EventLog;
  readonly collections: CollectionNote[] = [];
  /** Collections that are not listed: those that were too many, and those before the log was cut. */
  collectionsOmitted = 0;
  collectionsCut = 0;
  private candidatesKept = 0;
  private followed = 0;
  private current: CollectionOutcome | null = null;
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
  /** By key of the namespace: what was noted last. */
  private readonly globalNotes = new Map<Handle, { name: string | null; value: Handle; serial: number }>();
  /** Births and deaths of the session before the run. */
  allocatedBefore = 0;
  deathsBefore = 0;
  /** Lines of the notebook's code that began; and those of them that began before the log did. */
  linesRun = 0;
  linesCut = 0;
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
    private readonly limits: TraceLimits = TRACE_LIMITS,
  ) {
    history.open();
    this.log = new EventLog((limits.runBytes >> 2) + MOST_OF_A_LINE);
  }

  start(): void {
    const { ip, history } = this;
    this.deathsBefore = history.deaths;
    history.stretch++;
    history.adopt(ip);
    this.allocatedBefore = history.allocated;
    history.journal = [];
    this.noteGlobals();
    ip.heap.startLog(this.log);
    this.collector.observer = this;
    ip.announcedFrame = 0;
    ip.onLine = (frame) => this.onLine(frame);
    ip.onResume = (frame) => {
      if (this.onBegin !== null) this.onBegin();
      this.note(frame);
    };
  }

  stop(): void {
    this.ip.onLine = null;
    this.ip.onResume = null;
    this.collector.observer = null;
    this.follow();
    this.noteGlobals();
  }

  /** Brings the serial numbers up to the present. */
  private follow(): void {
    const now = this.log.length;
    this.history.follow(this.log, this.followed, now);
    this.followed = now;
  }

  // ---- lines ----------------------------------------------------------------------------------------------------------

  private onLine(frame: number): void {
    const { unit } = codeRuntime(this.ip, this.ip.mem[frame + F_CODE]!);
    if (this.ownUnits.size === 0) this.addUnits(unit);
    // An import runs thousands of lines of the library: its changes are in the log, its lines are nobody's steps.
    if (!this.history.cellFiles.has(unit.filename)) return;
    if (this.onBegin !== null) this.onBegin();
    this.note(frame);
    this.linesRun++;
  }

  private addUnits(unit: CodeUnit): void {
    this.ownUnits.add(unit);
    this.history.cellFiles.add(unit.filename);
    for (const value of unit.consts) if (value.kind === 'code') this.addUnits(value.value);
  }

  /** A line of the notebook's code begins or goes on; those of class bodies and `exec` belong to what led to them. */
  private note(frame: number): void {
    const { ip, history, log } = this;
    const { unit } = codeRuntime(ip, ip.mem[frame + F_CODE]!);
    const isOwn = this.ownUnits.has(unit);
    if (!isOwn && !history.cellFiles.has(unit.filename)) return;
    const isFunction = (unit.flags & CO_OPTIMIZED) !== 0;
    if (!isFunction && (!isOwn || ip.mem[frame + F_LOCALS] !== this.globals)) return;
    this.follow();
    this.noteGlobals();
    this.noteLocals(frame);
    if (this.machinery.size === 0) this.noteMachinery(frame);
    const { runBytes, deadBytes } = this.limits;
    if (log.length > runBytes >> 2 || ip.heap.retainedBytes > deadBytes) this.cut();
  }

  private noteMachinery(frame: number): void {
    const { mem } = this.ip;
    let outermost = frame;
    while (mem[outermost + F_PREVIOUS] !== 0) outermost = mem[outermost + F_PREVIOUS]!;
    for (const h of ownedByFrame(mem, outermost)) this.machinery.add(this.history.serialOf(h));
  }

  /** The log begins anew: a long run costs no more memory than a short one. */
  private cut(): void {
    const { ip, history, log, collections } = this;
    log.clear();
    ip.heap.stopLog();
    ip.heap.startLog(log);
    this.followed = 0;
    history.stretch++;
    history.journal = [];
    this.linesCut = this.linesRun;
    // They cannot be gone to any more.
    this.collectionsCut += collections.splice(0).length + this.collectionsOmitted;
    this.collectionsOmitted = 0;
    this.candidatesKept = 0;
    if (this.phases !== null) this.phases.began = -1;
    if (this.onCut !== null) this.onCut();
  }

  /** The line of the cell that is being executed, from `frame` or by a function that it called. */
  private cellLine(frame: number): number {
    const { mem } = this.ip;
    for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
      const line = mem[f + F_FLAGS]! >> FLAG_BITS;
      if (this.ownUnits.has(codeRuntime(this.ip, mem[f + F_CODE]!).unit) && line > 0) return line;
    }
    return 1;
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

  private ref(h: Handle): ObjectRef {
    return objectRef(this.ip, h, this.history.serialOf(h));
  }

  begin(generation: number, reason: Reason, counts: readonly number[], thresholds: readonly number[]): void {
    const triple = (v: readonly number[]) => [v[0]!, v[1]!, v[2]!] as const;
    this.current = {
      generation: generation as 0 | 1 | 2,
      reason: reason === 'threshold' ? 'threshold' : 'gc.collect()',
      line: this.cellLine(this.ip.frame),
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
  }
  weakrefCleared(ref: Handle, callback: boolean): void {
    const { phases } = this;
    if (phases === null) return;
    phases.totals.weakrefs++;
    if (phases.weakrefs.length >= READING_LIMITS.collected) return;
    this.follow();
    const serial = this.history.serialOf(ref);
    phases.weakrefs.push({ serial, callback });
    if (this.told.has(serial)) return;
    this.told.add(serial);
    phases.others.push(this.ref(ref));
  }
  finalized(h: Handle): void {
    if (this.current !== null) this.tell('finalized', [h]);
  }
  resurrected(objects: readonly Handle[]): void {
    if (this.current !== null) this.tell('resurrected', objects);
  }
  clearing(objects: readonly Handle[]): void {
    if (this.current !== null) this.tell('cleared', objects);
  }
  end(collected: number, _uncollectable: number, counts: readonly number[]): void {
    const c = this.current;
    if (c === null) return;
    c.collected = collected;
    c.countsAfter = [counts[0]!, counts[1]!, counts[2]!];
    this.current = null;
    if (this.collections.length < SNAPSHOT_LIMITS.collections)
      this.collections.push({ report: c, event: this.log.length, phases: this.phases! });
    else this.collectionsOmitted++;
  }
}
