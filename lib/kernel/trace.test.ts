/** The recorded past, asked for through the messages. */
import { expect, it } from 'vitest';
import { createInterpreter } from '../engine';
import { KernelConnection } from './connection';
import type { TraceQuestion } from './engine-port';
import { spawnInProcess } from './in-process';
import type { KernelAnswer } from './protocol';

it('a traced cell sends a summary, and its past can be asked for; while a cell runs the question waits', async () => {
  const connection = new KernelConnection({ spawn: spawnInProcess(createInterpreter) });
  expect(await connection.ask({ what: 'runs' })).toBeNull();
  const answers: KernelAnswer[] = [];
  const input = { cellId: '1', filename: '<cell 1>' };
  await connection.execute({ ...input, code: 'a = []\nb = a\n' }, (answer) => answers.push(answer)).done;
  const summary = answers.find((answer) => answer.msg_type === 'trace_summary')!.content;
  expect(summary).toMatchObject({ run: 1, cellId: '1', nth: 1, lines: 2, detail: 'instructions' });
  const { steps } = summary as { steps: number };
  const moment = await connection.ask({
    what: 'moment',
    at: { run: 1, step: steps },
    options: { graph: true, around: [] },
  });
  expect(moment!.state.references.map(({ name, count }) => `${name} ${count}`)).toEqual(['a 2', 'b 2']);
  expect(await connection.ask({ what: 'lifetimes', run: 7 })).toBeNull();
  const second = connection.execute({ ...input, code: 'for i in range(200000): pass\n', trace: false }, () => {});
  const asked = connection.ask({ what: 'runs' });
  expect(await asked).toMatchObject({ runs: [{ run: 1 }] });
  expect(second.isDone).toBe(true);
  connection.dispose();
});

it('a fault in reading the past is told as one, not as a past that is not there', async () => {
  const broken: typeof createInterpreter = (options) =>
    Object.assign(createInterpreter(options), {
      ask: () => {
        throw new Error('the log is torn');
      },
    });
  const connection = new KernelConnection({ spawn: spawnInProcess(broken) });
  await connection.execute({ cellId: '1', filename: '<cell 1>', code: 'a = 1\n' }, () => {}).done;
  await expect(connection.ask({ what: 'runs' })).rejects.toThrow('could not be read: the log is torn');
  connection.dispose();
});

it('the graph of a moment is told by what changed since the last one, and is the same as told whole', async () => {
  const code = 'class Node: pass\nall = []\nfor i in range(40):\n    all.append(Node())\n    if i > 20: all.pop(3)\n';
  const inProcess = spawnInProcess(createInterpreter);
  let changes = 0;
  const byChanges = new KernelConnection({
    spawn: (events) =>
      inProcess({
        ...events,
        onMessage: (message) => {
          if (JSON.stringify(message).includes('"status":"changed"')) changes += 1;
          events.onMessage(message);
        },
      }),
  });
  const whole = new KernelConnection({
    spawn: (events) => {
      const transport = inProcess(events);
      const forgetful = (key: string, value: unknown) => (key === 'base' ? null : value);
      return { ...transport, post: (message) => transport.post(JSON.parse(JSON.stringify(message, forgetful))) };
    },
  });
  const input = { cellId: '1', filename: '<cell 1>', code };
  await Promise.all([byChanges, whole].map((connection) => connection.execute(input, () => {}).done));
  const { steps } = (await whole.ask({ what: 'runs' }))!.runs[0]!;
  for (let step = steps; step >= 0; step -= 41) {
    const at = { run: 1, step };
    const questions: TraceQuestion[] = [
      { what: 'graph', at, around: [] },
      { what: 'moment', at, options: { graph: false, around: [] } },
    ];
    for (const question of questions) expect(await byChanges.ask(question)).toEqual(await whole.ask(question));
  }
  expect(changes).toBeGreaterThan(10);
  byChanges.dispose();
  whole.dispose();
});
