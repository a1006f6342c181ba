/** Functions, classes and type parameters, and the mistakes made in their heads. */

import { arguments_ } from './grammar-arguments';
import { expression, named_expression, star_expression } from './grammar-expressions';
import { params } from './grammar-lambda';
import { block } from './grammar-statements';
import {
  force,
  invalid,
  make,
  many1,
  memo,
  not,
  type Node,
  nodeAt,
  opt,
  type Peg,
  placeAt,
  type Rule,
  rule,
  sep1,
} from './peg';

export const decorators: Rule = rule(() => [[many1('@', named_expression, 'NEWLINE')]]);

export const class_def: Rule = rule(() => [[decorators, class_def_raw], [class_def_raw]]);

const classHead = (): Rule[] => [opt(type_params), opt('(', opt(arguments_), ')')];

const class_def_raw: Rule = rule(() => [[invalid_class_def_raw], ['class', 'NAME', ...classHead(), ':', block]]);
const invalid_class_def_raw: Rule = invalid(() => [
  ['class', 'NAME', ...classHead(), 'NEWLINE', (_v, p) => p.raise("expected ':'")],
  [
    'class',
    'NAME',
    ...classHead(),
    ':',
    'NEWLINE',
    not('INDENT'),
    (v, p) => p.raiseIndent(`expected an indented block after class definition on line ${placeAt(v, 0).lineno}`),
  ],
]);

export const function_def: Rule = rule(() => [[decorators, function_def_raw], [function_def_raw]]);

const returns = (): Rule => opt('->', expression);

const function_def_raw: Rule = rule(() => [
  [invalid_def_raw],
  ['def', 'NAME', opt(type_params), '(', opt(params), ')', returns(), ':', block],
  ['async', 'def', 'NAME', opt(type_params), '(', opt(params), ')', returns(), ':', block],
]);
const invalid_def_raw: Rule = invalid(() => [
  [
    opt('async'),
    'def',
    'NAME',
    opt(type_params),
    '(',
    opt(params),
    ')',
    returns(),
    ':',
    'NEWLINE',
    not('INDENT'),
    (v, p) => p.raiseIndent(`expected an indented block after function definition on line ${placeAt(v, 1).lineno}`),
  ],
  [opt('async'), 'def', 'NAME', opt(type_params), force('('), opt(params), ')', returns(), force(':'), block],
]);

// ---- type parameters ---------------------------------------------------------------------------------------------

export const type_params: Rule = rule(() => [[invalid_type_params], ['[', sep1(',', type_param), opt(','), ']']]);
const invalid_type_params: Rule = invalid(() => [
  ['[', ']', (v, p) => p.raiseFrom('Type parameter list cannot be empty', placeAt(v, 1))],
]);

const type_param: Rule = memo(() => [
  ['NAME', opt(':', expression), opt('=', expression), make('TypeVar')],
  [invalid_type_param],
  ['*', 'NAME', opt('=', star_expression), make('TypeVarTuple')],
  ['**', 'NAME', opt('=', expression), make('ParamSpec')],
]);

const noBound =
  (what: string) =>
  (v: readonly unknown[], p: Peg): never => {
    const bound: Node = nodeAt(v, 3);
    return p.raiseFrom(`cannot use ${bound.type === 'Tuple' ? 'constraints' : 'bound'} with ${what}`, placeAt(v, 2));
  };
const invalid_type_param: Rule = invalid(() => [
  ['*', 'NAME', ':', expression, noBound('TypeVarTuple')],
  ['**', 'NAME', ':', expression, noBound('ParamSpec')],
]);
