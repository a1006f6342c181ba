/**
 * Code for `match` (codegen_pattern_* in Python/codegen.c). Each pattern takes the subject from the top of the stack
 * and on failure jumps to a place that pops what is left over. Captured values wait on the stack under the working
 * items until the whole pattern has matched; only then are the names stored.
 */
import type { Expr, Match, Pattern } from '../parser/ast';
import { addCompare, binarySubscript, jumpIf, nameOp, visitExpr } from './codegen-expr';
import { visitStmts } from './codegen-stmt';
import type { ConstValue } from './code-unit';
import type { Compiler } from './compiler';
import { equalityKey, int, str, tuple } from './const-value';
import { constRepr } from './const-repr';
import type { Label } from './instruction-sequence';
import { type Location, NEXT_LOCATION, NO_LOCATION } from './location';
import { NB, Op } from './opcodes';

interface PatternContext {
  /** Names captured so far, in the order in which they lie on the stack. */
  stores: string[];
  /** Whether a capture of the whole subject is allowed here. */
  allowIrrefutable: boolean;
  /** failPop[n] pops n items and falls through to the next case. */
  failPop: Label[];
  /** Items on the stack above the captured ones. */
  onTop: number;
}

const isWildcard = (p: Pattern): boolean => p._type === 'MatchAs' && p.name === null;
const isStarWildcard = (p: Pattern): boolean => p._type === 'MatchStar' && p.name === null;

function ensureFailPop(c: Compiler, pc: PatternContext, n: number): void {
  while (pc.failPop.length < n + 1) pc.failPop.push(c.label());
}

function jumpToFailPop(c: Compiler, loc: Location, pc: PatternContext, op: Op): void {
  const pops = pc.onTop + pc.stores.length;
  ensureFailPop(c, pc, pops);
  c.jump(op, pc.failPop[pops]!, loc);
}

function emitAndResetFailPop(c: Compiler, loc: Location, pc: PatternContext): void {
  for (let n = pc.failPop.length - 1; n > 0; n--) {
    c.use(pc.failPop[n]!);
    c.op(Op.POP_TOP, loc);
  }
  if (pc.failPop.length > 0) c.use(pc.failPop[0]!);
  pc.failPop = [];
}

function rotate(c: Compiler, loc: Location, count: number): void {
  for (let n = count; n > 1; n--) c.op(Op.SWAP, loc, n);
}

const nameRepr = (name: string): string => constRepr(str(name));

function storeName(c: Compiler, loc: Location, name: string | null, pc: PatternContext): void {
  if (name === null) {
    c.op(Op.POP_TOP, loc);
    return;
  }
  if (pc.stores.includes(name)) c.syntaxError(`multiple assignments to name ${nameRepr(name)} in pattern`, loc);
  rotate(c, loc, pc.onTop + pc.stores.length + 1);
  pc.stores.push(name);
}

function subPattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  const before = pc.allowIrrefutable;
  pc.allowIrrefutable = true;
  pattern(c, p, pc);
  pc.allowIrrefutable = before;
}

function pattern(c: Compiler, p: Pattern, pc: PatternContext): void {
  switch (p._type) {
    case 'MatchValue':
      if (p.value._type !== 'Constant' && p.value._type !== 'Attribute') {
        c.syntaxError('patterns may only match literals and attribute lookups', p);
      }
      visitExpr(c, p.value);
      addCompare(c, p, 'Eq');
      c.op(Op.TO_BOOL, p);
      jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
      break;
    case 'MatchSingleton':
      c.loadConst(p.value, p);
      addCompare(c, p, 'Is');
      jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
      break;
    case 'MatchSequence':
      sequencePattern(c, p, pc);
      break;
    case 'MatchMapping':
      mappingPattern(c, p, pc);
      break;
    case 'MatchClass':
      classPattern(c, p, pc);
      break;
    case 'MatchStar':
      storeName(c, p, p.name, pc);
      break;
    case 'MatchAs':
      asPattern(c, p, pc);
      break;
    case 'MatchOr':
      orPattern(c, p, pc);
      break;
  }
}

function asPattern(c: Compiler, p: Extract<Pattern, { _type: 'MatchAs' }>, pc: PatternContext): void {
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      c.syntaxError(
        p.name !== null
          ? `name capture ${nameRepr(p.name)} makes remaining patterns unreachable`
          : 'wildcard makes remaining patterns unreachable',
        p,
      );
    }
    storeName(c, p, p.name, pc);
    return;
  }
  pc.onTop++;
  c.op(Op.COPY, p, 1);
  pattern(c, p.pattern, pc);
  pc.onTop--;
  storeName(c, p, p.name, pc);
}

/** Leaves early if len(subject) is not as wanted. */
function checkLength(c: Compiler, p: Pattern, size: number, op: 'Eq' | 'GtE', pc: PatternContext): void {
  c.op(Op.GET_LEN, p);
  c.loadConst(int(size), p);
  addCompare(c, p, op);
  jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
}

function sequencePattern(c: Compiler, p: Extract<Pattern, { _type: 'MatchSequence' }>, pc: PatternContext): void {
  const { patterns } = p;
  const size = patterns.length;
  const star = patterns.findIndex((q) => q._type === 'MatchStar');
  if (patterns.filter((q) => q._type === 'MatchStar').length > 1) {
    c.syntaxError('multiple starred names in sequence pattern', p);
  }
  const onlyWildcards = patterns.every((q) => isWildcard(q) || isStarWildcard(q));
  pc.onTop++;
  c.op(Op.MATCH_SEQUENCE, p);
  jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
  if (star < 0) checkLength(c, p, size, 'Eq', pc);
  else if (size > 1) checkLength(c, p, size - 1, 'GtE', pc);
  pc.onTop--;
  if (onlyWildcards) c.op(Op.POP_TOP, p);
  else if (star >= 0 && isStarWildcard(patterns[star]!)) sequenceBySubscript(c, p, patterns, star, pc);
  else sequenceByUnpacking(c, p, patterns, pc);
}

function sequenceByUnpacking(c: Compiler, loc: Location, patterns: readonly Pattern[], pc: PatternContext): void {
  const size = patterns.length;
  const star = patterns.findIndex((q) => q._type === 'MatchStar');
  if (star >= 0) {
    if (star >= 256) c.syntaxError('too many expressions in star-unpacking sequence pattern', loc);
    c.op(Op.UNPACK_EX, loc, star + ((size - star - 1) << 8));
  } else c.op(Op.UNPACK_SEQUENCE, loc, size);
  pc.onTop += size;
  for (const q of patterns) {
    pc.onTop--;
    subPattern(c, q, pc);
  }
}

/** [first, *_, last]: takes only the wanted items. */
function sequenceBySubscript(
  c: Compiler,
  loc: Location,
  patterns: readonly Pattern[],
  star: number,
  pc: PatternContext,
): void {
  pc.onTop++;
  const size = patterns.length;
  patterns.forEach((q, i) => {
    if (isWildcard(q) || i === star) return;
    c.op(Op.COPY, loc, 1);
    if (i < star) c.loadConst(int(i), loc);
    else {
      // The subject may not take negative indices.
      c.op(Op.GET_LEN, loc);
      c.loadConst(int(size - i), loc);
      c.op(Op.BINARY_OP, loc, NB.SUBTRACT);
    }
    binarySubscript(c, loc);
    subPattern(c, q, pc);
  });
  pc.onTop--;
  c.op(Op.POP_TOP, loc);
}

/** Goes on only if the top of the stack, a tuple of values or None, is not None. */
function checkNotNone(c: Compiler, p: Pattern): void {
  c.op(Op.COPY, p, 1);
  c.loadNone(p);
  c.op(Op.IS_OP, p, 1);
}

function classPattern(c: Compiler, p: Extract<Pattern, { _type: 'MatchClass' }>, pc: PatternContext): void {
  p.kwd_attrs.forEach((attr, i) => {
    const other = p.kwd_attrs.indexOf(attr, i + 1);
    if (other > 0) c.syntaxError(`attribute name repeated in class pattern: ${attr}`, p.kwd_patterns[other]!);
  });
  visitExpr(c, p.cls);
  c.loadConst(tuple(p.kwd_attrs.map(str)), p);
  c.op(Op.MATCH_CLASS, p, p.patterns.length);
  checkNotNone(c, p);
  pc.onTop++;
  jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
  const all = [...p.patterns, ...p.kwd_patterns];
  c.op(Op.UNPACK_SEQUENCE, p, all.length);
  pc.onTop += all.length - 1;
  for (const q of all) {
    pc.onTop--;
    if (isWildcard(q)) c.op(Op.POP_TOP, p);
    else subPattern(c, q, pc);
  }
}

function mappingKey(c: Compiler, seen: Set<string>, p: Pattern, key: Expr): void {
  if (key._type === 'Constant') {
    const value: ConstValue = key.value;
    const id = equalityKey(value);
    if (seen.has(id)) c.syntaxError(`mapping pattern checks duplicate key (${constRepr(value)})`, p);
    seen.add(id);
  } else if (key._type !== 'Attribute') {
    c.syntaxError('mapping pattern keys may only match literals and attribute lookups', p);
  }
  visitExpr(c, key);
}

function mappingPattern(c: Compiler, p: Extract<Pattern, { _type: 'MatchMapping' }>, pc: PatternContext): void {
  const size = p.keys.length;
  pc.onTop++;
  c.op(Op.MATCH_MAPPING, p);
  jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
  if (size === 0 && p.rest === null) {
    pc.onTop--;
    c.op(Op.POP_TOP, p);
    return;
  }
  if (size > 0) checkLength(c, p, size, 'GtE', pc);
  const seen = new Set<string>();
  for (const key of p.keys) mappingKey(c, seen, p, key);
  c.op(Op.BUILD_TUPLE, p, size);
  c.op(Op.MATCH_KEYS, p);
  pc.onTop += 2;
  checkNotNone(c, p);
  jumpToFailPop(c, p, pc, Op.POP_JUMP_IF_FALSE);
  c.op(Op.UNPACK_SEQUENCE, p, size);
  pc.onTop += size - 1;
  for (const q of p.patterns) {
    pc.onTop--;
    subPattern(c, q, pc);
  }
  pc.onTop -= 2;
  if (p.rest === null) {
    c.op(Op.POP_TOP, p);
    c.op(Op.POP_TOP, p);
    return;
  }
  // rest = dict(subject), without the keys.
  c.op(Op.BUILD_MAP, p, 0);
  c.op(Op.SWAP, p, 3);
  c.op(Op.DICT_UPDATE, p, 2);
  c.op(Op.UNPACK_SEQUENCE, p, size);
  for (let n = size; n > 0; n--) {
    c.op(Op.COPY, p, 1 + n);
    c.op(Op.SWAP, p, 2);
    c.op(Op.DELETE_SUBSCR, p);
  }
  storeName(c, p, p.rest, pc);
}

function orPattern(c: Compiler, p: Extract<Pattern, { _type: 'MatchOr' }>, pc: PatternContext): void {
  const end = c.label();
  const size = p.patterns.length;
  const outer = { ...pc };
  // Names of the first alternative: all others must bind the same ones, and are brought into the same order.
  let control: string[] | null = null;
  p.patterns.forEach((alt, i) => {
    pc.stores = [];
    pc.allowIrrefutable = i === size - 1 && outer.allowIrrefutable;
    pc.failPop = [];
    pc.onTop = 0;
    c.op(Op.COPY, alt, 1);
    pattern(c, alt, pc);
    const differ = (): never => c.syntaxError('alternative patterns bind different names', p);
    if (control === null) control = pc.stores.slice();
    else if (pc.stores.length !== control.length) differ();
    else {
      for (let icontrol = control.length - 1; icontrol >= 0; icontrol--) {
        const istores = pc.stores.indexOf(control[icontrol]!);
        if (istores < 0) differ();
        if (icontrol === istores) continue;
        const rotated = pc.stores.splice(0, istores + 1);
        pc.stores.splice(icontrol - istores, 0, ...rotated);
        for (let n = istores + 1; n > 0; n--) rotate(c, alt, icontrol + 1);
      }
    }
    c.jump(Op.JUMP, end, alt);
    emitAndResetFailPop(c, alt, pc);
  });
  Object.assign(pc, outer);
  c.op(Op.POP_TOP, p);
  jumpToFailPop(c, p, pc, Op.JUMP);
  c.use(end);
  const names: string[] = control ?? [];
  const rotations = names.length + 1 + pc.onTop + pc.stores.length;
  for (const name of names) {
    rotate(c, p, rotations);
    if (pc.stores.includes(name)) c.syntaxError(`multiple assignments to name ${nameRepr(name)} in pattern`, p);
    pc.stores.push(name);
  }
  c.op(Op.POP_TOP, p);
}

export function matchStmt(c: Compiler, s: Match): void {
  visitExpr(c, s.subject);
  const end = c.label();
  const n = s.cases.length;
  const last = s.cases[n - 1]!;
  const hasDefault = n > 1 && isWildcard(last.pattern);
  const tried = hasDefault ? s.cases.slice(0, -1) : s.cases;
  tried.forEach((m, i) => {
    const isLast = i === tried.length - 1;
    if (!isLast) c.op(Op.COPY, m.pattern, 1);
    const pc: PatternContext = {
      stores: [],
      allowIrrefutable: m.guard !== null || i === n - 1,
      failPop: [],
      onTop: 0,
    };
    pattern(c, m.pattern, pc);
    for (const name of pc.stores) nameOp(c, m.pattern, name, 'Store');
    if (m.guard !== null) {
      ensureFailPop(c, pc, 0);
      jumpIf(c, m.pattern, m.guard, pc.failPop[0]!, false);
    }
    if (!isLast) c.op(Op.POP_TOP, c.is313 ? m.pattern : NEXT_LOCATION);
    visitStmts(c, m.body);
    c.jump(Op.JUMP, end, NO_LOCATION);
    emitAndResetFailPop(c, m.pattern, pc);
  });
  if (hasDefault) {
    // Shows the line of `case _` to tracing.
    c.op(Op.NOP, last.pattern);
    if (last.guard !== null) jumpIf(c, last.pattern, last.guard, end, false);
    visitStmts(c, last.body);
  }
  c.use(end);
}
