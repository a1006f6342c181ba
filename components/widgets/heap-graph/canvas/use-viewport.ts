'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface Viewport {
  /** Where the picture's origin lies in the window, and how large it is drawn. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export const EDGE = 14;
const SMALLEST = 0.12;
const LARGEST = 2.5;
/** Smaller than this nobody reads: the picture is cut at the right instead, and can be dragged. */
const READABLE = 0.72;

export function fitted(windowWidth: number, width: number): Viewport {
  const scale = Math.max(READABLE, Math.min(1, (windowWidth - 2 * EDGE) / Math.max(1, width)));
  return { x: EDGE, y: EDGE, scale };
}

interface UseViewport {
  readonly viewport: Viewport;
  /** Width of the window onto the picture; 0 until it is measured. */
  readonly windowWidth: number;
  zoomBy(factor: number): void;
  /** As large as it can be with all of it in sight across; `all` shows the whole height too. */
  fitTo(all: boolean): void;
  /** Brings an area of the picture into sight, if it is not. */
  show(area: { x: number; y: number; width: number; height: number }): void;
}

/** Pan by dragging, zoom by wheel with Ctrl or by pinching. Plain wheels scroll the page. */
export function useViewport(ref: RefObject<HTMLElement | null>, width: number, height: number): UseViewport {
  const [windowWidth, setWindowWidth] = useState(0);
  const [moved, setMoved] = useState<Viewport | null>(null);
  const viewport = moved ?? fitted(windowWidth || 720, width);
  const latest = useRef({ viewport, width, height });
  useLayoutEffect(() => {
    latest.current = { viewport, width, height };
  });

  const zoomAt = useCallback((factor: number, atX: number, atY: number) => {
    const { x, y, scale } = latest.current.viewport;
    const next = Math.max(SMALLEST, Math.min(LARGEST, scale * factor));
    const ratio = next / scale;
    setMoved({ x: atX - (atX - x) * ratio, y: atY - (atY - y) * ratio, scale: next });
  }, []);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWindowWidth(Math.round(entry!.contentRect.width)));
    observer.observe(element);
    const onWheel = (event: WheelEvent) => {
      const bounds = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomAt(Math.exp(-event.deltaY * 0.004), event.clientX - bounds.left, event.clientY - bounds.top);
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        const { x, y, scale } = latest.current.viewport;
        setMoved({ x: x - (event.deltaX || event.deltaY), y, scale });
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    const stopDragging = dragging(element, () => latest.current.viewport, setMoved);
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', onWheel);
      stopDragging();
    };
  }, [ref, zoomAt]);

  const zoomBy = useCallback(
    (factor: number) => {
      const { clientWidth = 0, clientHeight = 0 } = ref.current ?? {};
      zoomAt(factor, clientWidth / 2, clientHeight / 2);
    },
    [ref, zoomAt],
  );
  const fitTo = useCallback(
    (all: boolean) => {
      if (!all) return setMoved(null);
      const { clientWidth = 0, clientHeight = 0 } = ref.current ?? {};
      const { width: w, height: h } = latest.current;
      const scale = Math.min(1, (clientWidth - 2 * EDGE) / w, (clientHeight - 2 * EDGE) / h);
      setMoved({ x: EDGE, y: EDGE, scale: Math.max(SMALLEST, scale) });
    },
    [ref],
  );
  const show = useCallback(
    (area: { x: number; y: number; width: number; height: number }) => {
      const { clientWidth = 0, clientHeight = 0 } = ref.current ?? {};
      if (clientWidth === 0) return;
      const { x, y, scale } = latest.current.viewport;
      const shift = (at: number, from: number, size: number, room: number) => {
        const low = at + from * scale;
        const high = low + size * scale;
        if (low < EDGE) return at + EDGE - low;
        return high > room - EDGE ? at - Math.min(high - room + EDGE, low - EDGE) : at;
      };
      const to = {
        x: shift(x, area.x, area.width, clientWidth),
        y: shift(y, area.y, area.height, clientHeight),
        scale,
      };
      if (to.x !== x || to.y !== y) setMoved(to);
    },
    [ref],
  );
  return { viewport, windowWidth, zoomBy, fitTo, show };
}

/** One pointer drags, two pinch. A drag is no click. */
function dragging(element: HTMLElement, now: () => Viewport, move: (to: Viewport) => void): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  const at = (event: PointerEvent) => {
    const bounds = element.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const spread = () => {
    const [one, other] = [...pointers.values()] as [{ x: number; y: number }, { x: number; y: number }];
    return {
      distance: Math.hypot(one.x - other.x, one.y - other.y),
      x: (one.x + other.x) / 2,
      y: (one.y + other.y) / 2,
    };
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, at(event));
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const old = pointers.size === 2 ? spread() : null;
    const point = at(event);
    pointers.set(event.pointerId, point);
    travelled += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    if (travelled < 5) return;
    if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    const { x, y, scale } = now();
    if (old === null) return move({ x: x + point.x - before.x, y: y + point.y - before.y, scale });
    const both = spread();
    const next = Math.max(SMALLEST, Math.min(LARGEST, (scale * both.distance) / (old.distance || 1)));
    move({ x: both.x - ((old.x - x) * next) / scale, y: both.y - ((old.y - y) * next) / scale, scale: next });
  };
  const onUp = (event: PointerEvent) => pointers.delete(event.pointerId);
  const onClick = (event: MouseEvent) => {
    if (travelled < 5) return;
    event.stopPropagation();
    travelled = 0;
  };
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  element.addEventListener('click', onClick, true);
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
    element.removeEventListener('click', onClick, true);
  };
}
