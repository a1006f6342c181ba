/** The fast parser's functions, classes, lambdas and type parameters. */

import type { Arg, Arguments, ClassDef, Expr, FunctionDef, AsyncFunctionDef, Stmt, TypeParam } from './ast';
import { FastPatterns } from './fast-patterns';
import * as T from './tokens';
import type { Token } from './tokens';

function noArguments(): Arguments {
  return {
    _type: 'arguments',
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
}

export abstract class FastDefinitions extends FastPatterns {
  protected lambda(): Expr {
    const start = this.expect(T.K_LAMBDA);
    const args = this.parameters(T.COLON, false);
    this.expect(T.COLON);
    const body = this.expression();
    return { _type: 'Lambda', args, body, ...this.pos(start) };
  }

  /** Parameters up to `close` (not consumed): `)` of a def, `:` of a lambda. */
  private parameters(close: number, annotated: boolean): Arguments {
    const result = noArguments();
    let star = false;
    let slash = false;
    let bareStar = false;
    while (this.t !== close) {
      if (this.t === T.SLASH) {
        if (slash || star || result.args.length === 0) this.reject();
        this.next();
        slash = true;
        result.posonlyargs = result.args;
        result.args = [];
      } else if (this.t === T.STAR) {
        if (star) this.reject();
        star = true;
        this.next();
        if (this.t === T.COMMA) bareStar = true;
        else {
          result.vararg = this.parameter(annotated, true);
          if (this.t === T.EQUAL) this.reject();
        }
      } else if (this.t === T.DOUBLESTAR) {
        this.next();
        result.kwarg = this.parameter(annotated, false);
        this.eat(T.COMMA);
        if (this.t !== close) this.reject();
        break;
      } else {
        const arg = this.parameter(annotated, false);
        const value = this.eat(T.EQUAL) ? this.expression() : null;
        if (star) {
          result.kwonlyargs.push(arg);
          result.kw_defaults.push(value);
        } else {
          if (value !== null) result.defaults.push(value);
          else if (result.defaults.length > 0) this.reject();
          result.args.push(arg);
        }
      }
      if (!this.eat(T.COMMA)) break;
    }
    if (this.t !== close || (bareStar && result.kwonlyargs.length === 0)) this.reject();
    return result;
  }

  private parameter(annotated: boolean, starAnnotation: boolean): Arg {
    const start = this.tok;
    const arg = this.name();
    let annotation: Expr | null = null;
    if (annotated && this.eat(T.COLON)) annotation = starAnnotation ? this.starExpression() : this.expression();
    return { _type: 'arg', arg, annotation, type_comment: null, ...this.pos(start) };
  }

  protected functionDef(decorators: Expr[], start: Token, isAsync: boolean): FunctionDef | AsyncFunctionDef {
    this.expect(T.K_DEF);
    const name = this.name();
    const typeParams = this.typeParams();
    this.expect(T.LPAR);
    const args = this.parameters(T.RPAR, true);
    this.expect(T.RPAR);
    const returns = this.eat(T.RARROW) ? this.expression() : null;
    this.expect(T.COLON);
    const body: Stmt[] = this.block();
    return {
      _type: isAsync ? 'AsyncFunctionDef' : 'FunctionDef',
      name,
      args,
      body,
      decorator_list: decorators,
      returns,
      type_comment: null,
      type_params: typeParams,
      ...this.pos(start),
    };
  }

  protected classDef(decorators: Expr[]): ClassDef {
    const start = this.expect(T.K_CLASS);
    const name = this.name();
    const typeParams = this.typeParams();
    // A bare generator is no base.
    const { args, keywords } = this.t === T.LPAR ? this.classArguments() : { args: [], keywords: [] };
    this.expect(T.COLON);
    const body = this.block();
    return {
      _type: 'ClassDef',
      name,
      bases: args,
      keywords,
      body,
      decorator_list: decorators,
      type_params: typeParams,
      ...this.pos(start),
    };
  }

  private classArguments(): ReturnType<FastDefinitions['callArguments']> {
    const open = this.tok;
    const result = this.callArguments();
    const only = result.args[0];
    if (only?._type === 'GeneratorExp' && only.lineno === open.lineno && only.col_offset === open.col_offset) {
      this.reject();
    }
    return result;
  }

  protected typeParams(): TypeParam[] {
    if (!this.eat(T.LSQB)) return [];
    const params: TypeParam[] = [];
    do {
      if (this.t === T.RSQB && params.length > 0) break;
      params.push(this.typeParam());
    } while (this.eat(T.COMMA));
    this.expect(T.RSQB);
    return params;
  }

  private typeParam(): TypeParam {
    const start = this.tok;
    if (this.eat(T.STAR)) {
      const name = this.name();
      const default_value = this.eat(T.EQUAL) ? this.starExpression() : null;
      return { _type: 'TypeVarTuple', name, default_value, ...this.pos(start) };
    }
    if (this.eat(T.DOUBLESTAR)) {
      const name = this.name();
      const default_value = this.eat(T.EQUAL) ? this.expression() : null;
      return { _type: 'ParamSpec', name, default_value, ...this.pos(start) };
    }
    const name = this.name();
    const bound = this.eat(T.COLON) ? this.expression() : null;
    const default_value = this.eat(T.EQUAL) ? this.expression() : null;
    return { _type: 'TypeVar', name, bound, default_value, ...this.pos(start) };
  }
}
