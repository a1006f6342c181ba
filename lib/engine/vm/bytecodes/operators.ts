/** BINARY_OP, COMPARE_OP, CONTAINS_OP (Python/bytecodes.c), with short ways for small ints. */
import { NB } from '../../compiler/opcodes';
import type { Handle } from '../../heap/layout';
import * as ob from '../../objects/abstract';
import { intFromNumber } from '../../objects/int';
import type { Interpreter } from '../interpreter';

type Op2 = (ip: Interpreter, a: Handle, b: Handle) => Handle;

const power: Op2 = (ip, a, b) => ob.numberPower(ip, a, b, ip.None, '** or pow()');

/** Indexed by NB. */
const BINARY: Op2[] = [];
BINARY[NB.ADD] = ob.numberAdd;
BINARY[NB.AND] = ob.numberAnd;
BINARY[NB.FLOOR_DIVIDE] = ob.numberFloorDivide;
BINARY[NB.LSHIFT] = ob.numberLshift;
BINARY[NB.MATRIX_MULTIPLY] = ob.numberMatrixMultiply;
BINARY[NB.MULTIPLY] = ob.numberMultiply;
BINARY[NB.REMAINDER] = ob.numberRemainder;
BINARY[NB.OR] = ob.numberOr;
BINARY[NB.POWER] = power;
BINARY[NB.RSHIFT] = ob.numberRshift;
BINARY[NB.SUBTRACT] = ob.numberSubtract;
BINARY[NB.TRUE_DIVIDE] = ob.numberTrueDivide;
BINARY[NB.XOR] = ob.numberXor;
BINARY[NB.INPLACE_ADD] = ob.inplaceAdd;
BINARY[NB.INPLACE_AND] = ob.inplaceAnd;
BINARY[NB.INPLACE_FLOOR_DIVIDE] = ob.inplaceFloorDivide;
BINARY[NB.INPLACE_LSHIFT] = ob.inplaceLshift;
BINARY[NB.INPLACE_MATRIX_MULTIPLY] = ob.inplaceMatrixMultiply;
BINARY[NB.INPLACE_MULTIPLY] = ob.inplaceMultiply;
BINARY[NB.INPLACE_REMAINDER] = ob.inplaceRemainder;
BINARY[NB.INPLACE_OR] = ob.inplaceOr;
BINARY[NB.INPLACE_POWER] = ob.inplacePower;
BINARY[NB.INPLACE_RSHIFT] = ob.inplaceRshift;
BINARY[NB.INPLACE_SUBTRACT] = ob.inplaceSubtract;
BINARY[NB.INPLACE_TRUE_DIVIDE] = ob.inplaceTrueDivide;
BINARY[NB.INPLACE_XOR] = ob.inplaceXor;
BINARY[NB.SUBSCR] = ob.getItem;

/**
 * Two exact ints of one word: the result without a look at any type's slots. New; 0: not for this way (no exception).
 * What it answers is what int's own slots would.
 */
export function smallIntOperator(ip: Interpreter, x: number, y: number, op: number): Handle {
  switch (op) {
    case NB.ADD:
    case NB.INPLACE_ADD:
      return intFromNumber(ip, x + y);
    case NB.SUBTRACT:
    case NB.INPLACE_SUBTRACT:
      return intFromNumber(ip, x - y);
    case NB.MULTIPLY:
    case NB.INPLACE_MULTIPLY: {
      const product = x * y;
      return product <= MAX_EXACT && product >= -MAX_EXACT ? intFromNumber(ip, product + 0) : 0;
    }
    case NB.AND:
    case NB.INPLACE_AND:
      return intFromNumber(ip, x & y);
    case NB.OR:
    case NB.INPLACE_OR:
      return intFromNumber(ip, x | y);
    case NB.XOR:
    case NB.INPLACE_XOR:
      return intFromNumber(ip, x ^ y);
    case NB.REMAINDER:
    case NB.INPLACE_REMAINDER: {
      if (y <= 0) return 0;
      const r = x % y;
      return intFromNumber(ip, r < 0 ? r + y : r + 0);
    }
    case NB.FLOOR_DIVIDE:
    case NB.INPLACE_FLOOR_DIVIDE:
      return y > 0 ? intFromNumber(ip, Math.floor(x / y) + 0) : 0;
    default:
      return 0;
  }
}

const MAX_EXACT = Number.MAX_SAFE_INTEGER;

/** New, or 0 with an exception; operands borrowed. */
export function binaryOperator(ip: Interpreter, a: Handle, b: Handle, op: number): Handle {
  return BINARY[op]!(ip, a, b);
}

/** `-x`, `~x`, `+x`. */
export function unaryOperator(ip: Interpreter, h: Handle, slot: 'nb_negative' | 'nb_invert' | 'nb_positive'): Handle {
  const f = ip.tp(h)[slot];
  if (f !== null) return f(ip, h);
  const symbol = slot === 'nb_negative' ? '-' : slot === 'nb_invert' ? '~' : '+';
  return ip.raise('TypeError', `bad operand type for unary ${symbol}: '${ob.typeName(ip, h)}'`);
}

/** A rich comparison of two numbers, by CompareOp. */
export function compareNumbers(x: number, y: number, op: number): boolean {
  switch (op) {
    case 0:
      return x < y;
    case 1:
      return x <= y;
    case 2:
      return x === y;
    case 3:
      return x !== y;
    case 4:
      return x > y;
    default:
      return x >= y;
  }
}
