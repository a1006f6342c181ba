/** BINARY_OP, COMPARE_OP, CONTAINS_OP (Python/bytecodes.c), with short ways for small ints. */
import { NB } from '../../compiler/opcodes';
import type { Handle } from '../../heap/layout';
import * as ob from '../../objects/abstract';
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
