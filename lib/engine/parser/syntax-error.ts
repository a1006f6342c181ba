/**
 * Models SyntaxError and its two subclasses (Objects/exceptions.c) as the parser raises them: plain data that the
 * engine turns into a Python exception. `offset` and `end_offset` count characters (code points) from 1; 0 and -1
 * are CPython's own "no column".
 */

export type SyntaxErrorType = 'SyntaxError' | 'IndentationError' | 'TabError';

export class PySyntaxError extends Error {
  readonly type: SyntaxErrorType;
  readonly msg: string;
  readonly filename: string;
  readonly lineno: number | null;
  readonly offset: number | null;
  readonly end_lineno: number | null;
  readonly end_offset: number | null;
  readonly text: string | null;
  /** The place was set afterwards, as attributes (PyErr_RangedSyntaxLocationObject): it is not among `args`. */
  located = false;

  constructor(
    type: SyntaxErrorType,
    msg: string,
    filename: string,
    lineno: number | null = null,
    offset: number | null = null,
    end_lineno: number | null = null,
    end_offset: number | null = null,
    text: string | null = null,
  ) {
    super(lineno === null ? msg : `${msg} (${filename}, line ${lineno})`);
    this.name = type;
    this.type = type;
    this.msg = msg;
    this.filename = filename;
    this.lineno = lineno;
    this.offset = offset;
    this.end_lineno = end_lineno;
    this.end_offset = end_offset;
    this.text = text;
  }
}

/** What CPython reports as MemoryError: the program nests deeper than the parser's stack allows. */
export class ParserStackOverflow extends Error {
  readonly type = 'MemoryError';
  readonly msg = 'Parser stack overflowed - Python source too complex to compile';
  constructor() {
    super('Parser stack overflowed - Python source too complex to compile');
    this.name = 'MemoryError';
  }
}

/** A SyntaxWarning met on the way; collected, never printed. */
export interface SyntaxWarning {
  category: 'SyntaxWarning';
  msg: string;
  lineno: number;
  /** Bytes from 1; the end, as a SyntaxError has it. */
  offset?: number;
  end_lineno?: number;
  end_offset?: number;
}

/** A warning with its turn: by the token that was being read, since the tokens are all read before the parse. */
export interface OrderedWarning extends SyntaxWarning {
  order: number;
}

/** Length in code points, which is what Python's columns count. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      const d = text.charCodeAt(i + 1);
      if (d >= 0xdc00 && d < 0xe000) {
        length--;
        i++;
      }
    }
  }
  return length;
}

/** How many bytes `text` takes in UTF-8. */
export function utf8Length(text: string, start = 0, end = text.length): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) bytes++;
    else if (c < 0x800) bytes += 2;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < end) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

/**
 * `_PyPegen_byte_offset_to_character_offset`: a byte column of a line (counted from 1) as a character column; beyond
 * the line's end there is one more place and no further.
 */
export function byteToCharOffset(line: string, byteOffset: number): number {
  let bytes = 0;
  let chars = 0;
  for (let i = 0; i < line.length && bytes < byteOffset; ) {
    const cp = line.codePointAt(i) ?? 0;
    i += cp > 0xffff ? 2 : 1;
    bytes += cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    chars++;
  }
  return bytes < byteOffset ? chars + 1 : chars;
}
