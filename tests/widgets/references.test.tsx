/** The table of references and its text twin, against what the engine recorded. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { meetObjects } from '../../components/widgets/object-letters';
import { deathsUntil, ReferencesView } from '../../components/widgets/references/references';
import { referencesText } from '../../components/widgets/references/text';
import { traced } from './traced';

const PROGRAMS = {
  classic: 'my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list\nyour_list.append(None)\n',
  call: 'def total(data):\n    n = len(data)\n    return n\nnumbers = [1, 2]\nx = total(numbers)\nnumbers = None\n',
  cycle:
    'import gc\nclass Node: pass\na = Node()\nb = Node()\na.other, b.other = b, a\nkept = [a, a, a]\ndel a, b\nkept.clear()\ngc.collect()\n',
};

/** Text of the markup, a space for each element. */
const textOf = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

describe.each(Object.entries(PROGRAMS))('%s', (_, source) => {
  it('says at every line what the reading says, in the picture and in words', async () => {
    const past = await traced(source);
    const run = past.runs[0]!;
    const { starts } = past.ask({ what: 'lines', run: run.run, index: 0, step: null });
    const { lifetimes } = past.ask({ what: 'lifetimes', run: run.run });
    const letters = new Map<number, string>();
    let previous = 0;
    for (const step of [...starts, run.steps]) {
      const at = { run: run.run, step };
      const moment = past.ask({ what: 'moment', at, options: { graph: false, around: [] } });
      meetObjects(letters, moment);
      const markup = renderToStaticMarkup(
        <ReferencesView
          run={run}
          runs={past.runs}
          at={at}
          from={{ run: run.run, step: previous }}
          granularity="line"
          selected={null}
          letters={letters}
          onGoTo={() => {}}
          onSelect={() => {}}
          moment={moment}
          before={null}
          all={lifetimes}
        />,
      );
      const picture = textOf(markup);
      const words = referencesText(moment, deathsUntil(lifetimes, step), run.profile, letters);
      for (const [i, row] of moment.state.references.entries()) {
        const held = row.holders.reduce((sum, { references }) => sum + references, row.holdersOmitted);
        if (row.count !== null) expect(held).toBe(row.count);
        const count = row.count === null ? 'immortal' : `count ${row.count}`;
        const line = words.split('\n').find((each) => each.startsWith(`${row.name}`) && each.includes(count));
        expect(line).toContain(row.object.repr);
        expect(picture).toContain(row.object.repr);
        expect(picture).toContain(row.count === null ? 'immortal' : ` ${row.count} `);
        const answer = moment.getrefcount[i];
        if (answer !== null) {
          expect(words).toContain(`sys.getrefcount(${row.name}) would say ${answer}:`);
          expect(picture).toContain(`sys.getrefcount( ${row.name} )`.replaceAll(' ', ''));
        }
        for (const holder of row.holders) {
          if (['name', 'local', 'item', 'attribute', 'key', 'value'].includes(holder.kind)) {
            expect(picture).toContain(holder.label);
            expect(words).toContain(holder.label);
          }
        }
      }
      expect(markup.match(/<tr/g)?.length).toBe(
        1 + 2 * (moment.state.references.length + moment.state.unnamed.length) + (hasNoRows(moment.state) ? 1 : 0),
      );
      const dead = lifetimes.filter(({ died }) => died !== null && died < step);
      expect(words.match(/^freed:/gm)?.length ?? 0).toBe(dead.length);
      expect(markup.match(/<li class="m-0 flex[^"]*items-baseline gap-x-2/g)?.length ?? 0).toBe(
        Math.min(8, dead.length),
      );
      previous = step;
    }
  });
});

const hasNoRows = ({ references, unnamed }: { references: readonly unknown[]; unnamed: readonly unknown[] }) =>
  references.length + unnamed.length === 0;
