/**
 * Source locations of instructions (_Py_SourceLocation) and the compiler's way to raise a SyntaxError at one.
 */
import type { Position } from '../parser/ast';

export type Location = Readonly<Position>;

const at = (lineno: number, end_lineno: number, col_offset: number, end_col_offset: number): Location => ({
  lineno,
  end_lineno,
  col_offset,
  end_col_offset,
});

/** An artificial instruction: it belongs to no line, so that tracing and tracebacks never stop at it. */
export const NO_LOCATION: Location = at(-1, -1, -1, -1);
/** Takes the location of the instruction that follows in the final order. */
export const NEXT_LOCATION: Location = at(-2, -2, -2, -2);
export const LOC0: Location = at(0, 0, 0, 0);

export { at as location };

/** The four numbers alone, without the node they came from. */
export function locationOf(node: Position): Location {
  return at(node.lineno, node.end_lineno, node.col_offset, node.end_col_offset);
}

export interface CompileErrors {
  /** `since314`: 3.13 finds it later, in the compiler itself. */
  syntaxError(message: string, loc: Position, since314?: boolean): never;
}
