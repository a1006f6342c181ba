/** Our syntax errors against what CPython 3.14 said of the same programs (scripts/record-syntax-errors.mjs). */

import { expect, test } from 'vitest';
import { dump } from '../../lib/engine/parser/ast-dump';
import { type Mode, parse, PySyntaxError, setUnicodeNames } from '../../lib/engine/parser/parser';
import recorded from './syntax-errors/expected.json';

interface Recorded {
  source: string;
  mode: string;
  /** [type, msg, lineno, offset, end_lineno, end_offset, text]; the type alone where CPython fails otherwise. */
  error: (string | number | null)[] | null;
}

// A name table without names: the programs ask only for one that CPython does not know either.
setUnicodeNames(() => undefined);

function outcome(source: string, mode: Mode): Recorded['error'] {
  try {
    dump(parse(source, 'program.py', mode));
    return null;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) throw error;
    return [error.type, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, error.text];
  }
}

for (const { source, mode, error } of recorded as Recorded[]) {
  test(`${mode} ${JSON.stringify(source.length > 80 ? `${source.slice(0, 80)}…` : source)}`, () => {
    const ours = outcome(source, mode as Mode);
    // A format spec's bad escape escapes CPython as a bare UnicodeDecodeError; for us it is a syntax error.
    if (error !== null && error.length === 1) expect(ours).not.toBeNull();
    else expect(ours).toEqual(error);
  });
}
