/** `sys.getsizeof` of an object of a past moment: by arithmetic alone, as nothing may be called there. */
import type { Handle } from '../heap/layout';
import type { TypeSlots } from '../heap/object';
import { bytearraySizeof } from '../objects/bytearray';
import { bytesSizeof } from '../objects/bytes-type';
import { dictGetKnown, dictIsUnicode } from '../objects/dict';
import { dictSizeof } from '../objects/dict-methods';
import { generatorSizeof } from '../objects/generator';
import { intSizeof } from '../objects/int';
import { listSizeof } from '../objects/list-methods';
import { objectSizeof } from '../objects/object-type';
import { setSizeof } from '../objects/set-methods';
import { strSizeof } from '../objects/str';
import { tupleItem, tupleSize } from '../objects/tuple';
import { TP_DICT, TP_MRO } from '../objects/type-lookup';
import { typeSizeof } from '../objects/type';
import type { Interpreter } from '../vm/interpreter';

/** Null: the type has a `__sizeof__` of its own, which is code that would have to run. */
export function sizeOf(ip: Interpreter, h: Handle): number | null {
  const tp = ip.tp(h);
  const definer = definerOf(ip, tp);
  const size = definer === null ? null : sizeBy(ip, definer, h);
  if (size === null) return null;
  // A static type is no collectable object, although its metatype's instances are.
  const isStaticType = definer === ip.types.type && !ip.slotsOfType(h).isHeapType;
  return size + (isStaticType ? 0 : tp.preheader * 16);
}

/** What `__sizeof__` of that type answers. */
function sizeBy(ip: Interpreter, definer: TypeSlots, h: Handle): number | null {
  const { types } = ip;
  switch (definer) {
    case types.object:
      return objectSizeof(ip, h);
    case types.int:
      return intSizeof(ip, h);
    case types.str:
      return strSizeof(ip, h);
    case types.list:
      return listSizeof(ip, h);
    case types.dict:
      return dictSizeof(ip, h);
    case types.set:
    case types.frozenset:
      return setSizeof(ip, h);
    case types.bytes:
      return bytesSizeof(ip, h);
    case types.bytearray:
      return bytearraySizeof(ip, h);
    case types.generator:
    case types.coroutine:
    case types.async_generator:
      return generatorSizeof(ip, h);
    case types.type:
      return typeSizeof(ip, h);
    default:
      return null;
  }
}

/** The type whose `__sizeof__` it is; null: that cannot be told without running code. */
function definerOf(ip: Interpreter, tp: TypeSlots): TypeSlots | null {
  const name = ip.interned.get('__sizeof__');
  const mro = ip.mem[tp.handle + TP_MRO]!;
  if (name === undefined || mro === 0) return null;
  const n = tupleSize(ip, mro);
  for (let i = 0; i < n; i++) {
    const type = tupleItem(ip, mro, i);
    const dict = ip.mem[type + TP_DICT]!;
    if (dict === 0) continue;
    if (!dictIsUnicode(ip, dict)) return null;
    if (dictGetKnown(ip, dict, name) !== 0) return ip.slotsOfType(type);
  }
  return null;
}
