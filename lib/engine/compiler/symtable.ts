/**
 * The symbol table, first pass (Python/symtable.c, CPython 3.13 and 3.14): walks the tree, makes one entry for each
 * block and records what each name is used for there. The second pass, symtable-analyze.ts, decides on scopes.
 *
 * Annotations are where the profiles differ: 3.13 evaluates them in the surrounding block, 3.14 puts them into a block
 * of their own that becomes an `__annotate__` function.
 */
import type { Arg, Arguments, ExceptHandler, Expr, Mod, Position, Stmt, TypeParam } from '../parser/ast';
import { CO_FUTURE_ANNOTATIONS, type Profile } from './code-unit';
import { docstringOf } from './docstring';
import type { CompileErrors } from './location';
import { analyze } from './symtable-analyze';
import type { FutureFeatures } from './symtable-blocks';
import {
  DEF_ANNOT,
  DEF_GLOBAL,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  DEF_TYPE_PARAM,
  type SymtableEntry,
  USE,
} from './symtable-entry';
import { SymtableExprs } from './symtable-exprs';

export class Symtable extends SymtableExprs {
  constructor(mod: Mod, future: FutureFeatures, profile: Profile, errors: CompileErrors) {
    super(mod, future, profile, errors);
    if (mod._type === 'Expression') this.expr(mod.body);
    else {
      if (mod._type === 'Module' && docstringOf(mod.body) !== null) this.top.hasDocstring = true;
      this.stmts(mod.body);
    }
    analyze(this.top, errors);
  }

  // ---- statements ----------------------------------------------------------------------------------------------

  private stmts(body: readonly Stmt[]): void {
    for (const s of body) this.stmt(s);
  }

  /** Statements that may or may not run: an annotation among them needs a run-time note that it was reached. */
  private conditional(visit: () => void): void {
    const ste = this.cur;
    const before = ste.inConditionalBlock;
    ste.inConditionalBlock = true;
    visit();
    ste.inConditionalBlock = before;
  }

  private stmt(s: Stmt): void {
    switch (s._type) {
      case 'FunctionDef':
      case 'AsyncFunctionDef': {
        this.addDef(s.name, DEF_LOCAL, s);
        this.exprs(s.args.defaults);
        this.exprs(s.args.kw_defaults);
        this.exprs(s.decorator_list);
        const generic = s.type_params.length > 0;
        if (generic) {
          // The grammar always makes a list of defaults, so its slot is there even if it is empty.
          const kwDefaults = s.args.kw_defaults.some((d) => d !== null);
          this.enterTypeParams(s.name, s.type_params, true, kwDefaults, false, s);
          for (const tp of s.type_params) this.typeParam(tp);
        }
        const ste = this.newEntry(s.name, 'function', s);
        this.blocks.set(s, ste);
        if (docstringOf(s.body) !== null) ste.hasDocstring = true;
        this.functionAnnotations(s, s.args, s.returns);
        this.enterExisting(ste);
        if (s._type === 'AsyncFunctionDef') ste.coroutine = true;
        this.args(s.args);
        this.stmts(s.body);
        this.exit();
        if (generic) this.exit();
        break;
      }
      case 'ClassDef': {
        this.addDef(s.name, DEF_LOCAL, s);
        this.exprs(s.decorator_list);
        const outerPrivate = this.privateName;
        const generic = s.type_params.length > 0;
        if (generic) {
          this.enterTypeParams(s.name, s.type_params, false, false, true, s);
          this.privateName = s.name;
          this.cur.mangledNames = new Set();
          for (const tp of s.type_params) this.typeParam(tp);
        }
        this.exprs(s.bases);
        this.keywords(s.keywords);
        const ste = this.enter(s.name, 'class', s, s);
        this.privateName = s.name;
        if (generic) {
          this.addDef('__type_params__', DEF_LOCAL, s);
          this.addDef('.type_params', USE, s, 'Load');
        }
        if (docstringOf(s.body) !== null) ste.hasDocstring = true;
        this.stmts(s.body);
        this.exit();
        if (generic) this.exit();
        this.privateName = outerPrivate;
        break;
      }
      case 'TypeAlias': {
        if (this.profile === '3.13' && s.name._type === 'Name') this.checkName(s.name.id, s, 'Store');
        this.expr(s.name);
        const name = s.name._type === 'Name' ? s.name.id : '';
        const inClass = this.cur.type === 'class';
        const generic = s.type_params.length > 0;
        if (generic) {
          this.enterTypeParams(name, s.type_params, false, false, false, s);
          for (const tp of s.type_params) this.typeParam(tp);
        }
        const ste = this.enter(name, 'type alias', s, s);
        ste.canSeeClassScope = inClass;
        if (inClass) this.addDef('__classdict__', USE, s.value, 'Load');
        this.expr(s.value);
        this.exit();
        if (generic) this.exit();
        break;
      }
      case 'Return':
        if (s.value !== null) this.expr(s.value);
        break;
      case 'Delete':
        this.exprs(s.targets);
        break;
      case 'Assign':
        this.exprs(s.targets);
        this.expr(s.value);
        break;
      case 'AnnAssign':
        this.annAssign(s);
        break;
      case 'AugAssign':
        // 3.13 does not look at the names of attributes that are changed in place or deleted.
        this.expr(this.profile === '3.13' && s.target._type === 'Attribute' ? s.target.value : s.target);
        this.expr(s.value);
        break;
      case 'For':
      case 'AsyncFor':
        if (s._type === 'AsyncFor') this.requireCoroutine("'async for' outside async function", s);
        this.expr(s.target);
        this.expr(s.iter);
        this.conditional(() => {
          this.stmts(s.body);
          this.stmts(s.orelse);
        });
        break;
      case 'While':
        this.expr(s.test);
        this.conditional(() => {
          this.stmts(s.body);
          this.stmts(s.orelse);
        });
        break;
      case 'If':
        this.expr(s.test);
        this.conditional(() => {
          this.stmts(s.body);
          this.stmts(s.orelse);
        });
        break;
      case 'Match':
        this.expr(s.subject);
        this.conditional(() => {
          for (const m of s.cases) {
            this.pattern(m.pattern);
            if (m.guard !== null) this.expr(m.guard);
            this.stmts(m.body);
          }
        });
        break;
      case 'Raise':
        this.exprs([s.exc, s.cause]);
        break;
      case 'Try':
      case 'TryStar':
        this.conditional(() => {
          this.stmts(s.body);
          for (const h of s.handlers) this.exceptHandler(h);
          this.stmts(s.orelse);
          this.stmts(s.finalbody);
        });
        break;
      case 'Assert':
        this.exprs([s.test, s.msg]);
        break;
      case 'Import':
      case 'ImportFrom':
        for (const a of s.names) this.alias(a.name, a.asname, this.profile === '3.13' ? s : a, a);
        if (s._type === 'ImportFrom' && s.module === '__future__' && s.level === 0) {
          const end = this.future.loc;
          if (s.lineno > end.lineno || (s.lineno === end.end_lineno && s.col_offset > end.end_col_offset)) {
            this.errors.syntaxError('from __future__ imports must occur at the beginning of the file', s, true);
          }
        }
        break;
      case 'Global':
      case 'Nonlocal':
        this.declaration(s._type === 'Global', s.names, s);
        break;
      case 'Expr':
        this.expr(s.value);
        break;
      case 'Pass':
      case 'Break':
      case 'Continue':
        break;
      case 'With':
      case 'AsyncWith':
        if (s._type === 'AsyncWith') this.requireCoroutine("'async with' outside async function", s);
        this.conditional(() => {
          for (const item of s.items) this.exprs([item.context_expr, item.optional_vars]);
          this.stmts(s.body);
        });
        break;
    }
  }

  private declaration(isGlobal: boolean, names: readonly string[], s: Stmt): void {
    const word = isGlobal ? 'global' : 'nonlocal';
    for (const name of names) {
      const cur = this.lookupIn(this.cur, name);
      if ((cur & (DEF_PARAM | DEF_LOCAL | USE | DEF_ANNOT)) !== 0) {
        const message =
          (cur & DEF_PARAM) !== 0
            ? `name '${name}' is parameter and ${word}`
            : (cur & USE) !== 0
              ? `name '${name}' is used prior to ${word} declaration`
              : (cur & DEF_ANNOT) !== 0
                ? `annotated name '${name}' can't be ${word}`
                : `name '${name}' is assigned to before ${word} declaration`;
        this.errors.syntaxError(message, s);
      }
      this.addDef(name, isGlobal ? DEF_GLOBAL : DEF_NONLOCAL, s);
      this.recordDirective(name, s);
    }
  }

  private annAssign(s: Extract<Stmt, { _type: 'AnnAssign' }>): void {
    this.cur.annotationsUsed = true;
    const target = s.target;
    if (target._type === 'Name') {
      const cur = this.lookupIn(this.cur, target.id);
      if ((cur & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0 && this.cur !== this.top && s.simple === 1) {
        const word = (cur & DEF_GLOBAL) !== 0 ? 'global' : 'nonlocal';
        this.errors.syntaxError(`annotated name '${target.id}' can't be ${word}`, s);
      }
      if (s.simple === 1) this.addDef(target.id, DEF_ANNOT | DEF_LOCAL, target);
      else if (s.value !== null) this.addDef(target.id, DEF_LOCAL, target);
    } else this.expr(target);
    this.annotation(s.annotation, s);
    if (s.value !== null) this.expr(s.value);
  }

  private requireCoroutine(message: string, s: Stmt): void {
    if (this.isTopLevelAwait()) this.cur.coroutine = true;
    if (!this.cur.coroutine) this.errors.syntaxError(message, s, true);
  }

  private exceptHandler(h: ExceptHandler): void {
    if (h.type !== null) this.expr(h.type);
    if (h.name !== null) this.addDef(h.name, DEF_LOCAL, h);
    this.stmts(h.body);
  }

  private alias(name: string, asname: string | null, loc: Position, own: Position): void {
    const bound = asname ?? name;
    if (bound === '*') {
      if (this.cur.type !== 'module') this.errors.syntaxError('import * only allowed at module level', own);
      return;
    }
    const dot = bound.indexOf('.');
    this.addDef(dot < 0 ? bound : bound.slice(0, dot), DEF_IMPORT, loc);
  }

  // ---- functions and annotations -------------------------------------------------------------------------------

  private functionAnnotations(node: Position & object, a: Arguments, returns: Expr | null): void {
    const visit = (args: readonly (Arg | null)[]): void => {
      for (const arg of args) {
        if (arg === null || arg.annotation === null) continue;
        if (this.profile !== '3.13') this.cur.annotationsUsed = true;
        this.expr(arg.annotation);
      }
    };
    const asStrings = (this.future.flags & CO_FUTURE_ANNOTATIONS) !== 0;
    if (this.profile === '3.13') {
      // A block for strings only keeps the names out of the surrounding block's table.
      if (asStrings) this.enter('_annotation', 'annotation', {}, node);
      visit(a.posonlyargs);
      visit(a.args);
      visit([a.vararg, a.kwarg]);
      visit(a.kwonlyargs);
      if (asStrings) this.exit();
      if (returns !== null) this.annotation313(returns);
      return;
    }
    const seesClass = this.cur.canSeeClassScope || this.cur.type === 'class';
    const ste = this.enter('__annotate__', 'annotation', a, node);
    if (seesClass) {
      ste.canSeeClassScope = true;
      this.addDef('__classdict__', USE, node, 'Load');
    }
    visit(a.posonlyargs);
    visit(a.args);
    visit([a.vararg, a.kwarg]);
    visit(a.kwonlyargs);
    if (returns !== null) {
      ste.annotationsUsed = true;
      this.expr(returns);
    }
    this.exit();
  }

  private annotation313(annotation: Expr): void {
    const asStrings = (this.future.flags & CO_FUTURE_ANNOTATIONS) !== 0;
    if (asStrings) this.enter('_annotation', 'annotation', {}, annotation);
    this.expr(annotation);
    if (asStrings) this.exit();
  }

  private annotation(annotation: Expr, statement: object): void {
    if (this.profile === '3.13') {
      this.annotation313(annotation);
      return;
    }
    const parent = this.cur;
    const isUnevaluated = parent.type === 'function';
    if (
      (parent.type === 'module' || (parent.type === 'class' && parent.inConditionalBlock)) &&
      !parent.hasConditionalAnnotations
    ) {
      parent.hasConditionalAnnotations = true;
      this.addDef('__conditional_annotations__', USE, annotation, 'Load');
    }
    if (parent.annotationBlock === null) {
      const ste = this.enter('__annotate__', 'annotation', statement, annotation);
      parent.annotationBlock = ste;
      if (parent.type === 'class' && (this.future.flags & CO_FUTURE_ANNOTATIONS) === 0) {
        ste.canSeeClassScope = true;
        this.addDef('__classdict__', USE, annotation, 'Load');
      }
    } else this.enterExisting(parent.annotationBlock);
    if (isUnevaluated) this.cur.inUnevaluatedAnnotation = true;
    this.expr(annotation);
    if (isUnevaluated) this.cur.inUnevaluatedAnnotation = false;
    this.exit();
  }

  private enterTypeParams(
    name: string,
    key: object,
    hasDefaults: boolean,
    hasKwDefaults: boolean,
    isClass: boolean,
    loc: Position,
  ): void {
    const inClass = this.cur.type === 'class';
    const ste = this.enter(name, 'type parameters', key, loc);
    if (inClass) {
      ste.canSeeClassScope = true;
      this.addDef('__classdict__', USE, loc, 'Load');
    }
    if (isClass) {
      this.addDef('.type_params', DEF_LOCAL, loc);
      this.addDef('.type_params', USE, loc, 'Load');
      this.addDef('.generic_base', DEF_LOCAL, loc);
      this.addDef('.generic_base', USE, loc, 'Load');
    }
    if (hasDefaults) this.addDef('.defaults', DEF_PARAM, loc);
    if (hasKwDefaults) this.addDef('.kwdefaults', DEF_PARAM, loc);
  }

  private typeParam(tp: TypeParam): void {
    this.addDef(tp.name, DEF_TYPE_PARAM | DEF_LOCAL, tp);
    if (tp._type === 'TypeVar') {
      const info = tp.bound?._type === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
      this.boundOrDefault(tp.bound, tp, this.blocks, info);
      this.boundOrDefault(tp.default_value, tp, this.defaultBlocks, 'a TypeVar default');
    } else this.boundOrDefault(tp.default_value, tp, this.blocks, `a ${tp._type} default`);
  }

  private boundOrDefault(e: Expr | null, tp: TypeParam, table: Map<object, SymtableEntry>, info: string): void {
    if (tp.name === '__classdict__' && this.profile !== '3.13') {
      this.errors.syntaxError(`reserved name '${tp.name}' cannot be used for type parameter`, tp);
    }
    if (e === null) return;
    const inClass = this.cur.canSeeClassScope;
    const ste = this.enter(tp.name, 'type variable', {}, e);
    table.set(tp, ste);
    ste.canSeeClassScope = inClass;
    if (inClass) this.addDef('__classdict__', USE, e, 'Load');
    ste.scopeInfo = info;
    this.expr(e);
    this.exit();
  }
}
