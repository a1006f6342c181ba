/** What the page has to say about the code of a cell while its past is looked at: plain data, made by the widgets. */

/** Lines from 1, the last one included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/** A stretch of text: lines from 1, columns from 0 in characters, the end not included. */
export interface TextSpan extends LineRange {
  readonly column: number;
  readonly endColumn: number;
}

/** A count that the step changed, shown at the end of its line. */
export interface CodeChip {
  /** Of the object. */
  readonly serial: number;
  readonly label: string;
  /** Null: the object is new. */
  readonly before: number | null;
  /** A count that it had in between; null: it went straight. */
  readonly by: number | null;
  readonly after: number;
  readonly isDead: boolean;
  /** The token that did it. */
  readonly span: TextSpan | null;
}

export interface CodeMarks {
  /** What the last step ran. */
  readonly ran: LineRange | null;
  /** What comes next. */
  readonly next: LineRange | null;
  readonly error: { readonly line: number; readonly text: string | null } | null;
  /** Of a single instruction, its place. */
  readonly token: TextSpan | null;
  /** In the order in which it happened. */
  readonly chips: readonly CodeChip[];
  readonly chipsOmitted: number;
}

export const NO_MARKS: CodeMarks = { ran: null, next: null, error: null, token: null, chips: [], chipsOmitted: 0 };

/** A name where it stands in the code. */
export interface NameUse extends LineRange {
  readonly name: string;
  readonly column: number;
  readonly endColumn: number;
  /** The functions and classes around it, outermost first. */
  readonly scopes: readonly Scope[];
}

export interface Scope {
  readonly kind: 'def' | 'class';
  readonly name: string;
  /** Names that it binds, by its text. */
  readonly binds: ReadonlySet<string>;
}

/** What a name refers to at the moment, in words. */
export interface NameInfo {
  readonly name: string;
  /** `in total()`; null for a global name. */
  readonly where: string | null;
  /** Null: it refers to nothing now; then `note` says why. */
  readonly object: { readonly letter: string | null; readonly repr: string; readonly type: string } | null;
  /** Null: immortal. */
  readonly count: number | null;
  readonly holders: readonly string[];
  readonly note: string | null;
}

/** Asks what a name refers to; null: there is nothing to say. */
export type AskName = (use: NameUse) => Promise<NameInfo | null>;
