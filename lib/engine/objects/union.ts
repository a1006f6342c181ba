/** Unions of types, `int | str` (Objects/unionobject.c): a flat tuple of different members, None as its type. */
import type { Handle } from '../heap/layout';
import { CompareOp, type TypeSpec } from '../heap/object';
import { getAttrString, hash, isStr, isType, reprText, richCompareBool } from './abstract';
import { hashInteger } from './hash';
import { genericGetAttr } from './generic-attr';
import { isInstance, isSubclass } from './isinstance';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { newTuple, tupleItems } from './tuple';

const ARGS = 2;

const isUnion = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types['typing.Union']);

/** The members of a type, None or a union, borrowed; null for anything else. */
function membersOf(rt: Runtime, h: Handle): Handle[] | null {
  if (h === rt.None) return [rt.types.NoneType.handle];
  if (isUnion(rt, h)) return tupleItems(rt, rt.mem[h + ARGS]!);
  return isType(rt, h) || rt.is(h, rt.types['types.GenericAlias']) ? [h] : null;
}

/** `_Py_union_type_or`: new, NotImplemented, or 0. A union of one is that one. */
export function unionOf(rt: Runtime, a: Handle, b: Handle): Handle {
  const left = membersOf(rt, a);
  const right = membersOf(rt, b);
  if (left === null || right === null) return rt.NotImplemented;
  const members: Handle[] = [];
  for (const m of [...left, ...right]) {
    let known = false;
    for (const other of members) {
      const same = richCompareBool(rt, other, m, CompareOp.EQ);
      if (same < 0) return 0;
      if (same === 1) known = true;
    }
    if (!known) members.push(m);
  }
  if (members.length === 1) return rt.newRef(members[0]!);
  const h = newObject(rt, rt.types['typing.Union']);
  rt.heap.set(
    h + ARGS,
    newTuple(
      rt,
      members.map((m) => rt.newRef(m)),
    ),
  );
  rt.heap.gcTrack(h);
  return h;
}

function memberText(rt: Runtime, member: Handle): string | null {
  if (!isType(rt, member)) return reprText(rt, member);
  if (member === rt.types.NoneType.handle) return 'None';
  const name = getAttrString(rt, member, '__qualname__');
  const module = name === 0 ? 0 : getAttrString(rt, member, '__module__');
  if (module === 0) {
    rt.xdecref(name);
    return null;
  }
  const prefix = isStr(rt, module) && strValue(rt, module) !== 'builtins' ? `${strValue(rt, module)}.` : '';
  const text = isStr(rt, name) ? prefix + strValue(rt, name) : reprText(rt, member);
  rt.decref(name);
  rt.decref(module);
  return text;
}

/** `isinstance` or `issubclass` with any of the members. */
function check(how: (rt: Runtime, x: Handle, cls: Handle) => number) {
  return {
    kind: 'o' as const,
    fn: (rt: Runtime, h: Handle, x: Handle) => {
      for (const member of tupleItems(rt, rt.mem[h + ARGS]!)) {
        const r = how(rt, x, member);
        if (r !== 0) return r < 0 ? 0 : rt.True;
      }
      return rt.False;
    },
  };
}

export const unionSpecs: TypeSpec[] = [
  {
    name: 'typing.Union',
    module: 'typing',
    gc: true,
    words: 1,
    basicsize: 56,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + ARGS);
        freeObject(rt, h);
      },
      tp_traverse: (rt: Runtime, h, visit) => visit(rt.mem[h + ARGS]!, h + ARGS),
      tp_repr(rt: Runtime, h) {
        const parts: string[] = [];
        for (const member of tupleItems(rt, rt.mem[h + ARGS]!)) {
          const text = memberText(rt, member);
          if (text === null) return 0;
          parts.push(text);
        }
        return strFrom(rt, parts.join(' | '));
      },
      tp_hash(rt: Runtime, h) {
        let sum = 0;
        for (const member of tupleItems(rt, rt.mem[h + ARGS]!)) {
          sum = (sum ^ hash(rt, member)) | 0;
          if (rt.currentException !== 0) return -1;
        }
        return hashInteger(rt, sum);
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !isUnion(rt, b)) return rt.NotImplemented;
        const [x, y] = [tupleItems(rt, rt.mem[a + ARGS]!), tupleItems(rt, rt.mem[b + ARGS]!)];
        const same = x.length === y.length && x.every((m) => y.includes(m));
        return rt.bool(same === (op === CompareOp.EQ));
      },
      tp_getattro: genericGetAttr,
      nb_or: (rt: Runtime, a, b) => unionOf(rt, a, b),
    },
    methods: { __instancecheck__: check(isInstance), __subclasscheck__: check(isSubclass) },
    getset: {
      __args__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ARGS]!) },
      __parameters__: { get: (rt: Runtime) => rt.emptyTuple },
    },
  },
];
