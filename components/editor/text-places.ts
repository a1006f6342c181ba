/** Places in a text: the engine counts characters, the browser UTF-16 units. */
import type { TextSpan } from './code-marks';

/** Column in UTF-16 units of a column in characters. */
export function unitColumn(text: string, column: number): number {
  let units = 0;
  let characters = 0;
  for (const character of text) {
    if (characters === column) return units;
    characters += 1;
    units += character.length;
  }
  return units;
}

/** Offset in the whole text of a line (from 1) and a column in characters. */
export function offsetOf(code: string, line: number, column: number): number {
  const lines = code.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(code.length, before + unitColumn(lines[line - 1] ?? '', column));
}

/** Line (from 1) and column in UTF-16 units of an offset. */
export function placeOf(code: string, offset: number): { readonly line: number; readonly column: number } {
  const before = code.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start };
}

/** Each line of a span by itself, without the blanks at its ends, as offsets in the whole text. */
export function spanPieces(code: string, span: TextSpan): { readonly start: number; readonly end: number }[] {
  const from = offsetOf(code, span.line, span.column);
  const to = offsetOf(code, span.endLine, span.endColumn);
  const pieces: { start: number; end: number }[] = [];
  let start = from;
  for (const text of code.slice(from, to).split('\n')) {
    const first = start + (text.length - text.trimStart().length);
    const end = start + text.trimEnd().length;
    if (end > first) pieces.push({ start: first, end });
    start += text.length + 1;
  }
  return pieces;
}

/** Width of a text in columns: wide characters take two, a tab four. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character === '\t') columns += 4;
    else
      columns +=
        /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
          character,
        )
          ? 2
          : 1;
  }
  return columns;
}

/** Column in UTF-16 units of the character that stands so many columns from the left; null: the line ends before. */
export function unitAt(text: string, columns: number): number | null {
  let units = 0;
  let width = 0;
  for (const character of text) {
    width += columnsOf(character);
    if (columns < width) return units;
    units += character.length;
  }
  return null;
}

let measured: { readonly font: string; readonly width: number } | null = null;

/** Width of one column of the element's font, in pixels. */
export function columnWidth(element: HTMLElement): number {
  const { fontSize, fontFamily } = getComputedStyle(element);
  const font = `${fontSize} ${fontFamily}`;
  if (measured?.font === font) return measured.width;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 8;
  context.font = font;
  measured = { font, width: context.measureText('0'.repeat(100)).width / 100 };
  return measured.width;
}
