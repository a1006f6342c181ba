/**
 * Doubles as decimal text and back (Python/pystrtod.c, Python/dtoa.c). The shortest digits come from JavaScript, which
 * chooses the same ones; digits of a wanted precision are computed exactly and rounded half to even.
 */
import { decomposeDouble } from './hash';

/** value = 0.digits × 10^point; no trailing zeros asked for. `digits` is '0' for zero. */
export interface Decimal {
  digits: string;
  point: number;
}

/** The shortest digits that read back as x (finite, x ≥ 0). */
export function shortestDecimal(x: number): Decimal {
  if (x === 0) return { digits: '0', point: 1 };
  const text = x.toExponential();
  const e = text.indexOf('e');
  return { digits: text.slice(0, e).replace('.', ''), point: Number(text.slice(e + 1)) + 1 };
}

/** x × 10^places as an integer, rounded half to even, exactly. `places` may be negative. */
export function scaledInteger(x: number, places: number): bigint {
  const { mantissa, exponent } = decomposeDouble(x);
  let numerator = mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  return divideHalfEven(numerator, denominator);
}

/** numerator / denominator (both ≥ 0), rounded half to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const q = numerator / denominator;
  const twice = (numerator - q * denominator) * 2n;
  if (twice > denominator || (twice === denominator && (q & 1n) === 1n)) return q + 1n;
  return q;
}

/** A double has no more decimal places than this; what is beyond is zeros. */
const MAX_PLACES = 1100;

/** x (finite, ≥ 0) with `places` digits after the point. */
export function fixedDigits(x: number, places: number): string {
  if (places <= 90 && x < 1e21) {
    // JavaScript rounds halves up; a half needs x to end exactly one place later.
    const text = x.toFixed(places);
    if (Number(x.toFixed(places + 1)) !== x || Number(text) === x) return text;
  }
  const known = Math.min(places, MAX_PLACES);
  const n = scaledInteger(x, known)
    .toString()
    .padStart(known + 1, '0');
  const text = known === 0 ? n : `${n.slice(0, -known)}.${n.slice(-known)}`;
  return places > known ? text + '0'.repeat(places - known) : text;
}

/** x (finite, ≥ 0) rounded to `count` significant digits (count ≥ 1). */
export function significantDecimal(x: number, count: number): Decimal {
  if (x === 0) return { digits: '0'.repeat(count), point: 1 };
  const known = Math.min(count, MAX_PLACES);
  let point = shortestDecimal(x).point;
  let digits = scaledInteger(x, known - point).toString();
  // The shortest digits may have been rounded up to the next power of ten.
  if (digits.length < known) {
    point--;
    digits = scaledInteger(x, known - point).toString();
  }
  if (digits.length > known) {
    point++;
    digits = digits.slice(0, known);
  }
  return { digits: count > known ? digits + '0'.repeat(count - known) : digits, point };
}

function exponentText(exponent: number, letter: string): string {
  const n = Math.abs(exponent).toString().padStart(2, '0');
  return `${letter}${exponent < 0 ? '-' : '+'}${n}`;
}

function positional(d: Decimal, minDecimals: number, alternate: boolean): string {
  const { digits, point } = d;
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const rest = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const fraction = rest.padEnd(minDecimals, '0');
  return fraction === '' && !alternate ? whole : `${whole}.${fraction}`;
}

function scientific(d: Decimal, letter: string, alternate: boolean): string {
  const rest = d.digits.slice(1);
  const dot = rest !== '' || alternate ? '.' : '';
  return `${d.digits[0]}${dot}${rest}${exponentText(d.point - 1, letter)}`;
}

/** `PyOS_double_to_string`: the text of |x| without a sign; x may be inf or nan. */
export function formatDouble(
  x: number,
  code: string,
  precision: number,
  alternate = false,
  addDotZero = false,
): string {
  const letter = code === 'E' || code === 'G' ? 'E' : 'e';
  const upper = code === 'E' || code === 'F' || code === 'G';
  x = Math.abs(x);
  if (Number.isNaN(x)) return upper ? 'NAN' : 'nan';
  if (x === Infinity) return upper ? 'INF' : 'inf';
  switch (code) {
    case 'r': {
      const d = shortestDecimal(x);
      if (d.point > 16 || d.point < -3) return scientific(d, letter, alternate);
      return positional(d, addDotZero ? 1 : 0, alternate);
    }
    case 'e':
    case 'E':
      return scientific(significantDecimal(x, precision + 1), letter, alternate);
    case 'f':
    case 'F': {
      const text = fixedDigits(x, precision);
      return alternate && precision === 0 ? `${text}.` : text;
    }
    default: {
      const count = precision === 0 ? 1 : precision;
      const d = significantDecimal(x, count);
      // `addDotZero` (str-like formatting with a precision) leaves one place after the point.
      const limit = addDotZero ? count - 1 : count;
      const useExponent = d.point - 1 < -4 || d.point > limit;
      if (!alternate) d.digits = d.digits.replace(/0+$/, '') || '0';
      if (useExponent) return scientific(d, letter, alternate);
      return positional(d, addDotZero ? 1 : 0, alternate);
    }
  }
}

/** `float.__repr__`. */
export function reprDouble(x: number): string {
  return (isNegative(x) ? '-' : '') + formatDouble(x, 'r', 0, false, true);
}

/** The sign is set, also of -0.0; never of a NaN. */
export function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WORDS = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/** ASCII text as `float()` reads it, underscores and surrounding space already dealt with; null if it is no number. */
export function parseDouble(text: string): number | null {
  if (FLOAT_TEXT.test(text)) return Number(text);
  const m = WORDS.exec(text);
  if (m === null) return null;
  if (m[2] === undefined) return NaN;
  return m[1] === '-' ? -Infinity : Infinity;
}
