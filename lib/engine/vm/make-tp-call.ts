/**
 * Calls of what has no vectorcall (Objects/call.c, `_PyObject_MakeTpCall`): the arguments are gathered in a tuple, and
 * the keywords in a dict, that live as long as the call. So an argument of a class has one reference more inside
 * `__init__` than an argument of a function.
 */
import type { Handle } from '../heap/layout';
import type { TypeSlots } from '../heap/object';
import { dictSet, newDict } from '../objects/dict';
import { isPlainException } from '../objects/exceptions';
import { newTuple } from '../objects/tuple';
import { typeCall } from '../objects/type';
import type { TypeName } from '../objects/type-names';
import type { Interpreter } from './interpreter';

/** Static types whose own `tp_vectorcall` makes the instance. */
const TYPES_WITH_VECTORCALL: readonly TypeName[] = [
  'list',
  'tuple',
  'dict',
  'set',
  'frozenset',
  'float',
  'int',
  'bool',
  'range',
  'enumerate',
  'reversed',
  'filter',
  'map',
  'super',
  'str',
];

export class Vectorcalls {
  private readonly types: ReadonlySet<TypeSlots>;

  constructor(private readonly ip: Interpreter) {
    this.types = new Set(TYPES_WITH_VECTORCALL.map((name) => ip.types[name]));
  }

  /** A call of `callable`, whose type is `tp`, goes through `tp_call`. */
  lacks(callable: Handle, tp: TypeSlots, nargs: number): boolean {
    const { ip } = this;
    if (tp.flags < 0 && tp.tp_call === (typeCall as typeof tp.tp_call)) {
      const type = ip.slotsOfType(callable);
      if (type === ip.types.type) return nargs !== 1;
      if (this.types.has(type)) return false;
      return ip.facts.name === '3.13' || type.isHeapType || !isPlainException(type);
    }
    const own = this.vectorcallOf(tp);
    if (own !== null) return !own(ip, callable, (other) => this.lacks(other, ip.tp(other), nargs));
    return (
      tp.isHeapType ||
      tp === ip.types.wrapper_descriptor ||
      tp === ip.types['method-wrapper'] ||
      tp === ip.types.staticmethod
    );
  }

  /** A subclass has its native base's as long as it has no `__call__` of its own. */
  private vectorcallOf(tp: TypeSlots): TypeSlots['tp_vectorcall'] {
    let t = tp;
    while (t.isPythonClass && t.base !== null) t = t.base;
    return t.tp_vectorcall !== null && t.tp_call === tp.tp_call ? t.tp_vectorcall : null;
  }
}

/** The tuple and the dict (or 0) that hold the arguments of one call, owned. */
export function holdArguments(
  ip: Interpreter,
  args: Handle[],
  kwnames: Handle[] | null,
): [tuple: Handle, kwargs: Handle] {
  const n = args.length - (kwnames?.length ?? 0);
  let tuple = 0;
  if (n > 0) {
    for (let i = 0; i < n; i++) ip.incref(args[i]!);
    tuple = newTuple(ip, n === args.length ? args : args.slice(0, n));
  }
  if (kwnames === null || kwnames.length === 0) return [tuple, 0];
  const kwargs = newDict(ip);
  for (const [i, name] of kwnames.entries()) dictSet(ip, kwargs, name, args[n + i]!);
  return [tuple, kwargs];
}
