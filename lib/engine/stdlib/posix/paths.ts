/** What the calls of `posix` share: paths as arguments, OSError, the file system and its status tuples. */
import type { Handle } from '../../heap/layout';
import { asIndex, getAttrString, isBytes, isInt, isStr, typeName } from '../../objects/abstract';
import { bytesValue, newBytes } from '../../objects/bytes';
import { newFloat } from '../../objects/float';
import { intFromBigInt, intFromNumber } from '../../objects/int';
import { strFrom, strValue } from '../../objects/str';
import { typeLookup } from '../../objects/type-lookup';
import { FileError, type FileStatus, type FileSystem } from '../../vm/files';
import type { Interpreter } from '../../vm/interpreter';
import { errno, errorText } from '../errno';
import { MemoryFiles } from '../memory-files';
import { newStructSequence, type StructSequence } from '../struct-sequence';
import { utf8Decode, utf8Encode } from '../utf8';

const FILES = 'posix.files';

/** The files that this interpreter works on. */
export function filesOf(ip: Interpreter): FileSystem {
  const { files, initialFiles, folder } = ip.host;
  if (files !== undefined) return files;
  let own = ip.moduleState.get(FILES) as MemoryFiles | undefined;
  if (own === undefined) {
    own = new MemoryFiles(folder);
    for (const [path, text] of Object.entries(initialFiles ?? {})) own.addFile(path, text);
    ip.moduleState.set(FILES, own);
  }
  return own;
}

/** `PyErr_SetFromErrnoWithFilenameObjects`: OSError or the subclass for that number. */
export function raiseOSError(ip: Interpreter, code: string, path: Handle = 0, path2: Handle = 0): 0 {
  const number = errno(code) || errno('EIO');
  const args = [intFromNumber(ip, number), strFrom(ip, errorText(number))];
  if (path !== 0) args.push(ip.newRef(path));
  if (path2 !== 0) args.push(ip.None, ip.newRef(path2));
  const exc = ip.call(ip.types.OSError.handle, args);
  for (const h of args) ip.decref(h);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** Does a call on the files; null with OSError. */
export function attempt<T>(ip: Interpreter, work: () => T, path: Handle = 0, path2: Handle = 0): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    raiseOSError(ip, error.code, path, path2);
    return null;
  }
}

export interface PathArgument {
  readonly text: string;
  /** A file descriptor in place of a path; -1: none. */
  readonly fd: number;
  /** Results are bytes. */
  readonly isBytes: boolean;
  /** What the exception names: the argument itself. */
  readonly object: Handle;
}

/** `path_converter`: null with an exception. `what` is the function's name in messages. */
export function pathArgument(
  ip: Interpreter,
  h: Handle,
  what: string,
  allow: { fd?: boolean; none?: boolean; name?: string } = {},
): PathArgument | null {
  const name = allow.name ?? 'path';
  if (allow.none === true && (h === 0 || h === ip.None)) return { text: '.', fd: -1, isBytes: false, object: ip.None };
  const fail = (given: Handle): null => {
    const kinds = `string, bytes${allow.fd === true ? ', os.PathLike or integer' : allow.none === true ? ', os.PathLike or None' : ' or os.PathLike'}`;
    const all = allow.fd === true && allow.none === true ? 'string, bytes, os.PathLike, integer or None' : kinds;
    ip.raise('TypeError', `${what}: ${name} should be ${all}, not ${typeName(ip, given)}`);
    return null;
  };
  if (allow.fd === true && isInt(ip, h) && !isStr(ip, h)) {
    const fd = asIndex(ip, h, 'OverflowError');
    return fd === null ? null : { text: '', fd, isBytes: false, object: h };
  }
  let value = ip.newRef(h);
  if (!isStr(ip, h) && !isBytes(ip, h)) {
    ip.decref(value);
    if (typeLookup(ip, ip.tp(h), ip.id('__fspath__')) === 0) return fail(h);
    const method = getAttrString(ip, h, '__fspath__');
    if (method === 0) return null;
    value = ip.call(method, []);
    ip.decref(method);
    if (value === 0) return null;
    if (!isStr(ip, value) && !isBytes(ip, value)) {
      ip.raise(
        'TypeError',
        `expected ${typeName(ip, h)}.__fspath__() to return str or bytes, not ${typeName(ip, value)}`,
      );
      ip.decref(value);
      return null;
    }
  }
  const bytes = isBytes(ip, value);
  const text = bytes ? utf8Decode(bytesValue(ip, value)) : strValue(ip, value);
  ip.decref(value);
  if (text.includes('\0')) {
    ip.raise('ValueError', `${what}: embedded null ${bytes ? 'byte' : `character in ${name}`}`);
    return null;
  }
  return { text, fd: -1, isBytes: bytes, object: h };
}

/** A name for the program, as bytes where it asked with bytes. */
export function pathResult(ip: Interpreter, text: string, asBytes: boolean): Handle {
  return asBytes ? newBytes(ip, utf8Encode(text)) : strFrom(ip, text);
}

export const STAT_RESULT: StructSequence = {
  module: 'os',
  name: 'stat_result',
  fields: [
    ...['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size'],
    ...[null, null, null],
    ...['st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns'],
    ...['st_blksize', 'st_blocks', 'st_rdev'],
  ],
  visible: 10,
};

export function statResult(ip: Interpreter, s: FileStatus): Handle {
  const times = [s.atimeMs, s.mtimeMs, s.ctimeMs];
  return newStructSequence(ip, STAT_RESULT, [
    ...[s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size].map((n) => intFromNumber(ip, n)),
    ...times.map((t) => intFromNumber(ip, Math.floor(t / 1000))),
    ...times.map((t) => newFloat(ip, t / 1000)),
    ...times.map((t) => intFromBigInt(ip, BigInt(Math.round(t * 1000)) * 1000n)),
    ...[4096, Math.ceil(s.size / 512), 0].map((n) => intFromNumber(ip, n)),
  ]);
}
