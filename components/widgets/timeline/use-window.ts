'use client';

import { type RefObject, useEffect, useState } from 'react';

/** Rows drawn above and below what is in view. */
const SPARE = 6;
/** Rows of a first drawing, before the page was measured. */
const FIRST = 20;

/** Which rows of a long list are in view, as it scrolls in `box` below a head of some height. */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  height: number,
): { readonly start: number; readonly end: number } {
  const [seen, see] = useState({ start: 0, end: FIRST });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const start = Math.max(0, Math.floor(element.scrollTop / height) - SPARE);
      const end = Math.ceil((element.scrollTop + element.clientHeight) / height) + SPARE;
      see((now) => (now.start === start && now.end === end ? now : { start, end }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [box, height]);
  return { start: Math.min(seen.start, Math.max(0, count - 1)), end: Math.min(seen.end, count) };
}
