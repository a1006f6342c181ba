/**
 * Free lists (Include/internal/pycore_freelist.h): freed objects of some types keep their memory for the next of their
 * kind, last in, first out. Objects that come from one do not count towards the collector's threshold. We keep only
 * the simulated addresses. A full collection empties all of them.
 */
import type { FreelistName, ProfileFacts } from '../version';
import type { Room } from './room';

export class FreeList {
  /** The addresses, the newest at `size - 1`. */
  readonly addresses: Int32Array;
  size = 0;
  /** Units between the start of a waiting block and the address kept here; set by those who give blocks back. */
  preheader = 0;
  constructor(
    readonly name: string,
    readonly max: number,
    room: Room,
  ) {
    this.addresses = room.int32(max);
  }
}

/** `PyTuple_MAXSAVESIZE`. */
const TUPLE_LENGTHS = 20;

export class FreeLists {
  private readonly byName = new Map<string, FreeList>();
  /** One list for each tuple length 1–20. */
  readonly tuples: (FreeList | null)[] = [null];
  /** Those of the common types, as fields: a look-up by name costs a tenth of an addition. */
  readonly int: FreeList;
  readonly float: FreeList;
  readonly list: FreeList;
  readonly dict: FreeList;
  readonly dictkeys: FreeList;
  readonly listIterator: FreeList;
  readonly tupleIterator: FreeList;
  readonly rangeIterator: FreeList;
  readonly method: FreeList;
  readonly builtinMethod: FreeList;
  readonly slice: FreeList;
  readonly range: FreeList;

  constructor(facts: ProfileFacts, room: Room) {
    for (const [name, max] of Object.entries(facts.freelists)) this.byName.set(name, new FreeList(name, max, room));
    this.int = this.get('int');
    this.float = this.get('float');
    this.list = this.get('list');
    this.dict = this.get('dict');
    this.dictkeys = this.get('dictkeys');
    this.listIterator = this.get('list_iterator');
    this.tupleIterator = this.get('tuple_iterator');
    this.rangeIterator = this.get('range_iterator');
    this.method = this.get('method');
    this.builtinMethod = this.get('builtin_method');
    this.slice = this.get('slice');
    this.range = this.get('range');
    const max = facts.freelists.tuple;
    for (let n = 1; n <= TUPLE_LENGTHS; n++) this.tuples.push(new FreeList(`tuple of ${n}`, max, room));
  }

  get(name: FreelistName): FreeList {
    return this.byName.get(name)!;
  }

  /** Every list, for the full collection that empties them and for the statistics. */
  *all(): Iterable<FreeList> {
    yield* this.byName.values();
    for (const list of this.tuples) if (list !== null) yield list;
  }
}
