import Link from 'next/link';
import { Logo } from './logo';
import { ThemeToggle } from './theme-toggle';

export function SiteHeader() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper">
      <div className="mx-auto flex h-14 max-w-[90rem] items-center gap-2 px-4 sm:px-6">
        <Link
          prefetch={false}
          href="/"
          className="mr-auto flex items-center gap-2.5 py-2 pr-2 font-semibold tracking-tight"
        >
          <Logo className="size-6" />
          Heapbook
        </Link>
        <nav aria-label="Site">
          <Link
            prefetch={false}
            href="/learn/"
            className="block rounded-md px-3 py-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
          >
            All lessons
          </Link>
        </nav>
        <ThemeToggle />
      </div>
    </header>
  );
}
