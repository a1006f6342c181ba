/**
 * Text to bytes and back (Objects/unicodeobject.c, Python/codecs.c): UTF-8, UTF-16, UTF-32, ASCII and Latin-1 with the
 * standard error handlers. Other codecs are modules of the standard library.
 */
import type { Handle } from '../heap/layout';
import { asIndex, isBytes, isStr, isTuple } from './abstract';
import { bytesValue, newBytes } from './bytes';
import { intFromNumber } from './int';
import type { Runtime } from './runtime';
import { strFrom, strKind, strOfKind, StrKind, strValue, type StrKind as Kind } from './str';
import { escapeCode } from './str-repr';
import { tuplePack } from './tuple';

type Codec =
  | 'utf-8'
  | 'ascii'
  | 'latin-1'
  | 'utf-16'
  | 'utf-16-le'
  | 'utf-16-be'
  | 'utf-32'
  | 'utf-32-le'
  | 'utf-32-be';

const ALIASES: Readonly<Record<string, Codec>> = {
  utf_8: 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  cp65001: 'utf-8',
  ascii: 'ascii',
  us_ascii: 'ascii',
  '646': 'ascii',
  latin_1: 'latin-1',
  latin1: 'latin-1',
  latin: 'latin-1',
  l1: 'latin-1',
  iso_8859_1: 'latin-1',
  iso8859_1: 'latin-1',
  '8859': 'latin-1',
  iso8859: 'latin-1',
  cp819: 'latin-1',
  utf_16: 'utf-16',
  utf16: 'utf-16',
  u16: 'utf-16',
  utf_16_le: 'utf-16-le',
  utf_16le: 'utf-16-le',
  utf_16_be: 'utf-16-be',
  utf_16be: 'utf-16-be',
  utf_32: 'utf-32',
  utf32: 'utf-32',
  u32: 'utf-32',
  utf_32_le: 'utf-32-le',
  utf_32le: 'utf-32-le',
  utf_32_be: 'utf-32-be',
  utf_32be: 'utf-32-be',
};

/** What the module `_codecs` adds: the codecs and error handlers that Python code registers. */
export interface CodecRegistry {
  /** New, or 0 with LookupError. */
  errorHandler(rt: Runtime, name: string): Handle;
  /** null with an exception. */
  encode(rt: Runtime, source: Handle, encoding: string, errors: string): Uint8Array | null;
  /** New, or 0 with an exception. */
  decode(rt: Runtime, data: Uint8Array, encoding: string, errors: string): Handle;
}

function findCodec(name: string): Codec | null {
  return ALIASES[name.toLowerCase().replace(/[^a-z0-9.]+/g, '_')] ?? null;
}

/** Code points of text; in kinds without pairs each unit is one. */
export function codePoints(text: string, kind: Kind): number[] {
  if (kind !== StrKind.Astral) return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return Array.from(text, (c) => c.codePointAt(0)!);
}

/** The same where there may be a hundred million of them. */
export function codePointArray(text: string, kind: Kind): Uint32Array {
  const points = new Uint32Array(text.length);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const c = kind === StrKind.Astral ? text.codePointAt(i)! : text.charCodeAt(i);
    if (c > 0xffff) i++;
    points[n++] = c;
  }
  return n === text.length ? points : points.slice(0, n);
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

function toText(points: readonly number[]): string {
  let out = '';
  for (let i = 0; i < points.length; i += 4096) out += String.fromCodePoint(...points.slice(i, i + 4096));
  return out;
}

// ---- encoding --------------------------------------------------------------------------------------------------------------

/** Characters or bytes at once: they pass through JavaScript's arrays, which end at some hundred million items. */
const MAX_CODED = 1 << 24;

/** The bytes, or null with LookupError or UnicodeEncodeError. `source` is shown by the error. */
export function encodeText(
  rt: Runtime,
  source: Handle,
  text: string,
  kind: Kind,
  encoding: string,
  errors: string,
): Uint8Array | null {
  const codec = findCodec(encoding);
  if (codec === null) {
    const registry = rt.codecRegistry();
    if (registry !== null) return registry.encode(rt, source, encoding, errors);
    rt.raise('LookupError', `unknown encoding: ${encoding}`);
    return null;
  }
  if (text.length > MAX_CODED) {
    rt.raise('MemoryError', '');
    return null;
  }
  const out: number[] = [];
  if (codec === 'utf-16') out.push(0xff, 0xfe);
  else if (codec === 'utf-32') out.push(0xff, 0xfe, 0, 0);
  const points = codePoints(text, kind);
  const limit = codec === 'ascii' ? 0x80 : codec === 'latin-1' ? 0x100 : 0x110000;
  const bad = (c: number): boolean => c >= limit || (limit === 0x110000 && isSurrogate(c));
  for (let i = 0; i < points.length; i++) {
    const c = points[i]!;
    if (!bad(c)) {
      encodePoint(out, codec, c);
      continue;
    }
    let end = i + 1;
    while (end < points.length && bad(points[end]!)) end++;
    const next = encodeBad(rt, out, codec, points.slice(i, end), source, i, end, errors, points.length);
    if (next < 0) return null;
    i = next - 1;
  }
  return Uint8Array.from(out);
}

function encodePoint(out: number[], codec: Codec, c: number): void {
  switch (codec) {
    case 'utf-8':
      if (c < 0x80) out.push(c);
      else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
      else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      return;
    case 'utf-16':
    case 'utf-16-le':
    case 'utf-16-be': {
      const units = c < 0x10000 ? [c] : [0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff)];
      for (const u of units) {
        if (codec === 'utf-16-be') out.push(u >> 8, u & 255);
        else out.push(u & 255, u >> 8);
      }
      return;
    }
    case 'utf-32-be':
      out.push(0, c >> 16, (c >> 8) & 255, c & 255);
      return;
    case 'utf-32':
    case 'utf-32-le':
      out.push(c & 255, (c >> 8) & 255, c >> 16, 0);
      return;
    default:
      out.push(c);
  }
}

/** Writes what the error handler makes of characters that the codec cannot write: where to go on, -1 with an exception. */
function encodeBad(
  rt: Runtime,
  out: number[],
  codec: Codec,
  points: number[],
  source: Handle,
  start: number,
  end: number,
  errors: string,
  length: number,
): number {
  const write = (text: string): number => {
    for (const c of text) encodePoint(out, codec, c.codePointAt(0)!);
    return end;
  };
  const reason =
    codec === 'ascii'
      ? 'ordinal not in range(128)'
      : codec === 'latin-1'
        ? 'ordinal not in range(256)'
        : 'surrogates not allowed';
  const name = codec.startsWith('utf') ? codec : codec === 'ascii' ? 'ascii' : 'latin-1';
  switch (errors) {
    case 'ignore':
      return end;
    case 'replace':
      return write('?'.repeat(points.length));
    case 'backslashreplace':
      return write(points.map(escapeCode).join(''));
    case 'xmlcharrefreplace':
      return write(points.map((c) => `&#${c};`).join(''));
    case 'surrogateescape':
      if (!points.every((c) => c >= 0xdc80 && c <= 0xdcff)) break;
      for (const c of points) out.push(c - 0xdc00);
      return end;
    case 'surrogatepass':
      if (codec === 'ascii' || codec === 'latin-1' || !points.every(isSurrogate)) break;
      for (const c of points) encodePoint(out, codec, c);
      return end;
    case 'strict':
      break;
    default: {
      const r = callHandler(rt, errors, ENCODING, name, rt.newRef(source), start, end, reason, length);
      if (r === null) return -1;
      if (r.bytes !== null) out.push(...r.bytes);
      else {
        const limit = codec === 'ascii' ? 0x80 : codec === 'latin-1' ? 0x100 : 0x110000;
        for (const c of r.points) {
          if (c >= limit || (limit === 0x110000 && isSurrogate(c))) {
            raiseCodecError(rt, ENCODING, name, rt.newRef(source), start, end, reason);
            return -1;
          }
          encodePoint(out, codec, c);
        }
      }
      return r.next;
    }
  }
  raiseCodecError(rt, ENCODING, name, rt.newRef(source), start, end, reason);
  return -1;
}

const ENCODING = 'UnicodeEncodeError';
const DECODING = 'UnicodeDecodeError';

/** What any handler makes of an error, the standard ones too; null with an exception. `object` is stolen. */
export function callErrorHandler(
  ...args: Parameters<typeof callHandler>
): { points: number[]; bytes: Uint8Array | null; next: number } | null {
  const [rt, errors, type, codec, object, start, end, reason] = args;
  if (errors !== 'strict' && rt.codecRegistry() !== null) return callHandler(...args);
  raiseCodecError(rt, type, codec, object, start, end, reason);
  return null;
}

/** What a handler that Python code registered makes of an error; null with an exception. `object` is stolen. */
function callHandler(
  rt: Runtime,
  errors: string,
  type: typeof ENCODING | typeof DECODING,
  codec: string,
  object: Handle,
  start: number,
  end: number,
  reason: string,
  length: number,
): { points: number[]; bytes: Uint8Array | null; next: number } | null {
  const registry = rt.codecRegistry();
  const handler = registry?.errorHandler(rt, errors) ?? 0;
  if (handler === 0) {
    if (registry === null) rt.raise('LookupError', `unknown error handler name '${errors}'`);
    rt.decref(object);
    return null;
  }
  raiseCodecError(rt, type, codec, object, start, end, reason);
  const exc = rt.takeError();
  const r = rt.call(handler, [exc]);
  rt.decref(handler);
  rt.decref(exc);
  if (r === 0) return null;
  const result = readHandlerResult(rt, r, type, length);
  rt.decref(r);
  return result;
}

function readHandlerResult(
  rt: Runtime,
  r: Handle,
  type: typeof ENCODING | typeof DECODING,
  length: number,
): { points: number[]; bytes: Uint8Array | null; next: number } | null {
  const isTwo = isTuple(rt, r) && rt.mem[r + 2] === 2;
  const text = isTwo ? rt.mem[r + 3]! : 0;
  const at = isTwo ? rt.mem[r + 4]! : 0;
  const asBytes = text !== 0 && type === ENCODING && isBytes(rt, text);
  if (text === 0 || !(isStr(rt, text) || asBytes) || rt.tp(at).nb_index === null) {
    const what =
      type === ENCODING
        ? 'encoding error handler must return (str/bytes, int)'
        : 'decoding error handler must return (str, int)';
    rt.raise('TypeError', `${what} tuple`);
    return null;
  }
  let next = asIndex(rt, at);
  if (next === null) return null;
  if (next < 0) next += length;
  if (next < 0 || next > length) {
    rt.raise('IndexError', `position ${next} from error handler out of bounds`);
    return null;
  }
  if (asBytes) return { points: [], bytes: bytesValue(rt, text), next };
  return { points: codePoints(strValue(rt, text), strKind(rt, text)), bytes: null, next };
}

/** `object` is stolen. */
function raiseCodecError(
  rt: Runtime,
  type: 'UnicodeEncodeError' | 'UnicodeDecodeError',
  codec: string,
  object: Handle,
  start: number,
  end: number,
  reason: string,
): void {
  const parts = [strFrom(rt, codec), object, intFromNumber(rt, start), intFromNumber(rt, end), strFrom(rt, reason)];
  const args = tuplePack(rt, ...parts);
  for (const p of parts) rt.decref(p);
  rt.raiseObject(type, args);
  rt.decref(args);
}

// ---- decoding --------------------------------------------------------------------------------------------------------------

/** A new str, or 0 with LookupError or UnicodeDecodeError. */
export function decodeBytes(rt: Runtime, data: Uint8Array, encoding: string, errors: string): Handle {
  const codec = findCodec(encoding);
  if (codec === null) {
    const registry = rt.codecRegistry();
    if (registry !== null) return registry.decode(rt, data, encoding, errors);
    return rt.raise('LookupError', `unknown encoding: ${encoding}`);
  }
  if (data.length > MAX_CODED) return rt.raise('MemoryError', '');
  const points: number[] = [];
  const handle: OnError = (name, start, end, reason) => decodeBad(rt, points, data, name, start, end, reason, errors);
  let ok: boolean;
  switch (codec) {
    case 'latin-1': {
      for (const b of data) points.push(b);
      ok = true;
      break;
    }
    case 'ascii':
      ok = decodeAscii(data, points, handle);
      break;
    case 'utf-8':
      ok = decodeUtf8(data, points, handle, errors);
      break;
    default:
      ok = decodeWide(data, points, codec, handle, errors);
  }
  if (!ok) return 0;
  const text = toText(points);
  let kind: Kind = StrKind.Ascii;
  for (const c of points) {
    if (c > 0xffff) kind = StrKind.Astral;
    else if (c > 0xff && kind < StrKind.Ucs2) kind = StrKind.Ucs2;
    else if (c > 0x7f && kind < StrKind.Latin1) kind = StrKind.Latin1;
  }
  return strOfKind(rt, text, kind);
}

/** Where to go on, or -1 with an exception. */
type OnError = (codec: string, start: number, end: number, reason: string) => number;

/** Adds what the error handler makes of bad bytes. */
function decodeBad(
  rt: Runtime,
  points: number[],
  data: Uint8Array,
  codec: string,
  start: number,
  end: number,
  reason: string,
  errors: string,
): number {
  switch (errors) {
    case 'ignore':
      return end;
    case 'replace':
      points.push(0xfffd);
      return end;
    case 'backslashreplace':
      for (let i = start; i < end; i++) for (const c of escapeCode(data[i]!)) points.push(c.charCodeAt(0));
      return end;
    case 'surrogateescape': {
      let at = start;
      while (at < end && data[at]! >= 0x80) points.push(0xdc00 + data[at++]!);
      if (at === start) break;
      return at;
    }
    case 'strict':
    case 'surrogatepass':
      break;
    default: {
      const r = callHandler(rt, errors, DECODING, codec, newBytes(rt, data.slice()), start, end, reason, data.length);
      if (r === null) return -1;
      points.push(...r.points);
      return r.next;
    }
  }
  raiseCodecError(rt, DECODING, codec, newBytes(rt, data.slice()), start, end, reason);
  return -1;
}

function decodeAscii(data: Uint8Array, points: number[], onError: OnError): boolean {
  for (let i = 0; i < data.length; ) {
    if (data[i]! < 0x80) points.push(data[i++]!);
    else {
      i = onError('ascii', i, i + 1, 'ordinal not in range(128)');
      if (i < 0) return false;
    }
  }
  return true;
}

function decodeUtf8(data: Uint8Array, points: number[], onError: OnError, errors: string): boolean {
  const n = data.length;
  for (let i = 0; i < n; ) {
    const b = data[i]!;
    if (b < 0x80) {
      points.push(b);
      i++;
      continue;
    }
    const length = b >= 0xc2 && b < 0xe0 ? 2 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
    if (length === 0) {
      i = onError('utf-8', i, i + 1, 'invalid start byte');
      if (i < 0) return false;
      continue;
    }
    let c = b & (0x7f >> length);
    let k = 1;
    for (; k < length && i + k < n; k++) {
      const x = data[i + k]!;
      let low = 0x80;
      let high = 0xbf;
      if (k === 1) {
        if (b === 0xe0) low = 0xa0;
        else if (b === 0xed && errors !== 'surrogatepass') high = 0x9f;
        else if (b === 0xf0) low = 0x90;
        else if (b === 0xf4) high = 0x8f;
      }
      if (x < low || x > high) break;
      c = (c << 6) | (x & 63);
    }
    if (k === length) {
      points.push(c);
      i += k;
    } else {
      i = onError('utf-8', i, i + k, i + k >= n ? 'unexpected end of data' : 'invalid continuation byte');
      if (i < 0) return false;
    }
  }
  return true;
}

function decodeWide(data: Uint8Array, points: number[], codec: Codec, onError: OnError, errors: string): boolean {
  const size = codec.startsWith('utf-32') ? 4 : 2;
  let big = codec.endsWith('be');
  let i = 0;
  const unit = (at: number): number => {
    let u = 0;
    for (let k = 0; k < size; k++) u = u * 256 + data[at + (big ? k : size - 1 - k)]!;
    return u;
  };
  if (codec === 'utf-16' || codec === 'utf-32') {
    if (data.length >= size && unit(0) === 0xfeff) i = size;
    else if (data.length >= size) {
      big = true;
      if (unit(0) === 0xfeff) i = size;
      else big = false;
    }
  }
  const name = codec === 'utf-16' || codec === 'utf-32' ? codec + (big ? '-be' : i > 0 ? '-le' : '') : codec;
  while (i < data.length) {
    if (i + size > data.length) {
      i = onError(name, i, data.length, 'truncated data');
      if (i < 0) return false;
      continue;
    }
    const u = unit(i);
    if (size === 4) {
      if (u > 0x10ffff || (isSurrogate(u) && errors !== 'surrogatepass')) {
        const reason =
          u > 0x10ffff
            ? 'code point not in range(0x110000)'
            : 'code point in surrogate code point range(0xd800, 0xe000)';
        i = onError(name, i, i + 4, reason);
        if (i < 0) return false;
        continue;
      }
      points.push(u);
      i += 4;
      continue;
    }
    if (!isSurrogate(u)) {
      points.push(u);
      i += 2;
    } else if (u < 0xdc00 && i + 4 <= data.length && (unit(i + 2) & 0xfc00) === 0xdc00) {
      points.push(0x10000 + ((u & 0x3ff) << 10) + (unit(i + 2) & 0x3ff));
      i += 4;
    } else if (errors === 'surrogatepass') {
      points.push(u);
      i += 2;
    } else {
      const truncated = u < 0xdc00 && i + 4 > data.length;
      const reason = truncated
        ? 'unexpected end of data'
        : u < 0xdc00
          ? 'illegal UTF-16 surrogate'
          : 'illegal encoding';
      i = onError(name, i, truncated ? data.length : i + 2, reason);
      if (i < 0) return false;
    }
  }
  return true;
}
