/**
 * The names that Lib/site.py adds to the builtins for people: made when one of them is first asked for.
 * DIFFERS: `credits` and `license` say it in words of ours, and none of them is in `dir(builtins)` before.
 */
import type { Handle } from '../heap/layout';
import { getAttrString } from '../objects/abstract';
import { dictGetKnown, dictSet } from '../objects/dict';
import { strFrom } from '../objects/str';
import type { Interpreter } from '../vm/interpreter';

const NAMES: Readonly<Record<string, readonly [cls: string, ...args: string[]]>> = {
  quit: ['Quitter', 'quit', 'Ctrl-D (i.e. EOF)'],
  exit: ['Quitter', 'exit', 'Ctrl-D (i.e. EOF)'],
  copyright: ['_Printer', 'copyright', 'Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved.'],
  credits: ['_Printer', 'credits', 'Python is made by many people: see www.python.org.'],
  license: ['_Printer', 'license', 'See https://www.python.org/psf/license/'],
  help: ['_Helper'],
};

/** A builtin of that name, borrowed from the builtins where it is now; 0 if there is none, or with an exception. */
export function siteBuiltin(ip: Interpreter, name: string): Handle {
  const made = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (made === undefined || ip.finalizing) return 0;
  const module = ip.importModule(ip.id('_sitebuiltins'), 0, 0, 0);
  if (module === 0) {
    if (ip.errorMatches('ImportError')) ip.clearError();
    return 0;
  }
  const [cls, ...texts] = made;
  const type = getAttrString(ip, module, cls);
  ip.decref(module);
  if (type === 0) return 0;
  const args = texts.map((text) => strFrom(ip, text));
  const object = ip.call(type, args);
  ip.decref(type);
  for (const h of args) ip.decref(h);
  if (object === 0) return 0;
  dictSet(ip, ip.builtins, ip.id(name), object);
  ip.decref(object);
  return dictGetKnown(ip, ip.builtins, ip.id(name));
}
