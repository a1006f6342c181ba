/** Which lifetimes are shown, and in which order: plain lists for the view to draw. */
import type { Lifetime } from '../../../lib/engine/snapshot/trace-types';

export type SortBy = 'birth' | 'name' | 'lifetime';
/** All, those that had a name, or those of one type. */
export type Filter = { readonly by: 'all' } | { readonly by: 'named' } | { readonly by: 'type'; readonly type: string };

export type Row =
  | { readonly kind: 'bar'; readonly lifetime: Lifetime; readonly level: number }
  | {
      readonly kind: 'group';
      readonly type: string;
      readonly lifetimes: readonly Lifetime[];
      readonly isOpen: boolean;
    };

export function filtered(lifetimes: readonly Lifetime[], filter: Filter): readonly Lifetime[] {
  switch (filter.by) {
    case 'all':
      return lifetimes;
    case 'named':
      return lifetimes.filter(({ label }) => label !== null);
    case 'type':
      return lifetimes.filter(({ object }) => object.type === filter.type);
  }
}

export function sorted(lifetimes: readonly Lifetime[], sort: SortBy, steps: number): readonly Lifetime[] {
  const length = ({ born, died }: Lifetime) => (died ?? steps + 1) - (born ?? -1);
  const byBirth = (a: Lifetime, b: Lifetime) => (a.born ?? -1) - (b.born ?? -1) || a.serial - b.serial;
  const out = [...lifetimes];
  switch (sort) {
    case 'birth':
      return out.sort(byBirth);
    case 'lifetime':
      return out.sort((a, b) => length(b) - length(a) || byBirth(a, b));
    case 'name':
      return out.sort((a, b) => compareNames(a.label, b.label) || byBirth(a, b));
  }
}

/** Without a name last. */
function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The types and how many lifetimes each has: the most first. */
export function typesOf(lifetimes: readonly Lifetime[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { object } of lifetimes) counts.set(object.type, (counts.get(object.type) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** @param opened types whose objects are shown; null: no grouping */
export function rowsOf(lifetimes: readonly Lifetime[], opened: ReadonlySet<string> | null): readonly Row[] {
  if (opened === null) return lifetimes.map((lifetime): Row => ({ kind: 'bar', lifetime, level: 1 }));
  const byType = new Map<string, Lifetime[]>();
  for (const lifetime of lifetimes) {
    const group = byType.get(lifetime.object.type);
    if (group) group.push(lifetime);
    else byType.set(lifetime.object.type, [lifetime]);
  }
  return typesOf(lifetimes).flatMap(([type]): Row[] => {
    const group = byType.get(type)!;
    const isOpen = opened.has(type);
    const head: Row = { kind: 'group', type, lifetimes: group, isOpen };
    return isOpen ? [head, ...group.map((lifetime): Row => ({ kind: 'bar', lifetime, level: 2 }))] : [head];
  });
}

export const keyOf = (row: Row): string => (row.kind === 'bar' ? `o${row.lifetime.serial}` : `t ${row.type}`);

/** A count from a moment on; equal ones that follow each other put together; the last one may be 0, at death. */
export function countSteps({ counts }: Lifetime): readonly (readonly [number, number])[] {
  return counts.filter(([, count], i) => i === 0 || count !== counts[i - 1]![1]);
}

/** Moments at which something about the object is new: its birth, each change of its count, its death. */
export function turns(lifetime: Lifetime): readonly number[] {
  const { born, died } = lifetime;
  const out = new Set(countSteps(lifetime).map(([moment]) => moment));
  if (born !== null) out.add(born + 1);
  if (died !== null) out.add(died + 1);
  return [...out].sort((a, b) => a - b);
}

/** The count at a moment; null: it does not live then, or has none. */
export function countAt(lifetime: Lifetime, moment: number): number | null {
  if (!livesAt(lifetime, moment)) return null;
  return lifetime.counts.findLast(([from]) => from <= moment)?.[1] ?? null;
}

export function livesAt({ born, died }: Lifetime, moment: number): boolean {
  return (born === null || moment > born) && (died === null || moment <= died);
}

/** How many of a group live: pairs of a moment and the number from then on. */
export function population(lifetimes: readonly Lifetime[]): readonly (readonly [number, number])[] {
  const changes = new Map<number, number>();
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { born, died } of lifetimes) {
    change(born === null ? 0 : born + 1, 1);
    if (died !== null) change(died + 1, -1);
  }
  let alive = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([at, by]) => {
      alive += by;
      return [at, alive] as const;
    });
}
