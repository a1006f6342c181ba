/**
 * The format specification mini-language (Python/formatter_unicode.c):
 * [[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]
 */
import type { Runtime } from './runtime';
import { decimalValue } from './unicode';

interface Parsed {
  fill: string;
  align: string;
  sign: string;
  noNegativeZero: boolean;
  alternate: boolean;
  /** -1: not given. */
  width: number;
  precision: number;
  grouping: '' | ',' | '_';
  /** Digits in a group: 4 for b, o, x. */
  groupSize: number;
  /** 3.14: grouping after the decimal point. */
  fractionGrouping: '' | ',' | '_';
  /** '' when it was left out and the type has no default. */
  type: string;
}
export type FormatSpec = Readonly<Parsed>;

const MAX_NUMBER = 2 ** 63;

/** `[fill and align][0][width][type]` in ASCII, as most are: null if it is not of that form. */
function parsePlainSpec(text: string, defaultType: string, defaultAlign: string): FormatSpec | null {
  const end = text.length;
  let fill = ' ';
  let align = defaultAlign;
  let i = 0;
  if (end > 1 && ALIGNS.includes(text[1]!)) {
    if (text.charCodeAt(0) >= 0x80) return null;
    fill = text[0]!;
    align = text[1]!;
    i = 2;
  } else if (ALIGNS.includes(text[0]!)) {
    align = text[0]!;
    i = 1;
  }
  if (i < 2 && text.charCodeAt(i) === 0x30) {
    fill = '0';
    if (i === 0 && defaultAlign === '>') align = '=';
    i++;
  }
  const start = i;
  let width = 0;
  for (; i < end && i - start < 9; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) break;
    width = width * 10 + digit;
  }
  if (i === start) width = -1;
  let type = defaultType;
  if (i < end) {
    const code = text.charCodeAt(i);
    if (i + 1 < end || !((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) || code === 0x7a)
      return null;
    type = text[i]!;
  }
  return {
    fill,
    align,
    sign: '',
    noNegativeZero: false,
    alternate: false,
    width,
    precision: -1,
    grouping: '',
    groupSize: 3,
    fractionGrouping: '',
    type,
  };
}
const ALIGNS = '<>=^';

/** Specs of the plain form that were read before, for each default type, which has a default alignment of its own. */
const ofInts = new Map<string, FormatSpec>();
const ofTexts = new Map<string, FormatSpec>();
const ofOthers = new Map<string, FormatSpec>();
const MAX_READ = 500;

/** Parses; null with ValueError. */
export function parseFormatSpec(
  rt: Runtime,
  text: string,
  objectType: string,
  defaultType: string,
  defaultAlign: string,
): FormatSpec | null {
  const read = defaultType === 'd' ? ofInts : defaultType === 's' ? ofTexts : ofOthers;
  const known = read.get(text);
  if (known !== undefined) return known;
  const plain = parsePlainSpec(text, defaultType, defaultAlign);
  if (plain !== null) {
    if (read.size === MAX_READ) read.clear();
    read.set(text, plain);
    return plain;
  }
  const fail = (message: string): null => {
    rt.raise('ValueError', message);
    return null;
  };
  const chars = Array.from(text);
  const end = chars.length;
  let i = 0;
  const spec: Parsed = {
    fill: ' ',
    align: defaultAlign,
    sign: '',
    noNegativeZero: false,
    alternate: false,
    width: -1,
    precision: -1,
    grouping: '',
    groupSize: 3,
    fractionGrouping: '',
    type: defaultType,
  };
  const isAlign = (c: string | undefined): boolean => c === '<' || c === '>' || c === '=' || c === '^';
  let fillGiven = false;
  let alignGiven = false;
  if (isAlign(chars[1])) {
    spec.fill = chars[0]!;
    spec.align = chars[1]!;
    fillGiven = true;
    alignGiven = true;
    i = 2;
  } else if (isAlign(chars[0])) {
    spec.align = chars[0]!;
    alignGiven = true;
    i = 1;
  }
  if (chars[i] === '+' || chars[i] === '-' || chars[i] === ' ') spec.sign = chars[i++]!;
  if (chars[i] === 'z') {
    spec.noNegativeZero = true;
    i++;
  }
  if (chars[i] === '#') {
    spec.alternate = true;
    i++;
  }
  if (!fillGiven && chars[i] === '0') {
    spec.fill = '0';
    if (!alignGiven && defaultAlign === '>') spec.align = '=';
    i++;
  }
  /** The number at i, or -1 if there is none, or null when it is too large. */
  const number = (): number | null => {
    const start = i;
    let n = 0;
    for (; i < end; i++) {
      const d = decimalValue(chars[i]!.codePointAt(0)!);
      if (d < 0) break;
      n = n * 10 + d;
      if (n >= MAX_NUMBER) return fail('Too many decimal digits in format string');
    }
    return i === start ? -1 : n;
  };
  const width = number();
  if (width === null) return null;
  spec.width = width;
  /** A grouping character at i; null when both are given. */
  const grouping = (): '' | ',' | '_' | null => {
    let g: '' | ',' | '_' = '';
    if (chars[i] === ',') {
      g = ',';
      i++;
    }
    if (chars[i] === '_') {
      if (g !== '') return fail("Cannot specify both ',' and '_'.");
      g = '_';
      i++;
    }
    if (chars[i] === ',' && g === '_') return fail("Cannot specify both ',' and '_'.");
    return g;
  };
  const g = grouping();
  if (g === null) return null;
  spec.grouping = g;
  if (chars[i] === '.') {
    i++;
    const precision = number();
    if (precision === null) return null;
    spec.precision = precision;
    if (rt.facts.name !== '3.13') {
      const f = grouping();
      if (f === null) return null;
      spec.fractionGrouping = f;
    }
    if (precision < 0 && spec.fractionGrouping === '') return fail('Format specifier missing precision');
  }
  if (end - i > 1) return fail(`Invalid format specifier '${text}' for object of type '${objectType}'`);
  if (end - i === 1) spec.type = chars[i]!;
  if (spec.grouping !== '' || spec.fractionGrouping !== '') {
    const separator = spec.grouping || spec.fractionGrouping;
    if (spec.type !== '' && !'defgEG%F'.includes(spec.type)) {
      if (separator === '_' && 'boxX'.includes(spec.type)) spec.groupSize = 4;
      else return fail(`Cannot specify '${separator}' with '${showCode(spec.type)}'.`);
    }
  }
  return spec;
}

/** A type code as messages show it. */
export function showCode(c: string): string {
  const code = c.codePointAt(0)!;
  return code > 32 && code < 128 ? c : `\\x${code.toString(16)}`;
}

export function unknownCode(rt: Runtime, type: string, objectType: string): null {
  rt.raise('ValueError', `Unknown format code '${showCode(type)}' for object of type '${objectType}'`);
  return null;
}

/** Pads text of `length` code points to the width. */
export function pad(text: string, length: number, spec: FormatSpec): string {
  const missing = spec.width - length;
  if (missing <= 0) return text;
  const left = spec.align === '>' ? missing : spec.align === '^' ? missing >> 1 : 0;
  return repeated(spec.fill, left) + text + repeated(spec.fill, missing - left);
}

/** `fill.repeat(n)`: the usual ones are made once. */
function repeated(fill: string, n: number): string {
  if (n < SPACES.length) {
    if (fill === ' ') return SPACES[n]!;
    if (fill === '0') return ZEROS[n]!;
  }
  return fill.repeat(n);
}
const SPACES = Array.from({ length: 32 }, (_, n) => ' '.repeat(n));
const ZEROS = Array.from({ length: 32 }, (_, n) => '0'.repeat(n));

/** Digits in groups, with leading zeros up to `minWidth` characters. */
function groupDigits(digits: string, separator: string, size: number, minWidth: number): string {
  if (separator === '') return digits.padStart(minWidth, '0');
  const groups: string[] = [];
  let rest = digits;
  for (;;) {
    const n = Math.min(size, Math.max(rest.length, minWidth, 1));
    groups.unshift(rest.slice(-n).padStart(n, '0'));
    rest = rest.slice(0, -n);
    minWidth -= n;
    if (rest === '' && minWidth <= 0) return groups.join(separator);
    minWidth -= separator.length;
  }
}

/**
 * Puts a number together: padding, sign, prefix, digits in groups, the rest (point, fraction, exponent, %).
 * @param text digits and the rest, without sign
 */
export function layoutNumber(negative: boolean, prefix: string, text: string, spec: FormatSpec): string {
  const sign = negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
  if (spec.type === 'd' && spec.grouping === '') {
    // Nothing but digits.
    const missing = spec.width - sign.length - text.length;
    if (missing <= 0) return sign + text;
    if (spec.align === '=') return sign + repeated(spec.fill, missing) + text;
    return pad(sign + text, sign.length + text.length, spec);
  }
  let n = 0;
  const isDigit = spec.groupSize === 4 || 'boxX'.includes(spec.type || '-') ? /[0-9a-fA-F]/ : /[0-9]/;
  while (n < text.length && isDigit.test(text[n]!)) n++;
  let rest = text.slice(n);
  if (spec.fractionGrouping !== '' && rest.startsWith('.')) rest = groupFraction(rest, spec.fractionGrouping);
  const zeroFill = spec.fill === '0' && spec.align === '=';
  const minWidth = zeroFill ? spec.width - sign.length - prefix.length - rest.length : 0;
  const digits = n === 0 ? '' : groupDigits(text.slice(0, n), spec.grouping, spec.groupSize, Math.max(0, minWidth));
  const missing = spec.width - sign.length - prefix.length - digits.length - rest.length;
  if (missing <= 0) return sign + prefix + digits + rest;
  if (spec.align === '=') return sign + prefix + spec.fill.repeat(missing) + digits + rest;
  const whole = sign + prefix + digits + rest;
  return pad(whole, whole.length, spec);
}

function groupFraction(rest: string, separator: string): string {
  const m = /^\.([0-9]*)(.*)$/s.exec(rest)!;
  return `.${m[1]!.replace(/(\d{3})(?=\d)/g, `$1${separator}`)}${m[2]}`;
}
