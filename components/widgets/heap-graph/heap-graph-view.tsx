'use client';

import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { HeapGraph, StepDeath } from '../../../lib/engine/snapshot/trace-types';
import { Picture } from '../picture';
import type { ObjectLetters } from '../object-letters';
import { GraphCanvas } from './canvas/graph-canvas';
import { HiddenObjects } from './hidden-objects';
import type { Arrangement } from './layout/layout-store';
import { Legend } from './legend';
import { garbageCycles } from './model/cycles';
import { indexGraph } from './model/graph-index';
import { type GraphPicture, PICTURE_LIMITS, type PictureOptions } from './model/picture';
import { SelectedObject } from './selected-object';
import { heapText, summary } from './text';
import { Toolbar } from './toolbar';
import { HeapTree } from './tree/heap-tree';

export interface HeapGraphViewProps {
  graph: HeapGraph;
  picture: GraphPicture;
  /** Null: the first layout is being made. */
  arrangement: Arrangement | null;
  isCurrent: boolean;
  deaths: readonly StepDeath[];
  selected: number | null;
  letters: ObjectLetters;
  options: PictureOptions;
  onOptions(change: (old: PictureOptions) => PictureOptions): void;
  onSelect(serial: number | null): void;
  onReveal(serial: number): void;
  onTidyUp(): void;
}

/** Names on the left, objects on the right; a tree that says the same; who holds what is selected. */
export function HeapGraphView(props: HeapGraphViewProps) {
  const { graph, picture, arrangement, isCurrent, deaths, selected, letters, options } = props;
  const { onOptions, onSelect, onReveal, onTidyUp } = props;
  const [isTree, setIsTree] = useState(false);
  const [focused, setFocused] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const cycles = useMemo(() => garbageCycles(indexGraph(graph)), [graph]);
  const select = useCallback((serial: number | null) => onSelect(serial), [onSelect]);
  const more = useCallback(
    (id: number) =>
      onOptions((old) => {
        const shown = old.shownSlots.get(id) ?? PICTURE_LIMITS.firstSlots;
        return { ...old, shownSlots: new Map(old.shownSlots).set(id, shown + PICTURE_LIMITS.moreSlots) };
      }),
    [onOptions],
  );
  const text = () =>
    heapText(
      graph,
      letters,
      deaths.map(({ object, label, cause }) => ({ words: `${label} (${object.type} ${object.repr})`, cause })),
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = { '+': 'Larger (+)', '=': 'Larger (+)', '-': 'Smaller (−)', '0': 'As large as at first (0)' }[
      event.key
    ];
    if (name === undefined) return;
    root.current?.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)?.click();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that its buttons name
    <div ref={root} aria-busy={!isCurrent} onKeyDown={onKeyDown} className="flex flex-col gap-2.5">
      <Toolbar
        {...{ options, onOptions, isTree, setIsTree, onTidyUp }}
        words={summary(graph).replace('Heap graph: ', '')}
      />
      <Picture name="Heap graph" text={text}>
        {arrangement === null ? (
          <div
            role="status"
            className="grid h-32 place-items-center rounded-md border border-line text-sm text-ink-faint"
          >
            Laying out the picture…
          </div>
        ) : (
          <div className={`motion-safe:transition-opacity motion-safe:delay-300 ${isCurrent ? '' : 'opacity-70'}`}>
            <GraphCanvas
              {...{ picture, arrangement, selected, focused, onReveal }}
              onSelect={select}
              onMore={more}
              notice={null}
            />
          </div>
        )}
        <HeapTree
          {...{ graph, letters, selected }}
          everyObject={options.everyObject}
          isVisible={isTree}
          onSelect={select}
          onFocus={setFocused}
        />
        <div className="mt-2">
          <Legend picture={picture} />
        </div>
      </Picture>
      <HiddenObjects
        {...{ picture, graph, letters, onReveal }}
        onDrawMore={() => onOptions((old) => ({ ...old, budget: old.budget + 200 }))}
      />
      {selected !== null && (
        <SelectedObject {...{ graph, letters }} serial={selected} cycle={cycles.get(selected)} onSelect={select} />
      )}
    </div>
  );
}
