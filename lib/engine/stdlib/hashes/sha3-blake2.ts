/** SHA-3 and SHAKE (FIPS 202), BLAKE2b and BLAKE2s (RFC 7693). */
import { BlockDigest } from './digest';

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotateLeft = (x: bigint, n: bigint): bigint => (n === 0n ? x : u64((x << n) | (x >> (64n - n))));

/** Keccak's round constants come from a shift register; its rotations and its order of lanes from a walk. */
function keccakTables(): { rounds: bigint[]; turns: bigint[]; order: number[] } {
  const rounds: bigint[] = [];
  let register = 1;
  for (let round = 0; round < 24; round++) {
    let c = 0n;
    for (let j = 0; j < 7; j++) {
      if ((register & 1) !== 0) c |= 1n << ((1n << BigInt(j)) - 1n);
      register = (register << 1) ^ ((register >> 7) * 0x171);
    }
    rounds.push(c);
  }
  const turns: bigint[] = [];
  const order: number[] = [];
  let x = 1;
  let y = 0;
  for (let t = 0; t < 24; t++) {
    order.push(x + 5 * y);
    turns.push(BigInt((((t + 1) * (t + 2)) / 2) % 64));
    [x, y] = [y, (2 * x + 3 * y) % 5];
  }
  return { rounds, turns, order };
}
let tables: ReturnType<typeof keccakTables> | null = null;

function keccak(a: BigUint64Array): void {
  tables ??= keccakTables();
  const { rounds, turns, order } = tables;
  const c = new BigUint64Array(5);
  const row = new BigUint64Array(5);
  for (const constant of rounds) {
    for (let x = 0; x < 5; x++) c[x] = a[x]! ^ a[x + 5]! ^ a[x + 10]! ^ a[x + 15]! ^ a[x + 20]!;
    for (let x = 0; x < 5; x++) {
      const d = c[(x + 4) % 5]! ^ rotateLeft(c[(x + 1) % 5]!, 1n);
      for (let y = 0; y < 25; y += 5) a[x + y] = a[x + y]! ^ d;
    }
    // The walk carries each lane to the next place.
    let carried = a[1]!;
    for (let t = 0; t < 24; t++) {
      const to = order[(t + 1) % 24]!;
      const next = a[to]!;
      a[to] = rotateLeft(carried, turns[t]!);
      carried = next;
    }
    for (let y = 0; y < 25; y += 5) {
      for (let x = 0; x < 5; x++) row[x] = a[x + y]!;
      for (let x = 0; x < 5; x++) a[x + y] = row[x]! ^ (u64(~row[(x + 1) % 5]!) & row[(x + 2) % 5]!);
    }
    a[0] = a[0]! ^ constant;
  }
}

export class Sha3 extends BlockDigest {
  private readonly state: BigUint64Array;
  constructor(
    name: string,
    readonly capacity: number,
    digestSize: number,
    private readonly suffix: number,
    state?: BigUint64Array,
  ) {
    super(name, 200 - capacity / 8, digestSize);
    this.state = state?.slice() ?? new BigUint64Array(25);
  }
  protected clone(): Sha3 {
    return new Sha3(this.name, this.capacity, this.digestSize, this.suffix, this.state);
  }
  protected compress(): void {
    const view = new DataView(this.block.buffer);
    for (let i = 0; i < this.blockSize / 8; i++) this.state[i] = this.state[i]! ^ view.getBigUint64(8 * i, true);
    keccak(this.state);
  }
  digest(length = this.digestSize): Uint8Array {
    const end = this.copy() as Sha3;
    end.block.fill(0, end.filled);
    end.block[end.filled] = end.suffix;
    end.block[end.blockSize - 1] = end.block[end.blockSize - 1]! | 0x80;
    end.compress();
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += this.blockSize) {
      if (at > 0) keccak(end.state);
      const bytes = new Uint8Array(end.state.buffer, 0, Math.min(this.blockSize, length - at));
      out.set(bytes, at);
    }
    return out;
  }
}

const BLAKE_ORDER: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

const IV512 = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

export interface BlakeParameters {
  readonly digestSize: number;
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  readonly person: Uint8Array;
  readonly fanout: number;
  readonly depth: number;
  readonly leafSize: number;
  readonly nodeOffset: bigint;
  readonly nodeDepth: number;
  readonly innerSize: number;
  readonly lastNode: boolean;
}

/** Both variants, on bigints of 64 or 32 bits. */
export class Blake2 extends BlockDigest {
  private h: bigint[];
  private count = 0n;

  constructor(
    name: 'blake2b' | 'blake2s',
    private readonly parameters: BlakeParameters,
    h?: bigint[],
  ) {
    super(name, name === 'blake2b' ? 128 : 64, parameters.digestSize);
    if (h !== undefined) {
      this.h = h.slice();
      return;
    }
    const p = this.parameterBlock();
    const size = this.big ? 8 : 4;
    const view = new DataView(p.buffer);
    this.h = this.iv.map(
      (v, i) => v ^ (this.big ? view.getBigUint64(size * i, true) : BigInt(view.getUint32(size * i, true))),
    );
    if (parameters.key.length > 0) {
      const block = new Uint8Array(this.blockSize);
      block.set(parameters.key);
      this.update(block);
    }
  }

  private get big(): boolean {
    return this.blockSize === 128;
  }
  private get iv(): bigint[] {
    return this.big ? IV512 : IV512.map((x) => x >> 32n);
  }
  private parameterBlock(): Uint8Array {
    const q = this.parameters;
    const p = new Uint8Array(this.big ? 64 : 32);
    const view = new DataView(p.buffer);
    p.set([q.digestSize, q.key.length, q.fanout, q.depth]);
    view.setUint32(4, q.leafSize, true);
    if (this.big) {
      view.setBigUint64(8, q.nodeOffset, true);
      p[16] = q.nodeDepth;
      p[17] = q.innerSize;
    } else {
      view.setUint32(8, Number(q.nodeOffset & 0xffffffffn), true);
      view.setUint16(12, Number(q.nodeOffset >> 32n), true);
      p[14] = q.nodeDepth;
      p[15] = q.innerSize;
    }
    p.set(q.salt, this.big ? 32 : 16);
    p.set(q.person, this.big ? 48 : 24);
    return p;
  }
  protected clone(): Blake2 {
    const other = new Blake2(this.name as 'blake2b' | 'blake2s', this.parameters, this.h);
    other.count = this.count;
    return other;
  }

  /** The last block waits until it is known whether more comes. */
  override update(data: Uint8Array): void {
    for (let at = 0; at < data.length; ) {
      if (this.filled === this.blockSize) {
        this.count += BigInt(this.blockSize);
        this.mix(false);
        this.filled = 0;
      }
      const n = Math.min(this.blockSize - this.filled, data.length - at);
      this.block.set(data.subarray(at, at + n), this.filled);
      this.filled += n;
      at += n;
    }
  }
  protected compress(): void {
    this.mix(false);
  }
  private mix(last: boolean): void {
    const bits = this.big ? 64n : 32n;
    const mask = (1n << bits) - 1n;
    const [r1, r2, r3, r4] = this.big ? [32n, 24n, 16n, 63n] : [16n, 12n, 8n, 7n];
    const turn = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (bits - n))) & mask;
    const view = new DataView(this.block.buffer);
    const m = Array.from({ length: 16 }, (_, i) =>
      this.big ? view.getBigUint64(8 * i, true) : BigInt(view.getUint32(4 * i, true)),
    );
    const v = [...this.h, ...this.iv];
    v[12] = v[12]! ^ (this.count & mask);
    v[13] = v[13]! ^ (this.count >> bits);
    if (last) {
      v[14] = v[14]! ^ mask;
      if (this.parameters.lastNode) v[15] = v[15]! ^ mask;
    }
    const g = (a: number, b: number, c: number, d: number, x: bigint, y: bigint): void => {
      v[a] = (v[a]! + v[b]! + x) & mask;
      v[d] = turn(v[d]! ^ v[a]!, r1!);
      v[c] = (v[c]! + v[d]!) & mask;
      v[b] = turn(v[b]! ^ v[c]!, r2!);
      v[a] = (v[a]! + v[b]! + y) & mask;
      v[d] = turn(v[d]! ^ v[a]!, r3!);
      v[c] = (v[c]! + v[d]!) & mask;
      v[b] = turn(v[b]! ^ v[c]!, r4!);
    };
    for (let round = 0; round < (this.big ? 12 : 10); round++) {
      const s = BLAKE_ORDER[round % 10]!;
      for (let i = 0; i < 4; i++) g(i, i + 4, i + 8, i + 12, m[s[2 * i]!]!, m[s[2 * i + 1]!]!);
      for (let i = 0; i < 4; i++) {
        g(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4), m[s[8 + 2 * i]!]!, m[s[9 + 2 * i]!]!);
      }
    }
    this.h = this.h.map((x, i) => x ^ v[i]! ^ v[i + 8]!);
  }
  digest(): Uint8Array {
    const end = this.copy() as Blake2;
    end.count += BigInt(end.filled);
    end.block.fill(0, end.filled);
    end.mix(true);
    const out = new Uint8Array(64);
    const view = new DataView(out.buffer);
    for (const [i, x] of end.h.entries()) {
      if (this.big) view.setBigUint64(8 * i, x, true);
      else view.setUint32(4 * i, Number(x), true);
    }
    return out.slice(0, this.digestSize);
  }
}
