/** `bool` (Objects/boolobject.c): a subclass of int with two immortal instances (made in int.ts, `initInts`). */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { isTrue } from './abstract';
import { INT_WORDS } from './int';
import * as ops from './int-ops';
import type { Runtime } from './runtime';
import { strFrom } from './str';

function boolNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (kwnames !== null && kwnames.length > 0) return rt.raise('TypeError', 'bool() takes no keyword arguments');
  if (args.length > 1) return rt.raise('TypeError', `bool expected at most 1 argument, got ${args.length}`);
  if (args.length === 0) return rt.False;
  const truth = isTrue(rt, args[0]!);
  return truth < 0 ? 0 : rt.bool(truth === 1);
}

/** `bool_invert`. */
function boolInvert(rt: Runtime, h: Handle): Handle {
  const message =
    "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion " +
    'of the underlying int object and is usually not what you expect from the negation of a bool object. Use the ' +
    "'not' operator for boolean negation or ~int(x) for the bitwise inversion of the underlying int.";
  return rt.warn('DeprecationWarning', message) ? ops.intInvert(rt, h) : 0;
}

const isBool = (rt: Runtime, h: Handle): boolean => h === rt.True || h === rt.False;
const bothBool = (rt: Runtime, a: Handle, b: Handle): boolean => isBool(rt, a) && isBool(rt, b);

export const boolSpec: TypeSpec = {
  name: 'bool',
  base: 'int',
  words: INT_WORDS,
  basicsize: 24,
  itemsize: 4,
  flags: TPFLAGS.LONG_SUBCLASS,
  doc: 'Returns True when the argument is true, False otherwise.',
  slots: {
    tp_new: boolNew,
    tp_dealloc: () => {},
    tp_repr: (rt: Runtime, h: Handle) => strFrom(rt, h === rt.True ? 'True' : 'False'),
    nb_invert: boolInvert,
    nb_and: (rt: Runtime, a: Handle, b: Handle) =>
      bothBool(rt, a, b) ? rt.bool(a === rt.True && b === rt.True) : ops.intAnd(rt, a, b),
    nb_or: (rt: Runtime, a: Handle, b: Handle) =>
      bothBool(rt, a, b) ? rt.bool(a === rt.True || b === rt.True) : ops.intOr(rt, a, b),
    nb_xor: (rt: Runtime, a: Handle, b: Handle) => (bothBool(rt, a, b) ? rt.bool(a !== b) : ops.intXor(rt, a, b)),
  },
};
