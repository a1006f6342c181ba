/** The table of references and its text twin, against what the engine recorded. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { changeOf, changeWords, countsBefore } from '../../components/widgets/references/changes';
import { meetObjects } from '../../components/widgets/object-letters';
import { getrefcountWords } from '../../components/widgets/references/getrefcount-words';
import { deathsUntil, ReferencesView } from '../../components/widgets/references/references';
import { referencesText } from '../../components/widgets/references/text';
import { traced, tracedAs } from './traced';

const PLAIN = { graph: false, around: [] } as const;

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
      const moment = past.ask({ what: 'moment', at, options: PLAIN });
      meetObjects(letters, moment);
      const query = { what: 'steps', run: run.run, from: previous, to: step, granularity: 'line' } as const;
      const steps = step === previous ? null : past.ask(query).steps;
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
          steps={steps}
          all={lifetimes}
          isOpened
        />,
      );
      const picture = textOf(markup);
      const changed = countsBefore(steps);
      const deaths = deathsUntil(lifetimes, step);
      const words = referencesText({ moment, changed, deaths, omitted: 0, profile: run.profile, letters });
      // The changes told are the differences of what two moments say, and no other row has one.
      const start = past.ask({ what: 'moment', at: { run: run.run, step: previous }, options: PLAIN }).state;
      const old = new Map([...start.references, ...start.unnamed].map((row) => [row.object.serial, row.count]));
      const told: string[] = [];
      for (const { object, count } of [...moment.state.references, ...moment.state.unnamed]) {
        const change = changeOf(count, changed.get(object.serial));
        const before = old.get(object.serial);
        if (change === 'new') {
          expect(before).toBeUndefined();
          expect(lifetimes.find(({ serial }) => serial === object.serial)?.born).toBeGreaterThanOrEqual(previous);
        } else if (before !== undefined && before !== null) expect(change ?? 0).toBe((count ?? 0) - before);
        if (change !== null) told.push(changeWords(change));
      }
      expect(markup.match(/data-changed="true"/g)?.length ?? 0).toBe(told.length);
      expect([...words.matchAll(/\((\S+) in the last step\)/g)].map(([, change]) => change)).toEqual(told);
      expect([...markup.matchAll(/text-(?:gained|lost)">([^<]*)</g)].map(([, change]) => change)).toEqual(told);
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

const ASKS = `import sys
def inner(local, other=None):
    n1 = sys.getrefcount(local)
    alias = local
    n2 = sys.getrefcount(alias)
    def reads():
        return captured
    captured = [local]
    n3 = sys.getrefcount(captured)
    for item in captured:
        n4 = sys.getrefcount(item)
    return n1, n2, n3, n4
a = [1]
b = (a, a)
n5 = sys.getrefcount(a)
n6 = sys.getrefcount(b)
class Holder:
    held = a
    n7 = sys.getrefcount(held)
n8 = sys.getrefcount(a)
n9 = inner(a)
none = None
n10 = sys.getrefcount(none)
`;

it('says of how many objects no list is kept, in the picture and in words', async () => {
  const past = await traced(PROGRAMS.cycle);
  const run = past.runs[0]!;
  const moment = past.ask({ what: 'moment', at: past.end, options: PLAIN });
  const deaths = deathsUntil(past.ask({ what: 'lifetimes', run: run.run }).lifetimes, run.steps);
  const common = { moment, changed: countsBefore(null), deaths, profile: run.profile, letters: new Map() };
  expect(referencesText({ ...common, omitted: 0 })).not.toContain('no list is kept');
  expect(referencesText({ ...common, omitted: 1200 })).toContain('Of 1,200 more objects of the run');
});

describe('what sys.getrefcount would say', () => {
  it.each(['3.13', '3.14'] as const)('is what it says (%s)', async (profile) => {
    const past = await tracedAs(profile, ASKS);
    const { run, step: end } = past.end;
    const options = { graph: false, around: [] };
    const { lines, starts } = past.ask({ what: 'lines', run, index: 0, step: null });
    let compared = 0;
    for (const [index, line] of lines.entries()) {
      const [, result, name] = /(n\d+) = sys\.getrefcount\((\w+)\)/.exec(ASKS.split('\n')[line - 1] ?? '') ?? [];
      const next = starts[index + 1] ?? end;
      const before = past.ask({ what: 'moment', at: { run, step: starts[index] ?? 0 }, options });
      const after = past.ask({ what: 'moment', at: { run, step: next }, options });
      const row = before.state.references.findLastIndex((each) => each.name === name);
      const said = after.state.references.findLast((each) => each.name === result);
      // A class body's own names are no rows.
      if (!said || row < 0) continue;
      const { answer } = getrefcountWords(before.state.references[row]!, before.getrefcount[row] ?? null, profile);
      expect(answer, `${name} in line ${line}`).toBe(said.object.repr);
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(8);
  });
});
