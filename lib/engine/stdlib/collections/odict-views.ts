/** Views and iterators of an OrderedDict (Objects/odictobject.c): they follow the nodes, not the dict's entries. */
import type { Handle } from '../../heap/layout';
import type { TypeSlots, TypeSpec } from '../../heap/object';
import { sequenceList } from '../../objects/abstract';
import { dictGet, dictSize, raiseKeyError } from '../../objects/dict';
import { dictViewSource, newView } from '../../objects/dict-views';
import { selfIter } from '../../objects/iter';
import { freeObject, newObject } from '../../objects/object';
import { builtin } from '../../objects/iter-pickling';
import type { Runtime } from '../../objects/runtime';
import { newTuple, tuplePack, tupleRecycle, tupleSwapItem } from '../../objects/tuple';
import { moduleType, typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { NODE_KEY, NODE_NEXT, NODE_PREV, OD_FIRST, OD_LAST, OD_STATE, findNode } from './odict-nodes';

export const KEYS = 1;
export const VALUES = 2;
export const REVERSED = 4;

const DI_KIND = 2;
const DI_ODICT = 3;
const DI_SIZE = 4;
const DI_STATE = 5;
const DI_RESULT = 6;
const DI_CURRENT = 7;

/** `odictiter_new`. */
export function newOdictIterator(ip: Interpreter, od: Handle, kind: number): Handle {
  const { heap, mem } = ip;
  const h = newObject(ip, typeOfModule(ip, 'builtins.odict_iterator'));
  if ((kind & KEYS) !== 0 && (kind & VALUES) !== 0) heap.set(h + DI_RESULT, tuplePack(ip, ip.None, ip.None));
  heap.set(h + DI_KIND, kind);
  const node = mem[od + ((kind & REVERSED) !== 0 ? OD_LAST : OD_FIRST)]!;
  heap.set(h + DI_CURRENT, node === 0 ? 0 : ip.newRef(mem[node + NODE_KEY]!));
  heap.set(h + DI_SIZE, dictSize(ip, od));
  heap.set(h + DI_STATE, mem[od + OD_STATE]!);
  heap.set(h + DI_ODICT, ip.newRef(od));
  heap.gcTrack(h);
  return h;
}

/** `odictiter_nextkey`: new. */
function nextKey(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const od = mem[h + DI_ODICT]!;
  if (od === 0) return 0;
  const key = mem[h + DI_CURRENT]!;
  if (key === 0) {
    heap.clearRef(h + DI_ODICT);
    return 0;
  }
  if (mem[od + OD_STATE] !== mem[h + DI_STATE]) {
    rt.raise('RuntimeError', 'OrderedDict mutated during iteration');
    heap.clearRef(h + DI_ODICT);
    return 0;
  }
  if (dictSize(rt, od) !== mem[h + DI_SIZE]) {
    rt.raise('RuntimeError', 'OrderedDict changed size during iteration');
    heap.set(h + DI_SIZE, -1);
    return 0;
  }
  const node = findNode(rt, od, key);
  if (node === 0) {
    if (rt.currentException === 0) raiseKeyError(rt, key);
    heap.clearRef(h + DI_CURRENT);
    return 0;
  }
  const next = mem[node + ((mem[h + DI_KIND]! & REVERSED) !== 0 ? NODE_PREV : NODE_NEXT)]!;
  heap.set(h + DI_CURRENT, next === 0 ? 0 : rt.newRef(mem[next + NODE_KEY]!));
  return key;
}

function next(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const key = nextKey(rt, h);
  const kind = mem[h + DI_KIND]!;
  if (key === 0 || (kind & VALUES) === 0) return key;
  const value = dictGet(rt, mem[h + DI_ODICT]!, key);
  if (value === 0) {
    if (rt.currentException === 0) raiseKeyError(rt, key);
    rt.decref(key);
    heap.clearRef(h + DI_CURRENT);
    heap.clearRef(h + DI_ODICT);
    return 0;
  }
  rt.incref(value);
  if ((kind & KEYS) === 0) {
    rt.decref(key);
    return value;
  }
  const result = mem[h + DI_RESULT]!;
  if (mem[result] !== 1) {
    const pair = tuplePack(rt, key, value);
    rt.decref(key);
    rt.decref(value);
    return pair;
  }
  rt.incref(result);
  const oldKey = tupleSwapItem(rt, result, 0, key);
  const oldValue = tupleSwapItem(rt, result, 1, value);
  rt.decref(oldKey);
  rt.decref(oldValue);
  tupleRecycle(rt, result);
  return result;
}

/** `odictiter_reduce`: a list of what is left, read by a copy of the iterator. */
function reduce(ip: Interpreter, h: Handle): Handle {
  const { heap, mem } = ip;
  const copy = newObject(ip, ip.tp(h));
  for (const word of [DI_KIND, DI_SIZE, DI_STATE]) heap.set(copy + word, mem[h + word]!);
  for (const word of [DI_ODICT, DI_CURRENT]) heap.set(copy + word, mem[h + word] === 0 ? 0 : ip.newRef(mem[h + word]!));
  if (mem[h + DI_RESULT] !== 0) heap.set(copy + DI_RESULT, tuplePack(ip, ip.None, ip.None));
  heap.gcTrack(copy);
  const list = sequenceList(ip, copy);
  ip.decref(copy);
  if (list === 0) return 0;
  const iter = builtin(ip, 'iter');
  if (iter !== 0) return newTuple(ip, [iter, newTuple(ip, [list])]);
  ip.decref(list);
  return 0;
}

const iteratorSpec: TypeSpec = {
  name: 'odict_iterator',
  gc: true,
  words: 6,
  basicsize: 64,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      for (const word of [DI_ODICT, DI_CURRENT, DI_RESULT]) rt.heap.clearRef(h + word);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const word of [DI_ODICT, DI_CURRENT]) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
    },
    tp_ledger(rt: Runtime, h, visit) {
      for (const word of [DI_ODICT, DI_CURRENT, DI_RESULT])
        if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
    },
    tp_iter: selfIter,
    tp_iternext: next,
  },
  methods: { __reduce__: { kind: 'noargs', fn: reduce, doc: 'Return state information for pickling' } },
};

function viewSpec(name: string, kind: number): TypeSpec {
  return {
    name,
    gc: true,
    words: 1,
    basicsize: 24,
    slots: { tp_iter: (ip: Interpreter, h: Handle) => newOdictIterator(ip, dictViewSource(ip, h), kind) },
    methods: {
      __reversed__: {
        kind: 'noargs',
        fn: (ip: Interpreter, h) => newOdictIterator(ip, dictViewSource(ip, h), kind | REVERSED),
      },
    },
  };
}

/** Makes the four types; static, and nobody's attributes. */
export function makeOdictViewTypes(ip: Interpreter): void {
  moduleType(ip, iteratorSpec, 'static');
  const make = (name: string, kind: number, base: TypeSlots) => moduleType(ip, viewSpec(name, kind), 'static', base);
  make('odict_keys', KEYS, ip.types.dict_keys);
  make('odict_values', VALUES, ip.types.dict_values);
  make('odict_items', KEYS | VALUES, ip.types.dict_items);
}

export function newOdictView(ip: Interpreter, name: 'odict_keys' | 'odict_values' | 'odict_items', od: Handle): Handle {
  return newView(ip, typeOfModule(ip, `builtins.${name}`), od);
}
