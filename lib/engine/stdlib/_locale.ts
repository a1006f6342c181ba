/** `_locale` (Modules/_localemodule.c): the one locale there is, `C` with UTF-8. */
import type { Handle } from '../heap/layout';
import { isStr } from '../objects/abstract';
import { dictSet, newDict } from '../objects/dict';
import { intFromNumber } from '../objects/int';
import { newList } from '../objects/list';
import { strFrom, strValue } from '../objects/str';
import { CompareOp } from '../heap/object';
import { richCompare } from '../objects/abstract';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const CATEGORIES = { LC_CTYPE: 0, LC_NUMERIC: 1, LC_TIME: 2, LC_COLLATE: 3, LC_MONETARY: 4, LC_MESSAGES: 5, LC_ALL: 6 };
const CODESET = 14;
const CHAR_MAX = 127;

/** `localeconv()` of the C locale. */
const TEXTS = ['int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep', 'positive_sign'];
const UNSET =
  'int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn'.split(
    ' ',
  );

function localeconv(ip: Interpreter): Handle {
  const dict = newDict(ip);
  const put = (name: string, value: Handle): void => {
    dictSet(ip, dict, ip.id(name), value);
    ip.decref(value);
  };
  put('decimal_point', strFrom(ip, '.'));
  put('thousands_sep', strFrom(ip, ''));
  put('grouping', newList(ip, []));
  for (const name of [...TEXTS, 'negative_sign']) put(name, strFrom(ip, ''));
  put('mon_grouping', newList(ip, []));
  for (const name of UNSET) put(name, intFromNumber(ip, CHAR_MAX));
  return dict;
}

export const localeModule: NativeModule = {
  name: '_locale',
  methods: {
    setlocale: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (ip: Interpreter, _m, [, locale]) => {
        const wanted = locale === undefined || locale === ip.None ? null : locale;
        const name = wanted === null ? '' : isStr(ip, wanted) ? strValue(ip, wanted) : '?';
        if (!['', 'C', 'POSIX', 'C.UTF-8'].includes(name)) return ip.raise('ValueError', 'unsupported locale setting');
        return strFrom(ip, 'C');
      },
    },
    localeconv: { kind: 'noargs', fn: localeconv },
    getencoding: { kind: 'noargs', fn: (ip: Interpreter) => strFrom(ip, 'UTF-8') },
    nl_langinfo: {
      kind: 'o',
      fn: (ip: Interpreter, _m, key) => strFrom(ip, key === ip.smallInts[CODESET + 5] ? 'UTF-8' : ''),
    },
    strcoll: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [a, b]) => {
        const less = richCompare(ip, a!, b!, CompareOp.LT);
        if (less === 0) return 0;
        return intFromNumber(ip, less === ip.True ? -1 : strValue(ip, a!) === strValue(ip, b!) ? 0 : 1);
      },
    },
    strxfrm: { kind: 'o', fn: (ip: Interpreter, _m, x) => ip.newRef(x) },
  },
  values: (ip) => ({
    Error: ip.types.ValueError.handle,
    CODESET: intFromNumber(ip, CODESET),
    CHAR_MAX: intFromNumber(ip, CHAR_MAX),
    ...Object.fromEntries(Object.entries(CATEGORIES).map(([name, n]) => [name, intFromNumber(ip, n)])),
  }),
};
