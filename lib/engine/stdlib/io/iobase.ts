/** The abstract classes (Modules/_io/iobase.c, bufferedio.c, textio.c): what a file does in terms of what it is made of. */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import {
  asIndex,
  getIter,
  getOptionalAttr,
  isBytes,
  iterNext,
  length,
  setAttr,
  typeName,
} from '../../objects/abstract';
import { bytesValue, newBytes } from '../../objects/bytes';
import { newByteArray, bytearrayValue } from '../../objects/bytearray';
import { intFromNumber } from '../../objects/int';
import { listAppend, newList } from '../../objects/list';
import type { Runtime } from '../../objects/runtime';
import {
  attributeTruth,
  callDone,
  callMethod,
  copyBytes,
  ioType,
  methodTruth,
  readInto,
  sizeArgument,
  unsupported,
} from './support';

/** `iobase_check_closed`: false with ValueError. */
export function checkOpen(rt: Runtime, h: Handle): boolean {
  const closed = attributeTruth(rt, h, 'closed');
  if (closed > 0) rt.raise('ValueError', 'I/O operation on closed file.');
  return closed === 0;
}

const notSupported = (name: string): MethodDef => ({
  kind: 'fast',
  min: 0,
  max: -1,
  fn: (rt: Runtime) => unsupported(rt, name),
});

const checker = (method: string, message: string): MethodDef => ({
  kind: 'fast',
  min: 0,
  max: 1,
  fn: (rt: Runtime, h) => {
    const truth = methodTruth(rt, h, method);
    if (truth < 0) return 0;
    return truth === 1 ? rt.True : unsupported(rt, message);
  },
});

const CLOSED = '__IOBase_closed';

/** The base class's own idea of being closed: an attribute. */
function isClosed(rt: Runtime, h: Handle): boolean {
  const value = getOptionalAttr(rt, h, rt.id(CLOSED));
  if (value === 0) return false;
  rt.decref(value);
  return true;
}

function close(rt: Runtime, h: Handle): Handle {
  if (isClosed(rt, h)) return rt.None;
  const flushed = callDone(rt, h, 'flush');
  const error = rt.takeError();
  const rc = setAttr(rt, h, rt.id(CLOSED), rt.True);
  if (!flushed) {
    if (rc < 0) rt.clearError();
    rt.restoreError(error);
    return 0;
  }
  return rc < 0 ? 0 : rt.None;
}

/** `iobase_finalize`: a file that nobody closed is closed. */
export function finalizeFile(rt: Runtime, h: Handle): void {
  const error = rt.takeError();
  let closed = attributeTruth(rt, h, 'closed');
  if (closed < 0) {
    rt.clearError();
    closed = 0;
  }
  if (closed === 0) {
    if (setAttr(rt, h, rt.id('_finalizing'), rt.True) < 0) rt.clearError();
    if (!callDone(rt, h, 'close')) rt.writeUnraisable('Exception ignored while finalizing file', h);
  }
  rt.restoreError(error);
}

/** `_io__IOBase_readline_impl`: through `peek` and `read`. */
function readline(rt: Runtime, h: Handle, [limitArg]: Handle[]): Handle {
  const limit = sizeArgument(rt, limitArg);
  if (limit === null) return 0;
  const peek = getOptionalAttr(rt, h, rt.id('peek'));
  if (peek === 0 && rt.currentException !== 0) return 0;
  let out: number[] = [];
  let ok = true;
  while (limit < 0 || out.length < limit) {
    let n = 1;
    if (peek !== 0) {
      const one = intFromNumber(rt, 1);
      const ahead = rt.call(peek, [one]);
      rt.decref(one);
      if (ahead === 0 || !isBytes(rt, ahead)) {
        if (ahead !== 0)
          rt.raise('OSError', `peek() should have returned a bytes object, not '${typeName(rt, ahead)}'`);
        rt.xdecref(ahead);
        ok = false;
        break;
      }
      const data = bytesValue(rt, ahead);
      if (data.length > 0) {
        const end = data.indexOf(10);
        n = end < 0 ? data.length : end + 1;
        if (limit >= 0) n = Math.min(n, limit - out.length);
      }
      rt.decref(ahead);
    }
    const size = intFromNumber(rt, n);
    const piece = callMethod(rt, h, 'read', [size]);
    rt.decref(size);
    if (piece === 0 || !isBytes(rt, piece)) {
      if (piece !== 0) rt.raise('OSError', `read() should have returned a bytes object, not '${typeName(rt, piece)}'`);
      rt.xdecref(piece);
      ok = false;
      break;
    }
    const data = bytesValue(rt, piece);
    rt.decref(piece);
    if (data.length === 0) break;
    out = out.concat([...data]);
    if (data[data.length - 1] === 10) break;
  }
  rt.xdecref(peek);
  return ok ? newBytes(rt, Uint8Array.from(out)) : 0;
}

function readlines(rt: Runtime, h: Handle, [hintArg]: Handle[]): Handle {
  const hint = sizeArgument(rt, hintArg);
  if (hint === null) return 0;
  const list = newList(rt, []);
  const it = getIter(rt, h);
  if (it === 0) {
    rt.decref(list);
    return 0;
  }
  let total = 0;
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    listAppend(rt, list, line);
    const n = length(rt, line);
    rt.decref(line);
    if (n < 0) break;
    total += n;
    if (hint > 0 && total > hint) break;
  }
  rt.decref(it);
  if (rt.currentException === 0) return list;
  rt.decref(list);
  return 0;
}

function writelines(rt: Runtime, h: Handle, lines: Handle): Handle {
  if (!checkOpen(rt, h)) return 0;
  const it = getIter(rt, lines);
  if (it === 0) return 0;
  for (let line = iterNext(rt, it); line !== 0; line = iterNext(rt, it)) {
    callDone(rt, h, 'write', [line]);
    rt.decref(line);
    if (rt.currentException !== 0) break;
  }
  rt.decref(it);
  return rt.currentException !== 0 ? 0 : rt.None;
}

const openOrFail = (answer: (rt: Runtime, h: Handle) => Handle): MethodDef => ({
  kind: 'noargs',
  fn: (rt: Runtime, h) => (checkOpen(rt, h) ? answer(rt, h) : 0),
});
const no: MethodDef = { kind: 'noargs', fn: (rt: Runtime) => rt.False };

export const ioBaseSpec: TypeSpec = ioType({
  name: '_IOBase',
  basicsize: 32,
  slots: {
    tp_finalize: finalizeFile,
    tp_iter: (rt: Runtime, h) => (checkOpen(rt, h) ? rt.newRef(h) : 0),
    tp_iternext(rt: Runtime, h) {
      const line = callMethod(rt, h, 'readline');
      if (line === 0) return 0;
      if (length(rt, line) > 0) return line;
      rt.decref(line);
      return 0;
    },
  },
  methods: {
    seek: notSupported('seek'),
    tell: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => callMethod(rt, h, 'seek', [rt.smallInts[5]!, rt.smallInts[6]!]),
    },
    truncate: notSupported('truncate'),
    flush: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => (isClosed(rt, h) ? rt.raise('ValueError', 'I/O operation on closed file.') : rt.None),
    },
    close: { kind: 'noargs', fn: close },
    seekable: no,
    readable: no,
    writable: no,
    _checkClosed: { kind: 'fast', min: 0, max: 1, fn: (rt: Runtime, h) => (checkOpen(rt, h) ? rt.None : 0) },
    _checkSeekable: checker('seekable', 'File or stream is not seekable.'),
    _checkReadable: checker('readable', 'File or stream is not readable.'),
    _checkWritable: checker('writable', 'File or stream is not writable.'),
    fileno: notSupported('fileno'),
    isatty: openOrFail((rt) => rt.False),
    __enter__: openOrFail((rt, h) => rt.newRef(h)),
    __exit__: { kind: 'fast', min: 0, max: -1, fn: (rt: Runtime, h) => callMethod(rt, h, 'close') },
    readline: { kind: 'fast', min: 0, max: 1, fn: readline },
    readlines: { kind: 'fast', min: 0, max: 1, fn: readlines },
    writelines: { kind: 'o', fn: writelines },
  },
  getset: { closed: { get: (rt: Runtime, h) => rt.bool(isClosed(rt, h)) } },
});

// ---- _RawIOBase -------------------------------------------------------------------------------------------------------

/** Reads until nothing comes; None only where that came first. */
function readall(rt: Runtime, h: Handle): Handle {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const size = intFromNumber(rt, 8192);
    const piece = callMethod(rt, h, 'read', [size]);
    rt.decref(size);
    if (piece === 0) return 0;
    if (piece === rt.None) {
      if (chunks.length === 0) return piece;
      break;
    }
    if (!isBytes(rt, piece)) {
      rt.decref(piece);
      return rt.raise('TypeError', 'read() should return bytes');
    }
    const data = bytesValue(rt, piece);
    rt.decref(piece);
    if (data.length === 0) break;
    chunks.push(data);
  }
  return newBytes(rt, concat(chunks));
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((n, c) => n + c.length, 0));
  let at = 0;
  for (const c of chunks) {
    out.set(c, at);
    at += c.length;
  }
  return out;
}

export const rawIOBaseSpec: TypeSpec = ioType({
  name: '_RawIOBase',
  basicsize: 32,
  slots: { tp_finalize: finalizeFile },
  methods: {
    read: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h, [sizeArg]) => {
        const size = sizeArgument(rt, sizeArg);
        if (size === null) return 0;
        if (size < 0) return callMethod(rt, h, 'readall');
        const room = newByteArray(rt, new Uint8Array(size));
        const n = callMethod(rt, h, 'readinto', [room]);
        if (n === 0 || n === rt.None) {
          rt.decref(room);
          return n;
        }
        const count = asIndex(rt, n, 'OverflowError');
        const r = count === null ? 0 : newBytes(rt, bytearrayValue(rt, room).slice(0, count));
        rt.decref(n);
        rt.decref(room);
        return r;
      },
    },
    readall: { kind: 'noargs', fn: readall },
    readinto: notSupported('readinto'),
    write: notSupported('write'),
  },
});

// ---- _BufferedIOBase and _TextIOBase ------------------------------------------------------------------------------------

const into = (method: 'read' | 'read1', name: string): MethodDef => ({
  kind: 'o',
  fn: (rt: Runtime, h, target) => {
    const n = readInto(rt, target, name, (size) => {
      const arg = intFromNumber(rt, size);
      const piece = callMethod(rt, h, method, [arg]);
      rt.decref(arg);
      if (piece === 0) return null;
      const data = isBytes(rt, piece) ? copyBytes(rt, piece) : null;
      if (data === null) rt.raise('TypeError', `read() should return bytes`);
      rt.decref(piece);
      if (data !== null && data.length > size) {
        rt.raise('ValueError', `${method}() returned too much data: ${size} bytes requested, ${data.length} returned`);
        return null;
      }
      return data;
    });
    return n < 0 ? 0 : intFromNumber(rt, n);
  },
});

export const bufferedIOBaseSpec: TypeSpec = ioType({
  name: '_BufferedIOBase',
  basicsize: 32,
  slots: { tp_finalize: finalizeFile },
  methods: {
    detach: notSupported('detach'),
    read: notSupported('read'),
    read1: notSupported('read1'),
    readinto: into('read', 'readinto'),
    readinto1: into('read1', 'readinto1'),
    write: notSupported('write'),
  },
});

const noneGetter = { get: (rt: Runtime) => rt.None };

export const textIOBaseSpec: TypeSpec = ioType({
  name: '_TextIOBase',
  basicsize: 32,
  slots: { tp_finalize: finalizeFile },
  methods: {
    detach: notSupported('detach'),
    read: notSupported('read'),
    readline: notSupported('readline'),
    write: notSupported('write'),
  },
  getset: { encoding: noneGetter, newlines: noneGetter, errors: noneGetter },
});
