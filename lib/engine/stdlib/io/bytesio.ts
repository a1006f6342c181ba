/** `io.BytesIO` (Modules/_io/bytesio.c). */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import { asIndex, getIter, isBytes, isDict, isTuple, iterNext, typeName } from '../../objects/abstract';
import { newBytes } from '../../objects/bytes';
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
import { copyBytes, IO_DICT, ioType, peekState, readInto, setState, sizeArgument, stateOf } from './support';

interface State {
  data: Uint8Array;
  size: number;
  position: number;
  closed: boolean;
  /** Views that `getbuffer` gave out. */
  exports: number;
}

const INIT = params('BytesIO', 'initial_bytes=');

function state(rt: Runtime, h: Handle): State | null {
  const st = stateOf<State>(rt, h);
  if (st === null) return null;
  if (!st.closed) return st;
  rt.raise('ValueError', 'I/O operation on closed file.');
  return null;
}

function unlent(rt: Runtime, st: State): boolean {
  if (st.exports === 0) return true;
  rt.raise('BufferError', 'Existing exports of data: object cannot be re-sized');
  return false;
}

function reserve(st: State, size: number): void {
  if (size <= st.data.length) return;
  const more = new Uint8Array(Math.max(size, Math.min(2 * st.data.length, st.data.length + (1 << 24))));
  more.set(st.data.subarray(0, st.size));
  st.data = more;
}

function write(rt: Runtime, h: Handle, arg: Handle): number {
  const st = state(rt, h);
  if (st === null || !unlent(rt, st)) return -1;
  const data = copyBytes(rt, arg);
  if (data === null) return -1;
  const end = st.position + data.length;
  if (data.length === 0) return 0;
  if (end > 1 << 30) return rt.raiseInt('OverflowError', 'new buffer size too large');
  reserve(st, end);
  st.data.set(data, st.position);
  st.position = end;
  st.size = Math.max(st.size, end);
  return data.length;
}

/** The next `size` bytes; all of them if it is negative. */
function take(st: State, size: number): Uint8Array {
  const rest = Math.max(0, st.size - st.position);
  const n = size < 0 || size > rest ? rest : size;
  const out = st.data.slice(st.position, st.position + n);
  st.position += n;
  return out;
}

function line(st: State, limit: number): Uint8Array {
  const at = st.data.subarray(0, st.size).indexOf(10, st.position);
  const n = Math.max(0, (at < 0 ? st.size : at + 1) - st.position);
  return take(st, limit >= 0 ? Math.min(n, limit) : n);
}

const reading =
  (work: (st: State, size: number) => Uint8Array) =>
  (rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle => {
    const st = state(rt, h);
    const size = st === null ? null : sizeArgument(rt, sizeArg);
    return st === null || size === null ? 0 : newBytes(rt, work(st, size));
  };
const read: MethodDef = { kind: 'fast', min: 0, max: 1, fn: reading(take) };
const yes: MethodDef = { kind: 'noargs', fn: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.True) };
const into: MethodDef = {
  kind: 'o',
  fn: (rt: Runtime, h, target) => {
    const st = state(rt, h);
    if (st === null) return 0;
    const n = readInto(rt, target, 'readinto', (size) => take(st, size));
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
    st.data = st.data.slice(0, size);
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
      const st = stateOf<State>(rt, rt.mem[h + SOURCE]!);
      if (st === null) return null;
      st.exports++;
      return {
        readonly: false,
        format: 'B',
        itemsize: 1,
        shape: [st.size],
        strides: [1],
        offset: 0,
        read: () => st.data,
        write: (at, data) => st.data.set(data, at),
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
  basicsize: 80,
  slots: {
    tp_finalize: null,
    tp_new(rt: Runtime, type) {
      const h = allocInstance(rt, rt.slotsOfType(type));
      const st: State = { data: new Uint8Array(0), size: 0, position: 0, closed: false, exports: 0 };
      setState(rt, h, st);
      return h;
    },
    tp_init(rt: Runtime, h, args, kwnames) {
      const a = parseArgs(rt, INIT, args, kwnames);
      const st = stateOf<State>(rt, h);
      if (a === null || st === null) return -1;
      if (!unlent(rt, st)) return -1;
      st.size = 0;
      st.position = 0;
      st.closed = false;
      if (a[0] !== 0 && a[0] !== rt.None) {
        const data = copyBytes(rt, a[0]!);
        if (data === null) return -1;
        st.data = isBytes(rt, a[0]!) ? data.slice() : data;
        st.size = data.length;
      }
      return 0;
    },
    tp_iter: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.newRef(h)),
    tp_iternext(rt: Runtime, h) {
      const st = state(rt, h);
      if (st === null) return 0;
      const next = line(st, -1);
      return next.length === 0 ? 0 : newBytes(rt, next);
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
        st.closed = true;
        st.data = new Uint8Array(0);
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
    readline: { kind: 'fast', min: 0, max: 1, fn: reading(line) },
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
          const next = line(st, -1);
          if (next.length === 0) break;
          const item = newBytes(rt, next);
          listAppend(rt, list, item);
          rt.decref(item);
          total += next.length;
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
        return st === null ? 0 : newBytes(rt, st.data.slice(0, st.size));
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
        return newTuple(rt, [
          newBytes(rt, st.data.slice(0, st.size)),
          intFromNumber(rt, st.position),
          dict === 0 ? rt.None : rt.newRef(dict),
        ]);
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
        const data = copyBytes(rt, tupleItem(rt, value, 0));
        const position = data === null ? null : asIndex(rt, tupleItem(rt, value, 1), 'OverflowError');
        if (data === null || position === null) return 0;
        if (position < 0) return rt.raise('ValueError', 'position value cannot be negative');
        Object.assign(st, { data: data.slice(), size: data.length, position });
        return addAttributes(rt, h, tupleItem(rt, value, 2)) ? rt.None : 0;
      },
    },
    __sizeof__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => intFromNumber(rt, rt.tp(h).basicsize + (peekState<State>(rt, h)?.data.length ?? 0) + 33),
    },
  },
  getset: {
    closed: { get: (rt: Runtime, h) => rt.bool(peekState<State>(rt, h)?.closed ?? true) },
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
