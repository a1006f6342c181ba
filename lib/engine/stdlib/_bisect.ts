/** The module _bisect (Modules/_bisectmodule.c). */
import type { Handle } from '../heap/layout';
import { CompareOp, type MethodDef } from '../heap/object';
import { asIndex, getAttrString, length, richCompareBool, typeName } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { listInsert } from '../objects/list';
import type { Runtime } from '../objects/runtime';
import type { NativeModule } from '../modules/define';

/** `internal_bisect_left` and `…_right`: the position, or -1 with an exception. */
function search(rt: Runtime, seq: Handle, x: Handle, lo: number, hi: number, key: Handle, left: boolean): number {
  if (lo < 0) return rt.raiseInt('ValueError', 'lo must be non-negative');
  if (hi === -1) {
    hi = length(rt, seq);
    if (hi < 0) return -1;
  }
  while (lo < hi) {
    const mid = Math.floor((lo + hi) / 2);
    const item = rt.tp(seq).sq_item;
    if (item === null) return rt.raiseInt('TypeError', `'${typeName(rt, seq)}' object does not support indexing`);
    let value = item(rt, seq, mid);
    if (value === 0) return -1;
    if (key !== rt.None) {
      const keyed = rt.call(key, [value]);
      rt.decref(value);
      if (keyed === 0) return -1;
      value = keyed;
    }
    const less = left ? richCompareBool(rt, value, x, CompareOp.LT) : richCompareBool(rt, x, value, CompareOp.LT);
    rt.decref(value);
    if (less < 0) return -1;
    if (less > 0 === left) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** lo, hi and key as they were given; null with an exception. */
function bounds(rt: Runtime, args: Handle[]): { lo: number; hi: number; key: Handle } | null {
  const lo = args[2] === 0 ? 0 : asIndex(rt, args[2]!, 'OverflowError');
  if (lo === null) return null;
  const hi = args[3] === 0 || args[3] === rt.None ? -1 : asIndex(rt, args[3]!, 'OverflowError');
  if (hi === null) return null;
  return { lo, hi, key: args[4] === 0 ? rt.None : args[4]! };
}

function bisect(left: boolean): MethodDef {
  return {
    kind: 'clinic',
    params: 'a, x, lo=, hi=, *, key=',
    fn: (rt: Runtime, _m, args) => {
      const b = bounds(rt, args);
      const i = b === null ? -1 : search(rt, args[0]!, args[1]!, b.lo, b.hi, b.key, left);
      return i < 0 ? 0 : intFromNumber(rt, i);
    },
    doc: 'Where to insert item x in list a, assuming a is sorted.',
  };
}

function insort(left: boolean): MethodDef {
  return {
    kind: 'clinic',
    params: 'a, x, lo=, hi=, *, key=',
    fn: (rt: Runtime, _m, args) => {
      const b = bounds(rt, args);
      if (b === null) return 0;
      const [a, x] = args as [Handle, Handle];
      const keyed = b.key === rt.None ? rt.newRef(x) : rt.call(b.key, [x]);
      if (keyed === 0) return 0;
      const i = search(rt, a, keyed, b.lo, b.hi, b.key, left);
      rt.decref(keyed);
      return i < 0 ? 0 : insert(rt, a, i, x);
    },
    doc: 'Insert item x in list a, and keep it sorted assuming a is sorted.',
  };
}

function insert(rt: Runtime, a: Handle, i: number, x: Handle): Handle {
  if (rt.is(a, rt.types.list)) {
    listInsert(rt, a, i, x);
    return rt.None;
  }
  const method = getAttrString(rt, a, 'insert');
  if (method === 0) return 0;
  const index = intFromNumber(rt, i);
  const r = rt.call(method, [index, x]);
  rt.decref(index);
  rt.decref(method);
  if (r === 0) return 0;
  rt.decref(r);
  return rt.None;
}

export const bisectModule: NativeModule = {
  name: '_bisect',
  methods: {
    bisect_right: bisect(false),
    insort_right: insort(false),
    bisect_left: bisect(true),
    insort_left: insort(true),
  },
};
