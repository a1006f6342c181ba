'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { HeapGraph as Graph, StepDeath } from '../../../lib/engine/snapshot/trace-types';
import { useReading, useTraceSource } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { HeapGraphView } from './heap-graph-view';
import { buildPicture } from './model/build';
import { type GraphPicture, PICTURE_LIMITS, type PictureOptions } from './model/picture';
import { useAhead } from './use-ahead';
import { Waiting } from './waiting';
import { storeOf, useArrangement } from './use-arrangement';

const NO_DEATHS: ReadonlyMap<number, StepDeath['cause']> = new Map();

/** The heap graph, bound to the recorded past. */
export function HeapGraph({ run, at, from, selected, letters, onSelect }: WidgetProps) {
  const source = useTraceSource();
  const [options, setOptions] = useState<PictureOptions>(firstOptions);
  // Only a heap that is larger than an answer has to be asked about what is selected.
  const [isCut, setIsCut] = useState(false);
  const around = isCut && selected !== null ? [selected] : [];
  const reading = useReading({ what: 'graph', at, around });
  // What led here is asked when the moment is there: not while a slider is dragged past.
  const isStep = reading.isCurrent && from.run === at.run && from.step < at.step;
  const before = useReading(isStep ? { what: 'graph', at: from, around } : null);
  const granularity = at.step - from.step === 1 ? 'instruction' : 'line';
  const steps = useReading(isStep ? { what: 'steps', run: at.run, from: from.step, to: at.step, granularity } : null);

  const graph = reading.value?.graph ?? null;
  const { isCurrent } = reading;
  useEffect(() => {
    if (graph) setIsCut(graph.nodesOmitted > 0);
  }, [graph]);

  const deaths = useMemo(() => {
    const found = new Map<number, StepDeath['cause']>();
    if (isStep && steps.isCurrent)
      for (const step of steps.value?.steps ?? [])
        for (const { object, cause } of step.died) found.set(object.serial, cause);
    return found.size === 0 ? NO_DEATHS : found;
  }, [isStep, steps.isCurrent, steps.value]);

  // While the answer is on its way the picture is of the last moment that was answered, as when a slider is dragged. What
  // changed is marked as soon as that is known, too.
  const now = useLast(
    reading.value && graph
      ? {
          graph,
          before: isStep && before.isCurrent ? (before.value?.graph ?? null) : null,
          born: reading.value.born,
        }
      : null,
  );
  const previous = useRef<GraphPicture | null>(null);
  const picture = useMemo(
    () =>
      now &&
      buildPicture({ graph: now.graph, before: now.before, deaths, letters, options, previous: previous.current }),
    [now, deaths, letters, options],
  );
  useEffect(() => {
    previous.current = picture;
  });

  const store = storeOf(source, options.everyObject);
  const ahead = useAhead(run, store.isEmpty);
  const aheadPictures = useMemo(
    () => ahead?.map((each) => pictureAhead(each, options.everyObject)) ?? null,
    [ahead, options.everyObject],
  );
  const { arrangement, tidyUp } = useArrangement(store, picture, now?.born ?? 0, aheadPictures);

  const reveal = useCallback((serial: number) => {
    setOptions((old) => ({ ...old, revealed: new Set(old.revealed).add(serial) }));
  }, []);
  // What is selected somewhere else on the page is brought into the picture.
  useEffect(() => {
    if (selected !== null && picture?.hidden.some(({ serials }) => serials.includes(selected))) reveal(selected);
  }, [selected, picture, reveal]);

  if (reading.error) return <WidgetNote error={reading.error}>{null}</WidgetNote>;
  if (reading.isMissing) return <WidgetNote>This moment is not recorded any more.</WidgetNote>;
  if (now === null || picture === null) return <Waiting>Reading the heap…</Waiting>;
  return (
    <HeapGraphView
      graph={now.graph}
      picture={picture}
      arrangement={arrangement}
      isCurrent={isCurrent}
      deaths={steps.isCurrent && isStep ? (steps.value?.steps.flatMap((step) => step.died) ?? []) : []}
      selected={selected}
      letters={letters}
      options={options}
      onOptions={setOptions}
      onSelect={onSelect}
      onReveal={reveal}
      onTidyUp={tidyUp}
    />
  );
}

export const firstOptions: PictureOptions = {
  everyObject: false,
  firstSlots: PICTURE_LIMITS.firstSlots,
  shownSlots: new Map(),
  revealed: new Set(),
  budget: PICTURE_LIMITS.boxes,
};

function pictureAhead(graph: Graph, everyObject: boolean): GraphPicture {
  const options = { ...firstOptions, everyObject };
  return buildPicture({ graph, before: null, deaths: NO_DEATHS, letters: new Map(), options, previous: null });
}

/** The last one that was there; the same as long as its parts are, though every drawing makes it anew. */
function useLast<T extends object>(value: T | null): T | null {
  const kept = useRef<T | null>(null);
  if (value !== null && !isSame(kept.current, value)) kept.current = value;
  return kept.current;
}

const isSame = <T extends object>(one: T | null, other: T): boolean =>
  one !== null && (Object.keys(other) as (keyof T)[]).every((key) => one[key] === other[key]);
