import type { ReactNode } from 'react';

interface DisclosureProps {
  /** What kind of thing is folded here. */
  label: string;
  title?: string;
  children: ReactNode;
}

export function Disclosure({ label, title, children }: DisclosureProps) {
  return (
    <details className="group rounded-lg border border-line bg-surface text-base leading-relaxed">
      <summary className="flex items-baseline gap-3 rounded-lg px-5 py-3 hover:bg-sunken group-open:rounded-b-none">
        <svg
          aria-hidden="true"
          viewBox="0 0 12 12"
          className="size-3 shrink-0 fill-none stroke-current stroke-2 text-ink-faint group-open:rotate-90"
        >
          <path d="M4 2l4 4-4 4" />
        </svg>
        <span>
          <span className="font-semibold">{label}</span>
          {title && <span className="text-ink-soft">: {title}</span>}
        </span>
      </summary>
      <div className="prose border-t border-line px-5 pt-4 pb-5">{children}</div>
    </details>
  );
}
