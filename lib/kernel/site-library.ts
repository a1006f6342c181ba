/**
 * The standard library in a page: the native modules as a chunk of their own, and the Python files from the site,
 * fetched when they are imported: a pack with all that the import will ask for, or the one file. An import cannot wait for a promise, so the request is a synchronous one, as workers may
 * make; the browser keeps what it fetched.
 */
// The whole engine, not the parts that natives name: the two scripts then share one that has all of it in one scope.
import '../engine/index';
import type { Library, Profile } from '../engine/index';
import { standardModules } from '../engine/stdlib/index';
import type { LoadedLibrary } from './engine-port';
import { unpackFiles } from './library-pack';

interface Index {
  /** The folder's address. */
  readonly base: string;
  /** 1 where there is compiled code beside the text. */
  readonly files: Readonly<Record<string, 0 | 1>>;
  /** The pack of what most imports need, and others by the file that asks for them (library-pack.ts). */
  readonly common: string;
  readonly packs: Readonly<Record<string, string>>;
}

function fetchNow(address: string, type: 'text' | 'arraybuffer'): string | ArrayBuffer | null {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.responseType = type;
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? (request.response as string | ArrayBuffer) : null;
}

function libraryOf(profile: Profile, index: Index): Library {
  const texts = new Map<string, string | null>();
  const codes = new Map<string, Uint8Array>();
  const opened = new Set<string>();
  const fetchCode = (name: string): Uint8Array | null => {
    const data = fetchNow(`${index.base}${name}`, 'arraybuffer') as ArrayBuffer | null;
    return data === null ? null : new Uint8Array(data);
  };
  const openPack = (name: string): void => {
    if (opened.has(name)) return;
    opened.add(name);
    const pack = fetchCode(name);
    if (pack !== null) for (const [path, code] of unpackFiles(pack)) codes.set(path, code);
  };
  return {
    root: `/lib/python${profile.replace('.', '')}.zip`,
    files: () => Object.keys(index.files),
    read(path) {
      if (!(path in index.files)) return null;
      let text = texts.get(path);
      if (text === undefined) {
        text = fetchNow(`${index.base}${path}.txt`, 'text') as string | null;
        texts.set(path, text);
      }
      return text;
    },
    has: (path) => path in index.files,
    code(path) {
      if (index.files[path] !== 1) return null;
      if (!codes.has(path)) openPack(index.common);
      const pack = index.packs[path];
      if (pack !== undefined && !codes.has(path)) openPack(pack);
      return codes.get(path) ?? fetchCode(`${path}.bin`);
    },
  };
}

/** The modules, and the library of a version if the site has one. */
export async function loadLibrary(profile: Profile): Promise<LoadedLibrary> {
  const answer = await fetch(`/library/${profile}.json`);
  if (!answer.ok) return { modules: standardModules, library: null };
  return { modules: standardModules, library: libraryOf(profile, (await answer.json()) as Index) };
}
