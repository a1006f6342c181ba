'use client';

import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { HeapGraph, StepDeath } from '../../../lib/engine/snapshot/trace-types';
import { Picture } from '../picture';
import type { ObjectLetters } from '../object-letters';
import { useAtRest, useLasting } from '../trace/use-paced';
import { type CanvasControls, GraphCanvas } from './canvas/graph-canvas';
import { HiddenObjects } from './hidden-objects';
import type { Arrangement } from './layout/layout-store';
import { Legend } from './legend';
import { garbageCycles } from './model/cycles';
import { indexGraph } from './model/graph-index';
import { type GraphPicture, PICTURE_LIMITS, type PictureOptions } from './model/picture';
import { SelectedObject } from './selected-object';
import { heapText, summary } from './text';
import { Toolbar } from './toolbar';
import { Waiting } from './waiting';
import { FocusedRow } from './tree/focused-row';
import { HeapTree } from './tree/heap-tree';
import { itemBox, type TreeItem } from './tree/tree-items';

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
  const [focused, setFocused] = useState<TreeItem | null>(null);
  const controls = useRef<CanvasControls>(null);
  // While a slider is dragged the tree that nobody sees can wait.
  const laterGraph = useAtRest(graph);
  const isLate = useLasting(!isCurrent, 300);
  const cycles = useMemo(() => garbageCycles(indexGraph(graph)), [graph]);
  const select = useCallback((serial: number | null) => onSelect(serial), [onSelect]);
  const more = useCallback(
    (id: number) =>
      onOptions((old) => {
        const shown = old.shownSlots.get(id) ?? old.firstSlots;
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
    if (event.key === '+' || event.key === '=') controls.current?.zoomBy(1.25);
    else if (event.key === '-') controls.current?.zoomBy(1 / 1.25);
    else if (event.key === '0') controls.current?.fitTo(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that its buttons name
    <div aria-busy={!isCurrent} onKeyDown={onKeyDown} className="flex flex-col gap-2.5">
      <Toolbar
        {...{ options, onOptions, isTree, setIsTree, onTidyUp, controls }}
        words={summary(graph).replace('Heap graph: ', '')}
      />
      <Picture name="Heap graph" text={text} prepare={() => controls.current?.showWhole() ?? (() => {})}>
        {arrangement === null ? (
          <Waiting>Laying out the picture…</Waiting>
        ) : (
          <div className={`relative ${isLate ? 'opacity-70 motion-safe:transition-opacity' : ''}`}>
            <GraphCanvas
              {...{ picture, arrangement, selected, onReveal, controls }}
              focused={focused && itemBox(focused)}
              onSelect={select}
              onMore={more}
            />
            {focused !== null && !isTree && <FocusedRow item={focused} />}
          </div>
        )}
        <HeapTree
          {...{ letters, selected }}
          graph={isTree ? graph : laterGraph}
          everyObject={options.everyObject}
          isVisible={isTree}
          onSelect={select}
          onFocus={setFocused}
        />
        <div className="mt-2">
          <Legend picture={picture} />
        </div>
      </Picture>
      <HiddenObjects {...{ picture, graph, letters, onReveal }} onDrawMore={() => onOptions(drawMore)} />
      {selected !== null && (
        <SelectedObject {...{ graph, letters }} serial={selected} cycle={cycles.get(selected)} onSelect={select} />
      )}
    </div>
  );
}

const drawMore = (old: PictureOptions): PictureOptions => ({
  ...old,
  budget: old.budget + PICTURE_LIMITS.moreBoxes,
  firstSlots: old.firstSlots + PICTURE_LIMITS.moreSlots,
});
