'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Axis, panned, type Range, showing, whole, zoomed } from './scale';

/** A turn of the wheel, in its pixels, that doubles what is in view. */
const WHEEL = 300;

export interface Ranged {
  readonly range: Range;
  setRange(range: Range): void;
  zoom(factor: number, about?: number): void;
  pan(by: number): void;
}

/** The stretch in view: whole for another axis, and moved when the learner goes to a moment that is not in it. */
export function useRange(axis: Axis, at: number): Ranged {
  const [kept, keep] = useState<{ axis: Axis; range: Range; at: number }>({ axis, range: whole(axis), at });
  const base = kept.axis === axis ? kept.range : whole(axis);
  const range = kept.at === at ? base : showing(base, axis, axis.of(at));
  const change = (to: (now: Range) => Range) => keep({ axis, range: to(range), at });
  return {
    range,
    setRange: (to) => change(() => to),
    zoom: (factor, about) => change((now) => zoomed(now, axis, factor, about)),
    pan: (by) => change((now) => panned(now, axis, by)),
  };
}

/** Ctrl and the wheel zoom about the pointer; the wheel with Shift, or sideways, moves along. */
export function useWheel(
  element: RefObject<HTMLElement | null>,
  plot: RefObject<Element | null>,
  ranged: Ranged,
): void {
  const latest = useRef(ranged);
  useEffect(() => {
    latest.current = ranged;
  });
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const onWheel = (event: WheelEvent) => {
      const { range, zoom, pan } = latest.current;
      const box = plot.current?.getBoundingClientRect();
      if (!box || box.width === 0) return;
      const perPixel = (range.to - range.from) / box.width;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        zoom(2 ** (event.deltaY / WHEEL), range.from + Math.max(0, event.clientX - box.left) * perPixel);
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        pan(sideways * perPixel);
      } else return;
      event.preventDefault();
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element, plot]);
}
