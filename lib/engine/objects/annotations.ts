/**
 * `__annotate__` and `__annotations__` (PEP 649): of functions (Objects/funcobject.c), classes (Objects/typeobject.c)
 * and modules (Objects/moduleobject.c). 3.14 evaluates annotations when somebody asks and keeps the dict; 3.13 has
 * them ready.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type GetSetDef } from '../heap/object';
import { isDict, typeName } from './abstract';
import { dictDel, dictGetKnown, dictSet, newDict } from './dict';
import { intFromNumber } from './int';
import type { Runtime } from './runtime';
import { TP_DICT } from './type-lookup';

const isCallable = (rt: Runtime, h: Handle): boolean => h !== 0 && rt.tp(h).tp_call !== null;

/** What `__annotate__` may be set to: 0, or -1 with TypeError. */
export function checkAnnotate(rt: Runtime, value: Handle): number {
  if (value === 0) return rt.raiseInt('TypeError', 'cannot delete __annotate__ attribute');
  if (value !== rt.None && !isCallable(rt, value))
    return rt.raiseInt('TypeError', '__annotate__ must be callable or None');
  return 0;
}

/** `annotate(FORMAT_VALUE)`, which must be a dict: new, or 0 with an exception. What cannot be called gives an empty one. */
export function callAnnotate(rt: Runtime, annotate: Handle): Handle {
  if (!isCallable(rt, annotate)) return newDict(rt);
  const r = rt.call(annotate, [intFromNumber(rt, 1)]);
  if (r === 0 || isDict(rt, r)) return r;
  rt.raise('TypeError', `__annotate__ returned non-dict of type '${typeName(rt, r)}'`);
  rt.decref(r);
  return 0;
}

/** Takes a key away: 1, 0 if it was not there. */
function drop(rt: Runtime, dict: Handle, name: string): number {
  if (dictGetKnown(rt, dict, rt.id(name)) === 0) return 0;
  dictDel(rt, dict, rt.id(name));
  return 1;
}

const get = (rt: Runtime, dict: Handle, name: string): Handle => dictGetKnown(rt, dict, rt.id(name));

// ---- classes ------------------------------------------------------------------------------------------------------------

function typeDict(rt: Runtime, type: Handle): Handle {
  return rt.mem[type + TP_DICT]!;
}

/** Types that C has made have none. */
function missing(rt: Runtime, type: Handle, name: string): 0 {
  const slots = rt.slotsOfType(type);
  if (slots.isHeapType) return 0;
  return rt.raiseAttributeError(`type object '${slots.name}' has no attribute '${name}'`, type, rt.id(name));
}

function immutable(rt: Runtime, type: Handle, name: string): number {
  const slots = rt.slotsOfType(type);
  if ((slots.flags & TPFLAGS.IMMUTABLETYPE) === 0) return 0;
  return rt.raiseInt('TypeError', `cannot set '${name}' attribute of immutable type '${slots.name}'`);
}

/** As the descriptor in the class's dict gives it: new. */
function bound(rt: Runtime, value: Handle, type: Handle): Handle {
  const descr = rt.tp(value).tp_descr_get;
  return descr === null ? rt.newRef(value) : descr(rt, value, 0, type);
}

function typeGetAnnotate(rt: Runtime, type: Handle): Handle {
  missing(rt, type, '__annotate__');
  if (rt.currentException !== 0) return 0;
  const dict = typeDict(rt, type);
  const own = get(rt, dict, '__annotate_func__') || get(rt, dict, '__annotate__');
  if (own !== 0) return bound(rt, own, type);
  dictSet(rt, dict, rt.id('__annotate_func__'), rt.None);
  return rt.None;
}

const typeAnnotate: GetSetDef = {
  get: typeGetAnnotate as never,
  set: (rt: Runtime, type, value) => {
    if (value === 0) return checkAnnotate(rt, 0);
    if (immutable(rt, type, '__annotate__') < 0 || checkAnnotate(rt, value) < 0) return -1;
    const dict = typeDict(rt, type);
    if (dictSet(rt, dict, rt.id('__annotate_func__'), value) < 0) return -1;
    if (value !== rt.None) drop(rt, dict, '__annotations_cache__');
    return 0;
  },
};

const typeAnnotations: GetSetDef = {
  get: (rt: Runtime, type) => {
    missing(rt, type, '__annotations__');
    if (rt.currentException !== 0) return 0;
    const dict = typeDict(rt, type);
    const own = get(rt, dict, '__annotations__');
    if (own !== 0) return bound(rt, own, type);
    if (rt.facts.name === '3.13') {
      const fresh = newDict(rt);
      dictSet(rt, dict, rt.id('__annotations__'), fresh);
      return fresh;
    }
    const cached = get(rt, dict, '__annotations_cache__');
    if (cached !== 0) return bound(rt, cached, type);
    const annotate = typeGetAnnotate(rt, type);
    if (annotate === 0) return 0;
    const made = callAnnotate(rt, annotate);
    rt.decref(annotate);
    if (made !== 0) dictSet(rt, dict, rt.id('__annotations_cache__'), made);
    return made;
  },
  set: (rt: Runtime, type, value) => {
    if (immutable(rt, type, '__annotations__') < 0) return -1;
    const dict = typeDict(rt, type);
    const is313 = rt.facts.name === '3.13';
    if (value !== 0) {
      const known = is313 || get(rt, dict, '__annotations__') !== 0;
      if (dictSet(rt, dict, rt.id(known ? '__annotations__' : '__annotations_cache__'), value) < 0) return -1;
    } else if (drop(rt, dict, '__annotations__') === 0 && (is313 || drop(rt, dict, '__annotations_cache__') === 0)) {
      return rt.raiseInt('AttributeError', '__annotations__');
    }
    if (is313) return 0;
    drop(rt, dict, '__annotate_func__');
    drop(rt, dict, '__annotate__');
    return 0;
  },
};

export const typeAnnotationGetset: Record<string, GetSetDef> = {
  __annotate__: typeAnnotate,
  __annotations__: typeAnnotations,
  __type_params__: {
    get: (rt: Runtime, type) =>
      // The metatype's own dict has this very descriptor under the name.
      rt.newRef((type !== rt.types.type.handle && get(rt, typeDict(rt, type), '__type_params__')) || rt.emptyTuple),
    set: (rt: Runtime, type, value) => {
      if (immutable(rt, type, '__type_params__') < 0) return -1;
      if (value === 0) return rt.raiseInt('TypeError', "cannot delete '__type_params__' attribute of type");
      return dictSet(rt, typeDict(rt, type), rt.id('__type_params__'), value);
    },
  },
};

// ---- modules ------------------------------------------------------------------------------------------------------------

/** @param dictWord the word of a module's dict */
export function moduleAnnotationGetset(dictWord: number): Record<string, GetSetDef> {
  return {
    __annotate__: {
      get: (rt: Runtime, h) => {
        const dict = rt.mem[h + dictWord]!;
        const own = get(rt, dict, '__annotate__');
        if (own !== 0) return rt.newRef(own);
        dictSet(rt, dict, rt.id('__annotate__'), rt.None);
        return rt.None;
      },
      set: (rt: Runtime, h, value) => {
        if (checkAnnotate(rt, value) < 0) return -1;
        const dict = rt.mem[h + dictWord]!;
        if (dictSet(rt, dict, rt.id('__annotate__'), value) < 0) return -1;
        if (value !== rt.None) drop(rt, dict, '__annotations__');
        return 0;
      },
    },
    __annotations__: {
      get: (rt: Runtime, h) => {
        const dict = rt.mem[h + dictWord]!;
        const own = get(rt, dict, '__annotations__');
        if (own !== 0) return rt.newRef(own);
        const annotate = rt.facts.name === '3.13' ? 0 : get(rt, dict, '__annotate__');
        const made = annotate === 0 ? newDict(rt) : callAnnotate(rt, annotate);
        // The names of a module that is still being run may have other values later.
        if (made !== 0 && !rt.isInitializing(dict)) dictSet(rt, dict, rt.id('__annotations__'), made);
        return made;
      },
      set: (rt: Runtime, h, value) => {
        const dict = rt.mem[h + dictWord]!;
        if (value === 0) {
          if (drop(rt, dict, '__annotations__') === 0) return rt.raiseInt('AttributeError', '__annotations__');
        } else if (dictSet(rt, dict, rt.id('__annotations__'), value) < 0) return -1;
        if (rt.facts.name !== '3.13') drop(rt, dict, '__annotate__');
        return 0;
      },
    },
  };
}
