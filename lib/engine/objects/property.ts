/** `property` (Objects/descrobject.c). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { getOptionalAttr, isAbstract, isStr, reprText } from './abstract';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { HT_QUALNAME } from './type-lookup';
import { strValue } from './str';

const GET = 2;
const SET = 3;
const DEL = 4;
const DOC = 5;
const NAME = 6;
const WORDS = [GET, SET, DEL, DOC, NAME];
const INIT = params('property', 'fget=, fset=, fdel=, doc=');

function store(rt: Runtime, h: Handle, word: number, value: Handle): void {
  rt.heap.setRef(h + word, value === 0 || value === rt.None ? 0 : rt.newRef(value));
}

/** `property.getter` and friends: a copy with one part replaced. */
function copyWith(rt: Runtime, h: Handle, word: number, value: Handle): Handle {
  const part = (w: number) => (w === word && value !== rt.None ? value : rt.mem[h + w]! || rt.None);
  const args = [part(GET), part(SET), part(DEL)];
  const doc = rt.mem[h + DOC]!;
  if (doc !== 0 && word !== GET) args.push(doc);
  const copy = rt.call(rt.mem[h + 1]!, args);
  if (copy !== 0 && rt.mem[h + NAME] !== 0) store(rt, copy, NAME, rt.mem[h + NAME]!);
  return copy;
}

function noAccessor(rt: Runtime, h: Handle, obj: Handle, what: string): 0 {
  const name = rt.mem[h + NAME]!;
  const qualname = strValue(rt, rt.mem[rt.mem[obj + 1]! + HT_QUALNAME]!);
  const text = name === 0 ? null : reprText(rt, name);
  return rt.raise(
    'AttributeError',
    text === null
      ? `property of '${qualname}' object has no ${what}`
      : `property ${text} of '${qualname}' object has no ${what}`,
  );
}

function part(word: number) {
  return { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]! || rt.None) };
}

export const propertySpecs: TypeSpec[] = [
  {
    name: 'property',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 5,
    basicsize: 64,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        for (const w of WORDS) rt.heap.clearRef(h + w);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of WORDS) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + DOC),
      tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
      tp_init(rt: Runtime, h, args, kwnames) {
        const a = parseArgs(rt, INIT, args, kwnames);
        if (a === null) return -1;
        store(rt, h, GET, a[0]!);
        store(rt, h, SET, a[1]!);
        store(rt, h, DEL, a[2]!);
        const doc = a[3]!;
        if ((doc === 0 || doc === rt.None) && a[0] !== 0 && a[0] !== rt.None) {
          const inherited = getOptionalAttr(rt, a[0]!, rt.id('__doc__'));
          if (inherited === 0 && rt.currentException !== 0) return -1;
          store(rt, h, DOC, inherited);
          rt.xdecref(inherited);
        } else store(rt, h, DOC, doc);
        return 0;
      },
      tp_descr_get(rt: Runtime, h, obj, _type) {
        if (obj === 0 || obj === rt.None) return rt.newRef(h);
        const get = rt.mem[h + GET]!;
        return get === 0 ? noAccessor(rt, h, obj, 'getter') : rt.call(get, [obj]);
      },
      tp_descr_set(rt: Runtime, h, obj, value) {
        const f = rt.mem[h + (value === 0 ? DEL : SET)]!;
        if (f === 0) {
          noAccessor(rt, h, obj, value === 0 ? 'deleter' : 'setter');
          return -1;
        }
        const r = rt.call(f, value === 0 ? [obj] : [obj, value]);
        if (r === 0) return -1;
        rt.decref(r);
        return 0;
      },
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
    },
    methods: {
      getter: { kind: 'o', fn: (rt: Runtime, h, f) => copyWith(rt, h, GET, f) },
      setter: { kind: 'o', fn: (rt: Runtime, h, f) => copyWith(rt, h, SET, f) },
      deleter: { kind: 'o', fn: (rt: Runtime, h, f) => copyWith(rt, h, DEL, f) },
      __set_name__: {
        kind: 'fast',
        min: 2,
        max: 2,
        fn: (rt: Runtime, h, args) => {
          if (isStr(rt, args[1]!)) store(rt, h, NAME, args[1]!);
          return rt.None;
        },
      },
    },
    getset: {
      fget: part(GET),
      fset: part(SET),
      fdel: part(DEL),
      __isabstractmethod__: {
        get: (rt: Runtime, h) => {
          for (const word of [GET, SET, DEL]) {
            const r = isAbstract(rt, rt.mem[h + word]!);
            if (r !== 0) return r < 0 ? 0 : rt.True;
          }
          return rt.False;
        },
      },
      __name__: part(NAME),
      __doc__: {
        ...part(DOC),
        set: (rt: Runtime, h, v) => {
          store(rt, h, DOC, v);
          return 0;
        },
      },
    },
  },
];
