'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Drawn with before the page was measured: about what a cell is wide. */
const USUAL = 560;

/** The width of an element in pixels, followed as it changes. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(USUAL);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(40, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
