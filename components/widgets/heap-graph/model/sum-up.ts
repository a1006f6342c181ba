/** Where every object of a reading is in its picture: a box, in a slot, drawn as part of another, or not drawn. */
import type { BuildInput } from './build';
import { type Folding, isFoldedEdge } from './folding';
import { edgesTo, type GraphIndex } from './graph-index';
import type { GraphPicture } from './picture';
import { isKey } from './slots';

interface Drawn {
  readonly input: BuildInput;
  readonly index: GraphIndex;
  readonly folding: Folding;
  readonly cycles: ReadonlyMap<number, number>;
  readonly drawn: ReadonlySet<number>;
  readonly inSlots: ReadonlySet<number>;
}

export function sumUp(built: Drawn): Pick<GraphPicture, 'hidden' | 'totals' | 'cycles'> {
  const { input, folding, drawn, inSlots, cycles } = built;
  const { graph, options } = input;
  const groups = new Map<string, number[]>();
  let folded = 0;
  let written = 0;
  for (const { object, leaf } of graph.nodes) {
    const { serial, type } = object;
    if (drawn.has(serial)) continue;
    if (leaf && !options.everyObject && inSlots.has(serial)) written++;
    else if (folding.into.has(serial) || (leaf && isOnlyInFolded(built, serial))) folded++;
    else {
      const group = groups.get(type);
      if (group === undefined) groups.set(type, [serial]);
      else group.push(serial);
    }
  }
  const hidden = [...groups].map(([type, serials]) => ({ type, serials }));
  hidden.sort((one, other) => other.serials.length - one.serials.length);
  return {
    hidden,
    totals: {
      boxes: drawn.size,
      inSlots: written,
      folded,
      hidden: hidden.reduce((sum, { serials }) => sum + serials.length, 0),
      omitted: graph.nodesOmitted,
      edgesOmitted: graph.edgesOmitted,
    },
    cycles: new Set(cycles.values()).size,
  };
}

/** A number or text that only the machinery of a class or function refers to, or that is a key: its row is named by it. */
function isOnlyInFolded({ input, index, folding }: Drawn, serial: number): boolean {
  if (input.options.everyObject) return false;
  return edgesTo(index, serial).every(
    (edge) => folding.into.has(edge.from) || isKey(index, edge) || isFoldedEdge(index, folding, edge),
  );
}
