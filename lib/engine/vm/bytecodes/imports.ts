/** IMPORT_NAME, IMPORT_FROM and `import *` (Python/ceval.c, `import_name`, `_PyEval_ImportFrom`). */
import type { Handle } from '../../heap/layout';
import { getItem, getOptionalAttr, isStr, iterNext, getIter, reprText, setItem } from '../../objects/abstract';
import { dictKeysArray } from '../../objects/dict';
import { F_BUILTINS, F_GLOBALS, F_LOCALS } from '../../objects/interpreter-frame';
import { fieldWord } from '../../objects/exceptions';
import { intToNumber } from '../../objects/int';
import { strFrom, strValue } from '../../objects/str';
import type { Interpreter } from '../interpreter';
import { cannotImportName } from '../module-errors';
import { fromNamespace } from './names';

export function importName(ip: Interpreter, f: number, name: Handle, fromlist: Handle, level: Handle): Handle {
  const { mem } = ip;
  const custom = fromNamespace(ip, mem[f + F_BUILTINS]!, ip.id('__import__'));
  if (custom === 0) return ip.currentException !== 0 ? 0 : ip.raise('ImportError', '__import__ not found');
  if (!ip.is(custom, ip.types.builtin_function_or_method)) {
    const locals = mem[f + F_LOCALS]! || ip.None;
    const r = ip.call(custom, [name, mem[f + F_GLOBALS]!, locals, fromlist, level]);
    ip.decref(custom);
    return r;
  }
  ip.decref(custom);
  return ip.importModule(name, mem[f + F_GLOBALS]!, fromlist, intToNumber(ip, level));
}

/** New, or 0 with ImportError. */
export function importFrom(ip: Interpreter, module: Handle, name: Handle): Handle {
  const v = getOptionalAttr(ip, module, name);
  if (v !== 0 || ip.currentException !== 0) return v;
  const modname = getOptionalAttr(ip, module, ip.id('__name__'));
  ip.clearError();
  const text = strValue(ip, name);
  let known: string | null = null;
  if (modname !== 0 && isStr(ip, modname)) {
    known = strValue(ip, modname);
    const full = strFrom(ip, `${known}.${text}`);
    const sub = getItem(ip, ip.modules, full);
    ip.decref(full);
    if (sub !== 0) {
      ip.decref(modname);
      return sub;
    }
    ip.clearError();
  }
  ip.xdecref(modname);
  return cannotImport(ip, module, known, text);
}

function cannotImport(ip: Interpreter, module: Handle, known: string | null, name: string): 0 {
  const file = getOptionalAttr(ip, module, ip.id('__file__'));
  ip.clearError();
  const path = file !== 0 && isStr(ip, file) ? strValue(ip, file) : null;
  ip.xdecref(file);
  ip.raise('ImportError', cannotImportName(ip, known ?? '<unknown module name>', path, name));
  const e = ip.currentException;
  if (known !== null) ip.heap.setRef(e + fieldWord('ImportError', 'name'), strFrom(ip, known));
  if (path !== null) ip.heap.setRef(e + fieldWord('ImportError', 'path'), strFrom(ip, path));
  ip.heap.setRef(e + fieldWord('ImportError', 'name_from'), strFrom(ip, name));
  return 0;
}

/** Its `__name__`, or what stands for it. */
function moduleText(ip: Interpreter, module: Handle): string {
  const name = getOptionalAttr(ip, module, ip.id('__name__'));
  ip.clearError();
  const text = name !== 0 && isStr(ip, name) ? strValue(ip, name) : null;
  ip.xdecref(name);
  return text ?? reprText(ip, module) ?? '?';
}

/** `from module import *` into the frame's locals: 0 or -1. */
export function importStar(ip: Interpreter, f: number, module: Handle): number {
  const locals = ip.mem[f + F_LOCALS]!;
  const all = getOptionalAttr(ip, module, ip.id('__all__'));
  if (all === 0 && ip.currentException !== 0) return -1;
  const names: Handle[] = [];
  if (all !== 0) {
    const it = getIter(ip, all);
    ip.decref(all);
    if (it === 0) return -1;
    for (let x = iterNext(ip, it); x !== 0; x = iterNext(ip, it)) names.push(x);
    ip.decref(it);
  } else {
    const dict = getOptionalAttr(ip, module, ip.id('__dict__'));
    if (dict === 0) return ip.raiseInt('ImportError', 'from-import-* object has no __dict__ and no __all__');
    for (const k of dictKeysArray(ip, dict)) {
      if (isStr(ip, k) && !strValue(ip, k).startsWith('_')) names.push(ip.newRef(k));
    }
    ip.decref(dict);
  }
  let failed = ip.currentException !== 0;
  for (const name of names) {
    if (!failed && !isStr(ip, name)) {
      ip.raise('TypeError', `Item in ${moduleText(ip, module)}.__all__ must be str, not ${ip.tp(name).name}`);
      failed = true;
    }
    if (!failed) {
      const v = ip.tp(module).tp_getattro!(ip, module, name);
      failed = v === 0 || setItem(ip, locals, name, v) < 0;
      ip.xdecref(v);
    }
    ip.decref(name);
  }
  return failed ? -1 : 0;
}
