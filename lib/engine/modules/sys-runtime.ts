/** The functions of `sys` that ask or change how the interpreter runs (Python/sysmodule.c), beside sys.ts. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getAttr, getItem, getOptionalAttr, isStr, isTuple, strText, typeName } from '../objects/abstract';
import { dictGet, dictGetKnown, dictGetString, dictSet, newDict } from '../objects/dict';
import { frameObject } from '../objects/frame';
import { FUNC_MODULE } from '../objects/funcobject';
import { intFromNumber } from '../objects/int';
import { F_FUNC, F_GLOBALS, F_PREVIOUS } from '../objects/interpreter-frame';
import { isInterned, strFrom, strValue } from '../objects/str';
import { newTuple, tupleItems } from '../objects/tuple';
import type { Interpreter } from '../vm/interpreter';
import { mallocStatistics } from './malloc-stats';
import { warn } from './warn';

/** The one thread's identity: an address, as pthread_self gives. */
const THREAD_ID = 0x7f3a_0000_0740;

/** The frame `depth` calls up, or 0 with ValueError. */
export function frameAt(ip: Interpreter, depthArg: Handle): number {
  const given = depthArg === 0 ? 0 : asIndex(ip, depthArg, 'OverflowError');
  if (given === null) return 0;
  let f = ip.frame;
  for (let depth = given; depth > 0 && f !== 0; depth--) f = ip.mem[f + F_PREVIOUS]!;
  if (f === 0) ip.raise('ValueError', 'call stack is not deep enough');
  return f;
}

/** `sys._getframemodulename`: the module of the function that runs there. */
function frameModuleName(ip: Interpreter, depth: Handle): Handle {
  const f = frameAt(ip, depth);
  if (f === 0) {
    if (ip.errorMatches('ValueError')) {
      ip.clearError();
      return ip.None;
    }
    return 0;
  }
  const func = ip.mem[f + F_FUNC]!;
  const module = func !== 0 && ip.is(func, ip.types.function) ? ip.mem[func + FUNC_MODULE]! : 0;
  if (module !== 0) return ip.newRef(module);
  // Code of a module has no function here; CPython's is called after the globals.
  return ip.newRef(dictGetString(ip, ip.mem[f + F_GLOBALS]!, '__name__') || ip.None);
}

function byThread(ip: Interpreter, value: Handle): Handle {
  const dict = newDict(ip);
  const id = intFromNumber(ip, THREAD_ID);
  dictSet(ip, dict, id, value);
  ip.decref(id);
  return dict;
}

/** `sys.call_tracing(func, args)`. */
function callTracing(ip: Interpreter, func: Handle, args: Handle): Handle {
  if (!isTuple(ip, args))
    return ip.raise('TypeError', `call_tracing() argument 2 must be tuple, not ${typeName(ip, args)}`);
  return ip.call(func, [...tupleItems(ip, args)]);
}

/** The text of PYTHONBREAKPOINT in `os.environ`, or null. */
function breakpointVariable(ip: Interpreter): string | null {
  const os = dictGetKnown(ip, ip.modules, ip.id('os'));
  const environ = os === 0 ? 0 : getOptionalAttr(ip, os, ip.id('environ'));
  if (environ === 0) {
    ip.clearError();
    return null;
  }
  const value = getItem(ip, environ, ip.id('PYTHONBREAKPOINT'));
  ip.decref(environ);
  if (value === 0) {
    ip.clearError();
    return null;
  }
  const text = isStr(ip, value) ? strValue(ip, value) : null;
  ip.decref(value);
  return text;
}

/** `sys.breakpointhook`: calls what PYTHONBREAKPOINT names, `pdb.set_trace` if nothing. */
function breakpointHook(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  const named = breakpointVariable(ip) || 'pdb.set_trace';
  if (named === '0') return ip.None;
  const dot = named.lastIndexOf('.');
  const moduleName = strFrom(ip, dot < 0 ? 'builtins' : named.slice(0, dot));
  // The last part of the name is not the module's.
  const module = dot === 0 ? 0 : importDotted(ip, moduleName);
  ip.decref(moduleName);
  const name = strFrom(ip, named.slice(dot + 1));
  const f = module === 0 ? 0 : getAttr(ip, module, name);
  ip.decref(name);
  ip.xdecref(module);
  if (f === 0) {
    if (ip.currentException !== 0 && !ip.errorMatches('ImportError') && !ip.errorMatches('AttributeError')) return 0;
    ip.clearError();
    return warn(ip, 'RuntimeWarning', `Ignoring unimportable $PYTHONBREAKPOINT: "${named}"`) ? ip.None : 0;
  }
  const r = ip.call(f, args, kwnames);
  ip.decref(f);
  return r;
}

/** `PyImport_Import`: the module of a dotted name itself. New. */
function importDotted(ip: Interpreter, name: Handle): Handle {
  const top = ip.importModule(name, 0, 0, 0);
  if (top === 0) return 0;
  ip.decref(top);
  const module = dictGet(ip, ip.modules, name);
  return module === 0 ? 0 : ip.newRef(module);
}

/** Hooks of `sys.addaudithook`, oldest first; the state owns them. */
function auditHooks(ip: Interpreter): Handle[] {
  let hooks = ip.moduleState.get('sys.audit') as Handle[] | undefined;
  if (hooks === undefined) {
    hooks = [];
    ip.moduleState.set('sys.audit', hooks);
  }
  return hooks;
}

/** `PySys_Audit`: false with a hook's exception. */
export function audit(ip: Interpreter, event: string, args: Handle[]): boolean {
  const hooks = auditHooks(ip);
  if (hooks.length === 0) return true;
  const name = strFrom(ip, event);
  const tuple = newTuple(
    ip,
    args.map((a) => ip.newRef(a)),
  );
  let ok = true;
  for (let i = 0; ok && i < hooks.length; i++) {
    const r = ip.call(hooks[i]!, [name, tuple]);
    ok = r !== 0;
    ip.xdecref(r);
  }
  ip.decref(name);
  ip.decref(tuple);
  return ok;
}

function addAuditHook(ip: Interpreter, hook: Handle): Handle {
  if (!audit(ip, 'sys.addaudithook', [])) {
    // A hook may refuse another one with a RuntimeError: nothing is added then.
    if (!ip.errorMatches('RuntimeError')) return 0;
    ip.clearError();
    return ip.None;
  }
  auditHooks(ip).push(hook);
  ip.moduleRefs.push(ip.newRef(hook));
  return ip.None;
}

function auditCall(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  if (kwnames !== null && kwnames.length > 0) return ip.raise('TypeError', 'sys.audit() takes no keyword arguments');
  const [event, ...rest] = args;
  if (event === undefined) return ip.raise('TypeError', 'audit expected at least 1 argument, got 0');
  if (auditHooks(ip).length === 0) return ip.None;
  if (!isStr(ip, event)) return ip.raise('TypeError', `expected str for argument 'event', not ${typeName(ip, event)}`);
  const text = strText(ip, event);
  return text !== null && audit(ip, text, rest) ? ip.None : 0;
}

const result = (make: (ip: Interpreter) => Handle): MethodDef => ({ kind: 'noargs', fn: make });

export const runtimeMethods: Record<string, MethodDef> = {
  _getframemodulename: {
    kind: 'clinic',
    params: 'depth=',
    fn: (ip: Interpreter, _m, [depth]) => frameModuleName(ip, depth!),
  },
  _current_frames: result((ip) => byThread(ip, ip.frame === 0 ? ip.None : frameObject(ip, ip.frame))),
  _current_exceptions: result((ip) => byThread(ip, ip.handledException() || ip.None)),
  _debugmallocstats: result((ip) => {
    ip.writeStderr(mallocStatistics(ip.heap));
    return ip.None;
  }),
  _is_interned: {
    kind: 'o',
    fn: (ip: Interpreter, _m, s) =>
      isStr(ip, s)
        ? ip.bool(isInterned(ip, s))
        : ip.raise('TypeError', `_is_interned() argument must be str, not ${typeName(ip, s)}`),
  },
  getunicodeinternedsize: {
    kind: 'clinic',
    params: '*, _only_immortal=',
    fn(ip: Interpreter, _m, [only]) {
      if (only === 0 || only === ip.False) return intFromNumber(ip, ip.interned.size);
      let n = 0;
      for (const h of ip.interned.values()) if (ip.heap.isImmortal(h)) n++;
      return intFromNumber(ip, n);
    },
  },
  addaudithook: { kind: 'clinic', params: 'hook', fn: (ip: Interpreter, _m, [hook]) => addAuditHook(ip, hook!) },
  audit: { kind: 'keywords', fn: (ip: Interpreter, _m, args, kwnames) => auditCall(ip, args, kwnames) },
  breakpointhook: {
    kind: 'keywords',
    fn: (ip: Interpreter, _m, args, kwnames) => breakpointHook(ip, args, kwnames),
  },
  call_tracing: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [func, args]) => callTracing(ip, func!, args!),
  },
  getdlopenflags: result((ip) => intFromNumber(ip, 2)),
  setdlopenflags: {
    kind: 'o',
    fn: (ip: Interpreter, _m, flags) => (asIndex(ip, flags, 'OverflowError') === null ? 0 : ip.None),
  },
  activate_stack_trampoline: {
    kind: 'o',
    fn: (ip: Interpreter, _m, backend) =>
      isStr(ip, backend)
        ? ip.raise('ValueError', 'perf trampoline not available')
        : ip.raise('TypeError', `activate_stack_trampoline() argument must be str, not ${typeName(ip, backend)}`),
  },
  deactivate_stack_trampoline: result((ip) => ip.None),
  is_stack_trampoline_active: result((ip) => ip.False),
  _get_cpu_count_config: result((ip) => intFromNumber(ip, -1)),
};

/** `builtins.breakpoint`: whatever `sys.breakpointhook` is now. */
export function breakpoint(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  const hook = dictGetKnown(ip, ip.sysDict, ip.id('breakpointhook'));
  if (hook === 0) return ip.raise('RuntimeError', 'lost sys.breakpointhook');
  ip.incref(hook);
  const r = ip.call(hook, args, kwnames);
  ip.decref(hook);
  return r;
}
