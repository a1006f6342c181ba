import { type PointerEvent, useState } from 'react';
import type { LifetimesReading, LinesReading } from '../../../lib/engine/snapshot/trace-types';
import { CollectedMark } from './bar';
import { type Plot, perPixel, pixel, pixelOf, placeOf } from './plot';
import { between, HALF, isWhole, type Range, ticks } from './scale';

export const HEAD = 38;
const BAND = 7;
/** Pixels between ticks. */
const ROOM = 44;
/** Less than this is a click. */
const DRAG = 4;

interface AxisHeaderProps {
  plot: Plot;
  lines: LinesReading | null;
  at: number;
  collections: LifetimesReading['collections'];
  onGoTo(moment: number): void;
  onRange(range: Range): void;
}

/**
 * The axis: ticks, collections, the cursor. A click goes there, dragging chooses the stretch to look at; the band on top
 * shows which part of the run that is. By keys the same is done on the rows and with the zoom buttons.
 */
export function AxisHeader({ plot, lines, at, collections, onGoTo, onRange }: AxisHeaderProps) {
  const { axis, range, width } = plot;
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null);
  const place = (x: number) => placeOf(plot, x);
  const offset = (event: PointerEvent<SVGSVGElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const onPointerUp = () => {
    if (brush === null) return;
    if (Math.abs(brush.to - brush.from) < DRAG) onGoTo(axis.momentAt(place(brush.from)));
    else onRange(between(place(brush.from), place(brush.to), axis));
    setBrush(null);
  };
  const cursor = pixel(plot, at);
  const band = (at: number) => (at / axis.length) * width;
  return (
    <svg
      aria-hidden="true"
      width={width}
      height={HEAD}
      className="block cursor-crosshair touch-pan-y overflow-hidden select-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const x = offset(event);
        setBrush({ from: x, to: x });
      }}
      onPointerMove={(event) => {
        const x = offset(event);
        setBrush((now) => now && { ...now, to: x });
      }}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setBrush(null)}
    >
      <rect width={width} height={HEAD} className="fill-transparent" />
      {!isWhole(range, axis) && (
        <>
          <rect width={width} height="3" rx="1.5" className="fill-line" />
          <rect
            x={band(range.from)}
            width={Math.max(6, band(range.to) - band(range.from))}
            height="3"
            rx="1.5"
            className="fill-line-strong"
          />
        </>
      )}
      {ticks(axis, range, ROOM * perPixel(plot), lines).map((tick) => {
        const x = pixelOf(plot, tick.place);
        return (
          <g key={tick.place}>
            <line x1={x} x2={x} y1={HEAD - 5} y2={HEAD} className="stroke-line-strong" shapeRendering="crispEdges" />
            <text
              x={x}
              y={HEAD - 9}
              textAnchor="middle"
              className="fill-ink-faint font-mono text-[0.6875rem] tabular-nums"
            >
              {tick.label}
            </text>
          </g>
        );
      })}
      {collections.map(({ number, step }) => (
        <CollectedMark key={number} x={pixel(plot, step + HALF)} y={BAND + 2} />
      ))}
      <path d={`M${cursor - 5} ${HEAD - 7}h10l-5 7z`} className="fill-accent" />
      {brush !== null && Math.abs(brush.to - brush.from) >= DRAG && (
        <rect
          x={Math.min(brush.from, brush.to)}
          width={Math.abs(brush.to - brush.from)}
          height={HEAD}
          className="fill-accent/15 stroke-accent"
        />
      )}
    </svg>
  );
}
