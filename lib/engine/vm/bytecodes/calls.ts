/** Calls whose arguments go from the stack where C would put them, without a detour by `ip.call`; it says the same. */
import type { Handle } from '../../heap/layout';
import type { TypeSlots } from '../../heap/object';
import { typeName } from '../../objects/abstract';
import { codeRuntime } from '../../objects/code';
import { callWrapper, slotWrapperOf } from '../../objects/descr';
import { EXC_ARGS } from '../../objects/exceptions';
import { FUNC_CODE } from '../../objects/funcobject';
import { F_LOCALSPLUS, closeRef } from '../../objects/interpreter-frame';
import { D_TYPE } from '../../objects/method-object';
import { allocInstance } from '../../objects/object';
import { isSubtype } from '../../objects/type-lookup';
import { tupleFromStack } from '../../objects/tuple';
import { pushFrame, runFrame } from '../call';
import { CALLING, type Interpreter } from '../interpreter';

/**
 * A class with `BaseException_new` and the Python function `init`, which has n + 1 parameters: `type_call` with the
 * arguments in a tuple, which is the new exception's `args`, and `slot_tp_init`.
 * @param first the n stack words of the arguments, borrowed
 */
export function callExceptionClass(ip: Interpreter, slots: TypeSlots, init: Handle, first: number, n: number): Handle {
  const { mem, heap } = ip;
  const held = tupleFromStack(ip, first, n);
  if (!ip.enterRecursive(CALLING)) {
    heap.decref(held);
    return 0;
  }
  const self = allocInstance(ip, slots);
  heap.incref(held);
  // A newborn's first words need no event.
  mem[self + EXC_ARGS] = held;
  const outer = ip.argsTuple;
  ip.argsTuple = 0;
  heap.incref(init);
  const done = runInit(ip, init, self, first, n);
  heap.decref(init);
  ip.argsTuple = outer;
  ip.leaveRecursive();
  if (!done) heap.decref(self);
  heap.decref(held);
  return done ? self : 0;
}

/** False with an exception. */
function runInit(ip: Interpreter, init: Handle, self: Handle, first: number, n: number): boolean {
  const { mem, heap } = ip;
  heap.incref(init);
  heap.incref(self);
  for (let i = 0; i < n; i++) heap.incref(mem[first + i]! & ~1);
  const f = pushFrame(ip, init, codeRuntime(ip, mem[init + FUNC_CODE]!), ip.frame);
  if (f === 0) {
    heap.decref(self);
    for (let i = 0; i < n; i++) heap.decref(mem[first + i]! & ~1);
    heap.decref(init);
    return false;
  }
  mem[f + F_LOCALSPLUS] = self;
  for (let i = 0; i < n; i++) mem[f + F_LOCALSPLUS + 1 + i] = mem[first + i]! & ~1;
  const r = runFrame(ip, f);
  if (r === ip.None) return true;
  if (r === 0) return false;
  ip.raise('TypeError', `__init__() should return None, not '${typeName(ip, r)}'`);
  closeRef(ip, r);
  return false;
}

/**
 * A slot wrapper that was found as a method: the caller holds all the arguments in a tuple, and `wrapperdescr_call` makes
 * another one without the object.
 * @param first n stack words, the first of them the object; borrowed
 */
export function callSlotWrapper(ip: Interpreter, descr: Handle, first: number, n: number): Handle {
  const { mem, heap } = ip;
  const self = mem[first]! & ~1;
  const values = new Array<Handle>(n);
  for (let i = 0; i < n; i++) values[i] = mem[first + i]! & ~1;
  if (!isSubtype(ip, ip.tp(self), ip.slotsOfType(mem[descr + D_TYPE]!))) return ip.call(descr, values);
  const held = tupleFromStack(ip, first, n);
  if (!ip.enterRecursive(CALLING)) {
    heap.decref(held);
    return 0;
  }
  const outer = ip.argsTuple;
  const rest = tupleFromStack(ip, first + 1, n - 1);
  ip.argsTuple = rest;
  values.shift();
  const r = callWrapper(ip, slotWrapperOf(ip, descr), self, values, null);
  ip.argsTuple = outer;
  heap.decref(rest);
  ip.leaveRecursive();
  heap.decref(held);
  return r;
}
