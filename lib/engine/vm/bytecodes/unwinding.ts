/** Raising, matching and unwinding (Python/ceval.c, `do_raise`, `get_exception_handler`, `check_except_type_valid`). */
import type { Handle } from '../../heap/layout';
import { isExceptionInstance, isTuple, reprText, typeName } from '../../objects/abstract';
import type { CodeRuntime } from '../../objects/code';
import { isExceptionGroup, newExceptionGroup } from '../../objects/exception-group';
import { EXC_CAUSE, EXC_SUPPRESS, isExceptionClass } from '../../objects/exceptions';
import { callSpecial } from '../../objects/slotdefs';
import { addTraceback } from '../../objects/traceback';
import { tupleItem, tupleItems, tupleSize } from '../../objects/tuple';
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
      notAnException(ip, exc, value);
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

/** `value` is released. */
function notAnException(ip: Interpreter, cls: Handle, value: Handle): void {
  const [called, given] = [reprText(ip, cls), reprText(ip, ip.mem[value + 1]!)];
  ip.decref(value);
  if (called === null || given === null) return;
  ip.raise('TypeError', `calling ${called} should have returned an instance of BaseException, not ${given}`);
}

function setCause(ip: Interpreter, value: Handle, cause: Handle): boolean {
  let fixed = cause;
  if (isExceptionClass(ip, cause)) {
    fixed = ip.call(cause, []);
    if (fixed !== 0 && !isExceptionInstance(ip, fixed)) {
      notAnException(ip, cause, fixed);
      fixed = 0;
    }
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
  if (isTuple(ip, type)) {
    const n = tupleSize(ip, type);
    for (let i = 0; i < n; i++) if (!isExceptionClass(ip, tupleItem(ip, type, i))) return notCatchable(ip);
  } else if (!isExceptionClass(ip, type)) return notCatchable(ip);
  return matches(ip, exc, type);
}

function notCatchable(ip: Interpreter): number {
  return ip.raiseInt('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
}

function matches(ip: Interpreter, exc: Handle, type: Handle): number {
  if (isTuple(ip, type)) {
    const n = tupleSize(ip, type);
    for (let i = 0; i < n; i++) if (matches(ip, exc, tupleItem(ip, type, i)) === 1) return 1;
    return 0;
  }
  return isSubtype(ip, ip.tp(exc), ip.slotsOfType(type)) ? 1 : 0;
}

/**
 * CHECK_EG_MATCH (`exception_group_match`): splits what is left of a group for an except* clause.
 * @returns what the clause gets and what is left, both new, None for nothing; null with an exception
 */
export function matchExceptionStar(ip: Interpreter, exc: Handle, type: Handle): [match: Handle, rest: Handle] | null {
  const whole = matchException(ip, exc === ip.None ? ip.types.BaseException.handle : exc, type);
  if (whole < 0) return null;
  for (const t of isTuple(ip, type) ? tupleItems(ip, type) : [type]) {
    if (!isSubtype(ip, ip.slotsOfType(t), ip.types.BaseExceptionGroup)) continue;
    ip.raise('TypeError', 'catching ExceptionGroup with except* is not allowed. Use except instead.');
    return null;
  }
  if (exc === ip.None) return [ip.None, ip.None];
  if (whole === 1) {
    if (isExceptionGroup(ip, exc)) return [ip.newRef(exc), ip.None];
    const group = newExceptionGroup(ip, [exc]);
    if (group === 0) return null;
    addTraceback(ip, group, ip.frame);
    return [group, ip.None];
  }
  if (!isExceptionGroup(ip, exc)) return [ip.None, ip.newRef(exc)];
  const pair = callSpecial(ip, exc, 'split', [type]);
  if (pair === 0) return null;
  const who = typeName(ip, exc);
  if (!ip.is(pair, ip.types.tuple)) {
    ip.raise('TypeError', `${who}.split must return a tuple, not ${typeName(ip, pair)}`);
  } else if (tupleSize(ip, pair) < 2) {
    ip.raise('TypeError', `${who}.split must return a 2-tuple, got tuple of size ${tupleSize(ip, pair)}`);
  }
  const parts: [Handle, Handle] | null =
    ip.currentException !== 0 ? null : [ip.newRef(tupleItem(ip, pair, 0)), ip.newRef(tupleItem(ip, pair, 1))];
  ip.decref(pair);
  return parts;
}
