'use client';

import { useSyncExternalStore } from 'react';
import { chooseTheme, readTheme, subscribeToTheme } from './theme';

export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribeToTheme, readTheme, () => null);
  const isDark = theme === 'dark';
  return (
    <button
      type="button"
      aria-pressed={theme === null ? undefined : isDark}
      aria-label="Dark theme"
      title={isDark ? 'Switch to the light theme' : 'Switch to the dark theme'}
      onClick={() => chooseTheme(isDark ? 'light' : 'dark')}
      className="grid size-10 place-items-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 20 20"
        className="size-5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      >
        <circle cx="10" cy="10" r="7" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
