'use client';

import { type ReactNode, useState } from 'react';
import { KernelConnection } from '../../lib/kernel/connection';
import { spawnWorker } from '../../lib/kernel/worker-transport';
import { CodeArchive, type TextStorage } from '../../lib/notebook/saved-code';
import { ViewArchive } from '../../lib/notebook/saved-views';
import { NotebookStore } from '../../lib/notebook/store';
import { Notebook } from './notebook';

interface LessonNotebookProps {
  lessonId: string;
  children: ReactNode;
}

/** The notebook of a lesson page: its cells share one kernel, in page order. */
export function LessonNotebook({ lessonId, children }: LessonNotebookProps) {
  const [store] = useState(
    () =>
      new NotebookStore({
        connect: (events) => new KernelConnection({ spawn: spawnWorker, events }),
        archive: new CodeArchive(lessonId, browserStorage),
      }),
  );
  const [views] = useState(() => new ViewArchive(lessonId, browserStorage));
  return (
    <Notebook store={store} views={views}>
      {children}
    </Notebook>
  );
}

/** Named late: the page is also rendered where there is no browser, and a browser may forbid even the name. */
const browserStorage: TextStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
  removeItem: (key) => localStorage.removeItem(key),
};
