/** Names: globals, builtins, class and module namespaces, closure cells (Python/bytecodes.c, LOAD_NAME and kin). */
import type { Handle } from '../../heap/layout';
import { getItem, setItem } from '../../objects/abstract';
import { codeRuntime } from '../../objects/code';
import { dictDel, dictGetKnown, dictSet, newDict } from '../../objects/dict';
import { F_BUILTINS, F_CODE, F_GLOBALS, F_LOCALS } from '../../objects/interpreter-frame';
import { strValue } from '../../objects/str';
import type { Interpreter } from '../interpreter';

function nameError(ip: Interpreter, name: Handle): 0 {
  const text = strValue(ip, name);
  return ip.raiseNameError('NameError', `name '${text}' is not defined`, text);
}

/** New, or 0 with NameError. */
export function loadGlobal(ip: Interpreter, f: number, name: Handle): Handle {
  const { mem } = ip;
  if (!ip.is(mem[f + F_GLOBALS]!, ip.types.dict)) return loadFromMappings(ip, f, name);
  let v = dictGetKnown(ip, mem[f + F_GLOBALS]!, name);
  if (v === 0) {
    const builtins = mem[f + F_BUILTINS]!;
    if (ip.is(builtins, ip.types.dict)) v = dictGetKnown(ip, builtins, name);
    else {
      v = getItem(ip, builtins, name);
      if (v !== 0) return v;
      if (!ip.errorMatches('KeyError')) return 0;
      ip.clearError();
    }
    if (v === 0) v = ip.lateBuiltin(strValue(ip, name));
    if (v === 0) return ip.currentException !== 0 ? 0 : nameError(ip, name);
  }
  return ip.newRef(v);
}

/** Globals of a subclass of dict, whose `__missing__` may have the name. */
function loadFromMappings(ip: Interpreter, f: number, name: Handle): Handle {
  for (const namespace of [ip.mem[f + F_GLOBALS]!, ip.mem[f + F_BUILTINS]!]) {
    const v = fromNamespace(ip, namespace, name);
    if (v !== 0 || ip.currentException !== 0) return v;
  }
  return nameError(ip, name);
}

/** New; 0 without an exception if the mapping has no such key. */
export function fromNamespace(ip: Interpreter, namespace: Handle, name: Handle): Handle {
  if (ip.is(namespace, ip.types.dict)) {
    const v = dictGetKnown(ip, namespace, name);
    return v === 0 ? 0 : ip.newRef(v);
  }
  const v = getItem(ip, namespace, name);
  if (v === 0 && ip.errorMatches('KeyError')) ip.clearError();
  return v;
}

/** LOAD_BUILD_CLASS: new. */
export function loadBuildClass(ip: Interpreter, f: number): Handle {
  const h = fromNamespace(ip, ip.mem[f + F_BUILTINS]!, ip.id('__build_class__'));
  if (h !== 0 || ip.currentException !== 0) return h;
  return ip.raiseNameError('NameError', '__build_class__ not found', '__build_class__');
}

/** Where a frame without fast locals has its names. A function made of a module's code has them in its globals. */
export function frameLocals(ip: Interpreter, f: number): Handle {
  if (ip.mem[f + F_LOCALS] === 0) ip.mem[f + F_LOCALS] = ip.newRef(ip.mem[f + F_GLOBALS]!);
  return ip.mem[f + F_LOCALS]!;
}

export function loadName(ip: Interpreter, f: number, name: Handle): Handle {
  const v = fromNamespace(ip, frameLocals(ip, f), name);
  if (v !== 0 || ip.currentException !== 0) return v;
  return loadGlobal(ip, f, name);
}

export function loadFromDictOrGlobals(ip: Interpreter, f: number, namespace: Handle, name: Handle): Handle {
  const v = fromNamespace(ip, namespace, name);
  if (v !== 0 || ip.currentException !== 0) return v;
  return loadGlobal(ip, f, name);
}

/** `value` borrowed. 0 or -1. */
export function storeName(ip: Interpreter, f: number, name: Handle, value: Handle): number {
  const locals = frameLocals(ip, f);
  if (ip.is(locals, ip.types.dict)) return dictSet(ip, locals, name, value);
  return setItem(ip, locals, name, value);
}

export function deleteName(ip: Interpreter, f: number, name: Handle): number {
  const locals = frameLocals(ip, f);
  if (!ip.is(locals, ip.types.dict)) {
    if (setItem(ip, locals, name, 0) === 0) return 0;
    if (!ip.errorMatches('KeyError')) return -1;
    ip.clearError();
    nameError(ip, name);
    return -1;
  }
  return deleteKey(ip, locals, name);
}

export function deleteGlobal(ip: Interpreter, f: number, name: Handle): number {
  return deleteKey(ip, ip.mem[f + F_GLOBALS]!, name);
}

function deleteKey(ip: Interpreter, dict: Handle, name: Handle): number {
  const r = dictDel(ip, dict, name);
  if (r === 1) {
    nameError(ip, name);
    return -1;
  }
  return r;
}

/** `_PyEval_FormatExcUnbound` and UNBOUNDLOCAL. */
export function unboundLocal(ip: Interpreter, f: number, slot: number): void {
  const { unit } = codeRuntime(ip, ip.mem[f + F_CODE]!);
  const name = unit.localsplusnames[slot]!;
  const isFree = (unit.localspluskinds[slot]! & 0x80) !== 0;
  if (isFree) {
    ip.raiseNameError(
      'NameError',
      `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
      name,
    );
  } else {
    ip.raiseNameError(
      'UnboundLocalError',
      `cannot access local variable '${name}' where it is not associated with a value`,
      name,
    );
  }
}

/** SETUP_ANNOTATIONS (3.13): makes `__annotations__` in the namespace, if it has none. 0 or -1. */
export function setupAnnotations(ip: Interpreter, locals: Handle): number {
  const key = ip.id('__annotations__');
  const exact = ip.is(locals, ip.types.dict);
  const known = exact ? dictGetKnown(ip, locals, key) : getItem(ip, locals, key);
  if (known !== 0) {
    if (!exact) ip.decref(known);
    return 0;
  }
  if (ip.currentException !== 0) {
    if (!ip.errorMatches('KeyError')) return -1;
    ip.clearError();
  }
  const fresh = newDict(ip);
  const r = exact ? dictSet(ip, locals, key, fresh) : setItem(ip, locals, key, fresh);
  ip.decref(fresh);
  return r;
}
