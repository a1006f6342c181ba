/**
 * Where each step of a run begins: one row of numbers for each instruction of the notebook's own code, or for each line.
 * Together with the log (events.ts) a row is all that it takes to stand at that step: the log gives memory, the row says
 * which frame runs and where in its code.
 */
const ROW = 7;
const [AT, ACTIVATION, PC, SP, DEPTH, LINE, YOUNG] = [0, 1, 2, 3, 4, 5, 6] as const;
/** In PC: the instruction begins a line, or goes on in one after a call. */
const STARTS_LINE = 1 << 30;
const FIRST_ROWS = 1 << 10;

export class StepLog {
  private rows = new Int32Array(FIRST_ROWS * ROW);
  length = 0;

  get bytes(): number {
    return this.rows.byteLength;
  }

  add(
    at: number,
    activation: number,
    pc: number,
    sp: number,
    depth: number,
    line: number,
    starts: boolean,
    young: number,
  ): void {
    const n = this.length * ROW;
    if (n === this.rows.length) {
      const bigger = new Int32Array(n * 2);
      bigger.set(this.rows);
      this.rows = bigger;
    }
    const { rows } = this;
    rows[n] = at;
    rows[n + ACTIVATION] = activation;
    rows[n + PC] = starts ? pc | STARTS_LINE : pc;
    rows[n + SP] = sp;
    rows[n + DEPTH] = depth;
    rows[n + LINE] = line;
    rows[n + YOUNG] = young;
    this.length++;
  }

  /** Words of the log before the step. */
  position(step: number): number {
    return this.rows[step * ROW + AT]!;
  }
  activation(step: number): number {
    return this.rows[step * ROW + ACTIVATION]!;
  }
  /** The instruction that is about to run. */
  pc(step: number): number {
    return this.rows[step * ROW + PC]! & ~STARTS_LINE;
  }
  startsLine(step: number): boolean {
    return (this.rows[step * ROW + PC]! & STARTS_LINE) !== 0;
  }
  /** Where the stack ends, from the frame's start. */
  stack(step: number): number {
    return this.rows[step * ROW + SP]!;
  }
  /** Frames of the notebook's code below this one. */
  depth(step: number): number {
    return this.rows[step * ROW + DEPTH]!;
  }
  line(step: number): number {
    return this.rows[step * ROW + LINE]!;
  }
  /** The collector's counter of generation 0. */
  young(step: number): number {
    return this.rows[step * ROW + YOUNG]!;
  }

  /** Where the first step at or after a position begins, or the end of the log: between two events. */
  positionNear(position: number, end: number): number {
    const step = this.stepOf(position) + 1;
    return step < this.length ? this.position(step) : end;
  }

  /** The step that the event at `position` belongs to: the last one that begins at or before it; -1: none. */
  stepOf(position: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.position(middle) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * Keeps only the steps that begin or go on in a line, in place of all of them.
   * @returns of an old step, the number of the first one at or after it that stays
   */
  thin(): (step: number) => number {
    const before = this.length;
    const numbers = new Int32Array(before);
    let kept = 0;
    for (let step = 0; step < this.length; step++) {
      numbers[step] = kept;
      if (!this.startsLine(step) && step > 0) continue;
      this.rows.copyWithin(kept * ROW, step * ROW, (step + 1) * ROW);
      kept++;
    }
    this.length = kept;
    this.rows = this.rows.slice(0, kept * ROW);
    return (step) => (step < before ? numbers[step]! : kept);
  }

  /** Ends the recording: no room is kept. */
  finish(): void {
    this.rows = this.rows.slice(0, this.length * ROW);
  }
}
