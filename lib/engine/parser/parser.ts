/**
 * Models Parser/pegen.c: source text → the nodes of ast.ts. The one door of this room. A right program is parsed in
 * one pass (fast-*.ts); a wrong one is parsed again as CPython's generated parser would (errors/), for its message.
 */

import type { Mod } from './ast';
import { findSyntaxError } from './errors/find-error';
import { type Mode, Rejected } from './fast-base';
import { FastParser } from './fast-statements';
import { LiteralError } from './literals';
import { type OrderedWarning, ParserStackOverflow, PySyntaxError, type SyntaxWarning } from './syntax-error';
import { Tokenizer, translateNewlines } from './tokenizer';
import * as T from './tokens';
import type { Token } from './tokens';

export { setUnicodeNames } from './literals';
export { ParserStackOverflow, PySyntaxError, type SyntaxWarning } from './syntax-error';
export type { Mode } from './fast-base';

export interface ParseOptions {
  /** The minor version whose grammar to accept: 13 lacks t-strings and `except` without parentheses. */
  feature_version?: 13 | 14;
  /** SyntaxWarnings met on the way are appended here. */
  warnings?: SyntaxWarning[];
}

/** All tokens at once, or null when the tokenizer stops at an error. */
function tokenize(tokenizer: Tokenizer, mode: Mode): Token[] | null {
  const tokens: Token[] = [];
  let started = false;
  for (;;) {
    const token = tokenizer.get();
    if (token.type === T.ERRORTOKEN) return null;
    if (token.type === T.ENDMARKER && mode === 'single' && started) {
      // Interactive input ends its last line by itself.
      token.type = T.NEWLINE;
      started = false;
      tokenizer.closeIndents();
    } else started = true;
    tokens.push(token);
    if (token.type === T.ENDMARKER) return tokens;
  }
}

/** In `single` mode nothing but blanks and comments may follow the statement (`bad_single_statement`). */
function hasMoreStatements(src: string, from: number): boolean {
  return /[^\s]/.test(src.slice(from).replace(/#[^\n]*/g, ''));
}

export function parse(source: string, filename: string, mode: Mode, options: ParseOptions = {}): Mod {
  const version = options.feature_version ?? 14;
  if (source.includes('\0')) {
    throw new PySyntaxError('SyntaxError', 'source code string cannot contain null bytes', filename);
  }
  const text = translateNewlines(source, mode === 'exec');
  const warnings: OrderedWarning[] = [];
  try {
    const tokenizer = new Tokenizer(text, filename, warnings, version);
    const tokens = tokenize(tokenizer, mode);
    if (tokens !== null) {
      const parser = new FastParser(tokenizer, tokens, version, warnings);
      const mod = parser.parse(mode);
      if (mode !== 'single' || !hasMoreStatements(text, parser.consumedTo)) {
        warnings.sort((a, b) => a.order - b.order);
        for (const { order: _, ...warning } of warnings) options.warnings?.push(warning);
        return mod;
      }
    }
  } catch (error) {
    if (error instanceof RangeError) throw new ParserStackOverflow();
    if (!(error instanceof Rejected) && !(error instanceof LiteralError) && !(error instanceof PySyntaxError)) {
      throw error;
    }
  }
  throw findSyntaxError(text, filename, mode, version);
}
