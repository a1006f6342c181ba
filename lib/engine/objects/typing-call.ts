/** Calls of functions that Lib/typing.py has (Objects/typevarobject.c, `call_typing_func_object`). */
import type { Handle } from '../heap/layout';
import { getAttrString } from './abstract';
import type { Runtime } from './runtime';

/** `typing.NAME`: new, or 0 with an exception. The module is imported if it was not. */
export function typingAttr(rt: Runtime, name: string): Handle {
  const typing = rt.importModule(rt.id('typing'), 0, 0, 0);
  if (typing === 0) return 0;
  const value = getAttrString(rt, typing, name);
  rt.decref(typing);
  return value;
}

/** Arguments borrowed; new, or 0. */
export function callTyping(rt: Runtime, name: string, args: Handle[], kwnames: Handle[] | null = null): Handle {
  const func = typingAttr(rt, name);
  if (func === 0) return 0;
  const r = rt.call(func, args, kwnames);
  rt.decref(func);
  return r;
}
