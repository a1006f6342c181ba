// One TypeScript entry → one ES module that Node runs, made anew only when a source changed. Node 20 cannot run
// TypeScript by itself; esbuild does the whole engine in well under a second.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digest, isProduct, root } from './sources.mjs';

/** What compiled Python code is kept under (lib/engine-cli/code-cache.ts). */
export const compilerDigest = () => ({
  HEAPBOOK_COMPILER: JSON.stringify(digest(['lib/engine/parser', 'lib/engine/compiler'], isProduct).slice(0, 12)),
});

/** Bundles `entry` (relative to the root), whose sources all lie below `folders`; returns the URL to import. */
export async function bundle(entry, folders) {
  const name = basename(entry, '.ts');
  const directory = join(root, '.cache', 'bundles');
  const file = `${name}-${digest([...folders, 'tsconfig.json'], isProduct)}.mjs`;
  const target = join(directory, file);
  if (!existsSync(target)) {
    mkdirSync(directory, { recursive: true });
    const { build } = await import('esbuild');
    // Written beside and renamed: two commands started at once must not read half a file.
    const partial = `${target}.${process.pid}`;
    await build({
      entryPoints: [join(root, entry)],
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'warning',
      define: compilerDigest(),
      outfile: partial,
    });
    renameSync(partial, target);
    const isOlder = (other) => other !== file && other.startsWith(`${name}-`) && other.endsWith('.mjs');
    for (const old of readdirSync(directory).filter(isOlder)) rmSync(join(directory, old), { force: true });
  }
  return pathToFileURL(target).href;
}
