/** What scripts/build-library.mjs puts into the site: the standard library's files, and their compiled code. */
import { precompile, type Profile } from '../engine/index';
import { nodeLibrary } from './library';

/** Of no use in a page: other programs' parts, processes, sockets, databases, what only tests need. */
const LEFT_OUT =
  /^(?:_pyodide|pyodide|site-packages|multiprocessing|sqlite3|wsgiref|xmlrpc|concurrent\/futures\/(?:process|thread)|idlelib|tkinter|turtle|pydoc_data|lib2to3|ensurepip|venv|distutils|_pyrepl|__phello__|dbm|curses|ctypes\/macholib|_sysconfigdata|encodings\/(?:mac_|cp(?!1252|437|850)|iso8859_(?!1\.|15)|koi8|kz|ptcp|tis|hp_|big5|gb|hz|euc|shift|johab|iso2022|palmos|mbcs|oem))/;

export interface LibraryFile {
  readonly path: string;
  readonly source: string;
  readonly code: Uint8Array | null;
}

export function* libraryFiles(profile: Profile): Generator<LibraryFile> {
  const library = nodeLibrary(profile);
  for (const path of library.files()) {
    if (!path.endsWith('.py') || LEFT_OUT.test(path)) continue;
    const source = library.read(path);
    if (source === null) continue;
    yield { path, source, code: precompile(source, `${library.root}/${path}`, profile) };
  }
}

/** Data that modules read beside their code. */
export function libraryData(profile: Profile, path: string): string | null {
  return nodeLibrary(profile).read(path);
}
