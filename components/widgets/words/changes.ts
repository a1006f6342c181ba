/** What a step did to counts, one entry an object, without what belongs to the cell's own end. */
import type { CountChange, TraceStep } from '../../../lib/engine/snapshot/trace-types';

export interface NetChange {
  readonly serial: number;
  readonly label: string;
  readonly isName: boolean;
  readonly type: string;
  readonly before: number;
  readonly after: number;
  /** The count that it had farthest from both in between; null: it went straight. */
  readonly by: number | null;
  readonly span: CountChange['span'];
}

/** In the order of the last change of each object. */
export function netChanges(step: TraceStep): NetChange[] {
  const constants = constantsLetGo(step);
  const net = new Map<number, NetChange>();
  for (const change of step.counts) {
    if (constants.has(change.serial) || isInternal(change, constants.size > 0)) continue;
    const { serial, before, after } = change;
    const known = net.get(serial);
    net.delete(serial);
    const first = known?.before ?? before;
    const between = [known?.by ?? first, ...(known ? [before] : [])];
    net.set(serial, { ...change, before: first, by: farthest(first, after, between) });
  }
  return [...net.values()];
}

function farthest(before: number, after: number, between: readonly number[]): number | null {
  const low = Math.min(before, after);
  const high = Math.max(before, after);
  const outside = between.filter((count) => count < low || count > high);
  return outside.length === 0 ? null : outside.reduce((one, other) => (distance(other) > distance(one) ? other : one));
  function distance(count: number): number {
    return count > high ? count - high : low - count;
  }
}

/** What a cell's code is made of, and what its last frame takes along. */
const INNARDS: ReadonlySet<string> = new Set([
  'int',
  'float',
  'complex',
  'str',
  'bytes',
  'tuple',
  'function',
  'frame',
  'traceback',
]);

/** Code is the interpreter's affair; as the cell ends, so is what its code held. */
function isInternal({ isName, type }: CountChange, isEnd: boolean): boolean {
  return !isName && (type === 'code' || (isEnd && INNARDS.has(type)));
}

/** Serials of what dies with the code of a cell that is over: the code itself and its constants. */
export function constantsLetGo({ died }: TraceStep): ReadonlySet<number> {
  const found = new Set<number>();
  for (;;) {
    const more = died.filter(
      ({ object: { serial, type, repr }, isName, because }) =>
        !found.has(serial) &&
        !isName &&
        (type === 'code' || repr === '<function <module>>' || (because !== null && found.has(because))),
    );
    if (more.length === 0) return found;
    for (const { object } of more) found.add(object.serial);
  }
}

/** `its count goes from 1 to 2`, without the subject. */
export function countWords({ before, after, by }: Pick<NetChange, 'before' | 'after' | 'by'>): string {
  if (by === null) return before === after ? `stays ${after}` : `goes from ${before} to ${after}`;
  return before === after
    ? `goes from ${before} to ${by} and back`
    : `goes from ${before} to ${by} and then to ${after}`;
}
