import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LessonNotebook } from '@/components/notebook/lesson-notebook';
import { CourseNav } from '@/components/site/course-nav';
import { LessonPager } from '@/components/site/lesson-pager';
import { findLesson, readOutline } from '@/lib/content/outline';

interface LessonRoute {
  params: Promise<{ chapter: string; lesson: string }>;
}

export const dynamicParams = false;

export function generateStaticParams() {
  return readOutline().flatMap(({ slug, lessons }) =>
    lessons.map(({ id }) => ({ chapter: slug, lesson: id.slice(slug.length + 1) })),
  );
}

async function read({ params }: LessonRoute) {
  const { chapter, lesson } = await params;
  const chapters = readOutline();
  const place = findLesson(chapters, `${chapter}/${lesson}`);
  return place ? { chapters, ...place } : notFound();
}

export async function generateMetadata(route: LessonRoute): Promise<Metadata> {
  const { lesson } = await read(route);
  return { title: lesson.title, description: lesson.summary };
}

export default async function LessonPage(route: LessonRoute) {
  const { chapters, chapter, lesson, previous, next } = await read(route);
  const { default: Content } = await import(`@/content/learn/${lesson.chapterFolder}/${lesson.lessonFolder}/page.mdx`);
  return (
    <div className="mx-auto w-full max-w-[90rem] grow px-4 sm:px-6 lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] lg:gap-10">
      <CourseNav chapters={chapters} current={lesson} />
      <main id="main" className="min-w-0 py-8 lg:py-12">
        <article className="mx-auto max-w-[46rem]">
          <p className="font-mono text-sm text-ink-faint">
            {chapter.title} · lesson {lesson.number} of {chapter.lessons.length}
          </p>
          <h1 className="mt-2 text-3xl leading-tight font-semibold tracking-tight sm:text-[2.5rem]">{lesson.title}</h1>
          <p className="mt-5 text-xl leading-relaxed text-ink-soft">{lesson.summary}</p>
          <section aria-labelledby="you-will-learn" className="mt-8 border-y border-line py-5">
            <h2 id="you-will-learn" className="text-sm font-semibold text-ink-faint">
              You will learn
            </h2>
            <ul className="mt-2 space-y-1.5">
              {lesson.learn.map((line) => (
                <li key={line} className="flex gap-3">
                  <span aria-hidden="true" className="mt-[0.7em] h-0.5 w-3 shrink-0 bg-accent" />
                  {line}
                </li>
              ))}
            </ul>
          </section>
          <div className="prose mt-8 text-[1.0625rem] leading-[1.7]">
            <LessonNotebook lessonId={lesson.id}>
              <Content />
            </LessonNotebook>
          </div>
          <LessonPager previous={previous} next={next} />
        </article>
      </main>
    </div>
  );
}
