// npm run bench [-- --node] [--chromium] [--only=NAME,...] [--runs=5] [--quick] [--plain]
//
//   --node, --chromium   where: both if neither is named
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
const named = ['node', 'chromium'].filter((place) => place in options);
const places = named.length > 0 ? named : quick ? ['node'] : ['node', 'chromium'];
const sides = 'plain' in options ? ['plain'] : ['plain', 'recorded'];

const record = { runs, cores: availableParallelism(), loadBefore: loadavg() };
record.speed = await measureSpeed({ places, names, runs, warmUps: quick ? 1 : 2, sides, quick }, say);
record.loadAfter = loadavg();
console.log(
  [
    ...record.speed.map(speedTable),
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
