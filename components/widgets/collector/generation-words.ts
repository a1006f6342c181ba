/** The generations as they stand at a moment, and in words when each is collected next. */
import type { CollectionReading, Moment, MomentReading } from '../../../lib/engine/snapshot/trace-types';
import { plural } from '../plural';

export interface GenerationBox {
  readonly number: 0 | 1 | 2;
  readonly count: number;
  readonly threshold: number;
  /** Null: not recorded at this moment. */
  readonly objects: number | null;
  readonly runs: number | null;
  readonly collected: number | null;
}

export interface CollectorState {
  readonly generations: readonly [GenerationBox, GenerationBox, GenerationBox];
  /** Of which moment that is: `at the end of the run`. */
  readonly asOf: string;
  /** The 25 % rule as the last collection of the oldest generation left it; null: not known. */
  readonly longLived: { readonly total: number; readonly pending: number } | null;
}

const NUMBERS = [0, 1, 2] as const;

/** What is known of the generations at a moment: all of it, or what the collection before it left. Null: nothing. */
export function stateAt(
  at: Moment,
  moment: MomentReading | null,
  collections: readonly CollectionReading[],
): CollectorState | null {
  const done = collections.filter((each) => each.at.step < at.step);
  const last = done.at(-1) ?? null;
  const boxes = (box: (number: 0 | 1 | 2) => Omit<GenerationBox, 'number'>) =>
    NUMBERS.map((number) => ({ number, ...box(number) })) as unknown as CollectorState['generations'];
  const longLived = (last ?? collections[0])?.longLived ?? null;
  if (moment !== null && moment.generations !== null) {
    const { generations } = moment;
    return {
      generations: boxes((number) => {
        const { count, threshold, objects, stats } = generations[number];
        return { count, threshold, objects, runs: stats.collections, collected: stats.collected };
      }),
      asOf: 'at this moment',
      longLived,
    };
  }
  const next = collections[done.length] ?? null;
  const from = last ?? next;
  if (from === null) return null;
  const counts = last === null ? from.countsBefore : from.countsAfter;
  return {
    generations: boxes((number) => ({
      count: counts[number],
      threshold: from.thresholds[number],
      objects: null,
      runs: null,
      collected: null,
    })),
    asOf: last === null ? 'when the next collection begins' : 'as the last collection left them',
    longLived,
  };
}

/** When the next collection of a generation comes, and why. */
export function counterSentence({ generations, longLived }: CollectorState, number: 0 | 1 | 2): string {
  const { count, threshold } = generations[number];
  const left = threshold + 1 - count;
  if (generations[0].threshold === 0) return 'Automatic collection is off: the threshold is 0.';
  if (number === 0)
    return left > 0
      ? `Collected after ${plural(left, 'more object')} (made minus freed).`
      : 'Over its threshold: collected at the next chance.';
  const younger = number - 1;
  const when =
    left > 0
      ? `Collected after ${plural(left, 'more collection')} of generation ${younger}, with the next one of generation 0.`
      : 'Over its threshold: collected with the next one of generation 0.';
  return number === 2 ? `${when} ${quarterSentence(longLived)}` : when;
}

/** The 25 % rule. */
export function quarterSentence(longLived: CollectorState['longLived']): string {
  const rule = 'But only if the objects that have become old since are at least a quarter of those that were old then';
  if (longLived === null) return `${rule}.`;
  const { total, pending } = longLived;
  return `${rule}: ${pending.toLocaleString('en')} of ${total.toLocaleString('en')} when the last collection began.`;
}
