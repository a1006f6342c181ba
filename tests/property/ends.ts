/** How a program ends on the engine: the three ways that are allowed, and all others. */
import {
  createInterpreter,
  HeapFull,
  type Library,
  LimitReached,
  precompile,
  runProgram,
  type Session,
} from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';
import { TraceReader } from '../../lib/engine/snapshot/trace-readings';

/** `cells` run one after the other in one notebook, some of them traced; `traced` is one; the others are programs. */
export type How = 'cells' | 'traced' | 'audited' | 'generated';

/** Stands between two cells of one source. */
export const NEXT_CELL = '# %%\n';

export interface End {
  readonly end: string;
  /** How many programs came to an end: cells that stand behind a failure did not run. */
  readonly programs: number;
  /** Set where the end is not an allowed one: what it has in common with others of its cause, and all that is known. */
  readonly kind?: string;
  readonly text?: string;
}

const BUDGET = 20_000;
/** Words: a program that fills them meets a named limit. */
const WORDS = 1 << 21;

/** A page's library: its modules come compiled, each once for all interpreters. */
function compiledLibrary(): Library {
  const library = nodeLibrary('3.14');
  const compiled = new Map<string, Uint8Array | null>();
  const code = (path: string): Uint8Array | null => {
    let data = compiled.get(path);
    if (data === undefined) {
      const source = path.endsWith('.py') ? library.read(path) : null;
      data = source === null ? null : precompile(source, `${library.root}/${path}`, '3.14');
      compiled.set(path, data);
    }
    return data;
  };
  return { ...library, code };
}

const library = compiledLibrary();

export function endOf(source: string, how: How): End {
  try {
    if (how === 'cells') return endOfCells(source.split(NEXT_CELL), (i) => i % 20 === 19);
    return how === 'traced' ? endOfCells([source], () => true) : endOfProgram(source, how);
  } catch (error) {
    return outside(error);
  }
}

/** What came through as a JavaScript error. */
function outside(error: unknown): End {
  if (error instanceof HeapFull) return { end: 'limit: memory', programs: 1 };
  if (error instanceof LimitReached) return { end: `limit: ${error.limit}`, programs: 1 };
  return failure(error);
}

function endOfProgram(source: string, how: How): End {
  const { exitCode, audit } = runProgram({
    source,
    filename: 'program.py',
    profile: '3.14',
    budget: BUDGET,
    words: WORDS,
    modules: standardModules,
    library,
    folder: '/home',
    audit: how === 'audited' ? 'statement' : 'none',
    tierThreshold: how === 'generated' ? 0 : undefined,
  });
  const [difference] = audit.differences;
  if (difference !== undefined)
    return {
      end: 'audit',
      kind: `audit ${kindOf(difference)}`,
      text: audit.differences.slice(0, 3).join('\n'),
      programs: 1,
    };
  return { end: exitCode === 0 ? 'result' : 'exception', programs: 1 };
}

/** After a limit the notebook is started again, as a reader would do. */
function endOfCells(sources: readonly string[], isTraced: (cell: number) => boolean): End {
  const start = () =>
    createInterpreter({ profile: '3.14', words: WORDS, nestedBudget: BUDGET, modules: standardModules, library });
  let session = start();
  let end = '';
  for (const [i, source] of sources.entries()) {
    const programs = i + 1;
    const trace = isTraced(i);
    session.begin(source, { filename: `<cell ${i}>`, cellId: String(i), trace, onStream: () => {} });
    let steps = 0;
    while (session.step(BUDGET / 10) === 'running') {
      if (++steps % 10 === 0) session.interrupt();
      // It takes KeyboardInterrupt for an exception like others.
      if (steps === 200) break;
    }
    const result = steps === 200 ? { status: 'limit' as const, limit: 'instructions' } : session.result();
    if (result.status === 'engine_error')
      return { end: 'engine error', kind: `cell ${kindOf(result.message)}`, text: result.message, programs };
    if (result.status === 'limit') session = start();
    else if (trace) lookAt(session);
    end = result.status === 'limit' ? `limit: ${result.limit}` : result.status === 'ok' ? 'result' : 'exception';
  }
  return { end, programs: sources.length };
}

/** As a page does with the run that has just ended: whatever cannot be read throws. */
function lookAt(session: Session): void {
  const summary = session.traced();
  if (summary === null || summary.detail === 'dropped') return;
  const { run, steps } = summary;
  const reader = new TraceReader(session.machine);
  for (const step of [0, steps >> 1, steps]) {
    reader.answer({ what: 'moment', at: { run, step }, options: { graph: true, around: [] } });
    reader.answer({ what: 'steps', run, from: step, to: steps, granularity: 'line' });
  }
  reader.answer({ what: 'lifetimes', run });
  reader.answer({ what: 'collections', run });
}

function failure(error: unknown): End {
  const stack = error instanceof Error ? String(error.stack ?? error) : String(error);
  const place = stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  const message = stack.split('\n')[0]!;
  const where = place.trim().split(' ')[1] ?? '';
  return {
    end: 'engine error',
    kind: `${kindOf(message)} ${where}`,
    text: stack.split('\n').slice(0, 12).join('\n'),
    programs: 1,
  };
}

const kindOf = (text: string): string =>
  text
    .replace(/line \d+|0x[0-9a-f]+|\d+/g, 'N')
    .replace(/'[^']*'/g, 'S')
    .slice(0, 80);
