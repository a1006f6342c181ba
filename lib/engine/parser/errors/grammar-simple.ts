/** Simple statements and the mistakes made in them (SIMPLE STATEMENTS of Grammar/python.gram). */

import {
  annotated_rhs,
  expression,
  list,
  star_expressions,
  star_named_expression,
  star_named_expressions,
  tuple,
  yield_expr,
} from './grammar-expressions';
import { del_targets, single_subscript_attribute_target, single_target, star_targets } from './grammar-targets';
import { type_params } from './grammar-definitions';
import { DEL_TARGETS, exprName, invalidTarget, STAR_TARGETS } from './nodes';
import {
  ahead,
  any,
  CUT,
  invalid,
  leftRecursive,
  make,
  many0,
  many1,
  memo,
  not,
  nodeAt,
  opt,
  pick,
  placeAt,
  type Rule,
  rule,
  SINCE_3_14,
  sep1,
  soft,
} from './peg';

export const simple_stmts: Rule = rule(() => [
  [simple_stmt, not(';'), 'NEWLINE'],
  [sep1(';', simple_stmt), opt(';'), 'NEWLINE'],
]);

export const simple_stmt: Rule = memo(() => [
  [assignment],
  [ahead(soft('type')), type_alias],
  [star_expressions],
  [ahead('return'), return_stmt],
  [ahead(any(['import'], ['from'])), import_stmt],
  [ahead('raise'), raise_stmt],
  [pass_stmt],
  [ahead('del'), del_stmt],
  [ahead('yield'), yield_expr],
  [ahead('assert'), assert_stmt],
  [break_stmt],
  [continue_stmt],
  [ahead('global'), rule(() => [['global', sep1(',', 'NAME')]])],
  [ahead('nonlocal'), rule(() => [['nonlocal', sep1(',', 'NAME')]])],
]);

export const pass_stmt: Rule = rule(() => [['pass', make('Pass')]]);
export const break_stmt: Rule = rule(() => [['break', make('Break')]]);
export const continue_stmt: Rule = rule(() => [['continue', make('Continue')]]);

const return_stmt: Rule = rule(() => [['return', opt(star_expressions)]]);

const type_alias: Rule = rule(() => [[soft('type'), 'NAME', opt(type_params), '=', expression]]);

// ---- assignment --------------------------------------------------------------------------------------------------

const assignment: Rule = rule(() => [
  ['NAME', ':', expression, opt('=', annotated_rhs)],
  [any(['(', single_target, ')'], [single_subscript_attribute_target]), ':', expression, opt('=', annotated_rhs)],
  [many1(star_targets, '='), annotated_rhs, not('=')],
  [single_target, augassign, CUT, annotated_rhs],
  [invalid_assignment],
]);

const augassign: Rule = any(
  ['+='],
  ['-='],
  ['*='],
  ['@='],
  ['/='],
  ['%='],
  ['&='],
  ['|='],
  ['^='],
  ['<<='],
  ['>>='],
  ['**='],
  ['//='],
);

const invalid_assignment: Rule = invalid(() => [
  [
    invalid_ann_assign_target,
    ':',
    expression,
    (v, p) => p.raiseRange(`only single target (not ${exprName(nodeAt(v, 0))}) can be annotated`, placeAt(v, 0)),
  ],
  [
    star_named_expression,
    ',',
    many0(star_named_expressions),
    ':',
    expression,
    (v, p) => p.raiseRange('only single target (not tuple) can be annotated', placeAt(v, 0)),
  ],
  [expression, ':', expression, (v, p) => p.raiseRange('illegal target for annotation', placeAt(v, 0))],
  [many0(star_targets, '='), star_expressions, '=', (v, p) => invalidTarget(p, nodeAt(v, 1), STAR_TARGETS)],
  [
    many0(star_targets, '='),
    yield_expr,
    '=',
    (v, p) => p.raiseRange('assignment to yield expression not possible', placeAt(v, 1)),
  ],
  [
    star_expressions,
    augassign,
    annotated_rhs,
    (v, p) =>
      p.raiseRange(`'${exprName(nodeAt(v, 0))}' is an illegal expression for augmented assignment`, placeAt(v, 0)),
  ],
]);

const invalid_ann_assign_target: Rule = rule(() => [[list], [tuple], ['(', invalid_ann_assign_target, ')', pick(1)]]);

// ---- raise, del, assert ------------------------------------------------------------------------------------------

const raise_stmt: Rule = rule(() => [['raise', expression, 'from', expression], ['raise', expression], ['raise']]);

const del_stmt: Rule = rule(() => [['del', del_targets, ahead(any([';'], ['NEWLINE']))], [invalid_del_stmt]]);
const invalid_del_stmt: Rule = invalid(() => [
  ['del', star_expressions, (v, p) => invalidTarget(p, nodeAt(v, 1), DEL_TARGETS)],
]);

const assert_stmt: Rule = rule(() => [['assert', expression, opt(',', expression)]]);

// ---- imports -----------------------------------------------------------------------------------------------------

const import_stmt: Rule = memo(() => [[invalid_import], [import_name], [import_from]]);

const import_name: Rule = rule(() => [['import', sep1(',', dotted_as_name)]]);

const dots: Rule = any(['.'], ['...']);
const import_from: Rule = rule(() => [
  ['from', many0(dots), dotted_name, 'import', import_from_targets],
  ['from', many1(dots), 'import', import_from_targets],
]);

const import_from_targets: Rule = rule(() => [
  ['(', import_from_as_names, opt(','), ')'],
  [import_from_as_names, not(',')],
  ['*'],
  [invalid_import_from_targets],
]);

const import_from_as_names: Rule = rule(() => [[sep1(',', import_from_as_name)]]);
const import_from_as_name: Rule = rule(() => [[invalid_import_from_as_name], ['NAME', opt('as', 'NAME')]]);

const dotted_as_name: Rule = rule(() => [[invalid_dotted_as_name], [dotted_name, opt('as', 'NAME')]]);

const dotted_name: Rule = leftRecursive(
  () => [['NAME']],
  () => [['.', 'NAME', make('Name')]],
);

const namesExpected = "Expected one or more names after 'import'";

const invalid_import: Rule = invalid(() => [
  [
    'import',
    sep1(',', dotted_name),
    'from',
    dotted_name,
    (v, p) => p.raiseFrom("Did you mean to use 'from ... import ...' instead?", placeAt(v, 0)),
  ],
  ['import', 'NEWLINE', (v, p) => p.raiseFrom(namesExpected, placeAt(v, 1))],
]);

const goodAlias = (): Rule => not('NAME', any([','], [')'], [';'], ['NEWLINE']));

const invalid_dotted_as_name: Rule = invalid(() => [
  [
    SINCE_3_14,
    dotted_name,
    'as',
    goodAlias(),
    expression,
    (v, p) => p.raiseRange(`cannot use ${exprName(nodeAt(v, 3))} as import target`, placeAt(v, 3)),
  ],
]);
const invalid_import_from_as_name: Rule = invalid(() => [
  [
    SINCE_3_14,
    'NAME',
    'as',
    goodAlias(),
    expression,
    (v, p) => p.raiseRange(`cannot use ${exprName(nodeAt(v, 3))} as import target`, placeAt(v, 3)),
  ],
]);
const invalid_import_from_targets: Rule = invalid(() => [
  [
    import_from_as_names,
    ',',
    'NEWLINE',
    (_v, p) => p.raise('trailing comma not allowed without surrounding parentheses'),
  ],
  ['NEWLINE', (v, p) => p.raiseFrom(namesExpected, placeAt(v, 0))],
]);
