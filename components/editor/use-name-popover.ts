'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AskName, NameInfo, NameUse } from './code-marks';
import { nameAt } from './name-at';

/** A place in the text that is pointed at, or that the caret was moved to by a key or a tap. */
export interface Pointed {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
  /** How far the text is scrolled to the side. */
  readonly scrollLeft: number;
  readonly by: 'pointer' | 'caret';
}

export interface ShownName {
  readonly use: NameUse;
  readonly info: NameInfo;
  readonly scrollLeft: number;
  readonly by: Pointed['by'];
}

/** Nothing opens while the pointer or the caret is on its way. */
const REST_MS = { pointer: 300, caret: 450 } as const;
/** Time to reach the popover with the pointer. */
const LEAVE_MS = 250;

/**
 * What a name refers to, shown after a rest. It stays while the pointer is on the name or on the popover, and Escape
 * closes it without moving the focus (WCAG 1.4.13).
 */
export function useNamePopover(code: string, ask: AskName | null) {
  const [shown, setShown] = useState<ShownName | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wanted = useRef('');
  const isShown = useRef(false);
  const closed = useRef('');

  const later = useCallback((what: () => void, ms: number) => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(what, ms);
  }, []);
  const hide = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    wanted.current = '';
    isShown.current = false;
    setShown(null);
  }, []);

  const point = useCallback(
    (place: Pointed | null) => {
      const use = place && ask ? nameAt(code, place.line, place.column) : null;
      const key = use ? `${use.line} ${use.column}` : '';
      if (key === wanted.current) {
        // Back on the name from the way out.
        if (key !== '' && isShown.current && timer.current !== null) clearTimeout(timer.current);
        return;
      }
      wanted.current = key;
      if (key !== closed.current) closed.current = '';
      if (!use || !ask || !place || key === closed.current) {
        if (isShown.current) later(hide, place?.by === 'caret' ? 0 : LEAVE_MS);
        else if (timer.current !== null) clearTimeout(timer.current);
        return;
      }
      later(() => {
        void ask(use).then((info) => {
          if (wanted.current !== key || info === null) return;
          isShown.current = true;
          setShown({ use, info, scrollLeft: place.scrollLeft, by: place.by });
        });
      }, REST_MS[place.by]);
    },
    [code, ask, later, hide],
  );

  // Another text, another moment: what is shown holds no longer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the function stands for the moment
  useEffect(() => hide, [code, ask, hide]);

  // With the popover itself: a key that comes right after it is already meant for it.
  useLayoutEffect(() => {
    if (!shown) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      closed.current = wanted.current;
      hide();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [shown, hide]);

  const keep = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
  }, []);
  const leave = useCallback(() => later(hide, LEAVE_MS), [later, hide]);
  return { shown, point, keep, leave };
}
