/**
 * Expressions as CPython's parser tries them, with the invalid_* rules that look for mistakes in them. Modelled on
 * the EXPRESSIONS part of Grammar/python.gram (3.14).
 */

import { LiteralError, parseNumber } from '../literals';
import type { Token } from '../tokens';
import { arguments_, starred_expression } from './grammar-arguments';
import { lambdef, lambda_params } from './grammar-lambda';
import { break_stmt, continue_stmt, pass_stmt, simple_stmt } from './grammar-simple';
import { strings } from './grammar-strings';
import { star_targets } from './grammar-targets';
import { FOR_TARGETS, exprName, invalidTarget, lastComprehensionItem, seqNode } from './nodes';
import {
  ahead,
  any,
  CUT,
  invalid,
  invalidMemo,
  leftRecursive,
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
  pick,
  placeAt,
  type Rule,
  rule,
  sep1,
  SINCE_3_14,
  SOFT_KEYWORD,
} from './peg';

const binary = make('BinOp');

// ---- lists -------------------------------------------------------------------------------------------------------

/** `e (',' e)+ [','] | e ',' | e`. */
function commaTuple(element: () => Rule): Rule {
  return rule(() => [
    [
      element(),
      many1(',', element(), pick(1)),
      opt(','),
      make('Tuple', (v) => ({ elts: [nodeAt(v, 0), ...listAt(v, 1)] })),
    ],
    [element(), ',', make('Tuple', (v) => ({ elts: [nodeAt(v, 0)] }))],
    [element()],
  ]);
}

export const expressions: Rule = commaTuple(() => expression);
export const star_expressions: Rule = commaTuple(() => star_expression);

export const star_expression: Rule = memo(() => [
  ['*', bitwise_or, make('Starred', (v) => ({ value: nodeAt(v, 1) }))],
  [expression],
]);

export const star_named_expression: Rule = rule(() => [
  ['*', bitwise_or, make('Starred', (v) => ({ value: nodeAt(v, 1) }))],
  [named_expression],
]);

export const star_named_expressions: Rule = rule(() => [[sep1(',', star_named_expression), opt(','), pick(0)]]);

export const yield_expr: Rule = rule(() => [
  ['yield', 'from', expression, make('YieldFrom')],
  ['yield', opt(star_expressions), make('Yield')],
]);

export const annotated_rhs: Rule = rule(() => [[yield_expr], [star_expressions]]);

// ---- expression --------------------------------------------------------------------------------------------------

export const expression: Rule = memo(() => [
  [invalid_expression],
  [invalid_legacy_expression],
  [disjunction, 'if', disjunction, 'else', expression, make('IfExp')],
  [disjunction],
  [lambdef],
]);

const withoutInvalid: Rule = rule(() => [
  [disjunction, 'if', disjunction, 'else', expression, make('IfExp')],
  [disjunction],
  [lambdef],
]);

/** Below it no invalid_* rule is tried. */
const expression_without_invalid: Rule = native((p) => {
  const before = p.callInvalid;
  p.callInvalid = false;
  const value = withoutInvalid.parse(p);
  p.callInvalid = before;
  return value;
});

const isLegacy = (n: Node): boolean => n.type === 'Name' && (n.id === 'print' || n.id === 'exec');

const invalid_legacy_expression: Rule = invalid(() => [
  [
    'NAME',
    not('('),
    star_expressions,
    (v, p) => {
      const name = nodeAt(v, 0);
      if (!isLegacy(name)) return null;
      const msg = `Missing parentheses in call to '${name.id}'. Did you mean ${name.id}(...)?`;
      return p.raiseRange(msg, name, placeAt(v, 2));
    },
  ],
]);

const elseNeeded = "expected expression after 'else', but statement is given";

const invalid_expression: Rule = invalid(() => [
  [
    SINCE_3_14,
    'STRING',
    many1(not('STRING'), expression_without_invalid, pick(1)),
    'STRING',
    (v, p) => {
      const between = listAt(v, 1);
      return p.raiseRange(
        'invalid syntax. Is this intended to be part of the string?',
        between[0] as Node,
        between[between.length - 1] as Node,
      );
    },
  ],
  [
    not(any(['NAME', 'STRING'], [SOFT_KEYWORD])),
    disjunction,
    expression_without_invalid,
    (v, p) => {
      // Only within brackets is a missing comma likely; `print x` has a message of its own.
      if (isLegacy(nodeAt(v, 1)) || (p.tokens[p.mark - 1] as Token).level === 0) return null;
      return p.raiseRange('invalid syntax. Perhaps you forgot a comma?', nodeAt(v, 1), nodeAt(v, 2));
    },
  ],
  [
    disjunction,
    'if',
    disjunction,
    not(any(['else'], [':'])),
    (v, p) => p.raiseRange("expected 'else' after 'if' expression", placeAt(v, 0), placeAt(v, 2)),
  ],
  [SINCE_3_14, disjunction, 'if', disjunction, 'else', not(expression), (_v, p) => p.raiseOnNext(elseNeeded)],
  [
    SINCE_3_14,
    any([pass_stmt], [break_stmt], [continue_stmt]),
    'if',
    disjunction,
    'else',
    simple_stmt,
    (v, p) => p.raiseRange("expected expression before 'if', but statement is given", placeAt(v, 0)),
  ],
  [
    'lambda',
    opt(lambda_params),
    ':',
    ahead('FSTRING_MIDDLE'),
    (v, p) =>
      p.raiseRange('f-string: lambda expressions are not allowed without parentheses', placeAt(v, 0), placeAt(v, 2)),
  ],
  [
    'lambda',
    opt(lambda_params),
    ':',
    ahead('TSTRING_MIDDLE'),
    (v, p) =>
      p.raiseRange('t-string: lambda expressions are not allowed without parentheses', placeAt(v, 0), placeAt(v, 2)),
  ],
]);

// ---- named expressions -------------------------------------------------------------------------------------------

export const assignment_expression: Rule = rule(() => [['NAME', ':=', CUT, expression, make('NamedExpr')]]);

export const named_expression: Rule = rule(() => [
  [assignment_expression],
  [invalid_named_expression],
  [expression, not(':='), pick(0)],
]);

const invalid_named_expression: Rule = invalidMemo(() => [
  [
    expression,
    ':=',
    expression,
    (v, p) => p.raiseRange(`cannot use assignment expressions with ${exprName(nodeAt(v, 0))}`, placeAt(v, 0)),
  ],
  [
    'NAME',
    '=',
    bitwise_or,
    not(any(['='], [':='])),
    (v, p) =>
      p.raiseRange("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", placeAt(v, 0), placeAt(v, 2)),
  ],
  [
    not(any([list], [tuple], [genexp], ['True'], ['None'], ['False'])),
    bitwise_or,
    '=',
    bitwise_or,
    not(any(['='], [':='])),
    (v, p) =>
      p.raiseRange(
        `cannot assign to ${exprName(nodeAt(v, 1))} here. Maybe you meant '==' instead of '='?`,
        placeAt(v, 1),
      ),
  ],
]);

// ---- operators ---------------------------------------------------------------------------------------------------

export const disjunction: Rule = memo(() => [[conjunction, many1('or', conjunction), make('BoolOp')], [conjunction]]);

const conjunction: Rule = memo(() => [[inversion, many1('and', inversion), make('BoolOp')], [inversion]]);

const inversion: Rule = memo(() => [['not', inversion, make('UnaryOp')], [comparison]]);

/** `!=`, not `<>`. */
const notEqual: Rule = native((p) => {
  const token = p.token();
  if (p.text(token) !== '!=') return null;
  p.mark++;
  return token;
});

const operand = (...tokens: (string | Rule)[]): Rule =>
  rule(() => [[...tokens, bitwise_or, () => (tokens.length === 1 && tokens[0] === 'in' ? 'In' : 'other')]]);

const comparisonPair: Rule = any(
  [operand('==')],
  [operand(notEqual)],
  [operand('<=')],
  [operand('<')],
  [operand('>=')],
  [operand('>')],
  [operand('not', 'in')],
  [operand('in')],
  [operand('is', 'not')],
  [operand('is')],
);

const comparison: Rule = rule(() => [
  [
    bitwise_or,
    many1(comparisonPair),
    make('Compare', (v) => ({ value: nodeAt(v, 0), firstOp: (v[1] as string[])[0] as string })),
  ],
  [bitwise_or],
]);

export const bitwise_or: Rule = leftRecursive(
  () => [[bitwise_xor]],
  () => [['|', bitwise_xor, binary]],
);
const bitwise_xor: Rule = leftRecursive(
  () => [[bitwise_and]],
  () => [['^', bitwise_and, binary]],
);
const bitwise_and: Rule = leftRecursive(
  () => [[shift_expr]],
  () => [['&', shift_expr, binary]],
);
const shift_expr: Rule = leftRecursive(
  () => [[invalid_arithmetic], [sum]],
  () => [
    ['<<', sum, binary],
    ['>>', sum, binary],
  ],
);
const sum: Rule = leftRecursive(
  () => [[term]],
  () => [
    ['+', term, binary],
    ['-', term, binary],
  ],
);
const term: Rule = leftRecursive(
  () => [[invalid_factor], [factor]],
  () => [
    ['*', factor, binary],
    ['/', factor, binary],
    ['//', factor, binary],
    ['%', factor, binary],
    ['@', factor, binary],
  ],
);

const factor: Rule = memo(() => [
  ['+', factor, make('UnaryOp')],
  ['-', factor, make('UnaryOp')],
  ['~', factor, make('UnaryOp')],
  [power],
]);

const notAfterOperator = (at: number) => (v: readonly unknown[], p: Peg) =>
  p.raiseRange("'not' after an operator must be parenthesized", placeAt(v, at), placeAt(v, at + 1));

const invalid_arithmetic: Rule = invalid(() => [
  [sum, any(['+'], ['-'], ['*'], ['/'], ['%'], ['//'], ['@']), 'not', inversion, notAfterOperator(2)],
]);
const invalid_factor: Rule = invalid(() => [[any(['+'], ['-'], ['~']), 'not', factor, notAfterOperator(1)]]);

const power: Rule = rule(() => [[await_primary, '**', factor, binary], [await_primary]]);
const await_primary: Rule = memo(() => [['await', primary, make('Await')], [primary]]);

// ---- primaries ---------------------------------------------------------------------------------------------------

const primary: Rule = leftRecursive(
  () => [[atom]],
  () => [
    ['.', 'NAME', make('Attribute')],
    [genexp, make('Call')],
    ['(', opt(arguments_), ')', make('Call')],
    ['[', slices, ']', make('Subscript')],
  ],
);

export const slices: Rule = rule(() => [
  [slice, not(','), pick(0)],
  [sep1(',', any([slice], [starred_expression])), opt(','), make('Tuple', (v) => ({ elts: listAt(v, 0) }))],
]);

const slice: Rule = rule(() => [
  [opt(expression), ':', opt(expression), opt(':', opt(expression)), make('Slice')],
  [named_expression],
]);

const numberAtom: Rule = rule(() => [
  [
    'NUMBER',
    (v, p, start) => {
      const token = v[0] as Token;
      try {
        return p.node('Constant', start, { kind: parseNumber(p.text(token)).kind });
      } catch (error) {
        if (!(error instanceof LiteralError)) throw error;
        return p.raiseLocation('SyntaxError', token.lineno, -1, token.end_lineno, -1, error.message);
      }
    },
  ],
]);
export { numberAtom as number };

const constant = (kind: string) => make('Constant', () => ({ kind }));

export const atom: Rule = rule(() => [
  ['NAME'],
  ['True', constant('True')],
  ['False', constant('False')],
  ['None', constant('None')],
  [ahead(any(['STRING'], ['FSTRING_START'], ['TSTRING_START'])), strings, pick(1)],
  [numberAtom],
  [ahead('('), any([tuple], [group], [genexp]), pick(1)],
  [ahead('['), any([list], [listcomp]), pick(1)],
  [ahead('{'), any([dict], [set], [dictcomp], [setcomp]), pick(1)],
  ['...', constant('ellipsis')],
]);

const group: Rule = rule(() => [['(', any([yield_expr], [named_expression]), ')', pick(1)], [invalid_group]]);

const invalid_group: Rule = invalid(() => [
  ['(', starred_expression, ')', (v, p) => p.raiseRange('cannot use starred expression here', placeAt(v, 1))],
  ['(', '**', expression, ')', (v, p) => p.raiseRange('cannot use double starred expression here', placeAt(v, 1))],
]);

// ---- displays ----------------------------------------------------------------------------------------------------

export const list: Rule = rule(() => [
  ['[', opt(star_named_expressions), ']', (v, p, start) => seqNode(p, 'List', start, v[1])],
]);

export const tuple: Rule = rule(() => [
  [
    '(',
    opt(star_named_expression, ',', opt(star_named_expressions), (v) => [
      v[0],
      ...(v[2] === false ? [] : listAt(v, 2)),
    ]),
    ')',
    (v, p, start) => seqNode(p, 'Tuple', start, v[1]),
  ],
]);

const set: Rule = rule(() => [['{', star_named_expressions, '}', make('Set')]]);

const dict: Rule = rule(() => [
  ['{', opt(double_starred_kvpairs), '}', make('Dict')],
  ['{', invalid_double_starred_kvpairs, '}'],
]);

const double_starred_kvpairs: Rule = rule(() => [[sep1(',', double_starred_kvpair), opt(',')]]);
const double_starred_kvpair: Rule = rule(() => [['**', bitwise_or], [kvpair]]);
const kvpair: Rule = rule(() => [[expression, ':', expression]]);

const valueExpected = "expression expected after dictionary key and ':'";
const starredValue = 'cannot use a starred expression in a dictionary value';

const invalid_double_starred_kvpairs: Rule = invalid(() => [
  [sep1(',', double_starred_kvpair), ',', invalid_kvpair],
  [expression, ':', '*', bitwise_or, (v, p) => p.raiseFrom(starredValue, placeAt(v, 2))],
  [expression, ':', ahead(any(['}'], [','])), (v, p) => p.raiseRange(valueExpected, placeAt(v, 1))],
]);

const invalid_kvpair: Rule = invalid(() => [
  [
    expression,
    not(':'),
    (v, p) => {
      const key = nodeAt(v, 0);
      return p.raiseLocation(
        'SyntaxError',
        key.lineno,
        key.end_col_offset - 1,
        key.end_lineno,
        -1,
        "':' expected after dictionary key",
      );
    },
  ],
  [expression, ':', '*', bitwise_or, (v, p) => p.raiseFrom(starredValue, placeAt(v, 2))],
  [expression, ':', ahead(any(['}'], [','])), (v, p) => p.raiseRange(valueExpected, placeAt(v, 1))],
]);

// ---- comprehensions ----------------------------------------------------------------------------------------------

/** Gives, for each clause, the last expression in it. */
export const for_if_clauses: Rule = rule(() => [[many1(for_if_clause)]]);

const for_if_clause: Rule = rule(() => [
  [
    'async',
    'for',
    star_targets,
    'in',
    CUT,
    disjunction,
    many0('if', disjunction, pick(1)),
    (v) => lastComprehensionItem(nodeAt(v, 4), listAt(v, 5)),
  ],
  [
    'for',
    star_targets,
    'in',
    CUT,
    disjunction,
    many0('if', disjunction, pick(1)),
    (v) => lastComprehensionItem(nodeAt(v, 3), listAt(v, 4)),
  ],
  [invalid_for_if_clause],
  [invalid_for_target],
]);

const invalid_for_if_clause: Rule = invalid(() => [
  [
    opt('async'),
    'for',
    any([bitwise_or, many0(',', bitwise_or), opt(',')]),
    not('in'),
    (_v, p) => p.raise("'in' expected after for-loop variables"),
  ],
]);

export const invalid_for_target: Rule = invalid(() => [
  [opt('async'), 'for', star_expressions, (v, p) => invalidTarget(p, nodeAt(v, 2), FOR_TARGETS)],
]);

const listcomp: Rule = rule(() => [
  ['[', named_expression, for_if_clauses, ']', make('ListComp')],
  [invalid_comprehension],
]);
const setcomp: Rule = rule(() => [
  ['{', named_expression, for_if_clauses, '}', make('SetComp')],
  [invalid_comprehension],
]);
export const genexp: Rule = rule(() => [
  ['(', any([assignment_expression], [expression, not(':=')]), for_if_clauses, ')', make('GeneratorExp')],
  [invalid_comprehension],
]);
const dictcomp: Rule = rule(() => [['{', kvpair, for_if_clauses, '}', make('DictComp')], [invalid_dict_comprehension]]);

const targetParens = 'did you forget parentheses around the comprehension target?';

const invalid_comprehension: Rule = invalid(() => [
  [
    any(['['], ['('], ['{']),
    starred_expression,
    for_if_clauses,
    (v, p) => p.raiseRange('iterable unpacking cannot be used in comprehension', placeAt(v, 1)),
  ],
  [
    any(['['], ['{']),
    star_named_expression,
    ',',
    star_named_expressions,
    for_if_clauses,
    (v, p) => {
      const rest = listAt(v, 3);
      return p.raiseRange(targetParens, placeAt(v, 1), rest[rest.length - 1] as Node);
    },
  ],
  [
    any(['['], ['{']),
    star_named_expression,
    ',',
    for_if_clauses,
    (v, p) => p.raiseRange(targetParens, placeAt(v, 1), placeAt(v, 2)),
  ],
]);

const invalid_dict_comprehension: Rule = invalid(() => [
  [
    '{',
    '**',
    bitwise_or,
    for_if_clauses,
    '}',
    (v, p) => p.raiseRange('dict unpacking cannot be used in dict comprehension', placeAt(v, 1)),
  ],
]);
