import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KernelConnection } from '../kernel/connection';
import { spawnInProcess } from '../kernel/in-process';
import { createFakeInterpreter } from '../kernel/testing/fake-engine';
import { CodeArchive, type TextStorage } from './saved-code';
import { NotebookStore } from './store';

class MemoryStorage implements TextStorage {
  readonly items = new Map<string, string>();
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

let storage: MemoryStorage;

function open(...codes: string[]) {
  const store = new NotebookStore({
    connect: (events) => new KernelConnection({ spawn: spawnInProcess(createFakeInterpreter), events }),
    archive: new CodeArchive('names/first', storage),
  });
  const ids = codes.map((code, at) => store.ensureCell(at + 1, code));
  store.restore();
  const cell = (number: number) => store.getCell(ids[number - 1]!);
  const settled = () => vi.waitFor(() => expect(store.getNotebook().isBusy).toBe(false), { timeout: 2_000 });
  return { store, ids, cell, settled };
}

beforeEach(() => {
  storage = new MemoryStorage();
});

describe('running', () => {
  it('shows queued, then outputs, count and the summary of what was recorded', async () => {
    const { store, ids, cell, settled } = open('say hello\ndeath');
    store.runCell(ids[0]!);
    expect(cell(1).run.status).toBe('queued');
    await settled();
    expect(cell(1).run).toMatchObject({
      status: 'idle',
      executionCount: 1,
      outcome: 'ok',
      outputs: [{ output_type: 'stream', text: 'hello\n' }],
      trace: { run: 1, deaths: 1 },
      isTraceOld: false,
    });
    expect(store.getNotebook().announcement).toBe('Cell 1 finished. 1 object died.');
  });

  it('runs all cells in page order in one kernel and stops at a failure', async () => {
    const { store, cell, settled } = open('say 1', 'raise ValueError no', 'say 3');
    store.runAll();
    await settled();
    expect([1, 2, 3].map((number) => cell(number).run.outcome)).toEqual(['ok', 'error', 'aborted']);
    expect([1, 2, 3].map((number) => cell(number).run.executionCount)).toEqual([1, 2, null]);
    expect(cell(2).run.failingLine).toBe(1);
  });

  it('tells only the subscribers of the cell that changed', async () => {
    const { store, ids, settled } = open('say 1', 'say 2');
    const first = vi.fn();
    const second = vi.fn();
    store.subscribeCell(ids[0]!, first);
    store.subscribeCell(ids[1]!, second);
    store.runCell(ids[0]!);
    await settled();
    expect(first).toHaveBeenCalled();
    expect(second).not.toHaveBeenCalled();
  });

  it('interrupts', async () => {
    const { store, ids, cell, settled } = open('forever');
    store.runCell(ids[0]!);
    await vi.waitFor(() => expect(cell(1).run.status).toBe('running'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    store.interrupt();
    await settled();
    expect(cell(1).run.outputs).toMatchObject([{ output_type: 'error', ename: 'KeyboardInterrupt' }]);
  });

  it('forgets prompts, outputs and memory when the kernel is restarted', async () => {
    const { store, ids, cell, settled } = open('say 1\ndeath');
    store.runCell(ids[0]!);
    await settled();
    store.restart();
    expect(cell(1).run).toMatchObject({ executionCount: null, outputs: [], trace: null });
    expect(store.getNotebook().notice).toMatch(/restarted/);
  });
});

describe("the learner's code", () => {
  it('is there again when the page is opened again', () => {
    const { store, ids } = open('a = 1', 'b = 2');
    store.setCode(ids[1]!, 'b = 3');
    store.close();
    const again = open('a = 1', 'b = 2');
    expect([again.cell(1).code, again.cell(2).code]).toEqual(['a = 1', 'b = 3']);
  });

  it('gives way to the author’s code on reset, and comes back on undo', () => {
    const { store, ids, cell } = open('a = 1');
    store.setCode(ids[0]!, 'a = 2');
    store.saveNow();
    store.resetCode(ids[0]!);
    expect(cell(1)).toMatchObject({ code: 'a = 1', replaced: 'a = 2' });
    store.saveNow();
    expect(storage.items.size).toBe(0);
    store.undoReset(ids[0]!);
    store.saveNow();
    expect(open('a = 1').cell(1).code).toBe('a = 2');
  });

  it('follows its cell when the lesson gets a new one before it', () => {
    const { store, ids } = open('a = 1');
    store.setCode(ids[0]!, 'mine');
    store.close();
    const again = open('new = 0', 'a = 1');
    expect([again.cell(1).code, again.cell(2).code]).toEqual(['new = 0', 'mine']);
  });

  it('is kept and marked when the author rewrites the cell', () => {
    const { store, ids } = open('a = 1');
    store.setCode(ids[0]!, 'mine');
    store.close();
    expect(open('a = [1]').cell(1)).toMatchObject({ code: 'mine', isOutdated: true, author: 'a = [1]' });
  });

  it('is set aside, not lost, when its cell is gone', () => {
    const { store, ids } = open('a = 1', 'b = 2');
    store.setCode(ids[1]!, 'mine');
    store.close();
    open('a = 1');
    expect([...storage.items.values()].join()).toContain('mine');
  });

  it('survives damage to what was stored', () => {
    storage.setItem('heapbook:code:names/first', '{"version": 9}');
    expect(open('a = 1').cell(1).code).toBe('a = 1');
    expect(storage.getItem('heapbook:code:names/first:unreadable')).toBe('{"version": 9}');
  });

  it('from two tabs, on different cells, is kept from both', () => {
    const one = open('a = 1', 'b = 2');
    const other = open('a = 1', 'b = 2');
    one.store.setCode(one.ids[0]!, 'first tab');
    one.store.saveNow();
    other.store.setCode(other.ids[1]!, 'second tab');
    other.store.saveNow();
    const again = open('a = 1', 'b = 2');
    expect([again.cell(1).code, again.cell(2).code]).toEqual(['first tab', 'second tab']);
  });
});
