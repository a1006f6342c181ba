/** Files in memory: a page's own, which live as long as its kernel. */
import {
  FileError,
  type FileStatus,
  type FileSystem,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
} from '../vm/files';
import { utf8Encode } from './utf8';

interface Node {
  readonly ino: number;
  mode: number;
  atimeMs: number;
  mtimeMs: number;
  /** Of a folder. */
  readonly entries: Map<string, Node> | null;
  /** Of a file; `size` bytes of it are the content. */
  data: Uint8Array;
  size: number;
  /** Of a symbolic link. */
  readonly target: string;
}

interface OpenFile {
  readonly node: Node;
  readonly flags: number;
  position: number;
}

const MAX_LINKS = 40;
/** All files together: a bound, so that a loop that writes ends in an error of Python's. */
const MAX_BYTES = 256 * 1024 * 1024;
const EMPTY = new Uint8Array(0);

const isFolder = (node: Node): boolean => (node.mode & S_IFMT) === S_IFDIR;
const isLink = (node: Node): boolean => (node.mode & S_IFMT) === S_IFLNK;

export class MemoryFiles implements FileSystem {
  private nextIno = 1;
  private bytes = 0;
  private readonly root = this.makeNode(S_IFDIR | 0o755);
  private readonly open_ = new Map<number, OpenFile>();
  private folder: string;

  /** @param cwd a folder that exists from the start, as `/tmp` does */
  constructor(
    cwd = '/home/user',
    private readonly now: () => number = Date.now,
  ) {
    this.folder = cwd;
    for (const path of [cwd, '/tmp']) {
      let at = '';
      for (const part of path.split('/').filter((p) => p !== '')) {
        at += `/${part}`;
        if (this.find(at, true) === null) this.mkdir(at, 0o755);
      }
    }
  }

  /** Puts a file into place, with the folders above it. */
  addFile(path: string, text: string): void {
    const parts = this.absolute(path).split('/').slice(1, -1);
    let at = '';
    for (const part of parts) {
      at += `/${part}`;
      if (this.find(at, true) === null) this.mkdir(at, 0o755);
    }
    const fd = this.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644);
    this.write(fd, utf8Encode(text));
    this.close(fd);
  }

  private makeNode(mode: number, target = ''): Node {
    const time = this.now?.() ?? 0;
    return {
      ino: this.nextIno++,
      mode,
      atimeMs: time,
      mtimeMs: time,
      entries: (mode & S_IFMT) === S_IFDIR ? new Map() : null,
      data: EMPTY,
      size: 0,
      target,
    };
  }

  private absolute(path: string): string {
    if (path === '') throw new FileError('ENOENT');
    return path.startsWith('/') ? path : `${this.folder}/${path}`;
  }

  /** The folder that holds a path's last part, and that part ('' for the root). Symbolic links are followed. */
  private locate(path: string, depth = 0): { folder: Node; name: string; at: string[] } {
    const parts = this.absolute(path)
      .split('/')
      .filter((p) => p !== '' && p !== '.');
    const stack: Node[] = [this.root];
    const names: string[] = [];
    for (const [i, part] of parts.entries()) {
      const here = stack[stack.length - 1]!;
      if (!isFolder(here)) throw new FileError('ENOTDIR');
      if (part === '..') {
        if (stack.length > 1) {
          stack.pop();
          names.pop();
        }
        if (i === parts.length - 1) return { folder: stack[stack.length - 1]!, name: '', at: names };
        continue;
      }
      if (i === parts.length - 1) return { folder: here, name: part, at: names };
      let next = here.entries!.get(part);
      if (next === undefined) throw new FileError('ENOENT');
      names.push(part);
      if (isLink(next)) {
        if (depth >= MAX_LINKS) throw new FileError('ELOOP');
        names.pop();
        const rest = [next.target, ...parts.slice(i + 1)].join('/');
        return this.locate(rest.startsWith('/') ? rest : `/${[...names, rest].join('/')}`, depth + 1);
      }
      next = here.entries!.get(part)!;
      stack.push(next);
    }
    return { folder: this.root, name: '', at: [] };
  }

  private find(path: string, follow: boolean, depth = 0): Node | null {
    const { folder, name, at } = this.locate(path, depth);
    if (name === '') return folder;
    const node = folder.entries?.get(name);
    if (node === undefined) {
      if (!isFolder(folder)) throw new FileError('ENOTDIR');
      return null;
    }
    if (path.endsWith('/') && !isFolder(node) && !isLink(node)) throw new FileError('ENOTDIR');
    if (!follow || !isLink(node)) return node;
    if (depth >= MAX_LINKS) throw new FileError('ELOOP');
    const { target } = node;
    return this.find(target.startsWith('/') ? target : `/${[...at, target].join('/')}`, true, depth + 1);
  }

  private get(path: string, follow = true): Node {
    const node = this.find(path, follow);
    if (node === null) throw new FileError('ENOENT');
    return node;
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
    if (!isFolder(this.get(path))) throw new FileError('ENOTDIR');
    const { at, name } = this.locate(path);
    this.folder = `/${[...at, ...(name === '' ? [] : [name])].join('/')}`;
  }

  open(path: string, flags: number, mode: number): number {
    let node = this.find(path, true);
    if (node === null) {
      if ((flags & O_CREAT) === 0) throw new FileError('ENOENT');
      const { folder, name } = this.locate(path);
      node = this.makeNode(S_IFREG | (mode & 0o777 & ~0o022));
      folder.entries!.set(name, node);
    } else if ((flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) throw new FileError('EEXIST');
    const writes = (flags & (O_WRONLY | O_RDWR)) !== 0;
    if (isFolder(node) && writes) throw new FileError('EISDIR');
    if ((flags & O_TRUNC) !== 0 && writes) this.resize(node, 0);
    let fd = 3;
    while (this.open_.has(fd)) fd++;
    this.open_.set(fd, { node, flags, position: 0 });
    return fd;
  }

  close(fd: number): void {
    this.file(fd);
    this.open_.delete(fd);
  }

  read(fd: number, size: number): Uint8Array {
    const file = this.file(fd);
    if (isFolder(file.node)) throw new FileError('EISDIR');
    if ((file.flags & O_WRONLY) !== 0) throw new FileError('EBADF');
    const data = file.node.data.slice(file.position, Math.min(file.node.size, file.position + size));
    file.position += data.length;
    return data;
  }

  write(fd: number, data: Uint8Array): number {
    const file = this.file(fd);
    if ((file.flags & (O_WRONLY | O_RDWR)) === 0) throw new FileError('EBADF');
    const { node } = file;
    if ((file.flags & O_APPEND) !== 0) file.position = node.size;
    const end = file.position + data.length;
    if (end > node.size) this.resize(node, end);
    node.data.set(data, file.position);
    file.position = end;
    node.mtimeMs = this.now();
    return data.length;
  }

  private resize(node: Node, size: number): void {
    if (size > node.data.length) {
      const old = node.data.length;
      const room = Math.max(size, Math.min(2 * old, old + Math.max(1 << 20, old >> 2)));
      this.bytes += room - node.data.length;
      if (this.bytes > MAX_BYTES) {
        this.bytes -= room - node.data.length;
        throw new FileError('ENOSPC');
      }
      const data = new Uint8Array(room);
      data.set(node.data.subarray(0, node.size));
      node.data = data;
    } else if (size < node.size) node.data.fill(0, size, node.size);
    node.size = size;
  }

  seek(fd: number, offset: number, whence: number): number {
    const file = this.file(fd);
    const base = whence === 0 ? 0 : whence === 1 ? file.position : file.node.size;
    if (whence < 0 || whence > 2 || base + offset < 0) throw new FileError('EINVAL');
    file.position = base + offset;
    return file.position;
  }

  truncate(fd: number, size: number): void {
    const file = this.file(fd);
    if ((file.flags & (O_WRONLY | O_RDWR)) === 0) throw new FileError('EINVAL');
    this.resize(file.node, size);
  }

  stat(path: string, follow: boolean): FileStatus {
    return this.status(this.get(path, follow));
  }

  fstat(fd: number): FileStatus {
    return this.status(this.file(fd).node);
  }

  private status(node: Node): FileStatus {
    const { ino, mode, atimeMs, mtimeMs } = node;
    const size = isLink(node) ? node.target.length : node.size;
    return { mode, ino, dev: 1, nlink: 1, uid: 1000, gid: 1000, size, atimeMs, mtimeMs, ctimeMs: mtimeMs };
  }

  list(path: string): string[] {
    const node = this.get(path);
    if (node.entries === null) throw new FileError('ENOTDIR');
    return [...node.entries.keys()];
  }

  mkdir(path: string, mode: number): void {
    if (this.find(path, false) !== null) throw new FileError('EEXIST');
    const { folder, name } = this.locate(path);
    folder.entries!.set(name, this.makeNode(S_IFDIR | (mode & 0o777 & ~0o022)));
  }

  rmdir(path: string): void {
    const node = this.get(path, false);
    if (!isFolder(node)) throw new FileError('ENOTDIR');
    if (node.entries!.size > 0) throw new FileError('ENOTEMPTY');
    this.remove(path);
  }

  unlink(path: string): void {
    const node = this.get(path, false);
    if (isFolder(node)) throw new FileError('EISDIR');
    this.remove(path);
    if (![...this.open_.values()].some((file) => file.node === node)) this.bytes -= node.data.length;
  }

  private remove(path: string): void {
    const { folder, name } = this.locate(path);
    if (name === '') throw new FileError('EBUSY');
    folder.entries!.delete(name);
  }

  rename(from: string, to: string): void {
    const node = this.get(from, false);
    const old = this.find(to, false);
    if (old === node) return;
    if (old !== null) {
      if (isFolder(old) !== isFolder(node)) throw new FileError(isFolder(old) ? 'EISDIR' : 'ENOTDIR');
      if (isFolder(old) && old.entries!.size > 0) throw new FileError('ENOTEMPTY');
    }
    const target = this.locate(to);
    this.remove(from);
    target.folder.entries!.set(target.name, node);
  }

  symlink(target: string, path: string): void {
    if (this.find(path, false) !== null) throw new FileError('EEXIST');
    const { folder, name } = this.locate(path);
    folder.entries!.set(name, this.makeNode(S_IFLNK | 0o777, target));
  }

  readlink(path: string): string {
    const node = this.get(path, false);
    if (!isLink(node)) throw new FileError('EINVAL');
    return node.target;
  }

  chmod(path: string, mode: number): void {
    const node = this.get(path);
    node.mode = (node.mode & S_IFMT) | (mode & 0o7777);
  }

  utimes(path: string, atimeMs: number, mtimeMs: number): void {
    const node = this.get(path);
    node.atimeMs = atimeMs;
    node.mtimeMs = mtimeMs;
  }
}
