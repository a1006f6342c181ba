/** The generations as they stand at a moment, and in words when each is collected next. */
import type { CollectorReading } from '../../../lib/engine/snapshot/trace-types';
import { plural } from '../plural';

export interface GenerationBox {
  readonly number: 0 | 1 | 2;
  readonly count: number;
  readonly threshold: number;
  readonly objects: number;
  readonly runs: number;
  readonly collected: number;
}

export interface CollectorState {
  readonly generations: readonly [GenerationBox, GenerationBox, GenerationBox];
  /** `gc.isenabled()`. */
  readonly enabled: boolean;
  /** The numbers of the 25 % rule. */
  readonly longLived: { readonly total: number; readonly pending: number };
}

export function collectorState(reading: CollectorReading): CollectorState {
  const { enabled, counts, thresholds, stats, longLived, objects } = reading;
  const box = (number: 0 | 1 | 2): GenerationBox => ({
    number,
    count: counts[number],
    threshold: thresholds[number],
    objects: objects[number],
    runs: stats[number]?.collections ?? 0,
    collected: stats[number]?.collected ?? 0,
  });
  return { generations: [box(0), box(1), box(2)], enabled, longLived };
}

/** When the next collection of a generation comes, and why. */
export function counterSentence({ generations, enabled, longLived }: CollectorState, number: 0 | 1 | 2): string {
  const { count, threshold } = generations[number];
  const left = threshold + 1 - count;
  if (!enabled) return 'Not collected by itself: gc.disable() was called.';
  if (generations[0].threshold === 0) return 'Not collected by itself: the threshold of generation 0 is 0.';
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
export function quarterSentence({ total, pending }: CollectorState['longLived']): string {
  const need = Math.floor(total / 4);
  const rule = `if the objects that have grown old since are at least a quarter of the ${total.toLocaleString('en')} that were old after the last one`;
  const n = pending.toLocaleString('en');
  return `But only ${rule}: ${pending >= need ? `they are, ${n}` : `so far ${n} of ${need.toLocaleString('en')}`}.`;
}
