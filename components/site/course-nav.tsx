import Link from 'next/link';
import type { Chapter, Lesson } from '@/lib/content/outline';

interface CourseNavProps {
  chapters: readonly Chapter[];
  current: Lesson;
}

/** The course beside the lesson where there is room, and folded above it where there is not. Only one is ever shown. */
export function CourseNav({ chapters, current }: CourseNavProps) {
  return (
    <>
      <nav aria-label="Course" className="hidden lg:block">
        <div className="sticky top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto py-8 pr-4">
          <Chapters chapters={chapters} current={current} />
        </div>
      </nav>
      <nav aria-label="Course" className="border-b border-line lg:hidden">
        <details key={current.id} className="group">
          <summary className="flex min-h-12 items-center gap-2 py-2 text-sm font-medium">
            <svg
              aria-hidden="true"
              viewBox="0 0 12 12"
              className="size-3 shrink-0 fill-none stroke-current stroke-2 group-open:rotate-90"
            >
              <path d="M4 2l4 4-4 4" />
            </svg>
            <span className="text-ink-faint">Course</span>
            <span className="truncate">{current.title}</span>
          </summary>
          <div className="pb-5">
            <Chapters chapters={chapters} current={current} />
          </div>
        </details>
      </nav>
    </>
  );
}

function Chapters({ chapters, current }: CourseNavProps) {
  return (
    <ol className="space-y-6">
      {chapters.map((chapter) => (
        <li key={chapter.slug}>
          <p className="px-3 text-sm font-semibold text-ink-faint">
            {chapter.number}. {chapter.title}
          </p>
          <ol className="mt-2 space-y-0.5">
            {chapter.lessons.map((lesson) => (
              <li key={lesson.id}>
                <Link
                  prefetch={false}
                  href={lesson.href}
                  aria-current={lesson.id === current.id ? 'page' : undefined}
                  className="block rounded-md border-l-2 border-transparent px-3 py-2 text-[0.9375rem] leading-snug text-ink-soft hover:bg-sunken hover:text-ink aria-[current=page]:rounded-l-none aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink"
                >
                  {lesson.title}
                </Link>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
