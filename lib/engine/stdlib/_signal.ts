/**
 * `_signal` (Modules/signalmodule.c): handlers can be set and asked for. A page's only signal is the interrupt, which
 * raises KeyboardInterrupt; `raise_signal` calls a handler at once.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { listItem, listSetItemStolen, newList } from '../objects/list';
import { dictGetKnown } from '../objects/dict';
import { moduleDict } from '../objects/module';
import { frameObject } from '../objects/frame';
import { newSet, setAdd } from '../objects/set';
import { strFrom } from '../objects/str';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const NSIG = 65;

/** Linux's numbers. */
const SIGNALS: Readonly<Record<string, number>> = Object.fromEntries(
  `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU
  XFSZ VTALRM PROF WINCH IO PWR SYS`
    .split(/\s+/)
    .map((name, i) => [`SIG${name}`, i + 1]),
);
const ALIASES: Readonly<Record<string, number>> = { SIGIOT: 6, SIGCLD: 17, SIGPOLL: 29, SIGRTMIN: 34, SIGRTMAX: 64 };

const TEXTS =
  'Hangup,Interrupt,Quit,Illegal instruction,Trace/breakpoint trap,Aborted,Bus error,Floating point exception,Killed,User defined signal 1,Segmentation fault,User defined signal 2,Broken pipe,Alarm clock,Terminated,Stack fault,Child exited,Continued,Stopped (signal),Stopped,Stopped (tty input),Stopped (tty output),Urgent I/O condition,CPU time limit exceeded,File size limit exceeded,Virtual timer expired,Profiling timer expired,Window changed,I/O possible,Power failure,Bad system call'.split(
    ',',
  );

const KEY = '_signal.handlers';

/** A list of handlers by number, owned by the module's state. */
function handlers(ip: Interpreter): Handle {
  return ip.moduleState.get(KEY) as Handle;
}

function signalNumber(ip: Interpreter, h: Handle): number | null {
  const n = asIndex(ip, h, 'OverflowError');
  if (n === null) return null;
  if (n < 1 || n >= NSIG) {
    ip.raise('ValueError', 'signal number out of range');
    return null;
  }
  return n;
}

const interrupt = (ip: Interpreter): 0 => {
  const exc = ip.call(ip.types.KeyboardInterrupt.handle, []);
  return exc === 0 ? 0 : ip.raiseException(exc);
};

function setHandler(ip: Interpreter, number: Handle, handler: Handle): Handle {
  const n = signalNumber(ip, number);
  if (n === null) return 0;
  const isDefault = asSmall(ip, handler);
  if (isDefault === null && ip.tp(handler).tp_call === null)
    return ip.raise('TypeError', 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
  if (n === SIGNALS.SIGKILL || n === SIGNALS.SIGSTOP) return ip.raise('OSError', '[Errno 22] Invalid argument');
  const old = ip.newRef(listItem(ip, handlers(ip), n));
  listSetItemStolen(ip, handlers(ip), n, ip.newRef(handler));
  return old;
}

/** 0 for SIG_DFL, 1 for SIG_IGN, null for what is none of the two. */
function asSmall(ip: Interpreter, h: Handle): 0 | 1 | null {
  if (!ip.is(h, ip.types.int)) {
    const n = ip.tp(h).nb_index === null ? null : asIndex(ip, h);
    ip.clearError();
    return n === 0 || n === 1 ? n : null;
  }
  return h === ip.smallInts[5] ? 0 : h === ip.smallInts[6] ? 1 : null;
}

function raiseSignal(ip: Interpreter, number: Handle): Handle {
  const n = signalNumber(ip, number);
  if (n === null) return 0;
  const handler = listItem(ip, handlers(ip), n);
  if (handler === ip.None || asSmall(ip, handler) !== null) return ip.None;
  ip.incref(handler);
  const frame = ip.frame === 0 ? ip.None : frameObject(ip, ip.frame);
  const r = ip.call(handler, [number, frame]);
  ip.decref(handler);
  if (r === 0) return 0;
  ip.decref(r);
  return ip.None;
}

const METHODS: Record<string, MethodDef> = {
  signal: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter, _m, [n, h]) => setHandler(ip, n!, h!) },
  getsignal: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = signalNumber(ip, x);
      return n === null ? 0 : ip.newRef(listItem(ip, handlers(ip), n));
    },
  },
  raise_signal: { kind: 'o', fn: (ip: Interpreter, _m, x) => raiseSignal(ip, x) },
  default_int_handler: { kind: 'fast', min: 2, max: 2, fn: interrupt },
  strsignal: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = signalNumber(ip, x);
      if (n === null) return 0;
      return TEXTS[n - 1] === undefined ? ip.None : strFrom(ip, TEXTS[n - 1]!);
    },
  },
  valid_signals: {
    kind: 'noargs',
    fn: (ip: Interpreter) => {
      const set = newSet(ip);
      for (let n = 1; n < NSIG; n++) {
        if (n === 32 || n === 33) continue;
        setAdd(ip, set, intFromNumber(ip, n));
      }
      return set;
    },
  },
  set_wakeup_fd: { kind: 'keywords', fn: (ip: Interpreter) => intFromNumber(ip, -1) },
  siginterrupt: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter) => ip.None },
};

export const signalModule: NativeModule = {
  name: '_signal',
  methods: METHODS,
  values: (ip) => {
    // Python ignores SIGPIPE, so that a write to a closed pipe is an OSError.
    const list = newList(
      ip,
      Array.from({ length: NSIG }, (_, n) => (n === 0 ? ip.None : ip.smallInts[n === SIGNALS.SIGPIPE ? 6 : 5]!)),
    );
    ip.heap.gcUntrack(list);
    ip.moduleRefs.push(list);
    ip.moduleState.set(KEY, list);
    const numbers = {
      ...SIGNALS,
      ...ALIASES,
      NSIG,
      SIG_DFL: 0,
      SIG_IGN: 1,
      SIG_BLOCK: 0,
      SIG_UNBLOCK: 1,
      SIG_SETMASK: 2,
    };
    return Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, intFromNumber(ip, n)]));
  },
  ready: (ip, module) => {
    const own = dictGetKnown(ip, moduleDict(ip, module), ip.id('default_int_handler'));
    listSetItemStolen(ip, handlers(ip), SIGNALS.SIGINT!, ip.newRef(own));
  },
};
