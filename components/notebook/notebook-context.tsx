'use client';

import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { CellId } from '../../lib/notebook/cell-id';
import type { ViewArchive } from '../../lib/notebook/saved-views';
import type { CellState, NotebookState, NotebookStore } from '../../lib/notebook/store';

/** What the notebook must be able to do with a cell's view. */
export interface CellHandle {
  focusCode(): void;
  /** False while the cell is folded away, as in a solution that was not opened. */
  isVisible(): boolean;
}

export interface NotebookContextValue {
  readonly store: NotebookStore;
  /** The mounted cells. */
  readonly handles: Map<CellId, CellHandle>;
  /** Which memory views the reader opened; null where nothing is remembered. */
  readonly views: ViewArchive | null;
}

const NotebookContext = createContext<NotebookContextValue | null>(null);

export const NotebookProvider = NotebookContext.Provider;

export function useNotebook(): NotebookContextValue {
  const value = useContext(NotebookContext);
  if (!value) throw new Error('a cell must stand inside a notebook');
  return value;
}

/** The state of one cell; its component is drawn again for changes of this cell only. */
export function useCell(id: CellId): CellState {
  const { store } = useNotebook();
  const subscribe = useCallback((listener: () => void) => store.subscribeCell(id, listener), [store, id]);
  const read = () => store.getCell(id);
  return useSyncExternalStore(subscribe, read, read);
}

export function useNotebookState(): NotebookState {
  const { store } = useNotebook();
  return useSyncExternalStore(store.subscribeNotebook, store.getNotebook, store.getNotebook);
}
