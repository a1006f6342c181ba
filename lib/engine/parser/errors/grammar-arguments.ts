/** The arguments of a call, and the mistakes made in them (FUNCTION CALL ARGUMENTS of Grammar/python.gram). */

import { assignment_expression, expression, for_if_clauses } from './grammar-expressions';
import {
  ahead,
  any,
  invalid,
  listAt,
  make,
  memo,
  not,
  type Match,
  type Node,
  nodeAt,
  opt,
  type Peg,
  pick,
  placeAt,
  type Place,
  type Rule,
  rule,
  sep1,
} from './peg';

export const arguments_: Rule = memo(() => [[args, opt(','), ahead(')'), pick(0)], [invalid_arguments]]);

const positional: Rule = rule(() => [
  [starred_expression],
  [any([assignment_expression], [expression, not(':='), pick(0)]), not('='), pick(0)],
]);

interface Keyword {
  starred: Node | null;
  name: string | null;
}

/** A Call node of the positional arguments and then what keywords and stars come behind. */
function call(p: Peg, start: Place, args: Node[], rest: Match): Node {
  const keywords = rest === false ? [] : (rest as Keyword[]);
  return p.node('Call', start, {
    elts: [...args, ...keywords.flatMap((k) => (k.starred === null ? [] : [k.starred]))],
    keywords: keywords.filter((k) => k.starred === null).map((k) => k.name),
  });
}

const args: Rule = rule(() => [
  [sep1(',', positional), opt(',', kwargs, pick(1)), (v, p, start) => call(p, start, listAt(v, 0), v[1])],
  [kwargs, (v, p, start) => call(p, start, [], v[0])],
]);

const kwargs: Rule = rule(() => [
  [sep1(',', kwarg_or_starred), ',', sep1(',', kwarg_or_double_starred), (v) => [...listAt(v, 0), ...listAt(v, 2)]],
  [sep1(',', kwarg_or_starred)],
  [sep1(',', kwarg_or_double_starred)],
]);

export const starred_expression: Rule = rule(() => [
  [invalid_starred_expression_unpacking],
  ['*', expression, make('Starred', (v) => ({ value: nodeAt(v, 1) }))],
  [invalid_starred_expression],
]);

const invalid_starred_expression_unpacking: Rule = invalid(() => [
  [
    '*',
    expression,
    '=',
    expression,
    (v, p) => p.raiseRange('cannot assign to iterable argument unpacking', placeAt(v, 0), placeAt(v, 3)),
  ],
]);
const invalid_starred_expression: Rule = invalid(() => [['*', (_v, p) => p.raise('Invalid star expression')]]);

const kwarg_or_starred: Rule = rule(() => [
  [invalid_kwarg],
  ['NAME', '=', expression, (v): Keyword => ({ starred: null, name: nodeAt(v, 0).id ?? '' })],
  [starred_expression, (v): Keyword => ({ starred: nodeAt(v, 0), name: null })],
]);

const kwarg_or_double_starred: Rule = rule(() => [
  [invalid_kwarg],
  ['NAME', '=', expression, (v): Keyword => ({ starred: null, name: nodeAt(v, 0).id ?? '' })],
  ['**', expression, (): Keyword => ({ starred: null, name: null })],
]);

const walrusOrEqual = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

const invalid_kwarg: Rule = invalid(() => [
  [
    any(['True'], ['False'], ['None']),
    '=',
    (v, p) => p.raiseRange(`cannot assign to ${(v[0] as { text: string }).text}`, placeAt(v, 0), placeAt(v, 1)),
  ],
  ['NAME', '=', expression, for_if_clauses, (v, p) => p.raiseRange(walrusOrEqual, placeAt(v, 0), placeAt(v, 1))],
  [
    not('NAME', '='),
    expression,
    '=',
    (v, p) =>
      p.raiseRange('expression cannot contain assignment, perhaps you meant "=="?', placeAt(v, 1), placeAt(v, 2)),
  ],
  [
    '**',
    expression,
    '=',
    expression,
    (v, p) => p.raiseRange('cannot assign to keyword argument unpacking', placeAt(v, 0), placeAt(v, 3)),
  ],
]);

const generatorParens = 'Generator expression must be parenthesized';
const lastOf = (clauses: Match): Node => (clauses as Node[])[(clauses as Node[]).length - 1] as Node;

const invalid_arguments: Rule = invalid(() => [
  [
    any([sep1(',', positional), ',', kwargs], [kwargs]),
    ',',
    sep1(',', starred_expression, not('=')),
    (v, p) => p.raiseFrom('iterable argument unpacking follows keyword argument unpacking', placeAt(v, 1)),
  ],
  [
    expression,
    for_if_clauses,
    ',',
    opt(any([args], [expression, for_if_clauses])),
    (v, p) => p.raiseRange(generatorParens, placeAt(v, 0), lastOf(v[1])),
  ],
  ['NAME', '=', expression, for_if_clauses, (v, p) => p.raiseRange(walrusOrEqual, placeAt(v, 0), placeAt(v, 1))],
  [
    opt(args, ','),
    'NAME',
    '=',
    ahead(any([','], [')'])),
    (v, p) => p.raiseRange('expected argument value expression', placeAt(v, 1), placeAt(v, 2)),
  ],
  [
    args,
    for_if_clauses,
    (v, p) => {
      // `f(x for x in y)` is right: only a generator behind another argument needs its parentheses.
      const elts = nodeAt(v, 0).elts ?? [];
      if (elts.length <= 1) return null;
      return p.raiseRange(generatorParens, elts[elts.length - 1] as Node, lastOf(v[1]));
    },
  ],
  [args, ',', expression, for_if_clauses, (v, p) => p.raiseRange(generatorParens, placeAt(v, 2), lastOf(v[3]))],
  [
    args,
    ',',
    args,
    (v, p) => {
      const unpacked = nodeAt(v, 0).keywords?.includes(null) ?? false;
      return p.raise(`positional argument follows keyword argument${unpacked ? ' unpacking' : ''}`);
    },
  ],
]);
