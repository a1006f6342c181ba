/** The match statement, its patterns, and the mistakes made in them. */

import {
  expression,
  named_expression,
  number,
  star_named_expression,
  star_named_expressions,
} from './grammar-expressions';
import { block } from './grammar-statements';
import { strings } from './grammar-strings';
import { exprName } from './nodes';
import {
  ahead,
  any,
  invalid,
  leftRecursive,
  listAt,
  make,
  many1,
  memo,
  not,
  type Node,
  nodeAt,
  opt,
  type Peg,
  pick,
  placeAt,
  type Rule,
  rule,
  SINCE_3_14,
  sep1,
  soft,
} from './peg';

export const match_stmt: Rule = rule(() => [
  [soft('match'), subject_expr, ':', 'NEWLINE', 'INDENT', many1(case_block), 'DEDENT'],
  [invalid_match_stmt],
]);

const invalid_match_stmt: Rule = invalid(() => [
  [soft('match'), subject_expr, 'NEWLINE', (_v, p) => p.raise("expected ':'")],
  [
    soft('match'),
    subject_expr,
    ':',
    'NEWLINE',
    not('INDENT'),
    (v, p) => p.raiseIndent(`expected an indented block after 'match' statement on line ${placeAt(v, 0).lineno}`),
  ],
]);

const subject_expr: Rule = rule(() => [[star_named_expression, ',', opt(star_named_expressions)], [named_expression]]);

const case_block: Rule = rule(() => [[invalid_case_block], [soft('case'), patterns, opt(guard), ':', block]]);
const invalid_case_block: Rule = invalid(() => [
  [soft('case'), patterns, opt(guard), 'NEWLINE', (_v, p) => p.raise("expected ':'")],
  [
    soft('case'),
    patterns,
    opt(guard),
    ':',
    'NEWLINE',
    not('INDENT'),
    (v, p) => p.raiseIndent(`expected an indented block after 'case' statement on line ${placeAt(v, 0).lineno}`),
  ],
]);

const guard: Rule = rule(() => [['if', named_expression]]);

const patterns: Rule = rule(() => [[open_sequence_pattern], [pattern]]);
const pattern: Rule = rule(() => [[as_pattern], [or_pattern]]);

const as_pattern: Rule = rule(() => [[or_pattern, 'as', capture_target, make('MatchAs')], [invalid_as_pattern]]);
const invalid_as_pattern: Rule = invalid(() => [
  [or_pattern, 'as', soft('_'), (v, p) => p.raiseRange("cannot use '_' as a target", placeAt(v, 2))],
  [
    or_pattern,
    'as',
    not('NAME'),
    expression,
    (v, p) => (p.version < 14 ? p.raiseRange('invalid pattern target', placeAt(v, 3)) : null),
  ],
  [
    SINCE_3_14,
    or_pattern,
    'as',
    expression,
    (v, p) => p.raiseRange(`cannot use ${exprName(nodeAt(v, 2))} as pattern target`, placeAt(v, 2)),
  ],
]);

const or_pattern: Rule = rule(() => [[sep1('|', closed_pattern), make('MatchOr')]]);

const closed_pattern: Rule = memo(() => [
  [literal_pattern],
  [capture_target],
  [soft('_')],
  [attr, not(any(['.'], ['('], ['=']))],
  ['(', pattern, ')'],
  [sequence_pattern],
  [mapping_pattern],
  [class_pattern],
]);

// ---- literals ----------------------------------------------------------------------------------------------------

const literal_pattern: Rule = rule(() => [
  [signed_number, not(any(['+'], ['-']))],
  [complex_number],
  [strings],
  ['None'],
  ['True'],
  ['False'],
]);

const literal_expr: Rule = rule(() => [
  [signed_number, not(any(['+'], ['-']))],
  [complex_number],
  [ahead(any(['STRING'], ['FSTRING_START'], ['TSTRING_START'])), strings],
  ['None'],
  ['True'],
  ['False'],
]);

const signed_number: Rule = rule(() => [[number], ['-', number]]);

/** `_PyPegen_ensure_real` and `_PyPegen_ensure_imaginary`. */
const ensure =
  (what: 'real' | 'imaginary') =>
  (v: readonly unknown[], p: Peg): Node => {
    const value = nodeAt(v, 0);
    if ((value.kind === 'complex') !== (what === 'imaginary')) {
      p.raiseRange(`${what} number required in complex literal`, value);
    }
    return value;
  };
const real_number: Rule = rule(() => [[number, ensure('real')]]);
const imaginary_number: Rule = rule(() => [[number, ensure('imaginary')]]);
const signed_real_number: Rule = rule(() => [[real_number], ['-', real_number]]);
const complex_number: Rule = rule(() => [
  [signed_real_number, '+', imaginary_number],
  [signed_real_number, '-', imaginary_number],
]);

// ---- names -------------------------------------------------------------------------------------------------------

const capture_target: Rule = rule(() => [[not(soft('_')), 'NAME', not(any(['.'], ['('], ['='])), pick(1)]]);

/** A dotted name; `attr` has at least one dot. */
const name_or_attr: Rule = leftRecursive(
  () => [['NAME']],
  () => [['.', 'NAME', make('Attribute')]],
);
const attr: Rule = rule(() => [[name_or_attr, (v) => (nodeAt(v, 0).type === 'Attribute' ? v[0] : null)]]);

// ---- sequences, mappings, classes --------------------------------------------------------------------------------

const sequence_pattern: Rule = rule(() => [
  ['[', opt(maybe_sequence_pattern), ']'],
  ['(', opt(open_sequence_pattern), ')'],
]);
const open_sequence_pattern: Rule = rule(() => [[maybe_star_pattern, ',', opt(maybe_sequence_pattern)]]);
const maybe_sequence_pattern: Rule = rule(() => [[sep1(',', maybe_star_pattern), opt(',')]]);
const maybe_star_pattern: Rule = rule(() => [[star_pattern], [pattern]]);
const star_pattern: Rule = memo(() => [
  ['*', capture_target],
  ['*', soft('_')],
]);

const mapping_pattern: Rule = rule(() => [
  ['{', '}'],
  ['{', double_star_pattern, opt(','), '}'],
  ['{', items_pattern, ',', double_star_pattern, opt(','), '}'],
  ['{', items_pattern, opt(','), '}'],
]);
const items_pattern: Rule = rule(() => [[sep1(',', key_value_pattern)]]);
const key_value_pattern: Rule = rule(() => [[any([literal_expr], [attr]), ':', pattern]]);
const double_star_pattern: Rule = rule(() => [['**', capture_target]]);

const class_pattern: Rule = rule(() => [
  [name_or_attr, '(', ')'],
  [name_or_attr, '(', positional_patterns, opt(','), ')'],
  [name_or_attr, '(', keyword_patterns, opt(','), ')'],
  [name_or_attr, '(', positional_patterns, ',', keyword_patterns, opt(','), ')'],
  [invalid_class_pattern],
]);
const positional_patterns: Rule = rule(() => [[sep1(',', located)]]);
/** A pattern with its place, for the message about its position. */
const located: Rule = rule(() => [[pattern, make('Pattern')]]);
const keyword_patterns: Rule = rule(() => [[sep1(',', keyword_pattern)]]);
const keyword_pattern: Rule = rule(() => [['NAME', '=', pattern]]);

const invalid_class_pattern: Rule = invalid(() => [
  [
    name_or_attr,
    '(',
    invalid_class_argument_pattern,
    (v, p) => {
      const misplaced = listAt(v, 2);
      return p.raiseRange(
        'positional patterns follow keyword patterns',
        misplaced[0] as Node,
        misplaced[misplaced.length - 1] as Node,
      );
    },
  ],
]);
const invalid_class_argument_pattern: Rule = rule(() => [
  [opt(positional_patterns, ','), keyword_patterns, ',', positional_patterns, pick(3)],
]);
