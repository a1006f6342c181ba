/**
 * Hashes (Python/pyhash.c, Include/internal/pycore_pyhash.h) as a 64-bit CPython with PYTHONHASHSEED=0 computes them.
 * A hash is two words: the low 32 bits are the result (signed), the high ones go to `rt.hashHigh`.
 */
import { ID16, ID_BASE, type Handle } from '../heap/layout';
import type { Runtime } from './runtime';

const M61 = (1n << 61n) - 1n;
const TWO32 = 0x1_0000_0000;

/** What `hash()` shows. */
export function hashToBigInt(low: number, high: number): bigint {
  return (BigInt(high | 0) << 32n) | BigInt(low >>> 0);
}

/** Splits a 64-bit hash that CPython would return; -1 is an error code there and becomes -2. */
export function hashFromBigInt(rt: Runtime, value: bigint): number {
  const v = BigInt.asIntN(64, value === -1n ? -2n : value);
  rt.hashHigh = Number(v >> 32n);
  return Number(BigInt.asIntN(32, v));
}

// ---- numbers: equal numbers have equal hashes, value mod 2^61-1 ---------------------------------------------------------

/** Of an integer with |n| < 2^53. */
export function hashInteger(rt: Runtime, n: number): number {
  if (n === -1) n = -2;
  rt.hashHigh = Math.floor(n / TWO32) | 0;
  return n | 0;
}

export function hashBigInt(rt: Runtime, b: bigint): number {
  return hashFromBigInt(rt, b < 0n ? -(-b % M61) : b % M61);
}

/** `_Py_HashDouble`; `h` is the object, whose address is the hash of a NaN. */
export function hashDouble(rt: Runtime, h: Handle, x: number): number {
  if (Number.isSafeInteger(x)) return hashInteger(rt, x === 0 ? 0 : x);
  if (Number.isNaN(x)) return hashPointer(rt, h);
  if (x === Infinity) return hashInteger(rt, 314159);
  if (x === -Infinity) return hashInteger(rt, -314159);
  return hashFromBigInt(rt, doubleModulo(x));
}

/** A finite double mod 2^61-1: its mantissa times a power of two, and 2^61 is 1. */
function doubleModulo(x: number): bigint {
  const { mantissa, exponent } = decomposeDouble(Math.abs(x));
  const e = ((exponent % 61) + 61) % 61;
  const r = ((mantissa % M61) << BigInt(e)) % M61;
  return x < 0 ? -r : r;
}

/** x = mantissa × 2^exponent, for finite x ≥ 0. */
export function decomposeDouble(x: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** `_Py_HashPointer`: the address, its four low bits (0) rotated to the top. */
export function hashPointer(rt: Runtime, h: Handle): number {
  return hashInteger(rt, ID_BASE / 16 + rt.mem[h + ID16]!);
}

// ---- 64-bit arithmetic in pairs of words -------------------------------------------------------------------------------

/** High word of the product of two unsigned words. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = a0 * b0;
  const mid = a1 * b0 + (low >>> 16);
  const mid2 = a0 * b1 + (mid % 0x10000);
  return (a1 * b1 + Math.floor(mid / 0x10000) + Math.floor(mid2 / 0x10000)) | 0;
}

/** An accumulator of 64 bits. */
class Word64 {
  constructor(
    public high: number,
    public low: number,
  ) {}

  add(high: number, low: number): this {
    const sum = (this.low >>> 0) + (low >>> 0);
    this.low = sum | 0;
    this.high = (this.high + high + (sum >= TWO32 ? 1 : 0)) | 0;
    return this;
  }
  xor(high: number, low: number): this {
    this.high ^= high;
    this.low ^= low;
    return this;
  }
  multiply(high: number, low: number): this {
    this.high = (multiplyHigh(this.low, low) + Math.imul(this.high, low) + Math.imul(this.low, high)) | 0;
    this.low = Math.imul(this.low, low);
    return this;
  }
}

// ---- tuples and frozensets ---------------------------------------------------------------------------------------------

// xxHash's primes (Objects/tupleobject.c): 11400714785074694791, 14029467366897019727, 2870177450012600261.
const P1H = 0x9e3779b1 | 0;
const P1L = 0x85ebca87 | 0;
const P2H = 0xc2b2ae3d | 0;
const P2L = 0x27d4eb4f | 0;
const P5H = 0x27d4eb2f | 0;
const P5L = 0x165667c5 | 0;

/** `tuplehash`: feed it the items' hashes in order. */
export class TupleHash {
  private readonly acc = new Word64(P5H, P5L);
  private length = 0;

  add(low: number, high: number): void {
    const lane = new Word64(high, low).multiply(P2H, P2L);
    const acc = this.acc.add(lane.high, lane.low);
    const { high: h, low: l } = acc;
    acc.high = (h << 31) | (l >>> 1);
    acc.low = (l << 31) | (h >>> 1);
    acc.multiply(P1H, P1L);
    this.length++;
  }

  /** The low word; the high one in `rt.hashHigh`. */
  finish(rt: Runtime): number {
    const acc = this.acc.add(P5H, this.length ^ P5L ^ 3527539);
    if (acc.high === -1 && acc.low === -1) return hashInteger(rt, 1546275796);
    rt.hashHigh = acc.high;
    return acc.low;
  }
}

/** `frozenset_hash`: feed it the items' hashes in any order. */
export class FrozensetHash {
  private readonly acc = new Word64(0, 0);
  private length = 0;

  add(low: number, high: number): void {
    const w = new Word64(high, low ^ 89869747).xor((high << 16) | (low >>> 16), low << 16);
    w.multiply(0, 3644798167 | 0);
    this.acc.xor(w.high, w.low);
    this.length++;
  }

  finish(rt: Runtime): number {
    const factor = new Word64(0, this.length + 1).multiply(0, 1927868237);
    const acc = this.acc.xor(factor.high, factor.low);
    const { high: h, low: l } = acc;
    acc.xor((h >>> 11) ^ (h >>> 25), ((l >>> 11) | (h << 21)) ^ ((l >>> 25) | (h << 7)));
    acc.multiply(0, 69069).add(0, 907133923);
    if (acc.high === -1 && acc.low === -1) return hashInteger(rt, 590923713);
    rt.hashHigh = acc.high;
    return acc.low;
  }
}

/** Combines parts as `tuplehash` does, for slices, GenericAlias and the like. `parts`: low, high, low, high… */
export function hashCombine(rt: Runtime, parts: readonly number[]): number {
  const t = new TupleHash();
  for (let i = 0; i < parts.length; i += 2) t.add(parts[i]!, parts[i + 1]!);
  return t.finish(rt);
}

// ---- bytes and text: SipHash-1-3 with the key of PYTHONHASHSEED=0, which is zero ---------------------------------------

/** Hashes of short texts that were asked for lately: two words of text, the hash's low and high one. */
const LATELY = new Int32Array(4 << 10);

/** The hash of one to seven bytes of text, of which each is a code of `text`. */
export function hashShort(rt: Runtime, text: string): number {
  const size = text.length;
  let low = 0;
  let high = size << 24;
  for (let i = 0; i < size; i++) {
    if (i < 4) low |= text.charCodeAt(i) << (8 * i);
    else high |= text.charCodeAt(i) << (8 * (i - 4));
  }
  const at = (Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 22) << 2;
  if (LATELY[at] === low && LATELY[at + 1] === high) {
    rt.hashHigh = LATELY[at + 3]!;
    return LATELY[at + 2]!;
  }
  for (let i = 0; i < size; i++) bytes[i] = text.charCodeAt(i);
  const hash = hashBytes(rt, bytes, size);
  LATELY[at] = low;
  LATELY[at + 1] = high;
  LATELY[at + 2] = hash;
  LATELY[at + 3] = rt.hashHigh;
  return hash;
}
const bytes = new Uint8Array(8);

export function hashBytes(rt: Runtime, data: Uint8Array, size = data.length): number {
  if (size === 0) return hashInteger(rt, 0);
  let v0h = 0x736f6d65;
  let v0l = 0x70736575;
  let v1h = 0x646f7261;
  let v1l = 0x6e646f6d;
  let v2h = 0x6c796765;
  let v2l = 0x6e657261;
  let v3h = 0x74656462;
  let v3l = 0x79746573;
  // One round for each word of 8 bytes (the last has the rest and the length), three to finish.
  const words = (size >>> 3) + 1;
  for (let r = 0; r < words + 3; r++) {
    let mh = 0;
    let ml = 0;
    if (r < words) {
      const at = r * 8;
      if (r < words - 1) {
        ml = data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16) | (data[at + 3]! << 24);
        mh = data[at + 4]! | (data[at + 5]! << 8) | (data[at + 6]! << 16) | (data[at + 7]! << 24);
      } else {
        for (let i = 0; at + i < size; i++) {
          if (i < 4) ml |= data[at + i]! << (8 * i);
          else mh |= data[at + i]! << (8 * (i - 4));
        }
        mh |= size << 24;
      }
      v3h ^= mh;
      v3l ^= ml;
    } else if (r === words) {
      v2l ^= 0xff;
    }
    let s: number;
    let t: number;
    // v0 += v1; v2 += v3; v1 = rotl(v1, 13) ^ v0; v3 = rotl(v3, 16) ^ v2; v0 = rotl(v0, 32)
    s = (v0l >>> 0) + (v1l >>> 0);
    v0h = (v0h + v1h + (s >= TWO32 ? 1 : 0)) | 0;
    v0l = s | 0;
    s = (v2l >>> 0) + (v3l >>> 0);
    v2h = (v2h + v3h + (s >= TWO32 ? 1 : 0)) | 0;
    v2l = s | 0;
    t = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
    v1l = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
    v1h = t;
    t = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
    v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
    v3h = t;
    t = v0h;
    v0h = v0l;
    v0l = t;
    // v2 += v1; v0 += v3; v1 = rotl(v1, 17) ^ v2; v3 = rotl(v3, 21) ^ v0; v2 = rotl(v2, 32)
    s = (v2l >>> 0) + (v1l >>> 0);
    v2h = (v2h + v1h + (s >= TWO32 ? 1 : 0)) | 0;
    v2l = s | 0;
    s = (v0l >>> 0) + (v3l >>> 0);
    v0h = (v0h + v3h + (s >= TWO32 ? 1 : 0)) | 0;
    v0l = s | 0;
    t = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
    v1l = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
    v1h = t;
    t = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
    v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
    v3h = t;
    t = v2h;
    v2h = v2l;
    v2l = t;
    v0h ^= mh;
    v0l ^= ml;
  }
  const high = v0h ^ v1h ^ v2h ^ v3h;
  const low = v0l ^ v1l ^ v2l ^ v3l;
  rt.hashHigh = high;
  return high === -1 && low === -1 ? -2 : low;
}
