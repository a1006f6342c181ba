/**
 * What the lines of a stretch of the log did: the states between them, rebuilt from its end backwards by undoing the
 * events, and the deaths on the way.
 */
import { visitOwned } from '../objects/ledger';
import type { Handle } from '../heap/layout';
import { TPFLAGS } from '../heap/object';
import { MarkCode } from '../trace/events';
import type { Named } from './history';
import { MemoryView } from './memory-view';
import type { CellRecorder, LineNote } from './recorder';
import { SNAPSHOT_LIMITS, type Death, type ObjectRef } from './snapshot';
import { type RawState, objectRef, readState } from './state';

/** Reading one state looks at every object: the more there are, the fewer states. */
const MOST_OBJECTS_READ = 1_200_000;
const FEWEST_STATES = 20;

/** A death as it is found walking backwards: first that the memory was given back, then what it had been. */
export interface RawDeath {
  readonly handle: Handle;
  readonly freedAt: number;
  startedAt: number;
  readonly cause: Death['cause'];
  line: number;
  /** Events before the line of the innermost frame at the time. */
  since: number;
  object: ObjectRef | null;
  names: readonly string[];
  hadGlobalName: boolean;
  because: ObjectRef | null;
  /** It was part of a dying exception, of a traceback or of a frame. */
  isAftermath: boolean;
}

export interface RawStep {
  readonly note: LineNote;
  after: RawState;
  died: RawDeath[];
  next: LineNote;
}

export class Replay {
  private readonly view: MemoryView;
  /** Serial numbers as they were at the view's moment, where they differ from now. */
  private readonly past = new Map<Handle, number>();
  private birth: number;
  /** As of the view's moment. */
  private readonly named: Map<number, Named>;
  private nameChange: number;
  /** Deaths whose beginning has not been reached yet on the way back: a finalizer ran in between. */
  private readonly open = new Map<Handle, RawDeath>();
  /** By handle, the earliest death known so far on the way back. */
  private readonly lastDeaths = new Map<Handle, RawDeath>();

  constructor(private readonly recorder: CellRecorder) {
    const { ip, log, births, history } = recorder;
    this.view = new MemoryView(ip, log);
    this.birth = births.length - 1;
    this.named = new Map(history.named);
    this.nameChange = history.journal.length - 1;
  }

  /** @param end the moment at which the log ends */
  steps(notes: readonly LineNote[], end: LineNote): RawStep[] {
    const { full } = this.recorder.log;
    const last = notes.at(-1);
    if (full || last === undefined) {
      // The log broke off: what the last line came to is all that can be said of it.
      return last === undefined ? [] : [{ note: last, after: this.state(end), died: [], next: end }];
    }
    const most = this.mostStates();
    const isKept = (i: number) => i < most / 2 || i >= notes.length - most / 2;
    const steps: RawStep[] = [];
    let after = this.state(end);
    for (let i = notes.length - 1; i >= 0; i--) {
      const note = notes[i]!;
      const next = notes[i + 1] ?? end;
      const died = this.rewind(note);
      // Across a thinned middle the states on both sides do not belong to one line.
      if (isKept(i) && next.index === note.index + 1) steps.push({ note, after, died, next });
      if (i > 0 && isKept(i - 1)) after = this.state(note);
    }
    return steps.reverse();
  }

  private mostStates(): number {
    let objects = 0;
    this.view.ip.heap.forEachObject(() => {
      objects++;
    });
    return Math.max(FEWEST_STATES, Math.min(SNAPSHOT_LIMITS.steps, Math.floor(MOST_OBJECTS_READ / objects)));
  }

  private serial(h: Handle): number {
    return this.past.get(h) ?? this.recorder.history.serialOf(h);
  }

  private state(note: LineNote): RawState {
    const { globals, shows, history, births } = this.recorder;
    const first = births.serial(0) - 1;
    return readState({
      ip: this.view.ip,
      globals,
      shows,
      roots: note.roots,
      named: this.named.values(),
      inert: history.inert,
      serial: (h) => this.serial(h),
      allocated: this.birth >= 0 ? births.serial(this.birth) : first,
    });
  }

  /** Goes back to the note's moment; what died since then, in the order in which memory was given back. */
  private rewind(note: LineNote): RawDeath[] {
    const died: RawDeath[] = [];
    const leaves: { event: number; code: Handle }[] = [];
    const { view, recorder, open } = this;
    view.rewind(note.event, (code, a, b, event) => {
      while (this.birth >= 0 && recorder.births.event(this.birth) >= event) {
        const i = this.birth--;
        this.past.set(recorder.births.handle(i), recorder.births.before(i));
      }
      if (code === MarkCode.Frame) leaves.push({ event, code: a });
      else if (code === MarkCode.Freed) {
        this.undoNames(event);
        const death: RawDeath = {
          handle: a,
          freedAt: event,
          startedAt: 0,
          cause: b === 1 ? 'cycle collected' : 'count reached zero',
          line: note.line,
          since: note.since,
          object: null,
          names: [],
          hadGlobalName: false,
          because: null,
          isAftermath: false,
        };
        open.set(a, death);
        died.push(death);
      } else if (code === MarkCode.Deallocating) this.dealloc(a, event);
    });
    this.undoNames(note.event);
    died.reverse();
    placeDeaths(died, leaves.reverse(), note);
    return died;
  }

  private undoNames(event: number): void {
    const { journal } = this.recorder.history;
    for (; this.nameChange >= 0 && journal[this.nameChange]!.event >= event; this.nameChange--) {
      const { serial, before } = journal[this.nameChange]!;
      if (before === null) this.named.delete(serial);
      else this.named.set(serial, before);
    }
  }

  /** What an object was when it began to die; without a death to come it was saved by its finalizer. */
  private dealloc(h: Handle, event: number): void {
    const { view, open } = this;
    const death = open.get(h);
    if (death === undefined) return;
    open.delete(h);
    death.startedAt = event;
    death.object = objectRef(view.ip, h, this.serial(h));
    const named = this.named.get(death.object.serial);
    death.names = named?.names ?? [];
    death.hadGlobalName = (named?.globals ?? 0) > 0;
    const tp = view.ip.tp(h);
    const isOfRaising = (tp.flags & TPFLAGS.BASE_EXC_SUBCLASS) !== 0 || tp.name === 'frame' || tp.name === 'traceback';
    // What it held and what was freed before it was: that went with it.
    visitOwned(view.ip, h, (child) => {
      const inner = this.lastDeaths.get(child);
      if (inner === undefined || inner.freedAt >= death.freedAt || inner.because !== null) return;
      inner.because = death.object;
      inner.isAftermath = isOfRaising;
    });
    this.lastDeaths.set(h, death);
  }
}

/** The line of each death: after a frame was left in the middle of the interval, its caller's line. */
function placeDeaths(
  died: readonly RawDeath[],
  leaves: readonly { event: number; code: Handle }[],
  note: LineNote,
): void {
  const frames = [...note.roots.frames];
  let left = 0;
  for (const death of died) {
    for (; left < leaves.length && leaves[left]!.event < death.freedAt; left++) {
      if (frames.length > 1 && frames[0]!.code === leaves[left]!.code) frames.shift();
    }
    death.since = frames[0]?.since ?? note.since;
    death.line = frames.find((f) => f.cellLine > 0)?.cellLine ?? note.line;
  }
}
