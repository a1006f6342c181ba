/**
 * The lines of one run by number, and which of them a moment stands at: pieces of the list as the kernel gave them.
 * A *position* counts lines: 0 is before the first, n after the n-th, within it if a moment lies between two lines.
 */
import type { LinesReading } from '../../../lib/engine/snapshot/trace-types';

export class LineIndex {
  private readonly pieces: LinesReading[] = [];

  constructor(
    /** Number of the run's last moment. */
    private readonly steps: number,
  ) {}

  add(piece: LinesReading): void {
    if (this.pieces.some(({ from }) => from === piece.from)) return;
    this.pieces.push(piece);
    this.pieces.sort((one, other) => one.from - other.from);
  }

  /** Lines of the whole run; null: no piece is there yet. */
  get total(): number | null {
    return this.pieces[0]?.total ?? null;
  }

  /** The moment before the line of that index, the run's end for the index after the last; null: not there yet. */
  start(index: number): number | null {
    if (index >= (this.total ?? Number.POSITIVE_INFINITY)) return this.steps;
    const piece = this.pieces.find(({ from, starts }) => index >= from && index < from + starts.length);
    return piece?.starts[index - piece.from] ?? null;
  }

  /** Position of a moment; null: not there yet. */
  position(step: number): number | null {
    if (this.total === null) return null;
    if (step >= this.steps) return this.total;
    const piece = this.pieces.findLast(({ starts }) => (starts[0] ?? 0) <= step);
    if (piece === undefined) return null;
    const { starts, from } = piece;
    const isLastOfPiece = (starts.at(-1) ?? 0) < step;
    if (isLastOfPiece && from + starts.length < piece.total && this.start(from + starts.length) === null) return null;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return from + low;
  }

  /** Line of the run's own file that the step from a moment runs; null: of other code, none, or not there yet. */
  lineAt(step: number): number | null {
    const position = this.position(step);
    if (position === null || step >= this.steps) return null;
    const index = this.start(position) === step ? position : position - 1;
    const piece = this.pieces.find(({ from, starts }) => index >= from && index < from + starts.length);
    return piece?.lines[index - piece.from] || null;
  }

  /** Whether a moment is the beginning of a line, or the run's end. */
  isBoundary(step: number): boolean {
    const position = this.position(step);
    return position !== null && this.start(position) === step;
  }

  /** The next moment, going `by`, before which a line of `stops` has not run yet; null: there is none that is known. */
  nextStop(step: number, by: -1 | 1, stops: ReadonlySet<number>): number | null {
    const position = this.position(step);
    if (position === null) return null;
    for (
      let at = by > 0 && this.start(position) === step ? position + 1 : by > 0 ? position : position - 1;
      ;
      at += by
    ) {
      const piece = this.pieces.find(({ from, starts }) => at >= from && at < from + starts.length);
      if (piece === undefined) return null;
      if (stops.has(piece.lines[at - piece.from] ?? 0)) return piece.starts[at - piece.from] ?? null;
    }
  }
}
