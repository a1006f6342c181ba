/**
 * Frame objects (Objects/frameobject.c): the view on a frame that tracebacks, `sys._getframe` and generators give. When
 * the frame ends and the object lives on, it takes the frame over.
 */
import type { Handle } from '../heap/layout';
import { CO_OPTIMIZED } from '../compiler/code-unit';
import type { GetSetDef, TypeSpec } from '../heap/object';
import { byteOffset, codeName, codeRuntime, lineOf } from './code';
import { dictSet, dictUpdate, newDict } from './dict';
import { frameLocalsSpecs, hasHiddenLocals, newFrameLocalsProxy, slotValue } from './frame-locals';
import { genericGetAttr } from './generic-attr';
import { intFromNumber } from './int';
import {
  BORROWED,
  F_BUILTINS,
  F_CODE,
  F_FRAMEOBJ,
  F_FUNC,
  F_GENERATOR,
  F_GLOBALS,
  F_LOCALS,
  F_LOCALSPLUS,
  F_OWNER,
  F_PC,
  F_PREVIOUS,
  F_SP,
  OWNED_BY_FRAME_OBJECT,
  OWNED_BY_GENERATOR,
  OWNED_BY_THREAD,
  clearFrameLocals,
  frameSize,
  traverseFrame,
} from './interpreter-frame';
import { GEN_STATE, GEN_SUSPENDED } from './generator';
import { hex } from './method-object';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';

export const FO_BACK = 2;
/** The frame: on the data stack, in a generator, or in this object. */
export const FO_FRAME = 3;
export const FO_OWNS = 4;
/** `f_trace`, owned, or 0. */
export const FO_TRACE = 5;
/** Names in `f_locals` that are no variables of the function: a dict, owned, or 0. */
export const FO_EXTRA_LOCALS = 6;
/** Values that writing through `f_locals` has displaced: a list, owned, or 0. */
export const FO_OVERWRITTEN = 7;
/** Bits: no line events, opcode events. */
const FO_TRACE_FLAGS = 8;
/** The line that the trace function heard of last; 0: none yet, LINE_STARTS: the next instruction starts one. */
const FO_TRACE_LINE = 9;
export const LINE_STARTS = -1;
const NO_LINES = 1;
const OPCODES = 2;
/** The frame of an object that outlived its run; before that, nothing that is read. */
export const FO_OWN_FRAME = 10;
/** Words that hold references of the frame object's own. */
const OWN = [FO_BACK, FO_TRACE, FO_EXTRA_LOCALS, FO_OVERWRITTEN];

/** `_PyFrame_GetFrameObject`: the frame's object, made on first demand. Borrowed (the frame owns it). */
export function frameObject(rt: Runtime, f: number): Handle {
  const { heap, mem } = rt;
  if (mem[f + F_FRAMEOBJ] !== 0) return mem[f + F_FRAMEOBJ]!;
  const words = frameSize(rt, mem[f + F_CODE]!);
  const h = newObject(rt, rt.types.frame, words, 8 * words);
  // A newborn's first words need no event.
  mem[h + FO_FRAME] = f;
  if (mem[f + F_OWNER] === OWNED_BY_THREAD) {
    mem[f + F_FRAMEOBJ] = h;
    // It may be waiting for another, and not be looked at for a while.
    if (heap.log !== null && heap.log.onStack !== null) heap.log.onStack(f + F_FRAMEOBJ);
  } else heap.set(f + F_FRAMEOBJ, h);
  return h;
}

/** `f_trace`, borrowed, or 0. */
export function frameTrace(rt: Runtime, f: number): Handle {
  const h = rt.mem[f + F_FRAMEOBJ]!;
  return h === 0 ? 0 : rt.mem[h + FO_TRACE]!;
}
/** Borrowed; 0 takes it away. */
export function setFrameTrace(rt: Runtime, h: Handle, value: Handle): void {
  rt.heap.setRef(h + FO_TRACE, value === 0 ? 0 : rt.newRef(value));
}
const traceFlag = (rt: Runtime, f: number, flag: number): boolean => {
  const h = rt.mem[f + F_FRAMEOBJ]!;
  return h !== 0 && (rt.mem[h + FO_TRACE_FLAGS]! & flag) !== 0;
};
export const tracesLines = (rt: Runtime, f: number): boolean => !traceFlag(rt, f, NO_LINES);
export const tracesOpcodes = (rt: Runtime, f: number): boolean => traceFlag(rt, f, OPCODES);

export function traceLineOf(rt: Runtime, f: number): number {
  const h = rt.mem[f + F_FRAMEOBJ]!;
  return h === 0 ? 0 : rt.mem[h + FO_TRACE_LINE]!;
}
export function setTraceLine(rt: Runtime, f: number, line: number): void {
  const h = rt.mem[f + F_FRAMEOBJ]!;
  if (h !== 0) rt.heap.set(h + FO_TRACE_LINE, line);
}

function flagGetset(flag: number, inverted: boolean): GetSetDef {
  return {
    get: (rt: Runtime, h) => rt.bool(((rt.mem[h + FO_TRACE_FLAGS]! & flag) !== 0) !== inverted),
    set: (rt: Runtime, h, value) => {
      if (value !== rt.True && value !== rt.False) return rt.raiseInt('TypeError', 'attribute value type must be bool');
      const on = (value === rt.True) !== inverted;
      const flags = rt.mem[h + FO_TRACE_FLAGS]!;
      rt.heap.set(h + FO_TRACE_FLAGS, on ? flags | flag : flags & ~flag);
      return 0;
    },
  };
}

/** `take_ownership`: the frame ends while its object is referred to elsewhere. */
export function takeOwnership(rt: Runtime, f: number): void {
  const { heap, mem } = rt;
  const h = mem[f + F_FRAMEOBJ]!;
  const words = frameSize(rt, mem[f + F_CODE]!);
  const own = h + FO_OWN_FRAME;
  const used = Math.min(mem[f + F_SP]! - f, words);
  for (let i = 0; i < used; i++) {
    let word = mem[f + i]!;
    // The object's own frame does not refer back to it.
    if (i === F_FRAMEOBJ || i === F_PREVIOUS) word = 0;
    else if (i === F_SP) word = own + (word - f);
    else if (i === F_OWNER) word = OWNED_BY_FRAME_OBJECT;
    else if (i >= F_LOCALSPLUS && (word & BORROWED) !== 0) {
      word &= ~BORROWED;
      heap.incref(word);
    }
    if (word !== 0) heap.set(own + i, word);
  }
  heap.set(h + FO_FRAME, own);
  heap.set(h + FO_OWNS, 1);
  const previous = mem[f + F_PREVIOUS]!;
  if (previous !== 0) heap.set(h + FO_BACK, rt.newRef(frameObject(rt, previous)));
  // A generator's frame is memory like any other; those on the data stack have no events.
  const log = mem[f + F_OWNER] === OWNED_BY_GENERATOR ? heap.log : null;
  if (log !== null) log.word(f + F_SP, mem[f + F_SP]!);
  for (let i = f + F_LOCALSPLUS; i < mem[f + F_SP]!; i++) {
    if (log !== null && mem[i] !== 0) log.word(i, mem[i]!);
    mem[i] = 0;
  }
  mem[f + F_SP] = f + F_LOCALSPLUS;
  heap.gcTrack(h);
}

export function frameOf(rt: Runtime, frameObj: Handle): number {
  return rt.mem[frameObj + FO_FRAME]!;
}

/** Line that the frame is at (`PyFrame_GetLineNumber`); -1 if it has none. */
export function frameLine(rt: Runtime, f: number): number {
  const code = codeRuntime(rt, rt.mem[f + F_CODE]!);
  return lineOf(code, Math.max(0, rt.mem[f + F_PC]! - 1));
}

/** `PyFrame_GetLasti`. */
function lasti(rt: Runtime, f: number): number {
  return byteOffset(rt, rt.mem[f + F_CODE]!, rt.mem[f + F_PC]! - 1);
}

/** `PyFrame_GetLocals` for a function: a fresh dict of what is bound. New. */
export function localsDict(rt: Runtime, f: number): Handle {
  const { mem } = rt;
  if (mem[f + F_LOCALS] !== 0 && !hasHiddenLocals(rt, f)) return rt.newRef(mem[f + F_LOCALS]!);
  const { unit } = codeRuntime(rt, mem[f + F_CODE]!);
  const dict = newDict(rt);
  for (const [i, name] of unit.localsplusnames.entries()) {
    const value = slotValue(rt, f, i);
    if (value !== 0) dictSet(rt, dict, rt.id(name), value);
  }
  const h = mem[f + F_FRAMEOBJ]!;
  if (h !== 0 && mem[h + FO_EXTRA_LOCALS] !== 0) dictUpdate(rt, dict, mem[h + FO_EXTRA_LOCALS]!);
  return dict;
}

/** `frame.clear()`, and clearing by the collector. */
function clear(rt: Runtime, h: Handle): void {
  for (const w of [FO_TRACE, FO_EXTRA_LOCALS, FO_OVERWRITTEN]) rt.heap.clearRef(h + w);
  if (rt.mem[h + FO_OWNS] !== 0) clearFrameLocals(rt, rt.mem[h + FO_FRAME]!);
}

/** A function, so that frame-locals.ts can use this file although each imports the other. */
export const frameSpecs = (): TypeSpec[] => [
  ...frameLocalsSpecs,
  {
    name: 'frame',
    gc: true,
    words: 8,
    basicsize: 152,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        const { heap, mem } = rt;
        heap.gcUntrack(h);
        if (mem[h + FO_OWNS] !== 0) {
          const f = mem[h + FO_FRAME]!;
          clearFrameLocals(rt, f);
          heap.clearRef(f + F_FUNC);
          heap.clearRef(f + F_CODE);
        }
        for (let i = 0; i < OWN.length; i++) heap.clearRef(h + OWN[i]!);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of OWN) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
        if (rt.mem[h + FO_OWNS] !== 0) traverseFrame(rt, rt.mem[h + FO_FRAME]!, visit);
      },
      tp_clear: clear,
      tp_repr(rt: Runtime, h) {
        const f = rt.mem[h + FO_FRAME]!;
        const code = rt.mem[f + F_CODE]!;
        return strFrom(
          rt,
          `<frame at ${hex(rt, h)}, file '${codeRuntime(rt, code).unit.filename}', line ${frameLine(rt, f)}, code ${strValue(rt, codeName(rt, code))}>`,
        );
      },
      tp_getattro: genericGetAttr,
    },
    methods: {
      __sizeof__: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          const { unit } = codeRuntime(rt, rt.mem[rt.mem[h + FO_FRAME]! + F_CODE]!);
          // basicsize has the frame object's own fields and the interpreter frame's; then its slots.
          return intFromNumber(rt, rt.types.frame.basicsize + 8 * (unit.localsplusnames.length + unit.stacksize));
        },
      },
      clear: {
        kind: 'noargs',
        fn: (rt: Runtime, h) => {
          const f = rt.mem[h + FO_FRAME]!;
          if (rt.mem[h + FO_OWNS] !== 0) clear(rt, h);
          else {
            const gen = rt.mem[f + F_GENERATOR]!;
            const state = gen === 0 ? 0 : rt.mem[gen + GEN_STATE]!;
            if (gen === 0 || state === 0) return rt.raise('RuntimeError', 'cannot clear an executing frame');
            if (state === GEN_SUSPENDED) return rt.raise('RuntimeError', 'cannot clear a suspended frame');
            rt.tp(gen).tp_finalize!(rt, gen);
          }
          return rt.None;
        },
      },
    },
    getset: {
      f_back: {
        get: (rt: Runtime, h) => {
          if (rt.mem[h + FO_BACK] !== 0) return rt.newRef(rt.mem[h + FO_BACK]!);
          const previous = rt.mem[rt.mem[h + FO_FRAME]! + F_PREVIOUS]!;
          return previous === 0 ? rt.None : rt.newRef(frameObject(rt, previous));
        },
      },
      f_code: { get: (rt: Runtime, h) => rt.newRef(rt.mem[rt.mem[h + FO_FRAME]! + F_CODE]!) },
      f_globals: { get: (rt: Runtime, h) => rt.newRef(rt.mem[rt.mem[h + FO_FRAME]! + F_GLOBALS]!) },
      f_builtins: { get: (rt: Runtime, h) => rt.newRef(rt.mem[rt.mem[h + FO_FRAME]! + F_BUILTINS]!) },
      f_lineno: {
        get: (rt: Runtime, h) => {
          const line = frameLine(rt, rt.mem[h + FO_FRAME]!);
          return line < 0 ? rt.None : intFromNumber(rt, line);
        },
        // DIFFERS: a debugger's jump is refused.
        set: (rt: Runtime, _h, value) =>
          value === 0
            ? rt.raiseInt('AttributeError', 'cannot delete attribute')
            : rt.raiseInt('ValueError', 'f_lineno can only be set in a trace function'),
      },
      f_lasti: { get: (rt: Runtime, h) => intFromNumber(rt, lasti(rt, rt.mem[h + FO_FRAME]!)) },
      f_locals: {
        get: (rt: Runtime, h) => {
          const f = rt.mem[h + FO_FRAME]!;
          const optimized = (codeRuntime(rt, rt.mem[f + F_CODE]!).unit.flags & CO_OPTIMIZED) !== 0;
          return optimized || hasHiddenLocals(rt, f) ? newFrameLocalsProxy(rt, h) : localsDict(rt, f);
        },
      },
      f_trace: {
        get: (rt: Runtime, h) => rt.newRef(rt.mem[h + FO_TRACE]! || rt.None),
        set: (rt: Runtime, h, value) => {
          setFrameTrace(rt, h, value === rt.None ? 0 : value);
          return 0;
        },
      },
      f_trace_lines: flagGetset(NO_LINES, true),
      f_trace_opcodes: flagGetset(OPCODES, false),
    },
  },
];
