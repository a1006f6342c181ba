/** The rows of a box: its slots, or as many of them as are shown. */
import { grouped } from '../../plural';
import type { GraphNode } from '../../../../lib/engine/snapshot/trace-types';
import { clip } from './measure';
import { PICTURE_LIMITS, type Slot } from './picture';
import type { RawSlot } from './slots';

/**
 * The first and the last slots of a long container, and those that lead to what was asked for; between them the number
 * of slots that are not shown.
 */
export function cut(
  all: readonly RawSlot[],
  first: number,
  revealed: ReadonlySet<number>,
): readonly (RawSlot | number)[] {
  const { slots, lastSlots } = PICTURE_LIMITS;
  if (all.length <= Math.max(slots, first + lastSlots + 1)) return all;
  const rows: (RawSlot | number)[] = [];
  let left = 0;
  all.forEach((slot, i) => {
    if (i >= first && i < all.length - lastSlots && !revealed.has(slot.edge.to)) left++;
    else {
      if (left > 0) rows.push(left);
      left = 0;
      rows.push(slot);
    }
  });
  return rows;
}

export const moreRow = (more: number, i: number): Slot => row('more', `… ${grouped(more)} more`, more, i);
export const omittedRow = (more: number): Slot => row('omitted', `+ ${grouped(more)} left out`, more, 0);

const row = (kind: 'more' | 'omitted', text: string, more: number, i: number): Slot => ({
  key: `${kind} ${i}`,
  label: '…',
  text,
  to: null,
  kind,
  weak: false,
  borrowed: false,
  references: 0,
  more,
  isNew: false,
});

/** For an object that is not drawn where it is referred to. */
export const wordFor = ({ object }: GraphNode): string =>
  clip(object.type === 'type' ? object.repr.replace(/^<class (.*)>$/, '$1') : object.type, 18);
