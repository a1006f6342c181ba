// Fails when a file imports against the arrows of scripts/boundaries.mjs, or imports something that is not there.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { importsOf, judge } from './boundaries.mjs';
import { listFiles, root } from './sources.mjs';

const endings = ['', '.ts', '.tsx', '.mjs', '.json', '.css', '/index.ts', '/index.tsx'];
const isFile = (path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile();

/** undefined for a package, null for a file that does not exist. */
function resolve(from, specifier) {
  if (!/^(\.|@\/)/.test(specifier)) return undefined;
  const path = specifier.startsWith('@/') ? specifier.slice(2) : posix.join(dirname(from), specifier);
  // A path with a part filled in at run time is known up to that part.
  if (path.endsWith('/')) return path;
  const ending = endings.find((candidate) => isFile(path + candidate));
  return ending === undefined ? null : path + ending;
}

const files = listFiles(['app', 'components', 'lib', 'server', 'mdx-components.tsx'], (path) =>
  /\.(tsx?|mjs)$/.test(path),
);
let faults = 0;
let arrows = 0;
for (const path of files) {
  for (const found of importsOf(readFileSync(join(root, path), 'utf8'))) {
    arrows++;
    const target = resolve(path, found.specifier);
    const fault = target === null ? `${found.specifier} does not exist` : judge(path, found, target);
    if (!fault) continue;
    faults++;
    console.error(`${path}:${found.line}: ${fault}`);
  }
}
console.log(`boundaries: ${files.length} files, ${arrows} imports, ${faults} against the arrows`);
process.exit(faults > 0 ? 1 : 0);
