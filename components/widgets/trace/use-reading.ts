'use client';

import { createContext, useContext, useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { TraceAnswers, TraceQuestion } from '../../../lib/engine/snapshot/trace-types';
import { pacer } from './pacer';
import type { Answer, TraceSource } from './trace-source';

const TraceContext = createContext<TraceSource | null>(null);

export const TraceProvider = TraceContext.Provider;

export function useTraceSource(): TraceSource {
  const source = useContext(TraceContext);
  if (!source) throw new Error('a widget must stand inside a TraceProvider');
  return source;
}

export interface Reading<T> {
  /** The answer; while a new one is on its way, the last one of this sort. Null: there is none yet, or no more. */
  readonly value: T | null;
  /** The value is an answer to the question as it stands. */
  readonly isCurrent: boolean;
  /** It is not recorded, or not any more. */
  readonly isMissing: boolean;
  /** The kernel could not answer. */
  readonly error: Error | null;
}

/**
 * Asks the recorded past. While an answer is on its way newer questions replace each other, so that a slider that is
 * dragged never leaves a queue behind: what is asked next is what is wanted then.
 *
 * @param question null asks nothing
 */
export function useReading<Q extends TraceQuestion>(question: Q | null): Reading<TraceAnswers[Q['what']]> {
  const source = useTraceSource();
  const version = useSyncExternalStore(source.subscribe, source.version, source.version);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [view] = useState<object>(() => ({}));
  const wanted = useRef<Q | null>(question);
  const isBusy = useRef(false);
  const last = useRef<{ source: TraceSource; what: string; answer: Answer } | null>(null);
  const failure = useRef<{ key: string; error: Error } | null>(null);

  const key = question === null ? null : JSON.stringify(question);
  const known = question === null ? undefined : source.peek(question);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a question is equal if its key is
  useEffect(() => {
    wanted.current = question;
    const pump = async () => {
      if (isBusy.current) return;
      isBusy.current = true;
      try {
        for (;;) {
          const next = wanted.current;
          if (next === null || source.peek(next) !== undefined) break;
          try {
            const answer = await source.load(next);
            // Shown even if more is wanted by now: a picture that follows the slider beats one that waits for its end.
            if (answer !== null) last.current = { source, what: next.what, answer };
            pacer.soon(view, redraw);
          } catch (error) {
            failure.current = {
              key: JSON.stringify(next),
              error: error instanceof Error ? error : new Error(String(error)),
            };
            pacer.soon(view, redraw);
            if (wanted.current === next) break;
          }
        }
      } finally {
        isBusy.current = false;
      }
    };
    if (question !== null && source.peek(question) === undefined) void pump();
  }, [source, key, version]);

  useEffect(() => () => pacer.forget(view), [view]);

  useEffect(() => {
    if (known && question !== null) last.current = { source, what: question.what, answer: known };
  });

  const isError = failure.current !== null && failure.current.key === key;
  const kept = last.current;
  const isKept = question !== null && kept !== null && kept.source === source && kept.what === question.what;
  const value = known ?? (known === undefined && isKept ? kept.answer : null);
  return {
    value: value as TraceAnswers[Q['what']] | null,
    isCurrent: known !== undefined && known !== null,
    isMissing: known === null,
    error: isError ? (failure.current?.error ?? null) : null,
  };
}
