/** lib/engine/SPEC.md holds: its numbers have no gap, each rule names its source, and every test it names exists. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listPrograms } from '../conformance/programs';

const root = join(import.meta.dirname, '..', '..');
const spec = readFileSync(join(root, 'lib', 'engine', 'SPEC.md'), 'utf8');
const rules = [...spec.matchAll(/^- \*\*([A-Z]+)(\d+)\*\* (.+?) — (.+?) · (.+)$/gm)].map(
  ([, family = '', number = '', text = '', source = '', tests = '']) => ({
    family,
    number: Number(number),
    text,
    source,
    tests,
  }),
);
const programs = new Set(listPrograms(join(root, 'tests', 'conformance')).map(({ id }) => id));
const sources = ['engine', 'property']
  .flatMap((folder) => readdirSync(join(root, 'tests', folder)).map((file) => join(root, 'tests', folder, file)))
  .filter((path) => path.endsWith('.test.ts') && !path.endsWith('spec.test.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

describe('lib/engine/SPEC.md', () => {
  test('every line that begins a rule reads as one', () => {
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.length).toBe(spec.match(/^- \*\*/gm)?.length);
  });

  test('numbers begin at 1 and have no gap', () => {
    for (const family of new Set(rules.map((rule) => rule.family))) {
      const numbers = rules.filter((rule) => rule.family === family).map(({ number }) => number);
      expect([family, numbers]).toEqual([family, numbers.map((_, i) => i + 1)]);
    }
  });

  test('every rule names tests, and every named test exists', () => {
    const missing: string[] = [];
    for (const { family, number, tests } of rules) {
      const titles = [...tests.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
      const ids = tests.replace(/"[^"]+"/g, '').match(/[\w-]+\/\w+/g) ?? [];
      if (titles.length + ids.length === 0) missing.push(`${family}${number} names no test`);
      for (const id of ids) if (!programs.has(id)) missing.push(`${family}${number}: ${id}`);
      // A title may be the beginning of a template.
      for (const title of titles) {
        const isThere = ["'", '`'].some((quote) => sources.includes(quote + title));
        // Cases of a table are keys, some of them unquoted.
        if (!isThere) missing.push(`${family}${number}: "${title}"`);
      }
    }
    expect(missing).toEqual([]);
  });
});
