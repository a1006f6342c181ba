/** Unions of types, `int | str` (Objects/unionobject.c): a flat tuple of different members, None as its type. */
import type { Handle } from '../heap/layout';
import { CompareOp, type TypeSpec } from '../heap/object';
import { binaryOp1, hash, isTuple, isType, reprText, richCompareBool } from './abstract';
import { makeParameters, substituteParameters, typeRepr } from './generic-alias';
import { hashInteger } from './hash';
import { genericGetAttr } from './generic-attr';
import { isInstance, isSubclass } from './isinstance';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom } from './str';
import { newTuple, tupleItems } from './tuple';
import { callTyping } from './typing-call';

const ARGS = 2;
/** `__parameters__`, owned, made when somebody asks; 0 before. */
const PARAMETERS = 3;

const isUnion = (rt: Runtime, h: Handle): boolean => rt.is(h, rt.types['typing.Union']);

/** `is_unionable`: a type, None, or what stands for a type. */
function isUnionable(rt: Runtime, h: Handle): boolean {
  return (
    h === rt.None ||
    isType(rt, h) ||
    isUnion(rt, h) ||
    rt.is(h, rt.types['types.GenericAlias']) ||
    rt.mem[h + 1] === rt.moduleTypes.get('typing.TypeAliasType')?.handle
  );
}

/** The members, each once, unions taken apart: new, or 0. A union of one is that one. */
function makeUnion(rt: Runtime, parts: Handle[]): Handle {
  const members: Handle[] = [];
  const flat = parts.flatMap((h) =>
    h === rt.None ? [rt.types.NoneType.handle] : isUnion(rt, h) ? tupleItems(rt, rt.mem[h + ARGS]!) : [h],
  );
  for (const m of flat) {
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

/** `_Py_union_type_or`: new, NotImplemented, or 0. */
export function unionOf(rt: Runtime, a: Handle, b: Handle): Handle {
  return isUnionable(rt, a) && isUnionable(rt, b) ? makeUnion(rt, [a, b]) : rt.NotImplemented;
}

/** `_Py_union_from_tuple` (3.14): what is no type yet becomes one (a str a ForwardRef). New or 0. */
export function unionFromItems(rt: Runtime, items: Handle[]): Handle {
  if (items.length === 0) return rt.raise('TypeError', 'Cannot take a Union of no types.');
  const checked: Handle[] = [];
  let ok = true;
  for (const item of items) {
    let type = item;
    if (isUnionable(rt, item)) rt.incref(item);
    else {
      const message = strFrom(rt, 'Union[arg, ...]: each arg must be a type.');
      type = callTyping(rt, '_type_check', [item, message]);
      rt.decref(message);
    }
    if (type === 0) {
      ok = false;
      break;
    }
    checked.push(type);
  }
  const r = ok ? makeUnion(rt, checked) : 0;
  for (const h of checked) rt.decref(h);
  return r;
}

/** `union_getitem`. */
function subscript(rt: Runtime, h: Handle, item: Handle): Handle {
  const params = parametersOf(rt, h);
  if (params === 0) return 0;
  const args = substituteParameters(rt, h, tupleItems(rt, rt.mem[h + ARGS]!), params, item);
  if (args === 0) return 0;
  let result: Handle;
  if (rt.facts.name !== '3.13') result = unionFromItems(rt, tupleItems(rt, args));
  else {
    const [first, ...rest] = tupleItems(rt, args) as [Handle, ...Handle[]];
    result = rt.newRef(first);
    for (const m of rest) {
      const next = binaryOp1(rt, result, m, 'nb_or');
      rt.decref(result);
      result = next;
      if (result === 0) break;
    }
  }
  rt.decref(args);
  return result;
}

function parametersOf(rt: Runtime, h: Handle): Handle {
  if (rt.mem[h + PARAMETERS] === 0) {
    const made = makeParameters(rt, tupleItems(rt, rt.mem[h + ARGS]!));
    if (made === 0) return 0;
    rt.heap.setRef(h + PARAMETERS, made);
  }
  return rt.mem[h + PARAMETERS]!;
}

/** Different orders of the members are the same union. */
function sameMembers(rt: Runtime, a: Handle, b: Handle): number {
  const [x, y] = [tupleItems(rt, rt.mem[a + ARGS]!), tupleItems(rt, rt.mem[b + ARGS]!)];
  if (x.length !== y.length) return 0;
  for (const m of x) {
    let found = 0;
    for (const other of y) {
      found = richCompareBool(rt, m, other, CompareOp.EQ);
      if (found !== 0) break;
    }
    if (found !== 1) return found;
  }
  return 1;
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
    words: 2,
    basicsize: 56,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + ARGS);
        rt.heap.clearRef(h + PARAMETERS);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        visit(rt.mem[h + ARGS]!, h + ARGS);
        if (rt.mem[h + PARAMETERS] !== 0) visit(rt.mem[h + PARAMETERS]!, h + PARAMETERS);
      },
      tp_repr(rt: Runtime, h) {
        const parts: string[] = [];
        for (const member of tupleItems(rt, rt.mem[h + ARGS]!)) {
          const text = typeRepr(rt, member);
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
        const same = sameMembers(rt, a, b);
        if (same < 0) return 0;
        return rt.bool((same === 1) === (op === CompareOp.EQ));
      },
      tp_getattro: genericGetAttr,
      nb_or: (rt: Runtime, a, b) => unionOf(rt, a, b),
      mp_subscript: subscript as never,
    },
    classmethods: {
      // Hidden in 3.13, whose type has no such method.
      __class_getitem__: {
        kind: 'o',
        fn: (rt: Runtime, _cls, args) => unionFromItems(rt, isTuple(rt, args) ? tupleItems(rt, args) : [args]),
      },
    },
    methods: {
      __mro_entries__: {
        kind: 'o',
        fn: (rt: Runtime, h) => {
          const text = reprText(rt, h);
          return text === null ? 0 : rt.raise('TypeError', `Cannot subclass ${text}`);
        },
      },
      __instancecheck__: check(isInstance),
      __subclasscheck__: check(isSubclass),
    },
    getset: {
      __args__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ARGS]!) },
      __parameters__: {
        get: (rt: Runtime, h) => {
          const params = parametersOf(rt, h);
          return params === 0 ? 0 : rt.newRef(params);
        },
      },
      __origin__: { get: (rt: Runtime) => rt.newRef(rt.types['typing.Union'].handle) },
      __name__: { get: (rt: Runtime) => rt.id('Union') },
      __qualname__: { get: (rt: Runtime) => rt.id('Union') },
    },
  },
];
