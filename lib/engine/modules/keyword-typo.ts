/**
 * "invalid syntax. Did you mean 'while'?" (Lib/traceback.py of 3.14, `_find_keyword_typos`): each name on the line of
 * the error is replaced by keywords that look like it, and the first that makes the piece right is it.
 * DIFFERS: whether a piece is right but not finished is found by finishing it, not by the parser's own word.
 */
import { compile } from '../compiler/compile';
import type { Stmt } from '../parser/ast';
import { parse, ParserStackOverflow, PySyntaxError } from '../parser/parser';
import { Tokenizer } from '../parser/tokenizer';
import { ERRORTOKEN, ENDMARKER, NAME } from '../parser/tokens';
import type { KeywordTypo } from '../vm/host';
import { suggest } from '../vm/suggestions';

/** `keyword.kwlist`. */
const KEYWORDS = `False None True and as assert async await break class continue def del elif else except finally for
  from global if import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/);
const MAX_SOURCE = 1024;
const MAX_NAMES = 10;
const MAX_MATCHES = 3;
const CUTOFF = 0.5;

/** The statements of a right text, null of a wrong one. */
function parses(source: string, andCompile = false): Stmt[] | null {
  try {
    const tree = parse(source, '<input>', 'exec');
    if (andCompile) compile(tree, '<input>', 'exec', '3.14');
    return tree._type === 'Module' ? tree.body : null;
  } catch (error) {
    if (error instanceof PySyntaxError || error instanceof ParserStackOverflow) return null;
    throw error;
  }
}

/** `codeop.compile_command` finds no error: it is right, or it is only not finished. */
function rightSoFar(source: string): boolean {
  if (parses(source) !== null) return parses(source, true) !== null;
  const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(source)![1]!;
  const block = `${source}\n${indent}    pass`;
  return parses(block) !== null || parses(`${block}\n${indent}finally:\n${indent}    pass`) !== null;
}

/**
 * `last_stmt_location`: where the last block that was complete before the error begins; 0 if there was none. Only
 * compound statements are noted, functions not, and an outer one not after its inner one.
 */
function lastStatementLine(lines: readonly string[], errorLine: number): number {
  const indent = /^[ \t]*/.exec(lines[errorLine - 1] ?? '')![0].length;
  for (let end = errorLine - 1; end > 0; end--) {
    const body = parses(lines.slice(0, end).join('\n'));
    if (body !== null) return latestBlock(body, indent);
  }
  return 0;
}

function latestBlock(statements: readonly Stmt[], errorIndent: number): number {
  let latest = 0;
  statements.forEach((statement, i) => {
    // The error may lie inside the last one, which then is not complete.
    const open = i === statements.length - 1 && statement.col_offset < errorIndent;
    const inner = blocksOf(statement);
    for (const block of inner) latest = Math.max(latest, latestBlock(block, open ? errorIndent : -1));
    const isFunction = statement._type === 'FunctionDef' || statement._type === 'AsyncFunctionDef';
    if (inner.length > 0 && !open && !isFunction) latest = Math.max(latest, statement.lineno);
  });
  return latest;
}

/** The blocks of a compound statement, those of its handlers and cases too. */
function blocksOf(statement: Stmt): Stmt[][] {
  const parts = statement as unknown as Record<string, unknown>;
  const blocks: Stmt[][] = [];
  for (const name of ['body', 'orelse', 'finalbody']) {
    const block = parts[name];
    if (Array.isArray(block) && block.length > 0) blocks.push(block as Stmt[]);
  }
  for (const name of ['handlers', 'cases']) {
    const arms = parts[name];
    if (Array.isArray(arms)) for (const arm of arms as { body: Stmt[] }[]) blocks.push(arm.body);
  }
  return blocks;
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
  const cut = Math.min(...indents);
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(cut)));
}

/** Names that are no keywords, with their line (from 1) and first character (from 0). */
function* names(source: string): Generator<{ text: string; line: number; column: number }> {
  const tokenizer = new Tokenizer(source, '<input>', [], 14);
  try {
    for (;;) {
      const token = tokenizer.get();
      if (token.type === ENDMARKER || token.type === ERRORTOKEN) return;
      if (token.type !== NAME) continue;
      const text = source.slice(token.start, token.end);
      const lineStart = source.lastIndexOf('\n', token.start - 1) + 1;
      yield { text, line: token.lineno, column: Array.from(source.slice(lineStart, token.start)).length };
    }
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
  }
}

/** What to say instead, or null. `errorLine` counts from 1. */
export function findKeywordTypo(source: string, errorLine: number): KeywordTypo | null {
  const lines = source.split('\n');
  const first = lastStatementLine(lines, errorLine);
  const piece = dedent(lines.slice(first > 0 ? first - 1 : 0, errorLine));
  if (piece.join('\n').length > MAX_SOURCE) return null;
  let left = MAX_NAMES;
  for (const { text, line, column } of names(piece.join('\n'))) {
    if (line + first !== (first === 0 ? errorLine : errorLine + 1)) continue;
    if (--left < 0) return null;
    const guess = suggest(text, KEYWORDS);
    const matches = [...(guess === null ? [] : [guess]), ...closeMatches(text, KEYWORDS)].slice(0, MAX_MATCHES);
    for (const keyword of matches) {
      if (keyword === text) continue;
      const chars = Array.from(piece[line - 1]!);
      chars.splice(column, Array.from(text).length, keyword);
      const tried = piece.map((l, i) => (i === line - 1 ? chars.join('') : l)).join('\n');
      if (!rightSoFar(tried)) continue;
      const start = column + 1;
      return { keyword, text: piece[line - 1]!, line, start, end: start + Array.from(text).length };
    }
  }
  return null;
}

// ---- difflib ------------------------------------------------------------------------------------------------------

/** `difflib.get_close_matches`. */
function closeMatches(word: string, possibilities: readonly string[]): string[] {
  return possibilities
    .map((text) => ({ text, score: ratio(text, word) }))
    .filter(({ score }) => score >= CUTOFF)
    .sort((a, b) => b.score - a.score || (a.text < b.text ? 1 : -1))
    .slice(0, MAX_MATCHES)
    .map(({ text }) => text);
}

/** `SequenceMatcher.ratio`. */
function ratio(a: string, b: string): number {
  return (2 * matching(a, b)) / (a.length + b.length);
}

/** Characters in the longest common block, and in what lies left and right of it. */
function matching(a: string, b: string): number {
  let [bestA, bestB, best] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let n = 0;
      while (i + n < a.length && j + n < b.length && a[i + n] === b[j + n]) n++;
      if (n > best) [bestA, bestB, best] = [i, j, n];
    }
  }
  if (best === 0) return 0;
  return best + matching(a.slice(0, bestA), b.slice(0, bestB)) + matching(a.slice(bestA + best), b.slice(bestB + best));
}
