import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';

const local = (path) => fileURLToPath(new URL(path, import.meta.url));

// Turbopack keeps compiled lessons across builds and does not look inside our own plugin. The digest in the plugin's
// options changes with its source, and with it the cache key.
const cells = local('./lib/content/remark-cells.mjs');
const version = createHash('sha1')
  .update(readFileSync(cells))
  .update(readFileSync(local('./lib/content/fences.mjs')))
  .update(readFileSync(local('./lib/content/highlight.mjs')))
  .digest('hex');

// Plugins are named, not passed: Turbopack hands the options to another process.
const withMDX = createMDX({
  options: {
    remarkPlugins: ['remark-frontmatter', 'remark-gfm', [cells, { version }]],
    rehypePlugins: ['rehype-slug'],
  },
});

/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  // Where the kernel's worker will lie (scripts/ensure.mjs says it); without it the bundler makes one.
  env: { HEAPBOOK_KERNEL: process.env.HEAPBOOK_KERNEL ?? '' },
  trailingSlash: true,
  images: { unoptimized: true },
  pageExtensions: ['tsx', 'ts'],
  // `npm run check` is the one place that checks types: a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // `next dev` refuses its own sockets to a page opened by the other name of this machine.
  allowedDevOrigins: ['127.0.0.1'],
};

export default withMDX(config);
