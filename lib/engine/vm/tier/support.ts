/** What generated code calls where its short ways end. */
import { codeRuntime, type CodeRuntime } from '../../objects/code';
import { FLAG_ENTRY, FLAG_INIT, F_CODE, F_FLAGS, F_PC } from '../../objects/interpreter-frame';
import { newFloat } from '../../objects/float';
import { intFromNumber } from '../../objects/int';
import { GEN_STATE } from '../../objects/generator';
import { deliver, evalBreaker, leave as leaveFrame, runCallee, step, unwind } from '../ceval';
import { enterGenerator, suspendGenerator } from '../generators';
import type { Interpreter } from '../interpreter';
import { ENTERED, FAILED, FAILED_AGAIN, HANDED_BACK, PAUSED, RAISED, STEPPED, SWITCH } from './results';

/** What the plain loop takes of JavaScript's stack, in registers. */
const PLAIN_REGISTERS = 200;

/** Runs a frame that generated code has pushed, to its end: its value, or RAISED, PAUSED, SWITCH. */
export function callFrame(ip: Interpreter, g: number): number {
  const code = codeRuntime(ip, ip.mem[g + F_CODE]!);
  const { tier } = code;
  const need = (tier === null ? 0 : tier.registers) + PLAIN_REGISTERS;
  if (ip.tierRoom < need) return SWITCH;
  ip.tierRoom -= need;
  const entry = tier === null ? 0 : tier.entries[ip.mem[g + F_PC]!]!;
  let r = entry === 0 ? runCallee(ip, g, false) : tier!.run(g, entry);
  if (r === HANDED_BACK) r = runCallee(ip, g, true);
  ip.tierRoom += need;
  return r;
}

/** The functions by the names that generated code has for them. */
export function makeSupport(ip: Interpreter, code: CodeRuntime, entries: Uint16Array) {
  const { mem } = ip;
  const generatorType = ip.types.generator.handle;

  /** A negative result: the block of the handler, or what the generated function is to answer. */
  function bad(f: number, pc: number, result: number): number {
    if (result !== FAILED && result !== FAILED_AGAIN) return result;
    const handler = unwind(ip, f, code, pc, result === FAILED_AGAIN);
    if (handler < 0) return RAISED;
    return entries[handler]! || HANDED_BACK;
  }

  /** Runs the one instruction at F_PC: 0, or negative. */
  function stepOn(): number {
    const r = step(ip);
    return r === STEPPED ? 0 : stepped(r);
  }

  function stepped(r: number): number {
    if (r !== ENTERED) return r;
    const g = ip.frame;
    const isInit = (mem[g + F_FLAGS]! & FLAG_INIT) !== 0;
    const v = callFrame(ip, g);
    if (v > 0) return deliver(ip, v, isInit) ? 0 : FAILED;
    return v === RAISED ? FAILED : v;
  }

  /** The fuel is gone, or somebody wants something: 0, or negative. F_PC and F_SP are set. */
  function look(): number {
    const r = evalBreaker(ip);
    return r === 0 ? 0 : r > 0 ? PAUSED : FAILED;
  }

  /** At a back edge: the frame stands at the target already. */
  function lookBack(f: number): number {
    const r = look();
    if (r === FAILED) mem[f + F_PC] = mem[f + F_PC]! + 1;
    return r;
  }

  function leave(f: number): void {
    leaveFrame(ip, f, true);
  }

  /** YIELD_VALUE. */
  function suspend(f: number): void {
    const entry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
    suspendGenerator(ip, f);
    if (entry) ip.yielded = true;
  }

  /** FOR_ITER of any iterator: the item, 0 at the end, or negative. */
  function next(it: number): number {
    if (mem[it + 1] === generatorType && mem[it + GEN_STATE]! < 0) {
      const g = enterGenerator(ip, it, ip.None, 0);
      if (g === 0) return FAILED;
      const v = callFrame(ip, g);
      if (v < 0) return v === RAISED ? FAILED : v;
      if (mem[it + GEN_STATE]! < 0) return v;
      ip.decref(v);
      return 0;
    }
    const v = ip.tp(it).tp_iternext!(ip, it);
    if (v !== 0 || ip.currentException === 0) return v;
    if (!ip.errorMatches('StopIteration')) return FAILED;
    ip.clearError();
    return 0;
  }

  return {
    bad,
    lookBack,
    leave,
    suspend,
    next,
    stepOn,
    look,
    int: (n: number) => intFromNumber(ip, n),
    float: (x: number) => newFloat(ip, x),
  };
}
