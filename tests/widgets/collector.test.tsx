/** The collector's pictures and words say what the engine recorded of real collections. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { entriesOf, tellingAt } from '../../components/widgets/collector/choose-collection';
import { CollectionDetail } from '../../components/widgets/collector/collection-detail';
import { CollectorView } from '../../components/widgets/collector/collector-view';
import { GenerationBoxes } from '../../components/widgets/collector/generation-boxes';
import { collectorState } from '../../components/widgets/collector/generation-words';
import { PHASES, gcRefsIn, groupOf, rowsOf } from '../../components/widgets/collector/groups';
import { collectionText, generationsText } from '../../components/widgets/collector/text';
import { phaseSentence } from '../../components/widgets/collector/words';
import type { CollectionReading } from '../../lib/engine/snapshot/trace-types';
import { type Traced, traced } from './traced';

const PHOENIX = `
import gc, _weakref
class Node:
    def __init__(self, name):
        self.name = name
        self.other = None
class Phoenix(Node):
    def __del__(self):
        global back
        back = self
a = Node('a')
b = Node('b')
a.other = b
b.other = a
r = _weakref.ref(a, print)
p = Phoenix('p')
q = Node('q')
p.other = q
q.other = p
keep = Node('keep')
keep.other = Node('kept')
del a, b, p, q
gc.collect()
`;

const nothing = () => {};
const letters = new Map<number, string>();

function readAll({ ask, runs }: Traced) {
  const { run } = runs.at(-1)!;
  const { collections, omitted } = ask({ what: 'collections', run });
  const holdersOf = ({ number }: CollectionReading) => ask({ what: 'collection_holders', run, number });
  return { collections, omitted, holdersOf };
}

/** Text as it is read, with a break where an element ends. */
const textOf = (html: string) =>
  html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ');

describe('a collection with garbage, a finalizer and a resurrection', () => {
  it('puts every object into the group that gc.c puts it into, phase by phase', async () => {
    const { collections, holdersOf } = readAll(await traced(PHOENIX));
    const [collection] = collections;
    const rows = rowsOf(collection!, holdersOf(collection!));
    const told = rows
      .filter((row) => /Node|Phoenix/.test(row.object.type))
      .map((row) => [row.object.type, ...PHASES.map(({ id }) => groupOf(row, id))].join(' > '));
    const garbage = 'candidate > candidate > tentatively unreachable > unreachable > unreachable > unreachable > ';
    const moved = `candidate > candidate > tentatively unreachable${' > reachable'.repeat(5)}`;
    expect(told).toEqual([
      `Node > ${garbage}unreachable > cleared`,
      `Node > ${garbage}unreachable > cleared`,
      `Phoenix > ${garbage}resurrected > resurrected`,
      `Node > ${garbage}resurrected > resurrected`,
      `Node > ${moved}`,
      `Node > ${moved}`,
    ]);
    expect(rows.filter((row) => row.isFinalized).map((row) => row.object.type)).toEqual(['Phoenix']);
  });

  it('says which reference reached what was moved back, each from something reached before', async () => {
    const { collections, holdersOf } = readAll(await traced(PHOENIX));
    const rows = rowsOf(collections[0]!, holdersOf(collections[0]!));
    const moved = rows.filter((row) => row.isTentative && !row.isUnreachable);
    const ways = moved.filter((row) => row.object.type === 'Node').map((row) => row.reachedBy?.label);
    expect(ways).toEqual(['.other', 'keep']);
    // No chain of explanations runs in a circle.
    const by = new Map(rows.map((row) => [row.object.serial, row]));
    for (const row of moved) {
      const seen = new Set<number>();
      for (let at: typeof row | undefined = row; at?.reachedBy; at = by.get(at.reachedBy.from?.serial ?? -1)) {
        expect(seen.has(at.object.serial)).toBe(false);
        seen.add(at.object.serial);
      }
    }
  });

  it('shows in picture and words every count, every gc_refs and every reference that is taken off', async () => {
    const { collections, holdersOf } = readAll(await traced(PHOENIX));
    const [collection] = collections;
    const holders = holdersOf(collection!);
    const rows = rowsOf(collection!, holders);
    const text = collectionText(collection!, rows, letters);
    expect(rows.length).toBe(collection!.candidates.length);
    PHASES.forEach(({ id, name }, phase) => {
      const html = renderToStaticMarkup(
        <CollectionDetail
          collection={collection!}
          holders={holders}
          letters={letters}
          selected={null}
          onSelect={nothing}
          phase={phase}
        />,
      );
      expect(textOf(html)).toContain(phaseSentence(collection!, id));
      const lines = html.split('<tbody>')[1]!.split('</tbody>')[0]!.split('<tr').slice(1);
      // Two lines an object: its numbers, and who holds it.
      expect(lines.length % 2).toBe(0);
      const shown = lines.flatMap((line, i) => (i % 2 === 0 ? [`${line}<tr${lines[i + 1]}`] : []));
      const whole = rows.filter((row) => !row.isPart);
      expect(shown).toHaveLength(whole.length);
      const words = text
        .split(`. ${name} (${id}). `)[1]!
        .split('\n')
        .slice(1, rows.length + 1);
      rows.forEach((row, i) => {
        const refs = gcRefsIn(row, id);
        expect(words[i]).toContain(row.object.repr);
        expect(words[i]).toContain(`count ${row.refcount}`);
        expect(words[i]).toContain(groupOf(row, id));
        if (refs !== null) expect(words[i]).toContain(`gc_refs ${refs}`);
        const taken = (row.holders ?? []).filter((holder) => holder.inside);
        expect(words[i]!.split('taken off: ').length - 1).toBe(id === 'subtract_refs' ? taken.length : 0);
      });
      whole.forEach((row, i) => {
        const said = textOf(`<tr${shown[i]}`);
        expect(said).toContain(row.object.repr);
        expect(said).toContain(groupOf(row, id));
        const cells = shown[i]!.split('<td')
          .slice(1)
          .map((cell) => textOf(`<td${cell}`).trim());
        expect(cells[0]).toBe(String(row.refcount));
        expect(cells[1]!.split(' ')[0]).toBe(String(gcRefsIn(row, id) ?? '–'));
        if (id !== 'subtract_refs') return;
        expect(cells[2]).toContain(`${row.refcount} − ${row.refcount - row.gcRefs} = ${row.gcRefs}`);
        for (const { inside, label } of row.holders!.slice(0, 4)) {
          expect(said).toContain(inside ? 'taken off: ' : 'from outside: ');
          expect(said).toContain(label);
        }
      });
    });
    expect(text).toContain(
      '1 weak reference to them is cleared before any code of the program runs; 1 callback is called.',
    );
    expect(text).toContain('its callback is called');
  });
});

const LOOP = `
import gc
class Node: pass
gc.set_threshold(20, 4, 2)
kept = []
for i in range(400):
    n = Node()
    if i == 300: n.me = n
    kept.append([i])
`;

describe('many collections', () => {
  it('opens the telling one at each moment and puts quiet neighbours together', async () => {
    const { collections } = readAll(await traced(LOOP));
    expect(collections.length).toBeGreaterThan(10);
    const at = (step: number) => ({ run: 1, step });
    const found = collections.filter((each) => each.totals.unreachable > 0);
    expect(found).toHaveLength(1);
    expect(tellingAt(collections, at(0), at(0))).toBeNull();
    expect(tellingAt(collections, at(1e9), at(1e9 - 1))).toBe(found[0]);
    for (const each of collections.filter(({ number }) => number < found[0]!.number)) {
      expect(tellingAt(collections, at(each.at.step + 1), each.at)).toBe(each);
    }
    const entries = entriesOf(collections, found[0]!.number);
    const numbers = entries.flatMap((entry) =>
      entry.kind === 'one' ? [entry.collection.number] : entry.collections.map(({ number }) => number),
    );
    expect(numbers).toEqual(collections.map(({ number }) => number));
    expect(entries.length).toBeLessThan(collections.length);
  });

  it('shows the counters of every moment, and when the next collection comes', async () => {
    const past = await traced(LOOP);
    const { collections } = readAll(past);
    for (const { at, countsBefore, countsAfter, thresholds } of collections.slice(0, 8)) {
      const before = collectorState(past.ask({ what: 'collector', at }));
      expect(before.generations.map((each) => each.threshold)).toEqual(thresholds);
      expect(before.generations.slice(1).map((each) => each.count)).toEqual(countsBefore.slice(1));
      const after = collectorState(past.ask({ what: 'collector', at: { run: 1, step: at.step + 1 } }));
      expect(after.generations.slice(1).map((each) => each.count)).toEqual(countsAfter.slice(1));
    }
    const end = past.ask({ what: 'collector', at: past.end });
    const state = collectorState(end);
    expect(state.generations.map((each) => each.objects)).toEqual(end.objects);
    const text = generationsText(state);
    const html = textOf(renderToStaticMarkup(<GenerationBoxes state={state} />));
    for (const [i, objects] of end.objects.entries()) {
      const { counts, thresholds, stats } = end;
      const [count, threshold, { collections: times, collected }] = [counts[i]!, thresholds[i]!, stats[i]!];
      expect(text).toContain(`counter ${count} of ${threshold}`);
      expect(html.replace(/ /g, '')).toContain(`${count}/${threshold}`);
      for (const told of [text, html]) {
        expect(told).toMatch(
          new RegExp(`${objects.toLocaleString('en')} objects?, ${times} runs?, ${collected} object`),
        );
      }
    }
    // Once more than the counter says, and the collector runs.
    const at = collections[2]!.at;
    const { generations } = collectorState(past.ask({ what: 'collector', at }));
    expect(generations[0].count).toBeLessThanOrEqual(generations[0].threshold + 1);
    const off = await traced('import gc\ngc.disable()\n');
    const said = generationsText(collectorState(off.ask({ what: 'collector', at: off.end })));
    expect(said).toContain('Not collected by itself: gc.disable() was called.');
  });

  it('says the line that was running', async () => {
    const loop = 'kept = []\n\nfor i in range(3000):\n    kept.append([])\n';
    const past = await traced('x = 1\n', loop, 'def collect():\n    import gc\n    gc.collect()\n', 'collect()\n');
    const of = (run: number) => past.ask({ what: 'collections', run: past.runs[run]!.run }).collections;
    expect(of(1).map(({ line, file }) => [line, file])).toEqual([[4, null]]);
    expect(of(3).map(({ line, file }) => [line, file])).toEqual([[3, '<cell 3>']]);
    expect(collectionText(of(3)[0]!, [], letters)).toContain('generation 2, line 3 of cell 3;');
  });

  it('says so where none has run', async () => {
    const past = await traced('x = [1]\n');
    const html = renderToStaticMarkup(
      <CollectorView
        collections={[]}
        omitted={0}
        dropped={0}
        at={past.end}
        open={null}
        holders={null}
        state={collectorState(past.ask({ what: 'collector', at: past.end }))}
        letters={letters}
        selected={null}
        onSelect={nothing}
        onGoTo={nothing}
      />,
    );
    expect(textOf(html)).toContain('It did not run here.');
    expect(textOf(html)).toContain('/ 2,000');
  });
});
