/**
 * The kernel: takes requests, owns one interpreter, answers in Jupyter's order (busy, the outputs, reply, idle). It
 * knows nothing of workers or pages: it is given a way to send, a way to yield and a clock.
 *
 * A cell runs in slices. Between two slices the kernel lets its host deliver messages, so an interrupt is seen within
 * one slice even in `while True: pass`, and without shared memory.
 */
import { changeBetween } from './changes';
import { OutputBuffer, clip } from './output-buffer';
import type { CreateInterpreter, ExecutionResult, Interpreter, LoadedLibrary } from './engine-port';
import {
  type ExecuteReply,
  type KernelAnswer,
  type KernelProfile,
  type RequestOf,
  type TraceReply,
  PROTOCOL_VERSION,
  parseRequest,
} from './protocol';
import { LIKE_THE_LAST } from './trace-messages';

/** How long a slice should take. Short enough for an interrupt to feel immediate, long enough to cost nothing. */
const SLICE_MS = 12;
const FIRST_BUDGET = 20_000;
const MIN_BUDGET = 1_000;
const MAX_BUDGET = 20_000_000;
/** Streams are sent at most this often while a cell runs. */
const FLUSH_MS = 50;
/** Answers kept to tell a later one by what changed: those of the questions that may be under way at once. */
const MOST_TOLD = 6;

export interface KernelHost {
  readonly createInterpreter: CreateInterpreter;
  /** Fetches what cells import beyond the engine's core; absent: there is nothing more. */
  loadLibrary?(profile: KernelProfile): Promise<LoadedLibrary>;
  send(answer: KernelAnswer): void;
  /** Resolves after the host had a chance to deliver messages. */
  yield(): Promise<void>;
  now(): number;
}

type Outcome = { readonly reply: ExecuteReply; readonly failed: boolean };
type AnswerBody = KernelAnswer extends infer A
  ? A extends KernelAnswer
    ? Omit<A, 'msg_id' | 'parent_id'>
    : never
  : never;

export class Kernel {
  private interpreter: Interpreter | null = null;
  private profile: KernelProfile = '3.14';
  private library: Promise<void> | null = null;
  private readonly queue: RequestOf<'execute_request'>[] = [];
  private running: RequestOf<'execute_request'> | null = null;
  private draining = false;
  private executionCount = 0;
  /** By the request that they answered, the oldest first. */
  private readonly told = new Map<string, unknown>();
  private sent = 0;

  constructor(private readonly host: KernelHost) {}

  /** Takes one message from the page; anything that is not a request throws. */
  receive(message: unknown): void {
    const request = parseRequest(message);
    switch (request.msg_type) {
      case 'start_request':
        this.profile = request.content.profile;
        this.answer(null, { msg_type: 'status', content: { execution_state: 'starting' } });
        this.start();
        this.answer(request.msg_id, this.info());
        this.answer(null, { msg_type: 'status', content: { execution_state: 'idle' } });
        return;
      case 'kernel_info_request':
        this.answer(request.msg_id, this.info());
        return;
      case 'execute_request':
        this.queue.push(request);
        void this.drain();
        return;
      case 'interrupt_request':
        this.abortQueue('interrupted');
        if (this.running) this.interpreter?.interrupt();
        this.answer(request.msg_id, { msg_type: 'interrupt_reply', content: {} });
        return;
      case 'trace_request':
        void this.look(request).then((content) => this.answer(request.msg_id, { msg_type: 'trace_reply', content }));
        return;
    }
  }

  /** A fresh interpreter; the library follows when it is there. */
  private start(): void {
    const interpreter = this.host.createInterpreter({ profile: this.profile });
    this.interpreter = interpreter;
    const { profile } = this;
    this.library = this.host.loadLibrary?.(profile).then((loaded) => interpreter.addLibrary?.(loaded)) ?? null;
    // A cell that needs it says what is missing; the others do not mind.
    this.library?.catch(() => undefined);
  }

  private info(): AnswerBody {
    return {
      msg_type: 'kernel_info_reply',
      content: { protocol: PROTOCOL_VERSION, implementation: 'heapbook', language_version: this.profile },
    };
  }

  /** The past is read between cells: while one runs, memory is in the middle of something. */
  private async look({ msg_id, content }: RequestOf<'trace_request'>): Promise<TraceReply> {
    const { question, base } = content;
    try {
      await this.interpreter?.prepareToAsk?.();
      if (this.running !== null) return { status: 'busy' };
      const result = this.interpreter?.ask?.(question) ?? null;
      if (result === null) return { status: 'missing', message: 'that moment is not recorded, or not any more' };
      const earlier = base === null ? undefined : this.told.get(base);
      if (LIKE_THE_LAST.has(question.what)) this.told.set(msg_id, result);
      if (this.told.size > MOST_TOLD) this.told.delete(this.told.keys().next().value as string);
      if (base === null || earlier === undefined) return { status: 'ok', result };
      return { status: 'changed', base, change: changeBetween(earlier, result) };
    } catch (error) {
      return { status: 'failed', message: messageOf(error) };
    }
  }

  private async drain(): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    for (let request = this.queue.shift(); request; request = this.queue.shift()) {
      this.running = request;
      const parent = request.msg_id;
      this.answer(parent, { msg_type: 'status', content: { execution_state: 'busy' } });
      const outcome = await this.execute(request);
      this.running = null;
      if (outcome.failed && request.content.stop_on_error) this.abortQueue('an earlier cell did not finish');
      this.answer(parent, { msg_type: 'execute_reply', content: outcome.reply });
      this.answer(parent, { msg_type: 'status', content: { execution_state: 'idle' } });
    }
    this.draining = false;
  }

  /** Jupyter's rule: after a failure, what was already queued is not run. */
  private abortQueue(reason: string): void {
    for (const request of this.queue.splice(0)) {
      this.answer(request.msg_id, { msg_type: 'execute_reply', content: { status: 'aborted', reason } });
      this.answer(request.msg_id, { msg_type: 'status', content: { execution_state: 'idle' } });
    }
  }

  private async execute({ msg_id: parent, content }: RequestOf<'execute_request'>): Promise<Outcome> {
    this.executionCount += 1;
    const execution_count = this.executionCount;
    this.answer(parent, { msg_type: 'execute_input', content: { code: content.code, execution_count } });
    const output = new OutputBuffer();
    let result: ExecutionResult;
    try {
      if (this.interpreter === null) this.start();
      const interpreter = this.interpreter!;
      if (needsLibrary(content.code)) await this.library?.catch(() => undefined);
      interpreter.begin(content.code, {
        filename: content.filename,
        cellId: content.cell_id,
        trace: content.trace,
        onStream: (name, text) => output.write(name, text),
      });
      await this.run(interpreter, parent, output);
      result = interpreter.result();
    } catch (error) {
      // A broken invariant of the engine: its heap cannot be trusted any more; the next cell gets a new one.
      result = { status: 'engine_error', message: messageOf(error) };
    }
    this.flush(parent, output);
    const outcome = this.conclude(parent, execution_count, result, output);
    // Native code that was stopped midway has let go of nothing: counts would no longer be CPython's.
    if (result.status === 'engine_error' || result.status === 'limit') this.interpreter = null;
    else if (content.trace) {
      const summary = this.interpreter?.traced?.() ?? null;
      if (summary !== null) this.answer(parent, { msg_type: 'trace_summary', content: summary });
    }
    return outcome;
  }

  private async run(interpreter: Interpreter, parent: string, output: OutputBuffer): Promise<void> {
    let budget = FIRST_BUDGET;
    let flushed = this.host.now();
    for (;;) {
      const start = this.host.now();
      if (interpreter.step(budget) === 'done') return;
      const end = this.host.now();
      const factor = SLICE_MS / Math.max(end - start, 0.1);
      budget = Math.round(Math.min(MAX_BUDGET, Math.max(MIN_BUDGET, budget * Math.min(4, Math.max(0.25, factor)))));
      if (end - flushed >= FLUSH_MS) {
        this.flush(parent, output);
        flushed = end;
      }
      await this.host.yield();
    }
  }

  private flush(parent: string, output: OutputBuffer): void {
    for (const content of output.flush()) this.answer(parent, { msg_type: 'stream', content });
  }

  private conclude(parent: string, execution_count: number, result: ExecutionResult, output: OutputBuffer): Outcome {
    let dropped = output.dropped;
    let shown = output.shown;
    let outcome: Outcome;
    switch (result.status) {
      case 'ok': {
        if (result.text_plain !== null) {
          const clipped = clip(result.text_plain);
          dropped += clipped.dropped;
          shown += clipped.text.length;
          const data = { 'text/plain': clipped.text };
          this.answer(parent, { msg_type: 'execute_result', content: { data, execution_count } });
        }
        outcome = { reply: { status: 'ok', execution_count }, failed: false };
        break;
      }
      case 'error': {
        const { ename, evalue, traceback } = result;
        const clipped = clip(traceback);
        dropped += clipped.dropped;
        const lines = clipped.text.replace(/\n$/, '').split('\n');
        this.answer(parent, { msg_type: 'error', content: { ename, evalue, traceback: lines } });
        outcome = { reply: { status: 'error', execution_count, ename, evalue }, failed: true };
        break;
      }
      case 'engine_error': {
        const content = { kind: 'engine_error', message: result.message } as const;
        this.answer(parent, { msg_type: 'fault', content });
        const reply = { status: 'error', execution_count, ename: 'EngineError', evalue: result.message } as const;
        outcome = { reply, failed: true };
        break;
      }
      case 'limit': {
        const content = { kind: 'limit', limit: result.limit, message: result.message } as const;
        this.answer(parent, { msg_type: 'fault', content });
        const reply = { status: 'error', execution_count, ename: 'LimitReached', evalue: result.message } as const;
        outcome = { reply, failed: true };
        break;
      }
    }
    if (dropped > 0) this.answer(parent, { msg_type: 'output_truncated', content: { shown, dropped } });
    return outcome;
  }

  private answer(parent_id: string | null, body: AnswerBody): void {
    this.sent += 1;
    this.host.send({ ...body, msg_id: `k${this.sent}`, parent_id } as KernelAnswer);
  }
}

/** Modules that the engine's core has. */
const CORE = new Set(['sys', 'gc', 'builtins', '_weakref', 'time']);

/** The text may import what is not in the core: better to wait in vain than to fail. */
function needsLibrary(code: string): boolean {
  if (/\b(?:__import__|importlib|exec|eval|open|__loader__|__spec__|help)\b/.test(code)) return true;
  for (const [, from, list = ''] of code.matchAll(/(?:\bfrom\s+([.\w]+)\s+)?\bimport\s+([^\n;#]*)/g)) {
    const names = from === undefined ? list.split(',') : [from];
    if (names.some((name) => !CORE.has(name.trim().split(/[\s.]/)[0] ?? ''))) return true;
  }
  return false;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
