/**
 * `_contextvars` (Python/context.c): context variables. A context owns a dict from variables to values, replaced at
 * each change as CPython replaces its persistent map, so a copy shares it.
 */
import type { Handle } from '../heap/layout';
import { CompareOp, type TypeSpec, type Visit } from '../heap/object';
import { genericAlias } from '../objects/dict-methods';
import { isStr, reprText, richCompare } from '../objects/abstract';
import { dictContains, dictCopy, dictDel, dictGet, dictItemsArray, dictSet, dictSize, newDict } from '../objects/dict';
import { params, parseArgs } from '../objects/getargs';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { newList } from '../objects/list';
import { getIter } from '../objects/abstract';
import { strFrom } from '../objects/str';
import { newTuple } from '../objects/tuple';
import { clearWeakrefs } from '../objects/weakref-list';
import { moduleType, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const address = (rt: Runtime, h: Handle): string => `0x${rt.heap.id(h).toString(16)}`;

// ---- Context --------------------------------------------------------------------------------------------------------

const VARS = 2;
/** The context entered before this one; owned while it is entered. */
const PREVIOUS = 3;
const ENTERED = 4;
const CTX_WEAKLIST = 5;

const CURRENT = '_contextvars.current';

const contextWords = [VARS, PREVIOUS];

/** `context_get`: the thread's context, made when first asked for; borrowed. */
function currentContext(ip: Interpreter): Handle {
  const known = ip.moduleState.get(CURRENT) as Handle | undefined;
  if (known !== undefined && known !== 0) return known;
  const fresh = newContext(ip, newDict(ip));
  setCurrent(ip, fresh);
  return fresh;
}

/** Steals the context (0: none). */
function setCurrent(ip: Interpreter, context: Handle): void {
  const old = (ip.moduleState.get(CURRENT) as Handle | undefined) ?? 0;
  ip.moduleState.set(CURRENT, context);
  if (context !== 0) ip.moduleRefs.push(context);
  if (old !== 0) {
    ip.moduleRefs.splice(ip.moduleRefs.lastIndexOf(old), 1);
    ip.decref(old);
  }
}

/** The dict is stolen; it is the context's own, untracked like CPython's map, which the collector sees through us. */
function newContext(ip: Interpreter, vars: Handle): Handle {
  const h = allocInstance(ip, typeOfModule(ip, '_contextvars.Context'));
  ip.heap.set(h + VARS, vars);
  return h;
}

function copyContext(ip: Interpreter): Handle {
  return newContext(ip, dictCopy(ip, ip.mem[currentContext(ip) + VARS]!));
}

function enter(ip: Interpreter, context: Handle): boolean {
  if (ip.mem[context + ENTERED] !== 0) {
    const text = reprText(ip, context);
    if (text !== null) ip.raise('RuntimeError', `cannot enter context: ${text} is already entered`);
    return false;
  }
  const previous = (ip.moduleState.get(CURRENT) as Handle | undefined) ?? 0;
  ip.heap.set(context + ENTERED, 1);
  if (previous !== 0) ip.heap.setRef(context + PREVIOUS, ip.newRef(previous));
  setCurrent(ip, ip.newRef(context));
  return true;
}

function leave(ip: Interpreter, context: Handle): void {
  const previous = ip.mem[context + PREVIOUS]!;
  ip.heap.set(context + ENTERED, 0);
  if (previous !== 0) ip.incref(previous);
  ip.heap.clearRef(context + PREVIOUS);
  ip.incref(context);
  setCurrent(ip, previous);
  ip.decref(context);
}

/** For the event loop: runs a callable inside a context. New, or 0. */
export function runInContext(
  ip: Interpreter,
  context: Handle,
  callable: Handle,
  args: Handle[],
  kwnames: Handle[] | null,
): Handle {
  if (!enter(ip, context)) return 0;
  const r = ip.call(callable, args, kwnames);
  leave(ip, context);
  return r;
}

function isVar(ip: Runtime, h: Handle): boolean {
  if (ip.is(h, typeOfModule(ip as Interpreter, '_contextvars.ContextVar'))) return true;
  ip.raise('TypeError', `a ContextVar key was expected, got ${reprText(ip, h) ?? '?'}`);
  return false;
}

const vars = (rt: Runtime, h: Handle): Handle => rt.mem[h + VARS]!;

const view =
  (pick: (rt: Runtime, key: Handle, value: Handle) => Handle) =>
  (rt: Runtime, h: Handle): Handle => {
    const list = newList(
      rt,
      dictItemsArray(rt, vars(rt, h)).map(([k, v]) => pick(rt, k, v)),
    );
    const it = getIter(rt, list);
    rt.decref(list);
    return it;
  };
const keys = view((rt, k) => rt.newRef(k));

const clearWords =
  (words: readonly number[]) =>
  (rt: Runtime, h: Handle): void => {
    for (const w of words) rt.heap.clearRef(h + w);
  };
const traverseWords =
  (words: readonly number[]) =>
  (rt: Runtime, h: Handle, visit: Visit): void => {
    for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
  };

const contextSpec: TypeSpec = {
  name: 'Context',
  module: '_contextvars',
  gc: true,
  words: 4,
  basicsize: 48,
  weaklistoffset: CTX_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWeakrefs(rt, h);
      clearWords(contextWords)(rt, h);
      freeObject(rt, h);
    },
    tp_traverse: traverseWords(contextWords),
    tp_clear: clearWords(contextWords),
    tp_new(ip: Interpreter, _type, args) {
      if (args.length > 0) return ip.raise('TypeError', 'Context() does not accept any arguments');
      return newContext(ip, newDict(ip));
    },
    tp_iter: keys,
    tp_richcompare(rt: Runtime, a, b, op) {
      if (rt.mem[a + 1] !== rt.mem[b + 1] || (op !== CompareOp.EQ && op !== CompareOp.NE)) return rt.NotImplemented;
      return richCompare(rt, vars(rt, a), vars(rt, b), op);
    },
    mp_length: (rt: Runtime, h) => dictSize(rt, vars(rt, h)),
    sq_contains: (rt: Runtime, h, key) => (isVar(rt, key) ? dictContains(rt, vars(rt, h), key) : -1),
    mp_subscript(rt: Runtime, h, key) {
      if (!isVar(rt, key)) return 0;
      const value = dictGet(rt, vars(rt, h), key);
      return value === 0 ? rt.raiseObject('KeyError', key) : rt.newRef(value);
    },
  },
  methods: {
    run: {
      kind: 'keywords',
      fn: (ip: Interpreter, h, args, kwnames) =>
        args.length === (kwnames?.length ?? 0)
          ? ip.raise('TypeError', 'run() missing 1 required positional argument')
          : runInContext(ip, h, args[0]!, args.slice(1), kwnames),
    },
    copy: { kind: 'noargs', fn: (ip: Interpreter, h) => newContext(ip, dictCopy(ip, vars(ip, h))) },
    get: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (rt: Runtime, h, [key, fallback]) => {
        if (!isVar(rt, key!)) return 0;
        return rt.newRef(dictGet(rt, vars(rt, h), key!) || (fallback ?? rt.None));
      },
    },
    keys: { kind: 'noargs', fn: keys },
    values: { kind: 'noargs', fn: view((rt, _k, v) => rt.newRef(v)) },
    items: { kind: 'noargs', fn: view((rt, k, v) => newTuple(rt, [rt.newRef(k), rt.newRef(v)])) },
  },
};

// ---- ContextVar -----------------------------------------------------------------------------------------------------

const NAME = 2;
const DEFAULT = 3;
const VAR = params('ContextVar', 'name, /, *, default=');

const varSpec: TypeSpec = {
  name: 'ContextVar',
  module: '_contextvars',
  gc: true,
  words: 2,
  basicsize: 64,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWords([NAME, DEFAULT])(rt, h);
      freeObject(rt, h);
    },
    tp_traverse: traverseWords([NAME, DEFAULT]),
    tp_clear: clearWords([NAME, DEFAULT]),
    tp_new(rt: Runtime, type, args, kwnames) {
      const a = parseArgs(rt, VAR, args, kwnames);
      if (a === null) return 0;
      if (!isStr(rt, a[0]!)) return rt.raise('TypeError', 'context variable name must be a str');
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + NAME, rt.newRef(a[0]!));
      if (a[1] !== 0) rt.heap.set(h + DEFAULT, rt.newRef(a[1]!));
      return h;
    },
    tp_repr(rt: Runtime, h) {
      const name = reprText(rt, rt.mem[h + NAME]!);
      if (name === null) return 0;
      const fallback = rt.mem[h + DEFAULT] === 0 ? '' : reprText(rt, rt.mem[h + DEFAULT]!);
      if (fallback === null) return 0;
      return strFrom(
        rt,
        `<ContextVar name=${name}${fallback === '' ? '' : ` default=${fallback}`} at ${address(rt, h)}>`,
      );
    },
  },
  methods: {
    get: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (ip: Interpreter, h, [fallback]) => {
        const context = (ip.moduleState.get(CURRENT) as Handle | undefined) ?? 0;
        const value = context === 0 ? 0 : dictGet(ip, vars(ip, context), h);
        if (value !== 0) return ip.newRef(value);
        if (fallback !== undefined) return ip.newRef(fallback);
        const own = ip.mem[h + DEFAULT]!;
        return own !== 0 ? ip.newRef(own) : ip.raiseObject('LookupError', h);
      },
    },
    set: {
      kind: 'o',
      fn: (ip: Interpreter, h, value) => {
        const context = currentContext(ip);
        const token = allocInstance(ip, typeOfModule(ip, '_contextvars.Token'));
        const old = dictGet(ip, vars(ip, context), h);
        ip.heap.set(token + TOK_CTX, ip.newRef(context));
        ip.heap.set(token + TOK_VAR, ip.newRef(h));
        if (old !== 0) ip.heap.set(token + TOK_OLD, ip.newRef(old));
        replaceVars(ip, context, (map) => dictSet(ip, map, h, value));
        return token;
      },
    },
    reset: { kind: 'o', fn: resetVar },
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: { name: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + NAME]!) } },
};

/** `PyContextVar_Reset`. */
function resetVar(ip: Interpreter, h: Handle, token: Handle): Handle {
  if (!ip.is(token, typeOfModule(ip, '_contextvars.Token')))
    return ip.raise('TypeError', `expected an instance of Token, got ${reprText(ip, token) ?? '?'}`);
  const shown = (): string => reprText(ip, token) ?? '?';
  if (ip.mem[token + TOK_USED] !== 0) return ip.raise('RuntimeError', `${shown()} has already been used once`);
  if (ip.mem[token + TOK_VAR] !== h) return ip.raise('ValueError', `${shown()} was created by a different ContextVar`);
  const context = currentContext(ip);
  if (ip.mem[token + TOK_CTX] !== context)
    return ip.raise('ValueError', `${shown()} was created in a different Context`);
  ip.heap.set(token + TOK_USED, 1);
  const old = ip.mem[token + TOK_OLD]!;
  replaceVars(ip, context, (map) => (old === 0 ? dictDel(ip, map, h) : dictSet(ip, map, h, old)));
  return ip.None;
}

/** The context's map is another one after a change: copies that share the old one keep it. */
function replaceVars(ip: Interpreter, context: Handle, change: (map: Handle) => number): void {
  const map = dictCopy(ip, vars(ip, context));
  if (change(map) < 0) ip.clearError();
  ip.heap.setRef(context + VARS, map);
}

// ---- Token ----------------------------------------------------------------------------------------------------------

const TOK_CTX = 2;
const TOK_VAR = 3;
const TOK_OLD = 4;
const TOK_USED = 5;
const tokenWords = [TOK_CTX, TOK_VAR, TOK_OLD];

const tokenSpec: TypeSpec = {
  name: 'Token',
  module: '_contextvars',
  gc: true,
  words: 4,
  basicsize: 48,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clearWords(tokenWords)(rt, h);
      freeObject(rt, h);
    },
    tp_traverse: traverseWords(tokenWords),
    tp_clear: clearWords(tokenWords),
    tp_new: (rt: Runtime) => rt.raise('RuntimeError', 'Tokens can only be created by ContextVars'),
    tp_repr(rt: Runtime, h) {
      const name = reprText(rt, rt.mem[h + TOK_VAR]!);
      if (name === null) return 0;
      return strFrom(rt, `<Token${rt.mem[h + TOK_USED] !== 0 ? ' used' : ''} var=${name} at ${address(rt, h)}>`);
    },
  },
  methods: {},
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: {
    var: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TOK_VAR]!) },
    old_value: {
      get: (ip: Interpreter, h) => ip.newRef(ip.mem[h + TOK_OLD]! || (ip.moduleState.get(MISSING) as Handle)),
    },
  },
};

const MISSING = '_contextvars.missing';

const missingSpec: TypeSpec = {
  name: '_MISSING',
  module: 'Token',
  words: 0,
  basicsize: 16,
  slots: {
    tp_dealloc: freeObject,
    tp_repr: (rt: Runtime) => strFrom(rt, '<Token.MISSING>'),
  },
};

/** 3.14: a token is a context manager that resets its variable. */
const tokenMethods314: NonNullable<TypeSpec['methods']> = {
  __enter__: { kind: 'noargs', fn: (rt: Runtime, h) => rt.newRef(h) },
  __exit__: {
    kind: 'fast',
    min: 3,
    max: 3,
    fn: (ip: Interpreter, h) => resetVar(ip, ip.mem[h + TOK_VAR]!, h),
  },
};

export const contextvarsModule: NativeModule = {
  name: '_contextvars',
  methods: { copy_context: { kind: 'noargs', fn: (ip: Interpreter) => copyContext(ip) } },
  values: (ip) => {
    const token = ip.facts.name === '3.13' ? tokenSpec : { ...tokenSpec, methods: tokenMethods314 };
    const types = {
      Context: moduleType(ip, contextSpec, 'static'),
      ContextVar: moduleType(ip, varSpec, 'static'),
      Token: moduleType(ip, token, 'static'),
    };
    const missing = allocInstance(ip, moduleType(ip, missingSpec, 'static'));
    ip.heap.immortalize(missing);
    ip.moduleState.set(MISSING, missing);
    dictSet(ip, ip.mem[types.Token.handle + 3]!, ip.id('MISSING'), missing);
    return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, ip.newRef(type.handle)]));
  },
};
