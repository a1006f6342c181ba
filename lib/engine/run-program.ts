/** A whole program from start to finalization, as `python FILE.py` runs it, with its output gathered. For tests and the command line. */
import { auditHeap } from './debug/audit';
import { LimitReached } from './heap/engine-error';
import { EventLog } from './trace/events';
import type { Profile } from './version';
import { dictSet } from './objects/dict';
import { listAppend, newList } from './objects/list';
import { strFrom } from './objects/str';
import { bootInterpreter, type BootedInterpreter, type BootOptions } from './boot';
import { finalize } from './modules/finalize';
import { runMain } from './modules/run-main';
import type { CodeCache, Library } from './vm/host';

export interface ProgramOptions {
  readonly source: string;
  /** As tracebacks name it. */
  readonly filename: string;
  /** Where the program runs; `sys.path[0]`. */
  readonly folder?: string;
  /** Importable files by path, from that folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly profile: Profile;
  /** 'statement': the heap is recounted before each statement of the main program, and at the end. */
  readonly audit?: 'none' | 'statement';
  /** Record every change of memory. */
  readonly trace?: boolean;
  /** Calls and back edges until code is generated for a function (vm/tier/); 0: for all of them. */
  readonly tierThreshold?: number;
  readonly argv?: readonly string[];
  readonly stdin?: string;
  readonly modules?: BootOptions['modules'];
  readonly library?: Library;
  readonly codeCache?: CodeCache;
  /** See InterpreterOptions. */
  readonly words?: number;
  /** About how many back edges and calls it may make before a LimitReached is thrown; no limit when absent. */
  readonly budget?: number;
}

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly audit: { readonly checked: number; readonly differences: string[] };
}

/** After this many differences the audit stops: the first one tells. */
const MAX_DIFFERENCES = 20;

/** `sys.path` and `sys.argv`. */
export function setArguments(booted: BootedInterpreter, path: readonly string[], argv: readonly string[]): void {
  const { ip } = booted;
  ip.path0 = path[0] ?? '';
  for (const [name, texts] of [
    ['path', path],
    ['argv', argv],
    ['orig_argv', argv],
  ] as const) {
    const list = newList(ip, []);
    for (const text of texts) {
      const h = strFrom(ip, text);
      listAppend(ip, list, h);
      ip.decref(h);
    }
    dictSet(ip, ip.sysDict, ip.id(name), list);
    ip.decref(list);
  }
}

export function runProgram(options: ProgramOptions): ProgramResult {
  const { profile, modules, library, tierThreshold, words, budget } = options;
  const booted = bootInterpreter({ profile, modules, library, tierThreshold, words });
  const { ip, collector, main } = booted;
  const out: string[] = [];
  const err: string[] = [];
  ip.stdout = (text) => out.push(text);
  ip.stderr = (text) => err.push(text);
  const input = (options.stdin ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  ip.stdin = () => input.shift() ?? null;
  const files = options.files ?? {};
  const { folder } = options;
  const inFolder = (path: string): string =>
    folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
  const initialFiles = { ...files, [options.filename]: options.source };
  ip.host = {
    readFile: (path) => files[inFolder(path)] ?? null,
    codeCache: options.codeCache,
    initialFiles,
    ...(folder === undefined ? {} : { folder }),
  };
  setArguments(booted, library === undefined ? [''] : [folder ?? '', library.root], [
    options.filename,
    ...(options.argv ?? []),
  ]);
  collector.resetForStart(collector.longLivedTotal);

  const audit = { checked: 0, differences: [] as string[] };
  const recount = (where: string): void => {
    if (audit.differences.length >= MAX_DIFFERENCES) return;
    audit.checked++;
    audit.differences.push(...auditHeap(ip).map((line) => `${where}: ${line}`));
  };
  if (options.audit === 'statement') {
    // Deeper runs of the loop stand on native code, whose own references the audit cannot see.
    ip.onLine = (_frame, line) => {
      if (ip.loopDepth === 1 && ip.held.length > 0) recount(`before line ${line}`);
    };
  }
  if (options.trace === true) ip.heap.startLog(new EventLog());
  if (budget !== undefined) {
    ip.fuel = budget;
    ip.outOfFuel = () => {
      throw new LimitReached('instructions', `more than ${budget} back edges and calls`);
    };
  }
  const exitCode = runMain(ip, main, options.source, options.filename, options.filename);
  ip.onLine = null;
  if (options.audit === 'statement') recount('at the end');
  finalize(ip, collector);
  if (options.audit === 'statement') recount('after finalization');
  ip.heap.stopLog();
  return { stdout: out.join(''), stderr: err.join(''), exitCode, audit };
}
