'use client';

import { useMemo } from 'react';
import type { AskName } from '../editor/code-marks';
import { nameInfo } from '../widgets/name-info';
import type { ObjectLetters } from '../widgets/object-letters';
import type { Timeline } from '../widgets/trace/use-timeline';
import { useTraceSource } from '../widgets/trace/use-reading';

/** Asks what a name in the cell's code refers to at the moment looked at; null: the code is not what ran then. */
export function useAskName(timeline: Timeline | null, isOfRun: boolean, letters: ObjectLetters): AskName | null {
  const source = useTraceSource();
  const at = timeline?.at ?? null;
  return useMemo(() => {
    if (at === null || !isOfRun) return null;
    return async ({ name, scopes }) => {
      // Of the past one may look at anything but while a cell runs: then there is nothing to say.
      const moment = await source.load({ what: 'moment', at, options: { graph: false, around: [] } }).catch(() => null);
      return moment && nameInfo(name, scopes, moment, letters);
    };
  }, [source, at, isOfRun, letters]);
}
