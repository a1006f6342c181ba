import type { ReactNode } from 'react';
import { Disclosure } from '@/components/ui/disclosure';

/** For the curious; the lesson does not build on it. */
export function DeepDive({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Disclosure label="Deep dive" title={title}>
      {children}
    </Disclosure>
  );
}
