/** The slots that held an object before and after, side by side. */
import type { Counted, Holder } from '../../../lib/engine/snapshot/snapshot';

export interface SlotSide {
  readonly holder: Holder;
  readonly references: number;
  /** Only this side has it, or more of it. */
  readonly isChange: boolean;
}

export interface SlotRow {
  readonly before: SlotSide | null;
  readonly after: SlotSide | null;
}

const keyOf = ({ kind, holder, frame, label }: Holder) => `${kind} ${holder?.serial ?? ''} ${frame ?? ''} ${label}`;

/** What was lost beside what was gained, then what stayed. */
export function slotRows(before: Counted | null, after: Counted | null): readonly SlotRow[] {
  const lines = new Map<string, { holder: Holder; before: number; after: number }>();
  const note = (counted: Counted | null, side: 'before' | 'after') => {
    for (const holder of counted?.holders ?? []) {
      const key = keyOf(holder);
      const line = lines.get(key) ?? { holder, before: 0, after: 0 };
      line[side] += holder.references;
      lines.set(key, line);
    }
  };
  note(before, 'before');
  note(after, 'after');
  const lost: SlotSide[] = [];
  const gained: SlotSide[] = [];
  const kept: SlotRow[] = [];
  for (const { holder, before: had, after: has } of lines.values()) {
    if (has === 0) lost.push({ holder, references: had, isChange: true });
    else if (had === 0) gained.push({ holder, references: has, isChange: true });
    else {
      const row = {
        before: { holder, references: had, isChange: had > has },
        after: { holder, references: has, isChange: has > had },
      };
      if (had === has) kept.push(row);
      else kept.unshift(row);
    }
  }
  const changed = Array.from({ length: Math.max(lost.length, gained.length) }, (_, i) => ({
    before: lost[i] ?? null,
    after: gained[i] ?? null,
  }));
  return [...changed, ...kept];
}

export const isChanged = ({ before, after }: SlotRow): boolean =>
  (before?.isChange ?? false) || (after?.isChange ?? false);
