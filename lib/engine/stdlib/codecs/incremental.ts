/** Decoding piece by piece, for files and incremental decoders: what may be the beginning of a character waits. */
import type { Handle } from '../../heap/layout';
import { decodeBytes } from '../../objects/codecs';
import type { Runtime } from '../../objects/runtime';
import { strValue } from '../../objects/str';
import { mayBegin, utf8DecodeStrict } from '../utf8';

export type NativeCodec =
  | 'utf-8'
  | 'ascii'
  | 'latin-1'
  | 'utf-16'
  | 'utf-16-le'
  | 'utf-16-be'
  | 'utf-32'
  | 'utf-32-le'
  | 'utf-32-be';

const NAMES: Readonly<Record<string, NativeCodec>> = {
  utf8: 'utf-8',
  u8: 'utf-8',
  cp65001: 'utf-8',
  ascii: 'ascii',
  usascii: 'ascii',
  '646': 'ascii',
  latin1: 'latin-1',
  latin: 'latin-1',
  l1: 'latin-1',
  iso88591: 'latin-1',
  '8859': 'latin-1',
  iso8859: 'latin-1',
  cp819: 'latin-1',
  utf16: 'utf-16',
  u16: 'utf-16',
  utf16le: 'utf-16-le',
  utf16be: 'utf-16-be',
  utf32: 'utf-32',
  u32: 'utf-32',
  utf32le: 'utf-32-le',
  utf32be: 'utf-32-be',
};

/** The codec that the engine has itself, or null. */
export function nativeCodec(name: string): NativeCodec | null {
  return NAMES[name.toLowerCase().replace(/[-_ ]/g, '')] ?? null;
}

export interface DecodedPiece {
  readonly text: string;
  readonly used: number;
  /** The order of bytes that a mark at the beginning chose: for the pieces that follow. */
  readonly wide?: NativeCodec;
}

/** How many bytes at the end are to wait for more. */
function waiting(data: Uint8Array, codec: NativeCodec): number {
  const n = data.length;
  if (codec === 'utf-8') {
    for (let back = 1; back <= 3 && back <= n; back++) {
      const b = data[n - back]!;
      if ((b & 0xc0) === 0x80) continue;
      return b >= 0xc2 && mayBegin(data, n - back) ? back : 0;
    }
    return 0;
  }
  if (codec.startsWith('utf-16')) {
    const odd = n % 2;
    if (n - odd < 2) return odd;
    const high = data[codec === 'utf-16-be' ? n - odd - 2 : n - odd - 1]!;
    return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
  }
  return codec.startsWith('utf-32') ? n % 4 : 0;
}

/** null with UnicodeDecodeError or LookupError. */
export function decodePiece(
  rt: Runtime,
  data: Uint8Array,
  codec: NativeCodec,
  errors: string,
  isFinal: boolean,
): DecodedPiece | null {
  if (codec === 'utf-8') {
    const r = utf8DecodeStrict(data, isFinal);
    if (r !== null) return r;
  }
  let from = 0;
  let actual = codec;
  let wide: NativeCodec | undefined;
  if (codec === 'utf-16' || codec === 'utf-32') {
    const size = codec === 'utf-16' ? 2 : 4;
    if (data.length < size && !isFinal) return { text: '', used: 0 };
    const le = data[0] === 0xff && data[1] === 0xfe && (size === 2 || (data[2] === 0 && data[3] === 0));
    const be =
      size === 2
        ? data[0] === 0xfe && data[1] === 0xff
        : data[0] === 0 && data[1] === 0 && data[2] === 0xfe && data[3] === 0xff;
    if (le || be) from = size;
    actual = `${codec}-${be ? 'be' : 'le'}` as NativeCodec;
    if (data.length > 0) wide = actual;
  }
  const end = isFinal ? data.length : data.length - waiting(data.subarray(from), actual);
  const piece = from === 0 && end === data.length ? data : data.slice(from, end);
  const h: Handle = decodeBytes(rt, piece, actual, errors);
  if (h === 0) return null;
  const text = strValue(rt, h);
  rt.decref(h);
  return wide === undefined ? { text, used: end } : { text, used: end, wide };
}
