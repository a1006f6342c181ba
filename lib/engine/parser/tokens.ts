/**
 * Models Grammar/Tokens and the keyword list (Parser/token.c): the kinds of tokens as small numbers. Operators and
 * keywords each have a number of their own, so a rule compares numbers and never text. They are typed `number`, not
 * as literals: the compiler would otherwise believe that the parser's current token stays what it was once found to be.
 */

export const ENDMARKER: number = 0;
export const NAME: number = 1;
export const NUMBER: number = 2;
export const STRING: number = 3;
export const NEWLINE: number = 4;
export const INDENT: number = 5;
export const DEDENT: number = 6;
export const FSTRING_START: number = 7;
export const FSTRING_MIDDLE: number = 8;
export const FSTRING_END: number = 9;
export const TSTRING_START: number = 10;
export const TSTRING_MIDDLE: number = 11;
export const TSTRING_END: number = 12;
export const ERRORTOKEN: number = 13;
/** A character that is no operator, such as `$` or `?`: no rule takes it. */
export const OP: number = 14;

// Operators, 16 to 63.
export const LPAR: number = 16;
export const RPAR: number = 17;
export const LSQB: number = 18;
export const RSQB: number = 19;
export const LBRACE: number = 20;
export const RBRACE: number = 21;
export const COLON: number = 22;
export const COMMA: number = 23;
export const SEMI: number = 24;
export const DOT: number = 25;
export const ELLIPSIS: number = 26;
export const RARROW: number = 27;
export const COLONEQUAL: number = 28;
export const EXCLAMATION: number = 29;
export const AT: number = 30;
export const TILDE: number = 31;
export const VBAR: number = 32;
export const CIRCUMFLEX: number = 33;
export const AMPER: number = 34;
export const LEFTSHIFT: number = 35;
export const RIGHTSHIFT: number = 36;
export const PLUS: number = 37;
export const MINUS: number = 38;
export const STAR: number = 39;
export const SLASH: number = 40;
export const PERCENT: number = 41;
export const DOUBLESLASH: number = 42;
export const DOUBLESTAR: number = 43;
export const EQEQUAL: number = 44;
export const NOTEQUAL: number = 45;
export const LESS: number = 46;
export const LESSEQUAL: number = 47;
export const GREATER: number = 48;
export const GREATEREQUAL: number = 49;
export const EQUAL: number = 50;
export const PLUSEQUAL: number = 51;
export const MINEQUAL: number = 52;
export const STAREQUAL: number = 53;
export const ATEQUAL: number = 54;
export const SLASHEQUAL: number = 55;
export const PERCENTEQUAL: number = 56;
export const AMPEREQUAL: number = 57;
export const VBAREQUAL: number = 58;
export const CIRCUMFLEXEQUAL: number = 59;
export const LEFTSHIFTEQUAL: number = 60;
export const RIGHTSHIFTEQUAL: number = 61;
export const DOUBLESTAREQUAL: number = 62;
export const DOUBLESLASHEQUAL: number = 63;

// Keywords, from 64.
export const K_FALSE: number = 64;
export const K_NONE: number = 65;
export const K_TRUE: number = 66;
export const K_AND: number = 67;
export const K_AS: number = 68;
export const K_ASSERT: number = 69;
export const K_ASYNC: number = 70;
export const K_AWAIT: number = 71;
export const K_BREAK: number = 72;
export const K_CLASS: number = 73;
export const K_CONTINUE: number = 74;
export const K_DEF: number = 75;
export const K_DEL: number = 76;
export const K_ELIF: number = 77;
export const K_ELSE: number = 78;
export const K_EXCEPT: number = 79;
export const K_FINALLY: number = 80;
export const K_FOR: number = 81;
export const K_FROM: number = 82;
export const K_GLOBAL: number = 83;
export const K_IF: number = 84;
export const K_IMPORT: number = 85;
export const K_IN: number = 86;
export const K_IS: number = 87;
export const K_LAMBDA: number = 88;
export const K_NONLOCAL: number = 89;
export const K_NOT: number = 90;
export const K_OR: number = 91;
export const K_PASS: number = 92;
export const K_RAISE: number = 93;
export const K_RETURN: number = 94;
export const K_TRY: number = 95;
export const K_WHILE: number = 96;
export const K_WITH: number = 97;
export const K_YIELD: number = 98;
export const TOKEN_KINDS: number = 99;

const KEYWORD_NAMES =
  'False None True and as assert async await break class continue def del elif else except finally for from global ' +
  'if import in is lambda nonlocal not or pass raise return try while with yield';

export const KEYWORDS: ReadonlyMap<string, number> = new Map(
  KEYWORD_NAMES.split(' ').map((word, i) => [word, K_FALSE + i]),
);

const OPERATOR_NAMES =
  '( ) [ ] { } : , ; . ... -> := ! @ ~ | ^ & << >> + - * / % // ** == != < <= > >= = += -= *= @= /= %= &= |= ^= ' +
  '<<= >>= **= //=';

/** The number of an operator or keyword from its text, for rules that are written as data. */
export const TOKEN_BY_TEXT: ReadonlyMap<string, number> = new Map([
  ...OPERATOR_NAMES.split(' ').map((text, i): [string, number] => [text, LPAR + i]),
  ...KEYWORDS,
]);

export class Token {
  type: number;
  /** Where the text lies in the (newline-normalized) source; -1 for a token without text. */
  start: number;
  end: number;
  lineno: number;
  /** UTF-8 bytes from the line's start; -1 for a token without text. */
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  /** The text of a NAME or keyword, else ''. */
  text: string;
  /** The source of a replacement field up to here, on its closing `}`, `!` or `:` (for `{x=}` and t-strings). */
  metadata: string | null = null;
  /** How many brackets are open behind it. */
  level: number;

  constructor(
    type: number,
    start: number,
    end: number,
    lineno: number,
    col_offset: number,
    end_lineno: number,
    end_col_offset: number,
    text: string,
    level: number,
  ) {
    this.type = type;
    this.start = start;
    this.end = end;
    this.lineno = lineno;
    this.col_offset = col_offset;
    this.end_lineno = end_lineno;
    this.end_col_offset = end_col_offset;
    this.text = text;
    this.level = level;
  }
}
