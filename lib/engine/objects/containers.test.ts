/**
 * Lists, dicts, sets and iterators without a VM. Sizes, orders and counts are what CPython 3.13 (64-bit) prints.
 */
import { describe, expect, it } from 'vitest';
import type { Handle } from '../heap/layout';
import { getIter, iterNext, repr, setItem } from './abstract';
import { dictClear, dictDel, dictGet, dictKeysBytes, dictSet, newDict } from './dict';
import { intFromNumber, intToNumber } from './int';
import { LIST_ALLOCATED, listAppend, listClear, listExtend, listItems, listSize, newList } from './list';
import { listSort } from './list-sort';
import { newRange } from './range';
import { newSet, setAdd } from './set';
import { newSlice } from './slice';
import { strFrom, strValue } from './str';
import { newTestRuntime, type TestRuntime } from './test-runtime';
import { newTuple, newTupleTracked, tupleItems } from './tuple';

const ints = (rt: TestRuntime, ...ns: number[]) => ns.map((n) => intFromNumber(rt, n));
const shown = (rt: TestRuntime, h: Handle) => strValue(rt, repr(rt, h));
const witnesses = (rt: TestRuntime, text: string) => [...text].map((c) => rt.witness(c));

describe('list', () => {
  it('grows in CPython’s steps', () => {
    const rt = newTestRuntime();
    const list = newList(rt, []);
    const steps = new Set<number>();
    for (let i = 0; i < 300; i++) {
      listAppend(rt, list, rt.None);
      steps.add(rt.mem[list + LIST_ALLOCATED]!);
    }
    expect([...steps]).toEqual([4, 8, 16, 24, 32, 40, 52, 64, 76, 92, 108, 128, 148, 172, 200, 232, 268, 308]);
  });

  it('rounds the first table up to even when the length is known', () => {
    const rt = newTestRuntime();
    const list = newList(rt, []);
    listExtend(rt, list, newRange(rt, 0, 3));
    expect(rt.mem[list + LIST_ALLOCATED]).toBe(4);
  });

  it('releases its items from the last to the first', () => {
    const rt = newTestRuntime();
    rt.decref(newList(rt, witnesses(rt, 'abc')));
    listClear(rt, newList(rt, witnesses(rt, 'def')));
    expect(rt.deaths.join('')).toBe('cbafed');
  });

  it('releases an extended slice from the first to the last', () => {
    const rt = newTestRuntime();
    const list = newList(rt, witnesses(rt, 'abcde'));
    setItem(rt, list, newSlice(rt, 0, 0, intFromNumber(rt, 2)), 0);
    expect(rt.deaths.join('')).toBe('ace');
    expect(listSize(rt, list)).toBe(2);
  });

  it('keeps what a sort with a failing comparison has', () => {
    const rt = newTestRuntime();
    const list = newList(rt, [...ints(rt, 3, 1, 2), strFrom(rt, 'x'), ...ints(rt, 0)]);
    expect(listSort(rt, list, 0, false)).toBe(-1);
    expect(rt.error).toBe("TypeError: '<' not supported between instances of 'str' and 'int'");
    expect(listSize(rt, list)).toBe(5);
  });

  it('notices that the list was touched during a sort', () => {
    const rt = newTestRuntime();
    const list = newList(rt, ints(rt, 3, 1, 2));
    const key = rt.fn((x) => {
      listAppend(rt, list, rt.None);
      return rt.newRef(x);
    });
    expect(listSort(rt, list, key, false)).toBe(-1);
    expect(rt.error).toBe('ValueError: list modified during sort');
    expect(shown(rt, list)).toBe('[1, 2, 3]');
  });

  it('sorts by key, stable, in both directions', () => {
    const rt = newTestRuntime();
    const values = Array.from({ length: 500 }, (_, i) => (i * 7919) % 1000);
    for (const reverse of [false, true]) {
      const list = newList(rt, ints(rt, ...values));
      const key = rt.fn((x) => intFromNumber(rt, Math.floor(intToNumber(rt, x) / 100)));
      expect(listSort(rt, list, key, reverse)).toBe(0);
      const expected = [...values].sort((a, b) => (Math.floor(a / 100) - Math.floor(b / 100)) * (reverse ? -1 : 1));
      expect(listItems(rt, list).map((h) => intToNumber(rt, h))).toEqual(expected);
    }
  });

  it('shows a list inside itself as dots', () => {
    const rt = newTestRuntime();
    const list = newList(rt, []);
    listAppend(rt, list, list);
    expect(shown(rt, list)).toBe('[[...]]');
  });
});

describe('tuple', () => {
  it('is tracked by what is in it from 3.14 on, at birth', () => {
    const items = (rt: TestRuntime) => ints(rt, 1, 2);
    const new314 = newTestRuntime('3.14');
    expect(new314.heap.isTracked(newTuple(new314, items(new314)))).toBe(false);
    expect(new314.heap.isTracked(newTupleTracked(new314, items(new314)))).toBe(true);
    const old = newTestRuntime('3.13');
    expect(old.heap.isTracked(newTuple(old, items(old)))).toBe(true);
  });

  it('waits in a free list for each length', () => {
    const rt = newTestRuntime();
    const first = newTuple(rt, ints(rt, 1, 2));
    const id = rt.heap.id(first);
    rt.decref(first);
    newTuple(rt, ints(rt, 1));
    expect(rt.heap.id(newTuple(rt, ints(rt, 3, 4)))).toBe(id);
  });
});

describe('dict', () => {
  const sizes = (rt: TestRuntime, key: (i: number) => Handle) => {
    const d = newDict(rt);
    const seen = new Set<number>();
    for (let i = 0; i < 90; i++) {
      dictSet(rt, d, key(i), rt.None);
      seen.add(64 + dictKeysBytes(rt, d));
    }
    return [...seen];
  };

  it('grows in CPython’s steps, by the kind of its keys', () => {
    const rt = newTestRuntime();
    expect(sizes(rt, (i) => intFromNumber(rt, i))).toEqual([224, 352, 632, 1168, 2264, 4688]);
    expect(sizes(rt, (i) => strFrom(rt, `k${i}`))).toEqual([184, 272, 464, 832, 1584, 3328]);
  });

  it('rebuilds for the first key that is no str: at the next size in 3.13, at the same in 3.14', () => {
    const size = (profile: '3.13' | '3.14') => {
      const rt = newTestRuntime(profile);
      const d = newDict(rt);
      dictSet(rt, d, strFrom(rt, 'a'), rt.None);
      dictSet(rt, d, intFromNumber(rt, 1), rt.None);
      return 64 + dictKeysBytes(rt, d);
    };
    expect([size('3.13'), size('3.14')]).toEqual([352, 224]);
  });

  it('releases key before value, the first entry first', () => {
    const rt = newTestRuntime();
    const d = newDict(rt);
    for (const pair of ['ab', 'cd']) {
      const [k, v] = witnesses(rt, pair) as [Handle, Handle];
      dictSet(rt, d, k, v);
      rt.decref(k);
      rt.decref(v);
    }
    dictClear(rt, d);
    expect(rt.deaths.join('')).toBe('abcd');
  });

  it('keeps the order of insertion; a deleted key comes back at the end', () => {
    const rt = newTestRuntime();
    const d = newDict(rt);
    for (const n of [3, 1, 2]) dictSet(rt, d, intFromNumber(rt, n), rt.None);
    dictDel(rt, d, intFromNumber(rt, 3));
    dictSet(rt, d, intFromNumber(rt, 3), rt.True);
    expect(shown(rt, d)).toBe('{1: None, 2: None, 3: True}');
    expect(dictGet(rt, d, intFromNumber(rt, 3))).toBe(rt.True);
  });

  it('is tracked late in 3.13 only', () => {
    const rt = newTestRuntime('3.13');
    const d = newDict(rt);
    dictSet(rt, d, intFromNumber(rt, 1), intFromNumber(rt, 2));
    expect(rt.heap.isTracked(d)).toBe(false);
    dictSet(rt, d, intFromNumber(rt, 1), newList(rt, []));
    expect(rt.heap.isTracked(d)).toBe(true);
  });

  it('reuses the pair of an iterator over items while nobody else holds it', () => {
    const rt = newTestRuntime();
    const d = newDict(rt);
    for (let i = 0; i < 3; i++) dictSet(rt, d, intFromNumber(rt, i), rt.None);
    const it = getIter(rt, rt.method(d, 'items'));
    const first = iterNext(rt, it);
    rt.decref(first);
    const second = iterNext(rt, it);
    expect(second).toBe(first);
    expect(iterNext(rt, it)).not.toBe(second);
    expect(tupleItems(rt, second).map((h) => intToNumber(rt, h))[0]).toBe(1);
  });

  it('tells an iterator that it changed size', () => {
    const rt = newTestRuntime();
    const d = newDict(rt);
    dictSet(rt, d, intFromNumber(rt, 1), rt.None);
    const it = getIter(rt, d);
    dictSet(rt, d, intFromNumber(rt, 2), rt.None);
    expect(iterNext(rt, it)).toBe(0);
    expect(rt.error).toBe('RuntimeError: dictionary changed size during iteration');
  });
});

describe('set', () => {
  it('is iterated in the order of CPython’s table', () => {
    const rt = newTestRuntime();
    const set = newSet(rt);
    for (const n of [100, 7, 33, 64, 15, 1]) setAdd(rt, set, intFromNumber(rt, n));
    expect(shown(rt, set)).toBe('{64, 33, 1, 100, 7, 15}');
    expect(intToNumber(rt, rt.method(set, '__sizeof__'))).toBe(712);
  });

  it('puts a new key where it passed the last removed one', () => {
    const rt = newTestRuntime();
    const set = newSet(rt);
    for (const n of [0, 8, 16]) setAdd(rt, set, intFromNumber(rt, n));
    rt.method(set, 'discard', intFromNumber(rt, 8));
    setAdd(rt, set, intFromNumber(rt, 24));
    expect(shown(rt, set)).toBe('{0, 24, 16}');
  });
});

describe('iterators', () => {
  it('let their iterable go when they are exhausted', () => {
    const rt = newTestRuntime();
    const list = newList(rt, ints(rt, 1));
    const it = getIter(rt, list);
    expect(rt.mem[list]).toBe(2);
    iterNext(rt, it);
    expect(rt.mem[list]).toBe(2);
    expect(iterNext(rt, it)).toBe(0);
    expect(rt.mem[list]).toBe(1);
  });

  it('come from free lists where CPython has one', () => {
    const rt = newTestRuntime();
    const list = newList(rt, []);
    const first = getIter(rt, list);
    const id = rt.heap.id(first);
    rt.decref(first);
    const counted = rt.heap.gcCount0;
    expect(rt.heap.id(getIter(rt, list))).toBe(id);
    expect(rt.heap.gcCount0).toBe(counted);
  });
});
