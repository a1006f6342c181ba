/**
 * Models `_PyPegen_run_parser` and Parser/pegen_errors.c for a program already known to be wrong: two passes, and
 * then the choice of which error to report.
 */

import type { Mode } from '../fast-base';
import { ParserStackOverflow, PySyntaxError } from '../syntax-error';
import { Tokenizer } from '../tokenizer';
import * as T from '../tokens';
import { evalInput, fileInput, interactive } from './grammar-statements';
import { Peg } from './peg';

/** Reads on to the end: an error of the tokenizer there goes before a parser error here. */
function checkRestOfSource(p: Peg): PySyntaxError | null {
  const errorLine = p.lastToken.lineno;
  try {
    for (;;) {
      const token = p.tokenizer.get();
      if (token.type === T.ENDMARKER) return null;
      if (token.type === T.ERRORTOKEN) {
        const paren = p.tokenizer.innermostParen;
        if (paren !== undefined && errorLine > paren.lineno) p.raiseUnclosed();
        return null;
      }
    }
  } catch (error) {
    // What is wrong inside an f-string that the parser never came to is not told.
    if (error instanceof PySyntaxError) return p.tokenizer.modes.length > 0 ? null : error;
    throw error;
  }
}

/** The error a function throws, or null. */
function errorOf(run: () => void): PySyntaxError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof PySyntaxError) return error;
    throw error;
  }
}

function find(text: string, filename: string, mode: Mode, version: number): PySyntaxError {
  const p = new Peg(new Tokenizer(text, filename, [], version), mode, version);
  const start = mode === 'exec' ? fileInput : mode === 'eval' ? evalInput : interactive;
  let matched = false;
  let error = errorOf(() => {
    matched = start.parse(p) !== null;
  });
  if (matched && mode === 'single') {
    return errorOf(() => p.raise('multiple statements found while compiling a single statement')) as PySyntaxError;
  }
  const last = p.lastToken;
  if (error === null) {
    p.startSecondPass();
    error = errorOf(() => {
      start.parse(p);
    });
  }
  if (error !== null) {
    return p.tokenizer.done === 'ok' ? (checkRestOfSource(p) ?? error) : error;
  }
  return errorOf(() => {
    if (last.type === T.INDENT) p.raiseIndent('unexpected indent');
    if (last.type === T.DEDENT) p.raiseIndent('unexpected unindent');
    const invalid = errorOf(() => p.raiseRange('invalid syntax', last)) as PySyntaxError;
    throw checkRestOfSource(p) ?? invalid;
  }) as PySyntaxError;
}

export function findSyntaxError(text: string, filename: string, mode: Mode, version: number): Error {
  try {
    return find(text, filename, mode, version);
  } catch (error) {
    if (error instanceof RangeError) return tokenError(text, filename, version) ?? new ParserStackOverflow();
    throw error;
  }
}

/** What the tokenizer says of a text that is nested too deep for us: brackets have a limit of their own, which is lower. */
function tokenError(text: string, filename: string, version: number): PySyntaxError | null {
  const tokenizer = new Tokenizer(text, filename, [], version);
  return errorOf(() => {
    for (let type = tokenizer.get().type; type !== T.ENDMARKER && type !== T.ERRORTOKEN; ) type = tokenizer.get().type;
  });
}
