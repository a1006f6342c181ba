// Starts the engine's command line in a thread of its own, for a stack on which native code may nest as deep as
// CPython's. Run as a program: `engine-worker.mjs BUNDLE [ARG …]`.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const STACK_MB = 64;
const UNITS_PER_MB = 1400;

export function startEngine(url, argv) {
  const worker = new Worker(url, {
    argv,
    workerData: { stackBudget: STACK_MB * UNITS_PER_MB },
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: 4096 },
  });
  worker.on('exit', (code) => {
    process.exitCode = code;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  startEngine(pathToFileURL(process.argv[2]), process.argv.slice(3));
