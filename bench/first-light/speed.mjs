// How fast the engine runs three programs that are one thing each (a loop, calls, list appends), beside Pyodide, in
// Node and in Chromium. CPU time of the main thread; the two take turns within each repetition; what an empty program
// costs a side (setting up an interpreter, getting in and out) is measured the same way and taken off. How many
// instructions a program runs is CPython's own count; ours compiles to the same ones (tests hold its listings to `dis`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { loadPyodide } from 'pyodide';
import { bundle } from '../../scripts/bundle.mjs';
import { root } from '../../scripts/sources.mjs';
import { launch } from '../lib/browser.mjs';
import { nodeCpu, pageClock } from '../lib/clocks.mjs';
import { pyodideFiles, serve, siteOf } from '../lib/sites.mjs';
import { summary } from '../lib/stats.mjs';

const warmUps = 2;
const sides = ['pyodide', 'heapbook'];
const programs = ['loop', 'calls', 'appends'].map((name) => ({
  name,
  source: readFileSync(join(root, 'bench/first-light/programs', `${name}.py`), 'utf8'),
}));

/** Python: how many instructions a program runs, from sys.monitoring. */
const counter = `
import sys

def count(source):
    n = 0
    def one(code, offset):
        nonlocal n
        n += 1
    program = compile(source, 'bench.py', 'exec')
    monitoring = sys.monitoring
    monitoring.use_tool_id(0, 'bench')
    monitoring.register_callback(0, monitoring.events.INSTRUCTION, one)
    monitoring.set_events(0, monitoring.events.INSTRUCTION)
    exec(program, {'__name__': '__main__'})
    monitoring.set_events(0, 0)
    return n

count`;

async function countInstructions() {
  // In an interpreter of its own: monitored code is rewritten in place.
  const python = await loadPyodide({ stdout: () => {} });
  const count = python.runPython(counter);
  for (const program of programs) {
    program.instructions = count(program.source);
    python.runPython('sys.monitoring.free_tool_id(0)');
  }
}

const nothing = { name: 'nothing', source: '' };

/** Both sides as functions of a program's text; also sent to the page as it stands, so it uses no name of this file. */
function makeSides(runPython, python) {
  let output = '';
  python.setStdout({
    batched: (line) => {
      output += `${line}\n`;
    },
  });
  return {
    heapbook: (source) => ({ stdout: runPython(source).stdout }),
    pyodide: (source) => {
      output = '';
      const globals = python.toPy({ __name__: '__main__' });
      python.runPython(source, { globals });
      globals.destroy();
      return { stdout: output };
    },
  };
}

async function inNode() {
  const { runPython } = await import(await bundle('bench/lib/engine.ts', ['bench', 'lib']));
  const run = makeSides(runPython, await loadPyodide());
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

async function inChromium() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'bench/lib/engine.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Speed</title></html>';
  const server = await serve(
    siteOf({ '/': page, '/engine.js': outputFiles[0].contents, ...pyodideFiles('/pyodide/') }),
  );
  const browser = await launch();
  const tab = await browser.newPage();
  await tab.goto(server.origin);
  await tab.evaluate(`(async () => {
    const { runPython } = await import('/engine.js');
    const { loadPyodide } = await import('/pyodide/pyodide.mjs');
    globalThis.run = (${makeSides})(runPython, await loadPyodide());
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

async function measure(place, runs, say) {
  const rows = [];
  for (const { name, source, instructions } of [nothing, ...programs]) {
    const times = { pyodide: [], heapbook: [] };
    let expected;
    for (let run = -warmUps; run < runs; run++) {
      for (const side of sides) {
        const answer = await place.timed(side, source);
        expected ??= answer.stdout;
        if (answer.stdout !== expected) throw new Error(`${name}: ${side} printed ${answer.stdout}, not ${expected}`);
        if (run >= 0) times[side].push(answer.ms);
      }
    }
    const row = { name, printed: expected.trim(), instructions };
    for (const side of sides) row[side] = summary(times[side]);
    say(`${place.version} ${name}: ${sides.map((side) => `${side} ${row[side].median.toFixed(1)} ms`).join(', ')}`);
    rows.push(row);
  }
  const [empty, ...measured] = rows;
  return measured.map((row) => {
    const net = (side) => row[side].median - empty[side].median;
    const rate = (side) => row.instructions / net(side) / 1e3;
    return {
      ...row,
      ratio: net('heapbook') / net('pyodide'),
      netMs: { pyodide: net('pyodide'), heapbook: net('heapbook') },
      millionsPerSecond: { pyodide: rate('pyodide'), heapbook: rate('heapbook') },
      emptyMs: { pyodide: empty.pyodide.median, heapbook: empty.heapbook.median },
    };
  });
}

/** @param {number} runs @param {(text: string) => void} say */
export async function measureSpeed(runs, say) {
  await countInstructions();
  const places = [];
  for (const open of [inNode, inChromium]) {
    const place = await open();
    try {
      places.push({ version: place.version, programs: await measure(place, runs, say) });
    } finally {
      await place.close();
    }
  }
  return places;
}
