/**
 * What the plain picture draws into something else. Ints and texts stand in the slots that refer to them; the objects
 * that make up a class (its namespace, its bases, its order of resolution, its descriptors and plain methods) are drawn
 * as the class; so are the names, constants and closures of a function. "Show every object" folds nothing.
 */
import type { GraphEdge, GraphNode } from '../../../../lib/engine/snapshot/trace-types';
import { edgesFrom, edgesTo, type GraphIndex } from './graph-index';

export interface Folding {
  /** Serial of an object that is no box of its own to the object that it is drawn into. */
  readonly into: ReadonlyMap<number, number>;
}

const NOTHING: Folding = { into: new Map() };

const OF_A_CLASS = /^(namespace|bases?|mro|subclasses|part) of a class$/;
/** Filled in by the class statement itself. */
const NAMESPACE = 'namespace of a class';
const MACHINERY: ReadonlySet<string> = new Set([
  'function',
  'tuple',
  'cell',
  'dict',
  'getset_descriptor',
  'member_descriptor',
  'staticmethod',
  'classmethod',
  'property',
  'wrapper_descriptor',
  'method_descriptor',
  'classmethod_descriptor',
  'builtin_function_or_method',
]);

export const isClass = (index: GraphIndex, serial: number): boolean =>
  edgesFrom(index, serial).some((edge) => edge.label === NAMESPACE);

export const isFunction = (node: GraphNode): boolean => node.object.type === 'function';

export function foldGraph(index: GraphIndex, everyObject: boolean): Folding {
  if (everyObject) return NOTHING;
  const into = new Map<number, number>();
  const fold = (serial: number, owner: number): boolean => {
    if (into.has(serial) || serial === owner) return false;
    into.set(serial, owner);
    return true;
  };
  const onlyHeldBy = (serial: number, isInside: (edge: GraphEdge) => boolean) =>
    edgesTo(index, serial).every((edge) => edge.weak || isInside(edge));

  for (const node of index.graph.nodes) {
    const owner = node.object.serial;
    const isOwnerClass = isClass(index, owner);
    if (!isOwnerClass && !isFunction(node)) continue;
    const queue: number[] = [];
    for (const edge of edgesFrom(index, owner)) {
      const target = index.nodes.get(edge.to)!;
      if (target.leaf || !MACHINERY.has(target.object.type)) continue;
      if (isOwnerClass ? !OF_A_CLASS.test(edge.label) : !isPlain(index, target, 3)) continue;
      const isInside = (each: GraphEdge) => each.from === owner || into.get(each.from) === owner;
      if (onlyHeldBy(edge.to, isInside) && fold(edge.to, owner)) queue.push(edge.to);
    }
    for (let i = 0; i < queue.length; i++) {
      for (const edge of edgesFrom(index, queue[i]!)) {
        const target = index.nodes.get(edge.to)!;
        if (target.leaf || !MACHINERY.has(target.object.type) || !isPlain(index, target, 3)) continue;
        if (onlyHeldBy(edge.to, (each) => each.from === owner || into.get(each.from) === owner))
          if (fold(edge.to, owner)) queue.push(edge.to);
      }
    }
  }
  return { into };
}

/** It leads to numbers, texts, classes and the like only: nothing that a reader would follow. */
function isPlain(index: GraphIndex, node: GraphNode, depth: number): boolean {
  if (node.leaf || isClass(index, node.object.serial)) return true;
  if (!MACHINERY.has(node.object.type) || depth === 0) return false;
  return edgesFrom(index, node.object.serial).every((edge) => isPlain(index, index.nodes.get(edge.to)!, depth - 1));
}

/** References that the plain picture does not draw as slots. */
export function isFoldedEdge(index: GraphIndex, folding: Folding, edge: GraphEdge): boolean {
  if (edge.label.startsWith('class of a ')) return true;
  const owner = index.nodes.get(edge.from);
  if (owner === undefined) return false;
  const target = index.nodes.get(edge.to)!;
  if (isFunction(owner)) return target.leaf || folding.into.has(edge.to);
  return OF_A_CLASS.test(edge.label) && (target.leaf || folding.into.has(edge.to));
}

/** The dict of a class whose entries are drawn as the class's own slots; null: it is drawn by itself. */
export function namespaceOf(index: GraphIndex, folding: Folding, serial: number): number | null {
  const edge = edgesFrom(index, serial).find((each) => each.label === NAMESPACE);
  return edge !== undefined && folding.into.get(edge.to) === serial ? edge.to : null;
}
