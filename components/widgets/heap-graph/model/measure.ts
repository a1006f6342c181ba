/** How large a box is. All of its text is set in one monospaced size, so that no measuring of the page is needed. */
import type { Slot } from './picture';
import { PICTURE_LIMITS } from './picture';

export const METRICS = {
  char: 7.25,
  header: 26,
  row: 21,
  padding: 9,
  /** Room for the dot that an arrow starts from. */
  port: 18,
  minWidth: 72,
  maxWidth: 264,
} as const;

export const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/…$/, '')}…`;

export const badgeWidth = (text: string): number => Math.max(18, text.length * METRICS.char + 10);
export const letterWidth = (letter: string | null): number => (letter === null ? 0 : letter.length * METRICS.char + 14);

/** Where the second column of the rows begins. */
export function labelWidth(slots: readonly Slot[]): number {
  let longest = 0;
  for (const { label, kind } of slots)
    if (kind !== 'more' && kind !== 'omitted') longest = Math.max(longest, label.length);
  return Math.min(longest, PICTURE_LIMITS.label) * METRICS.char;
}

interface Measured {
  readonly title: string;
  readonly letter: string | null;
  readonly badge: string | null;
  readonly tag: string | null;
  readonly value: string | null;
  readonly slots: readonly Slot[];
}

export function measure({ title, letter, badge, tag, value, slots }: Measured): { width: number; height: number } {
  const { char, header, row, padding, port, minWidth, maxWidth } = METRICS;
  let width = 2 * padding + letterWidth(letter) + title.length * char;
  if (badge !== null) width += badgeWidth(badge) + 10;
  if (tag !== null) width += tag.length * char * 0.86 + 10;
  if (value !== null) width = Math.max(width, 2 * padding + value.length * char);
  const labels = labelWidth(slots);
  for (const { kind, text, label } of slots) {
    const content = kind === 'arrow' ? port : Math.min(text?.length ?? 0, PICTURE_LIMITS.text) * char;
    const rowWidth = kind === 'more' || kind === 'omitted' ? (text ?? label).length * char : labels + 12 + content;
    width = Math.max(width, 2 * padding + rowWidth);
  }
  const rows = slots.length + (value === null ? 0 : 1);
  return {
    width: Math.ceil(Math.min(maxWidth, Math.max(minWidth, width))),
    height: header + (rows === 0 ? 0 : rows * row + 5),
  };
}

/** The middle of a slot's row, from the top of its box. */
export const slotMiddle = (slot: number): number => METRICS.header + (slot + 0.5) * METRICS.row + 1;
