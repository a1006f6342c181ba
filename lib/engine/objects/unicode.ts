/**
 * Properties of characters (Objects/unicodectype.c). JavaScript knows Unicode's categories and case mappings; what it
 * does not tell (title case, case folding, digits and numerals that are no decimals) is given by rule here.
 * DIFFERS: the browser's version of Unicode may be newer than CPython's (15.1 for 3.13, 16.0 for 3.14).
 */

const ALPHA = /^\p{L}$/u;
const DECIMAL = /^\p{Nd}$/u;
const NUMBER = /^\p{N}$/u;
const UPPER = /^\p{Uppercase}$/u;
const LOWER = /^\p{Lowercase}$/u;
const TITLE = /^\p{Lt}$/u;
const CASED = /^\p{Cased}$/u;
const UNPRINTABLE = /^[\p{C}\p{Z}]$/u;
const IDENTIFIER = /^[_\p{XID_Start}]\p{XID_Continue}*$/u;

/** Bidirectional type WS, B or S, or category Zs. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Where `splitlines` splits. */
export function isLineBreak(code: number): boolean {
  return (
    (code >= 10 && code <= 13) || (code >= 0x1c && code <= 0x1e) || code === 0x85 || code === 0x2028 || code === 0x2029
  );
}

export function isPrintable(c: string): boolean {
  const code = c.charCodeAt(0);
  if (code < 0x7f) return code >= 0x20;
  return !UNPRINTABLE.test(c);
}

export const isAlpha = (c: string): boolean => ALPHA.test(c);
export const isDecimal = (c: string): boolean => DECIMAL.test(c);
export const isUpper = (c: string): boolean => UPPER.test(c);
export const isLower = (c: string): boolean => LOWER.test(c);
export const isTitle = (c: string): boolean => TITLE.test(c);
export const isCased = (c: string): boolean => CASED.test(c);
export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

/** Characters with Numeric_Type=Digit: superscripts, circled digits and their like, as ranges. */
const DIGIT_RANGES: readonly number[] = [
  178, 179, 185, 185, 4969, 4977, 6618, 6618, 8304, 8304, 8308, 8313, 8320, 8329, 9312, 9320, 9332, 9340, 9352, 9360,
  9450, 9450, 9461, 9469, 9471, 9471, 10102, 10110, 10112, 10120, 10122, 10130, 68160, 68163, 69216, 69224, 69714,
  69722, 127232, 127242,
];

export function isDigit(c: string): boolean {
  if (isDecimal(c)) return true;
  const code = c.codePointAt(0)!;
  for (let i = 0; i < DIGIT_RANGES.length; i += 2)
    if (code >= DIGIT_RANGES[i]! && code <= DIGIT_RANGES[i + 1]!) return true;
  return false;
}

/** Ideographs that are numerals: Numeric_Type=Numeric outside the number categories. */
const IDEOGRAPHIC_NUMERALS = new Set(
  '㐅㒃㠪㭍一七万三两九二五亖京亿什仟仨伍佰俩倆億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拐拾捌柒洞漆玖百皕秭肆萬貮貳贰鈎钩阡陆陌陸零' +
    '\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}' +
    '\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}',
);

export function isNumeric(c: string): boolean {
  return NUMBER.test(c) || IDEOGRAPHIC_NUMERALS.has(c);
}

export function isAlnum(c: string): boolean {
  return isAlpha(c) || isNumeric(c);
}

/** The value of a decimal digit of any script, or -1. Decimal digits come in runs of ten. */
export function decimalValue(code: number): number {
  if (code < 0x80) return code >= 48 && code <= 57 ? code - 48 : -1;
  if (!isDecimal(String.fromCodePoint(code))) return -1;
  let start = code;
  while (isDecimal(String.fromCodePoint(start - 1))) start--;
  return (code - start) % 10;
}

/** Ranges of characters whose title case is the character itself though its upper case is not. */
const TITLE_IS_SELF: readonly number[] = [
  0x1c5, 0x1c5, 0x1c8, 0x1c8, 0x1cb, 0x1cb, 0x1f2, 0x1f2, 0x10d0, 0x10fa, 0x10fd, 0x10ff, 0x1f88, 0x1f8f, 0x1f98,
  0x1f9f, 0x1fa8, 0x1faf, 0x1fbc, 0x1fbc, 0x1fcc, 0x1fcc, 0x1ffc, 0x1ffc,
];

/** The title case of one character: usually its upper case; only the first letter of a ligature. */
export function toTitle(c: string): string {
  const code = c.codePointAt(0)!;
  if (code < 0xdf) return c.toUpperCase();
  for (let i = 0; i < TITLE_IS_SELF.length; i += 2)
    if (code >= TITLE_IS_SELF[i]! && code <= TITLE_IS_SELF[i + 1]!) return c;
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(code < 0x1c7 ? 0x1c5 : code < 0x1ca ? 0x1c8 : 0x1cb);
  if (code === 0x1f1 || code === 0x1f3) return '\u01f2';
  if (code >= 0x1f80 && code <= 0x1faf && (code & 8) === 0) return String.fromCharCode(code + 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9);
  const upper = c.toUpperCase();
  if (
    code >= 0x1fb2 &&
    code <= 0x1ff7 &&
    upper.endsWith('\u0399') &&
    /^[\u1fb2\u1fb4\u1fb7\u1fc2\u1fc4\u1fc7\u1ff2\u1ff4\u1ff7]$/.test(c)
  ) {
    return `${upper.slice(0, -1)}\u0345`;
  }
  if (/^[\xdf\u0587\ufb00-\ufb06\ufb13-\ufb17]$/.test(c)) return upper[0] + upper.slice(1).toLowerCase();
  return upper;
}

/** Characters that fold to the lower case of their upper case; Cherokee folds to upper case; all others to lower. */
const FOLD_BY_UPPER = new RegExp(
  '[\\xb5\\xdf\\u0149\\u017f\\u01f0\\u0345\\u0390\\u03b0\\u03c2\\u03d0\\u03d1\\u03d5\\u03d6\\u03f0\\u03f1\\u03f5\\u0587' +
    '\\u1c80-\\u1c88\\u1e96-\\u1e9b\\u1e9e\\u1f50\\u1f52\\u1f54\\u1f56\\u1f80-\\u1faf\\u1fb2-\\u1fb4\\u1fb6\\u1fb7\\u1fbc' +
    '\\u1fbe\\u1fc2-\\u1fc4\\u1fc6\\u1fc7\\u1fcc\\u1fd2\\u1fd3\\u1fd6\\u1fd7\\u1fe2-\\u1fe4\\u1fe6\\u1fe7\\u1ff2-\\u1ff4' +
    '\\u1ff6\\u1ff7\\u1ffc\\ufb00-\\ufb06\\ufb13-\\ufb17]',
);
const FOLD_TO_UPPER = /[\u13a0-\u13f5\u13f8-\u13fd\uab70-\uabbf]/;

export function caseFold(text: string): string {
  let out = '';
  for (const c of text) {
    if (c === '\u1e9e') out += 'ss';
    else if (FOLD_TO_UPPER.test(c)) out += c.toUpperCase();
    else if (FOLD_BY_UPPER.test(c)) out += c.toUpperCase().toLowerCase();
    else out += c.toLowerCase();
  }
  return out;
}
