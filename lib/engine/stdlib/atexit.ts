/** `atexit` (Modules/atexitmodule.c): functions for the end of the program, the one registered last first. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { reprText, richCompareBool } from '../objects/abstract';
import { CompareOp } from '../heap/object';
import { intFromNumber } from '../objects/int';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** One registered call: the references are owned, through `ip.moduleRefs`. */
interface Callback {
  func: Handle;
  args: Handle[];
  kwnames: Handle[] | null;
}

const KEY = 'atexit';

function callbacks(ip: Interpreter): Callback[] {
  let list = ip.moduleState.get(KEY) as Callback[] | undefined;
  if (list === undefined) {
    list = [];
    ip.moduleState.set(KEY, list);
  }
  return list;
}

const references = (c: Callback): Handle[] => [c.func, ...c.args, ...(c.kwnames ?? [])];

function hold(ip: Interpreter, c: Callback): void {
  for (const h of references(c)) ip.moduleRefs.push(ip.newRef(h));
}

/** Takes the references out of the state; the caller releases them. */
function letGo(ip: Interpreter, c: Callback): void {
  for (const h of references(c)) ip.moduleRefs.splice(ip.moduleRefs.lastIndexOf(h), 1);
  for (const h of references(c)) ip.decref(h);
}

/** The message names the function; making its repr must not lose the exception. */
function reportFailure(ip: Interpreter, func: Handle): void {
  const error = ip.takeError();
  const shown = reprText(ip, func);
  ip.clearError();
  ip.restoreError(error);
  ip.writeUnraisable(`Exception ignored in atexit callback ${shown ?? '<function>'}`, 0);
}

/** `atexit_callfuncs`: an exception is reported, and the next function called. */
export function runAtExit(ip: Interpreter): void {
  const list = callbacks(ip);
  for (let c = list.pop(); c !== undefined; c = list.pop()) {
    const r = ip.call(c.func, [...c.args], c.kwnames);
    if (r === 0) reportFailure(ip, c.func);
    else ip.decref(r);
    letGo(ip, c);
  }
}

function clear(ip: Interpreter): Handle {
  const list = callbacks(ip);
  for (const c of list.splice(0).reverse()) letGo(ip, c);
  return ip.None;
}

const METHODS: Record<string, MethodDef> = {
  register: {
    kind: 'keywords',
    fn: (ip: Interpreter, _m, args, kwnames) => {
      const [func, ...rest] = args;
      if (func === undefined || args.length === (kwnames?.length ?? 0))
        return ip.raise('TypeError', 'register() takes at least 1 argument (0 given)');
      if (ip.tp(func).tp_call === null) return ip.raise('TypeError', 'the first argument must be callable');
      const c: Callback = { func, args: rest, kwnames };
      hold(ip, c);
      callbacks(ip).push(c);
      return ip.newRef(func);
    },
  },
  unregister: {
    kind: 'o',
    fn: (ip: Interpreter, _m, func) => {
      const list = callbacks(ip);
      for (const c of [...list]) {
        const same = richCompareBool(ip, c.func, func, CompareOp.EQ);
        if (same < 0) return 0;
        const at = list.indexOf(c);
        if (same === 0 || at < 0) continue;
        list.splice(at, 1);
        letGo(ip, c);
      }
      return ip.None;
    },
  },
  _clear: { kind: 'noargs', fn: clear },
  _ncallbacks: { kind: 'noargs', fn: (ip: Interpreter) => intFromNumber(ip, callbacks(ip).length) },
  _run_exitfuncs: {
    kind: 'noargs',
    fn: (ip: Interpreter) => {
      runAtExit(ip);
      return ip.None;
    },
  },
};

export const atexitModule: NativeModule = {
  name: 'atexit',
  methods: METHODS,
  values: (ip) => {
    ip.atExit = () => runAtExit(ip);
    return {};
  },
};
