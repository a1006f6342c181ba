// One TypeScript entry → one ES module that Node runs, made anew only when a source changed. Node 20 cannot run
// TypeScript by itself; esbuild does the whole engine in well under a second.
import { threadId } from 'node:worker_threads';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digest, isProduct, root } from './sources.mjs';

/** What compiled Python code is kept under (lib/engine-cli/code-cache.ts). */
export const compilerDigest = () => ({
  HEAPBOOK_COMPILER: JSON.stringify(digest(['lib/engine/parser', 'lib/engine/compiler'], isProduct).slice(0, 12)),
});

/** A bundle that nobody made lately is not being read by a command that started a moment ago. */
const STALE_AFTER_MS = 3_600_000;

const isSource = (path) => path.endsWith('.ts') && isProduct(path);

/** The namespace of a TypeScript module of ours and its tests: how a script uses the project's own code. */
export const importTs = async (entry) => import(await bundle(entry, ['lib', 'tests'], isSource));

/** Bundles `entry` (relative to the root), whose sources all lie below `folders`; returns the URL to import. */
export async function bundle(entry, folders, keep = isProduct) {
  const name = basename(entry, '.ts');
  const directory = join(root, '.cache', 'bundles');
  const file = `${name}-${digest([...folders, 'tsconfig.json'], keep)}.mjs`;
  const target = join(directory, file);
  if (!existsSync(target)) {
    mkdirSync(directory, { recursive: true });
    const { build } = await import('esbuild');
    // Written beside and renamed: two commands, or two workers of one, started at once must not read half a file.
    const partial = `${target}.${process.pid}.${threadId}`;
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
    const isOlder = (other) => {
      if (other === file || !other.startsWith(`${name}-`)) return false;
      const stats = statSync(join(directory, other), { throwIfNoEntry: false });
      return stats !== undefined && Date.now() - stats.mtimeMs > STALE_AFTER_MS;
    };
    for (const old of readdirSync(directory).filter(isOlder)) rmSync(join(directory, old), { force: true });
  }
  return pathToFileURL(target).href;
}
