/**
 * Models how the generated Parser/parser.c works, for the sake of its errors: rules tried in order with
 * backtracking, the memo of the same rules, invalid_* alternatives only in the second pass, and tokens fetched no
 * sooner than CPython fetches them, since the last token fetched is where an error is reported. Rules are data made
 * with the functions below; grammar-*.ts holds them.
 */

import type { Mode } from '../fast-base';
import { PySyntaxError, type SyntaxErrorType, byteToCharOffset } from '../syntax-error';
import type { Tokenizer } from '../tokenizer';
import * as T from '../tokens';
import type { Token } from '../tokens';

/** A node as far as an error message needs it: what it is, where it lies, and what it is made of. */
export interface Node {
  type: string;
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
  /** A name's text. */
  id?: string;
  /** Elements of a list or tuple, values of a string, arguments of a call. */
  elts?: Node[];
  /** The operand of a star, the left side of a comparison. */
  value?: Node;
  firstOp?: string;
  /** What kind of constant. */
  kind?: string;
  /** A call's keywords: null for `**`. */
  keywords?: (string | null)[];
}

/** Something with a place: a node or a token. */
export interface Place {
  lineno: number;
  col_offset: number;
  end_lineno: number;
  end_col_offset: number;
}

/** What a rule gives: null means it does not match. */
export type Match = unknown;
export interface Rule {
  readonly invalid: boolean;
  parse(p: Peg): Match;
}
export type Action = (v: readonly Match[], p: Peg, start: Token) => Match;
export type Item = string | Rule;
export type Alternative = readonly (Item | Action)[];

// ---- the parser --------------------------------------------------------------------------------------------------

interface Memo {
  value: Match;
  mark: number;
}

export class Peg {
  readonly tokenizer: Tokenizer;
  readonly tokens: Token[] = [];
  readonly filename: string;
  readonly version: number;
  readonly memo = new Map<number, Memo>();
  mark = 0;
  callInvalid = false;
  private readonly mode: Mode;
  private started = false;

  constructor(tokenizer: Tokenizer, mode: Mode, version: number) {
    this.tokenizer = tokenizer;
    this.filename = tokenizer.filename;
    this.mode = mode;
    this.version = version;
  }

  get lastToken(): Token {
    return this.tokens[this.tokens.length - 1] as Token;
  }

  /** The token at the mark, fetched if need be. */
  token(): Token {
    return this.mark < this.tokens.length ? (this.tokens[this.mark] as Token) : this.fill();
  }

  private fill(): Token {
    const token = this.tokenizer.get();
    if (token.type === T.ENDMARKER && this.mode === 'single' && this.started) {
      token.type = T.NEWLINE;
      this.started = false;
      this.tokenizer.closeIndents();
    } else this.started = true;
    this.tokens.push(token);
    if (token.type === T.ERRORTOKEN) this.tokenizerError();
    return token;
  }

  /** `reset_parser_state_for_error_pass`. */
  startSecondPass(): void {
    this.memo.clear();
    this.mark = 0;
    this.callInvalid = true;
  }

  // ---- raising -------------------------------------------------------------------------------------------------

  /** The line an error is shown with (`get_error_line_from_tokenizer_buffers` and its caller). */
  private errorLine(lineno: number): string {
    const tok = this.tokenizer;
    const from = this.version >= 14 ? tok.lineStart : tok.buf;
    if (tok.lineno <= lineno && tok.inp > from) return tok.src.slice(from, tok.inp);
    let start = 0;
    for (let line = 1; line < lineno; line++) {
      const newline = tok.src.indexOf('\n', start);
      if (newline < 0) break;
      start = newline + 1;
    }
    const end = tok.src.indexOf('\n', start);
    return tok.src.slice(start, end < 0 ? undefined : end);
  }

  /** Columns here are bytes counted from 1. */
  private raiseAt(
    type: SyntaxErrorType,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
    msg: string,
  ): never {
    const line = this.errorLine(lineno);
    const offset = col < 0 ? -1 : byteToCharOffset(line, col);
    const endOffset = endCol > 0 ? byteToCharOffset(line, endCol) : endCol;
    throw new PySyntaxError(type, msg, this.filename, lineno, offset, endLineno, endOffset, line);
  }

  /** RAISE_SYNTAX_ERROR_KNOWN_RANGE; with one place RAISE_SYNTAX_ERROR_KNOWN_LOCATION. */
  raiseRange(msg: string, from: Place, to: Place = from): never {
    this.raiseAt('SyntaxError', from.lineno, from.col_offset + 1, to.end_lineno, to.end_col_offset + 1, msg);
  }

  /** RAISE_ERROR_KNOWN_LOCATION with columns as CPython's callers give them (from 0). */
  raiseLocation(
    type: SyntaxErrorType,
    lineno: number,
    col: number,
    endLineno: number,
    endCol: number,
    msg: string,
  ): never {
    this.raiseAt(type, lineno, col + 1, endLineno, endCol + 1, msg);
  }

  /** RAISE_SYNTAX_ERROR_STARTING_FROM: up to where the tokenizer has read. */
  raiseFrom(msg: string, from: Place): never {
    const tok = this.tokenizer;
    this.raiseAt(
      'SyntaxError',
      from.lineno,
      from.col_offset + 1,
      tok.lineno,
      tok.byteColumn(tok.lineStart, tok.cur),
      msg,
    );
  }

  /** RAISE_SYNTAX_ERROR and RAISE_INDENTATION_ERROR: at the last token fetched. */
  raise(msg: string, type: SyntaxErrorType = 'SyntaxError', at: Token = this.lastToken): never {
    const tok = this.tokenizer;
    let col = at.col_offset + 1;
    if (at.col_offset === -1) col = tok.cur === tok.buf ? 0 : tok.byteColumn(tok.lineStart, tok.cur);
    this.raiseAt(type, at.lineno, col, at.end_lineno, at.end_col_offset === -1 ? -1 : at.end_col_offset + 1, msg);
  }

  /** RAISE_SYNTAX_ERROR_ON_NEXT_TOKEN. */
  raiseOnNext(msg: string): never {
    this.raise(msg, 'SyntaxError', this.token());
  }

  raiseIndent(msg: string): never {
    this.raise(msg, 'IndentationError');
  }

  raiseUnclosed(): never {
    const paren = this.tokenizer.innermostParen;
    if (paren === undefined) this.raise('unexpected EOF while parsing');
    const open = String.fromCharCode(paren.char);
    this.raiseAt('SyntaxError', paren.lineno, paren.col + 1, paren.lineno, 0, `'${open}' was never closed`);
  }

  /** `_Pypegen_tokenizer_error`. */
  private tokenizerError(): never {
    const tok = this.tokenizer;
    switch (tok.done) {
      case 'eof':
        if (tok.level > 0) this.raiseUnclosed();
        return this.raise('unexpected EOF while parsing');
      case 'dedent':
        return this.raiseIndent('unindent does not match any outer indentation level');
      case 'tabspace':
        return this.raiseAt(
          'TabError',
          tok.lineno,
          1,
          tok.lineno,
          0,
          'inconsistent use of tabs and spaces in indentation',
        );
      case 'toodeep':
        return this.raiseAt('IndentationError', tok.lineno, 1, tok.lineno, 0, 'too many levels of indentation');
      case 'linecont': {
        const col = tok.byteColumn(tok.buf, tok.cur) - 1;
        return this.raiseAt(
          'SyntaxError',
          tok.lineno,
          Math.max(col, 0) + 1,
          tok.lineno,
          0,
          'unexpected character after line continuation character',
        );
      }
      default:
        return this.raiseAt('SyntaxError', tok.lineno, 1, tok.lineno, 0, 'unknown parsing error');
    }
  }

  // ---- nodes ---------------------------------------------------------------------------------------------------

  /** A node from `start` to the last token before the mark that is no line structure. */
  node(type: string, start: Place, extra?: Partial<Node>): Node {
    let end: Place = start;
    for (let i = this.mark - 1; i >= 0; i--) {
      const token = this.tokens[i] as Token;
      if (token.type !== T.ENDMARKER && (token.type < T.NEWLINE || token.type > T.DEDENT)) {
        end = token;
        break;
      }
    }
    return {
      type,
      lineno: start.lineno,
      col_offset: start.col_offset,
      end_lineno: end.end_lineno,
      end_col_offset: end.end_col_offset,
      ...extra,
    };
  }

  text(token: Token): string {
    return this.tokenizer.src.slice(token.start, token.end);
  }
}

// ---- rules as data -----------------------------------------------------------------------------------------------

const CLASSES: ReadonlyMap<string, number> = new Map([
  ['NUMBER', T.NUMBER],
  ['STRING', T.STRING],
  ['NEWLINE', T.NEWLINE],
  ['INDENT', T.INDENT],
  ['DEDENT', T.DEDENT],
  ['ENDMARKER', T.ENDMARKER],
  ['FSTRING_START', T.FSTRING_START],
  ['FSTRING_MIDDLE', T.FSTRING_MIDDLE],
  ['FSTRING_END', T.FSTRING_END],
  ['TSTRING_START', T.TSTRING_START],
  ['TSTRING_MIDDLE', T.TSTRING_MIDDLE],
  ['TSTRING_END', T.TSTRING_END],
]);

class TokenRule implements Rule {
  readonly invalid = false;
  private readonly type: number;
  constructor(type: number) {
    this.type = type;
  }
  parse(p: Peg): Match {
    const token = p.token();
    if (token.type !== this.type) return null;
    p.mark++;
    return token;
  }
}

/** A NAME, as a Name node. */
const NAME: Rule = {
  invalid: false,
  parse(p) {
    const token = p.token();
    if (token.type !== T.NAME) return null;
    p.mark++;
    return p.node('Name', token, { id: token.text });
  },
};

const tokenRules = new Map<string, Rule>([['NAME', NAME]]);

/** The rule of a string item: a token class in capitals, else an operator or keyword by its text. */
function tokenRule(text: string): Rule {
  let rule = tokenRules.get(text);
  if (rule === undefined) {
    const type = CLASSES.get(text) ?? T.TOKEN_BY_TEXT.get(text);
    if (type === undefined) throw new Error(`no token ${text}`);
    rule = new TokenRule(type);
    tokenRules.set(text, rule);
  }
  return rule;
}

const toRule = (item: Item): Rule => (typeof item === 'string' ? tokenRule(item) : item);

/** `~`: from here on the rule's other alternatives are out. */
export const CUT: Rule = { invalid: false, parse: () => true };

/** An alternative that 3.13 does not have yet. Like CUT it stands for itself and gives no value. */
export const SINCE_3_14: Rule = { invalid: false, parse: () => true };

interface Compiled {
  rules: Rule[];
  action: Action | null;
  onlySecondPass: boolean;
}

function compile(alternative: Alternative): Compiled {
  const rules: Rule[] = [];
  let action: Action | null = null;
  for (const item of alternative) {
    if (typeof item === 'function') action = item;
    else rules.push(toRule(item));
  }
  // Only an alternative that is nothing but an invalid_* rule is kept for the second pass.
  return { rules, action, onlySecondPass: rules.length === 1 && (rules[0] as Rule).invalid };
}

const FAILED = Symbol('failed');
const CUT_OFF = Symbol('cut off');

function parseAlternative(p: Peg, alternative: Compiled, left: Match, start: Token): Match {
  const { rules, action } = alternative;
  const values: Match[] = left === FAILED ? [] : [left];
  let cut = false;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as Rule;
    if (rule === CUT) {
      cut = true;
      continue;
    }
    if (rule === SINCE_3_14) {
      if (p.version < 14) return FAILED;
      continue;
    }
    const value = rule.parse(p);
    if (value === null) return cut ? CUT_OFF : FAILED;
    values.push(value);
  }
  if (action !== null) return action(values, p, start) ?? FAILED;
  return values.length === 1 ? values[0] : values;
}

function parseChoice(p: Peg, alternatives: Compiled[]): Match {
  const mark = p.mark;
  const start = p.token();
  for (const alternative of alternatives) {
    if (alternative.onlySecondPass && !p.callInvalid) continue;
    const value = parseAlternative(p, alternative, FAILED, start);
    if (value !== FAILED && value !== CUT_OFF) return value;
    p.mark = mark;
    if (value === CUT_OFF) return null;
  }
  return null;
}

let rulesMade = 0;

class NamedRule implements Rule {
  readonly invalid: boolean;
  private readonly id = ++rulesMade;
  private readonly memoized: boolean;
  private readonly alternatives: () => Alternative[];
  private compiled: Compiled[] | null = null;

  constructor(alternatives: () => Alternative[], memoized: boolean, invalid: boolean) {
    this.alternatives = alternatives;
    this.memoized = memoized;
    this.invalid = invalid;
  }

  parse(p: Peg): Match {
    const key = p.mark * 1024 + this.id;
    if (this.memoized) {
      p.token();
      const memo = p.memo.get(key);
      if (memo !== undefined) {
        p.mark = memo.mark;
        return memo.value;
      }
    }
    this.compiled ??= this.alternatives().map(compile);
    const value = parseChoice(p, this.compiled);
    if (this.memoized) p.memo.set(key, { value, mark: p.mark });
    return value;
  }
}

/** A left-recursive rule: first what it may begin with, then, again and again, what may follow the value so far. */
class LeftRecursiveRule implements Rule {
  readonly invalid = false;
  private readonly id = ++rulesMade;
  private readonly seeds: () => Alternative[];
  private readonly tails: () => Alternative[];
  private compiled: { seeds: Compiled[]; tails: Compiled[] } | null = null;

  constructor(seeds: () => Alternative[], tails: () => Alternative[]) {
    this.seeds = seeds;
    this.tails = tails;
  }

  parse(p: Peg): Match {
    const key = p.mark * 1024 + this.id;
    const start = p.token();
    const memo = p.memo.get(key);
    if (memo !== undefined) {
      p.mark = memo.mark;
      return memo.value;
    }
    this.compiled ??= { seeds: this.seeds().map(compile), tails: this.tails().map(compile) };
    let value = parseChoice(p, this.compiled.seeds);
    while (value !== null) {
      const mark = p.mark;
      let grown: Match = FAILED;
      for (const tail of this.compiled.tails) {
        grown = parseAlternative(p, tail, value, start);
        if (grown !== FAILED && grown !== CUT_OFF) break;
        p.mark = mark;
        grown = FAILED;
      }
      if (grown === FAILED) break;
      value = grown;
    }
    p.memo.set(key, { value, mark: p.mark });
    return value;
  }
}

export const rule = (alternatives: () => Alternative[]): Rule => new NamedRule(alternatives, false, false);
export const memo = (alternatives: () => Alternative[]): Rule => new NamedRule(alternatives, true, false);
export const invalid = (alternatives: () => Alternative[]): Rule => new NamedRule(alternatives, false, true);
export const invalidMemo = (alternatives: () => Alternative[]): Rule => new NamedRule(alternatives, true, true);
export const leftRecursive = (seeds: () => Alternative[], tails: () => Alternative[]): Rule =>
  new LeftRecursiveRule(seeds, tails);

/** A rule from a function. */
export const native = (parse: (p: Peg) => Match): Rule => ({ invalid: false, parse });

/** `(a b | c)` within a rule. */
export function any(...alternatives: Alternative[]): Rule {
  const compiled = alternatives.map(compile);
  return native((p) => parseChoice(p, compiled));
}

/** One item, or a sequence of them as a group. */
const group = (items: Alternative): Rule =>
  items.length === 1 && typeof items[0] !== 'function' ? toRule(items[0] as Item) : any(items);

/** `[x]`: false where it is absent. */
export function opt(...items: Alternative): Rule {
  const inner = group(items);
  return native((p) => inner.parse(p) ?? false);
}

function repeat(inner: Rule, least: number): Rule {
  return native((p) => {
    const values: Match[] = [];
    for (;;) {
      const mark = p.mark;
      const value = inner.parse(p);
      if (value === null) {
        p.mark = mark;
        break;
      }
      values.push(value);
    }
    return values.length >= least ? values : null;
  });
}

export const many0 = (...items: Alternative): Rule => repeat(group(items), 0);
export const many1 = (...items: Alternative): Rule => repeat(group(items), 1);

/** `s.e+`. */
export function sep1(separator: Item, ...items: Alternative): Rule {
  const between = toRule(separator);
  const inner = group(items);
  return native((p) => {
    const first = inner.parse(p);
    if (first === null) return null;
    const values = [first];
    for (;;) {
      const mark = p.mark;
      const value = between.parse(p) === null ? null : inner.parse(p);
      if (value === null) {
        p.mark = mark;
        return values;
      }
      values.push(value);
    }
  });
}

/** `&e`. */
export function ahead(...items: Alternative): Rule {
  const inner = group(items);
  return native((p) => {
    const mark = p.mark;
    const value = inner.parse(p);
    p.mark = mark;
    return value === null ? null : true;
  });
}

/** `!e`. */
export function not(...items: Alternative): Rule {
  const inner = group(items);
  return native((p) => {
    const mark = p.mark;
    const value = inner.parse(p);
    p.mark = mark;
    return value === null ? true : null;
  });
}

/** `&&'x'`: this token or an error, in the first pass already. */
export function force(text: string): Rule {
  const inner = tokenRule(text);
  return native((p) => {
    const value = inner.parse(p);
    if (value === null) p.raiseRange(`expected '${text}'`, p.token());
    return value;
  });
}

/** A soft keyword. */
export function soft(word: string): Rule {
  return native((p) => {
    const token = p.token();
    if (token.type !== T.NAME || token.text !== word) return null;
    p.mark++;
    return p.node('Name', token, { id: token.text });
  });
}

const SOFT_KEYWORDS = new Set(['_', 'case', 'match', 'type']);
export const SOFT_KEYWORD: Rule = native((p) => {
  const token = p.token();
  if (token.type !== T.NAME || !SOFT_KEYWORDS.has(token.text)) return null;
  p.mark++;
  return p.node('Name', token, { id: token.text });
});

/** Makes an action that builds a node of this type. */
export const make =
  (type: string, extra?: (v: readonly Match[]) => Partial<Node>): Action =>
  (v, p, start) =>
    p.node(type, start, extra?.(v));

/** The i-th value as a node, a token, a list of nodes. */
export const nodeAt = (v: readonly Match[], i: number): Node => v[i] as Node;
export const placeAt = (v: readonly Match[], i: number): Place => v[i] as Place;
export const listAt = (v: readonly Match[], i: number): Node[] => v[i] as Node[];
export const pick =
  (i: number): Action =>
  (v) =>
    v[i];
