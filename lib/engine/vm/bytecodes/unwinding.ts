/** Raising, matching and unwinding (Python/ceval.c, `do_raise`, `get_exception_handler`, `check_except_type_valid`). */
import type { Handle } from '../../heap/layout';
import { isExceptionInstance, isTuple, typeName } from '../../objects/abstract';
import type { CodeRuntime } from '../../objects/code';
import { EXC_CAUSE, EXC_SUPPRESS, isExceptionClass } from '../../objects/exceptions';
import { tupleItems } from '../../objects/tuple';
import { isSubtype } from '../../objects/type-lookup';
import type { Interpreter } from '../interpreter';

/** Row of the exception table that covers the instruction, or -1. */
export function findHandler(code: CodeRuntime, pc: number): number {
  const table = code.unit.exceptiontable;
  for (let i = 0; i < table.length; i += 5) {
    if (pc >= table[i]! && pc < table[i + 1]!) return i;
  }
  return -1;
}

/** `raise exc from cause`; both stolen, 0 if absent. Sets the exception. True: it is a bare re-raise. */
export function doRaise(ip: Interpreter, exc: Handle, cause: Handle): boolean {
  if (exc === 0) {
    const handled = ip.handledException();
    if (handled === 0) {
      ip.raise('RuntimeError', 'No active exception to reraise');
      return false;
    }
    ip.restoreError(ip.newRef(handled));
    return true;
  }
  let value = exc;
  if (isExceptionClass(ip, exc)) {
    value = ip.call(exc, []);
    if (value !== 0 && !isExceptionInstance(ip, value)) {
      ip.raise(
        'TypeError',
        `calling <class '${ip.slotsOfType(exc).name}'> should have returned an instance of BaseException, not <class '${typeName(ip, value)}'>`,
      );
      ip.decref(value);
      value = 0;
    }
    ip.decref(exc);
    if (value === 0) {
      ip.xdecref(cause);
      return false;
    }
  } else if (!isExceptionInstance(ip, exc)) {
    ip.decref(exc);
    ip.xdecref(cause);
    ip.raise('TypeError', 'exceptions must derive from BaseException');
    return false;
  }
  if (cause !== 0 && !setCause(ip, value, cause)) {
    ip.decref(value);
    return false;
  }
  ip.raiseException(value);
  return false;
}

function setCause(ip: Interpreter, value: Handle, cause: Handle): boolean {
  let fixed = cause;
  if (isExceptionClass(ip, cause)) {
    fixed = ip.call(cause, []);
    ip.decref(cause);
    if (fixed === 0) return false;
  } else if (cause === ip.None) fixed = 0;
  else if (!isExceptionInstance(ip, cause)) {
    ip.decref(cause);
    ip.raise('TypeError', 'exception causes must derive from BaseException');
    return false;
  }
  ip.heap.setRef(value + EXC_CAUSE, fixed);
  ip.heap.set(value + EXC_SUPPRESS, 1);
  return true;
}

/** Does the exception match the except clause's type: 1, 0, -1 with TypeError. Both borrowed. */
export function matchException(ip: Interpreter, exc: Handle, type: Handle): number {
  const types = isTuple(ip, type) ? tupleItems(ip, type) : [type];
  for (const t of types) {
    if (!isExceptionClass(ip, t)) {
      return ip.raiseInt('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
    }
  }
  return matches(ip, exc, type);
}

function matches(ip: Interpreter, exc: Handle, type: Handle): number {
  if (isTuple(ip, type)) {
    for (const t of tupleItems(ip, type)) if (matches(ip, exc, t) === 1) return 1;
    return 0;
  }
  return isSubtype(ip, ip.tp(exc), ip.slotsOfType(type)) ? 1 : 0;
}
