/** The fast parser's patterns: what may stand behind `case` (PEP 634). */

import type { Expr, MatchCase, Match, Pattern, Position } from './ast';
import { FastExpressions } from './fast-expressions';
import * as T from './tokens';
import type { Token } from './tokens';

export abstract class FastPatterns extends FastExpressions {
  protected abstract block(): import('./ast').Stmt[];

  /** match_stmt, or null when `match` turns out to be a name after all. */
  protected matchStmt(): Match | null {
    switch (this.peek()) {
      // What can stand behind a name but not behind the keyword.
      case T.EQUAL:
      case T.DOT:
      case T.COMMA:
      case T.RPAR:
      case T.COLON:
      case T.NEWLINE:
      case T.SEMI:
      case T.COLONEQUAL:
      case T.EQEQUAL:
      case T.K_IN:
      case T.K_IS:
      case T.K_AND:
      case T.K_OR:
      case T.K_IF:
        return null;
    }
    const start = this.tok;
    const subject = this.attempt(() => {
      this.next();
      const value = this.subject();
      this.expect(T.COLON);
      this.expect(T.NEWLINE);
      this.expect(T.INDENT);
      return value;
    });
    if (subject === null) return null;
    const cases: MatchCase[] = [];
    while (this.t !== T.DEDENT) cases.push(this.caseBlock());
    this.next();
    return { _type: 'Match', subject, cases, ...this.pos(start) };
  }

  private subject(): Expr {
    const start = this.tok;
    const first = this.starNamedExpression();
    if (this.t !== T.COMMA) {
      if (first._type === 'Starred') this.reject();
      return first;
    }
    const elts = [first];
    while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.starNamedExpression());
    return { _type: 'Tuple', elts, ctx: 'Load', ...this.pos(start) };
  }

  private caseBlock(): MatchCase {
    if (this.t !== T.NAME || this.tok.text !== 'case') this.reject();
    this.next();
    const pattern = this.patterns();
    const guard = this.eat(T.K_IF) ? this.namedExpression() : null;
    this.expect(T.COLON);
    const body = this.block();
    return { _type: 'match_case', pattern, guard, body };
  }

  private patterns(): Pattern {
    const start = this.tok;
    const first = this.maybeStar();
    if (this.t !== T.COMMA) {
      if (first._type === 'MatchStar') this.reject();
      return first;
    }
    const patterns = [first];
    while (this.eat(T.COMMA) && this.t !== T.COLON && this.t !== T.K_IF) patterns.push(this.maybeStar());
    return { _type: 'MatchSequence', patterns, ...this.pos(start) };
  }

  private maybeStar(): Pattern {
    if (this.t !== T.STAR) return this.pattern();
    const start = this.next();
    const name = this.t === T.NAME && this.tok.text === '_' ? this.wildcard() : this.captureTarget();
    return { _type: 'MatchStar', name, ...this.pos(start) };
  }

  private wildcard(): null {
    this.next();
    return null;
  }

  private captureTarget(): string {
    if (this.t !== T.NAME || this.tok.text === '_') this.reject();
    const after = this.peek();
    if (after === T.DOT || after === T.LPAR || after === T.EQUAL) this.reject();
    return this.name();
  }

  private pattern(): Pattern {
    const start = this.tok;
    const pattern = this.orPattern();
    if (!this.eat(T.K_AS)) return pattern;
    const name = this.captureTarget();
    return { _type: 'MatchAs', pattern, name, ...this.pos(start) };
  }

  private orPattern(): Pattern {
    const start = this.tok;
    const first = this.closedPattern();
    if (this.t !== T.VBAR) return first;
    const patterns = [first];
    while (this.eat(T.VBAR)) patterns.push(this.closedPattern());
    return { _type: 'MatchOr', patterns, ...this.pos(start) };
  }

  private closedPattern(): Pattern {
    const start = this.tok;
    switch (this.t) {
      case T.NUMBER:
      case T.MINUS:
      case T.PLUS:
      case T.STRING:
      case T.FSTRING_START:
      case T.TSTRING_START: {
        const value = this.literal();
        return { _type: 'MatchValue', value, ...this.pos(start) };
      }
      case T.K_NONE:
        this.next();
        return { _type: 'MatchSingleton', value: { kind: 'none' }, ...this.pos(start) };
      case T.K_TRUE:
      case T.K_FALSE:
        this.next();
        return {
          _type: 'MatchSingleton',
          value: { kind: 'bool', value: start.type === T.K_TRUE },
          ...this.pos(start),
        };
      case T.NAME:
        return this.namePattern(start);
      case T.LSQB: {
        this.next();
        const patterns = this.sequence(T.RSQB);
        this.expect(T.RSQB);
        return { _type: 'MatchSequence', patterns, ...this.pos(start) };
      }
      case T.LPAR:
        return this.parenthesizedPattern();
      case T.LBRACE:
        return this.mapping();
      default:
        return this.reject();
    }
  }

  private namePattern(start: Token): Pattern {
    if (this.tok.text === '_') {
      // Always the wildcard: `_.a` and `_()` are no patterns.
      this.next();
      return { _type: 'MatchAs', pattern: null, name: null, ...this.pos(start) };
    }
    const after = this.peek();
    if (after !== T.DOT && after !== T.LPAR) {
      // Behind `=` it would be a class pattern's keyword, which is no pattern: captureTarget rejects it.
      const name = this.captureTarget();
      return { _type: 'MatchAs', pattern: null, name, ...this.pos(start) };
    }
    const value = this.nameOrAttr();
    if (this.t === T.LPAR) return this.classPattern(value, start);
    if (this.t === T.EQUAL) this.reject();
    return { _type: 'MatchValue', value, ...this.pos(start) };
  }

  private nameOrAttr(): Expr {
    const start = this.tok;
    let value = this.nameNode(this.expect(T.NAME), 'Load');
    while (this.eat(T.DOT)) {
      const attr = this.name();
      value = { _type: 'Attribute', value, attr, ctx: 'Load', ...this.pos(start) };
    }
    return value;
  }

  /** A number, maybe signed or complex, or a string. */
  private literal(): Expr {
    if (this.t === T.STRING || this.t === T.FSTRING_START || this.t === T.TSTRING_START) return this.strings();
    const start = this.tok;
    const left = this.signedNumber();
    if (this.t !== T.PLUS && this.t !== T.MINUS) return left;
    const op = this.next().type === T.PLUS ? 'Add' : 'Sub';
    const right = this.number();
    const real = left._type === 'UnaryOp' ? left.operand : left;
    if (real._type !== 'Constant' || real.value.kind === 'complex') this.reject();
    if (right._type !== 'Constant' || right.value.kind !== 'complex') this.reject();
    return { _type: 'BinOp', left, op, right, ...this.pos(start) };
  }

  private signedNumber(): Expr {
    const start = this.tok;
    if (this.eat(T.MINUS)) {
      const operand = this.number();
      return { _type: 'UnaryOp', op: 'USub', operand, ...this.pos(start) };
    }
    // 3.14 has no unary plus in patterns; the later grammar's `'+' NUMBER` is not ours.
    return this.number();
  }

  private sequence(close: number): Pattern[] {
    const patterns: Pattern[] = [];
    while (this.t !== close) {
      patterns.push(this.maybeStar());
      if (!this.eat(T.COMMA)) break;
    }
    return patterns;
  }

  private parenthesizedPattern(): Pattern {
    const start: Position = this.next();
    if (this.eat(T.RPAR)) return { _type: 'MatchSequence', patterns: [], ...this.pos(start) };
    const first = this.maybeStar();
    if (this.t !== T.COMMA) {
      if (first._type === 'MatchStar') this.reject();
      this.expect(T.RPAR);
      return first;
    }
    this.next();
    const patterns = [first, ...this.sequence(T.RPAR)];
    this.expect(T.RPAR);
    return { _type: 'MatchSequence', patterns, ...this.pos(start) };
  }

  private mapping(): Pattern {
    const start = this.next();
    const keys: Expr[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    while (this.t !== T.RBRACE) {
      if (rest !== null) this.reject();
      if (this.eat(T.DOUBLESTAR)) rest = this.captureTarget();
      else {
        keys.push(this.mappingKey());
        this.expect(T.COLON);
        patterns.push(this.pattern());
      }
      if (!this.eat(T.COMMA)) break;
    }
    this.expect(T.RBRACE);
    return { _type: 'MatchMapping', keys, patterns, rest, ...this.pos(start) };
  }

  private mappingKey(): Expr {
    switch (this.t) {
      case T.K_NONE:
        return this.constant({ kind: 'none' });
      case T.K_TRUE:
        return this.constant({ kind: 'bool', value: true });
      case T.K_FALSE:
        return this.constant({ kind: 'bool', value: false });
      case T.NAME:
        if (this.peek() !== T.DOT) this.reject();
        return this.nameOrAttr();
      default:
        return this.literal();
    }
  }

  private classPattern(cls: Expr, start: Token): Pattern {
    this.next();
    const patterns: Pattern[] = [];
    const kwdAttrs: string[] = [];
    const kwdPatterns: Pattern[] = [];
    while (this.t !== T.RPAR) {
      if (this.t === T.NAME && this.peek() === T.EQUAL) {
        kwdAttrs.push(this.name());
        this.next();
        kwdPatterns.push(this.pattern());
      } else {
        if (kwdAttrs.length > 0) this.reject();
        patterns.push(this.pattern());
      }
      if (!this.eat(T.COMMA)) break;
    }
    this.expect(T.RPAR);
    return {
      _type: 'MatchClass',
      cls,
      patterns,
      kwd_attrs: kwdAttrs,
      kwd_patterns: kwdPatterns,
      ...this.pos(start),
    };
  }
}
