/** Warnings from native code (Python/_warnings.c, `PyErr_WarnEx`). */
import { getAttrString } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { strFrom } from '../objects/str';
import type { ExceptionName } from '../objects/type-names';
import type { Interpreter } from '../vm/interpreter';

/** False with an exception, where a filter makes the warning an error. */
export function warnEx(ip: Interpreter, category: ExceptionName, message: string, stacklevel: number): boolean {
  const module = ip.importModule(ip.id('_warnings'), 0, 0, 0);
  if (module === 0) {
    ip.clearError();
    return true;
  }
  const warn = getAttrString(ip, module, 'warn');
  ip.decref(module);
  if (warn === 0) return false;
  const text = strFrom(ip, message);
  const level = intFromNumber(ip, stacklevel);
  const r = ip.call(warn, [text, ip.types[category].handle, level]);
  ip.decref(level);
  ip.decref(text);
  ip.decref(warn);
  if (r === 0) return false;
  ip.decref(r);
  return true;
}
