import Link from 'next/link';
import type { Chapter } from '@/lib/content/outline';

/** Chapters and lessons with their summaries, for the home page and the page of all lessons. */
export function CourseOutline({ chapters }: { chapters: readonly Chapter[] }) {
  return (
    <ol className="space-y-12">
      {chapters.map((chapter) => (
        <li key={chapter.slug} className="grid gap-x-10 gap-y-4 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
          <div>
            <p className="font-mono text-sm text-ink-faint">Chapter {chapter.number}</p>
            <h3 className="mt-1 text-xl font-semibold tracking-tight">{chapter.title}</h3>
            <p className="mt-2 text-ink-soft">{chapter.summary}</p>
          </div>
          <ol className="border-t border-line">
            {chapter.lessons.map((lesson) => (
              <li key={lesson.id} className="border-b border-line">
                <Link prefetch={false} href={lesson.href} className="group flex gap-4 px-2 py-4 hover:bg-sunken">
                  <span
                    aria-hidden="true"
                    className="w-5 shrink-0 pt-px text-right font-mono text-sm leading-6 text-ink-faint"
                  >
                    {lesson.number}
                  </span>
                  <span>
                    <span className="font-medium text-accent group-hover:text-accent-strong">{lesson.title}</span>
                    <span className="mt-0.5 block text-[0.9375rem] text-ink-soft">{lesson.summary}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
