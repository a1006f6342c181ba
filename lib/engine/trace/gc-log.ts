/**
 * Which objects the collector tracks and in which generation, as it changes. The links of its lists are words that have no
 * events: every birth and every death writes four of them. Most need no note either. An object is tracked when it is made,
 * and not any more when its count falls to 0; what is not as usual is noted.
 *
 *     h << 2 | Joined.…     the object comes into a generation, is set aside, or is not tracked any more
 *     GcChange.…            below the first handle: what happens to whole generations
 */
import { SideLog } from './side-log';

/** What becomes of one object. */
export enum Joined {
  Untracked = 0,
  /** The three generations. */
  Young = 1,
  Middle = 2,
  Old = 3,
  /** A collection has taken it out of its generation, to look at it closely. */
  Aside = 4,
}

/** What becomes of all. */
export enum GcChange {
  /** The objects of this generation and of the younger ones are in the next older one. */
  Collected0 = 0,
  Collected1 = 1,
  Collected2 = 2,
  /** `gc.freeze()`, `gc.unfreeze()`. */
  Freeze = 3,
  Unfreeze = 4,
}

/** Bits of a word that say what became of the object: handles are even. */
const SHIFT = 2;
export const JOINED_MASK = 7;
/** Words below this tell of generations. */
export const FIRST_OBJECT = 8;

export class GcLog extends SideLog {
  joined(position: number, h: number, what: Joined): void {
    this.add(position, (h << SHIFT) | what);
  }
  /** The object of a word. */
  handle(i: number): number {
    return (this.word(i) & ~JOINED_MASK) >> SHIFT;
  }
}
