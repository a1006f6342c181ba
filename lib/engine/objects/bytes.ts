/**
 * `bytes` (Objects/bytesobject.c): layout, making one, reading one. b'' and the 256 bytes objects of length one are
 * immortal singletons.
 *
 *     ob_refcnt ob_type | leaf length hashKnown hashLow hashHigh
 */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { allocInstance, freeObject, newObject } from './object';
import type { Runtime } from './runtime';

export const BYTES_LEAF = OB_FIELDS;
export const BYTES_LENGTH = OB_FIELDS + 1;
/** 1 when the two words after it hold the hash. */
export const BYTES_HASH_KNOWN = OB_FIELDS + 2;
export const BYTES_HASH_LO = OB_FIELDS + 3;
export const BYTES_HASH_HI = OB_FIELDS + 4;
export const BYTES_WORDS = 5;

/** A new bytes object; the array must not change any more. */
export function newBytes(rt: Runtime, data: Uint8Array): Handle {
  if (data.length === 0) return rt.emptyBytes;
  if (data.length === 1) return rt.byteChars[data[0]!]!;
  return makeBytes(rt, data);
}

function makeBytes(rt: Runtime, data: Uint8Array): Handle {
  const h = newObject(rt, rt.types.bytes, 0, data.length);
  fill(rt, h, data);
  return h;
}

function fill(rt: Runtime, h: Handle, data: Uint8Array): void {
  rt.heap.set(h + BYTES_LEAF, rt.heap.newLeaf(data));
  rt.heap.set(h + BYTES_LENGTH, data.length);
}

/** An instance of a subclass. */
export function newBytesOfType(rt: Runtime, type: Handle, data: Uint8Array): Handle {
  const h = allocInstance(rt, rt.slotsOfType(type), 0, data.length);
  fill(rt, h, data);
  return h;
}

/** The bytes of a bytes object (not to be written). */
export function bytesValue(rt: Runtime, h: Handle): Uint8Array {
  return rt.heap.leaf[rt.mem[h + BYTES_LEAF]!] as Uint8Array;
}

export function bytesDealloc(rt: Runtime, h: Handle): void {
  rt.heap.dropLeaf(rt.mem[h + BYTES_LEAF]!);
  freeObject(rt, h);
}

/** b'' and the one-byte singletons. */
export function initBytes(rt: Runtime): void {
  rt.emptyBytes = makeBytes(rt, new Uint8Array(0));
  rt.heap.immortalize(rt.emptyBytes);
  for (let i = 0; i < 256; i++) {
    const h = makeBytes(rt, Uint8Array.of(i));
    rt.heap.immortalize(h);
    rt.byteChars.push(h);
  }
}
