// Records what CPython answers to the conformance programs: the only writer of .out and .err files.
//
//   node scripts/record-cpython.mjs [filter] [--jobs=2] [--check] [--native=PATH]
//
//   filter     only programs whose subject/name contains it
//   --check    write nothing; exit 1 where a recording differs from what the oracles say now
//   --native   also run 3.13's answers on a native CPython 3.13 and report where the 64-bit build differs
//
// The oracles are the Pyodide builds: pyodide313 (CPython 3.13.2) and pyodide (3.14.2). Each program gets a fresh
// interpreter, runs as a real script through CPython's own main (so tracebacks, sys.exit and the `__main__` module are
// what `python NAME.py` gives) and is followed by CPython's own finalization, so that what dies at exit is recorded
// too. The collector is run twice before the program starts: its counters begin near 0, as the engine's do.
// Answers are kept in .cache/record-cpython by version and hash of the source, so only what changed runs again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ORACLES = { 3.13: 'pyodide313', 3.14: 'pyodide' };
const HOME = '/home/pyodide';
/** What every program is called inside the oracle; the recording gives it its own name back. */
const SCRIPT = 'recorded_program.py';
const BATCH = 25;
const self = fileURLToPath(import.meta.url);
/** From tests/conformance/programs.ts, which the child does not need. */
let withoutAddresses;

/**
 * In the child: runs programs one after another, each in a fresh interpreter, and prints one line of JSON for each.
 * Starting Pyodide costs two seconds, so it is started once and its memory kept as a snapshot; each program's
 * interpreter is that memory again, in a WebAssembly instance of its own.
 */
async function runInPyodide(packageName, inputFile) {
  const { loadPyodide } = await import(packageName);
  const settings = {
    args: [SCRIPT],
    // PYTHONINSPECT is empty because Pyodide otherwise sets it, and SystemExit would not end the program.
    env: { HOME, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONINSPECT: '' },
  };
  const snapshot = (await loadPyodide({ ...settings, _makeSnapshot: true })).makeMemorySnapshot();
  for (const { id, source, files } of JSON.parse(readFileSync(inputFile, 'utf8'))) {
    const py = await loadPyodide({ ...settings, _loadSnapshot: snapshot });
    const written = { stdout: [], stderr: [] };
    const sink = (chunks) => ({ isatty: false, write: (bytes) => chunks.push(Buffer.from(bytes)) && bytes.length });
    py.setStdout(sink(written.stdout));
    py.setStderr(sink(written.stderr));
    for (const [path, text] of Object.entries({ ...files, [SCRIPT]: source })) {
      py.FS.mkdirTree(dirname(`${HOME}/${path}`));
      py.FS.writeFile(`${HOME}/${path}`, text);
    }
    // A `__main__` of its own: JavaScript holds Pyodide's, which would change what finalization does to its globals.
    py.runPython(`
def prepare():
    import gc, sys
    start = {k: v for k, v in sys.modules['__main__'].__dict__.items() if k.startswith('__')}
    sys.modules['__main__'] = main = type(sys)('__main__')
    main.__dict__.clear()
    main.__dict__.update(start)
    del start, main
    gc.collect()
    gc.collect()
prepare()
`);
    let exitCode;
    try {
      exitCode = py._module._run_main();
      py._module._Py_FinalizeEx();
    } catch (error) {
      if (error?.name !== 'ExitStatus') throw error;
      exitCode = error.status;
    }
    const text = (chunks) => Buffer.concat(chunks).toString('utf8');
    const answer = { stdout: text(written.stdout), stderr: text(written.stderr), exitCode };
    process.stdout.write(`${JSON.stringify({ id, answer })}\n`);
  }
}

/** Runs a command to its end. Never rejects: what went wrong is in the result. */
function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const chunks = { stdout: [], stderr: [] };
    child.stdout.on('data', (data) => chunks.stdout.push(data));
    child.stderr.on('data', (data) => chunks.stderr.push(data));
    const timer = setTimeout(() => child.kill('SIGKILL'), 180_000);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({
        stdout: Buffer.concat(chunks.stdout).toString('utf8'),
        stderr: Buffer.concat(chunks.stderr).toString('utf8'),
        exitCode: code ?? -1,
      });
    });
  });
}

/** Tracebacks name a script by its full path; the recording names it by its file name alone. Addresses are masked. */
function portable(answer, folder) {
  const clean = (text) => withoutAddresses(text.replaceAll(`${folder}/`, ''));
  return { ...answer, stdout: clean(answer.stdout), stderr: clean(answer.stderr) };
}

/** Runs one batch of programs on one oracle and keeps the answers. Returns what went wrong, if anything did. */
async function askPyodide(programs, version, cacheFolder) {
  const input = join(cacheFolder, `${version}-${programs[0].hash}.json`);
  writeFileSync(input, JSON.stringify(programs));
  const child = await run(process.execPath, [self, '--child', ORACLES[version], input], { cwd: dirname(self) });
  unlinkSync(input);
  const byId = new Map(programs.map((program) => [program.id, program]));
  for (const line of child.stdout.split('\n').slice(0, -1)) {
    const { id, answer } = JSON.parse(line);
    const program = byId.get(id);
    const renamed = (text) => text.replaceAll(`${HOME}/${SCRIPT}`, program.filename);
    const named = { ...answer, stdout: renamed(answer.stdout), stderr: renamed(answer.stderr) };
    writeFileSync(cacheFile(cacheFolder, version, program), JSON.stringify(portable(named, HOME)));
    byId.delete(id);
  }
  const [unanswered] = byId.keys();
  return unanswered === undefined ? undefined : `${unanswered} on ${version}: the oracle failed\n${child.stderr}`;
}

const cacheFile = (cacheFolder, version, program) => join(cacheFolder, version, `${program.hash}.json`);
const readAnswer = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

async function askNative(program, python) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'record-cpython-')));
  try {
    for (const [path, text] of Object.entries({ ...program.files, [program.filename]: program.source })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const env = { PATH: process.env.PATH, HOME: folder, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
    return portable(await run(python, [program.filename], { cwd: folder, env }), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The texts a program's recording consists of: file ending → content. */
function recordingOf(program, answers) {
  const endings = {};
  const errorText = ({ exitCode, stderr }) =>
    exitCode === 0 && stderr === '' ? undefined : `exit ${exitCode}\n${stderr}`;
  for (const [ending, textOf] of [
    ['out', (answer) => answer.stdout],
    ['err', errorText],
  ]) {
    const texts = program.profiles.map((profile) => [profile, textOf(answers[program.oracle[profile]])]);
    if (new Set(texts.map(([, text]) => text)).size === 1) endings[ending] = texts[0][1];
    else for (const [profile, text] of texts) endings[`${profile}.${ending}`] = text ?? 'exit 0\n';
  }
  return endings;
}

const ENDINGS = ['out', 'err', '3.13.out', '3.13.err', '3.14.out', '3.14.err'];

async function main(args) {
  const { importTs } = await import('./bundle.mjs');
  const { root } = await import('./sources.mjs');
  const programsModule = await importTs('tests/conformance/programs.ts');
  ({ withoutAddresses } = programsModule);
  const { listPrograms, readManifest, firstDifference } = programsModule;
  const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const filter = args.find((arg) => !arg.startsWith('--')) ?? '';
  const checkOnly = args.includes('--check');
  const native = option('native');
  const base = join(root, 'tests', 'conformance');
  // A change of the oracles or of the way they are run makes every kept answer stale.
  const era = createHash('sha256').update(runInPyodide.toString());
  for (const name of Object.values(ORACLES)) era.update(readFileSync(join(root, 'node_modules', name, 'package.json')));
  const cacheFolder = join(root, '.cache', 'record-cpython', era.digest('hex').slice(0, 12));

  const programs = listPrograms(base, filter);
  const batches = [];
  for (const version of Object.keys(ORACLES)) {
    mkdirSync(join(cacheFolder, version), { recursive: true });
    const asked = programs.filter(
      (program) =>
        program.profiles.some((profile) => program.oracle[profile] === version) &&
        !existsSync(cacheFile(cacheFolder, version, program)),
    );
    for (let at = 0; at < asked.length; at += BATCH) batches.push([asked.slice(at, at + BATCH), version]);
  }
  async function worker() {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const problem = await askPyodide(...batch, cacheFolder);
      if (problem !== undefined) console.log(problem);
    }
  }
  await Promise.all(Array.from({ length: Number(option('jobs') ?? 2) }, worker));

  const hashes = {};
  let changed = 0;
  let nativeDifferences = 0;
  let broken = 0;
  for (const program of programs) {
    const answers = {};
    for (const version of new Set(program.profiles.map((profile) => program.oracle[profile]))) {
      answers[version] = readAnswer(cacheFile(cacheFolder, version, program));
    }
    if (Object.values(answers).includes(undefined)) {
      broken += 1;
      continue;
    }
    const recording = recordingOf(program, answers);
    for (const ending of ENDINGS) {
      const path = join(program.folder, program.filename.replace(/py$/, ending));
      const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      if (before === recording[ending]) continue;
      changed += 1;
      console.log(`${checkOnly ? 'differs' : 'recorded'} ${program.id}.${ending}`);
      if (checkOnly) continue;
      if (recording[ending] === undefined) unlinkSync(path);
      else writeFileSync(path, recording[ending]);
    }
    hashes[program.id] = program.hash;
    if (native !== undefined && answers['3.13'] !== undefined) {
      const difference = firstDifference(answers['3.13'], await askNative(program, native));
      if (difference !== undefined) {
        nativeDifferences += 1;
        console.log(`native differs: ${program.id}: ${difference.replace('engine:  ', 'native:  ')}`);
      }
    }
  }
  if (!checkOnly) {
    const known = new Set(listPrograms(base).map((program) => program.id));
    const manifest = Object.entries({ ...readManifest(base), ...hashes })
      .filter(([id]) => known.has(id))
      .sort();
    writeFileSync(join(base, 'recorded.json'), `${JSON.stringify(Object.fromEntries(manifest), null, 1)}\n`);
  }
  console.log(
    `${programs.length} programs, ${changed} files ${checkOnly ? 'differ' : 'written'}` +
      (native === undefined ? '' : `, ${nativeDifferences} differ on the native build`) +
      (broken === 0 ? '' : `, ${broken} without an answer`),
  );
  if (broken > 0 || (checkOnly && changed > 0)) process.exitCode = 1;
}

if (process.argv[2] === '--child') await runInPyodide(process.argv[3], process.argv[4]).then(() => process.exit(0));
else await main(process.argv.slice(2));
