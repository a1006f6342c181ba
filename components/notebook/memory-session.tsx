'use client';

import { type ReactNode, createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type ObjectLetters, meetObjects } from '../widgets/object-letters';
import { TraceSource } from '../widgets/trace/trace-source';
import { TraceProvider } from '../widgets/trace/use-reading';
import { useNotebook, useNotebookState } from './notebook-context';

/** What all cells of a page share about the objects of one kernel: their letters, and which of them is selected. */
class MemorySession {
  readonly letters = new Map<number, string>();
  private selected: number | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly selection = (): number | null => this.selected;
  readonly select = (serial: number | null): void => {
    this.selected = serial;
    for (const listener of this.listeners) listener();
  };
}

const MemorySessionContext = createContext<MemorySession | null>(null);

/** Another kernel begins to count its objects anew: it gets another session. */
export function MemorySessionProvider({ children }: { children: ReactNode }) {
  const { store } = useNotebook();
  const { kernelNumber, tracedRuns } = useNotebookState();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one session for each kernel
  const { session, source } = useMemo(() => {
    const made = new MemorySession();
    return { session: made, source: new TraceSource(store.ask, (answer) => meetObjects(made.letters, answer)) };
  }, [store, kernelNumber]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: to be told with each run
  useEffect(() => source.forgetGrowing(), [source, tracedRuns]);
  return (
    <TraceProvider value={source}>
      <MemorySessionContext.Provider value={session}>{children}</MemorySessionContext.Provider>
    </TraceProvider>
  );
}

interface MemorySelection {
  readonly letters: ObjectLetters;
  readonly selected: number | null;
  readonly select: (serial: number | null) => void;
}

export function useMemorySession(): MemorySelection {
  const session = useContext(MemorySessionContext);
  if (!session) throw new Error('a cell must stand inside a memory session');
  const selected = useSyncExternalStore(session.subscribe, session.selection, session.selection);
  return { letters: session.letters, selected, select: session.select };
}
