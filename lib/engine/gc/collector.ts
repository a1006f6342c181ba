/**
 * The cyclic garbage collector (Python/gc.c of 3.13 and 3.14.5: three generations). One function for each phase, under
 * its name there. It knows objects only through tp_traverse and tp_clear; what it must know of weak references and
 * finalizers it is handed.
 */
import { EngineError } from '../heap/engine-error';
import { GC_HEADS, GC_HEAD_PERMANENT, GC_HEAD_SCRATCH, GC_NEXT, OB_TYPE, type Handle } from '../heap/layout';
import { TP_INDEX, type Thread, type TypeSlots } from '../heap/object';
import { MarkCode } from '../trace/events';
import { GcChange } from '../trace/gc-log';
import { listFirst, listIsEmpty, listMerge, listMove, listSize, listToArray } from './list';
import { deduceUnreachable, subtractRefs, updateRefs } from './reachability';

export const GENERATIONS = 3;
export type Reason = 'threshold' | 'gc.collect()' | 'shutdown';

export const DEBUG_STATS = 1;
export const DEBUG_COLLECTABLE = 2;
export const DEBUG_UNCOLLECTABLE = 4;
export const DEBUG_SAVEALL = 32;

export interface GenerationStats {
  collections: number;
  collected: number;
  uncollectable: number;
}

/** What objects/ lends to the collector. */
export interface ObjectSupport {
  isWeakref(h: Handle): boolean;
  /** First weak reference to h, or 0. */
  firstWeakref(h: Handle): Handle;
  /** Takes a weak reference off its object's list and marks it dead. */
  clearWeakref(ref: Handle): void;
  /** Its callback, borrowed, or 0. */
  callbackOf(ref: Handle): Handle;
  callCallback(ref: Handle, callback: Handle): void;
  /** `__del__` is still to be called. */
  hasFinalizer(h: Handle): boolean;
  callFinalizer(h: Handle): void;
  /** `untrack_tuples`, `untrack_dicts` (3.13) for one object: untracks it if its items can take part in no cycle. */
  untrackTuple(h: Handle): void;
  untrackDict(h: Handle): void;
  /** The exact types that these are for; dicts never (0) since 3.14. */
  readonly tupleType: Handle;
  readonly dictType: Handle;
  /** 3.14: before anything is looked at, so that tuples of atoms are in no count of garbage. */
  readonly tuplesFirst: boolean;
  /** `gc.callbacks` with "start" or "stop". */
  invokeCallbacks(phase: 'start' | 'stop', generation: number, collected: number, uncollectable: number): void;
  /** `gc.garbage.append`. */
  addGarbage(h: Handle): void;
  writeDebug(text: string): void;
  describe(h: Handle): string;
  /** A clock that does not go back. */
  seconds(): number;
}

/** Told what each phase found; for the stepper and the report. Looking changes nothing. */
export interface CollectionObserver {
  begin(generation: number, reason: Reason, counts: readonly number[], thresholds: readonly number[]): void;
  /** The generation's objects with their counts, then gc_refs after the references from inside are subtracted. */
  candidates(objects: readonly Handle[], counts: readonly number[], gcRefs: readonly number[]): void;
  unreachable(objects: readonly Handle[]): void;
  weakrefCleared(ref: Handle, callback: boolean): void;
  finalized(h: Handle): void;
  resurrected(objects: readonly Handle[]): void;
  clearing(objects: readonly Handle[]): void;
  end(collected: number, uncollectable: number, counts: readonly number[]): void;
}

export class Collector {
  readonly stats: GenerationStats[] = Array.from({ length: GENERATIONS }, () => ({
    collections: 0,
    collected: 0,
    uncollectable: 0,
  }));
  /** `generations[i].threshold` for i ≥ 1; [0] lives in the heap, where allocations are counted. */
  private readonly thresholds = [0, 10, 10];
  private readonly counts = [0, 0, 0];
  /** Objects that survived the last full collection, and those that have grown old since. */
  longLivedTotal = 0;
  longLivedPending = 0;
  /** Long-lived objects of CPython's own start that ours does without (`resetForStart`). */
  private absent = 0;
  debug = 0;
  observer: CollectionObserver | null = null;
  /** Another number after each change of what `state` tells. */
  version = 0;

  constructor(
    private readonly thread: Thread,
    private readonly objects: ObjectSupport,
  ) {}

  private get heap() {
    return this.thread.heap;
  }

  getCounts(): [number, number, number] {
    return [this.heap.gcCount0, this.counts[1]!, this.counts[2]!];
  }
  getThresholds(): [number, number, number] {
    return [this.heap.gcThreshold0, this.thresholds[1]!, this.thresholds[2]!];
  }
  setThresholds(values: readonly number[]): void {
    this.version++;
    if (values[0] !== undefined) this.heap.gcThreshold0 = values[0];
    for (let i = 1; i < GENERATIONS; i++) if (values[i] !== undefined) this.thresholds[i] = values[i]!;
  }

  /** Everything but the counter of generation 0 and whether it is enabled: these change too often, or elsewhere. */
  state() {
    return {
      older: [this.counts[1]!, this.counts[2]!] as const,
      thresholds: this.getThresholds(),
      longLived: { total: this.longLivedTotal, pending: this.longLivedPending },
      stats: this.stats.map((each) => ({ ...each })),
    };
  }

  /** All objects of a generation, oldest first. */
  objectsOf(generation: number): Handle[] {
    return listToArray(this.heap, GC_HEADS[generation]!);
  }

  /** `gc.freeze`, `gc.unfreeze`. */
  freeze(): void {
    for (let i = 0; i < GENERATIONS; i++) {
      listMerge(this.heap, GC_HEADS[i]!, GC_HEAD_PERMANENT);
      this.setCount(i, 0);
    }
    this.heap.log?.generations(GcChange.Freeze);
  }
  unfreeze(): void {
    listMerge(this.heap, GC_HEAD_PERMANENT, GC_HEADS[GENERATIONS - 1]!);
    this.heap.log?.generations(GcChange.Unfreeze);
  }
  freezeCount(): number {
    return listSize(this.heap, GC_HEAD_PERMANENT);
  }

  /**
   * The documented start: everything that boot made is old, all counters are 0.
   * @param longLivedTotal what a CPython that has just started has. Its modules that ours does without (importlib,
   * encodings, site) count in the 25 % rule for as long as the program runs, so that full collections come when
   * CPython's do.
   */
  resetForStart(longLivedTotal: number): void {
    for (let i = 0; i < GENERATIONS - 1; i++) listMerge(this.heap, GC_HEADS[i]!, GC_HEADS[GENERATIONS - 1]!);
    for (let i = 0; i < GENERATIONS; i++) {
      this.setCount(i, 0);
      Object.assign(this.stats[i]!, { collections: 0, collected: 0, uncollectable: 0 });
    }
    this.heap.gcRequested = false;
    this.longLivedTotal = longLivedTotal;
    this.absent = Math.max(0, longLivedTotal - listSize(this.heap, GC_HEADS[GENERATIONS - 1]!));
    this.longLivedPending = 0;
  }

  private setCount(generation: number, n: number): void {
    this.version++;
    if (generation === 0) this.heap.gcCount0 = n;
    else this.counts[generation] = n;
  }

  /** `gc_collect_generations`: the oldest generation whose counter is over its threshold, if any. */
  collectAutomatic(): void {
    if (!this.heap.gcEnabled || this.heap.isCollecting) return;
    const counts = this.getCounts();
    const thresholds = this.getThresholds();
    for (let i = GENERATIONS - 1; i >= 0; i--) {
      if (counts[i]! <= thresholds[i]!) continue;
      if (i === GENERATIONS - 1 && this.longLivedPending < Math.floor(this.longLivedTotal / 4)) continue;
      this.collect(i, 'threshold');
      return;
    }
  }

  /** `gc_collect_main`: objects found unreachable and gone, plus the uncollectable ones. 0 while one is running. */
  collect(generation: number, reason: Reason): number {
    const { heap, objects, observer } = this;
    if (heap.isCollecting) return 0;
    heap.isCollecting = true;
    heap.log?.mark(MarkCode.Collection, generation, 0);
    if (reason !== 'shutdown') objects.invokeCallbacks('start', generation, 0, 0);
    heap.gcRefs.begin(heap.top);
    observer?.begin(generation, reason, this.getCounts(), this.getThresholds());
    const began = (this.debug & DEBUG_STATS) === 0 ? 0 : this.debugStart(generation);

    if (generation + 1 < GENERATIONS) this.setCount(generation + 1, this.getCounts()[generation + 1]! + 1);
    for (let i = 0; i <= generation; i++) this.setCount(i, 0);
    heap.log?.generations(GcChange.Collected0 + generation);
    const young = GC_HEADS[generation]!;
    for (let i = 0; i < generation; i++) listMerge(heap, GC_HEADS[i]!, young);
    const full = generation === GENERATIONS - 1;
    const old = full ? young : GC_HEADS[generation + 1]!;

    const unreachable = GC_HEAD_SCRATCH[0]!;
    heap.gcInitList(unreachable);
    const tuplesFirst = objects.tuplesFirst ? objects.untrackTuple : null;
    if (observer !== null) this.showCandidates(young, observer, tuplesFirst);
    const tuples: Handle[] = [];
    const { tupleType } = objects;
    const reachable = deduceUnreachable(this.thread, young, unreachable, full, tupleType, tuples, tuplesFirst);
    let untracked = tuplesFirst === null ? this.untrackTuples(tuples) : 0;
    // Dicts after all tuples: one of untracked tuples can go too. In full collections alone, as CPython does.
    if (full && objects.dictType !== 0) untracked += this.untrackDicts(young);
    this.moveSurvivors(young, old, generation, reachable - untracked);
    observer?.unreachable(listToArray(heap, unreachable));
    if (heap.log !== null) this.logAside(unreachable);
    if ((this.debug & DEBUG_COLLECTABLE) !== 0) {
      for (const h of listToArray(heap, unreachable)) objects.writeDebug(`gc: collectable <${objects.describe(h)}>\n`);
    }

    const needs = this.needsOf(unreachable);
    let collected = needs.weakrefs ? this.handleWeakrefs(unreachable, old) : 0;
    if (needs.finalizers) this.finalizeGarbage(unreachable);
    const final = GC_HEAD_SCRATCH[1]!;
    heap.gcInitList(final);
    // Only Python code could have brought something back to life.
    const resurrectable = needs.weakrefs || needs.finalizers;
    if (resurrectable) this.handleResurrected(unreachable, final, old);
    else listMerge(heap, unreachable, final);
    collected += resurrectable ? listSize(heap, final) : needs.size;
    observer?.clearing(listToArray(heap, final));
    this.deleteGarbage(final, old);

    if (full) heap.clearFreelists();
    const stats = this.stats[generation]!;
    stats.collections++;
    stats.collected += collected;
    this.version++;
    heap.log?.mark(MarkCode.Collection, generation, 1);
    observer?.end(collected, 0, this.getCounts());
    if ((this.debug & DEBUG_STATS) !== 0) {
      const elapsed = (objects.seconds() - began).toFixed(4);
      objects.writeDebug(`gc: done, ${collected} unreachable, 0 uncollectable, ${elapsed}s elapsed\n`);
    }
    // Still collecting while they run: what a callback asks of the collector answers 0.
    if (reason !== 'shutdown') objects.invokeCallbacks('stop', generation, collected, 0);
    heap.isCollecting = false;
    return collected;
  }

  /** When it began. */
  private debugStart(generation: number): number {
    const sizes = GC_HEADS.map((head) => listSize(this.heap, head));
    this.objects.writeDebug(`gc: collecting generation ${generation}...\n`);
    this.objects.writeDebug(`gc: objects in each generation: ${sizes.slice(0, GENERATIONS).join(' ')}\n`);
    this.objects.writeDebug(`gc: objects in permanent generation: ${listSize(this.heap, GC_HEAD_PERMANENT)}\n`);
    return this.objects.seconds();
  }

  /** The log is told what the collection has taken out of its generation. */
  private logAside(list: Handle): void {
    const { heap } = this;
    const { mem, log } = heap;
    for (let h = mem[list + GC_NEXT]!; h !== list; h = mem[h + GC_NEXT]!) log!.setAside(h);
  }

  /** For the observer alone: the first two phases once more on the side; they leave no trace. */
  private showCandidates(
    young: Handle,
    observer: CollectionObserver,
    tuplesFirst: ObjectSupport['untrackTuple'] | null,
  ): void {
    const { heap } = this;
    updateRefs(heap, young);
    subtractRefs(this.thread, young, this.objects.tupleType, tuplesFirst);
    const list = listToArray(heap, young);
    const counts = list.map((h) => heap.mem[h]!);
    observer.candidates(
      list,
      counts,
      list.map((h, i) => heap.gcRefs.of(h, counts[i]!)),
    );
    for (const h of list) heap.gcRefs.forget(h);
  }

  /** `untrack_tuples`: lets go of those that can take part in no cycle; answers how many. */
  private untrackTuples(tuples: readonly Handle[]): number {
    const { mem } = this.heap;
    let untracked = 0;
    for (const h of tuples) {
      this.objects.untrackTuple(h);
      if (mem[h + GC_NEXT] === 0) untracked++;
    }
    return untracked;
  }

  /** `untrack_dicts`. */
  private untrackDicts(list: Handle): number {
    const { mem } = this.heap;
    const { dictType } = this.objects;
    let untracked = 0;
    for (let h = mem[list + GC_NEXT]!; h !== list; ) {
      const next = mem[h + GC_NEXT]!;
      if (mem[h + OB_TYPE] === dictType) {
        this.objects.untrackDict(h);
        if (mem[h + GC_NEXT] === 0) untracked++;
      }
      h = next;
    }
    return untracked;
  }

  private moveSurvivors(young: Handle, old: Handle, generation: number, survivors: number): void {
    if (young !== old) {
      if (generation === GENERATIONS - 2) this.longLivedPending += survivors;
      listMerge(this.heap, young, old);
    } else {
      this.longLivedPending = 0;
      this.longLivedTotal = survivors + this.absent;
    }
  }

  /** Whether any of the unreachable has, or is, a weak reference, or has a finalizer: most garbage has none. */
  private needsOf(unreachable: Handle): { weakrefs: boolean; finalizers: boolean; size: number } {
    const { mem, types } = this.heap;
    let weakrefs = false;
    let finalizers = false;
    let size = 0;
    let typeHandle = 0;
    let weaklistoffset = 0;
    for (let h = mem[unreachable + GC_NEXT]!; h !== unreachable; h = mem[h + GC_NEXT]!) {
      size++;
      if (mem[h + OB_TYPE] !== typeHandle) {
        typeHandle = mem[h + OB_TYPE]!;
        const type = types[mem[typeHandle + TP_INDEX]!]!;
        weaklistoffset = type.weaklistoffset;
        if (type.tp_finalize !== null) finalizers = true;
        if (this.objects.isWeakref(h)) weakrefs = true;
      }
      if (weaklistoffset !== 0 && mem[h + weaklistoffset] !== 0) weakrefs = true;
    }
    return { weakrefs, finalizers, size };
  }

  /**
   * `handle_weakrefs`: all weak references to the unreachable objects die now; callbacks of those that are themselves
   * reachable are called. Answers how many of these references went away in the course.
   */
  private handleWeakrefs(unreachable: Handle, old: Handle): number {
    const { heap, objects, observer } = this;
    const { log } = heap;
    const toCall = GC_HEAD_SCRATCH[2]!;
    heap.gcInitList(toCall);
    for (const h of listToArray(heap, unreachable)) {
      if (objects.isWeakref(h)) objects.clearWeakref(h);
      for (let ref = objects.firstWeakref(h); ref !== 0; ref = objects.firstWeakref(h)) {
        objects.clearWeakref(ref);
        const callback = objects.callbackOf(ref);
        observer?.weakrefCleared(ref, callback !== 0);
        if (callback === 0 || heap.gcRefs.isUnreachable(ref)) continue;
        heap.incref(ref);
        listMove(heap, ref, toCall);
        log?.setAside(ref);
      }
    }
    let freed = 0;
    while (!listIsEmpty(heap, toCall)) {
      const ref = listFirst(heap, toCall);
      objects.callCallback(ref, objects.callbackOf(ref));
      heap.decref(ref);
      if (listFirst(heap, toCall) === ref) {
        listMove(heap, ref, old);
        log?.joins(ref, GC_HEADS.indexOf(old));
      } else freed++;
    }
    return freed;
  }

  /** `finalize_garbage`: `__del__` of each, in the list's order, once in its life. */
  private finalizeGarbage(unreachable: Handle): void {
    const { heap, objects, observer } = this;
    const seen = GC_HEAD_SCRATCH[3]!;
    heap.gcInitList(seen);
    while (!listIsEmpty(heap, unreachable)) {
      const h = listFirst(heap, unreachable);
      listMove(heap, h, seen);
      if (!objects.hasFinalizer(h)) continue;
      heap.incref(h);
      observer?.finalized(h);
      objects.callFinalizer(h);
      heap.decref(h);
    }
    listMerge(heap, seen, unreachable);
  }

  /** `handle_resurrected_objects`: who came back to life goes to the old generation, with all it reaches. */
  private handleResurrected(unreachable: Handle, final: Handle, old: Handle): void {
    const { heap, observer } = this;
    deduceUnreachable(this.thread, unreachable, final);
    if (observer !== null && !listIsEmpty(heap, unreachable)) observer.resurrected(listToArray(heap, unreachable));
    const { log } = heap;
    if (log !== null) for (const h of listToArray(heap, unreachable)) log.joins(h, GC_HEADS.indexOf(old));
    listMerge(heap, unreachable, old);
  }

  /** `delete_garbage`: breaks the cycles by tp_clear; counting does the rest. */
  private deleteGarbage(final: Handle, old: Handle): void {
    const { heap, thread, objects } = this;
    const wasClearing = heap.clearingCycle;
    heap.clearingCycle = true;
    const { mem } = heap;
    const saveAll = (this.debug & DEBUG_SAVEALL) !== 0;
    for (let h = mem[final + GC_NEXT]!; h !== final; h = mem[final + GC_NEXT]!) {
      if (mem[h]! <= 0) throw new EngineError('refcount is too small');
      const type = heap.slots(h);
      const clear = type.tp_clear;
      if (saveAll) objects.addGarbage(h);
      else if (clear !== null) {
        if (heap.log === null && isSimple(type, mem, h)) {
          if (heap.clearInstance(h, type)) continue;
        } else {
          heap.incref(h);
          clear(thread, h);
        }
        heap.decref(h);
      }
      if (mem[final + GC_NEXT] === h) {
        heap.gcRefs.forget(h);
        listMove(heap, h, old);
        heap.log?.joins(h, GC_HEADS.indexOf(old));
      }
    }
    heap.clearingCycle = wasClearing;
  }
}

/** Instances with nothing but fields, and no `__del__`. */
function isSimple(type: TypeSlots, mem: Int32Array, h: Handle): boolean {
  if (type.tp_finalize !== null) return false;
  return type.ownsOnlySlots || (type.ownsOnlyAttributes && mem[h + type.dictoffset] === 0);
}
