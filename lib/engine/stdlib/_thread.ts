/**
 * `_thread` (Modules/_threadmodule.c) for the one thread there is: locks that never wait, `_local`, and an error that
 * says where threads can be had.
 * DIFFERS: acquiring a lock that is held would wait for ever; it raises RuntimeError instead.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec } from '../heap/object';
import { isInt, isTrue, strText, typeName } from '../objects/abstract';
import { newFloat } from '../objects/float';
import { genericGetAttr, genericSetAttr } from '../objects/generic-attr';
import { params, parseArgs } from '../objects/getargs';
import { intFromNumber, intToIndex } from '../objects/int';
import { asDouble } from '../objects/number-convert';
import { newDict } from '../objects/dict';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strValue } from '../objects/str';
import { newTuple } from '../objects/tuple';
import { clearWeakrefs } from '../objects/weakref-list';
import { moduleType, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';
import { type StructSequence, structSequenceType } from './struct-sequence';

/** `get_ident()` of the only thread. */
const MAIN_IDENT = 0x7f3a_0000_0740;

const NO_THREADS = "can't start new thread: Heapbook's engine runs one; the CPython kernel has more";

const address = (rt: Runtime, h: Handle): string => `0x${rt.heap.id(h).toString(16)}`;

// ---- lock -----------------------------------------------------------------------------------------------------------

const LOCKED = 2;
const LOCK_WEAKLIST = 3;
const ACQUIRE = params('acquire', 'blocking=, timeout=');

/** `lock_acquire_parse_args`: null with an exception. */
function acquireArguments(
  rt: Runtime,
  args: Handle[],
  kwnames: Handle[] | null,
): { blocking: boolean; timeout: number } | null {
  const a = parseArgs(rt, ACQUIRE, args, kwnames);
  if (a === null) return null;
  const truth = a[0] === 0 ? 1 : isTrue(rt, a[0]!);
  if (truth < 0) return null;
  const timeout = a[1] === 0 ? -1 : asDouble(rt, a[1]!);
  if (timeout === null) return null;
  const blocking = truth === 1;
  const fail = (message: string): null => {
    rt.raise('ValueError', message);
    return null;
  };
  if (!blocking && timeout !== -1) return fail("can't specify a timeout for a non-blocking call");
  if (timeout < 0 && timeout !== -1) return fail('timeout value must be a non-negative number');
  return { blocking, timeout };
}

function wouldWait(rt: Runtime, how: { blocking: boolean; timeout: number }): Handle {
  if (!how.blocking || how.timeout >= 0) return rt.False;
  return rt.raise('RuntimeError', 'deadlock: the lock is held, and there is no other thread that could release it');
}

function acquireLock(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const how = acquireArguments(rt, args, kwnames);
  if (how === null) return 0;
  if (rt.mem[h + LOCKED] !== 0) return wouldWait(rt, how);
  rt.heap.set(h + LOCKED, 1);
  return rt.True;
}

function releaseLock(rt: Runtime, h: Handle): Handle {
  if (rt.mem[h + LOCKED] === 0) return rt.raise('RuntimeError', 'release unlocked lock');
  rt.heap.set(h + LOCKED, 0);
  return rt.None;
}

const locked: MethodDef = { kind: 'noargs', fn: (rt: Runtime, h) => rt.bool(rt.mem[h + LOCKED] !== 0) };
const acquire: MethodDef = { kind: 'keywords', fn: acquireLock };
const release: MethodDef = { kind: 'noargs', fn: releaseLock };

const lockSpec: TypeSpec = {
  name: 'lock',
  module: '_thread',
  gc: true,
  words: 2,
  basicsize: 24,
  weaklistoffset: LOCK_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWeakrefs(rt, h);
      freeObject(rt, h);
    },
    tp_new: (rt: Runtime, type, args, kwnames) =>
      parseArgs(rt, params('lock', ''), args, kwnames) === null ? 0 : allocInstance(rt, rt.slotsOfType(type)),
    tp_repr: (rt: Runtime, h) =>
      strFrom(
        rt,
        `<${rt.mem[h + LOCKED] !== 0 ? 'locked' : 'unlocked'} ${typeName(rt, h)} object at ${address(rt, h)}>`,
      ),
  },
  methods: {
    acquire_lock: acquire,
    acquire,
    release_lock: release,
    release,
    locked_lock: locked,
    locked,
    __enter__: { kind: 'noargs', fn: (rt: Runtime, h) => acquireLock(rt, h, [], null) },
    __exit__: { kind: 'fast', min: 0, max: -1, fn: releaseLock },
    _at_fork_reinit: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        rt.heap.set(h + LOCKED, 0);
        return rt.None;
      },
    },
  },
};

function newLock(ip: Interpreter): Handle {
  return allocInstance(ip, typeOfModule(ip, '_thread.lock'));
}

// ---- RLock ----------------------------------------------------------------------------------------------------------

const COUNT = 2;
const RLOCK_WEAKLIST = 3;

function acquireRLock(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (acquireArguments(rt, args, kwnames) === null) return 0;
  rt.heap.set(h + COUNT, rt.mem[h + COUNT]! + 1);
  return rt.True;
}

function releaseRLock(rt: Runtime, h: Handle): Handle {
  if (rt.mem[h + COUNT] === 0) return rt.raise('RuntimeError', 'cannot release un-acquired lock');
  rt.heap.set(h + COUNT, rt.mem[h + COUNT]! - 1);
  return rt.None;
}

const rlockSpec: TypeSpec = {
  name: 'RLock',
  module: '_thread',
  gc: true,
  flags: TPFLAGS.BASETYPE,
  words: 2,
  basicsize: 40,
  weaklistoffset: RLOCK_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWeakrefs(rt, h);
      freeObject(rt, h);
    },
    tp_new: (rt: Runtime, type, args, kwnames) =>
      parseArgs(rt, params('RLock', ''), args, kwnames) === null ? 0 : allocInstance(rt, rt.slotsOfType(type)),
    tp_repr: (rt: Runtime, h) => {
      const count = rt.mem[h + COUNT]!;
      return strFrom(
        rt,
        `<${count !== 0 ? 'locked' : 'unlocked'} ${typeName(rt, h)} object owner=${count === 0 ? 0 : MAIN_IDENT} count=${count} at ${address(rt, h)}>`,
      );
    },
  },
  methods: {
    acquire: { kind: 'keywords', fn: acquireRLock },
    release: { kind: 'noargs', fn: releaseRLock },
    locked,
    __enter__: { kind: 'noargs', fn: (rt: Runtime, h) => acquireRLock(rt, h, [], null) },
    __exit__: { kind: 'fast', min: 0, max: -1, fn: releaseRLock },
    _is_owned: { kind: 'noargs', fn: (rt: Runtime, h) => rt.bool(rt.mem[h + COUNT] !== 0) },
    _recursion_count: { kind: 'noargs', fn: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + COUNT]!) },
    _acquire_restore: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        rt.heap.set(h + COUNT, intToIndex(rt, rt.mem[state + 3]!));
        return rt.None;
      },
    },
    _release_save: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const count = rt.mem[h + COUNT]!;
        if (count === 0) return rt.raise('RuntimeError', 'cannot release un-acquired lock');
        rt.heap.set(h + COUNT, 0);
        return newTuple(rt, [intFromNumber(rt, count), intFromNumber(rt, MAIN_IDENT)]);
      },
    },
    _at_fork_reinit: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        rt.heap.set(h + COUNT, 0);
        return rt.None;
      },
    },
  },
};

// ---- _local ---------------------------------------------------------------------------------------------------------

const LOCAL_DICT = 2;
const LOCAL_WEAKLIST = 3;

const localSpec: TypeSpec = {
  name: '_local',
  module: '_thread',
  gc: true,
  flags: TPFLAGS.BASETYPE,
  words: 2,
  basicsize: 56,
  dictoffset: LOCAL_DICT,
  weaklistoffset: LOCAL_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWeakrefs(rt, h);
      rt.heap.clearRef(h + LOCAL_DICT);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + LOCAL_DICT] !== 0) visit(rt.mem[h + LOCAL_DICT]!, h + LOCAL_DICT);
    },
    tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + LOCAL_DICT),
    tp_new(rt: Runtime, type, args) {
      const slots = rt.slotsOfType(type);
      if (args.length > 0 && slots.tp_init === rt.types.object.tp_init)
        return rt.raise('TypeError', 'Initialization arguments are not supported');
      const h = allocInstance(rt, slots);
      rt.heap.set(h + LOCAL_DICT, newDict(rt));
      return h;
    },
    tp_getattro(rt: Runtime, h, name) {
      if (strValue(rt, name) === '__dict__') return rt.newRef(rt.mem[h + LOCAL_DICT]!);
      return genericGetAttr(rt, h, name);
    },
    tp_setattro(rt: Runtime, h, name, value) {
      if (strValue(rt, name) === '__dict__') {
        rt.raiseAttributeError(`'${typeName(rt, h)}' object attribute '__dict__' is read-only`, h, name);
        return -1;
      }
      return genericSetAttr(rt, h, name, value);
    },
  },
};

// ---- handles of threads ---------------------------------------------------------------------------------------------

const IS_MAIN = 2;

/** What `threading` keeps of its main thread. */
const threadHandleSpec: TypeSpec = {
  name: '_ThreadHandle',
  module: '_thread',
  words: 1,
  basicsize: 24,
  slots: {
    tp_dealloc: freeObject,
    tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
    tp_repr: (rt: Runtime, h) =>
      strFrom(rt, `<${typeName(rt, h)} object: ident=${rt.mem[h + IS_MAIN] !== 0 ? MAIN_IDENT : 0}>`),
  },
  methods: {
    join: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h) =>
        rt.mem[h + IS_MAIN] !== 0
          ? rt.raise('RuntimeError', 'Cannot join current thread')
          : rt.raise('RuntimeError', 'thread not started'),
    },
    _set_done: { kind: 'noargs', fn: (rt: Runtime) => rt.None },
    is_done: { kind: 'noargs', fn: (rt: Runtime) => rt.False },
  },
  getset: {
    ident: {
      get: (rt: Runtime, h) => (rt.mem[h + IS_MAIN] !== 0 ? intFromNumber(rt, MAIN_IDENT) : intFromNumber(rt, 0)),
    },
  },
};

// ---- the module -----------------------------------------------------------------------------------------------------

const EXCEPT_HOOK_ARGS: StructSequence = {
  module: '_thread',
  name: '_ExceptHookArgs',
  fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'],
  visible: 4,
};

const ident: MethodDef = { kind: 'noargs', fn: (rt: Runtime) => intFromNumber(rt, MAIN_IDENT) };
const none: MethodDef = { kind: 'noargs', fn: (rt: Runtime) => rt.None };
const cannotStart: MethodDef = { kind: 'keywords', fn: (rt: Runtime) => rt.raise('RuntimeError', NO_THREADS) };
const leave: MethodDef = {
  kind: 'noargs',
  fn: (rt: Runtime) => {
    const exc = rt.call(rt.types.SystemExit.handle, []);
    return exc === 0 ? 0 : rt.raiseException(exc);
  },
};

export const threadModule: NativeModule = {
  name: '_thread',
  methods: {
    start_new_thread: cannotStart,
    start_new: cannotStart,
    start_joinable_thread: cannotStart,
    daemon_threads_allowed: { kind: 'noargs', fn: (rt: Runtime) => rt.True },
    allocate_lock: { kind: 'noargs', fn: (ip: Interpreter) => newLock(ip) },
    allocate: { kind: 'noargs', fn: (ip: Interpreter) => newLock(ip) },
    exit_thread: leave,
    exit: leave,
    interrupt_main: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (ip: Interpreter) => {
        ip.interruptRequested = true;
        return ip.None;
      },
    },
    get_ident: ident,
    get_native_id: { kind: 'noargs', fn: (rt: Runtime) => intFromNumber(rt, 1) },
    _get_main_thread_ident: ident,
    _count: { kind: 'noargs', fn: (rt: Runtime) => intFromNumber(rt, 0) },
    stack_size: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, _m, [size]) => {
        if (size !== undefined && isInt(rt, size) && intToIndex(rt, size) < 0)
          return rt.raise('ValueError', 'size must be 0 or a positive value');
        return intFromNumber(rt, 0);
      },
    },
    set_name: { kind: 'o', fn: (rt: Runtime) => rt.None },
    _excepthook: {
      kind: 'o',
      fn: (ip: Interpreter, _m, args) => {
        const text = strText(ip, args);
        if (text === null) return 0;
        ip.writeStderr(`Exception in thread: ${text}\n`);
        return ip.None;
      },
    },
    _is_main_interpreter: { kind: 'noargs', fn: (rt: Runtime) => rt.True },
    _shutdown: none,
    _make_thread_handle: {
      kind: 'o',
      fn: (ip: Interpreter) => {
        const h = allocInstance(ip, typeOfModule(ip, '_thread._ThreadHandle'));
        ip.heap.set(h + IS_MAIN, 1);
        return h;
      },
    },
    _get_main_thread_handle: none,
  },
  values: (ip) => {
    const lock = moduleType(ip, lockSpec);
    const values: Record<string, Handle> = {
      error: ip.types.RuntimeError.handle,
      LockType: ip.newRef(lock.handle),
      RLock: ip.newRef(moduleType(ip, rlockSpec).handle),
      _local: ip.newRef(moduleType(ip, localSpec).handle),
      _ThreadHandle: ip.newRef(moduleType(ip, threadHandleSpec).handle),
      _ExceptHookArgs: ip.newRef(structSequenceType(ip, EXCEPT_HOOK_ARGS).handle),
      TIMEOUT_MAX: newFloat(ip, 9223372036),
    };
    values.lock = ip.newRef(lock.handle);
    return values;
  },
};
