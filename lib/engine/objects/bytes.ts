/**
 * `bytes` (Objects/bytesobject.c): layout, making one, reading one. b'' and the 256 bytes objects of length one are
 * immortal singletons.
 *
 *     ob_refcnt ob_type | leaf length hashKnown hashLow hashHigh
 */
import { ID16, OB_FIELDS, type Handle } from '../heap/layout';
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

/** `PyBytes_FromStringAndSize(NULL, size)`: zeros that only the caller may fill, while it alone has the object. New. */
export function newRoom(rt: Runtime, size: number): Handle {
  return size === 0 ? rt.emptyBytes : makeBytes(rt, new Uint8Array(size));
}

/** `_PyBytes_Resize`: steals `h`, which nobody else has. New, of another size, perhaps in the same place. */
export function resizeRoom(rt: Runtime, h: Handle, size: number): Handle {
  const { heap, mem } = rt;
  if (size === 0 || mem[h]! < 0) {
    const room = newRoom(rt, size);
    if (room !== rt.emptyBytes) bytesValue(rt, room).set(bytesValue(rt, h).subarray(0, size));
    heap.decref(h);
    return room;
  }
  const data = new Uint8Array(size);
  data.set(bytesValue(rt, h).subarray(0, size));
  const old = mem[h + ID16]!;
  const address = heap.obmalloc.realloc(old, rt.types.bytes.basicsize + size);
  if (address !== old) heap.set(h + ID16, address);
  setRoom(rt, h, data);
  heap.set(h + BYTES_LENGTH, size);
  heap.set(h + BYTES_HASH_KNOWN, 0);
  return h;
}

/** Other content for a bytes object that nobody else has. */
export function setRoom(rt: Runtime, h: Handle, data: Uint8Array): void {
  const { heap, mem } = rt;
  const leaf = mem[h + BYTES_LEAF]!;
  heap.set(h + BYTES_LEAF, heap.newLeaf(data));
  heap.dropLeaf(leaf);
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
