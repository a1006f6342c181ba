/** The conformance set itself: what is recorded, and the lists beside it. The laws are in conformance/laws.ts. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listPrograms, readList, readManifest } from './conformance/programs';

const base = join(import.meta.dirname, 'conformance');
const programs = listPrograms(base);
const lists = (['skip', 'failing', 'slow'] as const).map((name) => readList(base, name));
const manifest = readManifest(base);

describe('the set', () => {
  test('every program was recorded as it stands', () => {
    expect(manifest).toEqual(Object.fromEntries(programs.map(({ id, hash }) => [id, hash])));
  });

  test('the lists name programs that exist', () => {
    const known = new Set(programs.flatMap(({ id, profiles }) => profiles.map((profile) => `${id}@${profile}`)));
    const named = lists.flatMap((list) => [...list.keys()]);
    // A line without a profile stands for both, also for a program that has only one.
    const ids = new Set(programs.map(({ id }) => id));
    expect(named.filter((name) => !known.has(name) && !ids.has(name.split('@')[0] ?? ''))).toEqual([]);
  });
});
