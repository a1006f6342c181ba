/**
 * `posix` (Modules/posixmodule.c): files, folders, the environment and what else `os` is made of.
 * DIFFERS: no processes: `fork`, `exec`, `spawn` and their like do not exist, as in CPython's builds for the web.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec } from '../../heap/object';
import { genericAlias } from '../../objects/dict-methods';
import { asIndex, isInt, isStr, isTrue, isTuple, reprText, typeName } from '../../objects/abstract';
import { dictSet, newDict } from '../../objects/dict';
import { bytesValue, newBytes } from '../../objects/bytes';
import { newFloat } from '../../objects/float';
import { intFromNumber, intToBigInt } from '../../objects/int';
import { newList } from '../../objects/list';
import { asDouble, bytesLike } from '../../objects/number-convert';
import { allocInstance, freeObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { callSpecial } from '../../objects/slotdefs';
import { strFrom } from '../../objects/str';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { moduleType, typeOfModule, type NativeModule } from '../../modules/define';
import { FileError, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG } from '../../vm/files';
import type { Interpreter } from '../../vm/interpreter';
import { errno, errorText } from '../errno';
import { newStructSequence, type StructSequence, structSequenceType } from '../struct-sequence';
import { utf8Decode, utf8Encode } from '../utf8';
import {
  attempt,
  filesOf,
  type PathArgument,
  pathArgument,
  pathResult,
  raiseOSError,
  STAT_RESULT,
  statResult,
} from './paths';

// ---- the standard streams as descriptors ----------------------------------------------------------------------------

/** `read(2)`: null with OSError. */
export function readFd(ip: Interpreter, fd: number, size: number): Uint8Array | null {
  if (fd === 0) return readStdin(ip, size);
  if (fd === 1 || fd === 2) {
    raiseOSError(ip, 'EBADF');
    return null;
  }
  return attempt(ip, () => filesOf(ip).read(fd, size));
}

const PENDING = 'posix.stdin';

function readStdin(ip: Interpreter, size: number): Uint8Array {
  let data = ip.moduleState.get(PENDING) as Uint8Array | undefined;
  if (data === undefined || data.length === 0) data = utf8Encode(ip.stdin() ?? '');
  ip.moduleState.set(PENDING, data.subarray(size));
  return data.slice(0, size);
}

/** `write(2)`: bytes written, or -1 with OSError. */
export function writeFd(ip: Interpreter, fd: number, data: Uint8Array): number {
  if (fd === 0) {
    raiseOSError(ip, 'EBADF');
    return -1;
  }
  if (fd === 1 || fd === 2) {
    const text = utf8Decode(data);
    if (fd === 1) ip.writeStdout(text);
    else ip.writeStderr(text);
    return data.length;
  }
  return attempt(ip, () => filesOf(ip).write(fd, data)) ?? -1;
}

// ---- arguments ------------------------------------------------------------------------------------------------------

function number(ip: Interpreter, h: Handle | undefined, fallback: number): number | null {
  if (h === undefined || h === 0) return fallback;
  return asIndex(ip, h, 'OverflowError');
}

/** An int or an object with `fileno()`. */
function fdArgument(ip: Interpreter, h: Handle): number | null {
  if (ip.tp(h).nb_index !== null) return asIndex(ip, h, 'OverflowError');
  ip.raise('TypeError', `argument must be an int, or have a fileno() method.`);
  return null;
}

/** `dir_fd=` and its like: given at all, it must be None. */
function onlyNone(ip: Interpreter, name: string, what: string, h: Handle | undefined): boolean {
  if (h === undefined || h === 0 || h === ip.None) return true;
  ip.raise('NotImplementedError', `${name}: ${what} unavailable on this platform`);
  return false;
}

/** A call on one path that answers with None. */
const onPath =
  (name: string, work: (ip: Interpreter, path: string, mode: number) => void) =>
  (ip: Interpreter, _m: Handle, args: Handle[]): Handle => {
    const path = pathArgument(ip, args[0]!, name);
    if (path === null) return 0;
    const mode = number(ip, args[1], 0o777);
    if (mode === null) return 0;
    return attempt(ip, () => work(ip, path.text, mode), path.object) === null ? 0 : ip.None;
  };

// `attempt` answers null for failure: work that gives nothing must give something.
const done =
  (work: (ip: Interpreter, path: string, mode: number) => void) => (ip: Interpreter, p: string, m: number) => {
    work(ip, p, m);
    return true;
  };

const pathMethod = (
  name: string,
  params: string,
  work: (ip: Interpreter, path: string, mode: number) => void,
): MethodDef => ({
  kind: 'clinic',
  params,
  fn: onPath(name, done(work)),
});

function statOf(ip: Interpreter, path: PathArgument, follow: boolean): Handle {
  const s = attempt(
    ip,
    () => {
      if (path.fd < 0) return filesOf(ip).stat(path.text, follow);
      if (path.fd < 3) return standardStatus(path.fd);
      return filesOf(ip).fstat(path.fd);
    },
    path.fd < 0 ? path.object : 0,
  );
  return s === null ? 0 : statResult(ip, s);
}

function standardStatus(fd: number) {
  if (fd < 0) throw new FileError('EBADF');
  return { mode: 0o010600, ino: fd + 1, dev: 1, nlink: 1, uid: 0, gid: 0, size: 0, atimeMs: 0, mtimeMs: 0, ctimeMs: 0 };
}

// ---- scandir --------------------------------------------------------------------------------------------------------

const ENTRY_NAME = 2;
const ENTRY_PATH = 3;

const entrySpec: TypeSpec = {
  name: 'DirEntry',
  module: 'posix',
  words: 2,
  basicsize: 72,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.clearRef(h + ENTRY_NAME);
      rt.heap.clearRef(h + ENTRY_PATH);
      freeObject(rt, h);
    },
    tp_ledger(rt: Runtime, h, visit) {
      for (const w of [ENTRY_NAME, ENTRY_PATH]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_repr(rt: Runtime, h) {
      const name = reprText(rt, rt.mem[h + ENTRY_NAME]!);
      return name === null ? 0 : strFrom(rt, `<DirEntry ${name}>`);
    },
  },
  methods: {
    is_dir: {
      kind: 'clinic',
      params: '*, follow_symlinks=',
      fn: (ip: Interpreter, h, [f]) => isKind(ip, h, S_IFDIR, f!),
    },
    is_file: {
      kind: 'clinic',
      params: '*, follow_symlinks=',
      fn: (ip: Interpreter, h, [f]) => isKind(ip, h, S_IFREG, f!),
    },
    is_symlink: { kind: 'noargs', fn: (ip: Interpreter, h) => isKind(ip, h, S_IFLNK, ip.False) },
    is_junction: { kind: 'noargs', fn: (rt: Runtime) => rt.False },
    inode: {
      kind: 'noargs',
      fn: (ip: Interpreter, h) => {
        const path = pathArgument(ip, ip.mem[h + ENTRY_PATH]!, 'inode');
        if (path === null) return 0;
        const s = attempt(ip, () => filesOf(ip).stat(path.text, false), path.object);
        return s === null ? 0 : intFromNumber(ip, s.ino);
      },
    },
    stat: {
      kind: 'clinic',
      params: '*, follow_symlinks=',
      fn: (ip: Interpreter, h, [follow]) => {
        const path = pathArgument(ip, ip.mem[h + ENTRY_PATH]!, 'stat');
        const truth = follow === 0 ? 1 : isTrue(ip, follow!);
        return path === null || truth < 0 ? 0 : statOf(ip, path, truth === 1);
      },
    },
    __fspath__: { kind: 'noargs', fn: (rt: Runtime, h) => rt.newRef(rt.mem[h + ENTRY_PATH]!) },
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: {
    name: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ENTRY_NAME]!) },
    path: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + ENTRY_PATH]!) },
  },
};

function isKind(ip: Interpreter, h: Handle, kind: number, followArg: Handle): Handle {
  const follow = followArg === 0 ? 1 : isTrue(ip, followArg);
  if (follow < 0) return 0;
  const path = pathArgument(ip, ip.mem[h + ENTRY_PATH]!, 'stat');
  if (path === null) return 0;
  try {
    return ip.bool((filesOf(ip).stat(path.text, follow === 1).mode & S_IFMT) === kind);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.code === 'ENOENT' ? ip.False : raiseOSError(ip, error.code, path.object);
  }
}

const SCAN_LIST = 2;
const SCAN_AT = 3;

const scanSpec: TypeSpec = {
  name: 'ScandirIterator',
  module: 'posix',
  words: 2,
  basicsize: 120,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.clearRef(h + SCAN_LIST);
      freeObject(rt, h);
    },
    tp_ledger(rt: Runtime, h, visit) {
      if (rt.mem[h + SCAN_LIST] !== 0) visit(rt.mem[h + SCAN_LIST]!, h + SCAN_LIST);
    },
    tp_iter: (rt: Runtime, h) => rt.newRef(h),
    tp_iternext(rt: Runtime, h) {
      const all = rt.mem[h + SCAN_LIST]!;
      const at = rt.mem[h + SCAN_AT]!;
      if (all === 0 || at >= tupleSize(rt, all)) {
        rt.heap.clearRef(h + SCAN_LIST);
        return 0;
      }
      rt.heap.set(h + SCAN_AT, at + 1);
      return rt.newRef(tupleItem(rt, all, at));
    },
  },
  methods: {
    close: { kind: 'noargs', fn: closeScan },
    __enter__: { kind: 'noargs', fn: (rt: Runtime, h) => rt.newRef(h) },
    __exit__: { kind: 'fast', min: 0, max: -1, fn: closeScan },
  },
};

function closeScan(rt: Runtime, h: Handle): Handle {
  rt.heap.clearRef(h + SCAN_LIST);
  return rt.None;
}

function scandir(ip: Interpreter, arg: Handle): Handle {
  const path = pathArgument(ip, arg, 'scandir', { none: true });
  if (path === null) return 0;
  const names = attempt(ip, () => filesOf(ip).list(path.text), path.object === ip.None ? 0 : path.object);
  if (names === null) return 0;
  const prefix = path.text.endsWith('/') ? path.text : `${path.text}/`;
  const entries = names.map((name) => {
    const h = allocInstance(ip, typeOfModule(ip, 'posix.DirEntry'));
    ip.heap.set(h + ENTRY_NAME, pathResult(ip, name, path.isBytes));
    ip.heap.set(h + ENTRY_PATH, pathResult(ip, prefix + name, path.isBytes));
    return h;
  });
  const it = allocInstance(ip, typeOfModule(ip, 'posix.ScandirIterator'));
  ip.heap.set(it + SCAN_LIST, newTuple(ip, entries));
  return it;
}

// ---- tuples with names ----------------------------------------------------------------------------------------------

const UNAME: StructSequence = {
  module: 'posix',
  name: 'uname_result',
  fields: ['sysname', 'nodename', 'release', 'version', 'machine'],
  visible: 5,
};
const TERMINAL_SIZE: StructSequence = { module: 'os', name: 'terminal_size', fields: ['columns', 'lines'], visible: 2 };
const TIMES: StructSequence = {
  module: 'posix',
  name: 'times_result',
  fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'],
  visible: 5,
};
const STATVFS: StructSequence = {
  module: 'os',
  name: 'statvfs_result',
  fields: [
    ...['f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag'],
    ...['f_namemax', 'f_fsid'],
  ],
  visible: 10,
};
const SCHED_PARAM: StructSequence = { module: 'posix', name: 'sched_param', fields: ['sched_priority'], visible: 1 };

// ---- functions ------------------------------------------------------------------------------------------------------

function open(ip: Interpreter, _m: Handle, [pathArg, flagsArg, modeArg, dirFd]: Handle[]): Handle {
  const path = pathArgument(ip, pathArg!, 'open');
  const flags = path === null ? null : asIndex(ip, flagsArg!, 'OverflowError');
  const mode = flags === null ? null : number(ip, modeArg, 0o777);
  if (path === null || flags === null || mode === null || !onlyNone(ip, 'open', 'dir_fd', dirFd)) return 0;
  const fd = attempt(ip, () => filesOf(ip).open(path.text, flags, mode), path.object);
  return fd === null ? 0 : intFromNumber(ip, fd);
}

function closeFd(ip: Interpreter, fd: number): boolean {
  if (fd >= 0 && fd < 3) return true;
  return (
    attempt(ip, () => {
      filesOf(ip).close(fd);
      return true;
    }) !== null
  );
}

function exists(ip: Interpreter, path: string, follow = true): boolean {
  try {
    filesOf(ip).stat(path, follow);
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function rename(ip: Interpreter, [src, dst]: Handle[], what: string): Handle {
  const from = pathArgument(ip, src!, what, { name: 'src' });
  const to = from === null ? null : pathArgument(ip, dst!, what, { name: 'dst' });
  if (from === null || to === null) return 0;
  const work = () => {
    filesOf(ip).rename(from.text, to.text);
    return true;
  };
  return attempt(ip, work, from.object, to.object) === null ? 0 : ip.None;
}

function utime(ip: Interpreter, args: Handle[]): Handle {
  const [pathArg, times, ns] = args as [Handle, Handle, Handle];
  const path = pathArgument(ip, pathArg, 'utime', { fd: true });
  if (path === null) return 0;
  let pair: [number, number] = [Date.now(), Date.now()];
  const given = times !== 0 && times !== ip.None ? times : ns;
  if (given !== 0) {
    if (!isTuple(ip, given) || tupleSize(ip, given) !== 2)
      return ip.raise(
        'TypeError',
        `utime: '${given === ns ? 'ns' : 'times'}' must be ${given === ns ? 'a tuple of two ints' : 'either a tuple of two ints or None'}`,
      );
    const values: number[] = [];
    for (const i of [0, 1]) {
      const item = tupleItem(ip, given, i);
      const n = given === ns ? (isInt(ip, item) ? Number(intToBigInt(ip, item)) / 1e6 : null) : asDouble(ip, item);
      if (n === null) return ip.currentException !== 0 ? 0 : ip.raise('TypeError', 'an integer is required');
      values.push(given === ns ? n : n * 1000);
    }
    pair = [values[0]!, values[1]!];
  }
  const work = () => {
    filesOf(ip).utimes(path.text, ...pair);
    return true;
  };
  return attempt(ip, work, path.object) === null ? 0 : ip.None;
}

/** `os.fspath`. */
function fspath(ip: Interpreter, h: Handle): Handle {
  if (isStr(ip, h) || bytesText(ip, h) !== null) return ip.newRef(h);
  return fspathOf(ip, h);
}

const bytesText = (ip: Interpreter, h: Handle): Uint8Array | null =>
  (ip.tp(h).flags & TPFLAGS.BYTES_SUBCLASS) !== 0 ? bytesValue(ip, h) : null;

function fspathOf(ip: Interpreter, h: Handle): Handle {
  const missing = -1;
  const r = callSpecial(ip, h, '__fspath__', [], missing);
  if (r === missing) return ip.raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(ip, h)}`);
  if (r === 0 || isStr(ip, r) || bytesText(ip, r) !== null) return r;
  ip.raise('TypeError', `expected ${typeName(ip, h)}.__fspath__() to return str or bytes, not ${typeName(ip, r)}`);
  ip.decref(r);
  return 0;
}

function environment(ip: Interpreter): Handle {
  const dict = newDict(ip);
  for (const [name, value] of Object.entries(ip.host.environ ?? { HOME: '/home/user' })) {
    const [k, v] = [newBytes(ip, utf8Encode(name)), newBytes(ip, utf8Encode(value))];
    dictSet(ip, dict, k, v);
    ip.decref(k);
    ip.decref(v);
  }
  return dict;
}

function urandom(ip: Interpreter, size: Handle): Handle {
  const n = asIndex(ip, size, 'OverflowError');
  if (n === null) return 0;
  if (n < 0) return ip.raise('ValueError', 'negative argument not allowed');
  if (n > 1 << 28) return ip.raise('MemoryError', '');
  return newBytes(
    ip,
    ip.host.randomBytes?.(n) ?? Uint8Array.from({ length: n }, () => Math.floor(Math.random() * 256)),
  );
}

const value = (n: number): MethodDef => ({ kind: 'noargs', fn: (ip: Interpreter) => intFromNumber(ip, n) });
const none: MethodDef = { kind: 'fast', min: 0, max: -1, fn: (ip: Interpreter) => ip.None };
const status = (test: (n: number) => number | boolean): MethodDef => ({
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const n = asIndex(ip, x, 'OverflowError');
    if (n === null) return 0;
    const r = test(n);
    return typeof r === 'boolean' ? ip.bool(r) : intFromNumber(ip, r);
  },
});
const onFd = (work: (ip: Interpreter, fd: number) => Handle): MethodDef => ({
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const fd = fdArgument(ip, x);
    return fd === null ? 0 : work(ip, fd);
  },
});

/** `ENOSYS`, in words that say where it can be had. */
const noProcesses: MethodDef = {
  kind: 'fast',
  min: 0,
  max: -1,
  fn: (ip: Interpreter) => {
    const number = errno('ENOSYS');
    const args = [intFromNumber(ip, number), strFrom(ip, `${errorText(number)}: the CPython kernel has processes`)];
    const exc = ip.call(ip.types.OSError.handle, args);
    for (const h of args) ip.decref(h);
    return exc === 0 ? 0 : ip.raiseException(exc);
  },
};

const METHODS: Record<string, MethodDef> = {
  stat: {
    kind: 'clinic',
    params: 'path, *, dir_fd=, follow_symlinks=',
    fn: (ip: Interpreter, _m, [p, dirFd, follow]) => {
      const path = pathArgument(ip, p!, 'stat', { fd: true });
      const truth = follow === 0 ? 1 : isTrue(ip, follow!);
      if (path === null || truth < 0 || !onlyNone(ip, 'stat', 'dir_fd', dirFd)) return 0;
      return statOf(ip, path, truth === 1);
    },
  },
  lstat: {
    kind: 'clinic',
    params: 'path, *, dir_fd=',
    fn: (ip: Interpreter, _m, [p]) => {
      const path = pathArgument(ip, p!, 'lstat');
      return path === null ? 0 : statOf(ip, path, false);
    },
  },
  fstat: onFd((ip, fd) => statOf(ip, { text: '', fd, isBytes: false, object: 0 }, true)),
  access: {
    kind: 'clinic',
    params: 'path, mode, *, dir_fd=, effective_ids=, follow_symlinks=',
    fn: (ip: Interpreter, _m, [p]) => {
      const path = pathArgument(ip, p!, 'access', { fd: true });
      return path === null ? 0 : ip.bool(exists(ip, path.text));
    },
  },
  getcwd: { kind: 'noargs', fn: (ip: Interpreter) => strFrom(ip, filesOf(ip).cwd()) },
  getcwdb: { kind: 'noargs', fn: (ip: Interpreter) => newBytes(ip, utf8Encode(filesOf(ip).cwd())) },
  chdir: pathMethod('chdir', 'path', (ip, path) => filesOf(ip).chdir(path)),
  listdir: {
    kind: 'clinic',
    params: 'path=',
    fn: (ip: Interpreter, _m, [p]) => {
      const path = pathArgument(ip, p!, 'listdir', { none: true, fd: true });
      if (path === null) return 0;
      const names = attempt(ip, () => filesOf(ip).list(path.text), path.object === ip.None ? 0 : path.object);
      if (names === null) return 0;
      return newList(
        ip,
        names.map((name) => pathResult(ip, name, path.isBytes)),
      );
    },
  },
  scandir: { kind: 'clinic', params: 'path=', fn: (ip: Interpreter, _m, [p]) => scandir(ip, p!) },
  mkdir: pathMethod('mkdir', 'path, mode=, *, dir_fd=', (ip, path, mode) => filesOf(ip).mkdir(path, mode)),
  rmdir: pathMethod('rmdir', 'path', (ip, path) => filesOf(ip).rmdir(path)),
  unlink: pathMethod('unlink', 'path', (ip, path) => filesOf(ip).unlink(path)),
  remove: pathMethod('remove', 'path', (ip, path) => filesOf(ip).unlink(path)),
  rename: {
    kind: 'clinic',
    params: 'src, dst, *, src_dir_fd=, dst_dir_fd=',
    fn: (ip: Interpreter, _m, a) => rename(ip, a, 'rename'),
  },
  replace: {
    kind: 'clinic',
    params: 'src, dst, *, src_dir_fd=, dst_dir_fd=',
    fn: (ip: Interpreter, _m, a) => rename(ip, a, 'replace'),
  },
  symlink: {
    kind: 'clinic',
    params: 'src, dst, target_is_directory=, *, dir_fd=',
    fn: (ip: Interpreter, _m, [src, dst]) => {
      const target = pathArgument(ip, src!, 'symlink', { name: 'src' });
      const path = target === null ? null : pathArgument(ip, dst!, 'symlink', { name: 'dst' });
      if (target === null || path === null) return 0;
      const work = () => {
        filesOf(ip).symlink(target.text, path.text);
        return true;
      };
      return attempt(ip, work, target.object, path.object) === null ? 0 : ip.None;
    },
  },
  readlink: {
    kind: 'clinic',
    params: 'path, *, dir_fd=',
    fn: (ip: Interpreter, _m, [p]) => {
      const path = pathArgument(ip, p!, 'readlink');
      if (path === null) return 0;
      const target = attempt(ip, () => filesOf(ip).readlink(path.text), path.object);
      return target === null ? 0 : pathResult(ip, target, path.isBytes);
    },
  },
  chmod: pathMethod('chmod', 'path, mode, *, dir_fd=, follow_symlinks=', (ip, path, mode) =>
    filesOf(ip).chmod(path, mode),
  ),
  utime: {
    kind: 'clinic',
    params: 'path, times=, *, ns=, dir_fd=, follow_symlinks=',
    fn: (ip: Interpreter, _m, a) => utime(ip, a),
  },
  truncate: {
    kind: 'clinic',
    params: 'path, length',
    fn: (ip: Interpreter, _m, [p, n]) => {
      const path = pathArgument(ip, p!, 'truncate', { fd: true });
      const size = path === null ? null : asIndex(ip, n!, 'OverflowError');
      if (path === null || size === null) return 0;
      const work = () => {
        const files = filesOf(ip);
        const fd = path.fd >= 0 ? path.fd : files.open(path.text, 1, 0);
        files.truncate(fd, size);
        if (path.fd < 0) files.close(fd);
        return true;
      };
      return attempt(ip, work, path.object) === null ? 0 : ip.None;
    },
  },
  ftruncate: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [f, n]) => {
      const fd = fdArgument(ip, f!);
      const size = fd === null ? null : asIndex(ip, n!, 'OverflowError');
      if (fd === null || size === null) return 0;
      const work = () => {
        filesOf(ip).truncate(fd, size);
        return true;
      };
      return attempt(ip, work) === null ? 0 : ip.None;
    },
  },
  open: { kind: 'clinic', params: 'path, flags, mode=, *, dir_fd=', fn: open },
  close: {
    kind: 'clinic',
    params: 'fd',
    fn: (ip: Interpreter, _m, [x]) => {
      const fd = fdArgument(ip, x!);
      return fd === null || !closeFd(ip, fd) ? 0 : ip.None;
    },
  },
  read: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [f, n]) => {
      const fd = fdArgument(ip, f!);
      const size = fd === null ? null : asIndex(ip, n!, 'OverflowError');
      if (fd === null || size === null) return 0;
      if (size < 0) return raiseOSError(ip, 'EINVAL');
      const data = readFd(ip, fd, size);
      return data === null ? 0 : newBytes(ip, data);
    },
  },
  write: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [f, d]) => {
      const fd = fdArgument(ip, f!);
      if (fd === null) return 0;
      const data = bytesLike(ip, d!);
      if (data === null) return ip.raise('TypeError', `a bytes-like object is required, not '${typeName(ip, d!)}'`);
      const n = writeFd(ip, fd, data);
      return n < 0 ? 0 : intFromNumber(ip, n);
    },
  },
  lseek: {
    kind: 'fast',
    min: 3,
    max: 3,
    fn: (ip: Interpreter, _m, args) => {
      const [fd, offset, whence] = args.map((a) => asIndex(ip, a, 'OverflowError'));
      if (typeof fd !== 'number' || typeof offset !== 'number' || typeof whence !== 'number') return 0;
      const at = attempt(ip, () => {
        if (fd < 3) throw new FileError('ESPIPE');
        return filesOf(ip).seek(fd, offset, whence);
      });
      return at === null ? 0 : intFromNumber(ip, at);
    },
  },
  isatty: onFd((ip) => ip.False),
  fsync: onFd((ip) => ip.None),
  fdatasync: onFd((ip) => ip.None),
  get_inheritable: onFd((ip) => ip.False),
  set_inheritable: none,
  get_blocking: onFd((ip) => ip.True),
  set_blocking: none,
  get_terminal_size: { kind: 'fast', min: 0, max: 1, fn: (ip: Interpreter) => raiseOSError(ip, 'ENOTTY') },
  fspath: { kind: 'clinic', params: 'path', fn: (ip: Interpreter, _m, [p]) => fspath(ip, p!) },
  strerror: {
    kind: 'clinic',
    params: 'code',
    fn: (ip: Interpreter, _m, [x]) => {
      const n = asIndex(ip, x!, 'OverflowError');
      return n === null ? 0 : strFrom(ip, errorText(n));
    },
  },
  urandom: { kind: 'o', fn: (ip: Interpreter, _m, n) => urandom(ip, n) },
  getrandom: { kind: 'fast', min: 1, max: 2, fn: (ip: Interpreter, _m, [n]) => urandom(ip, n!) },
  getpid: value(42),
  getppid: value(1),
  getuid: value(1000),
  geteuid: value(1000),
  getgid: value(1000),
  getegid: value(1000),
  getpgid: none,
  umask: value(0o022),
  cpu_count: value(1),
  _exit: {
    kind: 'o',
    fn: (ip: Interpreter, _m, code) => {
      const exc = ip.call(ip.types.SystemExit.handle, [code]);
      return exc === 0 ? 0 : ip.raiseException(exc);
    },
  },
  uname: {
    kind: 'noargs',
    fn: (ip: Interpreter) =>
      newStructSequence(
        ip,
        UNAME,
        ['Linux', 'heapbook', '6.0.0', '#1', 'x86_64'].map((t) => strFrom(ip, t)),
      ),
  },
  times: {
    kind: 'noargs',
    fn: (ip: Interpreter) => {
      const now = (ip.host.now?.() ?? Date.now()) / 1000;
      return newStructSequence(
        ip,
        TIMES,
        [now, 0, 0, 0, now].map((t) => newFloat(ip, t)),
      );
    },
  },
  pipe: noProcesses,
  system: noProcesses,
  putenv: none,
  unsetenv: none,
  waitpid: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter) => raiseOSError(ip, 'ECHILD') },
  kill: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter) => raiseOSError(ip, 'EPERM') },
  waitstatus_to_exitcode: status((n) => ((n & 0x7f) === 0 ? (n >> 8) & 0xff : -(n & 0x7f))),
  WIFEXITED: status((n) => (n & 0x7f) === 0),
  WEXITSTATUS: status((n) => (n >> 8) & 0xff),
  WIFSIGNALED: status((n) => (n & 0x7f) !== 0 && (n & 0x7f) !== 0x7f),
  WTERMSIG: status((n) => n & 0x7f),
  WIFSTOPPED: status((n) => (n & 0xff) === 0x7f),
  WSTOPSIG: status((n) => (n >> 8) & 0xff),
  WCOREDUMP: status((n) => (n & 0x80) !== 0),
};

const CONSTANTS: Readonly<Record<string, number>> = {
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_NOCTTY: 0o400,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_NONBLOCK: 0o4000,
  O_DSYNC: 0o10000,
  O_DIRECTORY: 0o200000,
  O_NOFOLLOW: 0o400000,
  O_CLOEXEC: 0o2000000,
  O_SYNC: 0o4010000,
  SEEK_SET: 0,
  SEEK_CUR: 1,
  SEEK_END: 2,
  EX_OK: 0,
  EX_USAGE: 64,
  EX_DATAERR: 65,
  EX_NOINPUT: 66,
  EX_SOFTWARE: 70,
  EX_OSERR: 71,
  EX_IOERR: 74,
  WNOHANG: 1,
  WUNTRACED: 2,
  P_PID: 1,
  GRND_NONBLOCK: 1,
  GRND_RANDOM: 2,
  NGROUPS_MAX: 65536,
  TMP_MAX: 238328,
  PRIO_PROCESS: 0,
};

export const posixModule: NativeModule = {
  name: 'posix',
  methods: METHODS,
  values: (ip) => {
    moduleType(ip, scanSpec);
    return {
      environ: environment(ip),
      error: ip.types.OSError.handle,
      _have_functions: newList(
        ip,
        ['HAVE_FTRUNCATE', 'HAVE_LSTAT', 'HAVE_SYMLINK'].map((t) => strFrom(ip, t)),
      ),
      stat_result: ip.newRef(structSequenceType(ip, STAT_RESULT).handle),
      statvfs_result: ip.newRef(structSequenceType(ip, STATVFS).handle),
      terminal_size: ip.newRef(structSequenceType(ip, TERMINAL_SIZE).handle),
      uname_result: ip.newRef(structSequenceType(ip, UNAME).handle),
      times_result: ip.newRef(structSequenceType(ip, TIMES).handle),
      sched_param: ip.newRef(structSequenceType(ip, SCHED_PARAM).handle),
      DirEntry: ip.newRef(moduleType(ip, entrySpec).handle),
      ...Object.fromEntries(Object.entries(CONSTANTS).map(([name, n]) => [name, intFromNumber(ip, n)])),
    };
  },
};
