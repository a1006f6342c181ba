/** Builtins over iterables (Python/bltinmodule.c): all, any, iter, next, min, max, sum, sorted. */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef } from '../heap/object';
import {
  countItem,
  getAttrString,
  getIter,
  isBytes,
  isInt,
  isStr,
  isTrue,
  iterNext,
  numberAdd,
  richCompare,
  typeName,
} from '../objects/abstract';
import { hasSpecial, newAnextAwaitable } from '../objects/async-generator';
import { checkPositional } from '../objects/getargs';
import { newFloat, floatValue } from '../objects/float';
import { INT_VALUE, intToBigInt, intToNumber, isInt32, intFromNumber } from '../objects/int';
import { IT_INDEX, IT_SEQ, newCallIter } from '../objects/iter';
import { listFromIterable, listItem, listSize } from '../objects/list';
import { callSpecial } from '../objects/slotdefs';
import { strValue } from '../objects/str';
import { isInstanceOf } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';

/** `all` and `any`: the first item whose truth is `stop` ends it. */
function quantifier(stop: boolean): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, iterable) => {
      const it = getIter(ip, iterable);
      if (it === 0) return 0;
      const next = ip.tp(it).tp_iternext!;
      for (;;) {
        countItem(ip);
        const item = next(ip, it);
        if (item === 0) break;
        const truth = isTrue(ip, item);
        ip.decref(item);
        if (truth < 0) {
          ip.decref(it);
          return 0;
        }
        if ((truth === 1) === stop) {
          ip.decref(it);
          return ip.bool(stop);
        }
      }
      ip.decref(it);
      if (ip.currentException !== 0) {
        if (!ip.errorMatches('StopIteration')) return 0;
        ip.clearError();
      }
      return ip.bool(!stop);
    },
  };
}

/** Keyword arguments by name; null with TypeError for one that is not known. */
function keywords(
  ip: Interpreter,
  fname: string,
  known: readonly string[],
  args: Handle[],
  kwnames: Handle[] | null,
): Handle[] | null {
  const values = known.map(() => 0);
  const first = args.length - (kwnames?.length ?? 0);
  for (const [i, k] of (kwnames ?? []).entries()) {
    const at = known.indexOf(strValue(ip, k));
    if (at < 0) {
      ip.raise('TypeError', `${fname}() got an unexpected keyword argument '${strValue(ip, k)}'`);
      return null;
    }
    values[at] = args[first + i]!;
  }
  return values;
}

/** `min_max`. */
function minMax(fname: 'min' | 'max', op: CompareOp): MethodDef {
  return {
    kind: 'keywords',
    fn: (ip: Interpreter, _m, args, kwnames) => {
      const npos = args.length - (kwnames?.length ?? 0);
      if (npos === 0) return ip.raise('TypeError', `${fname} expected at least 1 argument, got 0`);
      const options = keywords(ip, fname, ['key', 'default'], args, kwnames);
      if (options === null) return 0;
      const [keyArg, fallback] = options as [Handle, Handle];
      const key = keyArg === ip.None ? 0 : keyArg;
      if (npos > 1 && fallback !== 0) {
        return ip.raise('TypeError', `Cannot specify a default for ${fname}() with multiple positional arguments`);
      }
      const it = npos > 1 ? 0 : getIter(ip, args[0]!);
      if (npos === 1 && it === 0) return 0;
      const r = extreme(ip, it, it === 0 ? args.slice(0, npos) : [], key, op);
      ip.xdecref(it);
      if (r !== 0 || ip.currentException !== 0) return r;
      return fallback !== 0 ? ip.newRef(fallback) : ip.raise('ValueError', `${fname}() iterable argument is empty`);
    },
  };
}

/** The extreme item, new; 0 if there is none, or with an exception. */
function extreme(ip: Interpreter, it: Handle, items: Handle[], key: Handle, op: CompareOp): Handle {
  let best = 0;
  let bestKey = 0;
  const fail = (...held: Handle[]): 0 => {
    for (const h of held) ip.xdecref(h);
    ip.xdecref(bestKey);
    ip.xdecref(best);
    return 0;
  };
  for (let i = 0; ; i++) {
    const item = it !== 0 ? iterNext(ip, it) : i < items.length ? ip.newRef(items[i]!) : 0;
    if (item === 0) break;
    const value = key !== 0 ? ip.call(key, [item]) : ip.newRef(item);
    if (value === 0) return fail(item);
    if (best === 0) {
      best = item;
      bestKey = value;
      continue;
    }
    // After a first comparison: one more level of recursion is there.
    const r = richCompare(ip, value, bestKey, op);
    const better = r === 0 ? -1 : isTrue(ip, r);
    ip.xdecref(r);
    if (better < 0) return fail(value, item);
    if (better === 1) {
      ip.decref(bestKey);
      ip.decref(best);
      bestKey = value;
      best = item;
    } else {
      ip.decref(item);
      ip.decref(value);
    }
    if (key !== 0 || !isQuietList(ip, it)) continue;
    const found = extremeInt(ip, it, best, op);
    if (found === best) continue;
    ip.incref(found);
    ip.incref(found);
    ip.decref(bestKey);
    ip.decref(best);
    best = bestKey = found;
  }
  if (ip.currentException !== 0) return fail();
  ip.xdecref(bestKey);
  return best;
}

/**
 * A list's items are next and nobody records: an item's reference that comes and goes at once tells nobody, and a loop
 * over numbers reads them where they are. Index and items counted move as in `iterNext`.
 */
function isQuietList(ip: Interpreter, it: Handle): boolean {
  return (
    it !== 0 && ip.heap.log === null && ip.mem[it + 1] === ip.types.list_iterator.handle && ip.mem[it + IT_SEQ] !== 0
  );
}

/** The extreme of `best` and the exact ints of 32 bits that come next, up to another item: borrowed. */
function extremeInt(ip: Interpreter, it: Handle, best: Handle, op: CompareOp): Handle {
  const { mem, heap } = ip;
  const int = ip.types.int.handle;
  if (mem[best + 1] !== int || !isInt32(ip, best)) return best;
  const list = mem[it + IT_SEQ]!;
  const n = listSize(ip, list);
  const sign = op === CompareOp.LT ? -1 : 1;
  let most = sign * mem[best + INT_VALUE]!;
  for (let i = mem[it + IT_INDEX]!; i < n && !heap.memoryShort; i++) {
    const item = listItem(ip, list, i);
    if (mem[item + 1] !== int || !isInt32(ip, item)) break;
    countItem(ip);
    mem[it + IT_INDEX] = i + 1;
    countItem(ip);
    const value = sign * mem[item + INT_VALUE]!;
    if (value > most) {
      most = value;
      best = item;
    }
  }
  return best;
}

/** `builtin_sum`: floats with the compensation that 3.12 brought. */
function sum(ip: Interpreter, iterable: Handle, start: Handle): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  let result: Handle;
  if (start === 0) result = intFromNumber(ip, 0);
  else {
    for (const [is, what] of [
      [isStr(ip, start), "strings [use ''.join(seq) instead]"],
      [isBytes(ip, start), "bytes [use b''.join(seq) instead]"],
      [isInstanceOf(ip, start, ip.types.bytearray), "bytearray [use b''.join(seq) instead]"],
    ] as const) {
      if (!is) continue;
      ip.decref(it);
      return ip.raise('TypeError', `sum() can't sum ${what}`);
    }
    result = ip.newRef(start);
  }
  if (ip.is(result, ip.types.int) && isInt32(ip, result)) {
    result = sumInts(ip, it, result);
    if (result <= 0) {
      ip.decref(it);
      return -result;
    }
  }
  while (result !== 0) {
    if (ip.is(result, ip.types.float)) {
      result = sumFloats(ip, it, result);
      if (result <= 0) {
        result = -result;
        break;
      }
    }
    const item = iterNext(ip, it);
    if (item === 0) {
      if (ip.currentException !== 0) {
        ip.decref(result);
        result = 0;
      }
      break;
    }
    const next = numberAdd(ip, result, item);
    ip.decref(result);
    ip.decref(item);
    result = next;
  }
  ip.decref(it);
  return result;
}

/**
 * Adds while the items are ints of 32 bits or bools and the sum is exact; no int is made on the way. `start` is
 * consumed.
 * @returns as `sumFloats`
 */
function sumInts(ip: Interpreter, it: Handle, start: Handle): number {
  const { mem, types } = ip;
  let total = mem[start + INT_VALUE]!;
  ip.decref(start);
  if (isQuietList(ip, it)) {
    const list = mem[it + IT_SEQ]!;
    const n = listSize(ip, list);
    for (let i = mem[it + IT_INDEX]!; i < n && !ip.heap.memoryShort; i++) {
      const item = listItem(ip, list, i);
      if (mem[item + 1] !== types.int.handle || !isInt32(ip, item)) break;
      if (total >= MOST_EXACT || total <= -MOST_EXACT) break;
      countItem(ip);
      mem[it + IT_INDEX] = i + 1;
      total += mem[item + INT_VALUE]!;
    }
  }
  for (;;) {
    const item = iterNext(ip, it);
    if (item === 0) return ip.currentException !== 0 ? 0 : -intFromNumber(ip, total);
    const type = mem[item + 1];
    const isPlain = (type === types.int.handle || type === types.bool.handle) && isInt32(ip, item);
    if (isPlain && total < MOST_EXACT && total > -MOST_EXACT) {
      total += mem[item + INT_VALUE]!;
      ip.decref(item);
      continue;
    }
    const sofar = intFromNumber(ip, total);
    const next = numberAdd(ip, sofar, item);
    ip.decref(sofar);
    ip.decref(item);
    return next;
  }
}

/** Below this a sum with an int of 32 bits is exact. */
const MOST_EXACT = 2 ** 52;

/**
 * Adds while the items are floats or ints (Neumaier's sum). `start` is consumed.
 * @returns the sum with the first item of another kind added; negative: the end was reached (0 with an exception)
 */
function sumFloats(ip: Interpreter, it: Handle, start: Handle): number {
  let total = floatValue(ip, start);
  let compensation = 0;
  ip.decref(start);
  const result = (): Handle =>
    newFloat(ip, Number.isFinite(compensation) && compensation !== 0 ? total + compensation : total);
  for (;;) {
    const item = iterNext(ip, it);
    if (item === 0) return ip.currentException !== 0 ? 0 : -result();
    if (ip.is(item, ip.types.float)) {
      const x = floatValue(ip, item);
      const t = total + x;
      compensation += Math.abs(total) >= Math.abs(x) ? total - t + x : x - t + total;
      total = t;
    } else if (isInt(ip, item) && (isInt32(ip, item) || fitsLong(intToBigInt(ip, item)))) {
      total += intToNumber(ip, item);
    } else {
      const sofar = result();
      const next = numberAdd(ip, sofar, item);
      ip.decref(sofar);
      ip.decref(item);
      return next;
    }
    ip.decref(item);
  }
}

const fitsLong = (b: bigint): boolean => BigInt.asIntN(64, b) === b;

function next(ip: Interpreter, it: Handle, fallback: Handle | undefined): Handle {
  const f = ip.tp(it).tp_iternext;
  if (f === null) return ip.raise('TypeError', `'${typeName(ip, it)}' object is not an iterator`);
  const item = f(ip, it);
  if (item !== 0) return item;
  if (fallback !== undefined) {
    if (ip.currentException !== 0) {
      if (!ip.errorMatches('StopIteration')) return 0;
      ip.clearError();
    }
    return ip.newRef(fallback);
  }
  return ip.currentException !== 0 ? 0 : ip.raiseObject('StopIteration', ip.emptyTuple);
}

/** `PyObject_GetAIter`. */
function aiter(ip: Interpreter, h: Handle): Handle {
  if (!hasSpecial(ip, h, '__aiter__'))
    return ip.raise('TypeError', `'${typeName(ip, h)}' object is not an async iterable`);
  const it = callSpecial(ip, h, '__aiter__', []);
  if (it === 0 || hasSpecial(ip, it, '__anext__')) return it;
  ip.raise('TypeError', `aiter() returned not an async iterator of type '${typeName(ip, it)}'`);
  ip.decref(it);
  return 0;
}

function anext(ip: Interpreter, it: Handle, fallback: Handle | undefined): Handle {
  if (!hasSpecial(ip, it, '__anext__'))
    return ip.raise('TypeError', `'${typeName(ip, it)}' object is not an async iterator`);
  const awaitable = callSpecial(ip, it, '__anext__', []);
  if (awaitable === 0 || fallback === undefined) return awaitable;
  const r = newAnextAwaitable(ip, awaitable, fallback);
  ip.decref(awaitable);
  return r;
}

export const iterationBuiltins: Record<string, MethodDef> = {
  all: quantifier(false),
  any: quantifier(true),
  min: minMax('min', CompareOp.LT),
  max: minMax('max', CompareOp.GT),
  sum: {
    kind: 'clinic',
    params: 'iterable, /, start=',
    fn: (ip: Interpreter, _m, [iterable, start]) => sum(ip, iterable!, start!),
  },
  iter: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [object, sentinel]) => {
      if (sentinel === undefined) return getIter(ip, object!);
      if (ip.tp(object!).tp_call === null) return ip.raise('TypeError', 'iter(v, w): v must be callable');
      return newCallIter(ip, object!, sentinel);
    },
  },
  next: { kind: 'fast', min: 1, max: 2, fn: (ip: Interpreter, _m, [it, fallback]) => next(ip, it!, fallback) },
  aiter: { kind: 'o', fn: (ip: Interpreter, _m, h) => aiter(ip, h) },
  anext: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [it, fallback]) => anext(ip, it!, fallback),
  },
  sorted: {
    kind: 'keywords',
    fn: (ip: Interpreter, _m, args, kwnames) => {
      const npos = args.length - (kwnames?.length ?? 0);
      if (!checkPositional(ip, 'sorted', npos, 1, 1)) return 0;
      const list = listFromIterable(ip, args[0]!);
      if (list === 0) return 0;
      const sort = getAttrString(ip, list, 'sort');
      const r = sort === 0 ? 0 : ip.call(sort, args.slice(1), kwnames);
      ip.xdecref(sort);
      if (r === 0) {
        ip.decref(list);
        return 0;
      }
      ip.decref(r);
      return list;
    },
  },
};
