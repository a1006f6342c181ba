/**
 * UnicodeEncodeError, UnicodeDecodeError and UnicodeTranslateError (Objects/exceptions.c): what could not be converted,
 * where, and why.
 * DIFFERS: `start` and `end` are held as int objects; CPython keeps plain numbers.
 */
import type { Handle } from '../heap/layout';
import type { TypeSlots } from '../heap/object';
import { isBytes, isStr, numberIndex, strText, typeName } from './abstract';
import { intToIndex } from './int';
import { newBytes } from './bytes';
import { bytesLike } from './number-convert';
import type { Runtime } from './runtime';
import { strFrom, strKind, strValue } from './str';
import { escapeCode } from './str-repr';
import { codePoints } from './codecs';

type Name = 'UnicodeEncodeError' | 'UnicodeDecodeError' | 'UnicodeTranslateError';

/** Fields in memory order, and in the order of the arguments. */
export const UNICODE_ERROR_FIELDS: Readonly<Record<Name, readonly string[]>> = {
  UnicodeEncodeError: ['encoding', 'object', 'start', 'end', 'reason'],
  UnicodeDecodeError: ['encoding', 'object', 'start', 'end', 'reason'],
  UnicodeTranslateError: ['object', 'start', 'end', 'reason'],
};

export function isUnicodeError(name: string): name is Name {
  return name in UNICODE_ERROR_FIELDS;
}

/** Fills the fields, which begin at word `first`, from arguments (borrowed) that are known to be right. */
export function fillUnicodeError(rt: Runtime, h: Handle, first: number, args: readonly Handle[]): void {
  for (const [i, value] of args.entries()) rt.heap.setRef(h + first + i, rt.newRef(value));
}

/** Checks the arguments and fills the fields; 0 or -1. */
function init(rt: Runtime, h: Handle, name: Name, first: number, args: readonly Handle[]): number {
  const fields = UNICODE_ERROR_FIELDS[name];
  if (args.length !== fields.length) {
    return rt.raiseInt('TypeError', `function takes exactly ${fields.length} arguments (${args.length} given)`);
  }
  for (const [i, field] of fields.entries()) {
    const value = args[i]!;
    if (field === 'start' || field === 'end') {
      const index = numberIndex(rt, value);
      if (index === 0) return -1;
      rt.decref(index);
    } else if (field === 'object' && name === 'UnicodeDecodeError') {
      if (bytesLike(rt, value) === null) {
        return rt.raiseInt('TypeError', `a bytes-like object is required, not '${typeName(rt, value)}'`);
      }
    } else if (!isStr(rt, value)) {
      return rt.raiseInt('TypeError', `argument ${i + 1} must be str, not ${typeName(rt, value)}`);
    }
  }
  fillUnicodeError(rt, h, first, args);
  if (name === 'UnicodeDecodeError' && !isBytes(rt, args[1]!))
    rt.heap.setRef(h + first + 1, newBytes(rt, bytesLike(rt, args[1]!)!.slice()));
  return 0;
}

function text(rt: Runtime, h: Handle, name: Name, first: number): Handle {
  const field = (f: string): Handle => rt.mem[h + first + UNICODE_ERROR_FIELDS[name].indexOf(f)]!;
  const object = field('object');
  if (object === 0) return rt.emptyStr;
  const reason = strText(rt, field('reason'));
  if (reason === null) return 0;
  const encoding = name === 'UnicodeTranslateError' ? '' : strText(rt, field('encoding'));
  if (encoding === null) return 0;
  const start = intToIndex(rt, field('start'));
  const end = intToIndex(rt, field('end'));
  const data =
    name === 'UnicodeDecodeError' ? bytesLike(rt, object)! : codePoints(strValue(rt, object), strKind(rt, object));
  const verb = name === 'UnicodeDecodeError' ? 'decode' : name === 'UnicodeEncodeError' ? 'encode' : 'translate';
  const what = name === 'UnicodeDecodeError' ? 'byte' : 'character';
  const codec = name === 'UnicodeTranslateError' ? '' : `'${encoding}' codec `;
  if (start >= 0 && start < data.length && end === start + 1) {
    const code = data[start]!;
    const shown = what === 'byte' ? `0x${code.toString(16).padStart(2, '0')}` : `'${escapeCode(code)}'`;
    return strFrom(rt, `${codec}can't ${verb} ${what} ${shown} in position ${start}: ${reason}`);
  }
  return strFrom(rt, `${codec}can't ${verb} ${what}s in position ${start}-${end - 1}: ${reason}`);
}

/**
 * The slots of one of the three.
 * @param first word of the first field
 * @param baseInit `BaseException.__init__`
 */
export function unicodeErrorSlots(
  name: Name,
  first: number,
  baseInit: NonNullable<TypeSlots['tp_init']>,
): Partial<TypeSlots> {
  return {
    tp_init(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
      return baseInit(rt, h, args, kwnames) < 0 ? -1 : init(rt, h, name, first, args);
    },
    tp_str: (rt: Runtime, h: Handle): Handle => text(rt, h, name, first),
  };
}
