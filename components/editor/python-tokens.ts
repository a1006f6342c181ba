/**
 * A line-by-line tokenizer of Python for colouring only. The editor, the phone's text area and edited cells that wait
 * as static text all colour with it; its kinds are those that shiki's `css-variables` theme gives untouched cells at
 * build time, so a cell looks the same before and after it is opened (python-tokens.test.ts compares the two).
 */

export type TokenKind =
  | 'foreground'
  | 'punctuation'
  | 'keyword'
  | 'constant'
  | 'string-expression'
  | 'comment'
  | 'function'
  | 'parameter';

export interface Token {
  readonly start: number;
  readonly kind: TokenKind;
}

/** What a line inherits from the one above; compared by value. */
export interface LineState {
  /** The open triple quote, if any. */
  readonly quote: '"""' | "'''" | null;
  readonly quoteKind: 'string-expression' | 'comment';
  /** Depth of brackets since a `def` or `class` header opened, and which header; 0 outside one. */
  readonly header: 'def' | 'class' | null;
  readonly depth: number;
}

export const INITIAL_STATE: LineState = { quote: null, quoteKind: 'string-expression', header: null, depth: 0 };

const words = (text: string) => new Set(text.split(' '));

const KEYWORDS = words(
  'and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield',
);
const SOFT_KEYWORDS = words('match case type');
const CONSTANTS = words(
  'None True False Ellipsis NotImplemented __debug__ bool bytearray bytes classmethod complex dict float frozenset ' +
    'int list memoryview object property set slice staticmethod str super tuple type',
);
const FUNCTIONS = words(
  '__import__ abs all any ascii bin breakpoint callable chr compile copyright credits delattr dir divmod enumerate ' +
    'eval exec exit filter format getattr globals hasattr hash help hex id input isinstance issubclass iter len ' +
    'license locals map max min next oct open ord pow print quit range repr reversed round setattr sorted sum vars zip',
);
const EXCEPTION =
  /^(?:[A-Z]\w*(?:Error|Exception|Warning)|BaseException|KeyboardInterrupt|SystemExit|StopIteration|GeneratorExit)$/;
const MAGIC =
  /^__(?:name|file|doc|dict|class|module|slots|annotations|all|builtins|debug|qualname|weakref|bases|mro)__$/;

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?/y;
const STRING_START = /([rRbBuUfFtT]{0,2})("""|'''|"|')/y;
const OPERATOR = /->|:=|\*\*=?|\/\/=?|<<=?|>>=?|[=!<>]=|[+\-*/%@&|^]=?|[<>=~]/y;

export function tokenizeLine(line: string, state: LineState): { tokens: Token[]; state: LineState } {
  const tokens: Token[] = [];
  const push = (start: number, kind: TokenKind) => {
    if (tokens.at(-1)?.kind !== kind) tokens.push({ start, kind });
  };
  let { quote, quoteKind, header, depth } = state;
  let at = 0;
  let previous = '';
  let inLambda = false;

  if (quote !== null) {
    const end = line.indexOf(quote);
    push(0, quoteKind);
    if (end === -1) return { tokens, state };
    at = end + 3;
    quote = null;
  }

  while (at < line.length) {
    const rest = line.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    if (line[at] === '#') {
      push(at, 'comment');
      break;
    }
    const opening = match(STRING_START, line, at);
    if (opening) {
      const prefix = opening[1] ?? '';
      const mark = opening[2] ?? '"';
      const isDocstring = prefix === '' && mark.length === 3 && line.slice(0, at).trim() === '';
      const kind = isDocstring ? 'comment' : 'string-expression';
      if (prefix !== '') push(at, 'keyword');
      push(at + prefix.length, kind);
      const bodyStart = at + opening[0].length;
      const end = endOfString(line, bodyStart, mark);
      if (/[fFtT]/.test(prefix)) replacementFields(line, bodyStart, end ?? line.length, push);
      if (end === null && mark.length === 3) {
        quote = mark === '"""' ? '"""' : "'''";
        quoteKind = kind;
      }
      at = end === null ? line.length : end + mark.length;
      previous = 'string';
      continue;
    }
    const number = match(NUMBER, line, at);
    if (number && /[\d.]/.test(line[at] ?? '') && number[0] !== '.') {
      push(at, 'constant');
      at += number[0].length;
      previous = 'number';
      continue;
    }
    const name = match(NAME, line, at);
    if (name) {
      const word = name[0];
      const next = line.slice(at + word.length).trimStart();
      const isParameter =
        (inLambda && previous !== '=') || (header === 'def' && depth === 1 && /^(?:|\(|,|\*\*?)$/.test(previous));
      push(at, nameKind(word, previous, next, isParameter, header === 'class' && depth > 0));
      if (word === 'lambda') inLambda = true;
      if (word === 'def' || word === 'class') {
        header = word;
        depth = 0;
      }
      at += word.length;
      previous = word;
      continue;
    }
    const operator = match(OPERATOR, line, at);
    if (operator) {
      push(at, operator[0] === '->' ? 'punctuation' : previous === '' && operator[0] === '@' ? 'function' : 'keyword');
      at += operator[0].length;
      previous = operator[0];
      continue;
    }
    const char = line[at] ?? '';
    push(at, 'punctuation');
    if (header !== null) {
      if ('([{'.includes(char)) depth += 1;
      if (')]}'.includes(char)) depth -= 1;
      if (char === ':' && depth === 0) header = null;
    }
    if (char === ':') inLambda = false;
    at += 1;
    previous = char;
  }
  // A header that was not closed on its line goes on only inside brackets.
  if (depth === 0) header = null;
  return { tokens, state: { quote, quoteKind, header, depth: header === null ? 0 : depth } };
}

export interface ColouredSpan {
  readonly text: string;
  readonly kind: TokenKind;
}

/** The whole text, line by line, as spans that joined give the line again. */
export function colourPython(code: string): ColouredSpan[][] {
  let state = INITIAL_STATE;
  return code.split('\n').map((line) => {
    const result = tokenizeLine(line, state);
    state = result.state;
    const { tokens } = result;
    const spans: ColouredSpan[] = [];
    if (line !== '' && tokens[0]?.start !== 0) {
      spans.push({ text: line.slice(0, tokens[0]?.start), kind: 'foreground' });
    }
    for (const [index, token] of tokens.entries()) {
      spans.push({ text: line.slice(token.start, tokens[index + 1]?.start), kind: token.kind });
    }
    return spans;
  });
}

function nameKind(word: string, previous: string, next: string, isParameter: boolean, isBase: boolean): TokenKind {
  if (previous === '.') return next.startsWith('(') ? 'function' : 'foreground';
  if (word === 'None' || word === 'True' || word === 'False') return 'constant';
  if (KEYWORDS.has(word)) return 'keyword';
  if (previous === 'def' || previous === 'class') return 'function';
  if (previous === '' && SOFT_KEYWORDS.has(word) && /^[\w[({"'-]/.test(next) && next.endsWith(':')) return 'keyword';
  if (isParameter) return 'parameter';
  if (isBase && !next.startsWith('=')) return 'function';
  if (MAGIC.test(word) || EXCEPTION.test(word)) return 'constant';
  if (CONSTANTS.has(word)) return next.startsWith('[') ? 'foreground' : 'constant';
  if (FUNCTIONS.has(word)) return 'function';
  if (next.startsWith('(')) return 'function';
  return previous === '@' ? 'function' : 'foreground';
}

/** Where the closing quote starts, or null if it is not on this line. */
function endOfString(line: string, from: number, mark: string): number | null {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line.startsWith(mark, at)) return at;
  }
  return null;
}

/** The `{…}` parts of an f-string: braces as constants, the expression plain. */
function replacementFields(line: string, from: number, to: number, push: (start: number, kind: TokenKind) => void) {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const char = line[at];
    if ((char === '{' || char === '}') && line[at + 1] === char && depth === 0) {
      at += 1;
    } else if (char === '{' || char === '}') {
      push(at, 'constant');
      depth += char === '{' ? 1 : -1;
      if (at + 1 <= to) push(at + 1, depth > 0 ? 'punctuation' : 'string-expression');
    }
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
