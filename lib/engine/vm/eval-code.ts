/**
 * Running a code object that is no function's: a module, a class body, `exec`, `eval` (Python/ceval.c,
 * `PyEval_EvalCode`). As in CPython a function object is made for the run.
 */
import type { Handle } from '../heap/layout';
import { codeRuntime } from '../objects/code';
import { dictGetKnown } from '../objects/dict';
import { FUNC_CLOSURE, FUNC_DOC, FUNC_MODULE, newFunction } from '../objects/funcobject';
import { currentBuiltins, FLAG_ENTRY, F_FLAGS, F_LOCALS } from '../objects/interpreter-frame';
import { moduleDict } from '../objects/module';
import { pushFrame, runFrame } from './call';
import type { Interpreter } from './interpreter';

/** `_PyEval_BuiltinsFromGlobals`: borrowed. */
function builtinsOf(ip: Interpreter, globals: Handle): Handle {
  const own = dictGetKnown(ip, globals, ip.id('__builtins__'));
  if (own === 0) return currentBuiltins(ip);
  return ip.is(own, ip.types.module) ? moduleDict(ip, own) : own;
}

/** The function a code object runs as: new. */
function functionFor(ip: Interpreter, code: Handle, globals: Handle): Handle {
  const func = newFunction(ip, code, globals, builtinsOf(ip, globals));
  ip.heap.clearRef(func + FUNC_MODULE);
  ip.heap.setRef(func + FUNC_DOC, ip.None);
  return func;
}

/** `_PyEval_Vector` for a function without arguments whose names live in `locals`. All borrowed; new or 0. */
export function evalFunction(ip: Interpreter, func: Handle, locals: Handle, code: Handle): Handle {
  const f = pushFrame(ip, ip.newRef(func), codeRuntime(ip, code), ip.frame);
  if (f === 0) {
    ip.decref(func);
    return 0;
  }
  if (locals !== 0) ip.mem[f + F_LOCALS] = ip.newRef(locals);
  return runFrame(ip, f);
}

/** `PyEval_EvalCode`: all borrowed; new or 0. */
export function evalCode(ip: Interpreter, code: Handle, globals: Handle, locals: Handle, closure: Handle = 0): Handle {
  const func = functionFor(ip, code, globals);
  if (closure !== 0) ip.heap.setRef(func + FUNC_CLOSURE, ip.newRef(closure));
  const r = evalFunction(ip, func, locals, code);
  ip.decref(func);
  return r;
}

/**
 * Pushes the frame of a module's code for a loop that may pause: the caller then runs `evalLoop` until it answers
 * something else than PAUSED, and calls `endModule` with what `beginModule` gave.
 * @returns the module's function, owned; 0 with an exception
 */
export function beginModule(ip: Interpreter, code: Handle, globals: Handle): Handle {
  const func = functionFor(ip, code, globals);
  const f = pushFrame(ip, ip.newRef(func), codeRuntime(ip, code), 0);
  if (f === 0) {
    ip.decref(func);
    ip.decref(func);
    return 0;
  }
  ip.mem[f + F_LOCALS] = ip.newRef(globals);
  ip.mem[f + F_FLAGS] = FLAG_ENTRY;
  ip.frame = f;
  ip.held.push(func);
  return func;
}

export function endModule(ip: Interpreter, func: Handle): void {
  ip.frame = 0;
  ip.held.pop();
  ip.decref(func);
}
