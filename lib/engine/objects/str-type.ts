/** The type `str` (Objects/unicodeobject.c): constructor and slots, and its iterators. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec, type Visit } from '../heap/object';
import { isStr, str, typeName } from './abstract';
import { decodeBytes } from './codecs';
import { params, parseArgs } from './getargs';
import { intFromNumber } from './int';
import { bytesLike } from './number-convert';
import { freeObject } from './object';
import type { Runtime } from './runtime';
import {
  newStrOfType,
  STR_WORDS,
  strDealloc,
  strFrom,
  strHash,
  strKind,
  StrKind,
  strLength,
  strOfKind,
  strValue,
} from './str';
import { strMethods, strStaticMethods, textArgument } from './str-methods';
import {
  charFromCode,
  indexOfUnit,
  pairAt,
  strConcat,
  strContains,
  strItem,
  strRepeat,
  strRichCompare,
  strSubscript,
  unchanged,
} from './str-ops';
import { percentStr } from './str-percent';
import { LONGEST_ESCAPED, reprOfText } from './str-repr';

const NEW = params('str', 'object=, encoding=, errors=');

function strNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  if (args.length - (kwnames?.length ?? 0) > 3)
    return rt.raise('TypeError', `str expected at most 3 arguments, got ${args.length}`);
  const a = parseArgs(rt, NEW, args, kwnames);
  if (a === null) return 0;
  const value = strNewExact(rt, a[0]!, a[1]!, a[2]!);
  if (value === 0 || type === rt.types.str.handle) return value;
  const h = newStrOfType(rt, type, value);
  rt.decref(value);
  return h;
}

function strNewExact(rt: Runtime, object: Handle, encodingArg: Handle, errorsArg: Handle): Handle {
  if (encodingArg === 0 && errorsArg === 0) return object === 0 ? rt.emptyStr : str(rt, object);
  const encoding = textArgument(rt, encodingArg, 'str', 'encoding', 'utf-8');
  if (encoding === null) return 0;
  const errors = textArgument(rt, errorsArg, 'str', 'errors', 'strict');
  if (errors === null) return 0;
  if (object === 0) return rt.emptyStr;
  if (isStr(rt, object)) return rt.raise('TypeError', 'decoding str is not supported');
  const data = bytesLike(rt, object);
  if (data === null)
    return rt.raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(rt, object)} found`);
  return decodeBytes(rt, data, encoding, errors);
}

function strRepr(rt: Runtime, h: Handle): Handle {
  const kind = strKind(rt, h);
  const value = strValue(rt, h);
  const text = value.length > LONGEST_ESCAPED ? null : reprOfText(value, kind === StrKind.Astral);
  if (text === null) return rt.raise('MemoryError', '');
  return kind === StrKind.Ascii ? strOfKind(rt, text, kind) : strFrom(rt, text);
}

function strRemainder(rt: Runtime, a: Handle, b: Handle): Handle {
  return isStr(rt, a) ? percentStr(rt, a, b) : rt.NotImplemented;
}

// ---- iterators ---------------------------------------------------------------------------------------------------------------

/** The str, or 0 when it is exhausted; the next UTF-16 unit. */
export const STR_IT_SEQ = OB_FIELDS;
export const STR_IT_UNIT = OB_FIELDS + 1;

/** A new iterator: `str_ascii_iterator` for text of one byte a character, as CPython chooses. */
function strIter(rt: Runtime, h: Handle): Handle {
  const type = strKind(rt, h) === StrKind.Ascii ? rt.types.str_ascii_iterator : rt.types.str_iterator;
  const it = rt.heap.allocTracked(type);
  // A newborn's first words need no event.
  rt.mem[it + STR_IT_SEQ] = rt.newRef(h);
  return it;
}

function next(rt: Runtime, it: Handle): Handle {
  const { mem, heap } = rt;
  const seq = mem[it + STR_IT_SEQ]!;
  if (seq === 0) return 0;
  const unit = mem[it + STR_IT_UNIT]!;
  const text = strValue(rt, seq);
  if (unit < text.length) {
    if (strKind(rt, seq) === StrKind.Astral && pairAt(text, unit)) {
      heap.set(it + STR_IT_UNIT, unit + 2);
      return strOfKind(rt, text.slice(unit, unit + 2), StrKind.Astral);
    }
    heap.set(it + STR_IT_UNIT, unit + 1);
    return charFromCode(rt, text.charCodeAt(unit));
  }
  heap.clearRef(it + STR_IT_SEQ);
  return 0;
}

function iterDealloc(rt: Runtime, it: Handle): void {
  rt.heap.gcUntrack(it);
  rt.heap.release(it + STR_IT_SEQ);
  freeObject(rt, it);
}

function iterTraverse(rt: Runtime, it: Handle, visit: Visit): void {
  const seq = rt.mem[it + STR_IT_SEQ]!;
  if (seq !== 0) visit(seq, it + STR_IT_SEQ);
}

function lengthHint(rt: Runtime, it: Handle): Handle {
  const seq = rt.mem[it + STR_IT_SEQ]!;
  if (seq === 0) return intFromNumber(rt, 0);
  return intFromNumber(rt, strLength(rt, seq) - indexOfUnit(rt, seq, rt.mem[it + STR_IT_UNIT]!));
}

const iterMethods: Record<string, MethodDef> = {
  __length_hint__: { kind: 'noargs', fn: lengthHint },
};

const iteratorSpec = (name: string): TypeSpec => ({
  name,
  gc: true,
  words: 2,
  basicsize: 32,
  slots: {
    tp_dealloc: iterDealloc,
    tp_traverse: iterTraverse,
    tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
    tp_iternext: next,
  },
  methods: iterMethods,
});

export const strSpecs: TypeSpec[] = [
  {
    name: 'str',
    words: STR_WORDS,
    basicsize: 64,
    flags: TPFLAGS.BASETYPE | TPFLAGS.UNICODE_SUBCLASS,
    doc: 'Create a new string object from the given object.',
    slots: {
      tp_new: strNew,
      tp_dealloc: strDealloc,
      tp_repr: strRepr,
      tp_str: unchanged,
      tp_hash: strHash,
      tp_richcompare: strRichCompare,
      tp_iter: strIter,
      nb_remainder: strRemainder,
      sq_length: strLength,
      sq_concat: strConcat,
      sq_repeat: strRepeat,
      sq_item: strItem,
      sq_contains: strContains,
      mp_length: strLength,
      mp_subscript: strSubscript,
    },
    methods: strMethods,
    staticmethods: strStaticMethods,
  },
  iteratorSpec('str_iterator'),
  iteratorSpec('str_ascii_iterator'),
];
