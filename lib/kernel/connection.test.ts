import { describe, expect, it, vi } from 'vitest';
import { KernelConnection } from './connection';
import type { KernelAnswer } from './protocol';
import type { Spawn, TransportEvents } from './transport';

/** A kernel that says only what the test makes it say. */
function scripted() {
  const kernels: { events: TransportEvents; posted: { msg_type: string; msg_id: string }[]; terminated: boolean }[] =
    [];
  const spawn: Spawn = (events) => {
    const kernel = { events, posted: [] as { msg_type: string; msg_id: string }[], terminated: false };
    kernels.push(kernel);
    return {
      post: (message) => kernel.posted.push(message as { msg_type: string; msg_id: string }),
      terminate: () => {
        kernel.terminated = true;
      },
    };
  };
  return { kernels, spawn };
}

const idle = { msg_type: 'status', msg_id: 'k', parent_id: null, content: { execution_state: 'idle' } };
const input = { code: 'x', cellId: 'c1', filename: '<cell 1>' };

describe('KernelConnection', () => {
  it('spawns a kernel on the first need only', () => {
    const { kernels, spawn } = scripted();
    const connection = new KernelConnection({ spawn });
    expect(kernels).toHaveLength(0);
    connection.execute(input, () => {});
    connection.start();
    expect(kernels).toHaveLength(1);
    expect(kernels[0]?.posted.map((message) => message.msg_type)).toEqual(['start_request', 'execute_request']);
  });

  it('replaces a kernel that does not honour an interrupt, and says so', async () => {
    vi.useFakeTimers();
    const { kernels, spawn } = scripted();
    const onRestart = vi.fn();
    const connection = new KernelConnection({ spawn, events: { onRestart } });
    const future = connection.execute(input, () => {});
    kernels[0]?.events.onMessage(idle);
    connection.interrupt();
    vi.advanceTimersByTime(999);
    expect(kernels).toHaveLength(1);
    vi.advanceTimersByTime(2);
    expect(kernels).toHaveLength(2);
    expect(kernels[0]?.terminated).toBe(true);
    expect(onRestart).toHaveBeenCalledWith('interrupt was not honoured', null);
    expect(await future.done).toEqual({ status: 'aborted', reason: 'interrupt was not honoured' });
    vi.useRealTimers();
  });

  it('leaves a kernel alone that acknowledged the interrupt', () => {
    vi.useFakeTimers();
    const { kernels, spawn } = scripted();
    const connection = new KernelConnection({ spawn });
    connection.execute(input, () => {});
    kernels[0]?.events.onMessage(idle);
    connection.interrupt();
    const request = kernels[0]?.posted.at(-1);
    kernels[0]?.events.onMessage({
      msg_type: 'interrupt_reply',
      msg_id: 'k1',
      parent_id: request?.msg_id,
      content: {},
    });
    vi.advanceTimersByTime(5_000);
    expect(kernels).toHaveLength(1);
    vi.useRealTimers();
  });

  it('drops answers to old questions and answers of old kernels', async () => {
    const { kernels, spawn } = scripted();
    const connection = new KernelConnection({ spawn });
    const seen: KernelAnswer[] = [];
    connection.execute(input, (answer) => seen.push(answer));
    const first = kernels[0];
    const id = first?.posted[1]?.msg_id;
    connection.restart();
    const before = seen.length;
    first?.events.onMessage({
      msg_type: 'stream',
      msg_id: 'k9',
      parent_id: id,
      content: { name: 'stdout', text: 'late' },
    });
    kernels[1]?.events.onMessage({
      msg_type: 'stream',
      msg_id: 'k9',
      parent_id: id,
      content: { name: 'stdout', text: 'late' },
    });
    expect(seen).toHaveLength(before);
  });

  it('throws on a message that is not of the protocol', () => {
    const { kernels, spawn } = scripted();
    new KernelConnection({ spawn }).start();
    expect(() => kernels[0]?.events.onMessage({ msg_type: 'stream', content: 1 })).toThrow(/msg_id: expected a string/);
    expect(() => kernels[0]?.events.onMessage({ msg_type: 'nonsense' })).toThrow(/msg_type: expected/);
  });

  it('gives up on a kernel that cannot be loaded, and tries again on the next need', async () => {
    const { kernels, spawn } = scripted();
    const statuses: string[] = [];
    const connection = new KernelConnection({ spawn, events: { onStatus: (status) => statuses.push(status) } });
    const future = connection.execute(input, () => {});
    kernels[0]?.events.onFailure('404');
    expect(await future.done).toEqual({ status: 'aborted', reason: 'the kernel failed: 404' });
    expect(statuses).toEqual(['starting', 'dead']);
    connection.execute(input, () => {});
    expect(kernels).toHaveLength(2);
  });
});
