/** A graph as the kernel answers it, with its edges found from either end. */
import type { GraphEdge, GraphNode, HeapGraph } from '../../../../lib/engine/snapshot/trace-types';

export interface GraphIndex {
  readonly graph: HeapGraph;
  readonly nodes: ReadonlyMap<number, GraphNode>;
  /** By serial; frames by their negative numbers. */
  readonly outgoing: ReadonlyMap<number, readonly GraphEdge[]>;
  readonly incoming: ReadonlyMap<number, readonly GraphEdge[]>;
}

const kept = new WeakMap<HeapGraph, GraphIndex>();

/** Answers are kept by the page, so what is made of one is made once. */
export function indexGraph(graph: HeapGraph): GraphIndex {
  let index = kept.get(graph);
  if (index === undefined) {
    const outgoing = new Map<number, GraphEdge[]>();
    const incoming = new Map<number, GraphEdge[]>();
    const add = (lists: Map<number, GraphEdge[]>, key: number, edge: GraphEdge) => {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [edge]);
      else list.push(edge);
    };
    for (const edge of graph.edges) {
      add(outgoing, edge.from, edge);
      add(incoming, edge.to, edge);
    }
    index = { graph, nodes: new Map(graph.nodes.map((node) => [node.object.serial, node])), outgoing, incoming };
    kept.set(graph, index);
  }
  return index;
}

const none: readonly GraphEdge[] = [];

export const edgesFrom = (index: GraphIndex, id: number): readonly GraphEdge[] => index.outgoing.get(id) ?? none;
export const edgesTo = (index: GraphIndex, serial: number): readonly GraphEdge[] => index.incoming.get(serial) ?? none;

/** The number of a frame as edges name it. */
export const frameId = (position: number): number => -1 - position;

const edgeKeys = new WeakMap<GraphIndex, Map<number, ReadonlySet<string>>>();

/** Did the slot refer to the object then? */
export function hasEdge(index: GraphIndex, { from, label, to }: GraphEdge): boolean {
  let owners = edgeKeys.get(index);
  if (owners === undefined) {
    owners = new Map();
    edgeKeys.set(index, owners);
  }
  let keys = owners.get(from);
  if (keys === undefined) {
    keys = new Set(edgesFrom(index, from).map((edge) => `${edge.to} ${edge.label}`));
    owners.set(from, keys);
  }
  return keys.has(`${to} ${label}`);
}
