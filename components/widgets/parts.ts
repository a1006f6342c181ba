/** Objects that only make up classes and functions: a learner looks for them last. */
import type { ObjectRef } from '../../lib/engine/snapshot/snapshot';

const CODE_TYPES = new Set([
  'type',
  'function',
  'getset_descriptor',
  'member_descriptor',
  'wrapper_descriptor',
  'method_descriptor',
  'classmethod_descriptor',
  'builtin_function_or_method',
  'module',
  'ABCMeta',
  'EnumType',
]);

/** A class, a function, a module, a class's namespace, or what CPython keeps beside a class. */
export function isCode({ type, repr }: ObjectRef): boolean {
  if (type === 'dict') return repr.startsWith("{'__module__': ");
  return CODE_TYPES.has(type) || /^<weakref; to '(type|ABCMeta|EnumType)'/.test(repr);
}

/** Held by classes, functions and modules alone. */
export function isHeldByCode(holders: readonly (ObjectRef | null)[]): boolean {
  return holders.length > 0 && holders.every((holder) => holder !== null && isCode(holder));
}
