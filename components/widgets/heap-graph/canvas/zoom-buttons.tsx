import type { ReactNode } from 'react';

interface ZoomButtonsProps {
  onZoom(factor: number): void;
  /** All of it. */
  onFit(): void;
  /** As it was at first. */
  onReset(): void;
}

export function ZoomButtons({ onZoom, onFit, onReset }: ZoomButtonsProps) {
  return (
    <div className="flex overflow-hidden rounded border border-line bg-surface">
      <ZoomButton label="Smaller (−)" onClick={() => onZoom(1 / 1.25)}>
        <path d="M4 8h8" />
      </ZoomButton>
      <ZoomButton label="Larger (+)" onClick={() => onZoom(1.25)}>
        <path d="M4 8h8M8 4v8" />
      </ZoomButton>
      <ZoomButton label="Show all of it" onClick={onFit}>
        <path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </ZoomButton>
      <ZoomButton label="As large as at first (0)" onClick={onReset}>
        <path d="M3.5 8a4.5 4.5 0 1 0 1.6-3.4M3.4 3v2.6H6" />
      </ZoomButton>
    </div>
  );
}

function ZoomButton({ label, onClick, children }: { label: string; onClick(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid h-6 w-7 place-items-center text-ink-soft not-first:border-l not-first:border-line hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2"
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-none stroke-current stroke-[1.6]">
        {children}
      </svg>
    </button>
  );
}
