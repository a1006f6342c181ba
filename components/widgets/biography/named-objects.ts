import type { ObjectRef } from '../../../lib/engine/snapshot/snapshot';
import type { MomentReading } from '../../../lib/engine/snapshot/trace-types';

/** The counted objects that have names at a moment, each once, and those that had one. */
export function namedObjects({
  state,
}: Pick<MomentReading, 'state'>): readonly { object: ObjectRef; names: readonly string[] }[] {
  const found = new Map<number, { object: ObjectRef; names: string[] }>();
  for (const { object, name } of state.references) {
    if (object.immortal) continue;
    const known = found.get(object.serial);
    if (known) known.names.push(name);
    else found.set(object.serial, { object, names: [name] });
  }
  for (const { object, lastNames } of state.unnamed) {
    found.set(object.serial, { object, names: lastNames[0] ? [`(was ${lastNames[0]})`] : [] });
  }
  return [...found.values()];
}
