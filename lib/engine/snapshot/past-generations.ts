/**
 * Which generation of the collector an object was in at a moment. The links of the collector's lists are the one part of
 * memory that the log does not undo; what became of the objects is in a log of its own (trace/gc-log.ts), which is gone
 * through from the run's beginning, where the lists are read from its first keyframe, up to the moment, and back.
 */
import { forEachLiveObject } from '../heap/blocks';
import { BLOCK, BLOCK_GC, GC_HEADS, GC_NEXT, type Handle } from '../heap/layout';
import { FIRST_OBJECT, GcChange, JOINED_MASK, Joined } from '../trace/gc-log';
import type { Past, Run, TimeMachine } from './time-machine';

export type Generation = 0 | 1 | 2;

/** As `gc.is_tracked(x)` and the lists of `gc.get_objects(generation)` say it. */
export interface Membership {
  readonly tracked: boolean;
  /** Null: not tracked, frozen (`gc.freeze()`), or set aside by a collection that is going on. */
  readonly generation: Generation | null;
}

const UNTRACKED: Membership = { tracked: false, generation: null };
/** Where frozen objects are, after the generations. */
const PERMANENT = 3;
/** A state is `(note + SINCE_START) << 3 | what it came to`; notes count from 0, the run's beginning is -1. */
const SINCE_START = 2;
const STATE_SHIFT = 3;
/** What a run's beginning can find besides what Joined names. */
const FROZEN = 5;

export class PastGenerations {
  /** By handle, half of it; 0: nothing was noted. */
  private readonly states: Int32Array;
  /** What the states were before each note. */
  private readonly before: Int32Array;
  private done = 0;
  /** Notes that tell of whole generations. */
  private readonly changes: number[] = [];
  private readonly log;

  constructor(
    private readonly machine: TimeMachine,
    private readonly run: Run,
  ) {
    const { gc } = run.recorder.log;
    this.log = gc;
    const { heap } = run.recorder.ip;
    const mem = run.timeline.at(0);
    this.states = new Int32Array(heap.top >> 1);
    this.before = new Int32Array(gc.length);
    for (let i = 0; i < gc.length; i++) if (gc.word(i) < FIRST_OBJECT) this.changes.push(i);
    forEachLiveObject(mem, heap.pageTable, heap.firstBlock, mem.length, (h) => {
      // In no list of a generation: a collection was going on.
      if ((mem[h + BLOCK]! & BLOCK_GC) !== 0 && mem[h + GC_NEXT] !== 0) this.states[h >> 1] = stateOf(-1, Joined.Aside);
    });
    GC_HEADS.forEach((head, generation) => {
      for (let h = mem[head + GC_NEXT]!; h !== head; h = mem[h + GC_NEXT]!)
        this.states[h >> 1] = stateOf(-1, generation === PERMANENT ? FROZEN : Joined.Young + generation);
    });
  }

  /** The states become those of that moment. */
  private moveTo(position: number): void {
    const { log, states, before } = this;
    const to = log.upTo(position);
    for (; this.done < to; this.done++) {
      const i = this.done;
      const word = log.word(i);
      if (word < FIRST_OBJECT) continue;
      const at = log.handle(i) >> 1;
      before[i] = states[at]!;
      states[at] = stateOf(i, word & JOINED_MASK);
    }
    while (this.done > to) {
      const i = --this.done;
      if (log.word(i) >= FIRST_OBJECT) states[log.handle(i) >> 1] = before[i]!;
    }
  }

  /** For objects of one moment. */
  at({ ip, position }: Past): (h: Handle, serial: number) => Membership {
    this.moveTo(position);
    const { states, changes, run, log } = this;
    const { lives } = this.machine.history;
    const { mem } = ip;
    const last = this.done;
    /** By number of the first change that came after: what has become of each generation. */
    const fates = new Map<number, readonly number[]>();
    const fate = (note: number): readonly number[] => {
      const first = countUpTo(changes, note);
      let known = fates.get(first);
      if (known === undefined) {
        known = [0, 1, 2, PERMANENT];
        for (let i = first; i < changes.length && changes[i]! < last; i++)
          known = known.map((each) => changed(each, log.word(changes[i]!)));
        fates.set(first, known);
      }
      return known;
    };
    return (h, serial) => {
      if (mem[h] === 0 || (mem[h + BLOCK]! & BLOCK_GC) === 0) return UNTRACKED;
      const state = states[h >> 1]!;
      let note = (state >> STATE_SHIFT) - SINCE_START;
      let what: number = state & JOINED_MASK;
      const birth = lives.stretch(serial) === run.stretch ? lives.event(serial) : -1;
      if (birth >= 0 && (note < 0 || log.position(note) <= birth)) {
        // Of this object nothing was noted, only of one that had its place before.
        note = log.upTo(birth) - 1;
        what = Joined.Young;
      } else if (state === 0) return UNTRACKED;
      if (what === Joined.Untracked) return UNTRACKED;
      if (what === Joined.Aside) return { tracked: true, generation: null };
      const now = fate(note)[what === FROZEN ? PERMANENT : what - Joined.Young]!;
      return { tracked: true, generation: now === PERMANENT ? null : (now as Generation) };
    };
  }

  /** How many objects each generation had. */
  counts(past: Past): readonly [number, number, number] {
    const of = this.at(past);
    const counts: [number, number, number] = [0, 0, 0];
    const { ip, serial } = past;
    ip.heap.forEachObject((h) => {
      if ((ip.mem[h + BLOCK]! & BLOCK_GC) === 0) return;
      const { generation } = of(h, serial(h));
      if (generation !== null) counts[generation]++;
    });
    return counts;
  }
}

function stateOf(note: number, what: number): number {
  return ((note + SINCE_START) << STATE_SHIFT) | what;
}

/** What becomes of a generation's objects. */
function changed(generation: number, change: GcChange): number {
  if (change === GcChange.Freeze) return PERMANENT;
  if (change === GcChange.Unfreeze) return generation === PERMANENT ? 2 : generation;
  return generation <= change ? Math.min(change + 1, 2) : generation;
}

/** How many of an ascending list are not above n. */
function countUpTo(list: readonly number[], n: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}
