/**
 * The standard library under Node: the .py files in the Pyodide packages' python_stdlib.zip, taken out one at a time.
 * Of the ZIP format: the central directory at the end, and entries stored or deflated.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { UNICODE_DATA, type Library, type Profile } from '../engine/index';

const PACKAGES: Readonly<Record<Profile, string>> = { '3.13': 'pyodide313', '3.14': 'pyodide' };

const END_OF_DIRECTORY = 0x06054b50;
const STORED = 0;

interface Entry {
  readonly method: number;
  readonly size: number;
  readonly offset: number;
}

/** The entries of an archive by name. */
function readDirectory(zip: Buffer): Map<string, Entry> {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('not a ZIP file');
  const entries = new Map<string, Entry>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    entries.set(zip.toString('utf8', at + 46, at + 46 + nameLength), {
      method: zip.readUInt16LE(at + 10),
      size: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(zip: Buffer, entry: Entry): Buffer {
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
  const data = zip.subarray(start, start + entry.size);
  return entry.method === STORED ? data : inflateRawSync(data);
}

/** A file below the project's folder, which is above wherever this code was bundled to. */
function findFile(path: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, path);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) throw new Error(`${path} is missing`);
  }
}

/** Modules that the packages' library leaves out, written in Python by us. */
const OWN_FILES = ['_csv.py', '_pydecimal.py'];

const libraries = new Map<Profile, Library>();

/** The library of a version; read from disk when the first module is asked for. */
export function nodeLibrary(profile: Profile): Library {
  let library = libraries.get(profile);
  if (library === undefined) {
    let zip: Buffer | null = null;
    let entries: Map<string, Entry> = new Map();
    const open = (): Map<string, Entry> => {
      if (zip === null) {
        zip = readFileSync(findFile(`node_modules/${PACKAGES[profile]}/python_stdlib.zip`));
        entries = readDirectory(zip);
      }
      return entries;
    };
    const root = `/lib/python${profile.replace('.', '')}.zip`;
    library = {
      root,
      files: () => [...open().keys(), ...OWN_FILES],
      has: (path) => OWN_FILES.includes(path) || open().has(path),
      read(path) {
        if (OWN_FILES.includes(path)) return readFileSync(findFile(`lib/engine-data/python/${path}`), 'utf8');
        if (path === UNICODE_DATA)
          return inflateRawSync(readFileSync(findFile('lib/engine-data/unicode.deflate'))).toString();
        const entry = open().get(path);
        return entry === undefined ? null : readEntry(zip!, entry).toString('utf8');
      },
    };
    libraries.set(profile, library);
  }
  return library;
}
