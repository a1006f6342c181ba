/** The known differences from CPython are still the ones that tests/divergences/ describes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDivergence } from '../lib/content/divergences';
import type { Profile } from '../lib/engine';
import { runProgram } from './conformance/engine-door';

const base = join(import.meta.dirname, 'divergences');
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
