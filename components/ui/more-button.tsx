import type { ReactNode } from 'react';

interface MoreButtonProps {
  onClick(): void;
  children: ReactNode;
}

/** Below a list that was cut short: shows the rest of it. */
export function MoreButton({ onClick, children }: MoreButtonProps) {
  return (
    <>
      <button
        type="button"
        onClick={onClick}
        className="rounded border border-line bg-surface px-2 py-0.5 text-xs font-medium text-ink-soft hover:border-line-strong hover:text-ink print:hidden"
      >
        {children}
      </button>
      <span aria-hidden="true" className="hidden text-xs text-ink-faint print:inline">
        There is more of this on the screen.
      </span>
    </>
  );
}
