'use client';

import { type KeyboardEvent, type RefObject, useState } from 'react';
import { ROW_HEIGHT } from './bar';
import { keyOf, livesAt, type Row, turns } from './rows';
import { type Axis, showing, whole } from './scale';
import type { Ranged } from './use-range';

interface RowKeysOptions {
  rows: readonly Row[];
  at: number;
  steps: number;
  box: RefObject<HTMLElement | null>;
  ranged: Ranged;
  axis: Axis;
  pick(row: Row, moment: number | null): void;
  toggle(type: string): void;
  onSelect(serial: number | null): void;
}

export interface RowKeys {
  /** The row that the keys are on, and the moment on its bar. */
  readonly active: { readonly key: string; readonly moment: number | null } | null;
  readonly row: Row | null;
  setActive(key: string, moment: number | null): void;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(): void;
}

/**
 * Up and down go from bar to bar, left and right on a bar from one change to the next, Enter goes to that moment and
 * selects the object; + and - zoom, 0 shows the whole run, Shift with left and right moves along.
 */
export function useRowKeys(options: RowKeysOptions): RowKeys {
  const { rows, at, steps, box, ranged, axis, pick, toggle, onSelect } = options;
  const [active, keep] = useState<RowKeys['active']>(null);
  const index = active === null ? -1 : rows.findIndex((row) => keyOf(row) === active.key);
  const row = rows[index] ?? null;

  const moveTo = (to: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!next) return;
    keep({ key: keyOf(next), moment: next.kind === 'bar' ? startOn(next, active?.moment ?? at) : null });
    reveal(box.current, rows.indexOf(next));
  };
  const turnTo = (direction: -1 | 1 | 'first' | 'last') => {
    if (row?.kind !== 'bar') return;
    const all = turns(row.lifetime);
    const now = active?.moment ?? at;
    const next =
      direction === 'first'
        ? all[0]
        : direction === 'last'
          ? all.at(-1)
          : direction === 1
            ? all.find((moment) => moment > now)
            : all.findLast((moment) => moment < now);
    const moment = next ?? (direction === 1 ? steps : direction === -1 ? 0 : now);
    keep({ key: keyOf(row), moment });
    ranged.setRange(showing(ranged.range, axis, axis.of(moment)));
  };
  const onGroup = (wants: boolean) => {
    if (row?.kind === 'group') {
      if (row.isOpen !== wants) toggle(row.type);
      return true;
    }
    return false;
  };

  const act = (event: KeyboardEvent): boolean => {
    const size = ranged.range.to - ranged.range.from;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 300) / ROW_HEIGHT) - 2);
    switch (event.key) {
      case 'ArrowDown':
        moveTo(index + 1);
        return true;
      case 'ArrowUp':
        moveTo(index - 1);
        return true;
      case 'PageDown':
        moveTo(index + page);
        return true;
      case 'PageUp':
        moveTo(index - page);
        return true;
      case 'ArrowRight':
        if (event.shiftKey) ranged.pan(size / 5);
        else if (!onGroup(true)) turnTo(1);
        return true;
      case 'ArrowLeft':
        if (event.shiftKey) ranged.pan(-size / 5);
        else if (!onGroup(false)) turnTo(-1);
        return true;
      case 'Home':
        if (event.ctrlKey || row?.kind !== 'bar') moveTo(0);
        else turnTo('first');
        return true;
      case 'End':
        if (event.ctrlKey || row?.kind !== 'bar') moveTo(rows.length - 1);
        else turnTo('last');
        return true;
      case 'Enter':
        if (row) pick(row, active?.moment ?? null);
        return true;
      case ' ':
        if (row) pick(row, null);
        return true;
      case 'Escape':
        onSelect(null);
        return true;
      case '+':
      case '=':
        ranged.zoom(0.5, axis.of(active?.moment ?? at));
        return true;
      case '-':
        ranged.zoom(2, axis.of(active?.moment ?? at));
        return true;
      case '0':
        ranged.setRange(whole(axis));
        return true;
      default:
        return false;
    }
  };
  return {
    active,
    row,
    setActive: (key, moment) => keep({ key, moment }),
    onKeyDown(event) {
      if (event.altKey || (event.ctrlKey && event.key !== 'Home' && event.key !== 'End') || event.metaKey) return;
      if (!act(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onFocus() {
      if (row === null) moveTo(0);
    },
  };
}

/** Where the keys start on a bar: the same moment if the object lives then, else its first. */
function startOn({ lifetime }: Extract<Row, { kind: 'bar' }>, moment: number): number {
  return livesAt(lifetime, moment) ? moment : (turns(lifetime)[0] ?? moment);
}

function reveal(box: HTMLElement | null, index: number): void {
  if (box === null) return;
  const top = index * ROW_HEIGHT;
  // The axis stays above the rows.
  const room = box.clientHeight - ROW_HEIGHT - 40;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + room) box.scrollTop = top - room;
}
