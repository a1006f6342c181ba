// npm run bench:first-light [-- --runs=7] [-- --only=opening|speed]
//
// What a first visit costs and how fast the engine is, beside Pyodide in the same run: opening.mjs and speed.mjs say
// how each is measured. Prints Markdown; the figures of every run go to bench/results/ as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/ensure.mjs';
import { root } from '../../scripts/sources.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')));
const runs = Number(options.runs ?? 5);
if (!Number.isInteger(runs) || runs < 1 || !['opening', 'speed', undefined].includes(options.only)) {
  console.error('usage: npm run bench:first-light [-- --runs=N] [-- --only=opening|speed]');
  process.exit(2);
}
const say = (text) => process.stderr.write(`${text}\n`);

await ensureBuilt();
const { markdownTable, withSpread } = await import('../lib/stats.mjs');
const record = { runs, cores: availableParallelism(), loadBefore: loadavg() };
const parts = [];
if (options.only !== 'speed') {
  const { measureOpening } = await import('./opening.mjs');
  record.opening = await measureOpening(runs, say);
  parts.push(openingTable(record.opening));
}
if (options.only !== 'opening') {
  const { measureSpeed } = await import('./speed.mjs');
  record.speed = await measureSpeed(runs, say);
  parts.push(...record.speed.map(speedTable));
}
record.loadAfter = loadavg();
parts.push(
  `${record.cores} cores, load average ${record.loadBefore[0].toFixed(1)} before and ${record.loadAfter[0].toFixed(1)} after; ` +
    `medians of ${runs}, ± half of the range.`,
);
console.log(parts.join('\n\n'));

const results = join(root, 'bench', 'results');
mkdirSync(results, { recursive: true });
const file = join(results, `first-light-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
say(`written: ${file}`);
process.exit(0);

function openingTable({ chromium, address, heapbook, pyodide }) {
  const kilobytes = (summary) => `${(summary.median / 1000).toFixed(0)} kB`;
  const row = (what, key, format) => [
    what,
    format(heapbook[key]),
    format(pyodide[key]),
    `1/${(pyodide[key].median / heapbook[key].median).toFixed(1)}`,
  ];
  const ms = (summary) => withSpread(summary, 'ms');
  return [
    `**Opening ${address} until the first cell's result shows** (Chromium ${chromium}, cold, brotli; beside the smallest page that runs the same cell in Pyodide)`,
    markdownTable(
      ['', 'Heapbook', 'Pyodide', 'ratio'],
      [
        row('first paint', 'firstPaintMs', ms),
        row('result visible', 'wallMs', ms),
        row('CPU of the page and its workers', 'cpuMs', ms),
        row('bytes until then', 'bytes', kilobytes),
        row('bytes once quiet', 'settledBytes', kilobytes),
      ],
    ),
  ].join('\n\n');
}

function speedTable({ version, programs }) {
  return [
    `**Speed of the engine** (${version}, untraced, main-thread CPU less that of an empty program)`,
    markdownTable(
      ['', 'Pyodide', 'Heapbook', 'time ratio', 'million instructions', 'Pyodide M/s', 'Heapbook M/s', 'prints'],
      programs.map((row) => [
        row.name,
        withSpread({ ...row.pyodide, median: row.netMs.pyodide }, 'ms'),
        withSpread({ ...row.heapbook, median: row.netMs.heapbook }, 'ms'),
        `×${row.ratio.toFixed(2)}`,
        (row.instructions / 1e6).toFixed(2),
        row.millionsPerSecond.pyodide.toFixed(1),
        row.millionsPerSecond.heapbook.toFixed(1),
        row.printed,
      ]),
    ),
  ].join('\n\n');
}
