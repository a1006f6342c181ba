/**
 * x ** y for doubles, rounded as a good C library does (CPython calls `pow`). JavaScript's own `**` is off by one unit
 * in the last place in one case of twelve, so the power is computed here with numbers of twice the precision.
 */

/** An unevaluated sum of two doubles: high + low, about 106 bits. */
export type Double2 = readonly [high: number, low: number];

export function sum(a: number, b: number): Double2 {
  const s = a + b;
  const t = s - a;
  return [s, a - (s - t) + (b - t)];
}

const SPLITTER = 134217729; // 2^27 + 1

export function product(a: number, b: number): Double2 {
  const p = a * b;
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return [p, al * bl - (p - ah * bh - al * bh - ah * bl)];
}

export function add(a: Double2, b: Double2): Double2 {
  const [s, e] = sum(a[0], b[0]);
  return sum(s, e + a[1] + b[1]);
}

export function multiply(a: Double2, b: Double2): Double2 {
  const [p, e] = product(a[0], b[0]);
  return sum(p, e + (a[0] * b[1] + a[1] * b[0]));
}

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the first half of a pair
const LN2: Double2 = [0.6931471805599453, 2.3190468138462996e-17];

/** 1/n! for n = 2 … 13, in double precision pairs. */
const FACTORIALS: readonly Double2[] = [
  [0.5, 0],
  [0.16666666666666666, 9.25185853854297e-18],
  [0.041666666666666664, 2.3129646346357427e-18],
  [0.008333333333333333, 1.1564823173178714e-19],
  [0.001388888888888889, -5.300543954373577e-20],
  [0.0001984126984126984, 1.7209558293420705e-22],
  [2.48015873015873e-5, 2.1511947866775882e-23],
  [2.7557319223985893e-6, -1.858393274046472e-22],
  [2.755731922398589e-7, 2.3767714622250297e-23],
  [2.505210838544172e-8, -1.448814070935912e-24],
  [2.08767569878681e-9, -1.20734505911326e-25],
  [1.6059043836821613e-10, 1.2585294588752098e-26],
];

/** e^a = result × 2^exponent. */
export function exp(a: Double2): { value: Double2; exponent: number } {
  const k = Math.round(a[0] / LN2[0]);
  const r0 = add(a, multiply([-k, 0], LN2));
  const r: Double2 = [r0[0] / 64, r0[1] / 64];
  let term = r;
  let total: Double2 = add([1, 0], r);
  for (const f of FACTORIALS) {
    term = multiply(term, r);
    total = add(total, multiply(term, f));
  }
  for (let i = 0; i < 6; i++) total = multiply(total, total);
  return { value: total, exponent: k };
}

/** Natural logarithm of a finite positive double. */
export function log(x: number): Double2 {
  let e = 0;
  if (x < 2.3e-308) {
    x *= 2 ** 60;
    e = -60;
  }
  const shift = Math.round(Math.log2(x));
  // In two steps: 2^-shift may be out of range.
  const half = Math.trunc(shift / 2);
  const m = x * 2 ** -half * 2 ** (half - shift);
  e += shift;
  const guess = Math.log(m);
  const back = exp([-guess, 0]);
  const scale = 2 ** back.exponent;
  const t = add(multiply([m, 0], [back.value[0] * scale, back.value[1] * scale]), [-1, 0]);
  const correction = add(t, [(-t[0] * t[0]) / 2, 0]);
  return add(multiply([e, 0], LN2), add([guess, 0], correction));
}

export function correctPow(x: number, y: number): number {
  const plain = x ** y;
  if (plain === 0 || !Number.isFinite(plain) || !Number.isFinite(x) || x === 0) return plain;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  // A whole power that fits 53 bits is exact already.
  if (Number.isInteger(plain) && Number.isInteger(x) && Math.abs(plain) < 2 ** 53) return plain;
  const { value, exponent } = exp(multiply(log(Math.abs(x)), [y, 0]));
  const half = Math.trunc(exponent / 2);
  const magnitude = (value[0] + value[1]) * 2 ** half * 2 ** (exponent - half);
  return plain < 0 ? -magnitude : magnitude;
}

/** result × 2^exponent of a pair, as one double. */
export function scalePair(value: Double2, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return (value[0] + value[1]) * 2 ** half * 2 ** (exponent - half);
}
