/**
 * `_tokenize.TokenizerIter` (Python/Python-tokenize.c): our tokenizer's tokens with comments and blank lines between
 * them, as `tokenize` wants them. The lines are read when the first token is asked for.
 */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { isBytes, isStr, isTrue, typeName } from '../objects/abstract';
import { bytesValue } from '../objects/bytes';
import { decodeBytes } from '../objects/codecs';
import { genericGetAttr } from '../objects/generic-attr';
import { params, parseArgs } from '../objects/getargs';
import { intFromNumber } from '../objects/int';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strValue } from '../objects/str';
import { newTuple } from '../objects/tuple';
import { type OrderedWarning, PySyntaxError } from '../parser/syntax-error';
import { Tokenizer } from '../parser/tokenizer';
import * as T from '../parser/tokens';
import { raiseSyntaxError } from '../modules/compile-source';
import { moduleType, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** Keywords have the numbers behind the operators'. */
const FIRST_KEYWORD = Math.min(...T.KEYWORDS.values());

const READLINE = 2;
/** Leaf index of the tokens, 0 before they are made. */
const TOKENS = 3;
const NEXT = 4;
/** Leaf index of the encoding, 0 for str. */
const ENCODING = 5;
const EXTRA = 6;

interface Item {
  readonly type: number;
  readonly text: string;
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
  readonly line: string;
}

interface Tokens {
  readonly items: readonly Item[];
  /** What stopped it. */
  readonly error: PySyntaxError | null;
}

/** Numbers of Lib/token.py. */
const NUMBERS = {
  '3.13': { OP: 55, FSTRING: 59, COMMENT: 62, NL: 63 },
  '3.14': { OP: 55, FSTRING: 59, COMMENT: 65, NL: 66 },
} as const;

class Scanner {
  private readonly items: Item[] = [];
  private readonly lineStarts: number[] = [0];
  /** Where the text behind the last token begins. */
  private pos = 0;
  private readonly numbers: (typeof NUMBERS)['3.13' | '3.14'];
  private readonly src: string;
  /** The last line had no newline of its own. */
  private readonly implicitNewline: boolean;

  constructor(
    text: string,
    private readonly ip: Interpreter,
  ) {
    this.numbers = NUMBERS[ip.facts.name];
    const plain = text.replace(/\r\n?/g, '\n');
    this.implicitNewline = plain.length > 0 && !plain.endsWith('\n');
    this.src = this.implicitNewline ? `${plain}\n` : plain;
    for (let i = this.src.indexOf('\n'); i >= 0; i = this.src.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
  }

  private place(offset: number): [number, number] {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.lineStarts[mid]! <= offset) low = mid;
      else high = mid - 1;
    }
    return [low + 1, [...this.src.slice(this.lineStarts[low]!, offset)].length];
  }

  /** The physical lines from one to another. */
  private lines(from: number, to: number): string {
    const text = this.src.slice(this.lineStarts[from - 1], this.lineStarts[to] ?? this.src.length);
    const last = to >= this.lineStarts.length - 1;
    return last && this.implicitNewline && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  private push(type: number, from: number, to: number, text = this.src.slice(from, to)): void {
    const start = this.place(from);
    const end = this.place(to);
    this.items.push({ type, text, start, end, line: this.lines(start[0], end[0]) });
  }

  /** A newline token: its end is one column further, on the same line. */
  private newline(type: number, at: number): void {
    const [line, column] = this.place(at);
    const own = !(this.implicitNewline && at === this.src.length - 1);
    this.items.push({
      type,
      text: own ? '\n' : '',
      start: [line, column],
      end: [line, column + 1],
      line: this.lines(line, line),
    });
  }

  /** Comments and empty lines up to an offset. */
  private gap(to: number): void {
    while (this.pos < to) {
      const c = this.src[this.pos]!;
      if (c === '#') {
        const newline = this.src.indexOf('\n', this.pos);
        const end = Math.min(newline < 0 ? this.src.length : newline, to);
        this.push(this.numbers.COMMENT, this.pos, end);
        this.pos = end;
      } else if (c === '\n') {
        this.newline(this.numbers.NL, this.pos);
        this.pos++;
      } else if (c === '\\' && this.src[this.pos + 1] === '\n') this.pos += 2;
      else this.pos++;
    }
  }

  private number(type: number): number {
    if (type >= T.FSTRING_START && type <= T.TSTRING_END) return this.numbers.FSTRING + type - T.FSTRING_START;
    if (type <= T.DEDENT) return type;
    return type >= FIRST_KEYWORD ? T.NAME : this.numbers.OP;
  }

  run(): Tokens {
    const warnings: OrderedWarning[] = [];
    const tokenizer = new Tokenizer(this.src, '<string>', warnings, this.ip.facts.version[1]);
    const indents: number[] = [];
    let error: PySyntaxError | null = null;
    try {
      for (;;) {
        const token = tokenizer.get();
        if (token.type === T.ERRORTOKEN) {
          if (tokenizer.done === 'eof') this.gap(this.src.length);
          error = this.errorOf(tokenizer);
          break;
        }
        if (token.type === T.INDENT || token.type === T.DEDENT) {
          indents.push(token.type);
          continue;
        }
        if (token.type === T.ENDMARKER) {
          this.gap(this.src.length);
          this.atEnd(indents);
          break;
        }
        const isNewline = token.type === T.NEWLINE;
        const start = isNewline ? token.end : token.start;
        this.gap(start);
        this.indentation(indents, start);
        if (isNewline) {
          this.newline(T.NEWLINE, start);
          this.pos = start + 1;
        } else {
          this.push(this.number(token.type), start, token.end);
          // A doubled brace stands for one: the text ends before the second.
          this.pos = Math.max(token.end, tokenizer.cur);
        }
      }
    } catch (thrown) {
      if (!(thrown instanceof PySyntaxError)) throw thrown;
      error = thrown;
    }
    return { items: this.items, error };
  }

  /** INDENT and DEDENT stand before the first token of their line. */
  private indentation(indents: number[], start: number): void {
    const [line, column] = this.place(start);
    const lineStart = this.lineStarts[line - 1]!;
    for (const type of indents.splice(0)) {
      if (type === T.INDENT) this.push(T.INDENT, lineStart, start);
      else
        this.items.push({ type, text: '', start: [line, column], end: [line, column], line: this.lines(line, line) });
    }
  }

  private atEnd(indents: number[]): void {
    const line = this.lineStarts.length;
    const end: [number, number] = [line, 0];
    for (const type of [...indents, T.ENDMARKER]) this.items.push({ type, text: '', start: end, end, line: '' });
  }

  /** `_tokenizer_error`. */
  private errorOf(tokenizer: Tokenizer): PySyntaxError {
    const { lineno } = tokenizer;
    const make = (
      type: 'SyntaxError' | 'IndentationError' | 'TabError',
      message: string,
      offset = 0,
    ): PySyntaxError => {
      const line = this.lines(Math.max(1, lineno), Math.max(1, lineno));
      return new PySyntaxError(
        type,
        message,
        '<string>',
        lineno,
        offset || [...line].length,
        null,
        null,
        line.replace(/\n$/, ''),
      );
    };
    switch (tokenizer.done) {
      case 'dedent':
        return make('IndentationError', 'unindent does not match any outer indentation level');
      case 'tabspace':
        return make('TabError', 'inconsistent use of tabs and spaces in indentation');
      case 'toodeep':
        return make('IndentationError', 'too many levels of indentation');
      case 'linecont':
        return make('SyntaxError', 'unexpected character after line continuation character');
      case 'eof':
        return new PySyntaxError(
          'SyntaxError',
          'unexpected EOF in multi-line statement',
          '<string>',
          this.lineStarts.length - 1,
          0,
          null,
          null,
          '',
        );
      default:
        return make('SyntaxError', 'invalid token');
    }
  }
}

/** All that `readline` gives; null with an exception. */
function readAll(ip: Interpreter, readline: Handle, encoding: string | null): string | null {
  let all = '';
  for (;;) {
    const line = ip.call(readline, []);
    if (line === 0) {
      if (!ip.errorMatches('StopIteration')) return null;
      ip.clearError();
      return all;
    }
    let part: string;
    if (encoding === null) {
      if (!isStr(ip, line)) {
        ip.raise('TypeError', 'readline() returned a non-string object');
        ip.decref(line);
        return null;
      }
      part = strValue(ip, line);
    } else {
      if (!isBytes(ip, line)) {
        ip.raise('TypeError', 'readline() returned a non-bytes object');
        ip.decref(line);
        return null;
      }
      const text = decodeBytes(ip, bytesValue(ip, line), encoding, 'strict');
      if (text === 0) {
        ip.decref(line);
        return null;
      }
      part = strValue(ip, text);
      ip.decref(text);
    }
    ip.decref(line);
    if (part === '') return all;
    all += part;
  }
}

function nextToken(ip: Interpreter, h: Handle): Handle {
  const { heap, mem } = ip;
  if (mem[h + TOKENS] === 0) {
    const encoding = (heap.leaf[mem[h + ENCODING]!] as string | undefined) ?? null;
    const text = readAll(ip, mem[h + READLINE]!, encoding);
    if (text === null) return 0;
    heap.set(h + TOKENS, heap.newLeaf(new Scanner(text, ip).run()));
  }
  const { items, error } = heap.leaf[mem[h + TOKENS]!] as Tokens;
  const i = mem[h + NEXT]!;
  const item = items[i];
  if (item === undefined) return error === null ? 0 : raiseSyntaxError(ip, error);
  heap.set(h + NEXT, i + 1);
  const pair = ([line, column]: readonly [number, number]): Handle =>
    newTuple(ip, [intFromNumber(ip, line), intFromNumber(ip, column)]);
  return newTuple(ip, [
    intFromNumber(ip, item.type),
    strFrom(ip, item.text),
    pair(item.start),
    pair(item.end),
    strFrom(ip, item.line),
  ]);
}

const PARAMS = params('tokenizeriter', 'readline, /, *, extra_tokens, encoding=');

const spec: TypeSpec = {
  name: 'TokenizerIter',
  module: '_tokenize',
  words: 5,
  basicsize: 64,
  slots: {
    tp_new(ip: Interpreter, type, args, kwnames) {
      const parsed = parseArgs(ip, PARAMS, args, kwnames);
      if (parsed === null) return 0;
      const [readline, extra, encoding] = parsed as [Handle, Handle, Handle];
      const wanted = isTrue(ip, extra);
      if (wanted < 0) return 0;
      if (encoding !== 0 && !isStr(ip, encoding))
        return ip.raise('TypeError', `tokenizeriter() argument 'encoding' must be str, not ${typeName(ip, encoding)}`);
      const h = allocInstance(ip, ip.slotsOfType(type));
      ip.heap.set(h + READLINE, ip.newRef(readline));
      ip.heap.set(h + EXTRA, wanted);
      if (encoding !== 0) ip.heap.set(h + ENCODING, ip.heap.newLeaf(strValue(ip, encoding)));
      return h;
    },
    tp_dealloc(rt: Runtime, h) {
      rt.heap.clearRef(h + READLINE);
      rt.heap.dropLeaf(rt.mem[h + TOKENS]!);
      rt.heap.dropLeaf(rt.mem[h + ENCODING]!);
      freeObject(rt, h);
    },
    tp_ledger(rt: Runtime, h, visit) {
      if (rt.mem[h + READLINE] !== 0) visit(rt.mem[h + READLINE]!, h + READLINE);
    },
    tp_getattro: genericGetAttr,
    tp_iter: (rt: Runtime, h) => rt.newRef(h),
    tp_iternext: (ip: Interpreter, h) => nextToken(ip, h),
  },
};

export const tokenizeModule: NativeModule = {
  name: '_tokenize',
  methods: {},
  values: (ip) => ({ TokenizerIter: ip.newRef(moduleType(ip, spec).handle) }),
};
