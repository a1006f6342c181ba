// Puts the standard library into the exported site: out/library/DIGEST/VERSION/… has each file's text and its compiled
// code, out/library/VERSION.json says which there are. The kernel's worker fetches one when a cell imports it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, compilerDigest } from './bundle.mjs';
import { digest, root } from './sources.mjs';

const PROFILES = ['3.13', '3.14'];
const UNICODE_DATA = 'unicodedata.txt';

export async function buildLibrary() {
  const { libraryFiles, libraryData } = await import(await bundle('lib/engine-cli/library-files.ts', ['lib']));
  const target = join(root, 'out', 'library');
  rmSync(target, { recursive: true, force: true });
  const version = `${JSON.parse(compilerDigest().HEAPBOOK_COMPILER)}${digest(['package-lock.json', 'lib/engine-data', 'lib/engine-cli/library-files.ts'], () => true).slice(0, 8)}`;
  for (const profile of PROFILES) {
    const base = `library/${version}/${profile}`;
    const write = (path, data) => {
      const file = join(root, 'out', base, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, data);
    };
    const files = {};
    for (const { path, source, code } of libraryFiles(profile)) {
      write(`${path}.txt`, source);
      if (code !== null) write(`${path}.bin`, code);
      files[path] = code === null ? 0 : 1;
    }
    write(`${UNICODE_DATA}.txt`, libraryData(profile, UNICODE_DATA));
    files[UNICODE_DATA] = 0;
    writeFileSync(join(target, `${profile}.json`), JSON.stringify({ base: `/${base}/`, files }));
  }
}

if (process.argv[1] === join(root, 'scripts', 'build-library.mjs')) await buildLibrary();
