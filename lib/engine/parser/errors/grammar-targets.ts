/** What can be assigned to or deleted (ASSIGNMENT TARGETS of Grammar/python.gram). */

import { arguments_ } from './grammar-arguments';
import { atom, genexp, slices } from './grammar-expressions';
import { seqNode } from './nodes';
import {
  ahead,
  any,
  leftRecursive,
  listAt,
  make,
  many0,
  many1,
  memo,
  not,
  nodeAt,
  opt,
  pick,
  type Rule,
  rule,
  sep1,
} from './peg';

export const star_targets: Rule = rule(() => [
  [star_target, not(','), pick(0)],
  [
    star_target,
    many0(',', star_target, pick(1)),
    opt(','),
    make('Tuple', (v) => ({ elts: [nodeAt(v, 0), ...listAt(v, 1)] })),
  ],
]);

const star_targets_list_seq: Rule = rule(() => [[sep1(',', star_target), opt(','), pick(0)]]);

const star_targets_tuple_seq: Rule = rule(() => [
  [star_target, many1(',', star_target, pick(1)), opt(','), (v) => [v[0], ...listAt(v, 1)]],
  [star_target, ',', (v) => [v[0]]],
]);

export const star_target: Rule = memo(() => [
  ['*', any([not('*'), star_target, pick(1)]), make('Starred', (v) => ({ value: nodeAt(v, 1) }))],
  [target_with_star_atom],
]);

const target_with_star_atom: Rule = memo(() => [
  [t_primary, '.', 'NAME', not(t_lookahead), make('Attribute')],
  [t_primary, '[', slices, ']', not(t_lookahead), make('Subscript')],
  [star_atom],
]);

const star_atom: Rule = rule(() => [
  ['NAME'],
  ['(', target_with_star_atom, ')', pick(1)],
  ['(', opt(star_targets_tuple_seq), ')', (v, p, start) => seqNode(p, 'Tuple', start, v[1])],
  ['[', opt(star_targets_list_seq), ']', (v, p, start) => seqNode(p, 'List', start, v[1])],
]);

export const single_target: Rule = rule(() => [
  [single_subscript_attribute_target],
  ['NAME'],
  ['(', single_target, ')', pick(1)],
]);

export const single_subscript_attribute_target: Rule = rule(() => [
  [t_primary, '.', 'NAME', not(t_lookahead), make('Attribute')],
  [t_primary, '[', slices, ']', not(t_lookahead), make('Subscript')],
]);

const t_lookahead: Rule = any(['('], ['['], ['.']);

const t_primary: Rule = leftRecursive(
  () => [[atom, ahead(t_lookahead), pick(0)]],
  () => [
    ['.', 'NAME', ahead(t_lookahead), make('Attribute')],
    ['[', slices, ']', ahead(t_lookahead), make('Subscript')],
    [genexp, ahead(t_lookahead), make('Call')],
    ['(', opt(arguments_), ')', ahead(t_lookahead), make('Call')],
  ],
);

export const del_targets: Rule = rule(() => [[sep1(',', del_target), opt(',')]]);

const del_target: Rule = memo(() => [
  [t_primary, '.', 'NAME', not(t_lookahead), make('Attribute')],
  [t_primary, '[', slices, ']', not(t_lookahead), make('Subscript')],
  [del_t_atom],
]);

const del_t_atom: Rule = rule(() => [
  ['NAME'],
  ['(', del_target, ')', pick(1)],
  ['(', opt(del_targets), ')'],
  ['[', opt(del_targets), ']'],
]);
