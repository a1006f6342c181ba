'use client';

import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { layOut } from './layout/layout-client';
import { layoutInputOf } from './layout/layout-input';
import { type Arrangement, LayoutStore } from './layout/layout-store';
import type { GraphPicture } from './model/picture';

const stores = new WeakMap<object, { plain: LayoutStore; every: LayoutStore }>();

/** The places of the objects of one kernel, whichever cell's picture they are in. */
export function storeOf(kernel: object, everyObject: boolean): LayoutStore {
  let pair = stores.get(kernel);
  if (pair === undefined) {
    pair = { plain: new LayoutStore(), every: new LayoutStore() };
    stores.set(kernel, pair);
  }
  return everyObject ? pair.every : pair.plain;
}

/** From so many new boxes on the whole picture is laid out, if nothing of it has a place yet. */
const MANY_NEW = 3;

export interface UseArrangement {
  /** Null: the first layout is on its way. */
  readonly arrangement: Arrangement | null;
  tidyUp(): void;
}

/**
 * @param ahead pictures of other moments of the run, so that what comes later finds room; null: not known yet
 */
export function useArrangement(
  store: LayoutStore,
  picture: GraphPicture | null,
  born: number,
  ahead: readonly GraphPicture[] | null,
): UseArrangement {
  const [version, redraw] = useReducer((count: number) => count + 1, 0);
  const isWanted = picture !== null && ahead !== null && needsLayout(store, picture);
  const latest = useRef(picture);
  useEffect(() => {
    latest.current = picture;
  });
  const run = useCallback(
    async (pictures: readonly GraphPicture[]) => {
      const input = layoutInputOf(pictures);
      const places = await layOut(input);
      if (places === null) return;
      store.adopt(places, input);
      redraw();
    },
    [store],
  );
  useEffect(() => {
    if (isWanted) void run([picture, ...ahead]);
  }, [isWanted, picture, ahead, run]);

  const arrangement = useMemo(() => {
    void version;
    if (picture === null || ahead === null || needsLayout(store, picture)) return null;
    return store.arrange(picture, born);
  }, [store, picture, born, ahead, version]);
  const tidyUp = useCallback(() => {
    if (latest.current !== null) void run([latest.current]);
  }, [run]);
  return { arrangement, tidyUp };
}

function needsLayout(store: LayoutStore, picture: GraphPicture): boolean {
  return store.isEmpty && store.unplaced(picture) >= MANY_NEW;
}
