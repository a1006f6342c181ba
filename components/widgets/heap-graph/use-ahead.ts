'use client';

import { useEffect, useState } from 'react';
import type { HeapGraph, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { useTraceSource } from '../trace/use-reading';

/** Moments of the run that the first layout takes into account. */
const MOMENTS = 6;

/** The heap at some moments of the run, its end among them; null while they are asked for. */
export function useAhead(run: RunSummary, isWanted: boolean): readonly HeapGraph[] | null {
  const source = useTraceSource();
  const [known, setKnown] = useState<{ run: number; graphs: readonly HeapGraph[] } | null>(null);
  const { run: number, steps } = run;
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    const ask = async () => {
      const graphs: HeapGraph[] = [];
      try {
        for (let i = MOMENTS; i > 0 && !isGone; i--) {
          const at = { run: number, step: Math.round((steps * i) / MOMENTS) };
          const reading = await source.load({ what: 'graph', at, around: [] });
          if (reading) graphs.push(reading.graph);
        }
      } catch {
        // The picture is laid out without them.
      }
      if (!isGone) setKnown({ run: number, graphs });
    };
    void ask();
    return () => {
      isGone = true;
    };
  }, [source, number, steps, isWanted]);
  if (!isWanted) return NONE;
  return known?.run === number ? known.graphs : null;
}

const NONE: readonly HeapGraph[] = [];
