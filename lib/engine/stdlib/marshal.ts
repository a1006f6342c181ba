/**
 * `marshal` (Python/marshal.c): values of the built-in types, in version 4 of the format. Code objects are not written:
 * ours have no byte code that another Python could run.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getIter, isStr, iterNext } from '../objects/abstract';
import { bytesValue, newBytes } from '../objects/bytes';
import { encodeText } from '../objects/codecs';
import { complexValue, newComplex } from '../objects/complex';
import { dictItemsArray, dictSet, newDict } from '../objects/dict';
import { floatValue, newFloat } from '../objects/float';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { listItems, newList } from '../objects/list';
import { bytesLike } from '../objects/number-convert';
import { frozensetFromIterable, setFromIterable } from '../objects/set';
import { strFrom, strKind, strValue } from '../objects/str';
import { newTuple, tupleItems } from '../objects/tuple';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';
import { callMethod, copyBytes } from './io/support';
import { utf8Decode } from './utf8';

const MAX_DEPTH = 1000;

class Writer {
  readonly out: number[] = [];
  constructor(private readonly ip: Interpreter) {}

  private long(n: number): void {
    this.out.push(n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255);
  }
  private double(x: number): void {
    this.out.push(...new Uint8Array(new Float64Array([x]).buffer));
  }
  private items(code: string, items: readonly Handle[], depth: number): boolean {
    this.out.push(code.charCodeAt(0));
    this.long(items.length);
    return items.every((h) => this.write(h, depth + 1));
  }

  /** false with ValueError. */
  write(h: Handle, depth = 0): boolean {
    const { ip, out } = this;
    const { types } = ip;
    const code = (c: string): void => void out.push(c.charCodeAt(0));
    if (depth > MAX_DEPTH) {
      ip.raise('ValueError', 'object too deeply nested to marshal');
      return false;
    }
    if (h === ip.None) code('N');
    else if (h === ip.True) code('T');
    else if (h === ip.False) code('F');
    else if (h === ip.Ellipsis) code('.');
    else if (ip.is(h, types.int)) this.integer(intToBigInt(ip, h));
    else if (ip.is(h, types.float)) {
      code('g');
      this.double(floatValue(ip, h));
    } else if (ip.is(h, types.complex)) {
      code('y');
      const z = complexValue(ip, h);
      this.double(z.real);
      this.double(z.imag);
    } else if (ip.is(h, types.bytes)) {
      code('s');
      const data = bytesValue(ip, h);
      this.long(data.length);
      for (const b of data) out.push(b);
    } else if (ip.is(h, types.str)) {
      code('u');
      const data = encodeText(ip, h, strValue(ip, h), strKind(ip, h), 'utf-8', 'surrogatepass');
      if (data === null) return false;
      this.long(data.length);
      for (const b of data) out.push(b);
    } else if (ip.is(h, types.tuple)) return this.items('(', tupleItems(ip, h), depth);
    else if (ip.is(h, types.list)) return this.items('[', listItems(ip, h), depth);
    else if (ip.is(h, types.dict)) {
      code('{');
      for (const [k, v] of dictItemsArray(ip, h))
        if (!this.write(k, depth + 1) || !this.write(v, depth + 1)) return false;
      code('0');
    } else if (ip.is(h, types.set) || ip.is(h, types.frozenset)) {
      const list: Handle[] = [];
      const it = getIter(ip, h);
      for (let x = iterNext(ip, it); x !== 0; x = iterNext(ip, it)) list.push(x);
      ip.decref(it);
      const ok = this.items(ip.is(h, types.set) ? '<' : '>', list, depth);
      for (const x of list) ip.decref(x);
      return ok;
    } else {
      const data = isStr(ip, h) ? null : bytesLike(ip, h);
      if (data === null) {
        ip.raise('ValueError', 'unmarshallable object');
        return false;
      }
      code('s');
      this.long(data.length);
      for (const b of data) out.push(b);
    }
    return true;
  }

  private integer(n: bigint): void {
    if (n >= -0x80000000n && n <= 0x7fffffffn) {
      this.out.push(105);
      this.long(Number(n));
      return;
    }
    this.out.push(108);
    const digits: number[] = [];
    for (let rest = n < 0n ? -n : n; rest > 0n; rest >>= 15n) digits.push(Number(rest & 0x7fffn));
    this.long(n < 0n ? -digits.length : digits.length);
    for (const d of digits) this.out.push(d & 255, d >> 8);
  }
}

class Reader {
  at = 0;
  private readonly refs: Handle[] = [];
  constructor(
    private readonly ip: Interpreter,
    private readonly data: Uint8Array,
  ) {}

  private need(n: number): boolean {
    if (n >= 0 && this.at + n <= this.data.length) return true;
    this.ip.raise('EOFError', 'marshal data too short');
    return false;
  }
  private long(): number {
    const d = this.data;
    const n = d[this.at]! | (d[this.at + 1]! << 8) | (d[this.at + 2]! << 16) | (d[this.at + 3]! << 24);
    this.at += 4;
    return n;
  }
  private double(): number {
    const x = new Float64Array(this.data.slice(this.at, this.at + 8).buffer)[0]!;
    this.at += 8;
    return x;
  }
  private bytes(n: number): Uint8Array {
    const out = this.data.slice(this.at, this.at + n);
    this.at += n;
    return out;
  }

  /** New, or 0 with an exception; the null object is 0 without one. */
  read(depth = 0): Handle {
    if (depth > MAX_DEPTH) return this.ip.raise('ValueError', 'bad marshal data (too deep)');
    if (!this.need(1)) return 0;
    const byte = this.data[this.at++]!;
    const index = (byte & 0x80) !== 0 ? this.refs.push(0) - 1 : -1;
    const h = this.value(String.fromCharCode(byte & 0x7f), depth);
    if (index >= 0) this.refs[index] = h;
    return h;
  }

  private value(code: string, depth: number): Handle {
    const { ip } = this;
    switch (code) {
      case '0':
        return 0;
      case 'N':
        return ip.None;
      case 'T':
        return ip.True;
      case 'F':
        return ip.False;
      case '.':
        return ip.Ellipsis;
      case 'S':
        return ip.newRef(ip.types.StopIteration.handle);
      case 'i':
        return this.need(4) ? intFromNumber(ip, this.long()) : 0;
      case 'l':
        return this.need(4) ? this.integer(this.long()) : 0;
      case 'g':
        return this.need(8) ? newFloat(ip, this.double()) : 0;
      case 'y':
        return this.need(16) ? newComplex(ip, this.double(), this.double()) : 0;
      case 's':
        return this.sized(4, (d) => newBytes(ip, d));
      case 'u':
      case 't':
        return this.sized(4, (d) => strFrom(ip, utf8Decode(d)));
      case 'a':
      case 'A':
        return this.sized(4, (d) => strFrom(ip, utf8Decode(d)));
      case 'z':
      case 'Z':
        return this.sized(1, (d) => strFrom(ip, utf8Decode(d)));
      case ')':
        return this.need(1) ? this.sequence(this.data[this.at++]!, depth, (items) => newTuple(ip, items)) : 0;
      case '(':
        return this.need(4) ? this.sequence(this.long(), depth, (items) => newTuple(ip, items)) : 0;
      case '[':
        return this.need(4) ? this.sequence(this.long(), depth, (items) => newList(ip, items)) : 0;
      case '<':
      case '>':
        return this.need(4) ? this.sequence(this.long(), depth, (items) => this.set(code, items)) : 0;
      case '{':
        return this.dict(depth);
      case 'r': {
        if (!this.need(4)) return 0;
        const h = this.refs[this.long()];
        return h === undefined || h === 0
          ? ip.raise('ValueError', 'bad marshal data (invalid reference)')
          : ip.newRef(h);
      }
      case 'c':
        return ip.raise('ValueError', 'bad marshal data (code of another Python)');
      default:
        return ip.raise('ValueError', 'bad marshal data (unknown type code)');
    }
  }

  private sized(width: 1 | 4, make: (data: Uint8Array) => Handle): Handle {
    if (!this.need(width)) return 0;
    const n = width === 1 ? this.data[this.at++]! : this.long();
    if (n < 0) return this.ip.raise('ValueError', 'bad marshal data (bytes object size out of range)');
    return this.need(n) ? make(this.bytes(n)) : 0;
  }

  private integer(size: number): Handle {
    const n = Math.abs(size);
    if (!this.need(2 * n)) return 0;
    let value = 0n;
    for (let i = 0; i < n; i++)
      value |= BigInt(this.data[this.at + 2 * i]! | (this.data[this.at + 2 * i + 1]! << 8)) << BigInt(15 * i);
    this.at += 2 * n;
    return intFromBigInt(this.ip, size < 0 ? -value : value);
  }

  private sequence(n: number, depth: number, make: (items: Handle[]) => Handle): Handle {
    const { ip } = this;
    if (n < 0 || n > this.data.length) return ip.raise('ValueError', 'bad marshal data (size out of range)');
    const items: Handle[] = [];
    for (let i = 0; i < n; i++) {
      const h = this.read(depth + 1);
      if (h === 0) {
        if (ip.currentException === 0) ip.raise('TypeError', 'NULL object in marshal data for object');
        for (const x of items) ip.decref(x);
        return 0;
      }
      items.push(h);
    }
    return make(items);
  }

  private set(code: string, items: Handle[]): Handle {
    const list = newList(this.ip, items);
    const set = (code === '<' ? setFromIterable : frozensetFromIterable)(this.ip, list);
    this.ip.decref(list);
    return set;
  }

  private dict(depth: number): Handle {
    const { ip } = this;
    const dict = newDict(ip);
    for (;;) {
      const key = this.read(depth + 1);
      const value = key === 0 ? 0 : this.read(depth + 1);
      if (value !== 0) dictSet(ip, dict, key, value);
      if (key !== 0) ip.decref(key);
      ip.xdecref(value);
      if (ip.currentException !== 0) {
        ip.decref(dict);
        return 0;
      }
      if (key === 0 || value === 0) return dict;
    }
  }
}

function dumps(ip: Interpreter, value: Handle): Handle {
  const writer = new Writer(ip);
  return writer.write(value) ? newBytes(ip, Uint8Array.from(writer.out)) : 0;
}

function loads(ip: Interpreter, source: Handle): Handle {
  const data = copyBytes(ip, source);
  if (data === null) return 0;
  const h = new Reader(ip, data).read();
  return h === 0 && ip.currentException === 0 ? ip.raise('TypeError', 'NULL object in marshal data for object') : h;
}

const METHODS: Record<string, MethodDef> = {
  dumps: {
    kind: 'clinic',
    params: 'value, version=, /, *, allow_code=',
    fn: (ip: Interpreter, _m, [v]) => dumps(ip, v!),
  },
  loads: { kind: 'clinic', params: 'bytes, /, *, allow_code=', fn: (ip: Interpreter, _m, [b]) => loads(ip, b!) },
  dump: {
    kind: 'clinic',
    params: 'value, file, version=, /, *, allow_code=',
    fn: (ip: Interpreter, _m, [value, file]) => {
      const data = dumps(ip, value!);
      if (data === 0) return 0;
      const r = callMethod(ip, file!, 'write', [data]);
      ip.decref(data);
      return r;
    },
  },
  load: {
    kind: 'clinic',
    params: 'file, /, *, allow_code=',
    fn: (ip: Interpreter, _m, [file]) => {
      const data = callMethod(ip, file!, 'read');
      if (data === 0) return 0;
      const r = loads(ip, data);
      ip.decref(data);
      return r;
    },
  },
};

export const marshalModule: NativeModule = {
  name: 'marshal',
  methods: METHODS,
  values: (ip) => ({ version: intFromNumber(ip, ip.facts.name === '3.13' ? 4 : 5) }),
};
