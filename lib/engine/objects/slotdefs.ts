/**
 * The bridge between special methods and slots (Objects/typeobject.c, `slotdefs`): for each `__name__` its slot, how
 * Python calls the slot (`wrap`: the body of a wrapper_descriptor), and how the slot calls a method that a class
 * defines in Python (`generic`: CPython's slot_* functions).
 */
import type { Handle } from '../heap/layout';
import type { BufferInfo, CompareOp, TypeSlots } from '../heap/object';
import { asIndex, hashNotImplemented, isInt, isStr, isTrue, numberIndex, typeName } from './abstract';
import { memoryviewFactory } from './buffer';
import { genericGetAttr } from './generic-attr';
import { hashToBigInt, hashFromBigInt } from './hash';
import { intFromBigInt, intFromNumber, intToBigInt } from './int';
import { rangeLengthObject } from './range';
import type { Runtime } from './runtime';
import { tupleItems } from './tuple';
import { TP_MRO, isSubtype, typeLookup } from './type-lookup';

// biome-ignore lint/suspicious/noExplicitAny: each slot has its own type; the table pairs a wrap with its slot.
type Wrap = (rt: Runtime, fn: any, self: Handle, args: Handle[], kwnames: Handle[] | null) => Handle;

export interface SlotDef {
  readonly name: string;
  readonly slot: keyof TypeSlots;
  readonly wrap: Wrap;
  /** What goes into the slot of a class that defines the method. */
  readonly generic: unknown;
  readonly keywords?: boolean;
}

// ---- looking up and calling the method (lookup_maybe_method, vectorcall_method) ---------------------------------------

/** Calls type(self).name(self, ...args). `missing`: what to return if there is none (default AttributeError). */
export function callSpecial(
  rt: Runtime,
  self: Handle,
  name: string,
  args: Handle[],
  missing?: Handle,
  /** The method counts as missing, too, when its descriptor fails to bind it. */
  orUnbound = false,
): Handle {
  const id = rt.id(name);
  const func = typeLookup(rt, rt.tp(self), id);
  if (func === 0) {
    if (missing !== undefined) return missing;
    return rt.raiseAttributeError(`'${typeName(rt, self)}' object has no attribute '${name}'`, self, id);
  }
  rt.incref(func);
  let r: Handle;
  const ft = rt.tp(func);
  if ((ft.flags & METHOD_DESCRIPTOR) !== 0) {
    r = rt.call(func, [self, ...args]);
  } else if (ft.tp_descr_get !== null) {
    const bound = ft.tp_descr_get(rt, func, self, rt.mem[self + 1]!);
    r = bound === 0 ? 0 : rt.call(bound, args);
    rt.xdecref(bound);
    if (bound === 0 && orUnbound) {
      rt.clearError();
      r = missing!;
    }
  } else {
    r = rt.call(func, args);
  }
  rt.decref(func);
  return r;
}
const METHOD_DESCRIPTOR = 1 << 17;

/** The same through `_PyObject_LookupSpecial`: the method is bound first, and the bound one holds `self` meanwhile. */
export function callSpecialBound(rt: Runtime, self: Handle, name: string, args: Handle[]): Handle {
  const func = typeLookup(rt, rt.tp(self), rt.id(name));
  if (func === 0)
    return rt.raiseAttributeError(`'${typeName(rt, self)}' object has no attribute '${name}'`, self, rt.id(name));
  const get = rt.tp(func).tp_descr_get;
  rt.incref(func);
  let bound = func;
  if (get !== null) {
    bound = get(rt, func, self, rt.mem[self + 1]!);
    rt.decref(func);
    if (bound === 0) return 0;
  }
  const r = rt.call(bound, args);
  rt.decref(bound);
  return r;
}

function has(rt: Runtime, h: Handle, name: string): boolean {
  return typeLookup(rt, rt.tp(h), rt.id(name)) !== 0;
}

/**
 * `check_num_args`.
 * @param unpacked the method's name where CPython counts with PyArg_UnpackTuple, which 3.13 gives an empty name
 */
function nargs(rt: Runtime, args: Handle[], min: number, max = min, unpacked?: string): boolean {
  if (args.length >= min && args.length <= max) return true;
  const n = args.length < min ? min : max;
  const is313 = rt.facts.name === '3.13';
  const who = unpacked === undefined ? '' : is313 ? ' ' : unpacked === '' ? '' : `${unpacked} `;
  const bound = min === max ? '' : unpacked === '' && !is313 ? '1 or ' : args.length < min ? 'at least ' : 'at most ';
  const count = bound === '1 or ' ? max : n;
  rt.raise('TypeError', `${who}expected ${bound}${count} argument${count === 1 ? '' : 's'}, got ${args.length}`);
  return false;
}

// ---- wraps -----------------------------------------------------------------------------------------------------------

const wrapUnary: Wrap = (rt, fn, self, args) => (nargs(rt, args, 0) ? fn(rt, self) : 0);
const wrapBinary: Wrap = (rt, fn, self, args) => (nargs(rt, args, 1) ? fn(rt, self, args[0]) : 0);
const wrapBinaryR: Wrap = (rt, fn, self, args) => (nargs(rt, args, 1) ? fn(rt, args[0], self) : 0);
const wrapTernary: Wrap = (rt, fn, self, args) =>
  nargs(rt, args, 1, 2, '') ? fn(rt, self, args[0], args[1] ?? rt.None) : 0;
const wrapTernaryR: Wrap = (rt, fn, self, args) =>
  nargs(rt, args, 1, 2, '') ? fn(rt, args[0], self, args[1] ?? rt.None) : 0;
const wrapInquiry: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 0)) return 0;
  const r = fn(rt, self) as number;
  return r < 0 ? 0 : rt.bool(r !== 0);
};
const wrapLen: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 0)) return 0;
  const r = fn(rt, self) as number;
  if (r > Number.MAX_SAFE_INTEGER && rt.is(self, rt.types.range)) return rt.newRef(rangeLengthObject(rt, self));
  return r < 0 ? 0 : intFromNumber(rt, r);
};
const wrapHash: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 0)) return 0;
  const low = fn(rt, self) as number;
  return rt.currentException !== 0 ? 0 : intFromBigInt(rt, hashToBigInt(low, rt.hashHigh));
};
const wrapContains: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1)) return 0;
  const r = fn(rt, self, args[0]) as number;
  return r < 0 ? 0 : rt.bool(r !== 0);
};
const wrapIndexArg: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1, 1, '')) return 0;
  const i = asIndex(rt, args[0]!, 'OverflowError');
  return i === null ? 0 : fn(rt, self, i);
};
const wrapSqItem: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1)) return 0;
  let i = asIndex(rt, args[0]!, 'IndexError');
  if (i === null) return 0;
  const len = rt.tp(self).sq_length;
  if (i < 0 && len !== null) i += len(rt, self);
  return fn(rt, self, i);
};
/** `getindex`: the position that an argument means; null with an exception. */
function sqIndex(rt: Runtime, self: Handle, arg: Handle): number | null {
  const i = asIndex(rt, arg, 'OverflowError');
  const len = rt.tp(self).sq_length;
  if (i === null || i >= 0 || len === null) return i;
  const n = len(rt, self);
  return n < 0 ? null : i + n;
}
const wrapSqSetItem: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 2, 2, '__setitem__')) return 0;
  const i = sqIndex(rt, self, args[0]!);
  return i === null || fn(rt, self, i, args[1]) < 0 ? 0 : rt.None;
};
const wrapSqDelItem: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1)) return 0;
  const i = sqIndex(rt, self, args[0]!);
  return i === null || fn(rt, self, i, 0) < 0 ? 0 : rt.None;
};
const wrapTwo =
  (name: string): Wrap =>
  (rt, fn, self, args) =>
    !nargs(rt, args, 2, 2, name) || fn(rt, self, args[0], args[1]) < 0 ? 0 : rt.None;
const wrapSetItem = wrapTwo('__setitem__');
const wrapDescrSet = wrapTwo('__set__');
const wrapDelItem: Wrap = (rt, fn, self, args) => (!nargs(rt, args, 1) || fn(rt, self, args[0], 0) < 0 ? 0 : rt.None);
/** Natives trust an attribute's name to be a str. */
function isName(rt: Runtime, name: Handle): boolean {
  if (isStr(rt, name)) return true;
  rt.raise('TypeError', `attribute name must be string, not '${typeName(rt, name)}'`);
  return false;
}
const wrapGetAttr: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1) || !isName(rt, args[0]!)) return 0;
  return fn(rt, self, args[0]);
};
const wrapSetAttr: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 2, 2, '__setattr__') || !hackcheck(rt, self, fn, '__setattr__') || !isName(rt, args[0]!))
    return 0;
  return fn(rt, self, args[0], args[1]) < 0 ? 0 : rt.None;
};
const wrapDelAttr: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1) || !hackcheck(rt, self, fn, '__delattr__') || !isName(rt, args[0]!)) return 0;
  return fn(rt, self, args[0], 0) < 0 ? 0 : rt.None;
};
const wrapNext: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 0)) return 0;
  const r = fn(rt, self) as Handle;
  if (r === 0 && rt.currentException === 0) rt.raiseObject('StopIteration', rt.emptyTuple);
  return r;
};
const wrapDescrGet: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 1, 2, '__get__')) return 0;
  const obj = args[0] === rt.None ? 0 : args[0]!;
  const type = args[1] === undefined || args[1] === rt.None ? 0 : args[1];
  if (obj === 0 && type === 0) return rt.raise('TypeError', '__get__(None, None) is invalid');
  return fn(rt, self, obj, type);
};
const wrapInit: Wrap = (rt, fn, self, args, kwnames) => (fn(rt, self, args, kwnames) < 0 ? 0 : rt.None);
const wrapCall: Wrap = (rt, fn, self, args, kwnames) => fn(rt, self, args, kwnames);
const wrapDel: Wrap = (rt, fn, self, args) => {
  if (!nargs(rt, args, 0)) return 0;
  fn(rt, self);
  return rt.None;
};
const wrapCompare =
  (op: CompareOp): Wrap =>
  (rt, fn, self, args) =>
    nargs(rt, args, 1) ? fn(rt, self, args[0], op) : 0;

/** `hackcheck`: `object.__setattr__(cls, …)` must not get round what a type forbids. */
function hackcheck(rt: Runtime, self: Handle, fn: unknown, what: string): boolean {
  const t = rt.tp(self);
  const mro = tupleItems(rt, rt.mem[t.handle + TP_MRO]!);
  let defining: TypeSlots | null = t;
  for (const h of mro.reverse()) {
    const base = rt.slotsOfType(h);
    if (base.tp_setattro === (slotSetAttr as unknown) || base.tp_setattro !== t.tp_setattro) continue;
    defining = base;
    break;
  }
  for (let base: TypeSlots | null = defining; base !== null; base = base.base) {
    if (base.tp_setattro === fn) return true;
    if (base.tp_setattro !== (slotSetAttr as unknown)) {
      rt.raise('TypeError', `can't apply this ${what} to ${t.name} object`);
      return false;
    }
  }
  return true;
}

// ---- generics --------------------------------------------------------------------------------------------------------

const unary = (name: string) => (rt: Runtime, self: Handle) => callSpecial(rt, self, name, []);

/** `SLOT1BINFULL`: forward on the left operand, reflected on the right, the subclass first if it overrides. */
function binary(slot: keyof TypeSlots, name: string, rname: string) {
  const f = (rt: Runtime, self: Handle, other: Handle, modulus: Handle = rt.None): Handle => {
    const ts = rt.tp(self);
    const to = rt.tp(other);
    // Three-argument pow() asks only the left operand.
    if (modulus !== rt.None) {
      return ts[slot] === f ? callSpecial(rt, self, name, [other, modulus], rt.NotImplemented) : rt.NotImplemented;
    }
    let doOther = ts !== to && to[slot] === f;
    if (ts[slot] === f) {
      if (doOther && isSubtype(rt, to, ts)) {
        if (methodIsOverloaded(rt, ts, to, rname)) {
          const r = callSpecial(rt, other, rname, [self], rt.NotImplemented);
          if (r !== rt.NotImplemented) return r;
          doOther = false;
        }
      }
      const r = callSpecial(rt, self, name, [other], rt.NotImplemented);
      if (r !== rt.NotImplemented || to === ts) return r;
    }
    return doOther ? callSpecial(rt, other, rname, [self], rt.NotImplemented) : rt.NotImplemented;
  };
  return f;
}

function methodIsOverloaded(rt: Runtime, left: TypeSlots, right: TypeSlots, name: string): boolean {
  const b = typeLookup(rt, right, rt.id(name));
  if (b === 0) return false;
  return typeLookup(rt, left, rt.id(name)) !== b;
}

const power = binary('nb_power', '__pow__', '__rpow__');

const inplace = (name: string) => (rt: Runtime, self: Handle, other: Handle) =>
  callSpecial(rt, self, name, [other], rt.NotImplemented);

function slotLen(rt: Runtime, self: Handle): number {
  const r = callSpecial(rt, self, '__len__', []);
  if (r === 0) return -1;
  const i = numberIndex(rt, r);
  rt.decref(r);
  if (i === 0) return -1;
  const big = intToBigInt(rt, i);
  rt.decref(i);
  if (big < 0n) return rt.raiseInt('ValueError', '__len__() should return >= 0');
  if (big > 0x7fffffffffffffffn) return rt.raiseInt('OverflowError', "cannot fit 'int' into an index-sized integer");
  return Number(big);
}

function slotBool(rt: Runtime, self: Handle): number {
  if (!has(rt, self, '__bool__')) return has(rt, self, '__len__') ? Math.sign(slotLen(rt, self)) : 1;
  const r = callSpecial(rt, self, '__bool__', []);
  if (r === 0) return -1;
  if (r === rt.True) return 1;
  if (r === rt.False) return 0;
  rt.raise('TypeError', `__bool__ should return bool, returned ${typeName(rt, r)}`);
  rt.decref(r);
  return -1;
}

function slotHash(rt: Runtime, self: Handle): number {
  const func = typeLookup(rt, rt.tp(self), rt.id('__hash__'));
  if (func === rt.None || func === 0) return hashNotImplemented(rt, self);
  const r = callSpecial(rt, self, '__hash__', []);
  if (r === 0) return -1;
  if (!isInt(rt, r)) {
    rt.decref(r);
    return rt.raiseInt('TypeError', '__hash__ method should return an integer');
  }
  const low = hashFromBigInt(rt, intToBigInt(rt, r));
  rt.decref(r);
  return low;
}

function slotContains(rt: Runtime, self: Handle, item: Handle): number {
  const func = typeLookup(rt, rt.tp(self), rt.id('__contains__'));
  if (func === rt.None) return rt.raiseInt('TypeError', `'${typeName(rt, self)}' object is not a container`);
  if (func === 0) return -2;
  const r = callSpecial(rt, self, '__contains__', [item]);
  if (r === 0) return -1;
  const truth = isTrue(rt, r);
  rt.decref(r);
  return truth;
}

const COMPARE_NAMES = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__'] as const;
function slotRichCompare(rt: Runtime, self: Handle, other: Handle, op: CompareOp): Handle {
  return callSpecial(rt, self, COMPARE_NAMES[op]!, [other], rt.NotImplemented, rt.facts.name === '3.13');
}

function slotIter(rt: Runtime, self: Handle): Handle {
  const func = typeLookup(rt, rt.tp(self), rt.id('__iter__'));
  if (func === rt.None) return rt.raise('TypeError', `'${typeName(rt, self)}' object is not iterable`);
  if (func !== 0) return callSpecial(rt, self, '__iter__', []);
  return rt.raise('TypeError', `'${typeName(rt, self)}' object is not iterable`);
}

function slotGetAttr(rt: Runtime, self: Handle, name: Handle): Handle {
  const tp = rt.tp(self);
  const getattribute = typeLookup(rt, tp, rt.id('__getattribute__'));
  const native = getattribute !== 0 && rt.is(getattribute, rt.types.wrapper_descriptor);
  let r: Handle;
  if (native) r = tp.base === null ? genericGetAttr(rt, self, name) : nativeGetAttr(tp)(rt, self, name);
  else r = callSpecial(rt, self, '__getattribute__', [name]);
  if (r !== 0 || !has(rt, self, '__getattr__') || !rt.errorMatches('AttributeError')) return r;
  rt.clearError();
  return callSpecial(rt, self, '__getattr__', [name]);
}

function nativeGetAttr(tp: TypeSlots): NonNullable<TypeSlots['tp_getattro']> {
  for (let t: TypeSlots | null = tp; t !== null; t = t.base) {
    if (t.tp_getattro !== null && t.tp_getattro !== slotGetAttr) return t.tp_getattro;
  }
  return genericGetAttr;
}

function slotSetAttr(rt: Runtime, self: Handle, name: Handle, value: Handle): number {
  const r =
    value === 0 ? callSpecial(rt, self, '__delattr__', [name]) : callSpecial(rt, self, '__setattr__', [name, value]);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

function slotSetItem(rt: Runtime, self: Handle, key: Handle, value: Handle): number {
  const r =
    value === 0 ? callSpecial(rt, self, '__delitem__', [key]) : callSpecial(rt, self, '__setitem__', [key, value]);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

function slotDescrGet(rt: Runtime, self: Handle, obj: Handle, type: Handle): Handle {
  const get = typeLookup(rt, rt.tp(self), rt.id('__get__'));
  if (get === 0) return rt.newRef(self);
  return rt.call(get, [self, obj === 0 ? rt.None : obj, type === 0 ? rt.None : type]);
}

function slotDescrSet(rt: Runtime, self: Handle, target: Handle, value: Handle): number {
  const r =
    value === 0 ? callSpecial(rt, self, '__delete__', [target]) : callSpecial(rt, self, '__set__', [target, value]);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

function slotCall(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  return callWithKeywords(rt, self, '__call__', args, kwnames);
}

function callWithKeywords(rt: Runtime, self: Handle, name: string, args: Handle[], kwnames: Handle[] | null): Handle {
  const func = typeLookup(rt, rt.tp(self), rt.id(name));
  if (func === 0)
    return rt.raiseAttributeError(`'${typeName(rt, self)}' object has no attribute '${name}'`, self, rt.id(name));
  rt.incref(func);
  // `_PyStack_UnpackDict` takes the keywords out of their dict with references of its own.
  const values = kwnames === null ? [] : args.slice(args.length - kwnames.length);
  for (const v of values) rt.incref(v);
  const ft = rt.tp(func);
  let r: Handle;
  if ((ft.flags & METHOD_DESCRIPTOR) !== 0) r = rt.call(func, [self, ...args], kwnames);
  else if (ft.tp_descr_get !== null) {
    const bound = ft.tp_descr_get(rt, func, self, rt.mem[self + 1]!);
    r = bound === 0 ? 0 : rt.call(bound, args, kwnames);
    rt.xdecref(bound);
  } else r = rt.call(func, args, kwnames);
  for (const v of values) rt.decref(v);
  rt.decref(func);
  return r;
}

function slotInit(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const r = callWithKeywords(rt, self, '__init__', args, kwnames);
  if (r === 0) return -1;
  if (r !== rt.None) {
    rt.raise('TypeError', `__init__() should return None, not '${typeName(rt, r)}'`);
    rt.decref(r);
    return -1;
  }
  return 0;
}

function slotNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const func = rt.tp(type).tp_getattro!(rt, type, rt.id('__new__'));
  if (func === 0) return 0;
  const values = kwnames === null ? [] : args.slice(args.length - kwnames.length);
  for (const v of values) rt.incref(v);
  const r = rt.call(func, [type, ...args], kwnames);
  for (const v of values) rt.decref(v);
  rt.decref(func);
  return r;
}

/** `slot_tp_finalize`: an exception on its way is kept; one raised inside is reported. */
function slotFinalize(rt: Runtime, self: Handle): void {
  const error = rt.takeError();
  const del = typeLookup(rt, rt.tp(self), rt.id('__del__'));
  if (del !== 0) {
    rt.incref(del);
    const r = callSpecial(rt, self, '__del__', []);
    if (r === 0) rt.writeUnraisable('Exception ignored while calling deallocator', del);
    else rt.decref(r);
    rt.decref(del);
  }
  rt.restoreError(error);
}

function slotNext(rt: Runtime, self: Handle): Handle {
  return callSpecial(rt, self, '__next__', []);
}

const slotSqItem = (rt: Runtime, self: Handle, i: number): Handle => {
  const n = intFromNumber(rt, i);
  const r = callSpecial(rt, self, '__getitem__', [n]);
  rt.decref(n);
  return r;
};

/** `wrap_buffer`: a memoryview of what the slot lends; bit 0 of the flags wants to write. */
const wrapBuffer: Wrap = (rt, _fn, self, args) => {
  if (!nargs(rt, args, 1)) return 0;
  const flags = asIndex(rt, args[0]!, 'OverflowError');
  return flags === null ? 0 : memoryviewFactory.make(rt, self, (flags & 1) !== 0);
};
/** `wrap_releasebuffer`. */
const wrapReleaseBuffer: Wrap = (rt, _fn, self, args) => {
  if (!nargs(rt, args, 1)) return 0;
  const view = args[0]!;
  if (!rt.is(view, rt.types.memoryview)) return rt.raise('TypeError', 'expected a memoryview object');
  const obj = rt.tp(view).tp_getattro!(rt, view, rt.id('obj'));
  if (obj === 0) {
    rt.clearError();
    return rt.raise('ValueError', 'memoryview has already been released');
  }
  rt.decref(obj);
  if (obj !== self) return rt.raise('ValueError', "memoryview's buffer is not this object");
  return callSpecial(rt, view, 'release', []);
};

/** `slot_bf_getbuffer`: what `__buffer__` gave is held as long as its bytes are lent. */
function slotBuffer(rt: Runtime, self: Handle, writable: boolean): BufferInfo | null {
  const flags = intFromNumber(rt, writable ? FULL : FULL_RO);
  const r = callSpecial(rt, self, '__buffer__', [flags]);
  rt.decref(flags);
  if (r === 0) return null;
  if (!rt.is(r, rt.types.memoryview)) {
    rt.raise('TypeError', '__buffer__ returned non-memoryview object');
    rt.decref(r);
    return null;
  }
  const info = rt.tp(r).bf_getbuffer!(rt, r, writable);
  if (info === null) {
    rt.decref(r);
    return null;
  }
  return { ...info, owner: r };
}
const FULL = 0x11d;
const FULL_RO = 0x11c;

// ---- the table ---------------------------------------------------------------------------------------------------------

const defs: SlotDef[] = [];
function add(name: string, slot: keyof TypeSlots, wrap: Wrap, generic: unknown, keywords = false): void {
  defs.push({ name, slot, wrap, generic, keywords });
}

add('__buffer__', 'bf_getbuffer', wrapBuffer, slotBuffer);
add('__release_buffer__', 'bf_releasebuffer', wrapReleaseBuffer, null);
add('__getattribute__', 'tp_getattro', wrapGetAttr, slotGetAttr);
add('__getattr__', 'tp_getattro', wrapGetAttr, slotGetAttr);
add('__setattr__', 'tp_setattro', wrapSetAttr, slotSetAttr);
add('__delattr__', 'tp_setattro', wrapDelAttr, slotSetAttr);
add('__repr__', 'tp_repr', wrapUnary, unary('__repr__'));
add('__hash__', 'tp_hash', wrapHash, slotHash);
add('__call__', 'tp_call', wrapCall, slotCall, true);
add('__str__', 'tp_str', wrapUnary, unary('__str__'));
for (const [op, name] of COMPARE_NAMES.entries()) add(name, 'tp_richcompare', wrapCompare(op), slotRichCompare);
add('__iter__', 'tp_iter', wrapUnary, slotIter);
add('__next__', 'tp_iternext', wrapNext, slotNext);
add('__get__', 'tp_descr_get', wrapDescrGet, slotDescrGet);
add('__set__', 'tp_descr_set', wrapDescrSet, slotDescrSet);
add('__delete__', 'tp_descr_set', wrapDelItem, slotDescrSet);
add('__init__', 'tp_init', wrapInit, slotInit, true);
add('__del__', 'tp_finalize', wrapDel, slotFinalize);

const BINARY: [string, keyof TypeSlots][] = [
  ['add', 'nb_add'],
  ['sub', 'nb_subtract'],
  ['mul', 'nb_multiply'],
  ['mod', 'nb_remainder'],
  ['divmod', 'nb_divmod'],
  ['lshift', 'nb_lshift'],
  ['rshift', 'nb_rshift'],
  ['and', 'nb_and'],
  ['xor', 'nb_xor'],
  ['or', 'nb_or'],
  ['floordiv', 'nb_floor_divide'],
  ['truediv', 'nb_true_divide'],
  ['matmul', 'nb_matrix_multiply'],
];
for (const [op, slot] of BINARY) {
  const generic = binary(slot, `__${op}__`, `__r${op}__`);
  add(`__${op}__`, slot, wrapBinary, generic);
  add(`__r${op}__`, slot, wrapBinaryR, generic);
  if (op !== 'divmod') {
    const islot = slot.replace('nb_', 'nb_inplace_') as keyof TypeSlots;
    add(`__i${op}__`, islot, wrapBinary, inplace(`__i${op}__`));
  }
}
add('__pow__', 'nb_power', wrapTernary, power);
add('__rpow__', 'nb_power', wrapTernaryR, power);
add('__ipow__', 'nb_inplace_power', wrapTernary, inplace('__ipow__'));
add('__neg__', 'nb_negative', wrapUnary, unary('__neg__'));
add('__pos__', 'nb_positive', wrapUnary, unary('__pos__'));
add('__abs__', 'nb_absolute', wrapUnary, unary('__abs__'));
add('__bool__', 'nb_bool', wrapInquiry, slotBool);
add('__invert__', 'nb_invert', wrapUnary, unary('__invert__'));
add('__int__', 'nb_int', wrapUnary, unary('__int__'));
add('__float__', 'nb_float', wrapUnary, unary('__float__'));
add('__index__', 'nb_index', wrapUnary, unary('__index__'));
add('__len__', 'mp_length', wrapLen, slotLen);
add('__getitem__', 'mp_subscript', wrapBinary, (rt: Runtime, self: Handle, key: Handle) =>
  callSpecial(rt, self, '__getitem__', [key]),
);
add('__setitem__', 'mp_ass_subscript', wrapSetItem, slotSetItem);
add('__delitem__', 'mp_ass_subscript', wrapDelItem, slotSetItem);
add('__setitem__', 'sq_ass_item', wrapSqSetItem, null);
add('__delitem__', 'sq_ass_item', wrapSqDelItem, null);
add('__len__', 'sq_length', wrapLen, slotLen);
add('__add__', 'sq_concat', wrapBinary, null);
add('__mul__', 'sq_repeat', wrapIndexArg, null);
add('__rmul__', 'sq_repeat', wrapIndexArg, null);
add('__getitem__', 'sq_item', wrapSqItem, slotSqItem);
add('__contains__', 'sq_contains', wrapContains, slotContains);
add('__iadd__', 'sq_inplace_concat', wrapBinary, null);
add('__imul__', 'sq_inplace_repeat', wrapIndexArg, null);

export const SLOTDEFS: readonly SlotDef[] = defs;

/** Names that, when set on a class, change a slot. */
export const SLOT_NAMES: ReadonlySet<string> = new Set([...defs.map((d) => d.name), '__new__']);

export { slotNew, slotGetAttr, slotHash };
