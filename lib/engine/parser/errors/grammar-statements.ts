/** Files, statements and blocks, and the mistakes made in compound statements' heads. */

import { class_def, function_def } from './grammar-definitions';
import { expression, expressions, invalid_for_target, named_expression, star_expressions } from './grammar-expressions';
import { match_stmt } from './grammar-patterns';
import { simple_stmts } from './grammar-simple';
import { star_target, star_targets } from './grammar-targets';
import { exprName, invalidTarget, STAR_TARGETS } from './nodes';
import {
  ahead,
  any,
  CUT,
  force,
  invalid,
  many0,
  many1,
  memo,
  not,
  nodeAt,
  opt,
  type Peg,
  placeAt,
  type Rule,
  rule,
  SINCE_3_14,
  sep1,
} from './peg';

// ---- where a parse starts ----------------------------------------------------------------------------------------

export const fileInput: Rule = rule(() => [[opt(statements), 'ENDMARKER']]);
export const evalInput: Rule = rule(() => [[expressions, many0('NEWLINE'), 'ENDMARKER']]);
export const interactive: Rule = rule(() => [[compound_stmt, 'NEWLINE'], [simple_stmts], ['NEWLINE']]);

const statements: Rule = rule(() => [[many1(statement)]]);
const statement: Rule = rule(() => [[compound_stmt], [simple_stmts]]);

const compound_stmt: Rule = rule(() => [
  [ahead(any(['def'], ['@'], ['async'])), function_def],
  [ahead('if'), if_stmt],
  [ahead(any(['class'], ['@'])), class_def],
  [ahead(any(['with'], ['async'])), with_stmt],
  [ahead(any(['for'], ['async'])), for_stmt],
  [ahead('try'), try_stmt],
  [ahead('while'), while_stmt],
  [match_stmt],
]);

export const block: Rule = memo(() => [['NEWLINE', 'INDENT', statements, 'DEDENT'], [simple_stmts], [invalid_block]]);
const invalid_block: Rule = invalid(() => [
  ['NEWLINE', not('INDENT'), (_v, p) => p.raiseIndent('expected an indented block')],
]);

const colonExpected = (_v: readonly unknown[], p: Peg): never => p.raise("expected ':'");

/** The error for a head without a block; `at` is the keyword's place among the values. */
const blockExpected =
  (statementName: string, at = 0) =>
  (v: readonly unknown[], p: Peg): never =>
    p.raiseIndent(`expected an indented block after '${statementName}' statement on line ${placeAt(v, at).lineno}`);

// ---- if, while, for ----------------------------------------------------------------------------------------------

const if_stmt: Rule = rule(() => [
  [invalid_if_stmt],
  ['if', named_expression, ':', block, elif_stmt],
  ['if', named_expression, ':', block, opt(else_block)],
]);
const invalid_if_stmt: Rule = invalid(() => [
  ['if', named_expression, 'NEWLINE', colonExpected],
  ['if', named_expression, ':', 'NEWLINE', not('INDENT'), blockExpected('if')],
]);

const elif_stmt: Rule = rule(() => [
  [invalid_elif_stmt],
  ['elif', named_expression, ':', block, elif_stmt],
  ['elif', named_expression, ':', block, opt(else_block)],
]);
const invalid_elif_stmt: Rule = invalid(() => [
  ['elif', named_expression, 'NEWLINE', colonExpected],
  ['elif', named_expression, ':', 'NEWLINE', not('INDENT'), blockExpected('elif')],
]);

const else_block: Rule = rule(() => [[invalid_else_stmt], ['else', force(':'), block]]);
const invalid_else_stmt: Rule = invalid(() => [
  ['else', ':', 'NEWLINE', not('INDENT'), blockExpected('else')],
  [SINCE_3_14, 'else', ':', block, 'elif', (_v, p) => p.raise("'elif' block follows an 'else' block")],
]);

const while_stmt: Rule = rule(() => [[invalid_while_stmt], ['while', named_expression, ':', block, opt(else_block)]]);
const invalid_while_stmt: Rule = invalid(() => [
  ['while', named_expression, 'NEWLINE', colonExpected],
  ['while', named_expression, ':', 'NEWLINE', not('INDENT'), blockExpected('while')],
]);

const for_stmt: Rule = rule(() => [
  [invalid_for_stmt],
  ['for', star_targets, 'in', CUT, star_expressions, ':', block, opt(else_block)],
  ['async', 'for', star_targets, 'in', CUT, star_expressions, ':', block, opt(else_block)],
  [invalid_for_target],
]);
const invalid_for_stmt: Rule = invalid(() => [
  [opt('async'), 'for', star_targets, 'in', star_expressions, 'NEWLINE', colonExpected],
  [opt('async'), 'for', star_targets, 'in', star_expressions, ':', 'NEWLINE', not('INDENT'), blockExpected('for', 1)],
]);

// ---- with --------------------------------------------------------------------------------------------------------

const with_stmt: Rule = rule(() => [
  [invalid_with_stmt_indent],
  ['with', '(', sep1(',', with_item), opt(','), ')', ':', block],
  ['with', sep1(',', with_item), ':', block],
  ['async', 'with', '(', sep1(',', with_item), opt(','), ')', ':', block],
  ['async', 'with', sep1(',', with_item), ':', block],
  [invalid_with_stmt],
]);

const endOfItem: Rule = any([','], [')'], [':']);
const with_item: Rule = rule(() => [
  [expression, 'as', star_target, ahead(endOfItem)],
  [invalid_with_item],
  [expression],
]);
const invalid_with_item: Rule = invalid(() => [
  [expression, 'as', expression, ahead(endOfItem), (v, p) => invalidTarget(p, nodeAt(v, 2), STAR_TARGETS)],
]);

const plainItems = (): Rule => sep1(',', expression, opt('as', star_target));
const parenthesizedItems = (): (string | Rule)[] => [
  '(',
  sep1(',', expressions, opt('as', star_target)),
  opt(','),
  ')',
];

const invalid_with_stmt: Rule = invalid(() => [
  [opt('async'), 'with', plainItems(), 'NEWLINE', colonExpected],
  [opt('async'), 'with', ...parenthesizedItems(), 'NEWLINE', colonExpected],
]);
const invalid_with_stmt_indent: Rule = invalid(() => [
  [opt('async'), 'with', plainItems(), ':', 'NEWLINE', not('INDENT'), blockExpected('with', 1)],
  [opt('async'), 'with', ...parenthesizedItems(), ':', 'NEWLINE', not('INDENT'), blockExpected('with', 1)],
]);

// ---- try ---------------------------------------------------------------------------------------------------------

const try_stmt: Rule = rule(() => [
  [invalid_try_stmt],
  ['try', force(':'), block, finally_block],
  ['try', force(':'), block, many1(except_block), opt(else_block), opt(finally_block)],
  ['try', force(':'), block, many1(except_star_block), opt(else_block), opt(finally_block)],
]);

const bothKinds = "cannot have both 'except' and 'except*' on the same 'try'";
const asName = (): Rule => opt('as', 'NAME');

const invalid_try_stmt: Rule = invalid(() => [
  ['try', ':', 'NEWLINE', not('INDENT'), blockExpected('try')],
  ['try', ':', block, not(any(['except'], ['finally'])), (_v, p) => p.raise("expected 'except' or 'finally' block")],
  [
    'try',
    ':',
    many0(block),
    many1(except_block),
    'except',
    '*',
    expression,
    asName(),
    ':',
    (v, p) => p.raiseRange(bothKinds, placeAt(v, 4), placeAt(v, 5)),
  ],
  [
    'try',
    ':',
    many0(block),
    many1(except_star_block),
    'except',
    opt(expression, asName()),
    ':',
    (v, p) => p.raiseRange(bothKinds, placeAt(v, 4)),
  ],
]);

const except_block: Rule = rule(() => [
  [invalid_except_stmt_indent],
  ['except', expression, ':', block],
  ['except', expression, 'as', 'NAME', ':', block],
  [SINCE_3_14, 'except', expressions, ':', block],
  ['except', ':', block],
  [invalid_except_stmt],
]);
const except_star_block: Rule = rule(() => [
  [invalid_except_star_stmt_indent],
  ['except', '*', expression, ':', block],
  ['except', '*', expression, 'as', 'NAME', ':', block],
  [SINCE_3_14, 'except', '*', expressions, ':', block],
  [invalid_except_star_stmt],
]);
const finally_block: Rule = rule(() => [[invalid_finally_stmt], ['finally', force(':'), block]]);

const parenthesize =
  (at: number) =>
  (v: readonly unknown[], p: Peg): null => {
    const named = v[at + 3] !== false;
    if (p.version >= 14 && !named) return null;
    const when = p.version >= 14 ? " when using 'as'" : '';
    return p.raiseFrom(`multiple exception types must be parenthesized${when}`, placeAt(v, at));
  };

const invalid_except_stmt: Rule = invalid(() => [
  ['except', expression, ',', expressions, asName(), ':', parenthesize(1)],
  ['except', expression, asName(), 'NEWLINE', colonExpected],
  ['except', 'NEWLINE', colonExpected],
  [
    SINCE_3_14,
    'except',
    expression,
    'as',
    expression,
    ':',
    block,
    (v, p) => p.raiseRange(`cannot use except statement with ${exprName(nodeAt(v, 3))}`, placeAt(v, 3)),
  ],
]);
const invalid_except_star_stmt: Rule = invalid(() => [
  ['except', '*', expression, ',', expressions, asName(), ':', parenthesize(2)],
  ['except', '*', expression, asName(), 'NEWLINE', colonExpected],
  ['except', '*', any(['NEWLINE'], [':']), (_v, p) => p.raise('expected one or more exception types')],
  [
    SINCE_3_14,
    'except',
    '*',
    expression,
    'as',
    expression,
    ':',
    block,
    (v, p) => p.raiseRange(`cannot use except* statement with ${exprName(nodeAt(v, 4))}`, placeAt(v, 4)),
  ],
]);

const invalid_finally_stmt: Rule = invalid(() => [
  ['finally', ':', 'NEWLINE', not('INDENT'), blockExpected('finally')],
]);
const invalid_except_stmt_indent: Rule = invalid(() => [
  ['except', expression, asName(), ':', 'NEWLINE', not('INDENT'), blockExpected('except')],
  ['except', ':', 'NEWLINE', not('INDENT'), blockExpected('except')],
]);
const invalid_except_star_stmt_indent: Rule = invalid(() => [
  ['except', '*', expression, asName(), ':', 'NEWLINE', not('INDENT'), blockExpected('except*')],
]);
