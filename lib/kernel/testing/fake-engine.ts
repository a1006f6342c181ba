/**
 * An engine of a few lines for tests of everything above it. Its "language" has one command per line:
 *   say TEXT · warn TEXT · value TEXT · forever · flood · raise NAME TEXT · limit · bug · death
 */
import type { CreateInterpreter, ExecuteOptions, ExecutionResult, Interpreter, RunSummary } from '../engine-port';

export class FakeInterpreter implements Interpreter {
  private lines: string[] = [];
  private interrupted = false;
  private options: ExecuteOptions | null = null;
  private outcome: ExecutionResult = { status: 'ok', text_plain: null };
  private deaths = 0;
  private runs = 0;

  begin(source: string, options: ExecuteOptions): void {
    this.lines = source.split('\n');
    this.options = options;
    this.interrupted = false;
    this.deaths = 0;
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
      if (command === 'death') this.deaths += 1;
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

  traced(): RunSummary | null {
    if (this.options === null) return null;
    this.runs += 1;
    const { cellId, filename } = this.options;
    const sizes = {
      steps: 1,
      lines: 1,
      linesFrom: 1,
      linesDropped: 0,
      linesLost: 0,
      collections: 0,
      births: 0,
      bytes: 0,
    };
    const how = { profile: '3.14', detail: 'instructions', raised: this.outcome.status === 'error' } as const;
    return { run: this.runs, nth: 1, cellId, filename, deaths: this.deaths, ...sizes, ...how };
  }

  private fail(ename: string, evalue: string): 'done' {
    const traceback = `Traceback (most recent call last):\n  File "${this.options?.filename}", line 1, in <module>\n${ename}: ${evalue}\n`;
    this.outcome = { status: 'error', ename, evalue, traceback };
    return 'done';
  }
}

export const createFakeInterpreter: CreateInterpreter = () => new FakeInterpreter();
