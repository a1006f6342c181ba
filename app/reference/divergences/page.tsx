import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { CodeBlock } from '@/components/mdx/code-block';
import { type Divergence, type KnownTests, readDivergences, readKnownTests } from '@/lib/content/divergences';
import { highlightPython } from '@/lib/content/highlight.mjs';

export const metadata: Metadata = {
  title: 'Known differences from CPython',
  description: 'Everything a reader may meet where Heapbook’s engine does not do what CPython does, with its reason.',
};

const titleOf = (category: string): string => category.charAt(0).toUpperCase() + category.slice(1);
const anchorOf = (category: string): string => `in-${category.replace(/\W+/g, '-')}`;

export default function DivergencesPage() {
  const groups = [...readDivergences()];
  const known = readKnownTests();
  const knownCount = known.reduce((sum, one) => sum + Object.values(one.tests).flat().length, 0);
  const count = groups.reduce((sum, [, list]) => sum + list.length, 0);
  return (
    <main id="main" className="mx-auto w-full max-w-[46rem] grow px-4 py-14 sm:px-6">
      <p className="font-mono text-sm text-ink-faint">Reference</p>
      <h1 className="mt-2 text-3xl leading-tight font-semibold tracking-tight sm:text-[2.5rem]">
        Known differences from CPython
      </h1>
      <p className="mt-5 text-xl leading-relaxed text-ink-soft">
        Cells run on an engine of our own that is held to CPython by recorded answers, by random programs and by
        CPython’s own tests. Where it still differs, it says so here: {count} differences, each with its reason and a
        program that shows it.
      </p>
      <p className="mt-4 leading-relaxed text-ink-soft">
        This page is made from the programs that our tests run, so it cannot fall behind: a difference that is gone
        fails a test until its program is taken out.
      </p>
      <nav aria-label="On this page" className="mt-8 border-y border-line py-5">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {groups.map(([category, list]) => (
            <li key={category}>
              <a href={`#${anchorOf(category)}`} className="underline decoration-line underline-offset-4">
                {titleOf(category)} <span className="text-ink-faint">{list.length}</span>
              </a>
            </li>
          ))}
          <li>
            <a href="#cpython-tests" className="underline decoration-line underline-offset-4">
              CPython’s own tests <span className="text-ink-faint">{knownCount}</span>
            </a>
          </li>
        </ul>
      </nav>
      {groups.map(([category, list]) => (
        <section key={category} aria-labelledby={anchorOf(category)} className="mt-14">
          <h2 id={anchorOf(category)} className="scroll-mt-20 text-2xl font-semibold tracking-tight">
            {titleOf(category)}
          </h2>
          {list.map((one) => (
            <Entry key={one.name} one={one} />
          ))}
        </section>
      ))}
      <section aria-labelledby="cpython-tests" className="mt-14">
        <h2 id="cpython-tests" className="scroll-mt-20 text-2xl font-semibold tracking-tight">
          CPython’s own tests
        </h2>
        <p className="mt-3 leading-relaxed text-ink-soft">
          Of the 35 modules of CPython’s test suite that our engine is held to, these {knownCount} tests pass on CPython
          and not here.
        </p>
        {known.map((one) => (
          <Tests key={one.reason} one={one} />
        ))}
      </section>
    </main>
  );
}

async function Entry({ one }: { one: Divergence }) {
  return (
    <article
      id={one.name}
      aria-labelledby={`${one.name}-what`}
      className="mt-8 scroll-mt-20 border-l-2 border-line pl-5"
    >
      <h3 id={`${one.name}-what`} className="text-lg font-semibold">
        <Text>{one.description}</Text>
      </h3>
      {one.profile && <p className="mt-1 text-sm text-ink-faint">Python {one.profile} only</p>}
      <dl className="mt-3 space-y-2 text-ink-soft">
        <Row term="Why">
          <Text>{one.cause}</Text>
        </Row>
        <Row term="Instead">
          <Text>{one.workaround}</Text>
        </Row>
      </dl>
      <div className="mt-4">
        <CodeBlock html={await highlightPython(one.code)} />
      </div>
      <dl className="mt-3 space-y-2">
        <Row term="CPython">
          <Printed>{one.cpython}</Printed>
        </Row>
        <Row term="Heapbook">
          <Printed>{one.heapbook}</Printed>
        </Row>
      </dl>
    </article>
  );
}

function Tests({ one }: { one: KnownTests }) {
  return (
    <div className="mt-6 border-l-2 border-line pl-5">
      <p className="leading-7">
        <Text>{one.reason}</Text>{' '}
        {one.program && (
          <a href={`#${one.program}`} className="underline decoration-line underline-offset-4">
            An example
          </a>
        )}
      </p>
      <dl className="mt-2 space-y-1 text-ink-soft">
        {Object.entries(one.tests).map(([module, ids]) => (
          <Row key={module} term={module}>
            <Printed>{ids.join(', ')}</Printed>
          </Row>
        ))}
      </dl>
    </div>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[6rem_minmax(0,1fr)]">
      <dt className="text-sm leading-7 font-semibold text-ink-faint">{term}</dt>
      <dd className="min-w-0 leading-7">{children}</dd>
    </div>
  );
}

const Printed = ({ children }: { children: string }) => (
  <code className="font-mono text-sm break-words">{children}</code>
);

/** Text with `code` in backquotes. */
function Text({ children }: { children: string }) {
  return children.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
      <code key={index} className="font-mono text-[0.9em]">
        {part}
      </code>
    ),
  );
}
