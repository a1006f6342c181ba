/**
 * The recorded runs of a session, and the way to any moment of them: memory as it was then, under the interpreter's own
 * reading functions, with the frames, the names and the serial numbers of that moment. Nothing here writes to the live
 * heap (law 3).
 *
 * A run's record is its log, the keyframes of its timeline and its steps. What happens between two runs (a cell that is
 * not traced, the compiler) is bridged by the pages that it changed. The budget is TRACE_LIMITS.
 */
import type { CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { F_PC, F_PREVIOUS, F_SP } from '../objects/interpreter-frame';
import { StepRecorder } from '../trace/step-recorder';
import { Timeline } from '../trace/timeline';
import type { Interpreter } from '../vm/interpreter';
import { type FrameCopy, type Roots, copyFrame } from './holders';
import type { History, NameChange, Named } from './history';
import { MemoryView } from './memory-view';
import type { CellRecorder, CollectionNote } from './recorder';
import { PastAllocator } from './past-allocator';
import { PastGenerations } from './past-generations';
import { type CollectorReading, type Moment, type RunSummary, TRACE_LIMITS, type TraceLimits } from './trace-types';

/** What is kept of one traced run. */
export interface Run {
  summary: RunSummary;
  readonly recorder: CellRecorder;
  readonly timeline: Timeline;
  readonly trace: StepRecorder;
  readonly stretch: number;
  /** As of its end, and how they came about. */
  readonly named: ReadonlyMap<number, Named>;
  readonly journal: readonly NameChange[];
  readonly collections: readonly CollectionNote[];
  /** As the collector was left. */
  readonly collectorAtEnd: Omit<CollectorReading, 'at' | 'objects'>;
  /** Objects born before its end. */
  readonly allocated: number;
  /** What died until its end and is kept to be shown: numbers of the heap's own lists. */
  readonly kept: { readonly leaves: number; readonly types: number };
}

/** A moment that can be read. */
export interface Past {
  readonly run: Run;
  readonly at: Moment;
  readonly position: number;
  readonly view: MemoryView;
  readonly ip: Interpreter;
  readonly roots: Roots;
  /** The frame that runs, or 0. */
  readonly frame: number;
  serial(h: Handle): number;
}

/** Words of a log from one keyframe to the next: what going to a moment undoes at most. */
const KEYFRAME_WORDS = 500_000;
/** Going back so many words from where one is costs less than starting at a keyframe. */
const NEAR_WORDS = 300_000;
/** Words by which a keyframe's memory is left earlier than it need be, so that one can go on from there as well. */
const AHEAD_WORDS = 20_000;

export class TimeMachine {
  private readonly runs: Run[] = [];
  private readonly gone: RunSummary[] = [];
  private recording: { recorder: CellRecorder; timeline: Timeline; trace: StepRecorder } | null = null;
  private last: Timeline | null = null;
  private readonly times = new Map<string, number>();
  private readonly texts = new Map<string, { readonly text: string; readonly lines: readonly string[] }>();
  private numbers = 0;
  private present: { run: Run; view: MemoryView } | null = null;

  constructor(
    private readonly ip: Interpreter,
    readonly history: History,
    readonly limits: TraceLimits = TRACE_LIMITS,
  ) {}

  // ---- recording --------------------------------------------------------------------------------------------------------

  /** The recorder has just begun: its log is attached. */
  begin(recorder: CellRecorder): void {
    this.present = null;
    this.ip.heap.keepsDead = true;
    this.recording = { recorder, ...this.attach(recorder) };
    recorder.onCut = () => this.restart();
    recorder.onBegin = () => {
      this.recording!.trace.lineBegins = true;
    };
  }

  get isRecording(): boolean {
    return this.recording !== null;
  }

  /** Characters that the cell has written. */
  wrote(length: number): void {
    if (this.recording !== null) this.recording.trace.writtenNow += length;
  }

  private attach(recorder: CellRecorder): { timeline: Timeline; trace: StepRecorder } {
    const { ip, history, limits } = this;
    const { log } = recorder;
    const timeline = new Timeline(ip.heap, log, limits.bytes, KEYFRAME_WORDS);
    this.last?.handOver(timeline);
    this.last = timeline;
    const used = this.runs.reduce((sum, run) => sum + instructionsOf(run), 0);
    const isOwnFile = (file: string) => history.cellFiles.has(file) || recorder.isOwnFile(file);
    const most = { instructions: Math.max(limits.instructions - used, limits.instructions >> 2), steps: limits.steps };
    const trace = new StepRecorder(ip, log, isOwnFile, most, recorder.collector);
    const keyframe = () => {
      trace.settle();
      timeline.keyframe();
    };
    // A keyframe is memory with nothing unlogged: after a step, or with the frames brought up to date.
    log.onLine = keyframe;
    trace.onStep = () => {
      if (timeline.isDue) timeline.keyframe();
    };
    ip.steps = trace;
    return { timeline, trace };
  }

  /** The log has begun anew in the middle of a run. */
  private restart(): void {
    const { ip, recording } = this;
    if (recording === null) return;
    const { recorder, trace: before } = recording;
    before.stop();
    this.last = null;
    for (const run of this.runs.splice(0)) this.drop(run);
    // Nor is what this run let die before.
    ip.heap.releaseRetained(Infinity, Infinity);
    const next = this.attach(recorder);
    next.trace.goOn(before);
    this.recording = { recorder, ...next };
  }

  /** The recorder has stopped; the log is still attached. Answers the run's summary. */
  end(cellId: string, filename: string, raised: boolean): RunSummary {
    const { ip, history, recording } = this;
    const { recorder, timeline, trace } = recording!;
    this.recording = null;
    ip.steps = null;
    trace.finish();
    timeline.stop();
    const nth = (this.times.get(cellId) ?? 0) + 1;
    this.times.set(cellId, nth);
    const { log, collections } = recorder;
    const { length: steps } = trace.steps;
    const linesFrom = trace.linesFrom < 0 ? steps : trace.linesFrom;
    const summary: RunSummary = {
      run: ++this.numbers,
      cellId,
      filename,
      nth,
      profile: ip.facts.name,
      steps,
      lines: recorder.linesRun,
      detail: linesFrom === steps ? 'instructions' : linesFrom === 0 ? 'lines' : 'mixed',
      linesFrom,
      linesDropped: recorder.linesCut,
      linesLost: trace.linesLost,
      raised,
      collections: collections.length + recorder.collectionsOmitted + recorder.collectionsCut,
      births: history.allocated - recorder.allocatedBefore,
      deaths: history.deaths - recorder.deathsBefore,
      bytes: timeline.bytes + trace.bytes,
    };
    const kept = { leaves: ip.heap.retainedLeaves.length, types: ip.heap.retainedTypes.length };
    const named = new Map(history.named);
    const { journal, stretch, allocated } = history;
    const { older, ...state } = recorder.collector.state();
    const collectorAtEnd = { enabled: ip.heap.gcEnabled, counts: [ip.heap.gcCount0, ...older] as const, ...state };
    const run: Run = {
      summary,
      recorder,
      timeline,
      trace,
      stretch,
      named,
      journal,
      collections,
      collectorAtEnd,
      allocated,
      kept,
    };
    if (log.full) {
      // It broke off: what it holds does not lead back from the present.
      this.last = null;
      this.drop(run);
      return this.gone.at(-1)!;
    }
    this.runs.push(run);
    this.keepBudget();
    return this.summaryOf(run.summary.run)!;
  }

  /** Nothing of this run can be kept: an error of the engine, or a limit. */
  abandon(): void {
    this.recording?.trace.stop();
    this.recording = null;
    this.ip.steps = null;
    this.last = null;
    for (const run of this.runs.splice(0)) this.drop(run);
    this.present = null;
  }

  /** First the oldest runs lose their instructions, then they go. */
  private keepBudget(): void {
    const { runs, limits } = this;
    let instructions = runs.reduce((sum, run) => sum + instructionsOf(run), 0);
    for (const run of runs) {
      if (instructions <= limits.instructions) break;
      instructions -= instructionsOf(run);
      run.trace.thin();
      const { length: steps } = run.trace.steps;
      run.summary = { ...run.summary, steps, detail: 'lines', linesFrom: 0, bytes: bytesOf(run) };
    }
    let bytes = runs.reduce((sum, run) => sum + bytesOf(run), 0);
    while (bytes > limits.bytes && runs.length > 1) {
      const run = runs.shift()!;
      bytes -= bytesOf(run);
      this.drop(run);
    }
  }

  private drop(run: Run): void {
    this.gone.push({ ...run.summary, detail: 'dropped', bytes: 0 });
    if (this.present?.run === run) this.present = null;
    if (this.generations?.run === run) this.generations = null;
    if (this.allocators?.run === run) this.allocators = null;
    this.ip.heap.releaseRetained(run.kept.leaves, run.kept.types);
    for (const other of this.runs) {
      (other as { kept: Run['kept'] }).kept = {
        leaves: other.kept.leaves - run.kept.leaves,
        types: other.kept.types - run.kept.types,
      };
    }
  }

  // ---- looking ----------------------------------------------------------------------------------------------------------

  summaries(): RunSummary[] {
    return [...this.gone, ...this.runs.map((run) => ({ ...run.summary, bytes: bytesOf(run) }))].sort(
      (a, b) => a.run - b.run,
    );
  }
  private summaryOf(number: number): RunSummary | undefined {
    return this.summaries().find(({ run }) => run === number);
  }
  run(number: number): Run | null {
    return this.runs.find(({ summary }) => summary.run === number) ?? null;
  }
  get kept(): readonly Run[] {
    return this.runs;
  }

  /** Null: not recorded, or not any more. Valid until the next call. */
  past(at: Moment): Past | null {
    const run = this.run(at.run);
    if (run === null || !Number.isInteger(at.step) || at.step < 0 || at.step > run.trace.steps.length) return null;
    return this.pastOf(run, at.step, positionOf(run, at.step));
  }

  /** The moment of an event, within the step that it belongs to. */
  pastAtEvent(run: Run, position: number): Past {
    return this.pastOf(run, Math.max(0, run.trace.steps.stepOf(position)), position);
  }

  private pastOf(run: Run, step: number, position: number): Past {
    const view = this.viewAt(run, position);
    const { ip } = view;
    const frame = standAt(run, step, view);
    const serial = (h: Handle) => this.serialAt(h, run, position);
    return {
      run,
      at: { run: run.summary.run, step },
      position,
      view,
      ip,
      frame,
      serial,
      roots: rootsAt(run, step, ip, frame),
    };
  }

  /** Memory before an event: from the last view if that lies a little later, else from the next keyframe. */
  private viewAt(run: Run, position: number): MemoryView {
    const { present } = this;
    if (present?.run === run) {
      const { view } = present;
      const back = view.position - position;
      if (view.knows(position)) view.forward(position);
      else if (back >= 0 && back < NEAR_WORDS) view.rewind(position);
      else this.jump(view, run, position);
      return view;
    }
    const { log } = run.recorder;
    const near = run.trace.steps.positionNear(position + AHEAD_WORDS, log.length);
    const view = new MemoryView(this.ip, log, run.timeline.at(near), near);
    view.travels();
    view.rewind(position);
    this.present = { run, view };
    return view;
  }

  /** From a keyframe to a little after the moment, and from there to it: so the way forward is known for a while. */
  private jump(view: MemoryView, run: Run, position: number): void {
    const near = run.trace.steps.positionNear(position + AHEAD_WORDS, run.recorder.log.length);
    view.jump(run.timeline.at(near), near);
    view.rewind(position);
  }

  /** Of the run that was asked about last. */
  private generations: { readonly run: Run; readonly past: PastGenerations } | null = null;
  private allocators: { readonly run: Run; readonly past: PastAllocator } | null = null;

  generationsOf(run: Run): PastGenerations {
    if (this.generations?.run !== run) this.generations = { run, past: new PastGenerations(this, run) };
    return this.generations.past;
  }

  allocatorOf(run: Run): PastAllocator {
    if (this.allocators?.run !== run) this.allocators = { run, past: new PastAllocator(run) };
    return this.allocators.past;
  }

  /** The object that a handle stood for at a moment. */
  serialAt(h: Handle, run: Run, position: number): number {
    const { lives } = this.history;
    let s = this.history.serialOf(h);
    while (
      s > 0 &&
      !(lives.stretch(s) < run.stretch || (lives.stretch(s) === run.stretch && lives.event(s) < position))
    )
      s = lives.before(s);
    return s;
  }

  /** Objects that had a name at a moment. */
  namedAt(run: Run, position: number): Map<number, Named> {
    const named = new Map(run.named);
    for (let i = run.journal.length - 1; i >= 0 && run.journal[i]!.event >= position; i--) {
      const { serial, before } = run.journal[i]!;
      if (before === null) named.delete(serial);
      else named.set(serial, before);
    }
    return named;
  }

  /** A column in bytes, as code objects have them, in characters. */
  characters(filename: string, line: number, column: number): number {
    const source = this.lineOf(filename, line) ?? '';
    let bytes = 0;
    let at = 0;
    for (const character of source) {
      if (bytes >= column) break;
      const code = character.codePointAt(0)!;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at += character.length;
    }
    return source === '' ? column : at;
  }

  /** A line of a file's text; null: it is not known. */
  lineOf(filename: string, line: number): string | null {
    let lines = this.texts.get(filename);
    const text = this.ip.sources.get(filename) ?? '';
    if (lines?.text !== text) {
      lines = { text, lines: text.split('\n') };
      this.texts.set(filename, lines);
    }
    return lines.lines[line - 1] ?? null;
  }

  /** Objects born before a moment. */
  allocatedAt(run: Run, position: number): number {
    const { lives } = this.history;
    let low = 0;
    let high = run.allocated;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const stretch = lives.stretch(middle);
      if (stretch < run.stretch || (stretch === run.stretch && lives.event(middle) < position)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export function positionOf(run: Run, step: number): number {
  const { steps } = run.trace;
  return step < steps.length ? steps.position(step) : run.recorder.log.length;
}

function instructionsOf({ summary }: Run): number {
  return summary.linesFrom;
}

function bytesOf({ timeline, trace }: Run): number {
  return timeline.bytes + trace.bytes;
}

/** The running frame stands where its step says; its address, or 0 at the end. */
function standAt({ trace }: Run, step: number, view: MemoryView): number {
  const { steps, activations } = trace;
  if (step >= steps.length) return 0;
  const { frame } = activations[steps.activation(step)]!;
  view.cover(frame + F_PC, steps.pc(step));
  view.cover(frame + F_SP, frame + steps.stack(step));
  return frame;
}

function rootsAt(run: Run, step: number, ip: Interpreter, frame: number): Roots {
  const { roots } = run.trace;
  let note = roots[0] ?? null;
  for (const each of roots) if (each.step <= step) note = each;
  return {
    frames: framesAt(run, step, ip, frame),
    interpreter: note?.roots ?? [],
    isInBuiltin: note?.isInBuiltin ?? false,
  };
}

/** The frames at a moment, the innermost first, read from its memory. */
function framesAt(run: Run, step: number, ip: Interpreter, frame: number): FrameCopy[] {
  const { mem } = ip;
  const { recorder, trace } = run;
  const frames: FrameCopy[] = [];
  for (let f = frame; f !== 0; f = mem[f + F_PREVIOUS]!) {
    frames.push(
      copyFrame(ip, f, recorder.globals, (unit) => {
        if (!recorder.ownUnits.has(unit)) return 0;
        return f === frame ? trace.steps.line(step) : lineAt(unit, mem[f + F_PC]! - 1);
      }),
    );
  }
  frames.forEach((copy, i) => {
    copy.depth = frames.length - 1 - i;
  });
  return frames;
}

export function lineAt(unit: CodeUnit, pc: number): number {
  return pc >= 0 ? (unit.positions[pc * 4] ?? 0) : 0;
}
