/**
 * The exported site as a table: address → file. A request's path is only ever a key of this table and never becomes a
 * path on the disk, so nothing outside the export can be asked for, however the path is written.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SiteFile {
  /** Below the export's folder. */
  file: string;
  type: string;
  size: number;
  /** Digest of the content: validator for caches, and name of the compressed variants. */
  etag: string;
  /** The name carries a digest of the content, so a copy never grows stale. */
  immutable?: true;
  /** Lengths of the compressed variants, where there are any. */
  br?: number;
  gz?: number;
  /** CSP sources of the scripts inside an HTML page. */
  scripts?: string[];
  /** A worker's entry: what it loads follows its own policy, in which the engine may compile. */
  worker?: true;
}

export interface Site {
  files: ReadonlyMap<string, SiteFile>;
  /** Folder of the export and folder of its compressed variants. */
  exportFolder: string;
  encodedFolder: string;
}

export function loadSite(root: string): Site {
  const manifest = JSON.parse(readFileSync(join(root, 'build', 'site.json'), 'utf8')) as {
    files: Record<string, SiteFile>;
  };
  return {
    files: new Map(Object.entries(manifest.files)),
    exportFolder: join(root, 'out'),
    encodedFolder: join(root, 'build', 'encoded'),
  };
}

export type Found =
  | { kind: 'file'; entry: SiteFile }
  | { kind: 'redirect'; location: string }
  | { kind: 'missing'; entry: SiteFile | undefined };

/** One address for each page: with the slash, without `index.html`. The others lead there. */
export function findFile(site: Site, path: string): Found {
  const entry = site.files.get(path);
  if (entry) return { kind: 'file', entry };
  const page = path.endsWith('/index.html') ? path.slice(0, -'index.html'.length) : `${path}/`;
  if (site.files.has(page)) return { kind: 'redirect', location: page };
  return { kind: 'missing', entry: site.files.get('/404.html') };
}

export interface Variant {
  path: string;
  length: number;
  encoding?: 'br' | 'gzip';
}

/** The smallest form the reader accepts. A coding refused with `q=0` is not accepted. */
export function chooseVariant(site: Site, entry: SiteFile, acceptEncoding: string): Variant {
  const accepts = (coding: string) =>
    acceptEncoding.split(',').some((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(';');
      return name === coding && !parameters.some((parameter) => /^\s*q\s*=\s*0(\.0*)?\s*$/.test(parameter));
    });
  if (entry.br !== undefined && accepts('br')) {
    return { path: join(site.encodedFolder, `${entry.etag}.br`), length: entry.br, encoding: 'br' };
  }
  if (entry.gz !== undefined && accepts('gzip')) {
    return { path: join(site.encodedFolder, `${entry.etag}.gz`), length: entry.gz, encoding: 'gzip' };
  }
  return { path: join(site.exportFolder, entry.file), length: entry.size };
}
