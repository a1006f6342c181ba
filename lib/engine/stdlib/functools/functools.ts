/** The module _functools (Modules/_functoolsmodule.c). */
import type { Handle } from '../../heap/layout';
import { getIter, iterNext } from '../../objects/abstract';
import { newTupleTracked, tupleRecycle, tupleSwapItem } from '../../objects/tuple';
import { moduleType, moduleTypeRef, type NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { checkPositional, noKeywords, params, parseArgs } from '../../objects/getargs';
import { cmpToKey, keyWrapperSpec } from './key-wrapper';
import { keywordMark, linkSpec, lruCacheSpec } from './lru-cache';
import { partialSpec, placeholderSpec } from './partial';

const REDUCE = params('reduce', 'function, iterable, /, initial=');

/** `reduce(function, iterable, /[, initial])`: one argument tuple serves every call while nobody else holds it. */
function reduce(ip: Interpreter, _module: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  let a: Handle[] | null;
  if (ip.facts.name === '3.13') {
    if (!noKeywords(ip, '_functools.reduce', kwnames) || !checkPositional(ip, 'reduce', args.length, 2, 3)) return 0;
    a = args;
  } else a = parseArgs(ip, REDUCE, args, kwnames);
  if (a === null) return 0;
  const [func, iterable] = a as [Handle, Handle];
  let result = a[2] === undefined || a[2] === 0 ? 0 : ip.newRef(a[2]);
  const it = getIter(ip, iterable);
  if (it === 0) {
    if (ip.errorMatches('TypeError')) ip.raise('TypeError', 'reduce() arg 2 must support iteration');
    ip.xdecref(result);
    return 0;
  }
  const newPair = () => newTupleTracked(ip, [ip.None, ip.None]);
  let pair = newPair();
  for (let item = iterNext(ip, it); item !== 0; item = iterNext(ip, it)) {
    if (result === 0) {
      result = item;
      continue;
    }
    if (ip.mem[pair]! > 1) {
      ip.decref(pair);
      pair = newPair();
    }
    ip.decref(tupleSwapItem(ip, pair, 0, result));
    ip.decref(tupleSwapItem(ip, pair, 1, item));
    tupleRecycle(ip, pair);
    result = ip.callWithTuple(func, [result, item], null, pair);
    if (result === 0) break;
  }
  ip.decref(pair);
  ip.decref(it);
  if (ip.currentException !== 0) {
    ip.xdecref(result);
    return 0;
  }
  return result !== 0 ? result : ip.raise('TypeError', 'reduce() of empty iterable with no initial value');
}

export const functoolsModule: NativeModule = {
  name: '_functools',
  methods: {
    reduce: {
      kind: 'keywords',
      varargs: '3.13',
      fn: reduce,
      doc: 'Applies a function of two arguments from left to right.',
    },
    cmp_to_key: { kind: 'clinic', params: 'mycmp', fn: cmpToKey, doc: 'A key function from a comparison function.' },
  },
  values(ip: Interpreter) {
    moduleType(ip, keyWrapperSpec);
    moduleType(ip, linkSpec);
    keywordMark(ip);
    const values: Record<string, Handle> = {};
    if (ip.facts.name !== '3.13') {
      values._PlaceholderType = moduleTypeRef(ip, placeholderSpec);
      values.Placeholder = ip.call(values._PlaceholderType, []);
    }
    values.partial = moduleTypeRef(ip, partialSpec(ip));
    values._lru_cache_wrapper = moduleTypeRef(ip, lruCacheSpec);
    return values;
  },
};
