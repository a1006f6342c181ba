// npm run check: what can be said about the sources without running them. Every check runs, also after one failed.
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './ensure.mjs';
import { root } from './sources.mjs';

const checks = [
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
  // The engine again without the names of a browser or of Node: it has neither.
  ['engine types', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.engine.json'],
  ['lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  ['boundaries', 'scripts/check-boundaries.mjs'],
  ['docs', 'scripts/check-docs.mjs'],
];

/** Runs all; returns the names of those that failed. */
export async function check() {
  await ensureInstalled();
  const failed = [];
  for (const [name, ...args] of checks) {
    const started = Date.now();
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (status !== 0) failed.push(name);
  }
  return { passed: checks.length - failed.length, failed };
}

if (process.argv[1]?.endsWith('check.mjs')) {
  const { failed } = await check();
  process.exit(failed.length > 0 ? 1 : 0);
}
