/**
 * Uncaught exceptions as text (Lib/traceback.py, `TracebackException`): the chain of causes and contexts, groups, the
 * source line of a SyntaxError, notes, and "Did you mean".
 */
import type { Handle } from '../heap/layout';
import {
  getOptionalAttr,
  isExceptionInstance,
  isInt,
  isList,
  isStr,
  isTuple,
  reprText,
  strText,
} from '../objects/abstract';
import { EXC_CAUSE, EXC_CONTEXT, EXC_SUPPRESS, EXC_TRACEBACK, fieldWord } from '../objects/exceptions';
import { intToNumber } from '../objects/int';
import { listItems } from '../objects/list';
import { strValue } from '../objects/str';
import { tupleItems } from '../objects/tuple';
import { isInstanceOf } from '../objects/type-lookup';
import type { KeywordTypo } from './host';
import type { Interpreter } from './interpreter';
import { suggestionFor } from './traceback-suggest';
import { extractFrames, formatFrames, LineCache, type FrameSummary } from './traceback-frame';

const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n';
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n';
const MAX_GROUP_WIDTH = 15;
const MAX_GROUP_DEPTH = 10;

/** An exception read out, so that printing does not touch the heap again. */
interface Report {
  frames: FrameSummary[];
  /** The lines after the frames, each with its newline. */
  only: string[];
  cause: Report | null;
  context: Report | null;
  suppressContext: boolean;
  exceptions: Report[] | null;
}

/** What CPython prints of an uncaught exception (borrowed), with its newline at the end. Raises nothing. */
export function formatException(ip: Interpreter, exc: Handle): string {
  return exceptionPieces(ip, exc).join('');
}

/** The same in the pieces in which it is written: the heading, each frame, each line of the message. */
export function exceptionPieces(ip: Interpreter, exc: Handle): string[] {
  const saved = ip.takeError();
  const report = read(ip, exc, new Set([exc]));
  ip.restoreError(saved);
  const printer = new Printer(ip);
  printer.print(report);
  return printer.pieces;
}

/** `str()` or `repr()` of anything, also if it fails. */
function safeText(ip: Interpreter, value: Handle, what: string, how: typeof strText = strText): string {
  const text = how(ip, value);
  if (text !== null) return text;
  ip.clearError();
  return `<${what} ${how === strText ? 'str' : 'repr'}() failed>`;
}

function read(ip: Interpreter, exc: Handle, seen: Set<Handle>): Report {
  const { mem } = ip;
  const report: Report = {
    frames: extractFrames(ip, mem[exc + EXC_TRACEBACK]!),
    only: exceptionOnly(ip, exc),
    cause: null,
    context: null,
    suppressContext: mem[exc + EXC_SUPPRESS] !== 0,
    exceptions: null,
  };
  const next = (word: number): Report | null => {
    const other = mem[exc + word]!;
    if (other === 0 || seen.has(other)) return null;
    seen.add(other);
    return read(ip, other, seen);
  };
  report.cause = next(EXC_CAUSE);
  report.context = next(EXC_CONTEXT);
  if (isInstanceOf(ip, exc, ip.types.BaseExceptionGroup)) {
    const items = mem[exc + fieldWord('BaseExceptionGroup', 'exceptions')]!;
    const list = items === 0 ? [] : isTuple(ip, items) ? tupleItems(ip, items) : [];
    report.exceptions = list
      .filter((e) => isExceptionInstance(ip, e))
      .map((e) => {
        seen.add(e);
        return read(ip, e, seen);
      });
  }
  return report;
}

/** `module.Class`, without the module where it goes without saying. */
export function exceptionTypeText(ip: Interpreter, exc: Handle): string {
  const type = ip.mem[exc + 1]!;
  const attr = (name: string): string | null => {
    const value = getOptionalAttr(ip, type, ip.id(name));
    if (value === 0) ip.clearError();
    const text = value !== 0 && isStr(ip, value) ? strValue(ip, value) : null;
    ip.xdecref(value);
    return text;
  };
  const module = attr('__module__');
  const name = attr('__qualname__') ?? ip.slotsOfType(type).name;
  return module === '__main__' || module === 'builtins' ? name : `${module ?? '<unknown>'}.${name}`;
}

/** `format_exception_only`. */
function exceptionOnly(ip: Interpreter, exc: Handle): string[] {
  const type = exceptionTypeText(ip, exc);
  const lines: string[] = [];
  if (isInstanceOf(ip, exc, ip.types.SyntaxError)) {
    lines.push(...syntaxErrorLines(ip, exc, type));
  } else {
    const text = safeText(ip, exc, 'exception') + suggestionFor(ip, exc);
    lines.push(text === '' ? `${type}\n` : `${type}: ${text}\n`);
  }
  return [...lines, ...noteLines(ip, exc)];
}

function noteLines(ip: Interpreter, exc: Handle): string[] {
  const notes = getOptionalAttr(ip, exc, ip.id('__notes__'));
  if (notes === 0) {
    ip.clearError();
    return [];
  }
  let lines: string[] = [];
  if (isList(ip, notes) || isTuple(ip, notes)) {
    const items = isList(ip, notes) ? listItems(ip, notes) : tupleItems(ip, notes);
    lines = items.flatMap((note) => safeText(ip, note, 'note').split('\n'));
  } else if (notes !== ip.None) lines = [safeText(ip, notes, '__notes__', reprText)];
  ip.decref(notes);
  return lines.map((line) => `${line}\n`);
}

/** `_format_syntax_error`: the place, the line, the marks, the message. */
function syntaxErrorLines(ip: Interpreter, exc: Handle, type: string): string[] {
  const field = (name: string): Handle => ip.mem[exc + fieldWord('SyntaxError', name)]!;
  const number = (name: string): number | null => {
    const h = field(name);
    return h !== 0 && isInt(ip, h) ? intToNumber(ip, h) : null;
  };
  const text = (name: string): string | null => {
    const h = field(name);
    return h !== 0 && isStr(ip, h) ? strValue(ip, h) : null;
  };
  const lines: string[] = [];
  const line = number('lineno');
  const filename = text('filename');
  if (line !== null) lines.push(`  File "${filename || '<string>'}", line ${line}\n`);
  const source = text('text');
  const msg = field('msg');
  let message = msg === 0 || msg === ip.None ? '<no detail available>' : safeText(ip, msg, 'exception');
  const typo = source === null || line === null ? null : keywordTypo(ip, message, filename, line);
  if (typo !== null) {
    lines.push(...markedSource(typo.text, typo.line, typo.line, typo.start, typo.end));
    message = `invalid syntax. Did you mean '${typo.keyword}'?`;
  } else if (source !== null)
    lines.push(...markedSource(source, line, number('end_lineno'), number('offset'), number('end_offset')));
  lines.push(
    `${type}: ${message || '<no detail available>'}${line === null && filename !== null ? ` (${filename})` : ''}\n`,
  );
  return lines;
}

/** 3.14 looks for a misspelt keyword where the parser had nothing better to say. DIFFERS: only in files. */
function keywordTypo(ip: Interpreter, message: string, filename: string | null, line: number): KeywordTypo | null {
  if (ip.facts.name === '3.13' || filename === null) return null;
  if (message !== 'invalid syntax' && !message.includes('Perhaps you forgot a comma')) return null;
  const source = ip.sources.get(filename);
  return source === undefined ? null : ip.tracebackParser.keywordTypo(source, line);
}

function markedSource(
  source: string,
  line: number | null,
  endLine: number | null,
  column: number | null,
  endColumn: number | null,
): string[] {
  const chars = Array.from(source.replace(/\n+$/, ''));
  const stripped = Array.from(chars.join('').replace(/^[ \n\f]+/, ''));
  const spaces = chars.length - stripped.length;
  const shown = `    ${stripped.join('')}\n`;
  if (column === null) return [shown];
  const total = Array.from(source).length;
  let start = column;
  let end = line === endLine ? endColumn || start : chars.length + 1;
  if (total > 0 && start > total) start = chars.length + 1;
  if (total > 0 && end > total) end = chars.length + 1;
  if (start >= end || end < 0) end = start + 1;
  const from = start - 1 - spaces;
  if (from < 0) return [shown];
  // Tabs stay tabs, so that the marks stand under what they mean.
  const blank = stripped
    .slice(0, from)
    .map((c) => (c.trim() === '' ? c : ' '))
    .join('');
  return [shown, `    ${blank}${'^'.repeat(end - start)}\n`];
}

/** `TracebackException.format` with the margins of exception groups. */
class Printer {
  readonly pieces: string[] = [];
  private depth = 0;
  private needClose = false;
  private readonly cache: LineCache;
  constructor(private readonly ip: Interpreter) {
    this.cache = new LineCache(ip);
  }

  private get indent(): string {
    return ' '.repeat(2 * this.depth);
  }

  private emit(text: string, margin = '|'): void {
    const prefix = this.depth > 0 ? `${this.indent}${margin} ` : '';
    this.pieces.push(prefix === '' ? text : text.replace(/[^\n]*\n|[^\n]+$/g, (line) => prefix + line));
  }

  print(report: Report): void {
    const chain: [string | null, Report][] = [];
    for (let r: Report | null = report; r !== null; ) {
      const next: Report | null = r.cause ?? (r.suppressContext ? null : r.context);
      chain.push([next === null ? null : r.cause !== null ? CAUSE : CONTEXT, r]);
      r = next;
    }
    for (const [message, r] of chain.reverse()) {
      if (message !== null) this.emit(message);
      if (r.exceptions === null) this.single(r);
      else if (this.depth > MAX_GROUP_DEPTH) this.emit(`... (max_group_depth is ${MAX_GROUP_DEPTH})\n`);
      else this.group(r, r.exceptions);
    }
  }

  private frames(r: Report, head: string, margin?: string): void {
    if (r.frames.length === 0) return;
    this.emit(head, margin);
    for (const frame of formatFrames(this.ip, r.frames, this.cache)) this.emit(frame);
  }

  private single(r: Report): void {
    this.frames(r, 'Traceback (most recent call last):\n');
    for (const line of r.only) this.emit(line);
  }

  private group(r: Report, exceptions: Report[]): void {
    const top = this.depth === 0;
    if (top) this.depth++;
    this.frames(r, 'Exception Group Traceback (most recent call last):\n', top ? '+' : undefined);
    for (const line of r.only) this.emit(line);
    const shown = Math.min(exceptions.length, MAX_GROUP_WIDTH + 1);
    this.needClose = false;
    for (let i = 0; i < shown; i++) {
      const last = i === shown - 1;
      if (last) this.needClose = true;
      const truncated = i >= MAX_GROUP_WIDTH;
      this.pieces.push(
        `${this.indent}${i === 0 ? '+-' : '  '}+---------------- ${truncated ? '...' : i + 1} ----------------\n`,
      );
      this.depth++;
      if (!truncated) this.print(exceptions[i]!);
      else {
        const rest = exceptions.length - MAX_GROUP_WIDTH;
        this.emit(`and ${rest} more exception${rest > 1 ? 's' : ''}\n`);
      }
      if (last && this.needClose) {
        this.pieces.push(`${this.indent}+------------------------------------\n`);
        this.needClose = false;
      }
      this.depth--;
    }
    if (top) this.depth = 0;
  }
}
