/** The class statement: `__build_class__` (Python/bltinmodule.c, `builtin___build_class__`). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getOptionalAttr, isStr, isTuple, isType, reprText, setItem, typeName } from '../objects/abstract';
import { cellValue } from '../objects/cell';
import { dictGetKnown, dictItemsArray, dictPop, dictSet, newDict } from '../objects/dict';
import { FUNC_CODE } from '../objects/funcobject';
import { newTuple, tupleItems } from '../objects/tuple';
import { calculateMetaclass } from '../objects/type-new';
import { evalFunction } from '../vm/eval-code';
import type { Interpreter } from '../vm/interpreter';

/** `update_bases`: asks what is not a type for `__mro_entries__`. New; `bases` itself if nothing changed; 0. */
function updateBases(ip: Interpreter, bases: Handle): Handle {
  const out: Handle[] = [];
  let changed = false;
  const fail = (): 0 => {
    for (const h of out) ip.decref(h);
    return 0;
  };
  for (const base of tupleItems(ip, bases)) {
    const entries = isType(ip, base) ? 0 : getOptionalAttr(ip, base, ip.id('__mro_entries__'));
    if (ip.currentException !== 0) return fail();
    if (entries === 0) {
      out.push(ip.newRef(base));
      continue;
    }
    const added = ip.call(entries, [bases]);
    ip.decref(entries);
    if (added === 0) return fail();
    if (!isTuple(ip, added)) {
      ip.decref(added);
      ip.raise('TypeError', '__mro_entries__ must return a tuple');
      return fail();
    }
    changed = true;
    out.push(...tupleItems(ip, added).map((h) => ip.newRef(h)));
    ip.decref(added);
  }
  if (changed) return newTuple(ip, out);
  fail();
  return ip.newRef(bases);
}

/** Calls with positional values and a dict of keywords (0: none). All borrowed. */
function callWithKeywords(ip: Interpreter, callable: Handle, args: Handle[], keywords: Handle): Handle {
  const items = keywords === 0 ? [] : dictItemsArray(ip, keywords);
  if (items.length === 0) return ip.call(callable, args);
  return ip.call(
    callable,
    [...args, ...items.map(([, value]) => value)],
    items.map(([key]) => key),
  );
}

/** The metaclass (new) that bases and `metaclass=` ask for; 0 with TypeError. */
function metaclassFor(ip: Interpreter, bases: Handle, keywords: Handle): Handle {
  let meta = keywords === 0 ? 0 : dictGetKnown(ip, keywords, ip.id('metaclass'));
  if (meta !== 0) {
    meta = dictPop(ip, keywords, ip.id('metaclass'));
    if (!isType(ip, meta)) return meta;
  } else {
    const first = tupleItems(ip, bases)[0];
    meta = ip.newRef(first === undefined ? ip.types.type.handle : ip.mem[first + 1]!);
  }
  const winner = calculateMetaclass(ip, meta, tupleItems(ip, bases));
  if (winner !== 0) ip.incref(winner);
  ip.decref(meta);
  return winner;
}

/** The namespace (new) that the body fills. */
function prepare(ip: Interpreter, meta: Handle, name: Handle, bases: Handle, keywords: Handle): Handle {
  const method = getOptionalAttr(ip, meta, ip.id('__prepare__'));
  if (method === 0) return ip.currentException !== 0 ? 0 : newDict(ip);
  const namespace = callWithKeywords(ip, method, [name, bases], keywords);
  ip.decref(method);
  if (namespace !== 0 && ip.tp(namespace).mp_subscript === null) {
    const who = isType(ip, meta) ? ip.slotsOfType(meta).name : '<metaclass>';
    ip.raise('TypeError', `${who}.__prepare__() must return a mapping, not ${typeName(ip, namespace)}`);
    ip.decref(namespace);
    return 0;
  }
  return namespace;
}

/** Makes the class from the filled namespace. `cell` (borrowed) is its `__class__`, or None. */
function finish(
  ip: Interpreter,
  meta: Handle,
  name: Handle,
  bases: Handle,
  original: Handle,
  namespace: Handle,
  keywords: Handle,
  cell: Handle,
): Handle {
  if (bases !== original && setItem(ip, namespace, ip.id('__orig_bases__'), original) < 0) return 0;
  const cls = callWithKeywords(ip, meta, [name, bases, namespace], keywords);
  if (cls === 0 || !isType(ip, cls) || !ip.is(cell, ip.types.cell)) return cls;
  const own = cellValue(ip, cell);
  if (own === cls) return cls;
  const text = reprText(ip, name);
  const made = reprText(ip, cls);
  if (own === 0) {
    ip.raise(
      'RuntimeError',
      `__class__ not set defining ${text} as ${made}. Was __classcell__ propagated to type.__new__?`,
    );
  } else {
    ip.raise('TypeError', `__class__ set to ${reprText(ip, own)} defining ${text} as ${made}`);
  }
  ip.decref(cls);
  return 0;
}

function buildClass(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos < 2) return ip.raise('TypeError', '__build_class__: not enough arguments');
  const [func, name] = args as [Handle, Handle];
  if (!ip.is(func, ip.types.function)) return ip.raise('TypeError', '__build_class__: func must be a function');
  if (!isStr(ip, name)) return ip.raise('TypeError', '__build_class__: name is not a string');
  const original = newTuple(
    ip,
    args.slice(2, npos).map((h) => ip.newRef(h)),
  );
  let keywords = 0;
  let meta = 0;
  let namespace = 0;
  let cell = 0;
  let cls = 0;
  const bases = updateBases(ip, original);
  if (bases !== 0) {
    if (kwnames !== null && kwnames.length > 0) {
      keywords = newDict(ip);
      for (const [i, key] of kwnames.entries()) dictSet(ip, keywords, key, args[npos + i]!);
    }
    meta = metaclassFor(ip, bases, keywords);
    if (meta !== 0) namespace = prepare(ip, meta, name, bases, keywords);
    if (namespace !== 0) cell = evalFunction(ip, func, namespace, ip.mem[func + FUNC_CODE]!);
    if (cell !== 0) cls = finish(ip, meta, name, bases, original, namespace, keywords, cell);
  }
  for (const h of [cell, namespace, meta, keywords, bases, original]) ip.xdecref(h);
  return cls;
}

export const buildClassBuiltin: MethodDef = {
  kind: 'keywords',
  fn: (ip: Interpreter, _m, args, kwnames) => buildClass(ip, args, kwnames),
};
