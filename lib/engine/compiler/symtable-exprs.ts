/**
 * The symbol table's first pass over expressions and patterns (symtable_visit_expr in Python/symtable.c).
 */
import type { Arguments, Comprehension, Expr, Keyword, NamedExpr, Pattern } from '../parser/ast';
import { SymtableBlocks } from './symtable-blocks';
import {
  type ComprehensionKind,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  USE,
} from './symtable-entry';

export class SymtableExprs extends SymtableBlocks {
  protected exprs(seq: readonly (Expr | null)[]): void {
    for (const e of seq) if (e !== null) this.expr(e);
  }

  protected args(a: Arguments): void {
    for (const arg of [...a.posonlyargs, ...a.args, ...a.kwonlyargs]) this.addDef(arg.arg, DEF_PARAM, arg);
    if (a.vararg !== null) {
      this.addDef(a.vararg.arg, DEF_PARAM, a.vararg);
      this.cur.varargs = true;
    }
    if (a.kwarg !== null) {
      this.addDef(a.kwarg.arg, DEF_PARAM, a.kwarg);
      this.cur.varkeywords = true;
    }
  }

  // ---- expressions ---------------------------------------------------------------------------------------------

  protected keywords(keywords: readonly Keyword[]): void {
    for (const k of keywords) if (k.arg !== null) this.checkName(k.arg, k, 'Store');
    for (const k of keywords) this.expr(k.value);
  }

  protected expr(e: Expr): void {
    switch (e._type) {
      case 'NamedExpr':
        this.forbidInAnnotation('named expression', e);
        this.namedExpr(e);
        break;
      case 'BoolOp':
        this.exprs(e.values);
        break;
      case 'BinOp':
        this.expr(e.left);
        this.expr(e.right);
        break;
      case 'UnaryOp':
        this.expr(e.operand);
        break;
      case 'Lambda':
        this.exprs(e.args.defaults);
        this.exprs(e.args.kw_defaults);
        this.enter('lambda', 'function', e, e);
        this.args(e.args);
        this.expr(e.body);
        this.exit();
        break;
      case 'IfExp':
        this.exprs([e.test, e.body, e.orelse]);
        break;
      case 'Dict':
        this.exprs(e.keys);
        this.exprs(e.values);
        break;
      case 'Set':
      case 'List':
      case 'Tuple':
        this.exprs(e.elts);
        break;
      case 'GeneratorExp':
        this.comprehension(e, 'genexpr', 'generator', e.generators, e.elt, null);
        break;
      case 'ListComp':
        this.comprehension(e, 'listcomp', 'list', e.generators, e.elt, null);
        break;
      case 'SetComp':
        this.comprehension(e, 'setcomp', 'set', e.generators, e.elt, null);
        break;
      case 'DictComp':
        this.comprehension(e, 'dictcomp', 'dict', e.generators, e.key, e.value);
        break;
      case 'Yield':
      case 'YieldFrom':
        this.forbidInAnnotation('yield expression', e);
        if (e.value !== null) this.expr(e.value);
        this.cur.generator = true;
        if (this.cur.comprehension !== null) {
          const what =
            this.cur.comprehension === 'generator' ? 'generator expression' : `${this.cur.comprehension} comprehension`;
          this.errors.syntaxError(`'yield' inside ${what}`, e);
        }
        break;
      case 'Await':
        this.forbidInAnnotation('await expression', e);
        if (!this.cur.isFunctionLike() && !this.isTopLevelAwait()) {
          this.errors.syntaxError("'await' outside function", e, true);
        }
        if (!this.isAsyncDef() && this.cur.comprehension === null && !this.isTopLevelAwait()) {
          this.errors.syntaxError("'await' outside async function", e, true);
        }
        this.expr(e.value);
        this.cur.coroutine = true;
        break;
      case 'Compare':
        this.expr(e.left);
        this.exprs(e.comparators);
        break;
      case 'Call':
        this.expr(e.func);
        this.exprs(e.args);
        this.keywords(e.keywords);
        break;
      case 'FormattedValue':
      case 'Interpolation':
        this.exprs([e.value, e.format_spec]);
        break;
      case 'JoinedStr':
      case 'TemplateStr':
        this.exprs(e.values);
        break;
      case 'Constant':
        break;
      case 'Attribute':
        if (this.profile !== '3.13' || e.ctx !== 'Del') this.checkName(e.attr, e, e.ctx);
        this.expr(e.value);
        break;
      case 'Subscript':
        this.expr(e.value);
        this.expr(e.slice);
        break;
      case 'Starred':
        this.expr(e.value);
        break;
      case 'Slice':
        this.exprs([e.lower, e.upper, e.step]);
        break;
      case 'Name':
        if (this.cur.inUnevaluatedAnnotation) break;
        this.addDef(e.id, e.ctx === 'Load' ? USE : DEF_LOCAL, e, e.ctx);
        // super() without arguments reads the __class__ cell.
        if (e.ctx === 'Load' && e.id === 'super' && this.cur.isFunctionLike()) {
          this.addDef('__class__', USE, e, 'Load');
        }
        break;
    }
  }

  /** `allows_top_level_await`: a module compiled with PyCF_ALLOW_TOP_LEVEL_AWAIT. */
  protected isTopLevelAwait(): boolean {
    return this.future.topLevelAwait === true && this.cur.type === 'module';
  }

  private isAsyncDef(): boolean {
    return this.cur.type === 'function' && this.cur.coroutine;
  }

  private forbidInAnnotation(what: string, e: Expr): void {
    const where =
      this.cur.type === 'annotation'
        ? 'an annotation'
        : this.cur.type === 'type variable'
          ? this.cur.scopeInfo
          : this.cur.type === 'type alias'
            ? 'a type alias'
            : this.cur.type === 'type parameters'
              ? 'the definition of a generic'
              : null;
    if (where === null) return;
    this.errors.syntaxError(`${what} cannot be used within ${where}`, e);
  }

  private namedExpr(e: NamedExpr): void {
    if (this.cur.compIterExpr > 0) {
      this.errors.syntaxError('assignment expression cannot be used in a comprehension iterable expression', e);
    }
    if (this.cur.comprehension !== null) this.extendNamedExprScope(e.target);
    this.expr(e.value);
    this.expr(e.target);
  }

  /** In a comprehension, `:=` binds in the nearest block around it that is none. */
  private extendNamedExprScope(target: Expr): void {
    if (target._type !== 'Name') return;
    const name = target.id;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const ste = this.stack[i]!;
      if (ste.comprehension !== null) {
        const flags = this.lookupIn(ste, name);
        if ((flags & DEF_COMP_ITER) !== 0 && (flags & DEF_LOCAL) !== 0) {
          this.errors.syntaxError(
            `assignment expression cannot rebind comprehension iteration variable '${name}'`,
            target,
          );
        }
        continue;
      }
      if (ste.type === 'function') {
        const isGlobal = (this.lookupIn(ste, name) & DEF_GLOBAL) !== 0;
        this.addDef(name, isGlobal ? DEF_GLOBAL : DEF_NONLOCAL, target);
        this.recordDirective(name, target);
        this.addDefIn(name, DEF_LOCAL, ste, target);
        return;
      }
      if (ste.type === 'module') {
        this.addDef(name, DEF_GLOBAL, target);
        this.recordDirective(name, target);
        this.addDefIn(name, DEF_GLOBAL, ste, target);
        return;
      }
      const where =
        ste.type === 'class'
          ? 'in a class body'
          : ste.type === 'type parameters'
            ? 'within the definition of a generic'
            : ste.type === 'type alias'
              ? 'in a type alias'
              : ste.type === 'type variable'
                ? 'in a TypeVar bound'
                : null;
      if (where !== null) {
        this.errors.syntaxError(`assignment expression within a comprehension cannot be used ${where}`, target);
      }
    }
  }

  private comprehension(
    e: Expr,
    name: string,
    kind: ComprehensionKind,
    generators: readonly Comprehension[],
    elt: Expr,
    value: Expr | null,
  ): void {
    const outermost = generators[0]!;
    // The first iterable belongs to the block outside.
    this.cur.compIterExpr++;
    this.expr(outermost.iter);
    this.cur.compIterExpr--;
    const ste = this.enter(name, 'function', e, e);
    ste.comprehension = kind;
    if (outermost.is_async === 1) ste.coroutine = true;
    this.addDef('.0', DEF_PARAM, ste.loc);
    ste.compIterTarget = true;
    this.expr(outermost.target);
    ste.compIterTarget = false;
    this.exprs(outermost.ifs);
    for (const gen of generators.slice(1)) {
      ste.compIterTarget = true;
      this.expr(gen.target);
      ste.compIterTarget = false;
      ste.compIterExpr++;
      this.expr(gen.iter);
      ste.compIterExpr--;
      this.exprs(gen.ifs);
      if (gen.is_async === 1) ste.coroutine = true;
    }
    if (value !== null) this.expr(value);
    this.expr(elt);
    ste.generator = kind === 'generator';
    const isAsync = ste.coroutine && !ste.generator;
    this.exit();
    if (!isAsync) return;
    if (!this.isAsyncDef() && this.cur.comprehension === null && !this.isTopLevelAwait()) {
      this.errors.syntaxError('asynchronous comprehension outside of an asynchronous function', e, true);
    }
    this.cur.coroutine = true;
  }

  protected pattern(p: Pattern): void {
    switch (p._type) {
      case 'MatchValue':
        this.expr(p.value);
        break;
      case 'MatchSingleton':
        break;
      case 'MatchSequence':
      case 'MatchOr':
        for (const q of p.patterns) this.pattern(q);
        break;
      case 'MatchStar':
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
      case 'MatchMapping':
        this.exprs(p.keys);
        for (const q of p.patterns) this.pattern(q);
        if (p.rest !== null) this.addDef(p.rest, DEF_LOCAL, p);
        break;
      case 'MatchClass':
        this.expr(p.cls);
        for (const q of p.patterns) this.pattern(q);
        for (const [i, attr] of p.kwd_attrs.entries()) this.checkName(attr, p.kwd_patterns[i]!, 'Store');
        for (const q of p.kwd_patterns) this.pattern(q);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
    }
  }
}
