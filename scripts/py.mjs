// npm run --silent py -- FILE.py [ARG…]: runs a Python file on our engine, as `python FILE.py` would.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure.mjs';
import { bundle } from './bundle.mjs';
import { startEngine } from './engine-worker.mjs';
import { root } from './sources.mjs';

const entry = 'lib/engine-cli/py.ts';
await ensureInstalled();
if (!existsSync(join(root, entry))) {
  console.error(`${entry} is missing`);
  process.exit(2);
}
startEngine(new URL(await bundle(entry, ['lib'])), process.argv.slice(2));
