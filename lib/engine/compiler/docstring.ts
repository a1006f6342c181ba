/**
 * Docstrings: which statement is one (_PyAST_GetDocString) and how its indentation is taken off (_PyCompile_CleanDoc).
 */
import type { Stmt } from '../parser/ast';

export function docstringOf(body: readonly Stmt[]): string | null {
  const first = body[0];
  if (first?._type !== 'Expr' || first.value._type !== 'Constant' || first.value.value.kind !== 'str') return null;
  return first.value.value.value;
}

function expandTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let out = '';
  let column = 0;
  for (const ch of text) {
    if (ch === '\t') {
      const n = 8 - (column % 8);
      out += ' '.repeat(n);
      column += n;
    } else {
      out += ch;
      column = ch === '\n' || ch === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

/** Takes off the least indentation of all lines but the first. Leading and trailing empty lines stay. */
export function cleanDoc(doc: string): string {
  const lines = expandTabs(doc).split('\n');
  let margin = Infinity;
  for (const line of lines.slice(1)) {
    const indent = line.length - line.replace(/^ +/, '').length;
    if (indent < line.length) margin = Math.min(margin, indent);
  }
  if (margin === Infinity) margin = 0;
  const first = (lines[0] ?? '').replace(/^ +/, '');
  return [
    first,
    ...lines.slice(1).map((line) => {
      let i = 0;
      while (i < margin && line[i] === ' ') i++;
      return line.slice(i);
    }),
  ].join('\n');
}
