/**
 * `unicodedata` (Modules/unicodedata.c). Normal forms are JavaScript's.
 * DIFFERS: no `ucd_3_2_0`, no named sequences; normal forms follow the browser's version of Unicode.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { isStr, typeName } from '../objects/abstract';
import { newFloat } from '../objects/float';
import { intFromNumber } from '../objects/int';
import { strFrom, strLength, strValue } from '../objects/str';
import { unchanged } from '../objects/str-ops';
import type { UnicodeTable } from '../objects/unicode-table';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** The code point of a str of length one; -1 with TypeError. */
function character(ip: Interpreter, h: Handle, fname: string, position = ''): number {
  if (!isStr(ip, h)) {
    return ip.raiseInt(
      'TypeError',
      `${fname}() argument${position} must be a unicode character, not ${typeName(ip, h)}`,
    );
  }
  if (strLength(ip, h) !== 1) {
    const what =
      ip.facts.name === '3.13'
        ? `${fname}() argument${position} must be a unicode character, not str`
        : `${fname}(): argument${position} must be a unicode character, not a string of length ${strLength(ip, h)}`;
    return ip.raiseInt('TypeError', what);
  }
  return strValue(ip, h).codePointAt(0)!;
}

function table(ip: Interpreter): UnicodeTable | null {
  const t = ip.unicodeTable();
  if (t === null) ip.raise('RuntimeError', 'the table of characters is not here');
  return t;
}

function ask(name: string, answer: (ip: Interpreter, t: UnicodeTable, code: number) => Handle): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const code = character(ip, x, name);
      const t = code < 0 ? null : table(ip);
      return t === null ? 0 : answer(ip, t, code);
    },
  };
}

/** With a default for characters that have none. */
function askOr(
  name: string,
  message: string,
  answer: (ip: Interpreter, t: UnicodeTable, code: number) => Handle,
): MethodDef {
  return {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [x, otherwise]) => {
      const code = character(ip, x!, name, ' 1');
      const t = code < 0 ? null : table(ip);
      if (t === null) return 0;
      const r = answer(ip, t, code);
      if (r !== 0) return r;
      return otherwise === undefined ? ip.raise('ValueError', message) : ip.newRef(otherwise);
    },
  };
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** The normal form of the text; null with an exception. */
function normalForm(ip: Interpreter, fname: string, form: Handle, text: Handle): string | null {
  for (const [i, h] of [form, text].entries()) {
    if (isStr(ip, h)) continue;
    ip.raise('TypeError', `${fname}() argument ${i + 1} must be str, not ${typeName(ip, h)}`);
    return null;
  }
  const name = FORMS.find((f) => f === strValue(ip, form));
  if (name === undefined) {
    ip.raise('ValueError', 'invalid normalization form');
    return null;
  }
  return strValue(ip, text).normalize(name);
}

export const unicodedataModule: NativeModule = {
  name: 'unicodedata',
  methods: {
    category: ask('category', (ip, t, c) => strFrom(ip, t.group(c).category)),
    bidirectional: ask('bidirectional', (ip, t, c) => strFrom(ip, t.group(c).bidirectional)),
    combining: ask('combining', (ip, t, c) => intFromNumber(ip, t.group(c).combining)),
    mirrored: ask('mirrored', (ip, t, c) => intFromNumber(ip, t.group(c).mirrored)),
    east_asian_width: ask('east_asian_width', (ip, t, c) => strFrom(ip, t.group(c).width)),
    decomposition: ask('decomposition', (ip, t, c) => strFrom(ip, t.decomposition(c))),
    name: askOr('name', 'no such name', (ip, t, c) => {
      const name = t.name(c);
      return name === null ? 0 : strFrom(ip, name);
    }),
    decimal: askOr('decimal', 'not a decimal', (ip, t, c) => {
      const n = t.number(c)?.decimal ?? -1;
      return n < 0 ? 0 : intFromNumber(ip, n);
    }),
    digit: askOr('digit', 'not a digit', (ip, t, c) => {
      const n = t.number(c)?.digit ?? -1;
      return n < 0 ? 0 : intFromNumber(ip, n);
    }),
    numeric: askOr('numeric', 'not a numeric character', (ip, t, c) => {
      const n = t.number(c);
      return n === null ? 0 : newFloat(ip, n.numeric);
    }),
    lookup: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        if (!isStr(ip, x)) {
          return ip.raise('TypeError', `lookup() argument must be str, not ${typeName(ip, x)}`);
        }
        const t = table(ip);
        if (t === null) return 0;
        const name = strValue(ip, x);
        const code = t.lookup(name);
        if (code >= 0) return strFrom(ip, String.fromCodePoint(code));
        const message = strFrom(ip, `undefined character name '${name}'`);
        ip.raiseObject('KeyError', message);
        ip.decref(message);
        return 0;
      },
    },
    normalize: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [form, text]) => {
        const r = normalForm(ip, 'normalize', form!, text!);
        if (r === null) return 0;
        return r === strValue(ip, text!) ? unchanged(ip, text!) : strFrom(ip, r);
      },
    },
    is_normalized: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [form, text]) => {
        const r = normalForm(ip, 'is_normalized', form!, text!);
        return r === null ? 0 : ip.bool(r === strValue(ip, text!));
      },
    },
  },
  values: (ip) => ({ unidata_version: strFrom(ip, ip.facts.name === '3.13' ? '15.1.0' : '16.0.0') }),
};
