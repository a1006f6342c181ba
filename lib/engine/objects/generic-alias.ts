/**
 * `list[int]`, `dict[str, int]` (Objects/genericaliasobject.c): the origin and the arguments. Attributes that are not
 * its own are the origin's.
 */
import { CompareOp, TPFLAGS, type MethodDef, type TypeSlots, type TypeSpec } from '../heap/object';
import type { Handle } from '../heap/layout';
import {
  sequenceList,
  getAttr,
  getItem,
  getOptionalAttr,
  hash,
  isList,
  isStr,
  isTrue,
  isTuple,
  isType,
  reprText,
  richCompareBool,
  setAttr,
  strText,
  typeName,
} from './abstract';
import { dictGetKnown } from './dict';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords } from './getargs';
import { selfIter } from './iter';
import { listAppend, listItems, newList } from './list';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { callSpecial } from './slotdefs';
import { strFrom, strValue } from './str';
import { newTuple, tupleItems } from './tuple';
import { clearWeakrefs } from './weakref-list';

const ORIGIN = 2;
const ARGS = 3;
const WEAKLIST = 4;
/** `__parameters__`, owned, made when somebody asks; 0 before. */
const PARAMETERS = 5;
/** `*tuple[int]`: 0 or 1. */
const STARRED = 6;

/** Names that an alias answers itself. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  '__class__',
  '__origin__',
  '__args__',
  '__unpacked__',
  '__parameters__',
  '__typing_unpacked_tuple_args__',
  '__mro_entries__',
  '__reduce_ex__',
  '__reduce__',
  '__copy__',
  '__deepcopy__',
  '__bases__',
]);

/** `_Py_typing_type_repr`: a type by its qualified name, as annotations show it. null with an exception. */
export function typeRepr(rt: Runtime, h: Handle): string | null {
  if (h === rt.Ellipsis) return '...';
  if (h === rt.types.NoneType.handle) return 'None';
  const attr = (name: string): Handle => getOptionalAttr(rt, h, rt.id(name));
  const origin = attr('__origin__');
  if (origin !== 0) {
    rt.decref(origin);
    const args = attr('__args__');
    if (args !== 0) {
      rt.decref(args);
      return reprText(rt, h);
    }
  }
  const name = rt.currentException !== 0 ? 0 : attr('__qualname__');
  const module = name === 0 ? 0 : attr('__module__');
  let text: string | null = null;
  if (rt.currentException === 0) {
    if (module === 0 || module === rt.None) text = reprText(rt, h);
    else if (isStr(rt, module) && strValue(rt, module) === 'builtins') text = strText(rt, name);
    else {
      const [m, n] = [strText(rt, module), strText(rt, name)];
      text = m === null || n === null ? null : `${m}.${n}`;
    }
  }
  rt.xdecref(name);
  rt.xdecref(module);
  return text;
}

/** An argument; the arguments of a callable are a list. */
function argumentText(rt: Runtime, h: Handle): string | null {
  if (!isList(rt, h)) return typeRepr(rt, h);
  const parts: string[] = [];
  for (const item of listItems(rt, h)) {
    const text = typeRepr(rt, item);
    if (text === null) return null;
    parts.push(text);
  }
  return `[${parts.join(', ')}]`;
}

function repr(rt: Runtime, h: Handle): Handle {
  const origin = argumentText(rt, rt.mem[h + ORIGIN]!);
  if (origin === null) return 0;
  const parts: string[] = [];
  for (const arg of tupleItems(rt, rt.mem[h + ARGS]!)) {
    const text = argumentText(rt, arg);
    if (text === null) return 0;
    parts.push(text);
  }
  const star = rt.mem[h + STARRED] !== 0 ? '*' : '';
  return strFrom(rt, `${star}${origin}[${parts.length === 0 ? '()' : parts.join(', ')}]`);
}

/** `Py_GenericAlias`: `item` is the tuple of arguments or the one argument; borrowed. New. */
export function newGenericAlias(
  rt: Runtime,
  origin: Handle,
  item: Handle,
  type: TypeSlots = rt.types['types.GenericAlias'],
): Handle {
  const h = allocInstance(rt, type);
  rt.heap.set(h + ORIGIN, rt.newRef(origin));
  rt.heap.set(h + ARGS, isTuple(rt, item) ? rt.newRef(item) : newTuple(rt, [rt.newRef(item)]));
  return h;
}

// ---- parameters and what takes their place --------------------------------------------------------------------------------

/** Items of a tuple or list, borrowed; null for anything else. */
function itemsOf(rt: Runtime, h: Handle): Handle[] | null {
  if (rt.is(h, rt.types.tuple)) return tupleItems(rt, h);
  return rt.is(h, rt.types.list) ? listItems(rt, h) : null;
}

/** `_Py_make_parameters`: the type parameters among arguments, each once. New, or 0 with an exception. */
export function makeParameters(rt: Runtime, args: Handle[]): Handle {
  const out: Handle[] = [];
  const add = (h: Handle): void => {
    if (!out.includes(h)) out.push(rt.newRef(h));
  };
  const fail = (): 0 => {
    for (const h of out) rt.decref(h);
    return 0;
  };
  for (const arg of args) {
    if (isType(rt, arg)) continue;
    const nested = itemsOf(rt, arg);
    let subparams: Handle;
    if (nested !== null) subparams = makeParameters(rt, nested);
    else {
      const subst = getOptionalAttr(rt, arg, rt.id('__typing_subst__'));
      if (subst !== 0) {
        rt.decref(subst);
        add(arg);
        continue;
      }
      subparams = rt.currentException !== 0 ? 0 : getOptionalAttr(rt, arg, rt.id('__parameters__'));
    }
    if (rt.currentException !== 0) return fail();
    if (subparams === 0) continue;
    if (isTuple(rt, subparams)) for (const p of tupleItems(rt, subparams)) add(p);
    rt.decref(subparams);
  }
  return newTuple(rt, out);
}

/** `_unpack_args`: what `*tuple[…]` among the items stands for. New list of new references; null with an exception. */
function unpackArgs(rt: Runtime, item: Handle): Handle[] | null {
  const out: Handle[] = [];
  for (const h of isTuple(rt, item) ? tupleItems(rt, item) : [item]) {
    let sub = 0;
    if (!isType(rt, h)) {
      sub = getOptionalAttr(rt, h, rt.id('__typing_unpacked_tuple_args__'));
      if (rt.currentException !== 0) {
        for (const o of out) rt.decref(o);
        return null;
      }
    }
    const items = sub !== 0 && isTuple(rt, sub) ? tupleItems(rt, sub) : null;
    if (items !== null && items.at(-1) !== rt.Ellipsis) out.push(...items.map((x) => rt.newRef(x)));
    else out.push(rt.newRef(h));
    rt.xdecref(sub);
  }
  return out;
}

/** `subs_tvars`: an argument that has parameters of its own. New or 0. */
function substituteInside(rt: Runtime, arg: Handle, params: Handle[], given: Handle[]): Handle {
  const own = getOptionalAttr(rt, arg, rt.id('__parameters__'));
  if (rt.currentException !== 0) return 0;
  let result = 0;
  if (own !== 0 && isTuple(rt, own) && tupleItems(rt, own).length > 0) {
    const items: Handle[] = [];
    for (const p of tupleItems(rt, own)) {
      const at = params.indexOf(p);
      const value = at < 0 ? p : given[at]!;
      // A TypeVarTuple's argument is a tuple.
      if (at >= 0 && rt.tp(p).tp_iter !== null && isTuple(rt, value))
        items.push(...tupleItems(rt, value).map((x) => rt.newRef(x)));
      else items.push(rt.newRef(value));
    }
    const key = newTuple(rt, items);
    result = getItem(rt, arg, key);
    rt.decref(key);
  } else result = rt.newRef(arg);
  rt.xdecref(own);
  return result;
}

function isUnpackedTypeVarTuple(rt: Runtime, arg: Handle): number {
  if (isType(rt, arg)) return 0;
  const flag = getOptionalAttr(rt, arg, rt.id('__typing_is_unpacked_typevartuple__'));
  if (flag === 0) return rt.currentException !== 0 ? -1 : 0;
  const r = isTrue(rt, flag);
  rt.decref(flag);
  return r;
}

/** `_Py_subs_parameters`: the arguments with `item` in place of the parameters. New tuple, or 0 with an exception. */
export function substituteParameters(
  rt: Runtime,
  self: Handle,
  args: Handle[],
  parameters: Handle,
  item: Handle,
): Handle {
  const params = tupleItems(rt, parameters);
  if (params.length === 0) {
    const text = reprText(rt, self);
    return text === null ? 0 : rt.raise('TypeError', `${text} is not a generic class`);
  }
  const unpacked = unpackArgs(rt, item);
  if (unpacked === null) return 0;
  let current = newTuple(rt, unpacked);
  for (const p of params) {
    const prepare = getOptionalAttr(rt, p, rt.id('__typing_prepare_subst__'));
    if (prepare !== 0 && prepare !== rt.None) {
      const wrapped = isTuple(rt, current) ? rt.newRef(current) : newTuple(rt, [rt.newRef(current)]);
      const next = rt.call(prepare, [self, wrapped]);
      rt.decref(wrapped);
      rt.decref(current);
      current = next;
    }
    rt.xdecref(prepare);
    if (current === 0 || rt.currentException !== 0) {
      rt.xdecref(current);
      return 0;
    }
  }
  const given = isTuple(rt, current) ? tupleItems(rt, current) : [current];
  let result = 0;
  if (given.length !== params.length) {
    const text = reprText(rt, self);
    if (text !== null)
      rt.raise(
        'TypeError',
        `Too ${given.length > params.length ? 'many' : 'few'} arguments for ${text}; actual ${given.length}, expected ${params.length}`,
      );
  } else result = substituteEach(rt, self, args, params, given, parameters, current);
  rt.decref(current);
  return result;
}

function substituteEach(
  rt: Runtime,
  self: Handle,
  args: Handle[],
  params: Handle[],
  given: Handle[],
  parameters: Handle,
  item: Handle,
): Handle {
  const out: Handle[] = [];
  const fail = (): 0 => {
    for (const h of out) rt.decref(h);
    return 0;
  };
  for (const arg of args) {
    if (isType(rt, arg)) {
      out.push(rt.newRef(arg));
      continue;
    }
    const nested = itemsOf(rt, arg);
    if (nested !== null) {
      const sub = substituteParameters(rt, self, nested, parameters, item);
      if (sub === 0) return fail();
      if (rt.is(arg, rt.types.list)) {
        out.push(
          newList(
            rt,
            tupleItems(rt, sub).map((x) => rt.newRef(x)),
          ),
        );
        rt.decref(sub);
      } else out.push(sub);
      continue;
    }
    const unpack = isUnpackedTypeVarTuple(rt, arg);
    const subst = unpack < 0 ? 0 : getOptionalAttr(rt, arg, rt.id('__typing_subst__'));
    if (rt.currentException !== 0) return fail();
    let value: Handle;
    if (subst !== 0) {
      value = rt.call(subst, [given[params.indexOf(arg)]!]);
      rt.decref(subst);
    } else value = substituteInside(rt, arg, params, given);
    if (value === 0) return fail();
    if (unpack === 0) {
      out.push(value);
      continue;
    }
    if (!isTuple(rt, value)) {
      rt.raise(
        'TypeError',
        `expected __typing_subst__ of ${typeName(rt, arg)} objects to return a tuple, not ${typeName(rt, value)}`,
      );
      rt.decref(value);
      return fail();
    }
    out.push(...tupleItems(rt, value).map((x) => rt.newRef(x)));
    rt.decref(value);
  }
  return newTuple(rt, out);
}

/** `__parameters__`, borrowed; 0 with an exception. */
function parametersOf(rt: Runtime, h: Handle): Handle {
  if (rt.mem[h + PARAMETERS] === 0) {
    const made = makeParameters(rt, tupleItems(rt, rt.mem[h + ARGS]!));
    if (made === 0) return 0;
    rt.heap.setRef(h + PARAMETERS, made);
  }
  return rt.mem[h + PARAMETERS]!;
}

function subscript(rt: Runtime, h: Handle, item: Handle): Handle {
  const params = parametersOf(rt, h);
  if (params === 0) return 0;
  const args = substituteParameters(rt, h, tupleItems(rt, rt.mem[h + ARGS]!), params, item);
  if (args === 0) return 0;
  const r = newGenericAlias(rt, rt.mem[h + ORIGIN]!, args);
  rt.heap.set(r + STARRED, rt.mem[h + STARRED]!);
  rt.decref(args);
  return r;
}

/** `*tuple[int]`. New. */
function starred(rt: Runtime, h: Handle): Handle {
  const r = newGenericAlias(rt, rt.mem[h + ORIGIN]!, rt.mem[h + ARGS]!);
  rt.heap.set(r + STARRED, 1);
  return r;
}

/** The field of an iterator: the alias, or 0 once it has given its one item. */
const GI_OBJ = 2;

/** `ga_iter`: yields the starred alias once. */
function iter(rt: Runtime, h: Handle): Handle {
  const it = newObject(rt, rt.types.generic_alias_iterator);
  rt.heap.set(it + GI_OBJ, rt.newRef(h));
  rt.heap.gcTrack(it);
  return it;
}

const iteratorSpec: TypeSpec = {
  name: 'generic_alias_iterator',
  gc: true,
  words: 1,
  basicsize: 24,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + GI_OBJ);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + GI_OBJ] !== 0) visit(rt.mem[h + GI_OBJ]!, h + GI_OBJ);
    },
    tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + GI_OBJ),
    tp_iter: selfIter,
    tp_iternext(rt: Runtime, h) {
      const alias = rt.mem[h + GI_OBJ]!;
      if (alias === 0) return 0;
      const r = starred(rt, alias);
      rt.heap.clearRef(h + GI_OBJ);
      return r;
    },
  },
  methods: {
    __reduce__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const builtin = rt.newRef(dictGetKnown(rt, rt.builtins, rt.id('iter')));
        // A tuple of nothing when there is nothing left.
        const alias = rt.mem[h + GI_OBJ]!;
        return newTuple(rt, [builtin, newTuple(rt, [alias === 0 ? rt.emptyTuple : rt.newRef(alias)])]);
      },
    },
  },
};

/** `ga_dir`: what the origin has, and what the alias answers itself. */
function dir(rt: Runtime, h: Handle): Handle {
  const names = callSpecial(rt, rt.mem[h + ORIGIN]!, '__dir__', []);
  const list = names === 0 ? 0 : sequenceList(rt, names);
  rt.xdecref(names);
  if (list === 0) return 0;
  const known = new Set(listItems(rt, list).map((x) => (isStr(rt, x) ? strValue(rt, x) : '')));
  for (const name of OWN_NAMES) if (!known.has(name) && name !== '__bases__') listAppend(rt, list, rt.id(name));
  return list;
}

/** `ga_call`: the instance learns what it was made with, where it can. */
function call(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const obj = rt.call(rt.mem[h + ORIGIN]!, args, kwnames);
  if (obj === 0) return 0;
  if (setAttr(rt, obj, rt.id('__orig_class__'), h) < 0) {
    if (!rt.errorMatches('AttributeError') && !rt.errorMatches('TypeError')) {
      rt.decref(obj);
      return 0;
    }
    rt.clearError();
  }
  return obj;
}

function reduce(rt: Runtime, h: Handle): Handle {
  const pair = newTuple(rt, [rt.newRef(rt.mem[h + ORIGIN]!), rt.newRef(rt.mem[h + ARGS]!)]);
  if (rt.mem[h + STARRED] === 0) return newTuple(rt, [rt.newRef(rt.types['types.GenericAlias'].handle), pair]);
  const plain = newGenericAlias(rt, rt.mem[h + ORIGIN]!, rt.mem[h + ARGS]!);
  rt.decref(pair);
  const it = iter(rt, plain);
  rt.decref(plain);
  const next = dictGetKnown(rt, rt.builtins, rt.id('next'));
  return newTuple(rt, [rt.newRef(next), newTuple(rt, [it])]);
}

const refuse = (what: string): MethodDef => ({
  kind: 'o',
  fn: (rt: Runtime) => rt.raise('TypeError', `${what} argument 2 cannot be a parameterized generic`),
});

export const genericAliasSpecs: TypeSpec[] = [
  iteratorSpec,
  {
    name: 'types.GenericAlias',
    module: 'types',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 5,
    basicsize: 64,
    weaklistoffset: WEAKLIST,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.clearRef(h + ORIGIN);
        rt.heap.clearRef(h + ARGS);
        rt.heap.clearRef(h + PARAMETERS);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        visit(rt.mem[h + ORIGIN]!, h + ORIGIN);
        visit(rt.mem[h + ARGS]!, h + ARGS);
        if (rt.mem[h + PARAMETERS] !== 0) visit(rt.mem[h + PARAMETERS]!, h + PARAMETERS);
      },
      tp_new(rt: Runtime, type, args, kwnames) {
        if (!noKeywords(rt, 'GenericAlias', kwnames) || !checkPositional(rt, 'GenericAlias', args.length, 2, 2))
          return 0;
        return newGenericAlias(rt, args[0]!, args[1]!, rt.slotsOfType(type));
      },
      tp_init: () => 0,
      tp_repr: repr,
      tp_call: call as never,
      tp_iter: iter as never,
      mp_subscript: subscript as never,
      tp_hash(rt: Runtime, h) {
        const a = hash(rt, rt.mem[h + ORIGIN]!);
        if (rt.currentException !== 0) return -1;
        const b = hash(rt, rt.mem[h + ARGS]!);
        return rt.currentException !== 0 ? -1 : a ^ b;
      },
      tp_richcompare(rt: Runtime, a, b, op) {
        if ((op !== CompareOp.EQ && op !== CompareOp.NE) || !rt.is(b, rt.types['types.GenericAlias']))
          return rt.NotImplemented;
        if (rt.mem[a + STARRED] !== rt.mem[b + STARRED]) return rt.bool(op === CompareOp.NE);
        let same = richCompareBool(rt, rt.mem[a + ORIGIN]!, rt.mem[b + ORIGIN]!, CompareOp.EQ);
        if (same === 1) same = richCompareBool(rt, rt.mem[a + ARGS]!, rt.mem[b + ARGS]!, CompareOp.EQ);
        return same < 0 ? 0 : rt.bool((same === 1) === (op === CompareOp.EQ));
      },
      tp_getattro(rt: Runtime, h, name) {
        const text = strValue(rt, name);
        if (OWN_NAMES.has(text)) return genericGetAttr(rt, h, name);
        return getAttr(rt, rt.mem[h + ORIGIN]!, name);
      },
      nb_or: (rt: Runtime, a, b) => rt.unionOf(a, b),
    },
    methods: {
      __dir__: { kind: 'noargs', fn: dir },
      __mro_entries__: { kind: 'o', fn: (rt: Runtime, h) => newTuple(rt, [rt.newRef(rt.mem[h + ORIGIN]!)]) },
      __instancecheck__: refuse('isinstance()'),
      __subclasscheck__: refuse('issubclass()'),
      __reduce__: { kind: 'noargs', fn: reduce as never },
    },
    getset: {
      __origin__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ORIGIN]!) },
      __args__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ARGS]!) },
      __parameters__: {
        get: (rt: Runtime, h) => {
          const params = parametersOf(rt, h);
          return params === 0 ? 0 : rt.newRef(params);
        },
      },
      __unpacked__: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + STARRED] !== 0) },
      __typing_unpacked_tuple_args__: {
        get: (rt: Runtime, h) =>
          rt.newRef(
            rt.mem[h + STARRED] !== 0 && rt.mem[h + ORIGIN] === rt.types.tuple.handle ? rt.mem[h + ARGS]! : rt.None,
          ),
      },
    },
  },
];
