/**
 * The standard library in a page: the native modules as a chunk of their own, and the Python files from the site, each
 * fetched when it is imported. An import cannot wait for a promise, so the request is a synchronous one, as workers may
 * make; the browser keeps what it fetched.
 */
import type { Library, Profile } from '../engine/index';
import { standardModules } from '../engine/stdlib/index';
import type { LoadedLibrary } from './engine-port';

interface Index {
  /** The folder's address. */
  readonly base: string;
  /** 1 where there is compiled code beside the text. */
  readonly files: Readonly<Record<string, 0 | 1>>;
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
      const data = fetchNow(`${index.base}${path}.bin`, 'arraybuffer') as ArrayBuffer | null;
      return data === null ? null : new Uint8Array(data);
    },
  };
}

/** The modules, and the library of a version if the site has one. */
export async function loadLibrary(profile: Profile): Promise<LoadedLibrary> {
  const answer = await fetch(`/library/${profile}.json`);
  if (!answer.ok) return { modules: standardModules, library: null };
  return { modules: standardModules, library: libraryOf(profile, (await answer.json()) as Index) };
}
