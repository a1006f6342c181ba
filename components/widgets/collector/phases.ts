/** A collection as the phases of gc.c, in its order: what each did, in words, and to which objects. */
import type { CollectionReport, ObjectRef, UnreachableObject } from '../../../lib/engine/snapshot/snapshot';

export interface Phase {
  readonly name: 'Examined' | 'Found unreachable' | 'Finalized' | 'Freed' | 'Uncollectable';
  readonly total: number;
  readonly text: string;
  readonly objects: readonly { readonly object: ObjectRef; readonly note: string | null }[];
  /** Objects of this phase that are not listed. */
  readonly omitted: number;
}

export function phasesOf(collection: CollectionReport): readonly Phase[] {
  const { totals, weakrefs, resurrected } = collection;
  const alive = new Set(resurrected.map((object) => object.serial));
  return [
    {
      name: 'Examined',
      total: collection.examined,
      text: `tracked ${collection.examined === 1 ? 'object' : 'objects'} in ${generations(collection.generation)}`,
      objects: [],
      omitted: 0,
    },
    {
      name: 'Found unreachable',
      total: totals.unreachable,
      text:
        totals.unreachable === 0 ? 'every object can be reached from outside' : 'no reference from outside the group',
      objects: collection.unreachable.map((object) => ({ object, note: subtraction(object) })),
      omitted: totals.unreachable - collection.unreachable.length,
    },
    {
      name: 'Finalized',
      total: totals.finalized,
      text: finalizedText(collection, weakrefs),
      objects: collection.finalized.map((object) => ({
        object,
        note: alive.has(object.serial) ? 'made itself reachable again' : null,
      })),
      omitted: totals.finalized - collection.finalized.length,
    },
    {
      name: 'Freed',
      total: totals.freed,
      text: totals.freed === 0 ? 'nothing to free' : 'references cleared, memory given back',
      objects: collection.freed.map((object) => ({ object, note: null })),
      omitted: totals.freed - collection.freed.length,
    },
    {
      name: 'Uncollectable',
      total: totals.uncollectable,
      text: totals.uncollectable === 0 ? 'none' : 'kept in gc.garbage',
      objects: collection.uncollectable.map((object) => ({ object, note: null })),
      omitted: totals.uncollectable - collection.uncollectable.length,
    },
  ];
}

/** The sum that convicts an object: what is left of its count when references from inside the group are taken off. */
export function subtraction({ refcount, gcRefs }: UnreachableObject): string {
  return `count ${refcount} − ${refcount - gcRefs} from inside = ${gcRefs} from outside`;
}

function finalizedText({ totals }: CollectionReport, { cleared, callbacks }: CollectionReport['weakrefs']): string {
  const parts = [totals.finalized === 0 ? 'no __del__ to call' : '__del__ was called once for each'];
  if (cleared > 0) parts.push(`${cleared} weak ${cleared === 1 ? 'reference' : 'references'} cleared`);
  if (callbacks > 0) parts.push(`${callbacks} ${callbacks === 1 ? 'callback' : 'callbacks'} called`);
  if (totals.resurrected > 0) parts.push(`${totals.resurrected} came back to life`);
  return parts.join(', ');
}

function generations(generation: 0 | 1 | 2): string {
  return ['generation 0', 'generations 0 and 1', 'all generations'][generation] ?? '';
}
