/** `sys.getsizeof` of an object of a past moment: by arithmetic alone, as nothing may be called there. */
import type { Handle } from '../heap/layout';
import { dictSizeof } from '../objects/dict-methods';
import { intSizeof } from '../objects/int';
import { listSizeof } from '../objects/list-methods';
import { setSizeof } from '../objects/set-methods';
import { strSizeof } from '../objects/str';
import { tupleSize } from '../objects/tuple';
import type { Interpreter } from '../vm/interpreter';

/** Null: the type has a `__sizeof__` of another kind. */
export function sizeOf(ip: Interpreter, h: Handle): number | null {
  const { types } = ip;
  const tp = ip.tp(h);
  const head = tp.preheader * 16;
  switch (tp) {
    case types.int:
    case types.bool:
      return intSizeof(ip, h);
    case types.str:
      return strSizeof(ip, h);
    case types.list:
      return head + listSizeof(ip, h);
    case types.dict:
      return head + dictSizeof(ip, h);
    case types.set:
    case types.frozenset:
      return head + setSizeof(ip, h);
    case types.float:
    case types.NoneType:
    case types.function:
    case types.cell:
    case types.method:
    case types.module:
      return head + tp.basicsize;
    case types.tuple:
      return head + tp.basicsize + 8 * tupleSize(ip, h);
  }
  // An instance of a class of the program that defines none.
  if (tp.isPythonClass && tp.itemsize === 0 && tp.base === types.object) return head + tp.basicsize;
  return null;
}
