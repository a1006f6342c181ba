/**
 * `ctypes`, for looking: integers, pointers and structures laid over an object's address, `cast(id(x), py_object)`.
 * What can be read is what a CPython of 64 bits has there: the count and the type of any object, and the fields behind
 * them of lists, tuples, ints and floats.
 *
 * DIFFERS: read-only; nothing is called, nothing is loaded. What would write or reach outside raises an error that says so.
 */
import { ID_BASE, type Handle } from '../heap/layout';
import { type GetSetDef, type MethodDef, TPFLAGS, type TypeSlots, type TypeSpec } from '../heap/object';
import { getOptionalAttr, isInt, isStr, isType, reprText, sequenceList, typeName } from '../objects/abstract';
import { newFloat, floatValue } from '../objects/float';
import { genericGetAttr, genericSetAttr } from '../objects/generic-attr';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { LIST_ALLOCATED, LIST_ITEMS, listItems, listSize } from '../objects/list';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strValue } from '../objects/str';
import { tupleItem, tupleItems, tupleSize } from '../objects/tuple';
import { isSubtype } from '../objects/type-lookup';
import { moduleType, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** Leaf: a Place or a value of its own. */
const DATA = 2;
/** The object of a `py_object`, owned. */
const OBJECT = 3;

/** Memory that somebody else owns. */
interface Place {
  readonly address: number;
}
type Data = Place | { readonly value: bigint | number | null };

const READ_ONLY = "Heapbook's ctypes only reads memory; the CPython kernel can write";

const IMMORTAL_FLAG = 1n;
const STATIC_FLAG = 4n;

// ---- memory ---------------------------------------------------------------------------------------------------------

/** The live object that lies at an address or nearest below, borrowed; 0 if it is further away than `span`. */
function objectAt(ip: Interpreter, address: number, span: number): Handle {
  let found = 0;
  let best = address - span;
  ip.heap.forEachObject((h) => {
    const start = ip.heap.id(h);
    if (ip.mem[h] === 0 || start > address || start <= best) return;
    best = start;
    found = h;
  });
  return found;
}

/** `ob_refcnt` as the word of 8 bytes that lies there. */
function refcountWord(ip: Interpreter, h: Handle): bigint {
  const count = ip.mem[h]!;
  if (count >= 0) return BigInt(count);
  if (ip.facts.name === '3.13') return BigInt(ip.facts.immortalRefcount);
  // 3.14 keeps flags in the word's upper half; the interpreter's own objects are marked as static too.
  const isStatic = !ip.is(h, ip.types.str) && !(isType(ip, h) && ip.slotsOfType(h).isHeapType);
  const flags = isStatic ? IMMORTAL_FLAG | STATIC_FLAG : IMMORTAL_FLAG;
  return BigInt(ip.facts.immortalRefcount) | (flags << 48n);
}

/** The words of 8 bytes of an object, as far as the model knows them; null beyond. */
function wordOf(ip: Interpreter, h: Handle, i: number): bigint | null {
  const id = (x: Handle): bigint => BigInt(ip.heap.id(x));
  if (i === 0) return refcountWord(ip, h);
  if (i === 1) return id(ip.mem[h + 1]!);
  const tp = ip.tp(h);
  if (isSubtype(ip, tp, ip.types.list)) {
    const table = ip.mem[h + LIST_ITEMS]!;
    if (i === 2) return BigInt(listSize(ip, h));
    if (i === 3) return table === 0 ? 0n : BigInt(ID_BASE) + BigInt(ip.mem[table - 1]!) * 16n;
    if (i === 4) return BigInt(ip.mem[h + LIST_ALLOCATED]!);
  } else if (isSubtype(ip, tp, ip.types.tuple)) {
    const first = ip.facts.name === '3.13' ? 3 : 4;
    if (i === 2) return BigInt(tupleSize(ip, h));
    if (i >= first && i < first + tupleSize(ip, h)) return id(tupleItem(ip, h, i - first));
  } else if (isSubtype(ip, tp, ip.types.float) && i === 2) {
    return new BigInt64Array(new Float64Array([floatValue(ip, h)]).buffer)[0]!;
  } else if (isSubtype(ip, tp, ip.types.int)) return intWord(intToBigInt(ip, h), i);
  return null;
}

/** `lv_tag` and the digits of 30 bits, two in a word. */
function intWord(value: bigint, i: number): bigint | null {
  const digits: bigint[] = [];
  for (let v = value < 0n ? -value : value; v > 0n; v >>= 30n) digits.push(v & 0x3fffffffn);
  const sign = value === 0n ? 1n : value < 0n ? 2n : 0n;
  if (i === 2) return (BigInt(digits.length) << 3n) | sign;
  const at = (i - 3) * 2;
  if (at >= Math.max(1, digits.length)) return null;
  return (digits[at] ?? 0n) | ((digits[at + 1] ?? 0n) << 32n);
}

/** The bits of `size` bytes at an address; null with an exception. */
function readBits(ip: Interpreter, address: number, size: number): bigint | null {
  const h = objectAt(ip, address, 512);
  const where = `0x${address.toString(16)}`;
  if (h === 0) {
    ip.raise('ValueError', `no object lives at ${where}: CPython would read memory that was given back, or crash`);
    return null;
  }
  const offset = address - ip.heap.id(h);
  const word = wordOf(ip, h, offset >> 3);
  if (word === null) {
    ip.raise('ValueError', `Heapbook's ctypes does not know the ${size} bytes at ${where}, in a ${typeName(ip, h)}`);
    return null;
  }
  return BigInt.asUintN(size * 8, BigInt.asUintN(64, word) >> BigInt((offset & 7) * 8));
}

// ---- simple types ---------------------------------------------------------------------------------------------------

type Kind = 'signed' | 'unsigned' | 'double' | 'pointer' | 'bool';

interface Simple {
  readonly name: string;
  readonly size: number;
  readonly kind: Kind;
}

const SIMPLE: readonly Simple[] = [
  { name: 'c_bool', size: 1, kind: 'bool' },
  { name: 'c_byte', size: 1, kind: 'signed' },
  { name: 'c_ubyte', size: 1, kind: 'unsigned' },
  { name: 'c_short', size: 2, kind: 'signed' },
  { name: 'c_ushort', size: 2, kind: 'unsigned' },
  { name: 'c_int', size: 4, kind: 'signed' },
  { name: 'c_uint', size: 4, kind: 'unsigned' },
  { name: 'c_long', size: 8, kind: 'signed' },
  { name: 'c_ulong', size: 8, kind: 'unsigned' },
  { name: 'c_double', size: 8, kind: 'double' },
  { name: 'c_void_p', size: 8, kind: 'pointer' },
];
/** The same types under other names, on a 64-bit Linux. */
const ALIASES: Readonly<Record<string, string>> = {
  c_longlong: 'c_long',
  c_ulonglong: 'c_ulong',
  c_ssize_t: 'c_long',
  c_size_t: 'c_ulong',
  c_int8: 'c_byte',
  c_uint8: 'c_ubyte',
  c_int16: 'c_short',
  c_uint16: 'c_ushort',
  c_int32: 'c_int',
  c_uint32: 'c_uint',
  c_int64: 'c_long',
  c_uint64: 'c_ulong',
};
const BY_NAME = new Map(SIMPLE.map((s) => [`ctypes.${s.name}`, s]));

/** What kind of value a class holds: its own or its base's. */
function simpleOf(type: TypeSlots): Simple | null {
  for (let t: TypeSlots | null = type; t !== null; t = t.base) {
    const simple = t.native ? BY_NAME.get(t.name) : undefined;
    if (simple !== undefined) return simple;
  }
  return null;
}

/** Bits as a Python value: new. */
function fromBits(ip: Interpreter, { kind, size }: Simple, bits: bigint): Handle {
  switch (kind) {
    case 'signed':
      return intFromBigInt(ip, BigInt.asIntN(size * 8, bits));
    case 'unsigned':
      return intFromBigInt(ip, bits);
    case 'double':
      return newFloat(ip, new Float64Array(new BigUint64Array([bits]).buffer)[0]!);
    case 'bool':
      return ip.bool(bits !== 0n);
    case 'pointer':
      return bits === 0n ? ip.None : intFromBigInt(ip, bits);
  }
}

/** A Python value as bits; null with TypeError. */
function toBits(ip: Interpreter, { kind, size }: Simple, value: Handle): bigint | null {
  if (kind === 'double') {
    if (ip.is(value, ip.types.float)) return new BigUint64Array(new Float64Array([floatValue(ip, value)]).buffer)[0]!;
    if (isInt(ip, value)) return new BigUint64Array(new Float64Array([Number(intToBigInt(ip, value))]).buffer)[0]!;
    ip.raise('TypeError', `must be real number, not ${typeName(ip, value)}`);
    return null;
  }
  if (kind === 'pointer' && value === ip.None) return 0n;
  if (isInt(ip, value)) return BigInt.asUintN(size * 8, intToBigInt(ip, value));
  ip.raise(
    'TypeError',
    kind === 'pointer' ? 'cannot be converted to pointer' : `an integer is required (got type ${typeName(ip, value)})`,
  );
  return null;
}

const dataOf = (ip: Runtime, h: Handle): Data => ip.heap.leaf[ip.mem[h + DATA]!] as Data;

function currentValue(ip: Interpreter, h: Handle): Handle {
  const simple = simpleOf(ip.tp(h))!;
  const data = dataOf(ip, h);
  if (!('address' in data)) return fromBits(ip, simple, data.value as bigint);
  const bits = readBits(ip, data.address, simple.size);
  return bits === null ? 0 : fromBits(ip, simple, bits);
}

/** `from_address`: an instance of the class over foreign memory. */
function fromAddress(ip: Interpreter, cls: Handle, address: Handle): Handle {
  if (!isInt(ip, address)) return ip.raise('TypeError', 'integer expected');
  const h = allocInstance(ip, ip.slotsOfType(cls));
  ip.heap.set(h + DATA, ip.heap.newLeaf({ address: Number(intToBigInt(ip, address)) } satisfies Data));
  return h;
}

const FROM_ADDRESS: Record<string, MethodDef> = {
  from_address: { kind: 'o', fn: (ip: Interpreter, cls, address) => fromAddress(ip, cls, address) },
};

function dealloc(rt: Runtime, h: Handle): void {
  rt.heap.dropLeaf(rt.mem[h + DATA]!);
  rt.heap.clearRef(h + OBJECT);
  freeObject(rt, h);
}
function ledger(rt: Runtime, h: Handle, visit: (child: Handle, word: number) => void): void {
  if (rt.mem[h + OBJECT] !== 0) visit(rt.mem[h + OBJECT]!, h + OBJECT);
}

function simpleSpec(simple: Simple): TypeSpec {
  return {
    name: simple.name,
    module: 'ctypes',
    flags: TPFLAGS.BASETYPE,
    words: 2,
    basicsize: 128,
    slots: {
      tp_new(ip: Interpreter, type, args) {
        const bits = args.length === 0 ? 0n : toBits(ip, simple, args[0]!);
        if (bits === null) return 0;
        const h = allocInstance(ip, ip.slotsOfType(type));
        ip.heap.set(h + DATA, ip.heap.newLeaf({ value: bits } satisfies Data));
        return h;
      },
      tp_init: () => 0,
      tp_dealloc: dealloc,
      tp_ledger: ledger,
      tp_repr(ip: Interpreter, h) {
        const value = currentValue(ip, h);
        const text = value === 0 ? null : reprText(ip, value);
        ip.xdecref(value);
        return text === null ? 0 : strFrom(ip, `${ip.tp(h).name.replace(/^.*\./, '')}(${text})`);
      },
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
    },
    classmethods: FROM_ADDRESS,
    getset: {
      value: {
        get: (ip: Interpreter, h) => currentValue(ip, h),
        set(ip: Interpreter, h, value) {
          if ('address' in dataOf(ip, h)) return ip.raiseInt('NotImplementedError', READ_ONLY);
          const bits = value === 0 ? 0n : toBits(ip, simple, value);
          if (bits === null) return -1;
          ip.heap.dropLeaf(ip.mem[h + DATA]!);
          ip.heap.set(h + DATA, ip.heap.newLeaf({ value: bits } satisfies Data));
          return 0;
        },
      },
    },
  };
}

/** `py_object`: a reference. */
const pyObjectSpec: TypeSpec = {
  name: 'py_object',
  module: 'ctypes',
  flags: TPFLAGS.BASETYPE,
  words: 2,
  basicsize: 128,
  slots: {
    tp_new(ip: Interpreter, type, args) {
      const h = allocInstance(ip, ip.slotsOfType(type));
      if (args.length > 0) ip.heap.set(h + OBJECT, ip.newRef(args[0]!));
      return h;
    },
    tp_init: () => 0,
    tp_dealloc: dealloc,
    tp_ledger: ledger,
    tp_repr(ip: Interpreter, h) {
      const x = ip.mem[h + OBJECT]!;
      if (x === 0) return strFrom(ip, 'py_object(<NULL>)');
      const text = reprText(ip, x);
      return text === null ? 0 : strFrom(ip, `py_object(${text})`);
    },
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
  },
  getset: {
    value: {
      get(ip: Interpreter, h) {
        const x = ip.mem[h + OBJECT]!;
        return x === 0 ? ip.raise('ValueError', 'PyObject is NULL') : ip.newRef(x);
      },
      set(ip: Interpreter, h, value) {
        ip.heap.setRef(h + OBJECT, value === 0 ? 0 : ip.newRef(value));
        return 0;
      },
    },
  },
};

// ---- structures -----------------------------------------------------------------------------------------------------

/** Offset and type of a structure's field; null: none of that name (an exception may be set). */
function findField(ip: Interpreter, type: Handle, name: string): { offset: number; type: TypeSlots } | null {
  const fields = getOptionalAttr(ip, type, ip.id('_fields_'));
  if (fields === 0) return null;
  const list = sequenceList(ip, fields);
  ip.decref(fields);
  if (list === 0) return null;
  let offset = 0;
  let found: { offset: number; type: TypeSlots } | null = null;
  for (const item of listItems(ip, list)) {
    const [key, fieldType] = ip.is(item, ip.types.tuple) ? tupleItems(ip, item) : [];
    if (key === undefined || fieldType === undefined || !isStr(ip, key) || !isType(ip, fieldType)) {
      ip.raise('TypeError', '_fields_ must be a sequence of pairs');
      break;
    }
    const slots = ip.slotsOfType(fieldType);
    const size = sizeOfType(ip, slots);
    const align = Math.min(8, size);
    offset = Math.ceil(offset / align) * align;
    if (strValue(ip, key) === name) {
      found = { offset, type: slots };
      break;
    }
    offset += size;
  }
  ip.decref(list);
  return found;
}

function sizeOfType(ip: Interpreter, type: TypeSlots): number {
  const simple = simpleOf(type);
  if (simple !== null) return simple.size;
  let total = 0;
  const fields = getOptionalAttr(ip, type.handle, ip.id('_fields_'));
  const list = fields === 0 ? 0 : sequenceList(ip, fields);
  ip.xdecref(fields);
  if (list === 0) {
    ip.clearError();
    return 8;
  }
  for (const item of listItems(ip, list)) {
    const fieldType = tupleItems(ip, item)[1]!;
    const size = sizeOfType(ip, ip.slotsOfType(fieldType));
    const align = Math.min(8, size);
    total = Math.ceil(total / align) * align + size;
  }
  ip.decref(list);
  return Math.ceil(total / 8) * 8;
}

const structureSpec: TypeSpec = {
  name: 'Structure',
  module: 'ctypes',
  flags: TPFLAGS.BASETYPE,
  words: 2,
  basicsize: 128,
  slots: {
    tp_new(ip: Interpreter, type) {
      const h = allocInstance(ip, ip.slotsOfType(type));
      ip.heap.set(h + DATA, ip.heap.newLeaf({ value: null } satisfies Data));
      return h;
    },
    tp_init: (ip: Interpreter, _h, args) => (args.length === 0 ? 0 : ip.raiseInt('NotImplementedError', READ_ONLY)),
    tp_dealloc: dealloc,
    tp_ledger: ledger,
    tp_getattro(ip: Interpreter, h, name) {
      const field = findField(ip, ip.mem[h + 1]!, strValue(ip, name));
      if (ip.currentException !== 0) return 0;
      if (field === null) return genericGetAttr(ip, h, name);
      const data = dataOf(ip, h);
      const simple = simpleOf(field.type);
      if (simple === null) return readObjectField(ip, data, field.offset);
      if (!('address' in data)) return fromBits(ip, simple, 0n);
      const bits = readBits(ip, data.address + field.offset, simple.size);
      return bits === null ? 0 : fromBits(ip, simple, bits);
    },
    tp_setattro(ip: Interpreter, h, name, value) {
      const field = findField(ip, ip.mem[h + 1]!, strValue(ip, name));
      if (ip.currentException !== 0) return -1;
      if (field !== null) return ip.raiseInt('NotImplementedError', READ_ONLY);
      return genericSetAttr(ip, h, name, value);
    },
  },
  classmethods: FROM_ADDRESS,
};

/** A field of type `py_object`. */
function readObjectField(ip: Interpreter, data: Data, offset: number): Handle {
  const bits = 'address' in data ? readBits(ip, data.address + offset, 8) : 0n;
  if (bits === null) return 0;
  const h = bits === 0n ? 0 : objectAt(ip, Number(bits), 1);
  return h === 0 ? ip.raise('ValueError', 'PyObject is NULL') : ip.newRef(h);
}

// ---- functions ------------------------------------------------------------------------------------------------------

/** `cast(address, py_object)`: the object that lives there. */
function cast(ip: Interpreter, address: Handle, type: Handle): Handle {
  const pyObject = ip.moduleTypes.get('ctypes.py_object')!;
  if (!isType(ip, type) || !isSubtype(ip, ip.slotsOfType(type), pyObject))
    return ip.raise('NotImplementedError', "Heapbook's ctypes casts addresses to py_object alone");
  if (!isInt(ip, address)) return ip.raise('TypeError', 'cast() argument 1 must be an address');
  const at = Number(intToBigInt(ip, address));
  const h = objectAt(ip, at, 1);
  if (h === 0) return ip.raise('ValueError', `no object lives at 0x${at.toString(16)}: CPython would crash, or worse`);
  return ip.call(type, [h]);
}

function sizeof(ip: Interpreter, h: Handle): Handle {
  const type = isType(ip, h) ? ip.slotsOfType(h) : ip.tp(h);
  const known = ['Structure', 'py_object'].map((n) => ip.moduleTypes.get(`ctypes.${n}`)!);
  if (simpleOf(type) === null && !known.some((t) => isSubtype(ip, type, t)))
    return ip.raise('TypeError', 'this type has no size');
  return intFromNumber(ip, sizeOfType(ip, type));
}

function addressOf(ip: Interpreter, h: Handle): Handle {
  const type = ip.tp(h);
  const structure = ip.moduleTypes.get('ctypes.Structure')!;
  if (simpleOf(type) === null && !isSubtype(ip, type, structure)) return ip.raise('TypeError', 'invalid type');
  const data = dataOf(ip, h);
  if ('address' in data) return intFromNumber(ip, data.address);
  return ip.raise('NotImplementedError', "Heapbook's ctypes has addresses of objects alone");
}

/** What calls into C, or would write: a name that says so when it is used. */
const unavailable = (name: string): MethodDef => ({
  kind: 'keywords',
  fn: (ip: Interpreter) => ip.raise('NotImplementedError', `ctypes.${name}: ${READ_ONLY}`),
});

const pythonapiSpec: TypeSpec = {
  name: 'PyDLL',
  module: 'ctypes',
  words: 2,
  basicsize: 64,
  slots: {
    tp_dealloc: dealloc,
    tp_ledger: ledger,
    tp_getattro(ip: Interpreter, h, name) {
      const text = strValue(ip, name);
      if (text.startsWith('__')) return genericGetAttr(ip, h, name);
      return ip.raiseAttributeError(
        `pythonapi.${text}: Heapbook is no C program; ctypes.c_ssize_t.from_address(id(x)) reads a count, the CPython kernel has the rest`,
        h,
        name,
      );
    },
  },
  getset: {} as Record<string, GetSetDef>,
};

export const ctypesModule: NativeModule = {
  name: 'ctypes',
  methods: {
    cast: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter, _m, [a, t]) => cast(ip, a!, t!) },
    sizeof: { kind: 'o', fn: (ip: Interpreter, _m, h) => sizeof(ip, h) },
    addressof: { kind: 'o', fn: (ip: Interpreter, _m, h) => addressOf(ip, h) },
    ...Object.fromEntries(
      [
        'CDLL',
        'POINTER',
        'pointer',
        'byref',
        'memmove',
        'memset',
        'string_at',
        'create_string_buffer',
        'CFUNCTYPE',
      ].map((name) => [name, unavailable(name)]),
    ),
  },
  values(ip) {
    const values: Record<string, Handle> = {};
    for (const simple of SIMPLE) values[simple.name] = ip.newRef(moduleType(ip, simpleSpec(simple)).handle);
    for (const [alias, name] of Object.entries(ALIASES)) values[alias] = ip.newRef(values[name]!);
    values.py_object = ip.newRef(moduleType(ip, pyObjectSpec).handle);
    values.Structure = ip.newRef(moduleType(ip, structureSpec).handle);
    values.pythonapi = allocInstance(ip, moduleType(ip, pythonapiSpec));
    return values;
  },
};
