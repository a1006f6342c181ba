// npm run hunt:mutations [-- --seed=N] [--count=20000] [--jobs=2] [--only=SEED] [--keep]
//
// Broken programs must not break the engine: each of `count` programs ends in a result, a Python exception or a named
// limit; never in a JavaScript error, an EngineError, a wrong count, or not at all. The programs are the conformance set
// and the standard library's sources with tokens, characters, lines, literals and whole bracketed expressions deleted,
// doubled, exchanged and taken from one another (tests/property/mutations.ts); seed N gives the same everywhere. A seed is
// one program that is audited after each statement, one traced cell, one program as generated code, or forty programs
// that run one after the other in one notebook: after each the next must run. A hunt that was stopped goes on with the
// seed of its last line.
//
//   --only=SEED   prints that program, runs it and says how it ends
//
// What fails is made smaller by lines, printed, and kept in .cache/hunt-mutations/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { importTs } from './bundle.mjs';
import { root } from './sources.mjs';

/** A program that takes longer than this, in ms, hangs. */
const PATIENCE = 300_000;

if (isMainThread) await hunt();
else await work();

async function hunt() {
  const option = (name, fallback) =>
    process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
  if (option('only') !== undefined) {
    const { mutant, endOf } = await engineSide();
    const { source, how } = mutant(Number(option('only')));
    console.log(`${source}\n--- ${how}`);
    console.log(endOf(source, how));
    process.exit(0);
  }
  const seed = Number(option('seed', Date.now() % 1_000_000_000));
  const count = Number(option('count', 20_000));
  const jobs = Number(option('jobs', 2));
  const folder = join(root, '.cache', 'hunt-mutations');
  mkdirSync(folder, { recursive: true });
  console.log(`seed ${seed}`);
  const ends = new Map();
  const kinds = new Set();
  let next = seed;
  let tried = 0;
  let failed = 0;
  const began = Date.now();
  const tell = () => {
    const rate = tried / ((Date.now() - began) / 1000);
    const parts = [...ends].sort((a, b) => b[1] - a[1]).map(([end, n]) => `${end} ${n}`);
    console.log(`${tried} tried (${rate.toFixed(0)}/s), ${failed} failed, on to seed ${next}: ${parts.join(', ')}`);
  };
  const fail = (number, kind, text, source) => {
    failed += 1;
    if (kinds.has(kind)) return;
    kinds.add(kind);
    const file = join(folder, `seed_${number}.py`);
    writeFileSync(file, source);
    console.log(`FAIL seed ${number}: ${text}\n${source.replace(/^/gm, '    ')}\n  kept in ${file}`);
  };
  const runner = () =>
    new Promise((done) => {
      let current;
      let timer;
      const worker = new Worker(fileURLToPath(import.meta.url), { resourceLimits: { stackSizeMb: 4 } });
      const more = () => {
        clearTimeout(timer);
        if (tried >= count) {
          worker.terminate();
          done();
          return;
        }
        current = next++;
        timer = setTimeout(() => {
          tried += 1;
          fail(current, `hang ${current}`, 'it does not end', `# see --only=${current}\n`);
          worker.terminate();
          runner().then(done);
        }, PATIENCE);
        worker.postMessage(current);
      };
      worker.on('message', (message) => {
        if (message === 'ready') return more();
        const before = tried;
        tried += message.programs;
        ends.set(message.end, (ends.get(message.end) ?? 0) + 1);
        if (message.kind !== undefined) fail(current, message.kind, message.text, message.source);
        if (Math.floor(before / 1000) < Math.floor(tried / 1000)) tell();
        more();
      });
      worker.on('error', (error) => {
        clearTimeout(timer);
        tried += 1;
        fail(current, `worker ${error.message}`, `the worker died: ${error.message}`, `# see --only=${current}\n`);
        runner().then(done);
      });
    });
  await Promise.all(Array.from({ length: jobs }, runner));
  tell();
  process.exit(failed > 0 ? 1 : 0);
}

async function work() {
  const { mutant, endOf } = await engineSide();
  parentPort.on('message', (number) => {
    const { source, how } = mutant(number);
    const outcome = { ...endOf(source, how) };
    if (outcome.kind !== undefined) outcome.source = smaller(source, (text) => endOf(text, how).kind === outcome.kind);
    parentPort.postMessage(outcome);
  });
  parentPort.postMessage('ready');
}

/** Leaves out lines as long as it fails alike, for a few seconds. */
function smaller(source, failsAlike) {
  let lines = source.split('\n');
  const until = Date.now() + PATIENCE / 30;
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = lines.length - size; at > -size && Date.now() < until; at -= size) {
      const some = [...lines.slice(0, Math.max(at, 0)), ...lines.slice(at + size)];
      if (failsAlike(some.join('\n'))) lines = some;
    }
  }
  return lines.join('\n');
}

async function engineSide() {
  const { mutations } = await importTs('tests/property/mutations.ts');
  const { endOf } = await importTs('tests/property/ends.ts');
  return { mutant: mutations(join(root, 'tests', 'conformance')), endOf };
}
