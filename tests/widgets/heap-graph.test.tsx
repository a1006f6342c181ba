/** The heap graph against the readings that it is made of: the picture, its words, its tree, and the places of things. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { GraphContent } from '../../components/widgets/heap-graph/canvas/graph-content';
import { firstOptions } from '../../components/widgets/heap-graph/heap-graph';
import { HeapGraphView } from '../../components/widgets/heap-graph/heap-graph-view';
import { fullLayout } from '../../components/widgets/heap-graph/layout/full-layout';
import { layoutInputOf } from '../../components/widgets/heap-graph/layout/layout-input';
import { LayoutStore } from '../../components/widgets/heap-graph/layout/layout-store';
import { buildPicture } from '../../components/widgets/heap-graph/model/build';
import { edgesTo, indexGraph } from '../../components/widgets/heap-graph/model/graph-index';
import type { GraphPicture, PictureOptions } from '../../components/widgets/heap-graph/model/picture';
import { heapText } from '../../components/widgets/heap-graph/text';
import { HeapTree } from '../../components/widgets/heap-graph/tree/tree-items';
import { countWords, heldBy, objectWords } from '../../components/widgets/heap-graph/words';
import type { HeapGraph, MomentReading } from '../../lib/engine/snapshot/trace-types';
import { heapPrograms, largeHeap } from './heap-graph-programs';
import { type Traced, traced } from './traced';

const everything: PictureOptions = { ...firstOptions, everyObject: true, budget: 5_000, firstSlots: 5_000 };
const letters = new Map<number, string>();

function pictureOf(
  graph: HeapGraph,
  options = firstOptions,
  before: HeapGraph | null = null,
  previous: GraphPicture | null = null,
) {
  return buildPicture({ graph, before, deaths: new Map(), letters, options, previous });
}

function arranged(picture: GraphPicture, store = new LayoutStore()) {
  const input = layoutInputOf([picture]);
  store.adopt(fullLayout(input), input);
  return store.arrange(picture, Number.MAX_SAFE_INTEGER);
}

/** The drawn picture: boxes and arrows by what they say of themselves, with the words in them. */
function drawn(picture: GraphPicture) {
  const markup = renderToStaticMarkup(
    <svg aria-hidden="true">
      <GraphContent picture={picture} arrangement={arranged(picture)} selected={null} focused={null} clip="" />
    </svg>,
  );
  const boxes = new Map<number, string[]>();
  for (const [, id, body] of markup.matchAll(/<g data-box="(-?\d+)"(.*?)<\/g>/gs))
    boxes.set(
      Number(id),
      [...body!.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, words]) => plainText(words!)),
    );
  const arrows = [...markup.matchAll(/<g data-arrow="([^"]*)"(.*?)<\/g>/gs)].map(([, key, body]) => ({
    key: plainText(key!),
    isWeak: body!.includes('stroke-dasharray:5_4'),
    isLent: body!.includes('stroke-dasharray:1.5_3.5'),
    times: Number(/×(?:<!-- -->)?(\d+)/.exec(body!)?.[1] ?? 1),
  }));
  return { boxes, arrows };
}

const plainText = (text: string) =>
  text
    .replace(/<!-- -->/g, '')
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Beginnings of lines and the end of the last run, some of them where there are many. */
function momentsOf(program: Traced, most: number): MomentReading[] {
  return program.runs.flatMap(({ run, steps }) => {
    const starts = [...program.ask({ what: 'lines', run, index: 0, step: null }).starts, steps];
    const every = Math.max(1, Math.ceil(starts.length / most));
    const chosen = starts.filter((step, i) => i % every === 0 || step === steps);
    return chosen.map((step) =>
      program.ask({ what: 'moment', at: { run, step }, options: { graph: true, around: [] } }),
    );
  });
}

describe.each(Object.entries(heapPrograms))('%s', (_, cells) => {
  const program = traced(...cells);

  it('draws each object and each reference once, with its count, if every object is shown', async () => {
    for (const { graph } of momentsOf(await program, 6)) {
      const picture = pictureOf(graph!, everything);
      const { boxes, arrows } = drawn(picture);
      expect([...boxes.keys()].filter((id) => id > 0).sort()).toEqual(
        graph!.nodes.map((node) => node.object.serial).sort(),
      );
      for (const { object, count } of graph!.nodes)
        expect(boxes.get(object.serial), object.repr).toContain(count === null ? '∞' : String(count));
      expect(arrows.length).toBe(graph!.edges.length);
      const ends = (each: { from: number; to: number; weak: boolean; borrowed: boolean; references: number }) =>
        `${each.from} ${each.to} ${each.weak} ${each.borrowed} ${each.references}`;
      expect(picture.arrows.map(ends).sort()).toEqual(graph!.edges.map(ends).sort());
      for (const arrow of picture.arrows) {
        const { isWeak, isLent, times } = arrows.find(({ key }) => key === arrow.key)!;
        expect({ isWeak, isLent, times }).toEqual({
          isWeak: arrow.weak,
          isLent: arrow.borrowed && !arrow.weak,
          times: arrow.references,
        });
      }
      const names = graph!.edges.filter((edge) => edge.from === -1 && edge.label !== 'value stack');
      for (const { label } of names) expect(boxes.get(-1)).toContain(label);
    }
  });

  it('accounts for every object in the plain picture, and draws nothing that is not', async () => {
    for (const { graph } of momentsOf(await program, 12)) {
      const picture = pictureOf(graph!);
      const { boxes, inSlots, folded, hidden } = picture.totals;
      expect(boxes + inSlots + folded + hidden).toBe(graph!.nodes.length);
      const { nodes } = indexGraph(graph!);
      for (const box of picture.boxes) {
        if (box.kind === 'frame') continue;
        const node = nodes.get(box.id)!;
        expect([box.count, box.garbage]).toEqual([node.count, node.garbage]);
        expect(node.leaf).toBe(false);
        for (const slot of box.slots)
          if (slot.kind === 'leaf') expect(slot.text).toBe(nodes.get(slot.to!)!.object.repr);
      }
      for (const { from, to, weak } of picture.arrows) {
        // A class draws what its namespace refers to.
        const isThere = graph!.edges.some(
          (edge) => edge.to === to && edge.weak === weak && (edge.from === from || nodes.has(edge.from)),
        );
        expect(isThere).toBe(true);
      }
      const texts = drawn(picture).boxes;
      for (const box of picture.boxes) expect(texts.get(box.id)).toContain(box.title);
    }
  });

  it('marks the cycles of the garbage', async () => {
    for (const { graph } of momentsOf(await program, 12)) {
      const index = indexGraph(graph!);
      const picture = pictureOf(graph!);
      const reach = (start: number) => {
        const seen = new Set<number>();
        const queue = [start];
        for (const id of queue)
          for (const edge of index.outgoing.get(id) ?? [])
            if (!edge.weak && !seen.has(edge.to)) {
              seen.add(edge.to);
              queue.push(edge.to);
            }
        return seen;
      };
      for (const box of picture.boxes) {
        if (!box.garbage) expect(box.cycle).toBe(0);
        else expect(box.cycle > 0, box.about).toBe(reach(box.id).has(box.id));
      }
      for (const one of picture.boxes)
        for (const other of picture.boxes) {
          if (one.cycle === 0 || other.cycle === 0) continue;
          const isOne = reach(one.id).has(other.id) && reach(other.id).has(one.id);
          expect(one.cycle === other.cycle).toBe(isOne);
        }
    }
  });

  it('says in words all that the reading says', async () => {
    for (const { graph } of momentsOf(await program, 6)) {
      const index = indexGraph(graph!);
      const lines = heapText(graph!, letters, []).split('\n');
      for (const node of graph!.nodes) {
        const words = `${objectWords(index, node, letters)}: ${countWords(node)}`;
        const line = lines.find((each) => each.startsWith(words));
        expect(line, words).toBeDefined();
        if (node.garbage)
          expect(lines.filter((each) => each.startsWith(words)).some((each) => /garbage/.test(each))).toBe(true);
        if (node.names.length > 0)
          expect(lines.some((each) => each.includes(`named ${node.names.join(', ')}`))).toBe(true);
      }
      for (const { label, weak, borrowed, references, to } of graph!.edges) {
        const marks = `${weak ? ' (weak)' : ''}${borrowed ? ' (lent, not counted)' : ''}${references > 1 ? ` ×${references}` : ''}`;
        expect(lines).toContain(`  ${label}${marks} → ${objectWords(index, index.nodes.get(to)!, letters)}`);
      }
      expect(lines.filter((line) => line.startsWith('  ') && line.includes(' → ')).length).toBe(graph!.edges.length);
      for (const frame of graph!.frames)
        expect(
          lines.some((line) => (frame.isModule ? line === 'Names of the module:' : line.includes(`${frame.name}()`))),
        ).toBe(true);
    }
  });

  it('has holders that sum up to the count', async () => {
    for (const { graph } of momentsOf(await program, 12)) {
      const index = indexGraph(graph!);
      for (const node of graph!.nodes) {
        if (node.count === null) continue;
        const { edges, weak, lent, elsewhere } = heldBy(index, node);
        expect(elsewhere, node.object.repr).toBeGreaterThanOrEqual(0);
        expect(edges.reduce((sum, edge) => sum + edge.references, 0) + elsewhere!).toBe(node.count);
        expect(edges.length + weak.length + lent.length).toBe(edgesTo(index, node.object.serial).length);
      }
    }
  });

  it('reaches every object in the tree, goes round in no circle, and finds every holder', async () => {
    for (const { graph } of momentsOf(await program, 5)) {
      const index = indexGraph(graph!);
      const tree = new HeapTree(index, letters, true);
      const ways = tree.shortestWays();
      for (const { object, garbage, leaf, dying } of graph!.nodes)
        if (!dying && !(garbage && leaf)) expect(ways.has(object.serial), object.repr).toBe(true);
      for (const { object } of graph!.nodes) {
        const paths = tree.pathsToHolders(object.serial);
        const held = edgesTo(index, object.serial).filter((edge) => edge.from < 0 || ways.has(edge.from));
        expect(paths.length).toBe(held.length);
        for (const path of paths.slice(0, 4)) {
          const item = tree.items(tree.opened(new Map(), path)).find((each) => each.path === path)!;
          expect(item.serial).toBe(object.serial);
        }
      }
    }
  });

  it('keeps each object in its place, forwards and backwards, and never lays one over another', async () => {
    const moments = momentsOf(await program, 30);
    const store = new LayoutStore();
    const first = pictureOf(moments.at(-1)!.graph!);
    const input = layoutInputOf([first]);
    store.adopt(fullLayout(input), input);
    const seen = new Map<number, { x: number; y: number; height: number }>();
    let moves = 0;
    for (const { graph, state } of [...moments, ...moments.toReversed()]) {
      const picture = pictureOf(graph!);
      const { spots } = store.arrange(picture, state.allocated);
      const boxes = picture.boxes
        .filter((box) => box.kind === 'object')
        .map((box) => ({ ...box, ...spots.get(box.id)! }));
      for (const one of boxes) {
        const known = seen.get(one.id);
        if (known !== undefined && known.y !== one.y) moves++;
        seen.set(one.id, one);
        for (const other of boxes) {
          const isApart =
            one.id === other.id ||
            one.x !== other.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(isApart, `${one.about} and ${other.about}`).toBe(true);
        }
      }
    }
    // Only what grows moves what is below it, and that once.
    expect(moves).toBeLessThanOrEqual(seen.size);
    const before = new Map([...seen].map(([id, { x, y }]) => [id, `${x} ${y}`]));
    for (const { graph, state } of moments) {
      const { spots } = store.arrange(pictureOf(graph!), state.allocated);
      for (const [id, { x, y }] of spots) if (id > 0) expect(`${x} ${y}`).toBe(before.get(id));
    }
  });
});

describe('what changes in a step', () => {
  it('shows counts before and after, what is new, and what died as a ghost', async () => {
    const program = await traced('a = [1]\nb = a\nc = [2]\ndel c\n');
    const run = program.runs[0]!.run;
    const { starts } = program.ask({ what: 'lines', run, index: 0, step: null });
    const moments = [...starts, program.end.step].map((step) =>
      program.ask({ what: 'moment', at: { run, step }, options: { graph: true, around: [] } }),
    );
    const [, one, two, three, end] = moments.map((moment) => moment.graph!).slice(-5);
    const [a] = one!.nodes.filter((node) => node.object.type === 'list');
    const second = drawn(pictureOf(two!, firstOptions, one!)).boxes.get(a!.object.serial)!;
    expect(second).toContain('1→2');
    const third = pictureOf(three!, firstOptions, two!);
    const c = third.boxes.find((box) => box.isNew)!;
    expect(drawn(third).boxes.get(c.id)).toContain('new');
    const { steps } = program.ask({
      what: 'steps',
      run,
      from: starts.at(-1)!,
      to: program.end.step,
      granularity: 'line',
    });
    const deaths = new Map(steps.flatMap((step) => step.died).map((death) => [death.object.serial, death.cause]));
    expect(deaths.get(c.id)).toBe('count reached zero');
    const last = buildPicture({ graph: end!, before: three!, deaths, letters, options: firstOptions, previous: third });
    expect(last.byId.get(c.id)?.ghost).toBe('count reached zero');
    expect(drawn(last).boxes.get(c.id)).toContain('freed');
    const text = heapText(end!, letters, [{ words: 'c', cause: 'count reached zero' }]);
    expect(text).toContain('Freed in this step:\n  c: its count reached 0');
  });

  it('draws again only the boxes that changed', async () => {
    const program = await traced('a = [[i] for i in range(5)]\nb = a[0]\n');
    const run = program.runs[0]!.run;
    const { starts } = program.ask({ what: 'lines', run, index: 0, step: null });
    const graphAt = (step: number) =>
      program.ask({ what: 'moment', at: { run, step }, options: { graph: true, around: [] } }).graph!;
    const before = pictureOf(graphAt(starts.at(-1)!));
    const after = pictureOf(graphAt(program.end.step), firstOptions, null, before);
    const changed = after.boxes.filter((box) => before.byId.get(box.id) !== box);
    expect(changed.map((box) => box.title).sort()).toEqual(['Names', 'list']);
  });
});

it('shows values that were there before the program, too', async () => {
  const program = await traced('flags = [True, (), int, print, ..., None]\nd = {"a": (), "b": False}\n');
  const { graph } = program.ask({ what: 'moment', at: program.end, options: { graph: true, around: [] } });
  const slotsOf = (type: string) => {
    const box = pictureOf(graph!).boxes.find(({ title }) => title === type)!;
    return box.slots.map(({ label, text }) => `${label}: ${text}`);
  };
  expect(slotsOf('list')).toEqual([
    '0: True',
    '1: ()',
    '2: <class int>',
    '3: <built-in print>',
    '4: Ellipsis',
    '5: None',
  ]);
  expect(slotsOf('dict')).toEqual(["'a': ()", "'b': False"]);
});

describe('a heap that is larger than a reading', () => {
  it('says what it leaves out, and shows what is asked for', async () => {
    const program = await traced(largeHeap);
    const { graph } = program.ask({ what: 'moment', at: program.end, options: { graph: true, around: [] } });
    expect(graph!.nodesOmitted).toBeGreaterThan(0);
    const picture = pictureOf(graph!);
    const { totals } = picture;
    expect(totals.boxes + totals.inSlots + totals.folded + totals.hidden).toBe(graph!.nodes.length);
    expect(totals.boxes).toBeLessThanOrEqual(firstOptions.budget);
    expect(picture.hidden.reduce((sum, { serials }) => sum + serials.length, 0)).toBe(totals.hidden);
    const props = { graph: graph!, letters, deaths: [], selected: null, isCurrent: true, options: firstOptions };
    const nothing = { onOptions: () => {}, onSelect: () => {}, onReveal: () => {}, onTidyUp: () => {} };
    const markup = renderToStaticMarkup(
      <HeapGraphView {...props} {...nothing} picture={picture} arrangement={arranged(picture)} />,
    );
    const words = plainText(markup.replace(/<[^>]+>/g, ''));
    expect(words).toContain(`Not drawn, ${totals.hidden.toLocaleString('en')} objects`);
    expect(words).toContain(`${graph!.nodesOmitted.toLocaleString('en')} objects more`);
    expect(heapText(graph!, letters, [])).toContain(`Left out: ${graph!.nodesOmitted.toLocaleString('en')} object`);
    const hidden = picture.hidden.find(({ type }) => type === 'Node')!.serials.at(-1)!;
    const asked = pictureOf(graph!, { ...firstOptions, revealed: new Set([hidden]) });
    expect(asked.byId.has(hidden)).toBe(true);
    expect(asked.arrows.some((arrow) => arrow.to === hidden)).toBe(true);
  });
});
