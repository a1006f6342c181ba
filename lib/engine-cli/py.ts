/**
 * `npm run --silent py -- [--profile 3.14] [--audit] [-c CODE | -m MODULE | FILE.py | -] [ARG…]`: runs Python on our engine in
 * the terminal, as `python` would. `--audit` recounts the heap at the end.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, realpathSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { workerData } from 'node:worker_threads';
import {
  auditHeap,
  bootInterpreter,
  finalize,
  HeapFull,
  PROFILES,
  type Profile,
  runMain,
  runModuleAsMain,
  setArguments,
} from '../engine/index';
import { standardModules } from '../engine/stdlib/index';
import { nodeCodeCache } from './code-cache';
import { nodeLibrary } from './library';
import { NodeFiles } from './node-files';

interface Program {
  source: string;
  filename: string;
  file: string | null;
  path0: string;
  argv: string[];
  /** Of `-m`. */
  module?: string;
}

function fail(message: string): never {
  writeSync(2, `${message}\n`);
  process.exit(2);
}

function readFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Writes all of it, also to a pipe that is full for the moment. */
function write(fd: 1 | 2, text: string): void {
  let data = Buffer.from(text, 'utf8');
  while (data.length > 0) {
    try {
      data = data.subarray(writeSync(fd, data));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(1);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

function chooseProgram(args: string[]): Program {
  const [first, ...rest] = args;
  if (first === '-c') {
    const [source, ...argv] = rest;
    if (source === undefined) return fail('Argument expected for the -c option');
    return { source: `${source}\n`, filename: '<string>', file: null, path0: '', argv: ['-c', ...argv] };
  }
  if (first === '-m') {
    const [name, ...argv] = rest;
    if (name === undefined) return fail('Argument expected for the -m option');
    return { source: '', filename: '', file: null, path0: process.cwd(), argv: ['-m', ...argv], module: name };
  }
  if (first === undefined || first === '-') {
    return {
      source: readFileSync(0, 'utf8'),
      filename: '<stdin>',
      file: null,
      path0: '',
      argv: [first ?? '', ...rest],
    };
  }
  const source = readFile(first);
  if (source === null) return fail(`python: can't open file '${resolve(first)}': [Errno 2] No such file or directory`);
  return {
    source,
    filename: resolve(first),
    file: resolve(first),
    path0: dirname(realpathSync(first)),
    argv: [first, ...rest],
  };
}

function main(): void {
  const args = process.argv.slice(2);
  let profile: Profile = '3.14';
  const option = /^--profile(?:=(.*))?$/.exec(args[0] ?? '');
  if (option !== null) {
    args.shift();
    const wanted = option[1] ?? args.shift() ?? '';
    if (!(wanted in PROFILES)) fail(`unknown profile ${wanted}; there are ${Object.keys(PROFILES).join(', ')}`);
    profile = wanted as Profile;
  }
  const audits = args[0] === '--audit';
  if (audits) args.shift();
  const pythonPath = (process.env.PYTHONPATH ?? '').split(':').filter((dir) => dir !== '');
  const program = chooseProgram(args);
  const library = nodeLibrary(profile);
  const booted = bootInterpreter({
    profile,
    modules: standardModules,
    library,
    ...(workerData as { stackBudget?: number } | null),
  });
  const { ip, collector } = booted;
  ip.stdout = (text) => write(1, text);
  ip.stderr = (text) => write(2, text);
  let lines: string[] | null = null;
  ip.stdin = () => {
    lines ??= readFileSync(0, 'utf8').match(/[^\n]*\n|[^\n]+$/g) ?? [];
    return lines.shift() ?? null;
  };
  ip.host = {
    readFile,
    now: () => performance.now(),
    files: new NodeFiles(),
    codeCache: nodeCodeCache(),
    environ: process.env as Record<string, string>,
    sleep: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
    randomBytes: (n) => new Uint8Array(randomBytes(n)),
  };
  setArguments(booted, [program.path0, ...pythonPath, library.root], program.argv);
  collector.resetForStart(collector.longLivedTotal);
  try {
    const code =
      program.module === undefined
        ? runMain(ip, booted.main, program.source, program.filename, program.file)
        : runModuleAsMain(ip, program.module);
    if (audits) for (const line of auditHeap(ip)) process.stderr.write(`audit: ${line}\n`);
    finalize(ip, collector);
    process.exitCode = code;
  } catch (error) {
    // Not Python's: a limit is named as one, and a fault of the engine as such.
    const isLimit = error instanceof HeapFull;
    process.stderr.write(
      isLimit ? `heapbook: ${error.message}\n` : `heapbook: engine error: ${(error as Error).stack}\n`,
    );
    process.exitCode = isLimit ? 1 : 70;
  }
}

main();
