// Which files a product of ours depends on, as one digest. Node built-ins only: this runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file below `paths` (files or folders, relative to the root), sorted; `keep` may refuse some. */
export function listFiles(paths, keep = () => true) {
  const found = [];
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) {
        if (name !== 'node_modules' && !name.startsWith('.')) visit(`${path}/${name}`);
      }
    } else if (keep(path)) found.push(path);
  };
  for (const path of paths) visit(path);
  return found.sort();
}

/** A digest over names and contents, and over the Node version's major number, which decides what a build may use. */
export function digest(paths, keep) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const path of listFiles(paths, keep)) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 24);
}

export const isProduct = (path) => !/\.test\.tsx?$/.test(path) && !path.endsWith('.md');
