/** Objects that only make up classes and functions: a learner looks for them last. */
import type { ObjectRef } from '../../lib/engine/snapshot/snapshot';

const CODE_TYPES = new Set(['type', 'function', 'getset_descriptor', 'member_descriptor', 'ABCMeta', 'EnumType']);

/** A class, a function, or what CPython keeps beside a class. */
export function isCode({ type, repr }: ObjectRef): boolean {
  return CODE_TYPES.has(type) || repr.startsWith("<weakref; to 'type'");
}

/** Held by classes and functions alone. */
export function isHeldByCode(holders: readonly (ObjectRef | null)[]): boolean {
  return holders.length > 0 && holders.every((holder) => holder !== null && isCode(holder));
}
