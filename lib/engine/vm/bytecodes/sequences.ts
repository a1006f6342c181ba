/** Unpacking, building and formatting (Python/ceval.c, `_PyEval_UnpackIterable`; BUILD_*, FORMAT_*). */
import type { Handle } from '../../heap/layout';
import { getIter, getItem, isStr, iterNext, sequenceList, setItem, str, typeName } from '../../objects/abstract';
import { INT_VALUE, isInt32 } from '../../objects/int';
import { listItems, listSize, listSlice, newList } from '../../objects/list';
import { formatObject } from '../../objects/format';
import { BORROWED } from '../../objects/interpreter-frame';
import { type NativeMethod, nativeMethod, newNativeMethod } from '../../objects/method-object';
import { newSlice } from '../../objects/slice';
import { StrKind, strKind, strLength, strOfKind, strValue } from '../../objects/str';
import { substring } from '../../objects/str-ops';
import { tupleItems } from '../../objects/tuple';
import { typeLookup } from '../../objects/type-lookup';
import { callSpecialBound } from '../../objects/slotdefs';
import { CALLING, type Interpreter } from '../interpreter';

/** The `n` items (new references) of an iterable, or null with ValueError. */
export function unpackSequence(ip: Interpreter, seq: Handle, n: number): Handle[] | null {
  if (ip.is(seq, ip.types.tuple) || ip.is(seq, ip.types.list)) {
    const items = ip.is(seq, ip.types.tuple) ? tupleItems(ip, seq) : listItems(ip, seq);
    if (items.length === n) return items.map((x) => ip.newRef(x));
    if (items.length < n) ip.raise('ValueError', `not enough values to unpack (expected ${n}, got ${items.length})`);
    else
      ip.raise(
        'ValueError',
        `too many values to unpack (expected ${n}${ip.facts.name === '3.13' ? '' : `, got ${items.length}`})`,
      );
    return null;
  }
  const it = iterForUnpack(ip, seq);
  if (it === 0) return null;
  const out = take(ip, it, n, n, false);
  if (out === null) {
    ip.decref(it);
    return null;
  }
  const extra = iterNext(ip, it);
  ip.decref(it);
  if (extra !== 0) {
    ip.decref(extra);
    tooMany(ip, seq, n);
  }
  if (ip.currentException !== 0) {
    for (const x of out) ip.decref(x);
    return null;
  }
  return out;
}

function tooMany(ip: Interpreter, seq: Handle, n: number): void {
  let got = '';
  if (ip.facts.name !== '3.13' && ip.is(seq, ip.types.dict)) {
    const size = ip.tp(seq).mp_length!(ip, seq);
    got = `, got ${size}`;
  }
  ip.raise('ValueError', `too many values to unpack (expected ${n}${got})`);
}

function iterForUnpack(ip: Interpreter, seq: Handle): Handle {
  const it = getIter(ip, seq);
  if (it === 0 && ip.errorMatches('TypeError') && ip.tp(seq).tp_iter === null && ip.tp(seq).sq_item === null) {
    ip.clearError();
    ip.raise('TypeError', `cannot unpack non-iterable ${typeName(ip, seq)} object`);
  }
  return it;
}

/** `n` items from an iterator, or null with an exception. */
function take(ip: Interpreter, it: Handle, n: number, expected: number, atLeast: boolean): Handle[] | null {
  const out: Handle[] = [];
  while (out.length < n) {
    const x = iterNext(ip, it);
    if (x === 0) {
      if (ip.currentException === 0) {
        ip.raise(
          'ValueError',
          `not enough values to unpack (expected ${atLeast ? 'at least ' : ''}${expected}, got ${out.length})`,
        );
      }
      for (const y of out) ip.decref(y);
      return null;
    }
    out.push(x);
  }
  return out;
}

/** `a, *b, c = seq`: before, the list, after; new references; null with an exception. */
export function unpackEx(ip: Interpreter, seq: Handle, before: number, after: number): Handle[] | null {
  const it = iterForUnpack(ip, seq);
  if (it === 0) return null;
  const first = take(ip, it, before, before + after, true);
  if (first === null) {
    ip.decref(it);
    return null;
  }
  const rest = sequenceList(ip, it);
  ip.decref(it);
  if (rest === 0) {
    for (const x of first) ip.decref(x);
    return null;
  }
  const n = listSize(ip, rest);
  if (n < after) {
    ip.raise('ValueError', `not enough values to unpack (expected at least ${before + after}, got ${before + n})`);
    for (const x of first) ip.decref(x);
    ip.decref(rest);
    return null;
  }
  const items = listItems(ip, rest).map((x) => ip.newRef(x));
  const tail = items.slice(n - after);
  for (const x of tail) ip.incref(x);
  const list = newList(ip, items.slice(0, n - after));
  for (const x of tail) ip.decref(x);
  ip.decref(rest);
  return [...first, list, ...tail];
}

/** `format(value, spec)`; spec 0 for none. */
export function formatValue(ip: Interpreter, value: Handle, spec: Handle): Handle {
  const isBare = spec === 0 || spec === ip.emptyStr;
  if (isBare && ip.is(value, ip.types.str)) return ip.newRef(value);
  if (isBare && ip.is(value, ip.types.int)) return str(ip, value);
  if (!isBare && ip.is(spec, ip.types.str) && hasOwnFormat(ip, value)) {
    const descr = typeLookup(ip, ip.tp(value), ip.id('__format__'));
    return formatBound(ip, value, spec, nativeMethod(ip, descr));
  }
  const r = callSpecialBound(ip, value, '__format__', [spec === 0 ? ip.emptyStr : spec]);
  if (r !== 0 && !isStr(ip, r)) {
    ip.raise('TypeError', `__format__ must return a str, not ${typeName(ip, r)}`);
    ip.decref(r);
    return 0;
  }
  return r;
}

function hasOwnFormat(ip: Interpreter, h: Handle): boolean {
  return ip.is(h, ip.types.int) || ip.is(h, ip.types.str) || ip.is(h, ip.types.float);
}
/** `value.__format__(spec)` of an int, str or float: the bound method lives as long as its call. */
export function formatBound(ip: Interpreter, value: Handle, spec: Handle, method: NativeMethod): Handle {
  const bound = newNativeMethod(ip, method, value, 0);
  let r = 0;
  if (ip.enterRecursive(CALLING)) {
    r = formatObject(ip, value, spec);
    ip.leaveRecursive();
  }
  ip.decref(bound);
  return r;
}

/** BUILD_STRING: pieces borrowed, in the stack words from `first` on. */
export function joinPieces(ip: Interpreter, first: number, n: number): Handle {
  const { mem } = ip;
  if (n === 1) return ip.newRef(mem[first]! & ~BORROWED);
  let filled = 0;
  let only: Handle = 0;
  let kind: StrKind = StrKind.Ascii;
  let text = '';
  for (let i = 0; i < n; i++) {
    const piece = mem[first + i]! & ~BORROWED;
    if (piece === ip.emptyStr) continue;
    filled++;
    only = piece;
    const own = strKind(ip, piece);
    if (own > kind) kind = own;
    text += strValue(ip, piece);
  }
  return filled === 1 ? ip.newRef(only) : strOfKind(ip, text, kind);
}

/** BINARY_SLICE: start and stop borrowed. */
export function binarySlice(ip: Interpreter, container: Handle, start: Handle, stop: Handle): Handle {
  // When nobody records: the slice object would come from the free list and go back there, and nothing would tell.
  const { heap } = ip;
  const short = heap.log === null && heap.freelists.slice.size !== 0 ? plainSlice(ip, container, start, stop) : 0;
  if (short !== 0) return short;
  const s = newSlice(ip, start, stop, ip.None);
  const r = getItem(ip, container, s);
  ip.decref(s);
  return r;
}

/** What lies between two ints, or None, of a list or str: new. 0: it takes more to find out. */
export function plainSlice(ip: Interpreter, container: Handle, start: Handle, stop: Handle): Handle {
  const { mem } = ip;
  const type = mem[container + 1];
  const isList = type === ip.types.list.handle;
  if (!isList && type !== ip.types.str.handle) return 0;
  const n = isList ? listSize(ip, container) : strLength(ip, container);
  const low = edge(ip, start, 0, n);
  const high = edge(ip, stop, n, n);
  if (low < 0 || high < 0) return 0;
  return isList ? listSlice(ip, container, low, high) : substring(ip, container, low, high);
}
/** Where a slice of n items begins or ends; -1: neither None nor an int of one word. */
function edge(ip: Interpreter, h: Handle, none: number, n: number): number {
  if (h === ip.None) return none;
  const { mem } = ip;
  if (mem[h + 1] !== ip.types.int.handle || !isInt32(ip, h)) return -1;
  const i = mem[h + INT_VALUE]!;
  return i < 0 ? Math.max(i + n, 0) : Math.min(i, n);
}

export function storeSlice(ip: Interpreter, container: Handle, start: Handle, stop: Handle, value: Handle): number {
  const s = newSlice(ip, start, stop, ip.None);
  const r = setItem(ip, container, s, value);
  ip.decref(s);
  return r;
}
