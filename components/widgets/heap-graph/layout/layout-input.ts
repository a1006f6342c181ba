/** What the layout needs of a picture: sizes and who refers to whom, as plain data that a worker can be sent. */
import { METRICS, slotMiddle } from '../model/measure';
import type { Box, GraphPicture } from '../model/picture';

export interface LayoutBox {
  readonly id: number;
  readonly isFrame: boolean;
  readonly width: number;
  readonly height: number;
}

export interface LayoutArrow {
  readonly from: number;
  readonly to: number;
  /** How far below its box's top the box that it leads to would best have its own. */
  readonly level: number;
  readonly weak: boolean;
}

export interface LayoutInput {
  readonly boxes: readonly LayoutBox[];
  readonly arrows: readonly LayoutArrow[];
}

/** Where a box stands: columns from 0 at the right of the frames. */
export interface Place {
  readonly column: number;
  readonly y: number;
}

export type Places = ReadonlyMap<number, Place>;

export const GAPS = { column: 46, box: 16, frame: 18 } as const;

export function layoutInputOf(pictures: readonly GraphPicture[]): LayoutInput {
  const boxes = new Map<number, LayoutBox>();
  const arrows = new Map<string, LayoutArrow>();
  for (const picture of pictures) {
    for (const { id, kind, width, height, ghost } of picture.boxes) {
      if (ghost !== null) continue;
      const known = boxes.get(id);
      boxes.set(id, {
        id,
        isFrame: kind === 'frame',
        width: Math.max(width, known?.width ?? 0),
        height: Math.max(height, known?.height ?? 0),
      });
    }
    for (const { from, to, slot, weak } of picture.arrows) {
      const key = `${from} ${to}`;
      if (!arrows.has(key)) arrows.set(key, { from, to, level: levelOf(picture.byId.get(from)!, slot), weak });
    }
  }
  return { boxes: [...boxes.values()], arrows: [...arrows.values()] };
}

/** Level with the slot; of an object's first arrow level with the object, so that a chain runs straight. */
export function levelOf({ kind, slots }: Box, slot: number): number {
  const isFirst = slots.findIndex((each) => each.kind === 'arrow' && !each.weak) === slot;
  return kind === 'object' && isFirst ? 0 : slotMiddle(slot) - METRICS.header / 2;
}
