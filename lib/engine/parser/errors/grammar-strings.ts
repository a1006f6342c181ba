/** String literals: what can be wrong inside them and between them. */

import { reprStr } from '../ast-dump';
import { decodeMiddle, decodeUnicodeEscapes, LiteralError, parseString } from '../literals';
import type { Token } from '../tokens';
import { annotated_rhs } from './grammar-expressions';
import {
  ahead,
  any,
  invalid,
  listAt,
  make,
  many0,
  many1,
  memo,
  native,
  not,
  type Node,
  nodeAt,
  opt,
  type Peg,
  placeAt,
  type Rule,
  rule,
} from './peg';

/** Runs a decoder; what it cannot decode is an error at the last token fetched (`_Pypegen_raise_decode_error`). */
function decode<R>(p: Peg, token: Token, run: () => R): R {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    if (error.message.startsWith('bytes can')) return p.raiseRange(error.message, token);
    return p.raise(error.message);
  }
}

const string: Rule = rule(() => [
  [
    'STRING',
    (v, p, start) => {
      const token = v[0] as Token;
      const value = decode(p, token, () => parseString(p.text(token), () => {}));
      return p.node('Constant', start, { kind: value.kind });
    },
  ],
]);

/** A literal piece of text, kept undecoded until the whole string is there. */
const middle = (token: string): Rule =>
  rule(() => [[token, (v, p, start) => p.node('Text', start, { id: p.text(v[0] as Token) })]]);

const specText = (token: string): Rule =>
  rule(() => [
    [
      token,
      (v, p, start) => {
        const text = v[0] as Token;
        decode(p, text, () => decodeUnicodeEscapes(p.text(text), () => {}));
        return p.node('Constant', start, { kind: 'str' });
      },
    ],
  ]);

/** `f`- and `t`-strings have the same grammar under different names. */
function interpolated(letter: 'f' | 't', specOfF: Rule | null): { whole: Rule; formatPart: Rule } {
  const capital = letter.toUpperCase();
  const text = middle(`${capital}STRING_MIDDLE`);
  const spec = specText(`${capital}STRING_MIDDLE`);
  const say = (p: Peg, what: string): never => p.raiseOnNext(`${letter}-string: ${what}`);

  const checkConversion = (name: ReturnType<typeof nodeAt>, p: Peg): void => {
    if (name.id === 's' || name.id === 'r' || name.id === 'a') return;
    p.raiseRange(
      `${letter}-string: invalid conversion character ${reprStr(name.id ?? '')}: expected 's', 'r', or 'a'`,
      name,
    );
  };
  const conversion: Rule = rule(() => [
    [
      '!',
      'NAME',
      (v, p) => {
        const bang = placeAt(v, 0);
        const name = nodeAt(v, 1);
        if (bang.lineno !== name.lineno || bang.end_col_offset !== name.col_offset) {
          // The misspelling is CPython's, until 3.14.
          const mark = p.version >= 14 ? 'exclamation' : 'exclamanation';
          p.raiseRange(`${letter}-string: conversion type must come right after the ${mark} mark`, bang, name);
        }
        if (p.version >= 14) checkConversion(name, p);
        return name;
      },
    ],
  ]);

  const formatSpec: Rule = native((p) => formatPart.parse(p));
  const fullSpec: Rule = rule(() => [[':', many0(formatSpec)]]);

  const field: Rule = rule(() => [
    [
      '{',
      annotated_rhs,
      opt('='),
      opt(conversion),
      opt(fullSpec),
      '}',
      (v, p, start) => {
        // 3.13 looks at the letter only when the field is whole.
        const name = v[3] as ReturnType<typeof nodeAt> | null | undefined;
        if (p.version < 14 && name != null && typeof name === 'object' && 'id' in name) checkConversion(name, p);
        return make('FormattedValue')(v, p, start);
      },
    ],
    [invalidField],
  ]);
  const formatPart: Rule = any([spec], [field]);

  const before =
    (char: string) =>
    (v: readonly unknown[], p: Peg): never =>
      p.raiseRange(`${letter}-string: valid expression required before '${char}'`, placeAt(v, 1));

  const invalidConversion: Rule = invalid(() => [
    ['!', ahead(any([':'], ['}'])), (_v, p) => say(p, 'missing conversion character')],
    ['!', not('NAME'), (_v, p) => say(p, 'invalid conversion character')],
  ]);

  const invalidField: Rule = invalid(() => [
    ['{', '=', before('=')],
    ['{', '!', before('!')],
    ['{', ':', before(':')],
    ['{', '}', before('}')],
    ['{', not(annotated_rhs), (_v, p) => say(p, "expecting a valid expression after '{'")],
    [
      '{',
      annotated_rhs,
      not(any(['='], ['!'], [':'], ['}'])),
      (_v, p) => say(p, "expecting '=', or '!', or ':', or '}'"),
    ],
    ['{', annotated_rhs, '=', not(any(['!'], [':'], ['}'])), (_v, p) => say(p, "expecting '!', or ':', or '}'")],
    ['{', annotated_rhs, opt('='), invalidConversion],
    ['{', annotated_rhs, opt('='), opt('!', 'NAME'), not(any([':'], ['}'])), (_v, p) => say(p, "expecting ':' or '}'")],
    // Here CPython looks for an f-string's pieces in a t-string too; the place of the error shows it.
    [
      '{',
      annotated_rhs,
      opt('='),
      opt('!', 'NAME'),
      ':',
      many0(specOfF ?? formatSpec),
      not('}'),
      (_v, p) => say(p, "expecting '}', or format specs"),
    ],
    ['{', annotated_rhs, opt('='), opt('!', 'NAME'), not('}'), (_v, p) => say(p, "expecting '}'")],
  ]);

  const whole: Rule = (letter === 'f' ? rule : memo)(() => [
    [
      `${capital}STRING_START`,
      many0(any([field], [text])),
      `${capital}STRING_END`,
      (v, p, start) => {
        const raw = /r/i.test(p.text(v[0] as Token));
        for (const part of listAt(v, 1)) {
          if (part.type === 'Text') decode(p, v[2] as Token, () => decodeMiddle(part.id ?? '', raw, () => {}));
        }
        return p.node(letter === 'f' ? 'JoinedStr' : 'TemplateStr', start);
      },
    ],
  ]);
  return { whole, formatPart };
}

const { whole: fstring, formatPart } = interpolated('f', null);
const { whole: tstring } = interpolated('t', formatPart);
const plain: Rule = any([fstring], [string]);

export const strings: Rule = memo(() => [
  [invalid_string_tstring_concat],
  [
    many1(plain),
    (v, p, start) => {
      const parts = listAt(v, 0);
      const bytes = parts.filter((part) => part.kind === 'bytes').length;
      if (bytes > 0 && bytes < parts.length) p.raise('cannot mix bytes and nonbytes literals');
      const joined = parts.find((part) => part.type === 'JoinedStr');
      return p.node(joined === undefined ? 'Constant' : 'JoinedStr', start, { kind: bytes > 0 ? 'bytes' : 'str' });
    },
  ],
  [many1(tstring), make('TemplateStr')],
]);

const cannotMix = 'cannot mix t-string literals with string or bytes literals';
const lastNode = (nodes: Node[]): Node => nodes[nodes.length - 1] as Node;
const invalid_string_tstring_concat: Rule = invalid(() => [
  [many1(plain), tstring, (v, p) => p.raiseRange(cannotMix, lastNode(listAt(v, 0)), placeAt(v, 1))],
  [many1(tstring), plain, (v, p) => p.raiseRange(cannotMix, lastNode(listAt(v, 0)), placeAt(v, 1))],
]);
