/** What the browser is told about every answer of ours. */
import type { SiteFile } from './site';

/**
 * Same-origin everything: no other site shares our process, and nothing of another site is loaded. Costs nothing here,
 * and gives the page precise clocks and SharedArrayBuffer.
 */
export const everyAnswer: Record<string, string> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/**
 * Scripts are our files, or stand in the page and are named by their digest. `style-src` has 'unsafe-inline' because
 * the editor writes style elements and highlighted code carries style attributes; no script comes in that way.
 *
 * A page never evaluates text. The kernel's worker does: its engine turns hot bytecode into JavaScript (lib/engine/vm/tier).
 * It has no document to harm, and what it evaluates is made of numbers and templates of ours, never of a learner's text.
 */
export function contentSecurityPolicy({ scripts = [], worker }: Pick<SiteFile, 'scripts' | 'worker'> = {}): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...(worker ? ["'unsafe-eval'"] : []), ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** A file named by its content is kept for good; any other is kept too, but asked about each time. */
export function cachingOf(entry: SiteFile): string {
  return entry.immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
}
