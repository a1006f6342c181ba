/** How a program ends on the engine: the three ways that are allowed, and all others. */
import { createInterpreter, HeapFull, LimitReached } from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';
import { runProgram } from '../conformance/engine-door';

/** `cells` run one after the other in one notebook, the others as programs; `traced` is one cell that is watched. */
export type How = 'cells' | 'traced' | 'audited' | 'generated';

/** Stands between two cells of one source. */
export const NEXT_CELL = '# %%\n';

export interface End {
  readonly end: string;
  /** Set where the end is not an allowed one: what it has in common with others of its cause, and all that is known. */
  readonly kind?: string;
  readonly text?: string;
}

const BUDGET = 20_000;
/** Words: a program that fills them meets a named limit. */
const WORDS = 1 << 21;

export function endOf(source: string, how: How): End {
  try {
    if (how === 'cells') return endOfCells(source.split(NEXT_CELL), false);
    return how === 'traced' ? endOfCells([source], true) : endOfProgram(source, how);
  } catch (error) {
    if (error instanceof HeapFull) return { end: 'limit: memory' };
    if (error instanceof LimitReached) return { end: `limit: ${error.limit}` };
    return failure(error);
  }
}

function endOfProgram(source: string, how: How): End {
  const { exitCode, audit } = runProgram({
    source,
    filename: 'program.py',
    profile: '3.14',
    budget: BUDGET,
    words: WORDS,
    audit: how === 'audited' ? 'statement' : 'none',
    tierThreshold: how === 'generated' ? 0 : undefined,
  });
  const [difference] = audit.differences;
  if (difference !== undefined)
    return { end: 'audit', kind: `audit ${kindOf(difference)}`, text: audit.differences.slice(0, 3).join('\n') };
  return { end: exitCode === 0 ? 'result' : 'exception' };
}

function endOfCells(sources: readonly string[], trace: boolean): End {
  const session = createInterpreter({
    profile: '3.14',
    words: WORDS,
    nestedBudget: BUDGET,
    modules: standardModules,
    library: nodeLibrary('3.14'),
  });
  let last: End = { end: 'result' };
  for (const [i, source] of sources.entries()) {
    session.begin(source, { filename: `<cell ${i}>`, cellId: String(i), trace, onStream: () => {} });
    let steps = 0;
    while (session.step(BUDGET / 10) === 'running') {
      if (++steps % 10 === 0) session.interrupt();
      // It takes KeyboardInterrupt for an exception like others.
      if (steps === 200) return { end: 'limit: instructions' };
    }
    const result = session.result();
    if (result.status === 'engine_error')
      return { end: 'engine error', kind: `cell ${kindOf(result.message)}`, text: result.message };
    if (result.status === 'limit') return { end: `limit: ${result.limit}` };
    if (trace) session.memory();
    last = { end: result.status === 'ok' ? 'result' : 'exception' };
  }
  return last;
}

function failure(error: unknown): End {
  const stack = error instanceof Error ? String(error.stack ?? error) : String(error);
  const place = stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  const message = stack.split('\n')[0]!;
  const where = place.trim().split(' ')[1] ?? '';
  return { end: 'engine error', kind: `${kindOf(message)} ${where}`, text: stack.split('\n').slice(0, 12).join('\n') };
}

const kindOf = (text: string): string =>
  text
    .replace(/line \d+|0x[0-9a-f]+|\d+/g, 'N')
    .replace(/'[^']*'/g, 'S')
    .slice(0, 80);
