/** `property` (Objects/descrobject.c). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { getOptionalAttr, isAbstract, reprText, setAttr } from './abstract';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { HT_QUALNAME, isInstanceOf } from './type-lookup';

const GET = 2;
const SET = 3;
const DEL = 4;
const DOC = 5;
const NAME = 6;
/** 1: the docstring is the getter's. No reference. */
const GETTER_DOC = 7;
const WORDS = [GET, SET, DEL, DOC, NAME];
const INIT = params('property', 'fget=, fset=, fdel=, doc=');

function store(rt: Runtime, h: Handle, word: number, value: Handle): void {
  rt.heap.setRef(h + word, value === 0 || value === rt.None ? 0 : rt.newRef(value));
}

/** `property_copy`: with one part replaced; a docstring of the getter's is asked for again. */
function copyWith(rt: Runtime, h: Handle, word: number, value: Handle): Handle {
  const part = (w: number) => (w === word && value !== rt.None ? value : rt.mem[h + w]! || rt.None);
  const args = [part(GET), part(SET), part(DEL)];
  const fromGetter = rt.mem[h + GETTER_DOC] !== 0 && args[0] !== rt.None;
  args.push(fromGetter ? rt.None : rt.mem[h + DOC]! || rt.None);
  const copy = rt.call(rt.mem[h + 1]!, args);
  if (copy !== 0 && isInstanceOf(rt, copy, rt.types.property)) {
    const name = rt.mem[h + NAME]!;
    rt.heap.setRef(copy + NAME, name === 0 ? 0 : rt.newRef(name));
  }
  return copy;
}

/** `property_name`: its own or its getter's: new; 0: none (an exception may be set). */
function nameOf(rt: Runtime, h: Handle): Handle {
  const own = rt.mem[h + NAME]!;
  if (own !== 0) return rt.newRef(own);
  const get = rt.mem[h + GET]!;
  return get === 0 ? 0 : getOptionalAttr(rt, get, rt.id('__name__'));
}

function noAccessor(rt: Runtime, h: Handle, obj: Handle, what: string): 0 {
  const name = nameOf(rt, h);
  if (rt.currentException !== 0) return 0;
  const qualname = reprText(rt, rt.mem[rt.mem[obj + 1]! + HT_QUALNAME]!);
  const text = name === 0 ? null : reprText(rt, name);
  rt.xdecref(name);
  if (rt.currentException !== 0) return 0;
  return rt.raise(
    'AttributeError',
    text === null
      ? `property of ${qualname} object has no ${what}`
      : `property ${text} of ${qualname} object has no ${what}`,
  );
}

/** `property_init_impl`: 0 or -1. */
function init(rt: Runtime, h: Handle, args: Handle[]): number {
  const { heap } = rt;
  const [fget, , , doc] = args as [Handle, Handle, Handle, Handle];
  store(rt, h, GET, args[0]!);
  store(rt, h, SET, args[1]!);
  store(rt, h, DEL, args[2]!);
  heap.setRef(h + DOC, 0);
  heap.setRef(h + NAME, 0);
  heap.set(h + GETTER_DOC, 0);
  let text = 0;
  if (doc !== 0 && doc !== rt.None) text = rt.newRef(doc);
  else if (fget !== 0 && fget !== rt.None) {
    text = getOptionalAttr(rt, fget, rt.id('__doc__'));
    if (rt.currentException !== 0) return -1;
    if (text === rt.None) text = 0;
    if (text !== 0) heap.set(h + GETTER_DOC, 1);
  }
  if (rt.is(h, rt.types.property)) {
    heap.setRef(h + DOC, text);
    return 0;
  }
  // A subclass's own `__doc__` would hide the field: the text goes into the instance.
  const r = setAttr(rt, h, rt.id('__doc__'), text || rt.None);
  rt.xdecref(text);
  if (r >= 0) return 0;
  if (rt.mem[h + GETTER_DOC] !== 0 || !rt.errorMatches('AttributeError')) return -1;
  rt.clearError();
  return 0;
}

export const propertySpecs: TypeSpec[] = [
  {
    name: 'property',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 6,
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
        return init(rt, h, a);
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
        min: 0,
        max: -1,
        fn: (rt: Runtime, h, args) => {
          if (args.length !== 2)
            return rt.raise('TypeError', `__set_name__() takes 2 positional arguments but ${args.length} were given`);
          rt.heap.setRef(h + NAME, rt.newRef(args[1]!));
          return rt.None;
        },
      },
    },
    members: {
      fget: { word: GET, readonly: true },
      fset: { word: SET, readonly: true },
      fdel: { word: DEL, readonly: true },
      __doc__: { word: DOC },
    },
    getset: {
      __isabstractmethod__: {
        get: (rt: Runtime, h) => {
          for (const word of [GET, SET, DEL]) {
            const r = isAbstract(rt, rt.mem[h + word]!);
            if (r !== 0) return r < 0 ? 0 : rt.True;
          }
          return rt.False;
        },
      },
      __name__: {
        get(rt: Runtime, h) {
          const name = nameOf(rt, h);
          if (name !== 0 || rt.currentException !== 0) return name;
          return rt.raiseAttributeError("'property' object has no attribute '__name__'", h, rt.id('__name__'));
        },
        set(rt: Runtime, h, value) {
          rt.heap.setRef(h + NAME, value === 0 ? 0 : rt.newRef(value));
          return 0;
        },
      },
    },
  },
];
