/** collections.defaultdict (Modules/_collectionsmodule.c): a dict with one more field, default_factory. */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type TypeSpec } from '../../heap/object';
import { getAttrString, getIter, isDict, repr, setItem } from '../../objects/abstract';
import { dictUpdate, raiseKeyError } from '../../objects/dict';
import { dictInit, genericAlias } from '../../objects/dict-methods';
import { genericGetAttr } from '../../objects/generic-attr';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { typeShortName } from './deque';

/** Words of a dict's own fields. */
export const DICT_WORDS = 3;
const FACTORY = 2 + DICT_WORDS;

function init(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const npos = args.length - (kwnames?.length ?? 0);
  const factory = npos > 0 ? args[0]! : 0;
  if (factory !== 0 && factory !== rt.None && rt.tp(factory).tp_call === null)
    return rt.raiseInt('TypeError', 'first argument must be callable or None');
  const old = rt.mem[h + FACTORY]!;
  rt.heap.set(h + FACTORY, factory === 0 ? 0 : rt.newRef(factory));
  const r = dictInit(rt, h, npos > 0 ? args.slice(1) : args, kwnames);
  rt.xdecref(old);
  return r;
}

function missing(rt: Runtime, h: Handle, key: Handle): Handle {
  const factory = rt.mem[h + FACTORY]!;
  if (factory === 0 || factory === rt.None) return raiseKeyError(rt, key);
  const value = rt.call(factory, []);
  if (value === 0) return 0;
  if (setItem(rt, h, key, value) < 0) {
    rt.decref(value);
    return 0;
  }
  return value;
}

/** Of the same type and factory, with what `source` has. */
function newLike(rt: Runtime, h: Handle, source: Handle): Handle {
  return rt.call(rt.mem[h + 1]!, [rt.mem[h + FACTORY]! || rt.None, source]);
}

function defaultdictRepr(rt: Runtime, h: Handle): Handle {
  const base = rt.types.dict.tp_repr!(rt, h);
  if (base === 0) return 0;
  const factory = rt.mem[h + FACTORY]!;
  let text: string | null = 'None';
  if (factory !== 0) {
    if (rt.reprEnter(factory)) text = '...';
    else {
      const r = repr(rt, factory);
      rt.reprLeave(factory);
      text = r === 0 ? null : strValue(rt, r);
      rt.xdecref(r);
    }
  }
  const baseText = strValue(rt, base);
  rt.decref(base);
  return text === null ? 0 : strFrom(rt, `${typeShortName(rt, h)}(${text}, ${baseText})`);
}

function reduce(rt: Runtime, h: Handle): Handle {
  const factory = rt.mem[h + FACTORY]!;
  const args = factory === 0 || factory === rt.None ? rt.emptyTuple : newTuple(rt, [rt.newRef(factory)]);
  const items = getAttrString(rt, h, 'items');
  const view = items === 0 ? 0 : rt.call(items, []);
  rt.xdecref(items);
  const it = view === 0 ? 0 : getIter(rt, view);
  rt.xdecref(view);
  if (it === 0) {
    rt.decref(args);
    return 0;
  }
  return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), args, rt.None, rt.None, it]);
}

function or(ip: Interpreter, a: Handle, b: Handle): Handle {
  const left = isInstanceOf(ip, a, typeOfModule(ip, 'collections.defaultdict'));
  if (!isDict(ip, left ? b : a)) return ip.NotImplemented;
  const d = newLike(ip, left ? a : b, a);
  if (d === 0) return 0;
  if (dictUpdate(ip, d, b) < 0) {
    ip.decref(d);
    return 0;
  }
  return d;
}

export function defaultdictSpec(rt: Runtime): TypeSpec {
  const dict = rt.types.dict;
  return {
    name: 'defaultdict',
    module: 'collections',
    gc: true,
    flags: TPFLAGS.BASETYPE | TPFLAGS.MAPPING,
    words: DICT_WORDS + 1,
    basicsize: 56,
    doc: 'A dict that makes the value of a missing key by calling default_factory.',
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + FACTORY);
        dict.tp_dealloc!(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + FACTORY] !== 0) visit(rt.mem[h + FACTORY]!, h + FACTORY);
        dict.tp_traverse!(rt, h, visit);
      },
      tp_ledger(rt: Runtime, h, visit) {
        if (rt.mem[h + FACTORY] !== 0) visit(rt.mem[h + FACTORY]!, h + FACTORY);
        (dict.tp_ledger ?? dict.tp_traverse!)(rt, h, visit);
      },
      tp_clear(rt: Runtime, h) {
        rt.heap.clearRef(h + FACTORY);
        dict.tp_clear!(rt, h);
      },
      tp_init: init,
      tp_repr: defaultdictRepr,
      tp_getattro: genericGetAttr,
      nb_or: or,
    },
    methods: {
      __missing__: { kind: 'o', fn: missing, doc: 'Makes, stores and gives the value of a missing key.' },
      copy: { kind: 'noargs', fn: (rt: Runtime, h) => newLike(rt, h, h), doc: 'A shallow copy.' },
      __copy__: { kind: 'noargs', fn: (rt: Runtime, h) => newLike(rt, h, h), doc: 'A shallow copy.' },
      __reduce__: { kind: 'noargs', fn: reduce },
    },
    classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias, doc: 'See PEP 585' } },
    members: { default_factory: { word: FACTORY, doc: 'Factory for default value called by __missing__().' } },
  };
}
