/**
 * functools._lru_cache_wrapper (Modules/_functoolsmodule.c): a dict from the arguments of a call to a link that holds
 * its result, and a circular list of the links, the one used last at the end. The list owns a reference to each link
 * as the dict does; with no limit there are no links and the dict has the results.
 *
 *     link     prev  next  hash (low, high)  key  result
 *     wrapper  prev  next  cache  func  maxsize  typed  hits  misses  kwd_mark  lru_list_elem_type  cache_info_type
 *              dict  weakreflist
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type TypeSpec, type Visit } from '../../heap/object';
import { asIndex, getAttrString, hash, isTrue } from '../../objects/abstract';
import { newMethod } from '../../objects/classobject';
import {
  dictClear,
  dictGetKnownHash,
  dictPopKnownHash,
  dictSetKnownHash,
  dictSize,
  hashFailed,
  newDict,
} from '../../objects/dict';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { allocInstance, freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTupleTracked } from '../../objects/tuple';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { argumentsTuple, objectCall } from '../arguments';
import { instanceDict } from './partial';

const PREV = 2;
const NEXT = 3;
const L_HASH = 4;
const L_HASH_HIGH = 5;
const L_KEY = 6;
const L_RESULT = 7;

const CACHE = 4;
const FUNC = 5;
/** -1: no limit. */
const MAXSIZE = 6;
const TYPED = 7;
const HITS = 8;
const MISSES = 9;
const KWD_MARK = 10;
const LINK_TYPE = 11;
const INFO_TYPE = 12;
const DICT = 13;
const WEAKLIST = 14;
const WORDS = 13;

const NEW = params('lru_cache', 'user_function, maxsize, typed, cache_info_type');

/** The object that stands between positional arguments and keywords in a key; of the module's state. */
export function keywordMark(ip: Interpreter): Handle {
  const known = ip.moduleState.get('functools.kwd_mark') as Handle | undefined;
  if (known !== undefined) return known;
  const mark = ip.call(ip.types.object.handle, []);
  ip.moduleState.set('functools.kwd_mark', mark);
  ip.moduleRefs.push(mark);
  return mark;
}

function lruNew(ip: Interpreter, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const { heap } = ip;
  const a = parseArgs(ip, NEW, args, kwnames);
  if (a === null) return 0;
  const [func, limit, typedArg, info] = a as [Handle, Handle, Handle, Handle];
  const typed = isTrue(ip, typedArg);
  if (typed < 0) return 0;
  if (ip.tp(func).tp_call === null) return ip.raise('TypeError', 'the first argument must be callable');
  let maxsize = -1;
  if (limit !== ip.None) {
    if (ip.tp(limit).nb_index === null) return ip.raise('TypeError', 'maxsize should be integer or None');
    const n = asIndex(ip, limit, 'OverflowError');
    if (n === null) return 0;
    maxsize = Math.min(Math.max(0, n), 0x7fffffff);
  }
  const cache = newDict(ip);
  const h = allocInstance(ip, ip.slotsOfType(type));
  heap.set(h + PREV, h);
  heap.set(h + NEXT, h);
  heap.set(h + TYPED, typed);
  heap.set(h + CACHE, cache);
  heap.set(h + FUNC, ip.newRef(func));
  heap.set(h + MAXSIZE, maxsize);
  heap.set(h + KWD_MARK, ip.newRef(keywordMark(ip)));
  heap.set(h + LINK_TYPE, ip.newRef(typeOfModule(ip, 'functools._lru_list_elem').handle));
  heap.set(h + INFO_TYPE, ip.newRef(info));
  return h;
}

// ---- keys -------------------------------------------------------------------------------------------------------------------

/** `lru_cache_make_key`: new. A lone int or str is its own key. */
function makeKey(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const typed = rt.mem[h + TYPED] !== 0;
  const nkw = kwnames?.length ?? 0;
  const npos = args.length - nkw;
  if (!typed && nkw === 0) {
    if (npos === 1 && (rt.is(args[0]!, rt.types.str) || rt.is(args[0]!, rt.types.int))) return rt.newRef(args[0]!);
    return argumentsTuple(rt, args);
  }
  const items = args.slice(0, npos);
  if (nkw > 0) {
    items.push(rt.mem[h + KWD_MARK]!);
    for (let i = 0; i < nkw; i++) items.push(kwnames![i]!, args[npos + i]!);
  }
  if (typed) for (const x of args) items.push(rt.mem[x + 1]!);
  for (const x of items) rt.incref(x);
  return newTupleTracked(rt, items);
}

// ---- links ------------------------------------------------------------------------------------------------------------------

function extractLink(rt: Runtime, link: Handle): void {
  const { heap, mem } = rt;
  heap.set(mem[link + PREV]! + NEXT, mem[link + NEXT]!);
  heap.set(mem[link + NEXT]! + PREV, mem[link + PREV]!);
}

function appendLink(rt: Runtime, h: Handle, link: Handle): void {
  const { heap, mem } = rt;
  const last = mem[h + PREV]!;
  heap.set(h + PREV, link);
  heap.set(last + NEXT, link);
  heap.set(link + PREV, last);
  heap.set(link + NEXT, h);
}

/** `lru_cache_unlink_list`: the chain, ended by 0, which the caller owns. */
function unlinkList(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const first = mem[h + NEXT]!;
  if (first === h) return 0;
  heap.set(mem[h + PREV]! + NEXT, 0);
  heap.set(h + PREV, h);
  heap.set(h + NEXT, h);
  return first;
}

function clearList(rt: Runtime, link: Handle): void {
  while (link !== 0) {
    const next = rt.mem[link + NEXT]!;
    rt.decref(link);
    link = next;
  }
}

export const linkSpec: TypeSpec = {
  name: '_lru_list_elem',
  module: 'functools',
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 6,
  basicsize: 56,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.clearRef(h + L_KEY);
      rt.heap.clearRef(h + L_RESULT);
      freeObject(rt, h);
    },
    // For the ledger: the collector does not know links, and is told of what they hold by the wrapper.
    tp_ledger(rt: Runtime, h, visit) {
      for (const word of [L_KEY, L_RESULT]) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
    },
  },
};

// ---- calls ------------------------------------------------------------------------------------------------------------------

function bump(rt: Runtime, word: number): void {
  rt.heap.set(word, rt.mem[word]! + 1);
}

function lruCall(ip: Interpreter, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const { mem } = ip;
  const maxsize = mem[h + MAXSIZE]!;
  if (maxsize === 0) {
    bump(ip, h + MISSES);
    return objectCall(ip, mem[h + FUNC]!, args, kwnames);
  }
  const key = makeKey(ip, h, args, kwnames);
  const low = hash(ip, key);
  if (hashFailed(ip, low)) {
    ip.decref(key);
    return 0;
  }
  const high = ip.hashHigh;
  const found = dictGetKnownHash(ip, mem[h + CACHE]!, key, low, high);
  if (found !== 0) {
    let result = found;
    if (maxsize > 0) {
      extractLink(ip, found);
      appendLink(ip, h, found);
      result = mem[found + L_RESULT]!;
    }
    bump(ip, h + HITS);
    ip.incref(result);
    ip.decref(key);
    return result;
  }
  if (ip.currentException !== 0) {
    ip.decref(key);
    return 0;
  }
  bump(ip, h + MISSES);
  const result = objectCall(ip, mem[h + FUNC]!, args, kwnames);
  if (result === 0) {
    ip.decref(key);
    return 0;
  }
  return maxsize > 0 ? store(ip, h, key, low, high, result) : storeUnlimited(ip, h, key, low, high, result);
}

/** Key stolen; the result passes through. */
function storeUnlimited(rt: Runtime, h: Handle, key: Handle, low: number, high: number, result: Handle): Handle {
  const r = dictSetKnownHash(rt, rt.mem[h + CACHE]!, key, low, high, result);
  if (r < 0) rt.decref(result);
  rt.decref(key);
  return r < 0 ? 0 : result;
}

/** The second half of `bounded_lru_cache_wrapper`: key stolen; the result passes through. */
function store(ip: Interpreter, h: Handle, key: Handle, low: number, high: number, result: Handle): Handle {
  const { heap, mem } = ip;
  const cache = mem[h + CACHE]!;
  const meanwhile = dictGetKnownHash(ip, cache, key, low, high);
  if (meanwhile !== 0) {
    ip.decref(key);
    return result;
  }
  if (ip.currentException !== 0) {
    ip.decref(key);
    ip.decref(result);
    return 0;
  }
  const fill = (link: Handle) => {
    heap.set(link + L_HASH, low);
    heap.set(link + L_HASH_HIGH, high);
    heap.set(link + L_KEY, key);
    heap.set(link + L_RESULT, result);
  };
  if (dictSize(ip, cache) < mem[h + MAXSIZE]! || mem[h + NEXT] === h) {
    const link = newObject(ip, ip.slotsOfType(mem[h + LINK_TYPE]!));
    fill(link);
    if (dictSetKnownHash(ip, cache, key, low, high, link) < 0) {
      ip.decref(link);
      return 0;
    }
    appendLink(ip, h, link);
    return ip.newRef(result);
  }
  // Full: the link that was used longest ago is used again.
  const link = mem[h + NEXT]!;
  extractLink(ip, link);
  const popped = dictPopKnownHash(ip, cache, mem[link + L_KEY]!, mem[link + L_HASH]!, mem[link + L_HASH_HIGH]!);
  if (popped === 0) {
    if (ip.currentException !== 0) {
      appendLink(ip, h, link);
      ip.decref(key);
      ip.decref(result);
      return 0;
    }
    // Somebody has removed it already: the link is an orphan now.
    ip.decref(link);
    ip.decref(key);
    return result;
  }
  const oldKey = mem[link + L_KEY]!;
  const oldResult = mem[link + L_RESULT]!;
  fill(link);
  const r = dictSetKnownHash(ip, cache, key, low, high, link);
  if (r < 0) {
    ip.decref(popped);
    ip.decref(link);
    ip.decref(oldKey);
    ip.decref(oldResult);
    return 0;
  }
  appendLink(ip, h, link);
  ip.incref(result);
  ip.decref(popped);
  ip.decref(oldKey);
  ip.decref(oldResult);
  return result;
}

// ---- the type ---------------------------------------------------------------------------------------------------------------

const FIELDS = [CACHE, FUNC, KWD_MARK, LINK_TYPE, INFO_TYPE, DICT];

function clearAll(rt: Runtime, h: Handle): void {
  const list = unlinkList(rt, h);
  for (const word of FIELDS) rt.heap.clearRef(h + word);
  clearList(rt, list);
}

function visitFields(rt: Runtime, h: Handle, visit: Visit): void {
  for (const word of FIELDS) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
}

export const lruCacheSpec: TypeSpec = {
  name: '_lru_cache_wrapper',
  module: 'functools',
  gc: true,
  flags: TPFLAGS.METHOD_DESCRIPTOR,
  words: WORDS,
  basicsize: 152,
  dictoffset: DICT,
  weaklistoffset: WEAKLIST,
  doc: 'Create a cached callable that wraps another function.',
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
      clearAll(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      const { mem } = rt;
      for (let link = mem[h + NEXT]!; link !== h && link !== 0; link = mem[link + NEXT]!) {
        for (const word of [L_KEY, L_RESULT]) if (mem[link + word] !== 0) visit(mem[link + word]!, link + word);
        visit(mem[link + 1]!, link + 1);
      }
      visitFields(rt, h, visit);
    },
    tp_ledger(rt: Runtime, h, visit) {
      const { mem } = rt;
      let word = h + NEXT;
      for (let link = mem[word]!; link !== h && link !== 0; word = link + NEXT, link = mem[word]!) visit(link, word);
      visitFields(rt, h, visit);
    },
    tp_clear: clearAll,
    tp_new: lruNew,
    tp_call: lruCall,
    tp_descr_get: (rt: Runtime, h: Handle, obj: Handle) =>
      obj === 0 || obj === rt.None ? rt.newRef(h) : newMethod(rt, h, obj),
  },
  methods: {
    cache_info: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const { mem } = rt;
        const max = mem[h + MAXSIZE]!;
        const numbers = [mem[h + HITS]!, mem[h + MISSES]!, max, dictSize(rt, mem[h + CACHE]!)];
        const args = numbers.map((n) => intFromNumber(rt, n));
        if (max === -1) {
          rt.decref(args[2]!);
          args[2] = rt.None;
        }
        const r = rt.call(mem[h + INFO_TYPE]!, args);
        for (const x of args) rt.decref(x);
        return r;
      },
      doc: 'Report cache statistics',
    },
    cache_clear: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const list = unlinkList(rt, h);
        rt.heap.set(h + HITS, 0);
        rt.heap.set(h + MISSES, 0);
        dictClear(rt, rt.mem[h + CACHE]!);
        clearList(rt, list);
        return rt.None;
      },
      doc: 'Clear the cache and cache statistics',
    },
    __reduce__: { kind: 'noargs', fn: (rt: Runtime, h) => getAttrString(rt, h, '__qualname__') },
    __copy__: { kind: 'noargs', fn: (rt: Runtime, h) => rt.newRef(h) },
    __deepcopy__: { kind: 'o', fn: (rt: Runtime, h) => rt.newRef(h) },
  },
  getset: { __dict__: instanceDict },
};
