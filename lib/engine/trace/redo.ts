/**
 * What undoing has overwritten, so that the way forward needs no keyframe: for each stretch of words that an event
 * changed, what stood there after it.
 *
 *     [the words] [where they begin] [how many] [position of the event]     the earliest event last
 */
import type { Saver } from './undo';

const FIRST_WORDS = 1 << 12;

export class Redo implements Saver {
  private kept = new Int32Array(FIRST_WORDS);
  private used = 0;

  /** Words kept. */
  get length(): number {
    return this.used;
  }

  clear(): void {
    this.used = 0;
  }

  save(mem: Int32Array, start: number, count: number, position: number): void {
    let n = this.used;
    if (n + count + 3 > this.kept.length) this.grow(count + 3);
    const { kept } = this;
    if (count === 1) kept[n++] = mem[start]!;
    else {
      kept.set(mem.subarray(start, start + count), n);
      n += count;
    }
    kept[n] = start;
    kept[n + 1] = count;
    kept[n + 2] = position;
    this.used = n + 3;
  }

  /** One word, as it was after the event at `position`. */
  note(index: number, word: number, position: number): void {
    if (this.used + 4 > this.kept.length) this.grow(4);
    const { kept } = this;
    const n = this.used;
    kept[n] = word;
    kept[n + 1] = index;
    kept[n + 2] = 1;
    kept[n + 3] = position;
    this.used = n + 4;
  }

  private grow(words: number): void {
    const bigger = new Int32Array(Math.max(this.kept.length * 2, this.used + words));
    bigger.set(this.kept);
    this.kept = bigger;
  }

  /** Does again what was undone before `position`. `changed` is told of each stretch of words. */
  forward(mem: Int32Array, position: number, changed: ((start: number, count: number) => void) | null = null): void {
    const { kept } = this;
    let n = this.used;
    while (n > 0 && kept[n - 1]! < position) {
      const count = kept[n - 2]!;
      const start = kept[n - 3]!;
      n -= 3 + count;
      if (count === 1) mem[start] = kept[n]!;
      else mem.set(kept.subarray(n, n + count), start);
      if (changed !== null) changed(start, count);
    }
    this.used = n;
  }
}
