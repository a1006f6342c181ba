/** The text twin of the heap graph: all that a reading says, in words. What is drawn into something else is told too. */
import type { HeapGraph } from '../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../object-letters';
import { plural } from '../plural';
import { garbageCycles } from './model/cycles';
import { edgesFrom, frameId, type GraphIndex, indexGraph } from './model/graph-index';
import { countWords, heldBy, objectWords, ownerWords, slotWords } from './words';
import { UNKNOWN_SIZE } from '../unknown-size';

export interface Freed {
  readonly words: string;
  readonly cause: 'count reached zero' | 'cycle collected';
}

export function heapText(graph: HeapGraph, letters: ObjectLetters, freed: readonly Freed[]): string {
  const index = indexGraph(graph);
  const cycles = garbageCycles(index);
  const lines: string[] = [summary(graph)];
  graph.frames.forEach((frame, i) => {
    const edges = edgesFrom(index, frameId(i));
    lines.push('', frame.isModule ? 'Names of the module:' : `Local names of ${frame.name}(), depth ${frame.depth}:`);
    if (edges.length === 0) lines.push('  none');
    for (const edge of edges) lines.push(`  ${edge.label}${marks(edge)} → ${words(index, edge.to, letters)}`);
  });
  if (graph.nodes.length > 0) lines.push('', 'Objects:');
  for (const node of graph.nodes) {
    const { object, names, garbage, size, omitted } = node;
    const facts = [countWords(node)];
    facts.push(size === null ? UNKNOWN_SIZE : `${size.toLocaleString('en')} bytes`);
    if (names.length > 0) facts.push(`named ${names.join(', ')}`);
    if (garbage) facts.push(garbageWords(cycles.get(object.serial)));
    lines.push(`${words(index, object.serial, letters)}: ${facts.join('; ')}`);
    for (const edge of edgesFrom(index, object.serial))
      lines.push(`  ${edge.label}${marks(edge)} → ${words(index, edge.to, letters)}`);
    if (omitted > 0) lines.push(`  and ${plural(omitted, 'reference')} to objects that are left out`);
    lines.push(...holders(index, object.serial, letters));
  }
  const groups = cycleGroups(index, cycles, letters);
  if (groups.length > 0) lines.push('', 'Cycles in the garbage:', ...groups);
  if (freed.length > 0)
    lines.push('', 'Freed in this step:', ...freed.map((each) => `  ${each.words}: ${causeWords(each.cause)}`));
  if (graph.nodesOmitted > 0 || graph.edgesOmitted > 0)
    lines.push('', `Left out: ${plural(graph.nodesOmitted, 'object')}, ${plural(graph.edgesOmitted, 'reference')}.`);
  return lines.join('\n');
}

export const causeWords = (cause: Freed['cause']): string =>
  cause === 'count reached zero' ? 'its count reached 0' : 'the collector freed it with its cycle';

export const garbageWords = (cycle: number | undefined): string =>
  `garbage: no name leads to it${cycle === undefined ? '' : `, part of cycle ${cycle}`}`;

export function summary({ frames, nodes, edges, nodesOmitted }: HeapGraph): string {
  const calls = frames.filter((frame) => !frame.isModule).length;
  const garbage = nodes.filter((node) => node.garbage).length;
  const parts = [plural(nodes.length, 'object'), plural(edges.length, 'reference')];
  if (calls > 0) parts.push(`${plural(calls, 'call')} under way`);
  if (garbage > 0) parts.push(`${garbage.toLocaleString('en')} of the objects garbage`);
  const more = nodesOmitted > 0 ? `; ${plural(nodesOmitted, 'object')} more left out` : '';
  return `Heap graph: ${parts.join(', ')}${more}.`;
}

const words = (index: GraphIndex, serial: number, letters: ObjectLetters): string =>
  objectWords(index, index.nodes.get(serial)!, letters);

function marks({ weak, borrowed, references }: { weak: boolean; borrowed: boolean; references: number }): string {
  return `${weak ? ' (weak)' : ''}${borrowed ? ' (lent, not counted)' : ''}${references > 1 ? ` ×${references}` : ''}`;
}

function holders(index: GraphIndex, serial: number, letters: ObjectLetters): string[] {
  const node = index.nodes.get(serial)!;
  if (node.count === null) return [];
  const { edges, elsewhere } = heldBy(index, node);
  const held = edges.map((edge) => slotWords(index, edge) + ownerWords(index, edge.from, letters));
  if (elsewhere !== null && elsewhere > 0) held.push(`${elsewhere.toLocaleString('en')} from outside of this graph`);
  return held.length === 0 ? [] : [`  held by: ${held.join('; ')}`];
}

function cycleGroups(index: GraphIndex, cycles: ReadonlyMap<number, number>, letters: ObjectLetters): string[] {
  const groups = new Map<number, string[]>();
  for (const [serial, cycle] of cycles)
    groups.set(cycle, [...(groups.get(cycle) ?? []), words(index, serial, letters)]);
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([cycle, members]) => `  cycle ${cycle}: ${members.join(', ')}`);
}
