/** The buffer protocol (Objects/abstract.c, `PyObject_GetBuffer`): bytes that one object lends to another. */
import type { BufferInfo } from '../heap/object';
import type { Handle } from '../heap/layout';
import { typeName } from './abstract';
import type { Runtime } from './runtime';

/** A loan: `obj`, the exporter or what it gave in its place, is owned until `releaseBuffer`. */
export interface Buffer extends BufferInfo {
  readonly obj: Handle;
}

export function hasBuffer(rt: Runtime, h: Handle): boolean {
  return rt.tp(h).bf_getbuffer !== null;
}

/** `PyObject_GetBuffer`: null with an exception. */
export function getBuffer(rt: Runtime, h: Handle, writable = false): Buffer | null {
  const f = rt.tp(h).bf_getbuffer;
  if (f === null) {
    rt.raise('TypeError', `a bytes-like object is required, not '${typeName(rt, h)}'`);
    return null;
  }
  const info = f(rt, h, writable);
  return info === null ? null : { ...info, obj: info.owner ?? rt.newRef(h) };
}

/** `PyBuffer_Release`. */
export function releaseBuffer(rt: Runtime, buffer: Buffer): void {
  rt.tp(buffer.obj).bf_releasebuffer?.(rt, buffer.obj);
  rt.decref(buffer.obj);
}

export function itemCount(info: BufferInfo): number {
  let n = 1;
  for (const d of info.shape) n *= d;
  return n;
}

export function byteLength(info: BufferInfo): number {
  return itemCount(info) * info.itemsize;
}

/** The items lie one behind the other in C's order. */
export function isContiguous(info: BufferInfo): boolean {
  let step = info.itemsize;
  for (let i = info.shape.length - 1; i >= 0; i--) {
    if (info.shape[i]! > 1 && info.strides[i] !== step) return false;
    step *= info.shape[i]!;
  }
  return true;
}

/** Fortran's order: the first index runs fastest. */
export function isFortranContiguous(info: BufferInfo): boolean {
  let step = info.itemsize;
  for (let i = 0; i < info.shape.length; i++) {
    if (info.shape[i]! > 1 && info.strides[i] !== step) return false;
    step *= info.shape[i]!;
  }
  return true;
}

/** Where each item lies, in the order of C's loops (the last index runs fastest). */
export function forEachItem(info: BufferInfo, visit: (at: number) => void): void {
  const { shape, strides } = info;
  const walk = (dim: number, at: number): void => {
    if (dim === shape.length) {
      visit(at);
      return;
    }
    for (let i = 0; i < shape[dim]!; i++) walk(dim + 1, at + i * strides[dim]!);
  };
  walk(0, info.offset);
}

/** The items' bytes one behind the other; may be a view of the exporter's memory, so not to be written or kept. */
export function bytesOf(info: BufferInfo): Uint8Array {
  const data = info.read();
  const n = byteLength(info);
  if (isContiguous(info)) return data.subarray(info.offset, info.offset + n);
  const out = new Uint8Array(n);
  let to = 0;
  forEachItem(info, (at) => {
    out.set(data.subarray(at, at + info.itemsize), to);
    to += info.itemsize;
  });
  return out;
}

/** The description of plain bytes. */
export function simpleBuffer(
  length: number,
  readonly: boolean,
  read: () => Uint8Array,
  write: (at: number, data: Uint8Array) => void,
): BufferInfo {
  return { readonly, format: 'B', itemsize: 1, shape: [length], strides: [1], offset: 0, read, write };
}

/** The content of any object that lends its bytes; null, without an exception, if it does not. Nothing stays lent. */
export function bytesLent(rt: Runtime, h: Handle): Uint8Array | null {
  if (rt.tp(h).bf_getbuffer === null) return null;
  const buffer = getBuffer(rt, h);
  if (buffer === null) {
    rt.clearError();
    return null;
  }
  const data = bytesOf(buffer);
  releaseBuffer(rt, buffer);
  return data;
}

/** `PyMemoryView_FromObject`; objects/memoryview.ts puts it here, so that the bridge of special methods can call it. */
export const memoryviewFactory: { make: (rt: Runtime, h: Handle, writable: boolean) => Handle } = { make: () => 0 };
