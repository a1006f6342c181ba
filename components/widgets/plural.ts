/** `2,048`; most numbers are small, and `toLocaleString` is slow. */
export const grouped = (n: number): string => (n < 1_000 ? String(n) : n.toLocaleString('en'));

/** `1 object`, `2,048 objects`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
