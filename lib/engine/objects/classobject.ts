/** Bound methods (Objects/classobject.c). */
import type { Handle } from '../heap/layout';
import { CompareOp, Traversal, type TypeSpec } from '../heap/object';
import { getOptionalAttr, hash, isStr, richCompareBool } from './abstract';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { typeLookup } from './type-lookup';
import { clearWeakrefs } from './weakref-list';

export const IM_FUNC = 2;
export const IM_SELF = 3;
const IM_WEAKLIST = 4;

/** `PyMethod_New`; both borrowed. */
export function newMethod(rt: Runtime, func: Handle, self: Handle): Handle {
  const { heap } = rt;
  const h = newObject(rt, rt.types.method, 0, 0, heap.freelists.method);
  rt.mem[h + IM_FUNC] = rt.newRef(func);
  rt.mem[h + IM_SELF] = rt.newRef(self);
  heap.gcTrack(h);
  return h;
}

export const methodSpecs: TypeSpec[] = [
  {
    name: 'method',
    gc: true,
    words: 3,
    basicsize: 48,
    weaklistoffset: IM_WEAKLIST,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + IM_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.release(h + IM_FUNC);
        rt.heap.release(h + IM_SELF);
        freeObject(rt, h, rt.heap.freelists.method);
      },
      traversal: Traversal.Words,
      traversedWords: [IM_FUNC, IM_SELF],
      tp_traverse(rt: Runtime, h, visit) {
        visit(rt.mem[h + IM_FUNC]!, h + IM_FUNC);
        visit(rt.mem[h + IM_SELF]!, h + IM_SELF);
      },
      // A bound method stays bound to what it is.
      tp_descr_get: (rt: Runtime, h) => rt.newRef(h),
      tp_new(rt: Runtime, _type, args, kwnames) {
        if (!noKeywords(rt, 'method', kwnames) || !checkPositional(rt, 'method', args.length, 2, 2)) return 0;
        if (rt.tp(args[0]!).tp_call === null) return rt.raise('TypeError', 'first argument must be callable');
        if (args[1] === rt.None) return rt.raise('TypeError', 'instance must not be None');
        return newMethod(rt, args[0]!, args[1]!);
      },
      tp_call: (rt: Runtime, h, args, kwnames) =>
        rt.call(rt.mem[h + IM_FUNC]!, [rt.mem[h + IM_SELF]!, ...args], kwnames),
      tp_repr(rt: Runtime, h) {
        const func = rt.mem[h + IM_FUNC]!;
        const self = rt.mem[h + IM_SELF]!;
        let q = getOptionalAttr(rt, func, rt.id('__qualname__'));
        if (rt.currentException !== 0) return 0;
        if (q === 0) q = getOptionalAttr(rt, func, rt.id('__name__'));
        if (rt.currentException !== 0) return 0;
        const name = q !== 0 && isStr(rt, q) ? strValue(rt, q) : '?';
        rt.xdecref(q);
        const text = rt.tp(self).tp_repr!(rt, self);
        if (text === 0) return 0;
        const r = strFrom(rt, `<bound method ${name} of ${strValue(rt, text)}>`);
        rt.decref(text);
        return r;
      },
      tp_hash(rt: Runtime, h) {
        const f = hash(rt, rt.mem[h + IM_FUNC]!);
        if (rt.currentException !== 0) return -1;
        return (rt.heap.id(rt.mem[h + IM_SELF]!) >>> 4) ^ f;
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !rt.is(b, rt.types.method)) return rt.NotImplemented;
        let same = richCompareBool(rt, rt.mem[a + IM_FUNC]!, rt.mem[b + IM_FUNC]!, CompareOp.EQ);
        if (same < 0) return 0;
        if (same === 1) same = rt.mem[a + IM_SELF] === rt.mem[b + IM_SELF] ? 1 : 0;
        return rt.bool((same === 1) === (op === CompareOp.EQ));
      },
      tp_getattro(rt: Runtime, h, name) {
        const descr = typeLookup(rt, rt.types.method, name);
        if (descr !== 0) return genericGetAttr(rt, h, name);
        return rt.tp(rt.mem[h + IM_FUNC]!).tp_getattro!(rt, rt.mem[h + IM_FUNC]!, name);
      },
    },
    getset: {
      __func__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + IM_FUNC]!) },
      __self__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + IM_SELF]!) },
      __doc__: {
        get: (rt: Runtime, h) => rt.tp(rt.mem[h + IM_FUNC]!).tp_getattro!(rt, rt.mem[h + IM_FUNC]!, rt.id('__doc__')),
      },
    },
  },
];
