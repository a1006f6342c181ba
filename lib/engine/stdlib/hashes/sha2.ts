/** SHA-224, SHA-256, SHA-384 and SHA-512 (FIPS 180-4). Their constants are computed: fractions of roots of primes. */
import { BlockDigest } from './digest';

function primes(n: number): bigint[] {
  const out: bigint[] = [];
  for (let c = 2n; out.length < n; c++) if (out.every((p) => c % p !== 0n)) out.push(c);
  return out;
}

/** floor of the k-th root. */
function root(x: bigint, k: bigint): bigint {
  let low = 0n;
  let high = 1n << (BigInt(x.toString(2).length) / k + 1n);
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** k <= x) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/** The first 64 bits of the fraction of the k-th root. */
const fraction = (p: bigint, k: bigint): bigint => root(p << (64n * k), k) & 0xffffffffffffffffn;

let tables: { k512: BigUint64Array; k256: Int32Array } | null = null;
function constants(): { k512: BigUint64Array; k256: Int32Array } {
  if (tables === null) {
    const k512 = BigUint64Array.from(primes(80).map((p) => fraction(p, 3n)));
    tables = { k512, k256: Int32Array.from({ length: 64 }, (_, i) => Number(k512[i]! >> 32n) | 0) };
  }
  return tables;
}

export type Sha2Name = 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** First states. SHA-224's are the low halves of SHA-384's. */
function initial(name: Sha2Name): bigint[] {
  const sixteen = primes(16).map((p) => fraction(p, 2n));
  if (name === 'sha512') return sixteen.slice(0, 8);
  if (name === 'sha256') return sixteen.slice(0, 8).map((x) => x >> 32n);
  const second = sixteen.slice(8);
  return name === 'sha384' ? second : second.map((x) => x & 0xffffffffn);
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

export class Sha256 extends BlockDigest {
  private readonly state: Int32Array;
  constructor(name: 'sha224' | 'sha256', state?: Int32Array) {
    super(name, 64, name === 'sha224' ? 28 : 32);
    this.state = state?.slice() ?? Int32Array.from(initial(name).map((x) => Number(x) | 0));
  }
  protected clone(): Sha256 {
    return new Sha256(this.name as 'sha224' | 'sha256', this.state);
  }
  protected compress(): void {
    const { k256 } = constants();
    const view = new DataView(this.block.buffer);
    const w = new Int32Array(64);
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    const s = this.state;
    let [a, b, c, d, e, f, g, h] = Array.from(s) as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k256[i]! + w[i]!) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) s[i] = s[i]! + x;
  }
  digest(): Uint8Array {
    const end = this.copy() as Sha256;
    end.pad(8, false);
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    for (let i = 0; i < 8; i++) view.setInt32(4 * i, end.state[i]!);
    return out.slice(0, this.digestSize);
  }
}

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate64 = (x: bigint, n: bigint): bigint => u64((x >> n) | (x << (64n - n)));

export class Sha512 extends BlockDigest {
  private readonly state: BigUint64Array;
  constructor(name: 'sha384' | 'sha512', state?: BigUint64Array) {
    super(name, 128, name === 'sha384' ? 48 : 64);
    this.state = state?.slice() ?? BigUint64Array.from(initial(name));
  }
  protected clone(): Sha512 {
    return new Sha512(this.name as 'sha384' | 'sha512', this.state);
  }
  protected compress(): void {
    const { k512 } = constants();
    const view = new DataView(this.block.buffer);
    const w = new BigUint64Array(80);
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(8 * i);
    for (let i = 16; i < 80; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = rotate64(x, 1n) ^ rotate64(x, 8n) ^ (x >> 7n);
      const s1 = rotate64(y, 19n) ^ rotate64(y, 61n) ^ (y >> 6n);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    const s = this.state;
    let [a, b, c, d, e, f, g, h] = Array.from(s) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const s1 = rotate64(e, 14n) ^ rotate64(e, 18n) ^ rotate64(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (u64(~e) & g)) + k512[i]! + w[i]!;
      const s0 = rotate64(a, 28n) ^ rotate64(a, 34n) ^ rotate64(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = u64(d + t1);
      d = c;
      c = b;
      b = a;
      a = u64(t1 + t2);
    }
    for (const [i, x] of [a, b, c, d, e, f, g, h].entries()) s[i] = s[i]! + x;
  }
  digest(): Uint8Array {
    const end = this.copy() as Sha512;
    end.pad(16, false);
    const out = new Uint8Array(64);
    const view = new DataView(out.buffer);
    for (let i = 0; i < 8; i++) view.setBigUint64(8 * i, end.state[i]!);
    return out.slice(0, this.digestSize);
  }
}
