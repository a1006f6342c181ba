import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app';
import { loadSite, type SiteFile } from './site';

const page = `<!doctype html><script>1</script><p>${'lesson '.repeat(200)}</p>`;
const root = mkdtempSync(join(tmpdir(), 'heapbook-server-'));
let port = 0;
let server: ReturnType<typeof createApp>;

/** A site of our own with the form that scripts/finish-site.mjs writes, and a secret beside it. */
beforeAll(async () => {
  const files: Record<string, SiteFile> = {};
  const add = (address: string, file: string, text: string, extra: Partial<SiteFile> = {}) => {
    const etag = createHash('sha256').update(text).digest('hex').slice(0, 32);
    mkdirSync(join(root, 'out', file, '..'), { recursive: true });
    writeFileSync(join(root, 'out', file), text);
    files[address] = { file, type: 'text/html; charset=utf-8', size: Buffer.byteLength(text), etag, ...extra };
    if (!extra.br) return;
    writeFileSync(join(root, 'build/encoded', `${etag}.br`), brotliCompressSync(text));
    writeFileSync(join(root, 'build/encoded', `${etag}.gz`), gzipSync(text));
  };
  mkdirSync(join(root, 'build/encoded'), { recursive: true });
  const compressed = { br: brotliCompressSync(page).length, gz: gzipSync(page).length };
  add('/', 'index.html', '<p>home</p>');
  add('/learn/a/', 'learn/a/index.html', page, { ...compressed, scripts: ["'sha256-abc='"] });
  add('/_next/static/x-1f.js', '_next/static/x-1f.js', 'export {}', { immutable: true, type: 'text/javascript' });
  add('/_next/static/worker-2f.js', '_next/static/worker-2f.js', 'export {}', {
    worker: true,
    type: 'text/javascript',
  });
  add('/gone.txt', 'gone.txt', 'was here', { type: 'text/plain' });
  rmSync(join(root, 'out/gone.txt'));
  add('/404.html', '404.html', '<p>not here</p>');
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'build/site.json'), JSON.stringify({ files }));
  server = createApp(loadSite(root));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends the path as it is written, which fetch and a browser would tidy up first. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('a page comes with its type, its length and a policy that names its own scripts', async () => {
  const { status, headers, body } = await ask('/learn/a/');
  expect(status).toBe(200);
  expect(body.toString()).toBe(page);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-length']).toBe(String(Buffer.byteLength(page)));
  expect(headers['content-security-policy']).toContain("script-src 'self' 'sha256-abc=';");
  expect(headers['content-security-policy']).not.toContain('unsafe-eval');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['referrer-policy']).toBe('same-origin');
});

test("only a worker's own script may compile", async () => {
  const policyOf = async (path: string) => (await ask(path)).headers['content-security-policy'];
  expect(await policyOf('/_next/static/worker-2f.js')).toContain("script-src 'self' 'unsafe-eval';");
  expect(await policyOf('/_next/static/x-1f.js')).toContain("script-src 'self';");
});

test('a file that is gone since the start is a fault with words', async () => {
  const { status, headers, body } = await ask('/gone.txt');
  expect([status, headers['cache-control'], headers.etag]).toEqual([500, 'no-store', undefined]);
  expect(body.toString()).toContain('npm start');
});

test('the reader gets the smallest form it accepts', async () => {
  const br = await ask('/learn/a/', { 'Accept-Encoding': 'gzip, deflate, br' });
  expect(br.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(br.body).toString()).toBe(page);
  const gz = await ask('/learn/a/', { 'Accept-Encoding': 'gzip;q=0.8, br;q=0' });
  expect(gz.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gz.body).toString()).toBe(page);
  const plain = await ask('/learn/a/', { 'Accept-Encoding': 'identity' });
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect([br, gz, plain].map(({ headers }) => headers.vary)).toEqual(Array(3).fill('Accept-Encoding'));
});

test('an unchanged page is not sent again; a file named by its content is kept for good', async () => {
  const first = await ask('/learn/a/');
  expect(first.headers['cache-control']).toBe('no-cache');
  const again = await ask('/learn/a/', { 'If-None-Match': `"other", ${first.headers.etag}` });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  const changed = await ask('/learn/a/', { 'If-None-Match': 'W/"other"' });
  expect(changed.status).toBe(200);
  const asset = await ask('/_next/static/x-1f.js');
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('a page has one address, and the others lead there with their query', async () => {
  for (const path of ['/learn/a', '/learn/a/index.html']) {
    const { status, headers } = await ask(`${path}?x=1`);
    expect([status, headers.location]).toEqual([308, '/learn/a/?x=1']);
  }
});

test('nothing outside the export can be asked for', async () => {
  const paths = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/learn/a/../../../secret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/secret.txt',
    '/build/site.json',
    '//secret.txt',
    '/%ff',
    '/%00',
    '/__proto__',
  ];
  for (const path of paths) {
    const { status, body } = await ask(path);
    expect([path, status, body.toString()]).toEqual([path, 404, '<p>not here</p>']);
  }
});

test('HEAD answers as GET does, without a body; other methods are refused', async () => {
  const head = await ask('/learn/a/', {}, 'HEAD');
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([
    200,
    0,
    String(Buffer.byteLength(page)),
  ]);
  const post = await ask('/learn/a/', {}, 'POST');
  expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
});

test('the API answers in JSON and is never cached', async () => {
  const health = await ask('/api/v1/health');
  expect([health.status, health.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(JSON.parse(health.body.toString())).toMatchObject({ status: 'ok' });
  expect((await ask('/api/v1/health', {}, 'DELETE')).status).toBe(405);
  for (const path of ['/api/v1/nothing', '/api/v1/constructor', '/api/v1/__proto__']) {
    expect((await ask(path)).status).toBe(404);
  }
});
