/**
 * One execute request under way: takes the answers that carry its id, hands them on in order, and is done when the
 * kernel has both replied and said idle (the last output may come after the reply).
 */
import type { ExecuteReply, KernelAnswer } from './protocol';

export class ExecuteFuture {
  readonly done: Promise<ExecuteReply>;
  private resolve: (reply: ExecuteReply) => void = () => {};
  private reply: ExecuteReply | null = null;
  private finished = false;

  constructor(
    readonly msgId: string,
    private readonly onAnswer: (answer: KernelAnswer) => void,
  ) {
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  get isDone(): boolean {
    return this.finished;
  }

  receive(answer: KernelAnswer): void {
    if (this.finished) return;
    this.onAnswer(answer);
    if (answer.msg_type === 'execute_reply') this.reply = answer.content;
    if (answer.msg_type === 'status' && answer.content.execution_state === 'idle') {
      this.finish(this.reply ?? { status: 'aborted', reason: 'the kernel gave no reply' });
    }
  }

  /** Ends it from the page's side, when the kernel it was sent to is gone. */
  abort(reason: string): void {
    if (this.finished) return;
    const content = { status: 'aborted', reason } as const;
    this.receive({ msg_type: 'execute_reply', msg_id: 'page', parent_id: this.msgId, content });
    this.receive({ msg_type: 'status', msg_id: 'page', parent_id: this.msgId, content: { execution_state: 'idle' } });
  }

  private finish(reply: ExecuteReply): void {
    this.finished = true;
    this.resolve(reply);
  }
}
