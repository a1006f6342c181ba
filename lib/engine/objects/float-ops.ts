/** Arithmetic of `float` (Objects/floatobject.c, `float_as_number`). NotImplemented when an operand is no real number. */
import type { Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import { isInt } from './abstract';
import { floatValue, newFloat } from './float';
import { hashDouble } from './hash';
import { intFromInt32, intValue } from './int';
import { intAsDouble, zeroPowerMessage } from './int-ops';
import { intFromDouble, isFloat } from './number-convert';
import { correctPow } from '../../utils/correct-pow';
import type { Runtime } from './runtime';
import { strFrom } from './str';
import { tuplePack } from './tuple';

/** The double of a float or int; null: some other type (or too large an int: an exception is set). */
function operand(rt: Runtime, h: Handle): number | null {
  if (isFloat(rt, h)) return floatValue(rt, h);
  if (isInt(rt, h)) return intAsDouble(rt, h);
  return null;
}

/** Wraps an operation on doubles as a slot. */
function slot(op: (rt: Runtime, x: number, y: number) => Handle) {
  return (rt: Runtime, a: Handle, b: Handle): Handle => {
    const x = operand(rt, a);
    if (x === null) return rt.currentException !== 0 ? 0 : rt.NotImplemented;
    const y = operand(rt, b);
    if (y === null) return rt.currentException !== 0 ? 0 : rt.NotImplemented;
    return op(rt, x, y);
  };
}

/** The messages changed in 3.14. */
function zeroDivision(rt: Runtime, in313: string): 0 {
  return rt.raise('ZeroDivisionError', rt.facts.name === '3.13' ? in313 : 'division by zero');
}

export const floatAdd = slot((rt, x, y) => newFloat(rt, x + y));
export const floatSubtract = slot((rt, x, y) => newFloat(rt, x - y));
export const floatMultiply = slot((rt, x, y) => newFloat(rt, x * y));
export const floatTrueDivide = slot((rt, x, y) =>
  y === 0 ? zeroDivision(rt, 'float division by zero') : newFloat(rt, x / y),
);

const copySign = (x: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -Math.abs(x) : Math.abs(x));

/** Quotient towards minus infinity and the remainder, with the divisor's sign. */
export function floatDivmod2(x: number, y: number): [number, number] {
  let mod = x % y;
  let div = (x - mod) / y;
  if (mod !== 0) {
    if (y < 0 !== mod < 0) {
      mod += y;
      div -= 1;
    }
  } else {
    mod = copySign(0, y);
  }
  if (div === 0) return [copySign(0, x / y), mod];
  let floor = Math.floor(div);
  if (div - floor > 0.5) floor += 1;
  return [floor, mod];
}

export const floatFloorDivide = slot((rt, x, y) =>
  y === 0 ? zeroDivision(rt, 'float floor division by zero') : newFloat(rt, floatDivmod2(x, y)[0]),
);

export const floatRemainder = slot((rt, x, y) =>
  y === 0 ? zeroDivision(rt, 'float modulo by zero') : newFloat(rt, floatDivmod2(x, y)[1]),
);

export const floatDivmod = slot((rt, x, y) => {
  if (y === 0) return zeroDivision(rt, 'float divmod()');
  const [div, mod] = floatDivmod2(x, y);
  const q = newFloat(rt, div);
  const r = newFloat(rt, mod);
  const pair = tuplePack(rt, q, r);
  rt.decref(q);
  rt.decref(r);
  return pair;
});

export function floatPower(rt: Runtime, a: Handle, b: Handle, c: Handle): Handle {
  if (c !== rt.None) return rt.raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
  return power(rt, a, b);
}

const power = slot((rt, x, y) => {
  if (y === 0 || x === 1) return newFloat(rt, 1);
  if (x === -1 && Math.abs(y) === Infinity) return newFloat(rt, 1);
  if (x === 0 && y < 0 && y !== -Infinity) return rt.raise('ZeroDivisionError', zeroPowerMessage(rt));
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && y !== Math.floor(y)) {
    // A negative number to a fractional power is complex.
    const base = newFloat(rt, x);
    const exponent = newFloat(rt, y);
    const r = rt.types.complex.nb_power!(rt, base, exponent, rt.None);
    rt.decref(base);
    rt.decref(exponent);
    return r;
  }
  const r = correctPow(x, y);
  if (Math.abs(r) === Infinity && Number.isFinite(x) && Number.isFinite(y)) {
    const args = rangeErrorArgs(rt);
    rt.raiseObject('OverflowError', args);
    rt.decref(args);
    return 0;
  }
  return newFloat(rt, r);
});

/** errno ERANGE as Linux words it. */
function rangeErrorArgs(rt: Runtime): Handle {
  const text = strFrom(rt, 'Numerical result out of range');
  const errno = intFromInt32(rt, 34);
  const args = tuplePack(rt, errno, text);
  rt.decref(errno);
  rt.decref(text);
  return args;
}

export function floatNegative(rt: Runtime, h: Handle): Handle {
  return newFloat(rt, -floatValue(rt, h));
}
export function floatPositive(rt: Runtime, h: Handle): Handle {
  return rt.is(h, rt.types.float) ? rt.newRef(h) : newFloat(rt, floatValue(rt, h));
}
export function floatAbsolute(rt: Runtime, h: Handle): Handle {
  return newFloat(rt, Math.abs(floatValue(rt, h)));
}
export function floatBool(rt: Runtime, h: Handle): number {
  return floatValue(rt, h) === 0 ? 0 : 1;
}
export function floatToInt(rt: Runtime, h: Handle): Handle {
  return intFromDouble(rt, floatValue(rt, h));
}

/** Exact, also against ints that no double holds: `<` compares a number and a bigint by value. */
export function floatRichCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  const x = floatValue(rt, a);
  let y: number | bigint;
  if (isFloat(rt, b)) y = floatValue(rt, b);
  else if (isInt(rt, b)) y = intValue(rt, b);
  else return rt.NotImplemented;
  switch (op) {
    case CompareOp.LT:
      return rt.bool(x < y);
    case CompareOp.LE:
      return rt.bool(x <= y);
    case CompareOp.EQ:
      return rt.bool(x <= y && x >= y);
    case CompareOp.NE:
      return rt.bool(!(x <= y && x >= y));
    case CompareOp.GT:
      return rt.bool(x > y);
    case CompareOp.GE:
      return rt.bool(x >= y);
  }
}

export function floatHash(rt: Runtime, h: Handle): number {
  return hashDouble(rt, h, floatValue(rt, h));
}
