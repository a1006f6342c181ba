/** The allocator's pictures in words. */
import type { AllocatorReading, WhyAliveReading } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { type SizedObject, blocksIn, bytesText, poolName, stretchesOf, totalsOf } from './places';
import { UNKNOWN_SIZE, withoutUnsized } from '../unknown-size';

export function overviewText(reading: AllocatorReading): string {
  const { arenas, arenaBytes, large } = reading;
  const { poolsInUse, pools, used, usedBytes } = totalsOf(reading);
  const beyond =
    large.blocks === 0
      ? ''
      : ` Larger than 512 bytes, and so from the system: ${plural(large.blocks, 'block')}, ${bytesText(large.bytes)}.`;
  return `${plural(arenas, 'arena')} of ${bytesText(arenaBytes)}; ${poolsInUse.toLocaleString('en')} of ${plural(pools, 'pool')} in use; ${plural(used, 'block')} in use, ${bytesText(usedBytes)}.${beyond}`;
}

/** One pool: its blocks from first to last. */
export function poolText(index: number, reading: AllocatorReading): string {
  const pool = reading.pools[index]!;
  const name = poolName(index, reading);
  if (pool.size === null) return `${name}, at ${pool.id}: free, for blocks of any size`;
  const stretches = stretchesOf(pool, reading).map(({ state, length }) => `${length} ${state}`);
  return `${name}, at ${pool.id}: blocks of ${pool.size} bytes, ${pool.used} of ${blocksIn(pool, reading)} in use: ${stretches.join(', ')}`;
}

export function allocatorText(
  reading: AllocatorReading,
  objects: readonly SizedObject[],
  asOf: string,
  letters: ObjectLetters,
): string {
  const lines = [`The allocator ${asOf}.`, overviewText(reading), '', 'Pools:'];
  reading.pools.forEach((_, index) => {
    lines.push(`  ${poolText(index, reading)}`);
  });
  if (reading.poolsOmitted > 0) lines.push(`  and ${plural(reading.poolsOmitted, 'pool')} more`);
  lines.push('', 'Size classes:');
  for (const { size, pools, used, free } of reading.classes) {
    if (pools > 0)
      lines.push(`  ${size} bytes: ${plural(pools, 'pool')}, ${plural(used, 'block')} in use, ${free} free`);
  }
  lines.push('', 'Free lists:');
  for (const { name, length, limit } of reading.freeLists) {
    lines.push(`  ${name}: ${length}${limit === null ? '' : ` of at most ${limit}`}`);
  }
  lines.push('', 'Objects of the program:', ...objects.map((each) => `  ${objectText(each, reading, letters)}`));
  return lines.join('\n');
}

export function objectText({ node, place }: SizedObject, reading: AllocatorReading, letters: ObjectLetters): string {
  const { object, size } = node;
  const letter = letters.get(object.serial);
  const sized = size === null ? UNKNOWN_SIZE : `sys.getsizeof ${plural(size, 'byte')}`;
  return `${letter === undefined ? '' : `${letter} `}${object.repr}: ${sized}; ${blockText(place, reading)}`;
}

/** Where its own block is. */
export function blockText(place: SizedObject['place'], reading: AllocatorReading): string {
  return place === null
    ? 'its own block is larger than 512 bytes'
    : `its own block: ${place.pool.size} bytes, ${poolName(place.index, reading)}`;
}

export function retainedText({ retained, garbage }: WhyAliveReading): string {
  const { bytes, objects, unsized } = retained;
  if (garbage) return 'No root leads to it: only the collector can free it.';
  const others = objects - 1;
  const rest = withoutUnsized(unsized);
  return others === 0
    ? `It holds nothing alone: with it, its own ${bytesText(bytes)} would be free${rest}.`
    : `With it ${plural(others, 'other object')} would be freed: ${bytesText(bytes)} in all${rest}.`;
}
