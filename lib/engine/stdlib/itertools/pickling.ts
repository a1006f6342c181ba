/**
 * Pickling and copying of iterators, which 3.13 still has and warns of (Modules/itertoolsmodule.c,
 * `ITERTOOL_PICKLE_DEPRECATION`).
 */
import type { Handle } from '../../heap/layout';
import type { MethodDef } from '../../heap/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple, tuplePack } from '../../objects/tuple';
import type { Interpreter } from '../../vm/interpreter';
import { warn } from '../../modules/warn';

/** False with an exception: the warning was made an error. */
export function warnPickling(rt: Runtime): boolean {
  return warn(
    rt as Interpreter,
    'DeprecationWarning',
    'Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.',
    1,
  );
}

/** What `__reduce__` answers: the callable (borrowed), its arguments and the state (both stolen, state may be 0). */
export function reduced(rt: Runtime, callable: Handle, args: Handle, state: Handle): Handle {
  const items = [rt.newRef(callable), args];
  if (state !== 0) items.push(state);
  return newTuple(rt, items);
}

/** The `__reduce__` of an iterator that is made again by calling its type with what lies in two of its words. */
export function reduceToCall(first: number, second: number): MethodDef {
  return {
    kind: 'noargs',
    fn: (rt: Runtime, h) =>
      warnPickling(rt) ? reduced(rt, rt.mem[h + 1]!, tuplePack(rt, rt.mem[h + first]!, rt.mem[h + second]!), 0) : 0,
  };
}
