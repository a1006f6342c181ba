// npm run --silent py -- FILE.py [ARG…]: runs a Python file on our engine, as `python FILE.py` would.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ensureInstalled } from './ensure.mjs';
import { bundle } from './bundle.mjs';
import { root } from './sources.mjs';

const entry = 'lib/engine-cli/py.ts';
await ensureInstalled();
if (!existsSync(join(root, entry))) {
  console.error(`${entry} is missing`);
  process.exit(2);
}
// A thread of its own, for a stack on which native code may nest as deep as CPython's.
const STACK_MB = 64;
const UNITS_PER_MB = 1400;
const worker = new Worker(new URL(await bundle(entry, ['lib'])), {
  argv: process.argv.slice(2),
  workerData: { stackBudget: STACK_MB * UNITS_PER_MB },
  resourceLimits: { stackSizeMb: STACK_MB },
});
worker.on('exit', (code) => {
  process.exitCode = code;
});
