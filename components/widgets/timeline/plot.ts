/** From places on the axis to pixels, and back. */
import type { Axis, Range } from './scale';

export interface Plot {
  readonly axis: Axis;
  readonly range: Range;
  /** In pixels. */
  readonly width: number;
}

/** Pixels on either side for the shapes at the ends of bars. */
const PAD = 8;

/** What a pixel stands for, in units of the axis. */
export function perPixel({ range, width }: Plot): number {
  return (range.to - range.from) / Math.max(1, width - 2 * PAD);
}

export function pixelOf(plot: Plot, place: number): number {
  return PAD + (place - plot.range.from) / perPixel(plot);
}

export const pixel = (plot: Plot, moment: number): number => pixelOf(plot, plot.axis.of(moment));

export function placeOf(plot: Plot, x: number): number {
  return plot.range.from + (x - PAD) * perPixel(plot);
}
