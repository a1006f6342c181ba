/**
 * `'%s is %r' % (a, b)` as an f-string (optimize_format in Python/ast_preprocess.c): for %s, %r and %a with plain
 * width and precision, where the number of items fits.
 */
import type { Expr } from '../parser/ast';
import { str } from './const-value';
import { NO_LOCATION } from './location';

const strConstant = (value: string): Expr => ({
  _type: 'Constant',
  value: str(value) as { kind: 'str'; value: string },
  kindPrefix: null,
  ...NO_LOCATION,
});

/** One `%…`: flags, width, precision, letter. Digits are limited to what the compiler looks at. */
const SPECIFIER = /^([-+ #0]*)(?:([1-9]\d{0,1}))?(?:\.(\d{0,2}))?(?!\d)(.)/su;

interface Specifier {
  length: number;
  conversion: number;
  spec: string;
}

function parseSpecifier(text: string): Specifier | null {
  const m = SPECIFIER.exec(text);
  if (m === null) return null;
  const [all, flags, width, precision, letter] = m;
  if (letter !== 's' && letter !== 'r' && letter !== 'a') return null;
  let spec = '';
  if (!flags!.includes('-') && width !== undefined && Number(width) > 0) spec += '>';
  if (width !== undefined) spec += String(Number(width));
  if (precision !== undefined) spec += `.${Number(precision === '' ? '0' : precision)}`;
  return { length: all.length, conversion: letter.charCodeAt(0), spec };
}

/** Null where the format is left to run time. */
export function formatToJoinedStr(
  node: Extract<Expr, { _type: 'BinOp' }>,
  format: string,
  elts: readonly Expr[],
): Expr | null {
  const values: Expr[] = [];
  let rest = format;
  let used = 0;
  for (;;) {
    const literal = /^(?:[^%]|%%)*/.exec(rest)![0];
    if (literal !== '') values.push(strConstant(literal.replaceAll('%%', '%')));
    rest = rest.slice(literal.length);
    if (rest === '') break;
    const arg = elts[used++];
    if (arg === undefined) return null;
    const specifier = parseSpecifier(rest.slice(1));
    if (specifier === null) return null;
    rest = rest.slice(1 + specifier.length);
    const { lineno, col_offset, end_lineno, end_col_offset } = arg;
    values.push({
      _type: 'FormattedValue',
      value: arg,
      conversion: specifier.conversion,
      format_spec: specifier.spec === '' ? null : strConstant(specifier.spec),
      lineno,
      col_offset,
      end_lineno,
      end_col_offset,
    });
  }
  if (used < elts.length) return null;
  const { lineno, col_offset, end_lineno, end_col_offset } = node;
  return { _type: 'JoinedStr', values, lineno, col_offset, end_lineno, end_col_offset };
}
