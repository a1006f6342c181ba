import Link from 'next/link';
import type { Lesson } from '@/lib/content/outline';

interface LessonPagerProps {
  previous: Lesson | undefined;
  next: Lesson | undefined;
}

export function LessonPager({ previous, next }: LessonPagerProps) {
  return (
    <nav aria-label="Previous and next lesson" className="mt-16 grid gap-3 border-t border-line pt-8 sm:grid-cols-2">
      {previous ? <PagerLink lesson={previous} label="Previous" className="sm:text-left" /> : <span />}
      {next && <PagerLink lesson={next} label="Next" className="sm:text-right" />}
    </nav>
  );
}

function PagerLink({ lesson, label, className }: { lesson: Lesson; label: string; className: string }) {
  return (
    <Link
      prefetch={false}
      href={lesson.href}
      className={`group rounded-lg border border-line bg-surface px-5 py-4 hover:border-line-strong ${className}`}
    >
      <span className="block text-sm text-ink-faint">{label}</span>
      <span className="font-medium text-accent group-hover:text-accent-strong">{lesson.title}</span>
    </Link>
  );
}
