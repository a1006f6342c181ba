/** What the classes of `_io` share (Modules/_io/_iomodule.c, iobase.c). */
import { OB_FIELDS, type Handle } from '../../heap/layout';
import type { GetSetDef, TypeSlots, TypeSpec, Visit } from '../../heap/object';
import { TPFLAGS } from '../../heap/object';
import { asIndex, getAttrString, isTrue, typeName } from '../../objects/abstract';
import { bytesOf, getBuffer, releaseBuffer } from '../../objects/buffer';
import { bytesValue } from '../../objects/bytes';
import { newDict } from '../../objects/dict';
import { allocInstance, freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom } from '../../objects/str';
import { callFinalizerFromDealloc } from '../../objects/subtype';
import { clearWeakrefs } from '../../objects/weakref-list';
import type { Interpreter } from '../../vm/interpreter';

/** Words of every object of `_io`. */
export const IO_DICT = OB_FIELDS;
export const IO_WEAKLIST = OB_FIELDS + 1;
/** A JavaScript object with what is not a reference: buffers, positions, flags. 0 until `__init__` has run. */
export const IO_STATE = OB_FIELDS + 2;
export const IO_REFS = OB_FIELDS + 3;

export const DEFAULT_BUFFER_SIZE = (ip: Runtime): number => (ip.facts.name === '3.13' ? 8192 : 131072);

export function stateOf<T>(rt: Runtime, h: Handle): T | null {
  const leaf = rt.mem[h + IO_STATE]!;
  if (leaf !== 0) return rt.heap.leaf[leaf] as T;
  rt.raise('ValueError', 'I/O operation on uninitialized object');
  return null;
}

export function peekState<T>(rt: Runtime, h: Handle): T | null {
  const leaf = rt.mem[h + IO_STATE]!;
  return leaf === 0 ? null : (rt.heap.leaf[leaf] as T);
}

export function setState(rt: Runtime, h: Handle, state: object | null): void {
  const old = rt.mem[h + IO_STATE]!;
  rt.heap.set(h + IO_STATE, state === null ? 0 : rt.heap.newLeaf(state));
  if (old !== 0) rt.heap.dropLeaf(old);
}

/** Calls a method by its name. New, or 0. */
export function callMethod(rt: Runtime, h: Handle, name: string, args: Handle[] = []): Handle {
  const method = getAttrString(rt, h, name);
  if (method === 0) return 0;
  const r = rt.call(method, args);
  rt.decref(method);
  return r;
}

/** The same where only failure matters. */
export function callDone(rt: Runtime, h: Handle, name: string, args: Handle[] = []): boolean {
  const r = callMethod(rt, h, name, args);
  if (r === 0) return false;
  rt.decref(r);
  return true;
}

/** The truth of an attribute: 1, 0, -1. */
export function attributeTruth(rt: Runtime, h: Handle, name: string): number {
  const value = getAttrString(rt, h, name);
  if (value === 0) return -1;
  const truth = isTrue(rt, value);
  rt.decref(value);
  return truth;
}

export function methodTruth(rt: Runtime, h: Handle, name: string): number {
  const value = callMethod(rt, h, name);
  if (value === 0) return -1;
  const truth = isTrue(rt, value);
  rt.decref(value);
  return truth;
}

/** `PyObject_CallMethod(…)` that gives an int. null with an exception. */
export function methodNumber(rt: Runtime, h: Handle, name: string, args: Handle[] = []): number | null {
  const r = callMethod(rt, h, name, args);
  if (r === 0) return null;
  if (rt.tp(r).nb_index === null) {
    rt.raise('TypeError', `'${typeName(rt, r)}' object cannot be interpreted as an integer`);
    rt.decref(r);
    return null;
  }
  const n = asIndex(rt, r, 'OverflowError');
  rt.decref(r);
  return n;
}

/** `UnsupportedOperation`, which is both OSError and ValueError. */
export function unsupported(rt: Runtime, message: string): 0 {
  const cls = (rt as Interpreter).moduleState.get('_io.UnsupportedOperation') as Handle;
  const text = strFrom(rt, message);
  const exc = rt.call(cls, [text]);
  rt.decref(text);
  return exc === 0 ? 0 : rt.raiseException(exc);
}

/** A size argument: None or nothing is -1. null with an exception. */
export function sizeArgument(rt: Runtime, h: Handle | undefined): number | null {
  if (h === undefined || h === 0 || h === rt.None) return -1;
  if (rt.tp(h).nb_index === null) {
    rt.raise('TypeError', `argument should be integer or None, not '${typeName(rt, h)}'`);
    return null;
  }
  return asIndex(rt, h, 'OverflowError');
}

/** A copy of the content of a bytes-like object; null with TypeError. */
export function copyBytes(rt: Runtime, h: Handle): Uint8Array | null {
  if ((rt.tp(h).flags & TPFLAGS.BYTES_SUBCLASS) !== 0) return bytesValue(rt, h);
  const buffer = getBuffer(rt, h);
  if (buffer === null) return null;
  const data = bytesOf(buffer).slice();
  releaseBuffer(rt, buffer);
  return data;
}

/** Lends an object's memory for writing, calls `fill` with its size, and puts in what that gives. -1 with an exception. */
export function readInto(rt: Runtime, h: Handle, what: string, fill: (size: number) => Uint8Array | null): number {
  if (rt.tp(h).bf_getbuffer === null)
    return rt.raiseInt('TypeError', `${what}() argument must be read-write bytes-like object, not ${typeName(rt, h)}`);
  const buffer = getBuffer(rt, h, true);
  if (buffer === null || buffer.readonly) {
    if (buffer !== null) releaseBuffer(rt, buffer);
    if (buffer !== null || rt.errorMatches('BufferError'))
      rt.raise('TypeError', `${what}() argument must be read-write bytes-like object, not ${typeName(rt, h)}`);
    return -1;
  }
  const size = buffer.shape.reduce((a, b) => a * b, buffer.itemsize);
  const data = fill(size);
  if (data !== null && data.length > 0) buffer.write(buffer.offset, data);
  releaseBuffer(rt, buffer);
  return data === null ? -1 : data.length;
}

// ---- specs ------------------------------------------------------------------------------------------------------------

const dictGetter: GetSetDef = {
  get: (rt: Runtime, h: Handle) => {
    if (rt.mem[h + IO_DICT] === 0) rt.heap.set(h + IO_DICT, newDict(rt));
    return rt.newRef(rt.mem[h + IO_DICT]!);
  },
};

/** A type of `_io`: `refs` words of references after the state. */
export function ioType(
  spec: Omit<TypeSpec, 'words' | 'module' | 'gc'> & { refs?: number; slots?: Partial<TypeSlots> },
): TypeSpec {
  const refs = spec.refs ?? 0;
  const words = Array.from({ length: refs }, (_, i) => IO_REFS + i);
  return {
    module: '_io',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    dictoffset: IO_DICT,
    weaklistoffset: IO_WEAKLIST,
    words: 3 + refs,
    ...spec,
    slots: {
      tp_dealloc(rt: Runtime, h) {
        if (rt.tp(h).tp_finalize !== null) {
          if (!rt.heap.isTracked(h)) rt.heap.gcTrack(h);
          if (callFinalizerFromDealloc(rt, h) < 0) return;
        }
        rt.heap.gcUntrack(h);
        if (rt.mem[h + IO_WEAKLIST] !== 0) clearWeakrefs(rt, h);
        const leaf = rt.mem[h + IO_STATE]!;
        if (leaf !== 0) {
          rt.heap.set(h + IO_STATE, 0);
          rt.heap.dropLeaf(leaf);
        }
        for (const w of words) rt.heap.clearRef(h + w);
        rt.heap.clearRef(h + IO_DICT);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit: Visit) {
        for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
        if (rt.mem[h + IO_DICT] !== 0) visit(rt.mem[h + IO_DICT]!, h + IO_DICT);
      },
      tp_clear(rt: Runtime, h) {
        for (const w of words) rt.heap.clearRef(h + w);
        rt.heap.clearRef(h + IO_DICT);
      },
      tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
      ...spec.slots,
    },
    getset: { __dict__: dictGetter, ...spec.getset },
  };
}
