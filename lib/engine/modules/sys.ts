/** The module `sys` (Python/sysmodule.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getAttrString, isInt, isStr, isType, repr, strText, typeName } from '../objects/abstract';
import { dictGetKnown, dictPop, dictSet, newDict } from '../objects/dict';
import { EXC_TRACEBACK } from '../objects/exceptions';
import { fileFlush, fileWriteString, newTextStream } from '../objects/fileobject';
import { newFloat, floatValue } from '../objects/float';
import { frameObject } from '../objects/frame';
import { intFromNumber, intToIndex } from '../objects/int';
import { newList } from '../objects/list';
import { addToModule, moduleDict, newModule } from '../objects/module';
import { callSpecial } from '../objects/slotdefs';
import { internObject, strFrom } from '../objects/str';
import { newTuple, tupleItem } from '../objects/tuple';
import { isInstanceOf, TP_DICT, typeLookup, typeModified } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';
import { exceptionPieces } from '../vm/traceback-print';
import { report } from '../vm/unraisable';
import { sysConstants } from './sys-info';
import { tracingMethods } from './sys-tracing';
import { makeMonitoring } from './sys-monitoring';
import { frameAt, runtimeMethods } from './sys-runtime';

/** `Py_REFCNT` as this version shows it. */
export function shownRefcount(ip: Interpreter, h: Handle): number {
  const count = ip.mem[h]!;
  return count < 0 ? ip.facts.immortalRefcount : count;
}

/** `_PySys_GetSizeOf`: `__sizeof__` and what lies before the object; -1 with an exception. */
export function getSizeOf(ip: Interpreter, h: Handle): number {
  if (typeLookup(ip, ip.tp(h), ip.id('__sizeof__')) === 0) {
    return ip.raiseInt('TypeError', `Type ${typeName(ip, h)} doesn't define __sizeof__`);
  }
  const r = callSpecial(ip, h, '__sizeof__', []);
  if (r === 0) return -1;
  if (!isInt(ip, r)) {
    ip.decref(r);
    return ip.raiseInt('TypeError', 'an integer is required');
  }
  const size = intToIndex(ip, r);
  ip.decref(r);
  if (size < 0) return ip.raiseInt('ValueError', '__sizeof__() should return >= 0');
  // A static type is no collectable object, although its metatype's instances are.
  const isStaticType = isType(ip, h) && !ip.slotsOfType(h).isHeapType;
  return size + (isStaticType ? 0 : ip.tp(h).preheader * 16);
}

function excInfo(ip: Interpreter): Handle {
  const exc = ip.handledException();
  if (exc === 0) return newTuple(ip, [ip.None, ip.None, ip.None]);
  const tb = ip.mem[exc + EXC_TRACEBACK]! || ip.None;
  return newTuple(ip, [ip.newRef(ip.mem[exc + 1]!), ip.newRef(exc), ip.newRef(tb)]);
}

function exit(ip: Interpreter, status: Handle): Handle {
  const exc = ip.call(ip.types.SystemExit.handle, status === 0 ? [] : [status]);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** `sys.displayhook`: shows a value and keeps it as `_`. */
function displayHook(ip: Interpreter, value: Handle): Handle {
  if (value === ip.None) return ip.None;
  const name = ip.id('_');
  dictSet(ip, ip.builtins, name, ip.None);
  const stdout = dictGetKnown(ip, ip.sysDict, ip.id('stdout'));
  if (stdout === 0 || stdout === ip.None) return ip.raise('RuntimeError', 'lost sys.stdout');
  const text = repr(ip, value);
  if (text === 0) return 0;
  const write = getAttrString(ip, stdout, 'write');
  const r = write === 0 ? 0 : ip.call(write, [text]);
  ip.decref(text);
  ip.xdecref(write);
  if (r === 0) return 0;
  ip.decref(r);
  if (fileWriteString(ip, '\n', stdout) < 0) return 0;
  dictSet(ip, ip.builtins, name, value);
  return ip.None;
}

/** `sys.excepthook(type, value, traceback)`. */
function exceptHook(ip: Interpreter, args: Handle[]): Handle {
  const [, value, traceback] = args as [Handle, Handle, Handle];
  const stderr = dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
  if (stderr === 0 || stderr === ip.None) return ip.None;
  if (!isInstanceOf(ip, value, ip.types.BaseException)) {
    fileWriteString(
      ip,
      `TypeError: print_exception(): Exception expected for value, ${typeName(ip, value)} found\n`,
      stderr,
    );
    return ip.currentException !== 0 ? 0 : ip.None;
  }
  if (ip.mem[value + EXC_TRACEBACK] === 0 && ip.is(traceback, ip.types.traceback)) {
    ip.heap.setRef(value + EXC_TRACEBACK, ip.newRef(traceback));
  }
  for (const piece of exceptionPieces(ip, value)) {
    // print(piece, end='') writes twice.
    if (fileWriteString(ip, piece, stderr) < 0 || fileWriteString(ip, '', stderr) < 0) return 0;
  }
  if (!fileFlush(ip, stderr)) ip.clearError();
  return ip.currentException !== 0 ? 0 : ip.None;
}

function getFrame(ip: Interpreter, depth: Handle): Handle {
  const f = frameAt(ip, depth);
  return f === 0 ? 0 : ip.newRef(frameObject(ip, f));
}

function setRecursionLimit(ip: Interpreter, value: Handle): Handle {
  const limit = asIndex(ip, value, 'OverflowError');
  if (limit === null) return 0;
  if (limit < 1) return ip.raise('ValueError', 'recursion limit must be greater or equal than 1');
  if (ip.recursionDepth >= limit) {
    return ip.raise(
      'RecursionError',
      `cannot set the recursion limit to ${limit} at the recursion depth ${ip.recursionDepth}: the limit is too low`,
    );
  }
  ip.recursionLimit = limit;
  return ip.None;
}

const none: MethodDef = { kind: 'noargs', fn: (ip: Interpreter) => ip.None };
const text = (value: string): MethodDef => ({ kind: 'noargs', fn: (ip: Interpreter) => strFrom(ip, value) });
const number = (value: (ip: Interpreter) => number): MethodDef => ({
  kind: 'noargs',
  fn: (ip: Interpreter) => intFromNumber(ip, value(ip)),
});

const METHODS: Record<string, MethodDef> = {
  ...runtimeMethods,
  ...tracingMethods,
  getrefcount: { kind: 'o', fn: (ip: Interpreter, _m, x) => intFromNumber(ip, shownRefcount(ip, x)) },
  getsizeof: {
    kind: 'clinic',
    params: 'object, default=',
    fn: (ip: Interpreter, _m, [object, fallback]) => {
      const size = getSizeOf(ip, object!);
      if (size >= 0) return intFromNumber(ip, size);
      if (fallback === 0 || !ip.errorMatches('TypeError')) return 0;
      ip.clearError();
      return ip.newRef(fallback!);
    },
  },
  getrecursionlimit: number((ip) => ip.recursionLimit),
  setrecursionlimit: { kind: 'o', fn: (ip: Interpreter, _m, n) => setRecursionLimit(ip, n) },
  intern: {
    kind: 'o',
    fn: (ip: Interpreter, _m, s) => {
      if (!isStr(ip, s)) return ip.raise('TypeError', `intern() argument must be str, not ${typeName(ip, s)}`);
      return ip.is(s, ip.types.str) ? internObject(ip, s) : ip.raise('TypeError', `can't intern ${typeName(ip, s)}`);
    },
  },
  exc_info: { kind: 'noargs', fn: (ip: Interpreter) => excInfo(ip) },
  exception: { kind: 'noargs', fn: (ip: Interpreter) => ip.newRef(ip.handledException() || ip.None) },
  exit: { kind: 'fast', min: 0, max: 1, fn: (ip: Interpreter, _m, args) => exit(ip, args[0] ?? 0) },
  _getframe: { kind: 'fast', min: 0, max: 1, fn: (ip: Interpreter, _m, args) => getFrame(ip, args[0] ?? 0) },
  displayhook: { kind: 'o', fn: (ip: Interpreter, _m, x) => displayHook(ip, x) },
  excepthook: { kind: 'fast', min: 3, max: 3, fn: (ip: Interpreter, _m, args) => exceptHook(ip, args) },
  unraisablehook: {
    kind: 'o',
    fn: (ip: Interpreter, _m, args) => {
      if (!ip.is(args, ip.types.UnraisableHookArgs)) {
        return ip.raise('TypeError', 'sys.unraisablehook argument type must be UnraisableHookArgs');
      }
      const [exc, message, object] = [1, 3, 4].map((i) => tupleItem(ip, args, i)) as [Handle, Handle, Handle];
      if (exc === ip.None) return ip.None;
      const what = message === ip.None ? null : strText(ip, message);
      if (ip.currentException !== 0) return 0;
      report(ip, exc, what, object === ip.None ? 0 : object);
      return ip.None;
    },
  },
  is_finalizing: { kind: 'noargs', fn: (ip: Interpreter) => ip.bool(ip.finalizing) },
  getdefaultencoding: text('utf-8'),
  getfilesystemencoding: text('utf-8'),
  getfilesystemencodeerrors: text('surrogateescape'),
  getallocatedblocks: number((ip) => ip.heap.obmalloc.stats().blocksInUse),
  get_int_max_str_digits: number((ip) => ip.intMaxStrDigits),
  set_int_max_str_digits: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = asIndex(ip, x, 'OverflowError');
      if (n === null) return 0;
      if (n !== 0 && n < 640)
        return ip.raise(
          'ValueError',
          ip.facts.name === '3.13'
            ? 'maxdigits must be 0 or larger than 640'
            : 'maxdigits must be >= 640 or 0 for unlimited',
        );
      ip.intMaxStrDigits = n;
      return ip.None;
    },
  },
  getswitchinterval: { kind: 'noargs', fn: (ip: Interpreter) => newFloat(ip, ip.switchInterval) },
  setswitchinterval: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      if (ip.is(x, ip.types.float)) ip.switchInterval = floatValue(ip, x);
      return ip.None;
    },
  },
  _clear_type_cache: none,
  _clear_internal_caches: none,
  _is_gil_enabled: { kind: 'noargs', fn: (ip: Interpreter) => ip.True },
};

/** The class loses the descriptors of its instances' `__dict__` and `__weakref__`, which name it: dataclasses asks for it. */
function clearTypeDescriptors(ip: Interpreter, type: Handle): Handle {
  if (!isType(ip, type)) {
    const message = `_clear_type_descriptors() argument must be type, not ${typeName(ip, type)}`;
    return ip.raise('TypeError', message);
  }
  const slots = ip.slotsOfType(type);
  if (!slots.isPythonClass) return ip.raise('TypeError', 'argument is immutable');
  const dict = ip.mem[type + TP_DICT]!;
  const popped = ['__dict__', '__weakref__'].map((name) => dictPop(ip, dict, ip.id(name)));
  typeModified(ip, slots);
  for (const descriptor of popped) ip.xdecref(descriptor);
  return ip.None;
}

/** 3.14 only. */
const METHODS_314: Record<string, MethodDef> = {
  _clear_type_descriptors: { kind: 'o', fn: (ip: Interpreter, _m, x) => clearTypeDescriptors(ip, x) },
  _is_immortal: { kind: 'o', fn: (ip: Interpreter, _m, x) => ip.bool(ip.heap.isImmortal(x)) },
};

/** `sys.builtin_module_names`: the modules in native code, sorted. */
export function setBuiltinModuleNames(ip: Interpreter, names: Iterable<string>): void {
  const tuple = newTuple(
    ip,
    [...names].sort().map((name) => strFrom(ip, name)),
  );
  dictSet(ip, ip.sysDict, ip.id('builtin_module_names'), tuple);
  ip.decref(tuple);
}

/** Makes the module, `sys.modules` and the standard streams, and sets what the interpreter keeps of them. New. */
export function makeSys(ip: Interpreter): Handle {
  const module = newModule(ip, 'sys');
  ip.modules = newDict(ip);
  addToModule(ip, module, ip.facts.name === '3.13' ? METHODS : { ...METHODS, ...METHODS_314 }, {
    ...sysConstants(ip),
    monitoring: makeMonitoring(ip),
    modules: ip.newRef(ip.modules),
    path: newList(ip, []),
    argv: newList(ip, []),
    orig_argv: newList(ip, []),
    meta_path: newList(ip, []),
    path_hooks: newList(ip, []),
    path_importer_cache: newDict(ip),
  });
  const dict = moduleDict(ip, module);
  ip.sys = ip.newRef(module);
  ip.sysDict = dict;
  const put = (name: string, value: Handle): void => {
    dictSet(ip, dict, ip.id(name), value);
  };
  for (const [fd, name] of [
    [0, 'stdin'],
    [1, 'stdout'],
    [2, 'stderr'],
  ] as const) {
    const stream = newTextStream(ip, fd);
    put(name, stream);
    put(`__${name}__`, stream);
    ip.decref(stream);
  }
  for (const name of ['displayhook', 'excepthook', 'unraisablehook', 'breakpointhook'])
    put(`__${name}__`, dictGetKnown(ip, dict, ip.id(name)));
  ip.unraisableHookFunction = dictGetKnown(ip, dict, ip.id('unraisablehook'));
  return module;
}
