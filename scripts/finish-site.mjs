// After the export: build/site.json tells the server every address it may answer, with type, validator, compressed
// variants and the digests of the page's inline scripts; build/encoded/ holds the variants, named by content, so an
// unchanged file is never compressed twice.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { listFiles, root } from './sources.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
  '.zip': 'application/zip',
  '.webmanifest': 'application/manifest+json',
};
const isCompressible = /^text\/|json|javascript|svg|wasm|ttf|manifest|octet-stream/;
const smallest = 512;

const encoders = {
  br: (data, quality) =>
    promisify(brotliCompress)(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
};

const sha256 = (data, form) => createHash('sha256').update(data).digest(form);

/** What the page's policy must allow: the scripts that stand in the page itself, by digest. */
function inlineScripts(html) {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return [...new Set(scripts.map((match) => `'sha256-${sha256(match[1], 'base64')}'`))];
}

/** learn/x/index.html answers /learn/x/; everything else its own path. */
const addressOf = (path) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`;

export async function finishSite() {
  const encoded = join(root, 'build', 'encoded');
  mkdirSync(encoded, { recursive: true });
  const used = new Set();
  const files = {};
  // Next also writes its not-found page as pages of their own; the server answers 404.html where it belongs.
  const isPage = (path) => !/^(404|_not-found)\//.test(path);
  const work = listFiles(['out'])
    .map((path) => path.slice('out/'.length))
    .filter(isPage);
  const step = async () => {
    for (let path = work.pop(); path !== undefined; path = work.pop()) {
      const data = readFileSync(join(root, 'out', path));
      const digest = sha256(data, 'hex').slice(0, 32);
      const type = types[extname(path)] ?? 'application/octet-stream';
      const entry = { file: path, type, size: data.length, etag: digest };
      if (/^(?:_next\/static|(?:kernel|library)\/[0-9a-f]{20})\//.test(path)) entry.immutable = true;
      // The scripts that workers start with: the editor's, by the bundler's name for it, and the kernel's.
      if (/\/turbopack-worker-[^/]*\.js$|^kernel\/[^/]*\/worker\.js$/.test(path)) entry.worker = true;
      if (type.startsWith('text/html')) entry.scripts = inlineScripts(data.toString('utf8'));
      if (isCompressible.test(type) && data.length >= smallest) {
        for (const [name, encode] of Object.entries(encoders)) {
          const variant = `${digest}.${name}`;
          if (!existsSync(join(encoded, variant)))
            writeFileSync(join(encoded, variant), await encode(data, path.startsWith('library/') ? 9 : 11));
          used.add(variant);
          entry[name] = readFileSync(join(encoded, variant)).length;
        }
      }
      files[addressOf(path)] = entry;
    }
  };
  await Promise.all([step(), step()]);
  for (const old of readdirSync(encoded)) if (!used.has(old)) rmSync(join(encoded, old));
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(root, 'build', 'site.json'), `${JSON.stringify({ files: sorted }, null, 1)}\n`);
}
