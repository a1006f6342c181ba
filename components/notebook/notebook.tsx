'use client';

import { type ReactNode, useEffect, useMemo } from 'react';
import type { NotebookStore } from '../../lib/notebook/store';
import { preloadMonaco } from '../editor/load-monaco';
import { type NotebookContextValue, NotebookProvider, useNotebookState } from './notebook-context';
import { Toolbar } from './toolbar';

interface NotebookProps {
  store: NotebookStore;
  children: ReactNode;
}

export function Notebook({ store, children }: NotebookProps) {
  const value = useMemo<NotebookContextValue>(
    () => ({ store, handles: new Map(), letters: { kernelNumber: 0, bySerial: new Map() } }),
    [store],
  );

  useEffect(() => {
    store.restore();
    const save = () => store.saveNow();
    addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    // The editor waits for a quiet moment; the kernel is small, works beside the page and is what the first click needs.
    const cancelEditor = preloadMonaco();
    const timer = setTimeout(() => store.warmUp(), 0);
    return () => {
      removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
      cancelEditor();
      clearTimeout(timer);
      store.close();
    };
  }, [store]);

  return (
    <NotebookProvider value={value}>
      <Toolbar />
      {children}
      <Announcer />
    </NotebookProvider>
  );
}

/** Says politely how a run ended. */
function Announcer() {
  const { announcement } = useNotebookState();
  return (
    <p role="status" className="sr-only">
      {announcement}
    </p>
  );
}
