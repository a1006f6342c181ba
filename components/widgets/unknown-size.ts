import { plural } from './plural';

/** Why a size is missing: `sys.getsizeof` would have to run a method, and looking runs nothing. */
export const UNKNOWN_SIZE = 'size not told: its type has a __sizeof__ of its own, which looking does not run';

/** The same of several objects that a sum leaves out: `, without 2 objects whose type …`. */
export function withoutUnsized(unsized: number): string {
  if (unsized === 0) return '';
  return `, without ${plural(unsized, 'object')} whose type has a __sizeof__ of its own, which looking does not run`;
}
