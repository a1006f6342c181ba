/** Warnings from native code (Python/_warnings.c, `PyErr_WarnEx`): the `warnings` filters of the program decide. */
import type { Handle } from '../heap/layout';
import { getAttrString } from '../objects/abstract';
import { strFrom } from '../objects/str';
import { intFromNumber } from '../objects/int';
import type { ExceptionName } from '../objects/type-names';
import type { Interpreter } from '../vm/interpreter';

/** `PyErr_WarnEx`: false with an exception, if a filter makes one of it. */
export function warn(ip: Interpreter, category: ExceptionName, message: string, stackLevel = 1): boolean {
  const module = ip.importModule(ip.id('_warnings'), 0, 0, 0);
  if (module === 0) {
    ip.clearError();
    return true;
  }
  const f = getAttrString(ip, module, 'warn');
  ip.decref(module);
  if (f === 0) return false;
  const args: Handle[] = [strFrom(ip, message), ip.types[category].handle, intFromNumber(ip, stackLevel)];
  const r = ip.call(f, args);
  ip.decref(args[0]!);
  ip.decref(args[2]!);
  ip.decref(f);
  if (r === 0) return false;
  ip.decref(r);
  return true;
}
