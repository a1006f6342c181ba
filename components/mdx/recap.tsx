import type { ReactNode } from 'react';

/** What the reader now knows, in a few lines. */
export function Recap({ children }: { children: ReactNode }) {
  return (
    <section aria-labelledby="recap" className="mt-14 rounded-xl bg-sunken px-6 py-5 inset-ring inset-ring-line">
      <h2 id="recap" className="!mt-0 !text-xl">
        Recap
      </h2>
      <div className="prose mt-3">{children}</div>
    </section>
  );
}
