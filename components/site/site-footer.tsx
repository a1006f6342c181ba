import Link from 'next/link';

export function SiteFooter() {
  return (
    <footer className="mt-24 border-t border-line">
      <div className="mx-auto flex max-w-[90rem] flex-wrap gap-x-8 gap-y-2 px-4 py-8 text-sm text-ink-faint sm:px-6">
        <p className="mr-auto">Heapbook shows memory as CPython 3.14 manages it.</p>
        <p>
          <Link
            prefetch={false}
            href="/reference/divergences/"
            className="underline decoration-line underline-offset-4 hover:text-ink"
          >
            Known differences from CPython
          </Link>
        </p>
        <p>Your code runs in your browser and stays there.</p>
      </div>
    </footer>
  );
}
