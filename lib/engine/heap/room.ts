/**
 * Where the heap's own tables lie: behind its words, in the same reservation. Beside a buffer of half a gigabyte every
 * further one makes V8 collect its young garbage first, so that the start of an interpreter makes no other.
 */
export class Room {
  /** @param at the first free byte, a multiple of 4 */
  constructor(
    readonly buffer: ArrayBuffer,
    private at = 0,
  ) {}

  /** The next so many bytes. */
  private take(bytes: number): number {
    const { at } = this;
    this.at += (bytes + 3) & ~3;
    return at;
  }

  int32(n: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * n), n);
  }
  int16(n: number): Int16Array {
    return new Int16Array(this.buffer, this.take(2 * n), n);
  }
  uint16(n: number): Uint16Array {
    return new Uint16Array(this.buffer, this.take(2 * n), n);
  }
  int8(n: number): Int8Array {
    return new Int8Array(this.buffer, this.take(n), n);
  }
}
