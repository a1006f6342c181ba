/** What makes generated code: here at once. The site's worker has lib/engine/maker-later.ts in its place (scripts/build-kernel.mjs). */
import * as maker from './make';

export function tierMaker(): typeof maker | null {
  return maker;
}
