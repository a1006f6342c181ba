/**
 * Which files of the library travel together: those that an import asks for, found by doing it. What many modules need
 * is in one pack, which comes with the first import; each of the modules below has the rest of its own in another.
 */
import { type Profile, runProgram } from '../engine/index';
import { standardModules } from '../engine/stdlib/index';
import type { LibraryFile } from './library-files';
import { nodeLibrary } from './library';

/** What lessons and their readers import. Modules that no pack is for come file by file. */
const PACKED =
  `abc argparse array ast asyncio base64 bisect calendar cmath codecs collections collections.abc concurrent.futures
  contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib dis doctest enum fractions
  functools gc graphlib heapq html importlib inspect io itertools json keyword linecache locale logging math numbers
  operator os pathlib pickle platform pprint queue random re reprlib secrets shutil signal statistics string struct
  symtable sys tempfile textwrap threading time timeit tokenize traceback tracemalloc types typing unicodedata unittest
  unittest.mock uuid warnings weakref zlib`.split(/\s+/);

/** Share of the modules above that must need a file for it to come with the first import. */
const COMMON_SHARE = 0.3;
const WORDS = 1 << 24;

export interface Packs {
  /** Paths that come with the first import. */
  readonly common: readonly string[];
  /** By the path that asks for it: the other paths. */
  readonly packs: ReadonlyMap<string, readonly string[]>;
}

/** The compiled files that `import name` asks for, in that order. */
function needed(name: string, profile: Profile, files: ReadonlyMap<string, LibraryFile>): string[] {
  const asked = new Set<string>();
  const library = {
    ...nodeLibrary(profile),
    code(path: string): Uint8Array | null {
      const code = files.get(path)?.code ?? null;
      if (code !== null) asked.add(path);
      return code;
    },
  };
  const source = `try:\n    import ${name}\nexcept ImportError:\n    pass\n`;
  const { stderr } = runProgram({
    source,
    filename: 'pack.py',
    profile,
    modules: standardModules,
    library,
    words: WORDS,
  });
  if (stderr !== '') throw new Error(`import ${name}: ${stderr}`);
  return [...asked];
}

export function libraryPacks(profile: Profile, files: ReadonlyMap<string, LibraryFile>): Packs {
  const closures = new Map(PACKED.map((name) => [name, needed(name, profile, files)]));
  const uses = new Map<string, number>();
  for (const paths of closures.values()) for (const path of paths) uses.set(path, (uses.get(path) ?? 0) + 1);
  const common = [...uses.keys()].filter((path) => uses.get(path)! >= COMMON_SHARE * PACKED.length);
  const packs = new Map<string, string[]>();
  for (const [name, paths] of closures) {
    const stem = name.replaceAll('.', '/');
    const own = [`${stem}.py`, `${stem}/__init__.py`].find((path) => paths.includes(path) && !common.includes(path));
    const rest = paths.filter((path) => !common.includes(path));
    // A single file is one request anyway.
    if (own !== undefined && rest.length > 1) packs.set(own, rest);
  }
  return { common, packs };
}
