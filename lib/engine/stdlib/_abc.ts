/**
 * The module _abc (Modules/_abc.c): what abstract base classes remember. Each has an `_abc_data` with three sets of
 * weak references (or NULL, until there is one): classes registered, classes known to be subclasses, classes known not
 * to be; the last is right while its version is the global counter's.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import {
  getAttr,
  getAttrString,
  getIter,
  getOptionalAttr,
  isAbstract,
  isInt,
  isList,
  isTrue,
  isTuple,
  isType,
  iterNext,
  sequenceList,
  setAttr,
} from '../objects/abstract';
import { dictGetKnown, dictPop } from '../objects/dict';
import { intFromNumber, intToNumber } from '../objects/int';
import { isSubclass } from '../objects/isinstance';
import { listItem, listSize } from '../objects/list';
import { NativeMethod, newNativeMethod } from '../objects/method-object';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import {
  newSet,
  setAdd,
  setClear,
  setContainsKey,
  setDiscard,
  setEntryKey,
  setFromIterable,
  setNext,
  setSize,
} from '../objects/set';
import { newTuple, tupleItems } from '../objects/tuple';
import { TP_DICT, TP_MRO, typeModified } from '../objects/type-lookup';
import { newWeakref, weakrefTarget } from '../objects/weakref';
import { moduleType, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const REGISTRY = 2;
const CACHE = 3;
const NEGATIVE = 4;
const VERSION = 5;
const SETS = [REGISTRY, CACHE, NEGATIVE];
const COLLECTION_FLAGS = TPFLAGS.SEQUENCE | TPFLAGS.MAPPING;

/** `abc_invalidation_counter`: goes up with each class that is registered. */
interface AbcState {
  counter: number;
}
function state(ip: Interpreter): AbcState {
  return ip.moduleState.get('_abc') as AbcState;
}

const dataSpec: TypeSpec = {
  name: '_abc_data',
  module: '_abc',
  gc: true,
  words: 4,
  basicsize: 48,
  doc: 'Internal state held by ABC machinery.',
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      for (const word of SETS) rt.heap.clearRef(h + word);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const word of SETS) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
    },
    tp_clear(rt: Runtime, h) {
      for (const word of SETS) rt.heap.clearRef(h + word);
    },
    tp_new: (ip: Interpreter, type: Handle) => newData(ip, type),
  },
};

function newData(ip: Interpreter, type: Handle): Handle {
  const h = allocInstance(ip, ip.slotsOfType(type));
  ip.heap.set(h + VERSION, state(ip).counter);
  return h;
}

/** `_get_impl`: the `_abc_data` of a class, new; 0 with an exception. */
function implOf(ip: Interpreter, cls: Handle): Handle {
  const impl = getAttrString(ip, cls, '_abc_impl');
  if (impl === 0) return 0;
  if (ip.is(impl, typeOfModule(ip, '_abc._abc_data'))) return impl;
  ip.decref(impl);
  return ip.raise('TypeError', '_abc_impl is set to a wrong type');
}

// ---- sets of weak references ------------------------------------------------------------------------------------------------

/** `_in_weak_set`: 1, 0, -1. */
function inWeakSet(ip: Interpreter, set: Handle, obj: Handle): number {
  if (set === 0 || setSize(ip, set) === 0) return 0;
  const ref = newWeakref(ip, ip.types['weakref.ReferenceType'], obj, 0);
  if (ref === 0) {
    if (!ip.errorMatches('TypeError')) return -1;
    ip.clearError();
    return 0;
  }
  const r = setContainsKey(ip, set, ref);
  ip.decref(ref);
  return r;
}

/** The callback of a member's reference: takes it out of the set, which it knows by a weak reference itself. */
const destroy = new NativeMethod('_destroy', {
  kind: 'o',
  fn: (rt: Runtime, setRef, ref) => {
    const set = weakrefTarget(rt, setRef);
    if (set === 0) return rt.None;
    rt.incref(set);
    const r = setDiscard(rt, set, ref);
    rt.decref(set);
    return r < 0 ? 0 : rt.None;
  },
});

/** `_add_to_weak_set`: into the set in a field, made when the first one comes. 0 or -1. */
function addToWeakSet(ip: Interpreter, word: number, obj: Handle): number {
  if (ip.mem[word] === 0) ip.heap.set(word, newSet(ip));
  const set = ip.mem[word]!;
  const type = ip.types['weakref.ReferenceType'];
  const setRef = newWeakref(ip, type, set, 0);
  if (setRef === 0) return -1;
  const callback = newNativeMethod(ip, destroy, setRef, 0);
  const ref = newWeakref(ip, type, obj, callback);
  ip.decref(callback);
  let r = -1;
  if (ref !== 0) {
    r = setAdd(ip, set, ref);
    ip.decref(ref);
  }
  ip.decref(setRef);
  return r < 0 ? -1 : 0;
}

// ---- making a class ---------------------------------------------------------------------------------------------------------

/** Adds the names of the class's own abstract methods; false with an exception. */
function addOwn(ip: Interpreter, cls: Handle, abstracts: Handle): boolean {
  const ns = getAttrString(ip, cls, '__dict__');
  if (ns === 0) return false;
  const items = getAttrString(ip, ns, 'items');
  const view = items === 0 ? 0 : ip.call(items, []);
  ip.xdecref(items);
  const list = view === 0 ? 0 : sequenceList(ip, view);
  ip.xdecref(view);
  ip.decref(ns);
  if (list === 0) return false;
  for (let i = 0; i < listSize(ip, list); i++) {
    const [key, value] = tupleItems(ip, listItem(ip, list, i)) as [Handle, Handle];
    const r = isAbstract(ip, value);
    if (r < 0 || (r > 0 && setAdd(ip, abstracts, key) < 0)) break;
  }
  ip.decref(list);
  return ip.currentException === 0;
}

/** Adds those that a base has and the class leaves abstract. */
function addInherited(ip: Interpreter, cls: Handle, base: Handle, abstracts: Handle): boolean {
  const names = getOptionalAttr(ip, base, ip.id('__abstractmethods__'));
  if (names === 0) return ip.currentException === 0;
  const it = getIter(ip, names);
  ip.decref(names);
  if (it === 0) return false;
  for (let key = iterNext(ip, it); key !== 0; key = iterNext(ip, it)) {
    const value = getOptionalAttr(ip, cls, key);
    if (value !== 0) {
      const r = isAbstract(ip, value);
      ip.decref(value);
      if (r > 0) setAdd(ip, abstracts, key);
    }
    ip.decref(key);
    if (ip.currentException !== 0) break;
  }
  ip.decref(it);
  return ip.currentException === 0;
}

/** `compute_abstract_methods`: sets `__abstractmethods__`; false with an exception. */
function computeAbstractMethods(ip: Interpreter, cls: Handle): boolean {
  const abstracts = ip.call(ip.types.frozenset.handle, [ip.emptyTuple]);
  if (abstracts === 0) return false;
  // The empty frozenset may be shared; one that is filled here may not.
  const own = newSet(ip);
  ip.decref(abstracts);
  let ok = addOwn(ip, cls, own);
  if (ok) {
    const bases = getAttrString(ip, cls, '__bases__');
    ok = bases !== 0 && isTuple(ip, bases);
    if (bases !== 0 && !ok) ip.raise('TypeError', '__bases__ is not tuple');
    ok = ok && tupleItems(ip, bases).every((base) => addInherited(ip, cls, base, own));
    ip.xdecref(bases);
  }
  const frozen = ok ? ip.call(ip.types.frozenset.handle, [own]) : 0;
  ip.decref(own);
  if (frozen === 0) return false;
  const r = setAttr(ip, cls, ip.id('__abstractmethods__'), frozen);
  ip.decref(frozen);
  return r === 0;
}

function abcInit(ip: Interpreter, _module: Handle, cls: Handle): Handle {
  if (!computeAbstractMethods(ip, cls)) return 0;
  const data = newData(ip, typeOfModule(ip, '_abc._abc_data').handle);
  const r = setAttr(ip, cls, ip.id('_abc_impl'), data);
  ip.decref(data);
  if (r < 0) return 0;
  if (!isType(ip, cls)) return ip.None;
  const dict = ip.mem[cls + TP_DICT]!;
  if (dictGetKnown(ip, dict, ip.id('__abc_tpflags__')) === 0) return ip.None;
  const flags = dictPop(ip, dict, ip.id('__abc_tpflags__'));
  const given = isInt(ip, flags) ? intToNumber(ip, flags) & COLLECTION_FLAGS : 0;
  ip.decref(flags);
  if (given === COLLECTION_FLAGS)
    return ip.raise('TypeError', '__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING');
  const slots = ip.slotsOfType(cls);
  slots.flags |= given;
  typeModified(ip, slots);
  return ip.None;
}

/** `_PyType_SetFlagsRecursive`: a registered class, and its subclasses, are matched as the ABC is. */
function setCollectionFlags(ip: Interpreter, cls: Handle, flag: number): void {
  const slots = ip.slotsOfType(cls);
  if ((slots.flags & TPFLAGS.IMMUTABLETYPE) !== 0 || (slots.flags & COLLECTION_FLAGS) === flag) return;
  slots.flags = (slots.flags & ~COLLECTION_FLAGS) | flag;
  for (const index of slots.subclasses) setCollectionFlags(ip, ip.heap.types[index]!.handle, flag);
}

function abcRegister(ip: Interpreter, _module: Handle, [cls, subclass]: Handle[]): Handle {
  if (!isType(ip, subclass!)) return ip.raise('TypeError', 'Can only register classes');
  let r = isSubclass(ip, subclass!, cls!);
  if (r !== 0) return r < 0 ? 0 : ip.newRef(subclass!);
  r = isSubclass(ip, cls!, subclass!);
  if (r !== 0) return r < 0 ? 0 : ip.raise('RuntimeError', 'Refusing to create an inheritance cycle');
  const impl = implOf(ip, cls!);
  if (impl === 0) return 0;
  const added = addToWeakSet(ip, impl + REGISTRY, subclass!);
  ip.decref(impl);
  if (added < 0) return 0;
  state(ip).counter++;
  if (isType(ip, cls!)) {
    const flag = ip.slotsOfType(cls!).flags & COLLECTION_FLAGS;
    if (flag !== 0) setCollectionFlags(ip, subclass!, flag);
  }
  return ip.newRef(subclass!);
}

// ---- checks -----------------------------------------------------------------------------------------------------------------

function callMethod(ip: Interpreter, obj: Handle, name: string, arg: Handle): Handle {
  const method = getAttr(ip, obj, ip.id(name));
  if (method === 0) return 0;
  const r = ip.call(method, [arg]);
  ip.decref(method);
  return r;
}

function abcInstanceCheck(ip: Interpreter, _module: Handle, [cls, instance]: Handle[]): Handle {
  const impl = implOf(ip, cls!);
  if (impl === 0) return 0;
  const subclass = getAttrString(ip, instance!, '__class__');
  const r = subclass === 0 ? 0 : checkClasses(ip, cls!, impl, subclass, ip.mem[instance! + 1]!);
  ip.decref(impl);
  ip.xdecref(subclass);
  return r;
}

function checkClasses(ip: Interpreter, cls: Handle, impl: Handle, subclass: Handle, subtype: Handle): Handle {
  const { mem } = ip;
  const known = inWeakSet(ip, mem[impl + CACHE]!, subclass);
  if (known !== 0) return known < 0 ? 0 : ip.True;
  if (subtype === subclass) {
    if (mem[impl + VERSION] === state(ip).counter) {
      const not = inWeakSet(ip, mem[impl + NEGATIVE]!, subclass);
      if (not !== 0) return not < 0 ? 0 : ip.False;
    }
    return callMethod(ip, cls, '__subclasscheck__', subclass);
  }
  const r = callMethod(ip, cls, '__subclasscheck__', subclass);
  if (r === 0) return 0;
  const truth = isTrue(ip, r);
  if (truth > 0) return r;
  ip.decref(r);
  return truth < 0 ? 0 : callMethod(ip, cls, '__subclasscheck__', subtype);
}

function abcSubclassCheck(ip: Interpreter, _module: Handle, [cls, subclass]: Handle[]): Handle {
  if (!isType(ip, subclass!)) return ip.raise('TypeError', 'issubclass() arg 1 must be a class');
  const impl = implOf(ip, cls!);
  if (impl === 0) return 0;
  const r = subclassCheck(ip, cls!, impl, subclass!);
  ip.decref(impl);
  return r < 0 ? 0 : ip.bool(r === 1);
}

/** 1, 0, -1. */
function subclassCheck(ip: Interpreter, cls: Handle, impl: Handle, subclass: Handle): number {
  const { heap, mem } = ip;
  let r = inWeakSet(ip, mem[impl + CACHE]!, subclass);
  if (r !== 0) return r;
  const { counter } = state(ip);
  if (mem[impl + VERSION]! < counter) {
    if (mem[impl + NEGATIVE] !== 0) setClear(ip, mem[impl + NEGATIVE]!);
    heap.set(impl + VERSION, counter);
  } else {
    r = inWeakSet(ip, mem[impl + NEGATIVE]!, subclass);
    if (r !== 0) return r < 0 ? -1 : 0;
  }
  const remember = (answer: 0 | 1): number =>
    addToWeakSet(ip, impl + (answer === 1 ? CACHE : NEGATIVE), subclass) < 0 ? -1 : answer;
  const ok = callMethod(ip, cls, '__subclasshook__', subclass);
  if (ok === 0) return -1;
  ip.decref(ok);
  if (ok === ip.True) return remember(1);
  if (ok === ip.False) return remember(0);
  if (ok !== ip.NotImplemented) {
    return ip.raiseInt('AssertionError', '__subclasshook__ must return either False, True, or NotImplemented');
  }
  if (tupleItems(ip, mem[subclass + TP_MRO]!).includes(cls)) return remember(1);
  r = inWeakSet(ip, mem[impl + REGISTRY]!, subclass);
  if (r !== 0) return r;
  r = registered(ip, impl, subclass);
  if (r === 0) r = ofSubclasses(ip, cls, subclass);
  if (r < 0) return -1;
  return remember(r === 1 ? 1 : 0);
}

/** Is it a subclass of a registered class? The set may change meanwhile. 1, 0, -1. */
function registered(ip: Interpreter, impl: Handle, subclass: Handle): number {
  const registry = ip.mem[impl + REGISTRY]!;
  if (registry === 0) return 0;
  const refs: Handle[] = [];
  for (let pos = setNext(ip, registry, 0); pos > 0; pos = setNext(ip, registry, pos))
    refs.push(ip.newRef(setEntryKey(ip, registry, pos)));
  let r = 0;
  for (const ref of refs) {
    const cls = weakrefTarget(ip, ref);
    if (cls === 0) continue;
    ip.incref(cls);
    r = isSubclass(ip, subclass, cls);
    ip.decref(cls);
    if (r !== 0) break;
  }
  for (const ref of refs) ip.decref(ref);
  return r;
}

/** Is it a subclass of a subclass? 1, 0, -1. */
function ofSubclasses(ip: Interpreter, cls: Handle, subclass: Handle): number {
  const method = getAttrString(ip, cls, '__subclasses__');
  if (method === 0) return -1;
  const list = ip.call(method, []);
  ip.decref(method);
  if (list === 0) return -1;
  let r = 0;
  if (!isList(ip, list)) r = ip.raiseInt('TypeError', '__subclasses__() must return a list');
  for (let i = 0; r === 0 && i < listSize(ip, list); i++) {
    const other = ip.newRef(listItem(ip, list, i));
    r = isSubclass(ip, subclass, other);
    ip.decref(other);
  }
  ip.decref(list);
  return r;
}

// ---- for tests and debugging ------------------------------------------------------------------------------------------------

function getDump(ip: Interpreter, _module: Handle, cls: Handle): Handle {
  const impl = implOf(ip, cls);
  if (impl === 0) return 0;
  const copies = SETS.map((word) =>
    ip.mem[impl + word] === 0 ? newSet(ip) : setFromIterable(ip, ip.mem[impl + word]!),
  );
  copies.push(intFromNumber(ip, ip.mem[impl + VERSION]!));
  ip.decref(impl);
  return newTuple(ip, copies);
}

const reset = (words: readonly number[]) => (ip: Interpreter, _module: Handle, cls: Handle) => {
  const impl = implOf(ip, cls);
  if (impl === 0) return 0;
  for (const word of words) if (ip.mem[impl + word] !== 0) setClear(ip, ip.mem[impl + word]!);
  ip.decref(impl);
  return ip.None;
};

export const abcModule: NativeModule = {
  name: '_abc',
  methods: {
    get_cache_token: { kind: 'noargs', fn: (ip: Interpreter) => intFromNumber(ip, state(ip).counter) },
    _abc_init: { kind: 'o', fn: abcInit },
    _reset_registry: { kind: 'o', fn: reset([REGISTRY]) },
    _reset_caches: { kind: 'o', fn: reset([CACHE, NEGATIVE]) },
    _get_dump: { kind: 'o', fn: getDump },
    _abc_register: { kind: 'fast', min: 2, max: 2, fn: abcRegister },
    _abc_instancecheck: { kind: 'fast', min: 2, max: 2, fn: abcInstanceCheck },
    _abc_subclasscheck: { kind: 'fast', min: 2, max: 2, fn: abcSubclassCheck },
  },
  values(ip: Interpreter) {
    moduleType(ip, dataSpec);
    ip.moduleState.set('_abc', { counter: 0 } satisfies AbcState);
    return {};
  },
};
