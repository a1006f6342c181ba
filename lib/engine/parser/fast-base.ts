/**
 * The ground of the fast parser: a predictive recursive-descent parser over tokens read ahead. It builds the tree of
 * a right program in one pass and says nothing about a wrong one but "no" (`reject`): errors/ then parses again in
 * CPython's own order of trials to find the message. The split is ours; CPython runs one parser twice.
 */

import type { Expr, ExprContext } from './ast';
import { invalidEscape, LiteralError } from './literals';
import type { OrderedWarning } from './syntax-error';
import * as T from './tokens';
import type { Token } from './tokens';
import type { Tokenizer } from './tokenizer';

/**
 * Thrown when the program is not right; caught by parser.ts. One object, and no Error: it carries nothing, and an Error
 * that is made while the scripts load costs a third of the start, because its stack has the whole bundle's first lines.
 */
export class Rejected {}
const REJECTED = new Rejected();

export type Mode = 'exec' | 'eval' | 'single';

export class FastBase {
  protected readonly src: string;
  protected readonly toks: Token[];
  protected readonly version: number;
  readonly warnings: OrderedWarning[];
  /** The current token, its kind, and the last token with text behind us (nodes end there). */
  protected tok: Token;
  protected t: number;
  protected i = 0;
  protected last: Token;

  constructor(tokenizer: Tokenizer, toks: Token[], version: number, warnings: OrderedWarning[]) {
    this.src = tokenizer.src;
    this.toks = toks;
    this.version = version;
    this.warnings = warnings;
    const first = toks[0];
    if (first === undefined) throw REJECTED;
    this.tok = first;
    this.last = first;
    this.t = first.type;
  }

  /** Where in the source the statement just parsed ends. */
  get consumedTo(): number {
    const newline = this.t === T.NEWLINE ? this.tok : this.toks[this.i - 1];
    return Math.max(newline?.end ?? 0, this.last.end);
  }

  protected reject(): never {
    throw REJECTED;
  }

  protected next(): Token {
    const tok = this.tok;
    // NEWLINE, INDENT and DEDENT never end a node.
    if (tok.type < T.NEWLINE || tok.type > T.DEDENT) this.last = tok;
    const following = this.toks[++this.i];
    if (following === undefined) throw REJECTED;
    this.tok = following;
    this.t = following.type;
    return tok;
  }

  /** The kind of the token after the current one. */
  protected peek(): number {
    const following = this.toks[this.i + 1];
    return following === undefined ? T.ENDMARKER : following.type;
  }

  protected expect(type: number): Token {
    if (this.t !== type) throw REJECTED;
    return this.next();
  }

  protected eat(type: number): boolean {
    if (this.t !== type) return false;
    this.next();
    return true;
  }

  protected mark(): { i: number; last: Token } {
    return { i: this.i, last: this.last };
  }

  protected reset(mark: { i: number; last: Token }): void {
    this.i = mark.i;
    this.last = mark.last;
    this.tok = this.toks[mark.i] as Token;
    this.t = this.tok.type;
  }

  /** Runs `attempt`; a rejection brings us back and gives null. */
  protected attempt<R>(attempt: () => R): R | null {
    const mark = this.mark();
    const warned = this.warnings.length;
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof Rejected) && !(error instanceof LiteralError)) throw error;
      this.reset(mark);
      this.warnings.length = warned;
      return null;
    }
  }

  protected name(): string {
    if (this.t !== T.NAME) throw REJECTED;
    return this.next().text;
  }

  /** Warns of a bad escape. */
  protected warn(escaped: string, lineno: number): void {
    const msg = invalidEscape(escaped, this.version);
    // Right behind the token just taken.
    this.warnings.push({ category: 'SyntaxWarning', msg, lineno, order: this.i - 0.5 });
  }

  /**
   * Turns an expression into a target in place (`_PyPegen_set_expr_context`), or rejects what cannot be one.
   * `single`: the grammar's single_target; `Del` allows no star.
   */
  protected toTarget(e: Expr, ctx: ExprContext, single = false): Expr {
    switch (e._type) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        e.ctx = ctx;
        return e;
      case 'Tuple':
      case 'List':
        if (single) throw REJECTED;
        e.ctx = ctx;
        for (const elt of e.elts) this.toTarget(elt, ctx);
        return e;
      case 'Starred':
        if (single || ctx === 'Del' || e.value._type === 'Starred') throw REJECTED;
        e.ctx = ctx;
        this.toTarget(e.value, ctx);
        return e;
      default:
        throw REJECTED;
    }
  }
}
