'use client';

import { useCallback, useState } from 'react';
import { moveStops } from '../editor/move-stops';

/** The lines of a cell at which the reader wants to stop; they stay with their lines while the text changes. */
export function useStops(code: string): readonly [ReadonlySet<number>, (line: number) => void] {
  const [kept, keep] = useState<{ code: string; stops: ReadonlySet<number> }>({ code, stops: new Set() });
  const stops = moveStops(kept.stops, kept.code, code);
  if (kept.code !== code) keep({ code, stops });
  const toggle = useCallback(
    (line: number) =>
      keep((before) => {
        const after = new Set(before.stops);
        if (!after.delete(line)) after.add(line);
        return { ...before, stops: after };
      }),
    [],
  );
  return [stops, toggle];
}
