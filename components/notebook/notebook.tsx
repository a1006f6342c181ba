'use client';

import { type ReactNode, useEffect, useMemo } from 'react';
import type { NotebookStore } from '../../lib/notebook/store';
import type { ViewArchive } from '../../lib/notebook/saved-views';
import { preloadMonaco } from '../editor/load-monaco';
import { MemorySessionProvider } from './memory-session';
import { type NotebookContextValue, NotebookProvider, useNotebookState } from './notebook-context';
import { Toolbar } from './toolbar';

interface NotebookProps {
  store: NotebookStore;
  views?: ViewArchive;
  children: ReactNode;
}

export function Notebook({ store, views, children }: NotebookProps) {
  const value = useMemo<NotebookContextValue>(
    () => ({ store, handles: new Map(), views: views ?? null }),
    [store, views],
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
      <MemorySessionProvider>{children}</MemorySessionProvider>
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
