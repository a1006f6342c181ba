/** What the interpreter asks of the outside world, and of layers above the VM. */
import type { Handle } from '../heap/layout';
import type { Mod } from '../parser/ast';
import type { Profile } from '../version';
import type { FileSystem } from './files';

/** What `compile` asks of the module `_ast`, which sets it when it is first imported. */
export interface AstSupport {
  /** `PyAST_Check`. */
  isNode(h: Handle): boolean;
  /** `PyAST_mod2obj`: new, or 0 with an exception. */
  fromTree(tree: Mod): Handle;
  /** `PyAST_obj2mod` and `_PyAST_Validate`: null with an exception. */
  toTree(h: Handle, mode: 'exec' | 'eval' | 'single'): Mod | null;
  /** What in a tree is newer than the grammar of 3.`minor`. */
  tooNew(tree: Mod, minor: number): { readonly message: string; readonly lineno: number } | null;
}

/** The path in a library under which the table of characters is (lib/engine-data/unicode.deflate, inflated). */
export const UNICODE_DATA = 'unicodedata.txt';

/** Python's standard library: the source files that CPython installs, without those that it writes in C. */
export interface Library {
  /** Where it seems to lie, an entry of `sys.path`: `/lib/python314.zip`. */
  readonly root: string;
  /** The text of a file by its path below the root (`json/decoder.py`), or null. */
  read(path: string): string | null;
  /** Is there such a file? */
  has(path: string): boolean;
  /** The paths of all files. */
  files(): Iterable<string>;
  /** A file's compiled code (compiler/serialize.ts), or null where there is none. */
  code?(path: string): Uint8Array | null;
}

export interface CodeCache {
  get(profile: Profile, filename: string, source: string): Uint8Array | null;
  set(profile: Profile, filename: string, source: string, code: Uint8Array): void;
}

export interface Host {
  /** The text of a file that can be imported, or null. */
  readFile(path: string): string | null;
  /** Milliseconds since some moment, never going back; absent: the wall clock. */
  now?(): number;
  /** The files that a program opens; absent: files in memory, `initialFiles` at first. */
  readonly files?: FileSystem;
  /** Text by path, from the folder that the program runs in. */
  readonly initialFiles?: Readonly<Record<string, string>>;
  /** That folder, for files in memory; absent: /home/user. */
  readonly folder?: string;
  readonly environ?: Readonly<Record<string, string>>;
  /** Keeps compiled code; what `get` gives is what `set` got for the same text, or null. */
  readonly codeCache?: CodeCache;
  /** Waits; absent: waiting takes no time. */
  sleep?(ms: number): void;
  /** For `os.urandom`; absent: numbers that are not fit for secrets. */
  randomBytes?(n: number): Uint8Array;
}

/** Where the marks under a piece of an expression change (`_Anchors` of Lib/traceback.py); lines from 0, characters. */
export interface Anchors {
  readonly leftEndLine: number;
  readonly leftEndOffset: number;
  readonly rightStartLine: number;
  readonly rightStartOffset: number;
}

/** A keyword that was meant, and where the wrong word stands: characters from 1 in `text`. */
export interface KeywordTypo {
  readonly keyword: string;
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface TracebackParser {
  /** The operator, brackets or parentheses in an expression; null if it is none of these. */
  anchors(segment: string): Anchors | null;
  /** The text is `return f(…)` or `x = f(…)` and the call lies at [start, end): marks would say nothing. */
  hidesCarets(lines: readonly string[], start: number, end: number): boolean;
  /** The keyword that makes the wrong line of a text right, if one does. */
  keywordTypo(source: string, errorLine: number): KeywordTypo | null;
}
