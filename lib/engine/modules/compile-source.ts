/** Source text to a code object of the heap, with the parser's and the compiler's errors as Python exceptions. */
import { compile } from '../compiler/compile';
import type { CodeUnit, CompileMode } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { newCode } from '../objects/code';
import { intFromNumber } from '../objects/int';
import { dictGetKnown } from '../objects/dict';
import { fileWriteString } from '../objects/fileobject';
import { strFrom } from '../objects/str';
import { newTuple } from '../objects/tuple';
import { parse, ParserStackOverflow, PySyntaxError, type SyntaxWarning } from '../parser/parser';
import type { Interpreter } from '../vm/interpreter';

export interface SourceOptions {
  /** Future features in force where it is compiled. */
  readonly flags?: number;
  /** The last expression's value is displayed, as in a notebook's cell. */
  readonly displayLast?: boolean;
  /** Gets the references that the tree's arena holds; the caller gives them up when the program has ended. */
  readonly arena?: Handle[];
}

/** `Py_CompileStringObject`: new, or 0 with SyntaxError. */
export function compileSource(
  ip: Interpreter, source: string, filename: string, mode: CompileMode, options: SourceOptions = {},
): Handle {
  let unit: CodeUnit;
  const warnings: SyntaxWarning[] = [];
  try {
    const version = ip.facts.version[1] as 13 | 14;
    const tree = parse(source, filename, mode, { feature_version: version, warnings });
    unit = compile(tree, filename, mode, ip.facts.name, { flags: options.flags ?? 0, displayLast: options.displayLast ?? false, warnings });
  } catch (error) {
    if (error instanceof PySyntaxError) return raiseSyntaxError(ip, error);
    if (error instanceof ParserStackOverflow) return ip.raise('MemoryError', error.msg);
    throw error;
  }
  for (const warning of warnings) showWarning(ip, warning, source, filename);
  return newCode(ip, unit, options.arena);
}

function raiseSyntaxError(ip: Interpreter, error: PySyntaxError): 0 {
  const number = (n: number | null): Handle => (n === null ? ip.None : intFromNumber(ip, n));
  const text = (s: string | null): Handle => (s === null ? ip.None : strFrom(ip, s));
  // The compiler does not have the text: CPython reads the line again from the file.
  const line = error.text ?? (error.lineno === null ? null : fileLine(ip, error.filename, error.lineno));
  const place = newTuple(ip, [
    text(error.filename), number(error.lineno), number(error.offset), text(line),
    number(error.end_lineno), number(error.end_offset),
  ]);
  const args = [strFrom(ip, error.msg), place];
  const exc = ip.call(ip.types[error.type].handle, error.lineno === null ? args.slice(0, 1) : args);
  for (const h of args) ip.decref(h);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** `PyErr_ProgramTextObject`: a line of a file with its newline; null if there is no such file. */
function fileLine(ip: Interpreter, filename: string, line: number): string | null {
  const text = ip.sources.get(filename)?.split('\n')[line - 1];
  return text === undefined ? null : `${text}\n`;
}

/** As the `warnings` module shows it. DIFFERS: it cannot be filtered. */
function showWarning(ip: Interpreter, warning: SyntaxWarning, source: string, filename: string): void {
  const stderr = ip.sysDict === 0 ? 0 : dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
  if (stderr === 0 || stderr === ip.None) return;
  const line = (source.split('\n')[warning.lineno - 1] ?? '').trim();
  const shown = line === '' || !ip.sources.has(filename) ? '' : `  ${line}\n`;
  fileWriteString(ip, `${filename}:${warning.lineno}: ${warning.category}: ${warning.msg}\n${shown}`, stderr);
}
