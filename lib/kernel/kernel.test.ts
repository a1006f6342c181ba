import { describe, expect, it } from 'vitest';
import { KernelConnection, type RestartReason } from './connection';
import { spawnInProcess } from './in-process';
import type { KernelAnswer } from './protocol';
import { createFakeInterpreter } from './testing/fake-engine';

function connect(onStart: () => void = () => undefined) {
  const restarts: RestartReason[] = [];
  const connection = new KernelConnection({
    spawn: spawnInProcess((options) => {
      onStart();
      return createFakeInterpreter(options);
    }),
    events: { onRestart: (reason) => restarts.push(reason) },
  });
  const execute = (code: string, trace = true) => {
    const answers: KernelAnswer[] = [];
    const input = { code, cellId: 'c1', filename: '<cell 1>', trace };
    const future = connection.execute(input, (answer) => answers.push(answer));
    return { answers, done: future.done, types: () => answers.map((answer) => answer.msg_type) };
  };
  return { connection, execute, restarts };
}

describe('a cell', () => {
  it('answers busy, input, outputs, reply and idle, in that order', async () => {
    const { execute } = connect();
    const run = execute('say hello\nvalue 42');
    expect(await run.done).toEqual({ status: 'ok', execution_count: 1 });
    expect(run.types()).toEqual([
      'status',
      'execute_input',
      'stream',
      'execute_result',
      'trace_summary',
      'execute_reply',
      'status',
    ]);
  });

  it('counts executions across cells and keeps the two streams apart and in order', async () => {
    const { execute } = connect();
    await execute('say 1').done;
    const run = execute('say a\nsay b\nwarn c\nsay d');
    expect(await run.done).toMatchObject({ execution_count: 2 });
    const streams = run.answers.filter((answer) => answer.msg_type === 'stream').map((answer) => answer.content);
    expect(streams).toEqual([
      { name: 'stdout', text: 'a\nb\n' },
      { name: 'stderr', text: 'c\n' },
      { name: 'stdout', text: 'd\n' },
    ]);
  });

  it('sends a summary of what was recorded, and nothing more until it is asked for', async () => {
    const { execute } = connect();
    const run = execute('death');
    await run.done;
    expect(run.types()).toEqual(['status', 'execute_input', 'trace_summary', 'execute_reply', 'status']);
    const summary = run.answers.find((answer) => answer.msg_type === 'trace_summary');
    expect(summary?.content).toMatchObject({ run: 1, deaths: 1 });
  });

  it('sends no summary of a cell that was not traced', async () => {
    const { execute } = connect();
    const run = execute('death', false);
    await run.done;
    expect(run.types()).toEqual(['status', 'execute_input', 'execute_reply', 'status']);
  });

  it('reports an exception with its traceback', async () => {
    const { execute } = connect();
    const run = execute('raise ValueError no good');
    expect(await run.done).toMatchObject({ status: 'error', ename: 'ValueError', evalue: 'no good' });
    const error = run.answers.find((answer) => answer.msg_type === 'error');
    expect(error?.content.traceback).toContain('  File "<cell 1>", line 1, in <module>');
  });

  it('tells an engine error and a limit from an exception', async () => {
    const { execute } = connect();
    const bug = execute('bug in the heap');
    expect(await bug.done).toMatchObject({ status: 'error', ename: 'EngineError' });
    expect(bug.types()).not.toContain('error');
    const limit = execute('limit too many instructions');
    await limit.done;
    expect(limit.answers.find((answer) => answer.msg_type === 'fault')?.content).toEqual({
      kind: 'limit',
      limit: 'instructions',
      message: 'too many instructions',
    });
  });

  it.each(['bug in the heap', 'limit too much'])('starts afresh after: %s', async (source) => {
    let made = 0;
    const { execute } = connect(() => {
      made += 1;
    });
    await execute(source).done;
    expect(await execute('say next').done).toMatchObject({ status: 'ok' });
    expect(made).toBe(2);
  });

  it('does not run what was queued behind a failure', async () => {
    const { execute } = connect();
    const first = execute('raise ValueError no');
    const second = execute('say never');
    await first.done;
    expect(await second.done).toMatchObject({ status: 'aborted' });
    expect(second.types()).toEqual(['execute_reply', 'status']);
    expect(await execute('say again').done).toMatchObject({ status: 'ok' });
  });
});

describe('interrupt', () => {
  it('stops an endless loop with KeyboardInterrupt and keeps the kernel', async () => {
    const { connection, execute, restarts } = connect();
    const run = execute('forever');
    await new Promise((resolve) => setTimeout(resolve, 30));
    const asked = performance.now();
    connection.interrupt();
    expect(await run.done).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
    expect(performance.now() - asked).toBeLessThan(500);
    expect(restarts).toEqual([]);
    expect(await execute('say still here').done).toMatchObject({ execution_count: 2 });
  });

  it('also drops the cells that wait', async () => {
    const { connection, execute } = connect();
    const run = execute('forever');
    const waiting = execute('say never');
    await new Promise((resolve) => setTimeout(resolve, 30));
    connection.interrupt();
    await run.done;
    expect(await waiting.done).toMatchObject({ status: 'aborted' });
  });
});

describe('a print loop', () => {
  it('is cut off with a notice while the loop goes on', async () => {
    const { connection, execute } = connect();
    const run = execute('flood');
    await new Promise((resolve) => setTimeout(resolve, 100));
    connection.interrupt();
    await run.done;
    const text = run.answers.flatMap((answer) => (answer.msg_type === 'stream' ? [answer.content.text] : [])).join('');
    expect(text.split('\n').length - 1).toBe(1_500);
    const notice = run.answers.find((answer) => answer.msg_type === 'output_truncated');
    expect(notice?.content.dropped).toBeGreaterThan(0);
  });
});

describe('restart', () => {
  it('aborts what runs and starts again at [1]', async () => {
    const { connection, execute, restarts } = connect();
    await execute('say 1').done;
    const run = execute('forever');
    await new Promise((resolve) => setTimeout(resolve, 10));
    connection.restart();
    expect(await run.done).toMatchObject({ status: 'aborted', reason: 'the kernel was restarted' });
    expect(restarts).toEqual(['requested']);
    expect(await execute('say 1').done).toMatchObject({ execution_count: 1 });
  });
});
