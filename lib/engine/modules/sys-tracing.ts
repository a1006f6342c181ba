/** What `sys` has for those who watch a program run: trace functions and hooks of coroutines (Python/sysmodule.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, typeName } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { newStructSequence } from '../objects/structseq';
import type { Interpreter } from '../vm/interpreter';
import { setTracing } from '../vm/legacy-tracing';

type HookField = 'asyncgenFirstiter' | 'asyncgenFinalizer';

/** False with TypeError. */
function checkHook(ip: Interpreter, hook: Handle, name: string): boolean {
  if (hook === 0 || hook === ip.None || ip.tp(hook).tp_call !== null) return true;
  ip.raise('TypeError', `callable ${name} expected, got ${typeName(ip, hook)}`);
  return false;
}

/** 0 leaves it, None takes it away. */
function setHook(ip: Interpreter, field: HookField, hook: Handle): void {
  if (hook === 0) return;
  const old = ip[field];
  ip[field] = hook === ip.None ? 0 : ip.newRef(hook);
  ip.xdecref(old);
}

function setter(field: 'traceFunction' | 'profileFunction'): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, func) => {
      setTracing(ip, field, func === ip.None ? 0 : func);
      return ip.None;
    },
  };
}

function getter(field: 'traceFunction' | 'profileFunction'): MethodDef {
  return { kind: 'noargs', fn: (ip: Interpreter) => ip.newRef(ip[field] || ip.None) };
}

export const tracingMethods: Record<string, MethodDef> = {
  settrace: setter('traceFunction'),
  _settraceallthreads: setter('traceFunction'),
  gettrace: getter('traceFunction'),
  setprofile: setter('profileFunction'),
  _setprofileallthreads: setter('profileFunction'),
  getprofile: getter('profileFunction'),
  set_asyncgen_hooks: {
    kind: 'clinic',
    params: 'firstiter=, finalizer=',
    fn: (ip: Interpreter, _m, [firstiter, finalizer]) => {
      if (!checkHook(ip, finalizer!, 'finalizer') || !checkHook(ip, firstiter!, 'firstiter')) return 0;
      setHook(ip, 'asyncgenFinalizer', finalizer!);
      setHook(ip, 'asyncgenFirstiter', firstiter!);
      return ip.None;
    },
  },
  get_asyncgen_hooks: {
    kind: 'noargs',
    fn: (ip: Interpreter) =>
      newStructSequence(ip, 'asyncgen_hooks', [
        ip.newRef(ip.asyncgenFirstiter || ip.None),
        ip.newRef(ip.asyncgenFinalizer || ip.None),
      ]),
  },
  set_coroutine_origin_tracking_depth: {
    kind: 'clinic',
    params: 'depth',
    fn: (ip: Interpreter, _m, [depth]) => {
      const n = asIndex(ip, depth!, 'OverflowError');
      if (n === null) return 0;
      if (n < 0) return ip.raise('ValueError', 'depth must be >= 0');
      ip.originDepth = n;
      return ip.None;
    },
  },
  get_coroutine_origin_tracking_depth: {
    kind: 'noargs',
    fn: (ip: Interpreter) => intFromNumber(ip, ip.originDepth),
  },
};
