'use client';

import { startTransition, useEffect, useState } from 'react';
import { pacer } from './pacer';

/** The value, or while they come in a hurry an earlier one, until it is this view's turn to be drawn. */
export function usePaced<T extends object | null>(value: T, isHurried: boolean): T {
  const [shown, show] = useState(value);
  const [view] = useState<object>(() => ({}));
  if (!isHurried && shown !== value) show(value);
  useEffect(() => {
    if (isHurried && shown !== value) pacer.later(view, () => show(value));
    else pacer.forget(view);
  }, [view, value, shown, isHurried]);
  useEffect(() => () => pacer.forget(view), [view]);
  return isHurried ? shown : value;
}

/** The value when the reader came to rest: for what nobody looks at on the way. It follows at once, but not first. */
export function useAtRest<T extends object>(value: T): T {
  const [shown, show] = useState(value);
  useEffect(() => {
    if (shown === value) return;
    const timer = setTimeout(() => startTransition(() => show(value)), pacer.toRest);
    return () => clearTimeout(timer);
  }, [value, shown]);
  return shown;
}

/** True when something has been so for a while: what passes at once is not worth a mark. */
export function useLasting(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isSo, ms]);
  return isSo && lasts;
}
