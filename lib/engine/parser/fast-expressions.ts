/**
 * The fast parser's expressions: from star_expressions down to atoms (the EXPRESSIONS part of Grammar/python.gram).
 * Binary operators climb by precedence, so a chain of any length takes one frame.
 */

import type { CmpOp, Comprehension, ConstantValue, Expr, Keyword, Operator, Position, Starred, Tuple } from './ast';
import { FastStrings } from './fast-strings';
import { parseNumber } from './literals';
import * as T from './tokens';
import type { Token } from './tokens';

/** Binary operators by token: how tightly they bind (0: none) and which they are. */
const PRECEDENCE = new Uint8Array(T.TOKEN_KINDS);
const OPERATOR: (Operator | undefined)[] = new Array<Operator | undefined>(T.TOKEN_KINDS).fill(undefined);
for (const [token, precedence, operator] of [
  [T.VBAR, 1, 'BitOr'],
  [T.CIRCUMFLEX, 2, 'BitXor'],
  [T.AMPER, 3, 'BitAnd'],
  [T.LEFTSHIFT, 4, 'LShift'],
  [T.RIGHTSHIFT, 4, 'RShift'],
  [T.PLUS, 5, 'Add'],
  [T.MINUS, 5, 'Sub'],
  [T.STAR, 6, 'Mult'],
  [T.SLASH, 6, 'Div'],
  [T.DOUBLESLASH, 6, 'FloorDiv'],
  [T.PERCENT, 6, 'Mod'],
  [T.AT, 6, 'MatMult'],
] as const) {
  PRECEDENCE[token] = precedence;
  OPERATOR[token] = operator;
}

export abstract class FastExpressions extends FastStrings {
  protected abstract lambda(): Expr;

  /** Where a node that began at `start` and ends here lies. */
  protected pos(start: Position): Position {
    const last = this.last;
    return {
      lineno: start.lineno,
      col_offset: start.col_offset,
      end_lineno: last.end_lineno,
      end_col_offset: last.end_col_offset,
    };
  }

  private tuple(elts: Expr[], start: Position): Tuple {
    const last = this.last;
    return {
      _type: 'Tuple',
      elts,
      ctx: 'Load',
      lineno: start.lineno,
      col_offset: start.col_offset,
      end_lineno: last.end_lineno,
      end_col_offset: last.end_col_offset,
    };
  }

  // ---- lists of expressions ------------------------------------------------------------------------------------

  protected annotatedRhs(): Expr {
    return this.t === T.K_YIELD ? this.yieldExpr() : this.starExpressions();
  }

  protected starExpressions(): Expr {
    const start = this.tok;
    const first = this.starExpression();
    if (this.t !== T.COMMA) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starExpression());
    return this.tuple(elts, start);
  }

  /** expressions: no stars. */
  protected expressions(): Expr {
    const start = this.tok;
    const first = this.expression();
    if (this.t !== T.COMMA) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.expression());
    return this.tuple(elts, start);
  }

  protected starExpression(): Expr {
    return this.t === T.STAR ? this.starred(() => this.binary(1)) : this.expression();
  }

  protected starNamedExpression(): Expr {
    return this.t === T.STAR ? this.starred(() => this.binary(1)) : this.namedExpression();
  }

  protected starred(operand: () => Expr): Starred {
    const start = this.expect(T.STAR);
    const value = operand();
    return { _type: 'Starred', value, ctx: 'Load', ...this.pos(start) };
  }

  /** Can the current token begin an expression (or a starred one)? Decides whether a comma was the last. */
  protected startsExpression(): boolean {
    switch (this.t) {
      case T.NAME:
      case T.NUMBER:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
      case T.LPAR:
      case T.LSQB:
      case T.LBRACE:
      case T.ELLIPSIS:
      case T.MINUS:
      case T.PLUS:
      case T.TILDE:
      case T.STAR:
      case T.K_NOT:
      case T.K_LAMBDA:
      case T.K_AWAIT:
      case T.K_NONE:
      case T.K_TRUE:
      case T.K_FALSE:
        return true;
      default:
        return false;
    }
  }

  protected yieldExpr(): Expr {
    const start = this.expect(T.K_YIELD);
    if (this.eat(T.K_FROM)) {
      const value = this.expression();
      return { _type: 'YieldFrom', value, ...this.pos(start) };
    }
    const value = this.startsExpression() ? this.starExpressions() : null;
    return { _type: 'Yield', value, ...this.pos(start) };
  }

  protected namedExpression(): Expr {
    if (this.t === T.NAME && this.peek() === T.COLONEQUAL) {
      const tok = this.next();
      const target = this.nameNode(tok, 'Store');
      this.next();
      const value = this.expression();
      return { _type: 'NamedExpr', target, value, ...this.pos(tok) };
    }
    const value = this.expression();
    if (this.t === T.COLONEQUAL) this.reject();
    return value;
  }

  // ---- operators -----------------------------------------------------------------------------------------------

  protected expression(): Expr {
    if (this.t === T.K_LAMBDA) return this.lambda();
    const start = this.tok;
    const body = this.disjunction();
    if (this.t !== T.K_IF) return body;
    this.next();
    const test = this.disjunction();
    this.expect(T.K_ELSE);
    const orelse = this.expression();
    return { _type: 'IfExp', test, body, orelse, ...this.pos(start) };
  }

  protected disjunction(): Expr {
    const start = this.tok;
    const first = this.conjunction();
    if (this.t !== T.K_OR) return first;
    const values = [first];
    while (this.eat(T.K_OR)) values.push(this.conjunction());
    return { _type: 'BoolOp', op: 'Or', values, ...this.pos(start) };
  }

  private conjunction(): Expr {
    const start = this.tok;
    const first = this.inversion();
    if (this.t !== T.K_AND) return first;
    const values = [first];
    while (this.eat(T.K_AND)) values.push(this.inversion());
    return { _type: 'BoolOp', op: 'And', values, ...this.pos(start) };
  }

  private inversion(): Expr {
    if (this.t !== T.K_NOT) return this.comparison();
    const start = this.next();
    const operand = this.inversion();
    return { _type: 'UnaryOp', op: 'Not', operand, ...this.pos(start) };
  }

  private comparison(): Expr {
    const start = this.tok;
    const left = this.binary(1);
    let op = this.comparisonOperator();
    if (op === null) return left;
    const ops: CmpOp[] = [];
    const comparators: Expr[] = [];
    while (op !== null) {
      ops.push(op);
      comparators.push(this.binary(1));
      op = this.comparisonOperator();
    }
    return { _type: 'Compare', left, ops, comparators, ...this.pos(start) };
  }

  private comparisonOperator(): CmpOp | null {
    switch (this.t) {
      case T.EQEQUAL:
        this.next();
        return 'Eq';
      case T.NOTEQUAL:
        if (this.tok.text !== '!=') this.reject();
        this.next();
        return 'NotEq';
      case T.LESS:
        this.next();
        return 'Lt';
      case T.LESSEQUAL:
        this.next();
        return 'LtE';
      case T.GREATER:
        this.next();
        return 'Gt';
      case T.GREATEREQUAL:
        this.next();
        return 'GtE';
      case T.K_IN:
        this.next();
        return 'In';
      case T.K_NOT:
        if (this.peek() !== T.K_IN) return null;
        this.next();
        this.next();
        return 'NotIn';
      case T.K_IS:
        this.next();
        return this.eat(T.K_NOT) ? 'IsNot' : 'Is';
      default:
        return null;
    }
  }

  /** bitwise_or and all that binds tighter, down to `least`. */
  protected binary(least: number): Expr {
    const start = this.tok;
    let left = this.factor();
    for (;;) {
      const precedence = PRECEDENCE[this.t] as number;
      if (precedence < least || precedence === 0) return left;
      const op = OPERATOR[this.t] as Operator;
      this.next();
      const right = this.binary(precedence + 1);
      const last = this.last;
      left = {
        _type: 'BinOp',
        left,
        op,
        right,
        lineno: start.lineno,
        col_offset: start.col_offset,
        end_lineno: last.end_lineno,
        end_col_offset: last.end_col_offset,
      };
    }
  }

  private factor(): Expr {
    if (this.t === T.MINUS || this.t === T.PLUS || this.t === T.TILDE) {
      const op = this.t === T.MINUS ? 'USub' : this.t === T.PLUS ? 'UAdd' : 'Invert';
      const start = this.next();
      const operand = this.factor();
      return { _type: 'UnaryOp', op, operand, ...this.pos(start) };
    }
    const start = this.tok;
    let left: Expr;
    if (this.t === T.K_AWAIT) {
      this.next();
      const value = this.primary();
      left = { _type: 'Await', value, ...this.pos(start) };
    } else left = this.primary();
    if (this.t !== T.DOUBLESTAR) return left;
    this.next();
    const right = this.factor();
    return { _type: 'BinOp', left, op: 'Pow', right, ...this.pos(start) };
  }

  // ---- primaries -----------------------------------------------------------------------------------------------

  protected primary(): Expr {
    const start = this.tok;
    let e = this.atom();
    for (;;) {
      if (this.t === T.DOT) {
        this.next();
        const attr = this.name();
        const last = this.last;
        e = {
          _type: 'Attribute',
          value: e,
          attr,
          ctx: 'Load',
          lineno: start.lineno,
          col_offset: start.col_offset,
          end_lineno: last.end_lineno,
          end_col_offset: last.end_col_offset,
        };
      } else if (this.t === T.LPAR) {
        const { args, keywords } = this.callArguments();
        const last = this.last;
        e = {
          _type: 'Call',
          func: e,
          args,
          keywords,
          lineno: start.lineno,
          col_offset: start.col_offset,
          end_lineno: last.end_lineno,
          end_col_offset: last.end_col_offset,
        };
      } else if (this.t === T.LSQB) {
        this.next();
        const slice = this.slices();
        this.expect(T.RSQB);
        const last = this.last;
        e = {
          _type: 'Subscript',
          value: e,
          slice,
          ctx: 'Load',
          lineno: start.lineno,
          col_offset: start.col_offset,
          end_lineno: last.end_lineno,
          end_col_offset: last.end_col_offset,
        };
      } else return e;
    }
  }

  /** `(…)` of a call or a class: positional (and starred) arguments, then keywords, as the grammar orders them. */
  protected callArguments(): { args: Expr[]; keywords: Keyword[] } {
    const open = this.expect(T.LPAR);
    const args: Expr[] = [];
    const keywords: Keyword[] = [];
    let doubleStarred = false;
    while (this.t !== T.RPAR) {
      const start = this.tok;
      if (this.t === T.DOUBLESTAR) {
        this.next();
        const value = this.expression();
        keywords.push({ _type: 'keyword', arg: null, value, ...this.pos(start) });
        doubleStarred = true;
      } else if (this.t === T.NAME && this.peek() === T.EQUAL) {
        const arg = this.name();
        this.next();
        const value = this.expression();
        keywords.push({ _type: 'keyword', arg, value, ...this.pos(start) });
      } else if (this.t === T.STAR) {
        if (doubleStarred) this.reject();
        args.push(this.starred(() => this.expression()));
      } else {
        if (keywords.length > 0) this.reject();
        const value = this.namedExpression();
        if (this.t === T.K_FOR || this.t === T.K_ASYNC) {
          if (args.length > 0) this.reject();
          const generators = this.comprehensions();
          this.expect(T.RPAR);
          args.push({ _type: 'GeneratorExp', elt: value, generators, ...this.pos(open) });
          return { args, keywords };
        }
        args.push(value);
      }
      if (!this.eat(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    return { args, keywords };
  }

  private slices(): Expr {
    const start = this.tok;
    const starred = this.t === T.STAR;
    const first = this.slice();
    if (this.t !== T.COMMA && !starred) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.t !== T.RSQB) elts.push(this.slice());
    return this.tuple(elts, start);
  }

  private slice(): Expr {
    const start = this.tok;
    if (this.t === T.STAR) return this.starred(() => this.expression());
    let lower: Expr | null = null;
    if (this.t !== T.COLON) {
      lower = this.namedExpression();
      if (this.t !== T.COLON) return lower;
      if (lower._type === 'NamedExpr' && start.type === T.NAME) this.reject();
    }
    this.next();
    const upper = this.sliceEnd() ? null : this.expression();
    const step = this.eat(T.COLON) && !this.sliceEnd() ? this.expression() : null;
    return { _type: 'Slice', lower, upper, step, ...this.pos(start) };
  }

  private sliceEnd(): boolean {
    return this.t === T.COLON || this.t === T.COMMA || this.t === T.RSQB;
  }

  // ---- atoms ---------------------------------------------------------------------------------------------------

  protected nameNode(tok: Token, ctx: 'Load' | 'Store'): Expr {
    return {
      _type: 'Name',
      id: tok.text,
      ctx,
      lineno: tok.lineno,
      col_offset: tok.col_offset,
      end_lineno: tok.end_lineno,
      end_col_offset: tok.end_col_offset,
    };
  }

  protected constant(value: ConstantValue): Expr {
    const tok = this.next();
    return {
      _type: 'Constant',
      value,
      kindPrefix: null,
      lineno: tok.lineno,
      col_offset: tok.col_offset,
      end_lineno: tok.end_lineno,
      end_col_offset: tok.end_col_offset,
    };
  }

  protected number(): Expr {
    if (this.t !== T.NUMBER) this.reject();
    return this.constant(parseNumber(this.src.slice(this.tok.start, this.tok.end)));
  }

  protected atom(): Expr {
    switch (this.t) {
      case T.NAME:
        return this.nameNode(this.next(), 'Load');
      case T.NUMBER:
        return this.number();
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START:
        return this.strings();
      case T.LPAR:
        return this.parenthesized();
      case T.LSQB:
        return this.listDisplay();
      case T.LBRACE:
        return this.braceDisplay();
      case T.K_NONE:
        return this.constant({ kind: 'none' });
      case T.K_TRUE:
        return this.constant({ kind: 'bool', value: true });
      case T.K_FALSE:
        return this.constant({ kind: 'bool', value: false });
      case T.ELLIPSIS:
        return this.constant({ kind: 'ellipsis' });
      default:
        return this.reject();
    }
  }

  /** tuple, group or genexp. */
  private parenthesized(): Expr {
    const open = this.next();
    if (this.eat(T.RPAR)) return this.tuple([], open);
    if (this.t === T.K_YIELD) {
      const value = this.yieldExpr();
      this.expect(T.RPAR);
      return value;
    }
    const starred = this.t === T.STAR;
    const first = this.starNamedExpression();
    if (!starred && (this.t === T.K_FOR || this.t === T.K_ASYNC)) {
      const generators = this.comprehensions();
      this.expect(T.RPAR);
      return { _type: 'GeneratorExp', elt: first, generators, ...this.pos(open) };
    }
    if (this.t !== T.COMMA) {
      if (starred) this.reject();
      this.expect(T.RPAR);
      return first;
    }
    const elts = [first];
    while (this.eat(T.COMMA) && this.t !== T.RPAR) elts.push(this.starNamedExpression());
    this.expect(T.RPAR);
    return this.tuple(elts, open);
  }

  private listDisplay(): Expr {
    const open = this.next();
    const elts: Expr[] = [];
    if (this.t !== T.RSQB) {
      const starred = this.t === T.STAR;
      const first = this.starNamedExpression();
      if (!starred && (this.t === T.K_FOR || this.t === T.K_ASYNC)) {
        const generators = this.comprehensions();
        this.expect(T.RSQB);
        return { _type: 'ListComp', elt: first, generators, ...this.pos(open) };
      }
      elts.push(first);
      while (this.eat(T.COMMA) && this.t !== T.RSQB) elts.push(this.starNamedExpression());
    }
    this.expect(T.RSQB);
    return { _type: 'List', elts, ctx: 'Load', ...this.pos(open) };
  }

  /** dict, set or their comprehensions. */
  private braceDisplay(): Expr {
    const open = this.next();
    if (this.t === T.RBRACE || this.t === T.DOUBLESTAR) return this.dictRest(open, [], []);
    const starred = this.t === T.STAR;
    const bareNamed = this.t === T.NAME;
    const first = this.starNamedExpression();
    if (this.t === T.COLON && !starred) {
      // `{a := 1: 2}` is no dict.
      if (bareNamed && first._type === 'NamedExpr') this.reject();
      this.next();
      const value = this.expression();
      if (this.t === T.K_FOR || this.t === T.K_ASYNC) {
        const generators = this.comprehensions();
        this.expect(T.RBRACE);
        return { _type: 'DictComp', key: first, value, generators, ...this.pos(open) };
      }
      if (this.t !== T.RBRACE) this.expect(T.COMMA);
      return this.dictRest(open, [first], [value]);
    }
    if (!starred && (this.t === T.K_FOR || this.t === T.K_ASYNC)) {
      const generators = this.comprehensions();
      this.expect(T.RBRACE);
      return { _type: 'SetComp', elt: first, generators, ...this.pos(open) };
    }
    const elts = [first];
    while (this.eat(T.COMMA) && this.t !== T.RBRACE) elts.push(this.starNamedExpression());
    this.expect(T.RBRACE);
    return { _type: 'Set', elts, ...this.pos(open) };
  }

  private dictRest(open: Token, keys: (Expr | null)[], values: Expr[]): Expr {
    while (this.t !== T.RBRACE) {
      if (this.eat(T.DOUBLESTAR)) {
        keys.push(null);
        values.push(this.binary(1));
      } else {
        keys.push(this.expression());
        this.expect(T.COLON);
        values.push(this.expression());
      }
      if (!this.eat(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    return { _type: 'Dict', keys, values, ...this.pos(open) };
  }

  // ---- comprehensions and targets ------------------------------------------------------------------------------

  protected comprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    while (this.t === T.K_FOR || this.t === T.K_ASYNC) {
      const isAsync = this.eat(T.K_ASYNC) ? 1 : 0;
      this.expect(T.K_FOR);
      const target = this.starTargets();
      this.expect(T.K_IN);
      const iter = this.disjunction();
      const ifs: Expr[] = [];
      while (this.eat(T.K_IF)) ifs.push(this.disjunction());
      generators.push({ _type: 'comprehension', target, iter, ifs, is_async: isAsync });
    }
    return generators;
  }

  protected starTargets(): Expr {
    const start = this.tok;
    const first = this.starTarget();
    if (this.t !== T.COMMA) return first;
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starTarget());
    const tuple = this.tuple(elts, start);
    tuple.ctx = 'Store';
    return tuple;
  }

  protected starTarget(): Expr {
    if (this.t === T.STAR) {
      const target = this.starred(() => this.primary());
      return this.toTarget(target, 'Store');
    }
    return this.toTarget(this.primary(), 'Store');
  }
}
