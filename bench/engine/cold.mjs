// From an empty page to the text of print(1) in a fresh Chromium: bytes of the engine's own scripts (brotli) and CPU of
// the page's main thread, beside the smallest page that does it in Pyodide, and beside a page that does nothing: what
// Chromium itself takes for any page, which is in the others' figures too. Each page says by a console message that its
// output stands there: to look for the text would run a script of the looker's in the page, 20 ms. The sides take turns.
import { basename } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { kernelScripts } from '../../scripts/build-kernel.mjs';
import { root } from '../../scripts/sources.mjs';
import { launch } from '../lib/browser.mjs';
import { pageClock } from '../lib/clocks.mjs';
import { pyodideFiles, serve, siteOf } from '../lib/sites.mjs';
import { summary } from '../lib/stats.mjs';

const html = (script) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Start</title><pre id="out"></pre>
   <script type="module">${script}</script></html>`;

/**
 * The engine alone, made as the site's worker is, without the standard library: its scripts by name, and the names of
 * those that are fetched at once.
 */
async function engineScripts() {
  const { outputFiles, metafile } = await build({
    ...kernelScripts,
    stdin: {
      contents: "export { createInterpreter } from './lib/engine/index.ts';",
      resolveDir: root,
      sourcefile: 'start.ts',
      loader: 'ts',
    },
    outdir: root,
    write: false,
    metafile: true,
  });
  const scripts = Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
  const first = new Set(['stdin.js']);
  for (const name of first) {
    const { imports } = metafile.outputs[name];
    for (const { path, kind } of imports) if (kind === 'import-statement') first.add(path);
  }
  return { scripts, first: [...first] };
}

/** @param {number} runs @param {(text: string) => void} say */
export async function measureCold(runs, say) {
  const { scripts, first } = await engineScripts();
  const small = (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const bytes = first.reduce((sum, name) => sum + small(scripts[name]), 0);
  const ours = `
    import { createInterpreter } from '/stdin.js';
    const session = createInterpreter({ profile: '3.14' });
    const out = document.getElementById('out');
    session.begin('print(1)', { filename: 'c', cellId: '1', trace: false, onStream: (_, text) => { out.textContent += text; } });
    while (session.step(1e6) === 'running');
    console.log('done');`;
  const theirs = `
    import { loadPyodide } from '/pyodide.mjs';
    const out = document.getElementById('out');
    const python = await loadPyodide({ stdout: (line) => { out.textContent += line; } });
    python.runPython('print(1)');
    console.log('done');`;
  const pyodide = pyodideFiles('/');
  const engine = Object.fromEntries(Object.entries(scripts).map(([name, data]) => [`/${name}`, data]));
  const sides = {
    blank: { site: { '/': html("document.getElementById('out').textContent = 1; console.log('done');") }, cpu: [] },
    engine: { site: { '/': html(ours), ...engine }, cpu: [] },
    pyodide: { site: { '/': html(theirs), ...pyodide }, cpu: [] },
  };
  // Our inline script is none of the policy's: only what the page fetches is measured.
  for (const side of Object.values(sides)) {
    const script = /<script type="module">([\s\S]*)<\/script>/.exec(side.site['/'])[1];
    side.site['/'] = side.site['/'].replace(
      /<script[\s\S]*<\/script>/,
      '<script type="module" src="/start.js"></script>',
    );
    side.site['/start.js'] = script;
    side.server = await serve(siteOf(side.site));
  }
  for (let run = 0; run < runs; run++) {
    for (const [name, side] of Object.entries(sides)) {
      const browser = await launch();
      try {
        const page = await browser.newPage();
        const clock = await pageClock(page);
        const { thread } = await clock();
        const done = page.waitForEvent('console', { predicate: (said) => said.text() === 'done', timeout: 60_000 });
        await page.goto(side.server.origin, { waitUntil: 'commit' });
        await done;
        side.cpu.push((await clock()).thread - thread);
        const shown = await page.evaluate(() => document.getElementById('out').textContent.trim());
        if (shown !== '1') throw new Error(`cold start of ${name}: the page shows ${JSON.stringify(shown)}`);
      } finally {
        await browser.close();
      }
      say(`cold start ${run + 1}/${runs} ${name}: ${side.cpu.at(-1).toFixed(0)} ms`);
    }
  }
  for (const side of Object.values(sides)) side.server.close();
  const pyodideBytes = Object.values(pyodide).reduce(
    (sum, file) => sum + brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length,
    0,
  );
  const cpu = Object.fromEntries(Object.entries(sides).map(([name, side]) => [name, summary(side.cpu)]));
  return { bytes, minified: first.reduce((sum, name) => sum + scripts[name].length, 0), pyodideBytes, cpu };
}
