/** Which of a run's collections is the one to look at, and how many are put together when there are too many. */
import type { CollectionReading, Moment } from '../../../lib/engine/snapshot/trace-types';
import { placeText } from '../places';

/** A collection has run at a moment after its step. */
export const hasRun = (collection: CollectionReading, at: Moment): boolean => collection.at.step < at.step;

/**
 * The one that the last step ran; else the last one before that found garbage; else the last one before. Null: none has
 * run yet.
 */
export function tellingAt(
  collections: readonly CollectionReading[],
  at: Moment,
  from: Moment,
): CollectionReading | null {
  const done = collections.filter((each) => hasRun(each, at));
  const isTelling = (each: CollectionReading) => each.totals.unreachable > 0;
  const now = done.filter((each) => each.at.step >= from.step);
  // At the run's end all of the run is looked back upon.
  return now.findLast(isTelling) ?? done.findLast(isTelling) ?? now.at(-1) ?? done.at(-1) ?? null;
}

export type Entry =
  | { readonly kind: 'one'; readonly collection: CollectionReading }
  | { readonly kind: 'quiet'; readonly collections: readonly CollectionReading[] };

/** Fewer than this are listed one by one. */
const FEW = 6;

/** Neighbours that found nothing are put together, but for the one that is open. */
export function entriesOf(collections: readonly CollectionReading[], open: number | null): readonly Entry[] {
  if (collections.length <= FEW) return collections.map((collection) => ({ kind: 'one', collection }));
  const entries: Entry[] = [];
  let quiet: CollectionReading[] = [];
  const flush = () => {
    if (quiet.length >= 3) entries.push({ kind: 'quiet', collections: quiet });
    else entries.push(...quiet.map((collection) => ({ kind: 'one' as const, collection })));
    quiet = [];
  };
  for (const collection of collections) {
    if (collection.totals.unreachable === 0 && collection.number !== open) quiet.push(collection);
    else {
      flush();
      entries.push({ kind: 'one', collection });
    }
  }
  flush();
  return entries;
}

/** `generation 0, 30 times; generation 1, 3 times`. */
export function quietText(collections: readonly CollectionReading[]): string {
  const times = [0, 0, 0];
  for (const { generation } of collections) times[generation]!++;
  return times
    .flatMap((n, generation) => (n === 0 ? [] : [`generation ${generation}${n > 1 ? ` ${n} times` : ''}`]))
    .join(', ');
}

/** `line 4`, `line 4 of cell 2`. */
export const lineText = ({ line, file }: CollectionReading): string =>
  file === null ? `line ${line}` : placeText({ line, filename: file }, null);

/** `line 4`, `lines 4 to 9`. */
export function linesText(all: readonly CollectionReading[]): string {
  const collections = all.filter(({ file }) => file === null);
  if (collections.length === 0) return '';
  const lines = collections.map(({ line }) => line);
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}
