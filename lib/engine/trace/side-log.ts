/**
 * What happens beside the words that events change, in the order of happening: pairs of a position in the event log and a
 * word that says what. Nothing is undone by it; a reader of a past moment goes through it as far as that moment.
 */
export class SideLog {
  private pairs = new Int32Array(1 << 8);
  /** Pairs so far. */
  length = 0;

  add(position: number, word: number): void {
    const at = this.length * 2;
    if (at === this.pairs.length) this.grow();
    this.pairs[at] = position;
    this.pairs[at + 1] = word;
    this.length++;
  }

  position(i: number): number {
    return this.pairs[2 * i]!;
  }
  word(i: number): number {
    return this.pairs[2 * i + 1]!;
  }

  /** Pairs at that position or before it. */
  upTo(position: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.position(middle) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get bytes(): number {
    return this.length * 8;
  }

  clear(): void {
    this.length = 0;
    this.pairs = new Int32Array(1 << 8);
  }

  private grow(): void {
    const bigger = new Int32Array(this.pairs.length * 2);
    bigger.set(this.pairs);
    this.pairs = bigger;
  }
}
