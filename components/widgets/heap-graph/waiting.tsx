import type { ReactNode } from 'react';

/** In the place of a picture that is on its way, as high as a small one. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="grid h-33 place-items-center rounded-md border border-line bg-surface text-sm text-ink-faint"
    >
      {children}
    </div>
  );
}
