/** MD5 (RFC 1321) and SHA-1 (RFC 3174). */
import { BlockDigest } from './digest';

const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n));

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const MD5_SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

export class Md5 extends BlockDigest {
  private readonly state: Int32Array;
  constructor(state: Int32Array = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476)) {
    super('md5', 64, 16);
    this.state = state.slice();
  }
  protected clone(): Md5 {
    return new Md5(this.state);
  }
  protected compress(): void {
    const view = new DataView(this.block.buffer);
    const s = this.state;
    let a = s[0]!;
    let b = s[1]!;
    let c = s[2]!;
    let d = s[3]!;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      let f: number;
      let g: number;
      if (round === 0) {
        f = (b & c) | (~b & d);
        g = i;
      } else if (round === 1) {
        f = (d & b) | (~d & c);
        g = (5 * i + 1) & 15;
      } else if (round === 2) {
        f = b ^ c ^ d;
        g = (3 * i + 5) & 15;
      } else {
        f = c ^ (b | ~d);
        g = (7 * i) & 15;
      }
      const t = (a + f + MD5_SINES[i]! + view.getInt32(4 * g, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotate(t, MD5_SHIFTS[round]![i & 3]!)) | 0;
    }
    s[0] = s[0]! + a;
    s[1] = s[1]! + b;
    s[2] = s[2]! + c;
    s[3] = s[3]! + d;
  }
  digest(): Uint8Array {
    const end = this.copy() as Md5;
    end.pad(8, true);
    const out = new Uint8Array(16);
    const view = new DataView(out.buffer);
    for (let i = 0; i < 4; i++) view.setInt32(4 * i, end.state[i]!, true);
    return out;
  }
}

export class Sha1 extends BlockDigest {
  private readonly state: Int32Array;
  constructor(
    state: Int32Array = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0),
  ) {
    super('sha1', 64, 20);
    this.state = state.slice();
  }
  protected clone(): Sha1 {
    return new Sha1(this.state);
  }
  protected compress(): void {
    const view = new DataView(this.block.buffer);
    const w = new Int32Array(80);
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
    for (let i = 16; i < 80; i++) w[i] = rotate(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    const s = this.state;
    let [a, b, c, d, e] = s as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const f = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const k = round === 0 ? 0x5a827999 : round === 1 ? 0x6ed9eba1 : round === 2 ? 0x8f1bbcdc : 0xca62c1d6;
      const t = (rotate(a, 5) + f + e + k + w[i]!) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = t;
    }
    for (const [i, x] of [a, b, c, d, e].entries()) s[i] = s[i]! + x;
  }
  digest(): Uint8Array {
    const end = this.copy() as Sha1;
    end.pad(8, false);
    const out = new Uint8Array(20);
    const view = new DataView(out.buffer);
    for (let i = 0; i < 5; i++) view.setInt32(4 * i, end.state[i]!);
    return out;
  }
}
