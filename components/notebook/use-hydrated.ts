'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False in the exported page until React has taken it over: a button that cannot work yet should not look as if it did. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
