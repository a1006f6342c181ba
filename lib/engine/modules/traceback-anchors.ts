/**
 * Where the marks under a line of a traceback change, found by parsing the piece again (Lib/traceback.py,
 * `_extract_caret_anchors_from_line_segment`, `_should_show_carets`).
 */
import type { Expr, Mod } from '../parser/ast';
import { parse, ParserStackOverflow, PySyntaxError } from '../parser/parser';
import type { Anchors, TracebackParser } from '../vm/host';
import { byteToChar } from '../vm/traceback-frame';
import { findKeywordTypo } from './keyword-typo';

type Place = [line: number, column: number];

/** Null where it cannot be parsed. */
function tryParse(source: string): Mod | null {
  try {
    return parse(source, '<traceback>', 'exec');
  } catch (error) {
    if (error instanceof PySyntaxError || error instanceof ParserStackOverflow) return null;
    throw error;
  }
}

/** Walks over the characters of the piece; line ends are not characters. */
class Cursor {
  readonly lines: string[][];
  constructor(private readonly texts: string[]) {
    this.lines = texts.map((line) => Array.from(line));
  }

  /** Character column of a byte column. */
  column(line: number, bytes: number): number {
    return byteToChar(this.texts[line] ?? '', bytes);
  }

  private valid([line, column]: Place): Place | null {
    while (line < this.lines.length && column >= this.lines[line]!.length) {
      column = 0;
      line++;
    }
    return line < this.lines.length ? [line, column] : null;
  }

  /** The first character from here on that `stop` accepts, comments and continuations skipped; null at the end. */
  until(place: Place, stop: (c: string) => boolean): Place | null {
    let at = this.valid(place);
    while (at !== null) {
      const c = this.lines[at[0]]![at[1]]!;
      if (c === '\\' || c === '#') at = this.valid([at[0] + 1, 0]);
      else if (stop(c)) return at;
      else at = this.valid([at[0], at[1] + 1]);
    }
    return null;
  }

  /** The end of a subexpression; two lines were put before the piece, and lines count from 1. */
  end(expr: Expr): Place {
    const line = expr.end_lineno - 2;
    return [line, this.column(line, expr.end_col_offset)];
  }
}

function anchors(segment: string): Anchors | null {
  const tree = tryParse(`(\n${segment}\n)`);
  if (tree === null || tree._type !== 'Module' || tree.body.length !== 1) return null;
  const statement = tree.body[0]!;
  if (statement._type !== 'Expr') return null;
  const expr = statement.value;
  const cursor = new Cursor(segment.split('\n'));
  switch (expr._type) {
    case 'BinOp': {
      const at = cursor.until(cursor.end(expr.left), (c) => c.trim() !== '' && c !== ')');
      if (at === null) return null;
      const [line, column] = at;
      // An operator has one or two characters.
      let right = column + 1;
      const second = cursor.lines[line]![right];
      const rightLine = expr.right.lineno - 2;
      const free = rightLine > line || right < cursor.column(rightLine, expr.right.col_offset);
      if (second !== undefined && free && second.trim() !== '' && second !== '\\' && second !== '#') right++;
      return { leftEndLine: line, leftEndOffset: column, rightStartLine: line, rightStartOffset: right };
    }
    case 'Subscript':
    case 'Call': {
      const [inner, bracket] = expr._type === 'Call' ? [expr.func, '('] : [expr.value, '['];
      const left = cursor.until(cursor.end(inner), (c) => c === bracket);
      if (left === null) return null;
      const right = cursor.end(expr);
      return { leftEndLine: left[0], leftEndOffset: left[1], rightStartLine: right[0], rightStartOffset: right[1] };
    }
    default:
      return null;
  }
}

function hidesCarets(lines: readonly string[], start: number, end: number): boolean {
  const tree = tryParse(lines.join('\n'));
  // An empty piece has nothing to mark; one that is no statement by itself may.
  if (tree === null || tree._type !== 'Module') return false;
  const statement = tree.body[0];
  if (statement === undefined) return true;
  let call: Expr | null = null;
  if (statement._type === 'Return' && statement.value?._type === 'Call' && statement.value.func._type === 'Name') {
    call = statement.value;
  } else if (
    statement._type === 'Assign' &&
    statement.value._type === 'Call' &&
    statement.targets.length === 1 &&
    statement.targets[0]!._type === 'Name'
  )
    call = statement.value;
  return (
    call !== null &&
    call.lineno === 1 &&
    call.end_lineno === lines.length &&
    call.col_offset === start &&
    call.end_col_offset === end
  );
}

export const tracebackParser: TracebackParser = { anchors, hidesCarets, keywordTypo: findKeywordTypo };
