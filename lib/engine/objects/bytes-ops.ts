/** What bytes and bytearray do with their content (Objects/bytesobject.c, Objects/bytearrayobject.c). */
import type { Handle } from '../heap/layout';
import { isStr } from './abstract';
import { encodeText } from './codecs';
import type { Runtime } from './runtime';
import { strKind, strValue } from './str';
import { textArgument } from './str-methods';

/** The text argument of `bytes(text, encoding)` and `bytearray(…)`, encoded. */
export function encodeArgument(
  rt: Runtime,
  fname: string,
  source: Handle,
  encodingArg: Handle,
  errorsArg: Handle,
): Uint8Array | null {
  const encoding = textArgument(rt, encodingArg, fname, 'encoding', 'utf-8');
  if (encoding === null) return null;
  const errors = textArgument(rt, errorsArg, fname, 'errors', 'strict');
  if (errors === null) return null;
  if (!isStr(rt, source)) {
    rt.raise(
      'TypeError',
      encodingArg !== 0 ? 'encoding without a string argument' : 'errors without a string argument',
    );
    return null;
  }
  return encodeText(rt, source, strValue(rt, source), strKind(rt, source), encoding, errors);
}

/** The order of two byte strings. */
export function compareBytes(x: Uint8Array, y: Uint8Array): number {
  const n = Math.min(x.length, y.length);
  for (let i = 0; i < n; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/** What a program may ask for at once; more is a MemoryError. */
export const MOST_BYTES = 1 << 28;

/** `count` copies of data; null with an exception. */
export function repeatData(rt: Runtime, data: Uint8Array, count: number): Uint8Array | null {
  const size = data.length * Math.max(0, count);
  if (size > MOST_BYTES) {
    rt.raise(size > 2 ** 63 ? 'OverflowError' : 'MemoryError', size > 2 ** 63 ? 'repeated bytes are too long' : '');
    return null;
  }
  const out = new Uint8Array(size);
  if (data.length === 1) return out.fill(data[0]!);
  if (size === 0) return out;
  out.set(data);
  for (let done = data.length; done < size; done *= 2) out.copyWithin(done, 0, Math.min(done, size - done));
  return out;
}

/** The bytes that a slice selects. */
export function takeSlice(data: Uint8Array, s: { start: number; step: number; count: number }): Uint8Array {
  const out = new Uint8Array(s.count);
  for (let i = 0, at = s.start; i < s.count; i++, at += s.step) out[i] = data[at]!;
  return out;
}
