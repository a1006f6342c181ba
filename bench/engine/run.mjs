// npm run bench [-- --node] [--chromium] [--memory] [--cold] [--only=NAME,...] [--runs=5] [--quick] [--plain]
//
//   --node, --chromium   the programs, there (speed.mjs)
//   --memory             recording, traces, collections, sizes (memory.mjs)
//   --cold               bytes and CPU until print(1) in a fresh browser (cold.mjs)
//                        all four if none is named
//   --only=NAME,...      programs of bench/engine/programs
//   --quick              one run of the engine, beside what Pyodide took on this machine when it was last measured
//   --plain              leave the recorded runs out
//
// Prints Markdown; the figures of every run go to bench/results/ as JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/sources.mjs';
import { markdownTable, withSpread } from '../lib/stats.mjs';
import { measureCold } from './cold.mjs';
import { measureMemory } from './memory.mjs';
import { measureSpeed, programNames } from './speed.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')));
const quick = 'quick' in options;
const runs = Number(options.runs ?? (quick ? 1 : 5));
const names = options.only === undefined ? programNames : options.only.split(',');
const unknown = names.filter((name) => !programNames.includes(name));
if (!Number.isInteger(runs) || runs < 1 || unknown.length > 0) {
  console.error(`usage: npm run bench -- [--node] [--chromium] [--only=NAME,...] [--runs=N] [--quick] [--plain]`);
  console.error(`programs: ${programNames.join(' ')}`);
  process.exit(2);
}
const say = (text) => process.stderr.write(`${text}\n`);
const parts = ['node', 'chromium', 'memory', 'cold'];
const asked = parts.filter((part) => part in options);
const chosen = asked.length > 0 ? asked : quick || options.only !== undefined ? ['node'] : parts;
const places = chosen.filter((part) => part === 'node' || part === 'chromium');
const sides = 'plain' in options ? ['plain'] : ['plain', 'recorded'];

const record = { runs, cores: availableParallelism(), loadBefore: loadavg() };
record.speed = await measureSpeed({ places, names, runs, warmUps: quick ? 2 : 4, sides, quick }, say);
if (chosen.includes('memory')) record.memory = await measureMemory({ runs: Math.min(runs, 3) }, say);
if (chosen.includes('cold')) record.cold = await measureCold(Math.min(runs, 3), say);
record.loadAfter = loadavg();
console.log(
  [
    ...record.speed.map(speedTable),
    ...(record.memory ? [memoryTable(record.memory)] : []),
    ...(record.cold ? [coldTable(record.cold)] : []),
    `${record.cores} cores, load average ${record.loadBefore[0].toFixed(1)} before and ${record.loadAfter[0].toFixed(1)} after; ` +
      `medians of ${runs}, ± half of the range.`,
  ].join('\n\n'),
);
const results = join(root, 'bench', 'results');
mkdirSync(results, { recursive: true });
const file = join(results, `engine-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
say(`written: ${file}`);
process.exit(0);

function speedTable({ version, programs, means, worst, sides: measured }) {
  const cell = (row, side) => `${withSpread(row[side], 'ms')} ×${row.ratio[side].toFixed(2)}`;
  const bold = (figures) => measured.map((side) => `**×${figures[side].toFixed(2)}**`);
  const titles = { plain: 'engine', recorded: 'engine, everything recorded' };
  return [
    `**Programs** (${version}, main-thread CPU; ratio to Pyodide, which records nothing)`,
    markdownTable(
      ['program', 'Pyodide', ...measured.map((side) => titles[side])],
      [
        ...programs.map((row) => [row.name, withSpread(row.pyodide, 'ms'), ...measured.map((side) => cell(row, side))]),
        ['**geometric mean**', '', ...bold(means)],
        ['**slowest**', '', ...bold(worst)],
      ],
    ),
  ].join('\n\n');
}

function memoryTable({ recording, trace, steps, moments, collections, sizes, chains }) {
  const ratio = (a, b) => `${(a / b).toFixed(a / b < 10 ? 1 : 0)}×`;
  const rows = Object.entries(recording).map(([size, { walkUs, engineUs }]) => [
    `recording a line, heap of ${size} objects (Pyodide: settrace and a walk)`,
    withSpread(walkUs, 'µs', 1),
    withSpread(engineUs, 'µs', 3),
    ratio(walkUs.median, engineUs.median),
  ]);
  for (const [name, { pyodide, engine }] of Object.entries(collections))
    rows.push([
      `full collection, each of 1,000,000 objects: ${name}`,
      withSpread(pyodide, 'ns'),
      withSpread(engine, 'ns'),
      ratio(pyodide.median, engine.median),
    ]);
  for (const { kind, pyodide, engine } of sizes)
    rows.push([`memory of one more ${kind}`, `${pyodide} B`, `${engine.toFixed(1)} B`, ratio(pyodide, engine)]);
  rows.push([
    `a trace of ${trace.lines.toLocaleString('en')} lines (untraced ${trace.plainMs.median.toFixed(0)} ms)`,
    'n/a',
    `${withSpread(trace.ms, 'ms')}, ${trace.megabytes.toFixed(0)} MB, slowest seek ${trace.slowestSeekMs.toFixed(0)} ms`,
    '',
  ]);
  rows.push([
    `any step of a cell of ${steps.steps.toLocaleString('en')} instructions (${steps.megabytes.toFixed(0)} MB)`,
    'n/a',
    `slowest ${steps.slowestSeekMs.toFixed(1)} ms, one back ${steps.stepBackMs.toFixed(2)} ms, one on ${steps.stepOnMs.toFixed(2)} ms`,
    '',
  ]);
  for (const [name, { anywhereMs, nextMs }] of Object.entries(moments))
    rows.push([
      `reading the ${name} of a heap of 2,000 objects`,
      'n/a',
      `anywhere ${anywhereMs.toFixed(1)} ms, at the next step ${nextMs.toFixed(1)} ms`,
      '',
    ]);
  for (const { length, ms, nsPerNode } of chains)
    rows.push([
      `dropping a chain of ${length.toLocaleString('en')} nodes`,
      'fatal error at some thousands',
      `${ms.toFixed(0)} ms, ${nsPerNode.toFixed(0)} ns a node`,
      '',
    ]);
  return ['**Memory** (Node, main-thread CPU)', markdownTable(['', 'Pyodide', 'engine', 'ratio'], rows)].join('\n\n');
}

function coldTable({ bytes, pyodideBytes, cpu }) {
  const kilobytes = (n) => `${(n / 1000).toFixed(0)} kB`;
  return [
    '**Cold start until print(1)** (Chromium, main-thread CPU; scripts in brotli)',
    markdownTable(
      ['', 'blank page', 'Pyodide', 'engine'],
      [
        ['CPU', ...['blank', 'pyodide', 'engine'].map((side) => withSpread(cpu[side], 'ms'))],
        ['bytes', '', kilobytes(pyodideBytes), kilobytes(bytes)],
      ],
    ),
  ].join('\n\n');
}
