/** Builtins about numbers and characters (Python/bltinmodule.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isBytes, isStr, numberDivmod, numberIndex, numberPower, typeName } from '../objects/abstract';
import { bytesLike } from '../objects/number-convert';
import { intFromNumber, intToBigInt } from '../objects/int';
import { callSpecial, callSpecialBound } from '../objects/slotdefs';
import { strFrom, strLength, strValue } from '../objects/str';
import { charFromCode } from '../objects/str-ops';
import { isInstanceOf, typeLookup } from '../objects/type-lookup';
import type { Interpreter } from '../vm/interpreter';

function inBase(prefix: string, base: number): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const i = numberIndex(ip, x);
      if (i === 0) return 0;
      const b = intToBigInt(ip, i);
      ip.decref(i);
      return strFrom(ip, b < 0n ? `-${prefix}${(-b).toString(base)}` : prefix + b.toString(base));
    },
  };
}

function ord(ip: Interpreter, x: Handle): Handle {
  if (isStr(ip, x)) {
    const n = strLength(ip, x);
    if (n === 1) return intFromNumber(ip, strValue(ip, x).codePointAt(0)!);
    return ip.raise('TypeError', `ord() expected a character, but string of length ${n} found`);
  }
  if (isBytes(ip, x) || isInstanceOf(ip, x, ip.types.bytearray)) {
    const data = bytesLike(ip, x)!;
    if (data.length === 1) return intFromNumber(ip, data[0]!);
    return ip.raise('TypeError', `ord() expected a character, but string of length ${data.length} found`);
  }
  return ip.raise('TypeError', `ord() expected string of length 1, but ${typeName(ip, x)} found`);
}

function round(ip: Interpreter, number: Handle, ndigits: Handle): Handle {
  if (typeLookup(ip, ip.tp(number), ip.id('__round__')) === 0) {
    return ip.raise('TypeError', `type ${typeName(ip, number)} doesn't define __round__ method`);
  }
  const call = ip.facts.name === '3.13' ? callSpecialBound : callSpecial;
  return call(ip, number, '__round__', ndigits === 0 || ndigits === ip.None ? [] : [ndigits]);
}

export const numberBuiltins: Record<string, MethodDef> = {
  abs: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const f = ip.tp(x).nb_absolute;
      return f === null ? ip.raise('TypeError', `bad operand type for abs(): '${typeName(ip, x)}'`) : f(ip, x);
    },
  },
  bin: inBase('0b', 2),
  oct: inBase('0o', 8),
  hex: inBase('0x', 16),
  chr: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const code = asIndex(ip, x);
      if (code === null) return 0;
      if (code < 0 || code > 0x10ffff) return ip.raise('ValueError', 'chr() arg not in range(0x110000)');
      return charFromCode(ip, code);
    },
  },
  ord: { kind: 'o', fn: (ip: Interpreter, _m, x) => ord(ip, x) },
  divmod: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter, _m, [a, b]) => numberDivmod(ip, a!, b!) },
  pow: {
    kind: 'clinic',
    params: 'base, exp, mod=',
    fn: (ip: Interpreter, _m, [base, exp, mod]) => numberPower(ip, base!, exp!, mod! || ip.None),
  },
  round: {
    kind: 'clinic',
    params: 'number, ndigits=',
    fn: (ip: Interpreter, _m, [number, ndigits]) => round(ip, number!, ndigits!),
  },
};
