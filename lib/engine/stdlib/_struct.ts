/** `_struct` (Modules/_struct.c): bytes as C lays out its structures. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type BufferInfo, type TypeSpec, type Visit } from '../heap/object';
import { asIndex, isBytes, isStr, isTrue, numberIndex, typeName } from '../objects/abstract';
import { bytesOf, byteLength, getBuffer, isContiguous, releaseBuffer, type Buffer } from '../objects/buffer';
import { bytesValue, newBytes } from '../objects/bytes';
import { dictSet, newDict } from '../objects/dict';
import { params, parseArgs } from '../objects/getargs';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { asDouble, bytesLike, latin1Text } from '../objects/number-convert';
import { allocInstance, freeObject, newObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { encodeText } from '../objects/codecs';
import { strFrom, strKind, strValue } from '../objects/str';
import {
  NATIVE_CODES,
  integerFits,
  readInteger,
  unpackItem,
  writeDouble,
  writeInteger,
  type ItemCode,
} from '../objects/struct-codes';
import { newTupleTracked } from '../objects/tuple';
import { clearWeakrefs } from '../objects/weakref-list';
import { moduleTypeRef, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** One group of a format: `count` items, or one string of `count` bytes for 's' and 'p'. */
interface Field {
  readonly letter: string;
  readonly code: ItemCode;
  readonly offset: number;
  readonly count: number;
}
interface Layout {
  readonly fields: readonly Field[];
  readonly size: number;
  /** Values that pack takes. */
  readonly values: number;
  readonly little: boolean;
  readonly native: boolean;
}

const STANDARD_SIZES: Readonly<Record<string, number>> = { i: 4, I: 4, l: 4, L: 4, q: 8, Q: 8, h: 2, H: 2, b: 1, B: 1 };

function structError(ip: Interpreter, message: string): 0 {
  const type = ip.moduleRefs[ip.moduleState.get('_struct error') as number]!;
  const text = strFrom(ip, message);
  const exc = ip.call(type, [text]);
  ip.decref(text);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** The code of a letter under '@' or under the other prefixes. */
function codeOf(letter: string, native: boolean): ItemCode | null {
  if (letter === 'x' || letter === 's' || letter === 'p') return { size: 1, kind: 'char' };
  const code = NATIVE_CODES[letter];
  if (code === undefined) return null;
  if (native) return code;
  if (letter === 'n' || letter === 'N' || letter === 'P') return null;
  const size = STANDARD_SIZES[letter];
  return size === undefined ? code : { ...code, size };
}

/** `prepare_s`: null with struct.error. */
function parseFormat(ip: Interpreter, format: string): Layout | null {
  const prefix = format[0] ?? '';
  const native = !'<>=!'.includes(prefix) || prefix === '';
  const little = prefix !== '>' && prefix !== '!';
  const fields: Field[] = [];
  let size = 0;
  let values = 0;
  const fail = (message: string): null => {
    structError(ip, message);
    return null;
  };
  for (let i = prefix !== '' && '@<>=!'.includes(prefix) ? 1 : 0; i < format.length; ) {
    const c = format[i++]!;
    if (/[ \t-\r]/.test(c)) continue;
    let count = 1;
    let letter = c;
    if (c >= '0' && c <= '9') {
      const digits = /^\d+/.exec(format.slice(i - 1))![0];
      i += digits.length - 1;
      count = Number(digits);
      if (count > 2 ** 63) return fail('total struct size too long');
      if (i >= format.length) return fail('repeat count given without format specifier');
      letter = format[i++]!;
    }
    const code = codeOf(letter, native);
    if (code === null) return fail('bad char in struct format');
    if (native && code.size > 1 && size % code.size !== 0) size += code.size - (size % code.size);
    if (letter === 's' || letter === 'p') values++;
    else if (letter !== 'x') values += count;
    if (letter !== 'x' && (count > 0 || letter === 's' || letter === 'p')) {
      fields.push({ letter, code, offset: size, count });
    }
    size += count * code.size;
    if (size > 2 ** 62) return fail('total struct size too long');
  }
  return { fields, size, values, little, native };
}

// ---- packing ------------------------------------------------------------------------------------------------------------------

/** Packs one number; false with an exception. */
function packNumber(ip: Interpreter, layout: Layout, f: Field, out: Uint8Array, at: number, v: Handle): boolean {
  const { letter, code } = f;
  const { little } = layout;
  switch (code.kind) {
    case 'char': {
      if (!isBytes(ip, v) || bytesValue(ip, v).length !== 1) {
        structError(ip, 'char format requires a bytes object of length 1');
        return false;
      }
      out[at] = bytesValue(ip, v)[0]!;
      return true;
    }
    case 'bool': {
      const truth = isTrue(ip, v);
      if (truth < 0) return false;
      out[at] = truth;
      return true;
    }
    case 'float': {
      const x = asDouble(ip, v);
      if (x === null) {
        ip.clearError();
        structError(ip, 'required argument is not a float');
        return false;
      }
      if (writeDouble(out, at, code.size, x, little)) return true;
      // In native mode a C cast makes an infinity of it.
      if (letter === 'f' && layout.native) return writeDouble(out, at, 4, x > 0 ? Infinity : -Infinity);
      ip.raise('OverflowError', `float too large to pack with ${letter} format`);
      return false;
    }
    default: {
      const isSigned = code.kind === 'signed';
      let i = v;
      if (ip.tp(v).nb_index === null) {
        structError(ip, 'required argument is not an integer');
        return false;
      }
      i = numberIndex(ip, v);
      if (i === 0) return false;
      const n = intToBigInt(ip, i);
      ip.decref(i);
      if (letter === 'P') {
        if (n >= 1n << 64n || n < -(1n << 63n)) {
          ip.raise('OverflowError', 'int too large to convert');
          return false;
        }
      } else if (!integerFits(n, code.size, isSigned)) {
        structError(ip, rangeMessage(letter, code.size, isSigned));
        return false;
      }
      writeInteger(out, at, code.size, n, little);
      return true;
    }
  }
}

function rangeMessage(letter: string, size: number, isSigned: boolean): string {
  const bits = BigInt(size * 8);
  const high = isSigned ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  const low = isSigned ? -(1n << (bits - 1n)) : 0n;
  return `'${letter}' format requires ${low} <= number <= ${high}`;
}

/** `s_pack_internal`: fills `out` (zeros before); false with an exception. */
function packInto(ip: Interpreter, layout: Layout, out: Uint8Array, values: readonly Handle[]): boolean {
  let next = 0;
  for (const f of layout.fields) {
    if (f.letter === 's' || f.letter === 'p') {
      const v = values[next++]!;
      const data = isBytes(ip, v) || ip.is(v, ip.types.bytearray) ? bytesLike(ip, v) : null;
      if (data === null) {
        structError(ip, `argument for '${f.letter}' must be a bytes object`);
        return false;
      }
      if (f.letter === 's') out.set(data.subarray(0, f.count), f.offset);
      else if (f.count > 0) {
        const part = data.subarray(0, f.count - 1);
        out.set(part, f.offset + 1);
        out[f.offset] = Math.min(part.length, 255);
      }
      continue;
    }
    for (let i = 0; i < f.count; i++) {
      if (!packNumber(ip, layout, f, out, f.offset + i * f.code.size, values[next++]!)) return false;
    }
  }
  return true;
}

/** `s_unpack_internal`: new. */
function unpackFrom(ip: Interpreter, layout: Layout, data: Uint8Array, start: number): Handle {
  const items: Handle[] = [];
  for (const f of layout.fields) {
    const at = start + f.offset;
    if (f.letter === 's') items.push(newBytes(ip, data.slice(at, at + f.count)));
    else if (f.letter === 'p') {
      const n = f.count === 0 ? 0 : Math.min(data[at]!, f.count - 1);
      items.push(newBytes(ip, data.slice(at + 1, at + 1 + n)));
    } else
      for (let i = 0; i < f.count; i++) {
        const where = at + i * f.code.size;
        // 'P' shows a pointer as an unsigned int.
        if (f.letter === 'P') {
          items.push(intFromBigInt(ip, BigInt(readInteger(data, where, 8, false, layout.little))));
        } else items.push(unpackItem(ip, data, where, f.code, layout.little));
      }
  }
  return newTupleTracked(ip, items);
}

// ---- Struct ----------------------------------------------------------------------------------------------------------------------

const S_LAYOUT = OB_FIELDS;
const S_FORMAT = OB_FIELDS + 1;
const S_WEAKLIST = OB_FIELDS + 2;

const layoutOf = (rt: Runtime, h: Handle): Layout | null =>
  (rt.heap.leaf[rt.mem[h + S_LAYOUT]!] as Layout | undefined) ?? null;

/** The layout of a Struct; null with RuntimeError if `__init__` has not run. */
function ready(ip: Interpreter, h: Handle): Layout | null {
  const layout = layoutOf(ip, h);
  if (layout === null) ip.raise('RuntimeError', 'Struct object is not initialized');
  return layout;
}

const INIT = params('Struct', 'format');

function formatText(ip: Interpreter, h: Handle, error: (message: string) => void): string | null {
  if (isStr(ip, h)) {
    const text = strValue(ip, h);
    for (let i = 0; i < text.length; i++)
      if (text.charCodeAt(i) > 127) {
        encodeText(ip, h, text, strKind(ip, h), 'ascii', 'strict');
        return null;
      }
    return text;
  }
  if (isBytes(ip, h)) return latin1Text(bytesValue(ip, h));
  error(`Struct() argument 1 must be a str or bytes object, not ${typeName(ip, h)}`);
  return null;
}

function init(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const ip = rt as Interpreter;
  const a = parseArgs(ip, INIT, args, kwnames);
  if (a === null) return -1;
  const text = formatText(ip, a[0]!, (message) => ip.raise('TypeError', message));
  if (text === null) return -1;
  const { heap, mem } = ip;
  const format = newBytes(
    ip,
    Uint8Array.from(text, (c) => c.charCodeAt(0)),
  );
  heap.setRef(self + S_FORMAT, format);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    structError(ip, 'embedded null character');
    return -1;
  }
  const layout = parseFormat(ip, text);
  if (layout === null) return -1;
  const old = mem[self + S_LAYOUT]!;
  heap.set(self + S_LAYOUT, heap.newLeaf(layout));
  if (old !== 0) heap.dropLeaf(old);
  return 0;
}

function pack(ip: Interpreter, layout: Layout, values: readonly Handle[]): Handle {
  if (values.length !== layout.values) {
    return structError(ip, `pack expected ${layout.values} items for packing (got ${values.length})`);
  }
  if (layout.size > 1 << 28) return ip.raise('MemoryError', '');
  const out = new Uint8Array(layout.size);
  return packInto(ip, layout, out, values) ? newBytes(ip, out) : 0;
}

function packIntoBuffer(ip: Interpreter, layout: Layout, args: readonly Handle[]): Handle {
  const values = args.slice(2);
  if (values.length !== layout.values) {
    if (args.length === 0) return structError(ip, 'pack_into expected buffer argument');
    if (args.length === 1) return structError(ip, 'pack_into expected offset argument');
    return structError(ip, `pack_into expected ${layout.values} items for packing (got ${values.length})`);
  }
  if (args.length < 2) {
    return structError(ip, `pack_into expected ${args.length === 0 ? 'buffer' : 'offset'} argument`);
  }
  const buffer = writableBuffer(ip, args[0]!);
  if (buffer === null) return 0;
  const r = packIntoAt(ip, layout, buffer, args[1]!, values);
  releaseBuffer(ip, buffer);
  return r;
}

function writableBuffer(ip: Interpreter, h: Handle): Buffer | null {
  const wrong = (): null => {
    ip.clearError();
    ip.raise('TypeError', `argument must be read-write bytes-like object, not ${typeName(ip, h)}`);
    return null;
  };
  if (ip.tp(h).bf_getbuffer === null) return wrong();
  return getBuffer(ip, h, true) ?? wrong();
}

function packIntoAt(
  ip: Interpreter,
  layout: Layout,
  buffer: Buffer,
  offsetArg: Handle,
  values: readonly Handle[],
): Handle {
  let offset = asIndex(ip, offsetArg, 'IndexError');
  if (offset === null) return 0;
  const length = byteLength(buffer);
  const given = offset;
  if (offset < 0) {
    if (offset + layout.size > 0) {
      return structError(ip, `no space to pack ${layout.size} bytes at offset ${given}`);
    }
    if (offset + length < 0) return structError(ip, `offset ${given} out of range for ${length}-byte buffer`);
    offset += length;
  }
  if (length - offset < layout.size) {
    return structError(
      ip,
      `pack_into requires a buffer of at least ${layout.size + offset} bytes for packing ${layout.size} bytes at offset ${given} (actual buffer size is ${length})`,
    );
  }
  const out = new Uint8Array(layout.size);
  if (!packInto(ip, layout, out, values)) return 0;
  buffer.write(buffer.offset + offset, out);
  return ip.None;
}

/** The bytes of an argument, lent only while they are read; null with TypeError. */
function readBuffer(ip: Interpreter, h: Handle): Uint8Array | null {
  const buffer = getBuffer(ip, h);
  if (buffer === null) return null;
  const data = bytesOf(buffer as BufferInfo);
  if (!isContiguous(buffer)) ip.raise('BufferError', 'memoryview: underlying buffer is not C-contiguous');
  releaseBuffer(ip, buffer);
  return ip.currentException !== 0 ? null : data;
}

function unpack(ip: Interpreter, layout: Layout, arg: Handle): Handle {
  const data = readBuffer(ip, arg);
  if (data === null) return 0;
  if (data.length !== layout.size) return structError(ip, `unpack requires a buffer of ${layout.size} bytes`);
  return unpackFrom(ip, layout, data, 0);
}

function unpackAt(ip: Interpreter, layout: Layout, arg: Handle, offsetArg: Handle): Handle {
  const given = offsetArg === 0 ? 0 : asIndex(ip, offsetArg, 'IndexError');
  if (given === null) return 0;
  const data = readBuffer(ip, arg);
  if (data === null) return 0;
  let offset = given;
  if (offset < 0) {
    if (offset + layout.size > 0) {
      return structError(ip, `not enough data to unpack ${layout.size} bytes at offset ${given}`);
    }
    if (offset + data.length < 0) {
      return structError(ip, `offset ${given} out of range for ${data.length}-byte buffer`);
    }
    offset += data.length;
  }
  if (data.length - offset < layout.size) {
    return structError(
      ip,
      `unpack_from requires a buffer of at least ${layout.size + offset} bytes for unpacking ${layout.size} bytes at offset ${given} (actual buffer size is ${data.length})`,
    );
  }
  return unpackFrom(ip, layout, data, offset);
}

// ---- iter_unpack ------------------------------------------------------------------------------------------------------------------

const U_STRUCT = OB_FIELDS;
const U_INDEX = OB_FIELDS + 1;
const U_BUFFER = OB_FIELDS + 2;
const bufferOf = (rt: Runtime, h: Handle): Buffer | null =>
  (rt.heap.leaf[rt.mem[h + U_BUFFER]!] as Buffer | undefined) ?? null;

function iterUnpack(ip: Interpreter, self: Handle, layout: Layout, arg: Handle): Handle {
  if (layout.size === 0) return structError(ip, 'cannot iteratively unpack with a struct of length 0');
  const buffer = getBuffer(ip, arg);
  if (buffer === null) return 0;
  if (byteLength(buffer) % layout.size !== 0) {
    releaseBuffer(ip, buffer);
    return structError(ip, `iterative unpacking requires a buffer of a multiple of ${layout.size} bytes`);
  }
  const it = newObject(ip, typeOfModule(ip, '_struct.unpack_iterator'));
  ip.heap.set(it + U_STRUCT, ip.newRef(self));
  ip.heap.set(it + U_BUFFER, ip.heap.newLeaf(buffer));
  ip.heap.gcTrack(it);
  return it;
}

function release(rt: Runtime, it: Handle): void {
  const buffer = bufferOf(rt, it);
  if (buffer === null) return;
  const leaf = rt.mem[it + U_BUFFER]!;
  rt.heap.set(it + U_BUFFER, 0);
  rt.heap.dropLeaf(leaf);
  rt.heap.clearRef(it + U_STRUCT);
  releaseBuffer(rt, buffer);
}

const iteratorSpec: TypeSpec = {
  name: 'unpack_iterator',
  module: '_struct',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 3,
  basicsize: 112,
  slots: {
    tp_dealloc(rt: Runtime, it: Handle) {
      rt.heap.gcUntrack(it);
      release(rt, it);
      freeObject(rt, it);
    },
    tp_traverse(rt: Runtime, it: Handle, visit: Visit) {
      if (rt.mem[it + U_STRUCT] !== 0) visit(rt.mem[it + U_STRUCT]!, it + U_STRUCT);
      const buffer = bufferOf(rt, it);
      if (buffer !== null) visit(buffer.obj, 0);
    },
    tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
    tp_iternext(rt: Runtime, it: Handle) {
      const buffer = bufferOf(rt, it);
      if (buffer === null) return 0;
      const layout = layoutOf(rt, rt.mem[it + U_STRUCT]!)!;
      const at = rt.mem[it + U_INDEX]!;
      const data = bytesOf(buffer);
      if (at >= data.length) {
        release(rt, it);
        return 0;
      }
      rt.heap.set(it + U_INDEX, at + layout.size);
      return unpackFrom(rt as Interpreter, layout, data, at);
    },
  },
  methods: {
    __length_hint__: {
      kind: 'noargs',
      fn: (rt: Runtime, it) => {
        const buffer = bufferOf(rt, it);
        if (buffer === null) return intFromNumber(rt, 0);
        const { size } = layoutOf(rt, rt.mem[it + U_STRUCT]!)!;
        return intFromNumber(rt, Math.floor((byteLength(buffer) - rt.mem[it + U_INDEX]!) / size));
      },
    },
  },
};

const method = (fn: (ip: Interpreter, layout: Layout, self: Handle, args: Handle[]) => Handle) =>
  ((ip: Interpreter, self: Handle, args: Handle[]) => {
    const layout = ready(ip, self);
    return layout === null ? 0 : fn(ip, layout, self, args);
  }) as never;

const structSpec: TypeSpec = {
  name: 'Struct',
  module: '_struct',
  gc: true,
  flags: TPFLAGS.BASETYPE,
  words: 3,
  basicsize: 56,
  weaklistoffset: S_WEAKLIST,
  doc: 'Struct(fmt) --> compiled struct object',
  slots: {
    tp_new(rt: Runtime, type: Handle) {
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + S_FORMAT, rt.None);
      return h;
    },
    tp_init: init,
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      if (rt.mem[h + S_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      rt.heap.clearRef(h + S_FORMAT);
      rt.heap.dropLeaf(rt.mem[h + S_LAYOUT]!);
      freeObject(rt, h);
    },
    tp_traverse: () => {},
    tp_ledger(rt: Runtime, h: Handle, visit: Visit) {
      if (rt.mem[h + S_FORMAT] !== 0) visit(rt.mem[h + S_FORMAT]!, h + S_FORMAT);
    },
    tp_repr(rt: Runtime, h: Handle) {
      const layout = ready(rt as Interpreter, h);
      if (layout === null) return 0;
      const name = rt.tp(h).name;
      const text = latin1Text(bytesValue(rt, rt.mem[h + S_FORMAT]!));
      return strFrom(rt, `${name.slice(name.lastIndexOf('.') + 1)}('${text}')`);
    },
  },
  methods: {
    pack: { kind: 'fast', min: 0, max: -1, fn: method((ip, layout, _s, args) => pack(ip, layout, args)) },
    pack_into: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: method((ip, layout, _s, args) => packIntoBuffer(ip, layout, args)),
    },
    unpack: {
      kind: 'o',
      fn: (ip: Interpreter, self, x) => {
        const layout = ready(ip, self);
        return layout === null ? 0 : unpack(ip, layout, x);
      },
    },
    unpack_from: {
      kind: 'clinic',
      params: 'buffer, offset=',
      fn: method((ip, layout, _s, args) => unpackAt(ip, layout, args[0]!, args[1]!)),
    },
    iter_unpack: {
      kind: 'o',
      fn: (ip: Interpreter, self, x) => {
        const layout = ready(ip, self);
        return layout === null ? 0 : iterUnpack(ip, self, layout, x);
      },
    },
    __sizeof__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const n = layoutOf(rt, h)?.fields.length ?? 0;
        return intFromNumber(rt, rt.tp(h).basicsize + 32 * (n + 1));
      },
    },
  },
  getset: {
    format: {
      get: (rt: Runtime, h) => {
        if (ready(rt as Interpreter, h) === null) return 0;
        return strFrom(rt, latin1Text(bytesValue(rt, rt.mem[h + S_FORMAT]!)));
      },
    },
    size: {
      get: (rt: Runtime, h) => {
        const layout = ready(rt as Interpreter, h);
        return layout === null ? 0 : intFromNumber(rt, layout.size);
      },
    },
  },
};

// ---- the module's functions -------------------------------------------------------------------------------------------------------

/** `cache_struct_converter`: a Struct for a format, kept in the module's dict of the last 100. Borrowed. */
function cached(ip: Interpreter, format: Handle): Handle {
  let cache = ip.moduleState.get('_struct cache') as Map<string, number> | undefined;
  if (cache === undefined) {
    cache = new Map();
    ip.moduleState.set('_struct cache', cache);
  }
  const key = isStr(ip, format)
    ? `s${strValue(ip, format)}`
    : isBytes(ip, format)
      ? `b${latin1Text(bytesValue(ip, format))}`
      : null;
  const known = key === null ? undefined : cache.get(key);
  if (known !== undefined) return ip.moduleRefs[known]!;
  const made = ip.call(typeOfModule(ip, '_struct.Struct').handle, [format]);
  if (made === 0) return 0;
  // The list is the module's state: it only grows, by one for each format of a program.
  ip.moduleRefs.push(made);
  if (key !== null) cache.set(key, ip.moduleRefs.length - 1);
  return made;
}

export const structModule: NativeModule = {
  name: '_struct',
  methods: {
    _clearcache: { kind: 'noargs', fn: (ip: Interpreter) => ip.None },
    calcsize: {
      kind: 'o',
      fn: (ip: Interpreter, _m, format) => {
        const s = cached(ip, format);
        return s === 0 ? 0 : intFromNumber(ip, layoutOf(ip, s)!.size);
      },
    },
    pack: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (ip: Interpreter, _m, args) => {
        if (args.length === 0) return ip.raise('TypeError', 'missing format argument');
        const s = cached(ip, args[0]!);
        return s === 0 ? 0 : pack(ip, layoutOf(ip, s)!, args.slice(1));
      },
    },
    pack_into: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (ip: Interpreter, _m, args) => {
        if (args.length === 0) return ip.raise('TypeError', 'missing format argument');
        const s = cached(ip, args[0]!);
        return s === 0 ? 0 : packIntoBuffer(ip, layoutOf(ip, s)!, args.slice(1));
      },
    },
    unpack: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [format, data]) => {
        const s = cached(ip, format!);
        return s === 0 ? 0 : unpack(ip, layoutOf(ip, s)!, data!);
      },
    },
    unpack_from: {
      kind: 'clinic',
      params: 'format, /, buffer, offset=',
      fn: (ip: Interpreter, _m, [format, data, offset]) => {
        const s = cached(ip, format!);
        return s === 0 ? 0 : unpackAt(ip, layoutOf(ip, s)!, data!, offset!);
      },
    },
    iter_unpack: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [format, data]) => {
        const s = cached(ip, format!);
        return s === 0 ? 0 : iterUnpack(ip, s, layoutOf(ip, s)!, data!);
      },
    },
  },
  values: (ip) => {
    const error = moduleException(ip, '_struct error', 'struct.error');
    if (error === 0) return null;
    moduleTypeRefDropped(ip);
    return { Struct: moduleTypeRef(ip, structSpec), error: ip.newRef(error) };
  },
};

/** The iterator's type is the module's own and in no dict. */
function moduleTypeRefDropped(ip: Interpreter): void {
  ip.decref(moduleTypeRef(ip, iteratorSpec));
}

/** An exception class of a module's state, made at its first import. Borrowed, or 0. */
export function moduleException(ip: Interpreter, key: string, fullName: string, base?: Handle): Handle {
  const known = ip.moduleState.get(key) as number | undefined;
  if (known !== undefined) return ip.moduleRefs[known]!;
  const type = newException(ip, fullName, base);
  if (type === 0) return 0;
  ip.moduleRefs.push(type);
  ip.moduleState.set(key, ip.moduleRefs.length - 1);
  return type;
}

/** `PyErr_NewException`: a class made as Python code makes one. New. */
function newException(ip: Interpreter, fullName: string, base = ip.types.Exception.handle): Handle {
  const dot = fullName.lastIndexOf('.');
  const name = strFrom(ip, fullName.slice(dot + 1));
  const bases = newTupleTracked(ip, [ip.newRef(base)]);
  const dict = newDict(ip);
  const module = strFrom(ip, fullName.slice(0, dot));
  dictSet(ip, dict, ip.id('__module__'), module);
  const h = ip.call(ip.types.type.handle, [name, bases, dict]);
  for (const x of [name, bases, dict, module]) ip.decref(x);
  return h;
}
