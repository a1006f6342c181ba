/**
 * SWAPs made few (swaptimize and apply_static_swaps in Python/flowgraph.c).
 */
import { type BasicBlock, type Instruction, makeNop } from './cfg';
import { Op } from './opcodes';

const VISITED = -1;

/** Replaces a run of SWAPs and NOPs from `start` by a shortest one that does the same; returns the run's last index. */
export function swaptimize(b: BasicBlock, start: number): number {
  let length = 1;
  let depth = b.instrs[start]!.arg;
  let more = false;
  for (; start + length < b.instrs.length; length++) {
    const instr = b.instrs[start + length]!;
    if (instr.op === Op.SWAP) {
      depth = Math.max(depth, instr.arg);
      more = true;
    } else if (instr.op !== Op.NOP) break;
  }
  if (!more) return start;
  const run = b.instrs.slice(start, start + length);
  const stack = Array.from({ length: depth }, (_, i) => i);
  for (const { op, arg } of run) {
    if (op !== Op.SWAP) continue;
    const top = stack[0]!;
    stack[0] = stack[arg - 1]!;
    stack[arg - 1] = top;
  }
  // Each cycle of the permutation is undone by swaps with the top; written from the end of the run backwards.
  let current = length - 1;
  for (let i = 0; i < depth; i++) {
    if (stack[i] === VISITED || stack[i] === i) continue;
    for (let j = i; ; ) {
      if (j > 0) {
        const instr = run[current--]!;
        instr.op = Op.SWAP;
        instr.arg = j + 1;
      }
      if (stack[j] === VISITED) break;
      const next = stack[j]!;
      stack[j] = VISITED;
      j = next;
    }
  }
  while (current >= 0) makeNop(run[current--]!);
  return start + length - 1;
}

const isStore = (op: Op): boolean => op === Op.STORE_FAST || op === Op.STORE_FAST_MAYBE_NULL;

/** Instructions that only take the top of the stack away and run no code but finalizers. */
const isSwappable = (op: Op): boolean => isStore(op) || op === Op.POP_TOP;

function nextSwappable(b: BasicBlock, from: number, lineno: number): number {
  for (let i = from + 1; i < b.instrs.length; i++) {
    const instr = b.instrs[i]!;
    if (lineno >= 0 && instr.loc.lineno !== lineno) return -1;
    if (instr.op === Op.NOP) continue;
    return isSwappable(instr.op) ? i : -1;
  }
  return -1;
}

const storesTo = (instr: Instruction): number => (isStore(instr.op) ? instr.arg : -1);

/** Swaps the instructions behind a SWAP instead of the items on the stack, where that changes nothing else. */
export function applyStaticSwaps(b: BasicBlock, from: number): void {
  for (let i = from; i >= 0; i--) {
    const swap = b.instrs[i]!;
    if (swap.op !== Op.SWAP) {
      if (swap.op === Op.NOP || isSwappable(swap.op)) continue;
      return;
    }
    const j = nextSwappable(b, i, -1);
    if (j < 0) return;
    let k = j;
    const { lineno } = b.instrs[j]!.loc;
    for (let count = swap.arg - 1; count > 0; count--) {
      k = nextSwappable(b, k, lineno);
      if (k < 0) return;
    }
    const first = b.instrs[j]!;
    const second = b.instrs[k]!;
    const storeFirst = storesTo(first);
    const storeSecond = storesTo(second);
    if (storeFirst >= 0 || storeSecond >= 0) {
      if (storeFirst === storeSecond) return;
      for (const between of b.instrs.slice(j + 1, k)) {
        const store = storesTo(between);
        if (store >= 0 && (store === storeFirst || store === storeSecond)) return;
      }
    }
    makeNop(swap);
    b.instrs[j] = second;
    b.instrs[k] = first;
  }
}
