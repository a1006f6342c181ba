/**
 * Models Parser/lexer/lexer.c: source text → tokens, one at a time. Differs in that it reads a JS string (columns are
 * turned into UTF-8 bytes as tokens are made) and that a lexical error is thrown at once; the few errors whose text
 * the parser writes come back as ERRORTOKEN with `done` set, as in CPython. Numbers are in number-scanner.ts, the
 * insides of f- and t-strings in fstring-tokenizer.ts.
 */

import { scanNumber } from './number-scanner';
import {
  adjustBraces,
  atExpressionTop,
  insideExpression,
  isStringPrefix,
  noteFieldDelimiter,
  openFString,
  scanFString,
  type StringMode,
} from './fstring-tokenizer';
import { longOperator, ONE_CHARACTER, operatorLength } from './operators';
import { codePointLength, type OrderedWarning, PySyntaxError, utf8Length } from './syntax-error';
import * as T from './tokens';
import { Token } from './tokens';

export type Done = 'ok' | 'eof' | 'dedent' | 'tabspace' | 'toodeep' | 'linecont' | 'error';

const TAB_SIZE = 8;
const MAX_INDENT = 100;
const MAX_LEVEL = 200;
export const EOF = -1;

const IDENTIFIER = /^[_\p{XID_Start}][\p{XID_Continue}]*$/u;
const IDENTIFIER_START = /[_\p{XID_Start}]/u;
const IDENTIFIER_CONTINUE = /\p{XID_Continue}/u;
const NON_PRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isIdentifierChar = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57) || c >= 128;
const isIdentifierStart = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c >= 128;

/** Newlines as the tokenizer wants them: `\n` only, and in a file the last line ends with one. */
export function translateNewlines(source: string, addFinalNewline: boolean): string {
  let text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (addFinalNewline && text.length > 0 && text.charCodeAt(text.length - 1) !== 10) text += '\n';
  return text;
}

/** `U+%04X`. */
const codePointName = (cp: number): string => `U+${cp.toString(16).toUpperCase().padStart(4, '0')}`;

export class Tokenizer {
  readonly src: string;
  readonly filename: string;
  readonly warnings: OrderedWarning[];
  done: Done = 'ok';

  /** The next character; the end and the start of the line read so far; where the error text begins. */
  cur = 0;
  inp = 0;
  buf = 0;
  lineStart = 0;
  lineno = 0;
  /** Where the token being read starts, -1 between tokens; its line, for tokens that span lines. */
  start = -1;
  startLineno = 0;
  startLineStart = 0;

  private atBol = true;
  private pendin = 0;
  private readonly indents: number[] = [0];
  private readonly altIndents: number[] = [0];
  private readonly parens: { char: number; lineno: number; col: number }[] = [];
  /** The f- and t-strings we are inside of, innermost last. */
  readonly modes: StringMode[] = [];

  /** How many tokens were asked for. */
  private tokensRead = -1;
  private readonly ascii: boolean;
  /** 3.14's grammar, with t-strings. */
  readonly templates: boolean;

  constructor(source: string, filename: string, warnings: OrderedWarning[], version: number) {
    this.src = source;
    this.filename = filename;
    this.warnings = warnings;
    this.templates = version >= 14;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether every character is one byte.
    this.ascii = !/[^\x00-\x7f]/.test(source);
  }

  /** How many brackets are open. */
  get level(): number {
    return this.parens.length;
  }

  get innermostParen(): { char: number; lineno: number; col: number } | undefined {
    return this.parens[this.parens.length - 1];
  }

  /** In `single` mode the parser ends open blocks itself when the input ends (`pendin`, `indent` in pegen.c). */
  closeIndents(): void {
    this.pendin = -(this.indents.length - 1);
    this.indents.length = 1;
    this.altIndents.length = 1;
  }

  // ---- characters ----------------------------------------------------------------------------------------------

  nextc(): number {
    if (this.cur < this.inp) return this.src.charCodeAt(this.cur++);
    return this.underflow() ? this.src.charCodeAt(this.cur++) : EOF;
  }

  private underflow(): boolean {
    if (this.done !== 'ok') return false;
    const from = this.inp;
    if (from >= this.src.length) {
      this.done = 'eof';
      return false;
    }
    if (this.start < 0) this.buf = from;
    this.cur = from;
    this.lineStart = from;
    this.lineno++;
    const newline = this.src.indexOf('\n', from);
    this.inp = newline < 0 ? this.src.length : newline + 1;
    return true;
  }

  backup(c: number): void {
    if (c !== EOF) this.cur--;
  }

  // ---- tokens and errors ---------------------------------------------------------------------------------------

  byteColumn(lineStart: number, pos: number): number {
    return this.ascii ? pos - lineStart : utf8Length(this.src, lineStart, pos);
  }

  /** A token from `start` (on the line where it began) to here; its text may end earlier (`{{`). */
  make(type: number, start: number, end = this.cur): Token {
    const col = this.byteColumn(this.startLineStart, start);
    const endCol = this.byteColumn(this.lineStart, this.cur);
    return new Token(type, start, end, this.startLineno, col, this.lineno, endCol, '', this.parens.length);
  }

  /** A token without text: DEDENT, ENDMARKER, ERRORTOKEN. */
  private makeBare(type: number): Token {
    return new Token(type, -1, -1, this.lineno, -1, this.lineno, -1, '', this.parens.length);
  }

  private fail(done: Done): Token {
    this.done = done;
    return this.makeBare(T.ERRORTOKEN);
  }

  /** `_PyTokenizer_syntaxerror`: at the last character read, unless columns (bytes, from 1) are given. */
  error(msg: string, col = -1, endCol = -1): never {
    this.done = 'error';
    const line = this.src.slice(this.lineStart);
    const newline = line.indexOf('\n');
    const text = newline < 0 ? line : line.slice(0, newline);
    const offset = col >= 0 ? col : codePointLength(this.src.slice(this.lineStart, this.cur));
    throw new PySyntaxError(
      'SyntaxError',
      msg,
      this.filename,
      this.lineno,
      offset,
      this.lineno,
      endCol >= 0 ? endCol : offset,
      text,
    );
  }

  warn(msg: string): void {
    const offset = this.byteColumn(this.lineStart, this.cur);
    this.warnings.push({
      category: 'SyntaxWarning',
      msg,
      lineno: this.lineno,
      offset,
      end_lineno: this.lineno,
      end_offset: offset,
      order: this.tokensRead,
    });
  }

  // ---- the loop ------------------------------------------------------------------------------------------------

  get(): Token {
    this.tokensRead++;
    const mode = this.modes[this.modes.length - 1];
    return mode?.inString ? scanFString(this, mode) : this.getRegular();
  }

  getRegular(): Token {
    for (;;) {
      this.start = -1;
      let blankline = false;
      if (this.atBol) {
        this.atBol = false;
        const indent = this.readIndentation();
        if (indent instanceof Token) return indent;
        blankline = indent;
      }
      this.start = this.cur;
      if (this.pendin !== 0) {
        if (this.pendin < 0) {
          this.pendin++;
          return this.makeBare(T.DEDENT);
        }
        this.pendin--;
        return this.makeBare(T.INDENT);
      }
      // Fetch the line first, so that an error text starts with it.
      this.start = -1;
      this.backup(this.nextc());
      const token = this.getInLine(blankline);
      if (token !== null) return token;
    }
  }

  /** Compares the line's indentation with the stack; true for a line that holds nothing, a token for an error. */
  private readIndentation(): boolean | Token {
    let col = 0;
    let altcol = 0;
    let contLineCol = 0;
    let c: number;
    for (;;) {
      c = this.nextc();
      if (c === 32) {
        col++;
        altcol++;
      } else if (c === 9) {
        col = (Math.floor(col / TAB_SIZE) + 1) * TAB_SIZE;
        altcol++;
      } else if (c === 12) {
        col = 0;
        altcol = 0;
      } else if (c === 92) {
        // A backslash in the indentation: the first one met fixes the column of what follows.
        contLineCol = contLineCol === 0 ? col : contLineCol;
        if (!this.continuationLine()) return this.makeBare(T.ERRORTOKEN);
      } else break;
    }
    this.backup(c);
    if (c === 35 || c === 10) return true;
    if (this.parens.length > 0) return false;
    if (contLineCol !== 0) {
      col = contLineCol;
      altcol = contLineCol;
    }
    const top = this.indents.length - 1;
    if (col === this.indents[top]) {
      if (altcol !== this.altIndents[top]) return this.indentError('tabspace');
    } else if (col > (this.indents[top] ?? 0)) {
      if (top + 1 >= MAX_INDENT) return this.indentError('toodeep');
      if (altcol <= (this.altIndents[top] ?? 0)) return this.indentError('tabspace');
      this.pendin++;
      this.indents.push(col);
      this.altIndents.push(altcol);
    } else {
      while (this.indents.length > 1 && col < (this.indents[this.indents.length - 1] ?? 0)) {
        this.pendin--;
        this.indents.pop();
        this.altIndents.pop();
      }
      if (col !== this.indents[this.indents.length - 1]) return this.indentError('dedent');
      if (altcol !== this.altIndents[this.altIndents.length - 1]) return this.indentError('tabspace');
    }
    return false;
  }

  private indentError(done: Done): Token {
    this.cur = this.inp;
    return this.fail(done);
  }

  /** After a backslash: true when a newline and a further line follow. */
  private continuationLine(): boolean {
    let c = this.nextc();
    if (c !== 10) {
      this.done = 'linecont';
      return false;
    }
    c = this.nextc();
    if (c === EOF) {
      this.done = 'eof';
      this.cur = this.inp;
      return false;
    }
    this.backup(c);
    return true;
  }

  /** One token of the current line, or null when the line is to be skipped. */
  private getInLine(blankline: boolean): Token | null {
    for (;;) {
      this.start = -1;
      let c = this.nextc();
      while (c === 32 || c === 9 || c === 12) c = this.nextc();
      const start = c === EOF ? this.cur : this.cur - 1;
      this.start = start;
      this.startLineno = this.lineno;
      this.startLineStart = this.lineStart;

      if (c === 35) {
        while (c !== EOF && c !== 10) c = this.nextc();
      }
      if (c === EOF) {
        if (this.parens.length > 0) return this.makeBare(T.ERRORTOKEN);
        return this.makeBare(this.done === 'eof' ? T.ENDMARKER : T.ERRORTOKEN);
      }
      if (isIdentifierStart(c)) return this.nameOrPrefixedString(c, start);
      if (c === 10) {
        this.atBol = true;
        if (blankline || this.parens.length > 0) return null;
        return this.make(T.NEWLINE, start, this.cur - 1);
      }
      if (c === 46) {
        c = this.nextc();
        if (isDigit(c)) return scanNumber(this, start, c, true);
        if (c === 46) {
          c = this.nextc();
          if (c === 46) return this.make(T.ELLIPSIS, start);
          this.backup(c);
          this.backup(46);
        } else this.backup(c);
        return this.make(T.DOT, start);
      }
      if (isDigit(c)) return scanNumber(this, start, c, false);
      if (c === 34 || c === 39) return this.string(c, start);
      if (c === 92) {
        if (!this.continuationLine()) return this.makeBare(T.ERRORTOKEN);
        continue;
      }
      return this.operator(c, start);
    }
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  private nameOrPrefixedString(first: number, start: number): Token {
    const src = this.src;
    let c = first;
    // b, r, u, f, t in the orders Python allows, directly before a quote, make a string.
    if (isStringPrefix(c)) {
      let b = false;
      let r = false;
      let u = false;
      let f = false;
      let t = false;
      const modern = this.templates;
      for (;;) {
        const lower = c | 32;
        // From 3.14 on any mixture is read first and judged at the quote.
        if (lower === 98 && !b && (modern || !(u || f))) b = true;
        else if (lower === 117 && !u && (modern || !(b || r || f))) u = true;
        else if (lower === 114 && !r && (modern || !u)) r = true;
        else if (lower === 102 && !f && (modern || !(b || u))) f = true;
        else if (lower === 116 && !t && modern) t = true;
        else break;
        c = this.nextc();
        if (c === 34 || c === 39) {
          this.checkPrefixes(start, u, b, r, f, t);
          if (f || t) return openFString(this, c, start, t, r);
          return this.string(c, start);
        }
      }
    }
    let nonascii = false;
    const end = this.inp;
    let pos = c === EOF ? this.cur : this.cur - 1;
    while (pos < end) {
      const code = src.charCodeAt(pos);
      if (!isIdentifierChar(code)) break;
      if (code >= 128) nonascii = true;
      pos++;
    }
    this.cur = pos;
    let text = src.slice(start, pos);
    if (nonascii) {
      this.verifyIdentifier(text, start);
      text = text.normalize('NFKC');
    }
    const keyword = nonascii ? undefined : T.KEYWORDS.get(text);
    const token = this.make(keyword ?? T.NAME, start);
    token.text = text;
    return token;
  }

  private checkPrefixes(start: number, u: boolean, b: boolean, r: boolean, f: boolean, t: boolean): void {
    let clash = '';
    if (u) clash = b ? 'ub' : r ? 'ur' : f ? 'uf' : t ? 'ut' : '';
    else if (b) clash = f ? 'bf' : t ? 'bt' : '';
    else if (f && t) clash = 'ft';
    if (clash === '') return;
    this.error(
      `'${clash.charAt(0)}' and '${clash.charAt(1)}' prefixes are incompatible`,
      this.byteColumn(this.lineStart, start) + 1,
      this.byteColumn(this.lineStart, this.cur),
    );
  }

  private verifyIdentifier(text: string, start: number): void {
    if (IDENTIFIER.test(text)) return;
    let pos = 0;
    for (const char of text) {
      const ok = (pos === 0 ? IDENTIFIER_START : IDENTIFIER_CONTINUE).test(char);
      pos += char.length;
      if (ok) continue;
      this.cur = start + pos;
      const cp = char.codePointAt(0) ?? 0;
      if (NON_PRINTABLE.test(char)) this.error(`invalid non-printable character ${codePointName(cp)}`);
      this.error(`invalid character '${char}' (${codePointName(cp)})`);
    }
  }

  // ---- plain strings -------------------------------------------------------------------------------------------

  private string(quote: number, start: number): Token {
    let quoteSize = 1;
    let endQuoteSize = 0;
    let escapedQuote = false;
    let c = this.nextc();
    if (c === quote) {
      c = this.nextc();
      if (c === quote) quoteSize = 3;
      else endQuoteSize = 1;
    }
    if (c !== quote) this.backup(c);
    while (endQuoteSize !== quoteSize) {
      c = this.nextc();
      if (c === EOF || (quoteSize === 1 && c === 10)) this.unterminatedString(quote, quoteSize, escapedQuote);
      if (c === quote) endQuoteSize++;
      else {
        endQuoteSize = 0;
        if (c === 92) {
          c = this.nextc();
          if (c === quote) escapedQuote = true;
        }
      }
    }
    return this.make(T.STRING, start);
  }

  private unterminatedString(quote: number, quoteSize: number, escapedQuote: boolean): never {
    // The error is reported where the string begins.
    const detected = this.lineno;
    this.cur = this.start + 1;
    this.lineStart = this.startLineStart;
    this.lineno = this.startLineno;
    const mode = this.modes[this.modes.length - 1];
    if (mode !== undefined && mode.quote === quote && mode.quoteSize === quoteSize) {
      // The "string" begins with the quotes of the f-string around it: what is missing is the field's end.
      this.error(`${mode.letter}-string: expecting '}'`);
    }
    if (quoteSize === 3) this.error(`unterminated triple-quoted string literal (detected at line ${detected})`);
    const hint = escapedQuote ? '; perhaps you escaped the end quote?' : '';
    this.error(`unterminated string literal (detected at line ${detected})${hint}`);
  }

  // ---- operators -----------------------------------------------------------------------------------------------

  private operator(c: number, start: number): Token {
    const mode = this.modes[this.modes.length - 1];
    let metadata: string | null = null;
    const delimits = c === 58 || c === 125 || c === 33 || c === 123;
    if (mode !== undefined && insideExpression(mode) && delimits) {
      const cursor = mode.depth - (c === 123 ? 0 : 1);
      if (cursor === 0 || (cursor === 1 && (mode.inDebug || mode.inFormatSpec))) {
        metadata = noteFieldDelimiter(this, mode, c, start);
      }
      if (c === 58 && cursor === mode.exprStartDepth) {
        mode.inString = true;
        mode.inFormatSpec = true;
        const colon = this.make(T.COLON, start);
        colon.metadata = metadata;
        return colon;
      }
    }
    const two = longOperator(this.src, c, this.cur, this.inp);
    if (two !== 0) {
      this.cur += operatorLength(two) - 1;
      const token = this.make(two, start);
      if (two === T.NOTEQUAL) token.text = this.src.slice(start, this.cur);
      token.metadata = metadata;
      return token;
    }
    const type = ONE_CHARACTER.get(c) ?? T.OP;
    switch (c) {
      case 40:
      case 91:
      case 123:
        if (this.parens.length >= MAX_LEVEL) this.error('too many nested parentheses');
        this.parens.push({ char: c, lineno: this.lineno, col: this.byteColumn(this.lineStart, start) });
        if (mode !== undefined) mode.depth++;
        break;
      case 41:
      case 93:
      case 125:
        this.closeParen(c, mode);
        break;
      case 61:
        if (mode !== undefined && atExpressionTop(mode)) mode.inDebug = true;
        break;
      default:
        if (c < 32 || c === 127) this.error(`invalid non-printable character ${codePointName(c)}`);
    }
    const token = this.make(type, start);
    token.metadata = metadata;
    return token;
  }

  private closeParen(c: number, mode: StringMode | undefined): void {
    const char = String.fromCharCode(c);
    if (mode !== undefined && mode.depth === 0 && c === 125) {
      this.error(`${mode.letter}-string: single '}' is not allowed`);
    }
    const opening = this.parens.pop();
    if (opening === undefined) this.error(`unmatched '${char}'`);
    const fits = opening.char === 40 ? c === 41 : c === opening.char + 2;
    if (!fits) {
      if (mode !== undefined && opening.char === 123 && mode.depth - 1 === mode.exprStartDepth) {
        this.error(`${mode.letter}-string: unmatched '${char}'`);
      }
      const where = opening.lineno === this.lineno ? '' : ` on line ${opening.lineno}`;
      const open = String.fromCharCode(opening.char);
      this.error(`closing parenthesis '${char}' does not match opening parenthesis '${open}'${where}`);
    }
    if (mode !== undefined) adjustBraces(this, mode, c);
  }
}
