import type { MemoryReport } from '../../../lib/engine/snapshot/snapshot';
import { collectionsUntil, type Cursor } from '../cursor';
import type { ObjectLetters } from '../object-letters';
import { CollectionView } from './collection-view';
import { Generations } from './generations';

interface CollectorProps {
  report: MemoryReport;
  cursor: Cursor;
  letters: ObjectLetters;
}

/** More collections than this are folded: a loop may set off hundreds. */
const MOST_SHOWN = 6;

/** What the cycle collector did during the cell, and how near its next run is. */
export function Collector({ report, cursor, letters }: CollectorProps) {
  const collections = collectionsUntil(report, cursor);
  const shown = collections.slice(-MOST_SHOWN);
  const more = collections.length - shown.length + (cursor >= report.steps.length ? report.collectionsOmitted : 0);
  // The last that found something is the one to look at; failing that, the last.
  const telling = shown.findLast((each) => each.totals.unreachable > 0) ?? shown.at(-1);
  return (
    <div>
      {collections.length === 0 ? <NotRun report={report} cursor={cursor} /> : null}
      {more > 0 && (
        <p className="mt-1.5 text-xs text-ink-faint">
          {more.toLocaleString('en')} earlier {more === 1 ? 'collection' : 'collections'} not shown.
        </p>
      )}
      {shown.length > 0 && (
        <div className="mt-2 space-y-2">
          {shown.map((collection, at) => (
            <CollectionView
              // biome-ignore lint/suspicious/noArrayIndexKey: a collection has no other identity than its number
              key={collections.length - shown.length + at}
              collection={collection}
              letters={letters}
              isOpen={collection === telling}
            />
          ))}
        </div>
      )}
      <div className="mt-3">
        <Generations state={report.collector} />
      </div>
    </div>
  );
}

/** Nothing to show is the moment to say what would be shown. */
function NotRun({ report, cursor }: { report: MemoryReport; cursor: Cursor }) {
  const isLater = cursor < report.steps.length && report.collections.length > 0;
  return (
    <p className="text-sm leading-relaxed text-ink-soft">
      {isLater
        ? 'It has not run yet at this moment of the cell.'
        : 'It did not run in this cell. It is there for objects that keep each other alive: every other object is freed at once when its count reaches zero. It runs when the counter of generation 0 exceeds its threshold, or when gc.collect() is called.'}
    </p>
  );
}
