/** The fast parser's statements, simple and compound, and its three starting points. */

import type {
  Alias,
  AsyncFor,
  AsyncWith,
  ExceptHandler,
  Expr,
  For,
  If,
  Mod,
  Operator,
  Position,
  Stmt,
  Try,
  TryStar,
  With,
  WithItem,
} from './ast';
import type { Mode } from './fast-base';
import { FastDefinitions } from './fast-definitions';
import * as T from './tokens';
import type { Token } from './tokens';

const AUGMENTED: ReadonlyMap<number, Operator> = new Map<number, Operator>([
  [T.PLUSEQUAL, 'Add'],
  [T.MINEQUAL, 'Sub'],
  [T.STAREQUAL, 'Mult'],
  [T.ATEQUAL, 'MatMult'],
  [T.SLASHEQUAL, 'Div'],
  [T.PERCENTEQUAL, 'Mod'],
  [T.AMPEREQUAL, 'BitAnd'],
  [T.VBAREQUAL, 'BitOr'],
  [T.CIRCUMFLEXEQUAL, 'BitXor'],
  [T.LEFTSHIFTEQUAL, 'LShift'],
  [T.RIGHTSHIFTEQUAL, 'RShift'],
  [T.DOUBLESTAREQUAL, 'Pow'],
  [T.DOUBLESLASHEQUAL, 'FloorDiv'],
]);

export class FastParser extends FastDefinitions {
  parse(mode: Mode): Mod {
    if (mode === 'eval') {
      const body = this.expressions();
      while (this.t === T.NEWLINE) this.next();
      if (this.t !== T.ENDMARKER) this.reject();
      return { _type: 'Expression', body };
    }
    if (mode === 'single') return { _type: 'Interactive', body: this.interactive() };
    const body: Stmt[] = [];
    while (this.t !== T.ENDMARKER) this.statement(body);
    return { _type: 'Module', body, type_ignores: [] };
  }

  private interactive(): Stmt[] {
    const body: Stmt[] = [];
    if (this.t === T.NEWLINE) {
      const tok = this.next();
      return [
        {
          _type: 'Pass',
          lineno: tok.lineno,
          col_offset: tok.col_offset,
          end_lineno: tok.end_lineno,
          end_col_offset: tok.end_col_offset,
        },
      ];
    }
    const compound = this.statement(body);
    if (compound && this.t !== T.NEWLINE) this.reject();
    return body;
  }

  /** Appends a statement, or a line of simple ones; true for a compound statement. */
  private statement(into: Stmt[]): boolean {
    const compound = this.compoundStatement();
    if (compound !== null) {
      into.push(compound);
      return true;
    }
    this.simpleStatements(into);
    return false;
  }

  private simpleStatements(into: Stmt[]): void {
    do {
      if (this.t === T.NEWLINE && into.length > 0 && this.toks[this.i - 1]?.type === T.SEMI) break;
      into.push(this.simpleStatement());
    } while (this.eat(T.SEMI));
    this.expect(T.NEWLINE);
  }

  protected block(): Stmt[] {
    const body: Stmt[] = [];
    if (this.eat(T.NEWLINE)) {
      this.expect(T.INDENT);
      while (this.t !== T.DEDENT) this.statement(body);
      this.next();
    } else this.simpleStatements(body);
    return body;
  }

  // ---- simple statements ---------------------------------------------------------------------------------------

  private simpleStatement(): Stmt {
    const start = this.tok;
    switch (this.t) {
      case T.K_RETURN: {
        this.next();
        const value = this.startsExpression() ? this.starExpressions() : null;
        return { _type: 'Return', value, ...this.pos(start) };
      }
      case T.K_IMPORT:
        return this.importName();
      case T.K_FROM:
        return this.importFrom();
      case T.K_RAISE: {
        this.next();
        const exc = this.startsExpression() && this.t !== T.STAR ? this.expression() : null;
        const cause = exc !== null && this.eat(T.K_FROM) ? this.expression() : null;
        return { _type: 'Raise', exc, cause, ...this.pos(start) };
      }
      case T.K_PASS:
        this.next();
        return { _type: 'Pass', ...this.pos(start) };
      case T.K_BREAK:
        this.next();
        return { _type: 'Break', ...this.pos(start) };
      case T.K_CONTINUE:
        this.next();
        return { _type: 'Continue', ...this.pos(start) };
      case T.K_DEL: {
        this.next();
        const targets: Expr[] = [];
        do targets.push(this.toTarget(this.primary(), 'Del'));
        while (this.eat(T.COMMA) && this.startsExpression());
        if (this.t !== T.SEMI && this.t !== T.NEWLINE) this.reject();
        return { _type: 'Delete', targets, ...this.pos(start) };
      }
      case T.K_YIELD: {
        const value = this.yieldExpr();
        if (this.t === T.EQUAL) this.reject();
        return { _type: 'Expr', value, ...this.pos(start) };
      }
      case T.K_ASSERT: {
        this.next();
        const test = this.expression();
        const msg = this.eat(T.COMMA) ? this.expression() : null;
        return { _type: 'Assert', test, msg, ...this.pos(start) };
      }
      case T.K_GLOBAL:
      case T.K_NONLOCAL: {
        const kind = this.next().type === T.K_GLOBAL ? 'Global' : 'Nonlocal';
        const names = [this.name()];
        while (this.eat(T.COMMA)) names.push(this.name());
        return { _type: kind, names, ...this.pos(start) };
      }
      case T.NAME:
        if (start.text === 'type' && this.peek() === T.NAME) return this.typeAlias();
    }
    return this.expressionStatement(start);
  }

  private typeAlias(): Stmt {
    const start = this.next();
    const name = this.nameNode(this.next(), 'Store');
    const typeParams = this.typeParams();
    this.expect(T.EQUAL);
    const value = this.expression();
    return { _type: 'TypeAlias', name, type_params: typeParams, value, ...this.pos(start) };
  }

  /** An expression, or one of the three assignments it begins. */
  private expressionStatement(start: Token): Stmt {
    const first = this.starExpressions();
    if (this.t === T.EQUAL) {
      const targets: Expr[] = [];
      let value = first;
      while (this.eat(T.EQUAL)) {
        if (value._type === 'Yield' || value._type === 'YieldFrom') this.reject();
        targets.push(this.toTarget(value, 'Store'));
        value = this.annotatedRhs();
      }
      return { _type: 'Assign', targets, value, type_comment: null, ...this.pos(start) };
    }
    if (this.t === T.COLON) {
      const target = this.toTarget(first, 'Store', true);
      if (target._type !== 'Name' && start.type === T.LPAR) this.rejectParenthesizedHead(target, start);
      // A parenthesized name is no simple one.
      const simple = target._type === 'Name' && start.type !== T.LPAR ? 1 : 0;
      this.next();
      const annotation = this.expression();
      const value = this.eat(T.EQUAL) ? this.annotatedRhs() : null;
      return { _type: 'AnnAssign', target, annotation, value, simple, ...this.pos(start) };
    }
    const op = AUGMENTED.get(this.t);
    if (op !== undefined) {
      const target = this.toTarget(first, 'Store', true);
      this.next();
      const value = this.annotatedRhs();
      return { _type: 'AugAssign', target, op, value, ...this.pos(start) };
    }
    return { _type: 'Expr', value: first, ...this.pos(start) };
  }

  /**
   * `(x).y: int` is wrong though `(-x).y: int` is right: the grammar reads a parenthesized target first, and then
   * wants the colon. So what the first parentheses hold must not itself be a target.
   */
  private rejectParenthesizedHead(target: Expr, start: Token): void {
    let e = target;
    while (e.lineno === start.lineno && e.col_offset === start.col_offset) {
      if (e._type === 'Attribute' || e._type === 'Subscript') e = e.value;
      else if (e._type === 'Call') e = e.func;
      else return;
      if (e._type === 'Name' || e._type === 'Attribute' || e._type === 'Subscript') {
        if (e.lineno !== start.lineno || e.col_offset !== start.col_offset) this.reject();
      }
    }
  }

  // ---- imports -------------------------------------------------------------------------------------------------

  private dottedName(): string {
    let name = this.name();
    while (this.eat(T.DOT)) name += `.${this.name()}`;
    return name;
  }

  private importName(): Stmt {
    const start = this.next();
    const names: Alias[] = [];
    do {
      const at = this.tok;
      const name = this.dottedName();
      const asname = this.eat(T.K_AS) ? this.name() : null;
      names.push({ _type: 'alias', name, asname, ...this.pos(at) });
    } while (this.eat(T.COMMA));
    return { _type: 'Import', names, ...this.pos(start) };
  }

  private importFrom(): Stmt {
    const start = this.next();
    let level = 0;
    while (this.t === T.DOT || this.t === T.ELLIPSIS) level += this.next().type === T.DOT ? 1 : 3;
    const module = level > 0 && this.t === T.K_IMPORT ? null : this.dottedName();
    this.expect(T.K_IMPORT);
    const names: Alias[] = [];
    if (this.t === T.STAR) {
      const at = this.next();
      names.push({ _type: 'alias', name: '*', asname: null, ...this.pos(at) });
    } else {
      const parens = this.eat(T.LPAR);
      do {
        if (parens && this.t === T.RPAR && names.length > 0) break;
        const at = this.tok;
        const name = this.name();
        const asname = this.eat(T.K_AS) ? this.name() : null;
        names.push({ _type: 'alias', name, asname, ...this.pos(at) });
      } while (this.eat(T.COMMA));
      if (parens) this.expect(T.RPAR);
    }
    return { _type: 'ImportFrom', module, names, level, ...this.pos(start) };
  }

  // ---- compound statements -------------------------------------------------------------------------------------

  private compoundStatement(): Stmt | null {
    const start = this.tok;
    switch (this.t) {
      case T.K_IF:
        return this.ifStmt();
      case T.K_DEF:
        return this.functionDef([], start, false);
      case T.K_CLASS:
        return this.classDef([]);
      case T.K_FOR:
        return this.forStmt(start, 'For');
      case T.K_WHILE: {
        this.next();
        const test = this.namedExpression();
        this.expect(T.COLON);
        const body = this.block();
        const orelse = this.elseBlock();
        return { _type: 'While', test, body, orelse, ...this.pos(start) };
      }
      case T.K_TRY:
        return this.tryStmt();
      case T.K_WITH:
        return this.withStmt(start, 'With');
      case T.AT:
        return this.decorated();
      case T.K_ASYNC:
        this.next();
        if (this.t === T.K_DEF) return this.functionDef([], start, true);
        if (this.t === T.K_FOR) return this.forStmt(start, 'AsyncFor');
        return this.withStmt(start, 'AsyncWith');
      case T.NAME:
        return start.text === 'match' ? this.matchStmt() : null;
      default:
        return null;
    }
  }

  private decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.eat(T.AT)) {
      decorators.push(this.namedExpression());
      this.expect(T.NEWLINE);
    }
    if (this.t === T.K_CLASS) return this.classDef(decorators);
    const start = this.tok;
    const isAsync = this.eat(T.K_ASYNC);
    return this.functionDef(decorators, start, isAsync);
  }

  private elseBlock(): Stmt[] {
    if (!this.eat(T.K_ELSE)) return [];
    this.expect(T.COLON);
    return this.block();
  }

  /** An `if` with its `elif`s, each the whole `orelse` of the one before: built from the last to the first. */
  private ifStmt(): If {
    const arms: { start: Token; test: Expr; body: Stmt[] }[] = [];
    do {
      const start = this.next();
      const test = this.namedExpression();
      this.expect(T.COLON);
      arms.push({ start, test, body: this.block() });
    } while (this.t === T.K_ELIF);
    let orelse = this.elseBlock();
    let result: If | null = null;
    for (let i = arms.length - 1; i >= 0; i--) {
      const arm = arms[i] as (typeof arms)[number];
      result = { _type: 'If', test: arm.test, body: arm.body, orelse, ...this.pos(arm.start) };
      orelse = [result];
    }
    return result as If;
  }

  private forStmt(start: Position, kind: 'For' | 'AsyncFor'): For | AsyncFor {
    this.expect(T.K_FOR);
    const target = this.starTargets();
    this.expect(T.K_IN);
    const iter = this.starExpressions();
    this.expect(T.COLON);
    const body = this.block();
    const orelse = this.elseBlock();
    return { _type: kind, target, iter, body, orelse, type_comment: null, ...this.pos(start) };
  }

  private withStmt(start: Position, kind: 'With' | 'AsyncWith'): With | AsyncWith {
    this.expect(T.K_WITH);
    let items: WithItem[] | null = null;
    if (this.t === T.LPAR) {
      // `with (a, b):` is two managers; only when that reading fails is it one tuple or the start of an expression.
      items = this.attempt(() => {
        this.next();
        const list: WithItem[] = [];
        do {
          if (this.t === T.RPAR && list.length > 0) break;
          list.push(this.withItem());
        } while (this.eat(T.COMMA));
        this.expect(T.RPAR);
        this.expect(T.COLON);
        return list;
      });
    }
    if (items === null) {
      items = [];
      do items.push(this.withItem());
      while (this.eat(T.COMMA));
      this.expect(T.COLON);
    }
    const body = this.block();
    return { _type: kind, items, body, type_comment: null, ...this.pos(start) };
  }

  private withItem(): WithItem {
    const context_expr = this.expression();
    if (!this.eat(T.K_AS)) return { _type: 'withitem', context_expr, optional_vars: null };
    const optional_vars = this.starTarget();
    return { _type: 'withitem', context_expr, optional_vars };
  }

  private tryStmt(): Try | TryStar {
    const start = this.next();
    this.expect(T.COLON);
    const body = this.block();
    const handlers: ExceptHandler[] = [];
    let star = false;
    while (this.t === T.K_EXCEPT) {
      const isStar = this.peek() === T.STAR;
      if (handlers.length > 0 && isStar !== star) this.reject();
      star = isStar;
      handlers.push(this.exceptHandler(star));
    }
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    let finalbody: Stmt[] = [];
    if (this.eat(T.K_FINALLY)) {
      this.expect(T.COLON);
      finalbody = this.block();
    } else if (handlers.length === 0) this.reject();
    return { _type: star ? 'TryStar' : 'Try', body, handlers, orelse, finalbody, ...this.pos(start) };
  }

  private exceptHandler(star: boolean): ExceptHandler {
    const start = this.next();
    let type: Expr | null = null;
    let name: string | null = null;
    if (star) this.next();
    if (star || this.t !== T.COLON) {
      type = this.expression();
      if (this.eat(T.K_AS)) name = this.name();
      else if (this.t === T.COMMA) {
        if (this.version < 14) this.reject();
        const elts = [type];
        while (this.eat(T.COMMA) && this.startsExpression()) elts.push(this.expression());
        type = { _type: 'Tuple', elts, ctx: 'Load', ...this.pos(type) };
      }
    }
    this.expect(T.COLON);
    const body = this.block();
    return { _type: 'ExceptHandler', type, name, body, ...this.pos(start) };
  }
}
