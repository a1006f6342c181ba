// npm run cpython-tests -- DIR [MODULE …] [options]: runs CPython's own test modules, unmodified, from a Lib/test folder
// on the engine, and prints what passes.
//
//   DIR               a Lib/test folder, such as ~/.pyenv/versions/3.13.0/lib/python3.13/test
//   MODULE            test_list …; those of the issue's list when absent
//   --profile 3.13    the engine's version; DIR's own when absent
//   --against PYTHON  runs the same tests on a real CPython under the same conditions, and compares
//   --audit           recount the heap after each module
//   -k PATTERN        only tests whose id contains it
//   -v                each test that does not pass, with its traceback
//   --json FILE       all results by module and test
//   --timeout N       seconds that a single test may take (default 60); it is then an error, and the rest goes on
//   --jobs N          modules at once (default 1)
//
// The conditions (driver.py): one thread, no other process, no C modules made for tests; a test that needs them is
// skipped on both sides.
//
// A test that passes on CPython and not here is looked up in tests/divergences/cpython-tests.json, which gives the reason.
// One that is not listed there is named, and makes the exit code 1; so does one that is listed and passes.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { root } from './sources.mjs';

const TARGETS = `gc weakref weakset scope generators list tuple dict set iter slice range bool class finalization with
contextlib functools itertools copy dataclasses enum patma grammar listcomps genexps property super builtin int float
string fstring exceptions descr`
  .split(/\s+/)
  .map((name) => `test_${name}`);
/** So many times a module is begun anew behind a test that hung or brought the engine down. */
const RESTARTS = 12;

const args = process.argv.slice(2);
const option = (name, flag = false) => {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  const [arg] = args.splice(at, 1);
  if (flag) return true;
  return arg.includes('=') ? arg.slice(name.length + 1) : args.splice(at, 1)[0];
};
const settings = {
  profile: option('--profile'),
  against: option('--against'),
  audit: option('--audit', true),
  pattern: option('-k') ?? '',
  verbose: option('-v', true),
  json: option('--json'),
  timeout: Number(option('--timeout') ?? 60) * 1000,
  jobs: Number(option('--jobs') ?? 1),
  engine: option('--engine'),
};
const expand = (path) => path.replace(/^~(?=\/)/, homedir());
const folder = args.shift();
if (folder === undefined || !existsSync(expand(folder))) {
  console.error('usage: npm run cpython-tests -- DIR [MODULE …] [--profile 3.13] [--against PYTHON] [-v] [-k PATTERN]');
  process.exit(2);
}
const dir = resolve(expand(folder));
const profile = settings.profile ?? /python(3\.\d+)/.exec(dir)?.[1] ?? '3.13';
const modules = args.length > 0 ? args.map((name) => basename(name, '.py')) : TARGETS;
const driver = join(root, 'scripts', 'cpython-tests', 'driver.py');
const scratch = mkdtempSync(join(tmpdir(), 'cpython-tests-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs a command until it ends, or until nothing was written to `results` for too long. */
function run(command, argv, results) {
  return new Promise((done) => {
    const cwd = join(scratch, `cwd-${Math.random().toString(36).slice(2)}`);
    mkdirSync(cwd);
    const child = spawn(command, argv, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONHASHSEED: '0' },
    });
    let tail = '';
    const keep = (data) => {
      tail = (tail + data).slice(-20_000);
    };
    child.stdout.on('data', () => {});
    child.stderr.on('data', keep);
    let last = Date.now();
    let size = -1;
    let hung = false;
    const watch = setInterval(() => {
      const now = existsSync(results) ? statSync(results).size : 0;
      if (now !== size) {
        size = now;
        last = Date.now();
      } else if (Date.now() - last > settings.timeout) {
        hung = true;
        child.kill('SIGKILL');
      }
    }, 250);
    child.on('close', (code) => {
      clearInterval(watch);
      rmSync(cwd, { recursive: true, force: true });
      done({ code, tail, hung });
    });
  });
}

/** All results of one module on one Python: `{ status, detail, tests: { id: { outcome, detail } }, audit }`. */
async function runModule(name, makeCommand) {
  const answer = { status: 'done', detail: '', tests: {}, audit: [] };
  for (let turn = 0; turn <= RESTARTS; turn++) {
    const results = join(scratch, `${name}-${turn}-${Math.random().toString(36).slice(2)}.jsonl`);
    const doneFile = `${results}.done`;
    writeFileSync(doneFile, Object.keys(answer.tests).join('\n'));
    const [command, argv] = makeCommand([driver, dir, name, results, doneFile, settings.pattern]);
    const { code, tail, hung } = await run(command, argv, results);
    const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').filter(Boolean) : [];
    let running;
    let finished = false;
    for (const line of lines) {
      let event;
      try {
        event = JSON.parse(line);
      } catch {
        continue;
      }
      if (event.start !== undefined) running = event.start;
      if (event.id !== undefined) {
        answer.tests[event.id] = { outcome: event.outcome, detail: event.detail };
        running = undefined;
      }
      if (event.module === 'skip' || event.module === 'error') {
        return { ...answer, status: event.module, detail: event.detail };
      }
      if (event.module === 'done') finished = true;
    }
    const audit = /^audit: .*$/gm;
    answer.audit.push(...(tail.match(audit) ?? []));
    if (finished) return answer;
    if (running === undefined) {
      const why = hung ? 'no test began in time' : `exit ${code}`;
      return { ...answer, status: 'error', detail: `${why}\n${tail.slice(-2000)}` };
    }
    const why = hung ? 'took too long' : /RangeError|engine error/.test(tail) ? 'engine error' : `exit ${code}`;
    answer.tests[running] = { outcome: 'error', detail: `${why}\n${hung ? '' : tail.slice(-1500)}` };
  }
  return { ...answer, status: 'error', detail: 'too many tests that did not end' };
}

const count = (tests, outcome) => Object.values(tests).filter((test) => test.outcome === outcome).length;
const percent = (part, whole) => (whole === 0 ? '  –  ' : `${((100 * part) / whole).toFixed(1)} %`);

const engineFile = settings.engine ?? fileURLToPath(await bundle('lib/engine-cli/py.ts', ['lib']));
const launcher = join(root, 'scripts', 'engine-worker.mjs');
const onEngine = (argv) => [
  process.execPath,
  [launcher, engineFile, '--profile', profile, ...(settings.audit ? ['--audit'] : []), ...argv],
];
const onReal = (argv) => [expand(settings.against), argv];

/** Tests that are known not to pass, with the reason: by module, then by id. */
const listed = new Map();
/** Of these, those that pass on some runs: they compare times. */
const unsteady = new Set();
for (const { reason, unsteady: sometimes, tests } of JSON.parse(
  readFileSync(join(root, 'tests', 'divergences', 'cpython-tests.json'), 'utf8'),
)) {
  for (const [module, ids] of Object.entries(tests)) {
    const known = listed.get(module) ?? new Map();
    for (const id of ids) known.set(id, reason);
    if (sometimes) for (const id of ids) unsteady.add(id);
    listed.set(module, known);
  }
}
/** `test.test_list.ListTest.test_sort` as the list writes it. */
const shortId = (name, id) => (id.startsWith(`test.${name}.`) ? id.slice(`test.${name}.`.length) : id);
const isGood = (test) => test?.outcome === 'pass' || test?.outcome === 'xfail';

/** What does not pass here as it should: `{ id, outcome, reason }`, and what is listed and passes. */
function compareWithList(name, ours, real) {
  const known = listed.get(name) ?? new Map();
  const misses = [];
  for (const [id, test] of Object.entries(real?.tests ?? ours.tests)) {
    if (isGood(ours.tests[id])) continue;
    const outcome = ours.tests[id]?.outcome ?? 'absent';
    // Without a CPython to compare with, a skipped test is taken to be skipped there too.
    if (real === undefined ? outcome === 'skip' : !isGood(test)) continue;
    misses.push({ id, outcome, reason: known.get(shortId(name, id)) });
  }
  const passing = Object.keys(ours.tests).filter(
    (id) => isGood(ours.tests[id]) && known.has(shortId(name, id)) && !unsteady.has(shortId(name, id)),
  );
  return { misses, passing };
}

const all = {};
const totals = { pass: 0, fail: 0, error: 0, skip: 0, wanted: 0, reached: 0, audit: 0, listed: 0, unlisted: 0 };
const queue = [...modules];

async function work() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const start = Date.now();
    const [ours, real] = await Promise.all([
      runModule(name, onEngine),
      settings.against === undefined ? undefined : runModule(name, onReal),
    ]);
    all[name] = { engine: ours, cpython: real };
    const pass = count(ours.tests, 'pass') + count(ours.tests, 'xfail');
    const [fail, error, skip] = ['fail', 'error', 'skip'].map((outcome) => count(ours.tests, outcome));
    totals.pass += pass;
    totals.fail += fail;
    totals.error += error;
    totals.skip += skip;
    totals.audit += ours.audit.length;
    let compared = '';
    if (real !== undefined) {
      const wanted = Object.keys(real.tests).filter((id) => isGood(real.tests[id]));
      const reached = wanted.filter((id) => isGood(ours.tests[id])).length;
      totals.wanted += wanted.length;
      totals.reached += reached;
      compared = `  ${percent(reached, wanted.length)} of ${wanted.length}`;
    }
    const trouble =
      ours.status === 'done' ? '' : `  ${ours.status.toUpperCase()}: ${ours.detail.trim().split('\n').at(-1)}`;
    const audit = ours.audit.length > 0 ? `  ${ours.audit.length} audit differences` : '';
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(
      `${name.padEnd(20)} ${pass} passed, ${fail} failed, ${error} errors, ${skip} skipped${compared}  (${seconds} s)${audit}${trouble}`,
    );
    const { misses, passing } = compareWithList(name, ours, real);
    for (const { id, outcome, reason } of misses) {
      if (reason === undefined) console.log(`  NOT LISTED  ${outcome} ${id}`);
      else if (settings.verbose) console.log(`  listed  ${outcome} ${id}: ${reason}`);
    }
    for (const id of passing) console.log(`  PASSES, BUT IS LISTED  ${id}`);
    const unlisted = misses.filter(({ reason }) => reason === undefined).length + passing.length;
    totals.unlisted += unlisted + (ours.status === 'error' ? 1 : 0);
    totals.listed += misses.length - unlisted + passing.length;
    if (!settings.verbose) continue;
    for (const line of ours.audit) console.log(`    ${line}`);
    for (const [id, { outcome, detail }] of Object.entries(ours.tests)) {
      if (outcome !== 'fail' && outcome !== 'error') continue;
      const known = real?.tests[id];
      const note = known === undefined || known.outcome === 'pass' ? '' : `  (CPython: ${known.outcome})`;
      console.log(`  ${outcome.toUpperCase()} ${id}${note}\n${detail.trim().replace(/^/gm, '      ')}`);
    }
    if (ours.status !== 'done') console.log(ours.detail);
  }
}

await Promise.all(Array.from({ length: Math.max(1, settings.jobs) }, work));
const summary = `${totals.pass} passed, ${totals.fail} failed, ${totals.error} errors, ${totals.skip} skipped`;
const against =
  settings.against === undefined
    ? ''
    : `; ${percent(totals.reached, totals.wanted)} of the ${totals.wanted} that pass on CPython`;
console.log(
  `${'in all'.padEnd(20)} ${summary}${against}${settings.audit ? `; ${totals.audit} audit differences` : ''}` +
    `; ${totals.listed} of what does not pass listed in tests/divergences, ${totals.unlisted} not`,
);
if (settings.json !== undefined)
  writeFileSync(settings.json, `${JSON.stringify({ profile, modules: all, totals }, null, 1)}\n`);
if (totals.audit > 0 || totals.unlisted > 0) process.exitCode = 1;
