/** One request in, one answer out: the API below /api/v1/, the exported site everywhere else. */
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { apiPrefix, handleApi, sendJson } from './api';
import { cachingOf, contentSecurityPolicy, everyAnswer } from './headers';
import { chooseVariant, findFile, type Site, type SiteFile } from './site';

export function createApp(site: Site): Server {
  const listener: RequestListener = (request, response) => {
    for (const [name, value] of Object.entries(everyAnswer)) response.setHeader(name, value);
    answer(site, request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendFault(request, response);
    });
  };
  return createServer(listener);
}

/** A program is told in JSON, a reader in words; neither is to be kept. */
function sendFault(request: IncomingMessage, response: ServerResponse): void {
  if ((request.url ?? '').startsWith(apiPrefix)) {
    sendJson(response, 500, { error: 'internal' });
    return;
  }
  for (const name of ['ETag', 'Vary']) response.removeHeader(name);
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(
    'This file could not be read. Stop the server and run `npm start` again, which builds what is missing.\n',
  );
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path, query] = splitTarget(request.url ?? '/');
  if (path.startsWith(apiPrefix)) return handleApi(path, { request, response });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 });
    response.end();
    return;
  }
  const found = findFile(site, path);
  if (found.kind === 'redirect') {
    response.writeHead(308, { Location: found.location + query, 'Content-Length': 0 });
    response.end();
  } else if (found.kind === 'file') {
    await sendFile(site, found.entry, 200, request, response);
  } else if (found.entry) {
    await sendFile(site, found.entry, 404, request, response);
  } else {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('Not found\n');
  }
}

/** The decoded path and the query as it stands; a path that is no valid encoding names nothing. */
function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  const raw = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark);
  try {
    return [decodeURIComponent(raw), query];
  } catch {
    return [raw, query];
  }
}

async function sendFile(
  site: Site,
  entry: SiteFile,
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const variant = chooseVariant(site, entry, String(request.headers['accept-encoding'] ?? ''));
  // Weak: the variants of one file are the same content in different codings.
  const etag = `W/"${entry.etag}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', status === 200 ? cachingOf(entry) : 'no-cache');
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(entry));
  if (entry.br !== undefined || entry.gz !== undefined) response.setHeader('Vary', 'Accept-Encoding');
  if (status === 200 && isFresh(String(request.headers['if-none-match'] ?? ''), etag)) {
    response.writeHead(304);
    response.end();
    return;
  }
  // Opened before anything is promised: a file that is gone since the start is a fault of ours, said with words.
  const file = request.method === 'HEAD' ? null : await open(variant.path);
  response.setHeader('Content-Type', entry.type);
  response.setHeader('Content-Length', variant.length);
  if (variant.encoding) response.setHeader('Content-Encoding', variant.encoding);
  response.writeHead(status);
  if (file === null) {
    response.end();
    return;
  }
  pipeline(file.createReadStream(), response, (error) => {
    // A reader who leaves in the middle is no fault of ours.
    if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(error);
  });
}

function isFresh(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag === etag || `W/${tag}` === etag;
  });
}
