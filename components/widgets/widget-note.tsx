import type { ReactNode } from 'react';

interface WidgetNoteProps {
  /** The kernel could not answer. */
  error?: Error | null;
  children: ReactNode;
}

/** What stands in a widget's place while it has nothing to draw. */
export function WidgetNote({ error = null, children }: WidgetNoteProps) {
  if (error !== null) {
    return (
      <p role="alert" className="py-3 text-sm text-ink-soft">
        The kernel could not answer: {error.message}
      </p>
    );
  }
  return <p className="py-3 text-sm text-ink-soft">{children}</p>;
}
