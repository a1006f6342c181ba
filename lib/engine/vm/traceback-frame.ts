/**
 * One frame of a printed traceback (Lib/traceback.py, `FrameSummary`, `StackSummary.format`): its place, its source
 * lines, and the marks under the part that was being run.
 */
import type { Handle } from '../heap/layout';
import { isStr } from '../objects/abstract';
import { codeRuntime } from '../objects/code';
import { dictGetKnown } from '../objects/dict';
import { frameOf } from '../objects/frame';
import { F_CODE, F_GLOBALS } from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { TB_FRAME, TB_LASTI, TB_LINENO, TB_NEXT } from '../objects/traceback';
import type { Anchors } from './host';
import type { Interpreter } from './interpreter';

/** The same line of the same function in a row: only this many are shown. */
const RECURSIVE_CUTOFF = 3;

export interface FrameSummary {
  readonly filename: string;
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** Byte columns; null where the instruction has none. */
  readonly column: number | null;
  readonly endColumn: number | null;
  /** `__file__` of the frame's globals: the lines shown if there is no such file, as its loader's `get_source` gives. */
  readonly moduleFile: string | null;
}

/** The frames of a traceback (borrowed, may be 0), outermost first. */
export function extractFrames(ip: Interpreter, traceback: Handle): FrameSummary[] {
  const { mem } = ip;
  const frames: FrameSummary[] = [];
  for (let tb = traceback; tb !== 0 && tb !== ip.None; tb = mem[tb + TB_NEXT]!) {
    const f = frameOf(ip, mem[tb + TB_FRAME]!);
    const { unit } = codeRuntime(ip, mem[f + F_CODE]!);
    const file = dictGetKnown(ip, mem[f + F_GLOBALS]!, ip.id('__file__'));
    const at = mem[tb + TB_LASTI]! * 4;
    const known = (i: number): number | null => {
      const n = unit.positions[at + i] ?? -1;
      return n < 0 ? null : n;
    };
    const line = known(0) ?? mem[tb + TB_LINENO]!;
    frames.push({
      filename: unit.filename,
      name: unit.name,
      line,
      endLine: known(1) ?? line,
      column: known(2),
      endColumn: known(3),
      moduleFile: file !== 0 && isStr(ip, file) ? strValue(ip, file) : null,
    });
  }
  return frames;
}

/** Lines of source by filename; '' where there is none (Lib/linecache.py). */
export class LineCache {
  private readonly files = new Map<string, string[]>();
  constructor(private readonly ip: Interpreter) {}

  line({ filename, moduleFile }: FrameSummary, line: number): string {
    let lines = this.files.get(filename);
    if (lines === undefined) {
      const source =
        this.source(filename) ?? (filename.startsWith('<') || moduleFile === null ? null : this.source(moduleFile));
      lines = source === null ? [] : source.split(/\r\n|\r|\n/);
      this.files.set(filename, lines);
    }
    return lines[line - 1] ?? '';
  }

  private source(filename: string): string | null {
    const { ip } = this;
    return ip.sourceText(filename);
  }
}

/** `StackSummary.format`. */
export function formatFrames(ip: Interpreter, frames: readonly FrameSummary[], cache: LineCache): string[] {
  return foldFrames(frames, (frame) => formatFrame(ip, frame, cache));
}

/** One text a frame, repetitions folded. */
export function foldFrames(frames: readonly FrameSummary[], format: (frame: FrameSummary) => string): string[] {
  const result: string[] = [];
  let last: FrameSummary | null = null;
  let count = 0;
  const fold = (): void => {
    const more = count - RECURSIVE_CUTOFF;
    if (more > 0) result.push(`  [Previous line repeated ${more} more time${more > 1 ? 's' : ''}]\n`);
  };
  for (const frame of frames) {
    if (last === null || last.filename !== frame.filename || last.line !== frame.line || last.name !== frame.name) {
      fold();
      last = frame;
      count = 0;
    }
    count++;
    if (count <= RECURSIVE_CUTOFF) result.push(format(frame));
  }
  fold();
  return result;
}

/** As C code prints a frame (Python/traceback.c, `tb_displayline`): its first line, without marks. */
export function plainFrame(frame: FrameSummary, cache: LineCache | null): string {
  const line = (cache?.line(frame, frame.line) ?? '').replace(/^[ \t\f]+/, '');
  return `  File "${frame.filename}", line ${frame.line}, in ${frame.name}\n${line === '' ? '' : `    ${line}\n`}`;
}

function formatFrame(ip: Interpreter, frame: FrameSummary, cache: LineCache): string {
  const head = `  File "${frame.filename}", line ${frame.line}, in ${frame.name}\n`;
  const original: string[] = [];
  for (let n = frame.line; n <= frame.endLine; n++) original.push(cache.line(frame, n).trimEnd());
  const dedented = dedent(original);
  if (dedented.every((line) => line.trim() === '')) return head;
  if (frame.column === null || frame.endColumn === null) return `${head}    ${original[0]!.trim()}\n`;
  const shown = markedLines(ip, frame, original, dedented);
  return (
    head +
    dedent(shown)
      .map((line) => `    ${line}\n`)
      .join('')
  );
}

/** The lines that are shown and, where they say something, the marks under them. */
function markedLines(ip: Interpreter, frame: FrameSummary, original: string[], dedented: string[]): string[] {
  const lines = dedented.map((line) => Array.from(line));
  const lastIndex = lines.length - 1;
  const cut = Array.from(original[0]!).length - lines[0]!.length;
  const start = Math.max(0, byteToChar(original[0]!, frame.column!) - cut);
  const end = Math.max(0, byteToChar(original[lastIndex]!, frame.endColumn!) - cut);
  const anchors = ip.tracebackParser.anchors(segmentOf(lines, start, end));
  const showMarks = marksSaySomething(ip, dedented, lines, start, end, anchors);
  const significant = new Set([0, lastIndex]);
  let left = 0;
  let right = 0;
  if (anchors !== null) {
    left = displayWidth(lines[anchors.leftEndLine]!, anchors.leftEndOffset + (anchors.leftEndLine === 0 ? start : 0));
    right = displayWidth(
      lines[anchors.rightStartLine]!,
      anchors.rightStartOffset + (anchors.rightStartLine === 0 ? start : 0),
    );
    for (const middle of [anchors.leftEndLine, anchors.rightStartLine]) {
      for (const n of [middle - 1, middle, middle + 1]) if (n >= 0 && n <= lastIndex) significant.add(n);
    }
  }
  const marksStart = displayWidth(lines[0]!, start);
  const marksEnd = displayWidth(lines[lastIndex]!, end);
  const out: string[] = [];
  const output = (n: number): void => {
    out.push(dedented[n]!);
    if (!showMarks) return;
    const line = lines[n]!;
    const indent = line.length - Array.from(dedented[n]!.trimStart()).length;
    const width = n === lastIndex ? marksEnd : displayWidth(line, line.length);
    let marks = '';
    for (let col = 0; col < width; col++) {
      if (col < indent || (n === 0 && col < marksStart)) marks += ' ';
      else if (anchors === null) marks += '^';
      else {
        const afterLeft = n > anchors.leftEndLine || (n === anchors.leftEndLine && col >= left);
        const beforeRight = n < anchors.rightStartLine || (n === anchors.rightStartLine && col < right);
        marks += afterLeft && beforeRight ? '^' : '~';
      }
    }
    out.push(marks);
  };
  const chosen = [...significant].sort((a, b) => a - b);
  chosen.forEach((n, i) => {
    const gap = i === 0 ? 1 : n - chosen[i - 1]!;
    if (gap === 2) output(n - 1);
    else if (gap > 2) out.push(`...<${gap - 1} lines>...`);
    output(n);
  });
  return out;
}

/** The text of the instruction. */
function segmentOf(lines: string[][], start: number, end: number): string {
  const lastIndex = lines.length - 1;
  return lines.map((line, n) => line.slice(n === 0 ? start : 0, n === lastIndex ? end : undefined).join('')).join('\n');
}

/** `_should_show_carets`: no marks if they would cover the whole line. */
function marksSaySomething(
  ip: Interpreter,
  dedented: string[],
  lines: string[][],
  start: number,
  end: number,
  anchors: Anchors | null,
): boolean {
  if (ip.tracebackParser.hidesCarets(dedented, start, end)) return false;
  if (anchors !== null) return true;
  const before = lines[0]!.slice(0, start).join('').trimStart();
  const after = lines.at(-1)!.slice(end).join('').trimEnd();
  return before !== '' || after !== '';
}

/** `textwrap.dedent`: takes the whitespace off that all lines begin with; blank lines become empty. */
function dedent(lines: readonly string[]): string[] {
  let margin: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const own = /^[ \t]*/.exec(line)![0];
    if (margin === null) margin = own;
    else {
      let n = 0;
      while (n < margin.length && n < own.length && margin[n] === own[n]) n++;
      margin = margin.slice(0, n);
    }
  }
  const cut = margin?.length ?? 0;
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(cut)));
}

/** `_byte_offset_to_character_offset`. */
export function byteToChar(line: string, offset: number): number {
  let bytes = 0;
  let chars = 0;
  for (const c of line) {
    if (bytes >= offset) break;
    const code = c.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    chars++;
  }
  return chars;
}

/** Characters that a terminal shows in two columns (`unicodedata.east_asian_width` W and F), as ranges. */
const WIDE: readonly [number, number][] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

/** `_display_width` of the first `offset` characters. */
function displayWidth(line: readonly string[], offset: number): number {
  let width = offset;
  for (let i = 0; i < offset && i < line.length; i++) {
    const code = line[i]!.codePointAt(0)!;
    if (code >= 0x1100 && WIDE.some(([low, high]) => code >= low && code <= high)) width++;
  }
  return width;
}
