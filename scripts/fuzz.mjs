// npm run fuzz [-- --seed=N] [--count=200] [--profile=3.13] [--batch=60] [--statements=40] [--no-oracle] [--native=PATH]
//
// Looks for random programs on which the engine parts from CPython, whose counts do not add up, or which come out
// otherwise when they are watched (trace) or run as generated code (the tier forced).
//
//   --native=PATH   a 64-bit CPython 3.13 to ask in place of Pyodide's: sizes and the reuse of addresses are compared
//                   with it too, and what dies at the very end
//   --no-oracle     only what the engine can find by itself
//
// Programs come from tests/property/random-programs.ts: program N is the same everywhere. Each runs on the engine with
// the audit after every statement, traced, and with the tier forced; and on CPython (the Pyodide build of its profile;
// what dies at the very end is not compared, for Pyodide's own references to `__main__` show there). One that differs is
// made smaller, block by block and then line by line, and saved under tests/conformance/fuzz/; record it with
// scripts/record-cpython.mjs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTs } from './bundle.mjs';
import { root } from './sources.mjs';
import { askNative, askPyodide, portable } from './oracle.mjs';

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const seed = Number(option('seed', Date.now() % 1_000_000_000));
const count = Number(option('count', 200));
const batch = Number(option('batch', 60));
const statements = Number(option('statements', 40));
const native = option('native');
const withOracle = !process.argv.includes('--no-oracle');
const profiles = option('profile') === undefined ? ['3.13', '3.14'] : [option('profile')];

const { randomProgram, sourceOf, blocksOf } = await importTs('tests/property/random-programs.ts');
const { firstDifference } = await importTs('tests/conformance/programs.ts');
const { runProgram } = await importTs('tests/conformance/engine-door.ts');

const AT_EXIT = 'at exit: ';

/** What was printed before finalization. */
const untilEnd = ({ stdout, stderr, exitCode }) => ({
  stdout: stdout.split(/^END\n/m)[0],
  stderr: stderr.split(/^END\n/m)[0],
  exitCode,
});

/** Ways of running a program that must all come to the same; the first is what the others are held against. */
const ways = {
  audited: { audit: 'statement' },
  traced: { trace: true },
  plain: {},
  generated: { tierThreshold: 0 },
  'generated and traced': { tierThreshold: 0, trace: true },
};
/** Back edges and calls: a program from which something was left out may not end. */
const BUDGET = 200_000;

/** What the engine gets wrong by itself, and what it answers. */
function askEngine(profile, source, names = Object.keys(ways)) {
  let answer;
  try {
    for (const name of names) {
      const result = runProgram({ source, filename: 'program.py', profile, budget: BUDGET, ...ways[name] });
      const { differences } = result.audit;
      if (differences.length > 0) return { problem: `audit: ${differences.slice(0, 2).join(' | ')}`, answer };
      const here = portable(result);
      answer ??= here;
      const difference = firstDifference(answer, here);
      if (difference !== undefined) return { problem: `${name}: ${difference}`, answer };
    }
    return { problem: undefined, answer };
  } catch (error) {
    if (error.name === 'LimitReached') return { problem: undefined, answer: undefined };
    return { problem: `engine: ${error instanceof Error ? error.stack : error}`, answer: undefined };
  }
}

/** Counts of immortal objects belong to the word size, which is not the oracle's. */
const withoutImmortals = (answer) => ({ ...answer, stdout: answer.stdout.replace(/\b[1-4]\d{9}\b/g, 'IMMORTAL') });

/** How it fails on CPython's answer, or undefined. */
function compare(expected, actual, isNative) {
  // A program that raises was cut too short.
  if (expected === undefined || (expected.exitCode !== 0 && actual.exitCode !== 0)) return undefined;
  if (!isNative) return firstDifference(withoutImmortals(untilEnd(expected)), withoutImmortals(untilEnd(actual)));
  const problem = firstDifference(untilEnd(expected), untilEnd(actual));
  const last = problem === undefined ? firstDifference(expected, actual) : undefined;
  return last === undefined ? problem : AT_EXIT + last;
}

/** For each source, how it fails, or undefined. */
async function check(profile, sources, names, askCPython = withOracle) {
  const engine = sources.map((source) => askEngine(profile, source, names));
  const problems = engine.map(({ problem }) => problem);
  if (!askCPython) return problems;
  const asked = engine.flatMap(({ problem, answer }, i) => (problem === undefined && answer !== undefined ? [i] : []));
  if (asked.length === 0) return problems;
  const isNative = native !== undefined && profile === '3.13';
  const wanted = asked.map((i) => sources[i]);
  const answers = isNative ? wanted.map((source) => askNative(native, source)) : await askPyodide(profile, wanted);
  asked.forEach((i, at) => {
    problems[i] = compare(answers[at], engine[i].answer, isNative);
  });
  return problems;
}

/** Kind of a problem: without numbers and addresses. */
const kindOf = (problem) =>
  problem
    .replace(/\d+|0x[0-9a-f]+/g, 'N')
    .replace(/\s+/g, ' ')
    .slice(0, 70);

/** Which of the ways a problem needs to show, and whether it needs CPython. */
function needs(problem) {
  const own = /^(audit|engine|traced|plain|generated|generated and traced): /.exec(problem)?.[1];
  if (own === undefined)
    return { names: ['plain'], cpython: true, sort: problem.startsWith(AT_EXIT) ? AT_EXIT : 'cpython' };
  if (own === 'engine') return { names: Object.keys(ways), cpython: false, sort: own };
  return { names: own === 'audit' ? ['audited'] : ['audited', own], cpython: false, sort: own };
}

/** Leaves out pieces, big ones first, as long as the same sort of thing goes wrong still. */
async function shrinkPieces(profile, pieces, original) {
  const { names, cpython, sort } = needs(original);
  const inErrors = /stderr line|exit code/.test(original);
  const isLike = (problem) =>
    problem !== undefined && needs(problem).sort === sort && (inErrors || !/stderr line|exit code/.test(problem));
  // Starting Pyodide costs as much as a dozen programs.
  const together = cpython && !(native !== undefined && profile === '3.13') ? 16 : 1;
  // The collection at the start takes the interpreter's own garbage, and what finalization prints comes after the end.
  const [start, end] = [pieces.slice(0, 2), pieces.at(-1)];
  const textOf = (some) => `${[...start, ...some, end].join('\n')}\n`;
  let kept = pieces.slice(2, -1);
  for (let size = Math.ceil(kept.length / 2); ; size = Math.ceil(size / 2)) {
    for (let again = true; again; ) {
      again = false;
      for (let last = kept.length; last > 0; ) {
        const starts = [];
        for (let at = last - size; starts.length < together && at > -size; at -= size) starts.push(Math.max(at, 0));
        const candidates = starts.map((at) => [...kept.slice(0, at), ...kept.slice(at + size)]);
        const texts = candidates.map(textOf);
        const problems = await check(profile, texts, names, cpython);
        const at = problems.findIndex(isLike);
        if (at >= 0) {
          kept = candidates[at];
          last = starts[at];
          again = size === 1;
        } else last = starts.at(-1);
      }
    }
    if (size === 1) return [...start, ...kept, end];
  }
}

async function shrink(profile, chunks, original) {
  const blocks = await shrinkPieces(profile, blocksOf(chunks), original);
  return shrinkPieces(profile, [...blocks.slice(0, -1).join('\n').split('\n'), blocks.at(-1)], original);
}

const known = new Set();
let tried = 0;
let failed = 0;
console.log(`seed ${seed}`);
for (let at = 0; at < count; at += batch) {
  for (const profile of profiles) {
    const numbers = Array.from({ length: Math.min(batch, count - at) }, (_, i) => seed + at + i);
    const sizes = native !== undefined && profile === '3.13';
    // 3.14.2, the oracle, still has the incremental collector: younger generations are other things there.
    const how = { generations: profile === '3.13', sizes, statements };
    const programs = numbers.map((number) => randomProgram(number, how));
    const problems = await check(
      profile,
      programs.map(({ chunks }) => sourceOf(chunks)),
    );
    tried += programs.length;
    for (const [i, problem] of problems.entries()) {
      if (problem === undefined) continue;
      failed++;
      console.log(`FAIL seed ${numbers[i]} on ${profile}: ${problem}`);
      const kind = kindOf(problem);
      if (known.has(kind) || known.size >= 8) continue;
      known.add(kind);
      const small = await shrink(profile, programs[i].chunks, problem);
      const folder = join(root, 'tests', 'conformance', 'fuzz');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `seed_${numbers[i]}.py`);
      const only = sizes ? '# profile: 3.13\n' : '';
      const text = `${small.join('\n')}\n`;
      writeFileSync(file, `# Found by npm run fuzz: seed ${numbers[i]}.\n${only}${text}`);
      console.log(`  saved ${file}\n${text.replace(/^/gm, '    ')}`);
      console.log(`  ${(await check(profile, [text]))[0]}`);
    }
    console.log(`${tried} tried, ${failed} failed`);
  }
}
if (failed > 0) process.exitCode = 1;
