/** Source text to a code object of the heap, with the parser's and the compiler's errors as Python exceptions. */
import { compile } from '../compiler/compile';
import type { CodeUnit, CompileMode, ConstValue, Optimize } from '../compiler/code-unit';
import { deserializeUnit, serializeUnit } from '../compiler/serialize';
import type { Handle } from '../heap/layout';
import { constantKey, newCode, type Arena } from '../objects/code';
import { setAttr } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { strFrom } from '../objects/str';
import { newTuple, tupleItem } from '../objects/tuple';
import type { Mod } from '../parser/ast';
import { parse, setUnicodeNames, ParserStackOverflow, PySyntaxError, type SyntaxWarning } from '../parser/parser';
import type { Interpreter } from '../vm/interpreter';
import { warnAt } from './warn';

export interface SourceOptions {
  /** Future features in force where it is compiled. */
  readonly flags?: number;
  readonly optimize?: Optimize;
  /** The last expression's value is displayed, as in a notebook's cell. */
  readonly displayLast?: boolean;
  /** Gets the references that the tree's arena holds; the caller gives them up when the program has ended. */
  readonly arena?: Handle[];
  /** Gets the warnings of the parser. */
  readonly warnings?: SyntaxWarning[];
  /** Gets the compiled code, if there was nothing to warn of. */
  keep?: (unit: CodeUnit) => void;
}

/** `Py_CompileStringObject`: new, or 0 with SyntaxError. */
export function compileSource(
  ip: Interpreter,
  source: string,
  filename: string,
  mode: CompileMode,
  options: SourceOptions = {},
): Handle {
  const cache = isCacheable(source, mode, options) ? ip.host.codeCache : undefined;
  const kept = cache?.get(ip.facts.name, filename, source);
  const known = kept === undefined || kept === null ? null : deserializeUnit(kept);
  if (known !== null) return newCode(ip, known);
  options = { ...options, warnings: options.warnings ?? [] };
  if (cache !== undefined) options.keep = (unit) => cache.set(ip.facts.name, filename, source, serializeUnit(unit));
  const tree = parseSource(ip, source, filename, mode, options);
  return tree === null ? 0 : compileTree(ip, tree, filename, mode, options, source);
}

/** Gives the parser the names for `\N{…}`. */
function nameCharacters(ip: Interpreter): void {
  const table = ip.unicodeTable();
  setUnicodeNames(
    table === null
      ? null
      : (name) => {
          const code = table.lookup(name);
          return code < 0 ? undefined : String.fromCodePoint(code);
        },
  );
}

/** Shorter texts are compiled as fast as they are found. */
const MIN_CACHED = 1000;

function isCacheable(source: string, mode: CompileMode, options: SourceOptions): boolean {
  if (source.length < MIN_CACHED || mode !== 'exec') return false;
  if (options.arena !== undefined || options.displayLast === true) return false;
  return (options.flags ?? 0) === 0 && (options.optimize ?? 0) === 0;
}

/** `_PyParser_ASTFromString`: null with SyntaxError. Its warnings are shown. */
export function parseSource(
  ip: Interpreter,
  source: string,
  filename: string,
  mode: CompileMode,
  options: SourceOptions = {},
): Mod | null {
  const warnings: SyntaxWarning[] = options.warnings ?? [];
  if (source.includes('\\N{')) nameCharacters(ip);
  return guarded(ip, () =>
    parse(source, filename, mode, { feature_version: ip.facts.version[1] as 13 | 14, warnings }),
  );
}

const TOO_DEEP = 'maximum recursion depth exceeded during compilation';
/** Code in code in code: what makes and walks code objects calls itself, and must not meet JavaScript's stack half-way. */
const MAX_NESTED_CODE = 500;

function nestsTooDeep(unit: CodeUnit): boolean {
  let level: CodeUnit[] = [unit];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTED_CODE) return true;
    level = level.flatMap((u) => u.consts.flatMap((c) => (c.kind === 'code' ? [c.value] : [])));
  }
  return false;
}

/** The parser's and the compiler's errors as Python exceptions: null with one. */
function guarded<T>(ip: Interpreter, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof PySyntaxError) raiseSyntaxError(ip, error);
    else if (error instanceof ParserStackOverflow) ip.raise('MemoryError', error.msg);
    // JavaScript's stack: the passes of the compiler call themselves for what is nested.
    else if (error instanceof RangeError) ip.raise('RecursionError', TOO_DEEP);
    else throw error;
    return null;
  }
}

/** `_PyAST_Compile`: new, or 0 with SyntaxError. */
export function compileTree(
  ip: Interpreter,
  tree: Mod,
  filename: string,
  mode: CompileMode,
  options: SourceOptions = {},
  source = '',
): Handle {
  const warnings = options.warnings ?? [];
  const unit = guarded(ip, () =>
    compile(tree, filename, mode, ip.facts.name, {
      flags: options.flags ?? 0,
      optimize: options.optimize ?? 0,
      displayLast: options.displayLast ?? false,
      warnings,
    }),
  );
  if (unit === null) return 0;
  if (nestsTooDeep(unit)) return ip.raise('RecursionError', TOO_DEEP);
  if (!warnings.every((w) => showWarning(ip, w, source, filename))) return 0;
  if (warnings.length === 0) options.keep?.(unit);
  const { arena } = options;
  if (arena === undefined) return newCode(ip, unit);
  const held = guarded(ip, () => arenaOf(ip, tree, filename, arena));
  if (held === null) return 0;
  const code = newCode(ip, unit, held);
  // 3.13's parser files the value of a bytes literal twice.
  if (ip.facts.name === '3.13') arena.push(...arena.filter((h) => ip.is(h, ip.types.bytes)).map((h) => ip.newRef(h)));
  return code;
}

/**
 * Which constants the tree holds: 3.13 folds in the tree, so all that the code has; 3.14 folds afterwards, so those
 * that were written.
 */
function arenaOf(ip: Interpreter, tree: Mod, filename: string, objects: Handle[]): Arena {
  if (ip.facts.name === '3.13') {
    const own = constantKey({ kind: 'str', value: filename });
    return { objects, has: (key) => key !== own };
  }
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    if ((node as { _type?: string })._type === 'Constant') keys.add(constantKey((node as { value: ConstValue }).value));
    else Object.values(node).forEach(walk);
  };
  walk(tree);
  return { objects, has: (key) => keys.has(key) };
}

const PLACE = ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset'];

export function raiseSyntaxError(ip: Interpreter, error: PySyntaxError): 0 {
  const number = (n: number | null): Handle => (n === null ? ip.None : intFromNumber(ip, n));
  const text = (s: string | null): Handle => (s === null ? ip.None : strFrom(ip, s));
  // The compiler does not have the text: CPython reads the line again from the file.
  const line = error.text ?? (error.lineno === null ? null : fileLine(ip, error.filename, error.lineno));
  const place = newTuple(ip, [
    text(error.filename),
    number(error.lineno),
    number(error.offset),
    text(line),
    number(error.end_lineno),
    number(error.end_offset),
  ]);
  const args = [strFrom(ip, error.msg), place];
  const exc = ip.call(ip.types[error.type].handle, error.lineno === null || error.located ? args.slice(0, 1) : args);
  if (exc !== 0 && error.located) {
    for (const [i, name] of PLACE.entries()) setAttr(ip, exc, ip.id(name), tupleItem(ip, place, i));
  }
  for (const h of args) ip.decref(h);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** `PyErr_ProgramTextObject`: a line of a file with its newline; null if there is no such file. */
function fileLine(ip: Interpreter, filename: string, line: number): string | null {
  const text = ip.sourceText(filename)?.split('\n')[line - 1];
  return text === undefined ? null : `${text}\n`;
}

/** `_PyErr_EmitSyntaxWarning`: false with an exception; a SyntaxWarning that a filter makes one of is a SyntaxError. */
function showWarning(ip: Interpreter, warning: SyntaxWarning, source: string, filename: string): boolean {
  if (warnAt(ip, warning.category, warning.msg, filename, warning.lineno)) return true;
  if (warning.category !== 'SyntaxWarning' || !ip.errorMatches('SyntaxWarning')) return false;
  ip.clearError();
  const text = source.split('\n')[warning.lineno - 1];
  const shown =
    text === undefined
      ? null
      : `${text}
`;
  raiseSyntaxError(
    ip,
    new PySyntaxError(
      'SyntaxError',
      warning.msg,
      filename,
      warning.lineno,
      warning.offset ?? 1,
      warning.end_lineno ?? warning.lineno,
      warning.end_offset ?? 1,
      shown,
    ),
  );
  return false;
}
