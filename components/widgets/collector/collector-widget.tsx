'use client';

import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { tellingAt } from './choose-collection';
import { CollectorView } from './collector-view';
import { collectorState } from './generation-words';

/** The collector at the moment that the learner looks at. */
export function CollectorWidget({ run, at, from, letters, selected, onSelect, onGoTo }: WidgetProps) {
  const collections = useReading({ what: 'collections', run: run.run });
  const collector = useReading({ what: 'collector', at });
  const list = collections.value?.collections ?? [];
  const open = tellingAt(list, at, from);
  const holders = useReading(
    open === null ? null : { what: 'collection_holders', run: open.at.run, number: open.number },
  );
  if (collections.value === null) {
    return (
      <WidgetNote error={collections.error}>
        {collections.isMissing ? 'The collections of this run are not recorded any more.' : 'Reading the collections…'}
      </WidgetNote>
    );
  }
  const isOfOpen =
    holders.value !== null &&
    open !== null &&
    holders.value.number === open.number &&
    holders.value.run === open.at.run;
  return (
    <CollectorView
      collections={list}
      omitted={collections.value.omitted}
      dropped={collections.value.dropped}
      at={at}
      open={open}
      holders={isOfOpen ? holders.value : null}
      state={collector.value === null ? null : collectorState(collector.value)}
      letters={letters}
      selected={selected}
      onSelect={onSelect}
      onGoTo={onGoTo}
    />
  );
}
