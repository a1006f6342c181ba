/**
 * Code for comprehensions (codegen_comprehension in Python/codegen.c). List, set and dict comprehensions run inside the
 * frame around them, with clashing locals kept on the stack (PEP 709); generator expressions are functions.
 */
import type { Comprehension, Expr } from '../parser/ast';
import { addYield, addYieldFrom, jumpIf, visitExpr } from './codegen-expr';
import { makeClosure, wrapInStopIterationHandler } from './codegen-function';
import type { Compiler, InlinedComprehensionState } from './compiler';
import { type Location, location, NO_LOCATION } from './location';
import { Op } from './opcodes';
import { DEF_LOCAL, DEF_NONLOCAL, Scope, scopeOf, type SymtableEntry } from './symtable-entry';

type ComprehensionExpr = Extract<Expr, { _type: 'GeneratorExp' | 'ListComp' | 'SetComp' | 'DictComp' }>;

const KINDS = {
  GeneratorExp: { name: '<genexpr>', build: null, add: null },
  ListComp: { name: '<listcomp>', build: Op.BUILD_LIST, add: Op.LIST_APPEND },
  SetComp: { name: '<setcomp>', build: Op.BUILD_SET, add: Op.SET_ADD },
  DictComp: { name: '<dictcomp>', build: Op.BUILD_MAP, add: Op.MAP_ADD },
} as const;

export function comprehension(c: Compiler, e: ComprehensionExpr): void {
  const entry = c.symtable.lookup(e);
  const { name, build } = KINDS[e._type];
  const outermost = e.generators[0]!;
  const state: InlinedComprehensionState = {
    pushedLocals: [],
    tempSymbols: new Map(),
    fastHidden: new Set(),
    cleanup: null,
  };
  if (entry.compInlined) {
    iterateOutermost(c, outermost);
    const inClassBlock = c.ste.type === 'class' && c.u.inInlinedComp === 0;
    const outer = new Map([...entry.symbols.keys()].map((k) => [k, scopeOf(c.ste.get(k))]));
    c.tweakInlinedComprehensionScopes(entry, state);
    pushLocals(c, e, entry, state, c.is313 && inClassBlock, outer);
  } else {
    const counts = { argcount: 1, posonlyargcount: 0, kwonlyargcount: 0 };
    c.enterScope(name, 'comprehension', entry, e.lineno, null, counts);
  }
  if (build !== null) {
    c.op(build, e, 0);
    if (entry.compInlined) c.op(Op.SWAP, e, 2);
  }
  generator(c, e, 0, 0, entry.compInlined);
  if (entry.compInlined) {
    popLocals(c, e, state);
    c.revertInlinedComprehensionScopes(state);
    return;
  }
  if (build !== null) c.op(Op.RETURN_VALUE, e);
  else wrapInStopIterationHandler(c);
  const code = c.assemble(true);
  c.exitScope();
  makeClosure(c, e, code, 0);
  iterateOutermost(c, outermost);
  c.op(Op.CALL, e, 0);
  if (entry.coroutine && build !== null) {
    c.op(Op.GET_AWAITABLE, e, 0);
    c.loadNone(e);
    addYieldFrom(c, e, true);
  }
}

/** The first iterable becomes an iterator outside, before any local is put aside or the generator is made. */
function iterateOutermost(c: Compiler, outermost: Comprehension): void {
  visitExpr(c, outermost.iter);
  c.op(outermost.is_async === 1 ? Op.GET_AITER : Op.GET_ITER, outermost.iter);
}

/** One `for` with its `if`s, and inside it the rest. */
function generator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, iterOnStack: boolean): void {
  if (e.generators[index]!.is_async === 1) asyncGenerator(c, e, index, depth, iterOnStack);
  else syncGenerator(c, e, index, depth, iterOnStack);
}

/** What is done with each element; returns the element's location. */
function element(c: Compiler, e: ComprehensionExpr, depth: number): Location {
  const elt = e._type === 'DictComp' ? e.key : e.elt;
  visitExpr(c, elt);
  switch (e._type) {
    case 'GeneratorExp':
      addYield(c, elt);
      c.op(Op.POP_TOP, elt);
      return elt;
    case 'DictComp': {
      visitExpr(c, e.value);
      const loc = location(elt.lineno, e.value.end_lineno, elt.col_offset, e.value.end_col_offset);
      c.op(Op.MAP_ADD, loc, depth + 1);
      return loc;
    }
    default:
      c.op(KINDS[e._type].add, elt, depth + 1);
      return elt;
  }
}

function syncGenerator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, iterOnStack: boolean): void {
  const gen = e.generators[index]!;
  const start = c.label();
  const ifCleanup = c.label();
  const anchor = c.label();
  let loops = true;
  if (!iterOnStack) {
    if (index === 0) c.op(Op.LOAD_FAST, e, 0);
    else {
      // for y in [f(x)]: an assignment, not a loop.
      const only =
        (gen.iter._type === 'List' || gen.iter._type === 'Tuple') && gen.iter.elts.length === 1
          ? gen.iter.elts[0]!
          : null;
      if (only !== null && only._type !== 'Starred') {
        visitExpr(c, only);
        loops = false;
      } else {
        visitExpr(c, gen.iter);
        c.op(Op.GET_ITER, gen.iter);
      }
    }
  }
  let inner = depth;
  if (loops) {
    inner++;
    // 3.13 asks the iterator for its iterator once more.
    if (c.is313) c.op(Op.GET_ITER, gen.iter);
    c.use(start);
    c.jump(Op.FOR_ITER, anchor, gen.iter);
  }
  visitExpr(c, gen.target);
  for (const test of gen.ifs) jumpIf(c, e, test, ifCleanup, false);
  let eltLoc: Location = e._type === 'DictComp' ? e.key : e.elt;
  if (index + 1 < e.generators.length) generator(c, e, index + 1, inner, false);
  else eltLoc = element(c, e, inner);
  c.use(ifCleanup);
  if (loops) {
    c.jump(Op.JUMP, start, eltLoc);
    c.use(anchor);
    c.op(Op.END_FOR, NO_LOCATION);
    c.op(c.is313 ? Op.POP_TOP : Op.POP_ITER, NO_LOCATION);
  }
}

function asyncGenerator(c: Compiler, e: ComprehensionExpr, index: number, depth: number, iterOnStack: boolean): void {
  const gen = e.generators[index]!;
  const start = c.label();
  const send = c.label();
  const except = c.label();
  const ifCleanup = c.label();
  if (!iterOnStack) {
    if (index === 0) c.op(Op.LOAD_FAST, e, 0);
    else {
      visitExpr(c, gen.iter);
      c.op(Op.GET_AITER, gen.iter);
    }
  }
  c.use(start);
  c.pushFBlock('async comprehension generator', e, start);
  c.jump(Op.SETUP_FINALLY, except, e);
  c.op(Op.GET_ANEXT, e);
  c.loadNone(e);
  c.use(send);
  addYieldFrom(c, e, true);
  c.op(Op.POP_BLOCK, e);
  visitExpr(c, gen.target);
  for (const test of gen.ifs) jumpIf(c, e, test, ifCleanup, false);
  const inner = depth + 1;
  let eltLoc: Location = e._type === 'DictComp' ? e.key : e.elt;
  if (index + 1 < e.generators.length) generator(c, e, index + 1, inner, false);
  else eltLoc = element(c, e, inner);
  c.use(ifCleanup);
  c.jump(Op.JUMP, start, eltLoc);
  c.popFBlock();
  c.use(except);
  if (c.is313) c.op(Op.END_ASYNC_FOR, e);
  else c.jump(Op.END_ASYNC_FOR, send, e);
}

/** Puts aside the locals around that the comprehension's own names would overwrite. */
function pushLocals(
  c: Compiler,
  loc: Location,
  entry: SymtableEntry,
  state: InlinedComprehensionState,
  inClassBlock: boolean,
  outerScopes: ReadonlyMap<string, Scope>,
): void {
  for (const [name, symbol] of entry.symbols) {
    const isBoundHere = (symbol & DEF_LOCAL) !== 0 && (symbol & DEF_NONLOCAL) === 0;
    if (!isBoundHere && !inClassBlock) continue;
    // If it is a cell, this puts the cell itself aside, and the comprehension gets one of its own.
    c.opName(Op.LOAD_FAST_AND_CLEAR, c.mangled(name), c.u.varnames, loc);
    if (scopeOf(symbol) === Scope.CELL) {
      const table = outerScopes.get(name) === Scope.FREE ? c.u.freevars : c.u.cellvars;
      c.opName(Op.MAKE_CELL, c.mangled(name), table, loc);
    }
    state.pushedLocals.push(name);
  }
  if (state.pushedLocals.length === 0) return;
  c.op(Op.SWAP, loc, state.pushedLocals.length + 1);
  state.cleanup = c.label();
  c.jump(Op.SETUP_FINALLY, state.cleanup, loc);
}

function restoreLocals(c: Compiler, loc: Location, state: InlinedComprehensionState): void {
  c.op(Op.SWAP, loc, state.pushedLocals.length + 1);
  for (const name of state.pushedLocals.slice().reverse()) {
    c.opName(Op.STORE_FAST_MAYBE_NULL, c.mangled(name), c.u.varnames, loc);
  }
}

function popLocals(c: Compiler, loc: Location, state: InlinedComprehensionState): void {
  if (state.cleanup === null) return;
  c.op(Op.POP_BLOCK, NO_LOCATION);
  const end = c.label();
  c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.use(state.cleanup);
  c.op(Op.SWAP, NO_LOCATION, 2);
  c.op(Op.POP_TOP, NO_LOCATION);
  restoreLocals(c, loc, state);
  c.op(Op.RERAISE, NO_LOCATION, 0);
  c.use(end);
  restoreLocals(c, loc, state);
}
