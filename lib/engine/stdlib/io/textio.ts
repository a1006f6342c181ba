/**
 * `io.TextIOWrapper` and `IncrementalNewlineDecoder` (Modules/_io/textio.c). Text is kept as it was decoded and its line
 * ends are made uniform when it is read, so that where a position lies in bytes can always be told.
 */
import type { Handle } from '../../heap/layout';
import type { GetSetDef, MethodDef, TypeSpec } from '../../heap/object';
import {
  asIndex,
  getAttrString,
  getOptionalAttr,
  isBytes,
  isStr,
  isTrue,
  reprText,
  typeName,
} from '../../objects/abstract';
import { bytesValue, newBytes } from '../../objects/bytes';
import { encodeText } from '../../objects/codecs';
import { FILE_BUFFER, FILE_STREAM, FILE_WORDS, standardStreamSpec } from '../../objects/fileobject';
import { genericGetAttr, genericSetAttr } from '../../objects/generic-attr';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { kindOf, strFrom, strLength, strValue } from '../../objects/str';
import type { Interpreter } from '../../vm/interpreter';
import { decodePiece, type NativeCodec, nativeCodec } from '../codecs/incremental';
import { utf8Encode } from '../utf8';
import { concat, finalizeFile } from './iobase';
import { newlineArgument, seenNewlines } from './stringio';
import {
  attributeTruth,
  callDone,
  callMethod,
  IO_REFS,
  ioType,
  methodNumber,
  methodTruth,
  peekState,
  setState,
  sizeArgument,
  unsupported,
} from './support';

const BUFFER = FILE_BUFFER;
const DECODER = IO_REFS + 1;
const ENCODER = IO_REFS + 2;
const CHUNK = 8192;
const EMPTY = new Uint8Array(0);

interface State {
  encoding: string;
  errors: string;
  /** null: the codec is one of the module `codecs`, as objects in DECODER and ENCODER. */
  codec: NativeCodec | null;
  newline: string | null;
  lineBuffering: boolean;
  writeThrough: boolean;
  /** Decoded and not read yet, from `at` on; line ends as they came. */
  text: string;
  at: number;
  /** Bytes that are the beginning of a character. */
  tail: Uint8Array;
  /** The order of bytes that a mark at the beginning chose. */
  wide: NativeCodec | null;
  wroteMark: boolean;
  atEnd: boolean;
  pending: Uint8Array[];
  pendingSize: number;
  seen: number;
  detached: boolean;
  finalizing: boolean;
}

const INIT = params('TextIOWrapper', 'buffer, encoding=, errors=, newline=, line_buffering=, write_through=');

function ready(rt: Runtime, h: Handle): State | null {
  const st = peekState<State>(rt, h);
  if (st !== null && !st.detached) return st;
  rt.raise('ValueError', st === null ? 'I/O operation on uninitialized object' : 'underlying buffer has been detached');
  return null;
}

function readyOpen(rt: Runtime, h: Handle): State | null {
  const st = ready(rt, h);
  if (st === null) return null;
  const closed = attributeTruth(rt, rt.mem[h + BUFFER]!, 'closed');
  if (closed === 1) rt.raise('ValueError', 'I/O operation on closed file.');
  return closed === 0 ? st : null;
}

function textArgument(rt: Runtime, h: Handle, name: string): string | null | undefined {
  if (h === 0 || h === rt.None) return null;
  if (!isStr(rt, h)) {
    rt.raise('TypeError', `TextIOWrapper() argument '${name}' must be str or None, not ${typeName(rt, h)}`);
    return undefined;
  }
  const text = strValue(rt, h);
  if (!text.includes('\0')) return text;
  rt.raise('ValueError', 'embedded null character');
  return undefined;
}

/** The codec of an encoding's name, for the state and the object. False with LookupError. */
function setCodec(ip: Interpreter, h: Handle, st: State): boolean {
  st.codec = nativeCodec(st.encoding);
  ip.heap.clearRef(h + DECODER);
  ip.heap.clearRef(h + ENCODER);
  if (st.codec !== null) return true;
  const codecs = ip.importModule(ip.id('codecs'), 0, 0, 0);
  if (codecs === 0) return false;
  const name = strFrom(ip, st.encoding);
  const info = callMethod(ip, codecs, 'lookup', [name]);
  ip.decref(name);
  ip.decref(codecs);
  if (info === 0) return false;
  const errors = strFrom(ip, st.errors);
  const isText = attributeTruth(ip, info, '_is_text_encoding');
  if (isText === 0)
    ip.raise('LookupError', `'${st.encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs`);
  const decoder = isText === 1 ? callMethod(ip, info, 'incrementaldecoder', [errors]) : 0;
  const encoder = decoder === 0 ? 0 : callMethod(ip, info, 'incrementalencoder', [errors]);
  ip.decref(errors);
  ip.decref(info);
  if (decoder !== 0) ip.heap.setRef(h + DECODER, decoder);
  if (encoder !== 0) ip.heap.setRef(h + ENCODER, encoder);
  return encoder !== 0;
}

function init(ip: Interpreter, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const a = parseArgs(ip, INIT, args, kwnames);
  if (a === null) return -1;
  const encoding = textArgument(ip, a[1]!, 'encoding');
  if (encoding === undefined) return -1;
  const errors = textArgument(ip, a[2]!, 'errors');
  if (errors === undefined) return -1;
  const newline = newlineArgument(ip, a[3]!, "TextIOWrapper() argument 'newline'");
  if (newline === undefined) return -1;
  const lineBuffering = a[4] === 0 ? 0 : isTrue(ip, a[4]!);
  const writeThrough = a[5] === 0 ? 0 : isTrue(ip, a[5]!);
  if (lineBuffering < 0 || writeThrough < 0) return -1;
  const st: State = {
    encoding: encoding === null || encoding === 'locale' ? 'UTF-8' : encoding,
    errors: errors ?? 'strict',
    codec: null,
    newline,
    lineBuffering: lineBuffering === 1,
    writeThrough: writeThrough === 1,
    text: '',
    at: 0,
    tail: EMPTY,
    wide: null,
    wroteMark: false,
    atEnd: false,
    pending: [],
    pendingSize: 0,
    seen: 0,
    detached: false,
    finalizing: false,
  };
  setState(ip, h, null);
  if (!setCodec(ip, h, st)) return -1;
  ip.heap.setRef(h + BUFFER, ip.newRef(a[0]!));
  ip.heap.set(h + FILE_STREAM, 0);
  setState(ip, h, st);
  // A file that is appended to has its mark already.
  if (st.codec?.startsWith('utf-16') === true || st.codec?.startsWith('utf-32') === true) {
    const seekable = methodTruth(ip, a[0]!, 'seekable');
    if (seekable < 0) return -1;
    const at = seekable === 1 ? methodNumber(ip, a[0]!, 'tell') : 0;
    if (at === null) return -1;
    st.wroteMark = at > 0;
  }
  return 0;
}

// ---- writing ------------------------------------------------------------------------------------------------------------

function encode(ip: Interpreter, h: Handle, st: State, text: string, source: Handle): Uint8Array | null {
  if (st.codec === null) {
    const piece = strFrom(ip, text);
    const r = callMethod(ip, ip.mem[h + ENCODER]!, 'encode', [piece]);
    ip.decref(piece);
    if (r === 0) return null;
    if (!isBytes(ip, r)) {
      ip.raise('TypeError', `encoder should return a bytes object, not '${typeName(ip, r)}'`);
      ip.decref(r);
      return null;
    }
    const data = bytesValue(ip, r);
    ip.decref(r);
    return data;
  }
  if (st.codec === 'utf-8' && !/\p{Surrogate}/u.test(text)) return utf8Encode(text);
  let codec: string = st.codec;
  if ((codec === 'utf-16' || codec === 'utf-32') && st.wroteMark) codec += '-le';
  const kind = kindOf(text);
  const data = encodeText(ip, source, text, kind, codec, st.errors);
  if (data !== null) st.wroteMark = true;
  return data;
}

function flushText(rt: Runtime, h: Handle, st: State): boolean {
  if (st.pendingSize === 0) return true;
  const data = newBytes(rt, concat(st.pending).slice());
  st.pending = [];
  st.pendingSize = 0;
  const ok = callDone(rt, rt.mem[h + BUFFER]!, 'write', [data]);
  rt.decref(data);
  return ok;
}

function write(ip: Interpreter, h: Handle, arg: Handle): Handle {
  if (ready(ip, h) === null) return 0;
  if (!isStr(ip, arg)) return ip.raise('TypeError', `write() argument must be str, not ${typeName(ip, arg)}`);
  const st = readyOpen(ip, h);
  if (st === null) return 0;
  const given = strValue(ip, arg);
  const hasLine = given.includes('\n');
  const needsFlush = st.lineBuffering && (hasLine || given.includes('\r'));
  const end = st.newline === null || st.newline === '' ? '\n' : st.newline;
  const text = hasLine && end !== '\n' ? given.replaceAll('\n', end) : given;
  const writable = st.pendingSize > 0 ? 1 : methodTruth(ip, ip.mem[h + BUFFER]!, 'writable');
  if (writable !== 1) return writable < 0 ? 0 : unsupported(ip, 'not writable');
  if (given !== '') {
    const data = encode(ip, h, st, text, arg);
    if (data === null) return 0;
    st.pending.push(data);
    st.pendingSize += data.length;
  }
  if (!dropRead(ip, h, st)) return 0;
  if ((st.pendingSize >= CHUNK || needsFlush || st.writeThrough) && !flushText(ip, h, st)) return 0;
  if (needsFlush && !callDone(ip, ip.mem[h + BUFFER]!, 'flush')) return 0;
  return intFromNumber(ip, strLength(ip, arg));
}

/** What was read ahead is forgotten: the next read begins at the buffer's place. */
function dropRead(_rt: Runtime, _h: Handle, st: State): boolean {
  st.text = '';
  st.at = 0;
  st.tail = EMPTY;
  st.atEnd = false;
  return true;
}

// ---- reading ------------------------------------------------------------------------------------------------------------

/** Decodes one more piece; false at the end or with an exception. */
function readChunk(ip: Interpreter, h: Handle, st: State, size = CHUNK): boolean {
  if (st.atEnd && st.tail.length === 0) {
    // A file that grew meanwhile has more.
    st.atEnd = false;
  }
  const n = intFromNumber(ip, size);
  const buffer = ip.mem[h + BUFFER]!;
  const method = getOptionalAttr(ip, buffer, ip.id('read1'));
  if (method === 0 && ip.currentException !== 0) return false;
  const r = method === 0 ? callMethod(ip, buffer, 'read', [n]) : ip.call(method, [n]);
  ip.xdecref(method);
  ip.decref(n);
  if (r === 0) return false;
  if (!isBytes(ip, r)) {
    const name = method === 0 ? 'read' : 'read1';
    ip.raise('TypeError', `underlying ${name}() should have returned a bytes-like object, not '${typeName(ip, r)}'`);
    ip.decref(r);
    return false;
  }
  const data = bytesValue(ip, r);
  ip.decref(r);
  const text = decode(ip, h, st, data, data.length === 0);
  if (text === null) return false;
  st.atEnd = data.length === 0;
  st.text = st.text.slice(st.at) + text;
  st.at = 0;
  return data.length > 0 || text !== '';
}

function decode(ip: Interpreter, h: Handle, st: State, data: Uint8Array, isFinal: boolean): string | null {
  if (st.codec === null) {
    const args = [newBytes(ip, data.slice()), ip.bool(isFinal)];
    const r = callMethod(ip, ip.mem[h + DECODER]!, 'decode', args);
    ip.decref(args[0]!);
    if (r === 0) return null;
    if (!isStr(ip, r)) {
      ip.raise('TypeError', `decoder should return a string result, not '${typeName(ip, r)}'`);
      ip.decref(r);
      return null;
    }
    const text = strValue(ip, r);
    ip.decref(r);
    return text;
  }
  const all = st.tail.length === 0 ? data : concat([st.tail, data]);
  const r = decodePiece(ip, all, st.wide ?? st.codec, st.errors, isFinal);
  if (r === null) return null;
  if (r.wide !== undefined) st.wide = r.wide;
  st.tail = all.slice(r.used);
  return r.text;
}

/** The text's line ends as the program gets them. */
function translate(st: State, text: string): string {
  if (st.newline !== null && st.newline !== '') return text;
  if (!text.includes('\r')) {
    if (text.includes('\n')) st.seen |= 2;
    return text;
  }
  if (text.includes('\r\n')) st.seen |= 4;
  if (/\r(?!\n)/.test(text)) st.seen |= 1;
  if (/(?<!\r)\n/.test(text)) st.seen |= 2;
  return st.newline === null ? text.replace(/\r\n?/g, '\n') : text;
}

/** A `\r` at the end may be the half of a line end: whether more must be read before it can be given out. */
const endsOpen = (st: State, end: number): boolean =>
  (st.newline === null || st.newline === '') && end === st.text.length && st.text.endsWith('\r') && !st.atEnd;

/** The end of the line in the text from `at`, or -1 if it is not there yet. */
function lineEnd(st: State): number {
  const { text, at, newline } = st;
  if (newline !== null && newline !== '') {
    const i = text.indexOf(newline, at);
    return i < 0 ? -1 : i + newline.length;
  }
  const lf = text.indexOf('\n', at);
  const cr = text.indexOf('\r', at);
  if (cr >= 0 && (lf < 0 || cr < lf)) {
    if (cr + 1 < text.length) return text[cr + 1] === '\n' ? cr + 2 : cr + 1;
    return st.atEnd ? cr + 1 : -1;
  }
  return lf < 0 ? -1 : lf + 1;
}

function beginRead(ip: Interpreter, h: Handle): State | null {
  const st = readyOpen(ip, h);
  if (st === null) return null;
  if (st.text === '' && st.tail.length === 0) {
    const readable = methodTruth(ip, ip.mem[h + BUFFER]!, 'readable');
    if (readable !== 1) {
      if (readable === 0) unsupported(ip, 'not readable');
      return null;
    }
  }
  return flushText(ip, h, st) ? st : null;
}

/** null with an exception; '' at the end. */
function readLine(ip: Interpreter, h: Handle, st: State, limit: number): string | null {
  let end = lineEnd(st);
  while (end < 0 && (limit < 0 || st.text.length - st.at < limit + 1)) {
    if (!readChunk(ip, h, st)) {
      if (ip.currentException !== 0) return null;
      end = lineEnd(st);
      if (end < 0) end = st.text.length;
      break;
    }
    end = lineEnd(st);
  }
  if (end < 0) end = st.text.length;
  if (limit >= 0) end = Math.min(end, st.at + limit);
  const text = translate(st, st.text.slice(st.at, end));
  st.at = end;
  return text;
}

function readText(ip: Interpreter, h: Handle, st: State, size: number): string | null {
  if (size < 0) {
    const data = callMethod(ip, ip.mem[h + BUFFER]!, 'read');
    if (data === 0) return null;
    if (!isBytes(ip, data)) {
      ip.raise('TypeError', `underlying read() should have returned a bytes-like object, not '${typeName(ip, data)}'`);
      ip.decref(data);
      return null;
    }
    const more = decode(ip, h, st, bytesValue(ip, data), true);
    ip.decref(data);
    if (more === null) return null;
    const text = translate(st, st.text.slice(st.at) + more);
    dropRead(ip, h, st);
    return text;
  }
  let out = '';
  let count = 0;
  while (count < size) {
    if (st.at >= st.text.length || endsOpen(st, st.text.length)) {
      if (!readChunk(ip, h, st)) {
        if (ip.currentException !== 0) return null;
        if (st.at >= st.text.length) break;
      }
      continue;
    }
    let end = st.at;
    for (; end < st.text.length && count < size; count++) {
      const c = st.text.charCodeAt(end);
      const pair =
        (c === 13 && st.newline === null && st.text.charCodeAt(end + 1) === 10) ||
        ((c & 0xfc00) === 0xd800 && (st.text.charCodeAt(end + 1) & 0xfc00) === 0xdc00);
      end += pair ? 2 : 1;
      if (c === 13 && end === st.text.length && endsOpen(st, end)) {
        end--;
        break;
      }
    }
    out += translate(st, st.text.slice(st.at, end));
    st.at = end;
  }
  return out;
}

// ---- positions ----------------------------------------------------------------------------------------------------------

function tell(ip: Interpreter, h: Handle): Handle {
  const st = readyOpen(ip, h);
  if (st === null) return 0;
  const buffer = ip.mem[h + BUFFER]!;
  const seekable = methodTruth(ip, buffer, 'seekable');
  if (seekable !== 1) return seekable < 0 ? 0 : unsupported(ip, 'underlying stream is not seekable');
  if (!flushText(ip, h, st) || !callDone(ip, h, 'flush')) return 0;
  const at = methodNumber(ip, buffer, 'tell');
  if (at === null) return 0;
  const rest = st.text.slice(st.at);
  if (rest === '') return intFromNumber(ip, at - st.tail.length);
  let size: number;
  if (st.codec === 'utf-8') size = utf8Encode(rest).length;
  else if (st.codec !== null) {
    const source = strFrom(ip, rest);
    const codec = st.wide ?? (st.codec === 'utf-16' || st.codec === 'utf-32' ? `${st.codec}-le` : st.codec);
    const data = encodeText(ip, source, rest, kindOf(rest), codec, st.errors);
    ip.decref(source);
    if (data === null) return 0;
    size = data.length;
  } else {
    const data = encode(ip, h, st, rest, 0);
    if (data === null) return 0;
    size = data.length;
  }
  return intFromNumber(ip, at - st.tail.length - size);
}

function seek(ip: Interpreter, h: Handle, [cookieArg, whenceArg]: Handle[]): Handle {
  const st = readyOpen(ip, h);
  const whence = st === null ? null : whenceArg === undefined ? 0 : asIndex(ip, whenceArg, 'OverflowError');
  if (st === null || whence === null) return 0;
  const buffer = ip.mem[h + BUFFER]!;
  const seekable = methodTruth(ip, buffer, 'seekable');
  if (seekable !== 1) return seekable < 0 ? 0 : unsupported(ip, 'underlying stream is not seekable');
  const offset = asIndex(ip, cookieArg!, 'OverflowError');
  if (offset === null) return 0;
  let target = offset;
  if (whence === 1) {
    if (offset !== 0) return unsupported(ip, "can't do nonzero cur-relative seeks");
    const here = methodNumber(ip, h, 'tell');
    if (here === null) return 0;
    target = here;
  } else if (whence === 2) {
    if (offset !== 0) return unsupported(ip, "can't do nonzero end-relative seeks");
  } else if (whence !== 0) return ip.raise('ValueError', `invalid whence (${whence}, should be 0, 1 or 2)`);
  if (target < 0) return ip.raise('ValueError', `negative seek position ${target}`);
  if (!callDone(ip, h, 'flush')) return 0;
  dropRead(ip, h, st);
  const args = [intFromNumber(ip, target), intFromNumber(ip, whence === 2 ? 2 : 0)];
  const at = methodNumber(ip, buffer, 'seek', args);
  for (const x of args) ip.decref(x);
  if (at === null) return 0;
  if (at === 0) {
    st.wide = null;
    st.wroteMark = false;
  }
  if (st.codec === null && !callDone(ip, ip.mem[h + DECODER]!, 'reset')) return 0;
  return intFromNumber(ip, at);
}

// ---- the rest -----------------------------------------------------------------------------------------------------------

function close(ip: Interpreter, h: Handle): Handle {
  const st = ready(ip, h);
  if (st === null) return 0;
  const buffer = ip.mem[h + BUFFER]!;
  const closed = attributeTruth(ip, buffer, 'closed');
  if (closed !== 0) return closed < 0 ? 0 : ip.None;
  if (st.finalizing) warnBelow(ip, h);
  const flushed = callDone(ip, h, 'flush');
  const error = ip.takeError();
  const r = callMethod(ip, buffer, 'close');
  if (flushed) return r;
  if (r !== 0) ip.decref(r);
  else ip.clearError();
  ip.restoreError(error);
  return 0;
}

function warnBelow(ip: Interpreter, h: Handle): void {
  const error = ip.takeError();
  if (!callDone(ip, ip.mem[h + BUFFER]!, '_dealloc_warn', [h])) ip.clearError();
  ip.restoreError(error);
}

function reconfigure(ip: Interpreter, h: Handle, args: Handle[]): Handle {
  const [encodingArg, errorsArg, newlineArg, lineArg, throughArg] = args as [Handle, Handle, Handle, Handle, Handle];
  const st = ready(ip, h);
  if (st === null) return 0;
  const encoding = textArgument(ip, encodingArg, 'encoding');
  const errors = textArgument(ip, errorsArg, 'errors');
  const newline = newlineArg === 0 ? st.newline : newlineArgument(ip, newlineArg, 'newline');
  if (encoding === undefined || errors === undefined || newline === undefined) return 0;
  const line = lineArg === 0 || lineArg === ip.None ? Number(st.lineBuffering) : isTrue(ip, lineArg);
  const through = throughArg === 0 || throughArg === ip.None ? Number(st.writeThrough) : isTrue(ip, throughArg);
  if (line < 0 || through < 0) return 0;
  if ((st.text !== '' || st.tail.length > 0) && (encoding !== null || errors !== null || newlineArg !== 0))
    return unsupported(ip, 'It is not possible to set the encoding or newline of stream after the first read');
  if (!callDone(ip, h, 'flush')) return 0;
  if (encoding !== null || errors !== null) {
    const old = { encoding: st.encoding, errors: st.errors };
    if (encoding !== null) {
      st.encoding = encoding === 'locale' ? 'UTF-8' : encoding;
      st.errors = errors ?? 'strict';
    } else st.errors = errors!;
    if (!setCodec(ip, h, st)) {
      Object.assign(st, old);
      return 0;
    }
  }
  st.newline = newline;
  st.lineBuffering = line === 1;
  st.writeThrough = through === 1;
  return ip.None;
}

const ofBuffer = (name: string): MethodDef => ({
  kind: 'noargs',
  fn: (ip: Interpreter, h) => (ready(ip, h) === null ? 0 : callMethod(ip, ip.mem[h + BUFFER]!, name)),
});

const METHODS: Record<string, MethodDef> = {
  write: { kind: 'o', fn: write },
  read: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, h, [sizeArg]) => {
      const size = ready(ip, h) === null ? null : sizeArgument(ip, sizeArg);
      const st = size === null ? null : beginRead(ip, h);
      if (st === null || size === null) return 0;
      const text = readText(ip, h, st, size);
      return text === null ? 0 : strFrom(ip, text);
    },
  },
  readline: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, h, [sizeArg]) => {
      const size = ready(ip, h) === null ? null : sizeArgument(ip, sizeArg);
      const st = size === null ? null : beginRead(ip, h);
      if (st === null || size === null) return 0;
      const text = readLine(ip, h, st, size);
      return text === null ? 0 : strFrom(ip, text);
    },
  },
  flush: {
    kind: 'noargs',
    fn: (ip: Interpreter, h) => {
      const st = readyOpen(ip, h);
      if (st === null || !flushText(ip, h, st)) return 0;
      return callMethod(ip, ip.mem[h + BUFFER]!, 'flush');
    },
  },
  close: { kind: 'noargs', fn: close },
  detach: {
    kind: 'noargs',
    fn: (ip: Interpreter, h) => {
      const st = ready(ip, h);
      if (st === null || !callDone(ip, h, 'flush')) return 0;
      st.detached = true;
      const buffer = ip.newRef(ip.mem[h + BUFFER]!);
      ip.heap.clearRef(h + BUFFER);
      return buffer;
    },
  },
  reconfigure: {
    kind: 'clinic',
    params: '*, encoding=, errors=, newline=, line_buffering=, write_through=',
    fn: (ip: Interpreter, h, args) => reconfigure(ip, h, args),
  },
  fileno: ofBuffer('fileno'),
  seekable: ofBuffer('seekable'),
  readable: ofBuffer('readable'),
  writable: ofBuffer('writable'),
  isatty: ofBuffer('isatty'),
  seek: { kind: 'fast', min: 1, max: 2, fn: seek },
  tell: { kind: 'noargs', fn: tell },
  truncate: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, h, [sizeArg]) => {
      if (ready(ip, h) === null || !callDone(ip, h, 'flush')) return 0;
      return callMethod(ip, ip.mem[h + BUFFER]!, 'truncate', sizeArg === undefined ? [] : [sizeArg]);
    },
  },
};

const GETSET: Record<string, GetSetDef> = {
  encoding: { get: (ip: Interpreter, h) => withState(ip, h, (st) => strFrom(ip, st.encoding)) },
  errors: { get: (ip: Interpreter, h) => withState(ip, h, (st) => strFrom(ip, st.errors)) },
  newlines: { get: (ip: Interpreter, h) => withState(ip, h, (st) => seenNewlines(ip, st.seen)) },
  line_buffering: { get: (ip: Interpreter, h) => withState(ip, h, (st) => ip.bool(st.lineBuffering)) },
  write_through: { get: (ip: Interpreter, h) => withState(ip, h, (st) => ip.bool(st.writeThrough)) },
  buffer: { get: (ip: Interpreter, h) => withState(ip, h, () => ip.newRef(ip.mem[h + BUFFER]!)) },
  closed: { get: (ip: Interpreter, h) => withState(ip, h, () => getAttrString(ip, ip.mem[h + BUFFER]!, 'closed')) },
  name: { get: (ip: Interpreter, h) => withState(ip, h, () => getAttrString(ip, ip.mem[h + BUFFER]!, 'name')) },
  _CHUNK_SIZE: {
    get: (ip: Interpreter, h) => withState(ip, h, () => intFromNumber(ip, CHUNK)),
    set: (ip: Interpreter, h) => (ready(ip, h) === null ? -1 : 0),
  },
  _finalizing: {
    get: (ip: Interpreter, h) => ip.bool(peekState<State>(ip, h)?.finalizing ?? false),
    set: (ip: Interpreter, h, value) => {
      const st = peekState<State>(ip, h);
      const truth = value === 0 ? 0 : isTrue(ip, value);
      if (st !== null) st.finalizing = truth === 1;
      return truth < 0 ? -1 : 0;
    },
  },
};

function withState(ip: Interpreter, h: Handle, answer: (st: State) => Handle): Handle {
  const st = ready(ip, h);
  return st === null ? 0 : answer(st);
}

function reprOf(ip: Interpreter, h: Handle): Handle {
  const st = peekState<State>(ip, h);
  const shown = (name: string): string | null => {
    const value = getOptionalAttr(ip, h, ip.id(name));
    if (value === 0) {
      if (ip.errorMatches('ValueError')) ip.clearError();
      return ip.currentException !== 0 ? null : '';
    }
    if (ip.reprEnter(h)) {
      ip.decref(value);
      ip.raise('RuntimeError', `reentrant call inside ${typeName(ip, h)}.__repr__`);
      return null;
    }
    const text = reprText(ip, value);
    ip.reprLeave(h);
    ip.decref(value);
    return text === null ? null : ` ${name}=${text}`;
  };
  const name = shown('name');
  const mode = name === null ? null : shown('mode');
  if (name === null || mode === null) return 0;
  return strFrom(ip, `<_io.TextIOWrapper${name}${mode} encoding='${st?.encoding ?? 'None'}'>`);
}

// ---- the standard streams in the whole type -------------------------------------------------------------------------------

/** Makes the buffer of a standard stream when somebody asks; set by the module. */
export const standardBuffer: { make: (ip: Interpreter, fd: number) => Handle } = { make: () => 0 };

type Fn = (rt: Runtime, h: Handle, ...rest: unknown[]) => Handle;

/** A method that does for the three streams what the first form of the type does. */
function orStandard(name: string, def: MethodDef): MethodDef {
  const own = standardStreamSpec.methods?.[name];
  if (own === undefined) return def;
  const [standard, full] = [own.fn as Fn, def.fn as Fn];
  const fn: Fn = (rt, h, ...rest) => (rt.mem[h + FILE_STREAM] !== 0 ? standard(rt, h, ...rest) : full(rt, h, ...rest));
  return { ...def, fn: fn as never };
}

function getterOrStandard(name: string, def: GetSetDef): GetSetDef {
  const own = standardStreamSpec.getset?.[name];
  const get: GetSetDef['get'] = (ip: Interpreter, h) => {
    if (ip.mem[h + FILE_STREAM] === 0) return def.get(ip, h);
    if (own !== undefined) return own.get(ip, h);
    if (name === 'buffer') {
      if (ip.mem[h + BUFFER] === 0) {
        const buffer = standardBuffer.make(ip, ip.mem[h + FILE_STREAM]! - 1);
        if (buffer === 0) return 0;
        ip.heap.set(h + BUFFER, buffer);
      }
      return ip.newRef(ip.mem[h + BUFFER]!);
    }
    return name === '_CHUNK_SIZE' ? intFromNumber(ip, CHUNK) : ip.False;
  };
  return { ...def, get };
}

const isStream = (rt: Runtime, h: Handle): boolean => rt.mem[h + FILE_STREAM] !== 0;

/** Becomes an ordinary file over its descriptor: what `reconfigure` and `detach` of a standard stream need. */
function ordinary(ip: Interpreter, h: Handle): boolean {
  if (!isStream(ip, h)) return true;
  const buffer = GETSET_ALL.buffer!.get(ip, h);
  if (buffer === 0) return false;
  const errors = strFrom(ip, ip.mem[h + FILE_STREAM] === 3 ? 'backslashreplace' : 'strict');
  const encoding = strFrom(ip, 'utf-8');
  const ok = init(ip, h, [buffer, encoding, errors, ip.None, ip.False, ip.True], null) === 0;
  for (const x of [buffer, errors, encoding]) ip.decref(x);
  return ok;
}

const becoming = (def: MethodDef): MethodDef => {
  const full = def.fn as Fn;
  const fn: Fn = (rt, h, ...rest) => (ordinary(rt as Interpreter, h) ? full(rt, h, ...rest) : 0);
  return { ...def, fn: fn as never };
};

const GETSET_ALL: Record<string, GetSetDef> = Object.fromEntries(
  Object.entries(GETSET).map(([name, def]) => [name, getterOrStandard(name, def)]),
);

export const textIOWrapperSpec: TypeSpec = ioType({
  name: 'TextIOWrapper',
  basicsize: 200,
  refs: 3,
  slots: {
    tp_finalize(ip: Interpreter, h) {
      if (!isStream(ip, h)) finalizeFile(ip, h);
    },
    tp_init: init,
    // `mode` is an attribute that `open` sets; the standard streams have it without.
    tp_getattro: (ip: Interpreter, h, name) =>
      isStream(ip, h) && strValue(ip, name) === 'mode'
        ? standardStreamSpec.getset!.mode!.get(ip, h)
        : genericGetAttr(ip, h, name),
    tp_setattro: genericSetAttr,
    tp_repr: (ip: Interpreter, h) => (isStream(ip, h) ? standardStreamSpec.slots.tp_repr!(ip, h) : reprOf(ip, h)),
    tp_iternext(ip: Interpreter, h) {
      if (isStream(ip, h)) return standardStreamSpec.slots.tp_iternext!(ip, h);
      const st = beginRead(ip, h);
      const text = st === null ? null : readLine(ip, h, st, -1);
      return text === null || text === '' ? 0 : strFrom(ip, text);
    },
  },
  methods: {
    ...Object.fromEntries(Object.entries(METHODS).map(([name, def]) => [name, orStandard(name, def)])),
    reconfigure: becoming(METHODS.reconfigure!),
    detach: becoming(METHODS.detach!),
  },
  getset: GETSET_ALL,
});
textIOWrapperSpec.words = Math.max(textIOWrapperSpec.words, FILE_WORDS);
