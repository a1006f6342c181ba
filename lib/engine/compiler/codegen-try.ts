/**
 * Code for `try` and `with`, and what leaving them early costs (codegen_try_except, codegen_with, codegen_unwind_fblock
 * in Python/codegen.c). Block pushes (SETUP_…, POP_BLOCK) end up in the exception table, not in the code.
 */
import type { AsyncWith, ExceptHandler, Stmt, Try, TryStar, With } from '../parser/ast';
import { addYieldFrom, nameOp, visitExpr } from './codegen-expr';
import { visitStmts } from './codegen-stmt';
import type { Compiler } from './compiler';
import type { FBlock } from './compiler-unit';
import type { Label } from './instruction-sequence';
import { type Location, NO_LOCATION } from './location';
import { Intrinsic2, Op, SpecialMethod } from './opcodes';

/** The place of an unwinding statement. After a `finally` or `with` has run on the way, there is none any more. */
export interface Where {
  loc: Location;
}

// ---- leaving blocks --------------------------------------------------------------------------------------------

/** Undoes one block; with preserveTos the value on top of the stack (what `return` returns) stays there. */
export function unwindFBlock(c: Compiler, where: Where, info: FBlock, preserveTos: boolean): void {
  const { loc } = where;
  const swap = (): void => {
    if (preserveTos) c.op(Op.SWAP, loc, 2);
  };
  switch (info.type) {
    case 'while loop':
    case 'exception handler':
    case 'exception group handler':
    case 'async comprehension generator':
    case 'stop iteration':
      return;
    case 'for loop':
    case 'async for loop':
      swap();
      c.op(Op.POP_TOP, loc);
      return;
    case 'try except':
      c.op(Op.POP_BLOCK, loc);
      return;
    case 'finally try':
      c.op(Op.POP_BLOCK, loc);
      if (preserveTos) c.pushFBlock('pop value', loc, null);
      visitStmts(c, info.finalbody!);
      if (preserveTos) c.popFBlock();
      where.loc = NO_LOCATION;
      return;
    case 'finally end':
      swap();
      c.op(Op.POP_TOP, loc);
      swap();
      c.op(Op.POP_BLOCK, loc);
      c.op(Op.POP_EXCEPT, loc);
      return;
    case 'with':
    case 'async with':
      where.loc = info.loc;
      c.op(Op.POP_BLOCK, info.loc);
      if (preserveTos) {
        if (!c.is313) c.op(Op.SWAP, info.loc, 3);
        c.op(Op.SWAP, info.loc, 2);
      }
      callExitWithNones(c, info.loc);
      if (info.type === 'async with') awaitIt(c, info.loc, 2);
      c.op(Op.POP_TOP, info.loc);
      where.loc = NO_LOCATION;
      return;
    case 'handler cleanup':
      if (info.name !== null) c.op(Op.POP_BLOCK, loc);
      swap();
      c.op(Op.POP_BLOCK, loc);
      c.op(Op.POP_EXCEPT, loc);
      if (info.name !== null) forgetName(c, loc, info.name);
      return;
    case 'pop value':
      swap();
      c.op(Op.POP_TOP, loc);
  }
}

/** Undoes blocks from the inside out, up to the nearest loop if asked for, which is returned. */
export function unwindFBlockStack(c: Compiler, where: Where, preserveTos: boolean, toLoop: boolean): FBlock | null {
  const { fblocks } = c.u;
  const top = fblocks[fblocks.length - 1];
  if (top === undefined) return null;
  if (top.type === 'exception group handler') {
    c.syntaxError("'break', 'continue' and 'return' cannot appear in an except* block", where.loc);
  }
  if (toLoop && (top.type === 'while loop' || top.type === 'for loop' || top.type === 'async for loop')) return top;
  // While a block is being undone it is not there: its finally may leave on its own.
  c.popFBlock();
  unwindFBlock(c, where, top, preserveTos);
  const loop = unwindFBlockStack(c, where, preserveTos, toLoop);
  c.restoreFBlock(top);
  return loop;
}

function forgetName(c: Compiler, loc: Location, name: string): void {
  c.loadNone(loc);
  nameOp(c, loc, name, 'Store');
  nameOp(c, loc, name, 'Del');
}

function popExceptAndReraise(c: Compiler, loc: Location): void {
  c.op(Op.COPY, loc, 3);
  c.op(Op.POP_EXCEPT, loc);
  c.op(Op.RERAISE, loc, 1);
}

// ---- try -------------------------------------------------------------------------------------------------------

export function tryStmt(c: Compiler, s: Try): void {
  if (s.finalbody.length > 0) {
    tryFinally(c, s, () => (s.handlers.length > 0 ? tryExcept(c, s) : visitStmts(c, s.body)));
  } else tryExcept(c, s);
}

export function tryStarStmt(c: Compiler, s: TryStar): void {
  if (s.finalbody.length > 0) {
    tryFinally(c, s, () => (s.handlers.length > 0 ? tryStarExcept(c, s) : visitStmts(c, s.body)));
  } else tryStarExcept(c, s);
}

function tryFinally(c: Compiler, s: Try | TryStar, visitInner: () => void): void {
  const body = c.label();
  const end = c.label();
  const exit = c.label();
  const cleanup = c.label();
  c.jump(Op.SETUP_FINALLY, end, s);
  c.use(body);
  c.pushFBlock('finally try', s, body, end, { finalbody: s.finalbody });
  visitInner();
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.popFBlock();
  visitStmts(c, s.finalbody);
  c.jump(Op.JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  // The same statements again, for the way out with an exception.
  c.use(end);
  c.jump(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op(Op.PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock('finally end', NO_LOCATION, end);
  visitStmts(c, s.finalbody);
  c.popFBlock();
  c.op(Op.RERAISE, NO_LOCATION, 0);
  c.use(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.use(exit);
}

function tryBody(c: Compiler, s: Try | TryStar, except: Label): void {
  const body = c.label();
  c.jump(Op.SETUP_FINALLY, except, s);
  c.use(body);
  c.pushFBlock('try except', s, body);
  visitStmts(c, s.body);
  c.popFBlock();
  c.op(Op.POP_BLOCK, NO_LOCATION);
}

function tryExcept(c: Compiler, s: Try): void {
  const except = c.label();
  const end = c.label();
  const cleanup = c.label();
  tryBody(c, s, except);
  visitStmts(c, s.orelse);
  c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.use(except);
  c.jump(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op(Op.PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock('exception handler', s, null);
  s.handlers.forEach((handler, i) => {
    if (handler.type === null && i < s.handlers.length - 1) c.syntaxError("default 'except:' must be last", handler);
    const next = c.label();
    if (handler.type !== null) {
      visitExpr(c, handler.type);
      c.op(Op.CHECK_EXC_MATCH, handler);
      c.jump(Op.POP_JUMP_IF_FALSE, next, handler);
    }
    exceptBody(c, handler, end);
    c.use(next);
  });
  c.popFBlock();
  c.op(Op.RERAISE, NO_LOCATION, 0);
  c.use(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.use(end);
}

/** The body of one except clause; a bound name is unbound again however the body ends. */
function exceptBody(c: Compiler, handler: ExceptHandler, end: Label): void {
  const { name } = handler;
  const body = c.label();
  if (name === null) {
    c.op(Op.POP_TOP, handler);
    c.use(body);
    c.pushFBlock('handler cleanup', handler, body);
    visitStmts(c, handler.body);
    c.popFBlock();
    c.op(Op.POP_BLOCK, NO_LOCATION);
    c.op(Op.POP_EXCEPT, NO_LOCATION);
    c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
    return;
  }
  const cleanupEnd = c.label();
  nameOp(c, handler, name, 'Store');
  c.jump(Op.SETUP_CLEANUP, cleanupEnd, handler);
  c.use(body);
  c.pushFBlock('handler cleanup', handler, body, null, { name });
  visitStmts(c, handler.body);
  c.popFBlock();
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.POP_EXCEPT, NO_LOCATION);
  forgetName(c, NO_LOCATION, name);
  c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.use(cleanupEnd);
  forgetName(c, NO_LOCATION, name);
  c.op(Op.RERAISE, NO_LOCATION, 1);
}

/**
 * except*: on the stack lie the original group, a list of what the clauses raised, and what is left unmatched. In the
 * end PREP_RERAISE_STAR makes of list and rest what is to be raised, or None.
 */
function tryStarExcept(c: Compiler, s: TryStar): void {
  const except = c.label();
  const orelse = c.label();
  const end = c.label();
  const cleanup = c.label();
  const reraiseStar = c.label();
  tryBody(c, s, except);
  c.jump(Op.JUMP_NO_INTERRUPT, orelse, NO_LOCATION);
  c.use(except);
  c.jump(Op.SETUP_CLEANUP, cleanup, NO_LOCATION);
  c.op(Op.PUSH_EXC_INFO, NO_LOCATION);
  c.pushFBlock('exception group handler', s, null);
  s.handlers.forEach((handler, i) => {
    if (i === 0) {
      c.op(Op.BUILD_LIST, handler, 0);
      c.op(Op.COPY, handler, 2);
    }
    const withError = c.label();
    const noMatch = c.label();
    const next = c.label();
    if (handler.type !== null) {
      visitExpr(c, handler.type);
      c.op(Op.CHECK_EG_MATCH, handler);
      c.op(Op.COPY, handler, 1);
      c.jump(Op.POP_JUMP_IF_NONE, noMatch, handler);
    }
    const cleanupEnd = c.label();
    const body = c.label();
    const { name } = handler;
    if (name !== null) nameOp(c, handler, name, 'Store');
    else c.op(Op.POP_TOP, handler);
    c.jump(Op.SETUP_CLEANUP, cleanupEnd, handler);
    c.use(body);
    c.pushFBlock('handler cleanup', handler, body, null, { name });
    visitStmts(c, handler.body);
    c.popFBlock();
    c.op(Op.POP_BLOCK, NO_LOCATION);
    if (name !== null) forgetName(c, NO_LOCATION, name);
    c.jump(Op.JUMP_NO_INTERRUPT, next, NO_LOCATION);
    c.use(cleanupEnd);
    if (name !== null) forgetName(c, NO_LOCATION, name);
    c.op(Op.LIST_APPEND, NO_LOCATION, 3);
    c.op(Op.POP_TOP, NO_LOCATION);
    c.jump(Op.JUMP_NO_INTERRUPT, withError, NO_LOCATION);
    c.use(next);
    c.op(Op.NOP, NO_LOCATION);
    c.jump(Op.JUMP_NO_INTERRUPT, withError, NO_LOCATION);
    c.use(noMatch);
    c.op(Op.POP_TOP, handler);
    c.use(withError);
    if (i === s.handlers.length - 1) {
      c.op(Op.LIST_APPEND, NO_LOCATION, 1);
      c.jump(Op.JUMP_NO_INTERRUPT, reraiseStar, NO_LOCATION);
    }
  });
  c.popFBlock();
  const reraise = c.label();
  c.use(reraiseStar);
  c.op(Op.CALL_INTRINSIC_2, NO_LOCATION, Intrinsic2.PREP_RERAISE_STAR);
  c.op(Op.COPY, NO_LOCATION, 1);
  c.jump(Op.POP_JUMP_IF_NOT_NONE, reraise, NO_LOCATION);
  c.op(Op.POP_TOP, NO_LOCATION);
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.POP_EXCEPT, NO_LOCATION);
  c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.use(reraise);
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.SWAP, NO_LOCATION, 2);
  c.op(Op.POP_EXCEPT, NO_LOCATION);
  c.op(Op.RERAISE, NO_LOCATION, 0);
  c.use(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.use(orelse);
  visitStmts(c, s.orelse);
  c.use(end);
}

// ---- with ------------------------------------------------------------------------------------------------------

/** exit(None, None, None). In 3.13 the bound __exit__ lies on the stack without a slot for self: the first None is it. */
function callExitWithNones(c: Compiler, loc: Location): void {
  for (let i = 0; i < 3; i++) c.loadNone(loc);
  c.op(Op.CALL, loc, c.is313 ? 2 : 3);
}

function awaitIt(c: Compiler, loc: Location, forWhom: number): void {
  c.op(Op.GET_AWAITABLE, loc, forWhom);
  c.loadNone(loc);
  addYieldFrom(c, loc, true);
}

/** The context manager is on the stack: looks __exit__ up, calls __enter__. */
function enterContext(c: Compiler, loc: Location, isAsync: boolean): void {
  if (c.is313) {
    c.op(isAsync ? Op.BEFORE_ASYNC_WITH : Op.BEFORE_WITH, loc);
    return;
  }
  c.op(Op.COPY, loc, 1);
  c.op(Op.LOAD_SPECIAL, loc, isAsync ? SpecialMethod.AEXIT : SpecialMethod.EXIT);
  c.op(Op.SWAP, loc, 2);
  c.op(Op.SWAP, loc, 3);
  c.op(Op.LOAD_SPECIAL, loc, isAsync ? SpecialMethod.AENTER : SpecialMethod.ENTER);
  c.op(Op.CALL, loc, 0);
}

function withExceptFinish(c: Compiler, cleanup: Label): void {
  const suppress = c.label();
  c.op(Op.TO_BOOL, NO_LOCATION);
  c.jump(Op.POP_JUMP_IF_TRUE, suppress, NO_LOCATION);
  c.op(Op.RERAISE, NO_LOCATION, 2);
  c.use(suppress);
  c.op(Op.POP_TOP, NO_LOCATION);
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.POP_EXCEPT, NO_LOCATION);
  for (let i = 0; i < (c.is313 ? 2 : 3); i++) c.op(Op.POP_TOP, NO_LOCATION);
  const exit = c.label();
  c.jump(Op.JUMP_NO_INTERRUPT, exit, NO_LOCATION);
  c.use(cleanup);
  popExceptAndReraise(c, NO_LOCATION);
  c.use(exit);
}

export function withStmt(c: Compiler, s: With, pos: number): void {
  withItem(c, s, pos, false);
}

export function asyncWithStmt(c: Compiler, s: AsyncWith, pos: number): void {
  withItem(c, s, pos, true);
}

function withItem(c: Compiler, s: With | AsyncWith, pos: number, isAsync: boolean): void {
  const item = s.items[pos]!;
  const loc = item.context_expr;
  const block = c.label();
  const final = c.label();
  const exit = c.label();
  const cleanup = c.label();
  visitExpr(c, loc);
  enterContext(c, loc, isAsync);
  if (isAsync) awaitIt(c, loc, 1);
  c.jump(Op.SETUP_WITH, final, loc);
  c.use(block);
  c.pushFBlock(isAsync ? 'async with' : 'with', loc, block, final);
  if (item.optional_vars !== null) visitExpr(c, item.optional_vars);
  else c.op(Op.POP_TOP, loc);
  if (pos + 1 === s.items.length) visitStmts(c, s.body as readonly Stmt[]);
  else withItem(c, s, pos + 1, isAsync);
  c.op(Op.POP_BLOCK, isAsync ? loc : NO_LOCATION);
  c.popFBlock();
  callExitWithNones(c, loc);
  if (isAsync) awaitIt(c, loc, 2);
  c.op(Op.POP_TOP, loc);
  c.jump(Op.JUMP, exit, loc);
  c.use(final);
  c.jump(Op.SETUP_CLEANUP, cleanup, loc);
  c.op(Op.PUSH_EXC_INFO, loc);
  c.op(Op.WITH_EXCEPT_START, loc);
  if (isAsync) awaitIt(c, loc, 2);
  withExceptFinish(c, cleanup);
  c.use(exit);
}
