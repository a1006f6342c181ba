'use client';

import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { BiographyView } from './biography-view';
import { ChooseObject } from './choose-object';

export function Biography({ runs, at, selected, letters, onGoTo, onSelect }: WidgetProps) {
  const life = useReading(selected === null ? null : { what: 'biography', serial: selected });
  const why = useReading(selected === null ? null : { what: 'why_alive', serial: selected, at });
  const moment = useReading({ what: 'moment', at, options: { graph: false, around: [] } });
  if (selected === null) return <ChooseObject reading={moment.value} letters={letters} onSelect={onSelect} />;
  const immortal = moment.value?.state.references.find(({ object }) => object.serial === selected)?.object.immortal;
  if (immortal && !life.value) {
    return (
      <WidgetNote>
        This object is immortal: CPython never counts it and never frees it, so nothing ever happens to it.
      </WidgetNote>
    );
  }
  if (life.isMissing) return <WidgetNote>Nothing that happened to this object is recorded.</WidgetNote>;
  const reading = life.value;
  if (reading === null || reading.object.serial !== selected) {
    return <WidgetNote error={life.error}>Reading the object’s life …</WidgetNote>;
  }
  const known = why.value?.object.serial === selected ? why.value : null;
  return (
    <BiographyView
      key={selected}
      reading={reading}
      why={known}
      at={at}
      runs={runs}
      letters={letters}
      selected={selected}
      isStale={!life.isCurrent || !(why.isCurrent || why.isMissing)}
      onGoTo={onGoTo}
      onSelect={onSelect}
    />
  );
}
