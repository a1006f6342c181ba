// How fast the engine runs fourteen programs, with and without recording everything, beside Pyodide (CPython 3.14 in
// wasm) in Node and in Chromium. CPU time of the main thread; the sides take turns within each repetition; what each
// prints is compared. Both run in an interpreter that has started, with globals of the program's own.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../../scripts/bundle.mjs';
import { root } from '../../scripts/sources.mjs';
import { launch } from '../lib/browser.mjs';
import { nodeCpu, pageClock } from '../lib/clocks.mjs';
import { pyodideFiles, serve, siteOf } from '../lib/sites.mjs';
import { summary } from '../lib/stats.mjs';

const folder = join(root, 'bench', 'engine', 'programs');
export const programNames = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => basename(name, '.py'));
export const sourceOf = (name) => readFileSync(join(folder, `${name}.py`), 'utf8');

/** The sides, as functions of a program's text; also sent to the page as it stands, so it uses no name of this file. */
function makeSides(runPython, python) {
  let output = '';
  python?.setStdout({
    batched: (line) => {
      output += `${line}\n`;
    },
  });
  return {
    plain: (source) => runPython(source, false),
    recorded: (source) => runPython(source, true),
    pyodide: (source) => {
      output = '';
      const globals = python.toPy({ __name__: '__main__' });
      python.runPython(source, { globals });
      globals.destroy();
      return { stdout: output };
    },
  };
}

async function inNode(withPyodide) {
  const { runPython, warmInterpreter } = await import(await bundle('bench/lib/engine.ts', ['bench', 'lib']));
  warmInterpreter();
  const python = withPyodide ? await (await import('pyodide')).loadPyodide() : null;
  const run = makeSides(runPython, python);
  return {
    version: `Node ${process.versions.node}`,
    async timed(side, source) {
      const before = nodeCpu();
      const answer = run[side](source);
      return { ms: nodeCpu() - before, ...answer };
    },
    async close() {},
  };
}

/** The engine as a script for a page. */
export async function engineScript() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'bench/lib/engine.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  return Buffer.from(outputFiles[0].contents);
}

async function inChromium(withPyodide) {
  const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Speed</title></html>';
  const files = { '/': page, '/engine.js': await engineScript(), ...(withPyodide ? pyodideFiles('/pyodide/') : {}) };
  const server = await serve(siteOf(files));
  const browser = await launch();
  const tab = await browser.newPage();
  await tab.goto(server.origin);
  const python = withPyodide ? "await (await import('/pyodide/pyodide.mjs')).loadPyodide()" : 'null';
  await tab.evaluate(`(async () => {
    const { runPython, warmInterpreter } = await import('/engine.js');
    warmInterpreter();
    globalThis.run = (${makeSides})(runPython, ${python});
  })()`);
  const clock = await pageClock(tab);
  return {
    version: `Chromium ${browser.version()}`,
    async timed(side, source) {
      const before = await clock();
      const answer = await tab.evaluate(([name, text]) => globalThis.run[name](text), [side, source]);
      return { ms: (await clock()).thread - before.thread, ...answer };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** What Pyodide took for a program on this machine, kept for `--quick`. */
const peerFile = join(root, '.cache', 'bench', 'pyodide-speed.json');
const peerKey = (place, source) =>
  createHash('sha256')
    .update([place, cpus()[0]?.model, readFileSync(join(root, 'node_modules/pyodide/package.json')), source].join('\0'))
    .digest('hex')
    .slice(0, 16);
const readPeers = () => (existsSync(peerFile) ? JSON.parse(readFileSync(peerFile, 'utf8')) : {});

const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/**
 * @param {{ places: string[], names: string[], runs: number, warmUps: number, sides: string[], quick: boolean }} how
 * @param {(text: string) => void} say
 */
export async function measureSpeed({ places, names, runs, warmUps, sides, quick }, say) {
  const results = [];
  for (const placeName of places) {
    const peers = readPeers();
    const known = (name) => peers[peerKey(placeName, sourceOf(name))];
    const withPyodide = !quick || names.some((name) => known(name) === undefined);
    const place = await (placeName === 'node' ? inNode : inChromium)(withPyodide);
    const programs = [];
    try {
      for (const name of names) {
        const source = sourceOf(name);
        const cached = quick ? known(name) : undefined;
        const taking = cached === undefined ? ['pyodide', ...sides] : sides;
        const times = Object.fromEntries(taking.map((side) => [side, []]));
        let expected = cached?.stdout;
        const row = { name };
        // Pyodide's figure, once it is kept, must be a good one.
        const rounds = quick && cached === undefined ? Math.max(runs, 3) : runs;
        for (let run = -warmUps; run < rounds; run++) {
          for (const side of taking) {
            const answer = await place.timed(side, source);
            expected ??= answer.stdout;
            if (answer.stdout !== expected)
              throw new Error(`${name}: ${side} printed ${answer.stdout.trim()}, not ${expected.trim()}`);
            if (answer.lines > 0) Object.assign(row, { events: answer.events, lines: answer.lines });
            if (run >= 0) times[side].push(answer.ms);
          }
        }
        for (const side of taking) row[side] = summary(times[side]);
        row.pyodide ??= cached.pyodide;
        row.printed = expected.trim();
        row.ratio = Object.fromEntries(sides.map((side) => [side, row[side].median / row.pyodide.median]));
        if (cached === undefined) peers[peerKey(placeName, source)] = { stdout: expected, pyodide: row.pyodide };
        const figures = ['pyodide', ...sides].map((side) => `${side} ${row[side].median.toFixed(0)} ms`).join(', ');
        const ratios = sides.map((side) => `×${row.ratio[side].toFixed(2)}`).join(' ');
        say(`${placeName} ${name}: ${figures}  ${ratios}`);
        programs.push(row);
      }
    } finally {
      await place.close();
    }
    mkdirSync(join(root, '.cache', 'bench'), { recursive: true });
    writeFileSync(peerFile, JSON.stringify({ ...readPeers(), ...peers }));
    const means = Object.fromEntries(
      sides.map((side) => [side, geometricMean(programs.map((program) => program.ratio[side]))]),
    );
    const worst = Object.fromEntries(
      sides.map((side) => [side, Math.max(...programs.map((program) => program.ratio[side]))]),
    );
    results.push({ place: placeName, version: place.version, sides, programs, means, worst });
  }
  return results;
}
