/** The slots of an object or a frame in the order in which a learner thinks of them, before any is cut or drawn. */
import type { GraphEdge } from '../../../../lib/engine/snapshot/trace-types';
import { type Folding, isFoldedEdge, namespaceOf } from './folding';
import { edgesFrom, type GraphIndex } from './graph-index';

export interface RawSlot {
  /** Unlike any other of its object. */
  readonly key: string;
  /** As drawn: `0`, `'a'`, `name`. */
  readonly label: string;
  readonly edge: GraphEdge;
}

const SHORT: Readonly<Record<string, string>> = {
  'closure of a function': 'closure',
  'code of a function': 'code',
  'globals of a function': 'globals',
  'part of a function': 'part',
  'default arguments': 'defaults',
  'closure cell': 'contents',
  'an element': '∈',
  'weak reference': 'weak',
  'namespace of a class': 'namespace',
  'base of a class': 'base',
  'bases of a class': 'bases',
  'mro of a class': 'mro',
  'part of a class': 'part',
  'part of a generator': 'part',
  'value stack of a generator': 'stack',
  'value stack': 'stack',
};

export function shortLabel(label: string): string {
  const short = SHORT[label];
  if (short !== undefined) return short;
  if (label.startsWith('class of a ')) return 'class';
  if (label.startsWith('held by a ')) return 'holds';
  if (label.startsWith('[') && label.endsWith(']')) return label.slice(1, -1);
  return label.startsWith('.') ? label.slice(1) : label;
}

const isAdministrative = (label: string) => /^\['?__\w+__'?\]$/.test(label);

const keysOfOwners = new WeakMap<GraphIndex, Map<number, ReadonlySet<string>>>();

/** Labels of an object's references to keys: `'a'`, where another one, to the value, is `['a']`. */
function keysOf(index: GraphIndex, id: number): ReadonlySet<string> {
  let owners = keysOfOwners.get(index);
  if (owners === undefined) {
    owners = new Map();
    keysOfOwners.set(index, owners);
  }
  let keys = owners.get(id);
  if (keys === undefined) {
    const labels = new Set(edgesFrom(index, id).map((edge) => edge.label));
    keys = new Set([...labels].filter((label) => labels.has(`[${label}]`)));
    owners.set(id, keys);
  }
  return keys;
}

/** The key of an entry, and not its value. */
export const isKey = (index: GraphIndex, { from, to, label }: GraphEdge): boolean =>
  from > 0 && (label === index.nodes.get(to)!.object.repr || keysOf(index, from).has(label));

export function slotsOf(index: GraphIndex, folding: Folding, id: number, everyObject: boolean): RawSlot[] {
  const edges = edgesFrom(index, id);
  const shown = everyObject
    ? [...edges]
    : edges.filter((edge) => !isFoldedEdge(index, folding, edge) && !(isKey(index, edge) && isLeaf(index, edge)));
  if (!everyObject) {
    const namespace = namespaceOf(index, folding, id);
    if (namespace !== null)
      for (const edge of edgesFrom(index, namespace)) {
        if (isKey(index, edge) && isLeaf(index, edge)) continue;
        const isMethod = index.nodes.get(edge.to)!.object.type === 'function';
        if (isAdministrative(edge.label) && !isMethod && (isLeaf(index, edge) || folding.into.has(edge.to))) continue;
        shown.push(edge);
      }
  }
  if (id > 0 && keysOf(index, id).size === 0) sortItems(shown);
  const used = new Map<string, number>();
  return shown.map((edge) => {
    const times = used.get(edge.label) ?? 0;
    used.set(edge.label, times + 1);
    const label = shortLabel(edge.label);
    const isStr = edge.from !== id && /^'.*'$/.test(label);
    return {
      key: times === 0 ? edge.label : `${edge.label} ${times + 1}`,
      label: isKey(index, edge) && !everyObject ? 'key' : isStr ? label.slice(1, -1) : label,
      edge,
    };
  });
}

const isLeaf = (index: GraphIndex, edge: GraphEdge) => index.nodes.get(edge.to)!.leaf;

/** A list's items are released last one first, and so are they answered. */
function sortItems(edges: GraphEdge[]): void {
  const place = ({ label }: GraphEdge) => Number(/^\[(\d+)\]$/.exec(label)?.[1] ?? -1);
  edges.sort((one, other) => {
    const a = place(one);
    const b = place(other);
    return a < 0 || b < 0 ? 0 : a - b;
  });
}
