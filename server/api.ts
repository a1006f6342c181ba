/** The address space of the classroom's API: one row for each method and path, thin handlers. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export const apiPrefix = '/api/v1/';

export interface ApiContext {
  request: IncomingMessage;
  response: ServerResponse;
}

type Handler = (context: ApiContext) => void | Promise<void>;

/** Path below the prefix → method → handler. */
const routes: Record<string, Record<string, Handler>> = {
  health: {
    GET: ({ response }) => sendJson(response, 200, { status: 'ok', uptime_seconds: Math.floor(process.uptime()) }),
  },
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

export async function handleApi(path: string, context: ApiContext): Promise<void> {
  const name = path.slice(apiPrefix.length).replace(/\/$/, '');
  const methods = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!methods) return sendJson(context.response, 404, { error: 'not_found' });
  const method = context.request.method === 'HEAD' ? 'GET' : (context.request.method ?? '');
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!handler) {
    context.response.setHeader('Allow', Object.keys(methods).join(', '));
    return sendJson(context.response, 405, { error: 'method_not_allowed' });
  }
  await handler(context);
}
