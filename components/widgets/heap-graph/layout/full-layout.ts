/**
 * Places for a whole picture. dagre says how far from the names each object stands and in what order they lie; the
 * heights are then chosen so that arrows run level from the slot they start in, which dagre, to which a box is a point,
 * cannot know.
 */
import { Graph, layout } from '@dagrejs/dagre';
import { arrange, stepsFromFrames, unreached } from './columns';
import { GAPS, type LayoutArrow, type LayoutInput, type Places } from './layout-input';

const ROOT = 'frames';
/** From here on ranks by the longest path, which is coarser and takes a tenth of the time. */
const MANY = 250;
/** A chain runs on to the right; where cycles make one of what is none, objects stand by their steps from a name. */
const LONG = 12;

export function fullLayout(input: LayoutInput): Places {
  const steps = stepsFromFrames(input);
  const nearest = 1 + Math.max(0, ...steps.values());
  const ranked = rank(input, input.arrows);
  const isStretched = ranked.columns > LONG && ranked.columns > 2 * nearest + 3;
  const { columnOf, orderOf } = isStretched
    ? rank(
        input,
        input.arrows.filter(({ from, to }) => steps.get(to) === steps.get(from)! + 1),
      )
    : ranked;
  return arrange(input, columnOf, orderOf);
}

interface Ranked {
  readonly columns: number;
  columnOf(id: number): number;
  orderOf(id: number): number;
}

function rank(input: LayoutInput, arrows: readonly LayoutArrow[]): Ranked {
  const objects = input.boxes.filter((box) => !box.isFrame);
  const graph = new Graph({ multigraph: false });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: GAPS.box,
    ranksep: GAPS.column,
    ranker: objects.length > MANY ? 'longest-path' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  graph.setNode(ROOT, { width: 120, height: 60 });
  for (const { id, width, height } of objects) graph.setNode(String(id), { width, height });
  for (const { from, to, weak } of arrows) {
    if (from === to) continue;
    graph.setEdge(from < 0 ? ROOT : String(from), String(to), { weight: weak ? 0 : 1 });
  }
  for (const entry of unreached({ boxes: input.boxes, arrows })) graph.setEdge(ROOT, String(entry), { weight: 0 });
  layout(graph);
  const labelOf = (id: number) => graph.node(String(id)) as { rank?: number; y?: number };
  const ranks = [...new Set(objects.map(({ id }) => labelOf(id).rank ?? 0))].sort((one, other) => one - other);
  const columns = new Map(ranks.map((each, i) => [each, i]));
  return {
    columns: ranks.length,
    columnOf: (id) => columns.get(labelOf(id).rank ?? 0)!,
    orderOf: (id) => labelOf(id).y ?? 0,
  };
}
