/**
 * Running a generator's frame on (Objects/genobject.c, `gen_send_ex2`; FOR_ITER_GEN and SEND_GEN of bytecodes.c): a
 * `for` or a `yield from` pushes the frame in the running loop; native code runs the loop a second time.
 */
import type { Handle } from '../heap/layout';
import {
  GEN_CLEARED,
  GEN_EXC,
  GEN_EXECUTING,
  GEN_FRAME,
  GEN_STATE,
  GEN_SUSPENDED,
  clearGeneratorFrame,
} from '../objects/generator';
import { chainContext } from '../objects/exceptions';
import { codeRuntime } from '../objects/code';
import {
  FLAG_ENTRY,
  F_FLAGS,
  F_GENERATOR,
  F_LOCALSPLUS,
  F_PREVIOUS,
  F_SP,
  closeRef,
} from '../objects/interpreter-frame';
import { newTuple } from '../objects/tuple';
import { evalLoop } from './ceval';
import type { Interpreter } from './interpreter';
import { traceThrow } from './legacy-tracing';

/** `_PyGen_SetStopIterationValue`: a tuple is the value, not the arguments; nor is an exception raised in its place. */
function raiseStopIteration(ip: Interpreter, value: Handle): void {
  const args = newTuple(ip, [ip.newRef(value)]);
  ip.raiseObject('StopIteration', args);
  ip.decref(args);
}

/**
 * Makes a suspended generator's frame the one that runs next, called by the running frame.
 * @param value stolen: what `yield` gives; 0: an exception is to be raised at the yield
 * @param flags FLAG_ENTRY for native code
 * @returns the frame; 0 with RecursionError, which ends the generator
 */
export function enterGenerator(ip: Interpreter, gen: Handle, value: Handle, flags: number): number {
  const { mem, heap } = ip;
  const f = mem[gen + GEN_FRAME]!;
  if (ip.recursionDepth >= ip.recursionLimit) {
    if (value !== 0) closeRef(ip, value);
    ip.raise('RecursionError', 'maximum recursion depth exceeded');
    const error = ip.takeError();
    clearGeneratorFrame(ip, gen);
    ip.restoreError(error);
    return 0;
  }
  if (heap.log !== null) {
    // The stack and where the frame stands change unlogged while it runs: note what they were.
    if (heap.log.onFrame !== null) heap.log.onFrame(f, false);
    heap.log.span(mem, f + F_PREVIOUS, F_FLAGS - F_PREVIOUS + 1);
    const stack = f + F_LOCALSPLUS + codeRuntime(ip, mem[f]!).nlocalsplus;
    for (let i = stack; i < mem[f + F_SP]!; i++) heap.log.word(i, mem[i]!);
  }
  // Also where an exception is raised: the depth of its handler counts it.
  const sp = mem[f + F_SP]!;
  mem[sp] = value || ip.None;
  mem[f + F_SP] = sp + 1;
  heap.set(gen + GEN_STATE, GEN_EXECUTING);
  mem[f + F_PREVIOUS] = ip.frame;
  mem[f + F_FLAGS] = flags;
  ip.excItems.push(mem[gen + GEN_EXC]!);
  if (mem[gen + GEN_EXC] !== 0) heap.set(gen + GEN_EXC, 0);
  ip.recursionDepth++;
  ip.frame = f;
  return f;
}

/** YIELD_VALUE: the running generator waits; its caller's frame is the running one again. */
export function suspendGenerator(ip: Interpreter, f: number): void {
  const { mem, heap } = ip;
  const gen = mem[f + F_GENERATOR]!;
  const exc = ip.excItems.pop()!;
  if (exc !== 0) heap.set(gen + GEN_EXC, exc);
  ip.recursionDepth--;
  ip.frame = mem[f + F_PREVIOUS]!;
  mem[f + F_PREVIOUS] = 0;
  heap.set(gen + GEN_STATE, GEN_SUSPENDED);
}

/** `clear_gen_frame`: the running generator has returned or raised. */
export function finishGenerator(ip: Interpreter, f: number): void {
  const gen = ip.mem[f + F_GENERATOR]!;
  ip.heap.set(gen + GEN_STATE, GEN_CLEARED);
  const exc = ip.excItems.pop()!;
  ip.recursionDepth--;
  clearGeneratorFrame(ip, gen);
  ip.xdecref(exc);
}

/**
 * @param value borrowed: what `yield` gives; 0: the current exception is raised at the yield
 * @returns new: what it yields. 0: with an exception, or without one if it returned None. A returned value comes as
 *   StopIteration(value).
 */
export function resumeGenerator(ip: Interpreter, gen: Handle, value: Handle): Handle {
  if (!ip.enterRecursive(' in generator')) return 0;
  const saved = ip.frame;
  const f = enterGenerator(ip, gen, value === 0 ? 0 : ip.newRef(value), FLAG_ENTRY);
  if (f === 0) {
    ip.leaveRecursive();
    return 0;
  }
  ip.yielded = false;
  // What the generator itself is handling is the context of what is thrown in.
  if (value === 0) chainContext(ip, ip.currentException, ip.excItems.at(-1) ?? 0);
  if (value === 0 && ip.onLine !== null) traceThrow(ip, f);
  const r = evalLoop(ip, value === 0);
  ip.frame = saved;
  ip.leaveRecursive();
  const yielded = ip.yielded;
  ip.yielded = false;
  return yielded || r === 0 ? r : endedForNative(ip, r);
}

/** A generator has returned (stolen) to native code: 0, with StopIteration(value) unless it is None. */
export function endedForNative(ip: Interpreter, value: Handle): 0 {
  if (value !== ip.None) {
    raiseStopIteration(ip, value);
    ip.decref(value);
  }
  return 0;
}
