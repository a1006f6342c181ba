/** Our syntax errors against what CPython 3.14 and 3.13 said of the same programs (scripts/record-syntax-errors.mjs). */

import { expect, test } from 'vitest';
import { dump } from '../../lib/engine/parser/ast-dump';
import { type Mode, parse, PySyntaxError, setUnicodeNames } from '../../lib/engine/parser/parser';
import recorded from './syntax-errors/expected.json';

interface Recorded {
  source: string;
  mode: string;
  /** [type, msg, lineno, offset, end_lineno, end_offset, text]; the type alone where CPython fails otherwise. */
  error: (string | number | null)[] | null;
  /** What 3.13 says, where it differs. */
  error_3_13?: (string | number | null)[] | null;
}

// A name table without names: the programs ask only for one that CPython does not know either.
setUnicodeNames(() => undefined);

function outcome(source: string, mode: Mode, version: 13 | 14): Recorded['error'] {
  try {
    dump(parse(source, 'program.py', mode, { feature_version: version }));
    return null;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return [error.type, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text];
  }
}

/** A format spec's bad escape leaves CPython as a bare UnicodeDecodeError; for us it is a syntax error. */
function compare(ours: Recorded['error'], theirs: Recorded['error']): void {
  if (theirs !== null && theirs.length === 1) expect(ours).not.toBeNull();
  else expect(ours).toEqual(theirs);
}

for (const { source, mode, error, error_3_13 = error } of recorded as Recorded[]) {
  test(`${mode} ${JSON.stringify(source.length > 80 ? `${source.slice(0, 80)}…` : source)}`, () => {
    compare(outcome(source, mode as Mode, 14), error);
    compare(outcome(source, mode as Mode, 13), error_3_13);
  });
}
