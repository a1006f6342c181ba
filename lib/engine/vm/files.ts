/**
 * Files as the POSIX calls give them: what `posix` and `_io` ask of the outside world. A page's files lie in memory
 * (stdlib/memory-files.ts), the command line's are those of the machine (lib/engine-cli/node-files.ts).
 */

/** An error of a call, by its name in `errno`. */
export class FileError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export interface FileStatus {
  readonly mode: number;
  readonly ino: number;
  readonly dev: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** Flags of `open`, with Linux's numbers. */
export const O_WRONLY = 0o1;
export const O_RDWR = 0o2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;

/** Kinds of files in a mode. */
export const S_IFMT = 0o170000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;
export const S_IFCHR = 0o020000;

/** All throw FileError. Descriptors 0 to 2 are the interpreter's own and never come here. */
export interface FileSystem {
  cwd(): string;
  chdir(path: string): void;
  open(path: string, flags: number, mode: number): number;
  close(fd: number): void;
  /** At the descriptor's position; empty at the end. */
  read(fd: number, size: number): Uint8Array;
  write(fd: number, data: Uint8Array): number;
  /** `whence` 0: from the start, 1: from the position, 2: from the end. The new position. */
  seek(fd: number, offset: number, whence: number): number;
  truncate(fd: number, size: number): void;
  stat(path: string, follow: boolean): FileStatus;
  fstat(fd: number): FileStatus;
  list(path: string): string[];
  mkdir(path: string, mode: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  chmod(path: string, mode: number): void;
  utimes(path: string, atimeMs: number, mtimeMs: number): void;
}
