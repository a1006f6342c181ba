/**
 * Broken programs: texts of the conformance set and of the standard library with pieces deleted, doubled, exchanged and
 * taken from one another. Most are SyntaxErrors; enough are not. Program N is the same everywhere.
 */
import { nodeLibrary } from '../../lib/engine-cli/library';
import { listPrograms } from '../conformance/programs';
import { type How, NEXT_CELL } from './ends';
import { random } from './random';

const HOWS: readonly How[] = ['audited', 'cells', 'traced', 'cells', 'generated', 'cells'];
/** Texts in one source of cells: starting an interpreter costs more than running one. */
export const CELLS = 40;

export interface Mutant {
  readonly source: string;
  readonly how: How;
}

/** Lines of a standard-library module that are taken at once. */
const PIECE = 50;

const TOKEN =
  /\s+|[A-Za-z_]\w*|\d[\w.]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\*\*=?|\/\/=?|<<=?|>>=?|->|:=|[-+*/%&|^=<>!]=|[\s\S]/gu;

const WORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type print len range list dict set tuple str int float bytes super object property iter next zip map filter sorted sum min max repr hash id isinstance getattr setattr Exception BaseException StopIteration __init__ __del__ __dict__ __class__ __slots__ __getattr__ __iter__ __next__ __enter__ __exit__ __eq__ __hash__ self'.split(
    ' ',
  );
const MARKS = '( ) [ ] { } , : ; . = == != < > <= >= + - * ** / // % @ & | ^ ~ << >> -> := += *= ... ! \\ # \n'.split(
  ' ',
);
const VALUES = [
  ...['0', '-1', '1', '255', '2**31', '2**63', '-2**63', '2**64', '10**30', '10**400', '1e308', '1e-320', '1j', '.5'],
  ...[
    "float('nan')",
    "float('inf')",
    'None',
    'True',
    '[]',
    '()',
    '{}',
    'set()',
    "''",
    "b''",
    "'\\ud800'",
    "'a' * 1000",
  ],
  ...["f'{1!r:>{3}}'", "'é\u{1f40d}'", '...', 'NotImplemented', 'object()', 'type', 'int', 'len'],
  ...[
    '(x for x in [1])',
    'lambda: 0',
    '[[]]',
    '{1: 2}',
    'range(5)',
    'slice(1, None, -1)',
    'bytearray(b"x")',
    '1 << 70',
  ],
];
const CHARACTERS = [
  ...'\0\t\n\r\f \\\'"`$?€é\u00a0\u2028\ufeff\u{1f40d}\ud800',
  ...'()[]{}:;,.=+-*/%@!~^&|<>#019azAZ_',
];

/** Program N as a function of N; `base` is the folder of the conformance set. */
export function mutations(base: string): (number: number) => Mutant {
  const programs = listPrograms(base).map(({ source }) => source);
  const library = libraryPieces();
  return (number) => {
    const next = random(number);
    const int = (below: number): number => Math.floor(next() * below);
    const pick = <T>(items: readonly T[]): T => items[int(items.length)]!;
    const text = (): string => (next() < 0.7 ? pick(programs) : pick(library));
    const one = (): string => {
      let source = text();
      const times = 1 + int(next() < 0.7 ? 2 : 6);
      for (let i = 0; i < times; i++) source = mutate(source, text, int, pick, next);
      return next() < 0.7 ? piecewise(source) : source;
    };
    const how = HOWS[number % HOWS.length]!;
    const source = how === 'cells' ? Array.from({ length: CELLS }, one).join(`\n${NEXT_CELL}`) : one();
    return { source, how };
  };
}

/** Statement by statement: what one raises does not keep the others from running. */
function piecewise(source: string): string {
  // A decorator goes with what follows it.
  const pieces = source.split(/(?<!^@.*\n)^(?=[^\s#)\]}])(?!(?:else|elif|except|finally)\b)/m);
  const texts = pieces.map((piece) => `    ${JSON.stringify(piece)},\n`);
  return `for piece in [\n${texts.join('')}]:\n    try: exec(piece)\n    except BaseException as e: print(repr(e))\n`;
}

/** Stretches of the standard library's modules that begin with a statement of the module. */
function libraryPieces(): string[] {
  const library = nodeLibrary('3.14');
  const pieces: string[] = [];
  for (const name of LIBRARY) {
    const lines = library.read(name)?.split('\n') ?? [];
    for (let at = 0; at < lines.length; ) {
      let end = Math.min(at + PIECE, lines.length);
      while (end < lines.length && !/^[A-Za-z_@]/.test(lines[end]!)) end++;
      const piece = lines.slice(at, end).join('\n');
      if (piece.length < 8000) pieces.push(`${piece}\n`);
      at = end;
    }
  }
  return pieces;
}

const LIBRARY =
  'abc ast bisect calendar collections/__init__ contextlib copy dataclasses enum fractions functools heapq inspect keyword operator pprint queue random reprlib statistics string/__init__ textwrap tokenize traceback types typing weakref'
    .split(' ')
    .map((name) => `${name}.py`);

type Int = (below: number) => number;
type Pick = <T>(items: readonly T[]) => T;

function mutate(source: string, other: () => string, int: Int, pick: Pick, next: () => number): string {
  const roll = next();
  if (roll < 0.12) return characters(source, int, pick, next);
  if (roll < 0.3) return lines(source, other(), int, next);
  const tokens = source.match(TOKEN) ?? [];
  const solid = tokens.flatMap((token, i) => (token.trim() === '' ? [] : [i]));
  if (solid.length === 0) return source;
  const at = pick(solid);
  if (roll < 0.42) tokens[at] = pick(WORDS);
  else if (roll < 0.5) tokens[at] = pick(MARKS);
  else if (roll < 0.65) {
    // A value in a place of one.
    const values = solid.filter((i) => /^[\w"']/.test(tokens[i]!) && !WORDS.slice(0, 38).includes(tokens[i]!));
    if (values.length > 0) tokens[pick(values)] = pick(VALUES);
  } else if (roll < 0.72) tokens.splice(at, 1);
  else if (roll < 0.77) tokens.splice(at, 0, tokens[at]!, ' ');
  else if (roll < 0.83) {
    const b = pick(solid);
    [tokens[at], tokens[b]] = [tokens[b]!, tokens[at]!];
  } else if (roll < 0.88) {
    const theirs = (other().match(TOKEN) ?? ['x']).filter((token) => token.trim() !== '');
    tokens[at] = pick(theirs.length > 0 ? theirs : ['x']);
  } else {
    // One bracketed expression for another.
    const mine = groups(tokens);
    const theirTokens = next() < 0.5 ? tokens : (other().match(TOKEN) ?? []);
    const theirs = groups(theirTokens);
    if (mine.length > 0 && theirs.length > 0) {
      const [a, b] = pick(mine);
      const [c, d] = pick(theirs);
      tokens.splice(a, b - a + 1, ...theirTokens.slice(c, d + 1));
    }
  }
  return tokens.join('');
}

/** First and last token of each bracketed group. */
function groups(tokens: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  const open: number[] = [];
  tokens.forEach((token, i) => {
    if ('([{'.includes(token)) open.push(i);
    else if (')]}'.includes(token)) {
      const start = open.pop();
      if (start !== undefined) found.push([start, i]);
    }
  });
  return found;
}

function characters(source: string, int: Int, pick: Pick, next: () => number): string {
  const at = int(source.length + 1);
  const roll = next();
  if (roll < 0.3) return source.slice(0, at) + source.slice(at + 1 + int(3));
  if (roll < 0.7) return source.slice(0, at) + pick(CHARACTERS) + source.slice(at);
  if (roll < 0.9) return source.slice(0, at) + pick(CHARACTERS) + source.slice(at + 1);
  return source.slice(0, at);
}

function lines(source: string, other: string, int: Int, next: () => number): string {
  const mine = source.split('\n');
  const theirs = other.split('\n');
  const at = int(mine.length);
  const roll = next();
  if (roll < 0.2) mine.splice(at, 1 + int(3));
  else if (roll < 0.35) mine.splice(at, 0, mine[at]!);
  else if (roll < 0.5) {
    const b = int(mine.length);
    [mine[at], mine[b]] = [mine[b]!, mine[at]!];
  } else if (roll < 0.65) mine[at] = ['    ', '', '\t', ' '][int(4)]! + mine[at]!;
  else {
    const from = int(theirs.length);
    const indent = /^\s*/.exec(mine[at]!)![0];
    const some = theirs.slice(from, from + 1 + int(8)).map((line) => indent + line);
    mine.splice(at, 0, ...some);
  }
  return mine.join('\n');
}
