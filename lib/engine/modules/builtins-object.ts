/** Builtins about any object (Python/bltinmodule.c): identity, type checks, text, hash, size. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { ascii, hash, isStr, length, repr, typeName } from '../objects/abstract';
import { formatObject } from '../objects/format';
import { hashToBigInt } from '../objects/hash';
import { intFromBigInt, intFromNumber } from '../objects/int';
import { isInstance, isSubclass } from '../objects/isinstance';
import { rangeLengthObject } from '../objects/range';
import type { Interpreter } from '../vm/interpreter';

const truthOf = (ip: Interpreter, r: number): Handle => (r < 0 ? 0 : ip.bool(r !== 0));

export const objectBuiltins: Record<string, MethodDef> = {
  id: { kind: 'o', fn: (ip: Interpreter, _m, x) => intFromNumber(ip, ip.heap.id(x)) },
  len: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = length(ip, x);
      if (n > Number.MAX_SAFE_INTEGER && ip.is(x, ip.types.range)) return ip.newRef(rangeLengthObject(ip, x));
      return n < 0 ? 0 : intFromNumber(ip, n);
    },
  },
  hash: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const low = hash(ip, x);
      return ip.currentException !== 0 ? 0 : intFromBigInt(ip, hashToBigInt(low, ip.hashHigh));
    },
  },
  repr: { kind: 'o', fn: (ip: Interpreter, _m, x) => repr(ip, x) },
  ascii: { kind: 'o', fn: (ip: Interpreter, _m, x) => ascii(ip, x) },
  callable: { kind: 'o', fn: (ip: Interpreter, _m, x) => ip.bool(ip.tp(x).tp_call !== null) },
  isinstance: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, a) => truthOf(ip, isInstance(ip, a[0]!, a[1]!)),
  },
  issubclass: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, a) => truthOf(ip, isSubclass(ip, a[0]!, a[1]!)),
  },
  format: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, a) => {
      const spec = a[1] ?? ip.emptyStr;
      if (!isStr(ip, spec)) return ip.raise('TypeError', `format() argument 2 must be str, not ${typeName(ip, spec)}`);
      return formatObject(ip, a[0]!, spec);
    },
  },
};
