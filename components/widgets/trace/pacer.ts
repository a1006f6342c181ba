/**
 * While a slider is dragged a new moment comes with every frame. The slider moves at once; the views follow one after
 * the other, as many in each frame as there is time for, so that none of them holds up the next frame. One that has not
 * had its turn keeps showing the moment that it shows, whole; what it is given then is the newest.
 */
import { flushSync } from 'react-dom';

export interface PacerClock {
  now(): number;
  /** Calls back before the next frame is drawn. */
  onFrame(callback: () => void): void;
  /** Draws what the action changes before it returns. */
  drawNow(action: () => void): void;
}

/** Time of each frame for the views. The one that is begun is finished; the browser's own work comes on top. */
const BUDGET_MS = 4;

/** Moves that follow each other faster are a hurry; the reader has come to rest when none followed for as long. */
export const HURRY_MS = 120;

export class Pacer {
  private readonly waiting = new Map<object, () => void>();
  private isAsked = false;
  private lastMove = Number.NEGATIVE_INFINITY;
  private isHurried = false;

  constructor(private readonly clock: PacerClock) {}

  /** Has a view drawn in one of the next frames. What it wanted before it does not want any more; its turn stays. */
  later(view: object, draw: () => void): void {
    this.waiting.set(view, draw);
    this.ask();
  }

  /** As `later` while the reader is in a hurry; else at once. */
  soon(view: object, draw: () => void): void {
    if (this.isHurried && this.clock.now() - this.lastMove < HURRY_MS) this.later(view, draw);
    else draw();
  }

  /** The reader made a move. @returns whether it is one of many in a hurry; `isDragged`: that is known already */
  move(isDragged: boolean): boolean {
    const now = this.clock.now();
    this.isHurried = isDragged || now - this.lastMove < HURRY_MS;
    this.lastMove = now;
    return this.isHurried;
  }

  /** Milliseconds until the reader has come to rest, if no move follows. */
  get toRest(): number {
    return this.isHurried ? Math.max(0, this.lastMove + HURRY_MS - this.clock.now()) : 0;
  }

  forget(view: object): void {
    this.waiting.delete(view);
  }

  private ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.clock.onFrame(() => this.run());
  }

  private run(): void {
    this.isAsked = false;
    const begun = this.clock.now();
    try {
      // Those that come while others are drawn have their turn in the next frame.
      for (const view of [...this.waiting.keys()]) {
        const draw = this.waiting.get(view);
        if (draw === undefined) continue;
        this.waiting.delete(view);
        this.clock.drawNow(draw);
        if (this.clock.now() - begun >= BUDGET_MS) break;
      }
    } finally {
      if (this.waiting.size > 0) this.ask();
    }
  }
}

/** One for the page: the views of all cells share its frames. */
export const pacer = new Pacer({
  now: () => performance.now(),
  onFrame: (callback) => requestAnimationFrame(callback),
  drawNow: flushSync,
});
