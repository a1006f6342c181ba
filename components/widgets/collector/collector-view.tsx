import type { CollectionHoldersReading, CollectionReading, Moment } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { Picture } from '../picture';
import { plural } from '../plural';
import { CollectionDetail } from './collection-detail';
import { CollectionsList } from './collections-list';
import type { CollectorState } from './generation-words';
import { GenerationBoxes } from './generation-boxes';
import { generationsText } from './text';

interface CollectorViewProps {
  collections: readonly CollectionReading[];
  omitted: number;
  /** Collections before what is kept of the run. */
  dropped: number;
  at: Moment;
  /** The collection that is open; null: none. */
  open: CollectionReading | null;
  /** The whole of it, with who held its candidates; null: on its way. */
  holders: CollectionHoldersReading | null;
  /** The generations; null: nothing is known of them at this moment. */
  state: CollectorState | null;
  letters: ObjectLetters;
  selected: number | null;
  onSelect(serial: number | null): void;
  onGoTo(at: Moment): void;
}

/** What the cycle collector did in a run, and how near its next collection is. */
export function CollectorView(props: CollectorViewProps) {
  const { collections, omitted, dropped, at, open, holders, state, letters, selected, onSelect, onGoTo } = props;
  return (
    <div className="flex flex-col gap-4">
      {dropped > 0 && (
        <p className="max-w-prose text-sm text-pretty text-ink-soft">
          {`${plural(dropped, 'earlier collection')} ran in the part of this run that is not kept.`}
        </p>
      )}
      {open === null && dropped === 0 && (
        <p className="max-w-prose text-sm leading-relaxed text-pretty text-ink-soft">
          {collections.length > 0
            ? 'It has not run yet at this moment.'
            : 'It did not run here. It is there for objects that keep each other alive: every other object is freed at once when its count reaches 0. It runs when the counter of generation 0 exceeds its threshold, or when gc.collect() is called.'}
        </p>
      )}
      {collections.length > 0 && (
        <CollectionsList
          collections={collections}
          omitted={omitted}
          at={at}
          open={open?.number ?? null}
          onOpen={(collection) => onGoTo({ run: collection.at.run, step: collection.at.step + 1 })}
        >
          {open !== null && (
            <CollectionDetail
              key={open.number}
              collection={holders?.collection ?? open}
              holders={holders}
              letters={letters}
              selected={selected}
              onSelect={onSelect}
            />
          )}
        </CollectionsList>
      )}
      {state !== null && (
        <Picture name="Generations" text={() => generationsText(state)}>
          <GenerationBoxes state={state} />
        </Picture>
      )}
    </div>
  );
}
