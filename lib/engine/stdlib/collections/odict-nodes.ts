/**
 * The order of an OrderedDict (Objects/odictobject.c): a doubly linked list of nodes beside the dict, and a table that
 * finds the node of an entry by the entry's number. The table is built anew when the dict has got another one.
 *
 *     dict's fields | od_fast_nodes  od_fast_nodes_size  od_resize_sentinel  od_first  od_last  od_state  od_inst_dict
 *     od_weakreflist
 *     node: key  hash (low, high)  prev  next
 */
import type { Handle } from '../../heap/layout';
import { DICT_KEYS, hashFailed, raiseKeyError } from '../../objects/dict';
import { DK_LOG2_SIZE, FAILED, lookup } from '../../objects/dict-keys';
import { hash } from '../../objects/abstract';
import type { Runtime } from '../../objects/runtime';
import { DICT_WORDS } from './defaultdict';

const OD = 2 + DICT_WORDS;
export const OD_FAST_NODES = OD;
export const OD_FAST_SIZE = OD + 1;
const OD_SENTINEL = OD + 2;
export const OD_FIRST = OD + 3;
export const OD_LAST = OD + 4;
export const OD_STATE = OD + 5;
export const OD_INST_DICT = OD + 6;
export const OD_WEAKLIST = OD + 7;
export const OD_WORDS = DICT_WORDS + 8;

export const NODE_KEY = 0;
export const NODE_HASH = 1;
export const NODE_HASH_HIGH = 2;
export const NODE_PREV = 3;
export const NODE_NEXT = 4;
const NODE_WORDS = 5;
export const NODE_BYTES = 32;

/** The hash of a key, low and high; null with an exception. */
export function keyHash(rt: Runtime, key: Handle): { low: number; high: number } | null {
  const low = hash(rt, key);
  return hashFailed(rt, low) ? null : { low, high: rt.hashHigh };
}

export type Hash = { low: number; high: number };

/** `_odict_get_index`: the number of the key's entry; MISSING, or FAILED with an exception. */
function indexOf(rt: Runtime, h: Handle, key: Handle, hash: Hash): number {
  const { mem } = rt;
  const keys = mem[h + DICT_KEYS]!;
  const size = keys === 0 ? 8 : 1 << mem[keys + DK_LOG2_SIZE]!;
  if (mem[h + OD_SENTINEL] !== keys || mem[h + OD_FAST_SIZE] !== size || mem[h + OD_FAST_NODES] === 0) {
    if (!resize(rt, h, keys, size)) return FAILED;
  }
  return lookup(rt, h + DICT_KEYS, key, hash.low, hash.high);
}

/** `_odict_resize`. */
function resize(rt: Runtime, h: Handle, keys: number, size: number): boolean {
  const { heap, mem } = rt;
  const table = heap.allocRaw(size, size * 8);
  for (let node = mem[h + OD_FIRST]!; node !== 0; node = mem[node + NODE_NEXT]!) {
    const i = lookup(rt, h + DICT_KEYS, mem[node + NODE_KEY]!, mem[node + NODE_HASH]!, mem[node + NODE_HASH_HIGH]!);
    if (i < 0) {
      heap.freeRaw(table);
      return false;
    }
    heap.set(table + i, node);
  }
  if (mem[h + OD_FAST_NODES] !== 0) heap.freeRaw(mem[h + OD_FAST_NODES]!);
  heap.set(h + OD_FAST_NODES, table);
  heap.set(h + OD_FAST_SIZE, size);
  heap.set(h + OD_SENTINEL, keys);
  return true;
}

/** `_odict_find_node_hash`: 0 if there is none, perhaps with an exception. */
export function findNodeHash(rt: Runtime, h: Handle, key: Handle, hash: Hash): number {
  if (rt.mem[h + OD_FIRST] === 0) return 0;
  const i = indexOf(rt, h, key, hash);
  return i < 0 ? 0 : rt.mem[rt.mem[h + OD_FAST_NODES]! + i]!;
}

export function findNode(rt: Runtime, h: Handle, key: Handle): number {
  if (rt.mem[h + OD_FIRST] === 0) return 0;
  const hash = keyHash(rt, key);
  return hash === null ? 0 : findNodeHash(rt, h, key, hash);
}

function changed(rt: Runtime, h: Handle): void {
  rt.heap.set(h + OD_STATE, (rt.mem[h + OD_STATE]! + 1) | 0);
}

/** Links a node in at the end, or at the beginning. */
export function linkNode(rt: Runtime, h: Handle, node: number, last: boolean): void {
  const { heap, mem } = rt;
  const end = h + (last ? OD_LAST : OD_FIRST);
  const other = h + (last ? OD_FIRST : OD_LAST);
  const neighbour = mem[end]!;
  heap.set(node + (last ? NODE_PREV : NODE_NEXT), neighbour);
  heap.set(node + (last ? NODE_NEXT : NODE_PREV), 0);
  if (neighbour === 0) heap.set(other, node);
  else heap.set(neighbour + (last ? NODE_NEXT : NODE_PREV), node);
  heap.set(end, node);
  changed(rt, h);
}

/** `_odict_remove_node`: takes it out of the list. */
export function unlinkNode(rt: Runtime, h: Handle, node: number): void {
  const { heap, mem } = rt;
  const prev = mem[node + NODE_PREV]!;
  const next = mem[node + NODE_NEXT]!;
  heap.set(prev === 0 ? h + OD_FIRST : prev + NODE_NEXT, next);
  heap.set(next === 0 ? h + OD_LAST : next + NODE_PREV, prev);
  heap.set(node + NODE_PREV, 0);
  heap.set(node + NODE_NEXT, 0);
  changed(rt, h);
}

/** `_odict_add_new_node`: a node for a key that the dict has now, unless it has one. 0 or -1. */
export function addNewNode(rt: Runtime, h: Handle, key: Handle, hash: Hash): number {
  const { heap, mem } = rt;
  rt.incref(key);
  const i = indexOf(rt, h, key, hash);
  if (i < 0) {
    if (rt.currentException === 0) raiseKeyError(rt, key);
    rt.decref(key);
    return -1;
  }
  if (mem[mem[h + OD_FAST_NODES]! + i] !== 0) {
    rt.decref(key);
    return 0;
  }
  const node = heap.allocRaw(NODE_WORDS, NODE_BYTES);
  heap.set(node + NODE_KEY, key);
  heap.set(node + NODE_HASH, hash.low);
  heap.set(node + NODE_HASH_HIGH, hash.high);
  linkNode(rt, h, node, true);
  heap.set(mem[h + OD_FAST_NODES]! + i, node);
  return 0;
}

function freeNode(rt: Runtime, node: number): void {
  const key = rt.mem[node + NODE_KEY]!;
  rt.heap.set(node + NODE_KEY, 0);
  rt.decref(key);
  rt.heap.freeRaw(node);
}

/** `_odict_clear_node`: 0, also if there is none; -1 with an exception. */
export function clearNode(rt: Runtime, h: Handle, node: number, key: Handle, hash: Hash): number {
  const { heap, mem } = rt;
  if (mem[h + OD_FIRST] === 0) return 0;
  const i = indexOf(rt, h, key, hash);
  if (i < 0) return rt.currentException !== 0 ? -1 : 0;
  const found = node !== 0 ? node : mem[mem[h + OD_FAST_NODES]! + i]!;
  if (found === 0) return 0;
  heap.set(mem[h + OD_FAST_NODES]! + i, 0);
  unlinkNode(rt, h, found);
  freeNode(rt, found);
  return 0;
}

/** `_odict_clear_nodes`. */
export function clearNodes(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  if (mem[h + OD_FAST_NODES] !== 0) heap.freeRaw(mem[h + OD_FAST_NODES]!);
  heap.set(h + OD_FAST_NODES, 0);
  heap.set(h + OD_FAST_SIZE, 0);
  heap.set(h + OD_SENTINEL, 0);
  let node = mem[h + OD_FIRST]!;
  heap.set(h + OD_FIRST, 0);
  heap.set(h + OD_LAST, 0);
  changed(rt, h);
  while (node !== 0) {
    const next = mem[node + NODE_NEXT]!;
    freeNode(rt, node);
    node = next;
  }
}
