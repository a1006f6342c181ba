/** Names in the text of a cell: where they stand, and the functions and classes around them. */
import type { NameUse, Scope } from './code-marks';

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);
const NAME = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The name at a place, or null: none, a keyword, an attribute, or within a text or a comment. */
export function nameAt(code: string, line: number, column: number): NameUse | null {
  const text = code.split('\n')[line - 1];
  if (text === undefined) return null;
  for (const { 0: name, index } of blanked(text).matchAll(NAME)) {
    if (column < index || column > index + name.length) continue;
    const isAttribute = /\.\s*$/.test(text.slice(0, index));
    if (KEYWORDS.has(name) || isAttribute) return null;
    return { name, line, endLine: line, column: index, endColumn: index + name.length, scopes: scopesAt(code, line) };
  }
  return null;
}

/** A line with its texts and its comment blanked out, as long as before. */
function blanked(line: string): string {
  return line.replace(/(["'])(?:\\.|(?!\1).)*\1|#.*$/g, (match) => ' '.repeat(match.length));
}

/** By indentation, as Python itself goes. */
function scopesAt(code: string, line: number): Scope[] {
  const lines = code.split('\n');
  const scopes: Scope[] = [];
  // The header of a function belongs to what is around it; its parameters are read there too.
  let indent = indentOf(lines[line - 1] ?? '');
  for (let at = line - 2; at >= 0 && indent > 0; at -= 1) {
    const text = lines[at] ?? '';
    if (text.trim() === '' || text.trimStart().startsWith('#') || indentOf(text) >= indent) continue;
    indent = indentOf(text);
    const header = /^\s*(?:async\s+)?(def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(text);
    if (!header?.[2]) continue;
    scopes.unshift({ kind: header[1] as Scope['kind'], name: header[2], binds: namesBound(lines, at) });
  }
  return scopes;
}

const indentOf = (text: string) => text.length - text.trimStart().length;

/** Parameters, and what is assigned, looped over, imported, defined or named by `as` in the body. */
function namesBound(lines: readonly string[], header: number): ReadonlySet<string> {
  const own = indentOf(lines[header] ?? '');
  let end = header + 1;
  while (end < lines.length && ((lines[end] ?? '').trim() === '' || indentOf(lines[end] ?? '') > own)) end += 1;
  const body = lines.slice(header, end).map(blanked).join('\n');
  const bound = new Set<string>();
  const parameters = /\(([\s\S]*?)\)\s*(?:->[^:]*)?:/.exec(body)?.[1] ?? '';
  for (const part of parameters.split(',')) {
    const name = /^[\s*]*([\p{L}_][\p{L}\p{N}_]*)/u.exec(part)?.[1];
    if (name) bound.add(name);
  }
  const forms = [
    /(?:^|[\n;:])[ \t]*([\p{L}_][\p{L}\p{N}_,* \t()]*?)\s*(?::[^=\n]+)?(?:=(?!=)|(?:\+|-|\*|\/|\||&)=)/gu,
    /([\p{L}_][\p{L}\p{N}_]*)\s*:=/gu,
    /\bfor\s+([^\n:]+?)\s+in\b/gu,
    /\b(?:as|import|def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/gu,
  ];
  for (const form of forms) {
    for (const match of body.matchAll(form)) {
      for (const { 0: name } of (match[1] ?? '').matchAll(NAME)) bound.add(name);
    }
  }
  for (const match of body.matchAll(/\b(?:global)\s+([^\n]+)/gu)) {
    for (const { 0: name } of (match[1] ?? '').matchAll(NAME)) bound.delete(name);
  }
  return bound;
}
