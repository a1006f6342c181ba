/**
 * Exceptions (Objects/exceptions.c). An instance owns its args, traceback, context and cause, and the extra fields of
 * its class; its `__dict__` is made on demand.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type GetSetDef, type MethodDef, type TypeSlots, type TypeSpec } from '../heap/object';
import {
  getOptionalAttr,
  isDict,
  isExceptionInstance,
  isInt,
  isList,
  isStr,
  isTuple,
  isType,
  setAttr,
  repr,
  reprText,
  str,
  strText,
  typeName,
} from './abstract';
import { dictCopy, dictItemsArray, dictSet, newDict } from './dict';
import { materializeDict, replaceDict } from './dict-values';
import { groupMethods, groupNew, groupStr } from './exception-group';
import { newGenericAlias } from './generic-alias';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { listAppend, newList } from './list';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { subtypeDealloc } from './subtype';
import { TUPLE_ITEMS, TUPLE_SIZE, newTuple, tupleFromStack, tupleItem, tupleItems, tupleSize } from './tuple';
import { EXCEPTION_BASES, type ExceptionName } from './type-names';
import { isSubtype } from './type-lookup';
import { intToNumber } from './int';
import { fillUnicodeError, isUnicodeError, unicodeErrorSlots, UNICODE_ERROR_FIELDS } from './unicode-errors';

export const EXC_DICT = 2;
export const EXC_ARGS = 3;
export const EXC_TRACEBACK = 4;
export const EXC_CONTEXT = 5;
export const EXC_CAUSE = 6;
/** `__suppress_context__`: 0 or 1, not a reference. */
export const EXC_SUPPRESS = 7;
/** First of the class's own fields. */
export const EXC_EXTRA = 8;

/** Extra fields by class, in memory order; subclasses have their base's. */
const FIELDS: Partial<Record<ExceptionName, readonly string[]>> = {
  StopIteration: ['value'],
  SystemExit: ['code'],
  ImportError: ['msg', 'name', 'path', 'name_from'],
  NameError: ['name'],
  AttributeError: ['obj', 'name'],
  OSError: ['errno', 'strerror', 'filename', 'filename2'],
  SyntaxError: ['msg', 'filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset', 'print_file_and_line'],
  ...UNICODE_ERROR_FIELDS,
  BaseExceptionGroup: ['message', 'exceptions'],
};
/** 64-bit `tp_basicsize` where it is not BaseException's 72. */
const SIZES: Partial<Record<ExceptionName, number>> = {
  StopIteration: 80,
  SystemExit: 80,
  ImportError: 104,
  NameError: 80,
  AttributeError: 88,
  OSError: 112,
  SyntaxError: 144,
  UnicodeEncodeError: 112,
  UnicodeDecodeError: 112,
  UnicodeTranslateError: 112,
  BaseExceptionGroup: 88,
};

function fieldsOf(name: ExceptionName): readonly string[] {
  for (let n: string = name; n !== 'object'; n = EXCEPTION_BASES[n as ExceptionName]) {
    const f = FIELDS[n as ExceptionName];
    if (f !== undefined) return f;
  }
  return [];
}

/** Word of an extra field of an exception class. */
export function fieldWord(name: ExceptionName, field: string): number {
  return EXC_EXTRA + fieldsOf(name).indexOf(field);
}

/** Past the last word of the class's own fields. */
function fieldsEnd(rt: Runtime, h: Handle): number {
  let slots = rt.tp(h);
  while (slots.isPythonClass) slots = slots.base!;
  return 2 + slots.words;
}
/** The words of all exceptions that hold references, in the order of their release. */
const COMMON = [EXC_DICT, EXC_ARGS, EXC_TRACEBACK, EXC_CAUSE, EXC_CONTEXT] as const;

/** Releases every reference of an instance: the class's own first, as their tp_clear does. */
function clearReferences(rt: Runtime, h: Handle): void {
  const { heap } = rt;
  const end = fieldsEnd(rt, h);
  for (let w = EXC_EXTRA; w < end; w++) heap.clearRef(h + w);
  heap.clearRef(h + EXC_DICT);
  heap.clearRef(h + EXC_ARGS);
  heap.clearRef(h + EXC_TRACEBACK);
  heap.clearRef(h + EXC_CAUSE);
  heap.clearRef(h + EXC_CONTEXT);
}

/** `BaseException_new`: args are kept; the class's fields are filled by its tp_init. */
function exceptionNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const own = kwnames === null ? args : args.slice(0, args.length - kwnames.length);
  const tuple = rt.facts.name === '3.13' ? argumentsTuple(rt, own) : 0;
  const h = allocInstance(rt, rt.slotsOfType(type));
  // A newborn's first words need no event.
  rt.mem[h + EXC_ARGS] = tuple || argumentsTuple(rt, own);
  return h;
}

/** Its instances are made by `BaseException_new` and nothing else of C. */
export function hasPlainNew(slots: TypeSlots): boolean {
  return slots.tp_new === (exceptionNew as TypeSlots['tp_new']);
}
/** The class has `BaseException_vectorcall` (3.14). */
export function hasVectorcall(rt: Runtime, slots: TypeSlots): boolean {
  return (
    hasPlainNew(slots) &&
    slots.tp_init === (baseInit as TypeSlots['tp_init']) &&
    !slots.isHeapType &&
    rt.facts.name !== '3.13'
  );
}
/** `BaseException_vectorcall`: the arguments are n words of a frame's stack. */
export function exceptionFromStack(rt: Runtime, slots: TypeSlots, first: number, n: number): Handle {
  const h = allocInstance(rt, slots);
  // A newborn's first words need no event.
  rt.mem[h + EXC_ARGS] = tupleFromStack(rt, first, n);
  return h;
}

function setArgs(rt: Runtime, h: Handle, args: Handle[]): void {
  // `BaseException_vectorcall` calls no `__init__`: what tp_new made of the arguments stays.
  const made = rt.mem[h + EXC_ARGS]!;
  if (rt.argsTuple === 0 && made !== 0 && isTupleOf(rt, made, args)) return;
  rt.heap.setRef(h + EXC_ARGS, argumentsTuple(rt, args));
}

/** New: the tuple that came with the call, if it did. */
function argumentsTuple(rt: Runtime, args: Handle[]): Handle {
  const t = rt.argsTuple;
  if (t !== 0 && isTupleOf(rt, t, args)) return rt.newRef(t);
  for (let i = 0; i < args.length; i++) rt.heap.incref(args[i]!);
  return newTuple(rt, args);
}

function isTupleOf(rt: Runtime, t: Handle, items: readonly Handle[]): boolean {
  const { mem } = rt;
  if (mem[t + TUPLE_SIZE] !== items.length) return false;
  for (let i = 0; i < items.length; i++) if (mem[t + TUPLE_ITEMS + i] !== items[i]) return false;
  return true;
}

function noKw(rt: Runtime, h: Handle, kwnames: Handle[] | null): boolean {
  if (kwnames === null || kwnames.length === 0) return true;
  rt.raise('TypeError', `${typeName(rt, h)}() takes no keyword arguments`);
  return false;
}

function baseInit(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  if (!noKw(rt, h, kwnames)) return -1;
  // Without a tuple that came with the call it is the class's vectorcall, which has filled them.
  if (rt.argsTuple !== 0 || !isTupleOf(rt, rt.mem[h + EXC_ARGS]!, args)) setArgs(rt, h, args);
  return 0;
}

/** `BaseException_init`: its arguments are the exception's, whoever the tuple was made for. */
export function isBaseInit(fn: unknown): boolean {
  return fn === baseInit;
}

/** It is made as BaseException itself is; since 3.14 such a class has `BaseException_vectorcall` (`_PyExc_InitTypes`). */
export function isPlainException(type: TypeSlots): boolean {
  return type.tp_new === (exceptionNew as TypeSlots['tp_new']) && type.tp_init === (baseInit as TypeSlots['tp_init']);
}

function setField(rt: Runtime, h: Handle, word: number, value: Handle | undefined): void {
  rt.heap.setRef(h + word, value === undefined ? 0 : rt.newRef(value));
}

/** tp_init of classes whose fields are keyword-only (ImportError, NameError, AttributeError). */
function keywordInit(fields: readonly string[], keywords: readonly string[], firstArg: string | null) {
  return (rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number => {
    const n = args.length - (kwnames?.length ?? 0);
    setArgs(rt, h, args.slice(0, n));
    for (const key of keywords) setField(rt, h, EXC_EXTRA + fields.indexOf(key), undefined);
    for (let k = 0; k < (kwnames?.length ?? 0); k++) {
      const key = strValue(rt, kwnames![k]!);
      if (!keywords.includes(key)) {
        return rt.raiseInt('TypeError', `${typeName(rt, h)}() got an unexpected keyword argument '${key}'`);
      }
      setField(rt, h, EXC_EXTRA + fields.indexOf(key), args[n + k]);
    }
    if (firstArg !== null) setField(rt, h, EXC_EXTRA + fields.indexOf(firstArg), n === 1 ? args[0] : undefined);
    return 0;
  };
}

function osErrorInit(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  if (!noKw(rt, h, kwnames)) return -1;
  if (args.length >= 2 && args.length <= 5) {
    const f = EXC_EXTRA;
    setField(rt, h, f, args[0]);
    setField(rt, h, f + 1, args[1]);
    if (args[2] !== undefined && args[2] !== rt.None) {
      setField(rt, h, f + 2, args[2]);
      if (args[4] !== undefined && args[4] !== rt.None) setField(rt, h, f + 3, args[4]);
      setArgs(rt, h, args.slice(0, 2));
      return 0;
    }
  }
  setArgs(rt, h, args);
  return 0;
}

/** OSError picks the subclass that its errno stands for. */
const ERRNO_CLASSES: Record<number, ExceptionName> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  103: 'ConnectionAbortedError',
  104: 'ConnectionResetError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
};
function osErrorNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  let cls = type;
  if (type === rt.types.OSError.handle && args.length >= 2 && isInt(rt, args[0]!)) {
    const name = ERRNO_CLASSES[intToNumber(rt, args[0]!)];
    if (name !== undefined) cls = rt.types[name].handle;
  }
  return exceptionNew(rt, cls, args, kwnames);
}

function syntaxErrorInit(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  if (baseInit(rt, h, args, kwnames) < 0) return -1;
  if (args.length >= 1) setField(rt, h, EXC_EXTRA, args[0]);
  if (args.length === 2) {
    if (!isTuple(rt, args[1]!)) return rt.raiseInt('TypeError', `'${typeName(rt, args[1]!)}' object is not iterable`);
    const info = tupleItems(rt, args[1]!);
    if (info.length !== 4 && info.length !== 6) {
      return rt.raiseInt(
        'TypeError',
        `function takes ${info.length < 4 ? 'at least' : 'at most'} ${info.length < 4 ? 4 : 6} arguments (${info.length} given)`,
      );
    }
    for (const [i, v] of info.entries()) setField(rt, h, EXC_EXTRA + 1 + i, v);
  }
  return 0;
}

const INIT: Partial<Record<ExceptionName, TypeSpec['slots']>> = {
  StopIteration: {
    tp_init(rt: Runtime, h, args, kwnames) {
      if (baseInit(rt, h, args, kwnames) < 0) return -1;
      setField(rt, h, EXC_EXTRA, args[0] ?? rt.None);
      return 0;
    },
  },
  SystemExit: {
    tp_init(rt: Runtime, h, args, kwnames) {
      if (baseInit(rt, h, args, kwnames) < 0) return -1;
      if (args.length === 1) setField(rt, h, EXC_EXTRA, args[0]);
      else if (args.length > 1) setField(rt, h, EXC_EXTRA, rt.mem[h + EXC_ARGS]!);
      return 0;
    },
  },
  ImportError: {
    tp_init: keywordInit(FIELDS.ImportError!, ['name', 'path', 'name_from'], 'msg') as never,
    tp_str(rt: Runtime, h) {
      const msg = rt.mem[h + EXC_EXTRA]!;
      return msg !== 0 && rt.is(msg, rt.types.str) ? rt.newRef(msg) : exceptionStr(rt, h);
    },
  },
  NameError: { tp_init: keywordInit(FIELDS.NameError!, ['name'], null) as never },
  AttributeError: { tp_init: keywordInit(FIELDS.AttributeError!, ['obj', 'name'], null) as never },
  OSError: {
    tp_new: osErrorNew as never,
    tp_init: osErrorInit as never,
    tp_str(rt: Runtime, h) {
      const [errno, strerror, filename, filename2] = [0, 1, 2, 3].map((i) => rt.mem[h + EXC_EXTRA + i]!);
      if (!errno || !strerror) return exceptionStr(rt, h);
      const parts = [strText(rt, errno), strText(rt, strerror)];
      const f1 = filename ? reprText(rt, filename) : null;
      const f2 = filename2 ? reprText(rt, filename2) : null;
      const file = f1 === null ? '' : f2 === null ? `: ${f1}` : `: ${f1} -> ${f2}`;
      return strFrom(rt, `[Errno ${parts[0]}] ${parts[1]}${file}`);
    },
  },
  SyntaxError: {
    tp_init: syntaxErrorInit as never,
    tp_str(rt: Runtime, h) {
      const [msg, filename, lineno] = [0, 1, 2].map((i) => rt.mem[h + EXC_EXTRA + i]!);
      const text = strText(rt, msg || rt.None);
      if (text === null) return 0;
      const file = filename && isStr(rt, filename) ? strValue(rt, filename).replace(/^.*\//, '') : null;
      const line = lineno && isInt(rt, lineno) ? intToNumber(rt, lineno) : null;
      if (file === null && line === null) return strFrom(rt, text);
      if (file !== null && line !== null) return strFrom(rt, `${text} (${file}, line ${line})`);
      return strFrom(rt, file !== null ? `${text} (${file})` : `${text} (line ${line})`);
    },
  },
  UnicodeEncodeError: unicodeErrorSlots('UnicodeEncodeError', EXC_EXTRA, baseInit as never),
  UnicodeDecodeError: unicodeErrorSlots('UnicodeDecodeError', EXC_EXTRA, baseInit as never),
  UnicodeTranslateError: unicodeErrorSlots('UnicodeTranslateError', EXC_EXTRA, baseInit as never),
  BaseExceptionGroup: {
    tp_new: ((rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) =>
      groupNew(rt, type, args, kwnames)) as never,
    tp_str: (rt: Runtime, h) => groupStr(rt, h),
  },
  KeyError: {
    tp_str(rt: Runtime, h) {
      const args = rt.mem[h + EXC_ARGS]!;
      return tupleSize(rt, args) === 1 ? repr(rt, tupleItem(rt, args, 0)) : exceptionStr(rt, h);
    },
  },
};

/** `BaseException_str`. */
function exceptionStr(rt: Runtime, h: Handle): Handle {
  const args = rt.mem[h + EXC_ARGS]!;
  const n = tupleSize(rt, args);
  if (n === 0) return rt.emptyStr;
  return n === 1 ? str(rt, tupleItem(rt, args, 0)) : str(rt, args);
}

/** `BaseException_repr`. */
function exceptionRepr(rt: Runtime, h: Handle): Handle {
  const name = typeName(rt, h).split('.').pop()!;
  const args = rt.mem[h + EXC_ARGS]!;
  const text = tupleSize(rt, args) === 1 ? reprText(rt, tupleItem(rt, args, 0)) : reprText(rt, args);
  if (text === null) return 0;
  return strFrom(rt, tupleSize(rt, args) === 1 ? `${name}(${text})` : `${name}${text}`);
}

const baseSlots: TypeSpec['slots'] = {
  tp_dealloc(rt: Runtime, h) {
    rt.heap.gcUntrack(h);
    clearReferences(rt, h);
    freeObject(rt, h);
  },
  tp_traverse(rt: Runtime, h, visit) {
    const { mem } = rt;
    const end = fieldsEnd(rt, h);
    for (let w = EXC_EXTRA; w < end; w++) if (mem[h + w] !== 0) visit(mem[h + w]!, h + w);
    for (const w of COMMON) if (mem[h + w] !== 0) visit(mem[h + w]!, h + w);
  },
  tp_clear: clearReferences as never,
  tp_new: exceptionNew as never,
  tp_init: baseInit as never,
  tp_str: exceptionStr as never,
  tp_repr: exceptionRepr as never,
  tp_getattro: genericGetAttr as never,
  tp_setattro: genericSetAttr as never,
};

/**
 * The end of what an instance owns, if it is only that: `baseSlots.tp_dealloc` and nothing before it, but for weak
 * references and a finalizer. Else -1.
 */
export function exceptionWords(_rt: Runtime, slots: TypeSlots): number {
  let native = slots;
  for (; native.isPythonClass; native = native.base!) if (native.slotMembers.length > 0) return -1;
  if (native.isHeapType || native.tp_dealloc !== baseSlots.tp_dealloc || slots.valuesoffset !== 0) return -1;
  if (slots !== native && slots.tp_dealloc !== (subtypeDealloc as TypeSlots['tp_dealloc'])) return -1;
  return 2 + native.words;
}

function reference(
  word: number,
  check: (rt: Runtime, v: Handle) => boolean,
  what: string,
  onSet?: (rt: Runtime, h: Handle) => void,
): GetSetDef {
  return {
    get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]! || rt.None),
    set: (rt: Runtime, h: Handle, value: Handle) => {
      if (value === 0) return rt.raiseInt('TypeError', `${what} may not be deleted`);
      if (value !== rt.None && !check(rt, value))
        return rt.raiseInt(
          'TypeError',
          what.startsWith('__t')
            ? '__traceback__ must be a traceback or None'
            : `exception ${what === '__cause__' ? 'cause' : 'context'} must be None or derive from BaseException`,
        );
      rt.heap.setRef(h + word, value === rt.None ? 0 : rt.newRef(value));
      onSet?.(rt, h);
      return 0;
    },
  };
}

const isTraceback = (rt: Runtime, v: Handle): boolean => rt.is(v, rt.types.traceback);

/** `BaseException_reduce`: the class, the args and what else there is to tell. `state` stolen, 0 for none. */
function reduceWith(rt: Runtime, h: Handle, args: Handle, state: Handle): Handle {
  return newTuple(rt, [rt.newRef(rt.mem[h + 1]!), args, ...(state === 0 ? [] : [state])]);
}

/** Its `__dict__` with some fields beside: new, or 0 if there is nothing to tell. */
function stateWith(rt: Runtime, h: Handle, fields: readonly (readonly [name: string, value: Handle])[]): Handle {
  const dict = rt.mem[h + EXC_DICT]!;
  const known = fields.filter(([, value]) => value !== 0);
  if (known.length === 0) return dict === 0 ? 0 : rt.newRef(dict);
  const state = dict === 0 ? newDict(rt) : dictCopy(rt, dict);
  for (const [name, value] of known) dictSet(rt, state, rt.id(name), value);
  return state;
}

function reduceMethod(name: ExceptionName): MethodDef {
  const fields = fieldsOf(name);
  const field = (rt: Runtime, h: Handle, f: string): Handle => rt.mem[h + EXC_EXTRA + fields.indexOf(f)]!;
  return {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      const args = rt.mem[h + EXC_ARGS]!;
      if (name === 'ImportError') {
        const told = ['name', 'path', 'name_from'].map((f) => [f, field(rt, h, f)] as const);
        return reduceWith(rt, h, rt.newRef(args), stateWith(rt, h, told));
      }
      if (name === 'AttributeError') {
        const told = [['name', field(rt, h, 'name')] as const, ['args', args] as const];
        return reduceWith(rt, h, rt.newRef(args), stateWith(rt, h, told));
      }
      if (name === 'OSError' && tupleSize(rt, args) === 2 && field(rt, h, 'filename') !== 0) {
        const second = field(rt, h, 'filename2');
        const whole = [...tupleItems(rt, args), field(rt, h, 'filename'), ...(second === 0 ? [] : [rt.None, second])];
        const all = newTuple(
          rt,
          whole.map((x) => rt.newRef(x)),
        );
        return reduceWith(rt, h, all, stateWith(rt, h, []));
      }
      return reduceWith(rt, h, rt.newRef(args), stateWith(rt, h, []));
    },
  };
}

const baseMethods: Record<string, MethodDef> = {
  __reduce__: reduceMethod('BaseException'),
  __setstate__: {
    kind: 'o',
    fn: (rt: Runtime, h, state) => {
      if (state === rt.None) return rt.None;
      if (!isDict(rt, state)) return rt.raise('TypeError', 'state is not a dictionary');
      for (const [key, value] of dictItemsArray(rt, state)) if (setAttr(rt, h, key, value) < 0) return 0;
      return rt.None;
    },
  },
  with_traceback: {
    kind: 'o',
    fn: (rt: Runtime, h, tb) => {
      if (tb !== rt.None && !isTraceback(rt, tb))
        return rt.raise('TypeError', '__traceback__ must be a traceback or None');
      rt.heap.setRef(h + EXC_TRACEBACK, tb === rt.None ? 0 : rt.newRef(tb));
      return rt.newRef(h);
    },
  },
  add_note: {
    kind: 'o',
    fn: (rt: Runtime, h, note) => {
      if (!isStr(rt, note)) {
        const got = typeName(rt, note);
        return rt.raise(
          'TypeError',
          rt.facts.name === '3.13' ? `note must be a str, not '${got}'` : `add_note() argument must be str, not ${got}`,
        );
      }
      return addNote(rt, h, note) ? rt.None : 0;
    },
  },
};

/** Appends to `__notes__`: false with TypeError if something else than a list is there. */
export function addNote(rt: Runtime, exc: Handle, note: Handle): boolean {
  const key = rt.id('__notes__');
  let notes = getOptionalAttr(rt, exc, key);
  if (notes === 0) {
    if (rt.currentException !== 0) return false;
    notes = newList(rt, []);
    if (setAttr(rt, exc, key, notes) < 0) {
      rt.decref(notes);
      return false;
    }
  }
  const ok = isList(rt, notes);
  if (ok) listAppend(rt, notes, note);
  else rt.raise('TypeError', 'Cannot add note: __notes__ is not a list');
  rt.decref(notes);
  return ok;
}

const baseGetset: Record<string, GetSetDef> = {
  args: {
    get: (rt: Runtime, h) => rt.newRef(rt.mem[h + EXC_ARGS]!),
    set: (rt: Runtime, h, value) => {
      if (value === 0) return rt.raiseInt('TypeError', 'args may not be deleted');
      if (!isTuple(rt, value)) return rt.raiseInt('TypeError', `'${typeName(rt, value)}' object is not iterable`);
      rt.heap.setRef(h + EXC_ARGS, rt.newRef(value));
      return 0;
    },
  },
  __traceback__: reference(EXC_TRACEBACK, isTraceback, '__traceback__'),
  __context__: reference(EXC_CONTEXT, isExceptionInstance, '__context__'),
  __cause__: reference(EXC_CAUSE, isExceptionInstance, '__cause__', (rt, h) => rt.heap.set(h + EXC_SUPPRESS, 1)),
  __suppress_context__: {
    get: (rt: Runtime, h) => rt.bool(rt.mem[h + EXC_SUPPRESS] !== 0),
    set: (rt: Runtime, h, value) => {
      rt.heap.set(h + EXC_SUPPRESS, value === rt.True ? 1 : 0);
      return 0;
    },
  },
  __dict__: {
    get: (rt: Runtime, h) => rt.newRef(materializeDict(rt, h, rt.tp(h))),
    set: (rt: Runtime, h, value) => {
      if (value === 0 || !isDict(rt, value)) return rt.raiseInt('TypeError', '__dict__ must be a dictionary');
      replaceDict(rt, h, rt.tp(h), value);
      return 0;
    },
  },
};

function fieldGetset(fields: readonly string[]): Record<string, GetSetDef> {
  const out: Record<string, GetSetDef> = {};
  fields.forEach((field, i) => {
    out[field] = {
      get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + EXC_EXTRA + i]! || rt.None),
      set: (rt: Runtime, h: Handle, value: Handle) => {
        rt.heap.setRef(h + EXC_EXTRA + i, value === 0 ? 0 : rt.newRef(value));
        return 0;
      },
    };
  });
  return out;
}

export const exceptionSpecs: TypeSpec[] = (Object.keys(EXCEPTION_BASES) as ExceptionName[]).map((name) => {
  const own = FIELDS[name];
  let size: number | undefined;
  for (let n: string = name; size === undefined && n !== 'object'; n = EXCEPTION_BASES[n as ExceptionName])
    size = SIZES[n as ExceptionName];
  const spec: TypeSpec = {
    name,
    base: EXCEPTION_BASES[name],
    gc: true,
    flags: TPFLAGS.BASETYPE | TPFLAGS.BASE_EXC_SUBCLASS,
    words: EXC_EXTRA - 2 + fieldsOf(name).length,
    basicsize: size ?? 72,
    dictoffset: EXC_DICT,
    slots: name === 'BaseException' ? baseSlots : { tp_new: exceptionNew as never, ...INIT[name] },
  };
  if (name === 'OSError' || EXCEPTION_BASES[name] === 'OSError' || EXCEPTION_BASES[name] === 'ConnectionError')
    spec.slots.tp_new = osErrorNew as never;
  if (name === 'BaseException') {
    spec.methods = baseMethods;
    spec.getset = baseGetset;
  } else if (own !== undefined) spec.getset = fieldGetset(own);
  if (name === 'ImportError' || name === 'AttributeError' || name === 'OSError')
    spec.methods = { __reduce__: reduceMethod(name) };
  if (name === 'BaseExceptionGroup') {
    spec.methods = groupMethods();
    spec.classmethods = {
      __class_getitem__: { kind: 'o', fn: (rt: Runtime, cls, item) => newGenericAlias(rt, cls, item) },
    };
    for (const field of Object.values(spec.getset ?? {}))
      field.set = (rt: Runtime) => rt.raiseInt('AttributeError', 'readonly attribute');
  }
  return spec;
});

// ---- for those who raise --------------------------------------------------------------------------------------------------

/** A new exception of a static class with its args (stolen), as its constructor would make it. */
export function newException(rt: Runtime, name: ExceptionName, args: Handle[]): Handle {
  // 3.13 calls the class with a tuple, which becomes `args`; 3.14 makes one for the exception (its vectorcall).
  const tuple = rt.facts.name === '3.13' ? newTuple(rt, args) : 0;
  const h = allocInstance(rt, rt.types[name]);
  // A newborn's first words need no event.
  rt.mem[h + EXC_ARGS] = tuple || newTuple(rt, args);
  if (name === 'StopIteration') rt.heap.set(h + EXC_EXTRA, args.length > 0 ? rt.newRef(args[0]!) : rt.None);
  if (name === 'SystemExit' && args.length === 1) rt.heap.set(h + EXC_EXTRA, rt.newRef(args[0]!));
  if ((name === 'ImportError' || name === 'ModuleNotFoundError' || name === 'SyntaxError') && args.length >= 1) {
    rt.heap.set(h + EXC_EXTRA, rt.newRef(args[0]!));
  }
  if (isUnicodeError(name)) fillUnicodeError(rt, h, EXC_EXTRA, args);
  return h;
}

/** `PyExceptionClass_Check`. */
export function isExceptionClass(rt: Runtime, h: Handle): boolean {
  return isType(rt, h) && isSubtype(rt, rt.slotsOfType(h), rt.types.BaseException);
}

/** `_PyErr_SetObject`'s chaining: the handled exception becomes the context, and no chain bites its tail. */
export function chainContext(rt: Runtime, exc: Handle, handled: Handle): void {
  if (handled === 0 || handled === rt.None || handled === exc) return;
  const { heap, mem } = rt;
  // Break the loop that would arise if exc is already somewhere in handled's chain of contexts.
  for (let o = handled, slow = handled, odd = false; ; odd = !odd) {
    const context = mem[o + EXC_CONTEXT]!;
    if (context === 0) break;
    if (context === exc) {
      heap.clearRef(o + EXC_CONTEXT);
      break;
    }
    o = context;
    if (o === slow) break;
    if (odd) slow = mem[slow + EXC_CONTEXT]!;
  }
  heap.setRef(exc + EXC_CONTEXT, rt.newRef(handled));
}
