/** Modules (Objects/moduleobject.c): a name and a dict. */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSlots, type TypeSpec } from '../heap/object';
import { getAttr, getAttrString, isDict, isStr, isTrue, reprText, strText } from './abstract';
import { moduleAnnotationGetset } from './annotations';
import { dictGetKnown, dictKeysArray, dictSet, newDict } from './dict';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { listAppend, newList } from './list';
import { NativeMethod, newNativeMethod } from './method-object';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { clearWeakrefs } from './weakref-list';

export const MD_DICT = 2;
const MD_WEAKLIST = 3;
const INIT = params('module', 'name, doc=');

/** Borrowed. */
export function moduleDict(rt: Runtime, module: Handle): Handle {
  return rt.mem[module + MD_DICT]!;
}

/** `new_module_notrack`, `track_module`: the dict is tracked from birth, before the module. */
function allocModule(rt: Runtime, type: TypeSlots): Handle {
  const { heap } = rt;
  const h = allocInstance(rt, type);
  heap.gcUntrack(h);
  const dict = newDict(rt);
  heap.set(h + MD_DICT, dict);
  if (!heap.isTracked(dict)) heap.gcTrack(dict);
  heap.gcTrack(h);
  return h;
}

/** `PyModule_NewObject`, with `__name__`, `__doc__`, `__package__`, `__loader__`, `__spec__`. */
export function newModule(rt: Runtime, name: string): Handle {
  const h = allocModule(rt, rt.types.module);
  const text = strFrom(rt, name);
  initDict(rt, h, text, rt.None);
  rt.decref(text);
  return h;
}

function initDict(rt: Runtime, h: Handle, name: Handle, doc: Handle): void {
  const dict = rt.mem[h + MD_DICT]!;
  dictSet(rt, dict, rt.id('__name__'), name);
  dictSet(rt, dict, rt.id('__doc__'), doc);
  for (const key of ['__package__', '__loader__', '__spec__']) dictSet(rt, dict, rt.id(key), rt.None);
}

/** Adds native functions, and values (stolen), to a module. */
export function addToModule(
  rt: Runtime,
  module: Handle,
  methods: Record<string, MethodDef>,
  values: Record<string, Handle> = {},
): void {
  const dict = moduleDict(rt, module);
  const name = dictGetKnown(rt, dict, rt.id('__name__'));
  for (const [key, def] of Object.entries(methods)) {
    const f = newNativeMethod(rt, new NativeMethod(key, def), module, name);
    dictSet(rt, dict, rt.id(key), f);
    rt.decref(f);
  }
  for (const [key, value] of Object.entries(values)) {
    dictSet(rt, dict, rt.id(key), value);
    rt.decref(value);
  }
}

/** `_module_repr` of Lib/importlib/_bootstrap.py. */
function moduleRepr(rt: Runtime, h: Handle): Handle {
  const dict = rt.mem[h + MD_DICT]!;
  const item = (key: string): Handle => {
    const value = dictGetKnown(rt, dict, rt.id(key));
    return value === rt.None ? 0 : value;
  };
  const spec = item('__spec__');
  if (spec !== 0) return reprFromSpec(rt, spec);
  const name = dictGetKnown(rt, dict, rt.id('__name__'));
  const shown = name === 0 ? "'?'" : reprText(rt, name);
  if (shown === null) return 0;
  const file = dictGetKnown(rt, dict, rt.id('__file__'));
  if (file !== 0) {
    const path = reprText(rt, file);
    return path === null ? 0 : strFrom(rt, `<module ${shown} from ${path}>`);
  }
  const loader = item('__loader__');
  if (loader !== 0) {
    const text = reprText(rt, loader);
    return text === null ? 0 : strFrom(rt, `<module ${shown} (${text})>`);
  }
  const own = name !== 0 && isStr(rt, name) && rt.isNativeModule(strValue(rt, name));
  return strFrom(rt, own ? `<module ${shown} (built-in)>` : `<module ${shown}>`);
}

/** `_module_repr_from_spec`. */
function reprFromSpec(rt: Runtime, spec: Handle): Handle {
  const text = (key: string, plain: boolean): string | null | undefined => {
    const value = getAttrString(rt, spec, key);
    if (value === 0) return null;
    const out = value === rt.None ? undefined : plain ? strText(rt, value) : reprText(rt, value);
    rt.decref(value);
    return out;
  };
  const named = text('name', false);
  if (named === null) return 0;
  const name = named ?? "'?'";
  const origin = text('origin', true);
  if (origin === null) return 0;
  if (origin === undefined) {
    const loader = text('loader', false);
    if (loader === null) return 0;
    return strFrom(rt, loader === undefined ? `<module ${name}>` : `<module ${name} (${loader})>`);
  }
  const location = getAttrString(rt, spec, 'has_location');
  if (location === 0) return 0;
  const has = isTrue(rt, location);
  rt.decref(location);
  if (has < 0) return 0;
  if (has === 0) return strFrom(rt, `<module ${name} (${origin})>`);
  const shown = text('origin', false);
  return shown === null ? 0 : strFrom(rt, `<module ${name} from ${shown}>`);
}

export const moduleSpecs: TypeSpec[] = [
  {
    name: 'module',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 2,
    basicsize: 56,
    dictoffset: MD_DICT,
    weaklistoffset: MD_WEAKLIST,
    // `module.__class__ = …` is allowed.
    managedHeader: true,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        if (rt.mem[h + MD_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        rt.heap.clearRef(h + MD_DICT);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        if (rt.mem[h + MD_DICT] !== 0) visit(rt.mem[h + MD_DICT]!, h + MD_DICT);
      },
      tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + MD_DICT),
      tp_new(rt: Runtime, type) {
        return allocModule(rt, rt.slotsOfType(type));
      },
      tp_init(rt: Runtime, h, args, kwnames) {
        const a = parseArgs(rt, INIT, args, kwnames);
        if (a === null) return -1;
        initDict(rt, h, a[0]!, a[1] === 0 ? rt.None : a[1]!);
        return 0;
      },
      tp_getattro(rt: Runtime, h, name) {
        const r = genericGetAttr(rt, h, name, true);
        if (r !== 0 || rt.currentException !== 0) return r;
        const dict = rt.mem[h + MD_DICT]!;
        const getattr = dictGetKnown(rt, dict, rt.id('__getattr__'));
        if (getattr !== 0) return rt.call(getattr, [name]);
        const own = dictGetKnown(rt, dict, rt.id('__name__'));
        const attr = strValue(rt, name);
        if (own === 0 || !isStr(rt, own)) return rt.raiseAttributeError(`module has no attribute '${attr}'`, h, name);
        const file = dictGetKnown(rt, dict, rt.id('__file__'));
        const path = file !== 0 && isStr(rt, file) ? strValue(rt, file) : null;
        return rt.raiseAttributeError(rt.noModuleAttribute(strValue(rt, own), path, attr), h, name);
      },
      tp_setattro: genericSetAttr,
      tp_repr: moduleRepr,
    },
    methods: {
      __dir__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          const dict = getAttr(rt, h, rt.id('__dict__'));
          if (dict === 0) return 0;
          if (!isDict(rt, dict)) {
            rt.decref(dict);
            return rt.raise('TypeError', '<module>.__dict__ is not a dictionary');
          }
          // A module may say itself what it has (PEP 562).
          const own = dictGetKnown(rt, dict, rt.id('__dir__'));
          if (own !== 0) {
            rt.decref(dict);
            return rt.call(own, []);
          }
          const list = newList(rt, []);
          for (const k of dictKeysArray(rt, dict)) listAppend(rt, list, k);
          rt.decref(dict);
          return list;
        },
      },
    },
    members: { __dict__: { word: MD_DICT, readonly: true } },
    getset: {
      ...moduleAnnotationGetset(MD_DICT),
    },
  },
];
