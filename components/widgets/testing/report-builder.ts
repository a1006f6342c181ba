/** Reports for tests of the widgets, written as a story: who exists, which names refer to what, line by line. */
import type {
  CollectionReport,
  Death,
  Holder,
  MemoryReport,
  MemoryState,
  NamedReference,
  ObjectRef,
  Step,
  UnnamedObject,
} from '../../../lib/engine/snapshot/snapshot';

export function anObject(serial: number, type: string, repr: string): ObjectRef {
  return { id: `0x7f3a5c0b${(0x2000 + serial * 0x40).toString(16)}`, serial, type, repr, immortal: false };
}

export function immortal(repr: string, type = 'int'): ObjectRef {
  return { id: '0x7f3a5b9d1000', serial: 1, type, repr, immortal: true };
}

export function heldBy(
  kind: Holder['kind'],
  label: string,
  holder: ObjectRef | null = null,
  frame: string | null = null,
) {
  return { kind, label, holder, frame, references: 1 };
}

export function aReference(
  name: string,
  object: ObjectRef,
  holders: readonly Holder[],
  options: { before?: number; frame?: string; depth?: number } = {},
): NamedReference {
  const count = object.immortal ? null : holders.reduce((sum, holder) => sum + holder.references, 0);
  return {
    name,
    scope: options.frame ? 'local' : 'global',
    frame: options.frame ?? null,
    depth: options.depth ?? 0,
    object,
    count,
    change: count === null ? null : count - (options.before ?? 0),
    holders,
    holdersOmitted: 0,
  };
}

export function unnamed(object: ObjectRef, lastNames: readonly string[], holders: readonly Holder[]): UnnamedObject {
  return { object, lastNames, count: holders.length, change: holders.length, holders, holdersOmitted: 0 };
}

export function aState(references: readonly NamedReference[], allocated: number): MemoryState {
  return { references, unnamed: [], omitted: 0, allocated };
}

export function aDeath(object: ObjectRef, line: number, names: readonly string[], rest: Partial<Death> = {}): Death {
  return { object, cause: 'count reached zero', line, names, because: null, ...rest };
}

export function aStep(line: number, references: readonly NamedReference[], rest: Partial<Step> = {}): Step {
  return {
    ...aState(references, 100),
    kind: 'line',
    index: line,
    line,
    endLine: line,
    frame: null,
    elsewhere: null,
    calls: null,
    raised: false,
    died: [],
    diedOmitted: 0,
    collections: [],
    ...rest,
  };
}

export function aCollection(rest: Partial<CollectionReport>): CollectionReport {
  const lists = { unreachable: [], finalized: [], resurrected: [], freed: [], uncollectable: [], ...rest };
  return {
    generation: 2,
    reason: 'gc.collect()',
    line: 1,
    examined: 0,
    weakrefs: { cleared: 0, callbacks: 0 },
    collected: 0,
    countsBefore: [12, 0, 0],
    countsAfter: [0, 0, 0],
    thresholds: [2000, 10, 10],
    totals: {
      unreachable: lists.unreachable.length,
      finalized: lists.finalized.length,
      resurrected: lists.resurrected.length,
      freed: lists.freed.length,
      uncollectable: lists.uncollectable.length,
    },
    ...lists,
  };
}

export function aReport(
  steps: readonly Step[],
  before: MemoryState = aState([], 10),
  collections: readonly CollectionReport[] = [],
): MemoryReport {
  const stats = { collections: collections.length, collected: 0, uncollectable: 0 };
  return {
    schema: 1,
    profile: '3.14',
    before,
    steps,
    stepsExecuted: steps.length,
    collections,
    collectionsOmitted: 0,
    collector: {
      enabled: true,
      generations: [
        { count: 417, threshold: 2000, objects: 417, stats: { ...stats, collections: 0 } },
        { count: 3, threshold: 10, objects: 96, stats: { ...stats, collections: 0 } },
        { count: 0, threshold: 10, objects: 6012, stats },
      ],
    },
  };
}
