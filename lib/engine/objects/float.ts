/**
 * `float` (Objects/floatobject.c): layout, making one, reading one. The double lies in the object's own two words
 * (handles are even, so it is aligned). Freed floats wait in a free list.
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { PlainDeath } from '../heap/object';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';

export const FLOAT_VALUE = OB_FIELDS;
export const FLOAT_WORDS = 2;
export const FLOAT_BYTES = 24;

/** A new float. */
export function newFloat(rt: Runtime, x: number): Handle {
  const heap = rt.heap;
  const h = heap.allocPlain(rt.types.float, FLOAT_BYTES, heap.freelists.float);
  heap.f64[(h + FLOAT_VALUE) >> 1] = x;
  return h;
}

/** Before the first float: how floats die. */
export function initFloats(rt: Runtime): void {
  rt.types.float.plainDeath = PlainDeath.Always;
  rt.types.float.plainFreelist = rt.heap.freelists.float;
}

/** JavaScript does not keep the sign of a NaN; the object does. */
export function newNan(rt: Runtime, negative: boolean): Handle {
  const h = newFloat(rt, NaN);
  const high = h + FLOAT_VALUE + 1;
  const word = rt.mem[high]! & 0x7fffffff;
  rt.heap.set(high, negative ? word | -0x80000000 : word);
  return h;
}

/** The sign bit, of a NaN too. */
export function floatSignBit(rt: Runtime, h: Handle): boolean {
  return rt.mem[h + FLOAT_VALUE + 1]! < 0;
}

/** An instance of a subclass. */
export function newFloatOfType(rt: Runtime, type: Handle, x: number): Handle {
  const h = allocInstance(rt, rt.slotsOfType(type));
  setFloat(rt, h, x);
  return h;
}

export function floatValue(rt: Runtime, h: Handle): number {
  return rt.heap.f64[(h + FLOAT_VALUE) >> 1]!;
}

/** `float_dealloc`. */
export function floatDealloc(rt: Runtime, h: Handle): void {
  freeObject(rt, h, rt.is(h, rt.types.float) ? rt.heap.freelists.float : null);
}

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

function setFloat(rt: Runtime, h: Handle, x: number): void {
  storeDouble(rt, h + FLOAT_VALUE, x);
}

/** Writes a double into two words (an even index), through the log when somebody watches. */
export function storeDouble(rt: Runtime, index: number, x: number): void {
  const heap = rt.heap;
  if (heap.log === null) {
    heap.f64[index >> 1] = x;
    return;
  }
  scratch[0] = x;
  heap.set(index, scratchWords[0]!);
  heap.set(index + 1, scratchWords[1]!);
}
