/** The type `bytes` (Objects/bytesobject.c): constructor, slots, iterator. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type CompareOp, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, isBytes, isStr, typeName } from './abstract';
import {
  BYTES_HASH_HI,
  BYTES_HASH_KNOWN,
  BYTES_HASH_LO,
  BYTES_LENGTH,
  BYTES_WORDS,
  bytesDealloc,
  bytesValue,
  newBytes,
  newBytesOfType,
} from './bytes';
import { simpleBuffer } from './buffer';
import { bytesFromObject, callDunderBytes } from './bytes-convert';
import { bytesContains, bytesMaketrans, fromLatin1, parseHex, sharedMethods } from './bytes-methods';
import { MOST_BYTES, compareBytes, encodeArgument, repeatData, takeSlice } from './bytes-ops';
import { params, parseArgs } from './getargs';
import { hashBytes } from './hash';
import { intFromInt32, intFromNumber, orderSatisfies } from './int';
import { bytesLike, latin1Text } from './number-convert';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { isSlice, sliceIndices } from './slice';
import { strFrom } from './str';
import { percentBytes } from './str-percent';
import { reprOfBytes } from './str-repr';
import { newTuple } from './tuple';

const NEW = params('bytes', 'source=, encoding=, errors=');

function bytesNew(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, NEW, args, kwnames);
  if (a === null) return 0;
  const value = bytesNewExact(rt, a[0]!, a[1]!, a[2]!);
  if (value === 0 || type === rt.types.bytes.handle) return value;
  const h = newBytesOfType(rt, type, bytesValue(rt, value));
  rt.decref(value);
  return h;
}

function bytesNewExact(rt: Runtime, source: Handle, encodingArg: Handle, errorsArg: Handle): Handle {
  if (source === 0) {
    if (encodingArg === 0 && errorsArg === 0) return rt.emptyBytes;
    return rt.raise(
      'TypeError',
      encodingArg !== 0 ? 'encoding without a string argument' : 'errors without a string argument',
    );
  }
  if (encodingArg === 0 && errorsArg !== 0) {
    return rt.raise(
      'TypeError',
      isStr(rt, source) ? 'string argument without an encoding' : 'errors without a string argument',
    );
  }
  if (encodingArg !== 0 || errorsArg !== 0) {
    const data = encodeArgument(rt, 'bytes', source, encodingArg, errorsArg);
    return data === null ? 0 : newBytes(rt, data);
  }
  if (rt.is(source, rt.types.bytes)) return rt.newRef(source);
  const made = callDunderBytes(rt, source);
  if (made !== null) return made;
  if (isStr(rt, source)) return rt.raise('TypeError', 'string argument without an encoding');
  if (rt.tp(source).nb_index !== null) {
    const n = asIndex(rt, source, 'OverflowError');
    if (n === null) {
      // An object that is no int after all is tried as an iterable.
      if (!rt.errorMatches('TypeError')) return 0;
      rt.clearError();
    } else {
      if (n < 0) return rt.raise('ValueError', 'negative count');
      if (n > 1 << 28) return rt.raise('MemoryError', '');
      return newBytes(rt, new Uint8Array(n));
    }
  }
  return bytesFromObject(rt, source);
}

// ---- slots -----------------------------------------------------------------------------------------------------------------

const length = (rt: Runtime, h: Handle): number => rt.mem[h + BYTES_LENGTH]!;

function hash(rt: Runtime, h: Handle): number {
  const { mem, heap } = rt;
  if (mem[h + BYTES_HASH_KNOWN] !== 0) {
    rt.hashHigh = mem[h + BYTES_HASH_HI]!;
    return mem[h + BYTES_HASH_LO]!;
  }
  const low = hashBytes(rt, bytesValue(rt, h));
  heap.set(h + BYTES_HASH_LO, low);
  heap.set(h + BYTES_HASH_HI, rt.hashHigh);
  heap.set(h + BYTES_HASH_KNOWN, 1);
  return low;
}

function richCompare(rt: Runtime, a: Handle, b: Handle, op: CompareOp): Handle {
  if (!isBytes(rt, a) || !isBytes(rt, b)) return rt.NotImplemented;
  return rt.bool(orderSatisfies(a === b ? 0 : compareBytes(bytesValue(rt, a), bytesValue(rt, b)), op));
}

function concat(rt: Runtime, a: Handle, b: Handle): Handle {
  const x = bytesLike(rt, a);
  const y = bytesLike(rt, b);
  if (x === null || y === null) return rt.raise('TypeError', `can't concat ${typeName(rt, b)} to ${typeName(rt, a)}`);
  if (x.length === 0 && rt.is(b, rt.types.bytes)) return rt.newRef(b);
  if (y.length === 0 && rt.is(a, rt.types.bytes)) return rt.newRef(a);
  if (x.length + y.length > MOST_BYTES) return rt.raise('MemoryError', '');
  const data = new Uint8Array(x.length + y.length);
  data.set(x);
  data.set(y, x.length);
  return newBytes(rt, data);
}

function repeat(rt: Runtime, h: Handle, n: number): Handle {
  if (n === 1 && rt.is(h, rt.types.bytes)) return rt.newRef(h);
  const data = repeatData(rt, bytesValue(rt, h), n);
  return data === null ? 0 : newBytes(rt, data);
}

function item(rt: Runtime, h: Handle, i: number): Handle {
  if (i < 0 || i >= length(rt, h)) return rt.raise('IndexError', 'index out of range');
  return intFromInt32(rt, bytesValue(rt, h)[i]!);
}

function subscript(rt: Runtime, h: Handle, key: Handle): Handle {
  if (isSlice(rt, key)) {
    const s = sliceIndices(rt, key, length(rt, h));
    if (s === null) return 0;
    if (s.step === 1 && s.count === length(rt, h) && rt.is(h, rt.types.bytes)) return rt.newRef(h);
    return newBytes(rt, takeSlice(bytesValue(rt, h), s));
  }
  if (rt.tp(key).nb_index === null) {
    return rt.raise('TypeError', `byte indices must be integers or slices, not ${typeName(rt, key)}`);
  }
  const i = asIndex(rt, key, 'IndexError');
  return i === null ? 0 : item(rt, h, i < 0 ? i + length(rt, h) : i);
}

function remainder(rt: Runtime, a: Handle, b: Handle): Handle {
  if (!isBytes(rt, a)) return rt.NotImplemented;
  const text = percentBytes(rt, latin1Text(bytesValue(rt, a)), b);
  return text === null ? 0 : newBytes(rt, fromLatin1(text));
}

function fromHex(rt: Runtime, type: Handle, arg: Handle): Handle {
  const data = parseHex(rt, arg);
  if (data === null) return 0;
  const value = newBytes(rt, data);
  if (type === rt.types.bytes.handle) return value;
  const h = rt.call(type, [value]);
  rt.decref(value);
  return h;
}

const getNewArgs = (rt: Runtime, self: Handle): Handle => newTuple(rt, [newBytes(rt, bytesValue(rt, self))]);

// ---- iterator ----------------------------------------------------------------------------------------------------------------

const IT_SEQ = OB_FIELDS;
const IT_INDEX = OB_FIELDS + 1;

function iter(rt: Runtime, h: Handle): Handle {
  const it = newObject(rt, rt.types.bytes_iterator);
  rt.heap.set(it + IT_SEQ, rt.newRef(h));
  rt.heap.gcTrack(it);
  return it;
}

function next(rt: Runtime, it: Handle): Handle {
  const seq = rt.mem[it + IT_SEQ]!;
  if (seq === 0) return 0;
  const i = rt.mem[it + IT_INDEX]!;
  if (i < length(rt, seq)) {
    rt.heap.set(it + IT_INDEX, i + 1);
    return intFromInt32(rt, bytesValue(rt, seq)[i]!);
  }
  rt.heap.clearRef(it + IT_SEQ);
  return 0;
}

export const bytesSpecs: TypeSpec[] = [
  {
    name: 'bytes',
    words: BYTES_WORDS,
    basicsize: 33,
    itemsize: 1,
    flags: TPFLAGS.BASETYPE | TPFLAGS.BYTES_SUBCLASS,
    doc: 'Construct an immutable array of bytes.',
    slots: {
      tp_new: bytesNew,
      tp_dealloc: bytesDealloc,
      bf_getbuffer(rt: Runtime, h: Handle, writable: boolean) {
        if (writable) {
          rt.raise('BufferError', 'Object is not writable.');
          return null;
        }
        const data = bytesValue(rt, h);
        return simpleBuffer(
          data.length,
          true,
          () => data,
          () => {},
        );
      },
      tp_hash: hash,
      tp_richcompare: richCompare,
      tp_iter: iter,
      tp_repr: (rt: Runtime, h: Handle) => strFrom(rt, `b${reprOfBytes(bytesValue(rt, h))}`),
      nb_remainder: remainder,
      sq_length: length,
      sq_concat: concat,
      sq_repeat: repeat,
      sq_item: item,
      sq_contains: bytesContains,
      mp_length: length,
      mp_subscript: subscript,
    },
    methods: {
      ...sharedMethods,
      __bytes__: {
        kind: 'noargs',
        fn: (rt: Runtime, self) => (rt.is(self, rt.types.bytes) ? rt.newRef(self) : newBytes(rt, bytesValue(rt, self))),
      },
      __getnewargs__: { kind: 'noargs', fn: getNewArgs },
      __sizeof__: {
        kind: 'noargs',
        fn: (rt: Runtime, self) => intFromNumber(rt, bytesSizeof(rt, self)),
      },
    },
    classmethods: { fromhex: { kind: 'o', fn: fromHex } },
    staticmethods: { maketrans: { kind: 'fast', min: 2, max: 2, fn: bytesMaketrans } },
  },
  {
    name: 'bytes_iterator',
    gc: true,
    words: 2,
    basicsize: 32,
    slots: {
      tp_dealloc: (rt: Runtime, it: Handle) => {
        rt.heap.gcUntrack(it);
        rt.heap.clearRef(it + IT_SEQ);
        freeObject(rt, it);
      },
      tp_traverse: (rt: Runtime, it: Handle, visit: Visit) => {
        const seq = rt.mem[it + IT_SEQ]!;
        if (seq !== 0) visit(seq, it + IT_SEQ);
      },
      tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
      tp_iternext: next,
    },
    methods: {
      __length_hint__: {
        kind: 'noargs',
        fn: (rt: Runtime, it) => {
          const seq = rt.mem[it + IT_SEQ]!;
          return intFromNumber(rt, seq === 0 ? 0 : length(rt, seq) - rt.mem[it + IT_INDEX]!);
        },
      },
    },
  },
];

/** `bytes.__sizeof__`. */
export function bytesSizeof(rt: Runtime, h: Handle): number {
  return rt.tp(h).basicsize + length(rt, h);
}
