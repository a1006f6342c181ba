/** Functions, classmethod and staticmethod (Objects/funcobject.c). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, Traversal, type TypeSpec } from '../heap/object';
import { isAbstract, isDict, isStr, isTuple, repr, typeName } from './abstract';
import { CO_ASYNC_GENERATOR, CO_COROUTINE, CO_FAST_FREE, CO_GENERATOR, CO_HAS_DOCSTRING } from '../compiler/code-unit';
import { callAnnotate, checkAnnotate } from './annotations';
import { codeName, codeQualname, codeRuntime } from './code';
import { dictGetKnown, dictSet, newDict } from './dict';
import { materializeDict, replaceDict } from './dict-values';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { checkPositional, noKeywords, params, parseArgs } from './getargs';
import { newMethod } from './classobject';
import { currentBuiltins } from './interpreter-frame';
import { hex } from './method-object';
import { moduleDict } from './module';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { tupleItem, tupleSize } from './tuple';
import { clearWeakrefs } from './weakref-list';

export const FUNC_GLOBALS = 2;
export const FUNC_BUILTINS = 3;
export const FUNC_NAME = 4;
export const FUNC_QUALNAME = 5;
export const FUNC_CODE = 6;
export const FUNC_DEFAULTS = 7;
export const FUNC_KWDEFAULTS = 8;
export const FUNC_CLOSURE = 9;
export const FUNC_DOC = 10;
const FUNC_DICT = 11;
export const FUNC_WEAKLIST = 12;
export const FUNC_MODULE = 13;
export const FUNC_ANNOTATIONS = 14;
export const FUNC_ANNOTATE = 15;
export const FUNC_TYPEPARAMS = 16;

/** As func_traverse visits them. */
const TRAVERSED = [
  FUNC_CODE,
  FUNC_GLOBALS,
  FUNC_BUILTINS,
  FUNC_MODULE,
  FUNC_DEFAULTS,
  FUNC_KWDEFAULTS,
  FUNC_DOC,
  FUNC_NAME,
  FUNC_DICT,
  FUNC_CLOSURE,
  FUNC_ANNOTATIONS,
  FUNC_ANNOTATE,
  FUNC_TYPEPARAMS,
  FUNC_QUALNAME,
];
const CLEARED = [
  FUNC_GLOBALS,
  FUNC_BUILTINS,
  FUNC_MODULE,
  FUNC_DEFAULTS,
  FUNC_KWDEFAULTS,
  FUNC_DOC,
  FUNC_DICT,
  FUNC_CLOSURE,
  FUNC_ANNOTATIONS,
  FUNC_ANNOTATE,
  FUNC_TYPEPARAMS,
];

/** As func_dealloc gives them up. */
export const FUNC_RELEASED = [...CLEARED, FUNC_CODE, FUNC_NAME, FUNC_QUALNAME];

/** `PyFunction_New`; `code`, `globals` borrowed. */
export function newFunction(rt: Runtime, code: Handle, globals: Handle, builtins: Handle): Handle {
  const { heap } = rt;
  const h = heap.allocTracked(rt.types.function);
  rt.mem[h + FUNC_GLOBALS] = rt.newRef(globals);
  rt.mem[h + FUNC_BUILTINS] = rt.newRef(builtins);
  rt.mem[h + FUNC_NAME] = rt.newRef(codeName(rt, code));
  rt.mem[h + FUNC_QUALNAME] = rt.newRef(codeQualname(rt, code));
  rt.mem[h + FUNC_CODE] = rt.newRef(code);
  const unit = codeRuntime(rt, code);
  // 3.13 takes the first constant if it is a str; 3.14 has a flag for it.
  const first = unit.consts[0] ?? rt.None;
  const hasDoc = rt.facts.name === '3.13' ? isStr(rt, first) : (unit.unit.flags & CO_HAS_DOCSTRING) !== 0;
  const doc = hasDoc ? first : rt.None;
  rt.mem[h + FUNC_DOC] = rt.newRef(doc);
  const module = dictGetKnown(rt, globals, rt.id('__name__'));
  if (module !== 0) rt.mem[h + FUNC_MODULE] = rt.newRef(module);
  return h;
}

function optional(word: number, check: (rt: Runtime, v: Handle) => boolean, what: string) {
  return {
    get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]! || rt.None),
    set: (rt: Runtime, h: Handle, value: Handle) => {
      if (value !== 0 && value !== rt.None && !check(rt, value)) return rt.raiseInt('TypeError', what);
      rt.heap.setRef(h + word, value === 0 || value === rt.None ? 0 : rt.newRef(value));
      return 0;
    },
  };
}

function name(word: number, what: string) {
  return {
    get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]!),
    set: (rt: Runtime, h: Handle, value: Handle) => {
      if (value === 0 || !isStr(rt, value)) return rt.raiseInt('TypeError', `${what} must be set to a string object`);
      rt.heap.setRef(h + word, rt.newRef(value));
      return 0;
    },
  };
}

/** Annotations as a dict, borrowed: 3.14 calls `__annotate__(1)` on the first look (PEP 649). 0 with an exception. */
function annotations(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const known = mem[h + FUNC_ANNOTATIONS]!;
  if (known !== 0 && isDict(rt, known)) return known;
  const dict = known !== 0 ? annotationsFromTuple(rt, known) : callAnnotate(rt, mem[h + FUNC_ANNOTATE]!);
  if (dict === 0) return 0;
  heap.setRef(h + FUNC_ANNOTATIONS, dict);
  return dict;
}

/** 3.13 keeps annotations as a flat tuple of names and values until they are asked for. */
function annotationsFromTuple(rt: Runtime, tuple: Handle): Handle {
  const dict = newDict(rt);
  for (let i = 0; i + 1 < tupleSize(rt, tuple); i += 2)
    dictSet(rt, dict, rt.mem[tuple + 3 + i]!, rt.mem[tuple + 4 + i]!);
  return dict;
}

const CONSTRUCTOR = params('function', 'code, globals, name=, argdefs=, closure=, kwdefaults=');

/** `func_new_impl`. */
function functionNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const given = parseArgs(rt, CONSTRUCTOR, args, kwnames);
  if (given === null) return 0;
  const [code, globals, name, defaults, closure, kwdefaults] = given.map((h) => (h === rt.None ? 0 : h)) as [
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
  ];
  const type = (h: Handle): string => (h === 0 ? 'NoneType' : typeName(rt, h));
  if (code === 0 || !rt.is(code, rt.types.code))
    return rt.raise('TypeError', `function() argument 'code' must be code, not ${type(code)}`);
  if (globals === 0 || !isDict(rt, globals))
    return rt.raise('TypeError', `function() argument 'globals' must be dict, not ${type(globals)}`);
  if (name !== 0 && !isStr(rt, name)) return rt.raise('TypeError', 'arg 3 (name) must be None or string');
  if (defaults !== 0 && !isTuple(rt, defaults)) return rt.raise('TypeError', 'arg 4 (defaults) must be None or tuple');
  const free = codeRuntime(rt, code).unit.localspluskinds.filter((k) => (k & CO_FAST_FREE) !== 0).length;
  if (closure !== 0 ? !isTuple(rt, closure) : free > 0)
    return rt.raise('TypeError', free > 0 ? 'arg 5 (closure) must be tuple' : 'arg 5 (closure) must be None or tuple');
  if (kwdefaults !== 0 && !isDict(rt, kwdefaults))
    return rt.raise('TypeError', 'arg 6 (kwdefaults) must be None or dict');
  const cells = closure === 0 ? 0 : tupleSize(rt, closure);
  if (cells !== free)
    return rt.raise(
      'ValueError',
      `${strValue(rt, codeName(rt, code))} requires closure of length ${free}, not ${cells}`,
    );
  for (let i = 0; i < cells; i++) {
    const cell = tupleItem(rt, closure, i);
    if (!rt.is(cell, rt.types.cell))
      return rt.raise('TypeError', `arg 5 (closure) expected cell, found ${typeName(rt, cell)}`);
  }
  const own = dictGetKnown(rt, globals, rt.id('__builtins__'));
  const builtins = own === 0 ? currentBuiltins(rt) : rt.is(own, rt.types.module) ? moduleDict(rt, own) : own;
  const h = newFunction(rt, code, globals, builtins);
  for (const [word, value] of [
    [FUNC_NAME, name],
    [FUNC_DEFAULTS, defaults],
    [FUNC_CLOSURE, closure],
    [FUNC_KWDEFAULTS, kwdefaults],
  ] as const)
    if (value !== 0) rt.heap.setRef(h + word, rt.newRef(value));
  return h;
}

const functionSpec: TypeSpec = {
  name: 'function',
  gc: true,
  flags: TPFLAGS.METHOD_DESCRIPTOR,
  words: 15,
  basicsize: 152,
  dictoffset: FUNC_DICT,
  weaklistoffset: FUNC_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      const { heap, mem } = rt;
      heap.gcUntrack(h);
      if (mem[h + FUNC_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      heap.releaseWords(h, FUNC_RELEASED);
      heap.free(h, rt.types.function);
    },
    traversal: Traversal.Words,
    traversedWords: TRAVERSED,
    tp_traverse(rt: Runtime, h, visit) {
      for (const w of TRAVERSED) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_ledger(rt: Runtime, h, visit) {
      for (const w of TRAVERSED) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_clear(rt: Runtime, h) {
      for (const w of CLEARED) rt.heap.clearRef(h + w);
    },
    tp_repr: (rt: Runtime, h) => strFrom(rt, `<function ${strValue(rt, rt.mem[h + FUNC_QUALNAME]!)} at ${hex(rt, h)}>`),
    tp_descr_get(rt: Runtime, h, obj, _type) {
      return obj === 0 || obj === rt.None ? rt.newRef(h) : newMethod(rt, h, obj);
    },
    tp_call: (rt: Runtime, h, args, kwnames) => rt.callFunction(h, args, kwnames),
    tp_new: functionNew as never,
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
  },
  members: {
    __globals__: { word: FUNC_GLOBALS, readonly: true },
    __builtins__: { word: FUNC_BUILTINS, readonly: true },
    __closure__: { word: FUNC_CLOSURE, readonly: true },
  },
  getset: {
    __code__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FUNC_CODE]!),
      set: (rt: Runtime, h, value) => {
        if (value === 0 || !rt.is(value, rt.types.code))
          return rt.raiseInt('TypeError', '__code__ must be set to a code object');
        const closure = rt.mem[h + FUNC_CLOSURE]!;
        const own = closure === 0 ? 0 : tupleSize(rt, closure);
        const free = codeRuntime(rt, value).unit.localspluskinds.filter((k) => (k & CO_FAST_FREE) !== 0).length;
        if (own !== free) {
          return rt.raiseInt(
            'ValueError',
            `${strValue(rt, rt.mem[h + FUNC_NAME]!)}() requires a code object with ${own} free vars, not ${free}`,
          );
        }
        const kind = (code: Handle): number => codeRuntime(rt, code).unit.flags & GENERATOR_FLAGS;
        const text =
          'Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)';
        if (kind(value) !== kind(rt.mem[h + FUNC_CODE]!) && !rt.warn('DeprecationWarning', text)) return -1;
        rt.heap.setRef(h + FUNC_CODE, rt.newRef(value));
        return 0;
      },
    },
    __doc__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FUNC_DOC]! || rt.None),
      set: (rt: Runtime, h, v) => {
        rt.heap.setRef(h + FUNC_DOC, v === 0 ? rt.None : rt.newRef(v));
        return 0;
      },
    },
    __module__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FUNC_MODULE]! || rt.None),
      set: (rt: Runtime, h, v) => {
        rt.heap.setRef(h + FUNC_MODULE, v === 0 ? 0 : rt.newRef(v));
        return 0;
      },
    },
    __name__: name(FUNC_NAME, '__name__'),
    __qualname__: name(FUNC_QUALNAME, '__qualname__'),
    __defaults__: optional(FUNC_DEFAULTS, isTuple, '__defaults__ must be set to a tuple object'),
    __kwdefaults__: optional(FUNC_KWDEFAULTS, isDict, '__kwdefaults__ must be set to a dict object'),
    __type_params__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FUNC_TYPEPARAMS]! || rt.emptyTuple),
      set: (rt: Runtime, h, value) => {
        if (value === 0 || !isTuple(rt, value))
          return rt.raiseInt('TypeError', '__type_params__ must be set to a tuple');
        rt.heap.setRef(h + FUNC_TYPEPARAMS, rt.newRef(value));
        return 0;
      },
    },
    __annotate__: {
      get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FUNC_ANNOTATE]! || rt.None),
      set: (rt: Runtime, h, value) => {
        if (checkAnnotate(rt, value) < 0) return -1;
        rt.heap.setRef(h + FUNC_ANNOTATE, rt.newRef(value));
        if (value !== rt.None) rt.heap.clearRef(h + FUNC_ANNOTATIONS);
        return 0;
      },
    },
    __annotations__: {
      get: (rt: Runtime, h) => {
        const d = annotations(rt, h);
        return d === 0 ? 0 : rt.newRef(d);
      },
      set: (rt: Runtime, h, value) => {
        if (value !== 0 && value !== rt.None && !isDict(rt, value))
          return rt.raiseInt('TypeError', '__annotations__ must be set to a dict object');
        rt.heap.setRef(h + FUNC_ANNOTATIONS, value === 0 || value === rt.None ? 0 : rt.newRef(value));
        rt.heap.clearRef(h + FUNC_ANNOTATE);
        return 0;
      },
    },
    __dict__: dictGetSet(),
  },
};

const GENERATOR_FLAGS = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

function dictGetSet() {
  return {
    get: (rt: Runtime, h: Handle) => rt.newRef(materializeDict(rt, h, rt.tp(h))),
    set: (rt: Runtime, h: Handle, value: Handle) => {
      if (value === 0 || !isDict(rt, value))
        return rt.raiseInt(
          'TypeError',
          `__dict__ must be set to a dictionary, not a '${value === 0 ? 'NULL' : typeName(rt, value)}'`,
        );
      replaceDict(rt, h, rt.tp(h), value);
      return 0;
    },
  };
}

// ---- classmethod, staticmethod --------------------------------------------------------------------------------------

const CM_CALLABLE = 2;
const CM_DICT = 3;

function wrapper(name: 'classmethod' | 'staticmethod', slots: TypeSpec['slots']): TypeSpec {
  return {
    name,
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 2,
    basicsize: 32,
    dictoffset: CM_DICT,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + CM_CALLABLE);
        rt.heap.clearRef(h + CM_DICT);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of [CM_DICT, CM_CALLABLE]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      },
      tp_clear: (rt: Runtime, h) => {
        rt.heap.clearRef(h + CM_CALLABLE);
        rt.heap.clearRef(h + CM_DICT);
      },
      tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
      tp_init(rt: Runtime, h, args, kwnames) {
        if (!noKeywords(rt, name, kwnames) || !checkPositional(rt, name, args.length, 1, 1)) return -1;
        rt.heap.setRef(h + CM_CALLABLE, rt.newRef(args[0]!));
        return copyWrapped(rt, h, args[0]!);
      },
      tp_repr(rt: Runtime, h) {
        const r = repr(rt, rt.mem[h + CM_CALLABLE]!);
        if (r === 0) return 0;
        const s = strFrom(rt, `<${name}(${strValue(rt, r)})>`);
        rt.decref(r);
        return s;
      },
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
      ...slots,
    },
    getset: {
      __func__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CM_CALLABLE]! || rt.None) },
      __wrapped__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CM_CALLABLE]! || rt.None) },
      __isabstractmethod__: {
        get: (rt: Runtime, h) => {
          const r = isAbstract(rt, rt.mem[h + CM_CALLABLE]!);
          return r < 0 ? 0 : rt.bool(r === 1);
        },
      },
      __dict__: dictGetSet(),
    },
  };
}

/** `functools_wraps`: the names and the doc of what is wrapped. */
function copyWrapped(rt: Runtime, h: Handle, wrapped: Handle): number {
  // 3.14 asks the function for its annotations when somebody asks the wrapper.
  const annotations = rt.facts.name === '3.13' ? ['__annotations__'] : [];
  for (const attr of ['__module__', '__name__', '__qualname__', '__doc__', ...annotations]) {
    const value = rt.tp(wrapped).tp_getattro!(rt, wrapped, rt.id(attr));
    if (value === 0) {
      if (!rt.errorMatches('AttributeError')) return -1;
      rt.clearError();
      continue;
    }
    const dict = materializeDict(rt, h, rt.tp(h));
    dictSet(rt, dict, rt.id(attr), value);
    rt.decref(value);
  }
  return 0;
}

function newWrapper(rt: Runtime, type: 'classmethod' | 'staticmethod', f: Handle): Handle {
  const h = allocInstance(rt, rt.types[type]);
  rt.heap.set(h + CM_CALLABLE, rt.newRef(f));
  return h;
}
export const newClassMethod = (rt: Runtime, f: Handle) => newWrapper(rt, 'classmethod', f);
export const newStaticMethod = (rt: Runtime, f: Handle) => newWrapper(rt, 'staticmethod', f);

export const functionSpecs: TypeSpec[] = [
  functionSpec,
  wrapper('classmethod', {
    tp_descr_get: (rt: Runtime, h, obj, type) =>
      newMethod(rt, rt.mem[h + CM_CALLABLE]!, type !== 0 ? type : rt.mem[obj + 1]!),
  }),
  wrapper('staticmethod', {
    tp_descr_get: (rt: Runtime, h) => rt.newRef(rt.mem[h + CM_CALLABLE]!),
    tp_call: (rt: Runtime, h, args, kwnames) => rt.call(rt.mem[h + CM_CALLABLE]!, args, kwnames),
  }),
];
