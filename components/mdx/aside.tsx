import type { ReactNode } from 'react';

interface AsideProps {
  title?: string;
  children: ReactNode;
}

/** Worth knowing, not needed to go on. */
export function Note({ title = 'Note', children }: AsideProps) {
  return (
    <Aside title={title} tone="border-accent bg-accent-soft">
      {children}
    </Aside>
  );
}

/** What people commonly believe or do, and why it goes wrong. */
export function Pitfall({ title = 'Pitfall', children }: AsideProps) {
  return (
    <Aside title={title} tone="border-lost bg-lost-soft">
      {children}
    </Aside>
  );
}

function Aside({ title, tone, children }: Required<AsideProps> & { tone: string }) {
  return (
    <div
      role="note"
      aria-label={title}
      className={`rounded-r-lg border-l-4 px-5 py-4 text-base leading-relaxed ${tone}`}
    >
      <p className="font-semibold">{title}</p>
      <div className="prose mt-1">{children}</div>
    </div>
  );
}
