import type { GraphFrame, GraphNode } from '../../../../lib/engine/snapshot/trace-types';
import { clip } from './measure';

export const frameTitle = ({ name, isModule }: GraphFrame): string => (isModule ? 'Names' : clip(`${name}()`, 24));

/** What an object is called in its header: its type; a class and a function by their own names. */
export function objectTitle({ object }: GraphNode, isClass: boolean): string {
  if (isClass || object.type === 'type') return clip(object.repr.replace(/^<class (.*)>$/, 'class $1'), 24);
  if (object.type === 'function') return clip(object.repr.replace(/^<function (.*)>$/, 'def $1'), 24);
  return clip(object.type === 'ReferenceType' ? 'weakref' : object.type, 24);
}

/** What is written into an object without slots; null where its repr says nothing that its type does not. */
export function writtenValue({ object, leaf }: GraphNode): string | null {
  const { repr } = object;
  if (leaf) return clip(repr, 30);
  return repr.startsWith('<') ? null : clip(repr, 30);
}
