'use client';

import { lazy, Suspense } from 'react';
import type { WidgetProps } from '../widget';
import { Waiting } from './waiting';

const HeapGraph = lazy(() => import('./heap-graph').then((module) => ({ default: module.HeapGraph })));

/** A script of its own, fetched when the first picture is opened. */
export function HeapGraphWhenOpened(props: WidgetProps) {
  return (
    <Suspense fallback={<Waiting>Fetching the picture…</Waiting>}>
      <HeapGraph {...props} />
    </Suspense>
  );
}
