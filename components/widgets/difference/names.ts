/** Two runs of one cell side by side, by the names that they left. */
import type { NamedReference } from '../../../lib/engine/snapshot/snapshot';
import type { CensusReading, MomentReading, RunSummary } from '../../../lib/engine/snapshot/trace-types';

export type NameStatus = 'new' | 'gone' | 'other object' | 'other count' | 'same';

export interface NameRow {
  readonly name: string;
  readonly before: NamedReference | null;
  readonly after: NamedReference | null;
  readonly status: NameStatus;
}

/** Global names of both moments, those that differ first. */
export function nameRows(before: MomentReading, after: MomentReading): readonly NameRow[] {
  const byName = ({ state }: MomentReading) =>
    new Map(state.references.filter(({ scope }) => scope === 'global').map((row) => [row.name, row]));
  const [first, second] = [byName(before), byName(after)];
  const rows = [...new Set([...first.keys(), ...second.keys()])].map((name): NameRow => {
    const [a, b] = [first.get(name) ?? null, second.get(name) ?? null];
    return { name, before: a, after: b, status: statusOf(a, b) };
  });
  return [...rows.filter(({ status }) => status !== 'same'), ...rows.filter(({ status }) => status === 'same')];
}

function statusOf(a: NamedReference | null, b: NamedReference | null): NameStatus {
  if (a === null) return 'new';
  if (b === null) return 'gone';
  if (a.object.type !== b.object.type || a.object.repr !== b.object.repr) return 'other object';
  return a.count === b.count ? 'same' : 'other count';
}

export interface NumberRow {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

export function totalRows(
  runs: readonly [RunSummary, RunSummary],
  census: readonly [CensusReading, CensusReading],
): readonly NumberRow[] {
  const [a, b] = runs;
  return [
    { name: 'Lines executed', before: a.lines, after: b.lines },
    { name: 'Objects born', before: a.births, after: b.births },
    { name: 'Objects died', before: a.deaths, after: b.deaths },
    { name: 'Most of its objects alive at once', before: census[0].peak.objects, after: census[1].peak.objects },
    { name: 'Collections', before: a.collections, after: b.collections },
  ];
}

/** Objects alive at the two ends by type, those that differ first. */
export function typeRows(before: CensusReading, after: CensusReading): readonly NumberRow[] {
  const count = ({ types }: CensusReading) => new Map(types.map(({ type, objects }) => [type, objects]));
  const [first, second] = [count(before), count(after)];
  const rows = [...new Set([...first.keys(), ...second.keys()])].map((name) => ({
    name,
    before: first.get(name) ?? 0,
    after: second.get(name) ?? 0,
  }));
  const far = (row: NumberRow) => Math.abs(row.after - row.before);
  return rows.sort((a, b) => far(b) - far(a) || b.after - a.after);
}

export const signed = (n: number): string =>
  n > 0 ? `+${n.toLocaleString('en')}` : n < 0 ? `−${(-n).toLocaleString('en')}` : '0';
