/** Places along the timeline: moments as steps or as lines, the stretch that is in view, and its ticks. */
import type { LinesReading } from '../../../lib/engine/snapshot/trace-types';

export type AxisKind = 'lines' | 'steps';

/**
 * What a change is drawn by: it happens within a step, so halfway between two moments. A cursor on a moment is then
 * clearly before it or after it.
 */
export const HALF = 0.5;

/** An axis from 0 to `length`; half a unit of margin lies on either side of the run. */
export interface Axis {
  readonly kind: AxisKind;
  readonly length: number;
  /** Place of a moment, or of what lies between two. */
  of(moment: number): number;
  /** The nearest moment. */
  momentAt(place: number): number;
}

export function stepAxis(steps: number): Axis {
  return {
    kind: 'steps',
    length: steps + 1,
    of: (moment) => moment + HALF,
    momentAt: (place) => clamp(Math.round(place - HALF), 0, steps),
  };
}

/** Each line that was executed is as wide as any other. The reading must hold all lines. */
export function lineAxis(lines: LinesReading, steps: number): Axis {
  const bounds = [...lines.starts, steps];
  const last = bounds.length - 1;
  return {
    kind: 'lines',
    length: last + 1,
    of(moment) {
      if (moment < 0) return HALF + Math.max(-HALF, moment);
      if (moment >= steps) return last + HALF + Math.min(HALF, moment - steps);
      const i = lineOf(bounds, moment);
      return HALF + i + (moment - bounds[i]!) / (bounds[i + 1]! - bounds[i]!);
    },
    momentAt(place) {
      const i = clamp(Math.floor(place - HALF), 0, Math.max(0, last - 1));
      const part = clamp(place - HALF - i, 0, 1);
      return Math.round(bounds[i]! + part * ((bounds[i + 1] ?? steps) - bounds[i]!));
    },
  };
}

/** Index of the line that a moment lies in. */
function lineOf(bounds: readonly number[], moment: number): number {
  let low = 0;
  let high = bounds.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bounds[middle]! <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The stretch of an axis that is in view. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Nothing is gained by less than this in view. */
const SMALLEST = 3;

export const whole = (axis: Axis): Range => ({ from: 0, to: axis.length });

export function isWhole(range: Range, axis: Axis): boolean {
  return range.from <= 0 && range.to >= axis.length;
}

/** @param factor under 1: closer @param about stays where it is */
export function zoomed(range: Range, axis: Axis, factor: number, about = (range.from + range.to) / 2): Range {
  const size = clamp((range.to - range.from) * factor, Math.min(SMALLEST, axis.length), axis.length);
  const part = (about - range.from) / (range.to - range.from);
  return within({ from: about - part * size, to: about + (1 - part) * size }, axis);
}

export function panned(range: Range, axis: Axis, by: number): Range {
  return within({ from: range.from + by, to: range.to + by }, axis);
}

/** From a to b, whichever comes first, not smaller than makes sense. */
export function between(a: number, b: number, axis: Axis): Range {
  const size = Math.max(Math.abs(b - a), Math.min(SMALLEST, axis.length));
  const middle = (a + b) / 2;
  return within({ from: middle - size / 2, to: middle + size / 2 }, axis);
}

/** Moved no further than needed for a place to be in view. */
export function showing(range: Range, axis: Axis, place: number): Range {
  const margin = (range.to - range.from) * 0.05;
  if (place < range.from) return panned(range, axis, place - range.from - margin);
  if (place > range.to) return panned(range, axis, place - range.to + margin);
  return range;
}

function within({ from, to }: Range, axis: Axis): Range {
  const size = Math.min(to - from, axis.length);
  const start = clamp(from, 0, axis.length - size);
  return { from: start, to: start + size };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

export interface Tick {
  readonly place: number;
  readonly label: string;
}

const STRIDES = [1, 2, 5];

/** Ticks not nearer to each other than `room`, in units of the axis. */
export function ticks(axis: Axis, range: Range, room: number, lines: LinesReading | null): Tick[] {
  let stride = 1;
  for (let i = 0; stride < room; i++) stride = STRIDES[i % 3]! * 10 ** Math.floor(i / 3);
  const out: Tick[] = [];
  const last = axis.length - 1;
  for (let at = Math.ceil(Math.max(0, range.from - 1) / stride) * stride; at <= last && at <= range.to; at += stride) {
    if (axis.kind === 'steps') out.push({ place: at + HALF, label: String(at) });
    else if (at < last && lines) out.push({ place: at + 1, label: String(lines.lines[at] || '·') });
  }
  return out.filter(({ place }) => place >= range.from && place <= range.to);
}
