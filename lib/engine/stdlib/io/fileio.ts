/** `io.FileIO` (Modules/_io/fileio.c): a file descriptor as an object. */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import { asIndex, getOptionalAttr, isInt, isStr, isTrue, reprText, setAttr, typeName } from '../../objects/abstract';
import { newBytes } from '../../objects/bytes';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { warnFromFrame } from '../../modules/warn';
import { FileError, O_APPEND, O_CREAT, O_EXCL, O_RDWR, O_TRUNC, O_WRONLY, S_IFDIR, S_IFMT } from '../../vm/files';
import type { Interpreter } from '../../vm/interpreter';
import { attempt, filesOf, pathArgument, raiseOSError } from '../posix/paths';
import { readFd, writeFd } from '../posix/index';
import { finalizeFile } from './iobase';
import { copyBytes, ioType, peekState, readInto, setState, sizeArgument, stateOf, unsupported } from './support';

export interface FileState {
  fd: number;
  readable: boolean;
  writable: boolean;
  appending: boolean;
  created: boolean;
  closefd: boolean;
  finalizing: boolean;
  /** `st_blksize`. */
  blksize: number;
}

const INIT = params('FileIO', 'file, mode=, closefd=, opener=');
const O_CLOEXEC = 0o2000000;

function openFile(rt: Runtime, h: Handle): FileState | null {
  const st = stateOf<FileState>(rt, h);
  if (st === null) return null;
  if (st.fd >= 0) return st;
  rt.raise('ValueError', 'I/O operation on closed file');
  return null;
}

/** The flags of a mode, in the state; null with ValueError. */
function parseMode(rt: Runtime, mode: string, st: FileState): number | null {
  let kinds = 0;
  let plus = false;
  let flags = 0;
  for (const c of mode) {
    if ('xrwa'.includes(c)) kinds++;
    if (c === 'x' || c === 'w' || c === 'a') st.writable = true;
    if (c === 'x') {
      st.created = true;
      flags |= O_EXCL | O_CREAT;
    } else if (c === 'r') st.readable = true;
    else if (c === 'w') flags |= O_CREAT | O_TRUNC;
    else if (c === 'a') {
      st.appending = true;
      flags |= O_APPEND | O_CREAT;
    } else if (c === '+') {
      if (plus) kinds = 2;
      plus = true;
    } else if (c !== 'b') {
      rt.raise('ValueError', `invalid mode: ${mode}`);
      return null;
    }
  }
  if (kinds !== 1) {
    rt.raise('ValueError', 'Must have exactly one of create/read/write/append mode and at most one plus');
    return null;
  }
  if (plus) st.readable = st.writable = true;
  flags |= st.readable && st.writable ? O_RDWR : st.readable ? 0 : O_WRONLY;
  return flags | O_CLOEXEC;
}

function init(ip: Interpreter, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const a = parseArgs(ip, INIT, args, kwnames);
  if (a === null) return -1;
  const [file, modeArg, closefdArg, opener] = a as [Handle, Handle, Handle, Handle];
  const old = peekState<FileState>(ip, h);
  if (old !== null && old.fd >= 0) {
    if (old.closefd && !closeDescriptor(ip, old.fd)) return -1;
    old.fd = -1;
  }
  const st: FileState = {
    fd: -1,
    readable: false,
    writable: false,
    appending: false,
    created: false,
    closefd: true,
    finalizing: false,
    blksize: 8192,
  };
  setState(ip, h, st);
  const closefd = closefdArg === 0 ? 1 : isTrue(ip, closefdArg);
  if (closefd < 0) return -1;
  if (modeArg !== 0 && !isStr(ip, modeArg))
    return ip.raiseInt('TypeError', `FileIO() argument 'mode' must be str, not ${typeName(ip, modeArg)}`);
  const flags = parseMode(ip, modeArg === 0 ? 'r' : strValue(ip, modeArg), st);
  if (flags === null) return -1;
  st.closefd = closefd === 1;
  if (isInt(ip, file)) {
    if (ip.is(file, ip.types.bool)) {
      const text = strFrom(ip, 'bool is used as a file descriptor');
      const r = warnFromFrame(ip, ip.types.RuntimeWarning.handle, text, 1);
      ip.decref(text);
      if (r < 0) return -1;
    }
    const fd = asIndex(ip, file, 'OverflowError');
    if (fd === null) return -1;
    if (fd < 0) return ip.raiseInt('ValueError', 'negative file descriptor');
    if (fd > 2 && attempt(ip, () => filesOf(ip).fstat(fd)) === null) return -1;
    st.fd = fd;
  } else if (!openByName(ip, st, file, flags, opener)) return -1;
  if (setAttr(ip, h, ip.id('name'), file) < 0) return -1;
  if (st.appending && st.fd > 2) {
    try {
      filesOf(ip).seek(st.fd, 0, 2);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }
  return 0;
}

function openByName(ip: Interpreter, st: FileState, file: Handle, flags: number, opener: Handle): boolean {
  if (!st.closefd) {
    ip.raise('ValueError', 'Cannot use closefd=False with file name');
    return false;
  }
  const path = pathArgument(ip, file, 'open');
  if (path === null) return false;
  if (opener === 0 || opener === ip.None) {
    const fd = attempt(ip, () => filesOf(ip).open(path.text, flags, 0o666), file);
    if (fd === null) return false;
    st.fd = fd;
  } else {
    const number = intFromNumber(ip, flags);
    const r = ip.call(opener, [file, number]);
    ip.decref(number);
    if (r === 0) return false;
    const isNumber = isInt(ip, r);
    const fd = isNumber ? asIndex(ip, r, 'OverflowError') : null;
    ip.decref(r);
    if (fd === null) {
      if (!isNumber) ip.raise('TypeError', 'expected integer from opener');
      return false;
    }
    if (fd < 0) {
      ip.raise('ValueError', `opener returned ${fd}`);
      return false;
    }
    st.fd = fd;
  }
  const s = attempt(ip, () => filesOf(ip).fstat(st.fd), file);
  if (s !== null && (s.mode & S_IFMT) !== S_IFDIR) return true;
  if (s !== null) raiseOSError(ip, 'EISDIR', file);
  const error = ip.takeError();
  closeDescriptor(ip, st.fd);
  st.fd = -1;
  ip.restoreError(error);
  return false;
}

function closeDescriptor(ip: Interpreter, fd: number): boolean {
  if (fd < 3) return true;
  return attempt(ip, () => filesOf(ip).close(fd) ?? true) !== null;
}

function resourceWarning(ip: Interpreter, source: Handle): void {
  const shown = reprText(ip, source);
  if (shown === null) {
    ip.writeUnraisable('Exception ignored while finalizing file', source);
    return;
  }
  const text = strFrom(ip, `unclosed file ${shown}`);
  if (warnFromFrame(ip, ip.types.ResourceWarning.handle, text, 1, source) < 0)
    ip.writeUnraisable('Exception ignored while finalizing file', source);
  ip.decref(text);
}

/** `fileio_dealloc_warn`. */
export function warnUnclosed(ip: Interpreter, h: Handle, source: Handle): void {
  const st = peekState<FileState>(ip, h);
  if (st === null || st.fd < 0 || !st.closefd) return;
  const error = ip.takeError();
  resourceWarning(ip, source);
  ip.restoreError(error);
}

function close(ip: Interpreter, h: Handle): Handle {
  const st = peekState<FileState>(ip, h);
  // As the base class's close does: the attribute that says so.
  const done = setAttr(ip, h, ip.id('__IOBase_closed'), ip.True);
  if (done < 0) return 0;
  if (st === null) return ip.None;
  if (!st.closefd) {
    st.fd = -1;
    return ip.None;
  }
  if (st.finalizing) warnUnclosed(ip, h, h);
  const { fd } = st;
  st.fd = -1;
  return fd < 0 || closeDescriptor(ip, fd) ? ip.None : 0;
}

const modeName = (st: FileState): string => {
  if (st.created) return st.readable ? 'xb+' : 'xb';
  if (st.appending) return st.readable ? 'ab+' : 'ab';
  if (st.readable) return st.writable ? 'rb+' : 'rb';
  return 'wb';
};

const badMode = (rt: Runtime, action: string): 0 => unsupported(rt, `File not open for ${action}`);

/** All that is left. null with an exception. */
export function readAllOf(ip: Interpreter, fd: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const piece = readFd(ip, fd, 1 << 20);
    if (piece === null) return null;
    if (piece.length === 0) break;
    chunks.push(piece);
    total += piece.length;
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const c of chunks) {
    out.set(c, at);
    at += c.length;
  }
  return out;
}

function read(ip: Interpreter, h: Handle, [sizeArg]: Handle[]): Handle {
  const st = openFile(ip, h);
  if (st === null) return 0;
  if (!st.readable) return badMode(ip, 'reading');
  const size = sizeArgument(ip, sizeArg);
  if (size === null) return 0;
  const data = size < 0 ? readAllOf(ip, st.fd) : readFd(ip, st.fd, size);
  return data === null ? 0 : newBytes(ip, data);
}

function seekTo(ip: Interpreter, st: FileState, offset: number, whence: number): Handle {
  const at = attempt(ip, () => {
    if (st.fd < 3) throw new FileError('ESPIPE');
    return filesOf(ip).seek(st.fd, offset, whence);
  });
  return at === null ? 0 : intFromNumber(ip, at);
}

export function isSeekable(ip: Interpreter, fd: number): boolean {
  if (fd < 3) return false;
  try {
    filesOf(ip).seek(fd, 0, 1);
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

const whenOpen = (answer: (ip: Interpreter, st: FileState) => Handle): MethodDef => ({
  kind: 'noargs',
  fn: (ip: Interpreter, h) => {
    const st = openFile(ip, h);
    return st === null ? 0 : answer(ip, st);
  },
});

export const fileIOSpec: TypeSpec = ioType({
  name: 'FileIO',
  basicsize: 48,
  slots: {
    tp_finalize: finalizeFile,
    tp_init: init,
    tp_repr(ip: Interpreter, h) {
      const st = peekState<FileState>(ip, h);
      if (st === null || st.fd < 0) return strFrom(ip, `<${typeName(ip, h)} [closed]>`);
      const name = getOptionalAttr(ip, h, ip.id('name'));
      if (name === 0 && ip.currentException !== 0) return 0;
      const closefd = st.closefd ? 'True' : 'False';
      const shown = name === 0 ? `fd=${st.fd}` : `name=${reprText(ip, name)}`;
      ip.xdecref(name);
      return strFrom(ip, `<${typeName(ip, h)} ${shown} mode='${modeName(st)}' closefd=${closefd}>`);
    },
  },
  methods: {
    read: { kind: 'fast', min: 0, max: 1, fn: read },
    readall: { kind: 'noargs', fn: (ip: Interpreter, h) => read(ip, h, []) },
    readinto: {
      kind: 'o',
      fn: (ip: Interpreter, h, target) => {
        const st = openFile(ip, h);
        if (st === null) return 0;
        if (!st.readable) return badMode(ip, 'reading');
        const n = readInto(ip, target, 'readinto', (size) => readFd(ip, st.fd, size));
        return n < 0 ? 0 : intFromNumber(ip, n);
      },
    },
    write: {
      kind: 'o',
      fn: (ip: Interpreter, h, arg) => {
        const st = openFile(ip, h);
        if (st === null) return 0;
        if (!st.writable) return badMode(ip, 'writing');
        const data = copyBytes(ip, arg);
        const n = data === null ? -1 : writeFd(ip, st.fd, data);
        return n < 0 ? 0 : intFromNumber(ip, n);
      },
    },
    seek: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (ip: Interpreter, h, [offsetArg, whenceArg]) => {
        const st = openFile(ip, h);
        const offset = st === null ? null : asIndex(ip, offsetArg!, 'OverflowError');
        const whence = whenceArg === undefined ? 0 : asIndex(ip, whenceArg, 'OverflowError');
        return st === null || offset === null || whence === null ? 0 : seekTo(ip, st, offset, whence);
      },
    },
    tell: whenOpen((ip, st) => seekTo(ip, st, 0, 1)),
    truncate: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (ip: Interpreter, h, [sizeArg]) => {
        const st = openFile(ip, h);
        if (st === null) return 0;
        if (!st.writable) return badMode(ip, 'writing');
        let size: number | null;
        if (sizeArg === undefined || sizeArg === ip.None) size = attempt(ip, () => filesOf(ip).seek(st.fd, 0, 1));
        else size = asIndex(ip, sizeArg, 'OverflowError');
        if (size === null) return 0;
        const n = size;
        if (n < 0) return raiseOSError(ip, 'EINVAL');
        return attempt(ip, () => filesOf(ip).truncate(st.fd, n) ?? true) === null ? 0 : intFromNumber(ip, n);
      },
    },
    close: { kind: 'noargs', fn: close },
    seekable: whenOpen((ip, st) => ip.bool(isSeekable(ip, st.fd))),
    readable: whenOpen((ip, st) => ip.bool(st.readable)),
    writable: whenOpen((ip, st) => ip.bool(st.writable)),
    fileno: whenOpen((ip, st) => intFromNumber(ip, st.fd)),
    isatty: whenOpen((ip) => ip.False),
    _isatty_open_only: whenOpen((ip) => ip.False),
    _dealloc_warn: {
      kind: 'o',
      fn: (ip: Interpreter, h, source) => {
        warnUnclosed(ip, h, source);
        return ip.None;
      },
    },
  },
  getset: {
    closed: { get: (ip: Interpreter, h) => ip.bool((peekState<FileState>(ip, h)?.fd ?? -1) < 0) },
    closefd: { get: (ip: Interpreter, h) => ip.bool(peekState<FileState>(ip, h)?.closefd ?? true) },
    mode: { get: (ip: Interpreter, h) => strFrom(ip, modeName(peekState<FileState>(ip, h)!)) },
    _blksize: { get: (ip: Interpreter, h) => intFromNumber(ip, peekState<FileState>(ip, h)?.blksize ?? 8192) },
    _finalizing: {
      get: (ip: Interpreter, h) => ip.bool(peekState<FileState>(ip, h)?.finalizing ?? false),
      set: (ip: Interpreter, h, value) => {
        const st = peekState<FileState>(ip, h);
        const truth = value === 0 ? 0 : isTrue(ip, value);
        if (st !== null) st.finalizing = truth === 1;
        return truth < 0 ? -1 : 0;
      },
    },
  },
});
