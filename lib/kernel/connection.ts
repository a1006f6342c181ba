/**
 * The page's handle on a kernel: execute, interrupt, restart, dispose. Answers go to the request they answer; answers
 * to questions nobody waits for any more are dropped. A kernel is spawned on the first need.
 */
import { ExecuteFuture } from './future';
import { changed } from './changes';
import type { TraceAnswers, TraceQuestion, TraceWhat } from './engine-port';
import {
  type KernelAnswer,
  type KernelProfile,
  type KernelRequest,
  type TraceReply,
  PROTOCOL_VERSION,
  parseAnswer,
} from './protocol';
import { LIKE_THE_LAST, parseTraceAnswer } from './trace-messages';
import type { Spawn, Transport } from './transport';

/** How long a kernel may take to acknowledge an interrupt before it is taken for stuck. */
const INTERRUPT_PATIENCE_MS = 1_000;

export type KernelStatus = 'not started' | 'starting' | 'idle' | 'busy' | 'dead';

/** Why a kernel was replaced: its heap and all names are gone. */
export type RestartReason = 'requested' | 'interrupt was not honoured' | 'kernel failed';

export interface ConnectionEvents {
  onStatus?(status: KernelStatus): void;
  /** A new kernel took the place of the old one. */
  onRestart?(reason: RestartReason, detail: string | null): void;
}

export interface ConnectionOptions {
  readonly spawn: Spawn;
  readonly profile?: KernelProfile;
  readonly events?: ConnectionEvents;
  readonly interruptPatience?: number;
}

export interface ExecuteInput {
  readonly code: string;
  readonly cellId: string;
  readonly filename: string;
  readonly trace?: boolean;
  readonly stopOnError?: boolean;
}

type RequestBody = KernelRequest extends infer R ? (R extends KernelRequest ? Omit<R, 'msg_id'> : never) : never;

export class KernelConnection {
  private transport: Transport | null = null;
  private futures = new Map<string, ExecuteFuture>();
  private readonly questions = new Map<string, (reply: TraceReply) => void>();
  /** The last answer of each sort that may be answered by what changed, as it came. */
  private readonly told = new Map<TraceWhat, { readonly msgId: string; readonly result: unknown }>();
  private interruptTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private requests = 0;
  private currentStatus: KernelStatus = 'not started';

  constructor(private readonly options: ConnectionOptions) {}

  get status(): KernelStatus {
    return this.currentStatus;
  }

  /** Spawns the kernel if there is none; a page calls it when idle, so that the first run need not wait. */
  start(): void {
    if (this.transport) return;
    this.setStatus('starting');
    // Messages of a kernel that was replaced meanwhile are not ours any more.
    const transport: Transport = this.options.spawn({
      onMessage: (message) => {
        if (this.transport === transport) this.receive(message);
      },
      onFailure: (reason) => {
        if (this.transport === transport) this.fail(reason);
      },
    });
    this.transport = transport;
    const profile = this.options.profile ?? '3.14';
    this.post({ msg_type: 'start_request', content: { protocol: PROTOCOL_VERSION, profile } });
  }

  execute(input: ExecuteInput, onAnswer: (answer: KernelAnswer) => void): ExecuteFuture {
    this.start();
    const msgId = this.nextId();
    const future = new ExecuteFuture(msgId, onAnswer);
    this.futures.set(msgId, future);
    const { code, cellId: cell_id, filename, trace = true, stopOnError: stop_on_error = true } = input;
    this.post({ msg_type: 'execute_request', content: { code, cell_id, filename, trace, stop_on_error } }, msgId);
    return future;
  }

  /**
   * Looks into the recorded past. Null: that is not recorded, or not any more, or the kernel was replaced meanwhile.
   * While a cell runs the question waits until it has ended.
   *
   * @throws if the kernel failed to read it, which is a fault of ours
   */
  async ask<Q extends TraceQuestion>(question: Q): Promise<TraceAnswers[Q['what']] | null> {
    const { what } = question;
    for (;;) {
      const base = this.told.get(what) ?? null;
      const msgId = this.nextId();
      const reply = await this.lookUp(msgId, question, base?.msgId ?? null);
      if (reply.status === 'ok' || reply.status === 'changed') {
        const result = reply.status === 'ok' ? reply.result : changed(base?.result, reply.change);
        if (LIKE_THE_LAST.has(what)) this.told.set(what, { msgId, result });
        return parseTraceAnswer[what](result) as TraceAnswers[Q['what']];
      }
      if (reply.status === 'missing') return null;
      if (reply.status === 'failed') throw new Error(`the recorded past could not be read: ${reply.message}`);
      await Promise.all([...this.futures.values()].map((future) => future.done));
    }
  }

  private lookUp(msgId: string, question: TraceQuestion, base: string | null): Promise<TraceReply> {
    if (this.transport === null) return Promise.resolve({ status: 'missing', message: 'there is no kernel' });
    return new Promise((resolve) => {
      this.questions.set(msgId, resolve);
      this.post({ msg_type: 'trace_request', content: { question, base } }, msgId);
    });
  }

  /** Asks the running cell to stop; a kernel that does not even answer is replaced. */
  interrupt(): void {
    if (!this.transport || this.futures.size === 0) return;
    if (this.currentStatus === 'starting') {
      // Nothing has run yet, so nothing is lost; and a kernel that is still loading cannot answer in time.
      this.replace('requested', null);
      return;
    }
    const msgId = this.nextId();
    const patience = this.options.interruptPatience ?? INTERRUPT_PATIENCE_MS;
    this.interruptTimers.set(
      msgId,
      setTimeout(() => this.replace('interrupt was not honoured', null), patience),
    );
    this.post({ msg_type: 'interrupt_request', content: {} }, msgId);
  }

  restart(): void {
    this.replace('requested', null);
  }

  /** Lets go of the kernel and its memory. Not final: the next need spawns a new one. */
  dispose(): void {
    this.end('the page let go of its kernel');
    this.setStatus('not started');
  }

  private replace(reason: RestartReason, detail: string | null): void {
    this.end(reason === 'requested' ? 'the kernel was restarted' : reason);
    this.start();
    this.options.events?.onRestart?.(reason, detail);
  }

  /** A kernel that cannot be loaded would fail for ever: it is only spawned again on the next need. */
  private fail(detail: string): void {
    const wasStarting = this.currentStatus === 'starting';
    if (!wasStarting) {
      this.replace('kernel failed', detail);
      return;
    }
    this.end(`the kernel failed: ${detail}`);
    this.setStatus('dead');
  }

  private end(reason: string): void {
    this.transport?.terminate();
    this.transport = null;
    for (const timer of this.interruptTimers.values()) clearTimeout(timer);
    this.interruptTimers.clear();
    const abandoned = [...this.futures.values()];
    this.futures.clear();
    for (const future of abandoned) future.abort(reason);
    this.told.clear();
    const unanswered = [...this.questions.values()];
    this.questions.clear();
    for (const resolve of unanswered) resolve({ status: 'missing', message: reason });
  }

  private receive(message: unknown): void {
    const answer = parseAnswer(message);
    if (answer.msg_type === 'interrupt_reply' && answer.parent_id !== null) {
      clearTimeout(this.interruptTimers.get(answer.parent_id));
      this.interruptTimers.delete(answer.parent_id);
    }
    if (answer.msg_type === 'trace_reply' && answer.parent_id !== null) {
      this.questions.get(answer.parent_id)?.(answer.content);
      this.questions.delete(answer.parent_id);
    }
    if (answer.msg_type === 'status') this.setStatus(answer.content.execution_state);
    const future = answer.parent_id === null ? undefined : this.futures.get(answer.parent_id);
    if (!future) return;
    future.receive(answer);
    if (future.isDone) this.futures.delete(future.msgId);
  }

  private post(body: RequestBody, msg_id = this.nextId()): void {
    this.transport?.post({ ...body, msg_id });
  }

  private nextId(): string {
    this.requests += 1;
    return `p${this.requests}`;
  }

  private setStatus(status: KernelStatus): void {
    if (status === this.currentStatus) return;
    this.currentStatus = status;
    this.options.events?.onStatus?.(status);
  }
}
