/**
 * The end of an interpreter (Python/pylifecycle.c, `Py_FinalizeEx`, `finalize_modules`; Objects/moduleobject.c,
 * `_PyModule_ClearDict`). The order is what a program's `__del__` methods show.
 */
import type { Collector } from '../gc/collector';
import type { Handle } from '../heap/layout';
import { isStr } from '../objects/abstract';
import { dictClear, dictCopy, dictGetKnown, dictItemsArray, dictKeysArray, dictSet, dictUpdate } from '../objects/dict';
import { fileFlush } from '../objects/fileobject';
import { moduleDict } from '../objects/module';
import { strValue } from '../objects/str';
import { newWeakref, weakrefTarget } from '../objects/weakref';
import type { Interpreter } from '../vm/interpreter';

/** Where values of the program hide in `sys`. */
const SYS_DELETES = [
  'path',
  'argv',
  'ps1',
  'ps2',
  'last_exc',
  'last_type',
  'last_value',
  'last_traceback',
  'path_hooks',
  'path_importer_cache',
  'meta_path',
  '__interactivehook__',
];
const SYS_FILES = ['stdin', 'stdout', 'stderr'];

/** Sets a value in a dict of names and lets go of what was there; what that runs may fail without telling. */
function put(ip: Interpreter, dict: Handle, name: string, value: Handle): void {
  dictSet(ip, dict, ip.id(name), value);
}

function flushStandardFiles(ip: Interpreter): void {
  for (const name of ['stdout', 'stderr']) {
    const file = dictGetKnown(ip, ip.sysDict, ip.id(name));
    if (file !== 0 && file !== ip.None && !fileFlush(ip, file)) {
      if (name === 'stdout') ip.writeUnraisable('Exception ignored while flushing sys.stdout', file);
      else ip.clearError();
    }
  }
}

/** `finalize_modules_delete_special`. */
function deleteSpecial(ip: Interpreter): void {
  put(ip, ip.builtins, '_', ip.None);
  for (const name of SYS_DELETES) put(ip, ip.sysDict, name, ip.None);
  for (const name of SYS_FILES) {
    put(ip, ip.sysDict, name, dictGetKnown(ip, ip.sysDict, ip.id(`__${name}__`)) || ip.None);
  }
}

/** `finalize_remove_modules`: `sys.modules` gives all modules up. Weak references to them, owned. */
function removeModules(ip: Interpreter): Handle[] {
  const weak: Handle[] = [];
  for (const [key] of dictItemsArray(ip, ip.modules)) {
    const module = dictGetKnown(ip, ip.modules, key);
    if (module === 0) continue;
    if (ip.is(module, ip.types.module)) weak.push(newWeakref(ip, ip.types['weakref.ReferenceType'], module, 0));
    dictSet(ip, ip.modules, key, ip.None);
  }
  return weak;
}

/** `_PyModule_ClearDict`: names with one underscore first, then all but `__builtins__`; the values become None. */
function clearModuleDict(ip: Interpreter, dict: Handle): void {
  const clear = (wanted: (name: string) => boolean): void => {
    for (const key of dictKeysArray(ip, dict)) {
      if (!isStr(ip, key) || !wanted(strValue(ip, key))) continue;
      const value = dictGetKnown(ip, dict, key);
      if (value !== 0 && value !== ip.None) dictSet(ip, dict, key, ip.None);
    }
  };
  clear((name) => name.startsWith('_') && name[1] !== '_');
  clear((name) => name !== '__builtins__');
}

/** `finalize_restore_builtins`: what the program put there dies when the functions are back. */
function restoreBuiltins(ip: Interpreter): void {
  const programs = dictCopy(ip, ip.builtins);
  dictClear(ip, ip.builtins);
  dictUpdate(ip, ip.builtins, ip.builtinsCopy);
  ip.decref(programs);
}

/** Modules that something still holds lose their globals, the youngest first. */
function clearLeftOver(ip: Interpreter, weak: Handle[]): void {
  for (const ref of weak.reverse()) {
    const module = weakrefTarget(ip, ref);
    if (module !== 0) {
      const dict = moduleDict(ip, module);
      if (dict !== ip.builtins && dict !== ip.sysDict) {
        ip.incref(module);
        clearModuleDict(ip, dict);
        ip.decref(module);
      }
    }
    ip.decref(ref);
  }
}

/** Runs what is left to run. Nothing of the program can be called afterwards. */
export function finalize(ip: Interpreter, collector: Collector): void {
  ip.atExit();
  flushStandardFiles(ip);
  ip.finalizing = true;
  if (ip.heap.gcEnabled) collector.collect(2, 'gc.collect()');
  deleteSpecial(ip);
  const weak = removeModules(ip);
  dictClear(ip, ip.modules);
  restoreBuiltins(ip);
  collector.collect(2, 'shutdown');
  clearLeftOver(ip, weak);
  clearModuleDict(ip, ip.sysDict);
  clearModuleDict(ip, ip.builtins);
  collector.collect(2, 'shutdown');
  ip.clearError();
}
