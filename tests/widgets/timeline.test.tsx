/** The timeline's picture and its words, against what the engine says about each moment of real runs. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { countAt, countSteps, filtered, livesAt, rowsOf, sorted, turns } from '@/components/widgets/timeline/rows';
import { between, lineAxis, showing, stepAxis, ticks, whole, zoomed } from '@/components/widgets/timeline/scale';
import { lifetimeText, timelineText } from '@/components/widgets/timeline/text';
import { TimelineView } from '@/components/widgets/timeline/timeline-view';
import { type Traced, traced } from './traced';

const CLASSIC = 'my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list\ndel your_list\n';
const CYCLE = `import gc
class Node:
    def __init__(self):
        self.other = None

a = Node()
b = Node()
a.other = b
b.other = a
pair = [a, b]
del a, b
del pair
gc.collect()
kept = [None]
`;

function asked(past: Traced, run = past.end.run) {
  const reading = past.ask({ what: 'lifetimes', run });
  const lines = past.ask({ what: 'lines', run, index: 0, step: null });
  const summary = past.runs.find((each) => each.run === run)!;
  const named = filtered(reading.lifetimes, { by: 'named' });
  const letters = new Map(named.map(({ serial }, i) => [serial, String.fromCharCode(65 + i)]));
  return { reading, lines, run: summary, letters, named };
}

function draw(past: Traced, run = past.end.run, selected: number | null = null): string {
  const { reading, lines, run: summary, letters } = asked(past, run);
  return renderToStaticMarkup(
    <TimelineView
      reading={reading}
      lines={lines}
      run={summary}
      at={{ run, step: summary.steps }}
      selected={selected}
      letters={letters}
      onGoTo={() => {}}
      onSelect={() => {}}
    />,
  );
}

const unescaped = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const itemsOf = (html: string) =>
  [...html.matchAll(/<div[^>]*role="treeitem"[^>]*>[\s\S]*?<\/svg><\/div>/g)].map(([item]) => item);

describe('the bars', () => {
  it.each([CLASSIC, CYCLE])('give the count that each moment has', async (code) => {
    const past = await traced(code);
    const { reading } = asked(past);
    let compared = 0;
    for (let step = 0; step <= past.end.step; step++) {
      const { state } = past.ask({ what: 'moment', at: { ...past.end, step }, options: { graph: false, around: [] } });
      for (const { object, count } of [...state.references, ...state.unnamed]) {
        const lifetime = reading.lifetimes.find(({ serial }) => serial === object.serial);
        if (lifetime === undefined || count === null) continue;
        expect(livesAt(lifetime, step)).toBe(true);
        expect([object.repr, step, countAt(lifetime, step)]).toEqual([object.repr, step, count]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(4);
  });

  it('draw each count of the life as a number and a step, and each end with its shape', async () => {
    const past = await traced(CYCLE);
    const { named, letters, run } = asked(past);
    const items = itemsOf(draw(past));
    expect(items).toHaveLength(named.length);
    for (const [i, lifetime] of sorted(named, 'birth', run.steps).entries()) {
      const html = items[i]!;
      expect(unescaped(html)).toContain(`aria-label="${lifetimeText(lifetime, { run, letters })}"`);
      const counts = countSteps(lifetime).map(([, count]) => String(count));
      const drawn = [...html.matchAll(/<text[^>]*>(\d+)<\/text>/g)].map(([, number]) => number);
      // A number is only drawn where there is room for it: those drawn come in the order of the reading.
      let at = 0;
      for (const number of drawn) {
        at = counts.indexOf(number!, at) + 1;
        expect(at).toBeGreaterThan(0);
      }
      const line =
        /class="fill-none stroke-accent"/.test(html) &&
        html.match(/<path d="(M[^"]*)" class="fill-none stroke-accent"/)![1]!;
      expect(String(line).match(/H/g)).toHaveLength(counts.filter((count) => count !== '0').length);
      expect(html.includes('stroke-gained')).toBe(lifetime.born !== null);
      expect(html.includes('stroke-freed')).toBe(lifetime.cause === 'count reached zero');
      expect(html.includes('stroke-cycle')).toBe(lifetime.cause === 'cycle collected');
    }
    expect(named.filter(({ cause }) => cause === 'cycle collected')).toHaveLength(2);
  });

  it('mark the selected object and nothing else', async () => {
    const past = await traced(CLASSIC);
    const { named } = asked(past);
    const html = draw(past, past.end.run, named[0]!.serial);
    expect(html.match(/aria-selected="true"/g)).toHaveLength(1);
    expect(draw(past)).not.toContain('aria-selected="true"');
  });

  it('know an object that is older than the run', async () => {
    const past = await traced('x = [1]\n', 'y = x\ndel y\n');
    const { named, run, letters } = asked(past);
    const old = named.find(({ born }) => born === null)!;
    expect(lifetimeText(old, { run, letters })).toMatch(
      /^list . \(.\): older than this run, count 1 → 2 → 1, alive at the end of the run$/,
    );
    const same = await traced('x = [1]\n', 'y = 1\n');
    const still = asked(same).named.find(({ object }) => object.type === 'list')!;
    expect(countSteps(still)).toEqual([[0, 1]]);
  });
});

describe('the words', () => {
  it('tell a life in one sentence', async () => {
    const past = await traced(CLASSIC);
    const { named, run, letters } = asked(past);
    const [list] = named;
    expect(lifetimeText(list!, { run, letters })).toMatch(
      /^list A \((my|your)_list\): born in step \d+ \(line 1\), count 1 → 2 → 1, freed in step \d+ \(line 4\) because its count reached zero$/,
    );
  });

  it('tell every bar, collection and omission', async () => {
    const past = await traced(CYCLE);
    const { reading, run, letters } = asked(past);
    const rows = rowsOf(sorted(reading.lifetimes, 'name', run.steps), new Set(['Node']));
    const text = timelineText({ ...reading, omitted: 12 }, rows, past.end, { run, letters });
    for (const type of new Set(reading.lifetimes.map(({ object }) => object.type)))
      expect(text).toContain(`  ${type}: `);
    expect(text).toContain('Node: 2 objects, 0 alive at the end of the run');
    expect(text.match(/by the collector, with its cycle/g)).toHaveLength(2);
    expect(text).toContain('(line 13), over generation 2 and the younger.');
    expect(text).toContain('12 more objects are not shown.');
  });

  it('say which cell a line belongs to', async () => {
    const past = await traced('def make():\n    made = [0]\n    return made\n', 'x = make()\n');
    const { named, run, letters } = asked(past);
    expect(lifetimeText(named.at(-1)!, { run, letters })).toContain('(line 2 of cell 1)');
  });
});

describe('the rows', () => {
  it('are none for a cell without a line', async () => {
    for (const code of ['', '# nothing\n']) expect(asked(await traced(code)).reading.lifetimes).toEqual([]);
  });

  it('say in which line something died, not where its finalizer or callback ended', async () => {
    const past = await traced(
      'import weakref\nclass Dog:\n    def __del__(self):\n        pass\ndef bye(ref):\n    pass\nrex = Dog()\nwatch = weakref.ref(rex, bye)\ndel rex\ndone = []\n',
    );
    const rex = asked(past).named.find(({ label }) => label === 'rex')!;
    expect(rex.diedIn!.line).toBe(9);
    const { events } = past.ask({ what: 'biography', serial: rex.serial });
    expect(events.at(-1)).toMatchObject({ kind: 'died', line: 9 });
  });

  it('are those of the program where an import makes thousands of objects', async () => {
    const past = await traced('import weakref\nclass Dog: pass\nrex = Dog()\nwatch = weakref.ref(rex)\ndel rex\n');
    const { reading, named } = asked(past);
    expect(reading.omitted).toBeGreaterThan(0);
    expect(named.map(({ label }) => label)).toEqual(expect.arrayContaining(['Dog', 'rex', 'watch']));
    expect(named.find(({ label }) => label === 'rex')!.diedIn!.line).toBe(5);
  });

  it('are sorted, filtered and grouped', async () => {
    const past = await traced(
      'class T: pass\nb = T()\na = T()\nc = [b]\ndel b\nfor i in range(3):\n    d = (i, T())\n',
    );
    const { reading, run } = asked(past);
    const named = filtered(reading.lifetimes, { by: 'named' });
    expect(named.every(({ label }) => label !== null)).toBe(true);
    const names = sorted(named, 'name', run.steps).map(({ label }) => label!);
    expect(names).toEqual([...names].sort());
    const lengths = sorted(reading.lifetimes, 'lifetime', run.steps).map(
      ({ born, died }) => (died ?? run.steps + 1) - (born ?? -1),
    );
    expect(lengths).toEqual([...lengths].sort((x, y) => y - x));
    const rows = rowsOf(reading.lifetimes, new Set());
    expect(rows.reduce((sum, row) => sum + (row.kind === 'group' ? row.lifetimes.length : 0), 0)).toBe(
      reading.lifetimes.length,
    );
    expect(filtered(reading.lifetimes, { by: 'type', type: 'T' }).length).toBe(5);
  });

  it('draw a window of many', async () => {
    const past = await traced(
      'kept = [[i] for i in range(300)]\nnames = {}\nfor i in range(300):\n    globals()[f"n{i}"] = kept[i]\n',
    );
    const items = itemsOf(draw(past));
    expect(items.length).toBeGreaterThan(10);
    expect(items.length).toBeLessThan(40);
    const size = Number(/aria-setsize="(\d+)"/.exec(items[0]!)![1]);
    expect(size).toBe(asked(past).named.length);
    expect(size).toBeGreaterThan(250);
  });
});

describe('the axis', () => {
  it('gives each line the same room, and each place its moment', async () => {
    const past = await traced(CYCLE);
    const { lines } = asked(past);
    for (const axis of [lineAxis(lines, past.end.step), stepAxis(past.end.step)]) {
      for (let moment = 0; moment <= past.end.step; moment++) {
        expect(axis.momentAt(axis.of(moment))).toBe(moment);
        if (moment > 0) expect(axis.of(moment)).toBeGreaterThan(axis.of(moment - 1));
      }
      expect(axis.of(-0.5)).toBe(0);
      expect(axis.of(past.end.step + 0.5)).toBe(axis.length);
    }
    const axis = lineAxis(lines, past.end.step);
    expect(lines.starts.map((start) => axis.of(start))).toEqual(lines.starts.map((_, i) => i + 0.5));
    const marks = ticks(axis, whole(axis), 0.5, lines);
    expect(marks.map(({ label }) => Number(label))).toEqual([...lines.lines]);
  });

  it('zooms about a place, never out of the run', () => {
    const axis = stepAxis(1000);
    const near = zoomed(whole(axis), axis, 0.1, 200);
    expect(near.to - near.from).toBeCloseTo(axis.length / 10);
    expect((200 - near.from) / (near.to - near.from)).toBeCloseTo(200 / axis.length);
    expect(zoomed(near, axis, 1000)).toEqual(whole(axis));
    expect(between(400, 100, axis)).toEqual({ from: 100, to: 400 });
    const moved = showing(near, axis, 900);
    expect(moved.to).toBeGreaterThan(900);
    expect(showing(near, axis, 205)).toBe(near);
  });

  it('turns where something is new', async () => {
    const past = await traced(CLASSIC);
    const [list] = asked(past).named;
    const all = turns(list!);
    expect(all[0]).toBe(list!.born! + 1);
    expect(all.at(-1)).toBe(list!.died! + 1);
  });
});
