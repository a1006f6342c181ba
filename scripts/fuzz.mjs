// Looks for random programs on which the engine parts from CPython, or whose counts do not add up.
//
//   node scripts/fuzz.mjs [--seed=N] [--count=200] [--profile=3.13] [--batch=60] [--no-oracle] [--statements=40]
//                         [--native=PATH]   a CPython 3.13 to ask in place of Pyodide's; much faster
//
// Programs come from tests/property/random-programs.ts: program N of seed S is the same everywhere. Each runs on the
// engine with the audit after every statement, and on CPython (the Pyodide build of its profile; what dies at the very
// end is not compared, for Pyodide's own references to `__main__` show there). One that differs is
// made smaller by leaving out blocks and saved under tests/conformance/fuzz/; record it with scripts/record-cpython.mjs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTs, root } from './bundle-ts.mjs';

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const seed = Number(option('seed', Date.now() % 1_000_000_000));
const count = Number(option('count', 200));
const batch = Number(option('batch', 60));
const statements = Number(option('statements', 40));
const native = option('native');
const withOracle = !process.argv.includes('--no-oracle');
const profiles = option('profile') === undefined ? ['3.13', '3.14'] : [option('profile')];
const oracles = { 3.13: 'pyodide313', 3.14: 'pyodide' };

const { randomProgram, sourceOf } = await importTs('tests/property/random-programs.ts');
const { firstDifference, withoutAddresses } = await importTs('tests/conformance/programs.ts');
const { runProgram } = await importTs('tests/conformance/engine-door.ts');

/** What each program gives on CPython, all in one process. An oracle that failed gives undefined. */
function askOracle(profile, sources) {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const input = join(folder, 'programs.json');
  writeFileSync(input, JSON.stringify(sources.map((source, id) => ({ id, source, files: {} }))));
  return new Promise((done) => {
    const args = [join(root, 'scripts', 'record-cpython.mjs'), '--child', oracles[profile], input];
    const child = spawn(process.execPath, args, { cwd: join(root, 'scripts'), stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 300_000);
    child.on('close', () => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      const answers = new Array(sources.length);
      for (const line of out.split('\n').slice(0, -1)) {
        const { id, answer } = JSON.parse(line);
        const rename = (text) => withoutAddresses(text.replaceAll('/home/pyodide/recorded_program.py', 'program.py'));
        answers[id] = { ...answer, stdout: rename(answer.stdout), stderr: rename(answer.stderr) };
      }
      done(answers);
    });
  });
}

/** The same of a CPython of this machine. */
function askNative(source) {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  writeFileSync(join(folder, 'program.py'), source);
  const env = { HOME: folder, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(native, ['program.py'], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  rmSync(folder, { recursive: true, force: true });
  const clean = (text) => withoutAddresses(text.replaceAll(`${folder}/`, ''));
  return { stdout: clean(stdout), stderr: clean(stderr), exitCode: status };
}

const AT_EXIT = 'at exit: ';

/** What was printed before finalization. */
const untilEnd = (answer) => ({ ...answer, stdout: answer.stdout.split(/^END\n/m)[0] });

/** What the engine gets wrong by itself, and what it answers. */
function askEngine(profile, source) {
  try {
    const { stdout, stderr, exitCode, audit } = runProgram({
      source,
      filename: 'program.py',
      profile,
      audit: 'statement',
    });
    const problem = audit.differences.length === 0 ? undefined : `audit: ${audit.differences.slice(0, 2).join(' | ')}`;
    return { problem, answer: { stdout: withoutAddresses(stdout), stderr: withoutAddresses(stderr), exitCode } };
  } catch (error) {
    return { problem: `engine: ${error instanceof Error ? error.message : error}`, answer: undefined };
  }
}

/** For each source, how it fails, or undefined. */
async function check(profile, sources) {
  const engine = sources.map((source) => askEngine(profile, source));
  const asked = withOracle ? engine.flatMap(({ problem }, i) => (problem === undefined ? [i] : [])) : [];
  const useNative = native !== undefined && profile === '3.13';
  const wanted = asked.map((i) => sources[i]);
  const answers = useNative ? wanted.map(askNative) : asked.length === 0 ? [] : await askOracle(profile, wanted);
  const problems = engine.map(({ problem }) => problem);
  asked.forEach((i, at) => {
    // A program that raises was cut too short.
    if (answers[at] === undefined || (answers[at].exitCode !== 0 && engine[i].answer.exitCode !== 0)) return;
    const [expected, actual] = [answers[at], engine[i].answer];
    problems[i] = firstDifference(untilEnd(expected), untilEnd(actual));
    if (useNative && problems[i] === undefined) {
      const last = firstDifference(expected, actual);
      if (last !== undefined) problems[i] = `${AT_EXIT}${last}`;
    }
  });
  return problems;
}

/** Leaves out blocks, big pieces first, as long as something goes wrong still. */
async function shrink(profile, chunks, original) {
  const isAtExit = original.startsWith(AT_EXIT);
  const isLike = (problem) =>
    problem !== undefined && problem.startsWith(AT_EXIT) === isAtExit && !/stderr line|exit code/.test(problem);
  let kept = [...chunks];
  for (let size = Math.ceil(kept.length / 2); size >= 1; ) {
    const candidates = [];
    for (let at = 0; at < kept.length; at += size) candidates.push([...kept.slice(0, at), ...kept.slice(at + size)]);
    const problems = await check(profile, candidates.map(sourceOf));
    const smaller = candidates.findLast((_, i) => isLike(problems[i]));
    if (smaller !== undefined) {
      kept = smaller;
      size = Math.min(size, Math.max(1, Math.ceil(kept.length / 2)));
    } else if (size === 1) break;
    else size = Math.ceil(size / 2);
  }
  return kept;
}

const known = new Set();
let tried = 0;
let failed = 0;
console.log(`seed ${seed}`);
for (let at = 0; at < count; at += batch) {
  for (const profile of profiles) {
    const numbers = Array.from({ length: Math.min(batch, count - at) }, (_, i) => seed + at + i);
    // 3.14.2, the oracle, still has the incremental collector: younger generations are other things there.
    const programs = numbers.map((number) => randomProgram(number, { generations: profile === '3.13', statements }));
    const problems = await check(
      profile,
      programs.map(({ chunks }) => sourceOf(chunks)),
    );
    tried += programs.length;
    for (const [i, problem] of problems.entries()) {
      if (problem === undefined) continue;
      failed++;
      console.log(`FAIL seed ${numbers[i]} on ${profile}: ${problem}`);
      const kind = problem.replace(/\d+|0x[0-9a-f]+/g, 'N').slice(0, 60);
      if (known.has(kind) || known.size >= 6) continue;
      known.add(kind);
      const small = await shrink(profile, programs[i].chunks, problem);
      const folder = join(root, 'tests', 'conformance', 'fuzz');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `seed_${numbers[i]}.py`);
      const only = profile === '3.13' ? '# profile: 3.13\n' : '';
      writeFileSync(file, `# Found by scripts/fuzz.mjs: seed ${numbers[i]}.\n${only}${sourceOf(small)}`);
      console.log(`  saved ${file}\n${small.join('\n').replace(/^/gm, '    ')}`);
      console.log(`  ${(await check(profile, [sourceOf(small)]))[0]}`);
    }
    console.log(`${tried} tried, ${failed} failed`);
  }
}
if (failed > 0) process.exitCode = 1;
