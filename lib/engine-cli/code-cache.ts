/**
 * Compiled code between runs, in .cache/compiled/ below the project, in a folder named by the compiler that made it.
 * scripts/bundle.mjs puts the compiler's digest in; without one nothing is kept on disk.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeCache } from '../engine/index';

declare const HEAPBOOK_COMPILER: string | undefined;

function findFolder(): string | null {
  if (typeof HEAPBOOK_COMPILER === 'undefined') return null;
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    if (!existsSync(join(at, 'node_modules'))) continue;
    const all = join(at, '.cache', 'compiled');
    const folder = join(all, HEAPBOOK_COMPILER);
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      // Other compilers' work; the newest few may still be in use.
      for (const old of readdirSync(all).slice(0, -3)) {
        if (old === HEAPBOOK_COMPILER) continue;
        try {
          rmSync(join(all, old), { recursive: true, force: true });
        } catch {
          // Another command writes into it just now; a later one takes it away.
        }
      }
    }
    return folder;
  }
  return null;
}

export function nodeCodeCache(): CodeCache {
  const folder = findFolder();
  const memory = new Map<string, Uint8Array>();
  const keyOf = (profile: string, filename: string, source: string): string =>
    createHash('sha1').update(`${profile}\0${filename}\0${source}`).digest('hex');
  return {
    get(profile, filename, source) {
      const key = keyOf(profile, filename, source);
      const known = memory.get(key);
      if (known !== undefined || folder === null) return known ?? null;
      try {
        const data = new Uint8Array(readFileSync(join(folder, key)));
        memory.set(key, data);
        return data;
      } catch {
        return null;
      }
    },
    set(profile, filename, source, code) {
      const key = keyOf(profile, filename, source);
      memory.set(key, code);
      if (folder === null) return;
      try {
        // Written beside and renamed: two programs at once must not read half a file.
        const partial = join(folder, `${key}.${process.pid}`);
        writeFileSync(partial, code);
        renameSync(partial, join(folder, key));
      } catch {
        // A full or read-only disk: it is compiled again next time.
      }
    },
  };
}
