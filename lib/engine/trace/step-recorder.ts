/**
 * Stands before each instruction of the notebook's own code and writes into the log what the loop changes without an
 * event: the frames on the data stack, and the stack and the place of generators' frames while they run. With these a
 * memory that is put back to a step tells its frames, locals and stacks by itself.
 *
 * The words of the frames are compared with what they were at the step before. A frame that waits for another does not
 * change, so a step compares the one frame that runs; where frames come and go, also the ones on both sides. The place of
 * the running frame (its instruction and the end of its stack) changes with every step: it is in the step's row, and in
 * the log only where the frame begins to wait.
 */
import type { CodeUnit } from '../compiler/code-unit';
import { Op } from '../compiler/opcodes';
import type { CodeRuntime } from '../objects/code';
import { codeRuntime } from '../objects/code';
import { F_CODE, F_FLAGS, F_GENERATOR, F_LOCALSPLUS, F_PC, F_PREVIOUS, F_SP } from '../objects/interpreter-frame';
import { GEN_COMPLETED, GEN_FRAME, GEN_STATE } from '../objects/generator';
import type { Interpreter } from '../vm/interpreter';
import { AllocatorLog } from './allocator-log';
import type { EventLog } from './events';
import { StepLog } from './step-log';

/** One call of a function, run of a cell or life of a generator's frame. */
export interface Activation {
  readonly unit: CodeUnit;
  readonly frame: number;
}

/** References that lie in JavaScript and not in words: what they were from a step on. */
export interface RootsNote {
  readonly step: number;
  readonly roots: readonly { readonly handle: number; readonly label: string }[];
  readonly isInBuiltin: boolean;
}

/** What else there is to know of the collector: the same until the next note. */
export interface CollectorNote {
  readonly step: number;
  readonly enabled: boolean;
  /** Counters of generations 1 and 2. */
  readonly older: readonly [number, number];
  readonly thresholds: readonly [number, number, number];
  readonly longLived: { readonly total: number; readonly pending: number };
  readonly stats: readonly {
    readonly collections: number;
    readonly collected: number;
    readonly uncollectable: number;
  }[];
}

/** The collector, as far as its state is noted. */
export interface WatchedCollector {
  /** Another number after each change. */
  readonly version: number;
  state(): Omit<CollectorNote, 'step' | 'enabled'>;
}

export interface StepLimits {
  /** Rows kept in instructions, then rows in lines. */
  readonly instructions: number;
  readonly steps: number;
}

export class StepRecorder {
  readonly steps = new StepLog();
  readonly activations: Activation[] = [];
  readonly roots: RootsNote[] = [];
  readonly collectors: CollectorNote[] = [];
  readonly allocator: AllocatorLog;
  private collectorVersion = -1;
  /** Characters written, from a step on. */
  readonly written: { readonly step: number; readonly length: number }[] = [];
  writtenNow = 0;
  /** False: only lines are steps. */
  detailed = true;
  /** The first step that is a line, or -1. */
  linesFrom = -1;
  /** Lines of the notebook's code that had no room any more. */
  linesLost = 0;
  /** A line begins, or goes on after a call, with the next instruction: set by those who are told of it. */
  lineBegins = false;
  /** Called after a step was noted, where memory is as the log says. */
  onStep: (() => void) | null = null;

  /** The data stack as it was at the last step, from its base. */
  private shadow = new Int32Array(1 << 12);
  private readonly base: number;
  private readonly end: number;
  /** Frames of generators that run, as they were at the last step. */
  private readonly copies = new Map<number, FrameWords>();
  private readonly live = new Map<number, number>();
  private readonly depths: number[] = [];
  private frame = 0;
  private code: CodeRuntime | null = null;
  private stackTop = 0;
  /** Words of the data stack from here on were never compared. */
  private highest = 0;
  /** Where the data stack ended when the frames last changed. */
  private liveTop = 0;
  private depth = 0;
  private activation = -1;
  private readonly owned = new Map<CodeUnit, boolean>();
  private signature: number[] = [];

  constructor(
    private readonly ip: Interpreter,
    private readonly log: EventLog,
    /** The notebook's own code, by its file. */
    private readonly isOwnFile: (filename: string) => boolean,
    private readonly limits: StepLimits,
    private readonly collector: WatchedCollector,
  ) {
    this.base = ip.heap.dataStackBase;
    this.end = ip.heap.dataStackEnd;
    this.allocator = new AllocatorLog(ip.heap);
    log.onStack = (index) => this.compareRange(index, index + 1);
    log.onFrame = (f, isOver) => this.frameChanges(f, isOver);
  }

  /**
   * The run has begun already, and the log begins anew before a line: frames that wait change without an event from how
   * they are now.
   */
  goOn({ writtenNow, lineBegins }: StepRecorder): void {
    this.writtenNow = writtenNow;
    this.lineBegins = lineBegins;
    const { ip, base } = this;
    const { mem } = ip;
    this.room(ip.dataTop - base);
    this.shadow.set(mem.subarray(base, ip.dataTop));
    this.liveTop = ip.dataTop;
    const frames: number[] = [];
    for (let f = ip.frame; f !== 0; f = mem[f + F_PREVIOUS]!) frames.push(f);
    // The outermost first: a frame's depth is one more than that of the one that waits for it.
    for (const f of frames.reverse()) {
      if (!this.isOnDataStack(f)) this.compareCopy(f);
      const code = codeRuntime(ip, mem[f + F_CODE]!);
      if (this.owns(code)) this.activate(f, code, mem[f + F_PC]!);
    }
  }

  /** The notebook's own code is recorded by the plain loop. */
  owns(code: CodeRuntime): boolean {
    const { unit } = code;
    let own = this.owned.get(unit);
    if (own === undefined) {
      own = this.isOwnFile(unit.filename);
      this.owned.set(unit, own);
    }
    return own;
  }

  /** An instruction is about to run. */
  instruction(f: number, code: CodeRuntime, pc: number, sp: number): void {
    if (f !== this.frame || code !== this.code || pc === 0) {
      if (!this.owns(code)) return;
      if (!this.detailed && !this.lineBegins) return;
      this.changeFrame(f, code, pc, sp);
    } else {
      if (!this.detailed && !this.lineBegins) return;
      this.compareRunning(f, sp);
    }
    this.note(code, pc, sp - f);
  }

  /** A generator's frame that a step may have seen is about to be resumed or cleared: what it came to is noted first. */
  private frameChanges(f: number, isOver: boolean): void {
    const copy = this.copies.get(f);
    if (copy === undefined) return;
    this.compareWords(f, copy);
    if (isOver) this.copies.delete(f);
  }

  /** All that has changed since the last step is in the log then: before a keyframe, and at the end. */
  settle(): void {
    this.log.settleNewest();
    // Also where frames have ended since.
    this.compareRange(this.base, Math.max(this.highest, this.ip.dataTop));
    for (const f of [...this.copies.keys()]) this.compareCopy(f);
  }

  /** The run is over. */
  finish(): void {
    this.settle();
    this.noteRoots();
    this.allocator.step(this.log.length);
    this.stop();
    this.steps.finish();
    this.copies.clear();
    this.live.clear();
    this.shadow = new Int32Array(0);
  }

  /** Nothing outside of it tells it anything any more. */
  stop(): void {
    this.log.onFrame = null;
    this.log.onStack = null;
    this.allocator.stop();
  }

  get bytes(): number {
    return this.steps.bytes + this.allocator.bytes;
  }

  /** Only lines stay. */
  thin(): void {
    const kept = this.steps.thin();
    // One at a time: there may be more than a call takes as arguments.
    const renumber = <T extends { readonly step: number }>(notes: T[]): void => {
      for (const [i, note] of notes.entries()) notes[i] = { ...note, step: kept(note.step) };
    };
    renumber(this.roots);
    renumber(this.written);
    renumber(this.collectors);
    this.linesFrom = 0;
  }

  private note(code: CodeRuntime, pc: number, stack: number): void {
    const { steps, limits } = this;
    if (this.log.full || steps.length >= limits.steps) {
      if (this.lineBegins) this.linesLost++;
      this.lineBegins = false;
      return;
    }
    if (this.detailed && steps.length >= limits.instructions) {
      this.detailed = false;
      this.linesFrom = steps.length;
      if (!this.lineBegins) return;
    }
    this.noteRoots();
    this.log.settleNewest();
    const last = this.written.at(-1)?.length ?? 0;
    if (this.writtenNow !== last) this.written.push({ step: steps.length, length: this.writtenNow });
    const line = code.unit.positions[pc * 4]!;
    const { gcCount0, gcEnabled } = this.ip.heap;
    if (this.collector.version !== this.collectorVersion || this.collectors.at(-1)!.enabled !== gcEnabled)
      this.noteCollector(gcEnabled);
    this.allocator.step(this.log.length);
    steps.add(this.log.length, this.activation, pc, stack, this.depth, line, this.lineBegins, gcCount0);
    this.lineBegins = false;
    if (this.onStep !== null) this.onStep();
  }

  private noteCollector(enabled: boolean): void {
    const { collector, collectors, steps } = this;
    this.collectorVersion = collector.version;
    collectors.push({ step: steps.length, enabled, ...collector.state() });
  }

  private noteRoots(): void {
    const { ip, signature } = this;
    const { excItems } = ip;
    const same =
      signature[0] === ip.currentException &&
      signature[1] === ip.loopDepth &&
      signature[2] === ip.held.length &&
      signature[3] === ip.moduleRefs.length &&
      signature[4] === ip.moduleTypes.size &&
      signature[5] === ip.modules &&
      signature.length === excItems.length + 6 &&
      (excItems.length < 2 || excItems.every((e, i) => signature[6 + i] === e)) &&
      signature[6] === excItems[0];
    if (same) return;
    this.signature = [
      ip.currentException,
      ip.loopDepth,
      ip.held.length,
      ip.moduleRefs.length,
      ip.moduleTypes.size,
      ip.modules,
      ...excItems,
    ];
    const roots: { handle: number; label: string }[] = [];
    ip.forEachRoot((handle, label) => roots.push({ handle, label }));
    this.roots.push({ step: this.steps.length, roots, isInBuiltin: ip.loopDepth > 1 });
  }

  // ---- frames -----------------------------------------------------------------------------------------------------------

  private compareRunning(f: number, sp: number): void {
    if (this.isOnDataStack(f)) {
      const top = Math.max(sp, this.stackTop);
      this.stackTop = sp;
      this.compare(f, F_CODE, F_PREVIOUS);
      this.compareRange(f + F_LOCALSPLUS, top);
      this.shadow[f + F_PC - this.base] = this.ip.mem[f + F_PC]!;
      this.shadow[f + F_SP - this.base] = this.ip.mem[f + F_SP]!;
    } else this.compareCopy(f);
  }

  /** Another frame runs, or the same one anew. */
  private changeFrame(f: number, code: CodeRuntime, pc: number, sp: number): void {
    const { ip } = this;
    const { mem } = ip;
    const before = this.frame;
    let low = this.end;
    // What has ended since is above what runs now, and was there at the last step.
    let high = Math.max(this.stackTop, this.liveTop);
    this.liveTop = ip.dataTop;
    const include = (frame: number, top: number) => {
      if (this.isOnDataStack(frame)) {
        low = Math.min(low, frame);
        high = Math.max(high, top);
      } else this.compareCopy(frame);
    };
    if (before !== 0) include(before, this.isOnDataStack(before) ? this.stackTop : 0);
    include(f, sp);
    // Those that wait for it: the next one of the notebook, and the library's between.
    for (let p = mem[f + F_PREVIOUS]!; p !== 0; p = mem[p + F_PREVIOUS]!) {
      include(p, mem[p + F_SP]!);
      if (this.owns(codeRuntime(ip, mem[p + F_CODE]!))) break;
    }
    if (low < this.end) {
      this.room(high - this.base);
      for (const frame of [before, f]) {
        if (frame !== 0 && this.isOnDataStack(frame)) {
          this.log.word(frame + F_PC, this.shadow[frame + F_PC - this.base]!);
          this.log.word(frame + F_SP, this.shadow[frame + F_SP - this.base]!);
          this.shadow[frame + F_PC - this.base] = mem[frame + F_PC]!;
          this.shadow[frame + F_SP - this.base] = mem[frame + F_SP]!;
        }
      }
      this.compareRange(low, high);
    }
    this.stackTop = this.isOnDataStack(f) ? sp : 0;
    this.frame = f;
    this.code = code;
    this.activate(f, code, pc);
  }

  private activate(f: number, code: CodeRuntime, pc: number): void {
    const { mem } = this.ip;
    let known = this.live.get(f) ?? -1;
    const isNew =
      known < 0 ||
      pc === 0 ||
      this.activations[known]!.unit !== code.unit ||
      (pc > 0 && code.ops[pc - 1] === Op.RETURN_GENERATOR);
    if (isNew) {
      known = this.activations.length;
      this.activations.push({ unit: code.unit, frame: f });
      this.live.set(f, known);
    }
    this.activation = known;
    let depth = 0;
    for (let p = mem[f + F_PREVIOUS]!; p !== 0; p = mem[p + F_PREVIOUS]!) {
      const own = this.live.get(p);
      if (own === undefined || this.depths[own] === undefined || !this.owns(codeRuntime(this.ip, mem[p]!))) continue;
      depth = this.depths[own] + 1;
      break;
    }
    this.depths[known] = depth;
    this.depth = depth;
  }

  private isOnDataStack(f: number): boolean {
    return f < this.end;
  }

  private room(words: number): void {
    if (this.base + words > this.highest) this.highest = this.base + words;
    if (words <= this.shadow.length) return;
    const bigger = new Int32Array(Math.max(words, this.shadow.length * 2));
    bigger.set(this.shadow);
    this.shadow = bigger;
  }

  private compare(f: number, from: number, to: number): void {
    this.compareRange(f + from, f + to + 1);
  }

  private compareRange(from: number, to: number): void {
    const { mem } = this.ip;
    this.room(to - this.base);
    const { shadow, base, log } = this;
    for (let i = from; i < to; i++) {
      const now = mem[i]!;
      const then = shadow[i - base]!;
      if (now === then) continue;
      log.word(i, then);
      shadow[i - base] = now;
    }
  }

  /** A generator's frame: its locals have events of their own, and so has all that resuming it changes. */
  private compareCopy(f: number): void {
    const { ip, copies } = this;
    const { mem } = ip;
    const copy = copies.get(f);
    const gen = mem[f + F_GENERATOR]!;
    // It may have ended, or be about to, and its place be another object's.
    const isThere = gen > 0 && mem[gen + GEN_FRAME] === f && mem[gen + GEN_STATE]! < GEN_COMPLETED;
    if (!isThere || copy?.generator !== gen) {
      copies.delete(f);
      if (!isThere || mem[f + F_CODE] === 0) return;
      const { frameWords, nlocalsplus } = codeRuntime(ip, mem[f + F_CODE]!);
      copies.set(f, { generator: gen, words: mem.slice(f, f + frameWords), stack: F_LOCALSPLUS + nlocalsplus });
      return;
    }
    this.compareWords(f, copy);
  }

  private compareWords(f: number, { words, stack }: FrameWords): void {
    const { log } = this;
    const { mem } = this.ip;
    for (let i = F_PREVIOUS; i < words.length; i = i === F_FLAGS ? stack : i + 1) {
      const now = mem[f + i]!;
      if (now === words[i]) continue;
      log.word(f + i, words[i]!);
      words[i] = now;
    }
  }
}

/** Words of a generator's frame, as far as they change without an event. */
interface FrameWords {
  readonly generator: number;
  readonly words: Int32Array;
  /** Where its stack begins. */
  readonly stack: number;
}
