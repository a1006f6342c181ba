import type { Metadata } from 'next';
import Link from 'next/link';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <main id="main" className="mx-auto w-full max-w-2xl grow px-4 py-24 sm:px-6">
      <p className="font-mono text-sm text-ink-faint">404</p>
      <h1 className="mt-2 text-3xl font-semibold tracking-tight">Nothing refers to this page</h1>
      <p className="mt-4 text-ink-soft">
        No lesson has this address. It may have been freed, or the link that led here was never right.
      </p>
      <p className="mt-8">
        <Link href="/learn/" className="font-medium text-accent underline underline-offset-4">
          See all lessons
        </Link>
      </p>
    </main>
  );
}
