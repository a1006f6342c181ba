/** collections.OrderedDict (Objects/odictobject.c). */
import type { Handle } from '../../heap/layout';
import { CompareOp, TPFLAGS, type MethodDef, type TypeSpec, type Visit } from '../../heap/object';
import {
  contains,
  getAttrString,
  getItem,
  getIter,
  getOptionalAttr,
  hashNotImplemented,
  isDict,
  isTrue,
  iterNext,
  repr,
  richCompareBool,
  setItem,
} from '../../objects/abstract';
import {
  dictClear,
  dictItemsArray,
  dictKeysBytes,
  dictGet,
  dictMerge,
  dictPopKnownHash,
  dictSetKnownHash,
  dictSize,
  newDict,
  raiseKeyError,
  dictDel,
} from '../../objects/dict';
import { materializeDict, replaceDict } from '../../objects/dict-values';
import { intFromNumber } from '../../objects/int';
import { newList } from '../../objects/list';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple, newTupleTracked, tuplePack } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { typeShortName } from './deque';
import {
  NODE_BYTES,
  NODE_HASH,
  NODE_HASH_HIGH,
  NODE_KEY,
  NODE_NEXT,
  OD_FAST_SIZE,
  OD_FIRST,
  OD_INST_DICT,
  OD_LAST,
  OD_STATE,
  OD_WEAKLIST,
  OD_WORDS,
  addNewNode,
  clearNode,
  clearNodes,
  findNode,
  findNodeHash,
  keyHash,
  linkNode,
  unlinkNode,
  type Hash,
} from './odict-nodes';
import { KEYS, REVERSED, newOdictIterator, newOdictView } from './odict-views';

function odictType(rt: Runtime) {
  return typeOfModule(rt as Interpreter, 'collections.OrderedDict');
}
function isOdict(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, odictType(rt));
}
function isExact(rt: Runtime, h: Handle): boolean {
  return rt.is(h, odictType(rt));
}

// ---- storing and removing ---------------------------------------------------------------------------------------------------

function setKnownHash(rt: Runtime, h: Handle, key: Handle, value: Handle, hash: Hash): number {
  if (dictSetKnownHash(rt, h, key, hash.low, hash.high, value) < 0) return -1;
  if (addNewNode(rt, h, key, hash) < 0) {
    const error = rt.takeError();
    dictDel(rt, h, key);
    rt.restoreError(error);
    return -1;
  }
  return 0;
}

/** `odict_mp_ass_sub`: value 0 deletes. */
function assSubscript(rt: Runtime, h: Handle, key: Handle, value: Handle): number {
  const hash = keyHash(rt, key);
  if (hash === null) return -1;
  if (value !== 0) return setKnownHash(rt, h, key, value, hash);
  if (clearNode(rt, h, 0, key, hash) < 0) return -1;
  const old = dictPopKnownHash(rt, h, key, hash.low, hash.high);
  if (old === 0) {
    if (rt.currentException === 0) raiseKeyError(rt, key);
    return -1;
  }
  rt.decref(old);
  return 0;
}

/** `_odict_popkey_hash`: new; 0 with KeyError if the key is missing and there is no fallback (borrowed). */
function popKey(rt: Runtime, h: Handle, key: Handle, fallback: Handle, hash: Hash): Handle {
  const node = findNodeHash(rt, h, key, hash);
  if (node !== 0) {
    if (clearNode(rt, h, node, key, hash) < 0) return 0;
  } else if (rt.currentException !== 0) return 0;
  const value = dictPopKnownHash(rt, h, key, hash.low, hash.high);
  if (value !== 0 || rt.currentException !== 0) return value;
  return fallback !== 0 ? rt.newRef(fallback) : raiseKeyError(rt, key);
}

// ---- updating ---------------------------------------------------------------------------------------------------------------

/** `mutablemapping_add_pairs`: 0 or -1. */
function addPairs(rt: Runtime, h: Handle, pairs: Handle): number {
  const it = getIter(rt, pairs);
  if (it === 0) return -1;
  for (let pair = iterNext(rt, it); pair !== 0; pair = iterNext(rt, it)) {
    addPair(rt, h, pair);
    if (rt.currentException !== 0) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

/** `pair` stolen. */
function addPair(rt: Runtime, h: Handle, pair: Handle): void {
  const it = getIter(rt, pair);
  let key: Handle = 0;
  let value: Handle = 0;
  if (it !== 0) {
    key = iterNext(rt, it);
    if (key === 0) {
      if (rt.currentException === 0) rt.raise('ValueError', 'need more than 0 values to unpack');
    } else {
      value = iterNext(rt, it);
      if (value === 0) {
        if (rt.currentException === 0) rt.raise('ValueError', 'need more than 1 value to unpack');
      } else {
        const end = iterNext(rt, it);
        if (end !== 0) {
          rt.decref(end);
          rt.raise('ValueError', 'too many values to unpack (expected 2)');
        } else if (rt.currentException === 0) setItem(rt, h, key, value);
      }
    }
  }
  rt.decref(pair);
  rt.xdecref(it);
  rt.xdecref(key);
  rt.xdecref(value);
}

/** `PyDict_Items`: a new list. */
function itemsList(rt: Runtime, d: Handle): Handle {
  return newList(
    rt,
    dictItemsArray(rt, d).map(([k, v]) => newTupleTracked(rt, [rt.newRef(k), rt.newRef(v)])),
  );
}

/** `mutablemapping_update_arg`: a dict, something with keys(), something with items(), or pairs. */
function updateArg(rt: Runtime, h: Handle, arg: Handle): number {
  if (rt.is(arg, rt.types.dict)) return addOwned(rt, h, itemsList(rt, arg));
  const keys = getOptionalAttr(rt, arg, rt.id('keys'));
  if (keys !== 0) return addByKeys(rt, h, arg, keys);
  if (rt.currentException !== 0) return -1;
  const items = getOptionalAttr(rt, arg, rt.id('items'));
  if (items === 0) return rt.currentException !== 0 ? -1 : addPairs(rt, h, arg);
  const pairs = rt.call(items, []);
  rt.decref(items);
  return pairs === 0 ? -1 : addOwned(rt, h, pairs);
}

/** `pairs` stolen. */
function addOwned(rt: Runtime, h: Handle, pairs: Handle): number {
  const r = addPairs(rt, h, pairs);
  rt.decref(pairs);
  return r;
}

/** `method` stolen. */
function addByKeys(rt: Runtime, h: Handle, arg: Handle, method: Handle): number {
  const keys = rt.call(method, []);
  rt.decref(method);
  if (keys === 0) return -1;
  const it = getIter(rt, keys);
  rt.decref(keys);
  if (it === 0) return -1;
  for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
    const value = getItem(rt, arg, key);
    if (value !== 0) {
      setItem(rt, h, key, value);
      rt.decref(value);
    }
    rt.decref(key);
    if (rt.currentException !== 0) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? -1 : 0;
}

/** `mutablemapping_update`: 0 or -1. */
function updateCommon(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos > 1) return rt.raiseInt('TypeError', `update() takes at most 1 positional argument (${npos} given)`);
  if (npos === 1 && updateArg(rt, h, args[0]!) < 0) return -1;
  if (kwnames === null || kwnames.length === 0) return 0;
  const pairs = kwnames.map((k, i) => newTupleTracked(rt, [rt.newRef(k), rt.newRef(args[npos + i]!)]));
  return addOwned(rt, h, newList(rt, pairs));
}

function init(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos > 1) {
    const arguments_ = rt.facts.name === '3.13' ? 'arguments' : 'argument';
    return rt.raiseInt('TypeError', `expected at most 1 ${arguments_}, got ${npos}`);
  }
  return updateCommon(rt, h, args, kwnames);
}

// ---- methods ----------------------------------------------------------------------------------------------------------------

function setdefault(rt: Runtime, h: Handle, [key, given]: Handle[]): Handle {
  const value = given === 0 ? rt.None : given!;
  if (isExact(rt, h)) {
    const found = dictGet(rt, h, key!);
    if (found !== 0) return rt.newRef(found);
    if (rt.currentException !== 0) return 0;
    return assSubscript(rt, h, key!, value) < 0 ? 0 : rt.newRef(value);
  }
  const exists = contains(rt, h, key!);
  if (exists < 0) return 0;
  if (exists > 0) return getItem(rt, h, key!);
  return setItem(rt, h, key!, value) < 0 ? 0 : rt.newRef(value);
}

function pop(rt: Runtime, h: Handle, [key, fallback]: Handle[]): Handle {
  const hash = keyHash(rt, key!);
  return hash === null ? 0 : popKey(rt, h, key!, fallback!, hash);
}

/** The flag `last`: 1 unless it is given; -1 with an exception. */
function lastFlag(rt: Runtime, flag: Handle): number {
  return flag === 0 ? 1 : isTrue(rt, flag);
}

function popitem(rt: Runtime, h: Handle, [flag]: Handle[]): Handle {
  const last = lastFlag(rt, flag!);
  if (last < 0) return 0;
  const { mem } = rt;
  const node = mem[h + (last === 1 ? OD_LAST : OD_FIRST)]!;
  if (node === 0) return rt.raise('KeyError', 'dictionary is empty');
  const key = rt.newRef(mem[node + NODE_KEY]!);
  const value = popKey(rt, h, key, 0, { low: mem[node + NODE_HASH]!, high: mem[node + NODE_HASH_HIGH]! });
  if (value === 0) {
    rt.decref(key);
    return 0;
  }
  const item = tuplePack(rt, key, value);
  rt.decref(key);
  rt.decref(value);
  return item;
}

function moveToEnd(rt: Runtime, h: Handle, [key, flag]: Handle[]): Handle {
  const last = lastFlag(rt, flag!);
  if (last < 0) return 0;
  const { mem } = rt;
  const end = h + (last === 1 ? OD_LAST : OD_FIRST);
  if (mem[end] === 0) return raiseKeyError(rt, key!);
  if (mem[mem[end]! + NODE_KEY] === key) return rt.None;
  const node = findNode(rt, h, key!);
  if (node === 0) return rt.currentException !== 0 ? 0 : raiseKeyError(rt, key!);
  if (node !== mem[end]) {
    unlinkNode(rt, h, node);
    linkNode(rt, h, node, last === 1);
  }
  return rt.None;
}

function clear(rt: Runtime, h: Handle): Handle {
  dictClear(rt, h);
  clearNodes(rt, h);
  return rt.None;
}

function copy(rt: Runtime, h: Handle): Handle {
  const { mem } = rt;
  const exact = isExact(rt, h);
  const type = exact ? odictType(rt).handle : mem[h + 1]!;
  const d = rt.call(type, []);
  if (d === 0) return 0;
  for (let node = mem[h + OD_FIRST]!; node !== 0; node = mem[node + NODE_NEXT]!) {
    const key = rt.newRef(mem[node + NODE_KEY]!);
    const hash = { low: mem[node + NODE_HASH]!, high: mem[node + NODE_HASH_HIGH]! };
    let r = -1;
    if (exact) {
      const value = dictGet(rt, h, key);
      if (value !== 0) r = setKnownHash(rt, d, key, value, hash);
      else if (rt.currentException === 0) raiseKeyError(rt, key);
    } else {
      const value = getItem(rt, h, key);
      if (value !== 0) {
        r = setItem(rt, d, key, value);
        rt.decref(value);
      }
    }
    rt.decref(key);
    if (r < 0) {
      rt.decref(d);
      return 0;
    }
  }
  return d;
}

function reduce(rt: Runtime, h: Handle): Handle {
  const call = (name: string): Handle => {
    const method = getAttrString(rt, h, name);
    const r = method === 0 ? 0 : rt.call(method, []);
    rt.xdecref(method);
    return r;
  };
  const state = call('__getstate__');
  if (state === 0) return 0;
  const items = call('items');
  const it = items === 0 ? 0 : getIter(rt, items);
  rt.xdecref(items);
  if (it === 0) {
    rt.decref(state);
    return 0;
  }
  return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), rt.emptyTuple, state, rt.None, it]);
}

/** `_PyDict_FromKeys` for any class. */
function fromkeys(rt: Runtime, type: Handle, [iterable, given]: Handle[]): Handle {
  const value = given === 0 ? rt.None : given!;
  const d = rt.call(type, []);
  if (d === 0) return 0;
  const it = getIter(rt, iterable!);
  if (it !== 0) {
    for (let key = iterNext(rt, it); key !== 0; key = iterNext(rt, it)) {
      const r = setItem(rt, d, key, value);
      rt.decref(key);
      if (r < 0) break;
    }
    rt.decref(it);
  }
  if (rt.currentException === 0) return d;
  rt.decref(d);
  return 0;
}

// ---- operators --------------------------------------------------------------------------------------------------------------

/** `_odict_keys_equal`: 1, 0, -1. */
function keysEqual(rt: Runtime, a: Handle, b: Handle): number {
  const { mem } = rt;
  const states = [mem[a + OD_STATE], mem[b + OD_STATE]];
  let na = mem[a + OD_FIRST]!;
  let nb = mem[b + OD_FIRST]!;
  while (na !== 0 && nb !== 0) {
    const ka = rt.newRef(mem[na + NODE_KEY]!);
    const kb = rt.newRef(mem[nb + NODE_KEY]!);
    const same = richCompareBool(rt, ka, kb, CompareOp.EQ);
    rt.decref(ka);
    rt.decref(kb);
    if (same < 0) return -1;
    if (mem[a + OD_STATE] !== states[0] || mem[b + OD_STATE] !== states[1])
      return rt.raiseInt('RuntimeError', 'OrderedDict mutated during iteration');
    if (same === 0) return 0;
    na = mem[na + NODE_NEXT]!;
    nb = mem[nb + NODE_NEXT]!;
  }
  return na === nb ? 1 : 0;
}

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isOdict(rt, a) || !isDict(rt, b) || (op !== CompareOp.EQ && op !== CompareOp.NE)) return rt.NotImplemented;
  const asDicts = rt.types.dict.tp_richcompare!(rt, a, b, op);
  if (asDicts === 0 || !isOdict(rt, b) || asDicts === rt.bool(op === CompareOp.NE)) return asDicts;
  const same = keysEqual(rt, a, b);
  return same < 0 ? 0 : rt.bool((same === 1) === (op === CompareOp.EQ));
}

function or(rt: Runtime, a: Handle, b: Handle): Handle {
  const left = isOdict(rt, a);
  if (!isDict(rt, left ? b : a)) return rt.NotImplemented;
  const d = rt.call(rt.mem[(left ? a : b) + 1]!, [a]);
  if (d === 0) return 0;
  if (updateArg(rt, d, b) < 0) {
    rt.decref(d);
    return 0;
  }
  return d;
}

function odictRepr(rt: Runtime, h: Handle): Handle {
  const name = typeShortName(rt, h);
  if (dictSize(rt, h) === 0) return strFrom(rt, `${name}()`);
  if (rt.reprEnter(h)) return strFrom(rt, '...');
  const plain = newDict(rt);
  const r = dictMerge(rt, plain, h, true) < 0 ? 0 : repr(rt, plain);
  rt.decref(plain);
  rt.reprLeave(h);
  if (r === 0) return 0;
  const text = strValue(rt, r);
  rt.decref(r);
  return strFrom(rt, `${name}(${text})`);
}

// ---- the type ---------------------------------------------------------------------------------------------------------------

const methods: Record<string, MethodDef> = {
  __sizeof__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const nodes = rt.mem[h + OD_FIRST] === 0 ? 0 : NODE_BYTES * dictSize(rt, h);
      const table = 8 * rt.mem[h + OD_FAST_SIZE]!;
      return intFromNumber(rt, rt.tp(h).basicsize + dictKeysBytes(rt, h) + table + nodes);
    },
  },
  __reduce__: { kind: 'noargs', fn: reduce, doc: 'Return state information for pickling' },
  setdefault: { kind: 'clinic', params: 'key, default=', fn: setdefault, doc: 'The value of key, stored if missing.' },
  pop: { kind: 'clinic', params: 'key, default=', fn: pop, doc: 'Removes key and gives its value, or default.' },
  popitem: { kind: 'clinic', params: 'last=', fn: popitem, doc: 'Removes and gives a pair from one end.' },
  keys: { kind: 'noargs', fn: (ip: Interpreter, h) => newOdictView(ip, 'odict_keys', h) },
  values: { kind: 'noargs', fn: (ip: Interpreter, h) => newOdictView(ip, 'odict_values', h) },
  items: { kind: 'noargs', fn: (ip: Interpreter, h) => newOdictView(ip, 'odict_items', h) },
  update: {
    kind: 'keywords',
    varargs: 'always',
    fn: (rt: Runtime, h, args, kwnames) => (updateCommon(rt, h, args, kwnames) < 0 ? 0 : rt.None),
  },
  clear: { kind: 'noargs', fn: clear, doc: 'Removes everything.' },
  copy: { kind: 'noargs', fn: copy, doc: 'A shallow copy.' },
  __reversed__: { kind: 'noargs', fn: (ip: Interpreter, h) => newOdictIterator(ip, h, KEYS | REVERSED) },
  move_to_end: { kind: 'clinic', params: 'key, last=', fn: moveToEnd, doc: 'Moves a key to one end.' },
};

function visitOwn(rt: Runtime, h: Handle, visit: Visit): void {
  const { mem } = rt;
  if (mem[h + OD_INST_DICT] !== 0) visit(mem[h + OD_INST_DICT]!, h + OD_INST_DICT);
  for (let node = mem[h + OD_FIRST]!; node !== 0; node = mem[node + NODE_NEXT]!)
    if (mem[node + NODE_KEY] !== 0) visit(mem[node + NODE_KEY]!, node + NODE_KEY);
}

export function odictSpec(rt: Runtime): TypeSpec {
  const dict = rt.types.dict;
  return {
    name: 'OrderedDict',
    module: 'collections',
    gc: true,
    flags: TPFLAGS.BASETYPE | TPFLAGS.MAPPING,
    words: OD_WORDS,
    basicsize: 112,
    dictoffset: OD_INST_DICT,
    weaklistoffset: OD_WEAKLIST,
    doc: 'Dictionary that remembers insertion order',
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + OD_INST_DICT);
        if (rt.mem[h + OD_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        clearNodes(rt, h);
        dict.tp_dealloc!(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        visitOwn(rt, h, visit);
        dict.tp_traverse!(rt, h, visit);
      },
      tp_ledger(rt: Runtime, h, visit) {
        visitOwn(rt, h, visit);
        (dict.tp_ledger ?? dict.tp_traverse!)(rt, h, visit);
      },
      tp_clear(rt: Runtime, h) {
        rt.heap.clearRef(h + OD_INST_DICT);
        clear(rt, h);
      },
      tp_init: init,
      tp_repr: odictRepr,
      tp_hash: hashNotImplemented,
      tp_richcompare: richCompare,
      tp_iter: (ip: Interpreter, h: Handle) => newOdictIterator(ip, h, KEYS),
      mp_ass_subscript: assSubscript,
      nb_or: or,
      nb_inplace_or: (rt: Runtime, h: Handle, other: Handle) => (updateArg(rt, h, other) < 0 ? 0 : rt.newRef(h)),
    },
    methods,
    classmethods: { fromkeys: { kind: 'clinic', params: 'iterable, value=', fn: fromkeys } },
    getset: {
      __dict__: {
        get: (rt: Runtime, h) => rt.newRef(materializeDict(rt, h, rt.tp(h))),
        set: (rt: Runtime, h, value) => {
          if (value === 0) return rt.raiseInt('TypeError', 'cannot delete __dict__');
          if (!isDict(rt, value))
            return rt.raiseInt('TypeError', `__dict__ must be set to a dictionary, not a '${rt.tp(value).name}'`);
          replaceDict(rt, h, rt.tp(h), value);
          return 0;
        },
      },
    },
  };
}
