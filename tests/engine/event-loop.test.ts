/**
 * asyncio's own event loop on our sockets and clocks. The oracle in wasm has no such loop: what a native CPython 3.13
 * prints is beside the program.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const base = join(import.meta.dirname, 'programs');
const script = join(import.meta.dirname, '..', '..', 'scripts', 'py.mjs');

for (const profile of ['3.13', '3.14']) {
  test(`tasks, queues, timeouts and groups (${profile})`, () => {
    const program = join(base, 'event_loop.py');
    const said = execFileSync('node', [script, '--profile', profile, program], { encoding: 'utf8' });
    expect(said).toBe(readFileSync(join(base, 'event_loop.out'), 'utf8'));
  });
}
