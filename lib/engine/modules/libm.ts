/**
 * What CPython takes from the C library, where JavaScript's functions would answer otherwise in the last bit.
 *
 * exp, log and their kin are rounded correctly (the C libraries' own routines miss that in one case of a thousand);
 * sin and cos are fdlibm's polynomials; the hyperbolic functions are put together from expm1, log1p and exp as musl does
 * it, which is the library of the CPython that our answers are compared with. Functions that are not here agree.
 */
import { add, exp as expPair, log as logPair, multiply, scalePair, type Double2 } from '../../utils/correct-pow';

const isSpecial = (x: number): boolean => !Number.isFinite(x) || x === 0;

export function exp(x: number): number {
  const plain = Math.exp(x);
  if (isSpecial(plain) || x === 0) return plain;
  const { value, exponent } = expPair([x, 0]);
  return scalePair(value, exponent);
}

export function exp2(x: number): number {
  const plain = 2 ** x;
  if (isSpecial(plain) || Number.isInteger(x)) return plain;
  const whole = Math.round(x);
  const { value, exponent } = expPair(multiply([x - whole, 0], LN2));
  return scalePair(value, exponent + whole);
}

export function log(x: number): number {
  if (!(x > 0) || x === Infinity || x === 1) return Math.log(x);
  const [high, low] = logNear(x);
  return high + low;
}

/** Near 1 the logarithm is a small number: its series keeps the relative precision. */
function logNear(x: number): Double2 {
  const d = x - 1;
  if (Math.abs(d) > 0.02) return logPair(x);
  // log x = 2 atanh(d / (2 + d))
  const t = divide([d, 0], add([2, 0], [d, 0]));
  const t2 = multiply(t, t);
  let total: Double2 = [0, 0];
  for (let k = 21; k >= 1; k -= 2) total = add(multiply(total, t2), divide([1, 0], [k, 0]));
  return multiply(multiply(total, t), [2, 0]);
}

function divide(a: Double2, b: Double2): Double2 {
  const q = a[0] / b[0];
  const rest = add(a, multiply(b, [-q, 0]));
  return add([q, 0], [(rest[0] + rest[1]) / b[0], 0]);
}

// biome-ignore lint/suspicious/noApproximativeNumericConstant: halves of pairs
const LN2: Double2 = [0.6931471805599453, 2.3190468138462996e-17];
// biome-ignore lint/suspicious/noApproximativeNumericConstant: halves of pairs
const LN10: Double2 = [2.302585092994046, -2.1707562233822494e-16];

function logTo(x: number, base: Double2, plain: (x: number) => number): number {
  if (!(x > 0) || x === Infinity || x === 1) return plain(x);
  const [high, low] = divide(logNear(x), base);
  return high + low;
}
export function log2(x: number): number {
  return logTo(x, LN2, Math.log2);
}
export function log10(x: number): number {
  return logTo(x, LN10, Math.log10);
}

// ---- circular functions -------------------------------------------------------------------------------------------------------

function sinKernel(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 2.7557313707070068e-6) +
    z * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
  const v = z * x;
  const s1 = -0.16666666666666632;
  return y === 0 ? x + v * (s1 + z * r) : x - (z * (0.5 * y - v * r) - y - v * s1);
}

function cosKernel(x: number, y: number): number {
  const z = x * x;
  const z2 = z * z;
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
    z2 * z2 * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * y));
}

const exponentView = new DataView(new ArrayBuffer(8));
function exponentOf(x: number): number {
  exponentView.setFloat64(0, x);
  return (exponentView.getUint16(0) >> 4) & 0x7ff;
}

const PIO2_1 = 1.5707963267341256;
const PIO2_1T = 6.077100506506192e-11;
const PIO2_2 = 6.077100506303966e-11;
const PIO2_2T = 2.0222662487959506e-21;
const PIO2_3 = 2.0222662487111665e-21;
const PIO2_3T = 8.4784276603689e-32;

/** x = n π/2 + y, with y in two parts; n modulo 4. */
function reduce(x: number): { n: number; y: number; tail: number } {
  if (Math.abs(x) >= 2 ** 20) return reduceLarge(x);
  const n = Math.round((x * 2) / Math.PI);
  let r = x - n * PIO2_1;
  let w = n * PIO2_1T;
  let y = r - w;
  const e = exponentOf(x);
  if (e - exponentOf(y) > 16) {
    let t = r;
    w = n * PIO2_2;
    r = t - w;
    w = n * PIO2_2T - (t - r - w);
    y = r - w;
    if (e - exponentOf(y) > 49) {
      t = r;
      w = n * PIO2_3;
      r = t - w;
      w = n * PIO2_3T - (t - r - w);
      y = r - w;
    }
  }
  return { n: n & 3, y, tail: r - y - w };
}

const PI_BITS = 1300n;
let halfPi: bigint | null = null;
/** π/2 × 2^PI_BITS by Machin's formula. */
function bigHalfPi(): bigint {
  if (halfPi !== null) return halfPi;
  const one = 1n << (PI_BITS + 32n);
  const arctan = (k: bigint): bigint => {
    let total = 0n;
    let power = one / k;
    for (let i = 1n; power !== 0n; i += 2n) {
      total += (i & 2n) === 0n ? power / i : -(power / i);
      power /= k * k;
    }
    return total;
  };
  halfPi = (2n * (4n * arctan(5n) - arctan(239n))) >> 32n;
  return halfPi;
}

/** The double nearest to n / 2^bits. */
export function ratioToDouble(n: bigint, bits: bigint): number {
  const negative = n < 0n;
  let m = negative ? -n : n;
  if (m === 0n) return 0;
  const length = BigInt(m.toString(2).length);
  let shift = length - 55n;
  // Subnormals have fewer bits.
  const lowest = bits - 1075n - 1n;
  if (shift < lowest) shift = lowest;
  if (shift > 0n) {
    const rest = m & ((1n << shift) - 1n);
    m = (m >> shift) | (rest !== 0n ? 1n : 0n);
  } else shift = 0n;
  // At most 55 bits with a sticky last one.
  const e = Number(shift - bits);
  let value: number;
  if (e >= -1022) value = Number(m) * 2 ** e;
  else {
    // Once more with the rounding at the right place.
    const drop = BigInt(-1074 - e);
    if (drop <= 0n) value = Number(m) * 2 ** -1000 * 2 ** (e + 1000);
    else {
      const kept = m >> drop;
      const rest = m & ((1n << drop) - 1n);
      const half = 1n << (drop - 1n);
      const up = rest > half || (rest === half && (kept & 1n) === 1n);
      value = Number(kept + (up ? 1n : 0n)) * 2 ** -1074;
    }
  }
  return negative ? -value : value;
}

/** A finite double as mantissa × 2^exponent. */
export function decompose(x: number): { mantissa: bigint; exponent: number } {
  exponentView.setFloat64(0, x);
  const bits = exponentView.getBigUint64(0);
  const e = Number((bits >> 52n) & 0x7ffn);
  let mantissa = bits & 0xfffffffffffffn;
  if (e !== 0) mantissa |= 1n << 52n;
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: (e === 0 ? 1 : e) - 1075 };
}

function reduceLarge(x: number): { n: number; y: number; tail: number } {
  const { mantissa, exponent } = decompose(x);
  const pi = bigHalfPi();
  const scaled = exponent >= 0 ? (mantissa << BigInt(exponent)) << PI_BITS : (mantissa << PI_BITS) >> BigInt(-exponent);
  // Rounded to the nearest multiple.
  let n = (2n * scaled + pi) / (2n * pi);
  let rest = scaled - n * pi;
  if (2n * rest > pi) {
    n += 1n;
    rest -= pi;
  } else if (2n * rest < -pi) {
    n -= 1n;
    rest += pi;
  }
  const y = ratioToDouble(rest, PI_BITS);
  const d = decompose(y);
  const back = BigInt(d.exponent) + PI_BITS;
  const exact = back >= 0n ? d.mantissa << back : d.mantissa >> -back;
  return { n: Number(((n % 4n) + 4n) % 4n), y, tail: ratioToDouble(rest - exact, PI_BITS) };
}

export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) <= 0.7853981633974483) return Math.abs(x) < 2 ** -26 ? x : sinKernel(x, 0);
  const { n, y, tail } = reduce(x);
  switch (n) {
    case 0:
      return sinKernel(y, tail);
    case 1:
      return cosKernel(y, tail);
    case 2:
      return -sinKernel(y, tail);
    default:
      return -cosKernel(y, tail);
  }
}

export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) <= 0.7853981633974483) return Math.abs(x) < 2 ** -27 * Math.SQRT2 ? 1 : cosKernel(x, 0);
  const { n, y, tail } = reduce(x);
  switch (n) {
    case 0:
      return cosKernel(y, tail);
    case 1:
      return -sinKernel(y, tail);
    case 2:
      return -cosKernel(y, tail);
    default:
      return sinKernel(y, tail);
  }
}

// ---- hyperbolic functions -----------------------------------------------------------------------------------------------------

const LOG_MAX = 709.782712893384;

/** e^x / 2 where e^x itself is too large. */
function halfExp(x: number): number {
  const k = 2043;
  return exp(x - k * LN2[0]) * 2 ** 1021 * 2 ** 1021;
}

export function sinh(x: number): number {
  const h = x < 0 ? -0.5 : 0.5;
  const a = Math.abs(x);
  if (!Number.isFinite(x)) return x;
  if (a >= LOG_MAX) return 2 * h * halfExp(a);
  const t = Math.expm1(a);
  if (a < 1) return a < 2 ** -26 ? x : h * (2 * t - (t * t) / (t + 1));
  return h * (t + t / (t + 1));
}

export function cosh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(a)) return a;
  if (a < LN2[0]) {
    if (a < 2 ** -26) return 1;
    const t = Math.expm1(a);
    return 1 + (t * t) / (2 * (1 + t));
  }
  if (a >= LOG_MAX) return halfExp(a);
  const t = exp(a);
  return 0.5 * (t + 1 / t);
}

export function tanh(x: number): number {
  const a = Math.abs(x);
  let t: number;
  if (Number.isNaN(x)) return x;
  if (a > 20) t = 1;
  else if (a > 0.5493061) t = 1 - 2 / (Math.expm1(2 * a) + 2);
  else if (a > 0.2554128) {
    const e = Math.expm1(2 * a);
    t = e / (e + 2);
  } else if (a >= 2.2250738585072014e-308) {
    const e = Math.expm1(-2 * a);
    t = -e / (e + 2);
  } else return x;
  return x < 0 ? -t : t;
}

const withSign = (x: number, r: number): number => (x < 0 || Object.is(x, -0) ? -r : r);

export function asinh(x: number): number {
  const a = Math.abs(x);
  if (!Number.isFinite(x) || a < 2 ** -26) return x;
  if (a >= 2 ** 26) return withSign(x, log(a) + LN2[0]);
  if (a >= 2) return withSign(x, log(2 * a + 1 / (Math.sqrt(a * a + 1) + a)));
  return withSign(x, Math.log1p(a + (a * a) / (Math.sqrt(a * a + 1) + 1)));
}

export function acosh(x: number): number {
  if (!(x >= 1)) return NaN;
  if (x < 2) return Math.log1p(x - 1 + Math.sqrt((x - 1) * (x - 1) + 2 * (x - 1)));
  if (x < 2 ** 26) return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
  return log(x) + LN2[0];
}

export function atanh(x: number): number {
  const a = Math.abs(x);
  if (a >= 1 || Number.isNaN(x)) return NaN;
  if (a < 2 ** -32) return x;
  return withSign(x, a < 0.5 ? 0.5 * Math.log1p(2 * a + (2 * a * a) / (1 - a)) : 0.5 * Math.log1p(2 * (a / (1 - a))));
}

// ---- the error function (fdlibm's rational approximations) ----------------------------------------------------------------------

const ERX = 0.8450629115104675;
const EFX8 = 1.0270333367641007;
/** Numerator and denominator, lowest power first, on [0, 0.84375], [0.84375, 1.25], [1.25, 1/0.35] and beyond. */
const ERF_PARTS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5],
    [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6],
  ],
  [
    [
      -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
      0.035478304325618236, -0.002166375594868791,
    ],
    [
      1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
      0.011984499846799107,
    ],
  ],
  [
    [
      -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
      -184.60509290671104, -81.2874355063066, -9.814329344169145,
    ],
    [
      1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
      108.63500554177944, 6.570249770319282, -0.0604244152148581,
    ],
  ],
  [
    [
      -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
      -1025.0951316110772, -483.5191916086514,
    ],
    [
      1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
      474.52854120695537, -22.44095244658582,
    ],
  ],
];

function rational(part: number, s: number): number {
  const [above, below] = ERF_PARTS[part]!;
  const horner = (coefficients: readonly number[]) => coefficients.reduceRight((sum, c) => c + s * sum, 0);
  return horner(above) / horner(below);
}

/** erfc from 0.84375 on. */
function erfcTail(x: number): number {
  if (x < 1.25) return 1 - ERX - rational(1, x - 1);
  const ratio = rational(x < 1 / 0.35 ? 2 : 3, 1 / (x * x));
  // The upper half of x: its square is exact.
  exponentView.setFloat64(0, x);
  exponentView.setUint32(4, 0);
  const z = exponentView.getFloat64(0);
  return (exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio)) / x;
}

export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a < 0.84375) return a < 2 ** -28 ? 0.125 * (8 * x + EFX8 * x) : x + x * rational(0, x * x);
  return withSign(x, a < 6 ? 1 - erfcTail(a) : 1);
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a < 0.84375) {
    if (a < 2 ** -56) return 1 - x;
    const y = rational(0, x * x);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
  }
  if (a >= 28) return x < 0 ? 2 : 0;
  return x < 0 ? 2 - erfcTail(a) : erfcTail(a);
}

// ---- gamma (Modules/mathmodule.c: Lanczos' approximation) ------------------------------------------------------------------------

const G = 6.02468004077673;
const G_MINUS_HALF = 5.52468004077673;
const LANCZOS_ABOVE = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
/** x (x+1) … (x+11). */
const LANCZOS_BELOW = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
];

function lanczos(x: number): number {
  let above = 0;
  let below = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      above = above * x + LANCZOS_ABOVE[i]!;
      below = below * x + LANCZOS_BELOW[i]!;
    }
  } else {
    for (let i = 0; i < 13; i++) {
      above = above / x + LANCZOS_ABOVE[i]!;
      below = below / x + LANCZOS_BELOW[i]!;
    }
  }
  return above / below;
}

/** sin(πx) of a finite number. */
function sinPi(x: number): number {
  const y = Math.abs(x) % 2;
  const half = 2 * y;
  // C's round: halves away from zero.
  const n = Math.floor(half) + (half - Math.floor(half) >= 0.5 ? 1 : 0);
  const r = [
    () => sin(Math.PI * y),
    () => cos(Math.PI * (y - 0.5)),
    () => sin(Math.PI * (1 - y)),
    () => -cos(Math.PI * (y - 1.5)),
    () => sin(Math.PI * (y - 2)),
  ][n]!();
  return x < 0 || Object.is(x, -0) ? -r : r;
}

/** NaN where gamma has no value, Infinity where it is too large. */
export function gamma(x: number, pow: (x: number, y: number) => number): number {
  if (!Number.isFinite(x)) return x > 0 || Number.isNaN(x) ? x : NaN;
  if (x === 0) return 1 / x;
  if (x === Math.floor(x)) {
    if (x < 0) return NaN;
    if (x <= 23) {
      let r = 1;
      for (let i = 2; i < x; i++) r *= i;
      return r;
    }
  }
  const a = Math.abs(x);
  if (a < 1e-20) return 1 / x;
  if (a > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = a + G_MINUS_HALF;
  let z = a > G_MINUS_HALF ? y - a - G_MINUS_HALF : y - G_MINUS_HALF - a;
  z = (z * G) / y;
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinPi(a) / a) * exp(y)) / lanczos(a);
    r -= z * r;
    if (a < 140) return r / pow(y, a - 0.5);
    const root = pow(y, a / 2 - 0.25);
    return r / root / root;
  }
  r = lanczos(a) / exp(y);
  r += z * r;
  if (a < 140) return r * pow(y, a - 0.5);
  const root = pow(y, a / 2 - 0.25);
  return r * root * root;
}

/** Infinity at 0 and the negative integers. */
export function lgamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? Infinity : 0;
  const a = Math.abs(x);
  if (a < 1e-20) return -log(a);
  let r = log(lanczos(a)) - G;
  r += (a - 0.5) * (log(a + G - 0.5) - 1);
  // log π
  if (x < 0) r = 1.1447298858494002 - log(Math.abs(sinPi(a))) - log(a) - r;
  return r;
}
