// Runs the conformance programs on the engine, all in this process, and says where it parts from CPython.
//
//   node scripts/conformance.mjs [filter …] [--profile=3.14] [--audit] [--trace] [--tier] [--diff] [--list-failing]
//
//   filter           only programs whose subject/name contains one of the words
//   --profile        3.13 or 3.14; both when absent
//   --audit          recount the heap after every statement and report the differences
//   --trace          record events while running
//   --tier           generate code for everything, from its first run on
//   --diff           show whole outputs instead of the first difference
//   --list-failing   print only `subject/name@profile`, one a line
//   --engine=ENTRY   another module with runProgram (default tests/conformance/engine-door.ts)
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { importTs } from './bundle.mjs';
import { root } from './sources.mjs';

const args = process.argv.slice(2);
/** `--name=value` or `--name value`. */
const option = (name) => {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  return args[at].includes('=') ? args[at].slice(name.length + 3) : args.splice(at + 1, 1)[0];
};
const onlyProfile = option('profile');
const engine = option('engine') ?? 'tests/conformance/engine-door.ts';
const filters = args.filter((arg) => !arg.startsWith('--'));
const listFailing = args.includes('--list-failing');

const { listPrograms, recordedAnswer, readList, firstDifference, comparable } = await importTs(
  'tests/conformance/programs.ts',
);
const { runProgram } = await importTs(engine);
const base = join(root, 'tests', 'conformance');
const skip = readList(base, 'skip');
const failing = readList(base, 'failing');

const outcome = { passed: 0, failed: 0, skipped: 0, unexpected: 0 };
const say = (text) => listFailing || console.log(text);

for (const program of listPrograms(base)) {
  if (filters.length > 0 && !filters.some((filter) => program.id.includes(filter))) continue;
  for (const profile of program.profiles) {
    if (onlyProfile !== undefined && profile !== onlyProfile) continue;
    const name = `${program.id}@${profile}`;
    const expected = recordedAnswer(program, profile);
    if (skip.has(name) || expected === undefined) {
      outcome.skipped += 1;
      say(`skip  ${name}  ${skip.get(name) ?? '(not recorded)'}`);
      continue;
    }
    const start = performance.now();
    let problem;
    let actual;
    try {
      actual = runProgram({
        source: program.source,
        filename: program.filename,
        files: program.files,
        profile,
        audit: args.includes('--audit') ? 'statement' : 'none',
        trace: args.includes('--trace'),
        ...(args.includes('--tier') ? { tierThreshold: 0 } : {}),
      });
      problem = firstDifference(expected, comparable(actual));
      if (problem === undefined && actual.audit.differences.length > 0) {
        problem = `audit: ${actual.audit.differences.slice(0, 3).join('\n      ')}`;
      }
    } catch (error) {
      problem = `engine threw: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 5).join('\n      ') : error}`;
    }
    const took = performance.now() - start;
    const slow = took > 1000 ? `  (${(took / 1000).toFixed(1)} s)` : '';
    if (problem === undefined) {
      outcome.passed += 1;
      if (failing.has(name)) outcome.unexpected += 1;
      say(`ok    ${name}${failing.has(name) ? '  (listed as failing: take it off the list)' : ''}${slow}`);
      continue;
    }
    outcome.failed += 1;
    if (listFailing) {
      console.log(name);
      continue;
    }
    console.log(`FAIL  ${name}${failing.has(name) ? `  (known: ${failing.get(name)})` : ''}${slow}\n    ${problem}`);
    if (args.includes('--diff') && actual !== undefined) {
      for (const stream of ['stdout', 'stderr']) {
        if (expected[stream] === actual[stream]) continue;
        console.log(
          `    -- ${stream} of CPython\n${expected[stream]}    -- ${stream} of the engine\n${actual[stream]}`,
        );
      }
    }
  }
}
say(
  `${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped` +
    (outcome.unexpected === 0 ? '' : `, ${outcome.unexpected} listed as failing but pass`),
);
if (outcome.failed > 0) process.exitCode = 1;
