/** operator.itemgetter, attrgetter and methodcaller (Modules/_operator.c). */
import type { Handle } from '../../heap/layout';
import type { TypeSpec, Visit } from '../../heap/object';
import { getAttr, getItem, isStr, reprText, strText } from '../../objects/abstract';
import { dictItemsArray, dictSet, dictSize, newDict } from '../../objects/dict';
import { genericGetAttr } from '../../objects/generic-attr';
import { checkPositional, noKeywords } from '../../objects/getargs';
import { allocInstance, freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple, newTupleTracked, tupleItem, tupleItems } from '../../objects/tuple';
import { getMethod } from '../../vm/bytecodes/attributes';
import type { Interpreter } from '../../vm/interpreter';
import { argumentsTuple } from '../arguments';

/** What the three types have in common; `refs` in the order of the C deallocator. */
function getterSpec(
  name: string,
  words: number,
  basicsize: number,
  refs: readonly number[],
  slots: TypeSpec['slots'],
  reduce: (ip: Interpreter, h: Handle) => Handle,
): TypeSpec {
  const clear = (rt: Runtime, h: Handle) => {
    for (const word of refs) rt.heap.clearRef(h + word);
  };
  return {
    name,
    module: 'operator',
    gc: true,
    words,
    basicsize,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        clear(rt, h);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit: Visit) {
        for (const word of refs) if (rt.mem[h + word] !== 0) visit(rt.mem[h + word]!, h + word);
      },
      tp_clear: clear,
      tp_getattro: genericGetAttr,
      tp_vectorcall: () => true,
      ...slots,
    },
    methods: { __reduce__: { kind: 'noargs', fn: reduce, doc: 'Return state information for pickling' } },
    // How an instance is called.
    getset: { __text_signature__: { get: (rt: Runtime) => strFrom(rt, '(obj, /)') } },
  };
}

/** The one argument of a call of a getter; 0 with TypeError. */
function oneArgument(rt: Runtime, name: string, args: Handle[], kwnames: Handle[] | null): Handle {
  return noKeywords(rt, name, kwnames) && checkPositional(rt, name, args.length, 1, 1) ? args[0]! : 0;
}

/** `operator.name(…)` around the repr of one thing, or the repr of a tuple. */
function reprAround(rt: Runtime, h: Handle, one: Handle, tuple: Handle): Handle {
  const name = rt.tp(h).name;
  if (rt.reprEnter(h)) return strFrom(rt, `${name}(...)`);
  const text = reprText(rt, one !== 0 ? one : tuple);
  rt.reprLeave(h);
  if (text === null) return 0;
  return strFrom(rt, one !== 0 ? `${name}(${text})` : name + text);
}

// ---- itemgetter -------------------------------------------------------------------------------------------------------------

const NITEMS = 2;
const ITEM = 3;

export const itemgetterSpec = getterSpec(
  'itemgetter',
  2,
  48,
  [ITEM],
  {
    tp_new(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (!noKeywords(rt, 'itemgetter', kwnames)) return 0;
      if (args.length <= 1 && !checkPositional(rt, 'itemgetter', args.length, 1, 1)) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + NITEMS, args.length);
      rt.heap.set(h + ITEM, args.length === 1 ? rt.newRef(args[0]!) : argumentsTuple(rt, args));
      return h;
    },
    tp_call(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null) {
      const obj = oneArgument(rt, 'itemgetter', args, kwnames);
      if (obj === 0) return 0;
      const item = rt.mem[h + ITEM]!;
      return rt.mem[h + NITEMS] === 1 ? getItem(rt, obj, item) : each(rt, item, (key) => getItem(rt, obj, key));
    },
    tp_repr: (rt: Runtime, h: Handle) =>
      reprAround(rt, h, rt.mem[h + NITEMS] === 1 ? rt.mem[h + ITEM]! : 0, rt.mem[h + ITEM]!),
  },
  (rt, h) => {
    const item = rt.newRef(rt.mem[h + ITEM]!);
    return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), rt.mem[h + NITEMS] === 1 ? newTuple(rt, [item]) : item]);
  },
);

/** A new tuple of what `get` (new, or 0) gives for each item of a tuple. */
function each(rt: Runtime, tuple: Handle, get: (item: Handle) => Handle): Handle {
  const values: Handle[] = [];
  for (const item of tupleItems(rt, tuple)) {
    const value = get(item);
    if (value === 0) {
      for (const v of values.reverse()) rt.decref(v);
      return 0;
    }
    values.push(value);
  }
  return newTupleTracked(rt, values);
}

// ---- attrgetter -------------------------------------------------------------------------------------------------------------

const NATTRS = 2;
/** A tuple: each item a name, or the tuple of the names in a dotted one. */
const ATTR = 3;

function internedName(ip: Interpreter, text: string): Handle {
  const s = strFrom(ip, text);
  const name = ip.newRef(ip.internName(s));
  ip.decref(s);
  return name;
}

function attributeName(ip: Interpreter, name: Handle): Handle {
  const text = strValue(ip, name);
  if (!text.includes('.')) return ip.newRef(ip.internName(name));
  return newTupleTracked(
    ip,
    text.split('.').map((part) => internedName(ip, part)),
  );
}

/** `dotted_getattr`. */
function dottedGetAttr(rt: Runtime, obj: Handle, name: Handle): Handle {
  if (!rt.is(name, rt.types.tuple)) return getAttr(rt, obj, name);
  rt.incref(obj);
  for (const part of tupleItems(rt, name)) {
    const next = getAttr(rt, obj, part);
    rt.decref(obj);
    if (next === 0) return 0;
    obj = next;
  }
  return obj;
}

/** `dotjoinattr`: the name as it was written, new. */
function joinedName(rt: Runtime, name: Handle): Handle {
  if (!rt.is(name, rt.types.tuple)) return rt.newRef(name);
  return strFrom(
    rt,
    tupleItems(rt, name)
      .map((part) => strValue(rt, part))
      .join('.'),
  );
}

/** A new tuple of the names. */
function attributeNames(rt: Runtime, h: Handle): Handle {
  return newTupleTracked(
    rt,
    tupleItems(rt, rt.mem[h + ATTR]!).map((name) => joinedName(rt, name)),
  );
}

export const attrgetterSpec = getterSpec(
  'attrgetter',
  2,
  40,
  [ATTR],
  {
    tp_new(ip: Interpreter, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (!noKeywords(ip, 'attrgetter', kwnames)) return 0;
      if (args.length <= 1 && !checkPositional(ip, 'attrgetter', args.length, 1, 1)) return 0;
      for (const name of args) if (!isStr(ip, name)) return ip.raise('TypeError', 'attribute name must be a string');
      const names = newTupleTracked(
        ip,
        args.map((name) => attributeName(ip, name)),
      );
      const h = allocInstance(ip, ip.slotsOfType(type));
      ip.heap.set(h + NATTRS, args.length);
      ip.heap.set(h + ATTR, names);
      return h;
    },
    tp_call(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null) {
      const obj = oneArgument(rt, 'attrgetter', args, kwnames);
      if (obj === 0) return 0;
      const names = rt.mem[h + ATTR]!;
      if (rt.mem[h + NATTRS] === 1) return dottedGetAttr(rt, obj, tupleItem(rt, names, 0));
      return each(rt, names, (name) => dottedGetAttr(rt, obj, name));
    },
    tp_repr(rt: Runtime, h: Handle) {
      const names = attributeNames(rt, h);
      const r = reprAround(rt, h, rt.mem[h + NATTRS] === 1 ? tupleItem(rt, names, 0) : 0, names);
      rt.decref(names);
      return r;
    },
  },
  (rt, h) => newTuple(rt, [rt.newRef(rt.mem[h + 1]!), attributeNames(rt, h)]),
);

// ---- methodcaller -----------------------------------------------------------------------------------------------------------

const NAME = 2;
/** The arguments of the constructor, the name among them. */
const XARGS = 3;
const KWDS = 4;

function callMethod(ip: Interpreter, h: Handle, obj: Handle): Handle {
  const { mem } = ip;
  const method = getMethod(ip, obj, mem[h + NAME]!);
  if (method === 0) return 0;
  const unbound = ip.methodFound;
  const args = tupleItems(ip, mem[h + XARGS]!).slice(1);
  const kwds = mem[h + KWDS] === 0 ? [] : dictItemsArray(ip, mem[h + KWDS]!);
  const all = [...(unbound ? [obj] : []), ...args, ...kwds.map(([, v]) => v)];
  const r = ip.call(method, all, kwds.length === 0 ? null : kwds.map(([k]) => k));
  ip.decref(method);
  return r;
}

function methodcallerRepr(rt: Runtime, h: Handle): Handle {
  const { mem } = rt;
  const type = rt.tp(h).name;
  if (rt.reprEnter(h)) return strFrom(rt, `${type}(...)`);
  const parts: (string | null)[] = [reprText(rt, mem[h + NAME]!)];
  for (const x of tupleItems(rt, mem[h + XARGS]!).slice(1)) if (!parts.includes(null)) parts.push(reprText(rt, x));
  for (const [key, value] of mem[h + KWDS] === 0 ? [] : dictItemsArray(rt, mem[h + KWDS]!)) {
    if (parts.includes(null)) break;
    const k = strText(rt, key);
    const v = k === null ? null : reprText(rt, value);
    parts.push(v === null ? null : `${k}=${v}`);
  }
  rt.reprLeave(h);
  return parts.includes(null) ? 0 : strFrom(rt, `${type}(${parts.join(', ')})`);
}

function methodcallerReduce(ip: Interpreter, h: Handle): Handle {
  const { mem } = ip;
  const type = mem[h + 1]!;
  const given = tupleItems(ip, mem[h + XARGS]!).slice(1);
  const own = () => given.map((x) => ip.newRef(x));
  if (mem[h + KWDS] === 0 || dictSize(ip, mem[h + KWDS]!) === 0) {
    const args = newTupleTracked(ip, [ip.newRef(mem[h + NAME]!), ...own()]);
    return newTuple(ip, [ip.newRef(type), args]);
  }
  const functools = ip.importModule(ip.id('functools'), 0, 0, 0);
  const partial = functools === 0 ? 0 : getAttr(ip, functools, ip.id('partial'));
  ip.xdecref(functools);
  if (partial === 0) return 0;
  const kwds = dictItemsArray(ip, mem[h + KWDS]!);
  const maker = ip.call(
    partial,
    [type, mem[h + NAME]!, ...kwds.map(([, v]) => v)],
    kwds.map(([k]) => k),
  );
  ip.decref(partial);
  return maker === 0 ? 0 : newTuple(ip, [maker, newTupleTracked(ip, own())]);
}

export const methodcallerSpec = getterSpec(
  'methodcaller',
  3,
  64,
  [NAME, XARGS, KWDS],
  {
    tp_new(ip: Interpreter, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      const npos = args.length - (kwnames?.length ?? 0);
      if (npos < 1) return ip.raise('TypeError', 'methodcaller needs at least one argument, the method name');
      if (!isStr(ip, args[0]!)) return ip.raise('TypeError', 'method name must be a string');
      const h = allocInstance(ip, ip.slotsOfType(type));
      ip.heap.set(h + NAME, ip.newRef(ip.internName(args[0]!)));
      ip.heap.set(h + XARGS, argumentsTuple(ip, args.slice(0, npos)));
      if (kwnames !== null && kwnames.length > 0) {
        ip.heap.set(h + KWDS, newDict(ip));
        for (const [i, key] of kwnames.entries()) dictSet(ip, ip.mem[h + KWDS]!, key, args[npos + i]!);
      }
      return h;
    },
    tp_call(ip: Interpreter, h: Handle, args: Handle[], kwnames: Handle[] | null) {
      const obj = oneArgument(ip, 'methodcaller', args, kwnames);
      return obj === 0 ? 0 : callMethod(ip, h, obj);
    },
    tp_repr: methodcallerRepr,
  },
  methodcallerReduce,
);
