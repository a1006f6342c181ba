/** The known differences from CPython are still the ones that tests/divergences/ describes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDivergence, readKnownTests } from '../lib/content/divergences';
import type { Profile } from '../lib/engine';
import { runProgram } from './conformance/engine-door';

const base = join(import.meta.dirname, 'divergences');
const known = readKnownTests(base);
const names = readdirSync(base).filter((name) => name.endsWith('.py'));

test.each(names)('%s', (filename) => {
  const source = readFileSync(join(base, filename), 'utf8');
  const { cpython, heapbook, profile: only } = parseDivergence(source, filename);
  expect(heapbook).not.toBe(cpython);
  for (const profile of only ? [only as Profile] : (['3.13', '3.14'] as const)) {
    const { stdout, stderr } = runProgram({ source, filename, profile });
    expect((stdout + stderr).trimEnd().split('\n').at(-1), profile).toBe(heapbook);
  }
});

test("CPython's tests that do not pass are listed once, with a reason and an existing program", () => {
  const seen = new Set<string>();
  for (const { reason, program, tests } of known) {
    expect(reason).toMatch(/^[A-Z`].*\.$/);
    if (program !== undefined) expect(names).toContain(`${program}.py`);
    for (const [module, ids] of Object.entries(tests)) {
      expect(ids.length, reason).toBeGreaterThan(0);
      for (const id of ids) {
        expect(seen.has(`${module} ${id}`), `${module} ${id}`).toBe(false);
        seen.add(`${module} ${id}`);
      }
    }
  }
});
