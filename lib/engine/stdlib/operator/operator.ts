/** The module _operator (Modules/_operator.c): the operators as functions. */
import type { Handle } from '../../heap/layout';
import { CompareOp, TPFLAGS, type MethodDef } from '../../heap/object';
import * as A from '../../objects/abstract';
import { asIndex, binaryOp1, hasFlag, isStr, iterNext, typeName } from '../../objects/abstract';
import { intFromBigInt, intFromNumber, intToBigInt } from '../../objects/int';
import { addToModule } from '../../objects/module';
import { bytesLike } from '../../objects/number-convert';
import type { Runtime } from '../../objects/runtime';
import { strValue } from '../../objects/str';
import { moduleTypeRef, type NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { attrgetterSpec, itemgetterSpec, methodcallerSpec } from './getters';

const one = (fn: (rt: Runtime, a: Handle) => Handle, doc: string): MethodDef => ({
  kind: 'o',
  fn: (rt: Runtime, _m, a) => fn(rt, a),
  doc,
});
const two = (fn: (rt: Runtime, a: Handle, b: Handle) => Handle, doc: string): MethodDef => ({
  kind: 'fast',
  min: 2,
  max: 2,
  fn: (rt: Runtime, _m, [a, b]) => fn(rt, a!, b!),
  doc,
});
const compare = (op: CompareOp, sign: string) => two((rt, a, b) => A.richCompare(rt, a, b, op), `Same as a ${sign} b.`);
const truth = (rt: Runtime, r: number, negate = false): Handle => (r < 0 ? 0 : rt.bool((r !== 0) !== negate));

function unary(slot: 'nb_negative' | 'nb_positive' | 'nb_invert' | 'nb_absolute', what: string) {
  return (rt: Runtime, a: Handle): Handle => {
    const f = rt.tp(a)[slot];
    return f !== null ? f(rt, a) : rt.raise('TypeError', `bad operand type for ${what}: '${typeName(rt, a)}'`);
  };
}

/** `PyNumber_Index`: an exact int. */
function exactIndex(rt: Runtime, a: Handle): Handle {
  const r = A.numberIndex(rt, a);
  if (r === 0 || rt.is(r, rt.types.int)) return r;
  const exact = intFromBigInt(rt, intToBigInt(rt, r));
  rt.decref(r);
  return exact;
}

// ---- sequences --------------------------------------------------------------------------------------------------------------

/** `PySequence_Check`. */
function isSequence(rt: Runtime, h: Handle): boolean {
  return !hasFlag(rt, h, TPFLAGS.DICT_SUBCLASS) && rt.tp(h).sq_item !== null;
}

/** `PySequence_Concat` and `PySequence_InPlaceConcat`. */
function concat(rt: Runtime, a: Handle, b: Handle, inplace: boolean): Handle {
  const tp = rt.tp(a);
  const f = (inplace ? tp.sq_inplace_concat : null) ?? tp.sq_concat;
  if (f !== null) return f(rt, a, b);
  if (isSequence(rt, a) && isSequence(rt, b)) {
    const own = inplace ? tp.nb_inplace_add : null;
    const first = own === null ? rt.NotImplemented : own(rt, a, b);
    const r = first !== rt.NotImplemented ? first : binaryOp1(rt, a, b, 'nb_add');
    if (r !== rt.NotImplemented) return r;
  }
  return rt.raise('TypeError', `'${typeName(rt, a)}' object can't be concatenated`);
}

/** `_PySequence_IterSearch`: how many are equal, or the position of the first (-1: none); null with an exception. */
function search(rt: Runtime, seq: Handle, value: Handle, first: boolean): number | null {
  const it = A.getIter(rt, seq);
  if (it === 0) {
    if (rt.errorMatches('TypeError')) {
      rt.clearError();
      rt.raise('TypeError', `argument of type '${typeName(rt, seq)}' is not iterable`);
    }
    return null;
  }
  let n = 0;
  let i = 0;
  for (let item = iterNext(rt, it); item !== 0; item = iterNext(rt, it), i++) {
    const same = A.richCompareBool(rt, item, value, CompareOp.EQ);
    rt.decref(item);
    if (same < 0) break;
    n += same;
    if (first && same > 0) break;
  }
  rt.decref(it);
  if (rt.currentException !== 0) return null;
  return first ? (n > 0 ? i : -1) : n;
}

function indexOf(rt: Runtime, seq: Handle, value: Handle): Handle {
  const i = search(rt, seq, value, true);
  if (i === null) return 0;
  return i >= 0 ? intFromNumber(rt, i) : rt.raise('ValueError', 'sequence.index(x): x not in sequence');
}

function countOf(rt: Runtime, seq: Handle, value: Handle): Handle {
  const n = search(rt, seq, value, false);
  return n === null ? 0 : intFromNumber(rt, n);
}

function lengthHint(rt: Runtime, _module: Handle, args: Handle[]): Handle {
  let fallback = 0;
  if (args.length === 2) {
    if (rt.tp(args[1]!).nb_index === null)
      return rt.raise('TypeError', `'${typeName(rt, args[1]!)}' object cannot be interpreted as an integer`);
    const i = asIndex(rt, args[1]!, 'OverflowError');
    if (i === null) return 0;
    fallback = i;
  }
  const n = A.lengthHint(rt, args[0]!, fallback);
  return n === -1 && rt.currentException !== 0 ? 0 : intFromNumber(rt, n);
}

/** The work does not depend on where they differ, as far as a program can tell. */
function compareDigest(rt: Runtime, _module: Handle, [a, b]: Handle[]): Handle {
  if (isStr(rt, a!) && isStr(rt, b!)) {
    const [x, y] = [strValue(rt, a!), strValue(rt, b!)];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII
    if (!/^[\x00-\x7f]*$/.test(x + y))
      return rt.raise('TypeError', 'comparing strings with non-ASCII characters is not supported');
    return rt.bool(x === y);
  }
  const x = bytesLike(rt, a!);
  const y = bytesLike(rt, b!);
  if (x === null && y === null) {
    return rt.raise(
      'TypeError',
      `unsupported operand types(s) or combination of types: '${typeName(rt, a!)}' and '${typeName(rt, b!)}'`,
    );
  }
  if (x === null || y === null)
    return rt.raise('TypeError', `a bytes-like object is required, not '${typeName(rt, x === null ? a! : b!)}'`);
  return rt.bool(x.length === y.length && x.every((byte, i) => byte === y[i]));
}

function call(ip: Interpreter, _module: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (args.length - (kwnames?.length ?? 0) < 1)
    return ip.raise('TypeError', `call expected at least 1 argument, got ${args.length}`);
  return ip.call(args[0]!, args.slice(1), kwnames);
}

const item3: MethodDef = {
  kind: 'fast',
  min: 3,
  max: 3,
  fn: (rt: Runtime, _m, [a, b, c]) => (A.setItem(rt, a!, b!, c!) < 0 ? 0 : rt.None),
  doc: 'Same as a[b] = c.',
};

const METHODS: Record<string, MethodDef> = {
  truth: one((rt, a) => truth(rt, A.isTrue(rt, a)), 'Return True if a is true, False otherwise.'),
  contains: two((rt, a, b) => truth(rt, A.contains(rt, a, b)), 'Same as b in a (note reversed operands).'),
  indexOf: two(indexOf, 'Return the first index of b in a.'),
  countOf: two(countOf, 'Return the number of items in a which are, or which equal, b.'),
  is_: two((rt, a, b) => rt.bool(a === b), 'Same as a is b.'),
  is_not: two((rt, a, b) => rt.bool(a !== b), 'Same as a is not b.'),
  add: two(A.numberAdd, 'Same as a + b.'),
  sub: two(A.numberSubtract, 'Same as a - b.'),
  mul: two(A.numberMultiply, 'Same as a * b.'),
  matmul: two(A.numberMatrixMultiply, 'Same as a @ b.'),
  floordiv: two(A.numberFloorDivide, 'Same as a // b.'),
  truediv: two(A.numberTrueDivide, 'Same as a / b.'),
  mod: two(A.numberRemainder, 'Same as a % b.'),
  neg: one(unary('nb_negative', 'unary -'), 'Same as -a.'),
  pos: one(unary('nb_positive', 'unary +'), 'Same as +a.'),
  abs: one(unary('nb_absolute', 'abs()'), 'Same as abs(a).'),
  inv: one(unary('nb_invert', 'unary ~'), 'Same as ~a.'),
  invert: one(unary('nb_invert', 'unary ~'), 'Same as ~a.'),
  lshift: two(A.numberLshift, 'Same as a << b.'),
  rshift: two(A.numberRshift, 'Same as a >> b.'),
  not_: one((rt, a) => truth(rt, A.isTrue(rt, a), true), 'Same as not a.'),
  and_: two(A.numberAnd, 'Same as a & b.'),
  xor: two(A.numberXor, 'Same as a ^ b.'),
  or_: two(A.numberOr, 'Same as a | b.'),
  iadd: two(A.inplaceAdd, 'Same as a += b.'),
  isub: two(A.inplaceSubtract, 'Same as a -= b.'),
  imul: two(A.inplaceMultiply, 'Same as a *= b.'),
  imatmul: two(A.inplaceMatrixMultiply, 'Same as a @= b.'),
  ifloordiv: two(A.inplaceFloorDivide, 'Same as a //= b.'),
  itruediv: two(A.inplaceTrueDivide, 'Same as a /= b.'),
  imod: two(A.inplaceRemainder, 'Same as a %= b.'),
  ilshift: two(A.inplaceLshift, 'Same as a <<= b.'),
  irshift: two(A.inplaceRshift, 'Same as a >>= b.'),
  iand: two(A.inplaceAnd, 'Same as a &= b.'),
  ixor: two(A.inplaceXor, 'Same as a ^= b.'),
  ior: two(A.inplaceOr, 'Same as a |= b.'),
  concat: two((rt, a, b) => concat(rt, a, b, false), 'Same as a + b, for a and b sequences.'),
  iconcat: two((rt, a, b) => concat(rt, a, b, true), 'Same as a += b, for a and b sequences.'),
  getitem: two(A.getItem, 'Same as a[b].'),
  setitem: item3,
  delitem: two((rt, a, b) => (A.setItem(rt, a, b, 0) < 0 ? 0 : rt.None), 'Same as del a[b].'),
  pow: two((rt, a, b) => A.numberPower(rt, a, b, rt.None), 'Same as a ** b.'),
  ipow: two(A.inplacePower, 'Same as a **= b.'),
  index: one(exactIndex, 'Same as a.__index__()'),
  lt: compare(CompareOp.LT, '<'),
  le: compare(CompareOp.LE, '<='),
  eq: compare(CompareOp.EQ, '=='),
  ne: compare(CompareOp.NE, '!='),
  gt: compare(CompareOp.GT, '>'),
  ge: compare(CompareOp.GE, '>='),
  _compare_digest: { kind: 'fast', min: 2, max: 2, fn: compareDigest, doc: "Return 'a == b'." },
  length_hint: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: lengthHint,
    doc: 'Return an estimate of the number of items in obj.',
  },
  call: { kind: 'keywords', fn: call, doc: 'Same as obj(*args, **kwargs).' },
};

/** Since 3.14. */
const METHODS_314: Record<string, MethodDef> = {
  is_none: one((rt, a) => rt.bool(a === rt.None), 'Same as a is None.'),
  is_not_none: one((rt, a) => rt.bool(a !== rt.None), 'Same as a is not None.'),
};

export const operatorModule: NativeModule = {
  name: '_operator',
  methods: METHODS,
  values: (ip: Interpreter) => ({
    itemgetter: moduleTypeRef(ip, itemgetterSpec),
    attrgetter: moduleTypeRef(ip, attrgetterSpec),
    methodcaller: moduleTypeRef(ip, methodcallerSpec),
  }),
  ready(ip: Interpreter, module: Handle) {
    if (ip.facts.name !== '3.13') addToModule(ip, module, METHODS_314);
  },
};
