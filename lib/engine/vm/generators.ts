/** Running a generator's frame on (Objects/genobject.c, `gen_send_ex2`). */
import type { Handle } from '../heap/layout';
import { GEN_CLEARED, GEN_EXC, GEN_EXECUTING, GEN_FRAME, GEN_STATE, GEN_SUSPENDED } from '../objects/generator';
import { FLAG_ENTRY, F_FLAGS, F_PREVIOUS, F_SP } from '../objects/interpreter-frame';
import { newTuple } from '../objects/tuple';
import { evalLoop } from './ceval';
import type { Interpreter } from './interpreter';

/** `_PyGen_SetStopIterationValue`: a tuple is the value, not the arguments; nor is an exception raised in its place. */
function raiseStopIteration(ip: Interpreter, value: Handle): void {
  const args = newTuple(ip, [ip.newRef(value)]);
  ip.raiseObject('StopIteration', args);
  ip.decref(args);
}

/**
 * @param value borrowed: what `yield` gives; 0: the current exception is raised at the yield
 * @returns new: what it yields. 0: with an exception, or without one if it returned None. A returned value comes as
 *   StopIteration(value).
 */
export function resumeGenerator(ip: Interpreter, gen: Handle, value: Handle): Handle {
  const { mem, heap } = ip;
  if (ip.recursionDepth >= ip.recursionLimit) return ip.raise('RecursionError', 'maximum recursion depth exceeded');
  if (!ip.enterRecursive(' in generator')) return 0;
  const f = mem[gen + GEN_FRAME]!;
  if (heap.log !== null) {
    // Slots and stack change unlogged while it runs: note what they were.
    for (let i = f; i < mem[f + F_SP]!; i++) heap.log.word(i, mem[i]!, mem[i]!);
  }
  if (value !== 0) {
    const sp = mem[f + F_SP]!;
    mem[sp] = ip.newRef(value);
    mem[f + F_SP] = sp + 1;
  }
  heap.set(gen + GEN_STATE, GEN_EXECUTING);
  mem[f + F_PREVIOUS] = ip.frame;
  mem[f + F_FLAGS] = FLAG_ENTRY;
  ip.excItems.push(mem[gen + GEN_EXC]!);
  heap.set(gen + GEN_EXC, 0);
  ip.recursionDepth++;
  const saved = ip.frame;
  ip.frame = f;
  ip.yielded = false;
  const r = evalLoop(ip, value === 0);
  ip.frame = saved;
  ip.recursionDepth--;
  ip.leaveRecursive();
  const yielded = ip.yielded;
  ip.yielded = false;
  const exc = ip.excItems.pop()!;
  if (yielded) {
    heap.set(gen + GEN_EXC, exc);
    mem[f + F_PREVIOUS] = 0;
    heap.set(gen + GEN_STATE, GEN_SUSPENDED);
    return r;
  }
  ip.xdecref(exc);
  heap.set(gen + GEN_STATE, GEN_CLEARED);
  if (r === 0) return 0;
  if (r !== ip.None) {
    raiseStopIteration(ip, r);
    ip.decref(r);
  }
  return 0;
}
