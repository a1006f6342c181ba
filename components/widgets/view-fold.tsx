'use client';

import { type ReactNode, useId } from 'react';

interface ViewFoldProps {
  title: string;
  /** What the view has to say, in a few words: all there is to read while it is folded. */
  summary: string;
  isOpen: boolean;
  onToggle(): void;
  children: ReactNode;
}

export function ViewFold({ title, summary, isOpen, onToggle, children }: ViewFoldProps) {
  const bodyId = useId();
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={onToggle}
        className="-mx-1.5 flex w-full items-baseline gap-2 rounded px-1.5 py-0.5 text-left text-sm hover:bg-sunken"
      >
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className={`size-2.5 shrink-0 fill-none stroke-current stroke-2 text-ink-faint motion-safe:transition-transform ${isOpen ? 'rotate-90' : ''}`}
        >
          <path d="M4 2l4 4-4 4" />
        </svg>
        <span className="font-semibold text-ink">{title}</span>{' '}
        <span className="min-w-0 truncate text-xs text-ink-faint">{summary}</span>
      </button>
      <div id={bodyId} hidden={!isOpen} className="pt-1.5">
        {isOpen && children}
      </div>
    </div>
  );
}
