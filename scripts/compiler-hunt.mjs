/**
 * Compares the compiler with CPython on every module of the standard library (or on files named on the command line):
 * instructions, arguments, positions, exception table, constants, names and flags of each code object, nested ones too.
 *
 *   node scripts/compiler-hunt.mjs [--profile 3.13|3.14] [--ast oracle] [--limit N] [--show N] [file.py …]
 *
 * With `--ast oracle` the trees come from the oracle's own `ast` module instead of our parser, so that a parser's fault
 * does not show as the compiler's.
 */
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ORACLE_PY, compareUnit, oracleTree } from '../tests/compiler/oracle.mjs';

const args = process.argv.slice(2);
const option = (name, fallback) => {
  const i = args.indexOf(`--${name}`);
  return i < 0 ? fallback : args.splice(i, 2)[1];
};
const profile = option('profile', '3.14');
const useOracleTree = option('ast', 'own') === 'oracle';
const limit = Number(option('limit', 'Infinity'));
const show = Number(option('show', '10'));
const only = option('only', '');
globalThis.SHOW_STACK = option('stack', '') !== '';

const dir = mkdtempSync(join(tmpdir(), 'compiler-hunt-'));
const out = join(dir, 'engine.mjs');
await build({
  stdin: {
    contents:
      "export { compile } from './lib/engine/compiler/compile'; export { OPCODES } from './lib/engine/compiler/opcodes'; export { parse } from './lib/engine/parser/parser';",
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  outfile: out,
  logLevel: 'error',
});
const engine = await import(pathToFileURL(out));
rmSync(dir, { recursive: true });

const { loadPyodide } = await import(profile === '3.13' ? 'pyodide313' : 'pyodide');
const py = await loadPyodide();
py.runPython(ORACLE_PY);
const describe = py.globals.get('describe');

const files =
  args.length > 0
    ? args.map((path) => [path, readFileSync(path, 'utf8')])
    : py.runPython('list_stdlib()').toJs().slice(0, limit);

let equal = 0;
let differ = 0;
let modules = 0;
let modulesEqual = 0;
let stacksizes = 0;
const kinds = new Map();
let shown = 0;
const started = Date.now();
for (const [name, given] of files) {
  if (only !== '' && !name.includes(only)) continue;
  const source = given ?? py.globals.get('read_source')(name);
  if (source === undefined || source === null) continue;
  modules++;
  let expected;
  try {
    expected = JSON.parse(describe(source, name, useOracleTree));
  } catch (error) {
    console.log(`${name}: oracle: ${String(error.message).trim().split('\n').at(-1)}`);
    continue;
  }
  let differences;
  let units = 0;
  try {
    const tree = useOracleTree ? oracleTree(expected.tree) : engine.parse(source, name, 'exec');
    const unit = engine.compile(tree, name, 'exec', profile);
    const result = compareUnit(unit, expected.code, engine.OPCODES);
    differences = result.differences;
    units = result.units;
    stacksizes += result.stacksizeDiffers;
  } catch (error) {
    if (
      error.name === 'Error' ||
      error.name === 'TypeError' ||
      error.name === 'RangeError' ||
      error.msg !== undefined
    ) {
      differences = [{ unit: name, kind: 'failed', detail: error.stack.split('\n').slice(0, 4).join('\n') }];
    } else throw error;
  }
  const bad = new Set(differences.map((d) => d.unit)).size;
  equal += units - bad;
  differ += bad;
  if (bad === 0) modulesEqual++;
  for (const d of differences) kinds.set(d.kind, (kinds.get(d.kind) ?? 0) + 1);
  for (const d of differences) {
    if (shown++ < show) console.log(`\n${name} ${d.unit}: ${d.kind}\n${d.detail}`);
  }
}
console.log(
  `\n${profile}: ${modulesEqual} of ${modules} modules equal; ${equal} code objects equal, ${differ} differ` +
    ` (${stacksizes} stack sizes differ); ${((Date.now() - started) / 1000).toFixed(0)} s`,
);
for (const [kind, n] of [...kinds].sort((a, b) => b[1] - a[1])) console.log(`  ${n} × ${kind}`);
process.exitCode = differ > 0 ? 1 : 0;
