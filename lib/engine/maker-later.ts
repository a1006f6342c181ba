/**
 * vm/tier/maker.ts for the site's worker: fetched when some code first runs often, so that a first cell does not wait
 * for it. Until then, and where it cannot be fetched, the plain loop does it all.
 */
import type * as Maker from './vm/tier/make';

let maker: Pick<typeof Maker, 'makeTier'> | null = null;
let isAskedFor = false;

/** Null: not here yet. */
export function tierMaker(): typeof maker {
  if (!isAskedFor) {
    isAskedFor = true;
    import('./make-tier').then(
      (made) => {
        maker = made;
      },
      () => undefined,
    );
  }
  return maker;
}
