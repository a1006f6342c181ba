/** Boxes in columns: the heights that make arrows level, and columns by the steps from a name. */
import { GAPS, type LayoutArrow, type LayoutBox, type LayoutInput, type Place, type Places } from './layout-input';

/** Without dagre: by the number of steps from a name. For when it takes too long. */
export function simpleLayout(input: LayoutInput): Places {
  const steps = stepsFromFrames(input);
  const order = new Map([...steps.keys()].map((id, i) => [id, i]));
  return arrange(
    input,
    (id) => steps.get(id) ?? 0,
    (id) => order.get(id) ?? 0,
  );
}

/** In the order of reaching them; frames are -1. */
export function stepsFromFrames(input: LayoutInput): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  const after = new Map<number, number[]>();
  for (const { from, to } of input.arrows) after.set(from, [...(after.get(from) ?? []), to]);
  const queue = input.boxes.filter((box) => box.isFrame).map((box) => box.id);
  for (const id of queue) steps.set(id, -1);
  const walk = () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      for (const to of after.get(id) ?? []) {
        if (steps.has(to)) continue;
        steps.set(to, steps.get(id)! + 1);
        queue.push(to);
      }
    }
  };
  walk();
  for (const id of unreached(input)) {
    steps.set(id, 0);
    queue.push(id);
    walk();
  }
  return steps;
}

/** One object of each part that no frame leads to. */
export function unreached({ boxes, arrows }: LayoutInput): number[] {
  const after = new Map<number, number[]>();
  for (const { from, to } of arrows) after.set(from, [...(after.get(from) ?? []), to]);
  const seen = new Set<number>();
  const visit = (start: number) => {
    const queue = [start];
    seen.add(start);
    for (const id of queue)
      for (const to of after.get(id) ?? [])
        if (!seen.has(to)) {
          seen.add(to);
          queue.push(to);
        }
  };
  for (const { id, isFrame } of boxes) if (isFrame) visit(id);
  const entries: number[] = [];
  for (const { id } of boxes)
    if (!seen.has(id)) {
      entries.push(id);
      visit(id);
    }
  return entries;
}

/** Column by column from the left: each box as near as there is room to the level that its arrows come from. */
export function arrange(input: LayoutInput, columnOf: (id: number) => number, orderOf: (id: number) => number): Places {
  const places = new Map<number, Place>();
  const tops = new Map<number, number>();
  let y = 0;
  for (const { id, isFrame, height } of input.boxes) {
    if (!isFrame) continue;
    tops.set(id, y);
    y += height + GAPS.frame;
  }
  const columns: LayoutBox[][] = [];
  const ordered: LayoutBox[][] = [];
  for (const box of input.boxes) {
    if (box.isFrame) continue;
    const column = columnOf(box.id);
    columns[column] = [...(columns[column] ?? []), box];
  }
  const coming = new Map<number, LayoutArrow[]>();
  for (const arrow of input.arrows) coming.set(arrow.to, [...(coming.get(arrow.to) ?? []), arrow]);
  for (let column = 0; column < columns.length; column++) {
    const boxes = columns[column] ?? [];
    let lowest = 0;
    const wanted = new Map<number, number>();
    boxes.sort((one, other) => orderOf(one.id) - orderOf(other.id));
    for (const { id } of boxes) {
      // Those that come from nearest; a long way round costs the least. A name of the module goes before one of a call.
      const arrows = (coming.get(id) ?? []).filter(({ from, weak }) => tops.has(from) && !weak);
      const nearest = Math.max(...arrows.map(({ from }) => places.get(from)?.column ?? -1));
      const frame = Math.max(...arrows.map(({ from }) => from).filter((from) => from < 0));
      const levels = arrows
        .filter(({ from }) => (nearest < 0 ? from === frame : places.get(from)?.column === nearest))
        .map(({ from, level }) => tops.get(from)! + level);
      // What nothing on its left refers to stands below what comes before it.
      const level = levels.length > 0 ? levels.reduce((sum, each) => sum + each, 0) / levels.length : lowest;
      wanted.set(id, level);
      lowest = Math.max(lowest, level);
    }
    boxes.sort((one, other) => wanted.get(one.id)! - wanted.get(other.id)! || orderOf(one.id) - orderOf(other.id));
    const ys = spread(boxes.map((box) => ({ wanted: wanted.get(box.id)!, height: box.height })));
    boxes.forEach((box, i) => {
      tops.set(box.id, ys[i]!);
      places.set(box.id, { column, y: ys[i]! });
    });
    ordered[column] = boxes;
  }
  lower(ordered, coming, places);
  return places;
}

/** From the right: what stands higher than the first of those it leads to comes down to it. */
function lower(
  columns: readonly LayoutBox[][],
  coming: ReadonlyMap<number, readonly LayoutArrow[]>,
  places: Map<number, Place>,
): void {
  for (let column = columns.length - 2; column >= 0; column--) {
    const wanted = new Map<number, number>();
    for (const { id } of columns[column + 1] ?? []) {
      const parent = (coming.get(id) ?? []).find(({ from, weak }) => !weak && places.get(from)?.column === column);
      if (parent === undefined) continue;
      const level = places.get(id)!.y - parent.level;
      wanted.set(parent.from, Math.min(wanted.get(parent.from) ?? level, level));
    }
    const boxes = columns[column] ?? [];
    const ys = spread(
      boxes.map(({ id, height }) => ({ wanted: Math.max(places.get(id)!.y, wanted.get(id) ?? 0), height })),
    );
    boxes.forEach(({ id }, i) => {
      places.set(id, { column, y: ys[i]! });
    });
  }
}

/** Tops in the given order, apart from each other and together as near as possible to what is wanted, none above 0. */
export function spread(boxes: readonly { wanted: number; height: number }[]): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const { height } of boxes) {
    offsets.push(offset);
    offset += height + GAPS.box;
  }
  // Without the offsets the tops only must not fall: neighbours that would are put together at their mean.
  const blocks: { sum: number; size: number }[] = [];
  boxes.forEach(({ wanted }, i) => {
    blocks.push({ sum: wanted - offsets[i]!, size: 1 });
    while (blocks.length > 1) {
      const [above, below] = blocks.slice(-2) as [{ sum: number; size: number }, { sum: number; size: number }];
      if (above.sum / above.size <= below.sum / below.size) break;
      blocks.splice(-2, 2, { sum: above.sum + below.sum, size: above.size + below.size });
    }
  });
  return blocks
    .flatMap(({ sum, size }) => Array<number>(size).fill(Math.max(0, sum / size)))
    .map((base, i) => Math.round(base + offsets[i]!));
}
