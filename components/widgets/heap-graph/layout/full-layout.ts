/**
 * Places for a whole picture. dagre says how far from the names each object stands and in what order they lie; the
 * heights are then chosen so that arrows run level from the slot they start in, which dagre, to which a box is a point,
 * cannot know.
 */
import { Graph, layout } from '@dagrejs/dagre';
import { arrange, unreached } from './columns';
import { GAPS, type LayoutInput, type Places } from './layout-input';

const ROOT = 'frames';
/** From here on ranks by the longest path, which is coarser and takes a tenth of the time. */
const MANY = 250;

export function fullLayout(input: LayoutInput): Places {
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
  for (const { from, to, weak } of input.arrows) {
    if (from === to) continue;
    graph.setEdge(from < 0 ? ROOT : String(from), String(to), { weight: weak ? 0 : 1 });
  }
  for (const entry of unreached(input)) graph.setEdge(ROOT, String(entry), { weight: 0 });
  layout(graph);
  const labelOf = (id: number) => graph.node(String(id)) as { rank?: number; y?: number };
  const ranks = [...new Set(objects.map(({ id }) => labelOf(id).rank ?? 0))].sort((one, other) => one - other);
  const columns = new Map(ranks.map((rank, i) => [rank, i]));
  return arrange(
    input,
    (id) => columns.get(labelOf(id).rank ?? 0)!,
    (id) => labelOf(id).y ?? 0,
  );
}
