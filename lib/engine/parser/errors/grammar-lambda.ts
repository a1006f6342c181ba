/**
 * Parameters of functions and lambdas, and the mistakes made in them. The two grammars differ only in annotations
 * and in what ends the list, so both come from one function here.
 */

import { expression, star_expression } from './grammar-expressions';
import { ahead, any, invalid, make, many0, many1, opt, placeAt, type Rule, rule, sep1 } from './peg';

const default_: Rule = rule(() => [['=', expression], [invalid_default]]);
const invalid_default: Rule = invalid(() => [
  ['=', ahead(any([')'], [','])), (v, p) => p.raiseRange('expected default value expression', placeAt(v, 0))],
]);

/** The list of parameters that ends before `close`, with the invalid_* rules tried first. */
function parameterList(close: string, param: Rule, starAnnotated: Rule | null): Rule {
  /** `x ','` or `x &close`. */
  const ended = (...items: Rule[]): Rule =>
    rule(() => [
      [...items, ','],
      [...items, ahead(close)],
    ]);
  const plain = rule(() => [
    [param, ',', (v) => v[0]],
    [param, ahead(close), (v) => v[0]],
  ]);
  const withDefault = ended(param, default_);
  const maybeDefault = ended(param, opt(default_));

  const slashPlain = rule(() => [
    [many1(plain), '/', ','],
    [many1(plain), '/', ahead(close)],
  ]);
  const slashDefault = rule(() => [
    [many0(plain), many1(withDefault), '/', ','],
    [many0(plain), many1(withDefault), '/', ahead(close)],
  ]);

  const parameters: Rule = rule(() => [
    [slashPlain, many0(plain), many0(withDefault), opt(starEtc)],
    [slashDefault, many0(withDefault), opt(starEtc)],
    [many1(plain), many0(withDefault), opt(starEtc)],
    [many1(withDefault), opt(starEtc)],
    [starEtc],
  ]);

  const starEtc: Rule = rule(() => [
    [invalidStarEtc],
    ['*', plain, many0(maybeDefault), opt(kwds)],
    ...(starAnnotated === null ? [] : [['*', ended(starAnnotated), many0(maybeDefault), opt(kwds)]]),
    ['*', ',', many1(maybeDefault), opt(kwds)],
    [kwds],
  ]);

  const kwds: Rule = rule(() => [[invalidKwds], ['**', plain]]);

  const mustFollow = 'named arguments must follow bare *';
  const invalidStarEtc: Rule = invalid(() => [
    [
      '*',
      any([close], [',', any([close], ['**'])]),
      (v, p) => (close === ')' ? p.raiseRange(mustFollow, placeAt(v, 0)) : p.raise(mustFollow)),
    ],
    ['*', param, '=', (v, p) => p.raiseRange('var-positional argument cannot have default value', placeAt(v, 2))],
    [
      '*',
      any([plain], [',']),
      many0(maybeDefault),
      '*',
      any([plain], [',']),
      (v, p) => p.raiseRange('* argument may appear only once', placeAt(v, 3)),
    ],
  ]);

  const afterKeywords = 'arguments cannot follow var-keyword argument';
  const invalidKwds: Rule = invalid(() => [
    ['**', param, '=', (v, p) => p.raiseRange('var-keyword argument cannot have default value', placeAt(v, 2))],
    ['**', param, ',', param, (v, p) => p.raiseRange(afterKeywords, placeAt(v, 3))],
    ['**', param, ',', any(['*'], ['**'], ['/']), (v, p) => p.raiseRange(afterKeywords, placeAt(v, 3))],
  ]);

  const parenthesized =
    close === ')'
      ? 'Function parameters cannot be parenthesized'
      : 'Lambda expression parameters cannot be parenthesized';
  const slash = any([slashPlain], [slashDefault]);
  const invalidParameters: Rule = invalid(() => [
    ['/', ',', (v, p) => p.raiseRange('at least one argument must precede /', placeAt(v, 0))],
    [slash, many0(maybeDefault), '/', (v, p) => p.raiseRange('/ may appear only once', placeAt(v, 2))],
    [
      opt(slashPlain),
      many0(plain),
      any([slashDefault], [many1(withDefault)]),
      plain,
      (v, p) => p.raiseRange('parameter without a default follows parameter with a default', placeAt(v, 3)),
    ],
    [
      many0(plain),
      '(',
      close === ')' ? many1(plain) : sep1(',', param),
      opt(','),
      ')',
      (v, p) => p.raiseRange(parenthesized, placeAt(v, 1), placeAt(v, 4)),
    ],
    [
      opt(slash),
      many0(maybeDefault),
      '*',
      any([','], [plain]),
      many0(maybeDefault),
      '/',
      (v, p) => p.raiseRange('/ must be ahead of *', placeAt(v, 5)),
    ],
    [many1(maybeDefault), '/', '*', (v, p) => p.raiseRange('expected comma between / and *', placeAt(v, 2))],
  ]);

  return rule(() => [[invalidParameters], [parameters]]);
}

const param: Rule = rule(() => [['NAME', opt(':', expression), make('arg')]]);
const starParam: Rule = rule(() => [['NAME', ':', star_expression, make('arg')]]);
const lambdaParam: Rule = rule(() => [['NAME', make('arg')]]);

export const params: Rule = parameterList(')', param, starParam);
export const lambda_params: Rule = parameterList(':', lambdaParam, null);

export const lambdef: Rule = rule(() => [['lambda', opt(lambda_params), ':', expression, make('Lambda')]]);
