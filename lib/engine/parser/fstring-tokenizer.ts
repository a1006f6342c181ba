/**
 * Models the f-string half of Parser/lexer/lexer.c (tokenizer_mode, tok_get_fstring_mode): inside an f- or t-string
 * the tokenizer alternates between reading literal text and, between braces, ordinary tokens.
 */

import { invalidEscape } from './literals';
import { EOF, type Tokenizer } from './tokenizer';
import * as T from './tokens';
import type { Token } from './tokens';

const MAX_FSTRING_LEVEL = 150;
const MAX_EXPRESSION_NESTING = 3;

/** One f- or t-string being read. */
export interface StringMode {
  /** Reading literal text (or a format spec), as against a replacement field's expression. */
  inString: boolean;
  readonly letter: 'f' | 't';
  readonly quote: number;
  readonly quoteSize: number;
  readonly raw: boolean;
  /** Brackets open since the string began, and the depth at which each replacement field began. */
  depth: number;
  exprStartDepth: number;
  inFormatSpec: boolean;
  inDebug: boolean;
  /** Source range of the innermost replacement field's expression; end -1 until its delimiter is met. */
  exprStart: number;
  exprEnd: number;
  readonly start: number;
  readonly lineno: number;
  readonly lineStart: number;
}

export const isStringPrefix = (c: number): boolean => {
  const lower = c | 32;
  return lower === 98 || lower === 114 || lower === 117 || lower === 102 || lower === 116;
};

export const insideExpression = (mode: StringMode): boolean => mode.exprStartDepth >= 0;
export const atExpressionTop = (mode: StringMode): boolean =>
  mode.exprStartDepth >= 0 && mode.depth - mode.exprStartDepth === 1;

/** From the opening quote (already read) to the FSTRING_START token. */
export function openFString(tok: Tokenizer, quote: number, start: number, template: boolean, raw: boolean): Token {
  let quoteSize = 1;
  const afterQuote = tok.nextc();
  if (afterQuote === quote) {
    const third = tok.nextc();
    if (third === quote) quoteSize = 3;
    else {
      tok.backup(third);
      tok.backup(afterQuote);
    }
  } else tok.backup(afterQuote);
  if (tok.modes.length + 1 >= MAX_FSTRING_LEVEL) {
    tok.error('too many nested f-strings or t-strings');
  }
  tok.modes.push({
    inString: true,
    letter: template ? 't' : 'f',
    quote,
    quoteSize,
    raw,
    depth: 0,
    exprStartDepth: -1,
    inFormatSpec: false,
    inDebug: false,
    exprStart: -1,
    exprEnd: -1,
    start,
    lineno: tok.lineno,
    lineStart: tok.lineStart,
  });
  return tok.make(template ? T.TSTRING_START : T.FSTRING_START, start);
}

/** At `{`, `}`, `:` or `!` of a replacement field: gives the text the token carries, if it is needed. */
export function noteFieldDelimiter(tok: Tokenizer, mode: StringMode, c: number, pos: number): string | null {
  if (c === 123) {
    mode.exprStart = pos + 1;
    mode.exprEnd = -1;
    return null;
  }
  // A colon keeps the end that a `!` before it set, be it that of `!=`, as in CPython: `{a!=b=:x}` shows `a`.
  if (c !== 58 || mode.exprEnd < 0) mode.exprEnd = pos;
  if (!mode.inDebug && mode.letter === 'f') return null;
  return stripComments(tok.src.slice(mode.exprStart, mode.exprEnd));
}

/** The expression's text without its comments. */
function stripComments(text: string): string {
  if (!text.includes('#')) return text;
  let result = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"' || c === "'") {
      if (quote === '') quote = c;
      else if (c === quote) quote = '';
      result += c;
    } else if (c === '#' && quote === '') {
      while (i < text.length && text.charAt(i) !== '\n') i++;
      if (i < text.length) result += '\n';
    } else result += c;
  }
  return result;
}

/** A closing bracket inside an f-string; `}` may end the replacement field. */
export function adjustBraces(tok: Tokenizer, mode: StringMode, c: number): void {
  mode.depth--;
  if (mode.depth < 0) tok.error(`${mode.letter}-string: unmatched '${String.fromCharCode(c)}'`);
  if (c === 125 && mode.depth === mode.exprStartDepth) {
    mode.exprStartDepth--;
    mode.inString = true;
    mode.inFormatSpec = false;
    mode.inDebug = false;
  }
}

function enterExpression(tok: Tokenizer, mode: StringMode): void {
  mode.exprStartDepth++;
  if (mode.exprStartDepth >= MAX_EXPRESSION_NESTING) {
    tok.error(`${mode.letter}-string: expressions nested too deeply`);
  }
  mode.inString = false;
}

export function scanFString(tok: Tokenizer, mode: StringMode): Token {
  const middle = mode.letter === 'f' ? T.FSTRING_MIDDLE : T.TSTRING_MIDDLE;
  // The next line may have to be fetched before positions mean anything.
  tok.start = tok.cur;
  tok.backup(tok.nextc());
  const start = tok.cur;
  tok.start = start;
  tok.startLineno = tok.lineno;
  tok.startLineStart = tok.lineStart;

  // A field right at the start: nothing literal before it.
  const first = tok.nextc();
  if (first === 123) {
    const peek = tok.nextc();
    tok.backup(peek);
    tok.backup(first);
    if (peek !== 123) {
      enterExpression(tok, mode);
      return tok.getRegular();
    }
  } else tok.backup(first);

  // The closing quotes.
  let quotes = 0;
  while (quotes < mode.quoteSize) {
    const c = tok.nextc();
    if (c !== mode.quote) {
      tok.backup(c);
      break;
    }
    quotes++;
  }
  if (quotes === mode.quoteSize) {
    tok.modes.pop();
    return tok.make(mode.letter === 'f' ? T.FSTRING_END : T.TSTRING_END, start);
  }

  // Quotes read so far that were not enough count as text: the search starts behind them, as in CPython.
  let endQuoteSize = 0;
  let unicodeEscape = false;
  while (endQuoteSize !== mode.quoteSize) {
    const c = tok.nextc();
    const inSpec = mode.inFormatSpec && insideExpression(mode);
    if (c === EOF || (mode.quoteSize === 1 && c === 10)) {
      if (inSpec && c === 10) {
        if (!tok.templates) {
          // Until 3.14 a newline simply ended the format spec.
          tok.backup(c);
          mode.inString = false;
          mode.inFormatSpec = false;
          return tok.make(middle, start);
        }
        const kind = `${mode.letter}-string`;
        tok.error(`${kind}: newlines are not allowed in format specifiers for single quoted ${kind}s`);
      }
      unterminated(tok, mode);
    }
    if (c === mode.quote) {
      endQuoteSize++;
      continue;
    }
    endQuoteSize = 0;
    if (c === 123) {
      mode.exprStart = tok.cur;
      mode.exprEnd = -1;
      const peek = tok.nextc();
      if (peek !== 123 || inSpec) {
        tok.backup(peek);
        tok.backup(c);
        enterExpression(tok, mode);
        mode.inFormatSpec = false;
        return tok.make(middle, start);
      }
      // `{{`: the text ends with the first brace, the second is skipped.
      return tok.make(middle, start, tok.cur - 1);
    }
    if (c === 125) {
      if (unicodeEscape) return tok.make(middle, start);
      const peek = tok.nextc();
      if (peek === 125 && !inSpec && mode.depth === 0) return tok.make(middle, start, tok.cur - 1);
      tok.backup(peek);
      tok.backup(c);
      mode.inString = false;
      mode.inFormatSpec = false;
      return tok.make(middle, start);
    }
    if (c === 92) {
      let peek = tok.nextc();
      if (peek === 123 || peek === 125) {
        if (!mode.raw) {
          tok.warn(invalidEscape(String.fromCharCode(peek), tok.templates ? 14 : 13));
        }
        tok.backup(peek);
        continue;
      }
      if (!mode.raw && peek === 78) {
        peek = tok.nextc();
        if (peek === 123) unicodeEscape = true;
        else tok.backup(peek);
      }
    }
  }
  // Leave the closing quotes to the next call.
  tok.cur -= mode.quoteSize;
  return tok.make(middle, start);
}

function unterminated(tok: Tokenizer, mode: StringMode): never {
  const detected = tok.lineno;
  tok.cur = mode.start + 1;
  tok.lineStart = mode.lineStart;
  tok.lineno = mode.lineno;
  const triple = mode.quoteSize === 3 ? 'triple-quoted ' : '';
  tok.error(`unterminated ${triple}${mode.letter}-string literal (detected at line ${detected})`);
}
