'use client';

import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { MemoryReport } from '../../lib/kernel/engine-port';
import type { CellId } from '../../lib/notebook/cell-id';
import type { CellState, NotebookState, NotebookStore } from '../../lib/notebook/store';
import { type ObjectLetters, addLetters } from '../widgets/object-letters';

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
  /** The letters of the objects of one kernel. */
  readonly letters: { kernelNumber: number; bySerial: Map<number, string> };
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

/** The letters of all objects met on the page so far, this report's included. */
export function useLetters(report: MemoryReport | null): ObjectLetters | null {
  const { store, letters } = useNotebook();
  return useMemo(() => {
    if (!report) return null;
    // Another kernel begins to count its objects anew.
    if (letters.kernelNumber !== store.kernelNumber) {
      letters.kernelNumber = store.kernelNumber;
      letters.bySerial = new Map();
    }
    return addLetters(letters.bySerial, report);
  }, [report, store, letters]);
}
