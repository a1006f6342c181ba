/**
 * What the adaptive interpreter does from an instruction's second run on (Python/specialize.c), as far as a count can
 * tell: the callee's frame is pushed directly and takes the references over. Each answers the function to enter, or 0.
 * What it does to arithmetic is in adaptive.ts.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS } from '../../heap/object';
import {
  FUNC_ANNOTATE,
  FUNC_ANNOTATIONS,
  FUNC_CLOSURE,
  FUNC_CODE,
  FUNC_DEFAULTS,
  FUNC_KWDEFAULTS,
} from '../../objects/funcobject';
import { codeRuntime } from '../../objects/code';
import { genericGetAttr } from '../../objects/generic-attr';
import { slotGetAttr } from '../../objects/slotdefs';
import { typeLookup } from '../../objects/type-lookup';
import { typeCall } from '../../objects/type';
import type { Interpreter } from '../interpreter';

/** Where SET_FUNCTION_ATTRIBUTE puts what it sets. */
export const FUNCTION_ATTRIBUTE_WORDS: Readonly<Record<number, number>> = {
  1: FUNC_DEFAULTS,
  2: FUNC_KWDEFAULTS,
  4: FUNC_ANNOTATIONS,
  8: FUNC_CLOSURE,
  16: FUNC_ANNOTATE,
};

const PROPERTY_GET = 2;

/**
 * LOAD_ATTR_PROPERTY: the getter of a property that is a Python function; LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN: the
 * class's `__getattribute__`, which wants the name too (`ip.getterWantsName`).
 */
export function attributeGetter(ip: Interpreter, obj: Handle, name: Handle): Handle {
  const tp = ip.tp(obj);
  ip.getterWantsName = tp.tp_getattro === (slotGetAttr as typeof tp.tp_getattro);
  if (ip.getterWantsName) {
    const f = typeLookup(ip, tp, ip.id('__getattribute__'));
    if (f === 0 || !ip.is(f, ip.types.function) || typeLookup(ip, tp, ip.id('__getattr__')) !== 0) return 0;
    return codeRuntime(ip, ip.mem[f + FUNC_CODE]!).unit.argcount === 2 ? f : 0;
  }
  if (tp.tp_getattro !== (genericGetAttr as typeof tp.tp_getattro)) return 0;
  const descr = typeLookup(ip, tp, name);
  if (descr === 0 || !ip.is(descr, ip.types.property)) return 0;
  const getter = ip.mem[descr + PROPERTY_GET]!;
  return getter !== 0 && ip.is(getter, ip.types.function) ? getter : 0;
}

/** BINARY_SUBSCR_GETITEM: a `__getitem__` that is a Python function. */
export function pythonGetItem(ip: Interpreter, container: Handle): Handle {
  const tp = ip.tp(container);
  if (!tp.isHeapType) return 0;
  const f = typeLookup(ip, tp, ip.id('__getitem__'));
  return f !== 0 && ip.is(f, ip.types.function) ? f : 0;
}

/** CALL_ALLOC_AND_ENTER_INIT: a class with object's `__new__` and an `__init__` that is a Python function. */
export function entersInit(ip: Interpreter, callable: Handle): boolean {
  const meta = ip.tp(callable);
  if (meta.flags >= 0 || meta.tp_call !== (typeCall as typeof meta.tp_call)) return false;
  const slots = ip.slotsOfType(callable);
  if (!slots.isHeapType || slots.tp_new !== ip.types.object.tp_new || (slots.flags & TPFLAGS.IS_ABSTRACT) !== 0)
    return false;
  const init = typeLookup(ip, slots, ip.id('__init__'));
  return init !== 0 && ip.is(init, ip.types.function);
}
