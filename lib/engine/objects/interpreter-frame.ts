/**
 * Frames as the loop sees them (Include/internal/pycore_frame.h, `_PyInterpreterFrame`): words on the data stack, in a
 * generator, or in a frame object that outlived its run.
 *
 *     f+0  f_code      owned        f+6  previous    frame, or 0
 *     f+1  f_func      owned or 0   f+7  pc          next instruction
 *     f+2  f_globals   borrowed     f+8  stack top   index of the first free stack word
 *     f+3  f_builtins  borrowed     f+9  owner       FrameOwner
 *     f+4  f_locals    owned or 0   f+10 flags       what to do on return
 *     f+5  frame_obj   owned or 0   f+11 generator   borrowed, if it is a generator's
 *     f+12 localsplus, then the value stack
 *
 * A stack reference is a handle, or handle | 1 where it is borrowed (3.14's tagged references).
 */
import type { Handle } from '../heap/layout';
import type { Visit } from '../heap/object';
import { FRAME_HEADER, codeRuntime } from './code';
import type { Runtime } from './runtime';

export const F_CODE = 0;
export const F_FUNC = 1;
export const F_GLOBALS = 2;
export const F_BUILTINS = 3;
export const F_LOCALS = 4;
export const F_FRAMEOBJ = 5;
export const F_PREVIOUS = 6;
export const F_PC = 7;
export const F_SP = 8;
export const F_OWNER = 9;
export const F_FLAGS = 10;
export const F_GENERATOR = 11;
export const F_LOCALSPLUS = FRAME_HEADER;

export const OWNED_BY_THREAD = 0;
export const OWNED_BY_GENERATOR = 1;
export const OWNED_BY_FRAME_OBJECT = 2;

/** The frame was entered from native code: returning from it leaves the loop. */
export const FLAG_ENTRY = 1;
/** The frame runs `__init__` for a call of a class: its caller gets the instance, which waits below. */
export const FLAG_INIT = 2;
/** F_FLAGS above these bits: the line last announced to those who watch. */
export const FLAG_BITS = 4;

export const BORROWED = 1;

/** Releases a stack reference. */
export function closeRef(rt: Runtime, ref: number): void {
  if ((ref & BORROWED) === 0 && ref !== 0) rt.heap.decref(ref);
}
/** A new reference from a stack reference (which stays). */
export function refToNew(rt: Runtime, ref: number): Handle {
  const h = ref & ~BORROWED;
  rt.heap.incref(h);
  return h;
}
/** An owned reference out of a stack reference (which is consumed). */
export function steal(rt: Runtime, ref: number): Handle {
  if ((ref & BORROWED) === 0) return ref;
  const h = ref & ~BORROWED;
  rt.heap.incref(h);
  return h;
}

/** `_PyFrame_Traverse`: what a frame owns; borrowed slots are skipped. */
export function traverseFrame(rt: Runtime, f: number, visit: Visit): void {
  const mem = rt.mem;
  for (const w of [F_FRAMEOBJ, F_LOCALS, F_FUNC, F_CODE]) if (mem[f + w] !== 0) visit(mem[f + w]!, f + w);
  for (let i = f + F_LOCALSPLUS; i < mem[f + F_SP]!; i++) {
    const ref = mem[i]!;
    if (ref !== 0 && (ref & BORROWED) === 0) visit(ref, i);
  }
}

/** Releases locals and stack, in the version's order (`_PyFrame_ClearLocals`). */
export function clearFrameLocals(rt: Runtime, f: number): void {
  const { mem, heap } = rt;
  const first = f + F_LOCALSPLUS;
  const top = mem[f + F_SP]!;
  // On the data stack nothing has events: what its words were is compared at each step (trace/step-recorder.ts).
  const isMemory = mem[f + F_OWNER] !== OWNED_BY_THREAD;
  set(f + F_SP, first);
  if (rt.facts.reverseTeardown) {
    for (let i = top - 1; i >= first; i--) release(i);
  } else {
    for (let i = first; i < top; i++) release(i);
  }
  release(f + F_LOCALS);
  function set(i: number, word: number): void {
    if (isMemory) heap.set(i, word);
    else mem[i] = word;
  }
  function release(i: number): void {
    const ref = mem[i]!;
    if (ref === 0) return;
    set(i, 0);
    if ((ref & BORROWED) === 0) heap.decref(ref);
  }
}

/** Words a frame of this code needs. */
export function frameSize(rt: Runtime, code: Handle): number {
  return codeRuntime(rt, code).frameWords;
}

/** `PyEval_GetBuiltins`: those of the running frame; borrowed. */
export function currentBuiltins(rt: Runtime): Handle {
  return rt.frame === 0 ? rt.builtins : rt.mem[rt.frame + F_BUILTINS]!;
}
