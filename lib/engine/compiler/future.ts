/**
 * `from __future__ import …` at the head of a file (Python/future.c).
 */
import { PySyntaxError } from '../parser/syntax-error';
import type { Mod, Position } from '../parser/ast';
import { CO_FUTURE_ANNOTATIONS } from './code-unit';
import { locationOf, NO_LOCATION } from './location';
import type { FutureFeatures } from './symtable-blocks';

const CO_FUTURE_BARRY_AS_BDFL = 0x400000;

/** Features and their flag; 0 for those that every supported version has anyway. */
const FEATURES = new Map<string, number>([
  ['nested_scopes', 0],
  ['generators', 0],
  ['division', 0],
  ['absolute_import', 0],
  ['with_statement', 0],
  ['print_function', 0],
  ['unicode_literals', 0],
  ['barry_as_FLUFL', CO_FUTURE_BARRY_AS_BDFL],
  ['generator_stop', 0],
  ['annotations', CO_FUTURE_ANNOTATIONS],
]);

export function futureFeatures(mod: Mod, filename: string): FutureFeatures {
  const features: FutureFeatures = { flags: 0, loc: NO_LOCATION };
  if (mod._type === 'Expression') return features;
  const error = (message: string, at: Position): never => {
    const error = new PySyntaxError(
      'SyntaxError',
      message,
      filename,
      at.lineno,
      at.col_offset + 1,
      at.end_lineno,
      at.end_col_offset + 1,
      null,
    );
    error.located = true;
    throw error;
  };
  let first = true;
  for (const s of mod.body) {
    const isDocstring = first && s._type === 'Expr' && s.value._type === 'Constant' && s.value.value.kind === 'str';
    first = false;
    if (isDocstring) continue;
    if (s._type !== 'ImportFrom' || s.module !== '__future__' || s.level !== 0) break;
    for (const alias of s.names) {
      const { name } = alias;
      if (name === 'braces') error('not a chance', alias);
      const flag = FEATURES.get(name);
      if (flag === undefined) error(`future feature ${name} is not defined`, alias);
      features.flags |= flag ?? 0;
    }
    features.loc = locationOf(s);
  }
  return features;
}
