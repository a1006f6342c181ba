/**
 * An engine of a few lines for tests of everything above it. Its "language" has one command per line:
 *   say TEXT · warn TEXT · value TEXT · forever · flood · raise NAME TEXT · limit · bug · names NAME=COUNT …
 */
import type { CollectorState, MemoryReport, MemoryState } from '../engine-port';
import type { CreateInterpreter, ExecuteOptions, ExecutionResult, Interpreter } from '../engine-port';

const EMPTY: MemoryState = { references: [], unnamed: [], omitted: 0, allocated: 0 };

export const QUIET_COLLECTOR: CollectorState = {
  enabled: true,
  generations: [
    { count: 12, threshold: 2000, objects: 12, stats: { collections: 0, collected: 0, uncollectable: 0 } },
    { count: 0, threshold: 10, objects: 0, stats: { collections: 0, collected: 0, uncollectable: 0 } },
    { count: 0, threshold: 0, objects: 6000, stats: { collections: 0, collected: 0, uncollectable: 0 } },
  ],
};

export function emptyReport(): MemoryReport {
  return {
    schema: 1,
    profile: '3.14',
    before: EMPTY,
    steps: [],
    stepsExecuted: 0,
    collections: [],
    collectionsOmitted: 0,
    collector: QUIET_COLLECTOR,
  };
}

export class FakeInterpreter implements Interpreter {
  private lines: string[] = [];
  private interrupted = false;
  private options: ExecuteOptions | null = null;
  private outcome: ExecutionResult = { status: 'ok', text_plain: null };
  private names: [string, number][] = [];

  begin(source: string, options: ExecuteOptions): void {
    this.lines = source.split('\n');
    this.options = options;
    this.interrupted = false;
    this.names = [];
    this.outcome = { status: 'ok', text_plain: null };
  }

  step(budget: number): 'running' | 'done' {
    for (let left = budget; left > 0; left -= 1) {
      const line = this.lines[0];
      if (line === undefined) return 'done';
      if (this.interrupted) return this.fail('KeyboardInterrupt', '');
      const [command = '', ...words] = line.split(' ');
      const text = words.join(' ');
      if (command === 'forever') continue;
      if (command === 'flood') {
        this.options?.onStream('stdout', 'again\n');
        continue;
      }
      this.lines.shift();
      if (command === 'say') this.options?.onStream('stdout', `${text}\n`);
      if (command === 'warn') this.options?.onStream('stderr', `${text}\n`);
      if (command === 'value') this.outcome = { status: 'ok', text_plain: text };
      if (command === 'raise') return this.fail(words[0] ?? '', words.slice(1).join(' '));
      if (command === 'names') this.names = words.map((word) => nameAndCount(word));
      if (command === 'bug') throw new Error(`broken invariant: ${text}`);
      if (command === 'limit') {
        this.outcome = { status: 'limit', limit: 'instructions', message: text };
        return 'done';
      }
    }
    return 'running';
  }

  interrupt(): void {
    this.interrupted = true;
  }

  result(): ExecutionResult {
    return this.outcome;
  }

  memory(): MemoryReport {
    const references = this.names.map(([name, count], index) => ({
      name,
      scope: 'global' as const,
      frame: null,
      depth: 0,
      object: { id: `0x${(index + 1) * 16}`, serial: index + 1, type: 'list', repr: '[1, 2, 3]', immortal: false },
      count,
      change: count,
      holders: [{ kind: 'name' as const, label: name, holder: null, frame: null, references: count }],
      holdersOmitted: 0,
    }));
    const step = {
      ...EMPTY,
      references,
      kind: 'line' as const,
      index: 1,
      line: 1,
      endLine: 1,
      frame: null,
      elsewhere: null,
      calls: null,
      raised: false,
      died: [],
      diedOmitted: 0,
      collections: [],
    };
    return {
      ...emptyReport(),
      steps: references.length > 0 ? [step] : [],
      stepsExecuted: references.length > 0 ? 1 : 0,
    };
  }

  private fail(ename: string, evalue: string): 'done' {
    const traceback = `Traceback (most recent call last):\n  File "${this.options?.filename}", line 1, in <module>\n${ename}: ${evalue}\n`;
    this.outcome = { status: 'error', ename, evalue, traceback };
    return 'done';
  }
}

export const createFakeInterpreter: CreateInterpreter = () => new FakeInterpreter();

function nameAndCount(word: string): [string, number] {
  const [name = '', count = '1'] = word.split('=');
  return [name, Number(count)];
}
