/** Attribute access of ordinary objects (Objects/object.c, `PyObject_GenericGetAttr` and `…SetAttr`). */
import type { Handle } from '../heap/layout';
import { dictIsUnicode } from './dict';
import { instanceGet, instanceSet, canonicalName } from './dict-values';
import type { Runtime } from './runtime';
import { strValue } from './str';
import { typeLookup } from './type-lookup';
import { isStr, typeName } from './abstract';

/**
 * Data descriptor of the type, else the instance's own attribute, else what the type has.
 * `suppress`: answer 0 without an exception where there is none (`_PyObject_GenericGetAttrWithDict`).
 */
export function genericGetAttr(rt: Runtime, h: Handle, name: Handle, suppress = false): Handle {
  const tp = rt.tp(h);
  const descr = typeLookup(rt, tp, name);
  if (descr !== 0) {
    const dt = rt.tp(descr);
    const get = dt.tp_descr_get;
    if (get !== null && dt.tp_descr_set !== null) {
      rt.incref(descr);
      const r = get(rt, descr, h, tp.handle);
      rt.decref(descr);
      return quiet(rt, r, suppress);
    }
  }
  // A key that is no text may have an `__eq__` that takes the descriptor from the class.
  const held = descr !== 0 && tp.dictoffset !== 0 && isWild(rt, rt.mem[h + tp.dictoffset]!);
  if (held) rt.incref(descr);
  if (tp.dictoffset !== 0) {
    const own = instanceGet(rt, h, tp, canonicalName(rt, name));
    if (own !== 0) {
      if (held) rt.decref(descr);
      return rt.newRef(own);
    }
  }
  if (descr !== 0) {
    const get = rt.tp(descr).tp_descr_get;
    if (!held) rt.incref(descr);
    if (get === null) return descr;
    const r = get(rt, descr, h, tp.handle);
    rt.decref(descr);
    return quiet(rt, r, suppress);
  }
  if (!suppress) raiseNoAttribute(rt, h, name);
  return 0;
}

/** An instance's dict with keys whose comparison may run code. */
function isWild(rt: Runtime, dict: Handle): boolean {
  return dict !== 0 && !dictIsUnicode(rt, dict);
}

function quiet(rt: Runtime, r: Handle, suppress: boolean): Handle {
  if (r === 0 && suppress && rt.errorMatches('AttributeError')) rt.clearError();
  return r;
}

export function raiseNoAttribute(rt: Runtime, h: Handle, name: Handle): void {
  rt.raiseAttributeError(`'${typeName(rt, h)}' object has no attribute '${strValue(rt, name)}'`, h, name);
}

/** 0, or -1 with an exception; value 0 deletes. */
export function genericSetAttr(rt: Runtime, h: Handle, name: Handle, value: Handle): number {
  if (!isStr(rt, name)) return rt.raiseInt('TypeError', `attribute name must be string, not '${typeName(rt, name)}'`);
  const tp = rt.tp(h);
  const descr = typeLookup(rt, tp, name);
  if (descr !== 0) {
    const set = rt.tp(descr).tp_descr_set;
    if (set !== null) {
      rt.incref(descr);
      const r = set(rt, descr, h, value);
      rt.decref(descr);
      return r;
    }
  }
  if (tp.dictoffset === 0) {
    const text = strValue(rt, name);
    if (descr === 0) {
      const generic = tp.tp_setattro === (genericSetAttr as typeof tp.tp_setattro);
      const noDict = generic ? ' and no __dict__ for setting new attributes' : '';
      rt.raiseAttributeError(`'${tp.name}' object has no attribute '${text}'${noDict}`, h, name);
    } else {
      rt.raiseAttributeError(`'${tp.name}' object attribute '${text}' is read-only`, h, name);
    }
    return -1;
  }
  const interned = rt.internName(name);
  const r = instanceSet(rt, h, tp, interned, value);
  if (r === 1) {
    raiseNoAttribute(rt, h, name);
    return -1;
  }
  return r;
}
