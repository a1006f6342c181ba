/**
 * Code that makes functions (codegen_function and codegen_lambda in Python/codegen.c): decorators, defaults,
 * annotations, type parameters, closures.
 */
import type { Arguments, AsyncFunctionDef, Expr, FunctionDef, TypeParam } from '../parser/ast';
import { functionAnnotations, setupAnnotationsScope } from './codegen-annotations';
import { nameOp, visitExpr, visitExprs } from './codegen-expr';
import { visitStmts } from './codegen-stmt';
import { CO_FAST_FREE, type CodeUnit } from './code-unit';
import type { Compiler } from './compiler';
import { int, NONE, str, tuple } from './const-value';
import { cleanDoc, docstringOf } from './docstring';
import { type Location, NO_LOCATION } from './location';
import { FunctionAttribute, Intrinsic1, Intrinsic2, Op } from './opcodes';
import type { SymtableEntry } from './symtable-entry';

export type FunctionStmt = FunctionDef | AsyncFunctionDef;

/** Makes a function of code; `flags` tell which attributes lie on the stack for it. */
export function makeClosure(c: Compiler, loc: Location, code: CodeUnit, flags: number): void {
  const free = code.localsplusnames.filter((_, i) => (code.localspluskinds[i]! & CO_FAST_FREE) !== 0);
  for (const name of free) c.op(Op.LOAD_CLOSURE, loc, c.lookupArg(name));
  if (free.length > 0) c.op(Op.BUILD_TUPLE, loc, free.length);
  c.loadConst({ kind: 'code', value: code }, loc);
  c.op(Op.MAKE_FUNCTION, loc);
  const all = free.length > 0 ? flags | FunctionAttribute.CLOSURE : flags;
  const order = [
    FunctionAttribute.CLOSURE,
    FunctionAttribute.ANNOTATIONS,
    FunctionAttribute.ANNOTATE,
    FunctionAttribute.KWDEFAULTS,
    FunctionAttribute.DEFAULTS,
  ];
  for (const flag of order) if ((all & flag) !== 0) c.op(Op.SET_FUNCTION_ATTRIBUTE, loc, flag);
}

/** A StopIteration that leaves a generator's body becomes a RuntimeError. */
export function wrapInStopIterationHandler(c: Compiler): void {
  const handler = c.label();
  c.u.seq.insertJumpAtStart(Op.SETUP_CLEANUP, handler, NO_LOCATION);
  c.loadNone(NO_LOCATION);
  c.op(Op.RETURN_VALUE, NO_LOCATION);
  c.use(handler);
  c.op(Op.CALL_INTRINSIC_1, NO_LOCATION, Intrinsic1.STOPITERATION_ERROR);
  c.op(Op.RERAISE, NO_LOCATION, 1);
}

export function applyDecorators(c: Compiler, decorators: readonly Expr[]): void {
  for (const decorator of decorators.slice().reverse()) c.op(Op.CALL, decorator, 0);
}

/** Pushes default values; the flags tell which were there. */
function defaultArguments(c: Compiler, loc: Location, args: Arguments): number {
  let flags = 0;
  if (args.defaults.length > 0) {
    visitExprs(c, args.defaults);
    c.op(Op.BUILD_TUPLE, loc, args.defaults.length);
    flags |= FunctionAttribute.DEFAULTS;
  }
  const names: string[] = [];
  args.kwonlyargs.forEach((arg, i) => {
    const value = args.kw_defaults[i] ?? null;
    if (value === null) return;
    const name = c.mangled(arg.arg);
    names.push(name);
    if (!c.is313) c.loadStr(name, loc);
    visitExpr(c, value);
  });
  if (names.length > 0) {
    if (c.is313) {
      c.loadConst(tuple(names.map(str)), loc);
      c.op(Op.BUILD_CONST_KEY_MAP, loc, names.length);
    } else c.op(Op.BUILD_MAP, loc, names.length);
    flags |= FunctionAttribute.KWDEFAULTS;
  }
  return flags;
}

const countsOf = (args: Arguments): { argcount: number; posonlyargcount: number; kwonlyargcount: number } => ({
  argcount: args.args.length,
  posonlyargcount: args.posonlyargs.length,
  kwonlyargcount: args.kwonlyargs.length,
});

export function lambda(c: Compiler, e: Extract<Expr, { _type: 'Lambda' }>): void {
  const flags = defaultArguments(c, e, e.args);
  c.enterScope('<lambda>', 'lambda', c.symtable.lookup(e), e.lineno, null, countsOf(e.args));
  // The first constant would be taken for a docstring.
  if (c.is313) c.u.consts.add(NONE);
  visitExpr(c, e.body);
  const isGenerator = c.ste.generator;
  if (!isGenerator) c.op(Op.RETURN_VALUE, e.body);
  const code = c.assemble(!isGenerator);
  c.exitScope();
  makeClosure(c, e, code, flags);
}

function functionBody(c: Compiler, s: FunctionStmt, flags: number, firstlineno: number): void {
  const scopeType = s._type === 'AsyncFunctionDef' ? 'async function' : 'function';
  c.enterScope(s.name, scopeType, c.symtable.lookup(s), firstlineno, null, countsOf(s.args));
  const docstring = docstringOf(s.body);
  if (docstring !== null) c.u.consts.add(str(cleanDoc(docstring)));
  else if (c.is313) c.u.consts.add(NONE);
  const start = c.label();
  c.use(start);
  const isGenerator = c.ste.coroutine || c.ste.generator;
  if (isGenerator) c.pushFBlock('stop iteration', NO_LOCATION, start);
  visitStmts(c, docstring !== null ? s.body.slice(1) : s.body);
  if (isGenerator) {
    wrapInStopIterationHandler(c);
    c.popFBlock();
  }
  const code = c.assemble(true);
  c.exitScope();
  makeClosure(c, s, code, flags);
}

export function functionDef(c: Compiler, s: FunctionStmt): void {
  visitExprs(c, s.decorator_list);
  const firstlineno = s.decorator_list[0]?.lineno ?? s.lineno;
  const isGeneric = s.type_params.length > 0;
  let flags = defaultArguments(c, s, s.args);
  let passed = 0;
  if (isGeneric) {
    // The function is made inside a block of its own that binds the type parameters; defaults go in as arguments.
    if ((flags & FunctionAttribute.DEFAULTS) !== 0) passed++;
    if ((flags & FunctionAttribute.KWDEFAULTS) !== 0) passed++;
    if (passed === 2) c.op(Op.SWAP, s, 2);
    const counts = { argcount: passed, posonlyargcount: 0, kwonlyargcount: 0 };
    const name = `<generic parameters of ${s.name}>`;
    c.enterScope(name, 'annotations', c.symtable.lookup(s.type_params), firstlineno, null, counts);
    typeParams(c, s.type_params);
    for (let i = 0; i < passed; i++) c.op(Op.LOAD_FAST, s, i);
  }
  flags |= functionAnnotations(c, s, s.args, s.returns);
  functionBody(c, s, flags, firstlineno);
  if (isGeneric) {
    c.op(Op.SWAP, s, 2);
    c.op(Op.CALL_INTRINSIC_2, s, Intrinsic2.SET_FUNCTION_TYPE_PARAMS);
    const code = c.assemble(false);
    c.exitScope();
    makeClosure(c, s, code, 0);
    if (passed > 0) {
      c.op(Op.SWAP, s, passed + 1);
      c.op(Op.CALL, s, passed - 1);
    } else callWithoutArguments(c, s);
  }
  applyDecorators(c, s.decorator_list);
  nameOp(c, s, s.name, 'Store');
}

export function callWithoutArguments(c: Compiler, loc: Location): void {
  c.op(Op.PUSH_NULL, loc);
  c.op(Op.CALL, loc, 0);
}

// ---- type parameters -------------------------------------------------------------------------------------------

function boundOrDefault(c: Compiler, e: Expr, name: string, ste: SymtableEntry, allowStarred: boolean): void {
  let flags = 0;
  if (!c.is313) {
    // These functions take a format as an annotate function does, with 1 as its default.
    c.loadConst(tuple([int(1)]), e);
    flags = FunctionAttribute.DEFAULTS;
  }
  setupAnnotationsScope(c, e, ste, name);
  if (allowStarred && e._type === 'Starred') {
    visitExpr(c, e.value);
    c.op(Op.UNPACK_SEQUENCE, e, 1);
  } else visitExpr(c, e);
  c.op(Op.RETURN_VALUE, e);
  const code = c.assemble(true);
  c.exitScope();
  makeClosure(c, e, code, flags);
}

export function typeParams(c: Compiler, params: readonly TypeParam[]): void {
  let seenDefault = false;
  for (const tp of params) {
    c.loadStr(tp.name, tp);
    if (tp._type === 'TypeVar' && tp.bound !== null) {
      boundOrDefault(c, tp.bound, tp.name, c.symtable.lookup(tp), false);
      c.op(
        Op.CALL_INTRINSIC_2,
        tp,
        tp.bound._type === 'Tuple' ? Intrinsic2.TYPEVAR_WITH_CONSTRAINTS : Intrinsic2.TYPEVAR_WITH_BOUND,
      );
    } else {
      c.op(
        Op.CALL_INTRINSIC_1,
        tp,
        tp._type === 'TypeVar'
          ? Intrinsic1.TYPEVAR
          : tp._type === 'TypeVarTuple'
            ? Intrinsic1.TYPEVARTUPLE
            : Intrinsic1.PARAMSPEC,
      );
    }
    if (tp.default_value !== null) {
      seenDefault = true;
      const ste = tp._type === 'TypeVar' ? c.symtable.lookupDefault(tp) : c.symtable.lookup(tp);
      boundOrDefault(c, tp.default_value, tp.name, ste, tp._type === 'TypeVarTuple');
      c.op(Op.CALL_INTRINSIC_2, tp, Intrinsic2.SET_TYPEPARAM_DEFAULT);
    } else if (seenDefault) {
      c.syntaxError(`non-default type parameter '${tp.name}' follows default type parameter`, tp);
    }
    c.op(Op.COPY, tp, 1);
    nameOp(c, tp, tp.name, 'Store');
  }
  c.op(Op.BUILD_TUPLE, params[0]!, params.length);
}
