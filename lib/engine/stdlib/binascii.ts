/** `binascii` (Modules/binascii.c): bytes as text and back, and check sums. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isStr, isTrue, numberIndex, typeName } from '../objects/abstract';
import { bytesOf, getBuffer, releaseBuffer } from '../objects/buffer';
import { newBytes } from '../objects/bytes';
import { hexOf } from '../objects/bytes-methods';
import { intFromNumber, intToBigInt } from '../objects/int';
import { strFrom, strValue } from '../objects/str';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';
import { moduleException } from './_struct';

function error(ip: Interpreter, message: string, name = 'Error'): 0 {
  const type = ip.moduleRefs[ip.moduleState.get(`binascii.${name}`) as number]!;
  const text = strFrom(ip, message);
  const exc = ip.call(type, [text]);
  ip.decref(text);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** A copy of a buffer's bytes; null with TypeError. */
function dataOf(ip: Interpreter, h: Handle): Uint8Array | null {
  const buffer = getBuffer(ip, h);
  if (buffer === null) return null;
  const data = bytesOf(buffer).slice();
  releaseBuffer(ip, buffer);
  return data;
}

/** `ascii_buffer_converter`: ASCII text will do too. */
function asciiOf(ip: Interpreter, h: Handle): Uint8Array | null {
  if (isStr(ip, h)) {
    const text = strValue(ip, h);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    if (!/^[\x00-\x7f]*$/.test(text)) {
      ip.raise('ValueError', 'string argument should contain only ASCII characters');
      return null;
    }
    return Uint8Array.from(text, (c) => c.charCodeAt(0));
  }
  if (ip.tp(h).bf_getbuffer === null) {
    ip.raise('TypeError', `argument should be bytes, buffer or ASCII string, not '${typeName(ip, h)}'`);
    return null;
  }
  return dataOf(ip, h);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

function toBase64(data: Uint8Array, newline: boolean): Uint8Array {
  let out = '';
  for (let i = 0; i < data.length; i += 3) {
    const n = (data[i]! << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    out += BASE64[n >> 18]! + BASE64[(n >> 12) & 63]!;
    out += i + 1 < data.length ? BASE64[(n >> 6) & 63]! : '=';
    out += i + 2 < data.length ? BASE64[n & 63]! : '=';
  }
  return ascii(newline ? `${out}\n` : out);
}

function fromBase64(ip: Interpreter, data: Uint8Array, strict: boolean): Handle {
  const out: number[] = [];
  let quad = 0;
  let left = 0;
  let pads = 0;
  let padding = false;
  if (strict && data.length > 0 && data[0] === 61) return error(ip, 'Leading padding not allowed');
  for (let i = 0; i < data.length; i++) {
    const c = data[i]!;
    if (c === 61) {
      padding = true;
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < data.length) return error(ip, 'Excess data after padding');
        return newBytes(ip, Uint8Array.from(out));
      }
      continue;
    }
    const v = c < 128 ? BASE64.indexOf(String.fromCharCode(c)) : -1;
    if (v < 0) {
      if (strict) return error(ip, 'Only base64 data is allowed');
      continue;
    }
    if (strict && padding) return error(ip, 'Discontinuous padding not allowed');
    pads = 0;
    switch (quad) {
      case 0:
        quad = 1;
        left = v;
        break;
      case 1:
        quad = 2;
        out.push((left << 2) | (v >> 4));
        left = v & 15;
        break;
      case 2:
        quad = 3;
        out.push((left << 4) | (v >> 2));
        left = v & 3;
        break;
      default:
        quad = 0;
        out.push((left << 6) | v);
        left = 0;
    }
  }
  if (quad === 0) return newBytes(ip, Uint8Array.from(out));
  if (quad === 1) {
    const n = Math.floor(out.length / 3) * 4 + 1;
    return error(
      ip,
      `Invalid base64-encoded string: number of data characters (${n}) cannot be 1 more than a multiple of 4`,
    );
  }
  return error(ip, 'Incorrect padding');
}

function fromHex(ip: Interpreter, data: Uint8Array): Handle {
  if (data.length % 2 !== 0) return error(ip, 'Odd-length string');
  const digit = (c: number): number => '0123456789abcdef'.indexOf(String.fromCharCode(c).toLowerCase());
  const out = new Uint8Array(data.length / 2);
  for (let i = 0; i < out.length; i++) {
    const high = digit(data[2 * i]!);
    const low = digit(data[2 * i + 1]!);
    if (high < 0 || low < 0) return error(ip, 'Non-hexadecimal digit found');
    out[i] = high * 16 + low;
  }
  return newBytes(ip, out);
}

let crcTable: Int32Array | null = null;
export function crc32(data: Uint8Array, start: number): number {
  crcTable ??= Int32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c;
  });
  let c = ~start;
  for (const b of data) c = crcTable[(c ^ b) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}

function crcHqx(data: Uint8Array, start: number): number {
  let c = start & 0xffff;
  for (const b of data) {
    c ^= b << 8;
    for (let k = 0; k < 8; k++) c = (c & 0x8000) !== 0 ? ((c << 1) ^ 0x1021) & 0xffff : (c << 1) & 0xffff;
  }
  return c;
}

/** An unsigned argument modulo 2^32. */
function unsigned(ip: Interpreter, h: Handle): number | null {
  const i = numberIndex(ip, h);
  if (i === 0) return null;
  const n = Number(BigInt.asUintN(32, intToBigInt(ip, i)));
  ip.decref(i);
  return n;
}

const hexlify: MethodDef = {
  kind: 'clinic',
  params: 'data, sep=, bytes_per_sep=',
  fn: (ip: Interpreter, _m, [data, sep, size]) => {
    const bytes = dataOf(ip, data!);
    if (bytes === null) return 0;
    const text = hexOf(ip, bytes, sep!, size!);
    if (text === 0) return 0;
    const r = newBytes(ip, ascii(strValue(ip, text)));
    ip.decref(text);
    return r;
  },
};
const unhexlify: MethodDef = {
  kind: 'o',
  fn: (ip: Interpreter, _m, x) => {
    const data = asciiOf(ip, x);
    return data === null ? 0 : fromHex(ip, data);
  },
};

/** `b2a_qp` and `a2b_qp`: quoted-printable text. */
function toQuotedPrintable(data: Uint8Array, quoteTabs: boolean, isText: boolean, header: boolean): Uint8Array {
  const out: number[] = [];
  let line = 0;
  const newline = data.indexOf(10);
  const crlf = newline > 0 && data[newline - 1] === 13;
  const n = data.length;
  const soft = (): void => {
    out.push(61);
    if (crlf) out.push(13);
    out.push(10);
    line = 0;
  };
  const hex = (c: number): void => {
    out.push(61, ...ascii(c.toString(16).toUpperCase().padStart(2, '0')));
    line += 3;
  };
  for (let i = 0; i < n; ) {
    const c = data[i]!;
    const next = data[i + 1];
    const quoted =
      c > 126 ||
      c === 61 ||
      (header && c === 95) ||
      (c === 46 && line === 0 && (i + 1 === n || next === 10 || next === 13 || next === 0)) ||
      (!isText && (c === 13 || c === 10)) ||
      ((c === 9 || c === 32) && i + 1 === n) ||
      (c < 33 && c !== 13 && c !== 10 && c !== 9 && c !== 32) ||
      (c < 33 && c !== 13 && c !== 10 && quoteTabs);
    if (quoted) {
      if (line + 3 >= 76) soft();
      hex(c);
      i++;
      continue;
    }
    if (isText && (c === 10 || (c === 13 && i + 1 < n && next === 10))) {
      line = 0;
      const last = out[out.length - 1];
      if (out.length > 0 && (last === 32 || last === 9)) {
        out.pop();
        out.push(61, ...ascii(last.toString(16).toUpperCase().padStart(2, '0')));
      }
      if (crlf) out.push(13);
      out.push(10);
      i += c === 13 ? 2 : 1;
      continue;
    }
    if (i + 1 !== n && next !== 10 && line + 1 >= 76) soft();
    line++;
    out.push(header && c === 32 ? 95 : c);
    i++;
  }
  return Uint8Array.from(out);
}

function fromQuotedPrintable(data: Uint8Array, header: boolean): Uint8Array {
  const out: number[] = [];
  const isHex = (c: number | undefined): boolean => c !== undefined && /[0-9a-fA-F]/.test(String.fromCharCode(c));
  for (let i = 0; i < data.length; ) {
    const c = data[i]!;
    if (c === 61) {
      i++;
      if (i >= data.length) break;
      if (data[i] === 10 || data[i] === 13) {
        if (data[i] !== 10) while (i < data.length && data[i] !== 10) i++;
        if (i < data.length) i++;
      } else if (data[i] === 61) {
        out.push(61);
        i++;
      } else if (isHex(data[i]) && isHex(data[i + 1])) {
        out.push(parseInt(String.fromCharCode(data[i]!, data[i + 1]!), 16));
        i += 2;
      } else out.push(61);
    } else {
      out.push(header && c === 95 ? 32 : c);
      i++;
    }
  }
  return Uint8Array.from(out);
}

const flag = (ip: Interpreter, h: Handle, otherwise: boolean): boolean => (h === 0 ? otherwise : isTrue(ip, h) === 1);

export const binasciiModule: NativeModule = {
  name: 'binascii',
  methods: {
    b2a_base64: {
      kind: 'clinic',
      params: 'data, /, *, newline=',
      fn: (ip: Interpreter, _m, [x, newline]) => {
        const data = dataOf(ip, x!);
        return data === null ? 0 : newBytes(ip, toBase64(data, flag(ip, newline!, true)));
      },
    },
    a2b_base64: {
      kind: 'clinic',
      params: 'data, /, *, strict_mode=',
      fn: (ip: Interpreter, _m, [x, strict]) => {
        const data = asciiOf(ip, x!);
        return data === null ? 0 : fromBase64(ip, data, flag(ip, strict!, false));
      },
    },
    b2a_hex: hexlify,
    hexlify,
    a2b_hex: unhexlify,
    unhexlify,
    b2a_qp: {
      kind: 'clinic',
      params: 'data, quotetabs=, istext=, header=',
      fn: (ip: Interpreter, _m, [x, tabs, text, header]) => {
        const data = dataOf(ip, x!);
        if (data === null) return 0;
        return newBytes(
          ip,
          toQuotedPrintable(data, flag(ip, tabs!, false), flag(ip, text!, true), flag(ip, header!, false)),
        );
      },
    },
    a2b_qp: {
      kind: 'clinic',
      params: 'data, header=',
      fn: (ip: Interpreter, _m, [x, header]) => {
        const data = asciiOf(ip, x!);
        return data === null ? 0 : newBytes(ip, fromQuotedPrintable(data, flag(ip, header!, false)));
      },
    },
    crc32: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (ip: Interpreter, _m, [x, start]) => {
        const from = start === undefined ? 0 : unsigned(ip, start);
        const data = from === null ? null : dataOf(ip, x!);
        return data === null ? 0 : intFromNumber(ip, crc32(data, from!));
      },
    },
    crc_hqx: {
      kind: 'fast',
      min: 2,
      max: 2,
      fn: (ip: Interpreter, _m, [x, start]) => {
        const from = asIndex(ip, start!);
        const data = from === null ? null : dataOf(ip, x!);
        return data === null ? 0 : intFromNumber(ip, crcHqx(data, from!));
      },
    },
  },
  values: (ip) => {
    const values: Record<string, Handle> = {};
    for (const [name, base] of [
      ['Error', ip.types.ValueError.handle],
      ['Incomplete', ip.types.Exception.handle],
    ] as const) {
      const type = moduleException(ip, `binascii.${name}`, `binascii.${name}`, base);
      if (type === 0) return null;
      values[name] = ip.newRef(type);
    }
    return values;
  },
};
