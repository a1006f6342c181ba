import type { ReactNode } from 'react';
import { Disclosure } from '@/components/ui/disclosure';

/** A task to try alone, with a Hint and an explained Solution folded inside. */
export function Challenge({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={`Challenge: ${title}`} className="rounded-xl border border-line bg-surface p-5 sm:p-6">
      <h3 className="!mt-0 !text-lg">{title}</h3>
      <div className="prose mt-3">{children}</div>
    </section>
  );
}

export function Hint({ children }: { children: ReactNode }) {
  return <Disclosure label="Hint">{children}</Disclosure>;
}

export function Solution({ children }: { children: ReactNode }) {
  return <Disclosure label="Solution">{children}</Disclosure>;
}
