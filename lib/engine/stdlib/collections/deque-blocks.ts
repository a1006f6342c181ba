/**
 * The blocks of a deque (Modules/_collectionsmodule.c): a doubly linked list of blocks of 64 items, the first and the
 * last of them partly used. Up to 16 freed blocks wait in the deque.
 *
 *     ob_size  leftblock  rightblock  leftindex  rightindex  state  maxlen  numfreeblocks  freeblocks[16]  weakreflist
 *     block: leftlink  data[64]  rightlink
 */
import type { Handle } from '../../heap/layout';
import type { Runtime } from '../../objects/runtime';

export const DQ_SIZE = 2;
export const DQ_LEFTBLOCK = 3;
export const DQ_RIGHTBLOCK = 4;
export const DQ_LEFTINDEX = 5;
export const DQ_RIGHTINDEX = 6;
/** Changes with every change of the deque's length or order. */
export const DQ_STATE = 7;
/** -1: none. */
export const DQ_MAXLEN = 8;
const DQ_NUMFREE = 9;
const DQ_FREEBLOCKS = 10;
const MAXFREEBLOCKS = 16;
export const DQ_WEAKLIST = DQ_FREEBLOCKS + MAXFREEBLOCKS;
export const DQ_WORDS = DQ_WEAKLIST + 1 - 2;

export const BLOCKLEN = 64;
const CENTER = (BLOCKLEN - 1) >> 1;
export const LEFTLINK = 0;
export const DATA = 1;
export const RIGHTLINK = DATA + BLOCKLEN;
const BLOCK_WORDS = RIGHTLINK + 1;
export const BLOCK_BYTES = BLOCK_WORDS * 8;

export function newBlock(rt: Runtime, h: Handle): number {
  const { heap, mem } = rt;
  const n = mem[h + DQ_NUMFREE]!;
  if (n === 0) return heap.allocRaw(BLOCK_WORDS, BLOCK_BYTES);
  heap.set(h + DQ_NUMFREE, n - 1);
  const block = mem[h + DQ_FREEBLOCKS + n - 1]!;
  heap.set(h + DQ_FREEBLOCKS + n - 1, 0);
  return block;
}

function freeBlock(rt: Runtime, h: Handle, block: number): void {
  const { heap, mem } = rt;
  const n = mem[h + DQ_NUMFREE]!;
  if (n >= MAXFREEBLOCKS) {
    heap.freeRaw(block);
    return;
  }
  heap.set(h + DQ_FREEBLOCKS + n, block);
  heap.set(h + DQ_NUMFREE, n + 1);
}

/** Gives back every block of an empty deque that dies. */
export function freeBlocks(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  const last = mem[h + DQ_LEFTBLOCK]!;
  heap.set(h + DQ_LEFTBLOCK, 0);
  heap.set(h + DQ_RIGHTBLOCK, 0);
  heap.freeRaw(last);
  for (let i = 0; i < mem[h + DQ_NUMFREE]!; i++) heap.freeRaw(mem[h + DQ_FREEBLOCKS + i]!);
  heap.set(h + DQ_NUMFREE, 0);
}

export function size(rt: Runtime, h: Handle): number {
  return rt.mem[h + DQ_SIZE]!;
}
function add(rt: Runtime, word: number, n: number): void {
  rt.heap.set(word, (rt.mem[word]! + n) | 0);
}
export function touch(rt: Runtime, h: Handle): void {
  add(rt, h + DQ_STATE, 1);
}

/** Sets both ends into the middle of the one block. */
function center(rt: Runtime, h: Handle): void {
  rt.heap.set(h + DQ_LEFTINDEX, CENTER + 1);
  rt.heap.set(h + DQ_RIGHTINDEX, CENTER);
}

/** Starts empty in one block. */
export function initBlocks(rt: Runtime, h: Handle): void {
  const block = newBlock(rt, h);
  rt.heap.set(h + DQ_LEFTBLOCK, block);
  rt.heap.set(h + DQ_RIGHTBLOCK, block);
  center(rt, h);
}

/** An empty deque starts to fill at one end of its block. */
export function startAt(rt: Runtime, h: Handle, leftindex: number): void {
  rt.heap.set(h + DQ_LEFTINDEX, leftindex);
  rt.heap.set(h + DQ_RIGHTINDEX, leftindex - 1);
}

function growRight(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  const block = newBlock(rt, h);
  heap.set(block + LEFTLINK, mem[h + DQ_RIGHTBLOCK]!);
  heap.set(mem[h + DQ_RIGHTBLOCK]! + RIGHTLINK, block);
  heap.set(h + DQ_RIGHTBLOCK, block);
  heap.set(h + DQ_RIGHTINDEX, -1);
}

function growLeft(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  const block = newBlock(rt, h);
  heap.set(block + RIGHTLINK, mem[h + DQ_LEFTBLOCK]!);
  heap.set(mem[h + DQ_LEFTBLOCK]! + LEFTLINK, block);
  heap.set(h + DQ_LEFTBLOCK, block);
  heap.set(h + DQ_LEFTINDEX, BLOCKLEN);
}

function needsTrim(rt: Runtime, h: Handle): boolean {
  const maxlen = rt.mem[h + DQ_MAXLEN]!;
  return maxlen >= 0 && size(rt, h) > maxlen;
}

/** Puts an item (stolen) on the right, without looking at the limit. */
export function pushRight(rt: Runtime, h: Handle, item: Handle): void {
  const { heap, mem } = rt;
  if (mem[h + DQ_RIGHTINDEX] === BLOCKLEN - 1) growRight(rt, h);
  add(rt, h + DQ_SIZE, 1);
  add(rt, h + DQ_RIGHTINDEX, 1);
  heap.set(mem[h + DQ_RIGHTBLOCK]! + DATA + mem[h + DQ_RIGHTINDEX]!, item);
}

/** `deque_append_internal`: item stolen. */
export function append(rt: Runtime, h: Handle, item: Handle): void {
  pushRight(rt, h, item);
  if (needsTrim(rt, h)) rt.decref(popLeft(rt, h));
  else touch(rt, h);
}

/** `deque_appendleft_internal`: item stolen. */
export function appendLeft(rt: Runtime, h: Handle, item: Handle): void {
  const { heap, mem } = rt;
  if (mem[h + DQ_LEFTINDEX] === 0) growLeft(rt, h);
  add(rt, h + DQ_SIZE, 1);
  add(rt, h + DQ_LEFTINDEX, -1);
  heap.set(mem[h + DQ_LEFTBLOCK]! + DATA + mem[h + DQ_LEFTINDEX]!, item);
  if (needsTrim(rt, h)) rt.decref(popRight(rt, h));
  else touch(rt, h);
}

/** The item on the right, which is the caller's now; 0 with IndexError. */
export function popRight(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (size(rt, h) === 0) return rt.raise('IndexError', 'pop from an empty deque');
  const block = mem[h + DQ_RIGHTBLOCK]!;
  const word = block + DATA + mem[h + DQ_RIGHTINDEX]!;
  const item = mem[word]!;
  heap.set(word, 0);
  add(rt, h + DQ_RIGHTINDEX, -1);
  add(rt, h + DQ_SIZE, -1);
  touch(rt, h);
  if (mem[h + DQ_RIGHTINDEX]! < 0) {
    if (size(rt, h) === 0) center(rt, h);
    else {
      heap.set(h + DQ_RIGHTBLOCK, mem[block + LEFTLINK]!);
      freeBlock(rt, h, block);
      heap.set(h + DQ_RIGHTINDEX, BLOCKLEN - 1);
    }
  }
  return item;
}

export function popLeft(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  if (size(rt, h) === 0) return rt.raise('IndexError', 'pop from an empty deque');
  const block = mem[h + DQ_LEFTBLOCK]!;
  const word = block + DATA + mem[h + DQ_LEFTINDEX]!;
  const item = mem[word]!;
  heap.set(word, 0);
  add(rt, h + DQ_LEFTINDEX, 1);
  add(rt, h + DQ_SIZE, -1);
  touch(rt, h);
  if (mem[h + DQ_LEFTINDEX] === BLOCKLEN) {
    if (size(rt, h) === 0) center(rt, h);
    else {
      heap.set(h + DQ_LEFTBLOCK, mem[block + RIGHTLINK]!);
      freeBlock(rt, h, block);
      heap.set(h + DQ_LEFTINDEX, 0);
    }
  }
  return item;
}

/** `deque_clear`: the deque is empty, in a new block, before the first item is released. */
export function clear(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  let n = size(rt, h);
  if (n === 0) return;
  let block = mem[h + DQ_LEFTBLOCK]!;
  let index = mem[h + DQ_LEFTINDEX]!;
  heap.set(h + DQ_SIZE, 0);
  initBlocks(rt, h);
  touch(rt, h);
  for (; n > 0; n--) {
    if (index === BLOCKLEN) {
      const next = mem[block + RIGHTLINK]!;
      freeBlock(rt, h, block);
      block = next;
      index = 0;
    }
    heap.clearRef(block + DATA + index++);
  }
  freeBlock(rt, h, block);
}

/** Where the i-th item lies; i must be in range. */
export function itemPlace(rt: Runtime, h: Handle, i: number): { block: number; index: number } {
  const { mem } = rt;
  const n = size(rt, h);
  if (i > n >> 1) {
    let index = mem[h + DQ_RIGHTINDEX]! - (n - 1 - i);
    let block = mem[h + DQ_RIGHTBLOCK]!;
    for (; index < 0; index += BLOCKLEN) block = mem[block + LEFTLINK]!;
    return { block, index };
  }
  let index = i + mem[h + DQ_LEFTINDEX]!;
  let block = mem[h + DQ_LEFTBLOCK]!;
  for (; index >= BLOCKLEN; index -= BLOCKLEN) block = mem[block + RIGHTLINK]!;
  return { block, index };
}
export function itemWord(rt: Runtime, h: Handle, i: number): number {
  const { block, index } = itemPlace(rt, h, i);
  return block + DATA + index;
}

function move(rt: Runtime, from: number, to: number, n: number): void {
  const { heap, mem } = rt;
  for (let i = 0; i < n; i++) {
    const item = mem[from + i]!;
    heap.set(from + i, 0);
    heap.set(to + i, item);
  }
}

/** `_deque_rotate`: the items move, a block that becomes empty at one end goes on at the other. */
export function rotate(rt: Runtime, h: Handle, n: number): void {
  const { heap, mem } = rt;
  const len = size(rt, h);
  const half = len >> 1;
  if (len <= 1) return;
  if (n > half || n < -half) {
    n %= len;
    if (n > half) n -= len;
    else if (n < -half) n += len;
  }
  let spare = 0;
  let left = mem[h + DQ_LEFTBLOCK]!;
  let right = mem[h + DQ_RIGHTBLOCK]!;
  let li = mem[h + DQ_LEFTINDEX]!;
  let ri = mem[h + DQ_RIGHTINDEX]!;
  touch(rt, h);
  while (n > 0) {
    if (li === 0) {
      const block = spare !== 0 ? spare : newBlock(rt, h);
      spare = 0;
      heap.set(block + RIGHTLINK, left);
      heap.set(left + LEFTLINK, block);
      left = block;
      li = BLOCKLEN;
    }
    const m = Math.min(n, ri + 1, li);
    ri -= m;
    li -= m;
    move(rt, right + DATA + ri + 1, left + DATA + li, m);
    n -= m;
    if (ri < 0) {
      spare = right;
      right = mem[right + LEFTLINK]!;
      ri = BLOCKLEN - 1;
    }
  }
  while (n < 0) {
    if (ri === BLOCKLEN - 1) {
      const block = spare !== 0 ? spare : newBlock(rt, h);
      spare = 0;
      heap.set(block + LEFTLINK, right);
      heap.set(right + RIGHTLINK, block);
      right = block;
      ri = -1;
    }
    const m = Math.min(-n, BLOCKLEN - li, BLOCKLEN - 1 - ri);
    move(rt, left + DATA + li, right + DATA + ri + 1, m);
    li += m;
    ri += m;
    n += m;
    if (li === BLOCKLEN) {
      spare = left;
      left = mem[left + RIGHTLINK]!;
      li = 0;
    }
  }
  if (spare !== 0) freeBlock(rt, h, spare);
  heap.set(h + DQ_LEFTBLOCK, left);
  heap.set(h + DQ_RIGHTBLOCK, right);
  heap.set(h + DQ_LEFTINDEX, li);
  heap.set(h + DQ_RIGHTINDEX, ri);
}

/** `deque_reverse`: the items change places. */
export function reverse(rt: Runtime, h: Handle): void {
  const { heap, mem } = rt;
  let n = size(rt, h) >> 1;
  let left = mem[h + DQ_LEFTBLOCK]!;
  let right = mem[h + DQ_RIGHTBLOCK]!;
  let li = mem[h + DQ_LEFTINDEX]!;
  let ri = mem[h + DQ_RIGHTINDEX]!;
  for (; n > 0; n--) {
    const item = mem[left + DATA + li]!;
    heap.set(left + DATA + li, mem[right + DATA + ri]!);
    heap.set(right + DATA + ri, item);
    if (++li === BLOCKLEN) {
      left = mem[left + RIGHTLINK]!;
      li = 0;
    }
    if (--ri < 0) {
      right = mem[right + LEFTLINK]!;
      ri = BLOCKLEN - 1;
    }
  }
}
