import type { ReactNode } from 'react';

interface IconButtonProps {
  label: string;
  /** Keys that do the same, as `aria-keyshortcuts` writes them. */
  keys?: string;
  size?: keyof typeof SIZES;
  isOff: boolean;
  onClick(): void;
  /** Strokes on a square of 16 by 16. */
  children: ReactNode;
}

const SIZES = { small: 'size-7', medium: 'size-8', large: 'size-9' } as const;

/** A square button with a drawing. `aria-disabled` when it is off, so that it keeps the focus at the end of its way. */
export function IconButton({ label, keys, size = 'medium', isOff, onClick, children }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      aria-disabled={isOff}
      onClick={onClick}
      className={`grid shrink-0 place-items-center rounded-md border border-line bg-surface text-ink-soft hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint/60 forced-colors:aria-disabled:border-[GrayText] forced-colors:aria-disabled:text-[GrayText] print:hidden ${SIZES[size]}`}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className={`fill-none stroke-current stroke-2 ${size === 'small' ? 'size-3.5' : 'size-4'}`}
      >
        {children}
      </svg>
    </button>
  );
}
