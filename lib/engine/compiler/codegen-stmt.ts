/**
 * Code for statements (codegen_visit_stmt in Python/codegen.c; Python/compile.c in 3.13): assignments, loops, imports,
 * return. `try` and `with`, definitions and `match` have files of their own.
 */
import type { Expr, Stmt } from '../parser/ast';
import { annAssign, processDeferredAnnotations } from './codegen-annotations';
import { classDef, typeAlias } from './codegen-class';
import {
  addYieldFrom,
  attributeLocation,
  binaryArg,
  binarySubscript,
  isTwoPartSlice,
  jumpIf,
  nameOp,
  sliceParts,
  visitExpr,
  visitExprs,
} from './codegen-expr';
import { functionDef } from './codegen-function';
import { matchStmt } from './codegen-pattern';
import { asyncWithStmt, tryStarStmt, tryStmt, unwindFBlock, unwindFBlockStack, withStmt } from './codegen-try';
import { checkAssert } from './codegen-warnings';
import type { Compiler } from './compiler';
import { int, str, tuple } from './const-value';
import { cleanDoc, docstringOf } from './docstring';
import { type Location, locationOf, NO_LOCATION } from './location';
import { CommonConstant, Intrinsic1, NB, Op } from './opcodes';

export function visitStmts(c: Compiler, stmts: readonly Stmt[]): void {
  for (const s of stmts) visitStmt(c, s);
}

/** The body of a module or class: docstring, statements, annotations. */
export function visitBody(c: Compiler, loc: Location, stmts: readonly Stmt[], isInteractive: boolean): void {
  if ((c.is313 || c.annotationsAsStrings) && c.ste.annotationsUsed) c.op(Op.SETUP_ANNOTATIONS, loc);
  const first = stmts[0];
  if (first === undefined) return;
  let rest = stmts;
  const docstring = isInteractive ? null : docstringOf(stmts);
  if (docstring !== null && first._type === 'Expr') {
    rest = stmts.slice(1);
    c.loadStr(cleanDoc(docstring), first.value);
    nameOp(c, NO_LOCATION, '__doc__', 'Store');
  }
  visitStmts(c, rest);
  if (!c.is313 && !c.annotationsAsStrings) processDeferredAnnotations(c, loc);
}

function conditional(c: Compiler, visit: () => void): void {
  c.u.inConditionalBlock++;
  visit();
  c.u.inConditionalBlock--;
}

export function visitStmt(c: Compiler, s: Stmt): void {
  switch (s._type) {
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      functionDef(c, s);
      break;
    case 'ClassDef':
      classDef(c, s);
      break;
    case 'TypeAlias':
      typeAlias(c, s);
      break;
    case 'Return':
      returnStmt(c, s);
      break;
    case 'Delete':
      visitExprs(c, s.targets);
      break;
    case 'Assign':
      visitExpr(c, s.value);
      s.targets.forEach((target, i) => {
        if (i < s.targets.length - 1) c.op(Op.COPY, s, 1);
        visitExpr(c, target);
      });
      break;
    case 'AugAssign':
      augAssign(c, s);
      break;
    case 'AnnAssign':
      annAssign(c, s);
      break;
    case 'For':
      conditional(c, () => forStmt(c, s));
      break;
    case 'AsyncFor':
      conditional(c, () => asyncForStmt(c, s));
      break;
    case 'While':
      conditional(c, () => whileStmt(c, s));
      break;
    case 'If':
      conditional(c, () => ifStmt(c, s));
      break;
    case 'Match':
      conditional(c, () => matchStmt(c, s));
      break;
    case 'With':
      conditional(c, () => withStmt(c, s, 0));
      break;
    case 'AsyncWith':
      conditional(c, () => asyncWithStmt(c, s, 0));
      break;
    case 'Try':
      conditional(c, () => tryStmt(c, s));
      break;
    case 'TryStar':
      conditional(c, () => tryStarStmt(c, s));
      break;
    case 'Raise': {
      const parts = [s.exc, s.cause].filter((e): e is Expr => e !== null);
      visitExprs(c, parts);
      c.op(Op.RAISE_VARARGS, s, parts.length);
      break;
    }
    case 'Assert':
      assertStmt(c, s);
      break;
    case 'Import':
      importStmt(c, s);
      break;
    case 'ImportFrom':
      fromImport(c, s);
      break;
    case 'Global':
    case 'Nonlocal':
      break;
    case 'Expr':
      exprStmt(c, s, s.value, s === c.displayed);
      break;
    case 'Pass':
      c.op(Op.NOP, s);
      break;
    case 'Break':
      breakStmt(c, s);
      break;
    case 'Continue':
      continueStmt(c, s);
      break;
  }
}

function exprStmt(c: Compiler, loc: Location, value: Expr, displayed: boolean): void {
  if (displayed || c.isInteractiveTopLevel) {
    visitExpr(c, value);
    c.op(Op.CALL_INTRINSIC_1, loc, Intrinsic1.PRINT);
    c.op(Op.POP_TOP, NO_LOCATION);
  } else if (value._type === 'Constant') c.op(Op.NOP, loc);
  else {
    visitExpr(c, value);
    c.op(Op.POP_TOP, NO_LOCATION);
  }
}

function augAssign(c: Compiler, s: Extract<Stmt, { _type: 'AugAssign' }>): void {
  const e = s.target;
  const loc = locationOf(e);
  switch (e._type) {
    case 'Attribute':
      visitExpr(c, e.value);
      c.op(Op.COPY, loc, 1);
      c.attribute(Op.LOAD_ATTR, e.attr, attributeLocation(loc, e), 1);
      break;
    case 'Subscript':
      visitExpr(c, e.value);
      if (isTwoPartSlice(c, e.slice)) {
        sliceParts(c, e.slice);
        for (let i = 0; i < 3; i++) c.op(Op.COPY, loc, 3);
        c.op(Op.BINARY_SLICE, loc);
      } else {
        visitExpr(c, e.slice);
        c.op(Op.COPY, loc, 2);
        c.op(Op.COPY, loc, 2);
        binarySubscript(c, loc);
      }
      break;
    case 'Name':
      nameOp(c, loc, e.id, 'Load');
      break;
    default:
      break;
  }
  visitExpr(c, s.value);
  c.op(Op.BINARY_OP, s, binaryArg(s.op) + NB.INPLACE_ADD);
  switch (e._type) {
    case 'Attribute': {
      const attrLoc = attributeLocation(loc, e);
      c.op(Op.SWAP, attrLoc, 2);
      c.attribute(Op.STORE_ATTR, e.attr, attrLoc);
      break;
    }
    case 'Subscript':
      if (isTwoPartSlice(c, e.slice)) {
        for (const n of [4, 3, 2]) c.op(Op.SWAP, loc, n);
        c.op(Op.STORE_SLICE, loc);
      } else {
        c.op(Op.SWAP, loc, 3);
        c.op(Op.SWAP, loc, 2);
        c.op(Op.STORE_SUBSCR, loc);
      }
      break;
    case 'Name':
      nameOp(c, loc, e.id, 'Store');
      break;
    default:
      break;
  }
}

function assertStmt(c: Compiler, s: Extract<Stmt, { _type: 'Assert' }>): void {
  checkAssert(c, s.test, s);
  if (c.optimize > 0) return;
  const end = c.label();
  jumpIf(c, s, s.test, end, true);
  if (c.is313) c.op(Op.LOAD_ASSERTION_ERROR, s);
  else c.op(Op.LOAD_COMMON_CONSTANT, s, CommonConstant.ASSERTION_ERROR);
  if (s.msg !== null) {
    visitExpr(c, s.msg);
    c.op(Op.CALL, s, 0);
  }
  c.op(Op.RAISE_VARARGS, s.test, 1);
  c.use(end);
}

// ---- control flow ----------------------------------------------------------------------------------------------

function ifStmt(c: Compiler, s: Extract<Stmt, { _type: 'If' }>): void {
  const end = c.label();
  const next = s.orelse.length > 0 ? c.label() : end;
  jumpIf(c, s, s.test, next, false);
  visitStmts(c, s.body);
  if (s.orelse.length > 0) {
    c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.use(next);
    visitStmts(c, s.orelse);
  }
  c.use(end);
}

function forStmt(c: Compiler, s: Extract<Stmt, { _type: 'For' }>): void {
  const start = c.label();
  const body = c.label();
  const cleanup = c.label();
  const end = c.label();
  c.pushFBlock('for loop', s, start, end);
  visitExpr(c, s.iter);
  c.op(Op.GET_ITER, s.iter);
  c.use(start);
  c.jump(Op.FOR_ITER, cleanup, s.iter);
  // Keeps the line of the target for tracing; redundant ones go away later.
  c.op(Op.NOP, s.target);
  c.use(body);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  c.jump(Op.JUMP, start, NO_LOCATION);
  c.use(cleanup);
  c.op(Op.END_FOR, NO_LOCATION);
  c.op(c.is313 ? Op.POP_TOP : Op.POP_ITER, NO_LOCATION);
  c.popFBlock();
  visitStmts(c, s.orelse);
  c.use(end);
}

function asyncForStmt(c: Compiler, s: Extract<Stmt, { _type: 'AsyncFor' }>): void {
  const start = c.label();
  const send = c.label();
  const except = c.label();
  const end = c.label();
  visitExpr(c, s.iter);
  c.op(Op.GET_AITER, s.iter);
  c.use(start);
  c.pushFBlock('async for loop', s, start, end);
  c.jump(Op.SETUP_FINALLY, except, s);
  c.op(Op.GET_ANEXT, s);
  c.loadNone(s);
  c.use(send);
  addYieldFrom(c, s, true);
  c.op(Op.POP_BLOCK, s);
  if (!c.is313) c.op(Op.NOT_TAKEN, s);
  visitExpr(c, s.target);
  visitStmts(c, s.body);
  c.jump(Op.JUMP, start, NO_LOCATION);
  c.popFBlock();
  c.use(except);
  // The line of the iterator: the loop ends there, not in its body.
  if (c.is313) c.op(Op.END_ASYNC_FOR, s.iter);
  else c.jump(Op.END_ASYNC_FOR, send, s.iter);
  visitStmts(c, s.orelse);
  c.use(end);
}

function whileStmt(c: Compiler, s: Extract<Stmt, { _type: 'While' }>): void {
  const loop = c.label();
  const end = c.label();
  const anchor = c.label();
  c.use(loop);
  c.pushFBlock('while loop', s, loop, end);
  jumpIf(c, s, s.test, anchor, false);
  if (c.is313) {
    // The condition stands twice: at the end it leads back into the body.
    const body = c.label();
    c.use(body);
    visitStmts(c, s.body);
    jumpIf(c, s, s.test, body, true);
  } else {
    visitStmts(c, s.body);
    c.jump(Op.JUMP, loop, NO_LOCATION);
  }
  c.popFBlock();
  c.use(anchor);
  visitStmts(c, s.orelse);
  c.use(end);
}

function returnStmt(c: Compiler, s: Extract<Stmt, { _type: 'Return' }>): void {
  const { value } = s;
  if (!c.ste.isFunctionLike()) c.syntaxError("'return' outside function", s);
  if (value !== null && c.ste.coroutine && c.ste.generator) {
    c.syntaxError("'return' with value in async generator", s);
  }
  const preserveTos = value !== null && value._type !== 'Constant';
  const where = { loc: locationOf(s) };
  if (preserveTos) visitExpr(c, value);
  else if (value !== null) {
    where.loc = locationOf(value);
    c.op(Op.NOP, where.loc);
  }
  if (value === null || value.lineno !== s.lineno) {
    where.loc = locationOf(s);
    c.op(Op.NOP, where.loc);
  }
  unwindFBlockStack(c, where, preserveTos, false);
  if (value === null) c.loadNone(where.loc);
  else if (value._type === 'Constant') c.loadConst(value.value, where.loc);
  c.op(Op.RETURN_VALUE, where.loc);
}

function breakStmt(c: Compiler, s: Stmt): void {
  const where = { loc: locationOf(s) };
  c.op(Op.NOP, where.loc);
  const loop = unwindFBlockStack(c, where, false, true);
  if (loop === null) c.syntaxError("'break' outside loop", s);
  unwindFBlock(c, where, loop, false);
  c.jump(Op.JUMP, loop.exit!, where.loc);
}

function continueStmt(c: Compiler, s: Stmt): void {
  const where = { loc: locationOf(s) };
  c.op(Op.NOP, where.loc);
  const loop = unwindFBlockStack(c, where, false, true);
  if (loop === null) c.syntaxError("'continue' not properly in loop", s);
  c.jump(Op.JUMP, loop.block!, where.loc);
}

// ---- imports ---------------------------------------------------------------------------------------------------

function importStmt(c: Compiler, s: Extract<Stmt, { _type: 'Import' }>): void {
  for (const alias of s.names) {
    c.loadConst(int(0), s);
    c.loadNone(s);
    c.attribute(Op.IMPORT_NAME, alias.name, s);
    const parts = alias.name.split('.');
    if (alias.asname === null) nameOp(c, s, parts[0]!, 'Store');
    else if (parts.length === 1) nameOp(c, s, alias.asname, 'Store');
    else {
      // import a.b.c as d: walk from the package to the module that is meant.
      parts.slice(1).forEach((attr, i) => {
        if (i > 0) {
          c.op(Op.SWAP, s, 2);
          c.op(Op.POP_TOP, s);
        }
        c.opName(Op.IMPORT_FROM, attr, c.u.names, s);
      });
      nameOp(c, s, alias.asname, 'Store');
      c.op(Op.POP_TOP, s);
    }
  }
}

function fromImport(c: Compiler, s: Extract<Stmt, { _type: 'ImportFrom' }>): void {
  c.loadConst(int(s.level), s);
  c.loadConst(tuple(s.names.map((alias) => str(alias.name))), s);
  c.attribute(Op.IMPORT_NAME, s.module ?? '', s);
  if (s.names[0]?.name === '*') {
    c.op(Op.CALL_INTRINSIC_1, s, Intrinsic1.IMPORT_STAR);
    c.op(Op.POP_TOP, NO_LOCATION);
    return;
  }
  for (const alias of s.names) {
    c.attribute(Op.IMPORT_FROM, alias.name, s);
    nameOp(c, s, alias.asname ?? alias.name, 'Store');
  }
  c.op(Op.POP_TOP, s);
}
