// Puts the kernel's worker into the exported site: out/kernel/DIGEST/worker.js, and beside it what it shares with the
// natives of the standard library and these. Not left to the site's bundler: that calls across chunks through getters
// and leaves enums objects, so that the interpreter's `switch` looks each of its labels up. The whole engine in one
// scope, with numbers for labels, is what the benches measure too.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digest, isProduct, root } from './sources.mjs';

const sources = ['lib/engine', 'lib/kernel', 'lib/utils', 'package-lock.json', 'scripts/build-kernel.mjs'];

/** Where the site has the worker's script: what `new Worker` is given. */
export const kernelAddress = () => `/kernel/${digest(sources, isProduct).slice(0, 20)}/worker.js`;

/** The worker's own module for what makes generated code: it is fetched when it is wanted. */
const makerLater = {
  name: 'maker-later',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/maker$/ }, () => ({ path: join(root, 'lib/engine/maker-later.ts') }));
  },
};

/** How the kernel's scripts are made, for esbuild. */
export const kernelScripts = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [makerLater],
};

/** @param {string} address what the site was told */
export async function buildKernel(address, out = join(root, 'out')) {
  const { build } = await import('esbuild');
  rmSync(join(out, 'kernel'), { recursive: true, force: true });
  await build({
    ...kernelScripts,
    entryPoints: { worker: join(root, 'lib/kernel/worker.ts') },
    outdir: join(out, dirname(address).slice(1)),
  });
}
