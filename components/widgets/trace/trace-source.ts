/**
 * The recorded past as the widgets read it: questions to the kernel, answered once. Answers about one run never change,
 * so they are kept; those that later runs add to are asked for again when there is a later run.
 */
import type { TraceAnswers, TraceQuestion } from '../../../lib/engine/snapshot/trace-types';

export type AskTrace = <Q extends TraceQuestion>(question: Q) => Promise<TraceAnswers[Q['what']] | null>;
export type Answer = TraceAnswers[TraceQuestion['what']];

/** Answers kept: some minutes of dragging a slider. The oldest are let go first. */
const MOST_KEPT = 400;

/** What a run after the asked one may add to. */
const GROWING: ReadonlySet<TraceQuestion['what']> = new Set(['runs', 'biography']);

export class TraceSource {
  private readonly answers = new Map<string, Answer | null>();
  private readonly underWay = new Map<string, Promise<Answer | null>>();
  private readonly listeners = new Set<() => void>();
  private forgotten = 0;

  /** `onAnswer` is told of every new answer, before anybody draws it. */
  constructor(
    private readonly ask: AskTrace,
    private readonly onAnswer?: (answer: Answer) => void,
  ) {}

  /** Another run was recorded. */
  forgetGrowing(): void {
    for (const key of this.answers.keys()) {
      if (GROWING.has((JSON.parse(key) as TraceQuestion).what)) this.answers.delete(key);
    }
    this.forgotten += 1;
    for (const listener of this.listeners) listener();
  }

  /** Tells when answers were forgotten. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes when answers were forgotten. */
  readonly version = (): number => this.forgotten;

  /** What is known already; undefined: it was not asked. Null: it is not recorded, or not any more. */
  peek(question: TraceQuestion): Answer | null | undefined {
    const key = JSON.stringify(question);
    const answer = this.answers.get(key);
    if (answer === undefined) return undefined;
    // Used last is let go last.
    this.answers.delete(key);
    this.answers.set(key, answer);
    return answer;
  }

  async load<Q extends TraceQuestion>(question: Q): Promise<TraceAnswers[Q['what']] | null> {
    type Wanted = TraceAnswers[Q['what']] | null;
    const known = this.peek(question);
    if (known !== undefined) return known as Wanted;
    const key = JSON.stringify(question);
    const pending = this.underWay.get(key) ?? this.fetch(key, question);
    return (await pending) as Wanted;
  }

  private fetch(key: string, question: TraceQuestion): Promise<Answer | null> {
    const promise = this.ask(question).then(
      (answer) => {
        this.underWay.delete(key);
        if (answer !== null) this.onAnswer?.(answer);
        this.answers.set(key, answer);
        if (this.answers.size > MOST_KEPT) this.answers.delete(this.answers.keys().next().value as string);
        return answer;
      },
      (error: unknown) => {
        this.underWay.delete(key);
        throw error;
      },
    );
    this.underWay.set(key, promise);
    return promise;
  }
}
