'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RunSummary } from '../../lib/kernel/engine-port';
import type { ViewChoices } from '../../lib/notebook/saved-views';
import { WIDGET_IDS, type WidgetId } from '../widgets/widget';
import { useNotebook } from './notebook-context';

/**
 * The author says which views start open; a collector that ran speaks up by itself; the reader has the last word, and
 * is remembered.
 */
export function useOpenViews(index: number, show: string | undefined, trace: RunSummary | null) {
  const { views } = useNotebook();
  const [chosen, choose] = useState<ViewChoices>({});
  // After hydration: the server's page knows no choices.
  useEffect(() => {
    if (views) choose(views.restore(index));
  }, [views, index]);
  const hasCollected = (trace?.collections ?? 0) > 0;
  const open = useMemo(() => {
    const asked = show?.split(/\s+/) ?? [];
    const isOpen = (view: WidgetId) => chosen[view] ?? (asked.includes(view) || (view === 'collector' && hasCollected));
    return new Set(WIDGET_IDS.filter(isOpen));
  }, [show, chosen, hasCollected]);
  const toggle = useCallback(
    (view: WidgetId) => {
      const after = { ...chosen, [view]: !open.has(view) };
      choose(after);
      views?.save(index, after);
    },
    [open, chosen, views, index],
  );
  return [open, toggle] as const;
}
