// Bundles one TypeScript file with what it imports into .cache/ and imports the result: how a script uses the
// project's own code on a Node that does not read types.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compilerDigest } from './bundle.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} entry path from the repository's root. Returns the module's namespace. */
export async function importTs(entry) {
  const result = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
    define: compilerDigest(),
  });
  const text = result.outputFiles[0].text;
  const folder = join(root, '.cache', 'bundles');
  mkdirSync(folder, { recursive: true });
  // The hash in the name keeps two runs at once from reading each other's half-written file.
  for (const old of readdirSync(folder)) {
    const path = join(folder, old);
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { force: true });
  }
  const name = `${entry.replace(/[^\w]+/g, '-')}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.mjs`;
  const file = join(folder, name);
  writeFileSync(file, text);
  return import(pathToFileURL(file).href);
}
