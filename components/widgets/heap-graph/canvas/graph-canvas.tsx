'use client';

import { type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Arrangement } from '../layout/layout-store';
import { usePrinting } from '../../use-printing';
import { pacer } from '../../trace/pacer';
import type { GraphPicture } from '../model/picture';
import '../heap-graph.css';
import { GraphContent } from './graph-content';
import { EDGE, useViewport, type Viewport } from './use-viewport';

export interface CanvasControls {
  zoomBy(factor: number): void;
  /** With all of it in sight, or as large as it was at first. */
  fitTo(all: boolean): void;
  /** All of it at its own size, for saving it; the answer takes it back. */
  showWhole(): () => void;
}

export interface GraphCanvasProps {
  picture: GraphPicture;
  arrangement: Arrangement;
  selected: number | null;
  /** What the keyboard is on; drawn with a dotted outline. */
  focused: number | null;
  onSelect(serial: number | null): void;
  onMore(id: number): void;
  onReveal(serial: number): void;
  /** What buttons and keys outside of it can do to it. */
  controls: RefObject<CanvasControls | null>;
}

/** Pictures with more boxes than this are drawn only where the window is. */
const MANY = 80;
/** Pictures that follow each other faster than this, as when a slider is dragged, do not fade into each other. */
const HURRY_MS = 400;
const TALLEST = 520;
const LOWEST = 132;
/** Room for the arrows that turn under the lowest box. */
const BELOW = 30;

export function GraphCanvas(props: GraphCanvasProps) {
  const { picture, arrangement, selected, focused, onSelect, onMore, onReveal, controls } = props;
  const frame = useRef<HTMLDivElement>(null);
  const extent = useExtent(arrangement);
  const { viewport, windowWidth, zoomBy, fitTo, show } = useViewport(frame, extent.width, extent.height);
  const [isSaved, setSaved] = useState(false);
  // Paper has no corner to drag.
  const isPrinting = usePrinting();
  const isWhole = isSaved || isPrinting;
  useImperativeHandle(controls, () => {
    const set = (to: boolean) => flushSync(() => setSaved(to));
    const showWhole = () => {
      set(true);
      return () => set(false);
    };
    return { zoomBy, fitTo, showWhole };
  }, [zoomBy, fitTo]);
  const isHurried = useHurry(picture);
  const isMany = picture.boxes.length > MANY;
  const size: { width?: number; height: number } = isWhole
    ? { width: arrangement.width + 2 * EDGE, height: arrangement.height + EDGE + BELOW }
    : {
        height: Math.min(
          TALLEST,
          Math.max(LOWEST, Math.ceil(extent.height * Math.min(1, viewport.scale)) + EDGE + BELOW),
        ),
      };
  const { x, y, scale } = isWhole ? { x: EDGE, y: EDGE, scale: 1 } : viewport;
  const shown = focused ?? selected;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another object brings itself into sight
  useEffect(() => {
    const box = shown === null ? undefined : picture.byId.get(shown);
    const spot = shown === null ? undefined : arrangement.spots.get(shown);
    if (box && spot) show({ ...spot, width: box.width, height: box.height });
  }, [shown, show]);

  const clip = isMany && !isWhole ? clipOf(viewport, windowWidth || 720, TALLEST) : '';
  const content = useMemo(
    () => <GraphContent {...{ picture, arrangement, selected, focused, clip }} />,
    [picture, arrangement, selected, focused, clip],
  );
  return (
    <div
      ref={frame}
      style={size}
      data-whole={isWhole || undefined}
      className="cursor-grab touch-pan-y overflow-hidden rounded-md border border-line bg-surface active:cursor-grabbing print:data-whole:h-auto! print:data-whole:max-w-full"
    >
      {/* The tree beside it says the same in words. */}
      <svg
        aria-hidden="true"
        width="100%"
        height="100%"
        viewBox={size.width === undefined ? undefined : `0 0 ${size.width} ${size.height}`}
        data-still={isHurried || isWhole || undefined}
        className="heap-canvas block print:max-h-[22cm]"
        onClick={(event) => clicked(event.target as Element, { onSelect, onMore, onReveal })}
      >
        <g transform={`translate(${x} ${y}) scale(${scale})`}>{content}</g>
      </svg>
    </div>
  );
}

/** Boxes have no handlers of their own: what was clicked says what it is. */
function clicked(
  target: Element,
  { onSelect, onMore, onReveal }: Pick<GraphCanvasProps, 'onSelect' | 'onMore' | 'onReveal'>,
) {
  const numberOf = (name: string) => target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? null;
  const more = numberOf('more');
  const reveal = numberOf('reveal');
  const object = numberOf('object');
  if (more !== null) onMore(Number(more));
  else if (reveal !== null) onReveal(Number(reveal));
  else onSelect(object === null ? null : Number(object));
}

/** As large as the picture has been: it does not jump while time is walked through. */
function useExtent({ width, height }: Arrangement): { width: number; height: number } {
  const largest = useRef({ width: 0, height: 0 });
  const { current } = largest;
  const now = { width: Math.max(current.width, width), height: Math.max(current.height, height) };
  useEffect(() => {
    largest.current = now;
  });
  return now;
}

/** Is the picture one of many in a row? */
function useHurry(picture: GraphPicture): boolean {
  const last = useRef({ picture, at: Number.NEGATIVE_INFINITY, isHurried: false });
  const now = performance.now();
  const { current } = last;
  const isOneOfMany = now - current.at < HURRY_MS || pacer.toRest > 0;
  const isHurried = current.picture === picture ? current.isHurried : isOneOfMany;
  useEffect(() => {
    if (last.current.picture !== picture) last.current = { picture, at: now, isHurried };
  });
  return isHurried;
}

/** What the window shows, in steps, as text: small moves do not draw anew. */
function clipOf({ x, y, scale }: Viewport, width: number, height: number): string {
  const step = 240;
  const left = Math.floor(-x / scale / step) - 1;
  const top = Math.floor(-y / scale / step) - 1;
  const right = Math.ceil((width - x) / scale / step) + 1;
  const bottom = Math.ceil((height - y) / scale / step) + 1;
  return [left * step, top * step, right * step, bottom * step].join(' ');
}
