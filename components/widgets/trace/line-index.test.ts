import { describe, expect, it } from 'vitest';
import { LineIndex } from './line-index';

const whole = new LineIndex(20);
whole.add({ run: 1, from: 0, starts: [0, 4, 9, 15], lines: [1, 2, 3, 2], total: 4 });

describe('the lines of a run', () => {
  it('know where a moment stands', () => {
    const positions = [0, 1, 4, 5, 9, 15, 16, 20].map((step) => whole.position(step));
    expect(positions).toEqual([0, 1, 1, 2, 2, 3, 4, 4]);
    expect([0, 1, 2, 3, 4].map((index) => whole.start(index))).toEqual([0, 4, 9, 15, 20]);
    expect([0, 3, 4, 20].map((step) => whole.isBoundary(step))).toEqual([true, false, true, true]);
  });

  it('lead to the next stop, and the last one', () => {
    const stops = new Set([2]);
    expect(whole.nextStop(0, 1, stops)).toBe(4);
    expect(whole.nextStop(4, 1, stops)).toBe(15);
    expect(whole.nextStop(15, 1, stops)).toBeNull();
    expect(whole.nextStop(20, -1, stops)).toBe(15);
    expect(whole.nextStop(15, -1, stops)).toBe(4);
    expect(whole.nextStop(10, -1, stops)).toBe(4);
    expect(whole.nextStop(4, -1, stops)).toBeNull();
  });

  it('do not guess about pieces that are not there', () => {
    const second = new LineIndex(100);
    expect(second.total).toBeNull();
    second.add({ run: 1, from: 2, starts: [40, 60], lines: [1, 1], total: 6 });
    expect([10, 40, 50, 60, 70, 100].map((step) => second.position(step))).toEqual([null, 2, 3, 3, null, 6]);
    expect([1, 2, 3, 4, 6].map((index) => second.start(index))).toEqual([null, 40, 60, null, 100]);
  });
});
