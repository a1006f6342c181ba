/**
 * `io.BufferedReader`, `BufferedWriter`, `BufferedRandom`, `BufferedRWPair` (Modules/_io/bufferedio.c) over any raw
 * stream: bytes read ahead, and bytes not written yet.
 */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import { asIndex, getAttrString, getOptionalAttr, isBytes, isTrue, reprText, typeName } from '../../objects/abstract';
import { memoryviewFactory } from '../../objects/buffer';
import { bytearrayValue, newByteArray } from '../../objects/bytearray';
import { bytesValue, newBytes } from '../../objects/bytes';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { strFrom } from '../../objects/str';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { concat, finalizeFile } from './iobase';
import {
  attributeTruth,
  callDone,
  callMethod,
  copyBytes,
  DEFAULT_BUFFER_SIZE,
  IO_REFS,
  ioType,
  methodNumber,
  methodTruth,
  peekState,
  readInto,
  setState,
  sizeArgument,
  stateOf,
  unsupported,
} from './support';

const RAW = IO_REFS;

interface State {
  size: number;
  readable: boolean;
  writable: boolean;
  /** Bytes read ahead from `at` on. */
  ahead: Uint8Array;
  at: number;
  pending: Uint8Array[];
  pendingSize: number;
  detached: boolean;
  finalizing: boolean;
}

const unread = (st: State): number => st.ahead.length - st.at;
const EMPTY = new Uint8Array(0);

function ready(rt: Runtime, h: Handle): State | null {
  const st = stateOf<State>(rt, h);
  if (st === null) return null;
  if (!st.detached) return st;
  rt.raise('ValueError', 'raw stream has been detached');
  return null;
}

/** `CHECK_CLOSED`: false with ValueError. */
function isOpen(rt: Runtime, h: Handle, what: string): boolean {
  const closed = attributeTruth(rt, rt.mem[h + RAW]!, 'closed');
  if (closed === 1) rt.raise('ValueError', what);
  return closed === 0;
}

function initBuffered(
  kind: 'reader' | 'writer' | 'random',
): (rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null) => number {
  const name = { reader: 'BufferedReader', writer: 'BufferedWriter', random: 'BufferedRandom' }[kind];
  const INIT = params(name, 'raw, buffer_size=');
  const checks: [string, string][] = [];
  if (kind === 'random') checks.push(['seekable', 'File or stream is not seekable.']);
  if (kind !== 'writer') checks.push(['readable', 'File or stream is not readable.']);
  if (kind !== 'reader') checks.push(['writable', 'File or stream is not writable.']);
  return (rt, h, args, kwnames) => {
    const a = parseArgs(rt, INIT, args, kwnames);
    if (a === null) return -1;
    const size = a[1] === 0 ? DEFAULT_BUFFER_SIZE(rt) : asIndex(rt, a[1]!, 'OverflowError');
    if (size === null) return -1;
    for (const [method, message] of checks) {
      const truth = methodTruth(rt, a[0]!, method);
      if (truth === 0) unsupported(rt, message);
      if (truth !== 1) return -1;
    }
    if (size <= 0) return rt.raiseInt('ValueError', 'buffer size must be strictly positive');
    const st: State = {
      size,
      readable: kind !== 'writer',
      writable: kind !== 'reader',
      ahead: EMPTY,
      at: 0,
      pending: [],
      pendingSize: 0,
      detached: false,
      finalizing: false,
    };
    setState(rt, h, st);
    rt.heap.setRef(h + RAW, rt.newRef(a[0]!));
    return 0;
  };
}

// ---- reading ------------------------------------------------------------------------------------------------------------

/** One read from the raw stream: undefined with an exception, null where nothing can be had now. */
function rawRead(rt: Runtime, h: Handle, size: number): Uint8Array | null | undefined {
  const raw = rt.mem[h + RAW]!;
  if (!rt.is(raw, typeOfModule(rt as Interpreter, '_io.FileIO'))) return rawReadInto(rt, raw, size);
  const n = intFromNumber(rt, size);
  const r = callMethod(rt, raw, 'read', [n]);
  rt.decref(n);
  if (r === 0) return undefined;
  if (r === rt.None) return null;
  if (!isBytes(rt, r)) {
    rt.raise('TypeError', 'read() should return bytes');
    rt.decref(r);
    return undefined;
  }
  const data = bytesValue(rt, r);
  rt.decref(r);
  return data;
}

/** `_bufferedreader_raw_read`: the raw stream writes into a view of ours. */
function rawReadInto(rt: Runtime, raw: Handle, size: number): Uint8Array | null | undefined {
  const room = newByteArray(rt, new Uint8Array(size));
  const view = memoryviewFactory.make(rt, room, true);
  const r = view === 0 ? 0 : callMethod(rt, raw, 'readinto', [view]);
  rt.xdecref(view);
  let data: Uint8Array | null | undefined;
  if (r === rt.None) data = null;
  else if (r !== 0) {
    const n = asIndex(rt, r, 'OverflowError');
    rt.decref(r);
    if (n !== null && (n < 0 || n > size))
      rt.raise('OSError', `raw readinto() returned invalid length ${n} (should have been between 0 and ${size})`);
    else if (n !== null) data = bytearrayValue(rt, room).slice(0, n);
  }
  rt.decref(room);
  return data;
}

/** Fills the buffer if it is empty. undefined with an exception; else whether there is anything. */
function fill(rt: Runtime, h: Handle, st: State): boolean | null | undefined {
  if (unread(st) > 0) return true;
  const data = rawRead(rt, h, st.size);
  if (data === undefined || data === null) return data;
  st.ahead = data;
  st.at = 0;
  return data.length > 0;
}

function take(st: State, size: number): Uint8Array {
  const out = st.ahead.subarray(st.at, st.at + size);
  st.at += out.length;
  return out;
}

/** Everything that is left. */
function readRest(rt: Runtime, h: Handle, st: State): Handle {
  const first = take(st, unread(st));
  const raw = rt.mem[h + RAW]!;
  const readall = getOptionalAttr(rt, raw, rt.id('readall'));
  if (readall === 0 && rt.currentException !== 0) return 0;
  if (readall !== 0) {
    const r = rt.call(readall, []);
    rt.decref(readall);
    if (r === 0) return 0;
    if (r === rt.None) return first.length > 0 ? newBytes(rt, first.slice()) : r;
    if (!isBytes(rt, r)) {
      rt.decref(r);
      return rt.raise('TypeError', 'readall() should return bytes');
    }
    if (first.length === 0) return r;
    const data = concat([first, bytesValue(rt, r)]);
    rt.decref(r);
    return newBytes(rt, data);
  }
  const chunks = [first];
  for (;;) {
    const piece = rawRead(rt, h, st.size);
    if (piece === undefined) return 0;
    if (piece === null && chunks.length === 1 && first.length === 0) return rt.None;
    if (piece === null || piece.length === 0) break;
    chunks.push(piece);
  }
  return newBytes(rt, concat(chunks).slice());
}

/** `size` bytes or fewer at the end; null: nothing can be had now; undefined with an exception. */
function readSome(rt: Runtime, h: Handle, st: State, size: number): Uint8Array | null | undefined {
  const chunks: Uint8Array[] = [];
  let n = 0;
  while (n < size) {
    const more = fill(rt, h, st);
    if (more === undefined) return undefined;
    if (more === null && n === 0) return null;
    if (more !== true) break;
    const piece = take(st, size - n);
    chunks.push(piece);
    n += piece.length;
  }
  return concat(chunks.length === 0 ? [EMPTY] : chunks);
}

function begin(rt: Runtime, h: Handle, what: string, reads: boolean): State | null {
  const st = ready(rt, h);
  if (st === null || !isOpen(rt, h, what)) return null;
  if (reads && !st.readable) {
    unsupported(rt, 'read');
    return null;
  }
  return !reads || st.pendingSize === 0 || flushPending(rt, h, st) ? st : null;
}

function read(rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle {
  const st0 = ready(rt, h);
  const size = st0 === null ? null : sizeArgument(rt, sizeArg);
  if (size === null) return 0;
  if (size < -1) return rt.raise('ValueError', 'read length must be non-negative or -1');
  const st = begin(rt, h, 'read of closed file', true);
  if (st === null) return 0;
  if (size === -1) return readRest(rt, h, st);
  const data = readSome(rt, h, st, size);
  return data === undefined ? 0 : data === null ? rt.None : newBytes(rt, data.slice());
}

function read1(rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle {
  const size = sizeArgument(rt, sizeArg);
  const st = size === null ? null : begin(rt, h, 'read of closed file', true);
  if (st === null || size === null) return 0;
  const wanted = size < 0 ? st.size : size;
  if (wanted === 0) return rt.emptyBytes;
  if (unread(st) > 0) return newBytes(rt, take(st, wanted).slice());
  const data = rawRead(rt, h, wanted);
  return data === undefined ? 0 : newBytes(rt, (data ?? EMPTY).slice());
}

function line(rt: Runtime, h: Handle, st: State, limit: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  let n = 0;
  while (limit < 0 || n < limit) {
    const more = fill(rt, h, st);
    if (more === undefined) return null;
    if (more !== true) break;
    const end = st.ahead.indexOf(10, st.at);
    let size = end < 0 ? unread(st) : end + 1 - st.at;
    if (limit >= 0) size = Math.min(size, limit - n);
    const piece = take(st, size);
    chunks.push(piece);
    n += size;
    if (piece[piece.length - 1] === 10) break;
  }
  return chunks.length === 0 ? EMPTY : concat(chunks).slice();
}

const into =
  (name: string, once: boolean) =>
  (rt: Runtime, h: Handle, target: Handle): Handle => {
    const st = begin(rt, h, 'readinto of closed file', true);
    if (st === null) return 0;
    let nothing = false;
    const n = readInto(rt, target, name, (size) => {
      let data: Uint8Array | null | undefined;
      if (once && unread(st) > 0) data = take(st, size);
      else if (once) data = rawRead(rt, h, size);
      else data = readSome(rt, h, st, size);
      if (data === null) nothing = true;
      return data === undefined ? null : (data ?? EMPTY);
    });
    return n < 0 ? 0 : nothing ? rt.None : intFromNumber(rt, n);
  };

// ---- writing ------------------------------------------------------------------------------------------------------------

/** Writes what waits. false with an exception; what was not written waits on. */
function flushPending(rt: Runtime, h: Handle, st: State): boolean {
  while (st.pendingSize > 0) {
    const data = concat(st.pending);
    const bytes = newBytes(rt, data.slice());
    const r = callMethod(rt, rt.mem[h + RAW]!, 'write', [bytes]);
    rt.decref(bytes);
    if (r === 0) return false;
    if (r === rt.None) {
      rt.raise('BlockingIOError', 'write could not complete without blocking');
      return false;
    }
    const n = asIndex(rt, r, 'OverflowError');
    rt.decref(r);
    if (n === null) return false;
    if (n < 0 || n > data.length) {
      rt.raise('OSError', `raw write() returned invalid length ${n} (should have been between 0 and ${data.length})`);
      return false;
    }
    st.pending = n === data.length ? [] : [data.subarray(n)];
    st.pendingSize = data.length - n;
  }
  return true;
}

/** Puts the raw stream where the program thinks that it is, and forgets what was read ahead. */
function rewind(rt: Runtime, h: Handle, st: State): boolean {
  const back = unread(st);
  st.ahead = EMPTY;
  st.at = 0;
  if (back === 0) return true;
  const args = [intFromNumber(rt, -back), rt.smallInts[6]!];
  const ok = callDone(rt, rt.mem[h + RAW]!, 'seek', args);
  rt.decref(args[0]!);
  return ok;
}

function write(rt: Runtime, h: Handle, arg: Handle): Handle {
  const st = ready(rt, h);
  if (st === null) return 0;
  const data = copyBytes(rt, arg);
  if (data === null || !isOpen(rt, h, 'write to closed file')) return 0;
  if (!rewind(rt, h, st)) return 0;
  if (st.pendingSize + data.length > st.size && !flushPending(rt, h, st)) return 0;
  st.pending.push(data);
  st.pendingSize += data.length;
  if (st.pendingSize > st.size && !flushPending(rt, h, st)) return 0;
  return intFromNumber(rt, data.length);
}

/** `buffered_flush_and_rewind_unlocked`. */
function flush(rt: Runtime, h: Handle): Handle {
  const st = ready(rt, h);
  if (st === null || !isOpen(rt, h, 'flush of closed file')) return 0;
  if (!flushPending(rt, h, st)) return 0;
  if (st.readable && st.writable && !rewind(rt, h, st)) return 0;
  return rt.None;
}

// ---- the rest -----------------------------------------------------------------------------------------------------------

function seek(rt: Runtime, h: Handle, [offsetArg, whenceArg]: Handle[]): Handle {
  const st = ready(rt, h);
  if (st === null) return 0;
  const whence = whenceArg === undefined ? 0 : asIndex(rt, whenceArg, 'OverflowError');
  if (whence === null) return 0;
  if (whence < 0 || whence > 2) return rt.raise('ValueError', `whence value ${whence} unsupported`);
  if (!isOpen(rt, h, 'seek of closed file')) return 0;
  const seekable = methodTruth(rt, rt.mem[h + RAW]!, 'seekable');
  if (seekable !== 1) return seekable < 0 ? 0 : unsupported(rt, 'File or stream is not seekable.');
  const offset = asIndex(rt, offsetArg!, 'OverflowError');
  if (offset === null || !flushPending(rt, h, st)) return 0;
  const target = whence === 1 ? offset - unread(st) : offset;
  st.ahead = EMPTY;
  st.at = 0;
  const args = [intFromNumber(rt, target), intFromNumber(rt, whence)];
  const n = methodNumber(rt, rt.mem[h + RAW]!, 'seek', args);
  for (const x of args) rt.decref(x);
  return n === null ? 0 : checkPosition(rt, n);
}

function checkPosition(rt: Runtime, n: number): Handle {
  return n < 0 ? rt.raise('OSError', `Raw stream returned invalid position ${n}`) : intFromNumber(rt, n);
}

function tell(rt: Runtime, h: Handle): Handle {
  const st = ready(rt, h);
  if (st === null) return 0;
  const n = methodNumber(rt, rt.mem[h + RAW]!, 'tell');
  if (n === null) return 0;
  if (n < 0) return checkPosition(rt, n);
  return intFromNumber(rt, Math.max(0, n - unread(st) + st.pendingSize));
}

function truncate(rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle {
  const st = ready(rt, h);
  if (st === null || !isOpen(rt, h, 'truncate of closed file')) return 0;
  if (!st.writable) return unsupported(rt, 'truncate');
  if (!flushPending(rt, h, st) || !rewind(rt, h, st)) return 0;
  return callMethod(rt, rt.mem[h + RAW]!, 'truncate', [sizeArg ?? rt.None]);
}

function close(ip: Interpreter, h: Handle): Handle {
  const st = ready(ip, h);
  if (st === null) return 0;
  const raw = ip.mem[h + RAW]!;
  const closed = attributeTruth(ip, raw, 'closed');
  if (closed !== 0) return closed < 0 ? 0 : ip.None;
  if (st.finalizing) warnUnclosed(ip, h, h);
  const flushed = callDone(ip, h, 'flush');
  const error = ip.takeError();
  const r = callMethod(ip, raw, 'close');
  st.ahead = EMPTY;
  st.at = 0;
  st.pending = [];
  st.pendingSize = 0;
  if (flushed) return r;
  if (r !== 0) ip.decref(r);
  else ip.clearError();
  ip.restoreError(error);
  return 0;
}

/** `_dealloc_warn` of what is below. */
export function warnUnclosed(ip: Interpreter, h: Handle, source: Handle): void {
  const raw = ip.mem[h + RAW]!;
  if (raw === 0) return;
  const error = ip.takeError();
  if (!callDone(ip, raw, '_dealloc_warn', [source])) ip.clearError();
  ip.restoreError(error);
}

function detach(rt: Runtime, h: Handle): Handle {
  const st = ready(rt, h);
  if (st === null || !callDone(rt, h, 'flush')) return 0;
  st.detached = true;
  const raw = rt.newRef(rt.mem[h + RAW]!);
  rt.heap.clearRef(h + RAW);
  return raw;
}

const ofRaw = (name: string): MethodDef => ({
  kind: 'noargs',
  fn: (rt: Runtime, h) => (ready(rt, h) === null ? 0 : callMethod(rt, rt.mem[h + RAW]!, name)),
});
const rawAttribute = (name: string) => ({
  get: (rt: Runtime, h: Handle) => (ready(rt, h) === null ? 0 : getAttrString(rt, rt.mem[h + RAW]!, name)),
});

const common: Record<string, MethodDef> = {
  detach: { kind: 'noargs', fn: detach },
  flush: { kind: 'noargs', fn: flush },
  close: { kind: 'noargs', fn: close },
  seekable: ofRaw('seekable'),
  fileno: ofRaw('fileno'),
  isatty: ofRaw('isatty'),
  seek: { kind: 'fast', min: 1, max: 2, fn: seek },
  tell: { kind: 'noargs', fn: tell },
  truncate: { kind: 'fast', min: 0, max: 1, fn: truncate },
  _dealloc_warn: {
    kind: 'o',
    fn: (ip: Interpreter, h, source) => {
      warnUnclosed(ip, h, source);
      return ip.None;
    },
  },
  __getstate__: {
    kind: 'noargs',
    fn: (rt: Runtime, h) => rt.raise('TypeError', `cannot pickle '${typeName(rt, h)}' object`),
  },
};

const reading: Record<string, MethodDef> = {
  read: { kind: 'fast', min: 0, max: 1, fn: read },
  read1: { kind: 'fast', min: 0, max: 1, fn: read1 },
  readinto: { kind: 'o', fn: into('readinto', false) },
  readinto1: { kind: 'o', fn: into('readinto1', true) },
  readline: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (rt: Runtime, h, [sizeArg]) => {
      const limit = sizeArgument(rt, sizeArg);
      const st = limit === null ? null : begin(rt, h, 'readline of closed file', true);
      if (st === null || limit === null) return 0;
      const data = line(rt, h, st, limit);
      return data === null ? 0 : newBytes(rt, data);
    },
  },
  peek: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (rt: Runtime, h) => {
      const st = begin(rt, h, 'peek of closed file', true);
      if (st === null || fill(rt, h, st) === undefined) return 0;
      return newBytes(rt, st.ahead.slice(st.at));
    },
  },
  readable: ofRaw('readable'),
};

const writing: Record<string, MethodDef> = {
  write: { kind: 'o', fn: write },
  writable: ofRaw('writable'),
};

const attributes: TypeSpec['getset'] = {
  raw: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + RAW]! || rt.None) },
  closed: rawAttribute('closed'),
  name: rawAttribute('name'),
  mode: rawAttribute('mode'),
  _finalizing: {
    get: (rt: Runtime, h) => rt.bool(peekState<State>(rt, h)?.finalizing ?? false),
    set: (rt: Runtime, h, value) => {
      const st = peekState<State>(rt, h);
      const truth = value === 0 ? 0 : isTrue(rt, value);
      if (st !== null) st.finalizing = truth === 1;
      return truth < 0 ? -1 : 0;
    },
  },
};

/** `<_io.BufferedReader name='x'>`. */
export function reprWithName(rt: Runtime, h: Handle, rest = ''): Handle {
  const name = getOptionalAttr(rt, h, rt.id('name'));
  if (name === 0) {
    if (rt.currentException !== 0 && !rt.errorMatches('ValueError')) return 0;
    rt.clearError();
    return strFrom(rt, `<${typeName(rt, h)}${rest}>`);
  }
  if (rt.reprEnter(h)) {
    rt.decref(name);
    return rt.raise('RuntimeError', `reentrant call inside ${typeName(rt, h)}.__repr__`);
  }
  const text = reprText(rt, name);
  rt.reprLeave(h);
  rt.decref(name);
  return text === null ? 0 : strFrom(rt, `<${typeName(rt, h)} name=${text}${rest}>`);
}

function bufferedSpec(
  name: string,
  kind: 'reader' | 'writer' | 'random',
  methods: Record<string, MethodDef>,
): TypeSpec {
  return ioType({
    name,
    refs: 1,
    basicsize: 152,
    slots: {
      tp_finalize: finalizeFile,
      tp_init: initBuffered(kind),
      tp_repr: (rt: Runtime, h) => reprWithName(rt, h),
      ...(kind === 'writer'
        ? {}
        : {
            tp_iternext(rt: Runtime, h: Handle) {
              const st = begin(rt, h, 'readline of closed file', true);
              if (st === null) return 0;
              const data = line(rt, h, st, -1);
              return data === null || data.length === 0 ? 0 : newBytes(rt, data);
            },
          }),
    },
    methods: { ...common, ...methods },
    getset: attributes,
  });
}

export const bufferedReaderSpec = bufferedSpec('BufferedReader', 'reader', reading);
export const bufferedWriterSpec = bufferedSpec('BufferedWriter', 'writer', writing);
export const bufferedRandomSpec = bufferedSpec('BufferedRandom', 'random', { ...reading, ...writing });

// ---- BufferedRWPair -----------------------------------------------------------------------------------------------------

const READER = IO_REFS;
const WRITER = IO_REFS + 1;
const PAIR = params('BufferedRWPair', 'reader, writer, buffer_size=, /');

/** The two classes that a pair is made of. */
export const pairTypes: { reader: (rt: Runtime) => Handle; writer: (rt: Runtime) => Handle } = {
  reader: () => 0,
  writer: () => 0,
};

const forward = (word: number, name: string): MethodDef => ({
  kind: 'fast',
  min: 0,
  max: 1,
  fn: (rt: Runtime, h, args) =>
    rt.mem[h + word] === 0
      ? rt.raise('ValueError', 'I/O operation on uninitialized object')
      : callMethod(rt, rt.mem[h + word]!, name, args),
});

export const bufferedRWPairSpec: TypeSpec = ioType({
  name: 'BufferedRWPair',
  refs: 2,
  basicsize: 48,
  slots: {
    tp_finalize: finalizeFile,
    tp_init(rt: Runtime, h, args, kwnames) {
      const a = parseArgs(rt, PAIR, args, kwnames);
      if (a === null) return -1;
      const extra = a[2] === 0 ? [] : [a[2]!];
      for (const [method, source, message] of [
        ['readable', a[0]!, 'File or stream is not readable.'],
        ['writable', a[1]!, 'File or stream is not writable.'],
      ] as const) {
        const truth = methodTruth(rt, source, method);
        if (truth === 0) unsupported(rt, message);
        if (truth !== 1) return -1;
      }
      const reader = rt.call(pairTypes.reader(rt), [a[0]!, ...extra]);
      if (reader === 0) return -1;
      rt.heap.setRef(h + READER, reader);
      const writer = rt.call(pairTypes.writer(rt), [a[1]!, ...extra]);
      if (writer === 0) return -1;
      rt.heap.setRef(h + WRITER, writer);
      return 0;
    },
  },
  methods: {
    read: forward(READER, 'read'),
    peek: forward(READER, 'peek'),
    read1: forward(READER, 'read1'),
    readinto: forward(READER, 'readinto'),
    readinto1: forward(READER, 'readinto1'),
    readable: forward(READER, 'readable'),
    write: forward(WRITER, 'write'),
    flush: forward(WRITER, 'flush'),
    writable: forward(WRITER, 'writable'),
    close: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const first = callDone(rt, rt.mem[h + WRITER]!, 'close');
        const error = rt.takeError();
        const r = callMethod(rt, rt.mem[h + READER]!, 'close');
        if (first) return r;
        if (r !== 0) rt.decref(r);
        else rt.clearError();
        rt.restoreError(error);
        return 0;
      },
    },
    isatty: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const r = methodTruth(rt, rt.mem[h + WRITER]!, 'isatty');
        return r !== 0 ? (r < 0 ? 0 : rt.True) : callMethod(rt, rt.mem[h + READER]!, 'isatty');
      },
    },
  },
  getset: {
    closed: {
      get: (rt: Runtime, h) =>
        rt.mem[h + WRITER] === 0
          ? rt.raise('RuntimeError', 'the BufferedRWPair object is being garbage-collected')
          : getAttrString(rt, rt.mem[h + WRITER]!, 'closed'),
    },
  },
});
