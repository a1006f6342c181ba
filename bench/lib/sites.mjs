// Sites for the benches, all served by our own server's code: the same headers, the same brotli, the same file reading,
// so that a difference in time is the pages' own.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundle } from '../../scripts/bundle.mjs';
import { root } from '../../scripts/sources.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

const door = bundle('bench/lib/serve.ts', ['bench', 'server', 'lib']).then((url) => import(url));

/**
 * A site of a few files, each with a brotli variant where that is smaller. Variants are kept by content: brotli at its
 * best takes half a minute for Pyodide's wasm.
 *
 * @param {Record<string, string | Buffer>} pages address → content, an address that ends in `/` being HTML
 */
export function siteOf(pages) {
  const folder = join(root, '.cache', 'bench', 'files');
  mkdirSync(folder, { recursive: true });
  const files = new Map();
  for (const [address, content] of Object.entries(pages)) {
    const data = Buffer.from(content);
    const etag = createHash('sha256').update(data).digest('hex').slice(0, 32);
    const type = types[address.endsWith('/') ? '.html' : extname(address)];
    // Scripts that compile wasm need the policy's leave; our own pages have none and ask for none.
    const entry = { file: etag, type, size: data.length, etag, scripts: ["'wasm-unsafe-eval'"] };
    writeFileSync(join(folder, etag), data);
    const small = join(folder, `${etag}.br`);
    if (!existsSync(small)) writeFileSync(small, brotliCompressSync(data, { params: best(data.length) }));
    const length = readFileSync(small).length;
    if (length < data.length) entry.br = length;
    files.set(address, entry);
  }
  return { files, exportFolder: folder, encodedFolder: folder };
}

const best = (size) => ({ [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: size });

/** Pyodide's files as its npm package ships them, below `prefix`. */
export function pyodideFiles(prefix, folder = 'node_modules/pyodide') {
  const names = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide-lock.json', 'python_stdlib.zip'];
  return Object.fromEntries(names.map((name) => [prefix + name, readFileSync(join(root, folder, name))]));
}

/** The exported site, as `npm start` serves it. */
export async function ourSite() {
  const { loadSite } = await door;
  return loadSite(root);
}

/** Serves a site on a free port. `sent()` is every byte written to any socket so far: bodies, headers and all. */
export async function serve(site) {
  const { createApp } = await door;
  const server = createApp(site);
  const sockets = new Set();
  let closed = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      closed += socket.bytesWritten;
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, closed),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
