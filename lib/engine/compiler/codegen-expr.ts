/**
 * Code for expressions (codegen_visit_expr in Python/codegen.c; Python/compile.c in 3.13). Calls, comprehensions and
 * lambdas have files of their own.
 */
import type { CmpOp, Expr, ExprContext, Operator } from '../parser/ast';
import { callExpr, canOptimizeSuperCall, loadArgsForSuper } from './codegen-call';
import { comprehension } from './codegen-comprehension';
import { lambda } from './codegen-function';
import { formattedValue, interpolation, joinedStr, templateStr } from './codegen-string';
import { checkCompare, checkSubscript } from './codegen-warnings';
import { type Compiler, STACK_USE_GUIDELINE } from './compiler';
import { frozenset, NONE, tuple } from './const-value';
import type { Label } from './instruction-sequence';
import { type Location, locationOf, NO_LOCATION } from './location';
import { Cmp, COMPARE_MASKS, Intrinsic1, NB, Op, Resume } from './opcodes';
import { Scope } from './symtable-entry';

export function visitExprs(c: Compiler, seq: readonly Expr[]): void {
  for (const e of seq) visitExpr(c, e);
}

export function visitExpr(c: Compiler, e: Expr): void {
  switch (e._type) {
    case 'NamedExpr':
      visitExpr(c, e.value);
      c.op(Op.COPY, e, 1);
      visitExpr(c, e.target);
      break;
    case 'BoolOp':
      boolOp(c, e);
      break;
    case 'BinOp':
      visitExpr(c, e.left);
      visitExpr(c, e.right);
      c.op(Op.BINARY_OP, e, BINARY[e.op]);
      break;
    case 'UnaryOp':
      visitExpr(c, e.operand);
      if (e.op === 'UAdd') c.op(Op.CALL_INTRINSIC_1, e, Intrinsic1.UNARY_POSITIVE);
      else if (e.op === 'Not') {
        c.op(Op.TO_BOOL, e);
        c.op(Op.UNARY_NOT, e);
      } else c.op(e.op === 'Invert' ? Op.UNARY_INVERT : Op.UNARY_NEGATIVE, e);
      break;
    case 'Lambda':
      lambda(c, e);
      break;
    case 'IfExp': {
      const end = c.label();
      const next = c.label();
      jumpIf(c, e, e.test, next, false);
      visitExpr(c, e.body);
      c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
      c.use(next);
      visitExpr(c, e.orelse);
      c.use(end);
      break;
    }
    case 'Dict':
      dict(c, e);
      break;
    case 'Set':
      starUnpack(c, e, e.elts, 0, 'set');
      break;
    case 'GeneratorExp':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      comprehension(c, e);
      break;
    case 'Yield':
      if (!c.ste.isFunctionLike()) c.syntaxError("'yield' outside function", e);
      if (e.value !== null) visitExpr(c, e.value);
      else c.loadNone(e);
      addYield(c, e);
      break;
    case 'YieldFrom':
      if (!c.ste.isFunctionLike()) c.syntaxError("'yield from' outside function", e);
      if (c.u.scopeType === 'async function') c.syntaxError("'yield from' inside async function", e);
      visitExpr(c, e.value);
      c.op(Op.GET_YIELD_FROM_ITER, e);
      c.loadNone(e);
      addYieldFrom(c, e, false);
      break;
    case 'Await':
      visitExpr(c, e.value);
      c.op(Op.GET_AWAITABLE, e, 0);
      c.loadNone(e);
      addYieldFrom(c, e, true);
      break;
    case 'Compare':
      compare(c, e);
      break;
    case 'Call':
      callExpr(c, e);
      break;
    case 'Constant':
      c.loadConst(e.value, e);
      break;
    case 'JoinedStr':
      joinedStr(c, e);
      break;
    case 'TemplateStr':
      templateStr(c, e);
      break;
    case 'FormattedValue':
      formattedValue(c, e);
      break;
    case 'Interpolation':
      interpolation(c, e);
      break;
    case 'Attribute':
      attribute(c, e);
      break;
    case 'Subscript':
      subscript(c, e);
      break;
    case 'Starred':
      c.syntaxError(
        e.ctx === 'Store'
          ? 'starred assignment target must be in a list or tuple'
          : "can't use starred expression here",
        e,
      );
      break;
    case 'Slice':
      slice(c, e);
      break;
    case 'Name':
      nameOp(c, e, e.id, e.ctx);
      break;
    case 'List':
    case 'Tuple':
      if (e.ctx === 'Store') assignment(c, e, e.elts);
      else if (e.ctx === 'Load') starUnpack(c, e, e.elts, 0, e._type === 'List' ? 'list' : 'tuple');
      else visitExprs(c, e.elts);
      break;
  }
}

// ---- names -----------------------------------------------------------------------------------------------------

export function nameOp(c: Compiler, loc: Location, name: string, ctx: ExprContext): void {
  const mangled = c.mangled(name);
  const scope = c.ste.scope(mangled);
  const { kind, arg } = c.resolveName(mangled, scope);
  const pick = (load: Op, store: Op, del: Op): Op => (ctx === 'Load' ? load : ctx === 'Store' ? store : del);
  switch (kind) {
    case 'fast':
      c.opName(pick(Op.LOAD_FAST, Op.STORE_FAST, Op.DELETE_FAST), mangled, c.u.varnames, loc);
      return;
    case 'deref': {
      let load = Op.LOAD_DEREF;
      if (ctx === 'Load') {
        if (c.ste.type === 'class' && c.u.inInlinedComp === 0) {
          load = Op.LOAD_FROM_DICT_OR_DEREF;
          c.op(Op.LOAD_LOCALS, loc);
        } else if (c.ste.canSeeClassScope) {
          load = Op.LOAD_FROM_DICT_OR_DEREF;
          c.opName(Op.LOAD_DEREF, '__classdict__', c.u.freevars, loc);
        }
      }
      c.op(pick(load, Op.STORE_DEREF, Op.DELETE_DEREF), loc, arg);
      return;
    }
    case 'global':
      if (ctx === 'Load' && c.ste.canSeeClassScope && scope === Scope.GLOBAL_IMPLICIT) {
        c.opName(Op.LOAD_DEREF, '__classdict__', c.u.freevars, loc);
        c.op(Op.LOAD_FROM_DICT_OR_GLOBALS, loc, arg);
      } else if (ctx === 'Load') c.op(Op.LOAD_GLOBAL, loc, arg << 1);
      else c.op(ctx === 'Store' ? Op.STORE_GLOBAL : Op.DELETE_GLOBAL, loc, arg);
      return;
    case 'name':
      if (ctx === 'Load' && c.ste.type === 'class' && c.u.inInlinedComp > 0) c.op(Op.LOAD_GLOBAL, loc, arg << 1);
      else c.op(pick(Op.LOAD_NAME, Op.STORE_NAME, Op.DELETE_NAME), loc, arg);
  }
}

// ---- operators -------------------------------------------------------------------------------------------------

const BINARY: Record<Operator, NB> = {
  Add: NB.ADD,
  Sub: NB.SUBTRACT,
  Mult: NB.MULTIPLY,
  MatMult: NB.MATRIX_MULTIPLY,
  Div: NB.TRUE_DIVIDE,
  Mod: NB.REMAINDER,
  Pow: NB.POWER,
  LShift: NB.LSHIFT,
  RShift: NB.RSHIFT,
  BitOr: NB.OR,
  BitXor: NB.XOR,
  BitAnd: NB.AND,
  FloorDiv: NB.FLOOR_DIVIDE,
};

export const binaryArg = (op: Operator): NB => BINARY[op];

const COMPARISONS: Partial<Record<CmpOp, Cmp>> = {
  Eq: Cmp.EQ,
  NotEq: Cmp.NE,
  Lt: Cmp.LT,
  LtE: Cmp.LE,
  Gt: Cmp.GT,
  GtE: Cmp.GE,
};

export function addCompare(c: Compiler, loc: Location, op: CmpOp): void {
  if (op === 'Is' || op === 'IsNot') c.op(Op.IS_OP, loc, op === 'Is' ? 0 : 1);
  else if (op === 'In' || op === 'NotIn') c.op(Op.CONTAINS_OP, loc, op === 'In' ? 0 : 1);
  else {
    const cmp = COMPARISONS[op]!;
    c.op(Op.COMPARE_OP, loc, (cmp << 5) | COMPARE_MASKS[cmp]!);
  }
}

function boolOp(c: Compiler, e: Extract<Expr, { _type: 'BoolOp' }>): void {
  const end = c.label();
  const last = e.values.length - 1;
  for (const value of e.values.slice(0, last)) {
    visitExpr(c, value);
    if (c.is313) {
      c.op(Op.COPY, e, 1);
      c.op(Op.TO_BOOL, e);
      c.jump(e.op === 'And' ? Op.POP_JUMP_IF_FALSE : Op.POP_JUMP_IF_TRUE, end, e);
    } else c.jump(e.op === 'And' ? Op.JUMP_IF_FALSE : Op.JUMP_IF_TRUE, end, e);
    c.op(Op.POP_TOP, e);
  }
  visitExpr(c, e.values[last]!);
  c.use(end);
}

function compare(c: Compiler, e: Extract<Expr, { _type: 'Compare' }>): void {
  checkCompare(c, e);
  visitExpr(c, e.left);
  const n = e.ops.length - 1;
  if (n === 0) {
    visitExpr(c, e.comparators[0]!);
    addCompare(c, e, e.ops[0]!);
    return;
  }
  const cleanup = c.label();
  for (let i = 0; i < n; i++) {
    visitExpr(c, e.comparators[i]!);
    c.op(Op.SWAP, e, 2);
    c.op(Op.COPY, e, 2);
    addCompare(c, e, e.ops[i]!);
    c.op(Op.COPY, e, 1);
    c.op(Op.TO_BOOL, e);
    c.jump(Op.POP_JUMP_IF_FALSE, cleanup, e);
    c.op(Op.POP_TOP, e);
  }
  visitExpr(c, e.comparators[n]!);
  addCompare(c, e, e.ops[n]!);
  const end = c.label();
  c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
  c.use(cleanup);
  c.op(Op.SWAP, e, 2);
  c.op(Op.POP_TOP, e);
  c.use(end);
}

/** Evaluates a condition and jumps to `next` if its truth is `cond`. */
export function jumpIf(c: Compiler, loc: Location, e: Expr, next: Label, cond: boolean): void {
  if (e._type === 'UnaryOp' && e.op === 'Not') {
    jumpIf(c, loc, e.operand, next, !cond);
    return;
  }
  if (e._type === 'BoolOp') {
    const cond2 = e.op === 'Or';
    const next2 = cond2 === cond ? next : c.label();
    const last = e.values.length - 1;
    for (const value of e.values.slice(0, last)) jumpIf(c, loc, value, next2, cond2);
    jumpIf(c, loc, e.values[last]!, next, cond);
    if (next2 !== next) c.use(next2);
    return;
  }
  if (e._type === 'IfExp') {
    const end = c.label();
    const next2 = c.label();
    jumpIf(c, loc, e.test, next2, false);
    jumpIf(c, loc, e.body, next, cond);
    c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.use(next2);
    jumpIf(c, loc, e.orelse, next, cond);
    c.use(end);
    return;
  }
  const jumpOp = cond ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE;
  if (e._type === 'Compare' && e.ops.length > 1) {
    checkCompare(c, e);
    const n = e.ops.length - 1;
    const cleanup = c.label();
    visitExpr(c, e.left);
    for (let i = 0; i < n; i++) {
      visitExpr(c, e.comparators[i]!);
      c.op(Op.SWAP, e, 2);
      c.op(Op.COPY, e, 2);
      addCompare(c, e, e.ops[i]!);
      c.op(Op.TO_BOOL, e);
      c.jump(Op.POP_JUMP_IF_FALSE, cleanup, e);
    }
    visitExpr(c, e.comparators[n]!);
    addCompare(c, e, e.ops[n]!);
    c.op(Op.TO_BOOL, e);
    c.jump(jumpOp, next, e);
    const end = c.label();
    c.jump(Op.JUMP_NO_INTERRUPT, end, NO_LOCATION);
    c.use(cleanup);
    c.op(Op.POP_TOP, e);
    if (!cond) c.jump(Op.JUMP_NO_INTERRUPT, next, NO_LOCATION);
    c.use(end);
    return;
  }
  visitExpr(c, e);
  c.op(Op.TO_BOOL, e);
  c.jump(jumpOp, next, e);
}

// ---- yield -----------------------------------------------------------------------------------------------------

export function addYield(c: Compiler, loc: Location): void {
  if (c.ste.generator && c.ste.coroutine) c.op(Op.CALL_INTRINSIC_1, loc, Intrinsic1.ASYNC_GEN_WRAP);
  c.op(Op.YIELD_VALUE, loc, 0);
  c.op(Op.RESUME, loc, Resume.AFTER_YIELD);
}

/** Drives a sub-iterator until it returns. `send`, if given, is placed on the SEND. */
export function addYieldFrom(c: Compiler, loc: Location, isAwait: boolean): void {
  const send = c.label();
  const fail = c.label();
  const exit = c.label();
  c.use(send);
  c.jump(Op.SEND, exit, loc);
  // What close() and throw() raise at the yield: a StopIteration is the result.
  c.jump(Op.SETUP_FINALLY, fail, loc);
  c.op(Op.YIELD_VALUE, loc, 1);
  c.op(Op.POP_BLOCK, NO_LOCATION);
  c.op(Op.RESUME, loc, isAwait ? Resume.AFTER_AWAIT : Resume.AFTER_YIELD_FROM);
  c.jump(Op.JUMP_NO_INTERRUPT, send, loc);
  c.use(fail);
  c.op(Op.CLEANUP_THROW, loc);
  c.use(exit);
  c.op(Op.END_SEND, loc);
}

// ---- displays --------------------------------------------------------------------------------------------------

const BUILDERS = {
  list: { build: Op.BUILD_LIST, add: Op.LIST_APPEND, extend: Op.LIST_EXTEND },
  tuple: { build: Op.BUILD_LIST, add: Op.LIST_APPEND, extend: Op.LIST_EXTEND },
  set: { build: Op.BUILD_SET, add: Op.SET_ADD, extend: Op.SET_UPDATE },
} as const;

/** Builds a display; `pushed` items are on the stack already, `injected` names one more to be loaded at the end. */
export function starUnpack(
  c: Compiler,
  loc: Location,
  elts: readonly Expr[],
  pushed: number,
  kind: 'list' | 'tuple' | 'set',
  injected: string | null = null,
): void {
  const { build, add, extend } = BUILDERS[kind];
  if (c.is313 && elts.length > 2 && elts.every((e) => e._type === 'Constant')) {
    const items = elts.map((e) => (e._type === 'Constant' ? e.value : NONE));
    if (kind === 'tuple' && pushed === 0 && injected === null) c.loadConst(tuple(items), loc);
    else {
      c.op(build, loc, pushed);
      c.loadConst(kind === 'set' ? frozenset(items) : tuple(items), loc);
      c.op(extend, loc, 1);
      if (injected !== null) {
        nameOp(c, loc, injected, 'Load');
        c.op(add, loc, 1);
      }
      if (kind === 'tuple') c.op(Op.CALL_INTRINSIC_1, loc, Intrinsic1.LIST_TO_TUPLE);
    }
    return;
  }
  const total = elts.length + pushed + (injected !== null ? 1 : 0);
  const big = total > STACK_USE_GUIDELINE;
  if (!big && !elts.some((e) => e._type === 'Starred')) {
    visitExprs(c, elts);
    if (injected !== null) nameOp(c, loc, injected, 'Load');
    c.op(kind === 'tuple' ? Op.BUILD_TUPLE : build, loc, total);
    return;
  }
  let built = false;
  if (big) {
    c.op(build, loc, pushed);
    built = true;
  }
  elts.forEach((elt, i) => {
    if (elt._type === 'Starred') {
      if (!built) {
        c.op(build, loc, i + pushed);
        built = true;
      }
      visitExpr(c, elt.value);
      c.op(extend, loc, 1);
    } else {
      visitExpr(c, elt);
      if (built) c.op(add, loc, 1);
    }
  });
  if (injected !== null) {
    nameOp(c, loc, injected, 'Load');
    c.op(add, loc, 1);
  }
  if (kind === 'tuple') c.op(Op.CALL_INTRINSIC_1, loc, Intrinsic1.LIST_TO_TUPLE);
}

function assignment(c: Compiler, loc: Location, elts: readonly Expr[]): void {
  let seenStar = false;
  elts.forEach((elt, i) => {
    if (elt._type !== 'Starred') return;
    if (seenStar) c.syntaxError('multiple starred expressions in assignment', loc);
    const after = elts.length - i - 1;
    if (i >= 256 || after >= 0x7fffff) c.syntaxError('too many expressions in star-unpacking assignment', loc);
    c.op(Op.UNPACK_EX, loc, i + (after << 8));
    seenStar = true;
  });
  if (!seenStar) c.op(Op.UNPACK_SEQUENCE, loc, elts.length);
  for (const elt of elts) visitExpr(c, elt._type === 'Starred' ? elt.value : elt);
}

function subDict(c: Compiler, e: Extract<Expr, { _type: 'Dict' }>, begin: number, end: number): void {
  const n = end - begin;
  const big = n * 2 > STACK_USE_GUIDELINE;
  const keys = e.keys.slice(begin, end);
  const values = e.values.slice(begin, end);
  if (c.is313 && n > 1 && !big && keys.every((k) => k?._type === 'Constant')) {
    visitExprs(c, values);
    const items = keys.map((k) => (k?._type === 'Constant' ? k.value : NONE));
    c.loadConst({ kind: 'tuple', items }, e);
    c.op(Op.BUILD_CONST_KEY_MAP, e, n);
    return;
  }
  if (big) c.op(Op.BUILD_MAP, e, 0);
  values.forEach((value, i) => {
    visitExpr(c, keys[i]!);
    visitExpr(c, value);
    if (big) c.op(Op.MAP_ADD, e, 1);
  });
  if (!big) c.op(Op.BUILD_MAP, e, n);
}

function dict(c: Compiler, e: Extract<Expr, { _type: 'Dict' }>): void {
  let haveDict = false;
  let elements = 0;
  const flush = (begin: number, end: number): void => {
    subDict(c, e, begin, end);
    if (haveDict) c.op(Op.DICT_UPDATE, e, 1);
    haveDict = true;
    elements = 0;
  };
  const n = e.values.length;
  for (let i = 0; i < n; i++) {
    if (e.keys[i] === null) {
      if (elements > 0) flush(i - elements, i);
      if (!haveDict) {
        c.op(Op.BUILD_MAP, e, 0);
        haveDict = true;
      }
      visitExpr(c, e.values[i]!);
      c.op(Op.DICT_UPDATE, e, 1);
    } else if (elements * 2 > STACK_USE_GUIDELINE) flush(i - elements, i + 1);
    else elements++;
  }
  if (elements > 0) flush(n - elements, n);
  if (!haveDict) c.op(Op.BUILD_MAP, e, 0);
}

// ---- attributes and subscripts ---------------------------------------------------------------------------------

type AttributeExpr = Extract<Expr, { _type: 'Attribute' }>;

/** Where an attribute access spans lines, its instruction stands at the attribute's name. */
export function attributeLocation(loc: Location, e: AttributeExpr): Location {
  if (loc.lineno === e.end_lineno) return loc;
  const length = Array.from(e.attr).length;
  let { end_col_offset } = loc;
  let col_offset = -1;
  if (length <= e.end_col_offset) col_offset = e.end_col_offset - length;
  else end_col_offset = -1;
  const end_lineno = Math.max(e.end_lineno, loc.end_lineno);
  if (e.end_lineno === end_lineno) end_col_offset = Math.max(col_offset, end_col_offset);
  return { lineno: e.end_lineno, end_lineno, col_offset, end_col_offset };
}

function attribute(c: Compiler, e: AttributeExpr): void {
  if (e.ctx === 'Load' && canOptimizeSuperCall(c, e) && e.value._type === 'Call') {
    loadArgsForSuper(c, e.value);
    c.attribute(Op.LOAD_SUPER_ATTR, e.attr, e, 2, e.value.args.length > 0 ? 2 : 0);
    c.op(Op.NOP, attributeLocation(locationOf(e), e));
    return;
  }
  c.noteStaticAttribute(e);
  visitExpr(c, e.value);
  const loc = attributeLocation(locationOf(e), e);
  if (e.ctx === 'Load') c.attribute(Op.LOAD_ATTR, e.attr, loc, 1);
  else c.attribute(e.ctx === 'Store' ? Op.STORE_ATTR : Op.DELETE_ATTR, e.attr, loc);
}

type SliceExpr = Extract<Expr, { _type: 'Slice' }>;

function isConstantSlice(c: Compiler, s: SliceExpr): boolean {
  return !c.is313 && [s.lower, s.upper, s.step].every((part) => part === null || part._type === 'Constant');
}

/** a[b:c] without a step goes without making a slice object. */
export function isTwoPartSlice(c: Compiler, s: Expr): s is SliceExpr {
  return s._type === 'Slice' && s.step === null && !isConstantSlice(c, s);
}

export function sliceParts(c: Compiler, s: SliceExpr): void {
  if (s.lower !== null) visitExpr(c, s.lower);
  else c.loadNone(s);
  if (s.upper !== null) visitExpr(c, s.upper);
  else c.loadNone(s);
}

function slice(c: Compiler, s: SliceExpr): void {
  if (isConstantSlice(c, s)) {
    const value = (e: Expr | null): typeof NONE => (e?._type === 'Constant' ? e.value : NONE);
    c.loadConst({ kind: 'slice', start: value(s.lower), stop: value(s.upper), step: value(s.step) }, s);
    return;
  }
  sliceParts(c, s);
  if (s.step !== null) visitExpr(c, s.step);
  c.op(Op.BUILD_SLICE, s, s.step !== null ? 3 : 2);
}

/** container[key], in the profile's own way. */
export function binarySubscript(c: Compiler, loc: Location): void {
  if (c.is313) c.op(Op.BINARY_SUBSCR, loc);
  else c.op(Op.BINARY_OP, loc, NB.SUBSCR);
}

function subscript(c: Compiler, e: Extract<Expr, { _type: 'Subscript' }>): void {
  if (e.ctx === 'Load') checkSubscript(c, e.value, e.slice);
  visitExpr(c, e.value);
  if (e.ctx !== 'Del' && isTwoPartSlice(c, e.slice)) {
    sliceParts(c, e.slice);
    c.op(e.ctx === 'Load' ? Op.BINARY_SLICE : Op.STORE_SLICE, e);
    return;
  }
  visitExpr(c, e.slice);
  if (e.ctx === 'Load') binarySubscript(c, e);
  else c.op(e.ctx === 'Store' ? Op.STORE_SUBSCR : Op.DELETE_SUBSCR, e);
}
