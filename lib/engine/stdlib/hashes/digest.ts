/** What the hash functions have in common: data comes in pieces, blocks are worked on as they fill. */

export interface Digest {
  readonly name: string;
  readonly blockSize: number;
  /** 0: as long as is asked for. */
  readonly digestSize: number;
  update(data: Uint8Array): void;
  /** The digest of what came so far; more may come. */
  digest(length?: number): Uint8Array;
  copy(): Digest;
}

export abstract class BlockDigest implements Digest {
  protected readonly block: Uint8Array;
  protected filled = 0;
  /** Bytes so far. */
  protected total = 0;

  constructor(
    readonly name: string,
    readonly blockSize: number,
    readonly digestSize: number,
  ) {
    this.block = new Uint8Array(blockSize);
  }

  /** Works on the full `block`. */
  protected abstract compress(): void;
  abstract digest(length?: number): Uint8Array;
  /** Another one in the same state. */
  protected abstract clone(): BlockDigest;

  update(data: Uint8Array): void {
    this.total += data.length;
    for (let at = 0; at < data.length; ) {
      const n = Math.min(this.blockSize - this.filled, data.length - at);
      this.block.set(data.subarray(at, at + n), this.filled);
      this.filled += n;
      at += n;
      if (this.filled === this.blockSize) {
        this.compress();
        this.filled = 0;
      }
    }
  }

  copy(): BlockDigest {
    const other = this.clone();
    other.block.set(this.block);
    other.filled = this.filled;
    other.total = this.total;
    return other;
  }

  /** Merkle and Damgård's padding: a one bit, zeros, the length in bits in the last `lengthBytes` bytes. */
  protected pad(lengthBytes: number, little: boolean): void {
    const bits = BigInt(this.total) * 8n;
    this.block[this.filled++] = 0x80;
    if (this.filled > this.blockSize - lengthBytes) {
      this.block.fill(0, this.filled);
      this.compress();
      this.filled = 0;
    }
    this.block.fill(0, this.filled);
    new DataView(this.block.buffer).setBigUint64(
      little ? this.blockSize - lengthBytes : this.blockSize - 8,
      bits,
      little,
    );
    this.compress();
  }
}
