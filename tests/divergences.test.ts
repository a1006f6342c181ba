/** The known differences from CPython are still the ones that tests/divergences/ describes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Profile } from '../lib/engine';
import { runProgram } from './conformance/engine-door';

const base = join(import.meta.dirname, 'divergences');
const names = readdirSync(base).filter((name) => name.endsWith('.py'));

/** `# key: value` in the comment that opens the program. */
function headOf(source: string): Map<string, string> {
  const comment = source.slice(0, source.search(/^[^#]/m));
  return new Map([...comment.matchAll(/^# (\w+): (.+)$/gm)].map(([, key = '', value = '']) => [key, value]));
}

test.each(names)('%s', (filename) => {
  const source = readFileSync(join(base, filename), 'utf8');
  const head = headOf(source);
  for (const key of ['category', 'description', 'cause', 'workaround', 'cpython']) expect(head.get(key)).toBeTruthy();
  expect(head.get('heapbook')).not.toBe(head.get('cpython'));
  const only = head.get('profile') as Profile | undefined;
  for (const profile of only ? [only] : (['3.13', '3.14'] as const)) {
    const { stdout, stderr } = runProgram({ source, filename, profile });
    expect((stdout + stderr).trimEnd().split('\n').at(-1), profile).toBe(head.get('heapbook'));
  }
});
