/** How the tree, the text twin and the lists of holders speak of objects, slots and counts. */
import type { GraphEdge, GraphNode } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { grouped } from '../plural';
import { edgesTo, type GraphIndex } from './model/graph-index';
import { isClass, isFunction } from './model/folding';

/** `list A [1, 2, 3]`, `class Person`, `'Ann'`. */
export function objectWords(index: GraphIndex, node: GraphNode, letters: ObjectLetters): string {
  const { object, leaf } = node;
  const letter = letters.get(object.serial);
  const tail = letter === undefined ? '' : ` ${letter}`;
  if (isClass(index, object.serial) || isFunction(node)) return `${object.repr.replace(/^<(.*)>$/, '$1')}${tail}`;
  if (object.repr === `<${object.type} object>`) return `${object.type}${tail}`;
  return leaf ? `${object.type}${tail} ${object.repr}` : `${object.type}${tail} ${object.repr}`;
}

export function countWords({ count, dying }: Pick<GraphNode, 'count' | 'dying'>): string {
  if (dying) return 'count 0, being freed';
  return count === null ? 'immortal, never counted' : `count ${grouped(count)}`;
}

/** A slot as it is spoken: `the item [0]`, `the attribute .name`, `the name my_list`. */
export function slotWords(index: GraphIndex, { from, label, weak, borrowed, references }: GraphEdge): string {
  const times = references > 1 ? `, ${references} times` : '';
  return `${weak ? 'weak reference' : borrowed ? `the lent name ${label}` : slotName(index, from, label)}${times}`;
}

function slotName(index: GraphIndex, from: number, label: string): string {
  if (from < 0) {
    if (label === 'value stack') return 'the value stack';
    return index.graph.frames[-1 - from]?.isModule ? `the name ${label}` : `the local name ${label}`;
  }
  if (label.startsWith('.')) return `the attribute ${label}`;
  if (/^\[\d+\]$/.test(label)) return `the item ${label}`;
  if (label.startsWith('[')) return `the value ${label}`;
  if (/^['"]/.test(label)) return `the key ${label}`;
  return label;
}

/** Where a slot belongs: `of list A`, `of f()`; nothing for the module's names. */
export function ownerWords(index: GraphIndex, from: number, letters: ObjectLetters): string {
  if (from < 0) {
    const frame = index.graph.frames[-1 - from];
    return frame === undefined || frame.isModule ? '' : ` of ${frame.name}()`;
  }
  const owner = index.nodes.get(from);
  return owner === undefined ? '' : ` of ${objectWords(index, owner, letters)}`;
}

export interface HeldBy {
  /** References that count, with their slots in the graph. */
  readonly edges: readonly GraphEdge[];
  readonly weak: readonly GraphEdge[];
  /** Lent locals, which the count does not include. */
  readonly lent: readonly GraphEdge[];
  /** What is left of the count: held from outside of the graph, by the interpreter or by what is left out. Null: immortal. */
  readonly elsewhere: number | null;
}

export function heldBy(index: GraphIndex, node: GraphNode): HeldBy {
  const all = edgesTo(index, node.object.serial);
  const edges = all.filter((edge) => !edge.weak && !edge.borrowed);
  const shown = edges.reduce((sum, { references }) => sum + references, 0);
  return {
    edges,
    weak: all.filter((edge) => edge.weak),
    lent: all.filter((edge) => edge.borrowed),
    elsewhere: node.count === null ? null : node.count - shown,
  };
}
