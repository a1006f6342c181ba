/** The cycles of garbage: its strongly connected components, after Tarjan, without recursion. */
import { edgesFrom, type GraphIndex } from './graph-index';

/** The number of the cycle that each garbage object is part of, from 1 in order of birth; objects of none are left out. */
export function garbageCycles(index: GraphIndex): ReadonlyMap<number, number> {
  const garbage = index.graph.nodes.filter((node) => node.garbage).map((node) => node.object.serial);
  if (garbage.length === 0) return new Map();
  const isGarbage = new Set(garbage);
  const targetsOf = (serial: number) =>
    edgesFrom(index, serial)
      .filter((edge) => !edge.weak && isGarbage.has(edge.to))
      .map((edge) => edge.to);

  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const components: number[][] = [];
  for (const start of garbage) {
    if (order.has(start)) continue;
    const path: { serial: number; targets: number[]; next: number }[] = [];
    const enter = (serial: number) => {
      order.set(serial, order.size);
      low.set(serial, order.get(serial)!);
      open.push(serial);
      isOpen.add(serial);
      path.push({ serial, targets: targetsOf(serial), next: 0 });
    };
    const lower = (serial: number, to: number) => low.set(serial, Math.min(low.get(serial)!, to));
    enter(start);
    while (path.length > 0) {
      const at = path.at(-1)!;
      if (at.next < at.targets.length) {
        const to = at.targets[at.next++]!;
        if (!order.has(to)) enter(to);
        else if (isOpen.has(to)) lower(at.serial, order.get(to)!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.serial, low.get(at.serial)!);
      if (low.get(at.serial) !== order.get(at.serial)) continue;
      const component = open.splice(open.lastIndexOf(at.serial));
      for (const serial of component) isOpen.delete(serial);
      // An object alone is a cycle only if it refers to itself.
      if (component.length > 1 || at.targets.includes(at.serial)) components.push(component);
    }
  }
  components.sort((one, other) => Math.min(...one) - Math.min(...other));
  return new Map(components.flatMap((component, i) => component.map((serial) => [serial, i + 1] as const)));
}
