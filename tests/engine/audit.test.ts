/**
 * The audit can fail: one release too few, or one reference too many, is found before the next statement, and the
 * audit names the very object, by its type and its address.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../lib/engine';
import { Heap } from '../../lib/engine/heap/heap';

const source = `
class Marked: pass
class Other: pass
keep = [Other(), Other()]
m = Marked()
print(hex(id(m)))
alias = m
keep.append(m)
del alias
keep[2] = None
x = 1
`;
const line = (text: string) => source.split('\n').indexOf(text) + 1;
const run = () => runProgram({ source, filename: 'broken.py', profile: '3.14', audit: 'statement' });

/** Lets `change` replace the nth call of a counting method for the object whose class is called Marked. */
function breakNth(method: 'incref' | 'decref', nth: number, change: (heap: Heap, h: number) => void): () => number {
  const original = Heap.prototype[method];
  let calls = 0;
  vi.spyOn(Heap.prototype, method).mockImplementation(function (this: Heap, h: number) {
    const isMarked = this.mem[h]! > 0 && this.slots(h)?.name === 'Marked';
    if (isMarked && ++calls === nth) change(this, h);
    else original.call(this, h);
  });
  return () => calls;
}

afterEach(() => vi.restoreAllMocks());

describe('[LEDGER] the audit', () => {
  test('finds nothing in the sound engine', () => {
    const { audit } = run();
    expect(audit.differences).toEqual([]);
    expect(audit.checked).toBeGreaterThan(10);
  });

  test('names the object whose release was forgotten', () => {
    // The swallowed release is the last one, that of `keep[2] = None`.
    const calls = breakNth('decref', Number.POSITIVE_INFINITY, () => {});
    run();
    const last = calls() - 1;
    vi.restoreAllMocks();
    breakNth('decref', last, () => {});
    const { stdout, audit } = run();
    const [address = ''] = stdout.split('\n');
    expect(address).toMatch(/^0x[0-9a-f]+$/);
    expect(audit.differences.length).toBeGreaterThan(0);
    const [first = ''] = audit.differences;
    expect(first).toBe(`before line ${line('x = 1')}: Marked object at ${address}: ob_refcnt is 2, holders found: 1`);
    const others = audit.differences.filter((text) => !text.includes(`Marked object at ${address}: ob_refcnt is`));
    expect(others.filter((text) => text.startsWith('before'))).toEqual([]);
  });

  test('names the object that was taken once too often', () => {
    breakNth('incref', 1, (heap, h) => heap.setRefcnt(h, heap.mem[h]! + 2));
    const { stdout, audit } = run();
    const [address = ''] = stdout.split('\n');
    const [first = ''] = audit.differences;
    expect(first).toMatch(
      new RegExp(`^before line \\d+: Marked object at ${address}: ob_refcnt is \\d+, holders found: \\d+$`),
    );
    const [, actual, found] = /is (\d+), holders found: (\d+)$/.exec(first) ?? [];
    expect(Number(actual)).toBe(Number(found) + 1);
  });

  test('one release too many stops the engine, and no program can catch it', () => {
    // One release too many while others still hold it.
    let broken = false;
    const original = Heap.prototype.decref;
    vi.spyOn(Heap.prototype, 'decref').mockImplementation(function (this: Heap, h: number) {
      if (!broken && this.mem[h] === 3 && this.slots(h)?.name === 'Marked') {
        broken = true;
        this.setRefcnt(h, 2);
      }
      original.call(this, h);
    });
    expect(run).toThrow(/^decref of a dead object at \d+$/);
    expect(broken).toBe(true);
  });
});
