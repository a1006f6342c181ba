/** The biography's list and its words, against the engine's readings of real runs. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BiographyView } from '@/components/widgets/biography/biography-view';
import { ChooseObject } from '@/components/widgets/biography/choose-object';
import { entriesOf, momentAfter, lifeItems, standingAt } from '@/components/widgets/biography/life';
import {
  biographyText,
  cutText,
  entryText,
  eventSlot,
  plainSlot,
  retainedText,
  standingText,
  whyTexts,
} from '@/components/widgets/biography/text';
import type { Moment } from '@/lib/engine/snapshot/trace-types';
import { type Traced, traced } from './traced';

const CYCLE = `import gc
class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

a = Node("a")
b = Node("b")
a.other = b
b.other = a
pair = [a, b]
del a, b
pair = None
gc.collect()
`;

function serialOf(past: Traced, label: string): number {
  for (const { run } of past.runs) {
    const found = past.ask({ what: 'lifetimes', run }).lifetimes.find((each) => each.label === label);
    if (found) return found.serial;
  }
  throw new Error(`no ${label}`);
}

function asked(past: Traced, label: string, at: Moment = past.end) {
  const serial = serialOf(past, label);
  const reading = past.ask({ what: 'biography', serial });
  const isAlive = standingAt(reading, at) === 'alive';
  const why = isAlive ? past.ask({ what: 'why_alive', serial, at }) : null;
  const letters = new Map([[serial, 'A']]);
  return { serial, reading, why, telling: { at, runs: past.runs, letters } };
}

const plain = (html: string) =>
  html
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<\/(li|p)>/g, '\n')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/[^\S\n]+/g, ' ');

function draw(past: Traced, label: string, at: Moment = past.end): string {
  const { serial, reading, why, telling } = asked(past, label, at);
  return renderToStaticMarkup(
    <BiographyView
      reading={reading}
      why={why}
      at={at}
      runs={past.runs}
      letters={telling.letters}
      selected={serial}
      onGoTo={() => {}}
      onSelect={() => {}}
    />,
  );
}

describe('the life', () => {
  it('adds up: the holders gained and lost make the count at each moment', async () => {
    const past = await traced(CYCLE);
    const { reading, serial } = asked(past, 'a');
    for (const entry of entriesOf(reading)) {
      if (entry.count === null || entry.count === 0) continue;
      const counted = past.ask({ what: 'why_alive', serial, at: momentAfter(entry) }).counted;
      expect([entry.line, entry.count]).toEqual([entry.line, counted.count]);
    }
    expect(reading.events[0]!.kind).toBe('born');
    expect(reading.events.at(-1)).toMatchObject({ kind: 'died', cause: 'cycle collected' });
  });

  it('is drawn entry by entry, each a link, with its count', async () => {
    const past = await traced(CYCLE);
    const { reading } = asked(past, 'a');
    const html = draw(past, 'a');
    const { items, hidden } = lifeItems(reading, past.end, false);
    const entries = items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : []));
    const lines = [...html.matchAll(/<li[^>]*>[\s\S]*?<\/li>/g)].map(([line]) => plain(line));
    const drawn = lines.filter((line) => line.includes(', step '));
    expect(drawn).toHaveLength(entries.length);
    for (const [i, entry] of entries.entries()) {
      const line = drawn[i]!;
      expect(line).toContain(`line ${entry.line}`);
      expect(line).toContain(`step ${entry.step.step + 1}`);
      if (entry.count !== null) expect(line).toContain(`count ${entry.count}`);
      for (const event of entry.events) {
        const slot = eventSlot(event);
        const isStack = event.holder?.kind === 'stack' || event.holder?.label.startsWith('built-in');
        if (slot?.slot && !isStack) expect(line).toContain(slot.slot);
      }
    }
    expect(hidden).toBeGreaterThan(0);
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  });

  it('places the learner between what was and what comes', async () => {
    const past = await traced(CYCLE);
    const { reading } = asked(past, 'a');
    const entries = entriesOf(reading);
    for (const entry of entries) {
      const { items } = lifeItems(reading, momentAfter(entry), true);
      const here = items.findIndex(({ kind }) => kind === 'here');
      expect(items[here - 1]).toEqual({ kind: 'entry', entry });
      expect(items.filter(({ kind }) => kind === 'entry')).toHaveLength(entries.length);
    }
    const before = { run: 1, step: entries[0]!.step.step };
    expect(standingAt(reading, before)).toBe('unborn');
    expect(standingAt(reading, momentAfter(entries[0]!))).toBe('alive');
    expect(standingAt(reading, past.end)).toBe('dead');
  });

  it('tells who took a reference over without a change of the count', async () => {
    const past = await traced('def f():\n    y = [[1]]\n    return y\nkept = f()\n');
    const { reading, telling } = asked(past, 'kept');
    const text = entriesOf(reading)
      .map((entry) => entryText(entry, false, telling))
      .join('\n');
    expect(text).toContain('gained the local name y of f()');
    expect(text).toContain('gained the name kept');
  });

  it('says what is left out of a long life, which has its two ends', async () => {
    const past = await traced('x = []\nkeep = []\nfor i in range(400):\n    keep.append(x)\ndel keep\ndel x\n');
    const { reading, telling } = asked(past, 'x');
    expect(reading.omitted).toBeGreaterThan(100);
    expect(reading.events[0]!.kind).toBe('born');
    expect(reading.events.at(-1)!.kind).toBe('died');
    const { items } = lifeItems(reading, past.end, true);
    expect(items.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', steps: reading.omitted }]);
    expect(biographyText(reading, null, true, telling)).toContain(
      `${reading.omitted} steps that changed its count, left out`,
    );
  });

  it('points at slots that have no name in Python', async () => {
    const past = await traced('class A:\n    def go(self): pass\na = A()\nkeep = [a.go]\nx = [1]\ni = iter(x)\n');
    const words = (label: string) => {
      const { reading, telling } = asked(past, label);
      return entriesOf(reading)
        .map((entry) => entryText(entry, false, telling))
        .join('\n');
    };
    expect(words('a')).toContain('gained the attribute .__self__ of <method object>');
    expect(words('x')).toContain('gained the reference in <list_iterator object>');
    expect(words('A')).toContain('gained the class of <A object>');
  });

  it('names the cell of another run', async () => {
    const past = await traced('x = [1]\n', 'x = None\n');
    const { reading, telling } = asked(past, 'x');
    const words = entriesOf(reading).map((entry) => entryText(entry, false, telling));
    const text = biographyText(reading, null, false, telling);
    expect(text).toMatch(/In cell 1:\n {2}line 1, step [\s\S]*In cell 2:\n {2}line 1, step/);
    expect(words[0]).toMatch(/^line 1, step \d+: born; count 1$/);
    expect(words.at(-1)).toMatch(/^line 1, step \d+: lost the name x, freed, because its count reached zero; count 0$/);
    expect(standingText(reading, null, telling)).toBe(
      'list A is dead at this moment. It died in line 1: its count reached zero.',
    );
  });
});

describe('why it is alive', () => {
  const TREE = `class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

cache = {"root": Node([1, 2])}
cache["root"].next = Node([[3], [4]])
x = cache["root"].next.value
del x
y = [0]
z = [y]
`;
  it('goes from a name over each slot to the object', async () => {
    const past = await traced(TREE);
    const { why, telling } = asked(past, 'x');
    expect(why!.path.map(({ label }) => label)).toEqual(['cache', "['root']", '.next', '.value']);
    expect(why!.path[0]).toMatchObject({ kind: 'name', from: null });
    expect(why!.cut).toMatchObject({ label: '.value', to: { serial: why!.object.serial } });
    expect(cutText(why!, telling.letters)).toBe(
      'One reference keeps it: without the attribute .value of <Node object>, list A would be freed.',
    );
    expect(why!.retained.objects).toBe(3);
    const html = plain(draw(past, 'x'));
    for (const { label, object } of why!.path) {
      expect(html).toContain(label);
      expect(html).toContain(object.repr);
    }
    expect(html).toContain('cut here');
    expect(html).toContain(retainedText(why!, telling.letters));
    expect(retainedText(why!, telling.letters)).toBe(
      `If list A were freed, 2 other objects would be too: ${why!.retained.bytes} bytes in all.`,
    );
  });

  it('says when no single reference would do', async () => {
    const past = await traced(TREE);
    const { why, telling } = asked(past, 'y');
    expect(why!.cut).toBeNull();
    expect(draw(past, 'y')).not.toContain('cut here');
    expect(cutText(why!, telling.letters)).toMatch(/^More than one way leads to list A/);
  });

  it('cutting it does free it: the engine agrees when the program does so', async () => {
    const past = await traced(TREE, 'cache["root"].next.value = None\n');
    const { reading } = asked(past, 'x');
    expect(reading.events.at(-1)).toMatchObject({ kind: 'died', cause: 'count reached zero', at: { run: 2 } });
  });

  it('knows garbage', async () => {
    const past = await traced(CYCLE.replace('gc.collect()\n', 'pass\n'));
    const { why, telling } = asked(past, 'a');
    expect(why).toMatchObject({ garbage: true, path: [], cut: null });
    const [text] = whyTexts(why!, telling.letters);
    expect(plain(draw(past, 'a'))).toContain(text!);
    expect(text).toContain('only the collector can');
  });

  it('a local name of a running function is a root', async () => {
    const past = await traced('def f(data):\n    count = len(data)\n    return count\nf([1, 2])\n');
    const serial = serialOf(past, 'data');
    const reading = past.ask({ what: 'biography', serial });
    const at = momentAfter(
      entriesOf(reading).find(({ events }) => events.some(({ holder }) => holder?.label === 'data'))!,
    );
    const why = past.ask({ what: 'why_alive', serial, at });
    expect(why.path[0]).toMatchObject({ kind: 'local', label: 'data', frame: 'f' });
    expect(whyTexts(why, new Map())[0]).toContain('the local name data of f()');
  });
});

it('offers the objects of the moment while none is selected', async () => {
  const past = await traced('a = [1]\nb = a\nc = (a,)\nn = None\n');
  const reading = past.ask({ what: 'moment', at: past.end, options: { graph: false, around: [] } });
  const text = plain(renderToStaticMarkup(<ChooseObject reading={reading} letters={new Map()} onSelect={() => {}} />));
  expect(text).toContain('a, b [1]');
  expect(text).toContain('c ([1],)');
  expect(text).not.toContain('None');
});

it('the copied text holds all that is drawn', async () => {
  const past = await traced(CYCLE);
  const { reading, telling } = asked(past, 'a');
  const text = biographyText(reading, null, true, telling);
  for (const event of reading.events) {
    const slot = eventSlot(event);
    if (slot) expect(text).toContain(plainSlot(slot, telling.letters));
  }
  expect(text).toContain('you are here');
});
