/** `_sre` (Modules/_sre/sre.c): what Lib/re/ compiles to runs here. */
import type { Handle } from '../../heap/layout';
import type { MethodDef } from '../../heap/object';
import { asIndex, isDict, isInt, isList, isTuple, typeName } from '../../objects/abstract';
import { intFromNumber, intToIndex } from '../../objects/int';
import { listItems } from '../../objects/list';
import { strFrom } from '../../objects/str';
import { moduleType, type NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { lowerAscii, lowerUnicode, upperUnicode } from './characters';
import { CODESIZE, MAXGROUPS, MAXREPEAT, SRE_MAGIC } from './opcodes';
import { matchSpec, newPattern, newTemplate, patternSpec, scannerSpec, templateSpec } from './pattern';
import { validCode } from './validate';

function character(f: (ip: Interpreter, c: number) => Handle): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const c = asIndex(ip, x, 'OverflowError');
      return c === null ? 0 : f(ip, c);
    },
  };
}

const safe = (f: (c: number) => number) => (c: number) => (c >= 0 && c < 0x110000 ? f(c) : c);

/** An `unsigned int` for each item; null with an exception. */
function readCode(ip: Interpreter, list: Handle): Uint32Array | null {
  const items = listItems(ip, list);
  const code = new Uint32Array(items.length);
  for (const [i, item] of items.entries()) {
    if (!isInt(ip, item)) {
      ip.raise('TypeError', 'an integer is required');
      return null;
    }
    const n = intToIndex(ip, item);
    if (n < 0) {
      ip.raise('OverflowError', "can't convert negative value to unsigned int");
      return null;
    }
    if (n > 2 ** 64) {
      ip.raise('OverflowError', 'Python int too large to convert to C unsigned long');
      return null;
    }
    if (n > 0xffffffff) {
      ip.raise('OverflowError', 'regular expression code size limit exceeded');
      return null;
    }
    code[i] = n;
  }
  return code;
}

function compile(ip: Interpreter, _m: Handle, args: Handle[]): Handle {
  const [pattern, flagsArg, codeList, groupsArg, groupindex, indexgroup] = args as [
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
  ];
  const flags = asIndex(ip, flagsArg, 'OverflowError');
  if (flags === null) return 0;
  const wrong = (name: string, wanted: string, got: Handle) =>
    ip.raise('TypeError', `compile() argument '${name}' must be ${wanted}, not ${typeName(ip, got)}`);
  if (!isList(ip, codeList)) return wrong('code', 'list', codeList);
  const groups = asIndex(ip, groupsArg, 'OverflowError');
  if (groups === null) return 0;
  if (!isDict(ip, groupindex)) return wrong('groupindex', 'dict', groupindex);
  if (!isTuple(ip, indexgroup)) return wrong('indexgroup', 'tuple', indexgroup);
  const code = readCode(ip, codeList);
  if (code === null) return 0;
  if (groups < 0 || groups > MAXGROUPS || !validCode(code, groups)) {
    return ip.raise('RuntimeError', 'invalid SRE code');
  }
  return newPattern(ip, pattern, flags, code, groups, groupindex, indexgroup);
}

export const sreModule: NativeModule = {
  name: '_sre',
  methods: {
    compile: { kind: 'clinic', params: 'pattern, flags, code, groups, groupindex, indexgroup', fn: compile },
    template: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [, list]) =>
        isList(ip, list!)
          ? newTemplate(ip, list!)
          : ip.raise('TypeError', `template() argument 2 must be list, not ${typeName(ip, list!)}`),
    },
    getcodesize: { kind: 'noargs', fn: (ip: Interpreter) => intFromNumber(ip, CODESIZE) },
    ascii_iscased: character((ip, c) => ip.bool((c >= 65 && c <= 90) || (c >= 97 && c <= 122))),
    unicode_iscased: character((ip, c) => ip.bool(c !== safe(lowerUnicode)(c) || c !== safe(upperUnicode)(c))),
    ascii_tolower: character((ip, c) => intFromNumber(ip, lowerAscii(c))),
    unicode_tolower: character((ip, c) => intFromNumber(ip, safe(lowerUnicode)(c))),
  },
  values: (ip) => {
    for (const spec of [patternSpec, matchSpec, scannerSpec, templateSpec]) moduleType(ip, spec);
    return {
      MAGIC: intFromNumber(ip, SRE_MAGIC),
      CODESIZE: intFromNumber(ip, CODESIZE),
      MAXREPEAT: intFromNumber(ip, MAXREPEAT),
      MAXGROUPS: intFromNumber(ip, MAXGROUPS),
      copyright: strFrom(ip, ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB '),
    };
  },
};
