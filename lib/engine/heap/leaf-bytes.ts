/** What a value of the leaf table takes, in bytes: roughly, and only where that may be much. */

const SMALL = 1024;

/** The first integers of 2**13, 2**14, … bits. Comparing with one looks at the lengths first. */
const INTEGERS = Array.from({ length: 14 }, (_, k) => 1n << BigInt(2 ** (13 + k)));

export function leafBytes(value: unknown): number {
  if (typeof value === 'string') {
    // Texts that were put together share memory with their parts.
    return value.length < SMALL ? 0 : value.length >> 2;
  }
  if (typeof value === 'bigint') return integerBytes(value < 0n ? -value : value);
  return value instanceof Uint8Array && value.length >= SMALL ? value.length : 0;
}

function integerBytes(value: bigint): number {
  let sizes = 0;
  while (sizes < INTEGERS.length && value >= INTEGERS[sizes]!) sizes++;
  // Between this size and its double.
  return sizes === 0 ? 0 : 1.5 * 2 ** (9 + sizes);
}
