/** The module _collections (Modules/_collectionsmodule.c). */
import type { Handle } from '../../heap/layout';
import { getAttrString, getIter, hash, isDict, iterNext, numberAdd, setItem } from '../../objects/abstract';
import { dictGetKnownHash, dictSetKnownHash, hashFailed, unhashable } from '../../objects/dict';
import { intFromNumber } from '../../objects/int';
import { typeLookup } from '../../objects/type-lookup';
import { moduleTypeRef, type NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { defaultdictSpec } from './defaultdict';
import { dequeSpec } from './deque';
import { dequeIteratorSpec } from './deque-iterator';
import { odictSpec } from './odict';
import { makeOdictViewTypes } from './odict-views';
import { tuplegetterSpec } from './tuplegetter';

/** Adds one: the new count, new; 0 with an exception. `old` borrowed. */
function plusOne(ip: Interpreter, old: Handle): Handle {
  const one = intFromNumber(ip, 1);
  const r = numberAdd(ip, old, one);
  ip.decref(one);
  return r;
}

/** Counts in the table of a dict directly; false with an exception. */
function countInDict(ip: Interpreter, mapping: Handle, key: Handle): boolean {
  const low = hash(ip, key);
  if (hashFailed(ip, low)) {
    unhashable(ip, key, 'dict key');
    return false;
  }
  const high = ip.hashHigh;
  const old = dictGetKnownHash(ip, mapping, key, low, high);
  if (old === 0 && ip.currentException !== 0) return false;
  const count = old === 0 ? intFromNumber(ip, 1) : plusOne(ip, old);
  if (count === 0) return false;
  const r = dictSetKnownHash(ip, mapping, key, low, high, count);
  ip.decref(count);
  return r === 0;
}

/** The same through `get` (bound, borrowed) and `__setitem__`. */
function countInMapping(ip: Interpreter, mapping: Handle, get: Handle, key: Handle): boolean {
  const old = ip.call(get, [key, intFromNumber(ip, 0)]);
  if (old === 0) return false;
  const count = plusOne(ip, old);
  ip.decref(old);
  if (count === 0) return false;
  const r = setItem(ip, mapping, key, count);
  ip.decref(count);
  return r === 0;
}

/** `_count_elements(mapping, iterable)`. */
function countElements(ip: Interpreter, _module: Handle, [mapping, iterable]: Handle[]): Handle {
  const it = getIter(ip, iterable!);
  if (it === 0) return 0;
  const own = (name: string) => typeLookup(ip, ip.tp(mapping!), ip.id(name));
  const dicts = (name: string) => typeLookup(ip, ip.types.dict, ip.id(name));
  const direct = isDict(ip, mapping!) && own('get') === dicts('get') && own('__setitem__') === dicts('__setitem__');
  const get = direct ? 0 : getAttrString(ip, mapping!, 'get');
  if (direct || get !== 0) {
    for (let key = iterNext(ip, it); key !== 0; key = iterNext(ip, it)) {
      const done = direct ? countInDict(ip, mapping!, key) : countInMapping(ip, mapping!, get, key);
      ip.decref(key);
      if (!done) break;
    }
  }
  ip.decref(it);
  ip.xdecref(get);
  return ip.currentException !== 0 ? 0 : ip.None;
}

export const collectionsModule: NativeModule = {
  name: '_collections',
  methods: {
    _count_elements: { kind: 'fast', min: 2, max: 2, fn: countElements, doc: 'Counts elements in a mapping.' },
  },
  values(ip: Interpreter) {
    makeOdictViewTypes(ip);
    const dict = ip.types.dict;
    return {
      deque: moduleTypeRef(ip, dequeSpec),
      defaultdict: moduleTypeRef(ip, defaultdictSpec(ip), 'heap', dict),
      OrderedDict: moduleTypeRef(ip, odictSpec(ip), 'static', dict),
      _deque_iterator: moduleTypeRef(ip, dequeIteratorSpec('_deque_iterator')),
      _deque_reverse_iterator: moduleTypeRef(ip, dequeIteratorSpec('_deque_reverse_iterator')),
      _tuplegetter: moduleTypeRef(ip, tuplegetterSpec),
    };
  },
};
