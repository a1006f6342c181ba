/** Weak references and proxies (Objects/weakrefobject.c). */
import type { Handle } from '../heap/layout';
import { CompareOp, TPFLAGS, Traversal, type MethodDef, type TypeSpec, type TypeSlots } from '../heap/object';
import {
  contains,
  getAttr,
  isStr,
  getItem,
  getIter,
  hash,
  isTrue,
  length,
  richCompare,
  setAttr,
  setItem,
  str,
  typeName,
  iterNext,
} from './abstract';
import * as A from './abstract';
import { fullTypeName } from './dict';
import { genericAlias } from './dict-methods';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { hex } from './method-object';
import { numberFloat, numberLong } from './number-convert';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { isInstanceOf, typeLookup } from './type-lookup';
import {
  WEAKREF_WORDS,
  WR_CALLBACK,
  WR_HASH,
  WR_HASHED,
  WR_HASH_HIGH,
  WR_NEXT,
  WR_OBJECT,
  linkWeakref,
  unlinkWeakref,
  weaklistWord,
} from './weakref-list';

/** What it refers to, borrowed; 0 once dead. */
export function weakrefTarget(rt: Runtime, ref: Handle): Handle {
  const target = rt.mem[ref + WR_OBJECT]!;
  return target !== 0 && rt.mem[target] !== 0 ? target : 0;
}

/** `PyWeakref_Check`: a reference, of a subclass too, or a proxy. */
export function isWeakref(rt: Runtime, h: Handle): boolean {
  return isInstanceOf(rt, h, rt.types['weakref.ReferenceType']) || isProxy(rt, h);
}

/** The shared reference without callback, and the shared proxy, that a list starts with. */
function basicRefs(rt: Runtime, head: number): { ref: Handle; proxy: Handle } {
  let ref = rt.mem[head]!;
  let proxy = 0;
  const isBasicRef = ref !== 0 && rt.is(ref, rt.types['weakref.ReferenceType']) && rt.mem[ref + WR_CALLBACK] === 0;
  const second = isBasicRef ? rt.mem[ref + WR_NEXT]! : ref;
  if (!isBasicRef) ref = 0;
  if (second !== 0 && isProxy(rt, second) && rt.mem[second + WR_CALLBACK] === 0) proxy = second;
  return { ref, proxy };
}

function isProxy(rt: Runtime, h: Handle): boolean {
  return rt.is(h, rt.types['weakref.ProxyType']) || rt.is(h, rt.types['weakref.CallableProxyType']);
}

/** `get_or_create_weakref`; all borrowed; callback 0 for none. */
export function newWeakref(rt: Runtime, type: TypeSlots, target: Handle, callback: Handle): Handle {
  const head = weaklistWord(rt, target);
  if (head === 0) return rt.raise('TypeError', `cannot create weak reference to '${typeName(rt, target)}' object`);
  if (callback === rt.None) callback = 0;
  const proxy = type === rt.types['weakref.ProxyType'] || type === rt.types['weakref.CallableProxyType'];
  const exact = type === rt.types['weakref.ReferenceType'];
  if (callback === 0 && (proxy || exact)) {
    const basic = basicRefs(rt, head);
    const shared = proxy ? basic.proxy : basic.ref;
    if (shared !== 0 && rt.mem[shared]! > 0) return rt.newRef(shared);
  }
  const h = allocInstance(rt, type);
  rt.heap.set(h + WR_OBJECT, target);
  if (callback !== 0) rt.heap.set(h + WR_CALLBACK, rt.newRef(callback));
  const basic = basicRefs(rt, head);
  let after = 0;
  if (!(exact && callback === 0)) {
    after = basic.ref;
    if (!(proxy && callback === 0) && basic.proxy !== 0) after = basic.proxy;
  }
  linkWeakref(rt, h, head, after);
  return h;
}

function dealloc(rt: Runtime, h: Handle): void {
  rt.heap.gcUntrack(h);
  unlinkWeakref(rt, h);
  rt.heap.clearRef(h + WR_CALLBACK);
  freeObject(rt, h);
}

function traverse(rt: Runtime, h: Handle, visit: (c: Handle, w: number) => void): void {
  if (rt.mem[h + WR_CALLBACK] !== 0) visit(rt.mem[h + WR_CALLBACK]!, h + WR_CALLBACK);
}

function clear(rt: Runtime, h: Handle): void {
  unlinkWeakref(rt, h);
  rt.heap.clearRef(h + WR_CALLBACK);
}

/** With the `__name__` of what it refers to, if that has one. */
function referenceRepr(rt: Runtime, h: Handle, target: Handle): Handle {
  const where = hex(rt, h);
  if (target === 0) return strFrom(rt, `<weakref at ${where}; dead>`);
  rt.incref(target);
  const text = `<weakref at ${where}; to '${fullTypeName(rt, target)}' at ${hex(rt, target)}`;
  // Of the type's making: what an instance has under the name is not asked for.
  const descr = typeLookup(rt, rt.tp(target), rt.id('__name__'));
  const get = descr === 0 ? null : rt.tp(descr).tp_descr_get;
  const name = get === null ? 0 : get(rt, descr, target, rt.tp(target).handle);
  rt.decref(target);
  if (name === 0 && rt.currentException !== 0) return 0;
  const end = name !== 0 && isStr(rt, name) ? ` (${strValue(rt, name)})>` : '>';
  rt.xdecref(name);
  return strFrom(rt, text + end);
}

const refSpec: TypeSpec = {
  name: 'weakref.ReferenceType',
  module: 'weakref',
  gc: true,
  flags: TPFLAGS.BASETYPE,
  words: WEAKREF_WORDS,
  basicsize: 64,
  slots: {
    tp_dealloc: dealloc,
    tp_traverse: traverse,
    traversal: Traversal.Words,
    traversedWords: [WR_CALLBACK],
    tp_clear: clear,
    tp_new(rt: Runtime, type, args, kwnames) {
      // Keywords are the business of a subclass's `__init__`.
      if (!checkPositional(rt, '__new__', args.length - (kwnames?.length ?? 0), 1, 2)) return 0;
      return newWeakref(rt, rt.slotsOfType(type), args[0]!, args.length - (kwnames?.length ?? 0) > 1 ? args[1]! : 0);
    },
    tp_init(rt: Runtime, _self, args, kwnames) {
      if (!noKeywords(rt, 'ref', kwnames)) return -1;
      return checkPositional(rt, '__init__', args.length, 1, 2) ? 0 : -1;
    },
    tp_call(rt: Runtime, h, args, kwnames) {
      if (
        !noKeywords(rt, 'weakref.ReferenceType', kwnames) ||
        !checkPositional(rt, 'weakref.ReferenceType', args.length, 0, 0)
      )
        return 0;
      return rt.newRef(weakrefTarget(rt, h) || rt.None);
    },
    tp_hash(rt: Runtime, h) {
      const { mem, heap } = rt;
      if (mem[h + WR_HASHED] === 0) {
        const target = weakrefTarget(rt, h);
        if (target === 0) return rt.raiseInt('TypeError', 'weak object has gone away');
        rt.incref(target);
        const value = hash(rt, target);
        const high = rt.hashHigh;
        rt.decref(target);
        if (rt.currentException !== 0) return -1;
        heap.set(h + WR_HASH, value);
        heap.set(h + WR_HASH_HIGH, high);
        heap.set(h + WR_HASHED, 1);
      }
      rt.hashHigh = mem[h + WR_HASH_HIGH]!;
      return mem[h + WR_HASH]!;
    },
    tp_richcompare(rt: Runtime, a, b, op) {
      if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !isWeakref(rt, b)) return rt.NotImplemented;
      const x = weakrefTarget(rt, a);
      const y = weakrefTarget(rt, b);
      if (x === 0 || y === 0) return rt.bool((a === b) === (op === CompareOp.EQ));
      rt.incref(x);
      rt.incref(y);
      const r = richCompare(rt, x, y, op);
      rt.decref(x);
      rt.decref(y);
      return r;
    },
    tp_repr(rt: Runtime, h) {
      const target = weakrefTarget(rt, h);
      return referenceRepr(rt, h, target);
    },
    tp_getattro: genericGetAttr,
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias, doc: 'See PEP 585' } },
  getset: {
    __callback__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + WR_CALLBACK]! || rt.None) },
  },
};

/** Runs f on what a proxy stands for, held meanwhile; ReferenceError once it is dead. */
function through<R>(rt: Runtime, h: Handle, failed: R, f: (target: Handle) => R): R {
  if (!isProxy(rt, h)) return f(h);
  const target = weakrefTarget(rt, h);
  if (target === 0) {
    rt.raise('ReferenceError', 'weakly-referenced object no longer exists');
    return failed;
  }
  rt.incref(target);
  const r = f(target);
  rt.decref(target);
  return r;
}

type Unary = (rt: Runtime, h: Handle) => Handle;
type Binary = (rt: Runtime, a: Handle, b: Handle) => Handle;
const unaryProxy = (f: Unary) => (rt: Runtime, h: Handle) => through(rt, h, 0, (t) => f(rt, t));
const binaryProxy = (f: Binary) => (rt: Runtime, a: Handle, b: Handle) =>
  through(rt, a, 0, (x) => through(rt, b, 0, (y) => f(rt, x, y)));
const ternaryProxy =
  (f: (rt: Runtime, a: Handle, b: Handle, c: Handle) => Handle) => (rt: Runtime, a: Handle, b: Handle, c: Handle) =>
    through(rt, a, 0, (x) => through(rt, b, 0, (y) => through(rt, c, 0, (z) => f(rt, x, y, z))));

/** An operator with one operand, as the abstract layer does it. */
const unaryOperator = (slot: 'nb_negative' | 'nb_positive' | 'nb_invert' | 'nb_absolute', what: string) =>
  unaryProxy((rt, t) => {
    const f = rt.tp(t)[slot];
    return f !== null ? f(rt, t) : rt.raise('TypeError', `bad operand type for ${what}: '${typeName(rt, t)}'`);
  });

/** A method that is called on what the proxy stands for (`WRAP_METHOD`). */
const proxyMethod = (name: string): MethodDef => ({
  kind: 'noargs',
  fn: (rt: Runtime, h) =>
    through(rt, h, 0, (t) => {
      const method = getAttr(rt, t, rt.id(name));
      if (method === 0) return 0;
      const r = rt.call(method, []);
      rt.decref(method);
      return r;
    }),
});

function proxySpec(name: 'weakref.ProxyType' | 'weakref.CallableProxyType'): TypeSpec {
  return {
    name,
    module: 'weakref',
    gc: true,
    flags: TPFLAGS.DISALLOW_INSTANTIATION,
    words: WEAKREF_WORDS,
    basicsize: 64,
    methods:
      name === 'weakref.ProxyType'
        ? { __bytes__: proxyMethod('__bytes__'), __reversed__: proxyMethod('__reversed__') }
        : {},
    slots: {
      tp_dealloc: dealloc,
      tp_traverse: traverse,
      tp_clear: clear,
      tp_getattro: binaryProxy(getAttr),
      tp_setattro: (rt: Runtime, h, n, v) => through(rt, h, -1, (t) => setAttr(rt, t, n, v)),
      tp_str: unaryProxy(str),
      tp_repr: (rt: Runtime, h) => {
        const target = weakrefTarget(rt, h);
        if (target === 0) return strFrom(rt, `<weakproxy at ${hex(rt, h)}; dead>`);
        return strFrom(rt, `<weakproxy at ${hex(rt, h)}; to '${fullTypeName(rt, target)}' at ${hex(rt, target)}>`);
      },
      tp_hash: (rt: Runtime, h) => rt.raiseInt('TypeError', `unhashable type: '${rt.tp(h).name}'`),
      tp_richcompare: (rt: Runtime, a, b, op) =>
        through(rt, a, 0, (x) => through(rt, b, 0, (y) => richCompare(rt, x, y, op))),
      nb_bool: (rt: Runtime, h) => through(rt, h, -1, (t) => isTrue(rt, t)),
      nb_add: binaryProxy(A.numberAdd),
      nb_subtract: binaryProxy(A.numberSubtract),
      nb_multiply: binaryProxy(A.numberMultiply),
      nb_remainder: binaryProxy(A.numberRemainder),
      nb_divmod: binaryProxy(A.numberDivmod),
      nb_power: ternaryProxy((rt, a, b, c) => A.numberPower(rt, a, b, c)),
      nb_negative: unaryOperator('nb_negative', 'unary -'),
      nb_positive: unaryOperator('nb_positive', 'unary +'),
      nb_absolute: unaryOperator('nb_absolute', 'abs()'),
      nb_invert: unaryOperator('nb_invert', 'unary ~'),
      nb_lshift: binaryProxy(A.numberLshift),
      nb_rshift: binaryProxy(A.numberRshift),
      nb_and: binaryProxy(A.numberAnd),
      nb_xor: binaryProxy(A.numberXor),
      nb_or: binaryProxy(A.numberOr),
      nb_int: unaryProxy(numberLong),
      nb_float: unaryProxy(numberFloat),
      nb_index: unaryProxy(A.numberIndex),
      nb_floor_divide: binaryProxy(A.numberFloorDivide),
      nb_true_divide: binaryProxy(A.numberTrueDivide),
      nb_matrix_multiply: binaryProxy(A.numberMatrixMultiply),
      nb_inplace_add: binaryProxy(A.inplaceAdd),
      nb_inplace_subtract: binaryProxy(A.inplaceSubtract),
      nb_inplace_multiply: binaryProxy(A.inplaceMultiply),
      nb_inplace_remainder: binaryProxy(A.inplaceRemainder),
      nb_inplace_power: ternaryProxy((rt, a, b) => A.inplacePower(rt, a, b)),
      nb_inplace_lshift: binaryProxy(A.inplaceLshift),
      nb_inplace_rshift: binaryProxy(A.inplaceRshift),
      nb_inplace_and: binaryProxy(A.inplaceAnd),
      nb_inplace_xor: binaryProxy(A.inplaceXor),
      nb_inplace_or: binaryProxy(A.inplaceOr),
      nb_inplace_floor_divide: binaryProxy(A.inplaceFloorDivide),
      nb_inplace_true_divide: binaryProxy(A.inplaceTrueDivide),
      nb_inplace_matrix_multiply: binaryProxy(A.inplaceMatrixMultiply),
      mp_length: (rt: Runtime, h) => through(rt, h, -1, (t) => length(rt, t)),
      mp_subscript: binaryProxy(getItem),
      mp_ass_subscript: (rt: Runtime, h, k, v) => through(rt, h, -1, (t) => setItem(rt, t, k, v)),
      sq_contains: (rt: Runtime, h, x) => through(rt, h, -1, (t) => contains(rt, t, x)),
      tp_iter: unaryProxy(getIter),
      tp_iternext: unaryProxy((rt, t) => {
        if (rt.tp(t).tp_iternext === null)
          return rt.raise('TypeError', `Weakref proxy referenced a non-iterator '${typeName(rt, t)}' object`);
        return iterNext(rt, t);
      }),
      ...(name === 'weakref.CallableProxyType'
        ? ({
            tp_call: (rt: Runtime, h: Handle, args: Handle[], kw: Handle[] | null) =>
              through(rt, h, 0, (t) => rt.call(t, args, kw)),
          } as never)
        : {}),
    },
  };
}

export const weakrefSpecs: TypeSpec[] = [
  refSpec,
  proxySpec('weakref.ProxyType'),
  proxySpec('weakref.CallableProxyType'),
];
