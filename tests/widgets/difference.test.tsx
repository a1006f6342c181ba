/** Two moments side by side: the picture and the words say what the reading says, slot by slot. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { choicesOf, chosenOf, isEarlier } from '../../components/widgets/difference/choices';
import { DifferenceView } from '../../components/widgets/difference/difference-view';
import { nameRows, totalRows, typeRows } from '../../components/widgets/difference/names';
import { isChanged, slotRows } from '../../components/widgets/difference/slots';
import { differenceText, versionsText } from '../../components/widgets/difference/text';
import { VersionsView } from '../../components/widgets/difference/versions-view';
import { type Traced, traced } from './traced';

const CELLS = [
  "kept = [1]\nn = 1000\ndying = {'a': kept}\nclass Node: pass\nring = Node()\nring.me = ring\n",
  'new = (kept, [7], kept)\nother = n\ndel dying, ring\nimport gc\ngc.collect()\n',
];
const nothing = () => {};
const letters = new Map<number, string>();
const names = { before: 'then', after: 'now' };

const textOf = (html: string) =>
  html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ');

function differenceOf({ ask, runs, end }: Traced) {
  return ask({ what: 'difference', before: { run: 1, step: runs[0]!.steps }, after: end });
}

describe('by object', () => {
  it('tells who was born, died and changed hands, each slot lost and gained', async () => {
    const reading = differenceOf(await traced(...CELLS));
    const text = differenceText(reading, names, letters);
    const html = renderToStaticMarkup(
      <DifferenceView reading={reading} names={names} letters={letters} selected={null} onSelect={nothing} />,
    );
    const bodies = html
      .split('<tbody')
      .slice(1)
      .map((body) => textOf(`<tbody${body.split('</tbody>')[0]}`));
    const pairs = [
      ...reading.changed,
      ...reading.born.map(({ counted }) => ({ before: null, after: counted })),
      ...reading.died.map(({ counted }) => ({ before: counted, after: null })),
    ];
    expect(bodies).toHaveLength(pairs.length);
    pairs.forEach(({ before, after }) => {
      const { object } = (after ?? before)!;
      const body = bodies.find((each) => each.includes(`${object.repr} `) && each.includes(object.id))!;
      expect([object.repr, body]).not.toContain(undefined);
      expect(text).toContain(object.repr);
      expect(body).toContain(`${before?.count ?? '–'} → to ${after === null ? 0 : after.count}`);
      const rows = slotRows(before, after);
      const lost = rows.filter((row) => row.before?.isChange).length;
      const gained = rows.filter((row) => row.after?.isChange).length;
      expect(body.split('lost: ').length - 1).toBe(lost);
      expect(body.split('gained: ').length - 1).toBe(gained);
    });
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.includes('[1], count 2 → 3'));
    expect(lines.slice(at + 1, at + 4).sort()).toEqual([
      '    gained the item [0] to [2] of ([1], [7], [1]), 2 times',
      '    held by the name kept',
      "    lost the value ['a'] of {'a': [1]}",
    ]);
    expect(text).toContain('count was 1; count reached zero');
    expect(text).toContain('count was 2; cycle collected');
    expect(textOf(html)).toContain('died: cycle collected');
  });

  it('the slots of both sides sum up to the counts', async () => {
    const { changed, born, died } = differenceOf(await traced(...CELLS));
    const sum = (n: number, side: { references: number } | null) => n + (side?.references ?? 0);
    for (const [before, after] of [
      ...changed.map((each) => [each.before, each.after] as const),
      ...born.map(({ counted }) => [null, counted] as const),
      ...died.map(({ counted }) => [counted, null] as const),
    ]) {
      const rows = slotRows(before, after);
      if (before) expect(rows.reduce((n, row) => sum(n, row.before), before.holdersOmitted)).toBe(before.count);
      if (after) expect(rows.reduce((n, row) => sum(n, row.after), after.holdersOmitted)).toBe(after.count);
      if (before && after) expect(rows.some(isChanged) || before.count !== after.count).toBe(true);
    }
  });

  it('says so when nothing differs', async () => {
    const past = await traced('x = [1]\n');
    const reading = past.ask({ what: 'difference', before: past.end, after: past.end });
    const html = renderToStaticMarkup(
      <DifferenceView reading={reading} names={names} letters={letters} selected={null} onSelect={nothing} />,
    );
    expect(textOf(html)).toContain('Nothing differs');
  });
});

it('a cell without a line makes no difference, and counts for nothing', async () => {
  const past = await traced('x = [1]\n', '# nothing\n', '');
  for (const { run, steps } of past.runs.slice(1)) {
    const ends = [0, steps].map((step) => ({ run, step }));
    const { born, died, changed } = past.ask({ what: 'difference', before: ends[0]!, after: ends[1]! });
    expect([born, died, changed]).toEqual([[], [], []]);
    const [first, last] = ends.map((at) => past.ask({ what: 'census', at }).types);
    expect(first).toEqual(last);
  }
});

describe('by name', () => {
  it('puts two runs side by side', async () => {
    const past = await traced(
      'my_list = [1, 2]\nyour_list = my_list\nn = 3\n',
      'my_list = [1, 2]\nyour_list = list(my_list)\npairs = [[i] for i in range(5)]\nn = 3\ndel my_list\n',
    );
    const [first, second] = past.runs;
    const at = (run: typeof first) => ({ run: run!.run, step: run!.steps });
    const moments = [first, second].map((run) =>
      past.ask({ what: 'moment', at: at(run), options: { graph: false, around: [] } }),
    );
    const census = [first, second].map((run) => past.ask({ what: 'census', at: at(run) }));
    const rows = nameRows(moments[0]!, moments[1]!);
    expect(Object.fromEntries(rows.map(({ name, status }) => [name, status]))).toEqual({
      my_list: 'gone',
      your_list: 'other count',
      pairs: 'new',
      n: 'same',
    });
    const totals = totalRows([first!, second!], [census[0]!, census[1]!]);
    const types = typeRows(census[0]!, census[1]!);
    expect(types).toContainEqual({ name: 'list', before: 1, after: 7 });
    const html = textOf(
      renderToStaticMarkup(
        <VersionsView
          runs={[first!, second!]}
          moments={[moments[0]!, moments[1]!]}
          census={[census[0]!, census[1]!]}
          names={names}
          letters={letters}
          selected={null}
          onSelect={nothing}
        />,
      ),
    );
    const text = versionsText({ names, rows, totals, types });
    expect(text).toContain('your_list: [1, 2] (list), count 2 → [1, 2] (list), count 1; other count');
    expect(text).toContain('list: 1 → 7 (+6)');
    for (const { name, before, after } of [...totals, ...types]) {
      expect(text).toContain(`${name}: ${before} → ${after}`);
      expect(html).toMatch(new RegExp(`${name} ${before} ${after}`));
    }
    for (const { name, status } of rows) if (status !== 'same') expect(html).toContain(name);
  });
});

it('offers the run’s ends, the step before, pins and other runs', async () => {
  const { runs } = await traced(...CELLS);
  const run = runs[1]!;
  const at = { run: 2, step: 5 };
  const pins = [
    { at: { run: 1, step: 3 }, label: 'pinned' },
    { at: { run: 7, step: 3 }, label: 'of a run that is gone' },
  ];
  const choices = choicesOf({ run, runs, at, from: { run: 2, step: 4 }, pins });
  expect(choices.map(({ label }) => label)).toEqual([
    'the run’s beginning',
    'the run’s end',
    'one step earlier',
    'pinned',
    'the end of cell 1',
  ]);
  expect(chosenOf(choices, null, at).id).toBe('beginning');
  expect(chosenOf(choices, null, { run: 2, step: 0 }).id).toBe('end');
  expect(isEarlier({ run: 1, step: 99 }, { run: 2, step: 0 })).toBe(true);
  const again = choicesOf({ run: { ...run, cellId: '1' }, runs, at, from: at, pins: [] });
  expect(again.filter(({ byName }) => byName)).toHaveLength(1);
});
