/** The allocator's picture and words give every block and every list that the reading has. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AllocatorView } from '../../components/widgets/allocator/allocator-view';
import {
  blocksIn,
  bytesText,
  placeOf,
  sizedObjects,
  stretchesOf,
  totalsOf,
} from '../../components/widgets/allocator/places';
import { PoolPicture } from '../../components/widgets/allocator/pool-picture';
import { allocatorText, poolText, retainedText } from '../../components/widgets/allocator/text';
import { UNKNOWN_SIZE } from '../../components/widgets/unknown-size';
import { traced } from './traced';

const PROGRAM = `
class Node:
    def __init__(self):
        self.items = [1, 2, 3]
kept = [[i] for i in range(500)]
gone = [(i, i) for i in range(200)]
del gone[::2]
node = Node()
big = list(range(1000))
import sys
size = sys.getsizeof(big)
`;
const letters = new Map<number, string>();
const nothing = () => {};

async function readings() {
  const past = await traced(PROGRAM);
  const reading = past.ask({ what: 'allocator', at: past.end });
  const moment = past.ask({ what: 'moment', at: past.end, options: { graph: true, around: [] } });
  return { past, reading, graph: moment.graph!, moment };
}

describe('the allocator', () => {
  it('draws each block of a pool in its state', async () => {
    const { reading, graph } = await readings();
    const objects = sizedObjects(graph, reading);
    const texts = allocatorText(reading, objects, 'at the run’s end', letters).split('\n');
    let drawn = 0;
    reading.pools.forEach((pool, index) => {
      expect(texts).toContain(`  ${poolText(index, reading)}`);
      const stretches = stretchesOf(pool, reading);
      expect(stretches.reduce((n, { length }) => n + length, 0)).toBe(blocksIn(pool, reading));
      if (pool.size === null) return;
      const html = renderToStaticMarkup(
        <PoolPicture
          reading={reading}
          index={index}
          objects={objects}
          selected={null}
          letters={letters}
          onSelect={nothing}
        />,
      );
      for (const state of ['in use', 'freed', 'never used'] as const) {
        const n = stretches.filter((each) => each.state === state).reduce((sum, { length }) => sum + length, 0);
        expect(html).toContain(`${n} ${state}`);
        if (state === 'in use') {
          expect(n).toBe(pool.used);
          drawn += n;
        }
      }
      const paths = [...html.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d!.split('z').length - 1);
      expect(paths.slice(0, 3).reduce((a, b) => a + b, 0)).toBe(blocksIn(pool, reading));
      const own = objects.filter(({ place }) => place?.index === index);
      expect(html.split('<title>').length - 1).toBe(own.length);
    });
    expect(drawn).toBe(totalsOf(reading).used);
  });

  it('gives each object the size that sys.getsizeof gives, and the block that its id lies in', async () => {
    const { reading, graph, moment, past } = await readings();
    const objects = sizedObjects(graph, reading);
    const named = (name: string) => moment.state.references.find((row) => row.name === name)!.object;
    const big = objects.find(({ node }) => node.object.serial === named('big').serial)!;
    expect(String(big.node.size)).toBe(named('size').repr);
    expect(big.place?.pool.size).toBe(64);
    for (const { node, place } of objects) {
      if (place === null) continue;
      const stretch = stretchesOf(place.pool, reading).find(
        ({ from, length }) => place.block >= from && place.block < from + length,
      );
      expect([node.object.repr, stretch?.state]).toEqual([node.object.repr, 'in use']);
    }
    expect(placeOf('0x10', reading)).toBeNull();
    const { serial } = named('node');
    const why = past.ask({ what: 'why_alive', serial, at: past.end });
    const html = renderToStaticMarkup(
      <AllocatorView
        reading={reading}
        graph={graph}
        why={why}
        asOf="at the run’s end"
        letters={letters}
        selected={serial}
        onSelect={nothing}
      />,
    );
    // The instance and its list.
    expect(why.retained.objects).toBe(2);
    expect(retainedText(why)).toBe(`With it 1 other object would be freed: ${why.retained.bytes} bytes in all.`);
    expect(html).toContain(retainedText(why));
    for (const { name, length, limit } of reading.freeLists) {
      const line = `  ${name}: ${length}${limit === null ? '' : ` of at most ${limit}`}`;
      expect(allocatorText(reading, objects, '', letters).split('\n')).toContain(line);
      if (length > 0) expect(html).toContain(`>${name}</code>`);
    }
    expect(html.split('role="option"').length - 1).toBe(reading.pools.length);
  });

  it('writes bytes in the unit that fits', () => {
    expect([1, 512, 16_384, 1 << 20].map(bytesText)).toEqual(['1 byte', '512 bytes', '16 KiB', '1 MiB']);
  });
});

describe('a size that only the program could tell', () => {
  it('is not told, and the picture and its words say why', async () => {
    const past = await traced('class Own:\n    def __sizeof__(self):\n        return 1000\nown = Own()\nother = [1]\n');
    const reading = past.ask({ what: 'allocator', at: past.end });
    const moment = past.ask({ what: 'moment', at: past.end, options: { graph: true, around: [] } });
    const { serial } = moment.state.references.find(({ name }) => name === 'own')!.object;
    const why = past.ask({ what: 'why_alive', serial, at: past.end });
    expect(why.retained.unsized).toBe(1);
    const objects = sizedObjects(moment.graph!, reading);
    expect(objects.filter(({ node }) => node.size === null).map(({ node }) => node.object.serial)).toEqual([serial]);
    const html = renderToStaticMarkup(
      <AllocatorView
        reading={reading}
        graph={moment.graph!}
        why={why}
        asOf="at the run’s end"
        letters={letters}
        selected={serial}
        onSelect={nothing}
      />,
    );
    const reason = 'a __sizeof__ of its own, which looking does not run';
    expect(html.split(UNKNOWN_SIZE).length - 1).toBeGreaterThanOrEqual(3);
    expect(allocatorText(reading, objects, 'at the run’s end', letters)).toContain(`${UNKNOWN_SIZE}; its own block`);
    expect(retainedText(why)).toContain(`without 1 object whose type has ${reason}`);
  });
});
