/**
 * A notebook's interpreter: cells run one after the other in one `__main__`, in slices, each watched by a recorder.
 * The last statement's value, if it is an expression, is the cell's result; unlike IPython we keep it nowhere (no `_`,
 * no `Out`), so that showing a value holds nothing alive.
 */
import { EngineError, LimitReached } from './heap/engine-error';
import { HeapFull } from './heap/heap';
import type { Handle } from './heap/layout';
import { reprText, strText } from './objects/abstract';
import { setArguments } from './run-program';
import { dictKeysArray } from './objects/dict';
import { moduleDict } from './objects/module';
import { HT_NAME } from './objects/type-lookup';
import { strValue } from './objects/str';
import { bootInterpreter, type BootedInterpreter, type BootOptions, attachLibrary } from './boot';
import { compileSource } from './modules/compile-source';
import type { NativeModule } from './modules/define';
import { History } from './snapshot/history';
import { CellRecorder } from './snapshot/recorder';
import { TimeMachine } from './snapshot/time-machine';
import type { TraceReader } from './snapshot/trace-readings';
import type { RunSummary, TraceAnswers, TraceQuestion } from './snapshot/trace-types';
import { PAUSED, evalLoop } from './vm/ceval';
import type { Library } from './vm/host';
import { beginModule, endModule } from './vm/eval-code';
import { formatException } from './vm/traceback-print';
import type { Profile } from './version';

export interface ExecuteOptions {
  readonly filename: string;
  readonly cellId: string;
  /** Record every change, so that any moment of the run can be asked about. */
  readonly trace: boolean;
  onStream(name: 'stdout' | 'stderr', text: string): void;
}

export type ExecutionResult =
  | { readonly status: 'ok'; readonly text_plain: string | null }
  | { readonly status: 'error'; readonly ename: string; readonly evalue: string; readonly traceback: string }
  | { readonly status: 'engine_error'; readonly message: string }
  | { readonly status: 'limit'; readonly limit: string; readonly message: string };

export interface SessionOptions {
  readonly profile: Profile;
  /** Words of memory to reserve; the largest heap a program can have. */
  readonly words?: number;
  /**
   * Back edges and calls that Python code run by native code (a sort's key, `exec`) may make past a slice's budget, as it
   * cannot pause; then the cell ends with the limit 'instructions'. No limit when absent.
   */
  readonly nestedBudget?: number;
  readonly modules?: BootOptions['modules'];
  readonly library?: Library;
}

type Limit = 'memory' | 'instructions' | 'output' | 'recursion';

const LIMITS: Readonly<Record<Limit, string>> = {
  memory:
    'The program needs more memory than this notebook gives it. It was stopped, and its names are gone; try with less.',
  instructions: 'The program runs longer than this notebook allows. It was stopped, and its names are gone.',
  output: 'The program prints more than this notebook takes. It was stopped, and its names are gone.',
  recursion:
    'Something is nested deeper than this browser’s stack allows. The program was stopped, and its names are gone.',
};

/** Limits of ours, and JavaScript's own where native code did not ask before. */
function limitOf(error: unknown): Limit | null {
  if (error instanceof HeapFull) return 'memory';
  if (error instanceof LimitReached) return error.limit;
  if (!(error instanceof RangeError)) return null;
  return /call stack/i.test(error.message) ? 'recursion' : 'memory';
}

export class Session {
  private readonly booted: BootedInterpreter;
  private readonly globals: Handle;
  private readonly history: History;
  private readonly initialNames: ReadonlySet<string>;
  private func: Handle = 0;
  private recorder: CellRecorder | null = null;
  private outcome: ExecutionResult | null = null;
  private displayed: string | null = null;
  /** The runs that can be visited. */
  readonly machine: TimeMachine;
  private reader: TraceReader | null = null;
  private summary: RunSummary | null = null;
  private options: ExecuteOptions | null = null;

  constructor(options: SessionOptions) {
    this.booted = bootInterpreter(options);
    const { ip, main } = this.booted;
    if (options.library !== undefined) setArguments(this.booted, ['', options.library.root], ['']);
    this.globals = moduleDict(ip, main);
    this.initialNames = new Set(dictKeysArray(ip, this.globals).map((k) => strValue(ip, k)));
    this.history = new History(ip);
    this.machine = new TimeMachine(ip, this.history);
    ip.canPause = true;
    const { nestedBudget } = options;
    if (nestedBudget !== undefined) {
      ip.outOfFuel = () => {
        if (ip.fuel < -nestedBudget) throw new LimitReached('instructions', 'native code ran Python code for too long');
      };
    }
    ip.onDisplay = (value) => {
      const text = value === ip.None ? null : reprText(ip, value);
      if (value !== ip.None && text === null) return false;
      this.displayed = text;
      return true;
    };
  }

  /** Makes the standard library importable: a page fetches it when it has shown that it is ready. */
  addLibrary({ modules, library }: { modules: readonly NativeModule[]; library: Library | null }): void {
    this.booted.imports.register(modules);
    if (library === null) return;
    attachLibrary(this.booted.ip, this.booted.imports, library);
    setArguments(this.booted, ['', library.root], ['']);
  }

  /** Starts a cell; then `step` is called until it answers 'done'. */
  begin(source: string, options: ExecuteOptions): void {
    const { ip, collector } = this.booted;
    this.outcome = null;
    this.displayed = null;
    this.summary = null;
    this.options = options;
    this.func = 0;
    const stream = (name: 'stdout' | 'stderr') => (text: string) => {
      if (this.recorder !== null) this.machine.wrote(text.length);
      options.onStream(name, text);
    };
    ip.stdout = stream('stdout');
    ip.stderr = stream('stderr');
    ip.sources.set(options.filename, source);
    ip.interruptRequested = false;
    // What an earlier cell filled memory with may be gone.
    ip.heap.memoryShort = false;
    this.recorder = options.trace
      ? new CellRecorder(
          ip,
          collector,
          this.history,
          this.globals,
          (name, value) => this.shows(name, value),
          (filename) => filename === options.filename,
          this.machine.limits,
        )
      : null;
    this.guard(() => {
      const code = compileSource(ip, source, options.filename, 'exec', { displayLast: true });
      if (code === 0) return this.finish(0);
      if (this.recorder !== null) {
        this.recorder.start();
        this.machine.begin(this.recorder);
      }
      this.func = beginModule(ip, code, this.globals);
      ip.decref(code);
      if (this.func === 0) this.finish(0);
    });
  }

  /** Runs at most about `budget` back edges and calls. */
  step(budget: number): 'running' | 'done' {
    if (this.outcome !== null) return 'done';
    const { ip } = this.booted;
    ip.fuel = budget;
    this.guard(() => {
      const r = evalLoop(ip);
      if (r === PAUSED) return;
      const { func } = this;
      this.func = 0;
      endModule(ip, func);
      this.finish(r);
    });
    return this.outcome === null ? 'running' : 'done';
  }

  /** KeyboardInterrupt at the loop's next check. */
  interrupt(): void {
    this.booted.ip.interruptRequested = true;
  }

  result(): ExecutionResult {
    if (this.outcome === null) throw new EngineError('result() before the cell is done');
    return this.outcome;
  }

  /** In a few numbers, the run of the cell that just ended; null if it was not traced or did not run. */
  traced(): RunSummary | null {
    return this.summary;
  }

  /** Fetches what `ask` needs. */
  async prepareToAsk(): Promise<void> {
    const { TraceReader } = await import('./readings');
    this.reader ??= new TraceReader(this.machine);
  }

  /** Looks into the recorded past; null: it is not there, or not any more. Not while a cell runs, nor unprepared. */
  ask<Q extends TraceQuestion>(question: Q): TraceAnswers[Q['what']] | null {
    if (this.outcome === null && this.options !== null) throw new EngineError('the past is read between cells');
    if (this.reader === null) throw new EngineError('ask() before prepareToAsk()');
    return this.reader.answer(question);
  }

  // ---- inside ---------------------------------------------------------------------------------------------------------

  /** What the program bound itself and a picture of memory should show. */
  private shows(name: string, value: Handle): boolean {
    const { ip } = this.booted;
    if (this.initialNames.has(name) || (name.startsWith('__') && name.endsWith('__'))) return false;
    return !ip.is(value, ip.types.module) && !ip.is(value, ip.types.builtin_function_or_method);
  }

  private finish(value: Handle): void {
    const { ip } = this.booted;
    // The traceback holds frames and locals: it is let go before the recording ends, as at a prompt it is not.
    if (value === 0) this.outcome = this.errorOutcome();
    else {
      ip.decref(value);
      this.outcome = { status: 'ok', text_plain: this.displayed };
    }
    this.endRecording();
  }

  private errorOutcome(): ExecutionResult {
    const { ip } = this.booted;
    const exc = ip.takeError();
    const type = ip.mem[exc + 1]!;
    const ename = strValue(ip, ip.mem[type + HT_NAME]!);
    const evalue = strText(ip, exc) ?? '';
    ip.clearError();
    const traceback = formatException(ip, exc);
    ip.decref(exc);
    return { status: 'error', ename, evalue, traceback };
  }

  private endRecording(): void {
    const { recorder } = this;
    if (recorder === null) return;
    this.recorder = null;
    // Of a cell that could not be compiled there is nothing to know.
    const { ip } = this.booted;
    const wasRecording = ip.heap.log !== null;
    recorder.stop();
    if (this.machine.isRecording) {
      const { cellId, filename } = this.options!;
      this.summary = this.machine.end(cellId, filename, this.outcome?.status === 'error');
    }
    ip.heap.stopLog();
    if (wasRecording) this.history.mark(ip);
  }

  /** Turns what is no Python exception into its own kind of outcome. */
  private guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      const { ip } = this.booted;
      ip.onLine = null;
      ip.onResume = null;
      ip.heap.stopLog();
      this.recorder = null;
      this.machine.abandon();
      const limit = limitOf(error);
      if (limit !== null) {
        this.outcome = { status: 'limit', limit, message: LIMITS[limit] };
      } else {
        const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        this.outcome = { status: 'engine_error', message: detail };
      }
    }
  }
}
