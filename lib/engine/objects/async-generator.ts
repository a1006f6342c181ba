/**
 * Asynchronous generators and what is awaited (Objects/genobject.c): what `asend`, `athrow`, `aclose` and `__anext__`
 * give to `await`, the wrapper that `coroutine.__await__` gives, and `anext` with a default (Objects/iterobject.c).
 *
 *     ob_refcnt ob_type | gen  argument  state        async_generator_asend: the value to send, or 0
 *                                                     async_generator_athrow: a tuple, 0 for aclose
 *                       | coroutine                   coroutine_wrapper
 *                       | wrapped  default            anext_awaitable
 *                       | value                       async_generator_wrapped_value: a `yield` of the generator's own
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec } from '../heap/object';
import { CO_ITERABLE_COROUTINE } from '../compiler/code-unit';
import { getAttrString, typeName } from './abstract';
import { codeRuntime } from './code';
import {
  AG_CLOSED,
  AG_FLAGS,
  AG_HOOKS_INITED,
  AG_RUNNING,
  GEN_COMPLETED,
  GEN_ORIGIN,
  GEN_QUALNAME,
  GEN_STATE,
  codeOf,
  generatorClose,
  generatorNext,
  generatorSend,
  generatorThrow,
  throwInto,
  warnThrow,
  yieldFromTarget,
} from './generator';
import { genericGetAttr } from './generic-attr';
import { checkPositional } from './getargs';
import { selfIter } from './iter';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { callSpecial } from './slotdefs';
import { strValue } from './str';
import { callFinalizerFromDealloc } from './subtype';
import { newTuple, tupleItems } from './tuple';
import { typeLookup } from './type-lookup';

const GEN = 2;
const ARGUMENT = 3;
const STATE = 4;

const INIT = 0;
const ITER = 1;
const CLOSED = 2;

// ---- values that an asynchronous generator yields ---------------------------------------------------------------------------

/** `_PyAsyncGenValueWrapperNew`: borrowed value; new. */
export function wrapValue(rt: Runtime, value: Handle): Handle {
  const h = newObject(rt, rt.types.async_generator_wrapped_value);
  rt.heap.set(h + GEN, rt.newRef(value));
  rt.heap.gcTrack(h);
  return h;
}

function raiseStopIterationWith(rt: Runtime, value: Handle): void {
  const args = newTuple(rt, [rt.newRef(value)]);
  rt.raiseObject('StopIteration', args);
  rt.decref(args);
}

function setFlag(rt: Runtime, gen: Handle, flag: number, on: boolean): void {
  const flags = rt.mem[gen + AG_FLAGS]!;
  rt.heap.set(gen + AG_FLAGS, on ? flags | flag : flags & ~flag);
}
const hasFlag = (rt: Runtime, gen: Handle, flag: number): boolean => (rt.mem[gen + AG_FLAGS]! & flag) !== 0;

/** The generator's end or exit: StopAsyncIteration or GeneratorExit is raised. */
function hasEnded(rt: Runtime): boolean {
  return rt.errorMatches('StopAsyncIteration') || rt.errorMatches('GeneratorExit');
}

/** `async_gen_unwrap_value`: a yield of the generator's own ends the await with its value. `result` stolen. */
function unwrapValue(rt: Runtime, gen: Handle, result: Handle): Handle {
  if (result === 0) {
    if (rt.currentException === 0) rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
    if (hasEnded(rt)) setFlag(rt, gen, AG_CLOSED, true);
    setFlag(rt, gen, AG_RUNNING, false);
    return 0;
  }
  if (!rt.is(result, rt.types.async_generator_wrapped_value)) return result;
  raiseStopIterationWith(rt, rt.mem[result + GEN]!);
  rt.decref(result);
  setFlag(rt, gen, AG_RUNNING, false);
  return 0;
}

/** `gen_send` of an asynchronous generator: 0 with StopAsyncIteration at the end. */
function send(rt: Runtime, gen: Handle, value: Handle): Handle {
  const r = value === 0 || value === rt.None ? generatorNext(rt, gen) : generatorSend(rt, gen, value);
  if (r !== 0) return r;
  if (rt.currentException === 0) rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
  else if (rt.errorMatches('StopIteration')) {
    rt.clearError();
    rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
  }
  return 0;
}

function throwIn(rt: Runtime, gen: Handle, args: Handle[]): Handle {
  const r = throwInto(rt, gen, true, args);
  if (r === 0 && rt.currentException === 0) rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
  return r;
}

// ---- the generator's own methods ----------------------------------------------------------------------------------------------

/** `async_gen_init_hooks`: false with an exception. */
function initHooks(rt: Runtime, gen: Handle): boolean {
  if (hasFlag(rt, gen, AG_HOOKS_INITED)) return true;
  setFlag(rt, gen, AG_HOOKS_INITED, true);
  if (rt.asyncgenFinalizer !== 0) rt.heap.set(gen + GEN_ORIGIN, rt.newRef(rt.asyncgenFinalizer));
  const firstiter = rt.asyncgenFirstiter;
  if (firstiter === 0) return true;
  rt.incref(firstiter);
  const r = rt.call(firstiter, [gen]);
  rt.decref(firstiter);
  rt.xdecref(r);
  return r !== 0;
}

function newAwaitable(rt: Runtime, type: 'async_generator_asend' | 'async_generator_athrow', gen: Handle, arg: Handle) {
  if (!initHooks(rt, gen)) return 0;
  const h = newObject(rt, rt.types[type]);
  rt.heap.set(h + GEN, rt.newRef(gen));
  rt.heap.set(h + ARGUMENT, arg === 0 ? 0 : rt.newRef(arg));
  rt.heap.gcTrack(h);
  return h;
}

/** `async_gen_anext`: new, or 0. */
export function asyncGeneratorNext(rt: Runtime, gen: Handle): Handle {
  return newAwaitable(rt, 'async_generator_asend', gen, 0);
}

export function asyncGeneratorMethods(): Record<string, MethodDef> {
  return {
    __aiter__: { kind: 'noargs', fn: selfIter as never },
    __anext__: { kind: 'noargs', fn: asyncGeneratorNext as never },
    asend: { kind: 'o', fn: (rt: Runtime, gen, value) => newAwaitable(rt, 'async_generator_asend', gen, value) },
    athrow: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (rt: Runtime, gen, args) => {
        if (args.length > 1 && !warnThrow(rt, 'athrow')) return 0;
        const tuple = newTuple(
          rt,
          args.map((a) => rt.newRef(a)),
        );
        const r = newAwaitable(rt, 'async_generator_athrow', gen, tuple);
        rt.decref(tuple);
        return r;
      },
    },
    aclose: { kind: 'noargs', fn: (rt: Runtime, gen) => newAwaitable(rt, 'async_generator_athrow', gen, 0) },
  };
}

// ---- asend, __anext__ -----------------------------------------------------------------------------------------------------------

function close(rt: Runtime, h: Handle): void {
  rt.heap.set(h + STATE, CLOSED);
}

function fail(rt: Runtime, h: Handle, message: string): 0 {
  close(rt, h);
  return rt.raise('RuntimeError', message);
}

const REUSED_ASEND = 'cannot reuse already awaited __anext__()/asend()';
const REUSED_ATHROW = 'cannot reuse already awaited aclose()/athrow()';
const JUST_STARTED = "can't send non-None value to a just-started coroutine";
const IGNORED_EXIT = 'async generator ignored GeneratorExit';

/** The first use of an asend. False with RuntimeError. */
function startAsend(rt: Runtime, h: Handle): boolean {
  if (rt.mem[h + STATE] === CLOSED) {
    rt.raise('RuntimeError', REUSED_ASEND);
    return false;
  }
  if (rt.mem[h + STATE] === ITER) return true;
  if (hasFlag(rt, rt.mem[h + GEN]!, AG_RUNNING)) {
    fail(rt, h, 'anext(): asynchronous generator is already running');
    return false;
  }
  rt.heap.set(h + STATE, ITER);
  return true;
}

function asendSend(rt: Runtime, h: Handle, value: Handle): Handle {
  const first = rt.mem[h + STATE] === INIT;
  if (!startAsend(rt, h)) return 0;
  const gen = rt.mem[h + GEN]!;
  const sent = first && (value === 0 || value === rt.None) ? rt.mem[h + ARGUMENT]! : value;
  setFlag(rt, gen, AG_RUNNING, true);
  const r = unwrapValue(rt, gen, send(rt, gen, sent));
  if (r === 0) close(rt, h);
  return r;
}

function asendThrow(rt: Runtime, h: Handle, args: Handle[]): Handle {
  const first = rt.mem[h + STATE] === INIT;
  if (!startAsend(rt, h)) return 0;
  const gen = rt.mem[h + GEN]!;
  if (first) setFlag(rt, gen, AG_RUNNING, true);
  const r = unwrapValue(rt, gen, throwIn(rt, gen, args));
  if (r === 0) close(rt, h);
  return r;
}

// ---- athrow, aclose ---------------------------------------------------------------------------------------------------------------

const isAclose = (rt: Runtime, h: Handle): boolean => rt.mem[h + ARGUMENT] === 0;

function alreadyRunning(rt: Runtime, h: Handle): 0 {
  return fail(rt, h, `${isAclose(rt, h) ? 'aclose' : 'athrow'}(): asynchronous generator is already running`);
}

/** The generator has raised: for `aclose`, its end is success. */
function checkError(rt: Runtime, h: Handle): 0 {
  setFlag(rt, rt.mem[h + GEN]!, AG_RUNNING, false);
  close(rt, h);
  if (isAclose(rt, h) && hasEnded(rt)) {
    rt.clearError();
    rt.raiseObject('StopIteration', rt.emptyTuple);
  }
  return 0;
}

/** In `aclose` the generator has yielded a value of its own (stolen). */
function yieldedInClose(rt: Runtime, h: Handle, result: Handle): 0 {
  rt.decref(result);
  setFlag(rt, rt.mem[h + GEN]!, AG_RUNNING, false);
  return fail(rt, h, IGNORED_EXIT);
}

function athrowSend(rt: Runtime, h: Handle, value: Handle): Handle {
  const gen = rt.mem[h + GEN]!;
  if (rt.mem[h + STATE] === CLOSED) return rt.raise('RuntimeError', REUSED_ATHROW);
  if (rt.mem[gen + GEN_STATE]! >= GEN_COMPLETED) {
    close(rt, h);
    return rt.raiseObject('StopIteration', rt.emptyTuple);
  }
  if (rt.mem[h + STATE] === INIT) return athrowStart(rt, h, gen, value);
  const r = send(rt, gen, value);
  if (!isAclose(rt, h)) return unwrapValue(rt, gen, r);
  if (r === 0) return checkError(rt, h);
  return rt.is(r, rt.types.async_generator_wrapped_value) ? yieldedInClose(rt, h, r) : r;
}

function athrowStart(rt: Runtime, h: Handle, gen: Handle, value: Handle): Handle {
  if (hasFlag(rt, gen, AG_RUNNING)) return alreadyRunning(rt, h);
  if (hasFlag(rt, gen, AG_CLOSED)) {
    close(rt, h);
    return rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
  }
  if (value !== rt.None) return rt.raise('RuntimeError', JUST_STARTED);
  rt.heap.set(h + STATE, ITER);
  setFlag(rt, gen, AG_RUNNING, true);
  if (isAclose(rt, h)) {
    setFlag(rt, gen, AG_CLOSED, true);
    const r = throwInto(rt, gen, false, [rt.types.GeneratorExit.handle]);
    if (r === 0 && rt.currentException === 0) rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
    if (r === 0) return checkError(rt, h);
    return rt.is(r, rt.types.async_generator_wrapped_value) ? yieldedInClose(rt, h, r) : r;
  }
  const args = tupleItems(rt, rt.mem[h + ARGUMENT]!);
  if (!checkPositional(rt, 'athrow', args.length, 1, 3)) return 0;
  let r = throwInto(rt, gen, false, args);
  if (r === 0 && rt.currentException === 0) rt.raiseObject('StopAsyncIteration', rt.emptyTuple);
  r = unwrapValue(rt, gen, r);
  return r === 0 ? checkError(rt, h) : r;
}

function athrowThrow(rt: Runtime, h: Handle, args: Handle[]): Handle {
  const gen = rt.mem[h + GEN]!;
  if (rt.mem[h + STATE] === CLOSED) return rt.raise('RuntimeError', REUSED_ATHROW);
  if (rt.mem[h + STATE] === INIT) {
    if (hasFlag(rt, gen, AG_RUNNING)) return alreadyRunning(rt, h);
    rt.heap.set(h + STATE, ITER);
    setFlag(rt, gen, AG_RUNNING, true);
  }
  const r = throwIn(rt, gen, args);
  if (!isAclose(rt, h)) {
    const value = unwrapValue(rt, gen, r);
    if (value === 0) close(rt, h);
    return value;
  }
  if (r === 0) return checkError(rt, h);
  return rt.is(r, rt.types.async_generator_wrapped_value) ? yieldedInClose(rt, h, r) : r;
}

// ---- the awaitables' types ----------------------------------------------------------------------------------------------------------

/** `close` of an asend or an athrow: GeneratorExit is thrown in, and its way out is success. */
function closing(throwInside: (rt: Runtime, h: Handle, args: Handle[]) => Handle): MethodDef {
  return {
    kind: 'noargs',
    fn: (rt: Runtime, h) => {
      if (rt.mem[h + STATE] === CLOSED) return rt.None;
      const r = throwInside(rt, h, [rt.types.GeneratorExit.handle]);
      if (r !== 0) {
        rt.decref(r);
        return rt.raise('RuntimeError', 'coroutine ignored GeneratorExit');
      }
      if (!hasEnded(rt) && !rt.errorMatches('StopIteration')) return 0;
      rt.clearError();
      return rt.None;
    },
  };
}

/** `_PyErr_WarnUnawaitedAgenMethod`: nobody has used it. */
function warnUnused(rt: Runtime, h: Handle, method: string): void {
  if (rt.mem[h + STATE] !== INIT) return;
  const error = rt.takeError();
  const name = strValue(rt, rt.mem[rt.mem[h + GEN]! + GEN_QUALNAME]!);
  if (!rt.warn('RuntimeWarning', `coroutine method '${method}' of '${name}' was never awaited`, h))
    rt.writeUnraisable('Exception ignored in', h);
  rt.restoreError(error);
}

const self: MethodDef = { kind: 'noargs', fn: selfIter as never };

function generatorAwaitable(
  name: 'async_generator_asend' | 'async_generator_athrow',
  sending: (rt: Runtime, h: Handle, value: Handle) => Handle,
  throwing: (rt: Runtime, h: Handle, args: Handle[]) => Handle,
): TypeSpec {
  return {
    name,
    gc: true,
    words: 3,
    basicsize: 40,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        if (callFinalizerFromDealloc(rt, h) < 0) return;
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + GEN);
        rt.heap.clearRef(h + ARGUMENT);
        freeObject(rt, h);
      },
      tp_finalize: (rt: Runtime, h) =>
        warnUnused(rt, h, name === 'async_generator_asend' ? 'asend' : isAclose(rt, h) ? 'aclose' : 'athrow'),
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of [GEN, ARGUMENT]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      },
      tp_iter: selfIter as never,
      tp_iternext: (rt: Runtime, h) => sending(rt, h, rt.None),
      tp_getattro: genericGetAttr,
    },
    methods: {
      __await__: self,
      send: { kind: 'o', fn: sending as never },
      throw: {
        kind: 'fast',
        min: 0,
        max: -1,
        fn: (rt: Runtime, h, args) => {
          if (!checkPositional(rt, 'throw', args.length, 1, 3)) return 0;
          if (args.length > 1 && !warnThrow(rt, 'throw')) return 0;
          return throwing(rt, h, args);
        },
      },
      close: closing(throwing),
    },
  };
}

/** `coro_await`: new. */
export function newCoroutineWrapper(rt: Runtime, coroutine: Handle): Handle {
  const h = newObject(rt, rt.types.coroutine_wrapper);
  rt.heap.set(h + GEN, rt.newRef(coroutine));
  rt.heap.gcTrack(h);
  return h;
}

function coroutineWrapper(): TypeSpec {
  const inner = (rt: Runtime, h: Handle): Handle => rt.mem[h + GEN]!;
  return {
    name: 'coroutine_wrapper',
    gc: true,
    words: 1,
    basicsize: 24,
    slots: {
      ...ownsTwo(false),
      tp_iter: selfIter as never,
      tp_iternext: (rt: Runtime, h) => generatorNext(rt, inner(rt, h)),
      tp_getattro: genericGetAttr,
    },
    methods: {
      send: { kind: 'o', fn: (rt: Runtime, h, value) => generatorSend(rt, inner(rt, h), value) },
      throw: { kind: 'fast', min: 1, max: 3, fn: (rt: Runtime, h, args) => generatorThrow(rt, inner(rt, h), args) },
      close: { kind: 'noargs', fn: (rt: Runtime, h) => generatorClose(rt, inner(rt, h)) },
    },
  };
}

/** dealloc and traverse of an object with one owned word, or two. */
function ownsTwo(two: boolean): TypeSpec['slots'] {
  const words = two ? [GEN, ARGUMENT] : [GEN];
  return {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      for (const w of words) rt.heap.clearRef(h + w);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
  };
}

// ---- anext(it, default) ---------------------------------------------------------------------------------------------------------------

/** `PyAnextAwaitable_New`: borrowed; new. */
export function newAnextAwaitable(rt: Runtime, wrapped: Handle, value: Handle): Handle {
  const h = newObject(rt, rt.types.anext_awaitable);
  rt.heap.set(h + GEN, rt.newRef(wrapped));
  rt.heap.set(h + ARGUMENT, rt.newRef(value));
  rt.heap.gcTrack(h);
  return h;
}

/** `anextawaitable_getiter`: new, or 0. */
function anextIter(rt: Runtime, h: Handle): Handle {
  const it = awaitableIter(rt, rt.mem[h + GEN]!);
  if (it === 0 || rt.tp(it).tp_iternext !== null) return it;
  const wrapper = callSpecial(rt, it, '__await__', []);
  rt.decref(it);
  if (wrapper === 0 || rt.tp(wrapper).tp_iternext !== null) return wrapper;
  rt.decref(wrapper);
  return rt.raise('TypeError', '__await__ returned a non-iterable');
}

/** StopAsyncIteration ends the await with the default. */
function defaultAtEnd(rt: Runtime, h: Handle): 0 {
  if (rt.errorMatches('StopAsyncIteration')) {
    rt.clearError();
    raiseStopIterationWith(rt, rt.mem[h + ARGUMENT]!);
  }
  return 0;
}

function anextProxy(method: string): MethodDef {
  return {
    kind: 'fast',
    min: 0,
    max: -1,
    fn: (rt: Runtime, h, args) => {
      const it = anextIter(rt, h);
      if (it === 0) return 0;
      const f = getAttrString(rt, it, method);
      rt.decref(it);
      if (f === 0) return 0;
      const r = rt.call(f, args);
      rt.decref(f);
      return r !== 0 ? r : defaultAtEnd(rt, h);
    },
  };
}

function anextAwaitable(): TypeSpec {
  return {
    name: 'anext_awaitable',
    gc: true,
    words: 2,
    basicsize: 32,
    slots: {
      ...ownsTwo(true),
      tp_iter: selfIter as never,
      tp_iternext(rt: Runtime, h) {
        const it = anextIter(rt, h);
        if (it === 0) return 0;
        const r = rt.tp(it).tp_iternext!(rt, it);
        rt.decref(it);
        return r !== 0 ? r : defaultAtEnd(rt, h);
      },
      tp_getattro: genericGetAttr,
    },
    methods: { __await__: self, send: anextProxy('send'), throw: anextProxy('throw'), close: anextProxy('close') },
  };
}

export function awaitableSpecs(): TypeSpec[] {
  return [
    generatorAwaitable('async_generator_asend', asendSend, asendThrow),
    generatorAwaitable('async_generator_athrow', athrowSend, athrowThrow),
    coroutineWrapper(),
    anextAwaitable(),
    {
      name: 'async_generator_wrapped_value',
      gc: true,
      words: 1,
      basicsize: 24,
      flags: TPFLAGS.DISALLOW_INSTANTIATION,
      slots: { ...ownsTwo(false), tp_getattro: genericGetAttr },
    },
  ];
}

// ---- awaiting -----------------------------------------------------------------------------------------------------------------------------

/** A coroutine, or a generator that `types.coroutine` has marked. */
export function isCoroutineLike(rt: Runtime, h: Handle): boolean {
  if (rt.is(h, rt.types.coroutine)) return true;
  if (!rt.is(h, rt.types.generator)) return false;
  return (codeRuntime(rt, codeOf(rt, h)).unit.flags & CO_ITERABLE_COROUTINE) !== 0;
}

/** The type has a special method of that name, and not None in its place. */
export function hasSpecial(rt: Runtime, h: Handle, name: string): boolean {
  const f = typeLookup(rt, rt.tp(h), rt.id(name));
  return f !== 0;
}

/** `_PyCoro_GetAwaitableIter`: new, or 0 with TypeError. */
export function awaitableIter(rt: Runtime, h: Handle): Handle {
  if (isCoroutineLike(rt, h)) return rt.newRef(h);
  if (!hasSpecial(rt, h, '__await__')) {
    const name = typeName(rt, h);
    return rt.raise(
      'TypeError',
      rt.facts.name === '3.13'
        ? `object ${name} can't be used in 'await' expression`
        : `'${name}' object can't be awaited`,
    );
  }
  const it = callSpecial(rt, h, '__await__', []);
  if (it === 0) return 0;
  if (isCoroutineLike(rt, it)) rt.raise('TypeError', '__await__() returned a coroutine');
  else if (rt.tp(it).tp_iternext === null)
    rt.raise('TypeError', `__await__() returned non-iterator of type '${typeName(rt, it)}'`);
  else return it;
  rt.decref(it);
  return 0;
}

/** GET_AWAITABLE (`_PyEval_GetAwaitable`); `where`: 1 after `__aenter__`, 2 after `__aexit__`. New or 0. */
export function getAwaitable(rt: Runtime, h: Handle, where: number): Handle {
  const it = awaitableIter(rt, h);
  if (it === 0) {
    if (where !== 0 && !hasSpecial(rt, h, '__await__') && !isCoroutineLike(rt, h)) {
      rt.clearError();
      rt.raise(
        'TypeError',
        `'async with' received an object from ${where === 1 ? '__aenter__' : '__aexit__'} that does not implement __await__: ${typeName(rt, h)}`,
      );
    }
    return 0;
  }
  if (rt.is(it, rt.types.coroutine) && yieldFromTarget(rt, it) !== 0) {
    rt.decref(it);
    return rt.raise('RuntimeError', 'coroutine is being awaited already');
  }
  return it;
}

/** GET_AITER: borrowed; new or 0. */
export function getAiter(rt: Runtime, h: Handle): Handle {
  if (!hasSpecial(rt, h, '__aiter__'))
    return rt.raise('TypeError', `'async for' requires an object with __aiter__ method, got ${typeName(rt, h)}`);
  const it = callSpecial(rt, h, '__aiter__', []);
  if (it === 0 || hasSpecial(rt, it, '__anext__')) return it;
  rt.raise(
    'TypeError',
    `'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(rt, it)}`,
  );
  rt.decref(it);
  return 0;
}

/** GET_ANEXT (`_PyEval_GetANext`): borrowed; new or 0. */
export function getAnext(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.async_generator)) return asyncGeneratorNext(rt, h);
  if (!hasSpecial(rt, h, '__anext__'))
    return rt.raise('TypeError', `'async for' requires an iterator with __anext__ method, got ${typeName(rt, h)}`);
  const next = callSpecial(rt, h, '__anext__', []);
  if (next === 0) return 0;
  const it = awaitableIter(rt, next);
  if (it === 0)
    rt.raiseFromCause('TypeError', `'async for' received an invalid object from __anext__: ${typeName(rt, next)}`);
  rt.decref(next);
  return it;
}
