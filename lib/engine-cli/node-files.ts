/** The machine's files, as Node gives them. */
import * as fs from 'node:fs';
import { FileError, type FileStatus, type FileSystem } from '../engine/index';

const O_APPEND = fs.constants.O_APPEND;

interface OpenFile {
  readonly handle: number;
  readonly appends: boolean;
  /** -1: no position of its own (a pipe, a terminal). */
  position: number;
}

/** Does a call and turns Node's error into ours. */
function call<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) throw error;
    throw new FileError(code);
  }
}

function status(s: fs.Stats): FileStatus {
  const { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs } = s;
  return { mode, ino, dev, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs };
}

export class NodeFiles implements FileSystem {
  private readonly open_ = new Map<number, OpenFile>();
  /** The worker that runs a program cannot change its process's folder. */
  private folder = process.cwd();

  private path(path: string): string {
    if (path === '') throw new FileError('ENOENT');
    return path.startsWith('/') ? path : `${this.folder}/${path}`;
  }

  private file(fd: number): OpenFile {
    const file = this.open_.get(fd);
    if (file === undefined) throw new FileError('EBADF');
    return file;
  }

  cwd(): string {
    return this.folder;
  }
  chdir(path: string): void {
    call(() => {
      const full = fs.realpathSync(this.path(path));
      if (!fs.statSync(full).isDirectory()) throw new FileError('ENOTDIR');
      this.folder = full;
    });
  }
  open(path: string, flags: number, mode: number): number {
    const handle = call(() => fs.openSync(this.path(path), flags, mode));
    const s = fs.fstatSync(handle);
    let fd = 3;
    while (this.open_.has(fd)) fd++;
    this.open_.set(fd, { handle, appends: (flags & O_APPEND) !== 0, position: s.isFile() || s.isDirectory() ? 0 : -1 });
    return fd;
  }
  close(fd: number): void {
    const { handle } = this.file(fd);
    this.open_.delete(fd);
    call(() => fs.closeSync(handle));
  }
  read(fd: number, size: number): Uint8Array {
    const file = this.file(fd);
    const room = Buffer.allocUnsafe(Math.min(size, Math.max(65536, fs.fstatSync(file.handle).size)));
    const n = call(() => fs.readSync(file.handle, room, 0, room.length, file.position < 0 ? null : file.position));
    if (file.position >= 0) file.position += n;
    return new Uint8Array(room.subarray(0, n));
  }
  write(fd: number, data: Uint8Array): number {
    const file = this.file(fd);
    if (file.appends) {
      const n = call(() => fs.writeSync(file.handle, data));
      file.position = fs.fstatSync(file.handle).size;
      return n;
    }
    const n = call(() => fs.writeSync(file.handle, data, 0, data.length, file.position < 0 ? null : file.position));
    if (file.position >= 0) file.position += n;
    return n;
  }
  seek(fd: number, offset: number, whence: number): number {
    const file = this.file(fd);
    if (file.position < 0) throw new FileError('ESPIPE');
    const base = whence === 0 ? 0 : whence === 1 ? file.position : fs.fstatSync(file.handle).size;
    if (whence < 0 || whence > 2 || base + offset < 0) throw new FileError('EINVAL');
    file.position = base + offset;
    return file.position;
  }
  truncate(fd: number, size: number): void {
    const { handle } = this.file(fd);
    call(() => fs.ftruncateSync(handle, size));
  }
  stat(path: string, follow: boolean): FileStatus {
    return call(() => status((follow ? fs.statSync : fs.lstatSync)(this.path(path)) as fs.Stats));
  }
  fstat(fd: number): FileStatus {
    return call(() => status(fs.fstatSync(fd < 3 ? fd : this.file(fd).handle)));
  }
  list(path: string): string[] {
    return call(() => fs.readdirSync(this.path(path)));
  }
  mkdir(path: string, mode: number): void {
    call(() => fs.mkdirSync(this.path(path), { mode }));
  }
  rmdir(path: string): void {
    call(() => fs.rmdirSync(this.path(path)));
  }
  unlink(path: string): void {
    call(() => fs.unlinkSync(this.path(path)));
  }
  rename(from: string, to: string): void {
    call(() => fs.renameSync(this.path(from), this.path(to)));
  }
  symlink(target: string, path: string): void {
    call(() => fs.symlinkSync(target, this.path(path)));
  }
  readlink(path: string): string {
    return call(() => fs.readlinkSync(this.path(path)));
  }
  chmod(path: string, mode: number): void {
    call(() => fs.chmodSync(this.path(path), mode));
  }
  utimes(path: string, atimeMs: number, mtimeMs: number): void {
    call(() => fs.utimesSync(this.path(path), atimeMs / 1000, mtimeMs / 1000));
  }
}
