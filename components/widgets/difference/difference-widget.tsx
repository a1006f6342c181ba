'use client';

import { useState } from 'react';
import type { Moment, RunSummary } from '../../../lib/engine/snapshot/trace-types';
import { placeText, runText, stepText } from '../places';
import { runName } from '../run-name';
import { useReading } from '../trace/use-reading';
import { WidgetNote } from '../widget-note';
import type { WidgetProps } from '../widget';
import { type Choice, type Pin, choicesOf, chosenOf, isEarlier } from './choices';
import { DifferenceView } from './difference-view';
import { MomentPicker } from './moment-picker';
import { VersionsView } from './versions-view';

/** This moment beside another one that the reader chooses. */
export function DifferenceWidget(props: WidgetProps) {
  const { run, runs, at, from, onGoTo } = props;
  const [wanted, want] = useState<string | null>(null);
  const [pins, setPins] = useState<readonly Pin[]>([]);
  const here = useReading({ what: 'moment', at, options: { graph: false, around: [] } });
  const choices = choicesOf({ run, runs, at, from, pins });
  const chosen = chosenOf(choices, wanted, at);
  const isPinned = pins.some((pin) => pin.at.run === at.run && pin.at.step === at.step);
  const pin = () => {
    const place = here.isCurrent && here.value?.next ? placeText(here.value.next, null) : '';
    const where = at.step === run.steps ? 'the end' : place === '' ? 'a moment' : `before ${place}`;
    setPins([...pins, { at, label: `${where}, ${stepText(Math.max(0, at.step - 1))} of ${runText(run)}` }]);
  };
  return (
    <>
      <MomentPicker
        choices={choices}
        chosen={chosen}
        onChoose={want}
        onPin={pin}
        isPinned={isPinned}
        onGoThere={() => onGoTo(chosen.at)}
      />
      {chosen.byName ? <ByName {...props} chosen={chosen} /> : <ByObject {...props} chosen={chosen} />}
    </>
  );
}

interface ChosenProps extends WidgetProps {
  chosen: Choice;
}

function ByObject({ at, chosen, letters, selected, onSelect }: ChosenProps) {
  const isBack = isEarlier(at, chosen.at);
  const [before, after] = isBack ? [at, chosen.at] : [chosen.at, at];
  const isSame = before.run === after.run && before.step === after.step;
  const { value, isMissing, error, isCurrent } = useReading(isSame ? null : { what: 'difference', before, after });
  if (isSame)
    return <WidgetNote>This is the very moment that it is compared with. Choose another, or go to another.</WidgetNote>;
  if (value === null) return <WidgetNote error={error}>{missingText(isMissing)}</WidgetNote>;
  const names = isBack
    ? { before: 'this moment', after: chosen.label }
    : { before: chosen.label, after: 'this moment' };
  return (
    <div aria-busy={!isCurrent}>
      <DifferenceView reading={value} names={names} letters={letters} selected={selected} onSelect={onSelect} />
    </div>
  );
}

function ByName({ run, runs, chosen, letters, selected, onSelect }: ChosenProps) {
  const other = runs.find((each) => each.run === chosen.at.run) ?? run;
  const [first, second] = other.run < run.run ? [other, run] : [run, other];
  const before = useEnd(first);
  const after = useEnd(second);
  const readings = [before.moment, after.moment, before.census, after.census];
  if (!before.moment.value || !after.moment.value || !before.census.value || !after.census.value) {
    const failed = readings.find((each) => each.isMissing || each.error !== null) ?? before.moment;
    return <WidgetNote error={failed.error}>{missingText(failed.isMissing)}</WidgetNote>;
  }
  return (
    <VersionsView
      runs={[first, second]}
      moments={[before.moment.value, after.moment.value]}
      census={[before.census.value, after.census.value]}
      names={{ before: runName(first, runs, ''), after: runName(second, runs, '') }}
      letters={letters}
      selected={selected}
      onSelect={onSelect}
    />
  );
}

function useEnd(run: RunSummary) {
  const at: Moment = { run: run.run, step: run.steps };
  const moment = useReading({ what: 'moment', at, options: { graph: false, around: [] } });
  const census = useReading({ what: 'census', at });
  return { moment, census };
}

const missingText = (isMissing: boolean) =>
  isMissing ? 'One of the two moments is not recorded any more.' : 'Comparing…';
