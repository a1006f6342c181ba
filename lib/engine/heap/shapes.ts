/**
 * Where the containers that the collector follows by itself keep their references (Traversal in heap/object.ts). The
 * files of objects/ that model them use the same names; the rest of their layouts is there.
 */

/** list: the number of items, the first word of its table. */
export const LIST_SIZE = 2;
export const LIST_ITEMS = 3;

/** tuple: the number of items, the items. */
export const TUPLE_SIZE = 2;
export const TUPLE_ITEMS = 3;

/** dict: how many keys it has, its table, and the instance whose attributes it shows and which answers for them. */
export const DICT_USED = 2;
export const DICT_KEYS = 3;
export const DICT_EMBEDDED = 4;

/** A dict's table: from its first word. */
export const DK_LOG2_SIZE = 0;
export const DK_KIND = 1;
export const DK_USABLE = 2;
export const DK_NENTRIES = 3;
export const DK_INDICES = 5;
/** All keys are exact str. */
export const KIND_UNICODE = 1;
/** An entry. */
export const ENTRY_KEY = 2;
export const ENTRY_VALUE = 3;
export const ENTRY_SHIFT = 2;

/** Inline values: from the number that there is room for, to the number of them, and the bytes of their order. */
export const VALUES_USED = 1;
export const VALUES_ORDER = 2;
/** Words of these; the values follow. */
export function orderWords(capacity: number): number {
  return (capacity + 3) >> 2;
}
