import type { GraphEdge, HeapGraph } from '../../../lib/engine/snapshot/trace-types';
import { ObjectChip } from '../object-chip';
import type { ObjectLetters } from '../object-letters';
import { indexGraph } from './model/graph-index';
import { garbageWords } from './text';
import { countWords, heldBy, objectWords, ownerWords, slotWords } from './words';
import { UNKNOWN_SIZE } from '../unknown-size';

interface SelectedObjectProps {
  graph: HeapGraph;
  serial: number;
  cycle: number | undefined;
  letters: ObjectLetters;
  onSelect(serial: number | null): void;
}

const MOST_HOLDERS = 12;

/** Below the picture: the selected object, and who holds it. The holders' references sum up to its count. */
export function SelectedObject({ graph, serial, cycle, letters, onSelect }: SelectedObjectProps) {
  const index = indexGraph(graph);
  const node = index.nodes.get(serial);
  if (node === undefined)
    return <p className="text-sm text-ink-soft">The selected object is not in this picture at this moment.</p>;
  const { edges, weak, lent, elsewhere } = heldBy(index, node);
  const holders = [...edges, ...weak, ...lent];
  const listed = holders.slice(0, MOST_HOLDERS);
  return (
    <div className="text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <ObjectChip object={node.object} letters={letters} isFull />
        <span className={node.count === null ? 'text-immortal' : 'font-semibold text-ink'}>{countWords(node)}</span>
        <span className="text-xs text-ink-faint">
          {node.size === null ? UNKNOWN_SIZE : `${node.size.toLocaleString('en')} bytes`}
        </span>
        {node.garbage && <span className="text-xs text-cycle">{garbageWords(cycle)}</span>}
        <button
          type="button"
          onClick={() => onSelect(null)}
          className="ml-auto rounded px-1 text-xs text-ink-faint underline-offset-2 hover:text-ink hover:underline print:hidden"
        >
          Clear selection
        </button>
      </p>
      {(holders.length > 0 || (elsewhere ?? 0) > 0) && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] text-ink-soft" aria-label="Held by">
          <li aria-hidden="true" className="text-ink-faint">
            Held by
          </li>
          {listed.map((edge) => (
            <li key={`${edge.from} ${edge.label} ${edge.weak} ${edge.borrowed}`}>
              <HolderWords {...{ edge, graph, letters, onSelect }} />
            </li>
          ))}
          {holders.length > listed.length && <li>and {holders.length - listed.length} more holders</li>}
          {elsewhere !== null && elsewhere > 0 && (
            <li title="The interpreter's own, code objects, or objects that are left out">
              {elsewhere.toLocaleString('en')} from outside of this picture
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

interface HolderWordsProps {
  edge: GraphEdge;
  graph: HeapGraph;
  letters: ObjectLetters;
  onSelect(serial: number | null): void;
}

function HolderWords({ edge, graph, letters, onSelect }: HolderWordsProps) {
  const index = indexGraph(graph);
  const owner = index.nodes.get(edge.from);
  const words = slotWords(index, edge);
  if (owner === undefined)
    return (
      <>
        {words}
        {ownerWords(index, edge.from, letters)}
      </>
    );
  return (
    <>
      {words} of{' '}
      <button
        type="button"
        onClick={() => onSelect(edge.from)}
        className="max-w-64 truncate rounded align-bottom font-mono text-accent underline-offset-2 hover:underline"
      >
        {objectWords(index, owner, letters)}
      </button>
    </>
  );
}
