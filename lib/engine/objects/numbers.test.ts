import { describe, expect, it } from 'vitest';
import * as abstract from './abstract';
import { floatValue, newFloat } from './float';
import { formatDouble, reprDouble } from './float-repr';
import { formatFloatSpec, formatIntSpec } from './format';
import { FrozensetHash, hashBigInt, hashBytes, hashDouble, hashInteger, hashToBigInt, TupleHash } from './hash';
import { intFromBigInt, intFromNumber, intToBigInt, intSizeof } from './int';
import * as ops from './int-ops';
import { intFromText } from './int-text';
import { correctPow } from '../../utils/correct-pow';
import { strValue } from './str';
import { newTestRuntime, type TestRuntime } from './test-runtime';

/** repr of a new reference, which is released; or the error. */
function show(rt: TestRuntime, h: number): string {
  if (h === 0) {
    rt.clearError();
    return rt.error;
  }
  const r = rt.tp(h).tp_repr!(rt, h);
  rt.decref(h);
  const text = strValue(rt, r);
  rt.decref(r);
  return text;
}

describe('int', () => {
  const rt = newTestRuntime();
  const int = (n: bigint | number) => intFromBigInt(rt, BigInt(n));

  it('returns the immortal small ints', () => {
    expect(intFromNumber(rt, 256)).toBe(intFromNumber(rt, 256));
    expect(intFromNumber(rt, 257)).not.toBe(intFromNumber(rt, 257));
    expect(rt.heap.isImmortal(intFromNumber(rt, -5))).toBe(true);
  });

  it('divides towards minus infinity', () => {
    const table: [bigint, bigint][] = [
      [7n, 2n],
      [-7n, 2n],
      [7n, -2n],
      [-(10n ** 20n), 3n],
      [10n ** 20n, -3n],
    ];
    for (const [a, b] of table) {
      const q = intToBigInt(rt, ops.intFloorDivide(rt, int(a), int(b)));
      const r = intToBigInt(rt, ops.intRemainder(rt, int(a), int(b)));
      expect(q * b + r).toBe(a);
      expect(r === 0n || r < 0n === b < 0n).toBe(true);
    }
  });

  it('divides to the nearest double', () => {
    expect(ops.divideToDouble(10n ** 20n, 3n)).toBe(3.333333333333333e19);
    expect(ops.divideToDouble(1n, 10n ** 400n)).toBe(0);
    expect(ops.divideToDouble(10n ** 400n, 10n ** 399n)).toBe(10);
    expect(ops.divideToDouble(2n ** 53n + 1n, 1n)).toBe(2 ** 53);
    expect(ops.divideToDouble(1n, 2n ** 1074n)).toBe(5e-324);
  });

  it('guards what would not fit in memory', () => {
    expect(show(rt, ops.intLshift(rt, int(1), int(1n << 70n)))).toBe('OverflowError: too many digits in integer');
    expect(show(rt, ops.intPower(rt, int(10), int(10n ** 10n), rt.None))).toBe('MemoryError: ');
  });

  it('reads text in every base', () => {
    expect(show(rt, intFromText(rt, ' -0x_ff ', 0))).toBe('-255');
    expect(show(rt, intFromText(rt, '1__0', 10))).toBe("ValueError: invalid literal for int() with base 10: '1__0'");
    expect(show(rt, intFromText(rt, 'zz', 36))).toBe('1295');
    expect(show(rt, intFromText(rt, '9'.repeat(4301), 10))).toMatch(/^ValueError: Exceeds the limit/);
  });

  it('has the sizes of 30-bit digits', () => {
    for (const [n, size] of [
      [0, 28],
      [2 ** 30 - 1, 28],
      [2 ** 30, 32],
      [2n ** 60n, 36],
    ] as const) {
      expect(intSizeof(rt, int(n))).toBe(size);
    }
  });

  it('formats by the mini-language', () => {
    const f = (n: bigint | number, spec: string) => formatIntSpec(rt, int(n), spec);
    expect(f(1234, '08,')).toBe('0,001,234');
    expect(f(12345, '#012_x')).toBe('0x0_0000_3039');
    expect(f(-1, '^05')).toBe('0-100');
    expect(f(255, '#X')).toBe('0XFF');
    expect(f(1, '.2')).toBe(null);
    expect(rt.error).toBe('ValueError: Precision not allowed in integer format specifier');
    rt.clearError();
  });
});

describe('float', () => {
  const rt = newTestRuntime();

  it('shows the shortest digits', () => {
    const table: [number, string][] = [
      [1e16, '1e+16'],
      [123456789012345680, '1.2345678901234568e+17'],
      [0.0001, '0.0001'],
      [0.00001, '1e-05'],
      [-0, '-0.0'],
      [5e-324, '5e-324'],
      [1e22, '1e+22'],
      [0.1 + 0.2, '0.30000000000000004'],
    ];
    for (const [x, text] of table) expect(reprDouble(x)).toBe(text);
  });

  it('rounds halves to even, on the exact value', () => {
    expect(formatDouble(2.5, 'f', 0)).toBe('2');
    expect(formatDouble(0.125, 'f', 2)).toBe('0.12');
    expect(formatDouble(2.675, 'f', 2)).toBe('2.67');
    expect(formatDouble(9.999999999999999e22, 'e', 3)).toBe('1.000e+23');
    expect(formatDouble(1e23, 'g', 25)).toBe('99999999999999991611392');
  });

  it('formats by the mini-language', () => {
    const f = (x: number, spec: string) => formatFloatSpec(rt, newFloat(rt, x), spec);
    expect(f(1234.5, '010,.2f')).toBe('001,234.50');
    expect(f(-Infinity, '+010,')).toBe('-000000inf');
    expect(f(-0.001, 'z.1f')).toBe('0.0');
    expect(f(100, '.3')).toBe('1e+02');
    expect(f(1234567.891, '.6_f')).toBe('1234567.891_000');
  });

  it('compares with ints exactly', () => {
    const big = newFloat(rt, 2 ** 53);
    const int = intFromBigInt(rt, 2n ** 53n + 1n);
    expect(abstract.richCompareBool(rt, big, int, 0)).toBe(1);
    expect(abstract.richCompareBool(rt, big, int, 2)).toBe(0);
  });

  it('takes powers as the C library does', () => {
    expect(correctPow(2.8, 18)).toBe(111903730.35819302);
    expect(correctPow(0.93, 60)).toBe(0.012852183368996866);
    expect(correctPow(2, -1074)).toBe(5e-324);
  });

  it('waits in its free list', () => {
    const a = newFloat(rt, 1.5);
    const id = rt.heap.id(a);
    rt.decref(a);
    const b = newFloat(rt, 2.5);
    expect(rt.heap.id(b)).toBe(id);
    expect(floatValue(rt, b)).toBe(2.5);
  });
});

/** Recorded from a 64-bit CPython with PYTHONHASHSEED=0. */
describe('hash', () => {
  const rt = newTestRuntime();
  const full = (low: number) => hashToBigInt(low, rt.hashHigh);

  it('of text', () => {
    const h = (s: string) => full(hashBytes(rt, new TextEncoder().encode(s)));
    expect(h('a')).toBe(4644417185603328019n);
    expect(h('hello world')).toBe(-5642461784034726774n);
    expect(h('abcdefghijklmnop'.repeat(3))).toBe(3861925671205740390n);
  });

  it('of numbers', () => {
    expect(full(hashBigInt(rt, 10n ** 30n))).toBe(465258685558744706n);
    expect(full(hashBigInt(rt, -(2n ** 61n)))).toBe(-2n);
    expect(full(hashInteger(rt, -1))).toBe(-2n);
    expect(full(hashDouble(rt, 0, 1.5))).toBe(1152921504606846977n);
    expect(full(hashDouble(rt, 0, 1e300))).toBe(1224995262755759164n);
  });

  it('of tuples and frozensets', () => {
    const t = new TupleHash();
    const f = new FrozensetHash();
    for (const n of [1, 2, 3]) {
      t.add(hashInteger(rt, n), rt.hashHigh);
      f.add(hashInteger(rt, n), rt.hashHigh);
    }
    expect(full(t.finish(rt))).toBe(529344067295497451n);
    expect(full(f.finish(rt))).toBe(-272375401224217160n);
    expect(full(new FrozensetHash().finish(rt))).toBe(133146708735736n);
  });
});
