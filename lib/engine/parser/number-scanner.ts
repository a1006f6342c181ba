/**
 * Models the number part of Parser/lexer/lexer.c: where a numeric literal ends, and what is wrong with it. Its value
 * is worked out by literals.ts.
 */

import { isDigit, isIdentifierChar, type Tokenizer } from './tokenizer';
import { NUMBER, type Token } from './tokens';

const isHexDigit = (c: number): boolean => isDigit(c) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70);
const isOctalDigit = (c: number): boolean => c >= 48 && c < 56;
const isBinaryDigit = (c: number): boolean => c === 48 || c === 49;

/** Digits with single underscores between them; gives the character after them. */
function decimalTail(tok: Tokenizer): number {
  for (;;) {
    let c = tok.nextc();
    while (isDigit(c)) c = tok.nextc();
    if (c !== 95) return c;
    c = tok.nextc();
    if (!isDigit(c)) {
      tok.backup(c);
      tok.error('invalid decimal literal');
    }
  }
}

/** Does the text after the character just read go on with `rest` and then end as a word? */
function wordFollows(tok: Tokenizer, rest: string): boolean {
  if (!tok.src.startsWith(rest, tok.cur)) return false;
  const after = tok.cur + rest.length;
  return after >= tok.src.length || !isIdentifierChar(tok.src.charCodeAt(after));
}

/** A keyword right behind a number is still allowed (with a warning); any other letter is an error. */
function verifyEndOfNumber(tok: Tokenizer, c: number, kind: string): void {
  let keyword = false;
  if (c === 97) keyword = wordFollows(tok, 'nd');
  else if (c === 101) keyword = wordFollows(tok, 'lse');
  else if (c === 102) keyword = wordFollows(tok, 'or');
  else if (c === 105) {
    const c2 = tok.src.charCodeAt(tok.cur);
    keyword = c2 === 102 || c2 === 110 || c2 === 115;
  } else if (c === 111) keyword = wordFollows(tok, 'r');
  else if (c === 110) keyword = wordFollows(tok, 'ot');
  if (keyword) tok.warn(`invalid ${kind} literal`);
  else if (c < 128 && isIdentifierChar(c)) {
    tok.backup(c);
    tok.error(`invalid ${kind} literal`);
  }
}

function radixLiteral(
  tok: Tokenizer,
  kind: 'hexadecimal' | 'octal' | 'binary',
  isRadixDigit: (c: number) => boolean,
): number {
  let c = tok.nextc();
  do {
    if (c === 95) c = tok.nextc();
    if (!isRadixDigit(c)) {
      if (isDigit(c)) tok.error(`invalid digit '${String.fromCharCode(c)}' in ${kind} literal`);
      tok.backup(c);
      tok.error(`invalid ${kind} literal`);
    }
    do c = tok.nextc();
    while (isRadixDigit(c));
  } while (c === 95);
  if (isDigit(c)) tok.error(`invalid digit '${String.fromCharCode(c)}' in ${kind} literal`);
  verifyEndOfNumber(tok, c, kind);
  return c;
}

/** From an `e`: the exponent, or nothing if no digits follow (then `c` is the `e` again). */
function exponent(tok: Tokenizer, e: number): number | null {
  let c = tok.nextc();
  if (c === 43 || c === 45) {
    c = tok.nextc();
    if (!isDigit(c)) {
      tok.backup(c);
      tok.error('invalid decimal literal');
    }
  } else if (!isDigit(c)) {
    tok.backup(c);
    verifyEndOfNumber(tok, e, 'decimal');
    tok.backup(e);
    return null;
  }
  return decimalTail(tok);
}

/** `first` is the first digit; with `fraction` it stands behind a point. */
export function scanNumber(tok: Tokenizer, start: number, first: number, fraction: boolean): Token {
  let c = first;
  if (!fraction) {
    let nonzero = false;
    let zerosEnd = 0;
    if (c === 48) {
      c = tok.nextc();
      const lower = c | 32;
      if (c !== -1 && (lower === 120 || lower === 111 || lower === 98)) {
        c =
          lower === 120
            ? radixLiteral(tok, 'hexadecimal', isHexDigit)
            : lower === 111
              ? radixLiteral(tok, 'octal', isOctalDigit)
              : radixLiteral(tok, 'binary', isBinaryDigit);
        tok.backup(c);
        return tok.make(NUMBER, start);
      }
      for (;;) {
        if (c === 95) {
          c = tok.nextc();
          if (!isDigit(c)) {
            tok.backup(c);
            tok.error('invalid decimal literal');
          }
        }
        if (c !== 48) break;
        c = tok.nextc();
      }
      zerosEnd = tok.cur;
      if (isDigit(c)) {
        nonzero = true;
        c = decimalTail(tok);
      }
    } else c = decimalTail(tok);
    if (nonzero && c !== 46 && c !== 101 && c !== 69 && c !== 106 && c !== 74) {
      tok.backup(c);
      tok.error(
        'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
        tok.byteColumn(tok.lineStart, start) + 1,
        tok.byteColumn(tok.lineStart, zerosEnd),
      );
    }
    if (c === 46) {
      c = tok.nextc();
      if (isDigit(c)) c = decimalTail(tok);
    }
  } else c = decimalTail(tok);
  if (c === 101 || c === 69) {
    const after = exponent(tok, c);
    if (after === null) return tok.make(NUMBER, start);
    c = after;
  }
  if (c === 106 || c === 74) {
    c = tok.nextc();
    verifyEndOfNumber(tok, c, 'imaginary');
  } else verifyEndOfNumber(tok, c, 'decimal');
  tok.backup(c);
  return tok.make(NUMBER, start);
}
