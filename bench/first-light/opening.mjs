// From opening the first lesson to the result of its first cell, beside the smallest page that does the same with
// Pyodide. Every run has a new browser (nothing cached, nothing compiled); the two pages take turns.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf } from '../../lib/content/fences.mjs';
import { root } from '../../scripts/sources.mjs';
import { launch } from '../lib/browser.mjs';
import { pageClock } from '../lib/clocks.mjs';
import { ourSite, pyodideFiles, serve, siteOf } from '../lib/sites.mjs';
import { summary } from '../lib/stats.mjs';

/** The course's first lesson: its address, and the code of its first cell. */
function firstLesson() {
  let path = 'content/learn';
  const slugs = [];
  for (let level = 0; level < 2; level++) {
    const first = readdirSync(join(root, path))
      .filter((name) => /^\d\d-/.test(name))
      .sort()[0];
    path += `/${first}`;
    slugs.push(first.slice(3));
  }
  const [cell] = cellsOf(readFileSync(join(root, path, 'page.mdx'), 'utf8'));
  return { address: `/learn/${slugs.join('/')}/`, code: cell.code };
}

/** The cell, and below it each name with its object and count: what our References table says, in plain text. */
function pyodideSite(code) {
  const report = [
    'import sys',
    'for name in [name for name in cell if not name.startswith("__")]:',
    // Borrowed by nobody but the dictionary and the call's argument.
    '    print(name, repr(cell[name]), sys.getrefcount(cell[name]) - 1)',
  ].join('\n');
  const script = `
    import { loadPyodide } from './pyodide.mjs';
    const output = document.querySelector('[role=log]');
    const python = await loadPyodide({ stdout: (line) => { output.textContent += line + '\\n'; } });
    const cell = python.toPy({ __name__: '__main__' });
    python.runPython(${JSON.stringify(code)}, { globals: cell });
    python.globals.set('cell', cell);
    python.runPython(${JSON.stringify(report)});`;
  const escaped = code.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const page = `<!doctype html>
    <html lang="en"><meta charset="utf-8"><title>Pyodide</title>
    <section aria-label="Cell 1"><pre>${escaped}</pre><pre role="log" aria-label="Output of cell 1"></pre></section>
    <script type="module" src="/page.js"></script></html>`;
  return siteOf({ '/': page, '/page.js': script, ...pyodideFiles('/') });
}

/**
 * Runs in the page from its first moment. Each frame: is a result there? Else, has the Run button come alive? The click
 * is the reader's, with no time to think; a page without the button runs by itself.
 */
function watch() {
  let clicked = 0;
  const frame = () => {
    const cell = document.querySelector('[aria-label="Cell 1"]');
    const table = [...(cell?.querySelectorAll('table') ?? [])].find((one) => one.caption?.textContent === 'References');
    const shown = [table?.tBodies[0]?.rows[0], cell?.querySelector('[role=log]')];
    if (shown.some((element) => element?.checkVisibility() && element.textContent.trim() !== '')) {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      globalThis.resultIsVisible({ at: performance.now(), clicked, paint, text: (table ?? cell).textContent });
      return;
    }
    const button = [...(cell?.querySelectorAll('button') ?? [])].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === 'Run cell',
    );
    // A click before React has taken the button over is lost; it leaves its mark on the node.
    if (button && !clicked && Object.keys(button).some((key) => key.startsWith('__reactProps'))) {
      clicked = performance.now();
      button.click();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

async function openOnce({ origin, sent }, address) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const clock = await pageClock(page);
    const before = sent();
    const visible = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${address} showed no result of its first cell in 60 s`)), 60_000).unref();
      page.on('pageerror', reject);
      page.exposeFunction('resultIsVisible', (result) => resolve({ ...result, bytes: sent() - before }));
    });
    await page.addInitScript(watch);
    const [result] = await Promise.all([visible, page.goto(origin + address, { waitUntil: 'commit' })]);
    const { process: cpu } = await clock();
    return { ...result, cpu, settled: (await settle(sent)) - before, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** What has been sent once nothing has been for two seconds: with what the page fetches ahead at its leisure. */
async function settle(sent) {
  for (let quiet = 0, last = sent(), waited = 0; quiet < 8 && waited < 80; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    quiet = sent() === last ? quiet + 1 : 0;
    last = sent();
  }
  return sent();
}

/** @param {number} runs @param {(text: string) => void} say */
export async function measureOpening(runs, say) {
  const { address, code } = firstLesson();
  const sides = {
    heapbook: { server: await serve(await ourSite()), address, results: [] },
    pyodide: { server: await serve(pyodideSite(code)), address: '/', results: [] },
  };
  let chromium;
  for (let run = 0; run < runs; run++) {
    for (const [name, side] of Object.entries(sides)) {
      const result = await openOnce(side.server, side.address);
      chromium = result.version;
      side.results.push(result);
      say(`opening ${run + 1}/${runs} ${name}: ${result.at.toFixed(0)} ms, ${result.bytes} bytes`);
    }
  }
  const report = ({ server, results }) => {
    server.close();
    const of = (key) => summary(results.map((result) => result[key]));
    return {
      wallMs: of('at'),
      firstPaintMs: of('paint'),
      cpuMs: of('cpu'),
      bytes: of('bytes'),
      settledBytes: of('settled'),
      result: results[0].text,
    };
  };
  return { chromium, address, code, heapbook: report(sides.heapbook), pyodide: report(sides.pyodide) };
}
