import type { ReactNode } from 'react';

/** A question to answer in one's head before running the cell below it. The cell holds the answer; nobody typed it. */
export function Predict({ children }: { children: ReactNode }) {
  return (
    <div
      role="note"
      aria-label="Predict"
      className="flex gap-4 rounded-lg border border-dashed border-line-strong px-5 py-4"
    >
      <span aria-hidden="true" className="font-mono text-2xl leading-7 font-bold text-accent">
        ?
      </span>
      <div className="min-w-0">
        <p className="text-sm font-semibold text-ink-soft">Before you run it</p>
        <div className="prose mt-0.5">{children}</div>
      </div>
    </div>
  );
}
