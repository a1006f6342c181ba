/**
 * What a module that lacks a name is told to have done wrong (Objects/moduleobject.c, `_Py_module_getattro_impl`;
 * Python/ceval.c, `_PyEval_ImportFrom`): a file that hides a library, or modules that import each other.
 */
import type { Interpreter } from './interpreter';
import { STDLIB_MODULE_NAMES } from './stdlib-names';

/** `_is_module_possibly_shadowing`: the file lies where the script lies. */
function mayShadow(ip: Interpreter, file: string | null): boolean {
  if (file === null) return false;
  const dir = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return dir(file.endsWith('__init__.py') ? dir(file) : file) === ip.path0;
}

/** The advice in brackets, or null. `file`: the module's `__file__`. */
function advice(ip: Interpreter, module: string, file: string | null): string | null {
  if (!mayShadow(ip, file)) return null;
  if (STDLIB_MODULE_NAMES.has(module)) {
    return `(consider renaming '${file}' since it has the same name as the standard library module named '${module}' and prevents importing that standard library module)`;
  }
  if (!ip.initializing.has(module)) return null;
  return `(consider renaming '${file}' if it has the same name as a library you intended to import)`;
}

/** The message of `module.name`. */
export function noModuleAttribute(ip: Interpreter, module: string, file: string | null, name: string): string {
  const plain = `module '${module}' has no attribute '${name}'`;
  const hint = advice(ip, module, file);
  if (hint !== null) return `${plain} ${hint}`;
  if (ip.initializing.has(module)) {
    return `partially initialized module '${module}'${file === null ? '' : ` from '${file}'`} has no attribute '${name}' (most likely due to a circular import)`;
  }
  if (ip.initializing.has(`${module}.${name}`)) {
    return `cannot access submodule '${name}' of module '${module}' (most likely due to a circular import)`;
  }
  return plain;
}

/** The message of `from module import name`. */
export function cannotImportName(ip: Interpreter, module: string, file: string | null, name: string): string {
  const hint = advice(ip, module, file);
  if (hint !== null) return `cannot import name '${name}' from '${module}' ${hint}`;
  const where = file === null ? '(unknown location)' : `(${file})`;
  if (ip.initializing.has(module)) {
    return `cannot import name '${name}' from partially initialized module '${module}' (most likely due to a circular import) ${where}`;
  }
  return `cannot import name '${name}' from '${module}' ${where}`;
}
