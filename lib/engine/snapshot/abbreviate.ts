/**
 * A short text for an object, made from its memory alone: it never runs the program's `__repr__`, and cuts what is
 * long. What a Python programmer would recognise, not always what repr() would say.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS } from '../heap/object';
import { LIST_ITEMS, LIST_SIZE, TUPLE_ITEMS } from '../heap/shapes';
import { bytesValue } from '../objects/bytes';
import { codeName } from '../objects/code';
import { dictGetString, dictNext, entryKey, entryValue } from '../objects/dict';
import { EXC_ARGS } from '../objects/exceptions';
import { reprDouble } from '../objects/float-repr';
import { floatValue } from '../objects/float';
import { FUNC_QUALNAME } from '../objects/funcobject';
import { GEN_QUALNAME } from '../objects/generator';
import { bitLength, intToBigInt } from '../objects/int';
import { moduleDict } from '../objects/module';
import { nativeMethod } from '../objects/method-object';
import { setEntryKey, setNext } from '../objects/set';
import { reprOfText } from '../objects/str-repr';
import { strValue } from '../objects/str';
import { tupleItems, tupleSize } from '../objects/tuple';
import { HT_QUALNAME } from '../objects/type-lookup';
import { WR_OBJECT } from '../objects/weakref-list';
import type { Interpreter } from '../vm/interpreter';
import { SNAPSHOT_LIMITS } from './snapshot';

const MAX_DEPTH = 2;
const MAX_ITEMS = 8;

export function abbreviate(ip: Interpreter, h: Handle): string {
  const text = short(ip, h, 0);
  const { repr } = SNAPSHOT_LIMITS;
  const chars = [...text];
  return chars.length <= repr ? text : `${chars.slice(0, repr - 1).join('')}…`;
}

function short(ip: Interpreter, h: Handle, depth: number): string {
  const { types } = ip;
  const tp = ip.tp(h);
  switch (tp) {
    case types.NoneType:
      return 'None';
    case types.bool:
      return h === ip.True ? 'True' : 'False';
    case types.ellipsis:
      return 'Ellipsis';
    case types.NotImplementedType:
      return 'NotImplemented';
    case types.int:
      return intText(intToBigInt(ip, h));
    case types.float:
      return reprDouble(floatValue(ip, h));
    case types.str:
      return reprOfText(strValue(ip, h).slice(0, 64));
    case types.bytes:
      return `b'${Array.from(bytesValue(ip, h).slice(0, 20), (b) => String.fromCharCode(b)).join('')}'`;
    case types.list:
      return items(ip, head(ip, ip.mem[h + LIST_ITEMS]!, ip.mem[h + LIST_SIZE]!), depth, '[', ']');
    case types.tuple: {
      const list = head(ip, h + TUPLE_ITEMS, tupleSize(ip, h));
      return list.length === 1 && depth < MAX_DEPTH
        ? `(${short(ip, list[0]!, depth + 1)},)`
        : items(ip, list, depth, '(', ')');
    }
    case types.set:
    case types.frozenset:
      return setText(ip, h, depth);
    case types.dict:
      return dictText(ip, h, depth);
    case types.function:
      return `<function ${strValue(ip, ip.mem[h + FUNC_QUALNAME]!)}>`;
    case types.generator:
      return `<generator ${strValue(ip, ip.mem[h + GEN_QUALNAME]!)}>`;
    case types.code:
      return `<code ${strValue(ip, codeName(ip, h))}>`;
    case types.builtin_function_or_method:
      return `<built-in ${nativeMethod(ip, h).name}>`;
    case types['weakref.ReferenceType']: {
      const target = ip.mem[h + WR_OBJECT]!;
      return target === 0 || target === ip.None ? '<weakref; dead>' : `<weakref; to '${ip.tp(target).name}'>`;
    }
    case types.module: {
      const name = dictGetString(ip, moduleDict(ip, h), '__name__');
      return `<module ${name === 0 ? '?' : strValue(ip, name)}>`;
    }
  }
  if ((tp.flags & TPFLAGS.BASE_EXC_SUBCLASS) !== 0) {
    const args = ip.mem[h + EXC_ARGS]!;
    const list = args === 0 ? [] : tupleItems(ip, args);
    return `${tp.name}${items(ip, list, depth, '(', ')')}`;
  }
  if (tp.flags < 0) return `<class ${strValue(ip, ip.mem[h + HT_QUALNAME]! || ip.emptyStr)}>`;
  return `<${tp.name} object>`;
}

/** Larger ones have no repr() by default (`sys.get_int_max_str_digits`), and to find all their digits takes long. */
const PRINTABLE = 10n ** 4300n;

function intText(value: bigint): string {
  if (value >= PRINTABLE || -value >= PRINTABLE) return `<int of ${bitLength(value)} bits>`;
  const digits = value.toString();
  return digits.length <= 40 ? digits : `${digits.slice(0, 18)}…${digits.slice(-18)}`;
}

/** As many of n items from the word `first` on as are shown, and one more. */
function head(ip: Interpreter, first: number, n: number): Handle[] {
  return Array.from(ip.mem.subarray(first, first + Math.min(n, MAX_ITEMS + 1)));
}

function items(ip: Interpreter, list: readonly Handle[], depth: number, open: string, close: string): string {
  if (list.length === 0) return open + close;
  if (depth >= MAX_DEPTH) return `${open}…${close}`;
  const shown = list.slice(0, MAX_ITEMS).map((x) => short(ip, x, depth + 1));
  if (list.length > MAX_ITEMS) shown.push('…');
  return open + shown.join(', ') + close;
}

function setText(ip: Interpreter, h: Handle, depth: number): string {
  const keys: Handle[] = [];
  for (let pos = setNext(ip, h, 0); pos > 0 && keys.length <= MAX_ITEMS; pos = setNext(ip, h, pos))
    keys.push(setEntryKey(ip, h, pos));
  if (keys.length === 0) return `${ip.tp(h).name}()`;
  const text = items(ip, keys, depth, '{', '}');
  return ip.is(h, ip.types.set) ? text : `frozenset(${text})`;
}

function dictText(ip: Interpreter, h: Handle, depth: number): string {
  const entries: [Handle, Handle][] = [];
  for (let pos = dictNext(ip, h, 0); pos > 0 && entries.length <= MAX_ITEMS; pos = dictNext(ip, h, pos))
    entries.push([entryKey(ip, h, pos), entryValue(ip, h, pos)]);
  if (entries.length === 0) return '{}';
  if (depth >= MAX_DEPTH) return '{…}';
  const shown = entries.slice(0, MAX_ITEMS).map(([k, v]) => `${short(ip, k, depth + 1)}: ${short(ip, v, depth + 1)}`);
  if (entries.length > MAX_ITEMS) shown.push('…');
  return `{${shown.join(', ')}}`;
}
