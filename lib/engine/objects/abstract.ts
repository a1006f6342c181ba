/**
 * The object protocols (Objects/abstract.c, the generic part of Objects/object.c): what `len`, `+`, `[]`, `in`, `==`,
 * iteration, attribute access and truth do for any object. Arguments borrowed, results new; 0 or -1 means an exception.
 */
import { CompareOp, type BinaryFunc, type TypeSlots } from '../heap/object';
import { TPFLAGS } from '../heap/object';
import type { Handle } from '../heap/layout';
import { intFromNumber, intToIndex } from './int';
import type { Runtime } from './runtime';
import { strValue, strFrom } from './str';
import { LONGEST_ESCAPED, asciiOfRepr, isAscii } from './str-repr';
import { listFromIterable } from './list';
import { isSubtype, typeLookup } from './type-lookup';

// ---- type checks ----------------------------------------------------------------------------------------------------

export function hasFlag(rt: Runtime, h: Handle, flag: number): boolean {
  return (rt.tp(h).flags & flag) !== 0;
}
export const isInt = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.LONG_SUBCLASS);
export const isStr = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.UNICODE_SUBCLASS);
export const isList = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.LIST_SUBCLASS);
export const isTuple = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.TUPLE_SUBCLASS);
export const isDict = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.DICT_SUBCLASS);
export const isBytes = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.BYTES_SUBCLASS);
export const isType = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.TYPE_SUBCLASS);
export const isExceptionInstance = (rt: Runtime, h: Handle) => hasFlag(rt, h, TPFLAGS.BASE_EXC_SUBCLASS);

/** The name that error messages show of h's type. */
export function typeName(rt: Runtime, h: Handle): string {
  return rt.tp(h).name;
}

// ---- attributes (Objects/object.c) -------------------------------------------------------------------------------------

/** `PyObject_GetAttr`. */
export function getAttr(rt: Runtime, h: Handle, name: Handle): Handle {
  return rt.tp(h).tp_getattro!(rt, h, name);
}
export function getAttrString(rt: Runtime, h: Handle, name: string): Handle {
  return rt.tp(h).tp_getattro!(rt, h, rt.id(name));
}
/** `PyObject_GetOptionalAttr`: new, or 0 without an exception if there is none, or 0 with another exception. */
export function getOptionalAttr(rt: Runtime, h: Handle, name: Handle): Handle {
  const value = getAttr(rt, h, name);
  if (value === 0 && rt.errorMatches('AttributeError')) rt.clearError();
  return value;
}
/** `PyObject_SetAttr`; value 0 deletes. 0 or -1. */
export function setAttr(rt: Runtime, h: Handle, name: Handle, value: Handle): number {
  const f = rt.tp(h).tp_setattro;
  if (f === null) {
    const what = rt.tp(h).tp_getattro === null ? 'no' : 'only read-only';
    return rt.raiseInt(
      'TypeError',
      `'${typeName(rt, h)}' object has ${what} attributes (${value === 0 ? 'del' : 'assign to'} .${strValue(rt, name)})`,
    );
  }
  return f(rt, h, name, value);
}

/** `_PyObject_IsAbstract`: the truth of `__isabstractmethod__`, 0 if there is none (or nothing, 0); -1 with an exception. */
export function isAbstract(rt: Runtime, h: Handle): number {
  if (h === 0) return 0;
  const mark = getOptionalAttr(rt, h, rt.id('__isabstractmethod__'));
  if (mark === 0) return rt.currentException !== 0 ? -1 : 0;
  const r = isTrue(rt, mark);
  rt.decref(mark);
  return r;
}

// ---- text -------------------------------------------------------------------------------------------------------------

/** `PyObject_Repr`. */
export function repr(rt: Runtime, h: Handle): Handle {
  if (!rt.enterRecursive(' while getting the repr of an object')) return 0;
  countWork(rt, REPR_WORK);
  const r = rt.tp(h).tp_repr!(rt, h);
  rt.leaveRecursive();
  if (r !== 0 && !isStr(rt, r)) {
    rt.raise('TypeError', `__repr__ returned non-string (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  return r;
}

/** `PyObject_Str`. */
export function str(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.str)) return rt.newRef(h);
  const f = rt.tp(h).tp_str;
  if (f === null) return repr(rt, h);
  if (!rt.enterRecursive(' while getting the str of an object')) return 0;
  const r = f(rt, h);
  rt.leaveRecursive();
  if (r !== 0 && !isStr(rt, r)) {
    rt.raise('TypeError', `__str__ returned non-string (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  return r;
}

/** `PyObject_ASCII`: repr with everything beyond ASCII escaped. */
export function ascii(rt: Runtime, h: Handle): Handle {
  const r = repr(rt, h);
  if (r === 0) return 0;
  const text = strValue(rt, r);
  if (isAscii(text)) return r;
  rt.decref(r);
  return text.length > LONGEST_ESCAPED ? rt.raise('MemoryError', '') : strFrom(rt, asciiOfRepr(text));
}

/** `repr(h)` as JavaScript text, or null with an exception. */
export function reprText(rt: Runtime, h: Handle): string | null {
  const r = repr(rt, h);
  if (r === 0) return null;
  const text = strValue(rt, r);
  rt.decref(r);
  return text;
}
export function strText(rt: Runtime, h: Handle): string | null {
  const r = str(rt, h);
  if (r === 0) return null;
  const text = strValue(rt, r);
  rt.decref(r);
  return text;
}

// ---- truth, hash, comparison --------------------------------------------------------------------------------------------

/** `PyObject_IsTrue`: 1, 0, -1. */
export function isTrue(rt: Runtime, h: Handle): number {
  if (h === rt.True) return 1;
  if (h === rt.False || h === rt.None) return 0;
  const tp = rt.tp(h);
  if (tp.nb_bool !== null) return tp.nb_bool(rt, h);
  const length = tp.mp_length ?? tp.sq_length;
  if (length === null) return 1;
  const n = length(rt, h);
  return n > 0 ? 1 : n;
}

/** `PyObject_Hash`: the low word; the high one in `rt.hashHigh`. On failure an exception is set (check that). */
export function hash(rt: Runtime, h: Handle): number {
  const f = rt.tp(h).tp_hash;
  if (f === null) return hashNotImplemented(rt, h);
  return f(rt, h);
}
export function hashNotImplemented(rt: Runtime, h: Handle): number {
  rt.raise('TypeError', `unhashable type: '${typeName(rt, h)}'`);
  return -1;
}

const SWAPPED: readonly CompareOp[] = [
  CompareOp.GT,
  CompareOp.GE,
  CompareOp.EQ,
  CompareOp.NE,
  CompareOp.LT,
  CompareOp.LE,
];
export const COMPARE_SYMBOLS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** `PyObject_RichCompare`. */
export function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!rt.enterRecursive(' in comparison')) return 0;
  countWork(rt, COMPARE_WORK);
  const r = doRichCompare(rt, a, b, op);
  rt.leaveRecursive();
  return r;
}

function doRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  const ta = rt.tp(a);
  const tb = rt.tp(b);
  let checkedReverse = false;
  if (ta !== tb && tb.tp_richcompare !== null && isSubtype(rt, tb, ta)) {
    checkedReverse = true;
    const r = tb.tp_richcompare(rt, b, a, SWAPPED[op]!);
    if (r !== rt.NotImplemented) return r;
  }
  if (ta.tp_richcompare !== null) {
    const r = ta.tp_richcompare(rt, a, b, op);
    if (r !== rt.NotImplemented) return r;
  }
  if (!checkedReverse && tb.tp_richcompare !== null) {
    const r = tb.tp_richcompare(rt, b, a, SWAPPED[op]!);
    if (r !== rt.NotImplemented) return r;
  }
  if (op === CompareOp.EQ) return rt.bool(a === b);
  if (op === CompareOp.NE) return rt.bool(a !== b);
  return rt.raise(
    'TypeError',
    `'${COMPARE_SYMBOLS[op]}' not supported between instances of '${ta.name}' and '${tb.name}'`,
  );
}

/** `PyObject_RichCompareBool`: identity implies equality. 1, 0, -1. */
export function richCompareBool(rt: Runtime, a: Handle, b: Handle, op: CompareOp): number {
  if (a === b) {
    if (op === CompareOp.EQ) return 1;
    if (op === CompareOp.NE) return 0;
  }
  const r = richCompare(rt, a, b, op);
  if (r === 0) return -1;
  const truth = isTrue(rt, r);
  rt.decref(r);
  return truth;
}

// ---- numbers ------------------------------------------------------------------------------------------------------------

type BinarySlot = {
  [K in keyof TypeSlots]: TypeSlots[K] extends BinaryFunc | null ? K : never;
}[keyof TypeSlots] &
  `nb_${string}`;

/** `binary_op1`: tries the left slot, the right one first if its type is a subtype. May return NotImplemented. */
export function binaryOp1(rt: Runtime, a: Handle, b: Handle, slot: BinarySlot): Handle {
  const ta = rt.tp(a);
  const tb = rt.tp(b);
  const fa = ta[slot] as BinaryFunc | null;
  let fb = ta === tb ? null : (tb[slot] as BinaryFunc | null);
  if (fb === fa) fb = null;
  if (fa !== null) {
    if (fb !== null && isSubtype(rt, tb, ta)) {
      const r = fb(rt, a, b);
      if (r !== rt.NotImplemented) return r;
      fb = null;
    }
    const r = fa(rt, a, b);
    if (r !== rt.NotImplemented) return r;
  }
  return fb === null ? rt.NotImplemented : fb(rt, a, b);
}

export function binaryOpError(rt: Runtime, a: Handle, b: Handle, symbol: string): 0 {
  return rt.raise(
    'TypeError',
    `unsupported operand type(s) for ${symbol}: '${typeName(rt, a)}' and '${typeName(rt, b)}'`,
  );
}

function binaryOp(rt: Runtime, a: Handle, b: Handle, slot: BinarySlot, symbol: string): Handle {
  const r = binaryOp1(rt, a, b, slot);
  return r === rt.NotImplemented ? binaryOpError(rt, a, b, symbol) : r;
}

export function numberAdd(rt: Runtime, a: Handle, b: Handle): Handle {
  const r = binaryOp1(rt, a, b, 'nb_add');
  if (r !== rt.NotImplemented) return r;
  const concat = rt.tp(a).sq_concat;
  if (concat !== null) return concat(rt, a, b);
  return binaryOpError(rt, a, b, '+');
}
export function numberMultiply(rt: Runtime, a: Handle, b: Handle): Handle {
  const r = binaryOp1(rt, a, b, 'nb_multiply');
  if (r !== rt.NotImplemented) return r;
  const repeatA = rt.tp(a).sq_repeat;
  if (repeatA !== null) return sequenceRepeat(rt, repeatA, a, b);
  const repeatB = rt.tp(b).sq_repeat;
  if (repeatB !== null) return sequenceRepeat(rt, repeatB, b, a);
  return binaryOpError(rt, a, b, '*');
}
function sequenceRepeat(rt: Runtime, f: NonNullable<TypeSlots['sq_repeat']>, seq: Handle, n: Handle): Handle {
  if (rt.tp(n).nb_index === null) {
    return rt.raise('TypeError', `can't multiply sequence by non-int of type '${typeName(rt, n)}'`);
  }
  const count = asIndex(rt, n, 'OverflowError');
  return count === null ? 0 : f(rt, seq, count);
}
export const numberSubtract = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_subtract', '-');
export const numberRemainder = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_remainder', '%');
export const numberDivmod = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_divmod', 'divmod()');
export const numberLshift = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_lshift', '<<');
export const numberRshift = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_rshift', '>>');
export const numberAnd = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_and', '&');
export const numberOr = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_or', '|');
export const numberXor = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_xor', '^');
export const numberFloorDivide = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_floor_divide', '//');
export const numberTrueDivide = (rt: Runtime, a: Handle, b: Handle) => binaryOp(rt, a, b, 'nb_true_divide', '/');
export const numberMatrixMultiply = (rt: Runtime, a: Handle, b: Handle) =>
  binaryOp(rt, a, b, 'nb_matrix_multiply', '@');

/** `PyNumber_Power`; `c` is None for the two-argument form. */
export function numberPower(rt: Runtime, a: Handle, b: Handle, c: Handle, symbol = '** or pow()'): Handle {
  const fa = rt.tp(a).nb_power;
  let fb = rt.tp(a) === rt.tp(b) ? null : rt.tp(b).nb_power;
  if (fb === fa) fb = null;
  if (fa !== null) {
    if (fb !== null && isSubtype(rt, rt.tp(b), rt.tp(a))) {
      const r = fb(rt, a, b, c);
      if (r !== rt.NotImplemented) return r;
      fb = null;
    }
    const r = fa(rt, a, b, c);
    if (r !== rt.NotImplemented) return r;
  }
  if (fb !== null) {
    const r = fb(rt, a, b, c);
    if (r !== rt.NotImplemented) return r;
  }
  if (c === rt.None) return binaryOpError(rt, a, b, symbol);
  return rt.raise(
    'TypeError',
    `unsupported operand type(s) for ** or pow(): '${typeName(rt, a)}', '${typeName(rt, b)}', '${typeName(rt, c)}'`,
  );
}

function inplace(rt: Runtime, a: Handle, b: Handle, islot: BinarySlot, slot: BinarySlot, symbol: string): Handle {
  const f = rt.tp(a)[islot] as BinaryFunc | null;
  if (f !== null) {
    const r = f(rt, a, b);
    if (r !== rt.NotImplemented) return r;
  }
  return binaryOp(rt, a, b, slot, symbol);
}
export function inplaceAdd(rt: Runtime, a: Handle, b: Handle): Handle {
  const tp = rt.tp(a);
  if (tp.nb_inplace_add !== null) {
    const r = tp.nb_inplace_add(rt, a, b);
    if (r !== rt.NotImplemented) return r;
  }
  const r = binaryOp1(rt, a, b, 'nb_add');
  if (r !== rt.NotImplemented) return r;
  const concat = tp.sq_inplace_concat ?? tp.sq_concat;
  if (concat !== null) return concat(rt, a, b);
  return binaryOpError(rt, a, b, '+=');
}
export function inplaceMultiply(rt: Runtime, a: Handle, b: Handle): Handle {
  const tp = rt.tp(a);
  if (tp.nb_inplace_multiply !== null) {
    const r = tp.nb_inplace_multiply(rt, a, b);
    if (r !== rt.NotImplemented) return r;
  }
  const r = binaryOp1(rt, a, b, 'nb_multiply');
  if (r !== rt.NotImplemented) return r;
  const repeatA = tp.sq_inplace_repeat ?? tp.sq_repeat;
  if (repeatA !== null) return sequenceRepeat(rt, repeatA, a, b);
  const repeatB = rt.tp(b).sq_repeat;
  if (repeatB !== null) return sequenceRepeat(rt, repeatB, b, a);
  return binaryOpError(rt, a, b, '*=');
}
export function inplacePower(rt: Runtime, a: Handle, b: Handle): Handle {
  const f = rt.tp(a).nb_inplace_power;
  if (f !== null) {
    const r = f(rt, a, b, rt.None);
    if (r !== rt.NotImplemented) return r;
  }
  return numberPower(rt, a, b, rt.None, '**=');
}
export const inplaceSubtract = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_subtract', 'nb_subtract', '-=');
export const inplaceRemainder = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_remainder', 'nb_remainder', '%=');
export const inplaceLshift = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_lshift', 'nb_lshift', '<<=');
export const inplaceRshift = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_rshift', 'nb_rshift', '>>=');
export const inplaceAnd = (rt: Runtime, a: Handle, b: Handle) => inplace(rt, a, b, 'nb_inplace_and', 'nb_and', '&=');
export const inplaceOr = (rt: Runtime, a: Handle, b: Handle) => inplace(rt, a, b, 'nb_inplace_or', 'nb_or', '|=');
export const inplaceXor = (rt: Runtime, a: Handle, b: Handle) => inplace(rt, a, b, 'nb_inplace_xor', 'nb_xor', '^=');
export const inplaceFloorDivide = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_floor_divide', 'nb_floor_divide', '//=');
export const inplaceTrueDivide = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_true_divide', 'nb_true_divide', '/=');
export const inplaceMatrixMultiply = (rt: Runtime, a: Handle, b: Handle) =>
  inplace(rt, a, b, 'nb_inplace_matrix_multiply', 'nb_matrix_multiply', '@=');

/** `PyNumber_Index`: an int (or subclass), new. */
export function numberIndex(rt: Runtime, h: Handle): Handle {
  if (isInt(rt, h)) return rt.newRef(h);
  const f = rt.tp(h).nb_index;
  if (f === null) {
    return rt.raise('TypeError', `'${typeName(rt, h)}' object cannot be interpreted as an integer`);
  }
  const r = f(rt, h);
  if (r !== 0 && !isInt(rt, r)) {
    rt.raise('TypeError', `__index__ returned non-int (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  if (r !== 0 && !rt.is(r, rt.types.int)) {
    const message =
      `__index__ returned non-int (type ${typeName(rt, r)}).  The ability to return an instance of a strict subclass of ` +
      'int is deprecated, and may not be allowed in a future version of Python.';
    if (!rt.warn('DeprecationWarning', message)) {
      rt.decref(r);
      return 0;
    }
  }
  return r;
}

/** `PyNumber_AsSsize_t`: a JavaScript integer, or null with an exception. Too large: clipped, unless `overflow` names an exception. */
export function asIndex(rt: Runtime, h: Handle, overflow: 'OverflowError' | 'IndexError' | null = null): number | null {
  const i = numberIndex(rt, h);
  if (i === 0) return null;
  const n = intToIndex(rt, i);
  rt.decref(i);
  if (n === Infinity || n === -Infinity) {
    if (overflow === null) return n > 0 ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
    rt.raise(overflow, `cannot fit '${typeName(rt, h)}' into an index-sized integer`);
    return null;
  }
  return n;
}

// ---- sequences and mappings ---------------------------------------------------------------------------------------------

/** `PyObject_Size`: -1 with an exception. */
export function length(rt: Runtime, h: Handle): number {
  const tp = rt.tp(h);
  const f = tp.sq_length ?? tp.mp_length;
  if (f === null) return rt.raiseInt('TypeError', `object of type '${tp.name}' has no len()`);
  return f(rt, h);
}

/** `PyObject_GetItem`, without `__class_getitem__` (see objects/type.ts, which the VM asks for types). */
export function getItem(rt: Runtime, h: Handle, key: Handle): Handle {
  const tp = rt.tp(h);
  if (tp.mp_subscript !== null) return tp.mp_subscript(rt, h, key);
  if (tp.sq_item !== null) {
    if (rt.tp(key).nb_index !== null) {
      const i = asIndex(rt, key, 'IndexError');
      return i === null ? 0 : sequenceGetItem(rt, h, i);
    }
    return rt.raise('TypeError', `sequence index must be integer, not '${typeName(rt, key)}'`);
  }
  if (isType(rt, h)) return classGetItem(rt, h, key);
  return rt.raise('TypeError', `'${tp.name}' object is not subscriptable`);
}

function classGetItem(rt: Runtime, type: Handle, key: Handle): Handle {
  // Special-cased so that str[int] and the like stay an error.
  if (type === rt.types.type.handle) return rt.call(rt.types['types.GenericAlias'].handle, [type, key]);
  const method = getOptionalAttr(rt, type, rt.id('__class_getitem__'));
  if (method === 0) {
    if (rt.currentException !== 0) return 0;
    return rt.raise('TypeError', `type '${rt.slotsOfType(type).name}' is not subscriptable`);
  }
  const r = rt.call(method, [key]);
  rt.decref(method);
  return r;
}

/** `PySequence_GetItem`: negative indexes count from the end if there is a length. */
export function sequenceGetItem(rt: Runtime, h: Handle, index: number): Handle {
  const tp = rt.tp(h);
  const f = tp.sq_item;
  if (f === null) return rt.raise('TypeError', `'${tp.name}' object does not support indexing`);
  if (index < 0 && tp.sq_length !== null) {
    const n = tp.sq_length(rt, h);
    if (n < 0) return 0;
    index += n;
  }
  return f(rt, h, index);
}

/** `PyObject_SetItem` / `PyObject_DelItem` (value 0). */
export function setItem(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  const tp = rt.tp(h);
  if (tp.mp_ass_subscript !== null) return tp.mp_ass_subscript(rt, h, key, value);
  if (tp.sq_ass_item !== null && rt.tp(key).nb_index !== null) {
    let i = asIndex(rt, key, 'IndexError');
    if (i === null) return -1;
    if (i < 0 && tp.sq_length !== null) {
      const n = tp.sq_length(rt, h);
      if (n < 0) return -1;
      i += n;
    }
    return tp.sq_ass_item(rt, h, i, value);
  }
  const what = value === 0 ? "doesn't support item deletion" : 'does not support item assignment';
  return rt.raiseInt('TypeError', `'${tp.name}' object ${what}`);
}

/** `PySequence_Contains`: 1, 0, -1. */
export function contains(rt: Runtime, container: Handle, item: Handle): number {
  const f = rt.tp(container).sq_contains;
  if (f !== null) return f(rt, container, item);
  const it = getIterForContains(rt, container);
  if (it === 0) return -1;
  let found = 0;
  for (;;) {
    const x = iterNext(rt, it);
    if (x === 0) {
      if (rt.currentException !== 0) found = -1;
      break;
    }
    const same = richCompareBool(rt, x, item, CompareOp.EQ);
    rt.decref(x);
    if (same !== 0) {
      found = same;
      break;
    }
  }
  rt.decref(it);
  return found;
}

function getIterForContains(rt: Runtime, h: Handle): Handle {
  const it = getIter(rt, h);
  if (it === 0 && rt.errorMatches('TypeError')) {
    rt.clearError();
    rt.raise(
      'TypeError',
      `argument of type '${typeName(rt, h)}' is not ${rt.facts.name === '3.13' ? 'iterable' : 'a container or iterable'}`,
    );
  }
  return it;
}

// ---- iteration ----------------------------------------------------------------------------------------------------------

/** Makes a sequence iterator (objects/iter.ts fills it in at boot, so that this layer need not know it). */
export const sequenceIterator: { make: (rt: Runtime, seq: Handle) => Handle } = { make: () => 0 };

/** `PyObject_GetIter`. */
export function getIter(rt: Runtime, h: Handle): Handle {
  const tp = rt.tp(h);
  if (tp.tp_iter === null) {
    if (tp.sq_item !== null && (tp.flags & TPFLAGS.DICT_SUBCLASS) === 0) return sequenceIterator.make(rt, h);
    return rt.raise('TypeError', `'${tp.name}' object is not iterable`);
  }
  const it = tp.tp_iter(rt, h);
  if (it !== 0 && rt.tp(it).tp_iternext === null) {
    rt.raise('TypeError', `iter() returned non-iterator of type '${typeName(rt, it)}'`);
    rt.decref(it);
    return 0;
  }
  return it;
}

/** After so many items the host is asked whether the program may go on: `max(itertools.count())` has no end. */
const NATIVE_ROUND = 1 << 16;

/** An item is taken in a loop of native code, or a container's turn comes: `[a, a]` of `[b, b]` of … has 2ⁿ of them. */
export function countItem(rt: Runtime): void {
  const { heap } = rt;
  heap.itemsTaken = (heap.itemsTaken + 1) & (NATIVE_ROUND - 1);
  if (heap.itemsTaken === 0) rt.nativeRound(1);
}

/** Native code is about to do, or has done, what takes as long as `n` items. */
export function countWork(rt: Runtime, n: number): void {
  const { heap } = rt;
  const sum = heap.itemsTaken + n;
  if (sum < NATIVE_ROUND) {
    heap.itemsTaken = sum;
    return;
  }
  heap.itemsTaken = sum % NATIVE_ROUND;
  rt.nativeRound(Math.floor(sum / NATIVE_ROUND));
}

/** Items that a repr and a comparison by native code last as long as: `[[x, x], [x, x]]` may be long without being large. */
const REPR_WORK = 32;
const COMPARE_WORK = 8;

/** `PyIter_Next`: new, or 0: exhausted if no exception is set (a StopIteration is cleared). */
export function iterNext(rt: Runtime, it: Handle): Handle {
  if (rt.heap.memoryShort) return shortOfMemory(rt);
  countItem(rt);
  const r = rt.tp(it).tp_iternext!(rt, it);
  if (r === 0 && rt.currentException !== 0 && rt.errorMatches('StopIteration')) rt.clearError();
  return r;
}

/** Native loops over iterators get their MemoryError here; the loop over instructions looks by itself. */
function shortOfMemory(rt: Runtime): 0 {
  rt.heap.memoryShort = false;
  return rt.raise('MemoryError', '');
}

/** `PySequence_List`: a new list of what the iterable gives. */
export function sequenceList(rt: Runtime, iterable: Handle): Handle {
  return listFromIterable(rt, iterable);
}

/** `PyObject_LengthHint`: -1 with an exception. */
export function lengthHint(rt: Runtime, h: Handle, defaultValue: number): number {
  const tp = rt.tp(h);
  if (tp.sq_length !== null || tp.mp_length !== null) {
    const n = length(rt, h);
    if (n >= 0) return n;
    if (!rt.errorMatches('TypeError')) return -1;
    rt.clearError();
  }
  // `_PyObject_LookupSpecial`: the class's, bound.
  const found = typeLookup(rt, tp, rt.id('__length_hint__'));
  if (found === 0) return defaultValue;
  const get = rt.tp(found).tp_descr_get;
  const hint = get === null ? rt.newRef(found) : get(rt, found, h, tp.handle);
  if (hint === 0) return -1;
  const r = rt.call(hint, []);
  rt.decref(hint);
  if (r === 0) {
    if (!rt.errorMatches('TypeError')) return -1;
    rt.clearError();
    return defaultValue;
  }
  let n = defaultValue;
  if (r !== rt.NotImplemented) {
    if (!isInt(rt, r)) n = rt.raiseInt('TypeError', `__length_hint__ must be an integer, not ${typeName(rt, r)}`);
    else {
      n = intToIndex(rt, r);
      if (Math.abs(n) === Infinity) n = rt.raiseInt('OverflowError', 'Python int too large to convert to C ssize_t');
      else if (n < 0) n = rt.raiseInt('ValueError', '__length_hint__() should return >= 0');
    }
  }
  rt.decref(r);
  return n;
}

// ---- from JavaScript ------------------------------------------------------------------------------------------------------

/** A new int from a JavaScript integer. */
export const fromNumber = intFromNumber;
/** A new str from JavaScript text. */
export const fromString = strFrom;
