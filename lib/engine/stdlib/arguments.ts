/** Arguments as C code has them: in a tuple that the call itself holds (Objects/call.c). */
import type { Handle } from '../heap/layout';
import type { Runtime } from '../objects/runtime';
import { newTuple, tupleItem, tupleSize } from '../objects/tuple';

/** The tuple of positional arguments of the call being made, where there is one, else a new one. New reference. */
export function argumentsTuple(rt: Runtime, args: readonly Handle[]): Handle {
  const held = rt.argsTuple;
  if (held !== 0 && tupleSize(rt, held) === args.length && args.every((x, i) => tupleItem(rt, held, i) === x))
    return rt.newRef(held);
  return newTuple(
    rt,
    args.map((x) => rt.newRef(x)),
  );
}

/** `PyObject_Call`: with keywords everything is copied out of the tuple and the dict, with references of its own. */
export function objectCall(rt: Runtime, callable: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (kwnames === null || kwnames.length === 0) return rt.call(callable, args);
  for (const x of args) rt.incref(x);
  const r = rt.call(callable, args, kwnames);
  for (const x of args) rt.decref(x);
  return r;
}
