import Link from 'next/link';
import { CourseOutline } from '@/components/site/course-outline';
import { FirstPicture } from '@/components/site/first-picture/first-picture';
import recording from '@/content/home/first-picture.json';
import { readOutline } from '@/lib/content/outline';

const underACell = [
  {
    title: 'References',
    text: 'Each name, the object it leads to, the object’s count, and how the count changed. Ask for the holders and every one is named: variables, items, attributes. Their number is the count.',
  },
  {
    title: 'What was freed',
    text: 'Which objects went while the cell ran, at which line, and why: the count reached zero, or the collector found them in a cycle.',
  },
  {
    title: 'The collector',
    text: 'Each collection of the cell: what was examined, what was found unreachable, what was finalized and freed, and the generations with their thresholds.',
  },
];

const laws = [
  {
    title: 'The ledger balances',
    text: 'For every object the count equals the number of holders we can name. Our tests recount the whole heap after every statement.',
  },
  {
    title: 'CPython agrees',
    text: 'What programs print, when objects die, what gc.collect() returns: recorded from real CPython builds and compared.',
  },
  {
    title: 'Looking changes nothing',
    text: 'The page reads counts without taking references. A watched run and an unwatched run give the same answers.',
  },
];

export default function HomePage() {
  const chapters = readOutline();
  const first = chapters[0]?.lessons[0];
  return (
    <main id="main" className="mx-auto w-full max-w-6xl grow px-4 sm:px-6">
      <section className="pt-14 pb-10 sm:pt-20">
        <h1 className="max-w-4xl text-[2.5rem] leading-[1.08] font-bold tracking-[-0.03em] sm:text-6xl">
          See what keeps every Python object <span className="marked">alive</span>
        </h1>
        <p className="mt-6 max-w-2xl text-lg leading-relaxed text-ink-soft sm:text-xl">
          Heapbook is a course in notebooks. Run a cell, and the page shows what Python did with memory: who refers to
          what, how each reference count moved, which object died on which line, and why.
        </p>
        {first && (
          <p className="mt-9 flex flex-wrap items-center gap-x-5 gap-y-3">
            <Link
              href={first.href}
              className="rounded-lg bg-accent px-6 py-3.5 text-lg font-semibold text-on-accent hover:bg-accent-strong"
            >
              Start the first lesson
            </Link>
            <span className="text-ink-faint">No account, nothing to install.</span>
          </p>
        )}
      </section>

      <section aria-label="An example" className="pb-20">
        <FirstPicture recording={recording} />
      </section>

      <section aria-labelledby="under-a-cell" className="border-t border-line py-16">
        <h2 id="under-a-cell" className="text-2xl font-semibold tracking-tight sm:text-3xl">
          Under every cell, the truth about it
        </h2>
        <dl className="mt-9 grid gap-x-10 gap-y-8 md:grid-cols-3">
          {underACell.map(({ title, text }) => (
            <div key={title} className="border-l-2 border-accent pl-5">
              <dt className="text-lg font-semibold">{title}</dt>
              <dd className="mt-1.5 text-ink-soft">{text}</dd>
            </div>
          ))}
        </dl>
      </section>

      <section aria-labelledby="course" className="border-t border-line py-16">
        <h2 id="course" className="text-2xl font-semibold tracking-tight sm:text-3xl">
          The course
        </h2>
        <div className="mt-9">
          <CourseOutline chapters={chapters} />
        </div>
      </section>

      <section aria-labelledby="laws" className="border-t border-line py-16">
        <h2 id="laws" className="text-2xl font-semibold tracking-tight sm:text-3xl">
          Why you can believe the numbers
        </h2>
        <p className="mt-4 max-w-2xl text-lg text-ink-soft">
          Your code runs on an engine of our own, in your browser, that keeps counts as CPython keeps them. Three laws
          hold it to that, and every change is tested against them.
        </p>
        <ol className="mt-9 grid gap-x-10 gap-y-8 md:grid-cols-3">
          {laws.map(({ title, text }, index) => (
            <li key={title}>
              <Tally count={index + 1} />
              <h3 className="mt-3 text-lg font-semibold">{title}</h3>
              <p className="mt-1.5 text-ink-soft">{text}</p>
            </li>
          ))}
        </ol>
      </section>
    </main>
  );
}

function Tally({ count }: { count: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-7 stroke-accent stroke-[2.4]" strokeLinecap="round">
      {Array.from({ length: count }, (_, index) => `M${4 + index * 6} 4v16`).map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
