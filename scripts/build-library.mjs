// Puts the standard library into the exported site: out/library/DIGEST/VERSION/… has each file's text and its compiled
// code, packs/… the compiled files that an import needs together, out/library/VERSION.json says which there are. The
// kernel's worker fetches what a cell imports.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, compilerDigest } from './bundle.mjs';
import { digest, root } from './sources.mjs';

const PROFILES = ['3.13', '3.14'];
const UNICODE_DATA = 'unicodedata.txt';

export async function buildLibrary() {
  const { libraryFiles, libraryData } = await import(await bundle('lib/engine-cli/library-files.ts', ['lib']));
  const { libraryPacks } = await import(await bundle('lib/engine-cli/library-packs.ts', ['lib']));
  const { packFiles } = await import(await bundle('lib/kernel/library-pack.ts', ['lib/kernel']));
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
    const compiled = new Map();
    for (const file of libraryFiles(profile)) {
      const { path, source, code } = file;
      compiled.set(path, file);
      write(`${path}.txt`, source);
      if (code !== null) write(`${path}.bin`, code);
      files[path] = code === null ? 0 : 1;
    }
    write(`${UNICODE_DATA}.txt`, libraryData(profile, UNICODE_DATA));
    files[UNICODE_DATA] = 0;
    // Named by content: what they hold follows from the engine as well, their address does not.
    const writePack = (name, paths) => {
      const pack = packFiles(new Map(paths.map((path) => [path, compiled.get(path).code])));
      const file = `packs/${name}-${createHash('sha256').update(pack).digest('hex').slice(0, 12)}.bin`;
      write(file, pack);
      return file;
    };
    const { common, packs } = libraryPacks(profile, compiled);
    const index = { base: `/${base}/`, files, common: writePack('common', common), packs: {} };
    for (const [path, paths] of packs)
      index.packs[path] = writePack(path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.'), paths);
    writeFileSync(join(target, `${profile}.json`), JSON.stringify(index));
  }
}

if (process.argv[1] === join(root, 'scripts', 'build-library.mjs')) await buildLibrary();
