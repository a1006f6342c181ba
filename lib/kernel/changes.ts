/**
 * What has to be told of an answer to one who has an earlier one like it. A picture of a large heap is 300 KB, and
 * from one line to the next a few of its thousand objects change: only those cross to the page, and whatever is the same
 * stays the same object there, so that nothing that is made of it has to be made again.
 */
import { ValidationError } from './validate';

/** Null: the same. `is`: another value. `fields`: of an object, those that changed. `list`: of an array, from the start. */
export type Change =
  | null
  | { readonly is: unknown }
  | { readonly fields: Readonly<Record<string, Change>> }
  | { readonly list: readonly Piece[] };

/** A stretch of the earlier array, or new items. */
export type Piece = { readonly from: number; readonly length: number } | { readonly items: readonly unknown[] };

/** How far ahead in the earlier array an item is looked for: what is farther is told anew. */
const AHEAD = 32;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of plain data: null, booleans, numbers, texts, arrays and objects of these. */
export function changeBetween(before: unknown, after: unknown): Change {
  if (Array.isArray(before) && Array.isArray(after)) {
    const list = piecesOf(before, after);
    return isWhole(list, before) ? null : { list };
  }
  if (!isFields(before) || !isFields(after)) return before === after ? null : { is: after };
  const keys = Object.keys(after);
  if (keys.length !== Object.keys(before).length || !keys.every((key) => Object.hasOwn(before, key)))
    return { is: after };
  const fields: Record<string, Change> = {};
  let isSame = true;
  for (const key of keys) {
    const change = changeBetween(before[key], after[key]);
    if (change === null) continue;
    fields[key] = change;
    isSame = false;
  }
  return isSame ? null : { fields };
}

const isWhole = (list: readonly Piece[], before: readonly unknown[]): boolean => {
  const [only, ...others] = list;
  if (others.length > 0) return false;
  return only === undefined ? before.length === 0 : 'from' in only && only.from === 0 && only.length === before.length;
};

function piecesOf(before: readonly unknown[], after: readonly unknown[]): Piece[] {
  const pieces: ({ from: number; length: number } | { items: unknown[] })[] = [];
  let at = 0;
  for (const item of after) {
    const last = pieces.at(-1);
    const found = find(before, at, item);
    if (found < 0) {
      if (last !== undefined && 'items' in last) last.items.push(item);
      else pieces.push({ items: [item] });
      continue;
    }
    if (last !== undefined && 'from' in last && last.from + last.length === found) last.length++;
    else pieces.push({ from: found, length: 1 });
    at = found + 1;
  }
  return pieces;
}

function find(before: readonly unknown[], at: number, item: unknown): number {
  const end = Math.min(before.length, at + AHEAD);
  for (let i = at; i < end; i++) if (isEqual(before[i], item)) return i;
  return -1;
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((item, i) => isEqual(item, other[i]));
  }
  if (!isFields(one) || !isFields(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]));
}

/** @throws ValidationError if that is no change of this value */
export function changed(before: unknown, change: unknown): unknown {
  if (change === null) return before;
  if (!isFields(change)) throw new ValidationError('change', 'an object or null');
  if (Object.hasOwn(change, 'is')) return change.is;
  if (isFields(change.fields)) {
    if (!isFields(before)) throw new ValidationError('change.fields', 'an object to change');
    const after: Record<string, unknown> = { ...before };
    for (const [key, each] of Object.entries(change.fields)) after[key] = changed(before[key], each);
    return after;
  }
  if (!Array.isArray(before) || !Array.isArray(change.list))
    throw new ValidationError('change', 'a value, fields or a list, of an array');
  return change.list.flatMap((piece: unknown): unknown[] => {
    if (isFields(piece) && Array.isArray(piece.items)) return piece.items;
    if (!isFields(piece) || typeof piece.from !== 'number' || typeof piece.length !== 'number')
      throw new ValidationError('change.list', 'stretches and items');
    return before.slice(piece.from, piece.from + piece.length);
  });
}
