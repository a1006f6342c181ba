/**
 * `sys.settrace` and `sys.setprofile` (Python/legacy_tracing.c, Python/sysmodule.c): a function of the program hears of
 * calls, lines, returns and exceptions. The loop asks here before each instruction while one is set.
 */
import { Op } from '../compiler/opcodes';
import type { Handle } from '../heap/layout';
import type { CodeRuntime } from '../objects/code';
import { EXC_TRACEBACK, newException } from '../objects/exceptions';
import {
  LINE_STARTS,
  frameObject,
  frameTrace,
  setFrameTrace,
  setTraceLine,
  traceLineOf,
  tracesLines,
  tracesOpcodes,
} from '../objects/frame';
import { F_PC, F_SP } from '../objects/interpreter-frame';
import { newTuple } from '../objects/tuple';
import type { Interpreter } from './interpreter';

/** Holds the loop to one instruction at a time. */
const watch = (): void => {};

const isWatched = (ip: Interpreter): boolean => ip.traceFunction !== 0 || ip.profileFunction !== 0;

/** `PyEval_SetTrace`, `PyEval_SetProfile`: borrowed, 0 takes it away. */
export function setTracing(ip: Interpreter, field: 'traceFunction' | 'profileFunction', func: Handle): void {
  const old = ip[field];
  ip[field] = func === 0 ? 0 : ip.newRef(func);
  if (isWatched(ip)) ip.onLine ??= watch;
  else if (ip.onLine === watch) ip.onLine = null;
  ip.xdecref(old);
}

/** `call_trampoline`: what the function answers, new; 0 with an exception: then nothing is traced any more. */
function call(
  ip: Interpreter,
  field: 'traceFunction' | 'profileFunction',
  callback: Handle,
  f: number,
  event: string,
  arg: Handle,
): Handle {
  const frame = ip.newRef(frameObject(ip, f));
  ip.tracing++;
  ip.incref(callback);
  const r = ip.call(callback, [frame, ip.id(event), arg]);
  ip.decref(callback);
  ip.tracing--;
  if (r === 0) {
    const error = ip.takeError();
    setTracing(ip, field, 0);
    setFrameTrace(ip, frame, 0);
    ip.restoreError(error);
  }
  ip.decref(frame);
  return r;
}

/** `trace_trampoline`: the frame's own function, for a call the thread's. False with an exception. */
function trace(
  ip: Interpreter,
  f: number,
  event: 'call' | 'line' | 'return' | 'exception' | 'opcode',
  arg: Handle,
): boolean {
  if (ip.traceFunction === 0 || ip.tracing > 0) return true;
  const callback = event === 'call' ? ip.traceFunction : frameTrace(ip, f);
  if (callback === 0) return true;
  const r = call(ip, 'traceFunction', callback, f, event, arg);
  if (r === 0) return false;
  if (r !== ip.None) setFrameTrace(ip, frameObject(ip, f), r);
  ip.decref(r);
  return true;
}

/** `profile_trampoline`. */
function profile(ip: Interpreter, f: number, event: string, arg: Handle): boolean {
  if (ip.profileFunction === 0 || ip.tracing > 0) return true;
  const r = call(ip, 'profileFunction', ip.profileFunction, f, event, arg);
  ip.xdecref(r);
  return r !== 0;
}

/** A built-in function that is called, as the profile function sees it: new, or 0 for anything else. */
function builtinCallee(ip: Interpreter, op: Op, arg: number, sp: number): Handle {
  const extra = op === Op.CALL ? 0 : 1;
  const base = sp - arg - 2 - extra;
  const callable = ip.mem[base]! & ~1;
  if (callable === 0) return 0;
  if (ip.is(callable, ip.types.builtin_function_or_method)) return ip.newRef(callable);
  if (!ip.is(callable, ip.types.method_descriptor)) return 0;
  const self = ip.mem[base + 1]! & ~1 || (arg > 0 ? ip.mem[base + 2]! & ~1 : 0);
  if (self === 0) return 0;
  const bound = ip.tp(callable).tp_descr_get!(ip, callable, self, ip.mem[self + 1]!);
  if (bound === 0) ip.clearError();
  return bound;
}

/** The built-in function that a frame has called and that has not been told to have ended, owned. */
function endCall(ip: Interpreter, f: number, event: 'c_return' | 'c_exception'): boolean {
  const pending = ip.profiledCall;
  if (pending === null || pending.frame !== f) return true;
  ip.profiledCall = null;
  const error = event === 'c_exception' ? ip.takeError() : 0;
  const ok = profile(ip, f, event, pending.callable);
  ip.decref(pending.callable);
  if (error !== 0) {
    if (ok) ip.restoreError(error);
    else ip.decref(error);
  }
  return ok;
}

/** The instruction before which the loop stands. False with an exception. */
export function traceInstruction(ip: Interpreter, f: number, code: CodeRuntime, pc: number, sp: number): boolean {
  if (ip.tracing > 0 || !isWatched(ip)) return true;
  const { mem } = ip;
  mem[f + F_SP] = sp;
  const saved = mem[f + F_PC]!;
  // Who asks for the line is told that of this instruction.
  mem[f + F_PC] = pc + 1;
  const ok = traceAt(ip, f, code, pc, sp);
  mem[f + F_PC] = saved;
  return ok;
}

function traceAt(ip: Interpreter, f: number, code: CodeRuntime, pc: number, sp: number): boolean {
  const op = code.ops[pc]!;
  if (!endCall(ip, f, 'c_return')) return false;
  if (op === Op.RESUME) {
    const ok = trace(ip, f, 'call', ip.None) && profile(ip, f, 'call', ip.None);
    setTraceLine(ip, f, (code.args[pc]! & 3) === 0 ? LINE_STARTS : code.unit.positions[pc * 4]!);
    return ok;
  }
  if (!traceLine(ip, f, code, pc)) return false;
  if (op === Op.JUMP_BACKWARD) setTraceLine(ip, f, LINE_STARTS);
  if (op === Op.END_SEND && !traceStopIteration(ip, f, sp)) return false;
  if (frameTrace(ip, f) !== 0 && tracesOpcodes(ip, f) && !trace(ip, f, 'opcode', ip.None)) return false;
  if (op === Op.RETURN_VALUE || op === Op.YIELD_VALUE || op === Op.RETURN_CONST) {
    const value = op === Op.RETURN_CONST ? code.consts[code.args[pc]!]! : ip.mem[sp - 1]! & ~1;
    return trace(ip, f, 'return', value) && profile(ip, f, 'return', value);
  }
  if (ip.profileFunction !== 0 && (op === Op.CALL || op === Op.CALL_KW)) {
    const callable = builtinCallee(ip, op, code.args[pc]!, sp);
    if (callable !== 0) {
      if (!profile(ip, f, 'c_call', callable)) {
        ip.decref(callable);
        return false;
      }
      ip.profiledCall = { frame: f, callable };
    }
  }
  return true;
}

/** A line starts where the last one was another, or a jump has gone back. */
function traceLine(ip: Interpreter, f: number, code: CodeRuntime, pc: number): boolean {
  const line = code.unit.positions[pc * 4]!;
  if (line <= 0 || frameTrace(ip, f) === 0) return true;
  const last = traceLineOf(ip, f);
  if (last === line) return true;
  setTraceLine(ip, f, line);
  // In the middle of a line when the frame got its function.
  if (last === 0 && pc > 0 && code.unit.positions[pc * 4 - 4] === line) return true;
  return !tracesLines(ip, f) || trace(ip, f, 'line', ip.None);
}

/** What `yield from` and `await` waited for has ended (`monitor_stop_iteration`). */
function traceStopIteration(ip: Interpreter, f: number, sp: number): boolean {
  const receiver = ip.mem[sp - 2]! & ~1;
  if (!ip.is(receiver, ip.types.generator) && !ip.is(receiver, ip.types.coroutine)) return true;
  if (frameTrace(ip, f) === 0) return true;
  const value = ip.mem[sp - 1]! & ~1;
  const exc = newException(ip, 'StopIteration', value === ip.None ? [] : [ip.newRef(value)]);
  const arg = newTuple(ip, [ip.newRef(ip.mem[exc + 1]!), exc, ip.None]);
  const ok = trace(ip, f, 'exception', arg);
  ip.decref(arg);
  return ok;
}

/** The raised exception has reached this frame. False: another one took its place. */
export function traceException(ip: Interpreter, f: number): void {
  if (ip.tracing > 0 || !isWatched(ip)) return;
  if (!endCall(ip, f, 'c_exception')) return;
  if (ip.traceFunction === 0 || frameTrace(ip, f) === 0) return;
  const exc = ip.takeError();
  const arg = newTuple(ip, [
    ip.newRef(ip.mem[exc + 1]!),
    ip.newRef(exc),
    ip.newRef(ip.mem[exc + EXC_TRACEBACK]! || ip.None),
  ]);
  const ok = trace(ip, f, 'exception', arg);
  ip.decref(arg);
  if (ok) ip.restoreError(exc);
  else ip.decref(exc);
}

/** The frame ends by the raised exception. */
export function traceUnwind(ip: Interpreter, f: number): void {
  if (ip.tracing > 0 || !isWatched(ip)) return;
  const exc = ip.takeError();
  const ok = trace(ip, f, 'return', ip.None) && profile(ip, f, 'return', ip.None);
  if (ok) ip.restoreError(exc);
  else ip.decref(exc);
}

/** An exception is thrown into a suspended generator. */
export function traceThrow(ip: Interpreter, f: number): void {
  if (ip.tracing > 0 || !isWatched(ip)) return;
  const exc = ip.takeError();
  const ok = trace(ip, f, 'call', ip.None) && profile(ip, f, 'call', ip.None);
  if (ok) ip.restoreError(exc);
  else ip.decref(exc);
}
