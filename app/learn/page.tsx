import type { Metadata } from 'next';
import { CourseOutline } from '@/components/site/course-outline';
import { readOutline } from '@/lib/content/outline';

export const metadata: Metadata = { title: 'All lessons' };

export default function LearnPage() {
  return (
    <main id="main" className="mx-auto w-full max-w-5xl grow px-4 py-14 sm:px-6">
      <h1 className="text-3xl font-semibold tracking-tight sm:text-4xl">All lessons</h1>
      <p className="mt-3 max-w-2xl text-lg text-ink-soft">
        Read in order: each lesson uses only what earlier ones explained. No account, nothing to install.
      </p>
      <h2 className="sr-only">Chapters</h2>
      <div className="mt-12">
        <CourseOutline chapters={readOutline()} />
      </div>
    </main>
  );
}
