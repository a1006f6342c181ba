/**
 * The symbol table, first pass (Python/symtable.c, CPython 3.13 and 3.14): walks the tree, makes one entry for each
 * block and records what each name is used for there. The second pass, symtable-analyze.ts, decides on scopes.
 *
 * Annotations are where the profiles differ: 3.13 evaluates them in the surrounding block, 3.14 puts them into a block
 * of their own that becomes an `__annotate__` function.
 */
import type {
  Arg, Arguments, Comprehension, ExceptHandler, Expr, Keyword, Mod, NamedExpr, Pattern, Position, Stmt, TypeParam,
} from '../parser/ast';
import { CO_FUTURE_ANNOTATIONS, type Profile } from './code-unit';
import { type CompileErrors, LOC0 } from './location';
import { docstringOf } from './docstring';
import { analyze } from './symtable-analyze';

// What a name is used for in a block; the scope that the analysis finds is stored above SCOPE_OFFSET.
export const DEF_GLOBAL = 1;
export const DEF_LOCAL = 2;
export const DEF_PARAM = 4;
export const DEF_NONLOCAL = 8;
export const USE = 16;
export const DEF_FREE_CLASS = 64;
export const DEF_IMPORT = 128;
export const DEF_ANNOT = 256;
export const DEF_COMP_ITER = 512;
export const DEF_TYPE_PARAM = 1024;
export const DEF_COMP_CELL = 2048;
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT | DEF_TYPE_PARAM;
export const SCOPE_OFFSET = 12;

export enum Scope { UNKNOWN = 0, LOCAL = 1, GLOBAL_EXPLICIT = 2, GLOBAL_IMPLICIT = 3, FREE = 4, CELL = 5 }
export const scopeOf = (symbol: number): Scope => symbol >> SCOPE_OFFSET;

export type BlockType =
  | 'function' | 'class' | 'module' | 'annotation' | 'type variable' | 'type alias' | 'type parameters';
export type ComprehensionKind = 'list' | 'dict' | 'set' | 'generator';

/** One block of the symbol table (PySTEntryObject). */
export class SymtableEntry {
  /** Flags by name, in the order of first appearance; after the analysis with the scope above SCOPE_OFFSET. */
  readonly symbols = new Map<string, number>();
  /** Parameters in order. */
  readonly varnames: string[] = [];
  children: SymtableEntry[] = [];
  /** Places of `global` and `nonlocal`, for errors that the analysis finds. */
  readonly directives: { name: string; loc: Position }[] = [];
  nested = false;
  generator = false;
  coroutine = false;
  varargs = false;
  varkeywords = false;
  annotationsUsed = false;
  hasDocstring = false;
  method = false;
  comprehension: ComprehensionKind | null = null;
  compInlined = false;
  compIterTarget = false;
  compIterExpr = 0;
  canSeeClassScope = false;
  needsClassClosure = false;
  needsClassdict = false;
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  annotationBlock: SymtableEntry | null = null;
  /** Type parameters of a generic class: only these are mangled in its parameter block. */
  mangledNames: Set<string> | null = null;
  scopeInfo = '';

  constructor(readonly name: string, readonly type: BlockType, readonly loc: Position, readonly profile: Profile) {}

  get(name: string): number {
    return this.symbols.get(name) ?? 0;
  }

  scope(name: string): Scope {
    return scopeOf(this.get(name));
  }

  /** Blocks that keep their locals in slots. */
  isFunctionLike(): boolean {
    switch (this.type) {
      case 'function': case 'type variable': case 'type alias': case 'type parameters': return true;
      case 'annotation': return this.profile !== '3.13';
      default: return false;
    }
  }
}

/** `__name` in class C becomes `_C__name` (_Py_Mangle). */
export function mangle(privateName: string | null, ident: string): string {
  if (privateName === null || !ident.startsWith('__') || ident.endsWith('__') || ident.includes('.')) return ident;
  const stripped = privateName.replace(/^_+/, '');
  return stripped === '' ? ident : `_${stripped}${ident}`;
}

/** As mangle, but in a generic class's parameter block only for its type parameters. */
export function maybeMangle(privateName: string | null, ste: SymtableEntry, ident: string): string {
  if (ste.mangledNames !== null && !ste.mangledNames.has(ident)) return ident;
  return mangle(privateName, ident);
}

export interface FutureFeatures {
  flags: number;
  /** Where the last `from __future__` import at the head of the file ends. */
  loc: Position;
}

export class Symtable {
  /** Blocks by the tree's node (or list) that opens them. */
  private readonly blocks = new Map<object, SymtableEntry>();
  /** Blocks of type parameters' defaults, whose node already has a block for its bound. */
  private readonly defaultBlocks = new Map<object, SymtableEntry>();
  readonly top: SymtableEntry;
  private cur: SymtableEntry;
  private readonly stack: SymtableEntry[] = [];
  private privateName: string | null = null;

  constructor(
    mod: Mod, private readonly future: FutureFeatures, readonly profile: Profile, private readonly errors: CompileErrors,
  ) {
    this.top = new SymtableEntry('top', 'module', LOC0, profile);
    this.blocks.set(mod, this.top);
    this.stack.push(this.top);
    this.cur = this.top;
    if (mod._type === 'Expression') this.expr(mod.body);
    else {
      if (mod._type === 'Module' && docstringOf(mod.body) !== null) this.top.hasDocstring = true;
      this.stmts(mod.body);
    }
    analyze(this.top, errors);
  }

  lookup(key: object): SymtableEntry {
    const ste = this.blocks.get(key);
    if (ste === undefined) throw new Error('unknown symbol table entry');
    return ste;
  }

  lookupOptional(key: object): SymtableEntry | undefined {
    return this.blocks.get(key);
  }

  lookupDefault(key: object): SymtableEntry {
    const ste = this.defaultBlocks.get(key);
    if (ste === undefined) throw new Error('unknown symbol table entry');
    return ste;
  }

  // ---- blocks --------------------------------------------------------------------------------------------------

  private newEntry(name: string, type: BlockType, loc: Position): SymtableEntry {
    const ste = new SymtableEntry(name, type, loc, this.profile);
    ste.nested = this.cur.nested || this.cur.isFunctionLike();
    ste.method = this.cur.type === 'class' && type === 'function';
    return ste;
  }

  private enterExisting(ste: SymtableEntry): void {
    const prev = this.cur;
    this.stack.push(ste);
    // An assignment expression is not allowed anywhere inside the iterable of a comprehension.
    ste.compIterExpr = prev.compIterExpr;
    if (prev.mangledNames !== null && ste.type !== 'class') ste.mangledNames = prev.mangledNames;
    this.cur = ste;
    // Annotations that become strings have no effect on the names of the program.
    if ((this.future.flags & CO_FUTURE_ANNOTATIONS) !== 0 && ste.type === 'annotation') return;
    prev.children.push(ste);
  }

  private enter(name: string, type: BlockType, key: object, loc: Position): SymtableEntry {
    const ste = this.newEntry(name, type, loc);
    this.blocks.set(key, ste);
    this.enterExisting(ste);
    if (this.profile !== '3.13' && (type === 'annotation' || type === 'type variable' || type === 'type alias')) {
      this.addDef('.format', DEF_PARAM, loc);
      this.addDef('.format', USE, loc);
    }
    return ste;
  }

  private exit(): void {
    this.stack.pop();
    this.cur = this.stack[this.stack.length - 1] ?? this.top;
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  private lookupIn(ste: SymtableEntry, name: string): number {
    return ste.get(maybeMangle(this.privateName, ste, name));
  }

  private addDefIn(name: string, flag: number, ste: SymtableEntry, loc: Position): void {
    const mangled = maybeMangle(this.privateName, this.cur, name);
    const old = ste.symbols.get(mangled) ?? 0;
    if ((flag & DEF_PARAM) !== 0 && (old & DEF_PARAM) !== 0) {
      this.errors.syntaxError(`duplicate argument '${name}' in function definition`, loc);
    }
    if ((flag & DEF_TYPE_PARAM) !== 0 && (old & DEF_TYPE_PARAM) !== 0) {
      this.errors.syntaxError(`duplicate type parameter '${name}'`, loc);
    }
    let flags = old | flag;
    if (ste.compIterTarget) {
      if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        this.errors.syntaxError(
          `comprehension inner loop cannot rebind assignment expression target '${name}'`, loc,
        );
      }
      flags |= DEF_COMP_ITER;
    }
    ste.symbols.set(mangled, flags);
    if ((flag & DEF_PARAM) !== 0) ste.varnames.push(mangled);
    else if ((flag & DEF_GLOBAL) !== 0) {
      this.top.symbols.set(mangled, (this.top.symbols.get(mangled) ?? 0) | flag);
    }
  }

  private checkName(name: string, loc: Position, ctx: 'Load' | 'Store' | 'Del'): void {
    if (name !== '__debug__' || ctx === 'Load') return;
    this.errors.syntaxError(ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__', loc);
  }

  private addDef(name: string, flag: number, loc: Position, ctx: 'Load' | 'Store' | 'Del' = 'Store'): void {
    if ((flag & (DEF_PARAM | DEF_LOCAL | DEF_IMPORT)) !== 0) this.checkName(name, loc, ctx);
    if ((flag & DEF_TYPE_PARAM) !== 0 && this.cur.mangledNames !== null) this.cur.mangledNames.add(name);
    this.addDefIn(name, flag, this.cur, loc);
  }

  private recordDirective(name: string, loc: Position): void {
    this.cur.directives.push({ name: maybeMangle(this.privateName, this.cur, name), loc });
  }

  // ---- statements ----------------------------------------------------------------------------------------------

  private stmts(body: readonly Stmt[]): void {
    for (const s of body) this.stmt(s);
  }

  private exprs(seq: readonly (Expr | null)[]): void {
    for (const e of seq) if (e !== null) this.expr(e);
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
      case 'FunctionDef': case 'AsyncFunctionDef': {
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
      case 'Return': if (s.value !== null) this.expr(s.value); break;
      case 'Delete': this.exprs(s.targets); break;
      case 'Assign': this.exprs(s.targets); this.expr(s.value); break;
      case 'AnnAssign': this.annAssign(s); break;
      case 'AugAssign':
        // 3.13 does not look at the names of attributes that are changed in place or deleted.
        this.expr(this.profile === '3.13' && s.target._type === 'Attribute' ? s.target.value : s.target);
        this.expr(s.value);
        break;
      case 'For': case 'AsyncFor':
        if (s._type === 'AsyncFor') this.requireCoroutine("'async for' outside async function", s);
        this.expr(s.target);
        this.expr(s.iter);
        this.conditional(() => { this.stmts(s.body); this.stmts(s.orelse); });
        break;
      case 'While':
        this.expr(s.test);
        this.conditional(() => { this.stmts(s.body); this.stmts(s.orelse); });
        break;
      case 'If':
        this.expr(s.test);
        this.conditional(() => { this.stmts(s.body); this.stmts(s.orelse); });
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
      case 'Raise': this.exprs([s.exc, s.cause]); break;
      case 'Try': case 'TryStar':
        this.conditional(() => {
          this.stmts(s.body);
          for (const h of s.handlers) this.exceptHandler(h);
          this.stmts(s.orelse);
          this.stmts(s.finalbody);
        });
        break;
      case 'Assert': this.exprs([s.test, s.msg]); break;
      case 'Import': case 'ImportFrom':
        for (const a of s.names) this.alias(a.name, a.asname, this.profile === '3.13' ? s : a, a);
        if (s._type === 'ImportFrom' && s.module === '__future__' && s.level === 0) {
          const end = this.future.loc;
          if (s.lineno > end.lineno || (s.lineno === end.end_lineno && s.col_offset > end.end_col_offset)) {
            this.errors.syntaxError('from __future__ imports must occur at the beginning of the file', s);
          }
        }
        break;
      case 'Global': case 'Nonlocal': this.declaration(s._type === 'Global', s.names, s); break;
      case 'Expr': this.expr(s.value); break;
      case 'Pass': case 'Break': case 'Continue': break;
      case 'With': case 'AsyncWith':
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
        const message = (cur & DEF_PARAM) !== 0 ? `name '${name}' is parameter and ${word}`
          : (cur & USE) !== 0 ? `name '${name}' is used prior to ${word} declaration`
          : (cur & DEF_ANNOT) !== 0 ? `annotated name '${name}' can't be ${word}`
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
    if (!this.cur.coroutine) this.errors.syntaxError(message, s);
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

  private args(a: Arguments): void {
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
    if ((parent.type === 'module' || (parent.type === 'class' && parent.inConditionalBlock))
        && !parent.hasConditionalAnnotations) {
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
    name: string, key: object, hasDefaults: boolean, hasKwDefaults: boolean, isClass: boolean, loc: Position,
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

  // ---- expressions ---------------------------------------------------------------------------------------------

  private keywords(keywords: readonly Keyword[]): void {
    for (const k of keywords) if (k.arg !== null) this.checkName(k.arg, k, 'Store');
    for (const k of keywords) this.expr(k.value);
  }

  private expr(e: Expr): void {
    switch (e._type) {
      case 'NamedExpr':
        this.forbidInAnnotation('named expression', e);
        this.namedExpr(e);
        break;
      case 'BoolOp': this.exprs(e.values); break;
      case 'BinOp': this.expr(e.left); this.expr(e.right); break;
      case 'UnaryOp': this.expr(e.operand); break;
      case 'Lambda':
        this.exprs(e.args.defaults);
        this.exprs(e.args.kw_defaults);
        this.enter('lambda', 'function', e, e);
        this.args(e.args);
        this.expr(e.body);
        this.exit();
        break;
      case 'IfExp': this.exprs([e.test, e.body, e.orelse]); break;
      case 'Dict': this.exprs(e.keys); this.exprs(e.values); break;
      case 'Set': case 'List': case 'Tuple': this.exprs(e.elts); break;
      case 'GeneratorExp': this.comprehension(e, 'genexpr', 'generator', e.generators, e.elt, null); break;
      case 'ListComp': this.comprehension(e, 'listcomp', 'list', e.generators, e.elt, null); break;
      case 'SetComp': this.comprehension(e, 'setcomp', 'set', e.generators, e.elt, null); break;
      case 'DictComp': this.comprehension(e, 'dictcomp', 'dict', e.generators, e.key, e.value); break;
      case 'Yield': case 'YieldFrom':
        this.forbidInAnnotation('yield expression', e);
        if (e.value !== null) this.expr(e.value);
        this.cur.generator = true;
        if (this.cur.comprehension !== null) {
          const what = this.cur.comprehension === 'generator' ? 'generator expression'
            : `${this.cur.comprehension} comprehension`;
          this.errors.syntaxError(`'yield' inside ${what}`, e);
        }
        break;
      case 'Await':
        this.forbidInAnnotation('await expression', e);
        if (!this.cur.isFunctionLike()) this.errors.syntaxError("'await' outside function", e);
        if (!this.isAsyncDef() && this.cur.comprehension === null) {
          this.errors.syntaxError("'await' outside async function", e);
        }
        this.expr(e.value);
        this.cur.coroutine = true;
        break;
      case 'Compare': this.expr(e.left); this.exprs(e.comparators); break;
      case 'Call': this.expr(e.func); this.exprs(e.args); this.keywords(e.keywords); break;
      case 'FormattedValue': case 'Interpolation': this.exprs([e.value, e.format_spec]); break;
      case 'JoinedStr': case 'TemplateStr': this.exprs(e.values); break;
      case 'Constant': break;
      case 'Attribute':
        if (this.profile !== '3.13' || e.ctx !== 'Del') this.checkName(e.attr, e, e.ctx);
        this.expr(e.value);
        break;
      case 'Subscript': this.expr(e.value); this.expr(e.slice); break;
      case 'Starred': this.expr(e.value); break;
      case 'Slice': this.exprs([e.lower, e.upper, e.step]); break;
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

  private isAsyncDef(): boolean {
    return this.cur.type === 'function' && this.cur.coroutine;
  }

  private forbidInAnnotation(what: string, e: Expr): void {
    const where = this.cur.type === 'annotation' ? 'an annotation'
      : this.cur.type === 'type variable' ? this.cur.scopeInfo
      : this.cur.type === 'type alias' ? 'a type alias'
      : this.cur.type === 'type parameters' ? 'the definition of a generic'
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
            `assignment expression cannot rebind comprehension iteration variable '${name}'`, target,
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
      const where = ste.type === 'class' ? 'in a class body'
        : ste.type === 'type parameters' ? 'within the definition of a generic'
        : ste.type === 'type alias' ? 'in a type alias'
        : ste.type === 'type variable' ? 'in a TypeVar bound'
        : null;
      if (where !== null) {
        this.errors.syntaxError(`assignment expression within a comprehension cannot be used ${where}`, target);
      }
    }
  }

  private comprehension(
    e: Expr, name: string, kind: ComprehensionKind, generators: readonly Comprehension[], elt: Expr, value: Expr | null,
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
    if (!this.isAsyncDef() && this.cur.comprehension === null) {
      this.errors.syntaxError('asynchronous comprehension outside of an asynchronous function', e);
    }
    this.cur.coroutine = true;
  }

  private pattern(p: Pattern): void {
    switch (p._type) {
      case 'MatchValue': this.expr(p.value); break;
      case 'MatchSingleton': break;
      case 'MatchSequence': case 'MatchOr': for (const q of p.patterns) this.pattern(q); break;
      case 'MatchStar': if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p); break;
      case 'MatchMapping':
        this.exprs(p.keys);
        for (const q of p.patterns) this.pattern(q);
        if (p.rest !== null) this.addDef(p.rest, DEF_LOCAL, p);
        break;
      case 'MatchClass':
        this.expr(p.cls);
        for (const q of p.patterns) this.pattern(q);
        p.kwd_attrs.forEach((attr, i) => this.checkName(attr, p.kwd_patterns[i]!, 'Store'));
        for (const q of p.kwd_patterns) this.pattern(q);
        break;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.addDef(p.name, DEF_LOCAL, p);
        break;
    }
  }
}
