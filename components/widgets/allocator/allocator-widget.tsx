'use client';

import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { AllocatorView } from './allocator-view';

/** The allocator at the moment looked at. */
export function AllocatorWidget({ run, at, letters, selected, onSelect }: WidgetProps) {
  const here = useReading({ what: 'allocator', at });
  const reading = here.value;
  const shown = reading?.at ?? null;
  const moment = useReading(shown === null ? null : { what: 'graph', at: shown, around: [] });
  const why = useReading(
    shown === null || selected === null ? null : { what: 'why_alive', serial: selected, at: shown },
  );
  if (reading === null) {
    return (
      <WidgetNote error={here.error}>
        {here.isMissing ? 'The allocator is not recorded for this run any more.' : 'Reading the allocator…'}
      </WidgetNote>
    );
  }
  const isHere = reading.at.run === at.run && reading.at.step === at.step;
  const isOfMoment = moment.value?.at.run === reading.at.run && moment.value.at.step === reading.at.step;
  const isAtEnd = reading.at.run === run.run && reading.at.step === run.steps;
  return (
    <div aria-busy={!isHere && !here.isMissing}>
      <AllocatorView
        reading={reading}
        graph={isOfMoment ? (moment.value?.graph ?? null) : null}
        why={why.isCurrent && selected !== null ? why.value : null}
        asOf={isAtEnd ? 'at the run’s end' : 'at this moment'}
        letters={letters}
        selected={selected}
        onSelect={onSelect}
      />
    </div>
  );
}
