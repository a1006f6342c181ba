/**
 * Generators (Objects/genobject.c): a frame that waits in the object. Coroutines share the machinery.
 *
 * A suspended generator owns its frame's references; a finished one owns none.
 */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { CO_COROUTINE } from '../compiler/code-unit';
import { getOptionalAttr, isExceptionInstance, isStr, reprText, typeName } from './abstract';
import { asyncGeneratorMethods, awaitableSpecs, newCoroutineWrapper } from './async-generator';
import { codeName, codeRuntime, type CodeRuntime } from './code';
import { EXC_EXTRA, EXC_TRACEBACK, isExceptionClass } from './exceptions';
import { frameLine, frameObject, takeOwnership } from './frame';
import { FUNC_NAME, FUNC_QUALNAME } from './funcobject';
import { newGenericAlias } from './generic-alias';
import { genericGetAttr } from './generic-attr';
import {
  F_CODE,
  F_FRAMEOBJ,
  F_FUNC,
  F_GENERATOR,
  F_LOCALSPLUS,
  F_OWNER,
  F_PREVIOUS,
  F_SP,
  OWNED_BY_GENERATOR,
  clearFrameLocals,
  steal,
  traverseFrame,
} from './interpreter-frame';
import { intFromNumber } from './int';
import { hex } from './method-object';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { callFinalizerFromDealloc } from './subtype';
import { newTuple, tupleItems } from './tuple';
import { isSubtype } from './type-lookup';
import { clearWeakrefs } from './weakref-list';
import { checkPositional } from './getargs';

/** The frame: a raw block, or 0 once finished. */
export const GEN_FRAME = 2;
export const GEN_STATE = 3;
export const GEN_NAME = 4;
export const GEN_QUALNAME = 5;
/** The exception being handled inside, owned, or 0 (gi_exc_state). */
export const GEN_EXC = 6;
export const GEN_WEAKLIST = 7;
/** The code object, owned, after the frame is gone. */
export const GEN_CODE = 8;
/** A coroutine's `cr_origin`, an asynchronous generator's finalizer; owned, or 0. */
export const GEN_ORIGIN = 9;
/** An asynchronous generator's state, bits. */
export const AG_FLAGS = 10;
export const AG_HOOKS_INITED = 1;
export const AG_CLOSED = 2;
export const AG_RUNNING = 4;

export const GEN_CREATED = -3;
export const GEN_SUSPENDED = -2;
export const GEN_EXECUTING = 0;
/** Closed before its end: it runs no more, but its frame still owns what was not cleared. */
export const GEN_COMPLETED = 1;
export const GEN_CLEARED = 4;

/**
 * RETURN_GENERATOR: moves the running frame (on the data stack) into a new generator. Borrowed locals become owned.
 */
export function newGenerator(rt: Runtime, f: number, kind: 'generator' | 'coroutine' | 'async_generator'): Handle {
  const { heap, mem } = rt;
  const runtime = codeRuntime(rt, mem[f + F_CODE]!);
  const words = runtime.frameWords;
  const h = newObject(rt, rt.types[kind], 0, frameBytes(runtime));
  const own = heap.allocRaw(words, 0);
  const used = mem[f + F_SP]! - f;
  for (let i = 0; i < F_LOCALSPLUS; i++) mem[own + i] = mem[f + i]!;
  for (let i = F_LOCALSPLUS; i < used; i++) mem[own + i] = steal(rt, mem[f + i]!);
  mem[own + F_SP] = own + used;
  mem[own + F_PREVIOUS] = 0;
  mem[own + F_OWNER] = OWNED_BY_GENERATOR;
  mem[own + F_GENERATOR] = h;
  mem[h + GEN_FRAME] = own;
  mem[h + GEN_STATE] = GEN_CREATED;
  const func = mem[own + F_FUNC]!;
  mem[h + GEN_NAME] = rt.newRef(mem[func + FUNC_NAME]!);
  mem[h + GEN_QUALNAME] = rt.newRef(mem[func + FUNC_QUALNAME]!);
  heap.gcTrack(h);
  if (kind === 'coroutine' && rt.originDepth > 0) rt.mem[h + GEN_ORIGIN] = coroutineOrigin(rt, mem[f + F_PREVIOUS]!);
  return h;
}

/** `compute_cr_origin`: where the coroutine was made, (filename, line, name) of each frame. New. */
function coroutineOrigin(rt: Runtime, caller: number): Handle {
  const out: Handle[] = [];
  for (let f = caller; f !== 0 && out.length < rt.originDepth; f = rt.mem[f + F_PREVIOUS]!) {
    const code = rt.mem[f + F_CODE]!;
    const { unit } = codeRuntime(rt, code);
    out.push(
      newTuple(rt, [strFrom(rt, unit.filename), intFromNumber(rt, frameLine(rt, f)), rt.newRef(codeName(rt, code))]),
    );
  }
  return newTuple(rt, out);
}

/** Its code, borrowed, also when the frame is gone. */
export function codeOf(rt: Runtime, gen: Handle): Handle {
  const f = rt.mem[gen + GEN_FRAME]!;
  return f === 0 ? rt.mem[gen + GEN_CODE]! : rt.mem[f + F_CODE]!;
}

/** What a frame's locals, cells and stack add to the object that holds them. */
/** `gen.__sizeof__`: its frame lies in it. */
export function generatorSizeof(rt: Runtime, gen: Handle): number {
  return rt.tp(gen).basicsize + frameBytes(codeRuntime(rt, codeOf(rt, gen)));
}

function frameBytes(code: CodeRuntime): number {
  return 8 * (code.nlocalsplus + code.unit.stacksize);
}

/** The frame has returned or raised: its references go, in the version's order; the code stays for `gi_code`. */
export function clearGeneratorFrame(rt: Runtime, gen: Handle): void {
  const { heap, mem } = rt;
  const f = mem[gen + GEN_FRAME]!;
  if (f === 0) return;
  if (heap.log !== null && heap.log.onFrame !== null) heap.log.onFrame(f, true);
  heap.set(gen + GEN_STATE, GEN_CLEARED);
  const frameObj = mem[f + F_FRAMEOBJ]!;
  if (frameObj !== 0 && mem[frameObj]! > 1) {
    takeOwnership(rt, f);
    heap.set(gen + GEN_CODE, rt.newRef(mem[f + F_CODE]!));
    heap.set(f + F_FRAMEOBJ, 0);
    heap.decref(frameObj);
  } else {
    clearFrameLocals(rt, f);
    if (frameObj !== 0) heap.clearRef(f + F_FRAMEOBJ);
    heap.clearRef(f + F_FUNC);
    heap.set(gen + GEN_CODE, mem[f + F_CODE]!);
  }
  heap.set(gen + GEN_FRAME, 0);
  heap.freeRaw(f);
}

/**
 * `gen_send_ex2`: value borrowed (None for next), or 0 to raise the current exception at the yield.
 * @returns new: what it yields. 0: with an exception, or without one if it returned None
 */
function sendEx(rt: Runtime, gen: Handle, value: Handle, closing = false): Handle {
  const state = rt.mem[gen + GEN_STATE]!;
  if (state === GEN_CREATED && value !== 0 && value !== rt.None) {
    return rt.raise('TypeError', `can't send non-None value to a just-started ${kindText(rt, gen)}`);
  }
  if (state === GEN_EXECUTING) return rt.raise('ValueError', `${kindText(rt, gen)} already executing`);
  if (state >= GEN_COMPLETED) {
    if (rt.is(gen, rt.types.coroutine) && !closing)
      return rt.raise('RuntimeError', 'cannot reuse already awaited coroutine');
    return 0;
  }
  return rt.resumeGenerator(gen, value);
}

export function kindText(rt: Runtime, gen: Handle): string {
  if (rt.is(gen, rt.types.coroutine)) return 'coroutine';
  return rt.is(gen, rt.types.async_generator) ? 'async generator' : 'generator';
}

/** `__next__` for the protocol: 0 without an exception at the end (the returned value is dropped by the caller). */
export function generatorNext(rt: Runtime, gen: Handle): Handle {
  return rt.mem[gen + GEN_STATE]! < 0 ? rt.resumeGenerator(gen, rt.None) : sendEx(rt, gen, rt.None);
}

/** For `send` and `yield from`: at the end a StopIteration with the value is set. */
export function generatorSend(rt: Runtime, gen: Handle, value: Handle): Handle {
  const r = sendEx(rt, gen, value);
  if (r === 0 && rt.currentException === 0) rt.raiseObject('StopIteration', rt.emptyTuple);
  return r;
}

/** `gen_throw` for the awaitables of an asynchronous generator. */
export { generatorThrow };

/** `gen_close`. */
export function generatorClose(rt: Runtime, gen: Handle): Handle {
  const state = rt.mem[gen + GEN_STATE]!;
  if (state === GEN_CREATED) {
    // Its arguments stay until it dies.
    rt.heap.set(gen + GEN_STATE, GEN_COMPLETED);
    return rt.None;
  }
  if (state >= GEN_COMPLETED) return rt.None;
  const sub = yieldFromTarget(rt, gen);
  let failed = false;
  if (sub !== 0) failed = closeDelegate(rt, gen, sub) < 0;
  if (!failed) {
    const f = rt.mem[gen + GEN_FRAME]!;
    if (rt.isOutsideTry(f)) {
      // Nothing inside could see the exception: 3.13 clears the locals, 3.14 the whole frame.
      rt.heap.set(gen + GEN_STATE, GEN_COMPLETED);
      if (rt.facts.reverseTeardown) clearGeneratorFrame(rt, gen);
      else {
        if (rt.heap.log !== null && rt.heap.log.onFrame !== null) rt.heap.log.onFrame(f, true);
        clearFrameLocals(rt, f);
      }
      return rt.None;
    }
    rt.raiseObject('GeneratorExit', rt.emptyTuple);
  }
  const r = sendEx(rt, gen, 0, true);
  if (r !== 0) {
    rt.decref(r);
    return rt.raise('RuntimeError', `${kindText(rt, gen)} ignored GeneratorExit`);
  }
  if (rt.errorMatches('StopIteration')) {
    const e = rt.takeError();
    const value = rt.newRef(rt.mem[e + EXC_EXTRA]! || rt.None);
    rt.decref(e);
    return value;
  }
  if (rt.currentException === 0 || rt.errorMatches('GeneratorExit')) {
    rt.clearError();
    return rt.None;
  }
  return 0;
}

/** `gen_close_iter` of what a generator delegates to (borrowed); the generator counts as running meanwhile. 0 or -1. */
function closeDelegate(rt: Runtime, gen: Handle, sub: Handle): number {
  const state = rt.mem[gen + GEN_STATE]!;
  rt.incref(sub);
  rt.heap.set(gen + GEN_STATE, GEN_EXECUTING);
  let r: Handle = rt.None;
  if (rt.is(sub, rt.types.generator) || rt.is(sub, rt.types.coroutine)) {
    if (!rt.enterRecursive(' in generator')) r = 0;
    else {
      r = generatorClose(rt, sub);
      rt.leaveRecursive();
    }
  } else {
    const close = getOptionalAttr(rt, sub, rt.id('close'));
    if (close !== 0) {
      r = rt.call(close, []);
      rt.decref(close);
    } else if (rt.currentException !== 0) rt.writeUnraisable('Exception ignored in', sub);
  }
  rt.heap.set(gen + GEN_STATE, state);
  rt.decref(sub);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

/** `_PyGen_yf`: what a suspended generator delegates to, borrowed; 0 if it does not. */
export function yieldFromTarget(rt: Runtime, gen: Handle): Handle {
  const f = rt.mem[gen + GEN_FRAME]!;
  if (f === 0 || rt.mem[gen + GEN_STATE] !== GEN_SUSPENDED) return 0;
  return rt.isDelegating(f) ? rt.mem[rt.mem[f + F_SP]! - 1]! & ~1 : 0;
}

/** `gen_throw`: type, value, traceback or an instance. At the end StopIteration is raised. */
function generatorThrow(rt: Runtime, gen: Handle, args: Handle[]): Handle {
  if (!checkPositional(rt, 'throw', args.length, 1, 3)) return 0;
  if (args.length > 1 && !warnThrow(rt, 'throw')) return 0;
  const r = throwInto(rt, gen, true, args);
  if (r === 0 && rt.currentException === 0) rt.raiseObject('StopIteration', rt.emptyTuple);
  return r;
}

/** False with an exception. */
export function warnThrow(rt: Runtime, what: string): boolean {
  return rt.warn(
    'DeprecationWarning',
    `the (type, exc, tb) signature of ${what}() is deprecated, use the single-arg signature instead.`,
  );
}

/**
 * `_gen_throw`.
 * @param closeOnExit GeneratorExit closes what the generator delegates to; an asynchronous generator lets it work on
 * @returns as sendEx
 */
export function throwInto(rt: Runtime, gen: Handle, closeOnExit: boolean, args: Handle[]): Handle {
  const sub = yieldFromTarget(rt, gen);
  if (sub !== 0) {
    rt.incref(sub);
    const handled = throwIntoSub(rt, gen, sub, closeOnExit, args);
    rt.decref(sub);
    if (handled !== -1) return handled;
  }
  const exc = throwable(rt, args);
  if (exc === 0) return 0;
  rt.restoreError(exc);
  return sendEx(rt, gen, 0);
}

/** The exception that `throw` was given: new, or 0 with TypeError. */
function throwable(rt: Runtime, [type, value, given]: Handle[]): Handle {
  let tb = given === undefined || given === rt.None ? 0 : given;
  if (tb !== 0 && !rt.is(tb, rt.types.traceback))
    return rt.raise('TypeError', 'throw() third argument must be a traceback object');
  let exc: Handle;
  if (isExceptionClass(rt, type!)) {
    if (value !== undefined && isExceptionInstance(rt, value) && isSubtype(rt, rt.tp(value), rt.slotsOfType(type!)))
      exc = rt.newRef(value);
    else {
      const rest =
        value === undefined || value === rt.None ? [] : rt.is(value, rt.types.tuple) ? tupleItems(rt, value) : [value];
      exc = rt.call(type!, rest);
      if (exc !== 0 && !isExceptionInstance(rt, exc)) {
        rt.raise(
          'TypeError',
          `calling ${reprText(rt, type!)} should have returned an instance of BaseException, not ${typeName(rt, exc)}`,
        );
        rt.decref(exc);
        exc = 0;
      }
    }
    if (exc === 0) {
      // What making it raised is thrown in its place.
      exc = rt.takeError();
    }
  } else if (isExceptionInstance(rt, type!)) {
    if (value !== undefined && value !== rt.None)
      return rt.raise('TypeError', 'instance exception may not have a separate value');
    exc = rt.newRef(type!);
    tb ||= rt.mem[exc + EXC_TRACEBACK]!;
  } else
    return rt.raise(
      'TypeError',
      `exceptions must be classes or instances deriving from BaseException, not ${typeName(rt, type!)}`,
    );
  if (tb !== 0 && tb !== rt.mem[exc + EXC_TRACEBACK]) rt.heap.setRef(exc + EXC_TRACEBACK, rt.newRef(tb));
  return exc;
}

function isGeneratorExit(rt: Runtime, type: Handle): boolean {
  const slots = isExceptionClass(rt, type) ? rt.slotsOfType(type) : rt.tp(type);
  return isSubtype(rt, slots, rt.types.GeneratorExit);
}

/** The frame of a generator that waits is put behind another, or taken away from there: not by being resumed. */
function setCaller(rt: Runtime, f: number, caller: number): void {
  const { heap } = rt;
  if (heap.log !== null && heap.log.onFrame !== null) heap.log.onFrame(f, false);
  heap.set(f + F_PREVIOUS, caller);
  if (heap.log !== null && heap.log.onFrame !== null) heap.log.onFrame(f, false);
}

/** -1: the exception is to be thrown into this generator itself. */
function throwIntoSub(rt: Runtime, gen: Handle, sub: Handle, closeOnExit: boolean, args: Handle[]): Handle {
  if (closeOnExit && isGeneratorExit(rt, args[0]!)) {
    return closeDelegate(rt, gen, sub) < 0 ? sendEx(rt, gen, 0) : -1;
  }
  const f = rt.mem[gen + GEN_FRAME]!;
  const state = rt.mem[gen + GEN_STATE]!;
  let r: Handle;
  if (rt.is(sub, rt.types.generator) || rt.is(sub, rt.types.coroutine)) {
    if (!rt.enterRecursive(' in generator')) return 0;
    // Its frame stands between the caller's and the delegate's, for who looks.
    const saved = rt.frame;
    setCaller(rt, f, saved);
    rt.frame = f;
    rt.heap.set(gen + GEN_STATE, GEN_EXECUTING);
    r = throwInto(rt, sub, closeOnExit, args);
    if (r === 0 && rt.currentException === 0) rt.raiseObject('StopIteration', rt.emptyTuple);
    rt.frame = saved;
    setCaller(rt, f, 0);
    rt.leaveRecursive();
  } else {
    const method = getOptionalAttr(rt, sub, rt.id('throw'));
    if (method === 0) return rt.currentException !== 0 ? 0 : -1;
    const saved = rt.frame;
    setCaller(rt, f, saved);
    rt.frame = f;
    rt.heap.set(gen + GEN_STATE, GEN_EXECUTING);
    r = rt.call(method, args);
    rt.frame = saved;
    setCaller(rt, f, 0);
    rt.decref(method);
  }
  rt.heap.set(gen + GEN_STATE, state);
  // The delegate ended or raised: go on here with that exception.
  return r !== 0 ? r : sendEx(rt, gen, 0);
}

function finalize(rt: Runtime, gen: Handle): void {
  const state = rt.mem[gen + GEN_STATE]!;
  if (state >= GEN_COMPLETED) return;
  const error = rt.takeError();
  if (rt.is(gen, rt.types.async_generator)) {
    const finalizer = rt.mem[gen + GEN_ORIGIN]!;
    if (finalizer !== 0 && (rt.mem[gen + AG_FLAGS]! & AG_CLOSED) === 0) {
      const r = rt.call(finalizer, [gen]);
      if (r === 0) rt.writeUnraisable('Exception ignored in', gen);
      else rt.decref(r);
      rt.restoreError(error);
      return;
    }
  }
  if (state === GEN_CREATED && (codeRuntime(rt, codeOf(rt, gen)).unit.flags & CO_COROUTINE) !== 0) {
    rt.warnNeverAwaited(gen);
    rt.restoreError(error);
    return;
  }
  const r = generatorClose(rt, gen);
  if (r === 0) {
    if (rt.currentException !== 0) rt.writeUnraisable('Exception ignored while closing generator', gen);
  } else rt.decref(r);
  rt.restoreError(error);
}

function generatorText(rt: Runtime, gen: Handle): string {
  return `<${kindText(rt, gen)} object ${strValue(rt, rt.mem[gen + GEN_QUALNAME]!)} at ${hex(rt, gen)}>`;
}

function nameAttr(word: number, what: string) {
  return {
    get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + word]!),
    set: (rt: Runtime, h: Handle, v: Handle) => {
      if (v === 0 || !isStr(rt, v)) return rt.raiseInt('TypeError', `${what} must be set to a string object`);
      rt.heap.setRef(h + word, rt.newRef(v));
      return 0;
    },
  };
}

function generatorSpec(name: 'generator' | 'coroutine' | 'async_generator', prefix: 'gi' | 'cr' | 'ag'): TypeSpec {
  return {
    name,
    gc: true,
    words: 9,
    basicsize: 152,
    weaklistoffset: GEN_WEAKLIST,
    slots: {
      tp_dealloc(rt: Runtime, gen) {
        const { heap, mem } = rt;
        heap.gcUntrack(gen);
        if (mem[gen + GEN_WEAKLIST] !== 0) clearWeakrefs(rt, gen);
        heap.gcTrack(gen);
        // A finalizer runs once: the mark is in the block's flags (callFinalizer).
        if (mem[gen + GEN_STATE]! < GEN_COMPLETED && callFinalizerFromDealloc(rt, gen) < 0) return;
        heap.gcUntrack(gen);
        if (name === 'async_generator') heap.clearRef(gen + GEN_ORIGIN);
        clearGeneratorFrame(rt, gen);
        heap.clearRef(gen + GEN_ORIGIN);
        heap.clearRef(gen + GEN_CODE);
        heap.clearRef(gen + GEN_NAME);
        heap.clearRef(gen + GEN_QUALNAME);
        heap.clearRef(gen + GEN_EXC);
        freeObject(rt, gen);
      },
      tp_traverse(rt: Runtime, gen, visit) {
        for (const w of [GEN_NAME, GEN_QUALNAME]) visit(rt.mem[gen + w]!, gen + w);
        const f = rt.mem[gen + GEN_FRAME]!;
        if (name === 'async_generator' && rt.mem[gen + GEN_ORIGIN] !== 0)
          visit(rt.mem[gen + GEN_ORIGIN]!, gen + GEN_ORIGIN);
        if (f !== 0 && rt.mem[gen + GEN_STATE] !== GEN_EXECUTING) traverseFrame(rt, f, visit);
        if (rt.mem[gen + GEN_EXC] !== 0) visit(rt.mem[gen + GEN_EXC]!, gen + GEN_EXC);
      },
      tp_ledger(rt: Runtime, gen, visit) {
        for (const w of [GEN_NAME, GEN_QUALNAME, GEN_EXC, GEN_CODE, GEN_ORIGIN])
          if (rt.mem[gen + w] !== 0) visit(rt.mem[gen + w]!, gen + w);
        const f = rt.mem[gen + GEN_FRAME]!;
        if (f !== 0) traverseFrame(rt, f, visit);
      },
      tp_finalize: finalize,
      tp_repr: (rt: Runtime, h) => strFrom(rt, generatorText(rt, h)),
      tp_getattro: genericGetAttr,
      ...(name === 'generator'
        ? ({ tp_iter: (rt: Runtime, h: Handle) => rt.newRef(h), tp_iternext: generatorNext } as never)
        : {}),
    },
    methods: {
      __sizeof__: {
        kind: 'noargs',
        fn: (rt: Runtime, gen) => intFromNumber(rt, generatorSizeof(rt, gen)),
      },
      ...(name === 'async_generator'
        ? asyncGeneratorMethods()
        : {
            send: {
              kind: 'o',
              fn: generatorSend as never,
              doc: `Sends a value into ${name}: gives what it yields next.`,
            },
            throw: {
              kind: 'fast',
              min: 1,
              max: 3,
              fn: generatorThrow as never,
              doc: `Raises an exception inside ${name}: gives what it yields next.`,
            },
            close: { kind: 'noargs', fn: generatorClose as never, doc: `Raises GeneratorExit inside ${name}.` },
          }),
      ...(name === 'coroutine' ? { __await__: { kind: 'noargs', fn: newCoroutineWrapper as never } } : {}),
    },
    classmethods: {
      __class_getitem__: { kind: 'o', fn: (rt: Runtime, cls, item) => newGenericAlias(rt, cls, item) },
    },
    getset: {
      __name__: nameAttr(GEN_NAME, '__name__'),
      __qualname__: nameAttr(GEN_QUALNAME, '__qualname__'),
      [`${prefix}_running`]: {
        get: (rt: Runtime, h) =>
          rt.bool(
            name === 'async_generator'
              ? (rt.mem[h + AG_FLAGS]! & AG_RUNNING) !== 0
              : rt.mem[h + GEN_STATE] === GEN_EXECUTING,
          ),
      },
      ...(name === 'coroutine'
        ? { cr_origin: { get: (rt: Runtime, h: Handle) => rt.newRef(rt.mem[h + GEN_ORIGIN]! || rt.None) } }
        : {}),
      [`${prefix}_suspended`]: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + GEN_STATE] === GEN_SUSPENDED) },
      [`${prefix}_frame`]: {
        get: (rt: Runtime, h) => {
          const f = rt.mem[h + GEN_FRAME]!;
          return f === 0 || rt.mem[h + GEN_STATE]! >= GEN_COMPLETED ? rt.None : rt.newRef(frameObject(rt, f));
        },
      },
      [`${prefix}_code`]: {
        get: (rt: Runtime, h) => rt.newRef(codeOf(rt, h)),
      },
      [`${prefix}_${prefix === 'gi' ? 'yieldfrom' : 'await'}`]: {
        get: (rt: Runtime, h) => rt.newRef(yieldFromTarget(rt, h) || rt.None),
      },
    },
  };
}

export const generatorSpecs: TypeSpec[] = [
  generatorSpec('generator', 'gi'),
  generatorSpec('coroutine', 'cr'),
  generatorSpec('async_generator', 'ag'),
  ...awaitableSpecs(),
];
