/**
 * Code for calls (codegen_call and what it uses in Python/codegen.c): method calls without a bound method, super()
 * without a super object, keyword arguments, `*` and `**`, and in 3.14 any(), all() and tuple() over a generator
 * expression as a loop.
 */
import type { Call, Expr, Keyword } from '../parser/ast';
import { addCompare, attributeLocation, nameOp, starUnpack, visitExpr, visitExprs } from './codegen-expr';
import { checkCaller } from './codegen-warnings';
import { type Compiler, STACK_USE_GUIDELINE } from './compiler';
import { bool, str, tuple } from './const-value';
import type { Label } from './instruction-sequence';
import { type Location, locationOf, NO_LOCATION } from './location';
import { CommonConstant, Intrinsic1, Op } from './opcodes';
import { DEF_IMPORT, Scope } from './symtable-entry';

type AttributeExpr = Extract<Expr, { _type: 'Attribute' }>;

export function canOptimizeSuperCall(c: Compiler, attr: AttributeExpr): boolean {
  const e = attr.value;
  if (
    e._type !== 'Call' ||
    e.func._type !== 'Name' ||
    e.func.id !== 'super' ||
    attr.attr === '__class__' ||
    e.keywords.length > 0
  ) {
    return false;
  }
  // Some block binds the name super itself.
  if (c.ste.scope('super') !== Scope.GLOBAL_IMPLICIT || c.symtable.top.scope('super') !== Scope.UNKNOWN) return false;
  if (e.args.length === 2) return e.args.every((arg) => arg._type !== 'Starred');
  if (e.args.length !== 0) return false;
  if (c.u.counts.argcount === 0 && c.u.counts.posonlyargcount === 0) return false;
  return c.refType('__class__') === Scope.FREE;
}

export function loadArgsForSuper(c: Compiler, e: Call): void {
  nameOp(c, e.func, 'super', 'Load');
  if (e.args.length === 2) {
    visitExprs(c, e.args);
    return;
  }
  nameOp(c, e, '__class__', 'Load');
  nameOp(c, e, c.u.varnames.keys[0]!, 'Load');
}

function validateKeywords(c: Compiler, keywords: readonly Keyword[]): void {
  keywords.forEach((key, i) => {
    if (key.arg === null) return;
    const other = keywords.find((k, j) => j > i && k.arg === key.arg);
    if (other !== undefined) c.syntaxError(`keyword argument repeated: ${key.arg}`, other);
  });
}

const keywordNames = (keywords: readonly Keyword[]): ReturnType<typeof tuple> =>
  tuple(keywords.map((k) => str(k.arg ?? '')));

/** obj.method(...) loads function and self apart. False if the call is not of this form. */
function methodCall(c: Compiler, e: Call): boolean {
  const method = e.func;
  if (method._type !== 'Attribute' || method.ctx !== 'Load') return false;
  // A module's function is no method: mod.f() loads plainly.
  if (method.value._type === 'Name' && (c.symtable.top.get(method.value.id) & DEF_IMPORT) !== 0) return false;
  const nargs = e.args.length;
  const nkwargs = e.keywords.length;
  if (nargs + nkwargs + (nkwargs > 0 ? 1 : 0) >= STACK_USE_GUIDELINE) return false;
  if (e.args.some((arg) => arg._type === 'Starred') || e.keywords.some((k) => k.arg === null)) return false;
  let loc: Location = locationOf(method);
  if (canOptimizeSuperCall(c, method) && method.value._type === 'Call') {
    loadArgsForSuper(c, method.value);
    c.attribute(Op.LOAD_SUPER_ATTR, method.attr, loc, 2, method.value.args.length > 0 ? 3 : 1);
    loc = attributeLocation(loc, method);
    c.op(Op.NOP, loc);
  } else {
    visitExpr(c, method.value);
    loc = attributeLocation(loc, method);
    c.attribute(Op.LOAD_ATTR, method.attr, loc, 1, 1);
  }
  visitExprs(c, e.args);
  const callLoc = attributeLocation(locationOf(e), method);
  if (nkwargs > 0) {
    for (const k of e.keywords) visitExpr(c, k.value);
    c.loadConst(keywordNames(e.keywords), loc);
    c.op(Op.CALL_KW, callLoc, nargs + nkwargs);
  } else c.op(Op.CALL, callLoc, nargs);
  return true;
}

export function callExpr(c: Compiler, e: Call): void {
  validateKeywords(c, e.keywords);
  if (methodCall(c, e)) return;
  const skipNormalCall = c.label();
  checkCaller(c, e.func);
  visitExpr(c, e.func);
  if (!c.is313) builtinOverGenerator(c, e, skipNormalCall);
  c.op(Op.PUSH_NULL, e.func);
  callHelper(c, e, 0, e.args, e.keywords);
  c.use(skipNormalCall);
}

const LOOPED_BUILTINS = new Map<string, CommonConstant>([
  ['all', CommonConstant.ALL],
  ['any', CommonConstant.ANY],
  ['tuple', CommonConstant.TUPLE],
]);

/** any(… for …): if the name still means the builtin, loops here instead of calling it. */
function builtinOverGenerator(c: Compiler, e: Call, end: Label): void {
  const { func, args } = e;
  const generator = args[0];
  if (func._type !== 'Name' || args.length !== 1 || e.keywords.length !== 0 || generator?._type !== 'GeneratorExp') {
    return;
  }
  const builtin = LOOPED_BUILTINS.get(func.id);
  if (builtin === undefined) return;
  const skip = c.label();
  const loop = c.label();
  const cleanup = c.label();
  const isTuple = builtin === CommonConstant.TUPLE;
  c.op(Op.COPY, func, 1);
  c.op(Op.LOAD_COMMON_CONSTANT, func, builtin);
  addCompare(c, func, 'Is');
  c.jump(Op.POP_JUMP_IF_FALSE, skip, func);
  c.op(Op.POP_TOP, func);
  if (isTuple) c.op(Op.BUILD_LIST, func, 0);
  visitExpr(c, generator);
  c.use(loop);
  c.jump(Op.FOR_ITER, cleanup, func);
  if (isTuple) {
    c.op(Op.LIST_APPEND, func, 2);
    c.jump(Op.JUMP, loop, func);
  } else {
    c.op(Op.TO_BOOL, func);
    c.jump(builtin === CommonConstant.ALL ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, loop, func);
  }
  c.op(Op.POP_ITER, NO_LOCATION);
  if (!isTuple) c.loadConst(bool(builtin === CommonConstant.ANY), func);
  c.jump(Op.JUMP, end, func);
  c.use(cleanup);
  c.op(Op.END_FOR, NO_LOCATION);
  c.op(Op.POP_ITER, NO_LOCATION);
  if (isTuple) c.op(Op.CALL_INTRINSIC_1, func, Intrinsic1.LIST_TO_TUPLE);
  else c.loadConst(bool(builtin === CommonConstant.ALL), func);
  c.jump(Op.JUMP, end, func);
  c.use(skip);
}

function subKwargs(c: Compiler, loc: Location, keywords: readonly Keyword[]): void {
  const n = keywords.length;
  const big = n * 2 > STACK_USE_GUIDELINE;
  if (c.is313 && n > 1 && !big) {
    for (const k of keywords) visitExpr(c, k.value);
    c.loadConst(keywordNames(keywords), loc);
    c.op(Op.BUILD_CONST_KEY_MAP, loc, n);
    return;
  }
  if (big) c.op(Op.BUILD_MAP, NO_LOCATION, 0);
  for (const k of keywords) {
    c.loadStr(k.arg ?? '', loc);
    visitExpr(c, k.value);
    if (big) c.op(Op.MAP_ADD, NO_LOCATION, 1);
  }
  if (!big) c.op(Op.BUILD_MAP, loc, n);
}

/** Arguments and call. `pushed` arguments are on the stack already; `injected` names one more positional one. */
export function callHelper(
  c: Compiler,
  loc: Location,
  pushed: number,
  args: readonly Expr[],
  keywords: readonly Keyword[],
  injected: string | null = null,
): void {
  validateKeywords(c, keywords);
  const nargs = args.length;
  const nkwargs = keywords.length;
  const isSimple =
    nargs + nkwargs * 2 <= STACK_USE_GUIDELINE &&
    !args.some((arg) => arg._type === 'Starred') &&
    !keywords.some((k) => k.arg === null);
  if (isSimple) {
    visitExprs(c, args);
    if (injected !== null) nameOp(c, loc, injected, 'Load');
    const count = pushed + nargs + (injected !== null ? 1 : 0);
    if (nkwargs > 0) {
      for (const k of keywords) visitExpr(c, k.value);
      c.loadConst(keywordNames(keywords), loc);
      c.op(Op.CALL_KW, loc, count + nkwargs);
    } else c.op(Op.CALL, loc, count);
    return;
  }
  const first = args[0];
  if (pushed === 0 && nargs === 1 && first?._type === 'Starred') visitExpr(c, first.value);
  else starUnpack(c, loc, args, pushed, 'tuple', injected);
  if (nkwargs > 0) {
    let haveDict = false;
    let seen = 0;
    const flush = (end: number): void => {
      subKwargs(c, loc, keywords.slice(end - seen, end));
      if (haveDict) c.op(Op.DICT_MERGE, loc, 1);
      haveDict = true;
      seen = 0;
    };
    keywords.forEach((k, i) => {
      if (k.arg !== null) {
        seen++;
        return;
      }
      if (seen > 0) flush(i);
      if (!haveDict) {
        c.op(Op.BUILD_MAP, loc, 0);
        haveDict = true;
      }
      visitExpr(c, k.value);
      c.op(Op.DICT_MERGE, loc, 1);
    });
    if (seen > 0) flush(nkwargs);
  }
  if (c.is313) c.op(Op.CALL_FUNCTION_EX, loc, nkwargs > 0 ? 1 : 0);
  else {
    if (nkwargs === 0) c.op(Op.PUSH_NULL, loc);
    c.op(Op.CALL_FUNCTION_EX, loc);
  }
}
