/**
 * `io.BytesIO` (Modules/_io/bytesio.c). Its buffer is a bytes object, which others may share: the one that it was made
 * of, and the one that `getvalue` gave. Before it writes to a shared one it makes its own.
 */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import { asIndex, getIter, isDict, isTuple, iterNext, typeName } from '../../objects/abstract';
import { bytesValue, newBytes, newRoom, resizeRoom, setRoom } from '../../objects/bytes';
import { dictUpdate, newDict } from '../../objects/dict';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { memoryviewFactory } from '../../objects/buffer';
import { listAppend, newList } from '../../objects/list';
import { allocInstance } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { moduleType } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { freeObject } from '../../objects/object';
import { copyBytes, IO_DICT, IO_REFS, ioType, peekState, readInto, setState, sizeArgument, stateOf } from './support';

interface State {
  /** Bytes of the buffer that are the content. */
  size: number;
  position: number;
  /** Views that `getbuffer` gave out. */
  exports: number;
}

/** The buffer: a bytes object; 0 once closed. */
const BUF = IO_REFS;
/** So many first bytes are what a picture of memory shows of a bytes object, and more. */
const SHOWN = 64;
/** A longer one ends as a MemoryError. */
const MAX_BYTES = 1 << 29;

const INIT = params('BytesIO', 'initial_bytes=');

function state(rt: Runtime, h: Handle): State | null {
  const st = stateOf<State>(rt, h);
  if (st === null) return null;
  if (rt.mem[h + BUF] !== 0) return st;
  rt.raise('ValueError', 'I/O operation on closed file.');
  return null;
}

const room = (rt: Runtime, h: Handle): Uint8Array => bytesValue(rt, rt.mem[h + BUF]!);
/** `SHARED_BUF`. An immortal one is never its own. */
const isShared = (rt: Runtime, h: Handle): boolean => rt.mem[rt.mem[h + BUF]!]! !== 1;
const content = (rt: Runtime, h: Handle, st: State): Uint8Array => room(rt, h).subarray(0, st.size);

function unlent(rt: Runtime, st: State): boolean {
  if (st.exports === 0) return true;
  rt.raise('BufferError', 'Existing exports of data: object cannot be re-sized');
  return false;
}

/** `unshare_buffer`. */
function unshare(rt: Runtime, h: Handle, st: State, size: number): void {
  const own = newRoom(rt, size);
  if (own !== rt.emptyBytes) bytesValue(rt, own).set(content(rt, h, st));
  rt.heap.setRef(h + BUF, own);
}

function resizeTo(rt: Runtime, h: Handle, st: State, size: number): void {
  if (isShared(rt, h)) unshare(rt, h, st, size);
  else rt.heap.set(h + BUF, resizeRoom(rt, rt.mem[h + BUF]!, size));
}

/** `resize_buffer`: room for so many bytes, with some to spare. False with MemoryError. */
function resize(rt: Runtime, h: Handle, st: State, size: number): boolean {
  const alloc = room(rt, h).length;
  if (size > MAX_BYTES) {
    rt.raise('MemoryError', '');
    return false;
  }
  if (size >= Math.floor(alloc / 2) && size < alloc) return true;
  const isModerate = size >= alloc && size <= alloc * 1.125;
  resizeTo(rt, h, st, isModerate ? size + (size >> 3) + (size < 9 ? 3 : 6) : size + 1);
  return true;
}

/** Writes to the buffer, which nobody shares. While somebody records, what a picture shows of it is kept. */
function put(rt: Runtime, h: Handle, at: number, data: Uint8Array): void {
  const buf = rt.mem[h + BUF]!;
  if (rt.heap.log !== null && at < SHOWN && room(rt, h).length <= 1 << 16)
    setRoom(rt, buf, bytesValue(rt, buf).slice());
  room(rt, h).set(data, at);
}

function write(rt: Runtime, h: Handle, arg: Handle): number {
  const st = state(rt, h);
  if (st === null || !unlent(rt, st)) return -1;
  const data = copyBytes(rt, arg);
  if (data === null) return -1;
  const end = st.position + data.length;
  if (data.length === 0) return 0;
  if (end > room(rt, h).length) {
    if (!resize(rt, h, st, end)) return -1;
  } else if (isShared(rt, h)) unshare(rt, h, st, Math.max(end, st.size));
  if (st.position > st.size) room(rt, h).fill(0, st.size, st.position);
  put(rt, h, st.position, data);
  st.position = end;
  st.size = Math.max(st.size, end);
  return data.length;
}

const rest = (st: State): number => Math.max(0, st.size - st.position);

/** How many bytes a read of `size` gives; all of them if it is negative. */
const readable = (_rt: Runtime, _h: Handle, st: State, size: number): number =>
  size < 0 || size > rest(st) ? rest(st) : size;

/** How many bytes the next line has. */
function lineLength(rt: Runtime, h: Handle, st: State, limit: number): number {
  const at = rest(st) === 0 ? -1 : content(rt, h, st).indexOf(10, st.position);
  const n = at < 0 ? rest(st) : at + 1 - st.position;
  return limit >= 0 ? Math.min(n, limit) : n;
}

/** `read_bytes`: the next n bytes; all at once are the buffer itself. New. */
function take(rt: Runtime, h: Handle, st: State, n: number): Handle {
  const from = st.position;
  st.position += n;
  if (n > 1 && from === 0 && n === room(rt, h).length && st.exports === 0) return rt.newRef(rt.mem[h + BUF]!);
  return newBytes(rt, room(rt, h).slice(from, from + n));
}

const reading =
  (count: (rt: Runtime, h: Handle, st: State, size: number) => number) =>
  (rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle => {
    const st = state(rt, h);
    const size = st === null ? null : sizeArgument(rt, sizeArg);
    return st === null || size === null ? 0 : take(rt, h, st, count(rt, h, st, size));
  };

/** `getvalue`. New. */
function value(rt: Runtime, h: Handle, st: State): Handle {
  if (st.size <= 1 || st.exports > 0) return newBytes(rt, content(rt, h, st).slice());
  if (st.size !== room(rt, h).length) resizeTo(rt, h, st, st.size);
  return rt.newRef(rt.mem[h + BUF]!);
}
const read: MethodDef = { kind: 'fast', min: 0, max: 1, fn: reading(readable) };
const yes: MethodDef = { kind: 'noargs', fn: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.True) };
const into: MethodDef = {
  kind: 'o',
  fn: (rt: Runtime, h, target) => {
    const st = state(rt, h);
    if (st === null) return 0;
    const n = readInto(rt, target, 'readinto', (size) => {
      const from = st.position;
      st.position += readable(rt, h, st, size);
      return room(rt, h).slice(from, st.position);
    });
    return n < 0 ? 0 : intFromNumber(rt, n);
  },
};

function seek(rt: Runtime, h: Handle, [posArg, whenceArg]: Handle[]): Handle {
  const st = state(rt, h);
  const pos = st === null ? null : asIndex(rt, posArg!, 'OverflowError');
  const whence = pos === null ? null : whenceArg === undefined ? 0 : asIndex(rt, whenceArg, 'OverflowError');
  if (st === null || pos === null || whence === null) return 0;
  if (pos < 0 && whence === 0) return rt.raise('ValueError', `negative seek value ${pos}`);
  if (whence < 0 || whence > 2) return rt.raise('ValueError', `invalid whence (${whence}, should be 0, 1 or 2)`);
  st.position = Math.max(0, pos + (whence === 1 ? st.position : whence === 2 ? st.size : 0));
  return intFromNumber(rt, st.position);
}

function truncate(rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle {
  const st = state(rt, h);
  if (st === null || !unlent(rt, st)) return 0;
  let size: number | null = st.position;
  if (sizeArg !== undefined && sizeArg !== rt.None) {
    size = asIndex(rt, sizeArg, 'OverflowError');
    if (size === null) return 0;
    if (size < 0) return rt.raise('ValueError', `negative size value ${size}`);
  }
  if (size < st.size) {
    st.size = size;
    if (!resize(rt, h, st, size)) return 0;
  }
  return intFromNumber(rt, size);
}

/** What `getbuffer` lends: it keeps the BytesIO, and the BytesIO its size. */
const SOURCE = 2;
const bufferSpec: TypeSpec = {
  name: '_BytesIOBuffer',
  module: '_io',
  gc: true,
  words: 1,
  basicsize: 24,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      rt.heap.clearRef(h + SOURCE);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + SOURCE] !== 0) visit(rt.mem[h + SOURCE]!, h + SOURCE);
    },
    tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + SOURCE),
    bf_getbuffer(rt: Runtime, h) {
      const source = rt.mem[h + SOURCE]!;
      const st = stateOf<State>(rt, source);
      if (st === null) return null;
      if (st.exports === 0 && isShared(rt, source)) unshare(rt, source, st, st.size);
      st.exports++;
      return {
        readonly: false,
        format: 'B',
        itemsize: 1,
        shape: [st.size],
        strides: [1],
        offset: 0,
        read: () => room(rt, source),
        write: (at, data) => put(rt, source, at, data),
      };
    },
    bf_releasebuffer(rt: Runtime, h) {
      const st = peekState<State>(rt, rt.mem[h + SOURCE]!);
      if (st !== null) st.exports--;
    },
  },
};

export const bytesIOSpec: TypeSpec = ioType({
  name: 'BytesIO',
  basicsize: 64,
  refs: 1,
  slots: {
    tp_finalize: null,
    tp_traverse(rt: Runtime, h, visit) {
      for (const w of [IO_DICT, BUF]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_new(rt: Runtime, type) {
      const h = allocInstance(rt, rt.slotsOfType(type));
      setState(rt, h, { size: 0, position: 0, exports: 0 } satisfies State);
      rt.heap.set(h + BUF, rt.emptyBytes);
      return h;
    },
    tp_init(rt: Runtime, h, args, kwnames) {
      const a = parseArgs(rt, INIT, args, kwnames);
      const st = stateOf<State>(rt, h);
      if (a === null || st === null) return -1;
      st.size = 0;
      st.position = 0;
      if (!unlent(rt, st)) return -1;
      const [initial] = a as [Handle];
      if (initial === 0 || initial === rt.None) return 0;
      if (rt.is(initial, rt.types.bytes)) {
        rt.heap.setRef(h + BUF, rt.newRef(initial));
        st.size = bytesValue(rt, initial).length;
        return 0;
      }
      const n = write(rt, h, initial);
      st.position = 0;
      return n < 0 ? -1 : 0;
    },
    tp_iter: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.newRef(h)),
    tp_iternext(rt: Runtime, h) {
      const st = state(rt, h);
      if (st === null) return 0;
      const n = lineLength(rt, h, st, -1);
      return n === 0 ? 0 : take(rt, h, st, n);
    },
  },
  methods: {
    readable: yes,
    seekable: yes,
    writable: yes,
    close: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = stateOf<State>(rt, h);
        if (st === null || !unlent(rt, st)) return 0;
        rt.heap.clearRef(h + BUF);
        return rt.None;
      },
    },
    flush: { kind: 'noargs', fn: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.None) },
    isatty: { kind: 'noargs', fn: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.False) },
    tell: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        return st === null ? 0 : intFromNumber(rt, st.position);
      },
    },
    write: {
      kind: 'o',
      fn: (rt: Runtime, h, arg) => {
        const n = write(rt, h, arg);
        return n < 0 ? 0 : intFromNumber(rt, n);
      },
    },
    writelines: {
      kind: 'o',
      fn: (rt: Runtime, h, lines) => {
        if (state(rt, h) === null) return 0;
        const it = getIter(rt, lines);
        if (it === 0) return 0;
        for (let x = iterNext(rt, it); x !== 0; x = iterNext(rt, it)) {
          const n = write(rt, h, x);
          rt.decref(x);
          if (n < 0) break;
        }
        rt.decref(it);
        return rt.currentException !== 0 ? 0 : rt.None;
      },
    },
    read1: read,
    read,
    readinto: into,
    readinto1: into,
    readline: { kind: 'fast', min: 0, max: 1, fn: reading(lineLength) },
    readlines: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h, [hintArg]) => {
        const st = state(rt, h);
        const hint = st === null ? null : sizeArgument(rt, hintArg);
        if (st === null || hint === null) return 0;
        const list = newList(rt, []);
        for (let total = 0; ; ) {
          const n = lineLength(rt, h, st, -1);
          if (n === 0) break;
          const item = newBytes(rt, room(rt, h).slice(st.position, st.position + n));
          st.position += n;
          listAppend(rt, list, item);
          rt.decref(item);
          total += n;
          if (hint > 0 && total >= hint) break;
        }
        return list;
      },
    },
    getbuffer: {
      kind: 'noargs',
      fn: (ip: Interpreter, h) => {
        if (state(ip, h) === null) return 0;
        const lender = allocInstance(ip, moduleType(ip, bufferSpec));
        ip.heap.set(lender + SOURCE, ip.newRef(h));
        const view = memoryviewFactory.make(ip, lender, true);
        ip.decref(lender);
        return view;
      },
    },
    getvalue: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        return st === null ? 0 : value(rt, h, st);
      },
    },
    seek: { kind: 'fast', min: 1, max: 2, fn: seek },
    truncate: { kind: 'fast', min: 0, max: 1, fn: truncate },
    __getstate__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        if (st === null) return 0;
        const dict = rt.mem[h + IO_DICT]!;
        return newTuple(rt, [value(rt, h, st), intFromNumber(rt, st.position), dict === 0 ? rt.None : rt.newRef(dict)]);
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, value) => {
        const st = stateOf<State>(rt, h);
        if (st === null) return 0;
        if (!isTuple(rt, value) || tupleSize(rt, value) < 3)
          return rt.raise(
            'TypeError',
            `${typeName(rt, h)}.__setstate__ argument should be 3-tuple, got ${typeName(rt, value)}`,
          );
        if (!unlent(rt, st)) return 0;
        st.size = 0;
        st.position = 0;
        if (write(rt, h, tupleItem(rt, value, 0)) < 0) return 0;
        const position = asIndex(rt, tupleItem(rt, value, 1), 'OverflowError');
        if (position === null) return 0;
        if (position < 0) return rt.raise('ValueError', 'position value cannot be negative');
        st.position = position;
        return addAttributes(rt, h, tupleItem(rt, value, 2)) ? rt.None : 0;
      },
    },
    __sizeof__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const own = rt.mem[h + BUF] === 0 || isShared(rt, h) ? 0 : rt.types.bytes.basicsize + room(rt, h).length;
        return intFromNumber(rt, rt.tp(h).basicsize + own);
      },
    },
  },
  getset: {
    closed: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + BUF] === 0) },
  },
});

/** The third item of a pickled state: attributes, or None. */
export function addAttributes(rt: Runtime, h: Handle, dict: Handle): boolean {
  if (dict === rt.None) return true;
  if (!isDict(rt, dict)) {
    rt.raise('TypeError', `third item of state should be a dict, got a ${typeName(rt, dict)}`);
    return false;
  }
  if (rt.mem[h + IO_DICT] === 0) rt.heap.set(h + IO_DICT, newDict(rt));
  return dictUpdate(rt, rt.mem[h + IO_DICT]!, dict) >= 0;
}
